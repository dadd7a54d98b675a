"""Finds who speaks: the entities behind a source, several where they are joined, and the author of a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span, Token

from kg.model import Claim, Entity, Passage
from kg.read.country_names import ADJECTIVES
from kg.read.genders import find_genders
from kg.read.stance_words import DENIALS
from kg.read.tokenizer import find_words, text_of

if TYPE_CHECKING:
    from kg.read.claims import Place, Places

SAME = frozenset(("appos", "flat", "compound", "nmod:desc", "nmod:unmarked", "parataxis"))  # what joins title and name
NAMING = frozenset(("flat", "compound", "nmod:desc"))  # what joins the words of a name
DOCUMENTS = frozenset(
    "letter memo memorandum email e-mail statement note message report document article op-ed column essay editorial "
    "tweet post blog book petition filing lawsuit complaint indictment affidavit declaration manifesto paper study "
    "review survey communiqué communique telegram cable fax book memoir".split()
)
WRITING = frozenset("write send sign pen publish issue release post file author draft submit address deliver".split())
CLAUSES = ("acl", "advcl", "ccomp", "nsubj:", "aux", "mark")  # how the labels of a clause's words begin
EXAMPLES = frozenset(("including", "like", "such"))
PERSONS = frozenset(("he", "she"))
PEOPLE = PERSONS | {"they", "we", "i"}
THINGS = frozenset(("event", "product", "other"))
NEAR_WHO = 30  # words before a "who" among which its name stands
FEW = 40  # words between the subject of a sentence and that of the next
NEAR = 100  # words between two sources of one person
PLURAL = ("s", "ese", "sh", "ch")  # how the names of peoples end that also are those of many: "the Chinese"
AUTHORS = frozenset(("person", "organisation", "group"))


def find_speakers(source: Span, places: Places, authors: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The entities that a source names or means, in order; more than one where it joins them: "Jo Roe and Acme".

    Of a document ("the letter said") it is the author, by the noun in ``authors`` (see ``find_authors``), where the
    source itself names none ("Jo Roe's letter").
    """
    found: dict[str, None] = {}
    for part in _split_joined(source):
        author = _find_author(part.root, places) if _is_document(part.root) else None
        if author is None and authors and _is_definite(part.root):
            author = authors.get(part.root.lemma_.lower())
        speaker = author or find_speaker(part, places) or _find_before(part, places)
        if speaker is not None and not _is_thing(part, speaker, places) and not _is_other(part, speaker, places):
            found[speaker] = None
    return tuple(found)


def _is_thing(source: Span, speaker: str, places: Places) -> bool:
    """Whether a pronoun of people is taken for a thing, which does not speak: "they" for the flies."""
    if len(source) != 1 or source[0].lower_ not in PEOPLE:
        return False
    own = (place.entity for place in places.list_touching(source.start, source.end) if place.entity.id == speaker)
    return any(
        entity.kind in THINGS and not any(word.removesuffix("s") in DOCUMENTS for word in entity.name.lower().split())
        for entity in own
    )


def _is_other(source: Span, speaker: str, places: Places) -> bool:
    """Whether many are taken for one or one for many: a people for "the Belgian" ("the British" are it), or a person
    for the "who" of "heirs of Jo Roe, who claim"."""
    word = source[-1].lower_
    if len(source) == 1 and word == "who" and source[0].dep_ == "nsubj" and _is_of_many(source[0].head):
        near = places.list_touching(max(0, source.start - NEAR_WHO), source.end)
        names = [place.entity for place in near if place.entity.id == speaker and place.mention.form == "name"]
        return any(entity.kind == "person" for entity in names)
    alone = len(source) == 2 and source[0].lower_ == "the" and word in ADJECTIVES and not word.endswith(PLURAL)
    own = (place.entity for place in places.list_touching(source.start, source.end) if place.entity.id == speaker)
    return alone and any(entity.kind == "group" for entity in own)


def _find_before(source: Span, places: Places) -> str | None:
    """The person whose name stands right before a "who" that speaks, whatever the tree hangs its clause on: "the home
    of Jo Roe, who said"."""
    if len(source) != 1 or source[0].lower_ != "who" or source.start == 0:
        return None
    end = source.start - (source.doc[source.start - 1].text == ",")
    for place in places.list_touching(end - 1, end):
        if place.span.end == end and place.mention.form == "name" and place.entity.kind == "person":
            return place.entity.id
    return None


def _is_of_many(verb: Token) -> bool:
    """Whether the form of a verb wants several for a subject: "who claim", "who were told"."""
    auxiliaries = [child for child in verb.lefts if child.dep_.startswith("aux") or child.dep_ == "cop"]
    first = auxiliaries[0] if auxiliaries else verb
    plain = first.pos_ == "VERB" and first.lower_ == first.lemma_.lower()
    return plain or first.lower_ in ("are", "were", "have", "do")


def _split_joined(source: Span) -> Iterator[Span]:
    """The parts of a source that "and" joins at its top, each without the others."""
    top = source.root
    joined = [c for c in top.rights if c.dep_ == "conj" and c.i < source.end and c.pos_ in ("PROPN", "NOUN", "PRON")]
    firsts = [source.start, *(c.left_edge.i for c in joined)]
    for start, end in zip(firsts, [*firsts[1:], source.end], strict=True):
        while start < end and (source.doc[start].dep_ in ("cc", "punct", "cc:preconj")):
            start += 1
        while end > start and source.doc[end - 1].dep_ in ("cc", "punct"):
            end -= 1
        if start < end:
            yield source.doc[start:end]


def carry_speakers(doc: Doc, claims: Sequence[Claim], places: Places) -> list[Claim]:
    """The claims, those of a "he" or "she" that means nobody yet with the speaker of the claim before, a person.

    So where only one is quoted: "Jo Roe said it rained. It would last, he added". Not where another person is spoken of
    between the two, or the pronoun is not that person's.
    """
    carried = list(claims)
    text, genders = text_of(doc), dict[str, str | None]()
    told = [(claim.source.start, n) for n, claim in enumerate(claims) if claim.source]
    for (_, before), (_, number) in pairwise(sorted(told)):
        last, claim = carried[before], carried[number]
        pronoun = claim.source.text.lower() if claim.source is not None else ""
        if claim.speaker is None and claim.source is not None and claim.source == last.source:
            carried[number] = replace(claim, speaker=last.speaker, cospeakers=last.cospeakers)
        elif claim.speaker is None and claim.source is not None and pronoun in PERSONS:
            person = _find_only_person(doc, last, claim.source, places) or _find_subject(doc, last, claim, places)
            if person is not None and person.id == last.speaker:
                if person.id not in genders:
                    genders[person.id] = find_genders([person], text).get(0)
                if genders[person.id] in (None, pronoun):
                    carried[number] = replace(claim, speaker=person.id)
    return carried


def _find_only_person(doc: Doc, last: Claim, source: Passage, places: Places) -> Entity | None:
    """The person of whom alone is spoken from the source of a claim to that of the next, which it does not hold."""
    if last.source is None or any(part.start <= source.start < part.end for part in last.content):
        return None
    span = doc.char_span(last.source.start, source.start, alignment_mode="expand")
    if span is None or len(span) > NEAR:
        return None
    people = {place.entity.id: place.entity for place in places.list_touching(span.start, span.end)}
    people = {name: entity for name, entity in people.items() if entity.kind == "person"}
    return next(iter(people.values())) if len(people) == 1 else None


def _find_subject(doc: Doc, last: Claim, claim: Claim, places: Places) -> Entity | None:
    """The person who speaks in the sentence before, as its subject, where nobody else is a subject since: "Roe thanked
    Hall. He said that". Not for who denies, since that may be the other.
    """
    if last.source is None or claim.source is None or claim.cue is None or last.speaker is None:
        return None
    first, second = (doc.char_span(p.start, p.end, alignment_mode="expand") for p in (last.source, claim.source))
    cue = doc.char_span(claim.cue.start, claim.cue.end, alignment_mode="expand")
    if first is None or second is None or cue is None or cue.root.lemma_.lower() in DENIALS:
        return None
    follows = second.root.dep_ == "nsubj" and second.root.head == cue.root and first.root.dep_ == "nsubj"
    if not follows or first.sent == second.sent or second.start - first.end > FEW or last.quotation == "direct":
        return None
    people = [p for p in places.list_touching(first.start, second.start) if p.entity.kind == "person"]
    others = [p for p in people if p.entity.id != last.speaker]
    plain = not any(p.span.root.dep_.startswith("nsubj") or p.span.root.dep_ == "appos" for p in others)
    return next((p.entity for p in people if p.entity.id == last.speaker), None) if plain else None


def find_authors(doc: Doc, places: Places) -> dict[str, str]:
    """The entity that wrote the letter, report and so on of an article, by that noun, where it names just one."""
    found: dict[str, set[str]] = defaultdict(set)
    for token in find_words(doc, lambda lemma: lemma.lower() in DOCUMENTS, attribute="LEMMA"):
        if _is_document(token):
            author = _find_author(token, places) or _find_writer(token, places)
            if author is not None:
                found[token.lemma_.lower()].add(author)
    return {noun: next(iter(authors)) for noun, authors in found.items() if len(authors) == 1}


def _is_document(token: Token) -> bool:
    return token.pos_ == "NOUN" and token.lemma_.lower() in DOCUMENTS


def _is_definite(token: Token) -> bool:
    """Whether one is meant that was spoken of: "the letter", "this report"; not "media reports", "a letter"."""
    named = any(c.pos_ in ("PROPN", "NOUN", "NUM") and c.i < token.i for c in token.children)
    return (
        _is_document(token)
        and not named
        and any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in token.lefts)
    )


def _find_author(document: Token, places: Places) -> str | None:
    """Whose a document is by its own phrase: "Jo Roe's letter", "a letter from Jo Roe", "a memo signed by Jo Roe"."""
    for child in document.children:
        if child.dep_ == "nmod:poss" or (child.dep_.startswith("nmod") and _has_case(child, ("from", "by"))):
            owner = _find_owner(child, places)
        elif child.dep_.startswith("acl") and child.lemma_.lower() in WRITING:
            agents = [c for c in child.rights if c.dep_.startswith("obl") and _has_case(c, ("by", "from"))]
            owner = next((o for c in agents if (o := _find_owner(c, places))), None)
        else:
            owner = None
        if owner is not None:
            return owner
    return None


def _find_writer(document: Token, places: Places) -> str | None:
    """Who writes or sends a document, as the subject of the verb: "Jo Roe sent a letter", "wrote in a letter"."""
    verb = document.head
    if verb.lemma_.lower() not in WRITING | {"say"}:
        return None
    if document.dep_.startswith("nsubj:pass"):
        agents = [c for c in verb.rights if c.dep_.startswith("obl") and _has_case(c, ("by",))]
        return next((o for c in agents if (o := _find_owner(c, places))), None)
    inside = document.dep_.startswith("obl") and _has_case(document, ("in",))
    if not inside and (document.dep_ != "obj" or verb.lemma_.lower() == "say"):
        return None
    subjects = [c for c in verb.lefts if c.dep_ == "nsubj"]
    return next((o for c in subjects if (o := _find_owner(c, places))), None)


def _has_case(token: Token, cases: tuple[str, ...]) -> bool:
    return any(c.dep_ == "case" and c.lower_ in cases for c in token.lefts)


def _find_owner(top: Token, places: Places) -> str | None:
    """The entity that a word and what hangs on it name, of a kind that writes."""
    span = top.doc[max(top.left_edge.i, top.i - 12) : min(top.right_edge.i + 1, top.i + 12)]
    named = find_speaker(span, places) if span.root == top else None
    kinds = {place.entity.id: place.entity.kind for place in places.list_touching(span.start, span.end)}
    return named if named is not None and kinds.get(named) in AUTHORS else None


def find_speaker(source: Span, places: Places) -> str | None:
    """The entity that a source names or means: the one whose mention is the head of the source, or its name.

    "Acme's spokesman" and "Acme leaders" are not Acme: what belongs to the head, or stands before it as a modifier,
    does not speak. A name behind the head does: "spokesman Jo Roe", "the mayor, Jo Roe,".
    """
    inside = places.list_touching(source.start, source.end)
    first = _find_person_at_start(source, inside)
    if first is not None:
        return first.entity.id
    described = None
    for head in _heads_of(source):
        named = [place for place in inside if place.span.start <= head.i < place.span.end and _heads(head, place.span)]
        named = [place for place in named if not _is_owner(place.span, source)]
        if named:
            found = min(named, key=lambda p: (p.mention.form != "name", p.span.end - p.span.start))
            found = _find_person_at_end(source, inside, found.span.end) or found
            if found.mention.form != "nominal":
                return found.entity.id
            described = described or found
    found_at_end = described or _find_person_at_end(source, inside, source.start)
    return found_at_end.entity.id if found_at_end else None


def _is_owner(span: Span, source: Span) -> bool:
    """Whether what a span names only owns who speaks, whatever the tree says: "Roe's" of "Roe's aide"."""
    marks = [span.end, *(c.i for c in span.root.rights if c.dep_ == "case")]
    return any(at < source.end - 1 and source.doc[at].lower_ in ("'s", "’s") for at in marks)


def _find_person_at_start(source: Span, inside: Sequence[Place]) -> Place | None:
    """The person whose name opens the source, after titles at most, before a comma, whatever the tree says of it:
    "Professor Jo Roe, head of Acme,"."""
    named = (
        p for p in inside if p.span.start >= source.start and p.mention.form == "name" and p.entity.kind == "person"
    )
    first = next(named, None)
    if first is None or first.span.end >= source.end or source.doc[first.span.end].text != ",":
        return None
    titles = source.doc[source.start : first.span.start]
    plain = all(t.pos_ in ("NOUN", "PROPN", "ADJ", "DET") and t.dep_ != "conj" for t in titles)
    return first if plain else None


def _find_person_at_end(source: Span, inside: Sequence[Place], start: int) -> Place | None:
    """The person whose name ends the source, as in "Acme research head Jo Roe", whatever the tree says of it; no clause
    stands between ``start`` and the name."""
    last = max(inside, key=lambda place: place.span.end, default=None)
    if last is None or last.entity.kind != "person" or last.mention.form != "name" or last.span.start <= source.start:
        return None
    ends = all(token.is_punct for token in source.doc[last.span.end : source.end])
    between = source.doc[start : last.span.start]
    plain = not any(token.dep_.startswith(CLAUSES) or token.lower_ in EXAMPLES for token in between)
    before = source.doc[last.span.start - 1]
    if before.lower_ == "," and start == source.start and before.i > start:
        before = before.nbor(-1)
    if before.text == ")" and before.i - 2 > start and source.doc[before.i - 2].text == "(":
        before = source.doc[before.i - 3]  # "member of parliament (MP) Jo Roe"
    return last if ends and plain and before.pos_ in ("NOUN", "PROPN", "ADJ") else None


def _heads_of(source: Span) -> Iterator[Token]:
    """The head of a source, then the names behind it that are names of the same."""
    waiting = [source.root]
    while waiting:
        head = waiting.pop(0)
        yield head
        named = (c for c in head.rights if c.i < source.end and c.dep_ in SAME and c.pos_ == "PROPN")
        waiting += [c for c in named if not any(before.dep_ == "case" for before in c.lefts)]  # "firms including Acme"


def _heads(head: Token, span: Span) -> bool:
    """Whether a word is the head of a mention, or part of the name that is: "Jo" of "Jo Roe"."""
    root = span.root
    return (
        root.i == head.i
        or (root.head.i == head.i and root.dep_ == "flat")
        or (head.head.i == root.i and head.dep_ in NAMING)
    )
