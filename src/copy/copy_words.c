/*
 * Words as the field's test sets count them: \w+ of lower-case text. A word is a run of letters
 * (L), numbers of any kind (N) and underscores by Unicode's general categories; marks split words,
 * as they do in the programs that made the answers. Scripts that write without spaces have no such
 * runs: there each letter is a word.
 */
#include "copy_words.h"

#include <unicode/uchar.h>

#include "base_hash.h"
#include "base_utf8.h"

/* A longer word is cut for hashing: 256 bytes are more than any language's words, and what is
 * behind it is garbage. */
enum { WORD_BYTES = 256 };

static bool is_word(uint32_t c)
{
    if (c < 0x80)
        return ((c | 32) - 'a' < 26) || (c - '0' < 10) || c == '_';
    return (U_GET_GC_MASK((UChar32)c) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

/* Reads the next word of s at or behind *at; false when there is none. */
static bool next_word(sst_str s, size_t *at, sst_span *span, uint64_t *hash)
{
    const char *p = s.p + *at, *end = s.p + s.n;
    char low[WORD_BYTES + 4];
    size_t low_n = 0;
    const char *begin = NULL;
    while (p < end) {
        unsigned char b = (unsigned char)*p;
        uint32_t c = b;
        int n = 1;
        if (b >= 0x80)
            c = utf8_read(p, end, &n);
        if (!is_word(c)) {
            if (begin)
                break;
            p += n;
            continue;
        }
        bool alone = c >= 0x80 && utf8_is_ideograph(c);
        if (alone && begin)
            break;
        if (!begin)
            begin = p;
        if (low_n < WORD_BYTES) {
            if (c < 0x80)
                low[low_n++] = (char)(c - 'A' < 26 ? c | 32 : c);
            else
                low_n += (size_t)utf8_write(low + low_n, utf8_lower(c));
        }
        p += n;
        if (alone)
            break;
    }
    if (!begin)
        return false;
    *at = (size_t)(p - s.p);
    *span = (sst_span){(uint32_t)(begin - s.p), (uint32_t)(p - s.p)};
    *hash = hash_bytes(low, low_n, 0);
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
        sst_span span;
        uint64_t hash;
        out->first[d] = (uint32_t)total;
        while (next_word(texts[d]->s, &at, &span, &hash))
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
        while (next_word(texts[d]->s, &at, &out->at[w], &out->hash[w]))
            w++;
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
