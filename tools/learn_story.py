#!/usr/bin/env python3
"""Learns what the parts of the score of two articles weigh (data/story/weights.txt), and says how well on sets left out.

    learn_story.py --pairs BUILD/story_pairs --stories ../shared/data/stories [--rows ../shared/eval/rows.py] [--without DIR]
                   [--out data/story/weights.txt]

In: the sets of stories, and what story_pairs prints of them, so that learning and running agree. What is learnt on is the grouping
itself: for a choice of the weights and each threshold (THRESHOLDS) every set is grouped and scored, B-cubed or F1 of pairs. The search
begins at the plain score and takes the best value of one weight after the other (AXES) for the mean over the sets, until none is better.
For each set it is done once more without that set, and scored on it. French and German titles are left out together.
--without DIR: programs DIR/SET/story_pairs whose background was made without that set: then the sets are scored as ones never seen.
Out: figures of all and left out, beside those of the plain score (words and time alone); the weights. Python 3 standard library only.
"""
import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile

AXES = (
    (0, 0.15, 0.3, 0.45, 0.6),     # lead
    (0, 2, 4, 8, 16),              # quoted; 0: quotations do not count
    (1, 0.95, 0.9, 0.85, 0.8, 0.7),  # strangers; 1: names do not count
)
GAIN = 0.02                      # points of the mean that a step has to bring
PLAIN = (0, 0, 1)
BY_HAND = (0.3, 4, 0.85)         # docs/decisions/0036-what-two-reports-share.md
THRESHOLDS = (0.19, 0.20, 0.21, 0.22, 0.23, 0.24, 0.26)
KEPT = 0.07                      # story_edges.c: EDGE_LEAST
SETS = {"giveme5w1h": "giveme5w1h", "allsides_2021": "allsides_2021", "ecbplus": "ecbplus", "fra": "og2021_fra_deu", "deu": "og2021_fra_deu",
        "tgcontest": "tgcontest_pairs"}  # name: file; those of one file are left out together


def jsonl(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(x) for x in f if x.strip()]


def bcubed(gold, found):
    size_gold, size_found, both = collections.Counter(gold), collections.Counter(found), collections.Counter(zip(gold, found))
    n = len(gold)
    p = sum(v * v / size_found[b] for (a, b), v in both.items()) / n
    r = sum(v * v / size_gold[a] for (a, b), v in both.items()) / n
    return 200 * p * r / (p + r)


class Set:
    def __init__(self, name, program, folder, rows, scratch):
        self.path = os.path.join(folder, SETS[name] + ".jsonl")
        gold = jsonl(self.path)
        self.wanted = None
        path = os.path.join(scratch, name + ".jsonl")
        with open(path, "w", encoding="utf-8") as f:
            if name == "tgcontest":
                self.wanted = [r["same"] for r in gold]
                f.write(subprocess.run([sys.executable, rows, "pairs", self.path], capture_output=True, text=True, check=True).stdout)
            else:
                if name in ("fra", "deu"):
                    gold = [r for r in gold if r["lang"] == name]
                f.writelines(json.dumps(r) + "\n" for r in gold)
        self.program, self.ids, self.pairs = program, [], []
        with subprocess.Popen([program, path], stdout=subprocess.PIPE, text=True, encoding="utf-8") as p:
            for line in p.stdout:
                cells = line.rstrip("\n").split("\t")
                if cells[0] == "a":
                    self.ids.append(cells[1])
                else:
                    self.pairs.append((int(cells[1]), int(cells[2])) + tuple(map(float, cells[3:])))
        at = {x: i for i, x in enumerate(self.ids)}
        if self.wanted is None:
            cluster = {r["id"]: r["cluster"] for r in gold}
            self.gold = [cluster[x] for x in self.ids]
        else:
            self.at = [(at.get(f"{i}a"), at.get(f"{i}b")) for i in range(len(gold))]

    def score(self, choice):
        """Of each threshold."""
        lead, quoted, strangers = choice
        lines = []
        for a, b, words, in_lead, time, runs, others, series, _ in self.pairs:
            s = (1 - lead) * words + lead * in_lead
            if quoted:
                time += (1 - time) * min(1, runs / quoted)
            s *= time * series * (strangers if others else 1)
            if s >= KEPT:
                lines.append(f"{a} {b} {s:.7g}\n")
        out = subprocess.run([self.program, "-g", str(len(self.ids))] + [str(t) for t in THRESHOLDS], input="".join(lines), capture_output=True,
                             text=True, check=True).stdout
        return [self.measure(line.split()) for line in out.splitlines()]

    def measure(self, found):
        if self.wanted is None:
            return bcubed(self.gold, found)
        tp = fp = fn = 0
        for want, (a, b) in zip(self.wanted, self.at):
            got = a is not None and b is not None and found[a] == found[b]
            tp, fp, fn = tp + (want and got), fp + (got and not want), fn + (want and not got)
        return 200 * tp / (2 * tp + fp + fn)


def best(of, sets, choices):
    """(mean, choice, place of threshold) of the highest mean; the plainest of equals."""
    return max(((round(sum(of(n, c)[t] for n in sets) / len(sets), 3), c, t) for c in choices for t in range(len(THRESHOLDS))), key=lambda x: x[0])


def search(of, sets):
    found = best(of, sets, [PLAIN])
    while True:
        before = found
        for i, axis in enumerate(AXES):
            trial = best(of, sets, [found[1][:i] + (v,) + found[1][i + 1:] for v in axis])
            if trial[0] >= found[0] + GAIN:
                found = trial
        if found == before:
            return found


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--pairs", required=True)
    p.add_argument("--stories", required=True)
    p.add_argument("--rows")
    p.add_argument("--without")
    p.add_argument("--out")
    a = p.parse_args()
    sets, table = {}, {}
    for n in SETS:
        if n == "tgcontest" and not a.rows:
            continue
        program = os.path.join(a.without, SETS[n], "story_pairs") if a.without else a.pairs
        with tempfile.TemporaryDirectory() as scratch:
            sets[n] = Set(n, program, a.stories, a.rows, scratch)
        print(f"{n}: {len(sets[n].ids)} articles, {len(sets[n].pairs)} pairs", file=sys.stderr, flush=True)

    def of(n, c):
        if (n, c) not in table:
            table[n, c] = sets[n].score(c)
        return table[n, c]

    names = list(sets)
    for title, learn in (("plain score", lambda names: best(of, names, [PLAIN])), ("by hand", lambda names: best(of, names, [BY_HAND])),
                         ("learnt", lambda names: search(of, names))):
        mean, c, t = learn(names)
        print(f"{title}, all sets: lead {c[0]}, quoted {c[1]}, strangers {c[2]}, threshold {THRESHOLDS[t]}, mean {mean:.2f}")
        total = 0
        for n in names:
            _, d, u = learn([m for m in names if SETS[m] != SETS[n]])
            total += of(n, d)[u]
            print(f"  {n:14s} {of(n, c)[t]:6.2f}   left out {of(n, d)[u]:6.2f}   (lead {d[0]}, quoted {d[1]}, strangers {d[2]}, threshold {THRESHOLDS[u]})",
                  flush=True)
        print(f"  mean left out {total / len(names):.2f}")
    if a.out:
        with open(a.out, "w", encoding="utf-8") as f:
            f.write("# What the parts of a score weigh (src/story/story_feature.h). Learnt: README.md.\n")
            f.write(f"lead\t{c[0]:g}\nquoted\t{c[1] or 1000000:g}\nstrangers\t{c[2]:g}\n")


if __name__ == "__main__":
    main()
