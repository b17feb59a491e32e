"""Pairs of files in Arabic, in two languages, and in French."""

from typing import Final

from redline_pieces import VALUE, Marks, Pair, cell, pair, para, row, run, table

_RTL: Final = "<w:rtl/>"
_BIDI: Final = "<w:bidi/>"
_CLAUSE: Final = "يلتزم المورد بتقديم الخدمات المتفق عليها خلال المدة المحددة"
_NOTICE: Final = "يجوز لأي من الطرفين إنهاء هذه الاتفاقية بإشعار خطي مسبق"
_CREDIT: Final = "يستحق العميل خصما عندما يقل توافر الخدمة عن الهدف المحدد"


def arabic(text: str, properties: str = "") -> str:
    return para(run(text, properties + _RTL), _BIDI)


def mixed(first: str, latin: str, last: str) -> str:
    return para(run(first, _RTL) + run(latin) + run(last, _RTL), _BIDI)


def two(english: str, arabic_text: str) -> str:
    return row(cell(english), cell(arabic(arabic_text)))


def ruby(words: str, reading: str) -> str:
    """Return words with how they are read above them, as Japanese has it."""
    return (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{run(reading)}</w:rt>"
        f"<w:rubyBase>{run(words)}</w:rubyBase></w:ruby></w:r>"
    )


PAIRS: Final[list[Pair]] = [
    pair(
        "Arabic word",
        arabic(_CLAUSE),
        arabic(_CLAUSE.replace("المورد", "المزود")),
        VALUE,
    ),
    pair(
        "Arabic word with its marks",
        arabic("يُلتزَم بالعقدِ كاملًا"),
        arabic("يُلتزَم بالعقدُ كاملًا"),
        VALUE,
    ),
    pair(
        "number in Arabic text",
        arabic("تدفع الرسوم خلال 30 يوما من الفاتورة"),
        arabic("تدفع الرسوم خلال 45 يوما من الفاتورة"),
        VALUE,
    ),
    pair(
        "Arabic-Indic number",
        arabic("نسبة التوافر ٩٩٫٩٪ شهريا"),
        arabic("نسبة التوافر ٩٩٫٥٪ شهريا"),
        VALUE,
    ),
    pair(
        "Latin name in Arabic text",
        mixed("توافق شركة ", "Alpha Ltd", " على ذلك"),
        mixed("توافق شركة ", "Gamma Ltd", " على ذلك"),
        VALUE,
    ),
    pair("Arabic paragraph added", "", arabic(_NOTICE), Marks(1, 0, 1)),
    pair("Arabic paragraph removed", arabic(_NOTICE), "", Marks(0, 1, 1)),
    pair(
        "Arabic paragraph split",
        arabic(f"{_CLAUSE} {_NOTICE}"),
        arabic(_CLAUSE) + arabic(_NOTICE),
        Marks(0, 1, 1),
    ),
    pair(
        "Arabic paragraph moved",
        arabic(_CLAUSE) + arabic(_NOTICE) + arabic(_CREDIT),
        arabic(_NOTICE) + arabic(_CREDIT) + arabic(_CLAUSE),
        Marks(2, 2, 2, 0, 0, 1),
    ),
    pair(
        "Arabic text in bold",
        arabic(_CLAUSE),
        arabic(_CLAUSE, "<w:b/>"),
        Marks(0, 0, 0, 0, 2),
    ),
    pair(
        "paragraph becomes right to left",
        para(run(_CLAUSE, _RTL)),
        arabic(_CLAUSE),
        Marks(formats=1),
    ),
    pair(
        "value in a table of two languages",
        table(two("Within 4 hours", "خلال 4 ساعات"), two("By mail", "بالبريد")),
        table(two("Within 6 hours", "خلال 6 ساعات"), two("By mail", "بالبريد")),
        Marks(2, 2),
    ),
    pair(
        "row added to a table of two languages",
        table(two("Term", _CLAUSE), two("Notice", _NOTICE)),
        table(two("Term", _CLAUSE), two("Credit", _CREDIT), two("Notice", _NOTICE)),
        Marks(2, 0, 2, 1),
    ),
    pair(
        "right-to-left table, value",
        table(row(cell(arabic("الرسوم")), "100"), properties="<w:bidiVisual/>"),
        table(row(cell(arabic("الرسوم")), "120"), properties="<w:bidiVisual/>"),
        VALUE,
    ),
    pair(
        "French words with accents",
        para("Le délai d’exécution est fixé à trente jours après l’été."),
        para("Le délai d’exécution est fixé à soixante jours après l’été."),
        VALUE,
    ),
    pair(
        "French amount",
        para("Le prix est de 12\u202f500,00\u00a0€ par an."),
        para("Le prix est de 13\u202f750,00\u00a0€ par an."),
        VALUE,
    ),
    pair(
        "words with their reading above them removed",
        para(run("Signed in ") + ruby("東京", "とうきょう") + run(" by both.")),
        para("Signed in by both."),
        Marks(dels=1),
    ),
]
