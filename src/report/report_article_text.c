/*
 * One article for people: title, byline, outlet, dates, address, access, then its text in
 * paragraphs; captions, credits and furniture with their role in front, dimmed. In: an article;
 * out: text for the terminal.
 */
#include "base_str.h"
#include "report_term.h"

enum { RULE = 40 }; /* columns of the line between two articles */

typedef struct line {
    report_term *t;
    bool begun;
} line;

/* One part of a line of parts; name may be NULL. */
static void part(line *l, const char *name, sst_str s)
{
    if (s.n == 0)
        return;
    if (l->begun)
        term_z(l->t, TERM_DIM, " · ");
    else
        term_begin(l->t, 0, 2);
    l->begun = true;
    if (name)
        term_z(l->t, TERM_DIM, name);
    term_put(l->t, TERM_DIM, s);
}

static void ends(line *l)
{
    if (l->begun)
        term_end(l->t);
    l->begun = false;
}

/* "2026-11-22T08:15:00+01:00" -> "2026-11-22 08:15 +01:00"; other forms as they stand. */
static sst_str readable(report_run *w, sst_str iso)
{
    if (iso.n < 16 || iso.p[10] != 'T')
        return iso;
    size_t at = 16;
    while (at < iso.n &&
           (iso.p[at] == ':' || iso.p[at] == '.' || (iso.p[at] >= '0' && iso.p[at] <= '9')))
        at++;
    sst_str zone = {iso.p + at, iso.n - at};
    bool utc = str_eq(zone, STR("Z")) || str_eq(zone, STR("+00:00"));
    return arena_printf(w->arena, "%.*s %.*s%s%.*s", 10, iso.p, 5, iso.p + 11,
                        utc      ? " UTC"
                        : zone.n ? " "
                                 : "",
                        utc ? 0 : (int)zone.n, zone.p);
}

static void head(report_run *w, report_term *t, const sst_article *a)
{
    line l = {t, false};
    term_ends(t, 0, TERM_HEAD, a->title.n ? a->title : a->id, TERM_DIM,
              a->title.n ? a->source : STR(""));
    if (a->subtitle.n) {
        term_begin(t, 0, 0);
        term_put(t, TERM_PLAIN, a->subtitle);
        term_end(t);
    }
    for (uint32_t i = 0; i < a->author_n; i++)
        part(&l, i ? NULL : "By ", a->authors[i]);
    bool named = false; /* an outlet that signs its reports is not named twice */
    for (uint32_t i = 0; i < a->author_n; i++)
        named |= str_eq(a->authors[i], a->outlet);
    if (!named)
        part(&l, NULL, a->outlet);
    part(&l, NULL, a->agency);
    ends(&l);
    part(&l, NULL, readable(w, a->published));
    if (!str_eq(a->modified, a->published))
        part(&l, "changed ", readable(w, a->modified));
    part(&l, NULL, a->section);
    part(&l, NULL, a->lang);
    ends(&l);
    part(&l, NULL, a->url);
    ends(&l);
    if (a->access == ACCESS_STUB) {
        part(&l, NULL, STR("only a part of the article"));
        part(&l, NULL, a->access_why);
    }
    ends(&l);
    for (uint32_t i = 0; i < a->right_n; i++)
        part(&l, i ? NULL : "rights: ", a->rights[i]);
    part(&l, NULL, a->rights_policy);
    ends(&l);
}

static bool is_prose(uint8_t role)
{
    return role == ROLE_BODY || role == ROLE_LIST || role == ROLE_HEADLINE || role == ROLE_SUBTITLE;
}

void report_text_article(report_run *w, report_term *t, const sst_article *a)
{
    bool titled = false;
    uint8_t before = ROLE_N;
    head(w, t, a);
    for (uint32_t i = 0; i < a->block_n; i++) {
        uint8_t role = a->blocks[i].role;
        sst_str s = str_span(a->text, a->blocks[i].at);
        if (role == ROLE_HEADLINE && !titled && str_eq(s, a->title)) { /* it stands above */
            titled = true;
            continue;
        }
        if (role != ROLE_LIST || before != ROLE_LIST)
            term_blank(t);
        before = role;
        term_begin(t, 2, role == ROLE_LIST ? 4 : 2);
        if (role == ROLE_LIST && !str_starts(s, STR("•")))
            term_z(t, TERM_DIM, "• ");
        if (!is_prose(role)) {
            term_z(t, TERM_DIM, page_role_name((sst_role)role));
            term_z(t, TERM_DIM, ": ");
        }
        term_put(t,
                 role == ROLE_HEADLINE || role == ROLE_SUBTITLE ? TERM_BOLD
                 : is_prose(role)                               ? TERM_PLAIN
                                                                : TERM_DIM,
                 s);
        term_end(t);
    }
}

void report_text_rule(report_term *t)
{
    uint32_t n = t->measure < RULE ? t->measure : RULE;
    term_blank(t);
    term_begin(t, 0, 0);
    for (uint32_t i = 0; i < n; i++)
        term_z(t, TERM_DIM, "─");
    term_end(t);
    term_blank(t);
}
