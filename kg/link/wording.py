"""Reads off the words next to a name what an article says the thing is, and by which longer names it calls it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.link.names import PARTICLES, TITLES, normalise, word_set
from kg.link.spellings import STATES
from kg.model import Passage

MOST = 12  # mentions of one entity that are looked at
REACH = 60  # characters to each side of a mention
# What public bodies and offices are that every country has, and the words of which their names are made.
BODIES = word_set(
    "court courts parliament senate house commons lords assembly congress legislature army navy force forces military "
    "police bank reserve ministry minister department treasury exchequer government cabinet council agency service "
    "services office president presidency chancellor king queen commission committee guard guards corps marines marine "
    "attorney prosecutor prosecutors secretary speaker greens democrats republicans party"
)
BODY_WORDS = BODIES | word_set(
    "supreme high constitutional representatives lower upper national federal central general air armed prime foreign "
    "affairs interior home defense finance health justice education security intelligence vice election electoral "
    "revolutionary coast border customs revenue public state democratic republican socialist communist labor green "
    "liberal conservative christian social democrat people workers cassation audit auditors statistics "
    "agriculture transport energy environment of and for the"
)
_PLACE_TYPES = (
    "city|town|village|province|state|county|district|region|republic|island|department|governorate|municipality|"
    "kingdom|emirate|prefecture|canton|oblast|commune|suburb|borough|port|territory|peninsula|parish"
)
PLACE_TYPES = frozenset(_PLACE_TYPES.split("|"))
_STOPS = word_set(
    "the and but for with from that which who whose was were has had have been are not its his her their this these "
    "those than then when where while after before during since until into onto over under about against between "
    "through said says say also will would could should can may might did does do he she it they we you an a in on at "
    "by to of as or if so is be out up off per via amid among near all both each other more most new old former late"
)
_SMALL = word_set("of the and for in on to at by de la")
_AFTER = re.compile(r"[ -]([a-z][\w-]{2,})")
_REGION = re.compile(r"^ ?, ?((?:[A-Z][\w'’]+|[A-Z]\.(?: ?[A-Z]\.)+)\.?(?: [A-Z][\w'’-]+){0,2})")
_LISTED_BEFORE = re.compile(r"((?:[A-Z][\w.'’-]+ )?(?:[A-Z][\w.'’-]+ )?[A-Z][\w'’-]+) ?(,|, and|and|or) (?:the )?$")
_LISTED_AFTER = re.compile(r"^ ?(?:,|, and| and| or) (?:the )?([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})")
_COMMA = re.compile(r" ?, ?([A-Z][\w.'’ -]+)$")
_BEFORE = re.compile(rf"\b(?:({_PLACE_TYPES}) of (?:the )?|([a-z][\w-]{{2,}}) )$")
_OWNER = re.compile(r"((?:[A-Z][\w-]+ ){0,2}[A-Z][\w-]+)(?: ?['’]s)? $")
_SPEAKING = re.compile(
    r"\b(?:speak(?:s|ing)?|spoken?|fluent in|learn(?:s|ed|ing)?|taught|teach(?:es|ing)?|"
    r"(?:written|translat\w+|spoken|published|words?|sp[eo]\w+|lyrics|broadcast\w*|conducted|available|means|meaning) "
    r"(?:in|into|from)|in|into) (?:[A-Z]\w+(?:,|,? and|,? or) ){0,3}$"
)
_LANGUAGE = re.compile(r"^(?: language\b| dialect\b|-speaking|-language|(?: ?: ?)(?=\S))")
_SAYING = re.compile(
    r"(?: \w+ly| later| also| has| had| have| will| would)* (?:said|says?|denie[sd]|announced|announces|warn(?:s|ed)|"
    r"accuse[sd]|insist(?:s|ed)|claim(?:s|ed)|reject(?:s|ed)|agreed|agrees|condemn(?:s|ed)|threaten(?:s|ed)|"
    r"vow(?:s|ed)|urge[sd]|refuse[sd]|retaliated|responded|imposed|summoned|recalled|expelled|protested|demand(?:s|ed))\b"
)
_ALONE = re.compile(r"^(?:[.,;)\]\"”]|\s*$| (?:and|or|but|for|at|as|with|to|on|by|that) )")
_REALM = re.compile(
    r"(?: of (?:the )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?|, (?:\d+(?:st|nd|rd|th) )?(?:King|Queen|Prince|Princess|Duke|"
    r"Duchess|Archduke|Elector|Margrave|Landgrave|Marquess|Earl|Count|Countess|Viscount|Baron) (?:of )?[A-Z][\w'’-]+)"
)
_MORE_REALMS = re.compile(r" and [A-Z][\w'’-]+")
_FULL = re.compile(
    r"[A-Z](?:\.|[\w'’-]+)"
    r"(?: (?:(?:al|el|bin|ibn|ben|van|von|der|den|de|da|di|du|del|dos|della|la|le|ten|ter|abu)[ -]){0,2}"
    r"[A-Z][\w'’-]+){1,3}"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What stands next to the mentions of one entity.

    ``types`` are nouns directly beside the name ("the singer X", "X province"). ``longer`` gives the longer names that
    it is part of ("Amazon rainforest", "Berlin University of the Arts") and the share of mentions that are; ``realms``
    the longer names of somebody known by what is his ("Ivar II of Norland", "Ada, Duchess of Lake"); ``owners``
    are the words before "'s", or an adjective, in front of it. ``spoken`` is the share of mentions as a language,
    ``speaking`` of those that say or decide something themselves ("Lakeside denied it"). The others are keys of names:
    ``regions`` of those behind it and a comma ("Lakeside, Ohio"), ``listed`` of the neighbours in a list, ``heads`` of
    those neighbours that only a comma parts from it, which may lie in it ("Lakeside" beside "Ohio").
    """

    types: frozenset[str] = frozenset()
    longer: tuple[tuple[str, float], ...] = ()
    realms: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    spoken: float = 0.0
    speaking: float = 0.0
    regions: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


def read_wording(passages: Sequence[Passage], text: str) -> Wording:
    """What stands next to ``passages``, the places where one entity is named."""
    types: set[str] = set()
    longer: dict[str, float] = {}
    owners: list[str] = []
    realms: list[str] = []
    regions: list[str] = []
    listed: list[str] = []
    heads: list[str] = []
    spoken = speaking = 0
    seen = passages[:MOST]
    for passage in seen:
        before = text[max(0, passage.start - REACH) : passage.start]
        after = text[passage.end : passage.end + REACH]
        name = " ".join(passage.text.split())
        types |= {word for word in normalise(name).split()[:-1] if word in TITLES}
        if match := _LISTED_BEFORE.search(before):
            listed.append(normalise(match[1]))
            heads += [listed[-1]] if match[2] == "," else []
        if match := _LISTED_AFTER.match(after):
            listed.append(normalise(match[1]))
        regions += filter(None, (_read_region(match) for match in (_COMMA.search(name), _REGION.match(after)) if match))
        spoken += _names_language(before, after)
        speaking += bool(_SAYING.match(after))
        if (match := _AFTER.match(after)) and match[1] not in _STOPS:
            types.add(match[1].removesuffix("s"))
            _count(longer, f"{name} {match[1]}", len(seen))
        realms += _read_realms(name, after)
        if match := _BEFORE.search(before):
            word = match[1] or match[2]
            types |= {word.removesuffix("s")} - _STOPS
        if (match := _OWNER.search(before)) and match[1].lower() not in _STOPS:
            owners.append(match[1])
            _count(longer, f"{match[1]} {name}", len(seen))
    return Wording(
        frozenset(types),
        tuple(longer.items()),
        tuple(dict.fromkeys(realms)),
        tuple(dict.fromkeys(owners)),
        spoken / max(1, len(seen)),
        speaking / max(1, len(seen)),
        tuple(dict.fromkeys(regions)),
        tuple(dict.fromkeys(listed)),
        tuple(dict.fromkeys(heads)),
    )


def _read_realms(name: str, after: str) -> list[str]:
    """The longer names that a name has with what comes ``after`` it, the longest first."""
    match = _REALM.match(after)
    if match is None:
        return []
    short = name + match.group()
    more = _MORE_REALMS.match(after, match.end())
    return [short + more.group(), short] if more else [short]


def _read_region(match: re.Match[str]) -> str:
    """The key of a name behind a comma, of a state also when it is abbreviated."""
    name = match[1].rstrip()
    return normalise(STATES.get(name, STATES.get(f"{name}.", name)))


def _count(longer: dict[str, float], name: str, mentions: int) -> None:
    longer[name] = longer.get(name, 0.0) + 1 / mentions


def _names_language(before: str, after: str) -> bool:
    """Whether what stands between is a language: "in French.", "spoke French", "French: "."""
    if match := _LANGUAGE.match(after):
        return match.group().strip() != ":" or before.endswith("(")
    return bool(_SPEAKING.search(before) and _ALONE.match(after))


def read_expansion(passages: Sequence[Passage], text: str) -> str:
    """The key of the words in front of the brackets in which an acronym first stands; empty where there are none."""
    for passage in passages[:MOST]:
        letters = passage.text.replace(".", "")
        if not (letters.isupper() and letters.isalpha() and 1 < len(letters) < 8):
            return ""
        before = text[max(0, passage.start - 16 * len(letters)) : passage.start].rstrip()
        if before.endswith("(") and text[passage.end : passage.end + 2].lstrip().startswith(")"):
            return _find_expansion(letters.lower(), normalise(before[:-1]).split())
    return ""


def _find_expansion(letters: str, words: list[str]) -> str:
    """The last of ``words`` whose initials are these letters, small words left out or not."""
    for start in range(len(words) - 1, max(-1, len(words) - 2 * len(letters) - 1), -1):
        found = words[start:]
        told = [word for word in found if word not in _SMALL]
        if letters in ("".join(w[0] for w in found), "".join(w[0] for w in told)) and found[0] not in _SMALL:
            return " ".join(found)
    return ""


def is_bare_body(key: str) -> bool:
    """Whether a key is that of a public body, a party or an office which does not say of which country it is."""
    words = set(key.split())
    return words <= BODY_WORDS and not words.isdisjoint(BODIES)


def _drop_titles(name: str) -> str:
    """What follows the last title in a name: "Ada Obi" of "Kenyan President Ada Obi"."""
    words = name.split(" ")
    last = max((i for i, word in enumerate(words[:-1]) if normalise(word) in TITLES), default=-1)
    return " ".join(words[last + 1 :])


class FullNames:
    """The names of two to four words with capitals that a text holds, by their first and last words."""

    def __init__(self, text: str) -> None:
        self._ending: dict[str, Counter[str]] = {}
        self._beginning: dict[str, Counter[str]] = {}
        self._completed: dict[str, str] = {}
        for found, count in Counter(match.group() for match in _FULL.finditer(text)).items():
            name = _drop_titles(found)
            words = normalise(name).split()
            if len(words) > 1 and words[0] not in _STOPS | PARTICLES:
                self._ending.setdefault(words[-1], Counter())[name] += count
                self._beginning.setdefault(words[0], Counter())[name] += count

    def complete(self, key: str) -> str:
        """The full name of which a person's single name is the last word, else the first; empty if there is none.

        Of several ones that which is said more often than all others together.
        """
        if key not in self._completed:
            self._completed[key] = self._complete(key)
        return self._completed[key]

    def _complete(self, key: str) -> str:
        words = key.split()
        while len(words) > 1 and words[0] in PARTICLES | _STOPS:
            words = words[1:]
        for table in (self._ending, self._beginning) if len(words) == 1 else ():
            if found := table.get(words[0]):
                name, count = max(found.items(), key=lambda pair: (pair[1], -len(pair[0]), pair[0]))
                same = set(normalise(name).split())
                others = sum(n for other, n in found.items() if not same <= set(normalise(other).split()))
                return name if count > others else ""
        return ""
