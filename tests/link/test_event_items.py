"""Which item of the catalogue an event is: by its type, who and what took part, the place and the date."""

from dataclasses import replace

import pytest

from kg.errors import CatalogueError
from kg.link.catalogue import open_catalogue
from kg.link.event_items import EventLinker
from kg.link.event_known import find_heads, find_span
from kg.link.event_views import cut_sentences, stem_word
from kg.model import Candidate, Event, Interval, Link, Passage, RoleFiller

COUNTRY = "Q6256|Q3624078"
ROWS = [
    ("Q1", "Kenya", "~Kenyan", "place", COUNTRY, "", "Q1", "1963", "", "80", ""),
    ("Q2", "Peru", "~Peruvian", "place", COUNTRY, "", "Q2", "1821", "", "80", ""),
    ("Q3", "Lakeside", "", "place", "Q515", "city in Kenya", "Q1", "", "", "50", ""),
    ("Q4", "Ada Obi", "", "person", "", "Kenyan general", "Q1", "1960", "2020-02-03", "50", "0"),
    ("Q5", "Port Alba", "", "place", "Q515", "city in Peru", "Q2", "", "", "50", ""),
    ("Q21", "2020 Lakeside airport airstrike", "killing of Ada Obi", "event", "", "drone strike near Lakeside",
     "Q1", "2020-02-03", "2020-02-03", "12", ""),
    ("Q22", "2019 Kenyan presidential election", "", "event", "Q858439", "", "Q1", "2019-05-04", "", "12", ""),
    ("Q23", "2019 Port Alba earthquake", "", "event", "", "earthquake in Peru on 7 June 2019", "Q2", "2019", "", "12",
     ""),
    ("Q24", "March 2018 Lakeside bombing", "", "event", "", "", "Q1", "2018-03-01", "2018-03-01", "12", ""),
    ("Q25", "October 2018 Lakeside bombing", "", "event", "", "", "Q1", "2018-10-09", "2018-10-09", "12", ""),
    ("Q26", "2020 Lakeside protests", "", "event", "Q273120", "", "Q1", "2020-01-10", "2020-03-01", "12", ""),
    ("Q27", "17th Parliament of Kenya", "", "event", "Q15238777", "", "Q1", "2019", "", "12", ""),
    ("Q28", "Lake War", "", "event", "Q198", "", "Q1", "1970", "1974", "40", ""),
    ("Q29", "2017 Port Alba fire", "", "", "", "", "Q2", "", "", "12", ""),
]  # fmt: skip
KINDS = {"Kenya": ("Q1", "place"), "Peru": ("Q2", "place"), "Lakeside": ("Q3", "place"), "Ada Obi": ("Q4", "person")}
KINDS |= {"Port Alba": ("Q5", "place"), "Lake War": ("Q28", "event")}


@pytest.fixture
def catalogue(config, tmp_path, write_catalogue):
    with open_catalogue(config, source=write_catalogue(tmp_path / "events.tsv.xz", ROWS)) as opened:
        yield opened


def link_one(catalogue, read_names, text, kind, trigger, **given):
    """The link of the one event of a text of one sentence; roles are names of the text, ``when`` is "from/to"."""
    published, when, realis = (
        given.pop(key, default) for key, default in (("published", "2020-02-05"), ("when", None), ("realis", "actual"))
    )
    names = [name for name in KINDS if name in text]
    reading = read_names(text, *((KINDS[name][1], name) for name in names), published=published)
    ids = {entity.name: entity.id for entity in reading.entities}
    classes = {"Q1": ("Q6256",), "Q2": ("Q6256",)}
    links = []
    for entity in reading.entities:
        qid, known = KINDS[entity.name]
        links.append(Link(entity.id, "linked", qid, 0.9, (), entity.name, classes.get(qid, ()), known))
    sentence = Passage(0, len(text), text)
    fillers = [RoleFiller(role, _find(text, words), ids.get(words)) for role, words in given.items()]
    time = Interval(*(day or None for day in when.split("/"))) if when else None
    source = "stated" if when and not when.startswith("/") else "published"
    event = Event("v1", kind, _find(text, trigger), tuple(fillers), time, realis, sentence, 0.9, time_source=source)
    reading = replace(reading, sentences=(sentence,), events=(event,))
    (found,) = EventLinker(catalogue).link(reading, links).events
    return found


def _find(text, words):
    start = text.index(words)
    return Passage(start, start + len(words), words)


LINKED = {
    "the killing of a person, by its victim": (
        "A drone killed Ada Obi in Lakeside.", "DIE", "killed", {"patient": "Ada Obi", "place": "Lakeside"}, "Q21"
    ),
    "without any date, by its victim": (
        "A drone killed Ada Obi in Lakeside.", "DIE", "killed", {"patient": "Ada Obi", "published": None}, "Q21"
    ),
    "a day and a place": (
        "An airstrike hit Lakeside airport.", "ASSAULT", "airstrike", 
        {"place": "Lakeside", "when": "2020-02-03/2020-02-03"}, "Q21",
    ),
    "the year in the event's own words": (
        "She won the 2019 presidential election in Kenya.", "ELECT", "2019 presidential election", {"place": "Kenya"},
        "Q22",
    ),
    "an adjective for the country": (
        "In 2019, Peru saw the Kenyan presidential election.", "ELECT", "Kenyan presidential election",
        {"agent": "Kenya", "when": "2019-01-01/2019-12-31"}, "Q22",
    ),
    "a verb for the noun": (
        "A quake struck Port Alba.", "DISASTER", "quake",
        {"place": "Port Alba", "when": "2019-06-06/2019-06-08", "published": "2019-06-09"}, "Q23",
    ),
    "one of two by the day": (
        "A bomb exploded in Lakeside; the bombing was heard far away.", "ASSAULT", "bombing",
        {"place": "Lakeside", "when": "2018-03-01/2018-03-01"}, "Q24",
    ),
    "an item of unknown kind by its noun and year": (
        "The 2017 fire in Port Alba was the worst.", "DISASTER", "2017 fire", {"place": "Port Alba"}, "Q29"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "trigger", "given", "qid"), LINKED.values(), ids=LINKED)
def test_an_event_is_linked_when_the_parts_and_the_time_agree(catalogue, read_names, text, kind, trigger, given, qid):
    event = link_one(catalogue, read_names, text, kind, trigger, **given)
    assert event.qid == qid
    if qid is not None:
        assert (event.link.verdict, event.link.entity) == ("linked", "v1")


LEFT = {
    "another type": ("Ada Obi travelled to Lakeside.", "TRAVEL", "travelled", {"agent": "Ada Obi"}),
    "another year": (
        "A quake struck Port Alba.", "DISASTER", "quake", {"place": "Port Alba", "when": "2011-01-01/2011-12-31"}
    ),
    "another place": (
        "An airstrike hit Port Alba airport.", "ASSAULT", "airstrike",
        {"place": "Port Alba", "when": "2020-02-03/2020-02-03"},
    ),
    "told as not so": ("No drone killed Ada Obi.", "DIE", "killed", {"patient": "Ada Obi", "realis": "negated"}),
    "only supposed": ("If a drone killed Ada Obi.", "DIE", "killed", {"patient": "Ada Obi", "realis": "hypothetical"}),
    "one day of what lasts": (
        "A crowd marched in Lakeside.", "PROTEST", "marched", {"place": "Lakeside", "when": "2020-02-01/2020-02-01"}
    ),
    "an election of another country": (
        "In 2019 Peru held a presidential election, unlike Kenya.", "ELECT", "election",
        {"agent": "Peru", "when": "2019-01-01/2019-12-31"},
    ),
    "two of one year": (
        "A bombing shook Lakeside.", "ASSAULT", "bombing", {"place": "Lakeside", "when": "2018-01-01/2018-12-31"}
    ),
    "a term of parliament": (
        "In 2019 the Parliament of Kenya voted.", "VOTE", "voted", {"agent": "Kenya", "when": "2019-01-01/2019-12-31"}
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "trigger", "given"), LEFT.values(), ids=LEFT)
def test_an_event_is_left_alone(catalogue, read_names, text, kind, trigger, given):
    assert link_one(catalogue, read_names, text, kind, trigger, **given).qid is None


def test_of_two_that_fit_both_stay_rivals(catalogue, read_names):
    text = "A bombing shook Lakeside."
    event = link_one(catalogue, read_names, text, "ASSAULT", "bombing", place="Lakeside", when="2018-01-01/2018-12-31")
    assert event.link.verdict == "ambiguous"
    assert {rival.qid for rival in event.link.rivals} == {"Q24", "Q25"}


def test_a_named_event_has_the_link_of_its_entity(catalogue, read_names):
    event = link_one(catalogue, read_names, "The Lake War ended in Lakeside.", "ASSAULT", "War")
    assert (event.qid, event.link.entity, event.link.score) == ("Q28", "v1", 0.9)


def test_what_is_not_so_has_no_decision(catalogue, read_names):
    event = link_one(catalogue, read_names, "No drone killed Ada Obi.", "DIE", "killed", realis="negated")
    assert event.link is None


def test_a_catalogue_that_cannot_answer_leaves_the_event_unavailable(catalogue, read_names):
    class Broken:
        find, get = catalogue.find, catalogue.get

        def find_events(self, word, first, last):
            raise CatalogueError("down")

    event = link_one(Broken(), read_names, "A drone killed Ada Obi.", "DIE", "killed", patient="Ada Obi")
    assert (event.qid, event.link.verdict) == (None, "unavailable")


def test_the_strike_that_killed_somebody_is_the_killing(catalogue, read_names):
    text = "A strike near Lakeside killed Ada Obi."
    reading = read_names(text, ("person", "Ada Obi"), ("place", "Lakeside"), published=None)
    links = [Link("e1", "linked", "Q4", 0.9, (), "Ada Obi"), Link("e2", "linked", "Q3", 0.9, (), "Lakeside")]
    sentence = Passage(0, len(text), text)
    patient = RoleFiller("patient", _find(text, "Ada Obi"), "e1")
    place = RoleFiller("place", _find(text, "Lakeside"), "e2")
    killed = Event("v1", "DIE", _find(text, "killed"), (patient,), None, "actual", sentence, 0.9)
    strike = Event("v2", "ASSAULT", _find(text, "strike"), (place,), None, "actual", sentence, 0.9)
    reading = replace(reading, sentences=(sentence,), events=(killed, strike))
    found = EventLinker(catalogue).link(reading, links).events
    assert [event.qid for event in found] == ["Q21", "Q21"]
    alone = EventLinker(catalogue).link(replace(reading, events=(strike,)), links).events
    assert [event.qid for event in alone] == [None]


@pytest.mark.parametrize(
    ("name", "heads"),
    [
        pytest.param("2020 lakeside airport airstrike", ("airstrike",), id="last"),
        pytest.param("killing of ada obi", ("killing",), id="before-of"),
        pytest.param("impeachment inquiry against ada obi", ("inquiry",), id="compound"),
        pytest.param("2011 earthquake and tsunami", ("earthquake", "tsunami"), id="joined"),
        pytest.param("2019 rugby world cup", (), id="none"),
    ],
)
def test_the_noun_of_a_name_is_its_head(name, heads):
    assert find_heads(name) == heads


SPANS = {
    "day": (("2020 strike", "", "2020-02-03", "2020-02-03"), ("2020-02-03", "2020-02-03", True)),
    "year": (("a fire", "", "2019", None), ("2019-01-01", "2019-12-31", False)),
    "year of the label": (("2018 battle", "", "2019-02-12", None), ("2018-01-01", "2018-12-31", False)),
    "described day": (("2019 quake", "struck on May 26, 2019", "2019", None), ("2019-05-26", "2019-05-26", True)),
    "described year": (("a storm", "storm in 2012", None, None), ("2012-01-01", "2012-12-31", False)),
    "first of January": (("a fire", "", "2019-01-01", None), ("2019-01-01", "2019-12-31", False)),
    "years": (("a war", "", "1970", "1974"), ("1970-01-01", "1974-12-31", False)),
    "nothing": (("a war", "", None, None), None),
    "before our era": (("a war", "", "-0048", None), None),
}


@pytest.mark.parametrize(("item", "span"), SPANS.values(), ids=SPANS)
def test_the_days_of_an_item(item, span):
    label, description, start, end = item
    found = find_span(Candidate("Q1", label, description, start=start, end=end))
    assert (found and (found.first.isoformat(), found.last.isoformat(), found.exact)) == span


@pytest.mark.parametrize(
    ("noun", "verb"),
    [("bombings", "bombed"), ("shooting", "shot"), ("election", "elected"), ("collision", "collided"),
     ("assassination", "assassinated"), ("quake", "earthquakes"), ("crash", "crashes"), ("strike", "struck")],
)  # fmt: skip
def test_nouns_and_verbs_of_one_event_share_their_stem(noun, verb):
    assert stem_word(noun) == stem_word(verb)


def test_an_endless_sentence_is_looked_at_in_pieces():
    text = "The strike went on and on " * 200
    pieces = list(cut_sentences([Passage(5, 5 + len(text), text), Passage(9000, 9003, "Two")]))
    assert "".join(piece.text for piece in pieces[:-1]) == text
    assert all(piece.end - piece.start == len(piece.text) <= 1200 for piece in pieces)
    assert pieces[-1] == Passage(9000, 9003, "Two")
