"""Makes the table of kinds that the live catalogue tells by: which kind the instances of a Wikidata class are.

    python -m training.class_kinds --source classes.tsv

The source has the columns qid, label, kind and used (by how many items of the shipped catalogue), with a header.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.link.wikidata_items import KINDS
from training.catalogue import _GROUP_CLASSES


def main(argv: list[str]) -> None:
    """Reads the table of classes and writes the shipped one; prints how many classes it holds."""
    parser = argparse.ArgumentParser(prog="python -m training.class_kinds", description=main.__doc__)
    parser.add_argument("--source", type=Path, required=True, help="classes.tsv as gathered")
    parser.add_argument("--out", type=Path, default=KINDS)
    options = parser.parse_args(argv)
    kinds = read_kinds(options.source.read_text(encoding="utf-8"))
    options.out.write_text("".join(f"{qid}\t{kind}\n" for qid, kind in kinds.items()), encoding="utf-8")
    print(f"{len(kinds)} classes")


def read_kinds(table: str) -> dict[str, str]:
    """The kind of each class that has one; peoples are groups."""
    header, *lines = table.splitlines()
    rows = [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines]
    kinds = {row["qid"]: "group" if row["qid"] in _GROUP_CLASSES else row["kind"] for row in rows}
    return {qid: kind for qid, kind in sorted(kinds.items(), key=lambda pair: int(pair[0][1:])) if kind}


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
