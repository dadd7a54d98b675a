"""Gives the parts of a name by which news calls a person or a team after it has said more, or where more is known."""

from __future__ import annotations

import re

from kg.link.names import GENERATIONS, PARTICLES, word_set

_NOBLE = re.compile(
    r" ((?:duke|duchess|prince|princess|earl|countess|marquess|viscount|queen|king|grand duke) of [a-z ]+)$"
)
_TEAM = re.compile(
    r"\b(?:(?:football|soccer|baseball|basketball|hockey|rugby|cricket|volleyball|handball|sports?)\b[\w ]*?"
    r"\b(?:teams?|club|franchise|side)|sports?team|franchise in)\b",
    re.IGNORECASE,
)
_NATIONAL = re.compile(r" (?:(?:mens|womens) )?national (?:[a-z0-9]+ ){1,4}team$")
_SIGNS = word_set(
    "fc afc cf sc rfc rufc cc ff fk nk sk ac as ca cd ud sv vfl vfb tsv msv rc hc if ik bk pfc cfc football club "
    "rugby cricket county association team baseball basketball hockey"
)


def part_names(key: str, kind: str, description: str = "") -> tuple[str, ...]:
    """The parts of the key of a name that may stand for it; empty for other things than persons and teams.

    Of a person the first two of many names, as some peoples are called by, the last two ("suu kyi"), or the office
    ("duchess of cambridge"); of a team its place ("chicago" of "chicago white sox"), or its name without that.
    """
    if kind == "person":
        return _person_parts(key)
    return _team_parts(key) if is_team(key, description) else ()


def is_team(key: str, description: str) -> bool:
    """Whether a name or a description is that of a team or a sports club."""
    return bool(_TEAM.search(description) or _NATIONAL.search(key) or key.endswith((" fc", " afc", " rfc")))


def _person_parts(key: str) -> tuple[str, ...]:
    found = [match.group(1)] if (match := _NOBLE.search(key)) else []
    words = [word for word in key.split() if word not in GENERATIONS and len(word) > 1]
    if len(words) > 2 and words[1] not in PARTICLES and not found:
        found += [" ".join(words[:2]), " ".join(words[-2:])]
    return tuple(found)


def _team_parts(key: str) -> tuple[str, ...]:
    if match := _NATIONAL.search(key):
        return (key[: match.start()],)
    words = [word for word in key.split() if word not in _SIGNS]
    if len(words) > 4:
        return ()
    parts = [" ".join(words[:end]) for end in range(1, len(words) + 1)] + [" ".join(words[1:])]
    return tuple(part for part in dict.fromkeys(parts) if len(part) > 2 and part != key)
