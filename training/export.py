"""Writes the trained model as one ONNX file, built by hand from ONNX Runtime's operators, in int8 or full precision."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from kg.read.antecedents import WEIGHTS
from kg.read.labels import MISC_TYPES, NAME_TAGS, UPOS
from kg.read.pairs import WEIGHTS as PAIR_WEIGHTS
from kg.read.pieces import LOOKS
from kg.read.roles import WEIGHTS as ROLE_WEIGHTS

MICROSOFT = "com.microsoft"
LOOK_WEIGHTS = {"shape_ids": "shapes", "lexicon_ids": "lexicon", "phrase_ids": "phrases"}


class Graph:
    """Collects nodes and weights; every method gives the name of its result.

    With ``quantise`` matrices and tables of vectors are int8, with a scale for each column of a matrix and for each
    vector of a table.
    """

    def __init__(self, state: dict[str, torch.Tensor], *, quantise: bool = False) -> None:
        self.state = state
        self.quantise = quantise
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, onnx.TensorProto] = {}

    def array(self, name: str) -> NDArray[np.float32]:
        found: NDArray[np.float32] = self.state[name].float().numpy()
        return found

    def weight(self, name: str, value: NDArray[Any] | None = None) -> str:
        if name not in self.weights:
            array = self.array(name) if value is None else value
            self.weights[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def add(self, kind: str, inputs: list[str], *, domain: str = "", **attributes: Any) -> str:
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def look_up(self, table: str, numbers: str) -> str:
        """The vectors of a table with these numbers."""
        if not self.quantise:
            return self.add("Gather", [self.weight(table), numbers])
        small, scale = quantise_columns(self.array(table).T)
        rows = self.add("Gather", [self.weight(f"{table}.int8", small.T), numbers])
        scales = self.add("Gather", [self.weight(f"{table}.scale", scale[:, None]), numbers])
        return self.add("Mul", [self.add("Cast", [rows], to=TensorProto.FLOAT), scales])

    def linear(self, x: str, name: str, *, bias: bool = True, exact: bool = False) -> str:
        """The product with a matrix, plus its bias; in full precision where ``exact``."""
        matrix = self.array(f"{name}.weight").T
        added = [self.weight(f"{name}.bias")] if bias else []
        if exact or not self.quantise:
            product = self.add("MatMul", [x, self.weight(f"{name}.weight.T", matrix)])
            return self.add("Add", [product, *added]) if added else product
        small, scale = quantise_columns(matrix)
        weights = [
            self.weight(f"{name}.int8", small),
            self.weight(f"{name}.scale", scale),
            self.weight(f"{name}.zero", np.zeros(len(scale), np.int8)),
        ]
        return self.add("DynamicQuantizeMatMul", [x, *weights, *added], domain=MICROSOFT)

    def layer(self, x: str, name: str, heads: int) -> str:
        mixed = self.linear(x, f"{name}.query_key_value")
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        self.nodes.append(helper.make_node("Split", [mixed], parts, name=f"{name}.split", axis=-1))
        seen = self.add("MultiHeadAttention", parts, domain=MICROSOFT, num_heads=heads)
        x = self.norm(self.join(x, self.linear(seen, f"{name}.attention_out")), f"{name}.attention_norm")
        inner = self.add("Gelu", [self.linear(x, f"{name}.inner")], domain=MICROSOFT)
        return self.norm(self.join(x, self.linear(inner, f"{name}.outer")), f"{name}.outer_norm")

    def join(self, *added: str) -> str:
        """The sum; as "Sum", since ONNX Runtime would make one operator of "Add" and what follows, which is slower."""
        return self.add("Sum", list(added))

    def norm(self, x: str, name: str) -> str:
        return self.add(
            "LayerNormalization", [x, self.weight(f"{name}.weight"), self.weight(f"{name}.bias")], epsilon=1e-12
        )


def quantise_columns(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A matrix as int8 with one scale for each column, about zero."""
    scale = np.maximum(np.abs(matrix).max(axis=0), 1e-12) / 127
    return np.rint(matrix / scale).astype(np.int8), scale.astype(np.float32)


def build(state: dict[str, torch.Tensor], *, quantise: bool = False) -> onnx.ModelProto:
    """The ONNX model of a trained Reader's weights; inputs and outputs as kg.read.network says.

    It reads windows of one length: no attention is kept from what fills up shorter ones. With ``quantise`` the encoder
    and the syntax are int8; the heads' last layers are small and decide: they stay in full precision.
    """
    graph = Graph(state, quantise=quantise)
    zero, one = (graph.weight(f"[{number}]", np.array([number], np.int64)) for number in (0, 1))
    length = graph.add("Gather", [graph.add("Shape", ["input_ids"]), one])
    places = graph.add("Slice", [graph.weight("encoder.positions.weight"), zero, length, zero])
    looks = [graph.look_up(f"encoder.{LOOK_WEIGHTS[look]}.weight", look) for look in LOOKS]
    x = graph.norm(graph.join(graph.look_up("encoder.words.weight", "input_ids"), places, *looks), "encoder.norm")
    layers = 1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder.layers."))
    for layer in range(layers):
        x = graph.layer(x, f"encoder.layers.{layer}", heads=12)
    # Word vectors: the vector of each word's first piece.
    starts = graph.add("Unsqueeze", ["word_starts", graph.weight("[2]", np.array([2], np.int64))])
    vectors = graph.add("GatherND", [x, starts], batch_dims=1)
    outputs = {}
    for name in ("names", "misc"):
        outputs[name] = graph.linear(vectors, name, exact=True)
    axis = graph.weight("[-1]", np.array([-1], np.int64))
    odds = graph.add("Squeeze", [graph.linear(vectors, "sentences", exact=True), axis])
    outputs["sentences"] = graph.add("Add", [odds, "bias"])
    outputs["heads"], outputs["labels"] = _syntax(graph, vectors, outputs["sentences"])
    outputs["inner"] = graph.add("Gelu", [graph.linear(vectors, "coreference.project", exact=True)], domain=MICROSOFT)
    outputs["cues"] = graph.linear(vectors, "roles.cues", exact=True)
    outputs["roles"] = graph.add("Gelu", [graph.linear(vectors, "roles.project", exact=True)], domain=MICROSOFT)
    outputs["pairs"] = graph.add("Gelu", [graph.linear(vectors, "pairs", exact=True)], domain=MICROSOFT)
    hidden = graph.add("Gelu", [graph.linear(vectors, "triggers.0", exact=True)], domain=MICROSOFT)
    outputs["triggers"] = graph.linear(hidden, "triggers.3", exact=True)
    outputs["upos"] = graph.add("ArgMax", [graph.linear(vectors, "upos", exact=True)], axis=-1, keepdims=0)
    for name, result in outputs.items():
        graph.nodes.append(helper.make_node("Identity", [result], [name], name=f"out_{name}"))
    return _wrap(graph, outputs)


def _syntax(graph: Graph, vectors: str, sentences: str) -> tuple[str, str]:
    """The best head of each word among those of its sentence (itself: a root), and the label of the arc."""
    zero = graph.weight("0.0", np.array(0.0, np.float32))
    starts = graph.add("Cast", [graph.add("Greater", [sentences, zero])], to=TensorProto.INT64)
    number = graph.add("CumSum", [starts, graph.weight("axis1", np.array(1, np.int64))])
    ends = [graph.weight(f"[{axis}]", np.array([axis], np.int64)) for axis in (1, 2)]
    same = graph.add("Equal", [graph.add("Unsqueeze", [number, ends[1]]), graph.add("Unsqueeze", [number, ends[0]])])
    head, dependent = (
        graph.add("Gelu", [graph.linear(vectors, f"syntax.arc_{side}")], domain=MICROSOFT)
        for side in ("head", "dependent")
    )
    across = graph.add("Transpose", [head], perm=[0, 2, 1])
    arcs = graph.add("MatMul", [graph.linear(dependent, "syntax.arc", bias=False), across])
    heading = graph.linear(head, "syntax.arc_bias", exact=True)
    arcs = graph.add("Add", [arcs, graph.add("Transpose", [heading], perm=[0, 2, 1])])
    heads = graph.add(
        "ArgMax",
        [graph.add("Where", [same, arcs, graph.weight("never", np.array(-1e4, np.float32))])],
        axis=-1,
        keepdims=0,
    )
    chosen = graph.add(
        "GatherND", [graph.linear(vectors, "syntax.label_head"), graph.add("Unsqueeze", [heads, ends[1]])], batch_dims=1
    )
    joined = graph.add(
        "Gelu", [graph.add("Add", [graph.linear(vectors, "syntax.label_dependent"), chosen])], domain=MICROSOFT
    )
    return heads, graph.add("ArgMax", [graph.linear(joined, "syntax.label", exact=True)], axis=-1, keepdims=0)


def _wrap(graph: Graph, outputs: dict[str, str]) -> onnx.ModelProto:
    pieces = ["input_ids", *LOOKS]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["windows", "pieces"]) for name in pieces]
    inputs.append(helper.make_tensor_value_info("word_starts", TensorProto.INT64, ["windows", "words"]))
    inputs.append(helper.make_tensor_value_info("bias", TensorProto.FLOAT, ["windows", "words"]))
    whole = ("upos", "heads", "labels")
    given = [
        helper.make_tensor_value_info(name, TensorProto.INT64 if name in whole else TensorProto.FLOAT, None)
        for name in outputs
    ]
    made = helper.make_graph(graph.nodes, "reader", inputs, given, list(graph.weights.values()))
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9, producer_name="newskg")


def export(trained: Path, out: Path, *, quantise: bool = True) -> Path:
    """Writes ``reader.onnx`` (int8 unless told otherwise), ``reader.json``, and the heads beside the model
    (``coreference.npz``, ``roles.npz``, ``relations.npz``, ``arguments.npz``) into ``out``; gives the ONNX file."""
    saved = torch.load(trained, map_location="cpu", weights_only=True)
    state = saved["average"]
    out.mkdir(parents=True, exist_ok=True)
    target = out / "reader.onnx"
    onnx.save(build(state, quantise=quantise), str(target))
    settings = {
        "name_tags": list(NAME_TAGS),
        "misc_types": list(MISC_TYPES),
        "upos": list(UPOS),
        "dependencies": saved["labels"],
        "transitions": [[round(float(x), 4) for x in row] for row in state["transitions"]],
    }
    parts = {"coreference": WEIGHTS, "roles": ROLE_WEIGHTS, "relations": PAIR_WEIGHTS, "arguments": PAIR_WEIGHTS}
    for part, names in parts.items():
        arrays = {name: state[f"{part}.{name}"].numpy().astype(np.float16) for name in names}
        np.savez(out / f"{part}.npz", **arrays)
    (out / "reader.json").write_text(json.dumps(settings) + "\n", encoding="utf-8")
    return target
