"""The predicates of a stretch of text by their form: the main one, those it leads to, their auxiliaries and negations.

Reads Universal Dependencies, and the order of the words where a tree is odd.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Span, Token

import kg.read.stance_words as words

DEPTH = 5  # predicates looked through: "I think it is likely that they plan to leave"
REACH = 8  # words looked at before a verb, or below one of its times
SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "expl"))
ARGUMENTS = SUBJECTS | {"obj", "iobj"}
NOTIONS = frozenset(("nsubj", "nsubj:pass", "obj"))  # hold the "plan" of "have a plan", the "sign" of "there is a sign"
AUXILIARIES = frozenset(("aux", "aux:pass", "cop"))
GROUP = AUXILIARIES | {"advmod", "mark", "cc:preconj", "discourse", "det", "advmod:emph", "cc", "case"}
COMPLEMENTS = frozenset(("ccomp", "xcomp", "csubj", "csubj:outer", "advcl", "acl", "acl:relcl", "parataxis"))


class Link(NamedTuple):
    """A predicate; ``lead`` is the word that leads on to the one ``below``, None at the last.

    In "have no plan to go" the head is "have", the lead "plan" and below is "go".
    """

    head: Token
    lead: Token | None
    below: Token | None


def find_main(content: Sequence[Span]) -> Token:
    """The main predicate of a text of one or more spans: the first word at the top of a clause, else of a phrase.

    Words that hang outside the spans are at the top. Greetings, and conditions cut off from their clause, are passed.
    """
    inside = list_numbers(content)
    told = [t for span in content for t in span if not t.is_punct and not t.is_space]
    tops = [t for t in told if (head := t.head.i) not in inside or head == t.i] or told or [content[0][0]]
    tops = [_pass_preface(t, inside) for t in tops]
    clauses = [t for t in tops if is_clause(t) and t.pos_ != "INTJ"]
    stated = [t for t in clauses if not _is_aside(t) and not _is_inserted(t, inside)]
    things = [t for t in tops if t.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "VERB") and t.dep_ not in AUXILIARIES]
    main = (stated or clauses or things or tops)[0]
    return next((c for c in main.rights if c.dep_ == "acl:relcl" and _is_misread(c)), main) if main == tops[0] else main


def list_numbers(content: Iterable[Span]) -> set[int]:
    """The numbers of all tokens of some spans."""
    return {number for span in content for number in range(span.start, span.end)}


def _pass_preface(top: Token, inside: set[int]) -> Token:
    """The clause that follows on "look, nobody knew", "to be frank, nobody knew", "if it rains, nobody goes" or "I want
    to be clear: nobody knew", where the tree hangs it there; else the word itself."""
    told = [c for c in top.rights if c.dep_ in ("parataxis", "ccomp") and c.i in inside and is_clause(c)]
    if _is_greeting(top) or any(c.lower_ == "clear" and c.dep_ == "xcomp" for c in top.rights):
        return told[0] if told else top
    if not any(c.dep_ == "mark" and c.lower_ in words.CONDITIONS | {"to"} for c in top.lefts):
        return top
    told = [c for c in top.rights if c.dep_ in ("parataxis", "ccomp", "conj") and c.i in inside and is_clause(c)]
    whole = [c for c in told if any(t.dep_ in SUBJECTS for t in c.lefts) and not any(t.dep_ == "cc" for t in c.lefts)]
    return next((c for c in whole if not any(t.dep_ == "mark" for t in c.lefts)), top)


def _is_aside(clause: Token) -> bool:
    """Whether a clause opens like a subordinate one: "while it rains", "given the cost"."""
    return any(t.dep_ in ("mark", "advmod", "case") and t.lower_ in words.ASIDE for t in clause.lefts) or (
        clause.lower_ in words.ASIDE
    )


def _is_inserted(clause: Token, inside: Container[int]) -> bool:
    """Whether a clause only tells of a thing before it: "the town, to be called X, will", "Roe, who was ill, will"."""
    opening = [t for t in clause.lefts if t.dep_ in ("mark", "nsubj", "nsubj:pass")]
    if not opening or opening[0].lower_ not in ("to", "who", "which"):
        return False
    before = opening[0].i - 1
    return before >= 1 and before in inside and before - 1 in inside and clause.doc[before].text == ","


def _is_misread(clause: Token) -> bool:
    """Whether what looks like a relative clause is the main one: without a subject of its own or a relative word."""
    if clause.pos_ != "VERB" or clause.lower_.endswith("ing"):
        return False
    before = [c for c in clause.lefts if c.dep_ in ARGUMENTS or c.pos_ == "PRON"]
    return not before and any(c.dep_ == "aux" or c.lower_ == "neither" for c in clause.lefts)


def _is_greeting(token: Token) -> bool:
    return token.lower_ in words.GREETINGS and not any(c.dep_ in SUBJECTS for c in token.children)


def is_clause(token: Token) -> bool:
    """Whether the word is a predicate: a verb, or something with a subject or a copula; a greeting is none."""
    if _is_greeting(token):
        return False
    if token.pos_ in ("VERB", "AUX") and token.dep_ not in AUXILIARIES:
        return True
    if token.dep_ == "xcomp" and any(c.dep_ == "mark" and c.lower_ == "to" for c in token.lefts):
        return True  # "is set to vote", whatever the tagger takes "vote" for
    return any(c.dep_ in SUBJECTS or c.dep_ in AUXILIARIES for c in token.children)


def follow_leads(main: Token) -> Iterator[Link]:
    """The main predicate and those below it that it leads to, "it is likely" to "that they plan" to "to leave"."""
    head = main
    for _ in range(DEPTH):
        lead, below = _find_lead(head)
        yield Link(head, lead, below)
        if below is None:
            return
        head = below


def _find_lead(head: Token) -> tuple[Token | None, Token | None]:
    """The word that leads from the predicate to the clause below, and that clause's predicate."""
    light = head.lemma_ in words.LIGHT
    arguments = [c for c in head.children if light and c.dep_ in NOTIONS and c.pos_ == "NOUN"]
    for lead in (head, *arguments):
        lemma = lead.lemma_.lower()
        duty = lead is head and lemma in words.DUTIES and find_word(head, 1) == "to"
        if duty or (lemma in words.LEADS and (lead is not head or lemma not in words.CLOSED)):
            owners = (lead,) if lead is head else (lead, head)
            for below in (c for owner in owners for c in owner.children if c.dep_ in COMPLEMENTS):
                if _is_complement(below, lead):
                    return lead, below
    beside = _find_beside(head) if head.lemma_ in words.LEADS else None
    return (head, beside) if beside is not None else (None, None)


def _find_beside(head: Token) -> Token | None:
    """A clause without subject right after a verb, hung beside it where it belongs below it."""
    if head.i + 1 >= len(head.doc) or head.dep_ == "ROOT":
        return None
    below = head.doc[head.i + 1]
    while below.head not in (head.head, below) and below.head.i > head.i:
        below = below.head
    same = below.head == head.head and below.dep_ == head.dep_ and below.left_edge.i > head.i
    return below if same and below != head.head and not any(c.dep_ in SUBJECTS for c in below.lefts) else None


def _is_complement(below: Token, lead: Token) -> bool:
    if below.i < lead.i and not below.dep_.startswith("csubj"):
        return False
    if below.dep_ in ("ccomp", "xcomp", "csubj", "csubj:outer"):
        return True
    if below.dep_ == "acl:relcl":  # "no doubt they lied" looks like one
        return lead.pos_ == "NOUN" and below.head == lead and lead.lemma_ in words.SIGNS
    marks = {c.lower_ for c in below.lefts if c.dep_ == "mark"}
    if below.dep_ == "parataxis":  # "failed to agree" may look like two
        return "to" in marks and below.left_edge.i == lead.i + 1
    asked = any(c.lower_ in words.ASKING for c in below.lefts)  # "no idea where he is"
    return bool(marks & {"that", "to", "whether", "of"}) or (below.dep_ == "acl" and (asked or "in" in marks))


def find_group(head: Token) -> list[Token]:
    """The auxiliaries and adverbs of a predicate in order, by the tree and, where that is odd, by their place."""
    group = {c.i: c for c in head.children if c.dep_ in GROUP}
    verbs = [c for c in group.values() if c.dep_ in AUXILIARIES and c.i < head.i]
    for start in (head, *verbs[:1]):
        at = start.i
        while at > max(0, start.i - REACH) and not start.doc[at].is_sent_start:
            at -= 1
            token = start.doc[at]
            if token.pos_ not in ("AUX", "PART", "ADV") or (token.dep_ in ("cop", "aux") and token.head.i < token.i):
                break
            # "pledged never to go", and "will not go" where "not" hangs elsewhere
            apart = find_word(token, 1) == "to" or token.doc[max(0, at - 1)].pos_ == "AUX"
            apart = apart and token.lower_ in words.NEGATIONS
            if token.head.i >= at or token.head.dep_ in AUXILIARIES or apart:
                group[at] = token
    return [group[i] for i in sorted(group)]


def find_negations(head: Token, group: Sequence[Token] | None = None) -> list[Token]:
    """The words that negate a predicate; "neither" and "nor" are one. ``group`` is its own where that is known."""
    group = group if group is not None else find_group(head)
    found = [t for t in group if t.lower_ in words.NEGATIONS and _negates(t, head)]
    found += [t for t in group if t.lower_ == "longer" and find_word(t, -1) == "no"]
    found += [t for t in group if t.lower_ == "without" and t.dep_ == "case" and is_clause(head)]
    for child in (head, *head.children):
        if child is head or child.dep_ in ARGUMENTS or child.lemma_ in words.NEVER_PLACES:
            found += _find_quantifiers(child, head)
    unique = {token.i: token for token in found}
    pair = [t for t in unique.values() if t.lower_ in ("neither", "nor")]
    return [t for t in unique.values() if t not in pair[1:]] if len(unique) > 1 else list(unique.values())


def _negates(token: Token, head: Token) -> bool:
    if find_word(token, 1) in words.UNNEGATED:
        return False
    if token.lower_ == "never" and head.pos_ == "ADJ" and (head.lower_.endswith("er") or head.lower_ == "worse"):
        return False  # "has never been stronger"
    if head.lower_ in words.LITOTES:
        return False
    return token.i < head.i or token.doc[token.i - 1].pos_ == "AUX"


def _find_quantifiers(argument: Token, head: Token) -> list[Token]:
    """The "no" of an argument or of the predicate itself: "no plans", "nobody", "not a word", "at no point"."""
    after = find_word(argument, 1)
    if argument is not head and argument.lower_ in words.NOBODY and after not in words.COMPARED:
        return [argument] if argument.dep_ in ARGUMENTS else []
    found = [c for c in argument.children if c.lower_ in words.NO and c.dep_ in ("det", "advmod", "nummod", "fixed")]
    found = [c for c in found if find_word(c, 1) not in words.COMPARED or find_word(c, 1) == "one"]
    if argument.dep_ not in ARGUMENTS and argument is not head:
        return found if argument.lemma_.lower() in words.NEVER_PLACES else []
    if argument is not head:
        few = argument.lower_.startswith("any") and find_word(argument, -1) in words.BARELY
        found += [argument.nbor(-1)] if few else []
        found += [c for c in argument.lefts if c.lower_ in words.BARELY and find_word(c, 1) == "any"]
        found += [c for c in argument.lefts if c.lower_ == "neither"]
        found += [c for c in argument.lefts if c.lower_ == "not" and find_word(c, 1) not in words.UNNEGATED]
    return found


def find_form(head: Token) -> str:
    """How the content is put: "infinitive", "doing", "clause" or "thing"."""
    group = find_group(head)
    if not is_clause(head):
        return "thing"
    if any(t.lower_ == "to" and t.dep_ in ("mark", "aux") for t in group):
        return "infinitive"
    finite = any(t.dep_ in ("aux", "aux:pass", "cop") for t in group if not t.lower_.endswith("ing"))
    return "doing" if head.lower_.endswith("ing") and not finite else "clause"


def is_perfect(group: Sequence[Token]) -> bool:
    """Whether the auxiliaries of a predicate tell of what is over: "may have left", "to have left"."""
    return any(t.lemma_ == "have" and t.dep_ == "aux" for t in group)


def is_state(head: Token, group: Sequence[Token]) -> bool:
    """Whether a predicate tells of a state and not of an action: "be old", "know"."""
    return head.lemma_ in words.STATES or any(t.dep_ == "cop" for t in group)


def is_ahead(head: Token, group: Sequence[Token]) -> bool:
    """Whether the form of a predicate itself tells of what is to come; ``group`` is its find_group."""
    modals = {t.lower_ for t in group if t.dep_ == "aux" or t.pos_ == "AUX"}
    if head.pos_ == "AUX" and head.lower_ in words.WILL | {"would"} and not any(t.dep_ == "cop" for t in head.children):
        return True  # "he said he would not"
    perfect = is_perfect(group)
    if modals & words.WILL:
        return True
    had = any(t.lower_ in ("'d", "’d") for t in group) and head.pos_ == "VERB" and head.lower_ != head.lemma_
    if had:  # "'d seen" is no "would see"
        return False
    if any(t.lemma_ == "would" for t in group):
        return not perfect and not _is_habit(head)
    if perfect:
        return False
    timed = is_clause(head) and has_time_ahead(head)
    if modals & (words.MAYBE | words.SHOULD | words.MUST):
        denied = any(t.lower_ in words.NEGATIONS or t.lower_ == "longer" for t in group)
        past = "could" in modals and (denied or head.lemma_ in words.SENSES)
        return timed or not (past or is_state(head, group))
    due = head.pos_ == "VERB" and any(t.lower_ == "due" and find_word(t, 1) == "to" for t in group)
    planned = any(t.lemma_ == "be" and t.i < head.i and find_word(t, 1) == "to" for t in group)  # "is to meet"
    if due or planned:
        return True
    present = head.lower_ == head.lemma_ or head.lower_.endswith(("s", "ing")) or any(t.dep_ == "cop" for t in group)
    return timed and present and not any(t.lower_ in ("was", "were", "did", "had") for t in group)


def _is_habit(head: Token) -> bool:
    """Whether "would" tells of a habit or is polite: "would often sing", "would like to thank"."""
    near = [t for child in head.children for t in (child, *child.children)]
    return head.lemma_ in ("like", "love", "prefer") or any(
        t.lower_ in words.HABITS for t in near if t.dep_ in ("advmod", "det")
    )


def has_time_ahead(head: Token) -> bool:
    """Whether a time of the predicate lies ahead: "tomorrow", "next week", "within days", "is leaving on Friday"."""
    should = any(c.dep_ == "aux" and c.lower_ in words.SHOULD | words.MAYBE for c in head.children)
    for child in head.children:
        if child.i < head.i and child.dep_ in ARGUMENTS:
            continue
        if child.dep_.startswith(("obl", "advmod", "nmod", "xcomp", "advcl")) or child.dep_ == "obj":
            found = {t.lower_ for t in child.doc[max(child.left_edge.i, child.i - REACH) : child.i + 1]}
            within = found & {"within", "in"} and child.lemma_ in words.UNITS and "the" not in found
            planned = found & words.DAYS and "last" not in found and (head.lower_.endswith("ing") or should)
            if found & words.TIMES_AHEAD or within or planned:
                return True
    return False


def is_order(head: Token, inside: Container[int]) -> bool:
    """Whether the predicate is an imperative: a bare verb first in its clause; ``inside`` are the text's tokens."""
    if head.pos_ != "VERB" or head.lower_ != head.lemma_ or head.dep_ == "xcomp":
        return False
    if any(c.dep_ in SUBJECTS for c in head.children):
        return False
    before = [t for t in find_group(head) if t.i < head.i]
    opening = head.doc[max(0, min([head.i, *(t.i for t in before)]) - 1)]
    opens = (
        opening.i not in inside
        or (opening.is_punct and opening.text != ";")
        or opening.is_space
        or opening.pos_ in ("CCONJ", "INTJ")
    )
    plain = all(t.lemma_ in ("do", "not", "never", "please") or t.dep_ in ("advmod", "discourse") for t in before)
    return plain and (opens or opening == head)


def find_word(token: Token, distance: int) -> str:
    """The word so many words away in small letters; empty outside the text."""
    at = token.i + distance
    return token.doc[at].lower_ if 0 <= at < len(token.doc) else ""
