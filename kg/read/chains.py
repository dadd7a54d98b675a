"""Joins mentions into chains that mean the same thing: nominals and pronouns to names, which are joined before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.model import Kind
from kg.read.antecedents import NONE, Antecedents, Floats, Halves, Head, Ints
from kg.read.candidates import (
    DETERMINERS,
    FORM,
    FORMS,
    NUM,
    POSSESSIVES,
    ROLES,
    Candidates,
    Tagged,
    choose_words,
    is_aged,
    is_plural,
    make_candidates,
)
from kg.read.genders import GENDER_OF_NOUN
from kg.read.labels import MENTION_TYPES
from kg.read.nesting import INSIDE, find_inner_names, find_nested, keep_in_sentences, lead_to_names

UNFIT = 0.2  # probability that a nominal is a word for an entity of its kind, below which it does not join it
HOPELESS = -7.0  # score of an antecedent that changes nothing
MOST_BEFORE_NAME = 20  # mentions of a thing before its name is told
FITTING: dict[Kind, frozenset[str]] = {
    "person": frozenset(("person", "animal")),
    "organisation": frozenset(("organization", "place", "object")),
    "place": frozenset(("place", "organization")),
    "event": frozenset(("event", "abstract", "time")),
    "work": frozenset(("object", "abstract")),
    "product": frozenset(("object", "substance", "abstract")),
    "group": frozenset(("person", "organization")),
    "other": frozenset(("object", "abstract", "event", "organization", "substance", "animal", "plant")),
}
"""The types of nominals that can mean an entity of a kind: an organisation is not its leader, a country not its
people."""
KIND_OF_TYPE: dict[str, Kind] = {
    "person": "person", "organization": "organisation", "place": "place", "event": "event", "object": "other",
    "animal": "other", "abstract": "other",
}  # fmt: skip
THINGS: frozenset[Kind] = frozenset(("organisation", "place", "event", "work", "product", "other"))
PRONOUN_KINDS: dict[str, frozenset[Kind]] = {
    **dict.fromkeys(("i", "you", "he", "she", "who"), frozenset[Kind](("person",))),
    **dict.fromkeys(("it", "this", "that"), THINGS),
    "they": THINGS | {"group"},
    "we": frozenset(("organisation", "group", "place")),
    "there": frozenset(("place",)),
}
"""The kinds of entities that a pronoun can mean; the pronouns that are not listed mean no entity with a name."""
SINGULAR = frozenset(("he", "she", "it"))
NOMINALS = frozenset(("name", "the", "demonstrative", "a", "possessive", "bare"))
ONE_THING = frozenset(("person", "organisation", "place", "work"))  # kinds whose entities are no "officials", "states"
KIN = frozenset(
    "mother father son daughter sister brother wife husband aunt uncle niece nephew grandmother grandfather widow "
    "widower girlfriend boyfriend partner cousin parents children".split()
)
OWNERS = {"his": "he", "her": "she"}
NO_ONE = frozenset(("no", "any", "every", "each"))
_ENDINGS = frozenset(("'s", "’s"))
_RIVALS = {form: SINGULAR - {form} for form in SINGULAR}
_NOMINAL_FORMS = [FORM[form] for form in sorted(NOMINALS)]
_ONE_THING = np.array([kind in ONE_THING for kind in FITTING])
_FITTING_TYPES = np.array([[name in types for types in FITTING.values()] for name in MENTION_TYPES], np.float32)


@dataclass(slots=True)
class Mentions:
    """The mentions of a text, one row each: candidates with borders, type probabilities and antecedents.

    ``homes`` holds the number of the entity that a name belongs to, NONE for other mentions, INSIDE for those inside
    a name or a date; ``definite`` and ``plural`` say it of nouns; ``apart`` holds for each mention the earlier ones
    that it cannot mean, since one is a part of what the other says ("her mother"); ``genders`` the pronoun of nouns
    that are said of men or women only (of "he", "she" and "it" it is themselves), ``owners`` the pronoun of whose
    relatives they are ("her mother"); ``nobody`` are nouns with "no", "any" or "every"; ``in_turns`` holds "I" and
    "you" where the layout shows who speaks, ``inner`` the entities of names inside others, ``unrivalled`` mentions with
    nobody and nothing else near that they can mean.
    """

    candidates: Candidates
    starts: Ints
    ends: Ints
    types: Floats
    antecedents: Antecedents
    homes: Ints
    definite: NDArray[np.bool_]
    plural: NDArray[np.bool_]
    apart: list[list[int]]
    genders: dict[int, str] = field(default_factory=dict)
    owners: dict[int, str] = field(default_factory=dict)
    nobody: set[int] = field(default_factory=set)
    in_turns: set[int] = field(default_factory=set)
    inner: dict[int, int] = field(default_factory=dict)
    unrivalled: set[int] = field(default_factory=set)
    _forms: list[str] = field(init=False)  # what is asked for again and again, made once
    _types: list[str] = field(init=False)
    _fits: dict[Kind, list[float]] = field(init=False)
    _named: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self._forms = [FORMS[form] for form in self.candidates.forms.tolist()]
        self._types = [MENTION_TYPES[number] for number in self.types.argmax(axis=1).tolist()]
        nominal = np.isin(self.candidates.forms, _NOMINAL_FORMS)
        several = self.plural & (self.candidates.forms != FORM["name"])
        shares = (self.types @ _FITTING_TYPES) * nominal[:, None]
        shares[np.ix_(several, _ONE_THING)] = 0.0
        self._fits = dict(zip(FITTING, shares.T.tolist(), strict=True))

        own = ((row, form) for row, form in enumerate(self._forms) if form in SINGULAR)
        self.genders = {**self.genders, **dict(own)}
        names = np.flatnonzero(self.homes >= 0)
        self._named = dict(zip(self.starts[names].tolist(), self.homes[names].tolist(), strict=True))

    def is_title_of_another(self, row: int, home: int) -> bool:
        """Whether the name of another entity than ``home`` follows the head at once: "the bishop Jo Roe"."""
        return self._named.get(int(self.candidates.words[row]) + 1, home) != home

    def form(self, row: int) -> str:
        """The form of a mention, one of FORMS."""
        return self._forms[row]

    def type(self, row: int) -> str:
        """The likeliest of MENTION_TYPES."""
        return self._types[row]

    def fit(self, row: int, kind: Kind) -> float:
        """How probable it is that a nominal is a word for an entity of a kind: an organisation is not its leader."""
        return self._fits[kind][row]


@dataclass(slots=True)
class Chain:
    """Mentions (rows) that mean the same thing; ``home`` is the number of the entity with a name, or NONE.

    ``certain`` holds for each row how probable it is that it belongs here: the least of the steps back to a name or,
    where there is none, to the first mention.
    """

    home: int = NONE
    kind: Kind | None = None
    certain: dict[int, float] = field(default_factory=dict)
    pronouns: set[str] = field(default_factory=set)
    owners: set[str] = field(default_factory=set)

    @property
    def rows(self) -> list[int]:
        """The rows, in the order they joined."""
        return list(self.certain)


class NameSpan(NamedTuple):
    """A name of the words ``start`` to ``end``, with the number of its entity; NONE for what is no entity (a date)."""

    start: int
    end: int
    entity: int


def find_mentions(head: Head, text: Tagged, inner: Halves, names: Iterable[NameSpan]) -> Mentions:
    """The mentions in a text with ``inner`` vectors [words, inner]: one for each of ``names``, the others by the model.

    One word stands for a name, the one the others depend on.
    """
    names = list(names)
    candidates = make_candidates(text, choose_words(text))
    vectors = inner[candidates.words].astype(np.float32)
    scores = head.score_mentions(vectors)
    homes = _find_homes(candidates, scores, names)
    aged = np.array([is_aged(text, word) for word in candidates.words.tolist()], bool)
    kept = (scores > 0) | (homes >= 0) | (aged & (candidates.forms == FORM["the"]))
    candidates, homes, vectors = candidates.take(kept), homes[kept], vectors[kept]
    starts, ends = keep_in_sentences(text, candidates.words, *head.find_borders(inner, candidates.words))
    nested = _find_rows_inside(candidates, homes, find_inner_names(text, names))
    for row, (start, end, _) in nested.items():
        starts[row], ends[row] = start, end
    words = candidates.words.tolist()
    antecedents = head.find_antecedents(vectors, candidates)
    return Mentions(
        candidates,
        starts,
        ends,
        head.weigh_types(vectors),
        Antecedents(lead_to_names(antecedents.rows, candidates, homes, text), antecedents.scores),
        homes,
        definite=np.array([_is_definite(text, *span) for span in zip(starts.tolist(), words, strict=True)], bool),
        plural=np.array([is_plural(text.lower[word]) for word in words], bool),
        apart=find_nested(text, candidates, starts, ends),
        genders=_find_genders(text, candidates),
        owners=_find_owners(text, candidates),
        nobody={row for row, word in enumerate(words) if text.lower[int(starts[row])] in NO_ONE and starts[row] < word},
        inner={row: entity for row, (_, _, entity) in nested.items()},
    )


def _find_genders(text: Tagged, candidates: Candidates) -> dict[int, str]:
    """The pronoun of each row with a noun that is said of men or women only."""
    told = ((row, GENDER_OF_NOUN.get(text.lower[word])) for row, word in enumerate(candidates.words.tolist()))
    return {row: gender for row, gender in told if gender is not None}


def _find_owners(text: Tagged, candidates: Candidates) -> dict[int, str]:
    """Whose each relative is: "he" of "his mother", "of" where a noun behind says it ("the mother of a clerk")."""
    words = candidates.words.tolist()
    owned = {
        int(candidates.parents[row]): text.lower[words[row]]
        for row in np.flatnonzero(candidates.roles == ROLES["nmod:poss"]).tolist()
    }
    found = {}
    for row, word in enumerate(words):
        if text.lower[word] in KIN:
            behind = text.lower[word + 1 : word + 2] == ["of"] and word + 2 < len(text.upos)
            of = behind and text.upos[word + 2] != NUM
            owner = OWNERS.get(owned.get(word, ""), "of" if of else "")
            if owner:
                found[row] = owner
    return found


def _find_homes(candidates: Candidates, scores: Floats, names: Iterable[NameSpan]) -> Ints:
    homes = np.full(len(candidates), NONE, np.int64)
    for name in sorted(names, key=lambda name: name.start - name.end):  # of two that overlap, the longer one first
        first, last = np.searchsorted(candidates.words, (name.start, name.end)).tolist()
        open_rows = [row for row in range(first, last) if homes[row] < 0]
        homes[open_rows] = INSIDE
        if name.entity != NONE and open_rows:
            parents, words = candidates.parents[open_rows], candidates.words[open_rows]
            outside = (parents < name.start) | (parents >= name.end) | (parents == words)
            best = max(zip(outside.tolist(), scores[open_rows].tolist(), open_rows, strict=True))[2]
            homes[best] = name.entity
    return homes


def _find_rows_inside(
    candidates: Candidates, homes: Ints, inner: Iterable[tuple[int, int, int]]
) -> dict[int, tuple[int, int, int]]:
    """The candidate that stands for each of the ``inner`` names: the one that the others in it depend on."""
    found = {}
    for start, end, entity in inner:
        first, last = np.searchsorted(candidates.words, (start, end)).tolist()
        rows = [row for row in range(first, last) if homes[row] == INSIDE]
        if rows:
            outside = [row for row in rows if not start <= candidates.parents[row] < end]
            found[(outside or rows)[-1]] = start, end, entity
    return found


def _is_definite(text: Tagged, start: int, head: int) -> bool:
    """Whether a noun phrase begins with "the", "this" or a possessor."""
    first = text.lower[start]
    definite = first in POSSESSIVES or DETERMINERS.get(first) in ("the", "demonstrative")
    return start < head and (definite or not _ENDINGS.isdisjoint(text.words[start:head]))


def link_mentions(mentions: Mentions, kinds: Sequence[Kind], genders: Mapping[int, str]) -> list[Chain]:
    """The chains of mentions, those of the named entities (with ``kinds``) first; every mention is in one chain.

    A mention joins the chain whose members it most likely refers back to, all counted together, among the chains that
    agree with it, when that is likelier than nothing. ``genders`` are pronouns ("he", "she") known of entities.
    """
    chains = [Chain(number, kind) for number, kind in enumerate(kinds)]
    for entity, gender in genders.items():
        chains[entity].pronouns.add(gender)
    chain_of: list[Chain] = []
    odds = _list_odds(mentions.antecedents)
    for row, (home, given) in enumerate(zip(mentions.homes.tolist(), odds, strict=True)):
        own = chains[home] if home >= 0 else Chain()
        if row in mentions.inner:  # what follows hardly means it, so nothing is certain by it
            own = chains[mentions.inner[row]]
            own.certain[row] = 0.0
            chain_of.append(own)
            continue
        shares = [ties for ties in _tie(given, chain_of) if _agrees(mentions, row, own, ties.chain)] if given else []
        best = max(shares, key=_odds_of, default=Ties(own))
        certain = best.odds / (1.0 + sum(ties.odds for ties in shares))
        if best.odds > 1.0 and best.chain is not own:
            if home >= 0:
                _take_over(own, best.chain, certain, chain_of)
            own = best.chain if home < 0 else own
        else:
            best = Ties(own)
        if own.kind is None and mentions.form(row) in NOMINALS:
            own.kind = KIND_OF_TYPE.get(mentions.type(row))
        own.certain[row] = 1.0 if home >= 0 or not own.certain else min(certain, best.certain)
        if row in mentions.genders:
            own.pronouns.add(mentions.genders[row])
        if row in mentions.owners:
            own.owners.add(mentions.owners[row])
        chain_of.append(own)
    others = {id(chain): chain for chain in chain_of if chain.home == NONE}
    return [*chains, *others.values()]


@dataclass(slots=True)
class Ties:
    """What ties a mention to a chain: the ``odds`` of all its members, and how ``certain`` these are in their mean,
    each weighed by its odds."""

    chain: Chain
    odds: float = 0.0
    certain: float = 0.0


_odds_of = attrgetter("odds")


def _tie(odds: Sequence[tuple[int, float]], chain_of: Sequence[Chain]) -> Iterable[Ties]:
    """The ties of a mention to the chains of its antecedents."""
    found: dict[int, Ties] = {}
    for other, share in odds:
        chain = chain_of[other]
        ties = found.get(id(chain))
        if ties is None:
            ties = found[id(chain)] = Ties(chain)
        ties.certain += share * (chain.certain[other] - ties.certain) / (ties.odds + share)
        ties.odds += share
    return found.values()


def _take_over(own: Chain, other: Chain, certain: float, chain_of: list[Chain]) -> None:
    """Adds to the chain of a name what was spoken of before the name."""
    for row, before in other.certain.items():
        own.certain[row] = min(before, certain)
        chain_of[row] = own
    own.pronouns |= other.pronouns


def _list_odds(antecedents: Antecedents) -> Iterator[list[tuple[int, float]]]:
    """For each mention, its antecedents with their odds against referring back to nothing; those near 0 left out.

    Where all of them together are no likelier than nothing, none is given.
    """
    odds = np.exp(np.minimum(antecedents.scores, 50)) * (antecedents.scores > HOPELESS)
    at, column = ((odds > 0) & (odds.sum(axis=1, keepdims=True) > 1.0)).nonzero()
    rows, shares = antecedents.rows[at, column], odds[at, column]
    for start, end in pairwise(np.searchsorted(at, np.arange(len(antecedents.rows) + 1)).tolist()):
        yield list(zip(rows[start:end].tolist(), shares[start:end].tolist(), strict=True))


def _agrees(mentions: Mentions, row: int, own: Chain, chain: Chain) -> bool:
    """Whether a mention (of the chain ``own`` so far) can mean what a chain means: kind, gender, number."""
    if chain is own:
        return True
    if not chain.certain.keys().isdisjoint(mentions.apart[row]):
        return False
    if own.home == NONE:
        return _fits(mentions, row, chain)
    if chain.home != NONE or len(chain.certain) > MOST_BEFORE_NAME:
        return False  # which names mean the same is not decided here
    return all(_fits(mentions, other, own) for other in chain.certain)


def _fits(mentions: Mentions, row: int, chain: Chain) -> bool:
    form = mentions.form(row)
    gender = mentions.genders.get(row)
    if gender is not None and not chain.pronouns.isdisjoint(_RIVALS[gender]):
        return False
    owner = mentions.owners.get(row)
    if owner is not None and chain.home == NONE and not chain.owners <= {owner}:
        return False
    if chain.kind is None:
        return True
    if form in PRONOUN_KINDS and (chain.home != NONE or form in SINGULAR):
        return chain.kind in PRONOUN_KINDS[form]
    return chain.home == NONE or mentions.fit(row, chain.kind) >= UNFIT


def is_specific(mentions: Mentions, row: int, chain: Chain) -> bool:
    """Whether a nominal means something known: it is definite, or stands in one sentence with what it means."""
    return bool(mentions.definite[row]) or is_near(mentions, row, chain)


def is_near(mentions: Mentions, row: int, chain: Chain) -> bool:
    """Whether a chain has a mention in the same sentence: "a lawyer" is the one named just there, or nobody known."""
    sentences = mentions.candidates.sentences
    for other in reversed(chain.certain):
        if other < row:
            return bool(sentences[other] == sentences[row])
    return False
