# Help of the program and of a command; --help is the same as help.
samestory help
COLUMNS=80 samestory help quotes > one
COLUMNS=80 samestory quotes --help > two
cmp one two
cat one
for c in compare extract passages stories quotes figures version help; do
    samestory help "$c" > text
    head -n 1 text
done
