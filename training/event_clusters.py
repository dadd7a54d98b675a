"""Reads ECB+: the events of news, and which of an article's mentions are the same event."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from training.corpora import Document
from training.happenings import ALL_TYPES, Eventful, Happening, Span, clear_types, cut_stretches

EVENTS = frozenset(("ACTION_OCCURRENCE", "NEG_ACTION_OCCURRENCE"))


@dataclass(frozen=True, slots=True)
class EventClusters:
    """A document with its events; ``clusters`` are the triggers of each event, single ones too."""

    eventful: Eventful
    clusters: tuple[tuple[Span, ...], ...]


def read_ecb_events(folder: Path, topics: Iterable[int]) -> Iterator[EventClusters]:
    """ECB+ (cltl/ecbPlus): the checked sentences of each text.

    What occurs or does not occur is an event, of the type that its words name, else of any. What only reports, begins
    or ends, causes, perceives or lasts is left open: some of it is an event of ours ("announced", "was found guilty"),
    most is not.
    """
    checked: dict[str, set[int]] = defaultdict(set)
    with (folder / "ECBplus_coreference_sentences.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            checked[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
    for topic in topics:
        for file in sorted((folder / str(topic)).glob("*.xml")):
            if checked[file.stem]:
                yield _read_file(file, checked[file.stem])


def _read_file(file: Path, sentences: set[int]) -> EventClusters:
    root = ElementTree.parse(file).getroot()
    document = Document(file.stem, "ecbplus", [])
    place: dict[str, int] = {}
    before = -1
    for token in root.iter("token"):
        sentence, word = int(token.get("sentence", "0")), (token.text or "").strip()
        if sentence in sentences and word:
            place[token.get("t_id", "")] = len(document.words)
            document.words.append(word)
            document.sentence_starts.append(int(sentence != before))
            before = sentence
    spans, open_words = _find_actions(root, place)
    happenings = [Happening(span, clear_types(document.words[span[0] : span[1]])) for span in sorted({*spans.values()})]
    stretches = cut_stretches(len(document.words), ALL_TYPES, open_words)
    paragraphs = [start == 1 for start in document.sentence_starts]
    clusters = tuple(tuple(cluster) for cluster in _find_clusters(root, spans))
    return EventClusters(Eventful(document, paragraphs, happenings, stretches), clusters)


def _find_actions(root: ElementTree.Element, place: dict[str, int]) -> tuple[dict[str, Span], set[int]]:
    """The triggers by id (the first words that stand together), and the words of other actions."""
    spans: dict[str, Span] = {}
    open_words: set[int] = set()
    for markable in root.find("Markables") or ():
        words = sorted(place[a.get("t_id", "")] for a in markable.iter("token_anchor") if a.get("t_id") in place)
        if not words or "ACTION" not in markable.tag:
            continue
        end = words[0] + 1
        while end in words:
            end += 1
        if markable.tag in EVENTS:
            spans[markable.get("m_id", "")] = (words[0], end)
        else:
            open_words.update(words)
    taken = {word for span in spans.values() for word in range(*span)}
    return spans, open_words - taken


def _find_clusters(root: ElementTree.Element, spans: dict[str, Span]) -> list[list[Span]]:
    """The triggers of each event of a text; mentions of one event that lie in other texts are none of them."""
    clusters: dict[str, set[Span]] = defaultdict(set)
    for number, relation in enumerate(root.find("Relations") or ()):
        members = {spans[s.get("m_id", "")] for s in relation.iter("source") if s.get("m_id") in spans}
        if members:
            clusters[relation.get("note") or f"-{number}"] |= members
    joined = {span for cluster in clusters.values() for span in cluster}
    found = [sorted(cluster) for cluster in clusters.values()]
    return sorted(found + [[span] for span in set(spans.values()) - joined])
