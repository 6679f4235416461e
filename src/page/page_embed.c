/*
 * Posts of social networks that a page embeds: what somebody says, in the words of nobody else.
 *
 * In: blocks, picked. Out: the words of a post and who signs it, as one block of the text. Method:
 * a quotation element (blockquote) whose last block is signed as posts are ("— Name (@handle)
 * date") is a post (page_post.h); it is taken when prose stands before and behind it, or when its
 * words were taken; the outlet's own and pointers to pages are not. Words without their signature
 * would read as the outlet's.
 */
#include "page_block.h"
#include "page_post.h"

enum { POST_BLOCKS = 12 /* lines of verse, and the signature */ };

static const page_node *quote_of(const page_node *n)
{
    while (n && n->tag != TAG_BLOCKQUOTE)
        n = n->parent;
    return n;
}

/* The blocks [i, end) of one quotation element; end == i when it stands in none. */
static uint32_t quote_end(const page_sheet *s, uint32_t i)
{
    const page_node *q = quote_of(s->blocks.v[i].node);
    uint32_t end = i;
    while (q && end < s->blocks.n && quote_of(s->blocks.v[end].node) == q)
        end++;
    return end;
}

/* Are the blocks [from, end) a post? *own: of the outlet itself, or a pointer to a page. */
static bool is_post(const sst_article *a, const page_sheet *s, uint32_t from, uint32_t end,
                    bool *own)
{
    sst_str last = page_block_str(s, &s->blocks.v[end - 1]);
    if (str_find(last, STR("(@")) < 0)
        return false;
    sst_str line = page_block_str(s, &s->blocks.v[from]);
    for (uint32_t i = from + 1; i < end; i++) {
        sst_str x = page_block_str(s, &s->blocks.v[i]);
        line = arena_printf(s->arena, "%.*s %.*s", (int)line.n, line.p, (int)x.n, x.p);
    }
    page_post post;
    if (!page_post_read(line, &post))
        return false;
    *own = page_post_is_own(line, &post, a->outlet, a->url.n ? a->url : a->canonical);
    return true;
}

void page_embed_posts(const sst_article *a, page_sheet *s)
{
    if (str_find((sst_str){s->flat.p, s->flat.n}, STR("(@")) < 0)
        return;
    uint32_t first = s->blocks.n, last = 0, n = s->blocks.n;
    for (uint32_t i = 0; i < n; i++)
        if (s->blocks.v[i].taken) {
            first = first < i ? first : i;
            last = i;
        }
    uint32_t end;
    for (uint32_t i = first; i < n; i = end) {
        bool words = false, own = false;
        end = quote_end(s, i);
        if (end == i) { /* in no quotation element */
            end++;
            continue;
        }
        if (end - i > POST_BLOCKS)
            continue;
        for (uint32_t k = i; k < end; k++)
            words |= s->blocks.v[k].taken;
        if (!(words || i < last) || !is_post(a, s, i, end, &own))
            continue;
        for (uint32_t k = i; k < end; k++) {
            page_block *b = &s->blocks.v[k];
            b->post = 1;
            b->taken = !own;
            b->joins = !own && k > i;
            b->role = own ? ROLE_BOILERPLATE : ROLE_BODY;
        }
    }
}
