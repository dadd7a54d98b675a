"""Scores parts of speech, heads, labels, lemmas and sentence starts in the ``Doc`` on the words of a treebank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.scores import Score

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token


@dataclass(slots=True)
class ParsedText:
    """A document of a treebank, a list for each column; ``heads`` count from 0 in the document, a root is its own."""

    name: str
    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    starts: list[bool] = field(default_factory=list)


def read_treebank(lines: Iterable[str]) -> Iterator[ParsedText]:
    """The documents of a CoNLL-U file ("# newdoc" begins one), without empty nodes and lines of several words."""
    text, base = ParsedText(""), 0
    for line in lines:
        if line.startswith("# newdoc"):
            if text.words:
                yield text
            text = ParsedText(line.partition("=")[2].strip())
        cells = line.rstrip("\n").split("\t")
        if len(cells) != 10 or not cells[0].isdigit():
            continue
        if cells[0] == "1":
            base = len(text.words)
        text.heads.append(base + int(cells[6]) - 1 if cells[6] != "0" else len(text.words))
        text.labels.append(cells[7])
        text.starts.append(cells[0] == "1")
        for column, cell in ((text.words, cells[1]), (text.lemmas, cells[2]), (text.tags, cells[3])):
            column.append(cell)
    if text.words:
        yield text


def read_treebank_file(file: Path) -> list[ParsedText]:
    """The documents of a CoNLL-U file."""
    with file.open(encoding="utf-8") as lines:
        return list(read_treebank(lines))


def score_syntax(
    texts: Iterable[ParsedText], nlp: Language, *, tell: Callable[[str], None] | None = None
) -> dict[str, float]:
    """Shares of all words, punctuation too, that are right in the ``Doc``, and the F1 of sentence starts.

    The words are those of the treebank; sentences, parts of speech and all else are the pipeline's own. "las" wants
    the label with its subtype. Lemmas are compared without case. ``tell`` gets a line for each wrong arc.
    """
    from spacy.tokens import Doc

    right: Counter[str] = Counter()
    words, starts = 0, Score()
    for text in texts:
        doc = nlp(Doc(nlp.vocab, words=text.words))
        words += len(doc)
        for token in doc:
            found = _compare(token, text)
            right.update(name for name, fits in found.items() if fits)
            if tell and not found["las"]:
                wanted = f"{text.labels[token.i]} of {text.words[text.heads[token.i]]!r}"
                tell(f"{text.name}: {token.text!r} is {wanted}, given {token.dep_} of {token.head.text!r}")
        starts += _score_starts(doc, text)
    shares = {name: right[name] / max(words, 1) for name in ("upos", "uas", "las", "las_coarse", "lemmas")}
    return {**shares, "sentences_f1": starts.f1}


def _compare(token: Token, text: ParsedText) -> dict[str, bool]:
    wanted, given = text.labels[token.i], "root" if token.dep_ == "ROOT" else token.dep_
    same = token.head.i == text.heads[token.i]
    return {
        "upos": token.pos_ == text.tags[token.i],
        "uas": same,
        "las": same and given == wanted,
        "las_coarse": same and given.split(":")[0] == wanted.split(":")[0],
        "lemmas": token.lemma_.lower() == text.lemmas[token.i].lower(),
    }


def _score_starts(doc: Doc, text: ParsedText) -> Score:
    found = [bool(token.is_sent_start) for token in doc]
    both = sum(a and b for a, b in zip(found, text.starts, strict=True))
    return Score(both, sum(found), both, sum(text.starts))
