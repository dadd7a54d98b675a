"""What can be read off a name."""

import pytest

from kg.read.names import (
    acronyms_of,
    bare,
    fold,
    is_acronym,
    is_misspelling,
    person_words,
    split_possessive,
    surname_of,
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("the Hague", "Hague"),
        ("“Blue Star”", "Blue Star"),
        ("Kenya's", "Kenya"),
        ("Red  Cross,", "Red Cross"),
        ("A", "A"),
        ("Roads Act (Act 9)", "Roads Act (Act 9)"),
        ("Ann [O'Roe]", "Ann O'Roe"),
        ("[Ann] Roe", "Ann Roe"),
        ("(Roe)", "Roe"),
        ("Roe (", "Roe"),
    ],
)
def test_bare_name_has_no_article_quotes_or_possessive(written, expected):
    assert bare(written) == expected


def test_folded_names_agree_across_accents_case_and_stops():
    assert fold("São  Paulo") == fold("sao paulo")
    assert fold("U.S.") == fold("US")
    assert fold("Al-Shabaab") == fold("al Shabaab")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Gen. Maria Lopez", ["maria", "lopez"]),
        ("LTG Omar Said", ["omar", "said"]),
        ("bLTG Omar Said", ["omar", "said"]),
        ("President Ruto", ["ruto"]),
        ("Martin Luther King Jr.", ["martin", "luther", "king"]),
        ("Bishop", ["bishop"]),
    ],
)
def test_person_words_leave_titles_ranks_and_suffixes_out(name, words):
    assert person_words(name) == words


def test_surname_keeps_its_particles():
    assert surname_of(["ursula", "von", "der", "leyen"]) == ["von", "der", "leyen"]
    assert surname_of(["jo", "roe"]) == ["roe"]


def test_acronyms_with_and_without_small_words():
    assert acronyms_of("Department of Defense") == {"DOD", "DD"}
    assert acronyms_of("Reuters") == set()


@pytest.mark.parametrize(
    ("name", "expected"), [("U.N.", True), ("FIFA", True), ("NGOs", True), ("Iran", False), ("A", False)]
)
def test_acronyms_are_told_by_their_capitals(name, expected):
    assert is_acronym(name) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("solemaini", "soleimani", True),
        ("zelensky", "zelenskyy", True),
        ("hansen", "jansen", False),
        ("iran", "iraq", False),
        ("merkel", "macron", False),
    ],
)
def test_misspellings_are_long_and_near(one, other, expected):
    assert is_misspelling(one, other) is expected


def test_possessive_of_a_body_parts_two_names():
    name = "National Guard Corps' Desert Force"
    first, second = split_possessive(name, set())
    assert (name[:first], name[second:]) == ("National Guard Corps", "Desert Force")


@pytest.mark.parametrize(
    "name", ["the Women's March", "Lloyd's of London", "National People's Congress", "St. Mary's Hospital"]
)
def test_possessive_inside_one_name_stays(name):
    assert split_possessive(name, set()) is None
