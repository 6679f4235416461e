#!/usr/bin/env python3
"""One invented story told by N outlets, for measuring the comparison: JSON Lines on standard output.

    make_one_story.py N [WORDS]

A ferry is wrecked; people, places and outlets are invented. Each report takes some of the facts, in one of several
wordings, with figures that grow by the hour and quotations cut in other places; one in five is a copy of an agency's
text with a line of its own; each fills up to WORDS words (500) with sentences of its own. The same arguments give the
same bytes. Python 3 standard library only.
"""
import datetime
import json
import random
import sys

START = datetime.datetime(2031, 3, 4, 6, 0)
PEOPLE = ["Ada Brook", "Orla Finch", "Tomas Veld", "Mirko Hansen", "Lena Sorrel", "Pavel Quist", "Irene Maddock", "Jonas Tarn"]
ROLES = ["harbour master", "transport minister", "captain", "mayor", "union leader", "rescue chief", "surgeon", "passenger"]
PLACES = ["Ostmark", "Keldby", "Varnholm", "Sandwick", "Lower Tarrow"]
FACTS = [
    ["The ferry Alma struck the breakwater of {p} shortly before dawn on Tuesday and began to sink, the coast guard said.",
     "Shortly before dawn on Tuesday the ferry Alma hit the breakwater at {p} and began sinking, according to the coast guard.",
     "Coast guards said the Alma, a ferry, was sinking after it ran into the {p} breakwater before dawn on Tuesday."],
    ["At least {a} people were killed and {b} injured, {who} said.", "{who} put the dead at {a} and the injured at {b}.",
     "{a} people died and more than {b} were hurt, said {role} {who}."],
    ["{c} passengers were aboard when the ship left {p} on Monday night.", "The ship had left {p} on Monday night with about {d} passengers aboard."],
    ["\"{q}\" said {who}, the {role}.", "{role} {who} told reporters: \"{q}\"", "\"{h}\" {who} said on Tuesday."],
    ["Divers are to search the wreck on Wednesday, the {role} said.", "Divers searched the wreck on Wednesday, the {role} said."],
    ["The repair of the breakwater will cost ${m} million, the council estimates.", "The council puts the repair of the breakwater at ${m} million."],
    ["The Alma was built in 1987 and last inspected in {p} in November.", "Inspectors last saw the Alma, built in 1987, in November in {p}."],
    ["Transport Minister Orla Finch will meet the families in {p} on Friday.", "The families are to meet Minister Finch in {p} on Friday.",
     "Finch met the families of the dead in {p}."],
    ["Schools in {p} stayed closed and flags flew at half mast.", "Flags flew at half mast in {p}, where schools stayed closed."],
]
QUOTES = ["We did all that we could in the night, and it was not enough for those on the lower deck.",
          "The river rose on all of us, and nobody came until the morning with boats.",
          "I have never seen a sea like that in thirty years on this coast, not once.",
          "There will be an inquiry, and it will be held in public from its first day."]
SYLLABLES = ["bar", "den", "fol", "gri", "hap", "ker", "lum", "mon", "nar", "pel", "ros", "sti", "tor", "ul", "ven", "wic", "yar", "zel"]
OWN = ["The {x} of {y} brought {x2} to the {x3} while {name} waited near the {x4} for news.",
       "{name}, who keeps a {x} in {y}, saw {x2} and {x3} drift past the {x4}.",
       "A {x} from {y} said that the {x2} had been {x3} since the autumn, when {name} first wrote about {n} of them."]


def word(rng):
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 3)))


def fill(text, rng, hour):
    grow = hour // 6
    who = rng.randrange(len(PEOPLE))
    q = rng.choice(QUOTES)
    cut = q.split(", ")[0] + ","
    return text.format(p=rng.choice(PLACES[:3]), a=12 + grow, b=40 + 2 * grow + rng.randint(0, 1), c=317, d=300, m=rng.choice([12, 12.4]),
                       who=PEOPLE[who], role=ROLES[who], q=q[:-1] + ",", h=cut)


def own(rng):
    return rng.choice(OWN).format(x=word(rng), x2=word(rng), x3=word(rng), x4=word(rng), y=word(rng).title(), n=rng.randint(3, 900),
                                  name=word(rng).title() + " " + word(rng).title())


def main():
    n, words = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 500
    rng = random.Random(600)
    agency = [fill(rng.choice(f), rng, 4) for f in FACTS]
    for i in range(n):
        hour = i * 72 // n
        if i % 5 == 0:
            body = agency[:rng.randint(4, len(agency))]
        else:
            body = [fill(rng.choice(f), rng, hour) for f in rng.sample(FACTS, rng.randint(4, len(FACTS)))]
        while sum(len(s.split()) for s in body) < words:
            body.insert(rng.randint(1, len(body)), own(rng))
        title = rng.choice(["Ferry Alma sinks off {p}", "{a} dead as ferry hits breakwater at {p}", "Ferry wreck at {p}: what we know"])
        at = START + datetime.timedelta(hours=hour, minutes=i % 60)
        print(json.dumps({"id": str(i), "outlet": f"The {word(rng).title()} {rng.choice(['Echo', 'Post', 'Courier'])}", "published": at.isoformat() + "Z",
                          "title": fill(title, rng, hour), "text": "\n\n".join(body), "story": "alma"}))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main()
