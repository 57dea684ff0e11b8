"""Turn a trained reader into what the engine runs: an int8 ONNX encoder, its heads, its words, and a manifest.

`python -m training.reader.export --encoder FOLDER --trained FILE --out FOLDER`
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import torch

from training.attention import split_attention
from training.exporting import quantized, write_manifest
from training.reader.model import Reader


def export_heads(reader: Reader, out: Path) -> None:
    """Write the heads' weights as float32 arrays."""
    moves, first = reader.role_crf.transitions()
    arrays = {"role_moves": moves, "role_first": first, "distance": reader.distance.weight}
    for name in ("cue", "of_piece", "of_cue", "role", "worth", "act"):
        layer = getattr(reader, name)
        arrays |= {f"{name}_weight": layer.weight.T, f"{name}_bias": layer.bias}
    np.savez(out, **{name: value.detach().numpy().astype(np.float32) for name, value in arrays.items()})


def main() -> None:
    """Read the arguments, then write the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("encoder", "trained", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    reader = Reader(str(args.encoder))
    state = torch.load(args.trained, weights_only=False)
    reader.load_state_dict(state.get("average", state))
    reader.eval()
    args.out.mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        quantized(reader.encoder, args.out / "encoder.onnx")
        split_attention(args.out / "encoder.onnx", reader.encoder.config.num_attention_heads)
        export_heads(reader, args.out / "heads.npz")
    shutil.copy(args.encoder / "tokenizer.json", args.out / "tokenizer.json")
    write_manifest(args.out, {"kind": "attribution", "window": 384, "overlap": 48, "confidence": {}})


if __name__ == "__main__":
    main()
