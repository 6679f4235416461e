/*
 * Words as the field's test sets count them: \w+ of lower-case text. A word is a run of letters
 * (L), numbers of any kind (N) and underscores by Unicode's general categories; marks split words,
 * as they do in the programs that made the answers (so does the dot that lower case leaves of
 * U+0130). Scripts that write without spaces have no such runs: there each letter is a word.
 *
 * One text at once (copy_words_list):
 *
 *   64 bytes -> a bit for each that can be of a word (SSE2 or a table) -> the bits that change ->
 *   begins and ends of runs, written one after the other: that is an array of spans
 *
 * A run of ASCII, nearly all of them in most texts, is a word: 16 bytes are loaded where it stands,
 * those behind the word masked, the bit set that makes a letter lower case (digits have it; the
 * underscore becomes a byte that no word has), and hashed without a branch. A run with other bytes
 * is read letter by letter and written in lower case first; the hash is the same function. Source:
 * the bits of classes and their flattening are those of simdjson (Langdale, Lemire).
 */
#include "copy_words.h"

#include <unicode/uchar.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base_hash.h"
#include "base_thread.h"
#include "base_utf8.h"
#include "page_post.h"

/* A longer word that is not ASCII is cut for hashing: 256 bytes are more than any language's words,
 * and what is behind it is garbage. */
enum { WORD_BYTES = 256 };

/* Of more words than this, places are not kept: 8 MB. They are found again where they are needed,
 * which a story of some hundred articles need not wait for. */
enum { PLACES_KEPT = 1 << 20 };

#define DOTTED_I 0x130u /* lower case is "i" and a mark, which ends the word */
#define SIGMA 0x3A3u    /* lower case is another letter at the end of a word */
#define SIGMA_LAST 0x3C2u

static inline bool is_word_byte(unsigned char c)
{
    /* 0-9, A-Z, _, a-z; what is not ASCII is none */
    static const uint8_t in[256] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
    };
    return in[c];
}

static bool is_word(uint32_t c)
{
    if (c < 0x80)
        return is_word_byte((unsigned char)c);
    return (U_GET_GC_MASK((UChar32)c) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

/* The n bytes at p, the first the lowest. */
static inline uint64_t load(const char *p, size_t n)
{
    uint64_t v = 0;
    memcpy(&v, p, n);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    v = __builtin_bswap64(v);
#endif
    return v;
}

static inline uint64_t stir(uint64_t h)
{
    h *= 0x9FB21C651E98DF25u; /* odd, so that equal lengths below nine bytes never collide */
    return h ^ h >> 32;
}

#define HIGHS 0x8080808080808080u

/* Sets the bit of lower case in the bytes below 0x80. */
static inline uint64_t low(uint64_t v)
{
    return v | (~v & HIGHS) >> 2;
}

/* The first n of eight bytes. */
static inline uint64_t first_bytes(size_t n)
{
    return n >= 8 ? UINT64_MAX : ((uint64_t)1 << 8 * n) - 1;
}

static inline uint64_t finish(uint64_t h)
{
    h *= 0xD6E8FEB86659FD93u;
    return h ^ h >> 32;
}

/* Of a word of up to 16 bytes: its bytes, 0 behind them. */
static inline uint64_t short_hash(uint64_t a, uint64_t b, size_t n)
{
    return finish(stir(stir(n * 0x9E3779B97F4A7C15u ^ a) ^ b));
}

static uint64_t word_hash(const char *p, size_t n)
{
    size_t m = n < 8 ? n : 8;
    uint64_t h = stir(n * 0x9E3779B97F4A7C15u ^ (low(load(p, m)) & first_bytes(m)));
    size_t k = 8;
    do {
        m = n > k ? n - k < 8 ? n - k : 8 : 0;
        h = stir(h ^ (m ? low(load(p + k, m)) & first_bytes(m) : 0));
        k += 8;
    } while (k < n);
    return finish(h);
}

/* A word with letters beyond ASCII, or none at all, from p on. */
static const char *other_word(const char *p, const char *end, const char **begin_out,
                              uint64_t *hash)
{
    char buffer[WORD_BYTES + 4];
    size_t n = 0;
    const char *begin = NULL;
    bool sigma = false; /* the letter before is one */
    while (p < end) {
        unsigned char b = (unsigned char)*p;
        uint32_t c = b;
        int len = 1;
        if (b >= 0x80)
            c = utf8_read(p, end, &len);
        if (!is_word(c)) {
            if (begin)
                break;
            p += len;
            continue;
        }
        bool alone = c >= 0x80 && utf8_is_ideograph(c);
        if (alone && begin)
            break;
        sigma = begin && c == SIGMA;
        if (!begin)
            begin = p;
        if (n < WORD_BYTES) {
            if (c < 0x80)
                buffer[n++] = (char)(c - 'A' < 26 ? c | 32 : c);
            else
                n += (size_t)utf8_write(buffer + n, c == DOTTED_I ? 'i' : utf8_lower(c));
        }
        p += len;
        if (alone || c == DOTTED_I)
            break;
    }
    if (sigma && n >= 2 && n < WORD_BYTES)
        utf8_write(buffer + n - 2, SIGMA_LAST);
    *begin_out = begin;
    *hash = begin ? word_hash(buffer, n) : 0;
    return p;
}

bool copy_word_next(sst_str s, size_t *at, copy_word *out)
{
    const char *p = s.p + *at, *end = s.p + s.n;
    while (p < end && !is_word_byte((unsigned char)*p) && (unsigned char)*p < 0x80)
        p++;
    const char *begin = p;
    while (p < end && is_word_byte((unsigned char)*p))
        p++;
    if (p < end && (unsigned char)*p >= 0x80)
        p = other_word(begin, end, &begin, &out->hash);
    else if (p > begin)
        out->hash = word_hash(begin, (size_t)(p - begin));
    else
        begin = NULL;
    *at = (size_t)(p - s.p);
    if (!begin)
        return false;
    out->at = (sst_span){(uint32_t)(begin - s.p), (uint32_t)(p - s.p)};
    return true;
}

/* ------------------------------------------------------------------------------- a text at once
 */

enum { BLOCK = 64, SHORT = 16 };

uint64_t copy_word_mask_twin(const char *p)
{
    uint64_t m = 0;
    for (int i = 0; i < BLOCK; i++)
        m |= (uint64_t)(is_word_byte((unsigned char)p[i]) || (unsigned char)p[i] >= 0x80) << i;
    return m;
}

#if defined(__SSE2__)
static inline uint32_t mask_16(const char *p)
{
    const __m128i least = _mm_set1_epi8(INT8_MIN);
    __m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
    /* c - first < n without a sign, as a comparison with one: both moved by 128 */
    __m128i letter =
        _mm_add_epi8(_mm_or_si128(x, _mm_set1_epi8(0x20)), _mm_sub_epi8(least, _mm_set1_epi8('a')));
    __m128i digit = _mm_add_epi8(x, _mm_sub_epi8(least, _mm_set1_epi8('0')));
    __m128i in = _mm_or_si128(_mm_cmplt_epi8(letter, _mm_set1_epi8(INT8_MIN + 26)),
                              _mm_cmplt_epi8(digit, _mm_set1_epi8(INT8_MIN + 10)));
    in = _mm_or_si128(in, _mm_cmpeq_epi8(x, _mm_set1_epi8('_')));
    return (uint32_t)_mm_movemask_epi8(_mm_or_si128(in, x));
}

static inline uint64_t mask_64(const char *p)
{
    return (uint64_t)mask_16(p) | (uint64_t)mask_16(p + 16) << 16 |
           (uint64_t)mask_16(p + 32) << 32 | (uint64_t)mask_16(p + 48) << 48;
}

uint64_t copy_word_mask(const char *p)
{
    return mask_64(p);
}
#else
static inline uint64_t mask_64(const char *p)
{
    return copy_word_mask_twin(p);
}

uint64_t copy_word_mask(const char *p)
{
    return copy_word_mask_twin(p);
}
#endif

static bool room_for(copy_word_list *l, sst_arena *arena, uint32_t more)
{
    if (l->cap - l->n >= more)
        return true;
    if (l->cap > UINT32_MAX / 4)
        return false;
    uint32_t cap = l->cap * 2 > l->n + more ? l->cap * 2 : l->n + more;
    l->at = arena_grow(arena, l->at, l->n * sizeof *l->at, cap * sizeof *l->at);
    l->hash = arena_grow(arena, l->hash, l->n * sizeof *l->hash, cap * sizeof *l->hash);
    l->cap = arena->failed ? 0 : cap;
    return !arena->failed;
}

/* The runs of bytes that can be of words, as spans. */
static bool find_runs(sst_str s, sst_arena *arena, copy_word_list *l)
{
    uint64_t inside = 0; /* the byte before is in a run */
    uint32_t n = 0;      /* begins and ends */
    for (size_t base = 0; base < s.n; base += BLOCK) {
        uint64_t m;
        if (s.n - base >= BLOCK) {
            m = mask_64(s.p + base);
        } else {
            char last[BLOCK] = {0};
            memcpy(last, s.p + base, s.n - base);
            m = mask_64(last);
        }
        uint64_t change = m ^ (m << 1 | inside);
        inside = m >> (BLOCK - 1);
        l->n = n / 2 + n % 2;
        if (!room_for(l, arena, BLOCK / 2 + 2))
            return false;
        for (uint32_t *bound = &l->at[0].begin; change; change &= change - 1)
            bound[n++] = (uint32_t)base + (uint32_t)__builtin_ctzll(change);
    }
    if (n % 2) /* a run that ends with the text */
        l->at[n / 2].end = (uint32_t)s.n;
    l->n = n / 2 + n % 2;
    return true;
}

/* The bytes of a word of so many, of the 16 from its begin on. */
static const uint64_t word_bytes[SHORT + 1][2] = {{0x0, 0x0},
                                                  {0xFF, 0x0},
                                                  {0xFFFF, 0x0},
                                                  {0xFFFFFF, 0x0},
                                                  {0xFFFFFFFF, 0x0},
                                                  {0xFFFFFFFFFF, 0x0},
                                                  {0xFFFFFFFFFFFF, 0x0},
                                                  {0xFFFFFFFFFFFFFF, 0x0},
                                                  {0xFFFFFFFFFFFFFFFF, 0x0},
                                                  {0xFFFFFFFFFFFFFFFF, 0xFF},
                                                  {0xFFFFFFFFFFFFFFFF, 0xFFFF},
                                                  {0xFFFFFFFFFFFFFFFF, 0xFFFFFF},
                                                  {0xFFFFFFFFFFFFFFFF, 0xFFFFFFFF},
                                                  {0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFF},
                                                  {0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFF},
                                                  {0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF},
                                                  {0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF}};

/* Hashes a run that is one word of ASCII; false when there are other bytes in it. */
static inline bool hash_run(sst_str s, sst_span at, uint64_t *hash)
{
    const uint64_t lower = 0x2020202020202020u; /* low() of ASCII */
    const char *p = s.p + at.begin;
    size_t n = at.end - at.begin;
    if (__builtin_expect(n <= SHORT && at.begin + SHORT <= s.n, 1)) {
        uint64_t a = load(p, 8), b = load(p + 8, 8), in_a = word_bytes[n][0],
                 in_b = word_bytes[n][1];
        *hash = short_hash((a | lower) & in_a, (b | lower) & in_b, n);
        return (((a & in_a) | (b & in_b)) & HIGHS) == 0;
    }
    for (size_t k = 0; k < n; k++)
        if ((unsigned char)p[k] >= 0x80)
            return false;
    *hash = word_hash(p, n);
    return true;
}

/* The words of the runs from the k-th on, which holds bytes beyond ASCII; others may. */
static bool split_runs(sst_str s, sst_arena *arena, copy_word_list *l, uint32_t k)
{
    uint32_t run_n = l->n - k;
    sst_span *run = arena_alloc(arena, run_n * sizeof *run);
    if (!run)
        return false;
    memcpy(run, l->at + k, run_n * sizeof *run);
    l->n = k;
    for (uint32_t r = 0; r < run_n; r++) {
        if (!room_for(l, arena, 1))
            return false;
        l->at[l->n] = run[r];
        if (hash_run(s, run[r], &l->hash[l->n])) {
            l->n++;
            continue;
        }
        size_t at = run[r].begin;
        for (copy_word w; copy_word_next((sst_str){s.p, run[r].end}, &at, &w);) {
            if (!room_for(l, arena, 1))
                return false;
            l->at[l->n] = w.at;
            l->hash[l->n++] = w.hash;
        }
    }
    return true;
}

bool copy_words_list(sst_str s, sst_arena *arena, copy_word_list *l)
{
    l->n = 0;
    if (!room_for(l, arena, (uint32_t)(s.n / 5) + BLOCK) || !find_runs(s, arena, l))
        return false;
    for (uint32_t k = 0; k < l->n; k++)
        if (!hash_run(s, l->at[k], &l->hash[k]))
            return split_runs(s, arena, l, k);
    return true;
}

/* ---------------------------------------------------------------------------------- several texts
 */

typedef struct many_texts {
    const sst_text *const *texts;
    copy_words *out;
    sst_arena *arena; /* of each worker */
    copy_word_list *list;
    base_room *room; /* of the result, or NULL */
    atomic_int failed;
} many_texts;

static bool list_text(many_texts *m, uint32_t d, uint32_t worker)
{
    bool ok = copy_words_list(m->texts[d]->s, &m->arena[worker], &m->list[worker]);
    room_look(m->room);
    if (!ok)
        atomic_store(&m->failed, SST_ERR_MEMORY);
    return ok;
}

static void count_text(void *user, uint32_t d, uint32_t worker)
{
    many_texts *m = user;
    if (list_text(m, d, worker))
        m->out->first[d + 1] = m->list[worker].n;
}

static void take_text(void *user, uint32_t d, uint32_t worker)
{
    many_texts *m = user;
    const copy_word_list *l = &m->list[worker];
    uint32_t first = m->out->first[d];
    if (!list_text(m, d, worker) || l->n == 0)
        return;
    memcpy(m->out->hash + first, l->hash, l->n * sizeof *l->hash);
    if (m->out->at)
        memcpy(m->out->at + first, l->at, l->n * sizeof *l->at);
}

/* Of a pair, once. */
static sst_status make_two(many_texts *m, sst_arena *arena)
{
    copy_words *out = m->out;
    copy_word_list a = {0}, b = {0};
    if (!copy_words_list(m->texts[0]->s, &m->arena[0], &a) ||
        !copy_words_list(m->texts[1]->s, &m->arena[0], &b))
        return SST_ERR_MEMORY;
    if ((uint64_t)a.n + b.n >= UINT32_MAX)
        return SST_ERR_LIMIT;
    out->first[1] = a.n;
    out->first[2] = a.n + b.n;
    out->hash = arena_alloc(arena, ((size_t)out->first[2] + 1) * sizeof *out->hash);
    out->at = arena_alloc(arena, ((size_t)out->first[2] + 1) * sizeof *out->at);
    if (arena->failed)
        return arena->failed;
    memcpy(out->hash, a.hash, a.n * sizeof *a.hash);
    memcpy(out->hash + a.n, b.hash, b.n * sizeof *b.hash);
    memcpy(out->at, a.at, a.n * sizeof *a.at);
    memcpy(out->at + a.n, b.at, b.n * sizeof *b.at);
    return SST_OK;
}

static sst_status make_words(many_texts *m, uint32_t n, uint32_t threads, sst_arena *arena)
{
    copy_words *out = m->out;
    out->first = arena_calloc(arena, (size_t)n + 1, sizeof *out->first);
    if (!out->first)
        return arena->failed;
    if (threads == 1 && n == 2)
        return make_two(m, arena);
    /* Two passes, so that memory follows the words and not the bytes. */
    thread_for(threads, n, count_text, m, NULL);
    uint64_t total = 0;
    for (uint32_t d = 0; d < n; d++) {
        total += out->first[d + 1];
        if (total >= UINT32_MAX)
            return SST_ERR_LIMIT;
        out->first[d + 1] = (uint32_t)total;
    }
    out->hash = arena_alloc(arena, (size_t)(total + 1) * sizeof *out->hash);
    if (total <= PLACES_KEPT)
        out->at = arena_alloc(arena, (size_t)(total + 1) * sizeof *out->at);
    if (arena->failed)
        return arena->failed;
    if (!atomic_load(&m->failed))
        thread_for(threads, n, take_text, m, NULL);
    return (sst_status)atomic_load(&m->failed);
}

sst_status copy_words_make(const sst_text *const *texts, uint32_t n, uint32_t threads,
                           sst_arena *arena, copy_words *out)
{
    *out = (copy_words){.n = n};
    sst_arena scratch;
    arena_init(&scratch, 0);
    many_texts m = {.texts = texts, .out = out, .room = arena->room};
    threads = threads ? threads : 1;
    m.arena = arena_calloc(&scratch, threads, sizeof *m.arena);
    m.list = arena_calloc(&scratch, threads, sizeof *m.list);
    sst_status status = scratch.failed;
    if (!status) {
        for (uint32_t w = 0; w < threads; w++)
            arena_init(&m.arena[w], 0);
        status = make_words(&m, n, threads, arena);
        for (uint32_t w = 0; w < threads; w++)
            arena_release(&m.arena[w]);
    }
    arena_release(&scratch);
    return status;
}

/* Marks of quotations: inside doubles there may be singles. */
typedef enum mark_side { BY_TURNS, OPENS, CLOSES, OPENS_LOW, EITHER } mark_side;

static const struct {
    const char *p;
    uint8_t single, side;
} marks[] = {
    {"\xE2\x80\x9C", 0, OPENS},     /* “, which closes „ */
    {"\xE2\x80\x9D", 0, CLOSES},    /* ” */
    {"\xE2\x80\x9E", 0, OPENS_LOW}, /* „ */
    {"\xC2\xAB", 0, EITHER},        /* «, which closes » */
    {"\xC2\xBB", 0, EITHER},        /* », which closes « */
    {"``", 0, OPENS},
    {"''", 0, CLOSES},
    {"\xE2\x80\x98", 1, OPENS},     /* ‘, which closes ‚ */
    {"\xE2\x80\x99", 1, CLOSES},    /* ’ */
    {"\xE2\x80\x9A", 1, OPENS_LOW}, /* ‚ */
    {"'", 1, BY_TURNS},
};

/* What is open behind the mark: by[single] is 1 + the mark that opened it, 0 when it is closed. */
static void turn(sst_str s, uint8_t by[2])
{
    enum { UNKNOWN = sizeof marks / sizeof *marks };
    uint8_t k = 0;
    while (k < UNKNOWN && !str_starts(s, str_of(marks[k].p)))
        k++;
    uint8_t *open = &by[k < UNKNOWN ? marks[k].single : 0], was = *open;
    bool low = was && was <= UNKNOWN && marks[was - 1].side == OPENS_LOW;
    switch (k < UNKNOWN ? marks[k].side : BY_TURNS) {
    case OPENS:
        *open = low ? 0 : (uint8_t)(k + 1);
        break;
    case OPENS_LOW:
        *open = (uint8_t)(k + 1);
        break;
    case CLOSES:
        *open = 0;
        break;
    case EITHER: /* the one that opened it is closed by the other */
        *open = was && was != k + 1 ? 0 : (uint8_t)(k + 1);
        break;
    default:
        *open = was ? 0 : (uint8_t)(k + 1);
    }
    if (!by[0] && open == &by[0])
        by[1] = 0;
}

/* Is paragraph p a post of somebody, words that need no marks? */
static bool is_post(const sst_text *text, const sst_para *p)
{
    page_post post;
    return p->role == ROLE_BODY && p->begin < p->end &&
           page_post_read(str_span(text->article->text, text_span(text, p->begin, p->end)), &post);
}

uint8_t *copy_marked(const sst_text *text, sst_arena *arena)
{
    uint8_t *in = arena_calloc(arena, (size_t)text->tok_n + 1, 1);
    if (!in)
        return NULL;
    bool posts = str_find(text->article->text, STR("(@")) >= 0;
    for (uint32_t p = 0; p < text->para_n; p++) {
        uint8_t by[2] = {0, 0};
        if (posts && is_post(text, &text->para[p])) {
            memset(in + text->para[p].begin, 1, text->para[p].end - text->para[p].begin);
            continue;
        }
        for (uint32_t i = text->para[p].begin; i < text->para[p].end; i++) {
            if (text->tok[i].kind == TOK_MARK)
                turn(text_token(text, i), by);
            in[i] = by[0] || by[1];
        }
    }
    return in;
}
