"""What somebody typed behind -o in; the format that is meant, and its place, out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeVar

PRINTED: Final = "-"
AnyFormat = TypeVar("AnyFormat", bound=str)


def meant_format(
    kind: AnyFormat | None,
    output: str | None,
    extensions: Mapping[AnyFormat, str],
    usual: AnyFormat,
) -> AnyFormat:
    """Return the format that was said, that the file's name says, or the usual one."""
    from slacontracts.workflow.hand_over import format_of, require_fitting_name

    if output is None or output == PRINTED or is_folder(output):
        return kind or usual
    if kind is None:
        return format_of(Path(output), extensions)
    require_fitting_name(Path(output), kind, extensions)
    return kind


def is_folder(output: str) -> bool:
    """Tell whether a folder is meant: one that is there, or that ends as one."""
    return output.endswith(("/", os.sep)) or Path(output).is_dir()
