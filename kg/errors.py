"""All errors of the project, cut by how far the damage goes.

KGError
├── CatalogueError            one entity stays unlinked, and its graph says so
├── ArticleError              one article is skipped and reported, the rest goes on
│   ├── SourceError           the source cannot be had: missing, too large, refused
│   ├── ContentError          the source holds no readable English article
│   └── RecordError           one line of a JSONL source is broken
└── RunError                  the run stops with one clear line
    ├── ConfigError           a setting is unknown or has a value that cannot be
    ├── ModelError            the shipped model or catalogue is missing or damaged
    ├── DumpError             a dump for a catalogue cannot be read, is damaged or ends in the middle
    ├── QueryError            a query is unknown, lacks a parameter or has a syntax error
    └── StoreError            the store is locked, damaged, full or not there
"""

from __future__ import annotations


class KGError(Exception):
    """Anything that this package knows can go wrong; the message says what failed, with what, and what to do."""


class CatalogueError(KGError):
    """A catalogue could not answer; silence is never absence."""


class ArticleError(KGError):
    """One article could not be processed."""


class SourceError(ArticleError):
    """A source could not be opened, is too large, or was refused."""


class ContentError(ArticleError):
    """A source was opened but holds no English article text."""


class RecordError(ArticleError):
    """One record of a source with many is broken."""


class RunError(KGError):
    """The whole run cannot go on."""


class ConfigError(RunError):
    """A setting is unknown or its value is not possible."""


class ModelError(RunError):
    """The shipped model or catalogue is missing or damaged."""


class DumpError(RunError):
    """A dump, or a list of one's own, cannot be made a catalogue of."""


class QueryError(RunError):
    """A query is unknown, incomplete or wrong SPARQL."""


class StoreError(RunError):
    """The store is locked by another process, damaged, full or missing."""
