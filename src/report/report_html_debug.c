/*
 * How pages were read, as one page that stands alone: each block of each page in the order of the
 * page, what became of it, and why; blocks that were left out too. In: articles with notes
 * (page_note.h); out: a page without script, nothing loaded. What a block became is read from the
 * article as it is in the end: a note that a later step overruled says so.
 */
#include <stdio.h>

#include "base_str.h"
#include "page_note.h"
#include "report_assets.gen.h"
#include "report_markup.h"

enum {
    FOLD_AT = 4,       /* so many blocks in a row that were left out are folded */
    FOLD_REASONS = 4,  /* reasons that the line of the fold names */
    SUMMARY_BYTES = 90 /* of their words in the line of the fold */
};

typedef enum fate { FATE_IN, FATE_FURNITURE, FATE_OUT, FATE_BACK } fate;

/* The block of the article that a note speaks of, NULL when it is not there in the end. */
static const sst_block *block_of(const sst_article *a, const page_note *n)
{
    uint32_t low = 0, high = a->block_n;
    if (n->at.begin == n->at.end)
        return NULL;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (a->blocks[mid].at.begin < n->at.begin)
            low = mid + 1;
        else
            high = mid;
    }
    return low < a->block_n && a->blocks[low].at.begin == n->at.begin &&
                   a->blocks[low].at.end == n->at.end
               ? &a->blocks[low]
               : NULL;
}

static bool is_text_role(uint8_t role)
{
    return role == ROLE_BODY || role == ROLE_HEADLINE || role == ROLE_SUBTITLE || role == ROLE_LIST;
}

static fate fate_of(const sst_article *a, const page_note *n, uint8_t *role)
{
    const sst_block *b = block_of(a, n);
    *role = b ? b->role : n->role;
    if (n->at.begin == n->at.end)
        return FATE_OUT;
    return !b ? FATE_BACK : is_text_role(b->role) ? FATE_IN : FATE_FURNITURE;
}

/* ------------------------------------------------------------------------------------------ facts
 */

static void fact(report_out *o, const char *name, sst_str value)
{
    if (value.n == 0)
        return;
    html_raw(o, "<dt>");
    report_out_z(o, name);
    html_raw(o, "</dt><dd>");
    html_text(o, value);
    html_raw(o, "</dd>\n");
}

static void facts(report_out *o, const sst_article *a)
{
    html_raw(o, "<dl class=\"facts-of\">\n");
    if (a->error.n) {
        html_raw(o, "<dt>error</dt><dd class=\"error\">");
        html_text(o, a->error);
        html_raw(o, "</dd>\n");
    }
    fact(o, "source", a->source);
    if (!str_eq(a->id, a->source))
        fact(o, "id", a->id);
    fact(o, "address", a->url);
    if (!str_eq(a->canonical, a->url))
        fact(o, "canonical", a->canonical);
    fact(o, "subtitle", a->subtitle);
    fact(o, "section", a->section);
    fact(o, "outlet", a->outlet);
    for (uint32_t i = 0; i < a->author_n; i++)
        fact(o, i ? "and" : "by", a->authors[i]);
    fact(o, "published", a->published);
    fact(o, "found in", a->published_from);
    fact(o, "modified", a->modified);
    for (uint32_t i = 0; i < a->date_n; i++) {
        html_raw(o, "<dt>date</dt><dd>");
        html_text(o, a->dates[i].value);
        html_raw(o, "<small>");
        html_text(o, a->dates[i].from);
        html_raw(o, "</small></dd>\n");
    }
    fact(o, "language", a->lang);
    fact(o, "declared language", a->lang_declared);
    fact(o, "agency", a->agency);
    fact(o, "charset", a->charset_used);
    if (!str_eq_nocase(a->charset_declared, a->charset_used))
        fact(o, "declared", a->charset_declared);
    html_raw(o, "<dt>access</dt><dd>");
    report_out_z(o, report_access(a->access));
    if (a->access_why.n) {
        html_raw(o, "<small>");
        html_text(o, a->access_why);
        html_raw(o, "</small>");
    }
    html_raw(o, "</dd>\n");
    for (uint32_t i = 0; i < a->right_n; i++)
        fact(o, "rights", a->rights[i]);
    for (uint32_t i = 0; i < a->correction_n; i++)
        fact(o, "correction", a->corrections[i]);
    html_raw(o, "</dl>\n");
}

/* Choices that were taken, or those that were passed over; how many. */
static uint32_t choices_of(report_out *o, const sst_article *a, bool chosen, bool write)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->notes->choices.n; i++) {
        const page_choice *c = &a->notes->choices.v[i];
        if (c->chosen != chosen)
            continue;
        n++;
        if (!write)
            continue;
        html_raw(o, "<dt>");
        report_out_z(o, c->what);
        html_raw(o, "</dt><dd>");
        html_text(o, c->value);
        html_raw(o, "<small>");
        report_out_z(o, c->reason);
        html_raw(o, "</small></dd>\n");
    }
    return n;
}

static void choices(report_out *o, const sst_article *a)
{
    if (choices_of(o, a, true, false)) {
        html_raw(o, "<h3>Why</h3>\n<dl class=\"facts-of\">\n");
        (void)choices_of(o, a, true, true);
        html_raw(o, "</dl>\n");
    }
    uint32_t n = choices_of(o, a, false, false);
    if (n == 0)
        return;
    html_raw(o, "<details class=\"passed\"");
    if (n <= FOLD_AT)
        html_raw(o, " open");
    html_raw(o, "><summary>");
    html_number(o, n);
    html_raw(o, " not taken: dates, titles or authors that the page holds too</summary>\n"
                "<dl class=\"facts-of\">\n");
    (void)choices_of(o, a, false, true);
    html_raw(o, "</dl></details>\n");
}

/* ----------------------------------------------------------------------------------------- blocks
 */

static void values(report_out *o, const page_note *n)
{
    for (const page_value *v = n->values; v; v = v->next) {
        char number[48];
        snprintf(number, sizeof number, ": %.4g", v->value);
        html_raw(o, "<br>");
        report_out_z(o, v->name);
        report_out_z(o, number);
    }
}

static void row(report_out *o, const sst_article *a, const page_note *n)
{
    static const char *const classes[] = {
        [FATE_IN] = "in", [FATE_FURNITURE] = "furniture", [FATE_OUT] = "out", [FATE_BACK] = "out"};
    uint8_t role;
    fate f = fate_of(a, n, &role);
    html_raw(o, "<li class=\"");
    report_out_z(o, classes[f]);
    html_raw(o, " role-");
    report_out_z(o, page_role_name((sst_role)role));
    html_raw(o, "\"><p class=\"why\"><b>");
    if (f == FATE_OUT || f == FATE_BACK) {
        report_out_z(o, f == FATE_OUT ? "left out" : "taken back by a later step");
        if (role != ROLE_BOILERPLATE && role != ROLE_BODY) {
            html_raw(o, ", ");
            report_out_z(o, page_role_name((sst_role)role));
        }
    } else {
        report_out_z(o, page_role_name((sst_role)role));
        if (role != n->role) {
            html_raw(o, ", at first ");
            report_out_z(o, page_role_name((sst_role)n->role));
        }
    }
    html_raw(o, "</b>");
    report_out_z(o, n->reason);
    if (n->detail.n) {
        html_raw(o, ": <q>");
        html_text(o, n->detail);
        html_raw(o, "</q>");
    }
    values(o, n);
    html_raw(o, "</p><div><p class=\"said\"");
    html_lang_of(o, a);
    html_raw(o, ">");
    html_text(o, n->words);
    if (n->words.n < n->bytes) {
        html_raw(o, " … <span class=\"meta\">");
        html_number(o, n->bytes);
        html_raw(o, " bytes in all</span>");
    }
    html_raw(o, "</p>");
    if (n->path.n) {
        html_raw(o, "<p class=\"path\">");
        html_text(o, n->path);
        html_raw(o, "</p>");
    }
    html_raw(o, "</div></li>\n");
}

/* The line of a fold: how many, the reasons in the order of the page, the first words. */
static void fold(report_out *o, const sst_article *a, const page_note *n, uint32_t many)
{
    const char *named[FOLD_REASONS];
    uint32_t k = 0;
    html_raw(o, "<li class=\"fold out\"><details><summary>");
    html_number(o, many);
    html_raw(o, " blocks left out: ");
    for (uint32_t i = 0; i < many && k < FOLD_REASONS; i++) {
        uint32_t j = 0;
        while (j < k && named[j] != n[i].reason)
            j++;
        if (j < k)
            continue;
        if (k)
            html_raw(o, "; ");
        report_out_z(o, n[i].reason);
        named[k++] = n[i].reason;
    }
    html_raw(o, " – “");
    sst_str words = report_cut(n->words, SUMMARY_BYTES);
    html_text(o, words);
    html_raw(o, " …”</summary>\n<ol>\n");
    for (uint32_t i = 0; i < many; i++)
        row(o, a, &n[i]);
    html_raw(o, "</ol></details></li>\n");
}

static void blocks(report_out *o, const sst_article *a)
{
    const page_notes *t = a->notes;
    uint32_t out = 0;
    uint8_t role;
    for (uint32_t i = 0; i < t->blocks.n; i++)
        out += fate_of(a, &t->blocks.v[i], &role) >= FATE_OUT;
    html_raw(o, "<h3>Blocks</h3>\n<p class=\"meta\"><b>");
    html_number(o, a->block_n);
    html_raw(o, "</b> taken, <b>");
    html_number(o, out + t->more);
    html_raw(o, "</b> left out, <b>");
    html_number(o, (uint32_t)a->text.n);
    html_raw(o, "</b> bytes of text</p>\n");
    if (t->blocks.n)
        html_raw(o, "<ol class=\"blocks\">\n");
    for (uint32_t i = 0, many; i < t->blocks.n && o->status == SST_OK; i += many) {
        const page_note *n = &t->blocks.v[i];
        many = 1;
        if (fate_of(a, n, &role) == FATE_OUT)
            while (i + many < t->blocks.n && fate_of(a, &n[many], &role) == FATE_OUT)
                many++;
        if (many >= FOLD_AT)
            fold(o, a, n, many);
        else
            for (uint32_t k = 0; k < many; k++)
                row(o, a, &n[k]);
    }
    if (t->blocks.n)
        html_raw(o, "</ol>\n");
    if (t->more) {
        html_raw(o, "<p class=\"meta\">and ");
        html_number(o, t->more);
        html_raw(o, " more blocks, which are not shown</p>\n");
    }
}

/* ------------------------------------------------------------------------------------------- page
 */

static void head(report_out *o, uint32_t n)
{
    html_raw(o, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"color-scheme\" content=\"light dark\">\n"
                "<meta name=\"referrer\" content=\"no-referrer\">\n<title>How ");
    html_count(o, n, "page was", "pages were");
    html_raw(o, " read – samestory</title>\n<style>\n");
    report_out_add(o, report_asset_report_css, report_asset_report_css_len);
    report_out_add(o, report_asset_debug_css, report_asset_debug_css_len);
    html_raw(o, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the "
                "pages</a>\n<main id=\"main\" class=\"debug\">\n<h1>How ");
    html_count(o, n, "page was", "pages were");
    html_raw(o, " read</h1>\n<ul class=\"legend\"><li class=\"in\">text</li>"
                "<li class=\"furniture\">in the text, set aside by its role</li>"
                "<li class=\"out\">left out</li></ul>\n");
}

static void failed(report_run *w)
{
    report_out *o = w->out;
    const sst_errors *e = w->r->reader_errors;
    if (w->r->failed_n == 0)
        return;
    html_raw(o, "<section class=\"failed\"><h2>Not read</h2>\n<ul class=\"lines wide\">\n");
    for (uint32_t i = 0; i < w->r->failed_n; i++) {
        html_raw(o, "<li>");
        html_text(o, e->inputs.v[i].source);
        html_raw(o, " <span class=\"meta\">");
        html_text(o, e->inputs.v[i].message);
        html_raw(o, "</span></li>\n");
    }
    html_raw(o, "</ul></section>\n");
}

void report_html_debug(report_run *w)
{
    report_out *o = w->out;
    const sst_run_result *r = w->r;
    head(o, r->n);
    if (r->n > 1) {
        html_raw(o, "<nav aria-label=\"Pages\"><ol class=\"front\">\n");
        for (uint32_t i = 0; i < r->n; i++) {
            const sst_article *a = r->articles[i];
            html_raw(o, "<li><a href=\"#p");
            html_number(o, i + 1);
            html_raw(o, "\">");
            html_text(o, a->title.n ? a->title : a->id);
            html_raw(o, "</a> <span class=\"meta\">");
            html_text(o, a->source);
            html_raw(o, "</span></li>\n");
        }
        html_raw(o, "</ol></nav>\n");
    }
    for (uint32_t i = 0; i < r->n && o->status == SST_OK; i++) {
        const sst_article *a = r->articles[i];
        html_raw(o, "<section class=\"page\"><h2 id=\"p");
        html_number(o, i + 1);
        html_raw(o, "\"");
        html_lang_of(o, a);
        html_raw(o, ">");
        html_text(o, a->title.n ? a->title : a->id);
        html_raw(o, "</h2>\n");
        if (a->notes) {
            facts(o, a);
            choices(o, a);
            blocks(o, a);
        }
        html_raw(o, "</section>\n");
    }
    failed(w);
    html_raw(o, "</main>\n<footer><p>Made by samestory " SST_VERSION
                ". Reasons are its own; every other word stands in a page.</p></footer>\n"
                "</body>\n</html>\n");
}
