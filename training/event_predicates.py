"""Events from predicates: PropBank's rolesets that have a type of ours, and clear words in plain news."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from kg.read.candidates import Tagged
from kg.read.labels import UPOS
from kg.read.lemmas import find_lemma
from training.corpora import Document
from training.happenings import (
    ALL_TYPES,
    PREPOSITIONS,
    Eventful,
    Happening,
    Span,
    Stretch,
    load_words,
    read_table,
    strip_preposition,
)

PLAIN = {"ARG0": "agent", "ARG1": "patient"}
MODIFIERS = {"ARGM-LOC": "place", "ARGM-TMP": "time"}
NUMBERED = frozenset(("ARG0", "ARG1", "ARG2", "ARG3", "ARG4"))
LONGEST = 15  # words of a patient; longer ones are clauses
TIME_WORDS = frozenset(
    "today yesterday tomorrow tonight now ago morning afternoon evening night noon midnight minute minutes hour hours"
    " day days week weeks weekend month months year years decade decades century monday tuesday wednesday thursday"
    " friday saturday sunday january february march april may june july august september october november december"
    " spring summer autumn winter".split()
)
CLAUSES = frozenset("when before after while until since as once if because whenever that".split())


def read_propbank(file: Path) -> list[Eventful]:
    """PropBank's annotation of EWT: the roles of all predicates but those that are surely no events.

    A roleset of the table gives its predicate a type; any other predicate lies outside all stretches: nothing is said
    of it but its roles. What is surely no event ("be", "know") is a stretch of its own.
    """
    texts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for raw in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        texts[raw["doc"]].append(raw)
    return [_read_text(name, sentences) for name, sentences in texts.items()]


def _read_text(name: str, sentences: list[dict[str, Any]]) -> Eventful:
    document = Document(name, "ewt", [])
    happenings: list[Happening] = []
    stretches: list[Stretch] = []
    for raw in sentences:
        base, words = len(document.words), raw["tokens"]
        document.words += words
        document.sentence_starts += [int(number == 0) for number in range(len(words))]
        taken = set()
        for predicate in raw["preds"]:
            place, types = predicate["i"], type_roleset(predicate["roleset"])
            if place in taken:
                continue
            taken.add(place)
            trigger = (base + place, base + place + 1)
            if types is None:
                stretches.append(Stretch(*trigger, ALL_TYPES))
                continue
            roles, known = _list_roles(predicate["roleset"], predicate["args"], words)
            if types or roles:
                moved = tuple((role, (start + base, end + base)) for role, (start, end) in roles)
                happenings.append(Happening(trigger, types, moved, known))
    return Eventful(document, [start == 1 for start in document.sentence_starts], happenings, stretches)


def type_roleset(roleset: str) -> frozenset[str] | None:
    """The types of a roleset: none where no table has it; None where it is no event."""
    lemma = roleset.rpartition(".")[0]
    table = _load_rolesets()
    types = table.get(roleset, table.get(f"{lemma}.*", frozenset()))
    return None if "-" in types else types


@cache
def _load_rolesets() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for type_, rolesets in read_table("event_rolesets.tsv"):
        for roleset in rolesets.split():
            found[roleset].add(type_)
    return {roleset: frozenset(types) for roleset, types in found.items()}


@cache
def _load_arguments() -> dict[str, dict[str, str]]:
    """What the arguments of a roleset are, where they are not as usual."""
    found: dict[str, dict[str, str]] = {}
    for given, rolesets in read_table("event_rolesets_roles.tsv"):
        arguments = dict(pair.split("=") for pair in given.split())
        found.update(dict.fromkeys(rolesets.split(), arguments))
    return found


def _list_roles(
    roleset: str, arguments: Sequence[tuple[str, int, int]], words: list[str]
) -> tuple[list[tuple[str, Span]], frozenset[str]]:
    """The roles of a predicate, and which of them are known in full."""
    table = {**PLAIN, **_load_arguments().get(roleset, {}), **MODIFIERS}
    is_agent_there = any(name == "ARG0" for name, _, _ in arguments)
    known = {"agent", "patient", "place", "time"} | ({"recipient"} & set(table.values()))
    roles = []
    for name, start, end in arguments:
        role = table.get(name, "-" if name in NUMBERED else "")
        if role == "mover":
            led = words[start].lower() in PREPOSITIONS  # "travelled to Canada"
            role = ("place" if led else "patient") if is_agent_there else "agent"
        if role == "-":
            known -= {"place", "patient"}  # it may be either, under a number that says nothing
        elif role:
            span = strip_preposition((start, end), words)
            if _is_fit(role, words[span[0] : span[1]]):
                roles.append((role, span))
            else:
                known.discard(role)
    return sorted(roles, key=lambda pair: pair[1]), frozenset(known)


def _is_fit(role: str, words: list[str]) -> bool:
    """Whether a phrase is of the size and sort that fills a role: no clause, and for a time one that says when."""
    low = [word.lower() for word in words]
    if role == "time":
        dated = any(word in TIME_WORDS or (word.isdigit() and len(word) == 4) for word in low)
        return dated and low[0] not in CLAUSES
    return len(words) <= LONGEST and not (role != "agent" and low[0] in CLAUSES | {"to", "whether", "how", "why"})


PARTS = {UPOS.index("VERB"): "VERB", UPOS.index("NOUN"): "NOUN"}


def add_clear_words(given: Eventful, text: Tagged) -> Eventful:
    """The document with the triggers that clear words are, where nothing else is said of them; roles are unknown."""
    taken = {word for each in given.happenings for word in range(*each.trigger)}
    complete: dict[int, frozenset[str]] = {}
    for stretch in given.stretches:
        for word in range(stretch.start, stretch.end):
            complete[word] = complete.get(word, frozenset()) | stretch.complete
    objects = list_objects(text)
    found = []
    for word, tag in enumerate(text.upos):
        part = PARTS.get(tag)
        if part is None or word in taken:
            continue
        types = name_clear_types(text, word, part) or _name_with_objects(text, word, objects.get(word, ()))
        if types and not types & complete.get(word, frozenset()):
            found.append(Happening((word, word + 1), types))
    happenings = sorted([*given.happenings, *found], key=lambda each: each.trigger)
    return replace(given, happenings=happenings)


def list_objects(text: Tagged) -> dict[int, list[str]]:
    """The lemmas of the objects of each verb, and of the subjects of passives."""
    found: dict[int, list[str]] = defaultdict(list)
    for word, (head, label) in enumerate(zip(text.heads, text.labels, strict=True)):
        if label in ("obj", "nsubj:pass"):
            found[head].append(find_lemma(text.lower[word], "NOUN"))
    return found


@cache
def _load_objects() -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for type_, verbs, objects in read_table("event_objects.tsv"):
        for pair in product(verbs.split(), objects.split()):
            found[pair].add(type_)
    return {pair: frozenset(types) for pair, types in found.items()}


def _name_with_objects(text: Tagged, word: int, objects: Iterable[str]) -> frozenset[str]:
    """The types of a verb with its objects."""
    verb = find_lemma(text.lower[word], "VERB")
    table = _load_objects()
    return frozenset[str]().union(*(table.get((verb, each), frozenset()) for each in objects))


def name_clear_types(text: Tagged, word: int, part: str) -> frozenset[str]:
    """The types of a word with a part of speech, from the table of clear words; of a verb with its particle."""
    clear = load_words()[part]
    small = text.lower[word]
    lemma = find_lemma(small, part)
    if part == "VERB":
        after = range(word + 1, min(word + 4, len(text.words)))
        particles = [w for w in after if text.heads and text.heads[w] == word and text.labels[w] == "compound:prt"]
        if particles:
            return clear.get(f"{lemma}_{text.lower[particles[0]]}", frozenset())
        if word + 1 < len(text.words) and text.lower[word + 1] == "to" and f"{lemma}_to" in clear:
            return clear[f"{lemma}_to"]
    elif text.labels and text.labels[word] == "compound":
        return frozenset()  # "protest song", "election law": what the compound means is no event
    return clear.get(small, frozenset()) or clear.get(lemma, frozenset())
