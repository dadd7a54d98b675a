"""Scores relations between given things against the facts that Re-DocRED annotates in whole documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from benchmarks.scores import Score, compare_sets
from kg.model import KINDS, Entity, Kind, Mention, Passage, Time
from kg.read.candidates import CLASS_OF

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

    from training.related import Related

Triple = tuple[int, str, int]
SYNTAX = ("kg_encoder", "kg_sentences", "kg_tagger", "kg_parser", "kg_lemmatizer")


def fold_facts(facts: Iterable[Triple]) -> set[Triple]:
    """Facts (subject, property, object) of which each is said in one way only, so that none counts twice.

    Father and mother become child, participant becomes participant in, spouses and siblings stand in order.
    """
    folded = set()
    for subject, name, target in facts:
        if name in ("P22", "P25", "P710"):
            subject, name, target = target, "P40" if name != "P710" else "P1344", subject
        if name in ("P26", "P3373"):
            subject, target = min(subject, target), max(subject, target)
        folded.add((subject, name, target))
    return folded


def score_facts(documents: Iterable[tuple[Iterable[Triple], Iterable[Triple]]]) -> dict[str, Score]:
    """The counts over documents, each with the facts ``wanted`` and ``given`` between its things: "all", and by
    property."""
    scores: dict[str, Score] = {"all": Score()}
    for wanted, given in documents:
        right, told = fold_facts(wanted), fold_facts(given)
        scores["all"] += compare_sets(right, told)
        for name in sorted({each[1] for each in right | told}):
            own = compare_sets({f for f in right if f[1] == name}, {f for f in told if f[1] == name})
            scores[name] = scores.get(name, Score()) + own
    return scores


def list_facts(given: Related) -> set[Triple]:
    """The facts of a document."""
    return {(fact.subject, fact.property, fact.object) for fact in given.facts}


def tell_facts(given: Related, nlp: Language, *, implied: bool = False) -> set[Triple]:
    """The facts that the reader tells of a document whose things and their mentions are given; sentences and syntax
    are its own. With ``implied``, also those that only the whole document implies."""
    from spacy.tokens import Doc

    from kg.read.components import ENTITIES
    from kg.read.relations import find_relations

    doc = Doc(nlp.vocab, words=given.document.words)
    for name in SYNTAX:
        doc = nlp.get_pipe(name)(doc)
    entities, times = make_things(given, doc)
    doc.user_data[ENTITIES] = entities
    return {
        (int(found.subject), found.property, int(found.object if found.object is not None else found.value or ""))
        for found in find_relations(doc, times, (), implied=implied)
    }


def make_things(given: Related, doc: Doc) -> tuple[tuple[Entity, ...], tuple[Time, ...]]:
    """The things of a document as entities and times of ``doc``, called by their numbers."""
    entities, times = [], []
    for number, thing in enumerate(given.things):
        mentions = tuple(_make_mention(doc[start:end]) for start, end in thing.spans)
        if thing.kind == "date":
            times += [Time(mention.passage, str(number)) for mention in mentions]
        elif mentions and thing.kind in KINDS:
            entities.append(Entity(str(number), cast(Kind, thing.kind), mentions[0].passage.text, mentions))
    return tuple(entities), tuple(sorted(times, key=lambda time: time.passage.start))


def _make_mention(span: Span) -> Mention:
    passage = Passage(span.start_char, span.end_char, span.text)
    if len(span) == 1 and span.text.lower() in CLASS_OF:
        return Mention(passage, "pronoun")
    return Mention(passage, "name" if any(token.pos_ == "PROPN" for token in span) else "nominal")
