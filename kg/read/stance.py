"""How a claim stands to its content: whether it denies it, how sure it is, and whether the content lies ahead.

Polarity: "negative" when the claim as a whole denies its content, or its content is negated in its main clause. A cue
of denial flips ("denied", "rejected", "ruled out", "refused to"), and so does a negated main predicate of the content
("would not close", "had no plans to", "nobody was hurt", "failed to", "is without power", "is false"). Each flips once.
Negation in a subordinate or relative clause or of a modifier does not flip, nor does "any" after a denial. A cue of
saying that is itself negated leaves its content open: "did not say whether", "would not confirm", "did not deny", "did
not rule out", "refused to say" are positive and possible. One of belief or will denies it: "does not believe that".

Certainty: "certain" is a plain statement. "probable": likely, probably, should (of what is expected), expect, believe,
think, seem, appear, suggest, predict, almost certainly. "possible": may, might, could, possibly, perhaps, unclear
whether, questions, allegedly, conditionals, considering, did not rule out, fear, hope. The weakest wins. What is denied
as possible is certain: "could not", "no chance that". "could" is certain as past ability ("could see the smoke").

Temporality: "future" is will, would (as future in the past), shall, going to; plan, vow, threaten, promise, expect,
urge, demand, refuse and the like with an infinitive, or, as a cue, with a thing that is called for; "is set to", "due
to"; the present with a time ahead ("is leaving next week"); imperatives; may, might, could, should, must and have to
with an action that is not over ("may close", not "may be" or "may have closed"). All else is "non-future": "would have
closed" too, and "would" as a habit or a politeness.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Span, Token

import kg.read.stance_words as words
from kg.model import Certainty, Polarity, Temporality
from kg.read.predicates import (
    AUXILIARIES,
    SUBJECTS,
    Link,
    find_form,
    find_group,
    find_main,
    find_negations,
    find_word,
    follow_leads,
    has_time_ahead,
    is_ahead,
    is_clause,
    is_order,
    is_perfect,
    is_state,
    list_numbers,
)

LEVELS: tuple[Certainty, ...] = ("certain", "probable", "possible")


class Stance(NamedTuple):
    """The polarity, certainty and temporality of a claim."""

    polarity: Polarity
    certainty: Certainty
    temporality: Temporality


class _Weight(NamedTuple):
    flips: bool = False
    doubt: int = 0  # index into LEVELS
    ahead: bool = False
    denies: bool = False  # takes away the doubt of "could" and "may" in what is denied


def judge(cue: Span | None, content: Sequence[Span], *, main: Token | None = None) -> Stance:
    """The stance of the claim that ``cue`` introduces and whose words are ``content``, as the text above defines it.

    Both are of one ``Doc`` with parts of speech, lemmas and trees of Universal Dependencies. Of a content of several
    sentences the first that states something counts; ``main`` is its predicate where that is known. Without a cue the
    content alone counts; without content the claim is positive, certain and not of the future.
    """
    content = [span for span in content if len(span)]
    if not content:
        return Stance("positive", "certain", "non-future")
    inside = list_numbers(content)
    main = main if main is not None else find_main(content)
    chain = list(follow_leads(main))
    groups = [find_group(link.head) for link in chain]
    negations = [find_negations(link.head, group) for link, group in zip(chain, groups, strict=True)]
    used = {token.i for found in negations for token in found}
    said = _weigh_cue(cue, main, inside, used) if cue else _Weight()
    weights = [_weigh_link(*each) for each in zip(chain, groups, negations, strict=True)]
    doubt = max(said.doubt, *(0 if said.denies else weight.doubt for weight in weights))
    if _is_open(main, chain[-1].head, inside):
        doubt = 2
    flips = said.flips ^ (sum(weight.flips for weight in weights) % 2 == 1)
    ahead = said.ahead or any(weight.ahead for weight in weights) or is_order(main, inside)
    return Stance("negative" if flips else "positive", LEVELS[doubt], "future" if ahead else "non-future")


def _weigh_link(link: Link, group: Sequence[Token], negations: Sequence[Token]) -> _Weight:
    """What one predicate of the content says of all three."""
    head, lead, below = link
    negated = len(negations) % 2 == 1
    lemma = lead.lemma_.lower() if lead is not None else ""
    doubt = max(_weigh_adverbs(group), _weigh_modal(head, group, negated=negated), _weigh_condition(head))
    flips, ahead = negated, is_ahead(head, group)
    if lead is None:
        return _weigh_end(head, doubt, ahead, negated=negated)
    asked = below is not None and any(t.lower_ in words.ASKING for t in below.doc[below.left_edge.i : below.i][:2])
    if negated and (lemma in words.KNOWLEDGE or asked):
        return _Weight(False, 2, ahead)
    flips ^= lemma in words.DENIALS | words.REFUSALS | words.FALSE
    if negated and lemma == "question":
        flips = False  # "there is no question that"
    if negated and lemma == "impossible":
        doubt = 2
    led = not _is_other_sense(lead, below)
    if led and not (negated and lemma in words.ABSOLUTE):
        doubt = max(doubt, _weigh_word(lemma))
    if led and below is not None and lemma in words.AHEAD | words.DUTIES:
        under = find_group(below)
        duty = lemma in words.DUTIES and (is_state(below, under) or head.lower_ in ("had", "needed"))
        over = is_perfect(under) or duty
        ahead |= find_form(below) in ("infinitive", "doing") and not over
    return _Weight(flips, doubt, ahead)


def _is_other_sense(lead: Token, below: Token | None) -> bool:
    """Whether a word that may lead ahead means something else: "went back to count", "considered him a friend"."""
    if lead.lemma_ == "go":
        return lead.lower_ not in words.GOING
    return lead.lemma_ == "consider" and lead.lower_ != "considering" and (below is None or find_form(below) != "doing")


def _weigh_end(head: Token, doubt: int, ahead: bool, *, negated: bool) -> _Weight:
    """What the last predicate's own word adds: "is unlikely", "expects a recession", "an alleged plot"."""
    lemma = head.lemma_.lower()
    if negated and (lemma in words.KNOWLEDGE or any(c.dep_ == "obj" and c.lemma_ == "idea" for c in head.rights)):
        return _Weight(False, 2, ahead)  # "is not known", "have no idea"
    if head.pos_ == "ADJ":
        doubt = max(doubt, 0 if negated and lemma in words.ABSOLUTE else _weigh_word(lemma))
    elif any(c.dep_ == "obj" for c in head.children):
        doubt = max(doubt, int(lemma in words.FORESEEN))
        ahead |= lemma in words.FORESEEN | words.PROMISED
    if not is_clause(head):
        doubt = max(doubt, _weigh_modifiers(head))
    return _Weight(negated ^ (lemma in words.FALSE), doubt, ahead)


def _weigh_word(lemma: str) -> int:
    return 2 if lemma in words.POSSIBLE else int(lemma in words.PROBABLE)


def _weigh_adverbs(group: Sequence[Token]) -> int:
    doubt = 0
    for token in group:
        almost = token.lower_ == "certainly" and find_word(token, -1) in ("almost", "nearly")
        likely = token.lower_ in words.LIKELY_ADVERBS or almost
        doubt = max(doubt, 2 if token.lower_ in words.DOUBTFUL_ADVERBS else int(likely))
    return doubt


def _weigh_modal(head: Token, group: Sequence[Token], *, negated: bool) -> int:
    for token in group:
        word = token.lower_
        if token.pos_ != "AUX" and token.dep_ != "aux":
            continue
        if word in words.MAYBE:
            able = word == "could" and (negated or head.lemma_ in words.SENSES)
            allowed = word == "may" and any(c.lower_ == "you" and c.dep_ == "nsubj" for c in head.children)
            return 0 if able or allowed else 2
        if word in words.SHOULD:
            return int(not is_perfect(group) and has_time_ahead(head))
        if word in words.MUST:
            return int(is_perfect(group) or is_state(head, group))
    return 0


def _weigh_condition(head: Token) -> int:
    if any(c.lower_ == "too" for c in head.lefts) and any(c.lemma_ in words.TELLING for c in head.rights):
        return 2  # "too early to say"
    for clause in (c for c in head.lefts if c.dep_ in ("advcl", "parataxis", "ccomp", "dep")):
        verbs = [c for c in clause.lefts if c.dep_ in AUXILIARIES or c.dep_ in SUBJECTS]
        turned = len(verbs) > 1 and verbs[0].lower_ in words.TURNED and verbs[1].dep_ in SUBJECTS
        if turned and verbs[0].i == clause.left_edge.i:  # "had we known", "should they fail"
            return 2
    for clause in (c for c in head.children if c.dep_ == "advcl"):
        for mark in (c for c in clause.lefts if c.dep_ == "mark" and c.lower_ in words.CONDITIONS | words.TURNED):
            if find_word(mark, -1) not in words.OPENERS:
                return 2
    return 0


def _weigh_modifiers(noun: Token) -> int:
    """The doubt in the adjectives of a thing: "an alleged plot", "a likely delay"."""
    lemmas = {c.lemma_.lower() for c in noun.children if c.dep_ == "amod"}
    if lemmas & {"possible", "alleged", "potential", "rumored", "rumoured", "suspected", "supposed"}:
        return 2
    return int(bool(lemmas & {"likely", "probable", "apparent", "expected"}))


def _is_open(main: Token, last: Token, inside: set[int]) -> bool:
    """Whether the content is a question, asked or reported, or opens with a condition."""
    doc, end = main.doc, max(inside)
    first = next((doc[i] for i in sorted(inside) if not doc[i].is_punct), main)
    if first.i < main.i and first.lower_ in words.CONDITIONS:
        return True
    for head in (main, last):
        if any(c.lower_ == "whether" and (head.dep_ != "advcl" or c == first) for c in head.lefts):
            return True
    for token in doc[main.i : end + 3]:
        if token.text[0] in ".?!" and (token.i in inside or token.i > end):
            return "?" in token.text
    return False


def _weigh_cue(cue: Span, main: Token, inside: set[int], used: set[int]) -> _Weight:
    """What the cue says of all three; negations in ``used`` are the content's own."""
    lemmas = _find_lemmas(cue)
    negated = _is_negated(cue, inside, used)
    refusal = bool(lemmas & words.REFUSALS)
    denial = bool(lemmas & words.DENIALS) and not any(c.lower_ == "as" and c.dep_ == "case" for c in main.lefts)
    denial |= {"rule", "out"} <= lemmas or bool(lemmas & words.BANS)
    doubt = max((_weigh_word(lemma) for lemma in lemmas), default=0)
    if "ask" in lemmas and find_form(main) == "clause" and not _is_mandate(main):
        doubt = 2
    if any(c.dep_ == "mark" and c.lower_ in words.CONDITIONS for c in cue.root.lefts):
        doubt = 2  # "if the owner refuses"
    doubt = max(doubt, _weigh_adverbs(list(cue)), _weigh_modal(cue.root, list(cue), negated=negated))
    ahead = _is_cue_ahead(lemmas, main)
    if refusal and (main.lemma_ in words.DENIALS or (main.lemma_ == "rule" and find_word(main, 1) == "out")):
        return _Weight(False, 2, ahead)  # "declined to rule out": the content is not denied
    if refusal and any(t.pos_ == "VERB" and t.lemma_ not in words.REFUSALS and t.i > cue.start for t in cue):
        refusal, negated = False, not negated  # "refused to confirm" is a negated "confirm"
        lemmas -= words.REFUSALS
    if not negated:
        against = "against" in lemmas and bool(lemmas & words.OPPOSING)
        return _Weight(denial or refusal or against, doubt, ahead, denial or refusal)
    if lemmas & {"doubt", "question"}:
        return _Weight(False, 0, ahead)
    if denial or refusal or lemmas & words.KNOWLEDGE or not lemmas & words.DENIABLE:
        return _Weight(False, 2, ahead)
    return _Weight(True, doubt, ahead)


def _is_negated(cue: Span, inside: set[int], used: set[int]) -> bool:
    """Whether the cue is negated, in its own words or by its subject: "nobody said", "without saying"."""
    found = {t.i: t.lower_ for t in find_negations(cue.root) if t.i not in inside}
    for token in cue:
        if token.lower_ in words.CUE_NEGATIONS and find_word(token, 1) not in words.UNNEGATED:
            found[token.i] = token.lower_
    return "neither" in found.values() or len(found.keys() - used) % 2 == 1


def _find_lemmas(cue: Span) -> set[str]:
    """The lemmas of a cue and its particles, without those of words that mean something else here.

    "called it", "considered it risky", "appeared before" and "reckoned with" are no calls, doubts or beliefs.
    """
    lemmas = {t.lemma_.lower() for t in cue} | {c.lower_ for c in cue.root.rights if c.lower_ in ("out", "against")}
    lemmas |= {find_word(cue[-1], 1)} & {"against", "out", "for"}
    if not lemmas & {"for", "on", "to"} and not any(t.pos_ == "NOUN" for t in cue):
        lemmas.discard("call")
    if not lemmas & {"for", "to"}:
        lemmas.discard("appeal")
    if not any(t.lower_ == "considering" or t.dep_ == "aux" for t in cue):
        lemmas.discard("consider")
    if any(t.lemma_ == "appear" and any(c.dep_ == "obl" for c in t.children) for t in cue):
        lemmas.discard("appear")
    if "with" in lemmas:
        lemmas.discard("reckon")
    return lemmas


def _is_cue_ahead(lemmas: set[str], main: Token) -> bool:
    form = find_form(main)
    if form == "infinitive":
        silent = bool(lemmas & words.REFUSALS) and main.lemma_ in words.SPEAKING
        return bool(lemmas & words.AHEAD) and not silent and not is_perfect(find_group(main))
    if form == "thing":
        return bool(lemmas & words.AHEAD_THINGS)
    if form == "doing":
        return bool(lemmas & words.AHEAD_DOINGS)
    group = find_group(main)
    present = main.lower_ == main.lemma_ or main.lower_.endswith("s") or any(t.lower_ in ("is", "are") for t in group)
    if lemmas & words.COMMITMENTS and present and not is_perfect(group):
        return True  # "vowed that the state pays"
    return _is_mandate(main) and bool(lemmas & words.MANDATES)


def _is_mandate(main: Token) -> bool:
    """Whether a clause has the bare verb of a demand: "that he resign", "that it be sold"."""
    auxiliary = next((t for t in find_group(main) if t.dep_ in AUXILIARIES), None)
    if auxiliary is not None:
        return auxiliary.lower_ == "be"
    asked = any(c.lower_ in words.ASKING for c in main.lefts)
    return main.pos_ == "VERB" and main.lower_ == main.lemma_ and not asked
