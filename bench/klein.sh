#!/usr/bin/env bash
# Measures the FLUX.2-klein-4B shape with random weights: 256x256, 2 steps, every precision, and the public reference beside it.
#   bench/klein.sh [REFERENCE_PYTHON]
# REFERENCE_PYTHON is a Python with torch, transformers and diffusers; without it only Atelier is measured.
# Needs 16 GB of disk for the weights (under ATELIER_HOME, made once), 7 GB for the prepared int8 ones, 24 GB of memory for the reference.
set -euo pipefail
cd "$(dirname "$0")/.."

grep -m1 'model name' /proc/cpuinfo || true
nproc

part() {
  if [ -n "${1:-}" ]; then
    OMP_NUM_THREADS=$(nproc) "$1" bench/klein_reference.py "$2" "$(nproc)"
  fi
}

bench() {
  ./atelier bench --shape klein-4b --size 256x256 --steps 2 --rounds 2 --precision "$1"
}

# The reference's parts run between ours, so that a machine that slows down slows both.
part "${1:-}" text
bench stored
part "${1:-}" step
bench int8
part "${1:-}" decode
# A second start with the prepared weights on disk, and what 8 bits cost.
./atelier bench --shape klein-4b --size 256x256 --steps 2 --rounds 2 --precision int8 --compare
