"""Scores polarity, certainty and temporality on a table of sentences with the right answers."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from benchmarks.scores import Score
from kg.read.stance import Stance, judge

GAP = " + "  # between the parts of a content that the cue interrupts


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with a cue, the parts of its content in order, and the right answer.

    ``part`` is the round it was written in: "first" before the rules, "second" and "third" after rules that were mended
    by what these showed, "fourth" after the rules, which were not changed for it.
    """

    part: str
    sentence: str
    cue: str
    content: tuple[str, ...]
    answer: Stance


def read_cases(path: Path) -> list[Case]:
    """The cases of a table with tabs between its columns and their names in the first line."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Case(
            row["part"],
            row["sentence"],
            row["cue"],
            tuple(row["content"].split(GAP)),
            Stance(row["polarity"], row["certainty"], row["temporality"]),  # type: ignore[arg-type]  # as written
        )
        for row in rows
    ]


def judge_case(doc: Doc, case: Case) -> Stance:
    """The stance that is found for the case in its parsed sentence. Raises ValueError when its words are not there."""
    content = []
    at = 0
    for piece in case.content:
        content.append(_find_span(doc, piece, [at]))
        at = content[-1].end_char
    # The cue stands outside the content, though the same word may stand in it.
    starts = [0, *(span.end_char for span in content)]
    borders = [*(span.start_char for span in content), len(doc.text)]
    free = [start for start, end in zip(starts, borders, strict=True) if case.cue in doc.text[start:end]]
    return judge(_find_span(doc, case.cue, free), content)


def _find_span(doc: Doc, words: str, starts: Sequence[int]) -> Span:
    for start in starts:
        at = doc.text.find(words, start)
        span = doc.char_span(at, at + len(words)) if at >= 0 else None
        if span is not None:
            return span
    raise ValueError(f"{words!r} is not in {doc.text!r} as words of its own; mend the table")


def score_stance(
    nlp: Language, table: Iterable[Case], *, tell: Callable[[str], None] | None = None
) -> dict[str, Score]:
    """How many answers are right, as "polarity", "certainty", "temporality" and "all three".

    Every case is given one answer, so precision and recall are both the accuracy. ``tell`` gets a line for each case
    that is not all right.
    """
    cases = list(table)
    scores = dict.fromkeys((*Stance._fields, "all three"), Score())
    for case, doc in zip(cases, nlp.pipe(case.sentence for case in cases), strict=True):
        found = judge_case(doc, case)
        right = {name: getattr(found, name) == getattr(case.answer, name) for name in Stance._fields}
        right["all three"] = all(right.values())
        for name, is_right in right.items():
            scores[name] += Score(is_right, 1, is_right, 1)
        if tell and not right["all three"]:
            tell(f"{case.part}: {case.sentence} is {' '.join(case.answer)}, given {' '.join(found)}")
    return scores
