# With a small memory the index goes to a file; the rows stay the same, and no file is left behind.
awk 'BEGIN {
    for (d = 0; d < 2500; d++) {
        seed = d % 10 == 9 ? d - 4 : d
        x = seed * 7919 % 65537 + 1
        printf "{\"id\":\"a%04d\",\"text\":\"", d
        for (k = 0; k < 150; k++) {
            x = x * 75 % 65537
            printf "w%d ", k == 70 ? d : x % 9000
        }
        print "\"}"
    }
}' > rows.jsonl
mkdir folder
samestory duplicates --jsonl --quiet rows.jsonl > all.txt
TMPDIR=$PWD/folder samestory duplicates --jsonl --quiet --memory 1M rows.jsonl > small.txt
TMPDIR=$PWD/folder samestory duplicates --jsonl --quiet --memory 1M --threads 1 rows.jsonl > one.txt
cmp all.txt small.txt && cmp all.txt one.txt && wc -l < all.txt
ls -A folder
code=0
TMPDIR=nowhere samestory duplicates --jsonl --quiet --memory 1M rows.jsonl 2> err || code=$?
echo "$code $(cat err)"
code=0
samestory duplicates --memory 4 rows.jsonl 2> err || code=$?
echo "$code $(cat err)"
