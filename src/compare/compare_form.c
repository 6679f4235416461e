/*
 * Forms: one word, number or date that outlets write in two ways, by their house styles.
 *
 * in: the texts of a story; out: forms of the words, with how many articles and origins use each.
 * Every place that has a form with another one possible is an entry:
 *
 *   family                  forms
 *   "ceasefire"             ceasefire, cease-fire, cease fire
 *   "organize"              organise, organize          (data/lang/<code>/spelling.txt)
 *   "us", with stops        U.S., US
 *   percentage, a unit      percent, per cent, %
 *   7 of "people"           7 people, seven people
 *   a date                  7 October, October 7; October, Oct.
 *   "director" of a name    director Ada Brook, Director Ada Brook
 *
 *   entries  [family form article begin end] ...   sorted, so that a form's places stand together
 *
 * A form and the most used one of its family are a row when one origin writes only this and
 * another only that: who writes both means a difference, or has no house style. Linear in the
 * words but for the sorting of the entries. Method ours.
 */
#include "compare_words.h"

#include <stdlib.h>
#include <string.h>

enum {
    LETTERS = 32, /* of a word that are looked at */
    JOINED_LEAST =
        7, /* letters of a word that may be two: "ceasefire"; below stand "into", "maybe" */
    PART_LEAST = 3,   /* and of its parts */
    NUMBER_LEAST = 2, /* "one" is a pronoun too */
    NUMBER_MOST = 100,
    MONTHS = 32,
    REPEATED = 4,  /* times that a word of a story stands there */
    RECENT = 4096, /* words; both only move time */
    MAY_BITS = 1 << 15,
    MAY = 5,
    JULY = 7,
    SHORT_MONTH = 5, /* bytes of "Sept." */
    UNIT_BYTES = 48, /* of a unit that are looked at */
    SPELT_LEAST = 4  /* bytes of one that is spelt out: "foot" */
};

/* Families that are no words. */
enum { OF_STOPS = 1, OF_UNIT, OF_NUMBER, OF_DATE, OF_MONTH, OF_CAPITAL };

typedef struct entry {
    uint64_t family, form;
    uint32_t article, begin, end; /* tokens */
    uint32_t same;                /* two places that say the very same are shown: a date; else 0 */
} entry;

typedef struct word {
    uint32_t key;    /* without full stops */
    uint32_t family; /* key of the written form that its others are counted with; 0: none */
    bool stops;      /* it stands with full stops somewhere */
    bool split;      /* in two parts, or with a hyphen, somewhere */
} word;

typedef struct former {
    compare_words *w;
    const compare_same *same;
    sst_arena scratch;
    u64map word_of; /* key of a word -> words */
    SST_VEC(word) words;
    SST_VEC(entry) v;
    uint32_t *origin_of, *origin_seen;
    uint32_t recent[RECENT];     /* keys of words that are known: most are asked for again soon */
    uint64_t may[MAY_BITS / 64]; /* bits of the keys of words that have another form */
} former;

/* A word in lower case; n 0 when it is too long or not of ASCII letters and digits. */
static size_t folded(const sst_text *t, uint32_t i, char *out, bool *digit)
{
    sst_str s = text_token(t, i);
    if (s.n > LETTERS)
        return 0;
    for (size_t k = 0; k < s.n; k++) {
        char c = s.p[k];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c | 32);
        else if (c >= '0' && c <= '9')
            *digit = true;
        else if (c < 'a' || c > 'z')
            return 0;
        out[k] = c;
    }
    return s.n;
}

/* ------------------------------------------------------------------ places */

static void add(former *z, uint64_t family, uint64_t form, uint32_t article, uint32_t begin,
                uint32_t end, uint32_t same)
{
    entry *e = vec_push(&z->scratch, &z->v);
    if (e)
        *e = (entry){family, form, article, begin, end, same};
}

static word *word_at(former *z, uint32_t key)
{
    const uint32_t *at = u64map_find(&z->word_of, key);
    return at ? &z->words.v[*at] : NULL;
}

static bool is_plain_word(const sst_text *t, uint32_t i)
{
    return i < t->tok_n && t->tok[i].kind == TOK_WORD;
}

static bool is_hyphen(const sst_text *t, uint32_t i)
{
    return i < t->tok_n && t->tok[i].kind == TOK_SIGN && t->tok[i].end - t->tok[i].begin == 1 &&
           t->s.p[t->tok[i].begin] == '-';
}

static bool has_stops(sst_str s)
{
    return s.n > 1 && (s.p[1] == '.' || s.p[s.n - 1] == '.');
}

/* The key of a word without its full stops: "us" of "U.S.", 0 when it is too long. */
static uint32_t bare_key(sst_str s)
{
    char low[LETTERS];
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '.')
            continue;
        if (n == LETTERS)
            return 0;
        low[n++] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
    }
    return text_key((sst_str){low, n});
}

static void set_may(former *z, uint32_t key)
{
    z->may[key % MAY_BITS / 64] |= UINT64_C(1) << (key & 63);
}

/* All words of the story, each once. */
static void know_words(former *z, const sst_text *t)
{
    for (uint32_t i = 0; i < t->tok_n; i++) {
        if (t->tok[i].kind != TOK_WORD)
            continue;
        bool stops = has_stops(text_token(t, i));
        uint32_t *recent = &z->recent[t->tok[i].key % RECENT];
        if (*recent == t->tok[i].key && !stops)
            continue;
        *recent = t->tok[i].key;
        uint32_t key = stops ? bare_key(text_token(t, i)) : t->tok[i].key;
        int fresh;
        uint32_t *at = u64map_add(&z->scratch, &z->word_of, key, z->words.n, &fresh);
        word *x = !at ? NULL : fresh ? vec_push(&z->scratch, &z->words) : &z->words.v[*at];
        if (!x)
            return;
        x->key = key;
        x->stops |= stops;
        if (stops)
            set_may(z, t->tok[i].key);
        if (!fresh)
            continue;
        char low[LETTERS];
        bool digit = false;
        size_t n = folded(t, i, low, &digit);
        if (n && !digit)
            x->family = compare_other_spelling(z->same, (sst_str){low, n}, t->tok[i].key);
    }
}

/* The key of two tokens written as one word; 0 when that is none. */
static uint32_t joined_key(const sst_text *t, uint32_t i, uint32_t k)
{
    char low[2 * LETTERS];
    bool digit = false;
    size_t n = folded(t, i, low, &digit), m = n ? folded(t, k, low + n, &digit) : 0;
    if (!m || (!digit && (n < PART_LEAST || m < PART_LEAST)) || n + m < JOINED_LEAST)
        return 0;
    return text_key((sst_str){low, n + m});
}

/* Two words of which the second says where ("set up") are a verb, as one word a noun. */
static bool may_join(const former *z, const sst_text *t, uint32_t i, uint32_t k)
{
    uint64_t grammar = LEX_STOPWORD | LEX_PREPOSITION | LEX_ADVERB | LEX_AUXILIARY |
                       LEX_DETERMINER | LEX_NUMBER_WORD | LEX_ORDINAL | LEX_CONJUNCTION;
    if (text_is(t, i, grammar) || text_is(t, k, grammar))
        return false;
    const char *v = compare_due(z->same, t->tok[k].key);
    return !(v && strcmp(v, "part") == 0);
}

/* "cease-fire", "cease fire" where the story has "ceasefire", and the hyphen against the blank. */
static void look_joined(former *z, const sst_text *t, uint32_t article, uint32_t i, bool hyphen)
{
    uint32_t k = i + 1 + hyphen;
    if (hyphen ? !is_hyphen(t, i + 1) || !is_plain_word(t, k) || is_hyphen(t, k + 1) ||
                     !(t->tok[i + 1].flags & t->tok[k].flags & TOKF_GLUED) ||
                     (i > 0 && is_hyphen(t, i - 1))
               : (t->tok[k].flags & (TOKF_GLUED | TOKF_LINE)) != 0 ||
                     t->tok[k].end - t->tok[i].begin <= JOINED_LEAST)
        return;
    if (!may_join(z, t, i, k))
        return;
    uint32_t key = joined_key(t, i, k);
    if (!key)
        return;
    int fresh = 0;
    uint32_t *at = hyphen ? u64map_add(&z->scratch, &z->word_of, key, z->words.n, &fresh)
                          : u64map_find(&z->word_of, key);
    word *x = !at ? NULL : fresh ? vec_push(&z->scratch, &z->words) : &z->words.v[*at];
    if (!x)
        return;
    x->key = key;
    x->split = true;
    add(z, key, hyphen ? 1 : 2, article, i, k + 1, 0);
}

static void look_at_compounds(former *z, const sst_text *t, uint32_t article, bool hyphens)
{
    z->same = compare_same_of(t->lang);
    for (uint32_t p = 0; p < t->para_n; p++) {
        uint32_t end = compare_is_body(t, p) ? t->para[p].end : 0;
        for (uint32_t i = t->para[p].begin; i + 1 < end; i++)
            if (t->tok[i].kind == TOK_WORD && t->tok[i + 1].kind == (hyphens ? TOK_SIGN : TOK_WORD))
                look_joined(z, t, article, i, hyphens);
    }
}

/* How many of the first two letters are capitals: 2 of "U.S.", 1 of "Mr.", 0 of "a.m.". */
static uint32_t capitals(sst_str s)
{
    uint32_t letters = 0, upper = 0;
    for (size_t i = 0; i < s.n && letters < 2; i++) {
        letters += s.p[i] != '.';
        upper += s.p[i] >= 'A' && s.p[i] <= 'Z';
    }
    return upper;
}

/* What a word that stands as one is a form of. */
static void look_single(former *z, const sst_text *t, uint32_t article, uint32_t i)
{
    const sst_token *k = &t->tok[i];
    bool stops = has_stops(text_token(t, i));
    uint32_t key = stops ? bare_key(text_token(t, i)) : k->key;
    const word *x = word_at(z, key);
    if (!x)
        return;
    if (x->split)
        add(z, k->key, 3, article, i, i + 1, 0);
    if (x->family) {
        if (word_at(z, x->family))
            add(z, hash_mix(x->family, 0), k->key, article, i, i + 1, 0);
    }
    if (!x->stops)
        return;
    uint32_t s = text_sentence_of(t, i);
    bool last =
        i + 1 >= t->sent[s].end || (i + 2 >= t->sent[s].end && t->tok[i + 1].kind != TOK_WORD);
    if (!last && !(i > 0 && (t->tok[i].flags & TOKF_GLUED))) {
        /* "us" is no "U.S.", "am" no "a.m." but behind a number */
        uint32_t caps = capitals(text_token(t, i));
        bool initial = k->end - k->begin < 2u + stops;
        if (!initial && (caps || (i > 0 && t->tok[i - 1].kind == TOK_NUMBER)))
            add(z, hash_mix(key, OF_STOPS << 8 | caps), stops ? 1 : 2, article, i, i + 1, 0);
    }
}

static bool may_have(const former *z, uint32_t key)
{
    return z->may[key % MAY_BITS / 64] >> (key & 63) & 1;
}

/* The words that have another form are few: all others are passed over. */
static void note_may(former *z)
{
    for (uint32_t k = 0; k < z->words.n; k++)
        if (z->words.v[k].family || z->words.v[k].stops || z->words.v[k].split)
            set_may(z, z->words.v[k].key);
}

static void look_at_words(former *z, const sst_text *t, uint32_t article)
{
    for (uint32_t p = 0; p < t->para_n; p++) {
        uint32_t end = compare_is_body(t, p) ? t->para[p].end : 0;
        for (uint32_t i = t->para[p].begin; i < end; i++)
            if (t->tok[i].kind == TOK_WORD && may_have(z, t->tok[i].key))
                look_single(z, t, article, i);
    }
}

/* The other spelling of a word is a family of its own: its places are entries too. */
static void mark_other_spellings(former *z)
{
    uint32_t n = z->words.n;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t family = z->words.v[k].family;
        word *x = family ? word_at(z, family) : NULL;
        if (x && !x->family)
            x->family = family; /* itself */
    }
}

/* How a unit is written, without case and number: "Miles", "mile" and "foot", "feet" are written
 * alike, "mi" and "ft" are not. */
static uint64_t unit_form(const sst_text *t, sst_span at, const char *unit, uint32_t words)
{
    char low[UNIT_BYTES];
    size_t n = at.end - at.begin < sizeof low ? at.end - at.begin : sizeof low;
    for (size_t i = 0; i < n; i++) {
        char c = t->s.p[at.begin + i];
        low[i] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
    }
    n -= n > 2 && low[n - 1] == 's';
    bool whole = n == strlen(unit) && memcmp(low, unit, n) == 0;
    if (words == 1 && (whole || (n >= SPELT_LEAST && low[0] == unit[0])))
        return hash_str(str_of(unit)); /* spelt out; meter and metre are spellings */
    return hash_bytes(low, n, 5);
}

static void look_at_numbers(former *z, const sst_text *t, uint32_t article)
{
    z->same = compare_same_of(t->lang);
    for (uint32_t k = 0; k < t->number_n; k++) {
        const sst_number *x = &t->number[k];
        uint32_t i = x->end;
        if (i >= t->tok_n || !compare_in_body(t, x->begin))
            continue;
        uint32_t words = text_phrase(t, i, t->tok_n, LEX_UNIT);
        if (words > 0 && words <= 3) {
            uint32_t keys[3];
            for (uint32_t w = 0; w < words; w++)
                keys[w] = t->tok[i + w].key;
            const char *unit = words == 1 ? lang_value(t->lang, t->tok[i].lex, LEX_UNIT)
                                          : lang_phrase_value(t->lang, keys, words, LEX_UNIT);
            if (unit && (words == 1 || !may_join(z, t, i, i + words - 1)))
                add(z, hash_mix(hash_bytes(unit, strlen(unit), 3), OF_UNIT),
                    unit_form(t, text_span(t, i, i + words), unit, words), article, i, i + words,
                    0);
            continue;
        }
        if (x->end - x->begin != 1 || x->value != x->high || x->value < NUMBER_LEAST ||
            x->value > NUMBER_MOST || x->approx || x->value != (double)(uint32_t)x->value ||
            !is_plain_word(t, i) || (t->tok[i].flags & (TOKF_UPPER | TOKF_GLUED)) ||
            compare_is_time(t, i) || text_is(t, i, LEX_STOPWORD | LEX_PREPOSITION | LEX_MONTH))
            continue;
        bool digits = t->tok[x->begin].kind == TOK_NUMBER;
        if (!digits && (t->tok[x->begin].flags & TOKF_SENT))
            continue; /* no style begins a sentence with digits */
        add(z,
            hash_mix(hash_mix(t->tok[i].key, (uint32_t)x->value * 2 + (x->ordinal != 0)),
                     OF_NUMBER),
            digits ? 1 : 2, article, x->begin, i + 1, 0);
    }
}

static void look_at_dates(former *z, const sst_text *t, uint32_t article)
{
    for (uint32_t k = 0; k < t->time_n; k++) {
        const sst_time *x = &t->time[k];
        if (!x->month || !x->day || !compare_in_body(t, x->begin))
            continue;
        for (uint32_t i = x->begin; i + 1 < x->end; i++) {
            bool first = text_is(t, i, LEX_MONTH) && t->tok[i + 1].kind == TOK_NUMBER,
                 behind = text_is(t, i + 1, LEX_MONTH) && t->tok[i].kind == TOK_NUMBER;
            if (!first && !behind)
                continue;
            uint32_t month = first ? i : i + 1, same = (uint32_t)x->month * MONTHS + x->day;
            add(z, OF_DATE, first ? 1 : 2, article, i, i + 2, same);
            if (x->month < MAY || x->month > JULY) /* those are short anyway */
                add(z, OF_MONTH, t->tok[month].end - t->tok[month].begin <= SHORT_MONTH ? 1 : 2,
                    article, month, month + 1, x->month);
            break;
        }
    }
}

/* "director Ada Brook", "Director Ada Brook" */
static void look_at_titles(former *z, const sst_text *t, uint32_t article)
{
    for (uint32_t m = 0; m < t->mention_n; m++) {
        const sst_mention *x = &t->mention[m];
        if (x->begin == 0 || !compare_in_body(t, x->begin))
            continue;
        uint32_t i = x->begin - 1;
        if (!is_plain_word(t, i) || !text_is(t, i, LEX_PERSON_NOUN) ||
            (t->tok[i].flags & (TOKF_SENT | TOKF_LINE | TOKF_CAPS | TOKF_ABBR)) ||
            (i > 0 && t->tok[i - 1].flags & TOKF_SENT && !text_is(t, i - 1, LEX_DETERMINER)))
            continue;
        const sst_entity *e = &t->entity[x->entity];
        if (e->kind == NAME_PERSON)
            add(z, hash_mix(t->tok[i].key, OF_CAPITAL), (t->tok[i].flags & TOKF_UPPER) ? 1 : 2,
                article, i, x->end, 0);
    }
}

/* ------------------------------------------------------------------ rows */

static int by_form(const void *p, const void *q)
{
    const entry *a = p, *b = q;
    if (a->family != b->family)
        return a->family < b->family ? -1 : 1;
    if (a->form != b->form)
        return a->form < b->form ? -1 : 1;
    if (a->article != b->article)
        return a->article < b->article ? -1 : 1;
    return a->begin < b->begin ? -1 : a->begin > b->begin;
}

typedef struct used {
    const entry *v;
    uint32_t n, articles, origins;
} used;

static used count(former *z, const entry *v, uint32_t n, uint32_t stamp)
{
    used u = {v, n, 0, 0};
    for (uint32_t k = 0; k < n; k++) {
        u.articles += k == 0 || v[k].article != v[k - 1].article;
        uint32_t o = z->origin_of[v[k].article];
        u.origins += z->origin_seen[o] != stamp;
        z->origin_seen[o] = stamp;
    }
    return u;
}

/* Has an origin the one form and not the other? stamps tell the two counts apart. */
static bool has_alone(former *z, const used *a, const used *b, uint32_t stamp)
{
    for (uint32_t k = 0; k < b->n; k++)
        z->origin_seen[z->origin_of[b->v[k].article]] = stamp;
    for (uint32_t k = 0; k < a->n; k++)
        if (z->origin_seen[z->origin_of[a->v[k].article]] != stamp)
            return true;
    return false;
}

static sst_place place_of(const former *z, const entry *e)
{
    return (sst_place){e->article, text_span(z->w->f->texts[e->article], e->begin, e->end)};
}

/* The first places of two forms that say the very same, else the first. False: they must. */
static bool choose(const used *a, const used *b, const entry **x, const entry **y)
{
    *x = a->v;
    *y = b->v;
    for (uint32_t i = 0; a->v[0].same && i < a->n; i++)
        for (uint32_t k = 0; k < b->n && k < MONTHS; k++)
            if (a->v[i].same == b->v[k].same) {
                *x = &a->v[i];
                *y = &b->v[k];
                return true;
            }
    return a->v[0].family != OF_MONTH;
}

static void make_rows(former *z)
{
    uint32_t stamp = 1;
    if (z->v.n > 1)
        qsort(z->v.v, z->v.n, sizeof *z->v.v, by_form);
    for (uint32_t from = 0, to; from < z->v.n; from = to) {
        used best = {NULL, 0, 0, 0};
        for (to = from + 1; to < z->v.n && z->v.v[to].family == z->v.v[from].family; to++)
            ;
        for (uint32_t pass = 0; pass < 2; pass++)
            for (uint32_t i = from, k; i < to; i = k) {
                for (k = i + 1; k < to && z->v.v[k].form == z->v.v[i].form; k++)
                    ;
                if (k - i == to - from)
                    break; /* one form alone */
                used u = count(z, &z->v.v[i], k - i, stamp++);
                if (pass == 0) {
                    if (!best.v || u.origins > best.origins ||
                        (u.origins == best.origins && u.articles > best.articles))
                        best = u;
                    continue;
                }
                if (u.v == best.v || !has_alone(z, &best, &u, stamp++) ||
                    !has_alone(z, &u, &best, stamp++))
                    continue;
                const entry *x, *y;
                if (!choose(&best, &u, &x, &y))
                    continue;
                sst_wording *row = vec_push(&z->w->arena, &z->w->forms);
                if (row)
                    *row = (sst_wording){place_of(z, x), place_of(z, y), best.articles, u.articles,
                                         best.origins,   u.origins,      WORDING_FORM};
            }
    }
}

sst_status compare_forms(compare_words *w)
{
    sst_findings *f = w->f;
    former z = {.w = w};
    arena_init(&z.scratch, 0);
    uint32_t words = 0;
    for (uint32_t d = 0; d < f->n; d++)
        words += f->texts[d]->tok_n;
    u64map_room(&z.scratch, &z.word_of, words / REPEATED);
    z.origin_of = arena_calloc(&z.scratch, (size_t)f->n + 1, sizeof *z.origin_of);
    z.origin_seen = arena_calloc(&z.scratch, (size_t)f->origin_n + 1, sizeof *z.origin_seen);
    for (uint32_t o = 0; z.origin_of && o < f->origin_n; o++)
        for (uint32_t k = 0; k < f->origins[o].article_n; k++)
            z.origin_of[f->origins[o].articles[k]] = o;
    for (uint32_t d = 0; d < f->n && !z.scratch.failed; d++) {
        z.same = compare_same_of(f->texts[d]->lang);
        know_words(&z, f->texts[d]);
    }
    for (int hyphens = 1; hyphens >= 0; hyphens--)
        for (uint32_t d = 0; d < f->n && !z.scratch.failed; d++)
            look_at_compounds(&z, f->texts[d], d, hyphens != 0);
    mark_other_spellings(&z);
    note_may(&z);
    for (uint32_t d = 0; d < f->n && !z.scratch.failed; d++) {
        look_at_words(&z, f->texts[d], d);
        look_at_numbers(&z, f->texts[d], d);
        look_at_dates(&z, f->texts[d], d);
        look_at_titles(&z, f->texts[d], d);
    }
    sst_status status = z.scratch.failed;
    if (status == SST_OK)
        make_rows(&z);
    arena_release(&z.scratch);
    return status ? status : w->arena.failed;
}
