# A full disk is said and ends with 3, for every writer; a pipe or a device is written to and stays what it is.
printf 'The ferry is back\n\nThe ferry to Ostholm sailed again on Monday.\n' > one.txt
full() {
    code=0
    "$@" > /dev/full 2> err || code=$?
    echo "$code $(cat err)"
}
full samestory version
full samestory help
full samestory compare --help
full samestory compare one.txt
full samestory compare --json one.txt
full samestory quotes --jsonl one.txt
# a link to the device, so that a program that replaces it harms nothing
ln -s /dev/full full
full samestory compare one.txt --html full
test -L full
mkfifo pipe
tail -n 1 pipe > page &
samestory compare one.txt --html pipe > text
wait
cat page
test -p pipe
