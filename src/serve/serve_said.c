/*
 * What somebody said, in its printed versions. In: quotations of one utterance; out: the fullest
 * version, below it the others, with what each leaves out, adds or changes.
 *
 *   full     the mole will not stand another winter like the last
 *   other    the mole will not stand [another: left out] [one: instead] winter
 *
 * A word is a run of letters and digits, or one ideograph; signs count for nothing, as in the
 * comparison of a story (quote_diff.c), whose alignment this uses.
 */
#include "serve_inner.h"

#include "base_utf8.h"
#include "quote_words.h"

/* A version that shares less than this part of its words is shown plain: a line of strikes says
 * nothing. Of 4,264 versions in a database of 20,900 reports 22 share less; those looked at were
 * parts of other utterances. */
enum { KEPT_LEAST_PERCENT = 30, WORD_BYTES = 64 /* of a word with an apostrophe */ };

sst_str serve_said_bare(sst_str s)
{
    while (s.n && (s.p[s.n - 1] == ',' || s.p[s.n - 1] == '.'))
        s.n--;
    return s;
}

bool serve_said_indirect(const store_quotation *x)
{
    return str_eq(x->type, STR("indirect"));
}

/* --------------------------------------------------------------------------------------------
 * marks
 */

static bool in_word(uint32_t c)
{
    return (utf8_is_letter(c) || utf8_is_digit(c)) && !utf8_is_ideograph(c);
}

/* Apostrophes and hyphens join when letters stand on both sides. */
static bool joins(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == '-' || c == 0x2010;
}

/* The key of a word; one with a curly apostrophe is that with a straight one. */
static uint32_t key_of(sst_str s)
{
    char plain[WORD_BYTES];
    size_t n = 0;
    if (s.n > sizeof plain || str_find(s, STR("\xE2\x80\x99")) < 0)
        return text_key(s);
    for (size_t i = 0; i < s.n; i++) {
        bool curly = str_starts((sst_str){s.p + i, s.n - i}, STR("\xE2\x80\x99"));
        plain[n++] = curly ? '\'' : s.p[i];
        i += curly ? 2 : 0;
    }
    return text_key((sst_str){plain, n});
}

static quote_words words_of(sst_str s, sst_arena *arena)
{
    SST_VEC(quote_word) v = {0};
    const char *end = s.p + s.n;
    for (size_t i = 0; i < s.n;) {
        int len = 0;
        uint32_t c = utf8_read(s.p + i, end, &len);
        size_t from = i;
        i += (size_t)len;
        bool ideograph = utf8_is_ideograph(c);
        if (!ideograph && !in_word(c))
            continue;
        while (!ideograph && i < s.n) {
            int next = 0, behind = 0;
            c = utf8_read(s.p + i, end, &next);
            if (joins(c) && i + (size_t)next < s.n &&
                in_word(utf8_read(s.p + i + next, end, &behind)))
                next += behind;
            else if (!in_word(c))
                break;
            i += (size_t)next;
        }
        quote_word *w = vec_push(arena, &v);
        if (w)
            *w = (quote_word){.key = key_of((sst_str){s.p + from, i - from}),
                              .begin = (uint32_t)from,
                              .end = (uint32_t)i};
    }
    return (quote_words){v.v, v.n};
}

typedef SST_VEC(report_piece) piece_vec;

static void piece(sst_arena *arena, piece_vec *to, report_piece_kind kind, sst_str s, bool space)
{
    report_piece *p = s.n ? vec_push(arena, to) : NULL;
    if (p)
        *p = (report_piece){(uint8_t)kind, space && to->n > 1, s};
}

static bool space_before(sst_str s, uint32_t at)
{
    return at > 0 && byte_is_space((unsigned char)s.p[at - 1]);
}

sst_status serve_said_marked(sst_arena *arena, report_out *o, sst_str full, sst_str said)
{
    quote_words a = words_of(full, arena), b = words_of(said, arena);
    quote_runs runs = quote_runs_of(&a, arena);
    sst_diff *d = NULL;
    uint32_t n = 0;
    sst_status status = quote_diff(&a, &b, &runs, arena, &d, &n);
    if (status)
        return status;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++)
        kept += d[i].op == DIFF_KEEP ? d[i].to - d[i].from : 0;
    piece_vec v = {0};
    uint32_t shown = 0; /* bytes of said */
    for (uint32_t i = 0; i < n; i++) {
        const sst_diff *s = &d[i];
        if (s->op == DIFF_DROP || s->op == DIFF_REPLACE)
            piece(arena, &v, PIECE_DROP, str_trim(str_span(full, s->base)),
                  space_before(full, s->base.begin) || s->op == DIFF_DROP);
        if (s->op == DIFF_DROP)
            continue;
        /* Signs go with the words before them; those at the begin with the first. */
        uint32_t begin = v.n && shown ? s->at.begin : 0, end = (uint32_t)said.n;
        for (uint32_t k = i + 1; k < n; k++)
            if (d[k].op != DIFF_DROP) {
                end = d[k].at.begin;
                break;
            }
        bool space = space_before(said, s->at.begin) || s->op == DIFF_REPLACE ||
                     (i && d[i - 1].op == DIFF_DROP);
        piece(arena, &v,
              s->op == DIFF_KEEP      ? PIECE_KEEP
              : s->op == DIFF_REPLACE ? PIECE_NEW
                                      : PIECE_ADD,
              str_trim((sst_str){said.p + begin, end - begin}), space);
        shown = end;
    }
    if (arena->failed)
        return arena->failed;
    if (!b.n || kept * 100 < b.n * KEPT_LEAST_PERCENT) {
        html_text(o, said);
        return SST_OK;
    }
    html_story h = {.o = o};
    html_pieces(&h, (report_pieces){v.v, v.n});
    return SST_OK;
}

/* -----------------------------------------------------------------------------------------
 * versions
 */

static bool same_words(const store_quotation *a, const store_quotation *b)
{
    return str_eq(serve_said_bare(a->said), serve_said_bare(b->said)) &&
           serve_said_indirect(a) == serve_said_indirect(b);
}

/* full: the fullest version, or NULL for itself and for what stands in a report's own words. */
static void words(serve_request *q, const store_quotation *x, const store_quotation *full)
{
    report_out *o = &q->out;
    bool direct = !serve_said_indirect(x);
    report_out_z(o, full ? "<blockquote class=\"again\"" : "<blockquote");
    serve_lang(q, x->lang);
    report_out_z(o, direct ? "><p>“" : "><p>");
    sst_str said = x->said;
    while (said.n && said.p[said.n - 1] == ',') /* of the sentence around it */
        said.n--;
    if (!full || !direct || serve_said_indirect(full) ||
        serve_said_marked(&q->arena, o, serve_said_bare(full->said), said))
        html_text(o, said);
    report_out_z(o, direct ? "”</p></blockquote>\n" : "</p></blockquote>\n");
    html_raw(o, "<p class=\"meta\">");
}

/* How a version stands to the fullest one, for people (quote_change_name). */
static const char *change_of(const store_quotation *x)
{
    static const struct {
        const char *change, *told;
    } all[] = {{"repunctuated", "other punctuation"},
               {"cut", "shortened"},
               {"altered", "other words"},
               {"joined", "joined of several"},
               {"fragment", "a few words of it"}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (str_eq(x->change, str_of(all[i].change)))
            return all[i].told;
    return NULL;
}

static void where(serve_request *q, const store_quotation *x)
{
    report_out *o = &q->out;
    serve_link(q, "/article/", x->article, serve_source(x->outlet, x->article));
    if (x->published.n) {
        html_raw(o, ", ");
        serve_date(q, x->published);
    }
}

void serve_said(serve_request *q, const store_quotation *v, const serve_place *p, uint32_t n)
{
    report_out *o = &q->out;
    html_raw(o, "<li data-item>\n");
    for (uint32_t i = 0, j; i < n; i = j) {
        const store_quotation *x = &v[p[i].i];
        words(q, x, i ? &v[p[0].i] : NULL);
        where(q, x);
        for (j = i + 1; j < n && same_words(x, &v[p[j].i]); j++) {
            html_raw(o, " · ");
            where(q, &v[p[j].i]);
        }
        if (serve_said_indirect(x))
            html_raw(o, " · in the report’s words");
        if (i && change_of(x)) {
            html_raw(o, " · ");
            report_out_z(o, change_of(x));
        }
        html_raw(o, "</p>\n");
    }
    html_raw(o, "</li>\n");
}
