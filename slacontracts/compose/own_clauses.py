"""An outline and an agreement's own clauses in, the outline with them, findings out.

A clause of its own is one that the library does not have: what a counterparty brought,
and this agreement alone says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from slacontracts.compose.outline import OutlineEntry
from slacontracts.model.agreement import Agreement, ClauseOverride
from slacontracts.model.clause import Part
from slacontracts.model.finding import Finding
from slacontracts.model.library import Library
from slacontracts.model.source_file import SourceFile
from slacontracts.source.model_faults import error_at
from slacontracts.text import nearest

INCOMPLETE = "own-clause-incomplete"
IN_LIBRARY = "own-clause-in-library"


def with_own_clauses(
    outline: tuple[OutlineEntry, ...],
    agreement: Agreement,
    library: Library,
    source: SourceFile,
    template: str,
) -> tuple[tuple[OutlineEntry, ...], tuple[Finding, ...]]:
    """Return the outline with every clause of the agreement's own behind its neighbour.

    Several behind the same clause stand in the order of the file. template: the name of
    the most specific one.
    """
    own = {key: one for key, one in agreement.clauses.items() if one.is_own}
    if not own:
        return outline, ()
    findings: list[Finding] = []
    sound = {}
    for key, override in own.items():
        found = [*_faults(key, override, agreement, library, source)]
        findings += found
        if not found:
            origin = source.place(f"/clauses/{key}")
            wording = dict[str, str]((override.text or {}).items())
            title = dict[str, str]((override.title or {}).items())
            sound[key] = OutlineEntry(
                key, "agreement", template, origin, bespoke=wording, title=title
            )
    placed, lost = _placed(outline, sound, own, library)
    known = [entry.key for entry in placed]
    findings += [
        _without_place(key, own[key].after or "", known, source) for key in lost
    ]
    return placed, tuple(findings)


def _placed(
    outline: tuple[OutlineEntry, ...],
    new: Mapping[str, OutlineEntry],
    own: Mapping[str, ClauseOverride],
    library: Library,
) -> tuple[tuple[OutlineEntry, ...], tuple[str, ...]]:
    """Return the outline with new entries, and the keys whose neighbour is missing."""
    entries = list(outline)
    waiting = dict(new)
    while True:
        keys = [entry.key for entry in entries]
        key = next((key for key in waiting if own[key].after in keys), None)
        if key is None:
            return tuple(entries), tuple(waiting)
        neighbour = entries[keys.index(own[key].after or "")]
        at = keys.index(neighbour.key) + 1
        while at < len(keys) and _follows(keys[at], neighbour.key, own):
            at += 1
        entry = waiting.pop(key)
        entries.insert(at, replace(entry, part=part_of(neighbour, library)))


def _follows(key: str, neighbour: str, own: Mapping[str, ClauseOverride]) -> bool:
    """Tell whether a clause of its own stands where it does because of a neighbour."""
    while key in own:
        key = own[key].after or ""
        if key == neighbour:
            return True
    return False


def part_of(entry: OutlineEntry, library: Library) -> Part:
    """Return where in the agreement a clause of the outline stands."""
    known = library.clauses.get(entry.key)
    return entry.part if known is None else known.part


def _faults(
    key: str,
    override: ClauseOverride,
    agreement: Agreement,
    library: Library,
    source: SourceFile,
) -> Iterator[Finding]:
    """Find what keeps a clause of its own from being one."""
    origin = source.place(f"/clauses/{key}")
    if key in library.clauses or key in library.faulty:
        message = (
            f'the library has a clause "{key}": delete title and after to change that '
            "one, or give the clause of your own another key"
        )
        yield error_at(origin, IN_LIBRARY, message)
        return
    language = "ar" if agreement.language == "ar" else "en"
    missing = []
    if language not in (override.title or {}):
        missing.append(f"title: {{{language}: ...}}, its title")
    if override.after is None:
        missing.append("after: KEY, the clause that it follows")
    if language not in (override.text or {}):
        missing.append(f"text: {{{language}: ...}}, its wording")
    if missing:
        message = f'the clause "{key}" of this agreement lacks {" and ".join(missing)}'
        yield error_at(origin, INCOMPLETE, f"{message}; add it")


def _without_place(
    key: str, after: str, known: list[str], source: SourceFile
) -> Finding:
    meant = nearest(after, known)
    hint = f'did you mean "{meant}"?' if meant else "name one that the agreement has"
    message = (
        f'the clause "{key}" follows "{after}", which this agreement does not have; '
        f"{hint}"
    )
    return error_at(
        source.place(f"/clauses/{key}/after"), "clause-not-in-outline", message
    )
