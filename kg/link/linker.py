"""Decides which item of a catalogue each entity of a reading is, or that it is none of them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from kg.errors import CatalogueError
from kg.link.catalogue import Catalogue
from kg.link.context import EXACT_FORMS, ArticleView, EntityView, view_article, view_entity
from kg.link.names import normalise, strip_title, word_set
from kg.link.score import FORM_ORDER, Features, Score, describe_pool
from kg.link.spellings import fits_spelling, respell_name
from kg.model import Candidate, Entity, Kind, Link, Reading, Rival

MOST_CANDIDATES = 30
MOST_NAMES = 8
MOST_RIVALS = 5
UNSURE = 0.7  # an item whose name is only similar needs this score at least: most such are other people
ADJECTIVE = 0.9  # score of a country for its adjective; shared where several have it ("Korean")
OBSCURE = 0.55  # popularity of places that share their name with an adjective and are seldom meant by it
PLAUSIBLE = 0.1  # a best candidate below this score is no candidate at all
FUNCTION_WORDS = word_set(
    "a all an and any as at but by for from he her his i if in it its me my no not of on one or our she so "
    "some that the their there they this those to us we what when where who why with yes you your"
)


@dataclass(frozen=True, slots=True)
class Pool:
    """The candidates of one entity with the best form of match and the number of the entity's names that match.

    ``team`` says that the name, though a place's, may stand for a team, because the article speaks of sport.
    """

    view: EntityView
    candidates: tuple[Candidate, ...]
    forms: dict[str, tuple[str, int]]
    team: bool = False

    @property
    def linkable(self) -> tuple[Candidate, ...]:
        """The candidates that the entity may be at all; the others only tell of countries."""
        if self.is_adjective():
            return self.countries()
        possible = (c for c in self.candidates if is_linkable(self.view.entity, c))
        team = self.team or self.view.entity.kind == "organisation"
        return tuple(c for c in possible if team or c.matched != "part" or c.kind == "person")

    def is_adjective(self) -> bool:
        """Whether the names are only an adjective of a country or continent: "a French minister" speaks of France."""
        kind, names = self.view.entity.kind, self.view.names
        if kind == "place":  # a town called Canadian is seldom meant
            return bool(self.countries()) and not any(map(_is_known_place, self.candidates))
        return kind == "group" and bool(self.countries()) and not any(name.endswith("s") for name in names)

    def countries(self) -> tuple[Candidate, ...]:
        """The countries and other places whose adjective or people the names are."""
        return tuple(c for c in self.candidates if c.matched == "demonym" and c.kind == "place")


def _is_known_place(candidate: Candidate) -> bool:
    return candidate.matched == "label" and candidate.kind == "place" and (candidate.popularity or 0.0) > OBSCURE


class Linker:
    """Links entities to the items of ``catalogue``.

    A link is asserted from ``min_score`` on; None takes the threshold that was fitted for a precision of nine in ten.
    """

    def __init__(self, catalogue: Catalogue, *, min_score: float | None = None, score: Score | None = None) -> None:
        self._catalogue = catalogue
        self._score = score or Score.load()
        self._min_score = self._score.threshold if min_score is None else min_score

    def link(self, reading: Reading) -> tuple[Link, ...]:
        """One decision for each entity of ``reading``, in order; an entity whose catalogue failed is "unavailable"."""
        pools = gather_pools(reading, self._catalogue)
        described = describe_pools(reading, pools, self._score)
        return tuple(
            Link(entity.id, "unavailable") if pool is None else self._decide(entity, pool, features)
            for entity, pool, features in zip(reading.entities, pools, described, strict=True)
        )

    def _decide(self, entity: Entity, pool: Pool, features: Sequence[Features]) -> Link:
        scores = self._score.probabilities(features)
        if pool.is_adjective():
            scores = share_adjective(pool.linkable)
        ranked = sorted(zip(scores, pool.linkable, strict=True), key=lambda pair: (-pair[0], int(pair[1].qid[1:])))
        rivals = tuple(Rival(c.qid, c.label, round(score, 4)) for score, c in ranked)
        if not ranked or ranked[0][0] < min(PLAUSIBLE, self._min_score):
            return Link(entity.id, "absent", score=round(max(0.0, 1 - sum(scores)), 4), rivals=rivals[:MOST_RIVALS])
        best_score, best = ranked[0]
        if best_score < max(self._min_score, UNSURE if best.matched == "similar" else 0.0):
            return Link(entity.id, "ambiguous", score=round(best_score, 4), rivals=rivals[:MOST_RIVALS])
        others = rivals[1 : MOST_RIVALS + 1]
        return Link(entity.id, "linked", best.qid, round(best_score, 4), others, best.label, best.classes, best.kind)


def share_adjective(countries: Sequence[Candidate]) -> list[float]:
    """The score of each country that an adjective may speak of: the better known one is meant more often."""
    weights = [math.exp(8 * (country.popularity or 0.0)) for country in countries]
    return [ADJECTIVE * weight / sum(weights) for weight in weights]


def is_linkable(entity: Entity, candidate: Candidate) -> bool:
    """Whether an entity may be the candidate at all.

    A people is neither its country nor its language, and only what was read as a person may be one whose name matches
    in part or is only similar.
    """
    if candidate.matched == "demonym":
        return False
    if candidate.kind == "person" and entity.kind != "person" and candidate.matched not in EXACT_FORMS:
        return False
    if candidate.kind != "person" and entity.kind == "person" and candidate.matched in {"part", "loose"}:
        return False
    if entity.kind == "group":
        return candidate.kind in {"group", "organisation", "concept", None} and "language" not in candidate.description
    return candidate.kind not in {"position", "concept"} or entity.kind in {"other", "event", "work", "product"}


def gather_pools(reading: Reading, catalogue: Catalogue) -> list[Pool | None]:
    """The candidates of each entity, in order; None where the catalogue failed."""
    pools = [_gather(entity, reading, catalogue) for entity in reading.entities]
    article = _view(reading, pools)
    return [pool and replace(pool, team=article.sporting) for pool in pools]


def _view(reading: Reading, pools: Sequence[Pool | None]) -> ArticleView:
    return view_article(reading.article, [(pool.view.entity, pool.candidates) for pool in pools if pool is not None])


def _gather(entity: Entity, reading: Reading, catalogue: Catalogue) -> Pool | None:
    view = view_entity(entity, reading.article)
    names = telling_names(view)
    try:
        answers = [catalogue.find(name, limit=MOST_CANDIDATES) for name in names]
        if not _is_known(entity, answers):
            answers += [found for name in names for found in _find_respelt(name, entity.kind, catalogue)]
        if not _is_known(entity, answers):
            answers += [catalogue.find(name, limit=MOST_CANDIDATES, similar=True) for name in names]
    except CatalogueError:
        return None
    return join_answers(view, answers)


def _is_known(entity: Entity, answers: Sequence[Sequence[Candidate]]) -> bool:
    forms = EXACT_FORMS | {"loose", "respelt"}
    return any(
        c.matched == "demonym" or (c.matched in forms and is_linkable(entity, c)) for answer in answers for c in answer
    )


def _find_respelt(name: str, kind: Kind, catalogue: Catalogue) -> Iterator[tuple[Candidate, ...]]:
    """What the catalogue knows by each other way to write a name."""
    for other in respell_name(name, kind):
        found = catalogue.find(other, limit=MOST_CANDIDATES)
        fitting = [c for c in found if c.matched != "demonym" and fits_spelling(name, kind, c)]
        yield tuple(replace(c, matched="respelt") if c.matched in EXACT_FORMS else c for c in fitting)


def telling_names(view: EntityView) -> list[str]:
    """The names of an entity to ask for: no function words, and full names only where a person has one.

    So a person with a full name is nobody who only has the same surname.
    """
    entity = view.entity
    institution = entity.kind == "organisation" and entity.name[:1].isupper()
    if not institution and not any(mention.form == "name" for mention in entity.mentions):
        return []  # "the letter" is no item called so
    names = [name for name in view.names if name.isupper() or normalise(name) not in FUNCTION_WORDS]
    if view.entity.kind == "person":
        names = [name for name in names if " " in strip_title(normalise(name))] or names
    return names[:MOST_NAMES]


def join_answers(view: EntityView, answers: Sequence[Sequence[Candidate]]) -> Pool:
    """Joins what was found for each name of an entity; keeps those that match in the best form and most names."""
    found: dict[str, Candidate] = {}
    forms: dict[str, tuple[str, int]] = {}
    for answer in answers:
        for candidate in answer:
            matched = candidate.matched if candidate.matched in FORM_ORDER else "alias"  # a catalogue that does not say
            form, matching = forms.get(candidate.qid, (matched, 0))
            better = min(form, matched, key=FORM_ORDER.index)
            forms[candidate.qid] = (better, matching + 1)
            found[candidate.qid] = replace(candidate, matched=better)
    most = max((matching for _, matching in forms.values()), default=0)
    ranked = sorted(found.values(), key=lambda c: (most - forms[c.qid][1], -(c.popularity or 0.0), int(c.qid[1:])))
    return Pool(view, tuple(ranked[:MOST_CANDIDATES]), forms)


def describe_pools(reading: Reading, pools: Sequence[Pool | None], score: Score) -> list[list[Features]]:
    """The features of all candidates of all entities of one article."""
    article = _view(reading, pools)
    return [
        describe_pool(pool.view, article, pool.linkable, forms=pool.forms, weigh=score.word_weight)
        if pool is not None
        else []
        for pool in pools
    ]


KINDS: tuple[Kind, ...] = get_args(Kind)


def take_kinds(reading: Reading, links: Sequence[Link]) -> Reading:
    """The reading with each linked entity of the kind of its item: the catalogue knows a film from an event."""
    kinds = {link.entity: kind for link in links for kind in KINDS if link.kind == kind}
    entities = (replace(e, kind=kinds[e.id]) if e.id in kinds and e.kind != "group" else e for e in reading.entities)
    return replace(reading, entities=tuple(entities))


def merge_linked(reading: Reading, links: Sequence[Link]) -> tuple[Reading, tuple[Link, ...]]:
    """The reading and links with entities of the same item joined into the one that is mentioned most.

    Its kind is the item's, its link the best-scored one; relations, events and claims follow. Entities keep their ids
    and order.
    """
    reading = take_kinds(reading, links)
    same: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for number, (entity, link) in enumerate(zip(reading.entities, links, strict=True)):
        if link.qid is not None:  # "French" speaks of France, but is not a name of it
            same[link.qid, entity.kind == "group"].append(number)
    entities: list[Entity | None] = list(reading.entities)
    decided: list[Link] = list(links)
    home_of: dict[str, str] = {}
    for numbers in same.values():
        if len(numbers) == 1:
            continue
        home = max(numbers, key=lambda n: (len(reading.entities[n].mentions), -n))
        mentions = {m.passage.start: m for n in numbers for m in reading.entities[n].mentions}
        best = max((links[n] for n in numbers), key=lambda link: link.score)
        entity = reading.entities[home]
        entities[home] = replace(entity, mentions=tuple(mentions[start] for start in sorted(mentions)))
        decided[home] = replace(best, entity=entity.id)
        for number in numbers:
            if number != home:
                entities[number] = None
                home_of[reading.entities[number].id] = entity.id
    if not home_of:
        return reading, tuple(links)
    kept = [n for n, entity in enumerate(entities) if entity is not None]
    merged = tuple(entity for entity in entities if entity is not None)
    return _follow(replace(reading, entities=merged), home_of), tuple(decided[n] for n in kept)


def _follow(reading: Reading, home_of: dict[str, str]) -> Reading:
    def at(entity: str | None) -> str | None:
        return home_of.get(entity, entity) if entity is not None else None

    def must(entity: str) -> str:
        return home_of.get(entity, entity)

    return replace(
        reading,
        relations=tuple(replace(r, subject=must(r.subject), object=at(r.object)) for r in reading.relations),
        events=tuple(
            replace(e, roles=tuple(replace(role, entity=at(role.entity)) for role in e.roles)) for e in reading.events
        ),
        claims=tuple(
            replace(c, speaker=at(c.speaker), addressee=at(c.addressee), about=tuple(dict.fromkeys(map(must, c.about))))
            for c in reading.claims
        ),
    )
