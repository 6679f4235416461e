/*
 * Quotation marks of a paragraph -> what stands between them.
 *
 * In: tokens. Out: quoted stretches in order. Method: one pass over the marks of each paragraph.
 * Each mark may open (white space before it, a letter behind) or close (a letter before it); curly
 * marks say which, but careless copy turns them round, so the neighbours decide where the two
 * disagree. Double marks first; single marks count only outside them, where a mark that opens and
 * one that closes can be told from apostrophes. A mark that opens while another is open, behind the
 * end of a sentence, means that paragraphs of one quotation were joined: the first ends there. A
 * paragraph that ends while a mark is open ends the quotation, which goes on when the next
 * paragraph opens with a mark. A closing mark alone takes its sentence from its beginning. Damage
 * never leaves the paragraph. Linear in tokens.
 */
#include "quote_inner.h"

enum {
    ORPHAN_WORDS_MIN =
        3, /* words before a closing mark without an opening one, to be a quotation */
    UNCLOSED_WORDS_MIN = 4, /* words behind an opening mark that is never closed */
    SINGLE_MARKS_MAX = 64,  /* apostrophes inside one quotation in single marks; longer ones have
                               fewer than 30 */
    GAP_PARAGRAPHS_MAX = 16 /* captions and links between two paragraphs of one quotation */
};

/* 1: « or ‹, -1: » or ›, 0: another mark. */
static int8_t angle_side(sst_str s)
{
    if (str_eq(s, STR("\xC2\xAB")) || str_eq(s, STR("\xE2\x80\xB9")))
        return 1;
    return str_eq(s, STR("\xC2\xBB")) || str_eq(s, STR("\xE2\x80\xBA")) ? -1 : 0;
}

typedef enum mark_class { MARK_DOUBLE = 1, MARK_SINGLE } mark_class;

typedef struct mark {
    uint8_t cls;
    int8_t way; /* 1: the character opens, -1: it closes, 0: either */
    bool sure;  /* so the article uses it: white space beside it says nothing */
} mark;

/* angle: 1 when the article writes «...», -1 when »...«, 0 when it is not known. */
static mark mark_of(const sst_text *t, uint32_t i, int8_t angle)
{
    sst_str s = text_token(t, i);
    static const struct {
        const char *z;
        mark m;
    } table[] = {
        {"\"", {MARK_DOUBLE, 0, false}},
        {"\xE2\x80\x9C", {MARK_DOUBLE, 1, false}},
        {"\xE2\x80\x9D", {MARK_DOUBLE, -1, false}},
        {"\xE2\x80\x9E", {MARK_DOUBLE, 1, false}},
        {"\xE2\x80\x9F", {MARK_DOUBLE, 1, false}},
        {"\xC2\xAB", {MARK_DOUBLE, 0, false}},
        {"\xC2\xBB", {MARK_DOUBLE, 0, false}},
        {"``", {MARK_DOUBLE, 1, false}},
        {"''", {MARK_DOUBLE, -1, false}},
        {"\xE2\x80\x99\xE2\x80\x99", {MARK_DOUBLE, -1, false}},
        {"\xE2\x80\x98\xE2\x80\x98", {MARK_DOUBLE, 1, false}},
        {"\xE3\x80\x8C", {MARK_DOUBLE, 1, false}},
        {"\xE3\x80\x8D", {MARK_DOUBLE, -1, false}},
        {"\xE3\x80\x8E", {MARK_SINGLE, 1, false}},
        {"\xE3\x80\x8F", {MARK_SINGLE, -1, false}},
        {"'", {MARK_SINGLE, 0, false}},
        {"\xE2\x80\x98", {MARK_SINGLE, 1, false}},
        {"\xE2\x80\x99", {MARK_SINGLE, -1, false}},
        {"\xE2\x80\x9A", {MARK_SINGLE, 1, false}},
        {"`", {MARK_SINGLE, 1, false}},
        {"\xE2\x80\xB9", {MARK_SINGLE, 0, false}},
        {"\xE2\x80\xBA", {MARK_SINGLE, 0, false}},
        {"\xC2\xB4", {MARK_SINGLE, -1, false}},
    };
    for (size_t k = 0; k < sizeof table / sizeof *table; k++)
        if (str_eq(s, str_of(table[k].z))) {
            mark m = table[k].m;
            int8_t side = angle ? angle_side(s) : 0;
            if (side) {
                m.way = (int8_t)(side * angle);
                m.sure = true;
            }
            return m;
        }
    return (mark){0, 0, false};
}

/*
 * How the article points its angle marks: «French», « French », »German«. Neighbours in one
 * paragraph tell: of « and » in a row, n pairs point as the article does and n - 1, between two
 * quotations, the other way. 0 when there are none, or as many of each.
 */
static int8_t angle_way(const sst_text *t)
{
    int32_t score = 0;
    for (uint32_t p = 0; p < t->para_n; p++) {
        int8_t last = 0;
        for (uint32_t i = t->para[p].begin; i < t->para[p].end; i++) {
            int8_t side = t->tok[i].kind == TOK_MARK ? angle_side(text_token(t, i)) : 0;
            if (!side)
                continue;
            if (last && last != side)
                score += last;
            last = side;
        }
    }
    return (int8_t)((score > 0) - (score < 0));
}

/* White space, a bracket, a dash or another mark stands before token i. */
static bool free_before(const sst_text *t, uint32_t i, uint32_t para_begin)
{
    if (i == para_begin || !tok_glued(t, i))
        return true;
    const sst_token *p = &t->tok[i - 1];
    if (p->kind == TOK_MARK)
        return true;
    if (p->kind != TOK_SIGN)
        return false;
    sst_str s = text_token(t, i - 1);
    return s.p[0] == '(' || s.p[0] == '[' || s.p[0] == '-' || s.p[0] == '/' || s.p[0] == ':' ||
           str_eq(s, STR("\xE2\x80\x94")) || str_eq(s, STR("\xE2\x80\x93"));
}

static bool glued_behind(const sst_text *t, uint32_t i, uint32_t para_end)
{
    return i + 1 < para_end && tok_glued(t, i + 1);
}

static bool can_open(const sst_text *t, uint32_t i, const sst_para *p)
{
    return free_before(t, i, p->begin) && glued_behind(t, i, p->end);
}

static bool can_close(const sst_text *t, uint32_t i, const sst_para *p)
{
    if (i == p->begin)
        return false;
    if (!tok_glued(t, i)) /* a space before a closing mark happens: ( ... at all ." ) when it is the
                             last thing or a comma follows */
        return !glued_behind(t, i, p->end);
    return true;
}

static bool ends_sentence(const sst_text *t, uint32_t i)
{
    sst_str s = text_token(t, i);
    if (t->tok[i].kind == TOK_SIGN)
        return s.p[0] == '.' || s.p[0] == '!' || s.p[0] == '?' || str_eq(s, STR("\xE2\x80\xA6")) ||
               s.p[0] == ']' || s.p[0] == ')';
    return (t->tok[i].flags & TOKF_ABBR) != 0;
}

typedef struct pairing {
    const sst_text *t;
    sst_arena *arena;
    quoted_list *out;
    const sst_para *p;
    uint32_t para;
    const uint32_t *marks; /* tokens of kind TOK_MARK in the paragraph */
    uint32_t mark_n;
    int8_t angle; /* angle_way() */
} pairing;

static quoted *add(pairing *x, uint32_t open, uint32_t begin, uint32_t end, uint32_t close)
{
    const sst_text *t = x->t;
    uint32_t words = 0;
    for (uint32_t i = begin; i < end; i++)
        words += t->tok[i].kind == TOK_WORD || t->tok[i].kind == TOK_NUMBER;
    if (begin >= end || !words)
        return NULL;
    quoted *q = vec_push(x->arena, x->out);
    if (!q)
        return NULL;
    *q = (quoted){
        .open = open, .close = close, .begin = begin, .end = end, .para = x->para, .words = words};
    q->no_open = open == UINT32_MAX;
    q->no_close = close == UINT32_MAX;
    return q;
}

/* First token of the sentence that holds token i, not before `floor`. */
static uint32_t sentence_from(const sst_text *t, uint32_t i, uint32_t floor)
{
    uint32_t s = t->sent[text_sentence_of(t, i)].begin;
    return s > floor ? s : floor;
}

static bool opens_with(const sst_text *t, uint32_t para, uint8_t cls, int8_t angle)
{
    /* captions, pull quotes and link lines may stand between the paragraphs of one quotation */
    for (uint32_t k = para + 1; k < t->para_n && k - para <= GAP_PARAGRAPHS_MAX; k++) {
        if (t->para[k].role != ROLE_BODY)
            continue;
        uint32_t i = t->para[k].begin;
        if (t->tok[i].kind != TOK_MARK)
            return false;
        mark m = mark_of(t, i, angle);
        return m.cls == cls && (m.sure ? m.way > 0 : glued_behind(t, i, t->para[k].end));
    }
    return false;
}

static void pair_doubles(pairing *x)
{
    const sst_text *t = x->t;
    uint32_t open = UINT32_MAX, floor = x->p->begin;
    uint32_t depth = 0;
    for (uint32_t k = 0; k < x->mark_n; k++) {
        uint32_t i = x->marks[k];
        mark m = mark_of(t, i, x->angle);
        if (m.cls != MARK_DOUBLE)
            continue;
        bool o = m.sure ? m.way > 0 : can_open(t, i, x->p);
        bool c = m.sure ? m.way < 0 : can_close(t, i, x->p);
        if (m.way > 0 && o)
            c = false;
        if (m.way < 0 && c && !(i > 0 && !tok_glued(t, i) && o))
            o = false;
        if (open == UINT32_MAX) {
            if (!o && m.way >= 0 && !tok_glued(t, i) && !glued_behind(t, i, x->p->end) &&
                i + 1 < x->p->end)
                o = true; /* " Word ,": white space on both sides */
            if (o) {
                open = i;
                depth = 0;
            } else if (c && tok_glued(t, i) && t->tok[i - 1].kind != TOK_NUMBER) {
                /* the opening mark is missing */
                uint32_t from = sentence_from(t, i - 1, floor);
                if (i - from >= ORPHAN_WORDS_MIN)
                    add(x, UINT32_MAX, from, i, i);
                floor = i + 1;
            }
            continue;
        }
        if (o && !c && i > open + 1) {
            if (ends_sentence(t, i - 1)) {
                add(x, open, open + 1, i, UINT32_MAX); /* paragraphs of one quotation joined */
                open = i;
            } else {
                depth++;
            }
            continue;
        }
        if (o && c && m.way == 0 && !tok_glued(t, i) && i > open + 1 && ends_sentence(t, i - 1) &&
            k + 1 < x->mark_n) {
            add(x, open, open + 1, i, UINT32_MAX);
            open = i;
            continue;
        }
        if (depth) {
            depth--;
            continue;
        }
        add(x, open, open + 1, i, i);
        open = UINT32_MAX;
        floor = i + 1;
    }
    if (open != UINT32_MAX) {
        bool more = opens_with(t, x->para, MARK_DOUBLE, x->angle);
        quoted *q = NULL;
        if (more || x->p->end - open > UNCLOSED_WORDS_MIN)
            q = add(x, open, open + 1, x->p->end, UINT32_MAX);
        if (q)
            q->goes_on = more;
    }
}

/* Is token i inside one of the stretches from `first` on? They are in order. */
static bool covered(const quoted_list *l, uint32_t *from, uint32_t i)
{
    while (*from < l->n && l->v[*from].end < i)
        ++*from;
    for (uint32_t k = *from; k < l->n && l->v[k].begin <= i + 1; k++)
        if (i + 1 >= l->v[k].begin && i <= l->v[k].end)
            return true;
    return false;
}

static bool ends_in_s(const sst_text *t, uint32_t i)
{
    sst_str s = text_token(t, i);
    return t->tok[i].kind == TOK_WORD && s.n && (s.p[s.n - 1] == 's' || s.p[s.n - 1] == 'S');
}

/*
 * ‘He told us “go” and we went,’ she said. Do the pairs of double marks between the single marks i
 * and c stand there whole, and does a sign before c say that a quotation ends? Then they are inside
 * it: with `drop` they are emptied.
 */
static bool holds_doubles(const sst_text *t, quoted_list *doubles, uint32_t from, uint32_t i,
                          uint32_t c, bool drop)
{
    if (!ends_sentence(t, c - 1) && !tok_comma(t, c - 1))
        return false;
    for (uint32_t k = from; k < doubles->n && doubles->v[k].begin < c; k++) {
        quoted *q = &doubles->v[k];
        if (q->begin <= i || q->no_open || q->no_close || q->close > c)
            return false;
        if (drop)
            q->words = 0;
    }
    return true;
}

static void pair_singles(pairing *x, uint32_t first)
{
    const sst_text *t = x->t;
    uint32_t n = x->out->n; /* of double ones */
    uint32_t at = first;
    quoted_list doubles = {x->out->v, n, 0};
    for (uint32_t k = 0; k < x->mark_n; k++) {
        uint32_t i = x->marks[k];
        doubles.v = x->out->v;
        mark m = mark_of(t, i, x->angle);
        if (m.cls != MARK_SINGLE || m.way < 0 || !can_open(t, i, x->p) || covered(&doubles, &at, i))
            continue;
        if (!(tok_word(t, i + 1) || t->tok[i + 1].kind == TOK_SIGN) && m.way == 0)
            continue; /* '90s */
        uint32_t best = UINT32_MAX, spare = UINT32_MAX, at2 = at;
        bool passed = false; /* double marks inside */
        for (uint32_t j = k + 1; j < x->mark_n && j - k <= SINGLE_MARKS_MAX; j++) {
            uint32_t c = x->marks[j];
            mark mc = mark_of(t, c, x->angle);
            if (mc.cls != MARK_SINGLE || covered(&doubles, &at2, c)) {
                passed = true;
                continue;
            }
            if (mc.way > 0 && can_open(t, c, x->p))
                break;
            if (!can_close(t, c, x->p) || !tok_glued(t, c) ||
                (glued_behind(t, c, x->p->end) && tok_word(t, c + 1)))
                continue;
            if (passed && !holds_doubles(t, &doubles, at, i, c, false))
                continue;
            if (ends_in_s(t, c - 1)) { /* workers’ rights: perhaps */
                if (spare == UINT32_MAX)
                    spare = j;
                continue;
            }
            best = j;
            break;
        }
        if (best == UINT32_MAX)
            best = spare;
        if (best != UINT32_MAX) {
            holds_doubles(t, &doubles, at, i, x->marks[best], true);
            quoted *q = add(x, i, i + 1, x->marks[best], x->marks[best]);
            if (q)
                q->single = true;
            k = best;
        } else if (opens_with(t, x->para, MARK_SINGLE, x->angle) &&
                   x->p->end - i > UNCLOSED_WORDS_MIN) {
            quoted *q = add(x, i, i + 1, x->p->end, UINT32_MAX);
            if (q) {
                q->single = true;
                q->goes_on = true;
            }
            break;
        }
    }
}

/* v[0 .. half) and v[half .. n) are in order of place each: puts all of them in order. */
static void merge(sst_arena *arena, quoted *v, uint32_t half, uint32_t n)
{
    if (!half || half == n)
        return;
    quoted *left = arena_alloc(arena, half * sizeof *left);
    if (!left)
        return;
    memcpy(left, v, half * sizeof *left);
    uint32_t i = 0, k = half, to = 0;
    while (i < half)
        v[to++] = k < n && v[k].begin < left[i].begin ? v[k++] : left[i++];
}

void quote_marks(const sst_text *t, sst_arena *arena, quoted_list *out)
{
    SST_VEC(uint32_t) marks = {NULL, 0, 0};
    int8_t angle = angle_way(t);
    for (uint32_t p = 0; p < t->para_n && !arena->failed; p++) {
        marks.n = 0;
        for (uint32_t i = t->para[p].begin; i < t->para[p].end; i++)
            if (t->tok[i].kind == TOK_MARK) {
                uint32_t *m = vec_push(arena, &marks);
                if (!m)
                    return;
                *m = i;
            }
        if (!marks.n)
            continue;
        pairing x = {t, arena, out, &t->para[p], p, marks.v, marks.n, angle};
        uint32_t first = out->n;
        pair_doubles(&x);
        uint32_t doubles = out->n;
        pair_singles(&x, first);
        if (out->n == first)
            continue;
        merge(arena, out->v + first, doubles - first, out->n - first);
        uint32_t kept = first;
        for (uint32_t i = first; i < out->n; i++)
            if (out->v[i].words)
                out->v[kept++] = out->v[i];
        out->n = kept;
    }
    for (uint32_t i = 1; i < out->n; i++) {
        quoted *a = &out->v[i - 1], *b = &out->v[i];
        if (a->no_close && a->single == b->single &&
            (a->para == b->para ? b->begin == a->end + 1
                                : a->goes_on && b->open == t->para[b->para].begin))
            b->continues = true;
    }
}
