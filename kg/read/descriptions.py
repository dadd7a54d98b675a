"""Joins "the airline" to the one name that the text calls an airline: "Blue Wing, an airline", "airline Blue Wing"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence

from kg.model import Kind
from kg.read.antecedents import NONE
from kg.read.candidates import ADJ, NOUN, PROPN, ROLES, Tagged, is_plural
from kg.read.chains import NOMINALS, Chain, Mentions, NameSpan, is_specific
from kg.read.country_names import COUNTRIES

FATES = frozenset("assassination birth death execution funeral killing murder suicide".split())  # one to a person
CALLED = 0.9  # how certain it is that a description means the one name that the text gave it to
FIT = 0.5  # probability that a noun is a word for an entity of its kind
TOLD = 0.9  # how certain a noun's link to a name must be, so that it describes the name
MOST_CALLED = 5  # words from "the" to a name
NEAR = 4  # sentences in which something was spoken of before it is called by a noun alone
PAST = frozenset("former ex late then ousted deposed acting outgoing incoming".split())
LESSER = frozenset("vice deputy assistant under associate".split())
CALLED_BY = frozenset(
    "president premier minister chancellor senator congressman congresswoman governor mayor ambassador judge justice "
    "speaker general colonel captain admiral pope cardinal archbishop bishop rabbi imam ayatollah king queen prince "
    "princess emperor sultan sheriff coach professor".split()
)
"""Titles before names that people are called by afterwards: "Mayor Roe ... the mayor"."""
BODY_NOUNS = frozenset(
    "party union movement consortium alliance coalition militia charity newspaper magazine broadcaster network agency "
    "company firm group airline bank carmaker automaker retailer club team".split()
)
"""Nouns right behind the name of a body that say what it is."""
NAMED_BY_HEAD = frozenset[Kind](("organisation", "place", "event"))  # kinds whose names end in what they are
AFTER = frozenset("of for in on at from to who whom whose which that where with - – / '".split())  # what narrows a noun


class Descriptions:
    """The nouns (in small letters) that a text uses for each named entity, by where it first does."""

    def __init__(self) -> None:
        self._places: dict[str, dict[int, int]] = defaultdict(dict)

    def add(self, noun: str, word: int, home: int) -> None:
        """Says that the entity ``home`` is called a ``noun`` at a word."""
        known = self._places[noun]
        known[home] = min(word, known.get(home, word))

    def find_only(self, noun: str, word: int) -> int:
        """The one entity that was called a ``noun`` before a word, NONE where there is none or several are."""
        homes = [home for home, first in self._places.get(noun, {}).items() if first < word]
        return homes[0] if len(homes) == 1 else NONE


def join_by_description(mentions: Mentions, chains: Sequence[Chain], text: Tagged, names: Iterable[NameSpan]) -> None:
    """Gives "the airline" alone to the one entity with a name that the text called an airline before.

    It joins with all that means the same, where that has no name. Where the text spoke of "an airline" that is no
    name's, or the noun is narrowed ("the airline that"), nothing is joined.
    """
    names = list(names)
    known = _describe(mentions, chains, text, names)
    chain_of = {row: chain for chain in chains for row in chain.rows}
    others = _find_others(mentions, chains, text, {name.start for name in names})
    for row, word in enumerate(mentions.candidates.words.tolist()):
        chain, low = chain_of[row], text.lower[word]
        if not _stands_alone(mentions, text, row) or others.get(low, word) < word:
            continue
        home = known.find_only(low, word)
        kind = chains[home].kind if home != NONE else None
        if kind is None or chain.home not in (NONE, home):
            continue
        if mentions.fit(row, kind) < FIT or mentions.is_title_of_another(row, home):
            continue
        if chain.home == home:
            chain.certain[row] = max(chain.certain[row], CALLED)
        elif _may_join(mentions, text, chain, chains[home], row):
            _move(chain, chains[home], chain_of)


def join_titles(mentions: Mentions, chains: Sequence[Chain], text: Tagged, names: Iterable[NameSpan]) -> None:
    """Joins what a noun right before a person's name means with the person: "actress Ann Roe ... the actress"."""
    chain_of = {row: chain for chain in chains for row in chain.rows}
    row_of = {word: row for row, word in enumerate(mentions.candidates.words.tolist())}
    for start, end, home in names:
        row = row_of.get(start - 1, NONE)
        if home == NONE or row == NONE or chains[home].kind != "person" or mentions.homes[row] != NONE:
            continue
        if text.upos[start - 1] == NOUN and not is_plural(text.lower[start - 1]) and _is_title(text, start, end):
            chain = chain_of[row]
            if chain.home == NONE and chains[home].certain.keys().isdisjoint(mentions.apart[row]):
                _move(chain, chains[home], chain_of)


def join_relatives(mentions: Mentions, chains: Sequence[Chain], text: Tagged, names: Iterable[NameSpan]) -> None:
    """Joins "her daughter" with the name of a person that stands for it: "her daughter, the writer Ann Roe"."""
    chain_of = {row: chain for chain in chains for row in chain.rows}
    row_of = {word: row for row, word in enumerate(mentions.candidates.words.tolist())}
    for start, end, home in names if text.heads else ():
        if home == NONE or chains[home].kind != "person":
            continue
        row = row_of.get(_find_apposed(text, start, end), NONE)
        if row == NONE or mentions.form(row) != "possessive" or mentions.homes[row] != NONE or mentions.plural[row]:
            continue
        own, to, gender = chain_of[row], chains[home], mentions.genders.get(row)
        if own.home == NONE and mentions.fit(row, "person") >= FIT and (not gender or to.pronouns <= {gender}):
            del own.certain[row]
            to.certain[row] = CALLED
            chain_of[row] = to


def _find_apposed(text: Tagged, start: int, end: int) -> int:
    """The word before a name that the name, or the noun right before it, stands in apposition to; NONE for none.

    "Daughter, the young writer Ann Roe," is one whatever the tree says.
    """
    the = start - 1
    while the > start - MOST_CALLED and text.upos[the] in (NOUN, ADJ):
        the -= 1
    closed = end == len(text.words) or text.words[end] in (",", ".", ";")
    if start - 1 > the > 1 and closed and text.lower[the] == "the" and text.words[the - 1] == ",":
        return the - 2
    word = next((w for w in range(start, end) if not start <= text.heads[w] < end), start)
    for _ in range(2):
        above = text.heads[word]
        if text.labels[word] == "appos":
            return above if above < start else NONE
        if above != start - 1:
            return NONE
        word = above
    return NONE


def join_bodies(mentions: Mentions, chains: Sequence[Chain], text: Tagged, names: Iterable[NameSpan]) -> None:
    """Joins what a noun right behind a body's name means with the body: "the Roe party ... its leader"."""
    chain_of = {row: chain for chain in chains for row in chain.rows}
    row_of = {word: row for row, word in enumerate(mentions.candidates.words.tolist())}
    for start, end, home in names:
        row = row_of.get(end, NONE)
        if home == NONE or row == NONE or chains[home].kind != "organisation" or mentions.homes[row] != NONE:
            continue
        after = text.upos[end + 1] if end + 1 < len(text.words) else NONE
        alone = text.lower[end] in BODY_NOUNS and after not in (NOUN, PROPN) and mentions.definite[row]
        hangs = not text.heads or any(text.heads[word] == end for word in range(start, end))
        chain = chain_of[row]
        if alone and hangs and chain.home == NONE and not any(mentions.plural[other] for other in chain.certain):
            _move(chain, chains[home], chain_of)


def _is_title(text: Tagged, start: int, end: int) -> bool:
    """Whether the word before a name hangs from it, or the name from that word, or both stand for one in the clause."""
    word, heads = start - 1, text.heads
    top = next((w for w in range(start, end) if not start <= heads[w] < end or heads[w] == w), start)
    return heads[top] == word or start <= heads[word] < end or (heads[top] == heads[word] and heads[word] != word)


def _may_join(mentions: Mentions, text: Tagged, chain: Chain, to: Chain, row: int) -> bool:
    """Whether a chain without a name can mean what ``to`` does, which was spoken of shortly before ``row``.

    Its other nouns must be no narrower: "their website" is not "the website".
    """
    sentences = mentions.candidates.sentences
    last = max((other for other in to.certain if other < row), default=NONE)
    if last == NONE or sentences[row] - sentences[last] > NEAR or not to.certain.keys().isdisjoint(mentions.apart[row]):
        return False
    nouns = [other for other in chain.certain if mentions.form(other) in NOMINALS]
    return all(_stands_alone(mentions, text, other) for other in nouns)


def _move(chain: Chain, to: Chain, chain_of: dict[int, Chain]) -> None:
    for row, certain in chain.certain.items():
        to.certain[row] = min(certain, CALLED)
        chain_of[row] = to
    to.pronouns |= chain.pronouns
    chain.certain.clear()


def _describe(mentions: Mentions, chains: Sequence[Chain], text: Tagged, names: Iterable[NameSpan]) -> Descriptions:
    """What the text calls its named entities: by a noun before the name, in the name, or told to mean it."""
    known = Descriptions()
    for start, end, home in names:
        if home == NONE or start >= end:
            continue
        if chains[home].kind == "place" and " ".join(text.lower[start:end]) in COUNTRIES:
            known.add("country", start, home)
        before = start - 1
        if before >= 0 and text.upos[before] == NOUN and not (before and text.lower[before - 1] in PAST):
            known.add(text.lower[before], start, home)
        if chains[home].kind == "person" and (title := _title_of(text, start, end)):
            known.add(title, start, home)
        if chains[home].kind in NAMED_BY_HEAD and end - start > 1:
            of = next((word for word in range(start + 1, end) if text.lower[word] in ("of", "for")), end)
            known.add(text.lower[of - 1], start, home)
    words = mentions.candidates.words.tolist()
    for chain in chains:
        for row in chain.rows if chain.home != NONE else ():
            if mentions.form(row) in NOMINALS and mentions.homes[row] == NONE and chain.certain[row] >= TOLD:
                past = any(text.lower[word] in PAST for word in range(int(mentions.starts[row]), words[row]))
                if not past and is_specific(mentions, row, chain):
                    known.add(text.lower[words[row]], words[row], chain.home)
    return known


def _title_of(text: Tagged, start: int, end: int) -> str:
    """The title before a person's name or at its beginning ("President Roe"), "" for none, a past or a lesser one."""
    first = start if text.lower[start] in CALLED_BY and end - start > 1 else start - 1
    title = text.lower[first] if first >= 0 else ""
    before = {text.lower[word] for word in range(max(0, first - 2), max(0, first))}
    return title if title in CALLED_BY and before.isdisjoint(PAST | LESSER) else ""


def _find_others(mentions: Mentions, chains: Sequence[Chain], text: Tagged, named: Container[int]) -> dict[str, int]:
    """Where each noun is first said of what has no name: "an airline", "three airlines".

    It is no such thing where one of the words ``named``, which begin names, follows: "airline Blue Wing".
    """
    first: dict[str, int] = {}
    words = mentions.candidates.words.tolist()
    for chain in chains:
        for row in chain.rows if chain.home == NONE else ():
            if mentions.form(row) in ("a", "number", "bare", "possessive") and words[row] + 1 not in named:
                low = text.lower[words[row]]
                first[low] = min(words[row], first.get(low, words[row]))
    return first


def _stands_alone(mentions: Mentions, text: Tagged, row: int) -> bool:
    """Whether a mention is "the" or "this" and a noun in the singular, with nothing that narrows it."""
    word = int(mentions.candidates.words[row])
    if mentions.homes[row] != NONE or word == 0 or text.upos[word] not in (NOUN, PROPN) or is_plural(text.lower[word]):
        return False
    following = text.upos[word + 1] if word + 1 < len(text.words) else NONE
    return (
        text.lower[word - 1] in ("the", "this")
        and following not in (NOUN, PROPN, ADJ)
        and (word + 1 == len(text.words) or text.lower[word + 1] not in AFTER)
    )


def join_by_fate(mentions: Mentions, chains: Sequence[Chain], words: Sequence[str]) -> None:
    """Gives somebody without a name ("the 62-year-old's assassination") the name of the person who had the same fate in
    the text ("the assassination of Ann Roe"), where that is one person. ``words`` are in lower case.

    Only a noun in the singular with "the" joins, with what means the same.
    """
    given = mentions.candidates
    places = zip(given.words.tolist(), given.parents.tolist(), given.roles.tolist(), strict=True)
    befallen = [
        words[parent]
        if parent >= 0
        and words[parent] in FATES
        and (role == ROLES["nmod:poss"] or (parent < word and words[parent + 1] == "of"))
        else ""
        for word, parent, role in places
    ]
    chain_of = {row: chain for chain in chains for row in chain.rows}
    named: dict[str, set[int]] = defaultdict(set)
    for row, fate in enumerate(befallen):
        if fate and mentions.homes[row] >= 0 and chain_of[row].kind == "person":
            named[fate].add(chain_of[row].home)
    for row, fate in enumerate(befallen):
        chain = chain_of[row]
        if len(named[fate]) != 1 or chain.home != NONE or mentions.form(row) != "the" or mentions.plural[row]:
            continue
        [home] = named[fate]
        spoken = chain.pronouns | chains[home].pronouns
        if mentions.type(row) == "person" and "it" not in spoken and len(spoken) < 2:
            for other, certain in chain.certain.items():
                chains[home].certain[other] = certain
            chain.certain.clear()
