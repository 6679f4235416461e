/*
 * Tokens -> sentences.
 *
 * In: tokens and paragraphs. Out: sst_text.sent, and the first word of each sentence marked.
 * Method: one pass over the tokens of each paragraph cuts at . ! ? and an ellipsis, unless an
 * abbreviation, an initial or a word in lower case behind says no. A quotation's end (“It is time!”
 * he added) does not end the sentence when the words go on in lower case. Source: Kiss and Strunk
 * (2006), reduced to lists. Language: abbreviation, stopword, month.
 */
#include "base_utf8.h"
#include "text.h"

/* Does token i end sentences by its look? . ! ? … ... */
static bool is_stop(const sst_text *t, uint32_t i)
{
    const sst_token *k = &t->tok[i];
    if (k->kind != TOK_SIGN)
        return false;
    sst_str s = text_token(t, i);
    return s.p[0] == '.' || s.p[0] == '!' || s.p[0] == '?' || str_eq(s, STR("\xE2\x80\xA6")) ||
           str_eq(s, STR("\xE3\x80\x82")) || str_eq(s, STR("\xEF\xBC\x81")) ||
           str_eq(s, STR("\xEF\xBC\x9F"));
}

/* A closing mark or bracket that belongs to what stands before it. */
static bool closes(const sst_text *t, uint32_t i)
{
    const sst_token *k = &t->tok[i];
    if (!(k->flags & TOKF_GLUED))
        return false;
    if (k->kind == TOK_SIGN)
        return t->s.p[k->begin] == ')' || t->s.p[k->begin] == ']';
    if (k->kind != TOK_MARK)
        return false;
    sst_str m = text_token(t, i);
    if (str_eq(m, STR("\xE2\x80\x9C")) || str_eq(m, STR("\xE2\x80\x98")))
        return i + 1 >= t->tok_n || !(t->tok[i + 1].flags & TOKF_GLUED);
    return true;
}

/* Can a sentence begin with token i? */
static bool opens(const sst_text *t, uint32_t i)
{
    const sst_token *k = &t->tok[i];
    if (k->kind == TOK_WORD)
        return (k->flags & TOKF_UPPER) || !utf8_is_lower((unsigned char)t->s.p[k->begin]);
    if (k->kind == TOK_NUMBER || k->kind == TOK_MARK)
        return true;
    if (k->kind == TOK_SIGN) {
        char c = t->s.p[k->begin];
        return c == '(' || c == '[' || c == '$' || c == '#' || c == '@' || (unsigned char)c >= 0x80;
    }
    return false;
}

/* Token i has a full stop of its own: may the sentence end with it? */
static bool abbreviation_ends(const sst_text *t, uint32_t i, uint32_t next)
{
    if (text_is(t, i, LEX_ABBREVIATION_TITLE))
        return false;
    const sst_token *k = &t->tok[i], *n = &t->tok[next];
    if (k->end - k->begin <= 2 && (k->flags & TOKF_UPPER)) /* an initial */
        return n->kind == TOK_MARK;
    if (n->kind == TOK_MARK)
        return !(n->flags & TOKF_GLUED);
    /* a.m., Inc., U.S.: when the next word is one that begins sentences in capitals */
    return n->kind == TOK_WORD && (n->flags & TOKF_UPPER) && text_is(t, next, LEX_STOPWORD);
}

/* The full stop at i makes the number before it a day or another ordinal: "8. Mai", "der 12.
 * Spieltag". Only where the language writes them so: its names of months have a full stop in their
 * value, its traits say so. */
static bool ordinal_point(const sst_text *t, uint32_t i, uint32_t next)
{
    enum { DIGITS = 2 };
    if (i == 0 || t->s.p[t->tok[i].begin] != '.' || !(t->tok[i].flags & TOKF_GLUED) ||
        t->tok[i - 1].kind != TOK_NUMBER || t->tok[i - 1].end - t->tok[i - 1].begin > DIGITS)
        return false;
    if (t->lang->traits & LANG_ORDINAL_POINT && i >= 2 && t->tok[next].kind == TOK_WORD &&
        text_is(t, i - 2, LEX_DETERMINER | LEX_PREPOSITION | LEX_PRONOUN_POSSESSIVE) &&
        !text_is(t, next, LEX_STOPWORD | LEX_DETERMINER | LEX_PREPOSITION | LEX_PRONOUN_PERSON))
        return true;
    if (!text_is(t, next, LEX_MONTH))
        return false;
    const char *value = lang_value(t->lang, t->tok[next].lex, LEX_MONTH);
    return value && strchr(value, '.') != NULL;
}

typedef struct sentence_list {
    sst_sentence *v;
    uint32_t n, cap;
} sentence_list;

/* The first word says nothing by its capital. */
static void mark_first(sst_text *t, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++)
        if (t->tok[i].kind == TOK_WORD || t->tok[i].kind == TOK_NUMBER) {
            t->tok[i].flags |= TOKF_SENT;
            break;
        }
}

static void add_sentence(sst_arena *arena, sst_text *t, sentence_list *list, uint32_t begin,
                         uint32_t end, uint32_t para)
{
    sst_sentence *s = vec_push(arena, list);
    if (!s)
        return;
    *s = (sst_sentence){begin, end, para};
    mark_first(t, begin, end);
}

static void paragraph_sentences(sst_arena *arena, sst_text *t, sentence_list *list, uint32_t para)
{
    sst_para *p = &t->para[para];
    uint32_t begin = p->begin, i = p->begin;
    p->sent_begin = list->n;
    while (i < p->end) {
        bool stop = is_stop(t, i);
        bool abbr = t->tok[i].kind == TOK_WORD && (t->tok[i].flags & TOKF_ABBR);
        if (!stop && !abbr) {
            i++;
            continue;
        }
        uint32_t j = i + 1;
        while (j < p->end && ((is_stop(t, j) && (t->tok[j].flags & TOKF_GLUED)) || closes(t, j)))
            j++;
        bool ends;
        if (j >= p->end)
            ends = true;
        else if (t->tok[j].flags & TOKF_LINE)
            ends = opens(t, j) && !(abbr && text_is(t, i, LEX_ABBREVIATION_TITLE));
        else if (t->tok[j].flags & TOKF_GLUED)
            ends = stop && t->tok[j].kind == TOK_WORD && (t->tok[j].flags & TOKF_UPPER) &&
                   i > begin && !(t->tok[i - 1].flags & TOKF_CAPS); /* "the end.The next" */
        else if (abbr && j == i + 1)
            ends = abbreviation_ends(t, i, j);
        else
            ends = opens(t, j) && !(j == i + 1 && ordinal_point(t, i, j));
        if (ends) {
            add_sentence(arena, t, list, begin, j, para);
            begin = j;
        }
        i = j;
    }
    if (begin < p->end)
        add_sentence(arena, t, list, begin, p->end, para);
    p->sent_end = list->n;
}

sst_status text_sentences(sst_arena *arena, sst_text *t)
{
    sentence_list list = {NULL, 0, 0};
    for (uint32_t i = 0; i < t->para_n && !arena->failed; i++)
        paragraph_sentences(arena, t, &list, i);
    t->sent = list.v;
    t->sent_n = list.n;
    for (uint32_t i = 0; i < t->para_n && !arena->failed; i++)
        if (t->para[i].sent_begin < t->para[i].sent_end) {
            uint32_t begin = text_statement(t, t->para[i].sent_begin);
            if (begin > t->para[i].begin) /* behind a dateline a capital says nothing either */
                mark_first(t, begin, list.v[t->para[i].sent_begin].end);
        }
    return arena->failed;
}
