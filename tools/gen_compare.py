#!/usr/bin/env python3
"""Compiles data/lang/<code>/same_word.txt into a C file.

    gen_compare.py --out FILE LANG_DIR

in      first line "#: compare", then a group a line: words that say the same, separated by blanks; '#' starts a comment
out     compare_same_table (src/compare/compare_same.h): for each language a hash table of the keys of words, with open addressing.
Python 3 standard library only; the output depends on the input files alone.
"""
import argparse
import os
import sys

from gen_lang import fold, key


def read(path):
    words = {}
    group = 0
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            row = line.split("#", 1)[0].split()
            if not row:
                continue
            group += 1
            for w in row:
                k = key(fold(w))
                if k == 0 or k in words:
                    sys.exit(f"{path}:{number}: {w!r} stands in a group already, or its hash does: leave it out")
                words[k] = group
    if group > 65535:
        sys.exit(f"{path}: more groups than 16 bits tell apart")
    return words


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--out", required=True)
    p.add_argument("lang")
    a = p.parse_args()
    langs = {}
    for code in sorted(os.listdir(a.lang)):
        path = os.path.join(a.lang, code, "same_word.txt")
        if os.path.exists(path):
            langs[code] = read(path)
    with open(a.out, "w", encoding="utf-8") as f:
        f.write("/* Made by tools/gen_compare.py from data/lang. */\n#include \"compare_same.h\"\n\n#include <stddef.h>\n\n")
        masks = {}
        for code, words in langs.items():
            size = 16
            while size < 2 * len(words):
                size *= 2
            masks[code] = size - 1
            slots = [(0, 0)] * size
            for k in sorted(words):
                s = k & (size - 1)
                while slots[s][0]:
                    s = (s + 1) & (size - 1)
                slots[s] = (k, words[k])
            f.write(f"static const compare_same_slot {code}_slots[] = {{\n")
            for i in range(0, size, 8):
                f.write("    " + ", ".join(f"{{0x{k:x}u, {g}}}" for k, g in slots[i:i + 8]) + ",\n")
            f.write("};\n\n")
        f.write("const compare_same compare_same_table[] = {\n")
        for code in langs:
            f.write(f'    {{"{code}", {code}_slots, {masks[code]}}},\n')
        f.write("    {NULL, NULL, 0}};\n")


if __name__ == "__main__":
    main()
