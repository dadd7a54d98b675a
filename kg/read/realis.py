"""Tells of an event whether it took place, did not, is to come, might be, or is what somebody says.

"negated": the text says that it did not or will not take place ("did not attack", "no attack", "failed to sign",
"denied killing", "called off the strike", "will not leave"). "hypothetical": it is a condition or hangs on one, a
possibility, a wish, a demand, a threat, an attempt or a question ("may attack", "called for a ceasefire", "threatened
to leave", "tried to escape", "if they ask"). "future": it lies ahead, or lay ahead of a moment told of ("will meet",
"would pull out", "plans to leave", "the planned visit", "agreed to meet"). "reported": it is said or alleged to have
taken place, not told by the article itself ("police said two men were killed", "allegedly stole", "accused of
killing"). Else "actual".

The words that lead to the event are followed up the tree, and each changes what those below it say: "denied plans to
leave" is negated, "failed to prevent the attack" actual. What hangs on a clause from outside stays what it is: in "will
leave after the attack" the attack is actual.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.model import Realis
from kg.read.predicates import SUBJECTS, find_negations, is_clause
from kg.read.realis_clauses import judge_clause, judge_noun
from kg.read.realis_leads import find_clause_lead, find_noun_lead, is_granted, is_saying
from kg.read.realis_words import ASKED, FACTIVE

DEPTH = 12  # words followed up
BELOW: dict[Realis, dict[Realis, Realis]] = {
    "actual": {},
    "negated": {"actual": "negated", "future": "negated", "hypothetical": "negated", "negated": "actual",
                "reported": "negated"},
    "hypothetical": {"actual": "hypothetical", "future": "hypothetical"},
    "future": {"actual": "future"},
    "reported": {"actual": "reported"},
}  # fmt: skip
"""What a word says of an event, and what becomes of what those below it say."""
PREVENTING = frozenset("prevent avert avoid foil thwart block".split())
# Negated, these leave open what they deny: "did not rule out a strike", "would not deny killing".
UNSAID = frozenset("rule deny denial exclude dismiss refute".split())


def judge_realis(trigger: Token, *, is_claimed: bool = False) -> Realis:
    """The realis of the event that ``trigger`` tells of, as the text above defines it.

    The token is of a ``Doc`` with parts of speech, lemmas and trees of Universal Dependencies. ``is_claimed`` says that
    it stands in the content of a claim: what would be actual there is reported.
    """
    state = _follow(trigger)
    if state == "actual" and (is_claimed or _is_told(trigger)):
        ground = _find_ground(trigger)
        return state if ground is not None and not _is_told(ground) else "reported"
    return state


def _find_ground(trigger: Token) -> Token | None:
    """The verb that takes for granted what the trigger tells: "condemned the invasion", "regrets having signed"."""
    for token in _climb(trigger):
        above = token.head
        if above.i != token.i and above.lemma_.lower() in FACTIVE:
            clause = is_clause(token) and token.dep_ in ("ccomp", "xcomp", "advcl", "obl")
            return above if clause or is_granted(token) else None
        if token.dep_ not in ("conj", "nmod", "obj", "obl", "nsubj"):
            return None
    return None


def _follow(trigger: Token) -> Realis:
    """What the words that lead to the trigger make of it, without who tells it."""
    state: Realis = "actual"
    token, below, prevented = trigger, trigger, False
    for _ in range(DEPTH):
        clause = is_clause(token)
        own = judge_clause(token, below) if clause else judge_noun(token)
        first = _find_first(token)
        if first is not None:
            if clause and own is None and _shares_verbs(token, first):
                own = judge_clause(first, token)
            token = first
        above, word = find_clause_lead(token) if clause else find_noun_lead(token, trigger)
        if own == "open" or word == "open":
            return "hypothetical"
        if prevented and {own, word} & {"future", "hypothetical"}:
            return "hypothetical"  # "hoped to prevent an attack"
        state = _combine(own, state)
        if word == "said":
            return _pass_saying(token, state)
        if above is None:
            return _combine(word, state)
        if word == "negated" and above.lemma_ in UNSAID and _is_unsaid(above):
            return "hypothetical"
        prevented = word == "negated" and above.lemma_ in PREVENTING
        state = _combine(word, state)
        token, below = above, token
    return state


def _combine(outer: Realis | None, inner: Realis) -> Realis:
    """What becomes of something when a word above it says ``outer``."""
    if outer is None:
        return inner
    return BELOW[outer].get(inner, inner)


def _pass_saying(below: Token, state: Realis) -> Realis:
    """What is said in a clause stays what it is, or becomes reported; what is not said is open."""
    asked = any(c.lower_ in ASKED for c in below.doc[below.left_edge.i : below.i + 1][:2])
    if not asked and _is_unsaid(below.head):
        return "hypothetical"
    return _combine("reported", state)


def _is_unsaid(verb: Token) -> bool:
    """Whether a verb of saying or denying is itself negated: "did not say", "refused to confirm", "did not deny"."""
    return len(find_negations(verb)) % 2 == 1 or find_clause_lead(verb)[1] == "negated"


def _shares_verbs(token: Token, first: Token) -> bool:
    """Whether a predicate that is joined to another one has no auxiliaries or subject of its own, but its form."""
    own = any(c.dep_ in SUBJECTS or c.dep_ in ("aux", "aux:pass", "cop", "mark") for c in token.lefts)
    same = (token.lower_ == token.lemma_) == (first.lower_ == first.lemma_)
    return not own and same


def _find_first(token: Token) -> Token | None:
    """The first of several that are joined by "and" or "or", unless the token begins a clause of its own."""
    if token.dep_ != "conj":
        return None
    first = token
    for _ in range(DEPTH):
        if first.dep_ != "conj" or first.head.i == first.i:
            break
        first = first.head
    if any(c.dep_ in SUBJECTS for c in token.lefts):
        return None
    return first if is_clause(token) == is_clause(first) else None


def _is_told(trigger: Token) -> bool:
    """Whether somebody in the sentence says what holds the trigger: "police said ...", "..., police said"."""
    for token in _climb(trigger):
        above = token.head
        if token.dep_ in ("ccomp", "parataxis") and is_saying(above):
            return True
        for child in token.children:
            if child.dep_ == "parataxis" and is_saying(child) and any(c.dep_ in SUBJECTS for c in child.children):
                return True
            if child.lower_ == "according" or any(c.lower_ == "according" for c in child.lefts):
                return True
    return False


def _climb(token: Token) -> Iterator[Token]:
    for _ in range(DEPTH):
        yield token
        if token.head.i == token.i:
            return
        token = token.head
