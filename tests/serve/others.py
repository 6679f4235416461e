#!/usr/bin/env python3
"""A database and what is served of it, in programs of others: Datasette opens every table and view, openapi-spec-validator reads the description
of the interface, feedparser the feeds, DuckDB the tables.

    others.py BINARY

SAMESTORY_OTHERS names a folder of Python with them (python3 -m venv X; X/bin/pip install datasette openapi-spec-validator feedparser duckdb);
without it the test is skipped, and what is not in the folder is passed over.
"""
import importlib.util
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
sys.dont_write_bytecode = True
from common import ROOT, Report, run, skip  # noqa: E402

spec = importlib.util.spec_from_file_location("serve_run", os.path.join(HERE, "run.py"))
serve = importlib.util.module_from_spec(spec)
spec.loader.exec_module(serve)

FEED = """import sys, feedparser
f = feedparser.parse(sys.stdin.buffer.read())
assert not f.bozo, f.bozo_exception
assert f.feed.title and f.feed.id and f.feed.updated_parsed, f.feed
assert f.entries and all(e.title and e.link and e.id and e.updated_parsed for e in f.entries), f.entries
"""
DUCK = """import sys, duckdb
c = duckdb.connect()
try:
    c.execute("INSTALL sqlite; LOAD sqlite")
except duckdb.Error as e: # it comes from the net
    sys.exit(77)
c.execute("ATTACH '%s' AS db (TYPE sqlite)" % sys.argv[1])
for view in ("articles", "stories", "quotations", "figures", "people", "pairs", "versions"):
    assert c.execute("SELECT count(*) FROM db." + view).fetchone()[0] > 0, view
"""


def main():
    binary = os.path.abspath(sys.argv[1])
    others = os.environ.get("SAMESTORY_OTHERS")
    if not others:
        skip("SAMESTORY_OTHERS names no folder of Python with datasette, openapi-spec-validator, feedparser, duckdb")
    python, report = os.path.join(others, "bin", "python"), Report()

    def has(module):
        there = subprocess.run([python, "-c", "import " + module], capture_output=True, check=False).returncode == 0
        print(module + (" looks" if there else " is not there"))
        return there

    with tempfile.TemporaryDirectory() as folder:
        db = os.path.join(folder, "news.db")
        code, _, err = run([binary, "ingest", "--db", db, os.path.join(ROOT, "examples", "coverage")])
        report.check(code == 0, "ingest", lambda: repr(err))
        if has("datasette"):
            def get(path):
                x = subprocess.run([python, "-m", "datasette", db, "--get", path], capture_output=True, cwd=folder, timeout=120, check=False)
                report.check(x.returncode == 0, "datasette", lambda: f"{path}: {x.stderr[-300:]} {x.stdout[:300]}")
                return x.stdout
            about = json.loads(get("/news.json"))
            for view in (x["name"] for x in about["views"]):
                report.check(len(json.loads(get(f"/news/{view}.json?_size=3"))["rows"]) > 0, "datasette", f"{view} has no rows")
            for table in ("article", "quotation", "figure", "story", "version"):
                get("/news/" + table)
            found = json.loads(get("/news/quotation.json?_search=library"))
            report.check(0 < len(found["rows"]), "datasette", "its search finds quotations by the index")
        if has("duckdb"):
            x = subprocess.run([python, "-c", DUCK, db], capture_output=True, check=False)
            report.check(x.returncode in (0, 77), "duckdb", lambda: repr(x.stderr[-300:]))
            if x.returncode == 77:
                print("duckdb has no reader of SQLite here and no net to get it from")
        s = serve.Running(binary, db)
        try:
            if has("openapi_spec_validator"):
                x = subprocess.run([python, "-m", "openapi_spec_validator", "-"], input=s.get("/api/v1/openapi.json")[2], capture_output=True, check=False)
                report.check(x.returncode == 0, "OpenAPI", lambda: f"{x.stdout[-400:]} {x.stderr[-400:]}")
            if has("feedparser"):
                story = json.loads(s.get("/api/v1/stories")[2])["stories"][0]["id"]
                for path in ("/feed.atom", f"/story/{story}/feed.atom", "/search.atom?q=ferry", "/search.atom?q=fer*"):
                    x = subprocess.run([python, "-c", FEED], input=s.get(path)[2], capture_output=True, check=False)
                    report.check(x.returncode == 0, "feed", lambda: f"{path}: {x.stderr[-400:]}")
        finally:
            report.check(s.stop() == 0, "serve", "it ends well")
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
