"""Decides which Wikidata item each entity is."""

from kg.link.catalogue import Catalogue, JoinedCatalogue, SqliteCatalogue, fingerprint_catalogues, open_catalogue
from kg.link.explain import Explanation, explain_link, put_name
from kg.link.linker import Linker
from kg.link.merge import merge_linked
from kg.link.wikidata import WikidataCatalogue, open_wikidata

__all__ = [
    "Catalogue",
    "Explanation",
    "JoinedCatalogue",
    "Linker",
    "SqliteCatalogue",
    "WikidataCatalogue",
    "explain_link",
    "fingerprint_catalogues",
    "merge_linked",
    "open_catalogue",
    "open_wikidata",
    "put_name",
]
