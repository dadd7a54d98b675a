"""Tells whether two names in one article can be one person's, and which of several a surname alone is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kg.read.genders import FEMALE_TITLES, MALE_TITLES, gender_of_name
from kg.read.names import PARTICLES, generation_of, is_misspelling, person_words, surname_of, words_of

KIN = (
    "(?:grand|step)?-?(?:mother|father|son|daughter|sister|brother|aunt|uncle|niece|nephew|cousin|wife|husband|parents)"
)
RELATIVE = re.compile(rf"\b{KIN}(?:(?:\s?,| -| –| —| was| is| named)?\s(?:the\s\w+\s)?|\sof\s(?:[\w’']+\s){{0,6}})$")
"""What stands before the name of somebody's relative."""
FAMILY = re.compile(
    r"\b(?:couple|married|family|(?:step)?(?:parents?|mother|father|sons?|daughters?|sisters?|brothers?|siblings?|twins)|"
    r"children|husband|wife|grandparents|spouses?|newlyweds|cousins)\b",
    re.IGNORECASE,
)
JOINED = re.compile(r"\s+(?:and|&)\s+")
NEAR = 150  # characters to each side of two names in which something calls them a family
LEAD = 60  # characters in which it stands
BETWEEN = frozenset(("and", "&", "with", "met"))  # what stands between the names of two
OFTEN = 2  # how many times more often one of several is named who is meant
FIRST_NAMES = frozenset("ben san st mac mc do y e".split())  # particles that are as often the beginning of another name

ANIMALS = frozenset(
    """
    animal ant ape bat bear beast bee bird bull butterfly calf cat cattle cheetah chicken chimpanzee cow creature
    crocodile deer dog dolphin duck eagle elephant fish flock fly fox frog giraffe goat goose gorilla hare herd hippo
    horse ibis insect kangaroo kitten koala lamb leopard lichen lion lizard mammal microbe monkey mosquito moth mouse
    orangutan owl parrot penguin pig pony predator prey puppy rabbit rat reptile rhino seal shark sheep snake species
    spider tiger tortoise turtle wasp whale wolf zebra
    """.split()
)
VEHICLES = frozenset(
    "aircraft boat bus car ferry helicopter jet lorry plane ship submarine tanker train truck vessel".split()
)
PLURALS = {"mice": "mouse", "geese": "goose"}
NUMBERS_OF = frozenset("population colony chick cub pup".split())
"""Nouns that are of the animals named right before them."""
NARROWED = re.compile(r"\s(?:of|in|at|on|for|from|to|with|that|which|who|called|known)\s|[,(]")


def is_no_person(name: str) -> bool:
    """Whether what has no name but is called this is an animal or a vehicle: "the whale population of the coast"."""
    words = [_singular(word) for word in NARROWED.split(name)[0].lower().split()[-2:]]
    if words and words[-1] in NUMBERS_OF:
        return words[0] in ANIMALS
    return bool(words) and words[-1] in ANIMALS | VEHICLES


def _singular(noun: str) -> str:
    known = ANIMALS | VEHICLES | NUMBERS_OF
    forms = (noun, PLURALS.get(noun, noun), noun.removesuffix("s"), noun.removesuffix("ies") + "y", noun[:-3] + "f")
    return next((form for form in forms if form in known), noun)


def same_person(words: list[str], longer: list[str]) -> bool:
    """Whether two folded full names can be one person's: same surname, and first names that agree or are initials."""
    if words == longer or (len(words) > 1 and words == longer[-len(words) :]):
        return True
    surname, other = surname_of(words), surname_of(longer)
    if surname[-1] != other[-1] and not is_misspelling(surname[-1], other[-1]):
        return False
    first, theirs = words[: len(words) - 1], longer[: len(longer) - 1]
    if not first or not theirs:
        return False
    if len(first[0]) == 1 or len(theirs[0]) == 1:
        return first[0][0] == theirs[0][0]
    if surname[-1] != other[-1]:
        return first[0] == theirs[0]
    return first[0] == theirs[0] or is_misspelling(first[0], theirs[0])


def is_surname(name: str) -> bool:
    """Whether a person's name is a surname with nothing before it but particles: "al-Eryani", "de Blasio"."""
    words = person_words(name)
    if len(words) > 1 and words[0] in ("al", "el"):  # short for Albert, too
        return len(words) == 2 and not name.startswith(("Al ", "El "))
    return all(word in PARTICLES - FIRST_NAMES for word in words[:-1])


def are_told_apart(text: str, names: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> bool:
    """Whether a text tells two people with much the same full name apart; both given as borders of their mentions.

    It does where they are of different generations ("John Roe Sr."), and, when one has more words than the other or is
    a "Jr.", where one of the two is somebody's relative ("her mother, Ann May Roe") or both are named side by side.
    """
    one, other = (text[slice(*each[0])] for each in (names, others))
    a, b = (generation_of(each).replace("jr", "ii") for each in (one, other))
    if a and b and a != b:
        return True
    if len(person_words(one)) == len(person_words(other)) and not (a or b):
        return False
    kin = [any(is_relative(text, start) for start, _ in each) for each in (names, others)]
    return kin[0] != kin[1] or _stand_side_by_side(text, names, others)


def is_relative(text: str, start: int) -> bool:
    """Whether a name that begins at ``start`` is introduced as that of somebody's relative."""
    return bool(RELATIVE.search(text, max(0, start - LEAD), start))


def _stand_side_by_side(text: str, names: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> bool:
    starts = [start for start, _ in others]
    for start, end in names:
        at = bisect_left(starts, start)
        for first, last in others[max(0, at - 1) : at + 1]:
            between = (last, start) if first < start else (end, first)
            if between[1] - between[0] < LEAD and text[slice(*between)].strip() in BETWEEN:
                return True
    return False


def share_surname(text: str, alone: tuple[int, int], partner: tuple[int, int]) -> bool:
    """Whether a first name alone, at ``alone``, has the surname of the name behind it: "the couple, Ann and Bo Roe".

    It does where both have first names that tell gender and the words around speak of a family.
    """
    first, name = text[slice(*alone)], text[slice(*partner)]
    if not (JOINED.fullmatch(text, alone[1], partner[0]) and len(name.split()) > 1 and not first.isupper()):
        return False
    if gender_of_name(f"{first} {name.split()[-1]}") is None or gender_of_name(name) is None:
        return False
    return bool(FAMILY.search(text, max(0, alone[0] - NEAR), partner[1] + NEAR))


class Bearers:
    """Several people with one surname; tells mention by mention, in order, who is called by it alone.

    Each comes with the full name and the places of its mentions, in order.
    """

    def __init__(self, people: Sequence[tuple[str, Sequence[int]]], text: str) -> None:
        self._places = [places for _, places in people]
        self._genders = [gender_of_name(name) for name, _ in people]
        self._relatives = [is_relative(text, places[0]) for places in self._places]
        self._established: int | None = None

    def choose(self, name: str, at: int) -> int | None:
        """The number of the one whom the surname ``name`` at ``at`` means, None where that is not clear.

        Whoever was called so before others came up still is. Else it is none who came up as somebody's relative, when
        there is another, and of several the one named far more often. Titles that tell gender rule some out.
        """
        gender = _gender_of_title(name)
        fit = [n for n, known in enumerate(self._genders) if gender is None or known in (None, gender)]
        before = [n for n in fit if self._places[n][0] < at] or fit
        if self._established in before:
            return self._established
        left = [n for n in before if not self._relatives[n]] or before
        ranked = sorted(left, key=lambda n: -len(self._places[n]))
        clear = len(ranked) == 1 or (
            len(ranked) > 1 and len(self._places[ranked[0]]) >= OFTEN * len(self._places[ranked[1]])
        )
        if not clear:
            return None
        if gender is None:
            self._established = ranked[0]
        return ranked[0]


def _gender_of_title(name: str) -> str | None:
    first = words_of(name)[:1]
    if first and first[0] in MALE_TITLES:
        return "he"
    return "she" if first and first[0] in FEMALE_TITLES else None
