cat > articles.jsonl <<'END'
{"id":"n1","outlet":"Marrow Post","published":"2031-04-02T08:00:00Z","title":"Ferry towed in","text":"The ferry Alma was towed into the harbour of Brackwater on Tuesday night after its engine failed in a heavy sea, the harbour master said. All ninety passengers were brought ashore by the lifeboat and nobody was hurt. Divers will look at the hull in the morning before the owners decide what to do with the ship."}
{"id":"n2","outlet":"Ostmark Echo","published":"2031-04-02T11:30:00Z","title":"Passengers safe","text":"The ferry Alma was towed into the harbour of Brackwater on Tuesday night after its engine failed in a heavy sea, the harbour master said. All ninety passengers were brought ashore by the lifeboat and nobody was hurt. Divers will look at the hull in the morning before the owners decide what comes next."}
{"id":"n3","outlet":"Ostmark Echo","title":"Passengers safe","text":"The council voted on Tuesday to mend the bridge at the old mill."}
{"id":"m1","title":"Market at noon","text":"Shares of Alder Mills rose 12 cents to 40 on Monday while the index of the exchange at Ostmark closed at 811 points after a day of thin trade, brokers said at the close of business."}
{"id":"m2","title":"Market at noon","text":"Shares of Alder Mills rose 31 cents to 57 on Monday while the index of the exchange at Ostmark closed at 902 points after a day of thin trade, brokers said at the close of business."}
{"id":"s1","text":"Subscribe to read this article in full."}
{"id":"s2","text":"Subscribe to read this article in full."}
{"id":"n1","outlet":"Marrow Post","published":"2031-04-02T08:00:00Z","title":"Ferry towed in","text":"The ferry Alma was towed into the harbour of Brackwater on Tuesday night after its engine failed in a heavy sea, the harbour master said. All ninety passengers were brought ashore by the lifeboat and nobody was hurt. Divers will look at the hull in the morning before the owners decide what to do with the ship."}
END
samestory duplicates articles.jsonl --jsonl --threshold 0.3
samestory duplicates articles.jsonl --jsonl --groups --show last
samestory duplicates articles.jsonl --threshold 0.3
