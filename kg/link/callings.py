"""Tells what an article says a person is, by title, occupation and age, and whether a description agrees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.link.names import TITLES, normalise, word_set
from kg.model import Candidate, Passage

MOST = 12  # mentions of one person that are looked at
REACH = 90  # characters to each side of a mention
LAY = "lay"
CALLINGS = {
    word: frozenset(fields.split())
    for fields, words in {
        "politics": "minister president politician senator congressman congresswoman representative lawmaker "
        "legislator "
        "governor mayor premier chancellor diplomat ambassador mp assemblyman assemblywoman councillor councilman "
        "councilwoman councilor envoy deputy statesman mep chairman chairwoman",
        "war": "general colonel lieutenant admiral brigadier soldier marshal commander warlord gen col lt maj airman",
        "law": "judge lawyer attorney prosecutor barrister solicitor magistrate sheriff detective inspector constable "
        "superintendent policeman policewoman jurist justice",
        "sport": "footballer player athlete cricketer midfielder striker goalkeeper defender pitcher "
        "quarterback swimmer "
        "cyclist golfer boxer sprinter skater skier wrestler jockey winger batsman bowler outfielder infielder catcher "
        "shortstop linebacker racer rower olympian",
        "sport art": "coach",
        "art": "actor actress singer musician filmmaker composer painter songwriter singer-songwriter rapper guitarist "
        "drummer bassist pianist violinist comedian artist sculptor photographer screenwriter playwright dancer model "
        "choreographer cartoonist animator entertainer dj costumer saxophonist vocalist",
        "art media": "author novelist writer poet presenter broadcaster blogger",
        "media": "journalist reporter correspondent columnist editor anchor newsreader photojournalist",
        "trade": "businessman businesswoman businessperson entrepreneur ceo cfo banker investor founder tycoon trader "
        "broker industrialist billionaire magnate cofounder co-founder",
        "trade knowledge": "economist analyst expert",
        "knowledge medicine politics faith": "dr",
        "art trade": "designer producer publisher architect",
        "knowledge": "scientist physicist chemist professor researcher historian philosopher mathematician biologist "
        "engineer inventor astronomer lecturer academic scholar linguist oceanographer geographer cosmologist "
        "criminologist statistician prof curator botanist naturalist palaeontologist paleontologist",
        "knowledge medicine": "physician surgeon psychiatrist epidemiologist immunologist dentist doctor",
        "medicine lay": "nurse paramedic",
        "faith": "bishop pope cardinal priest imam rabbi ayatollah cleric theologian archbishop pastor reverend "
        "monk nun "
        "preacher rev vicar friar evangelist",
        "royalty": "king queen prince princess duke duchess emperor sultan emir",
        LAY: "resident student farmer teacher driver mother father neighbour neighbor witness passenger "
        "shopkeeper worker "
        "employee volunteer protester survivor victim tourist housewife mechanic retiree owner technician pupil "
        "pensioner firefighter accountant spokesman spokeswoman spokesperson villager fisherman carpenter plumber "
        "waitress waiter cashier salesman schoolteacher schoolboy schoolgirl teenager clerk bystander homeowner "
        "shopper motorist commuter labourer laborer trucker",
    }.items()
    for word in word_set(words)
}
_SAID_OF = {
    word: field
    for field, words in {
        "politics": "parliament legislature congress assembly senate party office governor legislator cabinet "
        "secretary sejm duma bundestag knesset commissioner holder councillor lok sabha politburo speaker whip",
        "war": "army military navy officer force forces",
        "sport": "football baseball basketball hockey rugby cricket soccer tennis olympic driver racing cyclist "
        "medalist league athletics club coach manager",
        "art": "film television album band novel song musical director filmmaker character",
        "law": "court murderer crime",
        "trade": "business company executive",
        "knowledge": "university nobel science engineer",
        "royalty": "emperor dynasty monarch pharaoh",
        "faith": "church saint catholic",
    }.items()
    for word in words.split()
}
_NEAR = {
    frozenset(pair.split("-"))
    for pair in (
        "politics-law",
        "politics-war",
        "politics-royalty",
        "politics-trade",
        "politics-knowledge",
        "art-media",
        "art-trade",
        "sport-media",
        "trade-knowledge",
        "knowledge-medicine",
        "knowledge-faith",
        "law-war",
        "royalty-war",
        "art-faith",
    )
}
_LEARNED = re.compile(r"^(?!apologist)\w{2,}ologist$")
_WORD = re.compile(r"[^\W\d_][\w-]+")
_TITLED = re.compile(r"(?:([A-Za-z]+) )?(?<![\w'’])([A-Za-z][\w-]+|[A-Z][a-z]{1,4}\.) $")
_TITLED_OF = re.compile(
    r"\b([Mm]inister|[Ss]ecretary|[Mm]ayor|[Gg]overnor|[Pp]resident|[Bb]ishop|[Aa]rchbishop|[Aa]mbassador|[Kk]ing|"
    r"[Dd]uke|[Cc]hancellor) (?:of|for|to) (?:the )?(?:[A-Z][\w-]+ (?:and |of )?){1,4}$"
)
_TOLD_BEFORE = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[\w-]+['’]s?|[Ff]ormer) ((?:[\w'’-]+ ){0,4}[\w'’-]+)"
    r"(?: (?:of|for|at|in|to) [\w '’-]{2,40})?, $"
)
_CIVIL = word_set("attorney attorneys secretary director surgeon solicitor inspector governor consul")  # no general
_HEARERS = word_set("journalists reporters")  # "told reporters Bo Ray was well"
_TOLD = re.compile(
    r"^(?:,? (?:\()?(?:aged )?\d{1,2}\)?)?(?:,? (?:who )?(?:is|was) |, |, (?:then )?)"
    r"(?P<told>(?:(?:a|an|the|one of|its|his|her|their|former|retired|[a-z][\w'’-]+|[A-Z][\w'’-]+s?['’]s?) )"
    r"[^.,;:()\"“”\n]{2,80})"
)
_WITHIN = re.compile(r"\b(?:of|at|in|for|from|with|who|whose|that|and|on|by|said|says|told|to)\b")
_LEARNED_BODY = re.compile(
    r"^,? (?:of|from|at) (?:the )?(?:[A-Z][\w'’-]+ ){0,4}(?:University|Institute|College|Laborator)"
)
_AGE_AFTER = re.compile(r"^(?:,| \(|, aged| \(aged| \(age|, age) ?(\d{1,2})(?=[,.)])")
_AGE_BEFORE = re.compile(r"\b(\d{1,2})-year-old (?:[\w'’-]+ ){0,4}$")


@dataclass(frozen=True, slots=True)
class Calling:
    """What a text says a person is: nouns of occupations and titles, their fields of life, and the age in years."""

    nouns: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    age: int | None = None


def read_calling(passages: Sequence[Passage], text: str) -> Calling:
    """What stands beside ``passages``, the names of one person: "ecologist Ada Obi", "Ada Obi, 34, a farmer"."""
    nouns: set[str] = set()
    ages: list[int] = []
    learned = False
    for passage in passages[:MOST]:
        before = text[max(0, passage.start - REACH) : passage.start]
        after = text[passage.end : passage.end + REACH]
        nouns.update(_read_titles(passage.text, before))
        if match := _TOLD.match(after):
            nouns.update(_WORD.findall(_WITHIN.split(match["told"])[0].lower()))
        learned = learned or bool(_LEARNED_BODY.match(after))
        for pattern, side in ((_AGE_AFTER, after), (_AGE_BEFORE, before)):
            ages += [int(match[1])] if (match := pattern.search(side)) else []
    known = {noun: _find_fields(noun) for noun in nouns}
    fields = frozenset().union(*known.values(), ("knowledge",) if learned else ())
    return Calling(frozenset(noun for noun, found in known.items() if found), fields, ages[0] if ages else None)


def _read_titles(name: str, before: str) -> set[str]:
    """The nouns within a name and before it that may tell what its bearer is."""
    nouns = {word for word in normalise(name).split()[:-1] if word in TITLES}
    if match := _TITLED.search(before):
        word = match[2].lower().rstrip(".")
        civil = word == "general" and (match[1] or "").lower() in _CIVIL
        nouns.add("lawyer" if civil else word)
    if match := _TITLED_OF.search(before):
        nouns.add(match[1].lower())
    if match := _TOLD_BEFORE.search(before):
        nouns.update(_WORD.findall(_WITHIN.split(match[1])[0].lower()))
    return nouns - _HEARERS


def _find_fields(word: str) -> frozenset[str]:
    if _LEARNED.match(word):
        return frozenset(("knowledge", "medicine"))
    return CALLINGS.get(word) or CALLINGS.get(word.removesuffix("s"), frozenset())


def read_fields(description: str) -> frozenset[str]:
    """The fields of life that a description of a person names."""
    found: set[str] = set()
    for word in _WORD.findall(description.lower()):
        found |= _find_fields(word)
        found |= {_SAID_OF[word]} if word in _SAID_OF else set()
    return frozenset(found - {LAY})


def describe_calling(calling: Calling, candidate: Candidate, year: int | None) -> dict[str, float]:
    """Whether a candidate for a person is what the text says the person is, and of that age; ``year`` is the text's."""
    features = _describe_age(calling.age, candidate.start, year)
    said = calling.fields - {LAY}
    if calling.fields and not said:
        return features | {"called_lay": 1.0, "called_lay_popularity": candidate.popularity or 0.0}
    if not said:
        return features
    told = read_fields(candidate.description)
    if not told:
        features["calling_untold"] = 1.0
    elif told & said:
        same = calling.nouns & set(_WORD.findall(candidate.description.lower()))
        features |= {"calling_agrees": 1.0, "calling_same": float(bool(same))}
    else:
        features["calling_near" if _are_near(told, said) else "calling_clashes"] = 1.0
    return features


def _are_near(told: Iterable[str], said: Iterable[str]) -> bool:
    return any(frozenset((a, b)) in _NEAR for a in told for b in said)


def _describe_age(age: int | None, born: str | None, year: int | None) -> dict[str, float]:
    if age is None:
        return {}
    match = re.match(r"\d{4}", born or "")
    if match is None or year is None:
        return {"aged": 1.0}
    wrong = abs(year - int(match.group()) - age - 0.5)
    return {"aged": 1.0, "age_agrees": float(wrong < 1), "age_clashes": float(wrong > 2)}
