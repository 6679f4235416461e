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
trap 'rm -rf "$work"' EXIT

"$binary" compare --quiet --html "$work/report.html" examples/coverage >/dev/null
mkdir -p docs/images

# shot NAME WIDTH HEIGHT SCHEME: SCHEME is 0 for dark, 1 for light
shot() {
    "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/profile" \
        --blink-settings=preferredColorScheme="$4" --window-size="$2,$3" \
        --screenshot="$PWD/docs/images/$1.png" "file://$work/report.html" >/dev/null 2>&1
    echo "docs/images/$1.png"
}

shot report 1280 1240 1
shot report-phone 390 900 0
