#!/usr/bin/env python3
"""Learns which blocks of a page are its article (data/page/model.txt), and says how well, on hosts that it was not taught with.

    learn_page.py --features BUILD/page_features --pages ../shared/data/pages --rows ../shared/eval/pages.py [--out data/page/model.txt]

In: the sets of pages whose truth has the article's text, or snippets with and without (weak labels). A block is prose when at least half
of its runs of four words stand in the text of the answer; a shorter one when it stands there between the same neighbours. Of copies on a
page as many are prose as the answer has. Blocks weigh by words, pages by the root of their length.
Two rounds of boosted trees (LightGBM, one thread, fixed seed): the second sees the features and what the first says of a block's
surroundings; in learning, the first round's scores are of folds by host that did not hold the page. All numbers are whole, so that
the program and this script agree on every machine.
Prints F1 as the scorer of pages does: held out (five folds by host) and on all.
Needs numpy and lightgbm. The only script here that is not needed to build the program.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys
import zlib

import lightgbm
import numpy

FOLDS = 5
WITH_TEXT = ["scrapinghub", "naeb", "fundus_pubs", "readability", "newspaper3k"]
WITH_SNIPPETS = ["trafilatura"]
TWO_PART = {"co", "com", "org", "net", "gov", "ac", "edu"}
SECOND = ["own", "previous", "previous2", "next", "next2", "window", "like", "box1", "box2", "best", "taken", "taken_before", "taken_after",
          "gap_before", "gap_after"]
NOTE_WORDS = 60           # shorter answers are notes on a page, not its text: nothing is learnt from them
WINDOW, GAP_MOST = 4, 50  # as in page_judge.c
SCALE = 100               # scores are hundredths of a logit
SURE, DOUBT = 300, 0.2    # answers that end early or hold a page's notes: where trees that did not see the page are so sure of the contrary, they weigh less
PARAMETERS = dict(objective="binary", learning_rate=0.1, min_data_in_leaf=40, feature_fraction=0.5, bagging_fraction=0.8, bagging_freq=1,
                  seed=1, verbose=-1, num_threads=1, deterministic=True, force_col_wise=True, max_bin=63, lambda_l2=5)


def tokens(text):
    return re.findall(r"\w+", text.lower())


def shingles(t, n=4):
    if len(t) < n:
        return collections.Counter([tuple(t)] if t else [])
    return collections.Counter(tuple(t[i:i + n]) for i in range(len(t) - n + 1))


def domain(url):
    m = re.match(r"\s*(?:https?:)?//([^/:?#\s\"']+)", url or "")
    if not m:
        return None
    part = m.group(1).lower().split(".")
    return ".".join(part[-3:] if len(part) >= 3 and part[-2] in TWO_PART else part[-2:])


def host_of(row, html):
    """Pages whose address is not told: canonical link, og:url, the host that is linked most."""
    found = domain(row.get("url"))
    for pattern in (r"<link[^>]+rel=[\"']?canonical[\"']?[^>]+href=[\"']([^\"']+)", r"<link[^>]+href=[\"']([^\"']+)[\"'][^>]+rel=[\"']?canonical",
                    r"property=[\"']og:url[\"'][^>]+content=[\"']([^\"']+)"):
        m = None if found else re.search(pattern, html, re.I)
        found = found or (m and domain(m.group(1)))
    hosts = collections.Counter() if found else collections.Counter(x for x in map(domain, re.findall(r"https?://[^\"'\s<>]+", html)) if x)
    return found or (hosts.most_common(1)[0][0] if hosts else row["id"])


class Page:
    pass


def read_set(name, a):
    folder = os.path.join(a.pages, name)
    with open(os.path.join(folder, "truth.jsonl"), encoding="utf-8") as f:
        truth = {d["id"]: d for d in map(json.loads, f)}
    rows = subprocess.run([sys.executable, a.rows, folder], capture_output=True, check=True).stdout.decode().split("\n")
    frames, hosts = [], {}
    for row in map(json.loads, filter(None, rows)):
        if "html" in row:
            html = row["html"]
        else:
            with open(row["html_file"], "rb") as f:
                raw = f.read()
            m = re.search(rb"charset=[\"']?([\w-]+)", raw[:4096])
            try:
                html = raw.decode(m.group(1).decode() if m else "windows-1252", "replace")
            except LookupError:
                html = raw.decode("windows-1252", "replace")
        hosts[row["id"]] = host_of(truth[row["id"]], html)
        body = html.encode()
        frames.append(f"{row['id']}\t{(row.get('url') or '').strip()}\t{len(body)}\n".encode() + body)
    out = subprocess.run([a.features], input=b"".join(frames), capture_output=True, check=True).stdout.decode("utf-8", "replace").split("\n")
    names = out[0].split("\t")[4:]
    pages = []
    for line in out[1:]:
        cell = line.split("\t")
        if cell[0] == "page" and len(cell) == 3:
            p = Page()
            p.truth, p.host, p.text, p.rows = truth[cell[1]], hosts[cell[1]], [], []
            pages.append(p)
        elif line:
            p.text.append(cell[0])
            p.rows.append([int(x) for x in cell[1:]])
    for p in pages:
        n = len(p.text)
        m = numpy.array(p.rows, dtype=numpy.int32).reshape(n, len(names) + 3)
        p.group, p.x, p.token = m[:, :3], m[:, 3:].astype(numpy.int16), [tokens(t) for t in p.text]
        p.bytes = numpy.array([len(t.encode()) for t in p.text], dtype=numpy.int64)
        label(p, names.index("near_top"))
        del p.rows
    return names, pages


def label(p, near_top):
    n, t = len(p.text), p.truth
    p.y, p.w = numpy.zeros(n, dtype=numpy.int8), numpy.zeros(n)
    if not t.get("text"):
        have, not_have = ([" ".join(w.split()) for w in t.get(k, []) if w.strip()] for k in ("with", "without"))
        for i, text in enumerate(p.text):
            flat = " ".join(text.split())
            if any(w in flat for w in have):
                p.y[i], p.w[i] = 1, 6
            if any(w in flat for w in not_have):
                p.y[i], p.w[i] = 0, 6
        return
    gold = tokens(t["text"])
    p.gold = shingles(gold)
    place, first, at = collections.defaultdict(list), collections.defaultdict(list), [None] * n
    for i, w in enumerate(gold):
        first[w].append(i)
        place[tuple(gold[i:i + 4])].append(i)
    for i, tok in enumerate(p.token):
        if len(tok) < 4:
            continue
        s = shingles(tok)
        if 2 * sum(min(v, p.gold[k]) for k, v in s.items()) >= sum(s.values()):
            p.y[i] = 1
            at[i] = next((place[tuple(tok[k:k + 4])][0] for k in range(len(tok) - 3) if tuple(tok[k:k + 4]) in place), None)
    copies = collections.defaultdict(list)
    for i in range(n):
        if p.y[i]:
            copies[" ".join(p.token[i])].append(i)
    flat = " " + "  ".join(gold) + " "  # two spaces, so that what follows itself at once is counted twice
    for words, v in copies.items():
        want = max(1, flat.count(" " + words.replace(" ", "  ") + " ")) if len(v) > 1 else 1
        if want < len(v):
            v.sort(key=lambda i: (p.y[max(0, i - 6):i + 7].sum() + (5 if p.x[i, near_top] == 1 else 0), -i))
            p.y[v[:len(v) - want]] = 0
    for i, tok in enumerate(p.token):
        if not tok or len(tok) >= 4:
            continue
        before = next((at[j] + len(p.token[j]) for j in range(i - 1, max(-1, i - 8), -1) if at[j] is not None and p.y[j]), None)
        after = next((at[j] for j in range(i + 1, min(n, i + 8)) if at[j] is not None and p.y[j]), None)
        if before is None and after is None:
            continue
        low = before - 3 if before is not None else after - 25
        high = after + 1 if after is not None else before + 25
        p.y[i] = any(low <= q <= high and gold[q:q + len(tok)] == tok for q in first.get(tok[0], ()))
    if len(gold) < NOTE_WORDS:
        return
    p.w = numpy.array([min(len(tok), 120) + 3 if tok else 0.2 for tok in p.token]) * 10 / numpy.sqrt(len(gold) + 100)


def score(pages, key, cut=0):
    ps, rs, tp, fp, fn = [], [], 0, 0, 0
    for p in pages:
        keep = [i for i in range(len(p.text)) if getattr(p, key)[i] > cut]
        t = p.truth
        if t.get("text"):
            mine = shingles([w for i in keep for w in p.token[i]])
            both, want, got = sum((mine & p.gold).values()), sum(p.gold.values()), sum(mine.values())
            rs.append(both / want if want else 1.0)
            if got:
                ps.append(both / got)
        elif "with" in t:
            flat = " ".join(" ".join(p.text[i].split()) for i in keep)
            for w in t["with"]:
                hit = " ".join(w.split()) in flat
                tp, fn = tp + hit, fn + (not hit)
            fp += sum(" ".join(w.split()) in flat for w in t.get("without", []))
    pr, re_ = (numpy.mean(ps), numpy.mean(rs)) if rs else (tp / (tp + fp), tp / (tp + fn))
    return 100 * pr, 100 * re_, 200 * pr * re_ / (pr + re_)


class Model:
    """Trees with whole limits and values."""

    def __init__(self, x, y, w, trees, leaves):
        m = w > 0
        booster = lightgbm.train({**PARAMETERS, "num_leaves": leaves}, lightgbm.Dataset(x[m], y[m], weight=w[m]), trees)
        self.gain = booster.feature_importance("gain")
        self.trees = [self.flat(t["tree_structure"]) for t in booster.dump_model()["tree_info"]]

    @staticmethod
    def flat(tree):
        """Nodes of a tree, the root first: [column, limit, left, right]; children below 0 are values, ~child their place."""
        nodes, values = [], []

        def add(t):
            if "leaf_value" in t:
                values.append(int(round(t["leaf_value"] * SCALE)))
                return ~(len(values) - 1)
            k = len(nodes)
            nodes.append([t["split_feature"], int(numpy.floor(t["threshold"])), 0, 0])
            nodes[k][2] = add(t["left_child"])
            nodes[k][3] = add(t["right_child"])
            return k

        root = add(tree)
        return nodes, values, root

    def __call__(self, x):
        total = numpy.zeros(len(x), dtype=numpy.int32)
        for nodes, values, root in self.trees:
            at = numpy.full(len(x), root)
            value = numpy.array(values)
            if nodes:
                node = numpy.array(nodes)
                while True:
                    live = numpy.nonzero(at >= 0)[0]
                    if not len(live):
                        break
                    k = at[live]
                    at[live] = numpy.where(x[live, node[k, 0]] <= node[k, 1], node[k, 2], node[k, 3])
            total += value[~at].astype(numpy.int32)
        return numpy.clip(total, -3000, 3000)

    def write(self, f, name):
        f.write(f"model\t{name}\t{len(self.trees)}\n")
        for nodes, values, _ in self.trees:
            f.write("tree\t" + " ".join(f"{c},{t},{a},{b}" for c, t, a, b in nodes) + "\t" + " ".join(map(str, values)) + "\n")


def quotient(a, b):
    """Towards zero, as C divides; 0 where b is 0."""
    return numpy.where(b > 0, numpy.sign(a) * (numpy.abs(a) // numpy.maximum(b, 1)), 0)


def second_row(p, s):
    """The columns of the second round: page_judge_second in src/page/page_judge.c."""
    n, s = len(s), s.astype(numpy.int64)
    if not n:
        return numpy.zeros((0, p.x.shape[1] + len(SECOND)), dtype=numpy.int16)

    def mean(group):
        _, g = numpy.unique(group, return_inverse=True)
        total, size = numpy.zeros(g.max() + 1, dtype=numpy.int64), numpy.zeros(g.max() + 1, dtype=numpy.int64)
        numpy.add.at(total, g, s * p.bytes)
        numpy.add.at(size, g, p.bytes)
        return quotient(total, size)[g]

    def shift(k):
        v = numpy.zeros(n, dtype=numpy.int64)
        if k > 0:
            v[k:] = s[:-k]
        else:
            v[:k] = s[-k:]
        return v

    total, size = numpy.concatenate([[0], numpy.cumsum(s * p.bytes)]), numpy.concatenate([[0], numpy.cumsum(p.bytes)])
    low, high = numpy.maximum(numpy.arange(n) - WINDOW, 0), numpy.minimum(numpy.arange(n) + WINDOW + 1, n)
    own = numpy.where(s > 0, p.bytes, 0)
    taken, before = own.sum(), numpy.cumsum(own) - own

    def gaps(v):
        out, gap = [], GAP_MOST
        for x in v:
            out.append(gap)
            gap = 0 if x > 0 else min(gap + 1, GAP_MOST)
        return numpy.array(out)

    columns = [s, shift(1), shift(2), shift(-1), shift(-2), quotient(total[high] - total[low], size[high] - size[low]), mean(p.group[:, 0]),
               mean(p.group[:, 1]), mean(p.group[:, 2]), numpy.full(n, s.max()), numpy.full(n, quotient(taken * 1000, p.bytes.sum())),
               quotient(before * 1000, taken), quotient((taken - before - own) * 1000, taken), gaps(s), gaps(s[::-1])[::-1]]
    return numpy.column_stack([p.x] + columns).astype(numpy.int16)


def joined(pages, what):
    return numpy.concatenate([what(p) for p in pages])


def learn(pages, trees, leaves):
    """Both rounds from these pages; the first round's scores that the second learns from, and that doubt answers, are of folds that did not hold
    the page."""
    x, y, w = joined(pages, lambda p: p.x), joined(pages, lambda p: p.y), joined(pages, lambda p: p.w)
    fold = numpy.array([zlib.crc32(b"inner" + p.host.encode()) % 3 for p in pages])
    for k in range(3):
        inside = [p for p, f in zip(pages, fold) if f != k]
        m = Model(joined(inside, lambda p: p.x), joined(inside, lambda p: p.y), joined(inside, lambda p: p.w), trees[0], leaves)
        for p, f in zip(pages, fold):
            if f == k:
                s = m(p.x)
                p.two = second_row(p, s)
                p.trust = numpy.where(numpy.where(p.y > 0, -s, s) > SURE, DOUBT, 1)
    w = w * joined(pages, lambda p: p.trust)
    return Model(x, y, w, trees[0], leaves), Model(joined(pages, lambda p: p.two), y, w, trees[1], leaves)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--features", required=True)
    p.add_argument("--pages", required=True)
    p.add_argument("--rows", required=True)
    p.add_argument("--trees", type=int, nargs=2, default=[100, 60])
    p.add_argument("--leaves", type=int, default=16)
    p.add_argument("--rate", type=float, default=PARAMETERS["learning_rate"])
    p.add_argument("--folds", type=int, default=FOLDS, help="folds that are tried; 0: learn only")
    p.add_argument("--cuts", type=int, nargs="*", default=[], help="also print what other limits than 0 would give")
    p.add_argument("--out")
    a = p.parse_args()
    PARAMETERS["learning_rate"] = a.rate
    sets = {}
    for name in WITH_TEXT + WITH_SNIPPETS:
        names, sets[name] = read_set(name, a)
    pages = [q for v in sets.values() for q in v]
    fold = [zlib.crc32(q.host.encode()) % FOLDS for q in pages]
    print(f"{len(pages)} pages of {len({q.host for q in pages})} hosts, {sum((q.w > 0).sum() for q in pages)} labelled blocks", flush=True)

    def show(what, key, some=None, cut=0):
        for name, v in sets.items():
            v = [q for q in v if some is None or id(q) in some]
            print(f"{what:18s} {name:14s}" + "  {} {:5.1f}".join([""] * 4).format(*sum(zip(("P", "R", "F1"), score(v, key, cut)), ())), flush=True)

    for q in pages:
        q.label = q.y
    show("labels themselves", "label")
    tried = set()
    for k in range(a.folds):
        one, two = learn([q for q, f in zip(pages, fold) if f != k], a.trees, a.leaves)
        for q, f in zip(pages, fold):
            if f == k:
                q.first = one(q.x)
                q.second = two(second_row(q, q.first))
                tried.add(id(q))
    if a.folds:
        show("held out, round 1", "first", tried)
        show("held out, round 2", "second", tried)
        for cut in a.cuts:
            show(f"above {cut}", "second", tried, cut)
    if not a.out:
        return
    one, two = learn(pages, a.trees, a.leaves)
    for q in pages:
        q.all = two(second_row(q, one(q.x)))
    show("taught", "all")
    columns = names + SECOND
    order = sorted(zip(one.gain, names), reverse=True)
    print("most used:", " ".join(x for _, x in order[:25]))
    print("never used:", " ".join(x for g, x in order if g == 0))
    with open(a.out, "w", encoding="utf-8") as f:
        f.write("# Made by tools/learn_page.py; model.md says from what. columns; then for each model its trees: nodes as column,limit,left,right "
                "(below 0: the place of a value, inverted), values in hundredths of a logit\n")
        f.write("columns\t" + " ".join(columns) + "\n")
        one.write(f, "first")
        two.write(f, "second")


main()
