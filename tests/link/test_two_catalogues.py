"""A second catalogue for what the first leaves open."""

import pytest

from kg.errors import CatalogueError
from kg.link import Linker
from kg.model import Article, Candidate, Entity, Mention, Passage, Reading

NEWS = "Ada Obi, a Kenyan politician, spoke in Lakeside. Kenya is her home. Zoe Quill, a lawyer in Kenya, was there."
QUILL = Candidate(
    "Q900", "Zoe Quill", "Kenyan lawyer", "person", country="Q1", start="1980", popularity=0.3, matched="label"
)
OTHER_OBI = Candidate("Q901", "Ada Obi", "Kenyan politician", "person", country="Q1", popularity=0.5, matched="label")


class Listed:
    """Knows the candidates given for each name, and keeps who was asked for."""

    def __init__(self, **answers):
        self.answers = {name.replace("_", " "): found for name, found in answers.items()}
        self.asked = []
        self.failing = False

    def find(self, name, *, limit=30, similar=False):
        self.asked.append(name)
        if self.failing:
            raise CatalogueError("no answer")
        return self.answers.get(name, ())

    def get(self, qid):
        return next((c for found in self.answers.values() for c in found if c.qid == qid), None)


@pytest.fixture
def reading(read_names):
    return read_names(NEWS, ("person", "Ada Obi"), ("place", "Kenya"), ("person", "Zoe Quill"))


def test_only_what_was_left_open_is_asked_for(catalogue, reading):
    more = Listed(Zoe_Quill=(QUILL,))
    links = Linker(catalogue, more=more).link(reading)
    assert [(link.qid, link.method) for link in links] == [("Q2", "catalogue"), ("Q1", "catalogue"), ("Q900", "live")]
    assert set(more.asked) == {"Zoe Quill"}


def test_what_neither_knows_is_absent(catalogue, reading):
    link = Linker(catalogue, more=Listed()).link(reading)[2]
    assert (link.verdict, link.method) == ("absent", "live")


def test_nothing_is_asked_for_when_all_are_linked(catalogue, read_names):
    more = Listed()
    Linker(catalogue, more=more).link(read_names(NEWS, ("person", "Ada Obi"), ("place", "Kenya")))
    assert more.asked == []


def test_what_has_no_name_to_ask_for_stays_as_it_was(catalogue):
    text = "The letter came."
    mention = Mention(Passage(4, 10, "letter"), "nominal")
    reading = Reading(Article("a1", text), (Entity("e1", "work", "letter", (mention,)),))
    more = Listed()
    more.failing = True
    [link] = Linker(catalogue, more=more).link(reading)
    assert (link.verdict, link.method, more.asked) == ("absent", "catalogue", [])


def test_a_second_catalogue_that_fails_leaves_open_ones_unavailable_with_their_rivals(catalogue, read_names):
    more = Listed()
    more.failing = True
    reading = read_names("Lakeside won. Kenya won.", ("place", "Lakeside"), ("place", "Kenya"))
    linker = Linker(catalogue, more=more, min_score=0.99)
    assert linker.failure is None
    links = linker.link(reading)
    alone = Linker(catalogue, min_score=0.99).link(reading)
    assert linker.failure == "no answer"
    assert alone[0].verdict == "ambiguous"
    assert (links[0].verdict, links[0].qid, links[0].rivals) == ("unavailable", None, alone[0].rivals)


def test_what_both_know_is_weighed_once_as_the_first_knows_it(catalogue, reading):
    same = Candidate("Q2", "Somebody else", "", "place", popularity=0.0, matched="similar")
    more = Listed(Ada_Obi=(same, OTHER_OBI))
    [first, *_] = Linker(catalogue, more=more, min_score=1.0).consider(reading)
    assert sorted(c.qid for c in first.pool.candidates) == ["Q2", "Q3", "Q901"]
    assert {c.qid: (c.label, c.matched) for c in first.pool.candidates}["Q2"] == ("Ada Obi", "label")
    assert first.pool.forms["Q2"] == ("label", 1)


def test_a_first_catalogue_that_fails_is_made_good_by_the_second(reading):
    failing = Listed()
    failing.failing = True
    link = Linker(failing, more=Listed(Zoe_Quill=(QUILL,)), min_score=0.1).link(reading)[2]
    assert link.qid == "Q900"


def test_other_entities_tell_of_the_country_for_what_was_left_open(catalogue, read_names):
    here = Candidate("Q910", "Lee Tor", "politician", "person", country="Q1", popularity=0.3, matched="label")
    there = Candidate("Q911", "Lee Tor", "politician", "person", country="Q9", popularity=0.3, matched="label")
    reading = read_names("Lee Tor left Kenya.", ("person", "Lee Tor"), ("place", "Kenya"))
    link = Linker(catalogue, more=Listed(Lee_Tor=(there, here)), min_score=0.0).link(reading)[0]
    assert link.qid == "Q910"
