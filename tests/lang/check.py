#!/usr/bin/env python3
"""Figures and quotations of invented reports in other languages against the answers that stand beside them.

    check.py PROGRAM [--show] [--least PERCENT] [CASE ...]

CASE.json holds articles, `figures` ([article, number as it stands, value, high or null, unit or "*", bound, change]) and
`quotes` ([article, content, speaker]). A figure is found when one of the same number, value and high is there, right when unit,
bound and change agree too. A case may also hold `indirect` ([article, words of what is said, speaker]; all that is said without marks)
and `schedule` ([[article, words], [article, words]]: announced, then done, in the report of `compare`). CASE is the name of a file
without its end. Prints one line a case; exits 1 when F1 of figures, of quotations or of indirect speech is below --least, or a schedule
below `schedule_least` of the case.
Python 3 standard library only.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def rows(program, command, path):
    out = subprocess.run([program, command, path, "--jsonl", "--quiet"], capture_output=True, text=True, check=True).stdout
    return {r["id"]: r for r in map(json.loads, out.splitlines())}


def f1(hits, found, wanted):
    return 100 * 2 * hits / (found + wanted) if found + wanted else 100.0


def names(speaker, name):
    return bool(name) and (name.endswith(speaker) or speaker.endswith(name))


def indirect(case, cut, quotes, language, show):
    """Wanted, found, of the right speaker, others."""
    left = [(i, x) for i, r in quotes.items() for x in r["quotes"] if x["type"] == "indirect"]
    found = right = 0
    for article, content, speaker in case["indirect"]:
        hit = next((k for k, (i, x) in enumerate(left) if i == article and content in cut(i, x["content"])), None)
        if hit is None:
            if show:
                print(f"  {language} missed indirect: {article} {content}")
            continue
        found += 1
        _, x = left.pop(hit)
        if names(speaker, x["speaker"] or ""):
            right += 1
        elif show:
            print(f"  {language} speaker: {speaker!r}, found {x['speaker']!r}: {content}")
    if show:
        for i, x in left:
            print(f"  {language} false indirect: {i} {cut(i, x['content'])} ({x['speaker']})")
    return len(case["indirect"]), found, right, len(left)


def schedule(case, report, language, show):
    """Wanted, found, others."""
    entries = [e for s in report["stories"] for e in s["schedule"]]
    has = lambda spans, w: any(x["article"] == w[0] and w[1] in x["text"] for x in spans)
    found = 0
    for to_come, done in case["schedule"]:
        hit = next((e for e in entries if has(e["to_come"], to_come) and has(e["done"], done)), None)
        if hit:
            found += 1
            entries.remove(hit)
        elif show:
            print(f"  {language} missed schedule: {to_come} {done}")
    for e in entries if show else []:
        print(f"  {language} other schedule: {[x['text'] for x in e['to_come']]} {[x['text'] for x in e['done']]}")
    return len(case["schedule"]), found, len(entries)


def measure(program, language, show):
    with open(os.path.join(HERE, language + ".json"), encoding="utf-8") as f:
        case = json.load(f)
    report = None
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "in.jsonl")
        with open(path, "w", encoding="utf-8") as f:
            for a in case["articles"]:
                f.write(json.dumps(dict(a, lang=case["lang"]), ensure_ascii=False) + "\n")
        figures, quotes = rows(program, "figures", path), rows(program, "quotes", path)
        if "schedule" in case:
            links = os.path.join(folder, "links")  # reports of one event that are days apart may be two stories
            with open(links, "w", encoding="utf-8") as f:
                f.writelines(f"must-link\t{a[0]}\t{b[0]}\n" for a, b in case["schedule"])
            report = json.loads(subprocess.run([program, "compare", path, "--json", "--quiet", "--links", links], capture_output=True, text=True, check=True).stdout)
    texts = {a["id"]: a["text"].encode() for a in case["articles"]}
    cut = lambda i, spans: " ".join(texts[i][b:e].decode() for b, e in spans)
    left = [(i, x) for i, r in figures.items() for x in r["figures"]]
    total, found, right = len(left), 0, 0
    wanted = [w for w in case["figures"] if w[1] in texts[w[0]].decode()]
    for w in wanted:
        article, number, value, high, unit, bound, change = w
        hit = None
        for k, (i, x) in enumerate(left):
            if i == article and number in x["text"] and abs(x["value"] - value) < 1e-9 * max(1, value) and (x["value_high"] or x["value"]) == (high or value):
                hit = k
                break
        if hit is None:
            if show:
                print(f"  {language} missed: {w}")
            continue
        found += 1
        _, x = left.pop(hit)
        said = x["bound"] if x["bound"] not in ("up", "down") else "exact"
        moved = x["bound"] if x["bound"] in ("up", "down") else ""
        if unit in ("*", x["unit"]) and bound in ("*", said) and (change in ("*", moved) or bound != "exact"):
            right += 1
        elif show:
            print(f"  {language} differs: {w} from {x['unit']} {x['bound']} in {x['text']!r}")
    if show:
        for i, x in left:
            print(f"  {language} false: {i} {x['text']!r} {x['unit']}")
    q_left = [(i, x) for i, r in quotes.items() for x in r["quotes"] if x["type"] != "indirect"]
    q_total, q_found, q_right = len(q_left), 0, 0
    for article, content, speaker in case["quotes"]:
        hit = next((k for k, (i, x) in enumerate(q_left) if i == article and content in cut(i, x["content"])), None)
        if hit is None:
            if show:
                print(f"  {language} missed quotation: {article} {content}")
            continue
        q_found += 1
        _, x = q_left.pop(hit)
        name = x["speaker"] or ""
        if names(speaker, name):
            q_right += 1
        elif show:
            print(f"  {language} speaker: {speaker!r}, found {name!r}: {content}")
    if show:
        for i, x in q_left:
            print(f"  {language} false quotation: {i} {cut(i, x['content'])} ({x['speaker']})")
    further = (indirect(case, cut, quotes, language, show) if "indirect" in case else None,
               schedule(case, report, language, show) if report else None, case.get("schedule_least", 0))
    return (total, len(wanted), found, right, q_total, len(case["quotes"]), q_found, q_right) + further


def main():
    p = argparse.ArgumentParser()
    p.add_argument("program")
    p.add_argument("languages", nargs="*")
    p.add_argument("--show", action="store_true")
    p.add_argument("--least", type=float, default=0)
    a = p.parse_args()
    languages = a.languages or sorted(n[:-5] for n in os.listdir(HERE) if n.endswith(".json"))
    bad = False
    for language in languages:
        t, w, n, r, qt, qw, qn, qr, said, due, due_least = measure(a.program, language, a.show)
        print(f"{language}: figures {n} of {w} found, {t - n} others, F1 {f1(n, t, w):.1f}, all right {100 * r / max(1, w):.1f}; "
              f"quotations {qn} of {qw} found, {qt - qn} others, F1 {f1(qn, qt, qw):.1f}, speaker {100 * qr / max(1, qw):.1f}")
        bad |= min(f1(n, t, w), f1(qn, qt, qw)) < a.least
        if said:
            sw, sn, sr, so = said
            print(f"    indirect {sn} of {sw} found, {so} others, F1 {f1(sn, sn + so, sw):.1f}, speaker {100 * sr / max(1, sw):.1f}")
            bad |= f1(sn, sn + so, sw) < a.least
        if due:
            print(f"    to come and done {due[1]} of {due[0]} found, {due[2]} others")
            bad |= due[1] < due_least
    return bad


if __name__ == "__main__":
    sys.exit(main())
