"""Measures the linker by itself, on gold mentions: whether it finds and chooses their items, and scores them well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from benchmarks.calibration import Bin, Scored, list_bins, measure_error
from benchmarks.scores import Score
from kg.link import Catalogue, Linker
from kg.link.linker import gather_pools
from kg.model import Entity, Link
from training.gold_links import NIL, UNKNOWN, GoldReading

MOST = 20  # candidates of an entity among which its item must be


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the linker makes of gold mentions.

    ``by_text`` and ``by_entity``: mentions of items that the catalogue holds whose item is among the candidates, asked
    for by the mention's text alone, and by all that the article calls the entity. ``held``: of the same, those linked
    to their item. ``unlinked``: mentions of what the catalogue does not hold that are left alone. ``error`` is the
    expected calibration error of the best candidate's score, ``bins`` its reliability table.
    """

    by_text: Score
    by_entity: Score
    held: Score
    unlinked: Score
    error: float
    bins: tuple[Bin, ...]


def measure_decisions(gold: Iterable[GoldReading], catalogue: Catalogue, linker: Linker) -> Decisions:
    """The measures over ``gold``, where each mention counts once; mentions whose item is not known do not count."""
    by_text = by_entity = held = unlinked = Score()
    scored: list[Scored] = []
    for document in gold:
        pools = gather_pools(document.reading, catalogue)
        for entity, pool, link in zip(document.reading.entities, pools, linker.link(document.reading), strict=True):
            item, weight = document.items[entity.id], len(entity.mentions)
            if item == UNKNOWN:
                continue
            if item == NIL or catalogue.get(item) is None:
                unlinked += _count(link.qid is None, weight)
            else:
                found = {c.qid for c in pool.candidates[:MOST]} if pool else set()
                by_text += count_found(document, entity, catalogue)
                by_entity += _count(item in found, weight)
                held += _count(link.qid == item, weight)
            scored += [(score, qid == item) for score, qid in best_answer(link)] * weight
    return Decisions(by_text, by_entity, held, unlinked, measure_error(scored), tuple(list_bins(scored)))


def count_found(document: GoldReading, entity: Entity, catalogue: Catalogue) -> Score:
    """How many mentions of an entity have its item among their candidates, each asked for by its text alone."""
    alone = [
        Entity(f"{entity.id}-{number}", entity.kind, " ".join(mention.passage.text.split()), (mention,))
        for number, mention in enumerate(entity.mentions)
    ]
    pools = gather_pools(replace(document.reading, entities=tuple(alone)), catalogue, thorough=False)
    found = sum(
        pool is not None and document.items[entity.id] in [c.qid for c in pool.candidates[:MOST]] for pool in pools
    )
    return Score(found, len(alone), found, len(alone))


def best_answer(link: Link) -> Sequence[tuple[float, str]]:
    """The score and item of the best candidate, linked or not; nothing when there is none."""
    if link.qid is not None:
        return [(link.score, link.qid)]
    return [(rival.score, rival.qid) for rival in link.rivals[:1]]


def _count(right: bool, weight: int) -> Score:
    return Score(weight * right, weight, weight * right, weight)
