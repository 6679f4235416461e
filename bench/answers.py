#!/usr/bin/env python3
"""Answers of many outlets to one question, grouped by people, against the pairs that bench/answers.c joins.

    answers.py PROGRAM ANSWERS.json      PROGRAM: build/release/answers (cmake --build build/release --target answers)

Balanced accuracy of pairs: the mean of the share of pairs of one group that are joined and the share of other pairs that are kept apart,
pooled over the questions. Answers without a group of all three people (cluster_global) are left out. No model, no network: words, names and
numbers with their weights.
"""
import collections
import json
import subprocess
import sys


def pairs(program, path):
    with open(path, encoding="utf-8") as f:
        questions = json.load(f)
    lines, groups = [], {}
    for k, q in enumerate(questions):
        answers = [a for a in q["answers"] if a.get("cluster_global") is not None]
        groups[str(k)] = [a["cluster_global"] for a in answers]
        lines += [f"{k}\t{' '.join(a['Answer'].split())}" for a in answers]
    done = subprocess.run([program], input="\n".join(lines) + "\n", stdout=subprocess.PIPE, encoding="utf-8", check=True)
    for line in done.stdout.splitlines():
        k, i, j, likeness, same = line.split("\t")
        yield int(k), groups[k][int(i)] == groups[k][int(j)], same == "1", float(likeness)


def balanced(rows):
    n = collections.Counter((gold, said) for _, gold, said, _ in rows)
    joined = n[True, True] / max(1, n[True, True] + n[True, False])
    apart = n[False, False] / max(1, n[False, False] + n[False, True])
    return 50 * (joined + apart), 100 * joined, 100 * apart


def main():
    if len(sys.argv) != 3:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    rows = list(pairs(sys.argv[1], sys.argv[2]))
    for k in sorted({r[0] for r in rows}):
        print("question %d   balanced accuracy %.1f   joined %.1f   kept apart %.1f" % ((k + 1,) + balanced([r for r in rows if r[0] == k])))
    print("all          balanced accuracy %.1f   joined %.1f   kept apart %.1f" % balanced(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
