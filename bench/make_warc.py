#!/usr/bin/env python3
"""Makes a WARC for measuring.

    make_warc.py pages FOLDER OUT.warc.gz [N]  a response record for each .html file below FOLDER (each N-th), each a gzip member of its own
    make_warc.py repeat BYTES OUT[.gz]         invented pages of about 300 KB, again and again, up to so many bytes (10G, 500M)

The pages of `repeat` are of our own making: a page's text, furniture around it, and scripts that make up its size.
"""
import gzip
import os
import random
import sys

WORDS = ("the of and a to in was that on for with council bridge river ferry harbour market school train station fire water "
         "said year people town plan work street night report owner police mayor farm winter road").split()


def record(url, body, n):
    http = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nDate: Mon, 05 Mar 2018 10:00:00 GMT\r\n"
            b"Content-Length: %d\r\n\r\n" % len(body)) + body
    head = (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{n:012d}>\r\n"
            f"WARC-Target-URI: {url}\r\nWARC-Date: 2018-03-05T10:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n").encode()
    return head + http + b"\r\n\r\n"


def page(rng, n):
    def sentence():
        s = " ".join(rng.choice(WORDS) for _ in range(rng.randint(8, 24)))
        return s[0].upper() + s[1:] + "."
    paragraphs = "".join("<p>" + " ".join(sentence() for _ in range(4)) + "</p>\n" for _ in range(20))
    links = "".join(f'<li class="nav-item"><a href="/section/{i}">{rng.choice(WORDS)} {rng.choice(WORDS)}</a></li>\n' for i in range(600))
    cards = "".join(f'<div class="card card--small" data-id="{i}"><a href="/a/{i}"><img src="/i/{i}.jpg" alt=""><h3>{sentence()}</h3></a></div>\n'
                    for i in range(400))
    script = "".join(f'window.__d[{i}]={{"k":"{rng.random()}","v":[{i},{i * 3}]}};\n' for i in range(2200))
    return (f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{sentence()} | Example Post</title>'
            f'<meta property="og:site_name" content="Example Post"><meta property="article:published_time" content="2018-03-05T09:00:00Z">'
            f'<script>window.__d=[];{script}</script></head><body><nav><ul>{links}</ul></nav><main><article><h1>{sentence()}</h1>'
            f'<p class="byline">By Ada Brook</p>{paragraphs}</article></main><aside>{cards}</aside><footer><p>All rights reserved.</p></footer>'
            f'</body></html>').encode()


def size(text):
    return int(float(text.rstrip("KMG")) * {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}.get(text[-1], 1))


def main():
    what, given, path = sys.argv[1:4]
    every = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    n = total = met = 0
    with open(path, "wb") as out:
        if what == "pages":
            for folder, _, names in sorted(os.walk(given)):
                for name in sorted(names):
                    if name.endswith((".html", ".htm", ".html.gz")):
                        met += 1
                        if met % every:
                            continue
                        full = os.path.join(folder, name)
                        with (gzip.open if name.endswith(".gz") else open)(full, "rb") as f:
                            body = f.read()
                        n += 1
                        total += len(body)
                        out.write(gzip.compress(record(f"http://page{n}.example/{n}", body, n), 6, mtime=0))
        else:
            rng = random.Random(1)
            bodies = [page(rng, i) for i in range(64)]
            packed = {}
            most = size(given)
            while total < most:
                body = bodies[n % len(bodies)]
                n += 1
                if path.endswith(".gz"):
                    # one packed form for each body: the address stays, what varies is the order only
                    k = n % len(bodies)
                    if k not in packed:
                        packed[k] = gzip.compress(record(f"http://post.example/{k}", body, k), 6, mtime=0)
                    out.write(packed[k])
                else:
                    out.write(record(f"http://post.example/{n}", body, n))
                total += len(body)
    print(f"{n} pages, {total / 1e6:.0f} MB of html, {os.path.getsize(path) / 1e6:.0f} MB file")


if __name__ == "__main__":
    main()
