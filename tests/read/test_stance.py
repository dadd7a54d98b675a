"""Polarity, certainty and temporality of claims, with the shipped model and with trees made by hand."""

from collections import Counter
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from benchmarks.stance import Case, judge_case, read_cases, score_stance
from kg.read import load_pipeline
from kg.read.stance import Stance, judge

TABLE = Path(__file__).parent / "stance_sentences.tsv"
FLOOR = 0.90


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline(threads=2)


@pytest.fixture(scope="module")
def cases():
    return read_cases(TABLE)


def make_parsed(words, tags, heads, labels):
    words = words.split()
    lemmas = {
        "said": "say",
        "denied": "deny",
        "is": "be",
        "n't": "not",
        "closed": "close",
        "went": "go",
        "going": "go",
        "considered": "consider",
        "are": "be",
        "was": "be",
    }
    return Doc(
        spacy.blank("en").vocab,
        words=words,
        pos=tags.split(),
        heads=heads,
        deps=labels.split(),
        lemmas=[lemmas.get(word, word) for word in words],
    )


def judge_sentence(nlp, sentence, cue, content):
    return judge_case(nlp(sentence), Case("", sentence, cue, tuple(content.split(" + ")), Stance("", "", "")))


def test_the_table_holds_each_answer_often_enough(cases):
    assert len(cases) >= 200
    assert len({case.sentence for case in cases}) == len(cases)
    for value in zip(*(case.answer for case in cases), strict=True):
        assert min(Counter(value).values()) >= 50, Counter(value)


def test_nine_in_ten_of_the_table_are_right(nlp, cases):
    wrong = []
    scores = score_stance(nlp, cases, tell=wrong.append)
    shown = "\n".join([str({name: round(score.f1, 3) for name, score in scores.items()}), *wrong])
    assert min(score.f1 for score in scores.values()) >= FLOOR, shown


def test_nine_in_ten_are_right_of_the_sentences_that_no_rule_was_made_with(nlp, cases):
    wrong = []
    scores = score_stance(nlp, [case for case in cases if case.part == "fourth"], tell=wrong.append)
    assert min(score.f1 for score in scores.values()) >= FLOOR, "\n".join(wrong)


@pytest.mark.parametrize(
    ("sentence", "cue", "content", "polarity"),
    [
        ("The firm denied the report.", "denied", "the report", "negative"),
        ("The firm denied it had any debts.", "denied", "it had any debts", "negative"),
        ("The firm denied that it had not paid.", "denied", "that it had not paid", "positive"),
        ("The firm did not deny that it had paid.", "did not deny", "that it had paid", "positive"),
        ("The firm said it had no plans to close.", "said", "it had no plans to close", "negative"),
        ("The firm said it never failed to pay.", "said", "it never failed to pay", "positive"),
        ("The firm said the man who did not pay left.", "said", "the man who did not pay left", "positive"),
        ("The firm vowed not to close the mill.", "vowed", "not to close the mill", "negative"),
        ("The firm vowed not to close the mill.", "vowed not", "to close the mill", "negative"),
    ],
    ids=lambda value: value.replace(" ", "_") if isinstance(value, str) else value,
)
def test_a_negation_flips_once(nlp, sentence, cue, content, polarity):
    assert judge_sentence(nlp, sentence, cue, content).polarity == polarity


@pytest.mark.parametrize(
    ("cue", "certainty"),
    [("said", "certain"), ("believes", "probable"), ("fears", "possible"), ("would not confirm", "possible")],
)
def test_the_cue_weakens_what_is_said(nlp, cue, certainty):
    sentence = f"The owner {cue} that the mill was sold."
    assert judge_sentence(nlp, sentence, cue, "that the mill was sold").certainty == certainty


@pytest.mark.parametrize(
    ("cue", "content", "temporality"),
    [
        ("vowed", "to sell the mill", "future"),
        ("vows", "that the mill stays open", "future"),
        ("urged", "a sale of the mill", "future"),
        ("refused", "to sell the mill", "future"),
        ("declined", "to comment on the mill", "non-future"),
        ("claimed", "to own the mill", "non-future"),
        ("said", "that they had to sell the mill", "non-future"),
        ("said", "that they have to sell the mill", "future"),
        ("said", "that the mill would have closed", "non-future"),
        ("said", "that the mill might close", "future"),
        ("said", "that the mill might be old", "non-future"),
        ("recalled", "that the mill would often close", "non-future"),
    ],
)
def test_what_is_to_come_is_future(nlp, cue, content, temporality):
    assert judge_sentence(nlp, f"The owners {cue} {content}.", cue, content).temporality == temporality


@pytest.mark.parametrize(
    ("sentence", "cue", "content"),
    [
        ("The owner said he had no idea who paid.", "said", "he had no idea who paid"),
        ("The owner would neither confirm nor deny that he paid.", "would neither confirm nor deny", "that he paid"),
        ("The owner declined to rule out a sale.", "declined", "to rule out a sale"),
        ("The owner declined to rule out a sale.", "declined to rule out", "a sale"),
        ("The owner asked if they had paid.", "asked", "if they had paid"),
        ("The owner said it was too early to say who paid.", "said", "it was too early to say who paid"),
        ("The owner said the price was not known.", "said", "the price was not known"),
    ],
)
def test_what_is_left_open_is_possible_and_not_denied(nlp, sentence, cue, content):
    found = judge_sentence(nlp, sentence, cue, content)
    assert (found.polarity, found.certainty) == ("positive", "possible")


def test_the_weakest_word_wins(nlp):
    found = judge_sentence(nlp, "Owners expect that the mill may close.", "expect", "that the mill may close")
    assert found == Stance("positive", "possible", "future")


def test_a_cue_of_another_sense_is_no_call_for_something(nlp):
    called = judge_sentence(nlp, "The owner called the mill a ruin.", "called", "the mill a ruin")
    called_for = judge_sentence(nlp, "The owner called for a new mill.", "called for", "a new mill")
    assert (called.temporality, called_for.temporality) == ("non-future", "future")


def test_a_greeting_before_the_statement_is_passed(nlp):
    sentence = '"Thank you. We will not close the mill," the owner said.'
    found = judge_sentence(nlp, sentence, "said", "Thank you. We will not close the mill")
    assert found == Stance("negative", "certain", "future")


@pytest.mark.parametrize(
    ("words", "tags", "heads", "deps", "ahead"),
    [
        ("to be frank we closed .", "PART AUX ADJ PRON VERB PUNCT", [2, 2, 2, 4, 2, 2],
         "mark cop ROOT nsubj conj punct", "non-future"),
        ("if it rains we will close", "SCONJ PRON VERB PRON AUX VERB", [2, 2, 2, 5, 5, 2],
         "mark nsubj ROOT nsubj aux ccomp", "future"),
    ],
    ids=["a preface", "a condition"],
)  # fmt: skip
def test_what_opens_a_statement_and_is_taken_for_its_top_is_passed(words, tags, heads, deps, ahead):
    assert judge(None, [make_parsed(words, tags, heads, deps)[:]]).temporality == ahead


@pytest.mark.parametrize(
    ("words", "tags", "heads", "deps", "ahead"),
    [
        ("we are set to vote", "PRON AUX VERB PART NOUN", [2, 2, 2, 4, 2], "nsubj aux ROOT mark xcomp", "future"),
        ("we went to vote", "PRON VERB PART VERB", [1, 1, 3, 1], "nsubj ROOT mark advcl", "non-future"),
        ("we are going to vote", "PRON AUX VERB PART VERB", [2, 2, 2, 4, 2], "nsubj aux ROOT mark xcomp", "future"),
        ("he was considered to lead", "PRON AUX VERB PART VERB", [2, 2, 2, 4, 2],
         "nsubj:pass aux:pass ROOT mark xcomp", "non-future"),
    ],
    ids=["a verb tagged as a noun", "went", "going", "taken for"],
)  # fmt: skip
def test_an_infinitive_lies_ahead_after_words_that_lead_there(words, tags, heads, deps, ahead):
    assert judge(None, [make_parsed(words, tags, heads, deps)[:]]).temporality == ahead


@pytest.mark.parametrize(
    ("words", "tags", "heads", "deps"),
    [
        ("Roe , who slept , will go", "PROPN PUNCT PRON VERB PUNCT AUX VERB", [6, 3, 3, 3, 3, 6, 6],
         "nsubj punct nsubj dep punct aux ROOT"),
        ("towns , to grow , will pay", "NOUN PUNCT PART VERB PUNCT AUX VERB", [6, 3, 3, 3, 3, 6, 6],
         "nsubj punct mark dep punct aux ROOT"),
    ],
    ids=["relative", "infinitive"],
)  # fmt: skip
def test_a_clause_inserted_before_the_main_one_is_not_judged(words, tags, heads, deps):
    assert judge(None, [make_parsed(words, tags, heads, deps)[:]]).temporality == "future"


def test_had_cut_short_is_no_would():
    doc = make_parsed("I 'd seen it", "PRON AUX VERB PRON", [2, 2, 2, 2], "nsubj aux ROOT obj")
    assert judge(None, [doc[:]]).temporality == "non-future"


def test_what_is_only_taken_for_something_is_certain():
    doc = make_parsed("she considered it safe", "PRON VERB PRON ADJ", [1, 1, 1, 1], "nsubj ROOT obj xcomp")
    assert judge(None, [doc[:]]).certainty == "certain"


def test_what_is_said_under_a_condition_is_possible():
    doc = make_parsed("if Roe says it rains", "SCONJ PROPN VERB PRON VERB", [2, 2, 2, 4, 2],
                      "mark nsubj ROOT nsubj ccomp")  # fmt: skip
    assert judge(doc[2:3], [doc[3:5]]).certainty == "possible"


def test_scarcely_any_negates():
    doc = make_parsed("scarcely any oil is left", "ADV DET NOUN AUX VERB", [2, 2, 4, 4, 4],
                      "advmod det nsubj:pass aux:pass ROOT")  # fmt: skip
    assert judge(None, [doc[:]]).polarity == "negative"


def test_without_a_cue_the_content_is_judged_alone(nlp):
    doc = nlp("The mill will not close.")
    assert judge(None, [doc[0:5]]) == Stance("negative", "certain", "future")


def test_without_content_nothing_is_denied():
    doc = make_parsed("Roe denied .", "PROPN VERB PUNCT", [1, 1, 1], "nsubj ROOT punct")
    assert judge(doc[1:2], []) == judge(doc[1:2], [doc[2:2]]) == Stance("positive", "certain", "non-future")


def test_content_of_punctuation_alone_is_judged():
    doc = make_parsed("Roe said : .", "PROPN VERB PUNCT PUNCT", [1, 1, 1, 1], "nsubj ROOT punct punct")
    assert judge(doc[1:2], [doc[2:3]]) == Stance("positive", "certain", "non-future")


def test_a_negation_hung_on_the_wrong_word_is_found_by_its_place():
    heads = [1, 1, 3, 6, 6, 3, 1, 1]  # "not" below "mill"
    doc = make_parsed(
        "Roe said the mill will not close .",
        "PROPN VERB DET NOUN AUX PART VERB PUNCT",
        heads,
        "nsubj ROOT det nsubj aux dep ccomp punct",
    )
    assert judge(doc[1:2], [doc[2:7]]) == Stance("negative", "certain", "future")


def test_any_spans_of_a_text_have_a_stance(nlp):
    doc = nlp(
        '"No," said Roe. Not if: never, he - ("neither") would! Unless to be, due to. \n\n Whether or no? n\'t If'
    )
    for start in range(len(doc)):
        for length in (1, 2, 5, 11):
            cue, content = doc[start : start + 2], [doc[start + 1 : start + length], doc[: start // 2]]
            assert isinstance(judge(cue, content), Stance)


def test_a_content_of_many_sentences_is_judged(nlp):
    doc = nlp("The mill is closed and was not sold. " * 2000)
    assert judge(doc[1:2], [doc[2:]]) == Stance("positive", "certain", "non-future")


@pytest.mark.parametrize(
    ("modal", "temporality"),
    [("would", "future"), ("did", "non-future")],
    ids=["what is left out lies ahead", "is over"],
)
def test_a_modal_alone_tells_when(modal, temporality):
    doc = Doc(spacy.blank("en").vocab, words=["Roe", "said", "he", modal, "not"], heads=[1, 1, 3, 1, 3],
              deps=["nsubj", "ROOT", "nsubj", "ccomp", "advmod"], pos=["PROPN", "VERB", "PRON", "AUX", "PART"],
              lemmas=["Roe", "say", "he", modal, "not"])  # fmt: skip
    assert judge(doc[1:2], [doc[2:5]]) == ("negative", "certain", temporality)
