"""Scores coreference as the reference scorer of CoNLL does: MUC, B3 and CEAF-e, and their mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

Cluster = frozenset[Hashable]


@dataclass(slots=True)
class Tally:
    """A measure summed over documents, as the reference scorer sums it: numerators and denominators apart."""

    recalled: float = 0.0
    gold: float = 0.0
    right: float = 0.0
    found: float = 0.0

    def add(self, recalled: float, gold: float, right: float, found: float) -> None:
        """Adds one document."""
        self.recalled += recalled
        self.gold += gold
        self.right += right
        self.found += found

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 when nothing was right."""
        precision, recall = self.right / max(self.found, 1e-9), self.recalled / max(self.gold, 1e-9)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(slots=True)
class Scores:
    """The measures over all documents added so far; ``mentions`` compares the mentions alone."""

    muc: Tally = field(default_factory=Tally)
    b3: Tally = field(default_factory=Tally)
    ceafe: Tally = field(default_factory=Tally)
    mentions: Tally = field(default_factory=Tally)

    def add(
        self, gold: Iterable[Iterable[Hashable]], found: Iterable[Iterable[Hashable]], *, singletons: bool = False
    ) -> None:
        """Adds a document's clusters of mentions; clusters of one count only with ``singletons``."""
        least = 1 if singletons else 2
        key = [c for c in map(frozenset, gold) if len(c) >= least]
        response = [c for c in map(frozenset, found) if len(c) >= least]
        for tally, measure in ((self.muc, score_muc), (self.b3, score_b3)):
            tally.add(*measure(key, response), *measure(response, key))
        similar = match_clusters(key, response)
        self.ceafe.add(similar, len(key), similar, len(response))
        ours, theirs = set().union(*response), set().union(*key)
        both = len(ours & theirs)
        self.mentions.add(both, len(theirs), both, len(ours))

    @property
    def conll(self) -> float:
        """The mean of the F1 of MUC, B3 and CEAF-e."""
        return (self.muc.f1 + self.b3.f1 + self.ceafe.f1) / 3


def cluster_of(clusters: Sequence[Cluster]) -> dict[Hashable, int]:
    """The number of each mention's cluster."""
    return {mention: number for number, cluster in enumerate(clusters) for mention in cluster}


def score_muc(key: Sequence[Cluster], response: Sequence[Cluster]) -> tuple[float, float]:
    """Links of ``key`` that ``response`` has, and links of ``key`` (Vilain et al. 1995)."""
    home = cluster_of(response)
    kept = sum(len(c) - len({home.get(m, m) if m in home else ("alone", m) for m in c}) for c in key)
    return kept, sum(len(c) - 1 for c in key)


def score_b3(key: Sequence[Cluster], response: Sequence[Cluster]) -> tuple[float, float]:
    """Sum over the mentions of ``key`` of the share of their cluster that is with them, and their number."""
    home = cluster_of(response)
    total = 0.0
    for cluster in key:
        parts = Counter(home[m] for m in cluster if m in home)
        total += sum(n * n for n in parts.values()) / len(cluster)
    return total, sum(map(len, key))


def match_clusters(key: Sequence[Cluster], response: Sequence[Cluster]) -> float:
    """The greatest sum of similarities (phi 4 of Luo 2005) of clusters paired one to one."""
    home = cluster_of(response)
    similar: dict[tuple[int, int], float] = defaultdict(float)
    for row, cluster in enumerate(key):
        for column, common in Counter(home[m] for m in cluster if m in home).items():
            similar[row, column] = 2 * common / (len(cluster) + len(response[column]))
    return sum(best_assignment(part) for part in connected(similar))


def connected(similar: dict[tuple[int, int], float]) -> list[dict[tuple[int, int], float]]:
    """The pairs cut into groups that share no row and no column."""
    above: dict[tuple[str, int], tuple[str, int]] = {}

    def top(node: tuple[str, int]) -> tuple[str, int]:
        above.setdefault(node, node)
        while above[node] != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    for row, column in similar:
        above[top(("row", row))] = top(("column", column))
    groups: dict[tuple[str, int], dict[tuple[int, int], float]] = defaultdict(dict)
    for (row, column), value in similar.items():
        groups[top(("row", row))][row, column] = value
    return list(groups.values())


def best_assignment(similar: dict[tuple[int, int], float]) -> float:
    """The greatest sum of values with each row and each column used once (the Hungarian method, by potentials)."""
    rows, columns = sorted({r for r, _ in similar}), sorted({c for _, c in similar})
    if len(rows) > len(columns):
        return best_assignment({(c, r): value for (r, c), value in similar.items()})
    row_at, column_at = ({x: n for n, x in enumerate(xs)} for xs in (rows, columns))
    cost = np.zeros((len(rows) + 1, len(columns) + 1))
    for (r, c), value in similar.items():
        cost[row_at[r] + 1, column_at[c] + 1] = -value
    u, v = np.zeros(len(rows) + 1), np.zeros(len(columns) + 1)
    held = np.zeros(len(columns) + 1, np.int64)
    for row in range(1, len(rows) + 1):
        _augment(cost, u, v, held, row)
    return float(-sum(cost[held[c], c] for c in range(1, len(columns) + 1)))


def _augment(cost: np.ndarray, u: np.ndarray, v: np.ndarray, held: np.ndarray, row: int) -> None:
    """Gives ``row`` a column by the cheapest chain of changes; changes the potentials and ``held`` in place."""
    columns = len(v)
    held[0], column = row, 0
    least, way, used = np.full(columns, np.inf), np.zeros(columns, np.int64), np.zeros(columns, bool)
    while True:
        used[column] = True
        reduced = cost[held[column]] - u[held[column]] - v
        better = ~used & (reduced < least)
        least[better], way[better] = reduced[better], column
        open_least = np.where(used, np.inf, least)
        open_least[0] = np.inf
        following = int(open_least.argmin())
        delta = open_least[following]
        u[held[used]] += delta
        v[used] -= delta
        least[~used] -= delta
        column = following
        if held[column] == 0:
            break
    while column:
        held[column] = held[way[column]]
        column = int(way[column])
