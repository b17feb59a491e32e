"""A document's language and running title in, the style sheet of its web page out."""

import re

_PLAIN = re.compile(r"[A-Za-z0-9 .,-]")

# The colours are those of the standard house style. Contrast on white: text 15:1,
# accent 12:1, quiet 6:1, alert 7:1 (WCAG asks for 4.5:1).
_SHEET = """
:root{--ink:#1c2430;--accent:#17365c;--quiet:#566070;--line:#cfd5dd;--wash:#f4f6f9;
--alert:#a3231a;--mark:#fff3a8}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;color:var(--ink);background:#fff;overflow-wrap:break-word;
font:1.0625rem/1.6 "Iowan Old Style","Palatino Linotype",Palatino,Georgia,
"Liberation Serif","Times New Roman",serif;font-variant-numeric:lining-nums}
[dir=rtl] body{font-family:"Noto Naskh Arabic",Amiri,"Sakkal Majalla",
"Geeza Pro","Times New Roman",serif;line-height:1.85}
.skip{position:absolute;inset-inline-start:-100vw}
.skip:focus{inset-inline-start:1rem;top:1rem;padding:.5rem 1rem;background:#fff;
outline:2px solid var(--accent)}
.page{max-width:44rem;margin:0 auto;padding:0 1.25rem 4rem}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:.18em;
text-decoration-color:#8a9bb3}
a:hover{text-decoration-color:currentColor}
a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
h1,h2,h3{color:var(--accent);line-height:1.25;font-weight:600;text-wrap:balance}
h1{font-size:clamp(1.8rem,5.5vw,2.6rem);margin:.2em 0 .6em}
h2{font-size:1.3rem;margin:0 0 .8em}
h3{font-size:1rem;margin:0 0 .6em}
p{margin:0 0 .8em}
.cover{padding:3.5rem 0 2rem;border-block-end:1px solid var(--line);margin-bottom:2rem}
.organisation{color:var(--quiet);margin:0}
.draft{display:inline-block;margin:0 0 1rem;padding:.1em .7em;font-weight:700;
color:var(--alert);border:1.5px solid currentColor;border-radius:3px}
:not([dir=rtl])>body .draft{letter-spacing:.12em}
.cover dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.5rem;margin:0}
.cover dt{color:var(--quiet)}
.cover dd{margin:0}
.role{color:var(--quiet)}
nav{margin-bottom:2.5rem;font-size:.95rem}
nav h2{font-size:1.05rem}
nav ol{list-style:none;margin:0;padding:0}
nav a{display:flex;gap:.6rem;padding:.22rem 0;text-decoration:none;color:inherit}
nav a:hover,nav a:focus{color:var(--accent);text-decoration:underline}
nav .label{min-width:1.7rem;color:var(--quiet);font-weight:400;flex:none}
.clause{margin:0 0 2.6rem;scroll-margin-top:1rem}
h2 .label{margin-inline-end:.45em}
.schedule{border-block-start:2px solid var(--accent);padding-block-start:1rem}
.schedule h2 .label{display:block;font-size:.95rem;font-weight:400;color:var(--quiet)}
.items{list-style:none;margin:0;padding:0}
.items li{position:relative;padding-inline-start:3.4rem;scroll-margin-top:1rem}
.items .items li{padding-inline-start:2.4rem}
.items .label{position:absolute;inset-inline-start:0;color:var(--quiet);
font-variant-numeric:tabular-nums}
:target{background:linear-gradient(var(--wash),var(--wash))}
.reference{white-space:nowrap}
dfn{font-style:normal;font-weight:700}
.blank{background:var(--mark);color:inherit;padding:0 .15em}
bdi{unicode-bidi:isolate}
table{width:100%;border-collapse:collapse;margin:.4rem 0 1.4rem;font-size:.94rem;
line-height:1.45;border-block:1.5px solid var(--accent)}
th,td{padding:.5rem .6rem;text-align:start;vertical-align:top;font-weight:400;
border-block-end:1px solid var(--line)}
th:first-child,td:first-child{padding-inline-start:.2rem}
th:last-child,td:last-child{padding-inline-end:.2rem}
thead th{color:var(--accent);font-weight:600;vertical-align:bottom;
border-block-end:1px solid var(--accent)}
td{overflow-wrap:anywhere}
.facts th{color:var(--quiet);width:30%}
.group th{font-weight:600;color:var(--accent);background:var(--wash);
padding-inline-start:.2rem}
.end{text-align:end;font-variant-numeric:lining-nums tabular-nums}
.center{text-align:center}
.line{display:block}
th .line+.line{font-weight:400;color:var(--quiet)}
.signatory{margin-block:1.6rem 2.6rem}
.signing{border:0;margin:0}
.signing th{width:34%;color:var(--quiet);vertical-align:bottom;border:0}
.signing td{height:2.7rem;vertical-align:bottom}
.signing .by-hand td{border-block-end-color:var(--ink)}
.signing .group th{background:none;padding-block-start:1.4rem}
@media screen and (min-width:72rem){
.page{max-width:70rem;display:grid;grid-template-columns:17rem minmax(0,44rem);
column-gap:4rem;justify-content:center}
.cover{grid-column:2}
nav{grid-column:1;grid-row:1/span 2;position:sticky;top:0;max-height:100vh;
overflow-y:auto;padding-block:3.6rem 2rem;font-size:.9rem}
main{grid-column:2}
}
@media screen and (min-width:38.01rem) and (max-width:71.99rem){
nav ol{columns:2;column-gap:2rem}
}
@media screen and (max-width:38rem){
body{font-size:1rem}
.cover{padding-top:2rem}
.items li{padding-inline-start:3.1rem}
.items .items li{padding-inline-start:2.1rem}
nav ol{max-height:21rem;overflow-y:auto;border-block:1px solid var(--line)}
nav a{padding:.3rem 0}
.records,.records tbody,.records tr,.records th,.records td{display:block}
.records thead{position:absolute;width:1px;height:1px;overflow:hidden;
clip-path:inset(50%)}
.records tbody tr{padding:.7rem 0;border-block-end:1px solid var(--line)}
.records tbody th,.records tbody td{border:0;padding:.12rem 0;text-align:start}
.records tbody th{font-weight:600}
.records tbody .group{padding:0}
.records .group th{padding:.45rem .2rem}
.records td[data-label]{display:grid;grid-template-columns:38% 1fr;column-gap:.8rem}
.records td[data-label]::before{content:attr(data-label);color:var(--quiet)}
.records td:empty{display:none}
.facts th{width:36%}
}
@media print{
html{font-size:10.5pt}
body{font-size:1rem;line-height:1.45}
[dir=rtl] body{line-height:1.7}
.page{max-width:none;padding:0}
.skip{display:none}
a{color:inherit;text-decoration:none}
.cover{padding:1.6cm 0 .8cm;margin-bottom:.8cm;break-after:avoid}
nav{break-after:page}
nav{font-size:.9rem;line-height:1.3}
nav ol{columns:2;column-gap:2rem}
nav a{padding:.12rem 0}
h1,h2,h3,thead{break-after:avoid}
tr,.signatory{break-inside:avoid}
.group{break-after:avoid}
thead{display:table-header-group}
p{orphans:3;widows:3;margin-bottom:.5em}
h1{font-size:2.2rem}
h2{font-size:1.25rem;margin-bottom:.5em}
.clause{margin-bottom:1.2rem}
.schedule{break-before:page}
.signatures{break-inside:avoid;break-before:auto}
:target{background:none}
.blank,.draft,.group th{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
"""


def style_sheet(*, running_title: str, page: str, page_of: str) -> str:
    """Return the style sheet of a page.

    running_title: stands at the head of every printed page. page, page_of: the
    words of its foot ("Page 3 of 12").
    """
    foot = f'"{_escape(page)} " counter(page) " {_escape(page_of)} " counter(pages)'
    font = "font:9pt Georgia,serif;color:#566070"
    return (
        f"{_SHEET}@page{{size:A4;margin:24mm 22mm;"
        f'@top-left{{content:"{_escape(running_title)}";{font}}}'
        f"@bottom-right{{content:{foot};{font}}}}}\n"
    )


def _escape(text: str) -> str:
    """Return text for a CSS string: every unusual character as its number."""
    return "".join(
        char if _PLAIN.fullmatch(char) else f"\\{ord(char):06x}" for char in text
    )
