"""The IRIs of our own nodes: the same thing gets the same IRI in every run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.describe.terms import WD, hash_parts, join_parts, make_slug, normalise_name, quote_part
from kg.model import Entity, Link

DEFAULT_BASE = "https://w3id.org/newskg/id/"

_QID = re.compile(r"Q[1-9][0-9]*")


def article_iri(article_id: str, *, base: str = DEFAULT_BASE) -> str:
    """The IRI of the article with this id, which is also the name of its graph."""
    return f"{base}article/{quote_part(article_id)}"


def run_iri(software: Mapping[str, str] | None = None, *, base: str = DEFAULT_BASE) -> str:
    """The IRI of the run that reads with these versions of ``software`` (name -> version)."""
    parts = sorted((software or own_software()).items())
    return f"{base}run/" + "_".join(join_parts(name) + "-" + quote_part(number) for name, number in parts)


def software_iri(name: str, number: str, *, base: str) -> str:
    """The IRI of one version of one program, model or catalogue."""
    return f"{base}software/{join_parts(name)}-{quote_part(number)}"


def own_software() -> dict[str, str]:
    """The name and version of this package, for a run whose parts were not named."""
    return {"newskg": _own_version()}


@cache
def _own_version() -> str:
    # Imported here because it costs as much time as the rest of this package together.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("newskg")
    except PackageNotFoundError:
        return "unknown"


def item_iri(qid: str) -> str:
    """Wikidata's IRI of the item; ValueError when ``qid`` is no QID."""
    if not _QID.fullmatch(qid):
        raise ValueError(f"{qid!r} is no Wikidata item id")
    return WD + qid


@dataclass(frozen=True, slots=True)
class Names:
    """The IRIs of what one article holds."""

    base: str
    article_id: str

    @property
    def article(self) -> str:
        """The article, and its graph."""
        return article_iri(self.article_id, base=self.base)

    def fragment(self, text: str) -> str:
        """Something inside the article; a base that ends in "#" leaves only the slash to part it off."""
        return self.article + ("/" if "#" in self.base else "#") + text

    def span(self, start: int, end: int) -> str:
        """The characters from ``start`` to ``end``."""
        return self.fragment(f"offset_{start}_{end}")

    def node(self, kind: str, *parts: str) -> str:
        """A node of ``kind`` ("link", "claim", "event", "evidence") of this article."""
        return f"{self.base}{kind}/{join_parts(self.article_id, *parts)}"

    def entity(self, entity: Entity, link: Link | None) -> str:
        """Wikidata's IRI for a linked entity, else one from kind and name, the same in every article.

        An entity that no mention calls by a name ("the man") gets an IRI of this article only.
        """
        if link is not None and link.verdict == "linked":
            if link.qid is None:
                raise ValueError(f"entity {entity.id!r} is linked to no item")
            return item_iri(link.qid)
        if not any(mention.form == "name" for mention in entity.mentions):
            return self.fragment(f"entity_{quote_part(entity.id)}")
        name = normalise_name(entity.name)
        slug = make_slug(name)
        return f"{self.base}entity/" + (f"{slug}-" if slug else "") + hash_parts(entity.kind, name, digits=12)

    def statement(self, subject: str, predicate: str, value: str) -> str:
        """The statement of these three N-Quads terms, the same in every article."""
        return f"{self.base}statement/{hash_parts(subject, predicate, value, digits=24)}"
