"""Reads the gold sets as published and fingerprints them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Span = tuple[int, int]

# Tokens that stand close to the word before them, after them, or both, in print.
CLOSE_LEFT = {",", ".", ";", ":", "?", "!", ")", "]", "}", "”", "’", "…", "%"}
CLOSE_RIGHT = {"(", "[", "{", "“", "‘", "$", "£", "€", "#", "@"}
CLOSE_BOTH = {"-", "/"}
CLITICS = {"s", "t", "re", "ve", "ll", "d", "m"}
CLITIC = re.compile(r"(?:n['’]t|['’](?:s|t|re|ve|ll|d|m))$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TaggedArticle:
    """An article of gold tokens: one list of tokens and one of BIO labels for each paragraph."""

    name: str
    tokens: tuple[tuple[str, ...], ...]
    labels: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class GoldLabel:
    """One gold mention of an article with links; ``qid`` is None for a thing outside Wikidata, a date or a quantity.

    ``parent`` is the id of the label that this one is a part of or an alternative to. An ``optional`` label
    may be left out, but not be wrong. ``named`` is False for pronouns, descriptions and common nouns.
    """

    id: int
    span: Span
    qid: str | None
    parent: int | None = None
    optional: bool = False
    named: bool = True


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """An article with gold links; only the characters inside ``scope`` are annotated."""

    id: str
    title: str
    text: str
    scope: Span
    labels: tuple[GoldLabel, ...]


def compute_fingerprint(path: Path) -> str:
    """The SHA-256 of a gold set, as 64 hexadecimal digits: of its file, or of all its files by sorted name."""
    digest = hashlib.sha256()
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    for file in files:
        content = file.read_bytes()
        name = file.relative_to(path).as_posix() if path.is_dir() else ""
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def read_newswire(folder: Path) -> Iterator[TaggedArticle]:
    """The articles of en-worldwide-newswire in ``folder``, by sorted name, without the line of their address.

    The format is one token and its BIO label to a line, tabs between, an empty line between paragraphs.
    """
    for file in sorted(folder.glob("*.tsv")):
        paragraphs: list[list[tuple[str, str]]] = [[]]
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                token, label, *_ = [*line.split("\t"), "O"]
                paragraphs[-1].append((token, label))
            elif paragraphs[-1]:
                paragraphs.append([])
        kept = [p for p in paragraphs if p and not (len(p) == 1 and p[0][0].startswith("http"))]
        tokens = tuple(tuple(token for token, _ in p) for p in kept)
        yield TaggedArticle(file.name.split(".")[0], tokens, tuple(tuple(label for _, label in p) for p in kept))


def read_crossner(file: Path) -> Iterator[TaggedArticle]:
    """The sentences of a CrossNER file, each as an article of its own, for they are shuffled.

    The format is one token and its BIO label to a line, a tab between, an empty line between sentences.
    """
    for number, block in enumerate(re.split(r"\n\s*\n", file.read_text(encoding="utf-8").strip()), 1):
        rows = [line.split() for line in block.split("\n")]
        tokens, labels = tuple(row[0] for row in rows), tuple(row[-1] for row in rows)
        yield TaggedArticle(f"{file.stem}-{number}", (tokens,), (labels,))


def read_elevant(file: Path) -> Iterator[LinkedArticle]:
    """The articles of a benchmark in the JSONL format of ELEVANT, https://github.com/ad-freiburg/elevant."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text = record["text"]
            start, end = record.get("evaluation_span") or (0, len(text))
            labels = tuple(_read_label(label) for label in record["labels"])
            yield LinkedArticle(str(record["id"]), record.get("title", ""), text, (start, end), labels)


def _read_label(record: dict[str, Any]) -> GoldLabel:
    start, end = record["span"]
    entity, name = record["entity_id"], record.get("name", "")
    letter = next((c for c in name if c.isalpha()), "a")
    optional = bool(record.get("optional") or record.get("desc") or record.get("type") in ("DATETIME", "QUANTITY"))
    return GoldLabel(
        id=record["id"],
        span=(start, end),
        qid=entity if re.fullmatch(r"Q[1-9]\d*", entity) else None,
        parent=record.get("parent"),
        optional=optional,
        named=letter.isupper() and name != "Unknown" and not (record.get("coref") or record.get("desc")),
    )


def decode_bio(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The spans that BIO ``labels`` mark, as first token, token after the last, type.

    An I- that continues nothing of its type begins a span, as in conlleval.
    """
    start, kind = 0, ""
    for i, label in enumerate([*labels, "O"]):
        prefix, _, name = label.partition("-")
        if kind and (prefix != "I" or name != kind):
            yield start, i, kind
            kind = ""
        if prefix in ("B", "I") and not kind:
            start, kind = i, name


def join_tokens(paragraphs: Iterable[Sequence[str]]) -> tuple[str, list[list[Span]]]:
    """Running text from tokens, as it would be printed, and the offsets of every token in it.

    Paragraphs are parted by an empty line.
    """
    text, offsets = "", []
    for tokens in paragraphs:
        text += "\n\n" if text else ""
        spans: list[Span] = []
        for i, token in enumerate(tokens):
            if i and _is_spaced(tokens, i):
                text += " "
            spans.append((len(text), len(text) + len(token)))
            text += token
        offsets.append(spans)
    return text, offsets


def _is_spaced(tokens: Sequence[str], i: int) -> bool:
    before, token = tokens[i - 1], tokens[i]
    after = tokens[i + 1] if i + 1 < len(tokens) else ""
    if token in CLOSE_LEFT | CLOSE_BOTH or before in CLOSE_RIGHT | CLOSE_BOTH or CLITIC.match(token):
        return False
    if before in ("’", "'") and token in CLITICS:
        return False
    if token == "'" and after in CLITICS:
        return False
    if '"' in (token, before):  # an opening mark is parted from the word before it, a closing one from the word after
        return tokens[:i].count('"') % 2 == 0
    initials = i >= 2 and before == "." and len(tokens[i - 2]) == 1 and tokens[i - 2].isupper()
    return not (initials and len(token) == 1 and token.isupper() and after == ".")
