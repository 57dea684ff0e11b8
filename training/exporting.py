"""What every export does: an encoder as int8 ONNX, and a manifest that names each file with its hash."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

OPSET = 17


def quantized(encoder: nn.Module, inputs: tuple[str, str], out: Path) -> None:
    """Write an encoder of ids and kinds [1, pieces] as int8: weights per channel, activations measured as it runs."""
    example = torch.randint(1000, 2000, (1, 32)), torch.zeros(1, 32, dtype=torch.long)
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            encoder,
            example,
            str(whole),
            input_names=list(inputs),
            output_names=["hidden"],
            dynamic_axes={name: {1: "pieces"} for name in (*inputs, "hidden")},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(whole, out, per_channel=True, weight_type=QuantType.QInt8)
    onnx.checker.check_model(str(out))


def write_manifest(folder: Path, facts: dict[str, object]) -> None:
    """Name every file with its hash, so that a start can tell a whole model from a broken one."""
    files = sorted(
        path for path in folder.iterdir() if path.suffix in {".onnx", ".npz", ".json"} and path.name != "model.json"
    )
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    (folder / "model.json").write_text(json.dumps({**facts, "files": hashes}, indent=1) + "\n", encoding="utf-8")
