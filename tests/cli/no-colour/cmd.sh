# No escape sequence where no terminal is, whatever the terminal is called.
for term in dumb xterm-256color; do
    TERM=$term samestory extract one.txt > "$term"
    if grep -q "$(printf '\033')" "$term"; then
        echo "colour in a file"
    fi
done
cmp dumb xterm-256color
