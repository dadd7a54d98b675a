"""Says what a time expression is understood from, and which year or day that gives where it names none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kg.read.calendar_values import days_of, full_year

Tense = Literal["past", "present", "scheduled", "future"]
Fields = Mapping[str, str]
LENGTHS = {"day": 1, "week": 7, "weekend": 2, "month": 31, "quarter": 92, "year": 366, "decade": 3653, "century": 36525}


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a time expression is understood from.

    ``published`` is the day of publication; ``tense`` that of the clause ("scheduled" is a present
    that tells a plan: "opens on Friday"); ``before`` the value of the time mentioned
    before; ``year`` the year that the text is telling of, when it tells of another than the publication's.
    """

    published: date | None = None
    tense: Tense | None = None
    before: str | None = None
    year: int | None = None


def choose_year(month: int, day: int | None, anchor: Anchor) -> int | None:
    """The year of a month or of a day in a month that is given without one."""
    now = anchor.published
    if anchor.year and not (now and now.year == anchor.year):
        return anchor.year
    if now is None:
        return None
    here, there = (now.month, now.day if day else 0), (month, day or 0)
    past, future = now.year - (there > here), now.year + (there < here)
    if day is None:
        return _choose_year_of_month(month, now, anchor.tense)
    if past == future or (month, day) == (2, 29):
        return future if anchor.tense == "future" else past
    back = (now - date(past, month, day)).days
    ahead = (date(future, month, day) - now).days
    if min(back, ahead) <= 14:  # so near a day needs no tense: a year off, it would be given with its year
        return past if back < ahead else future
    if anchor.tense not in ("past", "future"):
        return future if ahead <= 120 else past
    return future if anchor.tense == "future" else past


def _choose_year_of_month(month: int, now: date, tense: Tense | None) -> int | None:
    """The year of a bare month; None when it may be the one behind or the one ahead.

    Of the month that comes next a writer would say "last October" for the one behind.
    """
    past, future = now.year - (month > now.month), now.year + (month < now.month)
    if tense == "future" or past == future:
        return future
    ahead = (month - now.month) % 12
    if tense == "past" or ahead > 2:
        return past
    return future if ahead == 1 else None


def find_year_beside(rel: str, month: int, day: int, anchor: Anchor) -> int | None:
    """The year of "October 12 last" and "1 February next": the last or the next one, seen from where the text is."""
    told = find_context_day(anchor.before, "year", last=False)
    start = told if anchor.year else anchor.published
    if start is None or (told and abs(told.year - start.year) > 1):  # of the publication, or of what is quoted
        return None
    return (
        start.year - ((month, day) >= (start.month, start.day))
        if rel == "last"
        else start.year + ((month, day) <= (start.month, start.day))
    )


def find_context_day(value: str | None, unit: str, *, last: bool) -> date | None:
    """The day that counting starts from: the first or last of ``value``, when that is at least as fine as ``unit``."""
    days = days_of(value)
    if value is None or days is None:
        return None
    if "/" not in value and (days[1] - days[0]).days >= LENGTHS[unit]:
        return None
    return days[1] if last else days[0]


def find_year(fields: Fields, anchor: Anchor) -> int | None:
    """The year in ``y``, or the one that ``yrel`` ("last", "this", "the") gives."""
    if "y" in fields:
        return full_year(fields["y"], anchor.published)
    step = {"last": -1, "next": 1, "this": 0, "the": 0}.get(fields.get("yrel", ""))
    return anchor.published.year + step if anchor.published and step is not None else None
