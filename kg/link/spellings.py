"""Gives other ways to write a name, for names that a catalogue does not know as the article writes them."""

from __future__ import annotations

import re

from kg.link.names import TITLES, normalise, short_organisation
from kg.model import Candidate, Kind

MOST = 6  # spellings of one name that are worth asking for
STATES = {
    "Ala.": "Alabama",
    "Ariz.": "Arizona",
    "Ark.": "Arkansas",
    "Calif.": "California",
    "Colo.": "Colorado",
    "Conn.": "Connecticut",
    "Del.": "Delaware",
    "Fla.": "Florida",
    "Ga.": "Georgia",
    "Ill.": "Illinois",
    "Ind.": "Indiana",
    "Kan.": "Kansas",
    "Ky.": "Kentucky",
    "La.": "Louisiana",
    "Md.": "Maryland",
    "Mass.": "Massachusetts",
    "Mich.": "Michigan",
    "Minn.": "Minnesota",
    "Miss.": "Mississippi",
    "Mo.": "Missouri",
    "Mont.": "Montana",
    "Neb.": "Nebraska",
    "Nev.": "Nevada",
    "N.H.": "New Hampshire",
    "N.J.": "New Jersey",
    "N.M.": "New Mexico",
    "N.Y.": "New York",
    "N.C.": "North Carolina",
    "N.D.": "North Dakota",
    "Okla.": "Oklahoma",
    "Ore.": "Oregon",
    "Pa.": "Pennsylvania",
    "R.I.": "Rhode Island",
    "S.C.": "South Carolina",
    "S.D.": "South Dakota",
    "Tenn.": "Tennessee",
    "Tex.": "Texas",
    "Vt.": "Vermont",
    "Va.": "Virginia",
    "Wash.": "Washington",
    "W.Va.": "West Virginia",
    "Wis.": "Wisconsin",
    "Wyo.": "Wyoming",
}
_STATE = re.compile(r"(?<![\w.])(?:" + "|".join(re.escape(short) for short in STATES) + r")(?!\w)")
_QUARTERS = {"N": "North", "S": "South", "E": "East", "W": "West"}
_QUARTER = re.compile(r"^([NSEW])\.?\s+(?=[A-Z])")
_HUMP = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})")
_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_UMLAUT = re.compile(r"([aou])e")
_DOUBLE = re.compile(r"([b-df-hj-np-tv-z])\1")


def respell_name(name: str, kind: Kind) -> tuple[str, ...]:
    """Other names to ask for, the likeliest first: a thing of ``kind`` that is called ``name`` may be known by them.

    Abbreviated states written out, words written together parted, brackets, unknown titles and legal forms left out,
    one of a plural, umlauts written as in English.
    """
    found = [_STATE.sub(lambda m: STATES[m.group()], name), _BRACKET.sub(" ", name).strip(), _HUMP.sub(" ", name)]
    found.append(_QUARTER.sub(lambda m: _QUARTERS[m.group(1)] + " ", name))
    key = normalise(name)
    if kind == "person":
        found += _respell_person(key)
    else:
        found += _respell_thing(name, key, kind)
    keys = list(dict.fromkeys(filter(None, map(normalise, found))))
    keys += [_UMLAUT.sub(r"\1", other) for other in (key, *keys)]
    return tuple(other for other in dict.fromkeys(keys) if other != key)[:MOST]


def fits_spelling(name: str, kind: Kind, candidate: Candidate) -> bool:
    """Whether a candidate that is found by another spelling of ``name`` may be meant: "S. Ray" is no Bo Ray."""
    if kind == "organisation" and candidate.kind == "place":
        return False
    if "person" not in {kind, candidate.kind}:
        return True
    first, *rest = normalise(name).split() or [""]
    initial = first if rest and len(first) == 1 else ""
    return kind == candidate.kind and normalise(candidate.label).startswith(initial)


def _respell_person(key: str) -> list[str]:
    """Gives "ada obi" for "enlargement minister ada obi", "obi" for "a obi", "el sisi" for "el sissi"."""
    words = key.split()
    last = max((i for i, word in enumerate(words) if word in TITLES), default=-1)
    found = [" ".join(words[last + 1 :])] if 0 < last < len(words) - 2 else []
    if len(words) == 2 and len(words[0]) == 1:
        found.append(words[1])
    if len(words) > 1:
        found.append(_DOUBLE.sub(r"\1", key))
    return found


def _respell_thing(name: str, key: str, kind: Kind) -> list[str]:
    shorter = short_organisation(key)
    found = [shorter] if " " in shorter or len(shorter) > 4 else []  # "csl" of "csl limited" may be anything
    if kind == "place" and "," in name:
        found.append(name.split(",")[0])
    if key.endswith("ies"):
        found.append(key[:-3] + "y")
    elif key.endswith("s") and not key.endswith("ss") and " " in key:
        found.append(key[:-1])
    if kind == "group":
        found += [f"{key} people", key.removesuffix("ish") + "s"]
    if kind == "organisation" and " " not in key and name[:1].isupper():
        found.append(f"{key} party")
    return found
