"""Decisions of the shipped score over a small catalogue."""

from dataclasses import replace

import pytest

from kg.errors import CatalogueError, ModelError
from kg.link import Linker
from kg.link.catalogue import open_catalogue
from kg.link.linker import gather_pools
from kg.link.score import Score
from kg.model import Article, Entity, Mention, Passage, Reading

NEWS = "Ada Obi, a Kenyan politician, spoke in Lakeside. Kenya is her home. Obi said the Kenyan parliament would vote."


class FailingCatalogue:
    """Fails for one name."""

    def __init__(self, catalogue, name):
        self.catalogue, self.name = catalogue, name

    def find(self, name, *, limit=30, similar=False):
        if name == self.name:
            raise CatalogueError("no answer")
        return self.catalogue.find(name, limit=limit, similar=similar)

    def get(self, qid):
        return self.catalogue.get(qid)


@pytest.mark.parametrize(
    ("kind", "names", "qid"),
    [
        pytest.param("person", "Ada Obi|Obi", "Q2", id="the-living-of-two-namesakes"),
        pytest.param("place", "Kenya", "Q1", id="country"),
        pytest.param("place", "Lakeside", "Q5", id="the-place-in-the-country-spoken-of"),
        pytest.param("organisation", "Kenyan parliament", "Q4", id="adjective-and-institution"),
    ],
)
def test_entities_are_linked(catalogue, read_names, kind, names, qid):
    reading = read_names(NEWS, (kind, names), ("place", "Kenya"), ("group", "Kenyan"))
    link = Linker(catalogue).link(reading)[0]
    assert (link.verdict, link.qid) == ("linked", qid)


def test_link_carries_label_classes_and_rivals(catalogue, read_names):
    link = Linker(catalogue).link(read_names(NEWS, ("place", "Lakeside"), ("place", "Kenya")))[0]
    assert (link.label, link.classes) == ("Lakeside", ("Q515",))
    assert {rival.qid for rival in link.rivals} == {"Q6", "Q7"}
    assert link.score + sum(rival.score for rival in link.rivals) <= 1.001


def test_people_are_not_linked_to_their_country(catalogue, read_names):
    link = Linker(catalogue).link(read_names("Kenyans won the race.", ("group", "Kenyans")))[0]
    assert link.qid != "Q1"


def test_adjective_read_as_an_organisation_is_never_the_country(catalogue, read_names):
    assert Linker(catalogue).link(read_names("The Kenyan team won.", ("organisation", "Kenyan")))[0].qid != "Q1"


@pytest.mark.parametrize("kind", ["place", "group"])
def test_adjective_is_the_country_however_it_was_read(catalogue, read_names, kind):
    assert Linker(catalogue).link(read_names("The Kenyan team won.", (kind, "Kenyan")))[0].qid == "Q1"


def test_adjective_of_two_countries_goes_to_the_better_known(config, write_catalogue, tmp_path, read_names):
    rows = [
        ("Q31", "Norland", "~Norlandic", "place", "Q6256", "country", "Q31", "", "", "90", ""),
        ("Q32", "Lesser Norland", "~Norlandic", "place", "Q6256", "country", "Q32", "", "", "50", ""),
    ]
    with open_catalogue(config, source=write_catalogue(tmp_path / "two.tsv.xz", rows)) as catalogue:
        link = Linker(catalogue).link(read_names("A Norlandic minister spoke.", ("group", "Norlandic")))[0]
    assert (link.qid, [rival.qid for rival in link.rivals]) == ("Q31", ["Q32"])
    assert link.score + link.rivals[0].score == pytest.approx(0.9, abs=0.001)


@pytest.mark.parametrize(
    ("kind", "name"),
    [("person", "Zoe Quill"), ("organisation", "Quill Partners"), ("other", "Some"), ("person", "...")],
)
def test_unknown_names_are_absent(catalogue, read_names, kind, name):
    link = Linker(catalogue).link(read_names(f"{name} came.", (kind, name)))[0]
    assert (link.verdict, link.qid, link.rivals) == ("absent", None, ())


def test_full_name_is_no_other_person_of_that_surname(catalogue, read_names):
    reading = read_names("Rita Zedaffi came. Zedaffi left.", ("person", "Rita Zedaffi|Zedaffi"))
    assert Linker(catalogue).link(reading)[0].qid is None


def test_misspelt_full_name_is_found_beside_an_exact_surname(catalogue, read_names):
    reading = read_names("Muamar Zedafi spoke. General Zedaffi left Kenya.", ("person", "Muamar Zedafi|Zedaffi"))
    assert Linker(catalogue, min_score=0.0).link(reading)[0].qid == "Q11"


def test_catalogue_that_does_not_say_how_names_matched_is_enough(catalogue, read_names):
    class Plain(FailingCatalogue):
        def find(self, name, *, limit=30, similar=False):
            return tuple(replace(c, matched="", popularity=None) for c in self.catalogue.find(name, limit=limit))

    link = Linker(Plain(catalogue, ""), min_score=0.0).link(read_names(NEWS, ("place", "Kenya")))
    assert link[0].qid == "Q1"


def test_person_dead_for_long_is_not_preferred_for_fame(catalogue, read_names):
    old = read_names("Ada Obi said it.", ("person", "Ada Obi"), published="1840-01-01")
    new = read_names("Ada Obi said it.", ("person", "Ada Obi"), published="2020-01-01")
    linker = Linker(catalogue, min_score=0.0)
    assert [linker.link(reading)[0].qid for reading in (old, new)] == ["Q3", "Q2"]


def test_failing_catalogue_leaves_one_entity_unavailable(catalogue, read_names):
    reading = read_names(NEWS, ("person", "Ada Obi"), ("place", "Kenya"))
    links = Linker(FailingCatalogue(catalogue, "Ada Obi")).link(reading)
    assert [(link.entity, link.verdict) for link in links] == [("e1", "unavailable"), ("e2", "linked")]


def test_higher_threshold_turns_links_into_ambiguous(catalogue, read_names):
    reading = read_names(NEWS, ("place", "Lakeside"))
    assert Linker(catalogue, min_score=1.0).link(reading)[0].verdict == "ambiguous"


def test_links_are_in_order_and_the_same_each_time(catalogue, read_names):
    reading = read_names(NEWS, ("place", "Lakeside"), ("person", "Ada Obi"), ("place", "Kenya"))
    linker = Linker(catalogue)
    links = linker.link(reading)
    assert [link.entity for link in links] == ["e1", "e2", "e3"]
    assert linker.link(reading) == links


def test_reading_without_entities_has_no_links(catalogue, read_names):
    assert Linker(catalogue).link(read_names("Nothing.")) == ()


def test_score_probabilities_leave_room_for_none():
    score = Score(weights={"x": 1.0}, idf={}, rare=1.0, threshold=0.5)
    low, high = score.probabilities([{"x": -1.0}, {"x": 2.0}])
    assert 0 < low < high
    assert low + high < 1


def test_score_with_huge_logits_stays_finite():
    score = Score(weights={"x": 1.0}, idf={}, rare=1.0, threshold=0.5)
    assert score.probabilities([{"x": 5000.0}, {"x": -5000.0}]) == [1.0, 0.0]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"weights": 1}'])
def test_damaged_score_is_a_model_error(tmp_path, text):
    path = tmp_path / "score.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="link score"):
        Score.load(path)


def test_threshold_of_the_shipped_score_is_a_probability():
    assert 0.4 <= Score.load().threshold < 1


MATCH = "Lakeside have lost the match. The team beat Lakeside in the cup final and the coach left after the season."


def test_place_that_plays_in_sports_news_is_its_team(catalogue, read_names):
    link = Linker(catalogue).link(read_names(MATCH, ("place", "Lakeside")))[0]
    assert link.qid in (None, "Q7")


def test_place_where_things_happen_in_sports_news_stays_a_place(catalogue, read_names):
    text = (
        "Kenya is glad. The match was played in Lakeside. The team won the cup final, the coach said after the season."
    )
    link = Linker(catalogue).link(read_names(text, ("place", "Lakeside"), ("place", "Kenya")))[0]
    assert link.qid == "Q5"


def test_an_adjective_of_a_country_is_linked_to_the_country(catalogue, read_names):
    link = Linker(catalogue).link(read_names("A Kenyan minister spoke.", ("group", "Kenyan")))[0]
    assert (link.verdict, link.qid) == ("linked", "Q1")


def test_a_people_in_the_plural_is_linked(catalogue, read_names):
    link = Linker(catalogue).link(read_names("Kenyans voted in Kenya.", ("group", "Kenyans"), ("place", "Kenya")))[0]
    assert link.qid == "Q8"


def test_a_place_in_a_list_of_counties_is_a_county(config, write_catalogue, tmp_path, read_names):
    rows = [
        ("Q20", "Orange", "", "place", "Q515", "city in California", "Q30", "", "", "60", ""),
        ("Q21", "Orange County", "", "place", "Q47168", "county in California", "Q30", "", "", "60", ""),
    ]
    with open_catalogue(config, source=write_catalogue(tmp_path / "counties.tsv.xz", rows)) as catalogue:
        reading = read_names("It rained in Orange, Kern and Inyo Counties.", ("place", "Orange"))
        assert Linker(catalogue).link(reading)[0].qid in (None, "Q21")


def test_only_people_have_titles(catalogue):
    assert "Q2" in [c.qid for c in catalogue.find("Captain Ada Obi")]
    assert catalogue.find("Captain Kenya") == ()


@pytest.mark.parametrize(
    ("kind", "name", "qid"),
    [
        pytest.param("place", "Lakeside, Kenya", "Q5", id="place-with-its-country"),
        pytest.param("organisation", "EastAfrican Coffee Board", "Q10", id="words-written-together"),
        pytest.param("person", "Tea Minister Ada Obi", "Q2", id="unknown-title"),
    ],
)
def test_names_written_another_way_are_found(catalogue, read_names, kind, name, qid):
    reading = read_names(f"{name} was in the news in Kenya.", (kind, name))
    pool = gather_pools(reading, catalogue)[0]
    assert qid in [c.qid for c in pool.linkable if c.matched == "respelt"]


@pytest.mark.parametrize("kind", ["organisation", "place"])
def test_what_is_no_person_is_nobody_of_that_surname(catalogue, read_names, kind):
    assert Linker(catalogue, min_score=0.0).link(read_names("Zedaffi rose.", (kind, "Zedaffi")))[0].qid is None


@pytest.mark.parametrize("description", ["Biblical matriarch", "Irish legendary figure", "goddess of the hearth"])
def test_person_of_one_name_is_no_figure_of_legend(config, write_catalogue, tmp_path, read_names, description):
    rows = [("Q50", "Zillah", "", "person", "", description, "", "", "", "50", "9")]
    with open_catalogue(config, source=write_catalogue(tmp_path / "legend.tsv.xz", rows)) as catalogue:
        reading = read_names("Zillah said that she would wait for the bus.", ("person", "Zillah"))
        assert Linker(catalogue).link(reading)[0].verdict != "linked"


TEAM_ROWS = [
    ("Q40", "Lakeside", "", "place", "Q515", "city in Kenya", "Q1", "", "", "50", ""),
    ("Q41", "Lakeside Herons", "", "organisation", "", "baseball team in Kenya", "Q1", "", "", "45", ""),
    ("Q42", "Lakeside Otters", "", "organisation", "", "basketball team in Kenya", "Q1", "", "", "50", ""),
]


@pytest.mark.parametrize(
    ("text", "qids"),
    [
        pytest.param(MATCH + " Baseball: the pitcher won the last inning.", {"Q41", "Q42"}, id="sport"),
        pytest.param("The council of Lakeside met on Monday to speak of roads.", set(), id="other-news"),
    ],
)
def test_teams_are_candidates_for_their_place_in_sports_news(config, write_catalogue, tmp_path, read_names, text, qids):
    with open_catalogue(config, source=write_catalogue(tmp_path / "teams.tsv.xz", TEAM_ROWS)) as catalogue:
        pool = gather_pools(read_names(text, ("place", "Lakeside")), catalogue)[0]
    assert {c.qid for c in pool.linkable} == {"Q40", *qids}


def test_team_of_the_sport_that_is_spoken_of_scores_higher(config, write_catalogue, tmp_path, read_names):
    text = MATCH + " Baseball: the pitcher won the last inning."
    with open_catalogue(config, source=write_catalogue(tmp_path / "teams.tsv.xz", TEAM_ROWS)) as catalogue:
        link = Linker(catalogue, min_score=0.0).link(read_names(text, ("organisation", "Lakeside")))[0]
    assert link.qid == "Q41"


def test_what_has_no_name_is_never_linked(catalogue):
    text = "The lakeside was calm."
    mention = Mention(Passage(4, 12, "lakeside"), "nominal")
    reading = Reading(Article("a", text), (Entity("e1", "place", "lakeside", (mention,)),))
    assert Linker(catalogue).link(reading)[0].verdict == "absent"


def test_person_of_another_field_of_life_is_not_linked(config, write_catalogue, tmp_path, read_names):
    rows = [("Q21", "Ada Oak", "", "person", "", "Kenyan songwriter", "Q1", "", "", "35", "3")]
    with open_catalogue(config, source=write_catalogue(tmp_path / "oak.tsv.xz", rows)) as catalogue:
        scores = {}
        for calling in ("songwriter", "ecologist"):
            reading = read_names(f"It rained, said {calling} Ada Oak, who was there.", ("person", "Ada Oak"))
            link = Linker(catalogue).link(reading)[0]
            scores[calling] = link.score if link.qid else link.rivals[0].score
    assert scores["songwriter"] > 0.8
    assert scores["ecologist"] < 0.5


@pytest.mark.parametrize(
    ("name", "min_score", "verdict"),
    [("Maria", None, "ambiguous"), ("Maria", 0.4, "linked"), ("Obi", None, "linked")],
    ids=["first name", "first name, as asked for", "surname"],
)
def test_a_first_name_alone_needs_more_than_a_surname(
    config, write_catalogue, tmp_path, read_names, name, min_score, verdict
):
    rows = [("Q1", name, "", "person", "", "", "", "", "", "50", "")]
    sure = Score(weights={"bias": 1.4}, idf={}, rare=1.0, threshold=0.4)  # a score of 0.8
    with open_catalogue(config, source=write_catalogue(tmp_path / "first.tsv.xz", rows)) as catalogue:
        linker = Linker(catalogue, score=sure, min_score=min_score)
        assert linker.link(read_names(f"{name} left.", ("person", name)))[0].verdict == verdict


@pytest.mark.parametrize(
    ("kind", "min_score", "verdict"),
    [
        ("person", None, "ambiguous"),
        ("work", None, "ambiguous"),
        ("person", 0.4, "linked"),
        ("organisation", None, "linked"),
    ],
    ids=["person", "work", "person, as asked for", "organisation"],
)
def test_a_person_or_a_work_needs_more_than_a_place(
    config, write_catalogue, tmp_path, read_names, kind, min_score, verdict
):
    rows = [("Q1", "Ada Obi", "", kind, "", "", "", "", "", "50", "")]
    even = Score(weights={"bias": -0.2}, idf={}, rare=1.0, threshold=0.4)  # a score of 0.45
    with open_catalogue(config, source=write_catalogue(tmp_path / "even.tsv.xz", rows)) as catalogue:
        linker = Linker(catalogue, score=even, min_score=min_score)
        assert linker.link(read_names("Ada Obi left.", (kind, "Ada Obi")))[0].verdict == verdict
