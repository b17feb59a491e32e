"""An agreement's id in; its composed document with all that was found in it out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from slacontracts.compose.assemble import Composed, compose_agreement
from slacontracts.errors import NotFoundError, SlaContractsError
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Origin, Severity
from slacontracts.model.source_file import SourceFile
from slacontracts.source.agreement import read_head
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.contents import file_at
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.internal_fault import internal_fault
from slacontracts.workflow.shelf import LibraryInHand, Shelf, house_styles_of

_OF_WHAT_IS_PRINTED: Final = frozenset({"unfilled-blank", "broken-reference"})
_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Draft:
    """An agreement as it stands.

    composed: None when its source cannot be read or typed. findings: of the
    agreement itself, by place; faults of its library are in `library.findings`.
    """

    place: AgreementPlace
    source: SourceFile | None
    library: LibraryInHand | None
    composed: Composed | None
    findings: tuple[Finding, ...]


def read_draft(shelf: Shelf, place: AgreementPlace, data: bytes | None = None) -> Draft:
    """Compose and check one agreement.

    data: the text of its source, where it is not the one on disk. A fault of the
    product is a finding too, so that others can still be worked on.
    """
    return _checked(shelf, compose_draft(shelf, place, data))


def read_short_form(shelf: Shelf, place: AgreementPlace) -> Draft:
    """Compose the short form of one agreement, and check what is its own.

    What the full form must have, it has not, so of the checks of a finished document
    only those count that look at what is printed.
    """
    draft = compose_draft(shelf, place, is_short=True)
    checked = _checked(shelf, draft).findings
    own = [finding for finding in checked if finding.code in _OF_WHAT_IS_PRINTED]
    return replace(draft, findings=ordered((*draft.findings, *own)))


def _checked(shelf: Shelf, draft: Draft) -> Draft:
    if draft.composed is None or draft.library is None:
        return draft
    # Renderings of drafts start faster without these.
    from slacontracts import checks
    from slacontracts.workflow.proofs import unproven_approvals

    desk = shelf.desk
    composed, library = draft.composed, draft.library.library
    surroundings = checks.Surroundings(
        desk.settings,
        desk.setting_place,
        desk.today,
        house_styles=frozenset(draft.library.house_styles),
        house_styles_of_workspace=house_styles_of(desk.workspace),
        before_amendment=_before_amendment(shelf, draft),
        unproven=unproven_approvals(
            desk, draft.place, composed.composition.agreement.approvals
        ),
    )
    found: tuple[Finding, ...]
    try:
        found = checks.run(
            composed.numbered, library, composed.composition.place, surroundings
        )
    except SlaContractsError:
        raise
    except Exception as error:
        found = (internal_fault(draft.place.file, error),)
    return replace(draft, findings=ordered((*draft.findings, *found)))


def _before_amendment(shelf: Shelf, draft: Draft) -> NumberedDocument | None:
    """Return an agreement as it was last saved without its open amendment."""
    if draft.composed is None or draft.composed.composition.agreement.amendment is None:
        return None
    from slacontracts.store.versions import history

    root, file = shelf.desk.workspace.root, draft.place.file
    for version in history(root, file):
        data = file_at(root, version.id, file)
        source, _ = read_yaml(data, file) if data is not None else (None, ())
        if source is not None and "amendment" not in source.data:
            before = compose_draft(shelf, draft.place, data).composed
            return before.numbered if before else None
    return None


def compose_draft(
    shelf: Shelf,
    place: AgreementPlace,
    data: bytes | None = None,
    *,
    is_short: bool = False,
) -> Draft:
    """Compose one agreement without the checks of the finished document.

    is_short: compose its short form.
    """
    if data is None:
        data = shelf.desk.workspace.read(place.file)
    source, findings = read_yaml(data, place.file)
    if source is None:
        return Draft(place, None, None, None, findings)
    head, findings = read_head(source)
    if head is None:
        return Draft(place, source, None, None, findings)
    try:
        in_hand = shelf.library(head.library)
    except NotFoundError as error:
        missing = Finding(
            Severity.ERROR, "unknown-library", str(error), source.place("/library")
        )
        return Draft(place, source, None, None, (missing,))
    composed: Composed | None
    try:
        composed, findings = compose_agreement(
            source,
            in_hand.library,
            shelf.desk.settings,
            in_hand.wordings.parse,
            is_short=is_short,
        )
        shelf.keep_wordings(in_hand)
    except SlaContractsError:
        raise
    except Exception as error:
        composed, findings = None, (internal_fault(place.file, error),)
    own = () if head.id == place.id else (_other_id(head.id, place, source),)
    return Draft(place, source, in_hand, composed, ordered((*own, *findings)))


def _other_id(found: str, place: AgreementPlace, source: SourceFile) -> Finding:
    message = f"the id is {found} but the folder is {place.id}; give both the same name"
    return Finding(Severity.ERROR, "id-differs", message, source.place("/id"))


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings once each: by file and place, the gravest first at a place."""

    def key(finding: Finding) -> tuple[str, int, int, int]:
        at: Origin = finding.origin
        return at.file, at.line, at.column, _GRAVITY[finding.severity]

    return tuple(sorted(dict.fromkeys(findings), key=key))
