"""Finds who "I" and "you" are outside of quotations: in interviews, under speakers' names, and after "I am Ann Roe"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Entity
from kg.read.antecedents import NONE
from kg.read.candidates import Tagged, number_quotations
from kg.read.names import fold, person_words

NOBODY = -3  # somebody who is no entity, or not known
INTRODUCTION = 400  # words in which a text says that it is an interview, and with whom
LEAST_TURNS = 2  # questions to "you", or lines under a speaker's name, that make an interview
LEAST_ANSWERS = 3  # "I" outside of quotations
LONGEST_QUESTION = 120  # words of a paragraph that asks
LABEL = re.compile(
    r"\(\(\s*(?P<marked>[^()\n]{1,40}?)\s*\)\)|(?P<named>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})\s?:(?=\s)"
)
ASKING = frozenset("q question interviewer host moderator reporter wn wikinews".split())
ANSWERING = frozenset("a answer interviewee guest".split())
I_FORMS = frozenset("i me my mine myself".split())
YOU_FORMS = frozenset("you your yours yourself".split())
FILLING = frozenset("know mean see".split())  # after "you" that addresses nobody
INTERVIEWING = frozenset("interview interviews interviewed interviewing q&a".split())
MEETING = re.compile(
    r"\b(?:interview(?:s|ed|ing)?(?: with)?|(?:spoke|spoken|speaks|talked|talks|chatted|chats|sat down|caught up)"
    r" (?:with|to))\s(?P<whom>(?:(?!\b(?:by|about|of|for|on)\b)[^.:;]){0,100})$",
    re.IGNORECASE,
)
"""What stands before the name of somebody who is interviewed."""
ANSWERING_TO = re.compile(
    r"\s(?:,[^.]{0,80},\s)?(?:(?:tells|told)\s|(?:[a-z]+\s){0,4}(?:spoke|speaks|talked|talks|sat\sdown|discuss\w+)\s"
    r"(?:[^.]{0,40}\s)?(?:with|to)\s|answered\s)(?P<whom>\S*)",
    re.IGNORECASE,
)
"""What stands after the name of somebody who answers questions."""
TITLED = re.compile(r"\s?[:–—-]\s?(?:an?|the)\s(?:\w+\s)?interview\b", re.IGNORECASE)  # after a name in a title
WITH_WHOM = re.compile(r"\b(?:interview(?:s|ed|ing)|interview with)\s(?!by\b)", re.IGNORECASE)
SAYS_WHO = re.compile(
    r"(?:^|[.!?,]\s+|\b(?:and|so|hi|hey|hello)\s+,?\s*)(?:(?P<self>I)\s?(?:am|['’]m)|(?:it|this)\s?(?:['’]s|is))\s$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """The words ``start`` to ``end`` that somebody says.

    ``speaker`` and ``hearer`` are numbers of entities, or NOBODY.
    """

    start: int
    end: int
    speaker: int
    hearer: int = NOBODY


@dataclass(slots=True)
class Layout:
    """What turns are found by: the words, their ``offsets`` in ``text``, and which of them start a paragraph."""

    tagged: Tagged
    offsets: Sequence[int]
    paragraphs: Sequence[bool]
    text: str

    def cut(self, start: int, end: int) -> str:
        """The text of the words ``start`` to ``end``."""
        words = self.tagged.words
        return self.text[self.offsets[start] : self.offsets[end - 1] + len(words[end - 1])] if end > start else ""


def give_turns(layout: Layout, entities: Sequence[Entity]) -> dict[int, int]:
    """Whom (the number of an entity) "I" and "you" outside of quotations mean, by word, where the text shows it."""
    tagged = layout.tagged
    talk = {word: low for word, low in enumerate(tagged.lower) if low in I_FORMS or low in YOU_FORMS}
    if not talk:
        return {}
    quotes = number_quotations(tagged)
    found: dict[int, int] = {}
    open_talk = {word: low for word, low in talk.items() if not quotes[word]}
    turns = list(_find_turns(layout, entities, open_talk))
    words = sorted(open_talk)
    at = 0
    for turn in turns:
        while at < len(words) and words[at] < turn.end:
            word = words[at]
            following = tagged.lower[word + 1 : word + 2]
            if word >= turn.start and not (following and following[0] in FILLING and open_talk[word] == "you"):
                whom = turn.speaker if open_talk[word] in I_FORMS else turn.hearer
                if whom >= 0:
                    found[word] = whom
            at += 1
    return found


def _find_turns(layout: Layout, entities: Sequence[Entity], talk: Mapping[int, str]) -> Iterator[Turn]:
    """The turns of a text, in order, by the surest sign that it gives."""
    people = {number: entity for number, entity in enumerate(entities) if entity.kind == "person"}
    labelled = _find_labels(layout, people)
    if len(labelled) <= LEAST_TURNS and sum(low in I_FORMS for low in talk.values()) < LEAST_ANSWERS:
        return
    asked = _find_questions(layout, talk)
    guest = _find_guest(layout, entities, asked[0][0]) if asked else NOBODY
    if len(labelled) > LEAST_TURNS:
        yield from _read_labels(layout, labelled, people, guest)
    elif len(asked) >= LEAST_TURNS and guest != NOBODY:
        yield from _take_turns(layout, asked, guest)
    elif len(asked) < LEAST_TURNS:
        author = _find_author(layout, people)
        if author != NOBODY:
            yield Turn(0, len(layout.tagged.words), author)


def _find_labels(layout: Layout, people: Mapping[int, Entity]) -> list[tuple[int, str]]:
    """The first word and the label of each paragraph that begins with a speaker's: "Ann Roe: ", "((WN)) ".

    Where some do, a person's initials or name alone begin a turn too: "AR Yes, we did.", "Ann Roe I am a baker."
    """
    starts = [word for word, fresh in enumerate(layout.paragraphs) if fresh]
    found = {}
    for word in starts:
        match = LABEL.match(layout.text, layout.offsets[word])
        if match:
            found[word] = fold(match["marked"] or match["named"])
    if not found:
        return []
    names = [person_words(person.name) for person in people.values()]
    initials = {"".join(word[0] for word in name) for name in names if len(name) > 1}
    bare = {word: _read_bare(layout, word, initials, names) for word in starts if word not in found}
    return sorted((found | {word: label for word, label in bare.items() if label}).items())


def _read_bare(layout: Layout, word: int, initials: Collection[str], names: Sequence[Sequence[str]]) -> str | None:
    """The label that a paragraph begins with and that no mark sets off from what is said."""
    words = layout.tagged.words
    first, following = words[word], words[word + 1] if word + 1 < len(words) else ""
    if first.isupper() and first.isalpha() and following[:1].isupper() and first.lower() in initials:
        return first.lower()
    for name in names:
        behind = word + len(name)
        said = [low.strip(".") for low in layout.tagged.lower[word:behind]]
        if name and said == list(name) and words[behind : behind + 1] in (["I"], ["We"], ["My"], ["Our"]):
            return " ".join(name)
    return None


def _read_labels(
    layout: Layout, labelled: Sequence[tuple[int, str]], people: Mapping[int, Entity], guest: int
) -> Iterator[Turn]:
    """One turn under each label; who asks addresses the one person who answers, where it is one."""
    speakers = {label: _find_labelled(label, people, guest) for _, label in labelled}
    answering = set(speakers.values()) - {NOBODY}
    whom = answering.pop() if len(answering) == 1 else NOBODY
    bounds = [*labelled, (len(layout.tagged.words), "")]
    for (start, label), (end, _) in pairwise(bounds):
        speaker = speakers[label]
        yield Turn(start, end, speaker, whom if speaker == NOBODY else NOBODY)


def _find_labelled(label: str, people: Mapping[int, Entity], guest: int) -> int:
    if label in ASKING:
        return NOBODY
    if label in ANSWERING:
        return guest
    words = label.split()
    found = [number for number, person in people.items() if _is_called(words, person_words(person.name))]
    return found[0] if len(found) == 1 else NOBODY


def _is_called(label: Sequence[str], name: Sequence[str]) -> bool:
    """Whether a label is a person's name, its first or last word, or its initials."""
    initials = "".join(word[0] for word in name)
    return list(label) == list(name) or (
        len(label) == 1 and (label[0] in (name[0], name[-1]) or (len(name) > 1 and label[0] == initials))
    )


def _find_questions(layout: Layout, talk: Mapping[int, str]) -> list[tuple[int, int]]:
    """The sentences (words) outside of quotations that ask "you" something; in paragraphs, the whole of a short one."""
    tagged = layout.tagged
    solid = sum(layout.paragraphs) > 3
    flags = layout.paragraphs if solid else tagged.sentence_starts
    bounds = [*(word for word, fresh in enumerate(flags) if fresh), len(tagged.words)]
    if bounds[0] != 0:
        bounds.insert(0, 0)
    addressed = sorted(word for word, low in talk.items() if low in YOU_FORMS)
    found, at = [], 0
    for start, end in pairwise(bounds):
        heard = False
        while at < len(addressed) and addressed[at] < end:
            heard, at = True, at + 1
        if heard and end - start <= LONGEST_QUESTION and "?" in tagged.words[max(start, end - 3) : end]:
            found.append((start, end))
    return found


def _take_turns(layout: Layout, asked: Sequence[tuple[int, int]], guest: int) -> Iterator[Turn]:
    """Questions to ``guest``, and what the guest says before, between and after them."""
    yield Turn(0, asked[0][0], guest)
    for (start, end), (following, _) in pairwise([*asked, (len(layout.tagged.words), 0)]):
        yield Turn(start, end, NOBODY, guest)
        yield Turn(end, following, guest)


def _find_guest(layout: Layout, entities: Sequence[Entity], first: int) -> int:
    """The person with whom a text says before its ``first`` question that it is an interview, NOBODY if unclear.

    That is who is interviewed or talked to, or answers an organisation; else the only person who is named.
    """
    end = min(first, INTRODUCTION)
    text = layout.cut(0, end)
    base = layout.offsets[0] if end else 0
    named = sorted(
        (mention.passage.start - base, mention.passage.end - base, number)
        for number, entity in enumerate(entities)
        for mention in entity.mentions
        if mention.form == "name" and mention.passage.end - base <= len(text)
    )
    asking = {start for start, _, number in named if entities[number].kind == "organisation"}
    people = [each for each in named if entities[each[2]].kind == "person"]
    for (start, stop, number), (following, _, other) in pairwise([*people, (len(text), len(text), NOBODY)]):
        asked = MEETING.search(text[max(0, start - 120) : start])
        if asked and "," in asked["whom"]:
            opened = start - len(asked["whom"])
            asked = None if any(opened <= at < start for at, _, _ in named) else asked
        answers = ANSWERING_TO.match(text, stop)
        answered = answers and (answers.start("whom") in asking or answers["whom"].lower() in ("us", "our"))
        if asked or answered or TITLED.match(text, stop):
            both = other not in (NOBODY, number) and text[stop:following].strip() in ("and", "&")
            return NOBODY if both else number
    if any(word in INTERVIEWING for word in layout.tagged.lower[:end]) and not WITH_WHOM.search(text):
        found = {number for _, _, number in people}
        return found.pop() if len(found) == 1 else NOBODY
    return NOBODY


def _find_author(layout: Layout, people: Mapping[int, Entity]) -> int:
    """The one person who says who they are ("I'm Ann Roe") outside of quotations, NOBODY where there is none."""
    quotes = number_quotations(layout.tagged)
    at = {offset: word for word, offset in enumerate(layout.offsets)}
    found = set()
    for number, person in people.items():
        for mention in person.mentions:
            word = at.get(mention.passage.start, NONE)
            if mention.form == "name" and word >= 0 and not quotes[word]:
                before = layout.text[max(0, mention.passage.start - 30) : mention.passage.start]
                after = layout.text[mention.passage.end : mention.passage.end + 6]
                said = SAYS_WHO.search(before)
                if said and (said["self"] or after.startswith(" here")):
                    found.add(number)
    return found.pop() if len(found) == 1 else NOBODY
