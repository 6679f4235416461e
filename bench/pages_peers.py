#!/usr/bin/env python3
"""Other programs that take the article out of a page, on the same pages, with the same scorer, in the same run as ours.

    pages_peers.py [PEER...] [--sets A,B] [--keep FOLDER] [--perpage FILE] [--cpu N] [--dry] [--binary PATH]

Nothing is installed: a peer whose package cannot be imported is named and left out. Without PEER all are taken. Data, answers and the scorer
are read from $SAMESTORY_SHARED (default ../shared beside the checkout), the pages from eval/pages.py, as run.py does.

Each peer meets each set in a process of its own, page by page, on one core: its defaults, except that comments of readers are left out where
it has a switch for them. What it gives as text, title, date and authors is scored as it is; what it has no answer for is left out, and what
it throws is an empty answer. CPU seconds (user and system) of the calls alone count for a peer; for us those of the whole process, JSON in
and out too. Peak memory is that of the process (Python and what it imports included).

bench/quality.csv   task "pages peer NAME", set and metric as for ours ("pages")
bench/speed.csv     command "peer NAME", set "pages of all sets" (the peer's figures), and
                    command "extract --jsonl --threads 1", set "pages of all sets, CPU, beside NAME" with peer and ratio (our speed / the peer's);
                    median_s holds CPU seconds here
--keep FOLDER       keeps what each gave (SET.NAME.jsonl) and takes it from there the next time: for runs that were cut off.
                    No speed is written then: what was not measured beside each other is no ratio
--perpage FILE      set, id and the F1 of each page's text, ours and the peers', tab-separated
"""
import argparse
import importlib
import importlib.metadata
import importlib.util
import json
import logging
import os
import pickle
import resource
import signal
import subprocess
import sys
import tempfile
import time
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, HERE)
from run import Bench, QUALITY, SPEED  # noqa: E402

PAGE_SECONDS = 60  # CPU of one page before a peer's answer counts as none


# ------------------------------------------------------------------------------------------------------------ the peers
# Each makes a function (page: str or bytes, url or None) -> {"text", "title", "published", "authors"}, any of them missing.
def names(x):
    if isinstance(x, str):
        x = x.split(";")
    return [n.strip() for n in x or [] if n and n.strip()]


def day(x):
    return str(x)[:10] if x else None


BLOCKS = set("p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 blockquote pre table tr td th section article br figure figcaption".split())


def html_text(fragment):
    """Words of an HTML fragment, blocks on lines of their own."""
    import lxml.html
    out = []
    for event, el in __import__("lxml.etree").etree.iterwalk(lxml.html.fromstring(fragment), events=("start", "end")):
        tag = el.tag if isinstance(el.tag, str) else ""
        if tag in BLOCKS:
            out.append("\n")
        out.append((el.text if event == "start" and tag and tag not in ("script", "style") else el.tail if event == "end" else "") or "")
    return "".join(out)


def trafilatura(fast):
    from trafilatura import bare_extraction

    def take(page, url):
        d = bare_extraction(page, url=url, fast=fast, include_comments=False, with_metadata=True)
        return {"text": d.text, "title": d.title, "published": d.date, "authors": names(d.author)} if d else {}
    return take


def rs_trafilatura():
    from rs_trafilatura import extract, extract_bytes

    def take(page, url):
        d = (extract_bytes if isinstance(page, bytes) else extract)(page, url=url)
        return {"text": d.main_content, "title": d.title, "published": day(d.date), "authors": names(d.author)}
    return take


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def take(page, url):
        tree = HTMLTree.parse(page) if isinstance(page, str) else HTMLTree.parse_from_bytes(page, detect_encoding(page))
        return {"text": extract_plain_text(tree, main_content=True), "title": tree.title}
    return take


def turbohtml():
    from turbohtml import parse

    def take(page, url):
        a = parse(page).article()
        return {"text": a.text, "title": a.title, "published": day(a.date), "authors": names(a.byline)}
    return take


def readability_lxml():
    from readability import Document

    def take(page, url):
        d = Document(page, url=url)
        return {"text": html_text(d.summary(html_partial=True)), "title": d.short_title()}
    return take


def newspaper4k():
    from newspaper import Article

    def take(page, url):
        if isinstance(page, bytes):
            from charset_normalizer import from_bytes
            page = str(from_bytes(page).best() or page.decode("utf-8", "replace"))
        a = Article(url or "http://page.invalid/", fetch_images=False)
        a.download(input_html=page)
        a.parse()
        return {"text": a.text, "title": a.title, "published": day(a.publish_date), "authors": names(a.authors)}
    return take


def goose3():
    from goose3 import Goose
    goose = Goose({"enable_image_fetching": False})

    def take(page, url):
        a = goose.extract(raw_html=page)
        return {"text": a.cleaned_text, "title": a.title, "published": day(a.publish_date), "authors": names(a.authors)}
    return take


def justext():
    import justext as j
    import re
    lists = {"de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "nl": "Dutch", "pt": "Portuguese", "pl": "Polish", "sv": "Swedish",
             "da": "Danish", "nb": "Norwegian_Bokmal", "no": "Norwegian_Bokmal", "tr": "Turkish", "ru": "Russian", "fi": "Finnish"}
    words = {}

    def take(page, url):
        # It has to be told the language: what the page declares, else English.
        head = page[:4000] if isinstance(page, str) else page[:4000].decode("latin-1")
        said = re.search(r"<html[^>]*\blang=[\"']?([a-z]{2})", head, re.I)
        language = lists.get(said.group(1).lower() if said else "", "English")
        if language not in words:
            words[language] = j.get_stoplist(language)
        return {"text": "\n".join(p.text for p in j.justext(page, words[language]) if not p.is_boilerplate)}
    return take


def htmldate():
    from htmldate import find_date
    return lambda page, url: {"published": find_date(page, url=url, original_date=True)}


PEERS = {  # name: (package on PyPI, what makes it)
    "trafilatura": ("trafilatura", lambda: trafilatura(False)),
    "trafilatura fast": ("trafilatura", lambda: trafilatura(True)),
    "rs-trafilatura": ("rs-trafilatura", rs_trafilatura),
    "resiliparse": ("resiliparse", resiliparse),
    "turbohtml": ("turbohtml", turbohtml),
    "readability-lxml": ("readability-lxml", readability_lxml),
    "newspaper4k": ("newspaper4k", newspaper4k),
    "goose3": ("goose3", goose3),
    "justext": ("justext", justext),
    "htmldate": ("htmldate", htmldate),
}


class Late(Exception):
    pass


def late(*_):
    raise Late


def one_set(name, given, out):
    """In a child: the rows of a peer over a set, and what they cost: pages, bytes, CPU seconds, failures, peak KiB."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    take = PEERS[name][1]()
    signal.signal(signal.SIGPROF, late)
    n = size = failed = 0
    cpu = 0.0
    with open(given, encoding="utf-8") as f, open(out, "w", encoding="utf-8") as w:
        for line in f:
            d = json.loads(line)
            if "html" in d:
                page = d["html"]
                size += len(page.encode("utf-8"))
            else:
                with open(d["html_file"], "rb") as g:
                    page = g.read()
                size += len(page)
            row = {}
            signal.setitimer(signal.ITIMER_PROF, PAGE_SECONDS)
            start = time.process_time()
            try:
                row = take(page, d.get("url"))
            except Exception:
                failed += 1
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            cpu += time.process_time() - start
            n += 1
            w.write(json.dumps({"id": d["id"], **row}, ensure_ascii=False) + "\n")
    return {"pages": n, "bytes": size, "cpu": cpu, "failed": failed, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}


def in_child(core, work, *args):
    """work(*args) in a process of its own on one core; None when it died."""
    r, w = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.close(r)
            os.sched_setaffinity(0, {core})
            with os.fdopen(w, "wb") as f:
                pickle.dump(work(*args), f)
            code = 0
        except BaseException as e:
            print(f"-- {type(e).__name__}: {e}", file=sys.stderr)
        os._exit(code)
    os.close(w)
    with os.fdopen(r, "rb") as f:
        said = f.read()
    os.waitpid(pid, 0)
    return pickle.loads(said) if said else None


def ours(binary, given, out):
    with open(out, "wb") as w:
        subprocess.run([binary, "extract", "--jsonl", "--threads", "1", "--quiet", given], stdout=w, stderr=subprocess.DEVNULL, check=False)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss}


# ------------------------------------------------------------------------------------------------------------- the run
def missing_packages(wanted):
    have = []
    for name in wanted:
        package = PEERS[name][0]
        try:
            importlib.metadata.version(package)
            PEERS[name][1]()
            have.append(name)
        except Exception as e:
            print(f"-- {name} left out: package {package} cannot be imported ({type(e).__name__}: {e})")
    return have


def per_page(path, shared, sets, given):
    spec = importlib.util.spec_from_file_location("score", os.path.join(shared, "eval", "score.py"))
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    who = list(given)
    with open(path, "w", encoding="utf-8") as w:
        w.write("\t".join(["set", "id"] + [f"f1 {x}" for x in who]) + "\n")
        for name in sets:
            rows = {x: {d["id"]: d.get("text") or "" for d in score.lines(given[x][name])} for x in who if name in given[x]}
            for d in score.lines(os.path.join(shared, "data", "pages", name, "truth.jsonl")):
                if not d.get("text"):
                    continue
                want = score.shingles(d["text"])
                f1 = []
                for x in who:
                    got = score.shingles(rows.get(x, {}).get(d["id"], ""))
                    both = sum((want & got).values())
                    f1.append(f"{2 * both / max(sum(want.values()) + sum(got.values()), 1):.3f}")
                w.write("\t".join([name, d["id"]] + f1) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peer", nargs="*", metavar="PEER", help=", ".join(PEERS))
    parser.add_argument("--sets")
    parser.add_argument("--keep")
    parser.add_argument("--perpage")
    parser.add_argument("--cpu", type=int, default=max(os.sched_getaffinity(0)))
    parser.add_argument("--dry", action="store_true")
    parser.add_argument("--binary", default=os.path.join(ROOT, "build", "release", "samestory"))
    args = parser.parse_args()
    shared = os.path.abspath(os.environ.get("SAMESTORY_SHARED") or os.path.join(ROOT, "..", "shared"))
    if not os.path.isfile(os.path.join(shared, "eval", "score.py")):
        sys.exit("no shared data (SAMESTORY_SHARED, default ../shared): nothing to measure")
    for p in args.peer:
        if p not in PEERS:
            sys.exit(f"no peer {p}: {', '.join(PEERS)}")
    folder = os.path.join(shared, "data", "pages")
    sets = args.sets.split(",") if args.sets else sorted(s for s in os.listdir(folder) if os.path.exists(os.path.join(folder, s, "truth.jsonl")))
    bench = Bench(os.path.abspath(args.binary), shared, None)
    keep = args.keep or bench.scratch.name
    os.makedirs(keep, exist_ok=True)
    have = missing_packages(args.peer or list(PEERS))

    feeds, pred, cost = {}, {"ours": {}}, {"ours": {}}
    for name in sets:
        feeds[name] = bench.feed("pages.py", os.path.join(folder, name))
        pred["ours"][name] = out = os.path.join(keep, f"{name}.ours.jsonl")
        cost["ours"][name] = in_child(args.cpu, ours, bench.binary, feeds[name], out)
        bench.table("pages", name, bench.score("pages", os.path.join(folder, name, "truth.jsonl"), out))
    bench.rows.clear()  # run.py writes ours
    for peer in have:
        version = importlib.metadata.version(PEERS[peer][0])
        print(f"-- {peer} ({PEERS[peer][0]} {version})")
        pred[peer], cost[peer] = {}, {}
        for name in sets:
            out = os.path.join(keep, f"{name}.{peer}.jsonl")
            note = out + ".cost"
            if os.path.exists(note):
                with open(note, encoding="utf-8") as f:
                    cost[peer][name] = json.load(f)
            else:
                cost[peer][name] = in_child(args.cpu, one_set, peer, feeds[name], out)
                if cost[peer][name]:
                    with open(note, "w", encoding="utf-8") as f:
                        json.dump(cost[peer][name], f)
            if not cost[peer][name]:
                print(f"-- {peer} died on {name}")
                continue
            pred[peer][name] = out
            bench.table(f"pages peer {peer}", name, bench.score("pages", os.path.join(folder, name, "truth.jsonl"), out))
    # What a peer has no answer for at all is not a measure of it.
    quality = [r for r in bench.rows if not (float(r[5]) == 0 and all(float(x[5]) == 0 for x in bench.rows
                                                                       if x[2] == r[2] and x[4].rsplit(" ", 1)[0] == r[4].rsplit(" ", 1)[0]))]
    speed = []
    for peer in have:
        mine = [cost["ours"][s] for s in sets if cost[peer].get(s)]
        other = [cost[peer][s] for s in sets if cost[peer].get(s)]
        if not other:
            continue
        pages, size = sum(c["pages"] for c in other), sum(c["bytes"] for c in other)
        us, them = sum(c["cpu"] for c in mine), sum(c["cpu"] for c in other)
        figures = lambda cpu, all: [str(pages), f"{cpu:.4f}", f"{pages / cpu:.0f}", f"{size / cpu / 1e6:.1f}",  # noqa: E731
                                    f"{max(c['peak'] for c in all) / 1024:.0f}"]
        where = "pages of all sets" if not args.sets else "pages of " + args.sets
        speed.append([bench.date, bench.commit, f"peer {peer}", where] + figures(them, other) + ["", ""])
        speed.append([bench.date, bench.commit, "extract --jsonl --threads 1", f"{where}, CPU, beside {peer}"] + figures(us, mine) +
                     [peer, f"{them / us:.1f}"])
        print(f"{peer:18s} {pages:5d} pages, {size / 1e6:.0f} MB: {pages / them:8.0f} pages/s {size / them / 1e6:8.1f} MB/s "
              f"{speed[-2][8]:>5s} MB   ours {pages / us:8.0f} pages/s {size / us / 1e6:8.1f} MB/s {speed[-1][8]:>5s} MB   {them / us:6.1f} times"
              f"   {sum(c['failed'] for c in other)} pages failed")
    if args.perpage:
        per_page(args.perpage, shared, sets, pred)
    if not args.dry:
        bench.rows = quality
        bench.save(os.path.join(HERE, "quality.csv"), QUALITY, ["task", "set", "metric"])
        bench.rows = speed
        if not args.keep:
            bench.save(os.path.join(HERE, "speed.csv"), SPEED, ["command", "set"])


if __name__ == "__main__":
    main()
