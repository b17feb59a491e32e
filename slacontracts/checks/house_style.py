"""The check of the house style: a Word file that is named and is not there."""

from collections.abc import Iterator

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Origin, Severity
from slacontracts.model.library import TemplateSource
from slacontracts.model.settings import WorkspaceSettings
from slacontracts.text import nearest

UNKNOWN_STYLE = Fault(
    "unknown-house-style",
    Severity.ERROR,
    summary="The house style that an agreement is to be printed in is not in its "
    "version of the library, so that no Word file can be made.",
    example="house_style: standrd",
    remedy="Take the name that is suggested, or put the Word file into "
    "templates/house, save the library and take that version.",
)


def unknown_house_styles(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find a house style of the agreement, a template or the settings that is not."""
    usual = tuple(_unknown_in_workspace(facts))
    yield from usual
    yield from _unknown_in_short_form(facts)
    name, origin = _named(facts)
    if origin not in [finding.origin for finding in usual]:
        yield from _unknown_in_library(name, origin, facts)


def _unknown_in_short_form(facts: Facts) -> Iterator[Finding]:
    """Find the house style of the short form, that of the most specific template."""
    for template in _chain(facts):
        form = template.template.short_form
        if form is not None:
            place = template.source.place("/short_form/house_style")
            if form.house_style:
                yield from _unknown_in_library(form.house_style, place, facts)
            return


def _unknown_in_library(name: str, origin: Origin, facts: Facts) -> Iterator[Finding]:
    known = facts.surroundings.house_styles
    if known is not None and name not in known:
        message = f'there is no house style "{name}" in the library of this agreement'
        yield UNKNOWN_STYLE.at(origin, f"{message}; {_remedy(name, known)}")


def _unknown_in_workspace(facts: Facts) -> Iterator[Finding]:
    settings = facts.surroundings.settings
    known = facts.surroundings.house_styles_of_workspace
    if settings is None or known is None or settings.house_style in known:
        return
    name = settings.house_style
    yield UNKNOWN_STYLE.at(
        facts.surroundings.place("/house_style"),
        f'there is no house style "{name}" in this workspace; {_remedy(name, known)}',
    )


def _remedy(name: str, known: frozenset[str]) -> str:
    near = nearest(name, sorted(known))
    if near:
        return f'did you mean "{near}"?'
    return f"put it there as templates/house/{name}.docx"


def _chain(facts: Facts) -> Iterator[TemplateSource]:
    """Yield the templates of the agreement, the most specific first."""
    template = facts.library.templates.get(facts.agreement.template)
    while template is not None:
        yield template
        template = facts.library.templates.get(template.template.parent or "")


def _named(facts: Facts) -> tuple[str, Origin]:
    """Return the house style that counts, and where it is named.

    The agreement comes before its templates, and those before the settings.
    """
    if facts.agreement.house_style:
        return facts.agreement.house_style, facts.place("/house_style")
    for template in _chain(facts):
        if template.template.house_style:
            return template.template.house_style, template.source.place("/house_style")
    settings = facts.surroundings.settings or WorkspaceSettings(organisation="")
    return settings.house_style, facts.surroundings.place("/house_style")


CHECKS = (Check(unknown_house_styles, (UNKNOWN_STYLE,)),)
