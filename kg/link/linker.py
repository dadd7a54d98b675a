"""Decides which item of a catalogue each entity of a reading is, or that it is none of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.errors import CatalogueError
from kg.link.catalogue import Catalogue
from kg.link.event_index import EventCatalogue
from kg.link.event_items import EventLinker
from kg.link.held_offices import complete_offices
from kg.link.merge import merge_events
from kg.link.metonymy import name_government
from kg.link.pools import Pool, join_pools, telling_names
from kg.link.pools import describe_pools as describe_pools
from kg.link.pools import gather_pools as gather_pools
from kg.link.score import Features, Score
from kg.model import Candidate, Entity, Link, Reading, Rival

MOST_RIVALS = 5
UNSURE = 0.7  # an item whose name is only similar needs this score at least: most such are other people
FIRST_NAME = 0.9  # so does a person who is called by a first name alone, of whom articles tell more if they are known
NAMESAKE = 0.6  # a person needs this score at least: a namesake's link is the worst of all
EVEN = 0.5  # so much a work and a place, which are named after others, too
ADJECTIVE = 0.9  # score of a country for its adjective; shared where several have it ("Korean")
PLAUSIBLE = 0.1  # a best candidate below this score is no candidate at all


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

    A link is asserted from ``min_score`` on; None takes the threshold that was fitted for the best F1 on news, and
    more for people, works and places. ``methods`` are what decisions say of the two catalogues.
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
        self._asked = min_score is not None
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

        Events that are one item become one. All stay as they are where the first catalogue does not find events, as
        Wikidata itself.
        """
        if self._events is None:
            return reading
        return merge_events(self._events.link(complete_offices(reading, links, self._catalogue), links))

    def consider(self, reading: Reading) -> list[Considered]:
        """The decisions with what was weighed, in the order of the entities.

        The second catalogue is asked only for entities that the first leaves absent or ambiguous, or cannot answer;
        when the second fails, they are unavailable.
        """
        pools = gather_pools(reading, self._catalogue, thorough=self._methods[0] != "live")
        first = self._decide_all(reading, pools, self._catalogue, method=self._methods[0])
        if self._more is None or not any(map(_is_open, first)):
            return first
        unsettled = [e for e, c in zip(reading.entities, first, strict=True) if _is_open(c)]
        found = gather_pools(replace(reading, entities=tuple(unsettled)), self._more, thorough=False)
        wider = {entity.id: pool for entity, pool in zip(unsettled, found, strict=True)}
        joined = [
            join_pools(pool, wider[entity.id]) if entity.id in wider else pool
            for entity, pool in zip(reading.entities, pools, strict=True)
        ]
        second = self._decide_all(reading, joined, self._more, method=self._methods[1])
        chosen = zip(reading.entities, first, second, strict=True)
        return [_keep_rivals(before, after) if entity.id in wider else before for entity, before, after in chosen]

    def _decide_all(
        self, reading: Reading, pools: Sequence[Pool | None], catalogue: Catalogue, *, method: str
    ) -> list[Considered]:
        described = describe_pools(reading, pools, self.score)
        decided = [
            Considered(
                pool,
                tuple(features),
                Link(entity.id, "unavailable", method=method)
                if pool is None
                else replace(self._decide(entity, pool, features), method=method),
            )
            for entity, pool, features in zip(reading.entities, pools, described, strict=True)
        ]
        return [replace(c, link=name_government(c.pool.view, c.link, catalogue)) if c.pool else c for c in decided]

    def _decide(self, entity: Entity, pool: Pool, features: Sequence[Features]) -> Link:
        scores = self.score.probabilities(features)
        if pool.is_adjective():
            scores = share_adjective(pool.linkable)
        told = zip(scores, pool.linkable, features, strict=True)
        ranked = sorted(told, key=lambda triple: (-triple[0], int(triple[1].qid[1:])))
        rivals = tuple(Rival(c.qid, c.label, round(score, 4)) for score, c, _ in ranked)
        if not ranked or ranked[0][0] < min(PLAUSIBLE, self.min_score):
            return Link(entity.id, "absent", score=round(max(0.0, 1 - sum(scores)), 4), rivals=rivals[:MOST_RIVALS])
        best_score, best, known = ranked[0]
        if best_score < max(self.min_score, self._least_score(entity, best, known)):
            return Link(entity.id, "ambiguous", score=round(best_score, 4), rivals=rivals[:MOST_RIVALS])
        others = rivals[1 : MOST_RIVALS + 1]
        return Link(entity.id, "linked", best.qid, round(best_score, 4), others, best.label, best.classes, best.kind)

    def _least_score(self, entity: Entity, best: Candidate, known: Features) -> float:
        """The score from which on a candidate of this kind is asserted, where that is more than for all."""
        if best.matched == "similar":
            return UNSURE
        if self._asked:
            return 0.0
        if best.kind == "person":
            return FIRST_NAME if known.get("lone_first") else NAMESAKE
        return EVEN if best.kind in {"work", "place"} else 0.0


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
