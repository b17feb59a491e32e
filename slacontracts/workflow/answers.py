"""Answers as people write them in; answers by address, as YAML has them, out.

What a person types at a prompt, into a form or after `set` is taken as it is meant:
`sar`, `24 months` and `6,500.00` are understood. In YAML the one exact form is asked
for.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, get_args

from slacontracts import formats
from slacontracts.errors import (
    NotFoundError,
    OutsideError,
    SourceError,
    WordFileError,
)
from slacontracts.model.agreement import EVENTS
from slacontracts.model.amounts import Duration, Money
from slacontracts.model.clause import Language, ValueRule
from slacontracts.model.paths import walk_leaves
from slacontracts.source.addresses import rule_at
from slacontracts.source.yaml_emit import emit_field
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.workspace import write_file
from slacontracts.text import is_blank

_THOUSANDS: Final = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", re.ASCII)
_SPAN: Final = re.compile(r"p[0-9ymwdths]+", re.ASCII | re.IGNORECASE)
_COUNTED: Final = re.compile(r"(0|[1-9][0-9]{0,8}) ([a-z]+)", re.ASCII)
_FIGURES_OF_A_DAY: Final = re.compile(
    r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", re.ASCII
)
_NUMBERS: Final = frozenset({"number", "integer", "percent"})
_KEPT: Final = "# Answers for an agreement that is not written yet; go on with:"


def as_meant(path: str, answer: str, rules: Mapping[str, ValueRule]) -> str:
    """Return an answer in the exact form, where it is plain what is meant.

    What the product prints is read back: "1 December 2026", "24 months", "99.9%".
    rules: the values that clauses declare, by address.
    """
    answer = "" if is_blank(answer) else answer.strip()
    rule = _rule(path, rules)
    kind = rule.type if rule is not None else "text"
    if kind == "text" and path.endswith("/currency"):
        return answer.upper()
    words = {"yes-no": ("yes", "no"), "date": EVENTS}.get(kind, ())
    if rule is not None and answer.lower() in (*words, *rule.choices):
        return answer.lower()
    if kind in _NUMBERS:
        return _number_meant(answer, kind, (rule and rule.unit) or "")
    if kind == "duration":
        return _span_meant(answer)
    if kind == "date" and isinstance(day := _printed("date", answer), date):
        return day.isoformat()
    return answer


def all_meant(path: str, answer: str, rules: Mapping[str, ValueRule]) -> dict[str, str]:
    """Return what an answer says, by address: a sum gives an amount and a currency.

    "EUR 4,500.00" is understood at the address of a sum and at that of its amount.
    """
    rule = _rule(path, rules)
    is_sum = rule is not None and rule.type == "money"
    above = path if is_sum else path.removesuffix("/amount")
    if is_sum or (above != path and _rule(f"{above}/currency", rules) is not None):
        found = _printed("money", answer)
        if isinstance(found, Money):
            amount = format(found.amount, "f")
            return {f"{above}/amount": amount, f"{above}/currency": found.currency}
    return {path: as_meant(path, answer, rules)}


def unclear(path: str, answer: str, rules: Mapping[str, ValueRule]) -> str | None:
    """Tell why an answer can be read in more ways than one, or not at all; else None.

    Faults that the model tells as well are left to it.
    """
    rule = _rule(path, rules)
    if rule is None or rule.type not in ("date", "money"):
        return None
    if rule.type == "money":
        is_figure = isinstance(_printed("number", answer), int | Decimal)
        figure = answer.strip() if is_figure else "4,500.00"
        return f'a sum needs its currency; write "{path}=EUR {figure}"'
    match = _FIGURES_OF_A_DAY.fullmatch(answer.strip())
    if match is None:
        return None
    first, second, year = (int(figure) for figure in match.groups())
    days = {_day(year, month, day) for month, day in ((first, second), (second, first))}
    meant = " or ".join(sorted(day for day in days if day)) or "2026-12-01"
    why = "can be read in two ways" if " or " in meant else "is not how dates are kept"
    return f'"{answer.strip()}" {why}; write {meant}, or the month in words'


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _rule(path: str, rules: Mapping[str, ValueRule]) -> ValueRule | None:
    try:
        return rule_at(path, rules)
    except ValueError:
        return None


def _number_meant(answer: str, kind: str, unit: str) -> str:
    if _THOUSANDS.fullmatch(answer):
        return answer.replace(",", "")
    percent = _printed("percent", answer) if kind != "integer" else None
    if isinstance(percent, Decimal):
        return format(percent, "f")
    counted = _COUNTED.fullmatch(answer)
    if unit and counted and counted[2].removesuffix("s") == unit.removesuffix("s"):
        return counted[1]
    # A target's figure is a number or a span of time.
    return _span_meant(answer) if kind == "number" else answer


def _span_meant(answer: str) -> str:
    if _SPAN.fullmatch(answer):
        return answer.upper()
    span = _printed("duration", answer)
    return str(span) if isinstance(span, Duration) else answer


def _printed(form: str, text: str) -> object:
    """Return the value that a text prints in one of the languages, or None."""
    for language in get_args(Language):
        try:
            return formats.read(form, text, language)
        except ValueError:
            continue
    return None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a Word form may answer: the questions of one template, by address."""

    template: str
    paths: frozenset[str]


def answers_in(
    path: Path, rules: Mapping[str, ValueRule], asked: Asked
) -> dict[str, str]:
    """Return the answers of a file, by address: a filled Word form, or YAML.

    YAML answers are written "/path: value", or nested like an agreement. A form
    comes back from others, so it may answer only what its template asks.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(f"there is no file {path}") from error
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror}") from error
    if path.suffix.lower() == ".docx" or data.startswith(b"PK\x03\x04"):
        return _form_answers(data, path.name, rules, asked)
    source, findings = read_yaml(data, path.name)
    if source is None:
        raise SourceError(f"the answers in {path} cannot be read", findings)
    answers: dict[str, str] = {}
    for name, value in source.data.items():
        at = name if name.startswith("/") else f"/{name}"
        found = [(f"{at}{rest}", leaf) for rest, leaf in walk_leaves(value)]
        answers.update(
            (at, leaf)
            for at, leaf in found
            if isinstance(leaf, str) and not is_blank(leaf)
        )
    return answers


def _form_answers(
    data: bytes, file: str, rules: Mapping[str, ValueRule], asked: Asked
) -> dict[str, str]:
    """Return the answers of a Word form; refuse it whole for a row that is not ours."""
    from slacontracts.render.form import form_template, read_form  # no cost for `set`

    form, template = read_form(data, file), form_template(data, file)
    if template not in ("", asked.template):
        raise WordFileError(
            f"{file} was made for {template}, not for {asked.template}; use it with "
            f"slacontracts new {template}"
        )
    others = [at for at in form if at not in asked.paths]
    if others:
        rows = "a row for" if len(others) == 1 else "rows for"
        raise WordFileError(
            f"{file} has {rows} {', '.join(others)}, which {asked.template} does not "
            "ask; find out who added that, then delete it or set it yourself with --set"
        )
    answers: dict[str, str] = {}
    for row, answer in form.items():
        if is_blank(answer):
            continue
        for at, meant in all_meant(row, answer, rules).items():
            if answers.setdefault(at, meant) != meant:
                raise WordFileError(
                    f'{file} says "{answers[at]}" and "{meant}" for {at}; correct one'
                )
    return answers


@dataclass(slots=True)
class KeptAnswers:
    """The file that keeps answers from the first until the agreement is written.

    template, file: for which template, and where; another file of that name is left
    alone. is_there: whether anything was kept.
    """

    template: str
    file: Path
    is_there: bool = field(default=False, init=False)

    def keep(self, answers: Mapping[str, str]) -> None:
        """Write down what was answered so far; raises OutsideError if it cannot."""
        lines = [
            emit_field(at, answer, 0)
            for at, answer in answers.items()
            if not is_blank(answer)
        ]
        if lines:
            head = f"{_KEPT} slacontracts new {self.template} --answers {self.file}"
            write_file(self.file, "\n".join([head, *lines, ""]).encode())
            self.is_there = True

    def forget(self) -> None:
        """Delete the file: the agreement is written."""
        if self.is_there:
            self.file.unlink(missing_ok=True)
            self.is_there = False


def kept_answers(
    template: str, agreement_id: str, given: Path | None, folder: Path
) -> KeptAnswers:
    """Return where the answers for an agreement are kept: a new file in a folder.

    given: the file of answers that the user named; one that was kept is gone on with.
    """
    if given is not None and _is_kept(given):
        kept = KeptAnswers(template, given)
        kept.is_there = True
        return kept
    number, file = 1, folder / f"answers-{agreement_id}.yaml"
    while file.exists():
        number += 1
        file = folder / f"answers-{agreement_id}-{number}.yaml"
    return KeptAnswers(template, file)


def _is_kept(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_KEPT)) == _KEPT.encode()
    except OSError:
        return False
