"""The scorer of sentences, tags and trees on a small hand-made treebank."""

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


class GoldPipeline:
    """Answers with the gold annotation of each document after ``change`` to it."""

    def __init__(self, documents, change=lambda *given: given):
        self.vocab = spacy.blank("en").vocab
        self._documents, self._change = documents, change

    def pipe(self, docs):
        for document, doc in zip(self._documents, docs, strict=True):
            assert [token.text for token in doc] == document.words
            starts, pos, heads, deps = self._change(
                document.sentence_starts, document.upos, document.heads, document.labels
            )
            yield Doc(self.vocab, words=document.words, sent_starts=starts, pos=pos, heads=heads, deps=deps)


def test_treebank_is_read_with_spaces_heads_and_documents(documents):
    one, two = documents
    assert (one.name, two.name) == ("made-one", "made-two")
    assert make_doc(spacy.blank("en").vocab, one).text == "He's late. Rain fell . "
    assert one.heads == [2, 2, 2, 2, 5, 5, 5]
    assert one.sentence_starts == [True, False, False, False, True, False, False]
    assert two.labels == ["root"]


def test_gold_answers_score_one(documents):
    scores = score_syntax(documents, GoldPipeline(documents))
    assert scores.sentences.f1 == scores.upos.f1 == scores.unlabelled.f1 == scores.labelled.f1 == 1.0
    assert scores.sentences.wanted == 3
    assert scores.labelled.wanted == 8


def test_wrong_tag_and_wrong_label_count_alone(documents):
    def change(starts, upos, heads, labels):
        return starts, ["X", *upos[1:]], heads, ["obj" if label == "nsubj" else label for label in labels]

    scores = score_syntax(documents, GoldPipeline(documents, change))
    assert scores.upos.recall == 6 / 8
    assert scores.unlabelled.recall == 1.0
    assert scores.labelled.recall == 6 / 8


def test_missed_sentence_costs_recall(documents):
    def change(starts, upos, heads, labels):
        return [True] + [False] * (len(starts) - 1), upos, [0] * len(heads), ["dep"] * len(labels)

    scores = score_syntax(documents, GoldPipeline(documents, change))
    assert scores.sentences.precision == 1.0
    assert scores.sentences.recall == 2 / 3
    assert scores.labelled.recall == 0.0


def test_arcs_of_the_model_are_those_of_the_doc():
    doc = load_pipeline(threads=1)("Rain fell in Quito.\n\nSchools closed.")
    arcs = list_arcs(doc)
    assert len(arcs) == len(doc)
    places = {token.text: token.i for token in doc}
    assert arcs[places["Rain"]] == (places["fell"], "nsubj")
    assert arcs[places["Schools"]] == (places["closed"], "nsubj")
    assert arcs[places["fell"]] == (places["fell"], "root")
