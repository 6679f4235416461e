#!/usr/bin/env python3
"""The manual page and the completion, made from the table of commands, are whole.

    run.py BUILD_DIR commands.def

Every command and every option of the table stands in samestory(1) and in the completion; `mandoc -Tlint` finds nothing to say (where
mandoc exists); bash accepts the completion (where bash exists); the parser of the table refuses broken tables.
"""
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from common import ROOT, Report  # noqa: E402

sys.path.insert(0, os.path.join(ROOT, "tools"))
import gen_man  # noqa: E402

BROKEN = ['COMMAND(a, "x")', 'COMMAND(a, "", "", "", g', 'OPTION(b, "--x", "", "")', 'COMMAND(a, , "", "", g)', "what",
          'COMMAND(a, "", "", "", g) COMMAND(a, "", "", "", g)', r'COMMAND(a, "\q", "", "", g)', 'COMMAND(a, "", "" b, "", g)']


def main():
    build, table = sys.argv[1:3]
    report = Report()
    with open(table, encoding="utf-8") as f:
        commands, options = gen_man.parse(f.read())
    with open(os.path.join(build, "samestory.1"), encoding="utf-8") as f:
        page = f.read()
    with open(os.path.join(build, "samestory.bash"), encoding="utf-8") as f:
        completion = f.read()
    report.check("@" not in page.replace("user@", ""), "manual", "a place of the template was not filled")
    for c in commands:
        report.check(f".It Cm {c['name']}" in page and f".Cm {c['name']}" in page, "manual", f"{c['name']} is missing")
        report.check(f" {c['name']} " in completion.replace("'", " "), "completion", f"{c['name']} is missing")
    for o in options:
        for flag in gen_man.flags(o):
            report.check("Fl " + gen_man.roff(flag[1:]) in page, "manual", f"{flag} is missing")
            report.check(flag in completion, "completion", f"{flag} is missing")
    for text in BROKEN:
        try:
            gen_man.parse(text)
            report.check(False, "a broken table is taken", text)
        except gen_man.TableError:
            report.check(True, "")
    if shutil.which("mandoc"):
        lint = subprocess.run(["mandoc", "-Tlint", "-Wstyle", os.path.join(build, "samestory.1")], capture_output=True, text=True)
        # The name of the operating system is missing from .Os on purpose; macros' argument order is a matter of taste.
        said = [x for x in lint.stdout.splitlines() if "operating system explicitly" not in x]
        report.check(not said, "mandoc", "\n    ".join(said[:10]))
    else:
        print("no mandoc here: the page is not linted")
    if shutil.which("bash"):
        done = subprocess.run(["bash", "-n", os.path.join(build, "samestory.bash")], capture_output=True, text=True)
        report.check(done.returncode == 0, "completion", done.stderr)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
