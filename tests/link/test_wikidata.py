"""Wikidata as a catalogue, against a small one on this machine."""

import pytest
from fake_wikidata import MAXLAG, entity, make_statement, start_fake
from rdflib.plugins.sparql import prepareQuery

from kg.config import Config
from kg.errors import CatalogueError
from kg.link import Linker
from kg.link.wikidata import open_wikidata
from kg.link.wikidata_items import Item, find_kind, load_class_kinds, read_item


@pytest.fixture
def server():
    running = start_fake()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def config(tmp_path, server):
    return Config(
        store=tmp_path / "store",
        cache=tmp_path / "cache",
        timeout=0.4,
        wikidata_api=f"{server.address}/api",
        wikidata_query=f"{server.address}/sparql",
    )


@pytest.fixture
def open_live(config):
    """Opens the catalogue as a run does it: what an earlier one kept is there."""
    opened = []

    def open_it(config=config):
        opened.append(open_wikidata(config, sleep=lambda _: None))
        return opened[-1]

    yield open_it
    for catalogue in opened:
        catalogue.close()


@pytest.fixture
def live(open_live):
    return open_live()


FOUND = {
    "label": ("Kenya", {"Q1": "label"}),
    "alias": ("Republic of Kenya", {"Q1": "alias"}),
    "two namesakes": ("Ada Obi", {"Q2": "label", "Q3": "label"}),
    "title": ("President Ada Obi", {"Q2": "label", "Q3": "label"}),
    "possessive": ("Kenya's", {"Q1": "label"}),
    "surname": ("Zedaffi", {"Q11": "surname"}),
    "institution of a country": ("Kenyan parliament", {"Q4": "loose"}),
    "demonym": ("Kenyan", {"Q1": "demonym"}),
    "people": ("Kenyans", {"Q8": "label", "Q1": "demonym"}),
    "nobody": ("Zoe Quill", {}),
    "nothing but signs": ("...", {}),
    "longer than any name": ("Kenya " * 60, {}),
    "signs of a query language": ('"Kenya" OR inlabel:*', {}),
}


@pytest.mark.parametrize(("name", "expected"), FOUND.values(), ids=FOUND)
def test_names_are_found(live, name, expected):
    assert {c.qid: c.matched for c in live.find(name)} == expected


def test_an_item_comes_with_what_the_score_asks_for(live):
    kenya, obi = live.get("Q1"), live.get("Q2")
    assert (kenya.label, kenya.description, kenya.kind) == ("Kenya", "country in East Africa", "place")
    assert (kenya.classes, kenya.country, kenya.start) == (("Q6256", "Q3624078"), "Q1", "1963-12-12")
    assert (obi.kind, obi.classes, obi.country, obi.start, obi.end) == ("person", (), "Q1", "1960-02-01", None)
    assert 1 >= kenya.popularity > obi.popularity > live.get("Q3").popularity > 0


def test_the_most_popular_comes_first_and_pages_without_a_meaning_never(live):
    assert [c.qid for c in live.find("Ada Obi")] == ["Q2", "Q3"]
    assert [c.qid for c in live.find("Ada Obi", limit=1)] == ["Q2"]


def test_a_misspelt_name_is_found_when_asked_for(live):
    assert live.find("Muamar Zedafi") == ()
    assert [(c.qid, c.matched) for c in live.find("Muamar Zedafi", similar=True)] == [("Q11", "similar")]


@pytest.mark.parametrize(("qid", "found"), [("Q20", "Q2"), ("Q77", None), ("P31", None), ("Q", None), ("Q１", None)])
def test_merged_missing_and_impossible_ids(live, server, qid, found):
    candidate = live.get(qid)
    assert (candidate and candidate.qid) == found


def test_the_kind_of_an_unknown_class_is_that_of_the_nearest_class_above(live, server):
    assert live.get("Q13").kind == "place"
    assert server.actions().count("sparql") == 1


def test_without_the_query_service_classes_are_climbed_by_the_api(live, server):
    server.down = {"/sparql": (500, {}, b"java.util.concurrent.TimeoutException")}
    assert live.get("Q13").kind == "place"


def test_without_the_query_service_what_may_be_a_demonym_has_no_answer(live, server):
    server.down = {"/sparql": (429, {"Retry-After": "600"}, b"")}
    assert [c.qid for c in live.find("Kenya")] == ["Q1"]
    with pytest.raises(CatalogueError, match="status 429"):
        live.find("Kenyan")


def test_the_query_service_is_asked_in_legal_sparql_with_all_its_prefixes(live, server):
    live.find("Odd Tower")
    queries = [parameters["query"] for path, parameters, _ in server.seen if path == "/sparql"]
    assert [len(prepareQuery(query).algebra.get("PV", ())) for query in queries] == [3, 2]


@pytest.mark.parametrize("rows", [[], [7], [{"country": 7}], [{"country": {"type": "uri"}}]], ids=str)
def test_rows_of_an_odd_shape_tell_of_no_country(live, server, rows):
    server.select = lambda _: rows
    assert [c.qid for c in live.find("Kenya")] == ["Q1"]


def test_a_surname_alone_means_nobody_unknown(live, server):
    server.items["Q16"] = entity("Q16", "Jo Zedaffi", claims={"P31": ["Q5"]}, pages=1)
    assert [c.qid for c in live.find("Zedaffi")] == ["Q11"]
    assert [c.qid for c in live.find("Jo Zedaffi")] == ["Q16"]


def test_a_class_of_no_kind_leaves_the_kind_unknown(live, server):
    server.items["Q14"] = entity("Q14", "Thing", claims={"P31": ["Q9100"]})
    server.items["Q9100"] = entity("Q9100", "thing", claims={"P279": ["Q9101"]})
    server.items["Q9101"] = entity("Q9101", "ring", claims={"P279": ["Q9100"]})
    assert live.get("Q14").kind is None


def test_an_answer_is_asked_for_once(open_live, server):
    first = open_live().find("Ada Obi", similar=True), open_live().get("Q77")
    asked = len(server.seen)
    assert (open_live().find("Ada Obi", similar=True), open_live().get("Q77")) == first
    assert len(server.seen) == asked


def test_an_old_answer_is_asked_for_again(open_live, server, config):
    open_live().find("Kenya")
    asked = len(server.seen)
    open_live(config.updated({"wikidata_days": 0}, source="test")).find("Kenya")
    assert len(server.seen) > asked


def test_a_failure_is_not_kept(open_live, server):
    server.down = {"/": MAXLAG}
    with pytest.raises(CatalogueError, match="maxlag"):
        open_live().find("Zoe Quill")
    server.down = {}
    server.items["Q15"] = entity("Q15", "Zoe Quill", claims={"P31": ["Q5"]})
    assert [c.qid for c in open_live().find("Zoe Quill")] == ["Q15"]


@pytest.mark.parametrize(
    "body",
    [b"{}", b'{"search": null}', b'{"search": {"id": "Q1"}}', b'{"query": {}}'],
    ids=["empty", "null", "table", "other"],
)
def test_an_answer_without_its_part_is_no_empty_answer(live, server, body):
    server.down = {"/api": (200, {"Content-Type": "application/json"}, body)}
    with pytest.raises(CatalogueError, match="gave no list"):
        live.find("Kenya")


@pytest.mark.parametrize("body", [b"{}", b'{"entities": []}', b'{"entities": {"Q2": {}}}'])
def test_items_that_an_answer_leaves_out_are_not_missing(live, server, body):
    server.down = {"/api": (200, {"Content-Type": "application/json"}, body)}
    with pytest.raises(CatalogueError, match="lacks some"):
        live.get("Q1")


def test_hits_of_an_odd_shape_are_passed_over(live, server):
    body = b'{"search": [7, {"id": 5}, {"title": "Q1"}, {"id": "L7"}, {"id": "Q1"}], "success": 1}'
    live.get("Q1")
    live.find("Kenyans")  # the countries are known now
    server.troubles = [(200, {"Content-Type": "application/json"}, body)]
    assert [c.qid for c in live.find("Kenya")] == ["Q1"]


def test_many_items_are_fetched_by_fifty(live, server):
    for number in range(500, 620):
        server.items[f"Q{number}"] = entity(f"Q{number}", "Sam Lee", claims={"P31": ["Q5"]})
    assert len(live._fetch([f"Q{number}" for number in range(500, 620)])) == 120
    assert server.actions().count("wbgetentities") == 3


def test_a_reading_is_linked(live, read_names):
    text = "Ada Obi, a Kenyan politician, spoke. Kenya is her home. Obi said the Kenyan parliament would vote."
    reading = read_names(text, ("person", "Ada Obi|Obi"), ("place", "Kenya"), ("organisation", "Kenyan parliament"))
    links = Linker(live).link(reading)
    assert [(link.verdict, link.qid) for link in links] == [("linked", "Q2"), ("linked", "Q1"), ("linked", "Q4")]


def test_an_outage_leaves_every_entity_unavailable_after_few_requests(live, server, read_names):
    names = [f"Sam Le{letter}" for letter in "abcdefghijklmnop"]
    server.down = {"/": (503, {}, b"")}
    links = Linker(live).link(read_names(" met ".join(names) + ".", *(("person", name) for name in names)))
    assert {link.verdict for link in links} == {"unavailable"}
    assert len(server.seen) <= 24


TIMES = {
    "day": ("1960-02-01", "1960-02-01"),
    "month": ("1960-02", "1960-02"),
    "year": ("1960", "1960"),
    "before our era": ("-0044-03-15", "-0044-03-15"),
    "unknown": (None, None),
}


@pytest.mark.parametrize(("value", "expected"), TIMES.values(), ids=TIMES)
def test_a_date_is_as_exact_as_stated(value, expected):
    assert read_item(entity("Q7", "x", claims={"P569": [value]})).start == expected


@pytest.mark.parametrize(
    "change",
    [{"precision": 8}, {"precision": "11"}, {"precision": None}, {"time": None}, {"time": "+19600-02-01T00:00:00Z"}],
    ids=["decade", "text", "none", "no time", "far"],
)
def test_a_date_that_says_too_little_is_left_out(change):
    record = entity("Q7", "x", claims={"P569": ["1960-02-01"]})
    record["claims"]["P569"][0]["mainsnak"]["datavalue"]["value"] |= change
    assert read_item(record).start is None


def test_preferred_statements_hide_normal_ones_and_deprecated_ones_never_count():
    record = entity("Q7", "x", claims={"P27": ["Q1"]})
    record["claims"]["P27"] += [make_statement("P27", "Q2", rank="preferred")]
    assert read_item(record).country == "Q2"
    record["claims"]["P27"] = [make_statement("P27", "Q3", rank="deprecated")]
    assert read_item(record).country is None


ODD = {
    "nothing": {},
    "no table": [1],
    "missing": {"id": "Q7", "missing": ""},
    "a property": {"id": "P7"},
    "no id": {"labels": {}},
}


@pytest.mark.parametrize("record", ODD.values(), ids=ODD)
def test_what_is_no_item_is_none(record):
    assert read_item(record) is None


@pytest.mark.parametrize("part", ["labels", "descriptions", "aliases", "claims", "sitelinks"])
@pytest.mark.parametrize("value", [[], None, 7, "x", {"en": 7}, {"en": []}, {"P31": [7, {"mainsnak": 7}]}], ids=str)
def test_a_part_of_an_odd_shape_is_left_out(part, value):
    whole = entity("Q7", "x", "y", aliases=["z"], claims={"P31": ["Q5"]}, pages=2)
    item = read_item(whole | {part: value})
    assert item.qid == "Q7"
    if part != "claims":
        assert item.classes == ("Q5",)


def test_an_item_survives_the_cache():
    item = read_item(entity("Q7", "x", "y", aliases=["z"], claims={"P31": ["Q5"], "P1082": [7]}, pages=2))
    assert Item.from_json(item.to_json()) == item
    for damaged in (None, [], {}, {"qid": "Q7"}, item.to_json() | {"colour": "red"}):
        assert Item.from_json(damaged) is None


def test_the_table_of_kinds_tells_the_kinds_of_a_reading():
    kinds = load_class_kinds()
    assert (kinds["Q5"], kinds["Q6256"], kinds["Q7278"], kinds["Q41710"]) == (
        "person",
        "place",
        "organisation",
        "group",
    )
    known = {"person", "organisation", "place", "event", "work", "product", "group", "concept", "position"}
    assert set(kinds.values()) <= known
    assert find_kind("Q1", {"Q1": ["Q2"], "Q2": ["Q1"]}) == ""
