#!/usr/bin/env python3
"""Compiles data/lang/<code>/*.txt and data/background/words.tsv into C tables.

    gen_lang.py --out DIR/text_lang.gen.c LANG_DIR [BACKGROUND_DIR]

Writes text_lang.gen.c and, beside it, text_lang.gen.h with the bits of the classes (src/text/text_lang.h tells what they are).
A file is a class: NAME.txt gives LEX_NAME. Lines: word or phrase in lower case, then optionally a tab and a value; '#' starts
a comment. Files whose first line begins with "#: page" or "#: compare" belong to those stages and are left out here.
"#: as en" on the first line takes the entries of that language's file first. trait.txt is no class: it says what holds of the language as a whole (TRAITS below, "plural" with the ends of plurals, VERB_ENDS with those of verbs).
words.tsv: first line "# documents N", then word TAB number of documents that have it.
Python 3 standard library only; the output depends on the input files alone.
"""
import argparse
import bisect
import math
import os
import sys

VERB_ENDS = ["verb base", "verb past", "verb participle", "verb future"]
TRAITS = {"decimal comma": "LANG_DECIMAL_COMMA", "decimal either": "LANG_DECIMAL_EITHER", "noun capital": "LANG_NOUN_CAPITAL", "small days": "LANG_SMALL_DAYS",
          "verb last": "LANG_VERB_LAST", "ordinal point": "LANG_ORDINAL_POINT"}
KEYS_A_BUCKET = 8  # of the background, at most on the average: they stand in one or two lines of a cache
RARITY_BITS = 24  # of a number of 32 bits are left for what of a key its bucket does not say: 8 tell how rare it is


def key(word):
    """Hash of a folded word: FNV-1a with a last mix, as text_key() in src/text/text_token.c."""
    h = 2166136261
    for b in word.encode("utf-8"):
        h = ((h ^ b) * 16777619) & 0xFFFFFFFF
    h ^= h >> 15
    h = (h * 0x2C1B3C6D) & 0xFFFFFFFF
    h ^= h >> 12
    return h


def fold(word):
    word = word.lower().replace("\u2019", "'")
    if "." in word[:-1]:
        return word
    return word.rstrip(".")


def split_phrase(s):
    """Words and signs of an entry as the tokenizer cuts them: a hyphen is a token."""
    out = []
    for part in s.split():
        bits = part.split("-")
        for i, b in enumerate(bits):
            if i:
                out.append("-")
            if b:
                for suffix in ("'s", "'d", "'ll", "'ve", "'re", "'m"):
                    if b.endswith(suffix) and len(b) > len(suffix):
                        out += [fold(b[: -len(suffix)]), suffix]
                        break
                else:
                    out.append(fold(b))
    return out


def read_lines(path):
    with open(path, encoding="utf-8") as f:
        return f.read().split("\n")


def read_lang(folder):
    classes = {}
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".txt"):
            continue
        lines = read_lines(os.path.join(folder, name))
        if lines and lines[0].startswith(("#: page", "#: compare")):
            continue
        entries = {}
        if lines[0].startswith("#: as "):
            lines = read_lines(os.path.join(os.path.dirname(folder), lines[0].split()[2], name)) + lines
        for number, line in enumerate(lines, 1):
            line = line.split("#", 1)[0].rstrip()
            if not line.strip():
                continue
            word, _, value = line.partition("\t")
            word = word.strip().lower()
            if not word:
                sys.exit(f"{folder}/{name}:{number}: a value without a word")
            entries[" ".join(split_phrase(word))] = value.strip() or None
        classes[name[:-4].upper()] = entries
    return classes


def read_traits(folder, classes):
    """The traits of a language, as C: flags, the ends of its plurals, and those of its verbs (VERB_ENDS), the longest first."""
    flags, ends, verbs = [], "NULL", ["NULL"] * len(VERB_ENDS)
    for name, value in classes.pop("TRAIT", {}).items():
        if name == "plural":
            ends = '"' + c_string(" ".join(value.split()) + " ") + '"'
        elif name in VERB_ENDS:
            longest = sorted(value.split(), key=lambda e: (-len(e.encode("utf-8")), e))
            verbs[VERB_ENDS.index(name)] = '"' + c_string(" ".join(longest) + " ") + '"'
        elif name in TRAITS:
            flags.append(TRAITS[name])
        else:
            sys.exit(f"{folder}/trait.txt: no trait is called {name!r}: one of {', '.join(TRAITS)}, plural, {', '.join(VERB_ENDS)}")
    if flags and any(" " in e for e in classes.get("NUMBER_WORD", {})):  # a language without traits is read as English
        flags.append("LANG_NUMBER_PHRASE")
    return " | ".join(flags) or "0", ends, "{" + ", ".join(verbs) + "}"


def c_string(s):
    out = []
    for b in s.encode("utf-8"):
        out.append(chr(b) if 32 <= b < 127 and b not in (34, 92, 63) else f"\\{b:03o}")
    return "".join(out)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--out", required=True)
    p.add_argument("lang")
    p.add_argument("background", nargs="?")
    a = p.parse_args()
    langs, traits = {}, {}
    for code in sorted(os.listdir(a.lang)):
        if os.path.isdir(os.path.join(a.lang, code)):
            folder = os.path.join(a.lang, code)
            langs[code] = read_lang(folder)
            traits[code] = read_traits(folder, langs[code])
    names = sorted({c for L in langs.values() for c in L})
    if len(names) > 64:
        sys.exit("more than 64 classes of words: widen the masks in text_lang.h")
    header = a.out[:-2] + ".h"
    guard = "TEXT_LANG_GEN_H"
    text = f"/* Made by tools/gen_lang.py. */\n#ifndef {guard}\n#define {guard}\n\n#include <stdint.h>\n\n"
    text += "".join(f"#define LEX_{n} (UINT64_C(1) << {i})\n" for i, n in enumerate(names))
    text += f"\n#define LEX_CLASS_N {len(names)}\n\n#endif\n"
    if not os.path.exists(header) or open(header, encoding="utf-8").read() != text:
        with open(header, "w", encoding="utf-8") as f:  # else all that includes it would be compiled again
            f.write(text)
    bit = {n: i for i, n in enumerate(names)}
    with open(a.out, "w", encoding="utf-8") as f:
        f.write("/* Made by tools/gen_lang.py. */\n#include \"text_lang_table.h\"\n\n#include <stddef.h>\n\n")
        for code, classes in langs.items():
            rows = {}   # word -> mask
            values = [] # (word, bit, value)
            phrases = {}  # tuple -> {bit: value}
            for n, entries in classes.items():
                for e, v in entries.items():
                    w = tuple(e.split(" "))
                    if len(w) == 1:
                        rows[w[0]] = rows.get(w[0], 0) | 1 << bit[n]
                        if v is not None:
                            values.append((w[0], bit[n], v))
                    else:
                        phrases.setdefault(w, {})[bit[n]] = v
                        rows.setdefault(w[0], 0)
            words = sorted(rows)
            if len(words) >= 65535:
                sys.exit(f"{code}: more than 65,534 words: widen sst_token.lex")
            index = {w: i + 1 for i, w in enumerate(words)}
            keys = {}
            for w in list(words) + [x for p_ in phrases for x in p_]:
                if keys.setdefault(key(w), w) != w:
                    sys.exit(f"{code}: the hashes of {w!r} and {keys[key(w)]!r} are the same: change the hash")
            by_first = {}
            for w in sorted(phrases, key=lambda w: (w[0], -len(w), w)):
                by_first.setdefault(w[0], []).append(w)
            phrase_rows, phrase_keys, phrase_values = [], [], []
            first_phrase = {}
            for w0 in sorted(by_first):
                first_phrase[w0] = (len(phrase_rows), len(by_first[w0]))
                for w in by_first[w0]:
                    mask = 0
                    v0 = len(phrase_values)
                    for b, v in sorted(phrases[w].items()):
                        mask |= 1 << b
                        if v is not None:
                            phrase_values.append((b, v))
                    phrase_rows.append((len(phrase_keys), len(w), mask, v0, len(phrase_values) - v0))
                    phrase_keys += [key(x) for x in w]
            blob, offset = [], 0
            f.write(f"static const lang_word {code}_words[] = {{\n    {{0, 0, 0, 0, 0, 0, 0}},\n")
            values.sort(key=lambda x: (index[x[0]], x[1]))
            if len(values) >= 65535:
                sys.exit(f"{code}: more than 65,534 values: widen lang_word.value")
            first_value = {}
            for i, (w, _, _) in enumerate(values):
                first_value.setdefault(w, i)
            for w in words:
                p0, pn = first_phrase.get(w, (0, 0))
                n = len(w.encode("utf-8"))
                f.write(f"    {{UINT64_C(0x{rows[w]:x}), 0x{key(w):x}u, {offset}, {n}, {p0}, {pn}, {first_value.get(w, len(values))}}},\n")
                blob.append(w)
                offset += n
            f.write("};\n")
            raw = "".join(blob).encode("utf-8") + b"\0"
            f.write(f"static const unsigned char {code}_blob[] = {{\n")
            for i in range(0, len(raw), 32):
                f.write("    " + ",".join(map(str, raw[i:i + 32])) + ",\n")
            f.write("};\n")
            size = 16
            while size < 2 * (len(words) + 1):
                size *= 2
            table = [0] * size
            for w in words:
                s = key(w) & (size - 1)
                while table[s]:
                    s = (s + 1) & (size - 1)
                table[s] = index[w] | key(w) >> 16 << 16
            f.write(f"static const uint32_t {code}_slots[] = {{\n")
            for i in range(0, size, 12):
                f.write("    " + ",".join(f"0x{v:x}u" for v in table[i:i + 12]) + ",\n")
            f.write("};\n")
            f.write(f"static const lang_phrase_row {code}_phrases[] = {{\n")
            for o, n, mask, v0, vn in phrase_rows:
                f.write(f"    {{UINT64_C(0x{mask:x}), {o}, {n}, {v0}, {vn}}},\n")
            f.write("    {0, 0, 0, 0, 0}\n};\n")
            f.write(f"static const uint32_t {code}_phrase_keys[] = {{" + ",".join(f"0x{k:x}u" for k in phrase_keys) + ("," if phrase_keys else "") + "0};\n")
            f.write(f"static const lang_value_row {code}_phrase_values[] = {{\n")
            for b, v in phrase_values:
                f.write(f'    {{0, {b}, "{c_string(v)}"}},\n')
            f.write("    {0, 0, NULL}\n};\n")
            f.write(f"static const lang_value_row {code}_values[] = {{\n")
            for w, b, v in values:
                f.write(f'    {{{index[w]}, {b}, "{c_string(v)}"}},\n')
            f.write("    {0, 0, NULL}\n};\n\n")
            langs[code] = size
        f.write("static const uint32_t none_slots[16] = {0};\n")
        f.write("static const lang_word none_words[] = {{0, 0, 0, 0, 0, 0, 0}};\n")
        f.write("static const lang_value_row none_values[] = {{0, 0, NULL}};\n")
        f.write("const sst_lang lang_none = {\"\", none_words, (const unsigned char *)\"\", none_slots, 15, NULL, NULL, NULL, none_values, 0, NULL, {NULL, NULL, NULL, NULL}};\n")
        f.write("const sst_lang lang_table[] = {\n")
        for code, size in langs.items():
            f.write(f'    {{"{code}", {code}_words, {code}_blob, {code}_slots, {size - 1}, {code}_phrases, {code}_phrase_keys, '
                    f"{code}_phrase_values, {code}_values, {traits[code][0]}, {traits[code][1]}, {traits[code][2]}}},\n")
        f.write("};\n")
        f.write(f"const uint32_t lang_table_n = {len(langs)};\n\n")
        # background: keys sorted, rarity in sixteenths of a bit
        rare = {}
        path = os.path.join(a.background, "words.tsv") if a.background else ""
        total = 0
        if path and os.path.exists(path):
            with open(path, encoding="utf-8") as g:
                total = int(g.readline().split()[-1])
                for line in g:
                    w, df = line.rstrip("\n").split("\t")
                    r = min(255, max(0, round(-16 * math.log2(int(df) / total))))
                    k = key(w)
                    rare[k] = min(rare.get(k, 255), r)
        ks = sorted(rare)
        shift = RARITY_BITS  # keys are hashes, so their first bits say about where they stand: KEYS_A_BUCKET from there on
        while len(ks) >> (32 - shift) > KEYS_A_BUCKET:
            shift -= 1
        first = [bisect.bisect_left(ks, i << shift) for i in range((1 << 32 - shift) + 1)]
        if len(ks) > 65535:
            sys.exit("more than 65,535 words of the background: widen lang_background_first")
        f.write(f"const uint32_t lang_background_shift = {shift};\nconst uint16_t lang_background_first[] = {{\n")
        for i in range(0, len(first), 24):
            f.write("    " + ",".join(map(str, first[i:i + 24])) + ",\n")
        f.write("    0};\n")
        f.write(f"const float lang_rarity_unknown = {min(255, round(16 * math.log2(total))) / 16 if total else 16.0}f;\n")
        f.write("const uint32_t lang_background[] = {\n")
        for i in range(0, len(ks), 12):
            f.write("    " + ",".join(f"0x{(k & (1 << shift) - 1) << 8 | rare[k]:x}u" for k in ks[i:i + 12]) + ",\n")
        f.write("    0};\n")


if __name__ == "__main__":
    main()
