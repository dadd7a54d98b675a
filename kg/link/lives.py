"""Weighs dates: births and deaths that an article tells against a candidate's, and those against the article's."""

from __future__ import annotations

import re

from kg.link.context import ArticleView, read_year
from kg.model import Candidate, Reading

SURE = 0.7  # the least score of a relation that tells of a life
TOLD = ("P569", "P570")
SAME_DAY, SAME_YEAR, NEXT_YEAR, OTHER_YEAR = 7.0, 3.0, -1.0, -6.0
"""What dates say, as the log of how much likelier they are of the candidate than of anybody: one in twenty people of a
name was born in a given year, one in some thousand on a given day; and a source is seldom years wrong."""
DAY = len("2000-01-01")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")

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


def describe_time(article: ArticleView, candidate: Candidate) -> dict[str, float]:
    """Whether a candidate was there, grown up and alive, when an article was written."""
    start, end = read_year(candidate.start), read_year(candidate.end)
    features: dict[str, float] = {}
    if start is not None:
        features["old"] = min(2.0, max(0.0, (1900 - start) / 100)) if candidate.kind == "person" else 0.0
    if article.year is None:
        return features
    years = [int(year) for year in _YEAR.findall(candidate.description)]
    announced = candidate.kind == "event"  # news speak of elections and games to come
    if years and min(years) > article.year and not announced:
        features["known_later"] = 1.0
    if start is not None and start > article.year and not announced:
        features["not_yet"] = 1.0
    if candidate.kind == "person":
        if years and start is None and end is None:  # "footballer (1928–1930)"
            features["known_before"] = min(2.0, max(0.0, (article.year - max(years) - 25) / 50))
        if start is not None and 0 <= article.year - start < 14:
            features["child"] = 1.0
        died = end if end is not None else start + 100 if start is not None else None
        if died is not None and died < article.year - 1:
            features["dead"] = 1.0
            features["dead_long"] = min(3.0, (article.year - died) / 50)
    elif end is not None and end < article.year - 1:
        features["ended"] = 1.0
    return features
