"""What voice and coordination leave of an attribution, on hand-made trees."""

from made_guesses import guess, lay

from kg.read.mending import mend_attributions


def mend(layout, *found):
    return [(each.source, each.content) for each in mend_attributions(found, layout)]


ACCUSED = lay(
    "Roe was accused of lying", "2 2 2 4 2", "nsubj:pass aux:pass root mark advcl", "PROPN AUX VERB SCONJ VERB"
)


def test_whom_a_passive_speaks_of_is_content_and_no_source():
    assert mend(ACCUSED, guess((1, 4), (0, 1), (4, 5), head=2)) == [(None, ((0, 1), (4, 5)))]


def test_the_agent_of_a_passive_is_its_source():
    layout = lay("Roe was accused by Acme of lying", "2 2 2 4 2 6 2",
                 "nsubj:pass aux:pass root case obl:agent mark advcl",
                 "PROPN AUX VERB ADP PROPN SCONJ VERB")  # fmt: skip
    assert mend(layout, guess((1, 3), (0, 1), (3, 7), head=2)) == [((4, 5), ((0, 1), (5, 7)))]


def test_who_is_said_to_feel_stays_the_source():
    layout = lay("Roe was surprised it rained", "2 2 2 4 2", "nsubj:pass aux:pass root nsubj ccomp",
                 "PROPN AUX VERB PRON VERB")  # fmt: skip
    assert mend(layout, guess((1, 3), (0, 1), (3, 5), head=2)) == [((0, 1), ((3, 5),))]


def test_an_apostrophe_may_be_has():
    layout = lay("Roe 's demanded it", "2 2 2 2", "nsubj:pass aux:pass root obj", "PROPN AUX VERB PRON")
    assert mend(layout, guess((2, 3), (0, 1), (3, 4))) == [((0, 1), ((3, 4),))]


def test_who_is_addressed_is_no_source():
    layout = lay("It was addressed to Roe", "2 2 2 4 2", "nsubj:pass aux:pass root case obl", "PRON AUX VERB ADP PROPN")
    assert mend(layout, guess((2, 3), (4, 5), (0, 1))) == [(None, ((0, 1),))]


def test_according_to_names_its_source():
    layout = lay("It rained according to Roe", "1 1 4 2 1", "nsubj root case fixed obl", "PRON VERB VERB ADP PROPN")
    assert mend(layout, guess((2, 4), (4, 5), (0, 2))) == [((4, 5), ((0, 2),))]


TWICE = lay("Roe said it rained and denied it snowed", "1 1 3 1 5 1 7 5", "nsubj root nsubj ccomp cc conj nsubj ccomp",
            "PROPN VERB PRON VERB CCONJ VERB PRON VERB")  # fmt: skip


def test_what_is_said_ends_before_a_joined_cue_of_the_same_source():
    found = [guess((1, 2), (0, 1), (2, 8)), guess((5, 6), (0, 1), (6, 8))]
    assert mend(TWICE, *found) == [((0, 1), ((2, 4),)), ((0, 1), ((6, 8),))]


def test_a_claim_of_another_source_stays_nested():
    found = [guess((1, 2), (0, 1), (2, 8)), guess((5, 6), (2, 3), (6, 8))]
    assert mend(TWICE, *found)[0] == ((0, 1), ((2, 8),))


def test_a_cue_that_nothing_joins_stays_nested():
    layout = lay("Roe promised to deny it", "1 1 3 1 3", "nsubj root mark xcomp obj", "PROPN VERB PART VERB PRON")
    found = [guess((1, 2), (0, 1), (2, 5)), guess((3, 4), (0, 1), (4, 5))]
    assert mend(layout, *found)[0] == ((0, 1), ((2, 5),))
