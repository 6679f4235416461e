#!/usr/bin/env python3
"""Makes data/background/words.tsv: in how large a share of documents a word stands.

    tools/gen_background.py ../shared/data > data/background/words.tsv

in      the development sets: news articles, posts, bills, saved pages, titles (JSON Lines; pages as HTML)
out     "# documents N", then word<TAB>df in byte order; words of fewer than MIN_DF documents are left out

A word's df is that of the language where it is most common, scaled to N documents, so that "der" counts as frequent
although most documents are English. Titles alone are too short to count as a document: TITLES_A_DOCUMENT of them,
in the order of the file, are one. The same text twice counts once. Python 3 standard library only.
"""
import collections
import glob
import gzip
import html.parser
import json
import os
import re
import sys

MIN_DF = 5              # below it a word says more about the sets than about the language
MIN_LANGUAGE = 60       # documents; smaller languages are counted over all documents
TITLES_A_DOCUMENT = 8   # more would hold most topics of a set at once
SMALL = 100             # documents added to each language: shares in a few documents are trusted less
WITH_TEXT = ("fundus_pubs", "scrapinghub", "naeb", "readability", "newspaper3k")  # sets whose answers hold the text
MIN_WORDS = 40          # shorter texts are collected like titles

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
CLITIC = re.compile(r"'(?:s|d|ll|ve|re|m)$")

# The most frequent short words of a language, to tell languages apart; each word in one language only.
MARKS = {
    "en": "the and of that with was for",
    "de": "der und das nicht mit ist den von",
    "fr": "les des est dans une pour qui sur",
    "es": "los del las por con para una el",
    "it": "della che di per gli nel sono il",
    "nl": "het een van voor niet zijn dat op",
    "ru": "и в не на что по с как",
    "pl": "się nie na jest że do",
    "tr": "ve bir bu için ile",
    "pt": "não uma os dos em ao",
    "sv": "och att som för med av",
    "no": "og det til av ikke på",
    "da": "og det til af ikke på",
}
MARKS = {k: frozenset(v.split()) for k, v in MARKS.items()}


def words(text):
    for w in WORD.findall(text.lower().replace("’", "'")):
        yield CLITIC.sub("", w)


def language(counted):
    best = max(sorted(MARKS), key=lambda k: sum(counted[w] for w in MARKS[k]))
    return best if sum(counted[w] for w in MARKS[best]) * 40 >= sum(counted.values()) else "other"


class Text(html.parser.HTMLParser):
    """The visible text of a page, roughly."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.out, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ("script", "style", "noscript", "template")

    def handle_endtag(self, tag):
        if tag in ("script", "style", "noscript", "template") and self.hidden:
            self.hidden -= 1

    def handle_data(self, data):
        if not self.hidden:
            self.out.append(data)


def jsonl(path):
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.strip():
                yield json.loads(line)


def texts(root):
    for name in ("stories/*.jsonl", "quotes/polnear_train.jsonl", "reuse/*.jsonl", "pages/*/truth.jsonl"):
        for path in sorted(glob.glob(os.path.join(root, name))):
            for row in jsonl(path):
                for part in (row, row.get("a"), row.get("b")):
                    if isinstance(part, dict):
                        yield "\n".join(str(part.get(k) or "") for k in ("title", "text"))
    for path in sorted(glob.glob(os.path.join(root, "pages/*/html/*.gz"))):
        if path.split(os.sep)[-3] in WITH_TEXT:
            continue
        with gzip.open(path, "rb") as f:
            page = Text()
            page.feed(f.read().decode("utf-8", "replace"))
        yield " ".join(page.out)


def main():
    df = collections.defaultdict(collections.Counter)
    total, seen, short = collections.Counter(), set(), collections.defaultdict(list)

    def add(counted):
        lang = language(counted)
        total[lang] += 1
        df[lang].update(counted.keys())

    for text in texts(sys.argv[1]):
        if text in seen:
            continue
        seen.add(text)
        counted = collections.Counter(words(text))
        n = sum(counted.values())
        if n >= MIN_WORDS:
            add(counted)
        elif n:
            pile = short[language(counted)]
            pile.append(counted)
            if len(pile) == TITLES_A_DOCUMENT:
                add(sum(pile, collections.Counter()))
                pile.clear()
    everything = sum(total.values())
    share, count = collections.Counter(), collections.Counter()
    for lang in sorted(df):
        for w, n in df[lang].items():
            count[w] += n
            if total[lang] >= MIN_LANGUAGE:
                share[w] = max(share[w], n / (total[lang] + SMALL))
    print(f"# documents {everything}")
    for w in sorted(count, key=lambda w: w.encode()):
        if count[w] >= MIN_DF and len(w.encode()) <= 40:
            print(f"{w}\t{max(count[w], round(share[w] * everything))}")
    print("documents by language:", dict(total.most_common()), file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main()
