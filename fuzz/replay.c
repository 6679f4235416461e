/*
 * Runs a fuzz entry on files, without a fuzzer:
 *
 *   replay_<entry> [-c CUTS] FILE-OR-FOLDER...     a folder: its files, in byte order
 *
 * Any compiler and any sanitizer will do; ctest replays fuzz/corpus/<entry> with it. -c: each file
 * also cut off at so many random places; these hang on the file's bytes alone, so that a finding
 * happens again.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"

static unsigned cuts, cuts_done;

/* A buffer of exactly n bytes, so that reading past the end is seen. */
static int replay_bytes(const uint8_t *bytes, size_t n)
{
    uint8_t *exact = malloc(n ? n : 1);
    if (!exact)
        return 1;
    if (n)
        memcpy(exact, bytes, n);
    LLVMFuzzerTestOneInput(exact, n);
    free(exact);
    return 0;
}

static int replay_cut(const uint8_t *bytes, size_t n)
{
    uint64_t random = 14695981039346656037u; /* FNV-1a of the file */
    for (size_t i = 0; i < n; i++)
        random = (random ^ bytes[i]) * 1099511628211u;
    int failed = 0;
    for (unsigned k = 0; n && k < cuts; k++) { /* xorshift64* */
        random ^= random >> 12;
        random ^= random << 25;
        random ^= random >> 27;
        failed |= replay_bytes(bytes, (size_t)(random * 2685821657736338717u % n));
        cuts_done++;
    }
    return failed;
}

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
    int failed = replay_bytes(bytes, n) | replay_cut(bytes, n);
    free(bytes);
    return failed;
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
    int first = 1, failed = 0;
    if (argc > 3 && strcmp(argv[1], "-c") == 0) {
        cuts = (unsigned)strtoul(argv[2], NULL, 10);
        first = 3;
    }
    for (int i = first; i < argc; i++)
        failed |= replay(argv[i], &files);
    printf("%u inputs replayed", files);
    if (cuts)
        printf(", cut at %u places", cuts_done);
    putchar('\n');
    return failed || files == 0;
}
