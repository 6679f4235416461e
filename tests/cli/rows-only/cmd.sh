# --json and --jsonl, each at the command that writes the other.
try() {
    code=0
    "$@" 2>&1 || code=$?
    echo "$code"
}
try samestory quotes --json one.txt
try samestory compare --jsonl one.txt
try samestory compare --json --html - one.txt
