"""Are feeds and the description of the interface what their standards say? RFC 4287 (Atom), jsonfeed.org/version/1.1, OpenAPI 3.1.

    problems(body) -> ["entry 2: two alternate links of one type", ...]      atom, json_feed, openapi

Strict: what the standards only advise counts too, where feed readers stumble over it. Python 3 standard library only.
"""
import json
import re
import urllib.parse
import xml.etree.ElementTree as ET

ATOM, XML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}"
DATE = r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)"
LANG = r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*"
MEDIA = r"[\w.+-]+/[\w.+-]+(;.*)?"
PERSON = {"name": (1, 1), "uri": (0, 1), "email": (0, 1)}
# Element -> least and most times, in a feed and in an entry (RFC 4287, 4.1.1 and 4.1.2).
FEED = {"author": (0, None), "category": (0, None), "contributor": (0, None), "generator": (0, 1), "icon": (0, 1), "id": (1, 1), "link": (0, None),
        "logo": (0, 1), "rights": (0, 1), "subtitle": (0, 1), "title": (1, 1), "updated": (1, 1), "entry": (0, None)}
ENTRY = {"author": (0, None), "category": (0, None), "content": (0, 1), "contributor": (0, None), "id": (1, 1), "link": (0, None), "published": (0, 1),
         "rights": (0, 1), "source": (0, 1), "summary": (0, 1), "title": (1, 1), "updated": (1, 1)}
ATTRIBUTES = {"link": {"href", "rel", "type", "hreflang", "title", "length"}, "category": {"term", "scheme", "label"},
              "generator": {"uri", "version"}, "content": {"type", "src"}, "title": {"type"}, "summary": {"type"}, "rights": {"type"}, "subtitle": {"type"}}


def is_address(s, relative=False):
    """An IRI without characters that none may have; absolute."""
    if re.search(r'[\s<>"{}|\\^`]', s) or re.search(r"%(?![0-9A-Fa-f]{2})", s):
        return False
    parts = urllib.parse.urlsplit(s)
    return relative or bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", parts.scheme) and (parts.netloc or parts.scheme not in ("http", "https")))


def children(where, element, allowed, out):
    counts = {}
    for x in element:
        if not x.tag.startswith(ATOM):
            continue
        name = x.tag[len(ATOM):]
        counts[name] = counts.get(name, 0) + 1
        if name not in allowed:
            out.append(f"{where}: <{name}> is not allowed here")
        extra = {k for k in x.attrib if not k.startswith("{")} - ATTRIBUTES.get(name, set())
        if extra:
            out.append(f"{where}: <{name}> has {extra}")
        for k, v in x.attrib.items():
            if k == XML + "lang" and not re.fullmatch(LANG, v):
                out.append(f"{where}: xml:lang={v!r}")
            if k == "hreflang" and not re.fullmatch(LANG, v) or k == "type" and name == "link" and not re.fullmatch(MEDIA, v):
                out.append(f"{where}: {k}={v!r}")
        text = x.text or ""
        if name in ("updated", "published") and not re.fullmatch(DATE, text):
            out.append(f"{where}: <{name}> is {text!r}")
        if name in ("id", "icon", "logo") and not is_address(text, name != "id"):
            out.append(f"{where}: <{name}> is {text!r}")
        if name == "title" and not text.strip():
            out.append(f"{where}: an empty title")
        if name == "link" and not is_address(x.get("href", " ")):
            out.append(f"{where}: link to {x.get('href')!r}")
        if name in ("author", "contributor"):
            children(where + " " + name, x, PERSON, out)
            if not (x.findtext(ATOM + "name") or "").strip():
                out.append(f"{where}: a person without a name")
    for name, (least, most) in allowed.items():
        n = counts.get(name, 0)
        if n < least or most is not None and n > most:
            out.append(f"{where}: {n} times <{name}>")
    kinds = [(x.get("type"), x.get("hreflang")) for x in element.findall(ATOM + "link") if x.get("rel", "alternate") == "alternate"]
    if len(kinds) != len(set(kinds)):
        out.append(f"{where}: two alternate links of one type")
    return counts


def atom(body):
    out = []
    try:
        feed = ET.fromstring(body)
    except ET.ParseError as e:
        return [str(e)]
    if feed.tag != ATOM + "feed":
        return [f"the root is {feed.tag}"]
    children("feed", feed, FEED, out)
    own = [x for x in feed.findall(ATOM + "link") if x.get("rel") == "self"]
    if len(own) != 1:
        out.append("feed: a self link is advised, once")
    entries, last, seen = feed.findall(ATOM + "entry"), feed.findtext(ATOM + "updated") or "", set()
    for i, x in enumerate(entries):
        counts = children(f"entry {i}", x, ENTRY, out)
        if not counts.get("author") and feed.find(ATOM + "author") is None:
            out.append(f"entry {i}: no author, nor has the feed one")
        if not counts.get("content") and not any(k.get("rel", "alternate") == "alternate" for k in x.findall(ATOM + "link")):
            out.append(f"entry {i}: neither content nor an alternate link")
        key = (x.findtext(ATOM + "id"), x.findtext(ATOM + "updated"))
        if key in seen or key[0] in {k[0] for k in seen}:
            out.append(f"entry {i}: its id stands twice")
        seen.add(key)
        if (x.findtext(ATOM + "updated") or "") > last:
            out.append(f"entry {i}: newer than its feed")
    return out


def json_feed(body):
    feed, out = json.loads(body), []
    top = {"version": str, "title": str, "home_page_url": str, "feed_url": str, "items": list, "description": str, "icon": str, "favicon": str,
           "authors": list, "language": str, "expired": bool, "next_url": str, "user_comment": str, "hubs": list}
    row = {"id": str, "url": str, "external_url": str, "title": str, "content_html": str, "content_text": str, "summary": str, "image": str,
           "banner_image": str, "date_published": str, "date_modified": str, "authors": list, "tags": list, "language": str, "attachments": list}

    def shape(where, x, allowed):
        for k, v in x.items():
            if k.startswith("_"):
                continue
            if k not in allowed:
                out.append(f"{where}: {k!r} is none of version 1.1")
            elif not isinstance(v, allowed[k]):
                out.append(f"{where}: {k} is {v!r}")
            elif k.endswith("_url") or k in ("url", "image", "icon", "favicon"):
                if not is_address(v):
                    out.append(f"{where}: {k} is {v!r}")
            elif k.startswith("date_") and not re.fullmatch(DATE, v) or k == "language" and not re.fullmatch(LANG, v):
                out.append(f"{where}: {k} is {v!r}")
            elif k == "authors" and not all(isinstance(a, dict) and set(a) & {"name", "url", "avatar"} for a in v):
                out.append(f"{where}: authors {v!r}")
    shape("feed", feed, top)
    if feed.get("version") != "https://jsonfeed.org/version/1.1" or not feed.get("title") or "items" not in feed:
        out.append("feed: version, title and items are needed")
    ids = [x.get("id") for x in feed.get("items", [])]
    if len(ids) != len(set(ids)) or not all(ids):
        out.append("an id stands twice, or is missing")
    for i, x in enumerate(feed.get("items", [])):
        shape(f"item {i}", x, row)
        if "content_html" not in x and "content_text" not in x:
            out.append(f"item {i}: no content")
    return out


SCHEMA_KEYS = {"type", "properties", "required", "items", "anyOf", "$ref", "description", "format", "enum", "minimum", "maximum"}
TYPES = {"string", "integer", "number", "boolean", "array", "object", "null"}


def openapi(body):
    spec, out, ids = json.loads(body), [], []
    schemas = spec.get("components", {}).get("schemas", {})
    used = set()

    def schema(where, x):
        if set(x) - SCHEMA_KEYS:
            out.append(f"{where}: {set(x) - SCHEMA_KEYS}")
        if "$ref" in x:
            name = x["$ref"].removeprefix("#/components/schemas/")
            used.add(name)
            if name not in schemas:
                out.append(f"{where}: {x['$ref']} leads nowhere")
        kinds = x.get("type", [])
        if set([kinds] if isinstance(kinds, str) else kinds) - TYPES:
            out.append(f"{where}: type {kinds}")
        if kinds == "array" and "items" not in x:
            out.append(f"{where}: an array of what?")
        if set(x.get("required", [])) - set(x.get("properties", {})):
            out.append(f"{where}: required, and not described")
        for k, v in x.get("properties", {}).items():
            schema(f"{where}.{k}", v)
        for v in x.get("anyOf", []) + ([x["items"]] if "items" in x else []):
            schema(where, v)
    if not re.fullmatch(r"3\.1\.\d+", spec.get("openapi", "")) or not spec.get("info", {}).get("title") or not spec["info"].get("version"):
        out.append("openapi, info.title and info.version are needed")
    for path, entry in spec.get("paths", {}).items():
        if not path.startswith("/") or set(entry) - {"get"}:
            out.append(f"{path}: {set(entry)}")
        get = entry["get"]
        ids.append(get.get("operationId"))
        inside = [(p["name"], p["in"]) for p in get["parameters"]]
        if len(inside) != len(set(inside)):
            out.append(f"{path}: a parameter twice")
        if {n for n, i in inside if i == "path"} != set(re.findall(r"{(\w+)}", path)):
            out.append(f"{path}: parameters of the path")
        for p in get["parameters"]:
            if p["in"] == "path" and not p.get("required") or p["in"] not in ("path", "query") or "schema" not in p:
                out.append(f"{path}: {p}")
            schema(f"{path} {p['name']}", p.get("schema", {}))
        for code, answer in get["responses"].items():
            if not re.fullmatch(r"[1-5]\d\d|default", code) or not answer.get("description"):
                out.append(f"{path} {code}: {answer}")
            for kind, x in answer.get("content", {}).items():
                if not re.fullmatch(MEDIA, kind):
                    out.append(f"{path} {code}: {kind}")
                schema(f"{path} {code}", x.get("schema", {}))
    for name, x in schemas.items():
        schema(name, x)
    if len(ids) != len(set(ids)):
        out.append("an operation twice")
    if set(schemas) - used:
        out.append(f"schemas that nothing uses: {set(schemas) - used}")
    return out
