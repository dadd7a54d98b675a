"""Syntax in the ``Doc``, with answers of a model made up or of the shipped one."""

from types import SimpleNamespace

import numpy as np
import pytest
import spacy
from spacy import displacy
from spacy.tokens import Doc, DocBin

from kg.errors import ModelError
from kg.read import load_pipeline
from kg.read.components import ANSWERS, Read
from kg.read.syntax import find_phrases, set_syntax

LABELS = ("root", "nsubj", "obj", "punct", "dep", "case", "obl", "det", "nmod:poss", "flat", "compound", "conj", "cc")
TEXT = """Talks on the river dam open in Addis Ababa

ADDIS ABABA - Prime Minister Abiy Ahmed  met envoys of the African Union on Tuesday. "We will keep talking," he said.

Related news

Egypt's foreign minister told reporters in Cairo that the union's old rules were too weak.
"""


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline(threads=2)


@pytest.fixture(scope="module")
def doc(nlp):
    return nlp(TEXT)


def make_doc(words, heads, labels, *, starts=(0,), read=None, spaces=None):
    """A ``Doc`` before the parser: ``heads`` and ``labels`` are the answers for the words ``read`` (all of them)."""
    doc = Doc(spacy.blank("en").vocab, words=words, spaces=spaces)
    marks = np.full((len(words), 1), -1).astype(np.uint64)
    marks[list(starts)] = 1
    doc.from_array(["SENT_START"], marks)
    answers = SimpleNamespace(heads=np.array(heads), labels=np.array([LABELS.index(label) for label in labels]))
    network = SimpleNamespace(dependencies=LABELS)
    doc.user_data[ANSWERS] = Read(list(range(len(words)) if read is None else read), [], answers, network)
    return doc


def make_parsed(words, tags, heads, labels):
    words, tags = words.split(), tags.split()
    return Doc(spacy.blank("en").vocab, words=words, pos=tags, heads=heads, deps=labels.split())


def test_heads_and_labels_are_those_of_the_model():
    doc = set_syntax(make_doc("Rain hit Quito .".split(), [1, 1, 1, 1], ["nsubj", "root", "obj", "punct"]))
    assert [(t.head.text, t.dep_) for t in doc] == [("hit", "nsubj"), ("hit", "ROOT"), ("hit", "obj"), ("hit", "punct")]
    assert [t.text for t in doc[1].children] == ["Rain", "Quito", "."]
    assert next(doc.sents).root.text == "hit"


def test_sentences_stay_when_heads_cross_them():
    words = "Rain fell . Schools closed .".split()
    doc = make_doc(words, [1, 4, 1, 4, 4, 1], ["nsubj", "conj", "punct", "nsubj", "root", "punct"], starts=(0, 3))
    set_syntax(doc)
    assert [s.text for s in doc.sents] == ["Rain fell .", "Schools closed ."]
    assert [(s.root.text, s.root.dep_) for s in doc.sents] == [("fell", "ROOT"), ("closed", "ROOT")]
    assert doc[5].head.text == "closed"


def test_white_space_hangs_on_the_word_before_it():
    doc = make_doc([" ", "Rain", "  ", "\n", "fell", "\n"], [1, 1], ["nsubj", "root"], read=[1, 4], spaces=[False] * 6)
    set_syntax(doc)
    assert [t.head.i for t in doc] == [1, 4, 1, 1, 4, 4]
    assert {t.dep_ for t in doc if t.is_space} == {"dep"}


def test_what_is_not_read_is_a_flat_tree():
    words = "Rain fell . Related news".split()
    doc = make_doc(words, [1, 1, 1], ["nsubj", "root", "punct"], starts=(0, 3), read=[0, 1, 2])
    set_syntax(doc)
    assert [(t.head.text, t.dep_) for t in doc[3:]] == [("Related", "ROOT"), ("Related", "dep")]


def test_a_doc_without_sentences_gets_those_of_the_model():
    doc = make_doc("Rain fell . Schools closed .".split(), [1, 1, 1, 4, 4, 4], ["nsubj", "root", "punct"] * 2)
    answers = doc.user_data[ANSWERS].answers
    answers.sentences = np.array([9, -9, -9, 9, -9, -9], np.float32)
    bare = Doc(doc.vocab, words=[t.text for t in doc])
    bare.user_data[ANSWERS] = doc.user_data[ANSWERS]._replace(starts=[True] + [False] * 5)
    assert [s.text for s in set_syntax(bare).sents] == ["Rain fell .", "Schools closed ."]


def test_a_doc_without_the_encoder_says_so():
    with pytest.raises(ModelError, match='"kg_parser" needs "kg_encoder"'):
        set_syntax(Doc(spacy.blank("en").vocab, words=["Rain"]))


def test_each_sentence_of_a_page_is_one_tree(doc):
    assert [s.text.strip() for s in doc.sents] == [
        "Talks on the river dam open in Addis Ababa",
        "ADDIS ABABA -",
        "Prime Minister Abiy Ahmed  met envoys of the African Union on Tuesday.",
        '"We will keep talking," he said.',
        "Related news",
        "Egypt's foreign minister told reporters in Cairo that the union's old rules were too weak.",
    ]
    for sentence in doc.sents:
        assert sorted(t.i for t in sentence.root.subtree) == list(range(sentence.start, sentence.end))
        assert [t for t in sentence if t.dep_ == "ROOT"] == [sentence.root] == [t for t in sentence if t.head == t]


def test_subject_object_and_speaker_are_found(doc):
    found = {(t.dep_, t.text, t.head.text) for t in doc}
    assert {("obj", "envoys", "met"), ("nsubj", "he", "said"), ("nsubj", "minister", "told")} <= found


def test_noun_phrases_of_a_page(doc):
    phrases = [phrase.text for phrase in doc.noun_chunks]
    assert {"the river dam", "the African Union", "We", "Egypt's foreign minister", "the union's old rules"} <= set(
        phrases
    )


def test_noun_phrases_come_with_a_doc_read_back(nlp, doc):
    (again,) = DocBin(docs=[doc]).get_docs(nlp.vocab)
    assert [p.text for p in again.noun_chunks] == [p.text for p in doc.noun_chunks]
    assert [t.dep_ for t in again] == [t.dep_ for t in doc]
    assert [s.text for s in again.sents] == [s.text for s in doc.sents]


@pytest.mark.parametrize(
    ("words", "tags", "heads", "labels", "phrases"),
    [
        (
            "He is not a doctor .", "PRON AUX PART DET NOUN PUNCT", [4, 4, 4, 4, 4, 4],
            "nsubj cop advmod det ROOT punct", ["He", "a doctor"],
        ),
        (
            "the head of the force", "DET NOUN ADP DET NOUN", [1, 1, 4, 4, 1],
            "det ROOT case det nmod", ["the head", "the force"],
        ),
        (
            "Jo Roe 's old dog barked", "PROPN PROPN PART ADJ NOUN VERB", [4, 0, 0, 4, 5, 5],
            "nmod:poss flat case amod nsubj ROOT", ["Jo Roe 's old dog"],
        ),
        (
            "the uncle of Jo 's dog", "DET NOUN ADP PROPN PART NOUN", [1, 5, 3, 1, 1, 5],
            "det nmod:poss case nmod case ROOT", ["the uncle of Jo 's dog"],
        ),
        (
            "Leeds , York and the coast", "PROPN PUNCT PROPN CCONJ DET NOUN", [0, 2, 0, 5, 5, 0],
            "ROOT punct conj cc det conj", ["Leeds", "York", "the coast"],
        ),
        ('the " best " team', "DET PUNCT ADJ PUNCT NOUN", [4, 2, 4, 2, 4], "det punct amod punct ROOT",
         ['the " best " team']),
        ("Run fast !", "VERB ADV PUNCT", [0, 0, 0], "ROOT advmod punct", []),
    ],
    ids=["predicate", "preposition", "name and possessor", "long possessor", "list", "quotation marks", "none"],
)  # fmt: skip
def test_noun_phrases(words, tags, heads, labels, phrases):
    doc = make_parsed(words, tags, heads, labels)
    assert [doc[start:end].text for start, end, _ in find_phrases(doc)] == phrases
    assert {doc.vocab.strings[label] for _, _, label in find_phrases(doc)} <= {"NP"}


def test_displacy_draws_the_trees(doc):
    drawn = displacy.render(doc, style="dep", jupyter=False)
    assert drawn.count("<svg") == 1
    assert ">nsubj<" in drawn
    assert displacy.render(list(doc.sents), style="dep", jupyter=False, options={"collapse_phrases": False})


def test_a_stock_parser_keeps_its_noun_phrases():
    """Only pipelines with "kg_parser" in them get its phrases."""
    assert spacy.blank("en").vocab.get_noun_chunks is not find_phrases


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "Leeds", "😀 " * 40, "word " * 2000, "مرحبا بالعالم", "[ ] \x00 ; \n ; "]
)
def test_odd_texts_get_trees(nlp, text):
    doc = nlp(text)
    for sentence in doc.sents:
        assert len(list(sentence.root.subtree)) == len(sentence)
    assert all(t.dep_ and t.lemma_ for t in doc)


def test_a_book_is_parsed():
    size = 200_000
    heads = [word // 4 * 4 + 1 for word in range(size)]
    doc = make_doc(
        ["Rain", "fell", "again", "."] * (size // 4), heads, ["nsubj", "root", "dep", "punct"] * (size // 4),
        starts=range(0, size, 4),
    )  # fmt: skip
    assert sum(1 for _ in set_syntax(doc).sents) == size // 4
