/*
 * Entry: the bytes are a line of text with a date in it, or the value of a date. What is found has
 * to be a date, in the line, and what is written of it has to read back as the same.
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "base_utf8.h"
#include "page_date.h"

static void same(sst_arena *arena, const page_stamp *t)
{
    sst_str iso = page_stamp_write(arena, t);
    page_stamp again;
    if (!page_stamp_is_valid(t) || !page_stamp_parse(iso, false, &again) ||
        page_stamp_seconds(&again) != page_stamp_seconds(t)) {
        fprintf(stderr, "'%.*s' does not read back\n", (int)iso.n, iso.p);
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    sst_str line = {(const char *)bytes, n};
    sst_arena arena;
    arena_init(&arena, 0);
    for (int month_first = 0; month_first < 2; month_first++) {
        page_stamp t;
        sst_span at;
        sst_str rest = line;
        for (int round = 0; round < 8 && page_date_find(rest, month_first, &t, &at); round++) {
            if (at.begin >= at.end || at.end > rest.n || t.has < 3) {
                fprintf(stderr, "a date at [%u,%u) of %zu bytes\n", at.begin, at.end, rest.n);
                abort();
            }
            same(&arena, &t);
            rest = (sst_str){rest.p + at.end, rest.n - at.end};
        }
        if (n <= 80 && page_stamp_parse(line, month_first, &t))
            same(&arena, &t);
    }
    (void)page_date(&arena, line);
    (void)page_seconds(line);
    arena_release(&arena);
    return 0;
}
