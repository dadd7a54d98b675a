"""Pronouns and descriptions, with the shipped model."""

import pytest

from kg.read import load_pipeline


@pytest.fixture(scope="module")
def nlp():
    pipeline = load_pipeline(threads=2)
    pipeline.add_pipe("kg_coreference")
    return pipeline


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
