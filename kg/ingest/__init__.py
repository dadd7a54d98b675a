"""Turns files, pages and streams into articles."""

from kg.ingest.sources import read_sources
from kg.ingest.text import check_date

__all__ = ["check_date", "read_sources"]
