#!/usr/bin/env python3
"""Learns the network that finds quotations (src/quote/quote_net.h): development only, nothing of it runs in the program.

    learn_quote.py --features BUILD/quote_features --gold polnear_train.jsonl --texts FILE.jsonl... --work FOLDER
                   [--out data/quote/model.bin] [--hold 6] [--try GOLD.jsonl] [--score FOLDER] [--epochs N] [--rate R] [--drop D] [--seed N]

Steps: `quote_features` (bench/quote_features.c) prints what the program sees of each token; words that stand in lower case often enough get a
vector of their own, first from their neighbours in all texts; learn_quote.c learns; the numbers are rounded to what the program uses and
written. --hold N keeps every N-th article back and tells the figures on them (with --score: the folder of score.py); --hold 0 learns from all. --try tells the
figures on other articles. Needs numpy, a C compiler with AVX-512 or patience, and about ten minutes of one core.
"""
import argparse
import collections
import json
import os
import subprocess
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
FEATURE_N = 1478                    # of src/quote/quote_net.h
ROWS = 24                           # FEATURE_ROWS_MAX
DIM, POINT, HEADS, TAGS, WINDOW = 48, 32, 8, 8, 64
FAR = [1, 2, 4, 8]                  # neighbours of the layers
WORD_MIN = 3                        # times that a word must stand in the texts, in lower case, to have a vector of its own
CONTEXTS = 3000                     # the most frequent words, as neighbours
NUMBER, UPPER = 2, 2                # kind - 1 of a number, TOKF_UPPER
WORD_SCALE, ROW_SCALE, WEIGHT_SCALE = 32, 256, 1024
DEVIATION = 0.15                    # of the first vectors


class Article:
    def __init__(self, name):
        self.id, self.begin, self.end, self.key, self.para, self.rows = name, [], [], [], [], []


def read_features(program, path, work):
    """What the program sees of the tokens of a file of articles."""
    kept = os.path.join(work, os.path.basename(path) + ".features")
    with open(kept, "w", encoding="utf-8") as f:
        subprocess.run([program, path], stdout=f, check=True)
    out = []
    with open(kept, encoding="utf-8") as f:
        for line in f:
            if line[0] == "#":
                out.append(Article(line[2:].rsplit("\t", 1)[0]))
                continue
            a = out[-1]
            b, e, k, p, r = line.split(" ")
            a.begin.append(int(b))
            a.end.append(int(e))
            a.key.append(int(k, 16))
            a.para.append(int(p))
            a.rows.append([int(x) for x in r.split(",")])
    for a in out:
        a.begin, a.end = np.array(a.begin, dtype=np.int64), np.array(a.end, dtype=np.int64)
    return out


def vocabulary(articles):
    """Words that stand in lower case WORD_MIN times and in a third of their places: no names, no numbers."""
    low, all_ = collections.Counter(), collections.Counter()
    for a in articles:
        for k, r in zip(a.key, a.rows):
            if r[0] >> 4 != NUMBER:
                all_[k] += 1
                low[k] += not r[0] & UPPER
    return sorted((k for k, n in low.items() if n >= WORD_MIN and n * 3 >= all_[k]), key=lambda k: (-all_[k], k))


def first_vectors(articles, index):
    """Vectors of words by their two neighbours on either side: positive pointwise mutual information, singular vectors."""
    n, width = len(index) + 1, CONTEXTS + 1
    M = np.zeros((n, 4 * width), dtype=np.float32)
    for a in articles:
        w = np.array([index.get(k, 0) for k in a.key], dtype=np.int64)
        c = np.where(w <= CONTEXTS, w, 0)
        for j, off in enumerate((-2, -1, 1, 2)):
            x, y = (w[-off:], c[:off]) if off < 0 else (w[:-off], c[off:])
            np.add.at(M, (x, y + j * width), 1.0)
    M[0] = 0
    r, c = M.sum(1, keepdims=True) + 1e-9, (M.sum(0, keepdims=True) + 1e-9) ** 0.75
    c *= M.sum() / c.sum()
    M = np.log(np.maximum(M * M.sum() / (r * c), 1.0))
    rng = np.random.default_rng(1)
    Q = rng.standard_normal((M.shape[1], DIM + 12)).astype(np.float32)
    for _ in range(4):
        Q, _ = np.linalg.qr(M.T @ np.linalg.qr(M @ Q)[0])
    U, S, _ = np.linalg.svd(M @ Q, full_matrices=False)
    V = U[:, :DIM] * np.sqrt(S[:DIM])
    V *= DEVIATION / V.std()
    V[0] = 0
    return V.astype(np.float32)


def to_bytes(text):
    at = np.zeros(len(text) + 1, dtype=np.int64)
    at[1:] = np.cumsum([len(c.encode("utf-8")) for c in text])
    return at


def answers(a, d):
    """Attributions of article d as tokens: cue, source, content in front of the cue, content behind it; (-1, -1): none."""
    at, out = to_bytes(d["text"]), []
    a.points_begin, a.points_end = np.searchsorted(at, a.begin), np.searchsorted(at, a.end)

    def tokens(b, e):
        x, y = int(np.searchsorted(a.end, at[b], side="right")), int(np.searchsorted(a.begin, at[e], side="left"))
        return (x, y) if x < y else None

    a.gold = d["annotations"][0]["attributions"]
    for q in a.gold:
        cue = q["content"] and q["cue"] and tokens(q["cue"][0][0], q["cue"][-1][1])
        if not cue:
            continue
        source = tokens(q["source"][0][0], q["source"][-1][1]) if q["source"] else None
        side = [None, None]
        for b, e in q["content"]:
            s = tokens(b, e)
            if not s:
                continue
            k = int(s[0] >= cue[0])
            s = (max(s[0], cue[1]), s[1]) if k else (s[0], min(s[1], cue[0]))
            if s[0] < s[1]:
                side[k] = (min(side[k][0], s[0]), max(side[k][1], s[1])) if side[k] else s
        out.append([x for s in (cue, source, side[0], side[1]) for x in (s or (-1, -1))])
    return out


def write_articles(path, articles, index):
    with open(path, "wb") as f:
        np.array([len(articles), len(index), FEATURE_N], dtype=np.int32).tofile(f)
        for a in articles:
            rows = np.zeros((len(a.rows), ROWS), dtype=np.int16)
            for i, r in enumerate(a.rows):
                rows[i, :len(r)] = r
            np.array([len(a.rows), len(a.out)], dtype=np.int32).tofile(f)
            np.array([index.get(k, 0) for k in a.key], dtype=np.int32).tofile(f)
            np.array(a.para, dtype=np.int32).tofile(f)
            np.array([len(r) for r in a.rows], dtype=np.int32).tofile(f)
            rows.tofile(f)
            np.array(a.out, dtype=np.int32).tofile(f)


def figures(path, articles, score):
    """Exact spans by role, and overlaps, of what learn_quote.c wrote."""
    said = collections.defaultdict(list)
    with open(path, encoding="utf-8") as f:
        for line in f:
            x = line.split()
            said[int(x[0])].append([int(v) for v in x[1:9]])
    exact, near = {r: [0, 0, 0] for r in ("content", "source", "cue")}, np.zeros(5)
    for i, a in enumerate(articles):
        def span(x, y):
            return [[int(a.points_begin[x]), int(a.points_end[y - 1])]] if 0 <= x < y <= len(a.rows) else []
        mine = [{"cue": span(*x[:2]), "source": span(*x[2:4]), "content": span(*x[4:6]) + span(*x[6:8])} for x in said[i]]
        mine = [q for q in mine if q["content"]]
        gold = [q for q in a.gold if q["content"]]
        for r, v in exact.items():
            g, p = ({tuple(map(tuple, q[r])) for q in s if q[r]} for s in (gold, mine))
            v[0] += len(g & p)
            v[1] += len(p - g)
            v[2] += len(g - p)
        near += score.ggt(gold, mine, 0.3)
    p, r, f1 = score.prf(*near[:3])
    return " ".join(f"{r} {100 * score.prf(*v)[2]:.1f}" for r, v in exact.items()) + \
        f"  overlap > 0.3: P {100 * p:.1f} R {100 * r:.1f} F1 {100 * f1:.1f}, source {100 * near[3] / near[0]:.1f}, cue {100 * near[4] / near[0]:.1f}"


def pack(numbers, words, path):
    """The numbers as the program reads them: whole, weights in pairs of inputs."""
    raw, at = np.fromfile(numbers, dtype=np.float32), 0

    def take(*shape):
        nonlocal at
        n = int(np.prod(shape))
        at += n
        return raw[at - n:at].reshape(shape)

    def whole(x, scale, kind):
        low, high = np.iinfo(kind).min, np.iinfo(kind).max
        return np.clip(np.rint(x * scale), low + (kind == np.int8), high).astype(kind)

    def pairs(w, outputs):
        """w[in][out] -> [in / 2][outputs][2]; no sum of products may leave 32 bits."""
        w = np.pad(w, ((0, 0), (0, outputs - w.shape[1])))
        x = whole(w, WEIGHT_SCALE, np.int16)
        most = int(np.abs(x.astype(np.int64)).sum(0).max())
        if most * 32768 >= 2 ** 30:
            print(f"weights too large: {most}", file=sys.stderr)
        return x.reshape(len(x) // 2, 2, outputs).transpose(0, 2, 1).copy()

    def biased(b, outputs, half=True):
        b = np.pad(b, (0, outputs - len(b)))
        return (np.rint(b.astype(np.float64) * ROW_SCALE * WEIGHT_SCALE) + (WEIGHT_SCALE // 2 if half else 0)).astype(np.int32)

    with open(path, "wb") as f:
        np.array([0x31515353, len(words), FEATURE_N, DIM, POINT, HEADS, TAGS, WINDOW, len(FAR)] + FAR, dtype=np.int32).tofile(f)
        np.array([0] + words, dtype=np.uint32).tofile(f)
        whole(take(len(words) + 1, DIM), WORD_SCALE, np.int8).tofile(f)
        whole(take(FEATURE_N, DIM), ROW_SCALE, np.int16).tofile(f)
        for _ in FAR:
            pairs(take(3 * DIM, DIM), DIM).tofile(f)
            biased(take(DIM), DIM).tofile(f)
        tags, tags_b = take(DIM, 16), take(16)
        pairs(tags[:, :TAGS], TAGS).tofile(f)
        biased(tags_b[:TAGS], TAGS, False).tofile(f)
        pairs(take(DIM, POINT), POINT).tofile(f)
        biased(take(POINT), POINT).tofile(f)
        ask = take(2 * DIM, POINT)
        pairs(ask[:DIM], POINT).tofile(f)
        pairs(ask[DIM:], POINT).tofile(f)
        biased(take(POINT), POINT).tofile(f)
        biased(np.zeros(POINT), POINT).tofile(f)
        whole(take(2 * WINDOW + 1, POINT), ROW_SCALE, np.int16).tofile(f)
        say, say_b = take(6, POINT), take(6)
        pairs(say.T, HEADS).tofile(f)
        biased(say_b, HEADS, False).tofile(f)
        whole(take(3, POINT), WEIGHT_SCALE, np.int16).tofile(f)
        biased(take(3), 3, False).tofile(f)
    if at != len(raw):
        sys.exit(f"{numbers}: {len(raw) - at} numbers are left over")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--features", required=True)
    parser.add_argument("--gold", required=True)
    parser.add_argument("--texts", nargs="*", default=[])
    parser.add_argument("--work", required=True)
    parser.add_argument("--score")
    parser.add_argument("--out")
    parser.add_argument("--try", dest="other")
    parser.add_argument("--hold", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--rate", type=float, default=0.003)
    parser.add_argument("--drop", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    os.makedirs(args.work, exist_ok=True)

    def articles_of(path):
        out = read_features(args.features, path, args.work)
        with open(path, encoding="utf-8") as f:
            gold = {d["id"]: d for d in map(json.loads, f)}
        for a in out:
            a.out = answers(a, gold[a.id])
        return out

    def file(name):
        return os.path.join(args.work, name)

    train = articles_of(args.gold)
    if not os.path.exists(file("words.npz")):
        texts = train + [a for p in args.texts for a in read_features(args.features, p, args.work)]
        words = vocabulary(texts)
        vectors = first_vectors(texts, {k: i + 1 for i, k in enumerate(words)})
        np.savez(file("words.npz"), words=np.array(words, dtype=np.uint32), vectors=vectors)
    kept = np.load(file("words.npz"))
    words = kept["words"].tolist()
    kept["vectors"].tofile(file("vectors.f32"))
    index = {k: i + 1 for i, k in enumerate(words)}
    held = articles_of(args.other) if args.other else train[::args.hold] if args.hold else train[:1]
    part = train if args.other or not args.hold else [a for i, a in enumerate(train) if i % args.hold]
    write_articles(file("learn.bin"), part, index)
    write_articles(file("held.bin"), held, index)
    subprocess.run(["cc", "-O3", "-march=native", "-mprefer-vector-width=512", "-ffast-math", f"-DDIM={DIM}", f"-DPOINT={POINT}", "-o", file("learn_quote"),
                    os.path.join(HERE, "learn_quote.c"), "-lm"], check=True)
    subprocess.run([file("learn_quote"), file("learn.bin"), file("held.bin"), file("model.f32"), file("answers.txt"), str(args.epochs), str(args.rate),
                    str(args.drop), str(args.seed), file("vectors.f32")] + [str(x) for x in FAR], check=True)
    if args.score:
        sys.path.insert(0, args.score)
        import score
        print(f"{len(held)} articles:", figures(file("answers.txt"), held, score))
    if args.out:
        pack(file("model.f32"), words, args.out)


if __name__ == "__main__":
    main()
