/*
 * Prints the persons whom each "he" and "she" that speaks may mean, for tools/train/speakers.py.
 *
 *   speaker_features INPUT...
 *
 * Out: for each such source a line "# ID BYTE", then a line a candidate, the newest first: its
 * name, a tab, its features (quote_speaker.h) parted by blanks.
 */
#include <stdio.h>

#include "bench_run.h"
#include "quote_speaker.h"
#include "text_pack.h"

static void put_candidates(quote_speakers *s, uint32_t at, const sst_quote *q)
{
    const sst_text *t = s->c->t;
    quote_candidate v[QUOTE_CANDIDATE_MAX];
    quote_follow_chain(s, at);
    uint32_t n = quote_candidates(s, at, q, v);
    printf("# %.*s\t%u\n", (int)t->article->id.n, t->article->id.p, t->tok[at].begin);
    for (uint32_t k = 0; k < n; k++) {
        sst_str name = t->entity[v[k].entity].name;
        printf("%.*s\t", (int)name.n, name.p);
        for (uint32_t i = 0; i < QUOTE_PRONOUN_FEATURES; i++)
            printf(i ? " %d" : "%d", v[k].feature[i]);
        putchar('\n');
    }
}

static bool put_article(const sst_text *packed)
{
    sst_arena scratch;
    arena_init(&scratch, 0);
    sst_text text;
    if (text_unpack(packed, &scratch, &text))
        return false;
    const sst_text *t = &text;
    quote_rule_list rules;
    sst_quotes found;
    uint8_t *inside = arena_calloc(&scratch, t->tok_n + 1, 1);
    bool well = inside && quote_rules(t, &scratch, &rules, inside) == SST_OK &&
                quote_find(t, &scratch, &found) == SST_OK;
    quote_context c = {t, inside};
    quote_speakers s = {.c = &c, .last_entity = UINT32_MAX};
    for (uint32_t i = 0; well && i < found.n; i++) {
        sst_quote q = found.v[i];
        uint32_t at = text_token_at(t, q.source.n ? q.source.v[0].begin : q.content.v[0].begin);
        bool one = q.source.n && q.source.v[0].end == t->tok[at].end;
        if (one && (text_word_is(t, at, "he") || text_word_is(t, at, "she"))) {
            put_candidates(&s, at, &q);
            quote_speaker(&s, at, at + 1, &q);
        } else if (q.entity != UINT32_MAX || q.speaker.n) {
            quote_speaker_known(&s, &q, at);
        }
    }
    arena_release(&scratch);
    return well;
}

int main(int argc, char **argv)
{
    sst_context *ctx = bench_run(NULL, argv + 1, argc - 1, SST_STAGE_QUOTES);
    if (!ctx)
        return 1;
    for (uint32_t i = 0; i < ctx->usable_n; i++)
        if (!put_article(ctx->usable[i]))
            return 1;
    sst_close(ctx);
    return 0;
}
