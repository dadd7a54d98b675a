"""Scores triggers, roles, realis and chains of events against gold sets."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.coreference import Scores
from benchmarks.event_gold import ChainedText, EventText, GoldEvent
from benchmarks.gold import Span
from benchmarks.scores import Score
from kg.model import Event

OPEN, CLOSE = "[[", "]]"


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event as it is found at one trigger; ``roles`` are (role, span)."""

    trigger: Span
    type: str
    roles: tuple[tuple[str, Span], ...] = ()


Find = Callable[[str], Sequence[FoundEvent]]
Head = Callable[[str], Callable[[Span], Span]]
"""Gives, for a text, what gives the span of a span's head word."""


def list_found(events: Iterable[Event]) -> list[FoundEvent]:
    """Each mention of each event of a reading as an event at one trigger, with the roles of the event.

    An event that lists no mentions has one, at its trigger.
    """
    return [
        FoundEvent(
            (mention.start, mention.end),
            event.type,
            tuple((filler.role, (filler.passage.start, filler.passage.end)) for filler in event.roles),
        )
        for event in events
        for mention in event.mentions or (event.trigger,)
    ]


def score_events(
    texts: Iterable[EventText], find: Find, head: Head, *, tell: Callable[[str], None] | None = None
) -> dict[str, Score]:
    """The scores "identified" and "typed" of triggers, "roles", and each role's and each gold type's own.

    Triggers are matched one to one by overlap, those with a right type first. A role is right at a trigger of a right
    type whose gold event has that role, when the head word of what is found lies in the gold span or is its head.
    Only roles in the gold trigger's sentence count, since the corpora annotate no others. ``tell`` gets a line for
    each trigger that is missed, wrong or of a wrong type, and for each text's wrong roles.
    """
    scores: dict[str, Score] = {}

    def add(name: str, right: int, given: int, wanted: int) -> None:
        scores[name] = scores.get(name, Score()) + Score(right, given, right, wanted)

    for name in ("identified", "typed", "roles"):
        add(name, 0, 0, 0)
    for text in texts:
        found = [each for each in find(text.text) if _counts(text, each)]
        pairs = match_triggers(text.events, found)
        typed = [(gold, each) for gold, each in pairs if each.type in gold.types]
        add("identified", len(pairs), len(found), len(text.events))
        add("typed", len(typed), len(found), len(text.events))
        _add_types(text, found, typed, add)
        _add_roles(text, found, typed, head(text.text), add)
        if tell:
            _tell_mistakes(text, found, pairs, tell)
    return scores


def _counts(text: EventText, found: FoundEvent) -> bool:
    """Whether the corpus says if there is such an event: it has one here, or has looked for its type at these words."""
    if any(overlap(found.trigger, event.trigger) for event in text.events):
        return True
    return found.type in text.counted and not any(overlap(found.trigger, span) for span in text.open)


def overlap(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return min(a[1], b[1]) > max(a[0], b[0])


def match_triggers(gold: Sequence[GoldEvent], found: Sequence[FoundEvent]) -> list[tuple[GoldEvent, FoundEvent]]:
    """Pairs of gold and found events whose triggers overlap, one to one; pairs with a right type come first."""
    pairs = [
        (each.type not in event.types, i, j)
        for i, event in enumerate(gold)
        for j, each in enumerate(found)
        if overlap(event.trigger, each.trigger)
    ]
    taken_gold: set[int] = set()
    taken: set[int] = set()
    matched = []
    for _, i, j in sorted(pairs):
        if i not in taken_gold and j not in taken:
            taken_gold.add(i)
            taken.add(j)
            matched.append((gold[i], found[j]))
    return matched


Add = Callable[[str, int, int, int], None]


def _add_types(
    text: EventText, found: Sequence[FoundEvent], typed: Sequence[tuple[GoldEvent, FoundEvent]], add: Add
) -> None:
    for event in text.events:
        add(f"type {'|'.join(sorted(event.types))}", 0, 0, 1)
    for each in found:
        add(f"found {each.type}", 0, 1, 0)
    for gold, each in typed:
        add(f"type {'|'.join(sorted(gold.types))}", 1, 1, 0)
        add(f"found {each.type}", 1, 0, 0)


def _add_roles(
    text: EventText,
    found: Sequence[FoundEvent],
    typed: Sequence[tuple[GoldEvent, FoundEvent]],
    head: Callable[[Span], Span],
    add: Add,
) -> None:
    """Counts the roles of all gold and all found events of one text, and those that are right."""
    for event in text.events:
        for role, _ in event.roles:
            add("roles", 0, 0, 1)
            add(f"role {role}", 0, 0, 1)
    gold_of = {id(each): gold for gold, each in typed}
    for each in found:
        sentence = text.sentence_of(each.trigger)
        gold = gold_of.get(id(each))
        known = text.roles.get(each.type, frozenset())
        near = [(role, span) for role, span in each.roles if role in known and overlap(span, sentence)]
        right = match_roles(gold.roles if gold else (), near, head)
        for role, _ in near:
            add("roles", 0, 1, 0)
            add(f"role {role}", 0, 1, 0)
        for role in right:
            add("roles", 1, 0, 0)
            add(f"role {role}", 1, 0, 0)


def match_roles(
    gold: Sequence[tuple[str, Span]], found: Sequence[tuple[str, Span]], head: Callable[[Span], Span]
) -> list[str]:
    """The gold roles that are right, one to one."""
    left = list(found)
    right = []
    for role, span in gold:
        for each in left:
            if each[0] in role.split("|") and (overlap(head(each[1]), span) or head(each[1]) == head(span)):
                left.remove(each)
                right.append(role)
                break
    return right


def _tell_mistakes(
    text: EventText,
    found: Sequence[FoundEvent],
    pairs: Sequence[tuple[GoldEvent, FoundEvent]],
    tell: Callable[[str], None],
) -> None:
    matched_gold, matched = {id(gold) for gold, _ in pairs}, {id(each) for _, each in pairs}

    def show(span: Span) -> str:
        start, end = text.sentence_of(span)
        return f"{text.text[start : span[0]]}[[{text.text[span[0] : span[1]]}]]{text.text[span[1] : end]}"

    for gold in text.events:
        if id(gold) not in matched_gold:
            tell(f"{text.name} missed {'|'.join(sorted(gold.types))}: {show(gold.trigger)}")
    for each in found:
        if id(each) not in matched:
            tell(f"{text.name} wrong {each.type}: {show(each.trigger)}")
    for gold, each in pairs:
        if each.type not in gold.types:
            tell(f"{text.name} {'|'.join(sorted(gold.types))} given as {each.type}: {show(gold.trigger)}")


@dataclass(frozen=True, slots=True)
class RealisCase:
    """A sentence, the span of a trigger in it, and the right realis; ``note`` says what it is a case of."""

    sentence: str
    trigger: Span
    realis: str
    note: str


def read_realis_cases(path: Path) -> list[RealisCase]:
    """The cases of a table with tabs between its columns and their names in the first line.

    The trigger stands in double square brackets. Raises ValueError for a sentence without exactly one.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [_read_case(row["sentence"], row["realis"], row["note"]) for row in rows]


def _read_case(marked: str, realis: str, note: str) -> RealisCase:
    before, opened, rest = marked.partition(OPEN)
    trigger, closed, after = rest.partition(CLOSE)
    if not (opened and closed and trigger) or OPEN in after:
        raise ValueError(f"{marked!r} has not one trigger between {OPEN} and {CLOSE}; mend the table")
    span = (len(before), len(before) + len(trigger))
    return RealisCase(before + trigger + after, span, realis, note)


def score_realis(
    cases: Iterable[RealisCase], judge: Callable[[str, Span], str], *, tell: Callable[[str], None] | None = None
) -> dict[str, Score]:
    """How many answers are right, as "all" and for each realis that is right.

    ``judge`` gives the realis of the event at a span of a sentence. Every case gets one answer, so precision and recall
    of "all" are both the accuracy; a realis's own recall is that of its cases, its precision that of its answers.
    """
    scores: dict[str, Score] = {"all": Score()}
    for case in cases:
        given = judge(case.sentence, case.trigger)
        right = given == case.realis
        scores["all"] += Score(right, 1, right, 1)
        scores[case.realis] = scores.get(case.realis, Score()) + Score(right, 0, right, 1)
        scores[given] = scores.get(given, Score()) + Score(0, 1, 0, 0)
        if tell and not right:
            start, end = case.trigger
            marked = f"{case.sentence[:start]}{OPEN}{case.sentence[start:end]}{CLOSE}{case.sentence[end:]}"
            tell(f"{marked} is {case.realis}, given {given} ({case.note})")
    return scores


def score_chains(
    texts: Iterable[ChainedText], chain: Callable[[str, Sequence[Span]], Iterable[Iterable[Span]]]
) -> dict[str, Scores]:
    """MUC, B3 and CEAF-e of gold triggers joined into events inside each text, as "joined" and "all".

    ``chain`` gives clusters of the spans that it gets; each span that is in none of them is a cluster of its own. For
    "joined" clusters of one do not count, as in the reference scorer of CoNLL-2012; for "all" they do, which is easy:
    most triggers stand alone.
    """
    scores = {"joined": Scores(), "all": Scores()}
    for text in texts:
        spans = sorted(span for cluster in text.clusters for span in cluster)
        found = [list(cluster) for cluster in chain(text.text, spans)]
        joined = {span for cluster in found for span in cluster}
        found += [[span] for span in spans if span not in joined]
        for name, tally in scores.items():
            tally.add(text.clusters, found, singletons=name == "all")
    return scores
