"""Articles out of HTML pages and JSON Lines."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urlsplit

from kg.errors import ArticleError, ContentError, RecordError, SourceError
from kg.ingest.text import check_content, check_date, decode_text, normalise_newlines
from kg.model import Article

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


_CHUNK = 1 << 16


def read_records(
    stream: BinaryIO, source: str, *, max_bytes: int, published: str | None = None
) -> Iterator[tuple[str, Article | ArticleError]]:
    """The article of each line with its place ("news.jsonl line 3"), or the error that stopped this line.

    ``text`` is taken exactly as it is. One line is held at a time; one longer than ``max_bytes`` is skipped.
    """
    found = False
    for number, line in enumerate(_read_lines(stream, max_bytes), start=1):
        place = f"{source} line {number}"
        if number == 1 and line is not None:
            line = line.removeprefix(codecs.BOM_UTF8)
        if line is not None and not line.strip():
            continue
        found = True
        try:
            if line is None:
                raise SourceError(
                    f"{place}: is longer than {max_bytes:,} bytes; raise the setting max_bytes to read it"
                )
            yield place, _read_record(line, place, published)
        except ArticleError as error:
            yield place, error
    if not found:
        yield source, ContentError(f"{source}: holds no articles; give one JSON object per line")


def _read_lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """Each line, or None for one longer than ``limit``, of which no more than ``limit`` is ever held."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
            pass
        yield None


def _read_record(line: bytes, place: str, published: str | None) -> Article:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise RecordError(f"{place}: is not UTF-8 at byte {error.start} of the line") from error
    except json.JSONDecodeError as error:
        raise RecordError(f"{place}: is not valid JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise RecordError(f"{place}: is JSON that cannot be read: {error}") from error
    if not isinstance(record, dict):
        raise RecordError(f"{place}: is {_name_type(record)}, not an object with a text")
    fields = _Fields(record, place)
    text = fields.read_text()
    language = (fields.read_string("language") or "en").lower()
    if language.replace("_", "-").split("-")[0] not in ("en", "eng", "english"):
        raise ContentError(f"{place}: its language is {language!r}; only English can be read")
    check_content(text, place)
    return Article(
        id=fields.read_id(),
        text=text,
        title=fields.read_string("title"),
        url=fields.read_string("url"),
        published=fields.read_date() or published,
        publisher=fields.read_string("publisher"),
        authors=fields.read_authors(),
    )


class _Fields:
    """The fields of one record, each checked for its type; null and blank are as good as absent."""

    def __init__(self, record: dict[str, object], place: str) -> None:
        self.record = record
        self.place = place

    def read_text(self) -> str:
        text = self.record.get("text")
        if not isinstance(text, str):
            given = f"is {_name_type(text)}" if "text" in self.record else "is missing"
            raise RecordError(f'{self.place}: "text" {given}; it has to be a string')
        return text

    def read_string(self, key: str) -> str | None:
        value = self.record.get(key)
        if value is not None and not isinstance(value, str):
            raise RecordError(f'{self.place}: "{key}" is {_name_type(value)}; it has to be a string')
        return self._clean(key, value) if value else None

    def read_id(self) -> str:
        """The given id (a number is as good as a string), or "" for none."""
        value = self.record.get("id")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self.read_string("id") or ""

    def read_date(self) -> str | None:
        value = self.read_string("published")
        try:
            return check_date(value) if value else None
        except ValueError as error:
            raise RecordError(f'{self.place}: "published" {error}') from error

    def read_authors(self) -> tuple[str, ...]:
        value = self.record.get("authors")
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise RecordError(f'{self.place}: "authors" is {_name_type(value)}; it has to be a list of strings')
        return tuple(dict.fromkeys(name for v in value if (name := self._clean("authors", v))))

    def _clean(self, key: str, value: str) -> str | None:
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise RecordError(f'{self.place}: "{key}" has half a character (a lone surrogate)') from error
        return " ".join(value.split()) or None


def _name_type(value: object) -> str:
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "a string",
        list: "a list",
        dict: "an object",
    }
    return names.get(type(value), "null")
