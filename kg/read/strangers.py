"""Finds those whom a text speaks of and never names: "He was born in Leeds", with nobody before whom it could mean.

An excerpt may begin so, and "I" outside of quotations is whoever wrote the text. Coreference leaves such pronouns
alone; they become entities where a relation is told of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from kg.model import Entity, Kind, Mention, Passage
from kg.read.components import ENTITIES, Read
from kg.read.roles import Layout
from kg.read.tokenizer import find_words, text_of

CLASSES: dict[str, tuple[Kind, frozenset[str]]] = {
    "he": ("person", frozenset(("he", "him", "his", "himself"))),
    "she": ("person", frozenset(("she", "her", "hers", "herself"))),
    "i": ("person", frozenset(("i", "me", "my", "mine", "myself"))),
    "we": ("organisation", frozenset(("we", "us", "our", "ours", "ourselves"))),
    "it": ("organisation", frozenset(("it", "its", "itself"))),
}
"""The kinds of thing that pronouns stand for, of which something may be told."""
CLASS_OF = {word: name for name, (_, words) in CLASSES.items() for word in words}
WRITERS = frozenset(("i", "we"))  # need nobody before them


def find_strangers(doc: Doc, layout: Layout, read: Read) -> list[Entity]:
    """An entity for each kind of pronoun that stands outside quotations for nobody whom the text names before.

    Their ids go on from those of the entities of the ``Doc``.
    """
    entities: Sequence[Entity] = doc.user_data.get(ENTITIES, ())
    spans = sorted((m.passage.start, m.passage.end) for entity in entities for m in entity.mentions)
    end = len(text_of(doc))
    first = _find_first(entities, end)
    found: dict[str, list[Token]] = defaultdict(list)
    numbers = {word: number for number, word in enumerate(read.words)}
    for token in find_words(doc, CLASS_OF.__contains__):
        name, number = CLASS_OF[token.lower_], numbers.get(token.i)
        if number is None or layout.quotations[number] or token.text in ("US", "IT"):
            continue
        at = bisect_right(spans, (token.idx, end)) - 1
        taken = at >= 0 and spans[at][1] > token.idx
        if not taken and (name in WRITERS or token.idx < first[CLASSES[name][0]]):
            found[name].append(token)
    strangers = []
    for number, (name, tokens) in enumerate(found.items(), len(entities) + 1):
        mentions = tuple(Mention(Passage(t.idx, t.idx + len(t), t.text), "pronoun") for t in tokens)
        strangers.append(Entity(f"e{number}", CLASSES[name][0], tokens[0].text, mentions))
    return strangers


def _find_first(entities: Iterable[Entity], end: int) -> dict[str, int]:
    """Where the text first speaks of a person, and of a thing that "it" may mean; ``end`` where it never does."""
    first = {"person": end, "organisation": end}
    for entity in entities:
        kind = "person" if entity.kind in ("person", "group") else "organisation"
        start = min(mention.passage.start for mention in entity.mentions)
        first[kind] = min(first[kind], start)
    return first
