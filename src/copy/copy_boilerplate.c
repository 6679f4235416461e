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
#include <string.h>

#include "base_hash.h"
#include "base_thread.h"
#include "copy_texts.h"
#include "text_pack.h"

enum {
    /* Pages of different reports; two may share a sentence by chance, or one is an update. */
    PAGES = COPY_PAGES,
    /* Share in per cent of a passage's tokens, in one of its texts. */
    SHARE = 60,
    /* Share in per cent of the shorter page that two pages of one report have in common. */
    SAME_REPORT = 50,
    /* Bytes of a paragraph that figures may differ in; longer ones are prose and count as they
       stand. */
    LINE_BYTES = 1024,
    /* Other pages that one page is compared with: those that the lines of an outlet stood on first
       are few. */
    PAGES_COMPARED = COPY_PARAGRAPHS_FEW * PAGES + 1,
    /* Paragraphs of a page that are compared. */
    PARAGRAPHS = 256
};

/* One paragraph of one outlet, and the first pages of different reports that it stood on. */
typedef struct line {
    uint32_t page[PAGES];
    uint32_t n;
    uint32_t known_at; /* the page behind which it was known in the first pass, COPY_NO_PAGE */
} line;

struct copy_lines {
    sst_arena *arena;
    u64map of; /* outlet and paragraph -> place in lines */
    SST_VEC(line) lines;
    uint32_t known_n; /* of them stand on PAGES pages */
};

static sst_str paragraph(const sst_text *t, uint32_t p)
{
    const sst_para *q = &t->para[p];
    if (q->begin == q->end)
        return (sst_str){NULL, 0};
    return str_span(t->s, (sst_span){t->tok[q->begin].begin, t->tok[q->end - 1].end});
}

/* Is none of eight bytes a digit? Digits are the bytes that become 0 to 9; to those the sum leaves
 * the highest bit unset. */
static bool no_digit(const char *p)
{
    const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
    uint64_t w;
    memcpy(&w, p, sizeof w);
    w ^= ones * '0';
    return (((w & ~high) + ones * 0x76) | w | ~high) == UINT64_MAX;
}

/* Of a line, whatever its figures. */
static uint64_t line_hash(const sst_text *t, uint32_t p)
{
    sst_str s = paragraph(t, p);
    char low[LINE_BYTES];
    if (s.n > sizeof low)
        return hash_str(s);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        if (s.n - i >= 8 && no_digit(s.p + i)) {
            memcpy(low + n, s.p + i, 8);
            n += 8;
            i += 8;
            continue;
        }
        size_t end = s.n - i < 8 ? s.n : i + 8;
        for (; i < end; i++) {
            bool digit = byte_is_digit((unsigned char)s.p[i]);
            if (!digit || n == 0 || low[n - 1] != '0') /* runs of digits of any length */
                low[n++] = digit ? '0' : s.p[i];
        }
    }
    return hash_bytes(low, n, 0);
}

static bool is_line(const copy_lines *l, uint64_t key)
{
    const uint32_t *known = u64map_find(&l->of, key);
    return known && l->lines.v[*known].n == PAGES;
}

/* The page at work, and what it has been compared with. */
typedef struct pager {
    const copy_page *pages;
    copy_lines *l;
    uint32_t pass;
    copy_line mine[PARAGRAPHS], other[PARAGRAPHS];
    uint32_t mine_n, mine_words;
    struct {
        uint32_t page, both, words; /* words in paragraphs of both; all, of the shorter one */
    } compared[PAGES_COMPARED];
    uint32_t compared_n;
} pager;

static int by_key(const void *x, const void *y)
{
    const copy_line *a = x, *b = y;
    return a->key < b->key ? -1 : a->key > b->key;
}

/* The first paragraphs of a page that are no known lines, by their keys. */
static uint32_t marks_of(const pager *g, uint32_t d, copy_line *out, uint32_t *words)
{
    const copy_page *x = &g->pages[d];
    uint32_t n = 0;
    *words = 0;
    for (uint32_t p = 0; p < x->n && n < PARAGRAPHS; p++) {
        copy_line m = x->v[p];
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
    const copy_page *own = &g->pages[d];
    copy_lines *l = g->l;
    bool marked = false;
    for (uint32_t p = 0; p < own->n; p++) {
        int fresh;
        uint32_t *at = u64map_add(l->arena, &l->of, own->v[p].key, l->lines.n, &fresh);
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
            known = x->page[k] == d || same_report(g, x->page[k], own->v[p].words);
        }
        if (known)
            continue;
        x->page[x->n++] = d;
        l->known_n += x->n == PAGES;
        x->known_at = x->n == PAGES && g->pass == 0 ? d : COPY_NO_PAGE;
    }
}

bool copy_is_boilerplate(const copy_lines *l, const sst_text *t, uint32_t para)
{
    if (!l || t->article->outlet.n == 0)
        return false;
    return is_line(l, hash_mix(hash_str(t->article->outlet), line_hash(t, para)));
}

/* Is most of the passage, in this text, boilerplate of the text's outlet? known: of each paragraph
 * whether it is, or NULL. */
static bool is_boilerplate(const copy_lines *l, const sst_text *t, const bool *known, sst_span at)
{
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
        if (known ? known[p] : copy_is_boilerplate(l, t, p))
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

/* The paragraphs of all pages, on all threads. */
typedef struct marker {
    const sst_text **sorted;
    copy_page *pages;
    sst_arena *keep, *scratch; /* of each worker */
    uint32_t threads;
} marker;

sst_status copy_page_lines(const sst_text *t, sst_arena *arena, copy_page *out)
{
    *out = (copy_page){NULL, 0};
    if (t->article->outlet.n == 0 || t->para_n < 2)
        return SST_OK;
    copy_line *v = arena_alloc(arena, t->para_n * sizeof *v);
    if (!v)
        return arena->failed;
    uint64_t outlet = hash_str(t->article->outlet);
    uint32_t n = 0;
    for (uint32_t p = 0; p < t->para_n; p++)
        if (t->para[p].begin < t->para[p].end)
            v[n++] = (copy_line){hash_mix(outlet, line_hash(t, p)),
                                 t->para[p].end - t->para[p].begin, 0};
    *out = (copy_page){v, n};
    return SST_OK;
}

static void mark_page(void *user, uint32_t d, uint32_t worker)
{
    marker *m = user;
    const sst_text *t = m->sorted[d];
    sst_arena *scratch = &m->scratch[worker];
    room_look(m->keep[worker].room);
    if (t->article->outlet.n == 0)
        return;
    sst_text cut;
    if (!t->tok) {
        arena_clear(scratch);
        if (t->s.n == 0 || (t->article->block_n < 2 && !memchr(t->s.p, '\n', t->s.n)))
            return; /* one paragraph */
        if (t->packed ? text_unpack(t, scratch, &cut) : copy_tokens(t->article, scratch, &cut))
            return; /* told by the arena */
        t = &cut;
    }
    if (copy_page_lines(t, &m->keep[worker], &m->pages[d]))
        return; /* the same */
}

/* Pages in the order of their articles' ids. */
static void learn_pages(pager *g, const copy_page *pages, uint32_t n, copy_lines *l)
{
    g->pages = pages;
    g->l = l;
    for (g->pass = 0; g->pass < 2; g->pass++)
        for (uint32_t d = 0; d < n && !l->arena->failed; d++) {
            room_look(l->arena->room);
            learn(g, d);
        }
}

sst_status copy_lines_of_pages(const copy_page *pages, uint32_t n, sst_arena *arena,
                               const copy_lines **out)
{
    copy_lines *l = arena_calloc(arena, 1, sizeof *l);
    sst_arena scratch;
    arena_init(&scratch, 0);
    pager *g = arena_calloc(&scratch, 1, sizeof *g);
    sst_status status = l ? scratch.failed : arena->failed;
    *out = l;
    if (!status) {
        l->arena = arena;
        learn_pages(g, pages, n, l);
        status = arena->failed;
    }
    arena_release(&scratch);
    return status;
}

static int by_number(const void *x, const void *y)
{
    const copy_known_line *a = x, *b = y;
    return a->key < b->key ? -1 : a->key > b->key;
}

sst_status copy_lines_known(const copy_lines *l, sst_arena *arena, copy_known_line **out,
                            uint32_t *out_n)
{
    *out_n = 0;
    *out = arena_alloc(arena, ((size_t)l->lines.n + 1) * sizeof **out);
    if (!*out)
        return arena->failed;
    for (uint32_t i = 0; i < l->of.cap; i++)
        if (l->of.value[i] != UINT32_MAX && l->lines.v[l->of.value[i]].n == PAGES)
            (*out)[(*out_n)++] =
                (copy_known_line){l->of.key[i], l->lines.v[l->of.value[i]].known_at};
    if (*out_n)
        qsort(*out, *out_n, sizeof **out, by_number);
    return SST_OK;
}

sst_status copy_lines_of_keys(const uint64_t *keys, uint32_t n, sst_arena *arena,
                              const copy_lines **out)
{
    copy_lines *l = arena_calloc(arena, 1, sizeof *l);
    *out = l;
    for (uint32_t i = 0; l && i < n; i++) {
        int fresh;
        uint32_t *at = u64map_add(arena, &l->of, keys[i], l->lines.n, &fresh);
        line *x = at && fresh ? vec_push(arena, &l->lines) : NULL;
        if (x) {
            x->n = PAGES;
            l->known_n++;
        }
    }
    return arena->failed;
}

static sst_status learn_all(marker *m, uint32_t n, pager *g, copy_lines *l)
{
    for (uint32_t w = 0; w < m->threads * 2; w++) {
        arena_init(&m->keep[w], 0);
        m->keep[w].room = w < m->threads ? l->arena->room : NULL;
    }
    thread_for(m->threads, n, mark_page, m, NULL);
    sst_status status = SST_OK;
    for (uint32_t w = 0; w < m->threads * 2; w++)
        if (m->keep[w].failed)
            status = m->keep[w].failed;
    for (uint32_t w = 0; w < m->threads; w++)
        arena_release(&m->scratch[w]);
    if (!status)
        learn_pages(g, m->pages, n, l);
    for (uint32_t w = 0; w < m->threads; w++)
        arena_release(&m->keep[w]);
    return status;
}

sst_status copy_lines_learn(const sst_text *const *texts, uint32_t n, uint32_t threads,
                            sst_arena *arena, const copy_lines **out)
{
    copy_lines *l = arena_calloc(arena, 1, sizeof *l);
    *out = l;
    sst_arena scratch;
    arena_init(&scratch, 0);
    scratch.room = arena->room;
    pager *g = arena_calloc(&scratch, 1, sizeof *g);
    marker m = {.threads = threads ? threads : 1};
    m.sorted = arena_alloc(&scratch, ((size_t)n + 1) * sizeof *m.sorted);
    m.pages = arena_calloc(&scratch, (size_t)n + 1, sizeof *m.pages);
    m.keep = arena_calloc(&scratch, (size_t)m.threads * 2, sizeof *m.keep);
    sst_status status = SST_OK;
    if (l && !scratch.failed) {
        m.scratch = m.keep + m.threads;
        for (uint32_t d = 0; d < n; d++)
            m.sorted[d] = texts[d];
        qsort(m.sorted, n, sizeof *m.sorted, by_id);
        l->arena = arena;
        status = learn_all(&m, n, g, l);
    }
    if (!status)
        status = arena->failed ? arena->failed : scratch.failed;
    arena_release(&scratch);
    return status;
}

enum { CHUNK = 256 /* passages that a worker takes at once: those of one text stand together */ };

typedef struct passage_marks {
    const copy_lines *lines;
    const sst_text *const *texts;
    sst_passage *v;
    uint32_t n;
    copy_texts *read;   /* of each worker */
    const bool **known; /* of each text, of each paragraph; NULL where there are no words yet */
    sst_arena *arena;   /* of each worker: for these */
} passage_marks;

/* A text of a story is in hundreds of passages: its lines are looked up once. */
static void mark_text(void *user, uint32_t d, uint32_t worker)
{
    passage_marks *m = user;
    const sst_text *t = m->texts[d];
    bool *known = t->tok && t->article->outlet.n
                      ? arena_alloc(&m->arena[worker], ((size_t)t->para_n + 1) * sizeof *known)
                      : NULL;
    for (uint32_t p = 0; known && p < t->para_n; p++)
        known[p] = copy_is_boilerplate(m->lines, t, p);
    m->known[d] = known;
}

static void mark_some(void *user, uint32_t chunk, uint32_t worker)
{
    passage_marks *m = user;
    copy_texts *read = &m->read[worker];
    uint32_t end = m->n - chunk * CHUNK < CHUNK ? m->n : (chunk + 1) * CHUNK;
    for (uint32_t k = chunk * CHUNK; k < end; k++) {
        sst_passage *p = &m->v[k];
        bool is = false;
        for (int second = 0; second < 2 && !is; second++) {
            uint32_t d = second ? p->b : p->a;
            if (m->texts[d]->article->outlet.n == 0)
                continue;
            const sst_text *t = copy_texts_tokens(read, d, second);
            is = t && is_boilerplate(m->lines, t, m->known[d], second ? p->at_b : p->at_a);
        }
        p->boilerplate = is;
    }
}

sst_status copy_mark_boilerplate(const copy_lines *lines, const sst_text *const *texts, uint32_t n,
                                 uint32_t threads, sst_passage *passages, uint32_t passage_n)
{
    for (uint32_t k = 0; k < passage_n; k++)
        passages[k].boilerplate = false;
    if (!lines || !lines->known_n || !passage_n)
        return SST_OK;
    sst_arena scratch;
    arena_init(&scratch, 0);
    threads = threads ? threads : 1;
    passage_marks m = {.lines = lines, .texts = texts, .v = passages, .n = passage_n};
    m.read = arena_calloc(&scratch, threads, sizeof *m.read);
    m.known = arena_alloc(&scratch, ((size_t)n + 1) * sizeof *m.known);
    m.arena = arena_calloc(&scratch, threads, sizeof *m.arena);
    for (uint32_t w = 0; m.arena && w < threads; w++)
        arena_init(&m.arena[w], 0);
    for (uint32_t w = 0; m.read && w < threads; w++)
        if (copy_texts_open(&m.read[w], texts, n, &scratch))
            break; /* told by scratch */
    sst_status status = scratch.failed;
    if (!status)
        thread_for(threads, n, mark_text, &m, NULL);
    for (uint32_t w = 0; m.arena && w < threads && !status; w++)
        status = m.arena[w].failed;
    if (!status)
        thread_for(threads, (passage_n + CHUNK - 1) / CHUNK, mark_some, &m, NULL);
    for (uint32_t w = 0; m.read && w < threads; w++) {
        status = status ? status : m.read[w].failed;
        copy_texts_release(&m.read[w]);
    }
    for (uint32_t w = 0; m.arena && w < threads; w++)
        arena_release(&m.arena[w]);
    arena_release(&scratch);
    return status;
}
