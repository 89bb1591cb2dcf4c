#!/usr/bin/env bash
# Fills the disk under a running service and looks at what it answers: a tmpfs of 42 MB holds its data, a file takes the rest, to the last byte.
#   bench/full-disk.sh [COMMAND...]    COMMAND is how Atelier is started (default: ./atelier); PORT (18150) and SIZE (42m) from the environment
# Linux; as root, or where unprivileged user namespaces are allowed. Ends with 1 at the first answer that is not as docs/operation.md promises.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "$(id -u)" != 0 ]; then
  exec unshare --map-root-user --mount bash "$0" "$@"
fi
[ $# -gt 0 ] || set -- ./atelier
port=${PORT:-18150}
base=http://localhost:$port
work=$(mktemp -d)
disk=$work/disk
mkdir "$disk"
mount -t tmpfs -o "size=${SIZE:-42m}" tmpfs "$disk"
service=
stop() {
  [ -z "$service" ] || { kill "$service" 2> /dev/null || true; wait "$service" 2> /dev/null || true; }
  umount "$disk" || umount --lazy "$disk"
  rm -rf "$work"
}
trap stop EXIT

# call METHOD PATH [CURL OPTION...]: prints the status; the body is in $work/body, the headers in $work/headers.
call() {
  curl -s -o "$work/body" -D "$work/headers" -w '%{http_code}' --max-time 20 -X "$1" "${@:3}" "$base$2" || true
}
expect() { # expect WHAT STATUSES STATUS
  case " $2 " in
    *" $3 "*) printf '%-58s %s\n' "$1" "$3" ;;
    *)
      printf '%-58s %s, expected %s\n' "$1" "$3" "$2"
      head -c 500 "$work/body" || true
      echo
      tail -n 30 "$work/log"
      exit 1
      ;;
  esac
}
refused() { # refused WHAT STATUS: with a reason and a pause
  expect "$1" "507 503" "$2"
  grep -qi '^retry-after: [1-9]' "$work/headers" || { echo "$1: no Retry-After"; exit 1; }
  grep -qiE 'disk|space|room' "$work/body" || { echo "$1: no reason: $(head -c 300 "$work/body")"; exit 1; }
}
submit() {
  call POST /api/v1/model/generateImage -H 'Content-Type: application/json' -d "{\"model\": \"bytedance/seedream-v4.5\", \"prompt\": \"a red barn\", \"steps\": ${1:-2}}"
}
id() { sed -n 's/.*"id" *: *"\(pred_[^"]*\)".*/\1/p' "$work/body" | head -n 1; }
await() { # await ID: until it has ended
  for _ in $(seq 240); do
    [ "$(call GET "/api/v1/model/prediction/$1")" = 200 ] || true
    if grep -q '"status" *: *"\(completed\|failed\)"' "$work/body"; then
      grep -q '"status" *: *"completed"' "$work/body" || { echo "$1 failed: $(cat "$work/body")"; exit 1; }
      return 0
    fi
    sleep 0.5
  done
  echo "$1 did not end: $(cat "$work/body")"
  exit 1
}
within() { # within SECONDS STATUS METHOD PATH
  for _ in $(seq $(($1 * 2))); do
    [ "$(call "$3" "$4")" != "$2" ] || return 0
    sleep 0.5
  done
  echo "$3 $4: not $2 within $1 s, but $(call "$3" "$4")"
  exit 1
}

"$@" serve --port "$port" --data "$disk/data" > "$work/log" 2>&1 &
service=$!
within 180 200 GET /actuator/health/readiness
echo "started; $(df --output=avail -k "$disk" | tail -n 1) kB are free"

expect "a picture is ordered" 200 "$(submit)"
first=$(id)
await "$first"
output=$(sed -n 's#.*"outputs" *: *\[ *"http[^"]*/outputs/\([^"]*\)".*#\1#p' "$work/body")
expect "... and can be seen" 200 "$(call GET "/outputs/$output")"

# Work that is in hand when the disk fills up.
held=
for _ in 1 2 3; do
  expect "work that the full disk will meet" 200 "$(submit 20)"
  held="$held $(id)"
done
dd if=/dev/zero of="$disk/filler" bs=64k 2> /dev/null || true
dd if=/dev/zero of="$disk/filler2" bs=1 count=65536 2> /dev/null || true
echo "full: $(df --output=avail -k "$disk" | tail -n 1) kB are free"

for round in 1 2 3; do
  refused "full: an order" "$(submit)"
  refused "full: an upload" "$(call POST /api/v1/model/uploadMedia -F "file=@server/src/main/resources/static/atelier.svg")"
  expect "full: a prediction is read" 200 "$(call GET "/api/v1/model/prediction/$first")"
  expect "full: the list of predictions" 200 "$(call GET /api/v1/model/predictions)"
  expect "full: its picture" 200 "$(call GET "/outputs/$output")"
  expect "full: models" 200 "$(call GET /api/v1/models)"
  expect "full: liveness" 200 "$(call GET /actuator/health/liveness)"
  expect "full: readiness" 503 "$(call GET /actuator/health/readiness)"
  # Whatever the service gave up for its database is taken too.
  dd if=/dev/zero of="$disk/filler-$round" bs=64k 2> /dev/null || true
  dd if=/dev/zero of="$disk/filler-$round-rest" bs=1 count=65536 2> /dev/null || true
  sleep 2
done

rm -f "$disk"/filler*
within 60 200 GET /actuator/health/readiness
echo "freed: ready again without a restart"
kill -0 "$service"
expect "freed: an order" 200 "$(submit)"
await "$(id)"
echo "freed: it is drawn"
for one in $held; do
  await "$one"
done
echo "freed: the work that was in hand is drawn"
[ "$(df --output=avail -k "$disk" | tail -n 1)" -gt 0 ]
echo "all as promised"
