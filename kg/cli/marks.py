"""What is marked in an article that is drawn: mentions, times, and claims with their cues, cut so that they nest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kg.pipeline import Outcome

Step = Literal["begin", "text", "end"]
CLAIM_COLUMNS = ("claim", "speaker", "cue", "text", "polarity", "certainty", "temporality")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text to be shown: of an entity, a time, a claim or a cue; ``label`` is what stands beside it.

    ``number`` is that of the entity, or of the claim; ``title`` says more than there is room for in the text.
    """

    start: int
    end: int
    kind: str
    form: str
    label: str
    number: int = 0
    title: str = ""


def list_marks(outcome: Outcome) -> list[Mark]:
    """What is shown of an article, in order, outer marks first.

    A mention that crosses the end of another ends there. A claim or cue that crosses a mention, or another claim, is
    cut in two, and only the last piece has the label.
    """
    assert outcome.reading is not None
    marks = [
        Mark(m.passage.start, m.passage.end, entity.kind, m.form, f"{entity.kind} {number}", number)
        for number, entity in enumerate(outcome.reading.entities, start=1)
        for m in entity.mentions
    ]
    for time in outcome.reading.times:
        marks.append(Mark(time.passage.start, time.passage.end, "time", "time", f"time {time.value or '?'}"))
    mentions = _fit_marks(marks)
    if not outcome.reading.claims:
        return mentions
    return _nest_marks([*mentions, *_cut_at(list(_list_claim_marks(outcome)), mentions)])


def _fit_marks(marks: Iterable[Mark]) -> list[Mark]:
    fitting: list[Mark] = []
    inside: list[int] = []  # the ends of the marks that a mark begins in
    for mark in sorted(marks, key=lambda m: (m.start, -m.end, m.number)):
        while inside and inside[-1] <= mark.start:
            inside.pop()
        end = min([mark.end, *inside[-1:]])
        inside.append(end)
        fitting.append(replace(mark, end=end))
    return fitting


def _list_claim_marks(outcome: Outcome) -> Iterator[Mark]:
    """Marks of each part of each claim, and of each cue, once for all claims that have it."""
    assert outcome.reading is not None
    numbers = {entity.id: f"{entity.kind} {n}" for n, entity in enumerate(outcome.reading.entities, start=1)}
    cues: dict[tuple[int, int], list[int]] = {}
    rows = {row[0]: row for row in list_claims(outcome)}
    for number in _list_told(outcome):
        claim, row = outcome.reading.claims[number - 1], rows[str(number)]
        speaker = " and ".join(_name_speakers(outcome, number, numbers))
        shape = ", ".join([claim.polarity, claim.certainty, *(["future"] if claim.temporality == "future" else [])])
        label = f"claim {number}" + (f" by {speaker}" if speaker else "") + f": {shape}"
        title = f"claim {number} by {row[1] or 'nobody known'}: {shape}"
        parts = [passage for passage in claim.content if passage.start < passage.end]
        for part in parts:
            said = label if part is parts[-1] else f"claim {number} …"
            yield Mark(part.start, part.end, "claim", claim.polarity, said, number, title)
        if claim.cue is not None and claim.cue.start < claim.cue.end:
            cues.setdefault((claim.cue.start, claim.cue.end), []).append(number)
    for (start, end), claims in cues.items():
        listed = ", ".join(map(str, claims))
        yield Mark(start, end, "cue", "cue", f"cue {listed}", claims[0], f"cue of claim {listed}")


def _cut_at(marks: list[Mark], mentions: list[Mark]) -> Iterator[Mark]:
    """The marks in pieces that cross no mention; the mentions nest already."""
    around = _find_around({at for mark in marks for at in (mark.start, mark.end)}, mentions)
    for mark in marks:
        cuts = {m.end for m in around[mark.start] if m.end < mark.end}
        cuts |= {m.start for m in around[mark.end] if m.start > mark.start}
        start = mark.start
        for cut in sorted(cuts):
            yield replace(mark, start=start, end=cut, label="")
            start = cut
        yield replace(mark, start=start)


def _find_around(places: Iterable[int], mentions: list[Mark]) -> dict[int, list[Mark]]:
    """For each place, the mentions that begin before and end after it."""
    around: dict[int, list[Mark]] = {}
    inside: list[Mark] = []
    following = iter([*mentions, None])
    mention = next(following)
    for place in sorted(places):
        while mention is not None and mention.start < place:
            while inside and inside[-1].end <= mention.start:
                inside.pop()
            inside.append(mention)
            mention = next(following)
        while inside and inside[-1].end <= place:
            inside.pop()
        around[place] = list(inside)
    return around


def _nest_marks(marks: list[Mark]) -> list[Mark]:
    """The marks in order, outer ones first; one that crosses the end of another is cut there."""
    waiting = [(mark.start, -mark.end, mark.kind != "claim", number, mark) for number, mark in enumerate(marks)]
    heapify(waiting)
    nested: list[Mark] = []
    inside: list[int] = []
    while waiting:
        *_, number, mark = heappop(waiting)
        while inside and inside[-1] <= mark.start:
            inside.pop()
        if inside and inside[-1] < mark.end:
            rest = replace(mark, start=inside[-1])
            heappush(waiting, (rest.start, -rest.end, rest.kind != "claim", number, rest))
            mark = replace(mark, end=inside[-1], label="")
        inside.append(mark.end)
        nested.append(mark)
    return nested


def cut_text(text: str, marks: list[Mark]) -> Iterator[tuple[Step, str, Mark | None]]:
    """The text in pieces, each with the innermost mark that it is in, and where each mark begins and ends."""
    inside: list[Mark] = []
    at = 0
    for mark in [*marks, None]:
        start = len(text) if mark is None else mark.start
        while inside and inside[-1].end <= start:
            yield "text", text[at : inside[-1].end], inside[-1]
            at = inside[-1].end
            yield "end", "", inside.pop()
        yield "text", text[at:start], inside[-1] if inside else None
        at = start
        if mark is not None:
            yield "begin", "", mark
            inside.append(mark)


def _list_told(outcome: Outcome) -> list[int]:
    """The places, from 1, of what is said, thought or felt among all claims."""
    assert outcome.reading is not None
    return [number for number, claim in enumerate(outcome.reading.claims, start=1) if claim.kind != "attributed"]


def _name_speakers(outcome: Outcome, number: int, names: Mapping[str, str]) -> list[str]:
    """The speakers of the claim in a place, by their names."""
    assert outcome.reading is not None
    claim = outcome.reading.claims[number - 1]
    return [names[entity] for entity in (claim.speaker, *claim.cospeakers) if entity is not None and entity in names]


def list_claims(outcome: Outcome, *, by_id: bool = False) -> list[tuple[str, ...]]:
    """A row of CLAIM_COLUMNS for each claim that is said, thought or felt: its place among all, or its id ``by_id``,
    and its speakers by name or, where unknown, by what is said."""
    assert outcome.reading is not None
    names = {entity.id: entity.name for entity in outcome.reading.entities}
    return [
        (
            claim.id if by_id else str(number),
            ", ".join(_name_speakers(outcome, number, names)) or (claim.source.text if claim.source else ""),
            claim.cue.text if claim.cue else "",
            " … ".join(passage.text for passage in claim.content),
            claim.polarity,
            claim.certainty,
            claim.temporality,
        )
        for number in _list_told(outcome)
        for claim in (outcome.reading.claims[number - 1],)
    ]
