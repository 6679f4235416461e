#!/usr/bin/env python3
"""Who has it from whom, end to end: origins, directions, kinds and groups of duplicates on invented reports.

    run.py BINARY [NAME...]

Each case is what a reader would say about a handful of articles: how many origins, what is a duplicate of what, which way words went.
"""
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
sys.path.insert(0, HERE)
from common import Report, rows, run  # noqa: E402
from texts import OWN, QUOTE, WIRE, text  # noqa: E402

TICKER = ("The Ostmark exchange at noon: wheat 212 up 3, barley 188 down 1, gravel 14 unchanged, herring 61 up 4, rye 177 down 2, diesel 149 up 1, "
          "scrap iron 203 unchanged, coal 98 down 6, timber 312 up 9.")
LETTER = ("Our reporters are on their feet so that you know what goes on in the county: read the evening letter of the Echo, in your mailbox at six, "
          "without advertising, for less than the price of a cup of coffee a week, and give one to a friend for nothing.")


def article(name, outlet, hour, paragraphs, **more):
    row = {"id": name, "outlet": outlet, "published": f"2031-04-02T{hour:02d}:00:00Z", "title": f"Crack closes the bridge at Brackwater ({name})"}
    row["text"] = paragraphs if isinstance(paragraphs, str) else text(paragraphs)
    row.update(more)
    return row


def own(i, **more):
    return {**article(f"own{i}", ["Ostmark Echo", "Gull Radio", "Daily Tern", "Marrow Post"][i], 9 + i, OWN[i]), **more}


class Case:
    def __init__(self, binary, report, name):
        self.binary, self.report, self.name = binary, report, name

    def is_(self, got, want, what):
        self.report.check(got == want, self.name, lambda: f"{what}: {got} where {want} is right")

    def program(self, command, articles, *options):
        articles = [{k: v for k, v in a.items() if v is not None} for a in articles]
        given = "".join(json.dumps(a) + "\n" for a in articles).encode()
        code, out, err = run([self.binary, command, "--kind", "jsonl", *options, "-"], given)
        self.report.check(code == 0, self.name, lambda: f"{command}: exit code {code}: {err.decode()[:300]}")
        return out

    def origins(self, articles, want, *options):
        """The origins of the articles, which are one story, are the sets of ids `want`; every span of a reason reads back."""
        whole = json.loads(self.program("compare", articles, "--json", "--with-text", *options))
        texts = {a["id"]: a["text"].encode() for a in whole["articles"]}
        got = [o for s in whole["stories"] for o in s["origins"]]
        self.is_(sorted(sorted(o["articles"]) for o in got), sorted(sorted(w) for w in want), "origins")
        for o in got:
            joined = {o["articles"][0]}
            for w in o["why"]:
                joined |= set(w["articles"])
                for s in w["spans"]:
                    self.is_(texts[s["article"]][s["begin"]:s["end"]].decode(), s["text"], "a span")
                self.report.check(w["spans"] or w["kind"] == "publisher" or w["kind"] == "credit", self.name, f"a reason without words: {w}")
            self.is_(joined, set(o["articles"]), "articles that reasons name")
        return got

    def passages(self, articles, *options):
        return rows(self.program("passages", articles, "--jsonl", *options))

    def duplicates(self, articles, *options):
        """{(a, b): kind}, the groups as sets of ids."""
        pairs = {(r["a"], r["b"]): r["kind"] for r in rows(self.program("duplicates", articles, "--jsonl", *options))}
        groups = sorted(sorted(r["articles"]) for r in rows(self.program("duplicates", articles, "--jsonl", "--groups", *options)))
        return pairs, groups


# ----------------------------------------------------------------------------------------------------------- origins
def independent_reports(c):
    c.origins([own(i) for i in range(4)], [[f"own{i}"] for i in range(4)])


def reprints_of_an_agency(c):
    copies = [article(f"copy{k}", f"Reprint {k}", 10 + k % 10, ["BRACKWATER (Northern Wire) \u2014 " + WIRE[0]] + WIRE[1:3 + k % 4]) for k in range(12)]
    got = c.origins([article("wire", "Northern Wire", 8, WIRE), own(0), own(1)] + copies,
                    [["wire"] + [x["id"] for x in copies], ["own0"], ["own1"]])
    kinds = {w["kind"] for o in got for w in o["why"]}
    c.report.check("credit" in kinds, c.name, f"no credit is shown: {kinds}")
    c.report.check(all(w["name"] == "Northern Wire" for o in got for w in o["why"] if w["kind"] == "credit"), c.name, "a credit without its agency")


def one_line_of_an_agency(c):
    """Both name the agency and share nothing: two of its reports, or two that each used a line of it."""
    c.origins([own(0, text=text(OWN[0] + ["The Associated Press contributed to this report."])),
               own(1, text=text(OWN[1] + ["With reporting by the Associated Press."]))], [["own0"], ["own1"]])


def a_shared_quotation(c):
    a = own(0, text=text([OWN[0][0], QUOTE + " harbour master Ines Holm said."] + OWN[0][2:4]))
    b = own(1, text=text([OWN[1][0], QUOTE + " Holm told reporters at the barrier."] + OWN[1][2:4]))
    c.origins([a, b], [["own0"], ["own1"]])
    found = c.passages([a, b])
    c.report.check(found and all(p["quoted"] for p in found), c.name, f"copied prose is seen in a quotation: {found}")


def a_quotation_inside_a_quotation(c):
    said = ("\u201cMy father built that pier, and when the barge came he said \u2018that will not hold for another winter, not with that ice,\u2019 and now I stand here "
            "and have to tell four thousand people a day that he was right about every word of it,\u201d")
    a = own(0, text=text([OWN[0][0], said + " Holm said."] + OWN[0][2:4]))
    b = own(1, text=text([OWN[1][0], said + " the harbour master told us."] + OWN[1][2:4]))
    c.origins([a, b], [["own0"], ["own1"]])


def a_shared_ticker(c):
    """A ticker is figures; nothing has to be learnt."""
    c.origins([own(0, text=text(OWN[0][:3] + [TICKER])), own(1, text=text(OWN[1][:3] + [TICKER]))], [["own0"], ["own1"]])


def a_line_of_every_page(c):
    """A long line without any word of the furniture lists: learnt where the run has pages of the outlet about other things."""
    others = [article(f"other{k}", "Ostmark Echo", 9, [f"{who} has {what}, which nobody on the quay had expected before the end of the {when} and which {whom} now has to answer for.", LETTER],
                      title=title)
              for k, (title, who, what, when, whom) in enumerate([
                  ("Tern plants trees", "The council of Tern", "voted to plant two hundred trees", "year", "the mayor"),
                  ("Old hall sold", "A widow from Marrow", "bought the old dance hall", "month", "the bank"),
                  ("Tram stays", "The court of Quill", "forbidden the sale of the tram", "summer", "a judge")])]
    articles = [own(0, text=text(OWN[0][:3] + [LETTER])), own(1, text=text(OWN[1][:3] + [LETTER]))] + others
    whole = json.loads(c.program("compare", articles, "--json"))
    story = [s for s in whole["stories"] if "own0" in s["articles"]][0]
    c.report.check("own1" in story["articles"], c.name, "the two are not one story")
    together = [o["articles"] for o in story["origins"] if "own0" in o["articles"]][0]
    c.report.check("own1" not in together, c.name, f"one line makes an origin: {together}")


def a_round_up(c):
    """Two reports stay two when a third prints both."""
    c.origins([article("wire", "Northern Wire", 8, WIRE), own(2), article("both", "Daily Roundup", 13, WIRE + OWN[2]), article("copy", "Reprint", 14, OWN[2][:4])],
              [["wire", "both"], ["own2", "copy"]])


def two_halves_of_one_report(c):
    """And one stays one when others print a half each."""
    c.origins([article("wire", "Northern Wire", 8, WIRE), article("first", "First Half", 9, WIRE[:3]), article("second", "Second Half", 9, WIRE[3:])],
              [["wire", "first", "second"]])


def editions_of_one_publisher(c):
    got = c.origins([own(i, outlet=f"Gull Radio {'NESW'[i]}", url=f"https://{'nesw'[i]}.gullradio.example/bridge") for i in range(4)],
                    [[f"own{i}" for i in range(4)]])
    c.is_({(w["kind"], w["by"], w["name"]) for w in got[0]["why"]}, {("publisher", "domain", "gullradio.example")}, "reasons")


def one_owner_by_the_table(c):
    got = c.origins([own(0, outlet="Bristol Post"), own(1, outlet=None, url="https://www.leeds-live.co.uk/bridge"), own(2)], [["own0", "own1"], ["own2"]])
    c.is_([(w["kind"], w["by"], w["name"]) for o in got for w in o["why"]], [("publisher", "owner", "Reach")], "reasons")


def a_table_of_ones_own(c):
    table = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"outlets-{os.getpid()}.csv")
    with open(table, "w", encoding="utf-8") as f:
        f.write("domain,outlet,owner,country,agency\n,Ostmark Echo,Tern Group,NO,no\n,Gull Radio,Tern Group,NO,no\n,Bristol Post,,GB,no\n")
    try:
        articles = [own(0), own(1), own(2, outlet="Bristol Post"), own(3, outlet="Leeds Live")]
        c.origins(articles, [["own0"], ["own1"], ["own2", "own3"]])
        c.origins(articles, [["own0", "own1"], ["own2"], ["own3"]], "--outlets", table)
        with open(table, "a", encoding="utf-8") as f:
            f.write("no domain at all,X\n")
        code, out, err = run([c.binary, "compare", "--outlets", table, "-"], b"x")
        c.is_((code, b"line 5" in err, out), (2, True, b""), "a bad table")
        code, out, err = run([c.binary, "compare", "--outlets", table + ".none", "-"], b"x")
        c.is_((code, b"cannot be opened" in err), (2, True), "a table that is not there")
    finally:
        os.unlink(table)


def an_aggregator_is_no_publisher(c):
    c.origins([own(i, url=f"https://news.yahoo.com/bridge-{i}.html") for i in range(3)], [["own0"], ["own1"], ["own2"]])


def country_domains_are_no_publisher(c):
    """The registered domain by the public suffix list: "sz" of sz.de is no suffix, "co" of co.uk is one."""
    c.origins([own(0, outlet="A", url="https://www.sz.de/1"), own(1, outlet="B", url="https://m.sz.de/1"), own(2, outlet="C", url="https://a-paper.co.uk/1"),
               own(3, outlet="D", url="https://b-paper.co.uk/1")], [["own0", "own1"], ["own2"], ["own3"]])


# --------------------------------------------------------------------------------------------------------- direction
def direction(c, a, b):
    found = c.passages([a, b], "--shared", "1")
    got = {(p["direction"], p["because"]) for p in found}
    c.report.check(len(got) == 1, c.name, f"several directions: {got}")
    return (got or {("none found", None)}).pop()


def directions(c):
    wire, late = article("a", "Northern Wire", 8, WIRE), article("b", "Marrow Post", 12, WIRE[:4])
    c.is_(direction(c, wire, late), ("a to b", "time"), "the later one")
    c.is_(direction(c, dict(wire, published="2031-04-02"), dict(late, published="2031-04-02T12:00:00Z")), ("a to b", "fuller"), "one day, one cut")
    c.is_(direction(c, dict(wire, published=None), dict(late, published=None, text=text(WIRE[:4] + OWN[0]))), (None, None), "no evidence")
    credit = "BRACKWATER (Northern Wire) \u2014 " + text(WIRE[:4])
    c.is_(direction(c, dict(wire, published="2031-04-03T08:00:00Z"), dict(late, text=credit)), ("a to b", "credit"), "the agency's page is newer")
    ending = text(WIRE[:4] + OWN[1][:2] + ["Associated Press contributed to this report."])
    c.is_(direction(c, dict(wire, outlet="AP", published=None), dict(late, published=None, text=ending)), ("a to b", "credit"), "AP and Associated Press")
    c.is_(direction(c, dict(wire, outlet=None, url="https://apnews.com/x", published=None), dict(late, published=None, text=ending)), ("a to b", "credit"), "an address of the table")
    both = [article(x, f"Paper {x}", 9 + k, "BRACKWATER (AP) \u2014 " + text(WIRE[:5 - k])) for k, x in enumerate("ab")]
    c.is_(direction(c, *both), (None, "agency"), "two clients of one agency")
    told = text(WIRE[:3] + ["The county would not say more than what it told the Marrow Post."] + OWN[0][:2])
    c.is_(direction(c, article("a", "Gull Radio", 9, told, published=None), article("b", "Marrow Post", 9, WIRE[:3] + OWN[1][:2], published=None)), ("b to a", "credit"), "a name in the text")
    c.is_(direction(c, article("a", "Gull Radio", 8, told), article("b", "Marrow Post", 9, WIRE[:3] + OWN[1][:2])), (None, None), "a name that the times contradict")
    metro = article("a", "Metro", 9, WIRE[:3] + OWN[1][:2], published=None)
    c.is_(direction(c, metro, article("b", "Gull Radio", 9, text(WIRE[:3] + ["The Metro stops at the bridge."] + OWN[0][:2]), published=None)), (None, None), "an outlet that is called as a word")


def typos_carried_over(c):
    odd = WIRE[1].replace("Engineers of the county", "Engineers of the county goverment")
    a = article("a", "Gull Radio", 9, [OWN[0][0], odd, "The goverment did not answer on Tuesday."], published=None)
    b = article("b", "Marrow Post", 9, [OWN[1][0], odd, "A speaker of the government in Ostmark sent us away."], published=None)
    c.is_(direction(c, a, b), ("a to b", "spelling"), "the slip is a's habit")
    c.is_(direction(c, dict(a, id="z"), b), ("b to a", "spelling"), "the same the other way round")
    at = c.passages([a, b])[0].get("because_at", {})
    c.is_((at.get("article"), at.get("text")), ("b", "goverment"), "the place")
    c.is_(direction(c, dict(a, text=text([OWN[0][0], odd])), b), (None, None), "the slip may be anybody's")
    c.is_(direction(c, a, dict(b, text=text([OWN[1][0], odd]))), (None, None), "b has no habit of its own")
    c.is_(direction(c, dict(a, published="2031-04-02T09:00:00Z"), dict(b, published="2031-04-02T08:00:00Z")), ("b to a", "time"), "time goes first")
    name = WIRE[2].replace("the bus company", "Edda Roarke of the bus company")
    a = article("a", "Gull Radio", 9, [OWN[0][0], name, "A letter that Edda Roarke wrote hangs at the stop."], published=None)
    b = article("b", "Marrow Post", 9, [OWN[1][0], name, "The head of the company, Edda Rourke, was away."], published=None)
    c.is_(direction(c, a, b), ("a to b", "spelling"), "a name as a writes it")
    c.is_(direction(c, a, dict(b, text=b["text"].replace("Edda Rourke", "Fred Rourke"))), (None, None), "perhaps another person")


# -------------------------------------------------------------------------------------------------------- duplicates
WEEK = ["Trees are cut in the park behind the station, and the paths between the pond and the bandstand stay closed until the men have carted the wood away.",
        "A choir from the hills sings in the market hall on Saturday; it brings its own chairs because there were too few of them when it last came to the town.",
        "The swimming bath opens an hour earlier from Monday on. Whoever comes before seven may leave the towel at home, since the new driers have been put in.",
        "Somebody has given the library eleven boxes of letters from the years in which the railway was built, and volunteers who can read old hands are wanted."]


def same_headline_other_text(c):
    articles = [{"id": f"week{k}", "title": "What goes on this week", "outlet": "Ostmark Echo", "url": "https://echo.example/week", "text": t} for k, t in enumerate(WEEK)]
    c.is_(c.duplicates(articles, "--threshold", "0.1"), ({}, []), "a column")


def empty_and_very_short_bodies(c):
    articles = [{"id": f"s{k}", "title": "Photos", "text": t} for k, t in enumerate(["Video", "Video", "To read this you need an account.", "To read this you need an account."])]
    pairs, groups = c.duplicates(articles)
    c.is_((set(pairs.values()), groups), ({"short"}, []), "stubs")
    for nothing in ("", "...", "\u2014 \u2014"):
        given = "".join(json.dumps({"id": x, "text": nothing}) + "\n" for x in "ab").encode()
        code, out, err = run([c.binary, "duplicates", "--jsonl", "-"], given)
        c.is_((code, out, err.count(b"no text in it")), (1, b"", 2), "no text at all")


def one_address_for_every_article(c):
    articles = [{"url": "https://echo.example/", "title": "Ostmark Echo", "text": t} for t in WEEK + [WEEK[1]]] + [{"url": "https://echo.example/!", "text": WEEK[2]}]
    pairs, groups = c.duplicates(articles)
    c.is_(len(pairs), 1, "pairs")
    c.is_([len(g) for g in groups], [2], "groups")
    (a, b), = pairs
    c.report.check(a < b, c.name, f"out of order: {a} {b}")


def an_id_that_looks_like_a_version(c):
    articles = [{"id": x, "text": t} for x, t in (("x", WEEK[0]), ("x", WEEK[1]), ("x#2", WEEK[2]), ("x!", WEEK[1]), ("x#2", WEEK[3]))]
    pairs, groups = c.duplicates(articles)
    c.is_(pairs, {("x!", "x#3"): "same"} if ("x!", "x#3") in pairs else {("x", "x!"): "same"}, "pairs")
    whole = json.loads(c.program("compare", articles, "--json"))
    ids = [a["id"] for a in whole["articles"]]
    c.is_(len(set(ids)), len(ids), "different ids")


def one_name_in_every_command(c):
    """What an article is called does not depend on the command, on the order, or on what is given again."""
    late, early = text(WIRE), text(OWN[0])
    articles = [{"id": "x", "published": "2031-04-02T09:00:00Z", "text": late}, {"id": "x", "published": "2031-04-01T09:00:00Z", "text": early},
                {"id": "x", "published": "2031-04-01T09:00:00Z", "text": early}, {"id": "x#2", "text": WEEK[3]},
                {"id": "y", "published": "2031-04-03T09:00:00Z", "text": late}, {"id": "z", "published": "2031-04-03T09:00:00Z", "text": early}]
    for given in (articles, articles[::-1]):
        called = {a["id"]: a.get("text") for a in json.loads(c.program("compare", given, "--json", "--with-text"))["articles"]}
        rows = {r["id"]: r.get("text") for r in map(json.loads, c.program("extract", given, "--jsonl").splitlines())}
        c.is_((called.get("x"), called.get("x#3"), called.get("x#4")), (early, late, early), "compare: the earliest, the next, given again")
        c.is_({i: t for i, t in rows.items() if t}, {i: t for i, t in called.items() if t}, "extract")
        pairs, _ = c.duplicates(given)
        c.is_((pairs.get(("x#3", "y")), pairs.get(("x", "z"))), ("same", "same"), "duplicates")
        found = {(r["a"], r["b"]) for r in map(json.loads, c.program("passages", given, "--jsonl").splitlines()) if "a" in r}
        c.is_({("x#3", "y"), ("x", "z")} <= found, True, f"passages: {sorted(found)}")


def market(day, q, a, b, x, y, z):
    return (f"Shares of Alder Mills rose {a} cents to {b} on {day}, and the index of the exchange at Ostmark closed at {x} points, brokers said. "
            f"Wheat for delivery in {q} cost {y} a ton at the close, and the bank of Marrow bought gravel for {z} a load, as it does at the end of each quarter.")


def templates_that_differ_in_figures(c):
    days = [("Monday", "May", 12, 40, 811, 212, 14), ("Tuesday", "May", 31, 57, 902, 219, 15), ("Wednesday", "June", 8, 64, 873, 204, 17), ("Thursday", "June", 3, 69, 840, 231, 19)]
    pairs, groups = c.duplicates([{"id": f"m{k}", "title": "Market report", "text": market(*d)} for k, d in enumerate(days)], "--threshold", "0.3")
    c.is_((set(pairs.values()), groups), ({"template"}, []), "market reports")


def quarters_of_a_company(c):
    made = ("Alder Mills said on Thursday that it earned {} million in {}, after {} million a year before. Sales of flour and bran came to {} million. The mill, which has "
            "belonged to the family of its founder for ninety years, wants to open a second silo on the quay of Brackwater in the course of the year.")
    articles = [{"id": q, "title": f"Alder Mills: results of {q}", "text": made.format(*f)} for q, f in (("Q1", ("3.1", "Q1", "2.9", "41")), ("Q2", ("3.4", "Q2", "3.3", "44")))]
    pairs, groups = c.duplicates(articles, "--threshold", "0.3")
    c.is_((set(pairs.values()), groups), ({"template"}, []), "Q1 and Q2")


def one_figure_put_right(c):
    right = market("Monday", "May", 12, 40, 811, 212, 14)
    pairs, groups = c.duplicates([{"id": "a", "text": right}, {"id": "b", "text": right.replace("811", "818")}], "--threshold", "0.3")
    c.is_((pairs, groups), ({("a", "b"): "edited"}, [["a", "b"]]), "a correction")


def kinds(c):
    whole = text(WIRE)
    articles = [{"id": "1", "outlet": "Northern Wire", "title": "Bridge closed", "published": "2031-04-02T08:00:00Z", "text": whole},
                {"id": "2", "outlet": "Northern Wire", "title": "Bridge closed", "published": "2031-04-02T08:00:00Z", "text": whole.replace("\n\n", "\n")},
                {"id": "3", "outlet": "Marrow Post", "title": "Brackwater cut in two", "published": "2031-04-02T10:00:00Z", "text": whole + "\n\n" + OWN[0][4]},
                {"id": "4", "outlet": "Northern Wire", "title": "Bridge closed", "published": "2031-04-02T09:00:00Z", "text": text(WIRE[:3] + [OWN[3][0]] + WIRE[4:])},
                {"id": "5", "outlet": "Gull Radio", "title": "In brief", "published": "2031-04-02T07:00:00Z", "text": text(WIRE[:2])}]
    pairs, groups = c.duplicates(articles)
    c.is_({k: pairs.get(k) for k in [("1", "2"), ("1", "3"), ("1", "4"), ("1", "5")]}, {("1", "2"): "same", ("1", "3"): "reprint", ("1", "4"): "edited", ("1", "5"): "part"}, "kinds")
    c.is_(groups, [["1", "2", "3", "4", "5"]], "one group")
    for show, want in (("first", "5"), ("last", "3"), ("longest", "3")):
        got = rows(c.program("duplicates", articles, "--jsonl", "--groups", "--show", show))
        c.is_([g["shown"] for g in got], [want], f"--show {show}")


def no_giant_groups(c):
    """Each shares two thirds with its neighbours; plain transitive closure makes one group of all."""
    words = [f"{a}{b}{d}" for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ai", "ou") for d in ("n", "r", "st", "l", "m", "rd")]
    articles = [{"id": f"c{k:03d}", "text": " ".join(words[k * 40:k * 40 + 200])} for k in range(10)]
    pairs, groups = c.duplicates(articles)
    c.is_(len(pairs), 9, "pairs")
    c.report.check(groups and max(map(len, groups)) <= 3, c.name, f"a chain became a group: {groups}")


# ---------------------------------------------------------------------------------------------------------- passages
def moved_blocks_and_repeats(c):
    a = article("a", "X", 9, WIRE, published=None)
    b = article("b", "Y", 9, WIRE[3:] + [OWN[0][2], OWN[0][3]] + WIRE[:3], published=None)
    found = sorted((p["a_begin"], p["b_begin"]) for p in c.passages([a, b]))
    c.is_(len(found), 2, "two blocks")
    c.report.check(found[0][1] > found[1][1], c.name, f"the blocks did not change places: {found}")
    twice = article("c", "Z", 9, [WIRE[0], OWN[0][1], OWN[0][2], WIRE[0]])
    c.is_(c.passages([twice]), [], "without --inside")
    inside = c.passages([twice], "--inside")
    c.is_([(p["a"], p["b"], p["a_begin"], p["b_begin"]) for p in inside], [("c", "c", 0, len(text([WIRE[0], OWN[0][1], OWN[0][2]]).encode()) + 2)], "with it")


def passim_fields(c):
    articles = [article("w", "Northern Wire", 8, WIRE), article("x", "Marrow Post", 9, WIRE[:3] + OWN[0]), article("y", "Gull Radio", 10, OWN[1] + WIRE[:3])]
    got = rows(c.program("passages", articles, "--passim"))
    c.report.check(len(got) == 3, c.name, f"{len(got)} rows")
    for r in got:
        c.report.check({"uid", "id", "series", "begin", "end", "cluster", "size", "src", "text", "boiler", "pboiler", "date"} <= set(r), c.name, f"fields: {sorted(r)}")
        whole = [a for a in articles if a["id"] == r["id"]][0]["text"].encode()
        c.is_(whole[r["begin"]:r["end"]].decode(), r["text"], "the text")
    c.is_({r["size"] for r in got}, {3}, "size")
    first = [r for r in got if r["id"] == "w"][0]
    c.is_(first["src"], [], "the first has no source")
    c.is_([r["src"] for r in got if r["id"] != "w"], [[{"uid": first["uid"], "begin": first["begin"], "end": first["end"]}]] * 2, "sources")
    c.is_(got, rows(c.program("passages", articles[::-1], "--passim")), "in another order")


def main():
    names = [n for n, v in sys.modules[__name__].__dict__.items()
             if callable(v) and hasattr(v, "__code__") and v.__code__.co_argcount == 1 and v.__code__.co_varnames[0] == "c"]
    report = Report()
    for n in names:
        if len(sys.argv) < 3 or n in sys.argv[2:]:
            getattr(sys.modules[__name__], n)(Case(sys.argv[1], report, n.replace("_", " ")))
    return report.end()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main())
