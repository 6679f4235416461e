/*
 * Title and timeline of a story.
 *
 * Title: the headline of one article, the one whose words most of the other articles have; the
 * articles' own words, never ours. Without a headline anywhere the same among the first sentences.
 *
 * Timeline: what is new at each time. When the story was first and last reported, and each report
 * between that brings a figure or a quotation that others print too; when each value of such a
 * figure, and each such quotation, was first published; what one outlet revised or corrected; days
 * and hours that the texts name, with the sentence, once for each time and fact. In order of time;
 * what is not known is not in it.
 */
#include "compare_sense.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base_hash.h"

#define FACT_SEED UINT64_C(0x66616374)

enum {
    EVENTS_A_DAY = 6, /* sentences shown for one time; the first ones by article and place */
    VALUES_MOST = 32, /* of a row that are told apart: beyond that nobody reads on */
    TITLE_WORDS = 40  /* words of a headline that are looked at */
};

/* ------------------------------------------------------------------ title */

typedef struct headline {
    sst_place at;
    bool outside;
    sst_str s;
} headline;

static headline headline_of(const sst_findings *f, uint32_t d)
{
    const sst_text *t = f->texts[d];
    const sst_article *a = t->article;
    for (uint32_t b = 0; b < a->block_n; b++)
        if (a->blocks[b].role == ROLE_HEADLINE)
            return (headline){{d, a->blocks[b].at}, false, str_span(t->s, a->blocks[b].at)};
    return (headline){{d, {0, 0}}, a->title.n > 0, a->title};
}

/* The first sentence of running text. */
static headline lead_of(const sst_findings *f, uint32_t d)
{
    const sst_text *t = f->texts[d];
    for (uint32_t p = 0; p < t->para_n; p++)
        if (t->para[p].role == ROLE_BODY && t->para[p].sent_begin < t->para[p].sent_end) {
            const sst_sentence *s = &t->sent[t->para[p].sent_begin];
            if (s->begin == s->end)
                continue;
            sst_span at = text_span(t, text_statement(t, t->para[p].sent_begin), s->end);
            return (headline){{d, at}, false, str_span(t->s, at)};
        }
    return (headline){{d, {0, 0}}, false, {NULL, 0}};
}

/* Keys of the words of a headline, each once. */
static uint32_t headline_keys(const sst_text *t, const headline *h, sst_arena *scratch,
                              uint32_t *keys)
{
    sst_text other;
    uint32_t begin = 0, end = 0, n = 0;
    if (h->outside) {
        sst_article a = {.text = h->s, .lang = t->article->lang};
        sst_block block = {{0, (uint32_t)h->s.n}, ROLE_HEADLINE};
        a.blocks = &block;
        a.block_n = 1;
        if (text_tokens(&a, scratch, &other) != SST_OK)
            return 0;
        t = &other;
        end = other.tok_n;
    } else {
        begin = text_token_at(t, h->at.at.begin);
        for (end = begin; end < t->tok_n && t->tok[end].end <= h->at.at.end; end++)
            ;
    }
    for (uint32_t i = begin; i < end && n < TITLE_WORDS; i++) {
        if (t->tok[i].kind != TOK_WORD)
            continue;
        uint32_t k = 0;
        while (k < n && keys[k] != t->tok[i].key)
            k++;
        if (k == n)
            keys[n++] = t->tok[i].key;
    }
    return n;
}

sst_status compare_title(sst_findings *f, sst_arena *arena)
{
    (void)arena;
    sst_arena scratch;
    arena_init(&scratch, 0);
    /* In how many articles a word stands. */
    u64map in = {0};
    SST_VEC(uint32_t) n_in = {NULL, 0, 0}, last = {NULL, 0, 0};
    for (uint32_t d = 0; d < f->n && !scratch.failed; d++) {
        const sst_text *t = f->texts[d];
        for (uint32_t i = 0; i < t->tok_n; i++) {
            if (t->tok[i].kind != TOK_WORD)
                continue;
            int fresh;
            uint32_t *id = u64map_add(&scratch, &in, t->tok[i].key, n_in.n, &fresh);
            if (!id)
                break;
            uint32_t k = *id;
            if (fresh && (!vec_push(&scratch, &n_in) || !vec_push(&scratch, &last)))
                break;
            if (last.v[k] != d + 1) {
                last.v[k] = d + 1;
                n_in.v[k]++;
            }
        }
    }
    bool headlines = false;
    for (uint32_t d = 0; d < f->n; d++)
        headlines |= headline_of(f, d).s.n > 0;
    double best = -1;
    sst_str best_s = {NULL, 0};
    for (uint32_t d = 0; d < f->n && !scratch.failed; d++) {
        headline h = headlines ? headline_of(f, d) : lead_of(f, d);
        if (h.s.n == 0)
            continue;
        uint32_t keys[TITLE_WORDS], n = headline_keys(f->texts[d], &h, &scratch, keys);
        double sum = 0, all = 0;
        for (uint32_t k = 0; k < n; k++) {
            double rare = (double)lang_rarity(keys[k]);
            uint32_t *id = u64map_find(&in, keys[k]);
            uint32_t have = id ? n_in.v[*id] : 0;
            sum += rare * (have > 1 ? (double)(have - 1) : 0);
            all += rare * rare;
        }
        double score = all > 0 ? sum / sqrt(all) : 0;
        if (score > best || (score == best && str_cmp(h.s, best_s) < 0)) {
            best = score;
            best_s = h.s;
            f->title = h.at;
            f->title_outside = h.outside;
        }
    }
    sst_status status = scratch.failed;
    arena_release(&scratch);
    return status;
}

/* ------------------------------------------------------------------ timeline */

typedef struct events {
    sst_arena *arena;
    SST_VEC(sst_event) v;
} events;

static void add_event(events *e, sst_str when, uint8_t precision, uint8_t kind, sst_place place)
{
    sst_event *x = vec_push(e->arena, &e->v);
    if (!x)
        return;
    size_t n = when.n < sizeof x->when - 1 ? when.n : sizeof x->when - 1;
    memcpy(x->when, when.p, n);
    x->precision = precision;
    x->kind = kind;
    x->place = place;
}

/* Precision of a time of publication as it is written. */
static uint8_t precision_of(sst_str iso)
{
    return iso.n > 13 ? 'n' : iso.n > 10 ? 'h' : iso.n > 7 ? 'd' : iso.n > 4 ? 'm' : 'y';
}

static int event_order(const void *p, const void *q)
{
    const sst_event *a = p, *b = q;
    int c = strcmp(a->when, b->when);
    if (c)
        return c;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->place.article != b->place.article)
        return a->place.article < b->place.article ? -1 : 1;
    return a->place.at.begin < b->place.at.begin ? -1 : a->place.at.begin > b->place.at.begin;
}

/* A day whose hour stands beside it: "at 6 a.m. Tuesday" is one time. */
static bool has_clock(const sst_text *t, uint32_t k)
{
    const sst_time *day = &t->time[k];
    if (day->precision != 'd')
        return false;
    for (uint32_t j = k > 0 ? k - 1 : k + 1; j <= k + 1 && j < t->time_n; j += 2)
        if (t->time[j].precision == 'n' &&
            strncmp(t->time[j].iso, day->iso, strlen(day->iso)) == 0 &&
            text_sentence_of(t, t->time[j].begin) == text_sentence_of(t, day->begin))
            return true;
    return false;
}

/* Days and hours named in running text: the sentence, once for each time and article. */
static void text_events(sst_findings *f, events *e)
{
    u64map seen = {0}, shown = {0}, fact_at = {0};
    sst_arena scratch;
    arena_init(&scratch, 0);
    for (uint32_t k = 0; k < f->fact_n; k++)
        for (uint32_t x = 0; x < f->facts[k].sentence_n; x++) {
            const sst_place *at = &f->facts[k].sentences[x];
            (void)u64map_add(&scratch, &fact_at, (uint64_t)at->article << 32 | at->at.begin, k,
                             NULL);
        }
    for (uint32_t d = 0; d < f->n; d++) {
        const sst_text *t = f->texts[d];
        for (uint32_t k = 0; k < t->time_n; k++) {
            const sst_time *x = &t->time[k];
            if (!x->iso[0] || (x->precision != 'd' && x->precision != 'h' && x->precision != 'n'))
                continue;
            uint32_t p = text_para_of(t, x->begin);
            if (t->para[p].role != ROLE_BODY || has_clock(t, k))
                continue;
            uint32_t s = text_sentence_of(t, x->begin), begin = text_statement(t, s);
            if (x->begin < begin)
                continue; /* the day of a dateline */
            uint64_t when = hash_str(str_of(x->iso));
            uint64_t what = when;
            for (uint32_t i = begin; i < t->sent[s].end; i++)
                if (t->tok[i].kind == TOK_WORD || t->tok[i].kind == TOK_NUMBER)
                    what = hash_mix(what, t->tok[i].key);
            sst_span at = text_span(t, begin, t->sent[s].end);
            const uint32_t *fact = u64map_find(&fact_at, (uint64_t)d << 32 | at.begin);
            if (fact)
                what = hash_mix(when, hash_mix(*fact, FACT_SEED));
            int fresh;
            uint32_t *n = u64map_add(&scratch, &shown, when, 0, NULL);
            if (!n || *n >= EVENTS_A_DAY ||
                !u64map_add(&scratch, &seen, hash_mix(when, d + 1), 0, &fresh) || !fresh ||
                !u64map_add(&scratch, &seen, what, 0, &fresh) || !fresh)
                continue;
            ++*n;
            add_event(e, str_of(x->iso), x->precision, EVENT_EVENT, (sst_place){d, at});
        }
    }
    arena_release(&scratch);
}

/* Articles in order of publication; those without a time are left out. */
static int by_time(const void *p, const void *q)
{
    const int64_t *a = p, *b = q;
    if (a[0] != b[0])
        return a[0] < b[0] ? -1 : 1;
    return a[1] < b[1] ? -1 : a[1] > b[1];
}

static int64_t published(const sst_findings *f, uint32_t d)
{
    return f->texts[d]->article->published_s;
}

/* An event at the time that article d was published. */
static void add_at(events *e, const sst_findings *f, uint32_t d, uint8_t kind, sst_span at,
                   uint8_t *brings)
{
    sst_str when = f->texts[d]->article->published;
    add_event(e, when, precision_of(when), kind, (sst_place){d, at});
    brings[d] = 1;
}

/* Has a value of the row another one of the same outlet that it revises? */
static bool revises(const sst_findings *f, const sst_figure_row *row, uint32_t k)
{
    for (uint32_t i = 0; i < row->difference_n; i++) {
        const sst_difference *x = &row->difference[i];
        uint32_t other = x->a == k ? x->b : x->b == k ? x->a : UINT32_MAX;
        if (other != UINT32_MAX && x->kind == DIFFERENCE_REVISION &&
            published(f, row->value[other].article) < published(f, row->value[k].article))
            return true;
    }
    return false;
}

/* Each value of a row when it was first published. order: room for pairs, one a value. */
static void row_events(const sst_findings *f, const sst_figure_row *row, events *e, int64_t *order,
                       uint8_t *brings)
{
    uint32_t n = 0, seen[VALUES_MOST], seen_n = 0;
    for (uint32_t k = 0; k < row->value_n; k++)
        if (published(f, row->value[k].article) != INT64_MIN) {
            order[2 * n] = published(f, row->value[k].article);
            order[2 * n++ + 1] = k;
        }
    if (row->value_n < 2 || n == 0)
        return;
    qsort(order, n, 2 * sizeof *order, by_time);
    for (uint32_t i = 0; i < n && seen_n < VALUES_MOST; i++) {
        uint32_t k = (uint32_t)order[2 * i + 1], d = row->value[k].article;
        const sst_figure *x = &f->figures[d]->v[row->value[k].figure];
        bool fresh = !x->again;
        for (uint32_t j = 0; j < seen_n && fresh; j++) {
            const sst_figure *y =
                &f->figures[row->value[seen[j]].article]->v[row->value[seen[j]].figure];
            fresh = x->value != y->value || x->high != y->high;
        }
        if (!fresh)
            continue;
        seen[seen_n++] = k;
        add_at(e, f, d, revises(f, row, k) ? EVENT_VERSION : EVENT_FIGURE, x->at, brings);
    }
}

static void utterance_event(const sst_findings *f, const sst_utterance *x, events *e,
                            uint8_t *brings)
{
    uint32_t first = UINT32_MAX;
    for (uint32_t k = 0; x->n > 1 && k < x->n; k++)
        if (x->v[k].content.n && published(f, x->v[k].article) != INT64_MIN &&
            (first == UINT32_MAX ||
             published(f, x->v[k].article) < published(f, x->v[first].article)))
            first = k;
    if (first != UINT32_MAX)
        add_at(e, f, x->v[first].article, EVENT_UTTERANCE, x->v[first].content.v[0], brings);
}

sst_status compare_timeline(sst_findings *f, sst_arena *arena)
{
    events e = {.arena = arena};
    sst_arena scratch;
    arena_init(&scratch, 0);
    uint32_t most = 1, first = UINT32_MAX, last = UINT32_MAX;
    for (uint32_t r = 0; f->figures && r < f->row_n; r++)
        most = f->rows[r].value_n > most ? f->rows[r].value_n : most;
    int64_t *order = arena_alloc(&scratch, 2 * (size_t)most * sizeof *order);
    uint8_t *brings = arena_calloc(&scratch, (size_t)f->n + 1, 1);
    if (!order || !brings) {
        arena_release(&scratch);
        return SST_ERR_MEMORY;
    }
    text_events(f, &e);
    for (uint32_t r = 0; f->figures && r < f->row_n; r++)
        row_events(f, &f->rows[r], &e, order, brings);
    for (uint32_t u = 0; u < f->utterance_n; u++)
        utterance_event(f, &f->utterances[u], &e, brings);
    for (uint32_t d = 0; d < f->n; d++) {
        const sst_article *a = f->texts[d]->article;
        if (a->correction_n && a->modified.n)
            add_event(&e, a->modified, precision_of(a->modified), EVENT_VERSION,
                      (sst_place){d, headline_of(f, d).at.at});
        if (a->published_s == INT64_MIN)
            continue;
        first = first == UINT32_MAX || a->published_s < published(f, first) ? d : first;
        last = last == UINT32_MAX || a->published_s >= published(f, last) ? d : last;
    }
    for (uint32_t d = 0; d < f->n; d++)
        if (published(f, d) != INT64_MIN && (brings[d] || d == first || d == last)) {
            sst_str when = f->texts[d]->article->published;
            add_event(&e, when, precision_of(when), EVENT_PUBLISHED,
                      (sst_place){d, headline_of(f, d).at.at});
        }
    if (e.v.n > 1)
        qsort(e.v.v, e.v.n, sizeof *e.v.v, event_order);
    f->timeline = e.v.v;
    f->event_n = e.v.n;
    arena_release(&scratch);
    return arena->failed;
}
