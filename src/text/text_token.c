/*
 * Article text -> tokens, paragraphs; the order of the steps; is a token this word?
 *
 * In: blocks of an article. Out: the arrays of sst_text. Method: one pass over the bytes cuts
 * tokens; sentences, times, numbers and names come from the other files. Scripts without spaces
 * give one token a character; the stages that need words of English do not use them.
 */
#include "base_utf8.h"
#include "text.h"

uint32_t text_key(sst_str word)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < word.n; i++)
        h = (h ^ (unsigned char)word.p[i]) * 16777619u;
    h ^= h >> 15;
    h *= 0x2C1B3C6Du;
    h ^= h >> 12;
    return h;
}

/* ------------------------------------------------------------------ characters */

/* Length of an apostrophe at p: ' ’ ʼ ‘ ´, 0 when it is none. ‘ stands for ’ in careless copy. */
static int apostrophe(const char *p, const char *end)
{
    if (p >= end)
        return 0;
    if (*p == '\'')
        return 1;
    if (end - p >= 2 && (unsigned char)p[0] == 0xC2 && (unsigned char)p[1] == 0xB4)
        return 2;
    if (end - p >= 2 && (unsigned char)p[0] == 0xCA && (unsigned char)p[1] == 0xBC)
        return 2;
    if (end - p >= 3 && (unsigned char)p[0] == 0xE2 && (unsigned char)p[1] == 0x80 &&
        ((unsigned char)p[2] == 0x99 || (unsigned char)p[2] == 0x98))
        return 3;
    return 0;
}

/* Is c a character that opens or closes quotations? */
static bool is_mark(uint32_t c)
{
    switch (c) {
    case '"':
    case '\'':
    case '`':
    case 0xAB:
    case 0xBB:
    case 0xB4:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2039:
    case 0x203A:
    case 0x300C:
    case 0x300D:
    case 0x300E:
    case 0x300F:
        return true;
    default:
        return false;
    }
}

static bool is_word_char(uint32_t c)
{
    return c == '_' || utf8_is_letter(c) || utf8_is_digit(c);
}

/* ------------------------------------------------------------------ tokens */

typedef struct cutter {
    sst_arena *arena;
    sst_text *t;
    SST_VEC(sst_token) tok;
    const char *base, *p, *end; /* text, here, end of the paragraph */
    bool glued, line;
} cutter;

enum {
    FOLD_MAX = 64
}; /* bytes of a word that count for its key; longer words are not in any lexicon */

/* Folds [p, end) into out: lower case, apostrophes as ', no full stop at the end unless there is
 * one inside. Returns its length. */
static size_t fold(const char *p, const char *end, char *out)
{
    size_t n = 0;
    bool inner = false;
    while (p < end && n + 4 <= FOLD_MAX) {
        unsigned char b = (unsigned char)*p;
        if (b < 0x80) {
            inner |= b == '.' && p + 1 < end;
            out[n++] = (char)(b >= 'A' && b <= 'Z' ? b | 32 : b);
            p++;
            continue;
        }
        int k = apostrophe(p, end);
        if (k) {
            out[n++] = '\'';
            p += k;
            continue;
        }
        uint32_t c = utf8_read(p, end, &k);
        n += (size_t)utf8_write(out + n, utf8_lower(c));
        p += k;
    }
    if (n && out[n - 1] == '.' && !inner)
        n--;
    return n;
}

enum {
    ELISION_MAX = 3,    /* letters before the apostrophe of l', d', qu' */
    COMPOUND_HEAD = 4,  /* letters of the noun that ends a compound, at least: Arzt, Chef */
    COMPOUND_BODY = 6,  /* of one for a body: "Stadt" ends names of places too */
    COMPOUND_FRONT = 3, /* and before it */
    COMPOUND_TRIES = 24 /* places where it may begin */
};

/* The row of a word that the lexicon has only with something in front of it. l'avocat: the word
 * behind the apostrophe. Wasserschutzpolizei: where nouns have capitals, the noun that ends it, of
 * a body, or of a person where the list says that it heads compounds ("he head"). */
static uint16_t row_inside(const sst_lang *lang, sst_str w, bool upper)
{
    for (size_t n = 1; lang->plural_ends && n <= ELISION_MAX && n + 1 < w.n; n++)
        if (w.p[n] == '\'') {
            sst_str rest = {w.p + n + 1, w.n - n - 1};
            return lang_row_of(lang, text_key(rest), rest);
        }
    if (!upper || !(lang->traits & LANG_NOUN_CAPITAL))
        return 0;
    uint32_t tries = 0;
    for (size_t n = COMPOUND_FRONT; n + COMPOUND_HEAD <= w.n && tries < COMPOUND_TRIES; n++) {
        if (((unsigned char)w.p[n] & 0xC0) == 0x80)
            continue;
        tries++;
        sst_str rest = {w.p + n, w.n - n};
        uint16_t row = lang_row_of(lang, text_key(rest), rest);
        const char *v = row ? lang_value(lang, row, LEX_PERSON_NOUN) : NULL;
        bool body = rest.n >= COMPOUND_BODY && lang_classes(lang, row) & LEX_ORG_NOUN;
        if (row && (body || (v && strstr(v, "head"))))
            return row;
    }
    return 0;
}

static sst_token *add_folded(cutter *c, const char *begin, const char *end, uint8_t kind,
                             uint8_t flags, sst_str folded)
{
    sst_token *k = vec_push(c->arena, &c->tok);
    if (!k)
        return NULL;
    k->begin = (uint32_t)(begin - c->base);
    k->end = (uint32_t)(end - c->base);
    k->kind = kind;
    k->flags = (uint8_t)(flags | (c->glued ? TOKF_GLUED : 0) | (c->line ? TOKF_LINE : 0));
    k->key = text_key(folded);
    if (kind == TOK_WORD || kind == TOK_CLITIC || kind == TOK_SIGN)
        k->lex = lang_row_of(c->t->lang, k->key, folded);
    if (!k->lex && kind == TOK_WORD && c->t->lang->traits)
        k->lex = row_inside(c->t->lang, folded, flags & TOKF_UPPER);
    c->glued = true;
    c->line = false;
    c->p = end;
    return k;
}

static void add(cutter *c, const char *begin, const char *end, uint8_t kind, uint8_t flags)
{
    char folded[FOLD_MAX];
    size_t n = fold(begin, end, folded);
    add_folded(c, begin, end, kind, flags, (sst_str){folded, n});
}

/* Is the sign at p < end no part of the word [begin, p), folded, of ASCII letters and digits? False
 * when that takes a closer look. */
static bool ends_plain_word(const cutter *c, const char *begin, const char *p, sst_str folded)
{
    unsigned char b = (unsigned char)*p;
    size_t left = (size_t)(c->end - p);
    if (b >= 0x80) /* dashes and marks of U+2000 to U+203F, but ‘ and ’ */
        return b == 0xE2 && left >= 3 && (unsigned char)p[1] == 0x80 &&
               ((unsigned char)p[2] & 0xC0) == 0x80 && (unsigned char)p[2] != 0x98 &&
               (unsigned char)p[2] != 0x99;
    if (b == '\'' || b == '&')
        return false;
    if (b != '.')
        return true;
    /* the end of a sentence: not J., not tfl.gov.uk, not Mr. */
    unsigned char behind = left > 1 ? (unsigned char)p[1] : ' ';
    return p - begin >= 2 && !(behind >= 'a' && behind <= 'z') && !byte_is_digit(behind) &&
           (behind < 0x80 || (behind == 0xE2 && left > 2 && (unsigned char)p[2] == 0x80)) &&
           !(lang_classes(c->t->lang, lang_row(c->t->lang, folded)) & LEX_ABBREVIATION);
}

/*
 * A word of ASCII letters and digits with nothing behind it that could belong to it: nearly all
 * words of English. Says whether it was one; else the careful way below takes it.
 */
static bool cut_plain_word(cutter *c)
{
    char folded[FOLD_MAX];
    const char *begin = c->p, *p = begin, *end = c->end;
    uint32_t letters = 0, upper = 0;
    size_t n = 0;
    while (p < end && n < FOLD_MAX - 4) {
        unsigned char b = (unsigned char)*p;
        if (byte_is_alpha(b)) {
            upper += b < 'a';
            letters++;
            b |= 32;
        } else if (!byte_is_digit(b) && b != '_') {
            break;
        }
        folded[n++] = (char)b;
        p++;
    }
    if (n >= FOLD_MAX - 4 || (p < end && !ends_plain_word(c, begin, p, (sst_str){folded, n})))
        return false;
    uint8_t flags = *begin < 'a' && byte_is_alpha((unsigned char)*begin) ? TOKF_UPPER : 0;
    if (letters >= 2 && upper == letters)
        flags |= TOKF_CAPS;
    add_folded(c, begin, p, TOK_WORD, flags, (sst_str){folded, n});
    return true;
}

/* 1,234.5 6.15 2½ ½ */
static void cut_number(cutter *c)
{
    const char *p = c->p;
    while (p < c->end) {
        if (byte_is_digit((unsigned char)*p)) {
            p++;
            continue;
        }
        if ((*p == '.' || *p == ',') && p > c->p && c->end - p >= 2 &&
            byte_is_digit((unsigned char)p[1])) {
            p++;
            continue;
        }
        int k;
        uint32_t u = utf8_read(p, c->end, &k);
        if (u >= 0x80 &&
            (utf8_is_digit(u) || (u >= 0xBC && u <= 0xBE) || (u >= 0x2150 && u <= 0x215E))) {
            p += k;
            continue;
        }
        break;
    }
    add(c, c->p, p, TOK_NUMBER, 0);
}

static bool is_fraction(uint32_t u)
{
    return (u >= 0xBC && u <= 0xBE) || (u >= 0x2150 && u <= 0x215E);
}

/* The length of a clitic behind an apostrophe at p (with it), or 0. */
static size_t clitic(const char *p, const char *end)
{
    static const char *const tails[] = {"s", "d", "m", "ll", "ve", "re"};
    int a = apostrophe(p, end);
    if (!a)
        return 0;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        size_t n = strlen(tails[i]);
        const char *q = p + a;
        if ((size_t)(end - q) < n || !str_eq_nocase((sst_str){q, n}, (sst_str){tails[i], n}))
            continue;
        int k;
        if (q + n < end && is_word_char(utf8_read(q + n, end, &k)))
            continue;
        return (size_t)a + n;
    }
    return 0;
}

/* Letters, with what may stand inside a word. p is at its first letter. */
static void cut_word(cutter *c)
{
    const char *begin = c->p, *p = c->p, *end = c->end;
    uint32_t letters = 0, upper = 0, parts = 0;
    bool first_upper = false, dotted = false;
    while (p < end) {
        int k;
        uint32_t u = utf8_read(p, end, &k);
        if (is_word_char(u)) {
            if (utf8_is_ideograph(u) && p > begin)
                break;
            if (utf8_is_upper(u)) {
                upper++;
                if (p == begin)
                    first_upper = true;
            }
            letters += utf8_is_letter(u);
            p += k;
            if (utf8_is_ideograph(u))
                break;
            continue;
        }
        int more;
        const char *next = p + k;
        uint32_t after = next < end ? utf8_read(next, end, &more) : 0;
        int a = apostrophe(p, end);
        if (a) {
            uint32_t behind = p + a < end ? utf8_read(p + a, end, &more) : 0;
            /* the clitics 's 'd 'll are tokens of their own; don't, O'Brien, d'Ivoire stay whole */
            if (behind && utf8_is_letter(behind) && !clitic(p, end)) {
                p += a;
                continue;
            }
            break;
        }
        if (u == '&' && first_upper && after && utf8_is_upper(after)) { /* AT&T */
            p = next;
            continue;
        }
        if (u == '.') {
            /* U.S.  a.m.  J.  : one letter before each full stop */
            const char *last = p;
            int back;
            utf8_read_back(last, begin, &back);
            bool single = last - back == begin || (last - back > begin && last[-back - 1] == '.');
            if (single && letters == parts + 1 &&
                (first_upper || dotted || (after && utf8_is_letter(after)))) {
                bool letter_behind = after && utf8_is_letter(after);
                const char *behind2 = letter_behind ? next + more : next;
                bool goes_on = letter_behind && behind2 < end && *behind2 == '.';
                parts++;
                dotted = true;
                p = next;
                if (goes_on)
                    continue;
                if (letter_behind && behind2 < end) {
                    /* "J.K Rowling", "www.x": only when one letter stands alone */
                    int m3;
                    uint32_t u3 = utf8_read(behind2, end, &m3);
                    if (!is_word_char(u3) && !utf8_is_lower(after)) {
                        p = behind2;
                    }
                }
                break;
            }
            /* tfl.gov.uk, example.com/x: a full stop between lower-case letters without a space is
             * inside a name of the net */
            if (after &&
                (utf8_is_lower(after) || (after < 0x80 && byte_is_digit((unsigned char)after))) &&
                p > begin && letters > 1 && !dotted &&
                utf8_is_lower(utf8_read_back(p, begin, &back))) {
                p = next;
                continue;
            }
            /* Mr.  Ltd.  Jan. */
            char folded[FOLD_MAX];
            size_t n = fold(begin, p, folded);
            if (lang_classes(c->t->lang, lang_row(c->t->lang, (sst_str){folded, n})) &
                LEX_ABBREVIATION) {
                p = next;
                dotted = true;
            }
            break;
        }
        break;
    }
    uint8_t flags = 0;
    if (first_upper)
        flags |= TOKF_UPPER;
    if (letters >= 2 && upper == letters)
        flags |= TOKF_CAPS;
    if (dotted)
        flags |= TOKF_ABBR;
    add(c, begin, p, TOK_WORD, flags);
    size_t k = clitic(p, end);
    if (k)
        add(c, p, p + k, TOK_CLITIC, 0);
}

static void cut_mark(cutter *c, uint32_t u, int k)
{
    const char *next = c->p + k;
    /* '' `` ’’ ‘‘ are one mark */
    if (u == '\'' || u == '`' || u == 0x2018 || u == 0x2019 || u == 0xB4) {
        int k2;
        if (next < c->end && utf8_read(next, c->end, &k2) == u) {
            add(c, c->p, next + k2, TOK_MARK, 0);
            return;
        }
    }
    add(c, c->p, next, TOK_MARK, 0);
}

static void cut_paragraph(cutter *c, const char *begin, const char *end)
{
    c->p = begin;
    c->end = end;
    c->glued = false;
    c->line = true;
    while (c->p < end && !c->arena->failed) {
        unsigned char b = (unsigned char)*c->p;
        if (b < 0x80) {
            if (byte_is_space(b) || b == 0) {
                c->glued = false;
                c->line |= b == '\n';
                c->p++;
            } else if (byte_is_alpha(b)) {
                if (!cut_plain_word(c))
                    cut_word(c);
            } else if (byte_is_digit(b)) {
                cut_number(c);
            } else if (is_mark(b)) {
                cut_mark(c, b, 1);
            } else if (b == '.' && end - c->p >= 2 && c->p[1] == '.') {
                const char *q = c->p;
                while (q < end && *q == '.')
                    q++;
                add(c, c->p, q, TOK_SIGN, 0);
            } else if (b == '-' && end - c->p >= 2 && c->p[1] == '-') {
                const char *q = c->p;
                while (q < end && *q == '-')
                    q++;
                add(c, c->p, q, TOK_SIGN, 0);
            } else {
                add(c, c->p, c->p + 1, TOK_SIGN, 0);
            }
            continue;
        }
        int k;
        uint32_t u = utf8_read(c->p, end, &k);
        if (utf8_is_space(u)) {
            c->glued = false;
            c->line |= u == 0x2028 || u == 0x2029;
            c->p += k;
        } else if (is_mark(u)) {
            cut_mark(c, u, k);
        } else if (utf8_is_digit(u) || is_fraction(u)) {
            cut_number(c);
        } else if (utf8_is_letter(u)) {
            cut_word(c);
        } else {
            add(c, c->p, c->p + k, TOK_SIGN, 0);
        }
    }
}

/* ------------------------------------------------------------------ all together */

/* End of the part of [p, end) up to a blank line. */
static const char *part_end(const char *p, const char *end)
{
    while (p < end) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        if (!nl)
            return end;
        const char *q = nl + 1;
        while (q < end && (*q == ' ' || *q == '\t' || *q == '\r'))
            q++;
        if (q < end && *q == '\n')
            return nl;
        p = nl + 1;
    }
    return end;
}

sst_status text_tokens(const sst_article *article, sst_arena *arena, sst_text *out)
{
    memset(out, 0, sizeof *out);
    out->article = article;
    out->s = article->text;
    out->lang = lang_find(article->lang.n ? article->lang : STR("en"));
    cutter c = {.arena = arena, .t = out, .base = article->text.p};
    SST_VEC(sst_para) paras = {NULL, 0, 0};
    for (uint32_t b = 0; b < article->block_n; b++) {
        const char *p = out->s.p + article->blocks[b].at.begin,
                   *end = out->s.p + article->blocks[b].at.end;
        while (p < end) {
            const char *stop = part_end(p, end);
            uint32_t before = c.tok.n;
            cut_paragraph(&c, p, stop);
            if (c.tok.n > before) {
                sst_para *para = vec_push(arena, &paras);
                if (!para)
                    return arena->failed;
                para->begin = before;
                para->end = c.tok.n;
                para->block = b;
                para->role = article->blocks[b].role;
            }
            p = stop;
            while (p < end && byte_is_space((unsigned char)*p))
                p++;
        }
    }
    out->tok = c.tok.v;
    out->tok_n = c.tok.n;
    out->para = paras.v;
    out->para_n = paras.n;
    return arena->failed ? arena->failed : text_sentences(arena, out);
}

sst_status text_analyse(const sst_article *article, sst_arena *arena, sst_text *out)
{
    sst_status s = text_tokens(article, arena, out);
    if (s == SST_OK)
        s = text_times(arena, out);
    if (s == SST_OK)
        s = text_numbers(arena, out);
    if (s == SST_OK)
        s = text_names(arena, out);
    return s;
}

bool text_word_is_folded(const sst_text *t, uint32_t i, const char *word)
{
    sst_str w = text_token(t, i);
    size_t n = strlen(word);
    if (w.n == n)
        return str_eq_nocase(w, (sst_str){word, n});
    if (w.n < n)
        return false;
    /* Longer, and yet the same: where it has an apostrophe or a full stop that folding shortens. */
    for (size_t k = 0; k < n && (unsigned char)w.p[k] < 0x80; k++)
        if ((w.p[k] >= 'A' && w.p[k] <= 'Z' ? w.p[k] | 32 : w.p[k]) != word[k])
            return false;
    char folded[FOLD_MAX];
    size_t k = fold(w.p, w.p + w.n, folded);
    return str_eq((sst_str){folded, k}, (sst_str){word, n});
}
