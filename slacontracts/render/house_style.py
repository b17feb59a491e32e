"""A Word file with tags in; a compiled house style out, which JSON can hold.

docxtpl, lxml and Jinja are needed only to compile. A compiled form that is kept
under the digest of the file spares the next start all of them.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from slacontracts.errors import SourceError
from slacontracts.jinja_text import Program
from slacontracts.model.finding import Finding, Origin, Severity
from slacontracts.render.docx_body import ParagraphMemory
from slacontracts.render.docx_filling import FilledPart
from slacontracts.render.docx_numbering import (
    ListLevel,
    NumberPlanner,
    restarting_nums,
)
from slacontracts.word.names import (
    NUMBERING_TYPE,
    STYLES_TYPE,
    THEME_TYPE,
    TYPES_PART,
)
from slacontracts.word.package import (
    Member,
    Package,
    packed,
    parse_part,
)

if TYPE_CHECKING:
    from slacontracts.render.house_style_looks import Looks

_STORY = re.compile(r"word/(?:header|footer|footnotes|endnotes)[0-9]*\.xml")
_NO_STYLES: Final = "it has no styles; open it in Word or LibreOffice and save it again"
COMPILED_FORM: Final = 5  # raised whenever the meaning of the compiled form changes


@dataclass(frozen=True, slots=True)
class Direction:
    """A house style in one direction of reading: programs, style ids and lists."""

    parts: Mapping[str, FilledPart]
    styles: Mapping[str, str]
    planner: NumberPlanner
    memory: ParagraphMemory = field(
        default_factory=ParagraphMemory, repr=False, compare=False
    )

    @property
    def levels(self) -> Mapping[str, ListLevel]:
        """The level of the native list to which each numbered style is linked."""
        return self.planner.levels


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """A compiled house style.

    file: what to call it in messages. digest: SHA-256 of the Word file. order: the
    members of a rendered file. copied: members that no rendering changes. numbering:
    the numbering part before and after the place of new lists. silent_num: the list
    that prints no numbers; ids above it are free. has_contents: the body begins
    with its list of contents. directions: "ltr" and "rtl".
    """

    file: str
    digest: str
    main: str
    order: tuple[str, ...]
    copied: Mapping[str, Member]
    numbering_part: str
    numbering: tuple[str, str]
    silent_num: int
    text_width: int
    has_contents: bool
    directions: Mapping[str, Direction]
    _members: dict[tuple[int, int], Member] = field(
        default_factory=dict, repr=False, compare=False
    )

    def numbering_member(self, abstract: int, restarts: int) -> Member:
        """Return the numbering part with a list for each schedule; remembered."""
        key = (abstract, restarts)
        member = self._members.get(key)
        if member is None:
            before, after = self.numbering
            nums = restarting_nums(abstract, self.silent_num + 1, restarts)
            member = packed(self.numbering_part, f"{before}{nums}{after}".encode())
            self._members[key] = member
        return member

    def to_json(self) -> str:
        """Return the compiled form as JSON."""
        import json
        from base64 import b64encode

        return json.dumps(
            {
                "form": COMPILED_FORM,
                "file": self.file,
                "digest": self.digest,
                "main": self.main,
                "order": self.order,
                "copied": {
                    name: [
                        one.method,
                        one.crc,
                        one.size,
                        b64encode(one.packed).decode(),
                    ]
                    for name, one in self.copied.items()
                },
                "numbering_part": self.numbering_part,
                "numbering": self.numbering,
                "silent_num": self.silent_num,
                "text_width": self.text_width,
                "has_contents": self.has_contents,
                "directions": {
                    name: _direction_data(direction)
                    for name, direction in self.directions.items()
                },
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )


def _direction_data(direction: Direction) -> dict[str, Any]:
    return {
        "parts": {
            part: [
                programs.before.nodes,
                programs.after.nodes,
                programs.text_before.nodes,
                programs.text_after.nodes,
            ]
            for part, programs in direction.parts.items()
        },
        "styles": dict(direction.styles),
        "levels": {
            style: list(asdict(level).values())
            for style, level in direction.levels.items()
        },
    }


def load_house_style(json_text: str | bytes) -> HouseStyle:
    """Return the house style of a compiled form; ValueError when it is of no use."""
    import json
    from base64 import b64decode

    data: dict[str, Any] = json.loads(json_text)
    if data.get("form") != COMPILED_FORM:
        raise ValueError("compiled by another version; compile the house style again")
    copied = {
        name: Member(name, method, crc, size, b64decode(body))
        for name, (method, crc, size, body) in data["copied"].items()
    }
    directions = {
        name: Direction(
            {
                part: FilledPart(*(Program(nodes) for nodes in programs))
                for part, programs in one["parts"].items()
            },
            one["styles"],
            NumberPlanner(_levels_from(one["levels"]), data["silent_num"] + 1),
        )
        for name, one in data["directions"].items()
    }
    return HouseStyle(
        data["file"],
        data["digest"],
        data["main"],
        tuple(data["order"]),
        copied,
        data["numbering_part"],
        (data["numbering"][0], data["numbering"][1]),
        data["silent_num"],
        data["text_width"],
        data["has_contents"],
        directions,
    )


def _levels_from(rows: Mapping[str, Any]) -> dict[str, ListLevel]:
    return {
        style: ListLevel(num, abstract, level, tuple(formats), text, indent)
        for style, (num, abstract, level, formats, text, indent) in rows.items()
    }


def compile_house_style(data: bytes, file: str) -> HouseStyle:
    """Compile a Word file with tags; see docs/house_styles.md for the tags.

    Raises WordFileError when the file is not fit to read, and SourceError, with a
    finding for each fault, when tags or styles are wrong.
    """
    from hashlib import sha256

    from slacontracts.render import docx_members as members
    from slacontracts.render import docx_style_reading as reading

    package, main, styles_part, numbering_part = _whole_package(data, file)
    styles = parse_part(package, styles_part)
    numbering = parse_part(package, numbering_part)
    ids, levels = reading.style_ids(styles), reading.list_levels(styles, numbering)
    trees = _parts_with_tags(package, main)
    looks = _looks(package, styles, trees[main])
    _require_seen(looks, ids, (styles_part, numbering_part), numbering, file)
    silent_num = members.first_free_num(numbering)
    directions = {
        name: Direction(
            _programs(trees, ids, main, file, is_rtl=is_rtl),
            reading.ids_for(ids, is_rtl=is_rtl),
            NumberPlanner(reading.levels_for(levels, is_rtl=is_rtl), silent_num + 1),
        )
        for name, is_rtl in (("ltr", False), ("rtl", True))
    }
    order, copied = members.members_of(package, main, numbering_part, set(trees))
    return HouseStyle(
        file,
        sha256(data).hexdigest(),
        main,
        order,
        copied,
        numbering_part,
        members.numbering_halves(numbering),
        silent_num,
        reading.text_width(trees[main]),
        reading.has_contents(trees[main]),
        directions,
    )


def _whole_package(data: bytes, file: str) -> tuple[Package, str, str, str]:
    """Return the Word file with all styles and lists; its body, styles and lists."""
    from slacontracts.render.docx_completion import completed
    from slacontracts.render.house_style_contents import cleaned, faults_of
    from slacontracts.word.gate import admit

    word_file = admit(data, file)
    main = word_file.main
    _require(list(faults_of(word_file)), file)
    package = cleaned(word_file)
    styles_part = _part_of_type(package, STYLES_TYPE)
    _require([] if styles_part else [(main, "", _NO_STYLES)], file)
    package, numbering_part = completed(
        package, main, styles_part, _part_of_type(package, NUMBERING_TYPE)
    )
    return package, main, styles_part, numbering_part


def _looks(package: Package, styles: Any, document: Any) -> "Looks":
    from slacontracts.render.house_style_looks import Looks

    theme = _part_of_type(package, THEME_TYPE)
    return Looks(styles, parse_part(package, theme) if theme else None, document)


def _require_seen(
    looks: "Looks",
    ids: Mapping[str, str],
    parts: tuple[str, str],
    numbering: Any,
    file: str,
) -> None:
    """Refuse a file in whose styles and lists the body could not be read."""
    from slacontracts.render import docx_style_reading as reading
    from slacontracts.render.docx_tables import TABLE_STYLE
    from slacontracts.render.house_style_looks import level_faults, look_faults

    names = (
        *reading.PARAGRAPH_STYLES,
        *(n + reading.ARABIC for n in reading.PARAGRAPH_STYLES),
    )
    used = {name: ids[name] for name in names if name in ids}
    found = [*look_faults(looks, used, ids[TABLE_STYLE])]
    faults = [(parts[0], "", f"the style “{name}”: {wrong}") for name, wrong in found]
    faults += [
        (parts[1], "", f"a level of a list: {wrong}")
        for wrong in level_faults(looks, numbering)
    ]
    _require(faults, file)


def _require(faults: list[tuple[str, str, str]], file: str) -> None:
    """Raise a SourceError for (part, paragraph, what is wrong) triples, if any."""
    if not faults:
        return
    findings = []
    for part, paragraph, wrong in faults:
        where = f"{part}, paragraph “{paragraph}”: " if paragraph else f"{part}: "
        findings.append(
            Finding(Severity.ERROR, "house-style", f"{where}{wrong}", Origin(file))
        )
    raise SourceError(
        f"{file} cannot be used as a house style: {findings[0].message}"
        + (f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""),
        tuple(findings),
    )


def _part_of_type(package: Package, content_type: str) -> str:
    """Return the name of the part of a kind, or nothing."""
    for override in parse_part(package, TYPES_PART):
        if override.get("ContentType") == content_type:
            return str(override.get("PartName")).lstrip("/")
    return ""


def _parts_with_tags(package: Package, main: str) -> dict[str, Any]:
    from slacontracts.render.docx_tags import has_tags

    trees: dict[str, Any] = {}
    for name in package.names:
        if name == main or _STORY.fullmatch(name):
            root = parse_part(package, name)
            if name == main or has_tags(root):
                trees[name] = root
    return trees


def _programs(
    trees: Mapping[str, Any],
    ids: Mapping[str, str],
    main: str,
    file: str,
    *,
    is_rtl: bool,
) -> dict[str, FilledPart]:
    from slacontracts.render.docx_style_reading import right_to_left
    from slacontracts.render.docx_tags import programs_of

    programs: dict[str, FilledPart] = {}
    faults: list[tuple[str, str, str]] = []
    for name, root in trees.items():
        tree = right_to_left(root, ids) if is_rtl else root
        part, wrong = programs_of(tree, is_main=name == main)
        faults += [(name, paragraph, text) for paragraph, text in wrong]
        if part is not None:
            programs[name] = part
    _require(faults, file)
    return programs
