"""One entity of a dump: what is taken from it, and that no damage in it goes further than its own value or line."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_entities import JULIAN, make_amount, make_claim, make_entity, make_item_value, make_time

from kg.link.entities import ENGLISH, BrokenEntity, read_entity


def read(entity, *, languages=ENGLISH, left_out=frozenset()):
    line = entity if isinstance(entity, bytes) else json.dumps(entity).encode()
    return read_entity(line, languages=languages, left_out=left_out)


def read_with(**claims):
    return read(make_entity("Q7", "Ida Marsh", "Q5", claims=claims))


def test_an_item_gives_its_facts():
    found = read(
        make_entity(
            "Q7",
            "Port Alder",
            "Q3957",
            "Q515",
            aliases=["Alder"],
            description="town in Norland",
            sites=3,
            revision=8,
            claims={
                "P17": [make_claim(make_item_value("Q900"))],
                "P571": [make_claim(make_time("+1204-00-00T00:00:00Z", precision=9))],
                "P1082": [make_claim(make_amount("+1200")), make_claim(make_amount("+900"))],
            },
        )
    )
    record = found.record
    assert (record.number, record.revision, record.label, record.aliases) == (7, 8, "Port Alder", "Alder")
    assert (record.classes, record.country, record.start, record.end) == ("3957|515", "900", "1204", "")
    assert (record.sitelinks, record.statements, record.population) == (3, 6, 1200)
    assert (record.description, found.damage) == ("town in Norland", [])


@pytest.mark.parametrize(
    ("time", "precision", "shown"),
    [
        pytest.param("+1961-04-05T00:00:00Z", 11, "1961-04-05", id="day"),
        pytest.param("+1961-04-05T12:30:00Z", 14, "1961-04-05", id="second"),
        pytest.param("+1961-04-00T00:00:00Z", 10, "1961-04", id="month"),
        pytest.param("+1961-04-05T00:00:00Z", 10, "1961-04", id="month-with-a-day"),
        pytest.param("+1961-00-00T00:00:00Z", 9, "1961", id="year"),
        pytest.param("+1961-00-00T00:00:00Z", 11, "1961", id="day-that-is-not-there"),
        pytest.param("+00000001961-04-05T00:00:00Z", 11, "1961-04-05", id="padded"),
        pytest.param("+1960-00-00T00:00:00Z", 8, "", id="decade"),
        pytest.param("+1900-00-00T00:00:00Z", 7, "", id="century"),
        pytest.param("-0044-03-15T00:00:00Z", 11, "-0043-03-15", id="before-christ"),
        pytest.param("-0001-00-00T00:00:00Z", 9, "0000", id="year-before-christ"),
    ],
)
def test_dates_are_as_exact_as_their_precision(time, precision, shown):
    found = read_with(P569=[make_claim(make_time(time, precision=precision))])
    assert (found.record.start, found.damage) == (shown, [])


def test_of_a_julian_date_the_year_stays():
    claim = make_claim(make_time("+1452-04-15T00:00:00Z", calendar=JULIAN))
    assert read_with(P569=[claim]).record.start == "1452"


@pytest.mark.parametrize("snaktype", ["novalue", "somevalue"])
def test_a_date_that_is_said_to_be_unknown_is_no_damage(snaktype):
    found = read_with(P570=[make_claim(None, snaktype=snaktype)])
    assert (found.record.end, found.damage) == ("", [])


def _without(claim, *path):
    inner = claim
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return claim


def _day(**values):
    return make_claim({"type": "time", "value": make_time("+1961-04-05T00:00:00Z")["value"] | values})


@pytest.mark.parametrize(
    ("name", "claim", "told"),
    [
        pytest.param("P569", make_claim(None, snaktype="perhaps"), "snaktype 'perhaps'", id="snaktype"),
        pytest.param("P569", make_claim(None), "no value of type time", id="no-value"),
        pytest.param("P569", make_claim({"type": "string", "value": "1961"}), "no value of type time", id="type"),
        pytest.param("P569", _day(time="1961"), "no time: '1961'", id="time"),
        pytest.param("P569", _day(time=1961), "no time: '1961'", id="time-as-number"),
        pytest.param("P569", _day(time="+1961-13-05T00:00:00Z"), "no date", id="month-13"),
        pytest.param("P569", _day(time="+0000-01-05T00:00:00Z"), "no date", id="year-0"),
        pytest.param("P569", _day(precision="day"), "with precision day", id="precision-as-text"),
        pytest.param("P569", _day(precision=99), "with precision 99", id="precision-too-large"),
        pytest.param("P569", _day(calendarmodel="Q1"), "unknown calendar 'Q1'", id="calendar"),
        pytest.param("P569", _without(make_claim(None), "mainsnak"), "snaktype 'None'", id="no-mainsnak"),
        pytest.param("P569", make_claim(None, rank="best"), "a statement without a known rank", id="rank"),
        pytest.param("P569", "1961", "a statement without a known rank", id="text-for-a-statement"),
        pytest.param("P27", make_claim({"type": "wikibase-entityid", "value": {}}), "no item", id="no-id"),
        pytest.param("P27", make_claim({"type": "wikibase-entityid", "value": {"id": "P4"}}), "no item", id="property"),
        pytest.param("P27", make_claim({"type": "wikibase-entityid", "value": [5]}), "no item", id="list-for-an-item"),
        pytest.param("P1082", make_claim(make_amount("many")), "no amount", id="amount"),
    ],
)
def test_a_damaged_value_is_told_and_the_item_stays(name, claim, told):
    found = read_with(**{name: [claim]})
    assert found.record.label == "Ida Marsh"
    assert (found.record.start, found.record.country, found.record.population) == ("", "", 0)
    assert [told in what and what.startswith(name) for what in found.damage] == [True]


def test_a_good_value_beside_a_damaged_one_is_taken():
    found = read_with(P569=[make_claim(None), make_claim(make_time("+1961-04-05T00:00:00Z"))])
    assert (found.record.start, len(found.damage)) == ("1961-04-05", 1)


def test_ranks_decide_and_what_ended_counts_less():
    first, second, third = (make_item_value(qid) for qid in ("Q1", "Q2", "Q3"))
    preferred = read_with(P27=[make_claim(first), make_claim(second, rank="preferred")])
    deprecated = read_with(P27=[make_claim(first, rank="deprecated"), make_claim(second)])
    ended = read_with(P27=[make_claim(first, ended=True), make_claim(second), make_claim(third)])
    assert [found.record.country for found in (preferred, deprecated, ended)] == ["2", "2", "2"]


def test_item_values_of_older_dumps_have_only_a_number():
    value = {"type": "wikibase-entityid", "value": {"entity-type": "item", "numeric-id": 900}}
    assert read_with(P27=[make_claim(value)]).record.country == "900"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param(b'{"id": "Q7", ', "not JSON", id="cut"),
        pytest.param(b"no json", "not JSON", id="text"),
        pytest.param(b'"Q7"', "no JSON object", id="string"),
        pytest.param(b"[1, 2]", "no JSON object", id="list"),
        pytest.param(b'{"id": NaN}', "NaN is no JSON", id="nan"),
        pytest.param(b'{"id": "Q7\xff"}', "not UTF-8 at byte 11", id="encoding"),
        pytest.param(b'{"id":' * 100_000, "nested too deep", id="deep"),
        pytest.param(b'{"id":' + b"9" * 5000 + b"}", "not JSON", id="number-of-5000-digits"),
        pytest.param(b"{}", "id is missing", id="empty"),
        pytest.param(b'{"id": 7, "type": "item"}', "id is no text", id="id-as-number"),
        pytest.param(b'{"id": "Q7"}', "type is missing", id="no-type"),
        pytest.param(b'{"id": "Q0", "type": "item"}', "no id of an item", id="q0"),
        pytest.param(b'{"id": "Q7", "type": "thing"}', "no id of an item", id="type"),
        pytest.param(b'{"id": "Q7", "type": "item", "claims": {}}', "labels are missing", id="no-labels"),
        pytest.param(b'{"id": "Q7", "type": "item", "labels": {}}', "claims are missing", id="no-claims"),
        pytest.param(b'{"id": "Q7", "type": "item", "labels": "x", "claims": {}}', "labels is str", id="labels"),
        pytest.param(b'{"id": "Q7", "type": "item", "labels": {}, "claims": [1]}', "claims is list", id="claims"),
    ],
)
def test_a_line_that_is_no_entity_is_broken(line, told):
    with pytest.raises(BrokenEntity, match=told):
        read(line)


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "property", "id": "P31", "labels": {}, "claims": {}},
        {"type": "lexeme", "id": "L7", "lemmas": {}},
        {"entity": "Q7", "redirect": "Q8"},
    ],
    ids=["property", "lexeme", "redirect"],
)
def test_what_is_no_item_is_passed_over(entity):
    assert read(entity) is None


def _label(value, language="en"):
    return make_entity("Q7", None, "Q5") | {"labels": {language: {"language": language, "value": value}}}


def test_names_that_are_the_same_in_many_languages_serve_in_english():
    assert read(_label("Ida Marsh", "mul")).record.label == "Ida Marsh"
    assert read(_label("Ida Marsch", "de")).record is None


def test_the_first_language_gives_the_label_and_the_others_aliases():
    entity = _label("Ida Marsh") | {"aliases": {"de": [{"language": "de", "value": "Ida Marsch"}]}}
    entity["labels"]["de"] = {"language": "de", "value": "I. Marsch"}
    record = read(entity, languages=("de", "en")).record
    assert (record.label, record.aliases) == ("I. Marsch", "Ida Marsh|Ida Marsch")


@pytest.mark.parametrize("value", [7, None, "x" * 5000, "\ud800"], ids=["number", "null", "long", "half-a-character"])
def test_a_damaged_name_is_told(value):
    found = read(_label(value))
    assert found.record is None
    assert len(found.damage) == 1


def test_names_are_freed_of_what_would_part_them():
    entity = _label("Ida\tMarsh\n") | {"aliases": {"en": [{"language": "en", "value": "A|B\x00"}]}}
    assert (read(entity).record.label, read(entity).record.aliases) == ("Ida Marsh", "A B")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [("lastrevid", "new", "lastrevid"), ("lastrevid", True, "lastrevid"), ("modified", 7, "modified")],
    ids=["text", "truth", "number"],
)
def test_a_damaged_revision_is_told(field, value, told):
    found = read(make_entity("Q7", "Ida Marsh", "Q5") | {field: value})
    assert told in found.damage[0]
    assert found.record.label == "Ida Marsh"


def test_classes_that_are_left_out_have_no_record_but_people_always():
    left_out = frozenset({13442814})
    assert read(make_entity("Q7", "On tides", "Q13442814"), left_out=left_out).record is None
    assert read(make_entity("Q7", "Ida Marsh", "Q5", "Q13442814"), left_out=left_out).record is not None


def test_classes_above_are_kept_even_of_what_has_no_name():
    found = read(make_entity("Q7", None, parents=["Q515", "Q3957"]))
    assert (found.record, found.parents) == (None, (515, 3957))


def test_only_wikipedias_count_as_articles():
    entity = make_entity("Q7", "Ida Marsh", "Q5", sites=2)
    entity["sitelinks"] |= {"commonswiki": {}, "enwikiquote": {}, "enwiki": {}}
    assert read(entity).record.sitelinks == 3


WHOLE = make_entity(
    "Q7",
    "Port Alder",
    "Q3957",
    "Q6256",
    aliases=["Alder"],
    description="town in Norland",
    parents=["Q486972"],
    claims={
        "P17": [make_claim(make_item_value("Q900"), ended=True)],
        "P571": [make_claim(make_time("+1204-00-00T00:00:00Z", precision=9))],
        "P1082": [make_claim(make_amount("+1200"))],
        "P1549": [make_claim({"type": "monolingualtext", "value": {"language": "en", "text": "Alderman"}})],
    },
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def list_places(value, path=()):
    """The paths to all values inside a JSON value."""
    yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from list_places(inner, (*path, key))


def put(value, path, new):
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = put(value[path[0]], path[1:], new)
    return copy


def read_or_break(line):
    """What is read, None when the line is broken; nothing else may be raised."""
    try:
        return read(line)
    except BrokenEntity:
        return None


@settings(max_examples=300, deadline=None)
@given(path=st.sampled_from(list(list_places(WHOLE))), new=JSON)
def test_whatever_stands_where_the_line_is_read_or_broken(path, new):
    found = read_or_break(put(WHOLE, path, new))
    record = found.record._asdict() if found and found.record else {}
    numbers = {"number", "revision", "sitelinks", "statements", "population"}
    assert [name for name, value in record.items() if type(value) is not (int if name in numbers else str)] == []


@settings(max_examples=200, deadline=None)
@given(start=st.integers(0, 2000), junk=st.binary(max_size=4), cut=st.integers(0, 30))
def test_whatever_bytes_are_lost_the_line_is_read_or_broken(start, junk, cut):
    line = json.dumps(WHOLE).encode()
    found = read_or_break(line[:start] + junk + line[start + cut :])
    assert found is None or found.number > 0
