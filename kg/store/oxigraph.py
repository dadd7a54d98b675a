"""Oxigraph in this process, on disk or in memory."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store.contract import XSD_BOOLEAN, Answer, Format, Row, Term, check_directory, explain_damage, explain_syntax

_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
}
_MERGED = ("turtle", "ntriples")
_PREFIXED = ("turtle", "trig")
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_ATTEMPTS = 8
_PAUSE = 0.1
_QUADS_PER_FLUSH = 40_000

OxTerm = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class OxigraphStore:
    """A store in a directory, or in memory when ``path`` is None.

    One process can write at a time. A read-only store takes no lock: it shows what was committed when it was opened,
    also while another process writes.
    """

    def __init__(self, path: Path | None = None, *, create: bool = True, read_only: bool = False) -> None:
        self.path = path
        self._place = f"the store {path}" if path else "the store in memory"
        self._read_only = read_only
        self._written = 0
        self._store: ox.Store | None = None
        if path is None:
            self._store = ox.Store()
            return
        check_directory(path, create=create and not read_only)
        self._store = self._open_reader(path) if read_only else self._open_writer(path)

    def _open_writer(self, path: Path) -> ox.Store:
        with self._translated("open"):
            path.mkdir(parents=True, exist_ok=True)
            return ox.Store(path)

    def _open_reader(self, path: Path) -> ox.Store:
        # A writer may swap files between two steps of opening; the next attempt sees the new ones.
        for _ in range(_ATTEMPTS - 1):
            try:
                return ox.Store.read_only(str(path))
            except PermissionError:
                break
            except (OSError, RuntimeError):
                time.sleep(_PAUSE)
        with self._translated("open"):
            return ox.Store.read_only(str(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Writes what is still only in the log to its tables, and frees the directory."""
        try:
            if self._store is not None and self._written and self.path:
                with self._translated("write to") as store:
                    store.flush()
        finally:
            self._store = None

    def replace_graph(self, name: str, nquads: Iterable[str]) -> int:
        """Makes the graph hold exactly these lines in one transaction; gives their number.

        A graph that already holds them is left alone. Raises ValueError for a line that is no N-Quad of the graph.
        """
        graph = ox.NamedNode(name)
        wanted = _parse_quads(graph, nquads)
        with self._translated("write to") as store:
            if set(store.quads_for_pattern(None, None, None, graph)) == wanted:
                return len(wanted)
            # Oxigraph commits an update as a whole. The terms are written by its own serialiser, never by us.
            triples = "\n".join(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in wanted)
            store.update(f"DROP SILENT GRAPH {graph} ; INSERT DATA {{ GRAPH {graph} {{\n{triples}\n}} }}")
            self._flush_sometimes(store, len(wanted))
        return len(wanted)

    def delete_graph(self, name: str) -> int:
        """Removes the graph in one transaction and gives how many quads it held."""
        graph = ox.NamedNode(name)
        with self._translated("write to") as store:
            held = sum(1 for _ in store.quads_for_pattern(None, None, None, graph))
            store.update(f"DROP SILENT GRAPH {graph}")
            self._flush_sometimes(store, held)
        return held

    def _flush_sometimes(self, store: ox.Store, quads: int) -> None:
        # Readers replay the whole log when they open the store, so it is kept short.
        before, self._written = self._written, self._written + max(quads, 1)
        if self.path and before // _QUADS_PER_FLUSH != self._written // _QUADS_PER_FLUSH:
            store.flush()

    def graph_names(self) -> list[str]:
        """The IRIs of all graphs, sorted."""
        with self._translated("read") as store:
            return sorted(str(graph.value) for graph in store.named_graphs())

    def select(
        self, query: str, *, bindings: Mapping[str, Term] | None = None, prefixes: Mapping[str, str] | None = None
    ) -> Answer:
        """The answer to a query that only reads; rows are found while they are taken."""
        substitutions: dict[ox.Variable, OxTerm] = {
            ox.Variable(name): _encode_term(term) for name, term in (bindings or {}).items()
        }
        with self._translated("read") as store:
            try:
                found = store.query(
                    query,
                    prefixes=dict(prefixes or {}),
                    use_default_graph_as_union=True,
                    substitutions=substitutions or None,
                )
            except SyntaxError as error:
                raise QueryError(explain_syntax(query, str(error), prefixes or ())) from error
            except UnicodeEncodeError as error:
                raise QueryError("the query holds a character that is no Unicode text; write it in UTF-8") from error
            except RuntimeError as error:
                if "SELECT projection" not in str(error):
                    raise
                raise QueryError(f"the query cannot take these parameters: {error}") from error
        if isinstance(found, ox.QueryBoolean):
            answer = Term("literal", str(bool(found)).lower(), XSD_BOOLEAN)
            return Answer(("answer",), iter([(answer,)]))
        if isinstance(found, ox.QueryTriples):
            # The union repeats a triple for each graph that holds it; a set of triples may not.
            return Answer(("subject", "predicate", "object"), self._rows(dict.fromkeys(found)))
        return Answer(tuple(variable.value for variable in found.variables), self._rows(found))

    def _rows(self, found: Iterable[Iterable[OxTerm | None]]) -> Iterator[Row]:
        with self._translated("read"):
            for solution in found:
                yield tuple(None if term is None else _decode_term(term) for term in solution)

    def write_quads(
        self,
        target: BinaryIO,
        syntax: Format,
        *,
        graph: str | None = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        """Writes all graphs, or one, sorted; errors of ``target`` pass through as they are."""
        quads = self._merged_triples(graph) if syntax in _MERGED else self._sorted_quads(graph)
        if syntax in _PREFIXED:
            lines = _TurtleLines(target)
            ox.serialize(quads, cast(BinaryIO, lines), format=_FORMATS[syntax], prefixes=dict(prefixes or {}))
            lines.finish()
        else:
            ox.serialize(quads, target, format=_FORMATS[syntax])

    def _sorted_quads(self, graph: str | None) -> Iterator[ox.Quad]:
        for name in [graph] if graph else self.graph_names():
            with self._translated("read") as store:
                yield from sorted(store.quads_for_pattern(None, None, None, ox.NamedNode(name)), key=_order)

    def _merged_triples(self, graph: str | None) -> Iterator[ox.Triple]:
        """Each triple once, subject by subject, so that only the subjects are held in memory."""
        where = ox.NamedNode(graph) if graph else None
        with self._translated("read") as store:
            subjects = {quad.subject for quad in store.quads_for_pattern(None, None, None, where)}
            for subject in sorted(subjects, key=str):
                quads = store.quads_for_pattern(subject, None, None, where)
                yield from (quad.triple for quad in sorted({quad.triple: quad for quad in quads}.values(), key=_order))

    @contextmanager
    def _translated(self, deed: str) -> Iterator[ox.Store]:
        """Gives the open store, and turns what goes wrong with it into a StoreError."""
        if self._store is None and deed != "open":
            raise StoreError(f"{self._place} is closed; open it again")
        try:
            yield self._store  # type: ignore[misc]
        except (OSError, RuntimeError) as error:
            raise StoreError(explain_damage(self._place, deed, error, read_only=self._read_only)) from error
        except BaseException as error:
            # A panic of the Rust library is no Exception; nothing but damaged files is known to cause one.
            if type(error).__name__ != "PanicException":
                raise
            raise StoreError(explain_damage(self._place, deed, error, read_only=self._read_only)) from error


class _TurtleLines:
    """Passes Turtle on with its prefixes in order, which Oxigraph shuffles, and an empty line before each subject."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._rest = b""
        self._prefixes: list[bytes] | None = []

    def write(self, data: bytes) -> int:
        # No literal spans lines here: Oxigraph escapes the line ends in them.
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._write_line(line + b"\n")
        return len(data)

    def _write_line(self, line: bytes) -> None:
        if line.startswith(b"@prefix ") and self._prefixes is not None:
            self._prefixes.append(line)
            return
        self._write_prefixes()
        self._target.write(line if line.startswith((b"\t", b"}")) else b"\n" + line)

    def _write_prefixes(self) -> None:
        self._target.write(b"".join(sorted(self._prefixes or ())))
        self._prefixes = None

    def flush(self) -> None:
        self._target.flush()

    def finish(self) -> None:
        """Writes what is left."""
        self._write_prefixes()
        self._target.write(self._rest)


def _parse_quads(graph: ox.NamedNode, nquads: Iterable[str]) -> set[ox.Quad]:
    try:
        quads = set(ox.parse("\n".join(nquads).encode(), format=ox.RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise ValueError(f"not N-Quads: {error}") from error
    for quad in quads:
        if quad.graph_name != graph:
            raise ValueError(f"a quad of {quad.graph_name} cannot go into the graph {graph}")
        if ox.BlankNode in (type(quad.subject), type(quad.object)):
            raise ValueError(f"the graph {graph} has a blank node, so it could not be compared with itself")
    return quads


def _order(statement: ox.Quad) -> tuple[str, bool, str, str]:
    """Sorts by subject, what it is before what it has."""
    predicate = statement.predicate.value
    return str(statement.subject), predicate != _TYPE, predicate, str(statement.object)


def _encode_term(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    try:
        if term.kind == "iri":
            return ox.NamedNode(term.value)
        if term.kind == "blank":
            return ox.BlankNode(term.value)
        if term.language:
            return ox.Literal(term.value, language=term.language)
        return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype) if term.datatype else None)
    except ValueError as error:
        raise QueryError(f"{term.value!r} is no legal {term.kind}: {error}") from error


def _decode_term(term: OxTerm) -> Term:
    if isinstance(term, ox.NamedNode):
        return Term("iri", term.value)
    if isinstance(term, ox.BlankNode):
        return Term("blank", term.value)
    if isinstance(term, ox.Literal):
        return Term("literal", term.value, "" if term.language else term.datatype.value, term.language or "")
    return Term("literal", str(term))
