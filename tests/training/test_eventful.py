"""Corpora of events, made up here in their published formats, become triggers, types, roles and stretches."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from kg.event_types import EVENT_TYPES
from kg.read.candidates import Tagged
from kg.read.labels import UPOS
from training.corpora import Document
from training.event_clusters import read_ecb_events
from training.event_predicates import add_clear_words, read_propbank, type_roleset
from training.eventful import (
    COMPLETE,
    ROLES,
    Eventful,
    Stretch,
    is_held_back,
    read_geneva,
    read_m2e2,
    read_rams,
    read_wikievents,
    see_events,
)
from training.happenings import (
    ALL_TYPES,
    Argument,
    hint_types,
    list_types,
    load_words,
    name_role,
    narrow_types,
    place_roles,
    read_table,
)

TRAINED = next(f"VOA_{n}" for n in range(99) if not is_held_back(f"VOA_{n}"))
HELD_BACK = next(f"VOA_{n}" for n in range(99) if is_held_back(f"VOA_{n}"))


def write_json(path, value):
    path.write_text(json.dumps(value))
    return path


def say_roles(given, happening):
    words = given.document.words
    return [(role, " ".join(words[start:end])) for role, (start, end) in happening.roles]


def ace_sentence(name, number, text, events=()):
    found = []
    for trigger, type_, arguments in events:
        roles = [{"role": role, "start": start, "end": end} for role, start, end in arguments]
        found.append({"trigger": {"start": trigger, "end": trigger + 1}, "event_type": type_, "arguments": roles})
    return {"sentence_id": f"{name}_{number}", "words": text.split(), "golden-event-mentions": found}


def test_every_type_has_a_definition_and_an_example():
    assert [t.name for t in EVENT_TYPES if not (t.definition.endswith(".") and t.example.endswith("."))] == []
    assert len({t.name for t in EVENT_TYPES}) == len(EVENT_TYPES) == 35


def test_no_wikidata_class_stands_for_two_types():
    items = [item for each in EVENT_TYPES for item in each.items]
    assert len(items) == len(set(items))
    assert all(item[0] == "Q" and item[1:].isdigit() for item in items)


@pytest.mark.parametrize(
    ("field", "name", "types"),
    [
        ("ace", "Conflict:Attack", {"ASSAULT"}),
        ("rams", "conflict.attack.bombing", {"ASSAULT"}),
        ("rams", "conflict.attack.stealrobhijack", {"ASSAULT", "COERCE", "OTHER"}),
        ("rams", "life.die.n/a", {"DIE"}),
        ("rams", "contact.funeralvigil.meet", {"OTHER"}),
        ("kairos", "life.injure.unspecified", {"INJURE"}),
        ("geneva", "Causation", set()),
    ],
)
def test_longest_beginning_of_a_corpus_type_decides(field, name, types):
    assert list_types(field, name) == types


@pytest.mark.parametrize(
    ("types", "words", "narrowed"),
    [
        ({"TRAVEL", "RETREAT", "MOBILIZE"}, ["withdrew"], {"RETREAT"}),
        ({"TRAVEL", "RETREAT", "MOBILIZE"}, ["fled"], {"TRAVEL"}),
        ({"TRAVEL", "RETREAT", "MOBILIZE"}, ["pulled", "out"], {"RETREAT"}),
        ({"TRAVEL", "RETREAT", "MOBILIZE"}, ["headed"], {"TRAVEL"}),
        ({"DIE"}, ["shot"], {"DIE"}),
    ],
)
def test_words_choose_among_the_types_that_a_corpus_leaves_open(types, words, narrowed):
    assert narrow_types(frozenset(types), words) == narrowed


def test_tables_name_only_our_types_and_roles():
    words = {type_ for part in load_words().values() for types in part.values() for type_ in types}
    rolesets = {row[0] for row in read_table("event_rolesets.tsv") + read_table("event_objects.tsv")} - {"-"}
    roles = {row[0] for row in read_table("event_roles.tsv")} - {"-"}
    assert words <= ALL_TYPES
    assert rolesets <= ALL_TYPES
    assert roles <= {*ROLES, "party", "mover", "leaver"}
    assert all(types <= ALL_TYPES for types in COMPLETE.values())


@pytest.mark.parametrize(
    ("type_", "argument", "role"),
    [
        ("Conflict:Attack", "Attacker", "agent"),
        ("conflict.attack.n/a", "target", "patient"),
        ("Life:Die", "Victim", "patient"),
        ("Movement:Transport", "Destination", "place"),
        ("movement.transportperson.n/a", "vehicle", "instrument"),
        ("disaster.accidentcrash.accidentcrash", "vehicle", "patient"),
        ("transaction.transferownership.embargosanction", "giver", None),
        ("transaction.transferownership.n/a", "giver", "agent"),
        ("Killing", "Weather", None),
    ],
)
def test_arguments_of_corpora_become_our_roles(type_, argument, role):
    assert name_role(type_, argument) == role


@pytest.mark.parametrize(
    ("text", "type_", "trigger", "arguments", "roles"),
    [
        ("Ann Lee met Bo", "Contact:Meet", 2, [("Entity", 0, 2), ("Entity", 3, 4)], ["agent", "recipient"]),
        ("talks between Ann and Bo", "Contact:Meet", 0, [("Entity", 2, 3), ("Entity", 4, 5)], ["agent", "agent"]),
        ("Ann held talks with Bo", "Contact:Meet", 2, [("Entity", 0, 1), ("Entity", 4, 5)], ["agent", "recipient"]),
        ("Ann flew home", "Movement:Transport", 1, [("Artifact", 0, 1)], ["agent"]),
        ("they sent troops", "Movement:Transport", 1, [("Agent", 0, 1), ("Artifact", 2, 3)], ["agent", "patient"]),
        ("troops were sent", "Movement:Transport", 2, [("Artifact", 0, 1)], ["patient"]),
        ("Ann resigned", "personnel.endposition.quitretire", 1, [("employee", 0, 1)], ["agent"]),
        ("Ann was sacked", "personnel.endposition.firinglayoff", 2, [("employee", 0, 1)], ["patient"]),
    ],
)
def test_who_goes_meets_or_leaves_gets_the_role_that_the_words_say(text, type_, trigger, arguments, roles):
    given = [Argument(name, (start, end)) for name, start, end in arguments]
    assert [role for role, _ in place_roles(text.split(), type_, (trigger, trigger + 1), given)] == roles


def test_m2e2_article_is_one_document_in_the_order_of_its_sentences(tmp_path):
    attack = (1, "Conflict:Attack", [("Attacker", 0, 1), ("Target", 2, 3)])
    rows = [ace_sentence(TRAINED, 1, "Rebels attacked soldiers .", [attack]), ace_sentence(TRAINED, 0, "Hi `` there")]
    (given,) = read_m2e2(write_json(tmp_path / "m2e2.json", rows), held_back=False)
    assert given.document.words == ["Hi", '"', "there", "Rebels", "attacked", "soldiers", "."]
    assert given.paragraphs == [True, False, False, True, False, False, False]
    (event,) = given.happenings
    assert (event.trigger, event.types) == ((4, 5), {"ASSAULT"})
    assert say_roles(given, event) == [("agent", "Rebels"), ("patient", "soldiers")]
    assert event.known_roles == {"agent", "patient"}
    assert given.stretches == [Stretch(0, 7, COMPLETE["m2e2"])]


def test_m2e2_articles_are_either_trained_on_or_held_back(tmp_path):
    rows = [ace_sentence(name, 0, "Nothing happened .") for name in (TRAINED, HELD_BACK)]
    file = write_json(tmp_path / "m2e2.json", rows)
    assert [d.document.id for d in read_m2e2(file, held_back=False)] == [TRAINED]
    assert [d.document.id for d in read_m2e2(file, held_back=True)] == [HELD_BACK]


def geneva_line(id, text, events):
    found = []
    for trigger, type_, arguments in events:
        roles = [{"role": role, "entity_id": f"{start}-{end}"} for role, start, end in arguments]
        found.append({"trigger": {"start": trigger, "end": trigger + 1}, "event_type": type_, "arguments": roles})
    spans = {(start, end) for _, _, arguments in events for _, start, end in arguments}
    mentions = [{"id": f"{start}-{end}", "start": start, "end": end} for start, end in spans]
    return {"doc_id": "text", "wnd_id": id, "tokens": text.split(), "entity_mentions": mentions,
            "event_mentions": found}  # fmt: skip


def test_geneva_says_an_event_only_where_the_word_is_as_narrow_as_ours(tmp_path):
    rows = [
        geneva_line("1", "Ann said Bo announced it", [(1, "Statement", []), (3, "Statement", [("Speaker", 2, 3)])]),
        geneva_line("2", "Rain caused it", [(1, "Causation", [("Cause", 0, 1)])]),
    ]
    file = tmp_path / "geneva.json"
    file.write_text("\n".join(map(json.dumps, rows)))
    (given,) = read_geneva(file)
    assert [(h.trigger, h.types, say_roles(given, h)) for h in given.happenings] == [
        ((3, 4), {"ANNOUNCE"}, [("agent", "Bo")])
    ]
    assert Stretch(6, 7, ALL_TYPES) in given.stretches  # what only causes is no event
    assert not any(stretch.start <= 1 < stretch.end for stretch in given.stretches)  # "said" is left open


def test_wikievents_leaves_out_arguments_of_other_sentences_and_does_not_know_their_role(tmp_path):
    mentions = [{"id": "a", "start": 0, "end": 1}, {"id": "b", "start": 4, "end": 5}]
    arguments = [{"entity_id": "a", "role": "Attacker"}, {"entity_id": "b", "role": "Target"}]
    event = {"event_type": "Conflict.Attack.Unspecified", "trigger": {"start": 3, "end": 4}, "arguments": arguments}
    near = {**event, "trigger": {"start": 1, "end": 2}, "arguments": arguments[:1]}
    raw = {"doc_id": "w", "tokens": "Rebels struck . Attacked soldiers fled".split(), "entity_mentions": mentions,
           "sentences": [[["", 0, 0]] * 3 + [], [["", 0, 0]] * 3], "event_mentions": [near, event]}  # fmt: skip
    raw["sentences"] = [[tokens, ""] for tokens in raw["sentences"]]
    file = tmp_path / "wiki.jsonl"
    file.write_text(json.dumps(raw))
    (given,) = read_wikievents(file)
    first, second = given.happenings
    assert say_roles(given, first) == [("agent", "Rebels")]
    assert first.known_roles == {"agent", "patient"}
    assert say_roles(given, second) == [("patient", "soldiers")]
    assert second.known_roles == {"patient"}


def test_rams_says_nothing_of_words_beside_its_event(tmp_path):
    raw = {"doc_key": "r", "sentences": [["Hello", "."], ["Rebels", "bombed", "the", "port"]],
           "evt_triggers": [[3, 3, [["conflict.attack.bombing", 1.0]]]],
           "gold_evt_links": [[[3, 3], [2, 2], "evt007arg01attacker"],
                              [[3, 3], [4, 5], "evt007arg02target"]]}  # fmt: skip
    file = tmp_path / "rams.jsonlines"
    file.write_text(json.dumps(raw))
    (given,) = read_rams(file)
    assert say_roles(given, given.happenings[0]) == [("agent", "Rebels"), ("patient", "the port")]
    assert given.stretches == []


def read_predicates(tmp_path, text, *predicates):
    preds = [{"i": i, "roleset": roleset, "args": args} for i, roleset, args in predicates]
    file = tmp_path / "propbank.jsonl"
    file.write_text(json.dumps({"doc": "d", "tokens": text.split(), "preds": preds}))
    (given,) = read_propbank(file)
    return given


def test_propbank_predicate_of_the_table_has_a_type_and_roles(tmp_path):
    arguments = [["ARG0", 0, 1], ["ARG1", 2, 3], ["ARGM-LOC", 3, 5], ["ARGM-TMP", 5, 7]]
    given = read_predicates(tmp_path, "Gunmen attacked soldiers in Northtown on Friday", (1, "attack.01", arguments))
    (event,) = given.happenings
    assert event.types == {"ASSAULT"}
    assert say_roles(given, event) == [
        ("agent", "Gunmen"), ("patient", "soldiers"), ("place", "Northtown"), ("time", "Friday")
    ]  # fmt: skip


def test_propbank_predicate_of_no_table_teaches_roles_only_and_a_state_is_no_event(tmp_path):
    given = read_predicates(
        tmp_path, "Bo painted houses and is tall", (1, "paint.01", [["ARG0", 0, 1]]), (4, "be.01", [["ARG1", 0, 1]])
    )
    assert [(h.trigger, h.types) for h in given.happenings] == [((1, 2), frozenset())]
    assert given.stretches == [Stretch(4, 5, ALL_TYPES)]


def test_propbank_traveller_is_the_agent_and_words_of_a_speech_fill_no_role(tmp_path):
    given = read_predicates(
        tmp_path, "Ann arrived and announced that to us",
        (1, "arrive.01", [["ARG1", 0, 1]]),
        (3, "announce.01", [["ARG0", 0, 1], ["ARG1", 4, 5], ["ARG2", 5, 7]]),
    )  # fmt: skip
    assert say_roles(given, given.happenings[0]) == [("agent", "Ann")]
    assert say_roles(given, given.happenings[1]) == [("agent", "Ann"), ("recipient", "us")]
    assert "patient" not in given.happenings[1].known_roles


def test_propbank_goal_of_a_traveller_is_a_place_and_what_is_taken_along_the_patient(tmp_path):
    given = read_predicates(
        tmp_path, "Ann flew to Northtown and flew the plane",
        (1, "fly.01", [["ARG0", 0, 1], ["ARG1", 2, 4]]),
        (5, "fly.01", [["ARG0", 0, 1], ["ARG1", 6, 8]]),
    )  # fmt: skip
    assert say_roles(given, given.happenings[0]) == [("agent", "Ann"), ("place", "Northtown")]
    assert say_roles(given, given.happenings[1]) == [("agent", "Ann"), ("patient", "the plane")]


@pytest.mark.parametrize("phrase", ["before he left", "again"], ids=["clause", "adverb"])
def test_propbank_time_that_names_no_time_leaves_the_role_unknown(tmp_path, phrase):
    size = len(phrase.split())
    given = read_predicates(tmp_path, f"Ann resigned {phrase}", (1, "resign.01", [["ARGM-TMP", 2, 2 + size]]))
    assert given.happenings[0].roles == ()
    assert "time" not in given.happenings[0].known_roles


def test_rolesets_without_number_are_looked_up_by_lemma():
    assert type_roleset("be.07") is None
    assert type_roleset("accuse.01") == {"ACCUSE"}
    assert type_roleset("juggle.01") == frozenset()


ECB = """<Document doc_name="1_1ecb.xml"><token t_id="1" sentence="0" number="0">Skipped</token>
<token t_id="2" sentence="1" number="0">Police</token><token t_id="3" sentence="1" number="1">arrested</token>
<token t_id="4" sentence="1" number="2">Bo</token><token t_id="5" sentence="1" number="3">said</token>
<token t_id="6" sentence="1" number="4">the</token><token t_id="7" sentence="1" number="5">arrest</token>
<token t_id="8" sentence="1" number="6">lasted</token><token t_id="9" sentence="1" number="7">party</token>
<Markables><ACTION_OCCURRENCE m_id="1"><token_anchor t_id="3"/></ACTION_OCCURRENCE>
<ACTION_OCCURRENCE m_id="2"><token_anchor t_id="7"/></ACTION_OCCURRENCE>
<ACTION_REPORTING m_id="3"><token_anchor t_id="5"/></ACTION_REPORTING>
<ACTION_OCCURRENCE m_id="4"><token_anchor t_id="9"/></ACTION_OCCURRENCE>
<HUMAN_PART_PER m_id="5"><token_anchor t_id="4"/></HUMAN_PART_PER></Markables>
<Relations><CROSS_DOC_COREF r_id="1" note="ACT1">
<source m_id="1"/><source m_id="2"/><target m_id="9"/></CROSS_DOC_COREF>
</Relations></Document>"""


def test_ecb_actions_become_events_with_clusters_and_reporting_is_left_open(tmp_path):
    (tmp_path / "1").mkdir()
    (tmp_path / "1" / "1_1ecb.xml").write_text(ECB)
    (tmp_path / "ECBplus_coreference_sentences.csv").write_text("Topic,File,Sentence Number\n1,1ecb,1\n")
    (given,) = read_ecb_events(tmp_path, [1])
    assert [(h.trigger, h.types) for h in given.eventful.happenings] == [
        ((1, 2), {"ARREST"}), ((5, 6), {"ARREST"}), ((7, 8), frozenset())
    ]  # fmt: skip
    assert given.clusters == (((1, 2), (5, 6)), ((7, 8),))
    assert given.eventful.stretches == [Stretch(0, 3, ALL_TYPES), Stretch(4, 8, ALL_TYPES)]


def tag(text, tags, *, labels=(), heads=()):
    words = text.split()
    upos = [UPOS.index(name) for name in tags.split()]
    return Tagged(words, upos, [True] + [False] * (len(words) - 1), heads, labels)


def test_clear_words_of_plain_news_become_triggers_with_unknown_roles():
    text = tag("The minister resigned after a protest", "DET NOUN VERB SCONJ DET NOUN")
    given = Eventful(Document("d", "worldwide", text.words), [True] + [False] * 5, [], [])
    found = add_clear_words(given, text).happenings
    assert [(h.trigger, h.types, h.known_roles) for h in found] == [
        ((2, 3), {"LEAVE_OFFICE"}, frozenset()), ((5, 6), {"PROTEST"}, frozenset())
    ]  # fmt: skip


def test_clear_words_say_nothing_where_a_corpus_has_looked_for_the_type():
    text = tag("They resigned and protested", "PRON VERB CCONJ VERB")
    given = Eventful(Document("d", "m2e2", text.words), [True] * 4, [], [Stretch(0, 4, frozenset(("PROTEST",)))])
    assert [h.types for h in add_clear_words(given, text).happenings] == [{"LEAVE_OFFICE"}]


def test_clear_word_within_a_compound_is_no_trigger_and_a_particle_belongs_to_its_verb():
    text = tag("election law", "NOUN NOUN", labels=["compound", "root"], heads=[1, 1])
    assert (
        add_clear_words(Eventful(Document("d", "worldwide", text.words), [True, False], [], []), text).happenings == []
    )
    text = tag("she stepped down", "PRON VERB ADP", labels=["nsubj", "root", "compound:prt"], heads=[1, 1, 1])
    found = add_clear_words(Eventful(Document("d", "worldwide", text.words), [True, False, False], [], []), text)
    assert [h.types for h in found.happenings] == [{"LEAVE_OFFICE"}]


def test_hints_know_verbs_with_particles():
    assert hint_types(["pulled", "out"]) == {"RETREAT"}
    assert hint_types(["strolled"]) == frozenset()


def test_some_verbs_are_clear_before_to_only():
    text = tag("he threatened to leave and threatened jobs", "PRON VERB PART VERB CCONJ VERB NOUN")
    found = add_clear_words(Eventful(Document("d", "worldwide", text.words), [True] + [False] * 6, [], []), text)
    assert [(h.trigger, h.types) for h in found.happenings] == [((1, 2), {"THREATEN"})]


@pytest.mark.parametrize(
    ("sentence", "tags", "labels", "heads", "types"),
    [
        ("they passed a law", "PRON VERB DET NOUN", ["nsubj", "root", "det", "obj"], [1, 1, 3, 1], [{"LEGISLATE"}]),
        ("laws were passed", "NOUN AUX VERB", ["nsubj:pass", "aux:pass", "root"], [2, 2, 2], [{"LEGISLATE"}]),
        ("they passed a test", "PRON VERB DET NOUN", ["nsubj", "root", "det", "obj"], [1, 1, 3, 1], []),
        ("laws passed away", "NOUN VERB ADV", ["nsubj", "root", "advmod"], [1, 1, 1], []),
    ],
    ids=["object", "subject of the passive", "another object", "subject of the active"],
)
def test_some_verbs_are_clear_with_certain_objects_only(sentence, tags, labels, heads, types):
    text = tag(sentence, tags, labels=labels, heads=heads)
    given = Eventful(Document("d", "worldwide", text.words), [True] + [False] * (len(text.words) - 1), [], [])
    assert [h.types for h in add_clear_words(given, text).happenings] == types


class Parser:
    """Gives every word the same part of speech and every text the same tree, as a network would."""

    dependencies = ("root",)

    def answer(self, texts, bias):
        for words in texts:
            count = len(words)
            yield SimpleNamespace(
                sentences=np.full(count, -1.0),
                upos=np.full(count, UPOS.index("VERB")),
                heads=np.arange(count),
                labels=np.zeros(count, np.int64),
            )


@pytest.mark.parametrize(("label", "found"), [(True, [{"LEAVE_OFFICE"}]), (False, [])], ids=["taught", "measured"])
def test_clear_words_are_labelled_in_what_is_taught_only(label, found):
    given = Eventful(Document("d", "worldwide", ["They", "resigned"]), [True, False], [], [])
    ((seen, text),) = see_events([given], Parser(), label=label)
    assert [h.types for h in seen.happenings] == found
    assert list(text.sentence_starts) == [True, False]
    assert list(text.labels) == ["root", "root"]
