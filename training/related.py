"""Reads the corpora of relations into one form: things, what is true between them, and where all else is false."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.language import Language

from kg.properties import BODY, BY_ID
from kg.read.candidates import Tagged
from kg.read.decode import decode_names
from kg.read.labels import KIND_OF
from kg.read.network import Network
from kg.read.reader import load_pipeline
from training.corpora import Document
from training.relation_corpora import (
    Draft,
    agreement,
    read_conll04,
    read_dwie_relations,
    read_fewrel,
    read_re3d,
    read_redocred_relations,
    read_text2kgbench,
)
from training.relation_maps import MEANINGS, close_facts, find_known, find_known_of_pair
from training.relation_mentions import add_mentions
from training.relation_passages import read_knowledgenet
from training.sight import ask_model, see_syntax

Span = tuple[int, int]
ENOUGH = 0.5  # of agreement between a mention and a name of the model that gives its kind


@dataclass(frozen=True, slots=True)
class Thing:
    """One entity with all its mentions as (first word, end).

    ``kind`` is one of ``kg.model.Kind``, or "date", "money", "number", "office" (a position, "president").
    """

    kind: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """The words ``start`` to ``end``: of mentions that both lie in it, the properties ``known`` are annotated in full.

    What is not stated there is false; all else is unknown. ``things`` restricts it to pairs among these things.
    Regions may overlap: what one of them knows is known.
    """

    start: int
    end: int
    known: frozenset[str]
    things: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement: the numbers of two things and of the region that states it; ``property`` is in its ``known``."""

    subject: int
    property: str
    object: int
    region: int


@dataclass(slots=True)
class Related:
    """A document with its things and what is known of them; ``paragraphs`` says of each word whether it begins one."""

    document: Document
    paragraphs: list[bool]
    things: list[Thing]
    regions: list[Region]
    facts: list[Fact]


def read_related(data: Path, *, licences: str = "ABD", nlp: Language, network: Network) -> list[Related]:
    """All training documents with relations whose corpus has one of the licence classes.

    ``nlp`` is the shipped pipeline, which finds the things and mentions that a corpus does not annotate; ``network``
    gives kinds to things whose corpus gives none.
    """
    drafts: list[Draft] = []
    if "A" in licences:
        drafts += read_knowledgenet(data / "knowledgenet/train_folds_1_2_3.json", folds={1, 2}, nlp=nlp)
        drafts += read_fewrel(data / "fewrel/val_wiki.json")
        drafts += read_fewrel(data / "fewrel/val_nyt.json")
        drafts += read_re3d(data / "re3d")
    if "B" in licences:
        drafts += add_mentions(read_redocred_relations(data / "redocred/dev_revised.json", held_back=False), nlp)
        drafts += read_text2kgbench(data / "text2kgbench_wikidata/train")
    if "D" in licences:
        drafts += read_conll04([data / "conll04/train.txt", data / "conll04/dev.txt"])
        drafts += add_mentions(read_dwie_relations(data / "dwie/train_98.jsonl"), nlp)
    return list(settle_kinds((relate(draft) for draft in drafts), network))


def read_reporting(data: Path, network: Network) -> Iterator[list[tuple[Related, Tagged]]]:
    """What scores are reported on, as the model sees it: KnowledgeNet's third fold, and the fifth of Re-DocRED that is
    held back. It is measured and calibrated on, and never trained on."""
    nlp = load_pipeline()
    nlp.get_pipe("kg_encoder").network = network  # type: ignore[attr-defined]
    passages = read_knowledgenet(data / "knowledgenet/train_folds_1_2_3.json", folds={3}, nlp=nlp)
    documents = add_mentions(read_redocred_relations(data / "redocred/dev_revised.json", held_back=True), nlp)
    for drafts in (passages, documents):
        yield list(see_syntax(settle_kinds(map(relate, drafts), network), network))


def relate(draft: Draft) -> Related:
    """A document in one form: properties instead of the corpus's relations, with what follows from them.

    A statement whose property is known nowhere in full gets a region of its own, that of its pair.
    """
    meanings = MEANINGS[draft.document.corpus]
    stated: dict[int, set[tuple[int, str, int]]] = {}
    labels: dict[int, set[str]] = {}
    for subject, label, target, number in draft.triples:
        stated.setdefault(number, set()).update(close_facts(subject, label, target, meanings))
        labels.setdefault(number, set()).add(label)
    regions: list[Region] = []
    for number, area in enumerate(draft.areas):
        if area.labels is not None:
            known = find_known(area.labels, meanings)
        else:
            names = frozenset(name for _, name, _ in stated.get(number, ()))
            known = find_known_of_pair(frozenset(labels.get(number, ())), names)
        regions.append(Region(area.start, area.end, known, area.things))
    facts: list[Fact] = []
    for number, found in sorted(stated.items()):
        for subject, name, target in sorted(found):
            if subject == target or (name == "P361" and draft.things[subject].kind == "person"):
                continue  # people are members, and no parts
            place = number
            if name not in regions[number].known:
                place = len(regions)
                area = draft.areas[number]
                regions.append(Region(area.start, area.end, frozenset((name,)), frozenset((subject, target))))
            facts.append(Fact(subject, name, target, place))
    things = [Thing(thing.kind, tuple(sorted(set(thing.spans)))) for thing in draft.things]
    return Related(draft.document, draft.paragraphs, things, regions, facts)


def settle_kinds(given: Iterable[Related], network: Network) -> Iterator[Related]:
    """Each document with the kinds of its "unknown" and "other" things as the names that the model finds say.

    What it does not name is "other"; an unknown thing is, before all, what its facts allow it to be.
    """
    for each, answers in ask_model(given, network):
        names = decode_names(each.document.words, answers.names, answers.misc, network.transitions)
        _settle(each, [(name.start, name.end, name.type) for name in names])
        yield each


def _settle(each: Related, names: list[tuple[int, int, str]]) -> None:
    at: dict[int, tuple[int, int, str]] = {word: name for name in names for word in range(name[0], name[1])}
    for number, thing in enumerate(each.things):
        if thing.kind not in ("unknown", "other"):
            continue
        votes: Counter[str] = Counter()
        for start, end in thing.spans:
            for name in {at[word] for word in range(start, end) if word in at}:
                if agreement((start, end), name[:2]) >= ENOUGH:
                    votes[KIND_OF.get(name[2], name[2])] += 1
        kind = votes.most_common(1)[0][0] if votes else "other"
        allowed = _list_allowed(each, number) if thing.kind == "unknown" else frozenset()
        if allowed and kind not in allowed:
            kind = next(iter(allowed)) if len(allowed) == 1 else "organisation" if allowed <= BODY else "other"
        each.things[number] = replace(thing, kind=kind)


def _list_allowed(each: Related, number: int) -> frozenset[str]:
    """The kinds that all facts of a thing allow it to be; none where they contradict each other or say nothing."""
    sides = [BY_ID[fact.property].subjects for fact in each.facts if fact.subject == number]
    sides += [BY_ID[fact.property].objects for fact in each.facts if fact.object == number]
    return frozenset.intersection(*sides) if sides else frozenset()
