"""Scores the relations of whole readings against the facts that KnowledgeNet annotates in passages."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.gold import Span
from benchmarks.scores import Score, compare_sets

SAYS: dict[str, tuple[str, bool]] = {
    "P569": ("DATE_OF_BIRTH", False), "P570": ("DATE_OF_DEATH", False), "P571": ("DATE_FOUNDED", False),
    "P19": ("PLACE_OF_BIRTH", False), "P551": ("PLACE_OF_RESIDENCE", False), "P27": ("NATIONALITY", False),
    "P69": ("EDUCATED_AT", False), "P102": ("POLITICAL_AFFILIATION", False), "P26": ("SPOUSE", False),
    "P22": ("CHILD_OF", False), "P25": ("CHILD_OF", False), "P40": ("CHILD_OF", True),
    "P108": ("EMPLOYEE_OR_MEMBER_OF", False), "P463": ("EMPLOYEE_OR_MEMBER_OF", False), "P169": ("CEO", False),
    "P112": ("FOUNDED_BY", False), "P749": ("SUBSIDIARY_OF", False), "P159": ("HEADQUARTERS", False),
}  # fmt: skip
"""What each of our properties is called in KnowledgeNet, and whether its subject and object are swapped there."""
DATES = frozenset(("DATE_OF_BIRTH", "DATE_OF_DEATH", "DATE_FOUNDED"))
PRONOUNS = frozenset(
    "i me my mine we us our ours he him his himself she her hers herself it its itself they them their theirs who whom"
    " whose which that where there".split()
)
BOTH_WAYS = frozenset(("SPOUSE",))  # annotated from each of the two


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A fact between two spans of the text; a missing URI is ""."""

    property: str
    subject: Span
    object: Span
    subject_uri: str = ""
    object_uri: str = ""
    subject_text: str = ""
    object_text: str = ""


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """A stretch of a document in which all facts of the properties ``listed`` are annotated, with all their spans."""

    span: Span
    listed: frozenset[str]
    facts: tuple[GoldFact, ...]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document of KnowledgeNet; between its passages the text is blank."""

    name: str
    text: str
    passages: tuple[GoldPassage, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a reading tells in a passage, by KnowledgeNet's name: all mentions of both sides there, in order."""

    property: str
    subject: tuple[Span, ...]
    object: tuple[Span, ...]
    subject_qid: str | None = None
    object_qid: str | None = None


def read_knowledgenet(file: Path, *, fold: int) -> Iterator[GoldDocument]:
    """The documents of one fold of KnowledgeNet, https://github.com/diffbot/knowledge-net."""
    for row in json.loads(file.read_text(encoding="utf-8")):
        if row["fold"] == fold:
            passages = tuple(
                GoldPassage(
                    (raw["passageStart"], raw["passageEnd"]),
                    frozenset(each["propertyName"] for each in raw["exhaustivelyAnnotatedProperties"]),
                    tuple(_read_fact(fact) for fact in raw["facts"]),
                )
                for raw in row["passages"]
            )
            yield GoldDocument(str(row["documentId"]), row["documentText"], passages)


def _read_fact(raw: dict[str, Any]) -> GoldFact:
    return GoldFact(
        raw["propertyName"],
        (raw["subjectStart"], raw["subjectEnd"]),
        (raw["objectStart"], raw["objectEnd"]),
        raw["subjectUri"],
        raw["objectUri"],
        raw["subjectText"],
        raw["objectText"],
    )


def list_told(record: dict[str, Any], passage: Span) -> list[Told]:
    """What the JSON record of a reading tells in a passage, each once, however often it tells it there.

    A relation belongs to a passage that its evidence touches and in which both sides are mentioned. The mentions of a
    date are the times with its value.
    """
    entities = {each["id"]: each for each in record["entities"]}
    told: dict[tuple[str, str, str], Told] = {}
    for relation in record["relations"]:
        if relation["property"] not in SAYS or not _touch(tuple(relation["evidence"]), passage):
            continue
        name, turned = SAYS[relation["property"]]
        ends = _find_ends(relation, record["times"], entities)
        for one, other in (ends, ends[::-1]) if name in BOTH_WAYS else (ends[::-1] if turned else ends,):
            subject, target = _list_inside(one, passage), _list_inside(other, passage)
            if subject and target:
                told[name, one["id"], other["id"]] = Told(name, subject, target, one["qid"], other["qid"])
    return list(told.values())


def _find_ends(
    relation: dict[str, Any], times: Iterable[dict[str, Any]], entities: dict[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    """Subject and object, each with id, QID and mentions; a date is the times with its value."""
    target = entities.get(relation.get("object", ""))
    if target is None:
        value = relation.get("value")
        target = {"id": value, "qid": None, "mentions": [time for time in times if time["value"] == value]}
    return [entities[relation["subject"]], target]


def _list_inside(end: dict[str, Any], passage: Span) -> tuple[Span, ...]:
    spans = ((mention["start"], mention["end"]) for mention in end["mentions"])
    return tuple(sorted(span for span in spans if _touch(span, passage)))


def score_passage(gold: GoldPassage, told: Sequence[Told]) -> dict[str, Score]:
    """The counts of one passage; only properties that it lists count.

    "text" is the span overlap of the published scorer: a fact is found when something told has its property and a
    mention over each of its spans, and what is told is right when it so finds a fact. The corpus annotates a fact for
    all mentions of both sides, and what is told stands for all of these. "text nearest" is stricter: what is told is
    its nearest two mentions alone, and finds one fact at most. "link" wants the items of both sides to be those of a
    fact; facts without both, those with dates, and what is told without both do not count.
    """
    listed = [each for each in told if each.property in gold.listed]
    scores: dict[str, Score] = defaultdict(Score)
    for each in listed:
        score = Score(int(any(_overlaps(each, fact) for fact in gold.facts)), 1, 0, 0)
        scores["text"] += score
        scores[f"text {each.property}"] += score
    for fact in gold.facts:
        score = Score(0, 0, int(any(_overlaps(each, fact) for each in listed)), 1)
        scores["text"] += score
        scores[f"text {fact.property}"] += score
    distinct = group_facts(gold.facts)
    found = sum(any(_overlaps(each, fact) for each in listed for fact in facts) for facts in distinct)
    scores["text distinct"] = Score(scores["text"].right_given, len(listed), found, len(distinct))
    right = count_nearest(gold.facts, listed)
    scores["text nearest"] = Score(right, len(listed), right, len(gold.facts))
    wanted = {
        (fact.property, _item(fact.subject_uri), _item(fact.object_uri))
        for fact in gold.facts
        if fact.subject_uri and fact.object_uri and fact.property not in DATES
    }
    given = {
        (each.property, each.subject_qid, each.object_qid)
        for each in listed
        if each.subject_qid and each.object_qid and each.property not in DATES
    }
    scores["link"] = compare_sets(wanted, given)
    return dict(scores)


def _overlaps(told: Told, fact: GoldFact) -> bool:
    return (
        told.property == fact.property
        and any(_touch(span, fact.subject) for span in told.subject)
        and any(_touch(span, fact.object) for span in told.object)
    )


def group_facts(facts: Iterable[GoldFact]) -> list[list[GoldFact]]:
    """The facts of a passage, with those together that are one fact said of other mentions of its two sides.

    Mentions are of one thing when they have one URI; where there is none, when one is a pronoun or a part of the other.
    """
    groups: list[list[GoldFact]] = []
    for fact in facts:
        same = [group for group in groups if any(_is_same_fact(fact, other) for other in group)]
        joined = [other for group in same for other in group]
        groups = [group for group in groups if group not in same] + [[*joined, fact]]
    return groups


def _is_same_fact(one: GoldFact, other: GoldFact) -> bool:
    ends = (
        ((one.subject, one.subject_uri, one.subject_text), (other.subject, other.subject_uri, other.subject_text)),
        ((one.object, one.object_uri, one.object_text), (other.object, other.object_uri, other.object_text)),
    )
    return one.property == other.property and all(_is_same_end(*pair) for pair in ends)


def _is_same_end(one: tuple[Span, str, str], other: tuple[Span, str, str]) -> bool:
    items = {_item(uri) for _, uri, _ in (one, other)}
    if one[0] == other[0] or items != {""}:
        return one[0] == other[0] or len(items) == 1
    left, right = (set(text.lower().split()) for _, _, text in (one, other))
    return left <= PRONOUNS or right <= PRONOUNS or left <= right or right <= left


def count_nearest(facts: Iterable[GoldFact], told: Iterable[Told]) -> int:
    """How many facts are found by the nearest two mentions of what is told, one to one."""
    free = list(facts)
    right = 0
    for each in told:
        subject, target = min(
            ((a, b) for a in each.subject for b in each.object),
            key=lambda pair: (max(pair[0][0], pair[1][0]) - min(pair[0][1], pair[1][1]), pair),
        )
        nearest = Told(each.property, (subject,), (target,))
        found = next((fact for fact in free if _overlaps(nearest, fact)), None)
        if found is not None:
            free.remove(found)
            right += 1
    return right


def _touch(one: Span, other: Span) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


def _item(uri: str) -> str:
    return uri.rstrip("/").rsplit("/", 1)[-1]


def score_knowledgenet(
    documents: Iterable[tuple[GoldDocument, dict[str, Any]]], *, tell: Callable[[str], None] | None = None
) -> dict[str, Score]:
    """The counts over all passages of documents with the JSON records of their readings, those without facts too.

    ``tell`` gets a line for each wrong statement and each fact that is not found.
    """
    scores: dict[str, Score] = {}
    for document, record in documents:
        for passage in document.passages:
            told = list_told(record, passage.span)
            for name, score in score_passage(passage, told).items():
                scores[name] = scores.get(name, Score()) + score
            if tell:
                for line in list_mistakes(document, passage, told):
                    tell(line)
    return scores


def list_mistakes(document: GoldDocument, passage: GoldPassage, told: Iterable[Told]) -> list[str]:
    """One line for each wrong statement of a passage, and one for each fact that is not found."""

    def show(kind: str, name: str, subject: Span, target: Span) -> str:
        ends = (document.text[slice(*subject)], document.text[slice(*target)])
        sentence = " ".join(document.text[slice(*passage.span)].split())
        return f"{document.name} {kind}: {ends[0]!r} {name} {ends[1]!r} in {sentence!r}"

    listed = [each for each in told if each.property in passage.listed]
    wrong = [each for each in listed if not any(_overlaps(each, fact) for fact in passage.facts)]
    missed = [fact for fact in passage.facts if not any(_overlaps(each, fact) for each in listed)]
    return [
        *(show("wrong", each.property, each.subject[0], each.object[0]) for each in wrong),
        *(show("missed", fact.property, fact.subject, fact.object) for fact in missed),
    ]
