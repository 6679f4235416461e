/*
 * The quotations of a story -> utterances: one thing said once, in all its printed versions.
 *
 * In: quotations of each article and the cast. Out: sst_utterance. Method: groups of versions
 * (quote_join.c). A long version that two others, each of its own place in it, share between them
 * joins two utterances and is listed under both. Then each version is compared with the fullest,
 * word by word, and typed; the speaker is the one most versions name; those whose versions differ
 * come first.
 */
#include "quote_join.h"

#include "base_sort.h"
#include "text_pack.h"

enum {
    PART_WORDS = 6 /* words of a version that counts as one part of a joined one */
};

/* ------------------------------------------------------------------ utterances */

typedef SST_VEC(sst_utterance) utterance_list;

static bool same_signs(const sst_text *a, const sst_spans *x, const sst_text *b,
                       const sst_spans *y);

/* Characters of a quotation without white space, with one kind of apostrophe and without the sign
 * at its end. */
static size_t signs(const sst_text *t, const sst_spans *s, sst_arena *scratch, char **out)
{
    size_t total = 0, n = 0;
    for (uint32_t i = 0; i < s->n; i++)
        total += s->v[i].end - s->v[i].begin;
    char *p = arena_alloc(scratch, total + 1);
    *out = p;
    if (!p)
        return 0;
    for (uint32_t i = 0; i < s->n; i++)
        for (uint32_t b = s->v[i].begin; b < s->v[i].end; b++) {
            const unsigned char *c = (const unsigned char *)t->s.p + b;
            if (byte_is_space(*c))
                continue;
            if (*c == 0xE2 && s->v[i].end - b >= 3 && c[1] == 0x80 &&
                (c[2] == 0x99 || c[2] == 0x98)) {
                p[n++] = '\'';
                b += 2;
                continue;
            }
            p[n++] = (char)*c;
        }
    while (n && (p[n - 1] == ',' || p[n - 1] == '.'))
        n--;
    return n;
}

static bool same_signs(const sst_text *a, const sst_spans *x, const sst_text *b, const sst_spans *y)
{
    sst_arena scratch;
    arena_init(&scratch, 0);
    char *p, *q;
    size_t n = signs(a, x, &scratch, &p), m = signs(b, y, &scratch, &q);
    bool same = p && q && n == m && memcmp(p, q, n) == 0;
    arena_release(&scratch);
    return same;
}

static bool has_ellipsis(const sst_text *text, const sst_spans *s)
{
    sst_arena scratch;
    arena_init(&scratch, 0);
    sst_text whole;
    const sst_text *t = &whole;
    bool has = false;
    if (text_unpack(text, &scratch, &whole) == SST_OK)
        for (uint32_t k = 0; k < s->n && !has; k++)
            for (uint32_t i = text_token_at(t, s->v[k].begin);
                 i < t->tok_n && t->tok[i].begin < s->v[k].end && !has; i++)
                has = quote_is_ellipsis(t, i);
    arena_release(&scratch);
    return has;
}

/* Is a step of added words nothing but whole sentences, in front of all others or behind them? */
static bool adds_sentences(const sst_occurrence *o, uint32_t step, const quote_words *mine)
{
    const sst_diff *d = &o->diff[step];
    if (d->op != DIFF_ADD || (step > 0 && step + 1 < o->diff_n))
        return false;
    uint32_t from = 0;
    while (from < mine->n && mine->v[from].begin < d->at.begin)
        from++;
    uint32_t to = from;
    while (to < mine->n && mine->v[to].begin < d->at.end)
        to++;
    return to > from && (from == 0 || mine->v[from - 1].sentence_end) &&
           (to == mine->n || mine->v[to - 1].sentence_end);
}

void quote_type_change(const sst_quotes *const *quotes, const sst_utterance *u, sst_occurrence *o,
                       const quote_words *base, const quote_runs *runs, const quote_words *mine,
                       bool joined, sst_arena *arena)
{
    const sst_occurrence *full = &u->v[u->fullest];
    const sst_text *t = quotes[o->article]->text, *bt = quotes[full->article]->text;
    const sst_quote *q = &quotes[o->article]->v[o->quote];
    if (q->type == QUOTE_INDIRECT) {
        o->change = CHANGE_INDIRECT; /* other words for the same: nothing to set side by side word
                                        by word */
        return;
    }
    if (quote_diff(base, mine, runs, arena, &o->diff, &o->diff_n) != SST_OK)
        return;
    uint32_t drops = 0, adds = 0, sentences = 0; /* sentences: steps that only add such */
    bool inner = false, broken_tail = false, broken_head = false;
    for (uint32_t i = 0; i < o->diff_n; i++) {
        const sst_diff *d = &o->diff[i];
        adds += d->op == DIFF_ADD || d->op == DIFF_REPLACE;
        sentences += adds_sentences(o, i, mine);
        if (d->op == DIFF_DROP) {
            drops++;
            inner |= i > 0 && i + 1 < o->diff_n;
            /* a sentence that begins or ends in the middle; whole sentences in front or behind are
             * nobody's loss */
            broken_tail |= i + 1 == o->diff_n && i > 0 && !base->v[d->from - 1].sentence_end;
            broken_head |= i == 0 && o->diff_n > 1 && !base->v[d->to - 1].sentence_end;
        }
    }
    bool whole = q->type == QUOTE_DIRECT && !q->in_sentence;
    if (joined || (sentences && sentences == adds))
        o->change = CHANGE_JOINED;
    else if (!drops && !adds)
        o->change =
            same_signs(bt, &full->content, t, &o->content) ? CHANGE_SAME : CHANGE_REPUNCTUATED;
    else if (!adds)
        o->change = !whole && !inner ? CHANGE_FRAGMENT : CHANGE_CUT;
    else
        o->change = CHANGE_ALTERED;
    if (o->change == CHANGE_CUT || o->change == CHANGE_ALTERED || o->change == CHANGE_FRAGMENT)
        o->unmarked =
            (inner || ((broken_tail || broken_head) && whole)) && !has_ellipsis(t, &o->content);
}

static void speaker_of(quote_joiner *j, sst_utterance *u)
{
    /* each occurrence votes; a person counts before a body, a body before a description */
    uint32_t best = UINT32_MAX, best_votes = 0;
    int best_rank = -1;
    sst_str called = {NULL, 0};
    u64map votes_of = {NULL, NULL, 0, 0};
    for (uint32_t k = 0; k < u->n; k++) {
        const sst_quote *o = &j->quotes[u->v[k].article]->v[u->v[k].quote];
        uint32_t said_by = j->who[u->v[k].article][u->v[k].quote].person;
        uint32_t *votes =
            said_by == UINT32_MAX ? NULL : u64map_add(j->arena, &votes_of, said_by, 0, NULL);
        if (votes)
            *votes += o->source.n ? 2 : 1;
    }
    for (uint32_t i = 0; i < u->n; i++) {
        const sst_quote *q = &j->quotes[u->v[i].article]->v[u->v[i].quote];
        if (u->v[i].quote >= j->quotes[u->v[i].article]->n)
            continue;
        uint32_t p = j->who[u->v[i].article][u->v[i].quote].person;
        if (p == UINT32_MAX) {
            if (q->speaker.n > called.n ||
                (q->speaker.n == called.n && str_cmp(q->speaker, called) < 0))
                called = q->speaker;
            continue;
        }
        const uint32_t *counted = u64map_find(&votes_of, p);
        uint32_t votes = counted ? *counted : 0;
        int rank = j->cast->person[p].kind == NAME_PERSON ? 2 : 1;
        if (rank > best_rank ||
            (rank == best_rank && (votes > best_votes || (votes == best_votes && p < best)))) {
            best = p;
            best_votes = votes;
            best_rank = rank;
        }
    }
    u->person = best;
    u->speaker = best != UINT32_MAX ? j->cast->person[best].name : called;
    for (uint32_t i = 0; i < u->n && best != UINT32_MAX; i++) {
        const sst_quote *q = &j->quotes[u->v[i].article]->v[u->v[i].quote];
        quote_who who = j->who[u->v[i].article][u->v[i].quote];
        u->v[i].other_speaker = (who.person != UINT32_MAX && who.person != best) ||
                                (who.person == UINT32_MAX && who.may != best && q->source.n &&
                                 q->speaker.n && q->type != QUOTE_INDIRECT && best_rank == 2 &&
                                 u->v[i].quote < j->quotes[u->v[i].article]->n);
    }
}

static bool occurrence_before(const sst_occurrence *a, const sst_occurrence *b)
{
    if (a->article != b->article)
        return a->article < b->article;
    return a->content.v[0].begin < b->content.v[0].begin;
}

typedef struct version {
    uint32_t item;
    bool joined;     /* it belongs to another utterance as well */
    bool whole;      /* list it with all of the quotation's content although only a part is this
                        utterance's */
    uint32_t lo, hi; /* when joined: the words of the item that are this utterance's; else all */
} version;

typedef SST_VEC(version) version_list;

bool quote_is_fuller(const sst_quotes *const *quotes, const quote_printed *x,
                     const quote_printed *full)
{
    if (quotes[x->o.article]->v[x->o.quote].type == QUOTE_INDIRECT)
        return false;
    if (full->joined && !x->joined && x->words.n * 10 >= full->words.n * 8)
        return true;
    if (x->joined && !full->joined && x->words.n * 8 <= full->words.n * 10)
        return false;
    return x->words.n > full->words.n ||
           quotes[full->o.article]->v[full->o.quote].type == QUOTE_INDIRECT;
}

void quote_mark_first(const sst_quotes *const *quotes, sst_utterance *u)
{
    int64_t first = INT64_MAX;
    bool later = false; /* one that is first alone is first of nothing */
    for (uint32_t i = 0; i < u->n; i++) {
        int64_t at = quotes[u->v[i].article]->text->article->published_s;
        if (at != INT64_MIN && at < first)
            first = at;
    }
    for (uint32_t i = 0; i < u->n; i++) {
        int64_t at = quotes[u->v[i].article]->text->article->published_s;
        u->v[i].first = at != INT64_MIN && at == first;
        later |= at != INT64_MIN && at > first;
    }
    for (uint32_t i = 0; i < u->n && !later; i++)
        u->v[i].first = 0;
}

static int by_occurrence(const void *a, const void *b)
{
    const quote_printed *x = a, *y = b;
    return occurrence_before(&x->o, &y->o) ? -1 : occurrence_before(&y->o, &x->o);
}

static void make_utterance(quote_joiner *j, utterance_list *out, const version_list *versions)
{
    sst_utterance *u = vec_push(j->arena, out);
    if (!u || !versions->n)
        return;
    u->v = arena_calloc(j->arena, versions->n, sizeof *u->v);
    quote_printed *list = arena_calloc(j->arena, 2 * (size_t)versions->n, sizeof *list);
    if (!u->v || !list)
        return;
    for (uint32_t i = 0; i < versions->n; i++) {
        const version *v = &versions->v[i];
        const quote_item *x = &j->items.v[v->item];
        sst_occurrence o = {.article = x->article, .quote = x->quote, .content = x->content};
        quote_words w = x->words;
        if (v->joined) {
            w.v += v->lo;
            w.n = v->hi - v->lo;
            if (!v->whole && w.n) {
                sst_span *s = arena_alloc(j->arena, sizeof *s);
                if (!s)
                    return;
                *s = (sst_span){w.v[0].begin, v->hi < x->words.n
                                                  ? w.v[w.n - 1].end
                                                  : x->content.v[x->content.n - 1].end};
                o.content.v = s;
                o.content.n = 1;
            }
        }
        if (v->whole && x->segment) {
            o.content = j->quotes[x->article]->v[x->quote].content;
            if (!v->joined && quote_words_of(j->quotes[x->article]->text, o.content.v, o.content.n,
                                             j->arena, &w) != SST_OK)
                return;
        }
        list[i] = (quote_printed){o, w, v->joined};
    }
    sort_stable(list, versions->n, sizeof *list, by_occurrence, list + versions->n);
    for (uint32_t i = 0; i < versions->n; i++) {
        const quote_printed *x = &list[i], *full = &list[u->fullest];
        u->v[u->n++] = x->o;
        if (quote_is_fuller(j->quotes, x, full))
            u->fullest = i;
    }
    const quote_words *base = &list[u->fullest].words;
    arena_clear(&j->scratch);
    quote_runs runs = quote_runs_of(base, &j->scratch);
    for (uint32_t i = 0; i < u->n; i++)
        quote_type_change(j->quotes, u, &u->v[i], base, &runs, &list[i].words, list[i].joined,
                          j->arena);
    speaker_of(j, u);
    quote_mark_first(j->quotes, u);
}

/* A word of the base where it comes apart: versions on both sides, none across; UINT32_MAX when it
 * is one. */
static uint32_t seam(quote_joiner *j, const quote_group *g)
{
    const quote_item *base = &j->items.v[g->base];
    uint32_t n = base->words.n, members = 0;
    if (n < 2 * PART_WORDS)
        return UINT32_MAX;
    /* for each seam how many versions begin to reach across it, and how many end before it */
    arena_clear(&j->scratch);
    uint32_t *from = arena_calloc(&j->scratch, n + 2, sizeof *from),
             *to = arena_calloc(&j->scratch, n + 2, sizeof *to);
    if (!from || !to)
        return UINT32_MAX;
    for (uint32_t i = 0; i < g->items.n; i++) {
        const quote_item *x = &j->items.v[g->items.v[i]];
        if (g->items.v[i] == g->base || x->indirect || x->words.n < PART_WORDS)
            continue;
        if (x->segment && !x->alone) /* the parts of one quotation hold the seam together */
            return UINT32_MAX;
        uint32_t end = x->hi ? x->hi - 1 : 0; /* one word more or less is no reach */
        members++;
        to[end]++;
        if (x->lo + 2 < end)
            from[x->lo + 2]++;
        else
            from[end]++;
    }
    uint32_t begun = 0, left = 0;
    for (uint32_t c = 0; c + PART_WORDS <= n; c++) {
        begun += from[c];
        left += to[c];
        if (c >= PART_WORDS && base->words.v[c - 1].sentence_end && left && left == begun &&
            left < members)
            return c;
    }
    return UINT32_MAX;
}

static void add_version(quote_joiner *j, version_list *l, version v)
{
    version *x = vec_push(j->arena, l);
    if (x)
        *x = v;
}

/* Which parts of a quotation with an ellipsis ended in one group. The parts of a quotation carry
 * its number. */
static void relate_segments(quote_joiner *j)
{
    u64map first = {NULL, NULL, 0, 0}, group_of = {NULL, NULL, 0, 0}, pair_n = {NULL, NULL, 0, 0};
    for (uint32_t i = 0; i < j->items.n; i++) {
        quote_item *x = &j->items.v[i];
        if (!x->segment)
            continue;
        uint64_t key = (uint64_t)x->article << 32 | x->quote;
        uint32_t *f = u64map_add(j->arena, &first, key, i, NULL);
        uint32_t *n = u64map_add(j->arena, &pair_n, hash_mix(key, x->group), 0, NULL);
        int fresh;
        uint32_t *g = u64map_add(j->arena, &group_of, key,
                                 x->group == UINT32_MAX ? UINT32_MAX - 1 : x->group, &fresh);
        if (!f || !n || !g)
            return;
        if (j->items.v[*f].content.v[0].begin > x->content.v[0].begin)
            *f = i;
        ++*n;
        if (!fresh && *g != x->group)
            *g = UINT32_MAX - 2; /* several groups */
    }
    for (uint32_t i = 0; i < j->items.n; i++) {
        quote_item *x = &j->items.v[i];
        if (!x->segment)
            continue;
        uint64_t key = (uint64_t)x->article << 32 | x->quote;
        x->first = *u64map_find(&first, key) == i;
        x->others = *u64map_find(&group_of, key) == UINT32_MAX - 2;
        x->alone = *u64map_find(&pair_n, hash_mix(key, x->group)) == 1;
    }
}

/* Does a sentence begin with word i, give or take one? */
static bool at_seam(const quote_words *w, uint32_t i)
{
    for (uint32_t k = i ? i - 1 : 0; k <= i + 1 && k <= w->n; k++)
        if (k == 0 || k == w->n || w->v[k - 1].sentence_end)
            return true;
    return false;
}

/*
 * Sentences of x that stand in another group's base: x joins two utterances, and is listed under
 * both.
 */
static void second_homes(quote_joiner *j, uint32_t i, version_list *by_group)
{
    quote_item *x = &j->items.v[i];
    if (x->group == UINT32_MAX || x->doubtful || x->indirect || x->segment ||
        x->words.n < 2 * PART_WORDS)
        return;
    arena_clear(&j->scratch);
    quote_candidate c[QUOTE_CANDIDATES_MAX];
    uint32_t n = quote_join_candidates(j, x, false, c);
    for (uint32_t k = 0; k < n; k++) {
        const quote_item *other = &j->items.v[j->groups.v[c[k].group].base];
        if (c[k].group == x->group || quote_join_kin(j, x, other) == KIN_OTHER)
            continue;
        uint32_t lo = 0, hi = 0, from, other_from;
        quote_words mine = quote_join_near(&x->words, -c[k].hint, other->words.n, &from),
                    theirs = quote_join_near(&other->words, c[k].hint, x->words.n, &other_from);
        uint32_t shared = quote_align(&mine, &theirs, &j->scratch, &lo, &hi);
        lo += from;
        hi += from;
        if (hi < lo + PART_WORDS || shared * 100 < (hi - lo) * QUOTE_STRANGER_PERCENT ||
            !at_seam(&x->words, lo) || !at_seam(&x->words, hi))
            continue;
        if (!x->words.n || (hi - lo) * 10 > x->words.n * 9)
            continue;
        add_version(j, &by_group[c[k].group], (version){i, true, false, lo, hi});
        x->joined = true;
    }
}

/* Is it printed in more than one way? Other punctuation alone is not. */
static bool differs(const sst_utterance *u)
{
    for (uint32_t i = 0; i < u->n; i++)
        if ((u->v[i].change != CHANGE_SAME && u->v[i].change != CHANGE_REPUNCTUATED) ||
            u->v[i].unmarked || u->v[i].other_speaker)
            return true;
    return false;
}

static uint32_t article_count(const sst_utterance *u)
{
    uint32_t n = u->n ? 1 : 0;
    for (uint32_t i = 1; i < u->n; i++)
        n += u->v[i].article != u->v[i - 1].article;
    return n;
}

typedef struct ranked {
    sst_utterance u;
    bool differs;
    uint32_t articles;
} ranked;

static bool ranked_before(const ranked *a, const ranked *b)
{
    if (a->differs != b->differs)
        return a->differs;
    if (a->articles != b->articles)
        return a->articles > b->articles;
    if (!a->u.n || !b->u.n)
        return false;
    const sst_occurrence *x = &a->u.v[0], *y = &b->u.v[0];
    if (occurrence_before(x, y) || occurrence_before(y, x))
        return occurrence_before(x, y);
    return x->content.v[0].end <
           y->content.v[0].end; /* one place in two utterances: the part first */
}

static int by_rank(const void *a, const void *b)
{
    return ranked_before(a, b) ? -1 : ranked_before(b, a);
}

static void sort_utterances(sst_arena *arena, sst_utterance *v, uint32_t n)
{
    ranked *list = arena_alloc(arena, (2 * (size_t)n + 1) * sizeof *list);
    if (!list)
        return;
    for (uint32_t i = 0; i < n; i++)
        list[i] = (ranked){v[i], differs(&v[i]), article_count(&v[i])};
    sort_stable(list, n, sizeof *list, by_rank, list + n);
    for (uint32_t i = 0; i < n; i++)
        v[i] = list[i].u;
}

static void *copy_of(sst_arena *arena, const void *v, size_t bytes)
{
    void *out = arena_alloc(arena, bytes);
    if (out && bytes)
        memcpy(out, v, bytes);
    return out;
}

/* What stays of the work: utterances, their versions and differences. */
static void keep(const quote_joiner *j, const utterance_list *list, sst_arena *arena,
                 sst_utterance **out)
{
    sst_utterance *all = arena_alloc(arena, (list->n + 1) * sizeof *all);
    for (uint32_t i = 0; all && i < list->n; i++) {
        sst_utterance *u = &all[i];
        *u = list->v[i];
        u->v = copy_of(arena, u->v, u->n * sizeof *u->v);
        for (uint32_t k = 0; u->v && k < u->n; k++) {
            sst_occurrence *o = &u->v[k];
            const sst_spans *whole = &j->quotes[o->article]->v[o->quote].content;
            size_t bytes = o->content.n * sizeof *o->content.v;
            if (whole->n == o->content.n && !memcmp(whole->v, o->content.v, bytes))
                o->content = *whole;
            else
                o->content.v = copy_of(arena, o->content.v, bytes);
            if (o->diff_n)
                o->diff = copy_of(arena, o->diff, o->diff_n * sizeof *o->diff);
        }
    }
    *out = all;
}

sst_status quote_utterances(const sst_quotes *const *quotes, uint32_t n, const sst_cast *cast,
                            sst_arena *arena, sst_utterance **out, uint32_t *out_n)
{
    *out = NULL;
    *out_n = 0;
    quote_joiner j;
    memset(&j, 0, sizeof j);
    sst_arena work; /* words, index and groups: several times what stays of them */
    arena_init(&work, 0);
    j.arena = &work;
    arena_init(&j.scratch, 0);
    j.quotes = quotes;
    j.cast = cast;
    j.who = quote_who_says(quotes, n, cast, &work);
    for (uint32_t a = 0; a < n && !work.failed; a++)
        for (uint32_t q = 0; q < quotes[a]->all_n && !work.failed; q++)
            if (!quotes[a]->v[q].thing)
                quote_join_add(&j, a, q);
    quote_item *spare = arena_alloc(&work, (j.items.n + 1) * sizeof *spare);
    if (spare && !work.failed)
        quote_join_sort(j.items.v, j.items.n, spare);
    for (uint32_t i = 0; i < j.items.n && !work.failed && !j.scratch.failed; i++) {
        if (j.items.v[i].indirect)
            quote_join_indirect(&j, i);
        else
            quote_join_item(&j, i);
    }
    relate_segments(&j);
    version_list *extra = arena_calloc(&work, j.groups.n + 1, sizeof *extra);
    for (uint32_t i = 0; extra && i < j.items.n && !work.failed && !j.scratch.failed; i++)
        second_homes(&j, i, extra);
    utterance_list list = {NULL, 0, 0};
    for (uint32_t g = 0; g < j.groups.n && !work.failed; g++) {
        const quote_group *x = &j.groups.v[g];
        uint32_t cut = seam(&j, x);
        version_list left = {NULL, 0, 0}, right = {NULL, 0, 0};
        for (uint32_t i = 0; i < x->items.n; i++) {
            uint32_t id = x->items.v[i];
            const quote_item *it = &j.items.v[id];
            version_list *side = cut != UINT32_MAX && it->lo + 1 >= cut ? &right : &left;
            if (cut != UINT32_MAX && id == x->base) {
                add_version(&j, &left, (version){id, true, true, 0, cut});
                add_version(&j, &right, (version){id, true, false, cut, it->words.n});
            } else if (it->segment) {
                if (it->others || it->first) /* else the first part stands for all of it */
                    add_version(&j, side, (version){id, it->others, it->first, 0, it->words.n});
            } else {
                add_version(&j, side, (version){id, it->joined, it->joined, 0, it->words.n});
            }
        }
        for (uint32_t i = 0; i < extra[g].n; i++)
            add_version(&j, &left, extra[g].v[i]);
        if (left.n)
            make_utterance(&j, &list, &left);
        if (right.n)
            make_utterance(&j, &list, &right);
    }
    if (!work.failed && !j.scratch.failed)
        sort_utterances(&work, list.v, list.n);
    sst_status failed = work.failed ? work.failed : j.scratch.failed;
    if (!failed) {
        keep(&j, &list, arena, out);
        failed = arena->failed;
    }
    arena_release(&j.scratch);
    arena_release(&work);
    *out = failed ? NULL : *out;
    *out_n = failed ? 0 : list.n;
    return failed;
}
