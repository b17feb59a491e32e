"""What differs between two versions in, its fields for programs out."""

from typing import Any

from slacontracts.model.change import BlockChange, ClauseChange, Piece, RowChange
from slacontracts.render.comparison_report import Report, kind_of, words_of


def comparison_object(report: Report) -> dict[str, Any]:
    """Return all that differs, as nested mappings and lists of text and numbers."""
    return {
        "agreement": report.subject,
        "title": report.title,
        "old": report.old.name,
        "new": report.new.name,
        "impacts": [
            {
                "subject": one.subject,
                "words": one.words,
                "customer": one.customer,
                "provider": one.provider,
                "path": one.path,
            }
            for one in report.impacts
        ],
        "clauses": [_clause(one) for one in report.comparison.clauses],
        "values": [
            {"path": one.path, "old": one.old, "new": one.new} for one in report.values
        ],
    }


def _clause(clause: ClauseChange) -> dict[str, Any]:
    return {
        "clause": clause.key,
        "change": clause.fate,
        "old_label": clause.old_label,
        "new_label": clause.new_label,
        "old_title": words_of(clause.title, "old"),
        "new_title": words_of(clause.title, "new"),
        "blocks": [_block(one) for one in clause.blocks if one.fate != "unchanged"],
    }


def _block(block: BlockChange) -> dict[str, Any]:
    return {
        "kind": kind_of(block),
        "change": block.fate,
        "old_label": block.old_label,
        "new_label": block.new_label,
        "old": words_of(block.pieces, "old"),
        "new": words_of(block.pieces, "new"),
        "pieces": _pieces(block.pieces),
        "rows": [_row(one) for one in block.rows if one.fate != "unchanged"],
    }


def _row(row: RowChange) -> dict[str, Any]:
    return {"change": row.fate, "cells": [_pieces(cell) for cell in row.cells]}


def _pieces(pieces: tuple[Piece, ...]) -> list[dict[str, str]]:
    return [{"change": one.fate, "text": one.text} for one in pieces]
