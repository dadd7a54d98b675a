import json
from dataclasses import replace

from made_readings import linked, make_plant_reading, make_reading

from kg.describe import reading_to_json
from kg.model import Event, Interval, Link, Passage, Reading, Rival


def test_record_has_the_documented_keys_in_order():
    record = reading_to_json(*make_plant_reading())
    assert list(record) == [
        "id", "url", "title", "published", "text_sha256", "entities", "relations", "events", "claims", "sentences",
        "times",
    ]  # fmt: skip
    assert json.loads(json.dumps(record)) == record


def test_entities_carry_decision_mentions_and_rivals():
    reading, links = make_plant_reading()
    entities = reading_to_json(reading, links)["entities"]
    assert entities[0] == {
        "id": "o1",
        "kind": "organisation",
        "name": "Borealis Mills",
        "qid": "Q1001",
        "verdict": "linked",
        "score": 0.94,
        "mentions": [{"start": 0, "end": 14, "form": "name"}, {"start": 39, "end": 41, "form": "pronoun"}],
        "rivals": [{"qid": "Q1002", "label": "Borealis", "score": 0.05}],
    }
    assert [(entity["qid"], entity["verdict"]) for entity in entities[1:]] == [
        (None, "ambiguous"),
        (None, "absent"),
        (None, "unavailable"),
    ]


def test_entity_without_decision_was_not_asked_about():
    (entity,) = reading_to_json(make_reading("[p1:Ada] left."), ())["entities"]
    assert (entity["verdict"], entity["qid"], entity["score"], entity["rivals"]) == ("unavailable", None, 0.0, [])


def test_scores_have_four_digits():
    links = (linked("p1", "Q1", "Ada", 0.123456, rivals=(Rival("Q2", "Eda", 0.98765432),)),)
    (entity,) = reading_to_json(make_reading("[p1:Ada] left."), links)["entities"]
    assert (entity["score"], entity["rivals"][0]["score"]) == (0.1235, 0.9877)


def test_the_item_of_an_office_stands_beside_its_words():
    reading, links = make_plant_reading()
    office = replace(reading.relations[1], property="P39", value="mayor", item="Q9", label="Mayor of Tolby")
    (found,) = reading_to_json(replace(reading, relations=(office,)), links)["relations"]
    assert (found["value"], found["item"]) == ("mayor", "Q9")


def test_events_carry_the_verdict_about_their_item_and_its_rivals():
    reading, links = make_plant_reading()
    event = Event("v1", "MEET", Passage(0, 1, "B"), (), None, "actual", Passage(0, 1, "B"), 0.5)
    told = Link("v1", "linked", "Q9", 0.9, (Rival("Q8", "Talks", 0.2),))
    events = (event, replace(event, qid="Q9", link=told))
    first, second = reading_to_json(replace(reading, events=events), links)["events"]
    assert (first["qid"], "verdict" in first, "rivals" in first) == (None, False, False)
    assert (second["qid"], second["verdict"]) == ("Q9", "linked")
    assert second["rivals"] == [{"qid": "Q8", "label": "Talks", "score": 0.2}]


def test_relations_have_an_object_or_a_value():
    first, second = reading_to_json(*make_plant_reading())["relations"]
    assert first == {
        "subject": "p1",
        "property": "P463",
        "object": "o1",
        "score": 0.7,
        "evidence": [75, 97],
        "status": "current",
        "claim": None,
    }
    assert (second["value"], "object" in second) == ("1907", False)


def test_events_and_claims_give_their_spans():
    record = reading_to_json(*make_plant_reading())
    (event,), (claim, bare) = record["events"], record["claims"]
    assert list(event) == [
        "id", "type", "qid", "trigger", "when", "time_source", "realis", "score", "roles", "mentions", "claim",
    ]  # fmt: skip
    assert event["when"] == {"from": "2026-06-01", "to": "2026-06-30"}
    assert event["roles"][0] == {"role": "agent", "entity": "o1", "span": [0, 14]}
    assert event["roles"][2]["entity"] is None
    assert list(claim) == [
        "id", "speaker", "source", "cue", "content", "quotation", "polarity", "certainty", "temporality", "addressee",
        "about", "score", "claimed_on", "cospeakers", "kind",
    ]  # fmt: skip
    assert (claim["claimed_on"], bare["claimed_on"]) == ("2026-05-01", None)
    assert (claim["source"], claim["content"], claim["about"]) == ([0, 14], [[39, 73]], ["l1", "v1"])
    assert (bare["speaker"], bare["source"], bare["cue"]) == (None, None, None)


def test_event_of_one_day_has_that_day():
    reading = make_reading("It rained.")
    here = Passage(3, 9, "rained")
    days = [Interval("2020-01-07", "2020-01-07"), Interval(None, "2020-01-07"), None]
    events = tuple(Event(f"v{n}", "AID", here, (), day, "actual", here, 0.5) for n, day in enumerate(days))
    record = reading_to_json(Reading(reading.article, events=events), ())
    assert [event["when"] for event in record["events"]] == ["2020-01-07", {"from": None, "to": "2020-01-07"}, None]


def test_sentences_and_times_are_added():
    record = reading_to_json(*make_plant_reading())
    assert record["sentences"] == [[0, 74], [75, 155]]
    assert record["times"] == [
        {"start": 23, "end": 33, "value": "2026-05-01"},
        {"start": 150, "end": 154, "value": None},
    ]
