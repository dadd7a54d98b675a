"""Finds what nominals and pronouns mean: an entity that has a name, or a thing of their own that is mentioned again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.model import Entity, Kind, Mention, Passage
from kg.read.antecedents import NONE
from kg.read.candidates import DETERMINERS, Tagged
from kg.read.chains import INSIDE, KIND_OF_TYPE, NOMINALS, Chain, Mentions, NameSpan, find_mentions, link_mentions
from kg.read.labels import MENTION_TYPES
from kg.read.network import Answers, Network

SURE = 0.5  # probability from which what a mention means is told
DETERMINED = frozenset(("the", "demonstrative", "possessive", "a"))
SPOKEN = NOMINALS | frozenset(("i", "he", "she", "it", "they"))
BREAKS = frozenset((",", ";", ":", "—", "–", "(", '"', "“", "”"))
AFTER = BREAKS | frozenset("who whom whose which that where when".split())  # what begins a clause after a noun
EDGES = frozenset(("'s", "’s", "'", "’", ")"))
MALE = frozenset("mr sir lord king prince duke father brother emperor pope baron count".split())
FEMALE = frozenset("mrs ms miss dame lady queen princess duchess sister empress baroness countess".split())


def find_thing(mentions: Mentions, chain: Chain) -> Kind | None:
    """The kind of a chain without a name that is a thing of its own, None when it is none.

    It is one when it is spoken of at least twice, once at least with an article or the like: general words ("people",
    "water") are no things, nor are stretches of time. Of what is abstract the same noun must come back.
    """
    spoken = [row for row in chain.rows if mentions.form(row) in SPOKEN and mentions.homes[row] == NONE]
    nouns = [row for row in spoken if mentions.form(row) in NOMINALS]
    starts, words = mentions.starts, mentions.candidates.words
    if len(spoken) < 2 or not any(mentions.form(row) in DETERMINED and starts[row] < words[row] for row in nouns):
        return None
    type_ = MENTION_TYPES[int(mentions.types[chain.rows].mean(axis=0).argmax())]
    heads = mentions.candidates.phrases[nouns, 0].tolist()
    if type_ == "abstract" and len(heads) == len(set(heads)):
        return None
    return KIND_OF_TYPE.get(type_)


class Speaker:
    """Turns rows of mentions into mentions of the text."""

    def __init__(self, doc: Doc, words: Sequence[int], starts: Sequence[bool], mentions: Mentions) -> None:
        self._doc, self._words, self._starts, self._mentions = doc, words, starts, mentions

    def speak(self, row: int) -> Mention | None:
        """The mention of a row, without clauses after it; None for one that is left unresolved."""
        form, quote = self._mentions.form(row), int(self._mentions.candidates.quotes[row])
        if self._mentions.homes[row] == INSIDE or form not in SPOKEN or (form == "i" and not quote):
            return None
        head = int(self._mentions.candidates.words[row])
        if form not in NOMINALS:
            return Mention(self._passage(head, head + 1), "pronoun")
        start, end = int(self._mentions.starts[row]), int(self._mentions.ends[row])
        texts = [self._doc[self._words[word]].text.lower() for word in range(start, end)]
        end = next((word for word in range(head + 1, end) if self._breaks(word) or texts[word - start] in AFTER), end)
        start = next((word + 1 for word in range(head - 1, start - 1, -1) if texts[word - start] in BREAKS), start)
        start = next((word for word in range(head, start, -1) if self._breaks(word)), start)
        while end - 1 > head and texts[end - 1 - start] in EDGES:
            end -= 1
        return Mention(self._passage(start, end), "nominal")

    def _breaks(self, word: int) -> bool:
        """Whether a paragraph, or something after what was skipped, begins at a word."""
        return self._starts[word]

    def _passage(self, start: int, end: int) -> Passage:
        span = self._doc[self._words[start] : self._words[end - 1] + 1]
        return Passage(span.start_char, span.end_char, span.text)


def resolve(doc: Doc, words: Sequence[int], starts: Sequence[bool], network: Network, answers: Answers,
            entities: Sequence[Entity]) -> tuple[Entity, ...]:  # fmt: skip
    """The ``entities`` of a ``Doc`` with their nominals and pronouns, and the things that have no name.

    ``words`` are the numbers of the tokens that were read, ``starts`` those that begin a paragraph. What names mean
    the same is taken as given. Entities come in order of first mention and are numbered anew.
    """
    tokens = [doc[word] for word in words]
    labels = [network.dependencies[label] for label in answers.labels.tolist()]
    heads = answers.heads.tolist()
    text = Tagged(
        [t.text for t in tokens], answers.upos.tolist(), [bool(t.is_sent_start) for t in tokens], heads, labels
    )
    mentions = find_mentions(network.head, text, answers.inner, _name_spans(doc, words, entities))
    chains = link_mentions(mentions, [entity.kind for entity in entities], _genders(doc, entities))
    speaker = Speaker(doc, words, starts, mentions)
    found = [_extend(entity, chain, mentions, speaker) for entity, chain in zip(entities, chains, strict=False)]
    for chain in chains[len(entities) :]:
        kind = find_thing(mentions, chain)
        if kind is not None:
            thing = _extend(Entity("", kind, "", ()), chain, mentions, speaker)
            if len(thing.mentions) > 1:
                found.append(replace(thing, name=_name_thing(thing.mentions)))
    found.sort(key=lambda entity: entity.mentions[0].passage.start)
    return tuple(replace(entity, id=f"e{number}") for number, entity in enumerate(found, 1))


def _name_spans(doc: Doc, words: Sequence[int], entities: Sequence[Entity]) -> list[NameSpan]:
    places = [doc[word].idx for word in words]
    spans = [(m.passage.start, m.passage.end, number) for number, e in enumerate(entities) for m in e.mentions]
    spans += [(ent.start_char, ent.end_char, NONE) for ent in doc.ents if ent.label_ in ("date", "money")]
    return [NameSpan(bisect_left(places, start), bisect_left(places, end), number) for start, end, number in spans]


def _genders(doc: Doc, entities: Sequence[Entity]) -> dict[int, str]:
    """ "he" or "she" for the people that a title before their name, or in it, tells it of."""
    found: dict[int, str] = {}
    whole = doc.text
    for number, entity in enumerate(entities):
        if entity.kind == "person":
            near = [whole[max(0, m.passage.start - 9) : m.passage.end] for m in entity.mentions]
            words = {word.strip(".").lower() for text in near for word in text.split()[:3]}
            if bool(words & MALE) != bool(words & FEMALE):
                found[number] = "he" if words & MALE else "she"
    return found


def _extend(entity: Entity, chain: Chain, mentions: Mentions, speaker: Speaker) -> Entity:
    """An entity with the mentions of its chain that are no names, each stretch of text once."""
    found = {(m.passage.start, m.passage.end): m for m in entity.mentions}
    names = sorted(found)
    for row in chain.rows:
        mention = speaker.speak(row) if mentions.homes[row] == NONE and chain.certain[row] >= SURE else None
        if mention is not None and not _overlaps(names, mention.passage):
            found.setdefault((mention.passage.start, mention.passage.end), mention)
    return replace(entity, mentions=tuple(found[key] for key in sorted(found)))


def _overlaps(names: Sequence[tuple[int, int]], passage: Passage) -> bool:
    """Whether a passage shares text with one of the names, which do not overlap."""
    at = bisect_left(names, (passage.end, 0))
    return at > 0 and names[at - 1][1] > passage.start


def _name_thing(mentions: Sequence[Mention]) -> str:
    """What a thing without a name is called: its first noun phrase, without the article."""
    first = next((m.passage.text for m in mentions if m.form == "nominal"), mentions[0].passage.text)
    words = first.split()
    return " ".join(words[1:] if len(words) > 1 and words[0].lower() in DETERMINERS else words)
