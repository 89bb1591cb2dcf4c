"""Builds the drawings of things that the procedural world shows, from npm packages and nouns.txt.

usage: build.py PACKAGES OUT
  PACKAGES  folder of unpacked packages: iconify-json-noto-1.2.9, iconify-json-fluent-emoji-flat-1.2.6,
            iconify-json-fluent-emoji-1.2.7, emojibase-data-17.0.0 (npm pack NAME@VERSION, tar xzf into NAME-VERSION)
  OUT       world/src/main/resources/dev/atelier/world/things
"""
import gzip
import io
import json
import os
import re
import sys
import tarfile

packages, out = sys.argv[1], sys.argv[2]
here = os.path.dirname(os.path.abspath(__file__))
SETS = [('noto', 'iconify-json-noto-1.2.9'), ('flat', 'iconify-json-fluent-emoji-flat-1.2.6'), ('soft', 'iconify-json-fluent-emoji-1.2.7')]


def read(package, file):
    with open(os.path.join(packages, package, 'package', file), encoding='utf-8') as f:
        return json.load(f)


def slug(label):
    for a, b in (('’', ''), ("'", ''), ('ñ', 'n')):
        label = label.replace(a, b)
    return re.sub(r'[^a-z0-9]+', '-', label.lower()).strip('-')


def minified(body, places):
    """Fewer decimals: at 512 pixels less than a tenth of one. The digits before the point stay as they are, for the flags of an arc
    may be written against the number after them."""
    def shorter(number):
        whole, decimals = number.group(1), number.group(2)
        kept = min(round(int(decimals) / 10 ** (len(decimals) - places)), 10 ** places - 1)
        return whole + '.' + (('%0' + str(places) + 'd') % kept).rstrip('0').ljust(1, '0')
    body = re.sub(r'(\d*)\.(\d{%d,})' % (places + 1), shorter, body)
    return re.sub(r'>\s+<', '><', body)


def plural(noun):
    head, _, tail = noun.partition(' of ')
    if tail:
        return plural(head) + ' of ' + tail
    for word in (' with ', ' in ', ' from ', ' on ', ' behind '):
        head, _, tail = noun.partition(word)
        if tail:
            return plural(head) + word + tail
    if re.search(r'(s|x|z|ch|sh)$', noun):
        return noun + 'es'
    if re.search(r'[^aeiou]y$', noun):
        return noun[:-1] + 'ies'
    return noun + 's'


def face(words, chinese):
    first = words[0]
    one = ('an ' if first[0] in 'aeio' else 'a ') + first
    return [first + ' face', '~the face of ' + one, first + ' head'], \
        [chinese[0] + '头', chinese[0] + '的脸']


def main():
    labels = {e['label']: e for e in read('emojibase-data-17.0.0', 'en/data.json')}
    chinese = {e['hexcode']: e for e in read('emojibase-data-17.0.0', 'zh/data.json')}
    icons = {name: read(package, 'icons.json') for name, package in SETS}
    rows, drawn, seen_en, seen_zh = [], {name: {} for name, _ in SETS}, {}, {}
    group = place = size = measure = None
    for number, line in enumerate(open(os.path.join(here, 'nouns.txt'), encoding='utf-8'), 1):
        line = line.strip()
        if not line or line.startswith('#'):
            continue
        if line.startswith('@'):
            _, group, place, size, measure = line.split()
            continue
        parts = [p.strip() for p in line.split(';')] + ['', '', '']
        label, english, zh, options = parts[0], parts[1], parts[2], parts[3]
        if english == '-' or options == '-' or options.endswith(' -'):
            continue
        if label not in labels:
            raise SystemExit('nouns.txt:%d: CLDR has no %r' % (number, label))
        english = (english or label).split('|')
        zh = (zh or chinese[labels[label]['hexcode']]['label']).split('|')
        irregular = re.search(r'p=(.*?)(?=$| [0-9!]| table| land| sky| water| [^\x00-\x7f])', options)
        many = irregular.group(1).strip() if irregular else None
        left = options.replace('p=' + many, '') if many else options
        mine = {'place': place, 'size': size, 'measure': measure, 'common': '', 'mass': '', 'face': ''}
        for option in left.split():
            if option == '!': mine['common'] = 'common'
            elif option == '~': mine['mass'] = 'mass'
            elif option in ('h', 'H'): mine['face'] = option
            elif option in ('table', 'land', 'sky', 'water'): mine['place'] = option
            elif option.isdigit(): mine['size'] = option
            elif ord(option[0]) > 127: mine['measure'] = option
            else: raise SystemExit('nouns.txt:%d: %r' % (number, option))
        key = slug(label)
        if mine['face']:
            plain_en, plain_zh = english, zh
            english, zh = face(english, zh)
            if mine['face'] == 'H':
                english, zh = english + plain_en, zh + plain_zh
            mine['measure'] = '个'
        names = [name for name, _ in SETS if key in icons[name]['icons']]
        if not names:
            raise SystemExit('nouns.txt:%d: no set draws %r' % (number, key))
        countable = not mine['mass'] and not english[0].startswith('~')
        many = (many or plural(english[0])) if countable else ''
        if mine['face'] and countable:
            many = plural(english[0])
        for seen, words in ((seen_en, english[:1]), (seen_zh, zh[:1])):
            for word in words:
                if word in seen:
                    raise SystemExit('nouns.txt:%d: %r is also said of %s' % (number, word, seen[word]))
                seen[word] = key
        if mine['mass']:
            english = [w if w.startswith('~') else '~' + w for w in english]
        rows.append([key, '|'.join(english), many, '|'.join(zh), mine['measure'], group, mine['place'], mine['size'],
                     mine['common'] or 'rare', ','.join(names)])
        for name in names:
            icon = icons[name]['icons'][key]
            width = icon.get('width', icons[name].get('width', 16))
            height = icon.get('height', icons[name].get('height', 16))
            drawn[name][key] = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d">%s</svg>' % (
                width, height, minified(icon['body'], 2 if width > 100 else 3))
    os.makedirs(out, exist_ok=True)
    with open(os.path.join(out, 'nouns.tsv'), 'w', encoding='utf-8') as f:
        f.write('key\tenglish\tplural\tchinese\tmeasure\tgroup\tplace\tsize\tfrequency\tsets\n')
        for row in rows:
            f.write('\t'.join(row) + '\n')
    for name, files in drawn.items():
        archive(name, files)
    common = [row[0] for row in rows if row[8] == 'common']
    print(len(rows), 'nouns,', len(common), 'common', {n: len(f) for n, f in drawn.items()})


def archive(name, files):
    """A tar of the drawings, the same bytes for the same drawings."""
    with gzip.GzipFile(os.path.join(out, name + '.tar.gz'), 'wb', 9, mtime=0) as packed:
        with tarfile.open(fileobj=packed, mode='w', format=tarfile.USTAR_FORMAT) as tar:
            for key in sorted(files):
                data = files[key].encode()
                info = tarfile.TarInfo(key + '.svg')
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))


if __name__ == '__main__':
    main()
