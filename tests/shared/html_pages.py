#!/usr/bin/env python3
"""The HTML parser on the saved web pages.

    html_pages.py gumbo HTML_GUMBO          elements and visible text beside gumbo's, page by page
    html_pages.py cuts REPLAY_HTMLTREE N    each page whole and cut off at N random places, by fuzz/fuzz_htmltree.c: meant for a sanitizer build

Reads $SAMESTORY_SHARED (default ../shared beside the checkout); skipped where there is none, or where gumbo is not installed (its program was not
built then). Where the trees differ, docs/decisions/0020-html-parser.md says why; lexbor and turbohtml make of all these pages what ours is.
"""
import gzip
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from common import ROOT, Report, skip  # noqa: E402

# Of a thousand pages, how many may have other elements than gumbo makes (2 have: what is new in <select>, nested <a>).
OTHERWISE = 5


def unpack(scratch):
    """The pages as files of their own, one folder a set; -> how many."""
    pages = os.path.join(os.path.abspath(os.environ.get("SAMESTORY_SHARED") or os.path.join(ROOT, "..", "shared")), "data", "pages")
    if not os.path.isdir(pages):
        skip("no shared data (SAMESTORY_SHARED, default ../shared)")
    n = 0
    for name in sorted(os.listdir(pages)):
        if os.path.isdir(os.path.join(pages, name, "html")):
            os.mkdir(os.path.join(scratch, name))
            for file in sorted(os.listdir(os.path.join(pages, name, "html"))):
                if file.endswith(".html.gz"):
                    with gzip.open(os.path.join(pages, name, "html", file)) as f, open(os.path.join(scratch, name, file[:-3]), "wb") as out:
                        out.write(f.read())
                    n += 1
    return n


def gumbo_rows(program, folder):
    """Lines of html_gumbo as lists."""
    done = subprocess.run([program, folder], stdout=subprocess.PIPE, check=True)
    return [line.split("\t") for line in done.stdout.decode("utf-8", "replace").splitlines()]


def gumbo(program, scratch, n):
    report = Report()
    rows = gumbo_rows(program, scratch)
    report.check(len(rows) == n, "gumbo", f"{len(rows)} of {n} pages")
    names = [r for r in rows if r[7].strip()]
    for r in names:
        report.check("status" not in r[7], "gumbo", f"{r[0][len(scratch) + 1:]}: not parsed to the end: {r[7]}")
    for r in rows:
        report.check(r[4] != "0", "gumbo", f"{r[0][len(scratch) + 1:]}: other visible text: {r[5]} and {r[6]} bytes")
    report.check(1000 * len(names) <= OTHERWISE * n, "gumbo", f"{len(names)} of {n} pages have other elements")
    print(f"{n} pages: the same elements on {n - len(names)}, the same visible text on {sum(r[4] == '1' for r in rows)}, "
          f"but for control characters on {sum(r[4] == '2' for r in rows)}")
    return report.end()


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    if not os.path.exists(sys.argv[2]):
        skip(f"{os.path.basename(sys.argv[2])} was not built (gumbo: Debian's libgumbo-dev)")
    with tempfile.TemporaryDirectory(prefix="pages-") as scratch:
        n = unpack(scratch)
        if sys.argv[1] == "gumbo":
            return gumbo(sys.argv[2], scratch, n)
        return subprocess.run([sys.argv[2], "-c", sys.argv[3], scratch]).returncode


if __name__ == "__main__":
    sys.exit(main())
