"""The table of endings, learnt from forms and lemmas."""

from kg.read.lemmas import WHOLE
from training.lemmas import learn_endings, make_table, read_forms


def test_endings_are_as_short_as_they_can_be_and_exceptions_as_long_as_they_must():
    forms = {"cats": "cat", "dogs": "dog", "beds": "bed", "cat": "cat", "class": "class", "glass": "glass"}
    assert learn_endings(forms) == {"s": (1, ""), "ss": (0, "")}


def test_a_word_with_another_change_is_told_apart():
    forms = {"sing": "sing", "using": "use", "musing": "muse", "housing": "house"}
    assert learn_endings(forms) == {"ing": (3, "e"), WHOLE + "sing": (0, "")}


def test_only_words_in_small_letters_and_their_first_lemma_count():
    lines = ["leaves,noun,leaf/leave\n", "Disney,noun,Disney\n", "is,aux,be\n"]
    assert list(read_forms(lines)) == [("NOUN", "leaves", "leaf")]


def test_rows_are_sorted_by_part_of_speech_and_ending():
    table = make_table(["wept,verb,weep\n", "crept,verb,creep\n", "dogs,noun,dog\n", "dog,noun,dog\n"])
    assert table == "NOUN\ts\t1\t\nVERB\tpt\t2\tep\n"
