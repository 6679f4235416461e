#!/usr/bin/env python3
"""Learns whom "he" and "she" mean when they speak (src/quote/quote_pronoun_weights.h), and says how well, on articles that it was not taught with.

    speakers.py --build build/release --articles ARTICLES.jsonl --answers ANSWERS.jsonl [--write]

ANSWERS: a row a source, as in speakers_dev.jsonl: doc, source (code points), source_text, name; rows whose source is not "he" or "she", or whose name is
none of the candidates, are passed over. Candidates and their features are those of quote_pronoun.c, printed by bench/speaker_features.c.
A choice among the candidates (softmax), L2 around PRIOR; whole numbers of hundredths are kept. Since the pronouns on the way are decided by the weights too,
--write is to be repeated with a program built anew until nothing changes much.
Held out: FOLDS folds of articles. Python 3 standard library only. The card is speakers.md.
"""
import argparse
import collections
import json
import math
import os
import re
import subprocess
import sys

FOLDS, L2, STEPS, RATE = 7, 1.5, 1500, 0.5
# What was chosen by hand before any answers were there: the weights are drawn to these, not to nothing, so that what few answers show stays sound.
PRIOR = [3, 3, 1.5, .5, -.5, 0, -.5, -1, -2, 1, .5, 1.5, -1, -.5, .5, 2, 1, 0, .5, 1, 2, -2, -2, -2, -6, .2, -.5, 1, 1]
HERE = os.path.dirname(os.path.abspath(__file__))
HEADER = os.path.join(HERE, "..", "..", "src", "quote", "quote_pronoun_weights.h")


def lines(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(x) for x in f if x.strip()]


def words(name):
    return re.findall(r"\w+", name.lower())


def same(a, b):
    """One name with or without initials and Jr between or behind."""
    a, b = words(a), words(b)
    return bool(a and b) and (a == b or (len(a) > 1 and len(b) > 1 and (a[0], a[-1]) == (b[0], b[-1])))


def rows(tool, articles, answers):
    out = subprocess.run([tool, articles], stdout=subprocess.PIPE, check=True).stdout.decode()
    found, key = collections.OrderedDict(), None
    for line in out.splitlines():
        if line.startswith("# "):
            doc, byte = line[2:].rsplit("\t", 1)
            key = (doc, int(byte))
            found[key] = []
        else:
            name, values = line.rsplit("\t", 1)
            found[key].append((name, [int(x) for x in values.split()]))
    texts = {r["id"]: r["text"] for r in lines(articles)}
    kept, lost = [], 0
    for a in lines(answers):
        if a["source_text"].lower() not in ("he", "she"):
            continue
        byte = len(texts[a["doc"]][:a["source"][0][0]].encode())
        candidates = found.get((a["doc"], byte))
        if candidates is None:
            lost += 1
            continue
        right = [i for i, (name, _) in enumerate(candidates) if same(name, a["name"])]
        kept.append((a["doc"], right[0] if right else None, [x for _, x in candidates]))
    return kept, lost


def fit(data, n):
    w = list(PRIOR)
    data = [r for r in data if r[1] is not None and len(r[2]) > 1]
    velocity = [0.0] * n
    for _ in range(STEPS):
        g = [-L2 * (x - p) / len(data) for x, p in zip(w, PRIOR)]
        for _, right, cs in data:
            z = [sum(a * b for a, b in zip(w, c)) for c in cs]
            top = max(z)
            e = [math.exp(x - top) for x in z]
            s = sum(e)
            for i, c in enumerate(cs):
                d = ((i == right) - e[i] / s) / len(data)
                if abs(d) > 1e-9:
                    for k, v in enumerate(c):
                        if v:
                            g[k] += d * v
        moved = 0.0
        for k in range(n):
            velocity[k] = 0.9 * velocity[k] + RATE * g[k]
            w[k] += velocity[k]
            moved = max(moved, abs(velocity[k]))
        if moved < 1e-4:
            break
    return w


def rights(data, w):
    """(decided rightly among those whose answer is a candidate, of how many, all)"""
    ok = sum(1 for _, right, cs in data if right is not None and
             max(range(len(cs)), key=lambda i: (sum(a * b for a, b in zip(w, cs[i])), -i)) == right)
    return ok


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for x in ("--build", "--articles", "--answers"):
        p.add_argument(x, required=True)
    p.add_argument("--write", action="store_true")
    a = p.parse_args()
    data, lost = rows(os.path.join(a.build, "speaker_features"), a.articles, a.answers)
    with open(HEADER, encoding="utf-8") as f:
        text = f.read()
    entries = re.findall(r"(-?\d+), +/\* (.*?) \*/", text)
    n = len(entries)
    now = [int(x) / 100 for x, _ in entries]
    docs = sorted({r[0] for r in data})
    fold = {d: i % FOLDS for i, d in enumerate(docs)}
    held = sum(rights([r for r in data if fold[r[0]] == k], fit([r for r in data if fold[r[0]] != k], n)) for k in range(FOLDS))
    w = fit(data, n)
    print(f"{len(data)} pronouns ({lost} not found), {sum(r[1] is None for r in data)} whose answer is no candidate")
    print(f"right: as it is {rights(data, now)}, held out {held}, taught with all and tried on the same {rights(data, w)}")
    whole = [round(100 * x) for x in w]
    for x, (old, name) in zip(whole, entries):
        print(f"  {x:6d}  was {old:>5}  {name}")
    if a.write:
        body = "".join(f"    {str(x) + ',':<6}/* {name} */\n" for x, (_, name) in zip(whole, entries))
        with open(HEADER, "w", encoding="utf-8") as f:
            f.write(text[:text.index("{") + 2] + body + "};\n")


if __name__ == "__main__":
    sys.exit(main())
