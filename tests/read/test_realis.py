"""Whether an event took place, with the shipped model on a table of sentences and with trees made by hand."""

import csv
from collections import Counter
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from kg.read import load_pipeline
from kg.read.lemmas import find_lemma
from kg.read.realis import judge_realis

TABLE = Path(__file__).parent / "realis_cases.tsv"
VALUES = ("actual", "negated", "future", "hypothetical", "reported")
FLOOR = 0.95
VOCAB = spacy.blank("en").vocab


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline(threads=2)


@pytest.fixture(scope="module")
def cases():
    """Rows of part, sentence, trigger and realis; the parts were written one after the other, each before the rules
    had seen it."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def make(text, heads, deps, tags):
    words = text.split()
    tags = tags.split()
    lemmas = [find_lemma(word, tag) for word, tag in zip(words, tags, strict=True)]
    return Doc(VOCAB, words=words, heads=heads, deps=deps.split(), pos=tags, lemmas=lemmas)


def test_the_table_holds_each_answer_often_enough(cases):
    assert len({(case["sentence"], case["trigger"]) for case in cases}) == len(cases) >= 250
    counts = Counter(case["realis"] for case in cases)
    assert counts.keys() == set(VALUES)
    assert min(counts.values()) >= 30


def test_nearly_all_of_the_table_is_right(nlp, cases):
    wrong = []
    for case, doc in zip(cases, nlp.pipe(case["sentence"] for case in cases), strict=True):
        trigger = next(token for token in doc if token.text == case["trigger"])
        found = judge_realis(trigger)
        if found != case["realis"]:
            wrong.append(f"{case['trigger']} in {case['sentence']!r} is {case['realis']}, given {found}")
    assert len(wrong) <= (1 - FLOOR) * len(cases), "\n".join(wrong)


@pytest.mark.parametrize(
    ("text", "heads", "deps", "tags", "word", "realis"),
    [
        ("they left", [1, 1], "nsubj ROOT", "PRON VERB", 1, "actual"),
        ("they did not leave", [3, 3, 3, 3], "nsubj aux advmod ROOT", "PRON AUX PART VERB", 3, "negated"),
        ("no attack came", [1, 2, 2], "det nsubj ROOT", "DET NOUN VERB", 1, "negated"),
        ("they will leave", [2, 2, 2], "nsubj aux ROOT", "PRON AUX VERB", 2, "future"),
        ("they may leave", [2, 2, 2], "nsubj aux ROOT", "PRON AUX VERB", 2, "hypothetical"),
        ("they planned to leave", [1, 1, 3, 1], "nsubj ROOT mark xcomp", "PRON VERB PART VERB", 3, "future"),
        ("they threatened to leave", [1, 1, 3, 1], "nsubj ROOT mark xcomp", "PRON VERB PART VERB", 3, "hypothetical"),
        ("they failed to leave", [1, 1, 3, 1], "nsubj ROOT mark xcomp", "PRON VERB PART VERB", 3, "negated"),
        ("they said we left", [1, 1, 3, 1], "nsubj ROOT nsubj ccomp", "PRON VERB PRON VERB", 3, "reported"),
        ("we left , they said", [1, 1, 4, 4, 1], "nsubj ROOT punct nsubj parataxis", "PRON VERB PUNCT PRON VERB", 1,
         "reported"),
    ],
    ids=["told", "not", "no", "will", "may", "plan", "threat", "failure", "said", "said after"],
)  # fmt: skip
def test_the_words_around_tell(text, heads, deps, tags, word, realis):
    assert judge_realis(make(text, heads, deps, tags)[word]) == realis


@pytest.mark.parametrize(
    ("text", "heads", "deps", "tags", "word", "realis"),
    [
        ("they announced plans for a strike", [1, 1, 1, 5, 5, 1], "nsubj ROOT obj case det obl",
         "PRON VERB NOUN ADP DET NOUN", 5, "future"),
        ("they began preparations to leave", [1, 1, 1, 4, 1], "nsubj ROOT obj mark xcomp", "PRON VERB NOUN PART VERB",
         4, "future"),
        ("he was held on suspicion of stealing", [2, 2, 2, 4, 2, 6, 2], "nsubj:pass aux:pass ROOT case obl mark advcl",
         "PRON AUX VERB ADP NOUN SCONJ VERB", 6, "reported"),
        ("they stopped short of attacking", [1, 1, 1, 4, 1], "nsubj ROOT advmod mark advcl",
         "PRON VERB ADV SCONJ VERB", 4, "negated"),
        ("she has yet to sign", [1, 1, 4, 4, 1], "nsubj ROOT advmod mark xcomp", "PRON AUX ADV PART VERB", 4,
         "negated"),
        ("they called off their merger", [1, 1, 1, 4, 1], "nsubj ROOT compound:prt nmod:poss obl",
         "PRON VERB ADP PRON NOUN", 4, "negated"),
        ("they avoided arrest", [1, 1, 1], "nsubj ROOT advmod", "PRON VERB NOUN", 2, "negated"),
        ("none of them was injured", [0, 2, 0, 4, 2], "ROOT case nmod aux:pass amod", "PRON ADP PRON AUX VERB", 4,
         "negated"),
        ("she declined to testify", [1, 1, 3, 1], "nsubj ROOT mark parataxis", "PRON VERB PART NOUN", 3, "negated"),
        ("they voted against leaving", [1, 1, 3, 1], "nsubj ROOT mark xcomp", "PRON VERB SCONJ VERB", 3, "negated"),
        ("he was announced to have died", [2, 2, 2, 5, 5, 2], "nsubj:pass aux:pass ROOT mark aux xcomp",
         "PRON AUX VERB PART AUX VERB", 5, "reported"),
        ("nobody claimed responsibility for the bombing", [1, 1, 1, 5, 5, 1], "nsubj ROOT obj case det obj",
         "PRON VERB NOUN ADP DET NOUN", 5, "actual"),
        ("they met the king after the strike", [1, 1, 3, 1, 6, 6, 1], "nsubj ROOT det obj case det obl",
         "PRON VERB DET NOUN ADP DET NOUN", 6, "actual"),
    ],
    ids=["plans for", "preparations to", "suspicion of", "short of", "yet to", "called off", "object as adverb",
         "none of", "declined to", "voted against", "announced to have", "responsibility for",
         "a noun that tells nothing"],
)  # fmt: skip
def test_a_phrase_hung_on_the_wrong_word_is_led_by_the_word_before_it(text, heads, deps, tags, word, realis):
    assert judge_realis(make(text, heads, deps, tags)[word]) == realis


@pytest.mark.parametrize(
    ("text", "heads", "deps", "tags", "word"),
    [
        ("they condemned the invasion", [1, 1, 3, 1], "nsubj ROOT det obj", "PRON VERB DET NOUN", 3),
        ("he regretted having signed", [1, 1, 3, 1], "nsubj ROOT aux ccomp", "PRON VERB AUX VERB", 3),
        ("he did not know they left", [3, 3, 3, 3, 5, 3], "nsubj aux advmod ROOT nsubj ccomp",
         "PRON AUX PART VERB PRON VERB", 5),
    ],
    ids=["object", "clause", "below a negation"],
)  # fmt: skip
def test_what_a_word_takes_for_granted_has_taken_place(text, heads, deps, tags, word):
    assert judge_realis(make(text, heads, deps, tags)[word], is_claimed=True) == "actual"


def test_what_is_granted_in_what_somebody_says_is_reported():
    doc = make("they said he regretted having signed", [1, 1, 3, 1, 5, 3], "nsubj ROOT nsubj ccomp aux ccomp",
               "PRON VERB PRON VERB AUX VERB")  # fmt: skip
    assert judge_realis(doc[5], is_claimed=True) == "reported"


@pytest.mark.parametrize(
    ("sentence", "trigger", "realis"),
    [
        ("The army denied plans to leave the valley.", "leave", "negated"),
        ("The army did not deny shelling the town.", "shelling", "hypothetical"),
        ("The guards failed to prevent the escape.", "escape", "actual"),
        ("The firm would not say whether the mill was sold.", "sold", "hypothetical"),
        ("The firm said it would not sell the mill.", "sell", "negated"),
        ("If they do not pay, the mill will close.", "pay", "hypothetical"),
        ("They will rebuild the mill after the fire.", "fire", "actual"),
    ],
)
def test_each_word_changes_what_those_below_it_say(nlp, sentence, trigger, realis):
    doc = nlp(sentence)
    assert judge_realis(next(token for token in doc if token.text == trigger)) == realis


@pytest.mark.parametrize(("word", "claimed"), [(1, "reported"), (3, "future")], ids=["past", "to come"])
def test_in_a_claim_what_is_over_is_reported(word, claimed):
    doc = make("they left and will return", [1, 1, 4, 4, 1], "nsubj ROOT cc aux conj", "PRON VERB CCONJ AUX VERB")
    trigger = doc[1] if word == 1 else doc[4]
    assert judge_realis(trigger, is_claimed=True) == claimed


def test_any_word_of_any_text_has_a_realis(nlp):
    doc = nlp(
        '"No," said Roe. Not if: never, he - ("neither") would! Unless to be, due to. \n\n Whether or no? n\'t If'
    )
    assert {judge_realis(token) for token in doc} <= set(VALUES)


def test_a_clause_below_itself_many_times_is_judged():
    size = 3000
    doc = make(" ".join(["say"] * size), [max(0, word - 1) for word in range(size)],
               " ".join(["ROOT", *["ccomp"] * (size - 1)]), " ".join(["VERB"] * size))  # fmt: skip
    assert [judge_realis(token) for token in doc[1:]].count("reported") == size - 1
