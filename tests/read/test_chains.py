"""Chains of mentions, from antecedent scores written by hand."""

import numpy as np
import pytest

from kg.read.antecedents import NONE, Antecedents, Head
from kg.read.candidates import Tagged, is_plural, make_candidates
from kg.read.chains import Mentions, NameSpan, find_mentions, is_specific, link_mentions
from kg.read.genders import GENDER_OF_NOUN
from kg.read.labels import MENTION_TYPES, UPOS
from kg.read.nesting import INSIDE
from tests.read.test_antecedents import INNER, make_weights

TAGS = {
    "the": "DET", "a": "DET", "said": "VERB", "shook": "VERB", "left": "VERB", "of": "ADP", "'s": "PART",
    **dict.fromkeys('.",“”', "PUNCT"),
}  # fmt: skip
PRONOUNS = "he she it they him her his its i we you who this".split()


def tag_of(word):
    low = word.lower()
    return TAGS.get(low) or ("PRON" if low in PRONOUNS else "PROPN" if word[0].isupper() else "NOUN")


def make_mentions(text, links=(), homes=(), types=(), apart=(), heads="", labels=""):
    """A mention for each noun, name and pronoun of a text; ``links`` maps (later, earlier) words to log odds."""
    words = text.split()
    tags = [tag_of(word) for word in words]
    starts = [word == 0 or words[word - 1] == "." for word in range(len(words))]
    tree = [int(head) for head in heads.split()], labels.split()
    tagged = Tagged(words, [UPOS.index(tag) for tag in tags], starts, *tree)
    at = [word for word, tag in enumerate(tags) if tag in ("NOUN", "PROPN", "PRON")]
    row = {words[word]: number for number, word in enumerate(at)}
    rows = np.full((len(at), len(at)), NONE)
    scores = np.full((len(at), len(at)), -np.inf, np.float32)
    for (later, earlier), odds in dict(links).items():
        rows[row[later], row[earlier]], scores[row[later], row[earlier]] = row[earlier], odds
    shares = np.full((len(at), len(MENTION_TYPES)), 0.001, np.float32)
    for word, number in row.items():
        shares[number, MENTION_TYPES.index(dict(types).get(word, "object"))] = 0.9
    own = np.array([dict(homes).get(words[word], NONE) for word in at])
    definite = np.array([word > 0 and words[word - 1].lower() in ("the", "his", "her", "its") for word in at], bool)
    nested = [[] for _ in at]
    for later, earlier in apart:
        nested[row[later]].append(row[earlier])
    starts = np.array(at) - definite
    plural = np.array([is_plural(words[word].lower()) for word in at], bool)
    return Mentions(
        make_candidates(tagged, at), starts, np.array(at) + 1, shares, Antecedents(rows, scores), own, definite, plural,
        nested,
    ), row  # fmt: skip


def test_a_pronoun_joins_what_it_most_likely_means():
    mentions, row = make_mentions("Ada met Bea . she", {("she", "Ada"): 1.0, ("she", "Bea"): 2.0}, {"Ada": 0, "Bea": 1})
    chains = link_mentions(mentions, ["person", "person"], {})
    assert chains[1].certain[row["she"]] == pytest.approx(np.exp(2) / (1 + np.exp(1) + np.exp(2)), rel=1e-5)


def test_a_title_before_a_name_is_no_other_ones():
    mentions, row = make_mentions("Ada spoke . bishop Bea left", {}, {"Ada": 0, "Bea": 1})
    assert mentions.is_title_of_another(row["bishop"], 0)
    assert not mentions.is_title_of_another(row["bishop"], 1)


def test_several_mentions_of_a_chain_count_together():
    links = {("her", "Ada"): 9.0, ("she", "Ada"): 1.0, ("she", "her"): 1.0, ("she", "Bea"): 1.5}
    mentions, row = make_mentions("Ada and her friend Bea . she", links, {"Ada": 0, "Bea": 1})
    chains = link_mentions(mentions, ["person", "person"], {})
    assert row["she"] in chains[0].rows


def test_a_mention_that_refers_to_nothing_stays_alone():
    mentions, row = make_mentions("Ada . it", {("it", "Ada"): -0.1}, {"Ada": 0})
    chains = link_mentions(mentions, ["place"], {})
    assert chains[0].rows == [row["Ada"]]
    assert chains[1].rows == [row["it"]]
    assert chains[1].home == NONE


@pytest.mark.parametrize(
    ("word", "kind"),
    [("it", "person"), ("he", "organisation"), ("she", "place"), ("we", "person"), ("he", "group"), ("who", "place")],
)
def test_a_pronoun_never_means_an_entity_of_another_kind(word, kind):
    mentions, row = make_mentions(f"Orion . {word}", {(word, "Orion"): 8.0}, {"Orion": 0})
    assert link_mentions(mentions, [kind], {})[0].rows == [row["Orion"]]


@pytest.mark.parametrize(("word", "kind"), [("it", "organisation"), ("he", "person"), ("they", "group")])
def test_a_pronoun_means_an_entity_that_agrees(word, kind):
    mentions, row = make_mentions(f"Orion . {word}", {(word, "Orion"): 8.0}, {"Orion": 0})
    assert row[word] in link_mentions(mentions, [kind], {})[0].rows


def test_she_does_not_mean_whom_he_meant():
    links = {("he", "Robin"): 3.0, ("she", "Robin"): 3.0, ("she", "he"): 3.0}
    mentions, row = make_mentions("Robin . he . she", links, {"Robin": 0})
    assert row["she"] not in link_mentions(mentions, ["person"], {})[0].rows


def test_a_known_gender_keeps_the_other_pronoun_away():
    mentions, row = make_mentions("Robin . she", {("she", "Robin"): 3.0}, {"Robin": 0})
    assert link_mentions(mentions, ["person"], {0: "he"})[0].rows == [row["Robin"]]


@pytest.mark.parametrize(("noun", "joins"), [("sister", False), ("brother", True), ("friend", True)])
def test_a_noun_said_of_women_is_not_him(noun, joins):
    links = {("him", "Ada"): 2.0, ("him", noun): 4.0}
    text = f"Ada . the {noun} him . he"
    mentions, row = make_mentions(text, {**links, ("he", noun): 5.0}, {"Ada": 0}, {noun: "person"})
    mentions.genders.update({row[noun]: GENDER_OF_NOUN[noun]} if noun in GENDER_OF_NOUN else {})
    chains = link_mentions(mentions, ["person"], {})
    assert any({row[noun], row["he"]} <= set(chain.rows) for chain in chains) is joins


def test_names_that_were_kept_apart_stay_apart():
    mentions, row = make_mentions("Ada . Lovelace", {("Lovelace", "Ada"): 9.0}, {"Ada": 0, "Lovelace": 1})
    chains = link_mentions(mentions, ["person", "person"], {})
    assert [chain.rows for chain in chains] == [[row["Ada"]], [row["Lovelace"]]]


def test_a_name_takes_over_the_pronoun_before_it():
    mentions, row = make_mentions("she . Ada", {("Ada", "she"): 3.0}, {"Ada": 0})
    [chain] = link_mentions(mentions, ["person"], {})
    assert sorted(chain.rows) == [row["she"], row["Ada"]]
    assert chain.certain[row["she"]] < 1.0 == chain.certain[row["Ada"]]


def test_a_name_does_not_take_over_a_pronoun_of_another_kind():
    mentions, row = make_mentions("she . Quito", {("Quito", "she"): 3.0}, {"Quito": 0})
    assert link_mentions(mentions, ["place"], {})[0].rows == [row["Quito"]]


@pytest.mark.parametrize(
    ("noun", "type_", "kind", "joins"),
    [
        ("minister", "person", "person", True),
        ("leader", "person", "organisation", False),
        ("people", "person", "place", False),
        ("officials", "organization", "organisation", False),
        ("agency", "organization", "organisation", True),
        ("city", "place", "place", True),
        ("rebels", "person", "group", True),
    ],
)
def test_an_organisation_is_not_its_leader_nor_a_country_its_people(noun, type_, kind, joins):
    mentions, row = make_mentions(f"Orion . the {noun}", {(noun, "Orion"): 6.0}, {"Orion": 0}, {noun: type_})
    assert (row[noun] in link_mentions(mentions, [kind], {})[0].rows) is joins
    assert (mentions.fit(row[noun], kind) > 0.5) is joins


def test_a_part_of_a_phrase_does_not_mean_the_whole():
    mentions, _ = make_mentions(
        "her mother", {("mother", "her"): 6.0}, types={"mother": "person"}, apart=[("mother", "her")]
    )
    assert len(link_mentions(mentions, [], {})) == 2


def test_what_joins_by_an_uncertain_mention_is_no_surer():
    links = {("he", "Robin"): 0.2, ("his", "he"): 7.0}
    mentions, row = make_mentions("Robin . he . his", links, {"Robin": 0})
    [chain] = link_mentions(mentions, ["person"], {})
    assert chain.certain[row["his"]] <= chain.certain[row["he"]] + 1e-9 < 0.6


def test_a_sure_antecedent_outweighs_an_unsure_one_in_any_order():
    links = {("he", "Robin"): 0.2, ("his", "he"): 7.0, ("his", "Robin"): 0.1}
    mentions, row = make_mentions("Robin . he . his", links, {"Robin": 0})
    [chain] = link_mentions(mentions, ["person"], {})
    assert chain.certain[row["his"]] < 0.6


def test_every_mention_is_in_one_chain():
    words = ["he", "Ada", "it", "friend", "Quito", "they", "city"]
    links = {(words[b], words[a]): (a * 7 + b * 3) % 5 - 2.0 for b in range(7) for a in range(b)}
    mentions, row = make_mentions(" . ".join(words), links, {"Ada": 0, "Quito": 1})
    rows = sorted(r for chain in link_mentions(mentions, ["person", "place"], {}) for r in chain.rows)
    assert rows == sorted(row.values())


def test_an_indefinite_noun_is_specific_only_near_what_it_means():
    nouns = ("lawyer", "doctor", "judge")
    links = {(noun, "Ada"): 5.0 for noun in nouns}
    mentions, row = make_mentions("Ada lawyer . doctor . the judge", links, {"Ada": 0}, dict.fromkeys(nouns, "person"))
    [chain] = link_mentions(mentions, ["person"], {})
    assert [is_specific(mentions, row[noun], chain) for noun in nouns] == [True, False, True]


def test_one_word_stands_for_a_name_and_the_others_are_inside():
    words = "The Bank of England rose".split()
    tags = [UPOS.index(tag) for tag in ("DET", "PROPN", "ADP", "PROPN", "VERB")]
    text = Tagged(words, tags, [True] + [False] * 4, [1, 4, 3, 1, 4], ["det", "nsubj", "case", "nmod", "root"])
    weights = {**make_weights(), "mention.bias": np.array([99.0], np.float32)}
    inner = np.ones((5, INNER), np.float16)
    found = find_mentions(Head(weights), text, inner, [NameSpan(1, 4, 0)])
    assert dict(zip(found.candidates.words.tolist(), found.homes.tolist(), strict=True)) == {1: 0, 3: INSIDE}


def test_no_words_have_no_mentions():
    found = find_mentions(Head(make_weights()), Tagged([], [], []), np.zeros((0, INNER), np.float16), [])
    assert link_mentions(found, [], {}) == []


def test_the_mothers_of_two_people_are_two():
    links = {("mum", "mother"): 9.0}
    mentions, row = make_mentions("his mother . her mum", links, (), {"mother": "person", "mum": "person"})
    mentions.owners = {row["mother"]: "he", row["mum"]: "she"}
    assert all(len(chain.rows) == 1 for chain in link_mentions(mentions, [], {}))
