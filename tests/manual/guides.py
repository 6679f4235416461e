#!/usr/bin/env python3
"""Every command that the guides print runs as it is printed.

    guides.py BINARY

Guides: README.md, CONTRIBUTING.md, docs/*.md, READMEs of tests and examples, the frame of the manual page. Lines of fenced blocks that begin with
samestory, sqlite3 or a script of examples/, without places to fill in, run one after the other in a folder that holds what the guides speak of
(articles/, reports/, examples/, news.db, feeds.opml), and must end with exit code 0; `serve` and `fetch --every` are ended by SIGTERM. `make` is asked
with -n whether it knows the target, `ctest -L` whether tests of that label exist. Of commands inside a sentence the name and the options are looked up.
"""
import glob
import http.server
import os
import re
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from common import ROOT, Report, environment, run  # noqa: E402

sys.path.insert(0, os.path.join(ROOT, "tools"))
import gen_man  # noqa: E402

TOOLS = {"samestory", "sqlite3", "make", "python3", "ctest"}
HOLE = re.compile(r"\b(?!OPML\b)[A-Z][A-Z_]+\b|\.\.\.|[<>\u2026]\w")  # INPUT, FILE, NAME, ...: places to fill in
FEED = """<rss version="2.0"><channel><title>Marrow Post</title><item><title>The old bridge closes</title><guid>g1</guid>
<description>The harbour town closes its old bridge in spring, the council said on Tuesday. A ferry will run every twenty minutes until the
new one opens, and shops on the east bank get help with the rent.</description></item></channel></rss>"""


def guides():
    names = ["README.md", "CONTRIBUTING.md", "tests/README.md", "examples/README.md", "docs/samestory.1.in"]
    names += sorted(os.path.relpath(f, ROOT) for f in glob.glob(os.path.join(ROOT, "docs", "*.md")))
    for name in names:
        with open(os.path.join(ROOT, name), encoding="utf-8") as f:
            yield name, f.read()


def commands(text):
    """(command line, was it inline) of a guide, without comments."""
    for line in re.findall(r"^\.Dl (.*)$", text, re.M):
        yield line.strip(), False
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S)
    for block in blocks:
        for line in block.splitlines():
            yield re.sub(r"\s+#.*$", "", line).strip(), False
    for code in re.findall(r"`([^`\n]+)`", re.sub(r"^```\w*\n.*?^```", "", text, flags=re.M | re.S)):
        yield code.strip(), True


def prepare(folder, binary):
    """What the guides speak of."""
    for name in ("articles", "reports"):
        shutil.copytree(os.path.join(ROOT, "examples", "coverage"), os.path.join(folder, name))
    os.symlink(os.path.join(ROOT, "examples"), os.path.join(folder, "examples"))
    return run([binary, "ingest", "--db", "news.db", "--quiet", "reports"], cwd=folder)


class Feed(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        found = self.path == "/feed"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        self.wfile.write(FEED.encode() if found else b"")


def until_stopped(words, cwd, ready):
    """-> exit code and messages of a command that runs until it is told to stop, once it is ready."""
    with tempfile.TemporaryFile() as err:
        child = subprocess.Popen(words, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=err, env=environment())
        try:
            ready(child)
            child.send_signal(signal.SIGTERM)
            code = child.wait(60)
        finally:
            child.kill()
            child.wait()
            child.stdout.close()
        err.seek(0)
        return code, err.read()


def serve(binary, words, cwd):
    """As printed, but on a free port when none is named: 8080 may be taken here."""
    words = words + ["--port", "0"] if "--port" not in words else words

    def ready(child):
        line = b""
        while not (found := re.search(rb"http://[\d.]+:(\d+)", line)):
            line = child.stdout.readline()
            if not line:
                raise RuntimeError("serve ended at once")
        urllib.request.urlopen(f"http://127.0.0.1:{int(found[1])}/health", timeout=30).read()
    return until_stopped([binary] + words, cwd, ready)


def fetch(binary, words, cwd, asked):
    return until_stopped([binary] + words, cwd, lambda child: asked.wait(60))


def known():
    with open(os.path.join(ROOT, "cli", "commands.def"), encoding="utf-8") as f:
        commands, options = gen_man.parse(f.read())
    return {c["name"] for c in commands}, {flag for o in options for flag in gen_man.flags(o)}


def main():
    binary = os.path.abspath(sys.argv[1])
    report = Report()
    asked = threading.Event()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("Noted", (Feed,), {
        "do_GET": lambda self: (Feed.do_GET(self), self.path == "/feed" and asked.set())}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    ran = 0
    with tempfile.TemporaryDirectory() as folder:
        bin_folder = os.path.join(folder, "bin")
        os.mkdir(bin_folder)
        os.symlink(binary, os.path.join(bin_folder, "samestory"))
        code, _, err = prepare(folder, binary)
        report.check(code == 0, "prepare", err.decode())
        with open(os.path.join(folder, "feeds.opml"), "w", encoding="utf-8") as f:
            f.write(f'<opml version="2.0"><body><outline type="rss" xmlUrl="http://127.0.0.1:{server.server_port}/feed"/></body></opml>')
        names, options = known()
        with open(os.path.join(ROOT, "tests", "CMakeLists.txt"), encoding="utf-8") as f:
            tests = f.read()
        for guide, text in guides():
            for line, inline in commands(text):
                where = f"{guide}: {line}"
                try:
                    words = shlex.split(line)
                except ValueError:
                    continue
                if not words or words[0] not in TOOLS:
                    continue
                if words[0] == "samestory":
                    for flag in re.findall(r"(?<![\w-])--[a-z][a-z-]*", line):
                        report.check(flag in options, "option", f"{where}: no option {flag}")
                    if len(words) > 1 and re.fullmatch("[a-z-]+", words[1]):
                        report.check(words[1] in names, "command", f"{where}: no such command")
                if words[0] == "ctest":
                    label = words[words.index("-L") + 1] if "-L" in words else "unit"
                    report.check(f" {label} " in tests, "ctest", f"{where}: no tests with the label {label}")
                elif words[0] == "make" and "%" not in line:
                    code, out, err = run(["make", "-n", "-s"] + [w for w in words[1:] if not HOLE.search(w) or "=" in w], cwd=ROOT)
                    report.check(code == 0, "make", f"{where}: {err.decode()[-300:]}")
                if inline or words[0] in ("ctest", "make") or HOLE.search(re.sub(r'"[^"]*"', "", line)):
                    continue
                if words[0] == "python3" and not words[1].startswith("examples/"):
                    continue
                ran += 1
                if words[0] == "sqlite3":
                    db = sqlite3.connect(os.path.join(folder, words[1]))
                    report.check(db.execute(words[2]).description, "sqlite3", f"{where}: no columns")
                    db.close()
                elif words[1] == "serve":
                    code, err = serve(binary, words[1:], folder)
                    report.check(code == 0, "serve", f"{where}: exit code {code}: {err.decode()[-300:]}")
                elif words[1] == "fetch":
                    asked.clear()
                    code, err = fetch(binary, words[1:], folder, asked)
                    report.check(code in (0, -signal.SIGTERM) and asked.is_set(), "fetch", f"{where}: exit code {code}: {err.decode()[-300:]}")
                else:
                    code, _, err = run(["sh", "-euc", line], cwd=folder, env={"PATH": bin_folder + os.pathsep + os.environ["PATH"]})
                    report.check(code == 0, "run", f"{where}: exit code {code}: {err.decode()[-300:]}")
    server.shutdown()
    report.check(ran >= 10, "found", f"only {ran} commands found in the guides")
    print(f"{ran} commands of the guides ran")
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
