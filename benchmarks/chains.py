"""Scores coreference on GUM: which mentions the pipeline finds by itself on gold words, and what it joins."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.coreference import Scores
from benchmarks.gold import Span
from benchmarks.treebank import TreeDocument, make_doc, read_treebank
from kg.model import Entity
from kg.read.candidates import Tagged
from kg.read.chains import Chain, Mentions, find_mentions, link_mentions
from kg.read.components import ANSWERS, ENTITIES, Read
from kg.read.coreference import _genders, _name_spans

COREFERENCE = "kg_coreference"  # it writes into the Doc only what it tells; its chains are asked for here
NAME, PRONOUN, OTHER = "name", "pronoun", "other"
FORM_OF = {"PROPN": NAME, "PRON": PRONOUN}
BRACKETS = re.compile(
    r"\((?P<opens>\d+)(?P<part>\[\d+/\d+\])?-(?P<type>\w+)[^()]*(?P<closed>\))?"
    r"|(?P<closes>\d+)(?P<last>\[\d+/\d+\])?\)"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A mention of the words of ``span``; ``form`` is that of its head: a name, a pronoun or other."""

    span: Span
    form: str
    type: str


def measure(folder: Path, nlp: Language) -> dict[str, Scores]:
    """The scores of what ``kg_coreference`` makes of the documents of GUM in ``folder``.

    ``nlp`` is a pipeline of our components; it gets gold words with the spaces between them, and sentences, tags, names
    and mentions are its own. Counted are all its chains, also those that it tells nobody since it is not sure of them
    or they are no things. A mention is right with its exact words. "all" are all mentions without those that nothing
    corefers with, "singletons" with them; "named" are the entities that have a name: of these, the mentions that are
    names or pronouns.
    """
    documents = list(read_treebank(folder))
    scores = {"all": Scores(), "singletons": Scores(), "named": Scores()}
    others = [name for name in nlp.pipe_names if name != COREFERENCE]
    with nlp.select_pipes(enable=others):
        docs = list(nlp.pipe(make_doc(nlp.vocab, document) for document in documents))
    for document, doc in zip(documents, docs, strict=True):
        gold, found = list_clusters(document), list_chains(doc)
        spans = [[[part.span for part in cluster] for cluster in side] for side in (gold, found)]
        scores["all"].add(*spans)
        scores["singletons"].add(*spans, singletons=True)
        scores["named"].add(keep_named(gold), keep_named(found))
    return scores


def keep_named(clusters: Sequence[Sequence[Part]]) -> list[list[Span]]:
    """The names and pronouns of the clusters that hold a name; a date is none."""
    return [
        [part.span for part in cluster if part.form in (NAME, PRONOUN)]
        for cluster in clusters
        if any(part.form == NAME and part.type != "time" for part in cluster)
    ]


def list_clusters(document: TreeDocument) -> list[list[Part]]:
    """The clusters that GUM annotates; of a mention in several parts, the first one stands for it."""
    clusters: dict[int, list[Part]] = defaultdict(list)
    begun: dict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
    for word, misc in enumerate(document.misc):
        for entity, part, kind, closes in list_brackets(misc):
            if kind:
                begun[entity, part].append((word, kind))
            if closes:
                start, type_ = begun[entity, part].pop()
                if part in ("", "1"):
                    form = FORM_OF.get(document.upos[find_head(document, start, word + 1)], OTHER)
                    clusters[entity].append(Part((start, word + 1), form, type_))
    return [clusters[entity] for entity in sorted(clusters)]


def list_brackets(misc: str) -> Iterator[tuple[int, str, str, bool]]:
    """The brackets of an ``Entity`` value as entity, part ("" or a number), type where it opens, whether it closes."""
    value = next((field[7:] for field in misc.split("|") if field.startswith("Entity=")), "")
    for found in BRACKETS.finditer(value):
        part = (found["part"] or found["last"] or "").strip("[]").partition("/")[0]
        yield (
            int(found["opens"] or found["closes"]),
            part,
            found["type"] or "",
            bool(found["closed"] or found["closes"]),
        )


def find_head(document: TreeDocument, start: int, end: int) -> int:
    """The word of a mention that the others depend on; the first one where several hang on words outside."""
    heads = document.heads
    return next((word for word in range(start, end) if heads[word] == word or not start <= heads[word] < end), start)


def list_chains(doc: Doc) -> list[list[Part]]:
    """All chains of mentions that coreference makes of a ``Doc``, each stretch of words once."""
    read: Read = doc.user_data[ANSWERS]
    mentions, chains = find_chains(doc, read, doc.user_data[ENTITIES])
    seen: set[Span] = set()
    found: list[list[Part]] = []
    for chain in chains:
        parts: list[Part] = []
        for row in sorted(chain.rows):
            start, end = int(mentions.starts[row]), int(mentions.ends[row])
            head = read.words[int(mentions.candidates.words[row])]
            span = (read.words[start], read.words[end - 1] + 1)
            if span not in seen:
                seen.add(span)
                parts.append(Part(span, FORM_OF.get(doc[head].pos_, OTHER), mentions.type(row)))
        found.append(parts)
    return [parts for parts in found if parts]


def find_chains(doc: Doc, read: Read, entities: Sequence[Entity]) -> tuple[Mentions, list[Chain]]:
    """The mentions of a ``Doc`` and the chains they form, as ``kg_coreference`` finds them."""
    tokens = [doc[word] for word in read.words]
    text = Tagged(
        [token.text for token in tokens],
        read.answers.upos.tolist(),
        [bool(token.is_sent_start) for token in tokens],
        read.answers.heads.tolist(),
        [read.network.dependencies[label] for label in read.answers.labels.tolist()],
    )
    spans = _name_spans(doc, read.words, entities)
    mentions = find_mentions(read.network.head, text, read.answers.inner, spans)
    return mentions, link_mentions(mentions, [entity.kind for entity in entities], _genders(doc, entities))
