#!/bin/sh
# Makes the pictures of the README from the example: docs/images/*.png.
#
#   tools/screenshots.sh [BINARY]      default build/release/samestory; CHROMIUM names the browser
#
# Runs without network. Needs Chromium, nothing else; the sizes are those of the README.
set -eu

cd "$(dirname "$0")/.."
binary=${1:-build/release/samestory}
browser=${CHROMIUM:-chromium}
work=$(mktemp -d)
server=""
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT

"$binary" compare --quiet --html "$work/report.html" examples/coverage >/dev/null
mkdir -p docs/images

# The served pages: a database of the same reports, named by their path in it.
"$binary" ingest --quiet --db "$work/example.db" examples/coverage >/dev/null
"$binary" serve --db "$work/example.db" --port 0 >"$work/address" &
server=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
    site=$(sed -n 's,.*\(http://[0-9.:]*\)/.*,\1,p' "$work/address")
    [ -n "$site" ] && break
    sleep 0.5
done

# shot NAME WIDTH HEIGHT SCHEME [ADDRESS]: SCHEME is 0 for dark, 1 for light
shot() {
    "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/profile" \
        --blink-settings=preferredColorScheme="$4" --window-size="$2,$3" \
        --screenshot="$PWD/docs/images/$1.png" "${5:-file://$work/report.html}" >/dev/null 2>&1
    echo "docs/images/$1.png"
}

shot report 1280 1240 1
shot report-phone 390 900 0
shot person 1000 900 1 "$site/person/Edda%20Rourke"
shot article 1280 900 1 "$site/article/examples%2Fcoverage%2Fdaily-lantern.html"
