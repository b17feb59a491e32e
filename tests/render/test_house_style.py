"""House styles: what compiles, what is kept of it, and what is refused with its place."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from documents import managed_hosting
from test_render_docx import STANDARD, part, rendered, standard

from slacontracts.errors import SourceError, WordFileError
from slacontracts.render.docx import render_docx
from slacontracts.render.house_style import (
    COMPILED_FORM,
    HouseStyle,
    compile_house_style,
    load_house_style,
)
from slacontracts.word.reading import text_of_docx


def changed(name: str, old: str, new: str) -> bytes:
    """Return the standard house style with one change in one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(STANDARD) as before, zipfile.ZipFile(out, "w") as after:
        for member in before.namelist():
            content = before.read(member).decode()
            if member == name:
                assert old in content
                content = content.replace(old, new)
            after.writestr(member, content)
    return out.getvalue()


def render(style: HouseStyle) -> bytes:
    return render_docx(managed_hosting(), style, version="3", execution=False)


def test_the_compiled_form_survives_json() -> None:
    kept = standard().to_json()

    loaded = load_house_style(kept)

    assert loaded.to_json() == kept
    assert render(loaded) == render(standard())


def test_a_compiled_form_of_another_kind_is_not_loaded() -> None:
    other = standard().to_json().replace(f'"form":{COMPILED_FORM}', '"form":0')

    with pytest.raises(ValueError, match="compile"):
        load_house_style(other)


def test_rendering_from_the_compiled_form_imports_no_heavy_library(
    tmp_path: Path,
) -> None:
    kept = tmp_path / "style.json"
    kept.write_text(standard().to_json(), encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; import documents as d\n"
        "from slacontracts.render.house_style import load_house_style\n"
        "from slacontracts.render.docx import render_docx\n"
        f"style = load_house_style(Path({str(kept)!r}).read_text(encoding='utf-8'))\n"
        "render_docx(d.managed_hosting(), style, version='1', execution=False)\n"
        "print({'docxtpl', 'docx', 'lxml', 'jinja2'} & set(sys.modules))"
    )

    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        cwd=STANDARD.parents[2],
        env={"PYTHONPATH": f"{STANDARD.parents[2]}:{STANDARD.parents[2]}/tests/render"},
    )  # fmt: skip

    assert result.stdout.strip() == "set()"


def test_what_nobody_changes_is_copied_as_it_was_compressed() -> None:
    with zipfile.ZipFile(STANDARD) as archive:
        before = archive.getinfo("word/styles.xml")
    with zipfile.ZipFile(io.BytesIO(rendered(managed_hosting()))) as archive:
        after = archive.getinfo("word/styles.xml")

    assert (after.CRC, after.compress_size) == (before.CRC, before.compress_size)


@pytest.mark.parametrize(
    ("name", "tag", "instead", "says"),
    [
        pytest.param(
            "word/document.xml", "{{ agreement.title }}", "{{ agreemnt.title }}",
            'paragraph “{{ agreemnt.title }}”: "agreemnt.title" is not a tag of a house '
            'style; did you mean "agreement.title"?', id="misspelt",
        ),
        pytest.param(
            "word/header1.xml", "{{ agreement.id }}", "{{ agreement.idd }}",
            'word/header1.xml, paragraph', id="in a header",
        ),
        pytest.param(
            "word/document.xml", "{{ party.legal_name }}", "{{ party.leagl_name }}",
            'did you mean "party.legal_name"?', id="in a loop",
        ),
        pytest.param(
            "word/document.xml", "{%p endfor %}", "{%p endfr %}",
            "the marks do not fit", id="broken mark",
        ),
        pytest.param(
            "word/document.xml", "{{p body }}", "no body", "must stand once", id="no body",
        ),
        pytest.param(
            "word/document.xml", "{%p endfor %}",
            "{%p endfor %}</w:t></w:r></w:p><w:p><w:r><w:t>{{p wording }}",
            "or {{p wording }} in its place, must stand once", id="body and wording",
        ),
        pytest.param(
            "word/document.xml", "{%p if signatures %}", "{%p if signature_pairz %}",
            'did you mean "signature_pairs"?', id="misspelt pairs",
        ),
        pytest.param(
            "word/document.xml", "{{ organisation }}", "{{ organisation|safe }}",
            "is not a known way to write", id="filter",
        ),
        pytest.param(
            "word/document.xml", "{{ organisation }}", "{{ ''.__class__ }}",
            "only a value can be printed", id="escape",
        ),
        pytest.param(
            "word/document.xml", 'w:val="CoverTitle"', 'w:val="{{ agreement.id }}"',
            "only text may stand", id="in an attribute",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_found_with_its_place(
    name: str, tag: str, instead: str, says: str
) -> None:
    data = changed(name, tag, instead)

    with pytest.raises(SourceError) as refusal:
        compile_house_style(data, "templates/house/ours.docx")

    messages = [str(finding) for finding in refusal.value.findings]
    assert any(says in message for message in messages), messages
    assert all("templates/house/ours.docx" in message for message in messages)


def test_tags_that_word_has_cut_into_pieces_are_read() -> None:
    cut = '{{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t> organi</w:t></w:r><w:r><w:t>sation }}'

    style = compile_house_style(
        changed("word/document.xml", "{{ organisation }}", cut), "s.docx"
    )

    assert text_of_docx(render(style))[0] == "Northwind Hosting Ltd"


def test_words_of_the_designers_own_are_kept() -> None:
    data = changed(
        "word/document.xml", "{{ words.between }}", "Between R&amp;D &lt;us&gt;"
    )

    shown = text_of_docx(render(compile_house_style(data, "s.docx")))

    assert "Between R&D <us>" in shown


def test_a_boolean_cannot_be_printed() -> None:
    data = changed("word/document.xml", "{{ organisation }}", "{{ is_draft }}")

    with pytest.raises(WordFileError, match="not a text"):
        render(compile_house_style(data, "s.docx"))


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(WordFileError, match=r"s\.docx is not a Word file"):
        compile_house_style(b"PK", "s.docx")


def test_a_house_style_may_number_with_a_full_stop() -> None:
    data = changed(
        "word/numbering.xml", 'w:lvlText w:val="%1"', 'w:lvlText w:val="%1."'
    )

    shown = render(compile_house_style(data, "s.docx"))

    assert "REF _c_services \\w \\h" in part(shown)


def test_a_house_style_that_counts_otherwise_gets_our_labels_written_out() -> None:
    data = changed("word/numbering.xml", "(%3)", "%3/")

    shown = text_of_docx(render(compile_house_style(data, "s.docx")))

    assert "(a)\tuses Good Industry Practice;" in shown
