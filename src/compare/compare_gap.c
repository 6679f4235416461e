/*
 * Gaps: other words in the same place of text that two articles share.
 *
 * in: passages (runs of common words with small gaps between them); out: pairs of phrases.
 * Between two runs of a passage each article may have words of its own:
 *
 *   a: ... to get a [ceasefire] and to ...    b: ... to get a [truce] and ...   other words
 *   a: ... such a [potent] symbol for ...     b: ... such a [] symbol for ...   left out:
 *                                                                     shown with its neighbours
 *
 * One to WORDS_PHRASE words for one to WORDS_PHRASE others, the same in both but for order or marks
 * excluded. Whether a pair is a choice of words is asked elsewhere (compare_choice.c).
 */
#include "compare_words.h"

enum {
    FLANK = 3,         /* words of the runs on both sides, at least: two are chance */
    FLANK_LEFT_OUT = 4 /* the same where one side has no word: there is less to compare */
};

/* Both sides must have a word this rare, in bits: "the" for "a", "with" for "to" are no wording. */
static const float CONTENT = 3;
/* A word that one side leaves out must be this rare. */
static const float CONTENT_LEFT_OUT = 5;

/*
 * What an article has between two runs, and the same with a word more on both sides. Made when
 * first asked for: in a story of hundreds of reports hundreds of passages have the same gap.
 */
typedef struct gap {
    uint32_t article, from, to;         /* bytes, for which it was made */
    uint32_t words, rare_n, frequent_n; /* of the phrase */
    float rare;
    bool is, number;         /* few enough words; is one a number */
    bool shown, wide_shown;  /* may it stand in the report */
    compare_phrase at, wide; /* wide: empty when a sign stands there */
    uint64_t bag, wide_key;  /* of the words in any order; in theirs */
} gap;

typedef struct gapper {
    compare_words *w;
    sst_arena scratch;
    SST_VEC(gap) gaps;
    u64map gap_of; /* (article, from, to) -> place in gaps */
} gapper;

/* Tokens of text between two runs, without signs at its ends. False when there are too many words.
 */
static bool phrase_between(const sst_text *t, uint32_t article, uint32_t from_byte,
                           uint32_t to_byte, compare_phrase *out, uint32_t *words)
{
    uint32_t begin = text_token_at(t, from_byte), end = begin;
    while (begin < t->tok_n && t->tok[begin].begin < from_byte)
        begin++;
    for (end = begin; end < t->tok_n && t->tok[end].end <= to_byte; end++)
        if (end - begin > 2 * WORDS_LONGEST)
            return false;
    while (begin < end && !compare_is_word(&t->tok[begin]))
        begin++;
    while (end > begin && !compare_is_word(&t->tok[end - 1]))
        end--;
    *words = 0;
    for (uint32_t i = begin; i < end; i++)
        *words += compare_is_word(&t->tok[i]);
    *out = (compare_phrase){article, begin, end};
    return *words <= WORDS_PHRASE && end - begin <= WORDS_LONGEST;
}

/* The same for the same words in any order. */
static uint64_t bag_of(const sst_text *t, const compare_phrase *p)
{
    uint64_t h = 0;
    for (uint32_t i = p->begin; i < p->end; i++)
        if (compare_is_word(&t->tok[i]))
            h += hash_mix(t->tok[i].key, 7);
    return h;
}

/* Rarity of the rarest word, and how many words are rare, how many frequent; a number is told
 * apart, it is the figures' business. */
static float rarest(const sst_text *t, const compare_phrase *p, uint32_t *rare_n,
                    uint32_t *frequent_n, bool *number)
{
    float rare = 0;
    *rare_n = *frequent_n = 0;
    for (uint32_t i = p->begin; i < p->end; i++) {
        *number |= t->tok[i].kind == TOK_NUMBER;
        if (t->tok[i].kind != TOK_WORD)
            continue;
        float r = lang_rarity(t->tok[i].key);
        rare = r > rare ? r : rare;
        bool behind_hyphen =
            i > p->begin && (t->tok[i].flags & TOKF_GLUED) && t->s.p[t->tok[i - 1].begin] == '-';
        if (behind_hyphen)
            continue; /* a compound is one word */
        *rare_n += r >= CONTENT;
        *frequent_n += r < CONTENT;
    }
    return rare;
}

/* One word more on both sides; false when a sign stands there. */
static bool widen(const sst_text *t, compare_phrase *p)
{
    if (p->begin == 0 || p->end >= t->tok_n || !compare_is_word(&t->tok[p->begin - 1]) ||
        !compare_is_word(&t->tok[p->end]))
        return false;
    p->begin--;
    p->end++;
    return true;
}

/* May the phrase stand in the report: is it one, not too long, running text of one paragraph? */
static bool is_shown(const sst_text *t, const compare_phrase *p)
{
    return p->begin < p->end && p->end - p->begin <= WORDS_LONGEST &&
           compare_in_body(t, p->begin) && text_para_of(t, p->begin) == text_para_of(t, p->end - 1);
}

static void make_gap(const sst_text *t, uint32_t article, uint32_t from, uint32_t to, gap *g)
{
    *g = (gap){.article = article, .from = from, .to = to};
    g->is = phrase_between(t, article, from, to, &g->at, &g->words);
    if (!g->is)
        return;
    g->bag = bag_of(t, &g->at);
    g->rare = rarest(t, &g->at, &g->rare_n, &g->frequent_n, &g->number);
    if (g->number)
        return;
    g->shown = is_shown(t, &g->at);
    g->wide = g->at;
    if (g->words <= 1 && widen(t, &g->wide)) {
        g->wide_key = compare_phrase_key(t, &g->wide);
        g->wide_shown = is_shown(t, &g->wide);
    }
}

/* NULL when out of memory. The next call may move it. */
static const gap *gap_between(gapper *z, uint32_t article, uint32_t from, uint32_t to)
{
    int fresh;
    uint64_t key = hash_mix((uint64_t)from << 32 | to, article);
    uint32_t *at = u64map_add(&z->scratch, &z->gap_of, key, z->gaps.n, &fresh);
    if (!at)
        return NULL;
    gap *g = fresh ? vec_push(&z->scratch, &z->gaps) : &z->gaps.v[*at];
    if (g && (fresh || g->article != article || g->from != from || g->to != to))
        make_gap(z->w->f->texts[article], article, from, to, g);
    return g;
}

/* A word that one report leaves out says something by itself: no name, no time, nothing quoted. */
static bool may_be_left_out(const compare_words *w, const gap *a, const gap *b)
{
    const gap *with = a->words ? a : b;
    const sst_text *t = w->f->texts[with->article];
    for (uint32_t i = with->at.begin; i < with->at.end; i++)
        if (t->tok[i].flags & (TOKF_NAME | TOKF_UPPER) || compare_is_time(t, i) ||
            text_is(t, i, LEX_WEEKDAY | LEX_MONTH | LEX_NUMBER_WORD | LEX_STOPWORD | LEX_CUE))
            return false;
    return !compare_in_marks(w, &a->wide) && !compare_in_marks(w, &b->wide);
}

/* Looks at what stands between two runs that follow each other in a passage. */
static void look_between(gapper *z, const sst_passage *p, uint32_t r)
{
    const sst_passage_run *x = &p->runs[r], *y = &p->runs[r + 1];
    if (x->words < FLANK || y->words < FLANK || y->a.begin < x->a.end || y->b.begin < x->b.end)
        return;
    const gap *first = gap_between(z, p->a, x->a.end, y->a.begin);
    if (!first || !first->is || first->number)
        return;
    const gap a = *first, *second = gap_between(z, p->b, x->b.end, y->b.begin);
    if (!second || !second->is || second->number || a.words + second->words == 0 ||
        a.bag == second->bag)
        return;
    const gap b = *second;
    if (!a.words || !b.words) { /* left out: shown with what stands around it */
        if (a.words + b.words == 1 && x->words >= FLANK_LEFT_OUT && y->words >= FLANK_LEFT_OUT &&
            a.rare + b.rare >= CONTENT_LEFT_OUT && a.wide_shown && b.wide_shown &&
            a.wide_key != b.wide_key && may_be_left_out(z->w, &a, &b))
            compare_add_pair(z->w, &a.wide, &b.wide);
        return;
    }
    /* "in the port" for "old ferry" is another sentence, not another word */
    uint32_t apart =
        a.frequent_n > b.frequent_n ? a.frequent_n - b.frequent_n : b.frequent_n - a.frequent_n;
    if (a.rare_n == 0 || a.rare_n != b.rare_n || apart > 1 || !a.shown || !b.shown)
        return;
    compare_phrase u = a.at, v = b.at;
    if (compare_is_choice(z->w, &u, &v, (compare_flanks){x->words, y->words, false}))
        compare_add_pair(z->w, &u, &v);
}

sst_status compare_gaps(compare_words *w, const sst_passage *passages, uint32_t passage_n)
{
    gapper z = {.w = w};
    arena_init(&z.scratch, 0);
    for (uint32_t k = 0; k < passage_n && !z.scratch.failed; k++)
        for (uint32_t r = 0; r + 1 < passages[k].run_n; r++)
            look_between(&z, &passages[k], r);
    sst_status status = z.scratch.failed;
    arena_release(&z.scratch);
    return status ? status : w->arena.failed;
}
