"""Gives the people of linked corpora other names, so that the score learns whom a name alone does not make known."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg.link.index import COLUMNS, read_catalogue
from kg.link.names import TITLES, normalise
from kg.model import Article, Entity, Mention, Passage, Reading
from training.gold_links import NIL, UNKNOWN, GoldReading

COMMON = 2.0  # how much likelier a name is drawn for each step of ``namesakes``: common names have more bearers


def read_person_names(source: Path) -> tuple[list[str], list[float]]:
    """The names of two words that people of a catalogue have, and how likely each is somebody else's, too."""
    names, weights = [], []
    for values in read_catalogue(source):
        row = dict(zip(COLUMNS, values, strict=True))
        if row["kind"] == "person" and len(row["label"].split()) == 2 and row["namesakes"]:
            names.append(row["label"])
            weights.append(COMMON ** float(row["namesakes"]))
    return names, weights


def rename_all(
    documents: Iterable[GoldReading], names: tuple[Sequence[str], Sequence[float]], *, seed: int
) -> Iterator[GoldReading]:
    """Each document that names people in full, with other names for them; everything else has no known item."""
    chance = random.Random(seed)
    for document in documents:
        people = [e for e in document.reading.entities if is_full_person(e)]
        if people:
            drawn = chance.choices(names[0], names[1], k=len(people))
            yield rename_people(document, {e.id: name for e, name in zip(people, drawn, strict=True)})


def is_full_person(entity: Entity) -> bool:
    """Whether an entity is a person who is called by two words, without a title."""
    words = normalise(entity.name).split()
    return entity.kind == "person" and len(words) == 2 and words[0] not in TITLES


def rename_people(document: GoldReading, names: dict[str, str]) -> GoldReading:
    """The document with the new names for the entities of these ids, who then have no item; the others are unknown.

    Where the text gives only the last or the first name, it gives that of the new one. Offsets move along.
    """
    mentions = sorted(
        ((m, e.id) for e in document.reading.entities for m in e.mentions),
        key=lambda pair: (pair[0].passage.start, -pair[0].passage.end),
    )
    old, parts, moved, done, length = document.reading.article.text, [], {}, 0, 0
    for mention, entity in mentions:
        passage = mention.passage
        if passage.start < done:
            continue  # inside another
        text = _rename(passage.text, names[entity]) if entity in names else passage.text
        parts += [old[done : passage.start], text]
        length += passage.start - done
        moved.setdefault(entity, []).append(Mention(Passage(length, length + len(text), text), mention.form))
        length, done = length + len(text), passage.end
    article = document.reading.article
    article = Article(f"{article.id}", "".join([*parts, old[done:]]), published=article.published)
    entities = tuple(
        replace(e, name=names.get(e.id, e.name), mentions=tuple(moved[e.id]))
        for e in document.reading.entities
        if e.id in moved
    )
    items = {e.id: NIL if e.id in names else UNKNOWN for e in entities}
    return GoldReading(document.corpus, Reading(article, entities), items)


def _rename(text: str, name: str) -> str:
    """A mention with the new name: "Bo Ray" or "Ray" becomes "Ada Obi" or "Obi"; a title stays."""
    words = text.split()
    titles = [word for word in words if normalise(word) in TITLES]
    return " ".join([*titles, name if len(words) - len(titles) > 1 else name.split()[-1]])
