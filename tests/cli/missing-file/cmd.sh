# What failed is named on standard error and in the JSON; the rest is done; code 1.
samestory extract --jsonl good.txt missing.txt > rows || code=$?
grep -c "\"text\":\"The bridge was closed on Monday.\\n\"" rows
grep "\"error\"" rows
exit "$code"
