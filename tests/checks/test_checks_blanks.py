"""Blanks: what is printed and not known yet."""

import pytest
from checking import found, paper
from drafting import AGREEMENT_FILE, clause_files, template_file

from slacontracts.model.finding import Severity

FEES = clause_files(
    "fees",
    "Pay {{ fees.sum | money }} to {{ parties.provider.legal_name }}. It is fixed.",
    meta="values: {/fees/sum: {type: money, title: {en: The fee}}}\n",
)
TEMPLATE = template_file(
    "corporate/standard",
    "outline: [fees]\n"
    'questions: [{path: /parties/provider/legal_name, ask: {en: "Our name?"}}]\n',
)


def test_a_value_that_nobody_gave_is_found_once_with_how_to_set_it() -> None:
    wording = "{{ parties.customer.legal_name }} and {{ parties.customer.legal_name }}."
    agreement = "parties:\n  customer: {short_name: Contoso}"

    findings = found("unfilled-blank", paper(parties=wording), agreement)

    assert len(findings) == 1
    assert findings[0].severity is Severity.WARNING
    assert findings[0].origin.file == AGREEMENT_FILE
    assert findings[0].origin.line == 4  # the customer, below template and id
    assert findings[0].message == (
        '/parties/customer/legal_name is not filled in yet, and "Parties" needs it; '
        "slacontracts set SLA-1 /parties/customer/legal_name=VALUE"
    )


def test_a_blank_is_named_as_the_library_and_the_questions_name_it() -> None:
    findings = found("unfilled-blank", FEES | TEMPLATE)

    described = {finding.message.partition(" is not filled")[0] for finding in findings}
    assert described == {
        '"The fee" (/fees/sum)',
        'the answer to "Our name?" (/parties/provider/legal_name)',
    }


def test_a_sum_that_is_not_known_needs_amount_and_currency() -> None:
    findings = found("unfilled-blank", FEES | TEMPLATE)

    assert findings[0].message.endswith(
        "slacontracts set SLA-1 /fees/sum/amount=VALUE /fees/sum/currency=VALUE"
    )


def test_values_that_are_given_are_no_blanks() -> None:
    agreement = """\
        parties: {provider: {legal_name: Northwind}}
        fees: {sum: {amount: "3", currency: EUR}}
        """

    assert found("unfilled-blank", FEES | TEMPLATE, agreement) == ()


def test_of_a_price_without_currency_only_the_currency_is_missing() -> None:
    agreement = 'services: [{key: hosting, price: {amount: "3.00"}}]'

    findings = found(
        "unfilled-blank", paper(charges='{{ table("charges") }}'), agreement
    )

    assert [finding.origin.path for finding in findings] == [
        "/services/hosting/price/currency"
    ]


def test_of_a_service_without_price_the_amount_is_missing() -> None:
    files = paper(charges='{{ table("charges") }}')

    findings = found("unfilled-blank", files, "services: [{key: hosting}]")

    assert [finding.origin.path for finding in findings] == [
        "/services/hosting/price/amount"
    ]


def test_who_signs_must_be_known_by_name_and_title() -> None:
    agreement = "signatories: [{party: customer, name: A. Brennan}, {party: customer}]"

    findings = found("unfilled-blank", paper(clause="It is so."), agreement)

    assert sorted(finding.origin.path for finding in findings) == [
        "/signatories/0/title",
        "/signatories/1/name",
        "/signatories/1/title",
    ]
    assert all("the signature page" in finding.message for finding in findings)


def test_hours_that_do_not_exist_are_reported_as_a_wrong_key_only() -> None:
    agreement = """\
        services: [{key: hosting, targets: [{key: up, metric: availability, hours: day}]}]
        """
    files = paper(levels='{{ table("service-hours") }}')

    assert len(found("unknown-key", files, agreement)) == 1
    paths = [f.origin.path for f in found("unfilled-blank", files, agreement)]
    assert "/hours/day" not in paths


CHOOSING = clause_files(
    "credits",
    "{% if credits.sole_remedy %}Nothing else.{% else %}More.{% endif %}\n"
    '{% if master.precedence == "this" %}This prevails.{% endif %}',
    meta="values: {/credits/sole_remedy: {type: yes-no}, "
    "/master/precedence: {type: choice, choices: [master, this]}}",
) | template_file("corporate/standard", "outline: [credits]\n")


@pytest.mark.parametrize(
    ("agreement", "expected"),
    [
        ("", ["/credits/sole_remedy"]),
        ('credits: {sole_remedy: "no"}', []),
        ('credits: {sole_remedy: "yes"}\nmaster: {reference: MSA-1}', []),
    ],
)
def test_a_choice_that_nobody_has_made_is_told(
    agreement: str, expected: list[str]
) -> None:
    findings = found("undecided-choice", CHOOSING, agreement)

    assert [finding.message.partition(" ")[0] for finding in findings] == expected
