# The page comes whole or not at all: it replaces the old one, leaves nothing beside it, and a folder that is not there is named.
printf 'The ferry is back\n\nThe ferry to Ostholm sailed again on Monday.\n' > one.txt
echo old > page.html
samestory compare one.txt --html page.html > text
head -c 15 page.html
tail -n 1 page.html
ls page.html*
samestory compare one.txt --html - | cmp - page.html
code=0
samestory compare one.txt --html nowhere/page.html > text 2> message || code=$?
cat message
echo "$code"
samestory compare one.txt --html page.html | head -n 0
