"""What the test runners share: running the program, walking spans, making small reports. Python 3 standard library only."""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
SKIP = 77


def skip(reason):
    print("skipped: " + reason)
    sys.exit(SKIP)


def environment(extra=None):
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES", "LANG", "LANGUAGE")}
    env.update({"LC_ALL": "C.UTF-8", "TZ": "UTC", "COLUMNS": "80"})
    env.update(extra or {})
    return env


def run(args, stdin=b"", cwd=None, timeout=600, env=None):
    """-> (exit code, standard output, standard error), as bytes. A signal is a negative code."""
    done = subprocess.run(args, input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd, timeout=timeout,
                          env=environment(env))
    return done.returncode, done.stdout, done.stderr


class Usage:
    """Exit code, output, seconds and peak resident bytes of one process."""

    def __init__(self, code, out, err, wall, cpu, peak):
        self.code, self.out, self.err, self.wall, self.cpu, self.peak = code, out, err, wall, cpu, peak


def run_measured(args, cwd=None, timeout=None, uid=-1):
    """Output goes through files, so that reading it costs the process nothing. A process over its time is killed: code -9."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.NamedTemporaryFile() as result:
        subprocess.run([sys.executable, os.path.join(HERE, "measure.py"), result.name, str(timeout or 0), str(uid)] + args, stdout=out,
                       stderr=err, stdin=subprocess.DEVNULL, cwd=cwd, env=environment(), check=True)
        used = json.load(result)
        out.seek(0)
        err.seek(0)
        return Usage(used["code"], out.read(), err.read(), used["wall"], used["cpu"], used["peak"])


def rows(raw):
    return [json.loads(x) for x in raw.decode("utf-8").splitlines() if x.strip()]


class Report:
    """Counts checks and keeps the first few failures of each kind."""

    def __init__(self):
        self.checks, self.failures = 0, {}

    def check(self, good, kind, message=""):
        self.checks += 1
        if not good:
            self.failures.setdefault(kind, []).append(message() if callable(message) else message)
        return bool(good)

    def end(self):
        for kind, messages in self.failures.items():
            print(f"FAILED {kind} ({len(messages)})")
            for m in messages[:8]:
                print("    " + (m if len(m) <= 1200 else m[:1200] + " ..."))
        bad = sum(map(len, self.failures.values()))
        print(f"{self.checks - bad} of {self.checks} checks passed")
        if self.checks == 0:
            print("nothing was checked")
        return 1 if bad or self.checks == 0 else 0


# ------------------------------------------------------------------------------------------------------------- spans
class Spans:
    """Reads spans back from the articles' texts: in range, on character boundaries, and saying what they claim to say."""

    def __init__(self, articles, report):
        self.text = {a["id"]: a["text"].encode("utf-8") for a in articles if a.get("text") is not None}
        self.report = report

    def place(self, article, begin, end, where, text=None):
        raw = self.text.get(article)
        if not self.report.check(raw is not None, "span of an unknown article", lambda: f"{where}: {article}"):
            return
        whole = isinstance(begin, int) and isinstance(end, int) and 0 <= begin <= end <= len(raw)
        if not self.report.check(whole, "span out of range", lambda: f"{where}: {article} [{begin},{end}) of {len(raw)}"):
            return
        cut = [p for p in (begin, end) if p < len(raw) and raw[p] & 0xC0 == 0x80]
        if not self.report.check(not cut, "span cuts a character", lambda: f"{where}: {article} [{begin},{end})"):
            return
        if text is not None:
            there = raw[begin:end].decode("utf-8", "replace")
            self.report.check(there == text, "span does not read back",
                              lambda: f"{where}: {article} [{begin},{end}) holds {there[:60]!r}, claimed {text[:60]!r}")

    def pair(self, article, pair, where):
        if self.report.check(isinstance(pair, list) and len(pair) == 2, "not a [begin, end] pair", lambda: f"{where}: {pair}"):
            self.place(article, pair[0], pair[1], where)

    def walk(self, value, where="report"):
        """Every object with article, begin and end anywhere in the value."""
        if isinstance(value, dict):
            if {"article", "begin", "end"} <= value.keys():
                self.place(value["article"], value["begin"], value["end"], where, value.get("text"))
            for k, v in value.items():
                self.walk(v, f"{where}.{k}")
        elif isinstance(value, list):
            for i, v in enumerate(value):
                self.walk(v, f"{where}[{i}]")

    def blocks(self, article):
        """Blocks cover the text in order: ascending, apart, and between them only white space."""
        at = 0
        raw = self.text.get(article["id"])
        for i, b in enumerate(article.get("blocks", [])):
            where = f"{article['id']} block {i}"
            self.place(article["id"], b["begin"], b["end"], where)
            self.report.check(b["begin"] >= at, "blocks overlap or are out of order", where)
            gap = (raw or b"")[at:b["begin"]].decode("utf-8", "replace")
            self.report.check(not gap.strip().strip("\ufeff"), "text between blocks", lambda: f"{where}: {gap[:60]!r}")
            at = b["end"]
        if raw is not None and article.get("blocks"):
            rest = raw[at:].decode("utf-8", "replace")
            self.report.check(not rest.strip(), "text after the last block", lambda: f"{article['id']}: {rest[:60]!r}")
