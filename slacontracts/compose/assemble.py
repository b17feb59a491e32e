"""A composition and its library in, the composed agreement out."""

from dataclasses import dataclass
from functools import lru_cache

from slacontracts.compose.blanks import (
    FillFault,
    Filling,
    ParseText,
    agreement_data,
    fill_text,
)
from slacontracts.compose.levels import Composition, compose_levels
from slacontracts.compose.numbering import number
from slacontracts.compose.outline import OutlineEntry
from slacontracts.compose.short_form import shorten, without_full_form
from slacontracts.compose.tables import make_table
from slacontracts.compose.tables.cells import Sheet
from slacontracts.jinja_text import Fault, Program, parse_program
from slacontracts.model.clause import Language, Part
from slacontracts.model.document import (
    AgreementDocument,
    Clause,
    ClauseOrigin,
    NumberedDocument,
    SignatureBlock,
)
from slacontracts.model.finding import Finding, Origin, Severity
from slacontracts.model.library import ClauseText, Library
from slacontracts.model.settings import WorkspaceSettings
from slacontracts.model.source_file import SourceFile
from slacontracts.source.clause_text import parse_clause_text
from slacontracts.source.library_values import undeclared
from slacontracts.source.model_faults import error_at

_READING_ORDER = tuple(Part)


@dataclass(frozen=True, slots=True)
class Composed:
    """A numbered document, and the composition that knows where its data stand."""

    numbered: NumberedDocument
    composition: Composition


def compose_agreement(
    source: SourceFile,
    library: Library,
    settings: WorkspaceSettings,
    parse: ParseText = parse_clause_text,
    *,
    is_short: bool = False,
) -> tuple[Composed | None, tuple[Finding, ...]]:
    """Compose one agreement: levels, blanks, tables, numbers.

    parse: parses wording, or knows what parsing it gave before. is_short: compose
    the short form of the agreement.
    Returns no document when the data cannot be typed; findings say why.
    """
    composition, findings = compose_levels(source, library)
    if composition is None:
        return None, findings
    outline = composition.outline
    assembler = _Assembler(composition, outline, library, settings, parse)
    document = assembler.document()
    if is_short:
        composition, outline, more = shorten(composition, library, _keys(document))
        findings += more
        if any(one.severity is Severity.ERROR for one in more):
            return None, findings
        assembler = _Assembler(composition, outline, library, settings, parse)
        document = assembler.document()
        if alone := without_full_form(composition, library, _keys(document)):
            return None, (*findings, *alone)
    return Composed(number(document), composition), (*findings, *assembler.findings)


def _keys(document: AgreementDocument) -> frozenset[str]:
    return frozenset(clause.key for clause in document.clauses)


class _Assembler:
    """Fills the wording of every outline entry, noting what goes wrong."""

    def __init__(
        self,
        composition: Composition,
        outline: tuple[OutlineEntry, ...],
        library: Library,
        settings: WorkspaceSettings,
        parse: ParseText,
    ) -> None:
        self.composition, self.library, self.settings = composition, library, settings
        self.outline, self.parse = outline, parse
        self.agreement = composition.agreement
        self.language: Language = "ar" if self.agreement.language == "ar" else "en"
        self.data = agreement_data(self.agreement)
        clauses = frozenset(entry.key for entry in outline)
        self.sheet = Sheet(self.agreement, self.language, settings.digits, clauses)
        self.findings: list[Finding] = []

    def document(self) -> AgreementDocument:
        composed = [self.clause(entry) for entry in self.outline]
        clauses = [clause for clause in composed if clause is not None]
        clauses.sort(key=lambda clause: _READING_ORDER.index(clause.part))
        template = self.composition.chain[-1].template
        title = self.agreement.title or template.title.get(self.language, "")
        return AgreementDocument(
            self.agreement,
            title or next(iter(template.title.values()), ""),
            self.language,
            tuple(clauses),
            self.signatures(),
            self.settings.organisation,
        )

    def signatures(self) -> tuple[SignatureBlock, ...]:
        blocks = []
        for index, signatory in enumerate(self.agreement.signatories, 1):
            party = self.agreement.parties.get(signatory.party)
            blocks.append(
                SignatureBlock(
                    index,
                    signatory.party,
                    (party.legal_name if party else None) or "",
                    signatory.name or "",
                    signatory.title or "",
                    signatory.witness,
                )
            )
        return tuple(blocks)

    def clause(self, entry: OutlineEntry) -> Clause | None:
        """Return one clause with its wording filled; empty when it has none.

        None when its conditions leave nothing of it, and nobody has locked it.
        """
        titles, part, position = dict(entry.title or {}), entry.part, "bespoke"
        text = self.bespoke(entry)
        if entry.title is None:  # a clause of the library
            meta = self.library.clauses[entry.key]
            titles, part = dict(meta.title.items()), meta.part
            position = entry.position or meta.positions[0].key
            text = text or self.wording(entry.key, position)
        origin = ClauseOrigin(
            entry.level,
            entry.template,
            "bespoke" if entry.bespoke else position,
            text.place() if text else entry.origin,
            entry.lock is not None,
        )
        title = titles.get(self.language) or titles.get("en") or entry.key
        filling = self.fill(text) if text else Filling()
        blocks = filling.blocks
        if text and not blocks and not filling.faults:
            self.says_nothing(entry, title, text)
            if entry.lock is None:
                return None
        return Clause(entry.key, title, part, blocks, origin)

    def bespoke(self, entry: OutlineEntry) -> ClauseText | None:
        """Return the negotiated wording of a clause, where there is one."""
        if entry.bespoke is None:
            return None
        path = f"/clauses/{entry.key}/text"
        source = entry.bespoke.get(self.language)
        if source is None:
            self.missing(
                f'the negotiated wording of "{entry.key}" is missing in language '
                f'"{self.language}"; add it beside the other',
                self.composition.place(path),
            )
            return None
        place = self.composition.source.place(f"{path}/{self.language}")
        program, faults = parse_bespoke(source)
        text = ClauseText(source, program, place.file, place.line + 1, place.column + 2)
        for fault in faults:
            self.report(FillFault("markup", fault.message, fault.line), text)
        for address, line in dict.fromkeys((*program.reads, *program.tests)):
            message = undeclared(address, self.library.values)
            if message is not None:
                self.report(FillFault("undeclared-value", message, line), text)
        return None if faults else text

    def wording(self, key: str, position: str) -> ClauseText | None:
        """Return the library's wording, English where the language has none."""
        text = self.library.texts.get((key, position, self.language))
        if text is None:
            text = self.library.texts.get((key, position, "en"))
            self.missing(
                f'the clause "{key}" has no wording for position "{position}" in '
                f'language "{self.language}"; add {position}.{self.language}.md',
                text.place() if text else self.composition.place("/template"),
            )
        return text

    def missing(self, message: str, place: Origin) -> None:
        self.findings.append(Finding(Severity.ERROR, "missing-wording", message, place))

    def says_nothing(self, entry: OutlineEntry, title: str, text: ClauseText) -> None:
        """Note that the conditions of a clause leave nothing of its wording."""
        said = f'"{title}" ({entry.key}) says nothing with the values of this agreement'
        if entry.lock is None:
            message = f"{said}, and is left out; nothing to do if that is meant"
            found = Finding(Severity.INFO, "clause-left-out", message, text.place())
        else:
            message = (
                f"{said}, but is locked by {entry.lock}; set what its conditions ask "
                "for, or ask whoever keeps that template to lift the lock"
            )
            found = error_at(text.place(), "locked-clause-empty", message)
        self.findings.append(found)

    def fill(self, text: ClauseText) -> Filling:
        filling = fill_text(
            text.program,
            self.data,
            language=self.language,
            digits=self.settings.digits,
            make_table=lambda name: make_table(name, self.sheet),
            parse=self.parse,
        )
        for fault in filling.faults:
            self.report(fault, text)
        return filling

    def report(self, fault: FillFault, text: ClauseText) -> None:
        place = text.place(fault.near, fault.line)
        self.findings.append(Finding(Severity.ERROR, fault.code, fault.message, place))


@lru_cache(maxsize=1024)
def parse_bespoke(source: str) -> tuple[Program, tuple[Fault, ...]]:
    """Parse negotiated wording; the same wording is parsed once."""
    return parse_program(source)
