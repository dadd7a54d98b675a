"""Finds the canned queries and reads their headers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kg.errors import QueryError

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_HEADER = re.compile(r"#\s*(question|parameter|columns):\s*(.+)")
_PARAMETER = re.compile(r"(\w+) \((required|optional)\) - (.+)")
_PLACE = re.compile(r"^[ \t]*VALUES \?(\w+) \{ UNDEF \}[ \t]*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a canned query that the asker gives a value; ``meaning`` says which values it takes."""

    name: str
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class CannedQuery:
    """A query with the question it answers; ``text`` is SPARQL 1.1 that any store can run as it stands."""

    name: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    text: str

    def fill_in(self, values: dict[str, str]) -> str:
        """The text with SPARQL terms (parted by spaces) for parameters, and without those that have none."""
        return _PLACE.sub(
            lambda place: f"VALUES ?{place[1]} {{ {values[place[1]]} }}\n" if place[1] in values else "", self.text
        )


def list_queries() -> list[CannedQuery]:
    """All canned queries, sorted by name."""
    return [_read_query(file) for file in sorted(_find_folder().glob("*.rq"))]


def load_query(name: str) -> CannedQuery:
    """The canned query of this name; QueryError, with the nearest name, when there is none."""
    known = sorted(file.stem for file in _find_folder().glob("*.rq"))
    if name not in known:
        near = get_close_matches(name.lower(), known, n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise QueryError(f"unknown query {name!r}; {hint}known are: {', '.join(known)}; or give SPARQL")
    return _read_query(_find_folder() / f"{name}.rq")


def is_query_name(text: str) -> bool:
    """Whether ``text`` can only be the name of a canned query, not SPARQL."""
    return _NAME.fullmatch(text.strip()) is not None


def _find_folder() -> Path:
    here = Path(__file__).parent
    for folder in (here / "queries", here.parents[1] / "queries"):
        if folder.is_dir():
            return folder
    raise QueryError("the canned queries are not installed; install newskg again, or give SPARQL")


def _read_query(file: Path) -> CannedQuery:
    text = file.read_text(encoding="utf-8")
    fields: dict[str, list[str]] = {"question": [], "parameter": [], "columns": []}
    for line in text.split("\n"):
        header = _HEADER.fullmatch(line.strip())
        if not header:
            break
        fields[header[1]].append(header[2])
    parameters = []
    for described in fields["parameter"]:
        match = _PARAMETER.fullmatch(described)
        if not match or match[1] not in _PLACE.findall(text):
            raise QueryError(f"the query file {file} has a wrong header or no place for: {described!r}; mend it")
        parameters.append(Parameter(match[1], match[2] == "required", match[3]))
    if len(fields["question"]) != 1 or len(fields["columns"]) != 1:
        raise QueryError(f"the query file {file} needs one 'question' and one 'columns' in its header; mend it")
    columns = tuple(column.strip() for column in fields["columns"][0].split(","))
    return CannedQuery(file.stem, fields["question"][0], tuple(parameters), columns, text)
