#!/bin/sh
# The example story: everything that was planted in it stands in the report (examples/check.py knows the answers).
#   run.sh BINARY PYTHON
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
binary=$1
python=$2
report=$(mktemp)
trap 'rm -f "$report"' EXIT
cd "$root"
"$binary" compare --json --with-text examples/coverage >"$report"
"$python" examples/check.py "$report"
