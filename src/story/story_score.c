/*
 * Two articles, as weighted words -> how alike they are.
 *
 * in: story_features; out: a score between 0 and 1, the same both ways. The score is a product: the
 * cosine of the words (mixed with that of headline and lead), a factor for the time between the
 * publications (which quotations in common raise), one for names that have nothing in common, one
 * for two of a series. What the parts weigh was learnt (story_weights). Parts: series, time, score,
 * cosine, probe, what two share.
 */
#include <math.h>
#include <string.h>

#include "story_feature.h"

/* A quarter of a day later is as good as now (+0.6 points over a whole day); from there the factor
 * halves in each two days, down to TIME_FLOOR.
 */
static const double TIME_FREE_S = 86400 / 4.0, TIME_HALF_S = 2 * 86400.0;
static const float TIME_FLOOR = 0.4f;
/* After so many halvings the factor is below TIME_FLOOR: log2(1 / 0.4) is 1.322. */
static const double TIME_FLOOR_HALVES = 1.33;
/* When one of the times is not known: the factor of about two days. */
static const float TIME_UNKNOWN = 0.75f;

/* What the score of two of a series is multiplied with: a veto, for such reports have most of their
 * words in common (0.5 left invented twins of 90 per cent like words in one story). */
static const float TWIN = 0.2f;

/* Below it a score says that two articles have nothing in common (story_edge_least is above it),
 * and what would move it is not looked for: most candidates are such. */
static const float UNLIKE = 0.06f;

/* One name in two languages is a coincidence; titles of one event share two or three. */
enum { CROSS_LEAST = 2 };

/* Fewer full names in an article say nothing about who is not in it. */
enum { NAMES_LEAST = 2 };

/* Of the words that two have in common. */
typedef struct sums {
    float all, lead;
} sums;

static float mixed(sums s)
{
    return (1 - story_weight.lead) * s.all + story_weight.lead * s.lead;
}

/* A label that both have, without a number that both have; 0 when there is none. */
static uint32_t other_of_series(const story_features *a, const story_features *b)
{
    uint32_t label = 0;
    for (uint32_t i = 0, j = 0; i < a->mark_n && j < b->mark_n;) {
        uint32_t x = a->mark[i].label, y = b->mark[j].label;
        if (x != y) {
            i += x < y;
            j += y < x;
            continue;
        }
        bool same = false;
        uint32_t from = j;
        for (; i < a->mark_n && a->mark[i].label == x; i++)
            for (j = from; j < b->mark_n && b->mark[j].label == x; j++)
                same |= a->mark[i].number == b->mark[j].number;
        if (same)
            return 0; /* the same in one series: what differs in another is told by both */
        label = label ? label : x;
    }
    return label;
}

/* A time of midnight to the second is mostly a day without a time: any time of that day. */
static double latest(int64_t published)
{
    enum { DAY = 86400 };
    return (double)published + (published % DAY == 0 ? DAY : 0);
}

float story_time(int64_t x, int64_t y)
{
    if (x == INT64_MIN || y == INT64_MIN)
        return TIME_UNKNOWN;
    double apart = x < y ? (double)y - latest(x) : (double)x - latest(y);
    if (apart <= TIME_FREE_S)
        return 1;
    if (apart > TIME_FREE_S + TIME_FLOOR_HALVES * TIME_HALF_S)
        return TIME_FLOOR; /* without the power: most pairs are that far apart */
    float f = (float)exp2(-(apart - TIME_FREE_S) / TIME_HALF_S);
    return f > TIME_FLOOR ? f : TIME_FLOOR;
}

/* How many both have; ascending lists. */
static uint32_t in_common(const uint32_t *a, uint32_t an, const uint32_t *b, uint32_t bn)
{
    uint32_t n = 0;
    for (uint32_t i = 0, j = 0; i < an && j < bn;) {
        uint32_t x = a[i], y = b[j];
        n += x == y;
        i += x <= y;
        j += y <= x;
    }
    return n;
}

/* Reports of one statement are of one event whenever they came out. */
static float raised(float time, uint32_t quoted)
{
    float share = (float)quoted / story_weight.quoted;
    return share >= 1 ? 1 : time + (1 - time) * share;
}

/* Both name NAMES_LEAST and more in full, and nobody in common. */
static bool strangers(const story_features *a, const story_features *b)
{
    return a->name_n >= NAMES_LEAST && b->name_n >= NAMES_LEAST &&
           in_common(a->name, a->name_n, b->name, b->name_n) == 0;
}

static bool foreign(const story_features *a, const story_features *b)
{
    return a->lang != b->lang && a->lang != 0 && b->lang != 0;
}

/*
 * Articles of two languages: the cosine of names and numbers alone, squared, when CROSS_LEAST of
 * them are shared; other words that both have mean nothing. Squared, because names alone are few,
 * and those of one country meet in all its news: 0.45 is reached by other events, 0.7 is not.
 */
static sums across(const story_features *a, const story_features *b)
{
    float dot = 0;
    uint32_t n = 0;
    for (uint32_t i = 0, j = 0; i < a->cross_n && j < b->cross_n;) {
        uint32_t x = a->cross[i].key, y = b->cross[j].key;
        if (x == y) {
            dot += a->cross[i].weight * b->cross[j].weight;
            n++;
        }
        i += x <= y;
        j += y <= x;
    }
    dot = n >= CROSS_LEAST ? dot * dot : 0;
    return (sums){dot, dot};
}

static story_likeness likeness(sums words, const story_features *a, const story_features *b)
{
    story_likeness x = {.all = words.all,
                        .lead = words.lead,
                        .words = mixed(words),
                        .apart = story_time(a->published, b->published),
                        .names = 1,
                        .twin = 1};
    x.time = x.apart;
    x.score = x.words * x.time;
    if (x.words < UNLIKE)
        return x;
    if (a->run_n && b->run_n)
        x.quoted = in_common(a->run, a->run_n, b->run, b->run_n);
    x.time = raised(x.time, x.quoted);
    x.score = x.words * x.time;
    if (x.score < UNLIKE)
        return x;
    if (strangers(a, b))
        x.names = story_weight.strangers;
    if (a->mark_n && b->mark_n)
        x.label = other_of_series(a, b);
    if (x.label)
        x.twin = TWIN;
    x.score *= x.names * x.twin;
    x.score = x.score < 1 ? x.score : 1;
    return x;
}

static sums cosine(const story_features *a, const story_features *b)
{
    if (foreign(a, b))
        return across(a, b);
    sums dot = {0};
    for (uint32_t i = 0, j = 0; i < a->n && j < b->n;) {
        uint32_t x = a->word[i].key, y = b->word[j].key;
        if (x == y) {
            dot.all += a->word[i].weight * b->word[j].weight;
            dot.lead += a->lead[i] * b->lead[j];
        }
        i += x <= y;
        j += y <= x;
    }
    return dot;
}

float story_words(float all, float lead)
{
    return mixed((sums){all, lead});
}

float story_time_of_parts(const story_features *a, const story_features *b)
{
    if (!a->run_n || !b->run_n)
        return story_time(a->published, b->published);
    if (a->run_n >= STORY_RUNS_MOST)
        return 1; /* a part may have runs that a has left out */
    uint32_t quoted = in_common(a->run, a->run_n, b->run, b->run_n);
    return raised(story_time(a->published, b->published), quoted);
}

float story_similarity_sums(const story_features *a, const story_features *b, float all, float lead)
{
    if (foreign(a, b))
        return story_similarity(a, b);
    return likeness((sums){all, lead}, a, b).score;
}

float story_similarity(const story_features *a, const story_features *b)
{
    return likeness(cosine(a, b), a, b).score;
}

sst_status story_probe_set(story_probe *p, const story_features *a, sst_arena *arena)
{
    p->size = 16;
    while (p->size / 2 < a->n)
        p->size *= 2;
    if (p->size > p->room) {
        p->table = arena_alloc(arena, (size_t)p->size * sizeof *p->table);
        p->lead = arena_alloc(arena, (size_t)p->size * sizeof *p->lead);
        if (!p->table || !p->lead)
            return arena->failed;
        p->room = p->size;
    }
    memset(p->bits, 0, sizeof p->bits);
    for (uint32_t i = 0; i < p->size; i++)
        p->table[i] = (story_word){.weight = -1};
    for (uint32_t i = 0; i < a->n; i++) {
        uint32_t key = a->word[i].key, bit = key >> (32 - STORY_PROBE_BITS),
                 at = key & (p->size - 1);
        p->bits[bit / 64] |= (uint64_t)1 << bit % 64;
        while (p->table[at].weight >= 0)
            at = (at + 1) & (p->size - 1);
        p->table[at] = a->word[i];
        p->lead[at] = a->lead[i];
    }
    return SST_OK;
}

/* Where the probe's article has a key; a place with a weight below 0 when it does not have it. */
static uint32_t probe_at(const story_probe *p, uint32_t key)
{
    const story_word *table = p->table;
    uint32_t mask = p->size - 1, at = key & mask;
    while (table[at].key != key && table[at].weight >= 0)
        at = (at + 1) & mask;
    return at;
}

void story_probe_hints(const story_features *b, uint16_t *out)
{
    for (uint32_t i = 0; i < b->n; i++)
        out[i] = (uint16_t)(b->word[i].key >> (32 - STORY_PROBE_BITS));
}

/* Adds what the words at hit share with the probe's article. */
static void add_shared(const story_probe *p, const story_features *b, const uint32_t *hit,
                       uint32_t hits, sums *dot)
{
    const story_word *table = p->table, *word = b->word;
    const float *lead_a = p->lead, *lead_b = b->lead;
    float all = dot->all, lead = dot->lead; /* in registers: behind dot they could be anything */
    for (uint32_t k = 0; k < hits; k++) {
        uint32_t at = probe_at(p, word[hit[k]].key);
        if (table[at].weight >= 0) {
            all += table[at].weight * word[hit[k]].weight;
            lead += lead_a[at] * lead_b[hit[k]];
        }
    }
    *dot = (sums){all, lead};
}

uint32_t story_probe_hits(const story_probe *p, const story_features *b, const uint16_t *hint,
                          uint32_t *hit)
{
    uint32_t hits = 0;
    for (uint32_t j = 0; j < b->n; j++) { /* without a branch: which word is shared no processor can
                                             foretell */
        hit[hits] = j;
        hits += (uint32_t)(p->bits[hint[j] / 64] >> hint[j] % 64 & 1);
    }
    for (uint32_t k = 0; k < hits; k++) {
        __builtin_prefetch(b->word + hit[k]);
        __builtin_prefetch(b->lead + hit[k]);
    }
    return hits;
}

float story_similarity_hits(const story_probe *p, const story_features *a, const story_features *b,
                            const uint32_t *hit, uint32_t hits)
{
    if (foreign(a, b))
        return likeness(across(a, b), a, b).score;
    sums dot = {0};
    add_shared(p, b, hit, hits, &dot);
    return likeness(dot, a, b).score;
}

float story_similarity_probe(const story_probe *p, const story_features *a, const story_features *b)
{
    enum { BLOCK = 256 };
    if (foreign(a, b))
        return likeness(across(a, b), a, b).score;
    sums dot = {0};
    uint32_t hit[BLOCK];
    for (uint32_t from = 0; from < b->n; from += BLOCK) {
        uint32_t end = b->n - from < BLOCK ? b->n : from + BLOCK, n = 0;
        for (uint32_t j = from; j < end; j++) {
            uint32_t bit = b->word[j].key >> (32 - STORY_PROBE_BITS);
            hit[n] = j;
            n += (uint32_t)(p->bits[bit / 64] >> bit % 64 & 1);
        }
        add_shared(p, b, hit, n, &dot);
    }
    return likeness(dot, a, b).score;
}

uint32_t story_probe_places(const story_probe *p, const story_features *b, story_place *out)
{
    uint32_t hits = 0, n = 0;
    for (uint32_t j = 0; j < b->n; j++) { /* without a branch, as in story_probe_hits */
        uint32_t bit = b->word[j].key >> (32 - STORY_PROBE_BITS);
        out[hits].word = j;
        hits += (uint32_t)(p->bits[bit / 64] >> bit % 64 & 1);
    }
    for (uint32_t k = 0; k < hits; k++) {
        uint32_t j = out[k].word, at = probe_at(p, b->word[j].key);
        out[n] = (story_place){at, j, b->word[j].weight, b->lead[j]};
        n += p->table[at].weight >= 0;
    }
    return n;
}

story_likeness story_compare(const story_features *a, const story_features *b)
{
    return likeness(cosine(a, b), a, b);
}

uint32_t story_shared(const story_features *a, const story_features *b, story_shared_word *out,
                      uint32_t most)
{
    uint32_t n = 0;
    if (!a->spot || !b->spot)
        return 0;
    for (uint32_t i = 0, j = 0; i < a->n && j < b->n;) {
        uint32_t x = a->word[i].key, y = b->word[j].key;
        if (x == y && a->spot[i].length && b->spot[j].length) {
            story_shared_word w = {i, j, a->word[i].weight * b->word[j].weight};
            uint32_t k = n < most ? n++ : n;
            for (; k > 0 && out[k - 1].weight < w.weight; k--)
                if (k < most)
                    out[k] = out[k - 1];
            if (k < most)
                out[k] = w;
        }
        i += x <= y;
        j += y <= x;
    }
    return n;
}
