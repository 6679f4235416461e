#!/usr/bin/env python3
"""Command lines: what is printed, where, and the exit code.

    run.py BINARY [--update] [CASE...]

A case is a folder with cmd.sh, run by `sh -eu` in a scratch copy of the folder, `samestory` being the program and $ROOT the checkout.
expected.out and expected.err are compared byte for byte where they exist; expected.code holds the exit code (else 0). --update
rewrites those of the three that exist, and makes expected.out and expected.code where they are missing.
"""
import argparse
import difflib
import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from common import ROOT, run  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))


def diff(name, want, got):
    lines = difflib.unified_diff(want.decode("utf-8", "backslashreplace").split("\n"),
                                 got.decode("utf-8", "backslashreplace").split("\n"), name, "now", lineterm="")
    return "\n".join(list(lines)[:60])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("case", nargs="*")
    args = parser.parse_intermixed_args()
    binary = os.path.abspath(args.binary)

    n = failed = 0
    for name in sorted(os.listdir(HERE)):
        folder = os.path.join(HERE, name)
        if not os.path.exists(os.path.join(folder, "cmd.sh")) or (args.case and name not in args.case):
            continue
        n += 1
        with tempfile.TemporaryDirectory() as scratch:
            work = os.path.join(scratch, "case")
            shutil.copytree(folder, work, symlinks=True, ignore=shutil.ignore_patterns("expected.*"))
            os.mkdir(os.path.join(scratch, "bin"))
            os.symlink(binary, os.path.join(scratch, "bin", "samestory"))
            path = os.path.join(scratch, "bin") + os.pathsep + os.environ["PATH"]
            code, out, err = run(["sh", "-eu", "cmd.sh"], cwd=work, env={"PATH": path, "ROOT": ROOT, "HOME": scratch})
        got = {"out": out, "err": err, "code": f"{code}\n".encode()}
        problems = []
        for kind, value in got.items():
            file = os.path.join(folder, "expected." + kind)
            known = os.path.exists(file)
            if args.update and (known or kind != "err"):
                with open(file, "wb") as f:
                    f.write(value)
                continue
            want = b"0\n" if kind == "code" else None
            if known:
                with open(file, "rb") as f:
                    want = f.read()
            if kind == "code":
                if int(want) != code:
                    problems.append(f"exit code {code}, not {int(want)}\n{err.decode('utf-8', 'replace')}")
            elif want is not None and want != value:
                problems.append(diff("expected." + kind, want, value))
        if problems:
            failed += 1
            print(f"FAILED {name}")
            for p in problems:
                print("    " + p.replace("\n", "\n    "))
    print(f"{n - failed} of {n} command lines as expected")
    return 1 if failed or not n else 0


if __name__ == "__main__":
    sys.exit(main())
