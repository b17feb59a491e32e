"""The file that was sent and the one that came back in; what is proposed out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from slacontracts.model.anchors import AnchorMap
from slacontracts.model.clause import Language
from slacontracts.model.proposal import Proposal
from slacontracts.negotiate.drafting.drafts import Draft, proposals
from slacontracts.negotiate.drafting.looks import drafts_of_looks, drafts_of_unseen
from slacontracts.negotiate.drafting.new_blocks import Styles
from slacontracts.negotiate.drafting.places import Place, Places, one_of, place_of_story
from slacontracts.negotiate.drafting.remarks import Spot, new_threads, with_remarks
from slacontracts.negotiate.drafting.wording import Drafting
from slacontracts.negotiate.notices.telling import NoticeSource, notices_of
from slacontracts.negotiate.reading.changes import Compared, changes_of
from slacontracts.negotiate.reading.known_marks import KnownMarks
from slacontracts.negotiate.reading.stories import in_order_of, once
from slacontracts.negotiate.reading.views import Text, Views, views_of
from slacontracts.word.comments import comments_of
from slacontracts.word.gate import WordFile
from slacontracts.word.tracked import MarkedFile, Story, read_marked

_STORIES: Final[tuple[Story, ...]] = (
    *("body", "text box", "header", "footer", "footnotes", "endnotes"),
)
_CLEAN: Final = (
    "nothing in the file is tracked, so it was compared with what we sent: every "
    "difference is listed"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: proposals, and what needs a look, a line each.

    is_clean_copy: the text differs although the file tracks no change.
    """

    proposals: tuple[Proposal, ...]
    notices: tuple[str, ...]
    is_clean_copy: bool


def read_answer(
    sent: WordFile,
    returned: WordFile,
    anchors: AnchorMap,
    *,
    language: Language,
    known_authors: frozenset[str] = frozenset(),
    own_authors: frozenset[str] = frozenset(),
    first: int = 1,
) -> Answer:
    """Return what a returned file proposes, beside the file that it answers.

    anchors: of the body that was sent; () where nothing is known of it.
    known_authors: who has written in earlier turns; own_authors: our own people, who
    made no marks but those that we sent. first: the number of the first proposal.
    """
    reading = _Reading(sent, returned, anchors, language)
    drafts = list(reading.drafts())
    said = comments_of(sent), comments_of(returned)
    threads = new_threads(*said, reading.spots)
    drafts += drafts_of_looks(reading.returned.formatting, reading.place_of_element)
    drafts += drafts_of_unseen(sent, returned, reading.place_of_text)
    is_clean = not reading.returned.marks and any(one.is_untracked for one in drafts)
    whole = with_remarks(drafts, threads, reading.spots)
    source = NoticeSource(
        sent,
        returned,
        reading.sent,
        reading.returned,
        reading.places,
        tuple(reading.compared.values()),
        reading.views,
        frozenset(one.author for thread in threads for one in thread.said),
        known_authors | reading.authors_sent,
        own_authors,
    )
    notices = [_CLEAN] if is_clean else []
    notices += [*notices_of(source), *reading.lost]
    made = proposals(whole, first, is_clean_copy=is_clean)
    return Answer(made, tuple(dict.fromkeys(notices)), is_clean)


@dataclass(slots=True)
class _Reading:
    """Two files as they are read and compared, story by story."""

    sent_file: WordFile
    returned_file: WordFile
    anchors: AnchorMap
    language: Language
    sent: MarkedFile = field(init=False)
    returned: MarkedFile = field(init=False)
    places: Places = field(init=False)
    views: Views = field(init=False)
    compared: dict[Story, Compared] = field(default_factory=dict)
    spots: dict[str, Spot] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    authors_sent: frozenset[str] = frozenset()
    _starts: dict[object, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = KnownMarks(self.sent_file)
        self.authors_sent = known.authors
        codes: dict[str, str] = {}
        self.sent = read_marked(self.sent_file, lambda _: True, codes)
        self.returned = read_marked(self.returned_file, known.has, codes)

    def drafts(self) -> Iterator[Draft]:
        """Yield what each story proposes."""
        styles = Styles(self.returned_file)
        for order, story in enumerate(_STORIES):
            text, views = self._texts(story)
            places = None
            if story == "body":
                places = self.places = Places(self.sent_file, text, self.anchors)
                self.views = views
            compared = changes_of(text, views)
            self.compared[story] = compared
            elsewhere = place_of_story(story)
            self._note_comments(views, compared, order, places, elsewhere)
            drafting = Drafting(
                compared, places, elsewhere, styles, self.language, order
            )
            yield from drafting.drafts()
            self.lost += drafting.lost

    def _texts(self, story: Story) -> tuple[Text, Views]:
        sent = self.sent.stories.get(story, [])
        returned = self.returned.stories.get(story, [])
        if story != "body":
            sent = once(sent)
            returned = in_order_of(sent, once(returned))
        return views_of(sent).after, views_of(returned)

    def _note_comments(
        self,
        views: Views,
        compared: Compared,
        order: int,
        places: Places | None,
        elsewhere: Place,
    ) -> None:
        for number, span in views.commented.items():
            sent = _in_sent(span[0], compared)
            self.spots.setdefault(
                number, Spot(views.after, span, sent, order, places, elsewhere)
            )

    def place_of_element(self, element: object) -> tuple[str, str, int]:
        """Return (place, clause, how far into the body) of a returned paragraph."""
        if not self._starts:
            lines = self.views.after.lines
            self._starts = {line.paragraph.element: line.start for line in lines}
        start = self._starts.get(element)
        if start is None:
            return "the text", "", 0
        at = _in_sent(start, self.compared["body"])
        place = self.places.of(self.places.text.at(at))
        return place.said, place.clause, at

    def place_of_text(self, text: str) -> tuple[str, int]:
        """Return (place, how far into the body) of text that was sent, or ("", 0).

        Which of several places is meant is not known, and not guessed.
        """
        lines = self.places.text.lines
        found = [at for at, line in enumerate(lines) if text in line.shown]
        if not found:
            return "", 0
        said = one_of(len(found)) if found[1:] else self.places.of(found[0]).said
        return said, lines[found[0]].start


def _in_sent(place: int, compared: Compared) -> int:
    """Return where a place of the text after the changes was in what was sent."""
    shift = 0
    for one in compared.changes:
        if one.a0 > place:
            break
        if place < one.a1:
            return one.s0
        shift = one.s1 - one.a1
    return place + shift
