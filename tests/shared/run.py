#!/usr/bin/env python3
"""The answers of people: the five seed reports, the labelled stories, and the five among hundreds of others.

    run.py BINARY

Reads $SAMESTORY_SHARED (default ../shared beside the checkout); skipped where there is none. Scores with its eval/score.py.
The thresholds are floors that this version must not fall under; bench/quality.csv holds what it reaches.
"""
import json
import os
import random
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from common import ROOT, Report, run, skip  # noqa: E402

# Percent. Seeds: everything. Labelled stories: floors over all of them together.
FOUND, SPEAKERS, FALSE, FIGURES = 93, 85, 5, 75


def shared_folder():
    shared = os.path.abspath(os.environ.get("SAMESTORY_SHARED") or os.path.join(ROOT, "..", "shared"))
    if not os.path.isfile(os.path.join(shared, "eval", "score.py")):
        skip("no shared data (SAMESTORY_SHARED, default ../shared)")
    return shared


def texts_of(folder):
    return [os.path.join(folder, f) for f in sorted(os.listdir(folder)) if f.endswith(".txt")]


def score(shared, folder, report_file):
    done = subprocess.run([sys.executable, os.path.join(shared, "eval", "score.py"), "seeds", folder, report_file],
                          capture_output=True, text=True)
    out = done.stdout
    of = {k: tuple(map(int, m.groups())) for k, m in (
        (k, re.search(rf"^{k} +(\d+) of (\d+)", out, re.M))
        for k in ("quotations found", "speaker right", "utterances kept whole", "figures right", "boilerplate set aside")) if m}
    false = re.search(r"^false quotations +(\d+)", out, re.M)
    return {"one": bool(re.search(r"^one story +yes", out, re.M)), "of": of, "false": int(false.group(1)) if false else None,
            "misses": [x.strip() for x in out.splitlines() if x.startswith("  -")], "out": out + done.stderr}


def compare(binary, report, inputs, path, extra=()):
    code, out, err = run([binary, "compare", "--json"] + list(extra) + inputs)
    report.check(code == 0, "exit code", lambda: f"{code}: {err.decode('utf-8', 'replace')[:300]}")
    with open(path, "wb") as f:
        f.write(out)
    return out


def main():
    binary = os.path.abspath(sys.argv[1])
    shared = shared_folder()
    report = Report()
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "report.json")

        seeds = os.path.join(shared, "seeds")
        compare(binary, report, texts_of(seeds), path)
        s = score(shared, seeds, path)
        report.check(s["one"], "seeds", "not one story")
        report.check(len(s["of"]) == 5, "seeds", s["out"][-500:])
        for k, (got, n) in s["of"].items():
            report.check(got == n, "seeds", f"{k}: {got} of {n}")
        report.check(s["false"] == 0, "seeds", f"false quotations: {s['false']}")
        for miss in s["misses"]:
            report.check(False, "seeds", miss)

        total = {"quotations found": [0, 0], "speaker right": [0, 0], "figures right": [0, 0]}
        false = 0
        for name in sorted(os.listdir(os.path.join(shared, "labelled"))):
            folder = os.path.join(shared, "labelled", name)
            if not os.path.isfile(os.path.join(folder, "answers.json")):
                continue
            compare(binary, report, texts_of(folder), path)
            s = score(shared, folder, path)
            report.check(s["one"], "labelled", f"{name}: not one story")
            report.check(not [m for m in s["misses"] if "does not stand at" in m], "labelled", f"{name}: a span does not read back")
            for k in total:
                got, n = s["of"].get(k, (0, 1))
                total[k][0] += got
                total[k][1] += n
            false += s["false"] or 0
            print(f"  {name:22s} " + ", ".join(f"{k} {g} of {n}" for k, (g, n) in s["of"].items()) + f", false {s['false']}")
        for k, floor in (("quotations found", FOUND), ("speaker right", SPEAKERS), ("figures right", FIGURES)):
            got, n = total[k]
            report.check(n and 100 * got >= floor * n, "labelled", f"{k}: {got} of {n}, floor {floor} %")
            print(f"  all labelled           {k}: {got} of {n}")
        n = total["quotations found"][1]
        report.check(100 * false < FALSE * n, "labelled", f"false quotations: {false} beside {n}")

        among_others(binary, report, shared, seeds, scratch)
    return report.end()


def among_others(binary, report, shared, seeds, scratch):
    """The five seeds among the articles of a large set, in any order: one story of exactly these five, always the same bytes."""
    big = os.path.join(shared, "data", "stories", "giveme5w1h.jsonl")
    if not os.path.exists(big):
        return
    with open(big, "rb") as f:
        lines = [x for x in f.read().split(b"\n") if x.strip()]
    mine = {f"seed{i}": p for i, p in enumerate(texts_of(seeds))}
    for i, p in mine.items():
        with open(p, "rb") as f:
            lines.append(json.dumps({"id": i, "text": f.read().decode("utf-8")}).encode())
    found = []
    for seed in range(3):
        order = list(lines)
        random.Random(seed).shuffle(order)
        file = os.path.join(scratch, "all.jsonl")
        with open(file, "wb") as f:
            f.write(b"\n".join(order) + b"\n")
        whole = json.loads(compare(binary, report, [file], os.path.join(scratch, "all.json")))
        stories = [s for s in whole["stories"] if set(s["articles"]) & set(mine)]
        report.check(len(stories) == 1 and set(stories[0]["articles"]) == set(mine), "among others",
                     lambda: f"order {seed}: {[s['articles'] for s in stories]}")
        found.append(json.dumps(stories, ensure_ascii=False))
    report.check(len(set(found)) == 1, "among others", "the order of the inputs changes the story")


if __name__ == "__main__":
    sys.exit(main())
