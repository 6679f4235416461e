/*
 * Prints what the finder of quotations sees of each token, for tools/train/learn_quote.py.
 *
 *   quote_features INPUT...
 *
 * Out: for each article a line "# ID TOKENS", then a line a token: begin, end (bytes), key in
 * hexadecimal, paragraph, rows (quote_net.h) parted by commas; in input order.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench_run.h"
#include "quote_net.h"
#include "text_pack.h"

static bool put_article(const sst_text *packed)
{
    sst_arena scratch;
    arena_init(&scratch, 0);
    sst_text text;
    if (text_unpack(packed, &scratch, &text))
        return false;
    const sst_text *t = &text;
    quote_feature *f = arena_alloc(&scratch, (t->tok_n + 1) * sizeof *f);
    bool well = f && quote_find_features(t, &scratch, f) == SST_OK;
    printf("# %.*s\t%u\n", (int)t->article->id.n, t->article->id.p, t->tok_n);
    for (uint32_t i = 0; well && i < t->tok_n; i++) {
        printf("%u %u %x %u ", t->tok[i].begin, t->tok[i].end, f[i].key, text_para_of(t, i));
        for (uint32_t k = 0; k < f[i].row_n; k++)
            printf(k ? ",%u" : "%u", f[i].row[k]);
        putchar('\n');
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
