"""What a document says about its events, and the tables that turn a corpus's types and arguments into ours.

The roles are the same in every corpus: the agent does it on purpose or causes it; the patient is who or what it is done
to, who dies, is hurt, is moved as a thing, is elected or named; the recipient is who is addressed, met or given
something; the instrument is the means or weapon. Who travels is the agent. All who meet, talk or agree are agents,
unless one meets the other. Who resigns is the agent, who is dismissed the patient. Where a journey begins and ends is
its place. The tables are ``event_roles.tsv``, ``event_objects.tsv`` and ``event_rolesets*.tsv`` beside this module,
``kg.event_types``, and ``kg.read.trigger_words``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from kg.event_types import EVENT_TYPES
from kg.read.lemmas import find_lemma
from kg.read.trigger_words import load_words
from training.corpora import Document

ROLES = ("agent", "patient", "recipient", "instrument", "place", "time")
TABLES = Path(__file__).parent
ALL_TYPES = frozenset(each.name for each in EVENT_TYPES)
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event at its trigger (word span).

    ``types`` are those it may be: one where certain, none where the corpus does not say, which means an event of any
    type inside a stretch, and outside all stretches that not even this is said and that only its roles are known.
    ``roles`` are (role, word span); ``known_roles`` those that are annotated in full. A span may be a whole phrase or
    its head alone, as its corpus has it.
    """

    trigger: Span
    types: frozenset[str]
    roles: tuple[tuple[str, Span], ...] = ()
    known_roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words for which all triggers of the types in ``complete`` are annotated: a word there that is no trigger is none
    of these; it may still be of another type."""

    start: int
    end: int
    complete: frozenset[str]


@dataclass(slots=True)
class Eventful:
    """A document with its events; ``paragraphs`` says of each word whether it begins one."""

    document: Document
    paragraphs: list[bool]
    happenings: list[Happening]
    stretches: list[Stretch]


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument as its corpus has it: its name there and its word span."""

    name: str
    span: Span


def cut_stretches(length: int, complete: frozenset[str], open_words: set[int]) -> list[Stretch]:
    """Stretches that cover all words but the open ones; none where no type is annotated in full."""
    if not complete:
        return []
    borders = [-1, *sorted(open_words), length]
    return [Stretch(a + 1, b, complete) for a, b in pairwise(borders) if a + 1 < b]


def list_types(field: str, name: str) -> frozenset[str]:
    """Our types that a corpus's type may be; ``field`` is the attribute of ``EventType`` with the corpus's names.

    Of a name with dots the longest listed beginning counts.
    """
    table = _type_table(field)
    parts = name.split(".")
    return next((table[key] for n in range(len(parts), 0, -1) if (key := ".".join(parts[:n])) in table), frozenset())


@cache
def _type_table(field: str) -> dict[str, frozenset[str]]:
    names = {name for each in EVENT_TYPES for name in getattr(each, field)}
    return {name: frozenset(e.name for e in EVENT_TYPES if name in getattr(e, field)) for name in names}


def read_table(name: str) -> list[list[str]]:
    """The lines of a table beside this module, split at tabs; lines that begin with "#" are comments."""
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def narrow_types(types: frozenset[str], words: Sequence[str]) -> frozenset[str]:
    """Of the types that a corpus leaves open, those that the trigger's words speak for; all where they say nothing."""
    return types & hint_types(words) or types


def hint_types(words: Sequence[str]) -> frozenset[str]:
    """The types that the words of a trigger may name by themselves."""
    hints = load_words()["hint"]
    lemmas = [[word.lower(), find_lemma(word, "VERB"), find_lemma(word, "NOUN")] for word in words]
    pairs = [f"{first[1]}_{second[0]}" for first, second in pairwise(lemmas)]
    keys = pairs if any(pair in hints for pair in pairs) else [lemma for each in lemmas for lemma in each]
    return frozenset(type_ for key in keys for type_ in hints.get(key, ()))


def clear_types(words: Sequence[str]) -> frozenset[str]:
    """The types that the words of a trigger surely name: none where only a hint does."""
    table = load_words()
    found = [
        table[part].get(find_lemma(word.lower(), part), frozenset()) for word in words for part in ("VERB", "NOUN")
    ]
    return frozenset[str]().union(*found)


@cache
def _role_table() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for role, beginning, names in read_table("event_roles.tsv"):
        for name in names.split():
            table.setdefault(name, {})[beginning.removesuffix("*")] = role
    return table


def name_role(type_: str, argument: str) -> str | None:
    """Our role for an argument of a corpus's type ("party", "mover" and "leaver" are decided by the words)."""
    lines = _role_table().get(argument.lower(), {})
    beginnings = [beginning for beginning in lines if type_.startswith(beginning)]
    role = lines[max(beginnings, key=len)] if beginnings else "-"
    return None if role == "-" else role


PREPOSITIONS = frozenset("in at on from to by with of for into near inside outside over during against through"
                         " across between about as onto upon within around".split())  # fmt: skip
CARRIED = frozenset(
    "send bring take carry transport deport evacuate deliver ship transfer airlift smuggle escort cart import export"
    " supply fly drive whisk deploy displace provide rush traffic unload".split()
)
LEFT = frozenset("resign resignation quit retire retirement leave step".split())
_SKIPPED = frozenset("the a an his her their its our my another other and or".split()) | {",", '"'}


def place_roles(
    words: Sequence[str], type_: str, trigger: Span, arguments: Iterable[Argument]
) -> tuple[tuple[str, Span], ...]:
    """The roles of an event's arguments, in the order of the text; of two for one span, the first in ``ROLES``."""
    named = [(role, a.span) for a in arguments if (role := name_role(type_, a.name))]
    moved = any(role == "agent" for role, _ in named)
    decided = [(_decide(role, words, trigger, span, moved), span) for role, span in named]
    found = {span: role for role, span in sorted(decided, key=lambda pair: -ROLES.index(pair[0]))}
    return tuple((role, span) for span, role in sorted(found.items()))


def _decide(role: str, words: Sequence[str], trigger: Span, span: Span, moved: bool) -> str:
    lemmas = {find_lemma(word, part) for word in words[trigger[0] : trigger[1]] for part in ("VERB", "NOUN")}
    if role == "mover":
        return "patient" if moved or _is_carried(words, trigger, span, lemmas) else "agent"
    if role == "leaver":
        return "agent" if lemmas & LEFT else "patient"
    if role == "party":
        return "recipient" if _is_second(words, trigger, span) else "agent"
    return role


def _is_carried(words: Sequence[str], trigger: Span, span: Span, lemmas: set[str]) -> bool:
    """Whether what moves is moved: the object of "send", or the subject of its passive."""
    before = {word.lower() for word in words[max(0, trigger[0] - 3) : trigger[0]]}
    passive = bool(before & {"was", "were", "been", "being", "be", "is", "are"}) and span[0] < trigger[0]
    return bool(lemmas & CARRIED) and (passive or span[0] >= trigger[1] or bool(lemmas & {"send", "bring", "deport"}))


def strip_preposition(span: Span, words: Sequence[str]) -> Span:
    """The span of a phrase without the preposition that it begins with."""
    start, end = span
    return (start + 1, end) if end - start > 1 and words[start].lower() in PREPOSITIONS else span


def _is_second(words: Sequence[str], trigger: Span, span: Span) -> bool:
    """Whether a party comes after the verb or after "with": "Ann met Bo", "talks with Bo"."""
    start = span[0]
    while start > 0 and words[start - 1].lower() in _SKIPPED:
        start -= 1
    if start == trigger[1] and find_lemma(words[trigger[0]], "VERB") in ("meet", "call", "phone", "greet", "visit"):
        return True
    return start > 0 and words[start - 1].lower() in ("with", "to") and start > trigger[0]
