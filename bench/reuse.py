#!/usr/bin/env python3
"""Planted reuse: articles of our own words, with copies of which every boundary, time and origin is known.

    reuse.py make    FOLDER [N]        writes N sets (default 200) to FOLDER/articles.jsonl and their answers to FOLDER/answers.json,
                                       N / 2 stories to FOLDER/story-NNN.jsonl and theirs to FOLDER/stories.json
    reuse.py score   FOLDER PASSAGES   PASSAGES: what `samestory passages --jsonl --shared 1` printed
    reuse.py origins FOLDER PROGRAM    runs `PROGRAM compare --json` and `passages` on each story

A set has a report, other reports of the same outlet's day, and copies of a stretch of 40 to 160 words of the report in articles of other outlets:
as it is, cut (words left out), with words put in, with two neighbours swapped, with other punctuation and case, with other figures. Places are kept
in bytes. Scores: boundaries that are within 3 words of the planted ones, stretches found, direction right of those decided.

A story is one event, told by 2 to 5 reporters of their own (the same names, figures and quotation, no sentence in common) and by two agencies, whose
reports are reprinted: with the agency in the dateline, with a credit line at the end, without either; whole, cut at the end, extended, rewritten in every
third sentence, some without a time. To it come editions of one publisher (subdomains of one domain), a round-up of both agencies' reports, a line of the
outlet on each of its pages, and a ticker that everybody prints. Scores: number of origins, articles in the right one, direction of what was copied.
"""
import json
import os
import random
import re
import subprocess
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


# ------------------------------------------------------------------------------------------------------------- stories
CREDITS = ["dateline", "credit", "none"]
CHANGES = ["whole", "cut", "extended", "rewritten"]


def name(r):
    return "".join(r.choice(SYLLABLES) for _ in range(r.choice((2, 3)))).capitalize()


class Event:
    """What all reporters of one event know: names, a place, figures, what somebody said."""

    def __init__(self, r, voc):
        self.r, self.voc = r, voc
        self.people = [f"{name(r)} {name(r)}son" for _ in range(4)]
        self.place, self.thing = name(r) + "port", name(r) + "bridge"
        self.topic = [r.choice(voc) + r.choice(SYLLABLES) + "x" for _ in range(14)]  # words that this event alone has
        self.figures = [r.randrange(20, 9000) for _ in range(4)]
        self.said = self.sentence(34, 0.15)

    def sentence(self, n, known=0.45):
        """n words; a good part are what everybody who reports it has to write, in an order of its own."""
        r, out = self.r, []
        while len(out) < n:
            x = r.random()
            if x < known * 0.45:
                out.append(r.choice(self.topic))
            elif x < known * 0.7:
                out += r.choice(self.people).split()[-r.choice((1, 2)):]
            elif x < known * 0.85:
                out.append(r.choice((self.place, self.thing)))
            elif x < known * 0.92:
                out.append(str(r.choice(self.figures)))
            else:
                out.append(self.voc[int(len(self.voc) * r.random() ** 2)])
        s = " ".join(out[:n])
        return s[0].upper() + s[1:] + "."

    def report(self, paragraphs, quote=False):
        body = [" ".join(self.sentence(self.r.randrange(12, 24)) for _ in range(self.r.choice((1, 2)))) for _ in range(paragraphs)]
        if quote:
            body.insert(self.r.randrange(1, len(body)), f"\u201c{self.said[:-1]},\u201d {self.people[0]} said.")
        return body


def changed(event, body, how):
    r = event.r
    if how == "cut":
        return body[:max(3, len(body) // 2)]
    if how == "extended":
        return body + event.report(2)
    if how == "rewritten":
        return [event.sentence(len(p.split())) if k % 3 == 2 else p for k, p in enumerate(body)]
    return list(body)


def make_story(r, voc, number):
    """-> articles, {id: origin}, [(copy, source)]"""
    e = Event(r, voc)
    rows, origin, copies = [], {}, []

    def add(key, outlet, minute, body, whose, **more):
        row = {"id": key, "outlet": outlet, "published": f"2031-05-{1 + number % 28:02d}T{8 + minute // 60:02d}:{minute % 60:02d}:00Z",
               "title": f"{e.thing} in {e.place}: {r.choice(e.topic)} {r.choice(e.topic)}", "text": "\n\n".join(body), **more}
        rows.append({k: v for k, v in row.items() if v is not None})
        origin[key] = whose

    letter = " ".join(prose(r, voc, 30))
    ticker = " ".join(f"{r.choice(voc)} {r.randrange(20, 400)} {r.choice(('up', 'down'))} {r.randrange(1, 9)}" for _ in range(9)) + "."
    quote = r.random() < 0.6
    for k in range(r.randrange(2, 6)):
        body = e.report(r.randrange(5, 9), quote)
        if r.random() < 0.4:
            body.append(ticker)
        if k == 0:
            body.append(letter)
        add(f"own{k}", f"Own Paper {number}-{k}", r.randrange(30, 400), body, f"own{k}")
    for k in range(3):  # pages of the first paper about other things teach its line
        rows.append({"id": f"other{k}", "outlet": f"Own Paper {number}-0", "title": "Elsewhere", "published": "2031-01-01T00:00:00Z",
                     "text": "\n\n".join([" ".join(prose(r, voc, 70)), " ".join(prose(r, voc, 50)), letter])})
    agencies = [f"{name(r)} Wire", f"{name(r)} Press"]
    wires = []
    for k, agency in enumerate(agencies):
        body = e.report(r.randrange(6, 10), quote)
        wires.append(body)
        whose = f"wire{k}"
        if r.random() < 0.7:
            add(whose, agency, 2 * k, body, whose)
        for j in range(r.randrange(1, 7)):
            credit, how = r.choice(CREDITS), r.choice(CHANGES)
            text = changed(e, body, how)
            if credit == "dateline":
                text[0] = f"{e.place.upper()} ({agency}) \u2014 {text[0]}"
            elif credit == "credit":
                text.append(f"With reporting by {agency}.")
            key = f"copy{k}{j}"
            untimed = r.random() < 0.2
            add(key, f"Reprint {number}-{k}{j}", 20 + r.randrange(300), text, whose, **({"published": None} if untimed else {}))
            if whose in origin and any(x["id"] == whose for x in rows):
                copies.append((key, whose))
    if r.random() < 0.5:
        domain = f"{name(r).lower()}.example"
        for j in range(r.randrange(2, 5)):
            add(f"edition{j}", f"Edition {number}-{j}", r.randrange(30, 400), e.report(5, quote), "publisher", url=f"https://e{j}.{domain}/a")
    if r.random() < 0.3 and all(f"wire{k}" in origin for k in (0, 1)):
        add("roundup", f"Round-up {number}", 600, wires[0] + wires[1], None)  # of either
    r.shuffle(rows)
    return rows, origin, copies


def make_stories(folder, n):
    r = random.Random(29)
    voc = vocabulary(r)
    answers = []
    for number in range(n):
        rows, origin, copies = make_story(r, voc, number)
        with open(os.path.join(folder, f"story-{number:03d}.jsonl"), "w", encoding="utf-8") as f:
            for row in rows:
                f.write(json.dumps(row, ensure_ascii=False) + "\n")
        answers.append({"origin": origin, "copies": copies})
    with open(os.path.join(folder, "stories.json"), "w", encoding="utf-8") as f:
        json.dump(answers, f)


def origins(folder, program):
    with open(os.path.join(folder, "stories.json"), encoding="utf-8") as f:
        answers = json.load(f)
    stories = counted = articles = placed = split = decided = right = pairs = reasons = 0
    wrong = []
    for number, x in enumerate(answers):
        given = os.path.join(folder, f"story-{number:03d}.jsonl")
        whole = json.loads(subprocess.run([program, "compare", "--json", "--quiet", given], capture_output=True, check=True).stdout)
        got = {}
        for s in whole["stories"]:
            for o in s["origins"]:
                for a in o["articles"]:
                    got[a] = o["id"]
                reasons += bool(o["articles"][1:]) and not o["why"]
        mine = [a for a in x["origin"] if x["origin"][a]]
        split += len({s["id"] for s in whole["stories"] if set(s["articles"]) & set(mine)}) > 1
        stories += 1
        want_n, got_n = len({x["origin"][a] for a in mine}), len({got[a] for a in mine})
        counted += want_n == got_n
        for a in mine:
            articles += 1
            here = {b for b in mine if got[b] == got[a]}
            good = here == {b for b in mine if x["origin"][b] == x["origin"][a]}
            placed += good
        if want_n != got_n:
            wrong.append((number, want_n, got_n))
        longest = {}
        out = subprocess.run([program, "passages", "--jsonl", "--quiet", "--shared", "1", given], capture_output=True, check=True).stdout
        for p in map(json.loads, out.splitlines()):
            k = frozenset((p["a"], p["b"]))
            if k not in longest or p["words"] > longest[k]["words"]:
                longest[k] = p
        for copy, source in x["copies"]:
            p = longest.get(frozenset((copy, source)))
            pairs += 1
            if p and p["direction"]:
                decided += 1
                right += p["a" if p["direction"] == "a to b" else "b"] == source
    print(f"origins: stories with the right number {100 * counted / stories:.1f} of {stories}")
    print(f"origins: articles with the right others {100 * placed / articles:.1f} of {articles}")
    print(f"origins: direction of copies right {100 * right / max(1, decided):.1f} of {decided}")
    print(f"origins: direction of copies decided {100 * decided / max(1, pairs):.1f} of {pairs}")
    print(f"origins: stories cut in two n {split} of {stories}")
    print(f"origins: origins without a reason n {reasons} of {stories}")
    for number, want, got in wrong[:20]:
        print(f"  story {number}: {want} origins planted, {got} found", file=sys.stderr)


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
        sets = int(sys.argv[3]) if len(sys.argv) > 3 else 200
        make(sys.argv[2], sets)
        make_stories(sys.argv[2], max(1, sets // 2))
    elif len(sys.argv) == 4 and sys.argv[1] == "score":
        score(sys.argv[2], sys.argv[3])
    elif len(sys.argv) == 4 and sys.argv[1] == "origins":
        origins(sys.argv[2], sys.argv[3])
    else:
        sys.exit(__doc__)
