"""Finds the terms that the asker means: entities by name, articles by id, properties by prefixed name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from urllib.parse import quote

from kg.errors import QueryError
from kg.query.prefixes import PREFIXES, expand_name
from kg.store import Store, Term

_QID = re.compile(r"(?:wd:)?(Q[1-9][0-9]*)", re.IGNORECASE)
_PID = re.compile(r"(?:wdt:)?(P[1-9][0-9]*)", re.IGNORECASE)
_ABSOLUTE = re.compile('[A-Za-z][A-Za-z0-9+.-]*:[^\\s\x00-\x20\x7f-\x9f\ud800-\udfff<>"{}|\\\\^`]+')
_URL_SAFE = "%!$&'()*+,;=:@/?#[]~-._"

# Bound variables stand in the SELECT clause, because only there can a store replace them.
_LABELS = (
    "{ GRAPH ?article { ?entity skos:prefLabel ?label } } UNION { GRAPH ?article { ?entity skos:altLabel ?label } }"
)
_CALLED = f"SELECT DISTINCT ?label {{ {_LABELS} }}"
_IDENTIFIED = "SELECT ?article ?id WHERE { GRAPH ?article { ?article dcterms:identifier ?id } }"
_LOCATED = "SELECT ?article ?url WHERE { GRAPH ?article { ?article schema:url ?url } }"
_HELD = "SELECT ?article WHERE { GRAPH ?article { ?article a schema:NewsArticle } }"


def find_entities(store: Store, text: str) -> list[str]:
    """The IRIs of the entities that ``text`` means: a QID, an IRI, or a name in any case, which may mean several.

    Raises QueryError, with names that are near, when no entity in the store is called so.
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
    if not found:
        labels = {str(row[0]).lower() for row in store.select(_CALLED, prefixes=PREFIXES).rows}
        near = get_close_matches(folded, labels, n=3)
        hint = f"; near are: {', '.join(repr(name) for name in near)}" if near else ""
        raise QueryError(f"no entity in the store is called {text!r}{hint}; give a QID, an IRI or a name")
    return found


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
    """The IRI of a property: an IRI, a prefixed name, or a Wikidata property such as "P39"."""
    wanted = text.strip()
    if pid := _PID.fullmatch(wanted):
        return PREFIXES["wdt"] + pid[1].upper()
    expanded = expand_name(wanted)
    if expanded is None and not ("//" in wanted and _ABSOLUTE.fullmatch(wanted)):
        raise QueryError(f"{text!r} is no property; give an IRI, P39, or a name with one of: {', '.join(PREFIXES)}")
    return expanded or wanted


def resolve_parameter(store: Store, name: str, text: str) -> Iterable[Term]:
    """The terms that ``text`` means as the parameter ``name``; other names than ours take ``text`` as it is."""
    if name == "entity":
        return [Term("iri", iri) for iri in find_entities(store, text)]
    if name == "article":
        return [Term("iri", find_article(store, text))]
    if name == "property":
        return [Term("iri", find_property(text))]
    return [Term("literal", text)]
