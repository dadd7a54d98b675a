"""Rules out what the words around two mentions deny: who is the child of whom, who only chairs, what lies elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from kg.properties import BY_ID
from kg.read.pairs import KINDS, RELATED, Pairs, Phrases
from kg.read.roles import Layout

LOCATING = [RELATED.index(name) for name in ("P19", "P20", "P131", "P159", "P276", "P551", "P17")]
HOLDING = [RELATED.index(name) for name in ("P131", "P276", "P17")]
CITIZENSHIP = RELATED.index("P27")
HAS_PARENT = [RELATED.index(name) for name in ("P22", "P25", "P749")]
HAS_CHILD = [RELATED.index("P40")]
ORGANISATION, PERSON = KINDS.index("organisation"), KINDS.index("person")
NEARBY = frozenset(("near", "outside", "towards", "toward"))
DIRECTIONS = re.compile(r"(?:(?:north|south)?-?(?:east|west|north|south))(?:ern)?|outside|off")
YOUNGER = frozenset("son sons daughter daughters child children grandson subsidiary subsidiaries unit division".split())
OLDER = frozenset("father mother parent parents dad mum mom owner".split())
OWNERS = frozenset("his her its their my our whose 's ’s '".split())
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
}
"""Words of which one stands near two mentions that a property joins, where a sentence states it."""
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
    for name, words in NEEDED.items():
        label = RELATED.index(name)
        fits = np.isin(kinds[0], LEFT[name]) & np.isin(kinds[1], RIGHT[name])
        for row in np.flatnonzero(fits).tolist():
            out[row, label] = not _stand_near(words, layout, phrases, (int(pairs.left[row]), int(pairs.right[row])))
    return out


def find_distant(layout: Layout, phrases: Phrases) -> NDArray[np.bool_]:
    """Which phrases only tell a direction or a neighbourhood: "100 miles north of Leeds", "near Leeds"."""
    lower = layout.text.lower
    found = np.zeros(len(phrases), bool)
    for row, start in enumerate(phrases.starts.tolist()):
        *_, first, last = ("", "", *(word for word in lower[max(0, start - 3) : start] if word != "the"))
        found[row] = last in NEARBY or (last == "of" and DIRECTIONS.fullmatch(first) is not None)
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


def _stand_near(words: frozenset[str], layout: Layout, phrases: Phrases, rows: tuple[int, int]) -> bool:
    """Whether one of the words stands near two mentions or between them."""
    low = max(0, min(int(phrases.starts[row]) for row in rows) - AROUND)
    high = max(int(phrases.ends[row]) for row in rows) + AROUND
    return high - low <= FAR and not words.isdisjoint(layout.text.lower[low:high])
