#!/usr/bin/env python3
"""Planted reuse: articles of our own words, with copies of which every boundary, time and origin is known.

    reuse.py make  FOLDER [N]        writes N sets (default 200) to FOLDER/articles.jsonl and their answers to FOLDER/answers.json
    reuse.py score FOLDER PASSAGES   PASSAGES: what `samestory passages --jsonl --shared 1` printed

A set has a report, other reports of the same outlet's day, and copies of a stretch of 40 to 160 words of the report in articles of other outlets:
as it is, cut (words left out), with words put in, with two neighbours swapped, with other punctuation and case, with other figures. Places are kept
in bytes. Scores: boundaries that are within 3 words of the planted ones, stretches found, direction right of those decided.
"""
import json
import os
import random
import re
import sys

EDITS = ["copy", "cut", "insert", "swap", "punctuation", "figures"]
NEAR = 3  # words
SYLLABLES = ["ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "stu", "bra", "ne", "lo", "dri", "cha"]


def vocabulary(r):
    words = set()
    while len(words) < 4000:
        words.add("".join(r.choice(SYLLABLES) for _ in range(r.choice((1, 2, 2, 3)))))
    return sorted(words)


def prose(r, voc, n):
    """n words, some of them figures, as a list of tokens with the signs behind them."""
    out, left = [], 0
    for i in range(n):
        w = str(r.randrange(2, 9000)) if r.random() < 0.04 else voc[int(len(voc) * r.random() ** 2)]
        if left == 0:
            w, left = w.capitalize(), r.randrange(8, 24)
        left -= 1
        out.append(w + ("." if left == 0 or i == n - 1 else "," if r.random() < 0.06 else ""))
    return out


def edited(r, voc, words, how):
    """A copy of the words. The first and last five stay, so that the boundaries are where they were planted."""
    w = list(words)
    inner = lambda: r.randrange(8, len(w) - 8)  # noqa: E731
    for _ in range(max(1, len(words) // 40)):
        i = inner()
        if how == "cut":
            del w[i:i + r.randrange(1, 5)]
        elif how == "insert":
            w[i:i] = [r.choice(voc) for _ in range(r.randrange(1, 6))]
        elif how == "swap":
            w[i], w[i + 1] = w[i + 1], w[i]
    if how == "punctuation":
        w = [re.sub(r"\W+$", "", x) + r.choice(["", "", "", ",", " –", ";"]) for x in w]
        w = [x.upper() if r.random() < 0.05 else x for x in w]
    elif how == "figures":
        w = [re.sub(r"\d+", lambda m: str(int(m.group()) + 7), x) if 8 <= k < len(w) - 8 else x for k, x in enumerate(w)]
    return w


def make(folder, sets):
    r = random.Random(11)
    voc = vocabulary(r)
    rows, answers = [], []
    for s in range(sets):
        day = 1 + s % 28
        source = prose(r, voc, r.randrange(250, 500))
        rows.append({"id": f"s{s}", "outlet": f"Outlet {s % 7}", "published": f"2031-05-{day:02d}T08:00:00Z", "text": " ".join(source)})
        for k, how in enumerate(EDITS):
            n = r.randrange(40, 160)
            at = r.randrange(0, len(source) - n)
            copy = edited(r, voc, source[at:at + n], how)
            before, after = prose(r, voc, r.randrange(20, 200)), prose(r, voc, r.randrange(20, 200))
            rows.append({"id": f"s{s}-{how}", "outlet": f"Outlet {10 + k}", "published": f"2031-05-{day:02d}T{9 + k:02d}:30:00Z",
                         "text": " ".join(before + copy + after)})
            size = lambda w: len(" ".join(w).encode())  # noqa: E731
            begin_a = size(source[:at]) + (at > 0)
            begin_b = size(before) + 1
            answers.append({"source": f"s{s}", "copy": f"s{s}-{how}", "how": how, "words": n,
                            "a": [begin_a, begin_a + size(source[at:at + n])], "b": [begin_b, begin_b + size(copy)]})
    r.shuffle(rows)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "articles.jsonl"), "w", encoding="utf-8") as f:
        for row in rows:
            f.write(json.dumps(row, ensure_ascii=False) + "\n")
    with open(os.path.join(folder, "answers.json"), "w", encoding="utf-8") as f:
        json.dump(answers, f)


def words_between(raw, x, y):
    return len(re.findall(r"\w+", raw[min(x, y):max(x, y)].decode("utf-8", "replace")))


def score(folder, passages):
    with open(os.path.join(folder, "articles.jsonl"), encoding="utf-8") as f:
        texts = {d["id"]: d["text"].encode() for d in map(json.loads, f)}
    with open(os.path.join(folder, "answers.json"), encoding="utf-8") as f:
        answers = json.load(f)
    found = {}
    with open(passages, encoding="utf-8") as f:
        for p in map(json.loads, f):
            if p["b"] < p["a"]:
                turned = {"a to b": "b to a", "b to a": "a to b"}.get(p["direction"])
                p = {"a": p["b"], "b": p["a"], "a_begin": p["b_begin"], "a_end": p["b_end"], "b_begin": p["a_begin"], "b_end": p["a_end"],
                     "words": p["words"], "direction": turned}
            found.setdefault((p["a"], p["b"]), []).append(p)
    ends = near = stretches = decided = right = 0
    by = {how: [0, 0] for how in EDITS}
    for x in answers:
        mine = found.get((x["source"], x["copy"]), [])
        for side, name in (("a", x["source"]), ("b", x["copy"])):
            got = [(p[side + "_begin"], p[side + "_end"]) for p in mine]
            for which in (0, 1):  # the outermost ends of all that was found of the stretch
                ends += 1
                by[x["how"]][1] += 1
                if got:
                    at = min(g[0] for g in got) if which == 0 else max(g[1] for g in got)
                    ok = words_between(texts[name], at, x[side][which]) <= NEAR
                    near += ok
                    by[x["how"]][0] += ok
        stretches += bool(mine)
        if mine and mine[0]["direction"]:
            decided += 1
            right += mine[0]["direction"] == "a to b"
    extra = sum(1 for k in found if not any(k == (x["source"], x["copy"]) for x in answers) and k[0].split("-")[0] != k[1].split("-")[0])
    print(f"stretches found {100 * stretches / len(answers):.1f} of {len(answers)}")
    print(f"boundaries near {100 * near / ends:.1f} of {ends}")
    for how, (a, b) in by.items():
        print(f"boundaries {how} {100 * a / b:.1f} of {b}")
    print(f"direction right {100 * right / max(1, decided):.1f} of {decided}")
    print(f"direction decided {100 * decided / len(answers):.1f} of {len(answers)}")
    print(f"pairs of other sets n {extra} of {len(found)}")


if __name__ == "__main__":
    if len(sys.argv) >= 3 and sys.argv[1] == "make":
        make(sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 200)
    elif len(sys.argv) == 4 and sys.argv[1] == "score":
        score(sys.argv[2], sys.argv[3])
    else:
        sys.exit(__doc__)
