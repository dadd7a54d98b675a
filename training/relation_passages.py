"""Reads KnowledgeNet: passages with facts, joined to the things that the shipped reader finds in them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.properties import BY_ID
from kg.read.components import ENTITIES
from kg.read.times import find_times
from training.relation_corpora import Area, Draft, Stuff, Words, agreement
from training.relation_maps import KNOWLEDGENET

Span = tuple[int, int]
SAME = 0.5  # of agreement between an annotated span and a mention of the reader that are taken for one
RELATIVE = frozenset(("who", "whom", "whose", "which", "that"))
EMPLOYED = "EMPLOYEE_OR_MEMBER_OF"
SIDES = {
    "NATIONALITY": ("person", "group"),
    "HEADQUARTERS": ("organisation", "place"),
}  # of the others the table of properties says the kinds
PARTIES = re.compile(r"\b(?:Party|Democrats?|Republicans?|Conservatives?|Labou?r|Liberals?|Greens|GOP)\b")
SOCIETIES = re.compile(
    r"\b(?:Association|Society|Academy|Union|League|Club|Band|Orchestra|Ensemble|Quartet|Parliament|Senate|Congress|"
    r"Assembly|House of|Council|Committee|Commission|Board|Order of|Federation|Fellowship|Guild|Team|F\.?C\.?|Choir)\b"
)
MEMBERSHIP = re.compile(
    r"\b(?:members?|membership|fellow|band|group|guitarist|drummer|bassist|vocalist|singer|elected|club|team)\b",
    re.IGNORECASE,
)
ABOUT = 45  # characters before an object in which a word of membership counts


def read_knowledgenet(file: Path, *, folds: Collection[int], nlp: Language) -> Iterator[Draft]:
    """KnowledgeNet (diffbot/knowledge-net): passages that are exhaustive for the properties which they list.

    It annotates only the mentions of its facts. ``nlp``, the shipped pipeline, finds the other things of a passage,
    between which its properties do not hold; where a mention of a fact is one of the reader's, it is that thing.
    """
    rows = iter(close_gaps(row) for row in json.loads(file.read_text(encoding="utf-8")) if row["fold"] in folds)
    while batch := list(islice(rows, 64)):
        docs = nlp.pipe((row["documentText"] for row in batch), batch_size=32)
        for row, doc in zip(batch, docs, strict=True):
            yield join_facts(row, doc, Words(row["documentText"], nlp))


def close_gaps(row: dict[str, Any]) -> dict[str, Any]:
    """The document with its passages as paragraphs, instead of blanks for what lay between them; offsets follow."""
    lines: list[str] = []
    passages = []
    at = 0
    for passage in sorted(row["passages"], key=lambda each: each["passageStart"]):
        start, end = passage["passageStart"], passage["passageEnd"]
        lines.append(row["documentText"][start:end])
        passages.append(_shift(passage, at - start))
        at += end - start + 2
    return {**row, "documentText": "\n\n".join(lines), "passages": passages}


def _shift(passage: dict[str, Any], by: int) -> dict[str, Any]:
    def shift(record: dict[str, Any]) -> dict[str, Any]:
        return {key: value + by if key.endswith(("Start", "End")) else value for key, value in record.items()}

    return {**shift(passage), "facts": [shift(fact) for fact in passage["facts"]]}


def join_facts(row: dict[str, Any], doc: Doc, words: Words) -> Draft:
    """One document of KnowledgeNet with the things that the reader found in it, and those that only its facts name."""
    for passage in row["passages"]:
        span = words.span(passage["passageStart"], passage["passageEnd"])
        if span:
            words.paragraphs[span[0]] = True
    draft = words.draft(row["documentId"], "knowledgenet")
    found = find_things(doc, words)
    index = Things(found)
    for number, passage in enumerate(row["passages"]):
        span = words.span(passage["passageStart"], passage["passageEnd"]) or (0, 0)
        names = {each["propertyName"] for each in passage["exhaustivelyAnnotatedProperties"]}
        labels = names - {EMPLOYED} | ({"EMPLOYEE_OF", "MEMBER_OF"} if EMPLOYED in names else set())
        draft.areas.append(Area(*span, frozenset(labels)))
        for fact in without_repeats(passage["facts"]):
            label = name_relation(fact, row["documentText"])
            subject = words.span(fact["subjectStart"], fact["subjectEnd"])
            target = words.span(fact["objectStart"], fact["objectEnd"])
            one = index.find(subject, fact["subjectUri"], kind_of(label, 0))
            other = index.find(target, fact["objectUri"], kind_of(label, 1))
            if one is not None and other is not None:
                draft.triples.append((one, label, other, number))
    draft.things, moved = index.close()
    draft.triples = sorted({(moved[one], label, moved[other], at) for one, label, other, at in draft.triples})
    return draft


def find_things(doc: Doc, words: Words) -> list[Stuff]:
    """The entities and times that the reader found in a text, as things."""
    found = []
    for entity in doc.user_data[ENTITIES]:
        spans = [words.span(mention.passage.start, mention.passage.end) for mention in entity.mentions]
        found.append(Stuff(entity.kind, [span for span in spans if span]))
    for time in find_times(doc, published=None):
        span = words.span(time.passage.start, time.passage.end)
        found.append(Stuff("date", [span] if span else []))
    return [thing for thing in found if thing.spans]


def without_repeats(facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The facts without those of a relative pronoun that say again what another says of the name it stands for."""
    sides: dict[tuple[str, str, object], int] = defaultdict(int)
    for fact in facts:
        for own, far in (("subject", "object"), ("object", "subject")):
            if fact[f"{own}Text"].lower() not in RELATIVE:
                sides[fact["propertyName"], own, fact[f"{far}Start"]] += 1
    return [
        fact
        for fact in facts
        if not any(
            fact[f"{own}Text"].lower() in RELATIVE and sides[fact["propertyName"], own, fact[f"{far}Start"]]
            for own, far in (("subject", "object"), ("object", "subject"))
        )
    ]


def name_relation(fact: dict[str, Any], text: str) -> str:
    """The corpus's name of a fact's property, with EMPLOYEE_OR_MEMBER_OF divided in Wikidata's sense.

    One is a member (P463) of what is made of its members: of a club, band, society, parliament; and where the words
    before the object speak of membership. A party's member is P102; all else is an employer (P108).
    """
    name: str = fact["propertyName"]
    if name != EMPLOYED:
        return name
    if PARTIES.search(fact["objectText"]):
        return "POLITICAL_AFFILIATION"
    before = text[max(0, fact["objectStart"] - ABOUT) : fact["objectStart"]]
    member = SOCIETIES.search(fact["objectText"]) or MEMBERSHIP.search(before)
    return "MEMBER_OF" if member else "EMPLOYEE_OF"


def kind_of(label: str, side: int) -> str:
    """The kind of the subject (0) or the object (1) of a relation of KnowledgeNet."""
    if label in SIDES:
        return SIDES[label][side]
    name, turned = KNOWLEDGENET[label][0]
    kinds = BY_ID[name].subjects if (side == 0) != turned else BY_ID[name].objects
    return next((kind for kind in ("person", "organisation", "place", "date") if kind in kinds), "other")


class Things:
    """The things of a document, found by their words; annotated spans are joined to the reader's, or become new."""

    def __init__(self, found: list[Stuff]) -> None:
        self.things = [Stuff(thing.kind, list(thing.spans)) for thing in found]
        self._same = list(range(len(found)))
        self._uris: dict[str, int] = {}
        self._at: dict[int, set[tuple[int, Span]]] = defaultdict(set)
        for number, thing in enumerate(found):
            for span in thing.spans:
                self._mark(number, span)

    def find(self, span: Span | None, uri: str, kind: str) -> int | None:
        """The number of the thing that an annotated span names; things with the same ``uri`` are one."""
        if span is None:
            return None
        near = {each for word in range(*span) for each in self._at[word] if kind != "date" or self._is_date(each[0])}
        best = max(near, key=lambda each: (agreement(span, each[1]), -each[0], each[1]), default=None)
        if best is not None and agreement(span, best[1]) >= SAME:
            number = best[0]
        else:
            number = len(self.things)
            self.things.append(Stuff(kind, [span]))
            self._same.append(number)
            self._mark(number, span)
        if uri:
            known = self._uris.setdefault(uri, number)
            self._same[self._root(number)] = self._root(known)
        return number

    def close(self) -> tuple[list[Stuff], list[int]]:
        """The things with those joined that are one, and the new number of each old one."""
        roots = sorted({self._root(number) for number in range(len(self.things))})
        place = {root: number for number, root in enumerate(roots)}
        moved = [place[self._root(number)] for number in range(len(self.things))]
        joined = [Stuff(self.things[root].kind, []) for root in roots]
        for number, thing in enumerate(self.things):
            joined[moved[number]].spans.extend(thing.spans)
        return joined, moved

    def _root(self, number: int) -> int:
        while self._same[number] != number:
            number = self._same[number]
        return number

    def _mark(self, number: int, span: Span) -> None:
        for word in range(*span):
            self._at[word].add((number, span))

    def _is_date(self, number: int) -> bool:
        return self.things[number].kind == "date"
