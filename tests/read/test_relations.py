"""Relations between entities: what is kept of what may be stated, and how values of the text are made of it."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.model import Claim, Entity, Mention, Passage, Time
from kg.properties import BY_ID, PROPERTIES
from kg.read.candidates import Tagged, number_quotations
from kg.read.claims import make_layout
from kg.read.components import ANSWERS, ENTITIES, Read
from kg.read.labels import UPOS
from kg.read.pairs import FORMS, KINDS, RELATED, Phrases
from kg.read.relation_scores import FITTING, Mentioned, find_nested, pool
from kg.read.relations import Contents, Stated, find_relations, says_somebody, settle, spread_places
from kg.read.roles import lay_out

VOCAB = spacy.blank("en").vocab


def state(subject, name, object_, score=0.9, first=0, last=9):
    return Stated(subject, name, object_, first, last, first, last, score)


def facts(stated):
    return sorted((each.subject, each.property, each.object) for each in settle(stated))


def test_of_two_objects_of_a_single_property_the_likelier_is_kept():
    assert facts([state(0, "P19", 1, 0.8), state(0, "P19", 2, 0.9)]) == [(0, "P19", 2)]


def test_a_place_and_what_it_lies_in_are_both_kept():
    stated = [state(0, "P19", 1, 0.8), state(0, "P19", 2, 0.9), state(0, "P19", 3, 0.7)]
    assert sorted(each.object for each in settle(stated, {(2, 1)})) == [1, 2]


def test_a_place_and_what_a_sentence_puts_it_in_are_both_kept():
    stated = [state(0, "P19", 1, 0.9), state(0, "P19", 2, 0.8), state(0, "P19", 3, 0.7), state(1, "P131", 2, 0.95)]
    assert facts(stated) == [(0, "P19", 1), (0, "P19", 2), (1, "P131", 2)]


@pytest.mark.parametrize(
    ("value", "other", "kept"),
    [("1957-01-11", "1957", 2), ("1957", "1957-01-11", 2), ("1957", "1957", 2), ("1957-01-11", "1957-01-12", 1),
     ("195", "1957", 1)],
    ids=["day-of-the-year", "year-of-the-day", "same", "next-day", "other-number"],
)  # fmt: skip
def test_a_date_may_be_told_more_and_less_exactly(value, other, kept):
    stated = [state(0, "P570", 5, 0.9), state(0, "P570", 6, 0.8, first=20, last=29)]
    assert len(settle(stated, (), {5: value, 6: other})) == kept


def test_who_may_be_father_and_mother_has_a_child():
    assert facts([state(0, "P22", 1, 0.95), state(0, "P25", 1, 0.9)]) == [(1, "P40", 0)]
    assert facts([state(0, "P22", 1, 0.95), state(0, "P25", 2, 0.9)]) == [(0, "P22", 1), (0, "P25", 2)]


@pytest.mark.parametrize(("property", "objects"), [("P19", [1, 2]), ("P69", [1])], ids=["birth", "studies"])
def test_what_is_true_of_a_place_is_true_of_those_it_is_named_with(property, objects):
    stated = [replace(state(0, property, 1, 0.9), right=4)]
    found = spread_places(stated, {4: {2}, 7: {3}})
    assert sorted((each.object, each.score) for each in found) == [(number, 0.9) for number in objects]


def test_a_place_that_is_told_already_is_not_told_again():
    stated = [replace(state(0, "P19", 1, 0.9), right=4), replace(state(0, "P19", 2, 0.5), right=6)]
    assert spread_places(stated, {4: {2}, 6: {1}}) == stated


@pytest.mark.parametrize(
    ("words", "pairs", "beside"),
    [
        ("in Leeds , England .", {(0, 1)}, {1: {1}, 3: {0}}),
        ("in Leeds ( now Lodz ) , England", {(0, 1)}, {1: {1}, 7: {0}}),
        ("in Leeds , England and Rome", {(0, 1)}, {}),
        ("in Leeds and England", set(), {}),
        ("in Leeds ( now , England", set(), {}),
    ],
    ids=["comma", "brackets", "list", "no-comma", "open-bracket"],
)
def test_places_that_commas_join_lie_in_one_another(words, pairs, beside):
    doc = Doc(spacy.blank("en").vocab, words=words.split())
    named = [n for n, word in enumerate(words.split()) if word in ("Leeds", "England")]
    text = Tagged([t.text for t in doc], [0] * len(doc), [n == 0 for n in range(len(doc))], [0] * len(doc),
                  ["dep"] * len(doc))  # fmt: skip
    layout = lay_out(text, [n == 0 for n in range(len(doc))], number_quotations(text))
    phrases = Phrases.of([(at, at + 1, at, KINDS.index("place"), FORMS.index("name")) for at in named])
    nested = find_nested(layout, Mentioned(phrases, np.arange(len(named))))
    assert (nested.pairs, nested.beside) == (pairs, beside)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((0, "P40", 1), (1, "P40", 0)),
        ((0, "P22", 1), (1, "P22", 0)),
        ((0, "P40", 1), (0, "P3373", 1)),
        ((0, "P26", 1), (1, "P22", 0)),
        ((0, "P749", 1), (1, "P749", 0)),
        ((0, "P131", 1), (1, "P131", 0)),
        ((0, "P102", 1), (0, "P108", 1)),
    ],
)
def test_of_what_excludes_one_another_the_likelier_is_kept(one, other):
    assert facts([state(*one, 0.95), state(*other, 0.9)]) == [one]


def test_several_objects_of_other_properties_are_kept():
    assert facts([state(0, "P551", 1, 0.8), state(0, "P551", 2, 0.9)]) == [(0, "P551", 1), (0, "P551", 2)]


def test_a_symmetric_property_is_said_one_way_round():
    assert facts([state(0, "P26", 1, 0.8), state(1, "P26", 0, 0.9)]) == [(1, "P26", 0)]


def test_a_symmetric_property_of_equal_scores_is_said_once():
    assert len(facts([state(0, "P3373", 1), state(1, "P3373", 0)])) == 1


@pytest.mark.parametrize(("better", "worse"), [("P22", "P40"), ("P25", "P40"), ("P1344", "P710")])
def test_what_says_the_same_the_other_way_round_gives_way(better, worse):
    assert facts([state(0, better, 1, 0.85), state(1, worse, 0, 0.9)]) == [(0, better, 1)]


@pytest.mark.parametrize("parent", ["P22", "P25"])
def test_a_parent_who_may_be_father_or_mother_has_a_child(parent):
    assert facts([state(0, parent, 1, 0.7)]) == [(1, "P40", 0)]


@pytest.mark.parametrize(("near", "score", "told"), [(True, 0.7, True), (False, 0.7, False), (False, 0.95, True)])
def test_what_is_widely_true_is_told_where_the_tree_joins_it(near, score, told):
    assert bool(settle([replace(state(0, "P17", 1, score), near=near)])) is told


def test_each_sentence_that_says_it_is_kept():
    found = settle([state(0, "P108", 1, first=0, last=9), state(0, "P108", 1, first=20, last=29)])
    assert [(each.first, each.last) for each in found] == [(0, 9), (20, 29)]


def test_neighbouring_sentences_count_only_where_no_single_one_says_it():
    found = settle([state(0, "P108", 1, 0.99, 0, 19), state(0, "P108", 1, 0.6, 0, 9)])
    assert [(each.first, each.last) for each in found] == [(0, 9)]


@pytest.mark.parametrize("property", [each.id for each in PROPERTIES])
def test_every_property_fits_its_own_kinds_and_no_money(property):
    label = RELATED.index(property)
    for subject in BY_ID[property].subjects:
        for object_ in BY_ID[property].objects:
            assert FITTING[KINDS.index(subject), KINDS.index(object_), label]
    assert not FITTING[KINDS.index("money"), :, label].any()
    assert not FITTING[KINDS.index("date"), :, label].any()


def test_pooling_sums_the_odds_of_a_group():
    pooled = pool(np.log(np.array([[1.0], [2.0], [4.0]], np.float32)), np.array([0, 1, 0]), 2)
    np.testing.assert_allclose(np.exp(pooled), [[5.0], [2.0]], rtol=1e-5)


def test_pooling_what_never_fits_gives_no_chance():
    pooled = pool(np.full((2, 1), -np.inf, np.float32), np.array([0, 0]), 1)
    assert pooled.tolist() == [[-np.inf]]


def make_claim(name, start, end):
    content = (Passage(start, end, "x" * (end - start)),)
    return Claim(name, None, None, None, content, "direct", "positive", "certain", "non-future", None, (), 0.9)


def test_the_innermost_claim_that_holds_both_places_says_it():
    contents = Contents([make_claim("outer", 0, 100), make_claim("inner", 10, 60)])
    assert contents.find(20, 50) == "inner"
    assert contents.find(20, 80) == "outer"
    assert contents.find(20, 120) is None
    assert Contents([]).find(1) is None


class FakeHead:
    """Says that the first thing works for the second, and was born on the third."""

    thresholds = np.full(len(RELATED), 0.5, np.float32)

    def __init__(self, wanted, score=3.0):
        self.wanted = wanted
        self.sure = score

    def score(self, inner, left, right, pairs):
        scores = np.full((len(pairs), len(RELATED)), -5, np.float32)
        for row, (a, b) in enumerate(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)):
            for property, kinds in self.wanted.items():
                if (KINDS[left.kinds[a]], KINDS[right.kinds[b]]) == kinds:
                    scores[row, RELATED.index(property)] = self.sure
        return scores

    implied_thresholds = thresholds

    def calibrate(self, scores, *, implied=False):
        return 1 / (1 + np.exp(-scores))


class FarHead(FakeHead):
    """Is half sure of each pair of mentions, and told so only where a whole text is asked for."""

    thresholds = np.full(len(RELATED), 1.0, np.float32)

    def __init__(self):
        super().__init__({})

    def score(self, inner, left, right, pairs):
        scores = super().score(inner, left, right, pairs)
        far = np.array(left.forms[pairs.left] == FORMS.index("pronoun"))
        scores[far, RELATED.index("P108")] = 2
        return scores


def make_doc(wanted, score=3.0, verb=("writes", "of")):
    words = f"Ann Lee , born in 1950 , {' '.join(verb)} Acme . She left .".split()
    tags = "PROPN PROPN PUNCT VERB ADP NUM PUNCT VERB ADP PROPN PUNCT PRON VERB PUNCT".split()
    heads = [7, 0, 3, 0, 5, 3, 3, 7, 9, 7, 7, 12, 12, 12]
    deps = "nsubj flat punct acl case obl punct ROOT case obl punct nsubj ROOT punct".split()
    doc = Doc(VOCAB, words=words, heads=heads, deps=deps, pos=tags, sent_starts=[n in (0, 11) for n in range(14)])
    spans = [("person", "name", doc[0:2]), ("organisation", "name", doc[9:10])]
    entities = [
        Entity(f"e{n}", kind, span.text, (Mention(Passage(span.start_char, span.end_char, span.text), form),))
        for n, (kind, form, span) in enumerate(spans, 1)
    ]
    she = Mention(Passage(doc[11].idx, doc[11].idx + 3, "She"), "pronoun")
    entities[0] = replace(entities[0], mentions=(*entities[0].mentions, she))
    doc.user_data[ENTITIES] = tuple(entities)
    answers = SimpleNamespace(upos=np.array([UPOS.index(tag) for tag in tags]), pairs=np.zeros((14, 4), np.float16))
    network = SimpleNamespace(relations=FakeHead(wanted, score))
    doc.user_data[ANSWERS] = Read(list(range(14)), [n == 0 for n in range(14)], answers, network)
    year = doc[5]
    return doc, Time(Passage(year.idx, year.idx + 4, "1950"), "1950")


def test_a_relation_names_entities_and_the_sentence_that_states_it():
    doc, _ = make_doc({"P108": ("person", "organisation")})
    (found,) = find_relations(doc, (), ())
    assert (found.subject, found.property, found.object, found.value) == ("e1", "P108", "e2", None)
    assert found.evidence.text == "Ann Lee , born in 1950 , writes of Acme ."
    assert found.claim is None
    assert found.score == pytest.approx(0.9526, abs=1e-3)


@pytest.mark.parametrize(
    ("words", "odds", "told"),
    [
        ("works for", -0.5, ["P108"]),
        ("works for", -1.2, []),
        ("writes of", -0.5, []),
        ("writes of", 0.1, ["P108"]),
    ],
    ids=["cued", "cued-but-unlikely", "not-cued", "likely-of-itself"],
)
def test_what_is_half_likely_is_told_beside_a_word_that_says_it(words, odds, told):
    doc, _ = make_doc({"P108": ("person", "organisation")}, odds, words.split())
    assert [each.property for each in find_relations(doc, (), ())] == told


def test_a_word_that_says_it_makes_a_statement_surer():
    bare, _ = make_doc({"P108": ("person", "organisation")}, 1)
    cued, _ = make_doc({"P108": ("person", "organisation")}, 1, ("works", "for"))
    assert find_relations(bare, (), ())[0].score == pytest.approx(0.731, abs=1e-3)
    assert find_relations(cued, (), ())[0].score == pytest.approx(0.870, abs=1e-3)


def test_employer_or_membership_is_told_where_one_of_them_is_likely():
    doc, _ = make_doc({"P108": ("person", "organisation"), "P463": ("person", "organisation")}, -0.2, ["writes", "of"])
    assert len(find_relations(doc, (), ())) == 1


def test_a_time_is_a_value():
    doc, year = make_doc({"P569": ("person", "date")})
    (found,) = find_relations(doc, (year,), ())
    assert (found.subject, found.property, found.object, found.value) == ("e1", "P569", None, "1950")


def test_what_a_claim_says_names_the_claim():
    doc, _ = make_doc({"P108": ("person", "organisation")})
    (found,) = find_relations(doc, (), (make_claim("c1", 0, 45),))
    assert found.claim == "c1"


def test_a_text_without_entities_states_nothing():
    doc, _ = make_doc({"P108": ("person", "organisation")})
    doc.user_data[ENTITIES] = ()
    assert find_relations(doc, (), ()) == ()


def test_a_stranger_takes_part_in_relations():
    doc, _ = make_doc({"P108": ("person", "organisation")})
    acme = doc.user_data[ENTITIES][1]
    doc.user_data[ENTITIES] = (replace(acme, id="e1"),)
    she = Entity("e2", "person", "She", (Mention(Passage(doc[11].idx, doc[11].idx + 3, "She"), "pronoun"),))
    (found,) = find_relations(doc, (), (), strangers=[she])
    assert (found.subject, found.object) == ("e2", "e1")


def test_what_only_the_whole_text_implies_is_told_when_asked_for():
    doc, _ = make_doc({})
    doc.user_data[ANSWERS].network.relations = FarHead()
    assert find_relations(doc, (), ()) == ()
    (found,) = find_relations(doc, (), (), implied=True)
    assert (found.subject, found.property, found.object, found.status) == ("e1", "P108", "e2", "implied")
    assert found.evidence.text == doc.text.strip()


def test_what_is_stated_is_not_implied_once_more():
    doc, _ = make_doc({"P108": ("person", "organisation")})
    assert [each.status for each in find_relations(doc, (), (), implied=True)] == ["current"]


def test_a_title_within_an_indirect_claim_is_the_articles_own():
    doc, _ = make_doc({"P569": ("person", "date"), "P108": ("person", "organisation")})
    layout = make_layout(doc, doc.user_data[ANSWERS])
    assert says_somebody(layout, 0, 9)
    assert says_somebody(layout, 0, 11)
    doc[3].pos_ = "NOUN"
    doc.user_data[ANSWERS].answers.upos[3] = UPOS.index("NOUN")
    assert not says_somebody(make_layout(doc, doc.user_data[ANSWERS]), 3, 5)


def test_a_day_of_death_is_not_told_of_somebody_without_a_name():
    doc, year = make_doc({"P570": ("person", "date")}, verb=("died", "in"))
    assert "P570" in {each.property for each in find_relations(doc, (year,), ())}
    person, acme = doc.user_data[ENTITIES]
    described = replace(person, mentions=(replace(person.mentions[0], form="nominal"),))
    doc.user_data[ENTITIES] = (described, acme)
    assert find_relations(doc, (year,), ()) == ()


@pytest.mark.parametrize(("odds", "told"), [(1.5, 0), (3.0, 1)], ids=["likely", "sure"])
def test_two_sentences_state_together_only_what_is_sure(odds, told):
    doc, _ = make_doc({"P463": ("person", "organisation")}, odds)
    person, acme = doc.user_data[ENTITIES]
    doc.user_data[ENTITIES] = (replace(person, mentions=person.mentions[1:]), acme)
    assert len(find_relations(doc, (), ())) == told
