"""Writes a store or one article as Turtle, TriG, N-Quads, N-Triples or JSON-LD."""

from __future__ import annotations

import io
import json
from pathlib import PurePath
from typing import BinaryIO

from kg.errors import QueryError
from kg.query.rows import PREFIXES, shorten_iri
from kg.query.run import find_article
from kg.store import Format, Store

_TYPE = PREFIXES["rdf"] + "type"


def write_jsonld(store: Store, target: BinaryIO, graphs: list[str]) -> None:
    """Writes the named graphs one after the other, so that only one of them is held in memory."""
    target.write(b'{"@context": ' + _dump(PREFIXES) + b',\n "@graph": [')
    for number, graph in enumerate(graphs):
        expanded = io.BytesIO()
        store.write_quads(expanded, "jsonld", graph=graph)
        for part in json.loads(expanded.getvalue()):
            nodes = b",\n   ".join(_dump(_compact_node(node)) for node in part["@graph"])
            opening = b",\n" if number else b"\n"
            target.write(opening + b'  {"@id": ' + _dump(part["@id"]) + b', "@graph": [\n   ' + nodes + b"]}")
    target.write(b"]}\n")


def _compact_node(node: dict[str, list[dict[str, str]]]) -> dict[str, object]:
    compact: dict[str, object] = {}
    for key, values in node.items():
        if key == "@id":
            compact[key] = shorten_iri(str(values))
        elif key == _TYPE:
            compact["@type"] = [shorten_iri(value["@id"]) for value in values]
        else:
            found = [_compact_value(value) for value in values]
            compact[shorten_iri(key)] = found[0] if len(found) == 1 else found
    return compact


def _compact_value(value: dict[str, str]) -> object:
    if "@id" in value:
        return {"@id": shorten_iri(value["@id"])}
    if set(value) == {"@value"}:
        return value["@value"]
    return {key: shorten_iri(text) if key == "@type" else text for key, text in value.items()}


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


SUFFIXES: dict[str, Format] = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nq": "nquads",
    ".nt": "ntriples",
    ".jsonld": "jsonld",
}
_NAMES: dict[str, Format] = {name: name for name in SUFFIXES.values()}


def choose_format(name: str | None, path: str | None = None) -> Format:
    """The format called ``name`` ("turtle", "ttl"), else the one of the suffix of ``path``; QueryError if neither."""
    if name is not None:
        wanted = name.strip().lower()
        found = _NAMES.get(wanted) or SUFFIXES.get(f".{wanted.lstrip('.')}")
        if found is None:
            raise QueryError(f"unknown format {name!r}; possible are: {', '.join(_NAMES)}")
        return found
    suffix = PurePath(path or "").suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(f"{suffix} ({name})" for suffix, name in SUFFIXES.items())
        raise QueryError(
            f"no format for {path or 'the output'!r}; end the file's name in one of {known}, or name a format"
        )
    return SUFFIXES[suffix]


def export_graph(store: Store, target: BinaryIO, format: str, *, article: str | None = None) -> None:
    """Writes the whole store, or the graph of one article (id, IRI or URL), to ``target``, sorted.

    "turtle" and "ntriples" hold triples: there the graphs are merged and each triple stands once. "trig", "nquads" and
    "jsonld" keep the graphs. Errors of ``target`` (a full disk) pass through as OSError; the caller sees to it that
    nothing half written is left. Raises QueryError for an unknown format or article.
    """
    syntax = choose_format(format)
    graph = None if article is None else find_article(store, article)
    if syntax == "jsonld":
        write_jsonld(store, target, store.graph_names() if graph is None else [graph])
    else:
        store.write_quads(target, syntax, graph=graph, prefixes=PREFIXES)
