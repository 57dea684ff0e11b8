"""What every export does: an encoder as int8 ONNX, and a manifest that names each file with its hash."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import BertModel

OPSET = 17
INPUTS = ["ids", "layout"]


class Alone(nn.Module):
    """An encoder without a mask: what it reads is read one by one."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, layout: Tensor) -> Tensor:
        """The hidden states [1, pieces, width]."""
        return self.encoder(input_ids=ids, token_type_ids=layout).last_hidden_state


def quantized(encoder: BertModel, out: Path) -> None:
    """Write an encoder of ids and layout [1, pieces] as int8: weights per channel, activations measured as it runs."""
    example = torch.randint(1000, 2000, (1, 32)), torch.zeros(1, 32, dtype=torch.long)
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            Alone(encoder).eval(),
            example,
            str(whole),
            input_names=INPUTS,
            output_names=["hidden"],
            dynamic_axes={name: {1: "pieces"} for name in (*INPUTS, "hidden")},
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
