"""Rules out what the words around two mentions deny: who is the child of whom, who only chairs, what lies elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from kg.properties import BY_ID
from kg.read.labels import UPOS
from kg.read.pairs import FORMS, KINDS, RELATED, SIZES, Pairs, Phrases
from kg.read.roles import RELATIONS, Ints, Layout

LOCATING = [RELATED.index(name) for name in ("P19", "P20", "P131", "P159", "P276", "P551", "P17")]
HOLDING = [RELATED.index(name) for name in ("P131", "P276", "P17")]
SPOUSE = RELATED.index("P26")
CITIZENSHIP = RELATED.index("P27")
HAS_PARENT = [RELATED.index(name) for name in ("P22", "P25", "P749")]
HAS_CHILD = [RELATED.index("P40")]
TIES = [RELATED.index(name) for name in ("P108", "P463", "P69", "P102", "P551", "P39")]
NAMED_AFTER = frozenset(
    "professor professors professorship chair fellow fellows fellowship scholar scholarship lecturer".split()
)
PUBLISHING = frozenset("published printed appeared appearing appears".split())
ENVOYS = frozenset(
    "ambassador ambassadors envoy envoys representative representatives emissary emissaries delegate delegates".split()
)
TALKING = frozenset(
    "told tells telling said says asked asks interviewed interviews interviewing spoke speaks speaking talked talks "
    "talking met meets meeting caught contacted emailed praised criticised criticized thanked sued "
    "accused urged welcomed condemned visited".split()
)
"""Verbs that, between somebody and a body, put the one opposite the other: "Ann Lee told Acme News"."""
TAUGHT = frozenset("chair professor lecturer reader degree degrees expert specialist".split())
SCHOOLS = frozenset("university school college faculty department institute institution academy centre center".split())
KILLING = frozenset("murdered killed shot stabbed assassinated strangled poisoned executed slew kills murders".split())
PASSIVE = frozenset("was were been be being is are got get gets".split())
DEATH = [RELATED.index(name) for name in ("P570", "P20")]
NAME = FORMS.index("name")
ORGANISATION, PERSON = KINDS.index("organisation"), KINDS.index("person")
NEARBY = frozenset(("near", "outside", "towards", "toward"))
DIRECTIONS = re.compile(r"(?:(?:north|south)?-?(?:east|west|north|south))(?:ern)?|outside|off|suburbs?|outskirts")
YOUNGER = frozenset("son sons daughter daughters child children grandson subsidiary subsidiaries unit division".split())
OLDER = frozenset("father mother parent parents dad mum mom owner".split())
OWNERS = frozenset("his her its their my our whose 's ’s '".split())
NOUN, ADPOSITION = UPOS.index("NOUN"), UPOS.index("ADP")
SUBJECT_WORDS = frozenset("he she and but they later".split())
BRANCH, SUBJECT = list(SIZES).index("left branch"), RELATIONS.index("nsubj")
ASIDE = 12  # words of brackets, at most
TITLE = 3  # words between a body and the name of who holds a post there, at most
GAP = 12  # words between two mentions within which a word of kinship tells which is which
NEEDED = {
    "P169": frozenset(
        "ceo ceos c.e.o. chief executive managing director director-general head heads headed heading boss lead leads "
        "led leader run runs running manager governor commissioner md exec".split()
    ),
    "P488": frozenset(
        "chair chairs chaired chairing chairman chairwoman chairperson co-chair president presidents presides presided "
        "presiding leader leaders leads led head heads headed".split()
    ),
    "P3373": frozenset(
        "brother brothers sister sisters sibling siblings twin twins half-brother half-sister stepbrother "
        "stepsister".split()
    ),
    "P570": frozenset(
        "died dies die dead death deaths dying killed kills killing murdered murder assassinated executed shot stabbed "
        "hanged passed perished drowned suicide victim victims body buried funeral late obituary deceased fatal "
        "fatally survived succumbed collapsed ( – -".split()
    ),
}
"""Words of which one stands near two mentions that a property joins, where a sentence states it."""
LEADING = (NEEDED["P169"], NEEDED["P488"])
CUES: dict[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "P108": "works worked working work employee employees employed professor professors lecturer taught teaches "
        "teaching teacher researcher scientist engineer executive executives hired joined joins staff reporter "
        "correspondent journalist columnist editor anchor analyst economist spokesman spokeswoman spokesperson "
        "commentator presenter astronaut pilot director manager served serves appointed",
        "P463": "member members membership fellow fellows joined joins belongs belonged guitarist drummer bassist "
        "singer vocalist frontman keyboardist signatory",
        "P102": "member members membership joined joins belongs belonged politician politicians candidate candidates "
        "nominee leader senator congressman congresswoman lawmaker lawmakers mp mps legislator party ticket",
        "P159": "headquartered headquarters based base seat",
        "P69": "graduated graduate graduates studied studies attended educated degree doctorate ph.d. phd b.a. m.a. "
        "alumnus alumna alumni student education diploma bachelor master mba thesis scholarship",
        "P551": "lives lived living live resident residents resides resided residing home moved settled relocated "
        "emigrated",
        "P19": "born birth birthplace native",
        "P26": "wife husband married marries marrying spouse widow widower wed wedding marriage remarried",
        "P3373": "brother brothers sister sisters sibling siblings twin",
        "P361": "part",
        "P166": "won wins awarded award received receives winner recipient laureate",
    }.items()
}
"""Words that say what a property says; where one stands with two mentions, a sentence states it."""
NEEDING = frozenset(("P19",))
"""Properties that a sentence hardly states without such a word: a mayor need not be born where he rules."""
LESSER = frozenset(
    "deputy vice assistant associate regional area store branch senior financial operating technology information "
    "marketing legal medical scientific".split()
)
"""Words by which who is called chief, executive or president does not head a body."""
LOWER = [[word] for word in LESSER]
FORMER = frozenset(("former", "ex", "ex-", "onetime", "erstwhile", "retired", "previously", "formerly"))
STILL = frozenset("now currently current still since today also".split())
LEAVING = frozenset("left leaves leaving quit quits resigned resigns retired retires departed sacked fired".split())
PAST = frozenset("worked taught played lectured lived resided served belonged studied".split())
MOVING = frozenset("joined moved came signed transferred hired poached arrived recruited".split())
SPENT = frozenset("years decades months career stint spell".split())
DATED = ("P108", "P463", "P102", "P551")  # of which the words tell whether they hold any more
MARGIN = 4  # words before and after two mentions in which such a word counts, too
LONGEST = 30  # words from the first to the last of these beyond which it does not
BETROTHED = frozenset("fiancé fiancée fiance fiancee girlfriend boyfriend partner engaged dating".split())
SIBLING = frozenset("brother sister sibling twin half-brother half-sister stepbrother stepsister".split())
LEFT = {name: [KINDS.index(kind) for kind in sorted(BY_ID[name].subjects | {"other"})] for name in NEEDED}
RIGHT = {name: [KINDS.index(kind) for kind in sorted(BY_ID[name].objects | {"other"})] for name in NEEDED}
AROUND = 8  # words before and after two mentions in which such a word counts
FAR = 60  # words from the first to the last of these beyond which it does not


def find_ruled_out(layout: Layout, phrases: Phrases, pairs: Pairs) -> NDArray[np.bool_]:
    """Which properties [pairs, RELATED] the words around the mentions rule out."""
    out = np.zeros((len(pairs), len(RELATED)), bool)
    distant = find_distant(layout, phrases)[pairs.right]
    for label in LOCATING:
        out[distant, label] = True
    out[np.flatnonzero(find_donors(layout, phrases)[pairs.left])[:, None], TIES] = True
    out[np.flatnonzero(find_outlets(layout, phrases)[pairs.right])[:, None], [*TIES, CITIZENSHIP]] = True
    across = (phrases.kinds[pairs.left] == PERSON) & (phrases.kinds[pairs.right] == ORGANISATION)
    for row in np.flatnonzero(across & (pairs.first <= pairs.top) & (pairs.top < pairs.last)).tolist():
        out[row, TIES] |= layout.text.lower[int(pairs.top[row])] in TALKING
    acting = (phrases.kinds[pairs.left] == PERSON) & (pairs.features[:, BRANCH] == SUBJECT)
    for row in np.flatnonzero(acting).tolist():
        top = int(pairs.top[row])
        if layout.text.lower[top] in KILLING and PASSIVE.isdisjoint(layout.text.lower[max(0, top - 3) : top]):
            out[row, DEATH] = True  # not whom somebody kills, but who does
    bearers = find_bearers(layout, phrases)
    for row in np.flatnonzero(np.isin(pairs.right, list(bearers)) & (phrases.kinds[pairs.left] == PERSON)).tolist():
        bearer, left = bearers[int(pairs.right[row])], int(pairs.left[row])
        same = layout.sentences[phrases.heads[left]] == layout.sentences[bearer]
        out[row, TIES] |= bool(same and phrases.starts[left] != bearer and phrases.forms[left] == NAME)
    for row, is_part in find_shared(layout, phrases, pairs):
        out[row, [CITIZENSHIP] if is_part else [CITIZENSHIP, *HOLDING]] = True
    kinds = phrases.kinds[pairs.left], phrases.kinds[pairs.right]
    alike = (kinds[0] == kinds[1]) & ((kinds[0] == PERSON) | (kinds[0] == ORGANISATION))
    for row in np.flatnonzero(alike & (pairs.last - pairs.first <= GAP)).tolist():
        left, right = int(pairs.left[row]), int(pairs.right[row])
        older = tell_older(layout, phrases, min(left, right, key=lambda r: phrases.starts[r]), pairs, row)
        if older is not None:
            left_first = phrases.starts[left] <= phrases.starts[right]
            out[row, HAS_CHILD if (older == "second") == left_first else HAS_PARENT] = True
    people = (kinds[0] == PERSON) & (kinds[1] == PERSON)
    engaged = not BETROTHED.isdisjoint(layout.text.lower)
    for row in np.flatnonzero(people).tolist() if engaged else ():
        ends = int(pairs.left[row]), int(pairs.right[row])
        out[row, SPOUSE] = _stands_near(BETROTHED, layout, phrases, ends) and not _stands_near(
            CUES["P26"], layout, phrases, ends
        )
    for name, words in NEEDED.items():
        label = RELATED.index(name)
        fits = np.isin(kinds[0], LEFT[name]) & np.isin(kinds[1], RIGHT[name])
        rows = np.flatnonzero(fits)
        out[rows, label] |= ~_stand_near(words, layout, phrases, (pairs.left[rows], pairs.right[rows]))
        for row in rows.tolist() if name == "P3373" else ():
            out[row, label] |= _is_of_another(layout, phrases, (int(pairs.left[row]), int(pairs.right[row])))
    return out


def _is_of_another(layout: Layout, phrases: Phrases, rows: tuple[int, int]) -> bool:
    """Whether the word for a sibling near two mentions stands before both, as the title of the first: "his sister Ann
    met Bo" makes no siblings of these two."""
    lower = layout.text.lower
    first = min(int(phrases.starts[row]) for row in rows)
    high = max(int(phrases.ends[row]) for row in rows) + AROUND
    titled = lower[first - 1] in SIBLING and lower[first - 2] in OWNERS if first > 1 else False
    return titled and NEEDED["P3373"].isdisjoint(lower[first:high])


def find_distant(layout: Layout, phrases: Phrases) -> NDArray[np.bool_]:
    """Which phrases only tell a direction or a neighbourhood: "100 miles north of Leeds", "near Leeds"."""
    lower = layout.text.lower
    found = np.zeros(len(phrases), bool)
    for row, start in enumerate(phrases.starts.tolist()):
        *_, first, last = ("", "", *(word for word in lower[max(0, start - 3) : start] if word != "the"))
        found[row] = last in NEARBY or (last == "of" and DIRECTIONS.fullmatch(first) is not None)
    return found


def find_donors(layout: Layout, phrases: Phrases) -> NDArray[np.bool_]:
    """Which phrases name whom a post is named after, not who holds it: "the Ann Lee Professor of Physics"."""
    lower, heads = layout.text.lower, layout.text.heads
    after = [*lower[1:], ""]
    named = ((int(end) - 1, int(head)) for end, head in zip(phrases.ends, phrases.heads, strict=True))
    return np.array([after[last] in NAMED_AFTER and heads[head] == last + 1 for last, head in named], bool)


def find_outlets(layout: Layout, phrases: Phrases) -> NDArray[np.bool_]:
    """Which phrases name where something is published, "a study published in the Lakeside Journal", or whom somebody is
    sent to, "ambassador to the Lake Union", or what somebody teaches: "Chair in Lake Studies"."""
    lower = layout.text.lower
    before = [lower[max(0, start - 6) : start] for start in map(int, phrases.starts)]
    named = [lower[start:end] for start, end in zip(phrases.starts.tolist(), phrases.ends.tolist(), strict=True)]
    found = zip(before, named, strict=True)
    return np.array([_is_published(words) or _is_sent(words) or _is_taught(words, name) for words, name in found], bool)


def _is_published(words: list[str]) -> bool:
    return "in" in words[-2:] and not PUBLISHING.isdisjoint(words)


def _is_sent(words: list[str]) -> bool:
    """Whether these words end in "ambassador to the"."""
    *_, first, last = ("", "", *(word for word in words if word != "the"))
    return last == "to" and first in ENVOYS


def _is_taught(words: list[str], name: list[str]) -> bool:
    """Whether the words before a name end in "chair in", and it is no school's."""
    return words[-1:] == ["in"] and not TAUGHT.isdisjoint(words[-2:]) and SCHOOLS.isdisjoint(name)


def find_bearers(layout: Layout, phrases: Phrases) -> dict[int, int]:
    """The bodies (rows) in titles before names, with the first word of that name: "Acme drummer Ann Lee"."""
    starts = {int(start) for start, kind in zip(phrases.starts, phrases.kinds, strict=True) if kind == PERSON}
    found = {}
    words = layout.text.words
    for row in np.flatnonzero(phrases.kinds == ORGANISATION).tolist():
        end = int(phrases.ends[row])
        for word in range(end, min(end + TITLE, len(words))):
            if layout.text.upos[word] != NOUN:
                break
            after = pass_aside(words, word + 1)
            if after in starts:
                found[row] = after
    return found


def find_shared(layout: Layout, phrases: Phrases, pairs: Pairs) -> Iterator[tuple[int, bool]]:
    """The pairs (rows) of which one says whose a third thing is and the other where or of what; and whether it is "of".

    "US workers at Leeds" puts Leeds in no country, "the Polish city of Leeds" does; and "the US killing of Ann Lee"
    makes nobody a citizen.
    """
    heads = np.asarray(layout.text.heads, np.int64)
    left, right = phrases.heads[pairs.left], phrases.heads[pairs.right]
    labels, lower = layout.text.labels, layout.text.lower
    for row in np.flatnonzero((heads[left] == heads[right]) & (heads[left] != left) & (heads[right] != right)).tolist():
        place, owner = int(left[row]), int(right[row])
        if labels[owner] in ("compound", "amod") and labels[place].startswith("nmod") and labels[place] != "nmod:poss":
            yield row, any(lower[word] == "of" and heads[word] == place for word in range(owner + 1, place))


def tell_older(layout: Layout, phrases: Phrases, first: int, pairs: Pairs, row: int) -> str | None:
    """Whether the "first" or the "second" of two mentions is the other's parent by the words between: "Ann, daughter of
    Bo", "his son Bo", "Acme's parent, Nor"; None where they say nothing. ``first`` is the row of the first."""
    lower = layout.text.lower
    start, end = int(pairs.first[row]), int(pairs.last[row])
    between = [*lower[int(phrases.starts[first]) : start][-1:], *lower[start:end]]
    at = next((n for n in range(len(between) - 1, 0, -1) if between[n] in YOUNGER or between[n] in OLDER), None)
    if at is None:
        return None
    older = between[at] in OLDER
    if "of" in between[at + 1 : at + 3]:
        return "first" if older else "second"
    return ("second" if older else "first") if OWNERS & set(between[:at]) else None


def pass_aside(words: Sequence[str], at: int) -> int:
    """Where the text goes on after the brackets that open at a word, if any do."""
    if at >= len(words) or words[at] != "(":
        return at
    return next((n + 1 for n in range(at, min(at + ASIDE, len(words))) if words[n] == ")"), at)


def _stand_near(words: frozenset[str], layout: Layout, phrases: Phrases, rows: tuple[Ints, Ints]) -> NDArray[np.bool_]:
    """Whether one of the words stands near two mentions or between them, for each pair of ``rows`` of mentions."""
    lower = layout.text.lower
    given = [word in words and not (words in LEADING and _is_lesser(lower, n)) for n, word in enumerate(lower)]
    before = np.concatenate(([0], np.cumsum(given)))  # how many stand before a word
    first = np.minimum(phrases.starts[rows[0]], phrases.starts[rows[1]])
    last = np.maximum(phrases.ends[rows[0]], phrases.ends[rows[1]])
    numbers = np.maximum.accumulate(layout.sentences)
    low = np.maximum(first - AROUND, np.searchsorted(numbers, numbers[first]))
    high = np.minimum(last + AROUND, np.searchsorted(numbers, numbers[last - 1], side="right"))
    near: NDArray[np.bool_] = (high - low <= FAR) & (before[np.minimum(high, len(lower))] > before[low])
    return near


def _is_lesser(lower: Sequence[str], at: int) -> bool:
    """Whether a word such as "chief" stands in "chief financial officer" or "deputy chief executive"."""
    return not LESSER.isdisjoint(lower[max(0, at - 2) : at]) or (
        lower[at] == "chief" and lower[at + 1 : at + 2] in LOWER
    )


def _stands_near(words: frozenset[str], layout: Layout, phrases: Phrases, rows: tuple[int, int]) -> bool:
    """Whether one of the words stands near two mentions or between them."""
    low = max(0, min(int(phrases.starts[row]) for row in rows) - AROUND)
    high = max(int(phrases.ends[row]) for row in rows) + AROUND
    return high - low <= FAR and not words.isdisjoint(layout.text.lower[low:high])


def is_cued(property: str, layout: Layout, phrases: Phrases, rows: tuple[int, int]) -> bool:
    """Whether two mentions of one sentence stand by a word that says what a property says."""
    words = CUES.get(property)
    heads = [int(phrases.heads[row]) for row in rows]
    if words is None or layout.sentences[heads[0]] != layout.sentences[heads[1]]:
        return False
    low = min(int(phrases.starts[row]) for row in rows)
    high = max(int(phrases.ends[row]) for row in rows)
    if high - low > LONGEST:
        return False
    sentence = layout.sentences[heads[0]]
    near = range(max(0, low - MARGIN), min(len(layout.text.lower), high + MARGIN))
    return any(layout.text.lower[word] in words and layout.sentences[word] == sentence for word in near)


def is_former(property: str, layout: Layout, left: int, right: int) -> bool:
    """Whether the words around two heads of mentions say that what joins them is over: "who worked for Acme", "a former
    fellow of the Academy", "left Acme"; ``left`` is the person's."""
    if property not in DATED or layout.sentences[left] != layout.sentences[right]:
        return False
    text = layout.text
    low, high = sorted((left, right))
    opening = int(np.searchsorted(layout.sentences, layout.sentences[low]))
    start = next((n for n in range(right, max(opening, right - AROUND) - 1, -1) if text.upos[n] == ADPOSITION), right)
    last = min(high + AROUND + MARGIN, len(text.lower) - 1)
    if any(_goes(text.lower, n) and layout.sentences[n] == layout.sentences[high] for n in range(high + 1, last)):
        return True
    before = text.lower[max(opening, start - MARGIN) : start]
    if text.lower[start] == "from" and not MOVING.isdisjoint(text.lower[max(opening, start - AROUND) : start]):
        return True
    if before[-1:] and before[-1] in SPENT and not {"after", "spent", "following"}.isdisjoint(before):
        return True
    titled = [n for n in range(max(opening, low - MARGIN), high) if text.lower[n] in FORMER]
    if property != "P102" and titled and all(_is_quiet(layout, n) for n in range(titled[-1] + 1, high)):
        return True
    return _is_told_as_past(layout, left, right)


def _goes(lower: Sequence[str], at: int) -> bool:
    """Whether the words at a place say that somebody gave up a post: "but she resigned"."""
    return lower[at] in SUBJECT_WORDS and lower[at + 1] in LEAVING and lower[at + 1] not in ("left", "leaves")


def _is_quiet(layout: Layout, word: int) -> bool:
    """Whether a word ends no phrase that "former" belongs to: no verb, no comma, no "and now", no "and a"."""
    text = layout.text
    ends = text.lower[word] in STILL or text.lower[word] in (",", ";", "who", "—", "–")
    article = text.lower[word - 1] in ("and", "but") and text.lower[word] in ("a", "an", "the")
    return not ends and not article and UPOS[text.upos[word]] not in ("VERB", "AUX")


def _is_told_as_past(layout: Layout, left: int, right: int) -> bool:
    """Whether the clause that joins two words says in the past tense that somebody was there, or left."""
    text, word = layout.text, right
    for _ in range(AROUND):
        before, word = word, text.heads[word]
        if word in (before, left):
            return False
        near = {text.lower[n]: text.labels[n] for n in range(max(0, word - AROUND), word) if text.heads[n] == word}
        verb = UPOS[text.upos[word]] == "VERB"
        if not verb and "cop" not in near.values():
            continue
        reported = text.labels[word] == "ccomp" or not STILL.isdisjoint(text.lower[min(left, right) : right + AROUND])
        if reported or not near.keys().isdisjoint(("has", "have", "will", "would", "not", "n't", "may", "to")):
            return False
        if not verb:
            subject = text.heads[left] == word and text.labels[left].startswith("nsubj")
            return subject and "cop" in (near.get("was"), near.get("were"))
        gone = before == right and (text.labels[right] == "obj" or "from" in text.lower[word:right])
        return text.lower[word] in PAST or (text.lower[word] in LEAVING and gone)
    return False
