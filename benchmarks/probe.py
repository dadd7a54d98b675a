"""Measures warm work inside one process: ``python -m benchmarks.probe article|reading|parts|heads SOURCE``.

It prints one number for ``article``, one JSON object for the others.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from kg.config import Config
from kg.model import Article

ROUNDS = 5
CORES = 2
PER = 100_000  # words that the cost of a part is told for


def time_article(file: Path) -> float:
    """The median seconds to read, link, describe and store the article in ``file`` once all parts are loaded."""
    from kg.pipeline import Tools
    from kg.store import open_store

    config = Config.load()
    article = Article(id="probe", text=file.read_text(encoding="utf-8"))
    tools, seconds = Tools(config), []
    with open_store(config.store) as store:
        for _ in range(ROUNDS + 1):
            start = time.perf_counter()
            reading = tools.reader.read(article)
            graph = tools.describe(reading, tools.linker.link(reading))
            store.replace_graph(graph.name, graph.quads)
            seconds.append(time.perf_counter() - start)
    return statistics.median(seconds[1:])


def measure_reading(file: Path) -> dict[str, float]:
    """How the articles of a JSONL source are read, all in one go, after one to warm up.

    "words": words (parted by blanks) per second, text in, ``Reading`` out, starting other processes included;
    "encoder_share": the share of the processor time that the model file takes in this process; "processor_seconds":
    what 100,000 words take of all processes' time; "gigabytes": the peak memory of this process, which has read and
    done nothing else, and of those that it started.
    """
    from benchmarks.costs import Stopwatch, watch_session
    from kg.read import Reader

    articles = read_articles(file)
    reader = Reader(replace(Config.load(), threads=CORES))
    reader.read(articles[0])
    watch = Stopwatch()
    start, spent, others = time.perf_counter(), time.process_time(), 0.0
    with watch_session(reader.nlp, watch):
        for _ in reader.read_many(articles):
            others = max(others, measure_children())
    seconds, spent = time.perf_counter() - start, time.process_time() - spent
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "words": count_words(articles) / seconds,
        "encoder_share": watch.seconds["encoder"] / spent,
        "processor_seconds": (spent + children.ru_utime + children.ru_stime) * PER / count_words(articles),
        "gigabytes": measure_peak() + others,
    }


def measure_parts(file: Path) -> dict[str, float]:
    """The seconds of each part of reading 100,000 words; see ``costs.time_parts``."""
    from benchmarks.costs import time_parts

    articles = read_articles(file)
    return _per_words(time_parts(articles), articles)


def measure_heads(file: Path) -> dict[str, float]:
    """The seconds of encoder and heads for 100,000 words; see ``costs.time_heads``. Empty without the package onnx."""
    from benchmarks.costs import time_heads

    articles = read_articles(file)
    try:
        return _per_words(time_heads(articles), articles)
    except ModuleNotFoundError as error:
        print(f"warning: {error}; the heads are not timed", file=sys.stderr)
        return {}


def _per_words(seconds: Mapping[str, float], articles: list[Article]) -> dict[str, float]:
    return {name: value * PER / count_words(articles) for name, value in seconds.items()}


def read_articles(file: Path) -> list[Article]:
    """The articles of a JSONL source."""
    with file.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [Article(id=str(i), text=r["text"], published=r.get("published")) for i, r in enumerate(records)]


def count_words(articles: list[Article]) -> int:
    """The words of the articles, parted by blanks."""
    return sum(len(article.text.split()) for article in articles)


def measure_peak() -> float:
    """The peak memory of this process in GB, without that of the process that started it where the system tells."""
    status = Path("/proc/self/status")
    if status.exists():
        return _find_peak(status)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e9


def measure_children() -> float:
    """The peak memory in GB of the processes that this one has started and that still run; 0 where none is told."""
    children = [pid for file in Path("/proc/self/task").glob("*/children") for pid in file.read_text().split()]
    return sum(_find_peak(Path("/proc", pid, "status")) for pid in children)


def _find_peak(status: Path) -> float:
    """The peak memory in GB that Linux tells of a process; 0 when it has just ended."""
    try:
        told = status.read_text().partition("VmHWM:")[2].split()
    except OSError:
        return 0.0
    return int(told[0]) * 1024 / 1e9 if told else 0.0


def keep_to_cores(count: int) -> None:
    """Lets this process run on so many cores at most, where the system allows to say so."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:count])


MEASURES: Mapping[str, Callable[[Path], float | dict[str, float]]] = {
    "article": time_article,
    "reading": measure_reading,
    "parts": measure_parts,
    "heads": measure_heads,
}

if __name__ == "__main__":
    keep_to_cores(CORES)
    print(json.dumps(MEASURES[sys.argv[1]](Path(sys.argv[2]))))
