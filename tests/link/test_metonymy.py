"""Capitals that speak are governments."""

import pytest

from kg.link.catalogue import open_catalogue
from kg.link.linker import Linker

ROWS = [
    ("Q1", "Norland", "~Norlandic", "place", "Q6256|Q3624078", "country", "Q1", "1900", "", "95", ""),
    ("Q2", "Nordby", "", "place", "Q5119|Q515", "capital of Norland", "Q1", "", "", "85", ""),
    ("Q3", "Government of Norland", "", "organisation", "", "government", "Q1", "", "", "45", ""),
    ("Q4", "Southland", "", "place", "Q6256|Q3624078", "country", "Q4", "1900", "", "95", ""),
    ("Q5", "Sudby", "", "place", "Q515", "capital and largest city of Southland", "Q4", "", "", "85", ""),
    ("Q6", "Lakeside", "", "place", "Q515", "city in Norland", "Q1", "", "", "85", ""),
]


@pytest.mark.parametrize(
    ("text", "name", "qid"),
    [
        pytest.param("Nordby denied the report.", "Nordby", "Q3", id="government"),
        pytest.param("Sudby warned its neighbours.", "Sudby", "Q4", id="country-without-a-known-government"),
        pytest.param("Talks were held in Nordby on Monday.", "Nordby", "Q2", id="where-things-happen"),
        pytest.param("Lakeside denied the report.", "Lakeside", "Q6", id="no-capital"),
    ],
)
def test_a_capital_that_speaks_is_its_government(config, write_catalogue, tmp_path, read_names, text, name, qid):
    with open_catalogue(config, source=write_catalogue(tmp_path / "capitals.tsv.xz", ROWS)) as catalogue:
        link = Linker(catalogue, min_score=0.1).link(read_names(text, ("place", name)))[0]
    assert link.qid == qid


def test_the_capital_stays_as_a_rival(config, write_catalogue, tmp_path, read_names):
    with open_catalogue(config, source=write_catalogue(tmp_path / "capitals.tsv.xz", ROWS)) as catalogue:
        link = Linker(catalogue, min_score=0.1).link(read_names("Nordby denied it.", ("place", "Nordby")))[0]
    assert link.label == "Government of Norland"
    assert link.rivals[0].qid == "Q2"
