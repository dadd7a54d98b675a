"""Measures start-up, one article and memory, each in processes of its own."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TIMES = 3

# Runs argv[1:] and prints its wall-clock seconds and peak memory in GB. It is small on purpose: a child's peak
# counts from the memory of the process that starts it.
LAUNCHER = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
seconds = time.perf_counter() - start
if done.returncode:
    sys.exit(f"{sys.argv[1:]} gave {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e9
print(json.dumps([seconds, peak]))
"""


def time_command(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """The wall-clock seconds and the peak memory in GB of one run of ``command``.

    Raises RuntimeError with the end of its messages when the command fails.
    """
    launch = [sys.executable, "-S", "-c", LAUNCHER, *command]
    done = subprocess.run(launch, capture_output=True, text=True, env=dict(environment), cwd=ROOT)
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    seconds, gigabytes = json.loads(done.stdout)
    return seconds, gigabytes


def measure_speed(article: Path, corpus: Path, *, times: int = TIMES) -> dict[str, float]:
    """The measures of speed by name, each the median of ``times`` runs in fresh processes.

    ``article`` is a text file; ``corpus`` a JSONL source of many articles, read for the words per second.
    """
    kg = [sys.executable, "-m", "kg"]
    runs: dict[str, list[float]] = {}

    def note(name: str, value: float) -> None:
        runs.setdefault(name, []).append(value)

    for turn in range(times):
        with tempfile.TemporaryDirectory() as folder:
            environment = make_environment(Path(folder))
            note("help_seconds", time_command([*kg, "--help"], environment)[0])
            store = ["--store", str(Path(folder, "first"))]
            seconds, gigabytes = time_command([*kg, "populate", str(article), *store], environment)
            note("first_start_seconds", seconds)
            note("peak_gigabytes", gigabytes)
            store = ["--store", str(Path(folder, "later"))]
            note("later_start_seconds", time_command([*kg, "populate", str(article), *store], environment)[0])
            note("article_seconds", run_probe("article", article, environment))
            if turn == 0:  # long enough to need no median
                for name, value in run_probe("reading", corpus, environment).items():
                    note(f"reading_{name}", value)
    return {name: statistics.median(values) for name, values in runs.items()}


def measure_costs(corpus: Path) -> dict[str, dict[str, float]]:
    """The seconds for 100,000 words of each of the "parts" of reading, and of the "heads" in the model file."""
    with tempfile.TemporaryDirectory() as folder:
        environment = make_environment(Path(folder))
        return {what: run_probe(what, corpus, environment) for what in ("parts", "heads")}


def make_environment(folder: Path) -> dict[str, str]:
    """The variables of this process, without its settings (``KG_*``), with all files of its own below ``folder``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    path = os.pathsep.join(filter(None, [str(ROOT), kept.get("PYTHONPATH", "")]))
    return {**kept, "PYTHONPATH": path, **_name_files(folder)}


def _name_files(folder: Path) -> dict[str, str]:
    return {f"KG_{name.upper()}": str(folder / name) for name in ("cache", "store", "own")}


def describe_machine() -> str:
    """The processor and the number of its cores, as the system names them."""
    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text(errors="replace").splitlines()
        name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), name)
    return f"{name}, {os.cpu_count()} cores"


def run_probe(what: str, source: Path, environment: Mapping[str, str]) -> Any:
    """What ``benchmarks.probe`` prints in a process of its own. Raises RuntimeError when it fails."""
    command = [sys.executable, "-m", "benchmarks.probe", what, str(source)]
    done = subprocess.run(command, capture_output=True, text=True, env=dict(environment), cwd=ROOT)
    if done.returncode:
        raise RuntimeError(f"{command} gave {done.returncode}: {done.stderr.strip()[-2000:]}")
    return json.loads(done.stdout)
