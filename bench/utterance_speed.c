/*
 * The time and memory of joining utterances over stories alone.
 *
 *   utterance_speed N [THREADS]
 *
 * N quotations of our own words in N / 10 stories of an article each: a third new, a third versions
 * of earlier ones (cut, a word changed, other punctuation), a third set phrases. Prints seconds of
 * the clock and the processor and the peak of memory for N / 8, N / 4, N / 2 and N, so that what a
 * quotation costs can be compared in one run; articles are made anew for each and are part of the
 * memory, not of the time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "bench_clock.h"
#include "page_article.h"
#include "quote_link.h"

enum { QUOTES = 10, WORDS_MAX = 40, VOCABULARY = 20000, TEXT_BYTES = 8192, DAY = 86400 };

typedef struct made {
    sst_arena arena;
    sst_article article;
    sst_block block;
    sst_text text;
    sst_quotes quotes;
    const sst_quotes *list[1];
    uint32_t place[1];
    sst_cast cast;
    uint32_t *entity[1];
    sst_utterance *utterances;
} made;

static uint64_t state;

static uint32_t random_to(uint32_t n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) % n);
}

/* A word of its number: few are frequent, as in a language. */
static void word(uint32_t k, char *out)
{
    static const char *const parts[] = {"ba", "ke", "lo", "mi", "nu", "ra", "se", "ti",
                                        "vo", "du", "fa", "go", "hi", "pe", "zu", "wa"};
    *out = 0;
    do {
        strcat(out, parts[k % 16]);
        k /= 16;
    } while (k);
}

static uint32_t any_word(void)
{
    uint32_t a = random_to(VOCABULARY), b = random_to(VOCABULARY), c = random_to(VOCABULARY);
    return a < b ? (a < c ? a : c) : (b < c ? b : c);
}

/* Words of quotation number k; versions are made of an earlier one. */
static uint32_t words_of(uint32_t k, uint32_t *w)
{
    uint64_t keep = state;
    state = (uint64_t)k * 2654435761u + 17;
    uint32_t kind = k < 30 ? 0 : random_to(3), n = 0;
    if (kind == 1) {
        uint32_t of = random_to(k);
        n = words_of(of - of % 3, w);
        uint32_t from = random_to(1 + n / 4);
        n -= from + random_to(1 + n / 4);
        memmove(w, w + from, n * sizeof *w);
        if (n && random_to(2))
            w[random_to(n)] = any_word();
    } else if (kind == 2) {
        state = random_to(1000) * 77;
        n = 2 + random_to(4);
        for (uint32_t i = 0; i < n; i++)
            w[i] = any_word() % 300;
    } else {
        n = 6 + random_to(WORDS_MAX - 6);
        for (uint32_t i = 0; i < n; i++)
            w[i] = any_word();
    }
    state = keep;
    return n;
}

static int make(made *m, uint32_t story, uint32_t *k)
{
    static char text[TEXT_BYTES];
    sst_span at[QUOTES];
    size_t n = 0;
    for (uint32_t q = 0; q < QUOTES; q++) {
        uint32_t w[WORDS_MAX], word_n = words_of((*k)++, w);
        at[q].begin = (uint32_t)n;
        for (uint32_t i = 0; i < word_n && n < sizeof text - 64; i++) {
            word(w[i], text + n);
            n += strlen(text + n);
            text[n++] = ' ';
        }
        at[q].end = (uint32_t)n;
        text[n++] = '\n';
    }
    memset(m, 0, sizeof *m);
    arena_init_slim(&m->arena, 0, 2048);
    m->article.text = arena_str(&m->arena, (sst_str){text, n});
    m->article.lang = (sst_str){"en", 2};
    m->article.id = arena_printf(&m->arena, "%u", story);
    m->article.published_s = (int64_t)story * 997 % (700 * DAY);
    m->block = (sst_block){{0, (uint32_t)n}, ROLE_BODY};
    m->article.blocks = &m->block;
    m->article.block_n = 1;
    sst_quote *v = arena_calloc(&m->arena, QUOTES, sizeof *v);
    m->utterances = arena_calloc(&m->arena, QUOTES, sizeof *m->utterances);
    sst_span *spans = arena_alloc(&m->arena, sizeof at);
    if (!v || !m->utterances || !spans || text_analyse(&m->article, &m->arena, &m->text))
        return 1;
    memcpy(spans, at, sizeof at);
    for (uint32_t q = 0; q < QUOTES; q++) {
        v[q] = (sst_quote){.type = QUOTE_DIRECT, .content = {&spans[q], 1}, .entity = UINT32_MAX};
        v[q].speaker = arena_printf(&m->arena, "speaker %u", random_to(5000));
        sst_utterance *u = &m->utterances[q];
        u->person = UINT32_MAX;
        u->speaker = v[q].speaker;
        u->n = 1;
        u->v = arena_calloc(&m->arena, 1, sizeof *u->v);
        if (!u->v)
            return 1;
        u->v->quote = q;
        u->v->content = v[q].content;
    }
    m->quotes = (sst_quotes){&m->text, v, QUOTES, QUOTES};
    m->list[0] = &m->quotes;
    m->place[0] = story;
    m->cast.entity = m->entity;
    return m->arena.failed != SST_OK;
}

static int measure(uint32_t n, uint32_t threads)
{
    uint32_t stories = n / QUOTES, k = 0;
    made *all = calloc(stories + 1, sizeof *all);
    quote_link_story *of = calloc(stories + 1, sizeof *of);
    const sst_quotes **quotes = calloc(stories + 1, sizeof *quotes);
    sst_arena arena;
    sst_sayings out;
    arena_init(&arena, 0);
    if (!all || !of || !quotes)
        return 1;
    for (uint32_t s = 0; s < stories; s++) {
        if (make(&all[s], s, &k))
            return 1;
        of[s] = (quote_link_story){all[s].article.id, all[s].list,       all[s].place, 1,
                                   &all[s].cast,      all[s].utterances, QUOTES};
        quotes[s] = &all[s].quotes;
    }
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    double wall = bench_seconds(CLOCK_MONOTONIC), cpu = bench_seconds(CLOCK_PROCESS_CPUTIME_ID);
    if (quote_link_stories(of, stories, threads, &arena, &out) ||
        quote_merge(of, quotes, &out, &arena))
        return 1;
    wall = bench_seconds(CLOCK_MONOTONIC) - wall;
    cpu = bench_seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    getrusage(RUSAGE_SELF, &after);
    printf("%8u quotations  %8u utterances  %7.2f s  %7.2f s of processor  %6.2f us a quotation  "
           "peak %ld MB, of it %ld MB for joining\n",
           n, out.n, wall, cpu, cpu * 1e6 / n, after.ru_maxrss / 1024,
           (after.ru_maxrss - before.ru_maxrss) / 1024);
    for (uint32_t s = 0; s < stories; s++)
        arena_release(&all[s].arena);
    arena_release(&arena);
    free(all);
    free(of);
    free(quotes);
    return 0;
}

int main(int argc, char **argv)
{
    uint32_t n = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 100000,
             threads = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 1;
    for (uint32_t part = 8; part; part /= 2)
        if (measure(n / part, threads))
            return 1;
    return 0;
}
