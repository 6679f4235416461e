/*
 * Pages that hold no article. In: blocks, picked. Out: a reason, or none. Method: what a page says
 * of itself in its title or heading ("404", "log in", "search results"; data/page/no_article.txt),
 * a field for a password, or many linked headlines with little prose in any one place: a front page
 * or a section. To refuse an article is worse than to print a teaser: whoever holds as much prose
 * in one place as a short report is never refused.
 */
#include <string.h>

#include "page_block.h"

enum {
    HEADINGS = 8,       /* that are asked; more are no heading of the page */
    HEADING_BYTES = 90, /* a longer heading with such words is that of a report about them */
    LEAD_IN_BYTES = 12, /* "Sorry, the ", "Error 404 " */
    REPORT_BYTES = 700, /* of prose in one place: the shortest reports of the learnt sets */
    SAYS_BYTES = 900,   /* of prose in a page that says it is none: its explanation is shorter */
    LEADS = 15,         /* linked headlines of a front page; reports have a box of ten under them */
    LEAD_LEAST = 25,    /* bytes of a headline: shorter ones are entries of a menu */
    LEAD_MOST = 250,
    LEAD_LINKS = 700 /* per mille of it in links */
};

/* What parts a title from the name of its outlet, at the beginning of s, white space skipped. */
static bool parts(sst_str s)
{
    s = str_trim(s);
    return s.n == 0 || strchr("-|.,!?(", s.p[0]) || str_starts(s, STR("\xE2\x80\x93")) ||
           str_starts(s, STR("\xE2\x80\x94")) || str_starts(s, STR("\xC2\xB7")) ||
           str_starts(s, STR("\xC2\xBB"));
}

static bool ends_part(sst_str s)
{
    s = str_trim(s);
    return s.n && strchr("-|:", s.p[s.n - 1]);
}

/* The phrase is the line, its first part, or its end behind a sign or a word or two ("Sorry, the"):
 * "Page not found: how a county lost its site" heads a report. */
static page_none says(sst_str line)
{
    line = str_trim(line);
    if (line.n == 0 || line.n > HEADING_BYTES)
        return NONE_NOT;
    for (unsigned i = 0; i < page_none_phrase_n; i++) {
        const page_none_phrase *p = &page_none_phrases[i];
        if (p->n > line.n)
            continue;
        sst_str want = {p->text, p->n}, head = {line.p, p->n},
                behind = {line.p + p->n, line.n - p->n};
        if (str_eq_nocase(head, want) && parts(behind))
            return (page_none)p->what;
        size_t before = line.n - p->n;
        sst_str tail = {line.p + before, p->n};
        if (before && strchr(" -|:", line.p[before - 1]) && str_eq_nocase(tail, want) &&
            (before <= LEAD_IN_BYTES || ends_part((sst_str){line.p, before})))
            return (page_none)p->what;
    }
    return NONE_NOT;
}

static bool is_home(sst_str url)
{
    ptrdiff_t at = str_find(url, STR("://"));
    if (at < 0)
        return false;
    sst_str rest = {url.p + at + 3, url.n - (size_t)at - 3};
    const char *slash = rest.n ? memchr(rest.p, '/', rest.n) : NULL;
    return !slash || slash + 1 == rest.p + rest.n;
}

/* Bytes of picked prose in the box that holds most of it. */
static uint64_t most_in_one_box(const page_sheet *s)
{
    uint64_t most = 0, now = 0;
    const page_node *box = NULL;
    for (uint32_t i = 0; i < s->blocks.n; i++) {
        const page_block *b = &s->blocks.v[i];
        if (!b->taken)
            continue;
        if (b->node->parent != box)
            now = 0;
        box = b->node->parent;
        now += b->end - b->begin;
        most = now > most ? now : most;
    }
    return most;
}

const char *page_no_article(const page_sheet *s, sst_str url)
{
    uint64_t taken = 0, box = most_in_one_box(s);
    uint32_t leads = 0, headings = 0;
    page_none said = says(s->title);
    for (uint32_t i = 0; i < s->blocks.n; i++) {
        const page_block *b = &s->blocks.v[i];
        uint32_t bytes = b->end - b->begin;
        taken += b->taken ? bytes : 0;
        leads += !b->taken && bytes >= LEAD_LEAST && bytes <= LEAD_MOST &&
                 b->f[F_link_share] >= LEAD_LINKS;
        if (said == NONE_NOT && b->node->tag == TAG_H1 && headings++ < HEADINGS)
            said = says(page_block_str(s, b));
    }
    if (said == NONE_MISSING && taken < SAYS_BYTES)
        return "no article in it: the page says that what was asked for is not there";
    if ((said == NONE_LOGIN || (s->password && box == 0)) && taken < REPORT_BYTES)
        return "no article in it: a form to log in";
    if (said == NONE_SEARCH && box < REPORT_BYTES && leads)
        return "no article in it: results of a search";
    /* A report cut off by a paywall has its headline over it and links all around. */
    bool headed = s->heading != UINT32_MAX && s->blocks.v[s->heading].f[F_is_title];
    if (leads >= LEADS && box < REPORT_BYTES &&
        (is_home(url) || (!headed && taken < (uint64_t)leads * LEAD_LEAST)))
        return "no article in it: a list of links, such as a front page or a section";
    return NULL;
}
