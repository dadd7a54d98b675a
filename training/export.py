"""Writes the trained model as one ONNX file, built by hand from ONNX Runtime's fused operators, and quantises it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from kg.read.antecedents import WEIGHTS
from kg.read.labels import MISC_TYPES, NAME_TAGS, UPOS
from kg.read.pairs import WEIGHTS as PAIR_WEIGHTS
from kg.read.pieces import LOOKS
from kg.read.roles import WEIGHTS as ROLE_WEIGHTS

MICROSOFT = "com.microsoft"
LOOK_WEIGHTS = {"shape_ids": "shapes", "lexicon_ids": "lexicon", "phrase_ids": "phrases"}


class Graph:
    """Collects nodes and weights; every method gives the name of its result."""

    def __init__(self, state: dict[str, torch.Tensor]) -> None:
        self.state = state
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, onnx.TensorProto] = {}

    def weight(self, name: str, value: NDArray[Any] | None = None) -> str:
        if name not in self.weights:
            array = self.state[name].float().numpy() if value is None else value
            self.weights[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def add(self, kind: str, inputs: list[str], *, domain: str = "", **attributes: Any) -> str:
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def linear(self, x: str, name: str, *, bias: bool = True) -> str:
        matrix = self.weight(f"{name}.weight.T", self.state[f"{name}.weight"].float().numpy().T)
        product = self.add("MatMul", [x, matrix])
        return self.add("Add", [product, self.weight(f"{name}.bias")]) if bias else product

    def layer(self, x: str, name: str, mask: str, heads: int) -> str:
        qkv = self.weight(f"{name}.qkv.T", self.state[f"{name}.query_key_value.weight"].float().numpy().T)
        mixed = self.add(
            "Attention", [x, qkv, self.weight(f"{name}.query_key_value.bias"), mask], domain=MICROSOFT, num_heads=heads
        )
        x = self.skip_norm(
            x,
            self.linear(mixed, f"{name}.attention_out", bias=False),
            f"{name}.attention_norm",
            f"{name}.attention_out",
        )
        inner = self.add(
            "BiasGelu",
            [self.linear(x, f"{name}.inner", bias=False), self.weight(f"{name}.inner.bias")],
            domain=MICROSOFT,
        )
        return self.skip_norm(x, self.linear(inner, f"{name}.outer", bias=False), f"{name}.outer_norm", f"{name}.outer")

    def skip_norm(self, x: str, added: str, norm: str, biased: str) -> str:
        return self.add(
            "SkipLayerNormalization",
            [x, added, self.weight(f"{norm}.weight"), self.weight(f"{norm}.bias"), self.weight(f"{biased}.bias")],
            domain=MICROSOFT, epsilon=1e-12,
        )  # fmt: skip


def build(state: dict[str, torch.Tensor]) -> onnx.ModelProto:
    """The ONNX model of a trained Reader's weights; inputs and outputs as kg.read.network says."""
    graph = Graph(state)
    zero, one = (graph.weight(f"[{number}]", np.array([number], np.int64)) for number in (0, 1))
    length = graph.add("Gather", [graph.add("Shape", ["input_ids"]), one])
    positions = graph.add("Slice", [graph.weight("encoder.positions.weight"), zero, length, zero])
    words = graph.add("Gather", [graph.weight("encoder.words.weight"), "input_ids"])
    summed = graph.add("Add", [words, positions])
    for look in LOOKS:
        weight = graph.weight(f"encoder.{LOOK_WEIGHTS[look]}.weight")
        summed = graph.add("Add", [summed, graph.add("Gather", [weight, look])])
    x = graph.add(
        "LayerNormalization",
        [summed, graph.weight("encoder.norm.weight"), graph.weight("encoder.norm.bias")],
        epsilon=1e-12,
    )
    mask = graph.add("Cast", ["lengths"], to=TensorProto.INT32)
    layers = 1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder.layers."))
    for layer in range(layers):
        x = graph.layer(x, f"encoder.layers.{layer}", mask, heads=12)
    # Word vectors: the vector of each word's first piece.
    starts = graph.add("Unsqueeze", ["word_starts", graph.weight("[2]", np.array([2], np.int64))])
    vectors = graph.add("GatherND", [x, starts], batch_dims=1)
    outputs = {}
    for name in ("names", "misc"):
        outputs[name] = graph.linear(vectors, name)
    axis = graph.weight("[-1]", np.array([-1], np.int64))
    outputs["sentences"] = graph.add("Add", [graph.add("Squeeze", [graph.linear(vectors, "sentences"), axis]), "bias"])
    outputs["heads"], outputs["labels"] = _syntax(graph, vectors, outputs["sentences"])
    outputs["inner"] = graph.add("Gelu", [graph.linear(vectors, "coreference.project")], domain=MICROSOFT)
    outputs["cues"] = graph.linear(vectors, "roles.cues")
    outputs["roles"] = graph.add("Gelu", [graph.linear(vectors, "roles.project")], domain=MICROSOFT)
    outputs["pairs"] = graph.add("Gelu", [graph.linear(vectors, "pairs")], domain=MICROSOFT)
    hidden = graph.add("Gelu", [graph.linear(vectors, "triggers.0")], domain=MICROSOFT)
    outputs["triggers"] = graph.linear(hidden, "triggers.3")
    outputs["upos"] = graph.add("ArgMax", [graph.linear(vectors, "upos")], axis=-1, keepdims=0)
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
    arcs = graph.add("Add", [arcs, graph.add("Transpose", [graph.linear(head, "syntax.arc_bias")], perm=[0, 2, 1])])
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
    return heads, graph.add("ArgMax", [graph.linear(joined, "syntax.label")], axis=-1, keepdims=0)


def _wrap(graph: Graph, outputs: dict[str, str]) -> onnx.ModelProto:
    pieces = ["input_ids", *LOOKS]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["windows", "pieces"]) for name in pieces]
    inputs.append(helper.make_tensor_value_info("word_starts", TensorProto.INT64, ["windows", "words"]))
    inputs.append(helper.make_tensor_value_info("bias", TensorProto.FLOAT, ["windows", "words"]))
    inputs.append(helper.make_tensor_value_info("lengths", TensorProto.INT64, ["windows"]))
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
    full = out / "reader.fp32.onnx"
    onnx.save(build(state), str(full))
    target = out / "reader.onnx"
    if quantise:
        heads = [n.name for n in onnx.load(str(full), load_external_data=False).graph.node if _is_head(n)]
        quantize_dynamic(
            full, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=False,
            op_types_to_quantize=["MatMul", "Attention", "Gather"], nodes_to_exclude=heads,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )  # fmt: skip
        full.unlink()
    else:
        full.replace(target)
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


def _is_head(node: onnx.NodeProto) -> bool:
    """The heads' last layers are small and decide: they stay in full precision."""
    last = ("sentences.", "names.", "misc.", "upos.", "syntax.label.", "syntax.arc_bias.",
            "coreference.project.", "roles.cues.", "roles.project.", "pairs.", "triggers.")  # fmt: skip
    return node.op_type == "MatMul" and node.input[1].startswith(last)
