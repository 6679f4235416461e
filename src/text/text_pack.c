/*
 * Texts -> bytes and back: see text_pack.h.
 *
 * In: sst_text. Out: the same in a quarter of the memory. Method: numbers that hardly grow are
 * written as what they are more than the one before, in bytes of seven bits, the lowest first (the
 * usual varint); a token is a byte of flags, one of kind and length, its row of the lexicon or its
 * key, and what is not usual: white space before it that is no single blank, a length above 30.
 * Both ways are one pass; nothing is looked up.
 */
#include "text_pack.h"

#include <string.h>

enum {
    /* First byte of a token, above the six flags of the cutter; TOKF_NAME comes with the names. */
    IN_LEXICON = 64,
    GAP = 128, /* what stands before it is told: neither nothing, if glued, nor one byte */
    KIND_BITS = 3,
    LONG = 31,        /* of a length: it is told in bytes of its own */
    VARINT_BYTES = 5, /* of 32 bits */
    ISO_BYTES = 24,
    TOKEN_BYTES = 2 + 3 * VARINT_BYTES + 4, /* of each, at most */
    PARA_BYTES = 7 * VARINT_BYTES,
    SENT_BYTES = 3 * VARINT_BYTES,
    MENTION_BYTES = 5 * VARINT_BYTES,
    NUMBER_BYTES = 2 * VARINT_BYTES + 1 + 16,
    TIME_BYTES = 2 * VARINT_BYTES + 4 + ISO_BYTES,
    ORDINAL = 1,
    APPROX = 2,
    RANGE = 4
};

/* --------------------------------------------------------------------------------------- writing
 */

static uint8_t *put_u32(uint8_t *p, uint32_t v)
{
    for (; v >= 128; v >>= 7)
        *p++ = (uint8_t)(v | 128);
    *p++ = (uint8_t)v;
    return p;
}

/* A difference that may be below zero: its sign is the lowest bit. */
static uint8_t *put_step(uint8_t *p, uint32_t from, uint32_t to)
{
    uint32_t d = to - from;
    return put_u32(p, d << 1 ^ (d >> 31 ? UINT32_MAX : 0));
}

static uint8_t *put_bytes(uint8_t *p, const void *v, size_t n)
{
    memcpy(p, v, n);
    return p + n;
}

static uint8_t *put_tokens(uint8_t *p, const sst_text *t)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < t->tok_n; i++) {
        const sst_token *k = &t->tok[i];
        uint32_t n = k->end - k->begin;
        bool usual = k->begin == at + (k->flags & TOKF_GLUED ? 0 : 1);
        *p++ = (uint8_t)((k->flags & (IN_LEXICON - 1)) | (k->lex ? IN_LEXICON : 0) |
                         (usual ? 0 : GAP));
        *p++ = (uint8_t)(k->kind | (n < LONG ? n : LONG) << KIND_BITS);
        if (!usual)
            p = put_step(p, at, k->begin);
        if (n >= LONG)
            p = put_u32(p, n);
        if (k->lex) /* which has the key */
            p = put_u32(p, k->lex);
        else
            p = put_bytes(p, &k->key, sizeof k->key);
        at = k->end;
    }
    return p;
}

static uint8_t *put_parts(uint8_t *p, const sst_text *t)
{
    sst_para a = {0};
    for (uint32_t i = 0; i < t->para_n; i++) {
        const sst_para *x = &t->para[i];
        p = put_step(p, a.end, x->begin);
        p = put_step(p, x->begin, x->end);
        p = put_step(p, a.sent_end, x->sent_begin);
        p = put_step(p, x->sent_begin, x->sent_end);
        p = put_step(p, a.block, x->block);
        *p++ = x->role;
        a = *x;
    }
    sst_sentence b = {0};
    for (uint32_t i = 0; i < t->sent_n; i++) {
        const sst_sentence *x = &t->sent[i];
        p = put_step(p, b.end, x->begin);
        p = put_step(p, x->begin, x->end);
        p = put_step(p, b.para, x->para);
        b = *x;
    }
    return p;
}

static uint8_t *put_names(uint8_t *p, const sst_text *t)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < t->mention_n; i++) {
        const sst_mention *x = &t->mention[i];
        p = put_step(p, at, x->begin);
        p = put_step(p, x->begin, x->end);
        p = put_step(p, x->begin, x->full_begin);
        p = put_step(p, x->end, x->full_end);
        p = put_u32(p, x->entity);
        at = x->begin;
    }
    return p;
}

static uint8_t *put_numbers(uint8_t *p, const sst_text *t)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < t->number_n; i++) {
        const sst_number *x = &t->number[i];
        bool range = memcmp(&x->value, &x->high, sizeof x->high) != 0;
        p = put_step(p, at, x->begin);
        p = put_step(p, x->begin, x->end);
        *p++ =
            (uint8_t)((x->ordinal ? ORDINAL : 0) | (x->approx ? APPROX : 0) | (range ? RANGE : 0));
        p = put_bytes(p, &x->value, sizeof x->value);
        if (range)
            p = put_bytes(p, &x->high, sizeof x->high);
        at = x->begin;
    }
    at = 0;
    for (uint32_t i = 0; i < t->time_n; i++) {
        const sst_time *x = &t->time[i];
        uint8_t n = (uint8_t)strnlen(x->iso, sizeof x->iso);
        p = put_step(p, at, x->begin);
        p = put_step(p, x->begin, x->end);
        *p++ = x->precision;
        *p++ = x->month;
        *p++ = x->day;
        *p++ = n;
        p = put_bytes(p, x->iso, n);
        at = x->begin;
    }
    return p;
}

sst_status text_pack(const sst_text *t, sst_arena *arena, sst_text *out)
{
    size_t most = (size_t)t->tok_n * TOKEN_BYTES + (size_t)t->para_n * PARA_BYTES +
                  (size_t)t->sent_n * SENT_BYTES + (size_t)t->mention_n * MENTION_BYTES +
                  (size_t)t->number_n * NUMBER_BYTES + (size_t)t->time_n * TIME_BYTES;
    sst_arena work;
    arena_init(&work, 0);
    uint8_t *v = arena_alloc(&work, most + 1), *p = v;
    sst_status status = work.failed;
    if (v) {
        p = put_parts(p, t);
        p = put_tokens(p, t);
        p = put_names(p, t);
        p = put_numbers(p, t);
        size_t n = (size_t)(p - v), bytes = t->entity_n * sizeof *t->entity;
        /* side by side, so that a slim arena gives them a block of their size */
        sst_entity *entity = arena_alloc(arena, bytes + n + 1);
        if (entity) {
            uint8_t *packed = (uint8_t *)entity + bytes;
            if (bytes)
                memcpy(entity, t->entity, bytes);
            memcpy(packed, v, n);
            *out = *t;
            out->tok = NULL;
            out->sent = NULL;
            out->para = NULL;
            out->mention = NULL;
            out->number = NULL;
            out->time = NULL;
            out->entity = entity;
            out->packed = packed;
        }
        status = arena->failed;
    }
    arena_release(&work);
    return status;
}

/* --------------------------------------------------------------------------------------- reading
 */

static uint32_t get_u32(const uint8_t **p)
{
    uint32_t v = 0;
    for (uint32_t shift = 0;; shift += 7) {
        uint8_t b = *(*p)++;
        v |= (uint32_t)(b & 127) << shift;
        if (b < 128)
            return v;
    }
}

static uint32_t get_step(const uint8_t **p, uint32_t from)
{
    uint32_t d = get_u32(p);
    return from + (d >> 1 ^ (d & 1 ? UINT32_MAX : 0));
}

static void get_bytes(const uint8_t **p, void *v, size_t n)
{
    memcpy(v, *p, n);
    *p += n;
}

static void get_tokens(const uint8_t **p, sst_text *t)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < t->tok_n; i++) {
        sst_token *k = &t->tok[i];
        uint8_t first = *(*p)++, second = *(*p)++;
        k->flags = first & (IN_LEXICON - 1);
        k->kind = second & ((1 << KIND_BITS) - 1);
        uint32_t n = second >> KIND_BITS;
        k->begin = first & GAP ? get_step(p, at) : at + (k->flags & TOKF_GLUED ? 0 : 1);
        if (n == LONG)
            n = get_u32(p);
        k->lex = first & IN_LEXICON ? (uint16_t)get_u32(p) : 0;
        if (k->lex)
            k->key = lang_key(t->lang, k->lex);
        else
            get_bytes(p, &k->key, sizeof k->key);
        k->end = at = k->begin + n;
    }
}

static void get_parts(const uint8_t **p, sst_text *t)
{
    sst_para a = {0};
    for (uint32_t i = 0; i < t->para_n; i++) {
        sst_para *x = &t->para[i];
        x->begin = get_step(p, a.end);
        x->end = get_step(p, x->begin);
        x->sent_begin = get_step(p, a.sent_end);
        x->sent_end = get_step(p, x->sent_begin);
        x->block = get_step(p, a.block);
        x->role = *(*p)++;
        a = *x;
    }
    sst_sentence b = {0};
    for (uint32_t i = 0; i < t->sent_n; i++) {
        sst_sentence *x = &t->sent[i];
        x->begin = get_step(p, b.end);
        x->end = get_step(p, x->begin);
        x->para = get_step(p, b.para);
        b = *x;
    }
}

static void get_names(const uint8_t **p, sst_text *t)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < t->mention_n; i++) {
        sst_mention *x = &t->mention[i];
        x->begin = get_step(p, at);
        x->end = get_step(p, x->begin);
        x->full_begin = get_step(p, x->begin);
        x->full_end = get_step(p, x->end);
        x->entity = get_u32(p);
        for (uint32_t k = x->begin; k < x->end; k++)
            t->tok[k].flags |= TOKF_NAME;
        at = x->begin;
    }
}

static void get_numbers(const uint8_t **p, sst_text *t)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < t->number_n; i++) {
        sst_number *x = &t->number[i];
        x->begin = get_step(p, at);
        x->end = get_step(p, x->begin);
        uint8_t what = *(*p)++;
        x->ordinal = (what & ORDINAL) != 0;
        x->approx = (what & APPROX) != 0;
        get_bytes(p, &x->value, sizeof x->value);
        x->high = x->value;
        if (what & RANGE)
            get_bytes(p, &x->high, sizeof x->high);
        at = x->begin;
    }
    at = 0;
    for (uint32_t i = 0; i < t->time_n; i++) {
        sst_time *x = &t->time[i];
        x->begin = get_step(p, at);
        x->end = get_step(p, x->begin);
        x->precision = *(*p)++;
        x->month = *(*p)++;
        x->day = *(*p)++;
        uint8_t n = *(*p)++;
        get_bytes(p, x->iso, n);
        at = x->begin;
    }
}

/* Room for n of them, cleared: what is between the fields is the same each time. */
#define ROOM(field) (out->field = arena_calloc(arena, (size_t)t->field##_n + 1, sizeof *out->field))

sst_status text_unpack(const sst_text *t, sst_arena *arena, sst_text *out)
{
    *out = *t;
    if (!t->packed)
        return SST_OK;
    const uint8_t *p = t->packed;
    out->packed = NULL;
    if (!ROOM(tok) || !ROOM(sent) || !ROOM(para) || !ROOM(mention) || !ROOM(number) || !ROOM(time))
        return arena->failed;
    get_parts(&p, out);
    get_tokens(&p, out);
    get_names(&p, out);
    get_numbers(&p, out);
    return SST_OK;
}

sst_status text_unpack_all(const sst_text *const *v, uint32_t n, sst_arena *arena,
                           const sst_text **out)
{
    sst_text *made = arena_alloc(arena, ((size_t)n + 1) * sizeof *made);
    for (uint32_t i = 0; made && i < n && !arena->failed; i++) {
        out[i] = v[i];
        if (v[i]->packed && !text_unpack(v[i], arena, &made[i]))
            out[i] = &made[i];
    }
    return arena->failed;
}
