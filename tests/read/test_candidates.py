"""Which words may head a mention, and what is seen of two of them without the model."""

import numpy as np
import pytest

from kg.read.candidates import (
    FORMS,
    SIZES,
    Tagged,
    choose_words,
    is_aged,
    make_candidates,
    match_phrases,
    number_quotations,
    pair_features,
)
from kg.read.labels import UPOS


def tag(text: str, *, heads: str = "", labels: str = "") -> Tagged:
    """A text given as word/TAG; a sentence starts after each full stop."""
    words, tags = zip(*(part.rsplit("/", 1) for part in text.split()), strict=True)
    starts = [number == 0 or words[number - 1] == "." for number in range(len(words))]
    upos = [UPOS.index(name) for name in tags]
    return Tagged(list(words), upos, starts, [int(head) for head in heads.split()], labels.split())


def form_of(text: str, word: str) -> str:
    tagged = tag(text)
    candidates = make_candidates(tagged, [list(tagged.words).index(word)])
    return FORMS[int(candidates.forms[0])]


def test_nouns_names_pronouns_and_what_joins_them_are_candidates():
    tagged = tag("Anna/PROPN and/CCONJ her/PRON brother/NOUN ran/VERB and/CCONJ slept/VERB here/ADV ./PUNCT")
    assert [tagged.words[word] for word in choose_words(tagged)] == ["Anna", "and", "her", "brother", "here"]


@pytest.mark.parametrize(
    ("text", "word", "form"),
    [
        ("the/DET tall/ADJ man/NOUN", "man", "the"),
        ("a/DET man/NOUN", "man", "a"),
        ("these/DET two/NUM men/NOUN", "men", "demonstrative"),
        ("his/PRON old/ADJ boat/NOUN", "boat", "possessive"),
        ("Anna/PROPN 's/PART boat/NOUN", "boat", "possessive"),
        ("saw/VERB boats/NOUN", "boats", "bare"),
        ("Anna/PROPN", "Anna", "name"),
        ("herself/PRON", "herself", "she"),
        ("Anna/PROPN or/CCONJ Ben/PROPN", "or", "both"),
    ],
    ids=lambda value: value if " " not in value else "",
)
def test_forms_are_read_off_the_words_before(text, word, form):
    assert form_of(text, word) == form


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        ([1, 2, -1, -1], [1, 2, -1, -1], 1),
        ([1, -1, -1, -1], [1, 2, -1, -1], 2),
        ([2, -1, -1, -1], [1, 2, -1, -1], 3),
        ([1, 3, -1, -1], [1, 2, -1, -1], 4),
        ([5, 2, -1, -1], [6, 2, -1, -1], 5),
        ([2, 7, -1, -1], [1, 2, -1, -1], 6),
        ([1, 2, -1, -1], [3, 4, -1, -1], 0),
    ],
    ids=["all", "part with head", "part", "heads", "some", "head crosswise", "none"],
)
def test_phrases_are_compared_word_by_word(one, other, match):
    assert match_phrases(np.array([one]), np.array([other])).tolist() == [match]


def test_quotations_are_numbered_and_an_open_one_ends():
    tagged = tag('“/PUNCT I/PRON ”/PUNCT said/VERB "/PUNCT we/PRON "/PUNCT they/PRON')
    assert number_quotations(tagged).tolist() == [1, 1, 1, 0, 2, 2, 2, 0]
    endless = Tagged(['"', *["word"] * 1000], [UPOS.index("X")] * 1001, [False] * 1001)
    assert number_quotations(endless)[-1] == 0


def test_apposition_and_nesting_are_seen_in_the_tree():
    text = "Anna/PROPN ,/PUNCT head/NOUN of/ADP her/PRON bank/NOUN ./PUNCT"
    tagged = tag(text, heads="0 2 0 5 5 2 0", labels="root punct appos case nmod:poss nmod punct")
    candidates = make_candidates(tagged, [0, 2, 4, 5])
    features = pair_features(candidates, np.array([1, 2, 3, 3]), np.array([0, 0, 1, 2]))
    assert features[:, list(SIZES).index("relation")].tolist() == [1, 3, 2, 4]


def test_features_stay_below_their_sizes_far_apart():
    tagged = Tagged(["the", "boat", "."] * 3000, [5, 7, 12] * 3000, [True, False, False] * 3000)
    candidates = make_candidates(tagged, choose_words(tagged))
    features = pair_features(candidates, np.array([2999, 2999, 1]), np.array([0, 2998, 0]))
    assert (features >= 0).all()
    assert (features < np.array(list(SIZES.values()))).all()


def test_a_loop_of_heads_is_no_endless_loop():
    tagged = tag("a/NOUN b/NOUN c/NOUN", heads="1 0 2", labels="dep dep root")
    assert len(make_candidates(tagged, [0, 1, 2])) == 3


def test_roles_numbers_and_governors_are_seen_in_the_tree():
    text = "Police/NOUN shot/VERB him/PRON ./PUNCT They/PRON shot/VERB dogs/NOUN ./PUNCT"
    tagged = tag(text, heads="1 1 1 1 5 5 5 5", labels="nsubj root obj punct nsubj root obj punct")
    candidates = make_candidates(tagged, [0, 2, 4, 6])
    features = pair_features(candidates, np.array([1, 2, 2, 3]), np.array([0, 0, 1, 1]))
    by_name = dict(zip(SIZES, features.T.tolist(), strict=True))
    assert by_name["siblings"] == [1, 0, 0, 0]
    assert by_name["governors"] == [0, 2, 1, 2]
    assert by_name["numbers"] == [1 * 3 + 2, 2 * 3 + 2, 2 * 3 + 1, 2 * 3 + 1]
    assert by_name["roles"][1] == 1 * 7 + 1


def test_how_often_a_word_came_before_is_counted_in_steps():
    tagged = tag(" ".join(["bank/NOUN"] * 10), heads="", labels="")
    candidates = make_candidates(tagged, range(10))
    features = pair_features(candidates, np.full(9, 9), np.arange(9))
    assert features[:, list(SIZES).index("counts")].tolist() == [0, 1, 2, 2, 3, 3, 3, 3, 4]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The/DET 62/NUM -/PUNCT year/NOUN -/PUNCT old/ADJ left/VERB", [5]),
        ("The/DET 62-year-old/ADJ 's/PART house/NOUN", [1]),
        ("The/DET 62-year-old/ADJ man/NOUN left/VERB", []),
        ("An/DET old/ADJ custom/NOUN", []),
        ("The/DET old/ADJ", []),
    ],
    ids=["several words", "one word", "before a noun", "old custom", "old"],
)
def test_an_age_with_an_article_stands_for_a_person(text, words):
    tagged = tag(text, heads="", labels="")
    assert [word for word in range(len(tagged.words)) if is_aged(tagged, word)] == words
