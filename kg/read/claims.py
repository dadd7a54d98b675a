"""The spaCy component "kg_claims": who says what to whom, from attributions, entities and syntax."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.model import Claim, Entity, Mention, Passage, Quotation, Time
from kg.read.addressees import find_addressee
from kg.read.attributions import Attribution, find_attributions
from kg.read.candidates import Tagged, number_quotations
from kg.read.claim_kinds import may_quote, tell_kind
from kg.read.claim_predicates import find_predicate
from kg.read.claim_words import MARKS
from kg.read.components import ENTITIES, RELATIVES, Read, find_answers
from kg.read.predicates import find_main
from kg.read.roles import Layout, lay_out
from kg.read.speakers import carry_speakers, find_authors, find_speakers
from kg.read.stance import judge
from kg.read.tokenizer import slice_text

CLAIMS = "kg_claims"  # key of doc.user_data: a tuple of Claim
LAYOUT = "kg_layout"  # key of doc.user_data: the Layout of what was read
PLACES = "kg_places"  # key of doc.user_data: where the mentions of the entities are
FIRST = frozenset(("i", "me", "my", "mine", "myself"))
DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T|$)")


class Place(NamedTuple):
    """A mention, the entity it is of, and its tokens."""

    mention: Mention
    entity: Entity
    span: Span

    def lies_in(self, part: Span) -> bool:
        """Whether the whole mention stands within ``part``."""
        return part.start <= self.span.start and self.span.end <= part.end


class _Bounds(NamedTuple):
    """Where the mentions of ``entities`` and ``relatives`` are: first token, end, mention and entity of each."""

    entities: Sequence[Entity]
    relatives: Mapping[str, Sequence[Mention]] | None
    found: list[tuple[int, int, Mention, Entity]]


def set_claims(doc: Doc) -> Doc:
    """Finds the claims: ``doc.user_data["kg_claims"]``, a tuple of ``kg.model.Claim`` in the order of the text."""
    read = find_answers(doc, "kg_claims")
    layout = doc.user_data[LAYOUT] = make_layout(doc, read)
    places = Places(find_places(doc))
    found = find_attributions(read.network.roles, layout, read.starts, read.answers.cues, read.answers.roles)
    spans = [_Spans(doc, read.words, attribution) for attribution in found]
    authors = find_authors(doc, places)
    claims = [make_claim(f"c{number}", given, places, authors) for number, given in enumerate(spans, 1)]
    claims = carry_speakers(doc, claims, places)
    doc.user_data[CLAIMS] = tuple(claims)
    spoken = {claim.id: list(find_own_words(given.content)) for claim, given in zip(claims, spans, strict=True)}
    doc.user_data[ENTITIES] = give_own_words(doc.user_data.get(ENTITIES, ()), claims, spoken)
    return doc


def make_layout(doc: Doc, read: Read) -> Layout:
    """The words that were read of a ``Doc``, with sentences, paragraphs, quotations and trees."""
    words = np.array(read.words, np.int64)
    values = doc.to_array(["ORTH", "HEAD", "DEP", "SENT_START"])
    heads, begins = values[words][:, [1, 3]].astype(np.int64).T  # a head is so many tokens away
    numbers = np.full(len(doc), -1, np.int64)
    numbers[words] = np.arange(len(words))
    found = numbers[words + heads]
    text = Tagged(
        _look_up(doc, values[words, 0].tolist()),
        read.answers.upos.tolist(),
        (begins == 1).tolist(),
        np.where(found >= 0, found, np.arange(len(words))).tolist(),
        [label.lower() for label in _look_up(doc, values[words, 2].tolist())],
    )
    return lay_out(text, read.starts, number_quotations(text))


def _look_up(doc: Doc, numbers: Sequence[int]) -> list[str]:
    """The strings with these numbers in the vocabulary."""
    known = {number: doc.vocab.strings[number] for number in set(numbers)}
    return [known[number] for number in numbers]


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
    if not may_quote(content):
        return
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
    relatives: Mapping[str, Sequence[Mention]] | None = doc.user_data.get(RELATIVES)
    kept: _Bounds | None = doc.user_data.get(PLACES)  # numbers only: a span would keep its document alive
    if kept is None or kept.entities is not entities or kept.relatives is not relatives:
        kept = doc.user_data[PLACES] = _Bounds(entities, relatives, _find_bounds(doc, entities, relatives or {}))
    for start, end, mention, entity in kept.found:
        yield Place(mention, entity, doc[start:end])


def _find_bounds(
    doc: Doc, entities: Iterable[Entity], relatives: Mapping[str, Sequence[Mention]]
) -> list[tuple[int, int, Mention, Entity]]:
    found = []
    for entity in entities:
        for mention in (*entity.mentions, *relatives.get(entity.id, ())):
            span = doc.char_span(mention.passage.start, mention.passage.end, alignment_mode="expand")
            if span is not None:
                found.append((span.start, span.end, mention, entity))
    return sorted(found, key=lambda bounds: (bounds[0], -bounds[1]))


def make_claim(name: str, given: _Spans, places: Places, authors: Mapping[str, str]) -> Claim:
    """The claim of an attribution, with speakers, addressee and topics among the entities of ``places``; ``authors``
    wrote the documents that speak."""
    speakers = find_speakers(given.source, places, authors) if given.source is not None else ()
    main = find_main(given.content)
    stance = judge(given.cue, given.content, main=main)
    topics = {
        place.entity.id: None
        for part in given.content
        for place in places.list_touching(part.start, part.end)
        if place.lies_in(part)
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
        addressee=find_addressee(given.cue, given.source, given.content, places, speakers),
        about=tuple(topics),
        score=given.certain,
        kind=tell_kind(given.cue, given.source, given.content, main=main),
        cospeakers=speakers[1:],
        predicate=find_predicate(given.content, main=main),
    )


def tell_quotation(content: Sequence[Span]) -> Quotation:
    """Whether all, some or none of the content stands within quotation marks."""
    marked = [[token.text in MARKS for token in span] for span in content] if may_quote(content) else []
    if not any(any(marks) for marks in marked):
        return "indirect"
    first = next((token for token in content[0] if not token.is_punct or token.text in MARKS), content[0][0])
    last = next((t for t in reversed(list(content[-1])) if not t.is_punct or t.text in MARKS), content[-1][-1])
    whole = first.text in MARKS and last.text in MARKS
    inner = sum(sum(marks) for marks in marked) - 2
    return "direct" if whole and inner <= 2 * (len(content) - 1) else "mixed"


def _passage(span: Span) -> Passage:
    return Passage(span.start_char, span.end_char, slice_text(span))


Language.component("kg_claims", func=set_claims, assigns=["doc.user_data"], requires=["token.head", "token.dep"])
