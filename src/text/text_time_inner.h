/* What text_time.c and text_time_form.c share: a sentence's tokens as the forms of dates and times
 * of day see them. */
#ifndef TEXT_TIME_INNER_H
#define TEXT_TIME_INNER_H

#include "text.h"

enum {
    TIME_YEAR_MIN = 1900,    /* a bare number from here on is a year when a cue says so */
    TIME_YEAR_OLD_MIN = 1000 /* behind a month, or "in" */
};

typedef struct time_finder {
    sst_text *t;
    sst_arena *arena;
    SST_VEC(sst_time) out;
    int64_t day;         /* of publication, or INT64_MIN */
    uint32_t begin, end; /* of the sentence */
    char
        last_day[12]; /* the last day near the publication that was named before, else that of it */
    bool dotted;      /* the article writes times of day as 6.15am, so that "at 6.15" is one too */
} time_finder;

/* A match in the making: tokens [begin, end) and what is known. */
typedef struct time_match {
    uint32_t end;
    int year, month, day; /* 0: not said */
    int hour, minute;     /* -1: not said */
} time_match;

static inline const char *time_word_value(const time_finder *f, uint32_t i, uint64_t one_class)
{
    return i < f->end && text_is(f->t, i, one_class)
               ? lang_value(f->t->lang, f->t->tok[i].lex, one_class)
               : NULL;
}

static inline bool time_value_is(const char *value, const char *what)
{
    size_t n = strlen(what);
    return value && strncmp(value, what, n) == 0 && (value[n] == 0 || value[n] == ' ');
}

static inline bool time_is_sign(const time_finder *f, uint32_t i, char c)
{
    return i < f->end && f->t->tok[i].end - f->t->tok[i].begin == 1 &&
           f->t->s.p[f->t->tok[i].begin] == c;
}

/* The number behind the first word of a value; that at its beginning (0 for NULL). */
int time_value_number(const char *value);
int time_value_plain(const char *value);
/* The year from `least` on that the four digits at i are, or 0; the month that the word at i names
 * (with a capital, if that is asked), or 0. */
int time_year_at(const time_finder *f, uint32_t i, int least);
int time_month_at(const time_finder *f, uint32_t i, bool capital);

/* The forms. Each says whether it stands at token i, and fills m. */
bool time_numeric_at(const time_finder *f, uint32_t i, time_match *m);
bool time_clock_at(const time_finder *f, uint32_t i, time_match *m);
bool time_date_at(const time_finder *f, uint32_t i, time_match *m);
bool time_bare_year_at(const time_finder *f, uint32_t i, time_match *m);

#endif
