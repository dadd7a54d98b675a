"""Mends what an attribution covers: not who is told or speaks, nor a clause before "but"; a quotation after it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from kg.read.claim_words import MARKS, SAID, TOLD
from kg.read.labels import UPOS
from kg.read.lemmas import find_lemma
from kg.read.roles import Layout
from kg.read.weighing import Guess

Span = tuple[int, int]
TURNING = frozenset("but and yet while though although".split())
STOPS = frozenset((",", ";"))
ENDS = frozenset(".?!…")
LEAST = 6  # words of a quotation, marks counted, that is a sentence of somebody's own
MOST_BEFORE = 12  # parts of attributions before one that are looked at
DOUBLE = 4  # words of a part that two may have, and no more
FAR = 16  # words between a cue and the "that" of what is said
LONG = 80  # words of a clause before its speaker, at most
MOST_STEPS = 50  # up a tree
SHORT = 8  # words of a part that is only whom a passive speaks of
LINKS = frozenset("that if whether how why what when where who which".split())


def leave_addressee(found: Guess, layout: Layout) -> Guess:
    """Without the subject of a passive whose content somebody is told: "she was told that it rained", "was asked
    whether". Of "was told to leave" it stays, since it says who is to leave."""
    text, head = layout.text, found.head
    if find_lemma(text.words[head], UPOS[text.upos[head]]).lower() not in TOLD or len(found.content) < 2:
        return found
    told = [part for part in found.content if _is_told(part, found, layout)]
    rest = tuple(part for part in found.content if part not in told)
    asked = any(text.words[word].lower() == "to" for word in (*range(*found.cue), *(part[0] for part in rest)))
    if not told or not rest or asked:
        return found
    return replace(found, content=rest)


def _is_told(part: Span, found: Guess, layout: Layout) -> bool:
    """Whether a part is but the subject of the passive that the cue is."""
    if part[1] - part[0] > SHORT or part[0] >= found.cue[1]:
        return False
    heads, labels = layout.text.heads, layout.text.labels
    return any(heads[word] == found.head and labels[word] == "nsubj:pass" for word in range(*part))


def leave_hearer(found: Guess, layout: Layout) -> Guess:
    """Without the object of a cue that tells or asks, where a clause follows on it: "asked Roe whether it rained"."""
    text, head = layout.text, found.head
    at = next((n for n, part in enumerate(found.content) if part[0] == found.cue[1]), None)
    if at is None or find_lemma(text.words[head], UPOS[text.upos[head]]).lower() not in TOLD:
        return found
    start, end = found.content[at]
    told = next((w for w in range(start, min(end, start + SHORT)) if text.heads[w] == head), None)
    if told is None or text.labels[told] not in ("obj", "iobj"):
        return found
    after = told + 1
    while after < end and _hangs_between(after, told, text.heads):
        after += 1
    if after >= end or text.words[after].lower() not in LINKS:
        return found
    return replace(found, content=(*found.content[:at], (after, end), *found.content[at + 1 :]))


def leave_circumstance(found: Guess, layout: Layout) -> Guess:
    """Without what tells when or where it is said, before the "that" of the content: of "said after the vote that it
    rained" it begins at "that"."""
    text, head = layout.text, found.head
    at = next((n for n, part in enumerate(found.content) if part[0] == found.cue[1]), None)
    if at is None or layout.quotations[found.content[at][0]]:
        return found
    start, end = found.content[at]
    link = next((w for w in range(start + 1, min(end, start + FAR)) if text.words[w].lower() == "that"), None)
    if link is None or text.labels[link] != "mark" or not text.labels[text.heads[link]].startswith("ccomp"):
        return found
    if text.heads[text.heads[link]] != head or any(text.words[w] in MARKS for w in range(start, link)):
        return found
    tops = [w for w in range(start, link) if not start <= text.heads[w] < link and text.labels[w] != "punct"]
    told = bool(tops) and all(text.heads[w] == head and text.labels[w].startswith("obl") for w in tops)
    return replace(found, content=(*found.content[:at], (link, end), *found.content[at + 1 :])) if told else found


def _hangs_between(word: int, top: int, heads: Sequence[int]) -> bool:
    """Whether a word after ``top`` hangs on it, by words in between."""
    while heads[word] != word and top < word:
        word = heads[word]
    return word == top


def take_speaker(found: Guess, layout: Layout) -> Guess:
    """With the subject of a verb of saying as its source, where it has none and the subject stands in the content: of
    "The site estimated that it rained", "The site" is no part of what is said."""
    text, head = layout.text, found.head
    saying = find_lemma(text.words[head], UPOS[text.upos[head]]).lower() in SAID and UPOS[text.upos[head]] == "VERB"
    if found.source is not None or len(found.content) < 2 or not saying:
        return found
    passive = any(text.heads[w] == head and text.labels[w] == "aux:pass" for w in range(*found.cue))
    part = next((p for p in found.content if p[1] == found.cue[0] and p[1] - p[0] <= SHORT), None)
    if passive or part is None:
        return found
    speaks = any(text.heads[word] == head and text.labels[word] == "nsubj" for word in range(*part))
    rest = tuple(p for p in found.content if p != part)
    return replace(found, source=part, content=rest) if speaks else found


def reach_clause(found: Guess, layout: Layout) -> Guess:
    """With the whole of a clause that stands before its speaker, where only its end was covered: "Roe died on Monday at
    the age of 90, her son said"."""
    text, (start, end), head = layout.text, found.content[0], found.head
    source = found.source
    if source is None or len(found.content) > 1 or not end <= source[0] <= end + 2 or source[1] > found.cue[0]:
        return found
    verb, sentences = text.heads[head], layout.sentences
    hung = any(text.heads[w] == verb for w in range(start, end) if text.labels[w] not in ("punct", "cc"))
    cut = not text.labels[head].startswith(("parataxis", "ccomp")) or layout.quotations[start] or not hung
    if cut or not verb < start or sentences[verb] != sentences[head] or sentences[start] != sentences[head]:
        return found
    begin = verb
    while begin and sentences[begin - 1] == sentences[verb] and end - begin < LONG:
        begin -= 1
    if begin and sentences[begin - 1] == sentences[verb]:
        return found
    while begin < start and not layout.quotations[begin] and not text.words[begin][0].isalnum():
        begin += 1
    own = all(_hangs_within(word, verb, text.heads) for word in range(begin, start))
    return replace(found, content=((begin, end),)) if own and begin not in range(*source) else found


def _hangs_within(word: int, top: int, heads: Sequence[int]) -> bool:
    """Whether a word is one of those that hang on another, or the other."""
    for _ in range(MOST_STEPS):
        if word == top or heads[word] == word:
            break
        word = heads[word]
    return word == top


def drop_link(found: Guess, layout: Layout) -> Guess:
    """Without a lone "that" before the comma of a quotation: "he said that, “we won”"."""
    words = layout.text.words
    lone = [a for a, b in zip(found.content, found.content[1:], strict=False) if _is_link(words, a, b)]
    return replace(found, content=tuple(part for part in found.content if part not in lone)) if lone else found


def _is_link(words: Sequence[str], part: Span, after: Span) -> bool:
    alone = part[1] == part[0] + 1 and words[part[0]].lower() == "that"
    return alone and after[0] == part[1] + 1 and words[part[1]] == ","


def leave_turn(found: Guess, layout: Layout) -> Guess:
    """Without what stands before a conjunction that opens the cue's clause, where more follows: of "no cause was given,
    but, according to Roe, he was ill" the second clause alone is Roe's."""
    begin = found.cue[0]
    if found.source is not None and 0 <= begin - found.source[1] <= 2:
        begin = min(begin, found.source[0])
    words = layout.text.words
    at = begin - 1
    closed = at >= 1 and words[at] == ","
    at -= closed
    joined = at >= 1 and words[at].lower() in TURNING and words[at - 1] in STOPS
    if not (joined and closed) and not (at >= 1 and words[at] == ";"):
        return found
    late = tuple(part for part in found.content if part[0] > at)
    quoted = any(layout.quotations[word] for part in found.content for word in range(*part))
    return replace(found, content=late) if late and not quoted and late[0][0] >= found.cue[1] else found


def leave_covered(found: Sequence[Guess], layout: Layout) -> list[Guess]:
    """The attributions, each without the parts of another sentence that an attribution before it covers, where more is
    left: what one said in the paragraph before is not what the next one says, too."""
    sentences = layout.sentences
    before: list[tuple[Span, int]] = []
    mended = []
    for each in found:
        own = int(sentences[each.cue[0]])
        covered = [
            part
            for part in each.content
            if part[1] <= each.cue[0]
            and sentences[part[1] - 1] < own
            and any(start <= part[0] and part[1] <= end and cue < part[0] for (start, end), cue in before)
        ]
        rest = tuple(part for part in each.content if part not in covered)
        mended.append(replace(each, content=rest) if covered and rest else each)
        before += [(part, each.cue[0]) for part in each.content]
        before = before[-MOST_BEFORE:]
    return mended


def leave_doubles(found: Sequence[Guess], chances: Sequence[float], layout: Layout) -> list[Guess | None]:
    """The attributions, each without the parts that another one with a greater chance has too; None for those with
    nothing left. The same words are seldom said by two, and the surer attribution mostly is the right one.

    Cues that are joined may share them: "Roe argued, and the court found, that it rained".
    """
    best: dict[Span, int] = {}
    for number in sorted(range(len(found)), key=lambda n: -chances[n]):
        for part in found[number].content:
            best.setdefault(part, number)
    heads, labels = layout.text.heads, layout.text.labels
    joined = {frozenset((each.head, heads[each.head])) for each in found if labels[each.head] == "conj"}
    left: list[Guess | None] = []
    for number, each in enumerate(found):
        content = tuple(
            part
            for part in each.content
            if best[part] == number
            or part[1] - part[0] < DOUBLE
            or frozenset((each.head, found[best[part]].head)) in joined
        )
        kept = each if content == each.content else replace(each, content=content)
        left.append(kept if content else None)
    return left


def add_quotations(found: Sequence[Guess], layout: Layout) -> list[Guess]:
    """The attributions, each with the whole sentences of quotation that follow on its sentence and that none covers.

    So newspapers go on after "Roe recalled that it rained.": the next sentence, between quotation marks and without a
    speaker of its own, is Roe's too. One that stands before the cue of another attribution is left alone.
    """
    mended = list(found)
    ending: dict[int, list[int]] = {}
    for number, each in enumerate(found):
        ending.setdefault(int(layout.sentences[_find_last(each)]), []).append(number)
    for span in _find_open(found, layout):
        numbers = ending.get(int(layout.sentences[span[0]]) - 1, [])
        outer = [number for number in numbers if not _is_nested(number, numbers, found)]
        if outer and _is_saying(found[outer[-1]], layout):
            owner = mended[outer[-1]]
            mended[outer[-1]] = replace(owner, content=(*owner.content, span))
    return mended


def _find_last(found: Guess) -> int:
    """The last word of an attribution."""
    return max(found.cue[1], found.content[-1][1], found.source[1] if found.source else 0) - 1


def _is_nested(number: int, numbers: Sequence[int], found: Sequence[Guess]) -> bool:
    """Whether another of the attributions with these ``numbers`` says that this one's source says something."""
    cue = found[number].cue[0]
    return any(start <= cue < end for other in numbers if other != number for start, end in found[other].content)


def _is_saying(found: Guess, layout: Layout) -> bool:
    """Whether the article itself, not somebody whom it quotes, tells of words."""
    upos = UPOS[layout.text.upos[found.head]]
    said = find_lemma(layout.text.words[found.head], upos).lower() in SAID
    return said and found.source is not None and not layout.quotations[found.cue[0]]


def _find_open(found: Sequence[Guess], layout: Layout) -> Iterator[Span]:
    """Quotations of whole sentences that no attribution touches, and that no cue follows in the sentence after."""
    numbers, sentences = layout.quotations, layout.sentences
    taken = np.zeros(len(numbers) + 1, bool)
    for each in found:
        for first, end in (each.cue, *each.content):
            taken[first:end] = True
    cues = sorted({int(sentences[each.cue[0]]) for each in found})
    edges = np.flatnonzero(np.diff(numbers, prepend=0, append=0))
    for first, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        if numbers[first] and first and end - first >= LEAST and not taken[first:end].any():
            after = bisect_right(cues, int(sentences[end - 1]))
            followed = after < len(cues) and cues[after] == sentences[end - 1] + 1
            if _is_whole((first, end), layout, followed=followed) and not _goes_on(end, layout):
                yield first, end


def _goes_on(end: int, layout: Layout) -> bool:
    """Whether a small letter follows on a quotation in its paragraph, as in "Who knows?" she asked."""
    words, paragraphs = layout.text.words, layout.paragraphs
    return end < len(words) and paragraphs[end] == paragraphs[end - 1] and words[end][0].islower()


def _is_whole(span: Span, layout: Layout, *, followed: bool) -> bool:
    """Whether a quotation is whole sentences, and a paragraph of its own where it begins one or a cue follows on it."""
    (first, end), words = span, layout.text.words
    if layout.sentences[first] == layout.sentences[first - 1] or words[end - 2][-1] not in ENDS:
        return False
    if end == len(words):
        return True
    if layout.sentences[end] == layout.sentences[end - 1] or layout.quotations[end]:
        return False
    own = layout.paragraphs[end] != layout.paragraphs[first]
    begun = layout.paragraphs[first] - layout.paragraphs[first - 1]
    return bool(own or not (begun or followed))
