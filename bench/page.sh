#!/usr/bin/env bash
# Checks the types of the web page's modules, then drives it in real Chromium: what it once did wrong as cases, twelve running
# predictions, axe-core in light, dark and on a phone, weight, layout shift.
#   bench/page.sh [URL] [FOLDER] [CASE]
# URL: of a running service without keys; left out or "": one is started with a data folder of its own. FOLDER: screenshots go there.
# CASE: a part of a case's name. Needs Node 20 and Chromium (Debian: apt-get install chromium; else its path in CHROMIUM); fails loudly
# without them.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v node > /dev/null || { echo "There is no Node: nothing was tried." >&2; exit 2; }
url=${1:-}
(cd bench/page && npm install --silent --no-fund --no-audit && npm run --silent types)
if [ -z "$url" ]; then
  data=$(mktemp -d)
  ./atelier serve --port 8187 --data "$data" > "$data/log" 2>&1 &
  service=$!
  trap 'kill $service 2> /dev/null || true; wait $service 2> /dev/null || true; rm -rf "$data"' EXIT
  url=http://localhost:8187/
  until node -e "fetch('${url}actuator/health/readiness').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"; do
    kill -0 $service 2> /dev/null || { cat "$data/log" >&2; exit 1; }
    sleep 1
  done
fi
node bench/page/run.mjs "$url" "${2:-}" "${3:-}"
