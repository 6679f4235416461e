#!/usr/bin/env python3
"""`samestory serve` in Chromium: every kind of page at three widths, by keyboard alone, without scripts, with text twice as large, printed.

    run.py BINARY [--shots FOLDER] [INPUT...]

Without INPUT: the example coverage and invented reports that are hard to set (long words, titles, addresses, hostile text, many versions). Skipped
without Chromium; axe-core looks too where SAMESTORY_AXE names a folder that holds axe.min.js. Python 3 standard library only.
"""
import json
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
import importlib.util  # noqa: E402

from browser import Browser, find  # noqa: E402
from common import ROOT, Report, run, skip  # noqa: E402

spec = importlib.util.spec_from_file_location("serve_run", os.path.join(HERE, "..", "serve", "run.py"))
serve = importlib.util.module_from_spec(spec)
spec.loader.exec_module(serve)

WIDTHS = (320, 800, 1400)
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
TITLE = ("Harbour board of Brackwater, after two nights of talks that were broken off three times, agrees to raise the mooring fees of small boats "
         "by a quarter from the first of May and to spend the money on the western mole, says its chair, while the owners of the boats speak of ")
TEXT = ("The harbour board of Brackwater agreed on {day} to raise the mooring fees of small boats by {n} per cent from May. "
        "\u201cNobody likes to pay more, but the western mole will not stand another winter like the last{more},\u201d said Ada Morrow, who chairs the board. "
        "The mole was built in 1931 and was damaged in the storm of February. Repairs will cost {cost} million crowns, the board said. "
        "\u201cWe were not asked,\u201d said Tom Reed of the boat owners. About {boats} boats lie in the harbour.")


# Words that run from right to left, and words without spaces between them.
OTHERS = {
    "ar": (["مجلس ميناء براكووتر يرفع رسوم القوارب الصغيرة في مايو", "ميناء براكووتر: رسوم القوارب ترتفع بنسبة 25 في المئة (Harbour Board)"],
           ["قرر مجلس ميناء براكووتر يوم الاثنين رفع رسوم رسو القوارب الصغيرة بنسبة 25 في المئة ابتداء من مايو. «لا أحد يحب أن يدفع أكثر، لكن الرصيف "
            "الغربي لن يصمد شتاء آخر»، قالت آدا مورو رئيسة المجلس. وسيكلف الإصلاح 4 ملايين كرونة، بحسب المجلس.",
            "قال مجلس ميناء براكووتر إن رسوم رسو القوارب الصغيرة سترتفع بنسبة 24 في المئة. «لا أحد يحب أن يدفع أكثر»، قالت آدا مورو. "
            "ويوجد في الميناء نحو 300 قارب (Brackwater Harbour Board) وسيكلف إصلاح الرصيف الغربي 5 ملايين كرونة."]),
    "he": (["מועצת הנמל של ברקווטר מעלה את דמי העגינה של סירות קטנות"],
           ["מועצת הנמל של ברקווטר החליטה ביום שני להעלות את דמי העגינה של סירות קטנות ב-25 אחוז ממאי. ״איש אינו אוהב לשלם יותר״, אמרה עדה מורו."]),
    "zh": (["布拉克沃特港务局宣布五月起提高小船停泊费", "布拉克沃特港小船停泊费上涨百分之二十五"],
           ["布拉克沃特港务局周一宣布，自五月起小船停泊费上调百分之二十五。港务局主席莫罗说：“没有人愿意多付钱，但西码头撑不过下一个冬天。”维修费用约为四百万克朗。",
            "布拉克沃特港务局表示，小船停泊费将上涨百分之二十四。主席莫罗说：“没有人愿意多付钱。”港内约有三百艘小船，西码头的维修费用为五百万克朗。"]),
}


def hard():
    """Reports that are hard to set; a second state of some, for their versions."""
    first, second = [], []
    for i in range(9):
        x = {"id": f"https://{'very-' * 12}long.example/{'section/' * 9}{i}?{'utm_parameter=' + 'x' * 60}&n={i}", "title": TITLE + LONG * (i % 3) if i % 2 else "Fees",
             "outlet": ("The Brackwater and Greater Ostmark Morning Advertiser, incorporating the Harbour Gazette %d" % i) if i % 3 else LONG[:40],
             "author": "Ada Brook; Tom Reed; " + LONG[:30], "published": f"2031-04-0{1 + i % 4}T0{i}:10:00Z", "lang": "en",
             "text": TEXT.format(day=("Monday", "Tuesday")[i % 2], n=25 - i % 2, cost=4 + i % 3, boats=300 + 10 * i, more=" one" if i % 2 else "")}
        x["url"] = x["id"]
        first.append(x)
        if i < 3:
            second.append(dict(x, title=x["title"] + " (corrected)", text=x["text"].replace("1931", "1932").replace("per cent", "percent")
                               + " The board meets again on Friday " + "x" * 120 + "."))
    for lang, (titles, texts) in OTHERS.items():
        for i, title in enumerate(titles):
            first.append({"id": f"https://{lang}{i}.example/harbour", "url": f"https://{lang}{i}.example/harbour", "title": title, "lang": lang,
                          "outlet": title.split()[0] if lang != "zh" else title[:4], "published": f"2031-04-03T0{i + 1}:00:00Z", "text": texts[i]})
    first.append({"id": "bare", "text": "A lamp of the lighthouse of Stonemark went out on Friday night and was lit again by its keeper before any ship was in danger, he said."})
    return first, second


def database(binary, folder, inputs):
    db = os.path.join(folder, "t.db")
    if inputs:
        steps = [list(inputs)]
    else:
        first, second = hard()
        first += serve.articles()
        steps = []
        for k, rows in enumerate((first, second)):
            path = os.path.join(folder, f"rows{k}.jsonl")
            with open(path, "w", encoding="utf-8") as f:
                f.writelines(json.dumps(x) + "\n" for x in rows)
            steps.append([path] + ([os.path.join(ROOT, "examples", "coverage")] if not k else []))
    for step in steps:
        code, _, err = run([binary, "ingest", "--quiet", "--db", db, *step])
        if code not in (0, 1):
            raise SystemExit(f"ingest: {code} {err.decode('utf-8', 'replace')}")
    # Feeds that fail, for the page of their states.
    opml = os.path.join(folder, "feeds.opml")
    with open(opml, "w", encoding="utf-8") as f:
        f.write("<opml version='2.0'><body>" + "".join(
            f"<outline text='Marrow Post {i}' xmlUrl='http://127.0.0.1:1/{'long-path/' * 14 * i}feed{i}.xml'/>" for i in range(3)) + "</body></opml>")
    run([binary, "fetch", "--quiet", "--db", db, opml], timeout=120)
    return db


def kinds(s):
    """Name -> path, one of every kind of page."""
    def api(path):
        return json.loads(s.get("/api/v1" + path)[2])

    coded = serve.coded
    stories = api("/stories?order=articles&least=1")["stories"]
    outlets, people = api("/outlets?limit=200")["outlets"], api("/people")["people"]
    articles = api(f"/stories/{stories[0]['id']}")["articles"]
    everything = [x for o in outlets for x in api("/outlets/" + coded(o["name"]))["articles"]]
    changed = max(everything or articles, key=lambda x: x["versions"])
    most = max(outlets, key=lambda x: x["articles"])["name"] if outlets else ""
    other = api(f"/stories/{stories[-1]['id']}")["articles"][0]["id"]
    a, b = articles[0]["id"], articles[-1]["id"]
    in_ = {x["lang"]: x for x in everything}
    others = {f"{what}-{lang}": path for lang in OTHERS if lang in in_ for what, path in
              (("story", "/story/" + in_[lang]["story"]), ("article", "/article/" + coded(in_[lang]["id"])))}
    return {
        "front": "/", "front-origins": "/?order=origins&least=1", "front-empty": "/?outlet=nobody",
        "story": "/story/" + coded(stories[0]["id"]), "story-other": "/story/" + coded(stories[min(1, len(stories) - 1)]["id"]),
        "story-alone": "/story/" + coded(stories[-1]["id"]),
        "article": "/article/" + coded(a), "article-long": "/article/" + coded(max((x["id"] for x in everything or articles), key=len)),
        "article-alone": "/article/" + coded(other), "versions": "/article/" + coded(changed["id"]) + "/versions?from=0",
        "versions-one": "/article/" + coded(other) + "/versions", "also": "/article/" + coded(other) + "/also", "people": "/people", "people-none": "/people?q=zzzz",
        "person": "/person/" + coded(people[0]["name"]), "person-last": "/person/" + coded(people[-1]["name"]),
        "person-none": "/person/" + coded(people[0]["name"]) + "?since=2099-01-01",
        "outlets": "/outlets", "outlet": "/outlet/" + coded(most), "search-form": "/search", "search": "/search?q=the+harbour",
        "search-quotation": "/search?kind=quotation&q=not", "search-figure": "/search?kind=figure&q=boats", "search-none": "/search?q=zzzzzz",
        "search-speaker": "/search?speaker=" + coded(people[0]["name"].split()[-1]),
        "why": f"/why?a={coded(a)}&b={coded(b)}", "why-not": f"/why?a={coded(a)}&b={coded(other)}", "why-form": "/why", "status": "/status",
        **others, "404": "/nothing/of/the/kind", "404-story": "/story/" + "none" * 40, "400": "/search?since=yesterday",
    }


# What stands out to the right of the window, unless something around it scrolls or cuts it off; text that is too small; what may be pressed and is small.
LOOK = """(() => {
  const out = [], small = [];
  for (const e of document.querySelectorAll('body *')) {
    const r = e.getBoundingClientRect();
    if (!r.width || !r.height) continue;
    let cut = false;
    for (let p = e; p; p = p.parentElement) { const s = getComputedStyle(p); if (s.overflowX !== 'visible' || s.position === 'absolute') cut = true; }
    if (!cut && (r.right > innerWidth + 1 || r.left < -1)) out.push(e.tagName + '.' + e.className + ' ' + Math.round(r.left) + '-' + Math.round(r.right) + ' ' + e.textContent.slice(0, 40));
    if (e.childNodes.length && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && parseFloat(getComputedStyle(e).fontSize) < 11)
      small.push(e.tagName + '.' + e.className + ' ' + getComputedStyle(e).fontSize);
  }
  return { width: innerWidth, scroll: document.documentElement.scrollWidth, out: out.slice(0, 4), small: small.slice(0, 4),
           main: document.querySelector('main').innerText.trim().length };
})()"""

FOCUS = """(() => {
  const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
  return { tag: e.tagName, id: e.id, text: (e.textContent || '').trim().slice(0, 40), body: e === document.body,
           seen: r.width > 0 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth,
           ring: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1 };
})()"""


def check_look(report, page, base, name, where):
    look = page.value(LOOK)
    report.check(look["scroll"] <= look["width"] and not look["out"], "wider than the window", lambda: f"{name} {where}: {look}")
    report.check(not look["small"], "small text", lambda: f"{name} {where}: {look['small']}")
    report.check(look["main"] > 0, "empty", lambda: f"{name} {where}")
    foreign = [u for u in page.asked if not u.startswith((base, "data:"))]  # the browser draws its own buttons from "data:"
    report.check(not foreign, "asked of elsewhere", lambda: f"{name}: {foreign}")
    # Of a page that is not there the browser itself says so.
    said = [x for x in page.said if not (page.status >= 400 and "status of" in x)]
    report.check(not said, "the console", lambda: f"{name} {where}: {said[:3]}")
    return look


def check_pages(report, b, base, pages, shots):
    settings = [(f"{w}", dict(width=w)) for w in WIDTHS] + [
        ("zoomed", dict(width=1400, zoom=2.0)), ("plain", dict(width=800, scripts=False)), ("print", dict(width=700, print_=True))]
    if shots:
        settings += [("390", dict(width=390)), ("390-dark", dict(width=390, dark=True)), ("1400-dark", dict(width=1400, dark=True))]
    texts = {}
    for label, setting in settings:
        page = b.page(**setting)
        for name, path in pages.items():
            page.go(base + path[1:])
            wanted = 400 if name == "400" else 404 if name.startswith("404") else 200
            report.check(page.status == wanted, "status", lambda: f"{name}: {page.status}")
            look = check_look(report, page, base, name, label)
            if label in ("800", "plain"):
                texts.setdefault(name, []).append(look["main"])
            if shots:
                page.picture(os.path.join(shots, f"{name}-{label}.png"), whole=True)
        # Letters twice as large, at the width that is left to them.
        if label == "800":
            for name, path in pages.items():
                page.go(base + path[1:])
                page.value("document.documentElement.style.fontSize = '200%'")
                check_look(report, page, base, name, f"{label} with text of 200 %")
                if shots:
                    page.picture(os.path.join(shots, f"{name}-{label}-text200.png"), whole=True)
        page.close()
    for name, n in texts.items():
        report.check(n[0] == n[1], "other words without scripts", lambda: f"{name}: {n}")


def check_paper(report, b, base, pages):
    """What is found is printed, the reports' texts only when the box above them is ticked."""
    page = b.page(width=700, print_=True)
    page.go(base + pages["story"][1:])
    texts = "[...document.querySelectorAll('.report > .text')].filter(e => e.getClientRects().length).length"
    report.check(page.value("document.querySelectorAll('.report > .text').length") > 1, "a story without texts", "story")
    report.check(page.value(texts) == 0, "texts on paper that nobody asked for", lambda: page.value(texts))
    report.check(page.value("!document.querySelector('.paper').getClientRects().length"), "the box is printed", "story")
    page.value("document.querySelector('.paper input').checked = true")
    report.check(page.value(texts) > 1, "texts that are missing on paper", lambda: page.value(texts))
    page.go(base + pages["article"][1:])
    report.check(page.value("!!document.querySelector('main').innerText.length"), "an article is not printed", "article")
    page.close()


def check_keys(report, b, base, pages):
    page = b.page(width=800)
    for name in ("front", "story", "article", "versions", "people", "person", "search", "status"):
        page.go(base + pages[name][1:])
        page.tab()
        at = page.value(FOCUS)
        report.check("Skip" in at["text"] and at["seen"] and at["ring"], "skip link", lambda: f"{name}: {at}")
        page.key("Enter", number=13)
        report.check(page.value("document.activeElement.id") == "main" or page.value("location.hash") == "#main", "skip link leads nowhere", name)
        page.go(base + pages[name][1:])
        places = []
        for _ in range(60):
            page.tab()
            at = page.value(FOCUS)
            if at["body"]:
                break
            places.append(at)
        report.check(len(places) > 8, "few places to tab to", lambda: f"{name}: {len(places)}")
        for at in places:
            report.check(at["seen"] and at["ring"], "focus that is not seen", lambda: f"{name}: {at}")
        page.go(base + pages[name][1:])
        page.key("/", "Slash", 191)
        report.check(page.value("document.activeElement.name") == "q", "/", lambda: f"{name}: {page.value(FOCUS)}")
        page.key("j")
        report.check("j" in page.value("document.activeElement.value"), "j in a field", name)
        page.go(base + pages[name][1:])
        page.key("?", "Slash", 191, shift=True)
        report.check(page.value("!!document.querySelector('dialog[open]')"), "?", name)
        report.check(page.value("document.querySelector('dialog').contains(document.activeElement)"), "focus in the help", name)
        page.key("Escape", number=27)
        report.check(page.value("!document.querySelector('dialog[open]')"), "Escape", name)
        which = "[...document.querySelectorAll('[data-item]')].findIndex(e => e.classList.contains('at'))"
        steps = []
        for key in "jjk":
            page.key(key)
            steps.append(page.value(which))
        few = page.value("document.querySelectorAll('[data-item]').length") < 2
        report.check(steps == [0, 1, 0] or few and steps[0] == 0, "j and k", lambda: f"{name}: {steps}")
        at = page.value("(() => { const r = document.querySelector('.at').getBoundingClientRect(); return r.bottom > 0 && r.top < innerHeight; })()")
        report.check(at, "where j stands is not seen", name)
    # The page that Enter opens from the first item.
    page.go(base)
    page.key("j")
    page.loaded = False
    page.key("Enter", number=13)
    page.wait(lambda: page.loaded)
    report.check("/story/" in page.value("location.pathname"), "Enter", lambda: page.value("location.href"))
    page.loaded = False
    page.key("g")
    page.wait(lambda: page.loaded)
    report.check(page.value("location.pathname") == "/", "g", lambda: page.value("location.href"))
    page.close()


def check_without_scripts(report, b, base):
    page = b.page(width=390, scripts=False)
    page.go(base + "search")
    page.value("document.getElementById('f-q').focus()")
    for key in "fees":
        page.key(key)
    page.loaded = False
    page.key("Enter", number=13)
    page.wait(lambda: page.loaded)
    report.check("q=fees" in page.value("location.search") and page.value("document.querySelectorAll('.hit-row').length") > 0, "search without scripts",
                 lambda: page.value("location.href"))
    page.close()


def check_words(report, b, base, pages):
    page = b.page(width=800)
    page.go(base + pages["person"][1:])
    twice = page.value("""[...document.querySelectorAll('ol.said>li')].filter(li => {
        const t = [...li.querySelectorAll('blockquote')].map(q => q.innerText.replace(/[.,\u201d]+$/, ''));
        return new Set(t).size !== t.length; }).map(li => li.innerText)""")
    report.check(not twice, "the same words twice in one utterance", lambda: str(twice)[:300])
    several = page.value("[...document.querySelectorAll('ol.said .meta')].filter(m => m.querySelectorAll('a').length > 1).length")
    report.check(several > 0, "words of several reports do not stand together", pages["person"])
    marks = page.value("""[...document.querySelectorAll('blockquote.again del, blockquote.again ins, blockquote.again mark')].map(e =>
        !!e.querySelector('.vh'))""")
    report.check(marks and all(marks), "versions of a person without marks, or marks without hidden words", lambda: str(marks))
    for lang, way in (("ar", "rtl"), ("he", "rtl"), ("zh", "ltr")):
        page.go(base + pages["article-" + lang][1:])
        ways = page.value("[document.querySelector('h1'), document.querySelector('article.report > div')].map(e => getComputedStyle(e).direction)")
        report.check(ways == [way, way], "which way the words run", lambda: f"{lang}: {ways}")
    page.go(base + pages["versions"][1:])
    headline = page.value("(() => { const r = document.querySelector('.sides tbody tr'); return [!!r.querySelector('del'), r.querySelector('ins').innerText]; })()")
    report.check(not headline[0] and "(corrected)" in headline[1] and "Fees" not in headline[1], "a headline that was added to", lambda: str(headline))
    page.close()


def check_axe(report, b, base, pages):
    folder = os.environ.get("SAMESTORY_AXE")
    if not folder or not os.path.exists(os.path.join(folder, "axe.min.js")):
        print("axe-core is not here (SAMESTORY_AXE): not asked")
        return
    with open(os.path.join(folder, "axe.min.js"), encoding="utf-8") as f:
        axe = f.read()
    for setting in (dict(width=1280), dict(width=390, dark=True)):
        page = b.page(**setting)
        for name, path in pages.items():
            page.go(base + path[1:])
            page.value(axe + "; 0")
            found = page.value("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r => "
                               "r.violations.map(v => v.id + ': ' + v.nodes.length + ' ' + v.nodes[0].target + ' ' + v.nodes[0].failureSummary))")
            report.check(not found, "axe", lambda: f"{name} {setting}: " + " | ".join(found)[:900])
        page.close()


def main():
    arguments, shots = sys.argv[1:], None
    if "--shots" in arguments:
        at = arguments.index("--shots")
        shots = arguments[at + 1]
        os.makedirs(shots, exist_ok=True)
        del arguments[at:at + 2]
    program = find()
    if not program:
        skip("no Chromium")
    binary, inputs = os.path.abspath(arguments[0]), arguments[1:]
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        s = serve.Running(binary, database(binary, folder, inputs))
        base = f"http://{s.host}:{s.port}/"
        try:
            pages = kinds(s)
            with Browser(program) as b:
                check_pages(report, b, base, pages, shots)
                check_paper(report, b, base, pages)
                check_keys(report, b, base, pages)
                if not inputs:
                    check_without_scripts(report, b, base)
                    check_words(report, b, base, pages)
                check_axe(report, b, base, pages)
        finally:
            s.stop()
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
