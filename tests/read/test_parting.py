"""Names that were read as one."""

import pytest

from kg.read.decode import Name
from kg.read.parting import part_names

KNOWN = {"Roevale": "place", "France": "place", "Guinea Bissau": "place", "Roe Vale Roe Vale": "work"}


def known(words):
    return KNOWN.get(" ".join(word for word in words if word.isalnum()), "")


def part(text, *names):
    words = text.split()
    return [(" ".join(words[n.start : n.end]), n.type) for n in part_names(names, words, known)]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Chile - Peru talks", Name(0, 3, "place"), [("Chile", "place"), ("Peru", "place")]),
        ("US - Saudi ties", Name(0, 3, "group"), [("US", "place"), ("Saudi", "group")]),
        ("U . S . - Saudi ties", Name(0, 6, "group"), [("U . S .", "place"), ("Saudi", "group")]),
        ("Guinea - Bissau votes", Name(0, 3, "place"), [("Guinea - Bissau", "place")]),
        ("Roe - Hall votes", Name(0, 3, "person"), [("Roe - Hall", "person")]),
        ("Roevale , France", Name(0, 3, "place"), [("Roevale", "place"), ("France", "place")]),
        ("Roevale 's France", Name(0, 3, "place"), [("Roevale", "place"), ("France", "place")]),
        ("Roevale 's Wood", Name(0, 3, "place"), [("Roevale 's Wood", "place")]),
        ("Roevale , D.C.", Name(0, 3, "place"), [("Roevale , D.C.", "place")]),
        ("Roevale , Hall , France", Name(0, 5, "place"), [("Roevale , Hall , France", "place")]),
    ],
    ids=["pair", "place-and-people", "parted-letters", "one-state", "double-surname", "region", "owner",
         "unknown-part", "abbreviated", "list"],
)  # fmt: skip
def test_a_pair_falls_into_its_two_names(text, name, expected):
    assert part(text, name) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("French city of Roevale", Name(0, 4, "place"), [("French", "group"), ("Roevale", "place")]),
        ("France 's northern state of Hall", Name(0, 6, "place"), [("France", "place"), ("Hall", "place")]),
        ("southern port city of Hall", Name(0, 5, "place"), [("Hall", "place")]),
        ("French capital Hall", Name(0, 3, "place"), [("French", "group"), ("Hall", "place")]),
        ("Republic of Roe", Name(0, 3, "place"), [("Republic of Roe", "place")]),
        ("the city of", Name(0, 3, "place"), [("the city of", "place")]),
    ],
    ids=["people", "country", "adjective", "capital", "name-of-a-state", "nothing-after"],
)
def test_what_describes_a_place_is_no_part_of_its_name(text, name, expected):
    assert part(text, name) == expected


def test_a_name_told_twice_is_two_unless_it_is_known_so():
    assert part("Roe Hall Roe Hall began", Name(0, 4, "work")) == [("Roe Hall", "work"), ("Roe Hall", "work")]
    assert part("Roe Vale Roe Vale began", Name(0, 4, "work")) == [("Roe Vale Roe Vale", "work")]
    assert part("Roe Roe sang", Name(0, 2, "person")) == [("Roe Roe", "person")]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Mayor of Roevale Jo Hall", Name(2, 5, "person"), [("Roevale", "place"), ("Jo Hall", "person")]),
        ("Mayor of Leeds Jo Hall", Name(2, 5, "person"), [("Leeds Jo Hall", "person")]),
        ("friend of Roevale Jo Hall", Name(2, 5, "person"), [("Roevale Jo Hall", "person")]),
    ],
    ids=["known", "unknown", "no-office"],
)
def test_a_known_place_is_parted_from_who_holds_the_office_there(text, name, expected):
    assert part(text, name) == expected


def test_people_in_a_row_are_parted_at_the_word_that_each_begins_with():
    text = "Chief Ann Roe Chief Bo Hall Chief Cy May"
    assert [name for name, _ in part(text, Name(0, 9, "person"))] == ["Chief Ann Roe", "Chief Bo Hall", "Chief Cy May"]


def test_a_long_name_of_one_person_stays_one():
    text = "Ana Maria de la Cruz y Roe de Hall"
    assert part(text, Name(0, 9, "person")) == [(text, "person")]
