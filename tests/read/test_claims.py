"""Who says what to whom, from hand-made trees and entities."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.model import Claim, Entity, Mention, Passage, Time
from kg.read.claims import (
    Places,
    date_claims,
    find_own_words,
    find_places,
    give_own_words,
    tell_quotation,
)
from kg.read.components import ENTITIES
from kg.read.speakers import find_authors, find_speaker, find_speakers

VOCAB = spacy.blank("en").vocab


def make(text, heads, deps, tags=None):
    words = text.split()
    tags = (
        tags.split()
        if tags
        else ["ADP" if word == "to" else "PROPN" if word[0].isupper() else "NOUN" for word in words]
    )
    return Doc(VOCAB, words=words, heads=[int(h) for h in heads.split()], deps=deps.split(), pos=tags)


def add(doc, *given):
    """Entities of (kind, word spans)."""
    entities = []
    for number, (kind, *spans) in enumerate(given, 1):
        mentions = []
        for start, end in spans:
            span = doc[start:end]
            form = "pronoun" if span.text.lower() in ("he", "she", "i") else "name"
            mentions.append(Mention(Passage(span.start_char, span.end_char, span.text), form))
        entities.append(Entity(f"e{number}", kind, mentions[0].passage.text, tuple(mentions)))
    doc.user_data[ENTITIES] = tuple(entities)
    return doc


def test_mentions_are_found_by_the_stretch_that_they_touch():
    doc = add(make("Jo Roe met Acme in Leeds", "2 0 2 2 5 2", "nsubj flat ROOT obj case obl"), ("person", (0, 2)),
              ("organisation", (3, 4)), ("place", (5, 6)))  # fmt: skip
    places = Places(find_places(doc))
    assert [p.entity.id for p in places.list_touching(1, 4)] == ["e1", "e2"]
    assert [p.entity.id for p in places.list_touching(2, 3)] == []
    assert [p.entity.id for p in places.list_touching(0, 6)] == ["e1", "e2", "e3"]
    assert Places([]).list_touching(0, 9) == []


def test_a_person_at_the_end_of_the_source_speaks_whatever_the_tree_says():
    doc = make("Acme head Jo Roe said", "4 0 0 2 4", "nsubj appos dep flat ROOT", "PROPN NOUN PROPN PROPN VERB")
    add(doc, ("organisation", (0, 1)), ("person", (2, 4)))
    assert find_speaker(doc[0:4], Places(find_places(doc))) == "e2"


def test_a_person_at_the_end_speaks_where_the_head_is_nobody():
    doc = make("her son Jo Roe said", "1 4 1 2 4", "nmod:poss nsubj dep flat ROOT", "PRON NOUN PROPN PROPN VERB")
    assert find_speaker(doc[0:4], Places(find_places(add(doc, ("person", (2, 4)))))) == "e1"


def test_a_person_after_a_preposition_does_not_speak():
    doc = make("Acme of Jo Roe said", "4 2 0 2 4", "nsubj case nmod flat ROOT", "PROPN ADP PROPN PROPN VERB")
    add(doc, ("organisation", (0, 1)), ("person", (2, 4)))
    assert find_speaker(doc[0:4], Places(find_places(doc))) == "e1"


@pytest.mark.parametrize(
    ("text", "heads", "deps", "kind", "name", "speaker"),
    [
        ("Jo Roe said so", "2 0 2 2", "nsubj flat ROOT advmod", "person", (0, 2), "e1"),
        ("minister Jo Roe said so", "1 3 1 3 3", "compound nsubj flat ROOT advmod", "person", (1, 3), "e1"),
        ("spokesman Jo Roe said", "3 0 1 3", "nsubj flat flat ROOT", "person", (1, 3), "e1"),
        ("the mayor , Jo Roe , said", "1 6 3 1 3 3 6", "det nsubj punct appos flat punct ROOT", "person", (3, 5), "e1"),
        ("Acme 's chief said so", "2 0 3 3 3", "nmod:poss case nsubj ROOT advmod", "organisation", (0, 1), None),
        ("Acme leaders said so", "1 2 2 2", "compound nsubj ROOT advmod", "organisation", (0, 1), None),
        ("Roe aides said so", "1 2 2 2", "compound nsubj ROOT advmod", "person", (0, 1), None),
        ("an aide to Jo Roe said", "1 5 3 1 3 5", "det nsubj case nmod flat ROOT", "person", (3, 5), None),
        ("she said so", "1 1 1", "nsubj ROOT advmod", "person", (0, 1), "e1"),
    ],
    ids=["name", "title before", "title as head", "apposition", "owner", "modifier", "person first", "of whom", "he"],
)  # fmt: skip
def test_the_speaker_is_the_head_of_the_source(text, heads, deps, kind, name, speaker):
    doc = add(make(text, heads, deps), (kind, name))
    end = next(token.i for token in doc if token.text == "said")
    assert find_speaker(doc[0:end], Places(find_places(doc))) == speaker


@pytest.mark.parametrize(
    ("text", "spans", "quotation"),
    [
        ("it rained", [(0, 2)], "indirect"),
        ("“ it rained . ”", [(0, 5)], "direct"),
        ('" it rained "', [(0, 4)], "direct"),
        ("“ it rained , ” she said , “ and snowed . ”", [(0, 5), (8, 13)], "direct"),
        ("that it “ rained ” all day", [(0, 7)], "mixed"),
        ("“ it rained ” and then “ snowed ”", [(0, 9)], "mixed"),
        ("“ it rained ” and snowed", [(0, 6)], "mixed"),
    ],
    ids=["none", "curly", "straight", "two parts", "inside", "twice", "half"],
)
def test_quotation_types(text, spans, quotation):
    words = text.split()
    doc = make(text, " ".join("0" for _ in words), " ".join(["ROOT", *["dep"] * (len(words) - 1)]),
               " ".join("PUNCT" if w in "“”\".," else "NOUN" for w in words))  # fmt: skip
    assert tell_quotation([doc[a:b] for a, b in spans]) == quotation


def claim(name, speaker, cue=None):
    passage = Passage(0, 1, "x")
    return Claim(name, speaker, None, cue, (passage,), "direct", "positive", "certain", "non-future", None, (), 1.0)


def test_own_words_stand_within_quotation_marks():
    doc = make("I said “ I think my dog ” and me", " ".join("0" * 10), " ".join(["ROOT", *["dep"] * 9]))
    assert [p.text for p in find_own_words([doc[0:10]])] == ["I", "my"]


def test_own_words_become_mentions_of_a_speaker_who_is_a_person():
    doc = add(make("Roe said “ I did ”", "0 0 0 0 0 0", "ROOT dep dep dep dep dep"), ("person", (0, 1)))
    words = list(find_own_words([doc[2:6]]))
    [entity] = give_own_words(doc.user_data[ENTITIES], [claim("c1", "e1")], {"c1": words})
    assert [(m.passage.text, m.form) for m in entity.mentions] == [("Roe", "name"), ("I", "pronoun")]


@pytest.mark.parametrize(
    ("kind", "speakers"), [("organisation", ["e1"]), ("person", ["e1", None]), ("person", [None])],
    ids=["an organisation", "two speakers", "unknown"],
)  # fmt: skip
def test_own_words_without_one_sure_person_are_nobodys(kind, speakers):
    doc = add(make("Roe said “ I did ”", "0 0 0 0 0 0", "ROOT dep dep dep dep dep"), (kind, (0, 1)))
    words = list(find_own_words([doc[2:6]]))
    claims = [claim(f"c{n}", speaker) for n, speaker in enumerate(speakers)]
    assert give_own_words(doc.user_data[ENTITIES], claims, {c.id: words for c in claims}) == doc.user_data[ENTITIES]


def test_a_word_that_is_a_mention_already_keeps_its_entity():
    doc = add(
        make("Roe said “ I did ”", "0 0 0 0 0 0", "ROOT dep dep dep dep dep"), ("person", (0, 1)), ("person", (3, 4))
    )
    words = list(find_own_words([doc[2:6]]))
    assert give_own_words(doc.user_data[ENTITIES], [claim("c1", "e1")], {"c1": words}) == doc.user_data[ENTITIES]


@pytest.mark.parametrize(
    ("head", "value", "day"),
    [
        (1, "2026-05-01", "2026-05-01"),
        (1, "2026-05-01T09:00", "2026-05-01"),
        (1, "2026-05", None),
        (3, "2026-05-01", None),
    ],
    ids=["day", "time of day", "month", "of something else"],
)  # fmt: skip
def test_a_day_that_depends_on_the_cue_is_the_day_of_speaking(head, value, day):
    doc = make("Roe said it rained Friday", f"1 1 3 1 {head}", "nsubj ROOT nsubj ccomp obl")
    cue, friday = doc[1:2], doc[4:5]
    times = [Time(Passage(friday.start_char, friday.end_char, friday.text), value)]
    [found] = date_claims(doc, [claim("c1", None, Passage(cue.start_char, cue.end_char, cue.text))], times)
    assert found.claimed_on == day


def test_speakers_that_are_joined_all_speak():
    doc = make("Roe and Hall said", "3 2 0 3", "nsubj cc conj ROOT", "PROPN CCONJ PROPN VERB")
    add(doc, ("person", (0, 1)), ("person", (2, 3)))
    assert find_speakers(doc[0:3], Places(find_places(doc))) == ("e1", "e2")


def test_each_title_belongs_to_its_own_name():
    doc = make("mayor Roe and aide Hall said", "1 5 4 4 1 5", "compound nsubj cc compound conj ROOT",
               "NOUN PROPN CCONJ NOUN PROPN VERB")  # fmt: skip
    add(doc, ("person", (1, 2)), ("person", (4, 5)))
    assert find_speakers(doc[0:5], Places(find_places(doc))) == ("e1", "e2")


LETTERS = {
    "from whom": ("a letter from Roe", "1 1 3 1", "det ROOT case nmod", "DET NOUN ADP PROPN", 3),
    "whose": ("Roe 's letter", "2 0 2", "nmod:poss case ROOT", "PROPN PART NOUN", 0),
    "signed by whom": (
        "a letter signed by Roe",
        "1 1 1 4 2",
        "det ROOT acl case obl:agent",
        "DET NOUN VERB ADP PROPN",
        4,
    ),
    "who wrote it": ("Roe wrote a letter", "1 1 3 1", "nsubj ROOT det obj", "PROPN VERB DET NOUN", 0),
}


def make_letter(text, heads, deps, tags):
    lemmas = {"signed": "sign", "wrote": "write"}
    words = text.split()
    return Doc(VOCAB, words=words, heads=[int(h) for h in heads.split()], deps=deps.split(), pos=tags.split(),
               lemmas=[lemmas.get(word, word) for word in words])  # fmt: skip


@pytest.mark.parametrize(("text", "heads", "deps", "tags", "author"), LETTERS.values(), ids=LETTERS)
def test_the_author_of_a_letter_is_whom_the_article_names(text, heads, deps, tags, author):
    doc = add(make_letter(text, heads, deps, tags), ("person", (author, author + 1)))
    assert find_authors(doc, Places(find_places(doc))) == {"letter": "e1"}


def test_what_the_letter_says_its_author_says():
    doc = make_letter("the letter said so", "1 2 2 2", "det nsubj ROOT advmod", "DET NOUN VERB ADV")
    places = Places(find_places(doc))
    assert find_speakers(doc[0:2], places, {"letter": "e7"}) == ("e7",)
    assert find_speakers(doc[0:2], places, {"report": "e7"}) == ()


def test_media_reports_have_no_author():
    doc = make_letter("the media report said", "2 2 3 3", "det compound nsubj ROOT", "DET NOUN NOUN VERB")
    assert find_speakers(doc[0:3], Places(find_places(doc)), {"report": "e7"}) == ()


def test_an_owner_does_not_speak_where_the_tree_takes_it_for_the_head():
    doc = make("Roe 's aide said", "3 0 0 3", "nsubj case nmod:desc ROOT", "PROPN PART NOUN VERB")
    assert find_speakers(doc[0:3], Places(find_places(add(doc, ("person", (0, 1)))))) == ()


def test_a_person_in_a_clause_about_the_source_does_not_speak():
    doc = make("Acme , which ousted chairman Jo Roe , said", "8 3 3 0 5 3 5 3 8",
               "nsubj punct nsubj acl:relcl compound obj flat punct ROOT",
               "PROPN PUNCT PRON VERB NOUN PROPN PROPN PUNCT VERB")  # fmt: skip
    add(doc, ("organisation", (0, 1)), ("person", (5, 7)))
    assert find_speakers(doc[0:8], Places(find_places(doc))) == ("e1",)


def test_a_name_speaks_before_a_description_beside_it():
    doc = make("a Labour mayor , Jo Roe , said", "2 2 7 4 2 4 2 7", "det amod nsubj punct appos flat punct ROOT",
               "DET ADJ NOUN PUNCT PROPN PROPN PUNCT VERB")  # fmt: skip
    mentions = [((0, 3), "nominal"), ((4, 6), "name")]
    doc.user_data[ENTITIES] = tuple(
        Entity(
            f"e{n}",
            "person",
            doc[a:b].text,
            (Mention(Passage(doc[a:b].start_char, doc[a:b].end_char, doc[a:b].text), form),),
        )
        for n, ((a, b), form) in enumerate(mentions, 1)
    )
    assert find_speakers(doc[0:7], Places(find_places(doc))) == ("e2",)
