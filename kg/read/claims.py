"""The spaCy component "kg_claims": who says what to whom, from attributions, entities and syntax."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.model import Claim, Entity, Mention, Passage, Quotation, Time
from kg.read.attributions import Attribution, find_attributions
from kg.read.candidates import Tagged
from kg.read.claim_kinds import tell_kind
from kg.read.components import ENTITIES, RELATIVES, find_answers
from kg.read.speakers import find_authors, find_speakers
from kg.read.stance import judge

CLAIMS = "kg_claims"  # key of doc.user_data: a tuple of Claim
FIRST = frozenset(("i", "me", "my", "mine", "myself"))
DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T|$)")
MARKS = frozenset('"“”«»')
HEARING = frozenset(("person", "organisation", "group"))  # a country hears as an object alone: "warned Iraq"
HEARERS = frozenset(("obj", "iobj", "obl", "obl:agent"))


class Place(NamedTuple):
    """A mention, the entity it is of, and its tokens."""

    mention: Mention
    entity: Entity
    span: Span


def set_claims(doc: Doc) -> Doc:
    """Finds the claims: ``doc.user_data["kg_claims"]``, a tuple of ``kg.model.Claim`` in the order of the text."""
    words, starts, answers, network = find_answers(doc, "kg_claims")
    tokens = [doc[word] for word in words]
    at = {word: number for number, word in enumerate(words)}
    text = Tagged(
        [token.text for token in tokens],
        answers.upos.tolist(),
        [bool(token.is_sent_start) for token in tokens],
        [at.get(token.head.i, number) for number, token in enumerate(tokens)],
        [token.dep_.lower() for token in tokens],
    )
    places = Places(find_places(doc))
    found = find_attributions(network.roles, text, starts, answers.cues, answers.roles)
    spans = [_Spans(doc, words, attribution) for attribution in found]
    authors = find_authors(doc, places)
    claims = [make_claim(f"c{number}", given, places, authors) for number, given in enumerate(spans, 1)]
    doc.user_data[CLAIMS] = tuple(claims)
    spoken = {claim.id: list(find_own_words(given.content)) for claim, given in zip(claims, spans, strict=True)}
    doc.user_data[ENTITIES] = give_own_words(doc.user_data.get(ENTITIES, ()), claims, spoken)
    return doc


class Places:
    """The mentions of a ``Doc`` in the order of the text, to be asked for by a stretch of it."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = list(places)
        self._starts = [place.span.start for place in self._places]
        self._longest = max((place.span.end - place.span.start for place in self._places), default=0)

    def list_touching(self, start: int, end: int) -> list[Place]:
        """The mentions that share a token with those from ``start`` to ``end``."""
        first, last = bisect_left(self._starts, start - self._longest), bisect_left(self._starts, end)
        return [place for place in self._places[first:last] if place.span.end > start]


class _Spans:
    """An attribution as spans of the ``Doc``."""

    def __init__(self, doc: Doc, words: Sequence[int], given: Attribution) -> None:
        def span(bounds: tuple[int, int]) -> Span:
            return doc[words[bounds[0]] : words[bounds[1] - 1] + 1]

        self.cue = span(given.cue)
        self.source = span(given.source) if given.source else None
        self.content = [span(bounds) for bounds in given.content]
        self.certain = given.certain


def find_own_words(content: Sequence[Span]) -> Iterator[Passage]:
    """The "I", "me", "my" within quotation marks of a content."""
    inside = False
    for token in (token for span in content for token in span):
        if token.text in MARKS:
            inside = not inside if token.text == '"' else token.text in "“«"
        elif inside and token.lower_ in FIRST:
            yield Passage(token.idx, token.idx + len(token), token.text)


def give_own_words(
    entities: Sequence[Entity], claims: Iterable[Claim], spoken: Mapping[str, Sequence[Passage]]
) -> tuple[Entity, ...]:
    """The entities, with the "I" of each claim (``spoken``, by claim) as a mention of its speaker, a person.

    A word that is a mention already, or is spoken in two claims of different speakers, stays as it is.
    """
    taken = {m.passage.start for entity in entities for m in entity.mentions if m.form == "pronoun"}
    people = {entity.id for entity in entities if entity.kind == "person"}
    owners: dict[Passage, set[str | None]] = defaultdict(set)
    for claim in claims:
        for passage in spoken[claim.id]:
            owners[passage].add(claim.speaker)
    given: dict[str, list[Mention]] = defaultdict(list)
    for passage, speakers in owners.items():
        [speaker, *others] = speakers
        if speaker in people and not others and passage.start not in taken:
            given[speaker].append(Mention(passage, "pronoun"))
    return tuple(
        replace(entity, mentions=tuple(sorted((*entity.mentions, *given[entity.id]), key=_order)))
        if entity.id in given
        else entity
        for entity in entities
    )


def _order(mention: Mention) -> tuple[int, int]:
    return mention.passage.start, -mention.passage.end


def date_claims(doc: Doc, claims: Iterable[Claim], times: Iterable[Time]) -> tuple[Claim, ...]:
    """The claims with the day on which each was made, where a time with a day depends on the cue."""
    days: dict[int, str] = {}
    for time in times:
        span = doc.char_span(time.passage.start, time.passage.end, alignment_mode="expand")
        if span is not None and time.value and DAY.match(time.value):
            days.setdefault(span.root.head.i, time.value[:10])
    dated = []
    for claim in claims:
        cue = doc.char_span(claim.cue.start, claim.cue.end, alignment_mode="expand") if claim.cue else None
        day = days.get(cue.root.i) if cue is not None else None
        dated.append(replace(claim, claimed_on=day) if day else claim)
    return tuple(dated)


def find_places(doc: Doc) -> Iterator[Place]:
    """All mentions of the entities, in the order of the text, and the relative pronouns that stand for them."""
    entities: Sequence[Entity] = doc.user_data.get(ENTITIES, ())
    relatives: Mapping[str, Sequence[Mention]] = doc.user_data.get(RELATIVES, {})
    places = []
    for entity in entities:
        for mention in (*entity.mentions, *relatives.get(entity.id, ())):
            span = doc.char_span(mention.passage.start, mention.passage.end, alignment_mode="expand")
            if span is not None:
                places.append(Place(mention, entity, span))
    yield from sorted(places, key=lambda place: (place.span.start, -place.span.end))


def make_claim(name: str, given: _Spans, places: Places, authors: Mapping[str, str]) -> Claim:
    """The claim of an attribution, with speakers, addressee and topics among the entities of ``places``; ``authors``
    wrote the documents that speak."""
    speakers = find_speakers(given.source, places, authors) if given.source is not None else ()
    stance = judge(given.cue, given.content)
    topics = {
        place.entity.id: None
        for part in given.content
        for place in places.list_touching(part.start, part.end)
        if _lies_in(place.span, part)
    }
    return Claim(
        id=name,
        speaker=speakers[0] if speakers else None,
        source=_passage(given.source) if given.source is not None else None,
        cue=_passage(given.cue),
        content=tuple(_passage(part) for part in given.content),
        quotation=tell_quotation(given.content),
        polarity=stance.polarity,
        certainty=stance.certainty,
        temporality=stance.temporality,
        addressee=find_addressee(given, places, speakers),
        about=tuple(topics),
        score=given.certain,
        kind=tell_kind(given.cue, given.source, given.content),
        cospeakers=speakers[1:],
    )


def find_addressee(given: _Spans, places: Places, speakers: Sequence[str]) -> str | None:
    """The entity that is told: an object of the cue outside of source and content."""
    parts = [*given.content, *([given.source] if given.source is not None else [])]
    cue = given.cue.root
    for place in places.list_touching(cue.sent.start, cue.sent.end):
        root = place.span.root
        told = root.head.i == cue.i and root.dep_ in HEARERS and place.entity.kind in HEARING
        told |= root.head.i == cue.i and root.dep_ in ("obj", "iobj") and place.entity.kind == "place"
        if told and root.dep_ == "obl":
            told = any(child.dep_ == "case" and child.lower_ == "to" for child in root.children)
        if told and place.entity.id not in speakers and not any(_lies_in(place.span, part) for part in parts):
            return place.entity.id
    return None


def _lies_in(span: Span, part: Span) -> bool:
    return part.start <= span.start and span.end <= part.end


def tell_quotation(content: Sequence[Span]) -> Quotation:
    """Whether all, some or none of the content stands within quotation marks."""
    marked = [[token.text in MARKS for token in span] for span in content]
    if not any(any(marks) for marks in marked):
        return "indirect"
    first = next((token for token in content[0] if not token.is_punct or token.text in MARKS), content[0][0])
    last = next((t for t in reversed(list(content[-1])) if not t.is_punct or t.text in MARKS), content[-1][-1])
    whole = first.text in MARKS and last.text in MARKS
    inner = sum(sum(marks) for marks in marked) - 2
    return "direct" if whole and inner <= 2 * (len(content) - 1) else "mixed"


def _passage(span: Span) -> Passage:
    return Passage(span.start_char, span.end_char, span.text)


Language.component("kg_claims", func=set_claims, assigns=["doc.user_data"], requires=["token.head", "token.dep"])
