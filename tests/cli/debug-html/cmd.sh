echo "== tree"
samestory debug-html page.html
echo "== tokens"
samestory debug-html --tokens page.html
echo "== tokens with places, packed, from standard input"
printf '<p>caf\351 &lt;1</p>' | gzip | samestory debug-html --tokens --places -
echo "== too deep"
awk 'BEGIN { for (i = 0; i < 600; i++) printf "<div>" }' > deep.html
if samestory debug-html deep.html > deep.txt; then exit 9; fi
tail -n 1 deep.txt | sed 's/^|  *//'
echo "== one file only"
samestory debug-html page.html page.html
