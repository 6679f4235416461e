/*
 * A stream of news for measuring the grouping of stories at scale: JSON Lines on standard output.
 *
 *   make_stream N WORDS TABLE [A_DAY]
 *
 * N reports of about WORDS words (half of them shorter, a tenth more than twice as long), A_DAY of
 * them a day (2,740 without it: a million a year), so more reports are more days, and a story has
 * no more reports because the collection is larger. TABLE: data/background/words.tsv, whose words
 * come as often as they do there.
 *
 *   topic    TOPICS of them, the n-th as often as 1 / (n + TOPIC_FLAT): words of its own, people
 *            and places that its news names again and again
 *   affair   of a topic: every third event begins one, which goes on for days or weeks; words,
 *            people, a place of its own
 *   event    of an affair: words, a person, a place, a toll, two sentences that somebody says;
 *            reports: 1 with two fifths of them, k with a chance that falls like k^-2, REPORTS_MOST
 *            at most (a mean of about 5)
 *   report   of one of OUTLETS, hours after the event, a few of them days: a third are another's
 *            text with a new headline, mostly cut; the others have sentences of their own out of
 *            words of event, affair, topic and language
 *
 * Shares of the words (SHARE_) are set so that two reports of one event, of one affair, of one
 * topic and of two topics are about as alike as in the development sets (docs/decisions/0057). The
 * field "cluster" is the event. The same arguments give the same bytes.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    WORDS_MOST = 60000,
    TABLE = 1 << 20,
    TOPICS = 100,
    TOPIC_FLAT = 4,
    TOPIC_WORDS = 500,
    TOPIC_PEOPLE = 60,
    TOPIC_PLACES = 25,
    AFFAIRS = 12, /* of a topic that are going on at most */
    AFFAIR_WORDS = 24,
    AFFAIR_PEOPLE = 4,
    EVENT_WORDS = 24,
    SAID = 2,
    SAID_WORDS = 14,
    REPORTS_MOST = 60,
    OUTLETS = 300,
    SENTENCES = 400,
    WORDS_A_SENTENCE = 18,
    RARE = 400,  /* documents of the table's 11,950: words of topics, affairs and events */
    COMMON = 40, /* of these at least: words that any report may have */
    BEFORE = 20000,
    DAY_S = 24 * 60 * 60
};

/* Of a hundred words: of the event, its affair, its topic; of names. The others are of the
 * language. */
enum { SHARE_EVENT = 6, SHARE_AFFAIR = 7, SHARE_TOPIC = 26, SHARE_NAME = 8, ASIDE_MOST = 70 };

static uint64_t seed = 0x9E3779B97F4A7C15u;

static uint32_t roll(uint32_t n) /* xorshift64* */
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (uint32_t)((seed * 0x2545F4914F6CDD1Du >> 32) * n >> 32);
}

static double chance(void) /* above 0, at most 1 */
{
    return (roll(1 << 24) + 1.0) / (1 << 24);
}

static double wait(double mean)
{
    return -mean * log(chance());
}

/* Of n things the first most often: the density falls like 1 / rank. */
static uint32_t zipf(uint32_t n)
{
    uint32_t k = (uint32_t)exp(chance() * log(n + 1.0)) - 1;
    return k < n ? k : n - 1;
}

static char *word[WORDS_MOST];
static uint32_t often[WORDS_MOST], word_n, by_frequency[TABLE], telling[WORDS_MOST], telling_n;

static int read_words(const char *path)
{
    char line[256];
    double sum = 0, at = 0;
    FILE *f = fopen(path, "r");
    if (!f)
        return -1;
    while (fgets(line, sizeof line, f) && word_n < WORDS_MOST) {
        char *tab = strchr(line, '\t');
        size_t n = tab ? (size_t)(tab - line) : 0, letters = 0;
        while (letters < n && line[letters] >= 'a' && line[letters] <= 'z')
            letters++;
        if (line[0] == '#' || n == 0 || letters < n)
            continue;
        *tab = 0;
        word[word_n] = strdup(line);
        often[word_n] = (uint32_t)strtoul(tab + 1, NULL, 10);
        if (often[word_n] < RARE && n > 4)
            telling[telling_n++] = word_n;
        sum += often[word_n] >= COMMON ? often[word_n] : 0;
        word_n++;
    }
    fclose(f);
    for (uint32_t i = 0, k = 0; i < word_n; i++) {
        at += often[i] >= COMMON ? often[i] / sum * TABLE : 0;
        for (; k < TABLE && (k < at || i == word_n - 1); k++)
            by_frequency[k] = i;
    }
    return telling_n < EVENT_WORDS ? -1 : 0;
}

/* A name that few others have: three syllables and an ending. */
static void name(char out[24])
{
    static const char first[] = "bdfghklmnprstv", vowel[] = "aeiou";
    static const char *const last[] = {"", "ham", "ton", "wick", "by", "mere", "dale", "sen"};
    for (int i = 0; i < 3; i++) {
        out[2 * i] = first[roll(sizeof first - 1)];
        out[2 * i + 1] = vowel[roll(sizeof vowel - 1)];
    }
    out[0] = (char)(out[0] - 32);
    strcpy(out + 6, last[roll(8)]);
}

typedef struct person {
    char first[24], last[24];
} person;

static person somebody(void)
{
    person p;
    name(p.first);
    name(p.last);
    return p;
}

typedef struct affair {
    uint32_t own[AFFAIR_WORDS];
    person who[AFFAIR_PEOPLE];
    char place[24];
    double end; /* s */
} affair;

typedef struct topic {
    uint32_t own[TOPIC_WORDS], affair_n;
    person who[TOPIC_PEOPLE];
    char place[TOPIC_PLACES][24];
    affair affair[AFFAIRS];
} topic;

typedef struct event {
    const topic *topic;
    const affair *affair;
    uint32_t own[EVENT_WORDS], toll, said[SAID][SAID_WORDS];
    person who;
    char place[24];
    uint32_t seen;         /* bits of own and of names that it tells */
    uint32_t common_share; /* of the report that is written: of its words, those that tell nothing,
                              per cent beside the others */
} event;

/* Sentences of a report, one behind the other. */
typedef struct report {
    char *text;
    size_t end[SENTENCES];
    uint32_t n;
} report;

static topic topics[TOPICS];

static void make_topics(void)
{
    for (uint32_t t = 0; t < TOPICS; t++) {
        for (uint32_t i = 0; i < TOPIC_WORDS; i++)
            topics[t].own[i] = telling[roll(telling_n)];
        for (uint32_t i = 0; i < TOPIC_PEOPLE; i++)
            topics[t].who[i] = somebody();
        for (uint32_t i = 0; i < TOPIC_PLACES; i++)
            name(topics[t].place[i]);
    }
}

static const affair *choose_affair(topic *t, double now)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < t->affair_n; i++)
        if (t->affair[i].end >= now)
            t->affair[kept++] = t->affair[i];
    t->affair_n = kept;
    if (kept && roll(3))
        return &t->affair[zipf(kept)];
    affair *a = &t->affair[kept < AFFAIRS ? t->affair_n++ : roll(AFFAIRS)];
    for (uint32_t i = 0; i < AFFAIR_WORDS; i++)
        a->own[i] = roll(3) ? telling[roll(telling_n)] : t->own[zipf(TOPIC_WORDS)];
    for (uint32_t i = 0; i < AFFAIR_PEOPLE; i++)
        a->who[i] = roll(2) ? somebody() : t->who[zipf(TOPIC_PEOPLE)];
    if (roll(2))
        name(a->place);
    else
        strcpy(a->place, t->place[zipf(TOPIC_PLACES)]);
    a->end = now + wait(14.0 * DAY_S);
    return a;
}

static void make_event(event *e, double now)
{
    uint32_t t = (uint32_t)(TOPIC_FLAT * exp(chance() * log(1.0 + TOPICS / (double)TOPIC_FLAT))) -
                 TOPIC_FLAT;
    topic *of = &topics[t < TOPICS ? t : TOPICS - 1];
    *e = (event){.topic = of, .affair = choose_affair(of, now), .toll = 3 + roll(900)};
    for (uint32_t i = 0; i < EVENT_WORDS; i++)
        e->own[i] = telling[roll(telling_n)];
    for (uint32_t s = 0; s < SAID; s++)
        for (uint32_t i = 0; i < SAID_WORDS; i++)
            e->said[s][i] = roll(6) ? by_frequency[roll(TABLE)] : e->own[zipf(EVENT_WORDS)];
    e->who = roll(3) ? somebody() : of->who[zipf(TOPIC_PEOPLE)];
    if (roll(3))
        name(e->place);
    else
        strcpy(e->place, of->place[zipf(TOPIC_PLACES)]);
}

static char *put_name(char *to, const event *e)
{
    uint32_t which = roll(10);
    const person *p = which < 3 && e->seen >> 30 & 1 ? &e->who
                      : which < 6                    ? &e->affair->who[roll(AFFAIR_PEOPLE)]
                                                     : &e->topic->who[zipf(TOPIC_PEOPLE)];
    switch (roll(4)) {
    case 0:
        return to + sprintf(to, "%s %s", p->first, p->last);
    case 1:
        return to + sprintf(to, "%s", p->last);
    case 2:
        return to + sprintf(to, "%s", e->seen >> 29 & 1 ? e->place : e->affair->place);
    default:
        return to + sprintf(to, "%s", e->topic->place[zipf(TOPIC_PLACES)]);
    }
}

/* A word of the event that this report has; of its topic when it has none. */
static uint32_t own_word(const event *e)
{
    uint32_t k = zipf(EVENT_WORDS);
    return e->seen >> k & 1 ? e->own[k] : e->topic->own[zipf(TOPIC_WORDS)];
}

static uint32_t some_word(const event *e)
{
    uint32_t what = roll(100);
    if (roll(100) < e->common_share)
        return by_frequency[roll(TABLE)];
    if (what < SHARE_EVENT)
        return own_word(e);
    if (what < SHARE_EVENT + SHARE_AFFAIR)
        return e->affair->own[roll(AFFAIR_WORDS)];
    if (what < SHARE_EVENT + SHARE_AFFAIR + SHARE_TOPIC)
        return e->topic->own[zipf(TOPIC_WORDS)];
    return by_frequency[roll(TABLE)];
}

/* Returns how many words. */
static uint32_t put_sentence(const event *e, uint32_t number, char **at)
{
    char *to = *at;
    uint32_t n = WORDS_A_SENTENCE / 2 + roll(WORDS_A_SENTENCE);
    if (number % 5 == 1 && roll(2)) {
        const uint32_t *said = e->said[roll(SAID)];
        to += sprintf(to, "“");
        for (uint32_t i = 0; i < SAID_WORDS; i++)
            to += sprintf(to, i ? " %s" : "%s", word[said[i]]);
        to += sprintf(to, ",” said %s %s of %s.", e->who.first, e->who.last, e->place);
        n = SAID_WORDS + 5;
    } else if (number % 7 == 2) {
        to += sprintf(to, "About %u %s were counted in %s.", e->toll - e->toll % 10,
                      word[own_word(e)], e->place);
        n = 7;
    } else {
        for (uint32_t i = 0; i < n; i++) {
            char *begin = i ? to + 1 : to;
            if (i)
                *to++ = ' ';
            if (roll(100) < SHARE_NAME && roll(100) >= e->common_share)
                to = put_name(to, e);
            else
                to += sprintf(to, "%s", word[some_word(e)]);
            if (i == 0 && *begin >= 'a')
                *begin = (char)(*begin - 32);
        }
        to += sprintf(to, ".");
    }
    *at = to;
    return n;
}

static void write_report(const event *e, report *r, uint32_t words)
{
    char *to = r->text;
    r->n = 0;
    for (uint32_t have = 0; have < words && r->n < SENTENCES; r->n++) {
        have += put_sentence(e, r->n, &to);
        to += sprintf(to, r->n % 3 == 2 ? "\\n" : " ");
        r->end[r->n] = (size_t)(to - r->text);
    }
}

static uint32_t reports_of_event(void)
{
    double k = 1.4 / chance(); /* k and more of 1.4 / k of them, as in og2021_fra_deu */
    return k > REPORTS_MOST ? 1 + roll(REPORTS_MOST) : (uint32_t)k;
}

int main(int argc, char **argv)
{
    uint32_t n = argc > 3 ? (uint32_t)strtoul(argv[1], NULL, 10) : 0;
    uint32_t words = argc > 3 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;
    uint32_t a_day = argc > 4 ? (uint32_t)strtoul(argv[4], NULL, 10) : 2740;
    static report own[REPORTS_MOST + 1];
    if (n == 0 || words == 0 || a_day == 0 || read_words(argv[3])) {
        fputs("usage: make_stream N WORDS data/background/words.tsv [A_DAY]\n", stderr);
        return 2;
    }
    for (uint32_t r = 0; r <= REPORTS_MOST; r++)
        own[r].text = malloc((size_t)SENTENCES * 2 * WORDS_A_SENTENCE * 64);
    make_topics();
    event e;
    for (uint32_t i = 0; i < BEFORE;
         i++) /* so that affairs are going on when the first day begins */
        make_event(&e, 1893456000);
    double now = 1893456000; /* from 2030 on */
    for (uint32_t done = 0, number = 0; done < n; number++) {
        make_event(&e, now);
        uint32_t reports = reports_of_event(), written = 0;
        for (uint32_t r = 0; r < reports && done < n; r++, done++) {
            uint32_t from, sentences;
            if (written && roll(3) == 0) {
                from = roll(written);
                sentences = roll(2) ? own[from].n : 1 + roll(own[from].n);
            } else {
                double long_as = exp(0.55 * sqrt(-2 * log(chance())) * cos(6.2832 * chance()));
                from = written++;
                e.common_share = roll(ASIDE_MOST);
                e.seen = roll(1u << 31);
                write_report(&e, &own[from], (uint32_t)(words * long_as) + 20);
                sentences = own[from].n;
            }
            time_t when = (time_t)(now + wait(roll(10) ? DAY_S / 4.0 : 1.5 * DAY_S));
            struct tm t;
            gmtime_r(&when, &t);
            printf("{\"id\":\"n%08u\",\"cluster\":\"%u\",\"outlet\":\"Outlet %u\",\"lang\":\"en\","
                   "\"published\":\"%04d-%02d-%02dT%02d:%02d:%02dZ\",\"title\":\"%s",
                   done, number, zipf(OUTLETS), t.tm_year + 1900, t.tm_mon + 1, t.tm_mday,
                   t.tm_hour, t.tm_min, t.tm_sec, e.seen >> 28 & 1 ? e.who.last : e.place);
            for (uint32_t i = 0; i < 7; i++)
                printf(" %s", word[i % 2 ? some_word(&e) : own_word(&e)]);
            printf("\",\"text\":\"%.*s\"}\n", (int)own[from].end[sentences - 1], own[from].text);
        }
        now += (double)reports * DAY_S / a_day;
    }
    return 0;
}
