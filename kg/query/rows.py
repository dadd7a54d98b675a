"""The rows of an answer, and their standard text formats."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from typing import TextIO

from kg.query.prefixes import shorten_iri
from kg.store import Row, Term


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer as a table; None is a cell without a value."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def as_text(self) -> list[tuple[str, ...]]:
        """The cells as a reader wants them: known IRIs as prefixed names, literals as plain text."""
        return [tuple(_show(term) for term in row) for row in self.rows]


def write_csv(rows: Rows, target: TextIO) -> None:
    """Writes SPARQL's CSV: a header, and cells without the type of the term (https://www.w3.org/TR/sparql11-results-csv-tsv/)."""
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(rows.columns)
    for row in rows.rows:
        writer.writerow(["" if term is None else ("_:" if term.kind == "blank" else "") + term.value for term in row])


def write_tsv(rows: Rows, target: TextIO) -> None:
    """Writes SPARQL's TSV: a header of variables, and terms in Turtle's syntax."""
    target.write("\t".join(f"?{column}" for column in rows.columns) + "\n")
    for row in rows.rows:
        target.write("\t".join("" if term is None else term.format() for term in row) + "\n")


def write_json(rows: Rows, target: TextIO) -> None:
    """Writes SPARQL's JSON (https://www.w3.org/TR/sparql11-results-json/)."""
    found = [
        {column: _bind(term) for column, term in zip(rows.columns, row, strict=True) if term is not None}
        for row in rows.rows
    ]
    json.dump({"head": {"vars": rows.columns}, "results": {"bindings": found}}, target, ensure_ascii=False, indent=1)
    target.write("\n")


def _show(term: Term | None) -> str:
    if term is None:
        return ""
    return shorten_iri(term.value) if term.kind == "iri" else term.value


def _bind(term: Term) -> dict[str, str]:
    bound = {"type": {"iri": "uri", "blank": "bnode", "literal": "literal"}[term.kind], "value": term.value}
    if term.language:
        bound["xml:lang"] = term.language
    elif term.kind == "literal" and term.datatype and not term.datatype.endswith("XMLSchema#string"):
        bound["datatype"] = term.datatype
    return bound
