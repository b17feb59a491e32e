"""Changes of a story in; drafts of proposals for its words, lines and moves out.

Edits are given where they can be made in the text of a clause: not in titles, tables
that are made from data, covers, headers and notes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

from slacontracts.model.clause import Language
from slacontracts.model.proposal import Edit, Kind
from slacontracts.negotiate.drafting.drafts import Draft
from slacontracts.negotiate.drafting.new_blocks import Styles, new_blocks
from slacontracts.negotiate.drafting.places import Place, Places, around
from slacontracts.negotiate.drafting.value_changes import value_changes
from slacontracts.negotiate.reading.alignment import word_gaps
from slacontracts.negotiate.reading.changes import Compared, joined, moved_pairs
from slacontracts.negotiate.reading.line_changes import is_of_lines, lines_in, pairs_of
from slacontracts.negotiate.reading.views import END, Change, Line


@dataclass(slots=True)
class Drafting:
    """Makes the drafts of one story.

    order: of the story; lost: of its values; alone: changes that are all of their line.
    """

    compared: Compared
    places: Places | None
    elsewhere: Place
    styles: Styles
    language: Language
    order: int = 0
    lost: tuple[str, ...] = ()
    alone: set[int] = field(default_factory=set)

    def drafts(self) -> list[Draft]:
        """Return what the changes of the story propose."""
        out: list[Draft] = []
        left = list(self.compared.changes)
        for gone, came in moved_pairs(self.compared):
            out.append(self._moved(gone, came))
            left = [one for one in left if one is not gone and one is not came]
        inside: dict[int, list[Change]] = {}
        for one in left:
            if self._is_of_lines(one):
                out += self._lines(one)
            else:
                inside.setdefault(self.compared.sent.at(one.s0), []).append(one)
        for at, changes in inside.items():
            inside[at] = self._emptying(at, changes)
        self.alone = {id(one) for [one] in filter(_is_single, inside.values())}
        rest = [one for changes in inside.values() for one in changes]
        if self.places is not None and self.places.is_anchored:
            found = value_changes(self.compared, inside, self.places, self.language)
            out += found.drafts
            rest, self.lost = found.rest, tuple(found.lost)
        for one in rest:
            out += self._words(one) if self._says(one) else ()
        for draft in out:
            draft.at = (self.order, *draft.at[1:])
        return out

    def _emptying(self, at: int, changes: list[Change]) -> list[Change]:
        """Return the changes of a line as one where they leave no words of it."""
        sent, after = self.compared.sent, self.compared.after
        line = sent.lines[at]
        edges = [line.start, *(e for one in changes for e in (one.s0, one.s1))]
        stays = zip(edges[::2], [*edges[1::2], line.stop], strict=True)
        left = [sent.read(start, stop) for start, stop in stays]
        left += [after.read(one.a0, one.a1) for one in changes]
        if len(changes) < 2 or "".join(left).strip() or not line.key.strip():
            return changes
        return [replace(reduce(joined, changes), s0=line.start, s1=line.stop)]

    def _says(self, one: Change) -> bool:
        sent, after = self.compared.sent, self.compared.after
        return sent.read(one.s0, one.s1) != after.read(one.a0, one.a1)

    def _is_of_lines(self, one: Change) -> bool:
        sent, after = self.compared.sent, self.compared.after
        return not sent.lines or one.row is not None or is_of_lines(one, sent, after)

    def _place(self, at: int) -> Place:
        return self.elsewhere if self.places is None else self.places.of(at)

    def _draft(
        self, kind: Kind, place: Place, one: Change, old: str, new: str
    ) -> Draft:
        beside = around(self.compared.sent, one.s0, one.s1)
        draft = Draft(kind, (0, one.s0, one.a0), place.said, old, new, place.clause)
        draft.around = beside
        return draft.signed(one)

    def _words(self, one: Change) -> Iterator[Draft]:
        """Yield the draft of a change inside of a line."""
        sent, after = self.compared.sent, self.compared.after
        at = sent.at(one.s0)
        place = self._place(at)
        old, new = sent.read(one.s0, one.s1), after.read(one.a0, one.a1)
        line = sent.lines[at]
        is_whole = (one.s0, one.s1) == (line.start, line.stop)
        if is_whole and id(one) in self.alone and not new.strip() and place.is_prose:
            yield from self._deleted(one, [line])
            return
        draft = self._draft("wording", place, one, old, new)
        draft.edits = tuple(self._words_edit(at, one.s0, one.s1, new))
        yield draft

    def _words_edit(self, at: int, start: int, stop: int, new: str) -> Iterator[Edit]:
        place, line = self._place(at), self.compared.sent.lines[at]
        if place.is_prose and place.anchor is not None:
            first, last = (
                line.real[edge - line.start] - place.anchor.offset
                for edge in (start, stop)
            )
            if first >= 0:
                yield Edit(
                    what="words",
                    clause=place.clause,
                    block=place.block,
                    start=first,
                    end=last,
                    text=new,
                )

    def _lines(self, one: Change) -> Iterator[Draft]:
        """Yield the drafts of whole lines that came, went or were made of others."""
        sent, after = self.compared.sent, self.compared.after
        olds = lines_in(sent, one.s0, one.s1)
        news = lines_in(after, one.a0, one.a1)
        if olds and news:
            yield self._remade(one, olds, news)
        elif olds:
            yield from self._deleted(one, olds)
        else:
            yield from self._inserted(one, news)

    # Lines that came.

    def _inserted(self, one: Change, news: Sequence[Line]) -> Iterator[Draft]:
        sent = self.compared.sent
        for group in self._groups_of_new(news):
            rows = group[0].paragraph.row is not None
            text = (" | " if rows else END).join(line.shown for line in group)
            if not text.strip(" |\n\v\t"):
                continue
            place = self._place_before(one.s0)
            draft = self._draft("insertion", place, one, "", text)
            draft.edits = tuple(self._insertion(place, group))
            if any(edit.what == "add" for edit in draft.edits):
                draft.place = f"new clause after {self._heading(place).said}"
            if sent.lines and one.s0 != sent.lines[sent.at(one.s0)].start:
                draft.around = ""  # nothing follows it
            draft.at = (0, one.s0, group[0].start)
            yield draft

    def _groups_of_new(self, news: Sequence[Line]) -> Iterator[list[Line]]:
        """Yield the lines of each row, of each clause, and what comes before them."""
        group: list[Line] = []
        for line in news:
            starts = self.styles.is_heading(line.paragraph.element)
            row = line.paragraph.row
            if group and (starts or group[-1].paragraph.row is not row):
                yield group
                group = []
            group.append(line)
        if group:
            yield group

    def _place_before(self, start: int) -> Place:
        """Return the place of the line that ends before a place."""
        sent = self.compared.sent
        if not start or not sent.lines:
            return Place(self._place(0).said)
        return self._place(sent.at(start - 1))

    def _heading(self, place: Place) -> Place:
        """Return the place of the heading of the clause in which a place is."""
        places = self.places.places if self.places is not None else []
        headings = (one for one in places if one.is_heading)
        return next((one for one in headings if one.clause == place.clause), place)

    def _insertion(self, place: Place, group: Sequence[Line]) -> Iterator[Edit]:
        if not place.clause or group[0].paragraph.row is not None:
            return
        lines = [line for line in group if line.shown.strip()]
        if self.styles.is_heading(group[0].paragraph.element):
            title, rest = lines[0].shown.strip(), lines[1:]
            blocks = new_blocks(rest, self.styles)
            yield Edit(what="add", clause=place.clause, title=title, blocks=blocks)
            return
        yield Edit(
            what="insert",
            clause=place.clause,
            block=place.block,
            first=place.is_heading,
            blocks=new_blocks(lines, self.styles),
        )

    # Lines that went.

    def _deleted(self, one: Change, olds: Sequence[Line]) -> Iterator[Draft]:
        for group in self._groups_of_old(olds):
            rows = group[0].paragraph.row is not None and not self._is_table(group)
            text = (" | " if rows else END).join(line.shown for line in group)
            if not text.strip(" |\n\v\t"):
                continue
            at = self.compared.sent.at(group[0].start)
            place = self._place(at)
            draft = self._draft("deletion", place, one, text, "")
            draft.at = (0, group[0].start, one.a0)
            draft.around = ""
            if not rows:
                draft.edits = tuple(self._deletion(group))
            yield draft

    def _groups_of_old(self, olds: Sequence[Line]) -> Iterator[list[Line]]:
        """Yield the lines of each clause; of a table that stays, those of each row."""
        by_clause: list[tuple[str, list[Line]]] = []
        for line in olds:
            key = self._place(self.compared.sent.at(line.start)).clause
            if not key and by_clause and not line.key.strip():
                continue  # what keeps two tables apart
            if not by_clause or by_clause[-1][0] != key:
                by_clause.append((key, []))
            by_clause[-1][1].append(line)
        for _, lines in by_clause:
            yield from self._by_row(lines)

    def _by_row(self, lines: list[Line]) -> Iterator[list[Line]]:
        if self._is_table(lines):
            yield lines
            return
        group: list[Line] = []
        for line in lines:
            if group and group[-1].paragraph.row is not line.paragraph.row:
                yield group
                group = []
            group.append(line)
        if group:
            yield group

    def _is_table(self, lines: Sequence[Line]) -> bool:
        """Tell whether lines are whole blocks of a clause, its tables among them."""
        if all(line.paragraph.row is None for line in lines):
            return True
        if self.places is None or not self.places.is_anchored:
            return False
        taken = {line.number for line in lines}
        places = [self._place(self.compared.sent.at(line.start)) for line in lines]
        clause, blocks = places[0].clause, {one.block for one in places}
        return bool(clause) and all(
            line.number in taken
            for line, place in zip(
                self.compared.sent.lines, self.places.places, strict=True
            )
            if place.clause == clause and place.block in blocks and not place.is_heading
        )

    def _deletion(self, group: Sequence[Line]) -> Iterator[Edit]:
        if self.places is None:
            return
        places = [self._place(self.compared.sent.at(line.start)) for line in group]
        clause = places[0].clause
        if not clause:
            return
        if len(group) == sum(one.clause == clause for one in self.places.places):
            yield Edit(what="omit", clause=clause)
            return
        if any(place.is_heading for place in places):
            return
        blocks = [place.block for place in places]
        yield Edit(what="delete", clause=clause, block=min(blocks), last=max(blocks))

    # Lines that became others, and lines that moved.

    def _remade(self, one: Change, olds: Sequence[Line], news: Sequence[Line]) -> Draft:
        """Return the draft of lines that were split or that run on into others."""
        sent = self.compared.sent
        place = self._place(sent.at(one.s0))
        old, new = (END.join(line.shown for line in side) for side in (olds, news))
        draft = self._draft("wording", place, one, old, new)
        draft.around = ""
        places = [self._place(sent.at(line.start)) for line in olds]
        if all(at.is_prose and at.clause == place.clause for at in places):
            draft.edits = tuple(self._remaking(olds, news))
        return draft

    def _remaking(self, olds: Sequence[Line], news: Sequence[Line]) -> Iterator[Edit]:
        pairs = pairs_of(olds, news) or [(0, 0)]
        kept = dict(pairs)
        sent, after = self.compared.sent, self.compared.after
        for i, line in enumerate(olds):
            at = sent.at(line.start)
            place = self._place(at)
            if i in kept:
                new = news[kept[i]]
                for gap in word_gaps(line.key, new.key, line.start, new.start):
                    text = after.read(gap.new, gap.new_stop)
                    yield from self._words_edit(at, gap.old, gap.old_stop, text)
            else:
                block = place.block
                yield Edit(what="delete", clause=place.clause, block=block, last=block)
        stops = [*(j for _, j in pairs), len(news)]
        for at_pair, (i, j) in enumerate(pairs):
            fresh = news[j + 1 : stops[at_pair + 1]]
            if fresh:
                place = self._place(sent.at(olds[i].start))
                yield from self._insertion(place, fresh)
        if pairs[0][1] > 0:
            place = self._place_before(olds[pairs[0][0]].start)
            yield from self._insertion(place, news[: pairs[0][1]])

    def _moved(self, gone: Change, came: Change) -> Draft:
        """Return the draft of text that stands elsewhere now."""
        sent, after = self.compared.sent, self.compared.after
        place = self._place(sent.at(gone.s0))
        old, new = sent.read(gone.s0, gone.s1), after.read(came.a0, came.a1)
        draft = self._draft("relocation", place, gone, old.strip(END), new.strip(END))
        draft.signed(gone, came)
        draft.at = (0, came.s0, came.a0)
        halves = [self._half(one) for one in (gone, came)]
        if all(halves):
            draft.edits = (*halves[0], *halves[1])
        draft.around = f"now after: {around(sent, came.s0 - 1, came.s0 - 1)}"
        return draft

    def _half(self, one: Change) -> tuple[Edit, ...]:
        drafts = list(self._lines(one) if self._is_of_lines(one) else self._words(one))
        if not all(draft.edits for draft in drafts):
            return ()
        return tuple(edit for draft in drafts for edit in draft.edits)


def _is_single(changes: list[Change]) -> bool:
    return len(changes) == 1
