"""Who signs: nobody, without authority, beyond it, or after it has ended."""

from datetime import date

import pytest
from checking import EMPTY, found, found_in_data, paper, paths

from slacontracts.checks import Surroundings

PARTIES = "parties: {provider: {legal_name: A}, customer: {legal_name: B}}\n"
OURS = "{party: provider, name: Ann, authority: {basis: register}}"


def signed(*signatories: str) -> str:
    return f"{PARTIES}signatories: [{', '.join(signatories)}]\n"


BOTH = signed(OURS, OURS.replace("provider", "customer"))


def test_a_party_for_which_nobody_signs_is_found() -> None:
    findings = found_in_data("party-without-signatory", signed(OURS))

    assert paths(findings) == ["/parties/customer"]
    assert found_in_data("party-without-signatory", BOTH) == ()


def test_one_who_may_sign_only_with_another_is_found() -> None:
    joint = OURS.replace("name: Ann", "name: Ann, rule: jointly")

    findings = found_in_data("joint-signatory-alone", signed(joint))

    assert paths(findings) == ["/signatories/0/rule"]
    assert found_in_data("joint-signatory-alone", signed(joint, joint)) == ()


@pytest.mark.parametrize("old", [", authority: {basis: register}", "basis: register"])
def test_a_signatory_without_authority_is_found(old: str) -> None:
    findings = found_in_data("no-authority", signed(OURS.replace(old, "")))

    assert [finding.message[:24] for finding in findings] == [
        "nothing says why Ann may"
    ]
    assert found_in_data("no-authority", BOTH) == ()


@pytest.mark.parametrize(
    ("code", "text", "command"),
    [
        (
            "no-authority",
            signed("{party: provider, name: Ann}"),
            'slacontracts set SLA-1 "/signatories/0/authority/basis=company register"',
        ),
        (
            "party-without-signatory",
            signed(OURS),
            'slacontracts set SLA-1 "/signatories/+={party: customer, name: NAME, '
            'title: TITLE}"',
        ),
        (
            "arbitration-authority-unknown",
            signed(OURS) + "governing_law: {forum: {kind: arbitration}}",
            "slacontracts set SLA-1 /signatories/0/authority/may_arbitrate=yes",
        ),
        ("no-review", "", "slacontracts set SLA-1 /review/every=P12M"),
        (
            "no-review-date",
            "review: {every: P12M}",
            "slacontracts set SLA-1 /review/next=DATE",
        ),
        (
            "conditions-without-long-stop",
            "conditions: [{key: permit, says: The permit is granted.}]",
            "slacontracts set SLA-1 /long_stop=DATE",
        ),
    ],
)
def test_the_command_that_mends_it_is_printed(
    code: str, text: str, command: str
) -> None:
    (finding,) = found_in_data(code, text)

    assert command in finding.message


def test_departments_acknowledge_without_authority() -> None:
    files = paper(clause=EMPTY)
    files["templates/corporate/standard.yaml"] += "kind: ola\n"
    text = signed("{party: provider, name: Ann}")

    assert found("no-authority", files, text) == ()
    assert len(found("party-without-signatory", files, text)) == 1


def worth(price: str, limit: str = "100000.00", currency: str = "EUR") -> str:
    may = f'basis: register, limit: {{amount: "{limit}", currency: {currency}}}'
    return (
        signed(OURS.replace("basis: register", may))
        + f"term: {{initial: P36M}}\nservices: [{{key: shop, price: {{{price}}}}}]\n"
    )


@pytest.mark.parametrize(
    ("price", "worth_it"),
    [
        ('model: monthly, amount: "4500.00", currency: EUR', "EUR 162,000.00"),
        ('model: quarterly, amount: "9000.00", currency: EUR', "EUR 108,000.00"),
        ('model: annual, amount: "40000.00", currency: EUR', "EUR 120,000.00"),
        ('model: one-off, amount: "100000.01", currency: EUR', "EUR 100,000.01"),
    ],
)
def test_an_agreement_beyond_the_authority_is_found(price: str, worth_it: str) -> None:
    (finding,) = found_in_data("authority-limit-exceeded", worth(price))

    assert finding.origin.path == "/signatories/0/authority/limit"
    assert f"the agreement is worth {worth_it} over" in finding.message


@pytest.mark.parametrize(
    ("price", "code"),
    [
        (
            'model: monthly, amount: "2777.77", currency: EUR',
            "authority-limit-exceeded",
        ),
        (
            'model: one-off, amount: "100000.00", currency: EUR',
            "authority-limit-unclear",
        ),
        ("model: monthly", "authority-limit-unclear"),
    ],
)
def test_an_agreement_within_the_authority_is_left_alone(price: str, code: str) -> None:
    assert found_in_data(code, worth(price)) == ()


@pytest.mark.parametrize(
    ("price", "says"),
    [
        ('model: monthly, amount: "1.00", currency: SAR', "SAR 36.00"),
        ('model: per-user-month, amount: "9.00", currency: EUR', "a sum not known yet"),
    ],
)
def test_a_limit_that_cannot_be_compared_is_found(price: str, says: str) -> None:
    (finding,) = found_in_data("authority-limit-unclear", worth(price))

    assert says in finding.message


ARBITRATION = "governing_law: {forum: {kind: arbitration, seat: Riyadh}}\n"


@pytest.mark.parametrize(
    ("may", "code"),
    [
        ("", "arbitration-authority-unknown"),
        (', may_arbitrate: "no"', "arbitration-not-authorised"),
    ],
)
def test_arbitration_needs_a_power_of_its_own(may: str, code: str) -> None:
    text = signed(OURS.replace("basis: register", f"basis: register{may}"))

    assert len(found_in_data(code, text + ARBITRATION)) == 1
    courts = ARBITRATION.replace("arbitration, seat: Riyadh", "courts")
    assert found_in_data(code, text + courts) == ()
    able = signed(
        OURS.replace("basis: register", 'basis: register, may_arbitrate: "yes"')
    )
    assert found_in_data(code, able + ARBITRATION) == ()


@pytest.mark.parametrize(
    ("day", "count"), [(date(2026, 11, 30), 0), (date(2026, 12, 1), 1), (None, 0)]
)
def test_an_authority_that_has_ended_is_found(day: date | None, count: int) -> None:
    text = "effective: last-signature\n" + signed(
        OURS.replace("basis: register", "basis: register, until: 2026-11-30")
    )

    findings = found_in_data("authority-ended", text, Surroundings(today=day))

    assert paths(findings) == ["/signatories/0/authority/until"] * count
