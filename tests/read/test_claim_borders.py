"""What an attribution covers, on hand-made trees: whom it tells, what stands before "but", and quotations after it."""

import numpy as np
from made_guesses import guess, lay

from kg.read.claim_borders import (
    add_quotations,
    drop_link,
    leave_addressee,
    leave_circumstance,
    leave_covered,
    leave_doubles,
    leave_hearer,
    leave_turn,
    reach_clause,
    take_speaker,
)
from kg.read.roles import Layout


def cut(layout, sentences, paragraphs=None):
    """The layout with the sentence and the paragraph of each word."""
    rows = paragraphs or [1] * len(sentences)
    return Layout(layout.text, np.array(sentences), np.array(rows), layout.quotations, layout.relations)


TOLD = lay("Roe was told it rained", "2 2 2 4 2", "nsubj:pass aux:pass root nsubj ccomp", "PROPN AUX VERB PRON VERB")
SENT = lay("Roe was told to leave", "2 2 2 4 2", "nsubj:pass aux:pass root mark xcomp", "PROPN AUX VERB PART VERB")
SEEN = lay("Roe was seen as weak", "2 2 2 4 2", "nsubj:pass aux:pass root mark advcl", "PROPN AUX VERB ADP ADJ")


def test_who_is_told_is_no_content():
    assert leave_addressee(guess((1, 3), None, (0, 1), (3, 5), head=2), TOLD).content == ((3, 5),)


def test_who_is_told_to_do_something_stays():
    found = guess((1, 3), None, (0, 1), (3, 5), head=2)
    assert leave_addressee(found, SENT) is found


def test_of_whom_something_is_thought_stays():
    found = guess((1, 3), None, (0, 1), (3, 5), head=2)
    assert leave_addressee(found, SEEN) is found


def test_who_is_told_stays_where_nothing_else_is():
    found = guess((1, 3), None, (0, 1), head=2)
    assert leave_addressee(found, TOLD) is found


ASKED = lay("Roe asked the man whether it rained", "1 1 3 1 6 6 1", "nsubj root det obj mark nsubj ccomp",
            "PROPN VERB DET NOUN SCONJ PRON VERB")  # fmt: skip
ORDERED = lay("Roe asked the man to leave", "1 1 3 1 5 1", "nsubj root det obj mark xcomp",
              "PROPN VERB DET NOUN PART VERB")  # fmt: skip


def test_who_is_asked_whether_is_no_content():
    assert leave_hearer(guess((1, 2), (0, 1), (2, 7)), ASKED).content == ((4, 7),)


def test_who_is_asked_to_do_something_is_content():
    found = guess((1, 2), (0, 1), (2, 6))
    assert leave_hearer(found, ORDERED) is found


WROTE = lay("The site wrote that it rained", "1 2 2 5 5 2", "det nsubj root mark nsubj ccomp",
            "DET NOUN VERB SCONJ PRON VERB")  # fmt: skip
SEEMED = lay("The site seemed to be down", "1 2 2 5 5 2", "det nsubj root mark cop xcomp",
             "DET NOUN VERB PART AUX ADJ")  # fmt: skip


def test_the_subject_of_a_verb_of_saying_speaks():
    found = take_speaker(guess((2, 3), None, (0, 2), (3, 6)), WROTE)
    assert (found.source, found.content) == ((0, 2), ((3, 6),))


def test_the_subject_of_seeming_stays_content():
    found = guess((2, 3), None, (0, 2), (3, 6))
    assert take_speaker(found, SEEMED) is found


def test_the_whole_clause_before_its_speaker_is_said():
    layout = lay("Roe died on Monday at ninety , her son said", "1 1 3 1 5 1 9 8 9 1",
                 "nsubj root case obl case obl punct nmod:poss nsubj parataxis",
                 "PROPN VERB ADP PROPN ADP NUM PUNCT PRON NOUN VERB")  # fmt: skip
    assert reach_clause(guess((9, 10), (7, 9), (4, 6)), layout).content == ((0, 6),)


def test_a_part_of_speech_that_hangs_elsewhere_is_not_reached_beyond():
    layout = lay("Roe left , the rain was over , her son said", "1 1 6 4 6 6 10 10 9 10 1",
                 "nsubj root punct det nsubj cop ccomp punct nmod:poss nsubj parataxis",
                 "PROPN VERB PUNCT DET NOUN AUX ADV PUNCT PRON NOUN VERB")  # fmt: skip
    found = guess((10, 11), (8, 10), (3, 7))
    assert reach_clause(found, layout) is found


TWO = lay("Roe said it rained again all day long and Poe agreed", "1 1 3 1 3 6 3 6 10 10 1",
          "nsubj root nsubj ccomp advmod det obl advmod cc nsubj conj",
          "PROPN VERB PRON VERB ADV DET NOUN ADV CCONJ PROPN VERB")  # fmt: skip
APART = lay("Roe said it rained again all day long and Poe agreed", "1 1 3 1 3 6 3 6 10 10 10",
            "nsubj root nsubj ccomp advmod det obl advmod cc nsubj root",
            "PROPN VERB PRON VERB ADV DET NOUN ADV CCONJ PROPN VERB")  # fmt: skip


def double(layout, chances, end=8):
    found = [guess((1, 2), (0, 1), (2, end)), guess((10, 11), (9, 10), (2, end), (8, 9))]
    return [each and each.content for each in leave_doubles(found, chances, layout)]


def test_words_of_two_are_the_surer_one_s():
    assert double(APART, [0.9, 0.6]) == [((2, 8),), ((8, 9),)]
    assert double(APART, [0.6, 0.9]) == [None, ((2, 8), (8, 9))]


def test_cues_that_are_joined_may_share_words():
    assert double(TWO, [0.9, 0.6]) == [((2, 8),), ((2, 8), (8, 9))]


def test_a_word_or_two_may_be_said_twice():
    assert double(APART, [0.9, 0.6], end=4) == [((2, 4),), ((2, 4), (8, 9))]


def test_a_lone_that_before_a_quotation_goes():
    layout = lay("Roe said that , “ we won it ”", "1 1 6 6 6 6 1 6 6",
                 "nsubj root mark punct punct nsubj ccomp obj punct",
                 "PROPN VERB SCONJ PUNCT PUNCT PRON VERB PRON PUNCT")  # fmt: skip
    assert drop_link(guess((1, 2), (0, 1), (2, 3), (4, 9)), layout).content == ((4, 9),)
    assert drop_link(guess((1, 2), (0, 1), (2, 9)), layout).content == ((2, 9),)


TURNED = lay("It rained , but , according to Roe , it snowed", "1 1 10 10 10 7 5 10 10 10 1",
             "nsubj root punct cc punct case fixed obl punct nsubj conj",
             "PRON VERB PUNCT CCONJ PUNCT VERB ADP PROPN PUNCT PRON VERB")  # fmt: skip
JOINED = lay("It rained , Roe said , and it snowed", "1 1 4 4 1 8 8 8 1",
             "nsubj root punct nsubj parataxis punct cc nsubj conj",
             "PRON VERB PUNCT PROPN VERB PUNCT CCONJ PRON VERB")  # fmt: skip


def test_the_clause_before_but_and_a_cue_is_not_said():
    assert leave_turn(guess((5, 7), (7, 8), (0, 2), (9, 11)), TURNED).content == ((9, 11),)


def test_both_clauses_are_said_where_the_cue_stands_between_them():
    found = guess((4, 5), (3, 4), (0, 2), (6, 9))
    assert leave_turn(found, JOINED) is found


WORDS = "Roe said it rained . “ We all got very wet . ” It stopped ."
FOLLOWED = lay(WORDS, "1 1 3 1 1 8 8 8 8 10 8 8 8 14 14 14",
               "nsubj root nsubj ccomp punct punct nsubj det root advmod xcomp punct punct nsubj root punct",
               "PROPN VERB PRON VERB PUNCT PUNCT PRON DET VERB ADV ADJ PUNCT PUNCT PRON VERB PUNCT")  # fmt: skip
SENTENCES = [1] * 5 + [2] * 8 + [3] * 3
SAID = guess((1, 2), (0, 1), (2, 4))


def test_a_sentence_of_quotation_after_a_claim_goes_on_with_it():
    assert add_quotations([SAID], cut(FOLLOWED, SENTENCES))[0].content == ((2, 4), (5, 13))


def test_a_quotation_before_another_cue_is_left_alone():
    other = guess((14, 15), (13, 14), (15, 16))
    assert add_quotations([SAID, other], cut(FOLLOWED, SENTENCES))[0].content == ((2, 4),)


def test_a_quotation_that_is_a_paragraph_goes_on_before_another_cue():
    other = guess((14, 15), (13, 14), (15, 16))
    layout = cut(FOLLOWED, SENTENCES, [1] * 5 + [2] * 8 + [3] * 3)
    assert add_quotations([SAID, other], layout)[0].content == ((2, 4), (5, 13))


def test_a_quotation_that_begins_a_paragraph_of_more_is_left_alone():
    layout = cut(FOLLOWED, SENTENCES, [1] * 5 + [2] * 11)
    assert add_quotations([SAID], layout)[0].content == ((2, 4),)


def test_a_quotation_two_sentences_later_is_left_alone():
    layout = cut(FOLLOWED, [1] * 4 + [2] + [3] * 8 + [4] * 3)
    assert add_quotations([SAID], layout)[0].content == ((2, 4),)


def test_a_claim_of_nobody_goes_on_with_nothing():
    assert add_quotations([guess((1, 2), None, (2, 4))], cut(FOLLOWED, SENTENCES))[0].content == ((2, 4),)


def test_of_nested_claims_the_outer_one_goes_on():
    layout = lay("Roe said Hall said it rained . “ We all got very wet . ”", "1 1 3 1 5 3 1 11 11 11 11 13 11 11 11",
                 "nsubj root nsubj ccomp nsubj ccomp punct punct nsubj det root advmod xcomp punct punct",
                 "PROPN VERB PROPN VERB PRON VERB PUNCT PUNCT PRON DET VERB ADV ADJ PUNCT PUNCT")  # fmt: skip
    found = [guess((1, 2), (0, 1), (2, 6)), guess((3, 4), (2, 3), (4, 6))]
    mended = add_quotations(found, cut(layout, [1] * 7 + [2] * 8))
    assert [each.content for each in mended] == [((2, 6), (7, 15)), ((4, 6),)]


def test_what_one_says_in_the_sentence_before_is_not_said_by_the_next():
    tree = lay("Roe said it rained . Lee told Ek it snowed .", "1 1 3 1 1 6 6 6 9 6 6",
               "nsubj root nsubj ccomp punct nsubj root iobj nsubj ccomp punct",
               "PROPN VERB PRON VERB PUNCT PROPN VERB PROPN PRON VERB PUNCT")  # fmt: skip
    layout = cut(tree, [1] * 5 + [2] * 6)
    first, second = guess((1, 2), (0, 1), (2, 4)), guess((6, 7), (5, 6), (2, 4), (8, 10))
    assert [each.content for each in leave_covered([first, second], layout)] == [((2, 4),), ((8, 10),)]
    alone = guess((6, 7), (5, 6), (2, 4))
    assert leave_covered([first, alone], layout) == [first, alone]
    assert leave_covered([second], layout) == [second]


AFTER = lay("Roe said after lunch that it rained", "1 1 3 1 6 6 1", "nsubj root case obl mark nsubj ccomp",
            "PROPN VERB ADP NOUN SCONJ PRON VERB")  # fmt: skip
THING = lay("Roe announced plans that it feared", "1 1 1 5 5 2", "nsubj root obj obj nsubj acl:relcl",
            "PROPN VERB NOUN PRON PRON VERB")  # fmt: skip


def test_when_it_is_said_is_no_content():
    assert leave_circumstance(guess((1, 2), (0, 1), (2, 7)), AFTER).content == ((4, 7),)


def test_a_thing_before_a_relative_clause_stays():
    found = guess((1, 2), (0, 1), (2, 6))
    assert leave_circumstance(found, THING) is found


def test_a_quotation_that_goes_on_in_small_letters_is_not_added():
    words = "Roe said so . “ Who would ever want it ? ” she asked"
    heads = "1 1 1 1 9 9 9 9 9 1 9 9 13 9"
    layout = lay(words, heads, "nsubj root obj punct " + "punct " * 8 + "nsubj root", "PROPN VERB ADV " + "PUNCT " * 11)
    rows = cut(layout, [0] * 4 + [1] * 8 + [2] * 2)
    apart = cut(layout, [0] * 4 + [1] * 8 + [2] * 2, [1] * 12 + [2] * 2)
    found = [guess((1, 2), (0, 1), (2, 3))]
    assert [each.content for each in add_quotations(found, rows)] == [((2, 3),)]
    assert [each.content for each in add_quotations(found, apart)] == [((2, 3), (4, 12))]
