#!/usr/bin/env python3
"""The database as users meet it: what is added is there, whatever happens meanwhile.

    run.py PROGRAM [--kills N] [--only NAME]

agree     in one go, in ten batches, shuffled, one by one: stories as `compare` of the same articles has them, byte for byte
windows   the same where words are so common that lists of them are cut
twice     the same inputs again change nothing
later     --later: grouped and found at once, compared by the next run
kills     kill -9 at random moments: whole, nothing lost that was committed, can be repeated
batches   the same in a run of several batches: whole batches are there
full      no room: a message, exit 3, what was there stays
disk      a disk of 20 MB that fills up, then has room again
older     a file of the schema before becomes one of this
links     what a user knows of stories, before and behind the articles, changed, taken back: as `compare --links` has it, byte for byte
lines     what outlets print on all pages, learnt as pages come, is what all pages at once teach
writers   two at once: both end well, all is there
foreign   other files, empty files, newer versions: a message, exit 3, the file as it was
versions  another text under a known id: a version, what changed, silent or with a note
search    words, phrases, people, dates, figures: places read back
begin     beginnings of words: few words, more than are looked up, in phrases, left out; of many like words none wins by being rare
export    CSV reads back, offsets read back, nothing of what is withheld
repair    what can be mended is, and is whole then
schema    docs/database.md names each table and column, and no other
"""
import csv
import io
import json
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import texts  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.path.abspath(sys.argv[1])
KILLS = int(sys.argv[sys.argv.index("--kills") + 1]) if "--kills" in sys.argv else 24
ONLY = sys.argv[sys.argv.index("--only") + 1] if "--only" in sys.argv else ""
failures = []


def run(*args, **more):
    more.setdefault("timeout", 300)
    return subprocess.run([PROGRAM, *args], capture_output=True, **more)


def expect(ok, what):
    if not ok:
        failures.append(what)
        print("FAILED: " + what)
    return ok


def write_rows(path, rows):
    with open(path, "w", encoding="utf-8") as f:
        for row in rows:
            f.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def whole(db, what):
    r = run("check", "--db", db)
    return expect(r.returncode == 0, "%s: check: %s%s" % (what, r.stdout.decode()[:600], r.stderr.decode()[:300]))


def stories(db):
    r = run("export", "--db", db, "--format", "jsonl", "--what", "stories")
    if r.returncode:
        expect(False, "export of stories: " + r.stderr.decode()[:300])
        return {}
    out = {}
    for line in r.stdout.decode().splitlines():
        out[json.loads(line)["id"]] = line
    return out


def compared(path, folder, *more):
    """The stories of `compare --json`, each as the bytes that stand there."""
    text = run("compare", "--json", *more, path).stdout.decode()
    at = text.index('"stories":[') + len('"stories":[')
    decoder, out = json.JSONDecoder(), {}
    while text[at] != "]":
        value, end = decoder.raw_decode(text, at)
        out[value["id"]] = text[at:end]
        at = end + (text[end] == ",")
    return out


def ids(db):
    c = sqlite3.connect(db)
    try:
        return {r[0] for r in c.execute("SELECT uid FROM article")}
    finally:
        c.close()


def agree(folder):
    rows = texts.reports(40)
    path = write_rows(os.path.join(folder, "all.jsonl"), rows)
    want = compared(path, folder)
    expect(any(len(json.loads(v)["articles"]) > 2 for v in want.values()), "agree: the articles make stories")
    r = random.Random(5)
    ways = {"in one go": [rows], "shuffled": [r.sample(rows, len(rows))],
            "ten batches": [rows[i::10] for i in range(10)],
            "one by one": [[x] for x in r.sample(rows, len(rows))][:60]}
    for way, batches in ways.items():
        db = os.path.join(folder, way.replace(" ", "-") + ".db")
        for batch in batches:
            x = run("ingest", "--db", db, "--threads", "2", "-", input="".join(
                json.dumps(a, ensure_ascii=False) + "\n" for a in batch).encode())
            if not expect(x.returncode == 0, "agree: %s: ingest: %s" % (way, x.stderr.decode()[:300])):
                return
        if way == "one by one":
            given = [b[0] for b in batches]
            want_here = compared(write_rows(os.path.join(folder, "some.jsonl"), given), folder)
        else:
            want_here = want
        have = stories(db)
        if not expect(have == want_here, "agree: %s: stories are those of compare" % way):
            for k in sorted(set(have) | set(want_here)):
                if have.get(k) != want_here.get(k):
                    print("  ", k, (have.get(k) or "not there")[:200], "\n   wanted", (want_here.get(k) or "none")[:200])
                    break
        whole(db, "agree: " + way)


def windows(folder):
    """Words that so many articles have that each is compared with its neighbours in time alone: what comes between two parts
    them, what goes brings them together."""
    r = random.Random(7)
    common, rare = [texts.word(r) for _ in range(10)], [texts.word(r) for _ in range(400)]
    rows = []
    for i in range(1300):
        words = r.sample(common, 3) + r.sample(rare, 3)
        rows.append({"id": "w%d" % i, "title": " ".join(words[:4]), "text": "%s met %s at %s with %s, %s and %s." % tuple(
            r.sample(words, 6)), "published": "2031-01-%02dT%02d:%02d:00Z" % (1 + i // 200, r.randint(0, 23), r.randint(0, 59)), "lang": "en"})
    later = [dict(x, title=x["title"] + " again", modified="2031-03-01T00:00:00Z") for x in r.sample(rows, 60)]
    db = os.path.join(folder, "windows.db")
    mixed = r.sample(rows, len(rows))
    for batch in [mixed[i::5] for i in range(5)] + [later]:
        run("ingest", "--db", db, "-", input="".join(json.dumps(a) + "\n" for a in batch).encode())
    now = {x["id"]: x for x in rows}
    now.update({x["id"]: x for x in later})
    path = write_rows(os.path.join(folder, "windows.jsonl"), list(now.values()))
    want = {x["id"]: x["story"] for x in map(json.loads, run("stories", "--jsonl", path).stdout.decode().splitlines())}
    with sqlite3.connect(db) as c:
        have = dict(c.execute("SELECT a.uid, s.name FROM article a JOIN story s ON s.id = a.story"))
    expect(len(set(want.values())) < len(want) - 50, "windows: the articles make stories: %d" % len(set(want.values())))
    wrong = [k for k in want if want[k] != have.get(k)]
    expect(not wrong and len(have) == len(want), "windows: %d of %d articles in another story" % (len(wrong), len(want)))
    whole(db, "windows")


def twice(folder):
    path = write_rows(os.path.join(folder, "twice.jsonl"), texts.reports(10))
    db = os.path.join(folder, "twice.db")
    run("ingest", "--db", db, path)
    before = stories(db)
    r = run("ingest", "--db", db, path)
    expect(b"known already" in r.stdout and b"new" not in r.stdout, "twice: nothing is new: " + r.stdout.decode())
    expect(stories(db) == before and before, "twice: the same stories")
    with sqlite3.connect(db) as c:
        expect(c.execute("SELECT count(*) FROM version").fetchone() == c.execute("SELECT count(*) FROM article").fetchone(),
               "twice: no version is made")


def later(folder):
    rows = texts.reports(12)
    path, db = write_rows(os.path.join(folder, "later.jsonl"), rows), os.path.join(folder, "later.db")
    r = run("ingest", "--db", db, "--later", path)
    expect(r.returncode == 0, "later: " + r.stderr.decode()[:300])
    want = compared(path, folder)
    with sqlite3.connect(db) as c:
        expect({n for n, in c.execute("SELECT name FROM story WHERE stale")} == set(want), "later: every story is there and waits")
        expect(c.execute("SELECT count(*) FROM quotation").fetchone() == (0,), "later: nothing is compared yet")
    word = rows[0]["title"].split()[0]
    expect(json.loads(run("search", "--db", db, "--json", word).stdout)["found"] >= 1, "later: articles are found")
    whole(db, "later: before")
    expect(stories(db) == want, "later: each story is compared when it is asked for")
    r = run("ingest", "--db", db, write_rows(os.path.join(folder, "none.jsonl"), rows[:1]))
    expect(r.returncode == 0, "later: the next run: " + r.stderr.decode()[:300])
    with sqlite3.connect(db) as c:
        expect(c.execute("SELECT count(*) FROM story WHERE stale").fetchone() == (0,), "later: the next run compares them")
        expect(c.execute("SELECT count(*) FROM quotation").fetchone()[0] >= len(rows), "later: what they say is there")
    expect(stories(db) == want, "later: the stories of compare")
    whole(db, "later: behind")


def kills(folder):
    path = write_rows(os.path.join(folder, "kills.jsonl"), texts.reports(400, words=60))
    whole_run = os.path.join(folder, "whole.db")
    start = time.monotonic()
    run("ingest", "--db", whole_run, path)
    took = time.monotonic() - start
    want = ids(whole_run)
    r = random.Random(11)
    db = os.path.join(folder, "killed.db")
    seen = set()
    for i in range(KILLS):
        if i % 8 == 0:
            for end in ("", "-wal", "-shm"):
                if os.path.exists(db + end):
                    os.unlink(db + end)
            seen = set()
        p = subprocess.Popen([PROGRAM, "ingest", "--db", db, path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(r.uniform(0, took * 1.1))
        p.send_signal(signal.SIGKILL)
        p.wait()
        if not os.path.exists(db) or os.path.getsize(db) == 0:
            continue
        x = run("check", "--db", db)
        empty = b"is empty" in x.stderr
        if not expect(x.returncode == 0 or empty, "kills: %d: check: %s%s" % (i, x.stdout.decode()[:300], x.stderr.decode()[:300])):
            return
        if empty:
            continue
        now = ids(db)
        expect(seen <= now, "kills: %d: nothing that was stored is gone" % i)
        seen = now
    r = run("ingest", "--db", db, path)
    expect(r.returncode == 0 and ids(db) == want, "kills: repeated, all is there")
    expect(stories(db) == stories(whole_run), "kills: the stories of a run that nobody killed")
    whole(db, "kills")


def batches(folder):
    """Killed between and inside the commits of a run of several batches: whole batches are there, in the order of the input, and stay."""
    rows = [dict(x, id="%05d" % i) for i, x in enumerate(texts.reports(2600))]
    path = write_rows(os.path.join(folder, "batches.jsonl"), rows)
    db = os.path.join(folder, "batches.db")
    r = random.Random(12)
    least, counts = 0, []
    for i in range(max(2, KILLS // 20)):
        p = subprocess.Popen([PROGRAM, "ingest", "--later", "--db", db, path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until, now = r.choice((1, 4001, 8001)), 0
        begun = time.monotonic()
        while p.poll() is None and now < until and time.monotonic() - begun < 120:  # then some way into the next one
            time.sleep(0.02)
            try:
                with sqlite3.connect("file:%s?mode=ro" % db, uri=True, timeout=1) as c:
                    now = c.execute("SELECT count(*) FROM article").fetchone()[0]
                c.close()
            except sqlite3.Error:
                now = 0
        time.sleep(r.uniform(0, 0.5))
        p.send_signal(signal.SIGKILL)
        p.wait()
        have = sorted(ids(db))
        counts.append(len(have))
        expect(len(have) >= max(now, least), "batches: %d: what was seen stays: %d of %d" % (i, len(have), max(now, least)))
        expect(have == [x["id"] for x in rows[:len(have)]] and (len(have) % 4000 == 0 or len(have) == len(rows)), "batches: %d: whole ones: %d" % (i, len(have)))
        if not whole(db, "batches: %d" % i):
            return
        least = len(have)
        if least == len(rows):
            least = 0
            for end in ("", "-wal", "-shm"):
                if os.path.exists(db + end):
                    os.unlink(db + end)
    expect(KILLS < 60 or len(set(counts)) > 1, "batches: killed at more than one place: %r" % counts)


def full(folder):
    rows = texts.reports(200, words=120)
    db = os.path.join(folder, "full.db")
    first = write_rows(os.path.join(folder, "first.jsonl"), rows[:20])
    rest = write_rows(os.path.join(folder, "rest.jsonl"), rows)
    run("ingest", "--db", db, first)
    before = ids(db)

    def limited():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (700 * 1024, 700 * 1024))

    r = run("ingest", "--db", db, rest, preexec_fn=limited)
    expect(r.returncode == 3, "full: exit 3, not %d: %s" % (r.returncode, r.stderr.decode()[:200]))
    expect(len(r.stderr) > 0, "full: it is said")
    expect(before <= ids(db), "full: what was there is there")
    whole(db, "full")
    r = run("ingest", "--db", db, rest)
    expect(r.returncode == 0 and len(ids(db)) == len(rows), "full: with room again it goes on")


def disk(folder):
    """A disk of its own that fills up while articles come in: as root, a tmpfs."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        print("disk: not root, no small disk is tried")
        return
    at = os.path.join(folder, "disk")
    os.mkdir(at)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", at], capture_output=True).returncode:
        print("disk: nothing may be mounted here, no small disk is tried")
        return
    try:
        rows = texts.reports(1600, words=120)
        db = os.path.join(at, "news.db")
        first = write_rows(os.path.join(folder, "disk1.jsonl"), rows[:400])
        rest = write_rows(os.path.join(folder, "disk2.jsonl"), rows)
        expect(run("ingest", "--db", db, first).returncode == 0, "disk: the first articles have room")
        before = ids(db)
        r = run("ingest", "--db", db, rest)
        expect(r.returncode == 3 and b"disk is full" in r.stderr, "disk: exit 3 and why, not %d: %s" % (r.returncode, r.stderr.decode()[:300]))
        expect(before <= ids(db), "disk: what was stored is there")
        whole(db, "disk: full")
        subprocess.run(["mount", "-o", "remount,size=200m", at], check=True)
        r = run("ingest", "--db", db, rest)
        expect(r.returncode == 0 and len(ids(db)) == len(rows), "disk: with room it goes on: " + r.stderr.decode()[:300])
        whole(db, "disk: with room")
        shutil.move(db, os.path.join(folder, "disk.db"))
    finally:
        left = subprocess.run(["umount", at], capture_output=True)
        if not expect(left.returncode == 0, "disk: nobody holds it: " + left.stderr.decode()):
            subprocess.run(["umount", "-l", at], capture_output=True)
    other = os.path.join(folder, "disk-other.db")
    run("ingest", "--db", other, rest)
    expect(stories(os.path.join(folder, "disk.db")) == stories(other), "disk: the stories of a run that had room")


def older(folder):
    """Files as schema 4 had them, without links, and schema 3: edges at the later article alone, no lists of words."""
    rows = texts.reports(60)
    four = os.path.join(folder, "four.db")
    run("ingest", "--db", four, write_rows(os.path.join(folder, "four1.jsonl"), rows[:100]))
    with sqlite3.connect(four) as c:
        c.execute("DROP TABLE link")
        c.execute("PRAGMA user_version = 4")
    c.close()
    r = run("ingest", "--db", four, write_rows(os.path.join(folder, "four2.jsonl"), rows[50:120]))
    expect(r.returncode == 0, "older: ingest into schema 4: " + r.stderr.decode()[:300])
    whole(four, "older: schema 4")
    expect(stories(four) == compared(write_rows(os.path.join(folder, "four.jsonl"), rows[:120]), folder), "older: schema 4: the stories of compare")
    db = os.path.join(folder, "older.db")
    run("ingest", "--db", db, write_rows(os.path.join(folder, "older1.jsonl"), rows[:200]))
    with sqlite3.connect(db) as c:
        edges = 0
        for article, near in c.execute("SELECT article, near FROM article_words").fetchall():
            earlier = b"".join(near[i:i + 8] for i in range(0, len(near), 8) if int.from_bytes(near[i:i + 4], sys.byteorder) < article)
            edges += len(earlier) // 8
            c.execute("UPDATE article_words SET near = ? WHERE article = ?", (earlier, article))
        for table in "link word_segment word_block line_segment line_block".split():
            c.execute("DROP TABLE " + table)
        c.execute("DROP TRIGGER person_said")
        c.execute("DROP TRIGGER person_unsaid")
        c.execute("DROP TABLE person")
        c.execute("ALTER TABLE article_words ADD COLUMN top BLOB NOT NULL DEFAULT x''")
        c.execute("ALTER TABLE outlet_line DROP COLUMN page")
        c.execute("PRAGMA user_version = 3")
    c.close()
    expect(edges > 100, "older: the articles have edges")
    r = run("search", "--db", db, "the")
    expect(r.returncode == 3 and b"up to date" in r.stderr, "older: who reads it is told how: " + r.stderr.decode()[:200])
    r = run("ingest", "--db", db, write_rows(os.path.join(folder, "older2.jsonl"), rows[150:]))
    expect(r.returncode == 0, "older: ingest: " + r.stderr.decode()[:300])
    whole(db, "older")
    expect(stories(db) == compared(write_rows(os.path.join(folder, "older.jsonl"), rows), folder), "older: the stories of compare")


def links(folder):
    rows = texts.reports(24)
    for k, id_ in enumerate(("t-c", "t-a", "t-e", "t-b", "t-d")):  # one text under five ids
        rows.append(dict(texts.report(3, 1), id=id_, outlet=texts.OUTLETS[k]))
    path = write_rows(os.path.join(folder, "links.jsonl"), rows)
    of = {}
    for story in compared(path, folder).values():
        for a in json.loads(story)["articles"]:
            of[a] = json.loads(story)["articles"]
    whole_story = max((v for v in of.values() if not any(a.startswith("t-") for a in v)), key=len)
    far = [v[0] for k, v in sorted(of.items()) if v[0] == k and v is not whole_story and not v[0].startswith("t-")]
    a, b, c = far[0], far[5], far[9]
    sets = {
        "must": "must-link\t%s\t%s\nmust-link\t%s\t%s\n" % (a, b, c, b),
        "cannot": "# of one event\ncannot-link\t%s\t%s\n\ncannot-link\t%s\t%s\n" % (whole_story[0], whole_story[1], whole_story[-1], whole_story[0]),
        "against each other": "must-link\t%s\t%s\nmust-link\t%s\t%s\ncannot-link\t%s\t%s\ncannot-link\t%s\t%s\n" % (a, b, b, c, c, a, a, whole_story[0]),
        "one text": "cannot-link\tt-a\tt-b\nmust-link\tt-b\t%s\ncannot-link\tt-d\tt-c\n" % far[2],
        "one text again": "must-link\tt-c\tt-d\nmust-link\tt-c\t%s\n" % far[3],
        "nobody": "must-link\tnobody\t%s\nmust-link\t%s\tnot-there\n" % (a, b),
        "none": "# nothing is known\n"}
    r = random.Random(8)
    want, files = {}, {}
    for name, text in sets.items():
        files[name] = os.path.join(folder, name.replace(" ", "-") + ".tsv")
        with open(files[name], "w") as f:
            f.write(text)
        want[name] = compared(path, folder, "--links", files[name])
    expect(all(want[n] != want["none"] for n in list(sets)[:5]), "links: each set makes other stories")
    expect(want["nobody"] == want["none"], "links: of articles that are not there")

    def add(db, batch, *more):
        x = run("ingest", "--db", db, *more, "-", input="".join(json.dumps(y, ensure_ascii=False) + "\n" for y in batch).encode())
        expect(x.returncode == 0, "links: ingest: %s" % x.stderr.decode()[:300])
        return x

    for name in sets:
        db = os.path.join(folder, "before.db")
        mixed = r.sample(rows, len(rows))
        for k in range(4):
            add(db, mixed[k::4], *(["--links", files[name]] if k == 0 else []))
        expect(stories(db) == want[name], "links: %s, known before the articles came" % name)
        whole(db, "links: %s, before" % name)
        for end in ("", "-wal", "-shm"):
            if os.path.exists(db + end):
                os.unlink(db + end)
    db = os.path.join(folder, "behind.db")
    add(db, rows)
    for name in list(sets) + ["cannot", "one text", "must", "one text again", "none"]:
        x = add(db, rows[:1], "--links", files[name])
        expect(stories(db) == want[name], "links: %s, behind the articles" % name)
        whole(db, "links: %s, behind" % name)
        expect(name != "nobody" or b"2 of 2" in x.stderr, "links: it is said that articles are not there: %r" % x.stderr.decode()[:200])
    add(db, rows[:1], "--links", files["one text"])
    add(db, rows[1:2])
    expect(stories(db) == want["one text"], "links: kept by a run that does not name them")
    changed = dict(texts.report(7, 2), id="t-b")
    add(db, [dict(changed, published="2031-12-30T06:00:00Z")])
    other = [y for y in rows if y["id"] != "t-b"] + [dict(changed, published="2031-12-30T06:00:00Z")]
    expect(stories(db) == compared(write_rows(os.path.join(folder, "other.jsonl"), other), folder, "--links", files["one text"]), "links: of an article that has another text")
    whole(db, "links: another text")
    waits = os.path.join(folder, "waits.tsv")
    with open(waits, "w") as f:
        f.write("cannot-link\tt-a\t%s\n" % a)
    late = os.path.join(folder, "late.db")
    add(late, [y for y in rows if y["id"] != a], "--links", waits)
    add(late, [y for y in rows if y["id"] == a], "--later")
    with sqlite3.connect(late) as con:
        told = con.execute("SELECT stale FROM story JOIN article ON article.story = story.id WHERE article.uid = 't-a'").fetchone()
    expect(told and told[0] == 1, "links: the story that waited for an article is told anew: %r" % (told,))
    r = run("check", "--db", db, "--repair")
    expect(r.returncode == 0 and stories(db) == compared(os.path.join(folder, "other.jsonl"), folder, "--links", files["one text"]), "links: behind a repair")


def lines(folder):
    """Each outlet has lines on all its pages, some only on some, and reports that it prints three times."""
    r = random.Random(3)
    outlets = ["Outlet %d" % i for i in range(4)]
    always = {o: [" ".join(texts.word(r) for _ in range(6)) + "." for _ in range(3)] for o in outlets}
    some = {o: [" ".join(texts.word(r) for _ in range(9)) + "." for _ in range(6)] for o in outlets}
    rows = []
    for i in range(260):
        o = r.choice(outlets)
        own = [" ".join(texts.word(r) for _ in range(14)).capitalize() + "." for _ in range(r.randint(2, 5))]
        for _ in range(3 if i % 9 == 0 else 1):  # one in nine is printed three times
            parts = own + r.sample(some[o], r.randint(0, 2)) + r.sample(always[o], r.randint(1, 3))
            rows.append({"id": "%06x" % r.getrandbits(24), "outlet": o, "title": own[0], "text": "\n".join(parts), "lang": "en",
                         "published": "2031-02-%02dT%02d:00:00Z" % (1 + i // 20, r.randint(0, 23))})
    changed = [dict(x, text=x["text"] + "\n" + r.choice(some[x["outlet"]]), modified="2031-05-01T00:00:00Z") for x in r.sample(rows, 25)]

    def learnt(name, batches):
        db = os.path.join(folder, name)
        for batch in batches:
            run("ingest", "--db", db, "-", input="".join(json.dumps(a) + "\n" for a in batch).encode())
        with sqlite3.connect(db) as c:
            found = {(o, x) for o, x in c.execute("SELECT o.name, l.line FROM outlet_line l JOIN outlet o ON o.id = l.outlet")}
        whole(db, "lines: " + name)
        return found

    mixed = r.sample(rows, len(rows))
    grown = learnt("lines-grown.db", [mixed[:120]] + [mixed[i:i + 4] for i in range(120, len(mixed), 4)] + [changed])
    now = {x["id"]: x for x in rows}
    now.update({x["id"]: x for x in changed})
    at_once = learnt("lines-once.db", [list(now.values())])
    expect(grown == at_once and len(grown) >= 12, "lines: %d, at once %d" % (len(grown), len(at_once)))


def writers(folder):
    rows = texts.reports(120)
    db = os.path.join(folder, "writers.db")
    halves = [write_rows(os.path.join(folder, "half%d.jsonl" % i), rows[i::2]) for i in range(2)]
    ps = [subprocess.Popen([PROGRAM, "ingest", "--db", db, h], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for h in halves]
    for i, p in enumerate(ps):
        out, err = p.communicate(timeout=300)
        expect(p.returncode == 0, "writers: %d ends well: %s" % (i, err.decode()[:300]))
    expect(len(ids(db)) == len(rows), "writers: all is there")
    want = compared(write_rows(os.path.join(folder, "both.jsonl"), rows), folder)
    expect(stories(db) == want, "writers: the stories of compare")
    whole(db, "writers")


def foreign(folder):
    path = write_rows(os.path.join(folder, "some.jsonl"), texts.reports(3))
    cases = {}
    text = os.path.join(folder, "text.db")
    with open(text, "w") as f:
        f.write("this is no database\n" * 200)
    cases[text] = b"no samestory database"
    other = os.path.join(folder, "other.db")
    with sqlite3.connect(other) as c:
        c.execute("CREATE TABLE recipe(name)")
    cases[other] = b"another program"
    newer = os.path.join(folder, "newer.db")
    run("ingest", "--db", newer, path)
    with sqlite3.connect(newer) as c:
        c.execute("PRAGMA user_version = 99")
    c.close()
    cases[newer] = b"newer samestory"
    for db, say in cases.items():
        with open(db, "rb") as f:
            before = f.read()
        for args in (["ingest", "--db", db, path], ["search", "--db", db, "ferry"], ["check", "--db", db],
                     ["export", "--db", db, "--format", "csv"]):
            r = run(*args)
            expect(r.returncode == 3 and say in r.stderr,
                   "foreign: %s %s: exit %d: %s" % (args[0], os.path.basename(db), r.returncode, r.stderr.decode()[:200]))
        with open(db, "rb") as f:
            expect(f.read() == before, "foreign: %s is as it was" % os.path.basename(db))
    r = run("search", "--db", os.path.join(folder, "none.db"), "ferry")
    expect(r.returncode == 3 and not os.path.exists(os.path.join(folder, "none.db")), "foreign: no file is made by a search")
    r = run("ingest", "--db", os.path.join(folder, "no", "such", "folder.db"), path)
    expect(r.returncode == 3, "foreign: no such folder: exit %d" % r.returncode)
    r = run("search", "ferry")
    expect(r.returncode == 2 and b"--db" in r.stderr, "foreign: --db is needed")


def versions(folder):
    a = texts.report(3, 1)
    base = a["text"]
    number = re.search(r"about (\d+) people", base).group(1)
    steps = [
        (dict(a), "first", 0),
        (dict(a, text=base.replace("officials said", "offcials said"), modified="2032-01-01T00:00:00Z"), "typo", 0),
        (dict(a, text=base.replace("about %s people" % number, "about %d people" % (int(number) + 30)),
              modified="2032-01-02T00:00:00Z"), "substance", 1),
        (dict(a, text=base.replace("about %s people" % number, "about %d people" % (int(number) + 50)) +
              "\nCorrection: An earlier version of this article misstated the number of people.",
              modified="2032-01-03T00:00:00Z"), "substance", 0)]
    db = os.path.join(folder, "versions.db")
    for row, kind, silent in steps:
        path = write_rows(os.path.join(folder, "step.jsonl"), [row])
        run("ingest", "--db", db, path)
    with sqlite3.connect(db) as c:
        have = c.execute("SELECT kind, silent FROM version ORDER BY number").fetchall()
        want = [(k, s) for _, k, s in steps]
        expect(have == want, "versions: %r, wanted %r" % (have, want))
        what = {r[0] for r in c.execute("SELECT what FROM change JOIN version v ON v.id = version WHERE v.number = 3")}
        expect({"sentence", "figure"} <= what, "versions: a sentence and a figure changed: %r" % what)
        expect(c.execute("SELECT count(*) FROM article").fetchone() == (1,), "versions: one article")
        expect("correction" in {r[0] for r in c.execute(
            "SELECT what FROM change JOIN version v ON v.id = version WHERE v.number = 4")}, "versions: the note is named")
    # An older one that comes late is no news.
    path = write_rows(os.path.join(folder, "step.jsonl"), [dict(a, text=base + "\nMore.", modified="2031-12-30T00:00:00Z")])
    run("ingest", "--db", db, path)
    with sqlite3.connect(db) as c:
        expect(c.execute("SELECT v.number FROM article a JOIN version v ON v.id = a.version").fetchone() == (4,),
               "versions: the newest stays the article")
    whole(db, "versions")
    found = json.loads(run("search", "--db", db, "--json", str(int(number) + 50), "people").stdout)
    expect(found["found"] >= 1, "versions: the newest text is found")
    found = json.loads(run("search", "--db", db, "--json", "--articles", "offcials").stdout)
    expect(found["found"] == 0, "versions: an older text is not found")
    # The same address with another text is the same article; with another report it is not.
    one = dict(texts.report(5, 0), id="x1", url="https://post.example/a")
    two = dict(one, id="x2", text=one["text"] + "\nThe road opened again at noon.")
    three = {"id": "x3", "url": "https://post.example/a", "outlet": "Harbour Post", "title": "Choir tours five valleys with old sea songs",
             "text": "Forty singers begin in Lommerdale tonight. Their conductor chose ballads that fishermen wrote down a century ago. "
             "Tickets cost six crowns and children enter free."}
    db = os.path.join(folder, "address.db")
    run("ingest", "--db", db, write_rows(os.path.join(folder, "address.jsonl"), [one, two, three]))
    expect(ids(db) == {"x1", "x3"}, "versions: by address: %r" % ids(db))


def text_of(db):
    r = run("export", "--db", db, "--format", "jsonl")
    return {a["id"]: a["text"].encode() for a in map(json.loads, r.stdout.decode().splitlines())}


def search(folder):
    rows = texts.reports(30)
    db = os.path.join(folder, "search.db")
    run("ingest", "--db", db, write_rows(os.path.join(folder, "search.jsonl"), rows))
    e = texts.event(3)
    text = text_of(db)

    def find(*args):
        r = run("search", "--db", db, "--json", *args)
        expect(r.returncode == 0, "search %r: %s" % (args, r.stderr.decode()[:200]))
        out = json.loads(r.stdout) if r.returncode == 0 else {"hits": [], "found": 0}
        for h in out["hits"]:
            if h["at"] is None:
                continue
            own = text[h["article"]]
            if h["kind"] != "quotation":
                expect(own[h["at"][0]:h["at"][1]].decode() == h["text"], "search %r: the snippet reads back" % (args,))
            for b, end in h["marks"]:
                own[b:end].decode()
        return out

    hits = find("--articles", e["name"])["hits"]
    expect(hits and all(h["article"].startswith("r3-") for h in hits), "search: a name finds its event")
    expect(all(text[h["article"]][b:x].decode().lower() == e["name"].lower() for h in hits for b, x in h["marks"] if h["at"]),
           "search: marks are the words")
    first, last = e["who"].split()
    hits = find("--speaker", e["who"])["hits"]
    expect(hits and all(h["kind"] == "quotation" and h["speaker"] == e["who"] for h in hits), "search: what somebody said")
    expect(find("--speaker", last, "rebuild")["found"] > 0, "search: by surname, about a word")
    expect(find("--speaker", last, "zeppelin")["found"] == 0, "search: nothing about another word")
    expect(find('"%s %s at"' % (e["name"], e["thing"]))["found"] > 0, "search: a phrase")
    expect(find('"%s %s at"' % (e["thing"], e["name"]))["found"] == 0, "search: no phrase in another order")
    expect(find("--articles", e["name"][:4] + "*")["found"] >= len(hits), "search: a beginning")
    expect(find("--articles", e["name"] + " -" + e["name"])["found"] == 0, "search: without")
    day = "2031-%02d-%02d" % (e["month"], e["day"])
    after = "2031-%02d-%02d" % (e["month"], e["day"] + 1)
    expect(find("--articles", e["name"], "--since", day, "--until", after)["found"] > 0, "search: inside the dates")
    expect(find("--articles", e["name"], "--until", day)["found"] == 0, "search: before the dates")
    expect(find("--articles", e["name"], "--outlet", "No Such Paper")["found"] == 0, "search: another outlet")
    expect(find("--figures", str(e["n"]))["found"] > 0, "search: a figure")
    for odd in ('"', "AND", "NEAR(", "a:b", "*", "^x", "x'); DROP TABLE article;--", "\u00e9\u00e9", "{", "said : x", "-"):
        r = run("search", "--db", db, "--", odd)
        expect(r.returncode in (0, 2), "search: %r: exit %d: %s" % (odd, r.returncode, r.stderr.decode()[:200]))
    r = run("search", "--db", db)
    expect(r.returncode == 2, "search: nothing to search for")
    expect(run("search", "--db", db, "ferry", "--since", "soon").returncode == 2, "search: no date")


def begin(folder):
    letters = "abcdefghijklmnopqrst"
    rows, own = [], {}
    for i in range(360):
        word = "zeb%s%s" % (letters[i // 20], letters[i % 20])
        text = "The %s gate near the mill opened on Monday.\nZebra crossings stayed as they were, crews said. Mark %d." % (word, i)
        if i == 5:
            text = "Zebra, zebra, zebra: the mill on Monday. " + text
        rows.append({"id": "z%03d" % i, "title": "Gate %d at the mill" % i, "text": text, "outlet": "Mill Times", "lang": "en",
                     "published": "2031-03-%02dT%02d:00:00Z" % (1 + i // 20, i % 20)})
        own[rows[-1]["id"]] = word
    rows.append({"id": "plain", "title": "Nothing at the mill", "text": "The mill stood still on Monday, without any of it, crews said.",
                 "outlet": "Mill Times", "lang": "en", "published": "2031-02-01T00:00:00Z"})
    db = os.path.join(folder, "begin.db")
    run("ingest", "--later", "--db", db, write_rows(os.path.join(folder, "begin.jsonl"), rows))

    def find(*args):
        out, hits = None, []
        for offset in range(0, 400, 50):
            r = run("search", "--db", db, "--json", "--articles", "--limit", "50", "--offset", str(offset), *args)
            if not expect(r.returncode == 0, "begin %r: %s" % (args, r.stderr.decode()[:200])):
                return {"found": -1, "more": None}, []
            out = json.loads(r.stdout)
            hits += out["hits"]
            if len(out["hits"]) < 50:
                break
        return out, hits

    out, hits = find("--", "zebc*")
    want = {k for k, w in own.items() if w.startswith("zebc")}
    expect({h["article"] for h in hits} == want and len(want) == 20 and not out["more"], "begin: all words that begin so, and no other")
    expect(all(b != e for h in hits for b, e in h["marks"]) and all(h["marks"] for h in hits), "begin: marks")
    out, hits = find("--", '"the zebd*"')
    expect(out["found"] == 20, "begin: the last word of a phrase, the star inside: %d" % out["found"])
    out, hits = find("--", '"the zebd"*')
    expect(out["found"] == 20, "begin: the last word of a phrase, the star behind: %d" % out["found"])
    out, hits = find("--", "mill", "-zeb*")
    expect([h["article"] for h in hits] == ["plain"] and not out["more"], "begin: left out, however many words begin so: %r" % [h["article"] for h in hits][:3])
    out, hits = find("--", "zeb*")
    expect(out["found"] == 360 and out["more"], "begin: of very many words those of the newest, and it is said: %r %r" % (out["found"], out["more"]))
    expect(hits and hits[0]["article"] == "z005", "begin: words that begin alike count as one: the most of them is first, not the rarest")
    out, hits = find("--", "zebra")
    expect(out["found"] == 360 and not out["more"], "begin: a word")
    expect(find("--", "zebx*")[0]["found"] == 0, "begin: none")


def export(folder):
    rows = texts.reports(20)
    rows[2]["text"] += '\nA "quoted, line" with, commas.'
    rows[2]["title"] = 'Said "yes, no"\tand more'
    db = os.path.join(folder, "export.db")
    hidden = os.path.join(folder, "hidden.json")
    with open(hidden, "w") as f:
        json.dump({"uri": "urn:hidden", "type": "text", "pubStatus": "withheld", "version": "1",
                   "headline": "Secretword tower opens", "body_text": "Secretword tower opens. \u201cSecretword will stay,\u201d said Ida Quill. "
                   "About 40 people came to the secretword.", "versioncreated": "2031-01-01T00:00:00Z"}, f)
    run("ingest", "--db", db, write_rows(os.path.join(folder, "export.jsonl"), rows), hidden)
    expect("urn:hidden" in ids(db), "export: what is withheld is kept")
    text = text_of(db)
    expect({r["id"] for r in rows} == set(text), "export: all articles, none that is withheld")
    for what in ("articles", "quotations", "figures", "pairs", "stories"):
        r = run("export", "--db", db, "--format", "csv", "--what", what)
        table = list(csv.reader(io.StringIO(r.stdout.decode(), newline="")))
        expect(r.returncode == 0 and len(table) > 1 and all(len(x) == len(table[0]) for x in table), "export: CSV of " + what)
        expect(b"\r\n" in r.stdout and b"ecretword" not in r.stdout, "export: CSV of %s: nothing that is withheld" % what)
        j = run("export", "--db", db, "--format", "jsonl", "--what", what)
        objects = [json.loads(x) for x in j.stdout.decode().splitlines()]
        if what != "stories":
            expect(len(objects) == len(table) - 1, "export: as many rows of JSON as of CSV: " + what)
        expect(b"ecretword" not in j.stdout, "export: JSONL of %s: nothing that is withheld" % what)
        if what == "articles":
            titles = {x[table[0].index("id")]: x[table[0].index("title")] for x in table[1:]}
            expect(titles[rows[2]["id"]] == rows[2]["title"], "export: quotes and commas read back")
        if what == "figures":
            for o in objects:
                expect(text[o["article"]][o["begin"]:o["end"]].decode() == o["text"], "export: a figure reads back")
    for form in ("passim", "annotations", "dehydrated"):
        r = run("export", "--db", db, "--format", form)
        objects = [json.loads(x) for x in r.stdout.decode().splitlines()]
        expect(r.returncode == 0 and objects and b"ecretword" not in r.stdout, "export: " + form)
        if form == "annotations":
            for o in objects:
                position, quote = o["target"]["selector"]
                own = text[o["target"]["source"]].decode()
                expect(own[position["start"]:position["end"]] == quote["exact"], "export: an annotation's place reads back")
                expect(own[:position["start"]].endswith(quote["prefix"]), "export: what stands before it")
        if form == "dehydrated":
            expect(b"people" not in r.stdout, "export: dehydrated rows hold no words")
    r = run("search", "--db", db, "--json", "secretword")
    expect(json.loads(r.stdout)["found"] == 0, "export: what is withheld is not found")


def repair(folder):
    db = os.path.join(folder, "repair.db")
    path = write_rows(os.path.join(folder, "repair.jsonl"), texts.reports(20))
    run("ingest", "--db", db, path)
    want = stories(db)
    harm = {
        "search": "INSERT INTO article_search(article_search) VALUES('delete-all')",
        "count": "UPDATE story SET article_n = article_n + 1 WHERE id = (SELECT min(id) FROM story WHERE article_n > 1)",
        "origin": "DELETE FROM origin WHERE article = 3",
        "people": "UPDATE person SET quote_n = quote_n + 3 WHERE name = (SELECT min(name) FROM person)",
        "nobody": "INSERT INTO person VALUES ('Nobody Atall', 2)",
        "version": "UPDATE article SET version_n = 7 WHERE id = 2",
        "words": "DELETE FROM article_features WHERE article = 4",
        "edges": "UPDATE article_words SET near = x'' WHERE article = (SELECT max(article) FROM article_words WHERE near <> x'')",
        "words of the index": "DELETE FROM article_words WHERE article = 5",
        "story": "UPDATE article SET story = (SELECT story FROM article WHERE id = 1) WHERE id = 9",
        "figures": "UPDATE figure SET \"end\" = 9999999 WHERE id = 1"}
    for what, sql in harm.items():
        copy = os.path.join(folder, "harm-%s.db" % what)
        shutil.copy(db, copy)
        c = sqlite3.connect(copy)
        c.executescript(sql)
        c.commit()
        c.close()
        r = run("check", "--db", copy)
        expect(r.returncode == 1, "repair: %s is found: exit %d %s" % (what, r.returncode, r.stderr.decode()[:200]))
        r = run("check", "--db", copy, "--repair")
        expect(r.returncode == 0, "repair: %s is mended: %s%s" % (what, r.stdout.decode()[:300], r.stderr.decode()[:300]))
        whole(copy, "repair: " + what)
        expect(stories(copy) == want, "repair: %s: the same stories" % what)
    copy = os.path.join(folder, "harm-page.db")
    shutil.copy(db, copy)
    with open(copy, "r+b") as f:
        f.seek(8192 * 20)
        f.write(b"\x5a" * 8192 * 3)
    r = run("check", "--db", copy)
    expect(r.returncode in (1, 3) and (r.stdout or r.stderr), "repair: pages that are no pages are found: exit %d" % r.returncode)


def schema(folder):
    db = os.path.join(folder, "schema.db")
    run("ingest", "--db", db, write_rows(os.path.join(folder, "schema.jsonl"), texts.reports(2)))
    with open(os.path.join(ROOT, "docs", "database.md"), encoding="utf-8") as f:
        page = f.read()
    have, told = {}, {}
    with sqlite3.connect(db) as c:
        for name, kind in c.execute("SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view')").fetchall():
            if name.startswith("sqlite_") or re.match(r"\w+_search_", name):
                continue
            have[name] = [r[1] for r in c.execute("PRAGMA table_info(%s)" % name)]
    for part in re.split(r"^### ", page, flags=re.M)[1:]:
        name = re.match(r"`(\w+)`", part)
        if name:
            told[name.group(1)] = re.findall(r"^\| `(\w+)` \|", part, flags=re.M)
    for name in sorted(set(have) | set(told)):
        expect(have.get(name) == told.get(name), "schema: %s: the database has %r, docs/database.md tells %r" % (
            name, have.get(name), told.get(name)))


def main():
    for test in (agree, windows, twice, later, links, lines, older, kills, batches, full, disk, writers, foreign, versions, search, begin, export, repair, schema):
        if ONLY and test.__name__ != ONLY:
            continue
        folder = tempfile.mkdtemp(prefix="samestory-db-")
        try:
            test(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        print("%s done" % test.__name__, flush=True)
    print("%d failures" % len(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
