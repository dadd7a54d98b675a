"""Reads what happens in a text: events with type, roles, time and realis, each with all the words that tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from spacy.tokens import Doc, Token

from kg.model import Claim, Event, Interval, Passage, Realis, Role, RoleFiller, Time
from kg.read.claims import make_layout
from kg.read.components import Read, find_answers
from kg.read.event_chains import join_triggers, look_at_trigger
from kg.read.event_roles import fill_roles
from kg.read.event_times import Clock, When, find_year
from kg.read.realis import judge_realis
from kg.read.relations import Contents
from kg.read.roles import Layout
from kg.read.tokenizer import slice_text
from kg.read.triggers import Filler, Mentions, Trigger, choose_triggers, drop_light_verbs, find_shown, make_triggers

SOURCES = ("stated", "context", "published")  # where a time comes from, the best first
FIRMNESS: tuple[Realis, ...] = ("actual", "reported", "negated", "future", "hypothetical")
"""Of an event that is told in several ways the first of these holds."""
FIRST_PERSON = frozenset(("i", "we", "me", "us", "my", "our"))
HAPPENED: frozenset[Realis] = frozenset(("actual", "reported"))  # what is told so may have its time from either


@dataclass(frozen=True, slots=True)
class Happening:
    """A trigger with what its clause says: realis, time, and the claim whose content tells it."""

    trigger: Trigger
    realis: Realis
    when: When
    claim: str | None


def find_events(
    doc: Doc,
    times: Sequence[Time],
    claims: Iterable[Claim],
    *,
    published: str | None = None,
    layout: Layout | None = None,
) -> tuple[Event, ...]:
    """The events of a ``Doc`` that went through the pipeline, in the order of their first mentions ("ev1", "ev2", ...).

    ``times`` are those of ``find_times``; ``published`` (an ISO 8601 date or date-time) bounds what has no time;
    ``layout`` is that of ``make_layout`` where it has been made. What a claim's content tells as past is "reported",
    and actual only where the article says so itself too.
    """
    read = find_answers(doc, "events")
    layout = layout or make_layout(doc, read)
    mentions = Mentions(doc, times)
    shown = find_shown(layout.text, mentions.make_kind_finder(read))
    words = choose_triggers(read, layout, mentions, shown=shown)
    triggers = drop_light_verbs(make_triggers(doc, read, mentions, words, shown=shown))
    if not triggers:
        return ()
    claims = tuple(claims)
    contents = Contents(claims)
    fill_roles(doc, read, layout, mentions, triggers)
    name_speakers(triggers, contents, {each.id: each for each in claims})
    clock = Clock(mentions, times, published)
    happenings = judge_triggers(triggers, contents, clock)
    chains = join_happenings(read, layout, happenings, published=clock.published)
    return tuple(make_event(f"ev{number}", [happenings[row] for row in rows]) for number, rows in enumerate(chains, 1))


def chain_words(doc: Doc, words: Iterable[int], times: Sequence[Time]) -> list[list[int]]:
    """The chains that given triggers form, whether or not the model would tell them: what an annotation of triggers is
    compared with. Words are numbers among those read."""
    read = find_answers(doc, "events")
    layout = make_layout(doc, read)
    mentions = Mentions(doc, times)
    shown = find_shown(layout.text, mentions.make_kind_finder(read))
    triggers = make_triggers(doc, read, mentions, sorted(set(words)), shown=shown)
    if not triggers:
        return []
    fill_roles(doc, read, layout, mentions, triggers)
    happenings = judge_triggers(triggers, Contents(()), Clock(mentions, times, None))
    chains = join_happenings(read, layout, happenings)
    return [[triggers[row].word for row in rows] for rows in chains]


def name_speakers(triggers: Iterable[Trigger], contents: Contents, claims: Mapping[str, Claim]) -> None:
    """Takes "I" and "we" in what somebody is quoted as saying for the speaker, and leaves out other pronouns that stand
    for no entity: they say nothing of who it is."""
    for trigger in triggers:
        kept: list[Filler] = []
        for filler in trigger.fillers:
            named = filler
            if filler.entity is None and trigger.token.doc[filler.head].pos_ == "PRON":
                claim = claims.get(contents.find(filler.passage.start, filler.passage.end - 1) or "")
                quoted = claim is not None and claim.quotation != "indirect"
                speaker = claim.speaker if claim is not None and quoted else None
                if filler.passage.text.lower() not in FIRST_PERSON or speaker is None:
                    continue
                named = filler._replace(entity=speaker)
            if named.entity is None or all(each.entity != named.entity for each in kept):
                kept.append(named)
        trigger.fillers = kept


def judge_triggers(triggers: Iterable[Trigger], contents: Contents, clock: Clock) -> list[Happening]:
    """Each trigger with its realis, its time and the claim that tells it."""
    return [judge_trigger(trigger, contents, clock) for trigger in triggers]


def judge_trigger(trigger: Trigger, contents: Contents, clock: Clock) -> Happening:
    """The trigger with its realis, its time and the claim that tells it."""
    claim = contents.find(trigger.passage.start, trigger.passage.end - 1)
    realis = judge_realis(trigger.token, is_claimed=claim is not None)
    when = clock.tell(trigger, realis)
    year = find_year(trigger)
    if year is not None and when.source != "stated":
        when = When(year, "stated")
        ahead = clock.published is not None and (year.start or "") > clock.published
        realis = "future" if ahead and realis == "actual" else realis
    return Happening(trigger, realis, when, claim)


def join_happenings(
    read: Read, layout: Layout, happenings: Sequence[Happening], *, published: str | None = None
) -> list[list[int]]:
    """The chains of what is one event, as places in ``happenings``, which is in the order of the text."""
    told = [
        look_at_trigger(
            each.trigger,
            int(layout.sentences[each.trigger.word]),
            each.realis,
            each.when.interval if each.when.source == "stated" else None,
            published=published,
        )
        for each in happenings
    ]
    words = np.array([each.trigger.word for each in happenings], np.int64)
    return join_triggers(told, read.answers.pairs[words])


def make_event(name: str, chain: Sequence[Happening]) -> Event:
    """The event that a chain of triggers tells, of the type of its most certain trigger."""
    best = max(chain, key=lambda each: each.trigger.score)
    first = chain[0].trigger
    realis = choose_realis(chain)
    when = choose_time([each.when for each in chain if agrees(each.realis, realis)])
    return Event(
        id=name,
        type=best.trigger.type,
        trigger=first.passage,
        roles=gather_agreeing(chain, realis),
        when=when.interval,
        realis=realis,
        evidence=_find_evidence(first.token),
        score=best.trigger.score,
        mentions=tuple(each.trigger.passage for each in chain),
        time_source=when.source,
        claim=None if any(each.claim is None for each in chain) else chain[0].claim,
    )


def agrees(told: Realis, realis: Realis) -> bool:
    """Whether what a mention tells holds of an event of a realis: what may come says nothing of what has come."""
    return told == realis or {told, realis} <= HAPPENED


def choose_realis(chain: Sequence[Happening]) -> Realis:
    """The realis of an event from those of its mentions, the firmest.

    A noun says little: "the vote" may be one to come, so what another mention says to be open or ahead is believed;
    unless it has a time of its own ("the vote on Monday").
    """
    clear = [each for each in chain if each.realis != "actual" or _is_clear(each)]
    ahead = any(each.realis in ("future", "hypothetical") for each in clear)
    return min((each.realis for each in (clear if ahead else chain)), key=FIRMNESS.index)


def _is_clear(happening: Happening) -> bool:
    """Whether what tells of an actual event leaves no doubt of it: a verb, a noun with a time, or the subject of a verb
    of the past ("a fire destroyed homes")."""
    token = happening.trigger.token
    if token.pos_ == "VERB" or happening.when.source == "stated":
        return True
    verb = token.head
    past = verb.pos_ == "VERB" and verb.lower_ != verb.lemma_ and not verb.lower_.endswith(("s", "ing"))
    return token.dep_ == "nsubj" and past and judge_realis(verb) in HAPPENED


def choose_time(told: Sequence[When]) -> When:
    """The best time of an event's mentions: what is stated before what is not, then the shortest."""
    timed = [when for when in told if when.interval is not None and when.source is not None]
    return min(timed, key=lambda when: (SOURCES.index(when.source or ""), _measure(when.interval)), default=When())


def _measure(interval: Interval | None) -> int:
    """The days that an interval covers; one with an open end covers more than any other."""
    if interval is None or interval.start is None or interval.end is None:
        return date.max.toordinal()
    return date.fromisoformat(interval.end).toordinal() - date.fromisoformat(interval.start).toordinal()


def gather_agreeing(chain: Sequence[Happening], realis: Realis) -> tuple[RoleFiller, ...]:
    """What plays a role by the mentions that tell of the event as it is; of those that tell otherwise only entities
    that play none yet, in roles that nothing plays."""
    roles = gather_roles([each.trigger for each in chain if agrees(each.realis, realis)])
    others = gather_roles([each.trigger for each in chain if not agrees(each.realis, realis)])
    played = {each.role for each in roles} | {"time"}
    known = {each.entity for each in roles} | {None}
    added = (each for each in others if each.role not in played and each.entity not in known)
    return tuple(sorted((*roles, *added), key=lambda each: (each.passage.start, each.role)))


def gather_roles(triggers: Sequence[Trigger]) -> tuple[RoleFiller, ...]:
    """What plays a role in an event, from all its mentions.

    An entity plays the role that is told most surely, and is given once for each sentence that tells so. What is no
    entity is taken from the most certain mention that tells something of the role, and only where no entity plays it; a
    time likewise.
    """
    told = [(filler, trigger) for trigger in triggers for filler in trigger.fillers]
    told.sort(key=lambda pair: -pair[0].score)
    role_of: dict[str, Role] = {}
    source: dict[str, int] = {}
    chosen: dict[tuple[str, int], Filler] = {}
    for filler, trigger in told:
        if filler.entity is not None and role_of.setdefault(filler.entity, filler.role) == filler.role:
            chosen.setdefault((filler.entity, trigger.token.doc[filler.head].sent.start), filler)
    played = set(role_of.values())
    for filler, trigger in told:
        if filler.entity is None and filler.role not in played:
            source.setdefault(filler.role, trigger.word)
    plain = [f for f, trigger in told if f.entity is None and source.get(f.role) == trigger.word]
    fillers = sorted({*chosen.values(), *plain}, key=lambda f: (f.passage.start, f.role))
    found = dict.fromkeys(RoleFiller(filler.role, filler.passage, filler.entity) for filler in fillers)
    return tuple(found)


def _find_evidence(token: Token) -> Passage:
    """The sentence of a word, without white space at its ends."""
    sentence = token.sent
    text = slice_text(sentence)
    start = sentence.start_char + len(text) - len(text.lstrip())
    text = text.strip()
    return Passage(start, start + len(text), text)
