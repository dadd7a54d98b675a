"""Finds attributions: a cue, the source that says something, and the spans of what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.read.claim_borders import leave_doubles
from kg.read.claim_features import see_features
from kg.read.claim_words import MARKS
from kg.read.decode import decode_stretches, split_certain
from kg.read.mending import mend_attributions
from kg.read.roles import ROLE_TAGS, Floats, Ints, Layout, RoleHead, look_around
from kg.read.weighing import Guess, Scale, load_scale

Span = tuple[int, int]
BATCH = 64  # cues whose roles are found at once
OPENING, CLOSING = frozenset('"“«'), frozenset('"”»')
PARAGRAPHS = 12  # that a quotation goes on for, at most
MARGIN = 6.0  # by how much "O" has to be ahead for a word to be no cue in any sequence
CERTAIN = 5.0  # the same for a word to play no role
WEAK = 0.5  # chance of a word from which it may be a cue outside of the best sequence


@dataclass(frozen=True, slots=True)
class Attribution:
    """Spans (first word, end) of one attribution; ``source`` is None where the text names none; ``certain`` is the
    chance that all of it is right."""

    cue: Span
    source: Span | None
    content: tuple[Span, ...]
    certain: float


class Part(NamedTuple):
    """What plays a role for a cue: its span (first word, end), and the mean chance of its words to play it."""

    name: str
    span: Span
    chance: float


def find_attributions(
    head: RoleHead,
    layout: Layout,
    paragraphs: Sequence[bool],
    cues: Floats,
    inner: NDArray[np.float16] | Floats,
    *,
    scale: Scale | None = None,
) -> list[Attribution]:
    """The attributions of a text in order of their cues, from cue scores [words, CUE_TAGS] and inner vectors.

    ``scale`` tells how sure each is, and which are told; the one that ships where it is None.
    """
    scale = scale or load_scale()
    told, chances = [], []
    guesses = list(guess_attributions(head, layout, paragraphs, cues, inner))
    for guess, seen in zip(guesses, see_features(layout, guesses), strict=True):
        cue, whole = scale.weigh(seen)
        if scale.admits(cue, decoded=guess.decoded):
            told.append(guess)
            chances.append(whole)
    mended = mend_attributions(told, layout)
    left = leave_doubles(mended, chances, layout)
    return [Attribution(g.cue, g.source, g.content, chance) for g, chance in zip(left, chances, strict=True) if g]


def guess_attributions(
    head: RoleHead, layout: Layout, paragraphs: Sequence[bool], cues: Floats, inner: NDArray[np.float16] | Floats
) -> Iterator[Guess]:
    """All that may be an attribution: the cues of the best tag sequence, and other words that have a chance."""
    decoded = find_cues(cues, head.cue_transitions)
    chances = find_chances(cues)
    known = set(decoded)
    found = sorted([*decoded, *find_weak_cues(chances, decoded)])
    words = layout.text.words
    for start in range(0, len(found), BATCH):
        batch = found[start : start + BATCH]
        for cue, roles in zip(batch, find_roles(head, layout, batch, inner), strict=True):
            contents = [role for role in roles if role.name == "content"]
            sources = [role for role in roles if role.name == "source"][:1]
            if contents:
                spans = tuple(role.span for role in contents)
                yield Guess(
                    cue,
                    sources[0].span if sources else None,
                    (*spans, *continue_quotation(words, paragraphs, spans[-1])),
                    find_head(layout.text.heads, cue),
                    cue in known,
                    (float(chances[slice(*cue)].max()), float(chances[slice(*cue)].mean())),
                    sources[0].chance if sources else 0.0,
                    min(role.chance for role in contents),
                )


def find_chances(scores: Floats) -> Floats:
    """The probability [words] of each word to be no "O", from scores [words, CUE_TAGS]."""
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Floats = 1 - chances[:, 0] / chances.sum(axis=1)
    return found


def find_weak_cues(chances: Floats, decoded: Sequence[Span]) -> Iterator[Span]:
    """The words in a row with a chance of WEAK or more that touch no cue of ``decoded``."""
    free = chances >= WEAK
    for start, end in decoded:
        free[max(0, start - 1) : end + 1] = False
    words = np.flatnonzero(free)
    for row in np.split(words, np.flatnonzero(np.diff(words) > 1) + 1):
        if len(row):
            yield int(row[0]), int(row[-1]) + 1


def find_cues(scores: Floats, transitions: Floats) -> list[Span]:
    """The cues (first word, end) of the best tag sequence, from scores [words, CUE_TAGS]."""
    likely = np.flatnonzero(scores[:, 0] - scores[:, 1:].max(axis=1) < MARGIN)
    if not len(likely):
        return []
    breaks = np.flatnonzero(np.diff(likely) > 1)
    firsts, lasts = likely[np.concatenate(([0], breaks + 1))], likely[np.concatenate((breaks, [len(likely) - 1]))]
    stretches = [scores[max(0, first - 1) : last + 2] for first, last in zip(firsts, lasts, strict=True)]
    tags = np.zeros(len(scores), np.int64)
    for first, found in zip(firsts, decode(stretches, transitions), strict=True):
        tags[max(0, first - 1) : max(0, first - 1) + len(found)] |= found
    cues: list[Span] = []
    for word in np.flatnonzero(tags).tolist():
        if cues and cues[-1][1] == word:
            cues[-1] = (cues[-1][0], word + 1)
        else:
            cues.append((word, word + 1))
    return cues


def continue_quotation(words: Sequence[str], paragraphs: Sequence[bool], content: Span) -> list[Span]:
    """The paragraphs that go on with a quotation: one that no mark closes goes on where the next paragraph opens again.

    So newspapers quote several paragraphs: each begins with a mark, the last alone ends with one. None when no mark
    closes the quotation within PARAGRAPHS of them.
    """
    at = content[1]
    spans: list[Span] = []
    if not _is_left_open(words[content[0] : at]):
        return spans
    while len(spans) < PARAGRAPHS and at < len(words) and paragraphs[at] and words[at] in OPENING:
        end = next((word for word in range(at + 1, len(words)) if paragraphs[word]), len(words))
        closed = next((word for word in range(at + 1, end) if words[word] in CLOSING), None)
        spans.append((at, end if closed is None else closed + 1))
        if closed is not None:
            return spans
        at = end
    return []


def _is_left_open(words: Sequence[str]) -> bool:
    """Whether the last quotation mark opens a quotation."""
    is_open = False
    for word in words:
        if word in MARKS:
            is_open = word in OPENING and (word not in CLOSING or not is_open)
    return is_open


def find_roles(
    head: RoleHead, layout: Layout, cues: Sequence[Span], inner: NDArray[np.float16] | Floats
) -> list[list[Part]]:
    """For each cue the roles around it, in order."""
    if not cues:
        return []
    looks = []
    for cue in cues:
        predicate = find_head(layout.text.heads, cue)
        looks.append((predicate, *look_around(layout, [predicate, *range(*cue)])))
    low = min(first for _, first, _ in looks)
    high = max(first + len(features) for _, first, features in looks)
    near = [(predicate - low, first - low, features) for predicate, first, features in looks]
    scores = head.score(inner[low:high], near)
    tags = decode_uncertain(scores, head.transitions)
    return [_join_tags(first, numbers, rows) for (_, first, _), numbers, rows in zip(looks, tags, scores, strict=True)]


def decode_uncertain(scores: Sequence[Floats], transitions: Floats) -> list[Ints]:
    """The best tag sequence of each of ``scores`` [words, tags]; what is surely "O" is not gone through."""
    whole = np.concatenate(scores)
    ends = np.cumsum([len(rows) for rows in scores]).tolist()
    begins = [0, *ends[:-1]]
    stretches = [
        (begin + first, begin + end)
        for begin, rows in zip(begins, scores, strict=True)
        for first, end in split_certain(rows, margin=CERTAIN)
    ]
    tags = decode_stretches(whole, stretches, transitions)
    return [tags[begin:end] for begin, end in zip(begins, ends, strict=True)]


def find_head(heads: Sequence[int], cue: Span) -> int:
    """The word of a span whose head is outside of it: the first such one."""
    return next((w for w in range(*cue) if heads[w] == w or not cue[0] <= heads[w] < cue[1]), cue[0])


def _join_tags(first: int, numbers: Ints, scores: Floats) -> list[Part]:
    """The roles that tags give words from ``first`` on, whose ``scores`` [words, ROLE_TAGS] tell how sure they are."""
    spans: list[tuple[str, int, int]] = []
    before, last = "O", -1
    for word in np.flatnonzero(numbers).tolist():
        tag = ROLE_TAGS[numbers[word]]
        if tag.startswith("I-") and last == word - 1 and before[2:] == tag[2:]:
            spans[-1] = (tag[2:], spans[-1][1], word + 1)
        else:
            spans.append((tag[2:], word, word + 1))
        before, last = tag, word
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    whole = chances.sum(axis=1)
    own = {name: chances[:, _TAGS_OF[name]].sum(axis=1) / whole for name in {name for name, _, _ in spans}}
    return [Part(name, (first + start, first + end), float(own[name][start:end].mean())) for name, start, end in spans]


_TAGS_OF = {
    name: [number for number, tag in enumerate(ROLE_TAGS) if tag[2:] == name] for name in {t[2:] for t in ROLE_TAGS}
}


def decode(scores: Sequence[Floats], transitions: Floats) -> list[Ints]:
    """The best tag sequence of each of ``scores`` [words, tags]."""
    ends = np.cumsum([len(row) for row in scores]).tolist()
    stretches = list(zip([0, *ends], ends, strict=False))
    tags = decode_stretches(np.concatenate(scores), stretches, transitions)
    return [tags[start:end] for start, end in stretches]
