#!/usr/bin/env python3
"""Other searches for near duplicates, from text in memory to verified pairs, on one core.

    copy_peers.py NAME FILE     NAME: datasketch, rensa, text-dedup; FILE: JSON Lines with "id" and "text"

Prints NAME, documents, seconds of the processor and pairs of Jaccard 0.5 and more, parted by tabs. Each takes the runs of 5 words of a text
(\\w+, lower case), makes 128 minima, finds who shares a band of them, and compares the sets of those exactly. What differs is the library that
makes the minima and the bands. Reading the file is not timed. Exit code 3: the library is not there.
"""
import json
import re
import sys
import time
from collections import defaultdict

THRESHOLD, PERMUTATIONS, GRAM = 0.5, 128, 5


def grams(text):
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i:i + GRAM]) for i in range(len(words) - GRAM + 1)}


def verified(candidates, sets):
    return sum(len(sets[a] & sets[b]) >= THRESHOLD * len(sets[a] | sets[b]) for a, b in candidates if sets[a] and sets[b])


def datasketch(texts):
    from datasketch import MinHash, MinHashLSH
    index, sets, candidates = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS), [], []
    for i, text in enumerate(texts):
        sets.append(grams(text))
        m = MinHash(num_perm=PERMUTATIONS)
        m.update_batch([g.encode() for g in sets[i]])
        candidates += [(j, i) for j in index.query(m)]
        index.insert(i, m)
    return verified(candidates, sets)


def rensa(texts):
    from rensa import RMinHash, RMinHashLSH
    index, sets, candidates = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32), [], []
    for i, text in enumerate(texts):
        sets.append(grams(text))
        m = RMinHash(num_perm=PERMUTATIONS, seed=42)
        m.update(list(sets[i]))
        candidates += [(j, i) for j in index.query(m) if j != i]
        index.insert(i, m)
    return verified(candidates, sets)


def text_dedup(texts):
    import numpy as np
    from text_dedup.minhash import embed_func
    from text_dedup.utils import optimal_param, xxh3_32hash
    bands, rows = optimal_param(THRESHOLD, PERMUTATIONS)
    ranges = [(i * rows, (i + 1) * rows) for i in range(bands)]
    rng, prime = np.random.RandomState(42), (1 << 32) - 5
    permutations = (rng.randint(1, prime, size=PERMUTATIONS, dtype=np.uint32), rng.randint(0, prime, size=PERMUTATIONS, dtype=np.uint32))
    tables, sets, candidates = [defaultdict(list) for _ in ranges], [], set()
    for i, text in enumerate(texts):
        sets.append(grams(text))
        bands_of = embed_func(text, i, num_perm=PERMUTATIONS, ngram_size=GRAM, min_length=GRAM, hashranges=ranges, permutations=permutations,
                              hash_func=xxh3_32hash, dtype=np.uint32, max_hash=np.uint32((1 << 32) - 1), modulo_prime=np.uint32(prime))
        for table, band in zip(tables, bands_of["__signatures__"]):
            candidates.update((j, i) for j in table[band])
            table[band].append(i)
    return verified(candidates, sets)


def main():
    name, file = sys.argv[1:]
    search = {"datasketch": datasketch, "rensa": rensa, "text-dedup": text_dedup}[name]
    with open(file, encoding="utf-8") as f:
        texts = [json.loads(line)["text"] for line in f]
    try:
        search(texts[:2])  # what it imports is not timed
    except ImportError as e:
        print(f"{name}: {e}", file=sys.stderr)
        sys.exit(3)
    begin = time.process_time()
    pairs = search(texts)
    print(name, len(texts), f"{time.process_time() - begin:.3f}", pairs, sep="\t")


if __name__ == "__main__":
    main()
