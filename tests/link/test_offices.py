"""Which item an office is: only one whose body is told, by its exact name."""

import pytest

from kg.link.catalogue import open_catalogue
from kg.link.offices import link_office

OFFICE = "Q4164871"
ROWS = [
    ("Q1", "Kenya", "Republic of Kenya|~Kenyan", "place", "Q6256|Q3624078", "", "Q1", "1963", "", "80", ""),
    ("Q2", "Peru", "~Peruvian", "place", "Q6256|Q3624078", "", "Q2", "1821", "", "80", ""),
    ("Q3", "Ohio", "", "place", "", "", "Q9", "", "", "70", ""),
    ("Q4", "World Coffee Union", "WCU|Union", "organisation", "", "", "", "", "", "60", ""),
    ("Q11", "Prime Minister of Kenya", "Prime Minister|Kenyan Prime Minister", "position",
     OFFICE, "", "Q1", "", "", "50", ""),
    ("Q12", "Vice President of Peru", "Vice President", "position", OFFICE, "", "Q2", "", "", "50", ""),
    ("Q13", "Governor of Ohio", "Ohio Governor", "position", OFFICE, "", "", "", "", "40", ""),
    ("Q14", "Secretary General of the World Coffee Union", "Union Secretary General|WCU Secretary General", "position",
     OFFICE, "", "", "", "", "40", ""),
    ("Q15", "Taoiseach", "", "position", OFFICE, "", "Q7", "", "", "50", ""),
    ("Q16", "Minister of Food", "", "position", OFFICE, "", "Q1", "", "", "20", ""),
    ("Q17", "Minister of Food", "", "position", OFFICE, "", "Q2", "", "", "20", ""),
    ("Q18", "President of Peru", "", "work", "", "a film", "Q2", "", "", "50", ""),
]  # fmt: skip


@pytest.fixture
def catalogue(config, tmp_path, write_catalogue):
    with open_catalogue(config, source=write_catalogue(tmp_path / "offices.tsv.xz", ROWS)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("office", "body", "qid"),
    [
        pytest.param("prime minister of Kenya", None, "Q11", id="label"),
        pytest.param("Kenyan Prime Minister", None, "Q11", id="alias-with-adjective"),
        pytest.param("Kenya's prime minister", None, "Q11", id="possessor"),
        pytest.param("prime minister", "Kenya", "Q11", id="body-told-apart"),
        pytest.param("Ohio Governor", None, "Q13", id="alias-with-name"),
        pytest.param("WCU Secretary General", None, "Q14", id="acronym"),
        pytest.param("Taoiseach", None, "Q15", id="one-word"),
        pytest.param("Prime Minister", None, None, id="bare-is-of-many-countries"),
        pytest.param("Vice President", None, None, id="bare-alias-of-one-only"),
        pytest.param("Union Secretary General", None, None, id="short-name-of-many-bodies"),
        pytest.param("Minister of Food", None, None, id="two-of-one-name"),
        pytest.param("president of Peru", None, None, id="no-position"),
        pytest.param("president of the club", None, None, id="unknown"),
        pytest.param("prime minister", "Peru", None, id="body-without-such-an-office"),
        pytest.param("", None, None, id="nothing"),
    ],
)
def test_an_office_is_linked_only_when_its_body_is_told(catalogue, office, body, qid):
    assert link_office(office, catalogue, body=body) == qid
