"""The people of an agreement in, tables of contacts, tasks and signatories out."""

from slacontracts.compose.tables.cells import EMPTY, Sheet, cell, group, service_name
from slacontracts.model.document import Column, Inline, Row, Table, Words


def contacts(sheet: Sheet) -> Table:
    """Return whom to call, by party and escalation level."""
    columns = (
        Column(sheet.words("purpose"), 25),
        Column(sheet.words("name"), 20),
        Column(sheet.words("phone"), 20),
        Column(sheet.words("email"), 35),
    )
    rows: list[Row] = []
    parties = dict.fromkeys(contact.party for contact in sheet.agreement.contacts)
    for party in parties:
        rows.append(group(sheet.words(party), party))
        for contact in sheet.agreement.contacts:
            if contact.party != party:
                continue
            path = f"/contacts/{contact.key}"
            purpose: list[Inline] = [sheet.value(f"{path}/purpose", contact.purpose)]
            if contact.level is not None:
                level = sheet.value(f"{path}/level", contact.level, "number")
                purpose += [Words(f" ({sheet.words('level')} "), level, Words(")")]
            cells = (
                (
                    tuple(purpose),
                    *(sheet.hours(contact.hours) if contact.hours else ()),
                ),
                cell(sheet.value(f"{path}/name", contact.name)),
                cell(sheet.value(f"{path}/phone", contact.phone))
                if contact.phone
                else EMPTY,
                cell(sheet.value(f"{path}/email", contact.email))
                if contact.email
                else EMPTY,
            )
            rows.append(Row(cells, key=contact.key))
    return Table("contacts", columns, tuple(rows))


def responsibilities(sheet: Sheet) -> Table:
    """Return who is responsible, accountable, consulted and informed, by service."""
    names = ("responsible", "accountable", "consulted", "informed")
    columns = (
        Column(sheet.words("task"), 40),
        *(Column(sheet.words(name), 15) for name in names),
    )
    rows: list[Row] = []
    for service in sheet.agreement.services:
        if not service.responsibilities:
            continue
        rows.append(group(service_name(service), service.key))
        for at, line in enumerate(service.responsibilities):
            path = f"/services/{service.key}/responsibilities/{at}"
            cells = [cell(sheet.value(f"{path}/task", line.task))]
            for name in names:
                who = getattr(line, name)
                shown = sheet.say(who) if who in sheet.agreement.parties else None
                value = shown or (sheet.value(f"{path}/{name}", who) if who else None)
                cells.append(cell(value) if value else EMPTY)
            rows.append(Row(tuple(cells), key=f"{service.key}/{at}"))
    return Table("responsibilities", columns, tuple(rows))


def signatories(sheet: Sheet) -> Table:
    """Return who signs for which party, how, and by what authority."""
    columns = (
        Column(sheet.words("name"), 28),
        Column(sheet.words("title"), 28),
        Column(sheet.words("signs"), 14),
        Column(sheet.words("authority"), 30),
    )
    rows: list[Row] = []
    for party in dict.fromkeys(s.party for s in sheet.agreement.signatories):
        rows.append(group(sheet.words(party), party))
        for at, signatory in enumerate(sheet.agreement.signatories):
            if signatory.party != party:
                continue
            path = f"/signatories/{at}"
            basis = signatory.authority.basis if signatory.authority else None
            cells = (
                cell(sheet.value(f"{path}/name", signatory.name)),
                cell(sheet.value(f"{path}/title", signatory.title)),
                cell(sheet.say(signatory.rule)),
                cell(sheet.value(f"{path}/authority/basis", basis)) if basis else EMPTY,
            )
            rows.append(Row(cells, key=f"{party}/{at}"))
    return Table("signatories", columns, tuple(rows))
