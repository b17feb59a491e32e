"""Two versions in; other parties, signatories, law and forum out."""

from collections.abc import Iterator

from slacontracts.checks.facts import Facts
from slacontracts.compose.tables.labels import label as role_name
from slacontracts.model.agreement import Agreement, Forum, Signatory
from slacontracts.model.change import Impact

PARTIES = "parties"
LAW = "law"


def of_parties(old: Facts, new: Facts) -> Iterator[Impact]:
    """Yield which party has another name, comes or goes, and who else signs for it."""
    before, after = old.agreement, new.agreement
    for role in dict.fromkeys((*after.parties, *before.parties)):
        names = _name(before, role), _name(after, role)
        if names[0] != names[1]:
            words = f"the {_role(role)} is {_instead(*names, 'nobody')}"
            yield Impact(PARTIES, words, path=f"/parties/{role}/legal_name")
    signing = [*after.signatories, *before.signatories]
    for role in dict.fromkeys(one.party for one in signing):
        people = _people(before, role), _people(after, role)
        if people[0] != people[1]:
            words = (
                f"for the {_role(role)}, {people[1] or 'nobody'} signs instead of "
                f"{people[0] or 'nobody'}"
            )
            yield Impact(PARTIES, words, path="/signatories")


def of_law(old: Facts, new: Facts) -> Iterator[Impact]:
    """Yield another governing law, and another forum for disputes."""
    before, after = old.agreement.governing_law, new.agreement.governing_law
    laws = [(one.law if one else None) or "" for one in (before, after)]
    if laws[0] != laws[1]:
        words = f"the governing law is {_instead(laws[0], laws[1], 'nothing')}"
        yield Impact(LAW, words, path="/governing_law/law")
    forums = [_forum(one.forum if one else None) for one in (before, after)]
    if forums[0] != forums[1]:
        words = f"disputes are decided by {_instead(forums[0], forums[1], 'nothing')}"
        yield Impact(LAW, words, path="/governing_law/forum")


def _instead(old: str, new: str, none: str) -> str:
    return f"{new or none} instead of {old}" if old else f"{new}, {none} before"


def _role(role: str) -> str:
    return role_name(role, "en").lower()


def _name(agreement: Agreement, role: str) -> str:
    party = agreement.parties.get(role)
    return (party.legal_name if party else None) or ""


def _people(agreement: Agreement, role: str) -> str:
    people = (one for one in agreement.signatories if one.party == role)
    return " and ".join(_person(one) for one in people)


def _person(person: Signatory) -> str:
    rule = person.rule if person.rule != "solely" else None
    said = ", ".join(filter(None, (person.title, rule)))
    name = person.name or "somebody not named yet"
    return f"{name} ({said})" if said else name


def _forum(forum: Forum | None) -> str:
    if forum is None:
        return ""
    said = "the courts" if forum.kind == "courts" else "arbitration"
    terms = [
        f"{name}: {value}"
        for name, value in forum.model_dump(exclude={"kind"}).items()
        if value is not None
    ]
    return f"{said} ({', '.join(terms)})" if terms else said
