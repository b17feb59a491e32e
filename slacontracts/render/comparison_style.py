"""A subject in, the style sheet and the script of its page of changes out.

The page stands without the script: it only adds the keys n and p. What came and
what went is told by a sign, by a line under or through the words, and by a word for
those who hear the page; colour comes on top.
"""

from base64 import b64encode
from hashlib import sha256
from typing import Final

from slacontracts.render.html_style import style_sheet

# Contrast with the ground: inserted 7:1, deleted 7:1, moved 9:1, signs 8:1 and more.
_SHEET: Final = """
:root{--came:#0b5a36;--came-wash:#e6f4ea;--went:#8f1d14;--went-wash:#fdecea;
--moved:#4a3a7a}
.said{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;
clip-path:inset(50%);white-space:nowrap}
ins,del{text-decoration:none;unicode-bidi:isolate}
ins .words,del .words{padding:0 .12em;border-radius:2px;
-webkit-box-decoration-break:clone;box-decoration-break:clone}
ins .words{color:var(--came);background:var(--came-wash);text-decoration:underline;
text-decoration-thickness:2px;text-underline-offset:.2em}
del .words{color:var(--went);background:var(--went-wash);
text-decoration:line-through}
ins::before,del::before,.fate::before{padding:.1em .32em;margin-inline:.15em .2em;
border:1px solid transparent;border-radius:2px;color:#fff;
font:700 .78em/1 Georgia,serif}
ins::before{content:"+";content:"+"/"";background:var(--came)}
del::before{content:"\\2212";content:"\\2212"/"";background:var(--went)}
h4{margin:0;font-size:1rem;line-height:1.4;font-weight:600;color:var(--ink)}
.key{font-size:.95rem;color:var(--quiet)}
.fate{font-weight:700;white-space:nowrap}
.fate.inserted{color:var(--came)}
.fate.deleted{color:var(--went)}
.fate.moved{color:var(--moved)}
.fate.inserted::before{content:"+";content:"+"/"";background:var(--came)}
.fate.deleted::before{content:"\\2212";content:"\\2212"/"";background:var(--went)}
.fate.moved::before{content:"\\2195";content:"\\2195"/"";background:var(--moved)}
.fate.substituted::before{content:"\\00b1";content:"\\00b1"/"";
background:var(--accent)}
.favour{white-space:nowrap}
.favour::before{margin-inline-end:.35em}
.favour.better{color:var(--came);font-weight:700}
.favour.better::before{content:"\\25b2";content:"\\25b2"/""}
.favour.worse{color:var(--went);font-weight:700}
.favour.worse::before{content:"\\25bc";content:"\\25bc"/""}
.favour.neutral{color:var(--quiet)}
.part{margin:0 0 3rem;scroll-margin-top:1rem}
.part>h2{padding-block-end:.3rem;border-block-end:2px solid var(--accent)}
.clause h3{font-size:1.1rem;margin:2.2rem 0 .8rem}
.was{font-weight:400;color:var(--quiet)}
.change{margin:0 0 1.1rem;padding:.6rem .9rem .7rem;border:1px solid var(--line);
border-inline-start:4px solid var(--quiet);border-radius:3px;scroll-margin-top:.7rem}
.change.inserted{border-inline-start-color:var(--came)}
.change.deleted{border-inline-start-color:var(--went)}
.change.moved{border-inline-start-color:var(--moved)}
.change:focus{outline:3px solid var(--accent);outline-offset:2px}
.bar{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.1rem 1.2rem;
margin-bottom:.35rem}
.jump{margin:0;font-size:.9rem}
.jump a{display:inline-block;padding:.15rem .3rem;min-height:1.75rem}
.number{font-weight:400;color:var(--quiet)}
.wording{margin:0 0 .5em}
.change p:last-child{margin-bottom:0}
.wording .label{color:var(--quiet);margin-inline-end:.4em}
.level-2{padding-inline-start:1.5rem}
.level-3{padding-inline-start:3rem}
.sides{display:none;grid-template-columns:1fr 1fr;gap:0 1.4rem}
.sides>div{min-width:0}
.side-name{margin:0 0 .3rem;font-size:.9rem;font-weight:600;color:var(--quiet);
border-block-end:1px solid var(--line)}
.absent,.rest{color:var(--quiet);font-style:italic}
.change table{margin:.2rem 0 .4rem}
details.rest{margin:0 0 1.1rem;font-style:normal}
summary{padding:.2rem 0;min-height:1.75rem;cursor:pointer}
summary:focus-visible,input:focus-visible{outline:2px solid var(--accent);
outline-offset:2px}
details .wording{color:var(--ink)}
code{font:.88em/1.4 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;
overflow-wrap:anywhere}
.tools{border:1px solid var(--line);border-radius:3px;margin:0 0 1.4rem;
padding:.4rem .9rem .6rem;font-size:.95rem}
.tools legend{font-weight:600;color:var(--accent);padding:0 .3rem}
.tools label{display:block;padding:.2rem 0 .2rem 1.5rem;min-height:1.75rem;
text-indent:-1.5rem}
.tools input{width:1.05rem;height:1.05rem;margin:0 .45rem 0 0;vertical-align:-.12rem}
.tools p{margin:.3rem 0 0}
kbd{font:inherit;font-weight:600;padding:0 .3em;border:1px solid var(--quiet);
border-radius:3px}
.side nav{position:static;max-height:none;padding:0}
.side nav a{display:block}
body:has([value=sides]:checked) .sides{display:grid}
body:has([value=sides]:checked) .inline{display:none}
@media screen and (min-width:72rem){
.side{grid-column:1;grid-row:1/span 2;position:sticky;top:0;max-height:100vh;
overflow-y:auto;padding-block:2.2rem;font-size:.92rem}
.page:has([value=sides]:checked){max-width:100rem;
grid-template-columns:17rem minmax(0,1fr)}
}
@media screen and (max-width:38rem){
.sides{grid-template-columns:1fr;gap:.9rem 0}
.change{padding:.5rem .6rem}
.level-2,.level-3{padding-inline-start:.6rem}
.cover dl{grid-template-columns:1fr;gap:0}
.cover dd{margin-bottom:.5rem}
}
@media (prefers-reduced-motion:reduce){
html{scroll-behavior:auto}
}
@media print{
.tools,.jump{display:none}
.side nav{break-after:auto}
.change{border-color:var(--quiet)}
.change.substituted,.change.moved,.sides>div>.wording{break-inside:avoid}
.side-name{break-after:avoid}
h3,h4,.bar{break-after:avoid}
ins,del,ins::before,del::before,.fate::before{print-color-adjust:exact;
-webkit-print-color-adjust:exact}
}
"""

SCRIPT: Final = """
(function () {
  "use strict";
  var changes = Array.from(document.querySelectorAll(".change"));
  var wanted = document.getElementById("keys.wanted");
  var told = document.getElementById("keys.told");
  if (!changes.length) { return; }
  document.getElementById("keys").hidden = false;
  function isSeen(box) { return box.bottom > 0 && box.top < window.innerHeight; }
  function next(step) {
    var at = changes.indexOf(document.activeElement.closest(".change"));
    if (at >= 0 && isSeen(changes[at].getBoundingClientRect())) { return at + step; }
    var below = changes.findIndex(function (one) {
      return one.getBoundingClientRect().top > 1;
    });
    if (below < 0) { below = changes.length; }
    return step > 0 ? below : below - 1;
  }
  document.addEventListener("keydown", function (event) {
    var step = { n: 1, p: -1 }[event.key];
    if (!step || !wanted.checked || event.defaultPrevented) { return; }
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    event.preventDefault();
    var to = next(step);
    var one = changes[to];
    told.textContent = "";
    if (!one) {
      told.textContent = "This is the " + (to < 0 ? "first" : "last") + " change.";
      return;
    }
    one.focus({ preventScroll: true });
    one.scrollIntoView({ block: "start", behavior: "instant" });
  });
})();
"""


def sheet_of_changes(subject: str) -> str:
    """Return the style sheet of the page; subject: at the head of printed pages."""
    return style_sheet(running_title=subject, page="Page", page_of="of") + _SHEET


def policy() -> str:
    """Return what the page may load: nothing, and run no script but its own."""
    own = b64encode(sha256(SCRIPT.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{own}'"
