/*
 * Runs a fuzz entry on files, without a fuzzer: `replay_<entry> FILE-OR-FOLDER...` (a folder: its
 * files, in byte order). Any compiler and any sanitizer will do; ctest replays fuzz/corpus/<entry>
 * with it.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"

static int replay_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        return 1;
    }
    uint8_t *bytes = NULL;
    size_t n = 0, room = 0;
    for (;;) {
        if (n == room) {
            room = room ? room * 2 : 4096;
            uint8_t *more = realloc(bytes, room);
            if (!more) {
                free(bytes);
                fclose(f);
                return 1;
            }
            bytes = more;
        }
        size_t got = fread(bytes + n, 1, room - n, f);
        if (!got)
            break;
        n += got;
    }
    fclose(f);
    /* A buffer of exactly n bytes, so that reading past the end is seen. */
    uint8_t *exact = malloc(n ? n : 1);
    if (exact) {
        if (n)
            memcpy(exact, bytes, n);
        LLVMFuzzerTestOneInput(exact, n);
    }
    free(exact);
    free(bytes);
    return exact ? 0 : 1;
}

static int replay(const char *path, unsigned *files)
{
    struct stat st;
    if (stat(path, &st) != 0) {
        perror(path);
        return 1;
    }
    if (!S_ISDIR(st.st_mode)) {
        ++*files;
        return replay_file(path);
    }
    struct dirent **names = NULL;
    int n = scandir(path, &names, NULL, alphasort), failed = n < 0;
    for (int i = 0; i < n; i++) {
        char below[4096];
        if (names[i]->d_name[0] != '.' &&
            snprintf(below, sizeof below, "%s/%s", path, names[i]->d_name) < (int)sizeof below)
            failed |= replay(below, files);
        free(names[i]);
    }
    free(names);
    return failed;
}

int main(int argc, char **argv)
{
    unsigned files = 0;
    int failed = argc < 2;
    for (int i = 1; i < argc; i++)
        failed |= replay(argv[i], &files);
    printf("%u inputs replayed\n", files);
    return failed || files == 0;
}
