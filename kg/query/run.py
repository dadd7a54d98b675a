"""Runs a canned query or SPARQL, with parameters bound as terms."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from kg.errors import QueryError
from kg.query.library import CannedQuery, is_query_name, load_query
from kg.query.prefixes import PREFIXES
from kg.query.resolve import resolve_parameter
from kg.query.rows import Rows
from kg.store import Store


def run_query(
    store: Store, query: str, parameters: Mapping[str, str] | None = None, *, limit: int | None = None
) -> Rows:
    """The rows of a canned query, named, or of SPARQL; at most ``limit`` of them.

    ``parameters`` gives texts that become terms: an ``entity`` is a QID, an IRI or a name, an ``article`` an id, an
    IRI or a URL. In SPARQL they bind variables of the SELECT clause. Prefixes of PREFIXES need no declaration.
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
