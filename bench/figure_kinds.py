#!/usr/bin/env python3
"""Rows of figures against stories whose differences are known, because they were planted.

    figure_kinds.py BINARY [--stories N] [--seed S] [--least PER_CENT] [--most PER_CENT] [--verbose]

A story is two reports of one invented accident, by two outlets (a revision: by one). Each report tells several quantities in words of its
own, so that a quantity stands in both, equal or in one of seven known kinds of difference, and numbers of other things that stand in one
report only. Counted are: quantities whose two values are in one row and differ in the planted kind (equal: not at all), "kind right"; and
differences that the program names between values that were not planted as one quantity, of all differences that it names, "false alarms".
With --least and --most the exit code is 1 when the first is lower or the second higher.
"""
import argparse
import json
import random
import subprocess
import sys

PLACES = ["Varrow", "Ostley", "Penmark", "Dunholt", "Carsby", "Ilmere", "Thornwick", "Aldersea"]
OUTLETS = ["The Ostley Mail", "Varrow Courier", "Penmark Daily", "Evening Lantern", "Harbour Gazette", "The Ridge Post"]
PEOPLE = ["Della Quist", "Orrin Vale", "Mabel Strake", "Tobias Renn", "Ines Calloway", "Hugo Farrant"]
WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()

# What is counted: sentences in which {n} is the number with its bound, and {by} who says so (may be empty).
QUANTITIES = {
    "dead": (["{N} people were killed in the blast{by}.", "The explosion killed {n} people{by}.", "The explosion left {n} people dead{by}.",
              "{N} people have died{by}."], 4, 60),
    "injured": (["{N} people were injured{by}.", "Another {n} people were hurt{by}.", "The blast injured {n} others{by}."], 70, 300),
    "missing": (["{N} people are still missing{by}.", "{N} people remained unaccounted for{by}."], 13, 40),
    "homes": (["{N} homes were evacuated{by}.", "Rescuers evacuated {n} homes near the plant{by}."], 310, 2400),
    "firefighters": (["{N} firefighters fought the blaze{by}.", "The blaze was fought by {n} firefighters{by}."], 61, 290),
    "marchers": (["{N} people marched against the owners on the second day{by}.", "The march against the owners drew {n} people{by}."], 2500, 39000),
    "damage": (["The damage was put at {m} million dollars{by}.", "The blast caused damage of {m} million dollars{by}."], 21, 95),
    "inspection": (["Inspectors had found {n} faults at the plant in spring{by}.", "In spring {n} faults were found at the plant{by}."], 5, 48),
    "hospital": (["{N} patients were taken to hospital{by}.", "Ambulances took {n} patients to hospital{by}."], 14, 90),
    "arrests": (["{N} managers were arrested{by}.", "Police arrested {n} managers{by}."], 3, 12),
}
# Numbers of other things: one report only, never to be put beside another.
OTHERS = [
    "The river there is {a} metres wide.", "A train passes every {b} minutes.", "The plant was opened {c} years ago.", "{A} ships used the harbour last year.",
    "A similar fire in {p} in 2009 killed {b} people.", "The mayor, {q}, is {c} years old.", "The town has {b} schools.", "A shift lasts {b} hours.",
    "Two of the nurses had worked there for {c} years.", "In 2011 a storm left {a} people homeless in {p}.", "The nearest clinic is {b} miles away.",
    "The owners paid {b} million dollars for a pier in 1998.", "He had sold {b} boats in his life.", "The library lent {a} books.", "{B} swans live on the lake.",
    "The bell weighs {a} kilograms.", "Her brother keeps {b} goats and {b2} hens.", "Tickets for the museum cost {b} dollars.",
]
KINDS = ["equal", "equal", "rounding", "bound", "as-of", "scope", "source", "revision", "unexplained"]
SOURCES = [", the police said", ", the fire service said", ", the workers' union said", ", the owners said"]


def written(n, rng):
    return WORDS[n] if n <= 12 else f"{n:,}"


def sentence(rng, key, number, by, value, avoid=None):
    forms = QUANTITIES[key][0]
    form = rng.choice(forms)
    s = form.replace("{by}", by)
    s = s.replace("{m}", number)
    s = s.replace("{N}", number[0].upper() + number[1:]).replace("{n}", number)
    return s, form


def plant(rng, key, kind):
    """(sentence a, sentence b) or None when the kind does not suit the quantity."""
    low, high = QUANTITIES[key][1:]
    a = rng.randint(low, high)
    if key == "damage" and kind in ("scope",):
        return None
    by_a = by_b = ""
    x, y = written(a, rng), written(a, rng)
    if kind == "equal":
        by_a = rng.choice(["", SOURCES[0]])
    elif kind == "rounding":
        if a < 100:
            return None
        while a % 100 == 0:
            a += 7
        step = 100 if a < 5000 else 1000
        r = (a + step // 2) // step * step
        if abs(r - a) > .07 * a or r == a:
            return None
        x, y = written(a, rng), rng.choice(["about ", "some ", "around ", ""]) + written(r, rng)
    elif kind == "bound":
        step = 5 if a < 60 else 50 if a < 1000 else 500
        r = (a - 1) // step * step
        if r < 4 or r < .7 * a:
            return None
        x, y = written(a, rng), rng.choice(["more than ", "at least ", "over "]) + written(r, rng)
    elif kind in ("as-of", "source", "revision", "unexplained"):
        if kind == "unexplained" and key in ("missing",):
            return None
        b = a + max(2, round(a * rng.uniform(.13, .6)))
        while b % 10 == 0 or figure_round(a, b):
            b += 1
        x, y = written(a, rng), written(b, rng)
        if kind == "source":
            by_a, by_b = rng.sample(SOURCES, 2)
    elif kind == "scope":
        if key not in ("dead", "hospital", "injured"):
            return None
        part = rng.randint(3, 9)
        total = max(a, 120) + part
        verb = {"dead": "were killed", "hospital": "were taken to hospital", "injured": "were injured"}[key]
        who = rng.choice(["guards", "cleaners", "drivers"])
        return (f"{total} people {verb}, {written(part, rng)} of them {who}.", f"{total - part} workers {verb}.", total, total - part)
    sa, fa = sentence(rng, key, x, by_a, a)
    sb, fb = sentence(rng, key, y, by_b, a)
    return sa, sb, None, None


def figure_round(a, b):
    a, b = max(a, b), min(a, b)
    return a - b <= .07 * a


def other(rng, s):
    a, b, c, b2 = rng.randint(130, 990), rng.randint(13, 59), rng.randint(13, 88), rng.randint(60, 99)
    for k, v in (("{a}", a), ("{b2}", b2), ("{b}", b), ("{c}", c), ("{A}", a), ("{B}", b)):
        s = s.replace(k, str(v))
    return s.replace("{p}", rng.choice(PLACES)).replace("{q}", rng.choice(PEOPLE))


def story(rng, i):
    kind_of_pair = rng.choice(["same hour", "hours apart", "one outlet"])
    place = PLACES[i % len(PLACES)]
    keys = rng.sample(list(QUANTITIES), rng.randint(4, 6))
    planted = []
    parts = [[], []]
    for key in keys:
        kinds = {"same hour": ["equal", "rounding", "bound", "scope", "source", "unexplained"],
                 "hours apart": ["equal", "rounding", "bound", "as-of", "source", "as-of"],
                 "one outlet": ["equal", "revision", "revision", "rounding", "bound"]}[kind_of_pair]
        got = None
        while not got:
            kind = rng.choice(kinds)
            got = plant(rng, key, kind)
        planted.append((kind, got[0], got[1]))
        parts[0].append(got[0])
        parts[1].append(got[1])
    lead = [f"An explosion tore through the cannery at {place} early on Tuesday, and smoke stood over the harbour for hours.",
            f"The cannery at {place} was wrecked by an explosion before dawn on Tuesday, with smoke over the harbour until noon."]
    out = []
    outlets = rng.sample(OUTLETS, 2)
    if kind_of_pair == "one outlet":
        outlets[1] = outlets[0]
    hours = {"same hour": ("09:00", "09:20"), "hours apart": ("07:00", "19:30"), "one outlet": ("08:00", "15:00")}[kind_of_pair]
    chaff = set()
    for side in (0, 1):
        body = parts[side][:]
        if side:
            rng.shuffle(body)
        extra = []
        while len(extra) < 5:
            form = rng.choice(OTHERS)
            if form not in chaff:
                chaff.add(form)
                extra.append(other(rng, form))
        lines = [lead[side]]
        for k, s in enumerate(body):
            lines.append(s + (" " + extra[k] if k < len(extra) else ""))
        lines += extra[len(body):]
        out.append({"id": f"s{i}{'ab'[side]}", "text": "\n\n".join(lines), "title": f"Blast at {place} cannery", "outlet": outlets[side],
                    "published": f"2031-03-04T{hours[side]}:00Z"})
    return out, planted


def covers(article, s, value):
    """Is this value's place inside the sentence?"""
    text = article["text"].encode()
    at = text.find(s.encode())
    return at <= value["begin"] and value["end"] <= at + len(s.encode())


def run(binary, stories, seed, verbose):
    rng = random.Random(seed)
    right, total, alarms, named = {}, {}, 0, 0
    for i in range(stories):
        pair, planted = story(rng, i)
        data = "\n".join(json.dumps(r) for r in pair).encode()
        done = subprocess.run([binary, "compare", "--json", "--kind", "jsonl", "-"], input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        report = json.loads(done.stdout)
        rows = [r for st in report["stories"] for r in st["figures"]]
        if len(report["stories"]) != 1 or len(report["stories"][0]["articles"]) != 2:
            print(f"story {i}: the two reports were not taken for one story", file=sys.stderr)
            continue
        seen = set()
        for kind, sa, sb in planted:
            total[kind] = total.get(kind, 0) + 1
            ok, was = False, "two rows"
            for r in rows:
                a = [k for k, v in enumerate(r["values"]) if v["article"] == pair[0]["id"] and covers(pair[0], sa, v)]
                b = [k for k, v in enumerate(r["values"]) if v["article"] == pair[1]["id"] and covers(pair[1], sb, v)]
                if not a or not b:
                    continue
                kinds = {d["kind"] for d in r["differences"] if {d["a"], d["b"]} & set(a) and {d["a"], d["b"]} & set(b)}
                was = kinds or "no difference"
                ok = kinds == (set() if kind == "equal" else {kind})
                for x in a:
                    for y in b:
                        seen.add((r["id"], min(x, y), max(x, y)))
                if ok:
                    break
            right[kind] = right.get(kind, 0) + ok
            if verbose and not ok:
                print(f"{kind}: {sa} | {sb} -> {was}")
        for r in rows:
            for d in r["differences"]:
                named += 1
                if (r["id"], min(d["a"], d["b"]), max(d["a"], d["b"])) not in seen:
                    alarms += 1
                    if verbose:
                        print("alarm:", d["kind"], [r["values"][k]["text"] for k in (d["a"], d["b"])], r["counts"] and r["counts"]["text"])
    return right, total, alarms, named


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("binary")
    p.add_argument("--stories", type=int, default=400)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--least", type=float)
    p.add_argument("--most", type=float)
    p.add_argument("--verbose", action="store_true")
    a = p.parse_args()
    right, total, alarms, named = run(a.binary, a.stories, a.seed, a.verbose)
    for kind in sorted(total):
        print(f"{kind:12s} {right[kind]:5d} of {total[kind]:5d}  {100 * right[kind] / total[kind]:5.1f}")
    share = 100 * sum(right.values()) / max(1, sum(total.values()))
    false = 100 * alarms / max(1, named)
    print(f"kind right {share:.1f}  false alarms {false:.1f} ({alarms} of {named} differences named)")
    if (a.least is not None and share < a.least) or (a.most is not None and false > a.most):
        print("figure_kinds: below what is asked for", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
