#!/usr/bin/env python3
"""Quotations with known errors: is the kind of each change right?

    run.py BINARY [--n N] [--seed S] [--show]

make.py prints one quotation in two outlets, the second with a known error; the program must find it and name the kind: what is between the marks,
cut, altered, joined, a fragment, indirect, given to somebody else, and whether words went without a sign. At least LEAST of them right, over
all, and LEAST_OF_A_KIND of each kind. The rows are the same in any order, on any number of threads, in any number of files.
"""
import argparse
import collections
import json
import os
import random
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from common import run  # noqa: E402
import make  # noqa: E402

LEAST = 0.98
LEAST_OF_A_KIND = 0.9


def check_order(binary, rows, seed):
    """Shuffled, on other numbers of threads, in several files: the same rows, and the same text."""
    seen = []
    for k, (threads, files) in enumerate([(1, 1), (4, 3), (2, 7)]):
        mixed = rows[:]
        random.Random(seed + k).shuffle(mixed)
        with tempfile.TemporaryDirectory() as tmp:
            paths = []
            for i in range(files):
                paths.append(os.path.join(tmp, f"{files - i}.jsonl"))
                with open(paths[-1], "w", encoding="utf-8") as f:
                    f.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in mixed[i::files])
            outs = [run([os.path.abspath(binary), "quotes", "-q", "--threads", str(threads), *form, *paths])[1] for form in (["--jsonl"], [], ["--csv"])]
        seen.append([sorted(outs[0].splitlines()), outs[1], sorted(outs[2].splitlines())])
    for other in seen[1:]:
        for a, b, what in zip(seen[0], other, ("rows", "text", "table")):
            if a != b:
                sys.exit(f"the order of the inputs or the number of threads changes the {what}")


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("binary")
    p.add_argument("--n", type=int, default=25)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--show", action="store_true")
    args = p.parse_args()
    rows = make.make(args.n, args.seed)
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "articles.jsonl")
        with open(path, "w", encoding="utf-8") as f:
            f.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
        code, out, err = run([os.path.abspath(args.binary), "quotes", "-q", "--jsonl", path])
    if code:
        sys.exit(f"exit code {code}: {err.decode()}")
    check_order(args.binary, rows, args.seed)
    got = {r["id"]: r["quotes"] for r in map(json.loads, out.decode().splitlines())}
    right, asked = collections.Counter(), collections.Counter()
    for row in rows:
        t = row.get("truth")
        if not t:
            continue
        asked[t["kind"]] += 1
        raw = row["text"].encode()
        at = raw.index(t["said"].encode())
        want = set(range(at, at + len(t["said"].encode())))
        q = max(got[row["id"]], key=lambda x: sum(len(want & set(range(b, e))) for b, e in x["content"]), default=None)
        mates = {x["utterance"] for x in got[row["id"][:-1] + ("b" if row["id"][-1] == "a" else "a")]}
        ok = bool(q) and q.get("change") == t["change"] and q["utterance"] in mates and bool(q.get("other_speaker")) == t["other_speaker"] and \
            (t["change"] != "cut" or bool(q.get("unmarked")) == t["unmarked"])
        right[t["kind"]] += ok
        if args.show and not ok:
            print(t["kind"], "|", q and {k: q.get(k) for k in ("type", "speaker", "change", "unmarked", "other_speaker")}, "utterance", bool(q) and q["utterance"] in mates, "|",
                  t["said"], "|", rows[rows.index(row) - 1]["text"].split("\n\n")[1])
    for k in make.KINDS:
        print(f"{k:18s} {right[k]:5d} of {asked[k]:5d}")
    share = sum(right.values()) / sum(asked.values())
    print(f"{'all':18s} {100 * share:.1f} %")
    if share < LEAST or any(right[k] < LEAST_OF_A_KIND * asked[k] for k in make.KINDS):
        sys.exit(f"fewer than {100 * LEAST:.0f} % of all, or {100 * LEAST_OF_A_KIND:.0f} % of a kind")


if __name__ == "__main__":
    main()
