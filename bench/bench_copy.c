/*
 * Speed of the search of duplicates from text in memory, one core, step by step.
 *
 *   bench_copy [-r ROUNDS] [-j JACCARD] [-p] FILE     FILE: JSON Lines with "text", read whole
 * before bench_copy [-r ROUNDS] -a FILE                    passages of neighbours: articles 1 and
 * 2, 3 and 4 ...
 *
 * Lines of tabs: step, articles, bytes, seconds of the thread on a core (the best round), articles
 * a second. Steps: "words" (their places and hashes), "sketch" (words, grams, sketch), "candidates"
 * (sketch, postings, lists, who meets whom), "pairs" (candidates, articles stored as numbers, grams
 * counted, every candidate compared exactly). -p: "pairs" alone, once, for a profiler.
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base_buf.h"
#include "copy_pairs.h"

typedef struct texts {
    sst_str *v;
    uint32_t n;
    size_t bytes;
} texts;

static texts read_texts(const char *path)
{
    texts t = {NULL, 0, 0};
    FILE *f = fopen(path, "rb");
    char *line = NULL;
    size_t room = 0, cap = 0;
    for (ssize_t n; f && (n = getline(&line, &room, f)) > 0;) {
        cJSON *row = cJSON_ParseWithLength(line, (size_t)n);
        const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(row, "text"));
        if (text) {
            if (t.n == cap)
                t.v = realloc(t.v, (cap = cap ? cap * 2 : 1024) * sizeof *t.v);
            t.v[t.n] = (sst_str){strdup(text), strlen(text)};
            t.bytes += t.v[t.n++].n;
        }
        cJSON_Delete(row);
    }
    free(line);
    if (f)
        fclose(f);
    return t;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

enum step { WORDS, SKETCH, CANDIDATES, PAIRS, STEPS };

static const char *const step_name[STEPS] = {"words", "sketch", "candidates", "pairs"};

static void must(sst_status status)
{
    if (status) {
        fprintf(stderr, "bench_copy: failed with status %d\n", (int)status);
        exit(1);
    }
}

static double run(enum step step, const texts *t, double jaccard, size_t *found)
{
    static copy_store store;
    sst_arena arena, one, grams;
    arena_init(&arena, 0);
    arena_init(&one, 0);
    arena_init(&grams, 0);
    copy_grams set = {.arena = &grams};
    *found = 0;
    double begin = now();
    must(copy_store_init(&store, false));
    for (uint32_t i = 0; i < t->n; i++) {
        arena_clear(&one);
        char id[16];
        copy_card card = {.id = {id, (size_t)snprintf(id, sizeof id, "%08u", i)},
                          .published_s = INT64_MIN};
        copy_scan scan;
        if (step == WORDS) {
            copy_word_list list = {0};
            if (!copy_words_list(t->v[i], &one, &list))
                must(SST_ERR_MEMORY);
            *found += list.n;
            continue;
        }
        must(copy_scan_text(t->v[i], false, &set, &one, &scan));
        *found += scan.sketch_n;
        if (step == CANDIDATES)
            must(copy_store_put(&store, &card, &scan, (const uint8_t *)"", 1));
        else if (step == PAIRS)
            must(copy_store_add(&store, &card, &scan, t->v[i]));
    }
    if (step == CANDIDATES) {
        uint32_t *first = arena_alloc(&arena, ((size_t)t->n + 1) * sizeof *first), n = 0;
        copy_candidates c;
        for (uint32_t i = 0; first && i < t->n; i++)
            if (copy_store_doc(&store, i)->twin == COPY_NONE)
                first[n++] = i;
        must(copy_find_candidates(&store, first, n, jaccard, 1, &arena, NULL, &c));
        *found = c.n;
    } else if (step == PAIRS) {
        copy_duplicates d;
        must(copy_find_duplicates(&store, jaccard, 1, &arena, NULL, &d));
        *found = d.pair_n;
    }
    double seconds = now() - begin;
    copy_store_release(&store);
    arena_release(&arena);
    arena_release(&one);
    arena_release(&grams);
    return seconds;
}

int main(int argc, char **argv)
{
    int rounds = 5;
    double jaccard = 0.5;
    bool profile = false;
    const char *path = NULL;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "-r") && i + 1 < argc)
            rounds = atoi(argv[++i]);
        else if (!strcmp(argv[i], "-j") && i + 1 < argc)
            jaccard = atof(argv[++i]);
        else if (!strcmp(argv[i], "-p"))
            profile = true;
        else
            path = argv[i];
    }
    if (!path) {
        fputs("usage: bench_copy [-r ROUNDS] [-j JACCARD] [-p] FILE\n", stderr);
        return 2;
    }
    texts t = read_texts(path);
    double best[STEPS];
    size_t found[STEPS];
    for (int r = 0; r < (profile ? 1 : rounds); r++)
        for (int s = profile ? PAIRS : WORDS; s < STEPS; s++) {
            double seconds = run((enum step)s, &t, jaccard, &found[s]);
            best[s] = r == 0 || seconds < best[s] ? seconds : best[s];
        }
    for (int s = profile ? PAIRS : WORDS; s < STEPS; s++)
        printf("%s\t%u\t%zu\t%.4f\t%.0f\t%zu found\n", step_name[s], t.n, t.bytes, best[s],
               t.n / best[s], found[s]);
    for (uint32_t i = 0; i < t.n; i++)
        free((char *)(uintptr_t)t.v[i].p);
    free(t.v);
    return 0;
}
