"""Cleans what Wikidata says of an item until its names name it: aliases, kinds, descriptions, namesakes, scales."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from kg.link.index import COUNTRY_CLASSES
from kg.link.names import normalise, word_set

MOST_ALIASES = 40
MOST_CLASSES = 6
LONGEST_DESCRIPTION = 140

Row = dict[str, str]

_STOP_ALIASES = word_set(
    "i you he she it we they me him her us them his hers its our ours their theirs my mine your yours himself "
    "herself itself themselves who whom whose which that this these those one ones someone somebody everyone "
    "nobody none other others both all some any each such same first second third last next former latter new "
    "old man woman men women boy girl people person child children son daughter father mother brother sister "
    "wife husband uncle aunt king queen prince princess president minister senator governor mayor general "
    "colonel captain doctor professor sir lord lady monday tuesday wednesday thursday friday saturday sunday "
    "january february march april may june july august september october november december mon tue wed thu "
    "fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn winter today yesterday "
    "tomorrow morning evening night day week month year city town village country state county district "
    "province region area place capital river mountain island islands north south east west northern southern "
    "eastern western central company group team club party government parliament ministry university school "
    "college hospital church museum federal national royal international united band film series show album "
    "song book novel game"
)
_KIND_WORDS = {
    "organisation": word_set(
        "company corporation agency organisation organization party newspaper publisher university college "
        "school hospital bank airline team club band orchestra militia union association ministry department "
        "council committee commission parliament legislature court army navy brigade regiment network "
        "broadcaster station label manufacturer retailer brand service charity foundation institute "
        "institution think-tank chain franchise league federation diocese"
    ),
    "place": word_set(
        "city town village municipality commune river lake mountain island country state province region "
        "district county suburb neighbourhood neighborhood borough airport bridge building stadium castle "
        "palace park street road hotel settlement volcano peninsula valley canal church cathedral chapel "
        "desert archipelago"
    ),
    "person": word_set(
        "politician actor actress singer writer footballer player journalist businessman businesswoman "
        "diplomat general officer lawyer scientist physicist painter composer musician director philosopher "
        "monarch king queen emperor cricketer tennis-player poet novelist economist historian bishop cardinal "
        "swimmer cyclist"
    ),
    "work": word_set(
        "film novel album song series book game opera play musical painting sculpture magazine comic manga "
        "anime poem symphony sitcom"
    ),
    "event": word_set(
        "war battle election tournament massacre earthquake hurricane attack bombing protest revolution riot "
        "referendum championship crisis pandemic epidemic disaster"
    ),
}
_KIND_OF_WORD = {word: kind for kind, words in _KIND_WORDS.items() for word in words}
_GROUP_CLASSES = frozenset({"Q41710", "Q231002", "Q2472587", "Q33829"})  # ethnic group, nationality, people, population
_GROUP = re.compile(
    r"\b(ethnic(?:-?linguistic)? groups?|ethnoreligious|national group|people (?:native|indigenous) to)\b|"
    r"^(?:[A-Z]\w+ )?(?:people|peoples|citizens|residents|inhabitants|nationals|tribe)\b"
)


def common_words(descriptions: Iterable[str], *, least: int = 20) -> frozenset[str]:
    """Words that descriptions write mostly in lower case: ordinary words, no names."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text in descriptions:
        for word in re.findall(r"(?<![\w-])[^\W\d_]+(?![\w-])", text)[1:]:
            (lower if word.islower() else upper)[word.lower()] += 1
    return frozenset(w for w, n in lower.items() if n >= least and n >= 3 * upper[w])


def clean_aliases(row: Row, *, common: frozenset[str], peoples: Mapping[str, str]) -> Iterator[str]:
    """The aliases that may name the item: no pronouns, ordinary words, demonyms of countries, or repeats."""
    label = row["label"]
    seen = {normalise(label), ""}
    proper = any(c.isupper() for c in label)
    for alias in row["aliases"].split("|"):
        alias = re.sub(r"\s*\([^()]*\)$", "", alias.strip()) if not alias.startswith("(") else alias.strip()
        key = normalise(alias)
        if key in seen or len(alias) > 80 or len(key) < 2 or (key in _STOP_ALIASES and not alias.isupper()):
            continue
        if key in peoples and (row["kind"] != "group" or row["country"] not in {"", peoples[key]}):
            continue  # "African" alone is no African American
        if len(key) == 2 and key not in {"us", "uk"} and COUNTRY_CLASSES & set(row["classes"].split("|")):
            continue  # codes of countries, which news does not use
        has_sign = any(c.isupper() or c.isdigit() for c in alias)
        if proper and not has_sign and alias.isascii():
            continue
        if " " not in key and key in common and not (alias.isupper() and len(alias) > 1):
            continue
        if re.search(r"https?:|www\.|[<>{}\[\]\\@#]", alias):
            continue
        seen.add(key)
        yield alias


def mend_kind(row: Row) -> str:
    """The kind of an item, read off its classes and description where the table has none or one that cannot be."""
    kind, description = row["kind"], row["description"]
    classes = set(row["classes"].split("|"))
    if kind != "person" and (classes & _GROUP_CLASSES or (kind != "place" and _GROUP.search(description))):
        return "" if "Q6256" in classes else "group"
    if "Q5" in classes:
        return "person"
    if kind in {"", "product", "concept"}:
        return _kind_of_description(description) or kind
    return kind


def _kind_of_description(description: str) -> str:
    """The kind of the noun that heads a description ("Israel's internal security service"); empty when unsure."""
    head = re.split(
        r"[,;(–]| (?:of|in|by|for|from|that|which|who|at|on|based|and|or|with|to|used|held|between)\b", description
    )
    words = head[0].strip().split()
    proper = len(description.split()) > 1 and any(w[:1].isupper() for w in description.split()[1:] + words[:1])
    return _KIND_OF_WORD.get(words[-1].lower(), "") if words and proper else ""


def is_nameable(row: Row) -> bool:
    """Whether news may name the item with a proper name: one with a capital letter or a digit, or known in wikis."""
    label = row["label"]
    if row["kind"] in {"person", "place", "organisation", "group"}:
        return any(c.isupper() or c.isdigit() or not c.isascii() for c in label) or bool(row["sitelinks"])
    return any(c.isupper() for c in label[:1] + label[1:2]) or label[:1].isdigit() or not label.isascii()


def shorten(description: str) -> str:
    """A description of at most ``LONGEST_DESCRIPTION`` characters, cut between words."""
    if len(description) <= LONGEST_DESCRIPTION:
        return description
    return description[:LONGEST_DESCRIPTION].rsplit(" ", 1)[0]


def count_names(labels: Iterable[str]) -> Counter[str]:
    """How many persons have each first ("john ") and last (" smith") name; "" counts all."""
    names: Counter[str] = Counter()
    for label in labels:
        words = normalise(label).split()
        if len(words) > 1:
            names.update((words[0] + " ", " " + words[-1], ""))
    return names


def expect_namesakes(label: str, names: Counter[str]) -> int:
    """How common a person's name is, 0 to 9: its first and last name are taken to meet by chance."""
    words = normalise(label).split()
    if len(words) < 2:
        return 9
    chance = names[words[0] + " "] * names[" " + words[-1]] / max(1, names[""])
    return min(9, round(2 * math.log10(1 + 1000 * chance)))


def place_on_scale(value: str, low: float, high: float) -> float:
    """Where a number (as text; empty when unknown) lies between 10**low and 10**high, on a log scale from 0 to 1."""
    number = read_amount(value)
    return min(1.0, max(0.0, (math.log10(number) - low) / (high - low))) if number > 0 else 0.0


def read_amount(value: str) -> float:
    """The number that a text gives, 0 when it is empty."""
    return float(value) if value else 0.0
