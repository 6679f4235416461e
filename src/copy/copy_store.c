/* Articles without their texts: see copy_store.h, which draws the form. */
#include "copy_store.h"

#include "base_alloc.h"
#include "base_utf8.h"

enum {
    TITLE_BYTES = 160,   /* of a title that is kept; longer ones are first paragraphs */
    FIRST_SLOTS = 4096,  /* of the dictionary */
    FIRST_POSTINGS = 16, /* of a part */
    CODE_BYTES = 15      /* of a word at most: three numbers of 5 bytes */
};

void copy_store_init(copy_store *s, bool codepoints)
{
    memset(s, 0, sizeof *s);
    arena_init(&s->arena, 0);
    s->codepoints = codepoints;
}

void copy_store_release(copy_store *s)
{
    for (int k = 0; k < COPY_PARTS; k++)
        base_free(s->part[k].v);
    base_free(s->code);
    base_free(s->slot.key);
    base_free(s->slot.number);
    arena_release(&s->arena);
    memset(s, 0, sizeof *s);
}

/* ------------------------------------------------------------------------------------- dictionary
 */

static uint32_t slot_of(const copy_store *s, uint64_t hash)
{
    uint32_t k = (uint32_t)(hash >> 8) & (s->slot.cap - 1);
    while (s->slot.key[k] && s->slot.key[k] != hash)
        k = (k + 1) & (s->slot.cap - 1);
    return k;
}

static bool grow_slots(copy_store *s)
{
    uint32_t cap = s->slot.cap ? s->slot.cap * 2 : FIRST_SLOTS;
    uint64_t *key = base_malloc(cap * sizeof *key), *old = s->slot.key;
    uint32_t *number = base_malloc(cap * sizeof *number), *old_number = s->slot.number;
    if (!key || !number || cap > UINT32_MAX / 4) {
        base_free(key);
        base_free(number);
        return false;
    }
    memset(key, 0, cap * sizeof *key);
    uint32_t old_cap = s->slot.cap;
    s->slot.key = key;
    s->slot.number = number;
    s->slot.cap = cap;
    for (uint32_t i = 0; i < old_cap; i++)
        if (old[i]) {
            uint32_t k = slot_of(s, old[i]);
            key[k] = old[i];
            number[k] = old_number[i];
        }
    base_free(old);
    base_free(old_number);
    return true;
}

/* The number of a word; COPY_NONE when out of memory. */
static uint32_t number_of(copy_store *s, uint64_t hash, sst_str word, uint32_t len)
{
    if (!hash)
        hash = 1;
    if ((uint64_t)s->word.n * 2 >= s->slot.cap && !grow_slots(s))
        return COPY_NONE;
    uint32_t k = slot_of(s, hash);
    if (s->slot.key[k])
        return s->slot.number[k];
    uint64_t *w = vec_push(&s->arena, &s->word);
    uint8_t *is = vec_push(&s->arena, &s->word_is);
    if (!w || !is)
        return COPY_NONE;
    bool figure = false;
    for (size_t i = 0; i < word.n && !figure; i++)
        figure = byte_is_digit((unsigned char)word.p[i]);
    *w = hash;
    *is = (uint8_t)((len < COPY_WORD_LEN ? len : 0) | (figure ? COPY_WORD_FIGURE : 0));
    s->slot.key[k] = hash;
    return s->slot.number[k] = s->word.n - 1;
}

/* ------------------------------------------------------------------------------------------- words
 */

static uint8_t *put(uint8_t *p, uint64_t v)
{
    for (; v >= 0x80; v >>= 7)
        *p++ = (uint8_t)(v | 0x80);
    *p++ = (uint8_t)v;
    return p;
}

static const uint8_t *get(const uint8_t *p, uint64_t *v)
{
    uint64_t x = *p & 0x7F;
    for (int shift = 7; *p++ & 0x80; shift += 7)
        x |= (uint64_t)(*p & 0x7F) << shift;
    *v = x;
    return p;
}

/* Writes the words; the length, 0 when out of memory. */
static size_t encode(copy_store *s, const copy_scan *scan, sst_str text)
{
    size_t most = (size_t)scan->word_n * CODE_BYTES + 1;
    if (s->code_cap < most) {
        base_free(s->code);
        s->code_cap = 0;
        s->code = base_malloc(most);
        if (!s->code)
            return 0;
        s->code_cap = most;
    }
    uint8_t *p = s->code;
    uint32_t end = 0, byte = 0, point = 0;
    for (uint32_t i = 0; i < scan->word_n; i++) {
        sst_span at = scan->at[i];
        sst_str word = str_span(text, at);
        if (s->codepoints) {
            point += (uint32_t)utf8_count((sst_str){text.p + byte, at.begin - byte});
            byte = at.end;
            at.begin = point;
            at.end = point += (uint32_t)utf8_count(word);
        }
        uint32_t len = at.end - at.begin;
        uint32_t k = number_of(s, scan->word[i], word, len);
        if (k == COPY_NONE)
            return 0;
        bool odd = at.begin - end != (i > 0) || (s->word_is.v[k] & COPY_WORD_LEN) != len;
        p = put(p, (uint64_t)k << 1 | odd);
        if (odd) {
            p = put(p, at.begin - end);
            p = put(p, len);
        }
        end = at.end;
    }
    *p++ = 0;
    return (size_t)(p - s->code);
}

void copy_store_words(const copy_store *s, const copy_doc *d, uint32_t *number, sst_span *at)
{
    const uint8_t *p = d->code;
    uint32_t end = 0;
    for (uint32_t i = 0; i < d->word_n; i++) {
        uint64_t v, gap = i > 0, len = 0;
        p = get(p, &v);
        number[i] = (uint32_t)(v >> 1);
        if (v & 1) {
            p = get(p, &gap);
            p = get(p, &len);
        } else if (at) {
            len = s->word_is.v[number[i]] & COPY_WORD_LEN;
        }
        if (at) {
            at[i] = (sst_span){end + (uint32_t)gap, end + (uint32_t)(gap + len)};
            end = at[i].end;
        }
    }
}

void copy_store_hashes(const copy_store *s, const copy_doc *d, uint64_t *hash)
{
    const uint8_t *p = d->code;
    for (uint32_t i = 0; i < d->word_n; i++) {
        uint64_t v, skipped;
        p = get(p, &v);
        hash[i] = s->word.v[v >> 1];
        if (v & 1) {
            p = get(p, &skipped);
            p = get(p, &skipped);
        }
    }
}

/* ---------------------------------------------------------------------------------------- articles
 */

static bool post(copy_store *s, uint32_t doc, const copy_scan *scan)
{
    for (uint32_t i = 0; i < scan->sketch_n; i++) {
        uint64_t g = scan->sketch[i];
        copy_part *p = &s->part[g >> 32 & (COPY_PARTS - 1)];
        if (p->n == p->cap) {
            size_t cap = p->cap ? p->cap + p->cap / 2 : FIRST_POSTINGS;
            uint64_t *v = base_realloc(p->v, cap * sizeof *v);
            if (!v)
                return false;
            p->v = v;
            p->cap = cap;
        }
        p->v[p->n++] = g << 32 | doc;
    }
    return true;
}

static sst_str cut(sst_str s, size_t most)
{
    if (s.n > most)
        for (s.n = most; s.n && ((unsigned char)s.p[s.n] & 0xC0) == 0x80;)
            s.n--;
    return s;
}

static bool has_clock(sst_str iso)
{
    return iso.n > 10;
}

sst_status copy_store_add(copy_store *s, const copy_card *card, const copy_scan *scan, sst_str text)
{
    sst_arena *a = &s->arena;
    if (s->n == COPY_NONE)
        return SST_ERR_LIMIT;
    if (s->n % COPY_DOC_BLOCK == 0) {
        copy_doc **block = vec_push(a, &s->doc_block);
        copy_doc *v = arena_alloc(a, COPY_DOC_BLOCK * sizeof *v);
        if (!block || !v)
            return SST_ERR_MEMORY;
        *block = v;
    }
    copy_doc *d = copy_store_doc(s, s->n);
    *d = (copy_doc){.id = arena_str(a, card->id),
                    .title = arena_str(a, cut(card->title, TITLE_BYTES)),
                    .twin = COPY_NONE,
                    .alike = 1,
                    .outlet = COPY_NONE,
                    .word_n = scan->word_n,
                    .gram_n = scan->gram_n,
                    .sketch_n = scan->sketch_n,
                    .full = (uint8_t)scan->full,
                    .published_s = card->published_s,
                    .clock = has_clock(card->published),
                    .words = scan->words,
                    .whole = scan->whole};
    if (card->outlet.n) {
        int is_new = 0;
        uint32_t *k = strmap_find(&s->outlet_of, card->outlet);
        if (!k) {
            sst_str copy = arena_str(a, card->outlet);
            sst_str *place = vec_push(a, &s->outlet);
            k = place ? strmap_add(a, &s->outlet_of, copy, s->outlet.n - 1, &is_new) : NULL;
            if (!k)
                return SST_ERR_MEMORY;
            *place = copy;
        }
        d->outlet = *k;
    }
    int fresh = 0;
    uint32_t *first = u64map_add(a, &s->whole_of, scan->whole, s->n, &fresh);
    if (!first || a->failed)
        return SST_ERR_MEMORY;
    if (!fresh) {
        d->twin = *first;
        copy_store_doc(s, *first)->alike++;
    } else {
        size_t n = encode(s, scan, text);
        uint8_t *code = n ? arena_alloc(a, n) : NULL;
        if (!code || !post(s, s->n, scan))
            return SST_ERR_MEMORY;
        memcpy(code, s->code, n);
        d->code = code;
    }
    s->n++;
    return SST_OK;
}
