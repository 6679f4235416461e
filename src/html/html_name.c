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
#define PLACES_FIRST 2048u  /* four times the known names */

const uint16_t html_flags[HTML_KNOWN_N] = {0,
#define X(id, string, flags) (flags),
                                           HTML_NAMES(X)
#undef X
};

static uint32_t place_of(uint64_t key, uint32_t mask)
{
    return (uint32_t)((key * 0x9E3779B97F4A7C15u) >> 40) & mask;
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
    for (uint32_t i = 1; i < s->n; i++) {
        uint32_t at = place_of(s->row[i].key, s->mask);
        while (s->place[at])
            at = (at + 1) & s->mask;
        s->place[at] = i;
    }
    return true;
}

static uint32_t fresh(html_names *s, const char *p, uint32_t n, uint64_t key, uint32_t at)
{
    if (s->n >= NAMES_MAX || s->text.n + n > UINT32_MAX)
        return 0;
    if (!buf_reserve(&s->rows, sizeof(html_name_row)))
        return 0;
    s->row = (html_name_row *)(void *)s->rows.p;
    s->row[s->n] = (html_name_row){(uint32_t)s->text.n, n, key};
    buf_add(&s->text, p, n);
    if (s->text.failed)
        return 0;
    s->rows.n += sizeof(html_name_row);
    s->place[at] = s->n++;
    if (s->n > s->mask / 2 && !fill(s, (s->mask + 1) * 2))
        return 0;
    return s->n - 1;
}

uint32_t html_name_key(html_names *s, uint64_t key, uint32_t n)
{
    uint32_t at = place_of(key, s->mask), i;
    for (; (i = s->place[at]) != 0; at = (at + 1) & s->mask)
        if (s->row[i].key == key && s->row[i].n == n)
            return i;
    char bytes[8];
    for (uint32_t k = 0; k < 8; k++)
        bytes[k] = (char)(key >> (8 * k));
    return fresh(s, bytes, n, key, at);
}

static uint32_t add_long(html_names *s, const char *p, uint32_t n)
{
    uint64_t key = hash_bytes(p, n, 0);
    uint32_t at = place_of(key, s->mask), i;
    for (; (i = s->place[at]) != 0; at = (at + 1) & s->mask)
        if (s->row[i].key == key && s->row[i].n == n && memcmp(s->text.p + s->row[i].at, p, n) == 0)
            return i;
    return fresh(s, p, n, key, at);
}

uint32_t html_name_add(html_names *s, const char *p, uint32_t n)
{
    if (n <= 8) {
        uint64_t w = 0;
        for (uint32_t k = 0; k < n; k++)
            w |= (uint64_t)(unsigned char)p[k] << (8 * k);
        return html_name_key(s, scan_lower(w), n);
    }
    char small[64];
    if (n <= sizeof small) {
        for (uint32_t k = 0; k < n; k++)
            small[k] = (unsigned char)(p[k] - 'A') < 26 ? (char)(p[k] | 32) : p[k];
        return add_long(s, small, n);
    }
    /* Behind the names that are there; stays when it is new. */
    size_t keep = s->text.n;
    char *to = buf_reserve(&s->text, n);
    if (!to)
        return 0;
    for (uint32_t k = 0; k < n; k++)
        to[k] = (unsigned char)(p[k] - 'A') < 26 ? (char)(p[k] | 32) : p[k];
    uint64_t key = hash_bytes(to, n, 0);
    uint32_t at = place_of(key, s->mask), i;
    for (; (i = s->place[at]) != 0; at = (at + 1) & s->mask)
        if (s->row[i].key == key && s->row[i].n == n &&
            memcmp(s->text.p + s->row[i].at, to, n) == 0)
            return i;
    if (s->n >= NAMES_MAX || keep + n > UINT32_MAX || !buf_reserve(&s->rows, sizeof(html_name_row)))
        return 0;
    s->row = (html_name_row *)(void *)s->rows.p;
    s->row[s->n] = (html_name_row){(uint32_t)keep, n, key};
    s->rows.n += sizeof(html_name_row);
    s->text.n += n;
    s->place[at] = s->n++;
    if (s->n > s->mask / 2 && !fill(s, (s->mask + 1) * 2))
        return 0;
    return s->n - 1;
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
            if (s->place[at] >= HTML_KNOWN_N)
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
        uint64_t key = 0;
        if (known[i].n <= 8) {
            for (uint32_t k = 0; k < known[i].n; k++)
                key |= (uint64_t)(unsigned char)known[i].p[k] << (8 * k);
            html_name_key(s, key, known[i].n);
        } else {
            add_long(s, known[i].p, known[i].n);
        }
    }
}
