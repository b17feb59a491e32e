"""A document in; what the tags of a house style may print out.

The tags are documented in docs/house_styles.md; TAGS lists them for the check of
a house style, so that a misspelt tag is found before anything is rendered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any, Final

from slacontracts import formats
from slacontracts.compose.tables.labels import label as role_name
from slacontracts.model.agreement import NOT_CONTRACTS, Party
from slacontracts.model.clause import Language
from slacontracts.model.document import AgreementDocument, SignatureBlock


class Missing:
    """A value that a cover cannot do without and that is not known yet: [●]."""


MISSING: Final = Missing()
BLANK_TEXT: Final = "[●]"

_PARTY_TAGS: Final = (
    "role", "role_name", "legal_name", "short_name", "form", "register_no",
    "registered_in", "address", "tax_no", "email", "post", "attention",
)  # fmt: skip
# The facts of a party that are its data, and where they stand there.
_PARTY_VALUES: Final[Mapping[str, str]] = {
    **{name: name for name in _PARTY_TAGS[2:9]},
    **{name: f"notices/{name}" for name in _PARTY_TAGS[9:]},
}
_SIGNATURE_TAGS: Final = (
    "number", "party", "role_name", "legal_name", "capacity", "name", "title",
    "has_witness", "anchor", "date_anchor",
)  # fmt: skip
_AGREEMENT_TAGS: Final = ("id", "title", "version", "kind", "language", "effective")
_MASTER_TAGS: Final = ("reference", "date")

_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "draft": "DRAFT",
        "reference": "Reference",
        "version": "Version",
        "effective": "Effective date",
        "between": "Between",
        "under": "under the framework agreement",
        "contents": "Contents",
        "page": "Page",
        "of": "of",
        "signature": "Signature",
        "name": "Name",
        "title": "Title",
        "date": "Date",
        "procurement": "Procurement reference",
        "classification": "Classification",
        "place": "Place",
        "stamp": "Company stamp",
        "witness": "In the presence of",
        "address": "Address",
        "signature_page": "Signature page",
        "testimonium": "Each party has signed this agreement through its authorised "
        "signatory on the date written beside that signature.",
        "capacity": "Signed for and on behalf of ",
        "last_signature": "The date of the last signature",
        "conditions_met": "The day on which the conditions are met",
    },
    "ar": {
        "draft": "مسودة",
        "reference": "المرجع",
        "version": "الإصدار",
        "effective": "تاريخ النفاذ",
        "between": "بين",
        "under": "بموجب الاتفاقية الإطارية",
        "contents": "المحتويات",
        "page": "صفحة",
        "of": "من",
        "signature": "التوقيع",
        "name": "الاسم",
        "title": "المنصب",
        "date": "التاريخ",
        "procurement": "مرجع المشتريات",
        "classification": "تصنيف الوثيقة",
        "place": "المكان",
        "stamp": "ختم الشركة",
        "witness": "بحضور الشاهد",
        "address": "العنوان",
        "signature_page": "صفحة التوقيعات",
        "testimonium": "وقّع كل طرف هذه الاتفاقية بواسطة من يمثله قانونًا في التاريخ "
        "المبين إلى جانب توقيعه.",
        "capacity": "التوقيع نيابة عن ",
        "last_signature": "تاريخ آخر توقيع",
        "conditions_met": "يوم استيفاء الشروط",
    },
}
# Internal agreements are acknowledged, not signed: they are not contracts.
_ACKNOWLEDGED: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "signature_page": "Acknowledgement",
        "testimonium": "Those named below have read this agreement "
        "and will work by it.",
        "capacity": "Acknowledged by ",
        "stamp": "Remarks",
        "signature": "Initials",
    },
    "ar": {
        "signature_page": "الإقرار",
        "testimonium": "اطّلع المذكورون أدناه على هذه الاتفاقية وسيعملون بموجبها.",
        "capacity": "إقرار من ",
        "stamp": "ملاحظات",
        "signature": "التأشيرة",
    },
}
# Above the signatures of an amendment; by whether it is a contract.
_OF_AMENDMENT: Final[Mapping[Language, Mapping[bool, str]]] = {
    "en": {
        True: "Each party has signed this Amendment through its authorised signatory "
        "on the date written beside that signature.",
        False: "Those named below have read this Amendment and will work by it.",
    },
    "ar": {
        True: "وقّع كل طرف هذا التعديل بواسطة من يمثله قانونًا في التاريخ المبين "
        "إلى جانب توقيعه.",
        False: "اطّلع المذكورون أدناه على هذا التعديل وسيعملون بموجبه.",
    },
}
# What stands for the version of a paper that is no version of the agreement.
_PAPERS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "amendment": "Amendment",
        "number": "No. {number}",
        "drafted": "No. {number}, draft {version}",
        "copy": "Conformed copy",
        "as-at": "as at {day}, for convenience only",
        "with": "with Amendment No. {number}, for convenience only",
    },
    "ar": {
        "amendment": "التعديل",
        "number": "رقم {number}",
        "drafted": "رقم {number}، المسودة {version}",
        "copy": "نسخة مجمعة",
        "as-at": "كما هي في {day}، للتيسير فقط",
        "with": "مع التعديل رقم {number}، للتيسير فقط",
    },
}
TAGS: Final = frozenset(
    [
        *(f"/agreement/{name}" for name in _AGREEMENT_TAGS),
        *(f"/parties/*/{name}" for name in _PARTY_TAGS),
        *(f"/signatures/*/{name}" for name in _SIGNATURE_TAGS),
        *(f"/signature_pairs/*/left/{name}" for name in _SIGNATURE_TAGS),
        *(f"/signature_pairs/*/right/{name}" for name in _SIGNATURE_TAGS),
        *(f"/master/{name}" for name in _MASTER_TAGS),
        *(f"/words/{name}" for name in _WORDS["en"]),
        "/organisation",
        "/is_draft",
        "/is_contract",
        "/is_rtl",
        "/body",
        "/wording",
        # groups whose presence may be tested
        "/parties",
        "/signatures",
        "/signature_pairs",
        "/signature_pairs/*/right",
        "/master",
    ]
)

_ANCHORS: Final[Mapping[str, tuple[str, str]]] = {
    "none": ("", ""),
    "docusign": ("/sn{}/", "/ds{}/"),
    "adobe": ("{{{{Sig_es_:signer{}:signature}}}}", "{{{{Dte_es_:signer{}:date}}}}"),
}


@dataclass(frozen=True, slots=True)
class Issue:
    """How a document is issued: its version, as draft or for execution.

    signature_anchors: none, docusign or adobe; which e-signature service reads it.
    """

    version: str
    is_execution: bool
    digits: str = "latin"
    signature_anchors: str = "none"


@dataclass(frozen=True, slots=True)
class FactValue:
    """What a fact is of the data: the path of a value, and the form that wrote it.

    lead: characters of the fact before the value.
    """

    path: str
    form: str = "text"
    lead: int = 0


def words_of_style(document: AgreementDocument) -> Mapping[str, str]:
    """Return the words that a house style prints, for contracts or acknowledgements."""
    words, language = _WORDS[document.language], document.language
    is_contract = document.agreement.kind not in NOT_CONTRACTS
    if not is_contract:
        words = {**words, **_ACKNOWLEDGED[language]}
    if document.is_amendment:
        words = {**words, "testimonium": _OF_AMENDMENT[language][is_contract]}
    return words


def version_said(document: AgreementDocument, issue: Issue) -> tuple[str, str]:
    """Return what stands on a cover for the version: its name, and the version.

    A paper to sign that amends an agreement has its own number and no version; a
    conformed copy says of which day it is, and that it binds nobody.
    """
    said = _PAPERS[document.language]
    number, day = document.amendment, document.conformed_to
    if number:
        form = said["number" if issue.is_execution else "drafted"]
        return said["amendment"], form.format(number=number, version=issue.version)
    if day is None:
        return _WORDS[document.language]["version"], issue.version
    if isinstance(day, int):
        return said["copy"], said["with"].format(number=day)
    written = formats.write("date", day, document.language, issue.digits)
    return said["copy"], said["as-at"].format(day=written)


def facts_of(document: AgreementDocument, issue: Issue) -> dict[str, Any]:
    """Return what the tags of a house style print for one document."""
    agreement = document.agreement
    version_name, version = version_said(document, issue)
    words = {**words_of_style(document), "version": version_name}
    master = agreement.master
    signatures = [
        _signature(signature, document.language, words, issue)
        for signature in document.signatures
    ]
    return {
        "agreement": {
            "id": agreement.id,
            "title": document.title,
            "version": version,
            "kind": agreement.kind,
            "language": document.language,
            "effective": _effective(document, words, issue.digits),
        },
        "organisation": document.organisation,
        "is_draft": not issue.is_execution,
        "is_contract": agreement.kind not in NOT_CONTRACTS,
        "is_rtl": document.language == "ar",
        "parties": [
            _party(role, party, document.language)
            for role, party in agreement.parties.items()
        ],
        "signatures": signatures,
        "signature_pairs": [
            {"left": left, "right": right}
            for left, right in zip_longest(signatures[::2], signatures[1::2])
        ],
        "master": master
        and {
            "reference": master.reference,
            "date": _day(master.date, document.language, issue.digits),
        },
        "words": words,
    }


def values_of_facts(document: AgreementDocument) -> dict[str, FactValue]:
    """Return what facts are of the data: address among the facts to value."""
    agreement = document.agreement
    values: dict[str, FactValue] = {}
    if not document.is_amendment and document.conformed_to is None:
        values["/agreement/title"] = FactValue("/title")
    on = agreement.effective.on if agreement.effective else None
    if not isinstance(on, str):  # an event is said in fixed words
        path = "/amendment/effective/on" if document.is_amendment else "/effective/on"
        values["/agreement/effective"] = FactValue(path, "date")
    if agreement.master:
        values["/master/reference"] = FactValue("/master/reference")
        values["/master/date"] = FactValue("/master/date", "date")
    for at, role in enumerate(agreement.parties):
        for name, path in _PARTY_VALUES.items():
            values[f"/parties/{at}/{name}"] = FactValue(f"/parties/{role}/{path}")
    lead = len(words_of_style(document)["capacity"])
    for at, signature in enumerate(document.signatures):
        own = {
            name: FactValue(f"/signatories/{signature.number - 1}/{name}")
            for name in ("name", "title")
        }
        if signature.party in agreement.parties:
            path = f"/parties/{signature.party}/legal_name"
            own["legal_name"] = FactValue(path)
            own["capacity"] = FactValue(path, lead=lead)
        pair = f"/signature_pairs/{at // 2}/{'right' if at % 2 else 'left'}"
        for name, value in own.items():
            values[f"/signatures/{at}/{name}"] = value
            values[f"{pair}/{name}"] = value
    return values


def _day(day: date | None, language: Language, digits: str) -> str | None:
    return None if day is None else formats.write("date", day, language, digits)


def _effective(
    document: AgreementDocument, words: Mapping[str, str], digits: str
) -> str | Missing:
    effective = document.agreement.effective
    if effective is None or effective.on is None:
        return MISSING
    if isinstance(effective.on, str):
        return words[effective.on.replace("-", "_")]
    return formats.write("date", effective.on, document.language, digits)


def _party(role: str, party: Party, language: Language) -> dict[str, Any]:
    notices = party.notices
    return {
        "role": role,
        "role_name": role_name(role, language),
        "legal_name": party.legal_name or MISSING,
        "short_name": party.short_name,
        "form": party.form,
        "register_no": party.register_no,
        "registered_in": party.registered_in,
        "address": party.address,
        "tax_no": party.tax_no,
        "email": notices and notices.email,
        "post": notices and notices.post,
        "attention": notices and notices.attention,
    }


def _signature(
    signature: SignatureBlock,
    language: Language,
    words: Mapping[str, str],
    issue: Issue,
) -> dict[str, Any]:
    sign, dated = _ANCHORS[issue.signature_anchors]
    return {
        "number": str(signature.number),
        "party": signature.party,
        "role_name": role_name(signature.party, language),
        "legal_name": signature.legal_name or MISSING,
        # A name that is not known stays open: it can be written in by hand.
        "capacity": words["capacity"] + (signature.legal_name or BLANK_TEXT),
        "name": signature.name,
        "title": signature.title,
        "has_witness": signature.has_witness,
        "anchor": sign.format(signature.number),
        "date_anchor": dated.format(signature.number),
    }
