"""How relations are counted against KnowledgeNet's passages."""

import json

import pytest

from benchmarks.relations import (
    GoldDocument,
    GoldFact,
    GoldPassage,
    Told,
    count_nearest,
    group_facts,
    list_told,
    read_knowledgenet,
    score_knowledgenet,
    score_passage,
)

TEXT = "Ida Roe, born in 1950, runs Acme. She married Bo.   Max is her son."
WD = "http://www.wikidata.org/entity/"


def at(words, start=0):
    place = TEXT.index(words, start)
    return place, place + len(words)


IDA, SHE, BO, MAX, HER, ACME, YEAR = map(at, ("Ida Roe", "She", "Bo", "Max", "her son", "Acme", "1950"))
FIRST, SECOND, THIRD = (0, TEXT.index(" She")), (TEXT.index("She"), TEXT.index("   ")), (TEXT.index("Max"), len(TEXT))


def entity(name, *spans, qid=None):
    return {"id": name, "qid": qid, "mentions": [{"start": a, "end": b, "form": "name"} for a, b in spans]}


def relation(subject, name, target=None, *, evidence=FIRST, value=None):
    end = {"object": target} if target else {"value": value}
    return {"subject": subject, "property": name, **end, "score": 0.9, "evidence": list(evidence)}


def record(*relations):
    return {
        "entities": [
            entity("ida", IDA, SHE, HER, qid="Q1"), entity("bo", BO, qid="Q2"), entity("max", MAX),
            entity("acme", ACME, qid="Q3"),
        ],
        "relations": list(relations),
        "times": [{"start": YEAR[0], "end": YEAR[1], "value": "1950"}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "passage", "told"),
    [
        (relation("acme", "P169", "ida"), FIRST, [Told("CEO", (ACME,), (IDA,), "Q3", "Q1")]),
        (relation("ida", "P569", value="1950"), FIRST, [Told("DATE_OF_BIRTH", (IDA,), (YEAR,), "Q1", None)]),
        (relation("ida", "P40", "max", evidence=THIRD), THIRD, [Told("CHILD_OF", (MAX,), (HER,), None, "Q1")]),
        (relation("max", "P25", "ida", evidence=THIRD), THIRD, [Told("CHILD_OF", (MAX,), (HER,), None, "Q1")]),
        (
            relation("ida", "P26", "bo", evidence=SECOND),
            SECOND,
            [Told("SPOUSE", (SHE,), (BO,), "Q1", "Q2"), Told("SPOUSE", (BO,), (SHE,), "Q2", "Q1")],
        ),
        (relation("ida", "P463", "acme"), FIRST, [Told("EMPLOYEE_OR_MEMBER_OF", (IDA,), (ACME,), "Q1", "Q3")]),
        (relation("ida", "P26", "bo", evidence=SECOND), FIRST, []),
        (relation("ida", "P26", "bo", evidence=FIRST), FIRST, []),
        (relation("ida", "P39", value="mayor"), FIRST, []),
        (relation("ida", "P570", value="1999"), FIRST, []),
    ],
    ids=[
        "turned", "date", "child", "mother", "both ways", "member", "evidence elsewhere", "side not there",
        "property that is not annotated", "date that is not there",
    ],
)  # fmt: skip
def test_a_relation_is_told_in_the_passage_of_its_evidence(given, passage, told):
    assert list_told(record(given), passage) == told


def test_what_is_told_twice_in_a_passage_counts_once():
    twice = [relation("ida", "P108", "acme"), relation("ida", "P463", "acme")]
    assert len(list_told(record(*twice), FIRST)) == 1


def passage(*facts, listed=("CEO", "SPOUSE", "DATE_OF_BIRTH")):
    return GoldPassage((0, len(TEXT)), frozenset(listed), facts)


CEO = GoldFact("CEO", ACME, IDA, WD + "Q3", WD + "Q1/")
CEO_AGAIN = GoldFact("CEO", ACME, SHE, WD + "Q3", WD + "Q1")
BORN = GoldFact("DATE_OF_BIRTH", IDA, YEAR, WD + "Q1", "")


@pytest.mark.parametrize(
    ("gold", "told", "precision", "recall"),
    [
        (passage(CEO), [Told("CEO", (ACME,), ((IDA[0] + 4, IDA[1]),))], 1.0, 1.0),
        (passage(CEO, CEO_AGAIN), [Told("CEO", (ACME,), (IDA, SHE))], 1.0, 1.0),
        (passage(CEO, CEO_AGAIN), [Told("CEO", (ACME,), (IDA,))], 1.0, 0.5),
        (passage(CEO), [Told("CEO", (IDA,), (ACME,))], 0.0, 0.0),
        (passage(CEO), [Told("SPOUSE", (ACME,), (IDA,)), Told("CEO", (ACME,), (IDA,))], 0.5, 1.0),
        (passage(CEO), [Told("CEO", (ACME,), (IDA,)), Told("FOUNDED_BY", (ACME,), (IDA,))], 1.0, 1.0),
        (passage(CEO), [Told("CEO", (ACME,), (BO,))], 0.0, 0.0),
        (passage(), [Told("CEO", (ACME,), (BO,))], 0.0, 0.0),
    ],
    ids=[
        "overlap", "all mentions of the fact", "one mention of two", "turned round", "wrong property", "not listed",
        "wrong object", "no facts",
    ],
)  # fmt: skip
def test_facts_are_found_by_property_and_overlapping_spans(gold, told, precision, recall):
    score = score_passage(gold, told)["text"]
    assert (score.precision, score.recall) == (precision, recall)


def test_what_is_told_of_a_passage_without_facts_counts_as_given():
    assert score_passage(passage(), [Told("CEO", (ACME,), (BO,))])["text"].given == 1


@pytest.mark.parametrize(
    ("facts", "sizes"),
    [
        ([CEO, CEO_AGAIN], [2]),
        ([CEO, GoldFact("CEO", ACME, BO, WD + "Q3", WD + "Q2")], [1, 1]),
        ([CEO, GoldFact("SPOUSE", ACME, IDA, WD + "Q3", WD + "Q1")], [1, 1]),
        (
            [GoldFact("CEO", ACME, IDA, "", "", "Acme", "Ida Roe"), GoldFact("CEO", ACME, SHE, "", "", "Acme", "She")],
            [2],
        ),
        (
            [GoldFact("CEO", ACME, IDA, "", "", "Acme", "Ida Roe"), GoldFact("CEO", ACME, BO, "", "", "Acme", "Bo")],
            [1, 1],
        ),
    ],
    ids=["one item", "two items", "two properties", "pronoun without item", "names without item"],
)
def test_a_fact_of_several_mentions_is_one(facts, sizes):
    assert [len(group) for group in group_facts(facts)] == sizes


def test_a_distinct_fact_is_found_by_any_of_its_mentions():
    score = score_passage(passage(CEO, CEO_AGAIN), [Told("CEO", (ACME,), (SHE,))])["text distinct"]
    assert (score.precision, score.recall, score.wanted) == (1.0, 1.0, 1)


def test_each_property_has_its_own_score():
    scores = score_passage(passage(CEO, BORN), [Told("CEO", (ACME,), (IDA,))])
    assert (scores["text CEO"].f1, scores["text DATE_OF_BIRTH"].wanted) == (1.0, 1)


def test_the_nearest_mentions_find_one_fact_each():
    told = Told("CEO", (ACME,), (SHE, IDA))
    assert count_nearest([CEO, CEO_AGAIN], [told]) == 1
    assert count_nearest([CEO], [told]) == 0  # "She" stands nearer
    assert count_nearest([CEO_AGAIN], [told, told]) == 1


@pytest.mark.parametrize(
    ("gold", "told", "counts"),
    [
        (passage(CEO, CEO_AGAIN), [Told("CEO", (BO,), (BO,), "Q3", "Q1")], (1, 1, 1)),
        (passage(CEO), [Told("CEO", (ACME,), (IDA,), "Q3", None)], (0, 0, 1)),
        (passage(CEO), [Told("CEO", (ACME,), (IDA,), "Q3", "Q9")], (0, 1, 1)),
        (passage(GoldFact("CEO", ACME, IDA, "", WD + "Q1")), [Told("CEO", (ACME,), (IDA,), "Q3", "Q1")], (0, 1, 0)),
        (passage(BORN), [Told("DATE_OF_BIRTH", (IDA,), (YEAR,), "Q1", "Q1950")], (0, 0, 0)),
    ],
    ids=["items alone, once", "told without item", "wrong item", "fact without item", "date"],
)
def test_links_compare_items_only(gold, told, counts):
    score = score_passage(gold, told)["link"]
    assert (score.right_given, score.given, score.wanted) == counts


def test_documents_are_read_with_what_each_passage_lists(tmp_path):
    fact = {"propertyName": "CEO", "subjectStart": ACME[0], "subjectEnd": ACME[1], "subjectUri": WD + "Q3",
            "subjectText": "Acme", "objectText": "Ida Roe", "objectStart": IDA[0], "objectEnd": IDA[1],
            "objectUri": ""}  # fmt: skip
    raw = {
        "fold": 3, "documentId": "7", "documentText": TEXT,
        "passages": [{"passageStart": 0, "passageEnd": FIRST[1], "facts": [fact],
                      "exhaustivelyAnnotatedProperties": [{"propertyName": "CEO"}]}],
    }  # fmt: skip
    file = tmp_path / "made.json"
    file.write_text(json.dumps([raw, {**raw, "fold": 1}]))
    gold = GoldPassage(FIRST, frozenset(("CEO",)), (GoldFact("CEO", ACME, IDA, WD + "Q3", "", "Acme", "Ida Roe"),))
    assert list(read_knowledgenet(file, fold=3)) == [GoldDocument("7", TEXT, (gold,))]


def test_scores_add_up_over_documents_and_mistakes_are_told():
    first = GoldDocument("1", TEXT, (GoldPassage(FIRST, frozenset(("CEO",)), (CEO,)),))
    lines = []
    scores = score_knowledgenet(
        [(first, record(relation("acme", "P169", "ida"))), (first, record()),
         (GoldDocument("2", TEXT, (GoldPassage(SECOND, frozenset(("SPOUSE",)), ()),)),
          record(relation("ida", "P26", "bo", evidence=SECOND)))],
        tell=lines.append,
    )  # fmt: skip
    assert (scores["text"].precision, scores["text"].recall) == (1 / 3, 1 / 2)
    assert lines == [
        "1 missed: 'Acme' CEO 'Ida Roe' in 'Ida Roe, born in 1950, runs Acme.'",
        "2 wrong: 'She' SPOUSE 'Bo' in 'She married Bo.'",
        "2 wrong: 'Bo' SPOUSE 'She' in 'She married Bo.'",
    ]
