#!/usr/bin/env python3
"""Writes samestory(1) and the bash completion from cli/commands.def.

    gen_man.py --version V --template docs/samestory.1.in --man OUT --bash OUT cli/commands.def

The form of the table is described in cli/README.md. The parser reads C tokens: comments, # lines, identifiers, string
literals (neighbours are joined), commas and parentheses; anything else is an error with its line number.
"""
import argparse
import re
import sys
import textwrap

TOKEN = re.compile(r'(?P<space>\s+|/\*.*?\*/|//[^\n]*)|(?P<line>#(?:\\\n|[^\n])*)|(?P<string>"(?:\\.|[^"\\\n])*")'
                   r'|(?P<name>[A-Za-z_]\w*)|(?P<mark>[(),;])', re.S)
ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "'": "'"}
ALL = "all"


class TableError(Exception):
    pass


def tokens(text):
    at = 0
    while at < len(text):
        m = TOKEN.match(text, at)
        line = text.count("\n", 0, at) + 1
        if not m:
            raise TableError(f"{line}: cannot read {text[at:at + 20]!r}")
        at = m.end()
        if m.lastgroup not in ("space", "line"):
            yield m.lastgroup, m.group(0), line


def unquote(literal, line):
    def escape(m):
        if m.group(1) not in ESCAPES:
            raise TableError(f"{line}: unknown escape \\{m.group(1)}")
        return ESCAPES[m.group(1)]
    return re.sub(r"\\(.)", escape, literal[1:-1], flags=re.S)


def parse(text):
    """-> (commands, options): lists of dictionaries in the order of the table"""
    commands, options = [], []
    stream = list(tokens(text))
    i = 0
    while i < len(stream):
        kind, word, line = stream[i]
        if word == ";":
            i += 1
            continue
        if word not in ("COMMAND", "COMMAND_NAMED", "OPTION") or i + 1 >= len(stream) or stream[i + 1][1] != "(":
            raise TableError(f"{line}: expected COMMAND(...) or OPTION(...), found {word}")
        i += 2
        args, current = [], None
        while True:
            if i >= len(stream):
                raise TableError(f"{line}: {word} is not closed")
            kind, piece, at = stream[i]
            i += 1
            if kind == "string":
                current = (current or "") + unquote(piece, at)
            elif kind == "name":
                if current is not None:
                    raise TableError(f"{at}: {piece} after another argument without a comma")
                current = piece
            elif piece in ",)":
                if current is None:
                    raise TableError(f"{at}: an argument of {word} is empty")
                args.append(current)
                current = None
                if piece == ")":
                    break
            else:
                raise TableError(f"{at}: unexpected {piece}")
        if word == "COMMAND_NAMED":
            args, word = args[1:], "COMMAND"
        if word == "COMMAND":
            if len(args) != 5:
                raise TableError(f"{line}: COMMAND has {len(args)} arguments, not 5")
            commands.append(dict(zip(("name", "args", "summary", "help", "group"), args)))
        else:
            if len(args) != 4:
                raise TableError(f"{line}: OPTION has {len(args)} arguments, not 4")
            options.append(dict(zip(("of", "flag", "value", "help"), args)))
    names = [c["name"] for c in commands]
    if len(set(names)) != len(names):
        raise TableError("a command stands in the table twice")
    known = set(names) | {c["group"] for c in commands} | {ALL}
    for o in options:
        if o["of"] not in known:
            raise TableError(f"option {o['flag']} belongs to {o['of']}, which is no command or group")
    return commands, options


def flags(option):
    return [f.strip() for f in option["flag"].split(",")]


def options_of(command, options):
    return [o for o in options if o["of"] in (ALL, command["name"], command["group"])]


# --------------------------------------------------------------------------------------------------------- the manual
def roff(text):
    """Text for roff: backslashes kept, a hyphen that must stay one escaped, no line that looks like a request."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + x if x[:1] in (".", "'") else x for x in text.split("\n"))


def words(text):
    """Arguments of a mdoc macro, quoted when they could be taken for a macro or hold a space."""
    out = []
    for w in text.split():
        out.append('"' + w.replace('"', '""') + '"' if re.fullmatch(r"[A-Z][A-Za-z]|[^\w\-\[\]<>|.]+", w) else roff(w))
    return " ".join(out)


def paragraphs(text):
    """A blank line starts a paragraph; lines that begin with two spaces are kept as they are."""
    out, open_pre, first = [], False, True
    gap = False
    for line in text.rstrip("\n").split("\n"):
        pre = line.startswith("  ") and line.strip()
        if open_pre and not pre:
            out.append(".Ed")
            open_pre = False
        if not line.strip():
            gap = True
            continue
        if pre:
            if not open_pre:
                out.append(".Bd -literal -offset indent" + (" -compact" if not gap else ""))
                open_pre = True
            elif gap:
                out.append("")
            out.append(roff(line[2:].rstrip()))
        else:
            if gap and not first:
                out.append(".Pp")
            # Every sentence starts a source line, as mdoc wants it.
            for sentence in re.split(r"(?<=[a-z)][.?!]) +(?=[A-Z])", line.strip()):
                out += roff("\n".join(textwrap.wrap(sentence, 72, break_on_hyphens=False))).split("\n")
        gap = False
        first = False
    if open_pre:
        out.append(".Ed")
    return out


def option_items(some):
    out = []
    for o in some:
        names = " , ".join("Fl " + roff(f[1:]) for f in flags(o))
        value = f" Ar {words(o['value'])}" if o["value"] else ""
        out.append(f".It {names}{value}")
        out += paragraphs(o["help"])
    return out


def manual(template, version, commands, options):
    synopsis, listed = [], []
    for c in commands:
        synopsis += [".Nm samestory", f".Cm {c['name']}"]
        if options_of(c, options):
            synopsis.append(".Op Ar options")
        if c["args"]:
            synopsis.append(".Ar " + words(c["args"]))
    listed.append(".Bl -tag -width Ds")
    for c in commands:
        args = " Ar " + words(c["args"]) if c["args"] else ""
        listed.append(f".It Cm {c['name']}{args}")
        listed += paragraphs(c["summary"][:1].upper() + c["summary"][1:] + ("" if c["summary"].endswith(".") else "."))
        if c["help"].strip():
            listed.append(".Pp")
            listed += paragraphs(c["help"])
    listed.append(".El")

    sections = []
    heads = [(ALL, "Every command takes:")]
    groups = []
    for c in commands:
        if c["group"] not in groups and c["group"] not in (ALL, "none"):
            groups.append(c["group"])
    for g in groups:
        members = " , ".join(f"Cm {c['name']}" for c in commands if c["group"] == g)
        heads.append((g, members))
    heads += [(c["name"], f"Cm {c['name']}") for c in commands if c["name"] not in groups]
    for key, head in heads:
        some = [o for o in options if o["of"] == key]
        if not some:
            continue
        if sections:
            sections.append(".Pp")
        sections.append(head if key == ALL else "." + head + " :")
        sections += [".Bl -tag -width Ds"] + option_items(some) + [".El"]

    text = template
    for key, value in {"VERSION": version, "SYNOPSIS": "\n".join(synopsis),
                       "COMMANDS": "\n".join(listed), "OPTIONS": "\n".join(sections)}.items():
        text = text.replace(f"@{key}@", value)
    return text


# ----------------------------------------------------------------------------------------------------- the completion
def completion(commands, options):
    def names(some):
        return " ".join(f for o in some for f in flags(o))
    out = ["# bash completion for samestory; made by tools/gen_man.py from cli/commands.def", "_samestory()", "{",
           "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command= word",
           "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do",
           "        [[ $word == -* ]] || { command=$word; break; }", "    done",
           "    COMPREPLY=()", "    if [[ -z $command ]]; then",
           f"        mapfile -t COMPREPLY < <(compgen -W '{' '.join(c['name'] for c in commands)}' -- \"$current\")",
           "        return", "    fi"]
    with_value = sorted({f for o in options if o["value"] for f in flags(o)})
    if with_value:
        out += ["    case $previous in", "        " + " | ".join(with_value) + ") return ;;", "    esac"]
    out += ["    [[ $current == -* ]] || return", "    case $command in"]
    for c in commands:
        extra = names(options_of(c, options))
        if extra:
            out.append(f"        {c['name']}) mapfile -t COMPREPLY < <(compgen -W '{extra}' -- \"$current\") ;;")
    out += ["    esac", "}", "complete -o default -F _samestory samestory", ""]
    return "\n".join(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--version", required=True)
    parser.add_argument("--template", required=True)
    parser.add_argument("--man", required=True)
    parser.add_argument("--bash", required=True)
    parser.add_argument("table")
    args = parser.parse_args()
    with open(args.table, encoding="utf-8") as f:
        text = f.read()
    try:
        commands, options = parse(text)
    except TableError as e:
        sys.exit(f"{args.table}:{e}")
    with open(args.template, encoding="utf-8") as f:
        template = f.read()
    for path, out in ((args.man, manual(template, args.version, commands, options)),
                      (args.bash, completion(commands, options))):
        with open(path, "w", encoding="utf-8") as f:
            f.write(out)


if __name__ == "__main__":
    main()
