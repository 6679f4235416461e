#!/usr/bin/env python3
"""Checks the rules of the layout that a compiler does not see.

    check_layers.py [ROOT]         check the tree (default: the checkout this script lies in)
    check_layers.py --self-test    make small trees that break one rule each; every one must be found

Rules:
  order     a stage includes base/, itself and the stages before it; report and store do not know each other
  door      cli/ and serve/ include "samestory.h" and headers of their own folder only
  unknown   every #include "..." names a header of this tree or a generated one (*.gen.h)
  unique    no two sources or headers of src/ have the same name
  prefix    a file of src/<folder>/ is named <folder>.c, <folder>.h or <folder>_*
  size      no file over 1,000 lines, unless its head says "over 1,000 lines because ..."
  memory    only src/base/ calls malloc, calloc, realloc, free, strdup, strndup
  network   only src/fetch/ includes libcurl, only src/serve/ libmicrohttpd and the headers of sockets; nobody else calls them
  quiet     the library never calls exit, abort, printf, getenv, setlocale and their kin
"""
import os
import re
import sys
import tempfile

STAGES = ["base", "read", "html", "page", "text", "copy", "story", "quote", "figure", "compare", "report", "store", "api", "fetch",
          "serve"]
STRANGERS = [{"report", "store"}]
SYSTEM = re.compile(r'^[ \t]*#[ \t]*include[ \t]*<([^>\n]+)>', re.M)
MAX_LINES = 1000
MEMORY = ["malloc", "calloc", "realloc", "reallocarray", "free", "strdup", "strndup", "aligned_alloc", "posix_memalign"]
SOCKETS = ["socket", "connect", "bind", "listen", "accept", "accept4", "getaddrinfo"]
NETWORK = {"curl/curl.h": ["fetch"], "microhttpd.h": ["serve"], "sys/socket.h": ["fetch", "serve"], "netdb.h": ["fetch", "serve"],
           "netinet/in.h": ["fetch", "serve"]}
LOUD = ["exit", "_exit", "_Exit", "quick_exit", "abort", "printf", "fprintf", "vprintf", "vfprintf", "puts", "fputs", "putchar",
        "perror", "getenv", "secure_getenv", "setenv", "setlocale", "system"]

TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"', re.M)


def blank(match):
    """A comment or a literal becomes spaces; the line ends stay, so that line numbers do."""
    return re.sub(r"[^\n]", " ", match.group(0))


def without_comments(text):
    return TOKEN.sub(lambda m: blank(m) if m.group(0)[0] == "/" else m.group(0), text)


def code_only(text):
    return TOKEN.sub(blank, text)


def calls(code, names):
    """(line, name) for each call of one of the names; `x->free(`, `x.free(` and `sst_free(` are others' names."""
    pattern = re.compile(r"(?<![\w.])(?<!->)(" + "|".join(map(re.escape, names)) + r")[ \t]*\(")
    for m in pattern.finditer(code):
        yield code.count("\n", 0, m.start()) + 1, m.group(1)


def c_files(root, folder):
    top = os.path.join(root, folder)
    for path, folders, names in os.walk(top):
        folders.sort()
        for name in sorted(names):
            if name.endswith((".c", ".cc", ".h")):
                yield os.path.relpath(os.path.join(path, name), root)


def check(root):
    problems = []

    def bad(rule, path, line, message):
        problems.append((rule, f"{path}:{line}: {message} [{rule}]"))

    home = {}
    for path in c_files(root, "src"):
        name = os.path.basename(path)
        if name in home:
            bad("unique", path, 1, f"the name is taken by {home[name]}")
        home[name] = path

    public = {os.path.basename(p) for p in c_files(root, "include")}
    for folder in ["src", "cli", "serve", "include"]:
        for path in c_files(root, folder):
            with open(os.path.join(root, path), encoding="utf-8") as f:
                text = f.read()
            parts = path.split(os.sep)
            generated = ".gen." in parts[-1]
            lines = text.count("\n")
            if lines > MAX_LINES and not generated and "over 1,000 lines because" not in text[:4000]:
                bad("size", path, lines, f"{lines} lines: split it, or say at its head why not")

            stage = parts[1] if folder == "src" and len(parts) > 2 else None
            if folder == "src":
                if stage not in STAGES:
                    bad("order", path, 1, "not in the folder of a stage")
                    continue
                stem = os.path.splitext(parts[-1])[0]
                if stem != stage and not stem.startswith(stage + "_"):
                    bad("prefix", path, 1, f"a file of src/{stage}/ is named {stage}_*")

            for m in INCLUDE.finditer(without_comments(text)):
                line = text.count("\n", 0, m.start()) + 1
                target = os.path.basename(m.group(1))
                if folder == "include":
                    if target not in public:
                        bad("door", path, line, f'the public header includes "{m.group(1)}"')
                elif folder in ("cli", "serve"):
                    own = ".." not in m.group(1) and os.path.exists(os.path.join(root, folder, m.group(1)))
                    if target != "samestory.h" and not own:
                        bad("door", path, line, f'{folder}/ includes "{m.group(1)}": only "samestory.h" and its own headers')
                elif target in public:
                    pass
                elif target.endswith(".def"):
                    if not os.path.exists(os.path.join(root, "src", stage, target)):
                        bad("unknown", path, line, f'"{m.group(1)}" is no table of this folder')
                elif target in home:
                    other = home[target].split(os.sep)[1]
                    if other in STAGES and STAGES.index(other) > STAGES.index(stage):
                        bad("order", path, line, f"{stage} includes {other}, which comes after it")
                    if any({stage, other} == pair for pair in STRANGERS):
                        bad("order", path, line, f"{stage} and {other} do not know each other")
                elif not (target.endswith(".gen.h") and target.startswith(stage)):
                    bad("unknown", path, line, f'"{m.group(1)}" is no header of this tree')

            for m in SYSTEM.finditer(without_comments(text)):
                if m.group(1) in NETWORK and stage not in NETWORK[m.group(1)]:
                    bad("network", path, text.count("\n", 0, m.start()) + 1,
                        f"<{m.group(1)}>: only for src/{' and src/'.join(NETWORK[m.group(1)])}")

            if folder == "src":
                code = code_only(text)
                if stage not in ("fetch", "serve"):
                    for line, name in calls(code, SOCKETS):
                        bad("network", path, line, f"{name}(): only src/fetch/ and src/serve/ open sockets")
                if stage != "base":
                    for line, name in calls(code, MEMORY):
                        bad("memory", path, line, f"{name}(): only src/base/ asks for memory")
                for line, name in calls(code, LOUD):
                    bad("quiet", path, line, f"{name}(): the library does not exit, print or read the environment")
    return problems


def self_test():
    """(rule that must be reported or None, files)"""
    fine = {
        "src/base/base_mem.h": "void *base_get(int n);\n",
        "src/base/base_mem.c": '#include "base_mem.h"\n#include <stdlib.h>\nvoid *base_get(int n) { return malloc(n); }\n',
        "src/text/text_words.h": "int text_words(void);\n",
        "src/text/text_words.c": '#include "text/text_words.h"\n#include "base/base_mem.h"\n#include "text_lang.gen.h"\n'
                                 '/* malloc(3) is not called; "free(x)" */\nint text_words(void) { v->free(v); sst_free(v);'
                                 ' return sizeof "exit(1) //"; }\n',
        "src/report/report.c": '#include "text_words.h"\n#include "samestory.h"\n',
        "src/store/store.h": "",
        "include/samestory.h": "int sst_run(void);\n",
        "cli/main.c": '#include "samestory.h"\n#include "cli.h"\n#include "commands.def"\nint main(void) { exit(1); }\n',
        "cli/cli.h": "",
        "cli/commands.def": "",
    }
    cases = [
        (None, {}),
        ("order", {"src/base/base_x.c": '#include "text_words.h"\n'}),
        ("order", {"src/store/store_x.c": '#include "report/report.h"\n', "src/report/report.h": ""}),
        ("order", {"src/report/report_x.c": '#  include "store.h"\n'}),
        ("order", {"src/elsewhere/elsewhere.c": "\n"}),
        ("door", {"cli/cmd_x.c": '#include "text_words.h"\n'}),
        ("door", {"serve/http.c": '#include "../src/text/text_words.h"\n'}),
        ("door", {"include/more.h": '#include "base_mem.h"\n'}),
        ("unknown", {"src/text/text_x.c": '#include "nowhere.h"\n'}),
        ("unique", {"src/text/more/text_words.c": "\n"}),
        ("prefix", {"src/text/words.c": "\n"}),
        ("size", {"src/text/text_long.c": "\n" * 1001}),
        (None, {"src/text/text_long.c": "/* over 1,000 lines because it is one table */\n" + "\n" * 1001}),
        ("memory", {"src/text/text_x.c": "int *f(void) { return malloc (4); }\n"}),
        ("memory", {"src/text/text_x.c": "void f(char *p) { free(p); }\n"}),
        ("memory", {"src/text/text_x.c": 'char *f(void) { return /* " */ strdup("x"); }\n'}),
        ("unknown", {"src/text/text_x.c": '#include "routes.def"\n'}),
        (None, {"src/serve/serve_x.c": '#include "routes.def"\n', "src/serve/routes.def": ""}),
        ("network", {"src/text/text_x.c": "#include <curl/curl.h>\n"}),
        ("network", {"src/text/text_x.c": "int f(void) { return socket(1, 2, 3); }\n"}),
        (None, {"src/fetch/fetch_x.c": "#include <curl/curl.h>\n", "src/serve/serve_x.c": "#include <microhttpd.h>\n"}),
        ("quiet", {"src/base/base_x.c": "void f(void) { exit(1); }\n"}),
        ("quiet", {"src/text/text_x.c": 'void f(void) { printf("x"); }\n'}),
        ("quiet", {"src/text/text_x.c": 'char *f(void) { return getenv("X"); }\n'}),
        (None, {"src/text/text_x.c": 'int text_printf(int); int f(void) { return snprintf(0, 0, "printf(") + text_printf(1); }\n'}),
    ]
    failed = 0
    for number, (rule, change) in enumerate(cases):
        with tempfile.TemporaryDirectory() as root:
            for path, text in {**fine, **change}.items():
                full = os.path.join(root, path)
                os.makedirs(os.path.dirname(full), exist_ok=True)
                with open(full, "w", encoding="utf-8") as f:
                    f.write(text)
            found = check(root)
        if {r for r, _ in found} != ({rule} if rule else set()):
            failed += 1
            print(f"self-test {number}: wanted {rule}, found {[m for _, m in found]}")
    print(f"self-test: {len(cases) - failed} of {len(cases)} trees judged rightly")
    return failed


def main():
    if sys.argv[1:] == ["--self-test"]:
        return 1 if self_test() else 0
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    problems = check(os.path.normpath(root))
    for _, message in problems:
        print(message)
    if problems:
        print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
