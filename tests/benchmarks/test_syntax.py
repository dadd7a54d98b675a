"""The scorer of sentences, tags and trees on a small hand-made treebank."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from benchmarks.syntax import list_arcs, score_syntax
from benchmarks.treebank import make_doc, read_treebank
from kg.read import load_pipeline

TREEBANK = """\
# newdoc id = made-one
# sent_id = 1
1-2\tHe's\t_\t_\t_\t_\t_\t_\t_\t_
1\tHe\the\tPRON\tPRP\t_\t3\tnsubj\t_\t_
2\t's\tbe\tAUX\tVBZ\t_\t3\tcop\t_\t_
3\tlate\tlate\tADJ\tJJ\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# sent_id = 2
1\tRain\train\tNOUN\tNN\t_\t2\tnsubj\t_\t_
2\tfell\tfall\tVERB\tVBD\t_\t0\troot\t_\t_
2.1\tunsaid\t_\t_\t_\t_\t_\t_\t_\t_
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# newdoc id = made-two
# sent_id = 3
1\tLeeds\tLeeds\tPROPN\tNNP\t_\t0\troot\t_\t_
"""


@pytest.fixture
def documents(tmp_path):
    (tmp_path / "dev.conllu").write_text(TREEBANK, encoding="utf-8")
    return list(read_treebank(tmp_path))


def make_pipeline(documents, change):
    """A pipeline that gives the gold annotation of each document after ``change`` to it."""
    nlp = spacy.blank("en")
    gold = {tuple(document.words): document for document in documents}

    @spacy.Language.component("gold_for_test")
    def annotate(doc: Doc) -> Doc:
        given = gold[tuple(token.text for token in doc)]
        starts, pos, heads, deps = change(
            list(given.sentence_starts), list(given.upos), list(given.heads), list(given.labels)
        )
        return Doc(
            doc.vocab, words=given.words, spaces=given.spaces, sent_starts=starts, pos=pos, heads=heads, deps=deps
        )

    nlp.add_pipe("gold_for_test")
    return nlp


def test_treebank_is_read_with_spaces_heads_and_documents(documents):
    one, two = documents
    assert (one.name, two.name) == ("made-one", "made-two")
    assert make_doc(spacy.blank("en").vocab, one).text == "He's late. Rain fell . "
    assert one.heads == [2, 2, 2, 2, 5, 5, 5]
    assert one.sentence_starts == [True, False, False, False, True, False, False]
    assert two.labels == ["root"]


def test_gold_answers_score_one(documents):
    scores = score_syntax(documents, make_pipeline(documents, lambda *given: given))
    assert scores.sentences.f1 == scores.upos.f1 == scores.unlabelled.f1 == scores.labelled.f1 == 1.0
    assert scores.sentences.wanted == 3
    assert scores.labelled.wanted == 8


def test_wrong_tag_and_wrong_label_count_alone(documents):
    def change(starts, upos, heads, labels):
        return starts, ["X", *upos[1:]], heads, ["obj" if label == "nsubj" else label for label in labels]

    scores = score_syntax(documents, make_pipeline(documents, change))
    assert scores.upos.recall == 6 / 8
    assert scores.unlabelled.recall == 1.0
    assert scores.labelled.recall == 6 / 8


def test_missed_sentence_costs_recall(documents):
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer", config={"punct_chars": ["!"]})
    nlp.add_pipe("tag_nothing")
    scores = score_syntax(documents, nlp)
    assert scores.sentences.precision == 1.0
    assert scores.sentences.recall == 2 / 3
    assert scores.upos.recall == 0.0


@spacy.Language.component("tag_nothing")
def tag_nothing(doc: Doc) -> Doc:
    doc.from_array(["DEP"], np.full((len(doc), 1), doc.vocab.strings.add("none"), np.uint64))
    return doc


def test_arcs_of_the_model_are_those_of_the_doc():
    doc = load_pipeline(threads=1)("Rain fell in Quito.\n\nSchools closed.")
    arcs = list_arcs(doc)
    assert len(arcs) == len(doc)
    places = {token.text: token.i for token in doc}
    assert arcs[places["Rain"]] == (places["fell"], "nsubj")
    assert arcs[places["Schools"]] == (places["closed"], "nsubj")
    assert [arcs[token.i] for token in doc if token.is_space] == [(-1, "")]
