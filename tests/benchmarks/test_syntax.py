"""Scores of syntax, on a small treebank and a pipeline that answers by heart."""

import pytest
import spacy
from spacy.language import Language

from benchmarks.syntax import read_treebank, score_syntax

TREEBANK = """\
# newdoc id = weather
# sent_id = 1
1\tRain\train\tNOUN\t_\t_\t2\tnsubj\t_\t_
2\tfell\tfall\tVERB\t_\t_\t0\troot\t_\t_
2.1\tfell\tfall\tVERB\t_\t_\t_\t_\t_\t_

1-2\tIt's\t_\t_\t_\t_\t_\t_\t_\t_
1\tIt\tit\tPRON\t_\t_\t2\tnsubj:pass\t_\t_
2\tstopped\tstop\tVERB\t_\t_\t0\troot\t_\t_

# newdoc id = other
1\tYes\tyes\tINTJ\t_\t_\t0\troot\t_\t_
"""


@Language.component("test_answers_by_heart")
def answer(doc):
    words = [token.text for token in doc]
    heads = {4: [1, 1, 2, 2], 1: [0]}[len(words)]
    labels = {4: ["nsubj", "ROOT", "ROOT", "nsubj"], 1: ["ROOT"]}[len(words)]
    lemmas = {4: ["rain", "fall", "It", "stopped"], 1: ["yes"]}[len(words)]
    tags = {4: ["NOUN", "VERB", "PRON", "VERB"], 1: ["NOUN"]}[len(words)]
    return spacy.tokens.Doc(doc.vocab, words=words, heads=heads, deps=labels, lemmas=lemmas, pos=tags)


@pytest.fixture
def nlp():
    nlp = spacy.blank("en")
    nlp.add_pipe("test_answers_by_heart")
    return nlp


def test_documents_are_read_with_heads_counted_from_their_start():
    weather, other = read_treebank(TREEBANK.splitlines())
    assert (weather.name, weather.words) == ("weather", ["Rain", "fell", "It", "stopped"])
    assert weather.heads == [1, 1, 3, 3]
    assert weather.starts == [True, False, True, False]
    assert (other.name, other.heads, other.labels) == ("other", [0], ["root"])


def test_shares_of_right_words(nlp):
    scores = score_syntax(read_treebank(TREEBANK.splitlines()), nlp)
    assert scores == {"upos": 0.8, "uas": 0.6, "las": 0.6, "las_coarse": 0.6, "lemmas": 0.8, "sentences_f1": 1.0}


def test_wrong_arcs_are_told(nlp):
    told = []
    score_syntax(read_treebank(TREEBANK.splitlines()), nlp, tell=told.append)
    assert told == [
        "weather: 'It' is nsubj:pass of 'stopped', given ROOT of 'It'",
        "weather: 'stopped' is root of 'stopped', given nsubj of 'It'",
    ]
