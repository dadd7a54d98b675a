"""Mends where names begin and end: pairs over a hyphen, brackets, words before a name, and known names cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.read.country_names import ADJECTIVES
from kg.read.decode import Name
from kg.read.names import PARTICLES
from kg.read.parting import HYPHENS, MARKS, OFFICES, Known, part_names

DAYS = frozenset("today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday tonight".split())
PREFIXES = frozenset("anti pro non pre post ex mid co counter inter multi semi sub trans ultra neo pseudo".split())
PROPER = frozenset(("person", "organisation", "place", "facility"))  # types whose names begin and end in capitals
CLAUSAL = frozenset(
    "is was were are has had have been will would could should may might must who whom whose which that because while "
    "he she they we it his her their our its him them us my your said says".split()
)
ELECTED = frozenset(
    "Senator Senators Representative Representatives Congressman Congresswoman Congressmen Assemblyman Assemblywoman "
    "Councillor Councilman Councilwoman Lawmaker Lawmakers Legislator Legislators Delegate".split()
)
PARTIES = frozenset("Republican Democratic Conservative Labour Labor Liberal Green Socialist Communist".split())
RANKS = frozenset(
    "Majority Minority Deputy Vice Prime Regional District Chief Executive Opposition Assistant Municipal Managing "
    "Acting".split()
)
LINKS = frozenset("of the for at in on and & 's ’s".split())
COMPASS = frozenset(
    "north south east west northern southern eastern western north-east north-west south-east south-west northeast "
    "northwest southeast southwest northeastern northwestern southeastern southwestern central".split()
)
MOST_LINKS = 3
ORDINAL = re.compile(r"(?:first|second|third|[a-z]{2}th)$")
YEAR = re.compile(r"1\d{3}|20\d{2}", re.ASCII)
YEARS_END = re.compile(r"(?:1\d|20)?\d{2}", re.ASCII)
LONG = 9  # words of a known name


def mend_borders(names: Sequence[Name], words: Sequence[str], known: Known) -> list[Name]:
    """The names of a text with better borders, in order; some fall into two, some are joined, and some were none.

    ``known`` gives the kind of the thing that has a name of these words, "" where there is none.
    """
    found = _join_years(_join_known(names, words, known), words)
    found = part_names([_free_leaning(name, words) for name in found], words, known)
    found = [_extend_compound(name, words, known) for name in _keep_compounds(found, words)]
    found = [_drop_office(_end_brackets(_drop_lead(name, words), words), words) for name in found]
    found = [_cut_clause(name, words) for name in found]
    return [name for name in found if name.start < name.end and not _is_prefix(name, words)]


def _join_known(names: Sequence[Name], words: Sequence[str], known: Known) -> list[Name]:
    """With neighbours joined whose words, with those between, are the name of one known thing."""
    joined: list[Name] = []
    for name in names:
        before = joined[-1] if joined else None
        if before is not None and _may_join(before, name, words):
            kind = known(words[before.start : name.end])
            if kind and kind not in ("person", "place", "group"):
                joined[-1] = replace(before, end=name.end)
                continue
        joined.append(name)
    return joined


def _join_years(names: Sequence[Name], words: Sequence[str]) -> list[Name]:
    """With the two years of "1976-1983" as one date."""
    joined: list[Name] = []
    for name in names:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.type == name.type == "date"
            and name.start == before.end + 1
            and words[before.end] in HYPHENS
            and YEAR.fullmatch(words[before.end - 1])
            and YEARS_END.fullmatch(words[name.start])
        ):
            joined[-1] = replace(before, end=name.end)
        else:
            joined.append(name)
    return joined


def _may_join(before: Name, name: Name, words: Sequence[str]) -> bool:
    between = words[before.end : name.start]
    return (
        0 < len(between) <= MOST_LINKS
        and name.end - before.start <= LONG + 1
        and before.type in ("organisation", "work", "event", "other")
        and name.type not in ("date", "money", "person")
        and (all(word in LINKS for word in between) or _is_campus(before, name, words))
    )


def _is_campus(before: Name, name: Name, words: Sequence[str]) -> bool:
    """Whether two names may be one over a comma: "University of Leeds, Roeville"."""
    inside = words[before.start : before.end]
    return words[before.end : name.start] == [","] and name.type == "place" and "of" in inside


def _free_leaning(name: Name, words: Sequence[str]) -> Name:
    """A body's name without the people that it leans to: the "pro-Roeish Civic Bloc"."""
    start = name.start
    leaning = start >= 2 and words[start - 1] in HYPHENS and words[start - 2].lower() in PREFIXES
    first = words[start].lower()
    if name.type != "organisation" or not leaning or name.end - start < 2 or first not in ADJECTIVES:
        return name
    return replace(name, start=start + 1)


def _extend_compound(name: Name, words: Sequence[str], known: Known) -> Name:
    """With the rest of a compound that belongs to a known name: "sub-Saharan Africa", "Song Hye-kyo"."""
    start, end = name.start, name.end
    if name.type == "place" and start >= 2 and words[start - 1] in HYPHENS and words[start - 2].lower() in PREFIXES:
        return replace(name, start=start - 2) if known(words[start - 2 : end]) == "place" else name
    if name.type == "person" and end - start > 1 and end + 1 < len(words) and words[end] in HYPHENS:
        return replace(name, end=end + 2) if known(words[start : end + 2]) == "person" else name
    return name


def _keep_compounds(names: Iterable[Name], words: Sequence[str]) -> list[Name]:
    """With no border inside a compound: "Min" goes with "ho Roe" in "Acme Min-ho Roe"."""
    kept: list[Name] = []
    for name in names:
        before = kept[-1] if kept else None
        start = name.start
        if (
            before is not None
            and name.type == "person"
            and start - before.end in (0, 1)
            and start >= 2
            and words[start - 1] in HYPHENS
            and words[start][:1].islower()
        ):
            first = start - 2
            if before.start < first < before.end:
                kept[-1] = replace(before, end=first)
                name = replace(name, start=first)
            elif before.start == first:
                kept.pop()
                name = replace(name, start=first)
        kept.append(name)
    return kept


def _drop_lead(name: Name, words: Sequence[str]) -> Name:
    """Without what stands before a name and is no part of it: "Today's", and words in small letters."""
    start, end = name.start, name.end
    if name.type in ("date", "money"):
        return name
    if end - start > 2 and words[start].lower() in DAYS and words[start + 1] in MARKS:
        start += 2
    if end - start > 1 and words[start] == "Former" and name.type in PROPER and words[start + 1][:1].isupper():
        start += 1
    while start < end and _is_torn(words[start]):
        start += 1
    if name.type in PROPER:
        while end - start > 1 and _is_low(words[start], start > name.start) and _has_capital(words[start + 1 : end]):
            start += 1
    return replace(name, start=start)


def _is_low(word: str, after_another: bool) -> bool:
    if not word.isalpha() or not word.islower() or word in COMPASS or ORDINAL.search(word):
        return False
    return after_another or word == "the" or (word not in PARTICLES and len(word) > 2)


def _has_capital(words: Iterable[str]) -> bool:
    return any(word[:1].isupper() for word in words)


def _is_torn(word: str) -> bool:
    """Whether a bracket is closed in a word that is not opened in it: "S]everal"."""
    return any(closing in word[:-1] and opening not in word for opening, closing in OPENING.items())


OPENING = {"(": ")", "[": "]", "{": "}"}


def _end_brackets(name: Name, words: Sequence[str]) -> Name:
    """With as many closing brackets as opening ones: one more word, or nothing from the bracket on."""
    inside = words[name.start : name.end]
    torn = next((at for at, word in enumerate(inside) if _is_torn(word)), 0)
    if torn:
        return replace(name, end=name.start + torn)
    for opening, closing in OPENING.items():
        if opening in inside and inside.count(opening) > inside.count(closing):
            if name.end < len(words) and words[name.end] == closing:
                return replace(name, end=name.end + 1)
            at = len(inside) - 1 - inside[::-1].index(opening)
            return replace(name, end=name.start + at) if at else replace(name, start=name.start + 1)
        if closing in inside and inside.count(closing) > inside.count(opening):
            if closing == "]" and name.start and words[name.start - 1] == opening:  # what an editor filled in
                return replace(name, start=name.start - 1)
            at = inside.index(closing)
            return replace(name, end=name.start + at) if at else replace(name, start=name.start + 1)
    return name


def _drop_office(name: Name, words: Sequence[str]) -> Name:
    """Without an office in a body's or place's name, or the first part of one: "Leeds District" Attorney.

    Before the name of a place it goes with its "of": "District Attorney of Leeds".
    """
    if name.type not in ("organisation", "place", "facility") or name.end - name.start < 2:
        return name
    first = words[name.start : name.start + MOST_LINKS]
    if name.type != "organisation" and "of" in first[1:] and words[name.start + first.index("of") - 1] in OFFICES:
        after = name.start + first.index("of") + 1
        after += after < name.end and words[after] == "the"
        return replace(name, start=after) if after < name.end else name
    end = name.end
    if end - name.start == 2 and words[name.start] in PARTIES and words[end - 1] in ELECTED:
        return replace(name, end=end - 1)
    if words[end - 1] in OFFICES and words[end - 2] != "of":
        end -= 1
    elif not (end < len(words) and words[end] in OFFICES):
        return name
    while end > name.start + 1 and words[end - 1] in RANKS:
        end -= 1
    return replace(name, end=name.start if end < name.end and words[end - 1] in RANKS else end)


def _cut_clause(name: Name, words: Sequence[str]) -> Name:
    """Without what follows a pronoun, an auxiliary or the like in small letters, which no such name holds."""
    if name.type not in PROPER:
        return name
    for word in range(name.start + 1, name.end):
        if words[word] in CLAUSAL:
            while word > name.start + 1 and words[word - 1].islower():
                word -= 1
            return replace(name, end=word)
    return name


def _is_prefix(name: Name, words: Sequence[str]) -> bool:
    """Whether a name is only the first part of a compound: "Anti-corruption"."""
    return (
        name.end - name.start == 1
        and name.end < len(words)
        and words[name.start].lower() in PREFIXES
        and words[name.end] in HYPHENS
    )
