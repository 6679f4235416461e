# Why two articles are one story or not; the grain and the links of a user.
samestory why a1 a2 articles.jsonl --columns 80
samestory why a1 b1 articles.jsonl --json
samestory why a1 zz articles.jsonl || echo "code $?"
samestory why a1 a2 || echo "code $?"
printf '# known\nmust-link\ta1\tb1\ncannot-link\ta1\ta2\nmust-link\ta9\tb1\n' > links.txt
samestory stories --links links.txt articles.jsonl
samestory why a1 b1 --links links.txt articles.jsonl | sed -n 4p
printf 'must-link a1 b1\n' > bad.txt
samestory stories --links bad.txt articles.jsonl || echo "code $?"
samestory stories --grain saga --jsonl articles.jsonl | grep -c '"event"'
samestory stories --grain week articles.jsonl || echo "code $?"
