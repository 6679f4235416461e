#!/usr/bin/env python3
"""Compiles the numbers of the network that finds quotations into C.

    gen_quote.py --out DIR/quote_model.gen.c data/quote/model.bin src/quote/quote_net.h src/quote/quote_product.h src/quote/quote_model.h

The file is what tools/train/learn_quote.py wrote; its sizes must be those of the headers. Keys of words become a table of open addressing.
"""
import argparse
import array
import os
import re
import struct
import sys

MAGIC = 0x31515353


def constant(text, name):
    """The value of an enumerator whose initialiser is a number or NAME + number."""
    m = re.search(rf"\b{name}\s*=\s*([^,}}/]+)", text)
    if not m:
        sys.exit(f"gen_quote.py: {name} is not in the headers")
    total = 0
    for part in m.group(1).split("+"):
        part = part.strip()
        total += int(part) if part.isdigit() else constant(text, part)
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", required=True)
    parser.add_argument("model")
    parser.add_argument("headers", nargs="+")
    args = parser.parse_args()
    text = ""
    for h in args.headers:
        with open(h, encoding="utf-8") as f:
            text += f.read()
    with open(args.model, "rb") as f:
        raw = f.read()
    head = struct.unpack_from("<9i", raw)
    words, features, dim, point, heads, tags, window, layers = head[1:]
    want = [constant(text, n) for n in ("FEATURE_N", "NET_DIM", "NET_POINT", "NET_HEADS", "NET_TAGS", "NET_WINDOW", "NET_LAYERS")]
    if head[0] != MAGIC or [features, dim, point, heads, tags, window, layers] != want:
        sys.exit(f"{args.model}: made for other sizes {head[2:]} than the headers {want}: learn it anew (data/quote/model.md)")
    at = 36
    far = struct.unpack_from(f"<{layers}i", raw, at)
    at += 4 * layers
    out = [f"/* Made by tools/gen_quote.py from {os.path.basename(args.model)}; do not edit. */\n", '#include "quote_net.h"\n', '#include "quote_model.h"\n']

    def take(kind, n):
        nonlocal at
        a = array.array(kind)
        a.frombytes(raw[at:at + n * a.itemsize])
        if sys.byteorder == "big":
            a.byteswap()
        at += n * a.itemsize
        return a

    def put(declaration, a, group):
        """group: lengths of the inner arrays, the innermost last; braces as C wants them."""
        out.append(f"\nstatic const {declaration} = {{\n")
        for i in range(0, len(a), 24):
            out.append(",".join(map(str, a[i:i + 24])) + ",\n")
        out.append("};\n")

    def nested(a, sizes):
        if not sizes:
            return str(a[0])
        step = len(a) // sizes[0]
        return "{" + ",".join(nested(a[i:i + step], sizes[1:]) for i in range(0, len(a), step)) + "}"

    def put_nested(declaration, a, sizes):
        step = len(a) // sizes[0]
        out.append(f"\nstatic const {declaration} = {{\n")
        for i in range(0, len(a), step):
            out.append(nested(a[i:i + step], sizes[1:]) + ",\n")
        out.append("};\n")

    keys = take("I", words + 1)
    size = 1
    while size < 2 * (words + 1):
        size *= 2
    slots = [0] * size
    for i in range(1, words + 1):
        s = keys[i] & (size - 1)
        while slots[s]:
            s = (s + 1) & (size - 1)
        slots[s] = i
    put(f"uint32_t keys[{words + 1}]", keys, [])
    put(f"uint16_t slots[{size}]", slots, [])
    put_nested(f"int8_t word[{words + 1}][NET_DIM]", take("b", (words + 1) * dim), [words + 1, dim])
    put_nested("int16_t row[FEATURE_N][NET_DIM]", take("h", features * dim), [features, dim])
    layer, layer_b = array.array("h"), array.array("i")
    for _ in range(layers):
        layer += take("h", 3 * dim * dim)
        layer_b += take("i", dim)
    put_nested("int16_t layer[NET_LAYERS][3 * NET_DIM / 2][NET_DIM][2]", layer, [layers, 3 * dim // 2, dim, 2])
    put_nested("int32_t layer_b[NET_LAYERS][NET_DIM]", layer_b, [layers, dim])
    put_nested("int16_t tags[NET_DIM / 2][NET_TAGS][2]", take("h", dim * tags), [dim // 2, tags, 2])
    put("int32_t tags_b[NET_TAGS]", take("i", tags), [])
    put_nested("int16_t point[NET_DIM / 2][NET_POINT][2]", take("h", dim * point), [dim // 2, point, 2])
    put("int32_t point_b[NET_POINT]", take("i", point), [])
    put_nested("int16_t ask[NET_DIM][NET_POINT][2]", take("h", 2 * dim * point), [dim, point, 2])
    put("int32_t ask_b[2 * NET_POINT]", take("i", 2 * point), [])
    put_nested("int16_t distance[2 * NET_WINDOW + 1][NET_POINT]", take("h", (2 * window + 1) * point), [2 * window + 1, point])
    put_nested("int16_t heads[NET_POINT / 2][NET_HEADS][2]", take("h", point * heads), [point // 2, heads, 2])
    put("int32_t heads_b[NET_HEADS]", take("i", heads), [])
    put_nested("int16_t none[3][NET_POINT]", take("h", 3 * point), [3, point])
    put("int32_t none_b[3]", take("i", 3), [])
    if at != len(raw):
        sys.exit(f"{args.model}: {len(raw) - at} bytes are left over")
    fars = ", ".join(map(str, far))
    out.append(f"\nconst quote_model quote_model_en = {{keys, slots, {size - 1}, word, row, {{{fars}}}, layer, layer_b, tags, tags_b, point, point_b, "
               "ask, ask_b, distance, heads, heads_b, none, none_b};\n")
    with open(args.out, "w", encoding="ascii") as f:
        f.write("".join(out))


if __name__ == "__main__":
    main()
