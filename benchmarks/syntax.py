"""Scores sentences, parts of speech and dependencies on the words of a treebank, as its documents are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.scores import Score, compare_sets
from benchmarks.treebank import TreeDocument, make_doc

Arc = tuple[int, str]


@dataclass(frozen=True, slots=True)
class SyntaxScores:
    """``sentences`` compares the words that begin a sentence; the others count words, punctuation too."""

    sentences: Score
    upos: Score
    unlabelled: Score
    labelled: Score

    def list_details(self) -> dict[str, dict[str, float]]:
        """The counts of each score with its precision, recall and F1."""
        scores = {name: getattr(self, name) for name in ("sentences", "upos", "unlabelled", "labelled")}
        return {
            name: {**asdict(score), "precision": score.precision, "recall": score.recall, "f1": score.f1}
            for name, score in scores.items()
        }


def score_syntax(documents: Sequence[TreeDocument], nlp: Language) -> SyntaxScores:
    """The scores of a pipeline on gold words.

    It gets the words of each document with the spaces between them, and no more: no paragraphs, so that every sentence
    has to be seen. Arcs are those of the sentences that it finds; a label counts whole, with its subtype.
    """
    totals = [Score()] * 4
    docs = nlp.pipe(make_doc(nlp.vocab, document) for document in documents)
    for document, doc in zip(documents, docs, strict=True):
        starts = {number for number, starts in enumerate(document.sentence_starts) if starts}
        found = {token.i for token in doc if token.is_sent_start}
        arcs = list_arcs(doc)
        heads = [(head, "") for head, _ in arcs]
        parts = (
            compare_sets(starts, found),
            _compare_words(document.upos, [token.pos_ for token in doc]),
            _compare_words([(head, "") for head in document.heads], heads),
            _compare_words(list(zip(document.heads, document.labels, strict=True)), arcs),
        )
        totals = [total + part for total, part in zip(totals, parts, strict=True)]
    return SyntaxScores(*totals)


def list_arcs(doc: Doc) -> list[Arc]:
    """Head and label of each token, as the treebank writes them: spaCy's "ROOT" is "root"."""
    return [(token.head.i, "root" if token.dep_ == "ROOT" else token.dep_) for token in doc]


def _compare_words(wanted: Sequence[object], given: Sequence[object]) -> Score:
    right = sum(a == b for a, b in zip(wanted, given, strict=True))
    return Score(right, len(given), right, len(wanted))
