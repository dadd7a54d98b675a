"""Which items an entity may be, from its names and from what stands beside them."""

from dataclasses import replace

import pytest

from kg.link.catalogue import open_catalogue
from kg.link.linker import Linker
from kg.link.pools import gather_pools
from kg.model import Mention, Passage, Reading

ROWS = [
    ("Q1", "Norland", "~Norlandic", "place", "Q6256|Q3624078", "country", "Q1", "1900", "", "90", ""),
    ("Q2", "Southland", "~Southlandic", "place", "Q6256|Q3624078", "country", "Q2", "1900", "", "95", ""),
    ("Q3", "Supreme Court of Norland", "", "organisation", "", "court", "Q1", "", "", "30", ""),
    ("Q4", "Supreme Court of Southland", "Supreme Court", "organisation", "", "court", "Q2", "", "", "60", ""),
    ("Q5", "Orinda", "", "organisation", "", "American company", "Q2", "", "", "90", ""),
    ("Q6", "Orinda rainforest", "", "place", "", "rainforest", "Q1", "", "", "60", ""),
    ("Q7", "Norlandic", "", "concept", "Q34770", "language spoken in Norland", "Q1", "", "", "60", ""),
    ("Q8", "Ada Obi", "", "person", "", "politician", "Q1", "1960", "", "60", "1"),
    ("Q9", "Cy Obi", "Obi", "person", "", "singer", "Q2", "1960", "", "90", "1"),
    ("Q10", "Bo Ray", "", "person", "", "politician", "Q1", "1960", "", "80", "1"),
]


@pytest.fixture
def norland(config, write_catalogue, tmp_path):
    with open_catalogue(config, source=write_catalogue(tmp_path / "norland.tsv.xz", ROWS)) as catalogue:
        yield catalogue


@pytest.mark.parametrize(
    "text",
    ["Norland's Supreme Court ruled.", "The law of Norland is strict, the Supreme Court ruled."],
    ids=["owner", "country-of-the-article"],
)
def test_bodies_of_the_country_that_is_spoken_of_are_candidates(norland, read_names, text):
    reading = read_names(text, ("organisation", "Supreme Court"), ("place", "Norland"))
    found = {c.qid: c.matched for c in gather_pools(reading, norland)[0].linkable}
    assert found["Q3"] == "qualified"


def test_a_bare_body_is_not_that_of_a_country_nobody_speaks_of(norland, read_names):
    reading = read_names(
        "Norland's Supreme Court ruled in Norland.", ("organisation", "Supreme Court"), ("place", "Norland")
    )
    assert Linker(norland).link(reading)[0].qid != "Q4"
    assert (
        Linker(norland).link(read_names("The Supreme Court ruled.", ("organisation", "Supreme Court")))[0].qid is None
    )


def test_catalogues_that_are_slow_to_ask_are_asked_for_names_only(norland, read_names):
    reading = read_names("Norland's Supreme Court ruled.", ("organisation", "Supreme Court"), ("place", "Norland"))
    assert "Q3" not in gather_pools(reading, norland, thorough=False)[0].forms


def test_a_name_that_the_next_word_makes_longer_is_the_longer_thing(norland, read_names):
    reading = read_names("Fires destroy the Orinda rainforest.", ("place", "Orinda"))
    assert Linker(norland).link(reading)[0].qid == "Q6"


@pytest.mark.parametrize(
    ("text", "qid"),
    [
        pytest.param("The book was written in Norlandic.", "Q7", id="language"),
        pytest.param("A Norlandic minister spoke.", "Q1", id="adjective"),
    ],
)
def test_an_adjective_is_the_language_where_the_text_speaks_of_it(norland, read_names, text, qid):
    assert Linker(norland).link(read_names(text, ("group", "Norlandic")))[0].qid == qid


def test_a_single_name_is_the_person_whose_full_name_stands_in_the_text(norland, read_names):
    reading = read_names("Obi spoke first. Ada Obi is a politician.", ("person", "Obi"))
    assert [c.qid for c in gather_pools(reading, norland)[0].linkable] == ["Q8"]


def test_a_longer_name_with_another_middle_name_keeps_namesakes_out(norland, read_names):
    names = "Bo Adam Ray|Bo Ray"
    pool = gather_pools(read_names("Bo Adam Ray, a baker, left. Bo Ray was 45.", ("person", names)), norland)[0]
    assert pool.signs["Q10"] == {"longer_unmatched": 1.0}


def test_an_adjective_that_is_used_both_ways_stays_the_country(norland, read_names):
    text = "A Norlandic minister spoke in Norlandic."
    reading = read_names(text, ("group", "Norlandic"))
    places = [Passage(start, start + 9, "Norlandic") for start in (2, 30)]
    both = replace(reading.entities[0], mentions=tuple(map(Mention, places)))
    reading = Reading(reading.article, (both,))
    assert Linker(norland).link(reading)[0].qid == "Q1"


def test_a_single_name_is_completed_only_by_the_name_of_a_known_person(norland, read_names):
    reading = read_names("Obi spoke in Obi Tower.", ("person", "Obi"))
    assert "Q9" in [c.qid for c in gather_pools(reading, norland)[0].linkable]


def test_letters_behind_a_person_are_no_place(config, write_catalogue, tmp_path, read_names):
    rows = [("Q20", "Marvania", "M.D.", "place", "Q35657", "state", "Q1", "", "", "80", "")]
    with open_catalogue(config, source=write_catalogue(tmp_path / "states.tsv.xz", rows)) as catalogue:
        reading = read_names("Ada Obi, M.D. founded it.", ("person", "Ada Obi"), ("place", "M.D."))
        assert Linker(catalogue).link(reading)[1].qid is None


def test_a_band_is_not_meant_where_nobody_speaks_of_music(config, write_catalogue, tmp_path, read_names):
    rows = [
        ("Q21", "Hexagon", "", "organisation", "", "boy group", "Q2", "", "", "40", ""),
        ("Q22", "Department of War", "Hexagon", "organisation", "", "executive department", "Q1", "", "", "50", ""),
    ]
    with open_catalogue(config, source=write_catalogue(tmp_path / "bands.tsv.xz", rows)) as catalogue:
        reading = read_names("The Hexagon denied the report.", ("organisation", "Hexagon"))
        assert Linker(catalogue).link(reading)[0].qid == "Q22"


def test_the_item_of_a_surname_is_marked_by_those_who_bear_it(config, write_catalogue, tmp_path, read_names):
    rows = [
        ("Q1", "Obi", "", "", "", "", "", "", "", "30", ""),
        ("Q2", "Ada Obi", "", "person", "", "politician", "", "1960", "", "60", "1"),
        ("Q3", "Tarn", "", "", "", "", "", "", "", "30", ""),
    ]
    reading = read_names("Obi left Tarn.", ("other", "Obi"), ("other", "Tarn"))
    with open_catalogue(config, source=write_catalogue(tmp_path / "names.tsv.xz", rows)) as catalogue:
        name, lake = gather_pools(reading, catalogue)
    assert name.signs["Q1"]["surname_item"] > 0
    assert "Q3" not in lake.signs


def test_what_the_realm_tells_is_added_to_what_the_names_tell(config, write_catalogue, tmp_path, read_names):
    rows = [
        ("Q1", "Ada Obi", "", "person", "", "queen", "", "1960", "", "60", "1"),
        ("Q2", "Ada Obi of Norland", "", "person", "", "queen", "", "1960", "", "60", "1"),
    ]
    reading = read_names("Ada May Obi of Norland, or Ada Obi of Norland, left.", ("person", "Ada May Obi|Ada Obi"))
    with open_catalogue(config, source=write_catalogue(tmp_path / "realms.tsv.xz", rows)) as catalogue:
        (pool,) = gather_pools(reading, catalogue)
    assert "longer_unmatched" in pool.signs["Q1"]
    assert "extended" in pool.signs["Q2"]


CUPS = [
    ("Q1", "FIFA World Cup", "", "event", "", "association football competition", "", "1930", "", "40", ""),
    ("Q2", "2022 FIFA World Cup", "", "event", "", "22nd FIFA World Cup", "", "2022", "", "40", ""),
    ("Q3", "Rugby World Cup", "", "event", "", "rugby union competition", "", "1987", "", "40", ""),
    ("Q4", "UEFA Champions League", "", "event", "", "association football competition", "", "", "", "20", ""),
]


@pytest.mark.parametrize(
    ("text", "name", "published", "qid"),
    [
        pytest.param("A football team won the World Cup match.", "World Cup", "2019-05-01", None, id="of no year"),
        pytest.param(
            "A football team will qualify for the World Cup.", "World Cup", "2020-05-01", "Q2", id="the next one"
        ),
        pytest.param("A football team won at the World Cup.", "World Cup", "2022-12-01", "Q2", id="this year"),
        pytest.param("A football team won at the 2022 World Cup.", "2022 World Cup", "2024-12-01", "Q2", id="its year"),
        pytest.param("A rugby team won the World Cup match.", "World Cup", "2022-12-01", None, id="another sport"),
        pytest.param("A football team won the Champions League.", "Champions League", None, "Q4", id="of Europe"),
        pytest.param("African football: the Champions League.", "Champions League", None, None, id="of elsewhere"),
        pytest.param("They drank from the World Cup.", "World Cup", "2022-12-01", None, id="no sport"),
    ],
)
def test_a_cup_is_that_of_the_sport_and_the_year(
    config, write_catalogue, tmp_path, read_names, text, name, published, qid
):
    reading = read_names(text, ("event", name), published=published)
    with open_catalogue(config, source=write_catalogue(tmp_path / "cups.tsv.xz", CUPS)) as cups:
        assert [c.qid for c in gather_pools(reading, cups)[0].linkable] == ([qid] if qid else [])
