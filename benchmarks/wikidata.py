"""Makes up dumps and catalogues of any size, in the shapes of Wikidata, for measuring speed and memory."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LANGUAGES = (
    "en de fr es it nl pl ru uk ja zh ar fa he tr sv da nb fi cs hu ro bg el ko vi id ms th hi bn ta te ca gl eu pt "
    "pt-br en-gb en-ca sr hr sl sk lt lv et ga cy"
).split()
CLASSES = (5, 5, 5, 515, 783794, 11424, 13442814, 13442814, 13442814)  # people, city, company, film, articles
TEMPLATES = 400
_SYLLABLES = (
    "ba be bi bo da de do fa fi ga go ha ho ka ki ko la le lo ma me mi na ne no pa ra re ro sa se ta to va".split()
)

Json = dict[str, Any]


def write_dump(path: Path, size: int, *, seed: int = 1) -> int:
    """Writes a gzip dump of at least ``size`` bytes of JSON; gives the exact number of bytes.

    Entities have some 20 kB each, as the better known ones of Wikidata: names in many languages, statements with
    references. A third are scholarly articles, as there.
    """
    chance = random.Random(seed)
    templates = [json.dumps(_make_entity(chance), separators=(",", ":")) for _ in range(TEMPLATES)]
    written, number = 2, 0
    with gzip.open(path, "wt", compresslevel=6, encoding="utf-8", newline="\n") as file:
        file.write("[\n")
        while written < size:
            number += 1
            line = templates[number % TEMPLATES].replace("Q0", f"Q{number + 100}").replace("Xx", make_word(chance))
            line = f",\n{line}" if number > 1 else line
            file.write(line)
            written += len(line)
        file.write("\n]\n")
    return written + 3


def make_rows(count: int, *, seed: int = 1) -> Iterator[list[str]]:
    """So many rows of a catalogue: people, places and organisations with names that some of them share."""
    chance = random.Random(seed)
    words = [make_word(chance) for _ in range(60_000)]
    weights = [1 / (10 + n) for n in range(len(words))]
    firsts = chance.choices(words, weights, k=count)
    lasts = chance.choices(words, weights, k=count)
    for number, (first, last) in enumerate(zip(firsts, lasts, strict=True), 1):
        kind = ("person", "person", "place", "organisation")[number % 4]
        label = {"person": f"{first} {last}", "place": f"{first}{last.lower()}"}.get(kind, f"{first} {last} Society")
        popularity = str(min(99, int(12 + chance.expovariate(0.09))))
        alias = f"{first} {words[number % len(words)]} {last}"
        yield [f"Q{number}", label, alias, kind, "", f"{kind} of {last}", "", "1970", "", popularity, "3"]


def make_word(chance: random.Random) -> str:
    """A word that nobody knows."""
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize()


def _make_entity(chance: random.Random) -> Json:
    known = LANGUAGES[: chance.choice((3, 10, 30, len(LANGUAGES)))]
    name = f"Xx {make_word(chance)}"
    text = [f"{make_word(chance)} {make_word(chance)} of {make_word(chance)}".lower() for _ in known]
    claims = {"P31": [_make_claim(chance, "P31", _item(chance.choice(CLASSES)))]}
    claims["P27"] = [_make_claim(chance, "P27", _item(chance.choice((30, 145, 183))))]
    claims["P569"] = [_make_claim(chance, "P569", _day(chance))]
    for _ in range(chance.choice((2, 8, 25))):
        property_id = f"P{chance.randint(2000, 12000)}"
        code = {"value": str(chance.randint(10**6, 10**9)), "type": "string"}
        claims[property_id] = [_make_claim(chance, property_id, code)]
    return {
        "type": "item",
        "id": "Q0",
        "labels": {code: {"language": code, "value": name} for code in known},
        "descriptions": {code: {"language": code, "value": t} for code, t in zip(known, text, strict=True)},
        "aliases": {"en": [{"language": "en", "value": f"{make_word(chance)} {name}"}]},
        "claims": claims,
        "sitelinks": {f"{code}wiki": {"site": f"{code}wiki", "title": name, "badges": []} for code in known},
        "lastrevid": chance.randint(10**8, 10**9),
        "modified": "2026-01-02T03:04:05Z",
    }


def _make_claim(chance: random.Random, property_id: str, value: Json) -> Json:
    sources = [_make_snak(chance, "P248", _item(36578)), _make_snak(chance, "P813", _day(chance))]
    reference = {"hash": _hash(chance), "snaks": {s["property"]: [s] for s in sources}, "snaks-order": ["P248", "P813"]}
    return {
        "mainsnak": _make_snak(chance, property_id, value),
        "type": "statement",
        "id": f"Q0${_hash(chance)}",
        "rank": "normal",
        "references": [reference] * chance.choice((0, 1, 1, 2)),
    }


def _make_snak(chance: random.Random, property_id: str, value: Json) -> Json:
    return {"snaktype": "value", "property": property_id, "hash": _hash(chance), "datavalue": value, "datatype": "any"}


def _hash(chance: random.Random) -> str:
    return f"{chance.getrandbits(160):040x}"


def _item(number: int) -> Json:
    return {"type": "wikibase-entityid", "value": {"entity-type": "item", "numeric-id": number, "id": f"Q{number}"}}


def _day(chance: random.Random) -> Json:
    calendar = "http://www.wikidata.org/entity/Q1985727"
    time = {"time": f"+{chance.randint(1800, 2020)}-03-11T00:00:00Z", "timezone": 0, "before": 0, "after": 0}
    return {"type": "time", "value": time | {"precision": 11, "calendarmodel": calendar}}
