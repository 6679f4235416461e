#!/usr/bin/env python3
"""Writes data/html/entities.tsv: the named character references of the HTML standard (13.5), as Python's standard
library has them. Run by hand when the standard's table changes (it is frozen).

    make_entities_tsv.py > data/html/entities.tsv
"""
from html.entities import html5

print("# Named character references, HTML standard 13.5: name (with its semicolon where it needs one) TAB code points")
for name in sorted(html5):
    print(name, " ".join(f"{ord(c):04X}" for c in html5[name]), sep="\t")
