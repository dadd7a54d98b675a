"""Makes decisions about stored articles again, from what their graphs hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.config import Config
from kg.describe import (
    StoredArticle,
    Triple,
    describe_reviews,
    normalise_name,
    recall_article,
    recall_reviews,
    review_graph,
    rewrite_links,
)
from kg.model import Link, Reading, Review
from kg.review.matching import apply_reviews

if TYPE_CHECKING:
    from kg.store import Store

Decide = Callable[[Reading], Sequence[Link]]
_KG = "https://w3id.org/newskg/ontology#"
_TO_REPAIR = f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?d <{_KG}verdict> <{_KG}unavailable> }} }}"


@dataclass(slots=True)
class Repair:
    """The counts of decisions made again: ``changed`` came out otherwise, ``unavailable`` have no answer yet."""

    articles: int = 0
    decided: int = 0
    changed: int = 0
    unavailable: int = 0

    def add(self, other: Repair) -> None:
        """Adds the counts of another."""
        self.articles += other.articles
        self.decided += other.decided
        self.changed += other.changed
        self.unavailable += other.unavailable


def load_reviews(store: Store, config: Config) -> list[Review]:
    """All reviews in the store, the oldest first."""
    return recall_reviews(load_triples(store, review_graph(config.base)), base=config.base)


def save_reviews(store: Store, config: Config, reviews: Iterable[Review]) -> None:
    """Makes these all the reviews in the store."""
    graph = describe_reviews(reviews, base=config.base)
    store.replace_graph(graph.name, graph.quads)


def relink(
    config: Config,
    decide: Decide,
    *,
    articles: Sequence[str] | None = None,
    every: bool = False,
    on_article: Callable[[str, Repair], None] | None = None,
) -> Repair:
    """The counts of a run that decides again what had no answer in stored articles, or, if ``every``, all but reviews.

    Names, mentions, sentences, dates and titles are read from the graphs, so the articles' texts are not needed;
    ``decide`` gives the links of such a reading. ``articles`` are the graphs to repair, by default all. Each article
    is committed by itself. Persons' decisions stay, and are put in where a graph lacks them.
    """
    from kg.store import open_store

    total = Repair()
    with open_store(config.store, create=False) as store:
        reviews = load_reviews(store, config)
        for graph in _choose_graphs(store, config, articles, every=every):
            done = repair_article(store, graph, config, decide, reviews=reviews, wanted=None if every else _is_open)
            total.add(done)
            if on_article:
                on_article(graph, done)
    return total


def _is_open(link: Link) -> bool:
    return link.verdict == "unavailable"


def repair_article(
    store: Store,
    graph: str,
    config: Config,
    decide: Decide,
    *,
    reviews: Sequence[Review],
    wanted: Callable[[Link], bool] | None,
) -> Repair:
    """The counts for one article, whose ``wanted`` links are decided again (None: all that no person decided)."""
    triples = load_triples(store, graph)
    stored = recall_article(triples, graph, base=config.base)
    if stored is None:
        return Repair()
    again = {link.entity for link in stored.links if (wanted(link) if wanted else link.method != "person")}
    links = list(stored.links)
    if again:
        fresh = {link.entity: link for link in decide(stored.reading)}
        links = [fresh.get(link.entity, link) if link.entity in again else link for link in links]
    final = _write_links(
        store, triples, stored, apply_reviews(stored.reading, links, reviews, text_sha256=stored.text_sha256)
    )
    verdicts = [link.verdict for link in final if link.entity in again]
    before = {link.entity: (link.verdict, link.qid) for link in stored.links}
    changed = sum(before[link.entity] != (link.verdict, link.qid) for link in final)
    return Repair(int(bool(again) or changed > 0), len(again), changed, verdicts.count("unavailable"))


def _write_links(
    store: Store, triples: Sequence[Triple], stored: StoredArticle, links: Sequence[Link]
) -> Sequence[Link]:
    from kg.link import merge_linked

    shared = _share_links(stored, links)
    if list(shared) != list(stored.links):
        graph = rewrite_links(triples, stored, shared, merge_linked(stored.reading, shared))
        store.replace_graph(graph.name, graph.quads)
    return shared


def _share_links(stored: StoredArticle, links: Sequence[Link]) -> list[Link]:
    """The links, where entities that the graph cannot tell apart (one node, name and kind) share that of the first."""
    first: dict[tuple[str, str, str], Link] = {}
    shared = []
    for entity, link in zip(stored.reading.entities, links, strict=True):
        key = (stored.iris[entity.id], normalise_name(entity.name), entity.kind)
        shared.append(replace(first.setdefault(key, link), entity=entity.id))
    return shared


def _choose_graphs(store: Store, config: Config, articles: Sequence[str] | None, *, every: bool) -> list[str]:
    if articles is not None:
        return list(dict.fromkeys(articles))
    if every:
        return [name for name in store.graph_names() if name.startswith(f"{config.base}article/")]
    return sorted(str(row[0]) for row in store.select(_TO_REPAIR).rows)


def load_triples(store: Store, graph: str) -> list[Triple]:
    """All triples of a graph."""
    rows = store.select(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}").rows
    return [Triple(s.value, p.value, o.format(), o.value) for s, p, o in rows if s and p and o]
