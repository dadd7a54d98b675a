"""What the reader finds gets the items of the gold mentions of the same words."""

import pytest

from kg.model import Article, Entity, Mention, Passage
from training.gold_links import NIL, UNKNOWN, GoldMention, join_mentions
from training.read_links import align_entities, read_gold

TEXT = "President Ada Obi met Bo Ray in Lakeside, Norland. Obi's aides left Norland."


def mention_of(name, start=0):
    at = TEXT.index(name, start)
    return Mention(Passage(at, at + len(name), name))


def make_gold(name, item, kind="person"):
    at = TEXT.index(name)
    return GoldMention(at, at + len(name), kind, item)


GOLD = join_mentions(
    "test",
    Article("a", TEXT),
    [make_gold("Ada Obi", "Q1"), make_gold("Bo Ray", NIL), make_gold("Lakeside, Norland", "Q3", "place")],
)


@pytest.mark.parametrize(
    ("mentions", "item"),
    [
        pytest.param([mention_of("Ada Obi")], "Q1", id="same words"),
        pytest.param([mention_of("President Ada Obi")], "Q1", id="a title more"),
        pytest.param([mention_of("Bo Ray")], NIL, id="nothing known"),
        pytest.param([mention_of("Norland")], UNKNOWN, id="the end of a longer name is another thing"),
        pytest.param([mention_of("Norland", 60)], UNKNOWN, id="not annotated"),
        pytest.param([mention_of("Obi's"), mention_of("Ada Obi")], "Q1", id="one mention is enough"),
    ],
)
def test_entities_have_the_item_of_the_same_words(mentions, item):
    entity = Entity("e7", "person", "x", tuple(mentions))
    aligned = align_entities(GOLD, [entity])
    assert (aligned.items, aligned.reading.entities, aligned.corpus) == ({"e7": item}, (entity,), "test")


def test_what_a_reader_finds_is_aligned():
    class Fake:
        def read(self, article):
            entity = Entity("e1", "person", "Ada Obi", (mention_of("Ada Obi"),))
            return type(GOLD.reading)(article, (entity,))

    (aligned,) = read_gold([GOLD], Fake())
    assert aligned.items == {"e1": "Q1"}
