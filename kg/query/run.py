"""The canned queries: found, given their parameters as terms, and run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from kg.errors import QueryError
from kg.properties import PROPERTIES
from kg.query.rows import PREFIXES, Rows, expand_name
from kg.store import Store, Term

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
    return [_read_query(file) for file in sorted(_find_folder().glob("*.rq"), key=lambda file: file.stem)]


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


_QID = re.compile(r"(?:wd:)?(Q[1-9][0-9]*)", re.IGNORECASE)
_PID = re.compile(r"(?:wdt:)?(P[1-9][0-9]*)", re.IGNORECASE)
_ABSOLUTE = re.compile('[A-Za-z][A-Za-z0-9+.-]*:[^\\s\x00-\x20\x7f-\x9f\ud800-\udfff<>"{}|\\\\^`]+')
_URL_SAFE = "%!$&'()*+,;=:@/?#[]~-._"

_ENTITIES = ("entity", "speaker", "about", "agent", "patient", "place")
_DAYS = ("since", "until")
_TYPE = re.compile(r"(?:plover:)?([A-Z]+(?:[ _-][A-Z]+)*)", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")

# Bound variables stand in the SELECT clause, because only there can a store replace them.
_LABELS = (
    "{ GRAPH ?article { ?entity skos:prefLabel ?label } } UNION { GRAPH ?article { ?entity skos:altLabel ?label } }"
)
_CALLED = f"SELECT DISTINCT ?label ?entity {{ {_LABELS} }}"
_PERSONS = "SELECT DISTINCT ?entity { GRAPH ?article { ?entity kg:kind kg:person } }"
_IDENTIFIED = "SELECT ?article ?id WHERE { GRAPH ?article { ?article dcterms:identifier ?id } }"
_LOCATED = "SELECT ?article ?url WHERE { GRAPH ?article { ?article schema:url ?url } }"
_HELD = "SELECT ?article WHERE { GRAPH ?article { ?article a schema:NewsArticle } }"


def find_entities(store: Store, text: str) -> list[str]:
    """The IRIs of the entities that ``text`` means: a QID, an IRI, or a name in any case, which may mean several.

    A name that nobody has means the one entity that has its words and others between them, or the one person whose
    last word it is. Raises QueryError, with names that are near, when no entity in the store is called so.
    """
    wanted = text.strip()
    if qid := _QID.fullmatch(wanted):
        return [PREFIXES["wd"] + qid[1].upper()]
    if expanded := expand_name(wanted):
        return [expanded]
    if "//" in wanted and _ABSOLUTE.fullmatch(wanted):
        return [wanted]
    folded = " ".join(wanted.lower().split())
    # The store compares: sending it the name is ten times as fast as fetching all labels.
    named = f"SELECT DISTINCT ?entity {{ {_LABELS} FILTER(LCASE(STR(?label)) = {Term('literal', folded).format()}) }}"
    found = sorted(str(row[0]) for row in store.select(named, prefixes=PREFIXES).rows)
    return found or [_find_longer(store, text, folded)]


def _find_longer(store: Store, text: str, folded: str) -> str:
    """The one entity that a longer name than ``folded`` calls so: "Mark T. Esper" for "mark esper" and for "esper"."""
    called: dict[str, set[str]] = {}
    for label, entity in store.select(_CALLED, prefixes=PREFIXES).rows:
        called.setdefault(str(label).lower(), set()).add(str(entity))
    wanted = folded.split()
    longer = {label: entities for label, entities in called.items() if _holds(label.split(), wanted)}
    meant = set().union(*longer.values())
    if len(wanted) == 1 and meant:
        meant &= {str(row[0]) for row in store.select(_PERSONS, prefixes=PREFIXES).rows}
    if len(meant) == 1:
        return meant.pop()
    near = sorted(longer)[:3] or get_close_matches(folded, called, n=3)
    near = near or sorted(label for label in called if wanted and set(wanted) <= set(label.split()))[:3]
    hint = f"; near are: {', '.join(repr(name) for name in near)}" if near else ""
    raise QueryError(f"no entity in the store is called {text!r}{hint}; give a QID, an IRI or a name")


def _holds(label: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether a label ends in the one wanted word, or has all of them in order from its first to its last word."""
    if label[-1:] != wanted[-1:] or (len(wanted) > 1 and label[:1] != wanted[:1]):
        return False
    words = iter(label)
    return all(word in words for word in wanted)


def find_article(store: Store, text: str) -> str:
    """The IRI of the article, which names its graph, that has this id, IRI or URL; QueryError when there is none."""
    wanted = text.strip()
    searches: list[tuple[str, str, Term]] = [(_IDENTIFIED, "id", Term("literal", text))]
    if ":" in wanted:
        clean = quote(wanted.encode("utf-8", "surrogatepass"), safe=_URL_SAFE)
        searches += [(_HELD, "article", Term("iri", iri)) for iri in (wanted, clean) if _ABSOLUTE.fullmatch(iri)]
        searches += [(_LOCATED, "url", Term("iri", iri)) for iri in (wanted, clean) if _ABSOLUTE.fullmatch(iri)]
    for query, variable, term in searches:
        found = {str(row[0]) for row in store.select(query, bindings={variable: term}, prefixes=PREFIXES).rows}
        if len(found) > 1:
            raise QueryError(
                f"{len(found)} articles have the URL {text!r}; name one by its id: {', '.join(sorted(found))}"
            )
        if found:
            return found.pop()
    raise QueryError(f"no article {text!r} in the store; give its id, IRI or URL (kg query articles lists them)")


def find_property(text: str) -> str:
    """The IRI of a property: an IRI, a prefixed name, a Wikidata property such as "P39", or what it is called."""
    wanted = text.strip()
    if pid := _PID.fullmatch(wanted):
        return PREFIXES["wdt"] + pid[1].upper()
    labels = {each.label: each.id for each in PROPERTIES}
    folded = " ".join(wanted.lower().split())
    if folded in labels:
        return PREFIXES["wdt"] + labels[folded]
    expanded = expand_name(wanted)
    if expanded is None and not ("//" in wanted and _ABSOLUTE.fullmatch(wanted)):
        near = get_close_matches(folded, labels, n=2)
        hint = f"; near are: {', '.join(repr(name) for name in near)}" if near else ""
        raise QueryError(
            f"{text!r} is no property{hint}; give an IRI, P39, or a name with one of: {', '.join(PREFIXES)}"
        )
    return expanded or wanted


def find_type(text: str) -> str:
    """The IRI of an event type, named in any case ("PROTEST", "leave office"); QueryError for what is no name."""
    wanted = _TYPE.fullmatch(text.strip())
    if not wanted:
        raise QueryError(f"{text!r} is no event type; give a name like PROTEST or LEAVE_OFFICE")
    return PREFIXES["plover"] + re.sub("[ -]", "_", wanted[1].upper())


def resolve_parameter(store: Store, name: str, text: str) -> Iterable[Term]:
    """The terms that ``text`` means as the parameter ``name``; other names than ours take ``text`` as it is."""
    if name in _ENTITIES:
        return [Term("iri", iri) for iri in find_entities(store, text)]
    if name == "article":
        return [Term("iri", find_article(store, text))]
    if name == "property":
        return [Term("iri", find_property(text))]
    if name == "type":
        return [Term("iri", find_type(text))]
    if name in _DAYS:
        return [Term("literal", check_day(text))]
    return [Term("literal", text)]


def check_day(text: str) -> str:
    """``text`` when it is a day, a month or a year in ISO 8601, without spaces around; QueryError for anything else."""
    wanted = text.strip()
    if _DAY.fullmatch(wanted):
        try:
            date.fromisoformat(wanted + "-01-01"[len(wanted) - 4 :] if len(wanted) < 10 else wanted)
        except ValueError:
            pass
        else:
            return wanted
    raise QueryError(f"{text!r} is no day; give one like 2020-01-07, 2020-01 or 2020")


def run_query(
    store: Store, query: str, parameters: Mapping[str, str] | None = None, *, limit: int | None = None
) -> Rows:
    """The rows of a canned query, named, or of SPARQL; at most ``limit`` of them.

    ``parameters`` gives texts that become terms: an ``entity``, ``speaker``, ``agent``, ``patient``, ``place`` or what
    claims are ``about`` is a QID, an IRI or a name, an ``article`` an id, an IRI or a URL, a ``property`` an id ("P39")
    or a name, a ``type`` one of events; ``since`` and ``until`` are ISO days, months or years. In SPARQL they bind
    variables of the SELECT clause. Prefixes of PREFIXES need no declaration.
    Raises QueryError for an unknown name, a missing or unknown parameter, a syntax error, or an update.
    """
    if not query.strip():
        raise QueryError("the query is empty; give the name of a canned query, or SPARQL")
    if limit is not None and limit < 0:
        raise QueryError(f"the limit cannot be {limit}; give 0 or more")
    given = dict(parameters or {})
    if is_query_name(query):
        canned = load_query(query.strip())
        _check_parameters(canned, given)
        # Each term is written by its own class, in SPARQL's syntax, after it was found legal.
        values = {
            name: " ".join(term.format() for term in resolve_parameter(store, name, text))
            for name, text in given.items()
        }
        answer = store.select(canned.fill_in(values))
    else:
        bindings = {}
        for name, text in given.items():
            terms = list(resolve_parameter(store, name, text))
            if len(terms) > 1:
                several = ", ".join(str(term) for term in terms)
                raise QueryError(f"{text!r} means {len(terms)} entities; give one of: {several}")
            bindings[name] = terms[0]
        answer = store.select(query, bindings=bindings, prefixes=PREFIXES)
    return Rows(answer.columns, tuple(islice(answer.rows, limit)))


def _check_parameters(query: CannedQuery, given: Mapping[str, str]) -> None:
    known = {parameter.name for parameter in query.parameters}
    for name in given:
        if name not in known:
            takes = f"it takes: {', '.join(sorted(known))}" if known else "it takes none"
            raise QueryError(f"the query {query.name!r} has no parameter {name!r}; {takes}")
    for parameter in query.parameters:
        if parameter.required and parameter.name not in given:
            raise QueryError(f"the query {query.name!r} needs the parameter {parameter.name!r}: {parameter.meaning}")
