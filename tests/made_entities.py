"""Entities in the shape of Wikidata's JSON dumps, made up, and dumps of them."""

import json
from pathlib import Path

GREGORIAN = "http://www.wikidata.org/entity/Q1985727"
JULIAN = "http://www.wikidata.org/entity/Q1985786"


def make_item_value(qid: str) -> dict:
    return {
        "type": "wikibase-entityid",
        "value": {"entity-type": "item", "numeric-id": int(qid[1:]), "id": qid},
    }


def make_time(time: str, *, precision: int = 11, calendar: str = GREGORIAN) -> dict:
    value = {"time": time, "timezone": 0, "before": 0, "after": 0, "precision": precision, "calendarmodel": calendar}
    return {"type": "time", "value": value}


def make_amount(amount: str) -> dict:
    return {"type": "quantity", "value": {"amount": amount, "unit": "1"}}


def make_claim(datavalue: dict | None, *, rank: str = "normal", snaktype: str = "value", ended: bool = False) -> dict:
    mainsnak = {"snaktype": snaktype, "property": "P0", "datatype": "any"}
    if datavalue is not None:
        mainsnak["datavalue"] = datavalue
    claim = {"mainsnak": mainsnak, "type": "statement", "rank": rank}
    if ended:
        claim["qualifiers"] = {"P582": [{"snaktype": "value", "property": "P582"}]}
    return claim


def make_entity(qid: str, label: str | None, *classes: str, **more) -> dict:
    """An item named in English; ``more``: aliases, description, parents, claims, sites, revision, modified."""
    claims = {"P31": [make_claim(make_item_value(name)) for name in classes]} if classes else {}
    if parents := more.get("parents"):
        claims["P279"] = [make_claim(make_item_value(name)) for name in parents]
    claims |= more.get("claims", {})
    description = more.get("description")
    return {
        "type": "item",
        "id": qid,
        "labels": {"en": {"language": "en", "value": label}} if label else [],
        "descriptions": {"en": {"language": "en", "value": description}} if description else [],
        "aliases": {"en": [{"language": "en", "value": name} for name in more.get("aliases", ())]},
        "claims": claims or [],
        "sitelinks": {f"x{n}wiki": {"site": f"x{n}wiki", "title": label} for n in range(more.get("sites", 9))},
        "lastrevid": more.get("revision", 100),
        "modified": more.get("modified", "2026-01-02T03:04:05Z"),
    }


NATION, PERSON, TOWN, ARTICLE = "Q6256", "Q5", "Q3957", "Q13442814"
ENTITIES = [
    make_entity(
        "Q900",
        "Norland",
        NATION,
        aliases=["Republic of Norland"],
        description="country in the north",
        sites=300,
        claims={"P1549": [make_claim({"type": "monolingualtext", "value": {"language": "en", "text": "Norlander"}})]},
    ),
    make_entity(
        "Q901",
        "Ida Marsh",
        PERSON,
        aliases=["Ida Grace Marsh"],
        description="Norland politician",
        sites=40,
        claims={
            "P27": [make_claim(make_item_value("Q900"))],
            "P569": [make_claim(make_time("+1961-04-05T00:00:00Z"))],
        },
    ),
    make_entity("Q902", "Port Alder", TOWN, sites=20, claims={"P17": [make_claim(make_item_value("Q900"))]}),
    make_entity("Q903", "On the tides of Norland", ARTICLE),
    make_entity("Q904", "harbour town", "Q16889133", parents=[TOWN]),
    make_entity("Q905", "Low Quay", "Q904"),
    make_entity("Q906", None, PERSON),
]


def write_dump(path: Path, entities=ENTITIES, *, whole: bool = True) -> Path:
    """A dump as Wikidata writes it: an array with one entity in each line; without its end unless ``whole``."""
    lines = ",\n".join(
        e.decode() if isinstance(e, bytes) else e if isinstance(e, str) else json.dumps(e, ensure_ascii=False)
        for e in entities
    )
    path.write_text(f"[\n{lines}\n" + ("]\n" if whole else ""), encoding="utf-8")
    return path
