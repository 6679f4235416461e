#!/usr/bin/env python3
"""What a publisher withholds or puts under an embargo is shown nowhere: every route of the server, the feeds, search and export.

    rights.py BINARY

The routes are read from src/serve/routes.def, so that a new one is asked without being named here; every id, name and word that the database
knows is put into them. Five reports hold words that nobody may read: withheld and embargoed from the start, withdrawn after it was public,
embargoed before it was public, withheld between two public versions. Python 3 standard library only.
"""
import contextlib
import json
import os
import re
import sqlite3
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
import importlib.util  # noqa: E402

from common import ROOT, Report, run  # noqa: E402

spec = importlib.util.spec_from_file_location("serve_run", os.path.join(HERE, "run.py"))
serve = importlib.util.module_from_spec(spec)
spec.loader.exec_module(serve)

# Each word stands in one hidden version alone. None is ever asked for, so none may come back.
SECRETS = ["vexillora", "quandermill", "brastelow", "ommerfield", "tarnisquay"]
BODY = ("The lighthouse of Stonemark was lit again on Tuesday night after {n} days in the dark, the harbour board said. "
        "\u201cWe have waited {n} days for the lamp{word}, and it burns,\u201d said {who} of the board. "
        "The keeper climbed {steps} steps with the new lens{word}. Ships had been told to keep two miles from the rocks until the lamp was lit.")


def item(key, secret="", day=2, **more):
    """A report as ninjs. Its secret stands in headline, byline, outlet, quotation, speaker and text."""
    word = " " + secret if secret else ""
    x = {"uri": "urn:test:" + key, "type": "text", "pubstatus": "usable", "headline": f"Lighthouse of Stonemark lit again{word}",
         "language": "en", "versioncreated": f"2031-05-0{day}T08:00:00Z", "byline": "Ada Brook" + word.title(),
         "infosources": [{"name": "Stonemark Post" + word.title(), "role": "publisher"}],
         "body_text": BODY.format(n=90 + day, word=word, who="Ida Quill" + (" " + secret.title() if secret else ""), steps=200 + day)}
    x.update(more)
    return x


WITHHELD, EMBARGO = {"pubstatus": "withheld"}, {"embargoed": "2099-01-01T00:00:00Z"}


def states():
    first = [item("open-1", day=1), item("open-2", day=3), item("withheld", SECRETS[0], **WITHHELD), item("embargoed", SECRETS[1], **EMBARGO),
             item("recalled", SECRETS[2]), item("early", SECRETS[3], **EMBARGO), item("between"),
             # Nobody else tells this one.
             dict(item("alone", SECRETS[0], **WITHHELD), headline="Orchard of Lesser Alder in frost " + SECRETS[0],
                  body_text=f"Frost took half of the blossom in the orchards of Lesser Alder {SECRETS[0]} on Saturday, the growers said.")]
    second = [item("recalled", SECRETS[2], day=4, **WITHHELD), item("early", day=4), item("between", SECRETS[4], day=4, **WITHHELD)]
    return first, second, [item("between", day=5)]


def routes():
    """(path with {} for what is asked for, names of parameters)"""
    with open(os.path.join(ROOT, "src", "serve", "routes.def"), encoding="utf-8") as f:
        found = re.findall(r'^ROUTE\(\w+, \w+, \w+, "([^"]*)", "([^"]*)"', f.read(), re.M)
    return [(path, params.split()) for path, params in found]


def known(db):
    """Every id and name that the database has, of what is hidden too."""
    with contextlib.closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as c:
        def one(sql):
            return [r[0] for r in c.execute(sql)]
        stories, articles, outlets = one("SELECT name FROM story"), one("SELECT uid FROM article"), one("SELECT name FROM outlet")
        versions = [str(x) for x in one("SELECT DISTINCT number FROM version")]
    people = ["Ida Quill"] + ["Ida Quill " + s.title() for s in SECRETS]
    return {"story": stories, "stories": stories, "article": articles, "articles": articles, "outlet": outlets, "outlets": outlets,
            "person": people, "people": people, "from": ["0"], "to": versions, "a": articles, "b": articles[:3], "q": ["lighthouse", "lamp", "days",
            "ida", "the"], "speaker": ["quill"], "outlet=": outlets, "lang": ["en"], "kind": ["article", "quotation", "figure"], "least": ["1"],
            "limit": ["200"], "order": ["fresh", "origins", "articles"], "since": ["2031-01-01"], "until": ["2100-01-01"], "offset": ["0"]}


def addresses(facts):
    for path, params in routes():
        holes = facts[next(x for x in path.split("/") if x in facts)] if "{}" in path else [None]
        for hole in holes:
            base = path if hole is None else path.replace("{}", serve.coded(hole))
            yield base
            if "a" in params:
                for a in facts["a"]:
                    for b in facts["b"]:
                        yield f"{base}?a={serve.coded(a)}&b={serve.coded(b)}"
                continue
            usual = "&".join(f"{p}={facts[p][0]}" for p in ("least", "limit", "from") if p in params)
            wide = [p for p in params if p in ("order", "q", "speaker", "kind", "to")]
            if usual:
                yield f"{base}?{usual}"
            for p in wide:
                for value in facts[p]:
                    more = "&q=the" if p == "kind" else ""
                    yield f"{base}?{usual}&{p}={serve.coded(value)}{more}"
            if "outlet" in params:
                for o in facts["outlet="]:
                    yield f"{base}?{usual}&q=the&outlet={serve.coded(o)}"


def shown(asked, body):
    """Secrets in an answer that stand neither in the address nor are part of a name that was asked for."""
    said, told = serve.urllib.parse.unquote_plus(asked).lower(), body.decode("utf-8", "replace").lower()
    return [s for s in SECRETS if s in told and s not in said]


def check_server(report, binary, db, when):
    facts, n, seen = known(db), 0, {}
    s = serve.Running(binary, db)
    try:
        for path in addresses(facts):
            status, headers, body = s.get(path)
            n += 1
            seen[status] = seen.get(status, 0) + 1
            report.check(status in (200, 308, 400, 403, 404), "status", lambda: f"{when}: {path}: {status} {body[:200]}")
            report.check(not shown(path, body), "what nobody may read", lambda: f"{when}: {path}: {shown(path, body)}")
            report.check(not [x for x in SECRETS if x in str(headers).lower()], "in a header", lambda: f"{when}: {path}: {headers}")
        report.check(n > 250 and seen.get(200, 0) > 100, "few routes were asked", lambda: f"{when}: {n} {seen}")
        # What may be shown is.
        report.check(b"Stonemark" in s.get("/?least=1")[2], "nothing is shown", when)
        open_ = [json.loads(s.get("/api/v1/stories?least=1&limit=200")[2])["stories"]]
        for x in open_[0]:
            articles = json.loads(s.get("/api/v1/stories/" + x["id"])[2])["articles"]
            report.check(x["articles"] == len(articles) > 0, "count of articles", lambda: f"{when}: {x['articles']} told, {len(articles)} there")
            report.check(not [a for a in articles if a["id"].endswith(("withheld", "embargoed", "alone"))], "listed", lambda: f"{when}: {articles}")
        for name in json.loads(s.get("/api/v1/outlets?limit=200")[2])["outlets"]:
            report.check(not [w for w in SECRETS if w in name["name"].lower()], "an outlet of hidden reports alone", lambda: f"{when}: {name}")
        status = s.get("/article/urn%3Atest%3Awithheld")[0]
        report.check(status == 403, "a withheld report", lambda: f"{when}: {status}")
    finally:
        report.check(s.stop() == 0, "stop", when)
    return n


def check_commands(report, binary, db, when):
    for words in (["lighthouse"], ["days"], ["lamp"]):
        for more in ([], ["--json"], ["--jsonl"], ["--quotations"], ["--figures"], ["--speaker", "quill"]):
            _, out, err = run([binary, "search", "--db", db, *words, *more])
            report.check(not shown("", out + err), "search", lambda: f"{when}: {words} {more}: {shown('', out + err)}")
    for form in ("jsonl", "csv", "passim", "annotations", "dehydrated"):
        for what in ("articles", "quotations", "figures", "pairs", "stories") if form in ("jsonl", "csv") else (None,):
            code, out, err = run([binary, "export", "--db", db, "--format", form] + (["--what", what] if what else []))
            report.check(code == 0, "export", lambda: f"{when}: {form} {what}: {err}")
            report.check(not shown("", out + err), "export", lambda: f"{when}: {form} {what}: {shown('', out + err)}")
    code, out, _ = run([binary, "check", "--db", db])
    report.check(code == 0, "check", lambda: f"{when}: {out}")


def main():
    binary, report = os.path.abspath(sys.argv[1]), Report()
    with tempfile.TemporaryDirectory() as folder:
        db = os.path.join(folder, "t.db")
        for k, items in enumerate(states()):
            paths = []
            for x in items:
                paths.append(os.path.join(folder, f"{k}-{x['uri'].rsplit(':', 1)[1]}.json"))
                with open(paths[-1], "w", encoding="utf-8") as f:
                    json.dump(x, f)
            code, _, err = run([binary, "ingest", "--quiet", "--db", db, *paths])
            report.check(code == 0, "ingest", lambda: f"{code} {err}")
            if k == 0:
                # While it is public, the third one can be read.
                SECRETS.remove("brastelow")
            check_server(report, binary, db, f"state {k + 1}")
            check_commands(report, binary, db, f"state {k + 1}")
            if k == 0:
                SECRETS.append("brastelow")
        with contextlib.closing(sqlite3.connect(db)) as c:
            report.check(c.execute("SELECT count(*) FROM version WHERE hidden").fetchone()[0] == 6, "the test hides what it means to", "")
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
