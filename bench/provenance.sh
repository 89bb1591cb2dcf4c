#!/bin/sh
# bench/provenance.sh: has an independent program, c2pa-rs as WebAssembly, check the credentials of pictures that Atelier has drawn,
# edited and composed, in every format. Needs node 20 and npm.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v npm >/dev/null || { echo "bench/provenance.sh: npm is not installed" >&2; exit 2; }
(cd "$work" && echo '{"private": true}' >package.json && npm install --silent --no-audit --no-fund @contentauth/c2pa-wasm@0.15.0)
"$here/atelier" provenance init "$work/keys" --name "Example Studio"
for format in png jpg webp; do
  "$here/atelier" generate "a red fox" --seed 1 --provenance "$work/keys" -o "$work/drawn.$format"
  "$here/atelier" edit "$work/drawn.$format" "make it night" --seed 1 --provenance "$work/keys" -o "$work/edited.$format"
done
"$here/atelier" verify --trust "$work/keys/root.pem" "$work"/drawn.* "$work"/edited.*
cd "$work" && node "$here/bench/provenance/verify.mjs" keys/root.pem drawn.* edited.*
