"""Parts names that were read as one: pairs of states, a place and its region, names told in a row or twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.read.country_names import ADJECTIVES, COUNTRIES
from kg.read.decode import Name

OFFICES = frozenset(
    "Leader Attorney Minister Commander Director Spokesman Spokeswoman Spokesperson Chairman Chairwoman President "
    "Secretary Whip Commissioner Governor Mayor Ambassador".split()
)
Known = Callable[[Sequence[str]], str]

HYPHENS = frozenset(("-", "‐", "‑", "–"))
PAIRING = HYPHENS | {"/"}
STATES = frozenset(
    ("place", "group", "organisation", "event", "work", "other")
)  # types that pairs of states are read as
MARKS = frozenset(("'s", "’s", "'", "’"))
SPELT_OUT = 4  # letters of a region's name that is no abbreviation
ROW = 9  # words that a person's name is longer than only if it is several
OFTEN = 3  # how often a word stands in a row of names that each have it
DIVISIONS = frozenset(
    "city town village suburb neighbourhood neighborhood district county province state region territory island "
    "municipality republic port".split()
)
"""Nouns before "of" that say what place it is: "the Roeish city of Leeds"."""


def part_names(names: Sequence[Name], words: Sequence[str], known: Known) -> list[Name]:
    """The names of a text with those apart that are several, in order.

    ``known`` gives the kind of the thing that has a name of these words, "" where there is none.
    """
    found = list(names)
    for split in (_split_row, _split_office, _split_described, _split_pair, _split_region, _split_owner):
        found = [part for name in found for part in split(name, words, known)]
    return found


def _split_row(name: Name, words: Sequence[str], known: Known) -> list[Name]:
    """The names that stand in a row without a comma: "Dr Roe Dr Doe Dr Hall", and one that is told twice."""
    size = name.end - name.start
    inside = words[name.start : name.end]
    half = size // 2
    if half >= 2 and inside[:half] == inside[half:] and not known(inside):
        return [replace(name, end=name.start + half), replace(name, start=name.start + half)]
    if name.type != "person" or size < ROW:
        return [name]
    word, count = Counter(word for word in inside if word[:1].isupper()).most_common(1)[0]
    if count < OFTEN:
        return [name]
    cuts = [at for at in range(name.start + 1, name.end) if words[at] == word]
    return [replace(name, start=a, end=b) for a, b in zip([name.start, *cuts], [*cuts, name.end], strict=True)]


def _split_office(name: Name, words: Sequence[str], known: Known) -> list[Name]:
    """The place and the person of "Mayor of Leeds Ann Roe", where the place is known."""
    before = words[max(0, name.start - 2) : name.start]
    if name.type not in ("person", "place") or len(before) < 2 or before[1] != "of" or before[0] not in OFFICES:
        return [name]
    for at in range(name.end - 2, name.start, -1):
        if known(words[name.start : at]) == "place" and not known(words[name.start : name.end]):
            return [replace(name, end=at, type="place"), replace(name, start=at, type="person")]
    return [name]


def _split_described(name: Name, words: Sequence[str], known: Known) -> list[Name]:
    """The place behind what describes it, and the country or people before: "Roeish city of Leeds"."""
    if name.type not in ("place", "facility"):
        return [name]
    for at in range(name.start, name.end - 1):
        after = at + 1 if words[at] == "capital" else at + 2
        divided = words[at] == "capital" or (words[at] in DIVISIONS and words[at + 1] == "of")
        if divided and after < name.end and words[after][:1].isupper():
            front = name.start
            while front < at and words[front][:1].isupper():
                front += 1
            kind = _type_of_state(words[name.start : front]) or known(words[name.start : front])
            owner = [replace(name, end=front, type=kind)] if kind in ("place", "group") else []
            return [*owner, replace(name, start=after)]
    return [name]


def _split_pair(name: Name, words: Sequence[str], known: Known) -> list[Name]:
    """The two states of "US-China" or "Chile-Peru"; the name itself where it is no such pair."""
    if name.type not in STATES:
        return [name]
    at = next((w for w in range(name.start + 1, name.end - 1) if words[w] in PAIRING), None)
    if at is None or known(words[name.start : name.end]):
        return [name]
    types = [_type_of_state(words[a:b]) for a, b in ((name.start, at), (at + 1, name.end))]
    if not all(types):
        return [name]
    return [replace(name, end=at, type=types[0]), replace(name, start=at + 1, type=types[1])]


def _split_region(name: Name, words: Sequence[str], known: Known) -> list[Name]:
    """The two places of "Leeds, England"; "Washington, D.C." stays one."""
    if name.type != "place" or words[name.start : name.end].count(",") != 1:
        return [name]
    at = words.index(",", name.start)
    region = words[at + 1 : name.end]
    if at == name.start or len("".join(region).replace(".", "")) < SPELT_OUT or known(region) != "place":
        return [name]
    return [replace(name, end=at), replace(name, start=at + 1)]


def _split_owner(name: Name, words: Sequence[str], known: Known) -> list[Name]:
    """The two places of "Leeds's Headingley", where both are known and the whole is not."""
    at = next((w for w in range(name.start + 1, name.end - 1) if words[w] in MARKS), None)
    if name.type != "place" or at is None or known(words[name.start : name.end]):
        return [name]
    if known(words[name.start : at]) != "place" or known(words[at + 1 : name.end]) != "place":
        return [name]
    return [replace(name, end=at), replace(name, start=at + 1)]


def _type_of_state(words: Sequence[str]) -> str:
    name = " ".join(words).lower().replace(" .", ".").replace(". ", ".")
    return "place" if name in COUNTRIES else "group" if name in ADJECTIVES else ""
