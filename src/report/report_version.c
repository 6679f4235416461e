/* Versions as pieces: see report_version.h. In: the steps that the quote stage made; nothing is
 * compared again here. */
#include "report_version.h"

#include <string.h>

#include "base_buf.h"
#include "base_hash.h"
#include "base_str.h"

/* Words kept on each side of a change when a long stretch is shortened: enough to find the place
 * again. */
enum { KEPT_WORDS = 6, DROPPED_WORDS = 16 };

typedef SST_VEC(report_piece) piece_vec;

static void add(const report_run *w, piece_vec *to, report_piece_kind kind, bool space,
                sst_str text)
{
    report_piece *p =
        text.n || kind == PIECE_GAP || kind == PIECE_ELIDE ? vec_push(w->arena, to) : NULL;
    if (p)
        *p = (report_piece){(uint8_t)kind, space && to->n > 1, text};
}

static bool has_letter(sst_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (byte_is_alpha((unsigned char)s.p[i]) || byte_is_digit((unsigned char)s.p[i]))
            return true;
    return false;
}

static bool has_space(sst_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (byte_is_space((unsigned char)s.p[i]))
            return true;
    return false;
}

static bool space_before(sst_str text, uint32_t at)
{
    return at > 0 && at <= text.n && byte_is_space((unsigned char)text.p[at - 1]);
}

/* Length of the first (or, from the end, the last) `words` words of s, white space at the cut left
 * out; s.n when there are fewer. */
static size_t first_words(sst_str s, uint32_t words)
{
    size_t i = 0;
    for (uint32_t k = 0; k < words; k++) {
        while (i < s.n && byte_is_space((unsigned char)s.p[i]))
            i++;
        while (i < s.n && !byte_is_space((unsigned char)s.p[i]))
            i++;
    }
    return i;
}

static size_t last_words(sst_str s, uint32_t words)
{
    size_t i = s.n;
    for (uint32_t k = 0; k < words; k++) {
        while (i > 0 && byte_is_space((unsigned char)s.p[i - 1]))
            i--;
        while (i > 0 && !byte_is_space((unsigned char)s.p[i - 1]))
            i--;
    }
    return s.n - i;
}

/* A kept stretch: whole, or its ends. first, last: nothing that differs stands before, behind it.
 */
static void keep(const report_run *w, piece_vec *to, bool space, sst_str s, bool shorten,
                 bool first, bool last)
{
    size_t head = first ? 0 : first_words(s, KEPT_WORDS);
    size_t tail = last ? 0 : last_words(s, KEPT_WORDS);
    if (!shorten || (first && last) || head + tail + 12 >= s.n) {
        add(w, to, PIECE_KEEP, space, s);
        return;
    }
    if (head)
        add(w, to, PIECE_KEEP, space, (sst_str){s.p, head});
    add(w, to, PIECE_ELIDE, head ? true : space, STR("…"));
    if (tail)
        add(w, to, PIECE_KEEP, true, (sst_str){s.p + s.n - tail, tail});
}

/* Words of the fullest version that go: only what was said, not what its outlet wrote between. */
static void drop(const report_run *w, const sst_findings *f, piece_vec *to,
                 const sst_occurrence *full, sst_span at, bool apart, bool shorten)
{
    sst_str text = f->texts[full->article]->s;
    bool any = false;
    for (uint32_t i = 0; i < full->content.n; i++) {
        sst_span c = full->content.v[i];
        sst_span s = {c.begin > at.begin ? c.begin : at.begin, c.end < at.end ? c.end : at.end};
        if (s.begin >= s.end)
            continue;
        sst_str words = str_trim(report_words(f, full->article, s));
        bool space = any || apart || space_before(text, (uint32_t)(words.p - text.p));
        size_t head = first_words(words, DROPPED_WORDS), tail = last_words(words, KEPT_WORDS);
        if (!shorten || head + tail + 12 >= words.n) {
            add(w, to, PIECE_DROP, space, words);
        } else {
            add(w, to, PIECE_DROP, space, (sst_str){words.p, head});
            add(w, to, PIECE_ELIDE, true, STR("…"));
            add(w, to, PIECE_DROP, true, (sst_str){words.p + words.n - tail, tail});
        }
        any = any || words.n;
    }
    if (!any) /* marks outside the content */
        add(w, to, PIECE_DROP, to->n > 0 && space_before(text, at.begin),
            str_trim(report_words(f, full->article, at)));
}

report_pieces report_version(const report_run *w, const sst_findings *f, const sst_utterance *u,
                             const sst_occurrence *v, bool shorten)
{
    if (v->diff_n == 0)
        return report_whole(w, f, v);
    piece_vec out = {0};
    const sst_occurrence *full = &u->v[u->fullest];
    sst_str mine = f->texts[v->article]->s, theirs = f->texts[full->article]->s;
    uint32_t at = UINT32_MAX, base_at = UINT32_MAX; /* where the last step ended */
    uint32_t last_change = 0, first_change = v->diff_n;
    for (uint32_t i = 0; i < v->diff_n; i++)
        if (v->diff[i].op != DIFF_KEEP) {
            last_change = i;
            first_change = first_change == v->diff_n ? i : first_change;
        }
    for (uint32_t i = 0; i < v->diff_n; i++) {
        const sst_diff *d = &v->diff[i];
        sst_str new_text = report_words(f, v->article, d->at);
        sst_span old_at = d->base;
        if (d->op != DIFF_KEEP && base_at < d->base.begin && d->base.begin < d->base.end) {
            sst_str gap =
                str_trim(report_words(f, full->article, (sst_span){base_at, d->base.begin}));
            if (gap.n && !has_letter(gap)) /* the marks before words that go, go with them */
                old_at.begin = (uint32_t)(gap.p - theirs.p);
        }
        bool space = space_before(mine, d->at.begin);
        if (d->at.begin < d->at.end && at != UINT32_MAX && at < d->at.begin &&
            has_letter(report_words(f, v->article, (sst_span){at, d->at.begin})))
            add(w, &out, PIECE_GAP, true, STR("[...]"));
        else if (d->op != DIFF_DROP && at != UINT32_MAX && at < d->at.begin &&
                 !has_letter(report_words(f, v->article, (sst_span){at, d->at.begin})))
            add(w, &out, PIECE_KEEP, false, /* marks and signs between two steps */
                str_trim(report_words(f, v->article, (sst_span){at, d->at.begin})));
        /* White space that one of the two texts has where a piece begins keeps words apart. */
        bool apart = d->base.begin < d->base.end && base_at < d->base.begin &&
                     has_space(report_words(f, full->article, (sst_span){base_at, d->base.begin}));
        if (out.n &&
            (out.v[out.n - 1].kind == PIECE_GAP || (out.v[out.n - 1].kind == PIECE_DROP && apart)))
            space = true;
        if (d->op == DIFF_KEEP) {
            keep(w, &out, space, new_text, shorten, i<first_change, i> last_change);
        } else {
            if (d->op != DIFF_ADD)
                drop(w, f, &out, full, old_at, apart && old_at.begin == d->base.begin, shorten);
            if (d->op != DIFF_DROP)
                add(w, &out, d->op == DIFF_ADD ? PIECE_ADD : PIECE_NEW,
                    space || d->op == DIFF_REPLACE, new_text);
        }
        if (d->at.begin < d->at.end)
            at = d->at.end;
        if (d->base.begin < d->base.end)
            base_at = d->base.end;
    }
    return (report_pieces){out.v, out.n};
}

report_pieces report_whole(const report_run *w, const sst_findings *f, const sst_occurrence *v)
{
    piece_vec out = {0};
    for (uint32_t i = 0; i < v->content.n; i++) {
        if (i > 0)
            add(w, &out, PIECE_GAP, true, STR("[...]"));
        add(w, &out, PIECE_KEEP, i > 0, report_words(f, v->article, v->content.v[i]));
    }
    return (report_pieces){out.v, out.n};
}

const char *report_change_words(const sst_occurrence *v)
{
    switch (v->change) {
    case CHANGE_SAME:
        return "same words";
    case CHANGE_REPUNCTUATED:
        return "other punctuation";
    case CHANGE_CUT:
        return v->unmarked ? "cut without a sign" : "shortened";
    case CHANGE_ALTERED:
        return "altered";
    case CHANGE_JOINED:
        return "joined with another";
    case CHANGE_FRAGMENT:
        return "a fragment";
    case CHANGE_INDIRECT:
        return "in the outlet’s words";
    default:
        return "";
    }
}

/* Occurrences with the same key come together: the words of the version, or its kind when words do
 * not matter. */
static uint64_t group_key(const sst_findings *f, const sst_occurrence *v)
{
    uint64_t h = hash_mix(v->change, (uint64_t)(v->unmarked | v->other_speaker << 1));
    if (v->change != CHANGE_SAME && v->change != CHANGE_REPUNCTUATED)
        for (uint32_t i = 0; i < v->content.n; i++)
            h = hash_mix(h, hash_str(report_words(f, v->article, v->content.v[i])));
    if (v->other_speaker)
        h = hash_mix(h, hash_str(report_words(f, v->article, report_quote(f, v)->speaker_at)));
    return h;
}

/* Items with equal keys, in order of the first. */
static report_group *group(const uint64_t *key, uint32_t n, sst_arena *arena, uint32_t *group_n)
{
    uint32_t *of = arena_alloc(arena, (n + 1) * sizeof *of);
    report_group *g = arena_calloc(arena, n + 1, sizeof *g);
    u64map map = {0};
    *group_n = 0;
    if (!of || !g || !key)
        return NULL;
    for (uint32_t i = 0; i < n; i++) {
        int fresh = 0;
        uint32_t *at = u64map_add(arena, &map, key[i], *group_n, &fresh);
        if (!at)
            return NULL;
        *group_n += fresh != 0;
        of[i] = *at;
        g[of[i]].n++;
    }
    for (uint32_t i = 0; i < *group_n; i++) {
        g[i].v = arena_alloc(arena, g[i].n * sizeof *g[i].v);
        if (!g[i].v)
            return NULL;
        g[i].n = 0;
    }
    for (uint32_t i = 0; i < n; i++)
        g[of[i]].v[g[of[i]].n++] = i;
    return g;
}

report_group *report_groups(const sst_findings *f, const sst_utterance *u, sst_arena *arena,
                            uint32_t *n)
{
    uint64_t *key = arena_alloc(arena, (u->n + 1) * sizeof *key);
    for (uint32_t i = 0; i < u->n && key; i++)
        key[i] = group_key(f, &u->v[i]);
    return group(key, u->n, arena, n);
}

report_group *report_other_versions(const sst_findings *f, const sst_utterance *u, sst_arena *arena,
                                    uint32_t *n)
{
    report_group *g = report_groups(f, u, arena, n);
    for (uint32_t j = 0; j < *n && g; j++)
        for (uint32_t i = 0; i < g[j].n; i++)
            if (g[j].v[i] == u->fullest) {
                g[j].n--;
                memmove(&g[j].v[i], &g[j].v[i + 1], (g[j].n - i) * sizeof *g[j].v);
                break;
            }
    return g;
}

bool report_is_alike(const sst_occurrence *v)
{
    return (v->change == CHANGE_SAME || v->change == CHANGE_REPUNCTUATED) && !v->other_speaker;
}

report_group *report_value_groups(const sst_findings *f, const sst_figure_row *row,
                                  sst_arena *arena, uint32_t *n)
{
    uint64_t *key = arena_alloc(arena, (row->value_n + 1) * sizeof *key);
    for (uint32_t i = 0; i < row->value_n && key; i++) {
        const sst_figure *g = report_figure(f, &row->value[i]);
        struct {
            double value, high;
            uint64_t as_of, unit, how;
        } what = {g->value, g->high, 0, g->counted ? 0 : hash_str(g->unit),
                  (uint64_t)g->bound << 16 | (uint64_t)g->change << 8 | g->ordinal};
        sst_str as_of = {g->as_of_iso, strlen(g->as_of_iso)};
        if (g->as_of.begin < g->as_of.end)
            what.as_of =
                hash_str(as_of.n ? as_of : report_words(f, row->value[i].article, g->as_of));
        key[i] = hash_bytes(&what, sizeof what, 0);
    }
    return group(key, row->value_n, arena, n);
}

sst_str report_labels(const report_story *s, const uint32_t *articles, uint32_t n, sst_arena *arena)
{
    sst_buf b;
    buf_init(&b, 0);
    for (uint32_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && articles[end] == articles[i]; end++)
            continue;
        if (i > 0)
            buf_z(&b, ", ");
        buf_str(&b, s->label[articles[i]]);
        if (end - i == 2)
            buf_z(&b, " (twice)");
        else if (end - i > 2)
            buf_printf(&b, " (%u times)", end - i);
    }
    sst_str text = arena_str(arena, (sst_str){b.p, b.n});
    buf_release(&b);
    return text;
}
