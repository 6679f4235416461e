/*
 * Is a sentence run together with a line of a page? See compare_furniture.h.
 *
 * In: a sentence. Out: yes or no. Method: the marks that such lines leave where a page was made one
 * line of text: phrases of pages at the head (data), an agency's name between capitals or before
 * one, "1 of 40", a post's "@name", a label in capitals, the name of who speaks in a transcript, a
 * credit in brackets, a telephone number, its own outlet beside "you", a sentence that breaks off
 * into a quotation which does not end. Rules read off pages of many outlets.
 */
#include "compare_furniture.h"

#include <string.h>

#include "page_words.h"

enum {
    LABEL_LETTERS = 3,   /* bytes of a word of a label, at least: "US", "TV" are none */
    LABEL_WORDS = 2,     /* words of a label in a sentence: one may be an acronym */
    TURN_WORDS = 4,      /* words before the colon of a turn: "ADA LOVELACE, BYLINE:" */
    OUTLET_LETTERS = 40, /* of an outlet's name that are compared */
    PHONE_DIGITS = 10    /* of a telephone number, at least: dates and spans of years have eight */
};

static bool is_upper(const sst_text *t, uint32_t i)
{
    return (t->tok[i].flags & TOKF_UPPER) != 0;
}

/* "Harbour Press 9 The ferry at its berth", "HARBOUR PRESS The mayor has pledged" */
static bool holds_credit(const sst_text *t, uint32_t begin, uint32_t end)
{
    sst_str s = str_span(t->s, text_span(t, begin, end));
    const page_agency_name *a = page_agency_at_start(s);
    if (a) {
        uint32_t behind = text_token_at(t, t->tok[begin].begin + (uint32_t)a->n - 1) + 1;
        if (behind < end && (t->tok[begin].flags & TOKF_CAPS) && t->tok[behind].kind == TOK_WORD &&
            is_upper(t, behind) && !(t->tok[behind].flags & TOKF_CAPS))
            return true;
    }
    for (uint32_t i = begin + 1; i + 1 < end; i++)
        if (t->tok[i].kind == TOK_NUMBER && is_upper(t, i + 1) && is_upper(t, i - 1) &&
            page_agency_at_end(str_span(t->s, text_span(t, begin, i))))
            return true;
    return false;
}

/* "Gallery 1 of 40 Firefighters at the harbour", "22/30 Firefighters at the harbour" */
static bool holds_count(const sst_text *t, uint32_t begin, uint32_t end)
{
    if (begin + 3 < end && t->tok[begin].kind == TOK_NUMBER &&
        str_eq(text_token(t, begin + 1), STR("/")) && t->tok[begin + 2].kind == TOK_NUMBER &&
        is_upper(t, begin + 3))
        return true;
    for (uint32_t i = begin; i + 3 < end; i++)
        if (t->tok[i].kind == TOK_NUMBER && t->tok[i + 2].kind == TOK_NUMBER &&
            str_eq(text_token(t, i), STR("1")) && text_word_is(t, i + 1, "of") &&
            text_token(t, i + 2).n <= 3 && (i == begin || t->tok[i - 1].kind == TOK_WORD) &&
            is_upper(t, i + 3))
            return true;
    return false;
}

/* "@name": a post that the report shows. */
static bool holds_handle(const sst_text *t, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i + 1 < end; i++)
        if (t->s.p[t->tok[i].begin] == '@' && t->tok[i + 1].kind == TOK_WORD &&
            (t->tok[i + 1].flags & TOKF_GLUED) &&
            (i == 0 || !(t->tok[i].flags & TOKF_GLUED) || t->tok[i - 1].kind != TOK_WORD))
            return true;
    return false;
}

/* "HARBOUR IN FLAMES Passenger says he warned them": the label of another report. */
static bool holds_label(const sst_text *t, uint32_t begin, uint32_t end)
{
    uint32_t run = 0;
    for (uint32_t i = begin; i < end; i++) {
        const sst_token *k = &t->tok[i];
        if (k->kind != TOK_WORD)
            continue;
        if (!(k->flags & TOKF_CAPS)) {
            run = 0;
            continue;
        }
        run += k->end - k->begin >= LABEL_LETTERS && !(k->flags & TOKF_ABBR);
        if (run >= LABEL_WORDS)
            return true;
    }
    return false;
}

/* "LOVELACE: Thanks, Ida.": who speaks in a transcript. A place is a dateline. */
static bool is_turn(const sst_text *t, uint32_t begin, uint32_t end)
{
    uint32_t m = text_mention_at(t, begin), words = 0;
    if (m != UINT32_MAX && t->entity[t->mention[m].entity].kind == NAME_PLACE)
        return false;
    for (uint32_t i = begin; i < end && words <= TURN_WORDS; i++) {
        char c = t->s.p[t->tok[i].begin];
        if (t->tok[i].kind == TOK_WORD && (t->tok[i].flags & TOKF_CAPS) &&
            t->tok[i].end - t->tok[i].begin >= LABEL_LETTERS)
            words++;
        else if (c == ':')
            return words > 0;
        else if (c != ',' && c != '.' && c != '-')
            return false;
    }
    return false;
}

/* "(Ada Lovelace/Harbour Press) The ferry": the credit of a picture. */
static bool opens_with_credit(const sst_text *t, uint32_t begin, uint32_t end)
{
    if (begin == end || t->s.p[t->tok[begin].begin] != '(')
        return false;
    bool stroke = false;
    for (uint32_t i = begin + 1; i < end; i++) {
        char c = t->s.p[t->tok[i].begin];
        if (c == ')')
            return stroke && i + 1 < end && t->tok[i + 1].kind == TOK_WORD;
        if (c == '/')
            stroke = true;
        else if (t->tok[i].kind == TOK_WORD && !is_upper(t, i))
            return false;
    }
    return false;
}

/* "Call 0800 111 0 111": where to turn to. */
static bool holds_phone(const sst_text *t, uint32_t begin, uint32_t end)
{
    uint32_t digits = 0, groups = 0, last = 0;
    for (uint32_t i = begin; i < end; i++) {
        const sst_token *k = &t->tok[i];
        if (k->kind != TOK_NUMBER) {
            char c = t->s.p[k->begin];
            if (k->end - k->begin > 1 || (c != '-' && c != '/' && c != '(' && c != ')'))
                groups = 0;
            continue;
        }
        if (groups == 0 || k->begin > last + 2)
            digits = groups = 0;
        groups++;
        for (uint32_t b = k->begin; b < k->end; b++) {
            digits += t->s.p[b] >= '0' && t->s.p[b] <= '9';
            if (t->s.p[b] == ',') /* an amount */
                digits = groups = 0;
        }
        last = k->end;
        if (groups > 1 && digits >= PHONE_DIGITS)
            return true;
    }
    return false;
}

/* 'Talks go on in Ostley "We will stay': words that run into a quotation which nothing announces
 * and which does not end. */
static bool runs_into_quotation(const sst_text *t, uint32_t begin, uint32_t end)
{
    uint32_t open = end;
    for (uint32_t i = begin; i < end; i++)
        if (t->tok[i].kind == TOK_MARK && t->tok[i].end - t->tok[i].begin > 0) {
            sst_str m = text_token(t, i);
            if (str_eq(m, STR("\"")) || str_eq(m, STR("\xE2\x80\x9C")) ||
                str_eq(m, STR("\xE2\x80\x9D")))
                open = open == end ? i : UINT32_MAX - 1; /* a second one: closed */
        }
    if (open >= end || open == begin || open + 1 >= end || !is_upper(t, open + 1) ||
        (t->tok[open].flags & TOKF_GLUED))
        return false;
    const sst_token *before = &t->tok[open - 1];
    return before->kind == TOK_WORD &&
           !text_is(t, open - 1,
                    LEX_CUE | LEX_BE | LEX_AUXILIARY | LEX_PREPOSITION | LEX_CONJUNCTION |
                        LEX_DETERMINER | LEX_STOPWORD | LEX_ADVERB | LEX_PRONOUN_POSSESSIVE);
}

/* "The Gull tells you all you need to know": a report that names its own outlet and turns to its
 * readers. */
static bool is_of_itself(const sst_text *t, uint32_t begin, uint32_t end)
{
    bool reader = false;
    for (uint32_t i = begin; i < end; i++) {
        if (t->tok[i].kind == TOK_MARK) /* "You lied to us," she told the Gull. */
            return false;
        reader |=
            text_word_is(t, i, "you") || text_word_is(t, i, "your") || text_word_is(t, i, "our");
    }
    if (!reader)
        return false;
    char own[OUTLET_LETTERS + 1], here[OUTLET_LETTERS + 1];
    sst_str outlet = t->article->outlet;
    const char *dot = outlet.n ? memchr(outlet.p, '.', outlet.n) : NULL; /* a host */
    uint32_t own_n = 0;
    for (const char *c = outlet.p; c < outlet.p + outlet.n && c != dot && own_n < OUTLET_LETTERS;
         c++)
        if (byte_is_alpha((unsigned char)*c))
            own[own_n++] = (char)(*c | 32);
    for (uint32_t i = begin; i < end && own_n >= LABEL_LETTERS; i++) {
        if (t->tok[i].kind != TOK_WORD || !is_upper(t, i))
            continue;
        uint32_t n = 0, b = t->tok[i].begin, last = t->tok[end - 1].end;
        for (; b < last && n < own_n; b++) {
            if (byte_is_alpha((unsigned char)t->s.p[b]))
                here[n++] = (char)(t->s.p[b] | 32);
            else if (t->s.p[b] != ' ')
                break;
        }
        bool ends = b == last || !byte_is_alpha((unsigned char)t->s.p[b]); /* "Sun", not "Sunday" */
        if (n == own_n && ends && memcmp(own, here, n) == 0)
            return true;
    }
    return false;
}

bool compare_is_furniture(const sst_text *t, uint32_t begin, uint32_t end)
{
    const page_phrase *p = page_phrase_find(str_span(t->s, text_span(t, begin, end)));
    if (p && (p->role == ROLE_CAPTION || p->role == ROLE_BOILERPLATE || p->role == ROLE_CREDIT ||
              p->role == ROLE_BYLINE))
        return true;
    return holds_credit(t, begin, end) || holds_count(t, begin, end) ||
           holds_handle(t, begin, end) || holds_label(t, begin, end) || is_turn(t, begin, end) ||
           opens_with_credit(t, begin, end) || is_of_itself(t, begin, end) ||
           holds_phone(t, begin, end) || runs_into_quotation(t, begin, end);
}
