"""How pronouns and descriptions that the reader finds are given to things of which a corpus annotates the names."""

import pytest
import spacy
from spacy.language import Language

from kg.model import Entity, Mention, Passage
from kg.read.components import ENTITIES
from training.corpora import Document
from training.relation_corpora import Draft, Stuff
from training.relation_mentions import add_mentions, join_mentions

NAME, OTHER = True, False


@pytest.mark.parametrize(
    ("entities", "spans"),
    [
        ([[((0, 2), NAME), ((5, 6), OTHER)]], [[(0, 2), (5, 6)], [(3, 4)]]),
        ([[((0, 1), NAME), ((5, 6), OTHER)]], [[(0, 2), (5, 6)], [(3, 4)]]),
        ([[((7, 8), NAME), ((5, 6), OTHER)]], [[(0, 2)], [(3, 4)]]),
        ([[((0, 2), NAME), ((3, 5), OTHER)]], [[(0, 2)], [(3, 4)]]),
        ([[((0, 2), OTHER), ((5, 6), OTHER)]], [[(0, 2)], [(3, 4)]]),
        ([[((3, 4), NAME), ((8, 9), NAME), ((5, 6), OTHER)]], [[(0, 2)], [(3, 4), (5, 6)]]),
    ],
    ids=["same name", "part of the name", "another name", "on an annotated mention", "no name", "names beside"],
)
def test_things_get_the_mentions_of_the_entity_that_has_their_name(entities, spans):
    things = [Stuff("person", [(0, 2)]), Stuff("organisation", [(3, 4)])]
    assert [thing.spans for thing in join_mentions(things, entities)] == spans
    assert things[0].spans == [(0, 2)]


@Language.component("made_entities")
def set_made_entities(doc):
    """Joins "Bo" and each "He"."""
    found = [Passage(token.idx, token.idx + 2, token.text) for token in doc if token.text in ("Bo", "He")]
    mentions = tuple(Mention(passage, "name" if passage.text == "Bo" else "pronoun") for passage in found)
    doc.user_data[ENTITIES] = (Entity("e1", "person", "Bo", mentions),)
    return doc


def test_mentions_are_counted_in_the_words_of_the_document_across_paragraphs():
    nlp = spacy.blank("en")
    nlp.add_pipe("made_entities")
    words = "Bo left . He won . He ran .".split()
    fresh = [word in (0, 3, 6) for word in range(9)]
    draft = Draft(Document("made", "made", words), fresh, [Stuff("person", [(0, 1)])])
    (joined,) = add_mentions([draft], nlp)
    assert joined.things == [Stuff("person", [(0, 1), (3, 4), (6, 7)])]
    assert joined.document is draft.document
