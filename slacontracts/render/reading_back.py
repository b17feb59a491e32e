"""A finished rendering and its document in; refused when the words are not the same.

The rendering is read as a stranger would read it, with nothing of what wrote it: a
page without its tags, a text word by word, a Word file from its bytes.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import zip_longest
from typing import Final

from slacontracts.errors import SlaContractsError
from slacontracts.model.document import NumberedDocument
from slacontracts.render.docx_text import require_same_text
from slacontracts.render.wording import (
    fixed_words,
    party_names,
    plain_text,
    signing_lines,
    signing_phrase,
)
from slacontracts.word.archive import read_package
from slacontracts.word.package import parse_part
from slacontracts.word.reading import text_of_docx, texts_by_part

# Marks within a line; every other mark of a page stands between words.
_WITHIN_A_LINE: Final = re.compile(
    r"</?(?:a|bdi|dfn|em|strong|mark|span)(?: (?!class=\"line\")[^>]*)?>"
)
_BETWEEN_WORDS: Final = re.compile("<[^>]*>")


def require_words_of_page(page: str, document: NumberedDocument) -> None:
    """Refuse a web page whose text is not the text of the document, in its order."""
    cover, _, after = page.partition("</header>")
    _require_all(
        _cover(document), _words(cover.partition("<header")[2]), "the web page"
    )
    body = after.partition("<main")[2].partition("</main>")[0]
    expected = [*plain_text(document, has_labels=True).split(), *_signing(document)]
    found = _words(body)
    if expected == found:
        return
    pairs = zip_longest(expected, found, fillvalue="(nothing)")
    wanted, there = next((one, other) for one, other in pairs if one != other)
    raise _refusal("the web page", f"“{wanted}” expected, but “{there}” stands there")


def require_words_of_text(text: str, document: NumberedDocument) -> None:
    """Refuse a plain text in which a word of the document is missing.

    The order of words is not compared: columns of a table stand side by side.
    """
    expected = plain_text(document, has_labels=True).split()
    words = [*_cover(document), *expected, *_signing(document)]
    _require_all(words, text.split(), "the text")


def require_words_of_file(
    data: bytes, main: str, parts: Mapping[str, list[str]]
) -> None:
    """Refuse a Word file that, read from its bytes, is broken or says something else.

    main: the name of the part that holds the body. parts: the text of each
    paragraph, by the name of the part.
    """
    package = read_package(data, "the Word file")
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            parse_part(package, name)
    found: dict[str, list[str]] = {}
    for name, text in texts_by_part(data):
        found.setdefault(name, []).append(text)
    found[main] = list(text_of_docx(data))
    for name, expected in parts.items():
        require_same_text(expected, found.get(name, []), name)


def _words(marked: str) -> list[str]:
    """Return the words of a piece of a page that was cut off within a mark."""
    within = _WITHIN_A_LINE.sub("", "<" + marked)
    return unescape(_BETWEEN_WORDS.sub(" ", within)).split()


def _cover(document: NumberedDocument) -> list[str]:
    inner = document.document
    parties = (text for party in party_names(inner) for text in party)
    return " ".join((inner.title, inner.agreement.id, *parties)).split()


def _signing(document: NumberedDocument) -> Iterator[str]:
    """Yield the words of the signature page."""
    inner, words = document.document, fixed_words(document.document)
    if inner.signatures:
        yield from (*words["signature_page"].split(), *words["testimonium"].split())
    for block in inner.signatures:
        yield from signing_phrase(block, words).split()
        for line in signing_lines(block, words):
            yield from (*line.name.split(), *line.text.split())


def _require_all(expected: list[str], found: list[str], what: str) -> None:
    """Refuse what lacks words; a rendering may put colons and brackets around them."""
    lost = Counter(map(_bare, expected)) - Counter(map(_bare, found))
    if lost:
        missing = ", ".join(f"“{word}”" for word in list(lost)[:3])
        raise _refusal(what, f"{missing} is missing or reads otherwise")


def _bare(word: str) -> str:
    return word.strip("():") or word


def _refusal(what: str, difference: str) -> SlaContractsError:
    return SlaContractsError(
        f"{what} differs from the agreement: {difference}; the file was not written; "
        "please report this"
    )
