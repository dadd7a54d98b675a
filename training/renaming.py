"""Uses the catalogue for training: other names in the places of names, and subtypes of names that have none."""

from __future__ import annotations

import lzma
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kg.read.labels import MISC_TYPES, NAME_TAGS
from training.corpora import TAG, UNKNOWN, Document

SHARE = 0.3  # of the documents are renamed in an epoch
EACH = 0.6  # of their names
SWAPPED = ("person", "place", "organisation", "facility", "group", "product")


class NameBank:
    """Names of each type as words: those of the catalogue and of the corpora themselves."""

    def __init__(self, documents: Iterable[Document], catalogue: Path) -> None:
        found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for document in documents:
            for start, end, kind in clear_names(document):
                found[kind].add(tuple(document.words[start:end]))
        with lzma.open(catalogue, "rt", encoding="utf-8") as lines:
            header = next(lines).rstrip("\n").split("\t")
            label, kind_column = header.index("label"), header.index("kind")
            for line in lines:
                row = line.rstrip("\n").split("\t")
                words = tuple(row[label].replace(",", " ,").split())
                if (
                    row[kind_column] in ("person", "place", "organisation")
                    and 0 < len(words) <= 5
                    and words[0][0].isupper()
                ):
                    found[row[kind_column]].add(words)
        self.names = {kind: sorted(names) for kind, names in found.items()}

    def draw(self, kind: str, words: tuple[str, ...], rng: random.Random) -> tuple[str, ...]:
        """Another name of the type; a single word for a person's single word."""
        chosen = rng.choice(self.names[kind])
        return chosen[-1:] if kind == "person" and len(words) == 1 else chosen


def clear_names(document: Document, *, types: Iterable[str] = SWAPPED) -> list[tuple[int, int, str]]:
    """The names (first word, end, type) of ``types`` whose type the corpus leaves no doubt about."""
    spans: list[tuple[int, int, str]] = []
    for word, allowed in enumerate(document.names):
        if len(allowed) != 1:
            continue
        tag = NAME_TAGS[next(iter(allowed))]
        if tag.startswith("B-"):
            spans.append((word, word + 1, tag[2:]))
        elif tag.startswith("I-") and spans and spans[-1][1] == word:
            spans[-1] = (spans[-1][0], word + 1, spans[-1][2])
    return [span for span in spans if span[2] in types]


def rename(document: Document, bank: NameBank, rng: random.Random) -> Document:
    """The document with some names replaced, each everywhere by the same; documents with syntax stay as they are."""
    if document.heads or not document.names or rng.random() > SHARE:
        return document
    chosen: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}
    made = replace(document, words=[], sentence_starts=[], names=[], misc=[])
    at = 0
    for start, end, kind in [*clear_names(document), (len(document.words), len(document.words), "")]:
        _copy(document, made, at, start)
        at = end
        words = tuple(document.words[start:end])
        if not words:
            continue
        if (kind, words) not in chosen:
            chosen[kind, words] = bank.draw(kind, words, rng) if rng.random() < EACH else words
        new = chosen[kind, words]
        made.words += new
        made.sentence_starts += [document.sentence_starts[start], *[0] * (len(new) - 1)]
        made.names += [frozenset({TAG[f"{'I' if n else 'B'}-{kind}"]}) for n in range(len(new))]
        if document.misc:
            made.misc += [UNKNOWN] * len(new)
    return made


def _copy(source: Document, target: Document, start: int, end: int) -> None:
    target.words += source.words[start:end]
    target.sentence_starts += source.sentence_starts[start:end]
    target.names += source.names[start:end]
    target.misc += source.misc[start:end]


EVENT_WORDS = frozenset(
    """
    cup games olympics championship championships festival war battle conference summit congress election elections
    referendum marathon prix final finals tour day week carnival expo exhibition crisis uprising revolution intifada
    massacre attack attacks hurricane cyclone typhoon storm earthquake pandemic forum fair derby league open
    """.split()
)
OTHER_WORDS = frozenset(
    """
    act bill law treaty convention agreement accord accords constitution charter code protocol amendment article section
    award awards prize medal programme program project initiative plan fund scheme policy strategy index framework
    covid coronavirus virus ebola monkeypox language english french spanish arabic dollar euro
    """.split()
)


def label_misc(documents: Iterable[Document], catalogue: Path) -> int:
    """Gives misc names of unknown subtype one, from the catalogue or their last word; says how many got one."""
    kinds: dict[str, set[str]] = defaultdict(set)
    with lzma.open(catalogue, "rt", encoding="utf-8") as lines:
        header = next(lines).rstrip("\n").split("\t")
        label, kind = header.index("label"), header.index("kind")
        for line in lines:
            row = line.rstrip("\n").split("\t")
            kinds[row[label].casefold()].add(row[kind])
    given = 0
    for document in documents:
        if not document.names:
            continue
        document.misc = document.misc or [UNKNOWN] * len(document.words)
        for start, end, _ in clear_names(document, types=("misc",)):
            if document.misc[start] == UNKNOWN:
                subtype = _guess_subtype([word.casefold() for word in document.words[start:end]], kinds)
                if subtype:
                    document.misc[start:end] = [MISC_TYPES.index(subtype)] * (end - start)
                    given += 1
    return given


def _guess_subtype(words: list[str], kinds: dict[str, set[str]]) -> str | None:
    known = kinds.get(" ".join(words), set()) - {""}
    if known and known <= {"event"}:
        return "event"
    if known and known <= {"work"}:
        return "work"
    if known and known <= {"concept", "position"}:
        return "other"
    last = [word for word in words if word.isalpha()]
    if not last:
        return None
    return "event" if last[-1] in EVENT_WORDS else "other" if last[-1] in OTHER_WORDS else None
