"""A newsroom's own people: read from CSV, kept beside any catalogue, found and linked like its items."""

from dataclasses import replace

import pytest

from kg.errors import ConfigError, DumpError
from kg.link import Linker, fingerprint_catalogues, open_catalogue
from kg.link.own import Entry, add_entries, make_id, read_entries

HEADER = "name,aliases,kind,description,qid\n"


@pytest.fixture
def own(tmp_path):
    return tmp_path / "data" / "own.sqlite"


@pytest.fixture
def add(tmp_path, own):
    def run(text, **options):
        source = tmp_path / "people.csv"
        source.write_bytes(text if isinstance(text, bytes) else text.encode())
        errors = []
        done = add_entries(source, own, on_error=lambda line, what: errors.append((line, what)), **options)
        return done, errors

    return run


@pytest.fixture
def joined(config, source, own, add):
    add(HEADER + "Ada Obi,Ada of Leeds,person,councillor,\nKenya,Safari Land,place,,Q1\nBo Reed,,,,\n")
    with open_catalogue(replace(config, own=own), source=source) as catalogue:
        yield catalogue


def test_entries_get_ids_of_their_own_that_stay_the_same(add, own):
    done, errors = add(HEADER + "Ida Marsh,I. Marsh|Idi,person,councillor in Leeds,\nReed Ltd,,organisation,,Q77\n")
    assert (done.new, done.changed, done.wrong, done.total, errors) == (2, 0, 0, 2, [])
    ida, reed = read_entries(own)
    assert ida == Entry(make_id("person", "ida  MARSH"), "Ida Marsh", "I. Marsh|Idi", "person", "councillor in Leeds")
    assert ida.id.startswith("N")
    assert reed.id == "Q77"


def test_adding_again_replaces_and_the_others_stay(add, own):
    add(HEADER + "Ida Marsh,,,,\nBo Reed,,,,\n")
    done, _ = add(HEADER + "Ida Marsh,,,mayor,\n")
    assert (done.new, done.changed, done.total) == (0, 1, 2)
    assert {entry.name: entry.description for entry in read_entries(own)} == {"Ida Marsh": "mayor", "Bo Reed": ""}


def test_a_whole_list_may_take_the_place_of_all(add, own):
    add(HEADER + "Ida Marsh,,,,\n")
    done, _ = add(HEADER + "Bo Reed,,,,\n", replace=True)
    assert done.total == 1
    assert [entry.name for entry in read_entries(own)] == ["Bo Reed"]


@pytest.mark.parametrize(
    "text",
    [
        "name\nIda Marsh\n",
        "\ufeffname;kind\r\nIda Marsh;person\r\n",
        "Kind\tNAME\nperson\tIda Marsh\n",
        'name,description\n"Ida Marsh","mayor, of Leeds"\n\n\n',
    ],
    ids=["one-column", "semicolon-and-mark", "tab-and-order", "quotes-and-empty-lines"],
)
def test_lists_as_programs_write_them_are_read(add, own, text):
    assert add(text)[1] == []
    assert [entry.name for entry in read_entries(own)] == ["Ida Marsh"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param(",x,,,", "'' is no name", id="no-name"),
        pytest.param("...,x,,,", "'...' is no name", id="no-letter"),
        pytest.param("Bo,,alien,,", "unknown kind 'alien'", id="kind"),
        pytest.param("Bo,,,,P4", "'P4' is no Wikidata item id", id="qid"),
        pytest.param("Bo,,,,Q4,more", "6 fields for 5 columns", id="fields"),
        pytest.param("Bo\x07,,,,", "control characters", id="control"),
        pytest.param("B" * 500 + ",,,,", "more than 400", id="long"),
        pytest.param("Ida Marsh,,person,,", "has the kind and name of line 2", id="twice"),
        pytest.param('"Bo,,,,', "not CSV", id="quote"),
    ],
)
def test_a_wrong_line_is_told_and_the_others_are_added(add, own, line, told):
    done, errors = add(HEADER + f"Ida Marsh,,,,\n{line}\n")
    assert (done.new, done.wrong) == (1, 1)
    assert [number for number, _ in errors] == [3]
    assert told in errors[0][1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"", "has the columns none"),
        (b"first,last\nIda,Marsh\n", "has the columns 'first', 'last'"),
        (b"name,name\nIda,Marsh\n", "has the columns"),
        (b"name\nIda M\xe4rsh\n", "is not UTF-8"),
    ],
    ids=["empty", "other-columns", "twice", "encoding"],
)
def test_a_list_that_cannot_be_read_changes_nothing(add, own, text, told):
    with pytest.raises(DumpError, match=told):
        add(text)
    assert not own.exists()


def test_a_missing_list_is_told(tmp_path, own):
    with pytest.raises(DumpError, match="cannot read"):
        add_entries(tmp_path / "none.csv", own)


def test_own_entries_that_cannot_be_written_are_told(add, tmp_path):
    (tmp_path / "data").write_text("")
    with pytest.raises(DumpError, match="cannot write your entries"):
        add(HEADER + "Ida Marsh,,,,\n")


def test_damaged_own_entries_are_told_and_kept(add, own, config, source):
    own.parent.mkdir()
    own.write_bytes(b"no database" * 500)
    with pytest.raises(DumpError, match="holds no own entries"):
        add(HEADER + "Ida Marsh,,,,\n")
    with pytest.raises(ConfigError, match="the list of your own entries"):
        open_catalogue(replace(config, own=own), source=source)
    assert own.read_bytes().startswith(b"no database")


def test_own_entries_stand_beside_the_items(joined):
    own_ada = make_id("person", "Ada Obi")
    assert {c.qid for c in joined.find("Ada Obi")} == {"Q2", "Q3", own_ada}
    assert [(c.qid, c.matched) for c in joined.find("Ada of Leeds")] == [(own_ada, "alias")]
    assert joined.get(own_ada).description == "councillor"
    assert (joined.get("Q2").label, joined.get("Q999")) == ("Ada Obi", None)


def test_the_best_known_come_first(joined):
    popularities = [c.popularity for c in joined.find("Ada Obi")]
    assert popularities == sorted(popularities, reverse=True)


def test_an_own_entry_with_a_qid_adds_names_to_the_item(joined):
    (kenya,) = joined.find("Safari Land")
    assert (kenya.qid, kenya.label, kenya.matched) == ("Q1", "Kenya", "alias")
    assert (kenya.classes, kenya.description) == (("Q6256", "Q3624078"), "country in East Africa")


def test_own_people_are_linked(joined, read_names):
    reading = read_names("Bo Reed, a councillor, spoke.", ("person", "Bo Reed"))
    (link,) = Linker(joined, min_score=0.1).link(reading)
    assert (link.verdict, link.qid) == ("linked", make_id("person", "Bo Reed"))


def test_catalogues_have_fingerprints(config, own, add):
    assert fingerprint_catalogues(replace(config, own=own)) == ""
    add(HEADER + "Ida Marsh,,,,\n")
    first = fingerprint_catalogues(replace(config, own=own))
    add(HEADER + "Bo Reed,,,,\n")
    second = fingerprint_catalogues(replace(config, own=own))
    assert first.startswith("own-")
    assert first != second
