"""Writes the model card, and holds int8 against fp32 on every head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from training.corpora import Source

MOST_LOST = 0.005  # of any score, from fp32 to int8
Scores = Mapping[str, Mapping[str, Mapping[str, object]]]
"""Scores by precision ("fp32", "int8"), development set and measure; ``by_type`` is no measure."""


@dataclass(frozen=True, slots=True)
class Made:
    """How a model was made: the ``command`` line's arguments, the size of its file in bytes, its corpora, the epochs of
    the last run, the weights it started from, None for the pretrained encoder's, and those it was averaged with."""

    command: Sequence[str]
    size: int
    sources: Sequence[Source]
    epochs: int
    initial: str | None = None
    mean: str | None = None


def pair_scores(scores: Scores) -> Iterator[tuple[str, str, float, float]]:
    """Each measure as set, name, value in fp32 and value in int8; of precision, recall and F1 the F1."""
    for corpus, measures in scores["int8"].items():
        for measure, value in measures.items():
            if measure != "by_type":
                yield corpus, measure, _one_number(scores["fp32"][corpus][measure]), _one_number(value)


def _one_number(value: object) -> float:
    if isinstance(value, Mapping):
        return float(value["f1"])
    assert isinstance(value, float)
    return value


def list_losses(scores: Scores, *, most: float = MOST_LOST) -> list[str]:
    """The measures that int8 loses more than ``most`` of, one line for each."""
    return [
        f"{corpus} {measure}: {full:.4f} in fp32, {value:.4f} in int8: more than {100 * most:g} points lost"
        for corpus, measure, full, value in pair_scores(scores)
        if full - value > most + 1e-9
    ]


def write_card(scores: Scores, made: Made) -> str:
    """The model card in Markdown."""
    corpora = [f"| {s.corpus} | {s.origin} | {s.licence_class} |" for s in made.sources]
    rows = [
        f"| {corpus} | {measure} | {full:.4f} | {value:.4f} |" for corpus, measure, full, value in pair_scores(scores)
    ]
    return "\n".join([*HEAD, *_tell_training(made), *CORPORA, *corpora, *LICENCES, *rows, *_tell_types(scores)]) + "\n"


HEAD = (
    "# The reading model",
    "",
    "One encoder (all-MiniLM-L6-v2, Apache-2.0, 6 layers, 384 wide, with embeddings of each word's shape and of what",
    "`gazetteer.xz`, a list of names made from the catalogue, says of it) and heads on each word's first piece:",
    "",
    "- sentence starts;",
    "- parts of speech (UPOS);",
    "- dependency arcs (biaffine) and labels;",
    "- names: 19 BIO tags with a CRF, and the subtypes event, work, other of other names;",
    "- coreference: heads of mentions, their borders and types, and antecedents. `reader.onnx` gives each word's inner",
    "  vector for it; its own weights are in `coreference.npz` (fp16) and may be fitted again on these vectors;",
    "- claims: cues, and the source and content around each; the weights beyond the inner vectors are in `roles.npz`",
    "  (fp16);",
    "- relations: each of the properties of `kg/properties.py` for two mentions; the weights beyond the inner vectors",
    "  (fp16), and what turns scores into probabilities, are in `relations.npz`;",
    "- events: the type of each trigger, and the role of each phrase around it (`arguments.npz`, fp16).",
    "",
    "`reader.onnx` is int8; the heads' last layers are fp32.",
    "",
)
CORPORA = (
    "",
    "## Trained on",
    "",
    "| corpus | public source | licence class |",
    "|---|---|---|",
)
LICENCES = (
    "",
    "Licence classes: A free, B share-alike, D third-party text or none stated. Their text is not in this package.",
    "`--licences AB` trains without class D.",
    "",
    "## Scores on development sets",
    "",
    "Gold words. Names: exact span and type, F1. UAS, LAS: own sentences, punctuation counted; las_coarse without",
    "subtypes. Coreference: CoNLL F1 of mentions of its own, exact span, those mentioned once left out;",
    "coreference_named: names and pronouns of the entities that have a name. Never trained on.",
    "",
    "| set | measure | fp32 | int8 |",
    "|---|---|---|---|",
)


def _tell_training(made: Made) -> Iterable[str]:
    command = " ".join(["python -m training reader", *made.command])
    yield f"Made on {date.today().isoformat()} by `{command}`; {made.size / 1e6:.1f} MB."
    yield ""
    yield f"All heads were trained jointly, for {made.epochs} epochs: the batches are windows of all corpora and, mixed"
    yield "with them, whole documents with coreference, attributions, relations or events; each step adds up the losses"
    yield "of what its batch annotates."
    if made.initial is None:
        yield "The encoder started from its published weights, the heads afresh."
    else:
        yield f"This was a later stage: it started from the averaged weights of an earlier run (`{made.initial}`);"
        yield "what that run had not, started afresh."
    if made.mean is not None:
        yield f"Its weights are the mean of that run's and of another one's (`{made.mean}`)."


def _tell_types(scores: Scores) -> Iterable[str]:
    by_type = scores["int8"].get("worldwide", {}).get("by_type")
    if isinstance(by_type, Mapping):
        yield ""
        yield "Names on worldwide by type (int8 F1): "
        yield ""
        yield ", ".join(f"{kind} {value['f1']:.3f} ({value['n']})" for kind, value in by_type.items()) + "."
