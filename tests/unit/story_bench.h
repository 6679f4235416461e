/* Texts for tests of the stages that look at several articles. */
#ifndef STORY_BENCH_H
#define STORY_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base_buf.h"
#include "base_str.h"
#include "page_article.h"
#include "text.h"

enum { BENCH_MOST = 600 };

typedef struct bench {
    sst_arena arena;
    sst_article *article[BENCH_MOST];
    sst_text text[BENCH_MOST];
    const sst_text *v[BENCH_MOST];
    uint32_t n;
} bench;

static inline void bench_init(bench *b)
{
    b->n = 0;
    arena_init(&b->arena, 0);
}

static inline void bench_release(bench *b)
{
    for (uint32_t i = 0; i < b->n; i++)
        page_free(b->article[i]);
    arena_release(&b->arena);
}

/* Adds an article; outlet and published may be "". */
static inline void bench_add_in(bench *b, const char *lang, const char *id, const char *outlet,
                                const char *published, const char *title, const char *body)
{
    static const sst_limits limits = {1u << 30, 1u << 26, 1000, 512};
    sst_document d = {
        .kind = SST_KIND_TEXT, .source = str_of(id), .id = str_of(id), .body = str_of(body)};
    d.outlet = str_of(outlet);
    d.published = str_of(published);
    d.title = str_of(title);
    d.lang = str_of(lang);
    assert_true(b->n < BENCH_MOST);
    assert_int_equal(page_article(&d, &limits, &b->article[b->n]), SST_OK);
    assert_int_equal(text_analyse(b->article[b->n], &b->arena, &b->text[b->n]), SST_OK);
    b->v[b->n] = &b->text[b->n];
    b->n++;
}

static inline void bench_add(bench *b, const char *id, const char *outlet, const char *published,
                             const char *title, const char *body)
{
    bench_add_in(b, "en", id, outlet, published, title, body);
}

static inline sst_str bench_at(const bench *b, uint32_t article, sst_span at)
{
    assert_true(at.begin <= at.end && at.end <= b->v[article]->s.n);
    return str_span(b->v[article]->s, at);
}

static inline void bench_is(sst_str s, const char *z)
{
    if (!str_eq(s, str_of(z)))
        fail_msg("'%.*s' is not '%s'", (int)s.n, s.n ? s.p : "", z);
}

/* A text of n words "w17 w4 ..." from a fixed sequence. */
static inline const char *bench_words(sst_arena *a, uint32_t n, uint32_t seed)
{
    size_t cap = (size_t)n * 7 + 1, at = 0;
    char *p = arena_alloc(a, cap);
    for (uint32_t i = 0; i < n; i++) {
        seed = seed * 1664525u + 1013904223u;
        at += (size_t)snprintf(p + at, cap - at, "w%u ", seed >> 12 & 0xFFFF);
    }
    return p;
}

#endif
