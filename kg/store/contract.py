"""What every store can do, and the terms that its answers are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, Literal, NamedTuple, Protocol, Self

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
XSD_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"

Format = Literal["turtle", "trig", "nquads", "ntriples", "jsonld"]


class Term(NamedTuple):
    """An RDF term; ``value`` is the IRI, the blank node's label or the literal's text, and what ``str`` gives."""

    kind: Literal["iri", "literal", "blank"]
    value: str
    datatype: str = ""
    language: str = ""

    def __str__(self) -> str:
        return self.value

    def format(self) -> str:
        """The term in N-Triples syntax, which is also that of SPARQL and TSV; IRIs must be legal already."""
        if self.kind == "iri":
            return f"<{self.value}>"
        if self.kind == "blank":
            return f"_:{self.value}"
        quoted = '"' + "".join(_ESCAPED.get(character, character) for character in self.value) + '"'
        if self.language:
            return f"{quoted}@{self.language}"
        return quoted if self.datatype in ("", XSD_STRING) else f"{quoted}^^<{self.datatype}>"


_ESCAPED = {chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}
_ESCAPED |= {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}

Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: the names of the columns, and the rows as they are found; None is an unbound value.

    ASK gives one row in the column "answer"; CONSTRUCT and DESCRIBE give the columns subject, predicate, object.
    """

    columns: tuple[str, ...]
    rows: Iterator[Row]


class Store(Protocol):
    """Named graphs that are replaced and deleted as a whole, and asked in SPARQL.

    Every method may raise StoreError, with one line that says what to do.
    """

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def close(self) -> None:
        """Lets the store go; every later call raises StoreError."""

    def replace_graph(self, name: str, nquads: Iterable[str]) -> int:
        """Makes the graph hold exactly these N-Quads lines, all or none of it; gives their number."""

    def delete_graph(self, name: str) -> int:
        """Removes the graph and gives how many quads it held; 0 when there is none."""

    def graph_names(self) -> list[str]:
        """The IRIs of all graphs that hold something, sorted."""

    def select(
        self, query: str, *, bindings: Mapping[str, Term] | None = None, prefixes: Mapping[str, str] | None = None
    ) -> Answer:
        """The answer to a SPARQL query that only reads; its default graph is the union of all graphs.

        ``bindings`` gives values to variables of the SELECT clause, ``prefixes`` those that the query may leave
        undeclared. Raises QueryError for a syntax error, an update, or a binding that the query cannot take.
        """

    def write_quads(
        self,
        target: BinaryIO,
        syntax: Format,
        *,
        graph: str | None = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        """Writes all graphs, or one, sorted; "turtle" and "ntriples" merge them and write each triple once."""
