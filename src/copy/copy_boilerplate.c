/*
 * Boilerplate of outlets, learnt from their pages.
 *
 * in: texts and their passages; out: sst_passage.boilerplate. A paragraph of an outlet that stands
 * on PAGES of its pages that report different things is boilerplate: a line that asks to subscribe,
 * a ticker, "read more". What a page reports is told by its longest paragraph, so that a report
 * that an outlet prints three times does not become boilerplate. No word list: it works for any
 * language.
 */
#include "copy.h"

#include "base_hash.h"

enum {
    /* Pages of different reports; two may share a sentence by chance, or one is an update. */
    PAGES = 3,
    /* Share in per cent of a passage's tokens, in one of its texts. */
    SHARE = 60
};

/* One paragraph of one outlet, and the first reports that it stood beside. */
typedef struct line {
    uint64_t beside[PAGES];
    uint32_t n;
} line;

typedef struct learner {
    const sst_text *const *texts;
    sst_arena arena;
    u64map of; /* outlet and paragraph -> place in lines */
    SST_VEC(line) lines;
} learner;

static uint64_t paragraph_hash(const sst_text *t, uint32_t p)
{
    const sst_para *q = &t->para[p];
    if (q->begin == q->end)
        return 0;
    return hash_str(str_span(t->s, (sst_span){t->tok[q->begin].begin, t->tok[q->end - 1].end}));
}

static uint32_t longest_of(const sst_text *t)
{
    uint32_t best = 0;
    for (uint32_t p = 1; p < t->para_n; p++)
        if (t->para[p].end - t->para[p].begin > t->para[best].end - t->para[best].begin)
            best = p;
    return best;
}

static void learn(learner *l, uint32_t d)
{
    const sst_text *t = l->texts[d];
    if (t->article->outlet.n == 0 || t->para_n < 2)
        return;
    uint64_t outlet = hash_str(t->article->outlet);
    uint32_t main = longest_of(t);
    uint64_t report = paragraph_hash(t, main);
    for (uint32_t p = 0; p < t->para_n; p++) {
        if (p == main || t->para[p].begin == t->para[p].end)
            continue;
        int fresh;
        uint32_t *at = u64map_add(&l->arena, &l->of, hash_mix(outlet, paragraph_hash(t, p)),
                                  l->lines.n, &fresh);
        line *x = !at ? NULL : fresh ? vec_push(&l->arena, &l->lines) : &l->lines.v[*at];
        if (!x)
            return;
        bool known = x->n == PAGES;
        for (uint32_t k = 0; k < x->n && !known; k++)
            known = x->beside[k] == report;
        if (!known)
            x->beside[x->n++] = report;
    }
}

/* Is most of the passage, in this text, boilerplate of the text's outlet? */
static bool is_boilerplate(const learner *l, uint32_t d, sst_span at)
{
    const sst_text *t = l->texts[d];
    if (t->article->outlet.n == 0)
        return false;
    uint64_t outlet = hash_str(t->article->outlet);
    uint32_t from = text_token_at(t, at.begin), all = 0, in = 0;
    uint32_t p = 0;
    for (uint32_t low = 0, high = t->para_n; low < high;) { /* the paragraph that it begins in */
        uint32_t mid = (low + high) / 2;
        if (t->para[mid].end <= from)
            low = p = mid + 1;
        else
            high = p = mid;
    }
    for (; p < t->para_n; p++) {
        uint32_t begin = t->para[p].begin > from ? t->para[p].begin : from, end = t->para[p].end;
        if (begin >= t->tok_n || t->tok[begin].begin >= at.end)
            break;
        while (end > begin && t->tok[end - 1].begin >= at.end)
            end--;
        uint32_t *known = u64map_find(&l->of, hash_mix(outlet, paragraph_hash(t, p)));
        all += end - begin;
        if (known && l->lines.v[*known].n == PAGES)
            in += end - begin;
    }
    return all && in * 100 >= all * SHARE;
}

sst_status copy_mark_boilerplate(const sst_text *const *texts, uint32_t n, sst_passage *passages,
                                 uint32_t passage_n)
{
    learner l = {.texts = texts};
    arena_init(&l.arena, 0);
    for (uint32_t d = 0; d < n && !l.arena.failed; d++)
        learn(&l, d);
    sst_status status = l.arena.failed;
    for (uint32_t k = 0; k < passage_n && !status; k++) {
        sst_passage *p = &passages[k];
        p->boilerplate = is_boilerplate(&l, p->a, p->at_a) || is_boilerplate(&l, p->b, p->at_b);
    }
    arena_release(&l.arena);
    return status;
}
