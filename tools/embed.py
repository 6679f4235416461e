#!/usr/bin/env python3
"""Compiles files into C arrays.

    embed.py --prefix report_asset --out DIR/report_assets FILE...

writes DIR/report_assets.gen.c and DIR/report_assets.gen.h with, for each file, `const char <prefix>_<name>[]` (its bytes
and one closing NUL that the length does not count) and `const size_t <prefix>_<name>_len`. <name> is the file's name with
every character that C does not allow turned into `_`: page.css -> report_asset_page_css. The output depends on the
names and bytes of the files alone, not on the order they are given in.
"""
import argparse
import os
import re
import sys


def c_name(path):
    return re.sub(r"[^A-Za-z0-9_]", "_", os.path.basename(path))


def write_if_changed(path, text):
    """Keeps the time stamp of a file that is already right, so that nothing is compiled again for it."""
    try:
        with open(path, encoding="ascii") as f:
            if f.read() == text:
                os.utime(path)
                return
    except FileNotFoundError:
        pass
    with open(path, "w", encoding="ascii") as f:
        f.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--prefix", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()

    files = sorted(args.files, key=os.path.basename)
    names = [c_name(f) for f in files]
    if len(set(names)) != len(names):
        sys.exit("embed.py: two files give one name: " + " ".join(sorted(names)))

    base = os.path.basename(args.out)
    guard = base.upper() + "_GEN_H"
    head = "/* Made by tools/embed.py; do not edit. */\n"
    h = [head, f"#ifndef {guard}\n#define {guard}\n\n#include <stddef.h>\n\n"]
    c = [head, f'#include "{base}.gen.h"\n']
    for path, name in zip(files, names):
        with open(path, "rb") as f:
            data = f.read()
        symbol = f"{args.prefix}_{name}"
        h.append(f"extern const char {symbol}[];\nextern const size_t {symbol}_len;\n")
        # Characters as numbers: no limit on a literal's length, and bytes over 127 need a signed form for plain char.
        numbers = [str(b if b < 128 else b - 256) for b in data] + ["0"]
        c.append(f"\nconst char {symbol}[{len(data) + 1}] = {{\n")
        for i in range(0, len(numbers), 24):
            c.append("    " + ", ".join(numbers[i:i + 24]) + ",\n")
        c.append(f"}};\nconst size_t {symbol}_len = {len(data)};\n")
    h.append("\n#endif\n")
    write_if_changed(args.out + ".gen.h", "".join(h))
    write_if_changed(args.out + ".gen.c", "".join(c))


if __name__ == "__main__":
    main()
