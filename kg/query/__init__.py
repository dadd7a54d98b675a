"""Canned queries and export."""

from kg.query.export import choose_format, export_graph
from kg.query.library import CannedQuery, Parameter, list_queries, load_query
from kg.query.prefixes import PREFIXES, shorten_iri
from kg.query.resolve import find_article, find_entities
from kg.query.rows import Rows, write_csv, write_json, write_tsv
from kg.query.run import run_query

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
