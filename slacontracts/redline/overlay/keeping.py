"""What is taken out of a file's text for a while in; it, by the number it left, out.

The numbers stand in attributes that are spelled like those by which Word counts its
sessions, which say nothing when files are compared.
"""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from lxml import etree

from slacontracts.redline.elements import P_PR, Element
from slacontracts.redline.pen import copied
from slacontracts.word.names import w

Stack: TypeAlias = tuple[str, ...]

AROUND: Final = w("rsidAround")  # the marks around it, the outermost first
HELD: Final = w("rsidHeld")  # what was here, or the marks that a paragraph's end had
LOCKED: Final = w("rsidLocked")  # a control that is only there to hold a table
NUMBERED: Final = w("rsidNumbered")  # a table in which cells came or went
GRID: Final = w("rsidGrid")  # its columns
SPAN: Final = w("rsidSpan")  # how many of them a cell had
NOTE: Final = w("rsidNote")  # the id of a note, which may get another
PART: Final = w("rsidPart")  # at a root: the part it was, of which there may be two
SHOWN: Final = w("rsidShown")  # the page number that a field showed
PLACE: Final = w("proofErr")  # stands for what was taken out; it takes no room


@dataclass(slots=True)
class Kept:
    """What was taken out of the text.

    joins: the ends of paragraphs that went. before: what stood before the paragraph in
    whose front its place is. around: the marks around what stayed.
    """

    elements: dict[str, Element] = field(default_factory=dict)
    around: set[str] = field(default_factory=set)
    before: set[str] = field(default_factory=set)
    joins: set[str] = field(default_factory=set)
    _last: int = 0

    def keep(self, element: Element) -> str:
        """Keep an element; return its number."""
        self._last += 1
        self.elements[str(self._last)] = element
        return str(self._last)

    def keep_around(self, mark: Element) -> str:
        """Keep a mark whose content stays; return its number."""
        number = self.keep(shell_of(mark))
        self.around.add(number)
        return number

    def back(self, number: str) -> Element:
        """Return a copy of what was kept."""
        return deepcopy(self.elements[number])

    def hold(self, element: Element, stack: Stack = ()) -> Element:
        """Put a place in an element's place, and keep it; return the place."""
        place = etree.Element(PLACE, {HELD: ""})
        element.addprevious(place)
        element.getparent().remove(element)
        element.tail = None
        place.set(HELD, self.keep(element))
        put_around(place, stack)
        return place

    def put_in_front(self, places: list[Element], paragraph: Element) -> None:
        """Put places that stand before a paragraph into it, as its first content."""
        start = 0 if paragraph.find(P_PR) is None else 1
        paragraph[start:start] = places
        self.before |= {one.get(HELD) for one in places if one.get(HELD)}

    def join(self, shell: Element) -> Element:
        """Return the place where a paragraph ended whose end is gone."""
        number = self.keep(shell)
        self.joins.add(number)
        return etree.Element(PLACE, {HELD: number})

    def forget(self, elements: Iterable[Element]) -> None:
        """Keep what stands in elements no longer: these are kept as they were."""
        for one in elements:
            for inside in one.iter():
                for name in (HELD, GRID):
                    self.elements.pop(inside.get(name, ""), None)


def shell_of(element: Element) -> Element:
    """Return an element as it is, without what it holds."""
    return etree.Element(element.tag, element.attrib, nsmap=element.nsmap)


def put_around(element: Element, stack: Stack) -> None:
    """Say which marks stood around an element."""
    if stack:
        element.set(AROUND, " ".join(stack))


def around(element: Element) -> Stack:
    """Return the marks that stood around an element."""
    return tuple(element.get(AROUND, "").split())


def empty_paragraph(paragraph: Element) -> Element:
    """Return a paragraph with its properties, and nothing in it."""
    out = shell_of(paragraph)
    found = paragraph.find(P_PR)
    if found is not None:
        out.append(copied(found))
    return out
