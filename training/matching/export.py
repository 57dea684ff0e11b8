"""The sentence encoder as the engine runs it: int8 ONNX, its words, a manifest.

`python -m training.matching.export --encoder FOLDER --out FOLDER`
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from transformers import BertModel

from training.exporting import quantized, write_manifest

WINDOW = 128


def main() -> None:
    """Read the arguments, then write the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    quantized(BertModel.from_pretrained(args.encoder, attn_implementation="eager"), args.out / "encoder.onnx")
    shutil.copy(args.encoder / "tokenizer.json", args.out / "tokenizer.json")
    write_manifest(args.out, {"kind": "sentence", "window": WINDOW, "overlap": 0})


if __name__ == "__main__":
    main()
