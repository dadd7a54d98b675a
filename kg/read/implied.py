"""Tells what a whole text implies of two things: all their mentions count together, however far apart they stand."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kg.read.network import Network
from kg.read.pairs import RELATED, Floats, Halves, Ints, pair_mentions
from kg.read.relation_scores import Mentioned, Stated, pool, score_pairs
from kg.read.roles import Layout

SENTENCES, WORDS = 30, 400  # that lie between two mentions, at most
SLICE = 100_000  # pairs looked at together
FAINT = -6.0  # log odds below which nothing comes of a pair


def imply_relations(network: Network, layout: Layout, inner: Halves, mentioned: Mentioned) -> list[Stated]:
    """What the head says of each two things from all pairs of their mentions, from the threshold on.

    The words told of each are those from the sentence of one to that of the other of its likeliest two mentions.
    """
    rows = pair_mentions(mentioned.phrases, mentioned.owners, layout.sentences, near=SENTENCES, reach=WORDS)
    if not len(rows[0]):
        return []
    count = int(mentioned.owners.max()) + 1
    keys = mentioned.owners[rows[0]] * count + mentioned.owners[rows[1]]
    parts = list(_pool_slices(network, layout, inner, mentioned, rows))
    things, groups = np.unique(np.concatenate([part[0] for part in parts]), return_inverse=True)
    pooled = pool(np.concatenate([part[1] for part in parts]), groups.reshape(-1), len(things))
    chances = network.relations.calibrate(pooled, implied=True)
    told = chances >= network.relations.implied_thresholds
    again = np.isin(keys, things[told.any(axis=1)])
    pairs, scores = score_pairs(network, layout, inner, mentioned, (rows[0][again], rows[1][again]))
    keys = mentioned.owners[pairs.left] * count + mentioned.owners[pairs.right]
    order = np.argsort(keys, kind="stable")
    bounds = np.searchsorted(keys[order], np.stack((things, things + 1)))
    found = []
    for group, label in np.argwhere(told).tolist():
        own = order[bounds[0, group] : bounds[1, group]]
        best = own[scores[own, label].argmax()]
        left, right = (int(mentioned.phrases.heads[side[best]]) for side in (pairs.left, pairs.right))
        places = sorted((int(layout.sentences[left]), int(layout.sentences[right])))
        subject, object_ = divmod(int(things[group]), count)
        first = int(np.searchsorted(layout.sentences, places[0]))
        last = int(np.searchsorted(layout.sentences, places[1], side="right")) - 1
        chance = float(chances[group, label])
        found.append(Stated(subject, RELATED[label], object_, first, last, left, right, chance))
    return found


def _pool_slices(
    network: Network, layout: Layout, inner: Halves, mentioned: Mentioned, rows: tuple[Ints, Ints]
) -> Iterator[tuple[Ints, Floats]]:
    """For stretches of the pairs ``rows``: the numbers of each two things, and what their pairs there say together."""
    count = int(mentioned.owners.max()) + 1
    for start in range(0, len(rows[0]), SLICE):
        part = slice(start, start + SLICE)
        pairs, scores = score_pairs(network, layout, inner, mentioned, (rows[0][part], rows[1][part]))
        keys = mentioned.owners[pairs.left] * count + mentioned.owners[pairs.right]
        things, groups = np.unique(keys, return_inverse=True)
        pooled = pool(scores, groups.reshape(-1), len(things))
        loud = pooled.max(axis=1, initial=-np.inf) > FAINT
        yield things[loud], pooled[loud]
