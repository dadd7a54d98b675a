"""Records what persons decide about links, and takes it back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kg.config import Config
from kg.describe import StoredArticle, article_iri, normalise_name, recall_article
from kg.errors import QueryError
from kg.model import Entity, Link, Reading, Review
from kg.review.matching import find_reviewed
from kg.review.repair import Decide, Repair, load_reviews, load_triples, repair_article, save_reviews

if TYPE_CHECKING:
    from kg.store import Store

_QID = re.compile(r"(?:wd:)?[Qq]([1-9][0-9]{0,17})", re.ASCII)
_KG = "https://w3id.org/newskg/ontology#"


@dataclass(frozen=True, slots=True)
class Decision:
    """A link decision in the store: its IRI, the graph that holds it, and the name and kind of its entity."""

    iri: str
    graph: str
    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """What a person decided that an entity is, with what a catalogue tells of it; ``qid`` None: no item at all."""

    qid: str | None
    label: str | None = None
    kind: str | None = None
    classes: tuple[str, ...] = ()


def read_item_id(text: str) -> str | None:
    """The QID that ``text`` is ("Q30", "wd:q30"), or None for "none"; ValueError for anything else."""
    wanted = text.strip()
    if wanted.lower() == "none":
        return None
    if match := _QID.fullmatch(wanted):
        return f"Q{match[1]}"
    raise ValueError(f"{text!r} is no Wikidata item; give a QID such as Q30, or none")


def find_decisions(
    store: Store, *, decision: str | None = None, entities: Sequence[str] = (), article: str | None = None
) -> list[Decision]:
    """The decision of this IRI, or those that ended in one of ``entities``; of the graph ``article`` only, if given."""
    from kg.store import Term

    nodes = " ".join(Term("iri", entity).format() for entity in entities)
    graph = f"VALUES ?g {{ {Term('iri', article).format()} }} " if article else ""
    wanted = f"VALUES ?e {{ {nodes} }} " if nodes else ""
    only = f"FILTER(?d = {Term('iri', decision).format()})" if decision else ""
    rows = store.select(
        f"SELECT ?g ?d ?name ?kind WHERE {{ {graph}{wanted}GRAPH ?g {{ ?d <{_KG}entity> ?e ; <{_KG}readName> ?name "
        f"OPTIONAL {{ ?d <{_KG}readKind> ?kind }} {only} }} }}"
    ).rows
    found = {Decision(str(d), str(g), str(name), str(kind or "").rpartition("#")[2]) for g, d, name, kind in rows}
    return sorted(found, key=lambda d: (d.graph, len(d.iri), d.iri))


def record_review(
    store: Store, decision: Decision, item: Item, config: Config, *, reviewer: str, everywhere: bool = False
) -> Repair:
    """Records that a person decided which item an entity is, and writes it into the stored articles that it holds for.

    It holds for the entity of that decision, in later runs known by the places of its mentions, or ``everywhere`` for
    all entities of its name and kind. An earlier review of the same is replaced. Raises QueryError for a decision that
    is not there, StoreError when the store cannot be written.
    """
    made = datetime.now(UTC).isoformat(timespec="seconds")
    stored, entity = _recall_entity(store, decision, config)
    review = Review(
        entity.name, entity.kind, reviewer, made, item.qid, label=item.label, item_kind=item.kind, classes=item.classes
    )
    if not everywhere:
        spans = tuple(sorted({(m.passage.start, m.passage.end) for m in entity.mentions}))
        review = replace(review, article=stored.reading.article.id, spans=spans, text_sha256=stored.text_sha256)
    reviews = [r for r in load_reviews(store, config) if not _is_about(r, stored, entity, everywhere=everywhere)]
    save_reviews(store, config, [*reviews, review])
    return _spread_reviews(store, decision, config, everywhere=everywhere)


def withdraw_review(
    store: Store, decision: Decision, config: Config, decide: Decide, *, everywhere: bool = False
) -> Repair:
    """Takes a person's decision back, and lets the machine decide again; QueryError when there is none."""
    stored, entity = _recall_entity(store, decision, config)
    reviews = load_reviews(store, config)
    kept = [r for r in reviews if not _is_about(r, stored, entity, everywhere=everywhere)]
    if len(kept) == len(reviews):
        place = "for all articles" if everywhere else "in this article"
        raise QueryError(
            f"nobody decided {place} what {decision.name!r} is; kg links --reviewed lists what was decided"
        )
    save_reviews(store, config, kept)
    return _spread_reviews(store, decision, config, everywhere=everywhere, decide=decide)


def forget_reviews(store: Store, graph: str, config: Config) -> int:
    """Removes what persons decided in the article that names ``graph``, and gives how many decisions that were."""
    reviews = load_reviews(store, config)
    kept = [r for r in reviews if r.article is None or article_iri(r.article, base=config.base) != graph]
    if len(kept) < len(reviews):
        save_reviews(store, config, kept)
    return len(reviews) - len(kept)


def _recall_entity(store: Store, decision: Decision, config: Config) -> tuple[StoredArticle, Entity]:
    stored = recall_article(load_triples(store, decision.graph), decision.graph, base=config.base)
    for entity in stored.reading.entities if stored else ():
        if stored and stored.names.node("link", entity.id) == decision.iri:
            return stored, entity
    raise QueryError(f"no decision {decision.iri} in the store; kg links lists them")


def _is_about(review: Review, stored: StoredArticle, entity: Entity, *, everywhere: bool) -> bool:
    if everywhere:
        same_name = normalise_name(review.name) == normalise_name(entity.name)
        return review.article is None and review.kind == entity.kind and same_name
    if review.article != stored.reading.article.id:
        return False
    return entity in find_reviewed(stored.reading, review, text_sha256=stored.text_sha256)


def _spread_reviews(
    store: Store, decision: Decision, config: Config, *, everywhere: bool, decide: Decide | None = None
) -> Repair:
    """Writes the reviews into the graph of a decision, or into all that have an entity of its name.

    With ``decide``, what persons decided there is decided again first.
    """
    graphs = [decision.graph]
    if everywhere:
        rows = store.select(f"SELECT ?g ?name WHERE {{ GRAPH ?g {{ ?d <{_KG}readName> ?name }} }}").rows
        wanted = normalise_name(decision.name)
        graphs = sorted({str(g) for g, name in rows if normalise_name(str(name)) == wanted})
    reviews = load_reviews(store, config)
    total = Repair()
    for graph in graphs:
        by_person = _is_by_person if decide else _is_never
        total.add(repair_article(store, graph, config, decide or _decide_nothing, reviews=reviews, wanted=by_person))
    return total


def _is_by_person(link: Link) -> bool:
    return link.method == "person"


def _is_never(link: Link) -> bool:
    return False


def _decide_nothing(reading: Reading) -> Sequence[Link]:
    return ()
