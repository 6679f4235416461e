#!/usr/bin/env python3
"""Makes data/lang/en/near_word.txt: groups of words that are near each other in meaning.

    near_words.py --wordnet DIR --background data/background/words.tsv --model data/quote/model.bin > data/lang/en/near_word.txt

DIR holds WordNet 3.0 as it is distributed (data.noun, index.noun, noun.exc ...; in Debian the package wordnet-base). A group is a synset; in
it stand the forms of the background whose lemma has it as one of its first senses (SENSES; only those that were seen in tagged text, when
any was), or is derived from a word of it ("release", "releasing"), or is a kind of it where the kinds are few ("downpour", "rain"). A form of which
the model's vector is near no other word of the group is left out: its usual sense is another one. Forms that are too frequent to be an atom, or
too rare, are left out, and groups of one stem or of too many. Python 3 standard library only; the output depends on the inputs alone.
"""
import argparse
import collections
import math
import re
import struct
import sys
import os

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from gen_lang import key

FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
SENSES = {"n": 2, "v": 2, "a": 2, "r": 1}
KINDS_MOST = 20       # direct hyponyms of a synset of which a kind is near the synset itself
LEAST_TEXTS = 8       # of the background in which a form stands
RARITY = 3.5          # ATOM_RARITY of src/compare/compare_sense.c
STEM = 6              # the same
STEMS_MOST = 24       # of a group: larger ones are no meaning
NEAR = 0.25           # cosine with the nearest other word of the group
RULES = {
    "n": [("s", ""), ("ses", "s"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"), ("men", "man"), ("ies", "y")],
    "v": [("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")],
    "a": [("er", ""), ("est", ""), ("er", "e"), ("est", "e")],
    "r": [],
}


class WordNet:
    def __init__(self, folder):
        self.synset, self.index, self.exceptions = {}, {}, {}
        self.kinds = collections.Counter()
        for pos, name in FILES.items():
            for t in self.rows(folder, f"data.{name}"):
                n = int(t[3], 16)
                words = [re.sub(r"\(.*\)", "", t[4 + 2 * i]).lower() for i in range(n)]
                at = 5 + 2 * n
                pointers = []
                for i in range(int(t[at - 1])):
                    sign, offset, to, ends = t[at + 4 * i:at + 4 * i + 4]
                    target = ("a" if to == "s" else to, offset)
                    pointers.append((sign, target, int(ends[:2], 16)))
                    self.kinds[target] += sign == "@"
                self.synset[pos, t[0]] = (words, pointers)
            for t in self.rows(folder, f"index.{name}"):
                n, signs = int(t[2]), int(t[3])
                self.index[t[0], pos] = (int(t[5 + signs]), t[6 + signs:6 + signs + n])
            for t in self.rows(folder, f"{name}.exc"):
                self.exceptions.setdefault((t[0], pos), []).extend(t[1:])

    @staticmethod
    def rows(folder, name):
        with open(os.path.join(folder, name), encoding="latin-1") as f:
            for line in f:
                if not line.startswith(" "):
                    yield line.split("|")[0].split()

    def lemmas(self, word, pos):
        if (word, pos) in self.exceptions:
            return [x for x in self.exceptions[word, pos] if (x, pos) in self.index]
        tried = [word] + [word[:len(word) - len(a)] + b for a, b in RULES[pos] if word.endswith(a)]
        doubled = re.fullmatch(r"(.*([bdgklmnprt]))\2(ed|ing)", word) if pos == "v" else None
        if doubled:
            tried.append(doubled.group(1))
        return [x for x in dict.fromkeys(tried) if (x, pos) in self.index]

    def near(self, lemma, pos):
        """The synsets that a lemma is near."""
        tagged, offsets = self.index[lemma, pos]
        out = set()
        for rank, offset in enumerate(offsets[:min(SENSES[pos], max(1, tagged))]):
            out.add((pos, offset))
            words, pointers = self.synset[pos, offset]
            me = words.index(lemma) + 1 if lemma in words else 0
            for sign, target, source in pointers:
                if sign in "+\\" and source in (0, me):
                    out.add(target)
                elif rank == 0 and (sign in "&$" or (sign == "@" and self.kinds[target] <= KINDS_MOST)):
                    out.add(target)
        return out


def read_vectors(path):
    """key of a word -> its vector, less the mean of all, of length 1."""
    with open(path, "rb") as f:
        raw = f.read()
    head = struct.unpack_from("<9i", raw)
    words, dim, layers = head[1], head[3], head[8]
    at = 36 + 4 * layers
    keys = struct.unpack_from(f"<{words + 1}I", raw, at)
    flat = struct.unpack_from(f"<{(words + 1) * dim}b", raw, at + 4 * (words + 1))
    mean = [sum(flat[dim + d::dim]) / words for d in range(dim)]
    out = {}
    for i in range(1, words + 1):
        v = [x - m for x, m in zip(flat[i * dim:(i + 1) * dim], mean)]
        length = math.sqrt(sum(x * x for x in v)) or 1
        out[keys[i]] = [x / length for x in v]
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--wordnet", required=True)
    p.add_argument("--background", required=True)
    p.add_argument("--model", required=True)
    a = p.parse_args()
    net, vectors = WordNet(a.wordnet), read_vectors(a.model)
    texts, forms = 0, []
    with open(a.background, encoding="utf-8") as f:
        for line in f:
            word, _, n = line.rstrip("\n").partition("\t")
            if line.startswith("# documents"):
                texts = int(line.split()[-1])
            elif LEAST_TEXTS <= int(n) and int(n) * 2 ** RARITY <= texts and re.fullmatch("[a-z]{3,}", word):
                forms.append(word)
    group = collections.defaultdict(set)
    for w in forms:
        for pos in FILES:
            for lemma in net.lemmas(w, pos):
                for synset in net.near(lemma, pos):
                    group[synset].add(w)
    lines = set()
    for words in group.values():
        v = {w: vectors.get(key(w)) for w in words}
        seen = [w for w in words if v[w]]
        kept = sorted(w for w in words if not v[w] or len(seen) < 2 or
                      max(sum(x * y for x, y in zip(v[w], v[o])) for o in seen if o != w) >= NEAR)
        if 2 <= len({w[:STEM] for w in kept}) <= STEMS_MOST:
            lines.add(" ".join(kept))
    print("#: compare\n"
          "# Words near each other in meaning: a line is a group; a word may stand in several. Two words of one group count for each other in part\n"
          "# where it is asked whether another report tells a statement in other words. Made by tools/train/near_words.py out of WordNet 3.0 (Copyright 2006\n"
          "# by Princeton University; data/lang/LICENSE.wordnet); not edited by hand.")
    for line in sorted(lines):
        print(line)


if __name__ == "__main__":
    main()
