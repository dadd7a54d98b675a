"""Scores of the exported model on development sets, through the same code that users run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import spacy

from benchmarks import chains
from kg.read.decode import decode_names
from kg.read.labels import MISC_TYPES, NAME_TAGS
from kg.read.network import Answers, Network
from kg.read.reader import PIPELINE
from training.corpora import Document


def gold_names(document: Document) -> set[tuple[int, int, str]]:
    """Names (first word, end, type) of a document whose tags are unambiguous."""
    spans: list[tuple[int, int, str]] = []
    for word, allowed in enumerate(document.names):
        kinds = {NAME_TAGS[tag] for tag in allowed}
        begins = [k for k in kinds if k.startswith("B-")]
        if "O" in kinds:
            continue
        if begins:
            spans.append(
                (word, word + 1, begins[0][2:] if len(begins) == 1 else "|".join(sorted(k[2:] for k in begins)))
            )
        else:
            start, _, kind = spans.pop()
            spans.append((start, word + 1, kind))
    return set(spans)


def f1(right: int, found: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1 as fractions."""
    precision, recall = right / max(found, 1), right / max(gold, 1)
    return {
        "p": round(precision, 4),
        "r": round(recall, 4),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
    }


def score(network: Network, documents: list[Document]) -> dict[str, object]:
    """Names (exact span and type), sentence starts and UPOS, on the corpus's own words, as far as it annotates them."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for document, answers in zip(documents, network.answer([d.words for d in documents]), strict=True):
        if document.names:
            expected = gold_names(document)
            silent = silent_types(document.corpus)
            given = {
                (n.start, n.end, coarse(n.type))
                for n in decode_names(document.words, answers.names, answers.misc, network.transitions)
            }
            given = {n for n in given if n[2] not in silent}
            for start, end, kind in expected:
                gold[kind] += 1
                right[kind] += any((start, end, k) in given for k in kind.split("|"))
            for _, _, kind in given:
                found[kind] += 1
        if document.heads:
            guess = [bool(x > 0) for x in answers.sentences]
            counts["sentence_right"] += sum(g and s == 1 for g, s in zip(guess, document.sentence_starts, strict=True))
            counts["sentence_found"] += sum(guess)
            counts["sentence_gold"] += sum(s == 1 for s in document.sentence_starts)
        if document.upos:
            counts["upos_right"] += sum(int(a) == b for a, b in zip(answers.upos, document.upos, strict=True))
            counts["upos"] += len(document.upos)
        if document.heads:
            count_arcs(counts, document, answers, network.dependencies)
    result: dict[str, object] = {}
    if gold:
        result["names"] = f1(sum(right.values()), sum(found.values()), sum(gold.values()))
        result["by_type"] = {
            kind: {**f1(right[kind], found[kind], gold[kind]), "n": gold[kind]} for kind in sorted(gold)
        }
    if counts["sentence_gold"]:
        result["sentences"] = f1(counts["sentence_right"], counts["sentence_found"], counts["sentence_gold"])
    if counts["upos"]:
        result["upos"] = round(counts["upos_right"] / counts["upos"], 4)
        result |= {measure: round(counts[measure] / counts["upos"], 4) for measure in ("uas", "las", "las_coarse")}
    return result


def count_arcs(counts: Counter[str], document: Document, answers: Answers, dependencies: Sequence[str]) -> None:
    """Counts right heads and right heads with label, own sentences, all words; labels without their subtype too."""
    for word, (head, label) in enumerate(zip(answers.heads.tolist(), answers.labels.tolist(), strict=True)):
        same = head == document.heads[word]
        counts["uas"] += same
        counts["las"] += same and dependencies[label] == document.labels[word]
        counts["las_coarse"] += same and dependencies[label].split(":")[0] == document.labels[word].split(":")[0]


def silent_types(corpus: str) -> tuple[str, ...]:
    """Types that the corpus does not annotate, so that finding them is no error."""
    return {"crossner": ("date", "money")}.get(corpus, ())


def coarse(kind: str) -> str:
    """The corpora's "misc" for our subtypes."""
    return "misc" if kind in MISC_TYPES else kind


def score_coreference(folder: Path, gum: Path) -> dict[str, float]:
    """CoNLL F1 of the exported model's chains on GUM, as ``benchmarks.chains`` counts them: all, and those of names."""
    nlp = spacy.blank("en")
    for name in PIPELINE:
        nlp.add_pipe(name, config={"folder": str(folder)} if name == "kg_encoder" else {})
    measures = chains.measure_chains(gum, nlp)["measures"]
    return {name: round(measures[f"{name}_f1"], 4) for name in ("coreference", "coreference_named")}


def load(folder: Path, threads: int = 0) -> Network:
    """The exported model of a folder."""
    return Network.load(folder, threads=threads)


def show(scores: Iterable[tuple[str, dict[str, object]]]) -> None:
    """Prints one line per measure."""
    for name, measures in scores:
        for measure, value in measures.items():
            print(f"{name:12} {measure:12} {value}")
