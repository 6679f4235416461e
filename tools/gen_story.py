#!/usr/bin/env python3
"""Compiles data/story/weights.txt into a C file.

    gen_story.py --out FILE data/story/weights.txt

in      name<TAB>value lines; '#' starts a comment
out     story_weights (src/story/story_feature.h). Python 3 standard library only.
"""
import argparse
import sys

NAMES = ("lead", "quoted", "strangers")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--out", required=True)
    p.add_argument("weights")
    a = p.parse_args()
    got = {}
    with open(a.weights, encoding="utf-8") as f:
        for line in f:
            line = line.split("#")[0].strip()
            if line:
                name, value = line.split("\t")
                got[name] = float(value)
    if sorted(got) != sorted(NAMES):
        sys.exit(f"{a.weights}: wants just these names: {' '.join(NAMES)}")
    with open(a.out, "w", encoding="utf-8") as f:
        f.write("/* Made by tools/gen_story.py from data/story/weights.txt. */\n#include \"story_feature.h\"\n\n")
        f.write("const story_weights story_weight = {" + ", ".join(f".{n} = {got[n]!r}f" for n in NAMES) + "};\n")


if __name__ == "__main__":
    main()
