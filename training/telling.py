"""Fits from which certainty on a reading tells what a mention means, on documents that the head was not fitted on."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.read.antecedents import NONE, SURE, Head
from kg.read.candidates import FORMS
from kg.read.chains import NOMINALS
from kg.read.components import ANSWERS, ENTITIES
from kg.read.coreference import NEVER, find_chains, find_least, is_talk
from training.coreference import Clustered, head_of

WANTED = 0.9  # share that is to be right of what is told
LEAST_RIGHT = 0.8  # share that is to be right of the least certain of it
SLICE = 0.1  # of certainty, that these are taken from
FEWEST = 15  # mentions of a form below which its threshold stays as it is
GRID = np.arange(0.5, 0.96, 0.05).round(2)
PRIOR = 4  # mentions, WANTED of them right, that are thought to be there beside those seen
GROUPS: dict[str, frozenset[str]] = {
    "he, she": frozenset(("he", "she")), "it": frozenset(("it",)), "they": frozenset(("they",)),
    "nominal": NOMINALS - {"name", "demonstrative"},
}  # fmt: skip
"""The forms that share a threshold; those of other forms are not fitted."""


class Tie(NamedTuple):
    """A mention that is in the chain of a name: its form, how certain that is, and whether it is right."""

    form: str
    certain: float
    right: bool


def gather_ties(documents: Iterable[Clustered], nlp: Language, head: Head) -> Iterator[Tie]:
    """The pronouns and nominals that a pipeline with ``head`` puts into the chains of names, but those of talk."""
    with nlp.select_pipes(disable=[name for name in ("kg_coreference", "kg_claims") if name in nlp.pipe_names]):
        for given in documents:
            doc = nlp(Doc(nlp.vocab, words=given.document.words))
            read = doc.user_data[ANSWERS]
            network = copy.copy(read.network)
            network.head = head
            mentions, chains = find_chains(doc, read.words, network, read.answers, doc.user_data[ENTITIES])
            if is_talk(mentions.candidates):
                continue
            meant = {head_of(given.document, span): number for number, c in enumerate(given.clusters) for span in c}
            words = mentions.candidates.words.tolist()
            for chain in chains:
                names = {meant[words[row]] for row in chain.rows if mentions.homes[row] >= 0 and words[row] in meant}
                for row in chain.rows if names else ():
                    if mentions.homes[row] != NONE or row in mentions.unrivalled:
                        continue
                    if find_least(mentions, chain, row) < NEVER:
                        right = meant.get(words[row], NONE) in names
                        yield Tie(mentions.form(row), chain.certain[row], right)


def fit_thresholds(ties: Sequence[Tie]) -> dict[str, float]:
    """For each form the least certainty from which WANTED of what is told are right, on the whole, and LEAST_RIGHT of
    the least certain; what is known of too few stays as it was."""
    found = dict(SURE)
    for forms in GROUPS.values():
        certain = np.array([tie.certain for tie in ties if tie.form in forms])
        right = np.array([tie.right for tie in ties if tie.form in forms], bool)
        if len(certain) >= FEWEST:
            fit = [least for least in GRID.tolist() if _is_enough(certain, right, least)]
            found.update(dict.fromkeys(forms, min(fit, default=float(GRID[-1]))))
    return found


def _is_enough(certain: np.ndarray, right: np.ndarray, least: float) -> bool:
    told = certain >= least
    edge = told & (certain < least + SLICE)
    return _share(right[told]) >= WANTED and _share(right[edge]) >= LEAST_RIGHT


def _share(right: np.ndarray) -> float:
    return float((right.sum() + PRIOR * WANTED) / (len(right) + PRIOR))


def list_thresholds(sure: Mapping[str, float]) -> np.ndarray:
    """The thresholds as they are stored: one for each of FORMS, 0 where there is none."""
    return np.array([sure.get(form, 0.0) for form in FORMS], np.float16)


def report_ties(ties: Sequence[Tie], sure: Mapping[str, float]) -> Iterator[str]:
    """A line for each group of forms: its threshold, and how many of those told and of all are right."""
    for name, forms in GROUPS.items():
        seen: dict[bool, list[bool]] = defaultdict(list)
        for tie in ties:
            if tie.form in forms:
                seen[tie.certain >= sure[tie.form]].append(tie.right)
        told, left = seen[True], seen[False]
        least = sure[min(forms)]
        yield f"{name} told from {least}: {sum(told)} of {len(told)} right, of others {sum(left)} of {len(left)}"
