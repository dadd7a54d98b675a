import math
from dataclasses import replace

import pytest

from kg.errors import CatalogueError
from kg.link import Linker, explain_link, put_name
from kg.model import Article, Entity, Mention, Passage, Reading, Relation

NEWS = "Ada Obi, a Kenyan politician, spoke in Lakeside. Kenya is her home. Obi said the Kenyan parliament would vote."


@pytest.fixture
def reading(read_names):
    text = NEWS + " Zoe Quill left."
    return read_names(
        text, ("person", "Ada Obi|Obi"), ("place", "Lakeside"), ("group", "Kenyan"), ("person", "Zoe Quill")
    )


def test_addends_sum_up_and_sums_give_the_scores_of_the_decision(catalogue, reading):
    linker = Linker(catalogue)
    told = explain_link(linker, reading, "e1")
    assert told.link == linker.link(reading)[0]
    assert told.accounts[0].candidate.qid == told.link.qid == "Q2"
    for account in told.accounts:
        assert account.total == pytest.approx(sum(a.value * a.weight for a in account.addends))
    powers = [math.exp(account.total / told.temperature) for account in told.accounts]
    assert [a.score for a in told.accounts] == pytest.approx([p / (1 + sum(powers)) for p in powers], abs=1e-4)
    assert told.outside == pytest.approx(1 / (1 + sum(powers)), abs=1e-3)


def test_the_dates_of_a_life_are_among_the_addends(catalogue, reading):
    linker, born = Linker(catalogue), Relation("e1", "P569", None, Passage(0, 7, "Ada Obi"), 0.9, value="1961-01-01")
    told = explain_link(linker, replace(reading, relations=(born,)), "e1").accounts[0]
    life = next(addend for addend in told.addends if addend.feature == "life")
    assert life.value != 0
    assert life.weight == 1


def test_the_largest_addends_come_first(catalogue, reading):
    sizes = [abs(addend.product) for addend in explain_link(Linker(catalogue), reading, "e2").accounts[0].addends]
    assert sizes == sorted(sizes, reverse=True)


def test_an_adjective_of_a_country_says_so(catalogue, reading):
    told = explain_link(Linker(catalogue), reading, "e3")
    assert told.adjective
    assert told.accounts[0].score == told.link.score == 0.9


def test_nobody_known_leaves_all_to_none_of_them(catalogue, reading):
    told = explain_link(Linker(catalogue), reading, "e4")
    assert (told.accounts, told.outside, told.link.verdict) == ((), 1.0, "absent")


def test_a_catalogue_that_fails_says_so(reading):
    class Failing:
        def find(self, name, *, limit=30, similar=False):
            raise CatalogueError("no answer")

    told = explain_link(Linker(Failing()), reading, "e1")
    assert (told.answered, told.link.verdict, told.accounts) == (False, "unavailable", ())


def test_an_unknown_entity_is_refused(catalogue, reading):
    with pytest.raises(ValueError, match="no entity 'e9'"):
        explain_link(Linker(catalogue), reading, "e9")


TEXT = "President Ada Obi left. Obi is from Lagos."


def make_reading(*mentions):
    passages = [Passage(TEXT.index(words), TEXT.index(words) + len(words), words) for words in mentions]
    return Reading(Article("a", TEXT), (Entity("e1", "person", mentions[0], tuple(map(Mention, passages))),))


@pytest.mark.parametrize(
    ("read", "name", "entity"),
    [
        (("Ada Obi",), "Ada Obi", "e1"),
        (("President Ada Obi",), "Ada Obi", "e1"),
        (("Ada Obi",), "President Ada Obi", "e1"),
        (("Ada Obi",), "Lagos", "name"),
    ],
)
def test_a_name_is_the_entity_that_was_read_in_its_place(read, name, entity):
    reading, found = put_name(make_reading(*read), name)
    assert found == entity
    assert {e.id for e in reading.entities} == {"e1", entity}


def test_the_kind_given_goes_before_the_kind_read():
    reading, found = put_name(make_reading("Ada Obi"), "Ada Obi", "group")
    assert [e.kind for e in reading.entities if e.id == found] == ["group"]
    reading, found = put_name(make_reading("Ada Obi"), "Lagos", "place")
    assert [(e.kind, len(e.mentions)) for e in reading.entities if e.id == found] == [("place", 1)]


def test_a_name_that_is_not_in_the_text_is_refused():
    for name in ("Abuja", " "):
        with pytest.raises(ValueError, match="does not mention"):
            put_name(make_reading("Ada Obi"), name)


def test_a_name_may_go_over_the_end_of_a_line():
    reading = Reading(Article("a", "Then Ada\nObi left."))
    changed, found = put_name(reading, "Ada Obi")
    assert [(e.id, e.name, e.mentions[0].passage.text) for e in changed.entities] == [(found, "Ada Obi", "Ada\nObi")]
