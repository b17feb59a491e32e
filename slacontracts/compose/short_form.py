"""The composition of an agreement in, the clauses of its short form out.

Whoever signs a short form signs the full one. So it says nothing of a clause that
the full form does not have, and is not made without the clause that brings it in.
"""

from collections.abc import Collection
from dataclasses import replace

from slacontracts.compose.faulty_library import faulty_clauses
from slacontracts.compose.levels import Composition
from slacontracts.compose.outline import (
    OutlineEntry,
    lock_on,
    overridden,
    short_form_of,
)
from slacontracts.model.finding import Finding, Severity
from slacontracts.model.library import Library, TemplateSource
from slacontracts.model.template import ShortForm
from slacontracts.source.model_faults import error_at


def shorten(
    composition: Composition, library: Library, full: Collection[str]
) -> tuple[Composition, tuple[OutlineEntry, ...], tuple[Finding, ...]]:
    """Return the composition in the style of its short form, and the clauses of that.

    full: the keys of the clauses that the full form has. The data stay the same, so
    that both forms state the same facts. A clause that both forms have keeps its
    position and negotiated wording; one that the full form does not have, and a
    summary of it, are left out. No clauses, but a finding, when no template of the
    agreement has a short form.
    """
    place = composition.source.place("/template")
    found = short_form_of(composition.chain)
    if found is None:
        message = (
            f'the template "{composition.chain[-1].name}" has no short form; name its '
            "clauses under short_form in the template, or render the full form"
        )
        return composition, (), (error_at(place, "no-short-form", message),)
    giver, form = found
    if waiting := faulty_clauses(form.clauses, library, place):
        return composition, (), waiting
    own, findings = _own_clauses(giver, form, library, full)
    of_full = {entry.key: entry for entry in composition.outline if entry.key in full}
    entries = tuple(
        entry
        for key in form.clauses
        if (entry := of_full.get(key) or _negotiated(own.get(key), composition))
    )
    style = form.house_style or composition.house_style
    return replace(composition, house_style=style), entries, findings


def _own_clauses(
    giver: TemplateSource, form: ShortForm, library: Library, full: Collection[str]
) -> tuple[dict[str, OutlineEntry], tuple[Finding, ...]]:
    """Return the clauses for short forms alone, save those that sum up nothing."""
    entries: dict[str, OutlineEntry] = {}
    left_out: list[Finding] = []
    for at, key in enumerate(form.clauses):
        clause = library.clauses.get(key)
        if clause is None or clause.form == "full":
            continue
        origin = giver.source.place_at(("short_form", "clauses", at))
        missing = [needed for needed in clause.requires if needed not in full]
        if missing:
            message = (
                f'the short form is without "{key}", because the full form has no '
                f"{' and no '.join(missing)}; nothing to do if that is meant"
            )
            left_out.append(Finding(Severity.INFO, "clause-left-out", message, origin))
        else:
            level, name = giver.template.level, giver.name
            entries[key] = OutlineEntry(key, level, name, origin)
    return entries, tuple(left_out)


def _negotiated(
    entry: OutlineEntry | None, composition: Composition
) -> OutlineEntry | None:
    """Return a clause for short forms alone as it was negotiated; None if omitted."""
    if entry is None:
        return None
    lock = lock_on(entry.key, composition.chain)
    override = composition.agreement.clauses.get(entry.key)
    if override is None or lock is not None:
        return replace(entry, lock=lock)
    return None if override.omit else overridden(entry, override)


def without_full_form(
    composition: Composition, library: Library, printed: Collection[str]
) -> tuple[Finding, ...]:
    """Find that nothing brings in the full form; printed: the clauses by their keys."""
    bringing_in = {
        key for key, clause in library.clauses.items() if clause.form == "incorporation"
    }
    found = short_form_of(composition.chain)
    if found is None or bringing_in.intersection(printed):
        return ()
    giver, form = found
    named = [key for key in form.clauses if key in bringing_in]
    place = giver.source.place("/short_form")
    if not named:
        message = (
            "no clause of this short form brings in the full form, so that nobody who "
            "signs it would agree to that; name one with form: incorporation"
        )
    else:
        path = f"/clauses/{named[0]}"
        if composition.source.has(path):
            place = composition.place(path)
        message = (
            f'the short form cannot be made without its clause "{named[0]}", which '
            "brings in the full form; bring it back with all that it requires, or "
            "render the full form"
        )
    return (error_at(place, "short-form-alone", message),)
