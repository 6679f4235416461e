#!/usr/bin/env python3
"""What is read of web archives, beside what other readers find in them.

    archives.py BINARY FOLDER [PYTHON]

FOLDER holds WARC and ARC files. PYTHON is an interpreter that has warcio and fastwarc (default: this one); without them their
columns stay empty. One line a file: records, pages, revisits and broken records as the program counts them; records, of these
responses, resources and conversions, of these pages (status 200 or none, a type that is HTML or none) as warcio and fastwarc count
them. A line ends with DIFFERS where the counts of records differ; docs/decisions/0021-archives.md says why.
"""
import json
import os
import re
import subprocess
import sys

OTHER = r'''
import collections, json, sys
out = {}
def html(t):
    t = (t or "").split(";")[0].strip().lower()
    return t in ("text/html", "application/xhtml+xml", "")
try:
    from warcio.archiveiterator import ArchiveIterator
    for path in sys.argv[1:]:
        c = collections.Counter()
        try:
            with open(path, "rb") as f:
                for r in ArchiveIterator(f, arc2warc=True):
                    c["records"] += 1
                    c[r.rec_type] += 1
                    if r.rec_type in ("response", "resource", "conversion"):
                        h = r.http_headers
                        status = h.get_statuscode() if h else "200"
                        kind = h.get_header("Content-Type") if h else r.rec_headers.get_header("Content-Type")
                        if status in ("200", "203", "") and html(kind):
                            n = len(r.content_stream().read())
                            c["pages" if n else "empty"] += 1
        except Exception as e:
            c["error"] = type(e).__name__ + ": " + str(e).split("\n")[0][:60]
        out.setdefault(path, {})["warcio"] = c
except ImportError:
    pass
try:
    from fastwarc.warc import ArchiveIterator as Fast, WarcRecordType as T
    for path in sys.argv[1:]:
        c = collections.Counter()
        try:
            with open(path, "rb") as f:
                for r in Fast(f, parse_http=True, record_types=T.any_type):
                    c["records"] += 1
                    c[str(r.record_type)] += 1
        except Exception as e:
            c["error"] = type(e).__name__ + ": " + str(e).split("\n")[0][:60]
        out.setdefault(path, {})["fastwarc"] = c
except ImportError:
    pass
print(json.dumps(out))
'''


def main():
    binary, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    python = sys.argv[3] if len(sys.argv) > 3 else sys.executable
    files = [os.path.join(folder, f) for f in sorted(os.listdir(folder))]
    done = subprocess.run([python, "-c", OTHER] + files, capture_output=True, text=True)
    other = json.loads(done.stdout) if done.returncode == 0 else {}
    if not other:
        print("no warcio or fastwarc for", python, done.stderr.strip().splitlines()[-1:])
    differs = total = 0
    for path in files:
        run = subprocess.run([binary, "extract", "--jsonl", path], capture_output=True)
        said = run.stderr.decode("utf-8", "replace")
        rows = [json.loads(x) for x in run.stdout.decode().splitlines()]
        m = re.search(r": (\d+) records, (\d+) pages(?:, (\d+) broken)?(.*)", said)
        records, pages, broken = (int(m.group(1)), int(m.group(2)), int(m.group(3) or 0)) if m else (0, 0, 0)
        revisits = sum("revisit_of" in r for r in rows)
        w, f = (other.get(path, {}).get(k, {}) for k in ("warcio", "fastwarc"))
        total += records
        same = all(c.get("records") == records and not c.get("error") for c in (w, f) if c)
        differs += not same
        print(f"{os.path.basename(path):60s} {records:4d} records {pages:4d} pages {revisits:3d} revisits {broken:2d} broken"
              f" | warcio {w.get('records', 0):4d} {w.get('pages', 0):4d} {w.get('error', '')}"
              f" | fastwarc {f.get('records', 0):4d} {f.get('error', '')}{'' if same else '  DIFFERS'}")
        if m and m.group(4):
            print("    " + m.group(4).lstrip("; "))
        for e in [x for x in said.splitlines() if "byte" in x and "broken" in x or "digest" in x]:
            print("    " + e.split(": ", 2)[-1])
    print(f"{len(files)} files, {total} records; {differs} files in which the readers count differently")
    return 0


if __name__ == "__main__":
    sys.exit(main())
