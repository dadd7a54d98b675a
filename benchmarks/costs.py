"""Times what reading consists of: the components of the pipeline, and the heads inside the model file."""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from threading import Lock
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Article
from kg.read import load_pipeline
from kg.read.network import OUTPUTS, Network
from kg.read.reader import reading_of
from kg.read.times import find_times

ENCODER, COREFERENCE, TIMES = "kg_encoder", "kg_coreference", "kg_times"
DOCUMENTS = 32  # read at once, as Reader.read_many does


class Stopwatch:
    """Adds up the ``seconds`` of processor time of each kind of work, of whatever thread does it."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._lock = Lock()

    def time(self, name: str, work: Callable[[], Any]) -> Any:
        """Does the work and gives what it gives."""
        start = time.thread_time()
        given = work()
        spent = time.thread_time() - start
        with self._lock:
            self.seconds[name] += spent
        return given


class TimedSession:
    """A session of onnxruntime whose runs are timed as "encoder"."""

    def __init__(self, session: Any, watch: Stopwatch) -> None:
        self._session, self._watch = session, watch

    def run(self, outputs: Sequence[str], inputs: Mapping[str, Any]) -> Any:
        """What the session gives for the inputs."""
        return self._watch.time("encoder", lambda: self._session.run(outputs, inputs))


@contextmanager
def watch_session(nlp: Language, watch: Stopwatch) -> Iterator[None]:
    """Times the runs of the model file in a pipeline."""
    network: Network = nlp.get_pipe(ENCODER).network  # type: ignore[attr-defined]
    session = network._session
    network._session = TimedSession(session, watch)  # type: ignore[assignment]
    try:
        yield
    finally:
        network._session = session


def time_parts(articles: Sequence[Article]) -> dict[str, float]:
    """The seconds that one core takes for each part of reading, once a few articles have been read to warm up.

    "encoder" is the model file, "windows" what the component around it does; the other components have their names
    without "kg_"; "values" is what makes a ``Reading`` of a ``Doc``. Coreference is timed also where reading does
    without.
    """
    nlp = load_pipeline(threads=1)
    _time_batch(nlp, articles[:DOCUMENTS], Stopwatch())
    watch = Stopwatch()
    with watch_session(nlp, watch):
        for start in range(0, len(articles), DOCUMENTS):
            _time_batch(nlp, articles[start : start + DOCUMENTS], watch)
    watch.seconds["windows"] -= watch.seconds["encoder"]
    return dict(watch.seconds)


def _time_batch(nlp: Language, articles: Sequence[Article], watch: Stopwatch) -> None:
    docs: list[Doc] = watch.time("tokenizer", lambda: [nlp.make_doc(article.text) for article in articles])
    for name, component in nlp.pipeline:
        part = "windows" if name == ENCODER else name.removeprefix("kg_")
        docs = watch.time(part, lambda component=component, docs=docs: _run_component(component, docs))
    for article, doc in zip(articles, docs, strict=True):
        watch.time("values", lambda article=article, doc=doc: reading_of(article, doc))
        if TIMES not in nlp.pipe_names:  # reading_of looks for them: they are timed apart
            before = watch.seconds["times"]
            watch.time("times", lambda article=article, doc=doc: find_times(doc, published=article.published))
            watch.seconds["values"] -= watch.seconds["times"] - before


def _run_component(component: Any, docs: Sequence[Doc]) -> list[Doc]:
    return list(component.pipe(docs)) if hasattr(component, "pipe") else [component(doc) for doc in docs]


def time_heads(articles: Sequence[Article]) -> dict[str, float]:
    """The seconds of one core inside the model file by what needs them: "encoder", and each output's own part.

    Taken from onnxruntime's profile of the model as it is run. What several outputs need counts for the one that
    comes first in OUTPUTS: the dependency labels, for one, need the heads. Needs the package onnx to see which node
    gives what; raises ModuleNotFoundError without it.
    """
    import onnx
    import onnxruntime

    with tempfile.TemporaryDirectory() as folder, as_file(files("kg.read") / "model") as model:
        optimised = Path(folder, "optimised.onnx")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        options.optimized_model_filepath = str(optimised)
        options.enable_profiling = True
        options.profile_file_prefix = str(Path(folder, "profile"))
        session = onnxruntime.InferenceSession(str(model / "reader.onnx"), options, providers=["CPUExecutionProvider"])
        nlp = load_pipeline(threads=1)
        nlp.get_pipe(ENCODER).network._session = session  # type: ignore[attr-defined]
        for _ in nlp.pipe((article.text for article in articles), batch_size=DOCUMENTS):
            pass
        events = json.loads(Path(session.end_profiling()).read_text(encoding="utf-8"))
        part_of = name_parts(onnx.load(str(optimised)).graph)
    seconds: Counter[str] = Counter()
    for event in events:
        name = event["name"].removesuffix("_kernel_time")
        if event.get("cat") == "Node" and name != event["name"]:
            seconds[part_of.get(name, "unknown")] += event["dur"] / 1e6
    return dict(seconds)


def name_parts(graph: Any) -> dict[str, str]:
    """For each node of an ONNX graph, by its name, what needs it: "encoder" when it leads to the word vectors.

    The word vectors are what the first GatherND gives.
    """
    maker = {output: node for node in graph.node for output in node.output}
    vectors = next(node for node in graph.node if node.op_type == "GatherND").output[0]
    found: dict[str, str] = {}
    for part, output in (("encoder", vectors), *((output, output) for output in OUTPUTS)):
        waiting = [output]
        while waiting:
            node = maker.get(waiting.pop())
            if node is not None and node.name not in found:
                found[node.name] = part
                waiting += node.input
    return found
