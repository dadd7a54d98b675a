"""Finds by the tree what pronouns mean: "who" of "Ann Lee, who founded Acme", and "he" for the subject before.

Corpora of coreference do not count relative pronouns as mentions, and a reading does not either: they help to find
what is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Doc, Token

from kg.model import Entity, Mention, Passage
from kg.read.antecedents import NONE
from kg.read.candidates import ROLES
from kg.read.chains import NOMINALS, Chain, Mentions
from kg.read.tokenizer import find_words

PRONOUNS = frozenset(("who", "whom", "whose", "which", "that"))
FOR_PEOPLE = frozenset(("who", "whom"))
CLAUSES = frozenset(("acl:relcl", "acl"))
SUBJECTS = frozenset((ROLES["nsubj"], ROLES["nsubj:pass"]))
CERTAIN = 0.75  # from which a reading of a pronoun is not given up
FOLLOWED = 0.85  # how certain it is that "he" is the only subject before
NOBODY = -1
STEPS = 4  # from the pronoun up to the verb of its clause, at most


def find_relatives(doc: Doc, entities: Sequence[Entity]) -> dict[str, list[Mention]]:
    """The relative pronouns of clauses that hang from names, by the id of the entity that each name is of.

    The tree decides; a pronoun that is a mention already is left out, and "who" is no place.
    """
    owner: dict[int, int] = {}
    taken: set[int] = set()
    for number, entity in enumerate(entities):
        for mention in entity.mentions:
            taken.add(mention.passage.start)
            span = doc.char_span(mention.passage.start, mention.passage.end, alignment_mode="expand")
            if span is not None and mention.form == "name":
                outside = (t for t in span if not span.start <= t.head.i < span.end)
                owner.update((token.i, number) for token in outside)
                owner[span.root.i] = number
    found: dict[str, list[Mention]] = defaultdict(list)
    for token in find_words(doc, PRONOUNS.__contains__):
        if token.pos_ in ("PRON", "DET") and token.idx not in taken:
            noun = find_antecedent(token)
            number = owner.get(noun.i, NOBODY) if noun is not None else NOBODY
            if number != NOBODY and _may_be(token, entities[number]):
                mention = Mention(Passage(token.idx, token.idx + len(token), token.text), "pronoun")
                found[entities[number].id].append(mention)
    return dict(found)


def find_antecedent(pronoun: Token) -> Token | None:
    """The noun before a relative pronoun that its clause describes, None where it begins no such clause."""
    word = pronoun
    for _ in range(STEPS):
        if word.dep_ in CLAUSES:
            return word.head if word.head.i < pronoun.i else None
        if word.head.i == word.i:
            return None
        word = word.head
    return None


def _may_be(pronoun: Token, entity: Entity) -> bool:
    if pronoun.lower_ in FOR_PEOPLE:
        return entity.kind in ("person", "organisation", "group", "other")
    return pronoun.lower_ != "which" or entity.kind != "person"


def follow_subjects(mentions: Mentions, chains: Sequence[Chain]) -> None:
    """Gives "he" and "she" to the one person of that gender in the sentence so far, or else in the one before, where
    that is a subject there and has a name: "Ann Roe met Bo Lee. She left."

    Not in quotations, and not against a sure reading.
    """
    given = mentions.candidates
    chain_of = {row: chain for chain in chains for row in chain.rows}
    rows: dict[int, list[int]] = defaultdict(list)  # of persons outside of quotations, by sentence
    followed: dict[int, Chain] = {}
    for row in sorted(chain_of):
        pronoun = mentions.form(row) in ("he", "she")
        if given.quotes[row] or not (pronoun or chain_of[row].kind == "person") or not is_one(mentions, row):
            continue
        sentence = int(given.sentences[row])
        if pronoun:
            home = _find_subject(mentions, chain_of, rows[sentence] or rows.get(sentence - 1, ()), row)
            if home is not None:
                del chain_of[row].certain[row]
                home.certain[row] = FOLLOWED
                home.pronouns.add(mentions.form(row))
                chain_of[row] = home
                followed[id(home)] = home
        rows[sentence].append(row)
    for chain in followed.values():
        chain.certain = dict(sorted(chain.certain.items()))  # rows are in order, which tells what is near


def _find_subject(mentions: Mentions, chain_of: Mapping[int, Chain], before: Iterable[int], row: int) -> Chain | None:
    """The chain of the one person among the rows ``before`` that a pronoun can mean, None where it is not clear."""
    form, given, own = mentions.form(row), mentions.candidates, chain_of[row]
    before = list(before)
    fit = {id(chain_of[other]): chain_of[other] for other in before if chain_of[other].pronouns <= {form}}
    if len(fit) != 1:
        return None
    [chain] = fit.values()
    sure = (own.certain[row] >= CERTAIN and len(own.certain) > 1) or not chain.pronouns  # of unknown gender
    if chain is not own and sure:
        return None
    subject = any(chain_of[other] is chain and given.roles[other] in SUBJECTS for other in before)
    apart = not chain.certain.keys().isdisjoint(mentions.apart[row])
    return chain if chain.home != NONE and subject and not apart else None


def is_one(mentions: Mentions, row: int) -> bool:
    """Whether a mention of a person can mean one alone: no "mourners", "they", "Ann and Jo"."""
    form = mentions.form(row)
    if form in ("we", "they", "both", "number"):
        return False
    return form not in NOMINALS or mentions.homes[row] >= 0 or not mentions.plural[row]
