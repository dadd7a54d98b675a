"""Whether two names are one person's, and who is called by a surname alone."""

import re

import pytest

from kg.read.persons import Bearers, are_told_apart, is_no_person, is_relative, is_surname


def find(text, name):
    return [(match.start(), match.end()) for match in re.finditer(rf"{name}\b", text)]


@pytest.mark.parametrize(
    ("text", "names", "apart"),
    [
        ("Ann Roe died. Her mother, Ann May Roe, sued for her.", ("Ann Roe", "Ann May Roe"), True),
        ("Ann Roe died. Ann May Roe was born in Bonn.", ("Ann Roe", "Ann May Roe"), False),
        ("Ann May Roe, known as Ann Roe, died.", ("Ann Roe", "Ann May Roe"), False),
        ("Bo Lee and Bo J. Lee left.", ("Bo Lee", "Bo J. Lee"), True),
        ("Bo Lee Sr. left. Bo Lee Jr. stayed.", ("Bo Lee Sr", "Bo Lee Jr"), True),
        ("Bo Lee Jr. left. Bo Lee stayed.", ("Bo Lee Jr", "Bo Lee"), False),
        ("His son Yusuf Karimov left. Yousuf Karimov stayed.", ("Yusuf Karimov", "Yousuf Karimov"), False),
    ],
    ids=["mother", "middle name", "known as", "side by side", "generations", "one generation", "two spellings"],
)
def test_full_names_are_told_apart_by_what_the_text_says(text, names, apart):
    one, other = (find(text, name) for name in names)
    assert are_told_apart(text, one, other) is apart
    assert are_told_apart(text, other, one) is apart


@pytest.mark.parametrize(
    ("before", "relative"),
    [("his wife ", True), ("her son, ", True), ("the third son of Lord ", True), ("the minister ", False), ("", False)],
)
def test_relatives_are_introduced_as_such(before, relative):
    assert is_relative(f"{before}Ann Roe", len(before)) is relative


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Roe", True),
        ("al-Karim", True),
        ("de la Roe", True),
        ("Al-Karim", True),
        ("Al Roe", False),
        ("Ben Roe", False),
        ("Ann de Roe", False),
    ],
)
def test_particles_before_a_surname_make_no_full_name(name, surname):
    assert is_surname(name) is surname


def choose(text, *people):
    """The people that each "Cox" of a text, without a first name before it, means."""
    known = Bearers([(name, [start for start, _ in find(text, name)]) for name in people], text)
    alone = re.finditer(r"(?:(?:Mr|Ms) )?(?<!Ann )(?<!Tom )Cox\b", text)
    chosen = [known.choose(match.group(), match.start()) for match in alone]
    return [None if number is None else people[number] for number in chosen]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Tom Cox died. Cox painted. Ann Cox spoke. Cox was old.", ["Tom Cox", "Tom Cox"]),
        ("Tom Cox died, his wife Ann Cox said. Cox was old.", ["Tom Cox"]),
        ("Her son Tom Cox spoke. She had married Ann Cox. Cox was old.", ["Ann Cox"]),
        ("Tom Cox met Ann Cox. Cox was old.", [None]),
        ("Tom Cox met Ann Cox. Tom Cox left. Cox was old.", ["Tom Cox"]),
        ("Tom Cox met Ann Cox. Ms Cox was old. Cox was not.", ["Ann Cox", None]),
    ],
    ids=["called so before", "wife", "son named first", "unclear", "named more often", "title"],
)
def test_a_surname_alone_means_who_is_called_so(text, meant):
    assert choose(text, "Tom Cox", "Ann Cox") == meant


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("the great white shark population", True),
        ("three wolves from the park", True),
        ("a predator called the sevengill", True),
        ("Roe's butterflies", True),
        ("the second vessel", True),
        ("the civilian population", False),
        ("a dog owner", False),
        ("the owner of two dogs", False),
        ("the victims", False),
        ("", False),
    ],
    ids=[
        "population",
        "wolves",
        "predator",
        "plural",
        "vessel",
        "civilians",
        "owner",
        "owner-of",
        "victims",
        "nothing",
    ],
)
def test_animals_and_vehicles_without_a_name_are_no_people(name, expected):
    assert is_no_person(name) is expected
