"""Lines come back sorted, each once, whether they fit into memory or not."""

import random

import pytest

from kg.link.sorting import LineSorter


@pytest.mark.parametrize("most", [1, 7, 1000], ids=["each-in-a-file", "many-files", "in-memory"])
def test_lines_come_back_sorted_and_each_once(tmp_path, most):
    lines = [f"{n % 40:02d}\té" for n in range(100)]
    random.Random(1).shuffle(lines)
    sorter = LineSorter(tmp_path, "names", most=most)
    for line in lines:
        sorter.add(line)
    assert list(sorter) == sorted(set(lines))
    assert sorter.added == 100


def test_nothing_gives_nothing(tmp_path):
    assert list(LineSorter(tmp_path, "names")) == []
    assert list(tmp_path.iterdir()) == []
