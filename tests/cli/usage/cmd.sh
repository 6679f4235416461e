# Each wrong command line: a message on standard error, nothing on standard output, code 2.
try() {
    code=0
    "$@" || code=$?
    echo "$code: $*"
}
try samestory
try samestory frobnicate
try samestory compare
try samestory compare --frobnicate a.txt
try samestory compare --threads
try samestory compare --threads many a.txt
try samestory compare --kind novel a.txt
try samestory extract --offsets inches a.txt
