#!/bin/sh
# Fails when clang-format would change a source, or when it has run the lines of a list or a drawing in a comment together, as it
# does with lines beyond the limit: a line at the margin right below an indented one. Exits 77 where there is no clang-format. Generated files are not looked at.
set -eu
cd "$(dirname "$0")/.."
command -v clang-format >/dev/null 2>&1 || {
    echo "skipped: no clang-format (tools/setup.sh --test installs it)"
    exit 77
}
folders=""
for folder in include src cli bench tools tests fuzz; do
    [ -d "$folder" ] && folders="$folders $folder"
done
# shellcheck disable=SC2086  # one word a folder
files=$(find $folders -name '*.gen.*' -prune -o -type f \( -name '*.[ch]' -o -name '*.cc' \) -print | sort)
# shellcheck disable=SC2086
if [ "${1:-}" = --write ]; then
    clang-format -i $files
    exit 0
fi
bad=0
for file in $files; do
    clang-format --dry-run --Werror "$file" >/dev/null 2>&1 || {
        echo "$file"
        bad=$((bad + 1))
    }
done
[ "$bad" -eq 0 ] || {
    echo "$bad files are not formatted: run make format"
    exit 1
}
# shellcheck disable=SC2086
awk 'FNR == 1 { before = "" }
    before ~ /^ \*   +[^ ]/ && /^ \* [^ ]/ { print FILENAME ":" FNR ": a list in a comment has run together"; bad = 1 }
    { before = $0 }
    END { exit bad }' $files
echo "all sources are formatted"
