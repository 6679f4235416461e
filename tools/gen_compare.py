#!/usr/bin/env python3
"""Compiles data/lang/<code>/same_word.txt and schedule.txt into a C file.

    gen_compare.py --out FILE LANG_DIR

in      first line "#: compare"; '#' starts a comment
        same_word.txt: a group a line, words that say the same, separated by blanks
        schedule.txt:  word TAB value
out     compare_same_table (src/compare/compare_same.h): for each language a hash table of the keys of words, with open addressing;
        compare_due_table: the same with the values.
Python 3 standard library only; the output depends on the input files alone.
"""
import argparse
import os
import re
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


def read_due(path):
    words = {}
    if not os.path.exists(path):
        return words
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            word, _, value = line.split("#", 1)[0].rstrip().partition("\t")
            if not word:
                continue
            k = key(fold(word))
            if k == 0 or k in words:
                sys.exit(f"{path}:{number}: {word!r} or its hash is there already: leave it out")
            if not re.fullmatch(r"to|agenda|back|act [a-z]+", value):
                sys.exit(f"{path}:{number}: {value!r} is no value: see the head of the file")
            words[k] = value
    return words


def slots_of(words):
    size = 16
    while size < 2 * len(words):
        size *= 2
    slots = [None] * size
    for k in sorted(words):
        s = k & (size - 1)
        while slots[s]:
            s = (s + 1) & (size - 1)
        slots[s] = (k, words[k])
    return slots


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
        due, masks = {}, {}
        for code, words in langs.items():
            slots = slots_of(words)
            f.write(f"static const compare_same_slot {code}_slots[] = {{\n")
            for i in range(0, len(slots), 8):
                f.write("    " + ", ".join(f"{{0x{x[0]:x}u, {x[1]}}}" if x else "{0, 0}" for x in slots[i:i + 8]) + ",\n")
            f.write("};\n\n")
            due[code] = slots_of(read_due(os.path.join(a.lang, code, "schedule.txt")))
            f.write(f"static const compare_due_slot {code}_due[] = {{\n")
            for i in range(0, len(due[code]), 4):
                f.write("    " + ", ".join(f'{{0x{x[0]:x}u, "{x[1]}"}}' if x else "{0, NULL}" for x in due[code][i:i + 4]) + ",\n")
            f.write("};\n\n")
            masks[code] = len(slots) - 1
        f.write("const compare_same compare_same_table[] = {\n")
        for code in langs:
            f.write(f'    {{"{code}", {code}_slots, {masks[code]}, {code}_due, {len(due[code]) - 1}}},\n')
        f.write("    {NULL, NULL, 0, NULL, 0}};\n")


if __name__ == "__main__":
    main()
