#!/usr/bin/env python3
"""What always holds, whatever the input.

    run.py BINARY                the examples and the inputs of all golden cases
    run.py BINARY --shared       the stories of $SAMESTORY_SHARED (default ../shared); skipped where there are none

Of every set of inputs:
  spans      every span of the report, of its blocks and of the rows of each command is in range, on character boundaries, and reads back
  order      shuffled inputs give the same bytes: JSON, page and terminal; rows are the same rows
  threads    one thread and four give the same bytes
  whole      every article is in exactly one story; ids that are referred to exist
  copies     duplicates and passages of ten shuffled files are those of one, row by row, ids in byte order
  points     --offsets codepoint are the same places, counted in code points
"""
import argparse
import json
import os
import random
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from common import ROOT, Report, Spans, rows, run, skip  # noqa: E402

GOLDEN = os.path.join(ROOT, "tests", "golden")
ROW_COMMANDS = ["extract", "stories", "quotes", "figures", "passages", "duplicates"]


class Tree:
    """The program on one set of inputs."""

    def __init__(self, binary, report, name):
        self.binary, self.report, self.name = binary, report, name

    def bytes_of(self, args, inputs, cwd=None):
        code, out, err = run([self.binary] + args + inputs, cwd=cwd)
        self.report.check(code in (0, 1), "the program failed",
                          lambda: f"{self.name}: {' '.join(args)}: exit code {code}: {err.decode('utf-8', 'replace')[:300]}")
        return out


def check_report(report, name, whole):
    """The report as CONTRACT has it; `whole` was made --with-text."""
    spans = Spans(whole["articles"], report)
    spans.walk(whole, name)
    ids = [a["id"] for a in whole["articles"]]
    report.check(len(set(ids)) == len(ids), "ids are not unique", lambda: f"{name}: {sorted(x for x in ids if ids.count(x) > 1)[:4]}")
    for a in whole["articles"]:
        spans.blocks(a)
    placed = [a for s in whole["stories"] for a in s["articles"]]
    good = [a["id"] for a in whole["articles"] if not a.get("error")]
    report.check(sorted(placed) == sorted(good), "articles and stories do not match",
                 lambda: f"{name}: {len(good)} articles, {len(placed)} in stories")
    for s in whole["stories"]:
        mine, where = set(s["articles"]), f"{name}: story {s['id']}"
        report.check(set(s.get("why", {})) <= mine, "a reason for an article of another story", where)
        for o in s.get("origins", []):
            report.check(set(o["articles"]) <= mine, "an origin of another story", where)
        counted = [a for o in s.get("origins", []) for a in o["articles"]]
        report.check(len(counted) == len(set(counted)), "an article has two origins", where)
        for u in s.get("utterances", []):
            report.check(len(u["occurrences"]) > 0, "an utterance that nobody printed", where)
            for o in u["occurrences"]:
                report.check(o["article"] in mine, "an utterance of another story", where)
                report.check(all(x["article"] == o["article"] for k in ("content", "source", "cue") for x in o.get(k, [])),
                             "an occurrence in two articles", where)
        for f in s.get("figures", []):
            n = len(f["values"])
            report.check(n > 0, "a figure without values", where)
            report.check(all(v["article"] in mine for v in f["values"]), "a figure of another story", where)
            report.check(all(0 <= d["a"] < n and 0 <= d["b"] < n and d["a"] != d["b"] for d in f["differences"]),
                         "a difference between values that are not there", where)
        for f in s.get("facts", []):
            report.check(set(f["absent"]) <= mine, "absent from an article of another story", where)
        for kind in ("utterances", "figures", "facts", "origins"):
            got = [x["id"] for x in s.get(kind, [])]
            report.check(len(got) == len(set(got)), f"ids of {kind} are not unique", where)


def check_rows(report, name, spans, command, some):
    for r in some:
        where = f"{name}: {command} {r.get('id')}"
        if command == "extract" and not r.get("error"):
            spans.blocks(r)
        for q in r.get("quotes", []):
            for role in ("content", "source", "cue", "addressee"):
                for p in q.get(role) or []:
                    spans.pair(r["id"], p, f"{where} {role}")
            report.check(len(q["content"]) > 0, "a quotation without content", where)
            report.check(q["type"] in ("direct", "mixed", "indirect"), "unknown type of quotation", lambda: f"{where}: {q['type']}")
        for f in r.get("figures", []):
            spans.place(r["id"], f["begin"], f["end"], where, f["text"])
            for role in ("counts", "said_by"):
                for p in f.get(role) or []:
                    spans.pair(r["id"], p, f"{where} {role}")
        if command == "duplicates" and "a" in r:
            where, why = f"{name}: duplicates {r['a']} {r['b']}", r["why"]
            report.check(r["a"] < r["b"], "a pair out of order", where)
            report.check(0 <= r["jaccard"] <= r["containment"] <= 1, "scores that cannot be", where)
            for side in "ab":
                spans.pair(r[side], why[f"{side}_at"], where)
                report.check(why["shared"] <= why[f"{side}_runs"], "more is shared than there is", where)
        if command == "passages" and "a" in r:
            where = f"{name}: passage {r['a']} {r['b']}"
            for side in "ab":
                spans.place(r[side], r[side + "_begin"], r[side + "_end"], where)
            for x in r.get("runs", []):
                if report.check(len(x) == 4, "a run is not four offsets", where):
                    spans.pair(r["a"], x[:2], where)
                    spans.pair(r["b"], x[2:], where)
                    report.check(r["a_begin"] <= x[0] and x[1] <= r["a_end"] and r["b_begin"] <= x[2] and x[3] <= r["b_end"],
                                 "a run outside its passage", where)


def canonical(raw, command):
    """The rows, whatever their order. Which of two articles is called a follows the inputs: here the one with the lesser id is."""
    if command != "passages":
        return sorted(raw.split(b"\n"))
    out = []
    for r in rows(raw):
        if "a" in r and (r["a"], r["a_begin"]) > (r["b"], r["b_begin"]):
            other = {"a": "b", "b": "a"}
            r = {(other[k[0]] + k[1:] if k[0] in other and (len(k) == 1 or k[1] == "_") else k): v for k, v in r.items()}
            r["runs"] = [[x[2], x[3], x[0], x[1]] for x in r["runs"]]
            r["direction"] = {"a to b": "b to a", "b to a": "a to b"}.get(r["direction"], r["direction"])
        out.append(json.dumps(r, sort_keys=True).encode())
    return sorted(out)


def first_difference(a, b):
    n = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return f"at byte {n}: {a[max(0, n - 60):n + 60]!r} / {b[max(0, n - 60):n + 60]!r}"


def to_points(value, texts, article=None):
    """Byte offsets of a report's spans as code points (objects with article, begin and end)."""
    if isinstance(value, dict):
        out = {k: to_points(v, texts) for k, v in value.items()}
        if {"article", "begin", "end"} <= value.keys():
            raw = texts[value["article"]]
            out["begin"], out["end"] = (len(raw[:value[k]].decode("utf-8", "replace")) for k in ("begin", "end"))
        return out
    if isinstance(value, list):
        return [to_points(v, texts) for v in value]
    return value


def places(value, out):
    if isinstance(value, dict):
        if {"article", "begin", "end"} <= value.keys():
            out.append((value["article"], value["begin"], value["end"]))
        for v in value.values():
            places(v, out)
    elif isinstance(value, list):
        for v in value:
            places(v, out)
    return out


def copies_set():
    """Articles for duplicates and passages: a sentence that more than 200 have, versions under one id, ids beside them in byte order."""
    r = random.Random(17)
    syllables = [a + b for a in "bdfgklmnprst" for b in "aeiou"]
    words = ["".join(r.choice(syllables) for _ in range(3)) for _ in range(900)]
    line = "Whoever has seen the boy with the red kite is asked to ring the station on the quay at any hour of the night"
    articles = []
    for k in range(230):
        body = [" ".join(r.choice(words) for _ in range(40)) for _ in range(3)]
        if articles and k % 3 == 0:  # a part of an earlier one
            body[1] = r.choice(articles)["text"].split("\n\n")[0]
        elif articles and k % 5 == 1:  # a report that grew
            body = r.choice(articles)["text"].split("\n\n")[:3]
            body[2] += " " + " ".join(r.choice(words) for _ in range(12))
        row = {"id": f"k{k:03d}", "outlet": f"Paper {k % 9}", "text": "\n\n".join(body + [line])}
        if k % 4:
            row["published"] = f"2031-03-{1 + k % 28:02d}T{k % 24:02d}:00:00Z"
        if k % 10 == 0:
            row["id"] = ("x", "x#2", "x!", "x", "x#2#2", "x")[k // 10 % 6]
        articles.append(row)
    articles += [dict(a) for a in articles[::23]]  # given again
    return articles


def check_copies(binary, report):
    """Rows of duplicates and passages, and the report, from ten files in another order and with other threads: the same bytes."""
    with tempfile.TemporaryDirectory() as scratch:
        articles = copies_set()

        def give(folder, pieces, rows_of):
            os.mkdir(os.path.join(scratch, folder))
            for i in range(pieces):
                with open(os.path.join(scratch, folder, f"{i:02d}.jsonl"), "w", encoding="utf-8") as f:
                    f.writelines(json.dumps(a) + "\n" for a in rows_of[i::pieces])
            return [os.path.join(folder, f"{i:02d}.jsonl") for i in range(pieces)]

        tree = Tree(binary, report, "copies")
        once = give("once", 1, articles)
        shuffled = list(articles)
        random.Random(2).shuffle(shuffled)
        ten = give("ten", 10, shuffled)
        for args in (["duplicates", "--jsonl"], ["duplicates", "--jsonl", "--groups", "--show", "last"], ["duplicates", "--jsonl", "--threshold", "0.2"],
                     ["passages", "--jsonl", "--inside"], ["passages", "--jsonl", "--shared", "1"], ["passages", "--passim"]):
            one = tree.bytes_of(args + ["--threads", "1"], once, scratch)
            report.check(one.count(b"\n") > 10, "too few rows to tell", lambda: f"copies: {' '.join(args)}: {one[:200]!r}")
            got = tree.bytes_of(args + ["--memory", "1M", "--threads", "2"], ten, scratch)
            report.check(one == got, "a limit of memory changes the rows", lambda: f"copies: {' '.join(args)}: {first_difference(one, got)}")
            for threads in ("1", "2", "4"):
                got = tree.bytes_of(args + ["--threads", threads], ten, scratch)
                report.check(one == got, "ten batches are not one", lambda: f"copies: {' '.join(args)}: {first_difference(one, got)}")
            if rows(one) and "a" in rows(one)[0]:
                pairs = [(r["a"], r["b"]) for r in rows(one)]
                report.check(all(a < b or (a == b and "--inside" in args) for a, b in pairs), "a pair out of order", lambda: f"copies: {' '.join(args)}: {[p for p in pairs if p[0] >= p[1]][:3]}")
                report.check([tuple(x.encode() for x in p) for p in pairs] == sorted(tuple(x.encode() for x in p) for p in pairs), "rows out of order", f"copies: {' '.join(args)}")


def check_set(binary, report, name, inputs, cwd=None, light=False):
    """inputs: paths. light: the JSON report alone, for large sets."""
    tree = Tree(binary, report, name)
    if not light and len(inputs) == 1:
        print(f"  {name}: one input: nothing to shuffle")
    base = tree.bytes_of(["compare", "--json", "--with-text", "--threads", "1"], inputs, cwd)
    try:
        whole = json.loads(base)
    except ValueError as e:
        report.check(False, "not JSON", f"{name}: {e}")
        return
    check_report(report, name, whole)
    good = {a["id"]: a for a in whole["articles"]}

    shuffles = []
    for seed in range(2 if light else 3):
        other = list(inputs)
        random.Random(seed).shuffle(other)
        if other != inputs:
            shuffles.append(other)
    for views in ([["compare", "--json", "--with-text"]] if light else
                  [["compare", "--json", "--with-text"], ["compare", "--json"], ["compare"]]):
        one = base if views[-1] == "--with-text" else tree.bytes_of(views + ["--threads", "1"], inputs, cwd)
        four = tree.bytes_of(views + ["--threads", "4"], inputs, cwd)
        report.check(one == four, "threads change the bytes", lambda: f"{name}: {' '.join(views)}: {first_difference(one, four)}")
        for other in shuffles:
            got = tree.bytes_of(views + ["--threads", "4"], other, cwd)
            report.check(one == got, "order changes the bytes", lambda: f"{name}: {' '.join(views)}: {first_difference(one, got)}")
    if light:
        return

    with tempfile.TemporaryDirectory() as scratch:
        pages = []
        for i, other in enumerate([inputs] + shuffles[:1]):
            path = os.path.join(scratch, f"{i}.html")
            tree.bytes_of(["compare", "--html", path, "--threads", str(1 + 3 * i)], other, cwd)
            with open(path, "rb") as f:
                pages.append(f.read())
        report.check(len(set(pages)) == 1, "order or threads change the page", lambda: f"{name}: {first_difference(*pages[:2])}")

    spans = Spans(whole["articles"], report)
    for command in ROW_COMMANDS:
        one = tree.bytes_of([command, "--jsonl", "--threads", "1"], inputs, cwd)
        got = tree.bytes_of([command, "--jsonl", "--threads", "4"], inputs, cwd)
        report.check(one == got, "threads change the rows", lambda: f"{name}: {command}: {first_difference(one, got)}")
        for other in shuffles[:1]:
            got = tree.bytes_of([command, "--jsonl"], other, cwd)
            was, now = canonical(one, command), canonical(got, command)
            report.check(was == now, "order changes the rows",
                         lambda: f"{name}: {command}: {first_difference(b'/'.join(was), b'/'.join(now))}")
        some = rows(one)
        if command not in ("passages", "duplicates"):
            report.check({r["id"] for r in some} >= set(good), "articles without a row", lambda: f"{name}: {command}")
        if command == "extract":
            for r in some:
                if r["id"] in good and r.get("text") is not None:
                    report.check(r["text"] == good[r["id"]].get("text"), "extract and compare differ in a text", f"{name}: {r['id']}")
        check_rows(report, name, spans, command, some)

    texts = spans.text
    points = json.loads(tree.bytes_of(["compare", "--json", "--with-text", "--offsets", "codepoint"], inputs, cwd))
    report.check(places(to_points(whole["stories"], texts), []) == places(points["stories"], []), "--offsets codepoint are other places", name)


def files_below(folder):
    return sorted(os.path.join(path, name) for path, _, names in os.walk(folder) for name in names if not name.startswith("."))


def local_sets():
    examples = os.path.join(ROOT, "examples", "coverage")
    if os.path.isdir(examples):
        # Relative names: ids and sources do not depend on where the checkout lies.
        yield "examples/coverage", [os.path.relpath(f, ROOT) for f in files_below(examples)], ROOT
    everything = []
    for path, folders, names in os.walk(GOLDEN):
        folders.sort()
        inputs = sorted(n for n in names if n.startswith("input"))
        if "cmd" in names and inputs:
            full = [os.path.relpath(os.path.join(path, n), ROOT) for n in inputs]
            everything += full
    if everything:
        yield "all golden inputs together", everything, ROOT


def shared_sets(shared):
    for name in ["seeds"] + sorted(os.path.join("labelled", d) for d in os.listdir(os.path.join(shared, "labelled"))):
        folder = os.path.join(shared, name)
        if os.path.isdir(folder):
            yield name, [f for f in files_below(folder) if f.endswith(".txt")]


def shared_lines(binary, report, path, scratch):
    """A set in JSON Lines: the lines shuffled, and cut over several files."""
    with open(path, "rb") as f:
        lines = [x for x in f.read().split(b"\n") if x.strip()]
    pieces = []
    for i in range(4):
        piece = os.path.join(scratch, f"piece{i}.jsonl")
        with open(piece, "wb") as f:
            f.write(b"\n".join(lines[i::4]) + b"\n")
        pieces.append(piece)
    check_set(binary, report, os.path.basename(path), pieces, light=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--shared", action="store_true")
    args = parser.parse_intermixed_args()
    binary = os.path.abspath(args.binary)
    report = Report()
    if args.shared:
        shared = os.environ.get("SAMESTORY_SHARED") or os.path.join(ROOT, "..", "shared")
        if not os.path.isdir(os.path.join(shared, "seeds")):
            skip("no shared data (SAMESTORY_SHARED, default ../shared)")
        for name, inputs in shared_sets(os.path.abspath(shared)):
            check_set(binary, report, name, inputs)
        big = os.path.join(shared, "data", "stories", "giveme5w1h.jsonl")
        if os.path.exists(big):
            with tempfile.TemporaryDirectory() as scratch:
                shared_lines(binary, report, big, scratch)
    else:
        check_copies(binary, report)
        for name, inputs, cwd in local_sets():
            check_set(binary, report, name, inputs, cwd)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
