/* What page_role.c and page_role_form.c share: the look of one line. */
#ifndef PAGE_ROLE_H
#define PAGE_ROLE_H

#include "page_inner.h"

enum {
    ROLE_HEADLINE_BYTES = 200,
    ROLE_LINK_BYTES = 160, /* of a line in a list of links */
    ROLE_DATE_BYTES = 90
};

static inline void page_role_set(page_line *l, sst_role role, const char *why)
{
    l->role = (uint8_t)role;
    l->set = 1;
    l->why = why;
}

/* Decides the role of line l, whose text is s, when its words or its form say it; last: only short
 * lines stand below it. */
void page_role_set_by_form(sst_str s, page_line *l, bool last);

/* "words-joined-by-hyphens." */
bool page_role_is_slug(sst_str s);
/* Have a slug and a line, or two lines, the same letters and digits? */
bool page_role_same_letters(sst_str slug, sst_str line);
/* "1.30 p.m." ends no sentence. */
bool page_role_ends_short(sst_str s);
bool page_role_has_year(sst_str s);
/* Where the last sentence end (". ", "? ", "! ") is followed by more; 0 when there is none. */
size_t page_role_after_last_stop(sst_str s);

#endif
