/*
 * Articles for measuring the search of duplicates: JSON Lines on standard output.
 *
 *   make_articles N [SHARE]
 *
 * N articles of 400 to 600 words; SHARE per cent of them (5 without it) are copies of one of the
 * thousand before them, with 1 to 14 words changed.
 *
 * Words are made of syllables, a vocabulary of 50,000 with the frequencies of Zipf's law. The same
 * numbers give the same bytes. Rows hold "copy_of" where an article is a copy.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 50000, RECENT = 1000, LEAST = 400, MOST = 600, TABLE = 1 << 20 };

static uint64_t seed = 0x853C49E6748FEA9Bu;

static uint32_t roll(uint32_t n) /* xorshift64* */
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (uint32_t)((seed * 0x2545F4914F6CDD1Du >> 32) * n >> 32);
}

static char word[WORDS][16];
static uint32_t word_n[WORDS], by_frequency[TABLE];
static struct {
    uint32_t id, n, w[MOST];
} recent[RECENT];

static void make_words(void)
{
    static const char *const syllable[] = {"ba", "de", "fi",  "go",  "hu", "ka", "le",  "mi",
                                           "no", "pu", "ra",  "se",  "ti", "vo", "stu", "bra",
                                           "ne", "lo", "dri", "cha", "el", "an", "or",  "is"};
    for (uint32_t i = 0; i < WORDS; i++) {
        uint32_t x = i;
        do {
            strcat(word[i], syllable[x % 24]);
            x /= 24;
        } while (x);
        word_n[i] = (uint32_t)strlen(word[i]);
    }
    double sum = 0, at = 0;
    for (uint32_t i = 0; i < WORDS; i++)
        sum += 1.0 / (i + 2.7);
    for (uint32_t i = 0, k = 0; k < TABLE; i++) {
        at += 1.0 / (i + 2.7) / sum * TABLE;
        for (; k < TABLE && (k < at || i == WORDS - 1); k++)
            by_frequency[k] = i;
    }
}

int main(int argc, char **argv)
{
    uint32_t n = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 0;
    uint32_t share = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 5;
    static char line[MOST * 17 + 200];
    if (n == 0) {
        fputs("usage: make_articles N [SHARE]\n", stderr);
        return 2;
    }
    make_words();
    for (uint32_t d = 0; d < n; d++) {
        uint32_t slot = d % RECENT, from = slot;
        if (d >= RECENT && roll(100) < share) {
            do
                from = roll(RECENT);
            while (from == slot);
            recent[slot] = recent[from];
            for (uint32_t k = 1 + roll(14); k > 0; k--)
                recent[slot].w[roll(recent[slot].n)] = by_frequency[roll(TABLE)];
        } else {
            recent[slot].n = LEAST + roll(MOST - LEAST);
            for (uint32_t k = 0; k < recent[slot].n; k++)
                recent[slot].w[k] = by_frequency[roll(TABLE)];
        }
        recent[slot].id = d;
        char *p = line;
        p += sprintf(p, "{\"id\":\"a%08u\",", d);
        if (from != slot)
            p += sprintf(p, "\"copy_of\":\"a%08u\",", recent[from].id);
        p += sprintf(p, "\"text\":\"");
        for (uint32_t k = 0, stop = 0; k < recent[slot].n; k++) {
            uint32_t w = recent[slot].w[k];
            memcpy(p, word[w], word_n[w]);
            if (k == stop) {
                *p = (char)(*p - 32);
                stop = k + 9 + w % 15;
            }
            p += word_n[w];
            if (k + 1 == stop)
                *p++ = '.';
            *p++ = ' ';
        }
        p += sprintf(p, "\"}\n");
        fwrite(line, 1, (size_t)(p - line), stdout);
    }
    return 0;
}
