# Articles for people: what they are, then their text in paragraphs; articles are parted by a line, what cannot be read is named.
samestory extract --columns 72 page.html two.txt none.html 2> message || echo "$?"
cat message
echo "--- columns"
samestory extract --columns 40 page.html | awk 'length($0) > 60'
# How the page was read: what was left out is there, with the reason.
samestory extract --debug page.html > debug.html
for words in 'Old bridge to close' 'Send it to a friend' 'Harbour' 'All rights reserved' 'share' 'class or id word' 'The bridge in May'; do
    grep -q "$words" debug.html || echo "not shown: $words"
done
code=0
samestory extract --debug --jsonl page.html > nothing 2> message || code=$?
cat message
echo "$code"
