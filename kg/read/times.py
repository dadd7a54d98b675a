"""Finds the time expressions of an article and gives them values, seen from the day of publication."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from spacy.tokens import Doc

from kg.model import Entity, Passage, Time
from kg.read.calendar_anchor import Anchor, Tense
from kg.read.calendar_rules import LEAP_YEAR, resolve_value
from kg.read.calendar_values import days_of, interval_of
from kg.read.time_context import YEAR_LEADS, is_time, tense_at
from kg.read.time_patterns import Expression, find_duration, find_expressions
from kg.read.tokenizer import text_of

__all__ = ["find_times", "interval_of", "part_lives"]

NEAR_DAYS = 3  # between the date in a text and the one that its source gives
NEAR = 3  # sentences over which "the next day" is counted from the time before
# Rules whose value hangs on the tense when no year is given.
TENSED = {"weekday", "date", "month", "period", "quarter", "end", "holiday", "season", "trailing"}
# Rules that only a text near to its own day uses; without them it tells a history, year by year.
DEICTIC = {"weekday", "period", "trailing"}
YEAR_GIVERS = {"date", "month", "year", "ago", "context", "season"}
TO = re.compile(r"\s*[-–—]\s*|\s+(?:to|through|until|till|and)\s+", re.IGNORECASE)
LIST = re.compile(r"\s*[-–—]\s*|,?\s+(?:to|through|until|till|and|or)\s+|,\s+", re.IGNORECASE)
ON = re.compile(r"(?:\s+(?:GMT|UTC|[A-Z]{1,3}T|local time))?,?\s+(?:on\s+)?(?:the\s+)?", re.IGNORECASE)
AT = re.compile(r",?\s+(?:(?:at|around|about|by)\s+)?", re.IGNORECASE)
FROM = re.compile(r"\b(from|between)\s+$", re.IGNORECASE)
MOVED = re.compile(r"\b(?:mov|postpon|push|delay|reschedul|shift|chang|brought forward)\w*\b[^.;]*$", re.IGNORECASE)
DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T[A-Z]{2})?")
DASH = re.compile(r"\s*[-–—]\s*(?:(?:c\.|ca\.|circa)\s*)?")
LIFE = 15  # years, at least
ASIDE = 120  # characters between a name and the days of a life, at most
EXTRA = re.compile(r"\b(?:after|before|since|until|than|ago|later|earlier|every|each|following|previous|between)\b")


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression with its value."""

    start: int
    end: int
    rule: str
    value: str | None


class Tokens:
    """Where the tokens and sentences of a ``Doc`` begin, to come from a character to its token."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.starts: list[int] = doc.to_array("IDX").tolist() if len(doc) else []
        flags = doc.to_array("SENT_START").tolist() if len(doc) else []
        self.sentences = [i for i, flag in enumerate(flags) if flag == 1 or i == 0]

    def at(self, char: int) -> int:
        """The token that holds the character ``char``."""
        return max(0, bisect_right(self.starts, char) - 1)

    def sentence(self, char: int) -> int:
        """The number of the sentence that holds the character ``char``."""
        return bisect_right(self.sentences, self.at(char)) - 1


def find_times(doc: Doc, *, published: str | None) -> tuple[Time, ...]:
    """The time expressions of ``doc`` in order, with values in the notation of ``calendar_values``.

    Rules find them in the text; entities of ``doc`` labelled "date" are added, and where both mark a place the longer
    one counts. ``published`` (an ISO 8601 date or date-time) anchors what is relative; without it, a date that stands
    alone on a line at the top does, and else "last Friday" has no value. A weekday or a month without year is the last
    one in a past clause and the next one in a future clause; in a text that tells a history it belongs to the year
    told of. Offsets are code points. Times that the words do not settle have the value None.
    """
    tokens = Tokens(doc)
    text, parted = tokens.text, _part_paragraphs(tokens)
    spans = [(e.start_char, e.end_char) for e in doc.ents if e.label_ == "date"]
    expressions = [
        e for e in find_expressions(parted) if is_time(tokens.doc, e, tokens.at(e.start), tokens.at(e.end - 1))
    ]
    expressions = _add_years(text, expressions, spans)
    _share_years(parted, expressions)
    found = _join(parted, _resolve(tokens, expressions, _publication_day(text, published, expressions)))
    return tuple(Time(Passage(f.start, f.end, text[f.start : f.end]), f.value) for f in _unite(text, found, spans))


def _part_paragraphs(tokens: Tokens) -> str:
    """The text with a mark in place of the line end before a sentence, so that no expression reaches over it."""
    text = tokens.text
    if "\n" not in text:
        return text
    pieces, done = [], 0
    for sentence in tokens.sentences:
        start = tokens.starts[sentence]
        if start > done and text[start - 1] == "\n":
            pieces += [text[done : start - 1], "\0"]
            done = start
    return "".join([*pieces, text[done:]])


def _add_years(text: str, expressions: list[Expression], spans: Sequence[tuple[int, int]]) -> list[Expression]:
    """Bare numbers that the model calls dates are years; those of three digits only where early years are told of."""
    starts = [e.start for e in expressions]
    early = r"|[1-9]\d\d" if _tells_early_years(expressions) else ""
    years = []
    for start, end in spans:
        left = bisect_right(starts, start) - 1
        if left >= 0 and expressions[left].end > start:
            continue
        if re.fullmatch(rf"[12]\d{{3}}{early}", text[start:end], re.ASCII) and int(text[start:end]) < 2100:
            years.append(Expression(start, end, "year", {"y": text[start:end]}))
        elif early and (ends := re.fullmatch(r"([1-9]\d\d) ?[-–—] ?(\d{3})", text[start:end], re.ASCII)):
            years.append(Expression(start, end, "years", {"y": ends[1], "y2": ends[2]}))
    return sorted([*expressions, *years], key=lambda e: e.start) if years else expressions


def _tells_early_years(expressions: Sequence[Expression]) -> bool:
    """Whether a year of our era before 1000 is said to be one ("c. 314", "AD 71"), and none before our era."""
    early = any(
        0 < len(e.fields.get("y", "")) < 4 and e.rule in ("year", "years", "month", "date") for e in expressions
    )
    return early and not any(e.rule == "bc" or "bc" in e.fields for e in expressions)


def _publication_day(text: str, published: str | None, expressions: Sequence[Expression]) -> date | None:
    """The day that the text is written on: its own dateline when that is near to ``published``, for "yesterday" is
    counted from there."""
    own = _find_dateline(text, expressions)
    if not published:
        return own
    days = days_of(published[:10])
    if not days or days[0] != days[1]:
        return None
    return own if own and abs((own - days[0]).days) <= NEAR_DAYS else days[0]


def _find_dateline(text: str, expressions: Sequence[Expression]) -> date | None:
    """The day of a full date with its weekday that stands alone on a line at the top."""
    for e in expressions[:3]:
        line = text[text.rfind("\n", 0, e.start) + 1 : e.start] + text[e.end :].partition("\n")[0]
        if e.start < 500 and e.rule == "date" and {"y", "wd"} <= e.fields.keys() and not line.strip(" .\t"):
            value = resolve_value(e.rule, e.fields, Anchor())
            days = days_of(value)
            return days[0] if days else None
    return None


def _share_years(text: str, expressions: Sequence[Expression]) -> None:
    """Gives the year of "March and April 2019" to both, from the last to the first."""
    for left, right in reversed(list(pairwise(expressions))):
        alike = {left.rule, right.rule} <= {"month", "date"} and left.fields.keys().isdisjoint(("y", "rel", "yrel"))
        if alike and "y" in right.fields and LIST.fullmatch(text, left.end, right.start):
            left.fields["y"] = right.fields["y"]


def _resolve(tokens: Tokens, expressions: Sequence[Expression], published: date | None) -> list[Found]:
    """Values one after the other, for each may be counted from the one before."""
    story = published is None or not any(_is_deictic(e) for e in expressions)
    found: list[Found] = []
    before: Found | None = None
    year: tuple[int, int] | None = None  # the sentence that gave a year, and the year
    for e in expressions:
        here = tokens.sentence(e.start)
        anchor = Anchor(published)
        if before and here - tokens.sentence(before.start) <= NEAR:
            anchor = replace(anchor, before=before.value)
        if year and (story or year[0] == here):
            anchor = replace(anchor, year=year[1])
        if e.rule in TENSED and "y" not in e.fields:
            anchor = replace(anchor, tense=_tense_of(tokens, e))
        value = resolve_value(e.rule, e.fields, anchor)
        if (story or e.rule == "month") and _is_of_any_year(e, anchor):
            value = resolve_value(e.rule, e.fields, Anchor(year=LEAP_YEAR))
            value = value and "XXXX" + value[4:]
        new = Found(e.start, e.end, e.rule, value)
        found.append(new)
        days = days_of(new.value)
        if days:  # a story is told of what has been; after a time to come, "the next day" may be of either
            before = None if published and days[0] > published else new
        gives = e.rule in YEAR_GIVERS if story else e.rule in ("date", "month") and "y" in e.fields
        if days and gives and not _is_attribute(tokens, e) and not _lies_ahead(tokens, e, days[0], published):
            year = here, days[0].year
    return found


def _is_attribute(tokens: Tokens, expression: Expression) -> bool:
    """Whether a year only tells one thing from others: "the 1965 act", "the 2020 census"."""
    if expression.rule != "year":
        return False
    first, after = tokens.at(expression.start), tokens.at(expression.end - 1) + 1
    led = first > 0 and tokens.doc[first - 1].lower_ in YEAR_LEADS
    return not led and after < len(tokens.doc) and tokens.doc[after].pos_ in ("NOUN", "PROPN", "ADJ")


def _lies_ahead(tokens: Tokens, expression: Expression, day: date, published: date | None) -> bool:
    """Whether a time after the publication is one to come; in the past tense, the publication is not to be trusted."""
    return published is not None and day > published and _tense_of(tokens, expression) != "past"


def _is_of_any_year(expression: Expression, anchor: Anchor) -> bool:
    """Whether a month is told of as it is every year: "The rain falls in July"."""
    return (
        expression.rule in ("date", "month")
        and anchor.tense == "present"
        and expression.fields.keys().isdisjoint(("y", "rel", "yrel", "ycon", "wd", "d2"))
    )


def _is_deictic(expression: Expression) -> bool:
    fields = expression.fields
    return (
        expression.rule in DEICTIC
        or fields.get("side") == "ago"
        or (expression.rule == "today" and fields["word"] != "today")
    )


def _tense_of(tokens: Tokens, expression: Expression) -> Tense | None:
    end = expression.end
    tense = tense_at(tokens.doc, tokens.at(expression.start), tokens.at(end - 1) + 1)
    if tense == "past" and expression.rule == "month" and _is_before_noun(tokens, expression):
        return None  # "October elections" may lie on the other side than the verb
    if tense == "scheduled":
        return "present" if expression.rule in ("month", "season") else "future"
    return tense or ("past" if tokens.text[end : end + 2] in ("'s", "’s") else None)


def _is_before_noun(tokens: Tokens, expression: Expression) -> bool:
    after = tokens.at(expression.end - 1) + 1
    return after < len(tokens.doc) and tokens.doc[after].pos_ == "NOUN"


def _join(text: str, found: Sequence[Found]) -> list[Found]:
    """Ranges ("from May to June") and days with their time ("9 p.m. on Monday") become one."""
    joined: list[Found] = []
    for new in found:
        old = joined[-1] if joined else None
        both = _join_two(text, old, new) if old else None
        if both:
            joined[-1] = both
        else:
            joined.append(new)
    return [f for f in joined if f.rule != "part_of"]


def _join_two(text: str, old: Found, new: Found) -> Found | None:
    day, clock = (new, old) if old.rule == "clock" else (old, new)
    if clock.rule == "clock" and day.rule != "clock":
        if not (ON if clock is old else AT).fullmatch(text, old.end, new.start):
            return None
        return Found(old.start, new.end, "moment", _value_of_moment(day.value, clock.value))
    if old.rule == "part_of":
        if not text[old.end : new.start].isspace() or not new.value or not re.fullmatch(r"\d{4}-\d\d-\d\d", new.value):
            return None
        return Found(old.start, new.end, new.rule, f"{new.value}{old.value}")
    return _join_range(text, old, new)


def _value_of_moment(day: str | None, clock: str | None) -> str | None:
    """ "9 p.m." of a day; the small hours of a night belong to the day after."""
    if day is None or clock is None or not DAY.fullmatch(day):
        return day if day and DAY.fullmatch(day) else None
    if day.endswith("TNI") and clock < "T06":
        return (date.fromisoformat(day[:10]) + timedelta(1)).isoformat() + clock
    return day[:10] + clock


def _join_range(text: str, old: Found, new: Found) -> Found | None:
    gap = TO.fullmatch(text, old.end, new.start)
    if not gap or not old.value or not new.value or "/" in old.value + new.value:
        return None
    lead = FROM.search(text[max(0, old.start - 12) : old.start])
    word = gap[0].strip().lower()
    wanted = {"and": "between", "to": "from", "until": "from", "till": "from"}.get(word)
    if wanted and not (lead and lead[1].lower() == wanted):
        return None
    value = f"{old.value}/{new.value}"
    if days_of(value) is None or MOVED.search(text[max(0, old.start - 80) : old.start]):
        return None
    return Found(old.start, new.end, "range", value)


def _unite(text: str, found: Sequence[Found], spans: Sequence[tuple[int, int]]) -> list[Found]:
    """What rules and model found, together; the longer one of two at the same place."""
    starts = [f.start for f in found]
    kept = dict(enumerate(found))
    added: list[Found] = []
    for start, end in spans:
        first = bisect_left(starts, start)
        first -= first > 0 and found[first - 1].end > start
        inside = [i for i in range(first, bisect_left(starts, end)) if found[i].end > start]
        if not inside and not text[start:end].isdecimal():  # a number alone is no time that anyone could use
            added.append(Found(start, end, "model", find_duration(text[start:end])))
        elif len(inside) == 1 and found[inside[0]].start >= start and found[inside[0]].end <= end:
            old = kept.pop(inside[0])
            rest = text[start : old.start] + " " + text[old.end : end]
            added.append(Found(start, end, old.rule, None if EXTRA.search(rest.lower()) else old.value))
    return sorted([*kept.values(), *added], key=lambda f: (f.start, f.end))


def part_lives(text: str, times: Sequence[Time], people: Iterable[Entity]) -> tuple[Time, ...]:
    """The times, with the two days of a life behind somebody's name each by itself: "Ann Lee (1 May 1910 – 1989)".

    A span of fewer than ``LIFE`` years is left whole, since it may be that of an office.
    """
    ends = {mention.passage.end for entity in people for mention in entity.mentions}
    parted: list[Time] = []
    for time in times:
        values = (time.value or "").split("/")
        years = [int(value[:4]) for value in values if value[:4].isdecimal()]
        if len(years) == 2 == len(values) and years[1] - years[0] >= LIFE and _is_behind(text, time.passage, ends):
            start, words = time.passage.start, time.passage.text
            dash = DASH.search(words)
            if dash is not None and DASH.search(words, dash.end()) is None:
                passages = (
                    Passage(start, start + dash.start(), words[: dash.start()]),
                    Passage(start + dash.end(), time.passage.end, words[dash.end() :]),
                )
                parted += [Time(passage, value) for passage, value in zip(passages, values, strict=True)]
                continue
        parted.append(time)
    return tuple(parted)


def _is_behind(text: str, passage: Passage, ends: Container[int]) -> bool:
    """Whether a passage stands in brackets behind a name that ends at one of ``ends``; other brackets may stand
    between."""
    low = max(0, passage.start - ASIDE)
    at = text.rfind("(", low, passage.start)
    if at < 0 or ")" in text[at : passage.start]:
        return False
    while at > low:
        at = low + len(text[low:at].rstrip(" ,"))
        if at in ends or at - 1 in ends:
            return True
        if text[at - 1 : at] != ")":
            return False
        at = text.rfind("(", low, at)
    return False
