"""Tells things of one name apart: by whose own name it is, and places by those beside them ("Lakeside, Ohio")."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.link.context import ArticleView, EntityView, is_country, is_team, stem_words
from kg.link.names import normalise, word_set
from kg.model import Candidate

_SCHOOLS = frozenset({"university", "college"})
_SCHOOLING = _SCHOOLS | word_set("student professor campus school faculty alumni dean graduate researcher research")
KNOWN = 0.5  # popularity of what is named without saying where it is
FAR = 0.7  # popularity of places that are named where nothing else of their part of the world is
SAID = 0.5  # the share of what a description names that places the article there


def describe_naming(
    entity: EntityView, candidates: Sequence[Candidate], weigh: Callable[[str], float], said: frozenset[str]
) -> list[dict[str, float]]:
    """Features of each candidate by whose own name the entity's is, and by whether the words ``said`` place it.

    "outnamed" is a team that had the name once, maybe, while a rival team bears it; "same_but_number"
    differs by a plural alone; a "school" without a word on schooling is no town; a place that is little known is seldom
    meant where nothing that its description names is said, nor one that is "outplaced" by a namesake of which much is.
    """
    own = {word for key in entity.keys for word in key.split()}
    words = [set(normalise(c.label).split()) for c in candidates]
    borne = any(is_team(c) and own <= label for c, label in zip(candidates, words, strict=True))
    features = []
    for candidate, label in zip(candidates, words, strict=True):
        x = {"outnamed": float(borne and not own & label and is_team(candidate))}
        x["same_but_number"] = float(
            set(stem_words(candidate.label)) == {s for n in entity.names for s in stem_words(n)}
        )
        if label & _SCHOOLS and not own & _SCHOOLS:
            x["school_unsaid"] = float(not _SCHOOLING & (entity.near | entity.beside))
        if candidate.kind == "place" and not is_country(candidate):
            x |= _describe_region(candidate, own, weigh, said)
        features.append(x)
    most = max((x.get("region_said", 0.0) for x in features), default=0.0)
    for x in features:
        if "region_said" in x:
            x["outplaced"] = float(x["region_said"] < most / 2 and most >= SAID)
    return features


def _describe_region(
    candidate: Candidate, own: set[str], weigh: Callable[[str], float], said: frozenset[str]
) -> dict[str, float]:
    """How much of what the description of a place names is said in the article."""
    obscure = max(0.0, KNOWN - (candidate.popularity or 0.0))
    named = {w for word in candidate.description.split() if word[:1].isupper() for w in stem_words(word)} - own
    total = sum(map(weigh, named))
    if not total:
        return {"regionless_obscure": obscure}
    share = sum(weigh(word) for word in named & said) / total
    far = max(0.0, FAR - (candidate.popularity or 0.0)) * (share == 0)
    return {"region_said": share, "region_unsaid_obscure": obscure * (1 - share), "region_far": far}


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
