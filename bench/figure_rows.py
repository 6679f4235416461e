#!/usr/bin/env python3
"""Rows of figures against the labelled stories: which labelled values stand in the row of their quantity.

    figure_rows.py BINARY FOLDER... [--verbose]      FOLDER: answers.json and the reports, as in ../shared/labelled

A row belongs to the labelled quantity that most of its values are of. A value is right when its row belongs to its quantity, and is the largest
such row; split are quantities of several values in more than one row, mixed are rows with values of several quantities.
"""
import collections
import glob
import json
import os
import subprocess
import sys


def score(binary, folder, verbose=False):
    with open(os.path.join(folder, "answers.json"), encoding="utf-8") as f:
        answers = json.load(f)
    files = sorted(glob.glob(os.path.join(folder, "*.txt")))
    done = subprocess.run([binary, "compare", "--json"] + files, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    report = json.loads(done.stdout)
    row_at = collections.defaultdict(list)
    for story in report["stories"]:
        for row in story["figures"]:
            for v in row["values"]:
                row_at[os.path.basename(v["article"])].append((v["begin"], v["end"], row["id"]))

    def row_of(value):
        best = max(row_at[value["file"]], key=lambda r: min(r[1], value["end"]) - max(r[0], value["begin"]), default=None)
        return best[2] if best and min(best[1], value["end"]) > max(best[0], value["begin"]) else None

    rows = {q["id"]: [row_of(v) for v in q["values"]] for q in answers["figures"]}
    owner = collections.defaultdict(collections.Counter)
    for quantity, found in rows.items():
        for r in found:
            if r:
                owner[r][quantity] += 1
    n = collections.Counter(mixed=sum(len(c) > 1 for c in owner.values()), rows=len(owner))
    for quantity, found in rows.items():
        mine = collections.Counter(r for r in found if r and owner[r].most_common(1)[0][0] == quantity)
        n["values"] += len(found)
        n["right"] += max(mine.values(), default=0)
        n["quantities"] += len(found) > 1
        n["split"] += len({r for r in found if r}) > 1
        if verbose and len({r for r in found if r}) > 1:
            print("split:", quantity, [(v["text"], r) for v, r in zip(next(q for q in answers["figures"] if q["id"] == quantity)["values"], found)])
    return n


def main():
    args = [a for a in sys.argv[1:] if a != "--verbose"]
    if len(args) < 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    total = collections.Counter()
    for folder in args[1:]:
        total += score(args[0], folder, "--verbose" in sys.argv)
    print(f"right {total['right']} of {total['values']} values, {100 * total['right'] / total['values']:.1f}; "
          f"split {total['split']} of {total['quantities']} quantities; mixed {total['mixed']} of {total['rows']} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
