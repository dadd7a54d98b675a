"""Decides which Wikidata item each entity is."""

from kg.link.catalogue import Catalogue, SqliteCatalogue, open_catalogue
from kg.link.linker import Linker, merge_linked

__all__ = ["Catalogue", "Linker", "SqliteCatalogue", "merge_linked", "open_catalogue"]
