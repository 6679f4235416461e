#!/usr/bin/env python3
"""Compiles the lists about metadata of pages (data/page/) into C tables (src/page/page_lists.h tells what they are).

    gen_meta.py --out DIR/page_lists.gen.c PAGE_DIR

A file is "text" or "text TAB value [rank]" a line, month.txt "number TAB names". '#' starts a comment at the beginning of a line. Tables are sorted
by the bytes of their text. Python 3 standard library only; the output depends on the input files alone.
"""
import argparse
import os
import sys

# file: (values in the order of their enum, see page_lists.h)
LISTS = {
    "date_label": ["published", "modified", "other"],
    "date_class": [], "date_filler": [], "aside_class": [], "kicker_class": [], "generic_title": [],
    "script_date": ["published", "modified", "created"],
    "tracking": [], "credit_path": [],
    "meta_name": ["published", "modified", "created", "title", "site", "app", "publisher", "author", "section", "tags", "url", "robots", "tdm",
                  "tdmpolicy", "lang"],
    "by": ["line", "strip"],
    "credit_class": ["author", "published"],
    "author_word": ["role", "cut", "join", "nobody", "title", "group"],
    "access": ["class", "phrase", "consent"],
    "correction": ["label", "start", "note", "word"],
}


def rows(path):
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            if line.strip() and not line.startswith("#"):
                yield number, line.rstrip("\n")


def c_string(s):
    return '"' + "".join(chr(b) if 32 <= b < 127 and b not in (34, 92, 63) else f"\\{b:03o}" for b in s.encode("utf-8")) + '"'


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--out", required=True)
    p.add_argument("page")
    a = p.parse_args()
    tables = {}
    for name, values in LISTS.items():
        path, table = os.path.join(a.page, name + ".txt"), {}
        for number, line in rows(path):
            text, _, rest = line.partition("\t")
            text, rest = text.strip(), rest.split()
            if values and (not rest or rest[0] not in values):
                sys.exit(f"{path}:{number}: the value is one of {' '.join(values)}")
            if text in table and table[text] != (values.index(rest[0]) if values else 0, int(rest[1]) if len(rest) > 1 else 0):
                sys.exit(f"{path}:{number}: {text} stands in it twice")
            table[text] = (values.index(rest[0]) if values else 0, int(rest[1]) if len(rest) > 1 else 0)
        tables[name] = table
    months, path = {}, os.path.join(a.page, "month.txt")
    for number, line in rows(path):
        month, _, names = line.partition("\t")
        for word in names.split():
            if months.setdefault(word, (int(month), 0))[0] != int(month):
                sys.exit(f"{path}:{number}: {word} is a name of two months")
    tables["month"] = months
    with open(a.out, "w", encoding="utf-8") as f:
        f.write('/* Made by tools/gen_meta.py. */\n#include "page_lists.h"\n')
        for name, table in tables.items():
            f.write(f"\nstatic const page_entry {name}[] = {{\n")
            for text in sorted(table, key=lambda t: t.encode("utf-8")):
                f.write(f"    {{{c_string(text)}, {len(text.encode('utf-8'))}, {table[text][0]}, {table[text][1]}}},\n")
            firsts = {t.encode("utf-8")[0] for t in table}
            first = ", ".join(hex(sum(1 << b % 64 for b in firsts if b // 64 == k)) for k in range(4))
            f.write(f"}};\nconst page_list page_list_{name} = {{{name}, {len(table)}, {{{first}}}}};\n")


main()
