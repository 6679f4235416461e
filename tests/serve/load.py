#!/usr/bin/env python3
"""`samestory serve` under load, by hand: wrk on loopback against a copy of a database, at rest and while articles come in.

    load.py BINARY DB [--seconds N] [--connections N] [--ingest ROWS.jsonl]

For each kind of page: requests a second, the time that half and 99 % of them take, and what asks for /health beside them waits. Kinds that
are asked for many addresses (stories, articles, searches) take a different one each time, so most answers have to be made. With --ingest the
rows are added in small batches for as long as it takes. wrk is needed (apt install wrk); everything else is Python's standard library.
"""
import argparse
import contextlib
import importlib.util
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
from common import environment  # noqa: E402

spec = importlib.util.spec_from_file_location("serve_run", os.path.join(HERE, "run.py"))
serve = importlib.util.module_from_spec(spec)
spec.loader.exec_module(serve)

LUA = """local paths = {}
for line in io.lines("%s") do paths[#paths + 1] = line end
local i = 0
request = function() i = i + 1; return wrk.format("GET", paths[(i - 1) %% #paths + 1]) end
"""


def kinds(db):
    with contextlib.closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as c:
        def one(sql):
            return [r[0] for r in c.execute(sql)]
        stories = one("SELECT name FROM story WHERE article_n > 1 ORDER BY id % 997, id LIMIT 3000")
        largest = one("SELECT name FROM story ORDER BY article_n DESC LIMIT 1")
        articles = one("SELECT uid FROM article ORDER BY id % 997, id LIMIT 3000")
        people = one("SELECT speaker FROM quotation WHERE speaker IS NOT NULL ORDER BY id % 997, id LIMIT 1000")
        titles = one("SELECT title FROM version WHERE title IS NOT NULL ORDER BY id % 997, id LIMIT 1000")
    words = sorted({w for p in people or titles for w in p.split() if w.isalpha() and len(w) > 3})[:1500]
    asked = {"front": ["/"], "one story": ["/story/" + largest[0]], "stories": ["/story/" + s for s in stories],
            "articles": ["/article/" + serve.coded(a) for a in articles], "one search": ["/search?q=the+" + words[0]],
            "searches": ["/search?q=" + serve.coded(w) for w in words], "persons": ["/person/" + serve.coded(p) for p in people],
            "people": ["/people"], "feed": ["/feed.atom"]}
    return {name: paths for name, paths in asked.items() if paths}  # nobody speaks before stories are compared


class Beside(threading.Thread):
    """Asks for /health every 20 ms."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.server, self.times, self.end = server, [], False

    def run(self):
        while not self.end:
            begun = time.monotonic()
            self.server.get("/health")
            self.times.append(time.monotonic() - begun)
            time.sleep(0.02)


class Writer(threading.Thread):
    """Adds the rows in pieces, the ids made new in each round, so that it never ends by itself."""

    def __init__(self, binary, db, rows, folder):
        super().__init__(daemon=True)
        self.binary, self.db, self.folder, self.end, self.added = binary, db, folder, False, 0
        with open(rows, encoding="utf-8") as f:
            self.rows = [json.loads(x) for x in f if x.strip()]

    def run(self):
        turn = 0
        while not self.end:
            for at in range(0, len(self.rows), 50):
                path = os.path.join(self.folder, "piece.jsonl")
                with open(path, "w", encoding="utf-8") as f:
                    for x in self.rows[at:at + 50]:
                        f.write(json.dumps(dict(x, id=f"{turn}/{x['id']}", url=None)) + "\n")
                if self.end:
                    return
                subprocess.run([self.binary, "ingest", "--quiet", "--threads", "1", "--db", self.db, path], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, env=environment(), check=False)
                self.added += len(self.rows[at:at + 50])
            turn += 1


def wrk(server, paths, folder, a):
    listed, script = os.path.join(folder, "paths"), os.path.join(folder, "paths.lua")
    with open(listed, "w", encoding="utf-8") as f:
        f.write("\n".join(paths) + "\n")
    with open(script, "w", encoding="utf-8") as f:
        f.write(LUA % listed)
    out = subprocess.run(["wrk", "-t1", f"-c{a.connections}", f"-d{a.seconds}s", "--latency", "--timeout", "30s", "-s", script,
                          f"http://{server.host}:{server.port}"], capture_output=True, text=True, check=True).stdout

    def found(pattern):
        m = re.search(pattern, out)
        return m.group(1) if m else "-"
    errors = found(r"Non-2xx or 3xx responses: (\d+)") if "Non-2xx" in out else found(r"Socket errors: (.*)") if "Socket errors" in out else "0"
    return found(r"Requests/sec:\s+([\d.]+)"), found(r"\n\s+50%\s+(\S+)"), found(r"\n\s+99%\s+(\S+)"), errors


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("binary")
    p.add_argument("db")
    p.add_argument("--seconds", type=int, default=5)
    p.add_argument("--connections", type=int, default=32)
    p.add_argument("--ingest")
    a = p.parse_args()
    binary = os.path.abspath(a.binary)
    with tempfile.TemporaryDirectory() as folder:
        db = os.path.join(folder, "load.db")
        with contextlib.closing(sqlite3.connect(a.db)) as here, contextlib.closing(sqlite3.connect(db)) as there:
            here.backup(there)  # with what is in its log
        asked = kinds(db)
        server = serve.Running(binary, db)
        writer = Writer(binary, db, a.ingest, folder) if a.ingest else None
        try:
            if writer:
                writer.start()
            print(f"{'':12} {'requests/s':>10} {'p50':>9} {'p99':>9} {'health p50':>11} {'p99':>8} {'errors':>7}")
            for name, paths in asked.items():
                beside = Beside(server)
                beside.start()
                rate, half, most, errors = wrk(server, paths, folder, a)
                beside.end = True
                beside.join()
                t = sorted(beside.times)
                print(f"{name:12} {rate:>10} {half:>9} {most:>9} {t[len(t) // 2] * 1e3:9.1f}ms {t[int(len(t) * .99)] * 1e3:6.1f}ms {errors:>7}", flush=True)
            print(f"peak of the server: {server.peak()} MB" + (f"; {writer.added} articles came in meanwhile" if writer else ""))
        finally:
            if writer:
                writer.end = True
                writer.join()
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
