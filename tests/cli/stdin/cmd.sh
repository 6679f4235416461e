# Standard input, a file and a folder are read alike, and the text is the file's.
mkdir folder
cp one.txt folder/one.txt
text() {
    sed 's/.*"id":\("[^"]*"\).*"text":\("[^"]*"\).*/\1 \2/'
}
samestory extract --jsonl - < one.txt | text
samestory extract --jsonl one.txt | text
samestory extract --jsonl folder | text
