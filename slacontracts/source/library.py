"""The files of one revision in; the clause library and templates, and findings, out."""

import re
from collections.abc import Iterable, Mapping

from slacontracts.model.clause import ValueRule
from slacontracts.model.finding import Finding, Origin, Severity, has_errors
from slacontracts.model.library import Library, TemplateSource
from slacontracts.model.template import Template
from slacontracts.source.clause_folder import ClauseFolder, read_clause_folder
from slacontracts.source.library_links import clause_links, template_links
from slacontracts.source.library_values import declared_values, value_faults
from slacontracts.source.model_faults import (
    UNKNOWN_FIELD,
    WRONG_VALUE,
    error_at,
    type_model,
)
from slacontracts.source.template_defaults import default_faults
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
    own is reported and left out; what only seems wrong because of that is not.
    """
    folders = _read_folders(files)
    values, origins, findings = declared_values(folders)
    hidden_by = _hiding_values(folders)
    faults = _clause_faults(folders, values, are_all_known=hidden_by is None)
    good = [one for one in folders if one.clause and not has_errors(faults[one.key])]
    names = [folder.key for folder in folders]
    for found in faults.values():
        findings.extend(found)
    for folder in good:
        findings.extend(clause_links(folder, names))
    templates, template_faults = _read_templates(files)
    for found in template_faults.values():
        findings.extend(found)
    linked = template_links(templates, names, values, _template_names(files))
    findings.extend(
        one for one in linked if hidden_by is None or one.code != UNKNOWN_FIELD
    )
    findings.extend(default_faults(templates, values))
    faulty = {name: found for name, found in faults.items() if has_errors(found)}
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
        faulty={n: _first_error(f) for n, f in {**faulty, **template_faults}.items()},
        values_hidden_by=hidden_by,
    )
    return library, tuple(findings)


def _clause_faults(
    folders: Iterable[ClauseFolder],
    values: Mapping[str, ValueRule],
    *,
    are_all_known: bool,
) -> dict[str, tuple[Finding, ...]]:
    """Return what each clause has of faults of its own, by key."""
    return {
        folder.key: (
            *folder.findings,
            *value_faults(folder, values, are_all_known=are_all_known),
        )
        for folder in folders
    }


def _hiding_values(folders: Iterable[ClauseFolder]) -> Origin | None:
    """Return the fault because of which it is not known what a clause declares."""
    for folder in folders:
        if folder.values is None:
            return _first_error(folder.findings)
    return None


def _first_error(findings: Iterable[Finding]) -> Origin:
    return next(one.origin for one in findings if one.severity is Severity.ERROR)


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
) -> tuple[dict[str, TemplateSource], dict[str, tuple[Finding, ...]]]:
    """Return the templates that can be used, and the faults of the others, by name."""
    templates: dict[str, TemplateSource] = {}
    faults: dict[str, tuple[Finding, ...]] = {}
    for name, path in _template_names(files).items():
        source, faults[name] = read_yaml(files[path], path)
        if source is None:
            continue
        template, faults[name] = type_model(Template, source.data, source.place_at)
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
            wrong = error_at(source.place("/level"), WRONG_VALUE, message)
            faults[name] = (wrong,)
    return templates, {name: found for name, found in faults.items() if found}
