"""Times warm work inside one process: ``python -m benchmarks.probe article|words SOURCE`` prints one number."""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

from kg.config import Config
from kg.model import Article

ROUNDS = 5


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


def time_words(file: Path) -> float:
    """The words per second (parted by blanks) of reading all articles of a JSONL source, after one to warm up."""
    from kg.read import Reader

    with file.open(encoding="utf-8") as lines:
        articles = [Article(id=str(i), text=json.loads(line)["text"]) for i, line in enumerate(lines)]
    reader = Reader(Config.load())
    reader.read(articles[0])
    start = time.perf_counter()
    for _ in reader.read_many(articles):
        pass
    return sum(len(article.text.split()) for article in articles) / (time.perf_counter() - start)


if __name__ == "__main__":
    print({"article": time_article, "words": time_words}[sys.argv[1]](Path(sys.argv[2])))
