"""What relations and events teach, and how the head over pairs learns it."""

import numpy as np
import pytest

from kg.read.candidates import Tagged
from kg.read.labels import UPOS
from kg.read.pairs import ARGUMENTS, RELATED, TRIGGERS
from kg.read.pairs import PairHead as Scorer
from training.corpora import Document
from training.happenings import Eventful, Happening, Stretch

torch = pytest.importorskip("torch", reason="only the training extra has it")
from training.pairs import (  # noqa: E402
    PairHead,
    events_loss,
    make_event_lesson,
    make_relation_lesson,
    partial_loss,
    relations_loss,
)
from training.refit_pairs import Recipe, fit_head  # noqa: E402
from training.related import Fact, Region, Related, Thing  # noqa: E402

WORDS = "Ann Lee , chief of Acme , visited Northtown . She met Bo Ek there .".split()
TAGS = "PROPN PROPN PUNCT NOUN ADP PROPN PUNCT VERB PROPN PUNCT PRON VERB PROPN PROPN ADV PUNCT".split()
HEADS = [7, 0, 3, 0, 5, 3, 0, 7, 7, 7, 11, 11, 11, 12, 11, 11]
LABELS = "nsubj flat punct appos case nmod punct root obj punct nsubj root obj flat advmod punct".split()
TEXT = Tagged(WORDS, [UPOS.index(tag) for tag in TAGS], [n in (0, 10) for n in range(16)], HEADS, LABELS)
PARAGRAPHS = [n == 0 for n in range(16)]
THINGS = [
    Thing("person", ((0, 2), (10, 11))),
    Thing("organisation", ((5, 6),)),
    Thing("place", ((8, 9),)),
    Thing("person", ((12, 14),)),
]


def relate(regions, facts):
    return make_relation_lesson(Related(Document("d", "made", WORDS), PARAGRAPHS, THINGS, regions, facts), TEXT)


def happen(happenings, stretches):
    return make_event_lesson(Eventful(Document("d", "made", WORDS), PARAGRAPHS, happenings, stretches), TEXT)


def test_a_fact_holds_for_all_pairs_of_mentions_of_its_things():
    lesson = relate([Region(0, 16, frozenset(("P108",)))], [Fact(0, "P108", 1, 0)])
    bag = int(np.flatnonzero(lesson.gold.any(axis=1))[0])
    rows = np.flatnonzero(lesson.bags == bag)
    assert [(lesson.pairs.left[row], lesson.pairs.right[row]) for row in rows] == [(0, 1), (3, 1)]
    assert lesson.known.sum() == len(lesson.known)


def test_only_what_a_region_lists_is_known():
    lesson = relate([Region(0, 10, frozenset(("P108",)), frozenset((0, 1)))], [])
    assert len(lesson.gold) == 2
    assert [RELATED[label] for label in np.flatnonzero(lesson.known.any(axis=0))] == ["P108"]


def test_mentions_outside_of_the_region_teach_nothing():
    lesson = relate([Region(10, 16, frozenset(("P26",)))], [Fact(0, "P26", 3, 0)])
    assert set(lesson.pairs.left.tolist()) == {3, 4}


def test_a_document_without_regions_has_no_loss():
    assert relations_loss(PairHead(8, len(RELATED)), torch.zeros(16, 8), relate([], [])) == {}


def test_the_loss_of_what_is_right_is_smaller():
    lesson = relate([Region(0, 16, frozenset(("P108",)))], [Fact(0, "P108", 1, 0)])
    bag = int(np.flatnonzero(lesson.gold.any(axis=1))[0])

    def say(flip):
        scores = torch.full((len(lesson.pairs), len(RELATED)), -5.0)
        scores[torch.from_numpy((lesson.bags == bag) != flip), RELATED.index("P108")] = 5.0
        return relations_loss(lambda *_: scores, torch.zeros(16, 8), lesson)["relations"]

    assert say(False) < 0.1 < say(True)


def test_words_of_a_stretch_are_no_trigger_of_its_types():
    lesson = happen([Happening((7, 8), frozenset(("TRAVEL",)))], [Stretch(0, 10, frozenset(("TRAVEL", "MEET")))])
    assert np.flatnonzero(lesson.allowed[7]).tolist() == [TRIGGERS.index("TRAVEL")]
    assert not lesson.allowed[3, [TRIGGERS.index("TRAVEL"), TRIGGERS.index("MEET")]].any()
    assert lesson.allowed[3, TRIGGERS.index("DIE")]
    assert lesson.allowed[11].all()


def test_an_event_of_no_known_type_is_some_event():
    lesson = happen([Happening((7, 8), frozenset())], [Stretch(0, 10, frozenset())])
    assert not lesson.allowed[7, 0]
    assert lesson.allowed[7, 1:].all()


def test_outside_of_stretches_a_predicate_without_type_teaches_its_roles_only():
    lesson = happen([Happening((7, 8), frozenset(), (("agent", (0, 6)),), frozenset(("agent", "patient")))], [])
    assert lesson.allowed.all()
    agent = [
        int(word)
        for word, roles in zip(lesson.phrases.heads[lesson.pairs.right], lesson.roles, strict=True)
        if roles.sum() == 1
    ]
    assert agent == [0]
    others = lesson.roles[lesson.roles.sum(axis=1) > 1]
    assert not others[:, [ARGUMENTS.index("agent"), ARGUMENTS.index("patient")]].any()
    assert others[:, ARGUMENTS.index("place")].all()


def test_the_loss_of_events_counts_annotated_words_only():
    lesson = happen([Happening((7, 8), frozenset(("TRAVEL",)), (("place", (8, 9)),), frozenset(("place",)))], [])
    scores = torch.zeros(16, len(TRIGGERS))
    scores[7, TRIGGERS.index("TRAVEL")] = 20.0
    losses = events_loss(scores, PairHead(8, len(ARGUMENTS)), torch.zeros(16, 8), lesson)
    assert float(losses["triggers"]) < 1e-3
    assert float(losses["arguments"].detach()) > 0


def test_the_partial_loss_counts_the_chance_of_all_that_is_allowed():
    allowed = torch.tensor([[True, True, False, False]])
    assert float(partial_loss(torch.zeros(1, 4), allowed)) == pytest.approx(np.log(2))


def test_the_head_gives_the_same_scores_at_run_time():
    torch.manual_seed(1)
    head = PairHead(8, 5, hidden=6).eval()
    torch.nn.init.normal_(head.features)
    lesson = relate([Region(0, 16, frozenset(("P108",)))], [])
    inner = torch.randn(16, 8)
    with torch.no_grad():
        expected = head(inner, lesson.mentions, lesson.mentions, lesson.pairs).numpy()
    weights = {name: value.detach().numpy() for name, value in head.state_dict().items()}
    found = Scorer(weights).score(inner.numpy(), lesson.mentions, lesson.mentions, lesson.pairs)
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_a_head_is_fitted_again_on_given_vectors():
    lesson = relate([Region(0, 16, frozenset(("P108",)))], [Fact(0, "P108", 1, 0)])
    inner = torch.randn(16, 8, generator=torch.Generator().manual_seed(3))
    state = fit_head([(inner, lesson, 1.0)], Recipe(epochs=150, rate=0.02, dropout=0.0, kept=0.9), labels=len(RELATED))
    weights = {name: value.numpy() for name, value in state.items()}
    scores = Scorer(weights).score(inner.numpy(), lesson.mentions, lesson.mentions, lesson.pairs)[
        :, RELATED.index("P108")
    ]
    bag = int(np.flatnonzero(lesson.gold.any(axis=1))[0])
    assert scores[lesson.bags == bag].max() > 0 > scores[lesson.bags != bag].max()
