/*
 * Figures of a story -> items: what each counts, of what type, with the words around it.
 *
 * In: the figures of each article, the cast. Out: figure_items. Method: a sparse vector of the
 * words around a figure (rarer and nearer words weigh more, names by the person they name, what
 * happened to those who are counted as one key), of length 1. What only the whole article tells is
 * added by figure_article.c. Parts: keys, one item, all items. Numbers were set on the labelled
 * stories.
 */
#include "figure_item.h"
#include "figure_around.h"

#include <math.h>
#include <stdlib.h>

#include "base_hash.h"

enum {
    OWNER_GAP = 3,      /* tokens behind a counted noun in which a name says whose age it is */
    WINDOW = 14,        /* tokens on each side that belong to a figure's surroundings */
    ASIDE_MAX = 14,     /* tokens of an aside between commas */
    CONCEPT_WINDOW = 8, /* tokens in which the verb of a count stands */
    STEM_N = 6,         /* letters of a stem */
    QUANTITY_GAP = 8,   /* tokens before an amount in which its quantity is named: "shares of Tallow
                           & Pike jumped" */
    ANCHOR_GAP = 5,     /* tokens before an amount in which the noun stands that it measures */
    DEED_GAP = 3,       /* auxiliaries between those who are counted and what was done to them */
    PART_WINDOW = 24,   /* tokens before a figure in which "of whom" makes it a part */
    PART_NEAR = 3,    /* the same before an amount: "1,200 of them" makes no part of what follows */
    TIME_WINDOW = 40, /* tokens on each side in which a time is the figure's */
    SINCE_GAP = 5,    /* tokens before a time in which "since" makes it another event's */
    OTHER_GAP = 1,    /* words between a number and the "other" that makes it a part */
    STORY_MONTHS = 1  /* a time that is further from the publication is another event's */
};

static const float WEIGHT_COUNTED = 2.0f; /* of a counted word against a word beside it */
static const float WEIGHT_CONCEPT = 1.5f;
static const float RARITY_NAME = 12.0f; /* of a name: like a word in one of 4,000 articles */
/* ------------------------------------------------------------------ keys */

uint32_t figure_concept_key(uint32_t concept)
{
    return (uint32_t)hash_mix(concept, 0x636F6E63u) | 1;
}

static uint32_t stem_of(sst_str word)
{
    char low[4 * STEM_N];
    size_t n = 0, letters = 0;
    size_t end = word.n;
    if (end > 3 && word.p[end - 1] == 's' && word.p[end - 2] != 's')
        end--;
    for (size_t i = 0; i < end && n < sizeof low; i++) {
        unsigned char c = (unsigned char)word.p[i];
        if ((c & 0xC0) != 0x80 && ++letters > STEM_N)
            break;
        low[n++] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
    }
    return n < 2 ? 0 : text_key((sst_str){low, n}) | 1;
}

/* The word of the lexicon that says what an amount is ("revenue", "sales" are one), 0: none. */
static uint32_t quantity_at(const sst_text *t, uint32_t i)
{
    const char *v =
        text_is(t, i, LEX_FIGURE_CUE) ? lang_value(t->lang, t->tok[i].lex, LEX_FIGURE_CUE) : NULL;
    if (!v || (v = strchr(v, '=')) == NULL)
        return 0;
    return text_key((sst_str){v, strcspn(v, " ")}) | 1;
}

uint32_t figure_stem(const sst_text *t, uint32_t token)
{
    if (t->tok[token].kind != TOK_WORD ||
        text_is(t, token, LEX_STOPWORD | LEX_COUNT_STOP | LEX_NUMBER_WORD | LEX_MAGNITUDE))
        return 0;
    uint32_t quantity = quantity_at(t, token);
    return quantity ? quantity : stem_of(text_token(t, token));
}

/* What the word at i says of a count, or of a duration. */
static uint32_t concept_at(const sst_text *t, uint32_t i, bool duration)
{
    if (!text_is(t, i, LEX_COUNT_CONCEPT))
        return 0;
    const char *v = lang_value(t->lang, t->tok[i].lex, LEX_COUNT_CONCEPT);
    return v && (*v == '~') == duration ? text_key(str_of(v)) | 1 : 0;
}

bool figure_clause_ends(const sst_text *t, uint32_t i)
{
    const sst_token *k = &t->tok[i];
    if (k->kind == TOK_NUMBER || k->kind == TOK_MARK)
        return true;
    if (k->kind == TOK_SIGN)
        return !(k->flags & TOKF_GLUED) || t->s.p[k->begin] != '-';
    if (text_is(t, i, LEX_CONJUNCTION))
        return true;
    /* "to" joins the numbers of a range, and leads to a place: "taken to hospital" */
    return text_is(t, i, LEX_NUMBER_WORD) && !text_is(t, i, LEX_PREPOSITION);
}

/* "seven people, including two guards, were arrested": behind the second comma. */
static uint32_t behind_aside(const sst_text *t, const sst_sentence *s, uint32_t i)
{
    if (i + 1 >= s->end || t->s.p[t->tok[i].begin] != ',' ||
        !text_phrase(t, i + 1, s->end, LEX_PART_OF))
        return i;
    for (uint32_t k = i + 1; k < s->end && k < i + ASIDE_MAX; k++)
        if (t->s.p[t->tok[k].begin] == ',')
            return k + 1;
    return i;
}

/* What happened to those who are counted: the nearest word of that kind in the clause. */
static uint32_t find_concept(const sst_text *t, const sst_sentence *s, uint32_t begin, uint32_t end,
                             uint32_t counts_begin, bool duration)
{
    for (uint32_t i = counts_begin; i < end; i++) /* "militant deaths" */
        if (concept_at(t, i, duration))
            return concept_at(t, i, duration);
    end = behind_aside(t, s, end);
    for (uint32_t i = end; i < s->end && i < end + CONCEPT_WINDOW && !figure_clause_ends(t, i); i++)
        if (concept_at(t, i, duration))
            return concept_at(t, i, duration);
    for (uint32_t i = begin;
         i-- > s->begin && i + CONCEPT_WINDOW >= begin && !figure_clause_ends(t, i);)
        if (concept_at(t, i, duration))
            return concept_at(t, i, duration);
    return 0;
}

static void put(figure_item *x, uint32_t key, float weight)
{
    for (uint32_t i = 0; i < x->n; i++)
        if (x->key[i] == key) {
            if (weight > x->weight[i])
                x->weight[i] = weight;
            return;
        }
    if (x->n < FIGURE_KEYS_MAX) {
        x->key[x->n] = key;
        x->weight[x->n++] = weight;
        return;
    }
    uint32_t least = 0;
    for (uint32_t i = 1; i < x->n; i++)
        if (x->weight[i] < x->weight[least])
            least = i;
    if (weight > x->weight[least]) {
        x->key[least] = key;
        x->weight[least] = weight;
    }
}

/* The verb behind the counted words and its auxiliaries, without its ending: "31 people had been
 * treated", "900 people marched". */
static uint32_t find_deed(const sst_text *t, const sst_sentence *s, uint32_t counts_end)
{
    uint32_t i = counts_end;
    while (i < s->end && i < counts_end + DEED_GAP && text_is(t, i, LEX_AUXILIARY | LEX_BE))
        i++;
    if (i >= s->end || t->tok[i].kind != TOK_WORD || !figure_stem(t, i))
        return 0;
    const sst_token *k = &t->tok[i];
    const char *end = t->s.p + k->end;
    if (k->end - k->begin <= 4 || end[-2] != 'e' || (end[-1] != 'd' && end[-1] != 'n'))
        return 0;
    return stem_of((sst_str){t->s.p + k->begin, k->end - k->begin - 2});
}

/* "aiming", "valued", "brought" */
static bool is_form_of_verb(const sst_text *t, uint32_t i)
{
    sst_str w = text_token(t, i);
    return text_is(t, i, LEX_TIME_WORD | LEX_CUE) || /* irregular pasts stand there */
           (w.n > 4 &&
            (memcmp(w.p + w.n - 3, "ing", 3) == 0 || memcmp(w.p + w.n - 2, "ed", 2) == 0));
}

/* Does the clause end at token i? Names may have a conjunction. */
static bool ends_clause(const sst_text *t, uint32_t i)
{
    return figure_clause_ends(t, i) && text_mention_at(t, i) == UINT32_MAX;
}

/* The lexicon's word for an amount that leads to it: "revenue", "the cost of". */
static uint32_t find_quantity(const sst_text *t, const sst_sentence *s, uint32_t begin,
                              uint32_t end, sst_span *at)
{
    for (uint32_t i = begin; i-- > s->begin && i + QUANTITY_GAP >= begin && !ends_clause(t, i);)
        if (quantity_at(t, i) && text_mention_at(t, i) == UINT32_MAX) {
            *at = text_span(t, i, i + 1);
            return quantity_at(t, i);
        }
    if (end < s->end && quantity_at(t, end)) { /* 40 percent contained */
        *at = text_span(t, end, end + 1);
        return quantity_at(t, end);
    }
    return 0;
}

/* What is measured where nothing is counted, the noun that an amount stands behind: "damage of 46
 * million dollars", "the damage was put at 46 million dollars". */
static uint32_t find_anchor(const sst_text *t, const sst_sentence *s, uint32_t begin, sst_span *at)
{
    for (uint32_t i = begin; i-- > s->begin && i + ANCHOR_GAP >= begin;) {
        if (t->tok[i].kind != TOK_WORD)
            return 0;
        if (text_mention_at(t, i) != UINT32_MAX)
            return 0; /* its name is not what is measured */
        if (text_is(t, i, LEX_FRACTION))
            return 0; /* "half of the nearly 2 million" */
        if (i + 1 < begin && text_is(t, i + 1, LEX_AUXILIARY | LEX_BE | LEX_PREPOSITION) &&
            figure_stem(t, i) && !text_is(t, i, LEX_CHANGE) &&
            !(i > s->begin && text_is(t, i - 1, LEX_AUXILIARY | LEX_BE))) { /* "was put at" */
            if (!is_form_of_verb(t, i)) /* "aiming for", "brought in" name nothing */
                *at = text_span(t, i, i + 1);
            return figure_stem(t, i);
        }
    }
    return 0;
}

/* The key of a name: the person of the cast, or its last word. */
static uint32_t name_key(const sst_cast *cast, uint32_t article, const sst_text *t,
                         uint32_t mention)
{
    const sst_mention *m = &t->mention[mention];
    if (cast && cast->entity && cast->entity[article] && m->entity < t->entity_n)
        return (uint32_t)hash_mix(cast->entity[article][m->entity], 0x6E616D65u) | 1;
    return figure_stem(t, m->end - 1);
}

/*
 * The subject of the verb before an amount, where that is one of having, reaching or changing:
 * "turnout reached 72%", "the Larks took 34%", "the Finches at 9%". In x->anchor, for a name in
 * x->whose, which only shares have.
 */
static void find_subject(const sst_cast *cast, const sst_text *t, const sst_sentence *s,
                         uint32_t begin, bool share, figure_item *x)
{
    uint32_t i = begin;
    while (i > s->begin && text_is(t, i - 1, LEX_PREPOSITION))
        i--;
    bool verb = i < begin;
    while (i > s->begin && (text_is(t, i - 1, LEX_CHANGE | LEX_AUXILIARY | LEX_BE) ||
                            figure_cue_is(t, i - 1, "has") || figure_cue_is(t, i - 1, "level"))) {
        i--;
        verb = true;
    }
    if (i == s->begin || t->tok[i - 1].kind != TOK_WORD)
        return;
    uint32_t m = text_mention_at(t, i - 1);
    bool name = m != UINT32_MAX;
    if (name ? !share : !verb)
        return;
    uint32_t from = name ? t->mention[m].begin : i - 1, before = from;
    if (before > s->begin && text_is(t, before - 1, LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE))
        before--;
    if (before > s->begin && text_is(t, before - 1, LEX_PREPOSITION))
        return; /* "the price of oil" */
    *(name ? &x->whose : &x->anchor) =
        name ? name_key(cast, x->article, t, m) : figure_stem(t, from);
    x->measured = text_span(t, from, i);
}

static uint64_t type_of(sst_str unit)
{
    uint32_t measures = figure_measures(unit);
    if (measures)
        return (uint64_t)measures << 3 | 4;
    ptrdiff_t per = str_find(unit, STR(" per "));
    if (per > 0)
        unit.n = (size_t)per;
    return hash_str(unit) | 4;
}

uint64_t figure_type(const sst_figure *f)
{
    if (f->ordinal)
        return 1;
    if (figure_is_part(f))
        return type_of(STR("percentage"));
    if (f->counted || !f->unit.n)
        return 2;
    return type_of(f->unit);
}

uint64_t figure_value_key(double value, double high, uint64_t type)
{
    uint64_t bits[2];
    memcpy(&bits[0], &value, sizeof value);
    memcpy(&bits[1], &high, sizeof high);
    return hash_mix(hash_mix(bits[0], bits[1]), type);
}

/* The same in whatever unit: a kilometre is 1000 metres, as far as a float tells. */
uint64_t figure_size(const sst_figure *f, double *value)
{
    sst_figure g = !figure_is_part(f) && (f->counted || !figure_measures(f->unit))
                       ? *f
                       : figure_in_unit(f, figure_base_unit(f->unit));
    *value = g.value;
    return figure_type(f);
}

static uint64_t value_key_of(const sst_figure *f, uint64_t type)
{
    if (!figure_is_part(f) && (f->counted || !figure_measures(f->unit)))
        return figure_value_key(f->value, f->high, type);
    sst_figure g = figure_in_unit(f, figure_base_unit(f->unit));
    return figure_value_key((float)g.value, (float)g.high, type);
}

/* Months of a time as it is written, "2031-10-15" or "2031", -1 when it has no year; *exact: it has
 * a month. */
static int months_of(const char *iso, size_t n, bool *exact)
{
    int v[2] = {0, 0};
    *exact = n >= 7 && iso[4] == '-';
    if (n < 4)
        return -1;
    for (size_t i = 0; i < (*exact ? 7u : 4u); i++) {
        if (i == 4)
            continue;
        if (!byte_is_digit((unsigned char)iso[i]))
            return -1;
        v[i > 4] = v[i > 4] * 10 + (iso[i] - '0');
    }
    return v[0] * 12 + (*exact ? v[1] - 1 : 0);
}

/* "the highest since independence in 1991": no time of the figure. */
static bool is_since(const sst_text *t, const sst_sentence *s, uint32_t time)
{
    for (uint32_t i = time; i > s->begin && i + SINCE_GAP > time; i--)
        if (figure_cue_is(t, i - 1, "since"))
            return true;
    return false;
}

/* The first time of a sentence that is another than the story's, else 0. */
static uint64_t when_of(const sst_text *t, const sst_sentence *s, uint32_t at)
{
    bool day, month;
    int now = months_of(t->article->published.p, t->article->published.n, &day);
    if (now < 0 || !day)
        return 0;
    uint32_t from = at > s->begin + TIME_WINDOW ? at - TIME_WINDOW : s->begin;
    uint32_t to = at + TIME_WINDOW < s->end ? at + TIME_WINDOW : s->end;
    uint32_t lo = text_time_from(t, from);
    for (; lo < t->time_n && t->time[lo].begin < to; lo++) {
        const char *iso = t->time[lo].iso;
        if (is_since(t, s, t->time[lo].begin))
            continue;
        int then = months_of(iso, strlen(iso), &month);
        if (then < 0 || (month ? abs(then - now) <= STORY_MONTHS : then / 12 == now / 12))
            continue;
        return hash_bytes(iso, 4, 3) | 1;
    }
    return 0;
}

/* Does a phrase that makes a part of what follows stand at i? "including" alone does so in no more
 * than half of its uses; words that always do have the value "part" ("davon", "dont"). */
static bool says_part(const sst_text *t, uint32_t i, uint32_t end)
{
    uint32_t n = text_phrase(t, i, end, LEX_PART_OF);
    return n > 1 || (n == 1 && lang_value(t->lang, t->tok[i].lex, LEX_PART_OF) != NULL);
}

/* "two other men", "another 40", "five of the dead", "20, four of whom were hurt and 16 who were
 * not": a part of what is counted. */
static bool is_part(const sst_text *t, const sst_sentence *s, uint32_t begin, uint32_t number_end,
                    uint32_t end, bool concept, bool measure)
{
    uint32_t window = measure ? PART_NEAR : PART_WINDOW;
    uint32_t from = begin > s->begin + window ? begin - window : s->begin;
    for (uint32_t i = begin; measure && i-- > s->begin && i + PART_WINDOW > begin;)
        if (figure_cue_is(t, i, "group"))
            return true; /* among women, approval was 45% */
    for (uint32_t i = from; i <= number_end && i < s->end; i++)
        if ((i < begin || i == number_end) && says_part(t, i, s->end))
            return true;
    for (uint32_t i = begin > s->begin ? begin - 1 : begin; i < end + OTHER_GAP && i < s->end;
         i++) {
        bool the = i > s->begin && text_is(t, i - 1, LEX_DETERMINER);
        if (figure_cue_is(t, i, "other") && (!concept || (the && i < number_end)))
            return true; /* "another 40 were injured" where seven were killed are all */
        if (i == number_end && figure_cue_is(t, i, "of") &&
            text_is(t, i + 1, LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE | LEX_STOPWORD))
            return true;
    }
    return false;
}

static void fill(const figure_items *items, uint32_t article, uint32_t figure, figure_item *x)
{
    const sst_figures *fs = items->figures[article];
    const sst_text *t = fs->text;
    const sst_figure *f = &fs->v[figure];
    const sst_sentence *s = &t->sent[f->sentence];
    uint32_t begin = text_token_at(t, f->at.begin), end = text_token_at(t, f->at.end - 1) + 1;
    memset(x, 0, sizeof *x);
    x->article = article;
    x->figure = figure;
    x->type = figure_type(f);
    const char *time = x->type > 2 && !f->counted
                           ? lang_value(t->lang, lang_row(t->lang, f->unit), LEX_TIME_WORD)
                           : NULL;
    x->measure = x->type > 2 && !time;
    x->value_key = value_key_of(f, x->type);
    uint32_t cb = end, ce = end;
    if (f->counts.n) {
        cb = text_token_at(t, f->counts.v[0].begin);
        ce = text_token_at(t, f->counts.v[0].end - 1) + 1;
    }
    x->concept =
        x->type == 2 || time ? find_concept(t, s, begin, end > ce ? end : ce, cb, time != NULL) : 0;
    if (x->type == 2 && !x->concept)
        x->deed = find_deed(t, s, ce);
    if (x->concept)
        put(x, figure_concept_key(x->concept), WEIGHT_CONCEPT * 10);
    bool share = str_eq(f->unit, STR("percentage"));
    x->anchor = x->measure ? find_quantity(t, s, begin, end, &x->measured) : 0;
    x->named = x->anchor != 0 || (x->measure && ce > cb && quantity_at(t, ce - 1));
    if (x->measure && !x->anchor && !f->counts.n)
        x->anchor = find_anchor(t, s, begin, &x->measured);
    if (x->measure && !x->anchor && (share || !f->counts.n))
        find_subject(items->cast, t, s, begin, share, x);
    if (f->counts.n && !x->named)
        x->anchor = 0;
    uint32_t words = 0;
    for (uint32_t i = ce; i-- > cb;) {
        uint32_t stem = figure_stem(t, i);
        if (!x->head)
            x->head = stem;
        if (stem) {
            x->counted += hash_mix(stem, 0x636F756Eu);
            words++;
        }
    }
    if (words < 2)
        x->counted = 0;
    uint32_t number_end = text_token_at(t, f->number.end - 1) + 1;
    bool age = str_starts(f->unit, STR("year of age"));
    x->duration = time && !age;
    x->part = is_part(t, s, begin, number_end, end > ce ? end : ce, x->concept != 0, x->measure);
    x->title = t->para[s->para].role == ROLE_HEADLINE;
    for (uint32_t i = cb; i < ce && x->type == 2; i++)
        x->people |=
            text_is(t, i, LEX_PEOPLE_NOUN | LEX_PERSON_NOUN) || figure_cue_is(t, i, "people");
    x->when = when_of(t, s, begin);
    uint32_t from = begin > s->begin + WINDOW ? begin - WINDOW : s->begin;
    uint32_t to = end + WINDOW < s->end ? end + WINDOW : s->end;
    for (uint32_t i = from; i < to;) {
        uint32_t far = i < begin ? begin - i : i >= end ? i - end + 1 : 0;
        float near = 1.0f / (1.0f + (float)far / 6.0f);
        uint32_t m = text_mention_at(t, i);
        if (m != UINT32_MAX) {
            uint32_t key = name_key(items->cast, article, t, m);
            if (key)
                put(x, key, RARITY_NAME * near);
            const sst_mention *who = &t->mention[m];
            bool counted = who->begin == cb && who->end == ce;
            /* "36-year-old baker Ada Brook"; "Ada Brook, a 36-year-old" */
            bool beside = (who->begin >= begin && who->begin <= ce && who->end >= ce &&
                           who->end <= ce + OWNER_GAP) ||
                          (who->end < begin && who->end + 2 >= begin &&
                           t->s.p[t->tok[who->end].begin] == ',');
            if (counted ||
                (age && !x->owner && beside && t->entity[who->entity].kind == NAME_PERSON &&
                 !text_is(t, who->begin, LEX_NATIONALITY) &&
                 !(who->end < t->tok_n && text_is(t, who->end, LEX_PERSON_NOUN))))
                x->owner = key;
            i = t->mention[m].end > i ? t->mention[m].end : i + 1;
            continue;
        }
        uint32_t key = figure_stem(t, i);
        if (key) {
            bool counted = i >= cb && i < ce;
            put(x, key, lang_rarity(t->tok[i].key) * (counted ? WEIGHT_COUNTED : near));
        }
        i++;
    }
}

static int by_key(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Words that many figures of the story have around them tell less; then each vector gets length 1
 * and ascending keys. */
static void weigh(figure_items *items, sst_arena *arena)
{
    u64map df = {NULL, NULL, 0, 0};
    for (uint32_t i = 0; i < items->n; i++)
        for (uint32_t k = 0; k < items->v[i].n; k++) {
            uint32_t *c = u64map_add(arena, &df, items->v[i].key[k], 0, NULL);
            if (!c)
                return;
            ++*c;
        }
    float all = log2f(2.0f + (float)items->n);
    for (uint32_t i = 0; i < items->n; i++) {
        figure_item *x = &items->v[i];
        float sum = 0;
        uint64_t order[FIGURE_KEYS_MAX];
        float weight[FIGURE_KEYS_MAX];
        for (uint32_t k = 0; k < x->n; k++) {
            const uint32_t *c = u64map_find(&df, x->key[k]);
            float idf = c ? log2f(1.0f + (float)items->n / (float)*c) / all : 1;
            x->weight[k] *= 0.25f + idf;
            sum += x->weight[k] * x->weight[k];
            order[k] = (uint64_t)x->key[k] << 32 | k;
        }
        qsort(order, x->n, sizeof *order, by_key);
        float length = sum > 0 ? sqrtf(sum) : 1;
        for (uint32_t k = 0; k < x->n; k++)
            weight[k] = x->weight[order[k] & 0xFFFFFFFFu] / length;
        for (uint32_t k = 0; k < x->n; k++)
            x->key[k] = (uint32_t)(order[k] >> 32);
        memcpy(x->weight, weight, x->n * sizeof *weight);
    }
}

sst_status figure_items_make(figure_items *items, sst_arena *arena)
{
    items->n = 0;
    for (uint32_t i = 0; i < items->article_n; i++)
        items->n += items->figures[i]->n;
    items->v = arena_alloc(arena, ((size_t)items->n + 1) * sizeof *items->v);
    if (!items->v)
        return arena->failed;
    uint32_t k = 0, sentence = 0;
    for (uint32_t i = 0; i < items->article_n; i++) {
        const sst_figures *fs = items->figures[i];
        for (uint32_t f = 0; f < fs->n; f++, k++) {
            fill(items, i, f, &items->v[k]);
            if (f == 0 || fs->v[f].sentence != fs->v[f - 1].sentence)
                sentence++;
            items->v[k].sentence = sentence - 1;
        }
    }
    weigh(items, arena);
    return figure_look_at_articles(items, arena);
}
