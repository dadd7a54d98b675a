"""Writes graphs as JSON-LD with our prefixes."""

from __future__ import annotations

import io
import json
from typing import BinaryIO

from kg.query.prefixes import PREFIXES, shorten_iri
from kg.store import Store

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
