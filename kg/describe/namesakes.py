"""Tells unknown people of one name apart by what an article calls them: a judge is not the footballer of that name."""

from __future__ import annotations

import re

from kg.model import Entity

_CALLINGS = {
    word: field
    for field, words in {
        "arts": "actor actress singer rapper musician pianist composer painter sculptor novelist poet comedian "
        "filmmaker screenwriter dancer choreographer",
        "faith": "bishop archbishop priest imam rabbi pastor cardinal nun monk vicar",
        "health": "surgeon physician nurse paramedic psychiatrist dentist midwife gp",
        "journalism": "journalist reporter broadcaster columnist newsreader",
        "law": "judge magistrate prosecutor lawyer attorney barrister solicitor policeman policewoman detective "
        "constable sheriff inspector",
        "military": "soldier general gen colonel col lieutenant lt brigadier admiral sailor marine paratrooper",
        "politics": "politician senator sen congressman congresswoman councillor mayor mp lawmaker legislator minister "
        "governor ambassador diplomat premier",
        "school": "teacher headteacher headmaster headmistress principal pupil student",
        "science": "scientist professor prof physicist chemist biologist geologist astronomer historian economist "
        "mathematician archaeologist researcher",
        "sport": "footballer striker midfielder goalkeeper defender quarterback cricketer batsman bowler golfer boxer "
        "jockey swimmer sprinter cyclist gymnast athlete skier coach",
        "trade": "businessman businesswoman entrepreneur banker trader shopkeeper investor",
        "work": "farmer fisherman miner builder plumber electrician carpenter mechanic firefighter pilot",
    }.items()
    for word in words.split()
}
_HONORIFICS = frozenset(
    "mr mrs ms miss dr sir dame lord lady president vice prime king queen prince princess chief deputy acting former "
    "captain capt major maj sergeant sgt secretary chairman chairwoman director rev reverend sheikh".split()
)
_REACH = 80  # characters beside a name that are looked at
_BEFORE = re.compile(r"((?:[\w-]+\s+){1,3})$")
_AFTER = re.compile(
    r",\s+(?:(?:aged\s+)?\d{1,3},\s+)?(?:an?|the|former|retired)\s+([^,.;:!?()\"“”]{1,60}?)"
    r"(?=[,.;:!?()]|\s(?:of|in|at|for|from|to|by|on|with|who|whose|that|and)\s)"
)


def strip_honorifics(name: str) -> str:
    """A person's normalised name without the titles before it; at least one word stays."""
    words = name.split()
    while len(words) > 1 and (words[0].strip(".") in _HONORIFICS or words[0].strip(".") in _CALLINGS):
        words = words[1:]
    return " ".join(words)


def find_calling(entity: Entity, text: str) -> str:
    """The field of life in which an article places a person beside the name ("judge Ada Obi", "Ada Obi, a judge").

    Empty when it names none, or several, so that a footballer who became a judge is nobody else.
    """
    found = set[str]()
    for mention in entity.mentions:
        passage = mention.passage
        if mention.form != "name" or text[passage.start : passage.end] != passage.text:
            continue
        before = _BEFORE.search(text[max(0, passage.start - _REACH) : passage.start])
        after = _AFTER.match(text[passage.end : passage.end + _REACH])
        told = f"{before.group(1) if before else ''} {passage.text} {after.group(1) if after else ''}"
        found.update(_CALLINGS[word] for word in re.findall(r"[\w-]+", told.casefold()) if word in _CALLINGS)
    return found.pop() if len(found) == 1 else ""
