"""Tells by the names of two things how sure a relation between them must be: a country or a party is known by its name.

The words around two things can make one look like another ("the ambassador to the United Nations under Bo Ek"): what a
name alone rules out is not told however likely it looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.read.office_words import REPUBLICS

NEVER = 1.1
SURER = 0.8  # from which a party, or a branch of an army, is told that its name does not say to be one
SUREST = 0.9
COUNTRIES = REPUBLICS | frozenset(
    """
    afghanistan,algeria,andorra,antigua and barbuda,australia,bahamas,bahrain,barbados,belgium,belize,bhutan,
    bosnia and herzegovina,bosnia,brunei,burkina faso,burma,cambodia,canada,central african republic,comoros,
    congo,republic of the congo,democratic republic of the congo,drc,dr congo,côte d'ivoire,cote d'ivoire,czechia,
    denmark,dominica,eswatini,swaziland,great britain,britain,uk,u.k.,united kingdom,england,scotland,wales,
    northern ireland,grenada,guyana,iran,islamic republic of iran,jamaica,japan,jordan,kosovo,kuwait,laos,lesotho,
    libya,liechtenstein,luxembourg,macedonia,malaysia,marshall islands,micronesia,monaco,morocco,myanmar,netherlands,
    holland,new zealand,north korea,norway,oman,palestine,papua new guinea,qatar,republic of ireland,
    republic of china,people's republic of china,prc,republic of korea,russian federation,saint kitts and nevis,
    saint lucia,saint vincent and the grenadines,samoa,san marino,sao tome and principe,saudi arabia,solomon islands,
    spain,sudan,suriname,sweden,switzerland,são tomé and príncipe,thailand,timor-leste,tonga,
    trinidad and tobago,tuvalu,united arab emirates,uae,u.a.e.,vatican city,holy see,the gambia,hong kong,
    puerto rico,greenland,macau,soviet union,ussr,u.s.s.r.,yugoslavia,czechoslovakia,east germany,west germany,
    nazi germany,gdr,prussia,austria-hungary,ottoman empire,rhodesia,zaire,america,korea,south vietnam,north vietnam,
    türkiye,syrian arab republic,kingdom of saudi arabia,republic of ireland,taiwan,northern cyprus,abkhazia,
    south ossetia,western sahara,somaliland,bermuda,gibraltar,faroe islands,isle of man,jersey,guernsey,guam
    """.replace("\n", " ")
    .strip()
    .replace(" ,", ",")
    .replace(", ", ",")
    .split(",")
)
"""Names of countries, past ones and those that are parts of another among them."""
PARTS = frozenset(
    "england,scotland,wales,northern ireland,hong kong,macau,puerto rico,greenland,taiwan,kosovo,palestine,bermuda,"
    "gibraltar,faroe islands,isle of man,jersey,guernsey,guam,abkhazia,south ossetia,western sahara,northern cyprus,"
    "somaliland,georgia,holy see".split(",")
)
"""Countries that may lie in another one, or whose name is also that of another place."""
STATELIKE = re.compile(r"\b(?:republic|kingdom|empire|emirate|sultanate|dynasty|duchy|reich|federation)\b")
WIDE = re.compile(
    r"(?:[\w']+ )?(?:ocean|sea|gulf|strait|straits)(?: of [\w ]+)?|english channel|middle east|antarctica|arctic|"
    r"(?:(?:north|south|east|west|central|northern|southern|eastern|western|sub-saharan|latin) )?(?:europe|asia|africa|"
    r"americas?)|caribbean|balkans|sahara|sahel|levant|mediterranean|atlantic|pacific|eu|e\.u\.|european union|"
    r"united nations|un|u\.n\.|nato|earth|world"
)
"""What is no country, and lies in none."""
PARTISAN = re.compile(
    r"\b(?:part(?:y|ei|ido|i|ij|ito)|democrat\w*|republicans?|labou?r|conservatives?|tory|tories|liberals?|greens?|"
    r"socialists?|communists?|nationalists?|front|alliance|movement|coalition|bloc|league|gop|whigs?|congress|union|"
    r"people's|likud|fidesz|hezbollah|hamas)\b"
)
UNPARTISAN = re.compile(
    r"\b(?:nations|organi[sz]ation|universit\w+|college|court|police|army|navy|council|ministry|department|agency|"
    r"cabinet|government|parliament|senate|house|bank|corporation|inc|company)\b"
)
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
PLATFORMS = frozenset("twitter facebook instagram youtube reddit whatsapp telegram tiktok snapchat medium".split())
"""Where people write who do not work there."""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with its kind and all its names, as ``fold_name`` gives them."""

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


def is_country(thing: Named) -> bool:
    """Whether one of the names is a country's."""
    return any(name in COUNTRIES or STATELIKE.search(name) for name in thing.names if not WIDE.fullmatch(name))


def _lies_in_none(thing: Named) -> bool:
    return any((name in COUNTRIES and name not in PARTS) or WIDE.fullmatch(name) for name in thing.names)


def _check_country(subject: Named, object_: Named) -> float:
    return 0.0 if is_country(object_) and not _lies_in_none(subject) else NEVER


def _check_place(subject: Named, object_: Named) -> float:
    return NEVER if _lies_in_none(subject) else 0.0


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
    return SUREST if object_.names & PLATFORMS else 0.0


_CHECKS = {
    "P17": _check_country,
    "P131": _check_place,
    "P27": _check_citizenship,
    "P102": _check_party,
    "P241": _check_army,
    "P108": _check_employer,
}
