"""Finds the words that may head a mention, and says what can be seen of two of them without the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kg.read.labels import UPOS

Ints = NDArray[np.int64]

PRONOUNS = {
    "i": "i me my mine myself",
    "we": "we us our ours ourselves",
    "you": "you your yours yourself yourselves ya ye",
    "he": "he him his himself",
    "she": "she her hers herself",
    "it": "it its itself",
    "they": "they them their theirs themselves themself 'em em",
    "who": "who whom whose which",
    "that": "that",
    "this": "this these those",
    "there": "there here",
    "what": "what whatever whoever whomever",
    "any": "someone somebody something anyone anybody anything everyone everybody everything nobody nothing none",
}
CLASS_OF = {word: name for name, words in PRONOUNS.items() for word in words.split()}
FORMS = (*PRONOUNS, "pronoun", "name", "the", "demonstrative", "a", "possessive", "bare", "number", "both", "adverb")
FORM = {name: number for number, name in enumerate(FORMS)}
DETERMINERS = {
    **dict.fromkeys(("the",), "the"),
    **dict.fromkeys(("this", "that", "these", "those", "such"), "demonstrative"),
    **dict.fromkeys(("a", "an", "some", "any", "another", "no", "every", "each"), "a"),
}
POSSESSIVES = frozenset("my our your his her its their whose 's ’s ' ’".split())
PLURALS = frozenset("people men women children police".split())
MENTION_TAGS = frozenset(UPOS.index(tag) for tag in ("NOUN", "PROPN", "PRON", "NUM"))
ADJ, ADV, DET, NOUN, NUM, PRON, PROPN, CCONJ = (
    UPOS.index(tag) for tag in ("ADJ", "ADV", "DET", "NOUN", "NUM", "PRON", "PROPN", "CCONJ")
)
PHRASE = 4  # words of a phrase that are compared
ROLES = {
    "nsubj": 1, "nsubj:pass": 2, "obj": 3, "iobj": 3, "nmod:poss": 4, "obl": 5, "nmod": 5, "obl:agent": 5,
    "nsubj:outer": 1, "root": 0, "": 0,
}  # fmt: skip
OTHER_ROLE = 6
SUBJECT = ROLES["nsubj"]
NUMBER_OF = {"i": 1, "he": 1, "she": 1, "it": 1, "we": 2, "they": 2, "both": 2}
SIZES = {
    "forms": len(FORMS) ** 2, "distance": 12, "sentences": 8, "match": 7, "quotes": 5, "relation": 5,
    "roles": (OTHER_ROLE + 1) ** 2, "numbers": 9, "counts": 5, "siblings": 2, "governors": 3,
}  # fmt: skip
"""The pair features, with how many values each has; new ones are added at the end only, see ``Head.load``."""


@dataclass(slots=True)
class Candidates:
    """Words that may head mentions, one row each, in order of the text.

    ``words`` are word numbers; ``forms`` numbers in FORMS; ``phrases`` [candidates, PHRASE] numbers of the words that
    say what is meant (a pronoun's class; the head first), -1 where fewer; ``sentences`` sentence numbers; ``quotes``
    the number of the quotation a word is in, 0 outside; ``parents`` the word that the word depends on (-1 unknown),
    ``lows`` and ``highs`` the first word and end of the words that depend on it; ``appositions`` and ``roles`` say what
    it is to its parent; ``numbers`` is 1 for one thing, 2 for several, 0 unknown; ``counts`` is how often its first
    word was the first of a phrase before; ``governors`` numbers the words that they depend on, -1 unknown.
    """

    words: Ints
    forms: Ints
    phrases: Ints
    sentences: Ints
    quotes: Ints
    parents: Ints
    appositions: NDArray[np.bool_]
    roles: Ints
    numbers: Ints
    counts: Ints
    governors: Ints
    lows: Ints
    highs: Ints

    def __len__(self) -> int:
        return len(self.words)

    def take(self, rows: Ints | NDArray[np.bool_]) -> Candidates:
        """The candidates of some rows only."""
        return Candidates(*(getattr(self, name)[rows] for name in self.__slots__))


@dataclass(slots=True)
class Tagged:
    """The words of a text with what candidates are found by; ``heads`` and ``labels`` may be empty (unknown)."""

    words: Sequence[str]
    upos: Sequence[int]
    sentence_starts: Sequence[bool]
    heads: Sequence[int] = ()
    labels: Sequence[str] = ()
    lower: list[str] = field(init=False)  # the words in small letters

    def __post_init__(self) -> None:
        self.lower = [word.lower() for word in self.words]


def choose_words(text: Tagged) -> list[int]:
    """The words that may head a mention: nouns, names, pronouns, numbers, "here", and "and" between nouns."""
    chosen = []
    for word, tag in enumerate(text.upos):
        low = text.lower[word]
        if (
            tag in MENTION_TAGS
            or (tag in (DET, ADV, ADJ) and low in CLASS_OF)
            or is_aged(text, word)
            or (tag == ADV and low in ("now", "then", "today", "tomorrow", "yesterday"))
            or (tag == CCONJ and low in ("and", "or", "&") and _joins_nouns(text, word))
        ):
            chosen.append(word)
    return chosen


def is_aged(text: Tagged, word: int) -> bool:
    """Whether a word ends a phrase like "the 62-year-old" that stands for a person, in one word or in several."""
    if not text.lower[word].endswith("old") or text.upos[word] not in (ADJ, NOUN):
        return False
    years = "".join(text.lower[max(0, word - 4) : word + 1])
    following = text.upos[word + 1] if word + 1 < len(text.words) else -1
    return years.endswith(("-year-old", "–year–old")) and following not in (NOUN, PROPN, ADJ, NUM)


def _joins_nouns(text: Tagged, word: int) -> bool:
    before = text.upos[word - 1] if word else -1
    return before in MENTION_TAGS or (word > 1 and text.words[word - 1] == "," and text.upos[word - 2] in MENTION_TAGS)


def make_candidates(text: Tagged, words: Sequence[int], limits: Sequence[int] | None = None) -> Candidates:
    """The candidates at ``words``; ``limits`` are the first words of their mentions, where known."""
    numbers: dict[str, int] = {}
    forms, phrases, plural, counts = [], [], [], []
    seen: Counter[str] = Counter()
    for row, word in enumerate(words):
        form, phrase = _look_at(text, word, limits[row] if limits is not None else 0)
        forms.append(FORM[form])
        counts.append(seen[phrase[0]])
        plural.append(_number_of(form, phrase[0], text.upos[word]))
        seen[phrase[0]] += form not in PRONOUNS
        ids = [numbers.setdefault(w, len(numbers)) for w in phrase[:PHRASE]]
        phrases.append(ids + [-1] * (PHRASE - len(ids)))
    at = np.array(words, np.int64)
    lows, highs = _extents(text.heads) if text.heads else (np.arange(len(text.words)), np.arange(len(text.words)) + 1)
    parents = np.array(text.heads, np.int64) if text.heads else np.full(len(text.words), -1, np.int64)
    labels = np.array(text.labels or [""] * len(text.words))
    sentences = np.cumsum(np.array(text.sentence_starts, np.int64))
    return Candidates(
        at,
        np.array(forms, np.int64),
        np.array(phrases, np.int64).reshape(-1, PHRASE),
        sentences[at],
        number_quotations(text)[at],
        parents[at],
        labels[at] == "appos",
        np.array([ROLES.get(label, OTHER_ROLE) for label in labels[at].tolist()], np.int64),
        np.array(plural, np.int64),
        np.array(counts, np.int64),
        _number_governors(text)[at],
        lows[at],
        highs[at],
    )


def _number_governors(text: Tagged) -> Ints:
    """The number of the word in small letters that each word depends on; -1 for roots and where unknown."""
    numbers: dict[str, int] = {}
    found = [
        numbers.setdefault(text.lower[head], len(numbers)) if 0 <= head != word else -1
        for word, head in enumerate(text.heads)
    ]
    return np.array(found or [-1] * len(text.words), np.int64)


def _number_of(form: str, word: str, tag: int) -> int:
    """1 for what means one thing, 2 for several, 0 where the form does not tell."""
    if form in NUMBER_OF:
        return NUMBER_OF[form]
    return (2 if is_plural(word) else 1) if tag == NOUN else 0


def is_plural(noun: str) -> bool:
    """Whether a noun in lower case looks like a plural."""
    return noun in PLURALS or (noun.endswith("s") and not noun.endswith(("ss", "us", "is", "'s")))


def _look_at(text: Tagged, word: int, limit: int) -> tuple[str, list[str]]:
    """The form of a candidate, and the words that say what is meant, the head first."""
    low, tag = text.lower[word], text.upos[word]
    if low in CLASS_OF and tag != PROPN and tag != NOUN:
        return CLASS_OF[low], ["<" + CLASS_OF[low]]
    if tag == PRON:
        return "pronoun", [low]
    if tag == CCONJ:
        return "both", ["<and"]
    if tag == ADV:
        return "adverb", [low]
    if tag == PROPN:
        start, end = word, word + 1
        while start > limit and text.upos[start - 1] == PROPN and word - start < PHRASE:
            start -= 1
        while end < len(text.words) and text.upos[end] == PROPN and end - word < PHRASE:
            end += 1
        others = [w for w in range(end - 1, start - 1, -1) if w != word]
        return "name", [low, *(text.lower[w].rstrip(".") for w in others)]
    return _look_at_noun(text, word, limit)


def _look_at_noun(text: Tagged, word: int, limit: int) -> tuple[str, list[str]]:
    phrase = [text.lower[word]]
    for before in range(word - 1, max(limit, word - 8) - 1, -1):
        low, tag = text.lower[before], text.upos[before]
        if low in POSSESSIVES:
            return "possessive", phrase
        if low in DETERMINERS and tag in (DET, PRON, ADJ):
            return DETERMINERS[low], phrase
        if tag in (ADJ, NOUN, PROPN, NUM):
            phrase.append(low)
        elif tag != ADV and low not in ("-", "–", '"', "“", "”"):
            break
    return ("number" if text.upos[word] == NUM else "bare"), phrase


def number_quotations(text: Tagged) -> Ints:
    """The number of the quotation that each word is in, 0 outside; an open one ends after 400 words."""
    inside, count, opened = 0, 0, 0
    found = np.zeros(len(text.words), np.int64)
    for number, word in enumerate(text.words):
        if inside and number - opened > 400:
            inside = 0
        if word in ("“", "``", "«") or (word == '"' and not inside):
            count += 1
            inside, opened = count, number
        elif word in ("”", "''", "»", '"'):
            found[number] = inside
            inside = 0
        found[number] = found[number] or inside
    return found


def _extents(heads: Sequence[int]) -> tuple[Ints, Ints]:
    """The first word and the end of the words below each word of a tree; a loop is left as it is."""
    waiting = [0] * len(heads)
    for word, head in enumerate(heads):
        if head >= 0 and head != word:
            waiting[head] += 1
    lows, highs = list(range(len(heads))), list(range(1, len(heads) + 1))
    ready = [word for word, count in enumerate(waiting) if count == 0]
    while ready:
        word = ready.pop()
        head = heads[word]
        if head < 0 or head == word:
            continue
        lows[head], highs[head] = min(lows[head], lows[word]), max(highs[head], highs[word])
        waiting[head] -= 1
        if waiting[head] == 0:
            ready.append(head)
    return np.array(lows, np.int64), np.array(highs, np.int64)


def pair_features(given: Candidates, later: Ints, earlier: Ints) -> Ints:
    """What can be seen of pairs of candidates (rows): [pairs, features], each a number below its size in SIZES."""
    a, b = given.take(later), given.take(earlier)
    distance = bucket_distances(later - earlier)
    apart = np.searchsorted(_SENTENCES, a.sentences - b.sentences, side="right")
    quotes = np.where(a.quotes == b.quotes, np.where(a.quotes > 0, 3, 0),
                      np.where(b.quotes == 0, 1, np.where(a.quotes == 0, 2, 4)))  # fmt: skip
    relation = np.select(
        [a.appositions & (a.parents == b.words), (b.lows <= a.words) & (a.words < b.highs) & (a.parents == b.words),
         (b.lows <= a.words) & (a.words < b.highs), (a.lows <= b.words) & (b.words < a.highs)],
        [1, 2, 3, 4], 0,
    )  # fmt: skip
    governed = (a.governors == b.governors) & (a.governors >= 0) & (a.parents != b.parents)
    return np.stack(
        (
            a.forms * len(FORMS) + b.forms,
            distance,
            apart,
            match_phrases(a.phrases, b.phrases),
            quotes,
            relation,
            a.roles * (OTHER_ROLE + 1) + b.roles,
            a.numbers * 3 + b.numbers,
            np.searchsorted(_COUNTS, b.counts, side="right"),
            (a.parents == b.parents) & (a.parents >= 0),
            governed * (1 + (a.roles == b.roles)),
        )
    ).T


def bucket_distances(steps: Ints) -> Ints:
    """The bucket of each distance, counted in candidates: below ``SIZES["distance"]``."""
    return np.searchsorted(_DISTANCES, steps, side="right").astype(np.int64)


_DISTANCES = np.array([2, 3, 4, 5, 7, 10, 16, 32, 64, 128, 256])
_COUNTS = np.array([1, 2, 4, 8])
_SENTENCES = np.array([1, 2, 3, 4, 6, 10, 20])


def match_phrases(a: Ints, b: Ints) -> Ints:
    """How the words of two phrases agree: 0 not, 1 all, 2 all of one and the heads, 3 all of one, 4 heads, 5 some,
    6 a head with another word."""
    a, b = np.ascontiguousarray(a.T), np.ascontiguousarray(b.T)  # pairs last, which is several times faster
    same = (a[:, None] == b) & (a[:, None] >= 0)
    a_found, b_found = same.any(axis=1), same.any(axis=0)
    a_all, b_all, heads = (a_found | (a < 0)).all(axis=0), (b_found | (b < 0)).all(axis=0), same[0, 0]
    either, some = a_all | b_all, a_found.any(axis=0)
    crossed = a_found[0] | b_found[0]
    return np.select([a_all & b_all, either & heads, either, heads, crossed, some], [1, 2, 3, 4, 6, 5], 0)
