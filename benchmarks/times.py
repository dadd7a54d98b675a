"""Scores the values of time expressions against the dates that GUM annotates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scores import Score
from kg.model import Article, Reading, Time
from kg.read.calendar_values import days_of

TAG = re.compile(r"<(/?)date([^>]*)>")
HOUR = re.compile(r"T(\d\d:\d\d)")
SEASONS = {
    (first, last): season
    for season, first, lasts in (
        ("SP", "03", ("05", "06")),
        ("SU", "06", ("08", "09")),
        ("FA", "09", ("11", "12")),
        ("WI", "12", ("02", "03")),
    )
    for last in lasts
}
ATTRIBUTE = re.compile(r'(\w+):::"([^"]*)"')


@dataclass(frozen=True, slots=True)
class GoldTime:
    """An annotated date: its span, and its value, an interval "first/last" where GUM gives two ends."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class DatedText:
    """A document of GUM as running text, the day it was made, and its dates; ``open`` ones are not among them.

    An open date has one end, or only bounds that it lies between ("a few months ago").
    """

    name: str
    text: str
    created: str | None
    times: tuple[GoldTime, ...]
    open: int


def read_gum(folder: Path) -> Iterator[DatedText]:
    """The documents of GUM in ``folder``, CoNLL-U with TEI tags as ``XML=`` in the last column, by sorted name."""
    for file in sorted(folder.glob("*.conllu")):
        yield _read_document(file.stem, file.read_text(encoding="utf-8").split("\n"))


def _read_document(name: str, lines: Iterable[str]) -> DatedText:
    text, created, opened = "", None, 0
    times: list[GoldTime] = []
    begun: list[tuple[int, str]] = []
    whole: tuple[str, int] = ("", 0)  # the rest of a written word that holds several tokens
    for line in lines:
        if line.startswith("# meta::dateCreated"):
            created = line.split("=", 1)[1].strip()
        elif line.startswith("# newpar"):
            text = text.rstrip() + "\n\n" if text else ""
        elif line[:1].isdigit():
            number, form, misc = (line.split("\t")[i] for i in (0, 1, 9))
            space = "" if "SpaceAfter=No" in misc else " "
            if "-" in number:
                first, last = number.split("-")
                whole = (form + space, int(last) - int(first) + 1)
                continue
            if "." in number:
                continue
            if whole[1]:  # a token of a written word: its own letters, the last one takes what is left
                piece = form if whole[1] > 1 and whole[0].startswith(form) else whole[0] if whole[1] == 1 else ""
                whole = (whole[0][len(piece) :], whole[1] - 1)
            else:
                piece = form + space
            start, text = len(text), text + piece
            for closing, attributes in TAG.findall(misc):
                if not closing:
                    begun.append((start, attributes))
                elif begun:
                    begin, attributes = begun.pop()
                    value = _value_of(dict(ATTRIBUTE.findall(attributes)))
                    opened += value is None
                    if value:
                        times.append(GoldTime(begin, len(text.rstrip()), value))
    return DatedText(name, text, created, tuple(sorted(times, key=lambda t: t.start)), opened)


def _value_of(attributes: dict[str, str]) -> str | None:
    if "when" in attributes:
        return attributes["when"]
    return f"{attributes['from']}/{attributes['to']}" if {"from", "to"} <= attributes.keys() else None


def score_times(
    texts: Iterable[DatedText], read: Callable[[Article], Reading], *, tell: Callable[[str], None] | None = None
) -> Score:
    """How many of the annotated dates get their very value, and how many values given on them are right.

    Only dates with a value or two ends count, and a date is right when a time that overlaps it covers the same days,
    and has the same hour where GUM gives one. A range of ours that covers two dates of GUM ("1914-18") must have
    theirs as its ends. Notations that say the same are equal: decades and centuries as such or by their ends, seasons
    as such or by their months, "--10" and "XXXX-10", "-400" and "BC0400". Parts of the day, which GUM does not give,
    are not compared. Times outside the annotated dates do not count, for GUM leaves out many. ``tell`` gets a line for
    each mistake.
    """
    score = Score()
    for text in texts:
        reading = read(Article(id=text.name, text=text.text, published=text.created))
        for gold in text.times:
            touching = [t for t in reading.times if t.passage.start < gold.end and gold.start < t.passage.end]
            valued = [t for t in touching if t.value]
            right = [t for t in valued if _is_equal(gold, t)]
            score += Score(len(right), len(valued), bool(right), 1)
            if tell and not right:
                answers = ", ".join(f"{t.passage.text!r} {t.value}" for t in touching) or "nothing"
                tell(f"{text.name}: {text.text[gold.start : gold.end]!r} is {gold.value}, given {answers}")
    return score


def _is_equal(gold: GoldTime, time: Time) -> bool:
    values = [time.value or ""]
    if "/" in values[0]:
        middle = (time.passage.start + time.passage.end) / 2
        end = values[0].split("/")[(gold.start + gold.end) / 2 > middle]
        values = [values[0], end] if "/" in gold.value else [end]  # GUM writes decades and centuries by their ends
    return any(_say_the_same(gold.value, value) for value in values)


def _say_the_same(gold: str, value: str) -> bool:
    if (season := _season_of(gold)) and season in (value, _season_of(value)):
        return True
    days, hour = days_of(_pad(gold)), HOUR.search(gold)
    if days is None:
        return _name(gold) == _name(value)
    if hour and (found := HOUR.search(value)) and found[1] != hour[1]:
        return False
    return days == days_of(value) and (not hour or HOUR.search(value) is not None)


def _season_of(value: str) -> str | None:
    """The notation of a season for an interval of its months; GUM ends it with its third or its fourth month."""
    ends = re.fullmatch(r"(-|\d{4})-(\d\d)(?:-01)?/(?:-|\d{4})-(\d\d)(?:-3\d)?", value)
    season = SEASONS.get((ends[2], ends[3])) if ends else None
    return f"{ends[1].replace('-', 'XXXX')}-{season}" if ends and season else None


def _pad(value: str) -> str:
    return value.zfill(4) if value.isdigit() else value


def _name(value: str) -> str:
    """One notation for a month or day of any year, and one for a year before our era."""
    match = re.fullmatch(r"(?:-|BC)0*(\d+)", value)
    return f"BC{match[1]}" if match else value.replace("XXXX-", "--")
