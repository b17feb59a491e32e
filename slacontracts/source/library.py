"""The files of one revision in; the clause library and templates, and findings, out."""

import re
from collections.abc import Mapping

from slacontracts.model.finding import Finding, has_errors
from slacontracts.model.library import Library, TemplateSource
from slacontracts.model.template import Template
from slacontracts.source.clause_folder import ClauseFolder, read_clause_folder
from slacontracts.source.library_links import clause_links, template_links
from slacontracts.source.library_values import declared_values, value_faults
from slacontracts.source.model_faults import WRONG_VALUE, error_at, type_model
from slacontracts.source.yaml_text import read_yaml

_CLAUSE = re.compile(r"clauses/([^/]+)/clause\.yaml")
_WORDING = re.compile(r"clauses/([^/]+)/([^/]+)\.md")
_TEMPLATE = re.compile(r"templates/((corporate|customer|service)/[^/]+)\.yaml")


def read_library(
    files: Mapping[str, bytes], revision: str
) -> tuple[Library, tuple[Finding, ...]]:
    """Read the library and templates of one revision.

    files: contents by path relative to the workspace; what is neither clause,
    wording nor template is passed over. A clause or template with an error of its
    own is reported and left out.
    """
    folders = _read_folders(files)
    values, origins, faults = declared_values(folders)
    findings = [*faults]
    good: list[ClauseFolder] = []
    for folder in folders:
        own = (*folder.findings, *value_faults(folder, values))
        findings.extend(own)
        if folder.clause is not None and not has_errors(own):
            good.append(folder)
    names = [folder.key for folder in folders]
    for folder in good:
        findings.extend(clause_links(folder, names))
    templates, template_faults = _read_templates(files)
    findings.extend(template_faults)
    findings.extend(template_links(templates, names, values, _template_names(files)))
    library = Library(
        revision=revision,
        clauses={folder.key: folder.clause for folder in good if folder.clause},
        texts={
            (folder.key, position, language): text
            for folder in good
            for (position, language), text in folder.texts.items()
        },
        templates=templates,
        values=values,
        value_origins=origins,
    )
    return library, tuple(findings)


def _read_folders(files: Mapping[str, bytes]) -> list[ClauseFolder]:
    wordings: dict[str, dict[str, bytes]] = {}
    for path in sorted(files):
        if match := _CLAUSE.fullmatch(path):
            wordings.setdefault(match[1], {})
        elif match := _WORDING.fullmatch(path):
            wordings.setdefault(match[1], {})[match[2]] = files[path]
    return [
        read_clause_folder(name, files.get(f"clauses/{name}/clause.yaml"), texts)
        for name, texts in wordings.items()
    ]


def _template_names(files: Mapping[str, bytes]) -> dict[str, str]:
    return {
        match[1]: path for path in sorted(files) if (match := _TEMPLATE.fullmatch(path))
    }


def _read_templates(
    files: Mapping[str, bytes],
) -> tuple[dict[str, TemplateSource], list[Finding]]:
    templates: dict[str, TemplateSource] = {}
    findings: list[Finding] = []
    for name, path in _template_names(files).items():
        source, faults = read_yaml(files[path], path)
        findings.extend(faults)
        if source is None:
            continue
        template, faults = type_model(Template, source.data, source.place_at)
        findings.extend(faults)
        if template is None:
            continue
        level = name.partition("/")[0]
        if template.level == level:
            templates[name] = TemplateSource(name, template, source)
        else:
            message = (
                f'the level is "{template.level}" but the file lies in '
                f"templates/{level}; move the file or change the level"
            )
            findings.append(error_at(source.place("/level"), WRONG_VALUE, message))
    return templates, findings
