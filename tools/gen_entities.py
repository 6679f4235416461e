#!/usr/bin/env python3
"""Compiles the character references of the HTML standard and the labels of the Encoding standard into C.

    gen_entities.py --out FILE.c data/html/entities.tsv data/html/encodings.tsv
    gen_entities.py --out FILE.c --references data/html/entities.tsv     for the reader of feeds: the names with a semicolon only

Both tables are sorted by bytes; html_entity_first[c] .. html_entity_first[c + 1] are the rows whose name begins with byte c.
"""
import argparse


def write_references(path, rows):
    pool = b"".join(name for name, _ in rows)
    out = ["/* Made by tools/gen_entities.py from data/html/entities.tsv. */", '#include "read_reference.h"', ""]
    out.append(f"const uint32_t read_reference_n = {len(rows)};")
    out.append(f"const char read_reference_names[{len(pool)}] = {{")
    for i in range(0, len(pool), 32):
        out.append("    " + ", ".join(str(b) for b in pool[i:i + 32]) + ",")
    out.append("};")
    out.append(f"const read_reference read_references[{len(rows)}] = {{")
    at = 0
    for name, text in rows:
        data = ", ".join(f"(char)0x{b:02X}" for b in text)
        out.append(f"    {{{at}, {len(name)}, {len(text)}, {{{data}}}}}, /* {name.decode()} */")
        at += len(name)
    out.append("};")
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(out) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", required=True)
    parser.add_argument("table")
    parser.add_argument("labels", nargs="?")
    parser.add_argument("--references", action="store_true")
    args = parser.parse_args()
    rows = []
    with open(args.table, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            if line.startswith("#") or not line.strip():
                continue
            name, tab, points = line.rstrip("\n").partition("\t")
            if not tab or not name.rstrip(";").isalnum():
                raise SystemExit(f"{args.table}:{number}: want NAME TAB CODE POINTS, found {line!r}")
            text = "".join(chr(int(p, 16)) for p in points.split()).encode()
            if len(text) > 8 or len(name) > 255:
                raise SystemExit(f"{args.table}:{number}: does not fit the table")
            rows.append((name.encode(), text))
    rows.sort()
    if args.references:
        rows = [(n[:-1], t) for n, t in rows if n.endswith(b";")]
        rows.sort()
        write_references(args.out, rows)
        return
    pool = b"".join(name for name, _ in rows)
    out = ["/* Made by tools/gen_entities.py from data/html/entities.tsv. */", '#include "html_entity.h"', ""]
    out.append(f"const uint32_t html_entity_n = {len(rows)};")
    longest = max(len(n) for n, _ in rows if not n.endswith(b";"))
    out.append(f"const uint32_t html_entity_bare_most = {longest};")
    out.append(f"const char html_entity_names[{len(pool)}] = {{")
    for i in range(0, len(pool), 32):
        out.append("    " + ", ".join(str(b) for b in pool[i:i + 32]) + ",")
    out.append("};")
    out.append(f"const html_entity html_entities[{len(rows)}] = {{")
    at = 0
    for name, text in rows:
        data = ", ".join(f"(char)0x{b:02X}" for b in text)
        out.append(f"    {{{at}, {len(name)}, {len(text)}, {{{data}}}}}, /* {name.decode()} */")
        at += len(name)
    out.append("};")
    first = [sum(1 for n, _ in rows if n[0] < c) for c in range(129)]
    out.append("const uint16_t html_entity_first[129] = {")
    for i in range(0, 129, 16):
        out.append("    " + ", ".join(map(str, first[i:i + 16])) + ",")
    out.append("};")
    labels = []
    with open(args.labels, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            if line.startswith("#") or not line.strip():
                continue
            label, tab, name = line.rstrip("\n").partition("\t")
            if not tab or not name or label != label.lower() or '"' in line or "\\" in line:
                raise SystemExit(f"{args.labels}:{number}: want label TAB name, found {line!r}")
            labels.append((label, name))
    labels.sort()
    out.append(f"const uint32_t html_label_n = {len(labels)};")
    out.append(f"const html_label html_labels[{len(labels)}] = {{")
    out += [f'    {{"{label}", "{name}"}},' for label, name in labels]
    out.append("};")
    with open(args.out, "w", encoding="utf-8") as f:
        f.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
