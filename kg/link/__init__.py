"""Decides which Wikidata item each entity is."""

from kg.link.catalogue import Catalogue, JoinedCatalogue, SqliteCatalogue, fingerprint_catalogues, open_catalogue
from kg.link.linker import Linker, merge_linked

__all__ = [
    "Catalogue",
    "JoinedCatalogue",
    "Linker",
    "SqliteCatalogue",
    "fingerprint_catalogues",
    "merge_linked",
    "open_catalogue",
]
