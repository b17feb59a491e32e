"""The settings of a Word file in; settings out by which every change is tracked."""

from typing import Any, Final

from slacontracts.word.names import w

# What the schema of settings has before `w:trackRevisions`.
_BEFORE_TRACKING: Final = frozenset(
    w(tag)
    for tag in (
        "writeProtection", "view", "zoom", "removePersonalInformation",
        "removeDateAndTime", "doNotDisplayPageBoundaries", "displayBackgroundShape",
        "printPostScriptOverText", "printFractionalCharacterWidth", "printFormsData",
        "embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts", "saveFormsData",
        "mirrorMargins", "alignBordersAndEdges", "bordersDoNotSurroundHeader",
        "bordersDoNotSurroundFooter", "gutterAtTop", "hideSpellingErrors",
        "hideGrammaticalErrors", "activeWritingStyle", "proofState", "formsDesign",
        "attachedTemplate", "linkStyles", "stylePaneFormatFilter",
        "stylePaneSortMethod", "documentType", "mailMerge", "revisionView",
    )
)  # fmt: skip
_REPLACED: Final = tuple(
    w(tag)
    for tag in (
        "trackRevisions", "doNotTrackMoves", "doNotTrackFormatting",
        "documentProtection",
    )
)  # fmt: skip


def enforce_tracking(settings: Any) -> None:
    """Let Word track every change of a file, and refuse to stop; no password."""
    for tag in _REPLACED:
        for old in settings.findall(tag):
            settings.remove(old)
    earlier = [at for at, one in enumerate(settings) if one.tag in _BEFORE_TRACKING]
    at = earlier[-1] + 1 if earlier else 0
    protection = {w("edit"): "trackedChanges", w("enforcement"): "1"}
    settings.insert(at, settings.makeelement(w("documentProtection"), protection))
    settings.insert(at, settings.makeelement(w("trackRevisions")))
