"""Which entities of a reading a person's decision is about."""

from dataclasses import replace

import pytest
from made_readings import linked, make_reading

from kg.model import Link, Review, Rival
from kg.review import apply_reviews, read_item_id

READING = make_reading("[p1:Jo Roe] met [p2:Jo Roe] in [l1:Jordan].", "[p3:Jordan] said [p1~pronoun:he] left.")
LINKS = (
    linked("p1", "Q1", "Jo Roe", 0.6, rivals=(Rival("Q2", "Jo Roe", 0.3), Rival("Q5", "Jo", 0.05))),
    Link("p2", "ambiguous", None, 0.5, (Rival("Q1", "Jo Roe", 0.5),)),
    linked("l1", "Q810", "Jordan", 0.9, kind="place"),
    Link("p3", "absent", None, 0.7),
)
FIRST = Review(
    "Jo Roe", "person", "Kim", "2026-05-01T10:00:00Z", "Q2", article="a1", spans=((0, 6), (45, 47)),
    text_sha256=READING.article.sha256, label="Jo Roe (judge)", item_kind="person", classes=("Q16533",),
)  # fmt: skip
EVERYWHERE = Review("jordan", "person", "Kim", "2026-05-01T10:00:00Z", "Q41421")


def apply(*reviews, reading=READING, links=LINKS):
    return {link.entity: link for link in apply_reviews(reading, links, reviews)}


def test_a_review_holds_for_its_entity_and_not_for_a_namesake():
    links = apply(FIRST)
    assert links["p1"] == Link(
        "p1", "linked", "Q2", 1.0, (Rival("Q5", "Jo", 0.05),), "Jo Roe (judge)", ("Q16533",), "person", "person", "Kim"
    )
    assert [links[key] for key in ("p2", "l1", "p3")] == list(LINKS[1:])


def test_none_is_no_item():
    link = apply(replace(FIRST, qid=None, label=None))["p1"]
    assert (link.verdict, link.qid, link.score, link.method) == ("absent", None, 1.0, "person")
    assert [rival.qid for rival in link.rivals] == ["Q2", "Q5"]


def test_a_review_of_another_article_does_not_hold():
    assert apply(replace(FIRST, article="a2")) == {link.entity: link for link in LINKS}


def test_mentions_found_a_little_otherwise_are_known_again():
    moved = replace(FIRST, spans=((3, 9),))
    assert apply(moved)["p1"].qid == "Q2"


def test_in_another_text_the_name_tells_if_only_one_has_it():
    changed = replace(FIRST, text_sha256="0" * 64)
    assert apply(changed) == {link.entity: link for link in LINKS}
    assert apply(replace(changed, name="JORDAN", kind="place"))["p3"].verdict == "absent"
    only = make_reading("Judge [p7:Jo  Roe] left.")
    assert apply(changed, reading=only, links=(Link("p7", "absent"),))["p7"].qid == "Q2"


def test_everywhere_is_for_the_name_and_kind():
    links = apply(EVERYWHERE)
    assert (links["p3"].qid, links["l1"].qid) == ("Q41421", "Q810")


def test_the_kind_may_be_that_of_the_item():
    review = replace(EVERYWHERE, name="Jo Roe", kind="work")
    links = (replace(LINKS[0], kind="work"), *LINKS[1:])
    assert apply(review, links=links)["p1"].qid == "Q41421"


def test_a_review_for_the_article_goes_before_one_for_all():
    everywhere = replace(EVERYWHERE, name="Jo Roe", made="2026-06-01T10:00:00Z")
    links = apply(everywhere, FIRST)
    assert (links["p1"].qid, links["p2"].qid) == ("Q2", "Q41421")


def test_the_latest_counts():
    assert apply(FIRST, replace(FIRST, qid="Q3"))["p1"].qid == "Q3"


@pytest.mark.parametrize(("text", "qid"), [("Q30", "Q30"), (" wd:q30 ", "Q30"), ("none", None), ("None", None)])
def test_an_item_is_a_qid_or_none(text, qid):
    assert read_item_id(text) == qid


@pytest.mark.parametrize("text", ["", "30", "Q0", "Q", "Q30 Q31", "P30", "Q1.5", "Q１", "Q" + "9" * 30, "http://x/Q30"])
def test_what_is_no_item_is_refused(text):
    with pytest.raises(ValueError, match="give a QID such as Q30, or none"):
        read_item_id(text)
