"""Answers as people write them in; answers by address, as YAML has them, out.

What a person types at a prompt or into a form is taken as it is meant: `sar`,
`p36m` and `6,500.00` are understood. In YAML the one exact form is asked for.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from slacontracts.errors import NotFoundError, OutsideError, SourceError
from slacontracts.model.agreement import EVENTS
from slacontracts.model.clause import ValueRule
from slacontracts.model.paths import walk_leaves
from slacontracts.render.form import read_form
from slacontracts.source.addresses import rule_at
from slacontracts.source.yaml_emit import emit_field
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.workspace import write_file

_THOUSANDS: Final = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", re.ASCII)
_SPAN: Final = re.compile(r"p[0-9ymwdths]+", re.ASCII | re.IGNORECASE)
_NUMBERS: Final = frozenset({"number", "integer", "percent"})
_KEPT: Final = "# Answers for an agreement that is not written yet; go on with:"


def as_meant(path: str, answer: str, rules: Mapping[str, ValueRule]) -> str:
    """Return an answer in the exact form, where it is plain what is meant.

    rules: the values that clauses declare, by address.
    """
    answer = answer.strip()
    try:
        rule = rule_at(path, rules)
    except ValueError:
        return answer
    kind = rule.type if rule is not None else "text"
    if kind in _NUMBERS and _THOUSANDS.fullmatch(answer):
        return answer.replace(",", "")
    if (kind == "duration" or kind in _NUMBERS) and _SPAN.fullmatch(answer):
        return answer.upper()
    if kind == "text" and path.endswith("/currency"):
        return answer.upper()
    words = {"yes-no": ("yes", "no"), "date": EVENTS}.get(kind, ())
    if rule is not None and answer.lower() in (*words, *rule.choices):
        return answer.lower()
    return answer


def answers_in(path: Path, rules: Mapping[str, ValueRule]) -> dict[str, str]:
    """Return the answers of a file, by address: a filled Word form, or YAML.

    YAML answers are written "/path: value", or nested like an agreement.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(f"there is no file {path}") from error
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror}") from error
    if path.suffix.lower() == ".docx" or data.startswith(b"PK\x03\x04"):
        form = read_form(data, path.name)
        return {at: as_meant(at, answer, rules) for at, answer in form.items()}
    source, findings = read_yaml(data, path.name)
    if source is None:
        raise SourceError(f"the answers in {path} cannot be read", findings)
    answers: dict[str, str] = {}
    for name, value in source.data.items():
        at = name if name.startswith("/") else f"/{name}"
        found = [(f"{at}{rest}", leaf) for rest, leaf in walk_leaves(value)]
        answers.update(
            (at, leaf) for at, leaf in found if isinstance(leaf, str) and leaf
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
        lines = [emit_field(at, answer, 0) for at, answer in answers.items() if answer]
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
