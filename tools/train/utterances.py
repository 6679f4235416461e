#!/usr/bin/env python3
"""Learns when two quotations are one utterance (src/quote/quote_pair_weights.h), and says how well, on articles that it was not taught with.

    utterances.py --build build/release --data ../shared/data [--write] [--end-to-end]

In: the pairs of variants/pairs_dev.jsonl (same, different), and weak pairs made from the direct quotations of polnear_train.jsonl: a quotation
and a part of it by the same speaker within days are one; two whose longest common run is short, weeks apart or by other people, are two. Weak
pairs count for little (WEAK each); their articles are none of the pairs'.
Features are those of quote_pair.c, printed by bench/utterance_pairs.c. A logistic regression (Newton's method, L2) is fitted; whole numbers of
hundredths are kept.
Held out: FOLDS folds of articles; a pair is tested with the weights of a fold that saw no pair with either of its articles.
--end-to-end: the same with the program built for each fold and scored as score.py does. --write: writes the weights learnt from all.
Python 3 standard library only. The card is utterances.md.
"""
import argparse
import collections
import hashlib
import json
import math
import os
import random
import re
import subprocess
import sys
import datetime

FOLDS, WEAK, L2, SEED = 5, 0.1, 0.5, 7
NAMES = ["bias", "bits shared", "their share of the lighter side", "bits of the longest run", "words of it", "breaks", "same speaker", "other speaker",
         "days apart", "days not known"]
HERE = os.path.dirname(os.path.abspath(__file__))
HEADER = os.path.join(HERE, "..", "..", "src", "quote", "quote_pair_weights.h")


def lines(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(x) for x in f if x.strip()]


def day(date):
    return str((datetime.date.fromisoformat(date[:10]) - datetime.date(1970, 1, 1)).days) if date else ""


def clean(text):
    return " ".join(text.split()).strip("\"“”'‘’ ")


def name_in(source):
    """The last name in the words of a source: "he" has none."""
    names = re.findall(r"[A-Z][\w’'-]+(?: (?:[A-Z]\. )?[A-Z][\w’'-]+)*", source or "")
    names = [x for x in names if x.lower() not in ("he", "she", "they", "the")]
    return re.sub(r"[’']s$", "", names[-1]) if names else ""


def side(name, date, text):
    name = name_in(name)
    return [name, "1" if name else "0", day(date), clean(text)]


def features(tool, pairs):
    text = "".join("\t".join(a + b) + "\n" for a, b in pairs)
    out = subprocess.run([tool], input=text, capture_output=True, text=True, check=True).stdout
    return [[float(v) for v in x.split("\t")] for x in out.splitlines()]


def solve(A, b):
    n = len(b)
    M = [A[i][:] + [b[i]] for i in range(n)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(M[r][i]))
        M[i], M[p] = M[p], M[i]
        for r in range(n):
            if r != i:
                k = M[r][i] / M[i][i]
                M[r] = [x - k * y for x, y in zip(M[r], M[i])]
    return [M[i][n] / M[i][i] for i in range(n)]


def fit(rows):
    """rows: (features, label, weight)"""
    n = len(NAMES)
    w = [0.0] * n
    for _ in range(30):
        g = [-L2 * (v if i else 0) for i, v in enumerate(w)]
        H = [[(L2 if i == j and i else 0.0) + (1e-6 if i == j else 0) for j in range(n)] for i in range(n)]
        for f, y, c in rows:
            p = 1 / (1 + math.exp(-max(-30, min(30, sum(a * b for a, b in zip(f, w))))))
            for i in range(n):
                g[i] += c * (y - p) * f[i]
                k = c * p * (1 - p) * f[i]
                for j in range(n):
                    H[i][j] += k * f[j]
        step = solve(H, g)
        w = [a + b for a, b in zip(w, step)]
        if max(map(abs, step)) < 1e-6:
            break
    return [round(v, 2) for v in w]


def no_days(rows):
    """The same pairs when nothing is known of the days; 30: PHRASE_BITS of quote_pair.c."""
    return [(f[:8] + [0.0, 30 / (29 + 2 ** f[1])], y, c / 2) for f, y, c in rows]


def same(f, w):
    return f[4] >= 2 and sum(a * b for a, b in zip(f, w)) > 0  # f[4]: three words in a row, else nobody proposes it


def f1(hits):
    tp = sum(y and p for y, p in hits)
    fp = sum(p and not y for y, p in hits)
    fn = sum(y and not p for y, p in hits)
    P, R = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
    return f"P {100*P:.1f} R {100*R:.1f} F1 {100*2*P*R/max(P+R, 1e-9):.1f}"


def fold_of(doc):
    return int(hashlib.sha1(doc.encode()).hexdigest(), 16) % FOLDS


def weak_pairs(data, used):
    rng = random.Random(SEED)
    quotes = []
    for d in lines(os.path.join(data, "quotes", "polnear_train.jsonl")):
        if d["id"] in used or not d["annotations"]:
            continue
        for a in d["annotations"][0]["attributions"]:
            if a["type"] == "direct" and len(a["content"]) == 1 and a["source"]:
                b, e = a["content"][0]
                src = d["text"][a["source"][0][0]:a["source"][0][1]]
                name = name_in(src)
                text = clean(d["text"][b:e])
                if len(text.split()) >= 3 and "\t" not in text:
                    quotes.append((d["id"], d["date"], name, text))
    index = collections.defaultdict(list)
    words = [re.findall(r"\w+", q[3].lower()) for q in quotes]
    for i, w in enumerate(words):
        for k in range(len(w) - 2):
            index[tuple(w[k:k + 3])].append(i)
    seen, out = set(), []
    for ids in index.values():
        for i in ids[:12]:
            for j in ids[:12]:
                if i < j and quotes[i][0] != quotes[j][0] and (i, j) not in seen:
                    seen.add((i, j))
                    a, b = words[i], words[j]
                    run = 0  # longest common run
                    last = [0] * (len(b) + 1)
                    for x in a:
                        row = [0] * (len(b) + 1)
                        for k, y in enumerate(b):
                            if x == y:
                                row[k + 1] = last[k] + 1
                                run = max(run, row[k + 1])
                        last = row
                    apart = abs(int(day(quotes[i][1])) - int(day(quotes[j][1])))
                    other = quotes[i][2] and quotes[j][2] and quotes[i][2].split()[-1] != quotes[j][2].split()[-1]
                    if run <= 4 and (apart > 21 or other):
                        out.append((side(quotes[i][2], quotes[i][1], quotes[i][3]), side(quotes[j][2], quotes[j][1], quotes[j][3]), 0))
    for d, date, name, text in quotes:
        w = text.split()
        if len(w) < 8 or rng.random() > 0.25:
            continue
        n = rng.randint(max(5, len(w) // 3), len(w))
        at = rng.randint(0, len(w) - n)
        part = w[at:at + n]
        if rng.random() < 0.3:
            del part[rng.randrange(len(part))]
        later = (datetime.date.fromisoformat(date) + datetime.timedelta(days=rng.choice([0, 0, 1, 2, 7, 30, 90, 200]))).isoformat()
        out.append((side(name, date, text), side(name if rng.random() < 0.85 else "", later, " ".join(part)), 1))
    return out


def write(w, path):
    with open(path, "w", encoding="utf-8") as f:
        f.write("/* Written by tools/train/utterances.py; tools/train/utterances.md is the card. */\nstatic const float quote_pair_weights[] = {\n")
        for v, name in zip(w, NAMES):
            f.write(f"    {v:.2f}F, /* {name} */\n")
        f.write("};\n")


def end_to_end(args, gold, rows, weights):
    """For each fold the program with its weights; its pairs alone are scored."""
    sys.path.insert(0, os.path.join(args.data, "..", "eval"))
    import score
    texts = score.quote_texts(os.path.join(args.data, "quotes"))
    docs = {r[s]["doc"]: r[s]["date"] for r in gold for s in "ab"}
    articles = os.path.join(args.build, "utterances.docs.jsonl")
    with open(articles, "w", encoding="utf-8") as f:
        for k in sorted(docs):
            f.write(json.dumps({"id": k, "text": texts[k], "published": docs[k]}) + "\n")
    old = open(HEADER, encoding="utf-8").read()
    hits = []
    try:
        for k in range(FOLDS):
            write(weights[k], HEADER)
            subprocess.run(["cmake", "--build", args.build, "--target", "samestory"], check=True, stdout=subprocess.DEVNULL)
            out = subprocess.run([os.path.join(args.build, "samestory"), "quotes", "-q", "--jsonl", articles], capture_output=True, text=True).stdout
            P = {}
            for d in map(json.loads, out.splitlines()):
                P[d["id"]] = [(score.cells(score.to_points(texts[d["id"]], q["content"])), q["utterance"]) for q in d["quotes"]]

            def at(s):
                want = set(range(s["start"], s["end"]))
                n, u = max(((len(c & want), u or "") for c, u in P.get(s["doc"], [])), default=(0, ""), key=lambda x: x[0])
                return u if 2 * n >= len(want) else ""
            for r in gold:
                if fold_of(r["a"]["doc"]) == k:
                    a, b = at(r["a"]), at(r["b"])
                    hits.append((r["label"] == "same", bool(a) and a == b))
    finally:
        with open(HEADER, "w", encoding="utf-8") as f:
            f.write(old)
        subprocess.run(["cmake", "--build", args.build, "--target", "samestory"], check=True, stdout=subprocess.DEVNULL)
    print("held out, the whole program:", f1(hits))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--build", required=True)
    p.add_argument("--data", required=True)
    p.add_argument("--write", action="store_true")
    p.add_argument("--end-to-end", action="store_true")
    args = p.parse_args()
    tool = os.path.join(args.build, "utterance_pairs")
    gold = [r for r in lines(os.path.join(args.data, "variants", "pairs_dev.jsonl")) if r["label"] in ("same", "different")]
    F = features(tool, [(side(r["a"]["gold_source"], r["a"]["date"], r["a"]["text"]), side(r["b"]["gold_source"], r["b"]["date"], r["b"]["text"])) for r in gold])
    used = {r[s]["doc"] for r in gold for s in "ab"}
    weak = weak_pairs(args.data, used)
    W = features(tool, [(a, b) for a, b, _ in weak])
    soft = [(f, y, WEAK) for f, (_, _, y) in zip(W, weak)]
    print(f"{len(gold)} pairs, {sum(y for _, _, y in weak)} weak ones that are one, {sum(not y for _, _, y in weak)} that are two")
    rows = [(f, r["label"] == "same", 1.0) for f, r in zip(F, gold)]
    soft += no_days(soft)
    weights, hits, undated = [], [], []
    for k in range(FOLDS):
        held = {d for r in gold if fold_of(r["a"]["doc"]) == k for d in (r["a"]["doc"], r["b"]["doc"])}
        learn = [x for x, r in zip(rows, gold) if r["a"]["doc"] not in held and r["b"]["doc"] not in held]
        weights.append(fit(learn + no_days(learn) + soft))
        hits += [(y, same(f, weights[k])) for (f, y, _), r in zip(rows, gold) if fold_of(r["a"]["doc"]) == k]
        undated += [(y, same(f, weights[k])) for (f, y, _), r in zip(no_days(rows), gold) if fold_of(r["a"]["doc"]) == k]
    print("held out, pairs as they stand:", f1(hits), " without days:", f1(undated))
    w = fit(rows + no_days(rows) + soft)
    print("taught with all:              ", f1([(y, same(f, w)) for f, y, _ in rows]), " weak:", f1([(y, same(f, w)) for f, y, _ in soft]))
    for v, name in zip(w, NAMES):
        print(f"  {v:7.2f}  {name}")
    if args.end_to_end:
        end_to_end(args, gold, rows, weights)
    if args.write:
        write(w, HEADER)


if __name__ == "__main__":
    main()
