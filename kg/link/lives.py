"""Weighs the days of birth and death that an article tells of somebody against those of each candidate."""

from __future__ import annotations

from kg.link.context import read_year
from kg.model import Candidate, Reading

SURE = 0.7  # the least score of a relation that tells of a life
TOLD = ("P569", "P570")
SAME_DAY, SAME_YEAR, NEXT_YEAR, OTHER_YEAR = 7.0, 3.0, -1.0, -6.0
"""What dates say, as the log of how much likelier they are of the candidate than of anybody: one in twenty people of a
name was born in a given year, one in some thousand on a given day; and a source is seldom years wrong."""
DAY = len("2000-01-01")

Life = tuple[str | None, str | None]
"""The days or years of birth and death, ISO 8601."""


def tell_lives(reading: Reading) -> dict[str, Life]:
    """When each person of a reading was born and died, by the entity's id; of several dates the likeliest."""
    found: dict[tuple[str, str], str] = {}
    for relation in sorted(reading.relations, key=lambda r: -r.score):
        if relation.property in TOLD and relation.claim is None and relation.value and relation.score >= SURE:
            found.setdefault((relation.subject, relation.property), relation.value)
    people = {subject for subject, _ in found}
    return {person: (found.get((person, TOLD[0])), found.get((person, TOLD[1]))) for person in sorted(people)}


def weigh_life(life: Life, candidate: Candidate) -> float:
    """The log of how much likelier the candidate is by a life's dates; 0 where one of the two tells none."""
    if candidate.kind != "person":
        return 0.0
    return _weigh(life[0], candidate.start) + _weigh(life[1], candidate.end)


def _weigh(told: str | None, known: str | None) -> float:
    years = read_year(told), read_year(known)
    if told is None or known is None or years[0] is None or years[1] is None:
        return 0.0
    apart = abs(years[0] - years[1])
    if apart:
        return NEXT_YEAR if apart == 1 else OTHER_YEAR
    return SAME_DAY if len(told) >= DAY and told[:DAY] == known[:DAY] else SAME_YEAR
