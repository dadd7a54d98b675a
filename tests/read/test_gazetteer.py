"""The list of names that the reader looks words up in."""

import lzma

import pytest

from kg.read.gazetteer import KINDS, LEXICON, PHRASES, Gazetteer, fold
from kg.read.pieces import LOOKS, describe_words
from training.gazetteer import make_gazetteer

ROWS = """qid\tlabel\taliases\tkind\tclasses\tdescription\tcountry\tstart\tend\tpopularity\tnamesakes
Q1\tLakeside Port Authority\tLPA\torganisation\t\t\t\t\t\t40\t
Q2\tPort Vale\t~Valer\tplace\t\t\t\t\t\t60\t
Q3\tAna Pórtales\t\tperson\t\t\t\t\t\t30\t
Q4\tLPA\t\twork\t\t\t\t\t\t30\t
"""


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gazetteer")
    (folder / "catalogue.xz").write_bytes(lzma.compress(ROWS.encode()))
    make_gazetteer(folder / "catalogue.xz", folder / "gazetteer.xz")
    return Gazetteer.load(folder / "gazetteer.xz")


def kinds(gazetteer, words):
    numbers = gazetteer.look_up(words)[:, 1].tolist()
    return [KINDS[(number - 1) // 3 // 2] if number else None for number in numbers]


def test_a_whole_name_is_found_with_its_kind(gazetteer):
    words = "the Lakeside Port Authority in Port Vale".split()
    assert kinds(gazetteer, words) == [None, *["organisation"] * 3, None, *["place"] * 2]


def test_the_place_in_a_name_shows(gazetteer):
    assert [n % 3 for n in gazetteer.look_up(["Lakeside", "Port", "Authority"])[:, 1].tolist()] == [2, 0, 0]
    assert gazetteer.look_up(["LPA"])[0, 1] % 3 == 1


def test_case_accents_and_hyphens_do_not_matter_but_small_letters_do(gazetteer):
    assert kinds(gazetteer, ["ANA", "PORTALES"]) == ["person", "person"]
    assert kinds(gazetteer, ["Port", "-", "Vale"]) == ["place"] * 3
    assert kinds(gazetteer, ["port", "vale"]) == [None, None]


def test_a_demonym_is_a_group(gazetteer):
    assert kinds(gazetteer, ["Valer"]) == ["group"]


def test_a_word_of_names_is_known_alone(gazetteer):
    known, unknown = gazetteer.look_up(["Authority", "Qwert"])[:, 0].tolist()
    assert 0 < known < LEXICON
    assert unknown == 0


def test_numbers_stay_below_their_size(gazetteer):
    found = gazetteer.look_up("Ana Port Vale LPA Lakeside , . - of".split())
    assert found[:, 0].max() < LEXICON
    assert found[:, 1].max() < PHRASES


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Lakeside Port Authority", "organisation"), ("Lakeside , Port-Authority", "organisation"),
     ("LPA", "organisation"), ("Valer", "group"), ("Lakeside", ""), ("-", ""), ("", "")],
    ids=["whole", "marks", "best-known", "demonym", "part", "no-letters", "nothing"],
)  # fmt: skip
def test_the_kind_of_a_name_is_that_of_the_best_known(gazetteer, name, kind):
    assert gazetteer.find_kind(name.split()) == kind
    assert Gazetteer.empty().find_kind(name.split()) == ""


def test_an_empty_gazetteer_knows_nothing():
    assert not Gazetteer.empty().look_up(["Port", "Vale"]).any()


@pytest.mark.parametrize("words", [[], ["", "-"], ["İstanbul", "ß", "\ud800", "１２"]], ids=["none", "blank", "odd"])
def test_odd_words_are_looked_up(gazetteer, words):
    assert gazetteer.look_up(words).shape == (len(words), 2)
    assert describe_words([w for w in words if w], gazetteer).shape[1] == len(LOOKS)


def test_folding_keeps_letters_and_digits():
    assert fold("O’Né-il2") == "oneil2"
