"""Finds the names that a text gives one thing: "the Federal Reserve (Fed)", "Jo Roe, also known as Joro", "America"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.model import Kind
from kg.read.names import BODIES, acronym_key, acronyms_of, fold, is_acronym

OPENS = re.compile(r"\s*[\"”'’]?\s*\(\s*(?P<cue>[^\"“'‘():]{0,24}:?\s)??[\"“'‘]?\s*(?:the\s)?", re.IGNORECASE)
CLOSES = re.compile(r"\s?[\"”'’]?\s?[),;]")
SAYS = re.compile(
    r"(?:literally|lit\.?|or|also|formerly|originally|officially|in english|english|translated as|translation|meaning|"
    r"i\.e\.|(?:also |better |formerly |previously )?(?:known as|called|named)|aka|a\.k\.a\.)[:,]?\s*",
    re.IGNORECASE,
)
"""What may stand in brackets before a second name."""
CLOSES_AT_ONCE = re.compile(r"[\"”'’ ]{0,3}\)")
_OFTEN = r"(?:also|better|best|formerly|previously|otherwise|commonly|popularly|widely|officially|originally|locally)"
CALLED = re.compile(
    rf"[\"”'’]?\s?,?\s?(?:(?:who|which)\s(?:is|was)\s)?(?:{_OFTEN}\s(?:known\s(?:simply\s)?as|called|named|dubbed|"
    r"nicknamed|referred\sto\sas)|known\sas|nicknamed|alias|aka|a\.k\.a\.|whose\s(?:real|full)\sname\s(?:is|was)|"
    r"abbreviated\s(?:as|to)|formerly|previously)\s[\"“'‘]?\s?(?:the\s)?",
    re.IGNORECASE,
)
"""What stands between two names of one thing."""
OF = re.compile(r"\b(?:of|in|from|at|to|near|by|with|for|and|or)\s(?:the\s)?$|,\s$", re.IGNORECASE)
MOST_BETWEEN = 60  # characters between two names of one thing
BEFORE = 12  # characters before a name in which a preposition can stand
LONG = 7  # letters that a name has at least that an acronym stands for
TRANSLATED = frozenset[Kind](("work", "event", "product"))
SAME = (
    "united states,united states of america,usa,us,america", "united kingdom,uk,britain,great britain",
    "netherlands,holland", "myanmar,burma", "soviet union,ussr", "czech republic,czechia", "eswatini,swaziland",
    "ivory coast,cote divoire", "turkey,turkiye", "east germany,gdr,german democratic republic",
    "north korea,dprk", "democratic republic of the congo,drc,dr congo", "gaza,gaza strip", "vatican,vatican city",
    "mediterranean,mediterranean sea", "united arab emirates,uae", "crimea,crimean peninsula",
    "west germany,federal republic of germany", "timor leste,east timor", "cape verde,cabo verde",
)  # fmt: skip
"""Places with several names, folded."""
PLACE_OF = {name: names.split(",")[0] for names in SAME for name in names.split(",")}
LINKS = frozenset("of for on in to".split())  # what follows the word in a body's name that says what it is
APART = LINKS | {"and", "the", "&", "at", "de", "with"}
CLASSES = frozenset(
    "air airlines airline airways university college party motor motors company group international league baseball "
    "news agency corps".split()
)
"""Words after the names of bodies that are often left out."""
COMMON = BODIES | frozenset("house congress court union times post club institute church team".split())
"""What many bodies are called for short."""
DIRECTIONS = frozenset("new north south east west northern southern eastern western central".split())
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


class Place(NamedTuple):
    """Where a name stands: characters ``start`` to ``end``, and the number of the group of names that it is in."""

    start: int
    end: int
    group: int


def find_aliases(
    text: str, places: Sequence[Place], kinds: Sequence[Kind], forms: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Pairs of groups of names that the ``text`` says are one thing's, where one stands right after the other.

    ``places`` are in order; each group has one of ``kinds`` and is best known by one of ``forms``.
    """
    for one, other in pairwise(places):
        apart = other.start - one.end
        if one.group != other.group and 1 < apart < MOST_BETWEEN:
            pair = kinds[one.group], kinds[other.group]
            if _is_bracketed(text, one, other, pair, forms[one.group]) or _is_called(text, one, other, pair):
                yield one.group, other.group


def _is_bracketed(text: str, one: Place, other: Place, kinds: tuple[Kind, Kind], form: str) -> bool:
    """Whether a name stands in brackets after another, as an acronym, a translation or with words that say so."""
    opened = OPENS.fullmatch(text, one.end, other.start)
    if not opened or not CLOSES.match(text, other.end):
        return False
    if opened["cue"]:
        return bool(SAYS.fullmatch(opened["cue"])) and _may_be_one(*kinds)
    if is_short_for(text[other.start : other.end], form, kinds):
        return True
    return kinds[0] == kinds[1] and kinds[0] in TRANSLATED and bool(CLOSES_AT_ONCE.match(text, other.end))


def _is_called(text: str, one: Place, other: Place, kinds: tuple[Kind, Kind]) -> bool:
    """Whether words between two names say that they are one thing's; not after a preposition, since "the capital of
    Ruritania, also known as Strelsau" calls no country so."""
    called = CALLED.fullmatch(text, one.end, other.start)
    return bool(called) and _may_be_one(*kinds) and not OF.search(text, max(0, one.start - BEFORE), one.start)


def _may_be_one(one: Kind, other: Kind) -> bool:
    """Whether two kinds may be one thing's: of bodies and peoples a model cannot always tell which they are."""
    return one == other or {one, other} == {"organisation", "group"}


def is_short_for(short: str, name: str, kinds: tuple[Kind, Kind]) -> bool:
    """Whether what stands in brackets after a name can be its short form: an acronym, or letters of it in order."""
    if not {"person", "group"}.isdisjoint(kinds) or len(name) <= LONG:
        return False
    letters = iter(fold(name))
    in_order = all(letter in letters for letter in fold(short))
    if is_acronym(short):
        fit = kinds[0] == kinds[1] or (in_order and "place" not in kinds) or acronym_key(short) in acronyms_of(name)
        return fit and not _is_tail(name, acronym_key(short))
    return in_order and kinds[0] == kinds[1] and " " not in short and 2 < len(short) < LONG


def _is_tail(name: str, acronym: str) -> bool:
    """Whether an acronym stands for a longer name that ends in this one: "(CHPL)" after "Heart Care of Port Leeds"."""
    return any(acronym.endswith(short) and acronym != short for short in acronyms_of(name))


def shorten_body(name: str) -> set[str]:
    """What a body with a ``name`` is called for short, folded: "house" of "House of Representatives", "harvard" of
    "Harvard University", "senate" of "US Senate". "Democratic Party" is not short for "Liberal Democratic Party"."""
    words = fold(name).split()
    found: set[str] = set()
    if "/" in name or "-" in name:  # two bodies side by side
        return found
    link = next((n for n, word in enumerate(words) if word in LINKS), 0)
    if link and APART.isdisjoint(words[:link]):
        found.add(" ".join(words[:link]))
    rest = len(words)
    while rest > 1 and words[rest - 1] in CLASSES:
        rest -= 1
        found.add(" ".join(words[:rest]))
    if APART.isdisjoint(words):
        ends = (words[n:] for n in (1, 2) if n < len(words) and words[n - 1] not in DIRECTIONS)
        found.update(" ".join(end) for end in ends if end[-1] != "party" or len(end) == 1)
    return {short for short in found if len(short) > 2 and not ORDINAL.fullmatch(short)}


def is_common(short: str) -> bool:
    """Whether a folded short name is a word for bodies of its kind ("senate"), which another one may be called, too."""
    return short in COMMON
