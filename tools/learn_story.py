#!/usr/bin/env python3
"""Learns what the parts of the score of two articles weigh (data/story/weights.txt), and says how well on sets left out.

    learn_story.py --pairs BUILD/story_pairs --stories ../shared/data/stories [--rows ../shared/eval/rows.py] [--without DIR]
                   [--out data/story/weights.txt]

In: the sets of stories, and what story_pairs prints of them, so that learning and running agree. For each choice of the weights
(CHOICES) and each threshold (THRESHOLDS) every set is grouped and scored: B-cubed, or F1 of pairs. A choice is taken for the mean over
the sets; for each set it is taken without that set, and scored on it. French and German titles are left out together.
--without DIR: programs DIR/SET/story_pairs whose background was made without that set: then the sets are scored as ones never seen.
Out: figures of all and left out, beside those of the plain score (words and time alone); the weights. Python 3 standard library only.
"""
import argparse
import collections
import itertools
import json
import os
import subprocess
import sys
import tempfile

LEAD = (0, 0.15, 0.3, 0.45)
QUOTED = (0, 2, 4, 8)            # 0: quotations do not count
STRANGERS = (1, 0.9, 0.85, 0.8)  # 1: names do not count
CHOICES = list(itertools.product(LEAD, QUOTED, STRANGERS))
PLAIN = (0, 0, 1)
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


def best(table, sets, choices):
    """(choice, place of threshold) with the highest mean; the plainest of equals."""
    return max(((c, t) for c in choices for t in range(len(THRESHOLDS))), key=lambda x: round(sum(table[n, x[0]][x[1]] for n in sets) / len(sets), 3))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--pairs", required=True)
    p.add_argument("--stories", required=True)
    p.add_argument("--rows")
    p.add_argument("--without")
    p.add_argument("--out")
    a = p.parse_args()
    table, names = {}, [n for n in SETS if n != "tgcontest" or a.rows]
    for n in names:
        program = os.path.join(a.without, SETS[n], "story_pairs") if a.without else a.pairs
        with tempfile.TemporaryDirectory() as scratch:
            s = Set(n, program, a.stories, a.rows, scratch)
        for c in CHOICES:
            table[n, c] = s.score(c)
        print(f"{n}: {len(s.ids)} articles, {len(s.pairs)} pairs", file=sys.stderr, flush=True)
    for title, choices in (("plain score", [PLAIN]), ("learnt", CHOICES)):
        c, t = best(table, names, choices)
        print(f"{title}, all sets: lead {c[0]}, quoted {c[1]}, strangers {c[2]}, threshold {THRESHOLDS[t]}, mean {sum(table[n, c][t] for n in names) / len(names):.2f}")
        total = 0
        for n in names:
            d, u = best(table, [m for m in names if SETS[m] != SETS[n]], choices)
            total += table[n, d][u]
            print(f"  {n:14s} {table[n, c][t]:6.2f}   left out {table[n, d][u]:6.2f}   (lead {d[0]}, quoted {d[1]}, strangers {d[2]}, threshold {THRESHOLDS[u]})")
        print(f"  mean left out {total / len(names):.2f}")
    if a.out:
        with open(a.out, "w", encoding="utf-8") as f:
            f.write("# What the parts of a score weigh (src/story/story_feature.h). Learnt: README.md.\n")
            f.write(f"lead\t{c[0]:g}\nquoted\t{c[1] or 1000000:g}\nstrangers\t{c[2]:g}\n")


if __name__ == "__main__":
    main()
