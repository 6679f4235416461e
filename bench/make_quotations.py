#!/usr/bin/env python3
"""Articles that quote: some things again and again, in other words of theirs, over months and stories.

    make_quotations.py N [SEED] > ARTICLES.jsonl         N quotations, ten an article, five articles a story
    make_quotations.py check ARTICLES.jsonl QUOTES.jsonl  how many planted versions have the utterance of what they are versions of

Half of what stands in an article's marks is new; a quarter is what another report of its story printed; a fifth was said in an earlier story, cut,
with another word or other punctuation; the rest are set phrases, which many people say and which are no versions of anything. All words are
invented or words of grammar, and so are the persons. The same numbers give the same bytes. "said" of a row: for each quotation what it is a version of (its own number when it is new, nothing for
set phrases), in order; other programs ignore it.
QUOTES is what "samestory quotes --jsonl ARTICLES.jsonl" prints.
"""
import datetime
import itertools
import json
import random
import sys

A_STORY, AN_ARTICLE = 5, 10
VOCABULARY, PERSONS = 20000, 3000
AGAIN = 20000   # so many of the last new quotations may be said again
SYLLABLES = "ba de fi go hu ka le mi no pu ra se ti vo stu bra ne lo dri cha el an or is mar ten wick fal".split()
GRAMMAR = "the a of and to in we they it is was that this our for with on not have will be all no one you there as but".split()
PHRASES = ["It was about time", "We will see", "It is what it is", "Nobody knows", "We did our best", "This is only the beginning", "Enough is enough", "We are ready"]
PROSE = ["The {a} of the {b} was closed on Monday.", "People came to the {a} in the morning and stayed there until the {b} was over.",
         "Nothing like it had been seen in the {a} since the {b}.", "The {b} stands near the old {a}."]
SAID = ["“{q},” said {p}.", "“{q},” {p} said.", "{p} said: “{q}.”", "“{q},” {p} told the Ostmark Echo."]


def word(k):
    out = ""
    while True:
        out += SYLLABLES[k % len(SYLLABLES)]
        k //= len(SYLLABLES)
        if not k:
            return out + "n" * (len(out) < 3)


class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.fresh = []                              # (number, words, person)
        self.n = 0

    def any_word(self):
        r = self.r
        if r.random() < 0.55:
            return r.choice(GRAMMAR)
        return word(int(VOCABULARY * r.random() ** 3) + 30)

    def person(self, k):
        return word(40 + k % 60).title() + " " + word(900 + k * 7).title()

    def new(self):
        w = [self.any_word() for _ in range(self.r.randint(8, 32))]
        self.n += 1
        q = (self.n, w, self.r.randrange(PERSONS))
        self.fresh.append(q)
        if len(self.fresh) > 2 * AGAIN:
            del self.fresh[:AGAIN]
        return q

    def version(self, q):
        """The words of q as somebody else prints them: cut, with another word, or the same."""
        r, w = self.r, list(q[1])
        kind = r.randrange(4)
        if kind == 0:
            keep = max(8, len(w) * 2 // 3)
            at = r.randint(0, max(0, len(w) - keep))
            w = w[at:at + keep]
        elif kind == 1:
            w[r.randrange(1, len(w))] = self.any_word()
        elif kind == 2:
            k = r.randrange(1, len(w))
            w[k - 1] += " —"
        return (q[0], w, q[2])

    def story(self, s):
        r = self.r
        day = datetime.datetime(2031, 1, 1) + datetime.timedelta(minutes=s * 37 % (700 * 1440))
        topic = [word(int(VOCABULARY * r.random()) + 30) for _ in range(6)]
        mine = []
        for a in range(A_STORY):
            told = [word(int(VOCABULARY * r.random()) + 30) for _ in range(2)]
            text, said = ["The " + " ".join(topic) + " met the " + " ".join(told) + " on Monday."], []
            for _ in range(AN_ARTICLE):
                x = r.random()
                if x < 0.05:
                    q = (None, r.choice(PHRASES).split(), r.randrange(PERSONS))
                elif x < 0.30 and a:
                    q = self.version(r.choice(mine))
                elif x < 0.50 and len(self.fresh) > 100:
                    q = self.version(self.fresh[r.randrange(max(0, len(self.fresh) - AGAIN), len(self.fresh))])
                else:
                    q = self.new()
                    mine.append(q)
                said.append(q[0])
                words = " ".join(q[1])
                text.append(r.choice(PROSE).format(a=r.choice(topic), b=r.choice(told)) + " " + r.choice(SAID).format(q=words[0].upper() + words[1:], p=self.person(q[2])))
            if not mine:
                mine.append(self.new())
            yield {"id": f"{s}-{a}", "lang": "en", "outlet": f"Paper {a}", "title": "The " + " ".join(topic), "published": (day + datetime.timedelta(hours=a)).isoformat() + "Z",
                   "text": "\n\n".join(text) + "\n", "said": said}


def check(articles, quotes):
    first, found, versions, whole, phrases, wrong = {}, 0, 0, 0, 0, 0
    with open(articles, encoding="utf-8") as f, open(quotes, encoding="utf-8") as g:
        for a, q in zip(map(json.loads, f), map(json.loads, g)):
            got = [x for x in q["quotes"] if x["type"] != "indirect"]
            if len(got) != len(a["said"]):
                continue  # one more or less: it cannot be said which is which
            found += len(got)
            for k, x in zip(a["said"], got):
                u = x["utterance"]
                if k is None:
                    phrases += 1
                elif k not in first:
                    first[k] = u
                    wrong += u in whole_of
                    whole_of.add(u)
                else:
                    versions += 1
                    whole += u == first[k]
    print(f"{found} quotations: {versions} versions, {100 * whole / max(1, versions):.1f} per cent of them with the utterance of the first; "
          f"{len(first)} new ones, {100 * wrong / max(1, len(first)):.2f} per cent of them with the utterance of another")


whole_of = set()


def main():
    if sys.argv[1] == "check":
        check(sys.argv[2], sys.argv[3])
        return
    n, maker = int(sys.argv[1]), Maker(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    rows = (row for s in itertools.count() for row in maker.story(s))
    for row in itertools.islice(rows, (n + AN_ARTICLE - 1) // AN_ARTICLE):
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
