"""What a store can do, and how its failures are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Literal, NamedTuple, Protocol, Self

from kg.errors import StoreError

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


# What RocksDB keeps data in: without CURRENT beside them it would start an empty database and remove them.
_DATA_FILES = re.compile(r"[0-9]+\.(sst|log|blob)|MANIFEST-.*")
_OWN_FILES = re.compile(r"LOCK|LOG(\.old\..*)?|IDENTITY|OPTIONS-.*|.*\.dbtmp")
_UPDATE = re.compile(r"(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE)
_PROLOGUE = re.compile(r"\s+|#[^\n]*|(?:BASE|PREFIX\s+\S*:)\s*<[^>]*>", re.IGNORECASE)
# Comments, IRIs and strings, where a colon makes no prefix.
_NO_NAMES = re.compile(
    r"<[^<>\s]*>|\"\"\".*?\"\"\"|'\''.*?'\''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|#[^\n]*", re.DOTALL
)
_PREFIX_DECLARED = re.compile(r"PREFIX\s+([A-Za-z][\w.-]*):", re.IGNORECASE)
_PREFIX_USED = re.compile(r"(?<![\w:?$@.-])([A-Za-z][\w.-]*):")
_POSITION = re.compile(r"error at (\d+):(\d+): ")

_BUSY = (
    "{place} could not be read ({detail}); if another process is writing to it, ask again, "
    "else it is damaged: put back a copy of it"
)
_DAMAGED = "{place} is damaged ({detail}); put back a copy of it, or fill a new one with kg populate"
_REASONS = (
    (("lock file", "lock hold"), "{place} is in use by another process; wait until that has ended, or name another"),
    (("read-write instance", "read only mode"), "{place} was opened to be read only; open it to write"),
    (
        ("No space left", "File too large", "Disk quota"),
        "the disk is full, so nothing can be written to {place}; free some space and run again (what it held is kept)",
    ),
    (("Permission denied",), "no permission to {deed} {place}; check who owns it, or name another"),
    (("Read-only file system",), "{place} is on a read-only file system; name another to write to"),
    (("File exists", "ot a directory"), "{place} cannot be a directory; name another path"),
)
_SIGNS_OF_DAMAGE = re.compile(r"corrupt|invalid|CURRENT|MANIFEST|\.sst|panic", re.IGNORECASE)


def explain_damage(place: str, deed: str, error: BaseException, *, read_only: bool = False) -> str:
    """What went wrong when ``deed`` ("open", "read", "write to") was done to ``place``."""
    detail = " ".join(str(error).split())
    message = "cannot {deed} {place}: {detail}; check the disk and the path"
    if _SIGNS_OF_DAMAGE.search(detail) or not isinstance(error, OSError):
        message = _BUSY if read_only else _DAMAGED
    for signs, known in _REASONS:
        if any(sign in detail for sign in signs):
            message = known
            break
    return message.format(place=place, deed=deed, detail=detail)


def explain_syntax(query: str, error: str, prefixes: Iterable[str] = ()) -> str:
    """Where a query breaks the SPARQL grammar, with the line; that it is an update; or which prefix it lacks."""
    start = 0
    while match := _PROLOGUE.match(query, start):
        start = match.end()
    if _UPDATE.match(query, start):
        return "a query can only read (SELECT, ASK, CONSTRUCT, DESCRIBE); kg populate and kg delete change the store"
    bare = _NO_NAMES.sub(" ", query)
    unknown = sorted(set(_PREFIX_USED.findall(bare)) - set(_PREFIX_DECLARED.findall(bare)) - set(prefixes))
    if unknown:
        return f"SPARQL syntax error: the query uses the prefix {unknown[0]}: and does not declare it (PREFIX)"
    position = _POSITION.match(error)
    if not position:
        return f"SPARQL syntax error: {' '.join(error.split())}"
    line, column = int(position[1]), int(position[2])
    lines = query.split("\n")
    shown = lines[line - 1].strip() if line <= len(lines) else ""
    rest = " ".join(error[position.end() :].split())
    if not shown:
        return f"SPARQL syntax error in line {line}, column {column}: {rest}"
    return f"SPARQL syntax error in line {line}, column {column}, at {shown[:80]!r}: {rest}"


def check_directory(path: Path, *, create: bool) -> None:
    """Raises StoreError unless a store can be opened at ``path`` without harm to what is there."""
    missing = f"there is no store at {path}; fill one with kg populate, or name another"
    try:
        names = sorted(entry.name for entry in path.iterdir())
    except FileNotFoundError:
        if create:
            return
        raise StoreError(missing) from None
    except NotADirectoryError as error:
        raise StoreError(f"{path} is a file, but a store is a directory; name another path") from error
    except OSError as error:
        raise StoreError(f"cannot open the store {path}: {error.strerror}; check its owner, or name another") from error
    if "CURRENT" in names:
        return
    if any(_DATA_FILES.fullmatch(name) for name in names):
        raise StoreError(
            f"the store {path} is damaged (the file CURRENT is missing); put back a copy of it, or name another"
        )
    if not all(_OWN_FILES.fullmatch(name) for name in names):
        raise StoreError(f"the directory {path} holds other files and is no store; name an empty or new directory")
    if not create:
        raise StoreError(missing)
