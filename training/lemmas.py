"""Makes the table of ``kg.read.lemmas``: ``python -m training.lemmas`` writes kg/read/lemmas.tsv.

The source is the dictionary of LemmInflect (MIT), which goes back to the SPECIALIST Lexicon of the National Library of
Medicine. From some 75,000 forms and their lemmas it learns which ending becomes which, by part of speech: for each
ending the change that most words with it need, and a longer ending wherever that is wrong, up to whole words. So the
table holds the irregular forms, stays small, and knows what to do with words that no dictionary has.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from importlib.resources import files
from pathlib import Path

from kg.read.lemmas import TABLE, WHOLE

CATEGORIES = {"noun": "NOUN", "verb": "VERB", "adj": "ADJ", "adv": "ADV"}
HEAD = """\
# Endings and what they become in the lemma, by part of speech; made by training/lemmas.py.
# From the dictionary of LemmInflect 0.2.3, which goes back to the NLM SPECIALIST Lexicon, and whose licence is this:
#
"""


def read_forms(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Part of speech, form and first lemma from lines "form,category,lemma/lemma"; only words in small letters."""
    for line in lines:
        form, category, lemmas = line.strip().split(",")
        if category in CATEGORIES and form.islower():
            yield CATEGORIES[category], form, lemmas.split("/")[0].lower()


def learn_endings(forms: dict[str, str]) -> dict[str, tuple[int, str]]:
    """Endings with how many letters they lose and what is put in their place; a whole word begins with WHOLE."""
    changes = {WHOLE + form: _find_change(form, lemma) for form, lemma in forms.items()}
    table: dict[str, tuple[int, str]] = {}
    _grow("", list(changes), changes, table, (0, ""))
    return table


def _find_change(form: str, lemma: str) -> tuple[int, str]:
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return len(form) - same, lemma[same:]


def _grow(
    ending: str,
    forms: list[str],
    changes: dict[str, tuple[int, str]],
    table: dict[str, tuple[int, str]],
    default: tuple[int, str],
) -> None:
    """Adds what ``forms``, which end in ``ending``, need beyond the ``default`` of a shorter ending."""
    counts = Counter(changes[form] for form in forms)
    fitting = {c: n for c, n in counts.items() if c[0] <= len(ending.removeprefix(WHOLE))}
    best = max(sorted(fitting), key=lambda change: (fitting[change], change == default), default=default)
    if best != default:
        table[ending] = best
    if set(counts) == {best}:
        return
    longer: dict[str, list[str]] = {}
    for form in forms:
        if len(form) > len(ending):
            longer.setdefault(form[-len(ending) - 1 :], []).append(form)
    for name, group in longer.items():
        _grow(name, group, changes, table, best)


def make_table(lines: Iterable[str]) -> str:
    """The rows of the table: part of speech, ending, how many letters it loses, what it gets instead."""
    forms: dict[str, dict[str, str]] = {}
    for tag, form, lemma in read_forms(lines):
        forms.setdefault(tag, {}).setdefault(form, lemma)
    rows = [
        f"{tag}\t{ending}\t{cut}\t{added}\n"
        for tag in sorted(forms)
        for ending, (cut, added) in sorted(learn_endings(forms[tag]).items())
    ]
    return "".join(rows)


if __name__ == "__main__":
    source = files("lemminflect") / "resources" / "lemma_lu.csv.gz"
    with source.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        table = make_table(lines)
    licence = distribution("lemminflect").read_text("LICENSE") or ""
    notice = "".join(f"# {line}".rstrip() + "\n" for line in licence.splitlines())
    Path(str(files("kg.read") / TABLE)).write_text(HEAD + notice + table, encoding="utf-8")
