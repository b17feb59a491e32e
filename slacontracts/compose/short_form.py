"""The composition of an agreement in, the clauses of its short form out."""

from dataclasses import replace

from slacontracts.compose.faulty_library import faulty_clauses
from slacontracts.compose.levels import Composition
from slacontracts.compose.outline import OutlineEntry
from slacontracts.model.finding import Finding
from slacontracts.model.library import Library, TemplateSource
from slacontracts.model.template import ShortForm
from slacontracts.source.model_faults import error_at


def shorten(
    composition: Composition, library: Library
) -> tuple[Composition, tuple[OutlineEntry, ...], tuple[Finding, ...]]:
    """Return the composition in the style of its short form, and the clauses of that.

    The data stay the same, so that both forms state the same facts. A clause that
    both forms have keeps its position and negotiated wording. No clauses, but a
    finding, when no template of the agreement has a short form.
    """
    place = composition.source.place("/template")
    found = _short_form(composition)
    if found is None:
        message = (
            f'the template "{composition.chain[-1].name}" has no short form; name its '
            "clauses under short_form in the template, or render the full form"
        )
        return composition, (), (error_at(place, "no-short-form", message),)
    giver, form = found
    if waiting := faulty_clauses(form.clauses, library, place):
        return composition, (), waiting
    full = {entry.key: entry for entry in composition.outline}
    level, name, places = giver.template.level, giver.name, giver.source.place_at
    entries = tuple(
        full.get(key)
        or OutlineEntry(key, level, name, places(("short_form", "clauses", at)))
        for at, key in enumerate(form.clauses)
        if key in library.clauses
    )
    style = form.house_style or composition.house_style
    return replace(composition, house_style=style), entries, ()


def _short_form(composition: Composition) -> tuple[TemplateSource, ShortForm] | None:
    """Return the short form of the most specific template that has one."""
    for template in reversed(composition.chain):
        if template.template.short_form is not None:
            return template, template.template.short_form
    return None
