"""Reads the published corpora of relations as they are: things with mentions, and relations by the corpus's names."""

from __future__ import annotations

import ast
import json
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import spacy

from training.corpora import UNKNOWN, Document
from training.relation_maps import DWIE_FULL, WIKIDATA

Span = tuple[int, int]
BARE = 60  # pairs kept of each relation that our table lacks: they show what is none of ours
MONTHS = "January February March April May June July August September October November December".split()


class Stuff(NamedTuple):
    """A thing: its kind ("unknown" where the corpus gives none) and its mentions as (first word, end)."""

    kind: str
    spans: list[Span]


class Area(NamedTuple):
    """Words of which the relations ``labels`` are annotated in full; None: one pair, of which all is known that the
    relation given for it does not leave open. ``things`` restricts it to pairs among these."""

    start: int
    end: int
    labels: frozenset[str] | None
    things: frozenset[int] | None = None


@dataclass(slots=True)
class Draft:
    """A document of a corpus: things, areas, and relations (subject, the corpus's name, object, number of the area)."""

    document: Document
    paragraphs: list[bool]
    things: list[Stuff] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    triples: list[tuple[int, str, int, int]] = field(default_factory=list)

    def add_pair(self, one: int, other: int, labels: Iterable[str]) -> None:
        """Adds a pair of which exactly these relations are given, from ``one`` to ``other``."""
        self.triples += [(one, label, other, len(self.areas)) for label in labels]
        self.areas.append(Area(0, len(self.document.words), None, frozenset((one, other))))


class Words:
    """The words of a text by spaCy's English tokenizer, without white space, and the way from characters to them."""

    def __init__(self, text: str, nlp: spacy.Language) -> None:
        tokens = [token for token in nlp.make_doc(text) if not token.is_space]
        self.texts = [token.text for token in tokens]
        self.starts = [token.idx for token in tokens]
        self.ends = [token.idx + len(token) for token in tokens]
        gaps = ("", *(text[end:start] for end, start in zip(self.ends, self.starts[1:], strict=False)))
        self.paragraphs = [number == 0 or "\n" in gap for number, gap in enumerate(gaps[: len(tokens)])]

    def span(self, start: int, end: int) -> Span | None:
        """The words that characters touch; None where there are none."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return (first, last) if first < last else None

    def draft(self, name: str, corpus: str) -> Draft:
        """A draft of the text in which nothing is known yet."""
        starts = [1 if fresh else UNKNOWN for fresh in self.paragraphs]
        return Draft(Document(name, corpus, self.texts, starts), self.paragraphs)


def agreement(one: Span, other: Span) -> float:
    """How far two spans are the same, in 0..1: twice what they share, by the sum of their lengths."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0.0, 2 * shared / (one[1] - one[0] + other[1] - other[0]))


REDOCRED = {"PER": "person", "ORG": "organisation", "LOC": "place", "TIME": "date", "NUM": "number", "MISC": "other"}


def is_held_back(number: int) -> bool:
    """Whether a document of Re-DocRED is kept for measuring: every fifth, as ``read_redocred`` divides them too, so
    that the encoder has seen nothing of what relations are measured on."""
    return number % 5 == 4


def read_redocred_relations(file: Path, *, held_back: bool) -> Iterator[Draft]:
    """Re-DocRED (tonytan48/Re-DocRED, dev): whole documents in which the relations are annotated in full."""
    documents = json.loads(file.read_text(encoding="utf-8"))
    labels = frozenset(label["r"] for raw in documents for label in raw["labels"]) & WIKIDATA.keys()
    for number, raw in enumerate(documents):
        if is_held_back(number) != held_back:
            continue
        words: list[str] = []
        starts: list[int] = []
        offsets = []
        for sentence in raw["sents"]:
            offsets.append(len(words))
            words += sentence
            starts += [1] + [0] * (len(sentence) - 1)
        draft = Draft(Document(raw["title"], "redocred", words, starts), [word == 0 for word in range(len(words))])
        for entity in raw["vertexSet"]:
            spans = [(offsets[m["sent_id"]] + m["pos"][0], offsets[m["sent_id"]] + m["pos"][1]) for m in entity]
            draft.things.append(Stuff(REDOCRED[entity[0]["type"]], [span for span in spans if span[0] < span[1]]))
        stated = {(label["h"], label["r"], label["t"]) for label in raw["labels"]}
        # "Member of a sports team" is none of ours, and near to "member of": there the latter is known where stated.
        teams = any(label == "P54" for _, label, _ in stated)
        draft.areas.append(Area(0, len(words), labels - {"P463"} if teams else labels))
        draft.triples = [(h, label, t, 0) for h, label, t in sorted(stated) if label in WIKIDATA]
        yield draft


def read_fewrel(file: Path) -> Iterator[Draft]:
    """FewRel (thunlp/FewRel, validation): sentences with one pair and its relation."""
    for relation, rows in json.loads(file.read_text(encoding="utf-8")).items():
        for number, row in enumerate(rows if relation in WIKIDATA else rows[:BARE]):
            words = row["tokens"]
            starts = [1] + [UNKNOWN] * (len(words) - 1)
            document = Document(f"{file.stem} {relation} {number}", "fewrel", words, starts)
            draft = Draft(document, [word == 0 for word in range(len(words))])
            for _, _, places in (row["h"], row["t"]):
                draft.things.append(Stuff("unknown", [(place[0], place[-1] + 1) for place in places]))
            draft.add_pair(0, 1, [relation])
            yield draft


def read_text2kgbench(folder: Path) -> Iterator[Draft]:
    """Text2KGBench (cenguix/Text2KGBench, Wikidata): sentences with triples, whose names are looked up in them.

    A triple with a name that its sentence does not hold is left out; "01 January 2005" may be a mere year there.
    """
    nlp = spacy.blank("en")
    for file in sorted(folder.glob("*.jsonl")):
        sentences: dict[str, list[dict[str, str]]] = defaultdict(list)
        bare: dict[str, int] = defaultdict(int)
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            bare[row["rel"]] += 1
            if row["rel"] in WIKIDATA or bare[row["rel"]] <= BARE // 4:
                sentences[row["sent"]].append(row)
        for text, rows in sentences.items():
            words = Words(text, nlp)
            draft = words.draft(rows[0]["id"], "text2kgbench")
            numbers: dict[str, int] = {}
            pairs: dict[tuple[int, int], set[str]] = defaultdict(set)
            for row in rows:
                one, other = (_find_name(row[key], text, words, draft, numbers) for key in ("sub_label", "obj_label"))
                if one is not None and other is not None and one != other:
                    pairs[one, other].add(row["rel"])
            for (one, other), labels in pairs.items():
                draft.add_pair(one, other, sorted(labels))
            if pairs:
                yield draft


def _find_name(name: str, text: str, words: Words, draft: Draft, numbers: dict[str, int]) -> int | None:
    """The number of the thing called ``name`` in a sentence, made where it is new; None where it is not named."""
    if name not in numbers:
        spans = []
        date = re.fullmatch(r"(\d\d) (\w+) (\d{3,4})", name)
        for form in _forms_of_date(*date.groups()) if date and date[2] in MONTHS else [name]:
            pattern = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", re.IGNORECASE)
            spans = [span for found in pattern.finditer(text) if (span := words.span(*found.span()))]
            if spans:
                break
        if not spans:
            return None
        numbers[name] = len(draft.things)
        draft.things.append(Stuff("date" if date else "unknown", spans))
    return numbers[name]


def _forms_of_date(day: str, month: str, year: str) -> list[str]:
    number = str(int(day))
    return [f"{number} {month} {year}", f"{month} {number}, {year}", f"{month} {year}", year]


CONLL04_KINDS = {"Peop": "person", "Org": "organisation", "Loc": "place", "Other": "other"}
CONLL04_FULL = frozenset(("Work_For", "Live_In", "OrgBased_In", "Located_In"))


def read_conll04(files: Iterable[Path]) -> Iterator[Draft]:
    """CoNLL04: sentences of news with five relations, marked at the last word of each name."""
    for file in files:
        for block in re.split(r"^#doc ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            name, *lines = block.splitlines()
            rows = [line.split("\t") for line in lines if line.strip()]
            words = [row[1] for row in rows]
            document = Document(f"{file.stem} {name}", "conll04", words, [1] + [UNKNOWN] * (len(words) - 1))
            draft = Draft(document, [word == 0 for word in range(len(words))])
            last: dict[int, int] = {}  # the thing that ends with a word
            for word, row in enumerate(rows):
                if row[2].startswith("B-") or (row[2].startswith("I-") and word - 1 not in last):
                    draft.things.append(Stuff(CONLL04_KINDS[row[2][2:]], [(word, word + 1)]))
                    last[word] = len(draft.things) - 1
                elif row[2].startswith("I-"):
                    thing = last[word] = last.pop(word - 1)
                    draft.things[thing].spans[0] = (draft.things[thing].spans[0][0], word + 1)
            for word, row in enumerate(rows):
                for label, head in zip(ast.literal_eval(row[3]), ast.literal_eval(row[4]), strict=True):
                    if label in CONLL04_FULL and word in last and head in last:
                        draft.triples.append((last[word], label, last[head], 0))
            draft.areas.append(Area(0, len(words), CONLL04_FULL))
            if len(draft.things) > 1:
                yield draft


# Tags of DWIE and the kinds they mean, the finest first.
DWIE_KINDS = {
    "gpe0-x": "group", "gpe1-x": "group", "gpe2-x": "group", "loc-x": "group", "religion-x": "group",
    "ethnicity": "group", "regio-x": "group", "role": "office", "time": "date", "money": "money", "value": "number",
    "event": "event", "competition": "event", "war": "event", "work_of_art": "work", "product": "product",
    "person": "person", "organization": "organisation", "location": "place", "facility": "place",
}  # fmt: skip


def read_dwie_relations(file: Path) -> Iterator[Draft]:
    """DWIE (klimzaporojets/DWIE): whole news articles with things, their mentions, and relations of the document."""
    for line in file.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        given, offsets = [], []
        for sentence in raw["sents"]:
            offsets.append(len(given))
            given += sentence
        keep = [word for word, text in enumerate(given) if text.strip()]
        place = {old: new for new, old in enumerate(keep)}
        paragraphs = [old == 0 or not given[old - 1].strip() for old in keep]
        starts = [1 if fresh else UNKNOWN for fresh in paragraphs]
        draft = Draft(Document(raw["id"], "dwie", [given[old] for old in keep], starts), paragraphs)
        tags = [{tag.removeprefix("type::") for tag in entity.get("tags") or ()} for entity in raw["entities"]]
        for entity, own in zip(raw["entities"], tags, strict=True):
            kind = next((kind for tag, kind in DWIE_KINDS.items() if tag in own), "other")
            inside = [
                [place[w] for w in range(*(offsets[m["sent_id"]] + p for p in m["pos"])) if w in place]
                for m in entity["mentions"]
            ]
            draft.things.append(Stuff(kind, [(span[0], span[-1] + 1) for span in inside if span]))
        _add_dwie_labels(draft, raw["labels"], tags)
        yield draft


def _add_dwie_labels(draft: Draft, labels: list[dict[str, object]], tags: list[set[str]]) -> None:
    full = DWIE_FULL
    for label in labels:
        name, one, other = str(label["r"]), int(str(label["h"])), int(str(label["t"]))
        if name == "member_of" and "sport_team" in tags[other]:
            full = full - {"member_of"}  # as in Re-DocRED: a team's player is near to a member
            continue
        if name == "member_of" and "party" in tags[other]:
            name = "member_of_party"
        elif name == "member_of" and tags[other] & DWIE_EMPLOYERS:
            name = "employee_of"
        if draft.things[one].spans and draft.things[other].spans:
            draft.triples.append((one, name, other, 0))
    draft.areas.append(Area(0, len(draft.document.words), full))


DWIE_EMPLOYERS = frozenset(
    "company media education_org research_center policy_institute governmental_organisation agency ministry court"
    " police facility".split()
)
"""Tags of what has employees rather than members: DWIE says "member_of" of both."""

RE3D_KINDS = {"Person": "person", "Organisation": "organisation", "Location": "place", "Temporal": "date",
              "Nationality": "group", "Quantity": "number", "Money": "money"}  # fmt: skip
RE3D_NAMED = re.compile(r"(?!We\b|It\b|They\b|Our\b|Some\b)(?:[Tt]he )?[A-Z0-9]")
RE3D_PART = re.compile(r"(?:, )?(?:as )?(?:a )?(?:part|unit) of|of$")
RE3D_NONE = frozenset(("CommWith", "FightingAgainst", "AlliesOf", "Likes", "Dislikes"))


def read_re3d(folder: Path) -> Iterator[Draft]:
    """re3d (dstl/re3d): on the conflict in Syria and Iraq; the few of its relations that say one of ours.

    Who speaks or fights with another is neither its member nor its part: those pairs are known to have no relation.
    """
    nlp = spacy.blank("en")
    for part in sorted(path for path in folder.iterdir() if path.is_dir()):
        documents, entities, relations = (
            [json.loads(line) for line in (part / f"{name}.json").read_text(encoding="utf-8").splitlines() if line]
            for name in ("documents", "entities", "relations")
        )
        for raw in documents:
            words = Words(raw["text"], nlp)
            draft = words.draft(raw["_id"], "re3d")
            own = [entity for entity in entities if entity["documentId"] == raw["_id"]]
            numbers: dict[tuple[int, int], int] = {}
            for entity in own:
                span = words.span(entity["begin"], entity["end"])
                if span and (entity["begin"], entity["end"]) not in numbers:
                    numbers[entity["begin"], entity["end"]] = len(draft.things)
                    draft.things.append(Stuff(RE3D_KINDS.get(entity["type"], "other"), [span]))
            pairs: dict[tuple[int, int], set[str]] = defaultdict(set)
            for row in (row for row in relations if row["documentId"] == raw["_id"]):
                one = numbers.get((row["sourceBegin"], row["sourceEnd"]))
                other = numbers.get((row["targetBegin"], row["targetEnd"]))
                if one is not None and other is not None and one != other:
                    pairs[one, other].add(_read_re3d_label(row, draft.things[one].kind, draft.things[other].kind))
            for (one, other), labels in pairs.items():
                if "" not in labels:
                    draft.add_pair(one, other, sorted(labels))
            if draft.areas:
                yield draft


def _read_re3d_label(row: dict[str, str], one: str, other: str) -> str:
    """What a relation of re3d says of two things: "member", "part", "nationality", "none"; "" where it is not sure."""
    if row["type"] in RE3D_NONE and {one, other} <= {"person", "organisation"}:
        return "none"
    if row["type"] == "HasAttrOf" and (one, other) == ("person", "group"):
        return "nationality"
    if row["type"] == "BelongsTo" and other == "organisation" and RE3D_NAMED.match(row["target"]):
        if one == "person":
            return "member"
        if one == "organisation" and RE3D_NAMED.match(row["source"]) and RE3D_PART.match(row["value"]):
            return "part"
    return ""
