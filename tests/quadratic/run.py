#!/usr/bin/env python3
"""Inputs that are quadratic for a careless program: the work for sixteen times the input must stay near sixteen times the work.

    run.py BINARY [TRAP...]
    run.py --self-test

Work is the CPU time of the process, what the program takes for next to nothing taken off. Linear work grows sixteenfold, quadratic work 256-fold: the
bound lies between, so far from both that a busy machine does not matter, and a trap that fails is measured again. Many times the input says more
than few times of it with exact counts: a quadratic step that is a quarter of the work at the small size is found at the large one.
--self-test runs programs whose growth is known.
"""
import functools
import gzip
import json
import math
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from common import environment  # noqa: E402

TIMES = 16      # the large input to the small one
GROWTH = 64     # work that grows more fails: as far from a line's 16 (35 with n log n and caches that overflow) as from a square's 256
FLOOR = 4.0     # milliseconds; less work than this at the small size counts as this, since the clock and the start of a process are no finer
SMALL_RUNS = 3  # of the small input, the least counts
AGAIN = 3       # a trap that fails is measured anew this many times, and the least growth counts

# name -> (file name, n, builder of the text for n): n is some twenty to fifty milliseconds of work, less where a limit of the program would hide the
# growth at sixteen times of it.
TRAPS = {
    "quotation marks": ("t.txt", 520, lambda n: "\u201cYes,\u201d said Ada Brook. \u201cNo\u201d\n\n" * n),
    "opening marks": ("t.txt", 3440, lambda n: "He said: " + "\u201cwell " * n + ".\n"),
    "nested marks": ("t.txt", 1920, lambda n: "He said: " + "\u201c\u2018" * n + "yes" + "\u2019\u201d" * n + ".\n"),
    "double and single marks in turn": ("t.txt", 1000, lambda n: "She said: " + "\u201cyes\u201d \u2018no\u2019 " * n + ".\n"),
    "single marks never closed": ("t.txt", 1760, lambda n: "She said: " + "\u2018well \u2019tis " * n + ".\n"),
    "apostrophes": ("t.txt", 1440, lambda n: "She said: 'the " + "boys' and girls' " * n + "days.\n"),
    "marks only": ("t.txt", 2800, lambda n: "\u201c\u2018\"'" * n + "\n"),
    "paragraphs of one quotation": ("t.txt", 680, lambda n: "Ada Brook said: " + "\u201cThe river rose on all of us.\n\n" * n),
    "paragraphs of one quotation in a line": ("t.txt", 680, lambda n: "Ada Brook said: " + "\u201cThe river rose on all of us. " * n + "\n"),
    "an open mark before many lines": ("t.txt", 1600, lambda n: "\u201cThe river rose on all of us.\n\nPhoto: Ada Brook\n\n" * n),
    "quotations that nobody says": ("t.txt", 440, lambda n: "".join(f"\u201cThe river {letters(i)} rose on all of us.\u201d\n\nRain.\n\n" for i in range(n))),
    "quotations with an ellipsis": ("t.txt", 252, lambda n: "".join(
        f"\u201cThe river {letters(i)} rose on all ... and then it {letters(i * 3)} fell again at night,\u201d said Ada Brook.\n\n" for i in range(n))),
    "one quotation of ellipses": ("t.txt", 8400, lambda n: "\u201cThe river rose on us " + "... " * n + " and then it fell again,\u201d said Ada Brook.\n"),
    "one long quotation and its parts": ("t.txt", 180, lambda n: "\u201c" + " ".join(
        f"The {letters(i)} river rose {letters(i * 5)} again." for i in range(n)) + "\u201d said Ada Brook.\n\n" + "".join(
        f"\u201cThe {letters(i)} river rose {letters(i * 5)} again. The {letters(i + 1)} river fell {letters(i * 5 + 5)} again,\u201d "
        "said Ada Brook.\n\n" for i in range(n))),
    "one quotation again and again": ("t.txt", 400, lambda n: "\u201cThe river rose on all of us,\u201d said Ada Brook.\n\n" * n),
    "one quotation of one word": ("t.txt", 2960, lambda n: "\u201c" + "well " * n + "done,\u201d said Ada Brook. \u201c" + "well " * n + "sung,\u201d said Ada Brook.\n"),
    # What the network looks at: a window beside each cue, however many there are and however long their sentence.
    "one sentence of verbs of saying": ("t.txt", 1200, lambda n: "Ada Brook " + "said that he told them and " * n + "left.\n"),
    "one sentence of indirect speech": ("t.txt", 400, lambda n: "".join(f"The mayor of {letters(i * 17)} said that the river {letters(i * 29)} rose on all of us, and " for i in range(n)) + "it fell.\n"),
    "marks never closed among verbs of saying": ("t.txt", 640, lambda n: "Ada Brook said \u201cthe river, he told us that \u2018it " * n + "rose.\n"),
    "marks of all kinds without words": ("t.txt", 1200, lambda n: "".join("\u201c\u201d\u2018\u2019\"'\u00ab\u00bb\u201e\u201a\u2039\u203a\u300c\u300d"[i * i * 7 % 14] for i in range(n * 4)) + "\n"),
    "closing marks never opened": ("t.txt", 400, lambda n: "It rose, said Ada.\u201d " * n + "\n"),
    "pieces in marks in one sentence": ("t.txt", 240, lambda n: "Ada Brook said " + "".join(
        ("\u201cthe river rose", "\u201d he told us \u2018so", "said it \u201d and", "\u201cwell \u2018then\u2019", "the mayor said \"it is\"")[i * i * 3 % 5] + " " for i in range(n * 3)) + "\n"),
    "a speaker of one body after the other": ("t.txt", 1200, lambda n: "The head " + "of the council " * n + "said it was \u201cso\u201d.\n"),
    "a speaker of many descriptions": ("t.txt", 1200, lambda n: "Ada Brook, " + "the mayor, " * n + "said it was \u201cso\u201d.\n"),
    "one who said that one": ("t.txt", 480, lambda n: "Ada Brook, " + "who said that the man " * n + "left.\n"),
    "names before colons": ("t.txt", 1000, lambda n: "Brook: " * n + "it is so.\n"),
    # Over stories: an article each, a month apart.
    "one quotation in many stories": ("q.jsonl", 200, lambda n: said(n, lambda i: "The river rose on all of us in the night of the storm")),
    "a phrase of many people": ("q.jsonl", 400, lambda n: said(n, lambda i: "It was about time", lambda i: f"Ada {letters(i * 11).title()}")),
    "quotations of one word in many stories": ("q.jsonl", 400, lambda n: said(n, lambda i: "Shameful")),
    "quotations of words of grammar": ("q.jsonl", 240, lambda n: said(n, lambda i: " ".join(("to be or not to be and it is what it is as we all are so be it then".split() * 3)[i % 19:][:20]))),
    "versions of one quotation in many stories": ("q.jsonl", 120, lambda n: said(n, lambda i: " ".join(("the river rose on all of us in the night of the storm and nobody came to "
                                                  "help the people of this town until noon").split()[i % 5:24 - i % 7]) + f" {letters(i * 3)}")),
    "a speech and its parts in many stories": ("q.jsonl", 240, lambda n: said(n, lambda i: " ".join(
        f"The {letters(k)} river rose {letters(k * 5)} again." for k in range(n * 2)) if i == 0 else f"The {letters(i)} river rose {letters(i * 5)} again")),
    "two speeches of one word": ("q.jsonl", 4000, lambda n: said(2, lambda i: "well " * n + ["done", "sung"][i])),
    "persons of one surname": ("t.txt", 960, lambda n: "".join(f"They saw {letters(i).title()} Brook. " for i in range(n)) + "\n"),
    "spellings of one body": ("t.txt", 960, lambda n: "".join(
        "They saw the Tarn" + " " * (1 + i % 40) + "Harbour" + " " * (1 + i // 40 % 40) + "Agency. " for i in range(n)) + "\n"),
    "sentences in brackets": ("t.txt", 40000, lambda n: "Well" + ".)" * n + "\n"),
    "one long sentence": ("t.txt", 12000, lambda n: "It rained " + "and it rained still and the river rose " * (n // 8) + ".\n"),
    "numbers": ("t.txt", 600, lambda n: "".join(f"At least {i} people and {i + 7} houses. " for i in range(n)) + "\n"),
    "one figure again and again": ("t.txt", 1880, lambda n: "At least 31 people died in the flood. " * n + "\n"),
    "names": ("t.txt", 2440, lambda n: "".join(f"Ada Brook{letters(i)} met Carl Dunn{letters(i * 7)}. " for i in range(n)) + "\n"),
    "one name again and again": ("t.txt", 2400, lambda n: "Ada Brook spoke. Brook left. " * n + "\n"),
    "capitalised words in a row": ("t.txt", 12000, lambda n: "Ada Brook Carl Dunn " * (n // 4) + "\n"),
    "identical sentences": ("t.txt", 2000, lambda n: "The bridge over the river was closed on Monday morning. " * n + "\n"),
    "paragraphs": ("t.txt", 2400, lambda n: "".join(f"Line {letters(i)} of it.\n\n" for i in range(n))),
    "empty lines": ("t.txt", 240000, lambda n: "One.\n" + "\n" * n + "Two.\n"),
    "one long word": ("t.txt", 160000, lambda n: "A " + "a" * n + " b.\n"),
    "one long number": ("t.txt", 60000, lambda n: "It cost $" + "9," * n + "000.\n"),
    "full stops": ("t.txt", 480000, lambda n: "Well" + "." * n + " And so on.\n"),
    "deep divs": ("t.html", 32000, lambda n: "<!doctype html><title>T</title><body>" + "<div>" * n + "<p>Text of it.</p>"),
    "unclosed paragraphs": ("t.html", 600, lambda n: "<!doctype html><title>T</title><body>" + "<p>Some <b>words <i>here" * n),
    "attributes": ("t.html", 40000, lambda n: "<!doctype html><title>T</title><body><p " + "".join(f"a{i}=1 " for i in range(n)) + ">Text.</p>"),
    "comments never closed": ("t.html", 80000, lambda n: "<!doctype html><title>T</title><body><p>Text of it.</p>" + "<!-- a " * n),
    "page: strings of a script": ("t.html", 12400, lambda n: "<title>An old bridge</title><script>[" + "[\"The old bridge of the town is closed.\"]," * n + "]</script>"),
    "page: lists of a script in lists": ("t.html", 20000, lambda n: "<title>An old bridge</title><script>" + "[\"The old bridge of the town is closed.\"," * n + "</script>"),
    "page: places of a paragraph in a script": ("t.html", 1240, lambda n: "<p>The old bridge of the town is closed now, and open to none of us.</p><script>[" + "{\"a\":\"The old bridge of the town is closed now, and open to none of us.\"}," * n + "]</script>"),
    "page: headlines of articles": ("t.html", 1240, lambda n: "<title>An old bridge</title><h1>An old bridge</h1>" + "<h1>Boats</h1><p>Words of it that go on for a while, and then end.</p>" * n),
    "page: noscript in noscript": ("t.html", 10000, lambda n: "<noscript>" * n + "<p>Words"),
    # The parser alone, by debug-html.
    "page: cells of a table": ("h.html", 20400, lambda n: "<table>" + "<tr><td>Some words of a cell.</td></tr>" * n),
    "page: paragraphs of a box with a long class": ("h.html", 40000, lambda n: f"<div class='{'item ' * n}'>" + "<p>Words and a link." * n),
    "page: headings": ("h.html", 40000, lambda n: "<h1>Page found, not lost</h1>" * n),
    "html: unclosed b": ("h.html", 600000, lambda n: "<b>" * n),
    "html: unclosed a": ("h.html", 24000, lambda n: "<a>" * n),
    "html: unclosed a with text": ("h.html", 16000, lambda n: "".join(f"<a href={i}>x" for i in range(n))),
    "html: nested tables": ("h.html", 80000, lambda n: "<table><tr><td>" * n),
    "html: tables in tables": ("h.html", 24000, lambda n: "<table>" * n),
    "html: the same b in paragraphs": ("h.html", 2200, lambda n: "<p><b a>x" * n),
    "html: another b in each paragraph": ("h.html", 69, lambda n: "".join(f"<p><b a={i}>x" for i in range(n))),
    "html: formatting across blocks": ("h.html", 8000, lambda n: "<b><i><p></b></i>" * n),
    "html: links across paragraphs": ("h.html", 8000, lambda n: "<a><p>" * n),
    "html: one attribute value": ("h.html", 2000000, lambda n: "<p a='" + "x" * n + "'>"),
    "html: references in a value": ("h.html", 80000, lambda n: "<p a='" + "&amp;" * n + "'>"),
    "html: one tag name": ("h.html", 800000, lambda n: "<" + "a" * n + ">"),
    "html: many attributes": ("h.html", 20000, lambda n: "<p " + "".join(f"a{i}=1 " for i in range(n)) + ">"),
    "html: attribute names alike but for the end": ("h.html", 20000, lambda n: "<p " + "".join(
        f"q{i // 676:05}{chr(97 + i // 26 % 26)}{chr(97 + i % 26)} " for i in range(n)) + ">"),
    "html: attributes of html": ("h.html", 16000, lambda n: "".join(f"<html a{i}>" for i in range(n))),
    "html: text and tags in a table": ("h.html", 1000, lambda n: "<table>" + "<tr>x<i></i>" * n),
    "html: text in a table": ("h.html", 24000, lambda n: "<table>" + " x<!-- -->" * n),
    "html: ends of paragraphs": ("h.html", 48000, lambda n: "</p>" * n),
    "html: svg in svg": ("h.html", 200000, lambda n: "<svg>" * n),
    "html: svg and back": ("h.html", 12000, lambda n: "<svg><desc><p></p></svg>" * n),
    "html: math in math": ("h.html", 200000, lambda n: "<math><mi>" * n),
    "html: comments never closed": ("h.html", 200000, lambda n: "<!-- " * n),
    "html: ampersands": ("h.html", 400000, lambda n: "&" * n),
    "html: ampersands before names": ("h.html", 40000, lambda n: "&CounterClockwise" * n),
    "html: less-than signs": ("h.html", 400000, lambda n: "<" * n),
    "html: templates": ("h.html", 12000, lambda n: "<template><td></template>" * n),
    "html: scripts in comments": ("h.html", 200000, lambda n: "<script>" + "<!--<script>" * n),
    "html: ends that are none": ("h.html", 200000, lambda n: "<title>" + "</titl" * n),
    # Many articles, by duplicates and passages alone.
    # Pages and archives, by extract; whole megabytes take seconds there, so that all of it has to be linear.
    "extract: cells of a table": ("e.html", 4000, lambda n: PAGE + "<table>" + "<tr><td>Words of a cell.</td><td>5</td></tr>" * n + "</table>"),
    "extract: one paragraph": ("e.html", 16000, lambda n: PAGE + "<p>" + "The river rose over its banks on Monday, the council said. " * n),
    "extract: links of one class": ("e.html", 4000, lambda n: PAGE + "<a class='item card news'>Rain in the north</a><br><br>" * n),
    "extract: another class each": ("e.html", 4000, lambda n: PAGE + "".join(f"<div class='c{i} teaser'>Rain in the north</div>" for i in range(n))),
    # What pages declare and show of themselves, in megabytes of it.
    "metadata: a body in JSON-LD": ("e.html", 240000, lambda n: ld('{"@type":"NewsArticle","headline":"Bridge closed","articleBody":"' + "The river rose on Monday. " * (n // 26) + '"}')),
    "metadata: names in JSON-LD": ("e.html", 10000, lambda n: ld('{"@type":"NewsArticle",' + "".join(f'"k{i}":"{i}",' for i in range(n)) + '"headline":"Bridge closed"}')),
    "metadata: JSON-LD that is cut off": ("e.html", 10000, lambda n: ld('{"@type":"NewsArticle",' + "".join(f'"k{i}":"{i}",' for i in range(n)))),
    "metadata: JSON-LD with commas in front of nothing": ("e.html", 400000, lambda n: ld('{"@type":"NewsArticle","keywords":[' + ", " * n + ']}')),
    "metadata: JSON-LD in JSON-LD": ("e.html", 8000, lambda n: ld('{"@type":"NewsArticle","mainEntity":' * n + "{}" + "}" * n)),
    "metadata: lists in JSON-LD": ("e.html", 80000, lambda n: ld("[" * n + "]" * n)),
    "metadata: lists in JSON-LD never closed": ("e.html", 400000, lambda n: ld("[" * n)),
    "metadata: authors in JSON-LD": ("e.html", 6000, lambda n: ld('{"@type":"NewsArticle","author":[' + ",".join(f'{{"@type":"Person","name":"Ada {letters(i).title()}"}}' for i in range(n)) + "]}")),
    "metadata: dates in JSON-LD": ("e.html", 20000, lambda n: ld('{"@type":"NewsArticle","datePublished":[' + ",".join(['"2031-02-03"'] * n) + "]}")),
    "metadata: images in JSON-LD": ("e.html", 6000, lambda n: ld('{"@type":"NewsArticle","image":[' + ",".join(f'{{"@type":"ImageObject","url":"/{i}.png"}}' for i in range(n)) + "]}")),
    "metadata: tags in JSON-LD": ("e.html", 10000, lambda n: ld('{"@type":"NewsArticle","keywords":"' + ",".join(letters(i) for i in range(n)) + '","correction":[' + ",".join(f'"It is {i}."' for i in range(n)) + "]}")),
    "metadata: articles in JSON-LD": ("e.html", 6000, lambda n: ld('{"@graph":[' + ",".join(f'{{"@type":"NewsArticle","headline":"Report {letters(i)}"}}' for i in range(n)) + "]}")),
    "metadata: scripts of JSON-LD": ("e.html", 1200, lambda n: "".join(ld(f'{{"@type":"NewsArticle","headline":"Report {letters(i)}"}}') for i in range(n))),
    "metadata: scripts of JSON-LD that are cut off": ("e.html", 1200, lambda n: ld('{"@type":"NewsArticle","headline":"Report') * n),
    "metadata: references in JSON-LD": ("e.html", 20000, lambda n: ld('{"@type":"NewsArticle","headline":"' + "&amp;<b>" * n + '"}')),
    "metadata: meta elements": ("e.html", 4000, lambda n: "".join(
        f'<meta name=author content="Ada {letters(i).title()}"><meta property=article:published_time content=2031-02-03><meta property=article:tag content={letters(i)}>' for i in range(n)) + PAGE),
    "metadata: one attribute": ("e.html", 400000, lambda n: '<meta name=author content="' + "Ada Brook, " * (n // 11) + '">' + PAGE),
    "metadata: one list of keywords": ("e.html", 640000, lambda n: '<meta name=keywords content="' + "".join(f"{letters(i)}, " for i in range(n // 6)) + '">' + PAGE),
    "metadata: one class of a byline": ("e.html", 400000, lambda n: PAGE + f'<p class="{"byline author " * (n // 14)}">By Ada Brook</p>'),
    "metadata: time elements": ("e.html", 2000, lambda n: PAGE + "<time datetime=2031-02-03T04:05:06Z>3 February 2031</time><br>" * n),
    "metadata: dates of one line": ("e.html", 16000, lambda n: PAGE + "<p>" + "3 February 2031, " * n),
    "metadata: dates in lines": ("e.html", 2000, lambda n: PAGE + "<p>Updated: 3 February 2031</p>" * n),
    "metadata: bylines": ("e.html", 2000, lambda n: PAGE + "".join(f"<p class=byline>By Ada {letters(i).title()}</p>" for i in range(n))),
    "metadata: links to authors": ("e.html", 2000, lambda n: PAGE + "".join(f"<a rel=author href=/author/{i}>Ada {letters(i).title()}</a> " for i in range(n))),
    "metadata: authors in authors": ("e.html", 16000, lambda n: PAGE + "<span class=author>Ada <i>Brook</i>" * n),
    "metadata: headings marked as headlines": ("e.html", 2000, lambda n: PAGE + "".join(f"<h2 itemprop=headline>Bridge closed {letters(i)}</h2>" for i in range(n))),
    "metadata: notes of correction": ("e.html", 2000, lambda n: PAGE + "<p>The river rose over its banks on Monday, the council said.</p>" + "".join(f"<p>Correction: it rained in {letters(i)}.</p>" for i in range(n))),
    "metadata: dates in data for scripts": ("e.html", 12000, lambda n: PAGE + "<script>x=[" + '{"datePublished":"2031-02-03"},' * n + "]</script>"),
    "metadata: rights": ("e.html", 12000, lambda n: '<meta name=robots content="' + "noai, noimageai, index, " * n + '">' + PAGE),
    "archive: records": ("e.warc", 400, lambda n: record(b"<title>T</title><p>Some words of it.</p>") * n),
    "archive: members": ("e.warc.gz", 368, lambda n: gzip.compress(record(b"<title>T</title><p>Some words of it.</p>")) * n),
    "archive: members of one page": ("e.html.gz", 11200, lambda n: gzip.compress(PAGE.encode()) + gzip.compress(b"x") * n),
    "archive: a long head of a record": ("e.warc", 8000000, lambda n: record(b"<p>Words.", warc=b"X-A: " + b"a" * n + b"\r\n") + record(b"<p>Words.")),
    "archive: many fields of a head": ("e.warc", 80000, lambda n: record(b"<p>Words.", warc=b"X-A: a\r\n" * n) + record(b"<p>Words.")),
    "archive: a long head of a response": ("e.warc", 2000000, lambda n: record(b"<p>Words.", http=b"X-A: " + b"a" * n + b"\r\n")),
    "archive: chunks of one byte": ("e.warc", 40000, lambda n: record(
        b"".join(b"1\r\n%c\r\n" % c for c in PAGE.encode() + b"<p>The river rose." * (n // 16)) + b"0\r\n\r\n", http=b"Transfer-Encoding: chunked\r\n")),
    "archive: lengths that are too long": ("e.warc", 800, lambda n: record(b"<title>T</title><p>Some words of it.</p>", off=10 ** 8) * n),
    "archive: lengths that are too short": ("e.warc", 800, lambda n: record(b"<title>T</title><p>Some words of it.</p>", off=-20) * n),
    "archive: no records": ("e.warc", 160000, lambda n: record(b"<p>Words.") + b"WARC/1\nno record\n" * n),
    "copies: one text": ("d.jsonl", 4400, lambda n: row("The ferry was towed into the harbour on Tuesday night after its engine failed, and nobody was hurt.") * n),
    "copies: one text with a number": ("d.jsonl", 3000, lambda n: "".join(
        row(f"The ferry was towed into the harbour {letters(i)} on Tuesday night after its engine failed, and nobody was hurt.") for i in range(n))),
    "copies: groups of a hundred": ("d.jsonl", 400, lambda n: "".join(row(f"{letters(i // 100 * 7)} {letters(i // 100)} ".join(
        f"w{j}" for j in range(12)) + f" {i}") for i in range(n))),
    "copies: one word": ("d.jsonl", 100000, lambda n: row("well " * n) + row("well " * (n + 1))),
    "copies: two words by turns": ("d.jsonl", 50000, lambda n: row("well done " * n) + row("done well " * n)),
    "copies: signs": ("d.jsonl", 200000, lambda n: row("... !? " * n) + row("!? ... " * n)),
    "copies: a chain": ("d.jsonl", 300, lambda n: "".join(row(" ".join(letters(j * j) for j in range(i * 12, i * 12 + 40))) for i in range(n))),
    "passages: one text": ("p.jsonl", 880, lambda n: row("The ferry was towed into the harbour on Tuesday night after its engine failed, and nobody was hurt.") * n),
    "passages: one word": ("p.jsonl", 44000, lambda n: row("well " * n) + row("well " * (n + 1))),
    "passages: two words by turns": ("p.jsonl", 20000, lambda n: row("well done " * n) + row("done well " * n)),
    "passages: lines of one outlet": ("p.jsonl", 480, lambda n: "".join(json.dumps({"outlet": "Ostmark Echo", "text": "\n\n".join(
        [f"Report {letters(i)} about {letters(i * 13)} in {letters(i * 29)} and what came of it."] + [f"A line {letters(k)} of every page." for k in range(20)])}) + "\n" for i in range(n))),
    "passages: one page of many lines": ("p.jsonl", 1500, lambda n: (json.dumps({"outlet": "Ostmark Echo", "text": "\n\n".join(
        f"A line {letters(k)} of every page." for k in range(n))}) + "\n") * 4),
    "passages: odd words": ("p.jsonl", 3200, lambda n: "".join(row(" ".join(f"the {letters(i * 977 + 9999999)} went to {letters(i * 31 + k)}" for i in range(n))) for k in (1, 2))),
    "round-ups of two reports": ("t.jsonl", 60, lambda n: "".join(json.dumps({"outlet": f"Paper {letters(i)}", "published": f"2031-01-{1 + i % 28:02d}", "title": "Ferry towed into Ostmark", "text": "\n\n".join(
        [f"The ferry Alma was towed into the harbour of Ostmark by the tug {letters(k * 17)} on Tuesday, and its {letters(k * 29)} were brought ashore." for k in range((i % 2) * 10, 10 + (i % 3 > 0) * 10)])}) + "\n"
        for i in range(n))),
    "passages: lines of replies": ("p.jsonl", 16000, lambda n: row("> " * n + "The ferry was towed into the harbour on Tuesday night.\n") * 2),
    "figures of one story": ("t.jsonl", 60, lambda n: "".join(json.dumps({"outlet": f"Paper {letters(i)}", "published": f"2031-01-{1 + i % 28:02d}", "title": "Ferry sinks off Ostmark", "text": "\n\n".join(
        [f"The ferry Alma sank off Ostmark and {12 + i} people died, the coast guard said."] + [f"Some {20 + i * k % 90} passengers of the ferry were taken to hospital {letters(k * 29)} on Tuesday." for k in range(8)])}) + "\n"
        for i in range(n))),
    "figures in one sentence": ("t.txt", 600, lambda n: "The ferry sank and " + ", ".join(f"{i + 7} people of whom {i % 5 + 2} were hurt in {1900 + i % 99}" for i in range(n)) + ".\n"),
    "announced again and again": ("t.jsonl", 60, lambda n: "".join(json.dumps({"outlet": f"Paper {letters(i)}", "published": f"2031-01-{1 + i % 28:02d}", "title": "Talks in Ostmark", "text": "\n\n".join(
        [f"Minister Orla Finch {'will meet' if i % 2 else 'met'} the farmers {letters(k * 17)} of Ostmark {letters(k * 29)} about their dam on Tuesday." for k in range(10)])}) + "\n"
        for i in range(n))),
    "stories: one event": ("s.jsonl", 200, lambda n: "".join(json.dumps({"id": str(i), "published": f"2031-01-01T{i // 60 % 24:02d}:{i % 60:02d}:00Z", "title": "Ferry towed into Ostmark harbour",
        "text": f"The ferry Alma was towed into the harbour of Ostmark by the tug {letters(i * 17)} on Tuesday."}) + "\n" for i in range(n))),
    "feed items": ("t.xml", 400, lambda n: "<rss><channel>" + "".join(
        f"<item><title>Report {letters(i)}</title><description>Rain in {letters(i * 13)}.</description></item>" for i in range(n))),
    "one title of a feed": ("t.xml", 400000, lambda n: "<rss><item><title>" + "well &amp; " * (n // 10) + "</title></item></rss>"),
    "one title of a feed in CDATA": ("t.xml", 400000, lambda n: "<rss><item><title><![CDATA[" + "well & " * (n // 7) + "]]></title></item></rss>"),
    "end tags in CDATA": ("t.xml", 80000, lambda n: "<rss><item><title><![CDATA[" + "</title>" * n + "]]></title></item></rss>"),
    "CDATA never closed": ("t.xml", 400, lambda n: "<rss>" + "<item><title><![CDATA[Rain</title><link>http://a.example/1</link></item>" * n),
    "elements of a feed never closed": ("t.xml", 80000, lambda n: "<rss><item>" + "<a><b>" * n + "<title>T</title>"),
    "end tags of a feed never opened": ("t.xml", 16000, lambda n: "<rss><item>" + "<a>" * 60 + "</b>" * n + "<title>T</title>"),
    "tags of a feed that do not end": ("t.xml", 40000, lambda n: "<rss><item><title>" + "<a b='" * n + "</title></item></rss>"),
    "markup in a title that does not end": ("t.xml", 40000, lambda n: "<rss><item><title>&lt;/p>" + "&lt;a &lt; " * n + "</title></item></rss>"),
    "name spaces of a feed": ("t.xml", 16000, lambda n: "<rss><item>" + "".join(f"<a xmlns:a{i}='u'>" for i in range(50)) + "<b/>" * n + "<title>T</title></item></rss>"),
    "attributes of a feed": ("t.xml", 80000, lambda n: "<rss><item><title " + "".join(f"a{i}='1' " for i in range(n)) + ">T</title></item></rss>"),
    "entities of a feed": ("t.xml", 32000, lambda n: "<!DOCTYPE rss [" + "".join(f"<!ENTITY e{i} '" + "x" * 200 + "'>" for i in range(500))
                           + "]><rss><item><title>" + "&e499;" * (n // 16) + "</title></item></rss>"),
    "an entity bomb": ("t.xml", 8000, lambda n: "<!DOCTYPE rss [<!ENTITY l0 'lol'>" + "".join(
        f"<!ENTITY l{i + 1} '" + f"&l{i};" * 10 + "'>" for i in range(20)) + "]><rss><item><title>" + "&l20;" * n + "</title></item></rss>"),
    "items of a json feed": ("t.json", 400, lambda n: '{"version":"https://jsonfeed.org/version/1.1","items":[' + ",".join(
        f'{{"id":"{i}","title":"Report {letters(i)}","content_text":"Rain in {letters(i * 13)}."}}' for i in range(n)) + "]}"),
    "json fields": ("t.jsonl", 40000, lambda n: '{"text":"One. Two.",' + "".join(f'"k{i}":{i},' for i in range(n)) + '"id":"x"}\n'),
    "short articles": ("t.jsonl", 600, lambda n: "".join(
        f'{{"id":"{i}","text":"Report {letters(i)} about {letters(i * 13)} in {letters(i * 29)}."}}\n' for i in range(n))),
}


PAGE = "<!doctype html><title>Bridge closed after crash</title><h1>Bridge closed after crash</h1>"


def ld(text):
    """A page whose JSON-LD is text."""
    return "<!doctype html><script type=application/ld+json>" + text + "</script>" + PAGE


def record(body, warc=b"", http=b"", off=0):
    """A WARC record; off is added to the length that it says."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + http + b"\r\n" + body
    return (b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/1\r\n" + warc +
            b"Content-Length: %d\r\n\r\n" % (len(block) + off) + block + b"\r\n\r\n")


def row(text):
    return json.dumps({"text": text}) + "\n"


def said(n, words, who=lambda i: "Ada Brook"):
    """Articles of n stories, each with one quotation."""
    return "".join(json.dumps({"id": str(i), "published": f"20{30 + i // 12 % 60}-{1 + i % 12:02d}-11", "title": f"The {letters(i * 17)} of {letters(i * 29)}",
                                   "text": f"The {letters(i * 13)} met the {letters(i * 19)} of {letters(i * 23)}.\n\n\u201c{words(i)},\u201d said {who(i)}.\n"}) + "\n"
                   for i in range(n))


@functools.lru_cache(maxsize=None)
def letters(i):
    out = ""
    i += 26
    while i:
        i, d = divmod(i, 26)
        out = chr(97 + d) + out
    return out


COMMANDS = {
    "e.html": ["extract", "--jsonl"], "e.warc": ["extract", "--jsonl"], "e.warc.gz": ["extract", "--jsonl"], "e.html.gz": ["extract", "--jsonl"],
    "h.html": ["debug-html"], "d.jsonl": ["duplicates", "--jsonl"], "p.jsonl": ["passages", "--jsonl", "--inside"], "q.jsonl": ["quotes", "--jsonl"],
    "s.jsonl": ["stories", "--jsonl"],
}


def program(binary, file):
    """The command line for a file of this name, without the file."""
    command = COMMANDS.get(file, ["compare", "--json"])
    return [binary, *command, *([] if file == "h.html" else ["--threads", "1"]), "--quiet"]


def work(command, path, most=None):
    """Milliseconds of CPU time of one run; infinite when it took more than `most` by far and was stopped."""
    with tempfile.TemporaryFile() as err:
        child = subprocess.Popen([*command, path], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=err, env=environment())
        if most:
            seconds = math.ceil(most / 1e3 * 1.1) + 1  # the kernel counts whole ticks here
            resource.prlimit(child.pid, resource.RLIMIT_CPU, (seconds, seconds))
        status, used = os.wait4(child.pid, 0)[1:]
        child.returncode = os.waitstatus_to_exitcode(status)
        if most and child.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
            return math.inf
        if child.returncode not in (0, 1):
            err.seek(0)
            raise RuntimeError(f"exit code {child.returncode}: {err.read().decode('utf-8', 'replace')[-400:]}")
    return (used.ru_utime + used.ru_stime) * 1e3


def write(scratch, name, text):
    path = os.path.join(scratch, name)
    with open(path, "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    return path


def growth(command, file, n, build):
    """-> (milliseconds for the large input, its ratio to the small one's), the least of some tries where it is too much; infinite when stopped."""
    with tempfile.TemporaryDirectory() as scratch:
        idle, small, large = (write(scratch, kind + file, build(size)) for kind, size in (("idle.", 1), ("small.", n), ("large.", n * TIMES)))
        at_rest = at_n = at_large = math.inf
        for _ in range(AGAIN):
            at_rest = min([at_rest] + [work(command, idle) for _ in range(SMALL_RUNS)])
            at_n = min([at_n] + [work(command, small) for _ in range(SMALL_RUNS)])
            base = max(at_n - at_rest, FLOOR)
            at_large = min(at_large, work(command, large, at_rest + GROWTH * base))
            if at_large == math.inf or at_large - at_rest < GROWTH * base:
                break
    took = max(at_large - at_rest, 0.0)
    return took, took / base


def measure(job):
    binary, name = job
    file, n, build = TRAPS[name]
    try:
        return name, growth(program(binary, file), file, n, build), None
    except RuntimeError as e:
        return name, None, str(e)


def self_test():
    """Python as the program: a loop over the input, and one with a search among all that came before it."""
    def judge(step, n):
        loop = f"import sys; d = open(sys.argv[1], 'rb').read()\nfor i in range(len(d)):\n    {step}"
        took, ratio = growth([sys.executable, "-S", "-c", loop], "t.txt", n, lambda k: "a" * k)
        print(f"{step}: {took:.0f} ms, x {ratio:.1f}")
        return ratio < GROWTH
    good = judge("d.find(b'b', 0, 9)", 60000) and not judge("sum(d[:i])", 900)
    print("a square is told from a line" if good else "FAILED: a square is not told from a line")
    return 0 if good else 1


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    binary = os.path.abspath(sys.argv[1])
    names = sys.argv[2:] or list(TRAPS)
    failed = 0
    with multiprocessing.get_context("fork").Pool(os.cpu_count() or 1) as pool:
        for name, found, problem in pool.imap(measure, [(binary, n) for n in names]):
            bad = problem or found[1] >= GROWTH
            failed += bool(bad)
            print(f"{'FAILED' if bad else 'ok    '} {name:50s} {problem or '%8.1f ms, x %.1f' % found}", flush=True)
    print(f"{len(names) - failed} of {len(names)} traps grow with their input")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
