"""What an article says a person is, and whether a candidate is described as that."""

import pytest

from kg.link.callings import Calling, describe_calling, read_calling, read_fields
from kg.model import Candidate, Passage


def call(text, name="Ada Obi"):
    start = text.index(name)
    return read_calling([Passage(start, start + len(name), name)], text)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        pytest.param("They met ecologist Ada Obi in May.", {"knowledge", "medicine"}, id="noun-before"),
        pytest.param("Judge Ada Obi ruled.", {"law"}, id="title"),
        pytest.param("Ada Obi, a retired farmer, spoke.", {"lay"}, id="apposition"),
        pytest.param("Ada Obi, 34, a singer from Lakeside, spoke.", {"art"}, id="apposition-after-age"),
        pytest.param("Ada Obi, who was mayor of Lakeside, spoke.", {"politics"}, id="relative-clause"),
        pytest.param("The mayor of Lakeside, Ada Obi, spoke.", {"politics"}, id="noun-phrase-before-comma"),
        pytest.param("Minister of Health Ada Obi spoke.", {"politics"}, id="office-with-of"),
        pytest.param("Attorney General Ada Obi spoke.", {"law"}, id="attorney-general-is-no-soldier"),
        pytest.param("Ada Obi of the University of Lakeside spoke.", {"knowledge"}, id="university"),
        pytest.param("They met Gen. Ada Obi in May.", {"war"}, id="short-title"),
        pytest.param("They met the singer. Ada Obi spoke.", set(), id="sentence-before"),
        pytest.param("Ada Obi spoke of a singer.", set(), id="somebody-else"),
        pytest.param("They told reporters Ada Obi was well.", set(), id="hearers"),
    ],
)
def test_callings_are_read_beside_the_name(text, fields):
    assert call(text).fields == fields


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Ada Obi, 34, was there.", 34),
        ("Ada Obi (34) was there.", 34),
        ("Ada Obi, aged 34, was there.", 34),
        ("The 34-year-old bus driver Ada Obi was there.", 34),
        ("Ada Obi, 34 others and a dog were there.", None),
    ],
)
def test_age_is_read_beside_the_name(text, age):
    assert call(text).age == age


@pytest.mark.parametrize(
    ("said", "description", "feature"),
    [
        ({"knowledge"}, "Kenyan songwriter", "calling_clashes"),
        ({"knowledge"}, "Kenyan botanist", "calling_agrees"),
        ({"law"}, "Kenyan politician", "calling_near"),
        ({"knowledge"}, "", "calling_untold"),
        ({"lay"}, "Kenyan politician", "called_lay"),
    ],
)
def test_calling_is_held_against_the_description(said, description, feature):
    candidate = Candidate("Q1", "Ada Obi", description, "person", popularity=0.5)
    assert describe_calling(Calling(fields=frozenset(said)), candidate, 2020)[feature] == 1.0


def test_nothing_is_compared_where_nothing_is_said():
    assert describe_calling(Calling(), Candidate("Q1", "Ada Obi", "painter", "person"), 2020) == {}


@pytest.mark.parametrize(
    ("born", "year", "agrees", "clashes"),
    [
        ("1986-03-01", 2020, 1.0, 0.0),
        ("1985", 2020, 1.0, 0.0),
        ("1960", 2020, 0.0, 1.0),
        ("1987", 2020, 0.0, 0.0),
        ("1983", 2020, 0.0, 1.0),
    ],
)
def test_age_is_held_against_the_birth(born, year, agrees, clashes):
    found = describe_calling(Calling(age=34), Candidate("Q1", "Ada Obi", "", "person", start=born), year)
    assert (found["age_agrees"], found["age_clashes"]) == (agrees, clashes)


@pytest.mark.parametrize(("born", "year"), [(None, 2020), ("1986", None), ("-0340", 2020)])
def test_age_says_little_where_birth_or_date_is_unknown(born, year):
    found = describe_calling(Calling(age=34), Candidate("Q1", "Ada Obi", "", "person", start=born), year)
    assert found == {"aged": 1.0}


@pytest.mark.parametrize(
    ("description", "fields"),
    [
        ("host of a game show", set()),
        ("Kenyan football coach", {"sport", "art"}),
        ("member of parliament", {"politics"}),
    ],
)
def test_descriptions_name_fields_of_life(description, fields):
    assert read_fields(description) == fields
