"""Signed paper: what it must say, whose it must be, and in what state it is filed."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from papers import Sheet, pdf, with_text
from signed import LATER, TODAY, at, handed_in, in_copy, sign

from slacontracts.errors import SlaContractsError
from slacontracts.source.settings import read_settings
from slacontracts.store.office import Office, find_soffice, open_office
from slacontracts.store.register import register_tip
from slacontracts.workflow.amend import open_next_amendment
from slacontracts.workflow.as_signed import signings_of
from slacontracts.workflow.condition import Met, record_condition
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.granting import Grant
from slacontracts.workflow.paper import HandedIn, stored_path
from slacontracts.workflow.register import (
    Registered,
    RegisterWish,
    register_agreement,
)
from slacontracts.workflow.registered import filed_of
from slacontracts.workflow.registry import index_path, list_registry
from slacontracts.workflow.save import save_agreement

ID, OTHER = "SLA-2026-0002", "SLA-2026-0001"
PROVIDER, CUSTOMER = {"provider": TODAY}, {"customer": TODAY}
BOTH = PROVIDER | CUSTOMER
ROLES = """\
organisation: Northwind Hosting Ltd
roles:
  counsel: [{name: Niamh Kelleher, email: Niamh@northwind.example}]
  treasury: [{name: Omar Haddad, email: omar@northwind.example}]
"""


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The test's own workspace, on the day of the tests."""
    return at(desk, TODAY)


@pytest.fixture
def with_roles(desk: Desk) -> Desk:
    """The same, with somebody for the roles legal and finance."""
    settings, findings = read_settings(ROLES.encode(), "slacontracts.yaml")
    assert settings is not None, findings
    return replace(desk, settings=settings)


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """LibreOffice, which prints the execution version as a signer would."""
    if find_soffice() is None:
        pytest.skip("needs LibreOffice Writer, which prints the papers")
    with open_office() as opened:
        yield opened


def register(desk: Desk, *files: HandedIn, **wish: object) -> Registered:
    given = RegisterWish(files, **{"signed_on": BOTH, **wish})  # type: ignore[arg-type]
    return register_agreement(desk, ID, given, LATER)


def refused(desk: Desk, *files: HandedIn, **wish: object) -> str:
    """Return why a registration was refused, which must not have left a trace."""
    tip = register_tip(desk.workspace.root)
    with pytest.raises(SlaContractsError) as raised:
        register(desk, *files, **wish)
    assert register_tip(desk.workspace.root) == tip
    return str(raised.value)


def changed(paper: HandedIn, old: str = "99.9", new: str = "99.5") -> HandedIn:
    return replace(paper, data=with_text(paper.data, (old, new)))


def test_one_changed_number_in_a_word_file_is_shown_with_its_place(desk: Desk) -> None:
    said = refused(desk, changed(handed_in(desk, ID)))

    title, difference, remedy = said.splitlines()
    assert title == f"what was signed is not what {ID} says:"
    assert difference.startswith("signed.docx, “Key Terms”: “99.9%” -> “99.5%”")
    assert "--exception" in remedy


def test_one_changed_number_in_a_pdf_is_shown_with_its_place_and_page(
    desk: Desk, office: Office
) -> None:
    paper = handed_in(desk, ID)
    printed = HandedIn("signed.pdf", office.pdf(changed(paper).data))

    said = refused(desk, printed).splitlines()

    assert len(said) == 3
    assert "99.5" in said[1]
    assert "page " in said[1]


def test_the_untouched_pdf_is_registered_as_such(desk: Desk, office: Office) -> None:
    printed = HandedIn("signed.pdf", office.pdf(handed_in(desk, ID).data))

    record = register(desk, printed).filed.record

    assert [(one.name, one.tie) for one in record.files] == [("signed.pdf", "pdf")]


def test_the_same_file_is_not_handed_in_twice_at_once(desk: Desk) -> None:
    paper = handed_in(desk, ID)

    said = refused(desk, paper, replace(paper, name="copy.docx"))

    assert said == (
        "copy.docx is the same file as signed.docx; hand in each counterpart once"
    )


def test_the_same_file_is_not_registered_twice(desk: Desk) -> None:
    paper = handed_in(desk, ID)
    register(desk, paper, signed_on=PROVIDER)

    said = refused(desk, replace(paper, name="again.docx"), signed_on=CUSTOMER)

    assert said == (
        f"again.docx is registered already, for {ID} on 2026-11-23 (record 1)"
    )


def without_properties(paper: HandedIn) -> HandedIn:
    """Return a Word file that another program saved without our properties."""
    return replace(paper, data=renamed(paper.data, b"slacontracts.", b"other.tool.x"))


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    import io
    import zipfile

    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as one,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as other,
    ):
        for name in one.namelist():
            content = one.read(name)
            if name.startswith("docProps/"):
                content = content.replace(old, new)
            other.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("change", [None, without_properties])
def test_the_file_of_another_agreement_is_known_in_one_line(
    with_roles: Desk, change: Callable[[HandedIn], HandedIn] | None
) -> None:
    paper = handed_in(with_roles, "UC-2026-0001", "other.docx")

    said = refused(
        with_roles,
        change(paper) if change else paper,
        grant=Grant("Why not", "counsel"),
    )

    assert said == (
        f"other.docx is of UC-2026-0001, not of {ID}; nothing was registered. "
        "Register it with slacontracts register UC-2026-0001 --signed FILE"
    )


def test_the_pdf_of_another_agreement_is_known_by_its_own_mark(desk: Desk) -> None:
    data = pdf(["Some words of a contract that stand on a page", "and more"])
    marked = data + f"%slacontracts.agreement {OTHER}\n".encode()

    said = refused(desk, HandedIn("other.pdf", marked))

    assert said.startswith(f"other.pdf is of {OTHER}, not of {ID}; nothing was")


def test_the_printed_pdf_of_another_agreement_is_known_by_its_words(desk: Desk) -> None:
    data = pdf([f"Reference {OTHER}", "Words of another contract on a page", "more"])

    said = refused(desk, HandedIn("other.pdf", data))

    assert said.startswith(f"other.pdf is of {OTHER}, not of {ID}; nothing was")


def test_an_earlier_draft_is_told_before_its_differences(desk: Desk) -> None:
    paper = handed_in(desk, ID)
    set_values(desk, ID, [("/term/initial", "P26M")])
    save_agreement(desk, ID, "Longer", LATER)

    said = refused(desk, paper).splitlines()

    assert said[1] == (
        f"signed.docx is draft 1 of {ID}, and what is to be registered is draft 2"
    )
    assert any("clause 3.5: “26” -> “24”" in line for line in said[2:])


def test_another_text_is_told_as_such(desk: Desk) -> None:
    words = ["Our supplier gave us quite another text to sign", "with other words"]

    said = refused(desk, HandedIn("theirs.pdf", pdf(words)))

    assert "of 100 words of the execution version stand in theirs.pdf" in said
    assert len(said.splitlines()) < 30


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("bad.pdf", pdf(["Words on a page"])[:200], "bad.pdf is damaged and cannot"),
        ("bad.docx", b"PK\x03\x04 nothing", "bad.docx"),
        ("notes.txt", b"We signed.", "is neither a Word file nor a PDF nor a picture"),
        ("empty.pdf", b"", "empty.pdf is empty; hand in the paper itself"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(
    desk: Desk, name: str, data: bytes, says: str
) -> None:
    said = refused(desk, HandedIn(name, data))

    assert says in said
    assert "\n" not in said


PICTURE = HandedIn("scan.jpg", b"\xff\xd8\xff\xe0 a picture")
SCAN = HandedIn("scan.pdf", pdf(Sheet(picture=(0, 0, 595, 842))))


@pytest.mark.parametrize("scan", [PICTURE, SCAN], ids=["picture", "pdf"])
def test_a_scan_is_taken_only_when_somebody_compared_it(
    desk: Desk, scan: HandedIn
) -> None:
    said = refused(desk, scan)
    record = register(desk, scan, may_be_scan=True).filed.record

    assert "compare them yourself, and say so with --scanned" in said
    assert "\n" not in said
    assert [one.tie for one in record.files] == ["scan"]
    assert record.act == "signed"


@pytest.mark.parametrize(
    ("signed_on", "says"),
    [
        ({"provider": date(2026, 11, 24)}, "provider cannot have signed on 2026-11-24"),
        ({"witness": TODAY}, "witness is no party that signs SLA-2026-0002; those are"),
        ({}, "say who signed, and when: --signed-on PARTY=DATE for each of provider"),
    ],
)
def test_signatures_that_cannot_be_are_refused(
    desk: Desk, signed_on: dict[str, date], says: str
) -> None:
    said = refused(desk, handed_in(desk, ID), signed_on=signed_on)

    assert says in said
    assert "\n" not in said


def test_without_a_file_nothing_is_registered(desk: Desk) -> None:
    assert "hand in what was signed" in refused(desk)


def test_a_missing_counterpart_comes_later_although_the_draft_went_on(
    desk: Desk,
) -> None:
    place = desk.workspace.agreement(ID)
    paper = handed_in(desk, ID)
    first = register(desk, paper, signed_on={"provider": date(2026, 11, 20)})
    open_then = signings_of(desk, place)
    set_values(desk, ID, [("/term/initial", "P26M")])
    save_agreement(desk, ID, "Meanwhile", LATER)
    other = replace(paper, name="b.docx", data=renamed(paper.data, b"Hosting", b"X"))

    last = register(desk, other, signed_on=CUSTOMER)

    partly, whole = first.filed.record, last.filed.record
    assert (partly.act, partly.missing, partly.effective) == (
        "partly-signed",
        ("customer",),
        None,
    )
    assert open_then == ()
    assert (whole.act, whole.missing, whole.version) == ("signed", (), partly.version)
    assert [one.on for one in whole.signatures] == [date(2026, 11, 20), TODAY]
    assert whole.signed_on == whole.effective == TODAY
    assert whole.text_digest == partly.text_digest
    assert len(signings_of(desk, place)) == 1
    assert any("was changed since that text was signed" in one for one in last.notes)


def test_what_is_recorded_between_two_counterparts_parts_them_not(
    desk: Desk, signed_sample: Path
) -> None:
    desk = in_copy(desk, signed_sample)
    open_next_amendment(desk, ID, "2027-03-01", "As agreed")
    set_values(desk, ID, [("/term/initial", "P26M")])
    save_agreement(desk, ID, "Amendment 1", LATER)
    paper = handed_in(desk, ID)
    other = replace(paper, name="b.docx", data=renamed(paper.data, b"Hosting", b"X"))
    register(desk, paper, signed_on=PROVIDER)
    evidence = HandedIn("report.pdf", b"%PDF-1.4 Nothing serious.")
    record_condition(desk, ID, Met("penetration-test", TODAY, evidence), LATER)

    record = register(desk, other, signed_on=CUSTOMER).filed.record

    assert (record.act, record.as_, record.missing) == ("signed", "amendment-1", ())


def test_an_amendment_that_went_on_between_two_counterparts_is_told(
    desk: Desk, signed_sample: Path
) -> None:
    desk = in_copy(desk, signed_sample)
    open_next_amendment(desk, ID, "2027-03-01", "As agreed")
    set_values(desk, ID, [("/term/initial", "P26M")])
    save_agreement(desk, ID, "Amendment 1", LATER)
    paper = handed_in(desk, ID)
    other = replace(paper, name="b.docx", data=renamed(paper.data, b"Hosting", b"X"))
    register(desk, paper, signed_on=PROVIDER)
    set_values(desk, ID, [("/term/initial", "P28M")])
    save_agreement(desk, ID, "More", LATER)

    done = register(desk, other, signed_on=CUSTOMER)

    assert any("--rebase" in note for note in done.notes)


def test_a_date_of_signature_is_never_altered(desk: Desk) -> None:
    paper = handed_in(desk, ID)
    register(desk, paper, signed_on=PROVIDER)
    other = replace(paper, name="b.docx", data=renamed(paper.data, b"Hosting", b"X"))

    said = refused(desk, other, signed_on=BOTH)

    assert "registered already that the provider signed on 2026-11-23" in said


def test_a_later_text_is_signed_anew_by_who_had_signed_alone(desk: Desk) -> None:
    register(desk, handed_in(desk, ID), signed_on={"provider": date(2026, 11, 20)})
    set_values(desk, ID, [("/term/initial", "P26M")])
    save_agreement(desk, ID, "They asked for more", LATER)

    done = register(desk, handed_in(desk, ID, "new.docx"))

    record = done.filed.record
    place = desk.workspace.agreement(ID)
    assert (record.act, record.missing) == ("signed", ())
    assert [one.on for one in record.signatures] == [TODAY, TODAY]
    assert [one.version for one in signings_of(desk, place)] == [record.version]
    assert any("signed by provider on 2026-11-20 alone" in one for one in done.notes)
    (line,) = list_registry(desk, TODAY)
    assert (line.state, line.missing) == ("in-force", ())


def test_a_differing_text_is_filed_by_exception_with_what_differs(
    with_roles: Desk,
) -> None:
    paper = changed(handed_in(with_roles, ID))

    done = register(with_roles, paper, grant=Grant("Signed at the table", "counsel"))

    record = done.filed.record
    assert record.act == "signed-differs"
    assert [one.tie for one in record.files] == ["differs"]
    assert any("99.5" in one.says for one in record.differences)
    assert record.exception is not None
    assert (record.exception.reason, record.exception.role) == (
        "Signed at the table",
        "counsel",
    )
    assert any("99.5" in one for one in record.exception.failures)
    assert done.notes == ()
    assert len(signings_of(with_roles, with_roles.workspace.agreement(ID))) == 1


def test_failing_checks_are_filed_by_exception_each_of_them(with_roles: Desk) -> None:
    set_values(with_roles, ID, [("/parties/customer/legal_name", "")])
    save_agreement(with_roles, ID, "Who?", LATER)
    scan = RegisterWish((PICTURE,), BOTH, may_be_scan=True)
    with pytest.raises(SlaContractsError, match="not ready for signature"):
        register_agreement(with_roles, ID, scan, LATER)

    granted = replace(scan, grant=Grant("They signed it so", "counsel"))
    record = register_agreement(with_roles, ID, granted, LATER).filed.record

    assert record.act == "signed"
    assert record.exception is not None
    assert any("legal_name" in one for one in record.exception.failures)


def test_an_exception_of_the_first_counterpart_stays_with_the_last(
    with_roles: Desk,
) -> None:
    paper = handed_in(with_roles, ID)
    grant = Grant("Signed at the table", "counsel")
    register(with_roles, changed(paper), signed_on=PROVIDER, grant=grant)

    record = register(with_roles, paper, signed_on=CUSTOMER).filed.record

    assert record.act == "signed-differs"
    assert record.exception is not None
    assert record.exception.reason == "Signed at the table"
    assert any("99.5" in one for one in record.exception.failures)


def test_an_exception_from_nothing_is_none(with_roles: Desk) -> None:
    done = register(
        with_roles, handed_in(with_roles, ID), grant=Grant("To be safe", "counsel")
    )

    assert (done.filed.record.act, done.filed.record.exception) == ("signed", None)


def test_a_role_that_nobody_knows_makes_no_exception(
    desk: Desk, with_roles: Desk
) -> None:
    paper = handed_in(desk, ID)

    unknown = refused(with_roles, paper, grant=Grant("Why", "procurement"))
    near = refused(with_roles, paper, grant=Grant("Why", "treasure"))
    none = refused(desk, paper, grant=Grant("Why", "counsel"))

    assert unknown.endswith(
        'the role "procurement" under roles; write one of counsel, treasury'
    )
    assert near.endswith('under roles; did you mean "treasury"?')
    assert none.startswith('slacontracts.yaml names nobody for the role "counsel"')


def test_who_files_for_another_role_is_told(with_roles: Desk) -> None:
    paper = changed(handed_in(with_roles, ID))

    notes = register(with_roles, paper, grant=Grant("Why", "treasury")).notes

    assert notes == (
        "Niamh Kelleher files the exception and does not hold the role treasury (Omar "
        "Haddad does); the record names both",
    )


def test_a_record_is_filed_although_the_index_cannot_be_written(desk: Desk) -> None:
    told: list[str] = []
    folder = index_path(desk.workspace.root).parent
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file where the folder should be")

    done = sign(replace(desk, warn=told.append), ID)

    assert len(filed_of(desk, desk.workspace.agreement(ID))) == 1
    assert done.filed.record.sequence == 1
    (said,) = told
    assert said.startswith("the record is filed; the index will follow later: ")
    folder.unlink()
    assert [one.id for one in list_registry(desk, TODAY)] == [ID]


def test_a_workspace_in_which_it_is_signed_has_the_papers(
    desk: Desk, signed_sample: Path
) -> None:
    signed = in_copy(desk, signed_sample)

    (filed,) = filed_of(signed, signed.workspace.agreement(ID))

    assert {*filed.files} >= {"source.yaml", "text.json", "execution.docx"}
    assert {*filed.record.contents} == {*filed.files} - {"record.json"}
    assert filed.record.files[0].path == "signed/1-signed.docx"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Signed copy.pdf", "signed/1-Signed copy.pdf"),
        ("../../evil.pdf", "signed/1-..-..-evil.pdf"),
        ("عقد.pdf", "signed/1-عقد.pdf"),
        ("a\\b:c.pdf", "signed/1-a-b-c.pdf"),
        ("x" * 300 + ".pdf", "signed/1-" + "x" * 96 + ".pdf"),
    ],
)
def test_a_file_lies_under_its_own_name_as_far_as_that_is_safe(
    name: str, path: str
) -> None:
    assert stored_path(1, name) == path


REGISTER = """\
    import sys
    from pathlib import Path
    from signed import LATER, TODAY, at
    from slacontracts.errors import SlaContractsError
    from slacontracts.store.cache import Cache
    from slacontracts.workflow.desk import open_desk
    from slacontracts.workflow.paper import HandedIn
    from slacontracts.workflow.register import RegisterWish, register_agreement

    root, paper, cache = map(Path, sys.argv[1:])
    desk = at(open_desk(root, Cache(cache)), TODAY)
    days = {"provider": TODAY, "customer": TODAY}
    wish = RegisterWish((HandedIn(paper.name, paper.read_bytes()),), days)
    input()
    try:
        register_agreement(desk, "SLA-2026-0002", wish, LATER)
        print("registered")
    except SlaContractsError as error:
        print(error)
"""


def test_of_two_registrations_at_once_exactly_one_wins(
    desk: Desk, tmp_path: Path
) -> None:
    paper = tmp_path / "signed.docx"
    paper.write_bytes(handed_in(desk, ID).data)
    arguments = [str(desk.workspace.root), str(paper), str(tmp_path / "cache")]
    start = [sys.executable, "-c", dedent(REGISTER), *arguments]
    both = [
        subprocess.Popen(
            start,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[1],
        )
        for _ in range(2)
    ]

    for one in both:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    said = sorted(one.communicate(timeout=120)[0].strip() for one in both)

    assert said[0] == "registered"
    assert "signed.docx is registered already" in said[1]
    assert len(filed_of(desk, desk.workspace.agreement(ID))) == 1
