# Options may stand before or behind the inputs; -- ends them.
cp one.txt ./--json
samestory extract one.txt --jsonl > behind
samestory extract --jsonl one.txt > before
samestory extract --jsonl -- one.txt > marked
cmp behind before
cmp before marked
samestory extract --jsonl -- --json | head -c 14
