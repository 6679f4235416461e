#!/usr/bin/env python3
"""Compiles the word lists of the page stage into C tables (src/page/page_words.h tells what they are).

    gen_page.py --out DIR/page_words.gen.c LANG_DIR PAGE_DIR

LANG_DIR/<code>/*.txt whose first line begins with "#: page":
  furniture.txt   phrase TAB how role          how: line start end hold label names links
  agencies.txt    name as written TAB use      use: wire, photo or both
PAGE_DIR:
  languages.txt   code TAB other codes for it TAB family
  class.txt       group TAB words of class and id attributes
  no_article.txt  heading of a page without an article TAB missing, login or search
  model.txt       trees that tools/learn_page.py learnt, with --model
'#' starts a comment. Python 3 standard library only; the output depends on the input files alone.
"""
import argparse
import os
import re
import sys

HOW = {h: "HOW_" + h.upper() for h in ("line", "start", "end", "hold", "label", "names", "links")}
ROLES = "body headline subtitle byline dateline caption credit list boilerplate correction".split()
AGAIN = "updated"  # a role of its own in the list: a date line that does not tell of the first publication

# In the order of page_class_group in page_words.h.
CLASS_GROUPS = ("text", "share", "related", "teaser", "letter", "comment", "ad", "nav", "foot", "side", "byline", "caption", "tags",
                "title", "quote", "hide", "embed")

NO_ARTICLE = ("missing", "login", "search")


def rows(path):
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.split("#", 1)[0].rstrip()
            if line.strip():
                yield number, line


def c_string(s):
    out = []
    for b in s.encode("utf-8"):
        out.append(chr(b) if 32 <= b < 127 and b not in (34, 92, 63) else f"\\{b:03o}")
    return '"' + "".join(out) + '"'


LEAVES = 16  # of a tree in the tables, a bit each: PAGE_LEAVES in page_model.h


def small_trees(tree):
    """A tree, (column, limit, left, right) or a value, as trees of at most LEAVES leaves whose values add up to its."""
    def count(t):
        return 1 if isinstance(t, int) else count(t[2]) + count(t[3])

    def largest(t, path):
        """The subtree with most leaves that fits beside the way to it: (leaves, path)."""
        if isinstance(t, int):
            return 0, ()
        n = count(t)
        if path and n + len(path) <= LEAVES:
            return n, path
        return max(largest(t[2], path + (2,)), largest(t[3], path + (3,)))

    def parted(t, path):
        """Without what the path leads to, and that alone."""
        if not path:
            return 0, t
        rest, alone = parted(t[path[0]], path[1:])
        if path[0] == 2:
            return (t[0], t[1], rest, t[3]), (t[0], t[1], alone, 0)
        return (t[0], t[1], t[2], rest), (t[0], t[1], 0, alone)

    out = []
    while count(tree) > LEAVES:
        tree, alone = parted(tree, largest(tree, ())[1])
        out.append(alone)
    return out + [tree]


def flat_tree(tree, number, cuts, values):
    """Adds the splits of a tree to cuts: (column, limit, number, the leaves on the left as bits)."""
    leaves = []

    def walk(t):
        if isinstance(t, int):
            leaves.append(t)
            return
        first = len(leaves)
        walk(t[2])
        cuts.append((t[0], t[1], number, (1 << len(leaves)) - (1 << first)))
        walk(t[3])
    walk(tree)
    values += leaves + [0] * (LEAVES - len(leaves))


def write_model(path, out, header):
    """Trees of tools/learn_page.py as C tables. The columns' names must be those of page_block.h."""
    with open(header, encoding="utf-8") as f:
        text = f.read()
    want = []
    for block in ("PAGE_FEATURES", "PAGE_ROUND_TWO"):
        body = text[text.index("#define " + block):]
        want += re.findall(r"X\((\w+)\)", body[:body.index("\n\n")].split("\n", 1)[1])
    models = {}
    for _, line in rows(path):
        kind, _, rest = line.partition("\t")
        if kind == "columns" and rest.split() != want:
            sys.exit(f"{path}: learnt from other columns than src/page/page_block.h has: run tools/learn_page.py")
        elif kind == "model":
            now = models[rest.split()[0]] = []
        elif kind == "tree":
            nodes, values = rest.split("\t") if "\t" in rest else ("", rest)
            splits = [tuple(map(int, node.split(","))) for node in nodes.split()]
            leaves = list(map(int, values.split()))
            tree = lambda k: (splits[k][0], splits[k][1], tree(splits[k][2]), tree(splits[k][3])) if k >= 0 else leaves[~k]
            now += small_trees(tree(0 if splits else -1))
    with open(out, "w", encoding="utf-8") as f:
        f.write("/* Made by tools/gen_page.py. */\n#include \"page_model.h\"\n\n")
        for name, trees in models.items():
            cuts, values = [], []
            for number, tree in enumerate(trees):
                flat_tree(tree, number, cuts, values)
            cuts.sort()
            f.write(f"static const page_cut cuts_{name}[] = {{\n" + "".join(
                "    {0x%08xu, 0x%08xu, %d, %d},\n" % ((limit & 0xFFFF) * 0x10001, left * 0x10001, limit, tree) for _, limit, tree, left in cuts) + "};\n")
            f.write(f"static const page_column columns_{name}[] = {{\n")
            columns = sorted({c[0] for c in cuts})
            for column in columns:
                f.write(f"    {{{column}, {sum(c[0] < column for c in cuts)}, {sum(c[0] <= column for c in cuts)}}},\n")
            f.write(f"}};\nstatic const int16_t values_{name}[] = {{" + ", ".join(map(str, values)) + "};\n")
            f.write(f"_Static_assert({len(trees)} <= PAGE_TREES, \"more trees than page_model_scores has room for\");\n")
            f.write(f"const page_model page_model_{name} = {{cuts_{name}, columns_{name}, {len(columns)}, values_{name}, {len(trees)}}};\n\n")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--out", required=True)
    p.add_argument("--model", nargs=3, metavar=("TXT", "HEADER", "OUT"), help="also compile the learnt trees")
    p.add_argument("lang")
    p.add_argument("page")
    a = p.parse_args()
    if a.model:
        write_model(a.model[0], a.model[2], a.model[1])
    phrases, agencies = {}, {}
    for code in sorted(os.listdir(a.lang)):
        for name in ("furniture", "agencies"):
            path = os.path.join(a.lang, code, name + ".txt")
            if not os.path.exists(path):
                continue
            for number, line in rows(path):
                text, _, value = line.partition("\t")
                text, value = text.strip(), value.split()
                if name == "agencies":
                    if not value or any(v not in ("wire", "photo") for v in value):
                        sys.exit(f"{path}:{number}: use is wire, photo or both")
                    agencies[text] = " | ".join("AGENCY_" + v.upper() for v in value)
                else:
                    if len(value) != 2 or value[0] not in HOW or value[1] not in ROLES + [AGAIN]:
                        sys.exit(f"{path}:{number}: want 'phrase TAB how role'")
                    phrases[(text.lower(), HOW[value[0]])] = "ROLE_DATELINE, 1" if value[1] == AGAIN else "ROLE_" + value[1].upper() + ", 0"
    anywhere = ("HOW_END", "HOW_HOLD")
    order = sorted(phrases, key=lambda k: ((k[1] in anywhere) + (k[1] == "HOW_HOLD"), k[0].encode()[:1], -len(k[0].encode()), k))
    any_at = sum(k[1] not in anywhere for k in order)
    hold_at = sum(k[1] != "HOW_HOLD" for k in order)
    first = [sum(k[0].encode()[0] < b for k in order[:any_at]) for b in range(257)]
    hold = [hold_at + sum(k[0].encode()[0] < b for k in order[hold_at:]) for b in range(257)]
    pairs = [0] * 16  # bits of how phrases that are held begin: five of the first byte, five of the second
    for text, _ in order[hold_at:]:
        b = text.encode() + b"\0"
        for second in [b[1]] if len(b) > 2 else range(32):
            i = (b[0] & 31) << 5 | second & 31
            pairs[i >> 6] |= 1 << (i & 63)
    codes = {}
    for number, line in rows(os.path.join(a.page, "languages.txt")):
        code, others, family = (line.split("\t") + ["", ""])[:3]
        for c in [code] + others.split():
            if c in codes:
                sys.exit(f"languages.txt:{number}: {c} stands in two lines")
            codes[c] = (code, family.strip() or code)
    groups, said = [], {}
    for number, line in rows(os.path.join(a.page, "class.txt")):
        group, _, rest = line.partition("\t")
        for w in rest.split():
            said[w] = said.get(w, 0) | 1 << len(groups)
        groups.append(group)
    if tuple(groups) != CLASS_GROUPS:
        sys.exit("class.txt: groups are " + " ".join(CLASS_GROUPS))
    none = {}
    for number, line in rows(os.path.join(a.page, "no_article.txt")):
        text, _, what = line.partition("\t")
        if what.strip() not in NO_ARTICLE:
            sys.exit(f"no_article.txt:{number}: want 'text TAB missing, login or search'")
        none[text.strip().lower()] = "NONE_" + what.strip().upper()
    with open(a.out, "w", encoding="utf-8") as f:
        f.write("/* Made by tools/gen_page.py. */\n#include \"page_words.h\"\n\n")
        f.write("const page_phrase page_phrases[] = {\n")
        for text, how in order:
            f.write(f"    {{{c_string(text)}, {len(text.encode())}, {how}, {phrases[text, how]}}},\n")
        f.write(f"}};\nconst unsigned page_phrase_n = {len(order)}, page_phrase_any = {any_at}, page_phrase_hold = {hold_at};\n")
        f.write("const unsigned short page_phrase_first[257] = {" + ", ".join(map(str, first)) + "};\n")
        f.write("const unsigned short page_hold_first[257] = {" + ", ".join(map(str, hold)) + "};\n")
        f.write("const uint64_t page_hold_pairs[16] = {" + ", ".join(f"0x{p:x}u" for p in pairs) + "};\n\n")
        f.write("const page_agency_name page_agencies[] = {\n")
        for text in sorted(agencies, key=lambda t: (-len(t.encode()), t)):
            f.write(f"    {{{c_string(text)}, {len(text.encode())}, {agencies[text]}}},\n")
        f.write(f"}};\nconst unsigned page_agency_n = {len(agencies)};\n\n")
        for name, at in (("starts", 0), ("ends", -1)):
            bits = [0, 0, 0, 0]
            for b in (t.encode()[at] for t in agencies):
                bits[b >> 6] |= 1 << (b & 63)
            f.write(f"const uint64_t page_agency_{name}[4] = {{" + ", ".join(f"0x{b:x}u" for b in bits) + "};\n")
        f.write("const page_lang_code page_lang_codes[] = {\n")
        for c in sorted(codes):
            f.write("    {" + ", ".join(map(c_string, (c,) + codes[c])) + "},\n")
        f.write(f"}};\nconst unsigned page_lang_code_n = {len(codes)};\n\n")
        order = sorted(said, key=lambda w: w.encode())
        f.write("const page_class_word page_class_words[] = {\n")
        for w in order:
            f.write(f"    {{{c_string(w)}, {len(w.encode())}, {said[w]}}},\n")
        f.write("};\n")
        first = [sum(w.encode()[0] < b for w in order) for b in range(257)]
        f.write("const unsigned short page_class_first[257] = {" + ", ".join(map(str, first)) + "};\n\n")
        f.write("const page_none_phrase page_none_phrases[] = {\n")
        for text in sorted(none, key=lambda w: (-len(w.encode()), w)):
            f.write(f"    {{{c_string(text)}, {len(text.encode())}, {none[text]}}},\n")
        f.write(f"}};\nconst unsigned page_none_phrase_n = {len(none)};\n\n")


main()
