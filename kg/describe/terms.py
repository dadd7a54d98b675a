"""The terms of the graph: vocabularies, IRIs of our own, literals, and lines of N-Quads."""

from __future__ import annotations

import hashlib
import ipaddress
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from urllib.parse import quote, unquote_to_bytes, urlsplit, urlunsplit

from kg.describe.namesakes import find_calling, strip_honorifics
from kg.model import Entity, Link, Passage

KG = "https://w3id.org/newskg/ontology#"
EVENT_TYPE = "https://w3id.org/newskg/ontology/event-type/"
SCHEMA = "http://schema.org/"
PROV = "http://www.w3.org/ns/prov#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
ITSRDF = "http://www.w3.org/2005/11/its/rdf#"
GAF = "http://groundedannotationframework.org/gaf#"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
WD = "http://www.wikidata.org/entity/"
WDT = "http://www.wikidata.org/prop/direct/"

_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Besides what N-Quads forbids: whatever some line splitter takes for the end of a line.
_TO_ESCAPE = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029]')
_SURROGATE = re.compile("[\ud800-\udfff]")
# Language, script and region, as in "zh-Hant-TW": what else BCP 47 allows, no article says and parsers may refuse.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")
_AUTHORITY = re.compile(r"(?:[^@\[\]]*@)?(?:\[(?P<ip6>[0-9A-Fa-f:.]+)\]|[^@:\[\]]*)(?::[0-9]*)?")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED_AND_DELIMITERS = "%!$&'()*+,;=:@~/-._"
_DATE_PARTS = {4: "gYear", 7: "gYearMonth"}


def format_iri(iri: str) -> str:
    """The IRI in angle brackets; ``iri`` must be legal already."""
    return f"<{iri}>"


def format_literal(text: str, *, datatype: str | None = None, language: str | None = None) -> str:
    """``text`` as an N-Quads literal; a lone surrogate, which no RDF string can hold, becomes U+FFFD."""
    clean = _SURROGATE.sub("\ufffd", text)
    quoted = '"' + _TO_ESCAPE.sub(lambda m: _ESCAPED.get(m[0]) or f"\\u{ord(m[0]):04X}", clean) + '"'
    if language and _LANGUAGE.fullmatch(language):
        return f"{quoted}@{language.lower()}"
    return f"{quoted}^^<{datatype}>" if datatype else quoted


def format_integer(number: int) -> str:
    """``number`` as an xsd:integer."""
    return format_literal(str(number), datatype=XSD + "integer")


def format_score(score: float) -> str:
    """``score`` as an xsd:decimal with at most four digits after the point; ValueError unless it is in 0..1.

    The form is XSD's canonical one ("1", not "1.0"), which stores give back unchanged.
    """
    if not 0.0 <= score <= 1.0:
        raise ValueError(f"score {score!r} is not in 0..1")
    return format_literal(f"{score:.4f}".rstrip("0").rstrip("."), datatype=XSD + "decimal")


def format_time(text: str | None) -> str | None:
    """An ISO 8601 year, month, date or date-time as the literal of its XSD type; None when it is none of these."""
    text = (text or "").strip()
    part = _DATE_PARTS.get(len(text))
    if part and re.fullmatch(r"[0-9]{4}(-(0[1-9]|1[0-2]))?", text) and text[:4] != "0000":
        return format_literal(text, datatype=XSD + part)
    if "W" in text:  # Python reads weeks ("2020-W02") as their first day
        return None
    try:
        return format_literal(date.fromisoformat(text).isoformat(), datatype=XSD + "date")
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
        if moment.utcoffset() is not None and not _is_xsd_offset(moment):
            moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    written = re.sub(r"(\.[0-9]*?)0+(?![0-9])", r"\1", moment.isoformat(), count=1).replace("+00:00", "Z")
    return format_literal(written, datatype=XSD + "dateTime")


def format_day(text: str | None) -> str | None:
    """An ISO 8601 day as an xsd:date; None when it is none."""
    literal = format_time(text)
    return literal if literal is not None and literal.endswith(f"^^<{XSD}date>") else None


def _is_xsd_offset(moment: datetime) -> bool:
    offset = moment.utcoffset() or timedelta()
    return abs(offset) <= timedelta(hours=14) and offset % timedelta(minutes=1) == timedelta()


def quote_part(text: str) -> str:
    """``text`` as one part of an IRI's path: injective for every string, and never empty, "." or ".."."""
    quoted = quote(text.encode("utf-8", "surrogatepass"), safe="")
    if not quoted.strip("."):
        # Nothing else is ever written as %5F, so the empty string clashes with nothing.
        return quoted.replace(".", "%2E") or "%5F"
    return quoted


def unquote_part(text: str) -> str:
    """What ``quote_part`` was given."""
    return "" if text == "%5F" else unquote_to_bytes(text).decode("utf-8", "surrogatepass")


def join_parts(*parts: str) -> str:
    """The quoted parts joined by hyphens, so that different parts never give the same text."""
    return "-".join(quote_part(part).replace("-", "%2D") for part in parts)


def clean_url(url: str | None) -> str | None:
    """An absolute URL with everything escaped that an IRI forbids; None when it cannot be made legal."""
    try:
        split = urlsplit((url or "").strip())
    except ValueError:
        return None
    authority = _AUTHORITY.fullmatch(split.netloc)
    if not _SCHEME.fullmatch(split.scheme) or not authority or not (split.netloc or split.path):
        return None
    if split.scheme in ("http", "https") and not split.netloc:
        return None
    if authority["ip6"]:
        try:
            ipaddress.IPv6Address(authority["ip6"])
        except ValueError:
            return None
    netloc = split.netloc if authority["ip6"] else _escape_illegal(split.netloc)
    path = _escape_illegal(split.path)
    return urlunsplit(
        (split.scheme, netloc, path, _escape_illegal(split.query, "?"), _escape_illegal(split.fragment, "?"))
    )


def _escape_illegal(part: str, more: str = "") -> str:
    escaped = _STRAY_PERCENT.sub("%25", part)
    return quote(escaped.encode("utf-8", "surrogatepass"), safe=_UNRESERVED_AND_DELIMITERS + more)


def fold_space(text: str) -> str:
    """``text`` on one line, each run of white space as one space."""
    return " ".join(text.split())


def normalise_name(name: str) -> str:
    """``name`` as compared across articles: compatibility forms, case and space folded."""
    return fold_space(unicodedata.normalize("NFKC", name).casefold())


def make_slug(name: str) -> str:
    """A readable ASCII form of ``name`` for an IRI, at most 40 characters; empty when nothing is left."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.casefold())[:40].strip("-")


def hash_parts(*parts: str, digits: int) -> str:
    """The first hexadecimal ``digits`` of the SHA-256 of the parts, which NUL separates."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:digits]


DEFAULT_BASE = "https://w3id.org/newskg/id/"

_QID = re.compile(r"Q[1-9][0-9]*")
_OWN_ITEM = re.compile(r"N[1-9][0-9]*")


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


def value_iri(value: str) -> str:
    """The individual of the ontology that a value of the model ("actual", "non-future") stands for."""
    head, *rest = value.split("-")
    return KG + head + "".join(part.capitalize() for part in rest)


def item_iri(qid: str) -> str:
    """Wikidata's IRI of the item; ValueError when ``qid`` is no QID."""
    if not _QID.fullmatch(qid):
        raise ValueError(f"{qid!r} is no Wikidata item id")
    return WD + qid


_DETERMINED = re.compile(r"(?:the|an?|this|that|his|her|its|their|our|my|your|some|no)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Names:
    """The IRIs of what one article holds."""

    base: str
    article_id: str
    text: str = field(default="", repr=False)  # what the article says, by which namesakes are told apart

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

        A person's name counts without titles, and together with what the article calls the person: a judge and a
        footballer of one name are two. An entity that no mention calls by a name ("the man"), and a person of one name
        only ("Ada"), get an IRI of this article only; one that is described by a name ("Kenyan parliament") is the
        same everywhere.
        """
        if link is not None and link.verdict == "linked":
            if link.qid is None:
                raise ValueError(f"entity {entity.id!r} is linked to no item")
            return self.item(link.qid)
        name = normalise_name(entity.name)
        told = [name]
        if entity.kind == "person":
            name = strip_honorifics(name)
            told = [name, calling] if (calling := find_calling(entity, self.text)) else [name]
        if not self._is_telling(entity, name):
            return self.fragment(f"entity_{quote_part(entity.id)}")
        slug = make_slug(name)
        return f"{self.base}entity/" + (f"{slug}-" if slug else "") + hash_parts(entity.kind, *told, digits=12)

    def _is_telling(self, entity: Entity, name: str) -> bool:
        """Whether a name tells an entity from others in any article."""
        if any(mention.form == "name" for mention in entity.mentions):
            return entity.kind != "person" or " " in name
        return entity.kind == "organisation" and entity.name[:1].isupper() and not _DETERMINED.match(entity.name)

    def item(self, qid: str) -> str:
        """The item of a catalogue: Wikidata's IRI, or one of ours for what a newsroom added by hand ("N42")."""
        return f"{self.base}item/{qid}" if _OWN_ITEM.fullmatch(qid) else item_iri(qid)

    def statement(self, subject: str, predicate: str, value: str) -> str:
        """The statement of these three N-Quads terms, the same in every article."""
        return f"{self.base}statement/{hash_parts(subject, predicate, value, digits=24)}"


class Writer:
    """The growing graph of one article; ``names`` gives the IRIs, ``text`` is what passages must agree with."""

    def __init__(self, names: Names, text: str) -> None:
        self.names = names
        self._text = text
        self._triples: set[str] = set()
        self._article = names.article

    def add(self, subject: str, predicate: str, term: str) -> None:
        """Adds one triple; ``term`` is an N-Quads term, the others are IRIs."""
        self._triples.add(f"<{subject}> <{predicate}> {term}")

    def add_link(self, subject: str, predicate: str, target: str) -> None:
        """Adds one triple between two IRIs."""
        self.add(subject, predicate, format_iri(target))

    def add_optional(self, subject: str, predicate: str, term: str | None) -> None:
        """Adds one triple unless there is nothing to say."""
        if term is not None:
            self.add(subject, predicate, term)

    def add_type(self, subject: str, *classes: str) -> None:
        """Says of which classes ``subject`` is."""
        for name in classes:
            self.add_link(subject, RDF + "type", name)

    def check_passage(self, passage: Passage) -> Passage:
        """The passage itself; ValueError when the text has other characters there."""
        if not 0 <= passage.start < passage.end or self._text[passage.start : passage.end] != passage.text:
            raise ValueError(
                f"passage {passage.start}..{passage.end} {passage.text!r} is not what the article says there"
            )
        return passage

    def add_span(self, passage: Passage, *classes: str) -> str:
        """Adds the characters of a passage and gives their IRI; ValueError when the text has others there."""
        self.check_passage(passage)
        span = self.names.span(passage.start, passage.end)
        self.add_type(span, NIF + "OffsetBasedString", *classes)
        self.add_link(span, NIF + "referenceContext", self._article)
        self.add(span, NIF + "beginIndex", format_integer(passage.start))
        self.add(span, NIF + "endIndex", format_integer(passage.end))
        self.add(span, NIF + "anchorOf", format_literal(passage.text))
        return span

    def add_evidence(self, subject: str, *passages: Passage) -> None:
        """Says which characters ``subject`` was read from."""
        for passage in passages:
            self.add_link(subject, GAF + "denotedBy", self.add_span(passage))

    def finish(self) -> tuple[str, ...]:
        """The quads as sorted N-Quads lines."""
        return tuple(f"{triple} <{self._article}> ." for triple in sorted(self._triples))
