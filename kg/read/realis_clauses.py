"""What a clause or a noun phrase says by its own words of whether it took place: "will meet", "no attack"."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Token

import kg.read.realis_words as words
import kg.read.stance_words as stances
from kg.model import Realis
from kg.read.predicates import SUBJECTS, find_group, find_negations, find_word, is_ahead, is_order, is_perfect

Word = Realis | Literal["open"]
"""What a word says of an event; "open" leaves it open whatever else is said: "if they attack"."""

DENYING = frozenset(("det", "case", "advmod", "nummod", "cc"))
NOT = stances.NO | {"without", "never", "not"}
MODIFYING = frozenset(
    "amod compound advmod acl nummod nmod:poss nmod nmod:unmarked nmod:tmod obl:unmarked obl:tmod".split()
)


def judge_clause(head: Token, below: Token) -> Word | None:
    """What a predicate's own words say: auxiliaries, negations, adverbs, conditions, the form of a question.

    ``below`` is the word that led here: a negation that is its own is not counted again, and "but" before it ends what
    is denied.
    """
    group = find_group(head)
    negations = [t for t in find_negations(head) if below.i == head.i or (t.i != below.i and t.head.i != below.i)]
    ended = below.dep_ == "conj" and any(c.lower_ in ("but", "yet") for c in below.lefts if c.dep_ == "cc")
    negated = len(negations) % 2 == 1 and not ended
    small = {token.lower_ for token in group}
    adverbs = small | {c.lower_ for c in head.rights if c.dep_ == "advmod"}
    modal = _judge_modals(head, small, perfect=is_perfect(group), negated=negated)
    if _is_conditional(head, small) or _is_question(head):
        return "open"
    if negated:
        return "open" if modal == "hypothetical" else "negated"
    if adverbs & words.HYPOTHETICAL_ADVERBS:
        return "open"
    if modal:
        return modal
    if small & words.ALMOST and head.pos_ == "VERB":
        return "negated"
    if adverbs & words.REPORTED_ADVERBS:
        return "reported"
    if head.pos_ == "ADJ" and head.lemma_ in words.PREDICATES:
        return words.PREDICATES[head.lemma_]
    if _is_ahead(head, group) or _is_headline(head, small):
        return "future"
    if adverbs & words.LIKELY_ADVERBS:
        return "hypothetical"
    return "open" if head.dep_ == "ROOT" and is_order(head, range(head.left_edge.i, head.right_edge.i + 1)) else None


def _is_ahead(head: Token, group: list[Token]) -> bool:
    """Whether the form of a predicate tells of what is to come: "is to meet", "begins on Monday"."""
    if head.lower_.endswith("ing") and not any(t.lemma_ == "be" for t in group):
        return False  # "began shelling the town on Sunday"
    if head.lemma_ in stances.SENSES:
        return any(t.lower_ in stances.WILL for t in group)  # "could hear the planes on Monday"
    if head.lemma_ in words.TIMETABLE and head.lower_ in (head.lemma_, head.lemma_ + "s") and not group:
        return any(c.lower_ in stances.DAYS for c in head.rights)
    return is_ahead(head, group)


def _judge_modals(head: Token, small: set[str], *, perfect: bool, negated: bool) -> Realis | None:
    if small & stances.WILL:
        return "future"
    if "would" in small or "'d" in small or "’d" in small:
        if perfect and "had" not in small:
            return "hypothetical"
        subject = next((c for c in head.lefts if c.dep_ in SUBJECTS), None)
        bill = subject is not None and subject.lemma_ in words.BILLS and not negated
        return "hypothetical" if bill else "future" if "would" in small else None
    if "could" in small:
        able = (negated and not perfect) or head.lemma_ in stances.SENSES
        return None if able else "hypothetical"
    if small & words.CAN:
        return None if negated and small & {"can", "ca"} else "hypothetical"
    return None


def _is_conditional(head: Token, small: set[str]) -> bool:
    """Whether a predicate is a condition, or hangs on one: "if they ask", "will strike if they ask"."""
    for child in head.lefts:
        if child.dep_ == "mark" and child.lower_ in words.OPEN_MARKS:
            return find_word(child, -1) != "as"
        if child.dep_ == "mark" and child.lower_ == "case" and find_word(child, -1) == "in":
            return True
    first = next((c for c in head.lefts if c.dep_ in ("aux", "aux:pass", "cop", "mark") or c.dep_ in SUBJECTS), None)
    if first is not None and first.lower_ in stances.TURNED and first.i == head.left_edge.i and head.dep_ == "advcl":
        return True  # "should they leave", "had they left"
    if not small & words.IN_CONDITIONALS:
        return False
    return any(_is_condition(mark) for c in head.children if c.dep_ == "advcl" for mark in c.lefts)


def _is_condition(mark: Token) -> bool:
    """Whether a word makes its clause a condition: "if", "unless", or a verb before its subject."""
    if mark.lower_ in stances.TURNED and mark.i == mark.head.left_edge.i:
        return True
    return mark.dep_ == "mark" and mark.lower_ in words.OPEN_MARKS and mark.lower_ != "whether"


def _is_question(head: Token) -> bool:
    """Whether a predicate is what a question asks; what "why" and "who" ask about has taken place."""
    if head.dep_ not in ("ROOT", "ccomp", "parataxis", "conj"):
        return False
    end = head.right_edge.i
    near = head.doc[end : end + 3]
    marks = [t.text[0] for t in near if t.text[0] in ".?!"]
    if not marks or marks[0] != "?":
        return False
    asked = any(c.lower_ in words.ASKED for c in head.doc[head.left_edge.i : head.left_edge.i + 2])
    return not asked


def _is_headline(head: Token, small: set[str]) -> bool:
    """Whether an infinitive stands for a future: "Norland to close its embassy"."""
    return "to" in small and head.dep_ == "ROOT" and any(c.dep_ in SUBJECTS for c in head.lefts)


def judge_noun(noun: Token) -> Word | None:
    """What the words of a noun phrase say: "no attack", "a possible attack", "the alleged attack"."""
    found: Word | None = None
    for child in noun.children:
        small, label = child.lower_, child.dep_
        if small in words.OPEN_MARKS:
            return "open"
        if small in NOT:
            if label in DENYING and find_word(child, 1) not in stances.COMPARED:
                return "negated"
        elif small == "any":
            found = "hypothetical"
        elif label in MODIFYING:
            found = _judge_modifier(child, is_before=child.i < noun.i) or found
    return found


def _judge_modifier(modifier: Token, *, is_before: bool) -> Word | None:
    """What a word in a noun phrase says: "alleged", "next week's", and "possibly" before another modifier."""
    small = modifier.lower_
    adverbs = {small, *(c.lower_ for c in modifier.lefts)} if is_before or modifier.dep_ == "acl" else {small}
    if adverbs & words.HYPOTHETICAL_ADVERBS:
        return "hypothetical"
    if adverbs & words.REPORTED_ADVERBS:
        return "reported"
    if modifier.dep_ == "acl" and modifier.lemma_ in words.EVENTIVE and "to" in adverbs:
        return "future"  # "the summit to be held in May"
    if (is_before or modifier.dep_ == "acl") and (
        found := words.MODIFIERS.get(small) or words.MODIFIERS.get(modifier.lemma_)
    ):
        return found
    timed = small in words.AHEAD or (adverbs & words.AHEAD and small in stances.UNITS | stances.DAYS)
    return "future" if timed else None
