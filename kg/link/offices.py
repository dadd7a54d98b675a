"""Finds the item of an office by its name: "president of the United States", "Swedish Prime Minister"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.link.catalogue import Catalogue
from kg.link.context import COUNTRY_CLASSES
from kg.link.names import normalise
from kg.model import Candidate

POSITIONS = frozenset(("Q4164871", "Q294414", "Q17279032", "Q30461"))  # position, public office, and kinds of them
BODIES = frozenset(("place", "organisation"))
LEAST_POPULAR = 0.3  # a less known namesake ("Food") is no body that a name means
LONGEST = 3  # words of a country's name or adjective
FILLING = frozenset("of the for to state republic".split())  # what a label may say more than a name
OWNER = re.compile(r"(?P<owner>.+?)['’]s? (?P<office>.+)")
TAIL = re.compile(r" (?:of|to|for) (?:the )?(?=[A-Z])(?P<body>.+)$")


def link_office(office: str, catalogue: Catalogue, *, body: str | None = None) -> str | None:
    """The QID of an office by the exact name of a position in ``catalogue``; None where no single one is meant.

    ``body`` is the name of the country or organisation that the office belongs to, where the office does not name it:
    a bare "prime minister" or "secretary of state" is that of many countries, and linked to none. Raises CatalogueError
    when the catalogue cannot answer.
    """
    for name in _list_names(office, body, catalogue):
        found = [c for c in catalogue.find(name) if _is_position(c) and c.matched in ("label", "alias")]
        named = [c for c in found if _names_body(name, c, catalogue)]
        best = [c for c in named if normalise(c.label) == normalise(name)] or named
        if len(best) == 1:
            return best[0].qid
    return None


def _list_names(office: str, body: str | None, catalogue: Catalogue) -> Iterator[str]:
    """The names to look for: "Sweden's" or "Swedish prime minister" is the prime minister of Sweden."""
    if (match := OWNER.fullmatch(office)) is not None:
        yield f"{match['office']} of {match['owner']}"
        return
    yield office
    yield from (f"{rest} of {country}" for rest, country in _list_countries(office, catalogue))
    if body and normalise(body) not in normalise(office):
        yield f"{office} of {body}"


def _list_countries(office: str, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """An office without the adjective at its beginning, and the one country of this adjective."""
    words = office.split()
    for length in range(1, min(LONGEST, len(words))):
        found = catalogue.find(" ".join(words[:length]))
        countries = [c for c in found if c.matched == "demonym" and not COUNTRY_CLASSES.isdisjoint(c.classes)]
        if words[0][:1].isupper() and len(countries) == 1:
            yield " ".join(words[length:]), countries[0].label


def _is_position(candidate: Candidate) -> bool:
    return candidate.kind == "position" or bool(POSITIONS & set(candidate.classes))


def _names_body(name: str, candidate: Candidate, catalogue: Catalogue) -> bool:
    """Whether a name says whose office it is, so that it is not a short form that others use as well."""
    words, same = name.split(), normalise(name) == normalise(candidate.label)
    if len(words) == 1:
        return same
    heads = [" ".join(words[:length]) for length in range(1, min(LONGEST, len(words) - 1) + 1)]
    tail = TAIL.search(name)
    parts = [*heads, *([tail["body"]] if tail else ())]
    bodies = [(part, c) for part in parts for c in _find_bodies(part, catalogue)]
    if any(c.qid == candidate.country for _, c in bodies):
        return True
    if same and tail is not None and any(normalise(c.label) in normalise(tail["body"]) for _, c in bodies):
        return True
    told = FILLING | set(normalise(name).split())
    return any(_tells_all(part, c.label, candidate.label, told=told) for part, c in bodies)


def _tells_all(part: str, body: str, office: str, *, told: frozenset[str]) -> bool:
    """Whether an office's label says no more than a name does, once a part of the name is the body's label in full.

    "UN secretary-general" is that of the United Nations; "Senate president" is not that of the Senate of one country.
    """
    full = part.isupper() or normalise(part) == normalise(body)
    words = set(normalise(office).split())
    return full and normalise(body) in normalise(office) and words <= told | set(normalise(body).split())


def _find_bodies(name: str, catalogue: Catalogue) -> list[Candidate]:
    """The known places and organisations of this name, or of this adjective."""
    ways = ("label", "alias", "demonym")
    found = [c for c in catalogue.find(name) if c.matched in ways and c.kind in BODIES]
    return [c for c in found if (c.popularity or 0) >= LEAST_POPULAR]
