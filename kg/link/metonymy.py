"""Takes a capital that speaks for what speaks there: the government of its country."""

from __future__ import annotations

from dataclasses import replace

from kg.errors import CatalogueError
from kg.link.catalogue import Catalogue
from kg.link.context import EntityView
from kg.link.score import CAPITAL
from kg.model import Candidate, Link, Rival

MOSTLY = 0.5  # the least share of mentions that speak; none may be where something happens


def name_government(view: EntityView, link: Link, catalogue: Catalogue) -> Link:
    """The link of an entity, with the government in place of a capital that says, denies or decides something.

    It is the item "Government of ..." of the country, where ``catalogue`` has one, else the country; the capital
    becomes a rival of the same score. One that things also happen in, or without a known country, stays what it is.
    """
    if link.qid is None or link.kind != "place" or view.located or view.wording.speaking < MOSTLY:
        return link
    try:
        body = _find_government(link.qid, catalogue)
    except CatalogueError:
        return link
    if body is None:
        return link
    capital = Rival(link.qid, link.label or "", link.score)
    return replace(
        link, qid=body.qid, label=body.label, classes=body.classes, kind=body.kind, rivals=(capital, *link.rivals)
    )


def _find_government(capital: str, catalogue: Catalogue) -> Candidate | None:
    city = catalogue.get(capital)
    country = catalogue.get(city.country) if city is not None and city.country else None
    if city is None or country is None or not _is_capital(city, country):
        return None
    short = country.label.removesuffix(" of America")
    for name in (f"Government of {short}", f"Government of the {short}", f"{short} government"):
        for found in catalogue.find(name, limit=5):
            if found.matched in {"label", "alias"} and found.country == country.qid and found.kind != "event":
                return found
    return country


def _is_capital(city: Candidate, country: Candidate) -> bool:
    """Whether a city is the capital of a country, by its class or as it is described."""
    told = city.description
    return CAPITAL in city.classes or ("capital" in told and (country.label in told or "the country" in told))
