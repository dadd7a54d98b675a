"""Measures how fast a catalogue is built from a dump, in how much memory, and how fast a name is looked up in it."""

from __future__ import annotations

import contextlib
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.probe import measure_peak
from benchmarks.wikidata import make_rows, make_word, write_dump

ROOT = Path(__file__).parent.parent
DUMP = 1_000_000_000  # bytes of JSON
NAMES = 20_000_000
PER_ROW = 2.8  # names that a made-up row has in the index
ASKED = 5_000


def measure_catalogue(*, size: int = DUMP, names: int = NAMES) -> dict[str, float]:
    """The measures by name: building from a made-up dump of ``size`` bytes, asking an index of ``names`` names.

    Megabytes of JSON are those read in a second of one core's time, unpacking and writing included; the time for a
    name is the median over names that are there and names that are not, each asked for once.
    """
    with tempfile.TemporaryDirectory() as folder:
        dump, target, index = (Path(folder, name) for name in ("dump.json.gz", "wikidata.sqlite", "index.sqlite"))
        json_size = write_dump(dump, size)
        built = _run("build", str(dump), str(target))
        made = _run("index", str(index), str(round(names / PER_ROW)))
        asked = _run("ask", str(index))
    return {
        "catalogue_megabytes": json_size / 1e6 / built["seconds"],
        "catalogue_gigabytes": built["gigabytes"],
        "catalogue_names": made["names"],
        "catalogue_index_gigabytes": made["gigabytes"],
        "catalogue_query_milliseconds": asked["median"],
        "catalogue_query_worst_milliseconds": asked["worst"],
    }


def time_build(dump: Path, target: Path) -> dict[str, float]:
    """The seconds of this process for reading ``dump``, and its peak memory in GB when the catalogue is whole."""
    from kg.link.building import Plan, Step, Watch, build_catalogue

    seconds = 0.0
    start = time.process_time()

    def watch(step: Step) -> None:
        nonlocal seconds
        if step.phase == "reading":
            seconds = time.process_time() - start

    build_catalogue(str(dump), target, plan=Plan(), watch=Watch(on_step=watch))
    return {"seconds": seconds, "gigabytes": measure_peak()}


def write_made_index(target: Path, rows: int) -> dict[str, float]:
    """Writes the index of so many made-up rows; gives its number of names and the peak memory in GB."""
    from kg.link.index import write_index

    with (
        contextlib.closing(sqlite3.connect(target, isolation_level=None)) as connection,
        tempfile.TemporaryDirectory(dir=target.parent) as folder,
    ):
        connection.execute("BEGIN")
        write_index(connection, make_rows(rows), Path(folder), about={"digest": "made up"}, expected=rows)
        connection.execute("COMMIT")
        (names,) = connection.execute("SELECT value FROM about WHERE field = 'names'").fetchone()
    return {"names": int(names), "gigabytes": measure_peak()}


def time_questions(index: Path, *, count: int = ASKED) -> dict[str, float]:
    """The milliseconds for a name: the median, and that of the slowest of a hundred."""
    from kg.link import SqliteCatalogue

    chance = random.Random(2)
    with contextlib.closing(sqlite3.connect(index)) as connection:
        (last,) = connection.execute("SELECT max(qid) FROM item").fetchone()
        query = "SELECT label FROM item WHERE qid >= ? LIMIT 1"
        names = [connection.execute(query, (chance.randint(1, last),)).fetchone()[0] for _ in range(count)]
    names += [f"{make_word(chance)} Qq{make_word(chance)}" for _ in range(count)]
    times = []
    with SqliteCatalogue(index) as catalogue:
        for name in names:
            start = time.perf_counter()
            catalogue.find(name)
            times.append(1000 * (time.perf_counter() - start))
    return {"median": statistics.median(times), "worst": statistics.quantiles(times, n=100)[98]}


def _run(what: str, *arguments: str) -> dict[str, float]:
    """What one measure gives in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "benchmarks.catalogue", what, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        raise RuntimeError(f"{command} gave {done.returncode}: {done.stderr.strip()[-2000:]}")
    result: dict[str, float] = json.loads(done.stdout)
    return result


def main(arguments: Sequence[str]) -> dict[str, float]:
    """One measure: build DUMP TARGET, index TARGET ROWS, or ask INDEX."""
    what, first, *rest = arguments
    if what == "build":
        return time_build(Path(first), Path(rest[0]))
    return write_made_index(Path(first), int(rest[0])) if what == "index" else time_questions(Path(first))


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
