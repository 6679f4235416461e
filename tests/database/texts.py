"""Invented reports for the tests of the database: events, each told by several invented outlets."""
import random

OUTLETS = ["Harbour Post", "Valley Courier", "North Gazette", "Isle Herald", "Marsh Times"]
FIRST = ["Ida", "Orin", "Maud", "Tobin", "Selma", "Ruben", "Nell", "Anders", "Petra", "Colm"]
LAST = ["Quill", "Marrow", "Tansley", "Oakes", "Verrin", "Hollis", "Brandt", "Lisle", "Corran", "Dace"]
PLACES = ["Wexmoor", "Tarn Bay", "Oldbridge", "Selkirk Point", "Hartfell", "Brimley", "Eastmarch", "Graven"]
THINGS = ["ferry", "reservoir", "bakery", "viaduct", "lighthouse", "sawmill", "cannery", "observatory", "tramway", "orchard",
          "quarry", "aqueduct", "foundry", "boathouse", "granary", "museum"]
HAPPENED = ["flooded", "collapsed", "reopened", "burned", "closed", "was sold", "was evacuated", "lost power"]
FILL = ["Work crews from {a} moved through the {thing} before dawn and the road to {b} stayed shut.",
        "Residents of {c} gathered near the {thing} while boats from {d} waited.",
        "A survey by {a} was ordered by the council of {place} last spring.",
        "The {thing} had been repaired twice by {b} since the war.",
        "Neighbours in {d} said the {thing} had creaked for weeks before anyone from {c} came to look.",
        "Insurers in {b} expect claims from {place} to arrive through the {e}."]


def word(r):
    return "".join(r.choice("bdfgklmnprstv") + r.choice("aeiou") for _ in range(3)).capitalize() + r.choice(
        ["", "ham", "ton", "wick", "by", "mere", "dale"])


def event(seed):
    """What happened, the same for all who report it."""
    r = random.Random("event %d" % seed)
    stem = "".join(r.choice("bdfgklmnprstv") + r.choice("aeiou") for _ in range(3)).capitalize()
    places = {k: word(r) for k in "abcde"}
    return dict(places, **{"thing": r.choice(THINGS), "name": stem, "place": r.choice(PLACES) + " " + stem, "did": r.choice(HAPPENED),
            "who": "%s %s%s" % (r.choice(FIRST), r.choice(LAST), stem[:3].lower()), "n": r.randint(12, 900), "day": r.randint(1, 28),
            "month": r.randint(1, 12), "said": "We will rebuild %s with the %s of %s before the snow comes and nobody in %s will pay for %s twice" % (
                stem, word(r).lower(), word(r), word(r), word(r))})


def report(seed, outlet, words=0):
    e = event(seed)
    r = random.Random("report %d %s" % (seed, outlet))
    title = "%s %s at %s, %d people moved" % (e["name"], e["thing"], e["place"], e["n"])
    n = e["n"] if outlet % 2 else e["n"] // 10 * 10
    lines = ["The %s %s at %s %s on Monday, and about %d people were moved, officials said." % (
        e["name"], e["thing"], e["place"], e["did"], n)]
    said = e["said"] if outlet % 3 else e["said"].replace("before the snow comes and ", "")
    lines.append("“%s,” said %s, mayor of %s." % (said, e["who"], e["place"]))
    k = 3 if not words else max(3, words // 16)
    for i in range(k):
        lines.append(r.choice(FILL).format(**dict(e, thing=e["name"] + " " + e["thing"])))
    return {"id": "r%d-%d" % (seed, outlet), "title": title, "text": "\n".join(lines), "outlet": OUTLETS[outlet],
            "published": "2031-%02d-%02dT%02d:00:00Z" % (e["month"], e["day"], 6 + 2 * outlet), "lang": "en"}


def reports(events, outlets=4, words=0):
    return [report(s, o, words) for s in range(events) for o in range(outlets) if (s * 7 + o) % 5]
