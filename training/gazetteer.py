"""Makes the reader's list of names from the catalogue: ``python -m training gazetteer``."""

from __future__ import annotations

import argparse
import lzma
import re
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np

from kg.read.gazetteer import KINDS, SLOTS, fold, hash_key

STORED = 9  # words of a name, at most; the model sees shorter ones
LEAD = 25  # points of popularity by which the commonest kind of a name has to lead to be sure
COUNTS = (3, 20)  # names with a word at a place: few, some, many
SHARES = (0.9, 0.6)  # of the names with a word: nearly all, most


def read_names(catalogue: Path) -> Iterator[tuple[str, str, int]]:
    """All names of the catalogue with the kind (one of KINDS) and popularity of their item; demonyms are groups."""
    with lzma.open(catalogue, "rt", encoding="utf-8") as lines:
        columns = next(lines).rstrip("\n").split("\t")
        label, aliases, kind, popularity = (columns.index(c) for c in ("label", "aliases", "kind", "popularity"))
        for line in lines:
            row = line.rstrip("\n").split("\t")
            own = row[kind] if row[kind] in KINDS else "other"
            points = int(row[popularity] or 0)
            yield row[label], own, points
            for alias in filter(None, row[aliases].split("|")):
                yield alias.removeprefix("~"), "group" if alias.startswith("~") else own, points


def make_gazetteer(catalogue: Path, target: Path) -> tuple[int, int]:
    """Writes ``target``; gives how many words and names it holds."""
    strength: dict[int, dict[str, int]] = defaultdict(dict)
    places: dict[str, dict[int, int]] = defaultdict(dict)
    for name, kind, points in read_names(catalogue):
        words = [fold(word) for word in re.split(r"[\s\-–/]+", name.split(" (")[0])]
        words = [word for word in words if word]
        if not words or len("".join(words)) < 2:
            continue
        if len(words) <= STORED:
            kinds = strength[hash_key("".join(words))]
            kinds[kind] = max(kinds.get(kind, 0), points + 1)
        for at, word in enumerate(words):
            if word.isalpha() and len(word) > 1:
                slot = slot_of(kind, at, len(words))
                places[word][slot] = places[word].get(slot, 0) + 1
    names = sorted((number, _kind_number(kinds)) for number, kinds in strength.items())
    known = {hash_key(word): word_number(slots) for word, slots in places.items()}
    tables = {}
    for key, rows in (("words", sorted(known.items())), ("names", names)):
        hashes, numbers = np.array(rows, np.int64).T
        tables[key] = np.diff(hashes, prepend=0).astype(np.uint32)
        tables[key.removesuffix("s") + "_numbers"] = numbers.astype(np.uint8)
    stream = BytesIO()
    np.savez(stream, **tables)
    target.write_bytes(lzma.compress(stream.getvalue(), preset=9 | lzma.PRESET_EXTREME))
    return len(known), len(names)


def slot_of(kind: str, at: int, size: int) -> int:
    """The number in SLOTS of a word of a name."""
    place = "alone" if size == 1 else "last" if at == size - 1 else "first"
    name = f"{kind} {place}"
    return SLOTS.index(name if name in SLOTS else kind if kind in SLOTS else "other")


def word_number(slots: dict[int, int]) -> int:
    """The number of a word by its commonest slot, its share and count."""
    slot, count = max(slots.items(), key=lambda item: (item[1], -item[0]))
    share, total = count / sum(slots.values()), sum(slots.values())
    sure = sum(share < least for least in SHARES)
    often = sum(total >= least for least in COUNTS)
    return 1 + 9 * slot + 3 * sure + often


def _kind_number(kinds: dict[str, int]) -> int:
    ranked = sorted(kinds.items(), key=lambda item: (-item[1], KINDS.index(item[0])))
    mixed = len(ranked) > 1 and ranked[0][1] - ranked[1][1] < LEAD
    return 1 + 2 * KINDS.index(ranked[0][0]) + mixed


def main(argv: list[str]) -> None:
    """Makes ``kg/read/model/gazetteer.xz`` anew."""
    parser = argparse.ArgumentParser(prog="python -m training gazetteer", description=__doc__)
    package = Path(__file__).parent.parent / "kg"
    parser.add_argument("--catalogue", type=Path, default=package / "link" / "catalogue.tsv.xz")
    parser.add_argument("--out", type=Path, default=package / "read" / "model" / "gazetteer.xz")
    given = parser.parse_args(argv)
    words, names = make_gazetteer(given.catalogue, given.out)
    print(f"{given.out}: {words:,} words, {names:,} names, {given.out.stat().st_size / 1e6:.1f} MB")
