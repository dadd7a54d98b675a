"""Joins the triggers of an article that tell of one event: "the attack", "the strike that killed him", "his murder".

Each trigger in turn is compared with a bounded number of earlier ones, of the same word, type or participants, and
joins the chain of the one that is most likely the same event, unless one of the chain cannot be: at another time, or
denied where the other is told.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from kg.model import Interval, Realis
from kg.read.candidates import is_plural
from kg.read.pairs import Floats, Halves
from kg.read.realis_words import SAYING
from kg.read.triggers import Trigger

LOOKED_AT = 8  # earlier triggers of each key that are compared
FIRST = 2  # number of the sentences that tell what the article is about
_KIN = (
    "ASSAULT DIE", "ASSAULT INJURE", "DIE INJURE", "ACCIDENT DIE", "ACCIDENT INJURE", "DISASTER DIE",
    "DISASTER ACCIDENT",
    "MEET CONSULT", "CONSULT AGREE", "MEET TRAVEL", "RETREAT TRAVEL", "MOBILIZE TRAVEL", "ELECT VOTE", "VOTE LEGISLATE",
    "ARREST TRIAL", "COERCE ARREST", "ASSAULT COERCE", "LAUNCH ANNOUNCE", "ACQUIRE ANNOUNCE", "REJECT ACCUSE",
    "REQUEST THREATEN", "COERCE SANCTION", "APPOINT ELECT",
)  # fmt: skip
KINDRED = frozenset(pair for both in _KIN for pair in (tuple(both.split()), tuple(reversed(both.split()))))
"""Types that the words for one event may have."""
WEIGHTS = {
    "bias": -1.8, "near": 1.2, "same word": 3.6, "same stem": 3.5, "same type": 1.1, "same type only": -0.5,
    "other type": -0.3, "kindred type": -0.3, "shared parties": 1.1, "other roles": 0.0, "different parties": -0.4,
    "same place": 0.2, "other place": -0.5, "same time": 0.2, "known": 0.4, "unknown": 0.1, "verbs": 0.2,
    "number": -0.5, "new": -0.8, "same sentence": -1.2, "next sentence": 0.0, "far": -0.6, "governs": -0.8,
    "denied": -0.6, "told and open": -0.3, "lead": 0.1, "same death": 2.5,
    "said apart": -2.5, "other patients": -1.0,
}  # fmt: skip
"""Weights of what is seen of two triggers, for the log odds that they are of one event: of a logistic regression on the
gold triggers of ECB+ (topics 1 to 30), rounded, and made wary of joining what has only its type in common."""
FEATURES = tuple(name for name in WEIGHTS if name not in ("bias", "near"))
ENDINGS = re.compile(
    r"(?:[aiu]?tions?|sions?|ions?|ments?|[ae]nces?|ings?|ers?|ors?|ures?|als?|ates?|i?ed|ies|ths?|ry|y|e|s)$"
)
DEADLY = frozenset("kill killing assassinate assassination murder slay execute execution death".split())
IRREGULAR = {
    "death": "die", "dead": "die", "flight": "flee", "sale": "sell", "theft": "steal", "thief": "steal", "loss": "lose",
    "speech": "speak", "choice": "choose", "birth": "bear", "wedding": "marry", "marriage": "marry", "proof": "prove",
    "decision": "decide", "explosion": "explode", "collision": "collide", "expulsion": "expel", "invasion": "invade",
    "quake": "earthquake", "airstrike": "strike", "gunfire": "shoot", "shot": "shoot", "seizure": "seize",
}  # fmt: skip
"""What a noun or adjective without a regular ending is derived from."""
SURE = 0.4  # probability of a type, from which it tells triggers of one event from others
FATES = frozenset(("DIE", "INJURE", "ARREST", "TRIAL", "ELECT", "APPOINT", "LEAVE_OFFICE", "INFECT"))
"""What happens to each person apart."""
ANYBODY = frozenset("people person man woman victim other civilian individual".split())
"""Nouns for those whom another mention may call something else."""
ONE = frozenset(("", "one"))
ONE_PERSON = frozenset(("he", "him", "she", "her", "his", "himself", "herself"))
DOINGS = frozenset(
    "TRAVEL ANNOUNCE LEAVE_OFFICE REQUEST ACCUSE AID SUPPORT THREATEN REJECT APPOINT TRIAL ELECT".split()
)
"""What each does by himself."""
SEVERAL = frozenset(("OTHER", "LAUNCH", "CLOSE", "ACQUIRE", "SANCTION"))
"""Types of verbs that with another object, or another agent, tell of another event."""
SEASON = 90  # days
STEM = 3  # letters that a stem has at least
NEW = frozenset(
    "another second third fourth further new separate additional similar other more previous earlier".split()
)
THE = frozenset(("the", "this", "that", "these", "those"))
SOME = frozenset(("a", "an", "some", "any", "no", "each", "every"))


class Told(NamedTuple):
    """What is seen of a trigger when it is compared with others.

    ``form`` is "verb", or of a noun "the" (what its determiner or owner makes known), "a" or "bare"; ``parties`` are
    pairs of role and who or what plays it: an entity's id, or a word in small letters after "="; ``place`` is an
    entity's id. ``old`` says that it is stated to be long past, ``single`` that one person is the patient; ``groups``
    are other patients that are several: noun and number (empty where none is said).
    """

    word: int
    sentence: int
    head: int
    lemma: str
    stem: str
    type: str
    form: str
    plural: bool
    new: bool
    parties: frozenset[tuple[str, str]]
    place: str | None
    interval: Interval | None
    realis: Realis
    single: bool = False
    old: bool = False
    groups: frozenset[tuple[str, str]] = frozenset()


def look_at_trigger(
    trigger: Trigger, sentence: int, realis: Realis, interval: Interval | None, *, published: str | None = None
) -> Told:
    """What is seen of a trigger; ``interval`` is the time that is stated for it, ``published`` the day of the
    article."""
    token = trigger.token
    small = {child.lower_: child.dep_ for child in token.lefts}
    form = "verb"
    if token.pos_ in ("NOUN", "PROPN"):
        known = bool(small.keys() & THE) or "nmod:poss" in small.values()
        form = "the" if known else "a" if small.keys() & SOME else "bare"
    lemma = token.lemma_.lower()
    parties = {
        (f.role, f.entity or "=" + token.doc[f.head].lower_) for f in trigger.fillers if f.role not in ("place", "time")
    }
    single, groups = look_at_patients(trigger)
    return Told(
        trigger.word,
        sentence,
        token.head.i,
        lemma,
        find_stem(lemma),
        trigger.type if trigger.score >= SURE else "OTHER",
        form,
        token.pos_ == "NOUN" and is_plural(token.lower_),
        bool(small.keys() & NEW),
        frozenset(parties),
        next((f.entity for f in trigger.fillers if f.role == "place"), None),
        interval,
        realis,
        single,
        is_old(interval, published),
        groups,
    )


def is_old(interval: Interval | None, published: str | None) -> bool:
    """Whether a time is over a season before an article was published."""
    if interval is None or interval.end is None or published is None:
        return False
    return (date.fromisoformat(published) - date.fromisoformat(interval.end)).days > SEASON


def look_at_patients(trigger: Trigger) -> tuple[bool, frozenset[tuple[str, str]]]:
    """Whether a single person is a patient, and the nouns and numbers of patients that are several."""
    single, groups = False, set()
    for filler in trigger.fillers:
        head = trigger.token.doc[filler.head]
        if filler.role != "patient":
            continue
        number = next((c.lower_ for c in head.lefts if c.dep_ == "nummod"), "")
        if head.ent_type_ == "person" or head.lower_ in ONE_PERSON:
            single = True
        elif filler.entity is None and head.pos_ == "NUM":
            groups.add(("people", head.lower_))
        elif filler.entity is None and head.pos_ == "NOUN" and (is_plural(head.lower_) or number not in ONE):
            groups.add((head.lemma_.lower(), number))
    return single, frozenset(groups)


def find_stem(lemma: str) -> str:
    """What a verb and its noun have in common: "assassinat" for "assassinate" and "assassination"."""
    lemma = IRREGULAR.get(lemma, lemma)
    ending = ENDINGS.search(lemma)
    stem = lemma[: ending.start()] if ending and ending.start() >= STEM else lemma
    return stem[:-1] if len(stem) > STEM + 1 and stem[-1] == stem[-2] else stem


class Pair(NamedTuple):
    """Two triggers by their places in the list of all, the earlier one first."""

    earlier: int
    later: int


def join_triggers(told: Sequence[Told], vectors: Halves) -> list[list[int]]:
    """The chains of triggers (places in ``told``, which is in the order of the text) that tell of one event each.

    ``vectors`` [triggers, width] are those that the encoder gives their words.
    """
    chains: list[list[int]] = []
    chain_of: list[int] = []
    odds = score_pairs(told, vectors)
    for later in range(len(told)):
        best = max(odds.get(later, ()), default=(0.0, -1))
        number = chain_of[best[1]] if best[0] > 0 else -1
        if number >= 0 and any(is_apart(told[other], told[later]) for other in chains[number][-LOOKED_AT:]):
            number = -1
        if number < 0:
            number = len(chains)
            chains.append([])
        chains[number].append(later)
        chain_of.append(number)
    return chains


def score_pairs(told: Sequence[Told], vectors: Halves) -> dict[int, list[tuple[float, int]]]:
    """For each later trigger the log odds of being the same event as each earlier one that is looked at."""
    pairs = list(list_pairs(told))
    found: dict[int, list[tuple[float, int]]] = defaultdict(list)
    if not pairs:
        return found
    near = find_nearness(vectors, pairs)
    looks = np.array([look_at_pair(told[a], told[b]) for a, b in pairs], np.float32)
    odds = looks @ np.array([WEIGHTS[name] for name in FEATURES], np.float32) + WEIGHTS["near"] * near + WEIGHTS["bias"]
    for (earlier, later), value in zip(pairs, odds.tolist(), strict=True):
        found[later].append((value, earlier))
    return found


def list_pairs(told: Sequence[Told]) -> Iterator[Pair]:
    """The pairs that are compared: each trigger with the last few of its word, its type, and each participant."""
    seen: dict[tuple[str, str], deque[int]] = defaultdict(lambda: deque(maxlen=LOOKED_AT))
    for later, each in enumerate(told):
        keys = [("stem", each.stem[:4]), *each.parties]
        keys += [("type", each.type)] if each.type != "OTHER" else []
        chosen = set[int]().union(*(seen[key] for key in keys))
        for earlier in sorted(chosen):
            yield Pair(earlier, later)
        for key in keys:
            seen[key].append(later)


def find_nearness(vectors: Halves, pairs: Sequence[Pair]) -> Floats:
    """The cosine of the two vectors of each pair, seen from the mean of all."""
    wide = np.asarray(vectors, np.float32)
    wide = wide - wide.mean(axis=0)
    wide = wide / np.maximum(np.linalg.norm(wide, axis=1, keepdims=True), 1e-6)
    rows = np.array(pairs, np.int64)
    near: Floats = np.einsum("ij,ij->i", wide[rows[:, 0]], wide[rows[:, 1]])
    return near


def look_at_pair(a: Told, b: Told) -> tuple[float, ...]:
    """What can be seen of two triggers, the earlier first: a number for each of FEATURES."""
    same = a.lemma == b.lemma
    kin = not same and is_derived(a.stem, b.stem)
    typed = a.type == b.type and a.type != "OTHER"
    shared = a.parties & b.parties
    roles = {role for role, _ in a.parties} & {role for role, _ in b.parties} - {role for role, _ in shared}
    others = {who for _, who in a.parties} & {who for _, who in b.parties}
    gap = b.sentence - a.sentence
    return (
        same,
        kin,
        typed,
        typed and not (same or kin),
        a.type != b.type and (a.type, b.type) not in KINDRED,
        (a.type, b.type) in KINDRED,
        min(len(shared), 2),
        bool(others) and not shared,
        len(roles),
        a.place is not None and a.place == b.place,
        a.place is not None and b.place is not None and a.place != b.place,
        a.interval is not None and b.interval is not None and not is_disjoint(a.interval, b.interval),
        b.form == "the",
        b.form == "a",
        a.form == b.form == "verb",
        a.plural != b.plural,
        b.new,
        gap == 0,
        gap == 1,
        gap > 3,
        b.head == a.word or a.head == b.word,
        "negated" in (a.realis, b.realis) and a.realis != b.realis,
        ("actual" in (a.realis, b.realis)) and bool({"future", "hypothetical"} & {a.realis, b.realis}),
        a.sentence <= FIRST or b.sentence <= FIRST,
        is_same_death(a, b, shared),
        a.lemma in SAYING and b.lemma in SAYING and not shared,
        is_other_patient(a, b),
    )


def is_same_death(a: Told, b: Told, shared: frozenset[tuple[str, str]]) -> bool:
    """Whether two triggers tell of an attack on, or the death of, one and the same entity, and one of a death: nobody
    dies twice."""
    victims = any(role == "patient" and not who.startswith("=") for role, who in shared)
    deadly = "DIE" in (a.type, b.type) or a.lemma in DEADLY or b.lemma in DEADLY
    return victims and deadly and {a.type, b.type} <= {"ASSAULT", "DIE"}


def is_other_patient(a: Told, b: Told, *, role: str = "patient") -> bool:
    """Whether two triggers tell what befell entities of which none is the same, or what they did."""
    first, second = (
        {who for played, who in each.parties if played == role and not who.startswith("=")} for each in (a, b)
    )
    return bool(first and second) and not first & second


def is_other_group(a: Told, b: Told) -> bool:
    """Whether two triggers tell what befell others: of one person and of several, of so many and of another number, or
    of those whom other nouns name."""
    if (a.groups and b.single and not (a.single or b.groups)) or (b.groups and a.single and not (b.single or a.groups)):
        return True
    if not (a.groups and b.groups):
        return False
    return not any(_may_be_same_group(first, second) for first in a.groups for second in b.groups)


def _may_be_same_group(a: tuple[str, str], b: tuple[str, str]) -> bool:
    named = a[0] == b[0] or bool({a[0], b[0]} & ANYBODY)
    return named and (a[1] == b[1] or not (a[1] and b[1]))


def is_derived(a: str, b: str) -> bool:
    """Whether two stems are of one word: "explod" and "explo"."""
    return a == b or (min(len(a), len(b)) > STEM and (a.startswith(b) or b.startswith(a)))


def is_disjoint(a: Interval, b: Interval) -> bool:
    """Whether one interval ends before the other begins."""
    return bool((a.end and b.start and a.end < b.start) or (b.end and a.start and b.end < a.start))


def is_apart(a: Told, b: Told) -> bool:
    """Whether two triggers cannot be of one event: at other stated times, of other people's fates or doings, of types
    and words that have nothing in common, or one denied."""
    timed = a.interval is not None and b.interval is not None and is_disjoint(a.interval, b.interval)
    if timed and not is_same_death(a, b, a.parties & b.parties):  # of one death a text may give two days
        return True
    if a.type == b.type and a.type in FATES and (is_other_patient(a, b) or is_other_group(a, b)):
        return True
    if a.type == b.type and a.type in DOINGS and is_other_patient(a, b, role="agent"):
        return True
    if a.type == b.type and a.type in SEVERAL and is_other_doing(a, b):
        return True
    if is_news_of_old(a, b) or is_news_of_old(b, a):
        return True
    known = "OTHER" not in (a.type, b.type) and a.type != b.type and (a.type, b.type) not in KINDRED
    if known and not is_derived(a.stem, b.stem):
        return True
    return "negated" in (a.realis, b.realis) and bool({"actual", "reported"} & {a.realis, b.realis})


def is_other_doing(a: Told, b: Told) -> bool:
    """Whether two verbs tell what others do, or what is done to other things: "won the gold medal", "won the title"."""
    if not a.form == b.form == "verb":
        return False
    if is_other_patient(a, b) or is_other_patient(a, b, role="agent"):
        return True
    first, second = ({who for role, who in each.parties if role == "patient"} for each in (a, b))
    alike = a.sentence >= FIRST  # before that the text may say in short what follows
    return alike and bool(first and second) and not first & second


def is_news_of_old(a: Told, b: Told) -> bool:
    """Whether the second of two triggers is stated to be long past and the first is open, ahead, or news without a time
    of its own: "ferry sinks" and "in 1987 a ferry sank", "it hit a van" and "in 2018 a tram hit a bus"."""
    if not b.old or a.interval is not None or a.parties & b.parties:
        return False
    first, second = ({who for role, who in each.parties if role == "patient"} for each in (a, b))
    others = a.form == b.form == "verb" and bool(first and second) and not first & second
    return a.realis in ("future", "hypothetical") or (a.form == "verb" and a.sentence < FIRST) or others
