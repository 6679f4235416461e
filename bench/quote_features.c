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

#include "api_context.h"
#include "quote_net.h"

static bool put_article(const sst_text *t)
{
    sst_arena scratch;
    arena_init(&scratch, 0);
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
    sst_options options = SST_OPTIONS_DEFAULT;
    sst_context *ctx;
    if (sst_open(&options, &ctx))
        return 1;
    for (int i = 1; i < argc; i++)
        if (sst_add_path(ctx, argv[i], SST_KIND_AUTO)) {
            fprintf(stderr, "%s\n", sst_message(ctx));
            return 1;
        }
    if (sst_run(ctx, SST_STAGE_QUOTES)) {
        fprintf(stderr, "%s\n", sst_message(ctx));
        return 1;
    }
    for (uint32_t i = 0; i < ctx->usable_n; i++)
        if (!put_article(ctx->usable[i]))
            return 1;
    sst_close(ctx);
    return 0;
}
