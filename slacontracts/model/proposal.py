"""What a counterparty's answer proposes, and what was decided about it."""

from typing import Final, Literal, TypeAlias

from slacontracts.model.scalars import Count, DataPath, Key, SourceModel, YesNo

Kind: TypeAlias = Literal[
    "value",
    "wording",
    "insertion",
    "deletion",
    "relocation",
    "formatting",
    "comment",
    "untracked",
    "conflict",
    "unplaced",
]
Verdict: TypeAlias = Literal["accept", "reject", "counter"]
Disposition: TypeAlias = Literal["open", "accepted", "rejected", "countered"]
DISPOSITIONS: Final[dict[Verdict, Disposition]] = {
    "accept": "accepted",
    "reject": "rejected",
    "counter": "countered",
}


class NewBlock(SourceModel):
    """A paragraph that is new. level: 0 under the heading, 1-3 in such an item."""

    text: str
    level: Count = 0
    is_item: YesNo = False


class Edit(SourceModel):
    """One step of a change, in the clause as it was sent.

    words: characters [start, end) of a block, without a label that is written out,
    become `text`. delete: the blocks `block` to `last` go. insert: `blocks` come after
    the block (before the first: first is yes). omit: the clause goes. add: a clause of
    the counterparty's own, `title` and `blocks`, comes after `clause`.
    """

    what: Literal["words", "delete", "insert", "omit", "add"]
    clause: Key
    block: Count = 0
    last: Count | None = None
    first: YesNo = False
    start: Count = 0
    end: Count = 0
    text: str = ""
    title: str = ""
    blocks: tuple[NewBlock, ...] = ()


class Occurrence(SourceModel):
    """One of several places where a value stands, and how it came back there."""

    place: str
    old: str
    new: str

    @property
    def is_unchanged(self) -> bool:
        """Whether the value came back there as it was sent."""
        return self.old == self.new


class Decision(SourceModel):
    """What somebody decided about a proposal; the last decision counts.

    text, position, value: of a counter, what we offer instead. by_hand: what it asks
    for was put into the source by other commands.
    """

    verdict: Verdict
    by: str
    on: str
    reason: str = ""
    text: str | None = None
    position: Key | None = None
    value: str | None = None
    by_hand: YesNo = False


class Proposal(SourceModel):
    """One change that a counterparty asks for.

    number: unique among all turns of an agreement. change: what kind it would be had
    it been tracked; of a tracked one, its kind. place: where it stands, as it was
    printed. path: of a value. clause: the key of its clause. old, new: the words.
    value: the new value, as `set` takes it. edits: how the wording changes;
    without any, and without a value, it cannot be put into the source by itself.
    occurrences: of a conflict, every place of the value. author, date: as the file
    claims. around: words beside it.
    """

    number: Count
    kind: Kind
    change: Kind
    place: str = ""
    path: DataPath | None = None
    clause: Key | None = None
    old: str = ""
    new: str = ""
    around: str = ""
    value: str | None = None
    edits: tuple[Edit, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    author: str = ""
    date: str = ""
    comment: str = ""
    advice: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def disposition(self) -> Disposition:
        """What became of it so far."""
        return DISPOSITIONS[self.decisions[-1].verdict] if self.decisions else "open"

    @property
    def is_of_words(self) -> bool:
        """Whether it asks for other words: a comment or mere formatting does not."""
        return self.kind not in ("comment", "formatting")

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer; what is not of words needs none."""
        return not self.decisions and self.is_of_words
