#!/usr/bin/env python3
"""Bad inputs of duplicates and passages: work and memory stay bounded, scores stay exact, and what a cap cuts is said.

    bad.py BINARY [--sanitized] [NAME...]

Sizes are what a second or two allows; bench/ holds the large ones.
"""
import argparse
import json
import os
import random
import re
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
sys.path.insert(0, HERE)
from common import Report, rows, run_measured  # noqa: E402
from texts import OWN, WIRE, text  # noqa: E402

MB = 1 << 20
HANG = 300  # seconds: the machine may be busy; a hang is longer


class Bench:
    def __init__(self, binary, report, name, sanitized):
        self.binary, self.report, self.name, self.sanitized = binary, report, name, sanitized

    def check(self, good, message):
        return self.report.check(good, self.name, message)

    def program(self, command, articles, *options, ceiling=300, code=0):
        """-> rows, what was said; the memory stays below `ceiling` MB."""
        with tempfile.TemporaryDirectory() as scratch:
            with open(os.path.join(scratch, "in.jsonl"), "w", encoding="utf-8") as f:
                for a in articles:
                    f.write(json.dumps(a) + "\n")
            used = run_measured([self.binary, command, "--jsonl", *options, "in.jsonl"], cwd=scratch, timeout=HANG)
        said = used.err.decode("utf-8", "replace")
        if not self.check(used.code == code, lambda: f"{command}: exit code {used.code}: {said[:300]}"):
            return [], said
        self.check(self.sanitized or used.peak < ceiling * MB, lambda: f"{command}: {used.peak // MB} MB, ceiling {ceiling}")
        return rows(used.out), said


def grams(s):
    w = re.findall(r"\w+", s.lower())
    return {tuple(w[i:i + 5]) for i in range(len(w) - 4)}


def very_many_identical_articles(b):
    n = 3000
    articles = [{"id": f"i{k:05d}", "text": text(WIRE)} for k in range(n)]
    pairs, said = b.program("duplicates", articles)
    b.check(len(pairs) == n - 1 and all(p["a"] == "i00000" for p in pairs), lambda: f"{len(pairs)} pairs of {n} articles")
    b.check("listed with the first alone: 3000" in said, lambda: f"the cap is not said: {said!r}")
    groups, _ = b.program("duplicates", articles, "--groups")
    b.check([len(g["articles"]) for g in groups] == [n], "one group")
    found, said = b.program("passages", articles, "--shared", "1")
    b.check(0 < len(found) <= 4 * n, lambda: f"{len(found)} passages of {n} articles")
    b.check("more than 200 articles" in said, lambda: f"the cap is not said: {said!r}")


def one_very_long_article(b):
    r = random.Random(3)
    syllables = [x + y for x in "bdfgklmnprstvz" for y in ("a", "e", "i", "o", "u")]
    words = [r.choice(syllables) + r.choice(syllables) + r.choice(syllables) for _ in range(600000)]
    whole = " ".join(words)
    part = " ".join(words[100000:130000])
    articles = [{"id": "whole", "text": whole}, {"id": "part", "text": part}]
    pairs, _ = b.program("duplicates", articles)
    b.check([(p["kind"], p["containment"], p["why"]["words"]) for p in pairs] == [("part", 1, 30000)], lambda: str(pairs)[:300])
    found, _ = b.program("passages", articles)
    b.check([(p["words"], p["b_begin"], p["b_end"] - p["b_begin"]) for p in found] == [(30000, len(" ".join(words[:100000])) + 1, len(part))], lambda: str(found)[:300])


def one_word_repeated(b):
    articles = [{"id": f"w{k}", "text": "well " * (200000 + k)} for k in range(3)]
    pairs, _ = b.program("duplicates", articles)
    b.check({p["kind"] for p in pairs} <= {"short"}, lambda: f"a text of one gram is no duplicate: {pairs}"[:300])
    found, _ = b.program("passages", articles, "--inside", "--shared", "1")
    b.check(len(found) < 1000, lambda: f"{len(found)} passages")
    found, _ = b.program("passages", [{"id": "x", "text": "well done " * 100000}, {"id": "y", "text": "done well " * 100000}], "--inside", "--shared", "1")
    b.check(len(found) < 1000, lambda: f"{len(found)} passages of two words by turns")


def only_punctuation(b):
    articles = [{"id": f"p{k}", "text": "... --- !!! \u2014\u2026 " * 2000} for k in range(50)]
    pairs, said = b.program("duplicates", articles, code=1)
    b.check(pairs == [] and said.count("no text in it") == 50, lambda: f"{len(pairs)} pairs, said {said[:200]}")
    found, _ = b.program("passages", articles, "--inside", "--shared", "1")
    b.check(found == [], lambda: f"{len(found)} passages")


def noise(r, s, share):
    """Letters swapped, words joined and split, as a bad scan has them."""
    out = []
    for w in s.split(" "):
        x = r.random()
        if x < share and len(w) > 3:
            i = r.randrange(1, len(w) - 2)
            w = w[:i] + w[i + 1] + w[i] + w[i + 2:]
        elif x < 2 * share and len(w) > 3:
            i = r.randrange(1, len(w) - 1)
            w = w[:i] + " " + w[i:]
        if out and r.random() < share:
            out[-1] += w
        else:
            out.append(w)
    return " ".join(out)


def noise_of_scans(b):
    """What is found is what the definition says: every pair at the threshold or contained, with exact scores."""
    r = random.Random(5)
    clean = [text(p) for p in [WIRE] + OWN]
    articles = [{"id": f"{k}-{v}", "text": noise(r, s, share) if share else s} for k, s in enumerate(clean) for v, share in enumerate((0, 0.005, 0.01, 0.02, 0.05))]
    sets = {a["id"]: grams(a["text"]) for a in articles}
    want = {}
    for i, a in enumerate(articles):
        for c in articles[i + 1:]:
            x, y = sets[a["id"]], sets[c["id"]]
            if len(x & y) / len(x | y) >= 0.5 or len(x & y) / min(len(x), len(y)) >= 0.8:
                want[tuple(sorted((a["id"], c["id"])))] = len(x & y) / len(x | y)
    pairs, _ = b.program("duplicates", articles)
    got = {(p["a"], p["b"]): p["jaccard"] for p in pairs}
    b.check(len(want) > 10, f"the noise left only {len(want)} pairs")
    b.check(set(got) == set(want), lambda: f"missing {sorted(set(want) - set(got))}, too many {sorted(set(got) - set(want))}")
    b.check(all(abs(got[k] - want[k]) < 1e-6 for k in got if k in want), "a score that is not exact")
    # A passage grows over the noise: from the first clean word of the copy to the last.
    found, _ = b.program("passages", [{"id": "a", "text": clean[0]}, {"id": "b", "text": noise(random.Random(8), clean[0], 0.01)}])
    b.check(len(found) == 1 and found[0]["a_end"] - found[0]["a_begin"] > 0.95 * len(clean[0].encode()), lambda: f"the noise cuts the passage: {str(found)[:300]}")


def one_id_for_all(b):
    n = 2000
    articles = [{"id": "x", "text": f"{WIRE[k % 6]} {OWN[k % 4][k % 5]} Page {k} of the volume."} for k in range(n)]
    pairs, said = b.program("duplicates", articles, "--threshold", "0.9")
    ids = {p[s] for p in pairs for s in "ab"}
    b.check(all(p["a"] < p["b"] for p in pairs) and "x" in ids or not pairs, "ids out of order")
    given, said = b.program("duplicates", [{"id": "x", "text": text(WIRE)}] * n)
    b.check(given == [] and f"counts once: {n - 1}" in said, lambda: f"{len(given)} pairs, said {said!r}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--sanitized", action="store_true")
    parser.add_argument("name", nargs="*")
    args = parser.parse_args()
    report = Report()
    for n, v in list(globals().items()):
        if callable(v) and hasattr(v, "__code__") and v.__code__.co_argcount == 1 and v.__code__.co_varnames[0] == "b" and (not args.name or n in args.name):
            v(Bench(os.path.abspath(args.binary), report, n.replace("_", " "), args.sanitized))
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
