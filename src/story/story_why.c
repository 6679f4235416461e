/*
 * Two articles -> what they are to each other, and to each other's stories.
 *
 * in: all texts of a run and the story of each; out: the score of the two and what it is made of,
 * what they share as places in both, how alike each is on average to the story of the other, and
 * the nearest article of another story. One pass over the texts: the features of each are made and
 * compared with both.
 */
#include "story.h"
#include "story_feature.h"
#include "text_pack.h"

enum { SHOWN = 12 };

typedef struct side {
    story_features f;
    double sum; /* of scores with the other's story */
    uint32_t n;
} side;

/* Does the token stand in a date or time of day that is known? */
static bool in_time(const sst_text *t, uint32_t token)
{
    uint32_t lo = 0, hi = t->time_n; /* the first that ends behind it */
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (t->time[mid].end <= token)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < t->time_n && t->time[lo].begin <= token && t->time[lo].precision != 0;
}

static sst_str kind_of(const sst_text *t, uint32_t token)
{
    if (in_time(t, token))
        return STR("date");
    if (t->tok[token].kind == TOK_NUMBER)
        return STR("number");
    uint32_t m = text_mention_at(t, token);
    if (m == UINT32_MAX)
        return STR("word");
    return t->entity[t->mention[m].entity].kind == NAME_PLACE ? STR("place") : STR("name");
}

uint32_t story_shared_places(const story_features *a, const story_features *b, uint32_t most,
                             sst_arena *arena, sst_arena *scratch, sst_shared **out)
{
    story_shared_word *word = arena_alloc(scratch, ((size_t)most + 1) * sizeof *word);
    sst_text in_a, in_b;
    *out = NULL;
    if (!word || text_unpack(a->text, scratch, &in_a) || text_unpack(b->text, scratch, &in_b)) {
        arena->failed = arena->failed ? arena->failed : scratch->failed;
        return 0;
    }
    uint32_t n = story_shared(a, b, word, most);
    *out = arena_calloc(arena, (size_t)n + 1, sizeof **out);
    if (!*out)
        return 0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t x = a->v[word[k].a].token, y = b->v[word[k].b].token;
        (*out)[k] =
            (sst_shared){kind_of(&in_a, x), text_span(&in_a, x, x + 1), text_span(&in_b, y, y + 1)};
    }
    return n;
}

static void meet(side *s, story_side *out, const story_features *f, uint32_t i, bool own,
                 bool others)
{
    float score = story_similarity(&s->f, f);
    if (others) {
        s->sum += (double)score;
        s->n++;
    }
    if (!own && score > out->nearest_score) {
        out->nearest_score = score;
        out->nearest = i;
    }
}

/* Where the label of a series stands in the text of a; the word itself, or nothing. */
static sst_str label_in(const story_features *a, uint32_t label)
{
    for (uint32_t i = 0; i < a->n; i++)
        if (a->v[i].key == label && a->v[i].token != UINT32_MAX)
            return text_token(a->text, a->v[i].token);
    return STR("");
}

sst_status story_explain(const sst_text *const *texts, uint32_t n, const uint32_t *story_of,
                         uint32_t a, uint32_t b, sst_grain grain, sst_arena *arena,
                         story_between *out)
{
    side x = {0}, y = {0};
    *out = (story_between){
        .least = story_least(grain), .a = {.nearest = UINT32_MAX}, .b = {.nearest = UINT32_MAX}};
    const sst_text *two[2] = {texts[a], texts[b]};
    sst_status status = text_unpack_all(two, 2, arena, two);
    if (!status)
        status = story_features_make(two[0], arena, &x.f);
    if (!status)
        status = story_features_make(two[1], arena, &y.f);
    if (status)
        return status;
    story_likeness l = story_compare(&x.f, &y.f);
    out->score = l.score;
    out->words = l.words;
    out->time = l.time;
    out->names = l.names;
    out->quoted = l.quoted;
    out->twin = l.twin;
    out->series = l.label ? label_in(&x.f, l.label) : STR("");
    out->shared_n = story_shared_places(&x.f, &y.f, SHOWN, arena, arena, &out->shared);
    for (uint32_t i = 0; i < n && !status; i++) {
        sst_arena scratch;
        arena_init(&scratch, 0);
        story_features f;
        sst_text whole;
        status = text_unpack(texts[i], &scratch, &whole);
        if (!status)
            status = story_features_make(&whole, &scratch, &f);
        if (!status && i != a)
            meet(&x, &out->a, &f, i, story_of[i] == story_of[a], story_of[i] == story_of[b]);
        if (!status && i != b)
            meet(&y, &out->b, &f, i, story_of[i] == story_of[b], story_of[i] == story_of[a]);
        arena_release(&scratch);
    }
    out->a.to_other = x.n ? (float)(x.sum / x.n) : 0;
    out->b.to_other = y.n ? (float)(y.sum / y.n) : 0;
    return status ? status : arena->failed;
}
