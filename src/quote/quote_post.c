/*
 * Posts of a social network that stand in an article, as stretches of what is said.
 *
 * In: text, the stretches between marks. Out: the same with the words of posts, which need no
 * marks. Method: a paragraph of the body that ends as a post (page_post.h) is one stretch from its
 * begin; stretches between marks that begin inside go, unless they are all of it: “...” — Name
 * (@handle) is read like any other quotation.
 */
#include "page_post.h"
#include "quote_inner.h"

/* The post of paragraph p as a stretch; false when there is none. */
static bool post_of(const sst_text *t, uint32_t p, quoted *out)
{
    const sst_para *x = &t->para[p];
    if (x->role != ROLE_BODY || x->end - x->begin < 4 || t->tok[x->begin].kind == TOK_MARK)
        return false;
    sst_span at = text_span(t, x->begin, x->end);
    page_post post;
    if (!page_post_read(str_span(t->article->text, at), &post))
        return false;
    uint32_t begin = text_token_at(t, at.begin + post.words.begin),
             end = text_token_at(t, at.begin + post.words.end),
             by = text_token_at(t, at.begin + post.name.begin),
             by_end = text_token_at(t, at.begin + post.name.end);
    if (begin >= end || end > by || by >= by_end || by_end > x->end)
        return false;
    *out = (quoted){.open = begin,
                    .close = end,
                    .begin = begin,
                    .end = end,
                    .para = p,
                    .no_open = true,
                    .no_close = true,
                    .by_begin = by,
                    .by_end = by_end};
    for (uint32_t i = begin; i < end; i++)
        out->words += t->tok[i].kind == TOK_WORD || t->tok[i].kind == TOK_NUMBER;
    return out->words > 0;
}

void quote_posts(const sst_text *t, sst_arena *arena, quoted_list *list)
{
    if (str_find(t->article->text, STR("(@")) < 0)
        return;
    quoted_list all = {NULL, 0, 0};
    uint32_t k = 0;
    for (uint32_t p = 0; p < t->para_n; p++) {
        quoted post;
        uint32_t behind = t->para[p].begin; /* stretches that begin before it go */
        if (post_of(t, p, &post)) {
            quoted *x = vec_push(arena, &all);
            if (!x)
                return;
            *x = post;
            behind = t->para[p].end;
        }
        for (; k < list->n && list->v[k].begin < t->para[p].end; k++) {
            quoted *x = list->v[k].begin < behind ? NULL : vec_push(arena, &all);
            if (x)
                *x = list->v[k];
        }
    }
    if (!arena->failed)
        *list = all;
}
