"""Canned queries and export."""

from kg.query.export import choose_format, export_graph
from kg.query.rows import PREFIXES, Rows, shorten_iri, write_csv, write_json, write_tsv
from kg.query.run import CannedQuery, Parameter, find_article, find_entities, list_queries, load_query, run_query

__all__ = [
    "PREFIXES",
    "CannedQuery",
    "Parameter",
    "Rows",
    "choose_format",
    "export_graph",
    "find_article",
    "find_entities",
    "list_queries",
    "load_query",
    "run_query",
    "shorten_iri",
    "write_csv",
    "write_json",
    "write_tsv",
]
