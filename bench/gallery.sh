#!/usr/bin/env bash
# Makes the sheets of docs/gallery from a model's pictures, none selected: bench/gallery.sh [MODEL [TEACHER]]   (default seedling-1; takes minutes)
# With TEACHER, the model before its distillation, also a sheet of the two side by side.
# Needs a JDK 25 as `java` for the sheets themselves.
set -euo pipefail
cd "$(dirname "$0")/.."
model=${1:-seedling-1}
name=$(basename "$model")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sheet() { java bench/ContactSheet.java "docs/gallery/$name-$1.jpg" "${@:2}"; }

make() { # make FILE SEED PROMPT [OPTIONS]: one picture
  ./atelier generate "$3" --model "$model" --seed "$2" -o "$work/$1.png" "${@:4}" > /dev/null 2> "$work/log" || { cat "$work/log" >&2; exit 1; }
}

i=0
while IFS= read -r prompt; do
  i=$((i + 1))
  make "words-$(printf %02d $i)" "$i" "$prompt"
done <<'PROMPTS'
A beautiful landscape with mountains and lake
mountains and a lake at sunset
a desert with cacti by day, clear sky
a forest and a river in autumn
夜晚，群山和湖泊，月亮
the sea and a white sailboat, sunny
a red teapot on a wooden table
a yellow toy car in front of a blue wall
a green vase and a white bowl on a studio floor
a pink umbrella, grey background
一个蓝色的杯子放在木桌上
an orange fox in a meadow
a happy panda before a lake
a brown bear in a forest in autumn
a red house by a lake
a purple castle in front of mountains
a woman with long red hair in a blue dress, grey background
a boy in a green shirt before mountains and a lake
一个穿红色衣服的女孩站在海边
a living room with a blue sofa
PROMPTS
sheet words 5 220 "$work"/words-*.png

i=0
while IFS= read -r prompt; do
  i=$((i + 1))
  make "more-$(printf %02d $i)" $((50 + i)) "$prompt"
done <<'PROMPTS'
a poster that says "SALE"
a red poster with the word "COFFEE" in white letters
a sign that says "OPEN"
a label that says "TEA" and a green teapot
一张写着“咖啡”的海报
a bar chart with four blue bars
a pie chart with three slices
a cycle diagram with four circles
line art of a red house by a lake
neon art of a city skyline at night
a flat illustration of a panda in a meadow
an oil painting of mountains and a lake at sunset
a paper cut of a forest in autumn
a happy woman in a yellow dress on a blue background
a bedroom with a white bed
PROMPTS
sheet more 5 220 "$work"/more-*.png

i=0
while IFS='|' read -r prompt instruction; do
  i=$((i + 1))
  make "edit-$i-a" $((100 + i)) "$prompt"
  make "edit-$i-b" $((150 + i)) "$instruction" -i "$work/edit-$i-a.png"
done <<'EDITS'
mountains and a lake by day|make it night
a forest and a river in spring|make it autumn
the sea by day, clear sky|add a red sailboat on the left
a yellow toy car and a green vase on a studio floor|remove the vase
a red teapot on a wooden table|make the teapot blue
an orange fox on a studio floor|change the background to green
a yellow house in front of a forest|make it winter
群山和湖泊，白天|把时间改成日落
EDITS
sheet edits 8 160 "$work"/edit-?-a.png "$work"/edit-?-b.png

i=0
while IFS='|' read -r first second prompt; do
  i=$((i + 1))
  make "mix-$i-a" $((200 + i)) "$first"
  make "mix-$i-b" $((220 + i)) "$second"
  make "mix-$i-c" $((240 + i)) "$prompt" -i "$work/mix-$i-a.png" -i "$work/mix-$i-b.png"
done <<'MIXES'
an orange fox on a studio floor|mountains and a lake at sunset|place the fox of image 1 before the mountains of image 2
a panda on a studio floor|the sea by day|combine the panda in image 1 with the background of image 2
a brown bear on a grey background|a forest in autumn|place the bear of image 1 in the scene of image 2
a blue rabbit on a studio floor|a desert by day|把图1中的兔子放到图2里
a red toy car on a studio floor|a wooden table, green wall|place the toy car of image 1 in the scene of image 2
a yellow vase on a studio floor|a stage in front of a pink wall|place the vase of image 1 in the scene of image 2
MIXES
sheet compositions 6 200 "$work"/mix-?-a.png "$work"/mix-?-b.png "$work"/mix-?-c.png

i=0
while IFS='|' read -r one two three four; do
  i=$((i + 1))
  ./atelier sequence --shot "$one" --shot "$two" --shot "$three" --shot "$four" --model "$model" --seed $((300 + i)) \
    -o "$work/story-$i/" > /dev/null 2> "$work/log" || { cat "$work/log" >&2; exit 1; }
done <<'STORIES'
a happy orange fox on a studio floor|the orange fox in a forest|the orange fox before a lake at sunset|the orange fox in a desert
a blue bear on a grey background|the blue bear before mountains in winter|the blue bear by the sea|the blue bear at night
a red teapot on a studio floor|the red teapot on a wooden table|the red teapot in front of a yellow wall|the red teapot on stone blocks
a yellow rabbit on a studio floor|the yellow rabbit before a city|the yellow rabbit in a meadow|the yellow rabbit in autumn
STORIES
sheet sequences 4 220 "$work"/story-*/*.png

if [ $# -gt 1 ]; then
  i=0
  while IFS= read -r prompt; do
    i=$((i + 1))
    ./atelier generate "$prompt" --model "$2" --seed $((400 + i)) --steps 30 --guidance 3 -o "$work/few-a-$i.png" > /dev/null 2>&1
    make "few-b-$i" $((400 + i)) "$prompt"
    make "few-c-$i" $((400 + i)) "$prompt" --steps 4
  done <<'PROMPTS'
A beautiful landscape with mountains and lake
a desert at sunset
a snowy forest in the morning
a red teapot on a studio floor
an orange fox in a meadow
a purple castle in front of a forest
a girl with blonde hair in a red dress by the sea
日落时分的山和湖
PROMPTS
  sheet few-steps 8 160 "$work"/few-a-?.png "$work"/few-b-?.png "$work"/few-c-?.png
fi
