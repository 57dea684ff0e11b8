"""An exported encoder's attention, head by head: what one head weighs stays in the processor's cache.

Every number is made by the same steps in the same order, so the same bytes come out.

`python -m training.attention FILE.onnx 12` does it to an encoder of twelve heads that is exported already.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import onnx
import onnxruntime
from onnx import ModelProto, NodeProto, helper

_TURNS = frozenset({"Reshape", "Transpose"})


def fused(path: Path) -> ModelProto:
    """The graph as onnxruntime joins its steps on any processor."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    with tempfile.TemporaryDirectory() as folder:
        options.optimized_model_filepath = str(Path(folder) / "fused.onnx")
        onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        return onnx.load(options.optimized_model_filepath)


def split_heads(model: ModelProto, heads: int) -> None:
    """Put each layer's attention, one product over all heads, into one a head."""
    nodes = list(model.graph.node)
    makers = {name: node for node in nodes for name in node.output}
    takers = {name: node for node in nodes if node.op_type != "Shape" for name in node.input}
    rewritten: dict[str, list[NodeProto]] = {}
    for number, softmax in enumerate(node for node in nodes if node.op_type == "Softmax"):
        scores, mixed = makers[softmax.input[0]], takers[softmax.output[0]]
        ends = [_before(makers, name) for name in (*scores.input, mixed.input[1])]
        out = _behind(takers, mixed.output[0])
        alpha = next(attribute.f for attribute in scores.attribute if attribute.name == "alpha")
        rewritten[out] = list(_attend(f"layer{number}", ends, out, heads, alpha))
    if not rewritten:
        raise SystemExit("There is no attention to split: the file is split already, or not an encoder.")
    whole = [each for node in nodes for each in rewritten.get(node.output[0], [node])]
    _keep_needed(model, whole)


def _before(makers: dict[str, NodeProto], name: str) -> str:
    """What is cut into heads: in front of a transposition and a change of shape."""
    return str(makers[makers[name].input[0]].input[0])


def _behind(takers: dict[str, NodeProto], name: str) -> str:
    """Where the heads are one again: behind the transposition and the changes of shape around it."""
    while takers[name].op_type in _TURNS:
        name = str(takers[name].output[0])
    return name


def _attend(layer: str, ends: list[str], out: str, heads: int, alpha: float) -> list[NodeProto]:
    """The steps of one layer: queries, keys and values split, each head by itself, and the heads side by side."""
    names = [[f"{layer}.{kind}{head}" for head in range(heads)] for kind in ("query", "key", "value")]
    steps = [helper.make_node("Split", [end], row, axis=-1) for end, row in zip(ends, names, strict=True)]
    for head, (query, key, value) in enumerate(zip(*names, strict=True)):
        scores, shares, told = (f"{layer}.{kind}{head}" for kind in ("scores", "shares", "told"))
        steps += [
            helper.make_node("FusedMatMul", [query, key], [scores], domain="com.microsoft", alpha=alpha, transB=1),
            helper.make_node("Softmax", [scores], [shares], axis=-1),
            helper.make_node("MatMul", [shares, value], [told]),
        ]
    return [*steps, helper.make_node("Concat", [f"{layer}.told{head}" for head in range(heads)], [out], axis=-1)]


def _keep_needed(model: ModelProto, nodes: list[NodeProto]) -> None:
    """Leave out steps and weights that nothing needs any more."""
    needed = {output.name for output in model.graph.output}
    kept: list[NodeProto] = []
    for node in reversed(nodes):
        if not needed.isdisjoint(node.output):
            needed.update(node.input)
            kept.append(node)
    weights = [weight for weight in model.graph.initializer if weight.name in needed]
    del model.graph.node[:], model.graph.initializer[:], model.graph.value_info[:]
    model.graph.node.extend(reversed(kept))
    model.graph.initializer.extend(weights)


def split_attention(path: Path, heads: int) -> None:
    """Make the attention of an int8 encoder head by head."""
    model = fused(path)
    split_heads(model, heads)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


if __name__ == "__main__":
    split_attention(Path(sys.argv[1]), int(sys.argv[2]))
