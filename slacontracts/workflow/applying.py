"""What was decided about a draft that was sent in; the source as it then reads out."""

from collections.abc import Sequence

from slacontracts.compose.wordings import Wordings
from slacontracts.model.proposal import Proposal
from slacontracts.negotiate.decide import decisions_to_changes
from slacontracts.negotiate.sent import Sent
from slacontracts.render.docx_text import TextReader
from slacontracts.source.write import remove_value, set_override
from slacontracts.workflow.edit import data_of, meant_by, with_value
from slacontracts.workflow.versions import Stated


def sent_text(stated: Stated) -> Sent:
    """Return a draft as it was sent, ready to be changed by what is decided."""
    library, settings = stated.library.library, stated.shelf.desk.settings
    wordings = Wordings(stated.composed, library, settings)
    return Sent(wordings, TextReader(stated.document).pieces)


def applied(
    stated: Stated, source: str, proposals: Sequence[Proposal]
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return a source with all that was decided, where, and what a person should know.

    stated: the draft as it was sent; source: its agreement.yaml. The addresses are
    those of everything that was ever put in, also where it was taken back since.
    """
    changes = decisions_to_changes(sent_text(stated), proposals)
    library = stated.library.library
    addresses: list[str] = []
    for path, value in changes.values.items():
        if value is None:
            addresses.append(path)
            continue
        for at, meant in meant_by(path, value, library).items():
            source = with_value(source, at, meant, library)
            addresses.append(at)
    for key, override in changes.clauses.items():
        path = f"/clauses/{key}"
        addresses.append(path)
        if override is not None:
            source = set_override(source, key, override)
        elif key in (data_of(source).get("clauses") or {}):
            source = remove_value(source, path)[0]
    return source, tuple(dict.fromkeys(addresses)), changes.notes
