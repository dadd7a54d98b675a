"""The nouns of offices and posts, a table in ``offices.tsv`` that is read once, and the phrases that they head."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from spacy.tokens import Span, Token

from kg.model import Entity, Status

TABLE = "offices.tsv"
POSTPOSED = frozenset("general tempore emeritus provost".split())  # behind the noun that takes the plural
LINKS = frozenset(("of", "in"))
AUXILIARIES = 5  # words before a verb among which those that belong to it stand


@dataclass(frozen=True, slots=True)
class Noun:
    """A row of the table.

    ``held`` is "office" (a position by itself), "bound" (one only with what it belongs to) or "job" (none); ``role``
    says what its holder is to the body in the phrase; ``long`` is what an abbreviation stands for.
    """

    words: str
    held: str
    role: str
    long: str
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """What an office belongs to; ``direct`` says that its holder is the head or officer of this very thing."""

    entity: Entity
    direct: bool


@dataclass(frozen=True, slots=True)
class OfficePhrase:
    """The words of an office in a text, as tokens: its noun from ``core`` to ``stop``, all from ``start`` to ``end``.

    ``value`` is the office in the text's own words, without article, "former" and the like. ``opening`` is the word
    before the phrase in small letters, an article as a rule. ``lesser`` says that the words before the noun make its
    holder less than the head of the body, ``bound`` that something tells what the office belongs to, ``ordinal`` that
    it is somebody's place in a row: "the first president".
    """

    noun: Noun
    start: int
    core: int
    stop: int
    end: int
    value: str
    status: Status
    opening: str
    body: Body | None
    lesser: bool
    bound: bool
    ordinal: bool

    @property
    def is_office(self) -> bool:
        """Whether the phrase names a position that somebody holds."""
        return self.noun.held == "office" or (self.noun.held == "bound" and self.bound)


def find_root(span: Span) -> Token:
    """The first word of a span that hangs on none of its others; unlike spaCy's, in time of the span's length alone."""
    return next((t for t in span if not span.start <= t.head.i < span.end or t.head.i == t.i), span[-1])


def goes_with_plan(verb: Token) -> bool:
    """Whether a verb as in "with Jo Roe succeeding her" goes with what is yet to come: "is to leave", "will go"."""
    head = verb.head
    before = verb.doc[max(0, head.i - AUXILIARIES) : head.i]
    words = {t.lower_ for t in before if t.head.i == head.i or t.i == head.head.i}
    planned = {"to"} < words & {"to", "is", "are"} or not words.isdisjoint(("will", "'ll", "shall"))
    return planned and verb.lower_.endswith("ing") and head.i < verb.i


@cache
def load_nouns() -> dict[str, Noun]:
    """The nouns of the table by their words in small letters, hyphens as spaces; the plurals among them."""
    text = (files("kg.read") / TABLE).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    single = {row["noun"]: Noun(row["noun"], row["held"], row["role"], row["long"], _is_short(row)) for row in rows}
    plural = {pluralise(words): replace(noun, plural=True) for words, noun in single.items() if not noun.long}
    return {**plural, **single}


def _is_short(row: dict[str, str]) -> bool:
    """Whether a row is a plural itself: "Sens."."""
    return bool(row["long"]) and row["noun"].rstrip(" .").endswith("s")


@cache
def load_first_words() -> frozenset[str]:
    """The words that a noun of the table can begin with."""
    return frozenset(words.split()[0] for words in load_nouns())


def pluralise(words: str) -> str:
    """The plural of an office in small letters: "chiefs of staff", "attorneys general", "prime ministers"."""
    first, *rest = words.split()
    if rest and (rest[-1] in POSTPOSED or LINKS & set(rest)):
        return " ".join((_pluralise_word(first), *rest))
    *before, last = words.split()
    return " ".join((*before, _pluralise_word(last)))


def _pluralise_word(word: str) -> str:
    if word.endswith("man"):
        return word[:-2] + "en"
    if word.endswith("y") and word[-2:-1] not in "aeo":
        return word[:-1] + "ies"
    hissing = word.endswith(("s", "ch", "sh", "x")) and not word.endswith("arch")
    return word + ("es" if hissing else "s")
