"""The readers of relation corpora, on texts written in their formats."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
import spacy

from kg.model import Entity, Mention, Passage
from kg.properties import BY_ID
from kg.read.components import ENTITIES
from kg.read.labels import MISC_TYPES, NAME_TAGS
from training.corpora import Document
from training.related import Fact, Region, Related, Thing, relate, settle_kinds
from training.relation_corpora import (
    Words,
    agreement,
    read_conll04,
    read_dwie_relations,
    read_fewrel,
    read_re3d,
    read_redocred_relations,
    read_text2kgbench,
)
from training.relation_maps import MEANINGS
from training.relation_passages import close_gaps, join_facts, name_relation, without_repeats
from training.sight import see_syntax


def write_lines(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def told(related):
    """The facts of a document in words."""

    def name(number):
        start, end = related.things[number].spans[0]
        return " ".join(related.document.words[start:end])

    return {(name(fact.subject), fact.property, name(fact.object)) for fact in related.facts}


def redocred(labels, title="Made"):
    names = [("Ida", "PER", 0, 0), ("Max", "PER", 0, 2), ("Norland", "LOC", 1, 2), ("Pact", "ORG", 1, 4)]
    return {
        "title": title,
        "sents": [["Ida", "fed", "Max", "."], ["She", "left", "Norland", "'s", "Pact", "."]],
        "vertexSet": [[{"name": n, "type": t, "sent_id": s, "pos": [p, p + 1]}] for n, t, s, p in names],
        "labels": [{"h": h, "t": t, "r": r} for h, r, t in labels],
    }


def read_one_redocred(tmp_path, labels):
    file = tmp_path / "made.json"
    file.write_text(json.dumps([redocred(labels)]))
    return relate(next(read_redocred_relations(file, held_back=False)))


@pytest.mark.parametrize(
    ("labels", "facts"),
    [
        ([(1, "P25", 0)], {("Max", "P25", "Ida"), ("Ida", "P40", "Max")}),
        ([(0, "P40", 1)], {("Ida", "P40", "Max")}),
        ([(3, "P527", 2)], {("Norland", "P361", "Pact")}),
        ([(0, "P361", 3)], set()),
        ([(3, "P355", 2)], {("Norland", "P749", "Pact")}),
        ([(0, "P26", 1)], {("Ida", "P26", "Max"), ("Max", "P26", "Ida")}),
        ([(0, "P1344", 3)], {("Ida", "P1344", "Pact"), ("Pact", "P710", "Ida")}),
        ([(0, "P30", 2)], set()),
    ],
    ids=["mother", "child", "has part", "no part", "subsidiary", "spouse", "participant", "none of ours"],
)
def test_redocred_states_our_properties_in_wikidatas_direction(tmp_path, labels, facts):
    assert told(read_one_redocred(tmp_path, labels)) == facts


def test_redocred_counts_mentions_in_words_of_the_document(tmp_path):
    related = read_one_redocred(tmp_path, [])
    assert related.things[2] == Thing("place", ((6, 7),))
    assert related.document.sentence_starts == [1, 0, 0, 0, 1, 0, 0, 0, 0, 0]


def test_redocred_knows_in_full_what_the_corpus_annotates_anywhere(tmp_path):
    file = tmp_path / "made.json"
    file.write_text(json.dumps([redocred([(0, "P27", 2)]), redocred([(0, "P463", 3)])]))
    first = relate(next(read_redocred_relations(file, held_back=False)))
    assert first.regions == [Region(0, 10, frozenset(("P27", "P463")))]


def test_a_member_of_a_team_leaves_membership_known_only_where_it_is_stated(tmp_path):
    related = read_one_redocred(tmp_path, [(0, "P54", 3), (1, "P463", 3)])
    assert "P463" not in related.regions[0].known
    assert related.regions[1] == Region(0, 10, frozenset(("P463",)), frozenset((1, 3)))
    assert related.facts == [Fact(1, "P463", 3, 1)]


def test_every_fifth_document_of_redocred_is_held_back(tmp_path):
    file = tmp_path / "made.json"
    file.write_text(json.dumps([redocred([], title=str(number)) for number in range(10)]))
    titles = {held: [d.document.id for d in read_redocred_relations(file, held_back=held)] for held in (True, False)}
    assert titles == {True: ["4", "9"], False: ["0", "1", "2", "3", "5", "6", "7", "8"]}


def fewrel(tmp_path, relation):
    row = {"tokens": "Ida joined the Pact .".split(), "h": ["ida", "Q1", [[0]]], "t": ["pact", "Q2", [[3]]]}
    file = tmp_path / "val_made.json"
    file.write_text(json.dumps({relation: [row]}))
    return relate(next(read_fewrel(file)))


def test_fewrel_knows_of_a_pair_all_that_does_not_often_stand_beside_its_relation(tmp_path):
    related = fewrel(tmp_path, "P463")
    assert told(related) == {("Ida", "P463", "Pact")}
    (region,) = related.regions
    assert region.things == {0, 1}
    assert {"P463", "P26", "P19"} <= region.known
    assert not region.known & {"P108", "P361", "P102"}


def test_fewrel_keeps_pairs_of_other_relations_as_pairs_without_ours(tmp_path):
    related = fewrel(tmp_path, "P921")
    assert related.facts == []
    assert related.regions[0].known == frozenset(BY_ID)


@pytest.mark.parametrize(
    ("text", "given", "spans"),
    [
        ("The Lake Times was founded in 1950.", "01 January 1950", (6, 7)),
        ("The Lake Times began on January 1, 1950.", "01 January 1950", (5, 9)),
        ("The Lake Times sold 19500 copies.", "01 January 1950", None),
    ],
    ids=["year alone", "whole date", "no such year"],
)
def test_text2kgbench_finds_dates_as_the_sentence_writes_them(tmp_path, text, given, spans):
    row = {"id": "1", "sub_label": "Lake Times", "obj_label": given, "rel": "P571", "sent": text}
    write_lines(tmp_path / "train/made.jsonl", [row])
    found = [relate(draft) for draft in read_text2kgbench(tmp_path / "train")]
    assert [[thing.spans for thing in related.things] for related in found] == (
        [[((1, 3),), (spans,)]] if spans else []
    )


CONLL04 = """\
#doc 7
0\tIda\tB-Peop\t['N']\t[0]
1\tRoe\tI-Peop\t['Work_For', 'Live_In']\t[3, 5]
2\tof\tO\t['N']\t[2]
3\tAcme\tB-Org\t['OrgBased_In']\t[5]
4\t,\tO\t['N']\t[4]
5\tNortown\tB-Loc\t['N']\t[5]
6\tmet\tO\t['N']\t[6]
7\tBo\tB-Peop\t['Kill']\t[1]
"""


def test_conll04_joins_the_last_words_of_names(tmp_path):
    (tmp_path / "made.txt").write_text(CONLL04)
    related = relate(next(read_conll04([tmp_path / "made.txt"])))
    assert told(related) == {("Ida Roe", "P108", "Acme"), ("Ida Roe", "P551", "Nortown"), ("Acme", "P159", "Nortown")}
    assert related.regions == [Region(0, 8, frozenset(("P108", "P551", "P159", "P131")))]


def test_dwie_turns_heads_of_state_round_and_tells_parties_and_employers_from_other_memberships(tmp_path):
    def entity(start, *tags):
        mention = {"sent_id": 0, "pos": [start, start + 1]}
        return {"mentions": [mention], "tags": [f"type::{tag}" for tag in tags]}

    raw = {
        "id": "made",
        "sents": [["Ida", "\n", "Norland", "Greens", "Pact", "president", "Times"]],
        "entities": [
            entity(0, "entity", "person"), entity(2, "entity", "location", "gpe0"),
            entity(3, "organization", "party"), entity(4, "organization", "igo"), entity(5, "value", "role"),
            entity(6, "organization", "media"),
        ],
        "labels": [
            {"r": "head_of_state", "h": 0, "t": 1}, {"r": "member_of", "h": 0, "t": 2},
            {"r": "member_of", "h": 1, "t": 3}, {"r": "vs", "h": 0, "t": 1},
            {"r": "member_of", "h": 0, "t": 5},
        ],
    }  # fmt: skip
    related = relate(next(read_dwie_relations(write_lines(tmp_path / "made.jsonl", [raw]))))
    assert told(related) == {
        ("Norland", "P35", "Ida"), ("Ida", "P102", "Greens"), ("Norland", "P463", "Pact"), ("Ida", "P108", "Times")
    }  # fmt: skip
    kinds = ["person", "place", "organisation", "organisation", "office", "organisation"]
    assert [thing.kind for thing in related.things] == kinds
    assert related.document.words == ["Ida", "Norland", "Greens", "Pact", "president", "Times"]
    assert related.paragraphs == [True, True, False, False, False, False]


def test_re3d_gives_pairs_and_knows_that_enemies_are_no_members(tmp_path):
    text = "Lt Roe of the Lake Navy fought the Hill Army."
    spans = [(0, 6, "Person"), (14, 23, "Organisation"), (35, 44, "Organisation")]
    ends = [
        {"sourceBegin": a[0], "sourceEnd": a[1], "source": text[a[0] : a[1]],
         "targetBegin": b[0], "targetEnd": b[1], "target": text[b[0] : b[1]]}
        for a, b in ((spans[0], spans[1]), (spans[0], spans[2]))
    ]  # fmt: skip
    own = {"documentId": "d", "confidence": 1}
    folder = tmp_path / "re3d/Made"
    write_lines(folder / "documents.json", [{"_id": "d", "text": text}])
    write_lines(folder / "entities.json", [{**own, "begin": a, "end": b, "type": kind} for a, b, kind in spans])
    write_lines(
        folder / "relations.json",
        [{**own, **ends[0], "type": "BelongsTo", "value": "of"},
         {**own, **ends[1], "type": "FightingAgainst", "value": "fought"}],
    )  # fmt: skip
    related = relate(next(read_re3d(tmp_path / "re3d")))
    assert told(related) == {("Lt Roe", "P463", "Lake Navy")}
    enemies = [region for region in related.regions if region.things == {0, 2}]
    assert [region.known for region in enemies] == [frozenset(BY_ID)]


TEXT = "Ida Roe, who runs Acme, met Bo.  " + " " * 40 + "  Her son Max is Norlandish."


def knowledgenet():
    def fact(name, subject, target, uris=("", "")):
        record = {"propertyName": name}
        for side, text, uri in (("subject", subject, uris[0]), ("object", target, uris[1])):
            start = TEXT.index(text)
            record |= {f"{side}Start": start, f"{side}End": start + len(text), f"{side}Text": text, f"{side}Uri": uri}
        return record

    first, second = TEXT.index("  "), TEXT.index("Her")
    passages = [
        {"passageStart": 0, "passageEnd": first, "exhaustivelyAnnotatedProperties": [{"propertyName": "CEO"}],
         "facts": [fact("CEO", "Acme", "Ida Roe"), fact("CEO", "Acme", "who")]},
        {"passageStart": second, "passageEnd": len(TEXT),
         "exhaustivelyAnnotatedProperties": [{"propertyName": "CHILD_OF"}, {"propertyName": "NATIONALITY"}],
         "facts": [fact("CHILD_OF", "Max", "Her"), fact("NATIONALITY", "Max", "Norlandish")]},
    ]  # fmt: skip
    return {"documentId": "9", "documentText": TEXT, "passages": passages}


def read_knowledgenet_row(row, entities):
    """The row joined to ``entities``, each a kind with texts of its mentions."""
    nlp = spacy.blank("en")
    text = row["documentText"]
    doc = nlp.make_doc(text)
    found = []
    for kind, forms in entities:
        places = [(text.index(form), form) for form in forms]
        mentions = tuple(Mention(Passage(start, start + len(form), form)) for start, form in places)
        found.append(Entity(f"e{len(found)}", kind, forms[0], mentions))
    doc.user_data[ENTITIES] = tuple(found)
    return relate(join_facts(row, doc, Words(text, nlp)))


def test_knowledgenet_joins_its_spans_to_the_readers_entities_and_adds_what_is_missing():
    related = read_knowledgenet_row(
        close_gaps(knowledgenet()), [("person", ["Ida Roe", "Her"]), ("person", ["Bo"]), ("organisation", ["Acme"])]
    )
    assert told(related) == {("Acme", "P169", "Ida Roe"), ("Ida Roe", "P40", "Max"), ("Max", "P27", "Norlandish")}
    assert [(thing.kind, len(thing.spans)) for thing in related.things] == [
        ("person", 2), ("person", 1), ("organisation", 1), ("person", 1), ("group", 1)
    ]  # fmt: skip


def test_knowledgenet_knows_in_each_passage_what_that_lists():
    related = read_knowledgenet_row(close_gaps(knowledgenet()), [])
    assert [(region.known, region.things) for region in related.regions] == [
        ({"P169"}, None), ({"P40", "P27"}, None)
    ]  # fmt: skip
    assert {fact.property: fact.region for fact in related.facts} == {"P169": 0, "P40": 1, "P27": 1}


def test_spans_with_one_uri_are_one_thing():
    row = knowledgenet()
    row["passages"][0]["facts"][0]["objectUri"] = row["passages"][1]["facts"][0]["objectUri"] = "wd:Q1"
    related = read_knowledgenet_row(close_gaps(row), [])
    assert [thing.spans for thing in related.things if len(thing.spans) > 1] == [((0, 2), (10, 11))]


def test_gaps_between_passages_close_and_offsets_follow():
    row = close_gaps(knowledgenet())
    text = row["documentText"]
    assert text == "Ida Roe, who runs Acme, met Bo.\n\nHer son Max is Norlandish."
    facts = [fact for passage in row["passages"] for fact in passage["facts"]]
    assert all(text[f[f"{s}Start"] : f[f"{s}End"]] == f[f"{s}Text"] for f in facts for s in ("subject", "object"))


def test_a_relative_pronoun_does_not_say_again_what_its_name_says():
    facts = knowledgenet()["passages"][0]["facts"]
    assert [fact["objectText"] for fact in without_repeats(facts)] == ["Ida Roe"]
    assert [fact["objectText"] for fact in without_repeats(facts[1:])] == ["who"]


@pytest.mark.parametrize(
    ("text", "target", "name"),
    [
        ("Ida works for Acme.", "Acme", "EMPLOYEE_OF"),
        ("Ida, guitarist of The Larks", "The Larks", "MEMBER_OF"),
        ("Ida sits in the Lake Society.", "Lake Society", "MEMBER_OF"),
        ("Ida joined the Lake Party.", "Lake Party", "POLITICAL_AFFILIATION"),
    ],
    ids=["company", "band", "society", "party"],
)
def test_employers_clubs_and_parties_are_told_apart(text, target, name):
    fact = {"propertyName": "EMPLOYEE_OR_MEMBER_OF", "objectStart": text.index(target), "objectText": target}
    assert name_relation(fact, text) == name


class FakeNetwork:
    """Names the words of ``tags`` and knows no sentences."""

    transitions = np.zeros((len(NAME_TAGS), len(NAME_TAGS)), np.float32)
    dependencies = ("root", "dep")

    def __init__(self, tags):
        self.tags = tags

    def answer(self, texts, bias):
        for words in texts:
            names = np.zeros((len(words), len(NAME_TAGS)), np.float32)
            for row, word in zip(names, words, strict=True):
                row[NAME_TAGS.index(self.tags.get(word, "O"))] = 20
            zeros = np.zeros(len(words), np.int64)
            misc = np.zeros((len(words), len(MISC_TYPES)), np.float32)
            yield SimpleNamespace(names=names, misc=misc, sentences=zeros - 1.0, upos=zeros, heads=zeros, labels=zeros)


def made(kinds, facts=()):
    words = "Ida won Larks Norlandish".split()
    things = [Thing(kind, ((at, at + 1),)) for kind, at in kinds]
    regions = [Region(0, 4, frozenset(BY_ID))]
    return Related(Document("made", "redocred", words), [True, False, False, False], things, regions, list(facts))


def test_things_without_a_kind_get_that_of_the_models_name():
    network = FakeNetwork({"Ida": "B-person", "Larks": "B-product", "Norlandish": "B-group"})
    given = made([("unknown", 0), ("other", 2), ("place", 3), ("unknown", 1)])
    (settled,) = settle_kinds([given], network)
    assert [thing.kind for thing in settled.things] == ["person", "product", "place", "other"]


@pytest.mark.parametrize(
    ("name", "tag", "kind"),
    [
        ("P19", "B-product", "place"),
        ("P463", "B-misc", "organisation"),
        ("P463", "B-group", "group"),
        ("P276", "O", "place"),
        ("P361", "B-date", "other"),
    ],
    ids=["only kind", "a body", "an allowed kind", "no name", "none of many kinds"],
)
def test_things_without_a_kind_are_rather_what_their_facts_allow(name, tag, kind):
    given = made([("unknown", 0), ("unknown", 2)], [Fact(0, name, 1, 0)])
    (settled,) = settle_kinds([given], FakeNetwork({"Larks": tag}))
    assert settled.things[1].kind == kind


def test_syntax_is_what_the_model_sees():
    ((related, tagged),) = see_syntax([made([])], FakeNetwork({}))
    assert list(tagged.words) == related.document.words
    assert tagged.sentence_starts == [True, False, False, False]
    assert tagged.labels == ["root"] * 4


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [((0, 2), (0, 2), 1.0), ((0, 2), (1, 3), 0.5), ((0, 2), (2, 4), 0.0), ((0, 1), (5, 9), 0.0)],
    ids=["same", "half", "touching", "apart"],
)
def test_agreement_counts_shared_words_twice(one, other, share):
    assert agreement(one, other) == share


def test_all_meanings_are_properties_of_the_table():
    assert {name for each in MEANINGS.values() for meaning in each.values() for name, _ in meaning} <= set(BY_ID)
