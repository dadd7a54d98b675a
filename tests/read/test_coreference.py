"""Pronouns and descriptions, with the shipped model."""

import pytest

from kg.read import load_pipeline
from kg.read.chains import link_mentions
from kg.read.coreference import (
    find_only_places,
    find_thing,
    find_unrivalled,
    give_words_to_speakers,
    give_words_to_turns,
    is_told,
    join_by_fate,
)
from tests.read.test_chains import make_mentions


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline(threads=2)


QUOTED = "“ i saw him ” , Ada said . Bea left"
QUOTE_TREE = {
    "heads": "2 2 7 2 2 7 7 7 7 10 10",
    "labels": "punct nsubj ccomp obj punct punct nsubj root punct nsubj root",
}


def link_quoted(links, *, kinds=("person", "person"), text=QUOTED):
    mentions, row = make_mentions(text, links, {"Ada": 0, "Bea": 1}, **QUOTE_TREE)
    chains = link_mentions(mentions, list(kinds), {})
    give_words_to_speakers(mentions, chains, text.lower().split())
    return mentions, row, chains


def test_i_in_a_quotation_is_its_speaker_whatever_else_was_likelier():
    mentions, row, chains = link_quoted({("Bea", "i"): 5.0})
    assert row["i"] in chains[0].rows
    assert row["i"] not in chains[1].rows
    assert is_told(mentions, chains[0], row["i"])


def test_i_in_a_quotation_that_nobody_is_said_to_speak_is_not_told():
    text = QUOTED.replace("said", "left")
    mentions, row, chains = link_quoted({("Bea", "i"): 5.0}, text=text)
    assert row["i"] in chains[1].rows
    assert not is_told(mentions, chains[1], row["i"])


def test_the_speaker_does_not_speak_of_himself_as_he():
    mentions, row, chains = link_quoted({("Ada", "him"): 5.0})
    assert not is_told(mentions, chains[0], row["him"])


def test_i_outside_of_quotations_is_not_told():
    mentions, row = make_mentions("Ada . i", {("i", "Ada"): 9.0}, {"Ada": 0})
    [chain] = link_mentions(mentions, ["person"], {})
    assert not is_told(mentions, chain, row["i"])


@pytest.mark.parametrize(
    ("text", "kinds", "told"),
    [
        ("Ada . he", ("person", "person"), True),
        ("Ada . Bea . he", ("person", "person"), False),
        ("Ada . Bea . he", ("person", "place"), True),
        ("Bea . x . y . z . Ada . he", ("person", "person"), True),
        ("Ada . you . i . he", ("person", "person"), False),
    ],
    ids=["nobody else", "somebody else", "a place", "somebody far away", "talk"],
)
def test_he_is_told_sooner_where_nobody_else_can_be_meant(text, kinds, told):
    mentions, row = make_mentions(text, {("he", "Ada"): 0.7}, {"Ada": 0, "Bea": 1})
    chains = link_mentions(mentions, list(kinds), {})
    mentions.unrivalled = find_unrivalled(mentions, chains, text.lower().split())
    assert row["he"] in chains[0].rows
    assert is_told(mentions, chains[0], row["he"]) is told


def test_who_speaks_in_a_quotation_is_no_rival_of_he():
    text = "Bea left . “ i saw him ” , Ada said"
    tree = {
        "heads": "1 1 1 5 5 10 5 5 10 10 10",
        "labels": "nsubj root punct punct nsubj ccomp obj punct punct nsubj root",
    }
    mentions, row = make_mentions(text, {("him", "Bea"): 0.7}, {"Ada": 0, "Bea": 1}, **tree)
    chains = link_mentions(mentions, ["person", "person"], {})
    assert find_unrivalled(mentions, chains, text.lower().split()) == {row["him"]}


def test_several_people_are_no_rivals_of_he():
    text = "Ada met actors . he"
    mentions, row = make_mentions(text, {("he", "Ada"): 0.7}, {"Ada": 0}, {"actors": "person"})
    chains = link_mentions(mentions, ["person"], {})
    assert find_unrivalled(mentions, chains, text.lower().split()) == {row["he"]}


@pytest.mark.parametrize(
    ("text", "noun", "told"),
    [
        ("Cuba grew . the country", "country", True),
        ("Cuba met Peru . the country", "country", False),
        ("Cuba . x . y . z . Cork grew . the country", "country", False),
        ("Cork grew . the island", "island", True),
        ("Cork grew . the island of", "island", False),
        ("Cork grew . the world", "world", False),
    ],
    ids=["the only country", "two countries", "no country", "another noun", "narrowed", "said of any place"],
)
def test_a_noun_is_told_sooner_where_one_place_alone_is_named(text, noun, told):
    named = "Cuba" if noun == "country" and "Cork" not in text else "Cork"
    mentions, row = make_mentions(text, {(noun, named): 0.7}, {"Cuba": 0, "Peru": 1, "Cork": 2}, {noun: "place"})
    chains = link_mentions(mentions, ["place"] * 3, {})
    assert row[noun] in chains[0 if named == "Cuba" else 2].rows
    assert find_only_places(mentions, chains, text.lower().split()) == ({row[noun]} if told else set())


def test_words_in_turns_mean_who_speaks_and_hears():
    mentions, row = make_mentions("Ada . you . i", {("i", "you"): 3.0}, {"Ada": 0})
    chains = link_mentions(mentions, ["person"], {})
    give_words_to_turns(mentions, chains, {2: 0, 4: 0})
    assert {row["you"], row["i"]} <= set(chains[0].rows)
    assert all(is_told(mentions, chains[0], row[word]) for word in ("you", "i"))


@pytest.mark.parametrize(
    ("odds", "noun", "type_", "told"),
    [
        (6.0, "the minister", "person", True),
        (0.5, "the minister", "person", False),
        (6.0, "minister", "person", False),
        (6.0, "the ministers", "person", False),
    ],
    ids=["sure", "unsure", "indefinite in another sentence", "plural"],
)
def test_a_description_is_told_when_it_is_sure_and_fits(odds, noun, type_, told):
    word = noun.split()[-1]
    mentions, row = make_mentions(f"Ada . {noun}", {(word, "Ada"): odds}, {"Ada": 0}, {word: type_})
    chain = next(chain for chain in link_mentions(mentions, ["person"], {}) if row[word] in chain.rows)
    assert (chain.home == 0 and is_told(mentions, chain, row[word])) is told


FATE = "the lawyer 's death shook his town . the death of Ada"
FATE_TREE = {
    "heads": "1 3 1 4 4 6 4 4 9 9 11 9",
    "labels": "det nmod:poss case nsubj root nmod:poss obj punct det root case nmod",
}


@pytest.mark.parametrize(
    ("text", "type_", "kind", "joins"),
    [
        (FATE, "person", "person", True),
        (FATE.replace("lawyer", "lawyers"), "person", "person", False),
        (FATE.replace("the lawyer", "a lawyer"), "person", "person", False),
        (FATE, "organization", "person", False),
        (FATE, "person", "organisation", False),
        (FATE.replace("death of", "murder of"), "person", "person", False),
        (FATE.replace("death", "speech"), "person", "person", False),
    ],
    ids=["same death", "several", "indefinite", "no person", "no person's death", "another fate", "not once only"],
)
def test_who_died_is_the_one_whose_death_is_named(text, type_, kind, joins):
    noun = text.split()[1]
    mentions, row = make_mentions(text, {("his", noun): 5.0}, {"Ada": 0}, {noun: type_}, **FATE_TREE)
    chains = link_mentions(mentions, [kind], {})
    join_by_fate(mentions, chains, text.lower().split())
    assert ({row[noun], row["his"]} <= set(chains[0].rows)) is joins
    assert sum(row[noun] in chain.rows for chain in chains) == 1


def entities(nlp, text):
    return {e.name: [m.passage.text for m in e.mentions] for e in nlp(text).user_data["kg_entities"]}


def test_a_pronoun_joins_the_person_it_means(nlp):
    found = entities(nlp, "Maria Lopez won the election on Sunday. She thanked her voters in Quito.")
    assert found["Maria Lopez"][0] == "Maria Lopez"
    assert "She" in found["Maria Lopez"]


def test_a_name_keeps_all_its_own_mentions(nlp):
    text = "Maria Lopez met Ann Roe in Quito. Lopez said the minister, Roe, was right. The minister agreed with her."
    plain = {
        e.name: [m.passage.start for m in e.mentions] for e in load_pipeline(threads=2)(text).user_data["kg_entities"]
    }
    found = {e.name: [m.passage.start for m in e.mentions] for e in nlp(text).user_data["kg_entities"]}
    assert all(set(starts) <= set(found[name]) for name, starts in plain.items())


@pytest.mark.parametrize(
    "text",
    ["", "He", "it it it it", "the the the", "She said she said she said.", "\u202e he \x00 they", "A letter. " * 200],
    ids=["empty", "one pronoun", "pronouns", "articles", "chain", "odd characters", "repeated"],
)
def test_odd_texts_keep_exact_offsets(nlp, text):
    for entity in nlp(text).user_data["kg_entities"]:
        for mention in entity.mentions:
            assert text[mention.passage.start : mention.passage.end] == mention.passage.text


def test_the_same_text_gives_the_same_entities(nlp):
    text = "Maria Lopez won. The minister said “I am glad”. She thanked her party and its members. " * 3
    assert nlp(text).user_data["kg_entities"] == nlp(text).user_data["kg_entities"]


def test_every_mention_belongs_to_one_entity_once(nlp):
    text = "Maria Lopez met Ann Roe in Quito. The city greeted her. Roe praised the mayor, Lopez, and her city. " * 4
    spans = [(m.passage.start, m.passage.end) for e in nlp(text).user_data["kg_entities"] for m in e.mentions]
    assert len(spans) == len(set(spans))


def test_a_long_text_is_read_to_its_end(nlp):
    part = "Maria Lopez opened school {} in Quito. She said the school was good for the city.\n\n"
    text = "".join(part.format(number) for number in range(400))
    found = nlp(text).user_data["kg_entities"]
    assert max(m.passage.end for e in found for m in e.mentions) > len(text) - 100
    assert all(text[m.passage.start : m.passage.end] == m.passage.text for e in found for m in e.mentions)


def test_a_noun_at_the_start_of_a_sentence_does_not_reach_to_its_end(nlp):
    doc = nlp("Foreign Minister Lena Ortiz visited Oslo. The minister spoke to reporters.")
    ortiz = next(each for each in doc.user_data["kg_entities"] if each.name == "Lena Ortiz")
    assert [m.passage.text for m in ortiz.mentions] == ["Lena Ortiz", "The minister"]


@pytest.mark.parametrize(
    ("nouns", "kind"),
    [("the suspects . suspect", "person"), ("the suspects . pupils", "group")],
    ids=["one of them alone", "several"],
)
def test_several_people_are_a_group(nouns, kind):
    later = nouns.split()[-1]
    types = {"suspects": "person", later: "person"}
    mentions, _ = make_mentions(nouns, {(later, "suspects"): 9.0}, (), types)
    [chain] = link_mentions(mentions, [], {})
    assert find_thing(mentions, chain) == kind


def test_no_one_and_another_one_are_not_what_was_spoken_of():
    mentions, row = make_mentions(
        "the fire . a blaze", {("blaze", "fire"): 9.0}, (), {"fire": "event", "blaze": "event"}
    )
    [chain] = link_mentions(mentions, [], {})
    assert is_told(mentions, chain, row["fire"])
    assert not is_told(mentions, chain, row["blaze"])
    mentions.nobody = {row["fire"]}
    assert not is_told(mentions, chain, row["fire"])


def test_a_daughter_in_apposition_is_no_person_of_her_own(nlp):
    text = "Ruth Okoro died in Lagos. Her daughter, the journalist Amara Okoro, said the cause was a stroke."
    people = [entity for entity in nlp(text).user_data["kg_entities"] if entity.kind == "person"]
    assert [entity.name for entity in people] == ["Ruth Okoro", "Amara Okoro"]
    assert "Her daughter" in [mention.passage.text for mention in people[1].mentions]
