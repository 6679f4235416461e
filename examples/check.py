#!/usr/bin/env python3
"""Check a report of the example against its hand-made answers.

    build/release/samestory compare --json --with-text examples/coverage > report.json
    python3 examples/check.py report.json

Reads answers.json beside this file and looks for everything planted in coverage/. Prints each miss on a line of its
own and exits with 1 when there is one, 2 when the report cannot be read. What the report may decide freely (ids, the
order of rows, whether a page's furniture is left out or kept as a block, "same" or "repunctuated") is not judged.
"""
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SAME = {"same", "repunctuated"}
PART = {"same", "repunctuated", "cut", "fragment"}
NOT_PROSE = {"caption", "credit", "list", "boilerplate", "byline", "dateline"}
CREDIT_KINDS = {"passages", "credit", "publisher", "duplicate"}

misses = []
done = 0


def check(ok, message):
    """Counts a check; keeps the message of one that fails."""
    global done
    done += 1
    if not ok:
        misses.append(message)
    return ok


def short(text, width=60):
    return text if len(text) <= width else text[:width - 3] + "..."


def fold(text):
    """Letters and figures only: names and titles compare without quotation marks and case."""
    return " ".join(re.findall(r"\w+", (text or "").lower()))


class Article:
    def __init__(self, row):
        self.id = row["id"]
        self.row = row
        self.data = (row.get("text") or "").encode("utf-8")
        self.blocks = row.get("blocks") or []
        # The text with white space collapsed, and for each character its byte offset.
        chars, offsets, at, space = [], [], 0, False
        for c in row.get("text") or "":
            if c.isspace():
                if not space:
                    chars.append(" ")
                    offsets.append(at)
                space = True
            else:
                chars.append(c)
                offsets.append(at)
                space = False
            at += len(c.encode("utf-8"))
        self.flat, self.offsets = "".join(chars), offsets + [at]

    def places(self, text):
        found, i = [], self.flat.find(text)
        while i >= 0:
            last = i + len(text) - 1
            end = self.offsets[last] + len(self.flat[last].encode("utf-8"))
            found.append((self.offsets[i], end))
            i = self.flat.find(text, i + 1)
        return found

    def place(self, value):
        """The bytes an answer names: file offsets where the text is the file's, else the n-th place of its words."""
        if "begin" in value:
            b, e = value["begin"], value["end"]
            if self.data[b:e].decode("utf-8", "replace") == value["text"]:
                return b, e
        found = self.places(value["text"])
        n = value.get("n", 1)
        return found[n - 1] if len(found) >= n else (found[0] if found else None)


def pair(span):
    """[B, E] or {"begin", "end"} -> (B, E)."""
    if isinstance(span, dict):
        return span["begin"], span["end"]
    return span[0], span[1]


def spans(value):
    """One span, a list of spans, or nothing -> a list."""
    if not value:
        return []
    if isinstance(value, dict):
        return [value] if "begin" in value else []
    if len(value) == 2 and all(isinstance(x, int) for x in value):
        return [value]
    return list(value)


def shared(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def overlap(place, content):
    """Share of the place that the content covers, and share of the content that stands in the place."""
    inside = sum(shared(place, pair(c)) for c in content)
    size = sum(pair(c)[1] - pair(c)[0] for c in content)
    return inside / max(1, place[1] - place[0]), inside / max(1, size)


def check_evidence(report, by_id):
    """Every span of the report stands where it says."""
    wrong = []

    def walk(node):
        if isinstance(node, dict):
            if {"article", "begin", "end", "text"} <= node.keys() and node["article"] in by_id:
                data = by_id[node["article"]].data
                if data[node["begin"]:node["end"]].decode("utf-8", "replace") != node["text"]:
                    wrong.append(node)
            for v in node.values():
                walk(v)
        elif isinstance(node, list):
            for v in node:
                walk(v)

    walk(report.get("stories"))
    check(not wrong, "evidence: %d spans do not read back, first: %s" % (len(wrong), wrong[:1]))


def check_articles(answers, articles):
    for m in answers["metadata"]:
        a = articles.get(m["file"])
        if not check(a is not None, "article: %s is not in the report" % m["file"]):
            continue
        row = a.row
        check(not row.get("error"), "article: %s has an error: %s" % (m["file"], row.get("error")))
        check(fold(row.get("title")) == fold(m["title"]), "title: %s: %r" % (m["file"], row.get("title")))
        check((row.get("published") or "").startswith(m["published"][:10]),
              "published: %s: %r, not %s" % (m["file"], row.get("published"), m["published"]))
        if m.get("outlet") and row.get("outlet"):
            got, want = fold(row["outlet"]).replace(" ", ""), fold(m["outlet"]).replace(" ", "")
            want = re.sub(r"^the|news$", "", want)
            check(want in got or got.startswith(want), "outlet: %s: %r" % (m["file"], row["outlet"]))
    for b in answers["boilerplate"]:
        a = articles.get(b["file"])
        for place in (a.places(b["text"]) if a else []):
            for block in a.blocks:
                whole = shared(place, pair(block)) > 0
                if whole and block["role"] not in NOT_PROSE:
                    check(False, "block: %s: the %s %r stands in a block of role %s"
                          % (b["file"], b["kind"], short(b["text"]), block["role"]))
                    break
            else:
                check(True, "")


def check_stories(answers, report, articles):
    """One story of six; the article about something else alone. Returns the story."""
    want = {articles[f].id for f in answers["story"] if f in articles}
    best = max(report.get("stories") or [], key=lambda s: len(want & set(s["articles"])), default=None)
    if not check(best is not None, "story: there is none"):
        return None
    check(set(best["articles"]) == want, "story: missing %s, too many %s"
          % (sorted(want - set(best["articles"])), sorted(set(best["articles"]) - want)))
    for f in answers["alone"]:
        for s in report["stories"]:
            if f in articles and articles[f].id in s["articles"]:
                check(len(s["articles"]) == 1, "story: %s is not alone" % f)
    return best


def check_origins(answers, story, articles):
    rows = story.get("origins") or []
    home = {a: i for i, o in enumerate(rows) for a in o["articles"]}
    for o in answers["origins"]:
        ids = [articles[f].id for f in o["files"]]
        found = {home.get(i) for i in ids}
        if not check(len(found) == 1 and None not in found, "origin: %s: %s are not one origin" % (o["id"], o["files"])):
            continue
        row = rows[found.pop()]
        check(set(row["articles"]) == set(ids), "origin: %s: also holds %s" % (o["id"], sorted(set(row["articles"]) - set(ids))))
        if len(ids) > 1:
            kinds = {w.get("kind") for w in row.get("why") or []}
            check(kinds and kinds <= CREDIT_KINDS, "origin: %s: why is %s" % (o["id"], sorted(map(str, kinds))))
            check("credit" in kinds, "origin: %s: why does not name the credit" % o["id"])


def allowed_changes(quotation, occurrence):
    change = occurrence["change"]
    if change != "same":
        return {change} | set(occurrence.get("change_or", []))
    siblings = {o["change"] for o in quotation["occurrences"]}
    # A joined occurrence may be the fullest, and the parts of a long quotation may be rows of their own.
    return PART if "joined" in siblings or any("paragraph" in o for o in quotation["occurrences"]) else SAME


def check_quotations(answers, story, articles):
    utterances = story.get("utterances") or []
    for q in answers["quotations"]:
        groups, seen = [], []
        parts = {}
        for o in q["occurrences"]:
            if "split_part" in o:
                parts.setdefault(o["file"], []).append(o)
        for o in q["occurrences"]:
            a = articles.get(o["file"])
            place = a.place(o) if a else None
            label = "quotation %s: %s: %r" % (q["id"], o["file"], short(o["text"]))
            if not check(place is not None, label + ": not in the text"):
                continue
            hits = []
            for n, u in enumerate(utterances):
                for x in u["occurrences"]:
                    if x["article"] != a.id:
                        continue
                    recall, precision = overlap(place, spans(x["content"]))
                    if recall >= 0.8 and (precision >= 0.8 or o["file"] in parts):
                        hits.append((n, x))
            if o.get("kind") == "indirect":     # a report may leave indirect speech out; if it is there, it is called so
                check(all(x["change"] == "indirect" for _, x in hits), label + ": change is not indirect")
                continue
            if not check(hits, label + ": not found"):
                continue
            groups.append((o, {n for n, _ in hits}))
            allowed = allowed_changes(q, o)
            check(any(x["change"] in allowed for _, x in hits), "%s: change is %s, should be %s"
                  % (label, "/".join(sorted({x["change"] for _, x in hits})), "/".join(sorted(allowed))))
            if o["change"] in ("same", "cut") and o.get("written") and not o.get("split_part"):
                said = [fold(s.get("text") or a.data[pair(s)[0]:pair(s)[1]].decode("utf-8", "replace"))
                        if isinstance(s, dict) else fold(a.data[s[0]:s[1]].decode("utf-8", "replace"))
                        for _, x in hits for s in spans(x.get("source"))]
                last = fold(o["written"]).split()[-1]
                check(any(last in s.split() for s in said), "%s: source is %s, should be %r" % (label, said, o["written"]))
            seen += hits
        if not groups:
            continue
        # All occurrences of one quotation share one utterance.
        common = set.intersection(*(g for _, g in groups))
        if not common:
            counts = {}
            for _, g in groups:
                for n in g:
                    counts[n] = counts.get(n, 0) + 1
            main = max(sorted(counts), key=counts.get)
            for o, g in groups:
                check(main in g, "quotation %s: %s: %r is not in the group of the others"
                      % (q["id"], o["file"], short(o["text"])))
            common = {main}
        else:
            check(True, "")
        names = [(utterances[n].get("speaker") or {}).get("name") for n in sorted(common)]
        if q["speaker"] is None:
            known = {fold(p["name"]) for p in answers["people"]}
            check(all(fold(x) not in known for x in names), "quotation %s: speaker is %s, should be nobody named" % (q["id"], names))
        else:
            check(any(fold(q["speaker"]) in fold(x) for x in names), "quotation %s: speaker is %s, should be %s"
                  % (q["id"], names, q["speaker"]))
    for o in answers["not_quotations"]:
        a = articles.get(o["file"])
        place = a.place(o) if a else None
        hit = place and any(x["article"] == a.id and overlap(place, spans(x["content"]))[1] >= 0.8
                            for u in utterances for x in u["occurrences"])
        check(not hit, "not a quotation: %s: %r" % (o["file"], o["text"]))


def check_figures(answers, story, articles):
    rows = story.get("figures") or []
    for f in answers["figures"]:
        if not f.get("differences") and not f.get("no_difference"):
            continue
        where = []
        for v in f["values"]:
            a = articles.get(v["file"])
            place = a.place(v) if a else None
            label = "figure %s: %s: %r" % (f["id"], v["file"], v["text"])
            if not check(place is not None, label + ": not in the text"):
                continue
            hits = [(r, i) for r, row in enumerate(rows) for i, x in enumerate(row["values"])
                    if x["article"] == a.id and shared(place, pair(x)) > 0 and x["value"] == v["value"]]
            if not check(hits, label + ": not in any row"):
                continue
            got = {rows[r]["values"][i].get("bound") or "exact" for r, i in hits}
            check(v.get("bound", "exact") in got, "%s: bound is %s, should be %s" % (label, sorted(got), v.get("bound", "exact")))
            if "as_of" in v and any(d["kind"] == "as-of" for d in f["differences"]):
                check(any(rows[r]["values"][i].get("as_of") for r, i in hits), label + ": as_of is missing")
            where.append((v, {r for r, _ in hits}))
        if not where:
            continue
        counts = {}
        for _, rs in where:
            for r in rs:
                counts[r] = counts.get(r, 0) + 1
        main = max(sorted(counts), key=counts.get)
        for v, rs in where:
            check(main in rs, "figure %s: %s: %r is not in the row of the others" % (f["id"], v["file"], v["text"]))
        row = rows[main]

        def key(i):
            x = row["values"][i]
            return x["value"], x.get("bound") or "exact"

        found = {}
        for d in row.get("differences") or []:
            found.setdefault(frozenset((key(d["a"]), key(d["b"]))), set()).add(d["kind"])
        if f.get("no_difference"):
            check(not found, "figure %s: a difference where there is none: %s" % (f["id"], sorted(map(str, found.values()))))
            continue
        for d in f["differences"]:
            a = d["a"]["value"], d["a"].get("bound", "exact")
            b = d["b"]["value"], d["b"].get("bound", "exact")
            label = "figure %s: %s %s and %s %s" % (f["id"], a[1], a[0], b[1], b[0])
            direct = found.get(frozenset((a, b)))
            if direct:
                check(d["kind"] in direct, "%s: typed %s, should be %s" % (label, "/".join(sorted(direct)), d["kind"]))
                continue
            # A row may list only neighbours: a chain of differences of the same kind is as good.
            reach, todo = {a}, [a]
            while todo:
                at = todo.pop()
                for ends, kinds in found.items():
                    if at in ends and d["kind"] in kinds:
                        for other in ends - reach:
                            reach.add(other)
                            todo.append(other)
            check(b in reach, label + ": no difference, should be " + d["kind"])


def check_only(answers, story, articles):
    only = {}
    for row in story.get("only") or []:
        only.setdefault(row["article"], []).extend(row["spans"])
    for part, want in (("only_here", True), ("not_only_here", False)):
        for o in answers[part]:
            a = articles.get(o["file"])
            place = a.place(o) if a else None
            label = "%s: %s: %r" % (part.replace("_", " "), o["file"], short(o["text"]))
            if not check(place is not None, label + ": not in the text"):
                continue
            covered = overlap(place, only.get(a.id, []))[0]
            # A report may mark the whole sentence or only the words that are new in it.
            check(covered > 0 if want else covered < 0.5, label + (": not shown" if want else ": shown as one outlet's alone"))


def check_names(answers, story):
    for p in answers["people"]:
        for other in p.get("spelling_differs", []):
            first, second = fold(p["name"]).split()[-1], fold(other["written"]).split()[-1]
            check(any(first in t and second in t for t in
                      (fold(" ".join(s["text"] for s in n["spellings"])).split() for n in story.get("names") or [])),
                  "name: %s and %s are not one name with two spellings" % (p["name"], other["written"]))


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: check.py REPORT.json")
    with open(os.path.join(HERE, "answers.json"), encoding="utf-8") as f:
        answers = json.load(f)
    try:
        with open(sys.argv[1], encoding="utf-8") as f:
            report = json.load(f)
        by_id = {r["id"]: Article(r) for r in report["articles"]}
    except (OSError, ValueError, KeyError, TypeError) as e:
        print("cannot read the report: %s" % e, file=sys.stderr)
        sys.exit(2)
    check(not report.get("errors"), "errors: %s" % report.get("errors"))
    check(len(by_id) == len(answers["metadata"]), "articles: %d, should be %d" % (len(by_id), len(answers["metadata"])))
    articles = {}
    for m in answers["metadata"]:
        for a in by_id.values():
            names = [str(a.row.get(k) or "") for k in ("source", "id", "url")]
            if any(re.search(r"(^|/)" + re.escape(m["file"]) + r"($|[^\w.-])", x) for x in names) or m.get("url") in names:
                articles[m["file"]] = a
    if not check(all(a.data for a in by_id.values()), "articles without text: run compare with --with-text"):
        print(misses[-1])
        sys.exit(1)
    check_articles(answers, articles)
    story = check_stories(answers, report, articles)
    missing = [f for f in answers["story"] if f not in articles]
    if story and not missing:
        check_evidence(report, by_id)
        check_origins(answers, story, articles)
        check_quotations(answers, story, articles)
        check_figures(answers, story, articles)
        check_only(answers, story, articles)
        check_names(answers, story)
    for m in misses:
        print(m)
    print("%d checks, %d misses" % (done, len(misses)))
    sys.exit(1 if misses else 0)


if __name__ == "__main__":
    main()
