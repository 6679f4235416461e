#!/usr/bin/env python3
"""Figures and their rows in invented stories against the answers that stand in the text.

    check.py PROGRAM [--show] [--least WORD=PERCENT ...] FILE...

A file is one story. "#" lines tell what it tries; "= ROW A B KIND" says that the values A and B of a row differ so; "== OUTLET | TIME | TITLE" opens a
report. In its text [ROW|words] marks a figure and names its row; [-|words] may be found or not. A row that is named once stands alone.

    found   F1 of the figures by place: found are those that overlap a mark, false those that overlap none
    rows    F1 over rows of several reports: right are the program's rows whose figures all have one mark and that hold every found figure of it
    typed   F1 over the differences by row, values and kind

Prints one line a file and a sum; --show tells what is wrong. Exits 1 when a sum is below --least. Python 3 standard library only.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

MARK = re.compile(r"\[([a-z0-9-]+)\|([^\]]*)\]")


def read(path):
    """The reports of a story as (article, marks), and the differences that it names."""
    reports, differences = [], []
    with open(path, encoding="utf-8") as f:
        parts = re.split(r"^== ", f.read(), flags=re.M)
    for line in parts[0].splitlines():
        if line.startswith("= "):
            _, row, a, b, kind = line.split()
            differences.append((row, frozenset((float(f"{float(a):.6g}"), float(f"{float(b):.6g}"))), kind))
    for number, part in enumerate(parts[1:]):
        head, body = part.split("\n", 1)
        outlet, published, title = (x.strip() for x in head.split("|", 2))
        marked = title + "\n\n" + body.strip() + "\n"
        text, marks, at = "", [], 0
        for m in MARK.finditer(marked):
            text += marked[at:m.start()]
            begin = len(text.encode())
            text += m.group(2)
            marks.append((begin, len(text.encode()), m.group(1)))
            at = m.end()
        text += marked[at:]
        plain = MARK.sub(r"\2", title)
        reports.append(({"id": f"{number + 1}", "outlet": outlet, "published": published, "title": plain, "text": text, "lang": "en"}, marks))
    return reports, differences


def f1(right, found, wanted):
    return 100 * 2 * right / (found + wanted) if found + wanted else 100.0


def score(program, path, show):
    reports, differences = read(path)
    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, "in.jsonl")
        with open(name, "w", encoding="utf-8") as f:
            for article, _ in reports:
                f.write(json.dumps(article, ensure_ascii=False) + "\n")
        links = os.path.join(folder, "links")
        with open(links, "w", encoding="utf-8") as f:  # whether they are one story is not asked here
            for article, _ in reports[1:]:
                f.write(f"must-link\t{reports[0][0]['id']}\t{article['id']}\n")
        out = subprocess.run([program, "compare", "--json", "--quiet", "--links", links, name], capture_output=True, text=True, check=True).stdout
    marks = {a["id"]: m for a, m in reports}
    n = collections.Counter()
    say = (lambda *x: print("  ", *x)) if show else (lambda *x: None)

    def mark_of(v):
        best = max(marks[v["article"]], key=lambda m: min(m[1], v["end"]) - max(m[0], v["begin"]))
        return best if min(best[1], v["end"]) > max(best[0], v["begin"]) else None

    hit, seen, false = set(), collections.defaultdict(set), 0
    rows = [r for s in json.loads(out)["stories"] for r in s["figures"]]
    owners = []
    for k, r in enumerate(rows):
        own = collections.Counter()
        for v in r["values"]:
            m = mark_of(v)
            if m is None:
                n["false"] += 1
                say("false:", v["article"], repr(v["text"]), v["unit"])
                own["?"] += 1
            elif m[2] != "-":
                hit.add((v["article"], m))
                own[m[2]] += 1
                seen[m[2]].add((v["article"], k))
        owners.append(own)
    for article, ms in marks.items():
        for m in ms:
            if m[2] != "-":
                n["marks"] += 1
                if (article, m) not in hit:
                    text = next(a["text"] for a, _ in reports if a["id"] == article).encode()[m[0]:m[1]].decode()
                    say("missed:", article, repr(text), m[2])
    n["found"] = len(hit)
    # the rows that ought to be, of the figures that were found
    for name in sorted({m[2] for ms in marks.values() for m in ms} - {"-"}):
        articles = {a for a, _ in seen[name]}
        wanted = len({a for a, ms in marks.items() for m in ms if m[2] == name})
        n["rows wanted"] += wanted > 1
        held = {k for _, k in seen[name]}
        if wanted > 1 and len(held) > 1:
            say("split:", name, [[(v["article"], v["text"]) for v in rows[k]["values"]] for k in sorted(held)])
        if wanted > 1 and len(held) == 1:
            n["rows right"] += set(owners[next(iter(held))]) == {name} and len(articles) > 1
    for k, r in enumerate(rows):
        several = len({v["article"] for v in r["values"]}) > 1
        n["rows found"] += several
        if len(owners[k]) > 1:
            say("mixed:", dict(owners[k]), [(v["article"], v["text"]) for v in r["values"]])
        n["mixed"] += len(owners[k]) > 1
        typed = set()
        for d in r["differences"]:
            a, b = r["values"][d["a"]], r["values"][d["b"]]
            ma, mb = mark_of(a), mark_of(b)
            pair = frozenset(float(f"{x['value']:.6g}") for x in (a, b))
            of = ma[2] if ma and mb and ma[2] == mb[2] else "?"
            if len(pair) == 1 and (of, pair, d["kind"]) not in differences:
                continue  # the same number with another bound: not counted
            key = (of, pair, d["kind"])
            if key in typed:
                continue
            typed.add(key)
            n["typed found"] += 1
            if key in differences:
                n["typed right"] += 1
            else:
                say("typed wrong:", of, a["text"], "|", b["text"], d["kind"], "wanted", [x[2] for x in differences if x[0] == of and x[1] == pair])
    n["typed wanted"] = len({(r, p, k) for r, p, k in differences})
    return n


def tell(name, n):
    of = {"found": f1(n["found"], n["found"] + n["false"], n["marks"]),
          "rows": f1(n["rows right"], n["rows found"], n["rows wanted"]),
          "typed": f1(n["typed right"], n["typed found"], n["typed wanted"])}
    print(f"{name:12} found {n['found']}/{n['marks']} false {n['false']}, {of['found']:.1f}   "
          f"rows {n['rows right']}/{n['rows wanted']} of {n['rows found']} (mixed {n['mixed']}), {of['rows']:.1f}   "
          f"typed {n['typed right']}/{n['typed wanted']} of {n['typed found']}, {of['typed']:.1f}")
    return of


def main():
    p = argparse.ArgumentParser()
    p.add_argument("program")
    p.add_argument("files", nargs="+")
    p.add_argument("--show", action="store_true")
    p.add_argument("--least", action="append", default=[])
    args = p.parse_args()
    total = collections.Counter()
    for path in args.files:
        n = score(args.program, path, args.show)
        tell(os.path.basename(path).split(".")[0], n)
        total += n
    of = tell("all", total)
    bad = [x for x in args.least if of[x.split("=")[0]] < float(x.split("=")[1])]
    for x in bad:
        print("below", x, file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
