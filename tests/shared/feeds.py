#!/usr/bin/env python3
"""The expectations of the 848 small feeds of $SAMESTORY_SHARED/data/feeds, held against what the reader finds.

    feeds.py BINARY FEED_DUMP [--verbose] [--only WORD]

Each feed has an expression in a comment ("Expect: entries[0]['title'] == ...") about the result of another reader. FEED_DUMP
(tests/shared/feed_dump.c) prints what our reader finds; names are mapped here. Expressions about what is no part of a report
(clouds, licences, places, headers, names of versions) do not concern us; each is counted with its reason. Markup is compared as tags,
attributes and characters, so that "<br />" and "<br>" are one. The feeds that are asked for what came from outside of the file (the
address, Content-Location, Content-Language) get it as the program that fetches would give it.

The floor fails the test; bench/quality.csv holds what is reached. BINARY is also run over all the files, for exit codes.
"""
import collections
import datetime
import html.parser
import json
import os
import re
import subprocess
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from common import ROOT, run, skip  # noqa: E402

FLOOR = 90
HOST = "http://127.0.0.1:8097/"  # where the expectations say the feeds were fetched from

# What an expression names -> why it does not concern us.
NOT_CONCERNED = [
    (r"\bversion\b(?!')", "names of versions"),
    (r"\bencoding\b", "the name of the charset that was guessed"),
    (r"\b(headers|etag|modified|modified_parsed|newlocation)\b(?!'\])", "headers and moved feeds"),
    (r"'(cloud|image|textinput|ttl|newlocation)'|feed\.newlocation", "furniture of a channel"),
    (r"'(where|thr_in-reply-to|license|wfw_\w+|madeup_element|validity_\w+|validity\w*)'", "other vocabularies"),
]
KINDS = [
    ("base addresses", r"\['base'\]"),
    ("language", r"'language'"),
    ("dates", r"(published|updated|created|expired)"),
    ("authors", r"(author|contributor|publisher)"),
    ("links", r"'(links?|enclosures|comments|docs|guidislink|icon|logo)'|\.link\b|\.href"),
    ("ids", r"'(id|guid)'"),
    ("titles", r"'title(_detail)?'"),
    ("content", r"'(content|summary|summary_detail|description)'"),
    ("feed texts", r"'(subtitle|tagline|info|rights|copyright)(_detail)?'"),
    ("tags, generator", r"'(tags|category|generator|generator_detail)'"),
]


class Tokens(html.parser.HTMLParser):
    VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.out = []
        self.feed(markup)
        self.close()

    def add(self, kind, *more):
        if kind == "text" and self.out and self.out[-1][0] == "text":
            self.out[-1] = ("text", self.out[-1][1] + more[0])
        else:
            self.out.append((kind,) + more)

    def handle_starttag(self, tag, attrs):
        self.add("open", tag, tuple(sorted((k, v or "") for k, v in attrs if not k.startswith("xmlns"))))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self.add("close", tag)

    def handle_data(self, data):
        self.add("text", data)


def tokens(markup):
    out = [t if t[0] != "text" else ("text", re.sub(r"\s+", " ", t[1])) for t in Tokens(markup).out]
    return [t for t in out if t != ("text", " ") and t != ("text", "")]


class Text(str):
    """A text of the feed; markup is equal when its tags, attributes and characters are."""
    html = False

    def __eq__(self, other):
        if str.__eq__(self, other):
            return True
        return self.html and isinstance(other, str) and tokens(self) == tokens(other)

    def __ne__(self, other):
        return not self == other

    __hash__ = str.__hash__


class Dict(dict):
    def has_key(self, key):
        return key in self

    def __getattr__(self, key):
        try:
            return self[key]
        except KeyError:
            raise AttributeError(key)

    def __eq__(self, other):
        if not isinstance(other, dict):
            return False
        return all(k in self and self[k] == other[k] for k in other)


def text(t):
    value = Text(t.get("value", ""))
    value.html = t.get("type", "") not in ("", "text/plain")
    return value


def detail(t):
    return Dict(value=text(t), type=t.get("type") or "text/plain", language=t.get("language") or None, base=t.get("base", ""),
                src=t.get("src"))


def parsed(iso):
    """ISO 8601 -> the tuple of a date in UTC."""
    m = re.match(r"(\d+)-(\d+)-(\d+)(?:T(\d+):(\d+):(\d+))?(Z|[+-]\d\d:\d\d)?$", iso)
    if not m:
        return None
    y, mo, d, h, mi, s = (int(x or 0) for x in m.groups()[:6])
    t = datetime.datetime(y, mo, d, min(h, 23), mi, min(s, 59))
    if m.group(7) and m.group(7) != "Z":
        zone = int(m.group(7)[1:3]) * 60 + int(m.group(7)[4:6])
        t -= datetime.timedelta(minutes=zone if m.group(7)[0] == "+" else -zone)
    return tuple(t.timetuple())[:8] + (0,)


def persons(list_):
    out = []
    for p in list_:
        d = Dict(p)
        if "url" in d:
            d["href"] = d["url"]
        out.append(d)
    return out


def shown(p):
    name, email = p.get("name"), p.get("email")
    return f"{name} ({email})" if name and email else name or email


def meta(m, entry, iso=None):
    """Our names -> the names of the expressions."""
    iso = iso if iso is not None else m
    out = Dict(links=[Dict(x, url=x.get("href")) for x in m.get("links", [])], tags=[Dict({"scheme": None, "label": None, **x}) for x in m.get("tags", [])])
    names = {"title": ["title"], "summary": ["summary", "description"], "subtitle": ["subtitle", "tagline", "description"],
             "rights": ["rights", "copyright"], "info": ["info"]}
    for ours, theirs in names.items():
        if ours in m:
            for name in theirs:
                out[name] = text(m[ours])
                out[name + "_detail"] = detail(m[ours])
    out["content"] = [detail(t) for t in m.get("content", [])]
    if entry and out["content"] and "description" not in out:  # the other reader has its content there then
        out["description"] = out["content"][0]["value"]
    for key in ("link", "language", "comments", "docs", "icon", "logo", "published", "updated", "created", "expired", "generator"):
        if key in m:
            out[key] = m[key]
        if key + "_iso" in iso:
            out[key + "_parsed"] = parsed(iso[key + "_iso"])
    if "link" in m:
        out["href"] = m["link"]
    if "language" not in out and m.get("lang") and not entry:
        out["language"] = m["lang"]
    if "id" in m:
        out["id"] = out["guid"] = m["id"]
    if entry:
        out["guidislink"] = bool(m.get("guid_is_link")) and m.get("link") == m.get("id")
    out["enclosures"] = [x for x in out["links"] if x.get("rel") == "enclosure"]
    if out["tags"]:
        out["category"] = out["tags"][0].get("term")
    if m.get("generator_url") or m.get("generator_version") or "generator" in m:
        out["generator_detail"] = Dict(name=m.get("generator"), url=m.get("generator_url"), href=m.get("generator_url"),
                                       version=m.get("generator_version"))
    for key in ("authors", "contributors", "publishers"):
        out[key] = persons(m.get(key, []))
        if out[key]:
            one = key[:-1]
            out[one] = shown(out[key][0])
            out[one + "_detail"] = out[key][0]
    if "source" in m:
        out["source"] = meta(m["source"], False, m.get("source_dates", {}))
    return out


def expectation(path):
    with open(path, "rb") as f:
        raw = f.read()
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            raw = raw.decode(name, "replace").encode("utf-8")
    if raw[:64].count(b"\0") > 8:
        raw = raw.replace(b"\0", b"")
    head = raw.decode("utf-8", "replace")
    m = re.search(r"Expect:[ \t]*(.*)", head)
    headers = dict(re.findall(r"Header:[ \t]*([\w-]+):[ \t]*(.*)", head))
    return (m.group(1).strip() if m else None), {k.lower(): v.strip() for k, v in headers.items()}


def outside(path, top, headers):
    """What a program that fetches would say of the feed: its address and its language."""
    where = ""
    name = os.path.basename(path)
    if name.startswith("http") or headers or os.path.basename(os.path.dirname(path)) == "http":
        where = urllib.parse.urljoin(HOST, os.path.relpath(path, top).replace(os.sep, "/"))
        to = urllib.parse.urljoin(where, headers.get("content-location", ""))
        if urllib.parse.urlparse(to).scheme in ("http", "https"):
            where = to
    return where, headers.get("content-language", "")


def evaluate(expression, found):
    names = {"feed": meta(found["channel"], False), "entries": [meta(e, True) for e in found["entries"]],
             "bozo": any(e.startswith("broken xml") or "not valid utf-8" in e for e in found["errors"])}
    try:
        return bool(eval(expression, {"__builtins__": {"len": len}, "None": None, "True": True, "False": False}, names)), ""
    except Exception as e:  # noqa: BLE001: a key that is not there is an answer
        return False, f"{type(e).__name__}: {e}"


def measure(dump, shared):
    """-> list of (path, expression, kind or None, holds or reason, problem)"""
    top = os.path.join(shared, "data", "feeds", "tests")
    files = sorted(os.path.join(p, n) for p, _, names in os.walk(top) for n in names)
    asked, rows = [], []
    for path in files:
        expression, headers = expectation(path)
        if expression is None:
            rows.append((path, "", None, "no expectation in the file", ""))
            continue
        why = next((w for pattern, w in NOT_CONCERNED if re.search(pattern, expression)), None)
        if not why and not re.search(r"entries|feed", expression):
            why = "only whether the file is broken, or that it can be read"
        if why:
            rows.append((path, expression, None, why, ""))
        else:
            asked.append((path, expression, *outside(path, top, headers)))
    done = subprocess.run([dump], input="".join(f"{p}\t{b}\t{lang}\n" for p, _, b, lang in asked).encode(), stdout=subprocess.PIPE, check=True)
    answers = [json.loads(x) for x in done.stdout.split(b"\n") if x]
    if len(answers) != len(asked):
        raise SystemExit(f"{len(asked)} feeds asked, {len(answers)} answered")
    for (path, expression, _, _), found in zip(asked, answers):
        kind = next((k for k, pattern in KINDS if re.search(pattern, expression)), "other")
        holds, problem = evaluate(expression, found)
        rows.append((path, expression, kind, holds, problem))
    return rows


def main():
    binary, dump = sys.argv[1], sys.argv[2]
    shared = os.path.abspath(os.environ.get("SAMESTORY_SHARED") or os.path.join(ROOT, "..", "shared"))
    if not os.path.isdir(os.path.join(shared, "data", "feeds", "tests")):
        skip("no shared data (SAMESTORY_SHARED, default ../shared)")
    only = sys.argv[sys.argv.index("--only") + 1] if "--only" in sys.argv else ""
    rows = measure(dump, shared)
    for path, expression, kind, holds, problem in rows:
        if kind and not holds and ("--verbose" in sys.argv or "--only" in sys.argv) and only in path:
            print(f"FAILED {os.path.relpath(path, shared)}: {expression}   {problem}")
    count = collections.Counter((kind, holds) for _, _, kind, holds, _ in rows if kind)
    for kind in [k for k, _ in KINDS] + ["other"]:
        yes, no = count[kind, True], count[kind, False]
        if yes + no:
            print(f"{kind:18s} {yes:4d} hold, {no:3d} fail")
    for why, n in collections.Counter(h for _, _, k, h, _ in rows if not k).most_common():
        print(f"not concerned      {n:4d} {why}")
    hold = sum(1 for r in rows if r[2] and r[3])
    concerned = sum(1 for r in rows if r[2])
    print(f"all concerned      {hold} of {concerned} hold, {100 * hold / concerned:.1f} %")
    code, _, err = run([binary, "extract", "--jsonl", "--quiet", "--kind", "feed", os.path.join(shared, "data", "feeds", "tests")])
    if code not in (0, 1):
        print(f"FAILED samestory extract: exit code {code}: {err[-300:]!r}")
        return 1
    return 0 if 100 * hold >= FLOOR * concerned else 1


if __name__ == "__main__":
    sys.exit(main())
