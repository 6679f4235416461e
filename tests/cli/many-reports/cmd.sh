# More reports than letters: labels of two letters stand on the line of their report.
for i in $(seq 10 37); do
    printf '{"id":"r%s","outlet":"Outlet %s","published":"2031-04-02T09:%s:00Z","title":"Dam at Orrin leaks","text":"Water came through the dam at Orrin on Tuesday. Engineer Lise Armitage lowered the lake by two metres."}\n' "$i" "$i" "$i"
done > reports.jsonl
samestory compare -q --columns 80 reports.jsonl | sed -n 4,33p
