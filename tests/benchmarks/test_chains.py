"""What counts as a chain of names and pronouns, and what as attached rightly."""

import pytest

from benchmarks.chains import Place, keep_named, measure_chains, score_chains
from kg.read import load_pipeline
from kg.read.labels import MENTION_TYPES, UPOS
from training.coreference import Clustered, Span
from training.corpora import Document

HEADS = (2, 0, 2, 4, 2, 2, 7, 7, 9, 7, 7)
LABELS = "nsubj flat root det obj punct nsubj root nmod:poss obj punct"
PERSON = MENTION_TYPES.index("person")


def place(head, tag, *, is_time=False):
    return Place(head, head + 1, head, tag, is_time)


def test_descriptions_are_left_out_of_named_chains():
    kept = keep_named([[place(0, "PROPN"), place(4, "NOUN"), place(6, "PRON")]])
    assert [[p.head for p in cluster] for cluster in kept] == [[0, 6]]


@pytest.mark.parametrize(
    "cluster",
    [[place(0, "NOUN"), place(3, "PRON")], [place(0, "PROPN", is_time=True), place(3, "PRON")], []],
    ids=["no name", "a month", "empty"],
)
def test_what_has_no_name_is_no_named_chain(cluster):
    assert keep_named([cluster]) == []


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline(threads=1)


def make_document(text, tags, clusters):
    words = text.split()
    document = Document("made", "gum", words, [int(w == 0 or words[w - 1] == ".") for w in range(len(words))])
    document.upos = [UPOS.index(tag) for tag in tags.split()]
    document.heads, document.labels = list(HEADS), LABELS.split()
    return Clustered(document, [[Span(*span, PERSON) for span in cluster] for cluster in clusters], complete=True)


TEXT = "Maria Lopez won the election . She thanked her voters ."
TAGS = "PROPN PROPN VERB DET NOUN PUNCT PRON VERB PRON NOUN PUNCT"


def test_chains_found_as_annotated_are_right(nlp):
    scores = score_chains([make_document(TEXT, TAGS, [[(0, 2), (6, 7), (8, 9)]])], nlp)
    assert scores.named.conll == pytest.approx(1.0)
    assert scores.attached["he, she"].precision == 1.0
    assert set(scores.list_measures()) >= {"coreference_f1", "coreference_named_f1", "coreference_attached_precision"}


def test_a_pronoun_attached_to_a_wrong_name_is_told(nlp):
    told = []
    document = make_document(TEXT, TAGS, [[(0, 2)], [(6, 7), (8, 9)]])
    scores = score_chains([document], nlp, tell=told.append)
    assert scores.attached["he, she"].precision == 0.0
    assert told[0].startswith("made: he, she ")
    assert "*She*" in told[0]


def test_a_folder_of_gum_is_measured(tmp_path):
    rows = [("Ada", "PROPN", 2, "nsubj", "Entity=(1-person-new-cf1-1-coref)"), ("slept", "VERB", 0, "root", "_"),
            (".", "PUNCT", 2, "punct", "_"), ("She", "PRON", 2, "nsubj", "Entity=(1-person-giv:act-cf1-1-ana)"),
            ("woke", "VERB", 0, "root", "_")]  # fmt: skip
    lines = ["# newdoc id = GUM_news_made"]
    for place, (word, tag, head, label, misc) in enumerate(rows):
        number = place + 1 if place < 3 else place - 2
        lines += [""] * (place == 3)
        lines.append("\t".join((str(number), word, word, tag, "_", "_", str(head), label, "_", misc)))
    (tmp_path / "GUM_news_made.conllu").write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    result = measure_chains(tmp_path, load_pipeline(threads=1))
    assert 0 <= result["measures"]["coreference_named_f1"] <= 1
    assert set(result) == {"measures", "details"}
