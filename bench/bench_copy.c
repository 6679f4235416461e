/*
 * Speed of the search of copies from text in memory, one core, step by step.
 *
 *   bench_copy [-r ROUNDS] [-j JACCARD] [-s STEP] FILE
 *
 * FILE: JSON Lines with "text", read before. -s: that step alone, once, for a profiler. Lines
 * parted by tabs: step, articles (or pairs of articles), bytes, seconds of the thread on a core
 * (the best round), articles (pairs) a second, what was found. Steps:
 *
 *   words        places and hashes of words
 *   sketch       words, runs of 5 words, sketch
 *   candidates   sketch, postings, lists, who meets whom
 *   pairs        candidates, articles stored as numbers, runs counted, candidates compared exactly
 *   passages     of two articles, from text: one, and the first half of it before the second half
 *                of the next; with an index of their own for each pair
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base_buf.h"
#include "bench_clock.h"
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

enum step { WORDS, SKETCH, CANDIDATES, PAIRS, PASSAGES, STEPS };

static const char *const step_name[STEPS] = {"words", "sketch", "candidates", "pairs", "passages"};

static void must(sst_status status)
{
    if (status) {
        fprintf(stderr, "bench_copy: failed with status %d\n", (int)status);
        exit(1);
    }
}

static sst_str spliced(sst_str a, sst_str b)
{
    sst_str s = {malloc(a.n / 2 + b.n - b.n / 2 + 1), a.n / 2 + b.n - b.n / 2};
    memcpy((char *)(uintptr_t)s.p, a.p, a.n / 2);
    memcpy((char *)(uintptr_t)s.p + a.n / 2, b.p + b.n / 2, b.n - b.n / 2);
    return s;
}

/* Seconds for the passages of all pairs; making the second texts is not timed. */
static double run_passages(const texts *t, size_t *found)
{
    double seconds = 0;
    sst_arena arena;
    arena_init(&arena, 0);
    *found = 0;
    for (uint32_t i = 0; i + 1 < t->n; i++) {
        sst_str text[2] = {t->v[i], spliced(t->v[i], t->v[i + 1])};
        sst_article article[2] = {{.index = 0}, {.index = 1}};
        sst_text both[2];
        const sst_text *v[2] = {&both[0], &both[1]};
        sst_passage *passages;
        uint32_t n;
        memset(both, 0, sizeof both);
        for (int k = 0; k < 2; k++) {
            article[k].text = both[k].s = text[k];
            article[k].published_s = INT64_MIN;
            both[k].article = &article[k];
        }
        arena_clear(&arena);
        double begin = bench_seconds(CLOCK_THREAD_CPUTIME_ID);
        must(copy_passages(v, 2, 8, &arena, &passages, &n));
        seconds += bench_seconds(CLOCK_THREAD_CPUTIME_ID) - begin;
        *found += n;
        free((char *)(uintptr_t)text[1].p);
    }
    arena_release(&arena);
    return seconds;
}

static double run(enum step step, const texts *t, double jaccard, size_t *found)
{
    static copy_store store;
    if (step == PASSAGES)
        return run_passages(t, found);
    sst_arena arena, one, grams;
    arena_init(&arena, 0);
    arena_init(&one, 0);
    arena_init(&grams, 0);
    copy_grams set = {.arena = &grams};
    *found = 0;
    double begin = bench_seconds(CLOCK_THREAD_CPUTIME_ID);
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
    double seconds = bench_seconds(CLOCK_THREAD_CPUTIME_ID) - begin;
    copy_store_release(&store);
    arena_release(&arena);
    arena_release(&one);
    arena_release(&grams);
    return seconds;
}

int main(int argc, char **argv)
{
    int rounds = 5, first = WORDS, last = PASSAGES;
    double jaccard = 0.5;
    const char *path = NULL;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "-r") && i + 1 < argc)
            rounds = atoi(argv[++i]);
        else if (!strcmp(argv[i], "-j") && i + 1 < argc)
            jaccard = atof(argv[++i]);
        else if (!strcmp(argv[i], "-s") && i + 1 < argc) {
            for (int s = WORDS; s < STEPS; s++)
                if (!strcmp(argv[i + 1], step_name[s]))
                    first = last = s;
            rounds = 1;
            i++;
        } else
            path = argv[i];
    }
    if (!path) {
        fputs("usage: bench_copy [-r ROUNDS] [-j JACCARD] [-s STEP] FILE\n", stderr);
        return 2;
    }
    texts t = read_texts(path);
    double best[STEPS];
    size_t found[STEPS];
    for (int r = 0; r < rounds; r++)
        for (int s = first; s <= last; s++) {
            double seconds = run((enum step)s, &t, jaccard, &found[s]);
            best[s] = r == 0 || seconds < best[s] ? seconds : best[s];
        }
    for (int s = first; s <= last; s++)
        printf("%s\t%u\t%zu\t%.4f\t%.0f\t%zu\n", step_name[s], t.n, t.bytes, best[s], t.n / best[s],
               found[s]);
    for (uint32_t i = 0; i < t.n; i++)
        free((char *)(uintptr_t)t.v[i].p);
    free(t.v);
    return 0;
}
