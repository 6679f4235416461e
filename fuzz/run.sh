#!/bin/sh
# Fuzzes every entry for some seconds, starting from its corpus.
#   run.sh BUILD_DIR SECONDS [ENTRY...]
# New inputs are gathered in BUILD_DIR/corpus/<entry>; a finding lies in BUILD_DIR/findings/<entry>. Minimise a finding, mend the bug, and put the
# input into fuzz/corpus/<entry> under a name that says what it is.
# Inputs stay small, since what a bug needs is small; -entropic=0, since weighing the corpus took half of the time.
set -eu
build=$1
seconds=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
[ "$#" -gt 0 ] || set -- $(cd "$here" && ls fuzz_*.c | sed 's/^fuzz_//; s/\.c$//' | grep -v '^chain$')
failed=0
for entry; do
    mkdir -p "$build/corpus/$entry" "$build/findings/$entry" "$here/corpus/$entry"
    echo "== $entry, $seconds s"
    dict=""
    [ -f "$here/$entry.dict" ] && dict="-dict=$here/$entry.dict"
    # shellcheck disable=SC2086
    "$build/fuzz_$entry" -max_total_time="$seconds" -max_len=4096 -entropic=0 -rss_limit_mb=2048 -timeout=10 $dict \
        -artifact_prefix="$build/findings/$entry/" "$build/corpus/$entry" "$here/corpus/$entry" || failed=1
done
exit "$failed"
