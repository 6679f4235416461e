/*
 * The time that finding and attributing quotations takes, beside reading and the words of a text.
 *
 *   quote_speed INPUT... [REPEAT]
 *
 * Out: a line for each way of multiplying that this machine has (quote_product.h), and for the
 * whole with the fastest: the least of REPEAT runs (5), processor time, as microseconds an article
 * of 500 words and such articles a second.
 */
#include <stdio.h>
#include <stdlib.h>

#include "api_context.h"
#include "bench_clock.h"
#include "quote.h"
#include "quote_product_x86.h"
#include "text_pack.h"

enum { WORDS = 500, TOKENS = 585 /* of 500 words of news, signs among them */, NEAR = 8 };

static void one_layer(const char *name, const quote_products *p, unsigned repeat)
{
    static int16_t in[TOKENS + 2 * NEAR][NET_DIM], out[TOKENS][NET_DIM];
    static int16_t w[3 * NET_DIM / 2][NET_DIM][2];
    static int32_t b[NET_DIM];
    double least = 1e9;
    if (!p)
        return;
    for (unsigned r = 0; r < repeat; r++) {
        double begin = bench_seconds(CLOCK_THREAD_CPUTIME_ID);
        p->layer((const int16_t(*)[NET_DIM])(in + NEAR), NEAR, (const int16_t(*)[NET_DIM][2])w, b,
                 out, TOKENS);
        double took = bench_seconds(CLOCK_THREAD_CPUTIME_ID) - begin;
        least = took < least ? took : least;
    }
    printf("a layer, %-6s %8.1f us for %d words\n", name, least * 1e6, WORDS);
}

int main(int argc, char **argv)
{
    sst_options options = SST_OPTIONS_DEFAULT;
    sst_context *ctx;
    unsigned repeat = 5;
    if (sst_open(&options, &ctx))
        return 1;
    for (int i = 1; i < argc; i++) {
        char *end;
        unsigned long n = strtoul(argv[i], &end, 10);
        if (n && !*end) {
            repeat = (unsigned)n;
        } else if (sst_add_path(ctx, argv[i], SST_KIND_AUTO)) {
            fprintf(stderr, "%s\n", sst_message(ctx));
            return 1;
        }
    }
    if (sst_run(ctx, SST_STAGE_QUOTES)) {
        fprintf(stderr, "%s\n", sst_message(ctx));
        return 1;
    }
    one_layer("plain", &quote_products_plain, repeat);
    one_layer("sse2", quote_products_sse2(), repeat);
    one_layer("avx2", quote_products_avx2(), repeat);
    one_layer("vnni", quote_products_vnni(), repeat);
    uint64_t words = 0, tokens = 0, found = 0;
    double least = 1e9;
    for (unsigned r = 0; r < repeat; r++) {
        words = tokens = found = 0;
        double took = 0;
        for (uint32_t i = 0; i < ctx->usable_n; i++) {
            sst_arena scratch;
            sst_text text;
            sst_quotes q;
            arena_init(&scratch, 0);
            if (text_unpack(ctx->usable[i], &scratch, &text))
                return 1;
            const sst_text *t = &text;
            double begin = bench_seconds(CLOCK_THREAD_CPUTIME_ID);
            if (quote_find(t, &scratch, &q))
                return 1;
            took += bench_seconds(CLOCK_THREAD_CPUTIME_ID) - begin;
            found += q.n;
            tokens += t->tok_n;
            for (uint32_t k = 0; k < t->tok_n; k++)
                words += t->tok[k].kind == TOK_WORD || t->tok[k].kind == TOK_NUMBER;
            arena_release(&scratch);
        }
        least = took < least ? took : least;
    }
    double article = least * WORDS / (double)(words ? words : 1);
    printf("%u articles, %llu words, %llu tokens, %llu quotations: %.1f us for %d words, %.0f "
           "such articles a second\n",
           ctx->usable_n, (unsigned long long)words, (unsigned long long)tokens,
           (unsigned long long)found, article * 1e6, WORDS, 1 / article);
    sst_close(ctx);
    return 0;
}
