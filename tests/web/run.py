#!/usr/bin/env python3
"""The pages that `compare --html` and `extract --debug` write: files that stand alone, whole as markup, and the same in a browser.

    run.py BINARY

Without a browser: every tag that is opened is closed in order; ids are unique; every #fragment leads somewhere; no script, no event
attribute, nothing loaded (src, stylesheet, font, url() other than data:); language, title, charset and viewport are given; one h1,
headings without gaps; images have alternatives; text of the articles is escaped (a hostile article brings no element of its own).
In Chromium (where it is found; else those checks are left out, and the test counts as skipped when all else is well): the page loads with the
network off and without a complaint on the console, holds as many elements as the file says, and is no wider than its window at the widths of a phone, a tablet and a desktop.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from html.parser import HTMLParser

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from common import ROOT, SKIP, Report, run  # noqa: E402

VOID = set("area base br col embed hr img input link meta source track wbr".split())
OPTIONAL_END = set("li dt dd p tr td th thead tbody tfoot option".split())

HOSTILE = ("Mayor speaks <script>alert(1)</script> again\n\n"
           "\u201cIt is <b>over</b> & done, <img src=x onerror=alert(2)> and <a href='javascript:alert(3)'>that</a> is \u2019all\u2019,\u201d said "
           "Ada </p></section></body><iframe src=//example.org> Brook, the mayor.\n\n\"><svg onload=alert(4)> At least 31 people \u202eleft.\n")


# A page that would break out of the one that shows how it was read: in its words, class names, title and address.
HOSTILE_PAGE = ("<title>Mayor speaks &lt;script>alert(1)&lt;/script></title><link rel=canonical href='javascript:alert(5)'>"
                "<body><nav class='x\"><script>alert(6)</script>'><a href=a>Home &lt;/li>&lt;/ol></a></nav>"
                "<article id='\"><img src=x onerror=alert(7)>'><h1>Mayor speaks &lt;script>alert(1)&lt;/script></h1>"
                "<p>The harbour town of Tarnholm will close its old bridge next spring &amp; build a new one, &lt;b>the mayor&lt;/b> said.</p>"
                "<p>\u202eIt was built in 1911 and carries about 4,000 cars a day, &quot;says&quot; the county &#39;that&#39; owns it.</p>"
                + "<p class=share>Send it</p>" * 6 + "<p>" + "x" * 400 + "</p></article>"
                "<aside><p>Another story, which nobody reads.</p></aside>")


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.stack, self.problems, self.ids, self.links, self.elements = [], [], [], [], []
        self.headings, self.text, self.style = [], [], []
        self.feed(text)
        self.close()
        left = [t for t in self.stack if t not in OPTIONAL_END]
        if left:
            self.problems.append(f"never closed: {left}")

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if len(a) != len(attributes):
            self.problems.append(f"{self.getpos()}: an attribute twice in <{tag}>")
        self.elements.append((tag, a))
        if "id" in a:
            self.ids.append(a["id"])
        if tag == "a" and "href" in a:
            self.links.append(a["href"] or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID and self.stack:
            self.stack.pop()

    def handle_endtag(self, tag):
        if tag in VOID:
            self.problems.append(f"{self.getpos()}: </{tag}>")
            return
        while self.stack and self.stack[-1] != tag and self.stack[-1] in OPTIONAL_END:
            self.stack.pop()
        if not self.stack or self.stack[-1] != tag:
            self.problems.append(f"{self.getpos()}: </{tag}> inside {self.stack[-3:]}")
            if tag in self.stack:
                while self.stack.pop() != tag:
                    pass
            return
        self.stack.pop()

    def handle_data(self, data):
        (self.style if self.stack and self.stack[-1] in ("style", "script") else self.text).append(data)


def check_page(report, name, raw, hostile):
    text = raw.decode("utf-8")
    page = Page(text)
    report.check(text.lower().startswith("<!doctype html>"), "no doctype", name)
    for p in page.problems[:10]:
        report.check(False, "tags do not nest", f"{name}: {p}")
    report.check(not page.problems, "tags do not nest", name)
    twice = {i for i in page.ids if page.ids.count(i) > 1} if len(set(page.ids)) != len(page.ids) else set()
    report.check(not twice, "an id twice", lambda: f"{name}: {sorted(twice)[:5]}")
    known = set(page.ids)
    inside = [x for x in page.links if x.startswith("#")]
    report.check(len(inside) > 0, "no link inside the page", name)
    for link in inside:
        report.check(link[1:] in known, "a link inside the page leads nowhere", lambda: f"{name}: {link}")
    for link in page.links:
        report.check(re.match(r"#|https?://", link), "a link of another kind", lambda: f"{name}: {link[:80]}")
    for tag, a in page.elements:
        report.check(tag not in ("script", "iframe", "object", "embed", "base", "frame", "form"), "an element that must not be there", f"{name}: <{tag}>")
        report.check(not any(k.startswith("on") for k in a), "an event attribute", f"{name}: <{tag}>")
        for k in ("src", "srcset", "poster", "data", "background"):
            if k in a:
                report.check((a[k] or "").startswith("data:"), "something is loaded", lambda: f"{name}: <{tag} {k}={a[k]!r}>")
        if tag == "link":
            report.check((a.get("href") or "").startswith("data:") or a.get("rel") == "canonical", "something is loaded", lambda: f"{name}: {a}")
        if tag == "img":
            report.check("alt" in a, "an image without alternative", name)
        for v in [a.get("style") or ""]:
            report.check(not re.search(r"url\(\s*['\"]?(?!data:)", v), "something is loaded", lambda: f"{name}: {v[:80]}")
    css = "".join(page.style)
    report.check(not re.search(r"@import|url\(\s*['\"]?(?!data:|#)", css), "something is loaded", f"{name}: in the style sheet")
    tags = [t for t, _ in page.elements]
    report.check(any(t == "html" and a.get("lang") for t, a in page.elements), "no language", name)
    report.check("title" in tags and "main" in tags, "no title or no main", name)
    report.check(any(t == "meta" and (a.get("charset") or "").lower() == "utf-8" for t, a in page.elements), "no charset", name)
    report.check(any(t == "meta" and a.get("name") == "viewport" for t, a in page.elements), "no viewport", name)
    report.check(page.headings.count(1) == 1, "not one h1", lambda: f"{name}: {page.headings.count(1)}")
    report.check(all(b <= a + 1 for a, b in zip(page.headings, page.headings[1:])), "a gap between headings", lambda: f"{name}: {page.headings}")
    report.check(b"\0" not in raw and "\ufffd" not in text, "broken characters", name)
    if hostile:
        report.check("<script>alert(1)</script>" in "".join(page.text), "the article's text was not kept", name)
    return page


def chromium():
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if shutil.which(name):
            return shutil.which(name)
    return None


def dump(browser, path, scratch, width):
    """The page's tree after loading, and what the browser complained about. Every host is mapped to nowhere."""
    done = subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                           "--disable-background-networking", "--disable-extensions", f"--user-data-dir={scratch}/profile",
                           "--host-resolver-rules=MAP * ~NOTFOUND", f"--window-size={width},900", "--enable-logging=stderr", "--v=0",
                           "--virtual-time-budget=2000", "--dump-dom", "file://" + path],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    said = [x for x in done.stderr.decode("utf-8", "replace").splitlines() if "CONSOLE" in x]
    return done.stdout.decode("utf-8", "replace"), said


# Put at the end of a copy of the page, this tells the page around it what only a laid-out page knows.
PROBE = """<script>addEventListener('load', function () {
  var wide = 0, root = document.documentElement;
  document.querySelectorAll('body *').forEach(function (e) {
    var r = e.getBoundingClientRect(), hidden = false;
    for (var p = e; p; p = p.parentElement) { var s = getComputedStyle(p);
      if (s.overflowX !== 'visible' || s.position === 'absolute' || s.position === 'fixed') hidden = true; }
    if (!hidden && r.width > 0 && r.right > innerWidth + 1) wide++;
  });
  parent.postMessage(JSON.stringify({ width: innerWidth, scroll: root.scrollWidth, wide: wide,
    loaded: performance.getEntriesByType('resource').filter(function (e) { return e.name.indexOf('data:') !== 0; }).length,
    small: [].filter.call(document.querySelectorAll('body p, body li, body td'), function (e) {
      return e.getClientRects().length && parseFloat(getComputedStyle(e).fontSize) < 12; }).length }), '*');
});</script>"""

# A window has a least width, a frame has none: this page shows the probed one as wide as asked, and keeps what it reports.
FRAME = """<!doctype html><html><head><style>body { margin: 0 } iframe { border: 0; display: block }</style></head><body>
<script>addEventListener('message', function (e) { document.documentElement.setAttribute('data-probe', e.data); });</script>
<iframe width="%d" height="900" src="%s"></iframe></body></html>"""


def check_in_browser(report, name, browser, raw, page, scratch):
    path = os.path.join(scratch, name.replace("/", "-") + ".html")
    with open(path, "wb") as f:
        f.write(raw)
    dom, said = dump(browser, path, scratch, 1280)
    report.check(not said, "the browser complains", lambda: f"{name}: {said[:3]}")
    # What a browser's own parser makes of it: the same elements (it adds html, head, body and tbody where they were left out).
    added = ("html", "head", "body", "tbody")
    ours = sum(t not in added for t, _ in page.elements)
    theirs = sum(t not in added for t, _ in Page(dom).elements)
    report.check(ours == theirs, "the browser reads another tree", f"{name}: {ours} elements in the file, {theirs} in the browser")
    probed = path + ".probe.html"
    with open(probed, "wb") as f:
        # The page's own policy allows no script: the copy that is probed goes without it.
        raw = re.sub(rb'<meta http-equiv="Content-Security-Policy"[^>]*>', b"", raw)
        f.write(raw.replace(b"</body>", PROBE.encode() + b"</body>") if b"</body>" in raw else raw + PROBE.encode())
    for width in (320, 768, 1280):
        frame = f"{path}.{width}.html"
        with open(frame, "w", encoding="utf-8") as f:
            f.write(FRAME % (width, os.path.basename(probed)))
        dom, _ = dump(browser, frame, scratch, 1400)
        root = next((a for t, a in Page(dom).elements if t == "html"), {})
        if not report.check("data-probe" in root, "the page did not finish loading", f"{name} at {width}"):
            continue
        got = json.loads(root["data-probe"])
        report.check(got["loaded"] == 0, "something is loaded", f"{name}: {got}")
        report.check(got["scroll"] <= got["width"] + 1 and got["wide"] == 0, "the page is wider than the window", f"{name} at {width}: {got}")
        report.check(got["small"] == 0, "text smaller than 12 px", f"{name} at {width}: {got}")


def main():
    binary = os.path.abspath(sys.argv[1])
    report = Report()
    browser = chromium()
    with tempfile.TemporaryDirectory() as scratch:
        hostile = os.path.join(scratch, "hostile")
        os.mkdir(hostile)
        for i, text in enumerate((HOSTILE, HOSTILE.replace("over</b> &", "over</b> and").replace("31", "about 30"))):
            with open(os.path.join(hostile, f"<i>{i}&\"'.txt"), "w", encoding="utf-8") as f:
                f.write(text)
        sets = [("hostile", ["--kind", "text", hostile])]
        examples = os.path.join(ROOT, "examples", "coverage")
        if os.path.isdir(examples):
            sets.append(("examples", [examples]))
        shared = os.environ.get("SAMESTORY_SHARED") or os.path.join(ROOT, "..", "shared")
        if os.path.isdir(os.path.join(shared, "seeds")):
            seeds = os.path.join(shared, "seeds")
            sets.append(("seeds", [os.path.join(seeds, f) for f in sorted(os.listdir(seeds)) if f.endswith(".txt")]))
        pages = os.path.join(scratch, "pages")
        os.mkdir(pages)
        for i in range(2):
            with open(os.path.join(pages, f"<i>{i}&\"'.html"), "w", encoding="utf-8") as f:
                f.write(HOSTILE_PAGE)
        for name, inputs, code_wanted in (("debug", [pages], 0), ("debug-text", ["--kind", "text", hostile, pages + "/none"], 1)):
            code, raw, err = run([binary, "extract", "--debug"] + inputs)
            if report.check(code == code_wanted, "no page", lambda: f"{name}: exit code {code}: {err[:300]!r}"):
                page = check_page(report, name, raw, True)
                report.check(b"http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'" in raw, "no policy", name)
                if browser:
                    check_in_browser(report, name, browser, raw, page, scratch)
        for name, inputs in sets:
            out = os.path.join(scratch, name + ".out.html")
            code, _, err = run([binary, "compare", "--html", out] + inputs)
            if not report.check(code == 0 and os.path.exists(out), "no page", lambda: f"{name}: exit code {code}: {err[:300]!r}"):
                continue
            with open(out, "rb") as f:
                raw = f.read()
            page = check_page(report, name, raw, name == "hostile")
            if browser:
                check_in_browser(report, name, browser, raw, page, scratch)
    code = report.end()
    if not browser and code == 0:
        print("skipped: no Chromium (tools/setup.sh --test installs it); what needs no browser was checked")
        return SKIP
    return code


if __name__ == "__main__":
    sys.exit(main())
