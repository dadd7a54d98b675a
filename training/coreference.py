"""Reads the corpora that say which mentions mean the same thing, into documents with clusters of mentions."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from kg.read.labels import MENTION_TYPES as TYPES
from training.corpora import UNKNOWN, Document, read_conllu


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A mention: the words ``start`` to ``end``; ``type`` is its number in TYPES, or UNKNOWN."""

    start: int
    end: int
    type: int = UNKNOWN


@dataclass(slots=True)
class Clustered:
    """A document with the clusters of its mentions; single mentions are clusters of one.

    ``complete`` says that every mention of every kind of thing is annotated; where not, only the mentions given are
    known, and what else a word may mean is unknown.
    """

    document: Document
    clusters: list[list[Span]]
    complete: bool
    speakers: list[str] = field(default_factory=list)


def read_gum(files: Iterable[Path]) -> Iterator[Clustered]:
    """GUM: all mentions of all things, nested ones too, from the ``Entity`` values of the last column."""
    for file in files:
        documents = list(read_conllu([file], "gum"))
        assert len(documents) == 1, f"{file} holds several documents"
        spans = _gum_spans(file)
        yield Clustered(documents[0], [sorted(spans[key]) for key in sorted(spans)], complete=True)


def _gum_spans(file: Path) -> dict[int, list[Span]]:
    """The mentions of each entity; a mention in several parts counts with its first part."""
    spans: dict[int, list[Span]] = defaultdict(list)
    open_spans: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    word = -1
    for line in file.read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        if len(columns) != 10 or not columns[0].isdigit():
            continue
        word += 1
        value = next((part[7:] for part in columns[9].split("|") if part.startswith("Entity=")), "")
        for entity, part, kind, closes in split_entity_value(value):
            if kind is not None:
                open_spans[entity, part].append((word, TYPES.index(kind) if kind in TYPES else UNKNOWN))
            if closes:
                start, type_ = open_spans[entity, part].pop()
                if part in ("", "1"):
                    spans[entity].append(Span(start, word + 1, type_))
    return spans


def split_entity_value(value: str) -> Iterator[tuple[int, str, str | None, bool]]:
    """The brackets of an ``Entity`` value as (entity, part, type where it opens, whether it closes)."""
    for token in re.findall(r"\([^()]*\)?|\d+(?:\[\d+/\d+\])?\)", value):
        number, part = re.match(r"\(?(\d+)(?:\[(\d+)/\d+\])?", token).groups()
        kind = token.strip("()").split("-")[1] if token.startswith("(") else None
        yield int(number), part or "", kind, token.endswith(")")


def read_litbank(files: Iterable[Path]) -> Iterator[Clustered]:
    """LitBank in the CoNLL-2012 format: people, places, organisations and vehicles of novels."""
    for file in files:
        words: list[str] = []
        starts: list[int] = []
        spans: dict[int, list[Span]] = defaultdict(list)
        opened: dict[int, list[int]] = defaultdict(list)
        fresh = True
        for line in file.read_text(encoding="utf-8").splitlines():
            columns = line.split("\t")
            if line.startswith("#") or len(columns) < 12:
                fresh = True
                continue
            words.append(columns[3])
            starts.append(int(fresh))
            fresh = False
            for token in re.findall(r"\(?\d+\)?", columns[-1]):
                entity = int(token.strip("()"))
                if token.startswith("("):
                    opened[entity].append(len(words) - 1)
                if token.endswith(")"):
                    spans[entity].append(Span(opened[entity].pop(), len(words)))
        document = Document(file.stem, "litbank", words, starts)
        yield Clustered(document, [sorted(set(spans[key])) for key in sorted(spans)], complete=False)


ECB_TYPES = {"HUM": "person", "LOC": "place", "TIM": "time", "NON": "object"}


def read_ecbplus(folder: Path, topics: Iterable[int]) -> Iterator[Clustered]:
    """ECB+: the things (no actions) of the checked sentences, joined within each document."""
    checked: dict[str, set[int]] = defaultdict(set)
    with (folder / "ECBplus_coreference_sentences.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            checked[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
    for topic in topics:
        for file in sorted((folder / str(topic)).glob("*.xml")):
            found = _read_ecb_file(file, checked[file.stem])
            if found:
                yield found


def _read_ecb_file(file: Path, sentences: set[int]) -> Clustered | None:
    root = ElementTree.parse(file).getroot()
    place: dict[str, int] = {}
    words: list[str] = []
    starts: list[int] = []
    before = -1
    for token in root.iter("token"):
        sentence = int(token.get("sentence", "0"))
        if sentence in sentences and (token.text or "").strip():
            place[token.get("t_id", "")] = len(words)
            words.append((token.text or "").strip())
            starts.append(int(sentence != before))
            before = sentence
    spans: dict[str, Span] = {}
    for markable in root.find("Markables") or ():
        anchors = [place[a.get("t_id", "")] for a in markable.iter("token_anchor") if a.get("t_id") in place]
        if anchors and not markable.tag.startswith(("ACTION", "NEG_ACTION")):
            type_ = ECB_TYPES.get(markable.tag[:3])
            number = TYPES.index(type_) if type_ and markable.tag != "HUMAN_PART_ORG" else UNKNOWN
            spans[markable.get("m_id", "")] = Span(min(anchors), max(anchors) + 1, number)
    clusters: list[list[Span]] = []
    joined: set[str] = set()
    for relation in root.find("Relations") or ():
        members = [s.get("m_id", "") for s in relation.iter("source") if s.get("m_id") in spans]
        joined.update(members)
        clusters.append(sorted({spans[m] for m in members}))
    clusters += [[span] for m, span in spans.items() if m not in joined]
    clusters = [cluster for cluster in clusters if cluster]
    if not any(len(cluster) > 1 for cluster in clusters):
        return None
    return Clustered(Document(file.stem, "ecbplus", words, starts), clusters, complete=False)


DWIE_TYPES = {"person": "person", "location": "place", "organization": "organization", "event": "event"}


def read_dwie_clusters(file: Path) -> Iterator[Clustered]:
    """DWIE: names (and some nominals) of whole news articles."""
    for line in file.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        words, offsets = [], []
        for sentence in raw["sents"]:
            offsets.append(len(words))
            words += sentence
        keep = [i for i, word in enumerate(words) if word.strip()]
        number = {old: new for new, old in enumerate(keep)}
        clusters = []
        for entity in raw["entities"]:
            tags = {tag.removeprefix("type::") for tag in entity.get("tags") or []}
            type_ = next((TYPES.index(ours) for theirs, ours in DWIE_TYPES.items() if theirs in tags), UNKNOWN)
            spans = set()
            for mention in entity["mentions"]:
                inside = [
                    number[w] for w in range(*(offsets[mention["sent_id"]] + p for p in mention["pos"])) if w in number
                ]
                if inside:
                    spans.add(Span(inside[0], inside[-1] + 1, type_))
            if spans:
                clusters.append(sorted(spans))
        document = Document(raw["id"], "dwie", [words[i] for i in keep], [UNKNOWN] * len(keep))
        yield Clustered(document, clusters, complete=False)


def head_of(document: Document, span: Span) -> int:
    """The head word of a mention: from the tree ("and" of things joined by it), else the last word before "of", ","."""
    if document.heads:
        inside = range(span.start, span.end)
        heads = document.heads
        root = next((w for w in inside if heads[w] == w or heads[w] not in inside), span.start)
        joined = [w for w in inside if heads[w] == root and document.labels[w] == "conj"]
        joins = [w for w in inside if document.labels[w] == "cc" and heads[w] in joined]
        return joins[0] if joins else root
    for word in range(span.start + 1, span.end):
        if document.words[word].lower() in _AFTER_HEAD and word > span.start:
            return word - 1
    last = span.end - 1
    return last - 1 if last > span.start and document.words[last] in ("'s", "’s", "'", "’", ".", ",") else last


_AFTER_HEAD = frozenset(
    ", of in on at from with for to by who whom which that whose where under near over about between against"
    " ( — -- ; :".split()
)


def read_clusters(data: Path, *, licences: str = "ABD") -> list[Clustered]:
    """All training documents with coreference whose corpus has one of the licence classes; GUM first."""
    found = list(read_gum(sorted((data / "gum/train").glob("*.conllu"))))
    if "A" in licences:
        found += read_litbank(sorted((data / "litbank_coref").glob("*.conll")))
    if "D" in licences:
        found += read_ecbplus(data / "ecbplus", range(1, 31))
        found += read_dwie_clusters(data / "dwie/train_98.jsonl")
    return found
