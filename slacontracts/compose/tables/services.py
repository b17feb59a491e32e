"""The services of an agreement in, tables of levels, credits, hours and charges out."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from slacontracts.compose.tables.cells import (
    EMPTY,
    Cell,
    Line,
    Sheet,
    cell,
    group,
    money,
    service_name,
)
from slacontracts.model.amounts import Money
from slacontracts.model.document import Column, Inline, Row, Table, Words
from slacontracts.model.service import Exclusion, Service, ServiceCredits, Target


def service_levels(sheet: Sheet) -> Table:
    """Return every target by service: figure, window, hours, outcome, exclusions."""
    columns = (
        Column(sheet.words("target"), 34),
        Column(sheet.words("goal"), 13),
        Column(sheet.words("measured-over"), 15),
        Column(sheet.words("hours"), 14),
        Column(sheet.words("outcome"), 24),
    )
    rows: list[Row] = []
    for service in sheet.agreement.services:
        rows.append(group(service_name(service), service.key))
        rows += [_target_row(sheet, service, target) for target in service.targets]
    return Table("service-levels", columns, tuple(rows))


def _target_row(sheet: Sheet, service: Service, target: Target) -> Row:
    path = f"/services/{service.key}/targets/{target.key}"
    outcome = next((o for o in service.outcomes if o.key == target.outcome), None)
    window = cell(sheet.say(target.window)) if target.window else EMPTY
    cells = (
        tuple(_target_lines(sheet, path, target)),
        (sheet.bounded(path, target),),
        window,
        cell(_profile_name(sheet, target.hours)) if target.hours else EMPTY,
        cell(
            sheet.value(
                f"/services/{service.key}/outcomes/{outcome.key}/says", outcome.says
            )
        )
        if outcome
        else EMPTY,
    )
    return Row(cells, key=f"{service.key}/{target.key}")


def _target_name(sheet: Sheet, target: Target) -> str:
    """Return a target's title, else its metric with its priority."""
    priority = next(
        (p for p in sheet.agreement.priorities if p.key == target.priority), None
    )
    if target.title or priority is None:
        return target.title or sheet.words(target.metric)
    name = priority.name or priority.key.upper()
    return sheet.words(target.metric) + sheet.words("comma") + name


def _target_lines(sheet: Sheet, path: str, target: Target) -> Iterator[Line]:
    yield (Words(_target_name(sheet, target)),)
    if target.after:
        yield (
            Words(f"{sheet.words('after')} "),
            sheet.value(f"{path}/after", target.after),
        )
    if target.condition:
        yield (
            Words(f"{sheet.words('when')} "),
            sheet.value(f"{path}/condition", target.condition),
        )
    if target.source:
        yield (
            Words(f"{sheet.words('measured-by')} "),
            sheet.value(f"{path}/source/system", target.source.system),
            Words(f" ({sheet.words(target.source.party)})"),
        )
    for at, exclusion in enumerate(target.exclusions):
        yield tuple(_exclusion(sheet, f"{path}/exclusions/{at}", exclusion))


def _exclusion(sheet: Sheet, path: str, exclusion: Exclusion) -> Iterator[Inline]:
    yield Words(f"{sheet.words('excludes')}: {sheet.words(exclusion.kind)}")
    if exclusion.cap:
        yield Words(f"{sheet.words('comma')}{sheet.words('up-to')} ")
        yield sheet.value(f"{path}/cap", exclusion.cap, "duration")
        yield Words(f" {sheet.words('per-window')}")
    if exclusion.notice:
        yield Words(f"{sheet.words('comma')}{sheet.words('announced')} ")
        yield sheet.value(f"{path}/notice", exclusion.notice, "duration")
        yield Words(f" {sheet.words('before')}")


def _profile_name(sheet: Sheet, key: str) -> Inline:
    profile = sheet.agreement.hours.get(key)
    if profile is not None and profile.name:
        return sheet.value(f"/hours/{key}/name", profile.name)
    return Words(key.replace("-", " ").capitalize())


def service_credits(sheet: Sheet) -> Table:
    """Return the credit bands of every service, from the mildest miss down."""
    columns = (
        Column(sheet.words("target"), 50),
        Column(sheet.words("credit"), 50),
    )
    rows: list[Row] = []
    for service in sheet.agreement.services:
        if service.credits and service.credits.tiers:
            rows.append(group(service_name(service), service.key))
            rows += _bands(sheet, service, service.credits)
    return Table("service-credits", columns, tuple(rows))


def _bands(sheet: Sheet, service: Service, bands: ServiceCredits) -> Iterator[Row]:
    target = next((t for t in service.targets if t.key == bands.target), None) or next(
        (t for t in service.targets if t.metric == "availability"), None
    )
    name = (
        (target.title or sheet.words(target.metric)) if target else sheet.words("goal")
    )
    fee = fee_of_service([bands])
    numbered = sorted(enumerate(bands.tiers), key=lambda pair: -pair[1].below)
    for rank, (at, tier) in enumerate(numbered):
        path = f"/services/{service.key}/credits/tiers/{at}"
        line: list[Inline] = [Words(f"{name} ")]
        if rank + 1 < len(numbered):
            next_at, next_tier = numbered[rank + 1]
            floor = f"/services/{service.key}/credits/tiers/{next_at}/below"
            line.append(sheet.value(floor, next_tier.below, "percent"))
            line.append(Words(f" {sheet.words('or-more')} "))
        line.append(Words(f"{sheet.words('below')} "))
        line.append(sheet.value(f"{path}/below", tier.below, "percent"))
        credit: Line = (
            sheet.value(f"{path}/credit", tier.credit, "percent"),
            Words(f" {sheet.words(fee)}"),
        )
        yield Row(((tuple(line),), (credit,)), key=f"{service.key}/{tier.below}")


def fee_of_service(credits_of_services: Sequence[ServiceCredits]) -> str:
    """Return the words for the fee that credits are a share of: one basis, or any."""
    bases = {given.basis for given in credits_of_services}
    return f"fee-{bases.pop()}" if len(bases) == 1 else "fee-of-the-period"


def service_hours(sheet: Sheet) -> Table:
    """Return the hours of every profile, then those of the sites that differ."""
    columns = (
        Column(sheet.words("hours"), 24),
        Column(sheet.words("days-and-times"), 34),
        Column(sheet.words("holidays"), 42),
    )
    rows: list[Row] = []
    for key, profile in sheet.agreement.hours.items():
        zone = sheet.value(f"/hours/{key}/timezone", profile.timezone)
        name: Cell = (
            (_profile_name(sheet, key),),
            (Words(f"{sheet.words('local-time')} "), zone),
        )
        rows.append(
            Row(
                (name, sheet.hours(key), tuple(_holidays(sheet, key)) or EMPTY), key=key
            )
        )
    for service in sheet.agreement.services:
        if service.sites:
            rows.append(group(service_name(service), service.key))
            rows += [_heading_of_sites(sheet, service), *_sites(sheet, service)]
    return Table("service-hours", columns, tuple(rows))


def _holidays(sheet: Sheet, key: str) -> Iterator[Line]:
    for at, holiday in enumerate(sheet.agreement.hours[key].holidays):
        path = f"/hours/{key}/holidays/{at}"
        line: list[Inline] = [sheet.value(f"{path}/on", holiday.on, "date")]
        if holiday.name:
            line += [
                Words(sheet.words("comma")),
                sheet.value(f"{path}/name", holiday.name),
            ]
        if holiday.provisional:
            line.append(Words(f" ({sheet.words('provisional')})"))
        yield tuple(line)


def _heading_of_sites(sheet: Sheet, service: Service) -> Row:
    """Return what stands below for sites: other things than for the profiles above."""
    names = ("site", "hours", "targets-of-site")
    cells = tuple(cell(Words(sheet.words(name), bold=True)) for name in names)
    return Row(cells, key=f"{service.key}/sites")


def _sites(sheet: Sheet, service: Service) -> Iterator[Row]:
    for site in service.sites:
        path = f"/services/{service.key}/sites/{site.key}"
        name = sheet.value(
            f"{path}/name", site.name or site.key.replace("-", " ").capitalize()
        )
        lines: list[Line] = []
        for key, goal in site.targets.items():
            target = next((t for t in service.targets if t.key == key), None)
            if target is not None:
                figure = sheet.goal(f"{path}/targets/{key}", goal, target)
                share = sheet.share(f"/services/{service.key}/targets/{key}", target)
                name_of_target = Words(f"{_target_name(sheet, target)}: ")
                lines.append((name_of_target, *figure, *share))
        hours = cell(_profile_name(sheet, site.hours)) if site.hours else EMPTY
        yield Row(
            (cell(name), hours, tuple(lines) or EMPTY), key=f"{service.key}/{site.key}"
        )


def priorities(sheet: Sheet) -> Table:
    """Return each incident priority with its response and resolution times."""
    columns = (
        Column(sheet.words("priority"), 11),
        Column(sheet.words("meaning"), 37),
        Column(sheet.words("response"), 26),
        Column(sheet.words("resolution"), 26),
    )
    rows: list[Row] = []
    for priority in sheet.agreement.priorities:
        path = f"/priorities/{priority.key}"
        cells = (
            cell(sheet.value(f"{path}/name", priority.name or priority.key.upper())),
            cell(sheet.value(f"{path}/says", priority.says)),
            tuple(_times(sheet, priority.key, "response-time")) or EMPTY,
            tuple(_times(sheet, priority.key, "resolution-time")) or EMPTY,
        )
        rows.append(Row(cells, key=priority.key))
    return Table("priorities", columns, tuple(rows))


def _times(sheet: Sheet, priority: str, metric: str) -> Iterator[Line]:
    """Yield the times of a priority; the service is named where there are several."""
    for service in sheet.agreement.services:
        for target in service.targets:
            if target.priority == priority and target.metric == metric:
                path = f"/services/{service.key}/targets/{target.key}"
                goal = sheet.goal(f"{path}/target", target.target, target)
                figure = (*goal, *sheet.share(path, target))
                several = len(sheet.agreement.services) > 1
                yield (
                    (Words(f"{service_name(service)}: "), *figure)
                    if several
                    else figure
                )


def charges(sheet: Sheet) -> Table:
    """Return the price of every service, and the monthly total where it adds up."""
    columns = (
        Column(sheet.words("service"), 50),
        Column(sheet.words("payment"), 25),
        Column(sheet.words("amount"), 25, "end"),
    )
    rows: list[Row] = []
    for service in sheet.agreement.services:
        path = f"/services/{service.key}"
        lines: list[Line] = [(sheet.value(f"{path}/name", service_name(service)),)]
        price = service.price
        if price and price.includes:
            includes = sheet.value(f"{path}/price/includes", price.includes)
            lines.append((Words(f"{sheet.words('includes')}: "), includes))
        basis = cell(sheet.say(price.model if price else "monthly"))
        rows.append(
            Row((tuple(lines), basis, cell(sheet.price(service))), key=service.key)
        )
    total = _monthly_total(sheet)
    if total is not None:
        amount = Words(sheet.written("money", total), bold=True)
        name = Words(sheet.words("total-monthly"), bold=True)
        rows.append(Row((cell(name), EMPTY, cell(amount)), key="total"))
    return Table("charges", columns, tuple(rows))


def _monthly_total(sheet: Sheet) -> Money | None:
    """Return the sum of monthly prices of two or more services in one currency."""
    prices = [service.price for service in sheet.agreement.services]
    sums = [money(price) for price in prices]
    known = [sum_ for sum_ in sums if sum_ is not None]
    if (
        len(known) < 2
        or len(known) < len(prices)
        or len({sum_.currency for sum_ in known}) != 1
        or any(price is None or price.model != "monthly" for price in prices)
    ):
        return None
    return Money(sum((sum_.amount for sum_ in known), Decimal(0)), known[0].currency)
