#!/usr/bin/env python3
"""`samestory fetch` against a server of its own that misbehaves.

    run.py BINARY

The server is Python's http.server on a free port of 127.0.0.1; what it does is said by the path. What is stored is read with sqlite3.
"""
import gzip
import http.server
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from common import Report, environment, run  # noqa: E402

TEXT = ("The harbour town of Brackwater will close its old bridge in spring, the council said on Tuesday. "
        "\u201cIt has served us well, but it is tired,\u201d said Ada Morrow, the mayor. About 4,000 cars cross it each day. "
        "A ferry will run every twenty minutes until the new one opens, and shops on the east bank will get help with the rent. ")


def page(title, extra=""):
    return (f"<!doctype html><html lang=en><head><title>{title}</title></head><body><nav><a href=/>Home</a></nav><article><h1>{title}</h1>"
            f"<p>{TEXT}</p><p>{extra or 'Work begins in April and takes two years.'}</p><p>{TEXT[::1]}</p></article></body></html>").encode()


def item(base, path, title="", guid="", more=""):
    return (f"<item><title>{title or 'Bridge ' + path}</title><link>{base}{path}</link><guid isPermaLink='false'>{guid or 'g' + path}</guid>"
            f"<description>A short word on it.</description><pubDate>Wed, 02 Apr 2031 08:00:00 GMT</pubDate>{more}</item>")


def rss(items, title="Marrow Post"):
    return (f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>{title}</title><link>http://marrow.example/</link>"
            f"<description>x</description>{''.join(items)}</channel></rss>").encode()


# One story, told by two in words of their own.
OWN = {
    "courier": ("Divers find cracks in bridge of Ostmark",
                "The old bridge of Ostmark was closed on Monday after divers found cracks in two piers. \u201cWe will not let one lorry cross it before "
                "spring,\u201d said Mayor Ilka Brandel. Some 1,200 people cross it on a working day, the harbour office of Ostmark said."),
    "harbour": ("Ostmark shuts its old bridge",
                "The old bridge of Ostmark stays closed: divers found cracks in two piers. \u201cWe will not let one lorry cross it,\u201d said Mayor Ilka "
                "Brandel. About 1,500 people cross the bridge on a working day, according to the harbour office."),
}


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request, client_address):
        pass  # clients that have had enough


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def give(self, status, body=b"", kind="text/html; charset=utf-8", headers=()):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for k, v in headers:
            self.send_header(k, v)
        self.end_headers()
        self.wfile.write(body)

    def feed(self, items, **more):
        self.give(200, rss(items), "application/rss+xml", **more)

    def do_GET(self):
        state, base, path = self.server.state, self.server.base, self.path
        with state["lock"]:
            state["asked"].append((path, dict(self.headers), time.monotonic()))
            n = sum(1 for p, _, _ in state["asked"] if p == path)
        try:
            self.answer(state, base, path, n)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def answer(self, state, base, path, n):
        if path == "/robots.txt":
            if state.get("robots_status"):
                return self.give(state["robots_status"])
            return self.give(200, b"User-agent: samestory\nDisallow: /private/\nAllow: /private/open\n\nUser-agent: *\nDisallow: /\n", "text/plain")
        if path == "/good":
            tag = '"v%d"' % state["version"]
            if self.headers.get("If-None-Match") == tag:
                return self.give(304, headers=[("ETag", tag)])
            return self.feed([item(base, "/p/1"), item(base, "/private/2"), item(base, "/private/open/3"),
                              item(base, "/p/4", more=f"<source url='http://ostmark.example/rss'>Ostmark Echo</source>")],
                             headers=[("ETag", tag), ("Last-Modified", "Wed, 02 Apr 2031 08:00:00 GMT")])
        if path == "/changing":
            more = "<!-- %d -->" % state["version"]
            desc = item(base, "/p/change").replace("A short word", "A short word (%d)" % state["version"])
            return self.feed([desc + more])
        if path == "/p/change":
            return self.give(200, page("Bridge to close", "Work begins in %s and takes two years." % ("April" if state["version"] == 1 else "May")))
        if path.startswith("/p/") or path.startswith("/private/open"):
            return self.give(200, page("Bridge " + path))
        if path == "/gzip":
            return self.give(200, gzip.compress(rss([item(base, "/p/gz")])), "application/rss+xml", [("Content-Encoding", "gzip")])
        if path == "/bomb":
            return self.give(200, gzip.compress(b"<rss>" + b" " * (64 << 20)), "application/rss+xml", [("Content-Encoding", "gzip")])
        if path == "/latin":
            body = rss([item(base, "/p/latin", "Caf\u00e9 closes")]).decode().replace("utf-8", "iso-8859-1").encode("latin-1")
            return self.give(200, body, "application/rss+xml")
        if path == "/badcharset":
            return self.give(200, rss([item(base, "/p/bad", "Caf\u00e9 opens")]).replace("\u00e9".encode(), b"\xe9"), "application/rss+xml")
        if path == "/slow":
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.end_headers()
            for _ in range(600):
                self.wfile.write(b"<")
                self.wfile.flush()
                time.sleep(0.2)
            return None
        if path == "/endless":
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Connection", "close")
            self.end_headers()
            while True:
                self.wfile.write(b"<item><title>more</title></item>" * 1000)
        if path == "/huge":
            self.send_response(200)
            self.send_header("Content-Length", str(10 << 30))
            self.end_headers()
            while True:
                self.wfile.write(b"x" * 65536)
        if path == "/short":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(rss([item(base, "/p/short")]))
            self.wfile.flush()
            self.close_connection = True
            return None
        if path == "/heads":
            self.send_response(200)
            for i in range(3000):
                self.send_header("X-%d" % i, "y" * 80)
            self.end_headers()
            return None
        if path.startswith("/loop"):
            return self.give(302, headers=[("Location", "/loop" + str(n + len(path)))])
        if path == "/self":
            return self.give(301, headers=[("Location", "/self")])
        if path == "/tofile":
            return self.give(302, headers=[("Location", "file:///etc/passwd")])
        if path == "/toftp":
            return self.give(302, headers=[("Location", "ftp://127.0.0.1/x")])
        if path == "/toprivate":
            return self.give(302, headers=[("Location", f"http://127.0.0.1:{state['other']}/good")])
        if path == "/moved":
            return self.give(301, headers=[("Location", "/good2")])
        if path == "/good2":
            return self.feed([item(base, "/p/moved")])
        if path == "/500":
            return self.give(500)
        if path == "/404":
            return self.give(404)
        if path == "/gone":
            return self.give(410)
        if path == "/busy":
            if n == 1:
                return self.give(429, headers=[("Retry-After", "1")])
            return self.feed([item(base, "/p/busy")])
        if path == "/verybusy":
            return self.give(503, headers=[("Retry-After", "7200")])
        if path == "/pages":
            return self.feed([item(base, "/e/404"), item(base, "/e/500"), item(base, "/e/pdf"), item(base, "/e/hop")])
        if path == "/e/404":
            return self.give(404)
        if path == "/e/500":
            return self.give(500)
        if path == "/e/pdf":
            return self.give(200, b"%PDF-1.4", "application/pdf")
        if path == "/e/hop":
            return self.give(302, headers=[("Location", "/p/hopped")])
        if path == "/nothing":
            return self.give(200, b"<html><body>no feed</body></html>")
        if path == "/content":
            body = ("<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Full</title>"
                    f"<item><title>All of it</title><link>{base}/never</link><guid>full1</guid><content:encoded><![CDATA[<p>{TEXT}</p><p>{TEXT}</p>]]>"
                    "</content:encoded></item></channel></rss>").encode()
            return self.give(200, body, "application/rss+xml")
        if path.startswith("/own/"):
            if self.headers.get("If-None-Match"):
                return self.give(304)
            name = path[5:]
            body = ("<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>x</title>"
                    f"<item><title>{OWN[name][0]}</title><link>http://{name}.example/bridge</link><guid>{name}</guid>"
                    f"<pubDate>Wed, 02 Apr 2031 08:00:00 GMT</pubDate><content:encoded><![CDATA[<p>{OWN[name][1]}</p>]]></content:encoded></item>"
                    "</channel></rss>").encode()
            return self.give(200, body, "application/rss+xml", [("ETag", '"1"')])
        if path == "/many":
            return self.feed([item(base, "/p/many%d" % i) for i in range(30)])
        return self.give(404)


def serve(**state):
    server = Server(("127.0.0.1", 0), Handler)
    server.base = "http://127.0.0.1:%d" % server.server_address[1]
    server.state = {"lock": threading.Lock(), "asked": [], "version": 1, **state}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def asked(server, path):
    with server.state["lock"]:
        return [(h, t) for p, h, t in server.state["asked"] if p == path]


def opml(folder, server, outlines, name="feeds.opml"):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as f:
        f.write("<?xml version='1.0'?><opml version='2.0'><head><title>t</title></head><body>")
        for o in outlines:
            f.write(o if o.startswith("<") else f"<outline type='rss' text='{o}' xmlUrl='{server.base}{o}'/>")
        f.write("</body></opml>")
    return path


def query(db, sql, *args):
    con = sqlite3.connect(db)
    try:
        return con.execute(sql, args).fetchall()
    finally:
        con.close()


def fetch(binary, db, feeds, *more, timeout=120):
    return run([binary, "fetch", "--db", db, "--delay", "0", "--quiet", *more, feeds], timeout=timeout)


def check_good(report, binary, folder):
    server = serve()
    db = os.path.join(folder, "good.db")
    feeds = opml(folder, server, [f"<outline text='Papers' owner='Alder Media'><outline text='M' outlet='Marrow' xmlUrl='{server.base}/good'/></outline>"])
    code, out, err = fetch(binary, db, feeds)
    report.check(code == 0, "good feed", lambda: f"{code} {out!r} {err!r}")
    paths = [p for p, _, _ in server.state["asked"]]
    report.check("/private/2" not in paths, "robots.txt", "a forbidden page was asked for")
    report.check("/private/open/3" in paths and "/p/1" in paths, "robots.txt", lambda: f"allowed pages: {paths}")
    report.check(paths.index("/robots.txt") < paths.index("/p/1"), "robots.txt", "asked for behind a page")
    report.check(paths.count("/robots.txt") == 1, "robots.txt", "asked for more than once")
    rows = dict(query(db, "SELECT a.url, o.name FROM article a LEFT JOIN outlet o ON o.id = a.outlet"))
    report.check(rows.get(server.base + "/p/1") == "Marrow", "outlet of the list", lambda: str(rows))
    report.check(rows.get(server.base + "/p/4") == "Ostmark Echo", "source of an entry", lambda: str(rows))
    report.check(rows.get(server.base + "/private/2") == "Marrow", "summary of a forbidden page", lambda: str(rows))
    uids = {r[0] for r in query(db, "SELECT uid FROM article")}
    report.check("g/p/1" in uids, "guid", lambda: str(uids))
    report.check(query(db, "SELECT owner, outlet FROM feed") == [("Alder Media", "Marrow")], "owner of the list", lambda: str(query(db, "SELECT owner, outlet FROM feed")))
    n = len(server.state["asked"])
    code, _, _ = fetch(binary, db, feeds)
    again = [p for p, _, _ in server.state["asked"][n:]]
    report.check(code == 0 and again == ["/good"], "second run", lambda: f"asked for {again}")
    heads = asked(server, "/good")[-1][0]
    report.check(heads.get("If-None-Match") == '"v1"' and heads.get("If-Modified-Since"), "conditional", lambda: str(heads))
    report.check("samestory" in heads.get("User-Agent", ""), "user agent", lambda: str(heads))
    server.state["version"] = 2
    fetch(binary, db, feeds)
    again = [p for p, _, _ in server.state["asked"][n + 1:]]
    report.check(again == ["/good"], "known entries", lambda: f"asked for {again}")
    server.shutdown()


def check_owner(report, binary, folder):
    """Outlets that the list gives one owner count as one origin, whenever it says so; a user's table goes over it."""
    server, db = serve(), os.path.join(folder, "owner.db")

    def poll(first, second):
        list_ = opml(folder, server, [f"<outline text='{n}' outlet='{n.title()} Post' pages='none' xmlUrl='{server.base}/own/{n}' {owner}/>"
                                      for n, owner in (("courier", first), ("harbour", second))], "owner.opml")
        code, out, err = fetch(binary, db, list_)
        report.check(code == 0, "feeds of one owner", lambda: f"{code} {out!r} {err!r}")
        return query(db, "SELECT article_n, origin_n, stale FROM story WHERE article_n > 1")

    def ingest(table):
        path = os.path.join(folder, "outlets.csv")
        with open(path, "w", encoding="utf-8") as f:
            f.write(table)
        rows = os.path.join(folder, "none.jsonl")
        with open(rows, "w", encoding="utf-8") as f:
            f.write('{"id": "x", "text": "A lamp of the lighthouse of Stonemark went out on Friday."}\n')
        code, out, err = run([binary, "ingest", "--quiet", "--db", db, "--outlets", path, rows])
        report.check(code == 0, "ingest --outlets", lambda: f"{code} {out!r} {err!r}")
        return query(db, "SELECT article_n, origin_n, stale FROM story WHERE article_n > 1")

    told = "owner='Alder Media'"
    for step, got, wanted in (("no owner", poll("", ""), [(2, 2, 0)]), ("one owner", poll(told, told), [(2, 1, 0)]), ("the same again", poll(told, told), [(2, 1, 0)]),
                              ("another owner", poll(told, "owner='Ostmark Press'"), [(2, 2, 0)]), ("none for one", poll(told, ""), [(2, 2, 0)]),
                              ("a table", ingest(",Courier Post,Alder,,\n,Harbour Post,Alder,,\n"), [(2, 1, 0)]),
                              ("the table and the list", poll(told, "owner='Ostmark Press'"), [(2, 1, 0)]),
                              ("an empty table", ingest("domain,outlet,owner\n"), [(2, 2, 0)])):
        report.check(got == wanted, "origins by owner", lambda: f"{step}: {got}, not {wanted}")
    server.shutdown()
    code, _, err = run([binary, "check", "--db", db])
    report.check(code == 0, "check", lambda: err)


def check_bad(report, binary, folder):
    server = serve(other=0)
    other = serve()
    server.state["other"] = other.server_address[1]
    db = os.path.join(folder, "bad.db")
    bad = ["/endless", "/huge", "/short", "/heads", "/loop", "/self", "/tofile", "/toftp", "/toprivate", "/500", "/404", "/gone", "/bomb", "/slow",
           "/nothing", "/verybusy"]
    well = ["/gzip", "/latin", "/moved", "/busy", "/badcharset", "/content"]
    feeds = opml(folder, server, bad + well + ["<outline xmlUrl='file:///etc/passwd'/>"])
    begun = time.monotonic()
    code, out, err = fetch(binary, db, feeds, "--timeout", "4", "--largest", "1M", "--at-once", "64")
    text = err.decode()
    report.check(code == 1, "exit code of failed feeds", lambda: f"{code} {text}")
    for path in bad:
        report.check(f"{server.base}{path}:" in text, "error of a feed", lambda: f"{path} is not named: {text}")
    report.check("file:///etc/passwd" in text, "scheme", lambda: text)
    report.check(not [p for p, _, _ in other.state["asked"]], "private network", "a redirect led to another port of this machine")
    report.check("root:" not in text, "scheme", "a file was read")
    report.check(time.monotonic() - begun < 90, "time limits", lambda: f"{time.monotonic() - begun:.0f} s")
    urls = {r[0] for r in query(db, "SELECT url FROM article")}
    for path in ("/p/gz", "/p/latin", "/p/moved", "/p/busy", "/p/bad"):
        report.check(server.base + path in urls, "articles beside bad feeds", lambda: f"{path} is missing from {sorted(u or '' for u in urls)}")
    report.check(not asked(server, "/never"), "full entries", "the page of an entry with its content was asked for")
    report.check("moved for good" in text, "moved feed", lambda: text)
    n = len(server.state["asked"])
    fetch(binary, db, opml(folder, server, ["/gone", "/verybusy", "/404"], "again.opml"), "--timeout", "4")
    again = [p for p, _, _ in server.state["asked"][n:]]
    report.check(again == ["/404"], "gone and resting feeds", lambda: f"asked for {again}")
    # With --private the redirect is followed.
    fetch(binary, db, opml(folder, server, ["/toprivate"], "private.opml"), "--private")
    report.check(bool(asked(other, "/good")), "--private", "the redirect was not followed")
    server.shutdown()
    other.shutdown()


def check_pages(report, binary, folder):
    server = serve()
    db = os.path.join(folder, "pages.db")
    feeds = opml(folder, server, ["/pages"])
    code, _, err = fetch(binary, db, feeds)
    report.check(code == 1 and b"/e/404" in err and b"/e/500" in err, "failed pages", lambda: f"{code} {err!r}")
    urls = {r[0] for r in query(db, "SELECT url FROM article")}
    report.check(server.base + "/p/hopped" in urls, "redirected page", lambda: str(urls))
    report.check(server.base + "/e/404" in urls, "summary of a page that is not there", lambda: str(urls))
    for _ in range(6):
        fetch(binary, db, feeds)
    report.check(len(asked(server, "/e/404")) == 1, "page that is not there", lambda: f"{len(asked(server, '/e/404'))} times")
    report.check(2 <= len(asked(server, "/e/500")) <= 4, "page that fails", lambda: f"{len(asked(server, '/e/500'))} times")
    report.check(len(asked(server, "/p/hopped")) == 1, "page that is here", lambda: f"{len(asked(server, '/p/hopped'))} times")
    server.shutdown()
    # No answer of robots.txt: nothing is asked for; none there: everything.
    for status, wanted in ((503, False), (404, True)):
        server = serve(robots_status=status)
        fetch(binary, os.path.join(folder, f"robots{status}.db"), opml(folder, server, ["/good"]), timeout=180)
        report.check(bool(asked(server, "/p/1")) == wanted, "robots.txt that fails", lambda: f"{status}: {server.state['asked']}")
        server.shutdown()


def check_changes(report, binary, folder):
    server = serve()
    db = os.path.join(folder, "change.db")
    feeds = opml(folder, server, ["/changing"])
    fetch(binary, db, feeds)
    server.state["version"] = 2
    fetch(binary, db, feeds)
    report.check(len(asked(server, "/p/change")) == 2, "changed entry", lambda: f"{len(asked(server, '/p/change'))} times")
    n = query(db, "SELECT count(*) FROM version")[0][0]
    report.check(n == 2, "changed article", lambda: f"{n} versions")
    server.shutdown()


def check_polite(report, binary, folder):
    server = serve()
    db = os.path.join(folder, "polite.db")
    code, _, err = run([binary, "fetch", "--db", db, "--quiet", "--delay", "0.2", opml(folder, server, ["/good"])], timeout=60)
    times = sorted(t for _, _, t in server.state["asked"])
    gaps = [b - a for a, b in zip(times, times[1:])]
    report.check(code == 0 and len(gaps) >= 3 and min(gaps) > 0.15, "delay of a host", lambda: f"{code} {gaps} {err!r}")
    server.shutdown()


def check_interrupt(report, binary, folder, sign=signal.SIGINT):
    server = serve()
    db = os.path.join(folder, f"stop{int(sign)}.db")
    feeds = opml(folder, server, ["/many"])
    p = subprocess.Popen([binary, "fetch", "--db", db, "--quiet", "--delay", "0.1", feeds], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while len(server.state["asked"]) < 8 and p.poll() is None:
        time.sleep(0.02)
    p.send_signal(sign)
    _, err = p.communicate(timeout=30)
    report.check(p.returncode == -sign, "interrupt", lambda: f"{p.returncode} {err!r}")
    before = query(db, "SELECT count(*) FROM article")[0][0]
    report.check(before >= 3, "interrupt", lambda: f"{before} articles are stored")
    taken = {p for p, _, _ in server.state["asked"] if p.startswith("/p/")}
    n = len(server.state["asked"])
    code, _, err = fetch(binary, db, feeds)
    again = [p for p, _, _ in server.state["asked"][n:] if p.startswith("/p/")]
    total = query(db, "SELECT count(*) FROM article")[0][0]
    report.check(code == 0 and total == 30, "going on behind an interrupt", lambda: f"{code} {total} articles {err!r}")
    report.check(len(set(again) & taken) <= 2, "going on behind an interrupt", lambda: f"asked again for {set(again) & taken}")
    server.shutdown()


def check_end(report, binary, folder):
    check_interrupt(report, binary, folder, signal.SIGTERM)


def check_usage(report, binary, folder):
    nothing = os.path.join(folder, "nothing.opml")
    with open(nothing, "w", encoding="utf-8") as f:
        f.write("<html>no list</html>")
    for args, wanted in (([nothing], 2), (["--db", os.path.join(folder, "u.db")], 2), (["--db", os.path.join(folder, "u.db"), nothing], 3)):
        code, _, err = run([binary, "fetch", *args])
        report.check(code == wanted and err, "usage", lambda: f"{args}: {code} {err!r}")


def main():
    binary = os.path.abspath(sys.argv[1])
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        for check in (check_usage, check_good, check_owner, check_pages, check_changes, check_polite, check_interrupt, check_end, check_bad):
            check(report, binary, folder)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
