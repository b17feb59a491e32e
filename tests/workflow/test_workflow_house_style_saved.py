"""A house style that Word has saved: its agreements are rendered again and again."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import Run
from docx import Document

ID = "SLA-2026-0001"


@pytest.mark.parametrize("which", [(ID,), ("--all",)], ids=["one", "all"])
def test_an_agreement_in_a_foreign_house_style_is_rendered_twice(
    contracts: Path, run: Run, tmp_path: Path, which: tuple[str, ...]
) -> None:
    style = Document()  # with properties of its own, docProps/app.xml
    style.add_paragraph("{{p body }}")
    style.save(str(contracts / "templates/house/standard.docx"))
    run("library", "save", "-m", "our own house style")
    run("library", "take", ID)
    target = tmp_path / "out"
    target.mkdir()

    run("render", *which, "-o", str(target))
    first = {file.name: file.read_bytes() for file in target.iterdir()}
    run("render", *which, "-o", str(target))

    with ZipFile(next(target.glob(f"{ID}*"))) as file:
        assert "word/header1.xml" not in file.namelist()  # the standard has one
    assert {file.name: file.read_bytes() for file in target.iterdir()} == first
