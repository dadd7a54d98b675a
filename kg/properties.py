"""The Wikidata properties that the reader knows: one table, with the kinds of thing that each joins."""

from __future__ import annotations

from dataclasses import dataclass

PERSON = frozenset(("person",))
ORGANISATION = frozenset(("organisation",))
PLACE = frozenset(("place",))
DATE = frozenset(("date",))
BODY = ORGANISATION | {"group"}
ACTOR = BODY | PERSON | PLACE
OFFICE = frozenset(("office",))


@dataclass(frozen=True, slots=True)
class Property:
    """A Wikidata property.

    ``subjects`` and ``objects`` are the kinds (``kg.model.Kind``) that it joins; an object may also be a "date" or an
    "office" (a position, linked or kept as text). ``single`` says that a subject has one value at a time, so that two
    contradict each other; ``inverse`` is the property that says the same the other way round (its own id: symmetric),
    which is never written beside it.
    """

    id: str
    label: str
    subjects: frozenset[str]
    objects: frozenset[str]
    example: str
    single: bool = False
    inverse: str | None = None


PROPERTIES = (
    Property("P39", "position held", PERSON, OFFICE, "Ann Lee, mayor of Northtown, resigned."),
    Property("P108", "employer", PERSON, BODY | PLACE, "Ann Lee has worked for Acme since May."),
    Property("P463", "member of", PERSON | BODY | PLACE, BODY, "Norland joined the Northern Pact."),
    Property("P102", "member of political party", PERSON, BODY, "Ann Lee, a Green, won the seat."),
    Property("P27", "country of citizenship", PERSON, PLACE | {"group"}, "The Norlandish writer Ann Lee has died."),
    Property("P241", "military branch", PERSON | BODY, BODY, "Ann Lee served in the Norland Navy."),
    Property("P159", "headquarters location", BODY, PLACE, "The bank is based in Northtown.", single=True),
    Property("P17", "country", PLACE | BODY | {"event"}, PLACE, "Northtown is a city in Norland.", single=True),
    Property("P131", "located in", PLACE | BODY | {"event"}, PLACE, "Northtown is a town in Lake County."),
    Property("P276", "location", PLACE | {"event", "organisation", "work", "product"}, PLACE,
             "The summit took place in Northtown."),
    Property("P361", "part of", BODY | PLACE | {"event", "work"}, BODY | PLACE | {"event", "work"},
             "The Coast Guard is part of the Norland Navy."),
    Property("P749", "parent organisation", BODY, BODY, "Acme owns the airline Nordair.", single=True),
    Property("P112", "founded by", BODY | {"work", "product"}, PERSON | BODY, "Ann Lee founded Acme."),
    Property("P169", "chief executive officer", BODY, PERSON, "Acme's chief executive, Ann Lee, left.", single=True),
    Property("P488", "chairperson", BODY, PERSON, "Ann Lee chairs the board of Acme.", single=True),
    Property("P6", "head of government", PLACE | BODY, PERSON, "Norland's prime minister, Ann Lee, said no.",
             single=True),
    Property("P35", "head of state", PLACE | BODY, PERSON, "Norland's king, Ivar, opened the fair.", single=True),
    Property("P69", "educated at", PERSON, BODY | PLACE, "Ann Lee studied at Northtown University."),
    Property("P26", "spouse", PERSON, PERSON, "Ann Lee and her husband, Bo Lee, left.", single=True, inverse="P26"),
    Property("P22", "father", PERSON, PERSON, "Bo Lee, father of Ann Lee, spoke.", single=True),
    Property("P25", "mother", PERSON, PERSON, "Ann Lee's mother, Ida, spoke.", single=True),
    Property("P40", "child", PERSON, PERSON, "Bo Lee's son Max spoke."),
    Property("P3373", "sibling", PERSON, PERSON, "Ann Lee and her brother Max left.", inverse="P3373"),
    Property("P19", "place of birth", PERSON, PLACE, "Ann Lee was born in Northtown.", single=True),
    Property("P20", "place of death", PERSON, PLACE, "Ann Lee died in Northtown.", single=True),
    Property("P569", "date of birth", PERSON, DATE, "Ann Lee was born on 3 May 1950.", single=True),
    Property("P570", "date of death", PERSON, DATE, "Ann Lee died on Friday.", single=True),
    Property("P571", "inception", BODY | PLACE | {"work", "product"}, DATE, "Acme was founded in 1950.", single=True),
    Property("P551", "residence", PERSON, PLACE, "Ann Lee lives in Northtown."),
    Property("P1344", "participant in", ACTOR, frozenset(("event",)), "Ann Lee ran in the 2019 Northtown Marathon."),
    Property("P607", "conflict", ACTOR, frozenset(("event",)), "Ann Lee fought in the Lake War."),
    Property("P710", "participant", frozenset(("event",)), ACTOR, "Norland took part in the Lake Summit.",
             inverse="P1344"),
    Property("P166", "award received", ACTOR | {"work"}, frozenset(("work", "event", "other", "product")),
             "Ann Lee won the Lake Prize."),
)  # fmt: skip
BY_ID = {each.id: each for each in PROPERTIES}
