/*
 * Boilerplate of outlets, learnt from their pages.
 *
 * in: the texts of a run, then passages of some of them; out: sst_passage.boilerplate. A paragraph
 * of an outlet that stands on PAGES of its pages that report different things is boilerplate: a
 * line that asks to subscribe, a ticker, "read more". Figures do not count: a ticker has others
 * every day. What a page reports is told by its longest paragraph, so that a report that an outlet
 * prints three times does not become boilerplate. No word list: it works for any language.
 */
#include "copy.h"

#include "base_hash.h"

enum {
    /* Pages of different reports; two may share a sentence by chance, or one is an update. */
    PAGES = 3,
    /* Share in per cent of a passage's tokens, in one of its texts. */
    SHARE = 60,
    /* Bytes of a paragraph that figures may differ in; longer ones are prose and count as they
       stand. */
    LINE_BYTES = 1024
};

/* One paragraph of one outlet, and the first reports that it stood beside. */
typedef struct line {
    uint64_t beside[PAGES];
    uint32_t n;
} line;

struct copy_lines {
    sst_arena *arena;
    u64map of; /* outlet and paragraph -> place in lines */
    SST_VEC(line) lines;
};

static sst_str paragraph(const sst_text *t, uint32_t p)
{
    const sst_para *q = &t->para[p];
    if (q->begin == q->end)
        return (sst_str){NULL, 0};
    return str_span(t->s, (sst_span){t->tok[q->begin].begin, t->tok[q->end - 1].end});
}

/* Of a line, whatever its figures. */
static uint64_t line_hash(const sst_text *t, uint32_t p)
{
    sst_str s = paragraph(t, p);
    char low[LINE_BYTES];
    if (s.n > sizeof low)
        return hash_str(s);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool digit = byte_is_digit((unsigned char)s.p[i]);
        if (!digit || n == 0 || low[n - 1] != '0') /* runs of digits of any length */
            low[n++] = digit ? '0' : s.p[i];
    }
    return hash_bytes(low, n, 0);
}

static uint32_t longest_of(const sst_text *t)
{
    uint32_t best = 0;
    for (uint32_t p = 1; p < t->para_n; p++)
        if (t->para[p].end - t->para[p].begin > t->para[best].end - t->para[best].begin)
            best = p;
    return best;
}

static void learn(copy_lines *l, const sst_text *t)
{
    if (t->article->outlet.n == 0 || t->para_n < 2)
        return;
    uint64_t outlet = hash_str(t->article->outlet);
    uint32_t main = longest_of(t);
    uint64_t report = hash_str(paragraph(t, main));
    for (uint32_t p = 0; p < t->para_n; p++) {
        if (p == main || t->para[p].begin == t->para[p].end)
            continue;
        int fresh;
        uint32_t *at =
            u64map_add(l->arena, &l->of, hash_mix(outlet, line_hash(t, p)), l->lines.n, &fresh);
        line *x = !at ? NULL : fresh ? vec_push(l->arena, &l->lines) : &l->lines.v[*at];
        if (!x)
            return;
        bool known = x->n == PAGES;
        for (uint32_t k = 0; k < x->n && !known; k++)
            known = x->beside[k] == report;
        if (!known)
            x->beside[x->n++] = report;
    }
}

bool copy_is_boilerplate(const copy_lines *l, const sst_text *t, uint32_t para)
{
    if (!l || t->article->outlet.n == 0)
        return false;
    const uint32_t *known =
        u64map_find(&l->of, hash_mix(hash_str(t->article->outlet), line_hash(t, para)));
    return known && l->lines.v[*known].n == PAGES;
}

/* Is most of the passage, in this text, boilerplate of the text's outlet? */
static bool is_boilerplate(const copy_lines *l, const sst_text *t, sst_span at)
{
    if (t->article->outlet.n == 0)
        return false;
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
        all += end - begin;
        if (copy_is_boilerplate(l, t, p))
            in += end - begin;
    }
    return all && in * 100 >= all * SHARE;
}

sst_status copy_lines_learn(const sst_text *const *texts, uint32_t n, sst_arena *arena,
                            const copy_lines **out)
{
    copy_lines *l = arena_calloc(arena, 1, sizeof *l);
    *out = l;
    if (l)
        l->arena = arena;
    for (uint32_t d = 0; l && d < n && !arena->failed; d++)
        learn(l, texts[d]);
    return arena->failed;
}

void copy_mark_boilerplate(const copy_lines *lines, const sst_text *const *texts,
                           sst_passage *passages, uint32_t passage_n)
{
    for (uint32_t k = 0; k < passage_n; k++) {
        sst_passage *p = &passages[k];
        p->boilerplate = is_boilerplate(lines, texts[p->a], p->at_a) ||
                         is_boilerplate(lines, texts[p->b], p->at_b);
    }
}
