"""What the scorers of events ask of a reader, with a pipeline that knows one tree."""

import pytest
import spacy
from made_events import add_answers, make_text
from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.event_reading import EventReader
from benchmarks.events import FoundEvent
from kg.model import Claim, Event, Passage, Reading

TEXT = "Roe said rebels burned houses"
HEADS = {TEXT: [1, 1, 3, 1, 3]}


def passage(words: str) -> Passage:
    at = TEXT.index(words)
    return Passage(at, at + len(words), words)


def make_reading(article, doc):
    cue, content = passage("said"), passage("rebels burned houses")
    claim = Claim("c1", None, None, cue, (content,), "indirect", "positive", "certain", "non-future", None, (), 0.9)
    burned = passage("burned")
    event = Event("v1", "ASSAULT", burned, (), None, "reported", content, 0.9, (burned, passage("houses")))
    return Reading(article, events=(event,), claims=(claim,))


@pytest.fixture
def nlp() -> Language:
    blank = spacy.blank("en")

    def parse(text: str) -> Doc:
        words = text.split()
        heads = HEADS.get(text, list(range(len(words))))
        labels = ["ROOT" if head == word else "dep" for word, head in enumerate(heads)]
        return Doc(blank.vocab, words, [True] * (len(words) - 1) + [False], heads=heads, deps=labels)

    return parse


@pytest.fixture
def reader(nlp) -> EventReader:
    return EventReader(nlp, make_reading, lambda word, is_claimed: f"{word.text} {is_claimed}")


def test_events_are_found_at_each_of_their_mentions(reader):
    assert reader.find(TEXT) == [FoundEvent((16, 22), "ASSAULT"), FoundEvent((23, 29), "ASSAULT")]


def test_the_head_of_a_span_is_that_of_the_tree(reader):
    head = reader.find_head(TEXT)
    assert head((9, 29)) == (16, 22)
    assert head((9, 15)) == (9, 15)


def test_realis_is_asked_of_the_head_word_and_with_the_claim_that_it_stands_in(reader):
    assert reader.judge(TEXT, (16, 29)) == "burned True"
    assert reader.judge(TEXT, (4, 8)) == "said False"


def test_a_trigger_outside_the_sentence_is_an_error(reader):
    with pytest.raises(ValueError, match="is no span of"):
        reader.judge(TEXT, (90, 95))


def test_given_triggers_are_joined_whether_or_not_they_would_be_told():
    tree = "1:det 2:nsubj 2:ROOT 2:obj 2:punct 6:det 7:nsubj 7:ROOT 7:punct"
    doc = make_text("The attack killed men . The attack failed .", tree, "DET NOUN VERB NOUN PUNCT DET NOUN VERB PUNCT",
                    starts=(0, 5))  # fmt: skip
    add_answers(doc)
    reader = EventReader(lambda text: doc, lambda article, doc: Reading(article), lambda word, is_claimed: "actual")
    spans = [(token.idx, token.idx + len(token)) for token in doc if token.text in ("attack", "men")]
    chains = sorted(sorted(chain) for chain in reader.chain(doc.text, spans))
    assert chains == [[spans[0], spans[2]], [spans[1]]]


def test_a_text_is_read_once_while_it_is_asked_about(nlp):
    read = []
    reader = EventReader(lambda text: read.append(text) or nlp(text), make_reading, lambda word, is_claimed: "actual")
    reader.find(TEXT)
    reader.find_head(TEXT)
    reader.find("Other text")
    assert read == [TEXT, "Other text"]
