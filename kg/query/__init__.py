"""Canned queries and export."""

from kg.query.export import choose_format, export_graph
from kg.query.links import StoredLink, WeighedItem, list_links
from kg.query.rows import PREFIXES, Rows, expand_name, shorten_iri, write_csv, write_json, write_tsv
from kg.query.run import CannedQuery, Parameter, find_article, find_entities, list_queries, load_query, run_query

__all__ = [
    "PREFIXES",
    "CannedQuery",
    "Parameter",
    "Rows",
    "StoredLink",
    "WeighedItem",
    "choose_format",
    "expand_name",
    "export_graph",
    "find_article",
    "find_entities",
    "list_links",
    "list_queries",
    "load_query",
    "run_query",
    "shorten_iri",
    "write_csv",
    "write_json",
    "write_tsv",
]
