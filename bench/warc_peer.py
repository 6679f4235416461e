#!/usr/bin/env python3
"""The usual way from a WARC to rows: warcio reads it, trafilatura takes text and metadata. One JSON object a page on standard output.

    warc_peer.py FILE.warc.gz
"""
import json
import sys

import trafilatura
from warcio.archiveiterator import ArchiveIterator

with open(sys.argv[1], "rb") as f:
    for record in ArchiveIterator(f):
        if record.rec_type == "response":
            url = record.rec_headers.get_header("WARC-Target-URI")
            page = trafilatura.bare_extraction(record.content_stream().read(), url=url, with_metadata=True)
            page = page.as_dict() if hasattr(page, "as_dict") else page or {}
            print(json.dumps({k: page.get(k) for k in ("title", "author", "date", "text")} | {"url": url}, default=str))
