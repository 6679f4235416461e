/*
 * Names to numbers. In: the bytes of a tag's or attribute's name; out: its number, the same for the
 * same name, known names (html_name.h) first. Method: open addressing over a key of 64 bits: up to
 * 8 bytes are their own key (compared in one step), longer ones are hashed and compared.
 */
#include <string.h>

#include "base_hash.h"
#include "html_scan.h"
#include "html_token.h"

#define NAMES_MAX 0xFFFFFFu /* 24 bits in a node */
#define TAG_BITS 0xFF000000u
#define PLACES_FIRST 2048u /* four times the known names */

const uint16_t html_flags[HTML_KNOWN_N] = {0,
#define X(id, string, flags) (flags),
                                           HTML_NAMES(X)
#undef X
};

/*
 * place[]: open addressing, at most half full. A place holds the name's number and, above it, eight
 * bits of the hash: a search reads a row, which is elsewhere in memory, only when these agree.
 *
 *   hash   | place: the top bits, as many as the table needs | ...... | tag: 8 bits |
 *   place  | tag: 8 | number: 24 |
 */
static uint64_t hash_of(uint64_t key)
{
    return key * 0x9E3779B97F4A7C15u; /* Fibonacci hashing: the top bits depend on every byte */
}

static uint32_t place_of(const html_names *s, uint64_t hash)
{
    return (uint32_t)(hash >> 32) >> s->shift;
}

static uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> 8) & TAG_BITS;
}

static void put(html_names *s, uint32_t name)
{
    uint64_t hash = hash_of(s->row[name].key);
    uint32_t at = place_of(s, hash);
    while (s->place[at])
        at = (at + 1) & s->mask;
    s->place[at] = tag_of(hash) | name;
}

/* Room for all at most half full; the rows know their keys. */
static bool fill(html_names *s, uint32_t places)
{
    buf_clear(&s->places);
    if (!buf_reserve(&s->places, (size_t)places * sizeof(uint32_t)))
        return false;
    s->place = (uint32_t *)(void *)s->places.p;
    memset(s->place, 0, (size_t)places * sizeof(uint32_t));
    s->mask = places - 1;
    s->shift = 32 - (uint32_t)__builtin_ctz(places);
    for (uint32_t i = 1; i < s->n; i++)
        put(s, i);
    return true;
}

/* The number of a name that is there, or 0. p NULL: the key is the name. */
static uint32_t find(const html_names *s, uint64_t key, const char *p, uint32_t n)
{
    uint64_t hash = hash_of(key);
    uint32_t tag = tag_of(hash), place;
    for (uint32_t at = place_of(s, hash); (place = s->place[at]) != 0; at = (at + 1) & s->mask) {
        if ((place & TAG_BITS) != tag)
            continue;
        const html_name_row *r = &s->row[place & NAMES_MAX];
        if (r->key == key && r->n == n && (!p || memcmp(s->text.p + r->at, p, n) == 0))
            return place & NAMES_MAX;
    }
    return 0;
}

/* A row for the n bytes at the end of the texts, which the caller has put there. */
static uint32_t fresh(html_names *s, uint64_t key, uint32_t n)
{
    if (s->n >= NAMES_MAX || s->text.n + n > UINT32_MAX ||
        !buf_reserve(&s->rows, sizeof(html_name_row)))
        return 0;
    s->row = (html_name_row *)(void *)s->rows.p;
    s->row[s->n] = (html_name_row){(uint32_t)s->text.n, n, key};
    s->rows.n += sizeof(html_name_row);
    s->text.n += n;
    put(s, s->n++);
    if (s->n > s->mask / 2 && !fill(s, (s->mask + 1) * 2))
        return 0;
    return s->n - 1;
}

uint32_t html_name_key(html_names *s, uint64_t key, uint32_t n)
{
    uint32_t name = find(s, key, NULL, n);
    if (name)
        return name;
    char *to = buf_reserve(&s->text, 8);
    if (!to)
        return 0;
    for (uint32_t k = 0; k < 8; k++)
        to[k] = (char)(key >> (8 * k));
    return fresh(s, key, n);
}

/* Lower: upper case becomes lower case. */
static uint32_t add_long(html_names *s, const char *p, uint32_t n, bool lower)
{
    char *to = buf_reserve(&s->text, n); /* behind the names that are there; stays when it is new */
    if (!to)
        return 0;
    memcpy(to, p, n);
    for (uint32_t k = 0; lower && k < n; k++)
        to[k] = (unsigned char)(to[k] - 'A') < 26 ? (char)(to[k] | 32) : to[k];
    uint64_t key = hash_bytes(to, n, 0);
    uint32_t name = find(s, key, to, n);
    return name ? name : fresh(s, key, n);
}

static uint64_t key_of(const char *p, uint32_t n)
{
    uint64_t w = 0;
    for (uint32_t k = 0; k < n; k++)
        w |= (uint64_t)(unsigned char)p[k] << (8 * k);
    return w;
}

uint32_t html_name_add(html_names *s, const char *p, uint32_t n)
{
    if (n <= 8)
        return html_name_key(s, scan_lower(key_of(p, n)), n);
    return add_long(s, p, n, true);
}

void html_names_clear(html_names *s)
{
    static const struct {
        const char *p;
        uint32_t n;
    } known[HTML_KNOWN_N] = {{"", 0},
#define X(id, string, flags) {string, sizeof string - 1},
                             HTML_NAMES(X)
#undef X
    };
    if (s->n >= HTML_KNOWN_N && s->mask + 1 == PLACES_FIRST) {
        /* Only those that came are taken out: the known ones were there before them, so that no
         * search for a known one passes over a place that becomes free. */
        for (uint32_t at = 0; s->n > HTML_KNOWN_N && at <= s->mask; at++)
            if ((s->place[at] & NAMES_MAX) >= HTML_KNOWN_N)
                s->place[at] = 0;
        s->n = HTML_KNOWN_N;
        s->text.n = s->row[HTML_KNOWN_N - 1].at + s->row[HTML_KNOWN_N - 1].n;
        s->rows.n = HTML_KNOWN_N * sizeof(html_name_row);
        s->text.failed = s->rows.failed = s->places.failed = SST_OK;
        return;
    }
    buf_clear(&s->rows);
    buf_clear(&s->text);
    s->n = 0;
    if (!buf_reserve(&s->rows, sizeof(html_name_row)) || !fill(s, PLACES_FIRST))
        return;
    s->row = (html_name_row *)(void *)s->rows.p;
    s->row[0] = (html_name_row){0, 0, 0};
    s->rows.n = sizeof(html_name_row);
    s->n = 1;
    for (uint32_t i = 1; i < HTML_KNOWN_N; i++) {
        /* Known names keep their upper case (SVG): they are not lowered here. */
        if (known[i].n <= 8)
            html_name_key(s, key_of(known[i].p, known[i].n), known[i].n);
        else
            add_long(s, known[i].p, known[i].n, false);
    }
}
