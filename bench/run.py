#!/usr/bin/env python3
"""Measures quality and speed, and writes them to bench/quality.csv and bench/speed.csv.

    run.py quality [TASK...] [--dry] [--binary PATH]     TASK: seeds labelled stories quotes variants speakers figures lang rows answers duplicates passages feeds pages html
    run.py speed   [TASK...] [--dry] [--binary PATH]     TASK: compare commands texts html warc copies ingest
    run.py show                                          the newest row of each measure

Data, answers and the scorer are read from $SAMESTORY_SHARED (default ../shared beside the checkout). A row replaces the row of the same
commit and measure; others stay, so that the diff of a commit shows what it moved. The commit is `git describe --always --dirty`: commit first,
measure, then commit the rows. --dry prints and writes nothing. A command that this version does not have is left out and named. The html tasks
run bench_html and tests/html_gumbo beside the program, and bench/html_peers.py with --peers PYTHON, an interpreter that has selectolax (lexbor) and
turbohtml; what is not there is left out and named. The copies task runs bench_copy and make_articles of the same build (see CMakeLists.txt), and
copy_peers.py with an interpreter that has datasketch, rensa and text-dedup.

quality.csv   date,commit,task,set,metric,value,reach      per cent unless the metric says n; reach is the aim
speed.csv     date,commit,command,set,articles,median_s,articles_per_s,MB_per_s,peak_MB,peer,ratio
              medians of several runs of the whole process; MB is of input; peer is what ran beside it, ratio = our speed / the peer's.
              html: a row a peer; seconds are those of one thread on its core, in the best of several rounds, in which all take turns
"""
import argparse
import csv
import datetime
import gzip
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, os.path.join(ROOT, "tests"))
from common import run, run_measured  # noqa: E402

QUALITY = ["date", "commit", "task", "set", "metric", "value", "reach"]
SPEED = ["date", "commit", "command", "set", "articles", "median_s", "articles_per_s", "MB_per_s", "peak_MB", "peer", "ratio"]
REPEAT = 5          # runs of a command over a set
REPEAT_SMALL = 20   # runs over the five reports
EVERY_PEERS = 16    # of the pages are given to other programs: some of them take half a second a page
PEER_SECONDS = 120  # for them
ROUNDS_COPIES = 3   # times that the steps are run, each in a process of its own
ARTICLES_PEERS = 3000                       # so many take a slow peer some seconds
ARTICLES_CURVE = (10000, 100000, 1000000)   # the last takes 3 GB in the folder of temporary files
ROUNDS_INGEST = 3   # of adding all articles to a fresh database, and comparing them, by turns
INGESTED = 5000        # made-up articles, of 620 words on the average
INGESTED_NEWS = (10000, 100000)  # reports of make_news
NEWS_WORDS = 100       # of each
INGESTED_MORE = 500    # are then added to each
TEXT_WORDS = 500       # of an article, as the aims count it
ROUNDS_HTML = 3     # times that ours and its peers take turns, each in a process of its own

# The aim of a measure: (task, set, metric) -> per cent. A set or metric of "*" is any.
REACH = {
    ("seeds", "*", "quotations found"): 100, ("seeds", "*", "speaker right"): 100, ("seeds", "*", "figures right"): 100,
    ("seeds", "*", "utterances kept whole"): 100, ("seeds", "*", "boilerplate set aside"): 100, ("seeds", "*", "false quotations n"): 0,
    ("labelled", "*", "quotations found"): 100, ("labelled", "*", "speaker right"): 100, ("labelled", "*", "figures right"): 98,
    ("stories", "giveme5w1h", "B-cubed F1"): 89, ("stories", "allsides_2021", "B-cubed F1"): 87, ("stories", "ecbplus", "B-cubed F1"): 90,
    ("stories", "og2021 fra", "B-cubed F1"): 76, ("stories", "og2021 deu", "B-cubed F1"): 78,
    ("stories", "english together", "B-cubed F1"): 86, ("stories", "english together", "pairwise F1"): 75,
    ("pairs", "tgcontest_pairs", "same event F1"): 85,
    ("quotes", "polnear_dev direct", "quotations, overlap > 0.3 F1"): 97, ("quotes", "polnear_dev direct", "quotations, overlap > 0.8 F1"): 95,
    ("quotes", "polnear_dev direct", "overlap > 0.3 speaker"): 92, ("quotes", "polnear_dev direct", "overlap > 0.3 cue"): 95,
    ("quotes", "polnear_dev direct,mixed", "quotations, overlap > 0.3 F1"): 92,
    ("quotes", "polnear_dev direct,mixed", "quotations, overlap > 0.8 F1"): 85,
    ("quotes", "polnear_dev direct,mixed", "overlap > 0.3 speaker"): 88,
    ("quotes", "polnear_dev all", "quotations, overlap > 0.3 F1"): 80,
    ("quotes", "polnear_dev all", "content, exact spans F1"): 56, ("quotes", "polnear_dev all", "source, exact spans F1"): 70,
    ("quotes", "polnear_dev all", "cue, exact spans F1"): 68,
    ("speakers", "speakers_dev", "overall right of found"): 92, ("variants", "pairs_dev", "one utterance F1"): 96,
    ("rows", "seeds and labelled", "values in right rows"): 93, ("rows", "planted", "kind right"): 95, ("rows", "planted", "false alarms"): 2,
    ("answers", "nanco_validation", "balanced accuracy of pairs"): 78,
    ("figures", "newsquant_dev", "value F1"): 94, ("figures", "newsquant_dev", "value and unit F1"): 88,
    ("figures", "newsquant_dev", "value and bound F1"): 90,
    ("duplicates", "*", "R"): 99.9, ("duplicates", "*", "P"): 100, ("passages", "*", "R"): 99.9, ("passages", "*", "P"): 100,
    ("reuse", "clough_stevenson", "containment AUC"): 96, ("reuse", "mini_newsgroups", "direction right of decided"): 95,
    ("reuse", "planted", "boundaries near"): 98, ("reuse", "planted", "origins: direction of copies right"): 95,
    ("feeds", "all concerned", "expectations that hold"): 90,
    ("pages", "scrapinghub", "main text F1"): 97, ("pages", "naeb", "main text F1"): 94, ("pages", "fundus_pubs", "main text F1"): 96.5,
    ("pages", "readability", "main text F1"): 94, ("pages", "newspaper3k", "main text F1"): 85, ("pages", "trafilatura", "snippets F1"): 94,
    ("pages", "naeb", "title F1"): 92, ("pages", "fundus_pubs", "title F1"): 90, ("pages", "trafilatura", "title F1"): 78,
    ("pages", "naeb", "published F1"): 90, ("pages", "fundus_pubs", "published F1"): 99, ("pages", "trafilatura", "published F1"): 92,
    ("pages", "htmldate", "published F1"): 94,
    ("pages", "naeb", "authors F1"): 85, ("pages", "fundus_pubs", "authors F1"): 88, ("pages", "trafilatura", "authors F1"): 72,
}


def reach(task, name, metric):
    for key in ((task, name, metric), (task, "*", metric)):
        if key in REACH:
            return REACH[key]
    return ""


class Bench:
    def __init__(self, binary, shared, peers):
        self.binary, self.shared, self.peers = binary, shared, peers
        self.pages = None
        self.date = datetime.date.today().isoformat()
        self.commit = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"], capture_output=True, text=True).stdout.strip()
        self.rows, self.missing = [], []
        self.scratch = tempfile.TemporaryDirectory()
        _, out, _ = run([binary, "help"])
        self.help = out.decode("utf-8", "replace")

    def at(self, *parts):
        return os.path.join(self.shared, *parts)

    def temp(self, name):
        return os.path.join(self.scratch.name, re.sub(r"\W+", "-", name))

    def has(self, command):
        if re.search(rf"^\s*(samestory )?{command}\b", self.help, re.M):
            return True
        if command not in self.missing:
            self.missing.append(command)
            print(f"-- this version has no command {command}: left out")
        return False

    # ------------------------------------------------------------------------------------------------------- quality
    def add(self, task, name, metric, value):
        self.rows.append([self.date, self.commit, task, name, metric, f"{value:g}", str(reach(task, name, metric))])
        aim = self.rows[-1][-1]
        print(f"{task:11s} {name:26s} {metric:38s} {value:8g}" + (f"   reach {aim}" if aim else ""), flush=True)

    def score(self, *args, env=None):
        done = subprocess.run([sys.executable, self.at("eval", "score.py")] + list(args), capture_output=True, text=True,
                              env={**os.environ, **(env or {})})
        if not done.stdout:
            print(f"-- score.py {' '.join(args)}: {done.stderr.strip().splitlines()[-1:]}")
        return done.stdout

    def predict(self, name, args, stdin=None):
        """Runs a command; its rows go to a file, whose name is the result."""
        path = self.temp(name) + ".jsonl"
        with open(path, "wb") as out:
            done = subprocess.run([self.binary] + args + ["--quiet"], stdout=out, stderr=subprocess.PIPE, stdin=stdin)
        if done.returncode not in (0, 1):
            print(f"-- samestory {' '.join(args)}: exit code {done.returncode}: {done.stderr.decode('utf-8', 'replace')[:200]}")
        return path

    def table(self, task, name, out):
        """The scorer's lines 'NAME P x R y F1 z more' as rows."""
        for m in re.finditer(r"^(.*?) +P +([\d.]+)  R +([\d.]+)  F1 +([\d.]+) *(.*)$", out, re.M):
            what, p, r, f1, more = m.groups()
            what = what.strip()
            self.add(task, name, f"{what} P", float(p))
            self.add(task, name, f"{what} R", float(r))
            self.add(task, name, f"{what} F1", float(f1))
            for k in ("speaker", "cue"):
                x = re.search(rf"{k} ([\d.]+)", more)
                if x and what.startswith("quotations"):
                    self.add(task, name, what.replace("quotations, ", "") + " " + k, float(x.group(1)))

    def reports(self, task, name, folder):
        texts = [os.path.join(folder, f) for f in sorted(os.listdir(folder)) if f.endswith(".txt")]
        out = self.score("seeds", folder, self.predict(name, ["compare", "--json"] + texts))
        self.add(task, name, "one story n", float("yes" in out.split("\n")[0]))
        for m in re.finditer(r"^([a-z ]+?) +(\d+) of (\d+)", out, re.M):
            if int(m.group(3)):  # "0 of 0": the answers ask for none
                self.add(task, name, m.group(1), round(100 * int(m.group(2)) / int(m.group(3)), 1))
        m = re.search(r"^false quotations +(\d+)", out, re.M)
        if m:
            self.add(task, name, "false quotations n", int(m.group(1)))

    def quality_seeds(self):
        self.reports("seeds", "seeds", self.at("seeds"))

    def quality_labelled(self):
        for name in sorted(os.listdir(self.at("labelled"))):
            if os.path.exists(self.at("labelled", name, "answers.json")):
                self.reports("labelled", name, self.at("labelled", name))

    def quality_stories(self):
        if not self.has("stories"):
            return
        data = lambda f: self.at("data", "stories", f)  # noqa: E731
        english = ["giveme5w1h", "allsides_2021", "ecbplus"]
        for name in english:
            gold = data(name + ".jsonl")
            self.table("stories", name, self.score("stories", gold, self.predict(name, ["stories", "--jsonl", gold])))
        with open(data("og2021_fra_deu.jsonl"), encoding="utf-8") as f:
            rows = [json.loads(x) for x in f if x.strip()]
        for lang in sorted({r.get("lang") for r in rows if r.get("lang")}):
            gold = self.temp("og2021 " + lang) + ".gold.jsonl"
            self.write(gold, [r for r in rows if r.get("lang") == lang])
            name = "og2021 " + {"fr": "fra", "de": "deu"}.get(lang, lang)
            self.table("stories", name, self.score("stories", gold, self.predict(name, ["stories", "--jsonl", gold])))
        # All English sets shuffled together: ids and clusters are told apart by the name of the set.
        import random
        mixed = []
        for name in english:
            with open(data(name + ".jsonl"), encoding="utf-8") as f:
                for row in map(json.loads, filter(str.strip, f)):
                    mixed.append({**row, "id": f"{name}/{row['id']}", "cluster": f"{name}/{row['cluster']}"})
        random.Random(1).shuffle(mixed)
        gold = self.temp("english together") + ".gold.jsonl"
        self.write(gold, mixed)
        self.table("stories", "english together", self.score("stories", gold, self.predict("together", ["stories", "--jsonl", gold])))
        pairs = data("tgcontest_pairs.jsonl")
        out = self.feed("rows.py", "pairs", pairs)
        self.table("pairs", "tgcontest_pairs", self.score("pairs", pairs, self.predict("tg", ["stories", "--jsonl", out])))

    def write(self, path, rows):
        with open(path, "w", encoding="utf-8") as f:
            for r in rows:
                f.write(json.dumps(r, ensure_ascii=False) + "\n")

    def feed(self, script, *args):
        path = self.temp(script + " ".join(os.path.basename(a) for a in args)) + ".in.jsonl"
        with open(path, "wb") as f:
            subprocess.run([sys.executable, self.at("eval", script)] + list(args), stdout=f, check=True)
        return path

    def quotes_of(self, file):
        key = "quotes " + os.path.basename(file)
        path = self.temp(key) + ".jsonl"
        return path if os.path.exists(path) else self.predict(key, ["quotes", "--jsonl", "--marks", file])

    def quality_quotes(self):
        if self.has("quotes"):
            gold = self.at("data", "quotes", "polnear_dev.jsonl")
            for types in ("direct", "direct,mixed", "direct,mixed,indirect"):
                name = "polnear_dev " + ("all" if "indirect" in types else types)
                self.table("quotes", name, self.score("quotes", gold, self.quotes_of(gold), types))
            # what is printed alone, without links of other types beside the answers
            for types in ("direct", "direct,mixed"):
                key = "quotes type " + types
                only = self.predict(key, ["quotes", "--jsonl", "--marks", "--type", types, gold])
                self.table("quotes", f"polnear_dev {types}, --type {types}", self.score("quotes", gold, only, types))

        rows = self.at("data", "quotes", "polnear_tokens_valid.jsonl")
        if self.has("quotes") and os.path.exists(rows):
            done = subprocess.run([sys.executable, os.path.join(HERE, "quote_tokens.py"), self.binary, rows], stdout=subprocess.PIPE, text=True)
            self.table("quotes", "polnear_tokens_valid", done.stdout)

    def docs(self, name, wanted):
        """The PolNeAR articles with these ids, as one file."""
        path = self.temp(name) + ".docs.jsonl"
        with open(path, "w", encoding="utf-8") as out:
            for f in ("polnear_train.jsonl", "polnear_dev.jsonl"):
                with open(self.at("data", "quotes", f), encoding="utf-8") as lines:
                    for line in lines:
                        if line.strip() and json.loads(line)["id"] in wanted:
                            out.write(line)
        return path

    def quality_variants(self):
        if self.has("quotes"):
            gold = self.at("data", "variants", "pairs_dev.jsonl")
            with open(gold, encoding="utf-8") as f:
                wanted = {r[s]["doc"] for r in map(json.loads, filter(str.strip, f)) for s in "ab"}
            self.table("variants", "pairs_dev", self.score("variants", gold, self.quotes_of(self.docs("variants", wanted))))

    def quality_speakers(self):
        if self.has("quotes"):
            gold = self.at("data", "quotes", "speakers_dev.jsonl")
            with open(gold, encoding="utf-8") as f:
                wanted = {r["doc"] for r in map(json.loads, filter(str.strip, f))}
            out = self.score("speakers", gold, self.quotes_of(self.docs("speakers", wanted)))
            for m in re.finditer(r"^(.+?) +right +([\d.]+) of the found, +([\d.]+) of all", out, re.M):
                self.add("speakers", "speakers_dev", f"{m.group(1)} right of found", float(m.group(2)))
                self.add("speakers", "speakers_dev", f"{m.group(1)} right of all", float(m.group(3)))

    def quality_figures(self):
        if self.has("figures"):
            for file in sorted(os.listdir(self.at("data", "figures"))):
                gold, name = self.at("data", "figures", file), file.replace(".json", "")
                given = self.feed("rows.py", "figures", gold)
                self.table("figures", name, self.score("figures", gold, self.predict("figures " + name, ["figures", "--jsonl", given])))

    def quality_lang(self):
        """Figures, quotations and speakers of invented reports in other languages (tests/lang)."""
        sys.path.insert(0, os.path.join(os.path.dirname(HERE), "tests", "lang"))
        import check
        for name in sorted(n[:-5] for n in os.listdir(os.path.dirname(check.__file__)) if n.endswith(".json")):
            total, wanted, found, right, quotes, said, heard, named, told, due, _ = check.measure(self.binary, name, False)
            measures = [("figures F1", check.f1(found, total, wanted)), ("figures all right", 100 * right / max(1, wanted)),
                        ("quotations F1", check.f1(heard, quotes, said)), ("speaker right", 100 * named / max(1, said))]
            if told:
                measures += [("indirect F1", check.f1(told[1], told[1] + told[3], told[0])), ("indirect speaker right", 100 * told[2] / max(1, told[0]))]
            if due:
                measures.append(("to come and done found", 100 * due[1] / max(1, due[0])))
            for metric, value in measures:
                self.add("lang", name, metric, round(value, 1))

    def quality_rows(self):
        """Rows of figures: on the labelled stories, and on planted kinds of difference."""
        import figure_kinds
        import figure_rows
        folders = [self.at("seeds")] + [self.at("labelled", n) for n in sorted(os.listdir(self.at("labelled")))
                                        if os.path.exists(self.at("labelled", n, "answers.json"))]
        n = sum((figure_rows.score(self.binary, f) for f in folders), figure_rows.collections.Counter())
        self.add("rows", "seeds and labelled", "values in right rows", round(100 * n["right"] / n["values"], 1))
        self.add("rows", "seeds and labelled", "rows of one quantity", round(100 - 100 * n["mixed"] / n["rows"], 1))
        right, total, alarms, named = figure_kinds.run(self.binary, 400, 1, False)
        self.add("rows", "planted", "kind right", round(100 * sum(right.values()) / sum(total.values()), 1))
        self.add("rows", "planted", "false alarms", round(100 * alarms / max(1, named), 1))

    def quality_answers(self):
        """Answers of many outlets to one question: needs bench/answers.c, built by hand."""
        import answers
        program = os.path.join(os.path.dirname(self.binary), "answers")
        if not os.access(program, os.X_OK):
            print("-- no program answers beside the binary: left out (cmake --build ... --target answers)")
            return
        rows = list(answers.pairs(program, self.at("data", "claims", "nanco_validation.json")))
        for metric, value in zip(("balanced accuracy of pairs", "same: joined", "other: kept apart"), answers.balanced(rows)):
            self.add("answers", "nanco_validation", metric, round(value, 1))

    def reuse(self):
        for file in sorted(os.listdir(self.at("data", "reuse"))):
            if file.endswith(".pairs.tsv"):
                name = file.replace(".pairs.tsv", "")
                yield name, self.at("data", "reuse", file), self.at("data", "reuse", name + ".jsonl")

    def pairs_row(self, task, name, out):
        m = re.search(r"P +([\d.]+)  R +([\d.]+)  F1 +([\d.]+)", out)
        if m:
            for k, v in zip(("P", "R", "F1"), m.groups()):
                self.add(task, name, k, float(v))

    def quality_duplicates(self):
        if self.has("duplicates"):
            for name, gold, given in self.reuse():
                pred = self.predict("dup " + name, ["duplicates", "--jsonl", given])
                for j in ("0.5", "0.8"):
                    self.pairs_row("duplicates", f"{name} J{j}", self.score("duplicates", gold, pred, j))

    def quality_passages(self):
        if self.has("passages"):
            for name, gold, given in self.reuse():
                pred = self.predict("pass " + name, ["passages", "--jsonl", given])
                for words in ("8", "30", "100"):
                    self.pairs_row("passages", f"{name} {words} words", self.score("passages", gold, pred, words))

    def quality_feeds(self):
        """What the reader finds in feeds; the expectations and what they leave out are in tests/shared/feeds.py."""
        sys.path.insert(0, os.path.join(ROOT, "tests", "shared"))
        import feeds  # noqa: E402
        dump = os.path.join(os.path.dirname(self.binary), "tests", "feed_dump")
        if not os.path.exists(dump):
            print(f"-- no {dump}: feeds left out")
            return
        rows = [(kind, holds) for _, _, kind, holds, _ in feeds.measure(dump, self.shared)]
        for kind in [k for k, _ in feeds.KINDS] + [None]:
            mine = [h for k, h in rows if k and (kind is None or k == kind)]
            if mine:
                self.add("feeds", kind or "all concerned", "expectations that hold", round(100 * sum(mine) / len(mine), 1))
        self.add("feeds", "all concerned", "expectations n", sum(1 for k, _ in rows if k))
        self.add("feeds", "not concerned", "expectations n", sum(1 for k, _ in rows if not k))

    def quality_reuse(self):
        """Containment of answers in their sources (area under the curve), direction of replies, and planted copies."""
        given = self.at("data", "reuse", "clough_stevenson.jsonl")
        with open(given, encoding="utf-8") as f:
            answers = {r["id"]: r for r in map(json.loads, filter(str.strip, f)) if r.get("source_of")}
        best = dict.fromkeys(answers, 0.0)
        with open(self.predict("contained", ["duplicates", "--jsonl", "--threshold", "0.001", given]), encoding="utf-8") as f:
            for r in map(json.loads, f):
                for x, y in ((r["a"], r["b"]), (r["b"], r["a"])):
                    if x in answers and answers[x]["source_of"] == y:
                        best[x] = max(best[x], r["containment"])
        copied = [best[k] for k, r in answers.items() if r["label"] > 0]
        own = [best[k] for k, r in answers.items() if r["label"] == 0]
        wins = sum((c > o) + (c == o) / 2 for c in copied for o in own)
        self.add("reuse", "clough_stevenson", "containment AUC", round(100 * wins / (len(copied) * len(own)), 1))
        self.directions()
        folder = self.temp("planted")
        script = os.path.join(HERE, "reuse.py")
        subprocess.run([sys.executable, script, "make", folder], check=True)
        pred = self.predict("planted passages", ["passages", "--jsonl", "--shared", "1", os.path.join(folder, "articles.jsonl")])
        out = subprocess.run([sys.executable, script, "score", folder, pred], capture_output=True, text=True, check=True).stdout
        out += subprocess.run([sys.executable, script, "origins", folder, self.binary], stdout=subprocess.PIPE, text=True, check=True).stdout
        for m in re.finditer(r"^(.+?) ([\d.]+) of \d+$", out, re.M):
            self.add("reuse", "planted", m.group(1), float(m.group(2)))

    def directions(self):
        data = lambda f: self.at("data", "reuse", "mini_newsgroups" + f)  # noqa: E731
        with open(data(".jsonl"), encoding="utf-8") as f:
            ids = {r["file"]: r["id"] for r in map(json.loads, filter(str.strip, f))}
        longest = {}
        with open(self.predict("direction", ["passages", "--jsonl", "--shared", "1", data(".jsonl")]), encoding="utf-8") as f:
            for r in map(json.loads, f):
                k = frozenset((r["a"], r["b"]))
                if k not in longest or r["words"] > longest[k]["words"]:
                    longest[k] = r
        found = decided = right = 0
        with open(data(".direction.tsv"), encoding="utf-8") as f:
            for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
                r = longest.get(frozenset((ids[row["copier_file"]], ids[row["source_file"]])))
                found += bool(r)
                if r and r["direction"]:
                    decided += 1
                    right += r["a" if r["direction"] == "a to b" else "b"] == ids[row["source_file"]]
        self.add("reuse", "mini_newsgroups", "direction right of decided", round(100 * right / max(1, decided), 1))
        self.add("reuse", "mini_newsgroups", "direction decided of found", round(100 * decided / max(1, found), 1))
        self.add("reuse", "mini_newsgroups", "direction decided n", decided)

    def quality_pages(self):
        if self.has("extract"):
            for name in sorted(os.listdir(self.at("data", "pages"))):
                if not os.path.exists(self.at("data", "pages", name, "truth.jsonl")):
                    continue
                given = self.feed("pages.py", self.at("data", "pages", name))
                pred = self.predict("pages " + name, ["extract", "--jsonl", given])
                self.table("pages", name, self.score("pages", self.at("data", "pages", name, "truth.jsonl"), pred))

    def unpacked(self):
        """The saved pages as files, a folder a set."""
        if not self.pages:
            self.pages = self.temp("unpacked")
            for name in sorted(os.listdir(self.at("data", "pages"))):
                folder = self.at("data", "pages", name, "html")
                if os.path.isdir(folder):
                    os.makedirs(os.path.join(self.pages, name))
                    for file in sorted(f for f in os.listdir(folder) if f.endswith(".html.gz")):
                        with gzip.open(os.path.join(folder, file)) as f, open(os.path.join(self.pages, name, file[:-3]), "wb") as out:
                            out.write(f.read())
        return self.pages

    def beside(self, *parts):
        """A program of the same build, or None."""
        path = os.path.join(os.path.dirname(self.binary), *parts)
        if os.access(path, os.X_OK):
            return path
        print(f"-- no program {parts[-1]} in the build: left out")
        return None

    def lines(self, args):
        done = subprocess.run(args, stdout=subprocess.PIPE)
        if done.returncode:
            print(f"-- {os.path.basename(args[0])}: exit code {done.returncode}")
        return [line.split("\t") for line in done.stdout.decode("utf-8", "replace").splitlines()]

    def peers_python(self):
        if not self.peers:
            print("-- no --peers PYTHON: lexbor and turbohtml left out")
            return None
        return [self.peers, os.path.join(HERE, "html_peers.py")]

    def quality_html(self):
        program = self.beside("tests", "html_gumbo")
        if not program:
            return
        rows = self.lines([program, self.unpacked()])
        share = lambda n, of: round(100 * n / of, 2)  # noqa: E731
        self.add("html", "all pages", "pages n", len(rows))
        self.add("html", "all pages", "elements as gumbo", share(sum(not r[7].strip() for r in rows), len(rows)))
        self.add("html", "all pages", "visible text as gumbo", share(sum(r[4] == "1" for r in rows), len(rows)))
        self.add("html", "all pages", "visible text as gumbo but for controls", share(sum(r[4] != "0" for r in rows), len(rows)))
        if self.peers_python():
            outside, all_of = {r[0]: r[1] for r in rows}, {r[0]: r[2] for r in rows}
            counts = self.lines(self.peers_python() + ["count", self.pages])
            self.add("html", "all pages", "pages in UTF-8 n", len(counts))
            self.add("html", "all pages", "elements as lexbor", share(sum(r[1] == outside.get(r[0]) for r in counts), len(counts)))
            self.add("html", "all pages", "elements as turbohtml", share(sum(r[2] == all_of.get(r[0]) for r in counts), len(counts)))

    # --------------------------------------------------------------------------------------------------------- speed
    def time(self, command, name, inputs, articles, repeat, extra=()):
        size = sum(os.path.getsize(f) for f in inputs)
        args = [self.binary, command] + list(extra) + ["--quiet"] + inputs
        runs = [run_measured(args) for _ in range(repeat + 1)][1:]  # the first one warms the caches
        if any(r.code not in (0, 1) for r in runs):
            print(f"-- samestory {command} {name}: exit code {runs[0].code}: {runs[0].err.decode('utf-8', 'replace')[:200]}")
            return
        wall = statistics.median(r.wall for r in runs)
        peak = max(r.peak for r in runs) / (1 << 20)
        what = " ".join([command] + ["FILE" if os.path.isabs(x) else x for x in extra])  # no path of this machine in the table
        self.rows.append([self.date, self.commit, what, name, str(articles), f"{wall:.4f}", f"{articles / wall:.0f}",
                          f"{size / wall / 1e6:.1f}", f"{peak:.0f}", "", ""])
        print(f"{what:32s} {name:22s} {articles:7d} articles {1000 * wall:10.1f} ms {articles / wall:9.0f} articles/s "
              f"{size / wall / 1e6:8.1f} MB/s {peak:7.0f} MB", flush=True)

    def speed_compare(self):
        seeds = [self.at("seeds", f) for f in sorted(os.listdir(self.at("seeds"))) if f.endswith(".txt")]
        self.time("compare", "seeds", seeds, len(seeds), REPEAT_SMALL, ["--json"])
        self.time("compare", "seeds", seeds, len(seeds), REPEAT_SMALL)
        self.time("compare", "seeds", seeds, len(seeds), REPEAT_SMALL, ["--html", self.temp("speed") + ".html"])
        for name in ("giveme5w1h", "allsides_2021"):
            file = self.at("data", "stories", name + ".jsonl")
            self.time("compare", name, [file], self.count(file), REPEAT, ["--json"])

    def count(self, file):
        with open(file, "rb") as f:
            return sum(bool(x.strip()) for x in f)

    def speed_commands(self):
        for command in ("extract", "stories", "quotes", "figures", "passages", "duplicates"):
            if self.has(command):
                for name in ("giveme5w1h", "allsides_2021", "ecbplus"):
                    file = self.at("data", "stories", name + ".jsonl")
                    self.time(command, name, [file], self.count(file), REPEAT, ["--jsonl", "--threads", "1"])
                    self.time(command, name, [file], self.count(file), REPEAT, ["--jsonl"])

    def speed_texts(self):
        """What articles cost on one core, by stage, as if each had TEXT_WORDS words: seconds of the processor, the least of the rounds.

        Built by hand: cmake --build build/release --target compare_speed
        """
        program, name = self.beside("compare_speed"), "giveme5w1h"
        if not program:
            return
        file = self.at("data", "stories", name + ".jsonl")
        with open(file, encoding="utf-8") as f:
            words = [len(json.loads(line)["text"].split()) for line in f if line.strip()]
        share = TEXT_WORDS * len(words) / sum(words)
        took = {}
        for line in subprocess.run([program, file], stdout=subprocess.PIPE, check=True).stdout.decode().splitlines():
            what, seconds = re.match(r"(.*\S)\s+([0-9.]+) s ", line).groups()
            took[what] = float(seconds) * share
        named = "times, numbers, names, figures"
        took["words, times, numbers, names, figures"] = took["tokens"] + took[named]
        for what in (named, "words, times, numbers, names, figures"):
            seconds = took[what]
            self.rows.append([self.date, self.commit, f"compare_speed ({what}; one core, of {TEXT_WORDS} words)", name, str(len(words)),
                              f"{seconds:.4f}", f"{len(words) / seconds:.0f}", "", "", "", ""])
            print(f"{what:40s} {1e6 * seconds / len(words):8.1f} us of {TEXT_WORDS} words {len(words) / seconds:8.0f} articles/s", flush=True)

    def warc_of_pages(self, name, *every):
        """The pages of the sets, or each N-th, as one WARC.gz: path, pages, bytes of HTML."""
        path = self.temp(name) + ".warc.gz"
        made = subprocess.run([sys.executable, os.path.join(HERE, "make_warc.py"), "pages", self.at("data", "pages"), path] + list(every),
                              capture_output=True, text=True, check=True).stdout
        return path, int(made.split()[0]), float(re.search(r"(\d+) MB of html", made).group(1)) * 1e6

    def speed_warc(self):
        """The pages of the sets as one WARC.gz -> rows with metadata; MB is of HTML. Beside it, on each EVERY_PEERS-th page, what --peers PYTHON
        has of bench/warc_peer.py: each with PEER_SECONDS at most, by turns with ours."""
        def row(what, name, pages, size, wall, peak, peer="", ratio=""):
            self.rows.append([self.date, self.commit, what, name, str(pages), f"{wall:.4f}", f"{pages / wall:.0f}",
                              f"{size / wall / 1e6:.1f}", f"{peak / (1 << 20):.0f}", peer, ratio])
            print(f"{what:36s} {pages:6d} pages {wall:8.2f} s {pages / wall:8.0f} pages/s {size / wall / 1e6:8.1f} MB/s {peak / (1 << 20):6.0f} MB"
                  + (f"  ratio {ratio} to {peer}" if peer else ""), flush=True)

        def ours(path, threads=None, repeat=3):
            args = [self.binary, "extract", "--jsonl", "--quiet"] + (["--threads", threads] if threads else []) + [path]
            runs = [run_measured(args) for _ in range(repeat)]
            return statistics.median(r.wall for r in runs), max(r.peak for r in runs)

        whole, pages, size = self.warc_of_pages("pages")
        one = ours(whole, "1", REPEAT)
        row("extract --jsonl --threads 1", "pages as warc.gz", pages, size, *one)
        for threads in (["2"] if (os.cpu_count() or 1) > 1 else []):
            many = ours(whole, threads, REPEAT)
            row(f"extract --jsonl --threads {threads}", "pages as warc.gz", pages, size, *many, "one thread", f"{one[0] / many[0]:.2f}")
        if not self.peers:
            print("-- no --peers PYTHON: other programs left out")
            return
        part, pages, size = self.warc_of_pages("some pages", str(EVERY_PEERS))
        script = os.path.join(HERE, "warc_peer.py")
        for name in subprocess.run([self.peers, script, "list"], capture_output=True, text=True).stdout.splitlines():
            mine = ours(part, "1")
            done = run_measured([self.peers, script, name, part], timeout=PEER_SECONDS)
            if done.code == -9:
                print(f"-- {name}: more than {PEER_SECONDS} s for {pages} pages, left out")
                continue
            if done.code != 0:
                print(f"-- {name} failed: {done.err.decode('utf-8', 'replace')[-200:]}")
                continue
            row("peer " + name, "some pages as warc.gz", pages, size, done.wall, done.peak)
            row("extract --jsonl --threads 1", "some pages as warc.gz", pages, size, *mine, name, f"{done.wall / mine[0]:.1f}")

    def speed_ingest(self):
        """Reports into a fresh database: of the made-up stories, in which what is said is read as in news, beside `compare --json` of the same by
        turns; and of bench/make_news.c, which stay as unlike each other whatever their number, stored and found by search but not compared
        (--later). Then some more, which must cost no more in a large database than in a small one.
        Built by hand: cmake --build build/release --target make_news
        """
        def row(what, name, n, size, done, peer="", ratio=""):
            wall, peak = done.wall, done.peak
            self.rows.append([self.date, self.commit, what, name, str(n), f"{wall:.4f}", f"{n / wall:.0f}", f"{size / wall / 1e6:.1f}",
                              f"{peak / (1 << 20):.0f}", peer, ratio])
            print(f"{what:26s} {name:32s} {n:6d} articles {wall:8.2f} s {n / wall:8.0f} articles/s {peak / (1 << 20):6.0f} MB"
                  + (f"  ratio {ratio} to {peer}" if peer else ""), flush=True)

        path, more, db = self.temp("made-up") + ".jsonl", self.temp("more") + ".jsonl", self.temp("ingest") + ".db"

        def write(to, lines):
            with open(to, "wb") as f:
                f.writelines(lines)
            return sum(map(len, lines))

        def ingest(inputs, extra=(), fresh=True):
            for end in ("", "-wal", "-shm") if fresh else ():
                if os.path.exists(db + end):
                    os.remove(db + end)
            done = run_measured([self.binary, "ingest", "--db", db, "--quiet", *extra, inputs])
            if done.code != 0:
                raise SystemExit("ingest failed: " + done.err.decode("utf-8", "replace")[-200:])
            return done

        def median(runs):
            return sorted(runs, key=lambda r: r.wall)[len(runs) // 2]

        source = self.at("data", "stories", "giveme5w1h.jsonl")
        made = subprocess.run([sys.executable, os.path.join(HERE, "make_stories.py"), str(INGESTED), source],
                              capture_output=True, check=True).stdout.splitlines(keepends=True)
        size, name = write(path, made), f"{INGESTED} made-up articles"
        row("ingest --threads 1", name, INGESTED, size, ingest(path, ["--threads", "1"]))
        ours, theirs = [], []
        for _ in range(ROUNDS_INGEST):
            ours.append(ingest(path))
            theirs.append(run_measured([self.binary, "compare", "--json", "--quiet", path]))
        one, peer = median(ours), median(theirs)
        row("ingest", name, INGESTED, size, one, "compare --json", f"{peer.wall / one.wall:.2f}")
        print(f"the database has {os.path.getsize(db) / INGESTED:.0f} bytes an article", flush=True)
        row("ingest --later", name, INGESTED, size, median([ingest(path, ["--later"]) for _ in range(ROUNDS_INGEST)]))
        for n in INGESTED_NEWS:
            made = subprocess.run([self.beside("make_news"), str(n + INGESTED_MORE), str(NEWS_WORDS),
                                   os.path.join(ROOT, "data", "background", "words.tsv")],
                                  capture_output=True, check=True).stdout.splitlines(keepends=True)
            size, more_size = write(path, made[:n]), write(more, made[n:])
            row("ingest --later", f"{n} reports of {NEWS_WORDS} words", n, size, ingest(path, ["--later"]))
            print(f"the database has {os.path.getsize(db) / n:.0f} bytes an article", flush=True)
            row("ingest --later", f"{INGESTED_MORE} more to {n}", INGESTED_MORE, more_size, ingest(more, ["--later"], fresh=False))

    def articles(self, n):
        """A file of n synthetic articles, 5 per cent of them copies of earlier ones."""
        path = self.temp(f"articles{n}") + ".jsonl"
        with open(path, "wb") as f:
            subprocess.run([self.beside("make_articles"), str(n)], stdout=f, check=True)
        return path

    def copies_row(self, what, name, n, size, wall, peak="", peer="", ratio="", unit="articles"):
        self.rows.append([self.date, self.commit, what, name, str(n), f"{wall:.4f}", f"{n / wall:.0f}", f"{size / wall / 1e6:.1f}", peak, peer, ratio])
        print(f"{what:36s} {name:24s} {n:8d} {unit} {n / wall:9.0f} /s {1e6 * wall / n:8.1f} us each {peak or '-':>6s} MB"
              + (f"  ratio {ratio} to {peer}" if peer else ""), flush=True)

    def speed_copies(self):
        """Duplicates and passages of synthetic articles: steps from text in memory, the command from 10,000 to 1,000,000, peers beside it.

        Built by hand: cmake --build build/release --target bench_copy make_articles
        """
        steps, make = self.beside("bench_copy"), self.beside("make_articles")
        if not steps or not make:
            return
        few = self.articles(ARTICLES_PEERS)
        best = {}
        for _ in range(ROUNDS_COPIES):
            for step, n, size, seconds, _per_s, _found in self.lines([steps, "-r", "3", few]):
                if step not in best or float(seconds) < best[step][2]:
                    best[step] = int(n), int(size), float(seconds)
        size = os.path.getsize(few)
        peers = {}  # seconds of the processor
        for name in ("datasketch", "rensa", "text-dedup") if self.peers else ():
            done = run_measured([self.peers, os.path.join(HERE, "copy_peers.py"), name, few], timeout=600)
            if done.code == 0:
                peers[name] = float(done.out.decode().split("\t")[2])
                self.copies_row("peer " + name, "synthetic", ARTICLES_PEERS, size, peers[name], f"{done.peak / (1 << 20):.0f}")
            else:
                print(f"-- peer {name}: exit code {done.code}: {done.err.decode('utf-8', 'replace')[-200:]}")
        args = [self.binary, "duplicates", "--jsonl", "--quiet", "--threads", "1", few]
        runs = [run_measured(args) for _ in range(REPEAT)]
        whole, peak = min(r.cpu for r in runs), max(r.peak for r in runs) / (1 << 20)
        for peer in list(peers) or [""]:
            ratio = lambda seconds: f"{peers[peer] / seconds:.0f}" if peer else ""  # noqa: E731
            for step in ("sketch", "candidates", "pairs"):
                n, step_size, seconds = best[step]
                self.copies_row("from text in memory: " + step, "synthetic", n, step_size, seconds, "", peer, ratio(seconds))
            self.copies_row("duplicates --threads 1, its core", "synthetic", ARTICLES_PEERS, size, whole, f"{peak:.0f}", peer, ratio(whole))
        for step in ("words", "passages"):
            n, step_size, seconds = best[step]
            self.copies_row("from text in memory: " + step, "synthetic", n, step_size, seconds, unit="pairs" if step == "passages" else "articles")
        for n in ARTICLES_CURVE:
            file = self.articles(n)
            for extra in ([], ["--memory", "256M"]) if n == ARTICLES_CURVE[-1] else ([],):
                runs = [run_measured([self.binary, "duplicates", "--jsonl", "--quiet"] + extra + [file]) for _ in range(3 if n < ARTICLES_CURVE[-1] else 1)]
                if any(r.code for r in runs):
                    print(f"-- duplicates of {n}: exit code {runs[0].code}: {runs[0].err.decode('utf-8', 'replace')[-200:]}")
                    continue
                self.copies_row(" ".join(["duplicates"] + extra), f"synthetic {n}", n, os.path.getsize(file),
                                statistics.median(r.wall for r in runs), f"{max(r.peak for r in runs) / (1 << 20):.0f}")
            os.remove(file)

    def speed_html(self):
        program, peers = self.beside("bench_html"), self.peers_python()
        if not program:
            return
        for name, folders in (("scrapinghub", ["scrapinghub"]), ("naeb", ["naeb"]), ("scrapinghub + naeb", ["scrapinghub", "naeb"]), ("all pages", [""])):
            folders = [os.path.join(self.unpacked(), f) for f in folders]
            best = {}
            for _ in range(ROUNDS_HTML):
                runs = self.lines([program, "-t", "-r", "2"] + folders)
                if peers:
                    runs += self.lines(peers + ["speed", "2"] + folders)
                for parser, pages, size, seconds, _nodes in runs:
                    if parser not in best or float(seconds) < best[parser][2]:
                        best[parser] = (int(pages), int(size), float(seconds))
            pages, size, seconds = best.pop("tree")
            for parser, (_, peer_size, peer_seconds) in best.items():
                ratio = size / seconds / (peer_size / peer_seconds)
                self.rows.append([self.date, self.commit, "html to tree", name, str(pages), f"{seconds:.4f}", f"{pages / seconds:.0f}",
                                  f"{size / seconds / 1e6:.1f}", "", parser, f"{ratio:.2f}"])
                print(f"html to tree  {name:20s} {pages:6d} pages {size / seconds / 1e6:8.1f} MB/s; {parser:28s} "
                      f"{peer_size / peer_seconds / 1e6:8.1f} MB/s, ratio {ratio:.2f}", flush=True)

    # --------------------------------------------------------------------------------------------------------- files
    def save(self, path, head, key_columns):
        old = []
        if os.path.exists(path):
            with open(path, encoding="utf-8", newline="") as f:
                old = list(csv.reader(f))[1:]
        keys = [head.index(k) for k in ["commit"] + key_columns]
        new = {tuple(r[k] for k in keys): r for r in self.rows}
        kept = [r for r in old if len(r) == len(head) and tuple(r[k] for k in keys) not in new]
        with open(path, "w", encoding="utf-8", newline="") as f:
            out = csv.writer(f, lineterminator="\n")
            out.writerow(head)
            out.writerows(kept + list(new.values()))
        print(f"-- {len(self.rows)} rows of {self.commit} written to {os.path.relpath(path, ROOT)}")


def show():
    for file, keys in (("quality.csv", (2, 3, 4)), ("speed.csv", (2, 3, 9))):
        path = os.path.join(HERE, file)
        if os.path.exists(path):
            with open(path, encoding="utf-8", newline="") as f:
                rows = list(csv.reader(f))
            newest = {tuple(r[k] for k in keys): r for r in rows[1:]}
            for r in [rows[0]] + list(newest.values()):
                print("  ".join(r))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["quality", "speed", "show"])
    parser.add_argument("task", nargs="*")
    parser.add_argument("--dry", action="store_true")
    parser.add_argument("--binary", default=os.path.join(ROOT, "build", "release", "samestory"))
    parser.add_argument("--peers", metavar="PYTHON", help="an interpreter with selectolax and turbohtml; for warc with those of bench/pages_peers.py; for copies with datasketch, rensa and text-dedup")
    args = parser.parse_intermixed_args()
    if args.what == "show":
        return show()
    shared = os.path.abspath(os.environ.get("SAMESTORY_SHARED") or os.path.join(ROOT, "..", "shared"))
    if not os.path.isfile(os.path.join(shared, "eval", "score.py")):
        sys.exit("no shared data (SAMESTORY_SHARED, default ../shared): nothing to measure")
    if not os.access(args.binary, os.X_OK):
        sys.exit(f"no program at {args.binary}: run make first")
    bench = Bench(os.path.abspath(args.binary), shared, args.peers)
    tasks = [n.split("_", 1)[1] for n in dir(Bench) if n.startswith(args.what + "_")]
    order = [t for t in "seeds labelled stories quotes variants speakers figures lang rows answers duplicates passages feeds pages html compare commands warc copies ingest".split() if t in tasks]
    for t in args.task:
        if t not in tasks:
            sys.exit(f"no task {t}: {' '.join(order)}")
    for t in args.task or order:
        getattr(bench, f"{args.what}_{t}")()
    if not args.dry:
        if args.what == "quality":
            bench.save(os.path.join(HERE, "quality.csv"), QUALITY, ["task", "set", "metric"])
        else:
            bench.save(os.path.join(HERE, "speed.csv"), SPEED, ["command", "set", "peer"])


if __name__ == "__main__":
    main()
