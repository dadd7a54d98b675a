"""Says which days the value of a time expression covers, and counts in days, weeks, months and years.

Values follow ISO 8601, and TIMEX3 (ISO-TimeML) where ISO 8601 has no notation:

    2020-01-05  2020-01  2020        a day, a month, a year
    199X  19XX                       a decade, a century, counted as 1990-1999 and 1900-1999
    2020-W02  2020-W02-WE            a week from Monday to Sunday, its weekend
    2020-Q1  2020-H1  2020-SU        a quarter, a half, a season (SP SU FA WI) of a calendar year
    2020-01-05TMO (TAF TEV TNI)      the morning (afternoon, evening, night) that belongs to a day
    2020-01-05T21:00  T21:00         a time of day as printed, whatever its time zone; alone where the day is unknown
    2019/2020  2020-05-03/2020-05-07 from the first to the last, both included
    BC0400  BC0500/BC0400            a year before our era, from one such year to another: these name no days
    FY2020  P3Y                      a fiscal year, a duration: these name no days either
    XXXX-07  XXXX-SU                 a month or season of every year, or of one that is not told: no days
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from kg.model import Interval

MONTHS = {m: i for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
WEEKDAYS = {d: i for i, d in enumerate("mon tue wed thu fri sat sun".split())}
PARTS = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11)}  # of the northern half; winter spans two years
NUMBERS = {
    word: number
    for number, words in enumerate(
        "zero|a an one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
        "seventeen|eighteen|nineteen|twenty".split("|")
    )
    for word in words.split()
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {"twenty-first": 21, "thirtieth": 30, "thirty-first": 31}
TENS = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8,
        "nineties": 9}  # fmt: skip
HOLIDAYS = {"christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
            "new year's day": (1, 1), "new year's eve": (12, 31), "halloween": (10, 31),
            "valentine's day": (2, 14)}  # fmt: skip
DURATIONS = {"minute": "PT{}M", "hour": "PT{}H", "day": "P{}D", "week": "P{}W", "month": "P{}M", "year": "P{}Y"}


def interval_of(value: str | None) -> Interval | None:
    """The first and the last day that ``value`` covers, both included; None when it names no days.

    Seasons are those of the northern half of the world; a winter of one year is none, for it lies in two.
    """
    days = days_of(value)
    return Interval(days[0].isoformat(), days[1].isoformat()) if days else None


def days_of(value: str | None) -> tuple[date, date] | None:
    """The days of ``interval_of`` as dates."""
    try:
        return _bounds(value) if value else None
    except (ValueError, OverflowError):  # no such day: "2019-02-30", "0000"
        return None


def _bounds(value: str) -> tuple[date, date] | None:
    if "/" in value:
        first, last = (_bounds(end) for end in value.split("/", 1))
        return (first[0], last[1]) if first and last and first[0] <= last[1] else None
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:T.+)?", value):
        day = date.fromisoformat(match[1])
        return day, day
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday + timedelta(5 if match[3] else 0), monday + timedelta(6)
    if match := re.fullmatch(r"(\d{2,3})(X{1,2})", value):
        digits, unknown = match[1], len(match[2])
        if len(digits) + unknown != 4:
            return None
        return date(int(digits + "0" * unknown), 1, 1), date(int(digits + "9" * unknown), 12, 31)
    match = re.fullmatch(r"(\d{4})(?:-(\d\d|Q[1-4]|H[12]|SP|SU|FA))?", value)
    return _year(match[1], *_months_of(match[2])) if match else None


def _months_of(part: str | None) -> tuple[int, int]:
    if part is None:
        return 1, 12
    if part in SEASON_MONTHS:
        return SEASON_MONTHS[part]
    size = {"Q": 3, "H": 6}.get(part[0], 1)
    number = int(part[1:] if size > 1 else part)
    return (number - 1) * size + 1, number * size


def _year(year: str, first: int, last: int) -> tuple[date, date]:
    number = int(year)
    return date(number, first, 1), date(number, last, monthrange(number, last)[1])


def add_months(day: date, count: int) -> date:
    """The day ``count`` months later, or the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def value_of_unit(day: date, unit: str) -> str:
    """The value of the day, week, weekend, month, quarter, year, decade or century that ``day`` lies in."""
    iso = day.isocalendar()
    return {
        "day": day.isoformat(),
        "week": f"{iso.year:04}-W{iso.week:02}",
        "weekend": f"{iso.year:04}-W{iso.week:02}-WE",
        "month": f"{day.year:04}-{day.month:02}",
        "quarter": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "year": f"{day.year:04}",
        "decade": f"{day.year // 10:03}X",
        "century": f"{day.year // 100:02}XX",
    }[unit]


def shift_unit(day: date, count: int, unit: str) -> str:
    """The value of the ``unit`` that lies ``count`` units after the one of ``day``."""
    if unit in ("day", "week"):
        return value_of_unit(day + timedelta(count * (7 if unit == "week" else 1)), unit)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    return value_of_unit(add_months(day.replace(day=1), count * months), unit)


def parse_number(word: str) -> int | None:
    """The number that a word or its digits say ("12", "twelve", "a", "thirty-three"); None for "several"."""
    if word.isascii() and word.isdigit():
        return int(word)
    tens, _, ones = word.partition("-")
    if ones and NUMBERS.get(tens, 0) >= 20:
        return NUMBERS[tens] + NUMBERS[ones] if ones in NUMBERS else None
    return NUMBERS.get(word)


def parse_ordinal(word: str) -> int | None:
    """The number of an ordinal ("3", "3rd", "third"); None when it is none."""
    return int(digits[0]) if (digits := re.match(r"\d+", word)) else ORDINALS.get(word.replace(" ", "-"))


def full_year(text: str, published: date | None) -> int:
    """The year in ``text``; one of two digits is of the hundred years up to five after the publication (or to 2030)."""
    if len(text) > 2:
        return int(text)
    latest = published.year + 5 if published else 2030
    return latest - (latest - int(text)) % 100


def move_day(day: date, count: int, unit: str) -> date | None:
    """The day that lies ``count`` units after ``day``; None when no calendar has it."""
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit)
    try:
        return add_months(day, count * months) if months else day + timedelta(count * (7 if unit == "week" else 1))
    except (ValueError, OverflowError):  # before the year 1, after the year 9999
        return None
