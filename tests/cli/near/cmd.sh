# A name that is nearly right is answered with the right one.
try() {
    "$@" || true
}
try samestory compre a.txt 2>&1 | head -n 1
try samestory figurse a.txt 2>&1 | head -n 1
try samestory help quots 2>&1 | head -n 1
try samestory compare --jsn a.txt 2>&1 | head -n 1
try samestory quotes --mark a.txt 2>&1 | head -n 1
try samestory xyzzy 2>&1 | head -n 1
