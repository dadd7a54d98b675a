"""Reads an article: sentences, tags, names and entities."""

from kg.read.reader import Reader, load_pipeline

__all__ = ["Reader", "load_pipeline"]
