"""Which item an office of somebody is, and that the dead hold none any more."""

from dataclasses import replace

import pytest

from kg.errors import CatalogueError
from kg.link.catalogue import open_catalogue
from kg.link.held_offices import complete_offices
from kg.link.offices import link_office
from kg.model import Claim, Link, Passage, Relation

OFFICE, COUNTRY = "Q4164871", "Q6256|Q3624078"
ROWS = [
    ("Q1", "Kenya", "~Kenyan", "place", COUNTRY, "", "Q1", "1963", "", "80", ""),
    ("Q2", "Peru", "~Peruvian", "place", COUNTRY, "", "Q2", "1821", "", "80", ""),
    ("Q11", "President of Kenya", "", "position", OFFICE, "", "Q1", "", "", "50", ""),
    ("Q12", "Mayor of Nakuru", "", "work", OFFICE, "", "Q1", "", "", "30", ""),
    ("Q13", "Nakuru", "", "place", "Q515", "", "Q1", "", "", "40", ""),
    ("Q21", "Ada Obi", "", "person", "", "Kenyan; 4th president of Kenya since 2018", "Q1", "1960", "", "50", "0"),
    ("Q22", "Bo Orr", "", "person", "", "3rd president of Kenya (1940-2019)", "Q1", "1940", "2019-03-02", "50", "0"),
    ("Q23", "Cy Mwe", "", "person", "", "Kenya: President of the Supreme Court (2010-)", "Q1", "1950", "", "50", "0"),
    ("Q24", "Di Noor", "", "person", "", "2nd president of Kenya", "Q1", "1944", "", "50", "0"),
]  # fmt: skip
PEOPLE = {"Ada Obi": "Q21", "Bo Orr": "Q22", "Cy Mwe": "Q23", "Di Noor": "Q24"}
TEXT = "Ada Obi, Bo Orr, Cy Mwe and Di Noor met in Nakuru."
IDS = {name: f"e{number}" for number, name in enumerate(PEOPLE, 1)}


@pytest.fixture
def catalogue(config, tmp_path, write_catalogue):
    with open_catalogue(config, source=write_catalogue(tmp_path / "held.tsv.xz", ROWS)) as opened:
        yield opened


@pytest.fixture
def complete(catalogue, read_names):
    """Gives the relations of an article as they are completed; each is (person, office, status)."""

    def complete(*told, published="2020-02-05", claims=(), asked=catalogue):
        reading = read_names(TEXT, *(("person", name) for name in PEOPLE), published=published)
        evidence = Passage(0, len(TEXT), TEXT)
        made = [Relation(IDS[name], "P39", None, evidence, 0.9, office, status) for name, office, status in told]
        links = [Link(IDS[name], "linked", qid, 0.9, (), name) for name, qid in PEOPLE.items()]
        return complete_offices(replace(reading, relations=tuple(made), claims=claims), links, asked).relations

    return complete


@pytest.mark.parametrize(
    ("person", "office", "item"),
    [
        pytest.param("Ada Obi", "president of Kenya", "Q11", id="named in full"),
        pytest.param("Ada Obi", "Kenyan President", "Q11", id="adjective of the country"),
        pytest.param("Ada Obi", "President", "Q11", id="described so"),
        pytest.param("Cy Mwe", "President", None, id="described as another office of this name"),
        pytest.param("Ada Obi", "Minister", None, id="not described so"),
        pytest.param("Ada Obi", "president of the club", None, id="no such item"),
    ],
)
def test_an_office_has_the_item_that_its_words_or_the_person_tell(complete, person, office, item):
    (found,) = complete((person, office, "current"))
    assert (found.item, found.value, found.status) == (item, office, "current")
    assert found.label == ("President of Kenya" if item else None)


def test_a_short_office_is_the_one_that_the_article_names_in_full(complete):
    found = complete(
        ("Cy Mwe", "Mayor of Nakuru", "current"), ("Cy Mwe", "mayor", "current"), ("Ada Obi", "mayor", "current")
    )
    assert [relation.item for relation in found] == ["Q12", "Q12", None]


def test_the_dead_hold_no_office(complete):
    assert [relation.status for relation in complete(("Bo Orr", "mayor", "current"))] == ["former"]


@pytest.mark.parametrize("published", ["2019-03-01", "2018", None], ids=["day before", "year before", "unknown"])
def test_who_was_alive_when_the_article_was_published_may_hold_one(complete, published):
    (found,) = complete(("Bo Orr", "mayor", "current"), published=published)
    assert found.status == "current"


def test_who_speaks_is_not_taken_for_somebody_long_dead(complete):
    evidence = Passage(0, len(TEXT), TEXT)
    claim = Claim(
        "c1", IDS["Bo Orr"], None, None, (evidence,), "indirect", "positive", "certain", "non-future", None, (), 0.9
    )
    told = [("Bo Orr", "mayor", "current"), ("Bo Orr", "president", "current")]
    later = complete(*told, claims=(claim,), published="2030-01-01")
    assert [relation.status for relation in later] == ["current", "former"]
    soon = complete(*told, claims=(claim,))
    assert [relation.status for relation in soon] == ["former", "former"]


def test_of_two_holders_of_one_office_the_earlier_is_a_former_one(complete):
    found = complete(("Di Noor", "President", "current"), ("Ada Obi", "President", "current"))
    assert [relation.status for relation in found] == ["former", "current"]


def test_the_holder_is_whom_the_article_calls_so_most(complete):
    found = complete(*[("Di Noor", "President", "current")] * 2, ("Ada Obi", "President", "current"))
    assert [relation.status for relation in found] == ["current"] * 3


def test_who_is_called_a_former_holder_holds_it_no_more(complete):
    found = complete(("Di Noor", "President", "current"), ("Di Noor", "president of Kenya", "former"))
    assert [relation.status for relation in found] == ["former", "former"]


def test_a_catalogue_that_cannot_answer_changes_nothing(complete):
    class Broken:
        def find(self, name, *, limit=30, similar=False):
            raise CatalogueError("down")

    (found,) = complete(("Ada Obi", "president of Kenya", "current"), asked=Broken())
    assert (found.item, found.status) == (None, "current")


def test_an_adjective_of_no_country_names_no_office(catalogue):
    assert link_office("Nakuru president", catalogue) is None
    assert link_office("kenyan president", catalogue) is None


@pytest.mark.parametrize(
    ("former", "office", "status"),
    [
        ("warden of the Lake Islands", "warden", "former"),
        ("warden of the Lake Islands", "Warden of the Lake Islands", "former"),
        ("deputy warden of the Lake Islands", "warden", "current"),
        ("warden of the Lake Islands", "warden of the Old Mill", "current"),
        ("mayor of the Lake Islands", "Mayor of Nakuru", "current"),
    ],
    ids=["short", "in full", "lesser office", "of something else", "known as another"],
)
def test_an_office_that_is_over_is_not_a_current_one_elsewhere(complete, former, office, status):
    _, found = complete(("Ada Obi", former, "former"), ("Ada Obi", office, "current"))
    assert found.status == status


def test_an_office_of_somebody_else_is_not_over(complete):
    _, found = complete(("Ada Obi", "warden of the Mill", "former"), ("Cy Mwe", "warden", "current"))
    assert found.status == "current"


def test_an_office_without_an_item_is_written_in_one_way(complete):
    found = complete(*(("Ada Obi", office, "current") for office in ("Warden", "warden", "old warden")))
    assert [relation.value for relation in found] == ["Warden", "Warden", "old warden"]
