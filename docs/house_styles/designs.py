"""The house styles that come with the product: the choices each of them makes."""

from collections.abc import Callable
from dataclasses import dataclass

import compact_pages
import public_sector_pages
import standard_pages
from style_sheet import Look, Style


@dataclass(frozen=True)
class Design:
    """A house style to be drawn.

    cover_styles, cover_table: what its first page needs. document_part: the pages.
    """

    look: Look
    cover_styles: Callable[[Look], tuple[Style, ...]]
    cover_table: Callable[[Look], str]
    document_part: Callable[[Look], str]


COMPACT = Look(
    accent="14505A",
    quiet="56636B",
    body_size=19,
    small_size=17,
    tiny_size=15,
    contents_size=18,
    heading_size=20,
    title_size=34,
    chapter_size=24,
    line=252,
    paragraph_space=70,
    heading_space=(180, 70),
    chapter_space=(300, 100),
    chapters_start_pages=False,
    cell_space=36,
    cell_line=240,
    cell_margin=70,
    fill_in_heights=(620, 340),
    margins=(1247, 1077, 1134, 1077),
    header=567,
    footer=510,
)
PUBLIC_SECTOR = Look(
    font="Times New Roman",
    arabic_font="Times New Roman",
    accent="1B2538",
    quiet="4A4F57",
    hairline="9AA0A8",
    alert="1B2538",
    body_size=22,
    small_size=20,
    tiny_size=18,
    contents_size=20,
    heading_size=24,
    title_size=52,
    chapter_size=32,
    has_small_capitals=True,
    line=290,
    paragraph_space=150,
    heading_space=(400, 160),
    cell_space=80,
    cell_line=264,
    cell_margin=100,
    margins=(1701, 1474, 1588, 1474),
    cover_margins=(1701, 1134),
)
DESIGNS = {
    "standard": Design(
        Look(),
        standard_pages.cover_styles,
        standard_pages.cover_table,
        standard_pages.document_part,
    ),
    "compact": Design(
        COMPACT,
        compact_pages.cover_styles,
        compact_pages.cover_table,
        compact_pages.document_part,
    ),
    "public-sector": Design(
        PUBLIC_SECTOR,
        public_sector_pages.cover_styles,
        public_sector_pages.cover_table,
        public_sector_pages.document_part,
    ),
}
