"""Follows a clause or a noun up the tree to the word that says whether it took place: "plans to", "the threat of"."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Token

import kg.read.realis_words as words
import kg.read.stance_words as stances
from kg.read.lemmas import find_lemma
from kg.read.predicates import SUBJECTS, find_group, find_word, is_clause
from kg.read.realis_clauses import Word, judge_clause

OBJECTS = frozenset(("obj", "nsubj:pass", "nsubj:outer"))
COMPLEMENTS = frozenset(("xcomp", "ccomp", "csubj", "csubj:pass", "csubj:outer", "acl", "advcl", "obl", "nmod"))


Lead = tuple[Token | None, Word | Literal["said"] | None]
"""The word above, None where what is above it says nothing of the event, and what it says; "said" of who tells it."""
NOTHING: Lead = (None, None)
FATES = frozenset("fail collapse succeed materialise materialize fade remain fall stall stop end".split())
"""What becomes of a plan or threat itself."""
NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
NONE_OF = frozenset(("none", "neither", "nobody"))


def find_clause_lead(head: Token) -> Lead:
    """The word that a clause hangs on, when that says something of it, and what."""
    above, label = head.head, head.dep_
    if above.i == head.i or label in ("acl:relcl", "conj", "appos"):
        return NOTHING
    marks = {c.lower_ for c in head.lefts if c.dep_ in ("mark", "case")}
    if find_word(head, -1) == "to":
        marks.add("to")
    if (stray := _find_stray_lead(head)) != NOTHING:
        return stray
    if "to" in marks and any(c.dep_ == "mark" and find_word(c, -1) == "yet" for c in head.lefts):
        return above, "negated"
    if label in ("amod", "acl") and _is_nobody(above):
        return None, "negated"
    if label == "advcl" or (label == "obl" and marks):
        return _lead_adverbial(head, above, marks)
    if label in OBJECTS or label in ("nsubj", "obl", "nmod"):
        return find_noun_lead(head, head)
    bare = "to" in marks and label in ("dep", "parataxis")
    if bare and above.dep_ == "ROOT" and above.pos_ in ("PROPN", "NOUN"):
        return None, "future"  # "Norland to close its embassy", cut off from its subject
    if bare and above.i < head.i and _lemma(above) in words.CLAUSES:
        return _lead_complement(head, above, _lemma(above), marks)
    if label not in COMPLEMENTS:
        return (above, "said") if label == "parataxis" and is_saying(above) else NOTHING
    infinitive = "to" in marks
    if label == "ccomp" and "whether" in marks:
        return None, "open"
    lemma = _lemma(above)
    if lemma in words.FACTIVE and not infinitive:
        return NOTHING  # "did not know that it had closed", "regrets having signed"
    if label in ("ccomp", "csubj") and not is_saying(above) and head.left_edge.lower_ in words.ASKED:
        return NOTHING  # "did not know who was killed"
    if infinitive and lemma in words.SAYING and any(c.dep_ == "aux" and c.lower_ == "have" for c in head.lefts):
        return above, "reported"  # "was announced to have died"
    if label in ("ccomp", "parataxis") and lemma in words.SAYING and not infinitive and not _is_mandate(head):
        return above, "said"
    if label == "acl" and above.pos_ in ("NOUN", "PROPN"):
        return _lead_noun_clause(head, above, marks)
    return _lead_complement(head, above, lemma, marks)


def _lead_complement(head: Token, above: Token, lemma: str, marks: set[str]) -> Lead:
    found: Word | None = words.CLAUSES.get(lemma)
    for mark in marks - {"to"}:
        found = words.THROUGH.get((lemma, mark), found)  # "voted against leaving"
    if found is None and lemma == "rule" and find_word(above, 1) == "out":
        found = "negated"
    infinitive = "to" in marks
    doing = head.lower_.endswith("ing")
    if head.dep_ in ("ccomp", "csubj") and not infinitive and not doing and found in ("hypothetical", "future"):
        found = found if lemma not in words.SAYING else None
    if lemma in ("have", "able") and infinitive:
        group = {t.lower_ for t in find_group(above)} | {above.lower_}
        found = None if group & {"had", "was", "were"} else "hypothetical"
    if lemma == "go" and (above.lower_ != "going" or not infinitive):
        found = None
    if lemma in ("keep", "stop", "miss", "forget") and not ("from" in marks or (infinitive and lemma == "forget")):
        found = None
    if found is None and above.pos_ == "NOUN":  # "have a plan to leave", hung on the verb
        found = words.CLAUSES.get(_lemma(above))
    beside = next((c for c in above.children if c.dep_ == "obj" and c.i < head.i), None)
    if found is None and beside is not None and infinitive and words.CLAUSES.get(_lemma(beside)):
        return beside, words.CLAUSES[_lemma(beside)]
    return above, found


def _lead_noun_clause(head: Token, noun: Token, marks: set[str]) -> Lead:
    """A clause below a noun: "the threat to leave", "the risk of losing", "the man killed"."""
    lemma = _lemma(noun)
    told = lemma in words.NOUNS or lemma in words.CLAUSES
    if marks & {"to", "of", "that", "for", "against", "from", "whether"}:
        if "whether" in marks:
            return None, "open"
        if told:
            return noun, words.CLAUSES.get(lemma) or words.NOUNS[lemma]
        ranked = any(c.lower_ in words.RANKS for c in (noun, *noun.lefts))  # "the first woman to lead"
        return (noun, "hypothetical") if "to" in marks and not ranked else NOTHING
    return NOTHING


def _lead_adverbial(head: Token, above: Token, marks: set[str]) -> Lead:
    lemma = _lemma(above)
    if "from" in marks and words.THROUGH.get((lemma, "from")) == "negated":
        return above, "negated"
    for mark in marks:
        if head.lower_.endswith("ing") and (lemma, mark) in words.THROUGH:
            return above, words.THROUGH[lemma, mark]
    if any(c.lower_ == "without" and c.dep_ == "mark" for c in head.lefts):
        return None, "negated"
    if marks & {"instead", "rather"} or ("than" in marks and find_word(head, -2) == "rather"):
        return None, "negated"
    if "to" in marks and not marks & words.TENSED:
        found = _lead_complement(head, above, lemma, marks) if head.i > above.i else (above, None)
        if found[1] is not None:
            return found
        return None, "future" if judge_clause(above, above) == "future" else "hypothetical"
    if marks & words.TENSED or any(c.lower_ in ("when", "once") for c in head.lefts):
        present = head.lower_ == head.lemma_ or head.lower_.endswith("s")
        bare = not any(c.dep_.startswith(("aux", "cop")) for c in head.lefts)
        small = {t.lower_ for t in find_group(above)}
        return None, "future" if present and bare and small & (stances.WILL | {"would"}) else None
    if head.lower_.endswith("ing") and not marks:
        return above, None  # "could explode, killing many"
    return NOTHING


def find_noun_lead(noun: Token, trigger: Token) -> Lead:
    """The word that a noun hangs on, when that says something of it, and what."""
    links = [c.lower_ for c in noun.lefts if c.dep_ in ("case", "mark")]
    if {"instead", "rather"} & set(links):
        return None, "negated"
    if any(child.lower_ == "ahead" for child in noun.lefts):
        return None, "future"
    if any(c.lower_ == "in" and find_word(c, 1) == "case" and find_word(c, 2) == "of" for c in noun.lefts):
        return None, "open"
    above, label = noun.head, _mend_label(noun, links)
    lemma = _lemma(above)
    if above.i == noun.i:
        return NOTHING
    if label in ("parataxis", "xcomp", "ccomp") and any(c.dep_ == "mark" for c in noun.lefts):
        return find_clause_lead(noun)  # a verb read as a noun: "declined to testify"
    if (stray := _find_stray_lead(noun)) != NOTHING:
        return stray
    if above.pos_ in ("NOUN", "PROPN") and not is_clause(above):
        return _lead_noun_by_noun(noun, above, links)
    if label in OBJECTS or (label == "nsubj" and above.pos_ == "ADJ"):
        if noun.i == trigger.i and noun.lemma_ in words.SPOKEN and lemma in words.FINE:
            return NOTHING
        if _is_called_off(above) or (lemma in words.DROPPING and noun.i != trigger.i and noun.lemma_ in words.NOUNS):
            return above, "negated"
        if label == "nsubj:pass" and lemma in words.FIXED:
            return above, "future"
        if lemma in words.THINGS and not (lemma in words.TOPICAL and _is_definite(noun)):
            return above, words.THINGS[lemma]
    for link in links:
        if (lemma, link) in words.THROUGH:
            return above, words.THROUGH[lemma, link]
        if (lemma, link) in words.INTO_EVENTS:
            return above, None
    if label in OBJECTS or label in ("nsubj", "csubj"):
        taken = lemma in words.EVENTIVE or any(c.dep_ == "cop" for c in above.children)
        asked = lemma in words.NOUNS or noun.lemma_ in words.NOUNS or noun.lemma_ in words.CLAUSES
        if label == "nsubj" and noun.i != trigger.i and not taken and above.pos_ == "VERB" and lemma not in FATES:
            return NOTHING  # "the threat of sanctions has not changed his mind"
        if taken or (noun.i != trigger.i and asked) or not _is_definite(noun):
            return above, None
    return NOTHING


def _follows_noun(verb: Token) -> bool:
    return verb.i > verb.sent.start and verb.nbor(-1).pos_ in NOMINAL


def _is_nobody(noun: Token) -> bool:
    """Whether a verb that hangs on a noun tells what nobody does or undergoes: "none of them was hurt"."""
    whole = noun.head if noun.dep_ == "nmod" else noun
    return whole.lower_ in NONE_OF or (whole.lower_ == "one" and find_word(whole, -1) == "no")


def _mend_label(noun: Token, links: list[str]) -> str:
    """How a noun hangs on the word above, where the tree says what cannot be: an object after its verb is no adverb
    ("avoided arrest") and no subject beside another one, and what has a preposition is no object."""
    above, label = noun.head, noun.dep_
    after = noun.i > above.i
    if label == "obj" and links and after:
        return "obl"
    if above.pos_ == "VERB" and label == "compound" and not after:
        return "nsubj:pass"
    if above.pos_ == "VERB" and after and not links:
        subject = any(c.dep_ in SUBJECTS for c in (*above.lefts, *noun.lefts)) or _follows_noun(above)
        doubled = label == "nsubj" and subject and _lemma(above) not in words.SAYING
        only = label == "iobj" and not any(c.dep_ == "obj" for c in above.rights)
        return "obj" if doubled or only or (label in ("obl", "advmod") and noun.pos_ == "NOUN") else label
    return "nsubj" if above.pos_ == "ADJ" and label == "obl" and not after and not links else label


def _find_stray_lead(head: Token) -> Lead:
    """What a word says that stands right before the link of a phrase or clause which the tree hangs on another word:
    "announced plans for a strike", "held on suspicion of theft", "stopped short of leaving"."""
    link = next((c for c in head.lefts if c.dep_ in ("case", "mark")), None)
    if link is None or link.i <= head.sent.start or head.dep_ == "conj":
        return NOTHING
    before, small = head.doc[link.i - 1], link.lower_
    if before.i == head.head.i or (before.pos_ not in ("ADJ", "ADV") and head.is_ancestor(before)):
        return NOTHING
    lemma = find_lemma(before.lower_, "NOUN") if before.pos_ in ("NOUN", "PROPN") else _lemma(before)
    if before.pos_ in ("NOUN", "PROPN"):
        told = words.CLAUSES if small == "to" and link.dep_ == "mark" else words.NOUNS
        linked = small in words.NOUN_LINKS or (small in words.TOPIC_LINKS and lemma in words.TOPICS)
        return (before, told[lemma]) if linked and lemma in told else NOTHING
    if before.pos_ in ("VERB", "ADJ", "ADV") and (lemma, small) in words.THROUGH:
        return before, words.THROUGH[lemma, small]
    return NOTHING


def _lead_noun_by_noun(noun: Token, above: Token, links: list[str]) -> Lead:
    lemma = _lemma(above)
    if noun.dep_ == "compound" or not links:
        told = words.NOUNS.get(lemma) if noun.dep_ in ("compound", "nmod") and noun.i < above.i else None
        return (above, told) if told else NOTHING
    linked = any(link in words.NOUN_LINKS or (link in words.TOPIC_LINKS and lemma in words.TOPICS) for link in links)
    against = "against" in links and lemma in ("vote", "warning", "campaign")
    if lemma in words.NOUNS and (linked or against):
        return above, words.NOUNS[lemma]
    shows = words.CLAUSES.get(lemma) == "actual"  # "evidence of fraud"
    return (above, None) if "of" in links and (shows or lemma in words.COUNTING) else NOTHING


def _is_definite(noun: Token) -> bool:
    return any(c.lower_ in words.DEFINITE or c.dep_ == "nmod:poss" for c in noun.lefts)


def is_granted(noun: Token) -> bool:
    """Whether a noun stands for something known that a word like "condemn" is about: "condemned the raid"."""
    return noun.dep_ in ("obj", "obl", "nsubj:pass") and _is_definite(noun)


def _is_called_off(verb: Token) -> bool:
    """ "called off", "ruled out": with a particle that the verb alone does not have."""
    particle = {"call": "off", "rule": "out"}.get(verb.lemma_)
    return particle is not None and (find_word(verb, 1) == particle or any(c.lower_ == particle for c in verb.children))


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


def _is_mandate(head: Token) -> bool:
    """Whether a clause has the bare verb of a demand: "that he resign"."""
    if head.pos_ != "VERB" or head.lower_ != head.lemma_ or any(c.dep_.startswith(("aux", "cop")) for c in head.lefts):
        return False
    return any(c.dep_ in SUBJECTS and c.lemma_ in ("he", "she", "it") for c in head.lefts)


def is_saying(verb: Token) -> bool:
    """Whether a verb tells what somebody says, or holds to be so."""
    return _lemma(verb) in words.SAYING
