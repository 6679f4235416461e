/* Articles without their texts: see copy_store.h, which draws the form. */
#include "copy_store.h"

#include "base_alloc.h"
#include "base_utf8.h"

enum {
    TITLE_BYTES = 160,   /* of a title that is kept; longer ones are first paragraphs */
    FIRST_POSTINGS = 16, /* of a part */
    CODE_BYTES = 16,     /* of a word at most: 2 + 4 + two numbers of 5 */
    PAGES = 4 << 20,     /* bytes of words that are made room for at once */
    SHARE = 8,           /* of a limit of memory are the pages at work */
    SOON = 16,           /* words ahead whose slots are fetched: more than a walk to memory takes */
    ESCAPE = 0x7FFF      /* in place of a number that is as large or larger */
};

sst_status copy_store_init(copy_store *s, bool codepoints)
{
    memset(s, 0, sizeof *s);
    arena_init(&s->arena, 0);
    arena_init(&s->scratch, 0);
    s->codepoints = codepoints;
    spill_init(&s->spill, NULL);
    s->words = base_malloc(sizeof *s->words);
    s->counts = base_malloc(sizeof *s->counts);
    s->raises = base_malloc(sizeof *s->raises);
    if (s->raises)
        memset(s->raises, 0, sizeof *s->raises);
    bool ok = s->words && copy_dictionary_init(s->words);
    ok &= s->counts && copy_counts_init(s->counts);
    return ok && s->raises ? SST_OK : SST_ERR_MEMORY;
}

void copy_store_release(copy_store *s)
{
    for (int k = 0; k < COPY_PARTS; k++)
        base_free(s->part[k].v);
    for (uint32_t k = 0; k < s->pages.n; k++)
        spill_free(s->pages.v[k].p, s->pages.v[k].n);
    spill_release(&s->spill);
    if (s->words)
        copy_dictionary_release(s->words);
    if (s->counts)
        copy_counts_release(s->counts);
    base_free(s->words);
    base_free(s->counts);
    base_free(s->raises);
    arena_release(&s->scratch);
    arena_release(&s->arena);
    memset(s, 0, sizeof *s);
}

/* ------------------------------------------------------------------------------------------- words
 */

static uint8_t *put(uint8_t *p, uint32_t v)
{
    for (; v >= 0x80; v >>= 7)
        *p++ = (uint8_t)(v | 0x80);
    *p++ = (uint8_t)v;
    return p;
}

static const uint8_t *get(const uint8_t *p, uint32_t *v)
{
    uint32_t x = *p & 0x7F;
    for (int shift = 7; *p++ & 0x80; shift += 7)
        x |= (uint32_t)(*p & 0x7F) << shift;
    *v = x;
    return p;
}

/* A word's number; *odd when gap and length follow. */
static inline const uint8_t *get_number(const uint8_t *p, uint32_t *number, uint32_t *odd)
{
    uint16_t v;
    memcpy(&v, p, sizeof v);
    p += sizeof v;
    *odd = v & 1;
    *number = v >> 1;
    if (v >> 1 == ESCAPE) {
        memcpy(number, p, sizeof *number);
        p += sizeof *number;
    }
    return p;
}

static inline uint8_t *put_number(uint8_t *p, uint32_t number, bool odd)
{
    uint16_t v = (uint16_t)((number < ESCAPE ? number : ESCAPE) << 1 | odd);
    memcpy(p, &v, sizeof v);
    p += sizeof v;
    if (number >= ESCAPE) {
        memcpy(p, &number, sizeof number);
        p += sizeof number;
    }
    return p;
}

const uint8_t *copy_store_encode(copy_store *s, const copy_scan *scan, sst_str text,
                                 sst_arena *arena, size_t *n)
{
    size_t most = (size_t)scan->word_n * CODE_BYTES + 1;
    uint8_t *code = arena_alloc(arena, most), *p = code;
    if (!code)
        return NULL;
    const copy_slots *slots = atomic_load_explicit(&s->words->slots, memory_order_acquire);
    uint32_t end = 0, byte = 0, point = 0;
    for (uint32_t i = 0; i < scan->word_n; i++) {
        sst_span at = scan->at[i];
        if (i + SOON < scan->word_n)
            copy_dictionary_soon(slots, scan->word[i + SOON]);
        if (s->codepoints) {
            sst_str word = str_span(text, at);
            point += (uint32_t)utf8_count((sst_str){text.p + byte, at.begin - byte});
            byte = at.end;
            at.begin = point;
            at.end = point += (uint32_t)utf8_count(word);
        }
        uint32_t len = at.end - at.begin;
        uint64_t w = copy_dictionary_find(slots, scan->word[i]);
        if (w == COPY_NO_WORD) {
            w = copy_dictionary_add(s->words, scan->word[i], str_span(text, scan->at[i]), len);
            if (w == COPY_NO_WORD)
                return NULL;
            slots = atomic_load_explicit(&s->words->slots, memory_order_acquire);
        }
        bool odd = at.begin - end != (i > 0) || (w & COPY_WORD_LEN) != len;
        p = put_number(p, (uint32_t)(w >> 8), odd);
        if (odd) {
            p = put(p, at.begin - end);
            p = put(p, len);
        }
        end = at.end;
    }
    *n = (size_t)(p - code);
    return code;
}

void copy_store_words(const copy_store *s, const copy_doc *d, uint32_t *number, sst_span *at)
{
    const uint8_t *p = d->code;
    uint32_t end = 0;
    for (uint32_t i = 0; i < d->word_n; i++) {
        uint32_t odd, gap = i > 0, len = 0;
        p = get_number(p, &number[i], &odd);
        if (odd) {
            p = get(p, &gap);
            p = get(p, &len);
        } else if (at) {
            len = copy_dictionary_is(s->words, number[i]) & COPY_WORD_LEN;
        }
        if (at) {
            at[i] = (sst_span){end + gap, end + gap + len};
            end = at[i].end;
        }
    }
}

void copy_store_hashes(const copy_store *s, const copy_doc *d, uint32_t n, uint64_t *hash)
{
    const uint8_t *p = d->code;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t number, odd, skipped;
        p = get_number(p, &number, &odd);
        hash[i] = copy_dictionary_hash(s->words, number);
        if (odd) {
            p = get(p, &skipped);
            p = get(p, &skipped);
        }
    }
}

uint32_t copy_store_grams(const copy_store *s, copy_doc *d, copy_grams *set, uint64_t *word,
                          uint64_t *gram)
{
    uint32_t n = atomic_load_explicit(&d->gram_n, memory_order_relaxed);
    if (n != COPY_NO_COUNT)
        return n;
    copy_store_hashes(s, d, d->word_n, word);
    n = copy_grams_different(set, gram, copy_grams_of(word, d->word_n, gram));
    atomic_store_explicit(&d->gram_n, n, memory_order_relaxed);
    return n;
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
            s->held += (cap - p->cap) * sizeof *v;
            p->v = v;
            p->cap = cap;
        }
        p->v[p->n++] = g << 32 | doc;
    }
    return true;
}

/* Room for the words of an article that stays where it is. */
static uint8_t *code_room(copy_store *s, size_t n)
{
    n = n ? n : 1;
    if (s->code_left < n) {
        size_t size = s->limit && s->limit / SHARE < PAGES ? s->limit / SHARE : PAGES;
        copy_pages *p = vec_push(&s->arena, &s->pages);
        if (!p)
            return NULL;
        p->n = n > size ? n : size;
        p->p = spill_pages(p->n);
        if (!p->p) {
            s->pages.n--;
            return NULL;
        }
        s->code = p->p;
        s->code_left = p->n;
        s->held += p->n;
    }
    uint8_t *code = s->code;
    s->code += n;
    s->code_left -= n;
    return code;
}

void copy_store_limit(copy_store *s, size_t bytes, const char *folder)
{
    s->limit = bytes;
    spill_init(&s->spill, folder);
}

/* Everything but the pages at work goes to the file. */
static sst_status spill_all(copy_store *s)
{
    sst_status status = SST_OK;
    for (uint32_t k = 0; k + 1 < s->pages.n && !status; k++) {
        copy_pages *p = &s->pages.v[k];
        if (p->is_out)
            continue;
        status = spill_out(&s->spill, p->p, p->n);
        p->is_out = !status;
        s->held -= status ? 0 : p->n;
    }
    for (uint32_t k = 0; k < COPY_PARTS && !status; k++) {
        copy_part *p = &s->part[k];
        copy_run *run = p->n ? vec_push(&s->arena, &p->runs) : NULL;
        if (!run) {
            status = s->arena.failed;
            continue;
        }
        run->n = p->n;
        status = spill_write(&s->spill, p->v, p->n * sizeof *p->v, &run->at);
        if (status) {
            p->runs.n--;
            break;
        }
        s->held -= p->cap * sizeof *p->v;
        base_free(p->v);
        p->v = NULL;
        p->n = p->cap = 0;
    }
    return status;
}

sst_status copy_store_part(copy_store *s, uint32_t k)
{
    copy_part *p = &s->part[k];
    size_t n = p->n, at = 0;
    for (uint32_t r = 0; r < p->runs.n; r++)
        n += p->runs.v[r].n;
    if (p->runs.n == 0)
        return SST_OK;
    uint64_t *v = base_malloc(n * sizeof *v);
    sst_status status = v ? SST_OK : SST_ERR_MEMORY;
    for (uint32_t r = 0; r < p->runs.n && !status; r++) {
        status = spill_read(&s->spill, v + at, p->runs.v[r].n * sizeof *v, p->runs.v[r].at);
        at += p->runs.v[r].n;
    }
    if (status) {
        base_free(v);
        return status;
    }
    if (p->n)
        memcpy(v + at, p->v, p->n * sizeof *v);
    base_free(p->v);
    p->v = v;
    p->n = p->cap = n;
    p->runs.n = 0;
    return SST_OK;
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

sst_status copy_store_put(copy_store *s, const copy_card *card, const copy_scan *scan,
                          const uint8_t *code, size_t code_n)
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
                    .sketch_n = scan->sketch_n,
                    .full = (uint8_t)scan->full,
                    .published_s = card->published_s,
                    .clock = has_clock(card->published),
                    .words = scan->words,
                    .whole = scan->whole,
                    .text = scan->text};
    atomic_init(&d->gram_n, COPY_NO_COUNT);
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
        uint8_t *copy = code_room(s, code_n);
        if (!copy || !post(s, s->n, scan))
            return SST_ERR_MEMORY;
        memcpy(copy, code, code_n);
        d->code = copy;
    }
    s->n++;
    /* The pages at work stay; with all others and the postings gone, most of the limit is free. */
    size_t at_work = s->pages.n ? s->pages.v[s->pages.n - 1].n : 0;
    return s->limit && s->held - at_work > s->limit - s->limit / SHARE ? spill_all(s) : SST_OK;
}

sst_status copy_store_add(copy_store *s, const copy_card *card, const copy_scan *scan, sst_str text)
{
    size_t n;
    arena_clear(&s->scratch);
    copy_counts_raise(s->counts, s->raises, scan->word, scan->word_n);
    const uint8_t *code = copy_store_encode(s, scan, text, &s->scratch, &n);
    return code ? copy_store_put(s, card, scan, code, n) : SST_ERR_MEMORY;
}
