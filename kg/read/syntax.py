"""The spaCy component "kg_parser": heads, labels and noun phrases of Universal Dependencies in the ``Doc``.

A model's heads may cross sentences, go round in circles or leave a sentence with several roots: ``repair_heads`` makes
one tree of each sentence, and ``straighten`` one that spaCy can hold, both in linear time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.read.components import find_answers, set_sentences

ROOT = "ROOT"  # spaCy's name of the label; Universal Dependencies writes "root"
UNKNOWN = "dep"  # Universal Dependencies' label where nothing better is known
LIFTS = 4  # how often a word that crosses other arcs moves up before it hangs on the root
INSIDE = frozenset("det det:predet amod nummod compound nmod:poss nmod:desc nmod:unmarked flat fixed goeswith".split())
"""What stands before a noun as part of its phrase, by label."""
BEFORE = INSIDE | {"punct"}
AFTER = frozenset("flat fixed goeswith compound nummod nmod:desc".split())
PART = INSIDE | {"punct", "case", "cc", "mark", "reparandum", "discourse"}  # words that head no phrase of their own
NOUNS = frozenset(("NOUN", "PROPN", "PRON"))


def set_syntax(doc: Doc) -> Doc:
    """Sets ``token.head`` and ``token.dep_``: one tree for each sentence, whose root has the label "ROOT".

    The labels are those of Universal Dependencies, with subtypes ("nsubj:pass"). Sentences stay as they were; those of
    "kg_sentences" where the ``Doc`` has none. White space hangs on the word before it, and what was not read on the
    root of its sentence, with the label "dep".
    """
    words, _, answers, network = find_answers(doc, "kg_parser")
    doc.noun_chunks_iterator = find_phrases  # type: ignore[attr-defined]  # the stub lacks it
    if not len(doc):
        return doc
    if not doc.has_annotation("SENT_START"):
        set_sentences(doc)
    flags = doc.to_array("SENT_START").astype(np.int64) == 1
    flags[0] = True
    starts = np.flatnonzero(flags).tolist()
    names = [ROOT if label == "root" else label for label in network.dependencies]
    heads, labels = _fill_gaps(doc, starts, frozenset(words))
    for word, head, label in zip(words, answers.heads.tolist(), answers.labels.tolist(), strict=True):
        heads[word], labels[word] = words[head], names[label]
    roots = repair_heads(heads, labels, starts)
    straighten(heads, labels, roots, starts)
    _write(doc, heads, labels, flags)
    return doc


def _fill_gaps(doc: Doc, starts: list[int], read: frozenset[int]) -> tuple[list[int], list[str]]:
    """Heads and labels of what no model has read; -1 is the head of what hangs on the root."""
    heads, labels = [-1] * len(doc), [UNKNOWN] * len(doc)
    if len(read) == len(doc):
        return heads, labels
    begins, before = set(starts), -1
    leading: list[int] = []
    for word, is_space in enumerate(doc.to_array("IS_SPACE").tolist()):
        if word in begins:
            before, leading = -1, []
        if not is_space:
            for space in leading:
                heads[space] = word
            before, leading = word, []
        elif before >= 0:
            heads[word] = before
        else:
            leading.append(word)
    return heads, labels


def _write(doc: Doc, heads: list[int], labels: list[str], flags: NDArray[np.bool_]) -> None:
    """Writes all at once, and the sentences once more: spaCy makes its own of the heads, from edges it guesses."""
    numbers = {label: doc.vocab.strings.add(label) for label in set(labels)}
    relative = (np.array(heads, np.int64) - np.arange(len(heads))).astype(np.uint64)
    deps = np.array([numbers[label] for label in labels], np.uint64)
    doc.from_array(["HEAD", "DEP"], np.stack([relative, deps], axis=1))  # type: ignore[arg-type]  # thinc's arrays
    marks = np.where(flags, 1, -1).reshape(-1, 1).astype(np.uint64)
    doc.from_array(["SENT_START"], marks)  # type: ignore[arg-type]


def repair_heads(heads: list[int], labels: list[str], starts: Sequence[int]) -> list[int]:
    """The root of each sentence; ``heads`` and ``labels`` are changed into trees.

    ``heads`` are positions in the text, a word's own position for a root; ``starts`` are the sentences' first words,
    the text's first word among them. The first word of a sentence that is its own head becomes its root, else the first
    whose head left the sentence, else the first of all. What has lost its head, or goes round in a circle, hangs on the
    root with the label "dep"; other roots as "parataxis" unless they are punctuation.
    """
    roots = []
    for start, end in zip(starts, [*starts[1:], len(heads)], strict=True):
        root = _choose_root(heads, start, end)
        for word in range(start, end):
            head = heads[word]
            if word != root and (head == word or not start <= head < end):
                heads[word] = root
                if labels[word] != "punct":
                    labels[word] = "parataxis" if head == word and labels[word] == ROOT else UNKNOWN
        heads[root], labels[root] = root, ROOT
        for word in _break_circles(heads, root, start, end):
            labels[word] = UNKNOWN
        for word in range(start, end):
            if labels[word] == ROOT and word != root:
                labels[word] = UNKNOWN
        roots.append(root)
    return roots


def _choose_root(heads: Sequence[int], start: int, end: int) -> int:
    lost = -1
    for word in range(start, end):
        if heads[word] == word:
            return word
        if lost < 0 and not start <= heads[word] < end:
            lost = word
    return max(start, lost)


def _break_circles(heads: list[int], root: int, start: int, end: int) -> list[int]:
    """Hangs one word of each circle on the root: the first one that a walk from the left meets. Gives these words."""
    seen = [0] * (end - start)  # the walk that came by
    seen[root - start] = -1
    broken = []
    for word in range(start, end):
        at = word
        while not seen[at - start]:
            seen[at - start] = word + 1
            at = heads[at]
        if seen[at - start] == word + 1:
            heads[at] = root
            broken.append(at)
    return broken


def straighten(heads: list[int], labels: list[str], roots: Sequence[int], starts: Sequence[int]) -> None:
    """Lifts words whose arcs cross others in sentences that spaCy could not hold; ``heads`` are trees.

    spaCy finds the first and last word below each word in a pass from the left and one from the right, which is right
    for trees without crossing arcs, and for most with. Where it is not, words move up until nothing crosses, with the
    label "dep" unless they are punctuation: a subject of another verb would be a wrong statement.
    """
    for root, start, end in zip(roots, starts, [*starts[1:], len(heads)], strict=True):
        order = _order_downwards(heads, root, start, end)
        if _find_edges(heads, reversed(order), start, end) != _find_spacy_edges(heads, start, end):
            for word in _make_projective(heads, order, start):
                labels[word] = labels[word] if labels[word] == "punct" else UNKNOWN


def _order_downwards(heads: Sequence[int], root: int, start: int, end: int) -> list[int]:
    """The words of a sentence, each after its head."""
    children: list[list[int]] = [[] for _ in range(start, end)]
    for word in range(start, end):
        if word != root:
            children[heads[word] - start].append(word)
    order = [root]
    for word in order:
        order.extend(children[word - start])
    return order


def _find_edges(heads: Sequence[int], upwards: Iterable[int], start: int, end: int) -> tuple[list[int], list[int]]:
    """The first and the last word below each word of a sentence."""
    left, right = list(range(start, end)), list(range(start, end))
    for word in upwards:
        at, head = word - start, heads[word] - start
        left[head] = min(left[head], left[at])
        right[head] = max(right[head], right[at])
    return left, right


def _find_spacy_edges(heads: Sequence[int], start: int, end: int) -> tuple[list[int], list[int]]:
    """The same as spaCy finds it in its first two passes; later ones are made only if a sentence falls apart."""
    left, right = list(range(start, end)), list(range(start, end))
    for way in (range(start, end), range(end - 1, start - 1, -1)):
        for word in way:
            at, head = word - start, heads[word] - start
            left[head] = min(left[head], left[at])
            right[head] = max(right[head], right[at])
    return left, right


def _make_projective(heads: list[int], order: Sequence[int], start: int) -> set[int]:
    """Moves words up, from the leaves on, until the words below each word stand together. Gives the words moved.

    A word moves up LIFTS times at most, then to the root, so that the work stays linear. After Nivre and Nilsson,
    "Pseudo-Projective Dependency Parsing" (2005), without the labels that would let it be undone.
    """
    root = order[0]
    children: list[list[int]] = [[] for _ in order]
    left, right = list(range(start, start + len(order))), list(range(start, start + len(order)))
    lifts: Counter[int] = Counter()
    for word in order[1:]:
        children[heads[word] - start].append(word)
    for word in reversed(order):
        at = word - start
        below = sorted(children[at])
        for child in reversed([c for c in below if c < word]):
            if right[child - start] == left[at] - 1:
                left[at] = left[child - start]
        for child in (c for c in below if c > word):
            if left[child - start] == right[at] + 1:
                right[at] = right[child - start]
        for child in below:
            if not left[at] <= child <= right[at]:
                lifts[child] += 1
                head = heads[word] if lifts[child] <= LIFTS else root
                heads[child] = head
                children[head - start].append(child)
    return set(lifts)


def find_phrases(text: Doc | Span) -> Iterator[tuple[int, int, int]]:
    """The noun phrases of a parsed text: first token, token after the last, and the number of the label "NP".

    A phrase is a noun, name or pronoun with what belongs to it and stands beside it ("the old river dam", "Jo Roe",
    "Egypt's minister"), without what hangs on it by a preposition or clause. Phrases do not overlap.
    """
    label = text.doc.vocab.strings.add("NP")
    phrases: list[tuple[int, int]] = []
    for token in text:
        if token.pos_ in NOUNS and token.dep_ not in PART:
            start, end = _find_phrase(token)
            while phrases and phrases[-1][0] >= start:  # what a possessor holds is part of the larger phrase
                phrases.pop()
            if not phrases or phrases[-1][1] <= start:
                phrases.append((start, end))
    yield from ((start, end, label) for start, end in phrases)


def _find_phrase(head: Token) -> tuple[int, int]:
    start, reached = head.i, head.i
    for child in reversed(list(head.lefts)):
        if child.right_edge.i != reached - 1 or child.dep_ not in BEFORE:
            break
        reached = child.left_edge.i
        if child.dep_ != "punct":
            start = reached
    end = head.i + 1
    for child in head.rights:
        if child.dep_ not in AFTER or child.left_edge.i != end:
            break
        end = child.right_edge.i + 1
    return start, end


@Language.factory("kg_parser", assigns=["token.head", "token.dep", "doc.noun_chunks"], requires=["token.is_sent_start"])
def make_parser(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component that writes the syntax; noun phrases of the vocabulary's documents follow it."""
    nlp.vocab.get_noun_chunks = find_phrases  # type: ignore[assignment]  # the stub is wrong: numbers, no Span
    return set_syntax
