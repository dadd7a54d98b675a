"""Tells by the names of two things how sure a relation between them must be: a country or a party is known by its name.

The words around two things can make one look like another ("the ambassador to the United Nations under Bo Ek"): what a
name alone rules out is not told however likely it looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.read.country_names import ADJECTIVES, COUNTRIES, PARTS

NEVER = 1.1
SURER = 0.8  # from which a party is told whose name does not say that it is one, and a country as a seat
SUREST = 0.9  # from which a branch of an army is, and what is likelier something else
UNITED = frozenset(("england", "scotland", "wales", "northern ireland", "english", "scottish", "welsh"))
"""Countries that are parts of one, which is the country of what lies in them."""
STATELIKE = re.compile(r"\b(?:republic|kingdom|empire|emirate|sultanate|dynasty|duchy|reich|federation)\b")
WIDE = re.compile(
    r"(?:[\w']+ )?(?:ocean|sea|gulf|strait|straits)(?: of [\w ]+)?|english channel|middle east|antarctica|arctic|"
    r"(?:(?:north|south|east|west|central|northern|southern|eastern|western|sub-saharan|latin) )?(?:europe|asia|africa|"
    r"americas)|(?:north|south|central|latin) america|caribbean|balkans|sahara|sahel|levant|mediterranean|atlantic|"
    r"pacific|eu|e\.u\.|european union|"
    r"united nations|un|u\.n\.|nato|earth|world"
)
"""What is no country, and lies in none."""
PARTISAN = re.compile(
    r"\b(?:part(?:y|ei|ido|i|ij|ito)|democrat\w*|republicans?|labou?r|conservatives?|tory|tories|liberals?|greens?|"
    r"socialists?|communists?|nationalists?|front|alliance|movement|coalition|bloc|league|gop|whigs?|congress|union|"
    r"people's|likud|fidesz|hezbollah|hamas)\b"
)
PARTY = re.compile(
    r"\bpart(?:y|ei|ido|ij|ito)\b|^(?:greens|tories|conservatives|liberals|labour|(?:liberal |social |christian )?"
    r"democrats|republicans|socialists)$"
)
SITE = re.compile(
    r"\b(?:universit\w+|college|school|academy|hospital|clinic|museum|gallery|theatre|theater|airport|station|prison|"
    r"jail|church|cathedral|mosque|temple|library|stadium|hotel|zoo|park|base|camp|factory|plant|laboratory|centre|"
    r"center|railway|line|road|records)\b"
)
UNPARTISAN = re.compile(
    r"\b(?:nations|organi[sz]ation|universit\w+|college|court|police|army|navy|council|ministry|department|agency|"
    r"cabinet|government|parliament|senate|house|bank|corporation|inc|company)\b"
)
ELECTED = re.compile(
    r"^(?:the )?(?:house|senate|congress|parliament|assembly|commons|lords)$|"
    r"\b(?:(?:house|senate|congressional|parliamentary|select|standing) [\w ,]*committee\b|"
    r"(?:house of (?:representatives|commons|lords)|national assembly|senate|parliament|congress)$)"
)
"""Parliaments and their committees."""
BEARER = re.compile(r"(?:man|woman|person|senator|minister|president|governor|mayor|judge|general|secretary)$")
"""The end of what is no body's name but somebody's title."""
MARTIAL = re.compile(
    r"\b(?:army|navy|air force|marines?|corps|guards?|guard corps|forces?|military|militia|regiment|battalion|brigade|"
    r"division|luftwaffe|wehrmacht|ss|raf|defen[cs]e|infantry|cavalry|squadron|fleet|artillery|legion)\b"
)
CREEDS = frozenset(
    """
    muslim muslims christian christians catholic catholics jewish jew jews hindu hindus sikh sikhs buddhist buddhists
    sunni sunnis shia shiite shi'ite protestant protestants evangelical orthodox mormon islamic islamist roman
    republican republicans democrat democrats democratic conservative conservatives liberal liberals labour labor
    tory tories green greens socialist socialists communist communists nationalist european europeans western arab
    arabs african asian latino latina hispanic black white nazi taliban antisemitic jihadist kurd kurds kurdish
    """.split()
)
"""Groups of people who share no citizenship."""
SPREAD = re.compile(
    r"\b(?:governments?|administration|cabinet|army|navy|air force|armed forces|military|marines?|department|ministry|"
    r"part(?:y|ei|ido|i))$|^(?:government|department|ministry|army|navy|armed forces|part(?:y|ei|ido)) of\b"
)
"""Bodies that have a country and lie in no place."""
PLATFORMS = frozenset("twitter facebook instagram youtube reddit whatsapp telegram tiktok snapchat medium".split())
"""Where people write who do not work there."""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with its kind and all its names, as ``fold_name`` gives them; that of a date is its value."""

    kind: str
    names: frozenset[str] = frozenset()


def fold_name(name: str) -> str:
    """A name in small letters, without the article."""
    return " ".join(name.lower().replace("’", "'").split()).removeprefix("the ")


def least_chance(property: str, subject: Named, object_: Named) -> float:
    """The probability from which a property of two things is told, by their names; NEVER where these rule it out, 0
    where they say nothing against it."""
    check = _CHECKS.get(property)
    return check(subject, object_) if check else 0.0


def name_bond(property: str, object_: Named) -> str:
    """The property that joins somebody to a body: of a party or a parliament nobody is told to be but a member."""
    if property == "P108" and any(PARTY.search(name) and not UNPARTISAN.search(name) for name in object_.names):
        return "P102"
    return "P463" if property == "P108" and any(ELECTED.search(name) for name in object_.names) else property


def name_place(property: str, subject: Named, object_: Named) -> str | None:
    """P17 where a body that is no site is said to lie in what is a country; None elsewhere."""
    if property != "P131" or subject.kind != "organisation" or any(SITE.search(name) for name in subject.names):
        return None
    return "P17" if _is_state(object_) else None


def _is_state(thing: Named) -> bool:
    return is_country(thing) and not thing.names & UNITED and not any(name in PARTS for name in thing.names)


def is_country(thing: Named) -> bool:
    """Whether one of the names is a country's, or an adjective for what is of one."""
    return any(
        name in COUNTRIES or name in ADJECTIVES or STATELIKE.search(name)
        for name in thing.names
        if not WIDE.fullmatch(name)
    )


def _lies_in_none(thing: Named) -> bool:
    return any((name in COUNTRIES and name not in PARTS) or WIDE.fullmatch(name) for name in thing.names)


def _check_country(subject: Named, object_: Named) -> float:
    people = subject.kind == "group" and is_country(subject)
    if people or _lies_in_none(subject) or not is_country(object_) or object_.names & UNITED:
        return NEVER
    return 0.0


def _check_place(subject: Named, object_: Named) -> float:
    spread = subject.kind == "organisation" and any(SPREAD.search(name) for name in subject.names)
    return NEVER if spread or _lies_in_none(subject) else 0.0


def _check_site(subject: Named, object_: Named) -> float:
    return _check_place(subject, object_) if subject.kind == "organisation" else 0.0


def _check_citizenship(subject: Named, object_: Named) -> float:
    if any(name in CREEDS or WIDE.fullmatch(name) for name in object_.names):
        return NEVER
    return 0.0 if object_.kind == "group" or is_country(object_) else SUREST


def _check_party(subject: Named, object_: Named) -> float:
    if any(PARTISAN.search(name) for name in object_.names):
        return 0.0
    return NEVER if is_country(object_) or any(UNPARTISAN.search(name) for name in object_.names) else SURER


def _check_army(subject: Named, object_: Named) -> float:
    return 0.0 if any(MARTIAL.search(name) for name in object_.names) else SUREST


def _check_employer(subject: Named, object_: Named) -> float:
    if object_.kind == "organisation" and any(BEARER.search(name) for name in object_.names):
        return NEVER
    if subject.kind == "place" and any(ELECTED.search(name) for name in object_.names):
        return NEVER  # a country has a parliament
    return SUREST if object_.names & PLATFORMS else 0.0


def _check_seat(subject: Named, object_: Named) -> float:
    if any(PARTY.search(name) for name in subject.names):
        return SUREST  # "the Lake Party in Norland" is at work there
    return SURER if is_country(object_) else 0.0


def _check_day(subject: Named, object_: Named) -> float:
    return NEVER if any("/" in value for value in object_.names) else 0.0


_CHECKS = {
    "P569": _check_day,
    "P570": _check_day,
    "P571": _check_day,
    "P159": _check_seat,
    "P17": _check_country,
    "P131": _check_place,
    "P276": _check_site,
    "P27": _check_citizenship,
    "P102": _check_party,
    "P241": _check_army,
    "P108": _check_employer,
    "P463": _check_employer,
}
