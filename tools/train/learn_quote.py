#!/usr/bin/env python3
"""Learns the network that finds quotations (src/quote/quote_net.h): development only, nothing of it runs in the program.

    learn_quote.py --features BUILD/quote_features --gold polnear_train.jsonl --texts FILE.jsonl... --work FOLDER
                   [--pieces model.zip] [--more FILE.jsonl...] [--avoid GOLD.jsonl] [--trust T] [--out data/quote/model.bin]
                   [--teacher TEACHER.pt] [--wide W]
                   [--hold 6] [--try GOLD.jsonl] [--score FOLDER] [--epochs N] [--rate R] [--drop D] [--seed N] [--batch 4]

Steps: `quote_features` (bench/quote_features.c) prints what the program sees of each token; words that stand in lower case often enough get a
vector of their own, first from their neighbours in all texts and, with --pieces, from the vectors of word pieces of a published model
(a zip of model.safetensors and tokenizer.json); learn_quote.c learns; the numbers are rounded to what the program uses and written.
--more names articles without answers: wider networks (TEACHERS) learn from the answers first, then say what they think of these, all together;
the network of the program's size learns from both. --teacher adds one that teach_quote.py made from the encoder of --pieces (needs torch); each of
the wider networks counts --wide times what it does, 0: they are not asked. Without --features those that stand in FOLDER are taken.
--avoid leaves out those of them that stand in other articles too, such as a development set.
--hold N keeps every N-th article back and tells the figures on them (with --score: the folder of score.py); --hold 0 learns from all. --try tells the
figures on other articles. Teachers that stand in FOLDER are taken from there. Needs numpy, a C compiler with AVX-512 or patience, and about half an hour
of one core.
"""
import argparse
import collections
import json
import os
import subprocess
import struct
import sys
import unicodedata
import zipfile

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
RANGE = 100                         # of 128, the most that a sum of the program can be (32767 / ROW_SCALE), with some to spare for other texts
DEVIATION = 0.15                    # of the first vectors
TEACHERS = [(96, 0.002, 1, [1, 2, 4, 8]), (64, 0.003, 1, [1, 2, 4, 8]), (64, 0.003, 2, [1, 2, 4, 8, 1]), (64, 0.003, 3, [1, 2, 4, 8, 16])]  # width, rate, seed, neighbours
TEACHER_EPOCHS, TEACHER_DROP = 14, 0.2
RUN, SAME = 8, 0.2                  # an article is another's when this part of its runs of so many words stands in it


class Article:
    def __init__(self, name):
        self.id, self.begin, self.end, self.key, self.para, self.rows = name, [], [], [], [], []


def read_features(program, path, work):
    """What the program sees of the tokens of a file of articles."""
    kept = os.path.join(work, os.path.basename(path) + ".features")
    if program is None:
        return parse_features(kept)
    with open(kept, "w", encoding="utf-8") as f:
        subprocess.run([program, path], stdout=f, check=True)
    return parse_features(kept)


def parse_features(kept):
    """Articles of a file that quote_features printed."""
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
    return scaled(U[:, :DIM] * np.sqrt(S[:DIM]))


def scaled(V):
    V = V * (DEVIATION / V[1:].std())
    V[0] = 0
    return V.astype(np.float32)


def spellings(articles, texts, words):
    """How each word is spelt most often, in lower case."""
    wanted, count = set(words), collections.defaultdict(collections.Counter)
    for a in articles:
        raw = texts[a.id].encode("utf-8")
        for b, e, k in zip(a.begin, a.end, a.key):
            if k in wanted:
                count[k][raw[b:e].decode("utf-8", "ignore").lower()] += 1
    return [count[k].most_common(1)[0][0] if k in count else "" for k in words]


def piece_vectors(path, spelt):
    """The mean of the vectors of each word's pieces, longest first; row 0: no word."""
    z = zipfile.ZipFile(path)
    raw = z.read("model.safetensors")
    n = struct.unpack("<Q", raw[:8])[0]
    head = json.loads(raw[8:8 + n])
    at = head[next(k for k in head if "word_embeddings" in k)]
    E = np.frombuffer(raw[8 + n + at["data_offsets"][0]:8 + n + at["data_offsets"][1]], dtype={"F32": np.float32, "F16": np.float16}[at["dtype"]]).reshape(at["shape"]).astype(np.float32)
    vocabulary = json.loads(z.read("tokenizer.json"))["model"]["vocab"]
    V = np.zeros((len(spelt) + 1, E.shape[1]), dtype=np.float32)
    for i, s in enumerate(spelt):
        s = "".join(c for c in unicodedata.normalize("NFD", s) if unicodedata.category(c) != "Mn")
        pieces, x = [], 0
        while x < len(s):
            y = next((y for y in range(len(s), x, -1) if ("##" if x else "") + s[x:y] in vocabulary), None)
            if y is None:
                pieces = []
                break
            pieces.append(vocabulary[("##" if x else "") + s[x:y]])
            x = y
        if pieces:
            V[i + 1] = E[pieces].mean(0)
    known = np.abs(V).sum(1) > 0
    return V - V[known].mean(0) * known[:, None]


def main_parts(M, width):
    U, S, _ = np.linalg.svd(M, full_matrices=False)
    return U[:, :width] * S[:width]


def widths(near, pieces):
    """First vectors of each width, of the neighbours and the pieces with equal weight."""
    if pieces is None:
        return {DIM: near}
    P = main_parts(pieces, 2 * DIM)
    both = np.hstack([near / near.std() * np.sqrt(2), P / P.std()])
    return {w: scaled(main_parts(both, w)) for w in {DIM} | {t[0] for t in TEACHERS}}


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


def without_copies(articles, texts, others):
    """The articles that do not stand in others."""
    def runs(text):
        w = text.split()
        return [" ".join(w[i:i + RUN]) for i in range(len(w) - RUN)]
    seen = {r for t in others for r in runs(t)}
    out = []
    for a in articles:
        r = runs(texts[a.id])
        if len(a.rows) >= RUN and sum(x in seen for x in r) <= SAME * len(r):
            out.append(a)
    return out


def teach(say, articles, index, place):
    """Cues and chances of all teachers together: say(TRY) yields how much each counts and what it says of the articles in TRY. Writes them beside the articles
    in `place`."""
    wide = 2 * WINDOW + 2

    def mean(first):
        total, n = 0, 0
        for weight, path in say(place + ".bin"):
            x, at, n = np.memmap(path, dtype=np.float32, mode="r"), 0, n + weight
            if first:
                total = total + weight * np.array(x).reshape(-1, 3)
                continue
            for a in articles:
                at += 3 * len(a.rows)
                m = 6 * wide * len(a.out)
                a.point += weight * x[at:at + m].reshape(len(a.out), 6 * wide)
                at += m
        return total / n if first else n
    for a in articles:
        a.out = []
    write_articles(place + ".bin", articles, index)
    tags, at = mean(True), 0
    for a in articles:
        a.tag = tags[at:at + len(a.rows)]
        at += len(a.rows)
        k = a.tag.argmax(1)
        i = 0
        while i < len(k):
            j = i + 1
            if k[i]:
                while j < len(k) and k[j] == 2:
                    j += 1
                a.out.append([i, j] + [-1] * 6)
            i = j
        a.point = np.zeros((len(a.out), 6 * wide), dtype=np.float32)
    write_articles(place + ".bin", articles, index)
    n = mean(False)
    with open(place + ".soft", "wb") as f:
        for a in articles:
            np.array([len(a.rows), len(a.out)], dtype=np.int32).tofile(f)
            np.rint(a.tag * 65535).astype(np.uint16).tofile(f)
            np.rint(a.point / n * 65535).astype(np.uint16).tofile(f)


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


def in_range(raw, words, articles):
    """The same network with units that keep to the 16 bits of the program: where what a cue asks for, or what a token offers, is larger in any of the
    articles, the unit is halved until it fits, and what is made of it doubled. Without it such sums are cut off, and the program does worse than what was learnt."""
    at, parts = 0, []
    for shape in [(len(words) + 1, DIM), (FEATURE_N, DIM)] + [(3, DIM, DIM), (DIM,)] * len(FAR) + \
            [(DIM, 16), (16,), (DIM, POINT), (POINT,), (2 * DIM, POINT), (POINT,), (2 * WINDOW + 1, POINT), (6, POINT), (6,), (3, POINT), (3,)]:
        parts.append(raw[at:at + int(np.prod(shape))].reshape(shape))
        at += parts[-1].size
    word, row, layers = parts[0], parts[1], parts[2:2 + 2 * len(FAR)]
    _, _, offer, offer_b, ask, ask_b, far, say, _, none, _ = parts[2 + 2 * len(FAR):]
    index, most, vector = {k: i + 1 for i, k in enumerate(words)}, np.zeros(POINT), 0
    for a in articles:
        x = np.stack([word[index.get(k, 0)] + row[r].sum(0) for k, r in zip(a.key, a.rows)])
        n = len(x)
        for f, w, b in zip(FAR, layers[::2], layers[1::2]):
            p = np.pad(x, ((f, f), (0, 0)))
            x = x + np.maximum(p[:n] @ w[0] + p[f:f + n] @ w[1] + p[2 * f:] @ w[2] + b, 0)
        vector = max(vector, np.abs(x).max())
        asked = np.abs(x @ ask[:DIM] + ask_b).max(0) + np.abs(x @ ask[DIM:]).max(0)
        most = np.maximum(most, np.maximum(asked, np.abs(x @ offer + offer_b).max(0)))
    less = np.exp2(np.maximum(0, np.ceil(np.log2(most / RANGE)))).astype(np.float32)
    for v in (offer, offer_b, ask, ask_b, far):
        v /= less
    for v in (say, none):
        v *= less
    print(f"largest number of a token {vector:.0f}, of a unit {most.max():.0f}, of {RANGE}", file=sys.stderr)
    if vector > RANGE:
        print("numbers of tokens too large: learn with a lower rate", file=sys.stderr)
    return raw


def pack(numbers, words, path, articles):
    """The numbers as the program reads them: whole, weights in pairs of inputs."""
    raw, at = in_range(np.fromfile(numbers, dtype=np.float32), words, articles), 0

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
    parser.add_argument("--features")
    parser.add_argument("--gold", required=True)
    parser.add_argument("--texts", nargs="*", default=[])
    parser.add_argument("--work", required=True)
    parser.add_argument("--pieces")
    parser.add_argument("--more", nargs="*", default=[])
    parser.add_argument("--avoid")
    parser.add_argument("--trust", type=float, default=0.6)
    parser.add_argument("--teacher")
    parser.add_argument("--wide", type=float, default=1)
    parser.add_argument("--score")
    parser.add_argument("--out")
    parser.add_argument("--try", dest="other")
    parser.add_argument("--hold", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--rate", type=float, default=0.003)
    parser.add_argument("--drop", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=4, help="articles a step; 8 and --rate 0.0022 with many short ones")
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

    def texts_of(*paths):
        out = {}
        for path in paths:
            with open(path, encoding="utf-8") as f:
                out.update((d["id"], d["text"]) for d in map(json.loads, f))
        return out

    train = articles_of(args.gold)
    if not os.path.exists(file("words.npz")):
        read = [(p, read_features(args.features, p, args.work)) for p in args.texts]
        texts = train + [a for _, r in read for a in r]
        words = vocabulary(texts)
        vectors = first_vectors(texts, {k: i + 1 for i, k in enumerate(words)})
        pieces = piece_vectors(args.pieces, spellings(texts, texts_of(args.gold, *args.texts), words)) if args.pieces else None
        np.savez(file("words.npz"), words=np.array(words, dtype=np.uint32), **{f"v{w}": v for w, v in widths(vectors, pieces).items()})
    kept = np.load(file("words.npz"))
    words = kept["words"].tolist()
    for name in kept.files:
        if name != "words":
            kept[name].tofile(file(name + ".f32"))
    index = {k: i + 1 for i, k in enumerate(words)}
    held = articles_of(args.other) if args.other else train[::args.hold] if args.hold else train[:1]
    part = train if args.other or not args.hold else [a for i, a in enumerate(train) if i % args.hold]

    def learn(width, learn_from, heard, model, out, epochs, rate, drop, seed, far, soft=None):
        """EPOCHS 0: the model says what it thinks of `heard`."""
        program = file(f"learn_quote{width}_{args.batch}")
        if not os.path.exists(program):
            subprocess.run(["cc", "-O3", "-march=native", "-mprefer-vector-width=512", "-ffast-math", f"-DDIM={width}", f"-DPOINT={POINT}", f"-DBATCH={args.batch}", "-o", program,
                            os.path.join(HERE, "learn_quote.c"), "-lm"], check=True)
        environment = dict(os.environ, LEARN_TRUST=str(args.trust), **({"LEARN_SOFT": soft} if soft else {}))
        subprocess.run([program, learn_from, heard, model, out] + [str(x) for x in (epochs, rate, drop, seed, file(f"v{width}.f32"), *far)], check=True, env=environment)

    write_articles(file("learn.bin"), part, index)
    write_articles(file("held.bin"), held, index)
    soft = None
    if args.more:
        asked = TEACHERS if args.wide or not args.teacher else []
        for k, (width, rate, seed, far) in enumerate(asked):
            if not os.path.exists(file(f"teacher{k}.f32")):
                learn(width, file("learn.bin"), file("held.bin"), file(f"teacher{k}.f32"), file(f"teacher{k}.txt"), TEACHER_EPOCHS, rate, TEACHER_DROP, seed, far)

        def say(heard):
            for k, (width, rate, seed, far) in enumerate(asked):
                learn(width, file("held.bin"), heard, file(f"teacher{k}.f32"), file("teacher.said"), 0, rate, 0, seed, far)
                yield args.wide or 1, file("teacher.said")
            if heard_by:
                heard_by.write(file("teacher.said"))
                yield 1, file("teacher.said")
        others = list(texts_of(args.avoid).values()) if args.avoid else []
        gold = texts_of(args.gold)
        others += [gold[a.id] for a in held if a.id in gold] if args.hold and not args.other else []
        more, texts = [], []
        for p in args.more:
            of = texts_of(p)
            more += without_copies(read_features(args.features, p, args.work), of, others)
            texts += [of[a.id] for a in more[len(texts):]]
        heard_by = None
        if args.teacher:
            import teach_quote
            heard_by = teach_quote.Heard(teach_quote.teacher_of(args.pieces, args.teacher), more, texts, teach_quote.Pieces(args.pieces))
        teach(say, more, index, file("more"))
        soft = file("more.soft")
        write_articles(file("learn.bin"), more + part, index)
    learn(DIM, file("learn.bin"), file("held.bin"), file("model.f32"), file("answers.txt"), args.epochs, args.rate, args.drop, args.seed, FAR, soft)
    if args.score:
        sys.path.insert(0, args.score)
        import score
        print(f"{len(held)} articles:", figures(file("answers.txt"), held, score))
    if args.out:
        pack(file("model.f32"), words, args.out, train)


if __name__ == "__main__":
    main()
