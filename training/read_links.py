"""Gives the entities that the reader finds the items of the gold mentions that they lie on, so as to train on both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.link.names import normalise, strip_title
from kg.model import Article, Entity, Reading
from kg.read import Reader
from training.gold_links import UNKNOWN, GoldReading


def read_gold(gold: Iterable[GoldReading], reader: Reader) -> Iterator[GoldReading]:
    """What ``reader`` finds in the texts of ``gold``, with the items of the gold mentions."""
    for document in gold:
        article = document.reading.article
        found = reader.read(Article(article.id, article.text, published=article.published))
        yield align_entities(document, found.entities)


def align_entities(gold: GoldReading, entities: Iterable[Entity]) -> GoldReading:
    """A reading of ``entities`` whose items are those of the gold mentions of the same words.

    Articles, titles and "'s" do not matter. An entity on several items has the commonest; one on none is ``UNKNOWN``,
    for a corpus may leave things out.
    """
    kept, items = tuple(entities), {}
    at: dict[int, tuple[str, str]] = {}
    for entity in gold.reading.entities:
        for mention in entity.mentions:
            at[mention.passage.end] = (strip_title(normalise(mention.passage.text)), gold.items[entity.id])
    for entity in kept:
        met: Counter[str] = Counter()
        for mention in entity.mentions:
            passage = mention.passage
            end = passage.end - 2 * passage.text.endswith(("'s", "’s"))
            words, item = at.get(end, ("", ""))
            if words and words == strip_title(normalise(passage.text.removesuffix("'s").removesuffix("’s"))):
                met[item] += 1
        items[entity.id] = met.most_common(1)[0][0] if met else UNKNOWN
    return GoldReading(gold.corpus, Reading(gold.reading.article, kept), items)
