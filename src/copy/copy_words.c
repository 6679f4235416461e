/*
 * Words as the field's test sets count them: \w+ of lower-case text. A word is a run of letters
 * (L), numbers of any kind (N) and underscores by Unicode's general categories; marks split words,
 * as they do in the programs that made the answers (so does the dot that lower case leaves of
 * U+0130). Scripts that write without spaces have no such runs: there each letter is a word.
 *
 * Words of ASCII, nearly all of them in most texts, take a short way: their bytes are hashed eight
 * at a time where they stand, with the bit set that makes a letter lower case (digits have it; the
 * underscore becomes a byte that no word has). Other words are written in lower case first; the
 * hash is the same function.
 */
#include "copy_words.h"

#include <unicode/uchar.h>

#include "base_hash.h"
#include "base_utf8.h"

/* A longer word that is not ASCII is cut for hashing: 256 bytes are more than any language's words,
 * and what is behind it is garbage. */
enum { WORD_BYTES = 256 };

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

static inline uint64_t load(const char *p, size_t n)
{
    uint64_t v = 0;
    memcpy(&v, p, n);
    return v;
}

static inline uint64_t stir(uint64_t h)
{
    h *= 0x9FB21C651E98DF25u; /* odd, so that equal lengths below nine bytes never collide */
    return h ^ h >> 32;
}

/* Sets the bit of lower case in the bytes below 0x80. */
static inline uint64_t low(uint64_t v)
{
    return v | (~v & 0x8080808080808080u) >> 2;
}

static inline uint64_t word_hash(const char *p, size_t n)
{
    uint64_t h = n * 0x9E3779B97F4A7C15u;
    size_t left = n;
    for (; left > 8; left -= 8, p += 8)
        h = stir(h ^ low(load(p, 8)));
    if (left == 8)
        h ^= low(load(p, 8));
    else if (left >= 4) /* two loads that overlap */
        h ^= low(load(p, 4) | load(p + left - 4, 4) << 32);
    else if (left)
        h ^= low((uint64_t)(unsigned char)p[0] | (uint64_t)(unsigned char)p[left / 2] << 8 |
                 (uint64_t)(unsigned char)p[left - 1] << 16);
    h = stir(h);
    h *= 0xD6E8FEB86659FD93u;
    return h ^ h >> 32;
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

sst_status copy_words_make(const sst_text *const *texts, uint32_t n, sst_arena *arena,
                           copy_words *out)
{
    *out = (copy_words){.n = n};
    uint64_t bytes = 0;
    for (uint32_t d = 0; d < n; d++)
        bytes += texts[d]->s.n;
    /* A word and what parts it from the next take two bytes at least; the arrays are cut to size
     * below. */
    uint64_t most = bytes / 2 + n + 1;
    if (most >= UINT32_MAX)
        return SST_ERR_LIMIT;
    out->first = arena_alloc(arena, ((size_t)n + 1) * sizeof *out->first);
    /* Two passes, so that memory follows the words and not the bytes. */
    uint64_t total = 0;
    for (uint32_t d = 0; d < n && out->first; d++) {
        size_t at = 0;
        copy_word word;
        out->first[d] = (uint32_t)total;
        while (copy_word_next(texts[d]->s, &at, &word))
            total++;
    }
    if (out->first)
        out->first[n] = (uint32_t)total;
    out->hash = arena_alloc(arena, (size_t)(total + 1) * sizeof *out->hash);
    out->at = arena_alloc(arena, (size_t)(total + 1) * sizeof *out->at);
    if (arena->failed)
        return arena->failed;
    uint32_t w = 0;
    for (uint32_t d = 0; d < n; d++) {
        size_t at = 0;
        copy_word word;
        while (copy_word_next(texts[d]->s, &at, &word)) {
            out->at[w] = word.at;
            out->hash[w++] = word.hash;
        }
    }
    return SST_OK;
}

/* What a mark does by its shape: +1 opens, -1 closes, 0 by turns. */
static int mark_side(sst_str s)
{
    static const struct {
        const char *p;
        int side;
    } shapes[] = {
        {"\xE2\x80\x9C", 1}, {"\xE2\x80\x9D", -1}, {"\xE2\x80\x98", 1}, {"\xE2\x80\x99", -1},
        {"\xE2\x80\x9E", 1}, {"\xE2\x80\x9A", 1},  {"\xC2\xAB", 1},     {"\xC2\xBB", -1},
        {"``", 1},           {"''", -1},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (str_starts(s, str_of(shapes[i].p)))
            return shapes[i].side;
    return 0;
}

uint8_t *copy_marked(const sst_text *text, sst_arena *arena)
{
    uint8_t *in = arena_calloc(arena, (size_t)text->tok_n + 1, 1);
    if (!in)
        return NULL;
    for (uint32_t p = 0; p < text->para_n; p++) {
        bool open = false;
        for (uint32_t i = text->para[p].begin; i < text->para[p].end; i++) {
            if (text->tok[i].kind == TOK_MARK) {
                int side = mark_side(text_token(text, i));
                open = side ? side > 0 : !open;
            }
            in[i] = open;
        }
    }
    return in;
}
