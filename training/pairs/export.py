"""Turn a trained model of pairs into what the engine runs: an int8 ONNX encoder, its heads, its words, a manifest.

`python -m training.pairs.export --encoder FOLDER --trained FILE --out FOLDER`
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import torch

from training.exporting import quantized, write_manifest
from training.pairs.model import PairModel
from training.pairs.pack import LONGEST

HEADS = ("mixed", "infer", "voiced", "clash")


def main() -> None:
    """Read the arguments, then write the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("encoder", "trained", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    model = PairModel(str(args.encoder))
    state = torch.load(args.trained, weights_only=True)
    model.load_state_dict(state.get("average", state))
    args.out.mkdir(parents=True, exist_ok=True)
    quantized(model.encoder, args.out / "encoder.onnx")
    arrays = {}
    for name in HEADS:
        layer = getattr(model, name)
        arrays |= {f"{name}_weight": layer.weight.T, f"{name}_bias": layer.bias}
    np.savez(
        args.out / "heads.npz", **{name: kept.detach().numpy().astype(np.float32) for name, kept in arrays.items()}
    )
    shutil.copy(args.encoder / "tokenizer.json", args.out / "tokenizer.json")
    write_manifest(args.out, {"kind": "pair", "window": LONGEST, "overlap": 0})


if __name__ == "__main__":
    main()
