/*
 * Dates as pages write them, shared by page_date.c (forms of machines), page_date_find.c (dates in
 * running text) and page_when.c (which of all is the article's).
 */
#ifndef PAGE_DATE_H
#define PAGE_DATE_H

#include "page_inner.h"

typedef struct page_stamp {
    int year, month, day, hour, minute, second;
    int has; /* 1 year, 2 month, 3 day, 4 minute, 5 second */
    bool zone;
    int offset; /* minutes east of Greenwich */
    bool swap;  /* day and month were numbers up to 12 with a slash or dash between: the other
                   order is as good */
} page_stamp;

bool page_stamp_is_valid(const page_stamp *t);

/* Behind a date: "T06:10", " 06:10:22.5Z", " 1.30 p.m.", " 9am"; an empty rest is well. */
bool page_stamp_time(sst_str s, page_stamp *t);

/* "Z", "+02:00", "+0200", "+02", "GMT", "EST", nothing. */
bool page_stamp_zone(sst_str s, page_stamp *t);

/* A whole value, as a machine or a person wrote it. month_first: 3/4/2024 is in March. */
bool page_stamp_parse(sst_str s, bool month_first, page_stamp *t);

/*
 * The first date in a line of text: names of months of many languages, day and month in figures,
 * years first, with the time of day behind it when there is one. A year is needed, in four figures
 * or two with a day and month of two each. *at are its bytes.
 */
bool page_date_find(sst_str line, bool month_first, page_stamp *t, sst_span *at);

/* Nothing but the month of a word ("märz", "Sept"), 0 when it is none. */
int page_month(sst_str word);

sst_str page_stamp_write(sst_arena *arena, const page_stamp *t);
int64_t page_stamp_seconds(const page_stamp *t);
/* Days since 1970 of the date as written. */
int64_t page_stamp_days(const page_stamp *t);

#endif
