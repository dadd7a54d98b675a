"""Fits the score of links on public corpora of linked mentions, calibrates it, and reports on news it never saw.

    python -m training.linker --data DATA --out kg/link/score.json

``DATA`` holds the corpora in folders: elevant, knowledgenet, dwie, geovirus, gum. Trained on: OKE 2015 and 2016,
KnowledgeNet folds 1 and 2, DWIE, GeoVirus, GUM train; each twice, with gold mentions and with what the reader finds,
and a third time with other names for the people, whom nobody knows then.
Only reported on, never fitted to: News-Fair, AIDA-CoNLL dev.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.calibration import measure_error
from kg.config import Config
from kg.link.catalogue import SHIPPED, SqliteCatalogue, open_catalogue
from kg.link.context import stem_words
from kg.link.index import read_catalogue
from kg.link.linker import Linker, describe_pools, gather_pools
from kg.link.names import normalise
from kg.link.score import Features, Score
from kg.model import KINDS
from kg.read import Reader
from training import gold_links
from training.gold_links import NIL, UNKNOWN, GoldReading
from training.namesakes import read_person_names, rename_all
from training.read_links import read_gold

SEED = 7
FLIPPED = 0.1  # share of gold entities whose kind is made wrong, since a reader's kinds are not gold either
CORPUS_WEIGHTS = {
    "dwie": 2.5,
    "geovirus": 0.7,
    "gum": 1.0,
    "knowledgenet": 0.5,
    "oke-2015-train": 1.0,
    "oke-2016-train": 1.0,
}
# Annotators of these give some well-known things no item: a weight of their own keeps that from all other texts.
OWN = "own_"
SPARING = ("knowledgenet", "gum")
# Where the corpora say little (most have no date), weights stay near these.
PRIOR = {"not_yet": -4.0, "child": -2.0, "dead": -0.7, "dead_long": -1.0, "ended": -0.4, "old": -0.5}
PRIOR |= {
    "kind_person_clash": -2.0,
    "kind_clash": -1.0,
    "acting_body": 1.0,
    "acting_site": -1.0,
    "known_later": -1.0,
    "not_last_name": -3.0,
    "mononym": -2.0,
    "legendary": -4.0,
    "lone_obscure": -4.0,
    "lone_first": -2.0,
    "lone_other": -5.0,
    "work_for_place": -2.0,
    "placed": 1.0,
    "placed_other": -1.0,
    "surname_item": -2.0,
    "form_respelt": 1.0,
    "form_respelt_many": 1.0,
    "place_plays": -5.0,
    "team_plays": 1.5,
    "team_by_label": 1.5,
    "team_by_place": -1.5,
    "team_for_organisation": 1.5,
    "discipline_other": -3.0,
    "discipline_share": 2.0,
    "minor_team": -2.0,
    "national_team": 2.0,
    "expanded_other": -2.0,
    "calling_clashes": -3.0,
    "age_agrees": 1.5,
    "age_clashes": -3.0,
    "lettered_title": 2.0,
    "lettered_other": -5.0,
    "longer_unmatched": -2.0,
    "extended": 1.0,
    "extended_other": -1.5,
    "qualified": 1.5,
    "qualified_other": -1.0,
    "unsung_organisation": -2.0,
    "unsung_work": -1.0,
    "bare_share": 2.0,
    "bare_unsaid": -4.0,
    "bare_countryless": -2.0,
    "office_called": 2.0,
    "people_respelt": 3.0,
    "known_before": -2.0,
    "tiny_word": -2.0,
    "outnamed": -2.0,
    "outplaced": -1.0,
    "team_unsporting": -1.0,
    "named_otherwise": -2.0,
    "called_lay": -3.5,
    "called_lay_popularity": 4.0,
    "school_unsaid": -1.5,
    "same_but_number": 1.5,
    "edition": 2.5,
    "called_undescribed": -1.5,
}
PENALTY, PRIOR_PENALTY = 0.5, 10.0  # of squared distance from zero, and from the prior
MOST_STEPS, LONGEST_STEP = 40, 3.0  # of Newton's method
FOLDS = 5
RENAMED = 0.1  # weight of people with another's name: 0.15 and more lose as many right ones as wrong ones
WANTED_PRECISION = 0.925  # a wrong link is worse than none
THRESHOLDS = (0.4, 0.45, 0.5, 0.55, 0.6)  # cross-validated F1 hardly differs below
IDF_WORDS = 4000


Judgement = tuple[float, bool, str, bool]  # score of the best candidate, whether it is right, corpus, whether any is


@dataclass(slots=True)
class Case:
    """One training entity: the features of its candidates and which of them is right (-1: none)."""

    corpus: str
    document: str
    features: list[Features]
    gold: int
    weight: float


def main(argv: list[str]) -> None:
    """Fits, calibrates, writes the score, and prints what it reaches."""
    parser = argparse.ArgumentParser(prog="python -m training linker", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--catalogue", type=Path, default=SHIPPED)
    parser.add_argument("--cache", type=Path, help="where the catalogue's index is kept (default: a temporary folder)")
    parser.add_argument("--out", type=Path, default=Path("kg/link/score.json"))
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        cache = options.cache or Path(folder)
        config = Config(store=cache / "store", cache=cache)
        with open_catalogue(config, source=options.catalogue) as catalogue:
            reader = Reader(config)
            score = train(options.data, options.catalogue, catalogue, read=lambda gold: read_gold(gold, reader))
            write_score(score, options.out)
            report(options.data, catalogue, Linker(catalogue, score=score))


def train(
    data: Path,
    source: Path,
    catalogue: SqliteCatalogue,
    *,
    read: Callable[[Iterable[GoldReading]], Iterable[GoldReading]],
) -> Score:
    """The score fitted on the training corpora; prints its calibration by cross-validation.

    ``read`` gives the gold documents with the entities that a reader finds in them.
    """
    idf, rare, titles = read_descriptions(source)
    blank = Score(weights={}, idf=idf, rare=rare, threshold=0.5)
    gold = list(read_training(data, titles))
    sets = [list(make_cases(gold, catalogue, blank, flipped=FLIPPED)), list(make_cases(read(gold), catalogue, blank))]
    others = rename_all(gold, read_person_names(source), seed=SEED)
    renamed = list(make_cases(others, catalogue, blank, flipped=FLIPPED))
    cases = [case for found in sets for case in found]
    cases += [replace(case, weight=RENAMED * case.weight) for case in renamed]
    print(f"{len(cases)} entities, {len(renamed)} of them renamed:", dict(Counter(case.corpus for case in cases)))
    print(f"right among the candidates: {sum(c.gold >= 0 for c in cases)}")
    names = sorted({name for case in cases for x in case.features for name in x} | set(PRIOR))  # a prior holds unseen
    full = fit(cases, names)
    judged = [cross_validate(cases, found, replace(blank, weights=full)) for found in sets]
    for title, answers in zip(("gold mentions", "mentions as read"), judged, strict=True):
        print(f"{title}: expected calibration error {measure_error([(p, right) for p, right, *_ in answers]):.4f}")
        print_calibration(answers, THRESHOLDS[0])
    threshold = choose_threshold([answer for answers in judged for answer in answers])
    print(f"threshold {threshold}")
    kept = {name: round(w, 4) for name, w in full.items() if not name.startswith(OWN)}
    return replace(blank, weights=kept, threshold=threshold)


def cross_validate(cases: Sequence[Case], wanted: Sequence[Case], score: Score) -> list[Judgement]:
    """The judgements on the cases ``wanted``, each by weights that were fitted on other documents.

    ``score`` has the weights that were fitted on all of them, from which the others are soon reached.
    """
    documents = sorted({case.document for case in cases})
    random.Random(SEED).shuffle(documents)
    fold = {document: i % FOLDS for i, document in enumerate(documents)}
    judged: list[Judgement] = []
    for k in range(FOLDS):
        weights = fit([c for c in cases if fold[c.document] != k], sorted(score.weights), start=score.weights)
        judged += judge([c for c in wanted if fold[c.document] == k], replace(score, weights=weights))
    return judged


def read_descriptions(source: Path) -> tuple[dict[str, float], float, gold_links.TitleFinder]:
    """The idf of common words of descriptions, that of all rarer ones, and a finder of items by Wikipedia title."""
    frequency: Counter[str] = Counter()
    labels: dict[str, list[tuple[int, str]]] = {}
    number = 0
    for values in read_catalogue(source):
        number += 1
        frequency.update(set(stem_words(values[5])))
        for name in {values[1], *values[2].split("|")}:
            if name and not name.startswith("~"):
                labels.setdefault(normalise(name), []).append((int(values[9]) + 30 * (name == values[1]), values[0]))
    common = frequency.most_common(IDF_WORDS)
    idf = {word: round(math.log(number / count), 2) for word, count in sorted(common)}
    rare = round(math.log(number / common[-1][1]) + 1, 2)
    return idf, rare, gold_links.make_title_finder(labels)


def read_training(data: Path, titles: gold_links.TitleFinder) -> Iterable[GoldReading]:
    """All training corpora, as readings with gold items."""
    for year in ("2015", "2016"):
        yield from gold_links.read_elevant(data / "elevant" / f"oke-{year}-train.jsonl")
    yield from gold_links.read_knowledgenet(data / "knowledgenet" / "train_folds_1_2_3.json", folds=(1, 2))
    yield from gold_links.read_dwie(data / "dwie" / "train_98.jsonl", titles)
    yield from gold_links.read_geovirus(data / "geovirus" / "GeoVirus.xml", titles)
    gum_titles = gold_links.read_gum_titles(data / "gum" / "wiki_map.tab")
    yield from gold_links.read_gum(data / "gum" / "train", gum_titles)


def make_cases(
    gold: Iterable[GoldReading], catalogue: SqliteCatalogue, score: Score, *, flipped: float = 0.0
) -> Iterable[Case]:
    """A case per entity that has candidates and a known answer; ``flipped`` is the share of kinds that are changed."""
    chance = random.Random(SEED)
    seen: Counter[tuple[str, str]] = Counter()
    for document in gold:
        entities = tuple(
            replace(e, kind=chance.choice(KINDS)) if chance.random() < flipped else e for e in document.reading.entities
        )
        reading = replace(document.reading, entities=entities)
        pools = gather_pools(reading, catalogue)
        for entity, pool, features in zip(entities, pools, describe_pools(reading, pools, score), strict=True):
            item = document.items[entity.id]
            if pool is None or not pool.linkable or item == UNKNOWN or pool.is_adjective():
                continue
            if document.corpus in SPARING:
                features = [x | {f"{OWN}{document.corpus}": 1.0} for x in features]
            seen[document.corpus, item if item != NIL else entity.name] += 1
            often = seen[document.corpus, item if item != NIL else entity.name]
            ids = [c.qid for c in pool.linkable]
            yield Case(
                document.corpus,
                document.reading.article.id,
                features,
                ids.index(item) if item in ids else -1,
                CORPUS_WEIGHTS[document.corpus] / often**0.5,
            )


def fit(cases: Sequence[Case], names: Sequence[str], *, start: Mapping[str, float] | None = None) -> dict[str, float]:
    """Weights of greatest penalised likelihood, by Newton's method from ``start``: the likelihood has one summit."""
    column = {name: i for i, name in enumerate(names)}
    sizes = [len(c.features) for c in cases]
    table = np.zeros((sum(sizes), len(names)))
    group = np.repeat(np.arange(len(cases)), sizes)
    starts = np.cumsum([0, *sizes])[:-1]
    right = np.zeros(len(table))
    for case, first in zip(cases, starts, strict=True):
        for i, x in enumerate(case.features):
            table[first + i, [column[name] for name in x]] = list(x.values())
        if case.gold >= 0:
            right[first + case.gold] = 1
    weight = np.array([c.weight for c in cases])
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    penalty = np.array([PRIOR_PENALTY if name in PRIOR else PENALTY for name in names])
    w = np.array([start.get(name, 0.0) for name in names]) if start else prior.copy()
    for _ in range(MOST_STEPS):
        logits = table @ w
        highest = np.maximum(np.maximum.reduceat(logits, starts), 0)
        parts = np.exp(logits - highest[group])
        shares = parts / (np.add.reduceat(parts, starts) + np.exp(-highest))[group]
        slope = table.T @ ((shares - right) * weight[group]) + penalty * (w - prior)
        spread = table * (shares * weight[group])[:, None]
        means = np.add.reduceat(table * shares[:, None], starts)
        step = np.linalg.solve(table.T @ spread - means.T @ (means * weight[:, None]) + np.diag(penalty), slope)
        w -= step * min(1.0, LONGEST_STEP / np.abs(step).max())
        if np.abs(step).max() < 1e-3:
            break
    return dict(zip(names, map(float, w), strict=True))


def judge(cases: Iterable[Case], score: Score) -> list[Judgement]:
    """For each case the score of its best candidate, whether that is right, its corpus, and whether one is right."""
    judged = []
    for case in cases:
        scores = score.probabilities(case.features)
        best = max((p, i) for i, p in enumerate(scores))
        judged.append((best[0], best[1] == case.gold, case.corpus, case.gold >= 0))
    return judged


def choose_threshold(judged: Sequence[Judgement]) -> float:
    """The score from which on links of the news corpora have the best F1, where they are right as often as wanted."""
    news = [judgement for judgement in judged if judgement[2] in {"dwie", "gum"}]
    possible = sum(any_right for *_, any_right in news)
    rated = []
    for threshold in THRESHOLDS:
        links = [right for p, right, *_ in news if p >= threshold]
        if links and sum(links) >= WANTED_PRECISION * len(links):
            rated.append((2 * sum(links) / (len(links) + possible), threshold))
    return max(rated)[1] if rated else THRESHOLDS[-1]


def print_calibration(judged: Sequence[Judgement], threshold: float) -> None:
    """Prints by score how often the best candidate is right, and precision and recall at the threshold by corpus."""
    for low in np.arange(0.1, 1.0, 0.1):
        inside = [right for p, right, *_ in judged if low <= p < low + 0.1 + (low > 0.85)]
        if inside:
            print(f"  score {low:.1f}-{low + 0.1:.1f}: {sum(inside) / len(inside):.3f} right of {len(inside)}")
    for corpus in sorted({judgement[2] for judgement in judged}):
        own = [judgement for judgement in judged if judgement[2] == corpus]
        links = [judgement for judgement in own if judgement[0] >= threshold]
        right, possible = sum(j[1] for j in links), sum(j[3] for j in own)
        precision, recall = right / max(1, len(links)), right / max(1, possible)
        print(f"  {corpus}: precision {precision:.3f} recall {recall:.3f} of {possible}")


def write_score(score: Score, path: Path) -> None:
    """Writes the score as JSON, sorted."""
    values = {"threshold": score.threshold, "temperature": score.temperature, "rare": score.rare}
    text = json.dumps(values | {"weights": dict(score.weights), "idf": dict(score.idf)}, indent=0, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def report(data: Path, catalogue: SqliteCatalogue, linker: Linker) -> None:
    """Prints precision and recall on the development corpora, with gold mentions joined by name."""
    for name in ("news-fair-v2-dev", "aida-conll-dev"):
        gold = list(
            gold_links.read_elevant(data / "elevant" / f"{name}.jsonl", entity_kinds=lambda q: item_kind(catalogue, q))
        )
        links = [(document, linker.link(document.reading)) for document in gold]
        measured = gold_links.score_links(links, lambda item: catalogue.get(item) is not None)
        print(name, {key: round(value, 3) for key, value in measured.items()})
        print("  right among 20 candidates, of those held:", round(candidate_recall(gold, catalogue, most=20), 3))


def item_kind(catalogue: SqliteCatalogue, qid: str) -> str | None:
    """The kind of an item, None when the catalogue lacks it."""
    candidate = catalogue.get(qid) if re.fullmatch(r"Q\d+", qid) else None
    return candidate.kind if candidate else None


def candidate_recall(gold: Iterable[GoldReading], catalogue: SqliteCatalogue, *, most: int) -> float:
    """The share of entities with a held item whose item is among the first ``most`` candidates."""
    found = held = 0
    for document in gold:
        for entity, pool in zip(document.reading.entities, gather_pools(document.reading, catalogue), strict=True):
            item = document.items[entity.id]
            if item.startswith("Q") and catalogue.get(item) is not None:
                held += 1
                found += pool is not None and item in [c.qid for c in pool.candidates[:most]]
    return found / max(1, held)


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
