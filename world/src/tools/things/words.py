"""Builds aliases.tsv: other words for the nouns of nouns.tsv, by WordNet's synonyms and kinds and by CLDR's keywords.

usage: words.py WORDNET EMOJIBASE OUT
  WORDNET    folder of WordNet 3.0 with index.noun and data.noun (Debian wordnet-base)
  EMOJIBASE  folder of the unpacked npm package emojibase-data 17.0.0
  OUT        the folder with nouns.tsv
"""
import json
import os
import re
import sys

wordnet, emojibase, out = sys.argv[1:4]
# WordNet's lexicographer files in which a group's things are: 05 animals, 06 artifacts, 13 food, 17 objects, 19 phenomena, 20 plants.
FILES = {'animal': {5}, 'plant': {20, 13}, 'food': {13, 20, 6}, 'sky': {17, 19, 6}, 'fantasy': {18, 6}, 'event': {6, 20},
         'place': {6, 17, 14}, 'vehicle': {6}, 'time': {6}, 'sport': {6}, 'toy': {6}, 'clothing': {6}, 'object': {6, 10, 13}}
DEEP = 5
MOST = 70  # of one noun: plants and birds have hundreds that nobody writes

index, data = {}, {}
for line in open(os.path.join(wordnet, 'index.noun'), encoding='latin-1'):
    if not line.startswith(' '):
        f = line.split()
        count = int(f[2])
        index[f[0]] = (f[-count:], int(f[-count - 1]))
for line in open(os.path.join(wordnet, 'data.noun'), encoding='latin-1'):
    if not line.startswith(' '):
        f = line.split(' | ')[0].split()
        words = [f[4 + 2 * i] for i in range(int(f[3], 16))]
        at = 4 + 2 * len(words)
        kinds = [f[at + 2 + 4 * i] for i in range(int(f[at])) if f[at + 1 + 4 * i] == '~']
        data[f[0]] = (int(f[1]), words, kinds)

nouns = [line.rstrip('\n').split('\t') for line in open(os.path.join(out, 'nouns.tsv'), encoding='utf-8')][1:]
taken, roots = set(), {}
for row in nouns:
    for word in row[1].split('|'):
        taken.add(re.sub('^~(the )?', '', word).lower())
    taken.add(row[2].lower())
for row in nouns:
    words = [re.sub('^~(the )?', '', w).lower() for w in row[1].split('|')]
    if ' face' in words[0] and len(words) < 4:
        continue
    if ' face' in words[0]:
        words = words[3:]
    for word in words:
        senses, _ = index.get(word.replace(' ', '_'), ([], 0))
        fit = [s for s in senses[:4] if data[s][0] in FILES[row[5]]]
        if fit and fit[0] not in roots:
            roots[fit[0]] = row[0]
            break

found = {}


def offer(word, key, depth):
    plain = word.replace('_', ' ')
    if not re.fullmatch(r'[a-z]{3,}([ -][a-z]{2,})?', plain) or plain in taken:
        return
    if plain not in found or depth < found[plain][1]:
        found[plain] = (key, depth)


for root, key in roots.items():
    level, seen = [root], {root}
    for depth in range(DEEP + 1):
        below = []
        for sense in level:
            if depth and sense in roots:
                continue
            for word in data[sense][1]:
                first, counted = index.get(word.lower(), ([], 0))
                if word == word.lower() and first and first[0] == sense and (counted > 0 or depth <= 2):
                    offer(word, key, depth)
            below += [k for k in data[sense][2] if k not in seen and not seen.add(k)]
        level = below

def slug(label):
    for a, b in (('’', ''), ("'", ''), ('ñ', 'n')):
        label = label.replace(a, b)
    return re.sub(r'[^a-z0-9]+', '-', label.lower()).strip('-')


def entries(language):
    with open(os.path.join(emojibase, language, 'data.json'), encoding='utf-8') as f:
        return {e['hexcode']: e for e in json.load(f)}


english, chinese = entries('en'), entries('zh')
by_key = {slug(e['label']): code for code, e in english.items()}
chinese_taken = {w for row in nouns for w in row[3].split('|')}
claims, rows = {}, []
for row in nouns:
    if ' face' in row[1].split('|')[0]:
        continue
    for tag in chinese[by_key[row[0]]].get('tags', []):
        if re.fullmatch(r'[\u4e00-\u9fff]{2,5}', tag) and tag not in chinese_taken and tag[-1] in {
                w[-1] for w in row[3].split('|')}:  # a Chinese noun's kind is its last character
            claims.setdefault(tag, []).append(row[0])
kept = {}
for word, (key, depth) in sorted(found.items(), key=lambda f: (index[f[0].replace(' ', '_')][1] == 0, f[1][1], f[0])):
    kept[key] = kept.get(key, 0) + 1
    if kept[key] <= MOST:
        rows.append((word, 'en', key))
for tag, keys in claims.items():
    if len(keys) == 1:
        rows.append((tag, 'zh', keys[0]))
HAND = {'en': {'kitty': 'cat', 'doggy': 'dog', 'pony': 'horse', 'sedan': 'automobile', 'kettle': 'teapot', 'spaceship': 'rocket',
               'mug': 'hot-beverage', 'lorry': 'delivery-truck', 'sneaker': 'running-shoe', 'cabbage': 'leafy-green',
               'trout': 'fish', 'salmon': 'fish', 'goldfish': 'tropical-fish', 'laptop pc': 'laptop', 'motorbike': 'motorcycle'},
        'zh': {'轿车': 'automobile', '小轿车': 'automobile', '跑车': 'racing-car', '猫咪': 'cat', '小猫咪': 'cat', '狗狗': 'dog',
               '大巴': 'bus', '单车': 'bicycle', '脚踏车': 'bicycle', '轮船': 'ship', '金鱼': 'tropical-fish', '鲤鱼': 'fish',
               '小鸟': 'bird', '麻雀': 'bird', '骏马': 'horse', '小马': 'horse', '拉面': 'steaming-bowl', '番茄': 'tomato',
               '凤梨': 'pineapple', '的士': 'taxi', '计算机': 'desktop-computer', '手提电脑': 'laptop', '运动鞋': 'running-shoe'}}
keys = {row[0] for row in nouns}
known = {(w, l) for w, l, _ in rows}
for language, table in HAND.items():
    for word, key in table.items():
        assert key in keys, key
        if (word, language) not in known and word not in (taken if language == 'en' else chinese_taken):
            rows.append((word, language, key))
rows.sort(key=lambda r: (r[1], r[0]))
with open(os.path.join(out, 'aliases.tsv'), 'w', encoding='utf-8') as f:
    f.write('word\tlanguage\tnoun\n')
    for row in rows:
        f.write('\t'.join(row) + '\n')
print(len(rows), 'words', sum(r[1] == 'zh' for r in rows), 'Chinese, for', len({r[2] for r in rows}), 'nouns')
