"""What an article says around its entities."""

import pytest

from kg.link.context import view_article, view_entity
from kg.model import Article, Candidate

TEXT = (
    "The singer Ada Obi spoke. Bo Ray, a banker in Lakeside, left.\nKenya was glad. Cy Oak of Harbour University came."
)


@pytest.fixture
def views(read_names):
    reading = read_names(TEXT, ("person", "Ada Obi"), ("person", "Bo Ray"), ("place", "Kenya"))
    return {entity.name: view_entity(entity, reading.article) for entity in reading.entities}


@pytest.mark.parametrize(
    ("name", "said", "unsaid"),
    [
        pytest.param("Ada Obi", {"singer", "spoke"}, {"banker", "ray"}, id="words-before"),
        pytest.param("Bo Ray", {"banker", "lakeside"}, {"singer", "spoke", "kenya"}, id="words-after"),
        pytest.param("Kenya", {"glad"}, {"left", "oak"}, id="line-and-sentence-end-it"),
    ],
)
def test_beside_are_the_words_of_the_same_sentence_next_to_the_name(views, name, said, unsaid):
    assert said <= views[name].beside
    assert not unsaid & views[name].beside


def test_title_within_a_name_stands_beside_it(read_names):
    reading = read_names("President Obi came.", ("person", "President Obi"))
    assert "president" in view_entity(reading.entities[0], reading.article).beside


@pytest.mark.parametrize(
    ("key", "said"),
    [("harbour university", False), ("harbor university", True), ("ada obi", True), ("obi ada", False), ("ada", False)],
)
def test_whole_names_said_anywhere_are_known_by_their_key(key, said):
    assert view_article(Article("a", TEXT), []).says(key) is said


@pytest.mark.parametrize(
    ("text", "sporting", "discipline"),
    [
        ("The wicket fell in the first innings of the match, and the captain scored.", True, "cricket"),
        ("The parliament met on Monday to vote on the budget and on new roads.", False, None),
    ],
    ids=["cricket", "politics"],
)
def test_articles_speak_of_a_sport(text, sporting, discipline):
    article = view_article(Article("a", text), [])
    assert article.sporting is sporting
    assert max(article.disciplines, key=article.disciplines.__getitem__, default=None) == discipline


@pytest.mark.parametrize(("teams", "sporting"), [(12, True), (6, False)], ids=["a table", "some of many"])
def test_a_list_of_teams_is_one_of_results(read_names, teams, sporting):
    names = [f"Town{letter}" for letter in "abcdefghijkl"]
    reading = read_names(", ".join(names) + ".", *(("organisation", name) for name in names))
    club = Candidate("Q1", "A", "football club", "organisation")
    firm = Candidate("Q2", "A", "company", "organisation")
    views = [view_entity(entity, reading.article) for entity in reading.entities]
    found = [(view, [club if number < teams else firm]) for number, view in enumerate(views)]
    assert view_article(reading.article, found).sporting is sporting
