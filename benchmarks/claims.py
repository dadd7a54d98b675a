"""Scores claims against the attributions that PolNeAR annotates: cue, source and content spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scores import Score
from kg.model import Article, Claim, Passage, Reading
from training.attributions import read_brat

Span = tuple[int, int]
SHARED = 0.3  # of the shorter span's characters, for two spans to overlap
MARKS = '"“”«»'
ROLES = ("cue", "source", "content")
SPANS = ("cue exact", "source overlap", "source exact", "content overlap", "content exact", "whole")
"""The scores that are reported first."""


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """Character spans of an attribution; ``source`` is None where the text names none."""

    cue: Span
    source: Span | None
    content: tuple[Span, ...]
    quotation: str


@dataclass(frozen=True, slots=True)
class ClaimedText:
    """A document of PolNeAR with its attributions."""

    name: str
    text: str
    claims: tuple[GoldClaim, ...]


def read_polnear(folder: Path) -> Iterator[ClaimedText]:
    """The documents in ``folder`` (texts, and brat files of which the first annotator's counts), by sorted name.

    An attribution without cue or content, which PolNeAR has by mistake, is left out.
    """
    for file in sorted((folder / "text").glob("*.txt")):
        annotated = sorted((folder / "attributions").glob(f"{file.stem}_*.ann"))
        if annotated:
            text = file.read_text(encoding="utf-8")
            found = _read_brat(text, annotated[0].read_text(encoding="utf-8"))
            yield ClaimedText(file.stem, text, tuple(found))


def _read_brat(text: str, brat: str) -> Iterator[GoldClaim]:
    spans, events = read_brat(brat)
    for roles in events:
        cues, sources, contents = (
            [span for target in roles.get(role, ()) for span in spans[target]] for role in ("Cue", "Source", "Content")
        )
        if cues and contents:
            content = tuple(sorted(_trim(text, span) for span in contents))
            source = _trim(text, sources[0]) if sources else None
            yield GoldClaim(_trim(text, cues[0]), source, content, quotation_of(text, content))


def _trim(text: str, span: Span) -> Span:
    piece = text[span[0] : span[1]]
    start = span[0] + len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def quotation_of(text: str, content: Sequence[Span]) -> str:
    """ "direct" when all of the content stands in quotation marks, "mixed" when some does, else "indirect"."""
    pieces = [text[start:end].strip(" ,.") for start, end in content]
    if not any(mark in piece for piece in pieces for mark in MARKS):
        return "indirect"
    inner = "".join(piece[1:-1] for piece in pieces)
    whole = pieces[0][:1] in MARKS and pieces[-1][-1:] in MARKS and pieces[0][:1] != ""
    return "direct" if whole and not any(mark in inner for mark in MARKS) else "mixed"


def score_claims(
    texts: Iterable[ClaimedText], read: Callable[[Article], Reading], *, tell: Callable[[str], None] | None = None
) -> dict[str, Score]:
    """Scores by measure: "cue exact", "source overlap", ..., "whole", "direct source", and the same by quotation type.

    Spans are matched one to one; those of all attributions count, so that a source named for two counts twice. A
    content of two spans counts as two. "whole" wants cue, source (or none) and all content spans to be exact. "direct
    source" counts the direct quotations with a source whose source overlaps that of a claim on the same words.
    ``tell`` gets a line for each attribution that is not found whole.
    """
    scores: dict[str, Score] = {}

    def add(name: str, score: Score) -> None:
        scores[name] = scores.get(name, Score()) + score

    for text in texts:
        claims = read(Article(id=text.name, text=text.text)).claims
        for role in ROLES:
            gold = [span for claim in text.claims for span in _spans(claim, role)]
            found = [span for claim in claims for span in _spans_found(claim, role)]
            right = count_equal(gold, found)
            add(f"{role} exact", Score(right, len(found), right, len(gold)))
            right = count_overlapping(gold, found)
            add(f"{role} overlap", Score(right, len(found), right, len(gold)))
        wholes = [_whole(claim) for claim in claims]
        for kind in ("all", "direct", "mixed", "indirect"):
            gold_wholes = [(c.cue, c.source, c.content) for c in text.claims if kind in ("all", c.quotation)]
            mine = [w for w, c in zip(wholes, claims, strict=True) if kind in ("all", c.quotation)]
            right = count_equal(gold_wholes, mine)
            add("whole" if kind == "all" else f"whole {kind}", Score(right, len(mine), right, len(gold_wholes)))
        for gold_claim in text.claims:
            if gold_claim.quotation == "direct" and gold_claim.source:
                right = has_source(gold_claim, claims)
                add("direct source", Score(right, 1, right, 1))
            if tell and (gold_claim.cue, gold_claim.source, gold_claim.content) not in wholes:
                tell(_explain(text, gold_claim, claims))
    return scores


def _spans(claim: GoldClaim, role: str) -> Sequence[Span]:
    if role == "content":
        return claim.content
    return [claim.cue] if role == "cue" else [claim.source] if claim.source else []


def _spans_found(claim: Claim, role: str) -> list[Span]:
    if role == "content":
        return [_span(passage) for passage in claim.content]
    passage = claim.cue if role == "cue" else claim.source
    return [_span(passage)] if passage else []


def _span(passage: Passage) -> Span:
    return passage.start, passage.end


def _whole(claim: Claim) -> tuple[Span | None, Span | None, tuple[Span, ...]]:
    cue, source = (_span(p) if p else None for p in (claim.cue, claim.source))
    return cue, source, tuple(_span(passage) for passage in claim.content)


def count_equal(gold: Iterable[Hashable], found: Iterable[Hashable]) -> int:
    """How many of the two are equal, one to one."""
    return (Counter(gold) & Counter(found)).total()


def share(a: Span, b: Span) -> float:
    """The characters that two spans share, as a part of the shorter one's."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return max(0.0, shared / max(1, min(a[1] - a[0], b[1] - b[0])))


def count_overlapping(gold: Sequence[Span], found: Sequence[Span]) -> int:
    """How many pairs overlap, one to one; the pairs that share most come first."""
    pairs = [
        (min(a[1], b[1]) - max(a[0], b[0]), i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(found)
        if share(a, b) >= SHARED
    ]
    taken_gold: set[int] = set()
    taken: set[int] = set()
    for _, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in taken_gold and j not in taken:
            taken_gold.add(i)
            taken.add(j)
    return len(taken)


def has_source(gold: GoldClaim, claims: Iterable[Claim]) -> bool:
    """Whether a claim on the same words has a source that overlaps the right one."""
    return any(
        claim.source is not None
        and gold.source is not None
        and share(_span(claim.source), gold.source) >= SHARED
        and any(share(_span(p), span) >= SHARED for p in claim.content for span in gold.content)
        for claim in claims
    )


def _explain(text: ClaimedText, gold: GoldClaim, claims: Sequence[Claim]) -> str:
    def show(cue: Span | None, source: Span | None, content: Sequence[Span]) -> str:
        parts = [f"[{role} {text.text[s[0] : s[1]]!r}]" for role, s in (("source", source), ("cue", cue)) if s]
        return " ".join([*parts, *(f"<{text.text[a:b]!r}>" for a, b in content)])

    near = [c for c in claims if c.cue and share(_span(c.cue), gold.cue) > 0]
    given = " or ".join(show(*_whole(claim)) for claim in near) or "nothing"
    return f"{text.name} {gold.quotation}: {show(gold.cue, gold.source, gold.content)} given {given}"
