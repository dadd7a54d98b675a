"""Finds what nominals and pronouns mean: an entity that has a name, or a thing of their own that is mentioned again."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from spacy.tokens import Doc

from kg.model import Entity, Kind, Mention, Passage
from kg.read.antecedents import NONE
from kg.read.candidates import DETERMINERS, FORM, SUBJECT, Candidates, Tagged
from kg.read.chains import (
    KIND_OF_TYPE,
    NOMINALS,
    Chain,
    Mentions,
    NameSpan,
    find_mentions,
    is_near,
    is_specific,
    link_mentions,
)
from kg.read.country_names import COUNTRIES
from kg.read.descriptions import join_bodies, join_by_description, join_by_fate, join_relatives, join_titles
from kg.read.dialogue import Layout, give_turns
from kg.read.genders import find_genders
from kg.read.labels import MENTION_TYPES
from kg.read.nesting import INSIDE
from kg.read.network import Answers, Network
from kg.read.persons import is_no_person
from kg.read.relatives import follow_subjects, is_one
from kg.read.tokenizer import slice_text, text_of

SURE = {
    "i": 0.5, "he": 0.8, "she": 0.8, "it": 0.75, "they": 0.75,
    "the": 0.9, "possessive": 0.85, "a": 0.85, "bare": 0.85, "demonstrative": 0.95, "name": 0.9,
}  # fmt: skip
"""The probability from which a reading tells that a mention of a form means an entity with a name, so that about nine
in ten are right."""
MORE_LIKELY = 0.5  # from which what means a thing without a name is told, and "he" where nobody else can be meant
MOST_TALK = 0.1  # share of "I" and "you" outside of quotations among the mentions of a text that is no talk
NEAR = 2  # sentences back in which somebody else can be meant
IN_TURN = 0.9  # how certain it is who speaks and hears where the layout of a text shows it
VAGUE = frozenset("place area part region site side coast world".split())  # said of any place
STATES = frozenset(("country", "nation"))
FITTING_WORD = 0.5  # probability that a noun is a word for an entity of its kind, from which it is told to mean it
DETERMINED = frozenset(("the", "demonstrative", "possessive", "a"))
SPOKEN = NOMINALS | frozenset(("i", "he", "she", "it", "they"))
BREAKS = frozenset((",", ";", ":", "—", "–", "(", '"', "“", "”"))
AFTER = BREAKS | frozenset("who whom whose which that where when".split())  # what begins a clause after a noun
EDGES = frozenset(("'s", "’s", "'", "’", ")"))
SAYING = frozenset(
    "said says say told tells added adds asked asks wrote writes tweeted announced declared explained stated insisted "
    "replied warned argued noted continued recalled admitted claimed insists argues warns explains".split()
)


def find_thing(mentions: Mentions, chain: Chain) -> Kind | None:
    """The kind of a chain without a name that is a thing of its own, None when it is none.

    It is one when it is spoken of at least twice, once at least with an article or the like: general words ("people",
    "water") are no things, nor are stretches of time. Of what is abstract the same noun must come back, with an article
    both times. Several people are a group.
    """
    spoken = [row for row in chain.rows if mentions.form(row) in SPOKEN and mentions.homes[row] == NONE]
    nouns = [row for row in spoken if mentions.form(row) in NOMINALS]
    starts, words = mentions.starts, mentions.candidates.words
    if len(spoken) < 2 or not any(mentions.form(row) in DETERMINED and starts[row] < words[row] for row in nouns):
        return None
    type_ = MENTION_TYPES[int(mentions.types[nouns].mean(axis=0).argmax())]
    heads = mentions.candidates.phrases[nouns, 0].tolist()
    determined = sum(mentions.form(row) in DETERMINED for row in nouns)
    if type_ == "abstract" and (len(heads) == len(set(heads)) or determined < 2):
        return None
    kind = KIND_OF_TYPE.get(type_)
    return "group" if kind == "person" and all(mentions.plural[row] for row in nouns) else kind


def is_told(mentions: Mentions, chain: Chain, row: int) -> bool:
    """Whether a reading says that a mention means what its chain means; others stay unresolved.

    "I" is told inside quotations, and where the text shows whose turn it is; else it is whoever wrote the text.
    """
    form = mentions.form(row)
    if row in mentions.in_turns:
        return True
    if mentions.homes[row] == INSIDE or form not in SPOKEN or (form == "i" and not mentions.candidates.quotes[row]):
        return False
    if row in mentions.nobody:
        return False
    if chain.home == NONE or chain.kind is None:
        if mentions.form(row) == "a" and row != min(chain.certain) and not is_near(mentions, row, chain):
            return False  # "a" speaks of another one
        return chain.certain[row] >= MORE_LIKELY
    if form in NOMINALS and (
        mentions.fit(row, chain.kind) < FITTING_WORD
        or not is_specific(mentions, row, chain)
        or mentions.is_title_of_another(row, chain.home)
    ):
        return False
    return chain.certain[row] >= (MORE_LIKELY if row in mentions.unrivalled else SURE[form])


def find_unrivalled(mentions: Mentions, chains: Sequence[Chain], words: Sequence[str]) -> set[int]:
    """The rows of "he" and "she" that mean a name, where the sentences before speak of no other person they can mean.

    Several people are no such person, nor is, inside a quotation, who says it. None in talk, where many are meant who
    are not named. ``words`` are the text in lower case.
    """
    given = mentions.candidates
    talk = np.isin(given.forms, [FORM["i"], FORM["you"]]) & (given.quotes == 0)
    if talk.sum() > MOST_TALK * len(given):
        return set()
    number_of = {row: number for number, chain in enumerate(chains) for row in chain.rows}
    people = [row for row in sorted(number_of) if chains[number_of[row]].kind == "person" and is_one(mentions, row)]
    speakers = _find_speakers(given, words)
    sentences, quotes = given.sentences.tolist(), given.quotes.tolist()
    found: set[int] = set()
    near: deque[int] = deque()
    counts: Counter[int] = Counter()  # of the mentions near, by chain
    for row in people:
        _leave_behind(near, counts, number_of, sentences, sentences[row])
        form, number = mentions.form(row), number_of[row]
        if chains[number].home != NONE and form in ("he", "she"):
            spoken = {number_of[other] for other in speakers[quotes[row]]} if quotes[row] else set()
            others = (chains[other].pronouns for other in counts if other != number and other not in spoken)
            if all(pronouns and form not in pronouns for pronouns in others):
                found.add(row)
        near.append(row)
        counts[number] += 1
    return found


def _leave_behind(
    near: deque[int], counts: Counter[int], number_of: Mapping[int, int], sentences: Sequence[int], sentence: int
) -> None:
    """Takes the rows that are too far before a sentence out of those that are ``near`` and out of their ``counts``."""
    while near and sentences[near[0]] < sentence - NEAR:
        number = number_of[near.popleft()]
        counts[number] -= 1
        if not counts[number]:
            del counts[number]


def find_only_places(mentions: Mentions, chains: Sequence[Chain], words: Sequence[str]) -> set[int]:
    """The rows of nouns in the singular ("the island", "this country") that mean a place, where the sentences before
    name no other one.

    A country is only what is named as one. ``words`` are the text in lower case.
    """
    given = mentions.candidates
    sentences, at = given.sentences.tolist(), given.words.tolist()
    of = {row: chain for chain in chains if chain.home != NONE and chain.kind == "place" for row in chain.rows}
    countries = {of[row].home for row in of if mentions.homes[row] >= 0 and _is_country(mentions, row, words)}
    found: set[int] = set()
    home_of = {row: chain.home for row, chain in of.items()}
    near: deque[int] = deque()
    counts: Counter[int] = Counter()  # of the names near, by what they mean
    for row in sorted(of):
        _leave_behind(near, counts, home_of, sentences, sentences[row])
        home, noun = home_of[row], words[at[row]]
        other = len(counts) > 1 or (counts and home not in counts)
        narrowed = mentions.plural[row] or words[at[row] + 1 : at[row] + 2] == ["of"]
        if mentions.homes[row] >= 0:
            near.append(row)
            counts[home] += 1
        elif mentions.form(row) in ("the", "demonstrative") and noun not in VAGUE and not (other or narrowed):
            found.update([row] if noun not in STATES or home in countries else ())
    return found


def _is_country(mentions: Mentions, row: int, words: Sequence[str]) -> bool:
    name = words[int(mentions.starts[row]) : int(mentions.ends[row])]
    return " ".join(name[name[:1] == ["the"] :]) in COUNTRIES


class Speaker:
    """Turns rows of mentions into mentions of the text."""

    def __init__(self, doc: Doc, words: Sequence[int], starts: Sequence[bool], mentions: Mentions) -> None:
        self._doc, self._words, self._starts, self._mentions = doc, words, starts, mentions

    def speak(self, row: int) -> Mention:
        """The mention of a row, without clauses after it."""
        head = int(self._mentions.candidates.words[row])
        if self._mentions.form(row) not in NOMINALS:
            return Mention(self._passage(head, head + 1), "pronoun")
        given = self._mentions.candidates
        start, end = int(self._mentions.starts[row]), int(self._mentions.ends[row])
        start, end = max(start, int(given.lows[row])), min(end, int(given.highs[row]))
        texts = [self._doc[self._words[word]].text.lower() for word in range(start, end)]
        end = next((word for word in range(head + 1, end) if self._breaks(word) or texts[word - start] in AFTER), end)
        start = next((word + 1 for word in range(head - 1, start - 1, -1) if texts[word - start] in BREAKS), start)
        start = next((word for word in range(head, start, -1) if self._breaks(word)), start)
        start = self._after_subject(start, head)
        while end - 1 > head and texts[end - 1 - start] in EDGES:
            end -= 1
        return Mention(self._passage(start, end), "nominal")

    def _after_subject(self, start: int, head: int) -> int:
        """Where a noun phrase begins whose borders take in the clause before it: "he was elected" of "mayor"."""
        tags = [self._doc[self._words[word]].pos_ for word in range(start, head)]
        if "AUX" not in tags:
            return start
        at = start + len(tags) - tags[::-1].index("AUX")
        while at < head and tags[at - start] in ("VERB", "ADV", "PART"):
            at += 1
        return at

    def _breaks(self, word: int) -> bool:
        """Whether a paragraph, or something after what was skipped, begins at a word."""
        return self._starts[word]

    def _passage(self, start: int, end: int) -> Passage:
        span = self._doc[self._words[start] : self._words[end - 1] + 1]
        return Passage(span.start_char, span.end_char, slice_text(span))


def find_chains(doc: Doc, words: Sequence[int], network: Network, answers: Answers,
                entities: Sequence[Entity], paragraphs: Sequence[bool] = ()
                ) -> tuple[Mentions, list[Chain]]:  # fmt: skip
    """The mentions of a ``Doc`` and the chains they form: one for each of ``entities``, in order, then the others.

    ``paragraphs`` says of each of ``words`` whether it starts one; without, the text is one paragraph.
    """
    starts = doc.to_array("SENT_START") == 1
    orths = doc.to_array("ORTH")[words].tolist()
    strings = {orth: doc.vocab.strings[orth] for orth in set(orths)}
    text = Tagged(
        [strings[orth] for orth in orths],
        answers.upos.tolist(),
        starts[words].tolist(),
        answers.heads.tolist(),
        [network.dependencies[label] for label in answers.labels.tolist()],
    )
    names = _name_spans(doc, words, entities)
    mentions = find_mentions(network.head, text, answers.inner, names)
    chains = link_mentions(mentions, [entity.kind for entity in entities], find_genders(entities, text_of(doc)))
    give_words_to_speakers(mentions, chains, text.lower)
    join_by_fate(mentions, chains, text.lower)
    join_titles(mentions, chains, text, names)
    join_relatives(mentions, chains, text, names)
    join_bodies(mentions, chains, text, names)
    join_by_description(mentions, chains, text, names)
    follow_subjects(mentions, chains)
    mentions.unrivalled = find_unrivalled(mentions, chains, text.lower) | find_only_places(mentions, chains, text.lower)
    layout = Layout(text, _list_places(doc, words), paragraphs or [True] * len(words[:1]), text_of(doc))
    give_words_to_turns(mentions, chains, give_turns(layout, entities))
    return mentions, chains


def resolve(doc: Doc, words: Sequence[int], starts: Sequence[bool], network: Network, answers: Answers,
            entities: Sequence[Entity]) -> tuple[Entity, ...]:  # fmt: skip
    """The ``entities`` of a ``Doc`` with their nominals and pronouns, and the things that have no name.

    ``words`` are the numbers of the tokens that were read, ``starts`` those that begin a paragraph. What names mean
    the same is taken as given. Entities come in order of first mention and are numbered anew.
    """
    mentions, chains = find_chains(doc, words, network, answers, entities, starts)
    speaker = Speaker(doc, words, starts, mentions)
    headline = text_of(doc).strip().find("\n")
    found = [_extend(entity, chain, mentions, speaker) for entity, chain in zip(entities, chains, strict=False)]
    for chain in chains[len(entities) :]:
        kind = find_thing(mentions, chain)
        if kind is not None:
            thing = _extend(Entity("", kind, "", ()), chain, mentions, speaker)
            if len(thing.mentions) > 1:
                name = _name_thing(thing.mentions, headline)
                found.append(
                    replace(thing, name=name, kind="other" if kind == "person" and is_no_person(name) else kind)
                )
    found.sort(key=lambda entity: entity.mentions[0].passage.start)
    return tuple(replace(entity, id=f"e{number}") for number, entity in enumerate(found, 1))


def give_words_to_speakers(mentions: Mentions, chains: Iterable[Chain], words: Sequence[str]) -> None:
    """Moves each "I" inside a quotation to the chain of its speaker; where it is not clear who that is, it is not told.

    Nor is "he" told to be the one who says it. The speaker is the subject of a verb of saying in a sentence of the
    quotation, outside of it. ``words`` are the text in lower case.
    """
    given = mentions.candidates
    chain_of = {row: chain for chain in chains for row in chain.rows}
    speakers = _find_speakers(given, words)
    third = np.isin(given.forms, [FORM[form] for form in ("he", "she", "it", "they")])
    for row in np.flatnonzero((third | (given.forms == FORM["i"])) & (given.quotes > 0)).tolist():
        homes = {id(chain_of[other]): other for other in speakers[int(given.quotes[row])]}
        if third[row]:
            if id(chain_of[row]) in homes:
                chain_of[row].certain[row] = 0.0
        elif len(homes) == 1:
            [other] = homes.values()
            del chain_of[row].certain[row]
            chain_of[other].certain[row] = chain_of[other].certain[other]
        else:
            chain_of[row].certain[row] = 0.0


def give_words_to_turns(mentions: Mentions, chains: Sequence[Chain], turns: Mapping[int, int]) -> None:
    """Moves "I" and "you" outside of quotations to the chains of those who speak and hear there; ``turns`` holds the
    number of the entity by word."""
    chain_of = {row: chain for chain in chains for row in chain.rows} if turns else {}
    for row, word in enumerate(mentions.candidates.words.tolist()):
        home = turns.get(word, NONE)
        if home != NONE and mentions.form(row) in ("i", "you"):
            del chain_of[row].certain[row]
            chains[home].certain[row] = IN_TURN
            mentions.in_turns.add(row)


def _find_speakers(given: Candidates, words: Sequence[str]) -> dict[int, list[int]]:
    """The subjects (rows) of verbs of saying in the sentences of each quotation, outside of all quotations."""
    said = np.array([words[parent] in SAYING for parent in given.parents.tolist()], bool)
    speakers: dict[int, list[int]] = defaultdict(list)
    for row in np.flatnonzero((given.roles == SUBJECT) & (given.quotes == 0) & said).tolist():
        speakers[int(given.sentences[row])].append(row)
    pairs = sorted(set(zip(given.quotes.tolist(), given.sentences.tolist(), strict=True)))
    found: dict[int, list[int]] = defaultdict(list)
    for quote, sentence in pairs:
        found[quote] += speakers.get(sentence, ())
    return found


def _list_places(doc: Doc, words: Sequence[int]) -> list[int]:
    """Where in the text each of the words begins."""
    places: list[int] = doc.to_array("IDX")[words].tolist()
    return places


def _name_spans(doc: Doc, words: Sequence[int], entities: Sequence[Entity]) -> list[NameSpan]:
    places = _list_places(doc, words)
    spans = [(m.passage.start, m.passage.end, number) for number, e in enumerate(entities) for m in e.mentions]
    spans += [(ent.start_char, ent.end_char, NONE) for ent in doc.ents if ent.label_ in ("date", "money")]
    return [NameSpan(bisect_left(places, start), bisect_left(places, end), number) for start, end, number in spans]


def _extend(entity: Entity, chain: Chain, mentions: Mentions, speaker: Speaker) -> Entity:
    """An entity with the mentions of its chain that are no names, each stretch of text once."""
    found = {(m.passage.start, m.passage.end): m for m in entity.mentions}
    names = sorted(found)
    for row in chain.rows:
        if mentions.homes[row] == NONE and is_told(mentions, chain, row):
            mention = speaker.speak(row)
            if not _overlaps(names, mention.passage):
                found.setdefault((mention.passage.start, mention.passage.end), mention)
    return replace(entity, mentions=tuple(found[key] for key in sorted(found)))


def _overlaps(names: Sequence[tuple[int, int]], passage: Passage) -> bool:
    """Whether a passage shares text with one of the names, which do not overlap."""
    at = bisect_left(names, (passage.end, 0))
    return at > 0 and names[at - 1][1] > passage.start


def _name_thing(mentions: Sequence[Mention], headline: int) -> str:
    """What a thing without a name is called: its first noun phrase, without the article.

    Of a headline, which leaves articles away and ends at ``headline``, only where no other one has an article.
    """
    nouns = [m.passage.text for m in mentions if m.form == "nominal"] or [mentions[0].passage.text]
    if mentions[0].passage.start < headline:
        nouns = [noun for noun in nouns if noun.split()[0].lower() in DETERMINERS] or nouns
    words = nouns[0].split()
    return " ".join(words[1:] if len(words) > 1 and words[0].lower() in DETERMINERS else words)
