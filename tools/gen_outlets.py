#!/usr/bin/env python3
"""Compiles data/outlets.csv in.

    gen_outlets.py --out FILE.gen.c data/outlets.csv

in      domain,outlet,owner,country,agency (yes, no, host or empty); an owner may be empty: unknown stays unknown;
        a domain may be empty: another name of an agency
out     copy_outlet_rows[], in byte order of the domain
Python 3 standard library only.
"""
import argparse
import csv
import re
import sys


def quoted(s):
    return '"' + "".join(c if 32 <= ord(c) < 127 and c not in '"\\' else "".join(f"\\{b:03o}" for b in c.encode("utf-8")) for c in s) + '"'


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", required=True)
    parser.add_argument("table")
    args = parser.parse_args()
    with open(args.table, encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    seen = set()
    for n, r in enumerate(rows, 2):
        if not re.fullmatch(r"([a-z0-9.-]+\.[a-z]+)?", r["domain"]) or not r["outlet"] or r["agency"] not in ("yes", "no", "host", ""):
            sys.exit(f"{args.table}:{n}: a row is domain,outlet,owner,country,agency with agency yes, no, host or empty")
        key = r["domain"] or r["outlet"]
        if key in seen:
            sys.exit(f"{args.table}:{n}: {key} stands twice")
        seen.add(key)
    rows.sort(key=lambda r: (r["domain"] or "~", r["outlet"]))  # names without a domain last
    with open(args.out, "w", encoding="utf-8") as f:
        f.write("/* Made by tools/gen_outlets.py from data/outlets.csv: do not edit. */\n#include \"copy_outlets.h\"\n\n")
        f.write("const copy_outlet_row copy_outlet_rows[] = {\n")
        for r in rows:
            f.write(f"    {{{quoted(r['domain'])}, {quoted(r['outlet'])}, {quoted(r['owner'])}, {quoted(r['country'])},\n     {int(r['agency'] == 'yes')}, {int(r['agency'] == 'host')}}},\n")
        f.write("};\n\nconst unsigned copy_outlet_row_n = sizeof copy_outlet_rows / sizeof *copy_outlet_rows;\n")


if __name__ == "__main__":
    main()
