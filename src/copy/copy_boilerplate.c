/*
 * Boilerplate of outlets, learnt from their pages.
 *
 * in: the texts of a run, then passages of some of them; out: sst_passage.boilerplate. A paragraph
 * of an outlet that stands on PAGES of its pages that report different things is boilerplate: a
 * line that asks to subscribe, a ticker, "read more". Figures do not count: a ticker has others
 * every day. Two pages report the same when half of the words of one stand in paragraphs of both,
 * the line itself and lines learnt before left out: so a report that an outlet prints three times,
 * or brings up to date, does not become boilerplate. No word list: it works for any language.
 *
 * A second pass finds lines that stand beside another long one. Work is bounded: a page is compared
 * with PAGES_COMPARED others, by its first PARAGRAPHS.
 */
#include "copy.h"

#include <stdlib.h>

#include "base_hash.h"

enum {
    /* Pages of different reports; two may share a sentence by chance, or one is an update. */
    PAGES = 3,
    /* Share in per cent of a passage's tokens, in one of its texts. */
    SHARE = 60,
    /* Share in per cent of the shorter page that two pages of one report have in common. */
    SAME_REPORT = 50,
    /* Bytes of a paragraph that figures may differ in; longer ones are prose and count as they
       stand. */
    LINE_BYTES = 1024,
    /* Other pages that one page is compared with: those that the lines of an outlet stood on first
       are few. */
    PAGES_COMPARED = 64,
    /* Paragraphs of a page that are compared. */
    PARAGRAPHS = 256
};

/* One paragraph of one outlet, and the first pages of different reports that it stood on. */
typedef struct line {
    uint32_t page[PAGES];
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

static bool is_line(const copy_lines *l, uint64_t key)
{
    const uint32_t *known = u64map_find(&l->of, key);
    return known && l->lines.v[*known].n == PAGES;
}

/* A paragraph of a page: its words, and its line's key. */
typedef struct mark {
    uint64_t key;
    uint32_t words;
} mark;

/* The page at work, and what it has been compared with. */
typedef struct pager {
    const sst_text *const *texts;
    copy_lines *l;
    mark mine[PARAGRAPHS], other[PARAGRAPHS];
    uint32_t mine_n, mine_words;
    struct {
        uint32_t page, both, words; /* words in paragraphs of both; all, of the shorter one */
    } compared[PAGES_COMPARED];
    uint32_t compared_n;
} pager;

static int by_key(const void *x, const void *y)
{
    const mark *a = x, *b = y;
    return a->key < b->key ? -1 : a->key > b->key;
}

/* The first paragraphs of a page that are no known lines, by their keys. */
static uint32_t marks_of(const pager *g, uint32_t d, mark *out, uint32_t *words)
{
    const sst_text *t = g->texts[d];
    uint64_t outlet = hash_str(t->article->outlet);
    uint32_t n = 0;
    *words = 0;
    for (uint32_t p = 0; p < t->para_n && n < PARAGRAPHS; p++) {
        if (t->para[p].begin == t->para[p].end)
            continue;
        mark m = {hash_mix(outlet, line_hash(t, p)), t->para[p].end - t->para[p].begin};
        if (is_line(g->l, m.key))
            continue;
        out[n++] = m;
        *words += m.words;
    }
    qsort(out, n, sizeof *out, by_key);
    return n;
}

/* Does the page `other` report the same as the one at work, the line of so many words left out? */
static bool same_report(pager *g, uint32_t other, uint32_t line_words)
{
    uint32_t k = 0;
    while (k < g->compared_n && g->compared[k].page != other)
        k++;
    if (k == PAGES_COMPARED)
        return true; /* not looked at: nothing is learnt */
    if (k == g->compared_n) {
        uint32_t words, n = marks_of(g, other, g->other, &words), both = 0;
        for (uint32_t i = 0, j = 0; i < g->mine_n && j < n;) {
            uint64_t x = g->mine[i].key, y = g->other[j].key;
            both += x == y ? g->mine[i].words : 0;
            i += x <= y;
            j += y <= x;
        }
        g->compared[k].page = other;
        g->compared[k].both = both;
        g->compared[k].words = words < g->mine_words ? words : g->mine_words;
        g->compared_n++;
    }
    uint32_t both = g->compared[k].both, words = g->compared[k].words;
    both = both > line_words ? both - line_words : 0;
    words = words > line_words ? words - line_words : 0;
    return words == 0 || (uint64_t)both * 100 >= (uint64_t)words * SAME_REPORT;
}

static void learn(pager *g, uint32_t d)
{
    const sst_text *t = g->texts[d];
    copy_lines *l = g->l;
    if (t->article->outlet.n == 0 || t->para_n < 2)
        return;
    uint64_t outlet = hash_str(t->article->outlet);
    bool marked = false;
    for (uint32_t p = 0; p < t->para_n; p++) {
        if (t->para[p].begin == t->para[p].end)
            continue;
        int fresh;
        uint32_t *at =
            u64map_add(l->arena, &l->of, hash_mix(outlet, line_hash(t, p)), l->lines.n, &fresh);
        line *x = !at ? NULL : fresh ? vec_push(l->arena, &l->lines) : &l->lines.v[*at];
        if (!x)
            return;
        bool known = x->n == PAGES;
        for (uint32_t k = 0; k < x->n && !known; k++) {
            if (x->page[k] != d && !marked) { /* made when first needed: most lines are new */
                g->mine_n = marks_of(g, d, g->mine, &g->mine_words);
                g->compared_n = 0;
                marked = true;
            }
            known =
                x->page[k] == d || same_report(g, x->page[k], t->para[p].end - t->para[p].begin);
        }
        if (!known)
            x->page[x->n++] = d;
    }
}

bool copy_is_boilerplate(const copy_lines *l, const sst_text *t, uint32_t para)
{
    if (!l || t->article->outlet.n == 0)
        return false;
    return is_line(l, hash_mix(hash_str(t->article->outlet), line_hash(t, para)));
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

/* In an order that is not the input's: which pages are compared follows from it. */
static int by_id(const void *x, const void *y)
{
    const sst_text *a = *(const sst_text *const *)x, *b = *(const sst_text *const *)y;
    int c = str_cmp(a->article->id, b->article->id);
    return c ? c : str_cmp(a->s, b->s);
}

sst_status copy_lines_learn(const sst_text *const *texts, uint32_t n, sst_arena *arena,
                            const copy_lines **out)
{
    copy_lines *l = arena_calloc(arena, 1, sizeof *l);
    *out = l;
    sst_arena scratch;
    arena_init(&scratch, 0);
    pager *g = arena_calloc(&scratch, 1, sizeof *g);
    const sst_text **sorted = arena_alloc(&scratch, ((size_t)n + 1) * sizeof *sorted);
    if (l && g && sorted) {
        for (uint32_t d = 0; d < n; d++)
            sorted[d] = texts[d];
        qsort(sorted, n, sizeof *sorted, by_id);
        l->arena = arena;
        g->texts = sorted;
        g->l = l;
        for (uint32_t pass = 0; pass < 2; pass++)
            for (uint32_t d = 0; d < n && !arena->failed; d++)
                learn(g, d);
    }
    sst_status status = arena->failed ? arena->failed : scratch.failed;
    arena_release(&scratch);
    return status;
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
