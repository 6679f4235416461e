/*
 * What the reports share: see report_model.h. In: a run's findings. Parts: offsets, stories,
 * utterances, speakers, contract words, order.
 */
#include "report_model.h"
#include "report_saying.h"

#include <stdlib.h>
#include <string.h>

#include "base_str.h"
#include "story_spelling.h"

/* --------------------------------------------------------------------------------------- offsets
 */

enum { POINTS_EVERY = 1024 };

static uint32_t count_points(const char *p, size_t n)
{
    uint32_t c = 0;
    for (size_t i = 0; i < n; i++)
        c += ((unsigned char)p[i] & 0xC0) != 0x80;
    return c;
}

uint32_t report_offset(report_run *w, const sst_article *a, uint32_t byte)
{
    if (!w->points || byte > a->text.n)
        return byte;
    uint32_t *points = w->points[a->index];
    if (!points) {
        uint32_t n = (uint32_t)(a->text.n / POINTS_EVERY) + 1;
        points = arena_alloc(w->arena, n * sizeof *points);
        if (!points)
            return byte;
        points[0] = 0;
        for (uint32_t i = 1; i < n; i++)
            points[i] = points[i - 1] +
                        count_points(a->text.p + (size_t)(i - 1) * POINTS_EVERY, POINTS_EVERY);
        w->points[a->index] = points;
    }
    uint32_t from = byte / POINTS_EVERY * POINTS_EVERY;
    return points[byte / POINTS_EVERY] + count_points(a->text.p + from, byte - from);
}

sst_status report_run_init(report_run *w, const sst_run_result *r, sst_arena *arena,
                           report_out *out, const sst_style *style)
{
    memset(w, 0, sizeof *w);
    w->r = r;
    w->arena = arena;
    w->out = out;
    if (style)
        w->style = *style;
    if (r->options->offsets_codepoint) {
        w->points = arena_calloc(arena, r->n + 1, sizeof *w->points);
        if (!w->points)
            return SST_ERR_MEMORY;
    }
    return SST_OK;
}

/* --------------------------------------------------------------------------------------- stories
 */

sst_str report_short_source(sst_str s)
{
    ptrdiff_t scheme = str_find(s, STR("://"));
    if (scheme >= 0) {
        s.p += scheme + 3;
        s.n -= (size_t)scheme + 3;
        for (size_t i = 0; i < s.n; i++)
            if (s.p[i] == '/' || s.p[i] == '?' || s.p[i] == '#')
                s.n = i;
        if (str_starts(s, STR("www."))) {
            s.p += 4;
            s.n -= 4;
        }
        return s;
    }
    for (size_t i = s.n; i > 0; i--)
        if (s.p[i - 1] == '/' && i < s.n) {
            s.p += i;
            s.n -= i;
            break;
        }
    return s;
}

sst_str report_outlet(const sst_article *a)
{
    return a->outlet.n ? a->outlet : report_short_source(a->url.n ? a->url : a->source);
}

static sst_str letters(sst_arena *arena, uint32_t k)
{
    char text[8];
    size_t at = sizeof text;
    do {
        text[--at] = (char)('A' + k % 26);
        k = k / 26;
    } while (k-- > 0);
    return arena_str(arena, (sst_str){text + at, sizeof text - at});
}

sst_status report_story_init(report_run *w, uint32_t story, report_story *out)
{
    const sst_findings *f = w->r->findings[story];
    memset(out, 0, sizeof *out);
    out->f = f;
    out->number = story + 1;
    out->origin_of = arena_alloc(w->arena, (f->n + 1) * sizeof *out->origin_of);
    out->label = arena_alloc(w->arena, (f->n + 1) * sizeof *out->label);
    out->outlet = arena_alloc(w->arena, (f->n + 1) * sizeof *out->outlet);
    if (!out->origin_of || !out->label || !out->outlet)
        return SST_ERR_MEMORY;
    strmap seen = {0};
    for (uint32_t k = 0; k < f->n; k++) {
        const sst_article *a = report_article(f, k);
        out->origin_of[k] = REPORT_NONE;
        out->label[k] = letters(w->arena, k);
        out->outlet[k] = report_outlet(a);
        int fresh = 0;
        if (!strmap_add(w->arena, &seen, out->outlet[k], k, &fresh))
            return SST_ERR_MEMORY;
        out->outlet_n += fresh != 0;
    }
    for (uint32_t i = 0; i < f->origin_n; i++)
        for (uint32_t j = 0; j < f->origins[i].article_n; j++)
            out->origin_of[f->origins[i].articles[j]] = i;
    return w->arena->failed;
}

sst_str report_title(const sst_findings *f)
{
    if (f->n == 0)
        return STR("");
    const sst_article *a = report_article(f, f->title.article);
    return f->title_outside ? a->title : report_words(f, f->title.article, f->title.at);
}

bool report_has_headline(const sst_findings *f)
{
    if (f->n == 0 || f->title_outside)
        return true;
    const sst_article *a = report_article(f, f->title.article);
    for (uint32_t i = 0; i < a->block_n; i++)
        if (a->blocks[i].at.begin <= f->title.at.begin && f->title.at.begin < a->blocks[i].at.end)
            return a->blocks[i].role == ROLE_HEADLINE;
    return true;
}

/* ------------------------------------------------------------------------------------- utterances
 */

bool report_utterance_differs(const sst_utterance *u)
{
    for (uint32_t i = 0; i < u->n; i++) {
        uint8_t c = u->v[i].change;
        if (u->v[i].other_speaker)
            return true;
        if (i != u->fullest && c != CHANGE_SAME && c != CHANGE_REPUNCTUATED && c != CHANGE_INDIRECT)
            return true;
    }
    return false;
}

bool report_utterance_quoted(const sst_findings *f, const sst_utterance *u)
{
    for (uint32_t i = 0; i < u->n; i++)
        if (report_quote(f, &u->v[i])->type != QUOTE_INDIRECT)
            return true;
    return false;
}

bool report_utterance_agrees(const sst_findings *f, const sst_utterance *u)
{
    return report_utterance_articles(u) > 1 && !report_utterance_differs(u) &&
           report_utterance_quoted(f, u);
}

static bool has_correction(const sst_article *a)
{
    for (uint32_t b = 0; b < a->block_n; b++)
        if (a->blocks[b].role == ROLE_CORRECTION)
            return true;
    return false;
}

const sst_place *report_corrections(const sst_findings *f, sst_arena *arena, uint32_t *n)
{
    SST_VEC(sst_place) list = {NULL, 0, 0};
    for (uint32_t k = 0; k < f->n; k++) {
        const sst_article *a = report_article(f, k);
        for (uint32_t b = 0; b < a->block_n; b++) {
            sst_place *x = a->blocks[b].role == ROLE_CORRECTION ? vec_push(arena, &list) : NULL;
            if (x)
                *x = (sst_place){k, a->blocks[b].at};
        }
    }
    *n = list.n;
    return list.v;
}

bool report_story_differs(const sst_findings *f)
{
    for (uint32_t k = 0; k < f->n; k++)
        if (has_correction(report_article(f, k)))
            return true;
    for (uint32_t i = 0; i < f->only_n; i++)
        if (f->only[i].sure_n)
            return true;
    for (uint32_t i = 0; i < f->utterance_n; i++)
        if (report_utterance_differs(&f->utterances[i]))
            return true;
    for (uint32_t i = 0; i < f->row_n; i++)
        if (f->rows[i].difference_n)
            return true;
    return false;
}

uint32_t report_utterance_articles(const sst_utterance *u)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < u->n; i++)
        n += i == 0 || u->v[i].article != u->v[i - 1].article;
    return n;
}

uint32_t report_utterance_origins(const report_story *s, const sst_utterance *u, uint8_t *has)
{
    uint32_t n = 0;
    memset(has, 0, s->f->origin_n + 1);
    for (uint32_t i = 0; i < u->n; i++) {
        uint32_t o = s->origin_of[u->v[i].article];
        if (o != REPORT_NONE && !has[o]) {
            has[o] = 1;
            n++;
        }
    }
    return n;
}

uint32_t report_row_origins(const report_story *s, const sst_figure_row *row, uint8_t *has)
{
    uint32_t n = 0;
    memset(has, 0, s->f->origin_n + 1);
    for (uint32_t i = 0; i < row->value_n; i++) {
        uint32_t o = s->origin_of[row->value[i].article];
        if (o != REPORT_NONE && !has[o]) {
            has[o] = 1;
            n++;
        }
    }
    return n;
}

uint32_t report_row_articles(const sst_figure_row *row)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < row->value_n; i++)
        n += i == 0 || row->value[i].article != row->value[i - 1].article;
    return n;
}

sst_spans report_content(const sst_run_result *r, const sst_findings *f, const sst_occurrence *o,
                         sst_arena *arena)
{
    const sst_quote *q = report_quote(f, o);
    if (!r->options->marks || q->marked.n != q->content.n)
        return o->content;
    sst_spans s = {arena_alloc(arena, (o->content.n + 1) * sizeof *s.v), o->content.n};
    if (!s.v)
        return o->content;
    for (uint32_t i = 0; i < s.n; i++) {
        s.v[i] = o->content.v[i];
        for (uint32_t j = 0; j < q->content.n; j++)
            if (q->content.v[j].begin == s.v[i].begin && q->content.v[j].end == s.v[i].end) {
                s.v[i] = q->marked.v[j];
                break;
            }
    }
    return s;
}

/* --------------------------------------------------------------------------------------- speakers
 */

static void add_place(sst_place *v, uint32_t *n, uint32_t article, sst_span at)
{
    if (at.begin >= at.end)
        return;
    for (uint32_t i = 0; i < *n; i++)
        if (v[i].article == article && v[i].at.begin == at.begin && v[i].at.end == at.end)
            return;
    v[*n].article = article;
    v[*n].at = at;
    ++*n;
}

/* More places than this are not listed: nobody reads them, and the check for repeats stays cheap.
 */
enum { SPEAKER_PLACES = 64 };

sst_place *report_speaker_places(const sst_findings *f, const sst_utterance *u, sst_arena *arena,
                                 uint32_t *n)
{
    sst_place *v = arena_alloc(arena, (SPEAKER_PLACES + 2) * sizeof *v);
    *n = 0;
    if (!v)
        return NULL;
    bool full = false;
    for (uint32_t k = 0; k < f->n && u->person != REPORT_NONE && f->cast.entity && !full; k++) {
        const sst_text *t = f->texts[k];
        for (uint32_t e = 0; e < t->entity_n && !full; e++) {
            const sst_entity *x = &t->entity[e];
            if (f->cast.entity[k][e] != u->person || !str_eq(x->name, u->speaker) ||
                x->name.p < t->s.p || x->name.p >= t->s.p + t->s.n)
                continue;
            uint32_t at = (uint32_t)(x->name.p - t->s.p);
            add_place(v, n, k, (sst_span){at, at + (uint32_t)x->name.n});
            full = true;
        }
    }
    for (uint32_t i = 0; i < u->n && *n < SPEAKER_PLACES; i++)
        add_place(v, n, u->v[i].article, report_quote(f, &u->v[i])->speaker_at);
    return v;
}

sst_place *report_person_places(const sst_findings *f, uint32_t person, sst_arena *arena,
                                uint32_t *n)
{
    const sst_person *p = &f->cast.person[person];
    sst_place *v = arena_alloc(arena, (p->in_n + 1) * sizeof *v);
    *n = 0;
    for (uint32_t i = 0; v && i < p->in_n; i++) {
        uint32_t k = p->in[i].article;
        const sst_entity *e = &f->texts[k]->entity[p->in[i].entity];
        if (!e->mention_n)
            continue;
        sst_place place = {k, e->at};
        if (*n && v[*n - 1].article == k) {
            if (place.at.begin < v[*n - 1].at.begin)
                v[*n - 1] = place;
        } else {
            v[(*n)++] = place;
        }
    }
    return v;
}

/* --------------------------------------------------------------------------------------- members
 */

static report_members belong(report_run *w, bool figures)
{
    const sst_run_result *r = w->r;
    report_members m = {arena_calloc(w->arena, r->n + 1, sizeof *m.of),
                        arena_alloc(w->arena, ((size_t)r->n + 1) * sizeof *m.place)};
    if (m.place)
        memset(m.place, 0xff, ((size_t)r->n + 1) * sizeof *m.place);
    for (uint32_t i = 0; i < r->n && m.of; i++) {
        uint32_t n = figures ? r->figures[i]->n : r->quotes[i]->all_n;
        m.of[i] = arena_alloc(w->arena, (n + 1) * sizeof **m.of);
        if (m.of[i])
            memset(m.of[i], 0xff, (n + 1) * sizeof **m.of);
    }
    for (uint32_t s = 0; s < r->story_n && r->findings && m.of; s++) {
        const sst_findings *f = r->findings[s];
        for (uint32_t k = 0; k < f->n && m.place; k++)
            m.place[report_article(f, k)->index] = k;
        for (uint32_t u = 0; u < f->utterance_n && !figures; u++)
            for (uint32_t i = 0; i < f->utterances[u].n; i++) {
                const sst_occurrence *v = &f->utterances[u].v[i];
                uint32_t *of = m.of[report_article(f, v->article)->index];
                if (of && of[v->quote] == REPORT_NONE) /* joined from two: the first */
                    of[v->quote] = u;
            }
        for (uint32_t g = 0; g < f->row_n && figures; g++)
            for (uint32_t i = 0; i < f->rows[g].value_n; i++) {
                const sst_figure_ref *v = &f->rows[g].value[i];
                uint32_t *of = m.of[report_article(f, v->article)->index];
                if (of)
                    of[v->figure] = g;
            }
    }
    return m;
}

const report_members *report_utterance_members(report_run *w)
{
    if (!w->utterance_of.of)
        w->utterance_of = belong(w, false);
    return &w->utterance_of;
}

const report_members *report_row_members(report_run *w)
{
    if (!w->row_of.of)
        w->row_of = belong(w, true);
    return &w->row_of;
}

/* What an article calls somebody; by a surname alone, or a given name, the name that the story has
 * for the one person of it who can be meant. */
static sst_str fullest_name(const report_run *w, const report_members *m, uint32_t article,
                            uint32_t story, uint32_t entity)
{
    const sst_text *t = w->r->quotes[article]->text;
    const sst_entity *e = &t->entity[entity];
    if (story == REPORT_NONE || !m->place || memchr(e->name.p, ' ', e->name.n) ||
        (e->kind != NAME_PERSON && e->kind != NAME_UNKNOWN) || quote_is_people(t, e) ||
        !w->r->findings)
        return e->name;
    const sst_findings *f = w->r->findings[story];
    uint32_t k = m->place[article];
    uint32_t p = f && k != REPORT_NONE && f->cast.entity ? f->cast.entity[k][entity] : REPORT_NONE;
    const sst_person *x = p == REPORT_NONE ? NULL : &f->cast.person[p];
    return x && !x->namesake && x->kind == NAME_PERSON && x->name.n > e->name.n ? x->name : e->name;
}

sst_str report_speaker(report_run *w, uint32_t article, uint32_t quote)
{
    const report_members *m = report_utterance_members(w);
    const sst_quotes *all = w->r->quotes[article];
    const sst_quote *q = &all->v[quote];
    uint32_t s = w->r->story_of ? w->r->story_of[article] : REPORT_NONE;
    uint32_t at = m->of && m->of[article] ? m->of[article][quote] : REPORT_NONE;
    if (s != REPORT_NONE && at != REPORT_NONE && w->r->findings[s]->utterances[at].speaker.n) {
        const sst_findings *f = w->r->findings[s];
        const sst_utterance *u = &f->utterances[at];
        bool other = false; /* this outlet gives the words to somebody else */
        for (uint32_t k = 0; k < u->n && !other; k++)
            other = u->v[k].other_speaker && u->v[k].quote == quote &&
                    report_article(f, u->v[k].article)->index == article;
        if (!other)
            return u->speaker;
    }
    if (q->entity != REPORT_NONE && q->entity < all->text->entity_n)
        return fullest_name(w, m, article, s, q->entity);
    if (quote >=
        all->n) { /* words that this article gives to nobody: theirs who says them elsewhere */
        const report_printed *x = report_printed_at(w, article, quote);
        return x ? x->u->speaker : q->speaker;
    }
    return q->speaker;
}

/* Spellings of a name that are held against each other: the rest is used by few. */
enum { SPELLINGS_MOST = 24 };

bool report_spelling_differs(const sst_person *p, uint32_t i)
{
    uint32_t n = p->spelling_n < SPELLINGS_MOST ? p->spelling_n : SPELLINGS_MOST;
    for (uint32_t j = 0; j < n && i < n; j++)
        if (j != i && !p->spellings[i].handle && !p->spellings[j].handle &&
            story_spelt_otherwise(p->spellings[i].text, p->spellings[j].text))
            return true;
    return false;
}

bool report_spelt_differently(const sst_person *p)
{
    for (uint32_t i = 0; i < p->spelling_n && i < SPELLINGS_MOST; i++)
        if (report_spelling_differs(p, i))
            return true;
    return false;
}

/* ------------------------------------------------------------------------------------------ lists
 */

bool report_in_timeline(const sst_event *e)
{
    return e->kind != EVENT_FIGURE && e->kind != EVENT_UTTERANCE;
}

sst_str report_cut(sst_str s, size_t n)
{
    if (s.n <= n)
        return s;
    while (n > 0 && !byte_is_space((unsigned char)s.p[n]))
        n--;
    while (n > 0 && byte_is_space((unsigned char)s.p[n - 1]))
        n--;
    return (sst_str){s.p, n};
}

/* ---------------------------------------------------------------------------------- contract words
 */

const char *report_origin_kind(uint8_t kind)
{
    static const char *const name[] = {[ORIGIN_PASSAGES] = "passages",
                                       [ORIGIN_CREDIT] = "credit",
                                       [ORIGIN_PUBLISHER] = "publisher",
                                       [ORIGIN_DUPLICATE] = "duplicate"};
    return kind < sizeof name / sizeof name[0] ? name[kind] : NULL;
}

const char *report_publisher(uint8_t by)
{
    static const char *const name[] = {
        [PUBLISHER_OUTLET] = "outlet", [PUBLISHER_DOMAIN] = "domain", [PUBLISHER_OWNER] = "owner"};
    return by < sizeof name / sizeof name[0] ? name[by] : NULL;
}

const char *report_event_kind(uint8_t kind)
{
    static const char *const name[] = {[EVENT_PUBLISHED] = "published",
                                       [EVENT_EVENT] = "event",
                                       [EVENT_FIGURE] = "figure",
                                       [EVENT_UTTERANCE] = "utterance",
                                       [EVENT_VERSION] = "version"};
    return kind < sizeof name / sizeof name[0] ? name[kind] : NULL;
}

const char *report_person_kind(uint8_t kind)
{
    return kind == NAME_PERSON  ? "person"
           : kind == NAME_ORG   ? "organisation"
           : kind == NAME_PLACE ? "place"
                                : NULL;
}

const char *report_direction(uint8_t direction)
{
    return direction == DIRECTION_A_TO_B   ? "a to b"
           : direction == DIRECTION_B_TO_A ? "b to a"
                                           : NULL;
}

const char *report_evidence(uint8_t by)
{
    static const char *const names[] = {
        [EVIDENCE_TIME] = "time",           [EVIDENCE_CREDIT] = "credit",
        [EVIDENCE_QUOTED] = "quoted lines", [EVIDENCE_FULLER] = "fuller",
        [EVIDENCE_AGENCY] = "agency",       [EVIDENCE_SPELLING] = "spelling"};
    return by < sizeof names / sizeof names[0] ? names[by] : NULL;
}

const char *report_access(sst_access access)
{
    return access == ACCESS_FULL ? "full" : access == ACCESS_STUB ? "stub" : "unknown";
}

const char *report_precision(uint8_t precision)
{
    switch (precision) {
    case 'y':
        return "year";
    case 'm':
        return "month";
    case 'w':
        return "week";
    case 'd':
        return "day";
    case 'h':
        return "hour";
    case 'n':
        return "minute";
    default:
        return NULL;
    }
}

/* ------------------------------------------------------------------------------------------ order
 */

static int by_id(const void *x, const void *y)
{
    const sst_article *a = *(const sst_article *const *)x, *b = *(const sst_article *const *)y;
    int c = str_cmp(a->id, b->id);
    return c ? c : str_cmp(a->text, b->text);
}

uint32_t *report_articles_by_id(const sst_run_result *r, sst_arena *arena)
{
    const sst_article **sorted = arena_alloc(arena, (r->n + 1) * sizeof *sorted);
    uint32_t *order = arena_alloc(arena, (r->n + 1) * sizeof *order);
    if (!sorted || !order)
        return NULL;
    for (uint32_t i = 0; i < r->n; i++)
        sorted[i] = r->articles[i];
    qsort(sorted, r->n, sizeof *sorted, by_id);
    for (uint32_t i = 0; i < r->n; i++)
        order[i] = sorted[i]->index;
    return order;
}
