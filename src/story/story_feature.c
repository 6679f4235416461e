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
#include "copy_words.h"
#include "text_pack.h"

/* A word in the headline counts as so many in the text. 2, 3, 5 differ by less than 0.2 points; 3
 * is the middle. */
static const float TITLE_COUNT = 3;
/*
 * News tells the main thing first: the n-th word of the text counts 1 / (1 + n / LEAD_WORDS), but
 * no less than TAIL_COUNT, so that what a long report says of other events in passing is not taken
 * for its own. 100 and 400 are within 0.4 points of 200, without it 1.1 are lost.
 */
static const float LEAD_WORDS = 200, TAIL_COUNT = 0.3f;
/* Words that begin with a capital are mostly names (1.3 to 2.3 tried). */
static const float CAPITAL = 1.4f;

/*
 * "12th package" and "13th package", "day 2" and "day 21" are other events told in the same words.
 * Marks are looked for where a report says what it is about: in the headline and so many words.
 */
enum { MARK_WORDS = 60, MARK_MOST = 16, MARK_NUMBER_MOST = 999 };

enum { RUN = 4 }; /* words of a quotation that two reports hardly have by chance */

/* A label tells a series only when it is no function word. */
static const float LABEL_RARITY = 2.5f;
typedef struct count {
    uint32_t key, token;
    uint32_t plain;     /* as of its first form */
    float times, worth; /* worth: of the commonest form */
    bool capital, lead, number;
} count;

/* Words of a text, or of a part of it: call scratch. */
typedef struct counter {
    const story_source *source;
    count *v; /* room for each stem of the source */
    uint32_t n;
} counter;

static void count_form(counter *c, uint32_t form, uint32_t token, bool capital, float times,
                       bool lead)
{
    if (form == STORY_NO_FORM)
        return;
    const story_form *f = &c->source->stems.form[form];
    uint32_t *at = &c->source->place[f->stem];
    if (*at >= c->n || c->v[*at].key != f->key) { /* another part left it, or nothing did */
        *at = c->n++;
        c->v[*at] = (count){.key = f->key,
                            .token = token,
                            .plain = f->plain,
                            .worth = f->worth,
                            .number = f->number};
    }
    count *n = &c->v[*at];
    n->times += times;
    n->worth = n->worth < f->worth ? n->worth : f->worth;
    n->capital |= capital;
    n->lead |= lead;
    if (n->token == UINT32_MAX)
        n->token = token;
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
        out->mark[out->mark_n++] = (story_mark){story_stem(t, at, &whole), (int32_t)x->value};
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

/* Does feature p come before q among the weightiest? */
static bool weightier(const story_word *p, const story_word *q)
{
    return p->weight != q->weight ? p->weight > q->weight : p->key < q->key;
}

/* A heap whose root is the least of the top. */
static void sink_top(const story_word *v, uint32_t *heap, uint32_t n, uint32_t i)
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
                    sink_top(f->word, heap, n, k);
        } else if (weightier(&f->word[i], &f->word[heap[0]])) {
            heap[0] = i;
            sink_top(f->word, heap, n, 0);
        }
    }
    if (n < STORY_TOP)
        for (uint32_t k = n / 2; k-- > 0;)
            sink_top(f->word, heap, n, k);
    f->top = heap;
    f->top_n = n;
    while (n > 1) { /* the least goes behind */
        uint32_t t = heap[0];
        heap[0] = heap[--n];
        heap[n] = t;
        sink_top(f->word, heap, n, 0);
    }
    return SST_OK;
}

static float weight_of(const count *k)
{
    return (k->times < 1 ? k->times : 1 + logf(k->times)) * k->worth * (k->capital ? CAPITAL : 1);
}

/* Deals v out by one byte of the keys, what is equal in its order. */
static void deal(story_word *v, story_word *to, uint32_t n, int shift)
{
    uint32_t at[257] = {0};
    for (uint32_t i = 0; i < n; i++)
        at[(v[i].key >> shift & 0xFF) + 1]++;
    for (uint32_t b = 0; b < 255; b++)
        at[b + 1] += at[b];
    for (uint32_t i = 0; i < n; i++)
        to[at[v[i].key >> shift & 0xFF]++] = v[i];
    memcpy(v, to, n * sizeof *v);
}

/* Do more than CROWD keys begin with the same byte? */
static bool crowded(const story_word *v, uint32_t n)
{
    enum { CROWD = 32 };
    uint32_t begin[256] = {0}, most = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t here = ++begin[v[i].key >> 24];
        most = here > most ? here : most;
    }
    return most > CROWD;
}

/*
 * (key, weight) by key. Keys are hashes and lie evenly: dealt out by their first byte they are
 * nearly in order, and each moves a place or two. Long texts, and pages that choose words whose
 * keys do not lie evenly, are dealt out by the other bytes first.
 */
static sst_status sort_words(story_word *v, uint32_t n, sst_arena *scratch)
{
    enum { FEW = 24 };
    if (n >= FEW) {
        story_word *to = arena_alloc(scratch, n * sizeof *to);
        if (!to)
            return scratch->failed;
        for (int shift = crowded(v, n) ? 0 : 24; shift <= 24; shift += 8)
            deal(v, to, n, shift);
    }
    for (uint32_t i = 1; i < n; i++) {
        story_word x = v[i];
        uint32_t k = i;
        for (; k > 0 && v[k - 1].key > x.key; k--)
            v[k] = v[k - 1];
        v[k] = x;
    }
    return SST_OK;
}

/* What other languages write alike: words with a capital, and numbers; of unit length. */
static sst_status weigh_names(const counter *c, sst_arena *arena, story_features *out)
{
    uint32_t n = 0, kept = 0;
    double sum = 0;
    story_word *word = arena_alloc(c->source->arena, ((size_t)c->n + 1) * sizeof *word);
    if (!word)
        return c->source->arena->failed;
    for (uint32_t i = 0; i < c->n; i++)
        if (c->v[i].capital || c->v[i].number)
            word[n++] = (story_word){c->v[i].plain, weight_of(&c->v[i])};
    if (sort_words(word, n, c->source->arena))
        return c->source->arena->failed;
    for (uint32_t i = 0; i < n; i++)
        if (!kept || word[kept - 1].key != word[i].key)
            word[kept++] = word[i];
        else if (word[kept - 1].weight < word[i].weight)
            word[kept - 1] = word[i];
    for (uint32_t i = 0; i < kept; i++)
        sum += (double)word[i].weight * (double)word[i].weight;
    for (uint32_t i = 0; i < kept; i++)
        word[i].weight *= (float)(1 / sqrt(sum));
    out->cross_n = kept;
    out->cross = arena_alloc(arena, ((size_t)kept + 1) * sizeof *word);
    if (!out->cross)
        return arena->failed;
    if (kept)
        memcpy(out->cross, word, kept * sizeof *word);
    return SST_OK;
}

static story_spot spot_of(const story_source *s, uint32_t token)
{
    enum { LENGTH_MOST = (1 << 24) - 1 };
    if (token == UINT32_MAX)
        return (story_spot){0};
    const sst_token *t = &s->text->tok[token];
    uint32_t length = t->end - t->begin < LENGTH_MOST ? t->end - t->begin : LENGTH_MOST;
    return (story_spot){t->begin, length & LENGTH_MOST, s->kind[token]};
}

/* Weights of what was counted, over the article and over its headline and lead, of unit length. */
static sst_status weigh(const counter *c, story_features *out)
{
    double sum = 0, lead = 0;
    for (uint32_t i = 0; i < c->n; i++) {
        out->word[i].key = c->v[i].key;
        memcpy(&out->word[i].weight, &i, sizeof i); /* its place, until the weights are known */
    }
    if (sort_words(out->word, c->n, c->source->arena))
        return c->source->arena->failed;
    for (uint32_t i = 0; i < out->n; i++) {
        uint32_t at;
        memcpy(&at, &out->word[i].weight, sizeof at);
        const count *k = &c->v[at];
        float w = weight_of(k);
        out->word[i].weight = w;
        out->spot[i] = spot_of(c->source, k->token);
        out->lead[i] = k->lead ? w : 0;
        sum += (double)w * (double)w;
        lead += (double)out->lead[i] * (double)out->lead[i];
    }
    float scale = sum > 0 ? (float)(1 / sqrt(sum)) : 0;
    float lead_scale = lead > 0 ? (float)(1 / sqrt(lead)) : 0;
    for (uint32_t i = 0; i < out->n; i++) {
        out->word[i].weight *= scale;
        out->lead[i] *= lead_scale;
    }
    return SST_OK;
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
static sst_status find_runs(const story_source *s, uint32_t begin, uint32_t end, sst_arena *arena,
                            story_features *out)
{
    const sst_text *t = s->text;
    uint32_t n = 0, room = begin < end ? t->para[end - 1].end - t->para[begin].begin : 0;
    if (!s->marked)
        room = 0;
    uint32_t *hash = arena_alloc(s->arena, ((size_t)room + 1) * sizeof *hash);
    if (!hash)
        return s->arena->failed;
    for (uint32_t p = begin; p < end && s->marked; p++) {
        uint32_t key[RUN], words = 0;
        for (uint32_t i = t->para[p].begin; tells(t->para[p].role) && i < t->para[p].end; i++) {
            if (!s->marked[i]) {
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
    out->run_n = smallest(hash, n, STORY_RUNS_MOST);
    out->run = arena_alloc(arena, ((size_t)out->run_n + 1) * sizeof *out->run);
    if (out->run && out->run_n)
        memcpy(out->run, hash, out->run_n * sizeof *hash);
    return arena->failed;
}

/* Names of two words and more whose first place is among tokens [begin, end). */
static sst_status find_names(const story_source *s, uint32_t begin, uint32_t end, sst_arena *arena,
                             story_features *out)
{
    uint32_t n = 0;
    for (uint32_t e = 0; e < s->name_n; e++)
        n += s->name[e].begin >= begin && s->name[e].end <= end;
    out->name = arena_alloc(arena, ((size_t)n + 1) * sizeof *out->name);
    if (!out->name)
        return arena->failed;
    n = 0;
    for (uint32_t e = 0; e < s->name_n; e++)
        if (s->name[e].begin >= begin && s->name[e].end <= end)
            out->name[n++] = s->name[e].hash;
    out->name_n = smallest(out->name, n, UINT32_MAX);
    return SST_OK;
}

static void open_names(story_source *s)
{
    const sst_text *t = s->text;
    s->name = arena_alloc(s->arena, ((size_t)t->entity_n + 1) * sizeof *s->name);
    for (uint32_t e = 0; s->name && e < t->entity_n; e++) {
        const sst_mention *m = &t->mention[t->entity[e].first];
        uint64_t hash = 0;
        uint32_t words = 0, whole;
        for (uint32_t i = m->begin; i < m->end; i++)
            if (t->tok[i].kind == TOK_WORD) {
                uint32_t key = story_stem(t, i, &whole);
                hash = hash_bytes(&key, sizeof key, hash);
                words++;
            }
        if (words >= 2)
            s->name[s->name_n++] = (story_name){m->begin, m->end, (uint32_t)hash};
    }
}

static void open_kinds(story_source *s)
{
    const sst_text *t = s->text;
    s->kind = arena_calloc(s->arena, (size_t)t->tok_n + 1, 1);
    if (!s->kind)
        return;
    for (uint32_t m = 0; m < t->mention_n; m++) {
        bool place = t->entity[t->mention[m].entity].kind == NAME_PLACE;
        memset(s->kind + t->mention[m].begin, place ? STORY_PLACE : STORY_NAME,
               t->mention[m].end - t->mention[m].begin);
    }
    for (uint32_t i = 0; i < t->tok_n; i++)
        if (t->tok[i].kind == TOK_NUMBER)
            s->kind[i] = STORY_NUMBER;
    for (uint32_t k = 0; k < t->time_n; k++)
        if (t->time[k].precision)
            memset(s->kind + t->time[k].begin, STORY_DATE, t->time[k].end - t->time[k].begin);
}

sst_status story_source_open(const sst_text *text, sst_arena *scratch, story_source *out)
{
    *out = (story_source){.text = text, .arena = scratch};
    out->form = arena_alloc(scratch, ((size_t)text->tok_n + 1) * sizeof *out->form);
    size_t words =
        (size_t)text->tok_n + text->article->title.n; /* of the title no more than bytes */
    if (words > UINT32_MAX)
        return SST_ERR_LIMIT;
    sst_status status = story_stems_init(&out->stems, (uint32_t)words, scratch);
    out->place = arena_calloc(scratch, words + 1, sizeof *out->place);
    if (status || scratch->failed)
        return status ? status : scratch->failed;
    bool marks = false;
    for (uint32_t p = 0; p < text->para_n; p++)
        for (uint32_t i = text->para[p].begin; tells(text->para[p].role) && i < text->para[p].end;
             i++) {
            out->form[i] = story_form_of(&out->stems, text, i);
            marks |= text->tok[i].kind == TOK_MARK;
        }
    if (marks)
        out->marked = copy_marked(text, scratch);
    open_names(out);
    open_kinds(out);
    return scratch->failed;
}

/* Words of paragraphs [begin, end); *lead: the token behind the MARK_WORDS-th. Is there a headline?
 */
static bool count_words(counter *c, uint32_t begin, uint32_t end, uint32_t *lead)
{
    const story_source *s = c->source;
    const sst_text *t = s->text;
    bool headline = false;
    uint32_t before = 0; /* words of the text so far */
    *lead = UINT32_MAX;
    for (uint32_t p = begin; p < end; p++) {
        const sst_para *para = &t->para[p];
        if (!tells(para->role))
            continue;
        headline |= para->role == ROLE_HEADLINE;
        for (uint32_t i = para->begin; i < para->end; i++) {
            float times = TITLE_COUNT;
            if (para->role != ROLE_HEADLINE) {
                before += t->tok[i].kind == TOK_WORD || t->tok[i].kind == TOK_NUMBER;
                times = 1 / (1 + (float)before / LEAD_WORDS);
                times = times > TAIL_COUNT ? times : TAIL_COUNT;
                if (before == MARK_WORDS && *lead == UINT32_MAX)
                    *lead = i + 1;
            }
            count_form(c, s->form[i], i, (t->tok[i].flags & TOKF_UPPER) != 0, times,
                       para->role == ROLE_HEADLINE || before <= MARK_WORDS);
        }
    }
    return headline;
}

/* The title, when it came as a field beside the text. */
static sst_status count_title(counter *c, story_source *s, story_features *out)
{
    const sst_article *a = s->text->article;
    sst_article outside = {.text = a->title,
                           .lang = a->lang,
                           .published = a->published,
                           .published_s = a->published_s};
    sst_block block = {{0, (uint32_t)a->title.n}, ROLE_HEADLINE};
    outside.blocks = &block;
    outside.block_n = 1;
    sst_text title;
    sst_status status = text_tokens(&outside, s->arena, &title);
    for (uint32_t i = 0; status == SST_OK && i < title.tok_n; i++)
        count_form(c, story_form_of(&s->stems, &title, i), UINT32_MAX,
                   (title.tok[i].flags & TOKF_UPPER) != 0, TITLE_COUNT, true);
    if (status == SST_OK)
        status = text_numbers(s->arena, &title);
    if (status == SST_OK)
        status = text_times(s->arena, &title);
    if (status == SST_OK) {
        find_marks(&title, 0, title.tok_n, out);
        find_days(&title, 0, title.tok_n, out);
    }
    return status;
}

static sst_status make(story_source *s, uint32_t begin, uint32_t end, bool whole, sst_arena *arena,
                       story_features *out)
{
    const sst_text *text = s->text;
    const sst_article *a = text->article;
    *out = (story_features){
        .text = text, .published = a->published_s, .lang = a->lang.n ? text_key(a->lang) : 0};
    size_t most = (size_t)s->stems.stem_n + (whole ? a->title.n : 0);
    counter c = {.source = s, .v = arena_alloc(s->arena, (most + 1) * sizeof *c.v)};
    if (!c.v)
        return s->arena->failed;
    out->mark = arena_alloc(arena, MARK_MOST * sizeof *out->mark);
    if (!out->mark)
        return arena->failed;
    for (uint32_t p = begin; p < end; p++)
        if (text->para[p].role == ROLE_HEADLINE)
            find_days(text, text->para[p].begin, text->para[p].end, out);
    uint32_t lead, first = begin < end ? text->para[begin].begin : 0;
    uint32_t last = begin < end ? text->para[end - 1].end : 0;
    sst_status status = SST_OK;
    if (!count_words(&c, begin, end, &lead) && whole && a->title.n)
        status = count_title(&c, s, out);
    find_marks(text, whole ? 0 : first, lead < last ? lead : last, out);
    sort_marks(out);
    out->n = c.n;
    out->spot = arena_alloc(arena, (size_t)(c.n + 1) * sizeof *out->spot);
    out->word = arena_alloc(arena, (size_t)(c.n + 1) * sizeof *out->word);
    out->lead = arena_alloc(arena, (size_t)(c.n + 1) * sizeof *out->lead);
    if (status == SST_OK)
        status = find_runs(s, begin, end, arena, out);
    if (status == SST_OK)
        status = find_names(s, first, last, arena, out);
    if (status == SST_OK)
        status = s->arena->failed ? s->arena->failed : arena->failed;
    if (status == SST_OK)
        status = weigh(&c, out);
    return status ? status : weigh_names(&c, arena, out);
}

sst_status story_whole(const sst_text *text, sst_arena *arena, sst_text *out)
{
    if (text->tok || text->packed)
        return text_unpack(text, arena, out);
    return text_analyse(text->article, arena, out);
}

sst_status story_features_make(const sst_text *text, sst_arena *arena, story_features *out)
{
    const sst_article *a = text->article;
    sst_arena scratch;
    story_source s;
    arena_init(&scratch, 0);
    sst_text whole;
    sst_status status = story_whole(text, &scratch, &whole);
    if (!status)
        status = story_source_open(&whole, &scratch, &s);
    if (!status)
        status = make(&s, 0, whole.para_n, true, arena, out);
    out->text = text;
    out->content = hash_bytes(a->text.p, a->text.n,
                              hash_bytes(a->title.p, a->title.n, hash_str(a->published)));
    if (!status)
        status = story_choose_top(out, arena);
    arena_release(&scratch);
    return status;
}

sst_status story_features_of_part(story_source *source, uint32_t begin, uint32_t end,
                                  sst_arena *arena, story_features *out)
{
    return make(source, begin, end, false, arena, out);
}
