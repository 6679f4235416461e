#!/usr/bin/env python3
"""Compiles data/lang/<code>/same_word.txt, near_word.txt, word_choice.txt, schedule.txt and spelling.txt into a C file.

    gen_compare.py --out FILE LANG_DIR

in      first line "#: compare"; '#' starts a comment
        same_word.txt: a group a line, words that say the same, separated by blanks
        near_word.txt: the same of words that are near each other; a word may stand in several groups
        word_choice.txt: the same of words that are chosen for one thing
        schedule.txt:  word TAB value
        spelling.txt:  British TAB American, whole words; "-END TAB -END TAB letters", "*PART* ...", "~END ..." (see its head)
out     compare_same_table (src/compare/compare_same.h): for each language a hash table of the keys of words, with open addressing;
        the same with the values, and with the keys of the other spelling; of near words a table of where the numbers of a word's groups stand.
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


def read_near(path, group):
    """key -> numbers of its groups, from group on; the number behind the last."""
    words = {}
    if not os.path.exists(path):
        return words, group
    forms = {}
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            row = line.split("#", 1)[0].split()
            for w in row:
                k = key(fold(w))
                if k == 0 or forms.setdefault(k, fold(w)) != fold(w):
                    sys.exit(f"{path}:{number}: the hash of {w!r} is another word's: leave it out")
                if group not in words.setdefault(k, []):
                    words[k].append(group)
            group += bool(row)
    if group > 65535:
        sys.exit(f"{path}: more groups than 16 bits tell apart")
    return words, group


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
            if not re.fullmatch(r"to|agenda|back|plain|part|off|light|(act|past|at) [a-z]+", value):
                sys.exit(f"{path}:{number}: {value!r} is no value: see the head of the file")
            words[k] = value
    return words


def read_spelling(path):
    """key of a British form -> key of the American one; rules (how, from, to, letters before)."""
    words, rules = {}, []
    if not os.path.exists(path):
        return words, rules
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            row = line.split("#", 1)[0].split()
            if not row:
                continue
            if row[0][0] in "-~*":
                if len(row) != 3 or row[1][0] != row[0][0] or not row[2].isdigit():
                    sys.exit(f"{path}:{number}: two endings or parts and a number of letters are needed")
                rules.append((row[0][0], row[0].strip("-~*"), row[1].strip("-~*"), int(row[2])))
                continue
            k = key(fold(row[0]))
            if len(row) != 2 or k == 0 or k in words:
                sys.exit(f"{path}:{number}: two words are needed, the first of them once")
            words[k] = key(fold(row[1]))
    return words, rules


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
        due, near, choice, masks, spelt = {}, {}, {}, {}, {}
        groups = 0
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
            for name, table in (("near", near), ("choice", choice)):
                path = os.path.join(a.lang, code, "near_word.txt" if name == "near" else "word_choice.txt")
                words, behind = read_near(path, groups if name == "near" else 0)
                groups = behind if name == "near" else groups
                flat = []
                for k in sorted(words):
                    numbers = words[k]
                    words[k] = (len(flat), len(numbers))
                    flat += numbers
                table[code] = slots_of(words)
                f.write(f"static const uint16_t {code}_{name}_group[] = {{\n")
                for i in range(0, len(flat), 24):
                    f.write("    " + ",".join(map(str, flat[i:i + 24])) + ",\n")
                f.write("    0};\n\n")
                f.write(f"static const compare_near_slot {code}_{name}[] = {{\n")
                for i in range(0, len(table[code]), 8):
                    f.write("    " + ", ".join(f"{{0x{x[0]:x}u, {x[1][0]}, {x[1][1]}}}" if x else "{0, 0, 0}" for x in table[code][i:i + 8]) + ",\n")
                f.write("};\n\n")
            words, rules = read_spelling(os.path.join(a.lang, code, "spelling.txt"))
            spelt[code] = slots_of(words)
            f.write(f"static const compare_spelling_slot {code}_spelt[] = {{\n")
            for i in range(0, len(spelt[code]), 6):
                f.write("    " + ", ".join(f"{{0x{x[0]:x}u, 0x{x[1]:x}u}}" if x else "{0, 0}" for x in spelt[code][i:i + 6]) + ",\n")
            f.write("};\n\n")
            f.write(f"static const compare_spelling_rule {code}_rules[] = {{\n")
            last = [0 if how == "*" else ord(old[-1]) for how, old, _, _ in rules]
            rules = [x for _, x in sorted(zip(last, rules), key=lambda x: x[0])]
            last.sort()
            for k, (how, old, new, least) in enumerate(rules):
                skip = sum(x == last[k] for x in last[k + 1:])
                f.write(f'    {{"{old}", "{new}", {len(old)}, {len(new)}, {least}, \'{how}\', {last[k]}, {skip}}},\n')
            f.write("    {NULL, NULL, 0, 0, 0, 0, 0, 0}};\n\n")
        f.write("const compare_same compare_same_table[] = {\n")
        for code in langs:
            f.write(f'    {{"{code}", {code}_slots, {masks[code]}, {code}_due, {len(due[code]) - 1}, {code}_near, '
                    f'{len(near[code]) - 1}, {code}_near_group, {code}_choice, {len(choice[code]) - 1}, {code}_choice_group, {code}_spelt, {len(spelt[code]) - 1}, {code}_rules}},\n')
        f.write("    {NULL, NULL, 0, NULL, 0, NULL, 0, NULL, NULL, 0, NULL, NULL, 0, NULL}};\n\n")
        f.write(f"const uint32_t compare_near_groups = {groups};\n")


if __name__ == "__main__":
    main()
