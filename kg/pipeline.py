"""The whole flow on one page: ingest, read, link, describe, store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from kg.config import Config
from kg.errors import ArticleError
from kg.ingest import check_date, read_sources
from kg.model import Article, Link, NamedGraph, Outcome, Reading, Review
from kg.review import apply_reviews, load_reviews

if TYPE_CHECKING:
    from kg.link import Catalogue, Explanation, Linker
    from kg.store import Store

__all__ = ["Outcome", "Summary", "Tools", "check_date", "explain_name", "make_json", "populate", "read_articles"]

_VERDICT, _UNAVAILABLE = "https://w3id.org/newskg/ontology#verdict", "https://w3id.org/newskg/ontology#unavailable"
_FROM_THE_TEXT = {"http://schema.org/mentions"}  # what a graph says of its article only once the article is read


Reads = Callable[[], Reading]


class Found(NamedTuple):
    """What a source gave; ``current`` is the name of its graph where what is stored is as new."""

    source: str
    item: Article | ArticleError
    current: str | None = None

    def find_article(self) -> Article | None:
        """The article, where it is to be read."""
        return self.item if isinstance(self.item, Article) and not self.current else None


class ArticleReader(Protocol):
    """What finds the entities of an article, and reads ahead where there are many."""

    def read(self, article: Article) -> Reading: ...

    def read_ahead(
        self, items: Iterable[Found], find_article: Callable[[Found], Article | None]
    ) -> Iterator[tuple[Found, Reads | None]]: ...


class Tools:
    """The reader and the linker, each made when first needed, because a run may turn out to need neither."""

    def __init__(self, config: Config, *, progress: Callable[[int, int], None] | None = None) -> None:
        self.config = config
        self.progress = progress

    @cached_property
    def reader(self) -> ArticleReader:
        """The shipped reading model."""
        from kg.read import Reader

        return Reader(self.config)

    @cached_property
    def linker(self) -> Linker:
        """The linker over the shipped catalogue, whose index is built at the first use, or over Wikidata, or both."""
        from kg.link import Linker

        first, *others = self.catalogues
        methods = self.config.wikidata.split(",")
        more = others[0] if others else None
        return Linker(first, more=more, methods=methods, min_score=self.config.min_score)

    @cached_property
    def catalogues(self) -> list[Catalogue]:
        """Where items are looked up, in order."""
        from kg.link import open_catalogue, open_wikidata

        return [
            open_wikidata(self.config) if name == "live" else open_catalogue(self.config, progress=self.progress)
            for name in self.config.wikidata.split(",")
        ]

    @cached_property
    def software(self) -> dict[str, str]:
        """What makes the graphs, with versions: when any of them changes, an article is worth reading again."""
        linker = fingerprint_package("kg.link")
        if self.config.min_score is not None:
            linker += f"-min-score-{self.config.min_score}"
        if self.config.catalogue or (self.config.own and self.config.own.exists()):
            from kg.link import fingerprint_catalogues

            linker += f"-{fingerprint_catalogues(self.config)}"
        if self.config.wikidata != "catalogue":
            linker += f"-{self.config.wikidata.replace(',', '-')}"
        return {"newskg": version("newskg"), "reader": fingerprint_package("kg.read"), "linker": linker}

    def describe(self, reading: Reading, links: Sequence[Link]) -> NamedGraph:
        """The RDF of one article, which names this software."""
        from kg.describe import build_graph

        return build_graph(reading, links, base=self.config.base, software=self.software)


def fingerprint_package(package: str) -> str:
    """Twelve hexadecimal digits that change with any file of ``package``: its code, its model, its catalogue."""
    spec = find_spec(package)
    digest = hashlib.sha256()
    for folder in map(Path, (spec and spec.submodule_search_locations) or ()):
        for file in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
            digest.update(f"{file.relative_to(folder).as_posix()}\0".encode())
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:12]


@dataclass(slots=True)
class Summary:
    """The counts of a run; ``unavailable`` entities stay unlinked until a later run finds the catalogue answering."""

    stored: int = 0
    unchanged: int = 0
    failed: int = 0
    entities: int = 0
    linked: int = 0
    unavailable: int = 0

    def add(self, outcome: Outcome) -> None:
        """Counts one outcome."""
        self.failed += outcome.error is not None
        self.unchanged += outcome.unchanged
        self.stored += outcome.error is None and not outcome.unchanged
        self.entities += outcome.entities
        self.linked += outcome.linked
        self.unavailable += outcome.unavailable


def populate(
    sources: Sequence[str],
    config: Config,
    *,
    published: str | None = None,
    again: bool = False,
    on_outcome: Callable[[Outcome], None] | None = None,
    tools: Tools | None = None,
) -> Summary:
    """The counts of a run that puts every article of ``sources`` into the store at ``config.store``.

    Each article is committed as a whole when it is done, so that a killed run loses nothing; an article whose graph
    was made from the same text by the same software is left as it is, unless ``again``. Links that a person decided
    (``kg.review``) stay as decided. ``on_outcome`` is called after each article. An ArticleError skips its article; a
    RunError stops the run; ValueError: ``published``.
    """
    from kg.store import open_store

    tools = tools or Tools(config)
    summary = Summary()
    items = read_sources(sources, config, published=published)
    with open_store(config.store) as store:
        reviews = load_reviews(store, config)
        found = (
            Found(source, item, None if again or isinstance(item, ArticleError) else _find_current(item, store, tools))
            for source, item in items
        )
        with closing(_look_ahead(found, tools)) as ahead:
            for each, read in ahead:
                outcome = _populate_one(each, read, store, tools=tools, reviews=reviews)
                summary.add(outcome)
                if on_outcome:
                    on_outcome(outcome)
    return summary


def read_articles(
    sources: Sequence[str], config: Config, *, published: str | None = None, tools: Tools | None = None
) -> Iterator[Outcome]:
    """The reading and links of every article of ``sources``, or the error that stopped it; no store is needed."""
    tools = tools or Tools(config)
    found = (Found(*each) for each in read_sources(sources, config, published=published))
    with closing(_look_ahead(found, tools)) as ahead:
        for each, read in ahead:
            yield _read_one(each, read, tools)


def make_json(outcome: Outcome) -> dict[str, object]:
    """The reading and links of ``outcome`` as the documented JSON object; ValueError when it has no reading."""
    from kg.describe import reading_to_json

    if outcome.reading is None:
        raise ValueError(f"{outcome.source} was not read")
    return reading_to_json(outcome.reading, outcome.links)


def explain_name(
    name: str, text: str, tools: Tools, *, kind: str | None = None, published: str | None = None
) -> Explanation:
    """How the decision about ``name`` comes about in an article that says ``text``; ValueError if that lacks it."""
    from kg.link import explain_link, put_name

    reading = tools.reader.read(Article("explained", text, published=published))
    return explain_link(tools.linker, *put_name(reading, name, kind))


def _look_ahead(items: Iterator[Found], tools: Tools) -> Generator[tuple[Found, Reads | None], None, None]:
    """Each item with what reads its article; the reader is made when the first one is to be read."""
    for item in items:
        if item.find_article() is None:
            yield item, None
        else:
            yield from tools.reader.read_ahead(chain([item], items), Found.find_article)


def _populate_one(
    found: Found, read: Reads | None, store: Store, *, tools: Tools, reviews: Sequence[Review]
) -> Outcome:
    outcome = _read_one(found, read, tools, reviews)
    if outcome.reading is None:
        return outcome
    graph = tools.describe(outcome.reading, outcome.links)
    return replace(outcome, graph=graph.name, quads=store.replace_graph(graph.name, graph.quads))


def _read_one(found: Found, read: Reads | None, tools: Tools, reviews: Sequence[Review] = ()) -> Outcome:
    source, item, current = found
    if isinstance(item, ArticleError):
        return Outcome(source, error=item)
    if read is None:
        return Outcome(source, article=item, graph=current, unchanged=True)
    from kg.link import merge_linked

    try:
        reading = read()
        reading, links = merge_linked(reading, apply_reviews(reading, tools.linker.link(reading), reviews))
        reading = tools.linker.complete(reading, links)
    except ArticleError as error:
        return Outcome(source, article=item, error=error)
    verdicts = [link.verdict for link in links]
    return Outcome(
        source,
        article=item,
        reading=reading,
        links=links,
        entities=len(reading.entities),
        linked=verdicts.count("linked"),
        unavailable=verdicts.count("unavailable"),
    )


def _find_current(article: Article, store: Store, tools: Tools) -> str | None:
    """The name of the stored graph when it says of the article what a new one would, and lacks no answer; else None."""
    graph = tools.describe(Reading(article), ())
    own = {line for line in graph.quads if line.startswith(f"<{graph.name}> ")}
    about = store.select(f"SELECT ?p ?o WHERE {{ GRAPH <{graph.name}> {{ <{graph.name}> ?p ?o }} }}")
    stored = {
        f"<{graph.name}> {p.format()} {o.format()} <{graph.name}> ."
        for p, o in about.rows
        if p and o and p.value not in _FROM_THE_TEXT
    }
    if stored != own:
        return None
    gaps = store.select(f"SELECT ?d WHERE {{ GRAPH <{graph.name}> {{ ?d <{_VERDICT}> <{_UNAVAILABLE}> }} }} LIMIT 1")
    return None if any(gaps.rows) else graph.name
