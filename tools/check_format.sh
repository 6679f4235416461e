#!/bin/sh
# Fails when clang-format would change a source; exits 77 where there is no clang-format. Generated files are not looked at.
set -eu
cd "$(dirname "$0")/.."
command -v clang-format >/dev/null 2>&1 || {
    echo "skipped: no clang-format (tools/setup.sh --test installs it)"
    exit 77
}
folders=""
for folder in include src cli serve tests fuzz; do
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
echo "all sources are formatted"
