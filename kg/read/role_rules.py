"""Tells from the tree what may play a role for a trigger: subjects, objects, "by" phrases, and whom a plan is laid on.

A word that these rules name is given the role only where the head for roles leaves it open (``kg.read.event_roles``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from kg.model import Role
from kg.read.candidates import is_plural
from kg.read.realis_words import COUNTING
from kg.read.relatives import find_antecedent
from kg.read.triggers import find_light_verb

SUBJECTS = frozenset(("nsubj", "nsubj:outer"))
PASSIVE = frozenset(("aux:pass", "nsubj:pass", "csubj:pass"))
RELATIVE = frozenset(("who", "whom", "which", "that"))
EMPTY = frozenset(("it", "there", "this", "that", "what", "which", "who", "whom"))
# Whose object, or subject in the passive, is spoken to.
ADDRESSING = frozenset(
    "ask order urge request require instruct tell inform notify warn advise invite call contact consult telephone phone"
    " meet greet thank remind assure persuade convince encourage implore petition command demand summon".split()
)
# Whose subject does nothing on purpose: it befalls him.
UNDERGOING = frozenset(
    "die perish drown succumb collapse crash explode erupt derail capsize sink burn shut close".split()
)
HARMING = frozenset("kill injure wound drown hurt".split())
BURSTING = frozenset(("explode", "erupt", "burn"))  # what a weapon or fire may do
OWNED = frozenset("DIE INJURE ARREST TRIAL ELECT APPOINT LEAVE_OFFICE INFECT".split())
"""Types of nouns whose owner is the one to whom it happens: "his death", "her arrest"."""
DONE_TO = frozenset("ASSAULT DIE INJURE ARREST TRIAL SANCTION COERCE ACCUSE APPOINT ACQUIRE ELECT".split())
"""Types of nouns that "of" joins to whom it is done: "the killing of two men"."""
AGAINST = frozenset("ASSAULT SANCTION ACCUSE TRIAL COERCE".split())
TURNED = frozenset(("for", "of", "from"))  # "thanked him for coming", "accused her of lying", "kept them from going"
TALKS = frozenset("MEET CONSULT AGREE COOPERATE".split())
BLAMING = {"attribute": "to", "ascribe": "to", "blame": "on", "pin": "on"}  # and what stands before who is blamed
SENT = frozenset("ACCUSE AID ANNOUNCE CONCEDE CONSULT REJECT REQUEST SUPPORT THREATEN".split())
"""Types of nouns that come from who does what they tell: "an apology from Roe"."""
SELF = frozenset("OTHER AID SUPPORT REQUEST ANNOUNCE ASSAULT TRAVEL PROTEST CONSULT MEET THREATEN REJECT".split())


NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
ELECTING = frozenset(("elect", "re-elect", "reelect"))
ALONE = frozenset(
    "die flee go come leave arrive return escape travel resign retire protest vote speak talk agree refuse meet visit"
    " say become remain begin".split()
)
"""Verbs that beside a passive are none: "was freed and fled"."""
OWN = frozenset(("nsubj", "nsubj:outer", "nsubj:pass", "aux", "obj", "ccomp"))
CROWDS = frozenset("police army navy government parliament staff crew military congress public".split())
OBSERVING = frozenset(
    "witness see hear watch describe report condemn mention recall remember mourn survive fear deny discuss survey"
    " criticise criticize note record document cover film".split()
)
"""Whose subject does not do what their object tells."""
TEMPORAL = frozenset("after before since until following ahead".split())
BESIDE = frozenset("beside near outside behind opposite toward towards".split())
DEPTH = 6  # words up to the verb that a word hangs on
NEAR = 3  # words between two verbs that are joined as one: "shot and killed"
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
CLIMB = 6  # words up from an event's noun to what counts such events
AROUND = frozenset("during amid despite over about because ahead of".split())


TAKING = frozenset("take replace succeed become".split())  # an office, which nobody else gives to who does so
DOINGS = frozenset(
    "ACCUSE ACQUIRE AGREE AID ANNOUNCE ARREST COERCE CONCEDE CONSULT COOPERATE LAUNCH LEAVE_OFFICE LEGISLATE MEET OTHER"
    " PROTEST REJECT REQUEST SANCTION SUPPORT THREATEN TRAVEL VOTE".split()
)
"""Types of verbs whose subject, where it is somebody, surely does what they tell."""
PERSONS = frozenset("he she they i we".split())


class Guess(NamedTuple):
    """A word that may play a role; of one that is sure the model is not asked."""

    role: Role
    token: Token
    is_sure: bool = False


def guess_roles(token: Token, type_: str) -> Iterator[Guess]:
    """The words that the tree gives a role for a trigger of a type, the surest first."""
    if (blamed := find_blamed(token)) is not None:
        yield Guess("agent", blamed, True)
    if token.pos_ == "VERB":
        yield from _guess_of_verb(token, type_)
    elif token.pos_ in ("NOUN", "PROPN"):
        yield from _guess_of_noun(token, type_)


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive: "was hit", "the men hit by it", "shot" of "was found and shot"."""
    marks = {child.dep_ for child in verb.lefts}
    if "aux:pass" in marks or (marks & PASSIVE and not any(child.dep_ == "obj" for child in verb.rights)):
        return True
    if _shares_passive(verb):
        return True
    bare = not verb.lower_.endswith("ing") and not any(c.dep_ in SUBJECTS or c.dep_ == "mark" for c in verb.lefts)
    return bare and verb.dep_ == "acl" and verb.i > verb.head.i


def _shares_passive(verb: Token) -> bool:
    """Whether a verb is joined to one in the passive and may be in it too, with nothing of its own."""
    above = verb.head
    if verb.dep_ != "conj" or above.i == verb.i or not any(c.dep_ in PASSIVE for c in above.lefts):
        return False
    participle = verb.lower_ != verb.lemma_ and not verb.lower_.endswith("ing") and verb.lemma_ not in ALONE
    return participle and not any(c.dep_ in OWN for c in verb.children)


def find_passive_subject(verb: Token) -> Token | None:
    """To whom what a verb in the passive tells is done."""
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj:pass"), None)
    if subject is not None:
        return _resolve(subject)
    if verb.dep_ == "acl":
        return verb.head
    return find_passive_subject(verb.head) if _shares_passive(verb) else None


def find_object(verb: Token) -> Token | None:
    """The object of a verb, or that of a verb right after it that it is joined to: "arrested or charged three"."""
    object_ = next((c for c in verb.rights if c.dep_ in ("obj", "iobj")), None)
    if object_ is not None:
        return object_
    for other in verb.rights:
        between = verb.doc[verb.i + 1 : other.i]
        near = 1 <= len(between) <= 2 and all(t.dep_ in ("cc", "punct") for t in between)
        if near and other.dep_ == "conj" and other.pos_ == "VERB":
            return find_object(other)
    return None


def _guess_of_verb(verb: Token, type_: str) -> Iterator[Guess]:
    done: Role = "recipient" if verb.lemma_ in ADDRESSING else "patient"
    is_deed = type_ in DONE_TO and verb.lemma_ not in ADDRESSING and (type_ != "ELECT" or verb.lemma_ in ELECTING)
    if is_passive(verb):
        if (by := find_linked(verb, "by")) is not None:
            yield Guess("instrument" if is_means(by) else "agent", by)
        if (subject := find_passive_subject(verb)) is not None:
            yield Guess(done, subject, is_sure=is_deed)
        return
    object_ = find_object(verb)
    subject = find_subject(verb)
    is_deed = is_deed and object_ is not None and _is_known(object_)
    if subject is not None:
        undergone = verb.lemma_ in UNDERGOING and object_ is None
        undergone = undergone or (type_ == "APPOINT" and verb.lemma_ in TAKING)
        sure = is_deed or (undergone and type_ in ("ACCIDENT", "DIE", "APPOINT") and verb.lemma_ not in BURSTING)
        sure = sure or (type_ in DOINGS and not undergone and _is_somebody(subject))
        yield Guess("patient" if undergone else "agent", subject, is_sure=sure and _is_known(subject))
    if object_ is not None and (type_ not in ("VOTE", "ELECT") or is_deed):
        yield Guess(done, object_, is_sure=is_deed)


def _is_somebody(noun: Token) -> bool:
    """Whether a word names a person or body, or stands for a person."""
    return noun.ent_type_ in ("person", "organisation") or (noun.pos_ == "PRON" and noun.lower_ in PERSONS)


def _is_known(noun: Token) -> bool:
    return noun.pos_ in NOMINAL and noun.lower_ not in EMPTY


def find_subject(verb: Token) -> Token | None:
    """Who does what a verb in the active tells: its subject, that of the verb it is joined to, or whom the verb above
    leaves it to ("told him to leave", "was told to leave", "left, killing two")."""
    subject = next((c for c in verb.lefts if c.dep_ in SUBJECTS), None)
    if subject is not None:
        return _resolve(subject)
    above = verb.head
    if any(c.dep_ in ("nsubj:pass", "expl", "csubj") for c in verb.lefts) or above.i == verb.i:
        return None
    if verb.dep_ == "xcomp" and above.pos_ in ("VERB", "ADJ"):
        ruled = next((c for c in above.rights if c.dep_ in ("obj", "iobj")), None)
        if ruled is not None:
            return ruled
        passive = next((c for c in above.lefts if c.dep_ == "nsubj:pass"), None)
        return _resolve(passive) if passive is not None else find_subject(above)
    if verb.dep_ == "conj" and above.pos_ == "VERB" and not is_passive(above):
        return find_subject(above)
    if verb.dep_ == "advcl" and verb.lower_.endswith("ing") and above.pos_ == "VERB":
        return _find_subject_of_adjunct(verb, above)
    if verb.dep_ == "acl" and verb.lower_.endswith("ing") and above.pos_ in ("NOUN", "PROPN", "PRON"):
        return above
    return None


def _find_subject_of_adjunct(verb: Token, above: Token) -> Token | None:
    """The subject of "killing two" in "he struck them, killing two"; of "thanked him for coming" it is the object."""
    links = {c.lower_ for c in verb.lefts if c.dep_ in ("mark", "case")}
    if links & TURNED:
        passive = next((c for c in above.lefts if c.dep_ == "nsubj:pass"), None)
        whom = passive or next((c for c in above.rights if c.dep_ in ("obj", "iobj")), None)
        if whom is not None:
            return _resolve(whom)
    if above.lemma_ in UNDERGOING and verb.lemma_ in HARMING:
        return None  # "the boat sank, killing two"
    return None if is_passive(above) else find_subject(above)


def _guess_of_noun(noun: Token, type_: str) -> Iterator[Guess]:
    if (by := find_linked(noun, "by")) is not None:
        yield Guess("agent", by)
    owner = next((c for c in noun.lefts if is_owner(noun, c.i)), None)
    if owner is not None and (type_ in OWNED or type_ in SELF):
        yield Guess("patient" if type_ in OWNED else "agent", owner, is_sure=type_ in ("DIE", "ARREST"))
    if type_ in SENT and (sender := find_linked(noun, "from")) is not None:
        yield Guess("agent", sender)
    if type_ in DONE_TO and (whom := find_linked(noun, "of")) is not None:
        yield Guess("patient", whom)
    if type_ in AGAINST:
        for link in ("against", "on"):
            if (whom := find_linked(noun, link)) is not None:
                yield Guess("patient", whom)
    if type_ in TALKS:
        if (between := find_linked(noun, "between")) is not None:
            yield Guess("agent", between)
        if (other := find_linked(noun, "with")) is not None:
            yield Guess("recipient", other)
    verb = find_light_verb(noun)
    if verb is not None and (by := find_linked(verb, "by")) is not None and is_passive(verb):
        yield Guess("agent", by)


def is_sender(noun: Token, number: int) -> bool:
    """Whether a word, given by its number, is from whom comes what a noun tells: "a request from Roe"."""
    sender = find_linked(noun, "from")
    return noun.pos_ == "NOUN" and sender is not None and sender.i == number


def is_owner(noun: Token, number: int) -> bool:
    """Whether a noun belongs to a word, given by its number: "his arrest"."""
    return any(c.i == number and c.dep_ == "nmod:poss" for c in noun.lefts)


def is_means(noun: Token) -> bool:
    """Whether a noun after "by" is bare, and so names a means: "by ambulance", "by phone"."""
    bare = all(child.dep_ == "case" for child in noun.lefts)
    return bare and noun.pos_ == "NOUN" and not is_plural(noun.lower_) and noun.lower_ not in CROWDS


def is_only_near(noun: Token, doer: Token) -> bool:
    """Whether a word stands outside an event that is only a time, or is the subject of a verb that has the event only
    as its matter or what is seen of it: "she told them after the verdict", "he witnessed the crash"."""
    links = {c.lower_ for c in noun.lefts if c.dep_ == "case"}
    if links & (TEMPORAL | BESIDE) and not noun.is_ancestor(doer):
        return True
    verb = noun.head
    subject = doer.head if doer.dep_ == "conj" else doer
    if verb.dep_ == "acl:relcl" and verb.head.i == subject.i:
        return noun.dep_ == "obj" and verb.lemma_ in OBSERVING  # "she, who witnessed the crash"
    if subject.head.i != verb.i or subject.dep_ not in SUBJECTS | {"nsubj:pass"} or verb.pos_ not in ("VERB", "AUX"):
        return False
    if noun.dep_ == "obj":
        return verb.lemma_ in OBSERVING
    return noun.dep_ == "obl" and bool(links & AROUND)


def is_after(noun: Token) -> bool:
    """Whether an event is only the time of what else is told: "after the verdict"."""
    return any(c.dep_ == "case" and c.lower_ in TEMPORAL for c in noun.lefts)


def stands_apart(noun: Token, other: Token, verbs: frozenset[str]) -> bool:
    """Whether a word is neither of the phrase of an event's noun, nor what that hangs on, nor beside it a noun phrase
    of the same verb; of subjects and "by" phrases only those of given verbs count."""
    if noun.is_ancestor(other) or other.is_ancestor(noun):
        return False
    top = noun
    for _ in range(CLIMB):
        counted = top.dep_ == "nmod" and top.head.lemma_ in COUNTING
        if not (counted or top.dep_ in ("conj", "compound", "appos")) or top.head.i == top.i:
            break
        top = top.head
    verb = top.head
    if verb.i == top.i or verb.pos_ not in ("VERB", "AUX"):
        return True
    first = other.head if other.dep_ == "conj" else other
    if first.dep_ in ("obj", "iobj", "nsubj:pass") and first.head.i == verb.i:
        return False
    subject = find_subject(verb)
    doing = first.head.i == verb.i or (subject is not None and subject.i == first.i)
    return not doing or verb.lemma_ not in verbs


def find_blamed(noun: Token) -> Token | None:
    """Who did what a noun tells of, by who blames them: "attributed the raid to Roe", "the raid was blamed on Roe"."""
    verb = noun.head
    if verb.lemma_ not in BLAMING or noun.dep_ not in ("obj", "nsubj:pass"):
        return None
    return find_linked(verb, BLAMING[verb.lemma_])


def find_linked(word: Token, link: str) -> Token | None:
    """The noun that hangs from a word by a preposition."""
    for child in word.rights:
        if child.dep_ in ("obl", "obl:agent", "nmod") and any(
            c.dep_ == "case" and c.lower_ == link for c in child.lefts
        ):
            return child
    return None


def _resolve(token: Token) -> Token:
    """The noun that a relative pronoun stands for, or the word itself."""
    if token.lower_ in RELATIVE and token.pos_ in ("PRON", "DET", "SCONJ"):
        return find_antecedent(token) or token
    return token


def find_joined(token: Token) -> Iterator[Token]:
    """The nouns that are joined to one: "Bo" and "Cy" of "Ann, Bo and Cy"."""
    for child in token.rights:
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON") and not has_link(child):
            yield child


def find_beside(token: Token) -> Iterator[Token]:
    """The nouns that are joined to one, and those that it is joined to: "Ann" and "Cy" of "Bo"."""
    yield from find_joined(token)
    first = token.head
    if token.dep_ == "conj" and first.i != token.i and first.pos_ in ("NOUN", "PROPN", "PRON") and not has_link(token):
        yield first
        yield from (each for each in find_joined(first) if each.i != token.i)


def has_link(token: Token) -> bool:
    """Whether a word has a preposition of its own: "with Ann and with Bo" joins what is not one phrase."""
    return any(c.dep_ == "case" and c.i < token.i for c in token.lefts)


def find_verb_above(word: Token) -> Token | None:
    """The nearest verb that a word hangs on."""
    for _ in range(DEPTH):
        if word.head.i == word.i:
            return None
        word = word.head
        if word.pos_ == "VERB":
            return word
    return None


def is_time_of_other(token: Token, head: Token, text: str) -> bool:
    """Whether a time is that of another clause: of one below ("convicted of taking bribes in 2012", "the firm, founded
    in 1991, sued"), or of one before, whose verb has another subject ("was named in 1991, but he resigned").

    A day after a clause below may be that of the whole, so that there only years count.
    """
    verb = find_verb_above(head)
    if token.pos_ != "VERB" or verb is None:
        return False
    if verb.i == token.i:
        return find_deed(token, head, text) is not None
    own = any(c.dep_ in SUBJECTS | {"nsubj:pass"} for c in token.lefts)
    if verb.i < token.i < head.i:
        return False  # the tree is wrong: nothing of a clause before stands behind
    if token.is_ancestor(verb):
        if verb.dep_ in ("acl:relcl", "ccomp") and verb.i < head.i:
            return True
        if verb.dep_ == "conj" and verb.head.i == token.i:
            return verb.i - token.i > NEAR
        return verb.dep_ in ("advcl", "acl") and token.i < verb.i < head.i and YEAR.search(text) is not None
    return verb.i < head.i < token.i and token.dep_ == "conj" and token.head.i == verb.i and own


def find_deed(verb: Token, head: Token, text: str) -> Token | None:
    """The clause that a time behind it belongs to, though the tree hangs it on the verb above: "convicted of taking
    bribes between 2012 and 2016". Of a day one cannot tell."""
    if not YEAR.search(text):
        return None
    deeds = (child for child in verb.rights if child.dep_ in ("advcl", "acl") and child.i < head.i)
    return next((d for d in deeds if any(c.dep_ == "mark" and c.lower_ in ("of", "for") for c in d.lefts)), None)


def is_place_of_other(token: Token, head: Token) -> bool:
    """Whether a place is that of a verb that is joined to another: "left for Spain and lives in Rome"."""
    verb = find_verb_above(head)
    if token.pos_ != "VERB" or verb is None or verb.i == token.i:
        return False
    if verb.dep_ == "conj" and verb.head.i == token.i:
        return verb.i - token.i > NEAR and verb.i < head.i
    return token.dep_ == "conj" and token.head.i == verb.i and verb.i < head.i < token.i
