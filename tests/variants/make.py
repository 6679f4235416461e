#!/usr/bin/env python3
"""Makes articles in which two outlets print one quotation, the second with a known error.

    make.py N [SEED] > ARTICLES.jsonl        the answer of an article is its "truth": kind, unmarked, other_speaker

N articles of each kind in KINDS. All words are invented here: a grammar of small lists, so that quotations share words but not runs of them.
"""
import json
import random
import sys

FIRST = "Odile Tam Petra Ansel Edda Orla Bram Sunniva Ivo Marit Lorcan Ysolde Caspar Neve Aldo Freya Tobin Greta Hamish Runa".split()
LAST = ("Levrier Hollis Voss Brode Rourke Pennick Vellacott Tarn Quillan Haddock Merrow Stannard Oakes Pellow Trask Wynter Gorse Halloran Meike Dray Ashdown "
        "Corrie Fenwick Lomax Sorrel Thackray Underhay Varley Winslade Yelland").split()
ROLE = ["head of the harbour board", "mayor", "chair of the school council", "director of the rail company", "keeper of the museum", "chief of the fire service",
        "leader of the farmers' union", "minister for rivers"]
TOWN = "Carrach Sellick Tolsay Averil Marrow Dunmere Port-Ellery Wexcombe Strathbeg Hollin Brackley Kestrel-Bay Orme Thornwick Ludmere".split()
WHO = ["the council", "every family in the valley", "our own engineers", "the board of the company", "half of the fishing fleet", "the teachers of this town",
       "a committee of farmers", "the night shift at the depot", "the owners of the mill", "many of the younger nurses", "the drivers on this line", "the volunteers at the lighthouse"]
DID = ["promised", "rejected", "paid for", "warned us about", "argued against", "asked the ministry for", "built", "abandoned", "measured", "painted", "repaired", "sold",
       "delayed", "inspected", "forgot", "welcomed"]
WHAT = ["the stone bridge", "a second ferry", "the drainage tunnel", "a colder storehouse", "the northern orchard", "the broken turbine", "an open market", "the winter timetable",
        "a cheaper ticket", "the old granary", "the signal tower", "a deeper channel", "the copper roof", "the village clinic", "a longer runway", "the flooded cellar"]
WHEN = ["before the thaw", "after a long quarrel", "during the spring gales", "on the morning of the fair", "without a single vote", "in spite of the frost", "under the former mayor",
        "at the end of the harvest", "behind closed doors", "for the sake of the children"]
LOOK = ("grey narrow noisy crooked splendid muddy brittle gloomy modest costly rusty slender hollow crowded windy borrowed wooden sloping frozen silent dusty leaky "
        "famous oddly-shaped half-finished badly-lit freshly-tarred").split()
AND = ["and", "so", "while", "although", "because", "before", "until"]
END = ["for {n} crowns", "with {n} signatures", "{n} days too late", "on {n} acres near {t}", "to please {n} visitors from {t}", "within {n} yards of {t}", "as {t} had done {n} times"]
SWAP = {"the": "this", "a": "one", "an": "one", "single": "second", "long": "bitter", "old": "ancient", "broken": "ruined", "promised": "denied", "sold": "bought", "built": "buried", "before": "after"}
PLACE = ["The hall in {t} was full on Monday evening.", "Rain fell on {t} when the meeting began.", "People had queued since noon in {t}.", "The debate in {t} lasted four hours."]
KINDS = ["same", "repunctuated", "cut tail", "cut head", "cut middle", "cut with a sign", "altered word", "altered number", "added words", "joined", "fragment", "indirect", "re-attributed"]
KIND = {"cut tail": "cut", "cut head": "cut", "cut middle": "cut", "cut with a sign": "cut", "altered word": "altered", "altered number": "altered", "added words": "same", "re-attributed": "same"}
UNMARKED = {"cut tail", "cut head", "cut middle"}


class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)

    def sentence(self):
        r = self.r
        s = (f"{r.choice(WHO)} {r.choice(DID)} {self.what()} {r.choice(WHEN)}, {r.choice(AND)} {r.choice(WHO)} {r.choice(DID)} {self.what()} "
             + r.choice(END).format(t=r.choice(TOWN), n=r.randint(11, 989)))
        return s[0].upper() + s[1:]

    def what(self):
        article, rest = self.r.choice(WHAT).split(" ", 1)
        return f"{'a' if article == 'an' else article} {self.r.choice(LOOK)} {rest}"

    def name(self):
        return f"{self.r.choice(FIRST)} {self.r.choice(LAST)}"

    def edit(self, kind, one, two):
        """What the second outlet prints between the marks, of the sentences one and two."""
        r, words = self.r, one.split()
        comma = one.index(", ")
        if kind in ("same", "re-attributed"):
            return one
        if kind == "repunctuated":
            return one.replace(", ", r.choice([" — ", " - ", "; "]))
        if kind == "cut tail":
            return one[:comma]
        if kind == "cut head":
            rest = one[comma + 2:].split(" ", 1)[1]  # without the conjunction
            return rest[0].upper() + rest[1:]
        if kind == "cut middle":
            k = r.randint(2, len(words) - 6)
            return " ".join(words[:k] + words[k + r.randint(1, 3):])
        if kind == "cut with a sign":
            k = r.randint(4, len(words) - 7)
            return " ".join(words[:k] + ["..."] + words[k + 3:])
        if kind == "altered word":
            k = r.choice([i for i, w in enumerate(words) if w in SWAP])
            return " ".join(words[:k] + [SWAP[words[k]]] + words[k + 1:])
        if kind == "altered number":
            k = next(i for i, w in enumerate(words) if w.isdigit())
            return " ".join(words[:k] + [str(int(words[k]) + r.randint(1, 9))] + words[k + 1:])
        if kind == "added words":
            k = r.randint(3, len(words) - 3)
            return " ".join(words[:k] + r.choice(["sadly", "of course", "as ever", "once again"]).split() + words[k:])
        if kind == "joined":
            return one + ". " + two
        if kind == "fragment":
            k = r.randint(1, len(words) - 7)
            return " ".join(words[k:k + r.randint(5, 6)])
        return one  # indirect

    def suits(self, kind, one):
        words = one.split()
        return not (kind == "altered number" and not any(w.isdigit() for w in words)) and not (kind == "altered word" and not any(w in SWAP for w in words))

    def pair(self, kind, k):
        r = self.r
        one, two, name = self.sentence(), self.sentence(), self.name()
        while not self.suits(kind, one):
            one = self.sentence()
        role, town = r.choice(ROLE), r.choice(TOWN)
        last = name.split()[-1]
        day = f"20{30 + k % 9}-{1 + k % 12:02d}-{1 + k % 27:02d}"
        a = [r.choice(PLACE).format(t=town), f"{name}, {role}, spoke first. “{one},” said {name}."]
        if kind == "joined":
            a += ["The listeners were quiet for a while, then they wanted to know more.", f"“{two},” {last} told the listeners later."]
        else:
            a += [f"“{two},” {last} told the listeners later."]
        said = self.edit(kind, one, two)
        other = self.name()
        while other.split()[-1] == last:
            other = self.name()
        who = other if kind == "re-attributed" else name
        b = [r.choice(PLACE).format(t=town)]
        if kind == "fragment":
            b += [f"{name}, {role}, said that it was “{said}” and left it there."]
        elif kind == "indirect":
            b += [f"{name}, {role}, said that {said[0].lower() + said[1:]}."]
        else:
            b += [f"“{said},” said {who}, {role}." if who == name else f"“{said},” said {who}, a visitor."]
        b += ["The meeting closed late."]
        rows = []
        for side, text, hour in (("a", a, 8), ("b", b, 15)):
            rows.append({"id": f"{kind.replace(' ', '-')}-{k}-{side}", "outlet": {"a": "Marrow Post", "b": "Daily Lantern"}[side],
                         "published": f"{day}T{hour:02d}:00:00Z", "title": f"Meeting in {town}", "text": "\n\n".join(text) + "\n"})
        rows[1]["truth"] = {"kind": kind, "change": KIND.get(kind, kind), "unmarked": kind in UNMARKED, "other_speaker": kind == "re-attributed",
                            "said": said if kind != "indirect" else said[0].lower() + said[1:]}
        if kind == "added words":  # then the second outlet's is the fullest, and what the first prints is the shorter one
            rows[0]["truth"] = {"kind": kind, "change": "cut", "unmarked": True, "other_speaker": False, "said": one}
        return rows


def make(n, seed=1):
    m = Maker(seed)
    return [row for k in range(n) for kind in KINDS for row in m.pair(kind, k)]


if __name__ == "__main__":
    for row in make(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1):
        print(json.dumps(row, ensure_ascii=False))
