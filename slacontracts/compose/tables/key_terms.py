"""The agreement in, its key terms out: one page of the facts people negotiate."""

from collections.abc import Iterator

from slacontracts.compose.tables.cells import Line, Sheet, fact, service_name
from slacontracts.compose.tables.services import fee_of_service
from slacontracts.model.agreement import Party
from slacontracts.model.dates import last_day
from slacontracts.model.document import Column, Inline, Reference, Row, Table, Words
from slacontracts.model.service import Service

# The clause by which targets and charges begin later than the agreement.
MOVES_IN = "transition-in"


def key_terms(sheet: Sheet) -> Table:
    """Return parties, services, targets, credits, price, term, notice, law."""
    rows = (*_parties(sheet), *_time(sheet), *_services(sheet), *_law(sheet))
    columns = (Column("", 30), Column("", 70))
    return Table("key-terms", columns, rows, has_heading=False)


def _parties(sheet: Sheet) -> Iterator[Row]:
    for role, party in sheet.agreement.parties.items():
        yield fact(sheet.words(role), *_party(sheet, role, party), key=role)
    master = sheet.agreement.master
    if master is not None:
        line: Line = (sheet.value("/master/reference", master.reference),)
        if master.date:
            date = sheet.value("/master/date", master.date, "date")
            line = (*line, Words(f" {sheet.words('from-date')} "), date)
        yield fact(sheet.words("framework"), line, key="framework")


def _party(sheet: Sheet, role: str, party: Party) -> Iterator[Line]:
    path = f"/parties/{role}"
    line: list[Inline] = [sheet.value(f"{path}/legal_name", party.legal_name)]
    if party.form:
        line += [Words(sheet.words("comma")), sheet.value(f"{path}/form", party.form)]
    if party.register_no:
        number = sheet.value(f"{path}/register_no", party.register_no)
        line += [Words(f"{sheet.words('comma')}{sheet.words('register-no')} "), number]
    yield tuple(line)
    if party.address:
        yield (sheet.value(f"{path}/address", party.address),)
    if party.notices and party.notices.email:
        email = sheet.value(f"{path}/notices/email", party.notices.email)
        yield (Words(f"{sheet.words('notices')}: "), email)


def _time(sheet: Sheet) -> Iterator[Row]:
    agreement = sheet.agreement
    on = agreement.effective.on if agreement.effective else None
    if isinstance(on, str):
        yield fact(sheet.words("effective"), (sheet.say(on),), key="effective")
    else:
        date = sheet.value("/effective/on", on, "date")
        yield fact(sheet.words("effective"), (date,), key="effective")
    if MOVES_IN in sheet.clauses:
        start: Line = (Words(f"{sheet.words('start-date')} "), Reference(MOVES_IN))
        yield fact(sheet.words("start"), start, key="start")
    term = agreement.term
    if term is None:
        return
    line: Line = (sheet.value("/term/initial", term.initial, "duration"),)
    if term.initial and on and not isinstance(on, str):
        end = Words(
            f" ({sheet.words('ends')} "
            + sheet.written("date", last_day(on, term.initial))
            + ")"
        )
        line = (*line, end)
    yield fact(sheet.words("term"), line, key="term")
    if term.renewal == "automatic":
        period = sheet.value("/term/renewal_period", term.renewal_period, "duration")
        renewal: Line = (Words(f"{sheet.words('renewal-automatic')} "), period)
        yield fact(sheet.words("renewal"), renewal, key="renewal")
        if term.notice:
            notice = sheet.value("/term/notice", term.notice, "duration")
            yield fact(sheet.words("notice-on-renewal"), (notice,), key="notice")
    elif term.renewal:
        renewal = (sheet.say(f"renewal-{term.renewal}"),)
        yield fact(sheet.words("renewal"), renewal, key="renewal")


def _services(sheet: Sheet) -> Iterator[Row]:
    services = sheet.agreement.services
    names = [
        (sheet.value(f"/services/{s.key}/name", service_name(s)),) for s in services
    ]
    if names:
        yield fact(sheet.words("services"), *names, key="services")
    levels = [
        line for service in services for line in _headline_targets(sheet, service)
    ]
    if levels:
        yield fact(sheet.words("targets"), *levels, key="targets")
    cap = sheet.agreement.values.get("credits", {}).get("cap_percent")
    given = [service.credits for service in services if service.credits]
    if cap is not None and given:
        line: Line = (
            sheet.value("/credits/cap_percent", cap, "percent"),
            Words(f" {sheet.words(fee_of_service(given))}"),
        )
        yield fact(sheet.words("credit-cap"), line, key="credit-cap")
    prices = [
        (
            Words(f"{service_name(service)}: "),
            sheet.price(service),
            Words(f" ({sheet.words(service.price.model).lower()})"),
        )
        for service in services
        if service.price
    ]
    if prices:
        yield fact(sheet.words("charges"), *prices, key="charges")


def _headline_targets(sheet: Sheet, service: Service) -> Iterator[Line]:
    """Yield a service's targets that are not about single incidents."""
    for target in service.targets:
        if target.priority:
            continue
        path = f"/services/{service.key}/targets/{target.key}"
        name = target.title or sheet.words(target.metric)
        yield (
            Words(f"{service_name(service)}: {name} "),
            *sheet.bounded(path, target),
        )


def _law(sheet: Sheet) -> Iterator[Row]:
    law = sheet.agreement.governing_law
    if law is None:
        return
    yield fact(
        sheet.words("law"), (sheet.value("/governing_law/law", law.law),), key="law"
    )
    forum = law.forum
    if forum is None:
        return
    path = "/governing_law/forum"
    line: Line
    if forum.kind == "courts":
        line = (
            Words(f"{sheet.words('courts-of')} "),
            sheet.value(f"{path}/where", forum.where),
        )
    else:
        line = (
            Words(f"{sheet.words('arbitration')} {sheet.words('under-rules')} "),
            sheet.value(f"{path}/rules", forum.rules),
            Words(f"{sheet.words('comma')}{sheet.words('seat')} "),
            sheet.value(f"{path}/seat", forum.seat),
        )
    yield fact(sheet.words("forum"), line, key="forum")
