#!/usr/bin/env python3
"""`samestory serve`: routes, what they answer, hostile articles, hostile clients.

    run.py BINARY

The database is made of invented articles, some of which try to break out of the page. Python 3 standard library only.
"""
import http.client
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "web"))
from common import ROOT, Report, environment, run  # noqa: E402
from run import Page  # noqa: E402  (tests/web/run.py)

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import feeds  # noqa: E402

BAD = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;\u202e</title></style>"
BODY = ("The ferry Alma was towed into the harbour of Brackwater on Tuesday night after its engine failed, the harbour master said. "
        "\u201cWe were {} by the tide and nobody was hurt at all,\u201d said Ada <b>Morrow</b>, the mayor. About {} people were aboard </p></main><script>alert(3)</script>. "
        "Divers will look at the hull in the morning before the owners decide what to do with the ship.")


def articles():
    rows = []
    for i, (word, n) in enumerate((("saved", 90), ("helped", 94), ("saved", 90))):
        rows.append({"id": f"bad/{i}?x=1#<{BAD}>", "url": f"javascript:alert('{i}')//{BAD}", "title": f"Ferry Alma towed in {i} {BAD}",
                     "outlet": f"Marrow {i} {BAD}", "published": f"2031-04-02T0{i}:00:00Z", "lang": "en", "text": BODY.format(word, n)})
    rows.append({"id": "..", "title": "Market of Ostmark opens", "outlet": "..", "lang": "en\" onload=\"x", "published": "2031-04-01",
                 "text": "The market of Ostmark opened again on Monday with forty stalls after two years of repairs to its roof, the town said in a statement."})
    rows.append({"id": "plain", "url": "https://marrow.example/plain", "title": "Orchard in frost", "outlet": "Marrow Post", "published": "2031-03-30T10:00:00Z",
                 "text": "Frost took half of the blossom in the orchards of Lesser Alder on Saturday. \u201cI have not seen the like in forty years,\u201d said Tom Reed, a grower."})
    return rows


SECRET = "Nobody may read this sentence of the embargoed report yet"


def ninjs(folder):
    """One that its publisher withholds."""
    path = os.path.join(folder, "withheld.json")
    with open(path, "w", encoding="utf-8") as f:
        json.dump({"uri": "urn:withheld:1", "type": "text", "pubstatus": "withheld", "headline": "Ferry Alma towed in " + SECRET, "language": "en",
                   "versioncreated": "2031-04-02T08:00:00Z", "body_text": SECRET + ". " + BODY.format("saved", 90)}, f)
    return path


class Running:
    def __init__(self, binary, db, *more):
        self.process = subprocess.Popen([binary, "serve", "--db", db, "--port", "0", *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
        line = self.process.stdout.readline().decode()
        m = re.search(r"http://([0-9.]+):(\d+)/", line)
        if not m:
            raise SystemExit(f"the server did not start: {line!r} {self.process.stderr.read()!r}")
        self.host, self.port = m.group(1), int(m.group(2))

    def get(self, path, headers=None, method="GET"):
        c = http.client.HTTPConnection(self.host, self.port, timeout=30)
        c.putrequest(method, path, skip_host=bool(headers and "Host" in headers))
        for k, v in (headers or {}).items():
            c.putheader(k, v)
        c.endheaders()
        r = c.getresponse()
        body = r.read()
        c.close()
        return r.status, dict((k.lower(), v) for k, v in r.getheaders()), body

    def raw(self, data, wait=5):
        s = socket.create_connection((self.host, self.port), timeout=wait)
        try:
            s.sendall(data)
            out = b""
            while True:
                try:
                    piece = s.recv(65536)
                except (socket.timeout, ConnectionResetError):
                    break
                if not piece:
                    break
                out += piece
                if b"\r\n\r\n" in out:
                    break
            return out
        finally:
            s.close()

    def peak(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as f:
            return int(re.search(r"VmHWM:\s+(\d+)", f.read()).group(1)) // 1024

    def stop(self, sig=signal.SIGTERM):
        self.process.send_signal(sig)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return None
        return self.process.returncode


def coded(s):
    return urllib.parse.quote(s, safe="")


def check_markup(report, name, body, headers):
    text = body.decode("utf-8")
    page = Page(text)
    report.check(not page.problems, "markup", lambda: f"{name}: {page.problems[:3]}")
    report.check(len(page.ids) == len(set(page.ids)), "an id twice", lambda: f"{name}: {sorted(i for i in page.ids if page.ids.count(i) > 1)[:3]}")
    report.check(page.headings.count(1) == 1, "not one h1", lambda: f"{name}: {page.headings}")
    steps = [b - a for a, b in zip(page.headings, page.headings[1:])]
    report.check(all(s <= 1 for s in steps), "headings with gaps", lambda: f"{name}: {page.headings}")
    for tag, a in page.elements:
        report.check(not [k for k in a if k.startswith("on") or k == "style"], "event attribute", lambda: f"{name}: {tag} {a}")
        if tag == "script":
            report.check(a.get("src") == "/assets/serve.js", "script", lambda: f"{name}: {a}")
        for key in ("src", "href", "action"):
            value = a.get(key)
            if value is not None and tag != "a":
                report.check(value.startswith("/"), "loaded from elsewhere", lambda: f"{name}: {tag} {a}")
            if value is not None and tag == "a":
                report.check(re.match(r"(/|#|\?|https?://)", value), "address", lambda: f"{name}: {a}")
    for link in page.links:
        if link.startswith("#"):
            report.check(link[1:] in page.ids, "a link to nowhere", lambda: f"{name}: {link}")
    report.check("alert(" in text or "ferry" not in name, "test of hostile text", lambda: f"{name} shows no hostile text")
    report.check("\u202e" not in text, "direction override", name)
    report.check(re.search(r'<html lang="en"', text) and "<title>" in text and 'name="viewport"' in text, "head", name)
    policy = headers.get("content-security-policy", "")
    report.check("default-src 'none'" in policy and "unsafe" not in policy, "policy", lambda: f"{name}: {policy}")
    labels = {a.get("for") for tag, a in page.elements if tag == "label"}
    for tag, a in page.elements:
        if tag in ("input", "select"):
            report.check(a.get("id") in labels, "input without a label", lambda: f"{name}: {a}")
    return page


def check_pages(report, s):
    status, headers, body = s.get("/api/v1/stories?least=1")
    stories = json.loads(body)["stories"]
    report.check(status == 200 and len(stories) >= 3, "stories", lambda: body[:300])
    ferry = [x for x in stories if x["articles"] >= 3]
    if not report.check(len(ferry) == 1, "the story of the ferry", lambda: body[:600]):
        return
    sid = ferry[0]["id"]
    articles_ = json.loads(s.get(f"/api/v1/stories/{sid}")[2])["articles"]
    a, b = articles_[0]["id"], articles_[1]["id"]
    person = json.loads(s.get("/api/v1/people")[2])["people"]
    pages = ["/", "/?order=origins&least=1", f"/story/{sid}#ferry", f"/article/{coded(a)}#ferry", f"/article/{coded(a)}/versions", "/people", "/outlets",
             f"/outlet/{coded(articles_[0]['outlet'])}", "/outlet/%2E%2E", "/article/%2E%2E", "/search", "/search?q=ferry", "/search?q=" + coded(BAD),
             "/search?speaker=" + coded(BAD) + "&outlet=" + coded(BAD) + "&lang=" + coded(BAD), "/why", f"/why?a={coded(a)}&b={coded(b)}", "/status",
             "/why?a=" + coded(BAD) + "&b=x", "/people?q=" + coded(BAD)] + [f"/person/{coded(p['name'])}" for p in person[:3]]
    for path in pages:
        status, headers, body = s.get(path.split("#")[0])
        report.check(status == 200 or "why?a=%22" in path, "page", lambda: f"{path}: {status} {body[:200]}")
        check_markup(report, path, body, headers)
    for path in ("/nothing", "/story/none", "/article/none", "/person/none", "/outlet/none", "/article/none/versions", "/story/", "/search?since=x"):
        status, headers, body = s.get(path)
        report.check(status in (400, 404), "page that is not there", lambda: f"{path}: {status}")
        check_markup(report, path, body, headers)
    check_api(report, s, sid, a, b, person)
    check_feeds(report, s, sid)


def fits(spec, schema, value):
    """What does not fit, or None."""
    if "$ref" in schema:
        return fits(spec, spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], value)
    if "anyOf" in schema:
        return None if any(fits(spec, x, value) is None for x in schema["anyOf"]) else f"none of {schema['anyOf']}: {value!r}"
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    types = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict, "null": type(None)}
    if not any(isinstance(value, types[k]) and not (k in ("integer", "number") and isinstance(value, bool)) for k in kinds):
        return f"{kinds}: {value!r}"
    if isinstance(value, list):
        return next((x for x in (fits(spec, schema["items"], v) for v in value) if x), None)
    if isinstance(value, dict):
        missing = set(schema["required"]) - set(value)
        strange = set(value) - set(schema["properties"])
        if missing or strange:
            return f"missing {missing}, not described {strange}"
        return next((f"{k}: {x}" for k, x in ((k, fits(spec, schema["properties"][k], v)) for k, v in value.items()) if x), None)
    return None


def check_api(report, s, sid, a, b, person):
    spec = json.loads(s.get("/api/v1/openapi.json")[2])
    report.check(spec["openapi"].startswith("3.1") and spec["info"]["title"] == "samestory", "openapi", "")
    fill = {"stories": sid, "articles": coded(a), "people": coded(person[0]["name"]) if person else "x", "outlets": "Marrow%20Post", "story": sid}
    query = {"/api/v1/search": "?q=ferry", "/api/v1/why": f"?a={coded(a)}&b={coded(b)}", "/search.atom": "?q=ferry", "/search.json": "?q=ferry"}
    ids = [x["get"]["operationId"] for x in spec["paths"].values()]
    report.check(len(ids) == len(set(ids)), "operation twice", lambda: str(ids))
    for path, entry in spec["paths"].items():
        names = re.findall(r"{(\w+)}", path)
        told = [p["name"] for p in entry["get"]["parameters"] if p["in"] == "path"]
        report.check(names == told, "parameters of the path", lambda: f"{path}: {told}")
        real = path.replace("{id}", fill.get(path.split("/")[3] if path.startswith("/api") else "story", "x")) + query.get(path, "")
        status, headers, body = s.get(real)
        kind = next(iter(entry["get"]["responses"]["200"]["content"]))
        report.check(status == 200 and headers["content-type"].startswith(kind), "route of the description", lambda: f"{real}: {status} {headers} {body[:200]}")
        schema = entry["get"]["responses"]["200"]["content"][kind].get("schema")
        if schema and status == 200:
            wrong = fits(spec, schema, json.loads(body))
            report.check(wrong is None, "not as described", lambda: f"{real}: {wrong}")
        elif kind == "application/json":
            json.loads(body)
        elif kind == "application/atom+xml":
            report.check(not feeds.atom(body) and b"<entry" in body, "Atom", lambda: f"{real}: {feeds.atom(body)[:4]}")
        elif kind == "application/feed+json":
            report.check(not feeds.json_feed(body) and json.loads(body)["items"], "JSON Feed", lambda: f"{real}: {feeds.json_feed(body)[:4]}")
    # The report of the interface is what compare writes.
    story = json.loads(s.get(f"/api/v1/stories/{sid}/report")[2])
    report.check(story["stories"][0]["id"] == sid, "report", lambda: str(story)[:200])
    for row in json.loads(s.get("/api/v1/search?q=ferry&kind=article")[2])["hits"]:
        text = json.loads(s.get("/api/v1/articles/" + coded(row["article"]["id"]))[2])["text"].encode()
        if not row["in_title"]:
            report.check(text[row["begin"]:row["end"]].decode() == row["snippet"], "snippet", lambda: str(row))
    first = json.loads(s.get("/api/v1/stories?least=1&limit=1")[2])
    second = json.loads(s.get(first["next"])[2])
    report.check(first["stories"][0]["id"] != second["stories"][0]["id"], "paging", lambda: f"{first['next']}")
    report.check(json.loads(s.get("/api/v1/stories?limit=99999&offset=99999999&least=1")[2])["stories"] == [], "limits", "")
    status, headers, _ = s.get("/api/v1/stories")
    status, again, body = s.get("/api/v1/stories", {"If-None-Match": headers["etag"]})
    report.check(status == 304 and not body and again["etag"] == headers["etag"], "ETag", lambda: f"{status} {again}")
    metrics = s.get("/metrics")[2].decode()
    for line in metrics.splitlines():
        report.check(re.fullmatch(r"# (HELP|TYPE) samestory_\w+ .+|samestory_\w+(\{\w+=\"\w+\"\})? \d+", line), "metrics", line)
    report.check(s.get("/health")[2] == b"ok\n", "health", "")


def check_feeds(report, s, sid):
    """Every feed, of hostile words too; and the check itself, which must see what is wrong."""
    for path in ("/feed", "/feed?least=1", "/feed?least=1&order=origins", f"/story/{sid}/feed", "/search?q=ferry", "/search?q=" + coded(BAD), "/search?q=zzzz",
                 "/search?kind=quotation&q=the", "/search?q=%C3%A9%20%3Cx%3E%22&lang=en&since=2031-01-01"):
        head, _, query = path.partition("?")
        for suffix, problems in ((".atom", feeds.atom), (".json", feeds.json_feed)):
            real = head + suffix + ("?" + query if query else "")
            status, _, body = s.get(real)
            report.check(status == 200 and not problems(body), "feed", lambda: f"{real}: {status} {problems(body)[:4]}")
    body = s.get("/feed.atom?least=1")[2].decode()
    for wrong in (body.replace("<updated>", "<updated>x", 1), body.replace("<id>http", "<id>", 1), re.sub("<title>[^<]*</title>", "", body, 1),
                  body.replace("<entry", "<entry><updated>2031-01-01T00:00:00Z</updated></entry><entry", 1), body.replace(" href=", " src=", 1),
                  re.sub("(<entry.*?</entry>)", r"\1\1", body, 1, re.S), body.replace("</feed>", "<item/></feed>")):
        report.check(wrong != body and feeds.atom(wrong.encode()), "the check of feeds sees nothing", lambda: wrong[:300])
    spec = s.get("/api/v1/openapi.json")[2]
    report.check(not feeds.openapi(spec), "openapi", lambda: str(feeds.openapi(spec)[:5]))
    report.check(feeds.openapi(spec.replace(b"schemas/story_row", b"schemas/story_roe", 1)), "the check of the description sees nothing", "")


def check_withheld(report, s):
    for path in ("/", "/search?q=embargoed", "/api/v1/search?q=embargoed", "/api/v1/stories?least=1", "/article/urn%3Awithheld%3A1", "/api/v1/articles/urn%3Awithheld%3A1",
                 "/feed.atom?least=1", "/search.atom?q=embargoed", "/outlets", "/api/v1/articles/urn%3Awithheld%3A1/versions", "/why?a=urn%3Awithheld%3A1&b=plain"):
        _, _, body = s.get(path)
        report.check(SECRET.encode() not in body, "withheld report", lambda: f"{path} shows it")
    for x in json.loads(s.get("/api/v1/stories?least=1")[2])["stories"]:
        for path in (f"/story/{x['id']}", f"/api/v1/stories/{x['id']}", f"/api/v1/stories/{x['id']}/report", f"/story/{x['id']}/feed.atom"):
            report.check(SECRET.encode() not in s.get(path)[2], "withheld report", lambda: f"{path} shows it")


def check_requests(report, s):
    for path in ("/../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../etc/passwd", "/assets/%2e%2e%2fserve.css", "//etc/passwd", "/story/%00", "/story/%zz",
                 "/story/%", "/search?q=%00", "/search?q=%e", "/article/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/a/b/c/d/e", "/" + "x/" * 2000):
        status, _, body = s.get(path)
        report.check(status in (400, 404) and b"root:" not in body, "path", lambda: f"{path[:60]}: {status}")
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"):
        status, headers, _ = s.get("/", method=method)
        report.check(status == 405 and headers.get("allow") == "GET, HEAD", "method", lambda: f"{method}: {status} {headers}")
    full = s.get("/")
    head = s.get("/", method="HEAD")
    report.check(head[0] == 200 and not head[2] and int(head[1]["content-length"]) == len(full[2]), "HEAD", lambda: str(head[1]))
    for host, wanted in (("evil.example", 421), ("evil.example:80", 421), ("127.0.0.1.evil.example", 421), ("localhost", 200), ("[::1]:8080", 200), ("x.localhost", 200)):
        status, _, _ = s.get("/health", {"Host": host})
        report.check(status == wanted, "name of the server", lambda: f"{host}: {status}")
    out = s.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 200000 + b"\r\n\r\n")
    report.check(b" 431 " in out[:40] or b" 413 " in out[:40] or out == b"", "huge header", lambda: out[:60])
    out = s.raw(b"GET /" + b"x" * 100000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
    report.check(b" 414 " in out[:40] or b" 431 " in out[:40] or out == b"", "huge address", lambda: out[:60])
    for junk in (b"\x00\xff\x00\xff\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00"):
        out = s.raw(junk, wait=2)
        report.check(b" 200 " not in out[:20], "junk", lambda: f"{junk!r}: {out[:60]}")
    report.check(s.get("/health")[0] == 200, "answers behind junk", "")
    # A visit, and what is new since.
    _, headers, _ = s.get("/")
    cookie = headers["set-cookie"]
    report.check("HttpOnly" in cookie and "SameSite=Lax" in cookie, "cookie", cookie)
    body = s.get("/", {"Cookie": "visit=0.1000"})[2]
    report.check(b"since your last visit" in body and b'class="new"' in body, "new since the last visit", "nothing is marked")
    for bad in ("visit=9999999999999999999.1", "visit=x", "visit=-1.-1", "visit=1.0", "visit=" + "9" * 500):
        status, _, body = s.get("/", {"Cookie": bad})
        report.check(status == 200, "cookie", lambda: f"{bad[:40]}: {status}")


def check_crowd(report, s, many):
    """Connections that say nothing, others that say half; who asks properly is answered."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    want = many + 200
    if soft < want:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(want, hard), hard))
    socks = []
    try:
        for i in range(many):
            c = socket.create_connection((s.host, s.port), timeout=10)
            if i % 2:
                c.sendall(b"GET / HTTP/1.1\r\nHost: local")
            socks.append(c)
        begun = time.monotonic()
        good = sum(s.get("/health")[0] == 200 for _ in range(20))
        report.check(good == 20 and time.monotonic() - begun < 20, "a crowd of connections", lambda: f"{good} of 20 answered")
        slow = socket.create_connection((s.host, s.port), timeout=10)
        socks.append(slow)
        slow.sendall(b"GET / HTTP/1.1\r\nHost: local")
        for byte in b"host\r\n\r\n":
            slow.sendall(bytes([byte]))
            time.sleep(0.02)
        slow.settimeout(10)
        report.check(slow.recv(64).startswith(b"HTTP/1.1 200"), "a slow client", "no answer")
    finally:
        for c in socks:
            c.close()
    errors = []

    def ask(n):
        try:
            for i in range(20):
                status, _, _ = s.get(("/", "/people", "/api/v1/stories?least=1", f"/search?q=ferry{n}{i}")[i % 4])
                if status != 200:
                    errors.append(status)
        except OSError as e:
            errors.append(e)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(16)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    report.check(not errors, "many at once", lambda: str(errors[:3]))
    report.check(s.peak() < 400, "memory", lambda: f"{s.peak()} MB")


def main():
    binary = os.path.abspath(sys.argv[1])
    many = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        rows, db = os.path.join(folder, "rows.jsonl"), os.path.join(folder, "t.db")
        with open(rows, "w", encoding="utf-8") as f:
            for x in articles():
                f.write(json.dumps(x) + "\n")
        code, out, err = run([binary, "ingest", "--db", db, rows, ninjs(folder)])
        report.check(code in (0, 1), "ingest", lambda: f"{code} {err!r}")
        s = Running(binary, db)
        try:
            check_pages(report, s)
            check_withheld(report, s)
            check_requests(report, s)
            check_crowd(report, s, many)
            # What comes in while it serves is seen.
            more = os.path.join(folder, "more.jsonl")
            with open(more, "w", encoding="utf-8") as f:
                f.write(json.dumps({"id": "later", "title": "Lighthouse sold", "text": "The lighthouse of Stonemark was sold on Friday to a couple from Ostmark."}) + "\n")
            before = s.get("/status")[1]["etag"]
            run([binary, "ingest", "--db", db, more])
            status, headers, body = s.get("/article/later")
            report.check(status == 200 and b"Lighthouse" in body, "what came in meanwhile", lambda: f"{status}")
            report.check(s.get("/status")[1]["etag"] != before, "ETag behind a change", "it is the same")
            held = socket.create_connection((s.host, s.port))
            held.sendall(b"GET / HTTP/1.1\r\n")
        finally:
            code = s.stop()
        report.check(code == 0, "stop", lambda: f"exit code {code}")
        s = Running(binary, db, "--host", "news.example")
        report.check(s.get("/health", {"Host": "news.example"})[0] == 200, "--host", "")
        report.check(s.stop(signal.SIGINT) == 0, "stop by SIGINT", "")
        for args, wanted in ((["serve"], 2), (["serve", "--db", os.path.join(folder, "none.db")], 3), (["serve", "--db", rows], 3),
                             (["serve", "--db", db, "--address", "nowhere"], 2), (["serve", "--db", db, "--port", "99999"], 2)):
            code, _, err = run([binary, *args], timeout=20)
            report.check(code == wanted and err, "usage", lambda: f"{args}: {code} {err!r}")
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
