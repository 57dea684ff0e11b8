#!/usr/bin/env bash
# Make the environment that training needs, once, and say where its Python is.
set -euo pipefail
if [ ! -e var/training/.made ]; then
  python3.11 -m venv var/training >&2
  var/training/bin/pip install -q -r training/requirements.txt >&2
  touch var/training/.made
fi
echo var/training/bin/python
