"""A version that somebody names in; its text, paper or redline, rendered, out.

What was signed is rendered as it was signed: from the version that was signed, with
the library and the settings that it had, and without a draft mark.
"""

from dataclasses import replace
from datetime import date

from slacontracts.compose.assemble import Composed
from slacontracts.errors import SourceError
from slacontracts.model.scalars import read_day
from slacontracts.model.signing import amendment_number, signed_name
from slacontracts.workflow.as_signed import recorded_signings
from slacontracts.workflow.execution import text_as_signed
from slacontracts.workflow.hand_over import EXTENSIONS
from slacontracts.workflow.redline import redline_files
from slacontracts.workflow.reference import Reference
from slacontracts.workflow.render import Rendered, Wanted, document_bytes
from slacontracts.workflow.render_as import Marks, render_conformed
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.versions import Stated, composed_at


def render_version(shelf: Shelf, reference: Reference, wanted: Wanted) -> Rendered:
    """Render the text of a saved draft, of what was signed, or of a day.

    The text as amended is a conformed copy, as that of a day is: nobody signed it.
    Raises SourceError where an execution version is wanted of a text that is none.
    """
    shelf = shelf.from_versions()
    stated = composed_at(shelf, reference)
    number = amendment_number(reference.version)
    if wanted.is_execution and number != 0:
        raise SourceError(_not_to_sign(reference, number))
    if number is None and stated.saved_as is None:
        known = shelf.desk.today or date.max
        day = read_day(reference.version)
        return render_conformed(shelf, stated.place, wanted, day, known)
    composed, stem = stated.composed, reference.agreement_id
    if number is None:
        stem += f"-draft-{stated.number}"
    elif number:
        composed = _as_amended(composed, number)
        stem += f"-conformed-{reference.version}"
    data = _bytes(stated, composed, replace(wanted, is_execution=number is not None))
    return Rendered(stem + EXTENSIONS[wanted.format], data, ())


def _not_to_sign(reference: Reference, number: int | None) -> str:
    if number is None:
        return (
            f"{reference} is not what is signed: an execution version is made of the "
            f"text in hand: slacontracts render {reference.agreement_id} --execution"
        )
    return (
        f"nobody signed the text of {reference}, but the paper that amends it: "
        f"slacontracts render {reference} --as amendment"
    )


def _as_amended(composed: Composed, number: int) -> Composed:
    """Return a text as amended that nobody takes for a paper to sign."""
    from slacontracts.compare.amendment_wording import words

    inner = composed.numbered.document
    title = words(inner.language)["copy-title"].format(title=inner.title)
    copy = replace(inner, title=title, signatures=(), conformed_to=number)
    return replace(composed, numbered=replace(composed.numbered, document=copy))


def _bytes(stated: Stated, composed: Composed, wanted: Wanted) -> bytes:
    return document_bytes(
        stated.shelf, stated.library, composed, wanted, f"{stated.number}"
    )


def render_signed_amendment(
    shelf: Shelf, reference: Reference, wanted: Wanted
) -> Rendered:
    """Render the instrument of a signed amendment as it was signed."""
    number = _number_of_amendment(reference)
    place = composed_at(shelf.from_versions(), reference).place
    signings = recorded_signings(shelf.desk, place)
    paper = text_as_signed(shelf.desk, place, signings[: number + 1])
    stem = f"{reference.agreement_id}-{reference.version}"
    return Rendered(stem + EXTENSIONS[wanted.format], paper.rendered(wanted), ())


def render_signed_redline(shelf: Shelf, reference: Reference, marks: Marks) -> Rendered:
    """Render what a signed amendment altered, marked in the text before it."""
    number = _number_of_amendment(reference)
    before = Reference(reference.agreement_id, signed_name(number - 1))
    amended = composed_at(shelf, reference)
    stood = replace(composed_at(shelf, before), number=amended.number)
    made = redline_files(stood, amended, author=marks.author, date=marks.date)
    name = f"{reference.agreement_id}-{reference.version}-redline.docx"
    return Rendered(name, made.data, ())


def _number_of_amendment(reference: Reference) -> int:
    number = amendment_number(reference.version)
    if not number:
        raise SourceError(
            f"{reference} is no amendment; name one that was signed, such as "
            f"{reference.agreement_id}@amendment-1, or the agreement alone for the "
            "amendment that is open"
        )
    return number
