"""Runs the real reader, catalogue and linker over the gold sets, one function for each part of the benchmark."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import speed
from benchmarks.floors import Floors
from benchmarks.gold import read_elevant, read_newswire
from benchmarks.linking import score_links
from benchmarks.names import score_texts, score_tokens
from benchmarks.scores import Score
from benchmarks.times import read_gum, score_times
from kg.model import Article, Passage, Reading, Time

if TYPE_CHECKING:
    from kg.read import Reader

Result = dict[str, Any]
Tell = Callable[[str], None]


def measure_part(part: str, data: Path, floors: Floors, *, tell: Tell | None = None) -> Result:
    """The result of "names", "linking", "times" or "speed": measures by name, details, and what they were taken with.

    ``data`` is the folder of the gold sets; speed is measured on the folder ``articles`` beside it.
    ``tell`` gets a line for each mistake.
    """
    parts = {"names": measure_names, "linking": measure_linking, "times": measure_times, "speed": measure_speed}
    result = parts[part](data, floors, tell)
    gold = {measure.gold for measure in floors.measures.values() if measure.part == part and measure.gold}
    return {
        "date": date.today().isoformat(),
        "version": version("newskg"),
        "gold": {name: floors.gold[name].sha256 for name in sorted(gold)},
        **result,
    }


def measure_names(data: Path, floors: Floors, tell: Tell | None) -> Result:
    """F1 of named entities from gold tokens and from raw text, with the scores of each type as details."""
    from kg.config import Config
    from kg.read import Reader

    reader = Reader(Config.load())
    articles = list(read_newswire(data / floors.gold["newswire"].path))
    tokens = score_tokens(articles, reader.tag_tokens)
    texts = score_texts(articles, lambda article: _with_named_dates(reader, article), tell=tell)
    return {
        "measures": {"names_tokens_f1": tokens["all"].f1, "names_text_f1": texts["all"].f1},
        "details": {"tokens": _list_details(tokens), "text": _list_details(texts)},
    }


def _with_named_dates(reader: Reader, article: Article) -> Reading:
    """The reading with the dates that the names head found only: the corpus has no "yesterday" among its dates."""
    doc = reader.nlp(article.text)
    dates = (Passage(ent.start_char, ent.end_char, ent.text) for ent in doc.ents if ent.label_ == "date")
    return Reading(article, doc.user_data["kg_entities"], times=tuple(map(Time, dates)))


def measure_times(data: Path, floors: Floors, tell: Tell | None) -> Result:
    """How many annotated dates get their very value, and how many of the values given on them are right."""
    from kg.config import Config
    from kg.read import Reader

    score = score_times(read_gum(data / floors.gold["gum"].path), Reader(Config.load()).read, tell=tell)
    return {"measures": {"times_exact": score.recall, "times_precision": score.precision}, "details": {}}


def measure_linking(data: Path, floors: Floors, tell: Tell | None) -> Result:
    """Precision and recall of links from raw text, by exact span and by overlap."""
    from kg.config import Config
    from kg.link import Linker, open_catalogue
    from kg.read import Reader

    config = Config.load()
    catalogue = open_catalogue(config)
    reader, linker = Reader(config), Linker(catalogue, min_score=config.min_score)
    scores = score_links(
        read_elevant(data / floors.gold["newsfair"].path),
        lambda article: (reading := reader.read(article), linker.link(reading)),
        lambda qid: catalogue.get(qid) is not None,
        tell=tell,
    )
    measures = {"linking_f1": scores["exact"].f1}
    for way, name in (("exact", "linking"), ("overlap", "overlap")):
        measures[f"{name}_precision"] = scores[way].precision
        for suffix in ("", "_held", "_named"):
            measures[f"{name}_recall{suffix}"] = scores[way + suffix].recall
    return {"measures": measures, "details": _list_details(scores)}


def measure_speed(data: Path, floors: Floors, tell: Tell | None) -> Result:
    """Seconds, memory and words per second, on the articles beside ``data``, and the machine they were taken on.

    Warns when PyTorch is installed: spaCy then loads it at every start, which no user without the training extra sees.
    """
    if find_spec("torch"):
        print("warning: PyTorch is installed here and slows every start; measure without it", file=sys.stderr)
    articles = data.parent / "articles"
    measures = speed.measure_speed(articles / "us_troops_iraq.txt", articles / "wikinews_2019.jsonl")
    return {"measures": measures, "machine": speed.describe_machine()}


def _list_details(scores: Mapping[str, Score]) -> dict[str, dict[str, float]]:
    return {
        name: {**asdict(score), "precision": score.precision, "recall": score.recall, "f1": score.f1}
        for name, score in scores.items()
    }
