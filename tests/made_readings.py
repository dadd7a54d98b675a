"""Makes readings by hand: sentences in which mentions are marked."""

import re

from kg.model import (
    Article,
    Claim,
    Entity,
    Event,
    Interval,
    Link,
    Mention,
    Passage,
    Reading,
    Relation,
    Rival,
    RoleFiller,
    Time,
)

MARK = re.compile(r"\[(\w+)(?:~(\w+))?:([^\]]+)\]")
KINDS = {"p": "person", "o": "organisation", "l": "place", "e": "event", "w": "work", "d": "product", "g": "group"}


def make_reading(
    *sentences: str, names: dict[str, str] | None = None, times: tuple[str, ...] = (), **article
) -> Reading:
    """A reading of ``sentences`` where "[p1:Jo Roe]" mentions entity p1, and "[p1~pronoun:she]" does so by pronoun.

    The first letter of an entity's id gives its kind (other when it is none of KINDS); ``times`` are words in the text.
    """
    text, spans, mentions = "", [], {}
    for sentence in sentences:
        text += "\n" if text else ""
        start, at = len(text), 0
        for mark in MARK.finditer(sentence):
            text += sentence[at : mark.start()]
            passage = Passage(len(text), len(text) + len(mark[3]), mark[3])
            mentions.setdefault(mark[1], []).append(Mention(passage, mark[2] or "name"))
            text, at = text + mark[3], mark.end()
        text += sentence[at:]
        spans.append(Passage(start, len(text), text[start:]))
    entities = tuple(
        Entity(key, KINDS.get(key[0], "other"), (names or {}).get(key, found[0].passage.text), tuple(found))
        for key, found in mentions.items()
    )
    found_times = tuple(Time(passage_of(text, word), word if word[:1].isdigit() else None) for word in times)
    return Reading(Article(**({"id": "a1"} | article), text=text), entities, sentences=tuple(spans), times=found_times)


def passage_of(text: str, words: str) -> Passage:
    """The first place where ``words`` stand in ``text``."""
    start = text.index(words)
    return Passage(start, start + len(words), words)


def linked(entity: str, qid: str, label: str, score: float = 0.9, **more) -> Link:
    return Link(entity, "linked", qid, score, label=label, **more)


def make_plant_reading() -> tuple[Reading, tuple[Link, ...]]:
    """Two sentences with everything that a reading can hold."""
    reading = make_reading(
        "[o1:Borealis Mills] said on 2026-05-01 that [o1~pronoun:it] would not close its [l1:Tolby plant].",
        "Union leader [p1:Ada Quist] of [g1:Norwegian] descent said Borealis will close it in June.",
        id="9f2c",
        url="https://news.example/2026/05/02/plant",
        title="Mills deny closure",
        published="2026-05-02T09:00:00Z",
        publisher="The Example",
        authors=("Kim Lee", "Sam Poe"),
        times=("2026-05-01", "June"),
    )
    text = reading.article.text
    denial, cue = passage_of(text, "it would not close its Tolby plant"), passage_of(text, "said")
    full = Reading(
        reading.article,
        reading.entities,
        relations=(
            Relation("p1", "P463", "o1", passage_of(text, "Union leader Ada Quist"), 0.7),
            Relation("o1", "P571", None, passage_of(text, "Borealis Mills"), 0.6, value="1907"),
        ),
        events=(
            Event(
                "v1",
                "CONCEDE",
                passage_of(text, "close"),
                (
                    RoleFiller("agent", passage_of(text, "Borealis Mills"), "o1"),
                    RoleFiller("place", passage_of(text, "Tolby plant"), "l1"),
                    RoleFiller("instrument", passage_of(text, "descent")),
                    RoleFiller("time", passage_of(text, "June")),
                ),
                Interval("2026-06-01", "2026-06-30"),
                "future",
                passage_of(text, "Borealis will close it in June"),
                0.8,
                qid="Q999",
            ),
        ),
        claims=(
            Claim(
                "c1", "o1", passage_of(text, "Borealis Mills"), cue, (denial,), "indirect", "negative", "certain",
                "future", "p1", ("l1", "v1"), 0.75, "2026-05-01",
            ),
            Claim("c2", None, None, None, (denial, cue), "direct", "positive", "possible", "non-future", None, (), 0.5),
        ),
        sentences=reading.sentences,
        times=reading.times,
    )  # fmt: skip
    links = (
        linked(
            "o1", "Q1001", "Borealis Mills AS", 0.94, classes=("Q4830453",), rivals=(Rival("Q1002", "Borealis", 0.05),)
        ),
        Link("l1", "ambiguous", None, 0.4, (Rival("Q2001", "Tolby", 0.4), Rival("Q2002", "Tolby plant", 0.38))),
        Link("p1", "absent", None, 0.88),
        Link("g1", "unavailable"),
    )
    return full, links
