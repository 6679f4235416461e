/*
 * Article -> weighted words, series, quoted runs, full names.
 *
 * in: a text; out: its words with weight (1 + ln count) * rarity^0.8, words of the headline counted
 * TITLE_COUNT times, words written with a capital weighted CAPITAL, the whole of unit length.
 * Nothing here knows of other articles of the run: rarity is that of the shipped background, so the
 * similarity of two articles never changes. Source: cosine of TF-IDF vectors, the strongest plain
 * method of event detection; the numbers were chosen on the development sets of bench/quality.csv
 * (giveme5w1h, allsides_2021, ecbplus, og2021_fra_deu), one setting for all.
 */
#include "story_feature.h"

#include <math.h>
#include <stdlib.h>

#include "base_hash.h"
#include "base_utf8.h"
#include "copy_words.h"

/* A word in the headline counts as so many in the text. 2, 3, 5 differ by less than 0.2 points; 3
 * is the middle. */
static const float TITLE_COUNT = 3;
/*
 * News tells the main thing first: the n-th word of the text counts 1 / (1 + n / LEAD_WORDS), but
 * no less than TAIL_COUNT, so that what a long report says of other events in passing is not taken
 * for its own. 100 and 400 are within 0.4 points of 200, without it 1.1 are lost.
 */
static const float LEAD_WORDS = 200, TAIL_COUNT = 0.3f;
/* Rarity to this power: full bits overrate misprints and other words that the background does not
 * have, which are most words of a language it knows little of (+0.6 points over 0.8). */
static const float RARITY_POWER = 0.6f;
/* Words that begin with a capital are mostly names (1.3 to 2.3 tried). */
static const float CAPITAL = 1.4f;
/* Numbers have no place in the background; their rarity, in bits: they differ between reports of
 * one event. Against 6 bits, 3 gain one point of the mean B-cubed and 9 lose one. */
static const float NUMBER_RARITY = 3;
static const float LONG_NUMBER_RARITY = 4.5f; /* three digits and more: 40,139 tells more than 12 */
/* Less rare words (those in more than a quarter of all articles) are left out. */
static const float RARITY_LEAST = 2;

/*
 * Words are taken for forms of one when their first STEM letters are the same: endings differ by
 * case and number, compounds by what follows. No language has to be known for it. 5 to 7 are within
 * 0.6 points of each other and 0.5 to 0.8 above whole words.
 */
enum { STEM = 6 };

/*
 * "12th package" and "13th package", "day 2" and "day 21" are other events told in the same words.
 * Marks are looked for where a report says what it is about: in the headline and so many words.
 */
enum { MARK_WORDS = 60, MARK_MOST = 16, MARK_NUMBER_MOST = 999 };

enum {
    RUN = 4,        /* words of a quotation that two reports hardly have by chance */
    RUNS_MOST = 256 /* of an article, those with the smallest hashes: quotations of 250 words */
};

/* A label tells a series only when it is no function word. */
static const float LABEL_RARITY = 2.5f;
typedef struct count {
    uint32_t key, token;
    uint32_t plain; /* key of the same letters without accents */
    float times, rarity;
    bool capital, lead, number;
} count;

typedef struct counter {
    sst_arena *scratch;
    u64map at;
    SST_VEC(count) v;
} counter;

/* Where the word proper begins: behind an article or pronoun of one or two letters and an
 * apostrophe, as in "l'usine", "qu'une", "dell'" not. */
static size_t behind_elision(sst_str s)
{
    const char *end = s.p + s.n;
    size_t at = 0;
    for (int letters = 0; letters < 3 && at < s.n; letters++) {
        int n;
        uint32_t c = utf8_read(s.p + at, end, &n);
        at += (size_t)n;
        if (letters && (c == '\'' || c == 0x2019))
            return at < s.n ? at : 0;
    }
    return 0;
}

/* The first `letters` letters of s, folded, into out, which has room for 4 bytes each; returns the
 * bytes written. *all: was that the whole of s? */
static size_t fold(sst_str s, int letters, char *out, bool *all)
{
    size_t n = 0, at = 0;
    for (; letters > 0 && at < s.n; letters--) {
        int step;
        uint32_t c = utf8_read(s.p + at, s.p + s.n, &step);
        at += (size_t)step;
        n += (size_t)utf8_write(out + n, c == 0x2019 ? '\'' : utf8_lower(c));
    }
    *all = at >= s.n;
    return n;
}

/* The key of a word's first letters; *whole is that of the word without an elided article. */
/* The key of s without accents, as other languages write a name: "Zürich", "Zurich". */
static uint32_t plain_key(sst_str s, uint32_t key)
{
    char folded[4 * STEM];
    size_t n = 0, at = 0;
    if (utf8_ascii(s) == s.n)
        return key;
    for (int letters = 0; letters < STEM && at < s.n; letters++) {
        int step;
        uint32_t c = utf8_read(s.p + at, s.p + s.n, &step);
        at += (size_t)step;
        n += (size_t)utf8_write(folded + n, utf8_base(utf8_lower(c)));
    }
    return text_key((sst_str){folded, n});
}

static uint32_t stem_key(const sst_text *t, uint32_t i, uint32_t *whole)
{
    enum { LONGEST = 40 }; /* letters of a word that the background has */
    char folded[4 * LONGEST];
    sst_str s = text_token(t, i);
    bool all;
    *whole = t->tok[i].key;
    size_t from = behind_elision(s);
    if (from) {
        s = (sst_str){s.p + from, s.n - from};
        *whole = text_key((sst_str){folded, fold(s, LONGEST, folded, &all)});
    }
    if (s.n <= STEM)
        return *whole;
    size_t n = fold(s, STEM, folded, &all);
    return all ? *whole : text_key((sst_str){folded, n});
}

static void count_token(counter *c, const sst_text *t, uint32_t i, float times, bool inside,
                        bool lead)
{
    const sst_token *k = &t->tok[i];
    if (k->kind != TOK_WORD && k->kind != TOK_NUMBER)
        return;
    float rarity;
    uint32_t key = k->key;
    if (k->kind == TOK_NUMBER) {
        uint32_t digits = 0;
        sst_str s = text_token(t, i);
        for (size_t b = 0; b < s.n; b++)
            digits += byte_is_digit((unsigned char)s.p[b]);
        rarity = digits < 3 ? NUMBER_RARITY : LONG_NUMBER_RARITY;
    } else {
        uint32_t whole;
        key = stem_key(t, i, &whole);
        rarity = lang_rarity(k->key);
        if (whole != k->key)
            rarity = fminf(rarity, lang_rarity(whole));
    }
    if (rarity < RARITY_LEAST)
        return;
    int fresh;
    uint32_t *at = u64map_add(c->scratch, &c->at, key, c->v.n, &fresh);
    if (!at)
        return;
    if (fresh) {
        count *n = vec_push(c->scratch, &c->v);
        if (!n)
            return;
        *n = (count){.key = key, .token = inside ? i : UINT32_MAX, .rarity = rarity};
        n->plain = k->kind == TOK_WORD ? plain_key(text_token(t, i), key) : key;
        n->number = k->kind == TOK_NUMBER;
    }
    count *n = &c->v.v[*at];
    n->times += times;
    n->rarity = fminf(n->rarity, rarity); /* of the commonest form */
    n->capital |= (k->flags & TOKF_UPPER) != 0;
    n->lead |= lead;
    if (inside && n->token == UINT32_MAX)
        n->token = i;
}

static int by_mark(const void *p, const void *q)
{
    const story_mark *a = p, *b = q;
    if (a->label != b->label)
        return a->label < b->label ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* Marks among tokens [begin, end) of t, whose numbers are known. */
static void find_marks(const sst_text *t, uint32_t begin, uint32_t end, story_features *out)
{
    for (uint32_t k = 0; k < t->number_n && out->mark_n < MARK_MOST; k++) {
        const sst_number *x = &t->number[k];
        if (x->begin < begin || x->end > end || x->approx || x->value < 1 ||
            x->value > MARK_NUMBER_MOST || x->value != floor(x->value) || x->high != x->value)
            continue;
        uint32_t at = UINT32_MAX;
        if (x->ordinal && x->end < end && t->tok[x->end].kind == TOK_WORD &&
            lang_rarity(t->tok[x->end].key) >= LABEL_RARITY)
            at = x->end;
        else if (!x->ordinal && x->begin > begin && text_is(t, x->begin - 1, LEX_NOT_COUNTED))
            at = x->begin - 1;
        if (at == UINT32_MAX)
            continue;
        uint32_t whole;
        out->mark[out->mark_n++] = (story_mark){stem_key(t, at, &whole), (int32_t)x->value};
    }
}

/* Days that a headline writes out ("8 May", "2031-05-08"): another such day is another forecast,
 * briefing, table. A weekday or "today" is not one: reports of one event say it differently. The
 * year is left aside: mostly it is not written, and an article without a date cannot tell it. */
static void find_days(const sst_text *t, uint32_t begin, uint32_t end, story_features *out)
{
    for (uint32_t k = 0; k < t->time_n && out->mark_n < MARK_MOST; k++) {
        const sst_time *x = &t->time[k];
        if (x->begin < begin || x->end > end || !x->month || !x->day)
            continue;
        out->mark[out->mark_n++] =
            (story_mark){text_key(STR("day in the headline")), x->month * 32 + x->day};
    }
}

static void sort_marks(story_features *f)
{
    qsort(f->mark, f->mark_n, sizeof *f->mark, by_mark);
    uint32_t n = 0;
    for (uint32_t i = 0; i < f->mark_n; i++)
        if (n == 0 || by_mark(&f->mark[n - 1], &f->mark[i]) != 0)
            f->mark[n++] = f->mark[i];
    f->mark_n = n;
}

static bool tells(uint8_t role)
{
    return role != ROLE_BOILERPLATE && role != ROLE_CREDIT && role != ROLE_BYLINE &&
           role != ROLE_LIST;
}

static int by_key(const void *p, const void *q)
{
    const story_feature *a = p, *b = q;
    return a->key < b->key ? -1 : a->key > b->key;
}

/* Does feature p come before q among the weightiest? */
static bool weightier(const story_feature *p, const story_feature *q)
{
    return p->weight != q->weight ? p->weight > q->weight : p->key < q->key;
}

/* A heap whose root is the least of the top. */
static void sink_top(const story_feature *v, uint32_t *heap, uint32_t n, uint32_t i)
{
    for (;;) {
        uint32_t c = 2 * i + 1;
        if (c >= n)
            return;
        if (c + 1 < n && weightier(&v[heap[c]], &v[heap[c + 1]]))
            c++;
        if (!weightier(&v[heap[i]], &v[heap[c]]))
            return;
        uint32_t t = heap[i];
        heap[i] = heap[c];
        heap[c] = t;
        i = c;
    }
}

sst_status story_choose_top(story_features *f, sst_arena *arena)
{
    uint32_t n = 0, *heap = arena_alloc(arena, STORY_TOP * sizeof *heap);
    if (!heap)
        return arena->failed;
    for (uint32_t i = 0; i < f->n; i++) {
        if (n < STORY_TOP) {
            heap[n++] = i;
            if (n == STORY_TOP)
                for (uint32_t k = n / 2; k-- > 0;)
                    sink_top(f->v, heap, n, k);
        } else if (weightier(&f->v[i], &f->v[heap[0]])) {
            heap[0] = i;
            sink_top(f->v, heap, n, 0);
        }
    }
    if (n < STORY_TOP)
        for (uint32_t k = n / 2; k-- > 0;)
            sink_top(f->v, heap, n, k);
    f->top = heap;
    f->top_n = n;
    while (n > 1) { /* the least goes behind */
        uint32_t t = heap[0];
        heap[0] = heap[--n];
        heap[n] = t;
        sink_top(f->v, heap, n, 0);
    }
    return SST_OK;
}

static float weight_of(const count *k)
{
    return (k->times < 1 ? k->times : 1 + logf(k->times)) * powf(k->rarity, RARITY_POWER) *
           (k->capital ? CAPITAL : 1);
}

static int by_word(const void *p, const void *q)
{
    const story_word *a = p, *b = q;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->weight > b->weight ? -1 : a->weight < b->weight;
}

/* What other languages write alike: words with a capital, and numbers; of unit length. */
static void weigh_names(const counter *c, story_features *out)
{
    uint32_t n = 0, kept = 0;
    double sum = 0;
    for (uint32_t i = 0; i < c->v.n; i++)
        if (c->v.v[i].capital || c->v.v[i].number)
            out->cross[n++] = (story_word){c->v.v[i].plain, weight_of(&c->v.v[i])};
    if (n)
        qsort(out->cross, n, sizeof *out->cross, by_word);
    for (uint32_t i = 0; i < n; i++)
        if (!kept || out->cross[kept - 1].key != out->cross[i].key)
            out->cross[kept++] = out->cross[i];
    for (uint32_t i = 0; i < kept; i++)
        sum += (double)out->cross[i].weight * (double)out->cross[i].weight;
    for (uint32_t i = 0; i < kept; i++)
        out->cross[i].weight *= (float)(1 / sqrt(sum));
    out->cross_n = kept;
}

/* Weights of what was counted, over the article and over its headline and lead, of unit length. */
static void weigh(const counter *c, story_features *out)
{
    double sum = 0, lead = 0;
    for (uint32_t i = 0; i < c->v.n; i++) {
        const count *k = &c->v.v[i];
        float w = weight_of(k);
        out->v[i] = (story_feature){k->key, k->lead ? w : -w, k->token};
    }
    qsort(out->v, out->n, sizeof *out->v, by_key);
    for (uint32_t i = 0; i < out->n; i++) { /* below 0: not of the lead */
        out->lead[i] = out->v[i].weight > 0 ? out->v[i].weight : 0;
        out->v[i].weight = fabsf(out->v[i].weight);
        sum += (double)out->v[i].weight * (double)out->v[i].weight;
        lead += (double)out->lead[i] * (double)out->lead[i];
    }
    float scale = sum > 0 ? (float)(1 / sqrt(sum)) : 0;
    float lead_scale = lead > 0 ? (float)(1 / sqrt(lead)) : 0;
    for (uint32_t i = 0; i < out->n; i++) {
        out->v[i].weight *= scale;
        out->lead[i] *= lead_scale;
        out->word[i] = (story_word){out->v[i].key, out->v[i].weight};
    }
}

static int by_hash(const void *p, const void *q)
{
    const uint32_t *a = p, *b = q;
    return *a < *b ? -1 : *a > *b;
}

/* Sorts, drops what is there twice, keeps the `most` smallest; returns how many. */
static uint32_t smallest(uint32_t *v, uint32_t n, uint32_t most)
{
    uint32_t kept = 0;
    if (n)
        qsort(v, n, sizeof *v, by_hash);
    for (uint32_t i = 0; i < n && kept < most; i++)
        if (kept == 0 || v[kept - 1] != v[i])
            v[kept++] = v[i];
    return kept;
}

/* Runs of RUN words between quotation marks, in paragraphs [begin, end). */
static sst_status find_runs(const sst_text *t, uint32_t begin, uint32_t end, sst_arena *scratch,
                            sst_arena *arena, story_features *out)
{
    const uint8_t *marked = copy_marked(t, scratch);
    uint32_t *hash = arena_alloc(scratch, ((size_t)t->tok_n + 1) * sizeof *hash);
    if (!marked || !hash)
        return scratch->failed;
    uint32_t n = 0;
    for (uint32_t p = begin; p < end; p++) {
        uint32_t key[RUN], words = 0;
        for (uint32_t i = t->para[p].begin; tells(t->para[p].role) && i < t->para[p].end; i++) {
            if (!marked[i]) {
                words = 0;
                continue;
            }
            if (t->tok[i].kind != TOK_WORD && t->tok[i].kind != TOK_NUMBER)
                continue;
            key[words++ % RUN] = t->tok[i].key;
            if (words < RUN)
                continue;
            uint32_t run[RUN];
            for (uint32_t k = 0; k < RUN; k++)
                run[k] = key[(words + k) % RUN];
            hash[n++] = (uint32_t)hash_bytes(run, sizeof run, 0);
        }
    }
    out->run_n = smallest(hash, n, RUNS_MOST);
    out->run = arena_alloc(arena, ((size_t)out->run_n + 1) * sizeof *out->run);
    if (out->run && out->run_n)
        memcpy(out->run, hash, out->run_n * sizeof *hash);
    return arena->failed;
}

/* Names of two words and more whose first place is among tokens [begin, end). */
static sst_status find_names(const sst_text *t, uint32_t begin, uint32_t end, sst_arena *arena,
                             story_features *out)
{
    out->name = arena_alloc(arena, ((size_t)t->entity_n + 1) * sizeof *out->name);
    if (!out->name)
        return arena->failed;
    uint32_t n = 0;
    for (uint32_t e = 0; e < t->entity_n; e++) {
        const sst_mention *m = &t->mention[t->entity[e].first];
        if (m->begin < begin || m->end > end)
            continue;
        uint64_t hash = 0;
        uint32_t words = 0, whole;
        for (uint32_t i = m->begin; i < m->end; i++)
            if (t->tok[i].kind == TOK_WORD) {
                uint32_t key = stem_key(t, i, &whole);
                hash = hash_bytes(&key, sizeof key, hash);
                words++;
            }
        if (words >= 2)
            out->name[n++] = (uint32_t)hash;
    }
    out->name_n = smallest(out->name, n, UINT32_MAX);
    return SST_OK;
}

static sst_status make(const sst_text *text, uint32_t begin, uint32_t end, bool titled,
                       sst_arena *arena, story_features *out)
{
    const sst_article *a = text->article;
    *out = (story_features){.text = text, .published = a->published_s};
    out->content = hash_bytes(a->text.p, a->text.n,
                              hash_bytes(a->title.p, a->title.n, hash_str(a->published)));
    sst_arena scratch;
    arena_init(&scratch, 0);
    counter c = {.scratch = &scratch};
    bool headline = false;
    uint32_t before = 0;        /* words of the text so far */
    uint32_t lead = UINT32_MAX; /* the token behind the MARK_WORDS-th */
    out->mark = arena_alloc(arena, MARK_MOST * sizeof *out->mark);
    if (!out->mark)
        return arena->failed;
    for (uint32_t p = begin; p < end; p++) {
        const sst_para *para = &text->para[p];
        if (!tells(para->role))
            continue;
        headline |= para->role == ROLE_HEADLINE;
        if (para->role == ROLE_HEADLINE)
            find_days(text, para->begin, para->end, out);
        for (uint32_t i = para->begin; i < para->end; i++) {
            float times = TITLE_COUNT;
            if (para->role != ROLE_HEADLINE) {
                before += text->tok[i].kind == TOK_WORD || text->tok[i].kind == TOK_NUMBER;
                times = fmaxf(TAIL_COUNT, 1 / (1 + (float)before / LEAD_WORDS));
                if (before == MARK_WORDS && lead == UINT32_MAX)
                    lead = i + 1;
            }
            count_token(&c, text, i, times, true,
                        para->role == ROLE_HEADLINE || before <= MARK_WORDS);
        }
    }
    sst_status status = SST_OK;
    if (titled && a->title.n && !headline) { /* it came as a field beside the text */
        sst_article outside = {.text = a->title,
                               .lang = a->lang,
                               .published = a->published,
                               .published_s = a->published_s};
        sst_block block = {{0, (uint32_t)a->title.n}, ROLE_HEADLINE};
        outside.blocks = &block;
        outside.block_n = 1;
        sst_text title;
        status = text_tokens(&outside, &scratch, &title);
        for (uint32_t i = 0; status == SST_OK && i < title.tok_n; i++)
            count_token(&c, &title, i, TITLE_COUNT, false, true);
        if (status == SST_OK)
            status = text_numbers(&scratch, &title);
        if (status == SST_OK)
            status = text_times(&scratch, &title);
        if (status == SST_OK) {
            find_marks(&title, 0, title.tok_n, out);
            find_days(&title, 0, title.tok_n, out);
        }
    }
    uint32_t first = begin < end ? text->para[begin].begin : 0;
    uint32_t last = begin < end ? text->para[end - 1].end : 0;
    find_marks(text, titled ? 0 : first, lead < last ? lead : last, out);
    sort_marks(out);
    out->n = c.v.n;
    out->v = arena_alloc(arena, (size_t)(c.v.n + 1) * sizeof *out->v);
    out->word = arena_alloc(arena, (size_t)(c.v.n + 1) * sizeof *out->word);
    out->cross = arena_alloc(arena, (size_t)(c.v.n + 1) * sizeof *out->cross);
    out->lang = a->lang.n ? text_key(a->lang) : 0;
    out->lead = arena_alloc(arena, (size_t)(c.v.n + 1) * sizeof *out->lead);
    if (status == SST_OK)
        status = find_runs(text, begin, end, &scratch, arena, out);
    if (status == SST_OK)
        status = find_names(text, first, last, arena, out);
    if (status == SST_OK)
        status = scratch.failed ? scratch.failed : arena->failed;
    if (status == SST_OK) {
        weigh(&c, out);
        weigh_names(&c, out);
        status = story_choose_top(out, arena);
    }
    arena_release(&scratch);
    return status;
}

sst_status story_features_make(const sst_text *text, sst_arena *arena, story_features *out)
{
    return make(text, 0, text->para_n, true, arena, out);
}

sst_status story_features_of_part(const sst_text *text, uint32_t begin, uint32_t end,
                                  sst_arena *arena, story_features *out)
{
    return make(text, begin, end, false, arena, out);
}
