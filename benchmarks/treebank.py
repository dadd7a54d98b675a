"""Reads treebanks in CoNLL-U, and makes of their documents what a pipeline takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab


@dataclass(slots=True)
class TreeDocument:
    """A document of a treebank: one entry for each word in every list.

    ``spaces`` says whether a space follows, ``heads`` are word numbers, a root's is its own; ``labels`` are whole
    ("nmod:poss"); ``misc`` is the last column as published.
    """

    name: str
    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    sentence_starts: list[bool] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    misc: list[str] = field(default_factory=list)


def read_treebank(path: Path) -> Iterator[TreeDocument]:
    """The documents of a CoNLL-U file, or of all such files of a folder by sorted name, cut at ``# newdoc``."""
    for file in sorted(path.glob("*.conllu")) if path.is_dir() else [path]:
        document = TreeDocument(file.stem)
        rows: list[list[str]] = []
        for line in [*file.read_text(encoding="utf-8").split("\n"), ""]:
            if line.startswith("# newdoc"):
                if document.words:
                    yield document
                document = TreeDocument(line.partition("=")[2].strip() or file.stem)
            elif line and not line.startswith("#"):
                rows.append(line.split("\t"))
            elif not line and rows:
                _add_sentence(document, rows)
                rows = []
        if document.words:
            yield document


def _add_sentence(document: TreeDocument, rows: list[list[str]]) -> None:
    base = len(document.words)
    words = [row for row in rows if row[0].isdigit()]
    joined: dict[int, bool] = {}  # a written word of several words: nothing stands between them
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            joined |= {number: number == last and "SpaceAfter=No" not in row[9] for number in range(first, last + 1)}
    for number, row in enumerate(words, 1):
        document.words.append(row[1])
        document.spaces.append(joined.get(number, "SpaceAfter=No" not in row[9]))
        document.sentence_starts.append(number == 1)
        document.upos.append(row[3])
        document.heads.append(base + (number if row[6] == "0" else int(row[6])) - 1)
        document.labels.append(row[7])
        document.misc.append(row[9])


def make_doc(vocab: Vocab, document: TreeDocument) -> Doc:
    """The words of a document as a ``Doc`` of one paragraph: a pipeline finds the rest by itself."""
    return Doc(vocab, words=document.words, spaces=document.spaces)
