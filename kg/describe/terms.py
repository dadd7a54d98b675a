"""RDF terms as N-Quads text, and the IRIs of the vocabularies and of our own nodes."""

from __future__ import annotations

import hashlib
import ipaddress
import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, urlsplit, urlunsplit

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
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
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


def normalise_name(name: str) -> str:
    """``name`` as compared across articles: compatibility forms, case and space folded."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def make_slug(name: str) -> str:
    """A readable ASCII form of ``name`` for an IRI, at most 40 characters; empty when nothing is left."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.casefold())[:40].strip("-")


def hash_parts(*parts: str, digits: int) -> str:
    """The first hexadecimal ``digits`` of the SHA-256 of the parts, which NUL separates."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:digits]
