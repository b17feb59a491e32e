"""The anchors of a clean text in; those of the file that shows it among marks, out.

Both say the same once all is accepted, but for contents that could not be carried over:
these may be longer or shorter than those of the text.
"""

from slacontracts.model.anchors import Anchor, AnchorMap
from slacontracts.negotiate.reading.views import Text, views_of
from slacontracts.redline.words import steps
from slacontracts.word.gate import WordFile
from slacontracts.word.tracked import read_marked


def fitted_anchors(anchors: AnchorMap, clean: WordFile, sent: WordFile) -> AnchorMap:
    """Return an anchor for every paragraph of what is sent; none for a foreign one."""
    old, new = _text(clean), _text(sent)
    out = [Anchor()] * new.count
    keys = [[line.key for line in text.lines] for text in (old, new)]
    for what, before, after in steps(*keys):
        if what == "same":
            out[new.lines[after].number] = anchors[old.lines[before].number]
    return tuple(out)


def _text(file: WordFile) -> Text:
    """Return the body with all its changes accepted."""
    marked = read_marked(file, lambda _: True, {})
    return views_of(marked.stories.get("body", [])).after
