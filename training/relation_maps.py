"""Says what the relations of each published corpus mean in Wikidata's properties, as far as the reader's table goes."""

from __future__ import annotations

from kg.properties import BY_ID

Meaning = tuple[tuple[str, bool], ...]
"""The properties that a corpus's relation states, each with whether its subject and object are swapped."""

ALL = frozenset(BY_ID)
STRAIGHT, TURNED = False, True
INVERSES: dict[str, Meaning] = {
    "P22": (("P40", TURNED),),
    "P25": (("P40", TURNED),),
    "P26": (("P26", TURNED),),
    "P3373": (("P3373", TURNED),),
    "P710": (("P1344", TURNED),),
    "P1344": (("P710", TURNED),),
}
"""What follows from a property by its sense alone. From P40 neither P22 nor P25 follows: it does not say which."""

WIKIDATA: dict[str, Meaning] = {
    **{name: ((name, STRAIGHT),) for name in sorted(ALL)},
    "P150": (("P131", TURNED),),
    "P36": (("P131", TURNED),),
    "P1376": (("P131", STRAIGHT),),
    "P527": (("P361", TURNED),),
    "P355": (("P749", TURNED),),
}
"""Corpora that use Wikidata's own ids. A capital lies in what it is the capital of."""

KNOWLEDGENET: dict[str, Meaning] = {
    "DATE_OF_BIRTH": (("P569", STRAIGHT),),
    "DATE_OF_DEATH": (("P570", STRAIGHT),),
    "PLACE_OF_BIRTH": (("P19", STRAIGHT),),
    "PLACE_OF_RESIDENCE": (("P551", STRAIGHT),),
    "NATIONALITY": (("P27", STRAIGHT),),
    "EDUCATED_AT": (("P69", STRAIGHT),),
    "SPOUSE": (("P26", STRAIGHT),),
    "CHILD_OF": (("P40", TURNED),),
    "POLITICAL_AFFILIATION": (("P102", STRAIGHT),),
    "EMPLOYEE_OF": (("P108", STRAIGHT),),
    "MEMBER_OF": (("P463", STRAIGHT),),
    "CEO": (("P169", STRAIGHT),),
    "FOUNDED_BY": (("P112", STRAIGHT),),
    "SUBSIDIARY_OF": (("P749", STRAIGHT),),
    "HEADQUARTERS": (("P159", STRAIGHT),),
    "DATE_FOUNDED": (("P571", STRAIGHT),),
}
"""EMPLOYEE_OR_MEMBER_OF comes here divided: see ``training.relation_passages``."""

CONLL04: dict[str, Meaning] = {
    "Work_For": (("P108", STRAIGHT),),
    "Live_In": (("P551", STRAIGHT),),
    "OrgBased_In": (("P159", STRAIGHT),),
    "Located_In": (("P131", STRAIGHT),),
}

DWIE: dict[str, Meaning] = {
    "citizen_of": (("P27", STRAIGHT),),
    "citizen_of-x": (("P27", STRAIGHT),),
    "based_in0": (("P17", STRAIGHT),),
    "based_in1": (("P159", STRAIGHT),),
    "based_in2": (("P159", STRAIGHT),),
    "in0": (("P17", STRAIGHT),),
    "in1": (("P131", STRAIGHT),),
    "in2": (("P131", STRAIGHT),),
    "event_in0": (("P17", STRAIGHT),),
    "event_in2": (("P276", STRAIGHT),),
    "member_of": (("P463", STRAIGHT),),
    "member_of_party": (("P102", STRAIGHT),),
    "employee_of": (("P108", STRAIGHT),),
    "head_of_state": (("P35", TURNED),),
    "head_of_gov": (("P6", TURNED),),
    "appears_in": (("P1344", STRAIGHT),),
    "part_of": (("P361", STRAIGHT),),
    "institution_of": (("P361", STRAIGHT),),
    "spouse_of": (("P26", STRAIGHT),),
    "child_of": (("P40", TURNED),),
    "parent_of": (("P40", STRAIGHT),),
    "founder_of": (("P112", TURNED),),
    "award_received": (("P166", STRAIGHT),),
}
"""``member_of`` comes here divided into parties, employers and the rest. Relations to the adjective of a country are
left out but for citizenship, and so are players and coaches of teams, who are in no property of ours."""
DWIE_FULL = frozenset(
    "citizen_of based_in0 in0 event_in0 member_of member_of_party head_of_state head_of_gov appears_in spouse_of"
    " child_of founder_of award_received".split()
)
"""What DWIE annotates in full in our sense: "part of" and seats and places within countries are only samples there."""

RE3D: dict[str, Meaning] = {
    "member": (("P463", STRAIGHT),),
    "part": (("P361", STRAIGHT),),
    "nationality": (("P27", STRAIGHT),),
}

MEANINGS = {
    "redocred": WIKIDATA, "text2kgbench": WIKIDATA, "fewrel": WIKIDATA, "knowledgenet": KNOWLEDGENET,
    "conll04": CONLL04, "dwie": DWIE, "re3d": RE3D,
}  # fmt: skip

NEAR = (
    frozenset(("P361", "P131", "P17", "P276", "P749", "P159", "P463", "P1344", "P710")),
    frozenset(("P108", "P463", "P39", "P241", "P102", "P69", "P488", "P169", "P112")),
    frozenset(("P22", "P25", "P40")),
    frozenset(("P1344", "P710", "P607", "P166")),
    frozenset(("P27", "P551", "P19", "P20")),
)
"""Properties that often hold of one pair together: where a corpus gives one relation for a pair, the others of its
group stay unknown."""
NEAR_OTHERS: dict[str, frozenset[str]] = {
    "P54": NEAR[0] | NEAR[1],
    "P206": NEAR[0],
    "P177": NEAR[0],
    "P155": NEAR[0],
    "P156": NEAR[0],
    "P127": NEAR[0] | NEAR[1],
    "P137": NEAR[0] | NEAR[1],
    "P170": NEAR[1],
    "P50": NEAR[1],
    "P61": NEAR[1],
    "P178": NEAR[1],
    "P172": NEAR[4],
    "P1532": NEAR[4] | NEAR[0],
    "P495": NEAR[0],
    "P118": NEAR[0],
    "P1441": NEAR[0],
    "P580": frozenset(("P571", "P569")),
    "P577": frozenset(("P571",)),
    "P1411": frozenset(("P166",)),
    "P3602": NEAR[3],
    "P450": NEAR[3],
    "P4552": NEAR[0],
    "P403": NEAR[0],
    "P3450": NEAR[0] | NEAR[3],
    "P2094": NEAR[0] | NEAR[3],
    "P6087": NEAR[1],
    "P264": NEAR[1] | NEAR[0],
    "P414": NEAR[0],
}
"""What may hold beside a relation that is not in our table: this stays unknown for its pairs."""


def close_facts(subject: int, label: str, target: int, meanings: dict[str, Meaning]) -> set[tuple[int, str, int]]:
    """All (subject, property, object) that one relation of a corpus states, with what follows from them."""
    found = {_place(subject, target, meaning) for meaning in meanings.get(label, ())}
    return found | {_place(first, last, meaning) for first, name, last in found for meaning in INVERSES.get(name, ())}


def _place(subject: int, target: int, meaning: tuple[str, bool]) -> tuple[int, str, int]:
    name, turned = meaning
    return (target, name, subject) if turned else (subject, name, target)


def find_known(labels: frozenset[str], meanings: dict[str, Meaning]) -> frozenset[str]:
    """The properties that are annotated in full where the relations ``labels`` are."""
    found = {name for label in labels for name, _ in meanings.get(label, ())}
    # P22 and P25 are known in full only where a corpus names them: P40 alone does not say which.
    return frozenset(found | {name for each in found for name, _ in INVERSES.get(each, ())})


def find_known_of_pair(labels: frozenset[str], stated: frozenset[str]) -> frozenset[str]:
    """The properties that are known of a pair of which a corpus gives the relations ``labels``, which state ``stated``:
    those, and all that do not often hold beside them."""
    near = {name for group in NEAR if group & stated for name in group}
    return (ALL - near - {name for label in labels for name in NEAR_OTHERS.get(label, ())}) | stated
