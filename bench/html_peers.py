#!/usr/bin/env python3
"""Parsers of HTML from PyPI, for comparison: lexbor (selectolax) and turbohtml, whichever the interpreter has.

    html_peers.py speed ROUNDS FOLDER...   columns: name, pages, bytes, seconds of CPU in the best round, elements
    html_peers.py count FOLDER...          columns: file, elements by lexbor, by turbohtml ("-": not installed); pages in UTF-8 only

Neither is wanted for building or running; bench/run.py --peers PYTHON runs this with an interpreter of a scratch venv (pip install selectolax
turbohtml). Pages that are UTF-8 are read and decoded before; each parser gets what it takes fastest, and frees its tree within its time. A round is
one pass of each parser, so that what else the machine does meets both.
"""
import os
import sys
import time
from importlib.metadata import version

try:
    from selectolax.lexbor import LexborHTMLParser
except ImportError:
    LexborHTMLParser = None
try:
    import turbohtml
except ImportError:
    turbohtml = None


def pages(folders):
    """(file, text) of all pages in UTF-8."""
    for top in folders:
        for folder, _, files in sorted(os.walk(top)):
            for name in sorted(files):
                if name.endswith((".html", ".htm")):
                    with open(os.path.join(folder, name), "rb") as f:
                        raw = f.read()
                    try:
                        yield os.path.join(folder, name), raw.decode("utf-8")
                    except UnicodeDecodeError:
                        pass


def lexbor_bytes(all_pages):
    for raw, _ in all_pages:
        LexborHTMLParser(raw)


def lexbor_text(all_pages):
    for _, text in all_pages:
        LexborHTMLParser(text)


def turbo(all_pages):
    for _, text in all_pages:
        turbohtml.parse(text, positions=False)


def speed(rounds, folders):
    all_pages = [(text.encode(), text) for _, text in pages(folders)]
    size = sum(len(raw) for raw, _ in all_pages)
    runs = []
    if LexborHTMLParser:
        runs += [("lexbor (selectolax " + version("selectolax") + ")", lexbor_bytes),
                 ("lexbor (selectolax " + version("selectolax") + ")", lexbor_text)]
    if turbohtml:
        runs.append(("turbohtml " + version("turbohtml"), turbo))
    best = {}
    for _ in range(rounds):
        for name, run in runs:
            begin = time.process_time()
            run(all_pages)
            took = time.process_time() - begin
            best[name] = min(best.get(name, took), took)
    for name, took in best.items():
        print(name, len(all_pages), size, f"{took:.6f}", 0, sep="\t")


def count(folders):
    for file, text in pages(folders):
        print(file, len(LexborHTMLParser(text).css("*")) if LexborHTMLParser else "-",
              len(turbohtml.parse(text, positions=False).select("*")) if turbohtml else "-", sep="\t")


if __name__ == "__main__":
    if len(sys.argv) > 3 and sys.argv[1] == "speed":
        speed(int(sys.argv[2]), sys.argv[3:])
    elif len(sys.argv) > 2 and sys.argv[1] == "count":
        count(sys.argv[2:])
    else:
        sys.exit(__doc__)
