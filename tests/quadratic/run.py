#!/usr/bin/env python3
"""Inputs that are quadratic for a careless program: the work for 2n must stay near twice the work for n.

    run.py BINARY [TRAP...]

Work is counted in instructions by callgrind (valgrind), not in time; what the program does for an empty-handed run is taken off first.
Skipped where valgrind is not installed.
"""
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from common import environment, skip  # noqa: E402

GROWTH = 2.6
LITTLE = 2e6  # fewer instructions than this at the largest size say nothing about growth

# name -> (file name, smallest n, builder of the text for n). What counts is the work at 2n and at 4n: some thirty to a hundred million instructions
# at 4n, more where a limit of the program hides growth below a size.
TRAPS = {
    "quotation marks": ("t.txt", 130, lambda n: "\u201cYes,\u201d said Ada Brook. \u201cNo\u201d\n\n" * n),
    "opening marks": ("t.txt", 860, lambda n: "He said: " + "\u201cwell " * n + ".\n"),
    "nested marks": ("t.txt", 480, lambda n: "He said: " + "\u201c\u2018" * n + "yes" + "\u2019\u201d" * n + ".\n"),
    "double and single marks in turn": ("t.txt", 250, lambda n: "She said: " + "\u201cyes\u201d \u2018no\u2019 " * n + ".\n"),
    "single marks never closed": ("t.txt", 440, lambda n: "She said: " + "\u2018well \u2019tis " * n + ".\n"),
    "apostrophes": ("t.txt", 360, lambda n: "She said: 'the " + "boys' and girls' " * n + "days.\n"),
    "marks only": ("t.txt", 700, lambda n: "\u201c\u2018\"'" * n + "\n"),
    "paragraphs of one quotation": ("t.txt", 170, lambda n: "Ada Brook said: " + "\u201cThe river rose on all of us.\n\n" * n),
    "paragraphs of one quotation in a line": ("t.txt", 170, lambda n: "Ada Brook said: " + "\u201cThe river rose on all of us. " * n + "\n"),
    "an open mark before many lines": ("t.txt", 400, lambda n: "\u201cThe river rose on all of us.\n\nPhoto: Ada Brook\n\n" * n),
    "quotations that nobody says": ("t.txt", 110, lambda n: "".join(f"\u201cThe river {letters(i)} rose on all of us.\u201d\n\nRain.\n\n" for i in range(n))),
    "quotations with an ellipsis": ("t.txt", 63, lambda n: "".join(
        f"\u201cThe river {letters(i)} rose on all ... and then it {letters(i * 3)} fell again at night,\u201d said Ada Brook.\n\n" for i in range(n))),
    "one quotation of ellipses": ("t.txt", 2100, lambda n: "\u201cThe river rose on us " + "... " * n + " and then it fell again,\u201d said Ada Brook.\n"),
    "one long quotation and its parts": ("t.txt", 45, lambda n: "\u201c" + " ".join(
        f"The {letters(i)} river rose {letters(i * 5)} again." for i in range(n)) + "\u201d said Ada Brook.\n\n" + "".join(
        f"\u201cThe {letters(i)} river rose {letters(i * 5)} again. The {letters(i + 1)} river fell {letters(i * 5 + 5)} again,\u201d "
        "said Ada Brook.\n\n" for i in range(n))),
    "one quotation again and again": ("t.txt", 100, lambda n: "\u201cThe river rose on all of us,\u201d said Ada Brook.\n\n" * n),
    "one quotation of one word": ("t.txt", 740, lambda n: "\u201c" + "well " * n + "done,\u201d said Ada Brook. \u201c" + "well " * n + "sung,\u201d said Ada Brook.\n"),
    # What the network looks at: a window beside each cue, however many there are and however long their sentence.
    "one sentence of verbs of saying": ("t.txt", 300, lambda n: "Ada Brook " + "said that he told them and " * n + "left.\n"),
    "one sentence of indirect speech": ("t.txt", 100, lambda n: "".join(f"The mayor of {letters(i * 17)} said that the river {letters(i * 29)} rose on all of us, and " for i in range(n)) + "it fell.\n"),
    "marks never closed among verbs of saying": ("t.txt", 160, lambda n: "Ada Brook said \u201cthe river, he told us that \u2018it " * n + "rose.\n"),
    "marks of all kinds without words": ("t.txt", 300, lambda n: "".join("\u201c\u201d\u2018\u2019\"'\u00ab\u00bb\u201e\u201a\u2039\u203a\u300c\u300d"[i * i * 7 % 14] for i in range(n * 4)) + "\n"),
    "closing marks never opened": ("t.txt", 100, lambda n: "It rose, said Ada.\u201d " * n + "\n"),
    "pieces in marks in one sentence": ("t.txt", 60, lambda n: "Ada Brook said " + "".join(
        ("\u201cthe river rose", "\u201d he told us \u2018so", "said it \u201d and", "\u201cwell \u2018then\u2019", "the mayor said \"it is\"")[i * i * 3 % 5] + " " for i in range(n * 3)) + "\n"),
    "a speaker of one body after the other": ("t.txt", 300, lambda n: "The head " + "of the council " * n + "said it was \u201cso\u201d.\n"),
    "a speaker of many descriptions": ("t.txt", 300, lambda n: "Ada Brook, " + "the mayor, " * n + "said it was \u201cso\u201d.\n"),
    "one who said that one": ("t.txt", 120, lambda n: "Ada Brook, " + "who said that the man " * n + "left.\n"),
    "names before colons": ("t.txt", 250, lambda n: "Brook: " * n + "it is so.\n"),
    # Over stories: an article each, a month apart.
    "one quotation in many stories": ("q.jsonl", 100, lambda n: said(n, lambda i: "The river rose on all of us in the night of the storm")),
    "a phrase of many people": ("q.jsonl", 100, lambda n: said(n, lambda i: "It was about time", lambda i: f"Ada {letters(i * 11).title()}")),
    "quotations of one word in many stories": ("q.jsonl", 100, lambda n: said(n, lambda i: "Shameful")),
    "quotations of words of grammar": ("q.jsonl", 60, lambda n: said(n, lambda i: " ".join(("to be or not to be and it is what it is as we all are so be it then".split() * 3)[i % 19:][:20]))),
    "versions of one quotation in many stories": ("q.jsonl", 60, lambda n: said(n, lambda i: " ".join(("the river rose on all of us in the night of the storm and nobody came to "
                                                  "help the people of this town until noon").split()[i % 5:24 - i % 7]) + f" {letters(i * 3)}")),
    "a speech and its parts in many stories": ("q.jsonl", 60, lambda n: said(n, lambda i: " ".join(
        f"The {letters(k)} river rose {letters(k * 5)} again." for k in range(n * 2)) if i == 0 else f"The {letters(i)} river rose {letters(i * 5)} again")),
    "two speeches of one word": ("q.jsonl", 1000, lambda n: said(2, lambda i: "well " * n + ["done", "sung"][i])),
    "persons of one surname": ("t.txt", 240, lambda n: "".join(f"They saw {letters(i).title()} Brook. " for i in range(n)) + "\n"),
    "spellings of one body": ("t.txt", 240, lambda n: "".join(
        "They saw the Tarn" + " " * (1 + i % 40) + "Harbour" + " " * (1 + i // 40 % 40) + "Agency. " for i in range(n)) + "\n"),
    "sentences in brackets": ("t.txt", 20000, lambda n: "Well" + ".)" * n + "\n"),
    "one long sentence": ("t.txt", 3000, lambda n: "It rained " + "and it rained still and the river rose " * (n // 8) + ".\n"),
    "numbers": ("t.txt", 150, lambda n: "".join(f"At least {i} people and {i + 7} houses. " for i in range(n)) + "\n"),
    "one figure again and again": ("t.txt", 470, lambda n: "At least 31 people died in the flood. " * n + "\n"),
    "names": ("t.txt", 610, lambda n: "".join(f"Ada Brook{letters(i)} met Carl Dunn{letters(i * 7)}. " for i in range(n)) + "\n"),
    "one name again and again": ("t.txt", 600, lambda n: "Ada Brook spoke. Brook left. " * n + "\n"),
    "capitalised words in a row": ("t.txt", 3000, lambda n: "Ada Brook Carl Dunn " * (n // 4) + "\n"),
    "identical sentences": ("t.txt", 500, lambda n: "The bridge over the river was closed on Monday morning. " * n + "\n"),
    "paragraphs": ("t.txt", 600, lambda n: "".join(f"Line {letters(i)} of it.\n\n" for i in range(n))),
    "empty lines": ("t.txt", 60000, lambda n: "One.\n" + "\n" * n + "Two.\n"),
    "one long word": ("t.txt", 40000, lambda n: "A " + "a" * n + " b.\n"),
    "one long number": ("t.txt", 15000, lambda n: "It cost $" + "9," * n + "000.\n"),
    "full stops": ("t.txt", 60000, lambda n: "Well" + "." * n + " And so on.\n"),
    "deep divs": ("t.html", 8000, lambda n: "<!doctype html><title>T</title><body>" + "<div>" * n + "<p>Text of it.</p>"),
    "unclosed paragraphs": ("t.html", 1500, lambda n: "<!doctype html><title>T</title><body>" + "<p>Some <b>words <i>here" * n),
    "attributes": ("t.html", 20000, lambda n: "<!doctype html><title>T</title><body><p " + "".join(f"a{i}=1 " for i in range(n)) + ">Text.</p>"),
    "comments never closed": ("t.html", 20000, lambda n: "<!doctype html><title>T</title><body><p>Text of it.</p>" + "<!-- a " * n),
    "page: strings of a script": ("t.html", 3100, lambda n: "<title>An old bridge</title><script>[" + "[\"The old bridge of the town is closed.\"]," * n + "]</script>"),
    "page: lists of a script in lists": ("t.html", 5000, lambda n: "<title>An old bridge</title><script>" + "[\"The old bridge of the town is closed.\"," * n + "</script>"),
    "page: places of a paragraph in a script": ("t.html", 620, lambda n: "<p>The old bridge of the town is closed now, and open to none of us.</p><script>[" + "{\"a\":\"The old bridge of the town is closed now, and open to none of us.\"}," * n + "]</script>"),
    "page: headlines of articles": ("t.html", 620, lambda n: "<title>An old bridge</title><h1>An old bridge</h1>" + "<h1>Boats</h1><p>Words of it that go on for a while, and then end.</p>" * n),
    "page: noscript in noscript": ("t.html", 5000, lambda n: "<noscript>" * n + "<p>Words"),
    # The parser alone, by debug-html; sizes give some million instructions.
    "page: cells of a table": ("h.html", 5100, lambda n: "<table>" + "<tr><td>Some words of a cell.</td></tr>" * n),
    "page: paragraphs of a box with a long class": ("h.html", 10000, lambda n: f"<div class='{'item ' * n}'>" + "<p>Words and a link." * n),
    "page: headings": ("h.html", 10000, lambda n: "<h1>Page found, not lost</h1>" * n),
    "html: unclosed b": ("h.html", 150000, lambda n: "<b>" * n),
    "html: unclosed a": ("h.html", 6000, lambda n: "<a>" * n),
    "html: unclosed a with text": ("h.html", 4000, lambda n: "".join(f"<a href={i}>x" for i in range(n))),
    "html: nested tables": ("h.html", 20000, lambda n: "<table><tr><td>" * n),
    "html: tables in tables": ("h.html", 6000, lambda n: "<table>" * n),
    "html: the same b in paragraphs": ("h.html", 2200, lambda n: "<p><b a>x" * n),
    "html: another b in each paragraph": ("h.html", 69, lambda n: "".join(f"<p><b a={i}>x" for i in range(n))),
    "html: formatting across blocks": ("h.html", 2000, lambda n: "<b><i><p></b></i>" * n),
    "html: links across paragraphs": ("h.html", 2000, lambda n: "<a><p>" * n),
    "html: one attribute value": ("h.html", 500000, lambda n: "<p a='" + "x" * n + "'>"),
    "html: references in a value": ("h.html", 20000, lambda n: "<p a='" + "&amp;" * n + "'>"),
    "html: one tag name": ("h.html", 200000, lambda n: "<" + "a" * n + ">"),
    "html: many attributes": ("h.html", 5000, lambda n: "<p " + "".join(f"a{i}=1 " for i in range(n)) + ">"),
    "html: attribute names alike but for the end": ("h.html", 5000, lambda n: "<p " + "".join(
        f"q{i // 676:05}{chr(97 + i // 26 % 26)}{chr(97 + i % 26)} " for i in range(n)) + ">"),
    "html: attributes of html": ("h.html", 4000, lambda n: "".join(f"<html a{i}>" for i in range(n))),
    "html: text and tags in a table": ("h.html", 4000, lambda n: "<table>" + "<tr>x<i></i>" * n),
    "html: text in a table": ("h.html", 6000, lambda n: "<table>" + " x<!-- -->" * n),
    "html: ends of paragraphs": ("h.html", 6000, lambda n: "</p>" * n),
    "html: svg in svg": ("h.html", 50000, lambda n: "<svg>" * n),
    "html: svg and back": ("h.html", 3000, lambda n: "<svg><desc><p></p></svg>" * n),
    "html: math in math": ("h.html", 50000, lambda n: "<math><mi>" * n),
    "html: comments never closed": ("h.html", 50000, lambda n: "<!-- " * n),
    "html: ampersands": ("h.html", 50000, lambda n: "&" * n),
    "html: ampersands before names": ("h.html", 10000, lambda n: "&CounterClockwise" * n),
    "html: less-than signs": ("h.html", 100000, lambda n: "<" * n),
    "html: templates": ("h.html", 3000, lambda n: "<template><td></template>" * n),
    "html: scripts in comments": ("h.html", 50000, lambda n: "<script>" + "<!--<script>" * n),
    "html: ends that are none": ("h.html", 50000, lambda n: "<title>" + "</titl" * n),
    # Many articles, by duplicates and passages alone.
    # Pages and archives, by extract; whole megabytes take seconds there, so that all of it has to be linear.
    "extract: cells of a table": ("e.html", 1000, lambda n: PAGE + "<table>" + "<tr><td>Words of a cell.</td><td>5</td></tr>" * n + "</table>"),
    "extract: one paragraph": ("e.html", 4000, lambda n: PAGE + "<p>" + "The river rose over its banks on Monday, the council said. " * n),
    "extract: links of one class": ("e.html", 1000, lambda n: PAGE + "<a class='item card news'>Rain in the north</a><br><br>" * n),
    "extract: another class each": ("e.html", 1000, lambda n: PAGE + "".join(f"<div class='c{i} teaser'>Rain in the north</div>" for i in range(n))),
    # What pages declare and show of themselves, in megabytes of it.
    "metadata: a body in JSON-LD": ("e.html", 60000, lambda n: ld('{"@type":"NewsArticle","headline":"Bridge closed","articleBody":"' + "The river rose on Monday. " * (n // 26) + '"}')),
    "metadata: names in JSON-LD": ("e.html", 5000, lambda n: ld('{"@type":"NewsArticle",' + "".join(f'"k{i}":"{i}",' for i in range(n)) + '"headline":"Bridge closed"}')),
    "metadata: JSON-LD that is cut off": ("e.html", 5000, lambda n: ld('{"@type":"NewsArticle",' + "".join(f'"k{i}":"{i}",' for i in range(n)))),
    "metadata: JSON-LD with commas in front of nothing": ("e.html", 100000, lambda n: ld('{"@type":"NewsArticle","keywords":[' + ", " * n + ']}')),
    "metadata: JSON-LD in JSON-LD": ("e.html", 500, lambda n: ld('{"@type":"NewsArticle","mainEntity":' * n + "{}" + "}" * n)),
    "metadata: lists in JSON-LD": ("e.html", 5000, lambda n: ld("[" * n + "]" * n)),
    "metadata: lists in JSON-LD never closed": ("e.html", 50000, lambda n: ld("[" * n)),
    "metadata: authors in JSON-LD": ("e.html", 3000, lambda n: ld('{"@type":"NewsArticle","author":[' + ",".join(f'{{"@type":"Person","name":"Ada {letters(i).title()}"}}' for i in range(n)) + "]}")),
    "metadata: dates in JSON-LD": ("e.html", 5000, lambda n: ld('{"@type":"NewsArticle","datePublished":[' + ",".join(['"2031-02-03"'] * n) + "]}")),
    "metadata: images in JSON-LD": ("e.html", 3000, lambda n: ld('{"@type":"NewsArticle","image":[' + ",".join(f'{{"@type":"ImageObject","url":"/{i}.png"}}' for i in range(n)) + "]}")),
    "metadata: tags in JSON-LD": ("e.html", 5000, lambda n: ld('{"@type":"NewsArticle","keywords":"' + ",".join(letters(i) for i in range(n)) + '","correction":[' + ",".join(f'"It is {i}."' for i in range(n)) + "]}")),
    "metadata: articles in JSON-LD": ("e.html", 3000, lambda n: ld('{"@graph":[' + ",".join(f'{{"@type":"NewsArticle","headline":"Report {letters(i)}"}}' for i in range(n)) + "]}")),
    "metadata: scripts of JSON-LD": ("e.html", 300, lambda n: "".join(ld(f'{{"@type":"NewsArticle","headline":"Report {letters(i)}"}}') for i in range(n))),
    "metadata: scripts of JSON-LD that are cut off": ("e.html", 300, lambda n: ld('{"@type":"NewsArticle","headline":"Report') * n),
    "metadata: references in JSON-LD": ("e.html", 5000, lambda n: ld('{"@type":"NewsArticle","headline":"' + "&amp;<b>" * n + '"}')),
    "metadata: meta elements": ("e.html", 1000, lambda n: "".join(
        f'<meta name=author content="Ada {letters(i).title()}"><meta property=article:published_time content=2031-02-03><meta property=article:tag content={letters(i)}>' for i in range(n)) + PAGE),
    "metadata: one attribute": ("e.html", 100000, lambda n: '<meta name=author content="' + "Ada Brook, " * (n // 11) + '">' + PAGE),
    "metadata: one list of keywords": ("e.html", 80000, lambda n: '<meta name=keywords content="' + "".join(f"{letters(i)}, " for i in range(n // 6)) + '">' + PAGE),
    "metadata: one class of a byline": ("e.html", 50000, lambda n: PAGE + f'<p class="{"byline author " * (n // 14)}">By Ada Brook</p>'),
    "metadata: time elements": ("e.html", 500, lambda n: PAGE + "<time datetime=2031-02-03T04:05:06Z>3 February 2031</time><br>" * n),
    "metadata: dates of one line": ("e.html", 2000, lambda n: PAGE + "<p>" + "3 February 2031, " * n),
    "metadata: dates in lines": ("e.html", 500, lambda n: PAGE + "<p>Updated: 3 February 2031</p>" * n),
    "metadata: bylines": ("e.html", 500, lambda n: PAGE + "".join(f"<p class=byline>By Ada {letters(i).title()}</p>" for i in range(n))),
    "metadata: links to authors": ("e.html", 500, lambda n: PAGE + "".join(f"<a rel=author href=/author/{i}>Ada {letters(i).title()}</a> " for i in range(n))),
    "metadata: authors in authors": ("e.html", 2000, lambda n: PAGE + "<span class=author>Ada <i>Brook</i>" * n),
    "metadata: headings marked as headlines": ("e.html", 500, lambda n: PAGE + "".join(f"<h2 itemprop=headline>Bridge closed {letters(i)}</h2>" for i in range(n))),
    "metadata: notes of correction": ("e.html", 500, lambda n: PAGE + "<p>The river rose over its banks on Monday, the council said.</p>" + "".join(f"<p>Correction: it rained in {letters(i)}.</p>" for i in range(n))),
    "metadata: dates in data for scripts": ("e.html", 3000, lambda n: PAGE + "<script>x=[" + '{"datePublished":"2031-02-03"},' * n + "]</script>"),
    "metadata: rights": ("e.html", 3000, lambda n: '<meta name=robots content="' + "noai, noimageai, index, " * n + '">' + PAGE),
    "archive: records": ("e.warc", 100, lambda n: record(b"<title>T</title><p>Some words of it.</p>") * n),
    "archive: members": ("e.warc.gz", 92, lambda n: gzip.compress(record(b"<title>T</title><p>Some words of it.</p>")) * n),
    "archive: members of one page": ("e.html.gz", 1400, lambda n: gzip.compress(PAGE.encode()) + gzip.compress(b"x") * n),
    "archive: a long head of a record": ("e.warc", 500000, lambda n: record(b"<p>Words.", warc=b"X-A: " + b"a" * n + b"\r\n") + record(b"<p>Words.")),
    "archive: many fields of a head": ("e.warc", 5000, lambda n: record(b"<p>Words.", warc=b"X-A: a\r\n" * n) + record(b"<p>Words.")),
    "archive: a long head of a response": ("e.warc", 500000, lambda n: record(b"<p>Words.", http=b"X-A: " + b"a" * n + b"\r\n")),
    "archive: chunks of one byte": ("e.warc", 20000, lambda n: record(
        b"".join(b"1\r\n%c\r\n" % c for c in PAGE.encode() + b"<p>The river rose." * (n // 16)) + b"0\r\n\r\n", http=b"Transfer-Encoding: chunked\r\n")),
    "archive: lengths that are too long": ("e.warc", 200, lambda n: record(b"<title>T</title><p>Some words of it.</p>", off=10 ** 8) * n),
    "archive: lengths that are too short": ("e.warc", 200, lambda n: record(b"<title>T</title><p>Some words of it.</p>", off=-20) * n),
    "archive: no records": ("e.warc", 20000, lambda n: record(b"<p>Words.") + b"WARC/1\nno record\n" * n),
    "copies: one text": ("d.jsonl", 1100, lambda n: row("The ferry was towed into the harbour on Tuesday night after its engine failed, and nobody was hurt.") * n),
    "copies: one text with a number": ("d.jsonl", 1500, lambda n: "".join(
        row(f"The ferry was towed into the harbour {letters(i)} on Tuesday night after its engine failed, and nobody was hurt.") for i in range(n))),
    "copies: groups of a hundred": ("d.jsonl", 200, lambda n: "".join(row(f"{letters(i // 100 * 7)} {letters(i // 100)} ".join(
        f"w{j}" for j in range(12)) + f" {i}") for i in range(n))),
    "copies: one word": ("d.jsonl", 50000, lambda n: row("well " * n) + row("well " * (n + 1))),
    "copies: two words by turns": ("d.jsonl", 25000, lambda n: row("well done " * n) + row("done well " * n)),
    "copies: signs": ("d.jsonl", 50000, lambda n: row("... !? " * n) + row("!? ... " * n)),
    "copies: a chain": ("d.jsonl", 150, lambda n: "".join(row(" ".join(letters(j * j) for j in range(i * 12, i * 12 + 40))) for i in range(n))),
    "passages: one text": ("p.jsonl", 220, lambda n: row("The ferry was towed into the harbour on Tuesday night after its engine failed, and nobody was hurt.") * n),
    "passages: one word": ("p.jsonl", 11000, lambda n: row("well " * n) + row("well " * (n + 1))),
    "passages: two words by turns": ("p.jsonl", 5000, lambda n: row("well done " * n) + row("done well " * n)),
    "passages: lines of one outlet": ("p.jsonl", 120, lambda n: "".join(json.dumps({"outlet": "Ostmark Echo", "text": "\n\n".join(
        [f"Report {letters(i)} about {letters(i * 13)} in {letters(i * 29)} and what came of it."] + [f"A line {letters(k)} of every page." for k in range(20)])}) + "\n" for i in range(n))),
    "passages: one page of many lines": ("p.jsonl", 750, lambda n: (json.dumps({"outlet": "Ostmark Echo", "text": "\n\n".join(
        f"A line {letters(k)} of every page." for k in range(n))}) + "\n") * 4),
    "passages: odd words": ("p.jsonl", 400, lambda n: "".join(row(" ".join(f"the {letters(i * 977 + 9999999)} went to {letters(i * 31 + k)}" for i in range(n))) for k in (1, 2))),
    "round-ups of two reports": ("t.jsonl", 15, lambda n: "".join(json.dumps({"outlet": f"Paper {letters(i)}", "published": f"2031-01-{1 + i % 28:02d}", "title": "Ferry towed into Ostmark", "text": "\n\n".join(
        [f"The ferry Alma was towed into the harbour of Ostmark by the tug {letters(k * 17)} on Tuesday, and its {letters(k * 29)} were brought ashore." for k in range((i % 2) * 10, 10 + (i % 3 > 0) * 10)])}) + "\n"
        for i in range(n))),
    "passages: lines of replies": ("p.jsonl", 1000, lambda n: row("> " * n + "The ferry was towed into the harbour on Tuesday night.\n") * 2),
    "figures of one story": ("t.jsonl", 15, lambda n: "".join(json.dumps({"outlet": f"Paper {letters(i)}", "published": f"2031-01-{1 + i % 28:02d}", "title": "Ferry sinks off Ostmark", "text": "\n\n".join(
        [f"The ferry Alma sank off Ostmark and {12 + i} people died, the coast guard said."] + [f"Some {20 + i * k % 90} passengers of the ferry were taken to hospital {letters(k * 29)} on Tuesday." for k in range(8)])}) + "\n"
        for i in range(n))),
    "figures in one sentence": ("t.txt", 150, lambda n: "The ferry sank and " + ", ".join(f"{i + 7} people of whom {i % 5 + 2} were hurt in {1900 + i % 99}" for i in range(n)) + ".\n"),
    "announced again and again": ("t.jsonl", 15, lambda n: "".join(json.dumps({"outlet": f"Paper {letters(i)}", "published": f"2031-01-{1 + i % 28:02d}", "title": "Talks in Ostmark", "text": "\n\n".join(
        [f"Minister Orla Finch {'will meet' if i % 2 else 'met'} the farmers {letters(k * 17)} of Ostmark {letters(k * 29)} about their dam on Tuesday." for k in range(10)])}) + "\n"
        for i in range(n))),
    "stories: one event": ("s.jsonl", 100, lambda n: "".join(json.dumps({"id": str(i), "published": f"2031-01-01T{i // 60 % 24:02d}:{i % 60:02d}:00Z", "title": "Ferry towed into Ostmark harbour",
        "text": f"The ferry Alma was towed into the harbour of Ostmark by the tug {letters(i * 17)} on Tuesday."}) + "\n" for i in range(n))),
    "feed items": ("t.xml", 100, lambda n: "<rss><channel>" + "".join(
        f"<item><title>Report {letters(i)}</title><description>Rain in {letters(i * 13)}.</description></item>" for i in range(n))),
    "one title of a feed": ("t.xml", 100000, lambda n: "<rss><item><title>" + "well &amp; " * (n // 10) + "</title></item></rss>"),
    "one title of a feed in CDATA": ("t.xml", 200000, lambda n: "<rss><item><title><![CDATA[" + "well & " * (n // 7) + "]]></title></item></rss>"),
    "end tags in CDATA": ("t.xml", 20000, lambda n: "<rss><item><title><![CDATA[" + "</title>" * n + "]]></title></item></rss>"),
    "CDATA never closed": ("t.xml", 100, lambda n: "<rss>" + "<item><title><![CDATA[Rain</title><link>http://a.example/1</link></item>" * n),
    "elements of a feed never closed": ("t.xml", 20000, lambda n: "<rss><item>" + "<a><b>" * n + "<title>T</title>"),
    "end tags of a feed never opened": ("t.xml", 4000, lambda n: "<rss><item>" + "<a>" * 60 + "</b>" * n + "<title>T</title>"),
    "tags of a feed that do not end": ("t.xml", 40000, lambda n: "<rss><item><title>" + "<a b='" * n + "</title></item></rss>"),
    "markup in a title that does not end": ("t.xml", 20000, lambda n: "<rss><item><title>&lt;/p>" + "&lt;a &lt; " * n + "</title></item></rss>"),
    "name spaces of a feed": ("t.xml", 4000, lambda n: "<rss><item>" + "".join(f"<a xmlns:a{i}='u'>" for i in range(50)) + "<b/>" * n + "<title>T</title></item></rss>"),
    "attributes of a feed": ("t.xml", 20000, lambda n: "<rss><item><title " + "".join(f"a{i}='1' " for i in range(n)) + ">T</title></item></rss>"),
    "entities of a feed": ("t.xml", 8000, lambda n: "<!DOCTYPE rss [" + "".join(f"<!ENTITY e{i} '" + "x" * 200 + "'>" for i in range(500))
                           + "]><rss><item><title>" + "&e499;" * (n // 16) + "</title></item></rss>"),
    "an entity bomb": ("t.xml", 2000, lambda n: "<!DOCTYPE rss [<!ENTITY l0 'lol'>" + "".join(
        f"<!ENTITY l{i + 1} '" + f"&l{i};" * 10 + "'>" for i in range(20)) + "]><rss><item><title>" + "&l20;" * n + "</title></item></rss>"),
    "items of a json feed": ("t.json", 100, lambda n: '{"version":"https://jsonfeed.org/version/1.1","items":[' + ",".join(
        f'{{"id":"{i}","title":"Report {letters(i)}","content_text":"Rain in {letters(i * 13)}."}}' for i in range(n)) + "]}"),
    "json fields": ("t.jsonl", 20000, lambda n: '{"text":"One. Two.",' + "".join(f'"k{i}":{i},' for i in range(n)) + '"id":"x"}\n'),
    "short articles": ("t.jsonl", 150, lambda n: "".join(
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


def letters(i):
    out = ""
    i += 26
    while i:
        i, d = divmod(i, 26)
        out = chr(97 + d) + out
    return out


def instructions(binary, scratch, name, text):
    path = os.path.join(scratch, name)
    with open(path, "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    command = {"h.html": ["debug-html"], "d.jsonl": ["duplicates", "--jsonl", "--threads", "1"],
               "s.jsonl": ["stories", "--jsonl", "--threads", "1"], "p.jsonl": ["passages", "--jsonl", "--inside", "--threads", "1"],
               "q.jsonl": ["quotes", "--jsonl", "--threads", "1"],
               "e": ["extract", "--jsonl", "--threads", "1"]}.get("e" if name.startswith("e.") else name, ["compare", "--json", "--threads", "1"])
    done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", binary, *command, "--quiet", path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment())
    said = done.stderr.decode("utf-8", "replace")
    m = re.search(r"Collected : (\d+)", said)
    if not m or done.returncode not in (0, 1):
        raise RuntimeError(f"exit code {done.returncode}: {said[-400:]}")
    return int(m.group(1))


def measure(job):
    """The work for 2n and for 4n, what the program does for next to nothing taken off."""
    binary, name, rest = job
    file, n, build = TRAPS[name]
    with tempfile.TemporaryDirectory() as scratch:
        try:
            work = [max(1, instructions(binary, scratch, file, build(n * k)) - rest) for k in (2, 4)]
        except RuntimeError as e:
            return name, None, str(e)
    return name, work, None


def idle(binary, file, build):
    with tempfile.TemporaryDirectory() as scratch:
        try:
            return instructions(binary, scratch, file, build(2))
        except RuntimeError:
            return 0  # the trap itself will say what is wrong


def main():
    if not shutil.which("valgrind"):
        skip("no valgrind (tools/setup.sh --test installs it)")
    binary = os.path.abspath(sys.argv[1])
    names = sys.argv[2:] or list(TRAPS)
    failed = 0
    kinds = {TRAPS[n][0]: TRAPS[n][2] for n in reversed(names)}
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        rest = dict(zip(kinds, pool.map(lambda file: idle(binary, file, kinds[file]), kinds)))
        for name, work, problem in pool.map(measure, [(binary, n, rest[TRAPS[n][0]]) for n in names]):
            if problem:
                failed += 1
                print(f"FAILED {name}: {problem}")
                continue
            growth = work[1] / work[0]
            bad = growth >= GROWTH and work[1] >= LITTLE
            failed += bad
            print(f"{'FAILED' if bad else 'ok    '} {name:28s} {work[1] / 1e6:8.1f} M instructions, x {growth:.2f}")
    print(f"{len(names) - failed} of {len(names)} traps grow with their input")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
