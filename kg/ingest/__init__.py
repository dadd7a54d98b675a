"""Turns files, pages and streams into articles."""

from kg.ingest.sources import make_id, read_sources
from kg.ingest.text import check_date

__all__ = ["check_date", "make_id", "read_sources"]
