"""What can be seen of a trigger and a phrase beyond what any two phrases show: voice, prepositions, who hangs where.

The tree joins "Ann and Bo" with Bo below Ann; here every joined phrase counts as standing where the first one stands.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kg.read.candidates import Tagged
from kg.read.labels import NAME_TAGS, UPOS
from kg.read.pairs import ARGUMENTS, KINDS, TRIGGERS, Floats, Pairs, Phrases
from kg.read.roles import Layout

Ints = NDArray[np.int64]

VOICES = ("no verb", "passive", "active", "-ing", "participle", "infinitive", "joined", "bare", "adjective")
LINKS = (
    *"none other by of in at on to from with against for into near between among through during after before".split(),
    *"over across towards toward via under outside inside about as 's ’s".split(),
)
SEEN = (
    *"other nsubj nsubj:pass obj iobj obl obl:agent obl:unmarked nmod nmod:poss nmod:unmarked nmod:desc".split(),
    *"compound amod appos conj acl acl:relcl root nummod xcomp ccomp advcl parataxis flat".split(),
)
PLACES = ("below", "above", "beside", "beside the head", "two below", "below the head's", "two above", "elsewhere")
ROLE_SIZES = {
    "place and relation": len(PLACES) * len(SEEN),
    "voice and relation": len(VOICES) * len(SEEN) + 1,
    "voice": len(VOICES),
    "link": len(LINKS),
    "link of the trigger": len(LINKS),
    "name": (len(NAME_TAGS) + 1) // 2,
}
"""How many numbers each of the added columns has."""
RECEIVED = frozenset(
    "ACQUIRE AGREE AID ANNOUNCE CONCEDE CONSULT COOPERATE MEET OTHER REQUEST RETREAT SUPPORT THREATEN TRAVEL".split()
)
"""Types that have somebody who is met, told or given something."""
ARMED = frozenset("ACCIDENT AID ARREST ASSAULT COERCE CONSULT DIE INJURE LAUNCH MOBILIZE OTHER THREATEN TRAVEL".split())
"""Types that have a means or weapon."""
RECIPIENT, INSTRUMENT, TIME = (ARGUMENTS.index(role) for role in ("recipient", "instrument", "time"))
JOINED = frozenset(("conj", "appos", "flat"))
CLIMB = 6  # steps up to the first of joined phrases
VERB, AUX, ADJ = (UPOS.index(tag) for tag in ("VERB", "AUX", "ADJ"))
_TAKES_RECIPIENT, _TAKES_INSTRUMENT = (
    np.array([name == "none" or name in types for name in TRIGGERS]) for types in (RECEIVED, ARMED)
)
_SEEN = {relation: number for number, relation in enumerate(SEEN)}
_LINK = {link: number for number, link in enumerate(LINKS)}


def add_role_features(layout: Layout, names: Ints, left: Phrases, right: Phrases, pairs: Pairs) -> Pairs:
    """The pairs of triggers (``left``) and phrases (``right``) with ROLE_SIZES more columns.

    ``names`` [words] are the likeliest of NAME_TAGS.
    """
    if not len(pairs):
        return replace(pairs, features=np.zeros((0, pairs.features.shape[1] + len(ROLE_SIZES)), np.int64))
    text = layout.text
    heads = np.asarray(text.heads, np.int64)
    links = find_links(text)
    firsts = np.array([climb_joined(text, word) for word in right.heads.tolist()], np.int64)
    seen = np.array([_SEEN.get(text.labels[word], 0) for word in firsts.tolist()], np.int64)
    voices = tell_voices(text, left.heads)
    a, b = pairs.left, pairs.right
    where = _place(heads, left.heads[a], firsts[b])
    added = np.stack(
        (
            where * len(SEEN) + seen[b],
            np.where(where == 0, voices[a] * len(SEEN) + seen[b] + 1, 0),
            voices[a],
            links[firsts[b]],
            links[left.heads[a]],
            (names[right.heads[b]] + 1) // 2,
        ),
        axis=1,
    )
    return replace(pairs, features=np.concatenate((pairs.features, added), axis=1))


def find_possible_roles(kinds: Ints, are_times: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which of ARGUMENTS may be true [pairs, ARGUMENTS] of triggers of these kinds (numbers as in ``Phrases``) and of
    phrases that are times or not.

    Corpora that do not annotate a role leave open that anything plays it; so the head gives it some probability of what
    can never play it.
    """
    possible = np.ones((len(kinds), len(ARGUMENTS)), bool)
    types = np.asarray(kinds) - len(KINDS)
    possible[:, RECIPIENT] = _TAKES_RECIPIENT[types]
    possible[:, INSTRUMENT] = _TAKES_INSTRUMENT[types]
    possible[:, TIME] = are_times
    possible[are_times, 1:TIME] = False
    return possible


def keep_possible(chances: Floats, possible: NDArray[np.bool_]) -> Floats:
    """The probabilities with those of what is not possible shared out among the rest."""
    kept = np.where(possible, chances, 0)
    shared: Floats = (kept / kept.sum(axis=1, keepdims=True)).astype(np.float32)
    return shared


def climb_joined(text: Tagged, word: int) -> int:
    """The first of the phrases that a word's phrase is joined to, or the word itself."""
    for _ in range(CLIMB):
        if text.labels[word] not in JOINED or text.heads[word] == word:
            return word
        word = text.heads[word]
    return word


def find_links(text: Tagged) -> Ints:
    """The first preposition or "to" of each word, as a number in LINKS."""
    links = np.zeros(len(text.words), np.int64)
    for word in range(len(text.words) - 1, -1, -1):
        if text.labels[word] == "case":
            links[text.heads[word]] = _LINK.get(text.lower[word], 1)
    return links


def tell_voices(text: Tagged, words: Ints) -> Ints:
    """The form of each of some words as a number in VOICES."""
    wanted = set(words.tolist())
    below: dict[int, set[str]] = {word: set() for word in wanted}
    for word, (head, label) in enumerate(zip(text.heads, text.labels, strict=True)):
        if head in wanted and head != word:
            below[head].add(label if label != "mark" or text.lower[word] != "to" else "to")
    return np.array([VOICES.index(_tell_voice(text, word, below[word])) for word in words.tolist()], np.int64)


def _tell_voice(text: Tagged, word: int, below: set[str]) -> str:
    if text.upos[word] not in (VERB, AUX):
        return "adjective" if text.upos[word] == ADJ else "no verb"
    if below & {"nsubj:pass", "aux:pass", "csubj:pass"}:
        return "passive"
    if below & {"nsubj", "csubj", "nsubj:outer"}:
        return "active"
    if "to" in below:
        return "infinitive"
    if text.lower[word].endswith("ing"):
        return "-ing"
    if text.labels[word] in ("acl", "amod"):
        return "participle"
    return "joined" if text.labels[word] == "conj" else "bare"


def _place(heads: Ints, triggers: Ints, phrases: Ints) -> Ints:
    """Where the phrases hang, seen from the triggers, as numbers in PLACES."""
    up, up_phrase = heads[triggers], heads[phrases]
    conditions = (
        (up_phrase == triggers),
        (up == phrases),
        (up_phrase == up),
        (up_phrase == heads[up]),
        (heads[up_phrase] == triggers),
        (heads[up_phrase] == up),
        (heads[up] == phrases),
    )
    return np.select(conditions, range(len(conditions)), len(conditions)).astype(np.int64)
