"""Tells what pronoun a person takes: by a title, a first name, or a noun that is said of women or men only."""

from __future__ import annotations

from collections.abc import Iterable

from kg.first_names import load_first_names
from kg.model import Entity
from kg.read.gazetteer import fold
from kg.read.names import TITLES

MALE_TITLES = frozenset("mr sir lord king prince duke father brother emperor pope baron count".split())
FEMALE_TITLES = frozenset("mrs ms miss dame lady queen princess duchess sister empress baroness countess".split())
MALE_NOUNS = frozenset(
    "man boy gentleman husband father dad daddy son brother uncle nephew grandfather grandson stepfather stepson "
    "widower boyfriend king prince duke emperor baron businessman spokesman congressman policeman fireman nobleman "
    "sportsman statesman clergyman monk fiancé godfather stepbrother schoolboy guy bloke".split()
)
FEMALE_NOUNS = frozenset(
    "woman girl lady wife mother mom mum mommy daughter sister aunt niece grandmother granddaughter stepmother "
    "stepdaughter widow girlfriend queen princess duchess empress baroness countess businesswoman spokeswoman "
    "congresswoman policewoman noblewoman sportswoman chairwoman nun actress fiancée godmother stepsister schoolgirl "
    "heiress hostess waitress goddess stewardess bride".split()
)
GENDER_OF_NOUN = {**dict.fromkeys(MALE_NOUNS, "he"), **dict.fromkeys(FEMALE_NOUNS, "she")}
"""The pronoun for whom a noun in lower case is said of; nouns that are said of everybody are not listed."""
REACH = 9  # characters before a name in which a title can stand


def find_genders(entities: Iterable[Entity], text: str) -> dict[int, str]:
    """The pronoun ("he", "she") of people by their number among the ``entities`` of a ``text``, where names tell it.

    A title counts more than a first name. Whoever has titles of both kinds is left out.
    """
    found: dict[int, str] = {}
    for number, entity in enumerate(entities):
        if entity.kind == "person":
            near = [text[max(0, m.passage.start - REACH) : m.passage.end] for m in entity.mentions if m.form == "name"]
            titles = {word.strip(".").lower() for part in near for word in part.split()[:3]}
            gender = _choose(bool(titles & MALE_TITLES), bool(titles & FEMALE_TITLES))
            if gender is None and not titles & (MALE_TITLES | FEMALE_TITLES):
                gender = gender_of_name(entity.name)
            if gender is not None:
                found[number] = gender
    return found


def gender_of_name(name: str) -> str | None:
    """The pronoun of a person by the first name; None where it is unknown, or may be either's.

    One word alone may be a surname, which men's first names often are: it tells women only.
    """
    words = name.split()
    while len(words) > 1 and words[0].strip(".").lower() in TITLES:
        words = words[1:]
    first = words[0] if words else ""
    table = load_first_names()
    gender = table.get(fold(first)) or table.get(fold(first.split("-")[0]))
    return None if len(words) == 1 and gender == "he" else gender


def _choose(male: bool, female: bool) -> str | None:
    return None if male == female else "he" if male else "she"
