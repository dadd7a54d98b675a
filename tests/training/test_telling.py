"""From which certainty on mentions are told, from ties written by hand and from the shipped model."""

import pytest

pytest.importorskip("torch")

from kg.read import load_pipeline
from kg.read.antecedents import SURE
from kg.read.candidates import FORMS
from training.coreference import Clustered, Span
from training.corpora import Document
from training.telling import Tie, fit_thresholds, gather_ties, list_thresholds, report_ties


def make_ties(form, shares):
    """Twenty ties for each certainty in ``shares``, of which that share is right."""
    return [Tie(form, certain, number < share * 20) for certain, share in shares.items() for number in range(20)]


@pytest.mark.parametrize(
    ("shares", "least"),
    [
        ({0.52: 1.0, 0.72: 1.0, 0.92: 1.0}, 0.5),
        ({0.52: 0.2, 0.72: 1.0, 0.92: 1.0}, 0.55),
        ({0.52: 0.2, 0.72: 0.5, 0.92: 1.0}, 0.75),
        ({0.52: 0.2, 0.72: 0.2, 0.97: 0.2}, 0.95),
    ],
    ids=["all right", "the least wrong", "half of the next wrong", "most wrong"],
)
def test_a_form_is_told_from_where_nine_in_ten_are_right(shares, least):
    sure = fit_thresholds(make_ties("he", shares))
    assert sure["he"] == sure["she"] == least


def test_what_is_known_of_too_few_stays_as_it_was():
    assert fit_thresholds(make_ties("it", {0.6: 1.0})[:10]) == SURE


def test_thresholds_are_stored_in_the_order_of_the_forms():
    stored = list_thresholds({"he": 0.5, "the": 0.75})
    assert stored[FORMS.index("he")] == 0.5
    assert stored[FORMS.index("the")] == 0.75
    assert stored.sum() == 1.25


def test_a_report_says_how_many_are_right():
    ties = make_ties("they", {0.6: 0.5, 0.9: 1.0})
    lines = list(report_ties(ties, {**SURE, "they": 0.8}))
    assert "they told from 0.8: 20 of 20 right, of others 10 of 20" in lines


def test_ties_are_judged_by_the_names_in_the_chain():
    words = "Acme Corp builds ships in Leeds . It was founded in 1990 .".split()
    document = Document("made", "gum", words, [1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0])
    company, pronoun, rest = Span(0, 2, 0), Span(7, 8, 0), [[Span(3, 4, 0)], [Span(5, 6, 0)]]
    nlp = load_pipeline(threads=1)
    head = nlp.get_pipe("kg_encoder").network.head
    for clusters, right in (([[company, pronoun]], True), ([[company], [pronoun]], False)):
        given = Clustered(document, [*clusters, *rest], complete=True)
        assert [tie.right for tie in gather_ties([given], nlp, head) if tie.form == "it"] == [right]
