/*
 * Prints the words, names, numbers and times of articles, for trials outside the program.
 *
 *   story_words INPUT...
 *
 * Out: a line an article, in input order, its fields parted by tabs: id, language, time of
 * publication in seconds (or "-"), words, names, numbers, times. A word is TEXT/KEY/KIND/FLAGS/ROLE
 * (sst_token, sst_block_role), those of a title outside the text come first; a name
 * KIND/ENTITY/WORDS with "_" between words; a number VALUE/ORDINAL; a time ISO. All parted by
 * spaces.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench_run.h"
#include "story_feature.h"

static void put_str(sst_str s)
{
    for (size_t i = 0; i < s.n; i++)
        putchar((unsigned char)s.p[i] <= ' ' || s.p[i] == '/' ? '_' : s.p[i]);
}

static void put_words(const sst_text *t, uint32_t begin, uint32_t end, int role)
{
    for (uint32_t i = begin; i < end; i++) {
        const sst_token *k = &t->tok[i];
        if (k->kind != TOK_WORD && k->kind != TOK_NUMBER)
            continue;
        put_str(text_token(t, i));
        printf("/%x/%d/%d/%d ", k->key, k->kind, k->flags, role);
    }
}

static void put_article(const sst_text *t)
{
    const sst_article *a = t->article;
    printf("%.*s\t%.*s\t", (int)a->id.n, a->id.p, (int)a->lang.n, a->lang.p);
    if (a->published_s == INT64_MIN)
        printf("-\t");
    else
        printf("%lld\t", (long long)a->published_s);
    bool headline = false;
    for (uint32_t p = 0; p < t->para_n; p++)
        headline |= t->para[p].role == ROLE_HEADLINE;
    if (a->title.n && !headline) {
        sst_article outside = {.text = a->title, .lang = a->lang};
        sst_block block = {{0, (uint32_t)a->title.n}, ROLE_HEADLINE};
        outside.blocks = &block;
        outside.block_n = 1;
        sst_arena scratch;
        arena_init(&scratch, 0);
        sst_text title;
        if (text_tokens(&outside, &scratch, &title) == SST_OK)
            put_words(&title, 0, title.tok_n, ROLE_HEADLINE);
        arena_release(&scratch);
    }
    for (uint32_t p = 0; p < t->para_n; p++)
        put_words(t, t->para[p].begin, t->para[p].end, t->para[p].role);
    putchar('\t');
    for (uint32_t m = 0; m < t->mention_n; m++) {
        const sst_mention *x = &t->mention[m];
        printf("%d/%u/", t->entity[x->entity].kind, x->entity);
        for (uint32_t i = x->begin; i < x->end; i++) {
            if (i > x->begin)
                putchar('_');
            put_str(text_token(t, i));
        }
        putchar(' ');
    }
    putchar('\t');
    for (uint32_t i = 0; i < t->number_n; i++)
        printf("%g/%d ", t->number[i].value, t->number[i].ordinal);
    putchar('\t');
    for (uint32_t i = 0; i < t->time_n; i++)
        if (t->time[i].iso[0])
            printf("%s ", t->time[i].iso);
    putchar('\n');
}

int main(int argc, char **argv)
{
    sst_context *ctx = bench_run(NULL, argv + 1, argc - 1, SST_STAGE_STORIES);
    if (!ctx)
        return 1;
    bool well = true;
    for (uint32_t i = 0; i < ctx->usable_n && well; i++) {
        sst_arena scratch;
        sst_text text; /* a run to the stage of stories keeps no words */
        arena_init(&scratch, 0);
        well = !story_whole(ctx->usable[i], &scratch, &text);
        if (well)
            put_article(&text);
        arena_release(&scratch);
    }
    sst_close(ctx);
    return well ? 0 : 1;
}
