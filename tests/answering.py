"""A counterparty that edits anywhere in an agreement, at random, and what comes of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from counterparty import Counterparty
from hypothesis import strategies as st

from slacontracts.compose.assemble import Composed, compose_agreement
from slacontracts.model.anchors import HEADING, Anchor, AnchorMap, ValueSpan
from slacontracts.model.finding import Finding
from slacontracts.model.proposal import Decision, Proposal, Verdict
from slacontracts.negotiate.receive import Answer, read_answer
from slacontracts.source.yaml_text import read_yaml
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.names import w
from slacontracts.word.reading import text_of_docx
from slacontracts.workflow.applying import applied
from slacontracts.workflow.send import anchored_file
from slacontracts.workflow.versions import Stated

ID = "OLA-2026-0001"
AUTHORS = ("Dana Cole", "Omar Said")
WORDS = st.lists(
    st.sampled_from(
        [
            "shall",
            "promptly",
            "30",
            "7.5%",
            "unless",
            "of,",
            "agreed.",
            "(a)",
            "é",
            ";",
            "-",
            "12",
        ]
    ),
    max_size=4,
).map(" ".join)
TYPED = st.one_of(
    WORDS,
    WORDS.map(lambda text: f" {text}"),
    st.text(st.sampled_from("abc 019.,;:()-%é’"), max_size=6),
)
OFTEN = {  # values with what somebody types over all of their places
    "/parties/provider/legal_name": "Northwind Networks Ltd",
    "/effective/on": "1 December 2026",
    "/services/network/targets/network-availability/target": "99.5%",
    "/services/network/targets/network-response-p1/target": "15 minutes",
    "/services/network/targets/network-resolution-p3/target": "3 days",
    "/hours/round-the-clock/name": "At any time",
    "/maintenance/notice_days": "21 days",
    "/reporting/dispute_days": "20 days",
    "/ola/handover_minutes": "25",
    "/review/next": "1 March 2028",
}
# Numbers of what is referred to shift when paragraphs come or go.
_IN_QUOTES = re.compile(r"(?<=[“«]) +| +(?=[”»])")
_FIRST = re.compile(r"^(clause|paragraph)s?(?= [0-9])")
_REFERENCE = re.compile(
    r"\b(clauses?|paragraphs?|Schedules?) [0-9A-Z][0-9.]*(\([a-z]+\))*"
)

_LINKED = re.compile(f"{_REFERENCE.pattern}|“[^”]+”|[A-Z][a-z]+ [A-Z][a-z]+")
_FIGURE = re.compile(r"[0-9]+(?:,[0-9]+)*(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of a clause: its number in the body, its anchor and its text."""

    at: int
    anchor: Anchor
    text: str

    @property
    def edges(self) -> list[int]:
        """Where values, references and defined terms begin and end."""
        values = [(one.start, one.end) for one in self.anchor.values]
        found = [one.span() for one in _LINKED.finditer(self.text)]
        return [edge for span in (*values, *found) for edge in span]


@dataclass(frozen=True, slots=True)
class Edited:
    """One step of a counterparty: characters of a paragraph, or all of it.

    what: words, delete, or insert behind it. at_next: what is typed continues the run
    behind it. is_later: the characters are those after the other edits.
    """

    place: Place
    what: str
    start: int = 0
    end: int = 0
    new: str = ""
    at_next: bool = False
    author: str = AUTHORS[0]
    is_later: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Sent:
    """An agreement as it went out."""

    stated: Stated
    source: str
    data: bytes
    file: WordFile
    anchors: AnchorMap
    lines: tuple[str, ...]
    places: tuple[Place, ...]

    def __repr__(self) -> str:
        return ID  # all of it would fill pages where a law is broken

    def answer(self, data: bytes) -> Answer:
        """Return what a file proposes."""
        returned = admit(data, "returned.docx")
        return read_answer(self.file, returned, self.anchors, language="en")

    def decided(self, proposals: Iterable[Proposal], *verdicts: Verdict) -> str:
        """Return the source after all proposals were decided so, one after the other."""
        decisions = tuple(
            Decision(verdict=v, by="N", on="2026-11-23") for v in verdicts
        )
        all_decided = [
            one.model_copy(update={"decisions": decisions}) for one in proposals
        ]
        return applied(self.stated, self.source, all_decided)[0]

    def rendered(self, source: str) -> bytes:
        """Return a source as the Word file that would go out."""
        result, findings = self.composed(source)
        assert result is not None, findings
        return anchored_file(replace(self.stated, composed=result), "1")[0]

    def composed(self, source: str) -> tuple[Composed | None, tuple[Finding, ...]]:
        """Return a source as an agreement, with what is wrong with it."""
        read, faults = read_yaml(source, "agreement.yaml")
        assert read is not None, (faults, source)
        library = self.stated.library.library
        return compose_agreement(read, library, self.stated.shelf.desk.settings)

    def spans(self, path: str) -> list[tuple[int, ValueSpan]]:
        """Return all places of a value: the number of the paragraph, and the span."""
        return [
            (at, span)
            for at, anchor in enumerate(self.anchors)
            for span in anchor.values
            if span.path == path
        ]


@st.composite
def steps(draw: st.DrawFn, sent: Sent) -> list[Edited]:
    """Edits of some paragraphs, each author's own; the last of a paragraph first."""
    found: list[Edited] = []
    first = draw(st.integers(0, len(sent.places) - 1))
    for place in sent.places[first : first + draw(st.integers(1, 6))]:
        what = draw(st.sampled_from(["words"] * 6 + ["delete", "insert", "stay"]))
        author = st.sampled_from(AUTHORS)
        if what == "words":
            found += _in_words(draw, place, author)
        elif what != "stay":
            new = (
                draw(WORDS.filter(lambda text: text != "")) if what == "insert" else ""
            )
            found.append(Edited(place, what, new=new, author=draw(author)))
    return found


def _in_words(
    draw: st.DrawFn, place: Place, author: st.SearchStrategy[str]
) -> list[Edited]:
    """Return edits of the words of one paragraph; two of them may touch."""
    size = len(place.text)
    spot = st.integers(0, size)
    if place.edges:
        spot = st.one_of(spot, st.sampled_from(place.edges))
    marks = sorted(draw(st.lists(spot, min_size=2, max_size=5)), reverse=True)
    found: list[Edited] = []
    for end, start in pairwise(marks):
        if not draw(st.booleans()):
            continue
        if end - start > 30 and draw(st.booleans()):
            start = end
        new = draw(TYPED)
        if new or end > start:
            side = draw(st.booleans())
            found.append(Edited(place, "words", start, end, new, side, draw(author)))
    has_later = draw(st.booleans())
    if found and has_later:
        text = place.text
        for one in found:
            text = text[: one.start] + one.new + text[one.end :]
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 20)))
        found.append(
            Edited(place, "words", start, end, draw(TYPED), False, draw(author), True)
        )
    return found


def typed(sent: Sent, edits: Sequence[Edited]) -> Counterparty:
    """Return a counterparty that made these edits."""
    theirs = Counterparty(sent.data)
    paragraphs = list(theirs.roots["word/document.xml"].iter(w("p")))
    for edit in edits:
        theirs.author = edit.author
        paragraph = paragraphs[edit.place.at]
        if edit.what == "words":
            theirs.replace(
                paragraph, edit.start, edit.end, edit.new, at_next=edit.at_next
            )
        elif edit.what == "delete":
            theirs.delete(paragraph)
        else:
            theirs.add_behind(paragraph, edit.new)
    return theirs


def as_read(
    data: bytes, *, is_shifted: bool = False, has_figures: bool = False
) -> list[str]:
    """Return the paragraphs of a file's body, blank ones left out.

    is_shifted: numbers of clauses may differ. has_figures: figures were typed as values,
    and are printed as we write them. A blank inside the quotation marks of a term is no
    part of the term, and a reference that begins a line is printed with a capital.
    """
    lines = [_IN_QUOTES.sub("", text).strip() for text in text_of_docx(data)]
    lines = [_FIRST.sub(lambda found: found[0].capitalize(), one) for one in lines]
    lines = [line for line in lines if line]
    if is_shifted:
        lines = [_REFERENCE.sub(r"\1 #", line) for line in lines]
    if has_figures:
        lines = [_FIGURE.sub(_as_we_write, line) for line in lines]
    return lines


def _as_we_write(figure: re.Match[str]) -> str:
    """Return a figure as it is printed, however the counterparty wrote it."""
    whole, _, part = figure[0].replace(",", "").partition(".")
    return f"{whole.lstrip('0') or '0'}.{part.rstrip('0')}".rstrip(".")


def several(sent: Sent, edits: Iterable[Edited]) -> bool:
    """Tell whether an edit touches a value that stands in several places."""
    return any(
        len(sent.spans(span.path)) > 1
        for edit in edits
        for span in edit.place.anchor.values
        if edit.is_later or (edit.start <= span.end and edit.end >= span.start)
    )


def titles_alone(sent: Sent, source: str) -> list[str]:
    """Return the headings of clauses that lost all words; a heading says nothing alone.

    No step deletes a heading, so each of them still stands in the answer.
    """
    omitted = re.findall(r"^ {2}([\w-]+): omit$", source, re.MULTILINE)
    return [
        line
        for anchor, line in zip(sent.anchors, sent.lines, strict=True)
        if anchor.clause in omitted and anchor.block == HEADING
    ]


def usable(proposals: Sequence[Proposal]) -> bool:
    """Tell whether all can be accepted as they are."""
    return all(
        one.change != "conflict" and (one.edits or one.value is not None)
        for one in proposals
    )
