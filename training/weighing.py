"""Fits how sure the reader is of an attribution: weights for what can be seen of it, by logistic regression.

    python -m training attributions --data ../shared/data --model kg/read/model

What the model takes for a cue, or nearly takes for one, is compared with the attributions of PolNeAR's training part:
whether there is a cue, and whether cue, source and content are all right (they overlap by 30 % of the shorter one's
words). The thresholds are chosen on the half of the documents that the weights for that were not fitted on, and weigh
exact borders too.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.read.attributions import guess_attributions
from kg.read.candidates import number_quotations
from kg.read.claim_features import see_features
from kg.read.network import Network
from kg.read.roles import lay_out
from kg.read.weighing import Guess
from training.attributions import Attributed, Attribution, read_attributions
from training.sight import ask_model, tag_words

OUT = Path(__file__).parent.parent / "kg" / "read" / "weighing.json"
NUMBERS = ("bias", "cue", "cue mean", "content", "source", "least")
LEAST = 8  # guesses that show a feature, for it to get a weight
STRENGTH = 10.0  # of the penalty on weights, and below it that on numbers
SLIGHT = 0.03
SHARED = 0.3  # of the shorter span, for two to overlap
GRID = np.arange(0.4, 0.75, 0.03)  # F1 is best at half its value where chances are right: not below 0.4
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Seen:
    """What can be seen of a guess, whether the model's best sequence has its cue, the number of its document, whether
    its cue is one, whether all of it is right, and whether all its borders are."""

    features: Mapping[str, float]
    decoded: bool
    document: int
    cue: bool
    whole: bool
    exact: bool


def gather_guesses(network: Network, given: Iterable[Attributed]) -> Iterator[Seen]:
    """All guesses in documents whose attributions are known, numbered in their order."""
    for number, (each, answers) in enumerate(ask_model(given, network, batch=16)):
        text = tag_words(each.document.words, network, answers)
        layout = lay_out(text, each.paragraphs, number_quotations(text))
        guesses = list(guess_attributions(network.roles, layout, each.paragraphs, answers.cues, answers.roles))
        for guess, features in zip(guesses, see_features(layout, guesses), strict=True):
            near = [known for known in each.attributions if overlaps(known.cue, guess.cue)]
            right = any(is_right(guess, known) for known in near)
            exact = any(is_exact(guess, known) for known in near)
            yield Seen(features, guess.decoded, number, bool(near), right, exact)


def overlaps(a: Span, b: Span) -> bool:
    """Whether two spans share SHARED of the shorter one's words."""
    return min(a[1], b[1]) - max(a[0], b[0]) >= SHARED * min(a[1] - a[0], b[1] - b[0])


def is_right(guess: Guess, known: Attribution) -> bool:
    """Whether the source (or none) and some content of a guess are those of an attribution."""
    if guess.source is None or known.source is None:
        sources = guess.source is known.source
    else:
        sources = overlaps(guess.source, known.source)
    return sources and any(overlaps(a, b) for a in guess.content for b in known.content)


def is_exact(guess: Guess, known: Attribution) -> bool:
    """Whether all spans of a guess are those of an attribution."""
    return (guess.cue, guess.source, guess.content) == (known.cue, known.source, known.content)


def list_features(given: Sequence[Seen]) -> list[str]:
    """The features that at least LEAST of the guesses show, sorted."""
    counts = Counter(name for seen in given for name in seen.features)
    return sorted(name for name, count in counts.items() if count >= LEAST)


def make_matrix(given: Sequence[Seen], names: Sequence[str]) -> csr_matrix:
    """The values of the features, [guesses, names]."""
    at = {name: column for column, name in enumerate(names)}
    cells = [(row, at[n], v) for row, seen in enumerate(given) for n, v in seen.features.items() if n in at]
    rows, columns, values = zip(*cells, strict=True)
    return csr_matrix((values, (rows, columns)), shape=(len(given), len(names)))


def fit_weights(matrix: csr_matrix, gold: Flags, names: Sequence[str]) -> Floats:
    """The weights [names] of a logistic regression with a penalty on their squares."""
    penalty = np.array([SLIGHT if name in NUMBERS else STRENGTH for name in names])

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = matrix @ weights
        wrong = np.logaddexp(0, np.where(gold, -odds, odds)).sum() + 0.5 * (penalty * weights**2).sum()
        slope: Floats = matrix.T @ (1 / (1 + np.exp(-odds)) - gold) + penalty * weights
        return float(wrong), slope

    found: Floats = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return found


def choose_thresholds(chances: Floats, decoded: Flags, golds: Sequence[Flags], wanted: int) -> tuple[float, float]:
    """The chances from which cues are told, of the best sequence and others, that give the best F1 of ``wanted``,
    counted for each of ``golds`` and added."""

    def score(pair: tuple[float, float]) -> float:
        told = chances >= np.where(decoded, *pair)
        return float(sum((told & gold).sum() for gold in golds) / (told.sum() + wanted))

    return max(product(GRID.tolist(), GRID.tolist()), key=score)


def print_reliability(chances: Floats, gold: Flags) -> None:
    """Prints how many of the guesses of about each chance are right."""
    for low in np.arange(0, 1, 0.1):
        chosen = (chances >= low) & (chances < low + 0.1)
        if chosen.any():
            print(
                f"{low:.1f}: {chosen.sum()} guesses, {chances[chosen].mean():.3f} said, {gold[chosen].mean():.3f} right"
            )


def fit_scale(given: Sequence[Seen], wanted: int) -> dict[str, object]:
    """The weights and thresholds as ``kg.read.weighing`` loads them; prints how reliable halves fitted on halves are.

    ``wanted`` is how many attributions there are to be found.
    """
    names = list_features(given)
    matrix = make_matrix(given, names)
    columns = zip(*((s.cue, s.whole, s.exact, s.decoded, s.document % 2 == 1) for s in given), strict=True)
    cues, wholes, exacts, decoded, odd = (np.array(column, bool) for column in columns)
    chances = np.zeros((len(given), 2))
    for half in (odd, ~odd):
        for column, gold in enumerate((cues, wholes)):
            weights = fit_weights(matrix[half], gold[half], names)
            chances[~half, column] = 1 / (1 + np.exp(-(matrix[~half] @ weights)))
    thresholds = choose_thresholds(chances[:, 0], decoded, (cues, wholes, exacts), wanted)
    told = chances[:, 0] >= np.where(decoded, *thresholds)
    print_reliability(chances[told, 1], wholes[told])
    both = np.stack([fit_weights(matrix, gold, names) for gold in (cues, wholes)], axis=1)
    weights_of = {name: [round(float(w), 3) for w in pair] for name, pair in zip(names, both, strict=True)}
    return {"thresholds": [round(t, 2) for t in thresholds], "weights": weights_of}


def main(argv: list[str]) -> None:
    """Fits the weights on every so many-th document and writes them."""
    parser = argparse.ArgumentParser(prog="python -m training attributions")
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--model", type=Path, required=True, help="folder of the model")
    parser.add_argument("--out", type=Path, default=OUT, help="where the weights go")
    parser.add_argument("--step", type=int, default=1, help="one in so many documents is read")
    given = parser.parse_args(argv)
    documents = read_attributions(given.data)[:: given.step]
    wanted = sum(len(each.attributions) for each in documents)
    scale = fit_scale(list(gather_guesses(Network.load(given.model, threads=1), documents)), wanted)
    given.out.write_text(json.dumps(scale, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(documents)} documents, thresholds {scale['thresholds']}")
