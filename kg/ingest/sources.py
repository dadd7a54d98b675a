"""Reads what the user names: files, directories, standard input, JSON Lines and web addresses."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urldefrag, urlsplit

from kg.config import Config
from kg.errors import ArticleError, ContentError, RecordError, SourceError
from kg.ingest.formats import extract_page, is_html, read_records
from kg.ingest.text import check_content, check_date, decode_text, find_headline, normalise_newlines
from kg.model import Article

Item = tuple[str, Article | ArticleError]

_TEXT = {".txt", ".text"}
_HTML = {".html", ".htm", ".xhtml"}
_LINES = {".jsonl", ".ndjson"}
_KNOWN = _TEXT | _HTML | _LINES
_STDIN = "-"


def read_sources(
    sources: Sequence[str], config: Config, *, published: str | None = None, stdin: BinaryIO | None = None
) -> Iterator[Item]:
    """Each article of ``sources`` in order, with the place it came from, or the error that stopped it.

    A source is a text, HTML or JSONL file, a directory of such files, "-" for standard input, or an http(s) address.
    ``published`` (ISO 8601) dates the articles that carry no date of their own; for a page it goes before the date
    that was found in its code. Articles come one at a time: nothing is held but the ids, because an id that comes
    again in one run is an error. Raises ValueError when ``published`` is no date.
    """
    published = check_date(published) if published else None
    return _read_all(sources, config, published, stdin)


def _read_all(sources: Sequence[str], config: Config, published: str | None, stdin: BinaryIO | None) -> Iterator[Item]:
    seen: set[str] = set()
    for source in sources:
        for place, item in _read_source(source, config, published, stdin):
            if isinstance(item, Article):
                item = _name_article(item)
                if item.id in seen:
                    item = RecordError(
                        f"{place}: the article {item.id!r} was in this run before; the first one is kept"
                    )
                else:
                    seen.add(item.id)
            yield place, item


def _name_article(article: Article) -> Article:
    """``article`` with an id: the given one, else a hash of the URL, else of the text."""
    if article.id:
        return article
    basis = article.url or article.text
    return replace(article, id=hashlib.sha256(basis.encode("utf-8")).hexdigest()[:16])


def _read_source(source: str, config: Config, published: str | None, stdin: BinaryIO | None) -> Iterator[Item]:
    try:
        if source == _STDIN:
            yield from _read_stream(stdin or sys.stdin.buffer, "standard input", config, published)
        elif urlsplit(source).scheme.lower() in ("http", "https"):
            yield source, _read_address(source, config, published)
        elif os.path.isdir(source):
            yield from _read_directory(Path(source), config, published)
        else:
            yield from _read_file(Path(source), config, published)
    except ArticleError as error:
        yield source, error
    except (OSError, ValueError) as error:
        # ValueError: a path with a null character, an address whose host cannot be split.
        reason = getattr(error, "strerror", None) or error
        yield source, SourceError(f"{source}: cannot be read: {str(reason).lower()}; check the path")


def _read_directory(directory: Path, config: Config, published: str | None) -> Iterator[Item]:
    found = False
    for path in _walk(directory):
        found = True
        yield from _read_source(str(path), config, published, None)
    if not found:
        known = " ".join(sorted(_KNOWN))
        raise SourceError(f"{directory}: this directory holds no article; looked for files ending in {known}")


def _walk(directory: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise error

    for folder, folders, files in os.walk(directory, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(folder, name)
            if not name.startswith(".") and path.suffix.lower() in _KNOWN and path.is_file():
                yield path


def _read_file(path: Path, config: Config, published: str | None) -> Iterator[Item]:
    suffix = path.suffix.lower()
    with open(path, "rb") as stream:
        status = os.fstat(stream.fileno())
        if stat.S_ISREG(status.st_mode) and suffix not in _LINES:
            _check_size(status.st_size, str(path), config)
        if suffix in _LINES:
            yield from read_records(stream, str(path), max_bytes=config.max_bytes, published=published)
        else:
            yield from _read_stream(stream, str(path), config, published, suffix=suffix)


def _read_stream(
    stream: BinaryIO, source: str, config: Config, published: str | None, *, suffix: str = ""
) -> Iterator[Item]:
    """Articles of a stream whose suffix may not tell what it is: JSON Lines begin with a brace, pages with a tag."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    start = buffered.peek(1).lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix == ".json" or start.startswith(b"[{"):
        raise ContentError(f"{source}: is one JSON document; give JSON Lines, one object per line, as .jsonl")
    if suffix not in _TEXT | _HTML and start.startswith(b"{") and not start.startswith(b"{\\rtf"):
        yield from read_records(buffered, source, max_bytes=config.max_bytes, published=published)
        return
    data = buffered.read(config.max_bytes + 1)
    _check_size(len(data), source, config)
    page = suffix in _HTML or (suffix not in _TEXT and is_html(data))
    if not page and start.startswith(b"<?xml"):
        raise ContentError(f"{source}: is XML, which is not read; give a text, HTML or JSONL file")
    yield source, _read_page(data, source, published) if page else _read_text(data, source, published)


def _check_size(size: int, source: str, config: Config) -> None:
    if size > config.max_bytes:
        raise SourceError(
            f"{source}: is larger than {config.max_bytes:,} bytes; raise the setting max_bytes to read it"
        )


def _read_text(data: bytes, source: str, published: str | None) -> Article:
    if not data.strip():
        raise ContentError(f"{source}: is empty")
    text = normalise_newlines(decode_text(data, source))
    check_content(text, source)
    return Article(id="", text=text, title=find_headline(text), published=published)


def _read_page(data: bytes, source: str, published: str | None, *, charset: str | None = None) -> Article:
    if not data.strip():
        raise ContentError(f"{source}: is empty")
    page = extract_page(data, source, charset=charset)
    check_content(page.text, source)
    return Article(
        id="",
        text=page.text,
        title=page.title,
        url=page.url,
        published=published or page.published,
        publisher=page.publisher,
        authors=page.authors,
    )


def _read_address(address: str, config: Config, published: str | None) -> Article:
    from kg.web import fetch

    download = fetch(address, config)
    if download.kind == "text/plain":
        article = _read_text(download.content, address, published)
    else:
        article = _read_page(download.content, address, published, charset=download.charset)
    # A page may call any address its own; it is believed only about its own host.
    own = article.url if article.url and urlsplit(article.url).netloc == urlsplit(download.url).netloc else download.url
    return replace(article, url=urldefrag(own).url, retrieved=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
