"""When an event is, from times and trees made by hand."""

import pytest
from made_events import add_answers, make_text, time

from kg.read.components import find_answers
from kg.read.event_times import Clock, is_told_as_past
from kg.read.triggers import Mentions, make_triggers

PUBLISHED = "2026-03-04T08:00:00Z"


def tell(doc, word, times, realis="actual", published=PUBLISHED):
    add_answers(doc, {word: "OTHER"})
    mentions = Mentions(doc, times)
    [trigger] = make_triggers(doc, find_answers(doc, "test"), mentions, [word])
    when = Clock(mentions, times, published).tell(trigger, realis)
    return (when.interval and (when.interval.start, when.interval.end), when.source)


def met_on(link="on"):
    return make_text(f"they met {link} Monday", "1:nsubj 1:ROOT 3:case 1:obl", "PRON VERB ADP PROPN")


@pytest.mark.parametrize(
    ("link", "value", "interval"),
    [
        ("on", "2026-03-02", ("2026-03-02", "2026-03-02")),
        ("in", "2026-02", ("2026-02-01", "2026-02-28")),
        ("in", "2026", ("2026-01-01", "2026-03-04")),
        ("since", "2026-02", ("2026-02-01", "2026-03-04")),
        ("after", "2026-02", ("2026-02-28", "2026-03-04")),
        ("before", "2026-02", (None, "2026-02-01")),
        ("until", "2026-02", (None, "2026-02-28")),
    ],
    ids=["day", "month", "year not over", "since", "after", "before", "until"],
)
def test_a_time_that_hangs_on_the_trigger_is_stated(link, value, interval):
    doc = met_on(link)
    assert tell(doc, 1, [time(doc, 3, 4, value)]) == (interval, "stated")


@pytest.mark.parametrize(
    "value", ["P3D", "PRESENT_REF", "2026-03-09"], ids=["duration", "no days", "after publication"]
)
def test_a_time_that_cannot_be_is_not_told(value):
    doc = met_on()
    assert tell(doc, 1, [time(doc, 3, 4, value)]) == ((None, "2026-03-04"), "published")


def test_what_is_to_come_may_be_after_the_publication():
    doc = met_on()
    assert tell(doc, 1, [time(doc, 3, 4, "2026-03-09")], "future") == (("2026-03-09", "2026-03-09"), "stated")


@pytest.mark.parametrize(("when", "source"), [("2012", "published"), ("Monday", "stated")], ids=["year", "day"])
def test_a_year_behind_what_somebody_is_charged_with_is_that_of_the_deed(when, source):
    tree, tags = "1:nsubj:pass 1:ROOT 3:mark 1:advcl 5:case 1:obl", "PRON VERB SCONJ VERB ADP PROPN"
    doc = make_text(f"they convicted of stealing in {when}", tree, tags)
    value = "2012" if when == "2012" else "2026-03-02"
    assert tell(doc, 1, [time(doc, 5, 6, value)])[1] == source


@pytest.mark.parametrize(
    ("text", "tree", "tags", "word", "source"),
    [
        ("they held talks Monday", "1:nsubj 1:ROOT 1:obj 1:obl", "PRON VERB NOUN PROPN", 2, "stated"),
        ("died in attack Monday", "0:ROOT 2:case 0:obl 0:obl", "VERB ADP NOUN PROPN", 2, "stated"),
        ("they condemned attacks Monday", "1:nsubj 1:ROOT 1:obj 1:obl", "PRON VERB NOUN PROPN", 2, "published"),
        ("they said he died Monday", "1:nsubj 1:ROOT 3:nsubj 1:ccomp 1:obl", "PRON VERB PRON VERB PROPN", 3,
         "published"),
        ("Monday men who died ran", "4:obl 4:nsubj 3:nsubj 1:acl:relcl 4:ROOT", "PROPN NOUN PRON VERB VERB", 3,
         "published"),
        ("Monday men fought and died", "2:obl 2:nsubj 2:ROOT 4:cc 2:conj", "PROPN NOUN VERB CCONJ VERB", 4, "stated"),
    ],
    ids=["of its light verb", "of the verb around it", "of another verb", "of saying", "of another clause", "of both"],
)  # fmt: skip
def test_which_verbs_share_their_time(text, tree, tags, word, source):
    doc = make_text(text, tree, tags)
    at = next(token.i for token in doc if token.text == "Monday")
    assert tell(doc, word, [time(doc, at, at + 1, "2026-03-02")])[1] == source


@pytest.mark.parametrize(
    ("word", "realis", "source"),
    [(5, "actual", "context"), (5, "future", None), (7, "actual", "published")],
    ids=["the main verb", "what is to come", "in a relative clause"],
)
def test_a_time_that_opens_the_sentence_before_is_the_context(word, realis, source):
    doc = make_text(
        "Monday they met . They left town burning",
        "2:obl 2:nsubj 2:ROOT 2:punct 5:nsubj 5:ROOT 5:obj 6:acl:relcl", "PROPN PRON VERB PUNCT PRON VERB NOUN VERB",
        starts=(0, 4),
    )  # fmt: skip
    assert tell(doc, word, [time(doc, 0, 1, "2026-03-02")], realis)[1] == source


def test_without_publication_and_time_nothing_is_told():
    assert tell(met_on(), 1, [], published=None) == (None, None)


@pytest.mark.parametrize(
    ("text", "tree", "tags", "word", "when"),
    [
        ("they will meet", "2:nsubj 2:aux 2:ROOT", "PRON AUX VERB", 2, (("2026-03-04", None), "published")),
        ("they would meet", "2:nsubj 2:aux 2:ROOT", "PRON AUX VERB", 2, (None, None)),
        ("they planned to meet", "1:nsubj 1:ROOT 3:mark 1:xcomp", "PRON VERB PART VERB", 3, (None, None)),
    ],
    ids=["will", "would", "planned"],
)
def test_what_lies_ahead_of_the_publication_begins_with_it(text, tree, tags, word, when):
    assert tell(make_text(text, tree, tags), word, [], "future") == when


def test_a_wish_has_no_time():
    doc = make_text("they may meet", "2:nsubj 2:aux 2:ROOT", "PRON AUX VERB")
    assert tell(doc, 2, [], "hypothetical") == (None, None)
    assert not is_told_as_past(doc[2])


def test_a_publication_that_is_no_day_bounds_nothing():
    assert tell(met_on(), 1, [], published="2026-99-99") == (None, None)
