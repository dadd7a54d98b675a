"""The scorer of named entities on small hand-made articles."""

import pytest

from benchmarks.gold import TaggedArticle
from benchmarks.names import score_politics, score_texts, score_tokens
from kg.model import Article, Entity, Mention, Passage, Reading, Time

TOKENS = (("Ada", "Low", "paid", "$", "5", "in", "Leeds", "."), ("The", "English", "won", "the", "Cup", "in", "2019"))
LABELS = (
    ("B-Person", "I-Person", "O", "B-Money", "I-Money", "O", "B-Location", "O"),
    ("O", "B-NORP", "O", "O", "B-Misc", "O", "B-Date"),
)
GOLD = [TaggedArticle("a", TOKENS, LABELS)]
TEXT = "Ada Low paid $5 in Leeds.\n\nThe English won the Cup in 2019"


def make_passage(words: str) -> Passage:
    start = TEXT.index(words)
    return Passage(start, start + len(words), words)


def make_reading(answers: dict[str, str], times: tuple[str, ...] = ()) -> Reading:
    entities = tuple(
        Entity(f"e{i}", kind, words, (Mention(make_passage(words)),)) for i, (words, kind) in enumerate(answers.items())
    )
    return Reading(Article(id="a", text=TEXT), entities, times=tuple(Time(make_passage(t)) for t in times))


@pytest.mark.parametrize(
    ("answers", "times", "right", "given"),
    [
        pytest.param(
            {"Ada Low": "person", "Leeds": "place", "English": "group", "Cup": "event"}, ("2019",), 5, 5, id="all right"
        ),
        pytest.param({"Cup": "work"}, (), 1, 1, id="events, works and others are one type of the corpus"),
        pytest.param({"Ada": "person"}, (), 0, 1, id="half a name"),
        pytest.param({"Leeds": "organisation"}, (), 0, 1, id="wrong kind"),
        pytest.param({}, (), 0, 0, id="silence"),
    ],
)
def test_text_scores_exact_span_and_kind(answers, times, right, given):
    def read(article):
        assert article.text == TEXT
        return make_reading(answers, times)

    score = score_texts(GOLD, read)["all"]
    assert (score.right_given, score.given, score.wanted) == (right, given, 5)


def test_text_scores_are_told_apart_by_kind():
    scores = score_texts(GOLD, lambda article: make_reading({"Leeds": "place", "Cup": "person"}))
    assert scores["place"].f1 == 1.0
    assert scores["person"].precision == 0.0
    assert scores["date"].recall == 0.0


def test_mistakes_are_told_with_their_words():
    told = []
    score_texts(GOLD, lambda article: make_reading({"Leeds": "person"}, ("2019",)), tell=told.append)
    assert "a wrong: 'Leeds' person" in told
    assert "a missed: 'Leeds' place" in told
    assert len(told) == 5


def test_pronouns_are_no_names():
    pronoun = Entity("e1", "person", "Ada Low", (Mention(make_passage("The"), form="pronoun"),))
    scores = score_texts(GOLD, lambda article: Reading(article, (pronoun,)))
    assert scores["all"].given == 0


def test_tokens_score_all_nine_types():
    scores = score_tokens(GOLD, lambda sentences: [list(labels) for labels in LABELS])
    assert scores["all"].f1 == 1.0
    assert scores["all"].wanted == 6
    assert scores["money"].wanted == 1


def test_types_may_be_named_as_the_reader_does():
    names = {"Person": "person", "Location": "place", "NORP": "group", "Misc": "misc", "Date": "date", "Money": "money"}

    def tag(sentences):
        return [["-".join(names.get(p, p) for p in label.split("-")) for label in labels] for labels in LABELS]

    assert score_tokens(GOLD, tag)["all"].f1 == 1.0


def test_tokens_without_a_label_each_are_refused():
    with pytest.raises(ValueError, match="a, paragraph 1: 6 labels for 7 tokens"):
        score_tokens(GOLD, lambda sentences: [["O"] * 8, ["O"] * 6])


POLITICS = [
    TaggedArticle("p1", (("Ada", "Low", "won", "the", "2019", "vote", "in", "Leeds"),),
                  (("B-politician", "I-politician", "O", "O", "B-election", "I-election", "O", "B-location"),)),
    TaggedArticle("p2", (("The", "Greens", "lost", "in", "May"),), (("O", "B-misc", "O", "O", "O"),)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "right", "given"),
    [
        pytest.param(["B-person I-person O O B-misc I-misc O B-place", "O B-group O O B-date"], 4, 4, id="all right"),
        pytest.param(["O O O O O O O B-facility", "O O O O O"], 1, 1, id="a facility is a location"),
        pytest.param(["O O O O O B-misc O O", "O B-person O O O"], 0, 2, id="part of a name, and another kind"),
        pytest.param(["O O O O B-group I-group O O", "O B-misc O O O"], 1, 2, id="an election is no group"),
        pytest.param(["O O O O B-date I-date O O", "O O O O O"], 0, 0, id="dates are not annotated"),
    ],
)
def test_politics_scores_the_types_that_ours_stand_for(answers, right, given):
    rest = iter(answers)
    score = score_politics(POLITICS, lambda sentences: [next(rest).split()])["all"]
    assert (score.right_given, score.given, score.wanted) == (right, given, 4)


def test_politics_by_class_and_its_mistakes():
    told = []
    scores = score_politics(
        POLITICS, lambda sentences: [["B-person"] + ["O"] * (len(sentences[0]) - 1)], tell=told.append
    )
    assert scores["person"].wanted == scores["event"].wanted == scores["place"].wanted == scores["other"].wanted == 1
    assert "p1 missed: '2019 vote' event" in told
    assert "p2 wrong: 'The' person" in told
