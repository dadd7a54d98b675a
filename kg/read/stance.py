"""How a claim stands to its content: whether it denies it, how sure it is, and whether the content lies ahead.

Polarity: "negative" when the claim as a whole denies its content, or its content is negated in its main clause. A cue of
denial flips ("denied", "rejected", "ruled out", "refused to"), and so does a negated main predicate of the content
("would not close", "had no plans to", "nobody was hurt", "failed to", "is without power"). Each flips once. Negation in
a subordinate or relative clause or of a modifier does not flip, nor does "any" after a denial. A cue of saying that is
itself negated leaves its content open: "did not say whether", "would not confirm", "did not deny", "did not rule out",
"refused to say" are positive and possible. One of belief or will denies it: "does not believe that" is negative.

Certainty: "certain" is a plain statement. "probable": likely, probably, should (of what is expected), expect, believe,
think, seem, appear, suggest, predict, almost certainly. "possible": may, might, could, possibly, perhaps, unclear
whether, questions, allegedly, conditionals, considering, did not rule out, fear, hope. The weakest wins. What is denied
as possible is certain: "could not", "no chance that". "could" is certain as past ability ("could see the smoke").

Temporality: "future" is will, would (as future in the past), shall, going to; plan, vow, threaten, promise, expect, urge,
demand and the like with an infinitive, or, as a cue, with a thing that is called for; "is set to", "due to"; the present
with a time ahead ("is leaving next week"); imperatives; may, might, could, should, must and have to with an action
that is not over ("may close", not "may be" or "may have closed"). All else is "non-future": "would have closed" too, and
"would" as a habit or a politeness.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Span, Token

import kg.read.stance_words as words
from kg.model import Certainty, Polarity, Temporality

LEVELS: tuple[Certainty, ...] = ("certain", "probable", "possible")
DEPTH = 5  # predicates looked through: "I think it is likely that they plan to leave"
REACH = 8  # words looked at before a verb, or below one of its times
SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "expl"))
ARGUMENTS = SUBJECTS | {"obj", "iobj"}
NOTIONS = frozenset(("nsubj", "nsubj:pass", "obj"))  # hold the "plan" of "have a plan", the "sign" of "there is a sign"
AUXILIARIES = frozenset(("aux", "aux:pass", "cop"))
GROUP = AUXILIARIES | {"advmod", "mark", "cc:preconj", "discourse", "det", "advmod:emph", "cc", "case"}
COMPLEMENTS = frozenset(("ccomp", "xcomp", "csubj", "csubj:outer", "advcl", "acl", "acl:relcl"))


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


class _Link(NamedTuple):
    """A predicate of the content; ``lead`` is the word that leads on to the next one, None at the last."""

    head: Token
    lead: Token | None


def judge(cue: Span, content: Sequence[Span]) -> Stance:
    """The stance of the claim that ``cue`` introduces and whose words are ``content``, as the module's text defines it.

    Both are of one parsed ``Doc`` with lemmas. Of a content of several sentences the first that states something counts.
    """
    content = [span for span in content if len(span)]
    if not content:
        return Stance("positive", "certain", "non-future")
    inside = {token.i for span in content for token in span}
    main = _find_main(content, inside)
    chain = list(_descend(main))
    negations = [_find_negations(link.head) for link in chain]
    used = {token.i for found in negations for token in found}
    said = _weigh_cue(cue, main, inside, used)
    weights = [_weigh_link(link, found) for link, found in zip(chain, negations, strict=True)]
    last = chain[-1].head
    doubt = max(0 if said.denies else max(weight.doubt for weight in weights), said.doubt)
    if _is_open(main, last, content, inside):
        doubt = 2
    flips = said.flips ^ (sum(weight.flips for weight in weights) % 2 == 1)
    ahead = said.ahead or any(weight.ahead for weight in weights) or _is_order(main)
    return Stance("negative" if flips else "positive", LEVELS[doubt], "future" if ahead else "non-future")


def _find_main(content: Sequence[Span], inside: set[int]) -> Token:
    """The main predicate of the content: the first word at the top of a clause, else of a phrase, else its first word.

    Words that hang outside the content are at the top. Greetings, and conditions cut off from their clause, are passed.
    """
    tops = [t for span in content for t in span if not t.is_punct and not t.is_space]
    tops = [t for t in tops if t.head.i not in inside or t.head.i == t.i] or tops or [content[0][0]]
    clauses = [t for t in tops if _is_clause(t) and t.pos_ != "INTJ"]
    stated = [t for t in clauses if not _is_aside(t)]
    things = [t for t in tops if t.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "VERB") and t.dep_ not in AUXILIARIES]
    main = (stated or clauses or things or tops)[0]
    told = [c for c in main.rights if c.dep_ in ("parataxis", "ccomp") and c.i in inside and _is_clause(c)]
    if told and (_is_greeting(main) or any(c.lower_ == "clear" and c.dep_ == "xcomp" for c in main.rights)):
        return told[0]  # "look, nobody knew", "I want to be clear: nobody knew"
    return next((c for c in main.rights if c.dep_ == "acl:relcl" and _is_misread(c)), main) if main == tops[0] else main


def _is_misread(clause: Token) -> bool:
    """Whether what looks like a relative clause is the main one: without a subject of its own or a relative word."""
    if clause.pos_ != "VERB" or clause.lower_.endswith("ing"):
        return False
    before = [c for c in clause.lefts if c.dep_ in ARGUMENTS or c.pos_ == "PRON"]
    return not before and any(c.dep_ == "aux" or c.lower_ == "neither" for c in clause.lefts)


def _is_greeting(token: Token) -> bool:
    return token.lower_ in words.GREETINGS and not any(c.dep_ in SUBJECTS for c in token.children)


def _is_clause(token: Token) -> bool:
    if _is_greeting(token):
        return False
    if token.pos_ in ("VERB", "AUX") and token.dep_ not in AUXILIARIES:
        return True
    return any(c.dep_ in SUBJECTS or c.dep_ in AUXILIARIES for c in token.children)


def _descend(main: Token) -> Iterator[_Link]:
    """The main predicate and those below it that it leads to, "it is likely" to "that they plan" to "to leave"."""
    head = main
    for _ in range(DEPTH):
        lead, below = _find_lead(head)
        yield _Link(head, lead)
        if below is None:
            return
        head = below


def _find_lead(head: Token) -> tuple[Token | None, Token | None]:
    """The word that leads from the predicate to the clause below, and that clause's predicate."""
    light = head.lemma_ in words.LIGHT
    arguments = [c for c in head.children if light and c.dep_ in NOTIONS and c.pos_ == "NOUN"]
    for lead in (head, *arguments):
        lemma = lead.lemma_.lower()
        duty = lead is head and lemma in words.DUTIES
        if duty or (lemma in words.LEADS and (lead is not head or lemma not in words.CLOSED)):
            owners = (lead,) if lead is head else (lead, head)
            for below in (c for owner in owners for c in owner.children if c.dep_ in COMPLEMENTS):
                if _is_complement(below, lead):
                    return lead, below
    if head.lemma_ in words.LEADS and head.dep_ != "ROOT":  # a clause that was hung beside its verb
        for below in head.head.children:
            beside = head.i < below.left_edge.i <= head.i + 2 and below.dep_ == head.dep_
            if beside and not any(c.dep_ in SUBJECTS for c in below.lefts):
                return head, below
    return None, None


def _is_complement(below: Token, lead: Token) -> bool:
    if below.i < lead.i and not below.dep_.startswith("csubj"):
        return False
    if below.dep_ in ("ccomp", "xcomp", "csubj", "csubj:outer"):
        return True
    if below.dep_ == "acl:relcl":  # "no doubt they lied" looks like one
        return lead.pos_ == "NOUN" and below.head == lead and lead.lemma_ in words.SIGNS
    marks = {c.lower_ for c in below.lefts if c.dep_ == "mark"}
    return bool(marks & {"that", "to", "whether", "of"}) or (below.dep_ == "acl" and "in" in marks)


def _word_at(token: Token, distance: int) -> str:
    """The word so many words away in small letters; empty outside the text."""
    at = token.i + distance
    return token.doc[at].lower_ if 0 <= at < len(token.doc) else ""


def _find_group(head: Token) -> list[Token]:
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
            if token.head.i >= at or token.head.dep_ in AUXILIARIES:
                group[at] = token
    return [group[i] for i in sorted(group)]


def _find_negations(head: Token) -> list[Token]:
    """The words that negate a predicate; "neither" and "nor" are one."""
    group = _find_group(head)
    found = [t for t in group if t.lower_ in words.NEGATIONS and _negates(t, head)]
    found += [t for t in group if t.lower_ == "longer" and t.i and _word_at(t, -1) == "no"]
    found += [t for t in group if t.lower_ == "without" and t.dep_ == "case" and _is_clause(head)]
    for child in (head, *head.children):
        if child is head or child.dep_ in ARGUMENTS or child.dep_ in ("obl", "obl:unmarked", "advmod"):
            found += _find_quantifiers(child, head)
    unique = {token.i: token for token in found}
    pair = [t for t in unique.values() if t.lower_ in ("neither", "nor")]
    return [t for t in unique.values() if t not in pair[1:]] if len(unique) > 1 else list(unique.values())


def _negates(token: Token, head: Token) -> bool:
    if _word_at(token, 1) in words.UNNEGATED:
        return False
    if token.lower_ == "never" and head.pos_ == "ADJ" and (head.lower_.endswith("er") or head.lower_ == "worse"):
        return False  # "has never been stronger"
    return token.i < head.i or token.doc[token.i - 1].pos_ == "AUX"


def _find_quantifiers(argument: Token, head: Token) -> list[Token]:
    """The "no" of an argument or of the predicate itself: "no plans", "nobody", "not a word", "at no point"."""
    after = _word_at(argument, 1)
    if argument is not head and argument.lower_ in words.NOBODY and after not in words.COMPARED:
        return [argument] if argument.dep_ in ARGUMENTS else []
    found = [c for c in argument.children if c.lower_ in words.NO and c.dep_ in ("det", "advmod", "nummod", "fixed")]
    found = [c for c in found if _word_at(c, 1) not in words.COMPARED or _word_at(c, 1) == "one"]
    if argument.dep_ not in ARGUMENTS and argument is not head:
        return found if argument.lemma_.lower() in words.NEVER_PLACES else []
    if argument is not head:
        found += [c for c in argument.lefts if c.lower_ == "not" and _word_at(c, 1) not in words.UNNEGATED]
    return found


def _weigh_link(link: _Link, negations: Sequence[Token]) -> _Weight:
    """What one predicate of the content says of all three."""
    head, lead = link
    group = _find_group(head)
    negated = len(negations) % 2 == 1
    lemma = lead.lemma_.lower() if lead is not None else ""
    doubt = max(_weigh_adverbs(group), _weigh_modal(head, group, negated=negated), _weigh_condition(head))
    flips, ahead = negated, _is_ahead(head, group)
    if lead is None:
        flips ^= head.lemma_.lower() in words.FALSE
        doubt = max(doubt, 0 if _is_clause(head) else _weigh_modifiers(head), head.lemma_.lower() in words.PROBABLE and 0)
        return _Weight(flips, doubt, ahead)
    below = _find_lead(head)[1]
    asked = below is not None and any(t.lower_ in words.ASKING for t in below.doc[below.left_edge.i : below.i][:2])
    if negated and (lemma in words.KNOWLEDGE or asked):
        return _Weight(False, 2, ahead)
    flips ^= lemma in words.DENIALS | words.REFUSALS | words.FALSE
    if negated and lemma == "question":
        flips = False
    if negated and lemma == "impossible":
        doubt = 2
    if not (negated and lemma in words.ABSOLUTE):
        doubt = max(doubt, _weigh_word(lemma))
    if below is not None and lemma in words.AHEAD | words.DUTIES:
        under = _find_group(below)
        over = _is_perfect(under) or (lemma in words.DUTIES and _is_state(below, under))
        ahead |= _find_form(below) in ("infinitive", "doing") and not over
    return _Weight(flips, doubt, ahead)


def _weigh_word(lemma: str) -> int:
    return 2 if lemma in words.POSSIBLE else int(lemma in words.PROBABLE)


def _weigh_adverbs(group: Sequence[Token]) -> int:
    doubt = 0
    for token in group:
        almost = token.lower_ == "certainly" and token.i and _word_at(token, -1) in ("almost", "nearly")
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
            return int(_is_perfect(group) is False and _has_time_ahead(head))
        if word in words.MUST:
            return int(_is_perfect(group) or _is_state(head, group))
    return 0


def _weigh_condition(head: Token) -> int:
    if any(c.lower_ == "too" for c in head.lefts) and any(c.lemma_ in words.TELLING for c in head.rights):
        return 2  # "too early to say"
    for clause in (c for c in head.children if c.dep_ == "advcl"):
        for mark in (c for c in clause.lefts if c.dep_ == "mark" and c.lower_ in words.CONDITIONS):
            if not mark.i or _word_at(mark, -1) not in words.OPENERS:
                return 2
    return 0


def _weigh_modifiers(noun: Token) -> int:
    """The doubt in the adjectives of a thing: "an alleged plot", "a likely delay"."""
    lemmas = {c.lemma_.lower() for c in noun.children if c.dep_ == "amod"}
    if lemmas & {"possible", "alleged", "potential", "rumored", "rumoured", "suspected", "supposed"}:
        return 2
    return int(bool(lemmas & {"likely", "probable", "apparent", "expected"}))


def _is_perfect(group: Sequence[Token]) -> bool:
    return any(t.lemma_ == "have" and t.dep_ == "aux" for t in group)


def _is_state(head: Token, group: Sequence[Token]) -> bool:
    return head.lemma_ in words.STATES or any(t.dep_ == "cop" for t in group)


def _is_ahead(head: Token, group: Sequence[Token]) -> bool:
    """Whether the form of a predicate itself tells of what is to come."""
    modals = {t.lower_ for t in group if t.dep_ == "aux" or t.pos_ == "AUX"}
    perfect = _is_perfect(group)
    if modals & words.WILL:
        return True
    if any(t.lemma_ == "would" for t in group):
        habit = any(t.lower_ in words.HABITS for t in head.children) or head.lemma_ in ("like", "love", "prefer")
        return not perfect and not habit
    if perfect:
        return False
    timed = _is_clause(head) and _has_time_ahead(head)
    if modals & (words.MAYBE | words.SHOULD | words.MUST):
        past = "could" in modals and (head.lemma_ in words.SENSES or any(t.lower_ in words.NEGATIONS for t in group))
        return timed or not (past or _is_state(head, group))
    if any(t.lower_ == "due" for t in group) and head.lower_ == head.lemma_ and head.pos_ == "VERB":
        return True
    if any(t.lower_ == "to" and t.pos_ == "PART" for t in group) and any(t.lemma_ == "be" for t in group):
        return any(t.lemma_ == "be" and t.i < head.i and _word_at(t, 1) in ("to", "not") for t in group)
    present = head.lower_ == head.lemma_ or head.lower_.endswith(("s", "ing")) or any(t.dep_ == "cop" for t in group)
    return timed and present and not any(t.lower_ in ("was", "were", "did", "had") for t in group)


def _has_time_ahead(head: Token) -> bool:
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


def _find_form(head: Token) -> str:
    """How the content is put: "infinitive", "doing", "clause" or "thing"."""
    group = _find_group(head)
    if not _is_clause(head):
        return "thing"
    if any(t.lower_ == "to" and t.dep_ in ("mark", "aux") for t in group):
        return "infinitive"
    finite = any(t.dep_ in ("aux", "aux:pass", "cop") for t in group if not t.lower_.endswith("ing"))
    return "doing" if head.lower_.endswith("ing") and not finite else "clause"


def _is_order(head: Token) -> bool:
    """Whether the predicate is an imperative: a bare verb first in its clause."""
    if head.pos_ != "VERB" or head.lower_ != head.lemma_ or any(c.dep_ in SUBJECTS for c in head.children):
        return False
    group = _find_group(head)
    return all(t.lemma_ in ("do", "not", "never", "please") or t.dep_ == "advmod" for t in group if t.i < head.i)


def _is_open(main: Token, last: Token, content: Sequence[Span], inside: set[int]) -> bool:
    """Whether the content is a question, asked or reported."""
    for head in (main, last):
        marks = [c for c in head.lefts if c.lower_ in ("whether", "if") and c.dep_ in ("mark", "advmod", "cc")]
        if any(c.lower_ == "whether" and c.head.dep_ != "advcl" for c in marks):
            return True
    first = next((t for span in content for t in span if not t.is_punct), main)
    if first.lower_ in words.CONDITIONS and first.i < main.i and first.head != main:
        return True
    if first.lower_ in ("whether", "if") and main.i > first.i and main.left_edge.i == first.i and first.head == main:
        return True
    doc = main.doc
    end = max(inside) + 3
    for token in doc[main.i : min(end, len(doc))]:
        if token.text[0] in ".?!" and (token.i in inside or token.i >= end - 2):
            return "?" in token.text
    return False


def _weigh_cue(cue: Span, main: Token, inside: set[int], used: set[int]) -> _Weight:
    """What the cue says of all three; negations in ``used`` are the content's own."""
    root = cue.root
    negations = {t.i for t in _find_negations(root) if t.i not in inside}
    negations |= {t.i for t in cue if t.lower_ in words.NEGATIONS | words.NO | {"without", "unable"}}
    negated = len(negations - used) % 2 == 1
    lemmas = {t.lemma_.lower() for t in cue} | {c.lower_ for c in root.children if c.lower_ in ("out", "against")}
    before = main.doc[cue.end].lower_ if cue.end < len(main.doc) else ""
    lemmas |= {before} & {"against", "out", "for"}
    rules_out = {"rule", "out"} <= lemmas
    opening = content_opens_with_as(main)
    denial = (bool(lemmas & words.DENIALS) and not opening) or rules_out or bool(lemmas & words.BANS)
    refusal = bool(lemmas & words.REFUSALS)
    lemmas -= _drop_senses(cue, lemmas)
    doubt = max((_weigh_word(lemma) for lemma in lemmas), default=0)
    if "ask" in lemmas and _find_form(main) == "clause" and not _is_mandate(main):
        doubt = 2
    doubt = max(doubt, _weigh_adverbs(list(cue)), _weigh_modal(root, list(cue), negated=negated))
    ahead = _is_cue_ahead(lemmas, main)
    if refusal and (main.lemma_ in words.DENIALS or (main.lemma_ == "rule" and main.i + 1 < len(main.doc) and _word_at(main, 1) == "out")):
        return _Weight(False, 2, ahead)  # "declined to rule out": the content is not denied
    if refusal and any(t.pos_ == "VERB" and t.lemma_ not in words.REFUSALS and t.i > cue.start for t in cue):
        refusal, negated = False, not negated
        lemmas -= words.REFUSALS
    if not negated:
        against = "against" in lemmas and bool(lemmas & words.OPPOSING)
        return _Weight(denial or refusal or against, doubt, ahead, denial or refusal)
    if lemmas & {"doubt", "question"}:
        return _Weight(False, 0, ahead)
    if denial or refusal or lemmas & words.KNOWLEDGE or not lemmas & words.DENIABLE:
        return _Weight(False, 2, ahead)
    return _Weight(True, doubt, ahead)


def content_opens_with_as(main: Token) -> bool:
    return any(c.lower_ == "as" and c.dep_ == "case" for c in main.lefts)


def _is_cue_ahead(lemmas: set[str], main: Token) -> bool:
    form = _find_form(main)
    if form == "infinitive":
        silent = bool(lemmas & words.REFUSALS) and main.lemma_ in words.SPEAKING
        return bool(lemmas & words.AHEAD) and not silent and not _is_perfect(_find_group(main))
    if form == "thing":
        return bool(lemmas & words.AHEAD_THINGS)
    if form == "doing":
        return bool(lemmas & words.AHEAD_DOINGS)
    return _is_mandate(main) and bool(lemmas & words.MANDATES)


def _is_mandate(main: Token) -> bool:
    """Whether a clause has the bare verb of a demand: "that he resign", "that it be sold"."""
    first = next((t for t in _find_group(main) if t.dep_ in AUXILIARIES), main)
    asked = any(c.lower_.startswith(("wh", "how")) for c in main.lefts)
    return first.lower_ == first.lemma_ and (first is not main or main.pos_ == "VERB") and first.lower_ == "be" or (
        first is main and main.pos_ == "VERB" and main.lower_ == main.lemma_ and not asked
    )


def _drop_senses(cue: Span, lemmas: set[str]) -> set[str]:
    """The words of the cue that mean something else here: "called it", "considered it risky", "reckoned with"."""
    dropped = set() if lemmas & {"for", "on", "to"} or any(t.pos_ == "NOUN" for t in cue) else {"call"}
    if not lemmas & {"for", "to"}:
        dropped.add("appeal")
    if not any(t.lower_ == "considering" or t.dep_ == "aux" for t in cue):
        dropped.add("consider")
    if any(t.lemma_ == "appear" and any(c.dep_ == "obl" for c in t.children) for t in cue):
        dropped.add("appear")
    return dropped | ({"reckon"} if "with" in lemmas else set())


def _is_aside(clause: Token) -> bool:
    """Whether a clause opens like a subordinate one: "while it rains", "given the cost"."""
    return any(t.dep_ in ("mark", "advmod", "case") and t.lower_ in words.ASIDE for t in clause.lefts) or (
        clause.lower_ in words.ASIDE
    )
