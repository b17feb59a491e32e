"""E-mail addresses and telephone numbers: what is one, and what is not."""

import pytest
from pydantic import ValidationError

from slacontracts.model.agreement import Notices
from slacontracts.model.scalars import SourceModel, read_email, read_phone
from slacontracts.model.service import Contact
from slacontracts.model.settings import RoleHolder

CONTACT = {"key": "desk", "party": "provider", "purpose": "incidents"}


@pytest.mark.parametrize(
    "address",
    [
        "legal@contoso.example",
        "o'neill+sla@mail.contoso.example",
        "a@b.co",
        "jürgen@müller.example",
        "قانون@شركة.امارات",
        "desk@xn--mller-kva.example",
        "a_b-c@contoso-retail.example",
    ],
)
def test_an_email_address_is_read(address: str) -> None:
    assert read_email(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "not an email",
        "legal",
        "legal@contoso",
        "@contoso.example",
        "legal@",
        "legal@contoso..example",
        "legal@.example",
        "legal@contoso.example.",
        "legal @contoso.example",
        "legal@contoso.example, desk@contoso.example",
        "Legal <legal@contoso.example>",
        "legal@@contoso.example",
        "legal@contoso.e",
        "legal@-contoso.example",
        "http://contoso.example",
        "+353 1 555 0181",
    ],
)
def test_what_is_no_email_address_is_refused(address: str) -> None:
    with pytest.raises(
        ValueError, match=r"is not an e-mail address; write one such as"
    ):
        read_email(address)


@pytest.mark.parametrize(
    "number",
    [
        "+353 1 555 0181",
        "(01) 555-0181",
        "+971 (0)4 555.0181",
        "030/5550181",
        "112",
        "+353 1 555 0181 ext. 12",
        "+353 1 555 0181 x12",
        "+٩٧١ ٤ ٥٥٥ ٠١٨١",
    ],
)
def test_a_telephone_number_is_read(number: str) -> None:
    assert read_phone(number) == number


@pytest.mark.parametrize(
    "number",
    ["", "call me", "legal@contoso.example", "+", "1", "12 ext", "0800 FLOWERS"],
)
def test_what_is_no_telephone_number_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="is not a telephone number; write digits"):
        read_phone(number)


@pytest.mark.parametrize(
    ("model", "fields", "wrong"),
    [
        (Notices, {"email": "legal@contoso.example"}, {"email": "ask Ann"}),
        (Contact, {**CONTACT, "email": "a@b.example"}, {**CONTACT, "email": "a@b"}),
        (Contact, {**CONTACT, "phone": "112"}, {**CONTACT, "phone": "a@b.example"}),
        (
            RoleHolder,
            {"name": "Ann", "email": "a@b.example"},
            {"name": "Ann", "email": "Ann"},
        ),
    ],
)
def test_people_have_real_addresses(
    model: type[SourceModel], fields: dict[str, str], wrong: dict[str, str]
) -> None:
    assert model.model_validate(fields)

    with pytest.raises(ValidationError, match=r"is not an? (e-mail|telephone)"):
        model.model_validate(wrong)
