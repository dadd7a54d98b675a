"""Writes persons' decisions as a graph of their own, and reads them back."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.describe.recall import Triple
from kg.describe.terms import (
    DCTERMS,
    KG,
    RDF,
    WD,
    Names,
    fold_space,
    format_iri,
    format_literal,
    format_time,
    hash_parts,
    item_iri,
    normalise_name,
    unquote_part,
)
from kg.model import NamedGraph, Review

_SPAN = re.compile(r"offset_([0-9]+)_([0-9]+)$")


def review_graph(base: str) -> str:
    """The name of the graph of reviews."""
    return f"{base}reviews"


def describe_reviews(reviews: Iterable[Review], *, base: str) -> NamedGraph:
    """The RDF of reviews: sorted N-Quads lines in a graph of their own; ValueError for a QID or moment that is none."""
    graph = review_graph(base)
    lines: set[str] = set()
    for review in reviews:
        subject = f"{base}review/{_key(review)}"
        for predicate, term in _terms(review, base):
            lines.add(f"<{subject}> <{predicate}> {term} <{graph}> .")
    return NamedGraph(graph, tuple(sorted(lines)))


def _key(review: Review) -> str:
    place = [review.article, str(min(review.spans, default=(0, 0))[0])] if review.article is not None else []
    return hash_parts(review.kind, normalise_name(review.name), *place, digits=16)


def _terms(review: Review, base: str) -> Iterable[tuple[str, str]]:
    made = format_time(review.made)
    if made is None:
        raise ValueError(f"{review.made!r} is no moment of a review")
    yield RDF + "type", format_iri(KG + "Review")
    yield KG + "reviewedName", format_literal(fold_space(review.name))
    yield KG + "reviewedKind", format_iri(KG + review.kind)
    yield KG + "reviewedBy", format_literal(fold_space(review.reviewer))
    yield DCTERMS + "created", made
    if review.article is not None:
        names = Names(base, review.article)
        yield KG + "reviewedIn", format_iri(names.article)
        for start, end in review.spans:
            yield KG + "reviewedMention", format_iri(names.span(start, end))
    if review.text_sha256:
        yield KG + "reviewedHash", format_literal(review.text_sha256)
    if review.qid is not None:
        yield KG + "reviewedItem", format_iri(item_iri(review.qid))
    if review.label:
        yield KG + "itemLabel", format_literal(fold_space(review.label), language="en")
    if review.item_kind:
        yield KG + "itemKind", format_iri(KG + review.item_kind)
    for qid in review.classes:
        yield KG + "itemClass", format_iri(item_iri(qid))


def recall_reviews(triples: Sequence[Triple], *, base: str) -> list[Review]:
    """The reviews of the graph, the oldest first."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, _, value in triples:
        found[subject][predicate].append(value)
    reviews = [_recall(told, base) for told in found.values() if KG + "Review" in told[RDF + "type"]]
    return sorted(reviews, key=lambda review: (review.made, review.article or "", review.kind, review.name))


def _recall(told: dict[str, list[str]], base: str) -> Review:
    def one(predicate: str) -> str | None:
        return min(told[predicate], default=None)

    article = one(KG + "reviewedIn")
    item, kind = one(KG + "reviewedItem"), one(KG + "itemKind")
    spans = (_SPAN.search(iri) for iri in told[KG + "reviewedMention"])
    return Review(
        one(KG + "reviewedName") or "",
        (one(KG + "reviewedKind") or "").removeprefix(KG),
        one(KG + "reviewedBy") or "",
        one(DCTERMS + "created") or "",
        item.removeprefix(WD) if item else None,
        unquote_part(article.removeprefix(f"{base}article/")) if article else None,
        tuple(sorted((int(span[1]), int(span[2])) for span in spans if span)),
        one(KG + "reviewedHash"),
        one(KG + "itemLabel"),
        kind.removeprefix(KG) if kind else None,
        tuple(sorted(qid.removeprefix(WD) for qid in told[KG + "itemClass"])),
    )
