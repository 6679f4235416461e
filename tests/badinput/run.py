#!/usr/bin/env python3
"""Bad inputs, each beside a good article: the run goes on, says what was wrong and where, and stays small.

    run.py BINARY [--sanitized] [NAME...]

The inputs are built on the fly. Of each run of `compare --json`: the exit code is 1 when there is an error row and 0 when there is
none; each error row names the bad input and has a message; standard error names it too; the good article is there, whole; peak
memory stays under a ceiling (not with --sanitized: sanitizers need more); nothing hangs or dies of a signal.
"""
import argparse
import gzip
import json
import os
import sys
import tempfile
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from common import Report, run_measured  # noqa: E402

MB = 1 << 20
GOOD = ("The bridge over the Lenne was closed on Monday.\n\n"
        "\u201cNobody was hurt, and the traffic goes round by the old road,\u201d the mayor, Ada Brook, said.\n\n"
        "About 40 workers were on the site.\n")
OTHER = "A ferry ran aground near the harbour on Tuesday, the coast guard said.\n\nAll 31 passengers were brought ashore.\n"

MUST, MAY, NEVER = "an error row", "an error row or an article", "no error row"


def write(path, data):
    with open(path, "wb") as f:
        f.write(data)


def long_line(path):
    piece = ("The committee met again and again and nothing was decided, said nobody in particular. " * 12000).encode()
    with open(path, "wb") as f:
        left = 100 * MB
        while left > 0:
            f.write(piece[:left])
            left -= len(piece)


def folder_loop(path):
    os.makedirs(os.path.join(path, "inner"))
    write(os.path.join(path, "inner", "other.txt"), OTHER.encode())
    os.symlink("..", os.path.join(path, "inner", "up"))
    os.symlink(".", os.path.join(path, "self"))


def pipe_in_folder(path):
    """A pipe that is named is read, as `<(command)` needs it; one that lies in a folder has perhaps no writer, ever."""
    os.mkdir(path)
    write(os.path.join(path, "other.txt"), OTHER.encode())
    os.mkfifo(os.path.join(path, "pipe.txt"))


def unreadable(path):
    write(path, OTHER.encode())
    os.chmod(path, 0)


def json_cut(path):
    whole = json.dumps({"id": "whole", "text": OTHER}).encode()
    write(path, whole + b"\n" + json.dumps({"id": "cut", "text": OTHER}).encode()[:60] + b"\n"
          + whole.replace(b'"whole"', b'"after"') + b"\n")


NOBODY = 65534
BINARY = b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 400

# name, file name, builder, what must come of it, ceiling of memory in MB, articles that must be read besides the good one
CASES = [
    ("empty", "empty.txt", lambda p: write(p, b""), MUST, 200, []),
    ("binary", "binary.bin", lambda p: write(p, BINARY), MUST, 200, []),
    ("binary called text", "binary.txt", lambda p: write(p, BINARY), MUST, 200, []),
    ("invalid utf-8", "invalid.txt", lambda p: write(p, OTHER.encode().replace(b"ran", b"r\xff\xc3n\xed\xa0\x80\xf8") * 20), MAY, 200, []),
    ("latin-1", "latin1.txt", lambda p: write(p, OTHER.replace("ferry", "f\u00e9rry").encode("latin-1")), MAY, 200, []),
    ("utf-16 le, bom", "le_bom.txt", lambda p: write(p, b"\xff\xfe" + OTHER.encode("utf-16-le")), MAY, 200, []),
    ("utf-16 be, bom", "be_bom.txt", lambda p: write(p, b"\xfe\xff" + OTHER.encode("utf-16-be")), MAY, 200, []),
    ("utf-16 le", "le.txt", lambda p: write(p, OTHER.encode("utf-16-le")), MAY, 200, []),
    ("utf-16 be", "be.txt", lambda p: write(p, OTHER.encode("utf-16-be")), MAY, 200, []),
    ("utf-16 odd", "odd.txt", lambda p: write(p, b"\xff\xfe" + OTHER.encode("utf-16-le")[:-1] + b"\x00\xd8"), MAY, 200, []),
    ("utf-8 bom", "bom.txt", lambda p: write(p, b"\xef\xbb\xbf" + OTHER.encode()), NEVER, 200, ["bom.txt"]),
    ("one 100 MB line", "line.txt", long_line, MAY, 1500, []),
    ("nul bytes", "nul.txt", lambda p: write(p, OTHER.encode().replace(b" ", b"\0")), MAY, 200, []),
    ("one nul byte", "nul1.txt", lambda p: write(p, OTHER.encode() + b"\0" + OTHER.encode()), MAY, 200, []),
    ("folder loop", "loop", folder_loop, MAY, 200, ["other.txt"]),
    ("unreadable file", "secret.txt", unreadable, MUST, 200, []),
    ("dangling link", "dangling.txt", lambda p: os.symlink("nowhere", p), MUST, 200, []),
    ("link to itself", "selflink.txt", lambda p: os.symlink(os.path.basename(p), p), MUST, 200, []),
    ("pipe in a folder", "pipes", pipe_in_folder, MUST, 200, ["other.txt"]),
    ("missing file", "missing.txt", lambda p: None, MUST, 200, []),
    ("json line cut", "cut.jsonl", json_cut, MUST, 200, ["whole", "after"]),
    ("json of another kind", "kind.jsonl", lambda p: write(p, b'{"id": 1, "text": 5}\n{"text": null}\n[]\n7\n{}\n'), MUST, 200, []),
    ("json nested deeply", "deep.jsonl", lambda p: write(p, b'{"text":' + b"[" * 100000 + b"\n"), MUST, 200, []),
    ("json bad strings", "strings.jsonl",
     lambda p: write(p, b'{"id":"s","text":"half \\ud83d and \\u0000 nul, quite enough words to be read as a text. \xff\xfe"}\n'), MAY, 200, []),
    ("json same id twice", "twice.jsonl",
     lambda p: write(p, (json.dumps({"id": "x", "text": OTHER}) + "\n" + json.dumps({"id": "x", "text": GOOD}) + "\n").encode()), MAY, 200, []),
    ("gzip cut", "cut.txt.gz", lambda p: write(p, __import__("gzip").compress(OTHER.encode() * 50)[:-40]), MUST, 200, []),
    ("gzip of nothing", "nothing.gz", lambda p: write(p, b"\x1f\x8b"), MUST, 200, []),
    ("zstd broken", "broken.zst", lambda p: write(p, b"\x28\xb5\x2f\xfd" + bytes(range(60))), MUST, 200, []),
    ("10,000 nested quotation marks", "nested.txt",
     lambda p: write(p, ("He said: " + "\u201c\u2018" * 5000 + "yes" + "\u2019\u201d" * 5000 + ".\n").encode()), MAY, 200, []),
    ("10,000 opening marks", "opening.txt", lambda p: write(p, ("She said: " + "\u201cno " * 10000 + ".\n").encode()), MAY, 200, []),
    ("1 MB of <div>", "divs.html", lambda p: write(p, b"<!doctype html><html><body>" + b"<div>" * (MB // 5)), MAY, 200, []),
    ("1 MB of <", "angles.html", lambda p: write(p, b"<!doctype html><html><body>" + b"<" * MB), MAY, 200, []),
    ("html cut", "cut.html", lambda p: write(p, b"<!doctype html><html><head><title>Ferry aground"), MAY, 200, []),
    ("1 MB word", "word.txt", lambda p: write(p, b"a" * MB), MAY, 200, []),
    ("1 MB number", "number.txt", lambda p: write(p, b"The toll rose to " + b"9" * MB + b" people.\n"), MAY, 200, []),
    ("combining marks", "marks.txt", lambda p: write(p, ("e" + "\u0301" * 200000 + "\n").encode()), MAY, 200, []),
]


def warc(url, body, length=None, head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", more=b""):
    block = head + body
    return (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: " + url + b"\r\n" + more
            + b"Content-Length: %d\r\n\r\n" % (len(block) if length is None else length) + block + b"\r\n\r\n")


WHOLE = warc(b"http://a.example/whole", b"<!doctype html><title>Ferry aground</title><article><h1>Ferry aground</h1>"
             + "".join(f"<p>{x}</p>" for x in OTHER.split("\n\n")).encode() + b"</article>")
AFTER = WHOLE.replace(b"/whole", b"/after")


def warc_bomb(path):
    """A body of 300 MB of spaces in 300 KB of gzip, inside a member that unpacks to it."""
    body = zlib.compress(b" " * (300 * MB), 9)
    write(path, WHOLE + warc(b"http://a.example/bomb", body, head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate\r\n\r\n")
          + AFTER)


WARC_CASES = [
    ("warc, a wrong length", "length.warc", lambda p: write(p, WHOLE + warc(b"http://a.example/x", b"<p>x", 9999) + AFTER),
     MUST, 200, ["/whole", "/after"]),
    ("warc, no head's end", "head.warc", lambda p: write(p, WHOLE + b"WARC/1.0\r\n" + b"X: y\r\n" * (50 * MB // 6) + b"\r\n" + AFTER),
     MUST, 400, ["/whole", "/after"]),
    ("warc, a member damaged", "member.warc.gz",
     lambda p: write(p, gzip.compress(WHOLE) + gzip.compress(WHOLE)[:-30] + gzip.compress(AFTER)), MUST, 200, ["/whole", "/after"]),
    ("warc, a bomb", "bomb.warc", warc_bomb, MUST, 600, ["/whole", "/after"]),
    ("warc, a bomb of a member", "bomb.warc.gz", lambda p: write(p, gzip.compress(WHOLE) + gzip.compress(
        warc(b"http://a.example/bomb", b" " * (300 * MB))) + gzip.compress(AFTER)), MUST, 600, ["/whole", "/after"]),
    ("warc, endless chunks", "chunks.warc", lambda p: write(p, WHOLE + warc(
        b"http://a.example/x", b"1\r\na\r\n" * (2 * MB), head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
        + AFTER), MUST, 600, ["/whole", "/after"]),
    ("warc, only junk", "junk.warc", lambda p: write(p, b"WARC/1.0\r\n" + bytes(range(256)) * 4000), MUST, 200, []),
    ("arc, a wrong length", "bad.arc", lambda p: write(p, b"filedesc://x 0.0.0.0 20180305100000 text/plain abc\n1 0 X\n\n"), MUST, 200, []),
    ("ninjs without a body", "picture.json", lambda p: write(p, b'{"uri":"urn:x:1","type":"picture","versioncreated":"2018-03-05T10:00:00Z"}\n'),
     MUST, 200, []),
]
CASES += WARC_CASES


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--sanitized", action="store_true")
    parser.add_argument("name", nargs="*")
    args = parser.parse_intermixed_args()
    binary = os.path.abspath(args.binary)
    report = Report()
    for name, file, build, outcome, ceiling, expected in CASES:
        if args.name and name not in args.name:
            continue
        with tempfile.TemporaryDirectory() as scratch:
            path = os.path.join(scratch, file)
            write(os.path.join(scratch, "good.txt"), GOOD.encode())
            build(path)
            uid = -1
            if name == "unreadable file" and os.access(path, os.R_OK):
                # Nothing is unreadable for root: the program runs as nobody, where nobody can reach it.
                uid = NOBODY
                os.chmod(scratch, 0o755)
                if run_measured([binary, "version"], cwd=scratch, uid=uid).code != 0:
                    print(f"  {name}: everything is readable for this user, and no other can run the program; not tried")
                    continue
            used = run_measured([binary, "compare", "--json", "--with-text", "good.txt", file], cwd=scratch, timeout=240, uid=uid)
            check(report, name, file, outcome, ceiling, expected, used, args.sanitized)
            if name == "unreadable file":
                os.chmod(path, 0o600)
    # Nothing but bad inputs is still a report.
    if not args.name:
        with tempfile.TemporaryDirectory() as scratch:
            used = run_measured([binary, "compare", "--json", "missing.txt"], cwd=scratch, timeout=60)
            report.check(used.code == 1, "bad inputs alone", f"exit code {used.code}, not 1")
            try:
                whole = json.loads(used.out)
                report.check(len(whole["errors"]) == 1 and not whole["stories"], "bad inputs alone", str(whole)[:200])
            except ValueError as e:
                report.check(False, "bad inputs alone", str(e))
    return report.end()


def check(report, name, file, outcome, ceiling, expected, used, sanitized):
    said = used.err.decode("utf-8", "replace")
    if not report.check(used.code >= 0, "died of a signal or hung", lambda: f"{name}: code {used.code}: {said[:300]}"):
        return
    if not report.check(used.code in (0, 1), "the run did not go on", lambda: f"{name}: exit code {used.code}: {said[:300]}"):
        return
    try:
        whole = json.loads(used.out.decode("utf-8"))
    except ValueError as e:
        report.check(False, "the report is not JSON in UTF-8", f"{name}: {e}")
        return
    mine = [e for e in whole["errors"] if file in (e.get("source") or "")]
    report.check(used.code == (1 if whole["errors"] else 0), "the exit code does not say what happened",
                 lambda: f"{name}: exit code {used.code}, {len(whole['errors'])} error rows")
    report.check(len(mine) == len(whole["errors"]), "an error row names another input", lambda: f"{name}: {whole['errors']}"[:300])
    for e in mine[:5]:
        report.check(bool(e.get("message")) and "at" in e, "an error row without message or place", lambda: f"{name}: {e}")
    if outcome == MUST:
        report.check(bool(mine), "no error row", name)
    elif outcome == NEVER:
        report.check(not mine, "an error row for what can be read", lambda: f"{name}: {mine}")
    else:
        read = [a for a in whole["articles"] if file in (a.get("source") or a["id"])]
        report.check(bool(mine or read or expected), "the input is lost without a word", name)
    if mine:
        report.check(file in said, "standard error does not name the input", lambda: f"{name}: {said[:200]!r}")
    good = [a for a in whole["articles"] if (a.get("source") or a["id"]).endswith("good.txt")]
    report.check(len(good) == 1 and good[0].get("text") == GOOD, "the good article is not whole", name)
    quoted = [o for s in whole["stories"] for u in s["utterances"] for o in u["occurrences"] if o["article"].endswith("good.txt")]
    report.check(len(quoted) == 1, "the good article's quotation is lost", name)
    for want in expected:
        found = [a for a in whole["articles"] if want in a["id"] or want in (a.get("source") or "")]
        report.check(len(found) == 1, "an article beside the bad one is lost or doubled", f"{name}: {want}: {len(found)}")
    if not sanitized:
        report.check(used.peak < ceiling * MB, "memory", lambda: f"{name}: {used.peak // MB} MB, ceiling {ceiling} MB")


if __name__ == "__main__":
    sys.exit(main())
