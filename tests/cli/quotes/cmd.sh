samestory quotes -q --columns 80 articles.jsonl
echo --
samestory quotes -q --columns 80 --speaker LEVRIER --csv articles.jsonl | tr -d '\r'
echo --
samestory quotes -q --speaker "odile lévrier" --jsonl articles.jsonl
echo --
samestory quotes -q --speaker nobody articles.jsonl
samestory quotes -q --speaker "..." articles.jsonl || echo "exit $?"
samestory quotes -q --csv --jsonl articles.jsonl || echo "exit $?"
echo --
samestory quotes -q --type direct --jsonl articles.jsonl
echo --
samestory quotes -q --type mixed,indirect --csv articles.jsonl | tr -d '\r'
samestory quotes -q --type spoken articles.jsonl || echo "exit $?"
samestory quotes -q --type direct, articles.jsonl || echo "exit $?"
