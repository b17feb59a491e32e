"""All pairs of small files, each named for what it tries."""

from typing import Final

import pairs_of_columns
import pairs_of_corners
import pairs_of_formats
import pairs_of_headers
import pairs_of_objects
import pairs_of_scripts
import pairs_of_stories
import pairs_of_tables
import pairs_of_words
from redline_pieces import Pair

PAIRS: Final[tuple[Pair, ...]] = (
    *pairs_of_words.EDITS,
    *pairs_of_words.PARAGRAPHS,
    *pairs_of_formats.PAIRS,
    *pairs_of_tables.PAIRS,
    *pairs_of_columns.PAIRS,
    *pairs_of_stories.PAIRS,
    *pairs_of_headers.PAIRS,
    *pairs_of_objects.PAIRS,
    *pairs_of_scripts.PAIRS,
    *pairs_of_corners.PAIRS,
)
