/* An article in memory for tests of text and figure: one body block, or one a line. */
#ifndef UNIT_TEXT_H
#define UNIT_TEXT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include "text.h"

typedef struct unit_text {
    sst_arena arena;
    sst_article article;
    sst_block block[16];
    sst_text text;
} unit_text;

/* published: seconds since 1970, or INT64_MIN. Every line is a block of the role. */
static inline void unit_text_init_in(unit_text *u, const char *lang, const char *text,
                                     int64_t published, uint8_t role)
{
    memset(u, 0, sizeof *u);
    arena_init(&u->arena, 0);
    u->article.text = str_of(text);
    u->article.lang = str_of(lang);
    u->article.published_s = published;
    u->article.blocks = u->block;
    uint32_t begin = 0;
    for (uint32_t i = 0; i <= u->article.text.n; i++)
        if (i == u->article.text.n || text[i] == '\n') {
            if (i > begin && u->article.block_n < 16)
                u->block[u->article.block_n++] = (sst_block){{begin, i}, role};
            begin = i + 1;
        }
    assert_int_equal(text_analyse(&u->article, &u->arena, &u->text), SST_OK);
}

static inline void unit_text_init(unit_text *u, const char *text, int64_t published, uint8_t role)
{
    unit_text_init_in(u, "en", text, published, role);
}

static inline void unit_text_release(unit_text *u)
{
    arena_release(&u->arena);
}

#endif
