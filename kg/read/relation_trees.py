"""Tells by the tree what a sentence says of two things: that one lies in another, or whose matter something is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.read.labels import UPOS
from kg.read.pairs import FORMS, KINDS, RELATED, Ints, Pairs, Phrases
from kg.read.relation_cues import pass_aside
from kg.read.roles import Layout

STEPS = 8  # up in the tree, at most
INSIDE = frozenset("in of at within inside".split())
LOCATED = frozenset("located situated based lies lie lying lay found set headquartered is are was were".split())
LINKS = frozenset(("appos", "list", "dep", "nmod:unmarked", "obl:unmarked", "nmod:npmod", "obl:npmod", "flat"))
KINDS_OF_PLACE = frozenset("region area district province state county city town village island department".split())
HANGING = frozenset(("nmod", "obl"))
SUBJECTS = frozenset(("nsubj", "nsubj:pass"))
VERB = UPOS.index("VERB")
NOUNS = frozenset((UPOS.index("NOUN"), UPOS.index("PROPN")))
CLIMB = 12  # steps up in the tree from something to whose matter it is
TITLE = 6  # words from what a title names to the name that it stands before
PERSON, NAME = KINDS.index("person"), FORMS.index("name")
TITLING = frozenset(UPOS.index(tag) for tag in ("NOUN", "PROPN", "ADJ", "PART"))
OWN = [RELATED.index(name) for name in "P108 P463 P69 P102 P551 P39 P241 P19 P20 P166 P27 P569 P570".split()]
"""What is said of the very person whose phrase or clause something stands in."""
STUDY, TEACHING = [RELATED.index("P69")], frozenset("taught teaches teach teaching lectured lectures".split())
TIES = [RELATED.index(name) for name in ("P108", "P463", "P39")]
JOINING = frozenset((",", "and", "&", "or"))
OF, DASHES = frozenset(("of", "from", "at", "with")), frozenset(("-", "–", "—", "--"))
FOUNDERS, INCEPTION, SPOUSE, BIRTHPLACE, BIRTH, AWARD = "P112", "P571", "P26", "P19", "P569", "P166"
FOUNDING = frozenset("founded co-founded cofounded established".split())  # of whom somebody is the founder
BEGINNING = FOUNDING | frozenset(
    "set formed created launched incorporated started began begun inaugurated instituted organised organized chartered "
    "constituted emerged came born built dating dates dated merged registered".split()
)
"""Verbs of which a time is that of something's beginning."""
MARRYING, WINNING = frozenset(("married", "marries")), frozenset("won awarded received wins receives".split())
PRIZE = re.compile(r"\b(?:prize|award|medal|order|oscar|emmy|grammy|bafta|cross|medaille)\b")
UNSURE = frozenset("not n't n’t never will would 'll 'd may might could should can must to if".split())
NAMING = frozenset("appos flat nmod:desc conj compound dep nmod:unmarked".split())  # from a title down to its name
NAMES = 4  # steps of these
TAGS_OF_DATES, TAGS_OF_PLACES = KINDS.index("date"), KINDS.index("place")
FOUNDED = frozenset(KINDS.index(kind) for kind in ("organisation", "group", "work", "product"))
GIVEN = frozenset(KINDS.index(kind) for kind in ("work", "event", "other", "product"))


def lies_within(layout: Layout, inner: int, outer: int) -> bool:
    """Whether all that joins two words says that the first lies in what the second names.

    It does when the second hangs from the first, or from what the first is said to be or where it is said to lie, by
    nothing but "in", "of", "at", commas and words such as "located".
    """
    text = layout.text
    word = outer
    for _ in range(STEPS):
        if word == inner:
            return True
        if _is_subject(layout, inner, word):
            return text.upos[word] != VERB or text.lower[word] in LOCATED
        label = text.labels[word]
        if label in HANGING:
            if not _find_preposition(layout, word) & INSIDE:
                return False
        elif label.startswith("acl"):
            if text.lower[word] not in LOCATED:
                return False
        elif label == "compound":
            if text.lower[text.heads[word]] not in KINDS_OF_PLACE:
                return False
        elif label not in LINKS:
            return False
        word = text.heads[word]
    return False


def _is_subject(layout: Layout, word: int, of: int) -> bool:
    return layout.text.heads[word] == of and layout.text.labels[word] in SUBJECTS


def _find_preposition(layout: Layout, word: int) -> set[str]:
    """The prepositions that hang from a word, those right before it."""
    low = max(0, word - STEPS)
    text = layout.text
    return {text.lower[n] for n in range(low, word) if text.heads[n] == word and text.labels[n] == "case"}


class Owner(NamedTuple):
    """Whose matter a phrase is: the row of a person's mention, and the verb that joins the two (-1: a noun phrase)."""

    row: int
    verb: int


def find_foreign(layout: Layout, phrases: Phrases, owners: Ints, pairs: Pairs) -> Iterator[tuple[int, list[int]]]:
    """The pairs (rows) of a person and something that is another's matter, with the properties that it rules out.

    "Ann Lee's daughter Ida, who studies at Leeds" says where Ida studies, "Norland's premier Bo Ek and Ann Lee" whose
    country Norland is. ``owners`` [phrases] number the things.
    """
    rows = np.flatnonzero(phrases.kinds == PERSON).tolist()
    people = {int(phrases.heads[row]): row for row in rows}
    named = [row for row in rows if phrases.forms[row] == NAME]
    starts = {int(phrases.starts[row]): row for row in named}
    ends = {int(phrases.ends[row]): row for row in named}
    subjects = _find_subjects(layout)
    known: dict[int, Owner | None] = {}
    given = (phrases.kinds[pairs.left] == PERSON) & (phrases.kinds[pairs.right] != PERSON)
    for row in np.flatnonzero(given).tolist():
        left, right = int(pairs.left[row]), int(pairs.right[row])
        if layout.sentences[phrases.heads[left]] != layout.sentences[phrases.heads[right]]:
            continue
        if right not in known:
            titled = _find_titled(layout, int(phrases.ends[right]), starts)
            if titled is None:
                titled = _find_named(layout, int(phrases.starts[right]), ends)
            found = None if titled is not None else _find_owner(layout, int(phrases.heads[right]), people, subjects)
            known[right] = found if titled is None else Owner(titled, -1)
        owner = known[right]
        if layout.text.lower[layout.text.heads[phrases.heads[right]]] in TEACHING:
            yield row, STUDY
        if owner is None or owners[owner.row] == owners[left]:
            continue
        if not _shares(layout, phrases, owner, left, right):
            yield row, OWN
        elif _is_agent(layout, owner, int(phrases.heads[left])):
            yield row, TIES


def _find_subjects(layout: Layout) -> dict[int, int]:
    """The subject of each word that has one, the first where several do."""
    found: dict[int, int] = {}
    for word, label in enumerate(layout.text.labels):
        if label in SUBJECTS:
            found.setdefault(layout.text.heads[word], word)
    return found


def _find_titled(layout: Layout, at: int, starts: Mapping[int, int]) -> int | None:
    """The person (row) in whose title, from before a word on, something stands: "Norland's trade minister Ann Lee"."""
    text = layout.text
    word = at
    while word < min(at + TITLE, len(text.words)):
        if word in starts:
            return starts[word]
        if text.upos[word] not in TITLING:
            return None
        word = pass_aside(text.words, word + 1)
    return None


def _find_named(layout: Layout, at: int, ends: Mapping[int, int]) -> int | None:
    """The person (row) right before "of" and what begins at a word: "Ann Lee of the University of Leeds"."""
    lower = layout.text.lower
    at -= lower[at - 1] == "the" if at else 0
    return ends.get(at - 1) if at > 1 and lower[at - 1] in OF else None


def _find_owner(layout: Layout, word: int, people: Mapping[int, int], subjects: Mapping[int, int]) -> Owner | None:
    """The person whose noun phrase holds a word, or who is the subject of the innermost clause with one."""
    heads, labels = layout.text.heads, layout.text.labels
    for _ in range(CLIMB):
        before, word = word, heads[word]
        if word == before:
            return None
        if word in people:
            return None if labels[before] in ("conj", "parataxis", "dep") else Owner(people[word], -1)
        subject = subjects.get(word)
        if subject is not None and subject not in people and layout.text.lower[subject] == "who":
            subject = _find_described(layout, heads[word], people)
        if subject is not None:
            if subject == before or subject not in people:
                return None
            return Owner(people[subject], word)
    return None


def _find_described(layout: Layout, word: int, people: Mapping[int, int]) -> int:
    """The head of the name that a noun before "who" has: "his sister Ann Lee, who"; the noun itself without."""
    text, last = layout.text, min(word + CLIMB, len(layout.text.heads))
    named = (n for n in range(word + 1, last) if text.heads[n] == word and text.labels[n] in NAMING and n in people)
    return word if word in people else next(named, word)


def _shares(layout: Layout, phrases: Phrases, owner: Owner, left: int, right: int) -> bool:
    """Whether what is the owner's may be the person's as well: of a list, or in the same clause."""
    heads, labels = layout.text.heads, layout.text.labels
    word, first = int(phrases.heads[left]), int(phrases.heads[owner.row])
    if owner.verb < 0:
        return _is_listed(layout, phrases, (owner.row, left), right)
    for _ in range(CLIMB):
        before, word = word, heads[word]
        if word == first:
            return labels[before] in ("conj", "dep")
        if word == owner.verb:
            return True
        if word == before:
            break
    return False


def _is_listed(layout: Layout, phrases: Phrases, rows: tuple[int, int], right: int) -> bool:
    """Whether two names follow one another by commas and "and" alone, and a phrase belongs to both: it stands behind
    both, or before the first, whose title is not one person's: "Norlandish writers Ann Lee and Bo Ek"."""
    low, high = sorted(rows, key=lambda row: int(phrases.starts[row]))
    start, end, place = int(phrases.ends[low]), int(phrases.starts[high]), int(phrases.starts[right])
    text, title = layout.text, int(phrases.starts[low]) - 1
    if start <= place < end or (place < start and (low != rows[0] or _is_one(layout, title))):
        return False
    named = {int(head) for head in phrases.heads[min(low, high) : max(low, high) + 1]}
    return all(text.lower[n] in JOINING or n in named or text.labels[n] == "flat" for n in range(start, end))


def _is_one(layout: Layout, word: int) -> bool:
    """Whether a word is a noun in the singular."""
    return word >= 0 and layout.text.upos[word] in NOUNS and not layout.text.lower[word].endswith("s")


def _is_agent(layout: Layout, owner: Owner, word: int) -> bool:
    """Whether a word names who does to the owner what the verb says: "she was appointed head of Acme by Bo Ek"."""
    heads = layout.text.heads
    for _ in range(CLIMB if owner.verb >= 0 else 0):
        before, word = word, heads[word]
        if word in (before, owner.verb):
            return word == owner.verb and "by" in _find_preposition(layout, before)
    return False


class Told(NamedTuple):
    """What a verb says of two mentions, by their rows."""

    left: int
    property: str
    right: int


def read_verbs(layout: Layout, phrases: Phrases) -> Iterator[Told]:
    """What verbs say by the tree alone: who founded what and when, who married whom, was born where and won what."""
    subjects = _find_subjects(layout)
    hung: dict[int, list[int]] = {}  # by verb, the rows of the phrases that hang from it
    for row in range(len(phrases)):
        verb = _find_verb(layout, int(phrases.heads[row]))
        if verb is not None:
            hung.setdefault(verb, []).append(row)
    at: dict[int, list[int]] = {}
    for row, head in enumerate(phrases.heads.tolist()):
        at.setdefault(head, []).append(row)
    for verb, rows in hung.items():
        if layout.text.lower[verb] in READ and UNSURE.isdisjoint(_list_helpers(layout, verb)):
            yield from _read_verb(layout, phrases, verb, rows, at.get(_find_subject(layout, verb, subjects), ()))


def _read_verb(
    layout: Layout, phrases: Phrases, verb: int, rows: Sequence[int], acting: Sequence[int]
) -> Iterator[Told]:
    """What one verb says of those that hang from it; ``acting`` are the rows of its subject."""
    word, kinds = layout.text.lower[verb], phrases.kinds
    places = {row: _find_preposition(layout, _find_branch(layout, int(phrases.heads[row]), verb)) for row in rows}
    people = [row for row in acting if kinds[row] == PERSON]
    objects = [row for row in rows if not places[row] and row not in acting and phrases.starts[row] > verb]
    if word in FOUNDING:
        passive = [row for row in acting if kinds[row] in FOUNDED]
        for thing in passive or [row for row in objects if kinds[row] in FOUNDED]:
            agents = [row for row in rows if kinds[row] == PERSON and "by" in places[row]] if passive else people
            yield from (Told(thing, FOUNDERS, agent) for agent in agents)
            dates = [row for row in rows if kinds[row] == TAGS_OF_DATES and places[row] & {"in", "on"}]
            yield from (Told(thing, INCEPTION, date) for date in dates)
    elif word in MARRYING:
        others = [row for row in objects if kinds[row] == PERSON]
        yield from (Told(other, SPOUSE, one) for one in people for other in others)
    elif word == "born":
        for row in rows:
            if kinds[row] == TAGS_OF_PLACES and places[row] & {"in", "at"}:
                yield from (Told(one, BIRTHPLACE, row) for one in people)
            elif kinds[row] == TAGS_OF_DATES and places[row] <= {"in", "on"}:
                yield from (Told(one, BIRTH, row) for one in people)
    elif word in WINNING:
        prizes = [row for row in objects if kinds[row] in GIVEN and _is_prize(layout, phrases, row)]
        yield from (Told(one, AWARD, row) for one in people for row in prizes)


READ = FOUNDING | MARRYING | WINNING | {"born"}


def _is_prize(layout: Layout, phrases: Phrases, row: int) -> bool:
    words = layout.text.lower[int(phrases.starts[row]) : int(phrases.ends[row])]
    return phrases.forms[row] == NAME and PRIZE.search(" ".join(words)) is not None


def _find_verb(layout: Layout, word: int) -> int | None:
    """The verb that a phrase hangs from, by its title or those listed with it at most."""
    heads, labels = layout.text.heads, layout.text.labels
    for _ in range(NAMES):
        before, word = word, heads[word]
        if layout.text.upos[word] == VERB and word != before:
            return word
        if word == before or labels[before] not in NAMING:
            return None
    return None


def _find_branch(layout: Layout, word: int, verb: int) -> int:
    """The word right below a verb on the way down to another."""
    while layout.text.heads[word] != verb:
        word = layout.text.heads[word]
    return word


def _find_subject(layout: Layout, verb: int, subjects: Mapping[int, int]) -> int:
    """The subject of a verb, that of the verb which it is listed with, or what its clause describes; -1 for none."""
    for _ in range(NAMES):
        if verb in subjects:
            return subjects[verb]
        label, head = layout.text.labels[verb], layout.text.heads[verb]
        if label == "acl":
            return head
        if label not in ("conj", "advcl", "xcomp") or head == verb:
            return -1
        verb = head
    return -1


def _list_helpers(layout: Layout, verb: int) -> set[str]:
    """The words right before a verb that hang from it: "was not"."""
    text = layout.text
    return {text.lower[n] for n in range(max(0, verb - STEPS), verb) if text.heads[n] == verb}


def find_unfounded(layout: Layout, phrases: Phrases, pairs: Pairs) -> Iterator[int]:
    """The pairs (rows) of a thing and a date that belongs to a verb which says nothing of its beginning: "Acme opened
    its first shop in Leeds in 1978"."""
    text = layout.text
    given = (phrases.kinds[pairs.left] != PERSON) & (phrases.kinds[pairs.right] == TAGS_OF_DATES)
    for row in np.flatnonzero(given).tolist():
        left, word = int(phrases.heads[pairs.left[row]]), int(phrases.heads[pairs.right[row]])
        for _ in range(CLIMB):
            before, word = word, text.heads[word]
            if word in (before, left) or text.upos[word] == VERB:
                break
        if text.upos[word] == VERB and text.lower[word] not in BEGINNING and not _opens(layout, left, word):
            yield row


def _opens(layout: Layout, word: int, verb: int) -> bool:
    """Whether a word is the subject of "opened" without an object: "the museum opened in 1978"."""
    text = layout.text
    near = range(verb, min(verb + STEPS, len(text.heads)))
    opened = text.lower[verb] == "opened" and text.heads[word] == verb and text.labels[word] in SUBJECTS
    return opened and not any(text.heads[n] == verb and text.labels[n] == "obj" for n in near)


def find_datelines(layout: Layout, phrases: Phrases, pairs: Pairs) -> NDArray[np.bool_]:
    """Which pairs hold the agency of a dateline: "LEEDS, May 3 (Acme News) -"."""
    lower = ["", *layout.text.lower, "", ""]
    bounds = zip(phrases.starts.tolist(), phrases.ends.tolist(), strict=True)
    agency = np.array([lower[s] == "(" and lower[e + 1] == ")" and lower[e + 2] in DASHES for s, e in bounds], bool)
    found: NDArray[np.bool_] = agency[pairs.left] | agency[pairs.right]
    return found
