"""Answers as people write them in; answers by address, as YAML has them, out.

What a person types at a prompt, into a form or after `set` is taken as it is meant:
`sar`, `24 months` and `6,500.00` are understood. In YAML the one exact form is asked
for.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, get_args

from slacontracts import formats
from slacontracts.errors import (
    OutsideError,
    SourceError,
    WordFileError,
)
from slacontracts.formats.figures import CURRENCY_SIGNS, fold
from slacontracts.model.agreement import EVENTS
from slacontracts.model.amounts import Duration, Money
from slacontracts.model.clause import Language, ValueRule
from slacontracts.model.paths import walk_leaves
from slacontracts.source.addresses import rule_at
from slacontracts.source.yaml_emit import emit_field
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.workspace import read_file, write_file
from slacontracts.text import is_blank

_THOUSANDS: Final = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", re.ASCII)
_SPAN: Final = re.compile(r"p[0-9ymwdths]+", re.ASCII | re.IGNORECASE)
_COUNTED: Final = re.compile(r"(0|[1-9][0-9]{0,8}) ([a-z]+)", re.ASCII)
_FIGURES_OF_A_DAY: Final = re.compile(
    r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", re.ASCII
)
_NUMBERS: Final = frozenset({"number", "integer", "percent"})
_ZIPPED: Final = b"PK\x03\x04"
_KEPT: Final = "# Answers for an agreement that is not written yet; go on with:"


def as_meant(path: str, answer: str, rules: Mapping[str, ValueRule]) -> str:
    """Return an answer in the exact form, where it is plain what is meant.

    What the product prints is read back: "1 December 2026", "24 months", "99.9%", and
    that in Arabic-Indic digits.
    rules: the values that clauses declare, by address.
    """
    answer = "" if is_blank(answer) else answer.strip()
    rule = _rule(path, rules)
    kind = rule.type if rule is not None else "text"
    if kind != "text":
        answer = _without_full_stop(fold(answer))
    elif path.endswith("/currency"):
        return CURRENCY_SIGNS.get(answer, answer.upper())
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
    above = path.removesuffix("/amount")
    if is_sum_at(above, rules):
        found = _printed("money", _without_full_stop(answer))
        if isinstance(found, Money):
            amount = format(found.amount, "f")
            return {f"{above}/amount": amount, f"{above}/currency": found.currency}
    return {path: as_meant(path, answer, rules)}


def is_sum_at(path: str, rules: Mapping[str, ValueRule]) -> bool:
    """Tell whether an address is that of a sum: an amount with its currency."""
    rule = _rule(path, rules)
    if rule is not None:
        return rule.type == "money"
    return all(_rule(f"{path}/{one}", rules) for one in ("amount", "currency"))


def group_meant(path: str, group: Any, rules: Mapping[str, ValueRule]) -> Any:
    """Return a group of values in the exact form: each is taken as it is alone.

    Raises SourceError for a value that can be read in more ways than one, or not
    at all.
    """
    if isinstance(group, list):
        return [group_meant(f"{path}/{at}", one, rules) for at, one in enumerate(group)]
    if not isinstance(group, dict):
        return as_meant(path, group, rules) if isinstance(group, str) else group
    exact: dict[str, Any] = {}
    for name, value in group.items():
        at = f"{path}/{name}"
        if not isinstance(value, str):
            exact[name] = group_meant(at, value, rules)
            continue
        meant = all_meant(at, value, rules)
        fault = unclear(at, value, rules) if at in meant else None
        if fault is not None:
            raise SourceError(f"{at}: {fault}")
        for address, one in meant.items():
            _put(exact, address.removeprefix(f"{path}/").split("/"), one, at)
    return exact


def _put(group: dict[str, Any], names: Sequence[str], value: str, at: str) -> None:
    """Write a value into a group; refuse another than the one that it has."""
    *above, name = names
    for one in above:
        group = group.setdefault(one, {})
    if group.setdefault(name, value) != value:
        raise SourceError(
            f'{at}: the {name} is given twice, as "{group[name]}" and "{value}"; '
            "leave one of them out"
        )


def unclear(path: str, answer: str, rules: Mapping[str, ValueRule]) -> str | None:
    """Tell why an answer can be read in more ways than one, or not at all; else None.

    Faults that the model tells as well are left to it.
    """
    above = path.removesuffix("/amount")
    if "$" in answer and is_sum_at(above, rules):
        figure = answer.replace("$", "").strip()
        return f'"$" is the sign of several currencies; write USD {figure}'
    if is_sum_at(path, rules):
        return _unclear_sum(path, answer)
    rule = _rule(path, rules)
    if rule is None or rule.type != "date":
        return None
    match = _FIGURES_OF_A_DAY.fullmatch(fold(answer))
    if match is None:
        return None
    first, second, year = (int(figure) for figure in match.groups())
    days = {_day(year, month, day) for month, day in ((first, second), (second, first))}
    meant = " or ".join(sorted(day for day in days if day)) or "2026-12-01"
    why = "can be read in two ways" if " or " in meant else "is not how dates are kept"
    return f'"{answer.strip()}" {why}; write {meant}, or the month in words'


def _unclear_sum(path: str, answer: str) -> str:
    figure = _without_full_stop(answer.strip())
    if not isinstance(_printed("number", figure), int | Decimal):
        figure = "4,500.00"
    return (
        f'a sum needs its currency; write "{path}=EUR {figure}", or the amount alone: '
        f'"{path}/amount={figure}"'
    )


def _without_full_stop(answer: str) -> str:
    return answer.removesuffix(".").rstrip()


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
    """What a Word form may answer: the questions of one template, by address.

    required: how to name each question that a form must hold to a person, by address.
    """

    template: str
    paths: frozenset[str]
    required: Mapping[str, str] = field(default_factory=dict)


def answers_in(
    path: Path, rules: Mapping[str, ValueRule], asked: Asked
) -> dict[str, str]:
    """Return the answers of a file, by address: a filled Word form, or YAML.

    YAML answers are written "/path: value", or nested like an agreement. A form
    comes back from others, so it may answer only what its template asks.
    """
    data = read_file(path)
    if kind := other_kind(data):
        raise SourceError(
            f"{path} is {kind}; answers are read from a Word form (.docx; slacontracts "
            f"form {asked.template} -o questions.docx makes one) or from a YAML file"
        )
    if is_word_file(path) or data.startswith(_ZIPPED):
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


def is_word_file(path: Path) -> bool:
    """Tell by its name whether a file is one of Word."""
    return path.suffix.lower() == ".docx"


def other_kind(data: bytes) -> str:
    """Tell what a file is that no program here reads: "a PDF file", or ""."""
    if data.startswith(b"%PDF"):
        return "a PDF file"
    if data.startswith(_ZIPPED) and b"opendocument.text" in data[:200]:
        return "a file of LibreOffice (.odt)"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "a file of an old Word (.doc)"
    return "a Rich Text file (.rtf)" if data.startswith(b"{\\rtf") else ""


def _form_answers(
    data: bytes, file: str, rules: Mapping[str, ValueRule], asked: Asked
) -> dict[str, str]:
    """Return the answers of a Word form; refuse it whole for a row that is not ours."""
    from slacontracts.render.form_reading import (
        form_template,
        read_form,
        rows_missing,
    )

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
    if missing := rows_missing(data, file, asked.required):
        names = ", ".join(asked.required[at] for at in asked.required if at in missing)
        raise WordFileError(
            f"{file} no longer has the row, or its grey address, of {names}; put it "
            f"back, or use a new form: slacontracts form {asked.template} -o FILE.docx"
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
    alone, and is_own says that this one is ours. is_there: whether anything was kept.
    """

    template: str
    file: Path
    is_there: bool = field(default=False, init=False)
    is_own: bool = field(default=False, init=False)

    def begin(self) -> None:
        """Take a file that nobody has, not even another dialogue of this moment."""
        number, name = 1, self.file.stem
        while not self.is_own:
            try:
                self.file.open("xb").close()
            except FileExistsError:
                number += 1
                self.file = self.file.with_name(f"{name}-{number}.yaml")
            except OSError as error:
                raise OutsideError(
                    f"cannot write {self.file}: {error.strerror}"
                ) from error
            else:
                self.is_own = True

    def keep(self, answers: Mapping[str, str]) -> None:
        """Write down what was answered so far; raises OutsideError if it cannot."""
        self.begin()
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
        """Delete the file: the agreement is written, or nothing was answered."""
        if self.is_own:
            self.file.unlink(missing_ok=True)
            self.is_own = self.is_there = False


def kept_answers(
    template: str, agreement_id: str, given: Path | None, folder: Path
) -> KeptAnswers:
    """Return where the answers for an agreement are kept: a new file in a folder.

    given: the file of answers that the user named; one that was kept is gone on with.
    """
    if given is not None and _is_kept(given):
        kept = KeptAnswers(template, given)
        kept.is_own = kept.is_there = True
        return kept
    return KeptAnswers(template, folder / f"answers-{agreement_id}.yaml")


def _is_kept(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_KEPT)) == _KEPT.encode()
    except OSError:
        return False
