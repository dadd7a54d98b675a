"""Mends attributions by syntax: whom a passive speaks of, or who is told, does not speak, and contents end in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.read.claim_borders import (
    add_quotations,
    drop_link,
    leave_addressee,
    leave_circumstance,
    leave_covered,
    leave_hearer,
    leave_turn,
    reach_clause,
    take_speaker,
)
from kg.read.claim_words import FELT
from kg.read.labels import UPOS
from kg.read.roles import Layout
from kg.read.weighing import Guess

Span = tuple[int, int]
NEAR = 8  # words before a verb among which its auxiliaries stand
HAS = frozenset(("'s", "’s"))
REACH = 60  # words after a verb among which its agent stands
AFFECTED = FELT | frozenset("convinced determined committed prepared inclined persuaded used disposed".split())
"""Participles that tell how their subject feels: "was surprised that"."""
JOINING = frozenset(("and", "but", "or", ",", ";"))
COMMAS = frozenset((",", ";"))


def mend_attributions(found: Sequence[Guess], layout: Layout) -> list[Guess]:
    """The attributions, each with the source and content that voice and coordination leave it; in the same order."""
    freed = [_mend_content(_free_patient(each, layout), layout) for each in found]
    return add_quotations(leave_covered(_end_contents(freed, layout), layout), layout)


def _mend_content(found: Guess, layout: Layout) -> Guess:
    for mend in (take_speaker, reach_clause, leave_addressee, leave_hearer, leave_circumstance, leave_turn, drop_link):
        found = mend(found, layout)
    return found


def _free_patient(found: Guess, layout: Layout) -> Guess:
    """With the agent, or none, for a source that is what a passive cue speaks of: "she was accused of lying"."""
    text, source = layout.text, found.source
    if source is None:
        return found
    if _is_recipient(source, found, layout):
        return replace(found, source=None)
    if text.words[found.head].lower() in AFFECTED:
        return found
    patient = next((w for w in range(*source) if text.heads[w] == found.head and w != found.head), None)
    if patient is None or text.labels[patient] != "nsubj:pass" or not _is_passive(found.head, layout):
        return found
    parts = [part for part in found.content if part[1] <= source[0] or part[0] >= source[1]]
    agent = _find_agent(found.head, layout)
    if agent is not None:
        parts = [part for given in parts for part in _cut_out(given, (agent[0] - 1, agent[1]))]
    content = tuple(sorted([source, *parts]))
    return replace(found, source=agent, content=content) if parts else found


def _is_recipient(source: Span, found: Guess, layout: Layout) -> bool:
    """Whether "to" before a source hangs on it, and is no part of the cue: "was addressed to the minister"."""
    before = source[0] - 1 if layout.text.words[source[0]].lower() != "to" else source[0]
    if before < 0 or layout.text.words[before].lower() != "to" or found.cue[0] <= before < found.cue[1]:
        return False
    top = layout.text.heads[before]
    return (
        source[0] <= top < source[1] and layout.text.labels[before] == "case" and layout.text.heads[top] == found.head
    )


def _is_passive(head: int, layout: Layout) -> bool:
    """Whether a form of "be" or "get" before a verb makes it passive; "'s" may be "has"."""
    text = layout.text
    before = range(max(0, head - NEAR), head)
    return any(text.heads[w] == head and text.labels[w] == "aux:pass" and text.words[w] not in HAS for w in before)


def _find_agent(head: int, layout: Layout) -> Span | None:
    """The words after "by" that hang on a passive verb as its agent, without "by"."""
    text = layout.text
    end = _end_of_sentence(head, layout)
    agent = next((w for w in range(head + 1, end) if text.heads[w] == head and text.labels[w] == "obl:agent"), None)
    if agent is None:
        return None
    case = next((w for w in range(head + 1, agent) if text.heads[w] == agent and text.words[w].lower() == "by"), None)
    last = agent
    while last + 1 < end and _hangs_on(last + 1, agent, text.heads):
        last += 1
    while text.words[last] in COMMAS:
        last -= 1
    return (case + 1, last + 1) if case is not None else None


def _hangs_on(word: int, top: int, heads: Sequence[int]) -> bool:
    for _ in range(50):
        if word == top:
            return True
        if heads[word] == word:
            return False
        word = heads[word]
    return False


def _end_of_sentence(word: int, layout: Layout) -> int:
    """The end of a word's sentence, at most REACH words on."""
    sentence = layout.sentences[word]
    end = word + 1
    while end < min(len(layout.sentences), word + REACH) and layout.sentences[end] == sentence:
        end += 1
    return end


def _cut_out(part: Span, gone: Span) -> list[Span]:
    """What is left of a span without another."""
    if gone[1] <= part[0] or part[1] <= gone[0]:
        return [part]
    return [(a, b) for a, b in ((part[0], gone[0]), (gone[1], part[1])) if a < b]


def _end_contents(found: Sequence[Guess], layout: Layout) -> list[Guess]:
    """What is said ends before "and" and a further cue of the same source, which stands outside of it: "he said it
    rained and denied that it snowed"."""
    by_source: dict[Span, list[int]] = {}
    for each in found:
        if each.source is not None:
            by_source.setdefault(each.source, []).append(each.cue[0])
    ended = []
    for each in found:
        content = each.content
        if each.source is not None:
            for cue in by_source[each.source]:
                content = _end_before(content, cue, each, layout)
        ended.append(replace(each, content=content) if content != each.content else each)
    return ended


def _end_before(content: tuple[Span, ...], cue: int, owner: Guess, layout: Layout) -> tuple[Span, ...]:
    """The content without what follows from a joined cue on; as it is where the cue is nested in it or quoted."""
    source = owner.source
    if source is None or any(start <= source[0] < end for start, end in content) or cue <= owner.cue[0]:
        return content
    at = next((n for n, (start, end) in enumerate(content) if start < cue < end), None)
    if at is None or layout.quotations[cue]:
        return content
    words, upos = layout.text.words, layout.text.upos
    cut = cue
    while cut > content[at][0] and UPOS[upos[cut - 1]] in ("ADV", "AUX", "PART"):
        cut -= 1
    if words[cut - 1].lower() not in JOINING:
        return content
    while cut > content[at][0] and words[cut - 1].lower() in JOINING:
        cut -= 1
    return (*content[:at], (content[at][0], cut)) if cut > content[at][0] else content
