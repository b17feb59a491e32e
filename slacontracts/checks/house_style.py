"""The check of the house style: a Word file that is named and is not there."""

from collections.abc import Iterator

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Origin, Severity
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
    name, origin = _named(facts)
    known = facts.surroundings.house_styles
    is_new = origin not in [finding.origin for finding in usual]
    if known is not None and name not in known and is_new:
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


def _named(facts: Facts) -> tuple[str, Origin]:
    """Return the house style that counts, and where it is named.

    The agreement comes before its templates, and those before the settings.
    """
    if facts.agreement.house_style:
        return facts.agreement.house_style, facts.place("/house_style")
    template = facts.library.templates.get(facts.agreement.template)
    while template is not None:
        if template.template.house_style:
            return template.template.house_style, template.source.place("/house_style")
        template = facts.library.templates.get(template.template.parent or "")
    settings = facts.surroundings.settings or WorkspaceSettings(organisation="")
    return settings.house_style, facts.surroundings.place("/house_style")


CHECKS = (Check(unknown_house_styles, (UNKNOWN_STYLE,)),)
