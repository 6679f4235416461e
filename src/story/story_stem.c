/*
 * Words of a text -> their stems, each way of writing looked up once.
 *
 * in: tokens; out: story_form. Parts: folding, stems, the table of ways of writing.
 *
 *   known: (key of the folded word, its bytes, word or number) -> form   open addressing, half full
 *   stems: key of the first letters -> number of the stem in this text
 *
 * Most words of an article stand in it several times, and its paragraphs are looked at once more
 * for other stories (story_also.c): a lookup in the background costs more than one here.
 */
#include "story_stem.h"

#include <math.h>

#include "base_utf8.h"

/* Rarity to this power: full bits overrate misprints and other words that the background does not
 * have, which are most words of a language it knows little of (+0.6 points over 0.8). */
static const float RARITY_POWER = 0.6f;
/* Numbers have no place in the background; their rarity, in bits: they differ between reports of
 * one event. Against 6 bits, 3 gain one point of the mean B-cubed and 9 lose one. */
static const float NUMBER_RARITY = 3;
static const float LONG_NUMBER_RARITY = 4.5f; /* three digits and more: 40,139 tells more than 12 */
/* Less rare words (those in more than a quarter of all articles) are left out. */
static const float RARITY_LEAST = 2;

/*
 * Words are taken for forms of one when their first STEM letters are the same: endings differ by
 * case and number, compounds by what follows. No language has to be known for it. 5 to 7 are within
 * 0.6 points of each other and 0.5 to 0.8 above whole words.
 */
enum { STEM = 6 };

enum {
    ROOM_LEAST = 16,
    WORDS_MOST = 1 << 28,      /* of a text and its title */
    BYTES_MOST = (1 << 24) - 1 /* of a word that are told apart */
};

static uint32_t slot(const story_stems *s, uint64_t way)
{
    return (uint32_t)((way * 0x9E3779B97F4A7C15u) >> 32) & (s->room - 1);
}

/* Where the word proper begins: behind an article or pronoun of one or two letters and an
 * apostrophe, as in "l'usine", "qu'une", "dell'" not. */
static size_t behind_elision(sst_str s)
{
    const char *end = s.p + s.n;
    size_t at = 0;
    for (int letters = 0; letters < 3 && at < s.n; letters++) {
        int n;
        uint32_t c = utf8_read(s.p + at, end, &n);
        at += (size_t)n;
        if (letters && (c == '\'' || c == 0x2019))
            return at < s.n ? at : 0;
    }
    return 0;
}

/* The first `letters` letters of s, folded, into out, which has room for 4 bytes each; returns the
 * bytes written. *all: was that the whole of s? */
static size_t fold(sst_str s, int letters, char *out, bool *all)
{
    size_t n = 0, at = 0;
    for (; letters > 0 && at < s.n; letters--) {
        int step;
        uint32_t c = utf8_read(s.p + at, s.p + s.n, &step);
        at += (size_t)step;
        n += (size_t)utf8_write(out + n, c == 0x2019 ? '\'' : utf8_lower(c));
    }
    *all = at >= s.n;
    return n;
}

/* The key of s without accents, as other languages write a name: "Zürich", "Zurich". */
static uint32_t plain_key(sst_str s, uint32_t key)
{
    char folded[4 * STEM];
    size_t n = 0, at = 0;
    if (utf8_ascii(s) == s.n)
        return key;
    for (int letters = 0; letters < STEM && at < s.n; letters++) {
        int step;
        uint32_t c = utf8_read(s.p + at, s.p + s.n, &step);
        at += (size_t)step;
        n += (size_t)utf8_write(folded + n, utf8_base(utf8_lower(c)));
    }
    return text_key((sst_str){folded, n});
}

/* The key of a word's first letters; *whole is that of the word without an elided article. */
uint32_t story_stem(const sst_text *t, uint32_t i, uint32_t *whole)
{
    enum { LONGEST = 40 }; /* letters of a word that the background has */
    char folded[4 * LONGEST];
    sst_str s = text_token(t, i);
    bool all;
    *whole = t->tok[i].key;
    size_t from = behind_elision(s);
    if (from) {
        s = (sst_str){s.p + from, s.n - from};
        *whole = text_key((sst_str){folded, fold(s, LONGEST, folded, &all)});
    }
    if (s.n <= STEM)
        return *whole;
    size_t n = fold(s, STEM, folded, &all);
    return all ? *whole : text_key((sst_str){folded, n});
}

static float number_rarity(sst_str s)
{
    uint32_t digits = 0;
    for (size_t b = 0; b < s.n; b++)
        digits += byte_is_digit((unsigned char)s.p[b]);
    return digits < 3 ? NUMBER_RARITY : LONG_NUMBER_RARITY;
}

static uint32_t number_of(story_stems *s, uint32_t key)
{
    uint32_t at = slot(s, key);
    for (; s->stem[at]; at = (at + 1) & (s->room - 1))
        if (s->key[s->stem[at] - 1] == key)
            return s->stem[at] - 1;
    s->key[s->stem_n++] = key;
    s->stem[at] = s->stem_n;
    return s->stem_n - 1;
}

/* A way of writing that is new; STORY_NO_FORM when it says nothing. */
static uint32_t new_form(story_stems *s, const sst_text *t, uint32_t i)
{
    const sst_token *k = &t->tok[i];
    story_form f = {.key = k->key, .plain = k->key, .number = k->kind == TOK_NUMBER};
    float rarity;
    if (f.number) {
        rarity = number_rarity(text_token(t, i));
    } else {
        uint32_t whole;
        f.key = story_stem(t, i, &whole);
        rarity = lang_rarity(k->key);
        if (whole != k->key)
            rarity = fminf(rarity, lang_rarity(whole));
    }
    if (rarity < RARITY_LEAST)
        return STORY_NO_FORM;
    if (!f.number)
        f.plain = plain_key(text_token(t, i), f.key);
    f.worth = powf(rarity, RARITY_POWER);
    f.stem = number_of(s, f.key);
    s->form[s->form_n] = f;
    return s->form_n++;
}

sst_status story_stems_init(story_stems *s, uint32_t words, sst_arena *arena)
{
    *s = (story_stems){.room = ROOM_LEAST, .most = words};
    if (words > WORDS_MOST)
        return SST_ERR_LIMIT;
    while (s->room / 2 < words)
        s->room *= 2;
    s->known = arena_calloc(arena, s->room, sizeof *s->known);
    s->stem = arena_calloc(arena, s->room, sizeof *s->stem);
    s->key = arena_alloc(arena, ((size_t)words + 1) * sizeof *s->key);
    s->form = arena_alloc(arena, ((size_t)words + 1) * sizeof *s->form);
    return arena->failed;
}

uint32_t story_form_of(story_stems *s, const sst_text *t, uint32_t i)
{
    const sst_token *k = &t->tok[i];
    if (k->kind != TOK_WORD && k->kind != TOK_NUMBER)
        return STORY_NO_FORM;
    /* Folding takes away full stops and makes apostrophes one: how many bytes there were tells such
     * ways of writing apart. */
    uint32_t bytes = k->end - k->begin < BYTES_MOST ? k->end - k->begin : BYTES_MOST;
    uint64_t way = (uint64_t)1 << 63 | (uint64_t)(k->kind == TOK_NUMBER) << 62 |
                   (uint64_t)bytes << 32 | k->key;
    uint32_t at = slot(s, way);
    for (; s->known[at].way; at = (at + 1) & (s->room - 1))
        if (s->known[at].way == way)
            return s->known[at].form;
    s->known[at] = (story_known){way, new_form(s, t, i)};
    return s->known[at].form;
}
