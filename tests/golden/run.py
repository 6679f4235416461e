#!/usr/bin/env python3
"""Golden tests: what the program prints for an input, against the answer that people have looked at.

    run.py BINARY [--update] [CASE...]

A case is a folder <stage>/<name>/ with input files, `cmd` (the program's arguments, one shell line; the case folder is the
working directory) and expected.json: the output as indented JSON, one value after another when there is one a line. Key order
and the form of numbers count, so a difference in bytes is a difference here. `code`, where it exists, holds the exit code (else 0).
--update rewrites expected.json; look at the diff before you commit it.
"""
import argparse
import difflib
import json
import os
import shlex
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from common import run  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))


class Number(str):
    """A number in the form it was written in: 1.0 and 1.00 are not the same bytes."""


def write(value, indent, out):
    """Indented JSON; arrays that hold no object and no array stay on one line."""
    if isinstance(value, Number):
        out.append(value)
    elif isinstance(value, (dict, list)) and value:
        pairs = list(value.items()) if isinstance(value, dict) else [(None, v) for v in value]
        flat = isinstance(value, list) and not any(isinstance(v, (dict, list)) for v in value)
        line = "" if flat else "\n" + " " * (indent + 1)
        out.append("{" if isinstance(value, dict) else "[")
        for i, (k, v) in enumerate(pairs):
            out.append(("," + (" " if flat else "") if i else "") + line)
            if k is not None:
                out.append(json.dumps(k, ensure_ascii=False) + ": ")
            write(v, indent + 1, out)
        out.append(("" if flat else "\n" + " " * indent) + ("}" if isinstance(value, dict) else "]"))
    else:
        out.append(json.dumps(value, ensure_ascii=False))


def pretty(raw):
    """One value or JSON Lines, in the order written. Line separators inside strings are escaped: one line is one line."""
    text = raw.decode("utf-8")
    decoder = json.JSONDecoder(parse_float=Number, parse_int=Number)
    out, at = [], 0
    while True:
        while at < len(text) and text[at] in " \t\r\n":
            at += 1
        if at == len(text):
            return "".join(out)
        value, at = decoder.raw_decode(text, at)
        write(value, 0, out)
        out.append("\n")


def cases(wanted):
    for stage in sorted(os.listdir(HERE)):
        folder = os.path.join(HERE, stage)
        if not os.path.isdir(folder):
            continue
        for name in sorted(os.listdir(folder)):
            if os.path.exists(os.path.join(folder, name, "cmd")) and (not wanted or f"{stage}/{name}" in wanted):
                yield f"{stage}/{name}", os.path.join(folder, name)


def read(path, default=None):
    if default is not None and not os.path.exists(path):
        return default
    with open(path, encoding="utf-8", newline="") as f:
        return f.read()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("case", nargs="*")
    args = parser.parse_intermixed_args()
    binary = os.path.abspath(args.binary)

    n = failed = 0
    for name, folder in cases([c.rstrip("/") for c in args.case]):
        n += 1
        code, out, err = run([binary] + shlex.split(read(os.path.join(folder, "cmd"))), cwd=folder)
        wanted_code = int(read(os.path.join(folder, "code"), "0"))
        problems = []
        if code != wanted_code:
            problems.append(f"exit code {code}, not {wanted_code}\n{err.decode('utf-8', 'replace')}")
        try:
            got = pretty(out)
        except ValueError as e:
            got = None
            problems.append(f"the output is not JSON: {e}")
        path = os.path.join(folder, "expected.json")
        if got is not None:
            if args.update and not problems:
                if read(path, "\0") != got:
                    with open(path, "w", encoding="utf-8", newline="") as f:
                        f.write(got)
                    print(f"wrote {name}/expected.json")
            else:
                want = read(path, "\0")
                if want == "\0":
                    problems.append("no expected.json: run with --update and read what it writes")
                elif want != got:
                    diff = list(difflib.unified_diff(want.split("\n"), got.split("\n"), "expected", "now", lineterm="", n=3))
                    problems.append("\n".join(diff[:60] + (["..."] if len(diff) > 60 else [])))
        if problems:
            failed += 1
            print(f"FAILED {name}: samestory {read(os.path.join(folder, 'cmd')).strip()}")
            for p in problems:
                print("    " + p.replace("\n", "\n    "))
    print(f"{n - failed} of {n} golden cases as expected")
    return 1 if failed or not n else 0


if __name__ == "__main__":
    sys.exit(main())
