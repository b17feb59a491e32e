"""A template and answers in; a new agreement in the workspace out."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from slacontracts.errors import OutsideError, SourceError
from slacontracts.model.finding import Finding
from slacontracts.model.settings import fill_id_scheme
from slacontracts.store.lock import only_one
from slacontracts.store.register_names import registered_as, registered_ids
from slacontracts.store.workspace import (
    AgreementPlace,
    checked_id,
    checked_key,
    make_durable,
)
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import read_draft
from slacontracts.workflow.intake import Intake, require_answers
from slacontracts.workflow.internal_fault import INTERNAL_FAULT

_KIND_LETTERS: Final = {"ola": "OLA", "uc": "UC"}
_NO_FOLDER_NAMES: Final = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


def create_agreement(
    intake: Intake,
    answers: Mapping[str, str],
    *,
    year: int,
    agreement_id: str | None = None,
    customer: str | None = None,
) -> tuple[AgreementPlace, tuple[Finding, ...]]:
    """Write a new agreement; return where it lies and the findings that remain.

    customer: the name of its folder, else made of the other party's name, else
    "customer-1". Raises SourceError, and writes nothing, while an answer is missing
    or wrong.
    """
    given = {path: answer for path, answer in answers.items() if answer}
    answers = intake.completed(given)
    require_answers(intake, answers)
    folder = checked_folder(customer) if customer else folder_of(intake, answers)
    desk = intake.shelf.desk
    with only_one(desk.workspace.root, "new", warn=desk.warn):
        new_id = new_agreement_id(intake, agreement_id, year)
        place = AgreementPlace(new_id, folder or free_folder(intake))
        text = intake.source_text(place, answers)
        findings = read_draft(intake.shelf, place, text.encode()).findings
        failed = [
            str(finding) for finding in findings if finding.code == INTERNAL_FAULT
        ]
        if failed:
            raise SourceError(
                f"nothing was written, because it would fail: {failed[0]}"
            )
        _write(desk, place, text)
    return place, findings


def new_agreement_id(intake: Intake, agreement_id: str | None, year: int) -> str:
    """Return the id of a new agreement: as said, or the next free one."""
    new_id = checked_id(agreement_id or next_id(intake, year))
    if any(known.id == new_id for known in intake.shelf.desk.workspace.agreements()):
        raise SourceError(
            f"there is an agreement {new_id} already; choose another --id"
        )
    known = registered_as(intake.shelf.desk.workspace.root, new_id)
    if known is None:
        return new_id
    if not known.is_drafted_here:
        raise SourceError(
            f"{new_id} is the id of paper that is registered (see slacontracts "
            f"registry show {new_id}); choose another --id"
        )
    raise SourceError(
        f"{new_id} is registered as signed, and its folder is gone; bring it back "
        f"with slacontracts restore {new_id}, or choose another --id"
    )


def _write(desk: Desk, place: AgreementPlace, text: str) -> None:
    """Write the source into a folder of its own, which must be new; else leave none."""
    folder = desk.workspace.root / place.folder
    new = [path for path in (folder, *folder.parents[:2]) if not path.exists()]
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
        desk.workspace.write(place.file, text.encode())
        for made in new:
            make_durable(made.parent)
    except FileExistsError as error:
        raise SourceError(
            f"the folder {folder} is there already; look what it holds, or choose "
            "another --id"
        ) from error
    except OSError as error:
        _remove_empty(new)
        raise OutsideError(f"cannot make {folder}: {error.strerror}") from error
    except BaseException:
        _remove_empty(new)
        raise


def _remove_empty(folders: Sequence[Path]) -> None:
    for folder in folders:
        try:
            folder.rmdir()
        except FileNotFoundError:
            continue
        except OSError:
            return  # somebody else has put something into it


def next_id(intake: Intake, year: int) -> str:
    """Return the next free id of the workspace's scheme."""
    desk = intake.shelf.desk
    scheme = desk.settings.id_scheme
    fixed = {"kind": _KIND_LETTERS.get(intake.kind, "SLA"), "year": str(year)}

    def filled(number: str) -> str:
        return fill_id_scheme(scheme, fixed | {"number": number})

    pattern = re.compile(
        re.escape(filled("@" * 9)).replace("@" * 9, "([0-9]+)"), re.ASCII
    )
    root = desk.workspace.root
    known = [
        *(place.id for place in desk.workspace.agreements()),
        *registered_ids(root),
    ]
    taken = [int(match[1]) for one in known if (match := pattern.fullmatch(one))]
    return filled(str(max(taken, default=0) + 1))


def other_party(intake: Intake) -> str | None:
    """Return the address of the party whose name the folder has; None if it has not."""
    if intake.kind in ("internal", "ola"):
        return None
    return f"/parties/{'provider' if intake.kind == 'uc' else 'customer'}"


def folder_of(intake: Intake, answers: Mapping[str, str]) -> str:
    """Return the folder's name made of the other party's; "" when it gives none."""
    party = other_party(intake)
    if party is None:
        return "internal"
    for field in ("short_name", "legal_name"):
        path = f"{party}/{field}"
        if key := folder_named(answers.get(path) or intake.default(path)):
            return key
    return ""


def folder_named(name: str) -> str:
    """Return the folder's name made of a party's name; "" when it gives none.

    >>> folder_named("Contoso Retail LLC")
    'contoso-retail-llc'
    """
    key = "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:60].strip("-")
    if not key or not key[0].isalpha():
        return ""
    return f"{key}-company" if _NO_FOLDER_NAMES.fullmatch(key) else key


def free_folder(intake: Intake) -> str:
    """Return a name for a folder that says nothing: "customer-1", the next free."""
    what = "supplier" if intake.kind == "uc" else "customer"
    agreements = intake.shelf.desk.workspace.root / "agreements"
    number = 1
    while (agreements / f"{what}-{number}").exists():
        number += 1
    return f"{what}-{number}"


def checked_folder(key: str) -> str:
    """Return the name of a customer's folder; raises SourceError for an unfit one."""
    checked_key(key, "--customer")
    if _NO_FOLDER_NAMES.fullmatch(key):
        raise SourceError(
            f'a folder cannot be called "{key}" on every computer; say --customer '
            f"{key}-company"
        )
    return key
