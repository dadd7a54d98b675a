"""The nouns that name events in the labels of items, with the types of event that they are."""

from __future__ import annotations

from kg.link.names import word_set

_ATTACKS = (
    "attack airstrike strike bombing shooting stabbing ramming raid ambush siege hijacking kidnapping hostage invasion "
    "assault bombardment airstrikes attacks bombings shootings stabbings kidnappings hijackings clashes incident"
)
_KILLINGS = "assassination assassinations murder murders killing killings massacre massacres execution executions"
_FORCES = (
    "earthquake earthquakes tsunami flood floods flooding hurricane cyclone typhoon storm tornado tornadoes eruption "
    "landslide landslides mudslide mudslides avalanche wildfire wildfires bushfires drought blizzard heatwave"
)
_MISHAPS = (
    "crash crashes collision derailment explosion explosions collapse sinking stampede crush accident disaster spill "
    "leak fire shipwreck"
)

_TYPES = (
    (("ASSAULT",), _ATTACKS),
    (("ASSAULT", "DIE"), _KILLINGS),
    (("DIE",), "death deaths suicide"),
    (("DISASTER",), _FORCES),
    (("ACCIDENT", "DISASTER"), _MISHAPS),
    (("PROTEST",), "protest protests riot riots demonstration demonstrations march strike strikes uprising unrest"),
    (("ELECT", "VOTE"), "election elections recall primary primaries caucuses"),
    (("VOTE",), "referendum referendums referenda plebiscite vote"),
    (("LEAVE_OFFICE", "ASSAULT", "COERCE"), "coup putsch"),
    (("TRIAL",), "trial trials impeachment inquiry"),
    (("MEET", "CONSULT"), "summit conference talks wedding funeral coronation"),
    (("APPOINT", "MEET"), "inauguration coronation"),
    (("AGREE",), "treaty agreement accord accords deal pact declaration"),
    (("INFECT",), "pandemic epidemic outbreak"),
    (("RETREAT",), "withdrawal evacuation ceasefire armistice"),
    (("ASSAULT",), "war battle conflict skirmish offensive"),
    (("LEAVE_OFFICE",), "resignation abdication"),
    (("OTHER", "CLOSE"), "scandal affair crisis shutdown"),
)
EVENT_NOUNS: dict[str, frozenset[str]] = {}
for _names, _nouns in _TYPES:
    for _noun in word_set(_nouns):
        EVENT_NOUNS[_noun] = EVENT_NOUNS.get(_noun, frozenset()) | frozenset(_names)
"""The types of event (``kg.event_types``) that something called by each noun may be."""
LASTING = word_set(
    "protests riots demonstrations strikes unrest uprising war conflict offensive pandemic epidemic outbreak crisis "
    "bushfires wildfires drought clashes murders killings massacres trials affair scandal strikes shutdown"
)
"""Nouns of what goes on for days or months, of which one day's event is only a part."""
