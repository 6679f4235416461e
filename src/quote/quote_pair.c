/*
 * Two quotations -> how much speaks for one utterance.
 *
 * In: the words of both with their rarity, speakers, days. Out: features and a score. Method: the
 * best local alignment (Smith and Waterman 1981; a shared word counts more the rarer it is, a word
 * that only one side has costs as much as a common word), and of it what it is worth: the bits of
 * the shared words, their share of the shorter side, the longest run without a break; whether the
 * speakers agree; the time between. A logistic model of them decides; its weights are learnt by
 * tools/train/utterances.py (quote_pair_weights.h).
 */
#include "quote_pair.h"

#include <math.h>

#include "base_hash.h"
#include "base_str.h"
#include "base_utf8.h"
#include "quote_pair_weights.h"

enum {
    /* Of the alignment. A word of the other side in between costs what a word of grammar brings: by
       hand; the features that the weights are learnt on move with them. */
    MATCH = QUOTE_BITS,
    GAP = QUOTE_BITS,
    SECONDS_OF_DAY = 86400
};

/* ---------------------------------------------------------------------------------------- names */

static bool is_tail(sst_str s)
{
    static const sst_str tails[] = {{"Jr", 2}, {"Jr.", 3}, {"Sr", 2}, {"Sr.", 3},
                                    {"II", 2}, {"III", 3}, {"IV", 2}};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (str_eq(s, tails[i]))
            return true;
    return false;
}

/* Letters and digits without case and accents; 0 when there are none. *initial: the first. */
static uint64_t fold(sst_str s, uint32_t *initial)
{
    uint64_t h = 0;
    uint32_t first = 0;
    for (const char *p = s.p, *end = s.n ? s.p + s.n : p; p < end;) {
        int k;
        uint32_t c = utf8_lower(utf8_base(utf8_read(p, end, &k)));
        if (utf8_is_letter(c) || utf8_is_digit(c)) {
            h = hash_mix(h + 1, c);
            first = first ? first : c;
        }
        p += k;
    }
    if (initial)
        *initial = first;
    return h;
}

quote_name quote_name_of(sst_str name, bool person)
{
    quote_name out = {0, 0, 0, person};
    if (!person) {
        out.last = fold(name, NULL);
        return out;
    }
    sst_str first = {NULL, 0}, last = {NULL, 0};
    for (size_t i = 0; i < name.n;) {
        while (i < name.n && byte_is_space((unsigned char)name.p[i]))
            i++;
        size_t b = i;
        while (i < name.n && !byte_is_space((unsigned char)name.p[i]))
            i++;
        sst_str word = {name.p + b, i - b};
        if (!word.n || (last.n && is_tail(word)))
            continue;
        if (!first.n)
            first = word;
        last = word;
    }
    out.last = fold(last, NULL);
    if (first.p != last.p) {
        size_t letters = 0;
        for (size_t i = 0; i < first.n; i++)
            letters += first.p[i] != '.';
        out.given = fold(first, &out.initial);
        if (letters < 2)
            out.given = 0; /* an initial alone */
    }
    return out;
}

quote_kin quote_name_kin(const quote_name *a, const quote_name *b)
{
    if (!a->last || !b->last)
        return KIN_OPEN;
    if (a->last != b->last)
        return a->person && b->person ? KIN_OTHER : KIN_OPEN;
    if (a->given && b->given && a->given != b->given)
        return KIN_OTHER;
    if (a->initial && b->initial && a->initial != b->initial)
        return KIN_OTHER;
    return KIN_SAME;
}

/* ------------------------------------------------------------------------------------ alignment */

uint8_t quote_bits(uint32_t key)
{
    float bits = lang_rarity(key) * QUOTE_BITS;
    return bits < 0 ? 0 : bits > UINT8_MAX ? UINT8_MAX : (uint8_t)bits;
}

enum { STOP = 0, DIAGONAL, SKIP_X, SKIP_Y };

typedef struct aligned {
    uint32_t shared_n, shared_bits; /* words that both have */
    uint32_t run_n, run_bits;       /* the longest without a break */
    uint32_t x_n, y_n;              /* words of the stretch on either side */
} aligned;

/*
 * cell[i * (y->n + 1) + j]: from where the best alignment that ends before word i of x and word j
 * of y comes.
 *
 * Most words of x are not in y, and then little is carried on from the row above. From one cell of
 * a row to the next values fall by GAP at most, so in a row without a shared word what comes from
 * the left never beats what comes from above, and nothing is left where nothing was. So values are
 * kept of the cells [low, high) of the last row, outside of which they are 0, and a row is those
 * cells and its shared words. Whether there are any is told by a bit for the last six of a key.
 */
static void align(const quote_piece *x, const quote_piece *y, uint8_t *cell, aligned *out)
{
    int32_t above[QUOTE_PIECE_WORDS + 1] = {0}, best = 0;
    uint32_t w = y->n + 1, best_i = 0, best_j = 0, low = w, high = 0;
    uint64_t in_y = 0;
    *out = (aligned){0};
    for (uint32_t j = 0; j < y->n; j++)
        in_y |= UINT64_C(1) << (y->key[j] & 63);
    memset(cell, STOP, w);
    for (uint32_t i = 1; i <= x->n; i++) {
        uint8_t *row = cell + (size_t)i * w;
        uint32_t key = x->key[i - 1], first = w, next_low = w, next_high = 0;
        memset(row, STOP, w);
        if (in_y >> (key & 63) & 1)
            for (first = 1; first < w && y->key[first - 1] != key;)
                first++;
        int32_t corner = 0, left = 0; /* of row i - 1, j - 1; of row i, j - 1 */
        for (uint32_t j = first < low ? first : low; j < w; j++) {
            if (j >= high && left <= GAP) { /* only a shared word brings something here */
                if (first == w)
                    break;
                for (; j < w && y->key[j - 1] != key; j++)
                    corner = 0;
                if (j == w)
                    break;
            }
            int32_t value = 0, up = above[j];
            uint8_t from = STOP;
            if (key == y->key[j - 1]) {
                value = corner + MATCH + x->bits[i - 1];
                from = DIAGONAL;
            }
            if (up - GAP > value) {
                value = up - GAP;
                from = SKIP_X;
            }
            if (left - GAP > value) {
                value = left - GAP;
                from = SKIP_Y;
            }
            row[j] = from;
            corner = up;
            above[j] = left = value;
            if (value > 0) {
                next_low = next_low < j ? next_low : j;
                next_high = j + 1;
            }
            if (value > best) {
                best = value;
                best_i = i;
                best_j = j;
            }
        }
        low = next_low;
        high = next_high;
    }
    uint32_t i = best_i, j = best_j, run_n = 0, run_bits = 0;
    for (;;) {
        uint8_t from = cell[(size_t)i * w + j];
        if (from != DIAGONAL)
            run_n = run_bits = 0;
        if (from == STOP)
            break;
        if (from == DIAGONAL) {
            i--;
            j--;
            out->shared_n++;
            out->shared_bits += x->bits[i];
            run_n++;
            run_bits += x->bits[i];
            if (run_bits > out->run_bits || (run_bits == out->run_bits && run_n > out->run_n)) {
                out->run_bits = run_bits;
                out->run_n = run_n;
            }
        } else if (from == SKIP_X) {
            i--;
        } else {
            j--;
        }
    }
    out->x_n = best_i - i;
    out->y_n = best_j - j;
}

/* ---------------------------------------------------------------------------------------- score */

/* Speaker and time tell set phrases apart; of what is rarer than so many bits, such as five words
 * of weight, they say half as much. By hand; the weights are learnt with it. */
#define PHRASE_BITS 30.0F

static float log_of(float v)
{
    return log2f(1 + v);
}

static uint32_t bits_of(const quote_piece *x)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < x->n; i++)
        n += x->bits[i];
    return n;
}

static int32_t days_apart(const quote_piece *x, const quote_piece *y)
{
    if (x->first_day == INT32_MIN || y->first_day == INT32_MIN)
        return -1;
    if (x->first_day > y->last_day)
        return x->first_day - y->last_day;
    return y->first_day > x->last_day ? y->first_day - x->last_day : 0;
}

void quote_pair_compare(const quote_piece *x, const quote_piece *y, uint8_t *cell, quote_pair *out)
{
    aligned a;
    align(x, y, cell, &a);
    quote_kin kin = quote_name_kin(x->name, y->name);
    float in_x = (float)bits_of(x), in_y = (float)bits_of(y), least = in_x < in_y ? in_x : in_y;
    int32_t days = days_apart(x, y);
    /* 1 for what anybody may say, 0 for so much that nobody says it twice */
    float phrase = PHRASE_BITS / (PHRASE_BITS + (float)a.shared_bits / QUOTE_BITS);
    float f[QUOTE_FEATURES] = {
        1,
        log_of((float)a.shared_bits / QUOTE_BITS),    /* what is shared */
        least > 0 ? (float)a.shared_bits / least : 0, /* of the lighter side */
        log_of((float)a.run_bits / QUOTE_BITS),       /* longest run */
        log_of((float)a.run_n),                       /* and its words */
        a.shared_n ? (float)(a.x_n + a.y_n) / (float)(2 * a.shared_n) - 1 : 0, /* breaks */
        kin == KIN_SAME ? phrase : 0,
        kin == KIN_OTHER ? phrase : 0,
        days < 0 ? 0 : log_of((float)days) * phrase,
        days < 0 ? phrase : 0,
    };
    out->score = 0;
    for (uint32_t i = 0; i < QUOTE_FEATURES; i++) {
        out->f[i] = f[i];
        out->score += f[i] * quote_pair_weights[i];
    }
}

/* ---------------------------------------------------------------------------------------- bound */

enum {
    WORD_MASK = 4, /* 64 bits each: words of y */
    RUN_MASK = 16  /* and of two words in a row */
};

/* Sums of numbers that were rounded in another order. */
#define BOUND_SLACK 0.001F

static uint32_t two_words(const uint32_t *key)
{
    return (uint32_t)((key[0] * UINT64_C(0x9E3779B97F4A7C15) ^ key[1]) *
                          UINT64_C(0xD1B54A32D192ED03) >>
                      40);
}

/* What an alignment of x can find in y at most: words that y has, and in a row those of which y has
 * each two in a row. A bit may stand for several words, so it is never less. */
static void most_shared(const quote_piece *x, const quote_piece *y, aligned *out)
{
    uint64_t word[WORD_MASK] = {0}, run[RUN_MASK] = {0};
    for (uint32_t j = 0; j < y->n; j++) {
        word[y->key[j] >> 6 & (WORD_MASK - 1)] |= UINT64_C(1) << (y->key[j] & 63);
        if (j) {
            uint32_t h = two_words(y->key + j - 1);
            run[h >> 6 & (RUN_MASK - 1)] |= UINT64_C(1) << (h & 63);
        }
    }
    *out = (aligned){0};
    uint32_t n = 0, bits = 0;
    for (uint32_t i = 0; i < x->n; i++) {
        if (!(word[x->key[i] >> 6 & (WORD_MASK - 1)] >> (x->key[i] & 63) & 1)) {
            n = bits = 0;
            continue;
        }
        uint32_t h = i ? two_words(x->key + i - 1) : 0;
        if (n && !(run[h >> 6 & (RUN_MASK - 1)] >> (h & 63) & 1))
            n = bits = 0;
        n++;
        bits += x->bits[i];
        out->shared_bits += x->bits[i];
        out->run_n = n > out->run_n ? n : out->run_n;
        out->run_bits = bits > out->run_bits ? bits : out->run_bits;
    }
}

/* The most that a feature between two values brings. */
static float most_of(float weight, float low, float high)
{
    return weight * (weight > 0 ? high : low);
}

float quote_pair_bound(const quote_piece *x, const quote_piece *y)
{
    aligned a;
    most_shared(x, y, &a);
    quote_kin kin = quote_name_kin(x->name, y->name);
    float in_x = (float)bits_of(x), in_y = (float)bits_of(y), least = in_x < in_y ? in_x : in_y;
    int32_t days = days_apart(x, y);
    float shared = (float)a.shared_bits / QUOTE_BITS, phrase = PHRASE_BITS / (PHRASE_BITS + shared);
    float share = least > 0 ? (float)a.shared_bits / least : 0,
          apart = days < 0 ? 0 : log_of((float)days);
    const float *w = quote_pair_weights;
    float sum = w[0] + most_of(w[1], 0, log_of(shared)) + most_of(w[2], 0, share < 1 ? share : 1) +
                most_of(w[3], 0, log_of((float)a.run_bits / QUOTE_BITS)) +
                most_of(w[4], 0, log_of((float)a.run_n)) + most_of(w[5], 0, QUOTE_PIECE_WORDS);
    if (kin == KIN_SAME)
        sum += most_of(w[6], phrase, 1);
    else if (kin == KIN_OTHER)
        sum += most_of(w[7], phrase, 1);
    sum += days < 0 ? most_of(w[9], phrase, 1) : most_of(w[8], apart * phrase, apart);
    return sum + BOUND_SLACK;
}
