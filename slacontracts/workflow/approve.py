"""A role and what it consents to in; approvals in a new version of the agreement out.

Whoever approves holds the role in the workspace's settings, known by the e-mail
address that git has, and wrote nothing of what is approved.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from slacontracts.checks.approvals import is_approved
from slacontracts.checks.deviations import (
    FOR_WORDING,
    Deviation,
    deviations,
    exception_for,
)
from slacontracts.checks.facts import Facts
from slacontracts.errors import NotFoundError, SlaContractsError, SourceError
from slacontracts.model.settings import RoleHolder
from slacontracts.source.write import NEW_ITEM, Raw
from slacontracts.store.contents import unsaved_files
from slacontracts.store.git import count_saves
from slacontracts.store.versions import (
    Author,
    branch_in_hand,
    save_version,
)
from slacontracts.store.workspace import SETTINGS_FILE, AgreementPlace
from slacontracts.text import is_blank, nearest
from slacontracts.workflow.as_signed import require_open
from slacontracts.workflow.authors import Authorship, Writer
from slacontracts.workflow.consent import (
    Consent,
    evidence_name,
    require_sound,
    who_consents,
)
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.deviations import facts_of
from slacontracts.workflow.draft import Draft, read_draft
from slacontracts.workflow.edit import with_value, write_if_sound
from slacontracts.workflow.one_at_a_time import one_at_a_time
from slacontracts.workflow.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Approved:
    """What was approved, by whom, and the number of the version that holds it.

    waiting: what the same items still wait for. notes: what needs a look.
    """

    deviations: tuple[Deviation, ...]
    by: str
    on_behalf_of: str
    number: int
    waiting: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@one_at_a_time("approve")
def approve(
    desk: Desk, agreement_id: str, consent: Consent, when: datetime
) -> Approved:
    """Approve what waits for a role, and save that as a version.

    Raises SourceError, and writes nothing, where the person does not hold the role or
    wrote what is to be approved, and where changes are not saved.
    """
    place = desk.workspace.agreement(agreement_id)
    require_sound(consent, when.date())
    person, holder = who_consents(desk, consent)
    shelf = Shelf(replace(desk, today=when.date()))
    draft = read_draft(shelf, place)
    if draft.composed is None or draft.library is None or draft.source is None:
        raise SourceError(f"{place.id} cannot be approved yet", draft.findings)
    require_open(desk, place, draft.source.data)
    _require_saved(desk, place)
    branch_in_hand(desk.workspace.root)
    facts = facts_of(shelf, draft)
    found = _chosen(facts, consent)
    _require_not_own(
        Authorship(desk.workspace.root, place), found, (person, holder), consent
    )
    by = person.name if consent.on_behalf_of else holder.name
    entries = [_entry(one, consent, by, holder, when.date()) for one in found]
    notes = _keep(shelf, draft, entries, consent, (person, when))
    facts = facts_of(shelf, read_draft(shelf, place))
    return Approved(
        found,
        by,
        holder.name if consent.on_behalf_of else "",
        count_saves(desk.workspace.root, place),
        tuple(_waiting(facts, {one.item for one in found})),
        notes,
    )


def _require_saved(desk: Desk, place: AgreementPlace) -> None:
    unsaved = unsaved_files(desk.workspace, place.folder, SETTINGS_FILE)
    if SETTINGS_FILE in unsaved:
        raise SourceError(
            f"{SETTINGS_FILE}, which says who holds a role, has changes that are not "
            'saved; save it first: slacontracts library save -m "What changed"'
        )
    if unsaved:
        raise SourceError(
            f"{place.id} has changes that are not saved, so that nobody can tell who "
            f'made them; save it first: slacontracts save {place.id} -m "What changed"'
        )


def _chosen(facts: Facts, consent: Consent) -> tuple[Deviation, ...]:
    """Return what is approved: what is named, else all that waits for the role."""
    departures = {one.item: one for one in deviations(facts)}
    if not consent.items:
        waiting = _waiting_for(consent.role, departures.values(), facts)
        if not waiting:
            raise NotFoundError(
                f"nothing in {facts.agreement.id} waits for {consent.role}; see "
                f"slacontracts deviations {facts.agreement.id}"
            )
        return waiting
    found = []
    for item in dict.fromkeys(consent.items):
        if item not in departures:
            near = nearest(item, departures)
            hint = f'did you mean "{near}"?' if near else "there is nothing to approve"
            raise NotFoundError(
                f"{item} does not depart from what the library prefers; {hint}"
            )
        _require_asked(departures[item], facts, consent)
        found.append(departures[item])
    return tuple(found)


def _waiting_for(
    role: str, departures: Iterable[Deviation], facts: Facts
) -> tuple[Deviation, ...]:
    return tuple(
        one
        for one in departures
        if role in one.roles and not is_approved(role, one, facts)
    )


def _require_asked(deviation: Deviation, facts: Facts, consent: Consent) -> None:
    """Refuse what a role is not asked for, or has approved."""
    item, role = deviation.item, consent.role
    if consent.exception:
        if not deviation.is_beyond:
            raise SourceError(
                f"{item} does not lie beyond the walk-away line, so it needs no "
                "exception; leave --exception out"
            )
        known = exception_for(item, deviation.value, facts)
        if known is not None:
            raise SourceError(
                f"{known.consenting} has made an exception for {item} already, on "
                f"{known.on}"
            )
    elif role not in deviation.roles:
        asked = " and ".join(deviation.roles)
        needs = f"waits for {asked}" if asked else "needs nobody's approval"
        beyond = "; beyond the walk-away line legal adds --exception REASON"
        raise SourceError(
            f"{item} {needs}, not for {role}{beyond if deviation.is_beyond else ''}"
        )
    elif is_approved(role, deviation, facts):
        raise SourceError(f"{role} has approved {item} already, as it stands now")


def _require_not_own(
    authorship: Authorship,
    found: Sequence[Deviation],
    people: tuple[Author, RoleHolder],
    consent: Consent,
) -> None:
    """Refuse people who wrote any of what is to be approved."""
    own: dict[str, Writer] = {}
    for one in found:
        for writer in authorship.of(one.item):
            if writer.is_unknown or any(writer.is_same(one) for one in people):
                own.setdefault(one.item, writer)
    if not own:
        return
    item, writer = next(iter(own.items()))
    if writer.is_unknown:
        raise SourceError(
            f"{item} was saved by somebody whom git did not know, who may be the one "
            "that approves now; let whoever wrote it set it again, and save it"
        )
    others = [one.item for one in found if one.item not in own]
    rest = " ".join(f"--item {one}" for one in others)
    more = f"; for the others say {rest}" if others else ""
    raise SourceError(
        f"{writer.name} wrote what stands at {' and '.join(own)}, and nobody approves "
        f"what they wrote; let another holder of the role {consent.role} do it{more}"
    )


def _entry(
    deviation: Deviation, consent: Consent, by: str, holder: RoleHolder, on: date
) -> dict[str, Raw]:
    """Return an approval as it is written into the agreement."""
    said = {
        "item": deviation.item,
        "role": consent.role,
        "by": by,
        "on_behalf_of": holder.name if consent.on_behalf_of else "",
        "on": f"{on}",
        "value": deviation.value,
        "until": f"{consent.until or ''}",
        "condition": consent.condition,
        "note": consent.note,
        "exception": consent.exception,
        "evidence": evidence_name(consent.evidence) if consent.evidence else "",
    }
    return {
        name: " ".join(text.split())
        for name, text in said.items()
        if not is_blank(text)
    }


def _keep(
    shelf: Shelf,
    draft: Draft,
    entries: Sequence[dict[str, Raw]],
    consent: Consent,
    saving: tuple[Author, datetime],
) -> tuple[str, ...]:
    """Write the approvals and what shows them, and save; or leave all as it was."""
    workspace, place = shelf.desk.workspace, draft.place
    assert draft.library is not None
    was = workspace.read(place.file)
    text = was.decode("utf-8-sig")
    for entry in entries:
        path = f"/approvals/{NEW_ITEM}"
        text = with_value(text, path, dict(entry), draft.library.library)
    write_if_sound(shelf, draft, text)
    notes: list[str] = []
    author, when = saving
    items = ", ".join(f"{one['item']}" for one in entries)
    shown = consent.evidence
    file = f"{place.folder}/{evidence_name(shown)}" if shown else ""
    is_new = bool(file) and not (workspace.root / file).exists()
    try:
        if shown is not None:
            workspace.write(file, shown.data)
        save_version(
            workspace,
            [place.folder],
            f"{place.id}: approved for {consent.role}: {items}",
            author=author,
            when=when,
            warn=notes.append,
        )
    except (SlaContractsError, OSError):
        workspace.write(place.file, was)
        if is_new:
            (workspace.root / file).unlink(missing_ok=True)
        raise
    return tuple(notes)


def _waiting(facts: Facts, items: set[str]) -> Iterator[str]:
    """Yield what items that were approved now still wait for, a line each."""
    for one in deviations(facts):
        if one.item not in items:
            continue
        roles = [role for role in one.roles if not is_approved(role, one, facts)]
        if roles:
            yield f"{one.item} still waits for {' and '.join(roles)}"
        if one.is_beyond and exception_for(one.item, one.value, facts) is None:
            yield (
                f"{one.item} lies beyond the walk-away line, where nothing but an "
                f"exception of {FOR_WORDING} helps: slacontracts approve "
                f"{facts.agreement.id} --role {FOR_WORDING} --item {one.item} "
                '--exception "Why"'
            )
