"""Finds the article in an HTML page: its text, title, date, publisher and authors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.errors import ContentError
from kg.ingest.text import check_date, decode_text, normalise_newlines

_CHARSET = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset\s*=\s*|<\?xml[^>]{0,100}?encoding\s*=\s*)["']?\s*([\w.:-]+)""", re.I
)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_LOOKS_HTML = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|meta|title)\b",
    re.I | re.S,
)
# Prose has at least one line of some words that ends like a sentence; menus and notices of a template do not.
_SENTENCE = re.compile(r"(?:\S+\s+){5,}\S+[.!?…]['\"”’)\]]*(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of its article; ``published`` is an ISO 8601 date."""

    text: str
    title: str | None
    url: str | None
    published: str | None
    publisher: str | None
    authors: tuple[str, ...]


def is_html(data: bytes) -> bool:
    """Whether ``data`` begins like an HTML page."""
    return bool(_LOOKS_HTML.match(data[:4096]))


def extract_page(data: bytes, source: str, *, charset: str | None = None) -> Page:
    """The article of an HTML page; ``charset`` is what the server declared.

    Raises ContentError when the page holds no article or cannot be decoded.
    """
    import trafilatura

    declared = _CHARSET.search(data[:4096])
    html = decode_text(data, source, declared=charset or (declared.group(1).decode("ascii") if declared else None))
    document = trafilatura.bare_extraction(
        _XML_HEAD.sub("", html).replace("\0", ""),
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    text = normalise_newlines(getattr(document, "text", None) or "")
    if document is None or isinstance(document, dict) or not _SENTENCE.search(text):
        raise ContentError(f"{source}: this HTML page holds no article; give the page of one article")
    return Page(
        text=text,
        title=_clean(document.title),
        url=_clean_url(document.url),
        published=_clean_date(document.date),
        publisher=_clean_publisher(document.sitename, document.hostname),
        authors=tuple(dict.fromkeys(a for part in (document.author or "").split(";") if (a := part.strip()))),
    )


def _clean(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None


def _clean_url(value: str | None) -> str | None:
    return value if value and urlsplit(value).scheme in ("http", "https") else None


def _clean_date(value: str | None) -> str | None:
    try:
        return check_date(value) if value else None
    except ValueError:
        return None


def _clean_publisher(name: str | None, host: str | None) -> str | None:
    """The site's name, unless it is only its host or an account."""
    name = _clean(name)
    if not name or name.startswith("@") or name.lower().removeprefix("www.") == (host or "").removeprefix("www."):
        return None
    return name
