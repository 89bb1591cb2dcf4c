#!/usr/bin/env bash
# Two hundred small pictures in one process: resident memory after the first twenty must stay within 5%.
#   bench/soak.sh [FOLDER] [PICTURES]
# FOLDER defaults to the tests' parity model. Prints resident memory after every tenth picture and the spread.
set -euo pipefail
cd "$(dirname "$0")/.."
pictures=${2:-200}
folder=${1:-}
if [ -z "$folder" ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  cp -r engine/src/test/resources/parity/klein-small/. "$folder"
  # The test model has fewer layers than those tapped by default.
  sed -i '0,/{/s//{ "text_encoder_out_layers": [1, 3, 5], "max_sequence_length": 48,/' "$folder/model_index.json"
fi

./atelier bench --model "$folder" --size 64x64 --steps 2 --rounds "$pictures" 2>&1 | awk '
  /^round / {
    n++
    mb = $(NF - 1)
    if (n % 10 == 0) printf "picture %4d  resident %5d MB\n", n, mb
    if (n > 20) {
      if (!least || mb < least) least = mb
      if (mb > most) most = mb
    }
  }
  END {
    if (!least) { print "no pictures were made"; exit 1 }
    spread = 100 * (most - least) / least
    printf "after the first twenty: %d to %d MB, spread %.1f%%\n", least, most, spread
    exit spread > 5
  }'
