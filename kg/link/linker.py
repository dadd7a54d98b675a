"""Decides which item of a catalogue each entity of a reading is, or that it is none of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.errors import CatalogueError
from kg.link.catalogue import Catalogue
from kg.link.context import EXACT_FORMS, ArticleView, EntityView, view_article, view_entity
from kg.link.event_index import EventCatalogue
from kg.link.event_items import EventLinker
from kg.link.held_offices import complete_offices
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


@dataclass(frozen=True, slots=True)
class Considered:
    """What was weighed for one entity, and its link; ``pool`` is None where no catalogue answered.

    ``features`` belong to the pool's linkable candidates, in order.
    """

    pool: Pool | None
    features: tuple[Features, ...]
    link: Link


class _Watched:
    """A catalogue that keeps why it last failed."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.failure: str | None = None

    def find(self, name: str, *, limit: int = 30, similar: bool = False) -> tuple[Candidate, ...]:
        try:
            return self._catalogue.find(name, limit=limit, similar=similar)
        except CatalogueError as error:
            self.failure = str(error)
            raise

    def get(self, qid: str) -> Candidate | None:
        return self._catalogue.get(qid)


class Linker:
    """Links entities to the items of ``catalogue``, and those that it leaves open to those of ``more``, too.

    A link is asserted from ``min_score`` on; None takes the threshold that was fitted for a precision of nine in ten.
    ``methods`` are what decisions say of the two catalogues.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        more: Catalogue | None = None,
        methods: Sequence[str] = ("catalogue", "live"),
        min_score: float | None = None,
        score: Score | None = None,
    ) -> None:
        self._catalogue = _Watched(catalogue)
        self._more = None if more is None else _Watched(more)
        self._methods = methods
        self.score = score or Score.load()
        self.min_score = self.score.threshold if min_score is None else min_score
        self._events = EventLinker(catalogue) if isinstance(catalogue, EventCatalogue) else None

    @property
    def failure(self) -> str | None:
        """Why a catalogue last had no answer; None when each had one."""
        return (self._more and self._more.failure) or self._catalogue.failure

    def link(self, reading: Reading) -> tuple[Link, ...]:
        """One decision for each entity of ``reading``, in order; an entity whose catalogue failed is "unavailable"."""
        return tuple(considered.link for considered in self.consider(reading))

    def complete(self, reading: Reading, links: Sequence[Link]) -> Reading:
        """The reading with what the links of its entities tell of the rest: which item each event and office is.

        Both stay as they are where the first catalogue does not find events, as Wikidata itself.
        """
        if self._events is None:
            return reading
        return self._events.link(complete_offices(reading, links, self._catalogue), links)

    def consider(self, reading: Reading) -> list[Considered]:
        """The decisions with what was weighed, in the order of the entities.

        The second catalogue is asked only for entities that the first leaves absent or ambiguous, or cannot answer;
        when the second fails, they are unavailable.
        """
        pools = gather_pools(reading, self._catalogue)
        first = self._decide_all(reading, pools, method=self._methods[0])
        if self._more is None or not any(map(_is_open, first)):
            return first
        unsettled = [e for e, c in zip(reading.entities, first, strict=True) if _is_open(c)]
        found = gather_pools(replace(reading, entities=tuple(unsettled)), self._more)
        wider = {entity.id: pool for entity, pool in zip(unsettled, found, strict=True)}
        joined = [
            join_pools(pool, wider[entity.id]) if entity.id in wider else pool
            for entity, pool in zip(reading.entities, pools, strict=True)
        ]
        second = self._decide_all(reading, joined, method=self._methods[1])
        chosen = zip(reading.entities, first, second, strict=True)
        return [_keep_rivals(before, after) if entity.id in wider else before for entity, before, after in chosen]

    def _decide_all(self, reading: Reading, pools: Sequence[Pool | None], *, method: str) -> list[Considered]:
        described = describe_pools(reading, pools, self.score)
        return [
            Considered(
                pool,
                tuple(features),
                Link(entity.id, "unavailable", method=method)
                if pool is None
                else replace(self._decide(entity, pool, features), method=method),
            )
            for entity, pool, features in zip(reading.entities, pools, described, strict=True)
        ]

    def _decide(self, entity: Entity, pool: Pool, features: Sequence[Features]) -> Link:
        scores = self.score.probabilities(features)
        if pool.is_adjective():
            scores = share_adjective(pool.linkable)
        ranked = sorted(zip(scores, pool.linkable, strict=True), key=lambda pair: (-pair[0], int(pair[1].qid[1:])))
        rivals = tuple(Rival(c.qid, c.label, round(score, 4)) for score, c in ranked)
        if not ranked or ranked[0][0] < min(PLAUSIBLE, self.min_score):
            return Link(entity.id, "absent", score=round(max(0.0, 1 - sum(scores)), 4), rivals=rivals[:MOST_RIVALS])
        best_score, best = ranked[0]
        if best_score < max(self.min_score, UNSURE if best.matched == "similar" else 0.0):
            return Link(entity.id, "ambiguous", score=round(best_score, 4), rivals=rivals[:MOST_RIVALS])
        others = rivals[1 : MOST_RIVALS + 1]
        return Link(entity.id, "linked", best.qid, round(best_score, 4), others, best.label, best.classes, best.kind)


def _is_open(considered: Considered) -> bool:
    """Whether another catalogue may know the entity: one that has a name to ask for."""
    if considered.link.verdict == "linked":
        return False
    return considered.pool is None or bool(telling_names(considered.pool.view))


def _keep_rivals(before: Considered, after: Considered) -> Considered:
    """The later decision; one without an answer keeps what the earlier one weighed."""
    if after.pool is not None:
        return after
    return replace(before, link=replace(after.link, rivals=before.link.rivals))


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


def join_pools(first: Pool | None, second: Pool | None) -> Pool | None:
    """The candidates of two catalogues, each as the first knows it; None when the second has no answer."""
    if first is None or second is None:
        return second
    answers = [[replace(c, matched=pool.forms[c.qid][0]) for c in pool.candidates] for pool in (second, first)]
    joined = join_answers(first.view, answers)
    forms = {}
    for qid, (form, _) in joined.forms.items():
        matching = max(pool.forms[qid][1] for pool in (first, second) if qid in pool.forms)
        forms[qid] = (form, matching)
    return replace(joined, forms=forms, team=first.team)


def describe_pools(reading: Reading, pools: Sequence[Pool | None], score: Score) -> list[list[Features]]:
    """The features of all candidates of all entities of one article."""
    article = _view(reading, pools)
    return [
        describe_pool(pool.view, article, pool.linkable, forms=pool.forms, weigh=score.word_weight)
        if pool is not None
        else []
        for pool in pools
    ]
