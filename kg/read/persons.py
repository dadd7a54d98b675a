"""Tells whether two names in an article can be one person's, and whom a surname alone or "the Spaniard" means."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from spacy.tokens import Doc

from kg.model import Entity, Mention, Passage
from kg.read.country_names import ADJECTIVES, COUNTRIES
from kg.read.genders import FEMALE_TITLES, MALE_TITLES, gender_of_name
from kg.read.names import PARTICLES, TITLES, generation_of, is_misspelling, person_words, surname_of, words_of
from kg.read.tokenizer import text_of

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

BESIDE = 40  # characters before and behind a name that may tell a country
BEHIND = re.compile(r"(?:\s?,\s(?:an?\s|the\s)|\s(?:of|from)\s)((?:[\w’'-]+\s?){1,4})")
MOST_WORDS = 5  # before a name that may tell a country
MINISTRIES = frozenset("prime foreign vice deputy economy finance interior defence defense trade health home".split())
SHARED = 6  # letters at the beginning that are enough to tell a country of somebody
TOLD_OF = 6  # sentences back in which somebody of a country was spoken of
ONE_OF_A_PEOPLE = re.compile(
    r"\b[Tt]he\s(?:\d+[-–]year[-–]old\s|(?!other|first|only|last|two|three)[a-z]+(?:-[a-z]+)?\s)?$"
)
"""What stands before the word for one of a people: "the", "the 37-year-old", "the young"."""
ADJECTIVES_ONLY = re.compile(r".*(?:sh|ch|ese|ss)|icelandic|philippine|soviet|ottoman|thai|central african")
PARTISANS = frozenset("democrat republican conservative tory socialist liberal".split())
NATIONALS = frozenset(word for word in ADJECTIVES if not ADJECTIVES_ONLY.fullmatch(word)) | {"filipina"}
"""What one person of a country is called."""
COUNTRY_OF = {
    "spaniard": "spain spanish", "dane": "denmark danish", "pole": "poland polish", "finn": "finland finnish",
    "briton": "britain british uk english scottish welsh", "brit": "britain british uk english scottish welsh",
    "frenchman": "france french", "frenchwoman": "france french", "englishman": "england english",
    "englishwoman": "england english", "irishman": "ireland irish", "irishwoman": "ireland irish",
    "welshman": "wales welsh", "dutchman": "netherlands dutch", "dutchwoman": "netherlands dutch",
    "norwegian": "norway", "belgian": "belgium",
    "filipino": "philippines philippine", "filipina": "philippines philippine", "american": "us u.s. usa",
}  # fmt: skip
"""Names of countries and adjectives that do not begin as the word for one of the people does."""


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


class People(NamedTuple):
    """Where each person of a text is named, as pairs (start, number of the entity) in order; where sentences start."""

    places: list[tuple[int, int]]
    sentences: list[int]


def give_compatriots(doc: Doc, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """The ``entities`` where "the Spaniard" is the one person of that country spoken of shortly before.

    It is who is said to be from there ("Spain's Ann Roe", "the Spanish singer Ann Roe"); else the only person named in
    the last sentence with a name, unless that one is from elsewhere. Where it is nobody known, it is no new person.
    """
    text = text_of(doc)
    if not doc.has_annotation("SENT_START"):
        return tuple(entities)
    people: People | None = None
    mentions = [list(entity.mentions) for entity in entities]
    kinds = [entity.kind for entity in entities]
    for number, entity in enumerate(entities):
        word = entity.name.lower()
        if word not in NATIONALS and (word not in PARTISANS or entity.kind == "place"):
            continue
        for mention in entity.mentions:
            start = _find_one(doc, text, mention)
            if start is None:
                continue
            kinds[number] = "group" if entity.kind == "person" else entity.kind
            people = people or _list_people(doc, entities)
            home = _find_compatriot(text, word, mention.passage.start, people, entities)
            if home is not None:
                end = mention.passage.end
                mentions[number].remove(mention)
                mentions[home].append(Mention(Passage(start, end, text[start:end]), "nominal"))
    found = [
        replace(entity, kind=kind, mentions=tuple(sorted(own, key=lambda m: m.passage.start)))
        for entity, kind, own in zip(entities, kinds, mentions, strict=True)
        if own
    ]
    found.sort(key=lambda entity: entity.mentions[0].passage.start)
    return tuple(replace(entity, id=f"e{number}") for number, entity in enumerate(found, 1))


def _find_one(doc: Doc, text: str, mention: Mention) -> int | None:
    """Where the phrase begins whose last word is a ``mention`` of one of a people; None where it is said of a thing,
    or of several people."""
    start, end = mention.passage.start, mention.passage.end
    before = ONE_OF_A_PEOPLE.search(text, max(0, start - BESIDE), start)
    span = doc.char_span(start, end)
    if before is None or span is None or mention.passage.text.lower() == mention.passage.text:
        return None
    after = doc[span.end] if span.end < len(doc) else None
    if after is not None and (after.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") or after.text in ("-", "–", "/")):
        return None
    if re.match(r"\s[\"“‘'(]", text[end : end + 2]):
        return None
    listed = after is not None and after.text in (",", "and", "or", "&") and span.end + 1 < len(doc)
    return None if listed and doc[span.end + 1].lower_ in ADJECTIVES else before.start()


def _list_people(doc: Doc, entities: Sequence[Entity]) -> People:
    named = [
        (mention.passage.start, number)
        for number, entity in enumerate(entities)
        if entity.kind == "person" and entity.name.lower() not in NATIONALS | PARTISANS
        for mention in entity.mentions
        if mention.form == "name"
    ]
    return People(sorted(named), [sentence.start_char for sentence in doc.sents])


def _find_compatriot(text: str, word: str, at: int, people: People, entities: Sequence[Entity]) -> int | None:
    """The number of the entity that ``word`` at ``at`` stands for, None where it is not clear."""
    now = bisect_right(people.sentences, at) - 1
    first = people.sentences[max(0, now - TOLD_OF)]
    near = people.places[bisect_left(people.places, (first, -1)) : bisect_left(people.places, (at, -1))]
    gender = None
    if word in COUNTRY_OF and word.endswith("man"):
        gender = "she" if word.endswith("woman") else "he"
    told: dict[int, bool | None] = {}
    for _, number in near:
        if number not in told:
            other = gender is not None and gender_of_name(entities[number].name) not in (None, gender)
            told[number] = False if other else None if word in PARTISANS else _is_from(text, word, entities[number])
    sure = [number for number in told if told[number]]
    if sure:
        return sure[0] if len(sure) == 1 else None
    here = {number for start, number in near if start >= people.sentences[now]}
    before = [start for start, _ in near if start < people.sentences[now]]
    if not before:
        return None
    last = people.sentences[bisect_right(people.sentences, before[-1]) - 1]
    end = people.sentences[now]
    named = {number for start, number in near if last <= start < end}
    left = [number for number in named if told[number] is None and number not in here]
    return left[0] if len(left) == 1 and now - bisect_right(people.sentences, last) + 1 <= 2 else None


def _is_from(text: str, word: str, person: Entity) -> bool | None:
    """Whether words beside a person's name say that the person is a ``word``; None where they tell no country."""
    other = None
    for mention in person.mentions:
        if mention.form != "name":
            continue
        before = re.split(r"[.,;:!?\"“”()\n]", text[max(0, mention.passage.start - BESIDE) : mention.passage.start])[-1]
        behind = BEHIND.match(text, mention.passage.end)
        words = [*_read_back(before.split()), *(behind[1].split() if behind else ())]
        for each in (part.strip("'’,").removesuffix("'s").removesuffix("’s").lower() for part in words):
            if _is_of(word, each):
                return True
            if each in COUNTRIES or each in ADJECTIVES:
                other = False
    return other


def _read_back(words: Sequence[str]) -> Iterator[str]:
    """The last of the words before a name that may tell something of it: back to a name that is no country's."""
    for word in reversed(words[-MOST_WORDS:]):
        low = word.strip("'’,").removesuffix("'s").removesuffix("’s").lower()
        yield word
        if word[:1].isupper() and low not in TITLES | MINISTRIES:
            return


def _is_of(word: str, country: str) -> bool:
    """Whether one of a people and a country or an adjective belong together: "Serb" and "Serbian"."""
    if country in COUNTRY_OF.get(word, "").split() or country == word:
        return True
    if country not in COUNTRIES and country not in ADJECTIVES:
        return False
    shorter = min(len(word), len(country))
    enough = shorter if shorter <= 4 else min(SHARED, shorter - 1)
    return word[:enough] == country[:enough]
