"""Reads corpora of attributions: who says what, with which cue."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy

from training.corpora import UNKNOWN, Document

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Spans (first word, end) of one attribution; ``source`` is None where the text names none."""

    cue: Span
    source: Span | None
    content: tuple[Span, ...]


@dataclass(slots=True)
class Attributed:
    """A document with all its attributions; ``paragraphs`` says of each word whether it begins one."""

    document: Document
    paragraphs: list[bool]
    attributions: list[Attribution]


def read_polnear(folder: Path) -> Iterator[Attributed]:
    """PolNeAR (networkdynamics/PolNeAR): texts and brat files; of several annotators the first by name.

    Words are those of spaCy's English tokenizer; spans are the words that they touch.
    """
    nlp = spacy.blank("en")
    for file in sorted((folder / "text").glob("*.txt")):
        annotated = sorted((folder / "attributions").glob(f"{file.stem}_*.ann"))
        if annotated:
            text = file.read_text(encoding="utf-8")
            yield _join(file.stem, text, annotated[0].read_text(encoding="utf-8"), nlp)


def read_attributions(data: Path, *, licences: str = "ABD") -> list[Attributed]:
    """All training documents with attributions whose corpus has one of the licence classes."""
    return list(read_polnear(data / "polnear/train")) if "D" in licences else []


def _join(name: str, text: str, brat: str, nlp: spacy.Language) -> Attributed:
    tokens = [token for token in nlp.make_doc(text) if not token.is_space]
    starts = [token.idx for token in tokens]
    paragraphs = [
        n == 0 or "\n" in text[tokens[n - 1].idx + len(tokens[n - 1]) : token.idx] for n, token in enumerate(tokens)
    ]
    words = [token.text for token in tokens]
    document = Document(name, "polnear", words, sentence_starts=[1 if p else UNKNOWN for p in paragraphs])
    spans, events = read_brat(brat)
    ends = [token.idx + len(token) for token in tokens]
    found = []
    for roles in events:
        parts = {role: [s for i in ids if (s := _touched(spans[i], starts, ends))] for role, ids in roles.items()}
        cues, sources, contents = parts.get("Cue"), parts.get("Source", []), parts.get("Content")
        if cues and contents:
            flat = tuple(sorted(span for content in contents for span in content))
            found.append(Attribution(cues[0][0], sources[0][0] if sources else None, flat))
    return Attributed(document, paragraphs, found)


def read_brat(text: str) -> tuple[dict[str, list[Span]], list[dict[str, list[str]]]]:
    """Text bounds by id, as lists of (start, end), and events as ids by role, from brat's standoff format."""
    spans: dict[str, list[Span]] = {}
    events: list[dict[str, list[str]]] = []
    for line in text.splitlines():
        fields = line.split("\t")
        if len(fields) > 1 and fields[0].startswith("T"):
            _, bounds = fields[1].split(" ", 1)
            spans[fields[0]] = [(int(a), int(b)) for a, b in (part.split() for part in bounds.split(";"))]
        elif len(fields) > 1 and fields[0].startswith("E"):
            roles: dict[str, list[str]] = {}
            for part in fields[1].split()[1:]:
                role, _, target = part.partition(":")
                roles.setdefault(re.sub(r"\d+$", "", role), []).append(target)
            events.append(roles)
    return spans, events


def _touched(bounds: list[Span], starts: list[int], ends: list[int]) -> list[Span]:
    """The words that character spans touch, as spans of words."""
    found = [(bisect_right(ends, start), bisect_left(starts, end)) for start, end in bounds]
    return [(first, end) for first, end in found if first < end]
