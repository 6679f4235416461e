/*
 * Quotations as a table: RFC 4180, UTF-8, a line of headers, one quotation a line, in input order.
 *
 * In: a run. Fields that hold a comma, a quotation mark or a line end stand in quotation marks,
 * which are doubled inside. Several spans are "B-E;B-E"; several parts of what is said are parted
 * by " [...] ". Headers are stable: new ones are put behind the last.
 */
#include <string.h>

#include "base_str.h"
#include "report_saying.h"

static const char *const headers[] = {
    "utterance",     "speaker",   "type",   "change", "unmarked",  "first",
    "other_speaker", "text",      "source", "cue",    "addressee", "article",
    "outlet",        "published", "url",    "title",  "spans"};

typedef struct row {
    report_out *o;
    bool begun;
} row;

static void field(row *r, sst_str s)
{
    if (r->begun)
        report_out_z(r->o, ",");
    r->begun = true;
    bool plain = true;
    for (size_t i = 0; i < s.n && plain; i++)
        plain = s.p[i] != '"' && s.p[i] != ',' && s.p[i] != '\n' && s.p[i] != '\r';
    /* white space at an end is a part of the field, which some readers forget unless it is quoted
     */
    if (plain && (!s.n || (!byte_is_space((unsigned char)s.p[0]) &&
                           !byte_is_space((unsigned char)s.p[s.n - 1])))) {
        report_out_add(r->o, s.p, s.n);
        return;
    }
    report_out_z(r->o, "\"");
    for (size_t b = 0, e; b < s.n; b = e) {
        for (e = b; e < s.n && s.p[e] != '"'; e++)
            continue;
        if (e < s.n)
            e++; /* the mark, and once more */
        report_out_add(r->o, s.p + b, e - b);
        if (s.p[e - 1] == '"')
            report_out_z(r->o, "\"");
    }
    report_out_z(r->o, "\"");
}

static void field_z(row *r, const char *z)
{
    field(r, str_of(z));
}

static void end(row *r)
{
    report_out_z(r->o, "\r\n");
    r->begun = false;
}

static sst_str text_of(report_run *w, const sst_article *a, sst_spans s)
{
    sst_str all = {"", 0};
    for (uint32_t i = 0; i < s.n; i++) {
        sst_str part = str_span(a->text, s.v[i]);
        all = i == 0 ? part
                     : arena_printf(w->arena, "%.*s [...] %.*s", (int)all.n, all.p, (int)part.n,
                                    part.p);
    }
    return all;
}

static sst_str places(report_run *w, const sst_article *a, sst_spans s)
{
    sst_str all = {"", 0};
    for (uint32_t i = 0; i < s.n; i++)
        all = arena_printf(w->arena, "%.*s%s%u-%u", (int)all.n, all.p, i ? ";" : "",
                           report_offset(w, a, s.v[i].begin), report_offset(w, a, s.v[i].end));
    return all;
}

static void quote_line(report_run *w, row *r, const sst_article *a, uint32_t i)
{
    const sst_quote *q = &w->r->quotes[a->index]->v[i];
    const report_printed *x = report_printed_at(w, a->index, i);
    const sst_spans content = w->r->options->marks ? q->marked : q->content;
    const report_printed *inside = x ? NULL : report_inside(w, a->index, i);
    field(r, x        ? report_saying_id(w, x->saying)
             : inside ? report_saying_id(w, inside->saying)
                      : STR(""));
    field(r, report_speaker(w, a->index, i));
    field_z(r, quote_type_name(q->type));
    field_z(r, x        ? quote_change_name(x->v->change)
               : inside ? quote_change_name(CHANGE_INDIRECT)
                        : "");
    field_z(r, !x ? "" : x->v->unmarked ? "true" : "false");
    field_z(r, !x ? "" : x->v->first ? "true" : "false");
    field_z(r, !x ? "" : x->v->other_speaker ? "true" : "false");
    field(r, text_of(w, a, content));
    field(r, text_of(w, a, q->source));
    field(r, text_of(w, a, q->cue));
    field(r, text_of(w, a, q->addressee));
    field(r, a->id);
    field(r, a->outlet);
    field(r, a->published);
    field(r, a->url);
    field(r, a->title);
    field(r, places(w, a, content));
    end(r);
}

void report_quotes_csv(report_run *w)
{
    row r = {w->out, false};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        field_z(&r, headers[i]);
    end(&r);
    for (uint32_t k = 0; k < w->r->n && w->out->status == SST_OK; k++) {
        const sst_article *a = w->r->articles[k];
        for (uint32_t i = 0; i < w->r->quotes[k]->all_n; i++)
            if (report_is_asked_for(w, k, i))
                quote_line(w, &r, a, i);
    }
}
