import math

import pytest

from kg.errors import CatalogueError
from kg.link import Linker, explain_link

NEWS = "Ada Obi, a Kenyan politician, spoke in Lakeside. Kenya is her home. Obi said the Kenyan parliament would vote."


@pytest.fixture
def reading(read_names):
    text = NEWS + " Zoe Quill left."
    return read_names(
        text, ("person", "Ada Obi|Obi"), ("place", "Lakeside"), ("group", "Kenyan"), ("person", "Zoe Quill")
    )


def test_addends_sum_up_and_sums_give_the_scores_of_the_decision(catalogue, reading):
    linker = Linker(catalogue)
    told = explain_link(linker, reading, "e1")
    assert told.link == linker.link(reading)[0]
    assert told.accounts[0].candidate.qid == told.link.qid == "Q2"
    for account in told.accounts:
        assert account.total == pytest.approx(sum(a.value * a.weight for a in account.addends))
    powers = [math.exp(account.total / told.temperature) for account in told.accounts]
    assert [a.score for a in told.accounts] == pytest.approx([p / (1 + sum(powers)) for p in powers], abs=1e-4)
    assert told.outside == pytest.approx(1 / (1 + sum(powers)), abs=1e-3)


def test_the_largest_addends_come_first(catalogue, reading):
    sizes = [abs(addend.product) for addend in explain_link(Linker(catalogue), reading, "e2").accounts[0].addends]
    assert sizes == sorted(sizes, reverse=True)


def test_an_adjective_of_a_country_says_so(catalogue, reading):
    told = explain_link(Linker(catalogue), reading, "e3")
    assert told.adjective
    assert told.accounts[0].score == told.link.score == 0.9


def test_nobody_known_leaves_all_to_none_of_them(catalogue, reading):
    told = explain_link(Linker(catalogue), reading, "e4")
    assert (told.accounts, told.outside, told.link.verdict) == ((), 1.0, "absent")


def test_a_catalogue_that_fails_says_so(reading):
    class Failing:
        def find(self, name, *, limit=30, similar=False):
            raise CatalogueError("no answer")

    told = explain_link(Linker(Failing()), reading, "e1")
    assert (told.answered, told.link.verdict, told.accounts) == (False, "unavailable", ())


def test_an_unknown_entity_is_refused(catalogue, reading):
    with pytest.raises(ValueError, match="no entity 'e9'"):
        explain_link(Linker(catalogue), reading, "e9")
