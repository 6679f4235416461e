/*
 * Utterances over all stories. In: sayings; out: for each quotation the utterance and version it
 * is, made once a writing; and who is called as the options ask.
 */
#include "report_saying.h"

#include <string.h>

#include "base_str.h"
#include "base_utf8.h"

enum { INSIDE_MOST = 16 }; /* quotations that indirect speech is looked through for */

const sst_utterance *report_saying(const report_run *w, uint32_t saying, const sst_findings **f)
{
    const sst_saying *g = &w->r->sayings->v[saying];
    if (g->all.n) {
        *f = w->r->whole;
        return &g->all;
    }
    *f = w->r->findings[g->part[0].story];
    return &(*f)->utterances[g->part[0].utterance];
}

sst_str report_saying_id(report_run *w, uint32_t saying)
{
    const sst_saying_part *p = &w->r->sayings->v[saying].part[0];
    sst_str id = w->r->stories[p->story].id;
    return arena_printf(w->arena, "%.*s-u%u", (int)id.n, id.p, p->utterance + 1);
}

/* A quotation that joins two utterances is a version of the one that stands first in its story. */
static void note_story(report_run *w, uint32_t story, uint32_t utterance, report_printed ***of)
{
    uint32_t g = w->r->sayings->of[story][utterance];
    const sst_findings *f;
    const sst_utterance *u = report_saying(w, g, &f);
    if (u->n == 0)
        return;
    report_printed *list = arena_alloc(w->arena, u->n * sizeof *list);
    if (!list)
        return;
    for (uint32_t i = 0; i < u->n; i++) {
        list[i] = (report_printed){g, f, u, &u->v[i]};
        report_printed **to = &of[report_article(f, u->v[i].article)->index][u->v[i].quote];
        if (!*to)
            *to = &list[i];
    }
}

static report_printed ***make_printed(report_run *w)
{
    const sst_run_result *r = w->r;
    report_printed ***of = arena_calloc(w->arena, r->n + 1, sizeof *of);
    uint8_t *seen = arena_calloc(w->arena, r->sayings->n + 1, 1);
    if (!of || !seen)
        return NULL;
    for (uint32_t i = 0; i < r->n; i++) {
        of[i] = arena_calloc(w->arena, (size_t)r->quotes[i]->all_n + 1, sizeof **of);
        if (!of[i])
            return NULL;
    }
    for (uint32_t s = 0; s < r->story_n; s++)
        for (uint32_t u = 0; u < r->findings[s]->utterance_n; u++) {
            uint32_t g = r->sayings->of[s][u];
            if (!seen[g])
                note_story(w, s, u, of);
            seen[g] = 1;
        }
    return of;
}

const report_printed *report_printed_at(report_run *w, uint32_t article, uint32_t quote)
{
    if (!w->printed && w->r->sayings)
        w->printed = make_printed(w);
    return w->printed ? w->printed[article][quote] : NULL;
}

const report_printed *report_inside(report_run *w, uint32_t article, uint32_t quote)
{
    const sst_quotes *all = w->r->quotes[article];
    const sst_quote *q = &all->v[quote];
    if (q->type != QUOTE_INDIRECT || quote >= all->n)
        return NULL;
    uint32_t end = q->content.v[q->content.n - 1].end;
    for (uint32_t i = quote + 1; i < all->n && i <= quote + INSIDE_MOST; i++) {
        const sst_spans *c = &all->v[i].content;
        if (c->v[0].begin >= end)
            break;
        const report_printed *x = report_printed_at(w, article, i);
        if (x && all->v[i].type != QUOTE_INDIRECT && c->v[c->n - 1].end <= end)
            return x;
    }
    return NULL;
}

/* ------------------------------------------------------------------------------------- speakers */

/* Letters and digits of the next word of a name, without case and accents; empty behind the last.
 * A hyphen parts words, an apostrophe does not. */
static sst_str next_word(sst_str *name, char *out, size_t most)
{
    size_t n = 0;
    const char *p = name->p, *end = name->p + name->n;
    while (p < end) {
        int k;
        uint32_t c = utf8_lower(utf8_base(utf8_read(p, end, &k)));
        bool ends = utf8_is_space(c) || c == '-' || c == '.' || c == ',';
        if (ends && n)
            break;
        if (!ends && (utf8_is_letter(c) || utf8_is_digit(c)) && n + (size_t)k + 1 < most) {
            if (c < 0x80)
                out[n++] = (char)c;
            else /* a letter that has no base: as it stands */
                for (int i = 0; i < k; i++)
                    out[n++] = p[i];
        }
        p += k;
    }
    *name = (sst_str){p, (size_t)(end - p)};
    return (sst_str){out, n};
}

/* Do the words of `asked` stand in a row in the name? */
static bool is_called(sst_str name, sst_str asked)
{
    char a[256], b[256];
    for (;;) {
        sst_str rest = name, want = asked;
        for (;;) {
            sst_str w = next_word(&want, a, sizeof a);
            if (!w.n)
                return true;
            sst_str x = next_word(&rest, b, sizeof b);
            if (!str_eq(w, x))
                break;
        }
        if (!next_word(&name, b, sizeof b).n)
            return false;
    }
}

static bool person_is_called(const sst_person *p, sst_str asked)
{
    if (is_called(p->name, asked))
        return true;
    for (uint32_t i = 0; i < p->spelling_n; i++)
        if (is_called(p->spellings[i].text, asked))
            return true;
    return false;
}

/* called[article][entity] of the run. */
static uint8_t **make_called(report_run *w, sst_str asked)
{
    const sst_run_result *r = w->r;
    uint8_t **called = arena_calloc(w->arena, r->n + 1, sizeof *called);
    for (uint32_t i = 0; called && i < r->n; i++)
        called[i] = arena_calloc(w->arena, (size_t)r->texts[i]->entity_n + 1, 1);
    if (w->arena->failed)
        return NULL;
    for (uint32_t s = 0; s < r->story_n; s++) {
        const sst_findings *f = r->findings[s];
        for (uint32_t p = 0; p < f->cast.person_n; p++) {
            const sst_person *x = &f->cast.person[p];
            if (!person_is_called(x, asked))
                continue;
            for (uint32_t k = 0; k < x->in_n; k++)
                called[report_article(f, x->in[k].article)->index][x->in[k].entity] = 1;
        }
    }
    return called;
}

static bool speaker_is_called(report_run *w, uint32_t article, uint32_t quote, sst_str asked)
{
    const sst_quote *q = &w->r->quotes[article]->v[quote];
    if (!w->called)
        w->called = make_called(w, asked);
    if (w->called && q->entity != REPORT_NONE && w->called[article][q->entity])
        return true;
    return is_called(report_speaker(w, article, quote), asked);
}

/* With the clause that is said shown, a further piece in it is shown already; it is told by itself
 * when another article prints it, too. */
static bool is_shown_within(report_run *w, uint32_t article, uint32_t quote, unsigned types)
{
    const sst_quote *q = &w->r->quotes[article]->v[quote];
    if (!q->within || (types && !(types >> (q->within - QUOTE_DIRECT) & 1)))
        return false;
    const report_printed *x = report_printed_at(w, article, quote);
    /* versions are in order of article */
    return !x || x->u->v[0].article == x->u->v[x->u->n - 1].article;
}

bool report_is_asked_for(report_run *w, uint32_t article, uint32_t quote)
{
    const sst_quotes *all = w->r->quotes[article];
    if (w->r->articles[article]->error.n)
        return false;
    if (quote >= all->n && !report_printed_at(w, article, quote))
        return false;
    /* the bits of quote_types are in the order of sst_quote.type */
    unsigned types = w->r->options->quote_types;
    const sst_quote *q = &all->v[quote];
    if (types && !(types >> (q->type - QUOTE_DIRECT) & 1))
        return false;
    if (w->r->options->marks && is_shown_within(w, article, quote, types))
        return false;
    const char *asked = w->r->options->speaker;
    return !asked || speaker_is_called(w, article, quote, str_of(asked));
}
