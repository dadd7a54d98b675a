"""Tells places of one name apart by those beside them: the state in a list of states, the one in "Lakeside, Ohio"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.link.context import ArticleView, EntityView
from kg.link.names import normalise
from kg.model import Candidate


def describe_listing(
    entity: EntityView, article: ArticleView, candidates: Sequence[Candidate]
) -> list[dict[str, float]]:
    """Features of each candidate that is a place, by the names in front of it and behind it.

    "within" lies in what follows a comma, "holds" is where the place before a comma lies, "listed" is the share of the
    other neighbours that are of its class; it says nothing in sports news, where the neighbours are teams.
    """
    if entity.entity.kind == "person" or not any(c.kind == "place" for c in candidates):
        return [{} for _ in candidates]
    places = article.places
    within = [_lies_within(entity, c) for c in candidates]
    heads = {key: places[key] for key in entity.wording.heads if key in places}
    holds = [any(_is_part(head, c) for head in heads.values()) for c in candidates]
    beside = [key for key in entity.wording.listed if key in places and not (key in heads and any(holds))]
    classes = [set(places[key].classes) for key in beside if key not in entity.wording.regions or not any(within)]
    features = []
    for candidate, lies, has in zip(candidates, within, holds, strict=True):
        x: dict[str, float] = {}
        if any(within):
            x["within" if lies else "within_other"] = 1.0
        if any(holds):
            x["holds" if has else "holds_other"] = 1.0
        if classes and not article.sporting and candidate.kind == "place":
            x["listed"] = sum(not found.isdisjoint(candidate.classes) for found in classes) / len(classes)
            x["listed_places"] = 1.0
        features.append(x)
    return features


def _lies_within(entity: EntityView, candidate: Candidate) -> bool:
    """Whether a candidate is a place within what the article adds behind a comma: "Lakeside, Ohio"."""
    if candidate.kind != "place" or not entity.wording.regions:
        return False
    told = f" {normalise(f'{candidate.label} {candidate.description}')} "
    return any(f" {region} " in told for region in entity.wording.regions)


def _is_part(place: Candidate, candidate: Candidate) -> bool:
    """Whether a place is described as one in the candidate, by its whole name."""
    whole = candidate.kind == "place" and candidate.qid != place.qid and normalise(candidate.label)
    return bool(whole) and f" {whole} " in f" {normalise(place.description)} "
