"""The check of blanks: values that the agreement prints and nobody has filled in."""

from collections.abc import Iterator

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity
from slacontracts.model.paths import look_up, split_path
from slacontracts.source.addresses import AGREEMENT_FIELDS
from slacontracts.text import is_blank

UNFILLED = Fault(
    "unfilled-blank",
    Severity.WARNING,
    summary="A value that the agreement prints is not known yet; it shows as [●]. A "
    "draft may have blanks, an execution version may not.",
    example="parties: {customer: {legal_name: }} - the customer has no name yet.",
    remedy="Fill it in: slacontracts set ID /parties/customer/legal_name=VALUE.",
)

UNDECIDED = Fault(
    "undecided-choice",
    Severity.INFO,
    summary="A clause reads differently by a choice or a yes or no that nobody has "
    "made, so that it says what it says by silence.",
    example="{% if credits.sole_remedy %} while nothing sets /credits/sole_remedy: the "
    "wording for no is taken.",
    remedy="Decide it: slacontracts set ID /credits/sole_remedy=yes (or no).",
)


def unfilled_blanks(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find values that are printed and not known, each once."""
    needed_in: dict[str, str] = {}
    for blank in facts.blanks:
        if blank.path and not _names_unknown_hours(blank.path):
            needed_in.setdefault(_missing_part(facts, blank.path), blank.clause.title)
    for path in _unnamed_signatories(facts):
        needed_in.setdefault(path, "the signature page")
    for path, title in needed_in.items():
        yield UNFILLED.at(
            facts.place(path),
            f"{_described(facts, path)} is not filled in yet, and {_in(title)} needs "
            f"it; slacontracts set {facts.agreement.id} {_settings(facts, path)}",
        )


def _names_unknown_hours(path: str) -> bool:
    """Tell whether a blank stands for a profile of hours; unknown-key reports that."""
    return path.startswith("/hours/") and path.count("/") == 2


def _missing_part(facts: Facts, path: str) -> str:
    """Return what is missing of a sum: its amount, or only its currency."""
    if not path.endswith("/amount"):
        return path
    try:
        amount = look_up(facts.data, path)
    except KeyError:
        return path
    return path if amount is None else path.removesuffix("amount") + "currency"


def _unnamed_signatories(facts: Facts) -> Iterator[str]:
    for signature in facts.document.signatures:
        for name in ("name", "title"):
            if is_blank(getattr(signature, name)):
                yield f"/signatories/{signature.number - 1}/{name}"


def _described(facts: Facts, path: str) -> str:
    """Return what the intake asks for, or how the library calls the value."""
    rule = facts.library.values.get(path)
    if rule is not None and rule.title:
        return f'"{next(iter(rule.title.values()))}" ({path})'
    source = facts.library.templates.get(facts.agreement.template)
    while source is not None:
        for question in source.template.questions:
            if question.path == path and "en" in question.ask:
                return f'the answer to "{question.ask["en"]}" ({path})'
        source = facts.library.templates.get(source.template.parent or "")
    return path


def _settings(facts: Facts, path: str) -> str:
    """Return what `set` is given; a sum needs its amount and its currency."""
    rule = facts.library.values.get(path)
    if rule is not None and rule.type == "money":
        return f"{path}/amount=VALUE {path}/currency=VALUE"
    return f"{path}=VALUE"


def _in(title: str) -> str:
    return title if title.startswith("the ") else f'"{title}"'


def undecided_choices(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find choices that decide on wording and that nobody has made."""
    seen: set[str] = set()
    printed = {blank.path for blank in facts.blanks}
    for clause in facts.document.clauses:
        text = facts.wording_of(clause)
        for path, _line in (*text.program.tests, *text.program.reads) if text else ():
            rule = facts.library.values.get(path)
            is_choice = rule is not None and rule.type in ("yes-no", "choice")
            if not is_choice or path in seen or path in printed:
                continue
            seen.add(path)
            if _is_open(facts, path):
                yield UNDECIDED.at(
                    facts.place(path),
                    f"{_described(facts, path)} decides how {_in(clause.title)} reads, "
                    f"and nobody has decided it; slacontracts set "
                    f"{facts.agreement.id} {_settings(facts, path)}",
                )


def _is_open(facts: Facts, path: str) -> bool:
    """Tell whether a value is unset although the group that it belongs to is not."""
    try:
        return look_up(facts.data, path) is None
    except KeyError:
        # An agreement need not have every field: without affiliates, or a framework
        # agreement, there is nothing to choose about them.
        return split_path(path)[0] not in AGREEMENT_FIELDS


CHECKS = (
    Check(unfilled_blanks, (UNFILLED,)),
    Check(undecided_choices, (UNDECIDED,)),
)
