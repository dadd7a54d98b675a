"""What the score sees of a candidate in an article."""

import pytest

from kg.link.catalogue import open_catalogue
from kg.link.pools import describe_pools, gather_pools
from kg.link.score import Score

ROWS = [
    ("Q1", "Norland", "", "place", "Q6256|Q3624078", "country", "Q1", "1900", "", "90", ""),
    ("Q2", "Southland", "", "place", "Q6256|Q3624078", "country", "Q2", "1900", "", "95", ""),
    ("Q3", "Port Obi", "", "place", "", "city in Norland", "Q1", "", "", "20", ""),
    ("Q4", "Port Obi", "", "place", "", "province of Southland", "Q2", "", "", "20", ""),
    ("Q5", "Port Obi", "", "work", "", "1950 documentary film", "Q2", "", "", "20", ""),
    ("Q6", "Port Obi", "", "work", "", "treaty of 1950", "Q2", "", "", "20", ""),
    ("Q8", "Norland Larks", "Larks", "organisation", "", "football club in Norland", "Q1", "", "", "20", ""),
    ("Q7", "Port Obi Forest", "", "place", "", "forest in Norland", "Q1", "", "", "20", ""),
]


@pytest.fixture
def describe(config, write_catalogue, tmp_path, read_names):
    with open_catalogue(config, source=write_catalogue(tmp_path / "score.tsv.xz", ROWS)) as catalogue:

        def features(text, *entities):
            reading = read_names(text, *entities)
            pools = gather_pools(reading, catalogue)
            described = describe_pools(reading, pools, Score(weights={}, idf={}, rare=1.0, threshold=0.5))
            return dict(zip([c.qid for c in pools[0].linkable], described[0], strict=True))

        yield features


def test_a_place_is_of_the_type_that_the_article_gives_it(describe):
    found = describe("They left the city of Port Obi.", ("place", "Port Obi"))
    assert "placed" in found["Q3"]
    assert "placed_other" in found["Q4"]
    assert not {"placed", "placed_other"} & set(found["Q5"])


def test_what_names_tell_of_one_candidate_stays_told_beside_the_type_of_a_place(describe):
    found = describe("They left the city of Port Obi forest.", ("place", "Port Obi"))
    assert {qid: x["extended_other"] for qid, x in found.items()} == {
        "Q3": 1.0,
        "Q4": 1.0,
        "Q5": 1.0,
        "Q6": 1.0,
        "Q7": 0.0,
    }


def test_an_obscure_place_elsewhere_is_told_from_one_in_the_country_that_is_spoken_of(describe):
    found = describe("Port Obi is in Norland.", ("place", "Port Obi"), ("place", "Norland"))
    assert found["Q3"]["place_elsewhere_obscure"] == 0.0
    assert found["Q4"]["place_elsewhere_obscure"] > 0


def test_a_place_is_no_film(describe):
    found = describe("They left Port Obi.", ("place", "Port Obi"))
    assert found["Q5"]["work_for_place"] == 1.0
    assert "work_for_place" not in found["Q6"]
    assert describe("They saw Port Obi.", ("work", "Port Obi"))["Q5"]["work_for_place"] == 0.0


@pytest.mark.parametrize(
    ("text", "unsporting"),
    [("The minister met the Larks in parliament.", True), ("The Larks won the football match.", False)],
    ids=["politics", "sport"],
)
def test_teams_are_seldom_meant_where_nobody_plays(describe, text, unsporting):
    assert ("team_unsporting" in describe(text, ("organisation", "Larks"))["Q8"]) is unsporting
