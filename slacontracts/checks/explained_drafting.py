"""Explanations of the faults that are found while an agreement is put together."""

from slacontracts.checks.fault import Fault
from slacontracts.model.finding import Severity

_ERROR = Severity.ERROR

PUTTING_TOGETHER = (
    Fault(
        "unknown-template",
        _ERROR,
        "The agreement, or a template as its parent, names a template that does not "
        "exist.",
        "template: service/manged-hosting",
        "Take the name that is suggested; slacontracts templates lists them all.",
    ),
    Fault(
        "library-faulty",
        _ERROR,
        "The agreement needs a clause or template that was left out of the library "
        "because of a fault of its own; without it, it would be another agreement. So "
        "it is neither put together nor checked any further.",
        "clauses/term/preferred.en.md has {% if %} without a condition, and the "
        "agreement has the clause term.",
        "Mend the clause or template at the place that is named, then check again.",
    ),
    Fault(
        "no-short-form",
        _ERROR,
        "The short form is asked for, and neither the template of the agreement nor "
        "one above it says what its short form has.",
        "slacontracts render ID --short, with templates that have no short_form.",
        "Render the full form, or name the clauses of a short form in the template: "
        "short_form: {clauses: [key-terms, short-form]}.",
    ),
    Fault(
        "short-form-alone",
        _ERROR,
        "No clause of the short form brings in the full form: none with form: "
        "incorporation is named in the template, or it is omitted, or a clause that it "
        "requires is not in the agreement. Who signs such a short form would agree to "
        "its few pages alone, so that it is not made.",
        "short_form: {clauses: [key-terms]}",
        "Name the clause in the template, as in short_form: {clauses: [key-terms, "
        "short-form]}; or delete its omit; or render the full form.",
    ),
    Fault(
        "clause-of-short-form",
        _ERROR,
        "A template takes a clause into the full form that is written for short forms "
        "alone: it says in short what another clause of the full form says.",
        "outline: [{add: short-credits}]",
        "Delete the operation, or name the clause that it sums up.",
    ),
    Fault(
        "unknown-library",
        _ERROR,
        "The agreement names a version of the library that is not in this workspace.",
        "library: 0000000000000000000000000000000000000000",
        "Take a version that exists: slacontracts library log, then slacontracts "
        "library take ID.",
    ),
    Fault(
        "id-differs",
        _ERROR,
        "The id in the file is not the name of its folder.",
        "id: SLA-2026-0002 in agreements/contoso/SLA-2026-0001/agreement.yaml",
        "Give both the same name.",
    ),
    Fault(
        "cannot-be-checked",
        _ERROR,
        "An agreement could not be opened at all, while others were checked.",
        "An agreement folder without agreement.yaml.",
        "Do what the message says, then check again.",
    ),
    Fault(
        "internal-fault",
        _ERROR,
        "The product itself failed while it worked on this agreement. The others were "
        "worked on, and the file stays as it is.",
        "internal fault in compose/assemble.py, line 120 (ZeroDivisionError: division "
        "by zero)",
        "Report the whole line; a figure or date that nobody would expect is often the "
        "cause, and setting it back mends the agreement meanwhile.",
    ),
    Fault(
        "duplicate-id",
        _ERROR,
        "Two agreements of the workspace have the same id.",
        "SLA-2026-0001 in agreements/contoso and again in agreements/fabrikam.",
        "Give one of them another id, for its folder and in its agreement.yaml.",
    ),
    Fault(
        "unknown-clause",
        _ERROR,
        "An outline or an agreement names a clause that the library does not have.",
        "clauses: {publicty: omit}",
        "Take the name that is suggested; slacontracts clauses lists them all.",
    ),
    Fault(
        "unknown-position",
        _ERROR,
        "An agreement, a template or the name of a wording asks for a position that "
        "the clause does not have.",
        "clauses: {termination: {position: fall-back}}",
        "Take one of the positions that the message lists.",
    ),
    Fault(
        "clause-not-in-outline",
        _ERROR,
        "A change is made to a clause that the outline does not have at that point.",
        "{remove: publicity} where the level above has no such clause.",
        "Delete the change, or correct the name of the clause.",
    ),
    Fault(
        "own-clause-incomplete",
        _ERROR,
        "A clause that the library does not have lacks its title, its place or its "
        "wording in the language of the agreement.",
        "clauses: {price-review: {title: {en: Price review}, text: {en: ...}}}",
        "Add what is missing: title: {en: ...}, after: the key of the clause that it "
        "follows, and text: {en: ...}.",
    ),
    Fault(
        "own-clause-in-library",
        _ERROR,
        "A clause of the agreement's own has the key of a clause of the library.",
        "clauses: {audit: {title: {en: Audit}, after: term, text: {en: ...}}}",
        "Delete title and after to change the clause of the library, or give the other "
        "clause a key of its own.",
    ),
    Fault(
        "clause-added-twice",
        _ERROR,
        "A clause is added to an outline that has it already.",
        "{add: publicity} in a service template whose parent adds it too.",
        "Delete one of the two; to put it elsewhere, use move.",
    ),
    Fault(
        "locked-clause-altered",
        _ERROR,
        "A template or the agreement changes a clause that a level above has locked.",
        "clauses: {governing-law: omit} while the corporate template locks it.",
        "Delete the change, or ask the owner of the template to lift the lock.",
    ),
    Fault(
        "locked-value-altered",
        _ERROR,
        "A template or the agreement changes a value that a level above has locked.",
        "governing_law: {law: France} while /governing_law/law is locked.",
        "Delete the value, or ask the owner of the template to lift the lock.",
    ),
    Fault(
        "lock-without-effect",
        _ERROR,
        "A template locks a clause that the agreement does not have, or a value that "
        "no template sets, so that the lock holds nothing.",
        "lock: [/signatories/3/rule] while the defaults name two signatories.",
        "Correct the key or address, give what is to be locked, or delete the lock.",
    ),
    Fault(
        "clause-left-out",
        Severity.INFO,
        "The conditions of a clause are not met, so that nothing is left of its "
        "wording. It is left out with its heading, and the numbers close up.",
        "{% if long_stop %} around the whole wording while nothing sets /long_stop.",
        "Nothing, if that is meant; else set the value that the wording asks for.",
    ),
    Fault(
        "locked-clause-empty",
        _ERROR,
        "A template locks a clause, and its conditions leave nothing of its wording.",
        "lock: [conditions-precedent] in an agreement without conditions.",
        "Set the values that the wording asks for, or ask the owner of the template "
        "to lift the lock.",
    ),
    Fault(
        "kind-differs",
        _ERROR,
        "An agreement says that it is of another kind than its template makes.",
        "kind: ola in an agreement from service/managed-hosting.",
        "Draft a new agreement from a template of that kind.",
    ),
    Fault(
        "two-languages",
        _ERROR,
        "An agreement asks for two languages side by side, which cannot be made yet.",
        "language: en+ar.",
        "Write language: en or language: ar, and keep the other as its own agreement.",
    ),
    Fault(
        "missing-wording",
        _ERROR,
        "A clause has no wording in the language of the agreement.",
        "language: ar and a clause with preferred.en.md only.",
        "Write the wording in that language, or choose a position that has it.",
    ),
    Fault(
        "text-cannot-be-filled",
        _ERROR,
        "A wording compares what cannot be compared, or repeats itself without end.",
        "{% if parties.customer.legal_name > 3 %}",
        "Correct the condition in the line given.",
    ),
    Fault(
        "markup",
        _ERROR,
        "A wording has markup that is not complete, or a list that is numbered by "
        "hand.",
        "2. The Customer pays in advance.",
        'Write every item with "1."; the numbers are made by the product. Close every '
        "emphasis that is opened.",
    ),
    Fault(
        "value-without-form",
        _ERROR,
        "A wording prints a date, number or sum without saying how it is written.",
        "{{ term.initial }}",
        "Add the form: {{ term.initial | duration }}.",
    ),
    Fault(
        "value-in-wrong-form",
        _ERROR,
        "A wording prints a value in a form that it cannot have.",
        "{{ effective.on | money }}",
        "Use the form that the message suggests.",
    ),
    Fault(
        "unknown-table",
        _ERROR,
        "A wording asks for a table that does not exist.",
        '{{ table("service-level") }}',
        "Correct the name of the table.",
    ),
)

PRINTING = (
    Fault(
        "house-style",
        _ERROR,
        "A house style cannot be used: a tag is unknown, misplaced or missing.",
        "{{ customer }} in the header, where no such tag exists.",
        "Correct the tag in Word at the paragraph that is named.",
    ),
)
