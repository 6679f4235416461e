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

enum { SHOWN = 12 };

typedef struct side {
    story_features f;
    double sum; /* of scores with the other's story */
    uint32_t n;
} side;

static const char *const KIND[] = {[STORY_WORD] = "word",
                                   [STORY_NAME] = "name",
                                   [STORY_PLACE] = "place",
                                   [STORY_NUMBER] = "number",
                                   [STORY_DATE] = "date"};

static sst_span span_of(story_spot s)
{
    return (sst_span){s.begin, s.begin + s.length};
}

uint32_t story_shared_places(const story_features *a, const story_features *b, uint32_t most,
                             sst_arena *arena, sst_shared **out)
{
    story_shared_word *word = arena_alloc(arena, ((size_t)most + 1) * sizeof *word);
    if (!word)
        return 0;
    uint32_t n = story_shared(a, b, word, most);
    *out = arena_calloc(arena, (size_t)n + 1, sizeof **out);
    if (!*out)
        return 0;
    for (uint32_t k = 0; k < n; k++) {
        story_spot x = a->spot[word[k].a], y = b->spot[word[k].b];
        (*out)[k] = (sst_shared){str_of(KIND[x.kind]), span_of(x), span_of(y)};
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
        if (a->word[i].key == label && a->spot[i].length)
            return str_span(a->text->s, span_of(a->spot[i]));
    return STR("");
}

sst_status story_explain(const sst_text *const *texts, uint32_t n, const uint32_t *story_of,
                         uint32_t a, uint32_t b, sst_grain grain, sst_arena *arena,
                         story_between *out)
{
    side x = {0}, y = {0};
    *out = (story_between){
        .least = story_least(grain), .a = {.nearest = UINT32_MAX}, .b = {.nearest = UINT32_MAX}};
    sst_status status = story_features_make(texts[a], arena, &x.f);
    if (!status)
        status = story_features_make(texts[b], arena, &y.f);
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
    out->shared_n = story_shared_places(&x.f, &y.f, SHOWN, arena, &out->shared);
    for (uint32_t i = 0; i < n && !status; i++) {
        sst_arena scratch;
        arena_init(&scratch, 0);
        story_features f;
        status = story_features_make(texts[i], &scratch, &f);
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
