/* What the tests of quotations and of utterances share. */
#ifndef QUOTE_BENCH_H
#define QUOTE_BENCH_H

#include "story_bench.h"

#include "quote.h"
#include "story.h"

static inline void append(char *out, size_t cap, const char *between, sst_str s)
{
    size_t n = strlen(out), k = n ? strlen(between) : 0;
    assert_true(n + k + s.n + 1 < cap);
    memcpy(out + n, between, k);
    memcpy(out + n + k, s.p, s.n);
    out[n + k + s.n] = 0;
}

static inline void spans_read_back(const sst_text *t, const sst_spans *s)
{
    for (uint32_t i = 0; i < s->n; i++) {
        assert_true(s->v[i].begin < s->v[i].end && s->v[i].end <= t->s.n);
        assert_true(i == 0 || s->v[i - 1].end <= s->v[i].begin);
    }
}

#endif
