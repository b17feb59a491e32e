"""Signed texts in; those of which the signed paper says something else, told, out."""

from collections.abc import Sequence

from slacontracts.model.signing import Signing, said_of
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.registered import filed_of, texts_in


def tell_of_paper(
    desk: Desk, place: AgreementPlace, signings: Sequence[Signing]
) -> dict[int, int]:
    """Warn of signed texts of which the paper says something else.

    Returns in how many places, by the number of the amendment, 0 for the original.
    """
    numbers = {one.number for one in signings}
    differing = {
        one.number: len(one.differences)
        for one in texts_in(filed.record for filed in filed_of(desk, place))
        if one.differences and one.number in numbers
    }
    for one in signings:
        if places := differing.get(one.number):
            desk.warn(
                f"the signed paper of {_text_said(one)} differs in {places} "
                f"{'place' if places == 1 else 'places'}; see slacontracts registry "
                f"show {place.id}"
            )
    return differing


def _text_said(signing: Signing) -> str:
    return said_of(signing.as_) if signing.number else "the original"
