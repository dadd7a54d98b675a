"""Decides which Wikidata item each entity is."""

from kg.link.catalogue import Catalogue, SqliteCatalogue, open_catalogue
from kg.link.linker import Linker

__all__ = ["Catalogue", "Linker", "SqliteCatalogue", "open_catalogue"]
