"""Gold mentions become entities by name, and links are scored against their items."""

import json

import pytest

from kg.model import Article, Link
from training.gold_links import NIL, UNKNOWN, GoldMention, join_mentions, read_elevant, read_gum, score_links

TEXT = "Ada Obi met Bo Ray in Lakeside. Obi left; Lakeside slept."


def make_gold():
    def mention(name, kind, item, start=0):
        at = TEXT.index(name, start)
        return GoldMention(at, at + len(name), kind, item)

    mentions = [
        mention("Ada Obi", "person", "Q1"),
        mention("Bo Ray", "person", NIL),
        mention("Lakeside", "place", "Q3"),
        mention("Obi", "person", "Q1", 20),
        mention("Lakeside", "place", "Q3", 35),
    ]
    return join_mentions("test", Article("a", TEXT), mentions)


def test_mentions_join_by_name_and_surname():
    gold = make_gold()
    assert {(e.name, len(e.mentions), gold.items[e.id]) for e in gold.reading.entities} == {
        ("Ada Obi", 2, "Q1"),
        ("Bo Ray", 1, NIL),
        ("Lakeside", 2, "Q3"),
    }


@pytest.mark.parametrize(
    ("qids", "precision", "recall", "unlinked"),
    [
        pytest.param({"Ada Obi": "Q1", "Lakeside": "Q3"}, 1.0, 1.0, 1.0, id="all-right"),
        pytest.param({"Ada Obi": "Q9", "Lakeside": "Q3"}, 0.5, 0.5, 1.0, id="wrong-item"),
        pytest.param({"Bo Ray": "Q9", "Lakeside": "Q3"}, 2 / 3, 0.5, 0.0, id="item-for-none"),
        pytest.param({}, 0.0, 0.0, 1.0, id="nothing-linked"),
    ],
)
def test_links_are_scored_by_mentions(qids, precision, recall, unlinked):
    gold = make_gold()
    links = tuple(Link(e.id, "linked" if e.name in qids else "absent", qids.get(e.name)) for e in gold.reading.entities)
    measured = score_links([(gold, links)], lambda item: True)
    assert (measured["precision"], measured["recall"], measured["unlinked"]) == pytest.approx(
        (precision, recall, unlinked)
    )


def test_recall_of_held_items_leaves_out_what_the_catalogue_lacks():
    gold = make_gold()
    links = tuple(Link(e.id, "linked" if e.name == "Ada Obi" else "absent", None) for e in gold.reading.entities)
    measured = score_links([(gold, links)], lambda item: item == "Q1")
    assert (measured["gold"], measured["held"]) == (4, 2)


def test_unknown_items_do_not_count():
    gold = make_gold()
    gold.items.update(dict.fromkeys(gold.items, UNKNOWN))
    links = tuple(Link(e.id, "linked", "Q5") for e in gold.reading.entities)
    assert score_links([(gold, links)], lambda item: True)["links"] == 0


def test_elevant_keeps_names_inside_the_evaluation_span(tmp_path):
    labels = [
        {"span": [0, 7], "entity_id": "Q1", "type": "Q215627"},
        {"span": [12, 18], "entity_id": "<NIL>", "type": "OTHER"},
        {"span": [32, 35], "entity_id": "Q1", "type": "Q215627"},
        {"span": [22, 30], "entity_id": "Q3", "type": "Q27096213", "coref": True},
    ]
    record = {"id": 4, "title": "20180306 - Meeting", "text": TEXT, "evaluation_span": [0, 31], "labels": labels}
    path = tmp_path / "some.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    (gold,) = read_elevant(path)
    assert gold.reading.article.published == "2018-03-06"
    assert [(e.name, e.kind, gold.items[e.id]) for e in gold.reading.entities] == [
        ("Ada Obi", "person", "Q1"),
        ("Bo Ray", "other", NIL),
    ]


def test_people_named_in_full_without_an_identity_have_no_item(tmp_path):
    entities = (
        "(1-person-new-cf1-1-2-sgl-Ada_Obi",
        "1)",
        "_",
        "(2-person-new-cf2-1-2-sgl",
        "2)",
        "(3-person-new-cf3-1-1-sgl)",
    )
    rows = [
        "\t".join((str(n), word, *"_" * 7, f"Entity={entity}" if entity != "_" else "_"))
        for n, (word, entity) in enumerate(zip("Ada Obi met Bo Ray Cy".split(), entities, strict=True), 1)
    ]
    (tmp_path / "GUM_made_up.conllu").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (document,) = read_gum(tmp_path, {"Ada_Obi": "Q1"})
    items = {entity.name: document.items[entity.id] for entity in document.reading.entities}
    assert items == {"Ada Obi": "Q1", "Bo Ray": NIL}
