"""Other names for the people of linked corpora."""

import pytest

from kg.model import Article
from training.gold_links import NIL, UNKNOWN, GoldMention, join_mentions
from training.namesakes import rename_all, rename_people

TEXT = "President Bo Ray came to Lakeside. Ray was glad."


@pytest.fixture
def document():
    mentions = [
        GoldMention(0, 16, "person", "Q7"),
        GoldMention(25, 33, "place", "Q5"),
        GoldMention(35, 38, "person", "Q7"),
    ]
    return join_mentions("dwie", Article("d1", TEXT, published="2020"), mentions)


def test_people_get_the_new_name_wherever_they_are_named(document):
    person = next(e for e in document.reading.entities if e.kind == "person")
    renamed = rename_people(document, {person.id: "Ada Obi"})
    text = renamed.reading.article.text
    assert text == "President Ada Obi came to Lakeside. Obi was glad."
    for entity in renamed.reading.entities:
        for mention in entity.mentions:
            assert text[mention.passage.start : mention.passage.end] == mention.passage.text


def test_people_with_new_names_have_no_item_and_nothing_else_is_judged(document):
    person = next(e for e in document.reading.entities if e.kind == "person")
    renamed = rename_people(document, {person.id: "Ada Obi"})
    assert {e.kind: renamed.items[e.id] for e in renamed.reading.entities} == {"person": NIL, "place": UNKNOWN}
    assert renamed.reading.article.published == "2020"


@pytest.mark.parametrize(
    ("text", "renamed"),
    [("Bo Ray came.", 1), ("Ray came.", 0), ("Bo Lee Ray came.", 0)],
    ids=["full", "last-name-only", "three-words"],
)
def test_only_people_with_full_names_are_renamed(text, renamed):
    name = text.removesuffix(" came.")
    document = join_mentions("gum", Article("g1", text), [GoldMention(0, len(name), "person", "Q7")])
    found = list(rename_all([document], (["Ada Obi"], [1.0]), seed=1))
    assert [d.reading.article.text for d in found] == ["Ada Obi came."] * renamed
