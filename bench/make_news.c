/*
 * Reports for measuring a database at scale: JSON Lines on standard output.
 *
 *   make_news N WORDS TABLE     N reports of about WORDS words; TABLE: data/background/words.tsv
 *
 * Events follow one another, 400 a day; each has words of its own that are rare elsewhere, invented
 * names and places, a toll, a sentence that somebody says, and 1 to 6 reports by 40 outlets within
 * two days. All other words come as often as in the table, without order. So a million reports
 * share common words as news does, and rare ones only within an event: copies of a small set under
 * other names (make_stories.py) are alike across all their rounds. The same arguments give the same
 * bytes.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    WORDS_MOST = 60000,
    TABLE = 1 << 20,
    RARE = 60, /* documents of the 12,000: words of events */
    OWN = 14,  /* of an event */
    OUTLETS = 40,
    EVENTS_A_DAY = 400,
    REPORTS = 6,
    DAY_S = 24 * 60 * 60
};

static uint64_t seed;

static uint32_t roll(uint32_t n) /* xorshift64* */
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (uint32_t)((seed * 0x2545F4914F6CDD1Du >> 32) * n >> 32);
}

static char *word[WORDS_MOST];
static uint32_t word_n, by_frequency[TABLE], rare[WORDS_MOST], rare_n;

static int read_words(const char *path)
{
    static uint32_t often[WORDS_MOST];
    char line[256];
    double sum = 0, at = 0;
    FILE *f = fopen(path, "r");
    if (!f)
        return -1;
    while (fgets(line, sizeof line, f) && word_n < WORDS_MOST) {
        char *tab = strchr(line, '\t');
        size_t n = tab ? (size_t)(tab - line) : 0;
        if (line[0] == '#' || n == 0)
            continue;
        int letters = 1;
        for (size_t i = 0; i < n; i++)
            letters &= line[i] >= 'a' && line[i] <= 'z';
        if (!letters)
            continue;
        *tab = 0;
        word[word_n] = strdup(line);
        often[word_n] = (uint32_t)strtoul(tab + 1, NULL, 10);
        if (often[word_n] < RARE && n > 4)
            rare[rare_n++] = word_n;
        sum += often[word_n++];
    }
    fclose(f);
    for (uint32_t i = 0, k = 0; i < word_n; i++) {
        at += often[i] / sum * TABLE;
        for (; k < TABLE && (k < at || i == word_n - 1); k++)
            by_frequency[k] = i;
    }
    return rare_n < OWN ? -1 : 0;
}

/* A name that few others have: three syllables and an ending. */
static char *name(char *p, char *end)
{
    static const char first[] = "bdfghklmnprstv", vowel[] = "aeiou";
    static const char *const last[] = {"", "ham", "ton", "wick", "by", "mere", "dale", "sen"};
    char *begin = p;
    for (int i = 0; i < 3 && p + 8 < end; i++) {
        *p++ = first[roll(sizeof first - 1)];
        *p++ = vowel[roll(sizeof vowel - 1)];
    }
    *begin = (char)(*begin - 32);
    return p + snprintf(p, (size_t)(end - p), "%s", last[roll(8)]);
}

typedef struct event {
    char who[3][40], place[2][24], said[160];
    uint32_t own[OWN], toll;
} event;

static void make_event(event *e, uint32_t number)
{
    seed = 0x853C49E6748FEA9Bu ^ (uint64_t)(number + 1) * 0x9E3779B97F4A7C15u;
    for (int i = 0; i < 16; i++)
        roll(2);
    for (int i = 0; i < 3; i++) {
        char *p = name(e->who[i], e->who[i] + 18);
        *p++ = ' ';
        *name(p, e->who[i] + sizeof e->who[i]) = 0;
    }
    for (int i = 0; i < 2; i++)
        *name(e->place[i], e->place[i] + sizeof e->place[i]) = 0;
    for (int i = 0; i < OWN; i++)
        e->own[i] = rare[roll(rare_n)];
    e->toll = 12 + roll(900);
    size_t n = 0;
    for (int i = 0; i < 11; i++)
        n += (size_t)snprintf(e->said + n, sizeof e->said - n, "%s%s", i ? " " : "",
                              word[i % 4 == 3 ? e->own[roll(OWN)] : by_frequency[roll(TABLE)]]);
    e->said[0] = (char)(e->said[0] - 32);
}

/* A sentence of the event. Returns how many words. */
static uint32_t put_sentence(const event *e, uint32_t number, FILE *out)
{
    if (number == 1) {
        fprintf(out, "“%s,” said %s, mayor of %s. ", e->said, e->who[0], e->place[0]);
        return 18;
    }
    if (number % 6 == 3) {
        fprintf(out, "About %u people were moved from %s, %s said. ", e->toll - e->toll % 10,
                e->place[roll(2)], e->who[roll(3)]);
        return 10;
    }
    uint32_t n = 9 + roll(12);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t what = roll(100);
        const char *w = what < 5    ? e->who[roll(3)]
                        : what < 8  ? e->place[roll(2)]
                        : what < 20 ? word[e->own[roll(OWN)]]
                                    : word[by_frequency[roll(TABLE)]];
        if (i)
            fprintf(out, " %s", w);
        else
            fprintf(out, "%c%s", w[0] >= 'a' ? w[0] - 32 : w[0], w + 1);
    }
    fputs(". ", out);
    return n;
}

int main(int argc, char **argv)
{
    uint32_t n = argc == 4 ? (uint32_t)strtoul(argv[1], NULL, 10) : 0;
    uint32_t words = argc == 4 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;
    if (n == 0 || words == 0 || read_words(argv[3])) {
        fputs("usage: make_news N WORDS data/background/words.tsv\n", stderr);
        return 2;
    }
    for (uint32_t done = 0, number = 0; done < n; number++) {
        event e;
        make_event(&e, number);
        uint32_t reports = 1 + roll(REPORTS), outlet = roll(OUTLETS);
        int64_t at = 1893456000 + (int64_t)number * DAY_S / EVENTS_A_DAY; /* from 2030 on */
        for (uint32_t r = 0; r < reports && done < n; r++, done++) {
            time_t when = (time_t)(at + roll(2 * DAY_S));
            struct tm t;
            gmtime_r(&when, &t);
            printf("{\"id\":\"n%08u\",\"outlet\":\"Outlet %u\",\"lang\":\"en\",\"published\":"
                   "\"%04d-%02d-%02dT%02d:%02d:%02dZ\",\"title\":\"%s and %s: %s at %s, %u moved\","
                   "\"text\":\"",
                   done, (outlet + r) % OUTLETS, t.tm_year + 1900, t.tm_mon + 1, t.tm_mday,
                   t.tm_hour, t.tm_min, t.tm_sec, word[e.own[0]], word[e.own[1 + roll(3)]],
                   e.who[0], e.place[0], e.toll);
            uint32_t have = 0;
            for (uint32_t k = 0; have < words; k++) {
                have += put_sentence(&e, k, stdout);
                if (k % 4 == 3 && have < words)
                    fputs("\\n", stdout);
            }
            puts("\"}");
        }
    }
    return 0;
}
