"""Gives the things of a document the pronouns and descriptions that the shipped reader takes for them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Entity
from kg.read.components import ENTITIES
from training.relation_corpora import Draft, Span, Stuff, agreement

SAME = 0.5  # of agreement between an annotated mention and a name of the reader that are taken for one
BREAK = "\n\n"


def add_mentions(drafts: Iterable[Draft], nlp: Language) -> Iterator[Draft]:
    """Each document with the mentions that its corpus leaves out: many annotate names alone, while the reader joins
    "he" and "the company" to them, and so has more places in which a relation may be stated.

    What the reader says of a thing is believed where a name of it is annotated; annotated mentions stay as they are.
    """
    pairs = ((make_doc(draft, nlp), draft) for draft in drafts)
    for doc, draft in nlp.pipe(pairs, as_tuples=True, batch_size=32, disable=["kg_claims"]):
        yield replace(draft, things=join_mentions(draft.things, find_mentions(doc)))


def make_doc(draft: Draft, nlp: Language) -> Doc:
    """The words of a document with empty lines between its paragraphs."""
    words = []
    for number, (word, fresh) in enumerate(zip(draft.document.words, draft.paragraphs, strict=True)):
        words += [BREAK, word] if fresh and number else [word]
    return Doc(nlp.vocab, words=words)


def find_mentions(doc: Doc) -> list[list[tuple[Span, bool]]]:
    """The mentions of each entity of a document that ``make_doc`` made, in its words, and whether each is a name."""
    solid = [not token.is_space for token in doc]
    place = [0]
    for flag in solid:
        place.append(place[-1] + flag)
    found = []
    entities: Sequence[Entity] = doc.user_data[ENTITIES]
    for entity in entities:
        mentions = []
        for mention in entity.mentions:
            span = doc.char_span(mention.passage.start, mention.passage.end, alignment_mode="expand")
            if span is not None and place[span.start] < place[span.end]:
                mentions.append(((place[span.start], place[span.end]), mention.form == "name"))
        found.append(mentions)
    return found


def join_mentions(things: Sequence[Stuff], entities: Iterable[Sequence[tuple[Span, bool]]]) -> list[Stuff]:
    """The things with the other mentions of the entities that most of their names belong to."""
    at: dict[int, list[tuple[int, Span]]] = defaultdict(list)
    for number, thing in enumerate(things):
        for span in thing.spans:
            for word in range(*span):
                at[word].append((number, span))
    joined = [Stuff(thing.kind, list(thing.spans)) for thing in things]
    for mentions in entities:
        votes: Counter[int] = Counter()
        for span, named in mentions:
            near = {each for word in range(*span) for each in at.get(word, ())} if named else set()
            votes.update({number for number, other in near if agreement(span, other) >= SAME})
        if votes:
            thing = joined[min(votes, key=lambda number: (-votes[number], number))]
            free = (span for span, named in mentions if not named and not any(word in at for word in range(*span)))
            thing.spans.extend(free)
    return joined
