"""Explanations of the faults that are found while files are read, before any check."""

from slacontracts.checks.fault import Fault
from slacontracts.model.finding import Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

READING_FILES = (
    Fault(
        "file-too-large",
        _ERROR,
        "A file is larger than the product reads.",
        "An agreement.yaml of 3 MB into which a price list was pasted.",
        "Shorten the file; keep price lists and drawings in files of their own.",
    ),
    Fault(
        "not-utf8",
        _ERROR,
        "A file is not saved as UTF-8 text.",
        'A clause saved as "Unicode" or "ANSI" by an old editor.',
        "Save it again with the encoding UTF-8.",
    ),
    Fault(
        "forbidden-character",
        _ERROR,
        "A text holds a character that is invisible, reverses the direction of "
        "writing, or cannot stand in a Word file.",
        "A zero-width space inside a name, copied from a web page.",
        "Delete the character at the line and column given, and type the word again.",
    ),
    Fault(
        "yaml-syntax",
        _ERROR,
        "A file breaks the rules of its notation (YAML), so that it cannot be read.",
        "title: Hosting: the agreement",
        "Put a text with a colon, bracket or other sign between quotation marks, and "
        "indent lines with spaces.",
    ),
    Fault(
        "yaml-alias",
        _ERROR,
        "A file repeats a part of itself by a mark (*name); such marks are not read.",
        "hours: *office",
        "Write the part out again, or put a text that begins with * in quotation "
        "marks.",
    ),
    Fault(
        "yaml-anchor",
        _ERROR,
        "A file marks a part of itself for repetition (&name); such marks are not "
        "read.",
        "hours: &office {timezone: UTC}",
        "Delete the mark, or put a text that begins with & in quotation marks.",
    ),
    Fault(
        "yaml-merge",
        _ERROR,
        "A file pulls one group of fields into another (<<); that is not read.",
        "<<: *standard",
        "Write the fields out.",
    ),
    Fault(
        "yaml-tag",
        _ERROR,
        "A file gives a value a technical type (!name); such types are not read.",
        "on: !!timestamp 2026-12-01",
        "Delete the mark, or put a text that begins with ! in quotation marks.",
    ),
    Fault(
        "several-documents",
        _ERROR,
        "A file holds more than one document.",
        "A line --- in the middle of an agreement.yaml.",
        "Keep one document in the file and delete the line.",
    ),
    Fault(
        "empty-file",
        _ERROR,
        "A file holds nothing.",
        "An agreement.yaml without a line, or a wording without a word.",
        "Write its content, or delete the file.",
    ),
    Fault(
        "not-a-mapping",
        _ERROR,
        "A file does not consist of fields (name: value).",
        "An agreement.yaml that begins with a list.",
        "Begin the file with a field, such as id: SLA-2026-0001.",
    ),
    Fault(
        "field-name",
        _ERROR,
        "A field has no name, or a name that is no text.",
        ": 30",
        "Write the name before the colon.",
    ),
    Fault(
        "duplicate-field",
        _ERROR,
        "A field is given twice in one place.",
        "notice: P90D and, four lines below, notice: P60D.",
        "Delete the one that is wrong.",
    ),
    Fault(
        "too-deep",
        _ERROR,
        "Fields stand in fields beyond the depth that any agreement needs.",
        "Forty brackets opened one inside the other.",
        "Close the brackets, or check how the lines are indented.",
    ),
    Fault(
        "value-too-long",
        _ERROR,
        "One value is longer than the product reads.",
        "A whole annex pasted into one field.",
        "Shorten it, or make it a clause or schedule of the library.",
    ),
)

READING_DATA = (
    Fault(
        "unknown-field",
        _ERROR,
        "A field has a name that nobody knows; its value would be lost.",
        "term: {notise: P90D}",
        'Take the name that is suggested ("did you mean notice?"), or delete the '
        "field.",
    ),
    Fault(
        "missing-field",
        _ERROR,
        "A field that must be given is not.",
        "An agreement.yaml without template.",
        "Add the field at the place given.",
    ),
    Fault(
        "wrong-type",
        _ERROR,
        "A list stands where a text belongs, or the other way round.",
        "title: [Hosting]",
        "Write what the message expects.",
    ),
    Fault(
        "wrong-value",
        _ERROR,
        "A value cannot be what the field is for.",
        "effective: {on: 2026-02-30}",
        "Correct the value as the message says: slacontracts set ID /path=VALUE.",
    ),
    Fault(
        "duplicate-key",
        _ERROR,
        "Two items of one list have the same key, so that nobody can tell which is "
        "meant.",
        "services: [{key: hosting, ...}, {key: hosting, ...}]",
        "Give one of the two another key, or delete it.",
    ),
    Fault(
        "more-faults",
        _ERROR,
        "More than a hundred places of one file are wrong; the first are told, the "
        "others counted.",
        "A list of 20,000 services pasted in under another name.",
        "Mend what is told, which often mends the rest, then check again.",
    ),
)

READING_THE_LIBRARY = (
    Fault(
        "missing-file",
        _ERROR,
        "A clause has no clause.yaml, or a position without any wording.",
        "positions: [{key: preferred}, {key: fallback-1}] without fallback-1.en.md.",
        "Write the file that is named, or delete the position.",
    ),
    Fault(
        "text-file-name",
        _ERROR,
        "A wording is not named by its position and language.",
        "clauses/charges/preferred.md",
        "Name it preferred.en.md.",
    ),
    Fault(
        "clause-marks",
        _ERROR,
        "A wording has marks between braces that cannot be read or are not allowed.",
        "{% if term.notice %} without {% endif %}",
        "Correct the mark in the line given; values, ref(), table(), if and for are "
        "all that a wording needs.",
    ),
    Fault(
        "undeclared-value",
        _ERROR,
        "A wording reads a value that no clause declares, so that it has no type.",
        "{{ credits.cap_percnt | percent }}",
        "Correct the name, or declare the value under values in clause.yaml.",
    ),
    Fault(
        "unread-value",
        _WARNING,
        "A clause declares a value that none of its wordings reads.",
        "values: {/credits/claim_days: {type: integer}} and no wording with it.",
        "Delete the declaration, or use the value.",
    ),
    Fault(
        "conflicting-values",
        _ERROR,
        "Two clauses declare the same value differently.",
        "/credits/cap_percent as percent in one clause and as integer in another.",
        "Give it the same type, unit and choices in both.",
    ),
    Fault(
        "template-level",
        _ERROR,
        "A template has a parent of a more special level than its own.",
        "level: corporate with parent: service/managed-hosting.",
        "Order is corporate, customer, service; correct level or parent.",
    ),
    Fault(
        "template-without-parent",
        _WARNING,
        "A template for customers or services stands under no other, so that the "
        "clauses, values and locks of the corporate level do not hold in it.",
        "level: service without parent.",
        "Add parent: corporate/NAME, the template whose rules hold here too.",
    ),
    Fault(
        "template-circle",
        _ERROR,
        "The parents of a template lead back to the template itself.",
        "Template A has parent B, and B has parent A.",
        "Correct the parent of one of them.",
    ),
)
