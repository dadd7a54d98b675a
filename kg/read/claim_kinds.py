"""Tells whether the content of an attribution is said, thought or felt by its source, or only attributed to it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

import kg.read.claim_words as words
from kg.model import ClaimKind
from kg.read.predicates import find_form, find_main, is_clause
from kg.read.stance_words import DENIALS
from kg.read.tokenizer import slice_text

LIGHT = frozenset(
    "make have give take express issue release raise share hold show offer be get face keep draw deliver send "
    "reach come go begin continue start appear".split()
)
ASKING = frozenset("how why when where whether if".split())
REASONS = frozenset(("as", "because", "for", "on", "over", "that"))
CLAUSES = ("acl", "ccomp", "conj")  # how the labels of what says more of a noun begin
MUTE = 3  # words of a refusal to speak: "to comment further"
QUOTED = 3  # words between quotation marks that are somebody's own


def tell_kind(cue: Span, source: Span | None, content: Sequence[Span], *, main: Token | None = None) -> ClaimKind:
    """What a content is to its source: "said" (or written), "thought", "felt", or "attributed" where the words are the
    article's for what somebody does, sees or is called.

    Lemmas of the cue tell; where they are not known, a whole clause or words in quotation marks are said.
    """
    head, main = cue.root, main if main is not None else find_main(content)
    lemmas = [token.lemma_.lower() for token in _order(cue)]
    clause = is_clause(main) and find_form(main) in ("clause", "infinitive")
    quoted = _is_quoted(content)
    if _is_naming(head, main, source, clause=clause) or (not quoted and _is_no_claim(head, main, clause=clause)):
        return "attributed"
    if not quoted and _is_silent(cue, main, content):
        return "attributed"
    if source is not None and _is_asked(source):
        return "attributed"
    if source is None and head.lemma_ == "know":  # "the only one known to fly"
        return "attributed"
    for lemma in lemmas:
        if lemma in words.ACTS or (
            lemma in words.SAID and (quoted or _has_word(main, content) or _is_denied(lemma, main))
        ):
            return "said"
        if lemma in words.SHOWN and lemma not in words.THOUGHT:
            return "said" if quoted or _is_finite(main) else "attributed"
        if lemma in words.THOUGHT:
            return "thought"
        if lemma in words.FELT:
            return "felt"
    if quoted or not any(token.is_alpha for token in cue):
        return "said"
    return "said" if source is not None and _is_told(head, main) else "attributed"


def _order(cue: Span) -> list[Token]:
    """The words of a cue, its head first unless that says little: "expressed concern"."""
    rest = [token for token in cue if token != cue.root and token.pos_ in ("VERB", "NOUN", "ADJ", "ADP")]
    return [*rest, cue.root] if cue.root.lemma_.lower() in LIGHT else [cue.root, *rest]


def _is_naming(head: Token, main: Token, source: Span | None, *, clause: bool) -> bool:
    """Whether a name or a role is given by nobody: "was nicknamed", "is known for"."""
    passive = any(child.dep_ in ("nsubj:pass", "aux:pass") for child in head.children) or head.dep_.startswith("acl")
    named = source is None and find_form(main) in ("thing", "doing")
    return head.lemma_.lower() in words.NAMING and passive and (named or not (clause or source is not None))


def _is_no_claim(head: Token, main: Token, *, clause: bool) -> bool:
    """Whether a thing is called for, or something done, seen or heard."""
    lemma = head.lemma_.lower()
    if lemma == "call" and main.lemma_ in words.CALLED and main.head == head and main.dep_ == "obj":
        return True
    if lemma in words.SENSED and not _is_marked(main):
        return True
    return lemma in words.ACTS and not clause


def _is_silent(cue: Span, main: Token, content: Sequence[Span]) -> bool:
    """Whether nothing is said: "thanked his supporters", "citing police sources", "declined to comment", "spoke on
    the economy"."""
    lemmas = {token.lemma_.lower() for token in cue}
    words_said = [token for part in content for token in part if token.is_alpha]
    if words.REFUSING & lemmas and (words.ANSWERING & (lemmas | {main.lemma_.lower()})):
        return len(words_said) <= MUTE or main.lemma_.lower() in words.ANSWERING
    if words.REFUSING & lemmas and words.TELLING & (lemmas | {main.lemma_.lower()}):
        return any(child.lower_ in ASKING | {"what", "who", "which"} for child in main.subtree)
    if cue.root.lemma_.lower() in words.OFFERING and main.lemma_.lower() in words.CONSOLING:
        return not any(child.dep_.startswith(CLAUSES) or _is_reason(child) for child in main.children)
    if is_clause(main) or main.pos_ not in ("NOUN", "PROPN", "PRON"):
        return False
    if cue.root.lemma_.lower() in words.GREETING:
        return main.head == cue.root and not any(t.lower_ in REASONS for t in words_said)
    if cue.root.lemma_.lower() in words.TOPICAL and cue[-1].lower_ in words.ABOUT:
        return True
    return cue.root.lemma_.lower() == "cite" and main.lemma_.lower() in words.CITED and not _is_stated(words_said)


def _is_reason(token: Token) -> bool:
    """Whether it says why something is felt: "regret at the delay", "sorrow over it", not "condolences to her"."""
    cases = {child.lower_ for child in token.lefts if child.dep_ == "case"}
    return token.dep_ != "nmod:poss" and bool(cases - {"to", "with"})


def _is_asked(source: Span) -> bool:
    """Whether somebody is asked, and says nothing yet: "What do you think of it?"."""
    return source.text.lower() == "you" and any(token.text == "?" for token in source.sent[-3:])


def _is_stated(tokens: Sequence[Token]) -> bool:
    """Whether what is cited says something: "citing reports that it rained", "the Air Force as stating"."""
    return any(t.lower_ in ("that", "as", "saying") or t.dep_ in ("ccomp", "nsubj") for t in tokens)


def _has_word(main: Token, content: Sequence[Span]) -> bool:
    """Whether a content tells more than whom it is of: not the "Jo Roe" of "congratulated Jo Roe", but "Jo Roe as a
    friend"."""
    if main.pos_ not in ("PROPN", "PRON") or main.dep_ not in ("obj", "iobj") or is_clause(main):
        return True
    return any(token.lower_ in ("as", "for") and token.i > main.i for part in content for token in part) or any(
        token.head == main.head and token.dep_ in ("xcomp", "ccomp") for part in content for token in part
    )


def _is_denied(lemma: str, main: Token) -> bool:
    """Whether what somebody else said is denied, by a word that points to it: "denies this"."""
    return lemma in DENIALS and main.lower_ in ("this", "that")


def _is_finite(main: Token) -> bool:
    return is_clause(main) and find_form(main) == "clause"


def _is_marked(main: Token) -> bool:
    """Whether a clause opens with "that", "how", "whether" and the like."""
    opening = {c.lower_ for c in main.lefts if c.dep_ in ("mark", "advmod")}
    return _is_finite(main) and bool(opening & (ASKING | {"that"}))


def _is_told(head: Token, main: Token) -> bool:
    """Whether a whole clause hangs on a cue as what it tells: "quipped that it rained"."""
    return main.dep_ in ("ccomp", "parataxis") and main.head == head and _is_finite(main)


def may_quote(content: Sequence[Span]) -> bool:
    """Whether there is a quotation mark anywhere in a content; most have none, which is soon seen."""
    return any(not words.MARKS.isdisjoint(slice_text(part)) for part in content)


def _is_quoted(content: Sequence[Span]) -> bool:
    """Whether a content holds at least QUOTED words between quotation marks."""
    inside, run = False, 0
    if not may_quote(content):
        return False
    for token in (token for part in content for token in part):
        if token.text in words.MARKS:
            inside = not inside if token.text == '"' else token.text in "“«"
            run = 0
        elif inside and token.is_alpha:
            run += 1
            if run >= QUOTED:
                return True
    return False
