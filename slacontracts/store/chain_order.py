"""Records as the register's versions filed them in; where one does not follow, out."""

from collections import Counter
from collections.abc import Iterator, Sequence

from slacontracts.store.chain_records import Found, Trouble
from slacontracts.store.register import Filed


def faults_of_order(found: Sequence[Found]) -> Iterator[Trouble]:
    """Tell where records, in the order of the versions, do not follow one another."""
    before: Filed | None = None
    is_known = True
    place = 0
    counts: Counter[str] = Counter()
    for one in found:
        agreement = one.folder.rpartition("/")[0]
        place += 1
        counts[agreement] += 1
        if one.filed is None:
            is_known = False
            continue
        record = one.filed.record
        yield from _faults_of_place(one.filed, place)
        if is_known:
            yield from _faults_of_joint(one.filed, before)
        if record.entry != counts[agreement]:
            says = (
                f"{one.folder} should be entry {counts[agreement]:04} of its "
                "agreement: an entry before it is missing or stands twice"
            )
            yield Trouble("tampered", one.folder, says)
        # what comes next is compared with what this one says: one gap is told once
        place, counts[agreement] = record.sequence, record.entry
        before, is_known = one.filed, True


def _faults_of_place(filed: Filed, place: int) -> Iterator[Trouble]:
    record = filed.record
    if record.sequence != place:
        says = (
            f"{record.folder} is record {record.sequence} of the register, but stands "
            f"where record {place} belongs"
        )
        yield Trouble("tampered", record.folder, says)


def _faults_of_joint(filed: Filed, before: Filed | None) -> Iterator[Trouble]:
    """Tell whether a record follows another one than stands before it now."""
    record = filed.record
    if record.previous != (before.digest if before else None):
        if before is None:
            says = (
                f"{record.folder} stands first, but followed a record that is there "
                "no more"
            )
        else:
            says = (
                f"{record.folder} followed another record than {before.record.folder}, "
                "which stands before it now: that one was altered, exchanged or moved, "
                "or one between them was taken out"
            )
        yield Trouble("tampered", record.folder, says)
    if before is not None and record.recorded_at < before.record.recorded_at:
        when = f"{record.recorded_at:%Y-%m-%d %H:%M:%S}"
        says = (
            f"{record.folder} says it was recorded on {when}, before "
            f"{before.record.folder}, which it follows"
        )
        yield Trouble("tampered", record.folder, says)
