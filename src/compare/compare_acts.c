/*
 * Acts of a sentence in languages other than English, for what is to come and done.
 *
 * In: a sentence. Out: its verbs as keys of their base forms, each to come or over. Method: the
 * ends of verbs are a trait of the language (data/lang/<code>/trait.txt), the forms that no end
 * tells are listed (time_word: "past VERB", "coming VERB"). Where the verb stands last (German,
 * Dutch), the helping verb says the time and the last word of the clause the act: "soll ...
 * geschleppt werden", "ist ... geschleppt worden"; a prefix that stands apart goes back to its
 * verb. Elsewhere: a word of the future with an infinitive, a future or past by its end, or a
 * helping verb with a participle. A verb that is denied tells nothing. Base forms are cut to what
 * all forms share, so that they need not be words.
 */
#include "compare_acts.h"

#include <string.h>

#include "base_hash.h"

enum {
    LETTERS = 40,    /* of a verb that are looked at */
    STEM_LEAST = 3,  /* bytes that stay of a verb without its end */
    FORM_LEAST = 5,  /* bytes of a form that its end alone tells */
    PREFIX_MOST = 8, /* bytes of a prefix that may stand apart */
    HELP_GAP = 3,    /* tokens between a helping verb and its participle, where it stands before */
    BASE_GAP = 5,    /* between a word of the future and its infinitive */
    NOT_GAP = 2      /* tokens before a verb in which a word takes it back */
};

typedef struct word {
    char s[LETTERS + 1];
    size_t n;
} word;

/* The token in lower case, without what hangs on it before an apostrophe. */
static word fold(const sst_text *t, uint32_t i)
{
    sst_str s = text_token(t, i);
    word w = {.n = 0};
    for (size_t k = 0; k < s.n && w.n < LETTERS; k++) {
        if (s.p[k] == '\'' || str_starts((sst_str){s.p + k, s.n - k}, STR("\xE2\x80\x99"))) {
            k += s.p[k] == '\'' ? 0 : 2;
            w.n = 0;
            continue;
        }
        w.s[w.n++] = (char)(s.p[k] >= 'A' && s.p[k] <= 'Z' ? s.p[k] | 32 : s.p[k]);
    }
    return w;
}

/* The length of w without the longest end of this form; 0 when it has none. */
static size_t without_end(const sst_lang *lang, int form, const word *w)
{
    return lang_verb_stem(lang, form, (sst_str){w->s, w->n});
}

static const char *value_of(const sst_text *t, uint32_t i, uint64_t one_class)
{
    return lang_value(t->lang, t->tok[i].lex, one_class);
}

/* The verb that a list gives for a form: "past VERB". NULL: none. */
static const char *listed(const sst_text *t, const char *p, size_t n, const char *kind)
{
    sst_str s = {p, n};
    const char *v = lang_value(t->lang, lang_row(t->lang, s), LEX_TIME_WORD);
    size_t k = strlen(kind);
    return v && strncmp(v, kind, k) == 0 ? v + k : NULL;
}

static bool is_particle(const sst_text *t, const char *p, size_t n)
{
    uint16_t row = lang_row(t->lang, (sst_str){p, n});
    const char *v = lang_value(t->lang, row, LEX_CUE_INDIRECT);
    return (v && strcmp(v, "particle") == 0) || (lang_classes(t->lang, row) & LEX_PREPOSITION) != 0;
}

/* The key of a stem behind its prefix. Double letters at the end are one: gestoppt, stoppen. */
static uint32_t key_of(const char *prefix, size_t prefix_n, const char *stem, size_t n)
{
    char s[2 * LETTERS];
    if (prefix_n)
        memcpy(s, prefix, prefix_n);
    memcpy(s + prefix_n, stem, n);
    n += prefix_n;
    return n < STEM_LEAST ? 0 : (uint32_t)hash_bytes(s, n, 17) | 1;
}

/* The stem of a base form: its key behind a prefix. */
static uint32_t base_key(const sst_text *t, const char *prefix, size_t prefix_n, const char *base)
{
    word w = {.n = strlen(base) < LETTERS ? strlen(base) : LETTERS};
    memcpy(w.s, base, w.n);
    size_t n = without_end(t->lang, LANG_VERB_BASE, &w);
    return key_of(prefix, prefix_n, w.s, n ? n : w.n);
}

/* ------------------------------------------------------------------ the verb stands last */

/* The length of the prefix of w that may stand apart, 0: none. The longest whose rest may be a
 * verb. */
static size_t prefix_of(const sst_text *t, const word *w)
{
    for (size_t n = PREFIX_MOST; n >= 2; n--)
        if (w->n > n + STEM_LEAST && is_particle(t, w->s, n))
            return n;
    return 0;
}

/* The key of a participle, "ab-ge-schlepp-t" or a listed one; 0: it is none. */
static uint32_t participle_key(const sst_text *t, const word *w)
{
    size_t p = prefix_of(t, w);
    for (size_t k = p;; k = 0) { /* with its prefix, then as a whole */
        const char *base = listed(t, w->s + k, w->n - k, "past ");
        if (base)
            return base_key(t, w->s, k, base);
        if (!k)
            break;
    }
    size_t n = without_end(t->lang, LANG_VERB_PARTICIPLE, w);
    if (!n)
        return 0;
    size_t ge = w->n > p + 2 && memcmp(w->s + p, "ge", 2) == 0 ? 2 : 0;
    if (p && !ge)
        p = 0;
    return n <= p + ge ? 0 : key_of(w->s, p, w->s + p + ge, n - p - ge);
}

static bool is_future(const sst_text *t, uint32_t i)
{
    const char *v = value_of(t, i, LEX_TIME_WORD);
    return v && strcmp(v, "future") == 0;
}

static bool is_perfect(const sst_text *t, uint32_t i)
{
    const char *v = value_of(t, i, LEX_TIME_WORD);
    return v && strcmp(v, "perfect") == 0;
}

static bool is_denied(const sst_text *t, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        const char *v = value_of(t, i, LEX_CUE_INDIRECT);
        if (v && strcmp(v, "not") == 0)
            return true;
    }
    return false;
}

/* The act of one clause [begin, end) of such a language. */
static bool last_act(const sst_text *t, uint32_t begin, uint32_t end, compare_act *out)
{
    uint32_t helper = end, last = end, passive = 0;
    bool perfect = false;
    for (uint32_t i = begin; i < end && helper == end; i++)
        if (text_is(t, i, LEX_AUXILIARY) || is_future(t, i))
            helper = i;
    if (is_denied(t, begin, end))
        return false;
    while (last > begin &&
           (t->tok[last - 1].kind != TOK_WORD || text_is(t, last - 1, LEX_AUXILIARY | LEX_BE) ||
            is_future(t, last - 1) || is_perfect(t, last - 1))) {
        perfect |= is_perfect(t, last - 1) && t->tok[last - 1].kind == TOK_WORD;
        passive += t->tok[last - 1].kind == TOK_WORD && helper < last - 1;
        last--;
    }
    if (last == begin || t->tok[--last].flags & TOKF_UPPER)
        return false;
    word w = fold(t, last);
    out->at = last;
    if (helper < end && is_future(t, helper)) {
        bool base = without_end(t->lang, LANG_VERB_BASE, &w) && !listed(t, w.s, w.n, "past ");
        if (perfect || (!base && !passive))
            return false; /* soll gestohlen haben; wird erwartet */
        out->done = false;
        out->verb = participle_key(t, &w);
        if (base && !(passive && out->verb)) {
            size_t p = prefix_of(t, &w);
            size_t n = without_end(t->lang, LANG_VERB_BASE, &w);
            out->verb = n > p ? key_of(w.s, p, w.s + p, n - p) : 0;
        }
        return out->verb != 0;
    }
    out->done = true;
    if (helper < end) {
        out->verb = participle_key(t, &w);
        return out->verb != 0;
    }
    bool apart = is_particle(t, w.s, w.n); /* "trat am Montag zurück" */
    for (uint32_t i = begin; i < end; i++) {
        if (t->tok[i].kind != TOK_WORD || t->tok[i].flags & TOKF_UPPER ||
            text_is(t, i, LEX_STOPWORD | LEX_CUE | LEX_PREPOSITION | LEX_DETERMINER) ||
            (i > begin && text_is(t, i - 1, LEX_DETERMINER)))
            continue;
        word v = fold(t, i);
        const char *base = listed(t, v.s, v.n, "past ");
        size_t n = base ? 0 : without_end(t->lang, LANG_VERB_PAST, &v);
        if (!base && (!n || v.n < FORM_LEAST))
            continue;
        out->verb =
            base ? base_key(t, w.s, apart ? w.n : 0, base) : key_of(w.s, apart ? w.n : 0, v.s, n);
        return out->verb != 0;
    }
    return false;
}

/* ------------------------------------------------------------------ the verb stands before */

static bool may_be_verb(const sst_text *t, uint32_t begin, uint32_t i)
{
    return t->tok[i].kind == TOK_WORD && !(t->tok[i].flags & TOKF_UPPER) &&
           !text_is(t, i, LEX_STOPWORD | LEX_AUXILIARY | LEX_PREPOSITION | LEX_ADVERB) &&
           !(i > begin && text_is(t, i - 1, LEX_DETERMINER));
}

/* The key of a form by its list or its end; 0: it is none of these. */
static uint32_t form_key(const sst_text *t, const word *w, int form, const char *kind)
{
    const char *base = kind ? listed(t, w->s, w->n, kind) : NULL;
    if (base)
        return base_key(t, NULL, 0, base);
    size_t n = w->n < FORM_LEAST ? 0 : without_end(t->lang, form, w);
    return n ? key_of(NULL, 0, w->s, n) : 0;
}

/* What the word of the future at i announces: an infinitive, or a participle behind "to be". */
static uint32_t announced(const sst_text *t, uint32_t i, uint32_t end)
{
    for (uint32_t k = i + 1; k < end && k < i + 1 + BASE_GAP; k++) {
        if (t->tok[k].kind == TOK_SIGN)
            return 0;
        if (!may_be_verb(t, i, k))
            continue;
        word w = fold(t, k);
        uint32_t key = form_key(t, &w, LANG_VERB_PARTICIPLE, "past ");
        uint32_t base = form_key(t, &w, LANG_VERB_BASE, NULL);
        return base ? base : key;
    }
    return 0;
}

static uint32_t told(const sst_text *t, uint32_t begin, uint32_t i)
{
    word w = fold(t, i);
    uint32_t key = listed(t, w.s, w.n, "past ") ? 0 : form_key(t, &w, LANG_VERB_PAST, NULL);
    bool helped = false;
    for (uint32_t k = i; k-- > begin && k + HELP_GAP >= i && !helped;)
        helped = text_is(t, k, LEX_AUXILIARY) && !is_future(t, k);
    uint32_t done = form_key(t, &w, LANG_VERB_PARTICIPLE, "past ");
    return helped && done ? done : key;
}

uint32_t compare_acts(const sst_text *t, uint32_t begin, uint32_t end,
                      compare_act out[COMPARE_ACTS_MAX])
{
    uint32_t n = 0;
    if (!t->lang->verb_ends[LANG_VERB_BASE])
        return 0;
    if (t->lang->traits & LANG_VERB_LAST) {
        for (uint32_t b = begin, i = begin; i <= end && n < COMPARE_ACTS_MAX; i++)
            if (i == end || t->tok[i].kind == TOK_SIGN) {
                n += i > b && last_act(t, b, i, &out[n]);
                b = i + 1;
            }
        return n;
    }
    for (uint32_t i = begin; i < end && n < COMPARE_ACTS_MAX; i++) {
        uint32_t low = i > begin + NOT_GAP ? i - NOT_GAP : begin, key = 0;
        if (t->tok[i].kind != TOK_WORD || is_denied(t, low, i))
            continue;
        if (is_future(t, i)) {
            key = announced(t, i, end);
        } else if (may_be_verb(t, begin, i) && !(i > begin && text_is(t, i - 1, LEX_PREPOSITION))) {
            word w = fold(t, i);
            key = form_key(t, &w, LANG_VERB_FUTURE, "coming ");
        }
        if (key)
            out[n++] = (compare_act){key, i, false};
    }
    if (n) /* a sentence that announces tells its past as what went before */
        return n;
    for (uint32_t i = begin; i < end && n < COMPARE_ACTS_MAX; i++) {
        uint32_t low = i > begin + NOT_GAP ? i - NOT_GAP : begin;
        uint32_t key = may_be_verb(t, begin, i) && !is_denied(t, low, i) &&
                               !(i > begin && text_is(t, i - 1, LEX_PREPOSITION))
                           ? told(t, begin, i)
                           : 0;
        if (key)
            out[n++] = (compare_act){key, i, true};
    }
    return n;
}
