/*
 * In: texts, with tokens or without (sst_text.tok NULL: only article and s are there). Out: their
 * tokens, quotation marks and words' places, one text at a time. A slot is filled anew for another
 * text; what comes out is the same whether it was kept or not.
 */
#include "copy_texts.h"

#include "text_pack.h"

enum {
    /* Second texts that are kept: those that share something with one text, and with its
       neighbours. A text of 500 words takes some 20 KB. */
    KEPT = 256
};

sst_status copy_texts_open(copy_texts *c, const sst_text *const *texts, uint32_t n,
                           sst_arena *arena)
{
    *c =
        (copy_texts){.texts = texts, .second_n = n < KEPT ? n + !n : KEPT, .most = COPY_TEXTS_KEPT};
    arena_init(&c->first.arena, 0);
    arena_init(&c->langs, 0);
    c->second = arena_calloc(arena, c->second_n, sizeof *c->second);
    if (!c->second) {
        c->second_n = 0;
        return arena->failed;
    }
    for (uint32_t k = 0; k < c->second_n; k++)
        arena_init(&c->second[k].arena, 0);
    return SST_OK;
}

void copy_texts_release(copy_texts *c)
{
    arena_release(&c->first.arena);
    arena_release(&c->langs);
    for (uint32_t k = 0; k < c->second_n; k++)
        arena_release(&c->second[k].arena);
    c->second_n = 0;
}

static void forget(const copy_texts *c, copy_read *r)
{
    sst_arena arena = r->arena;
    if (arena.total > c->most)
        arena_release(&arena);
    else
        arena_clear(&arena);
    *r = (copy_read){.arena = arena};
}

static copy_read *slot_of(copy_texts *c, uint32_t d, bool second)
{
    copy_read *r = second ? &c->second[d % c->second_n] : &c->first;
    if (r->of == d + 1)
        return r;
    if (second && c->bytes > c->most) {
        for (uint32_t k = 0; k < c->second_n; k++) {
            arena_release(&c->second[k].arena);
            c->second[k] = (copy_read){.arena = c->second[k].arena};
        }
        c->bytes = 0;
    }
    size_t before = r->arena.total;
    forget(c, r);
    if (second)
        c->bytes -= before - r->arena.total;
    r->of = d + 1;
    return r;
}

/* What was made in the slot: its arena has grown from `before`. */
static bool made(copy_texts *c, copy_read *r, bool second, size_t before)
{
    if (second)
        c->bytes += r->arena.total - before;
    if (r->arena.failed && !c->failed)
        c->failed = r->arena.failed;
    return !r->arena.failed;
}

sst_status copy_tokens(const sst_article *a, sst_arena *arena, sst_text *out)
{
    sst_status status = page_with_lang(a, arena, &a);
    return status ? status : text_tokens(a, arena, out);
}

/* The article of text d with its language, in the arena when it was not there. */
static const sst_article *with_lang(copy_texts *c, uint32_t d, sst_arena *arena)
{
    const sst_article *a = c->texts[d]->article;
    const sst_str *known = c->lang && a->lang_open ? atomic_load(&c->lang[d]) : NULL;
    sst_article *b = known ? arena_alloc(arena, sizeof *b) : NULL;
    if (known) {
        if (b) {
            *b = *a;
            b->lang = *known;
            b->lang_open = false;
        }
        return b;
    }
    bool open = a->lang_open;
    if (page_with_lang(a, arena, &a))
        return NULL;
    sst_str *keep = c->lang && open ? arena_alloc(&c->langs, sizeof *keep) : NULL;
    if (keep) {
        *keep = arena_str(&c->langs, a->lang);
        if (!c->langs.failed)
            atomic_store(&c->lang[d], keep); /* two workers find the same */
    }
    return a;
}

const sst_text *copy_texts_tokens(copy_texts *c, uint32_t d, bool second)
{
    const sst_text *t = c->texts[d];
    if (t->tok)
        return t;
    copy_read *r = slot_of(c, d, second);
    size_t before = r->arena.total;
    if (!r->has_text && t->packed) {
        sst_status status = text_unpack(t, &r->arena, &r->text);
        if (!made(c, r, second, before) || status)
            return NULL;
        r->has_text = true;
    }
    if (!r->has_text) {
        const sst_article *a = with_lang(c, d, &r->arena);
        if ((!a || text_tokens(a, &r->arena, &r->text)) && !r->arena.failed)
            r->arena.failed = SST_ERR_INTERNAL; /* it has no other ways to fail */
        if (!made(c, r, second, before))
            return NULL;
        r->has_text = true;
    }
    return &r->text;
}

const sst_span *copy_texts_words(copy_texts *c, uint32_t d, bool second)
{
    copy_read *r = slot_of(c, d, second);
    size_t before = r->arena.total;
    if (!r->has_words) {
        if (!copy_words_list(c->texts[d]->s, &r->arena, &r->words) && !r->arena.failed)
            r->arena.failed = SST_ERR_LIMIT;
        if (!made(c, r, second, before))
            return NULL;
        r->has_words = true;
    }
    return r->words.at;
}

const uint8_t *copy_texts_marked(copy_texts *c, uint32_t d, bool second)
{
    const sst_text *t = copy_texts_tokens(c, d, second);
    if (!t)
        return NULL;
    copy_read *r = slot_of(c, d, second);
    size_t before = r->arena.total;
    if (!r->marked) {
        r->marked = copy_marked(t, &r->arena);
        if (!made(c, r, second, before))
            return NULL;
    }
    return r->marked;
}
