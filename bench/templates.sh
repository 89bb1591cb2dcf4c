#!/usr/bin/env bash
# Draws every template's first picture with its examples, in English and in Chinese, none selected:
# bench/templates.sh [MODEL]   (default seedling-1; takes minutes). Makes docs/gallery/MODEL-templates.jpg.
# ATELIER names another launcher than ./atelier. Needs a JDK 25 as `java` for the sheet itself.
set -euo pipefail
cd "$(dirname "$0")/.."
model=${1:-seedling-1}
name=$(basename "$model")
atelier=${ATELIER:-./atelier}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

draw() { # draw FILE SEED TEMPLATE LANGUAGE: with the examples that `atelier templates NAME` gives
  local slots=()
  while IFS='=' read -r slot example; do slots+=(--slot "$slot=$example"); done < <(
    $atelier templates "$3" --examples "$4")
  $atelier generate --template "$3" --slot "language=$4" "${slots[@]}" -n 1 --model "$model" --seed "$2" -o "$work/$1.png" \
    > /dev/null 2> "$work/log" || { cat "$work/log" >&2; exit 1; }
}

i=0
for template in $($atelier templates | cut -d' ' -f1); do
  i=$((i + 1))
  draw "$(printf %02d $i)-en" "$i" "$template" en
  draw "$(printf %02d $i)-zh" "$i" "$template" zh
done
java bench/ContactSheet.java "docs/gallery/$name-templates.jpg" 8 160 "$work"/*.png
