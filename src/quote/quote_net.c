/*
 * The network: tokens -> cues, and where the source and the content of each begin and end.
 *
 * In: the rows of each token (quote_feature.c). Out: links. Method: the sum of a token's rows goes
 * through NET_LAYERS layers, each of which looks at a neighbour on either side, ever farther away;
 * then three numbers a token say whether a cue begins or goes on there (the best row of tags, in
 * which "goes on" stands only behind "begins"); then, for each cue, the tokens of its paragraph
 * within NET_WINDOW get points as begin and end of the source, of the content on the left and of
 * the content on the right; the best pair in order is taken, or none. All in whole numbers, a
 * stretch of CORE tokens after the other, so that memory has a bound and the place of the cut
 * changes nothing.
 *
 * Source: dilated convolutions for tagging after Strubell et al. (2017); pointing at begin and end
 * of a span after Vinyals et al. (2015).
 */
#include "quote_net.h"

#include "quote_model.h"

enum {
    CORE = 1024, /* tokens whose cues are looked for at one time */
    REACH = 15,  /* how far the layers see together: 1 + 2 + 4 + 8 */
    FAR_MAX = 8,
    MARGIN = NET_WINDOW + REACH + 1,
    ROOM = CORE + 2 * MARGIN + 2 * FAR_MAX,
    WIDE = 2 * NET_WINDOW + 1,
    AHEAD = 8, /* tokens whose rows are asked for before they are summed */
    IMPOSSIBLE = INT32_MIN / 4
};

typedef int16_t token_vector[NET_DIM];

typedef struct net {
    const sst_text *t;
    const quote_model *m;
    const quote_products *p;
    token_vector *x, *y; /* FAR_MAX rows of nothing before and behind */
    int16_t (*g)[NET_POINT];
    int32_t (*tag)[NET_TAGS];
    uint8_t *best, (*back)[3];
    quote_feature *f;
    uint32_t *word;   /* of the model, of each token */
    uint32_t from, n; /* tokens of the text in x */
    uint32_t g_end;   /* before it, g is there for what the cues before could have asked for */
} net;

static uint32_t word_of(const quote_model *m, uint32_t key)
{
    for (uint32_t s = key & m->mask; m->slots[s]; s = (s + 1) & m->mask)
        if (m->keys[m->slots[s]] == key)
            return m->slots[s];
    return 0;
}

/* The tables of words are larger than the nearest cache. Which word each token is, is told for all
 * before the first is summed, so that its vector can be asked for some tokens ahead. */
static void sum_rows(net *n)
{
    const quote_model *m = n->m;
    for (uint32_t i = 0; i < n->n; i++)
        n->word[i] = word_of(m, n->f[i].key);
    for (uint32_t i = 0; i < n->n; i++) {
        const quote_feature *f = &n->f[i];
        __builtin_prefetch(m->word[n->word[i + AHEAD < n->n ? i + AHEAD : i]]);
        n->p->rows(m->word[n->word[i]], m->row, f->row, f->row_n, n->x[FAR_MAX + i]);
    }
}

static void run_layers(net *n)
{
    for (uint32_t l = 0; l < NET_LAYERS; l++) {
        memset(n->x, 0, FAR_MAX * sizeof *n->x);
        memset(n->x + FAR_MAX + n->n, 0, FAR_MAX * sizeof *n->x);
        n->p->layer((const token_vector *)(n->x + FAR_MAX), n->m->far[l], n->m->layer[l],
                    n->m->layer_b[l], n->y + FAR_MAX, n->n);
        token_vector *x = n->x;
        n->x = n->y;
        n->y = x;
    }
    n->p->tags((const token_vector *)(n->x + FAR_MAX), n->m->tags, n->m->tags_b, n->tag, n->n);
}

/* The best row of tags: 0 no cue, 1 begins, 2 goes on. */
static void best_tags(net *n)
{
    int64_t prev[3] = {0, IMPOSSIBLE, IMPOSSIBLE};
    for (uint32_t i = 0; i < n->n; i++) {
        uint8_t m = prev[1] > prev[0] ? 1 : 0, in = prev[1] > prev[2] ? 1 : 2;
        if (prev[2] > prev[m])
            m = 2;
        n->back[i][0] = n->back[i][1] = m;
        n->back[i][2] = in;
        int64_t next[3] = {prev[m] + n->tag[i][0], prev[m] + n->tag[i][1], prev[in] + n->tag[i][2]};
        memcpy(prev, next, sizeof prev);
    }
    uint8_t k = prev[1] > prev[0] ? 1 : 0;
    if (prev[2] > prev[k])
        k = 2;
    for (uint32_t i = n->n; i-- > 0;) {
        n->best[i] = k;
        k = n->back[i][k];
    }
}

/* The best begin <= end among n tokens, as begin and behind the end; begin == end when none is
 * better. Returns how much better it is than none. */
static int64_t best_pair(const int32_t (*s)[NET_HEADS], uint32_t n, uint32_t head, int32_t none,
                         uint32_t *begin, uint32_t *end)
{
    int64_t most = IMPOSSIBLE, value = 2 * (int64_t)none;
    uint32_t at = 0;
    *begin = *end = 0;
    for (uint32_t k = 0; k < n; k++) {
        if (s[k][head] > most) {
            most = s[k][head];
            at = k;
        }
        if (most + s[k][head + 1] > value) {
            value = most + s[k][head + 1];
            *begin = at;
            *end = k + 1;
        }
    }
    return value - 2 * (int64_t)none;
}

/* Points in whole 65536ths, as both sums of the network have them with two bits more. */
static int32_t points_of(int64_t sum)
{
    return (int32_t)(sum > INT32_MAX ? INT32_MAX : sum >> 2);
}

static void point_from(net *n, uint32_t cue, uint32_t cue_end, quote_link *out)
{
    const sst_para *para = &n->t->para[text_para_of(n->t, n->from + cue)];
    uint32_t low = cue > NET_WINDOW ? cue - NET_WINDOW : 0, high = cue + NET_WINDOW + 1;
    if (n->from + low < para->begin)
        low = para->begin - n->from;
    if (high > n->n)
        high = n->n;
    if (n->from + high > para->end)
        high = para->end - n->from;
    /* what tokens answer is there up to the last cue's end: cues come in order, and so do low and
     * high */
    uint32_t fresh = low > n->g_end ? low : n->g_end;
    if (fresh < high) {
        n->p->point((const token_vector *)(n->x + FAR_MAX + fresh), n->m->point, n->m->point_b,
                    n->g + fresh, high - fresh);
        n->g_end = high;
    }
    int16_t a[1][NET_POINT], q[NET_POINT];
    n->p->point((const token_vector *)(n->x + FAR_MAX + cue), n->m->ask, n->m->ask_b, a, 1);
    memcpy(q, a[0], sizeof q);
    n->p->point((const token_vector *)(n->x + FAR_MAX + cue_end - 1), n->m->ask + NET_DIM / 2,
                n->m->ask_b + NET_POINT, a, 1);
    int32_t none[3];
    for (uint32_t j = 0; j < NET_POINT; j++) {
        int32_t sum = q[j] + a[0][j];
        q[j] = (int16_t)(sum > INT16_MAX ? INT16_MAX : sum < INT16_MIN ? INT16_MIN : sum);
    }
    for (uint32_t r = 0; r < 3; r++) {
        none[r] = n->m->none_b[r];
        for (uint32_t j = 0; j < NET_POINT; j++)
            none[r] += (q[j] > 0 ? q[j] : 0) * n->m->none[r][j];
    }
    int32_t s[WIDE][NET_HEADS];
    n->p->heads((const int16_t(*)[NET_POINT])(n->g + low), q,
                n->m->distance + (low + NET_WINDOW - cue), n->m->heads, n->m->heads_b, s,
                high - low);
    for (uint32_t k = cue - low; k < cue_end - low && k < high - low; k++)
        s[k][0] = s[k][1] = IMPOSSIBLE; /* a cue is not its own source */
    const int32_t(*in)[NET_HEADS] = (const int32_t(*)[NET_HEADS])s;
    best_pair(in, high - low, 0, none[0], &out->source_begin, &out->source_end);
    int64_t left = best_pair(in, cue - low, 2, none[1], &out->left_begin, &out->left_end);
    int64_t right = 0;
    out->right_begin = out->right_end = 0;
    if (cue_end < high) {
        right = best_pair(in + (cue_end - low), high - cue_end, 4, none[2], &out->right_begin,
                          &out->right_end);
        out->right_begin += cue_end - low;
        out->right_end += cue_end - low;
    }
    out->said = points_of(left > right ? left : right);
    uint32_t o = n->from + low;
    out->cue_begin = n->from + cue;
    out->cue_end = n->from + cue_end;
    out->source_begin += o;
    out->source_end += o;
    out->left_begin += o;
    out->left_end += o;
    out->right_begin += o;
    out->right_end += o;
    /* a source on both sides of its cue is none */
    if (out->source_begin < out->cue_begin && out->source_end > out->cue_begin)
        out->source_end = out->cue_begin;
}

void quote_net(const sst_text *t, const uint8_t *inside, const uint8_t *rule, sst_arena *arena,
               quote_link_list *out)
{
    uint32_t room = t->tok_n + 2 * FAR_MAX < ROOM ? t->tok_n + 2 * FAR_MAX : ROOM;
    net n = {.t = t, .m = &quote_model_en, .p = quote_products_best()};
    n.x = arena_alloc(arena, room * sizeof *n.x);
    n.y = arena_alloc(arena, room * sizeof *n.y);
    n.g = arena_alloc(arena, room * sizeof *n.g);
    n.tag = arena_alloc(arena, room * sizeof *n.tag);
    n.best = arena_alloc(arena, room);
    n.back = arena_alloc(arena, room * sizeof *n.back);
    n.f = arena_alloc(arena, room * sizeof *n.f);
    n.word = arena_alloc(arena, room * sizeof *n.word);
    if (arena->failed)
        return;
    for (uint32_t core = 0; core < t->tok_n && !arena->failed; core += CORE) {
        uint32_t core_end = core + CORE < t->tok_n ? core + CORE : t->tok_n;
        n.from = core > MARGIN ? core - MARGIN : 0;
        uint32_t end = core_end + MARGIN < t->tok_n ? core_end + MARGIN : t->tok_n;
        n.n = end - n.from;
        n.g_end = 0;
        quote_features(t, inside, rule, n.from, end, n.f);
        sum_rows(&n);
        run_layers(&n);
        best_tags(&n);
        for (uint32_t i = core - n.from; i < core_end - n.from; i++) {
            if (n.best[i] != 1)
                continue;
            uint32_t e = i + 1;
            int64_t sure = (int64_t)n.tag[i][1] - n.tag[i][0];
            for (; e < n.n && e < i + NET_WINDOW && n.best[e] == 2; e++)
                sure += (int64_t)n.tag[e][2] - n.tag[e][0];
            quote_link *link = vec_push(arena, out);
            if (!link)
                return;
            point_from(&n, i, e, link);
            link->sure = points_of(sure);
        }
    }
}
