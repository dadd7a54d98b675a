"""Scores the chains of mentions that the coreference component finds against GUM's, from gold words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from benchmarks.coreference import Scores
from benchmarks.scores import Score
from kg.read.antecedents import NONE
from kg.read.candidates import CLASS_OF
from kg.read.chains import NOMINALS, Chain, Mentions
from kg.read.components import ANSWERS, ENTITIES
from kg.read.coreference import find_chains, is_told
from kg.read.labels import MENTION_TYPES, UPOS
from training.coreference import Clustered, head_of, read_gum

Span = tuple[int, int]
TALK = frozenset(("i", "we", "you"))
GROUPS = {
    "i": "I",
    "you": "you",
    "he": "he, she",
    "she": "he, she",
    "it": "it",
    "they": "they",
    **dict.fromkeys(NOMINALS, "nominal"),
}
"""What the forms of mentions are reported under."""


@dataclass(frozen=True, slots=True)
class Place:
    """A mention: its words ``start`` to ``end``, its head word, that word's part of speech, whether it is a time, and
    whether it is a pronoun of the first or second person."""

    start: int
    end: int
    head: int
    tag: str
    is_time: bool
    is_talk: bool = False

    @property
    def span(self) -> Span:
        """The first word and the end."""
        return self.start, self.end


@dataclass(slots=True)
class ChainScores:
    """The scores of all documents.

    ``own`` compares all chains of two mentions or more, by exact spans; ``single`` counts mentions that are alone, too.
    ``named`` is cut to things that have a name, as ``keep_named`` says; ``named_heads`` is the same by head words.
    ``named_third`` leaves out the pronouns of the first and second person too: who speaks to whom is in GUM's metadata,
    not in its text. ``attached`` says by form how many of the pronouns and nominals that a ``Reading`` gives an entity
    with a name mean that entity.
    """

    own: Scores = field(default_factory=Scores)
    single: Scores = field(default_factory=Scores)
    named: Scores = field(default_factory=Scores)
    named_heads: Scores = field(default_factory=Scores)
    named_third: Scores = field(default_factory=Scores)
    attached: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))

    def list_measures(self) -> dict[str, float]:
        """The CoNLL F1 of each way to count, and the precision of what is attached."""
        total = sum(self.attached.values(), Score())
        return {
            "coreference_f1": self.own.conll,
            "coreference_singletons_f1": self.single.conll,
            "coreference_named_f1": self.named.conll,
            "coreference_named_heads_f1": self.named_heads.conll,
            "coreference_named_third_f1": self.named_third.conll,
            "coreference_attached_precision": total.precision,
        }


def measure_chains(
    folder: Path, nlp: Language, *, tell: Callable[[str], None] | None = None
) -> dict[str, dict[str, Any]]:
    """The measures of a pipeline on the documents of GUM in ``folder``, and as details the counts by form."""
    scores = score_chains(read_gum(sorted(folder.glob("*.conllu"))), nlp, tell=tell)
    details = {form: {**asdict(score), "precision": score.precision} for form, score in sorted(scores.attached.items())}
    return {"measures": scores.list_measures(), "details": {"attached": details}}


def score_chains(
    documents: Iterable[Clustered], nlp: Language, *, tell: Callable[[str], None] | None = None
) -> ChainScores:
    """The scores of a pipeline of our components over documents of GUM, given as gold words, all else its own.

    ``tell`` gets a line for each mention that is attached to a wrong name.
    """
    scores = ChainScores()
    for given in documents:
        mentions, chains, doc = find_own(given, nlp)
        gold, found = list_gold(given), list_found(mentions, chains, doc)
        scores.own.add(_spans(gold), _spans(found))
        scores.single.add(_spans(gold), _spans(found), singletons=True)
        named, own_named = keep_named(gold), keep_named(found)
        scores.named.add(_spans(named), _spans(own_named))
        scores.named_third.add(_spans(_leave_talk(named)), _spans(_leave_talk(own_named)))
        scores.named_heads.add([[p.head for p in c] for c in named], [[p.head for p in c] for c in own_named])
        for form, right, told in judge_attached(gold, mentions, chains):
            scores.attached[form] += Score(right, 1, right, 1)
            if tell and not right:
                tell(f"{given.document.id}: {form} {_show(given, told[0])} is not {_show(given, told[1])}")
    return scores


def _spans(clusters: Iterable[Iterable[Place]]) -> list[list[Span]]:
    return [[place.span for place in cluster] for cluster in clusters]


def _leave_talk(clusters: Iterable[Iterable[Place]]) -> list[list[Place]]:
    return [[place for place in cluster if not place.is_talk] for cluster in clusters]


def find_own(given: Clustered, nlp: Language) -> tuple[Mentions, list[Chain], Doc]:
    """The mentions and chains of a document, by all components of a pipeline up to names joined into entities."""
    with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name == "kg_coreference"]):
        doc = nlp(Doc(nlp.vocab, words=given.document.words))
    read = doc.user_data[ANSWERS]
    return *find_chains(doc, read.words, read.network, read.answers, doc.user_data[ENTITIES]), doc


def list_gold(given: Clustered) -> list[list[Place]]:
    """The annotated clusters, those of one mention too."""
    document = given.document
    return [
        [
            Place(
                span.start,
                span.end,
                head,
                UPOS[document.upos[head]],
                MENTION_TYPES[span.type] == "time",
                CLASS_OF.get(document.words[head].lower()) in TALK,
            )
            for span in cluster
            for head in (head_of(document, span),)
        ]
        for cluster in given.clusters
    ]


def list_found(mentions: Mentions, chains: Iterable[Chain], doc: Doc) -> list[list[Place]]:
    """The chains found, those of one mention too; of mentions with the same span the first one counts."""
    words = mentions.candidates.words.tolist()
    borders = list(zip(mentions.starts.tolist(), mentions.ends.tolist(), strict=True))
    first: dict[Span, int] = {}
    for row, span in enumerate(borders):
        first.setdefault(span, row)
    kept = set(first.values())
    rows = ([row for row in chain.rows if row in kept] for chain in chains)
    return [
        [
            Place(
                *borders[row],
                words[row],
                _tag_of(doc[words[row]]),
                mentions.type(row) == "time",
                mentions.form(row) in TALK,
            )
            for row in cluster
        ]
        for cluster in rows
        if cluster
    ]


def _tag_of(token: Token) -> str:
    """The tag of a token, but of a noun with a capital inside a sentence ("the Constitution") a proper noun's."""
    named = token.pos_ == "NOUN" and token.is_title and not token.is_sent_start
    return "PROPN" if named else token.pos_


def keep_named(clusters: Iterable[Iterable[Place]]) -> list[list[Place]]:
    """The names and pronouns of each cluster that has a name, singles too.

    A mention is a name when its head word is a proper noun (PROPN of Universal Dependencies) and it is no time
    expression ("June", "Thursday"); it is a pronoun when its head word is one (PRON), of the first and second person
    and possessive ones too. Gold mentions are judged by the gold tags and types, those found by their own.
    """
    kept = []
    for cluster in clusters:
        places = list(cluster)
        if any(place.tag == "PROPN" and not place.is_time for place in places):
            kept.append([place for place in places if place.tag in ("PROPN", "PRON")])
    return kept


def judge_attached(
    gold: Iterable[Iterable[Place]], mentions: Mentions, chains: Iterable[Chain]
) -> Iterator[tuple[str, bool, tuple[int, int]]]:
    """Each pronoun and nominal that a reading attaches to a named entity: its group, whether it is right, and the
    head words of it and of a name of the entity.

    It is right when a mention of the gold cluster it is in has the head word of one of the entity's names.
    """
    home = {place.head: number for number, cluster in enumerate(gold) for place in cluster}
    words = mentions.candidates.words.tolist()
    for chain in chains:
        names = [words[row] for row in chain.rows if mentions.homes[row] >= 0]
        meant = {home[name] for name in names if name in home}
        for row in chain.rows if names else ():
            form = mentions.form(row)
            if mentions.homes[row] == NONE and is_told(mentions, chain, row):
                yield GROUPS[form], home.get(words[row], NONE) in meant, (words[row], names[0])


def _show(given: Clustered, word: int) -> str:
    words = given.document.words
    return f"[{' '.join(words[max(0, word - 6) : word])} *{words[word]}* {' '.join(words[word + 1 : word + 3])}]"
