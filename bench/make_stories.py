#!/usr/bin/env python3
"""Articles for measuring the grouping of stories: JSON Lines on standard output.

    make_stories.py N SET.jsonl...

Mixes the development sets (fields title, text, date, lang) until there are N articles. Each round over the sets is
another world: every word with a capital gets an ending of that round, so names differ between rounds and agree
within, and each event (cluster) is moved to a day of its own within two years. The same arguments give the same
bytes. Python 3 standard library only.
"""
import datetime
import hashlib
import json
import re
import sys

DAYS = 730
START = datetime.datetime(2030, 1, 1)
ENDINGS = ["", "a", "em", "is", "or", "un", "ath", "ek", "ilo", "ras", "ven", "dom", "shi", "gar", "tel", "mun"]
NAME = re.compile(r"\b[^\W\d_a-z][^\W\d_]{2,}", re.UNICODE)


def ending(round_no):
    out = ""
    while round_no:
        out += ENDINGS[round_no % len(ENDINGS)]
        round_no //= len(ENDINGS)
    return out


def number(*parts):
    return int.from_bytes(hashlib.sha256("\0".join(map(str, parts)).encode()).digest()[:8], "big")


def main():
    n, sets = int(sys.argv[1]), sys.argv[2:]
    rows = []
    for path in sets:
        with open(path, encoding="utf-8") as f:
            rows += [(path, json.loads(line)) for line in f if line.strip()]
    done = round_no = 0
    while done < n:
        tail = ending(round_no)
        change = lambda s: NAME.sub(lambda m: m.group()[:3] + tail + m.group()[3:], s) if tail else s  # noqa: E731
        for path, r in rows:
            if done == n:
                return
            key = number(round_no, path, r.get("cluster"))
            at = START + datetime.timedelta(days=key % DAYS, seconds=number(done) % 86400)
            print(json.dumps({"id": str(done), "title": change(r["title"]), "text": change(r["text"]), "lang": r["lang"][:2],
                              "published": at.isoformat() + "Z"}, ensure_ascii=False))
            done += 1
        round_no += 1


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main()
