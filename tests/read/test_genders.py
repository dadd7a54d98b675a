"""Which pronoun a person takes."""

import pytest

from kg.model import Entity, Mention, Passage
from kg.read.genders import GENDER_OF_NOUN, find_genders, gender_of_name


def tell(text, name, kind="person"):
    start = text.index(name)
    entity = Entity("e1", kind, name, (Mention(Passage(start, start + len(name), name), "name"),))
    return find_genders([entity], text).get(0)


@pytest.mark.parametrize(
    ("text", "name", "gender"),
    [
        ("Mr Robin Roe left.", "Robin Roe", "he"),
        ("Queen Sasha left.", "Sasha", "she"),
        ("Then Maria Roe left.", "Maria Roe", "she"),
        ("Then John Roe left.", "John Roe", "he"),
        ("Then Dr. José Roe left.", "Dr. José Roe", "he"),
        ("Then Robin Roe left.", "Robin Roe", None),
        ("Then Anne-Sophie Roe left.", "Anne-Sophie Roe", "she"),
        ("Mr or Ms Roe left.", "Roe", None),
    ],
    ids=["title", "title before one word", "woman", "man", "accent", "either", "double name", "both titles"],
)
def test_titles_and_first_names_tell_gender(text, name, gender):
    assert tell(text, name) == gender


def test_a_surname_alone_is_no_first_name():
    assert gender_of_name("Thomas") is None
    assert gender_of_name("Maria") == "she"


def test_only_people_have_a_gender():
    assert tell("Queen Maria left.", "Maria", kind="place") is None


@pytest.mark.parametrize("noun", ["actor", "minister", "friend", "lawyer"])
def test_nouns_that_are_said_of_everybody_tell_no_gender(noun):
    assert noun not in GENDER_OF_NOUN


def test_names_with_a_hyphen_are_in_the_table_by_their_letters():
    assert tell("Then Jean-Baptiste Roe left.", "Jean-Baptiste Roe") == "he"
