"""The rows of an answer, IRIs in short form, and the formats rows are written in."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from kg.properties import PROPERTIES
from kg.store import Row, Term

PREFIXES = {
    "kg": "https://w3id.org/newskg/ontology#",
    "plover": "https://w3id.org/newskg/ontology/event-type/",
    "schema": "http://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
    "gaf": "http://groundedannotationframework.org/gaf#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
}
# Our own nodes, below the base that is used unless the settings name another.
PREFIXES |= {
    prefix: f"https://w3id.org/newskg/id/{kind}/"
    for prefix, kind in {
        "art": "article",
        "ent": "entity",
        "link": "link",
        "run": "run",
        "soft": "software",
        "st": "statement",
        "evid": "evidence",
        "ev": "event",
        "claim": "claim",
    }.items()
}
_LABELS = {PREFIXES["wdt"] + each.id: each.label for each in PROPERTIES}
# What SPARQL and Turtle allow after the colon without escapes.
_LOCAL = re.compile(r"(?![.-])(?:[A-Za-z0-9_.-]|%[0-9A-Fa-f]{2})+(?<!\.)")


def shorten_iri(iri: str) -> str:
    """``wd:Q30`` for ``http://www.wikidata.org/entity/Q30``; an IRI of no known namespace stays as it is."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand_name(name: str) -> str | None:
    """The IRI of a prefixed name such as ``schema:name``; None when it is none of ours."""
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES and _LOCAL.fullmatch(local):
        return PREFIXES[prefix] + local
    return None


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer as a table; None is a cell without a value."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def as_text(self, *, labelled: bool = False) -> list[tuple[str, ...]]:
        """The cells as a reader wants them: known IRIs as prefixed names, literals as plain text.

        When ``labelled``, a property of Wikidata that the reader knows has its label after its name ("wdt:P6 head of
        government").
        """
        labels = _LABELS if labelled else {}
        return [tuple(_show(term, labels) for term in row) for row in self.rows]


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


def _show(term: Term | None, labels: Mapping[str, str]) -> str:
    if term is None:
        return ""
    if term.kind != "iri":
        return term.value
    return " ".join(filter(None, (shorten_iri(term.value), labels.get(term.value))))


def _bind(term: Term) -> dict[str, str]:
    bound = {"type": {"iri": "uri", "blank": "bnode", "literal": "literal"}[term.kind], "value": term.value}
    if term.language:
        bound["xml:lang"] = term.language
    elif term.kind == "literal" and term.datatype and not term.datatype.endswith("XMLSchema#string"):
        bound["datatype"] = term.datatype
    return bound
