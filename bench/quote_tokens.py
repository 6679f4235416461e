#!/usr/bin/env python3
"""Quotations against answers that are given as tokens with labels: exact spans by role.

    quote_tokens.py SAMESTORY ROWS.jsonl

In: rows {"id", "tokens", "labels"}, a paragraph each, those of an article one behind the other; labels B-ROLE, I-ROLE or O. Method: the tokens
are put together to the text that a newspaper prints, and the place of each is remembered; the program's spans become the tokens that they
touch. A span of the answers is a run of B-ROLE and I-ROLEs. Figures are pooled over all rows, each role for itself. Out: lines as score.py's.
"""
import collections
import json
import os
import subprocess
import sys
import tempfile

ROLES = ("content", "source", "cue")
PRINTED = {"``": "\u201c", "''": "\u201d", "`": "\u2018", "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "--": "\u2014"}
NO_SPACE_BEFORE = set(",.;:?!)]}%\u201d'") | {"...", "n't", "N'T"}
NO_SPACE_BEHIND = set("([{$#\u201c\u2018")


def printed(tokens):
    """The text of a row and the place of each of its tokens."""
    text, places, glued = "", [], True
    for t in tokens:
        t = PRINTED.get(t, t)
        if not glued and not (t in NO_SPACE_BEFORE or (t[0] == "'" and len(t) <= 3)):
            text += " "
        places.append((len(text), len(text) + len(t)))
        text += t
        glued = t in NO_SPACE_BEHIND
    return text, places


def spans_of(labels):
    out, open_ = set(), None
    for i, label in enumerate(labels + ["O"]):
        if open_ and label != "I-" + open_[0]:
            out.add((open_[0], open_[1], i))
            open_ = None
        if label.startswith("B-"):
            open_ = (label[2:], i)
    return out


def main():
    binary, path = sys.argv[1:]
    articles = collections.OrderedDict()
    with open(path, encoding="utf-8") as f:
        for row in map(json.loads, filter(str.strip, f)):
            articles.setdefault(row["id"], []).append(row)
    gold, places, rows = set(), {}, []
    for name, paragraphs in articles.items():
        text, at = "", places.setdefault(name, [])
        for k, p in enumerate(paragraphs):
            body, here = printed(p["tokens"])
            at += [(b + len(text), e + len(text), k, i) for i, (b, e) in enumerate(here)]
            text += body + "\n\n"
            gold |= {(name, k) + s for s in spans_of(p["labels"])}
        rows.append({"id": name, "text": text})
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "rows.jsonl")
        with open(file, "w", encoding="utf-8") as f:
            f.writelines(json.dumps(r) + "\n" for r in rows)
        said = subprocess.run([binary, "quotes", "--jsonl", "--marks", "--quiet", "--offsets", "codepoint", file], stdout=subprocess.PIPE, check=True).stdout
    mine = set()
    for d in map(json.loads, filter(bytes.strip, said.splitlines())):
        for q in d["quotes"]:
            for role in ROLES:
                for b, e in q.get(role) or []:
                    touched = [(k, i) for x, y, k, i in places[d["id"]] if x < e and b < y]
                    if touched and touched[0][0] == touched[-1][0]:
                        mine.add((d["id"], touched[0][0], role, touched[0][1], touched[-1][1] + 1))
    for role in ROLES:
        g, p = ({s for s in spans if s[2] == role} for spans in (gold, mine))
        hit = len(g & p)
        print(f"{role + ', exact spans':28s} P {100 * hit / max(1, len(p)):5.1f}  R {100 * hit / max(1, len(g)):5.1f}  F1 {200 * hit / max(1, len(p) + len(g)):5.1f}  of {len(g)}")


if __name__ == "__main__":
    main()
