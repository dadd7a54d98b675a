"""Exports the store, or one article's graph, in the standard syntaxes of RDF."""

from __future__ import annotations

from pathlib import PurePath
from typing import BinaryIO

from kg.errors import QueryError
from kg.query.jsonld import write_jsonld
from kg.query.prefixes import PREFIXES
from kg.query.resolve import find_article
from kg.store import Format, Store

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
