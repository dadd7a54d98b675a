"""Reads offices and posts of persons as relations: "Sweden's prime minister, Jo Roe", "Jo Roe resigned as mayor"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

import kg.read.office_words as lists
from kg.model import Claim, Entity, Passage, Relation
from kg.read.claims import Places
from kg.read.office_holders import Holding, list_holdings
from kg.read.office_nouns import OfficePhrase
from kg.read.office_phrases import PhraseFinder
from kg.read.relations import Contents
from kg.read.tokenizer import find_words

SCORES = {"title": 0.96, "apposition": 0.96, "named": 0.95, "predicate": 0.9, "verb": 0.88}
"""The probability that a statement is right, by the pattern that found it, as read by a person in news."""
OF_A_BODY = frozenset(("P6", "P35", "P169", "P488"))  # the body is the subject, the holder the object
HEADS = frozenset(("P6", "P35"))
BONDS = frozenset(("P108", "P463", "P102"))
OF_THAT_TIME = frozenset(("title", "named", "verb"))  # patterns that name an office of the time told of
IN_A_ROW = frozenset(("named", "apposition"))  # patterns in which "the first president" is one of history
SAID = frozenset(("predicate", "verb"))  # patterns in which a verb states the office
STEPS = 6  # up in the tree from a year to its clause
ENDS = frozenset(
    "die kill shoot assassinate murder leave serve resign step rule govern oust depose reign lose retire be hold "
    "remove hang execute flee head lead".split()
)
"""Verbs whose time may be that of an office, or of its end."""
LONG_AGO = 4  # years after which what a sentence tells may be over
YEAR = re.compile(r"(?:1[6-9]|20)\d\ds?$")
SPANS = frozenset(("to", "until", "till", "and", "-", "–"))


def find_offices(
    doc: Doc, places: Places, *, published: str | None = None, claims: Iterable[Claim] = ()
) -> list[Relation]:
    """The offices of persons in a parsed ``Doc``, in the order of the text: "P39" with the office as ``value``.

    What the phrase itself says of the body that the office belongs to is further relations: P169, P488, P6, P35 with
    the body as subject, P108, P102, P463 and P241 with it as object. ``places`` are the mentions of all entities.
    ``published`` is an ISO 8601 date, for what a sentence tells of years long gone; without it the latest year in the
    text counts. What one of the ``claims`` states in quotation marks, or with a verb, is its own; a title or apposition
    in an indirect one is the article's.
    """
    contents = Contents(claims)
    finder = PhraseFinder(doc, places)
    years = _Years(doc, published)
    relations: dict[Relation, None] = {}
    passages: dict[int, Passage] = {}  # one for each sentence: a text without full stops is made once
    for phrase, holding in list_holdings(finder):
        low, high = finder.bound(phrase.core)
        if holding.status == "current":
            if holding.pattern in ("apposition", "predicate") and is_over(doc, phrase.end, high):
                holding = holding._replace(status="former")
            elif _is_told_of_then(phrase, holding, late=years.is_past(low, high, phrase.core)):
                continue
        if low not in passages:
            passages[low] = _make_passage(doc, low, high)
        claim = contents.find(doc[phrase.core].idx)
        if claim is not None and holding.pattern not in SAID and not contents.is_direct(claim):
            claim = None
        found = make_relations(phrase, holding, passages[low])
        relations.update(dict.fromkeys(replace(each, claim=claim) for each in found))
    return list(relations)


def _is_told_of_then(phrase: OfficePhrase, holding: Holding, *, late: bool) -> bool:
    """Whether an office without a word for "former" may be one of history."""
    return (late and holding.pattern in OF_THAT_TIME) or (phrase.ordinal and holding.pattern in IN_A_ROW)


def make_relations(phrase: OfficePhrase, holding: Holding, evidence: Passage) -> Iterator[Relation]:
    """The statements that a phrase makes of somebody who holds its office."""
    score, person, status = SCORES[holding.pattern], holding.person.id, holding.status
    if phrase.is_office or (holding.body is not None and phrase.noun.held == "bound"):
        yield Relation(person, "P39", None, evidence, score, phrase.value, status)
    body, direct = holding.body, True
    if body is None and phrase.body is not None:
        body, direct = phrase.body.entity, phrase.body.direct
    found = choose_property(phrase, body, direct=direct) if body is not None and body.id != person else None
    if body is not None and found in OF_A_BODY:
        yield Relation(body.id, found, person, evidence, score, status=status)
    elif body is not None and found is not None:
        yield Relation(person, found, body.id, evidence, score, status=status)


def keep_heads(offices: Sequence[Relation], relations: Iterable[Relation]) -> list[Relation]:
    """The relations that the head of the model finds, without those that an office told in the same sentence denies: a
    secretary of justice does not head a government, and who chairs a body, or left it, is not employed there."""
    lesser, bonds = (
        set(),
        {(each.subject, each.object, each.evidence.start) for each in offices if each.property in BONDS},
    )
    for each in offices:
        place = each.evidence.start
        if each.property == "P39" and lists.LESSER_OFFICE.search((each.value or "").lower()):
            lesser.add((each.subject, place))
        if each.property == "P488" and each.object is not None:
            bonds.add((each.object, each.subject, place))
    leading = {(each.object, each.evidence.start) for each in offices if each.property in HEADS}
    return [
        each
        for each in relations
        if not (
            each.property in HEADS
            and (each.object, each.evidence.start) in lesser
            and (each.object, each.evidence.start) not in leading
        )
        and not (each.property in BONDS and (each.subject, each.object, each.evidence.start) in bonds)
    ]


def choose_property(phrase: OfficePhrase, body: Entity, *, direct: bool) -> str | None:
    """The property that joins the holder and the body, by what the office is to it; None where the phrase tells none.

    ``direct`` says that the office is one of the very body, not of a part of it.
    """
    name = body.name.lower().removeprefix("the ")
    if body.kind == "place":
        return _choose_for_place(phrase.noun.role, name) if direct and not phrase.lesser else None
    return _choose_for_organisation(phrase, name, direct=direct) if body.kind == "organisation" else None


def _choose_for_place(role: str, name: str) -> str | None:
    if role == "government" or (role == "chancellor" and name in lists.CHANCELLORS):
        return "P6"
    return "P35" if role == "monarch" or (role == "state" and name in lists.REPUBLICS) else None


def _choose_for_organisation(phrase: OfficePhrase, name: str, *, direct: bool) -> str | None:
    role, party, army = phrase.noun.role, lists.PARTY.search(name), name.endswith(lists.ARMIES)
    if role in ("military", "rank"):
        return "P241" if army else None
    if role in ("executive", "chair") and direct and not phrase.lesser:
        return "P169" if role == "executive" else "P488"
    if role == "leader" and direct:
        return "P102" if party else "P463"
    if role in ("staff", "executive") and not army and not lists.CHAMBER.search(name):
        return "P102" if party else "P108"
    return None


def is_over(doc: Doc, start: int, end: int) -> bool:
    """Whether a time right behind an office says that it is past: "from 1990 to 1998", "until 2012", "(1990-1998)"."""
    words = [token.lower_ for token in doc[start : min(start + 5, end)]]
    after = [*(words[1:] if words[:1] == ["("] else words), "", "", "", ""]
    years = [YEAR.match(word) is not None for word in after]
    spanned = years[0] and after[1] in SPANS and years[2]
    ranged = after[0] in ("from", "between") and bool({after[2], after[3]} & SPANS)
    return spanned or ranged or (after[0] in ("until", "till", "during", "in") and (years[1] or years[2]))


def _is_year(text: str) -> bool:
    return YEAR.match(text) is not None and text.isdecimal()


class _Years:
    """Tells whether a sentence speaks of years long before the article."""

    def __init__(self, doc: Doc, published: str | None) -> None:
        self._doc = doc
        told = [(t.i, int(t.text)) for t in find_words(doc, _is_year, attribute="ORTH")]
        latest = max((year for _, year in told), default=0)
        now = int(published[:4]) if published and published[:4].isdecimal() else latest
        gone = (at for at, year in told if year <= now - LONG_AGO)
        self._gone = [at for at in gone if at == 0 or doc[at - 1].lower_ != "since"]

    def is_past(self, low: int, high: int, core: int) -> bool:
        """Whether one of the words names a year long gone, and not as the beginning of something, nor in a clause about
        what the holder of the office ``core`` once did: "President Jo Roe, who founded the party in 2016, said"."""
        years = self._gone[bisect_left(self._gone, low) : bisect_left(self._gone, high)]
        return any(not self._is_aside(year, core) for year in years)

    def _is_aside(self, year: int, core: int) -> bool:
        """Whether a year stands in a relative clause behind an office, which tells of no end."""
        word = self._doc[year]
        for _ in range(STEPS):
            word = word.head
            if word.dep_ in ("acl:relcl", "acl"):
                return core < word.head.i + STEPS and core < word.i and word.lemma_.lower() not in ENDS
        return False


def _make_passage(doc: Doc, start: int, end: int) -> Passage:
    """The words as a passage, without white space at its ends."""
    while end - start > 1 and doc[end - 1].is_space:
        end -= 1
    while end - start > 1 and doc[start].is_space:
        start += 1
    return Passage(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]), doc[start:end].text)
