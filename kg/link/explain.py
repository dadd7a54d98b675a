"""Explains a link decision: what each feature of each candidate adds to its score."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.link.linker import Considered, Linker
from kg.link.score import Features, Score
from kg.model import KINDS, Candidate, Entity, Link, Mention, Passage, Reading


@dataclass(frozen=True, slots=True)
class Addend:
    """What one feature adds to the sum of a candidate: its value times its fitted weight."""

    feature: str
    value: float
    weight: float

    @property
    def product(self) -> float:
        """What is added."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Account:
    """A candidate's sum and the score that it gives beside the sums of the others, with the largest addends first."""

    candidate: Candidate
    addends: tuple[Addend, ...]
    total: float
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a decision came about.

    The score of a candidate is exp(total) / (1 + sum of exp(total) over all candidates), totals divided by
    ``temperature``; ``outside`` is what the candidates leave to 1: the probability of none of them. The best is linked
    from ``threshold`` on. ``adjective`` says that the name is an adjective of countries, which then share the score
    whatever the sums; ``answered`` that a catalogue could be asked.
    """

    entity: Entity
    link: Link
    accounts: tuple[Account, ...]
    outside: float
    threshold: float
    temperature: float
    adjective: bool = False
    answered: bool = True


def explain_link(linker: Linker, reading: Reading, entity: str) -> Explanation:
    """How the decision about an entity of ``reading`` came about, best candidates first.

    It is the decision that a run makes, in the light of all other entities. ValueError for an unknown entity.
    """
    for found, considered in zip(reading.entities, linker.consider(reading), strict=True):
        if found.id == entity:
            return _explain(linker, found, considered)
    raise ValueError(f"the reading has no entity {entity!r}")


def _explain(linker: Linker, entity: Entity, considered: Considered) -> Explanation:
    score, pool = linker.score, considered.pool
    scores = {rival.qid: rival.score for rival in considered.link.rivals}
    if considered.link.qid is not None:
        scores[considered.link.qid] = considered.link.score
    computed = score.probabilities(considered.features)
    linkable = pool.linkable if pool is not None else ()
    accounts = [
        _account(score, candidate, features, scores.get(candidate.qid, value))
        for candidate, features, value in zip(linkable, considered.features, computed, strict=True)
    ]
    accounts.sort(key=lambda account: (-account.score, int(account.candidate.qid[1:])))
    return Explanation(
        entity,
        considered.link,
        tuple(accounts),
        max(0.0, 1.0 - sum(account.score for account in accounts)),
        linker.min_score,
        score.temperature,
        adjective=pool is not None and pool.is_adjective(),
        answered=pool is not None,
    )


def _account(score: Score, candidate: Candidate, features: Features, value: float) -> Account:
    addends = [Addend(name, x, score.feature_weight(name)) for name, x in features.items()]
    addends.sort(key=lambda addend: (-abs(addend.product), addend.feature))
    return Account(candidate, tuple(addends), sum(addend.product for addend in addends), value)


def put_name(reading: Reading, name: str, kind: str | None = None) -> tuple[Reading, str]:
    """The reading with an entity of this name, and its id: the one that was read at its first place, else a new one.

    ``kind`` goes before the kind that was read. ValueError when the text does not mention the name.
    """
    pattern = r"\s+".join(map(re.escape, name.split()))
    places = [Passage(m.start(), m.end(), m.group()) for m in re.finditer(pattern, reading.article.text)]
    if not pattern or not places:
        raise ValueError(f"the text does not mention {name!r}")
    found = next((e for e in reading.entities if _covers(e, places[0])), None)
    wanted = next((known for known in KINDS if known == kind), None)
    if found is None:
        made = Entity("name", wanted or "other", " ".join(name.split()), tuple(map(Mention, places)))
        return replace(reading, entities=(*reading.entities, made)), made.id
    changed = replace(found, kind=wanted or found.kind)
    entities = tuple(changed if entity is found else entity for entity in reading.entities)
    return replace(reading, entities=entities), found.id


def _covers(entity: Entity, place: Passage) -> bool:
    """Whether a mention of the entity is the name at this place, or all but a title or article of it."""
    found = ((m.passage.start, m.passage.end) for m in entity.mentions)
    return any(
        begin < place.end and place.start < end and (begin <= place.start or end >= place.end) for begin, end in found
    )
