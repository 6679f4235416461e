# What failed is named on standard error and in the rows; the rest is done; code 1.
code=0
samestory extract --jsonl good.txt missing.txt > rows || code=$?
grep -c '"text":"The bridge was closed on Monday' rows
grep '"error"' rows
exit "$code"
