/*
 * What stands around a number in its sentence.
 *
 * In: a sentence of a text. Out: spans of tokens and normalised units. Method: look-ups in the
 * lexicon; the counted nouns are the words behind the number up to the first word of grammar, cut
 * behind the last plural of the first run of plurals. Symbols of units are read with their case (MW
 * is not mW). Parts: cues, money, units, rates, nouns. Source: the naming of units follows the
 * tables that CQE and NewsQuant use.
 */
#include "figure_around.h"

#include "figure_inner.h"

enum {
    PHRASE_MAX = 5, /* tokens of the longest phrase before a number: "at the very least", "somewhere
                       in the region of" */
    NP_MAX = 9,     /* tokens of a noun phrase that are looked at */
    NP_SINGLE = 4,  /* words of a noun phrase without a plural */
    ELISION_MAX = 2,   /* letters before the apostrophe of "d'", "l'", "un'" */
    RATE_GAP = 3,      /* names between "per" and its noun: "per Acme share" */
    LEVEL_WINDOW = 16, /* tokens between a toll and its "rose to": "the toll from Monday's collapse
                          in the town" */
    SMALL_SYMBOL = 1   /* letters of a symbol that must be glued to its number */
};

/* ------------------------------------------------------------------ cues */

const char *around_value(const around *a, uint32_t i, uint64_t one_class)
{
    return i < a->end && text_is(a->t, i, one_class)
               ? lang_value(a->t->lang, a->t->tok[i].lex, one_class)
               : NULL;
}

bool around_sign(const around *a, uint32_t i, char c)
{
    return i < a->end && a->t->tok[i].end - a->t->tok[i].begin == 1 &&
           a->t->s.p[a->t->tok[i].begin] == c;
}

uint32_t around_phrase(const around *a, uint32_t i, uint64_t one_class, const char **value)
{
    uint32_t n;
    *value = text_phrase_value(a->t, i, a->end, one_class, &n);
    return n;
}

uint32_t around_phrase_before(const around *a, uint32_t i, uint64_t one_class, const char **value)
{
    uint32_t most = i - a->begin < PHRASE_MAX ? i - a->begin : PHRASE_MAX;
    for (uint32_t n = most; n > 0; n--) {
        around b = *a;
        b.end = i;
        if (around_phrase(&b, i - n, one_class, value) == n)
            return n;
    }
    *value = NULL;
    return 0;
}

bool figure_cue_is(const sst_text *t, uint32_t i, const char *value)
{
    return text_is(t, i, LEX_FIGURE_CUE) &&
           text_has_word(lang_value(t->lang, t->tok[i].lex, LEX_FIGURE_CUE), value);
}

bool around_cue_is(const around *a, uint32_t i, const char *value)
{
    return i < a->end && figure_cue_is(a->t, i, value);
}

bool around_phrase_is(const around *a, uint32_t i, const char *value)
{
    const char *v;
    return around_phrase(a, i, LEX_FIGURE_CUE, &v) && text_has_word(v, value);
}

bool around_cue_before(const around *a, uint32_t i, const char *value)
{
    const char *v;
    return around_phrase_before(a, i, LEX_FIGURE_CUE, &v) && text_has_word(v, value);
}

static bool glued(const around *a, uint32_t i)
{
    return i < a->end && (a->t->tok[i].flags & TOKF_GLUED);
}

static bool is_hyphen(const around *a, uint32_t i)
{
    return around_sign(a, i, '-') && i + 1 < a->end;
}

/* ------------------------------------------------------------------ money */

uint32_t around_money_before(const around *a, uint32_t i, sst_str *unit)
{
    const sst_text *t = a->t;
    if (t->tok[i].kind == TOK_WORD) { /* RM5: the code is in the word */
        sst_str w = text_token(t, i);
        char low[4];
        size_t n = 0;
        while (n < w.n && n < sizeof low && w.p[n] >= 'A' && w.p[n] <= 'Z') {
            low[n] = (char)(w.p[n] | 32);
            n++;
        }
        if (n >= 2 && n < w.n && byte_is_digit((unsigned char)w.p[n])) {
            uint16_t row = lang_row(t->lang, (sst_str){low, n});
            if (lang_classes(t->lang, row) & LEX_CURRENCY) {
                *unit = str_of(lang_value(t->lang, row, LEX_CURRENCY));
                return i > a->begin && text_is(t, i - 1, LEX_CURRENCY) &&
                               t->tok[i - 1].kind == TOK_SIGN
                           ? i - 1
                           : i;
            }
        }
    }
    if (i == a->begin)
        return i;
    const char *v;
    uint32_t n = around_phrase_before(a, i, LEX_CURRENCY, &v);
    if (!n || !v)
        return i;
    if (n == 1 && t->tok[i - 1].kind == TOK_WORD &&
        (!(t->tok[i - 1].flags & TOKF_CAPS) || t->tok[i - 1].end - t->tok[i - 1].begin < 3))
        return i;
    if (n > 1 && t->tok[i - n].kind == TOK_WORD && !(t->tok[i - n].flags & TOKF_UPPER) &&
        !(t->tok[i - n + 1].flags & TOKF_GLUED) && t->tok[i - n].end - t->tok[i - n].begin == 1 &&
        text_is(t, i - n, LEX_DETERMINER)) {
        n = 1; /* a $ 5 bill */
        v = around_value(a, i - 1, LEX_CURRENCY);
        if (!v)
            return i;
    }
    *unit = str_of(v);
    return i - n;
}

uint32_t around_money_tail(const around *a, uint32_t end)
{
    if (end < a->end && a->t->tok[end].kind == TOK_WORD && (a->t->tok[end].flags & TOKF_CAPS) &&
        text_is(a->t, end, LEX_CURRENCY))
        return end + 1;
    return end;
}

/* ------------------------------------------------------------------ units */

/* The unit of a symbol by its case, empty when it is none. */
static sst_str symbol(const around *a, uint32_t i)
{
    const char *v = around_value(a, i, LEX_UNIT_SYMBOL);
    sst_str w = text_token(a->t, i);
    while (v && *v) {
        const char *eq = strchr(v, '='), *end = strchr(v, ';');
        if (!eq)
            break;
        size_t n = end ? (size_t)(end - v) : strlen(v);
        if ((size_t)(eq - v) == w.n && memcmp(v, w.p, w.n) == 0)
            return (sst_str){eq + 1, n - w.n - 1};
        v = end ? end + 1 : NULL;
    }
    return (sst_str){NULL, 0};
}

/* Symbols that are words too and count only when they are glued to the number. */
static bool must_be_glued(const around *a, uint32_t i)
{
    return a->t->tok[i].end - a->t->tok[i].begin <= SMALL_SYMBOL ||
           text_is(a->t, i, LEX_COUNT_STOP | LEX_TIME_WORD | LEX_HONORIFIC);
}

uint32_t around_unit(const around *a, uint32_t i, const sst_number *n, sst_str *unit)
{
    const sst_text *t = a->t;
    uint32_t u = i;
    if (is_hyphen(a, u) && glued(a, u))
        u++;
    if (u >= a->end)
        return i;
    const char *v;
    uint32_t k = around_phrase(a, u, LEX_UNIT, &v);
    bool is_glued = u == i ? glued(a, u) : true;
    sst_str s = symbol(a, u);
    if (k && v) {
        bool single = t->tok[u].end - t->tok[u].begin == 1 && t->tok[u].kind == TOK_WORD && k == 1;
        if (!single || is_glued) {
            *unit = str_of(v);
            if (str_eq(*unit, STR("pound")))
                *unit = n->high >= 1e6 ? STR("pound sterling") : STR("pound-mass");
            return u + k;
        }
    }
    if (s.n && (is_glued || !must_be_glued(a, u) ||
                (t->tok[u].flags & TOKF_UPPER && t->tok[u].kind == TOK_WORD &&
                 !(text_is(t, u, LEX_COUNT_STOP)) && u + 1 < a->end))) {
        if (!is_glued && glued(a, u + 1) && !around_sign(a, u + 1, '.') &&
            !around_sign(a, u + 1, ',') && !around_sign(a, u + 1, ')'))
            return i;
        *unit = s;
        return u + 1;
    }
    /* codes of money behind: "110 JPY" */
    if (u == i && text_is(t, u, LEX_CURRENCY) &&
        (t->tok[u].kind == TOK_SIGN ||
         ((t->tok[u].flags & TOKF_CAPS) && t->tok[u].end - t->tok[u].begin == 3))) {
        if (t->tok[u].kind == TOK_SIGN && u + 1 < a->end && t->tok[u + 1].kind == TOK_NUMBER &&
            glued(a, u + 1))
            return i;
        *unit = str_of(around_value(a, u, LEX_CURRENCY));
        return u + 1;
    }
    return i;
}

uint32_t around_rate(const around *a, uint32_t i, sst_str *unit)
{
    const sst_text *t = a->t;
    uint32_t k = i;
    bool hyphen = is_hyphen(a, k) && glued(a, k);
    if (hyphen)
        k++;
    if (!around_cue_is(a, k, "rate"))
        return i;
    bool article = text_is(t, k, LEX_DETERMINER), stroke = t->tok[k].kind == TOK_SIGN;
    k++;
    if (hyphen && is_hyphen(a, k))
        k++;
    /* names may stand between */
    uint32_t limit = k + RATE_GAP;
    while (k < a->end && k < limit && t->tok[k].kind == TOK_WORD &&
           (t->tok[k].flags & TOKF_UPPER) && !(t->lang->traits & LANG_NOUN_CAPITAL))
        k++;
    if (k >= a->end || t->tok[k].kind != TOK_WORD || text_is(t, k, LEX_COUNT_STOP))
        return i;
    const char *v = around_value(a, k, LEX_UNIT);
    uint32_t words = 1;
    if (t->lang->traits) { /* "180 litros por metro cuadrado"; "par rapport" is none */
        words = around_phrase(a, k, LEX_UNIT, &v);
        if (!words && !stroke && !around_cue_is(a, k, "share"))
            return i;
        words += !words;
    }
    sst_str s = stroke ? symbol(a, k) : (sst_str){NULL, 0};
    bool share = around_cue_is(a, k, "share");
    if (((article || stroke) && !v && !share && !s.n) || around_cue_is(a, k + 1, "shift") ||
        around_cue_is(a, k + 1, "since"))
        return i;
    sst_str each = v ? str_of(v) : s.n ? s : text_token(t, k);
    *unit = arena_printf(a->arena, "%.*s per %.*s", (int)unit->n, unit->p, (int)each.n, each.p);
    return k + words;
}

/* ------------------------------------------------------------------ nouns */

uint32_t around_elision(const sst_text *t, uint32_t i)
{
    if (!t->lang->plural_ends || t->tok[i].kind != TOK_WORD)
        return 0;
    sst_str w = text_token(t, i);
    for (uint32_t n = 1; n <= ELISION_MAX && n + 1 < w.n; n++) {
        if (w.p[n] == '\'')
            return n + 1;
        if (str_starts((sst_str){w.p + n, w.n - n}, STR("\xE2\x80\x99")))
            return n + 3 < w.n ? n + 3 : 0;
        if (!byte_is_alpha((unsigned char)w.p[n]))
            return 0;
    }
    return 0;
}

/* A plural by its end, in a language that says which ends there are. */
static bool ends_as_plural(const around *a, uint32_t i)
{
    sst_str w = text_token(a->t, i);
    for (const char *e = a->t->lang->plural_ends; *e;) {
        size_t n = (size_t)(strchr(e, ' ') - e);
        if (w.n > n + 1 && memcmp(w.p + w.n - n, e, n) == 0)
            return true;
        e += n + 1;
    }
    return false;
}

/* Capitals that count nothing: an abbreviation ("§ 315 BGB"), a name ("26721 Emden"). */
static bool is_no_noun(const around *a, uint32_t i)
{
    const sst_text *t = a->t;
    bool compound = is_hyphen(a, i + 1) && glued(a, i + 1) && glued(a, i + 2);
    if (t->tok[i].flags & TOKF_CAPS)
        return !compound;
    uint32_t m = text_mention_at(t, i);
    return m != UINT32_MAX && !compound && !text_is(t, i, LEX_NATIONALITY | LEX_PEOPLE_NOUN) &&
           t->entity[t->mention[m].entity].kind != NAME_UNKNOWN;
}

/* A noun for somebody hurt that an article counts in other languages: "un mort". */
static bool counts_one(const around *a, uint32_t i)
{
    const char *v = a->t->lang->traits ? around_value(a, i, LEX_PLURAL) : NULL;
    return v && strcmp(v, "one") == 0;
}

static bool is_plural(const around *a, uint32_t i)
{
    const sst_text *t = a->t;
    const sst_token *k = &t->tok[i];
    if (k->kind != TOK_WORD)
        return false;
    if (text_is(t, i, LEX_PLURAL) && !counts_one(a, i))
        return around_value(a, i, LEX_PLURAL) == NULL;
    if (t->lang->traits & LANG_NOUN_CAPITAL)
        return (k->flags & TOKF_UPPER) && !is_no_noun(a, i);
    if (t->lang->plural_ends)
        return ends_as_plural(a, i);
    size_t n = k->end - k->begin;
    if (n < 3 || t->s.p[k->end - 1] != 's' || t->s.p[k->end - 2] == 's')
        return false;
    return !(n > 3 && t->s.p[k->end - 2] == 'u') &&
           !(n > 3 && t->s.p[k->end - 2] == 'i'); /* virus, crisis */
}

/* A verb form by its look that cannot be what is counted alone: "12 fled", "three injured". */
static bool looks_verb(const around *a, uint32_t i)
{
    const sst_token *k = &a->t->tok[i];
    return k->end - k->begin > 3 && a->t->s.p[k->end - 1] == 'd' && a->t->s.p[k->end - 2] == 'e';
}

bool around_noun_phrase(const around *a, uint32_t before, uint32_t i, bool single, around_np *out)
{
    const sst_text *t = a->t;
    memset(out, 0, sizeof *out);
    uint32_t k = i;
    if (is_hyphen(a, k) && glued(a, k)) {
        if (!glued(a, k + 1) || t->tok[k + 1].kind != TOK_WORD)
            return false;
        out->hyphen = true;
        k++;
    } else if (k < a->end && around_elision(t, k)) {
        out->of = single = true; /* "un million d'habitants" */
    } else if (around_cue_is(a, k, "of")) {
        out->of = true;
        k++;
        while (k < a->end && text_is(t, k, LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE))
            k++;
        single = true;
    }
    if (k < a->end && glued(a, k) && !out->hyphen)
        return false;
    out->begin = k;
    uint32_t head = UINT32_MAX, last = UINT32_MAX, words = 0;
    for (; k < a->end && k < out->begin + NP_MAX; k++) {
        const sst_token *tok = &t->tok[k];
        if (tok->kind == TOK_SIGN) {
            if (around_sign(a, k, '-') && glued(a, k) && glued(a, k + 1) && words)
                continue;
            if (around_sign(a, k, '.') && glued(a, k) && glued(a, k + 1) && k + 1 < a->end &&
                t->tok[k + 1].kind == TOK_WORD)
                continue;
            break;
        }
        if (tok->kind == TOK_CLITIC) {
            if (head == UINT32_MAX && words)
                continue;
            break;
        }
        if (tok->kind != TOK_WORD)
            break;
        if (text_is(t, k, LEX_CONJUNCTION)) {
            /* fire and rescue crews, Kia and Hyundai vehicles */
            if (head == UINT32_MAX && words && k + 2 < a->end && around_cue_is(a, k, "and") &&
                t->tok[k + 1].kind == TOK_WORD &&
                !text_is(t, k + 1, LEX_COUNT_STOP | LEX_NUMBER_WORD) && is_plural(a, k + 2))
                continue;
            break;
        }
        if (text_is(t, k, LEX_COUNT_STOP | LEX_AUXILIARY | LEX_PREPOSITION | LEX_DETERMINER))
            break;
        if (t->lang->traits && text_is(t, k, LEX_WEEKDAY | LEX_CUE | LEX_BE))
            break;
        const char *time = around_value(a, k, LEX_TIME_WORD);
        if (time && (strncmp(time, "shift", 5) == 0 || strncmp(time, "day", 3) == 0))
            break;
        if (text_is(t, k, LEX_NUMBER_WORD) && around_value(a, k, LEX_NUMBER_WORD) &&
            byte_is_digit((unsigned char)*around_value(a, k, LEX_NUMBER_WORD)) && words)
            break;
        if (words && !out->hyphen && single &&
            (looks_verb(a, k) || (text_is(t, k, LEX_CHANGE) && !is_plural(a, k) && !out->of)))
            break; /* "ship operated by", "one couple lost" */
        words++;
        if (is_plural(a, k)) {
            /* of two plurals the second is a verb ("fouls proves") unless the first stands like an
             * adjective ("women passengers") */
            bool joined = t->lang->traits & LANG_NOUN_CAPITAL && around_sign(a, k - 1, '-');
            if (head != UINT32_MAX && !joined && !text_is(t, head, LEX_PLURAL))
                break;
            head = k;
            continue;
        }
        if (head != UINT32_MAX) {
            /* behind a plural only another noun of the same phrase goes on, and that ends in a
             * plural: "women passengers" */
            break;
        }
        last = k;
        if (words > NP_SINGLE && single)
            break;
    }
    if (out->hyphen && !is_hyphen(a, out->begin + 1)) {
        /* "a nine-engine rocket", "two-door cars": what hangs at the number is what it counts */
        out->end = out->begin + 1;
        return true;
    }
    if (head != UINT32_MAX) {
        out->end = head + 1;
        out->plural = true;
        return true;
    }
    if (last == UINT32_MAX)
        return false;
    const char *numeral = single && words == 1 ? around_value(a, before, LEX_NUMBER_WORD) : NULL;
    if (single && (counts_one(a, out->begin) ||
                   (numeral && t->lang->traits && !out->of && strcmp(numeral, "1") == 0))) {
        out->end = out->begin + 1; /* un mort, één persoon */
        return true;
    }
    if (t->lang->traits && !out->of) /* nouns are told by their plural or their capital alone */
        return false;
    if (!single && !out->hyphen && (words > NP_MAX || (words == 1 && looks_verb(a, last))))
        return false;
    if (!single && !out->hyphen && !out->of && words > 2) {
        /* "the 12 page document": singular nouns need the article before the number; the first is
         * what is counted */
        if (before == a->begin || !text_is(t, before - 1, LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE))
            return false;
        last = out->begin;
    }
    if (out->hyphen && words > 2) {
        /* the word that hangs at the number, with the noun behind it */
        last = out->begin;
    }
    if (words == 1 && looks_verb(a, last) && !out->hyphen && !out->of)
        return false;
    out->end = last + 1;
    return true;
}

/* Is a word a number by itself: digits, or a word with a value ("two hundred")? */
static bool is_number(const around *a, uint32_t i)
{
    if (i >= a->end)
        return false;
    const char *v = around_value(a, i, LEX_NUMBER_WORD);
    return a->t->tok[i].kind == TOK_NUMBER || (v && byte_is_digit((unsigned char)*v));
}

bool around_share_of(const around *a, uint32_t i)
{
    const char *bound;
    if (!around_cue_is(a, i, "of"))
        return false;
    for (i++; i < a->end && text_is(a->t, i, LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE); i++)
        if (is_number(a, i))
            return true;
    return is_number(a, i + around_phrase(a, i, LEX_BOUND_BEFORE, &bound));
}

bool around_of_phrase(const around *a, uint32_t i, around_np *out)
{
    if (!around_cue_is(a, i, "of") && !(i < a->end && around_elision(a->t, i)))
        return false;
    return around_noun_phrase(a, i, i, true, out);
}

/* A word for what happened to people who are counted ("toll", "injured"), not for what lasts. */
static bool is_toll(const around *a, uint32_t i)
{
    const char *v = around_value(a, i, LEX_COUNT_CONCEPT);
    return v && *v != '~';
}

void around_level_of(const around *a, uint32_t i, around_np *out)
{
    memset(out, 0, sizeof *out);
    const char *v;
    uint32_t verb = i;
    uint32_t n = around_phrase_before(a, i, LEX_FIGURE_CUE, &v);
    if (n && text_has_word(v, "level"))
        verb = i - n;
    else if (i >= a->begin + 2 && around_cue_is(a, i - 1, "to") &&
             around_value(a, i - 2, LEX_CHANGE))
        verb = i - 2;
    else
        return;
    for (uint32_t k = verb;
         k-- > a->begin && k + LEVEL_WINDOW >= verb && !figure_clause_ends(a->t, k);)
        if (is_toll(a, k)) { /* the first of the clause is its subject: "death toll" */
            out->end = out->end && out->begin == k + 1 ? out->end : k + 1;
            out->begin = k;
        }
}

bool around_behind_name(const around *a, uint32_t i)
{
    const sst_text *t = a->t;
    if (i == a->begin)
        return false;
    const sst_token *p = &t->tok[i - 1];
    if (p->kind != TOK_WORD || (t->tok[i].kind == TOK_WORD && !(t->tok[i].flags & TOKF_UPPER)))
        return false; /* a number in words is a part of a name only with a capital */
    bool capital = (p->flags & TOKF_UPPER) != 0;
    for (uint32_t k = p->begin; k < p->end && !capital; k++) /* iPhone, eBay */
        capital = t->s.p[k] >= 'A' && t->s.p[k] <= 'Z';
    if (!capital)
        return false;
    if (text_is(t, i - 1,
                LEX_MONTH | LEX_WEEKDAY | LEX_COUNT_STOP | LEX_BOUND_BEFORE | LEX_CHANGE |
                    LEX_CURRENCY | LEX_NUMBER_WORD))
        return false;
    return !(p->flags & TOKF_SENT) || text_mention_at(t, i - 1) != UINT32_MAX;
}

/* "mother-of-two": the number belongs to the word before it, not to what follows. */
bool around_in_compound(const around *a, uint32_t i)
{
    const sst_text *t = a->t;
    return i >= a->begin + 2 && t->tok[i].kind == TOK_WORD && (t->tok[i].flags & TOKF_GLUED) &&
           around_sign(a, i - 1, '-') && (t->tok[i - 1].flags & TOKF_GLUED) &&
           t->tok[i - 2].kind == TOK_WORD;
}
