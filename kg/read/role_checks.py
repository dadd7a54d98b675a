"""Tells what may play a role for a trigger, and mends roles where the tree shows another one.

Who stands as the subject of an active verb with an object does it, whatever the model tells, and whoever stands as the
object, or as the subject of a passive, has it done to him.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from spacy.tokens import Doc, Token

from kg.model import Role
from kg.read.realis_words import SAYING
from kg.read.role_features import RECEIVED
from kg.read.role_rules import (
    ADDRESSING,
    OWNED,
    RELATIVE,
    SENT,
    SUBJECTS,
    TAKING,
    TALKS,
    UNDERGOING,
    find_blamed,
    find_joined,
    find_linked,
    find_object,
    find_passive_subject,
    find_subject,
    find_verb_above,
    is_after,
    is_means,
    is_only_near,
    is_owner,
    is_passive,
    is_place_of_other,
    is_sender,
    is_time_of_other,
    stands_apart,
)
from kg.read.triggers import LIGHT, Filler, Mentions, Trigger, find_light_verb

Position = Literal["subject", "subject alone", "object", "passive subject", "doer"]
CAUSED = frozenset("DIE INJURE ACCIDENT DISASTER ASSAULT INFECT CLOSE OTHER".split())  # what an event can bring about
OWN_DOINGS = frozenset("OTHER REQUEST ANNOUNCE SUPPORT THREATEN REJECT PROTEST".split())  # of who owns their nouns
OFFICES = frozenset(("APPOINT", "ELECT", "LEAVE_OFFICE"))
LEAVING = frozenset("resign resignation quit retire retirement step depart departure leave".split())
WILLED = frozenset(
    "ACCUSE AGREE AID ANNOUNCE APPOINT ARREST ASSAULT COERCE CONCEDE CONSULT COOPERATE LEGISLATE MEET PROTEST REJECT"
    " REQUEST SANCTION SUPPORT THREATEN TRAVEL VOTE".split()
)
"""Types that nobody undergoes as the subject of an active verb."""
UNDERGONE = frozenset(
    "ACCIDENT ACCUSE APPOINT ARREST ASSAULT CLOSE COERCE DIE DISASTER ELECT INFECT INJURE SANCTION SUPPORT"
    " TRIAL".split()
)
"""Types whose recipient, where the model tells one, is the one to whom it is done."""
BEFORE = frozenset("ASSAULT DIE INJURE MOBILIZE TRAVEL".split())  # types that a noun before them may be the means of
CHARGING = frozenset(
    "accuse acquit allegation arrest blame charge clear convict conviction detain guilty indict indictment jail"
    " sentence suspect suspicion try".split()
)
"""Words that tell of somebody with what he is said to have done, joined by one of OFFENCE_LINKS."""
OFFENCE_LINKS = frozenset(("of", "for", "with", "over"))
HARMS = frozenset("ACCIDENT ASSAULT DIE DISASTER INFECT INJURE".split())
"""Types of whose nouns the words around are as often about as in them."""
ORDERED = frozenset("ARREST CLOSE COERCE ELECT LEAVE_OFFICE SANCTION TRIAL".split())
"""Types of whose nouns it is as often said what others make of them."""
CAUSING = LIGHT | frozenset(
    "cause claim order plan plot lead direct threaten coordinate orchestrate trigger spark provoke avenge admit confess"
    " continue resume stop end halt intensify escalate suspend attack bomb die fire hit injure kill shell shoot strike"
    " target wound use involve announce declare issue file bring lift win lose demand seek request".split()
)
"""Whose subject, or "by" phrase, does what a noun of harm beside them tells."""
BEARING = frozenset("survive suffer face escape sustain undergo experience receive see bear endure flee".split())
"""Whose subject has what their object tells done to him."""
DOERS_LINKED = frozenset("by of between from among with and".split())
"""The prepositions that may join to a noun who does what it tells."""
GIVEN = frozenset("ANNOUNCE ACQUIRE MOBILIZE TRAVEL RETREAT".split())  # types of verbs whose object is what is given
TELLING = frozenset(("REQUEST", "THREATEN", "CONSULT"))  # types whose clause may begin with who is spoken to
BILLS = frozenset("act amendment bill law legislation measure motion resolution treaty".split())
VEHICLES = frozenset(
    "aeroplane aircraft airliner airplane ambulance bicycle bike boat bus car cart coach ferry helicopter jet lorry"
    " minibus motorbike motorcycle plane rocket ship spacecraft submarine tank taxi train tram truck van vehicle vessel"
    " yacht".split()
)
TAKERS = frozenset(("subject", "subject alone"))  # where who takes an office, or appears before a judge, stands
CLAUSE_SUBJECTS = SUBJECTS | {"nsubj:pass"}
JUDGING = frozenset(
    "welcome praise condemn criticise criticize reject defend oppose back support applaud denounce hail deplore regret"
    " discuss mourn await expect demand".split()
)
"""Whose subject only has a view of what their object tells."""
DEPTH = 6  # words up to the clause of who says what happened
MEANS = frozenset(("with", "by", "via", "using", "through"))


def may_play(mentions: Mentions, trigger: Trigger, doc: Doc, filler: Filler) -> bool:
    """Whether what fills a role is a thing that can: no clause, nor the first of two joined nouns ("phone call") unless
    it is the means; nobody is given anything where nothing can be given, and what only happens does nothing on
    purpose."""
    head = doc[filler.head]
    verb = trigger.token if trigger.token.pos_ == "VERB" else find_verb_above(trigger.token)
    if verb is not None and _stands_in_next_clause(verb, head):
        return False
    if filler.role == "time":
        return not (_is_origin(trigger, head) or is_time_of_other(trigger.token, head, filler.passage.text))
    if filler.role == "place":
        return not (_is_origin(trigger, head) or is_place_of_other(trigger.token, head))
    if _stands_outside(trigger.token, head, filler.role) or _is_judged(trigger.token, head):
        return False
    if (
        trigger.type == "APPOINT"
        and trigger.token.lemma_ in TAKING
        and find_position(trigger.token, head.i) not in TAKERS
    ):
        return False
    if filler.role == "agent" and trigger.type in ("DIE", "INJURE") and _is_wreck(trigger.token, head):
        return False
    if _stands_elsewhere(trigger, head, filler.role):
        return False
    blamed = find_blamed(trigger.token)
    if filler.role == "agent" and blamed is not None and head.i not in {t.i for t in (blamed, *find_joined(blamed))}:
        return False
    if _is_source(trigger.token, head) or (filler.role == "agent" and _does_other(trigger.token, head)):
        return False
    if filler.role == "recipient" and trigger.type not in RECEIVED:
        return False
    if filler.role == "instrument" and trigger.type not in BEFORE and not _is_linked(head, MEANS):
        return False
    noun = trigger.token.pos_ in ("NOUN", "PROPN") and trigger.type not in TALKS
    if filler.role == "agent" and noun and (trigger.type == "DISASTER" or is_only_near(trigger.token, head)):
        return False
    if filler.entity is None:
        modifies = head.dep_ == "compound" and head.head.i == trigger.token.i
        return head.pos_ not in ("VERB", "AUX") and not (modifies and filler.role != "instrument")
    place = mentions.find(filler.head)
    happens = place is not None and place.entity.id == filler.entity and place.entity.kind == "event"
    return not happens or filler.role != "agent" or trigger.type in CAUSED


def _stands_outside(verb: Token, head: Token, role: Role) -> bool:
    """Whether a word stands outside the clause of a verb that says who does it, or to whom it is done: "two were held
    after stones were thrown"."""
    if verb.pos_ != "VERB" or role not in ("agent", "patient") or verb.is_ancestor(head) or head.i == verb.i:
        return False
    subject = next((c for c in verb.lefts if c.dep_ in CLAUSE_SUBJECTS), None)
    if subject is None or subject.lower_ in RELATIVE:
        return False
    if subject.dep_ == "nsubj:pass":
        return not any(c.dep_ == "conj" and c.i == verb.i for c in verb.head.rights)
    return role == "agent"


def _is_judged(noun: Token, head: Token) -> bool:
    """Whether a word is the subject of a verb that tells what is thought of an event: "she welcomed the sentence"."""
    verb = noun.head
    if noun.pos_ != "NOUN" or noun.dep_ != "obj" or verb.lemma_ not in JUDGING:
        return False
    subject = find_subject(verb)
    return subject is not None and subject.i == head.i


def _is_wreck(verb: Token, head: Token) -> bool:
    """Whether a word is what befalls an accident that kills: "the boat sank, killing two"."""
    above = verb.head
    if verb.dep_ not in ("advcl", "conj") or above.lemma_ not in UNDERGOING or not verb.lower_.endswith("ing"):
        return False
    subject = find_subject(above)
    return subject is not None and subject.i == head.i


def _stands_in_next_clause(verb: Token, head: Token) -> bool:
    """Whether a word belongs to a clause joined to that of a verb, both with subjects of their own: "Ann resigned and
    Bo was named on Friday"."""
    if verb.pos_ != "VERB" or head.i < verb.i or not any(c.dep_ in CLAUSE_SUBJECTS for c in verb.lefts):
        return False
    for _ in range(DEPTH):
        above = head.head
        if above.i == verb.i or above.i == head.i:
            break
        head = above
    if head.head.i != verb.i or head.dep_ not in ("conj", "parataxis") or head.pos_ != "VERB":
        return False
    return any(c.dep_ in CLAUSE_SUBJECTS for c in head.lefts)


def _is_origin(trigger: Trigger, head: Token) -> bool:
    """Whether a place only says whence somebody who plays a role is: "Northtown" of "a Northtown man was held"."""
    if head.dep_ != "compound" or trigger.token.pos_ != "VERB":
        return False
    position = find_position(trigger.token, head.head.i)
    return position is not None and (position != "object" or trigger.type != "TRAVEL")


def _stands_elsewhere(trigger: Trigger, head: Token, role: Role) -> bool:
    """Whether a word stands where nothing plays the role: beside a noun of harm rather than in what is told of it,
    outside "between" of a talk, after "for" or "on" of what is done, as the subject of what is announced."""
    token = trigger.token
    if token.pos_ not in ("NOUN", "PROPN"):
        above = head.head
        below = head.dep_ in SUBJECTS and above.head.i == token.i and above.i > token.i and above.dep_ == "ccomp"
        return below and trigger.type not in TELLING
    if role == "agent" and head.head.i == token.i and head.dep_ == "nmod" and find_charge(token) is None:
        links = {c.lower_ for c in head.lefts if c.dep_ == "case"}
        if links and not links & DOERS_LINKED:
            return True
    if role == "agent" and token.lemma_ == "referendum" and find_light_verb(token) is None:
        return True
    between = find_linked(token, "between") if trigger.type in TALKS else None
    if role == "agent" and between is not None:
        return head.i != between.i and not between.is_ancestor(head)
    if role == "patient" and is_after(token) and not token.is_ancestor(head):
        return True
    if trigger.type == "PROTEST" and role == "patient":
        return not token.is_ancestor(head)
    if trigger.type not in HARMS and (role != "agent" or trigger.type not in ORDERED):
        return False
    if role == "instrument":
        return False
    return stands_apart(token, head, CAUSING if role == "agent" else BEARING)


def _is_linked(head: Token, links: frozenset[str]) -> bool:
    return any(c.lower_ in links for c in head.lefts if c.dep_ == "case") or head.head.lower_ in links


def _is_source(token: Token, head: Token) -> bool:
    """Whether a word stands for who only says what happened: the subject of a verb above whose clause tells it, or
    after "according to"."""
    if any(c.lower_ == "according" for c in head.lefts):
        return True
    for _ in range(DEPTH):
        above = token.head
        if above.i == token.i or above.i == head.i:
            return False
        if token.dep_ in ("ccomp", "parataxis") and head.head.i == above.i and head.i < token.left_edge.i:
            told = head.dep_ in ("obj", "iobj") and above.lemma_ in SAYING  # "told the court that ..."
            return told or head.dep_ in CLAUSE_SUBJECTS
        token = above
    return False


def _does_other(token: Token, head: Token) -> bool:
    """Whether "by" makes a word the one who does what another verb tells: "reported by a paper as stolen"."""
    verb = head.head
    if verb.pos_ != "VERB" or verb.i == token.i or not _is_linked(head, frozenset(("by",))):
        return False
    if token.i < head.i and not token.i < verb.i < head.i:
        return False  # it follows the trigger, and the tree may be wrong
    joined = token.dep_ == "conj" and token.head.i == verb.i
    light = find_light_verb(token)
    return not joined and not (light is not None and light.i == verb.i)


def correct_role(trigger: Trigger, filler: Filler) -> Filler:
    """The filler with a better role: who resigns is the agent; what closes or crashes of itself, and the owner of an
    arrest or an election, the patient; subjects and objects of verbs what their voice makes them."""
    token = trigger.token
    if filler.role == "recipient" and trigger.type in UNDERGONE:
        filler = filler._replace(role="patient")
    if filler.role in ("patient", "recipient") and trigger.type in SENT and is_sender(token, filler.head):
        return filler._replace(role="agent")
    if filler.role in ("agent", "patient") and (role := _find_role_of_thing(trigger, filler)) is not None:
        return filler._replace(role=role)
    if filler.role == "patient" and (charge := find_charge(token)) is not None and is_accused(charge, filler.head):
        return filler._replace(role="agent")
    if (blamed := find_blamed(token)) is not None and filler.head == blamed.i:
        return filler._replace(role="agent")
    if filler.role in ("place", "time"):
        return filler
    if token.pos_ == "VERB":
        return filler._replace(role=_judge_voice(trigger, filler))
    if filler.role == "agent" and trigger.type in OWNED and is_owner(token, filler.head):
        return filler if token.lemma_ in LEAVING else filler._replace(role="patient")
    if filler.role == "patient" and trigger.type in OWN_DOINGS and is_owner(token, filler.head):
        return filler._replace(role="agent")
    if filler.role == "patient" and trigger.type == "LEAVE_OFFICE" and token.lemma_ in LEAVING:
        return filler._replace(role="agent")
    return filler


def _find_role_of_thing(trigger: Trigger, filler: Filler) -> Role | None:
    """What a thing that the tree gives as who does it is: the vehicle of a journey, the law that is passed
    and the body that it passes."""
    noun = trigger.token.doc[filler.head].lemma_.lower()
    if trigger.type == "TRAVEL" and noun in VEHICLES and filler.role == "agent":
        return "instrument"
    taking = trigger.type == "APPOINT" and trigger.token.lemma_ in TAKING
    if taking or (trigger.type == "TRIAL" and trigger.token.lemma_ == "appear"):
        return "patient" if find_position(trigger.token, filler.head) in TAKERS else filler.role
    if trigger.type != "LEGISLATE":
        return None
    if noun in BILLS:
        return "patient"
    return "agent" if _is_passed_by(trigger.token, filler.head) else None


def _is_passed_by(verb: Token, word: int) -> bool:
    """Whether a word, given by its number, is the body that a law passes: "the bill passed the Senate"."""
    subject = next((c for c in verb.lefts if c.dep_ in SUBJECTS), None)
    return subject is not None and subject.lemma_.lower() in BILLS and find_position(verb, word) == "object"


def find_charge(token: Token) -> Token | None:
    """The word that accuses or convicts somebody of what a word tells: "charged" in "charged with murder"."""
    links = {c.lower_ for c in token.lefts if c.dep_ in ("case", "mark")}
    return token.head if links & OFFENCE_LINKS and token.head.lemma_ in CHARGING else None


def is_accused(charge: Token, word: int) -> bool:
    """Whether a word, given by its number, is who is accused: the object of a verb or the subject of its passive, or
    after "against"."""
    if any(c.lower_ == "against" for c in charge.doc[word].lefts if c.dep_ == "case"):
        return charge.is_ancestor(charge.doc[word])
    return charge.pos_ == "VERB" and find_position(charge, word) in ("object", "passive subject")


def _judge_voice(trigger: Trigger, filler: Filler) -> Role:
    """The role of a filler of a verb, by where it stands."""
    verb, role = trigger.token, filler.role
    position = find_position(verb, filler.head)
    if trigger.type == "LEAVE_OFFICE" and verb.lemma_ in LEAVING:
        return "agent" if role == "patient" and position in (None, "subject alone", "subject") else role
    if position == "subject alone":
        if verb.lemma_ in UNDERGOING:
            return "patient" if role == "agent" else role
        return "agent" if role == "recipient" or (role == "patient" and trigger.type in WILLED) else role
    if position == "subject":
        return "agent" if role in ("patient", "recipient") else role
    if position == "doer":
        return "agent" if role in ("patient", "recipient") else role
    if position == "object" and role == "recipient" and trigger.type in GIVEN and verb.lemma_ not in ADDRESSING:
        return "patient"
    if position is not None and role == "agent":
        return "recipient" if verb.lemma_ in ADDRESSING or trigger.type in TALKS else "patient"
    return role


def find_position(verb: Token, word: int) -> Position | None:
    """Where a word, given by its number, stands as a noun phrase of a verb, or joined to one."""
    for position, token in _list_positions(verb):
        if token.i == word or any(other.i == word for other in find_joined(token)):
            return position
    return None


def _list_positions(verb: Token) -> Iterator[tuple[Position, Token]]:
    if is_passive(verb):
        if (subject := find_passive_subject(verb)) is not None:
            yield "passive subject", subject
        if (by := find_linked(verb, "by")) is not None and not is_means(by):
            yield "doer", by
        return
    object_ = find_object(verb)
    clause = any(c.dep_ in ("ccomp", "xcomp") for c in verb.rights)
    if (subject := find_subject(verb)) is not None:
        yield "subject alone" if object_ is None and not clause else "subject", subject
    if object_ is not None:
        yield "object", object_
