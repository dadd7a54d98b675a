"""Reads the corpora of events into one form: triggers, their types and roles, and where all triggers are annotated."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.read.candidates import Tagged
from kg.read.network import Network
from training.corpora import UNKNOWN, Document, read_worldwide
from training.event_clusters import read_ecb_events
from training.event_predicates import add_clear_words, read_propbank
from training.happenings import (
    ALL_TYPES,
    ROLES,
    Argument,
    Eventful,
    Happening,
    Span,
    Stretch,
    cut_stretches,
    hint_types,
    list_types,
    narrow_types,
    place_roles,
    strip_preposition,
)
from training.sight import see_syntax

__all__ = [
    "ROLES", "Eventful", "Happening", "Stretch", "is_held_back", "read_eventful", "read_geneva", "read_m2e2",
    "read_rams", "read_wikievents", "see_events",
]  # fmt: skip

COMPLETE = {
    "m2e2": frozenset(("ASSAULT", "DIE", "TRAVEL", "ARREST", "MEET", "PROTEST")),
    "wikievents": frozenset(("ASSAULT", "DIE", "INJURE", "ARREST", "PROTEST", "INFECT", "TRIAL")),
    "geneva": frozenset(("ASSAULT", "DIE", "TRAVEL", "ARREST", "REQUEST", "COOPERATE")),
    "rams": frozenset[str](),
}
"""The types whose triggers a corpus annotates all: those that its own types cover as wide as ours are."""

WORDED = frozenset(
    "Statement Hostile_encounter Terrorism Killing Communication Assistance Supply Giving Sending Commitment Motion"
    " Agree_or_refuse_to_act Removing Judgment_communication Reveal_secret Change_of_leadership Catastrophe Emergency"
    " Social_event Arranging Process_start Process_end Commerce_buy Getting Protest Revenge Convincing Supporting"
    " Committing_crime Defending Collaboration Self_motion Traveling Arriving Bringing Dispersal"
    " contact.contact.broadcast transaction.transaction.embargosanction transaction.transfermoney.embargosanction"
    " transaction.transferownership.embargosanction contact.requestadvise contact.mediastatement"
    " contact.publicstatementinperson contact.commitmentpromiseexpressintent life.injure".split()
)
"""Types wider than an event of ours (a "Statement" is mostly plain saying): they count where the word agrees."""
SHARE = 0.05  # of the events of a type that must have a role, for the role to count as annotated in full
SILVER = ("worldwide", "m2e2")


@dataclass(frozen=True, slots=True)
class _Raw:
    """An event as its corpus has it; ``missing`` are the arguments that lie in other sentences."""

    type: str
    trigger: Span
    arguments: tuple[Argument, ...]
    missing: tuple[str, ...] = ()


def read_eventful(data: Path, *, licences: str = "ABD") -> list[Eventful]:
    """All training documents with events whose corpus has one of the licence classes."""
    found: list[Eventful] = []
    if "D" in licences:
        found += read_m2e2(data / "m2e2/train.json", held_back=False)
        found += read_wikievents(data / "wikievents/dev.jsonl")
        found += read_rams(data / "rams/dev.jsonlines")
        found += [each.eventful for each in read_ecb_events(data / "ecbplus", range(1, 31))]
        found += [_leave_open(document) for document in read_worldwide(data / "worldwide_newswire/train")]
    if "A" in licences:
        found += read_geneva(data / "geneva/train.json")
    if "B" in licences:
        found += read_propbank(data / "propbank_ewt/train.jsonl")
    return found


def is_held_back(name: str) -> bool:
    """Whether an article of M2E2 is among the fifth that scores are reported on."""
    return hashlib.sha256(name.encode()).digest()[0] % 5 == 0


def read_m2e2(file: Path, *, held_back: bool) -> list[Eventful]:
    """M2E2 (limanling/m2e2): VOA articles, eight types of ACE; an article's sentences become one document."""
    articles: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for raw in json.loads(file.read_text(encoding="utf-8")):
        name, _, number = raw["sentence_id"].rpartition("_")
        if is_held_back(name) == held_back:
            articles[name].append((int(number), raw))
    documents = []
    for name, sentences in articles.items():
        rows = [raw for _, raw in sorted(sentences, key=lambda pair: pair[0])]
        documents.append(_join(name, "m2e2", [(raw["words"], _list_ace(raw)) for raw in rows]))
    return _finish(documents, "ace")


def _list_ace(raw: dict[str, Any]) -> list[_Raw]:
    found = []
    for event in raw["golden-event-mentions"]:
        arguments = tuple(Argument(a["role"], (a["start"], a["end"])) for a in event["arguments"])
        found.append(_Raw(event["event_type"], (event["trigger"]["start"], event["trigger"]["end"]), arguments))
    return found


def read_geneva(file: Path) -> list[Eventful]:
    """GENEVA (PlusLabNLP/GENEVA): the sentences of a text, of which not all are there, become one document."""
    texts: dict[str, list[tuple[list[str], list[_Raw]]]] = defaultdict(list)
    seen: set[str] = set()
    for raw in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        if raw["wnd_id"] in seen:
            continue
        seen.add(raw["wnd_id"])
        spans = {mention["id"]: (mention["start"], mention["end"]) for mention in raw["entity_mentions"]}
        events = []
        for event in raw["event_mentions"]:
            arguments = [Argument(a["role"], spans[a["entity_id"]]) for a in event["arguments"]]
            trigger = (event["trigger"]["start"], event["trigger"]["end"])
            events.append(_Raw(event["event_type"], trigger, tuple(arguments)))
        texts[raw["doc_id"]].append((raw["tokens"], events))
    return _finish([_join(name, "geneva", sentences) for name, sentences in texts.items()], "geneva")


def read_wikievents(file: Path) -> list[Eventful]:
    """WikiEvents (raspberryice/gen-arg): whole articles; arguments of other sentences are left out."""
    documents = []
    for raw in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        sizes = [len(tokens) for tokens, _ in raw["sentences"]]
        words = list(raw["tokens"])
        spans = {mention["id"]: (mention["start"], mention["end"]) for mention in raw["entity_mentions"]}
        events = []
        for event in raw["event_mentions"]:
            arguments = [Argument(a["role"], spans[a["entity_id"]]) for a in event["arguments"]]
            trigger = (event["trigger"]["start"], event["trigger"]["end"])
            events.append(_Raw(event["event_type"].lower(), trigger, tuple(arguments)))
        documents.append(_join(raw["doc_id"], "wikievents", _split(words, sizes, events)))
    return _finish(documents, "kairos")


def read_rams(file: Path) -> list[Eventful]:
    """RAMS: five sentences around one event; nothing is said of other events."""
    documents = []
    for raw in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        words = [word for sentence in raw["sentences"] for word in sentence]
        events = []
        for first, last, types in raw["evt_triggers"]:
            links = [link for link in raw["gold_evt_links"] if link[0] == [first, last]]
            arguments = [Argument(link[2][11:], (link[1][0], link[1][1] + 1)) for link in links]
            events.append(_Raw(types[0][0], (first, last + 1), tuple(arguments)))
        sentences = _split(words, [len(sentence) for sentence in raw["sentences"]], events)
        documents.append(_join(raw["doc_key"], "rams", sentences))
    return _finish(documents, "rams")


_Read = tuple[Document, list[_Raw]]


def _split(words: list[str], sizes: Sequence[int], events: list[_Raw]) -> list[tuple[list[str], list[_Raw]]]:
    """The sentences of a text, each with its events; what lies in other sentences is missing from an event."""
    found, start = [], 0
    for size in sizes:
        end = start + size
        here = []
        for event in events:
            if not start <= event.trigger[0] < end:
                continue
            near = [a for a in event.arguments if start <= a.span[0] and a.span[1] <= end]
            far = tuple(a.name for a in event.arguments if a not in near)
            moved = tuple(Argument(a.name, (a.span[0] - start, a.span[1] - start)) for a in near)
            trigger = (event.trigger[0] - start, min(event.trigger[1], end) - start)
            here.append(_Raw(event.type, trigger, moved, far))
        found.append((words[start:end], here))
        start = end
    return found


def _join(name: str, corpus: str, sentences: Iterable[tuple[list[str], list[_Raw]]]) -> _Read:
    """One document of sentences, with the spans of their events moved; what a corpus calls one may be several."""
    document = Document(name, corpus, [])
    found: list[_Raw] = []
    for words, events in sentences:
        base = len(document.words)
        document.words += [_clean(word) for word in words]
        document.sentence_starts += [1] + [UNKNOWN] * (len(words) - 1) if words else []
        for raw in events:
            spans = [(a.name, strip_preposition(a.span, words)) for a in raw.arguments]
            arguments = tuple(Argument(name, (start + base, end + base)) for name, (start, end) in spans)
            found.append(replace(raw, trigger=(raw.trigger[0] + base, raw.trigger[1] + base), arguments=arguments))
    return document, found


_MARKS = {"``": '"', "''": '"', "`": "'", "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]"}


def _clean(word: str) -> str:
    return _MARKS.get(word, word) if word.strip() else "-"


def _finish(documents: list[_Read], field: str) -> list[Eventful]:
    """The documents of a corpus in our types and roles; ``field`` is where ``EventType`` has the corpus's names."""
    known = _list_known_roles(documents)
    finished = []
    for document, raws in documents:
        happenings: list[Happening] = []
        open_words: set[int] = set()
        negatives: list[Stretch] = []
        for raw in raws:
            types, is_open = _decide_types(document, raw, field)
            roles = place_roles(document.words, raw.type, raw.trigger, raw.arguments)
            if not types and not is_open and document.corpus == "geneva":
                negatives.append(Stretch(*raw.trigger, ALL_TYPES))
            elif types or roles:
                hidden = {role for role, _ in _named(document, raw, raw.missing)}
                here = known[_group(raw.type)] - (hidden - {role for role, _ in roles})
                happenings.append(Happening(raw.trigger, types, roles, here))
                if not types:
                    open_words.update(range(*raw.trigger))
            elif not types:
                open_words.update(range(*raw.trigger))
        stretches = cut_stretches(len(document.words), COMPLETE[document.corpus], open_words) + negatives
        paragraphs = [start == 1 for start in document.sentence_starts]
        finished.append(Eventful(document, paragraphs, _merge(happenings), stretches))
    return finished


def _decide_types(document: Document, raw: _Raw, field: str) -> tuple[frozenset[str], bool]:
    """The types of an event, and whether its words say too little to call it one or none."""
    words = document.words[raw.trigger[0] : raw.trigger[1]]
    types, hints = list_types(field, raw.type), hint_types(words)
    if not types:
        return types, bool(hints)
    doubted = {raw.type, _group(raw.type)} & WORDED or (document.corpus == "rams" and hints)
    if doubted and not types & hints:
        return frozenset(), True
    return narrow_types(types, words), False


def _named(document: Document, raw: _Raw, names: Iterable[str]) -> tuple[tuple[str, Span], ...]:
    """The roles that arguments of these names would have."""
    beyond = (len(document.words), len(document.words))
    return place_roles(document.words, raw.type, raw.trigger, [Argument(name, beyond) for name in names])


def _list_known_roles(documents: list[_Read]) -> dict[str, frozenset[str]]:
    """The roles that a corpus annotates, by type: those that a twentieth of its events have."""
    events: Counter[str] = Counter()
    having: dict[str, Counter[str]] = defaultdict(Counter)
    for document, raws in documents:
        for raw in raws:
            roles = place_roles(document.words, raw.type, raw.trigger, raw.arguments)
            events[_group(raw.type)] += 1
            having[_group(raw.type)].update({role for role, _ in roles})
    return {
        type_: frozenset(role for role, n in having[type_].items() if n >= SHARE * total)
        for type_, total in events.items()
    }


def _group(type_: str) -> str:
    return ".".join(type_.split(".")[:2])


def _merge(happenings: list[Happening]) -> list[Happening]:
    """One event per trigger, with the types and roles of all that have it; of two roles for one span the first."""
    found: dict[Span, Happening] = {}
    for each in happenings:
        other = found.get(each.trigger)
        if other is None:
            found[each.trigger] = each
        else:
            types = other.types | each.types
            roles = tuple(sorted({*other.roles, *each.roles}, key=lambda pair: (pair[1], pair[0])))
            spans = Counter(span for _, span in roles)
            roles = tuple(pair for pair in roles if spans[pair[1]] == 1 or pair in other.roles)
            found[each.trigger] = Happening(each.trigger, types, roles, other.known_roles & each.known_roles)
    return [found[trigger] for trigger in sorted(found)]


def _leave_open(document: Document) -> Eventful:
    """Plain news, whose clear words become triggers once its parts of speech are known."""
    return Eventful(document, [start == 1 for start in document.sentence_starts], [], [])


def see_events(given: Iterable[Eventful], network: Network, *, label: bool = True) -> Iterator[tuple[Eventful, Tagged]]:
    """Each document with the sentences, parts of speech and dependencies that the model sees in it.

    With ``label``, plain news and M2E2 also get the triggers that clear words are; not to be used on what is measured.
    """
    for each, text in see_syntax(given, network):
        yield (add_clear_words(each, text) if label and each.document.corpus in SILVER else each), text
