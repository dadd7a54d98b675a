"""Puts persons' decisions in place of the machine's: which entities of a reading a review is about."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from kg.describe import normalise_name
from kg.model import Entity, Link, Reading, Review


def apply_reviews(
    reading: Reading, links: Sequence[Link], reviews: Sequence[Review], *, text_sha256: str | None = None
) -> tuple[Link, ...]:
    """The links with persons' decisions in place of the machine's: the latest, those for the article before others.

    ``text_sha256`` is the fingerprint of the whole text where the reading has not all of it.
    """
    if not reviews:
        return tuple(links)
    decided: dict[str, Review] = {}
    named: dict[str, list[Review]] = defaultdict(list)
    here: list[Review] = []
    for review in reviews:
        if review.article is None:
            named[normalise_name(review.name)].append(review)
        elif review.article == reading.article.id:
            here.append(review)
    for entity, link in zip(reading.entities, links, strict=True):
        for review in named.get(normalise_name(entity.name), ()):
            if review.kind in (entity.kind, link.kind):
                decided[entity.id] = review
    for review in here:
        for entity in find_reviewed(reading, review, text_sha256=text_sha256 or reading.article.sha256):
            decided[entity.id] = review
    return tuple(follow_review(link, decided[link.entity]) if link.entity in decided else link for link in links)


def find_reviewed(reading: Reading, review: Review, *, text_sha256: str) -> list[Entity]:
    """The entities of its article that a review is about: known by their places, or, in another text, by their name."""
    if review.text_sha256 == text_sha256:
        places = sorted(review.spans)
        starts = [start for start, _ in places]
        found = [entity for entity in reading.entities if _is_mostly_in(entity, starts, places)]
        if found:
            return found
    named = [e for e in reading.entities if normalise_name(e.name) == normalise_name(review.name)]
    return named if len(named) == 1 else []


def _is_mostly_in(entity: Entity, starts: Sequence[int], places: Sequence[tuple[int, int]]) -> bool:
    """Whether at least half of an entity's names (or mentions, if it has none) overlap one of the sorted places."""
    named = [m.passage for m in entity.mentions if m.form == "name"] or [m.passage for m in entity.mentions]
    inside = 0
    for passage in named:
        at = bisect_left(starts, passage.end) - 1
        inside += at >= 0 and places[at][1] > passage.start
    return bool(named) and 2 * inside >= len(named)


def follow_review(link: Link, review: Review) -> Link:
    """The link that a person decided in place of ``link``; what the machine weighed stays as rivals."""
    rivals = tuple(rival for rival in link.rivals if rival.qid != review.qid)
    if review.qid is None:
        return Link(link.entity, "absent", None, 1.0, rivals, method="person", reviewer=review.reviewer)
    return Link(
        link.entity,
        "linked",
        review.qid,
        1.0,
        rivals,
        review.label,
        review.classes,
        review.item_kind,
        method="person",
        reviewer=review.reviewer,
    )
