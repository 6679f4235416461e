#!/usr/bin/env python3
"""What others do with a WARC.gz of pages: text and metadata of each page as a JSON line.

    warc_peer.py list              which of them can be run here, one name a line
    warc_peer.py NAME FILE.warc.gz

NAME is one of pages_peers.py, with FastWARC as the reader where it is installed, else warcio; "warcio + trafilatura" has warcio in any case.
"""
import importlib
import json
import logging
import sys
import warnings

from pages_peers import PEERS


def is_here(module):
    try:
        importlib.import_module(module)
        return True
    except Exception:
        return False


def pages_fastwarc(path):
    from fastwarc.warc import ArchiveIterator, WarcRecordType
    with open(path, "rb") as f:
        for record in ArchiveIterator(f, record_types=WarcRecordType.response, parse_http=True):
            yield record.headers["WARC-Target-URI"], record.reader.read()


def pages_warcio(path):
    from warcio.archiveiterator import ArchiveIterator
    with open(path, "rb") as f:
        for record in ArchiveIterator(f):
            if record.rec_type == "response":
                yield record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read()


def names():
    fast, slow = is_here("fastwarc.warc"), is_here("warcio")
    here = []
    for name, (_, make) in PEERS.items():
        try:
            make()
        except Exception:
            continue
        if name == "trafilatura" and slow:
            here.append("warcio + trafilatura")
        if name != "htmldate" and (fast or slow):
            here.append(("fastwarc + " if fast else "warcio + ") + name)
    return list(dict.fromkeys(here))


def main():
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    if sys.argv[1] == "list":
        print("\n".join(names()))
        return
    reader, _, name = sys.argv[1].partition(" + ")
    take = PEERS[name][1]()
    for url, page in (pages_warcio if reader == "warcio" else pages_fastwarc)(sys.argv[2]):
        try:
            row = take(page, url)
        except Exception:
            row = {}
        print(json.dumps({"url": url, **row}, ensure_ascii=False))


if __name__ == "__main__":
    main()
