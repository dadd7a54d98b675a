"""Where names begin and end."""

import pytest

from kg.read.borders import mend_borders
from kg.read.decode import Name

KNOWN = {
    "Roevale": "place",
    "Sub Roean Hills": "place",
    "Hal Roe min": "person",
    "University of Roevale , Port Hall": "organisation",
    "Roe Hall": "product",
}


def known(words):
    return KNOWN.get(" ".join(words), KNOWN.get(" ".join(word for word in words if word.isalnum()), ""))


def mend(text, *names):
    words = text.split()
    return [(" ".join(words[n.start : n.end]), n.type) for n in mend_borders(names, words, known)]


def test_names_are_joined_when_one_known_thing_has_the_whole():
    names = (Name(0, 3, "organisation"), Name(4, 6, "place"))
    assert mend("University of Roevale , Port Hall", *names) == [("University of Roevale , Port Hall", "organisation")]


def test_brands_in_a_list_stay_apart():
    names = (Name(0, 1, "organisation"), Name(2, 3, "organisation"))
    assert mend("Roe , Hall", *names) == [("Roe", "organisation"), ("Hall", "organisation")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1976 - 1983", [("1976 - 1983", "date")]),
        ("1976 – 83", [("1976 – 83", "date")]),
        ("May - June", [("May", "date"), ("June", "date")]),
        ("1976 , 1983", [("1976", "date"), ("1983", "date")]),
    ],
    ids=["years", "short-year", "months", "list"],
)
def test_two_years_over_a_hyphen_are_one_date(text, expected):
    assert mend(text, Name(0, 1, "date"), Name(2, 3, "date")) == expected


def test_a_given_name_over_a_hyphen_is_not_torn_from_the_name_before():
    found = mend("Acme Works Min - ho Roe", Name(0, 3, "organisation"), Name(4, 6, "person"))
    assert found == [("Acme Works", "organisation"), ("Min - ho Roe", "person")]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Today 's Court of Roe", Name(0, 5, "organisation"), "Court of Roe"),
        ("conservative Roe Party", Name(0, 3, "organisation"), "Roe Party"),
        ("republic of Roevale", Name(0, 3, "place"), "Roevale"),
        ("northern Roevale", Name(0, 2, "place"), "northern Roevale"),
        ("seventh Roe Court", Name(0, 3, "organisation"), "seventh Roe Court"),
        ("de Roe", Name(0, 2, "person"), "de Roe"),
        ("al Roe", Name(0, 2, "person"), "al Roe"),
        ("a Roe film", Name(0, 3, "work"), "a Roe film"),
        ("T]he Roe Party", Name(0, 3, "organisation"), "Roe Party"),
        ("Roe Senate Majority Leader", Name(0, 4, "organisation"), "Roe Senate"),
        ("Roevale District Attorney", Name(0, 2, "place"), "Roevale"),
        ("Office of Mayor", Name(0, 3, "organisation"), "Office of Mayor"),
    ],
    ids=[
        "day",
        "adjective",
        "of",
        "compass",
        "ordinal",
        "particle",
        "article",
        "title",
        "torn-bracket",
        "office",
        "office-after",
        "office-of",
    ],
)
def test_what_is_no_part_of_a_name_is_cut_away(text, name, expected):
    assert mend(text, name) == [(expected, name.type)]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Roads Act ( Act 9 ) passed", Name(0, 5, "work"), "Roads Act ( Act 9 )"),
        ("Roe Party ( and others", Name(0, 4, "organisation"), "Roe Party"),
        ("Roe ) Act", Name(0, 3, "work"), "Roe"),
        ("Roe Fund)-Hall", Name(0, 2, "organisation"), "Roe"),
        ("[ Ann ] Roe", Name(1, 4, "person"), "[ Ann ] Roe"),
        (") Roe Act", Name(0, 3, "work"), "Roe Act"),
    ],
    ids=["closed-after", "never-closed", "not-opened", "torn-word", "filled-in", "closed-first"],
)
def test_brackets_of_a_name_are_balanced(text, name, expected):
    assert mend(text, name) == [(expected, name.type)]


def test_a_name_ends_before_a_pronoun():
    assert mend("Ann Roe and our condolences", Name(0, 5, "person"))[0] == ("Ann Roe", "person")


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("District Attorney of Roe County won", Name(0, 5, "place"), ("Roe County", "place")),
        ("Governor of the Isles won", Name(0, 4, "place"), ("Isles", "place")),
        ("Former Roe Agency won", Name(0, 3, "organisation"), ("Roe Agency", "organisation")),
        ("Republican Senators won", Name(0, 2, "organisation"), ("Republican", "organisation")),
        ("Singing Senators won", Name(0, 2, "organisation"), ("Singing Senators", "organisation")),
        ("Ministry of Roe won", Name(0, 3, "place"), ("Ministry of Roe", "place")),
        ("President of Roe plc won", Name(0, 4, "organisation"), ("President of Roe plc", "organisation")),
    ],
    ids=["two-words", "article", "former", "party", "quartet", "no-office", "body"],
)
def test_an_office_is_no_part_of_the_name_beside_it(text, name, expected):
    assert mend(text, name) == [expected]


def test_an_office_alone_names_no_body():
    assert mend("Prime Minister", Name(0, 2, "organisation")) == []


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Sub - Roean Hills", Name(2, 4, "place"), "Sub - Roean Hills"),
        ("Anti - Roean Hills", Name(2, 4, "place"), "Roean Hills"),
        ("Hal Roe - min spoke", Name(0, 2, "person"), "Hal Roe - min"),
        ("Hal Roe - led talks", Name(0, 2, "person"), "Hal Roe"),
        ("Hal Roe -", Name(0, 2, "person"), "Hal Roe"),
    ],
    ids=["prefix", "other-prefix", "given-name", "participle", "end-of-text"],
)
def test_a_known_compound_is_whole(text, name, expected):
    assert mend(text, name) == [(expected, name.type)]


def test_a_prefix_before_a_hyphen_is_no_name():
    assert mend("Anti - torture groups", Name(0, 1, "organisation")) == []


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("pro - Russian Civic Bloc", Name(2, 5, "organisation"), ("Civic Bloc", "organisation")),
        ("the Russian Civic Bloc", Name(1, 4, "organisation"), ("Russian Civic Bloc", "organisation")),
    ],
    ids=["leaning", "own people"],
)
def test_a_people_that_a_body_leans_to_is_no_part_of_its_name(text, name, expected):
    assert mend(text, name) == [expected]
