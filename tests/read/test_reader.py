"""The pipeline as a whole, with the shipped model."""

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.config import Config
from kg.errors import ModelError
from kg.model import Article
from kg.read import Reader, load_pipeline
from kg.read.components import ANSWERS, Read, is_label, set_sentences, title_before, trim_name

TEXT = """Talks on the river dam open in Addis Ababa

Talks on the river dam open in Addis Ababa

ADDIS ABABA - Ethiopian Prime Minister Abiy Ahmed met envoys of the African Union (AU) on Tuesday. "We will keep \
talking," Abiy said. Egypt's foreign minister, Sameh Shoukry, told reporters in Cairo that the AU should decide.

Related news

[an error occurred while processing this directive]
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kg")
    return Reader(Config(store=folder / "store", cache=folder / "cache", threads=2))


@pytest.fixture(scope="module")
def reading(reader):
    return reader.read(Article("a", TEXT))


def entity(reading, name):
    return next(e for e in reading.entities if e.name == name)


def test_names_become_entities_with_all_their_mentions(reading):
    assert [m.passage.text for m in entity(reading, "Abiy Ahmed").mentions] == ["Abiy Ahmed", "Abiy"]
    assert [m.passage.text for m in entity(reading, "African Union").mentions] == ["African Union", "AU", "AU"]
    assert {e.name: e.kind for e in reading.entities}["Cairo"] == "place"


def test_offsets_are_exact(reading):
    passages = [m.passage for e in reading.entities for m in e.mentions] + [t.passage for t in reading.times]
    for passage in (*passages, *reading.sentences):
        assert TEXT[passage.start : passage.end] == passage.text


def test_repeated_headline_and_leftovers_are_not_read(reading):
    texts = [s.text for s in reading.sentences]
    assert texts.count("Talks on the river dam open in Addis Ababa") == 1
    assert not any("directive" in t or "Related" in t for t in texts)


def test_dates_are_times_and_no_entities(reading):
    assert "Tuesday" in [t.passage.text for t in reading.times]
    assert "Tuesday" not in [e.name for e in reading.entities]


def test_sentences_do_not_overlap_and_are_in_order(reading):
    ends = [(s.start, s.end) for s in reading.sentences]
    assert ends == sorted(ends)
    assert all(a[1] <= b[0] for a, b in pairwise(ends))


def test_many_articles_read_as_one_by_one(reader):
    articles = [Article(str(n), text) for n, text in enumerate((TEXT, "", "Jo Roe lives in Leeds.", TEXT))]
    together = list(reader.read_many(articles))
    assert [r.article.id for r in together] == ["0", "1", "2", "3"]
    assert together[0].entities == together[3].entities == reader.read(articles[0]).entities
    assert together[1].entities == ()


def test_reading_may_stop_early_and_a_broken_source_says_so(reader):
    def articles():
        for number in range(40):
            if number == 39:
                raise OSError("the source broke")
            yield Article(str(number), "Jo Roe lives in Leeds.")

    assert next(reader.read_many(articles())).article.id == "0"
    with pytest.raises(OSError, match="the source broke"):
        list(reader.read_many(articles()))


def test_components_run_in_a_stock_pipeline():
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("entity_ruler").add_patterns(
        [{"label": "PERSON", "pattern": "Jo Roe"}, {"label": "ORG", "pattern": "Acme"}]
    )
    nlp.add_pipe("kg_entities")
    doc = nlp("Jo Roe left Acme.")
    assert [(e.name, e.kind) for e in doc.user_data["kg_entities"]] == [("Jo Roe", "person"), ("Acme", "organisation")]


def test_a_day_of_the_week_is_no_entity_unless_a_person():
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(
        [{"label": "EVENT", "pattern": "Saturday"}, {"label": "PERSON", "pattern": "Friday"}]
    )
    nlp.add_pipe("kg_entities")
    assert [e.name for e in nlp("On Saturday Friday left.").user_data["kg_entities"]] == ["Friday"]


def test_pipeline_sets_tags_and_ents():
    doc = load_pipeline(threads=1)("The minister visited Nairobi .")
    assert [t.pos_ for t in doc] == ["DET", "NOUN", "VERB", "PROPN", "PUNCT"]
    assert [(e.text, e.label_) for e in doc.ents] == [("Nairobi", "place")]


def test_sentence_starts_leave_other_annotations_alone_and_cover_every_token():
    nlp = load_pipeline(threads=1)
    doc = nlp("Rain fell in Quito. Schools closed.\n\nThe mayor spoke.")
    assert [s.text.strip() for s in doc.sents] == ["Rain fell in Quito.", "Schools closed.", "The mayor spoke."]
    assert None not in [token.is_sent_start for token in doc]
    before = [(t.pos_, t.ent_type_) for t in doc]
    assert [(t.pos_, t.ent_type_) for t in set_sentences(doc)] == before


def test_a_book_of_sentences_is_cut():
    """A quarter of a million tokens: done by looking at all of them for each one, this would take hours."""
    doc = Doc(spacy.blank("en").vocab, words=["Rain", "fell", "again", "."] * 62_500)
    answers = SimpleNamespace(sentences=np.tile(np.array([1, -1, -1, -1], np.float32), 62_500))
    doc.user_data[ANSWERS] = Read(list(range(len(doc))), [True] + [False] * (len(doc) - 1), answers, None)
    assert sum(1 for _ in set_sentences(doc).sents) == 62_500


def test_a_component_without_the_encoder_says_so():
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_names")
    with pytest.raises(ModelError, match='needs "kg_encoder" before it'):
        nlp("Hello there.")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_unicode_reads_with_exact_offsets(reader, text):
    reading = reader.read(Article("x", text))
    for passage in (*(m.passage for e in reading.entities for m in e.mentions), *reading.sentences):
        assert text[passage.start : passage.end] == passage.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "Paris",
        "PARIS",
        "😀" * 50,
        "مرحبا بالعالم",
        "a" * 20000,
        "word " * 3000,
        "A.B." * 500,
        "\x00\x01\x02 Rome \x7f",
    ],
    ids=[
        "empty",
        "blank",
        "newlines",
        "one word",
        "capitals",
        "emoji",
        "right to left",
        "one long word",
        "no punctuation",
        "stops",
        "controls",
    ],
)
def test_odd_texts_do_no_harm(reader, text):
    reading = reader.read(Article("x", text))
    for passage in (m.passage for e in reading.entities for m in e.mentions):
        assert text[passage.start : passage.end] == passage.text


@pytest.mark.parametrize(
    ("words", "label"),
    [("( ( AR ) )", True), ("( ( Roe ) )", False), ("( AR )", False)],
    ids=["label", "name", "single brackets"],
)
def test_letters_in_double_brackets_say_who_speaks_and_name_nothing(words, label):
    doc = Doc(Vocab(), words.split())
    at = len(words.split()) // 2
    assert is_label(doc[at : at + 1]) == label


@pytest.mark.parametrize(
    ("words", "spaces", "left"),
    [
        (["Jo", "Roe", "-", "min"], [1, 0, 0, 1], "Jo Roe-min"),
        (["Roe", "airport"], [1, 1], "Roe airport"),
        (["Roe", "Guard", "rescue", "units"], [1, 1, 1, 1], "Roe Guard rescue"),
        (['"', "Roe", "'s"], [0, 0, 1], "Roe"),
        (["roe", "units"], [1, 1], "roe units"),
    ],
    ids=["compound", "one-thing", "plural", "marks", "no-capital"],
)
def test_a_name_ends_before_plurals_and_marks_but_not_inside_a_compound(words, spaces, left):
    doc = Doc(spacy.blank("en").vocab, words, [bool(space) for space in spaces])
    assert trim_name(doc[:], lower_ends=True).text == left


def test_a_name_behind_an_indefinite_article_ends_in_its_capitals():
    doc = Doc(spacy.blank("en").vocab, ["a", "Roe", "hospital"])
    assert trim_name(doc[1:], lower_ends=True).text == "Roe"


@pytest.mark.parametrize(
    ("words", "length"),
    [("the Duchess of Leeds smiled", 2), ("the mayor of Leeds smiled", 0), ("Leeds smiled", 0), ("south of Leeds", 0)],
)
def test_a_noble_title_before_a_place_is_found(words, length):
    doc = spacy.blank("en")(words)
    place = next(token.i for token in doc if token.text == "Leeds")
    assert title_before(doc[place : place + 1]) == length
