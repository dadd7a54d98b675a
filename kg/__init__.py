"""The knowledge-graph populator for news: who and what an article speaks of, as RDF with evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.config import Config
from kg.errors import (
    ArticleError,
    CatalogueError,
    ConfigError,
    ContentError,
    DumpError,
    KGError,
    ModelError,
    QueryError,
    RecordError,
    RunError,
    SourceError,
    StoreError,
)

if TYPE_CHECKING:
    from kg.pipeline import Summary, Tools, populate, read_articles

__all__ = [
    "ArticleError",
    "CatalogueError",
    "Config",
    "ConfigError",
    "ContentError",
    "DumpError",
    "KGError",
    "ModelError",
    "QueryError",
    "RecordError",
    "RunError",
    "SourceError",
    "StoreError",
    "Summary",
    "Tools",
    "populate",
    "read_articles",
]


def __getattr__(name: str) -> object:
    """The names of the pipeline, loaded when first asked for: ``import kg`` stays quick."""
    if name in __all__:
        from kg import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
