"""Sorts more lines than memory holds: sorted runs in files, merged when they are read."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path


class LineSorter:
    """Takes lines in any order and gives them sorted by code points, each once.

    At most ``most`` lines are kept in memory; the rest waits in files named ``name`` below ``folder``, which the
    caller removes. A line holds no newline.
    """

    def __init__(self, folder: Path, name: str, *, most: int = 1_000_000) -> None:
        self._folder, self._name, self._most = folder, name, most
        self._lines: list[str] = []
        self._runs: list[Path] = []
        self.added = 0

    def add(self, line: str) -> None:
        """Takes one line."""
        self._lines.append(line)
        self.added += 1
        if len(self._lines) >= self._most:
            self._write_run()

    def __iter__(self) -> Iterator[str]:
        """The lines, sorted; may be asked once."""
        with ExitStack() as files:
            runs: list[Iterator[str]] = []
            for path in self._runs:
                file = files.enter_context(path.open(encoding="utf-8", newline="\n"))
                runs.append(line[:-1] for line in file)
            self._lines.sort()
            last = None
            for line in heapq.merge(*runs, self._lines) if runs else self._lines:
                if line != last:
                    yield line
                last = line

    def _write_run(self) -> None:
        self._lines.sort()
        path = self._folder / f"{self._name}-{len(self._runs)}"
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in self._lines)
        self._runs.append(path)
        self._lines.clear()
