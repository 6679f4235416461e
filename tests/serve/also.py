#!/usr/bin/env python3
"""What a served database tells of a report that other commands tell too: stories that its parts tell of (`also` of `stories --jsonl`), links that
a user gave, with twins and without.

    also.py BINARY

Invented reports (tests/database/texts.py) and round-ups of them. Python 3 standard library only.
"""
import importlib.util
import json
import os
import random
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "database"))
sys.path.insert(0, os.path.join(HERE, ".."))
sys.dont_write_bytecode = True
import texts  # noqa: E402
from common import Report, run  # noqa: E402

spec = importlib.util.spec_from_file_location("serve_run", os.path.join(HERE, "run.py"))
serve = importlib.util.module_from_spec(spec)
spec.loader.exec_module(serve)


def rows():
    r = random.Random(4)
    out = texts.reports(30, words=80)
    for k in range(12):
        parts = []
        for e in r.sample(range(30), 4):
            x = texts.report(e, r.randrange(5), words=80)
            parts.append(" ".join([x["title"] + "."] + x["text"].split("\n")[:4]))
        out.append({"id": "week %d" % k, "title": "The week in short, %d" % k, "text": "\n".join(parts), "outlet": "Weekly %d" % k, "lang": "en"})
    out.append(dict(out[-1], id="again"))  # one text under two ids
    return out


def check(report, binary, folder, name, links):
    path, tied = os.path.join(folder, "rows.jsonl"), os.path.join(folder, "links.tsv")
    with open(path, "w", encoding="utf-8") as f:
        f.writelines(json.dumps(x, ensure_ascii=False) + "\n" for x in rows())
    with open(tied, "w", encoding="utf-8") as f:
        f.writelines("%s\t%s\t%s\n" % x for x in links)
    code, out, _ = run([binary, "stories", "--jsonl", "--links", tied, path])
    want = {x["id"]: x.get("also", []) for x in map(json.loads, out.splitlines())}
    report.check(code == 0 and sum(map(bool, want.values())) > 5, name, "the round-ups tell of several stories")
    db = os.path.join(folder, name.replace(" ", "-") + ".db")
    code, _, err = run([binary, "ingest", "--db", db, "--links", tied, path])
    report.check(code == 0, name, lambda: f"ingest: {err!r}")
    s = serve.Running(binary, db)
    try:
        for article, also in want.items():
            status, _, body = s.get(f"/api/v1/articles/{serve.coded(article)}/also")
            have = json.loads(body) if status == 200 else {}
            report.check(have == {"article": article, "also": also}, name, lambda: f"{article}: {status} {body[:300]} wanted {also}")
        one = next(a for a, also in want.items() if also)
        page = s.get(f"/article/{serve.coded(one)}/also")[2].decode()
        report.check(all(f"/story/{x['story']}\"" in page for x in want[one]), name, "the page names the stories")
        none = next(a for a, also in want.items() if not also)
        report.check("No part of it" in s.get(f"/article/{serve.coded(none)}/also")[2].decode(), name, "the page says that there are none")
        for kind, a, b in links:
            answer = json.loads(s.get(f"/api/v1/why?a={serve.coded(a)}&b={serve.coded(b)}")[2])
            report.check(answer["link"] == kind and answer["same_story"] == (kind == "must-link"), name, lambda: f"{a}, {b}: {answer['link']}")
            page = s.get(f"/why?a={serve.coded(a)}&b={serve.coded(b)}")[2].decode()
            report.check("A list of links" in page, name, "the page of why names the link")
    finally:
        report.check(s.stop() == 0, name, "the server ends well")


def main():
    binary = os.path.abspath(sys.argv[1])
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        check(report, binary, folder, "also", [])
        check(report, binary, folder, "also with links", [("cannot-link", "week 11", "again"), ("must-link", "week 3", "r4-0"), ("cannot-link", "r2-0", "r2-2")])
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
