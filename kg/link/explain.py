"""Explains a link decision: what each feature of each candidate adds to its score."""

from __future__ import annotations

from dataclasses import dataclass

from kg.link.linker import Considered, Linker
from kg.link.score import Features, Score
from kg.model import Candidate, Entity, Link, Reading


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
    addends = [Addend(name, x, score.weights.get(name, 0.0)) for name, x in features.items()]
    addends.sort(key=lambda addend: (-abs(addend.product), addend.feature))
    return Account(candidate, tuple(addends), sum(addend.product for addend in addends), value)
