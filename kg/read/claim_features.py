"""What can be seen of the guesses of a text, from which ``kg.read.weighing`` tells how sure each attribution is."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from kg.read.claim_words import MARKS
from kg.read.labels import UPOS
from kg.read.lemmas import find_lemma
from kg.read.roles import Layout
from kg.read.weighing import Guess, Span

LENGTHS = (1, 2, 3, 5, 8, 13, 21, 34, 55)  # words of a content that are told apart
LEAST, MOST = 0.01, 0.999  # chances are taken between
NEAR = 30  # words between two cues with one source
OPENING = frozenset("that to whether how why what if it he she they the a him her them which who of for".split())
"""Words that begin a content and tell much of it."""


class _Around(NamedTuple):
    """What the surest guesses (those of the best tag sequence) take up: how many contents cover each word, the number
    of their cues in each sentence, and where the cues with each source are."""

    covered: Sequence[int]
    cues: Mapping[int, int]
    sources: Mapping[Span, Sequence[int]]


def see_features(layout: Layout, guesses: Sequence[Guess]) -> list[dict[str, float]]:
    """What can be seen of each guess of a text, by name: numbers, and 1 for what holds ("lemma=say/VERB")."""
    around = _look_around(layout, guesses)
    return [_see_guess(layout, guess, around) for guess in guesses]


def _look_around(layout: Layout, guesses: Sequence[Guess]) -> _Around:
    edges = np.zeros(len(layout.sentences) + 1, np.int64)
    cues: Counter[int] = Counter()
    sources: dict[Span, list[int]] = defaultdict(list)
    for guess in guesses:
        if guess.decoded:
            cues[int(layout.sentences[guess.head])] += 1
            for start, end in guess.content:
                edges[start] += 1
                edges[end] -= 1
            if guess.source:
                sources[guess.source].append(guess.cue[0])
    return _Around(np.cumsum(edges).tolist(), cues, sources)


def _see_guess(layout: Layout, guess: Guess, around: _Around) -> dict[str, float]:
    text, head, cue, contents = layout.text, guess.head, guess.cue, guess.content
    numbers = {
        "bias": 1.0,
        "cue": _odds(guess.cue_chances[0]),
        "cue mean": _odds(guess.cue_chances[1]),
        "content": _odds(guess.content_chance),
        "source": _odds(guess.source_chance) if guess.source else 0.0,
        "least": min(guess.content_chance, guess.source_chance) if guess.source else guess.content_chance,
    }
    first, last = contents[0][0], contents[-1][1] - 1
    size = sum(end - start for start, end in contents)
    inside = layout.quotations[head] > 0
    traits = [
        f"decoded={guess.decoded}",
        f"label={text.labels[head].partition(':')[0]} {UPOS[text.upos[head]]}",
        f"quotation={layout.quotations[first] > 0} {layout.quotations[last] > 0} {inside}",
        f"size={bisect_left(LENGTHS, size)}",
        f"parts={min(len(contents), 3)}",
        f"words={min(cue[1] - cue[0], 4)}",
        f"order={_order(cue, contents)}",
        f"sentences={min(int(layout.sentences[last] - layout.sentences[first]), 2)}",
        f"before={text.words[cue[0] - 1].lower() if cue[0] else ''}",
        f"after={text.words[cue[1]].lower() if cue[1] < len(text.words) else ''}",
    ]
    if cue[1] - cue[0] > 1:
        traits += [f"last={text.words[cue[1] - 1].lower()}", f"first={text.words[cue[0]].lower()}"]
    traits += [*_see_content(layout, guess), *_see_source(layout, guess), *_see_others(layout, guess, around)]
    return numbers | dict.fromkeys(traits, 1.0)


def _see_content(layout: Layout, guess: Guess) -> list[str]:
    """How the content hangs on the cue, by the cue's lemma, and how it begins."""
    text, head, contents = layout.text, guess.head, guess.content
    tag, sourced = UPOS[text.upos[head]], guess.source is not None
    lemma = find_lemma(text.words[head], tag).lower()
    hung = _find_link(text.heads, text.labels, contents, guess.cue)
    first = text.words[contents[0][0]].lower()
    begun = first if first in OPENING else "quoted" if first in MARKS else UPOS[text.upos[contents[0][0]]]
    form = UPOS[text.upos[_find_top(text.heads, text.labels, contents)]]
    return [
        f"lemma={lemma}/{tag}",
        f"{lemma}/{tag} {hung}",
        f"{lemma} begun {begun}",
        f"{lemma} sourced {sourced}",
        f"content={hung}",
        f"begun={begun}",
        f"form={form}",
        f"form={form} {tag} sourced {sourced}",
    ]


def _see_source(layout: Layout, guess: Guess) -> list[str]:
    text, source = layout.text, guess.source
    if source is None:
        return ["source=none", f"source=none {text.labels[guess.head]}"]
    top = next(
        (w for w in range(*source) if not source[0] <= text.heads[w] < source[1] or text.heads[w] == w), source[0]
    )
    near = text.heads[top] == guess.head
    word = text.words[top].lower() if UPOS[text.upos[top]] in ("PRON", "DET") else UPOS[text.upos[top]]
    end = text.words[source[1] - 1]
    return [
        f"source={word}",
        f"source label={text.labels[top] if near else 'apart'}",
        f"source sentence={int(layout.sentences[top] == layout.sentences[guess.head])}",
        f"source last={end.lower()}",
        f"source size={min(source[1] - source[0], 6)}",
        f"source named={end[0].isupper()}",
        f"source first={source[0] < guess.cue[0]}",
    ]


def _see_others(layout: Layout, guess: Guess, around: _Around) -> list[str]:
    """Whether another guess holds this one, how many cues its sentence has, and whether its source says more near."""
    own = sum(start <= guess.head < end for start, end in guess.content) if guess.decoded else 0
    nested = around.covered[guess.head] > own
    others = around.cues.get(int(layout.sentences[guess.head]), 0) - guess.decoded
    same = around.sources.get(guess.source, ()) if guess.source else ()
    speaks = any(0 < abs(cue - guess.cue[0]) < NEAR for cue in same)
    return [
        f"nested={nested} {layout.quotations[guess.head] > 0}",
        f"cues here={min(others, 3)}",
        f"says more={speaks}",
    ]


def _find_top(heads: Sequence[int], labels: Sequence[str], contents: tuple[Span, ...]) -> int:
    """The first word of a content that hangs outside of it."""
    for start, end in contents:
        for word in range(start, end):
            inside = any(a <= heads[word] < b for a, b in contents) and heads[word] != word
            if not inside and labels[word] not in ("punct", "cc"):
                return word
    return contents[0][0]


def _find_link(heads: Sequence[int], labels: Sequence[str], contents: tuple[Span, ...], cue: Span) -> str:
    """How the content hangs on the cue: the label of its top word there, "above" or "apart"."""
    for word in (word for start, end in contents for word in range(start, end)):
        if cue[0] <= heads[word] < cue[1] and labels[word] not in ("punct", "cc"):
            return labels[word]
    above = any(start <= heads[word] < end for word in range(*cue) for start, end in contents)
    return "above" if above else "apart"


def _order(cue: Span, contents: tuple[Span, ...]) -> str:
    before, after = contents[0][0] < cue[0], contents[-1][0] >= cue[1]
    return "around" if before and after else "before" if before else "after"


def _odds(chance: float) -> float:
    chance = min(max(chance, LEAST), MOST)
    return math.log(chance / (1 - chance))
