"""Works out the value of a time expression from its parts and from what it is anchored to."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from kg.read.calendar_anchor import (
    LENGTHS,
    Anchor,
    Fields,
    Tense,
    choose_year,
    find_context_day,
    find_year,
    find_year_beside,
)
from kg.read.calendar_values import (
    HOLIDAYS,
    MONTHS,
    PARTS,
    SEASON_MONTHS,
    SEASONS,
    TENS,
    WEEKDAYS,
    days_of,
    full_year,
    move_day,
    parse_number,
    parse_ordinal,
    shift_unit,
    value_of_unit,
)

WORLD_WARS = {"one": "1914-07-28/1918-11-11", "two": "1939-09-01/1945-09-02"}
LEAP_YEAR = 2000  # has every day that a year may have
SAME = {"this past": "last", "this coming": "next"}  # of months


def _resolve_date(fields: Fields, anchor: Anchor) -> str | None:
    month = MONTHS[fields["m"][:3]] if "m" in fields else int(fields["mm"])
    day = parse_ordinal(fields["d"])
    if not day or not 1 <= month <= 12 or day > monthrange(LEAP_YEAR, month)[1]:
        return None
    year: int | None
    if "y" in fields:
        year = full_year(fields["y"], anchor.published)
    elif "yrel" in fields:
        year = find_year(fields, anchor)
    elif "rel" in fields:
        year = find_year_beside(fields["rel"], month, day, anchor)
    else:
        year = choose_year(month, day, anchor)
        if year and "wd" in fields:  # the weekday knows the year better than the tense
            near = [y for y in (year, year - 1, year + 1) if _falls_on(y, month, day, fields["wd"])]
            year = near[0] if near else None
    if not year or not 1 <= day <= monthrange(year, month)[1]:
        return None
    value = f"{year:04}-{month:02}-{day:02}"
    if "d2" in fields:
        last = parse_ordinal(fields["d2"])
        later = last is not None and day < last <= monthrange(year, month)[1]
        return f"{value}/{year:04}-{month:02}-{last:02}" if later else None
    return value + PARTS.get(fields.get("part", ""), "")


def _falls_on(year: int, month: int, day: int, weekday: str) -> bool:
    return day <= monthrange(year, month)[1] and date(year, month, day).weekday() == WEEKDAYS[weekday[:3]]


def _resolve_numeric(fields: Fields, anchor: Anchor) -> str | None:
    """Day and month as numbers: with points the day comes first; with strokes only when one is above twelve."""
    first, second = int(fields["a"]), int(fields["b"])
    day, month = (first, second) if fields["sep"] == "." or first > 12 else (second, first)
    if fields["sep"] == "/" and max(first, second) <= 12 and first != second:
        return None
    return _resolve_date({"d": str(day), "mm": str(month), "y": fields["y"]}, anchor)


def _resolve_month(fields: Fields, anchor: Anchor) -> str | None:
    month, now, rel = MONTHS[fields["m"][:3]], anchor.published, fields.get("rel", "")
    year: int | None
    if "y" in fields:
        year = full_year(fields["y"], now)
    elif "yrel" in fields:
        year = find_year(fields, anchor)
    elif "ycon" in fields:
        start = find_context_day(anchor.before, "year", last=False)
        year = start.year if start else None
    elif rel:
        step = {"last": -(month >= now.month), "next": month <= now.month}.get(SAME.get(rel, rel), 0) if now else 0
        year = now.year + step if now else None
    else:
        year = choose_year(month, None, anchor)
    return f"{year:04}-{month:02}" if year else None


def _resolve_weekday(fields: Fields, anchor: Anchor) -> str | None:
    wanted, rel, now = WEEKDAYS[fields["wd"][:3]], fields.get("rel", ""), anchor.published
    tense: str | None = {"last": "past", "this past": "past", "this coming": "future"}.get(rel, anchor.tense)
    strict = rel != "" and rel != "this"
    if rel in ("every", "each", "that", "the same"):
        return None
    if rel in ("the previous", "the following"):
        now = find_context_day(anchor.before, "day", last=rel == "the following")
        tense = "future" if rel == "the following" else "past"
    if now is None:
        return None
    back, ahead = (now.weekday() - wanted) % 7, (wanted - now.weekday()) % 7
    if "week" in fields:
        day = now - timedelta(now.weekday() - wanted) + timedelta({"last": -7, "this": 0, "next": 7}[fields["week"]])
    elif rel == "next":
        if ahead and wanted > now.weekday():  # this week's or the next one's: writers differ
            return None
        day = now + timedelta(ahead or 7)
    elif tense not in ("past", "future"):
        return None
    elif tense == "past":
        day = now - timedelta(back or 7 * strict)
    else:
        day = now + timedelta(ahead or 7 * strict)
    return day.isoformat() + PARTS.get(fields.get("part", ""), "")


def _resolve_period(fields: Fields, anchor: Anchor) -> str | None:
    """A week, month, year ... seen from the publication: "last week", "this year", "the weekend"."""
    rel, unit, now = fields["rel"], fields["unit"], anchor.published
    if now is None:
        return None
    if unit == "weekend":
        return _resolve_weekend(rel, now, anchor.tense)
    step = {"last": -1, "next": 1, "this": 0}.get(rel)
    if step is None or (step and unit in ("decade", "century")):
        return None  # "the last decade": ten years, or the years that begin with other digits
    return shift_unit(now, step, unit)


def _resolve_weekend(rel: str, now: date, tense: Tense | None) -> str | None:
    """The value of a weekend; "this" and "the" one lie on either side of the publication, as the tense tells."""
    step = {"last": -1, "this past": -1, "the past": -1, "next": 1, "this coming": 0, "the coming": 0}.get(rel)
    if step is None:
        if tense not in ("past", "future") and now.weekday() < 5:
            return None
        step = -1 if tense == "past" and now.weekday() < 5 else 0
    return value_of_unit(now + timedelta(5 - now.weekday() + 7 * step), "weekend")


def _resolve_context(fields: Fields, anchor: Anchor) -> str | None:
    """What is counted from the time mentioned before: "the next day", "that year", "the following night"."""
    rel, unit, part = fields["rel"], fields["unit"], PARTS.get(fields["unit"], "")
    step = {"previous": -1, "next": 1, "following": 1}.get(rel.split()[-1], 0)
    step = -1 if fields.get("side") == "before" else 1 if fields.get("side") == "after" else step
    unit = "day" if part else unit
    start = find_context_day(anchor.before, unit, last=step > 0)
    if start is None or (part and step < 0):
        return None
    if unit == "weekend":
        return value_of_unit(start, "weekend") if not step and start.weekday() >= 5 else None
    return shift_unit(start, step, unit) + part


def _resolve_today(fields: Fields, anchor: Anchor) -> str | None:
    """ "today", "yesterday evening", "last night", "this morning"."""
    if anchor.published is None:
        return None
    word = fields["word"]
    step = {"yesterday": -1, "last": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
    part = "night" if word == "tonight" else fields.get("part", "")
    return shift_unit(anchor.published, step.get(word, 0), "day") + PARTS.get(part, "")


def _resolve_ago(fields: Fields, anchor: Anchor) -> str | None:
    """ "two weeks ago", "three days later": the day, week, month or year that lies so many before or after."""
    count, unit, side = parse_number(fields.get("n", "")), fields["unit"], fields["side"]
    if count is None or count >= 100 or not {"approx", "half", "half2"}.isdisjoint(fields) or unit not in LENGTHS:
        return None
    if side in ("before", "after", "prior") or unit in ("decade", "century"):
        return None  # of an event that the text names, or too round a number
    back = side in ("ago", "back", "earlier", "previously")
    if side in ("ago", "back", "from now", "hence"):
        start = anchor.published
    else:
        start = find_context_day(anchor.before, unit, last=not back)
    if start is None:
        return None
    start = move_day(start.replace(day=1) if unit in ("month", "year") else start, -count if back else count, unit)
    return value_of_unit(start, unit) if start else None


def _resolve_trailing(fields: Fields, anchor: Anchor) -> str | None:
    """ "the past two weeks", "the next five years": so many up to the publication, or from the day after it."""
    count, unit, now = parse_number(fields.get("n", "one")), fields["unit"], anchor.published
    if "vague" in fields or now is None or count is None or unit not in LENGTHS or unit == "century":
        return None
    ahead = fields["rel"] in ("next", "coming")
    if ahead and anchor.tense == "past":
        return None  # in a story "the next five years" are counted from what it tells
    other = move_day(now, count if ahead else -count, unit)
    if other is None:
        return None
    return f"{now + timedelta(1)}/{other}" if ahead else f"{other + timedelta(1)}/{now}"


def _resolve_quarter(fields: Fields, anchor: Anchor) -> str | None:
    """ "the first quarter of 2019"; without a year the latest one begun, or with future tense the next one."""
    if not {"fiscal", "fiscal2"}.isdisjoint(fields):
        return None
    letter = "H" if fields.get("kind") == "half" else "Q"
    number, year, now = parse_ordinal(fields["o"]), find_year(fields, anchor), anchor.published
    if year is None and letter == "Q" and now and number and anchor.tense:
        current = (now.month + 2) // 3
        year = now.year - (number > current) if anchor.tense == "past" else now.year + (number < current)
    return f"{year:04}-{letter}{number}" if year and number and number <= (2 if letter == "H" else 4) else None


def _resolve_season(fields: Fields, anchor: Anchor) -> str | None:
    season, rel, now = SEASONS[fields["s"]], fields.get("rel"), anchor.published
    if "y" in fields:
        year = int(fields["y"])
        if "y2" not in fields:
            return f"{year:04}-{season}"
        return f"{year:04}-12/{year + 1:04}-02" if season == "WI" and _is_next(fields["y"], fields["y2"]) else None
    if "plural" in fields or (rel is None and anchor.tense == "present"):
        return f"XXXX-{season}"
    if rel is None and anchor.year:
        return f"{anchor.year:04}-{season}"
    if rel in ("that", "that same", "the same"):
        start = find_context_day(anchor.before, "year", last=False)
        return f"{start.year:04}-{season}" if start and season != "WI" else None
    if now is None or season == "WI":
        return None
    first, last = SEASON_MONTHS[season]
    if rel == "last" or (rel is None and anchor.tense == "past"):
        year = now.year - (now.month <= last if rel else now.month < first)
    elif rel == "next" or (rel is None and anchor.tense == "future"):
        year = now.year + (now.month >= first if rel else now.month > last)
    elif rel is None or rel == "this past":
        return None
    else:
        year = now.year
    return f"{year:04}-{season}"


def _is_next(first: str, last: str) -> bool:
    return (int(first) + 1 - int(last)) % (100 if len(last) == 2 else 10_000) == 0


def _resolve_years(fields: Fields, anchor: Anchor) -> str | None:
    """ "1914-18", "2019/20": from the first to the last year."""
    first, last = fields["y"], fields["y2"]
    last = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    if int(last) < int(first) and _is_next(first, fields["y2"]):
        last = str(int(first) + 1)  # "1999-00"
    return f"{int(first):04}/{int(last):04}" if int(first) < int(last) else None


def _resolve_decade(fields: Fields, anchor: Anchor) -> str | None:
    """ "the 1990s", "the '90s", "the nineties"; "the 1800s" are a century, "the 1900s" may be either."""
    if digits := fields.get("y") or fields.get("y2"):
        year = int(digits)
        if year % 100 == 0 and year < 2000:
            return f"{year // 100:02}XX" if year < 1900 else None
        return f"{year // 10:03}X"
    tens = TENS[fields["word"]] if "word" in fields else int(fields["tens"][0])
    if "word" in fields and anchor.published is None:
        return None if tens < 5 else f"19{tens}X"
    now = anchor.published.year if anchor.published else 2030
    return f"{(now - (now - tens * 10) % 100) // 10:03}X"


def _resolve_century(fields: Fields, anchor: Anchor) -> str | None:
    number = parse_ordinal(fields["o"])
    return f"{number - 1:02}XX" if number and 1 < number <= 22 and "bc" not in fields else None


def _resolve_centuries(fields: Fields, anchor: Anchor) -> str | None:
    """ "the 15th to the 19th century"."""
    first, last = (_resolve_century({**fields, "o": fields[name]}, anchor) for name in ("o", "o2"))
    return f"{first}/{last}" if first and last and first < last else None


def _resolve_bc_years(fields: Fields, anchor: Anchor) -> str | None:
    """ "1200 to 400 BC": from the first to the last year, which has the lower number."""
    first, last = int(fields["y"]), int(fields["y2"])
    return f"BC{first:04}/BC{last:04}" if first > last else None


def _resolve_clock(fields: Fields, anchor: Anchor) -> str | None:
    """ "9 p.m." is T21:00; midnight and a bare "9 o'clock" stay open, for they may belong to two days or halves."""
    if "word" in fields:
        return "T12:00" if fields["word"] in ("noon", "midday") else None
    hour, minute, half = parse_number(fields["h"]), int(fields.get("mi", "0")), fields.get("ap")
    if half is None and fields.get("part"):
        half = "a" if fields["part"] == "morning" else "p"
    if half is None and "oclock" in fields:
        return None
    if hour is None or (half and not 1 <= hour <= 12):
        return None
    if "bare" in fields and 1 <= int(fields["h"]) <= 12 and fields["h"][0] != "0":
        return None  # of the morning or the afternoon
    hour = hour % 12 + 12 * (half == "p") if half else hour
    return f"T{hour:02}:{minute:02}" if hour <= 23 and minute <= 59 else None


def _resolve_holiday(fields: Fields, anchor: Anchor) -> str | None:
    month, day = HOLIDAYS[fields["name"].replace("’", "'")]
    now, rel = anchor.published, fields.get("rel")
    year = int(fields["y"]) if "y" in fields else None
    if year is None and now and rel in ("last", "next"):
        passed = (now.month, now.day) > (month, day)
        year = now.year - (not passed) if rel == "last" else now.year + passed
    elif year is None:
        year = choose_year(month, day, anchor)
    return f"{year:04}-{month:02}-{day:02}" if year else None


def _resolve_end(fields: Fields, anchor: Anchor) -> str | None:
    """ "the end of the year": the year of the publication, unless the clause tells of the past; "by" it: its last."""
    if anchor.published is None or anchor.tense == "past":
        return None
    value = shift_unit(anchor.published, 0, fields["unit"])
    days = days_of(value)
    return days[1].isoformat() if "deadline" in fields and days else value


def _resolve_spelled(fields: Fields, anchor: Anchor) -> str | None:
    """ "nineteen eighty-four", "two thousand and five"."""
    rest = parse_number(re.sub(r"[\s-]+", "-", fields["rest"]))
    hundreds = 20 if fields["hundreds"].startswith("two") else parse_number(fields["hundreds"])
    return f"{hundreds:02}{rest:02}" if hundreds and rest is not None else None


RESOLVERS: dict[str, Callable[[Fields, Anchor], str | None]] = {
    "date": _resolve_date,
    "numeric": _resolve_numeric,
    "month": _resolve_month,
    "weekday": _resolve_weekday,
    "period": _resolve_period,
    "context": _resolve_context,
    "today": _resolve_today,
    "ago": _resolve_ago,
    "trailing": _resolve_trailing,
    "quarter": _resolve_quarter,
    "season": _resolve_season,
    "years": _resolve_years,
    "decade": _resolve_decade,
    "century": _resolve_century,
    "centuries": _resolve_centuries,
    "bc_years": _resolve_bc_years,
    "clock": _resolve_clock,
    "holiday": _resolve_holiday,
    "end": _resolve_end,
    "spelled": _resolve_spelled,
    "year": lambda fields, anchor: None if fields.get("mod") in ("pre", "post") else f"{int(fields['y']):04}",
    "part_of": lambda fields, anchor: PARTS[fields["part"]],  # of a day that follows
    "war": lambda fields, anchor: WORLD_WARS["one" if fields else "two"],
    "bc": lambda fields, anchor: f"BC{int(fields['y']):04}",
    "fiscal": lambda fields, anchor: f"FY{full_year(fields['y'], anchor.published):04}",
}


def resolve_value(rule: str, fields: Fields, anchor: Anchor) -> str | None:
    """The value of an expression that ``rule`` found, with the parts ``fields``; None when they do not tell it."""
    return RESOLVERS[rule](fields, anchor)
