/*
 * An article -> its quotations with source, cue, addressee and speaker.
 *
 * In: text with names. Out: sst_quotes. Method: pair the marks (quote_marks.c); for each stretch
 * between marks look for a clause of saying (quote_clause.c) right behind it, before it, at the end
 * of its sentence; else carry the speaker over from the quotation before, within CARRY_PARAGRAPHS,
 * or from the paragraph that announces it; then say who is meant (quote_speaker.c). A second
 * stretch in the same paragraph, behind nothing but the attribution of the first, is the same
 * quotation. Words in marks that no clause gives to anybody are kept behind the others: marks
 * around names and titles stay there.
 */
#include "quote_inner.h"

enum {
    CARRY_PARAGRAPHS = 3, /* how far a quotation without attribution may stand behind its speaker */
    CARRY_ALL_PARAGRAPHS = 64, /* the same, with captions and links between */
    TITLE_WORDS_MAX = 8,       /* words of a title of a work */
    LONE_WORDS_MIN = 4, /* words in marks inside a reporter's sentence that are a quotation although
                           nobody is said to say them */
    INDIRECT_WORDS_MIN = 3, /* of indirect speech */
    THAT_TOKENS_MAX = 12,   /* between a verb and its "that" */
    CLAUSE_VERB_MAX = 16,   /* words of a clause before its verb */
    TRAILING_MAX = 12,      /* words behind the verb of "..., X said on Monday." */
    DIRECT_WORDS_MIN = 5    /* a lone stretch that is whole sentences */
};

typedef struct finder {
    const sst_text *t;
    sst_arena *arena;
    quote_context c;
    quote_speakers s;
    quoted_list marks;
    SST_VEC(quote_found) out;
    SST_VEC(quote_found) indirect; /* in order */
} finder;

static bool sentence_mark(const sst_text *t, uint32_t i, const char *set)
{
    sst_str s = text_token(t, i);
    if (t->tok[i].kind == TOK_WORD)
        return (t->tok[i].flags & TOKF_ABBR) && strchr(set, '.') != NULL;
    if (t->tok[i].kind != TOK_SIGN)
        return t->tok[i].kind == TOK_MARK && i > 0 && sentence_mark(t, i - 1, set);
    if (str_eq(s, STR("\xE2\x80\xA6")) || str_eq(s, STR("\xE2\x80\x94")) ||
        str_eq(s, STR("\xE2\x80\x93")) || str_eq(s, STR("--")))
        return strchr(set, '-') != NULL;
    return s.n >= 1 && strchr(set, s.p[0]) != NULL;
}

/* Behind the last token of the sentence that begins or goes on at token i. */
static uint32_t sentence_end(const finder *f, uint32_t i, uint32_t para)
{
    const sst_text *t = f->t;
    if (i >= t->para[para].end)
        return t->para[para].end;
    uint32_t e = t->sent[text_sentence_of(t, i)].end;
    return e < t->para[para].end ? e : t->para[para].end;
}

static uint32_t behind(const quoted *q)
{
    return q->no_close ? q->end : q->close + 1;
}

static uint32_t front(const quoted *q)
{
    return q->no_open ? q->begin : q->open;
}

static bool starts_upper(const sst_text *t, uint32_t i, uint32_t end)
{
    while (i < end && t->tok[i].kind != TOK_WORD && t->tok[i].kind != TOK_NUMBER)
        i++;
    return i < end && (t->tok[i].kind == TOK_NUMBER || (t->tok[i].flags & TOKF_UPPER));
}

/* Does the stretch read as a sentence of its own? */
static bool whole_sentence(const sst_text *t, const quoted *q)
{
    return starts_upper(t, q->begin, q->end) && q->words >= 3 &&
           (sentence_mark(t, q->end - 1, ".,!?-") || q->no_close);
}

/* "Morning Joe", "American Skin (41 Shots)": words in capitals, as a title has them, and no
 * sentence. */
static bool is_title(const sst_text *t, const quoted *q)
{
    uint32_t upper = 0;
    if (q->words > TITLE_WORDS_MAX || !starts_upper(t, q->begin, q->end) ||
        sentence_mark(t, q->end - 1, "!?"))
        return false;
    for (uint32_t i = q->begin; i < q->end; i++) {
        if (t->tok[i].kind != TOK_WORD)
            continue;
        if (t->tok[i].flags & TOKF_UPPER)
            upper++;
        else if (!text_is(t, i, LEX_STOPWORD))
            return false;
    }
    return upper >= 1;
}

/* "so-called", "known as", "titled", a noun + "called" right before the mark: a name, not something
 * said. */
static bool names_a_thing(const finder *f, const quoted *q)
{
    const sst_text *t = f->t;
    uint32_t open = front(q);
    uint32_t low = t->para[q->para].begin;
    for (uint32_t n = 1; n <= 4 && open >= low + n; n++) {
        uint32_t i = open - n;
        if (text_phrase(t, i, open, LEX_NOT_QUOTED) != n)
            continue;
        /* he calls a "franchise"; mediators called a: a subject stands before the verb */
        if (n == 1 && text_is(t, i, LEX_CUE_NAMING | LEX_CUE)) {
            if (i > low &&
                (text_is(t, i - 1, LEX_PRONOUN_PERSON) || text_mention_at(t, i - 1) != UINT32_MAX ||
                 text_is(t, i - 1,
                         LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_ORG_NOUN | LEX_ADVERB |
                             LEX_AUXILIARY)))
                return text_is(t, i - 1, LEX_BE);
            return true;
        }
        return true;
    }
    /* "so-called" is three tokens */
    return false;
}

static quote_found *add(finder *f, uint32_t k)
{
    quote_found *x = vec_push(f->arena, &f->out);
    if (!x)
        return NULL;
    x->quoted = k;
    x->q.entity = UINT32_MAX;
    return x;
}

static void add_span(finder *f, sst_spans *s, sst_span span)
{
    if ((s->n & (s->n - 1)) == 0) { /* full: twice the room */
        sst_span *v = arena_alloc(f->arena, (s->n ? 2 * (size_t)s->n : 1) * sizeof *v);
        if (!v)
            return;
        if (s->n)
            memcpy(v, s->v, s->n * sizeof *v);
        s->v = v;
    }
    s->v[s->n++] = span;
}

static void add_content(finder *f, sst_quote *q, const quoted *k)
{
    const sst_text *t = f->t;
    sst_span content = text_span(t, k->begin, k->end);
    sst_span marked = {k->no_open ? content.begin : t->tok[k->open].begin,
                       k->no_close ? content.end : t->tok[k->close].end};
    add_span(f, &q->content, content);
    add_span(f, &q->marked, marked);
}

static void add_clause(finder *f, quote_found *x, const quote_clause *c)
{
    x->clause = *c;
    x->has_clause = true;
    if (c->source_end > c->source_begin)
        add_span(f, &x->q.source, text_span(f->t, c->source_begin, c->source_end));
    if (c->cue_end > c->cue_begin)
        add_span(f, &x->q.cue, text_span(f->t, c->cue_begin, c->cue_end));
    if (c->addressee_end > c->addressee_begin)
        add_span(f, &x->q.addressee, text_span(f->t, c->addressee_begin, c->addressee_end));
}

/* Nothing but the attribution of quotation x stands between its last stretch a and b. */
static bool only_attribution_between(const finder *f, const quote_found *x, const quoted *a,
                                     const quoted *b)
{
    const sst_text *t = f->t;
    if (a->para != b->para || !x->has_clause || x->clause.cue_begin < behind(a) ||
        x->clause.cue_begin >= front(b))
        return false;
    uint32_t first = text_sentence_of(t, x->clause.cue_begin),
             last = text_sentence_of(t, front(b) - 1);
    return first == last;
}

static void carry(finder *f, quote_found *x)
{
    x->q.entity = f->s.last_entity;
    x->q.speaker = f->s.last_called;
    x->q.speaker_at = f->s.last_at;
}

/* The paragraph before, when it announces what follows: it ends with a colon or a verb of saying,
 * or its last sentence has a speaker. */
static bool announced(finder *f, uint32_t para, quote_clause *out)
{
    const sst_text *t = f->t;
    uint32_t p = para;
    while (p-- > 0 && para - p <= CARRY_PARAGRAPHS) {
        if (t->para[p].role != ROLE_BODY && t->para[p].role != ROLE_SUBTITLE)
            continue;
        uint32_t end = t->para[p].end;
        uint32_t s = t->sent[t->para[p].sent_end - 1].begin;
        bool colon = tok_is(t, end - 1, ":"), comma = tok_comma(t, end - 1);
        if (f->c.inside[end - 1])
            return false;
        if (colon || comma)
            return quote_clause_before(&f->c, s, end, true, out) && !out->nobody;
        return false;
    }
    return false;
}

static bool near_last(const finder *f, uint32_t para)
{
    const sst_text *t = f->t;
    if (f->s.last_entity == UINT32_MAX && !f->s.last_called.n)
        return false;
    uint32_t last = text_para_of(t, f->s.last_token), bodies = 0;
    for (uint32_t p = last; p < para && bodies <= CARRY_PARAGRAPHS; p++) {
        if (p - last > CARRY_ALL_PARAGRAPHS)
            return false;
        bodies += t->para[p].role == ROLE_BODY;
    }
    return bodies <= CARRY_PARAGRAPHS;
}

/* The person that the paragraph before speaks of: "X, chairman of Y, said the charges were false."
 */
static bool speaker_of_paragraph_before(finder *f, uint32_t para, quote_clause *out)
{
    const sst_text *t = f->t;
    uint32_t p = para;
    while (p-- > 0 && para - p <= CARRY_PARAGRAPHS) {
        if (t->para[p].role != ROLE_BODY)
            continue;
        for (uint32_t s = t->para[p].sent_end; s-- > t->para[p].sent_begin;) {
            uint32_t b = t->sent[s].begin, e = t->sent[s].end;
            for (uint32_t i = b; i < e; i++) {
                if (f->c.inside[i] || !text_is(t, i, LEX_CUE) ||
                    text_mention_at(t, i) != UINT32_MAX)
                    continue;
                if (quote_clause_before(&f->c, b, i + 1, true, out) && !out->nobody &&
                    out->source_end > out->source_begin)
                    return true;
            }
            return false;
        }
    }
    return false;
}

/* Does the source hold a name, a pronoun or a noun for people or a body? */
static bool names_somebody(const sst_text *t, const quote_clause *c)
{
    for (uint32_t i = c->source_begin; i < c->source_end; i++)
        if (text_mention_at(t, i) != UINT32_MAX ||
            text_is(t, i, LEX_PRONOUN_PERSON | LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_ORG_NOUN))
            return true;
    return false;
}

static void set_speaker(finder *f, quote_found *x)
{
    if (x->has_clause && x->clause.nobody) {
        x->q.entity = UINT32_MAX;
        x->q.speaker = (sst_str){NULL, 0};
        return;
    }
    if (x->has_clause)
        quote_speaker(&f->s, x->clause.source_begin, x->clause.source_end, &x->q);
}

/* A word that may open a clause of its own: a name, a pronoun, an article, a noun. */
static bool opens_clause(const sst_text *t, uint32_t i)
{
    if (t->tok[i].kind == TOK_NUMBER)
        return true;
    return t->tok[i].kind == TOK_WORD && !text_is(t, i, LEX_AUXILIARY | LEX_CUE | LEX_ADVERB) &&
           (!text_is(t, i, LEX_PREPOSITION | LEX_CONJUNCTION) ||
            text_is(t, i, LEX_DETERMINER | LEX_QUESTION));
}

/* Does a verb stand in [i, end), near enough to be that of a clause beginning at i? */
static bool has_verb(const sst_text *t, uint32_t i, uint32_t end)
{
    uint32_t stop = i + CLAUSE_VERB_MAX < end ? i + CLAUSE_VERB_MAX : end;
    for (uint32_t k = i; k < stop; k++)
        if ((t->tok[k].kind == TOK_WORD || t->tok[k].kind == TOK_CLITIC) &&
            (text_is(t, k, LEX_AUXILIARY | LEX_CUE | LEX_CUE_WEAK) ||
             (k > i && !(t->tok[k].flags & TOKF_UPPER) && str_ends(text_token(t, k), STR("ed")))))
            return true;
    return false;
}

/* First token of what is said behind the verb of a clause, in indirect speech; end when there is
 * none. */
static uint32_t indirect_from(const sst_text *t, const quote_clause *c, uint32_t verb, uint32_t end)
{
    uint32_t i = c->addressee_end > verb ? c->addressee_end : verb + 1;
    if (i >= end || text_word_is(t, i, "that"))
        return i;
    if (i + 1 < end && text_word_is(t, i, "to") && !text_is(t, i + 1, LEX_DETERMINER) &&
        text_mention_at(t, i + 1) == UINT32_MAX)
        return i; /* vowed to do it */
    if (text_is(t, i, LEX_PREPOSITION | LEX_WEEKDAY | LEX_MONTH | LEX_ADVERB)) {
        uint32_t near = i + THAT_TOKENS_MAX < end ? i + THAT_TOKENS_MAX : end;
        for (uint32_t k = i; k < near; k++) { /* said in a statement on Monday that ... */
            if (text_word_is(t, k, "that"))
                return k;
            if (text_is(t, k, LEX_AUXILIARY) || (t->tok[k].kind == TOK_SIGN && !tok_is(t, k, "-")))
                break;
        }
        if (i + 1 < end && text_is(t, i, LEX_PREPOSITION) && text_is(t, i + 1, LEX_WEEKDAY))
            i++; /* said on Monday the bridge was safe */
        if (text_is(t, i, LEX_WEEKDAY))
            i++;
    }
    if (!text_is(t, verb, LEX_CUE) || i >= end || !opens_clause(t, i) || !has_verb(t, i, end))
        return end;
    return i;
}

static void add_indirect(finder *f, const quote_clause *clause, uint32_t from, uint32_t to)
{
    const sst_text *t = f->t;
    while (to > from && (t->tok[to - 1].kind == TOK_SIGN || t->tok[to - 1].kind == TOK_MARK))
        to--;
    if (to < from + INDIRECT_WORDS_MIN)
        return;
    quote_found *x = vec_push(f->arena, &f->indirect);
    if (!x)
        return;
    x->q.type = QUOTE_INDIRECT;
    sst_span content = text_span(t, from, to);
    add_span(f, &x->q.content, content);
    add_span(f, &x->q.marked, content);
    add_clause(f, x, clause);
    set_speaker(f, x);
}

/*
 * The prose between two quotations: whoever it reports as saying something is the last speaker, and
 * what it reports is indirect speech: SUBJECT VERB (that) CLAUSE, or CLAUSE, SUBJECT VERB. One a
 * sentence.
 */
static void follow_prose(finder *f, uint32_t from, uint32_t to)
{
    const sst_text *t = f->t;
    if (from >= to)
        return;
    for (uint32_t s = text_sentence_of(t, from); s < t->sent_n && t->sent[s].end <= to; s++) {
        const sst_sentence *se = &t->sent[s];
        if (se->begin < from || t->para[se->para].role != ROLE_BODY)
            continue;
        bool said = false;
        uint32_t last = se->end;
        while (last > se->begin && t->tok[last - 1].kind == TOK_SIGN)
            last--;
        quote_clause clause;
        uint32_t according = text_phrase(t, se->begin, se->end, LEX_CUE_PHRASE);
        if (according > 1 && quote_clause_behind(&f->c, se->begin, se->end, &clause) &&
            clause.according && tok_comma(t, clause.source_end) && names_somebody(t, &clause)) {
            add_indirect(f, &clause, clause.source_end + 1, last); /* According to X, ... */
            said = true;
        }
        for (uint32_t i = se->begin; i < se->end; i++) {
            if (f->c.inside[i])
                break;
            if (!tok_word(t, i) || !text_is(t, i, LEX_CUE | LEX_CUE_WEAK) ||
                text_mention_at(t, i) != UINT32_MAX ||
                (i > se->begin && text_word_is(t, i - 1, "to")))
                continue;
            bool strong = text_is(t, i, LEX_CUE);
            if (!strong && !text_word_is(t, i + 1, "that"))
                continue;
            if (!quote_clause_before(&f->c, se->begin, i + 1, true, &clause) || clause.nobody ||
                clause.cue_end != i + 1 || clause.source_end <= clause.source_begin ||
                clause.source_end > i + 1 || !names_somebody(t, &clause))
                continue;
            quote_addressee(&f->c, i, last, &clause);
            uint32_t content = said || !text_is(t, i, LEX_CUE_INDIRECT)
                                   ? last
                                   : indirect_from(t, &clause, i, last);
            /* "..., X said.": what stands before the comma */
            uint32_t left = clause.source_begin;
            if (!said && content >= last && text_is(t, i, LEX_CUE_INDIRECT) &&
                left > se->begin + INDIRECT_WORDS_MIN && tok_comma(t, left - 1) &&
                i + TRAILING_MAX > last && has_verb(t, se->begin, left)) {
                add_indirect(f, &clause, se->begin, left - 1);
                said = true;
            } else if (content < last) {
                add_indirect(f, &clause, content, last);
                said = true;
            } else if (strong) {
                sst_quote q;
                memset(&q, 0, sizeof q);
                quote_speaker(&f->s, clause.source_begin, clause.source_end, &q);
            }
        }
        if (!said && quote_clause_trailing(&f->c, se->begin, se->end, &clause) &&
            clause.according && names_somebody(t, &clause))
            add_indirect(f, &clause, se->begin, clause.cue_begin);
    }
}

/* the "Truth" campaign: between an article and a noun */
static bool names_noun_behind(const sst_text *t, const quoted *q)
{
    uint32_t i = q->no_close ? t->tok_n : q->close + 1;
    return q->words <= 4 && i < t->para[q->para].end && t->tok[i].kind == TOK_WORD &&
           !(t->tok[i].flags & (TOKF_UPPER | TOKF_GLUED)) &&
           !text_is(t, i, LEX_STOPWORD | LEX_CUE | LEX_CUE_WEAK | LEX_ADVERB) &&
           text_is(t, front(q) - 1, LEX_DETERMINER);
}

/* Does token i announce the title of a work: a possessive, "documentary", "episode of"? */
static bool owner_of_work(const sst_text *t, uint32_t i, uint32_t floor)
{
    if (t->tok[i].kind == TOK_CLITIC || (t->tok[i].kind == TOK_MARK && tok_glued(t, i)))
        return true;
    if (t->tok[i].kind != TOK_WORD)
        return false;
    if (text_is(t, i, LEX_WORK_NOUN | LEX_PRONOUN_POSSESSIVE))
        return true;
    return i > floor && text_is(t, i, LEX_PREPOSITION) && text_is(t, i - 1, LEX_WORK_NOUN);
}

static void judge(finder *f, uint32_t k)
{
    const sst_text *t = f->t;
    const quoted *q = &f->marks.v[k];
    const sst_para *p = &t->para[q->para];
    quote_found *last = f->out.n ? &f->out.v[f->out.n - 1] : NULL;
    const quoted *before = k ? &f->marks.v[k - 1] : NULL;
    quote_clause clause;
    bool whole = whole_sentence(t, q);
    uint32_t after = behind(q);
    uint32_t sent_begin = t->sent[text_sentence_of(t, front(q))].begin;
    uint32_t end = sentence_end(f, after, q->para);
    bool at_para_begin = front(q) == p->begin;
    bool colon = front(q) > p->begin && tok_is(t, front(q) - 1, ":");
    bool comma = front(q) > p->begin && tok_comma(t, front(q) - 1);

    /* MSNBC’s “Morning Joe”, her documentary “13th”: a title behind a noun, a possessive or an
     * article */
    bool work = !colon && !comma && front(q) > sent_begin && is_title(t, q) &&
                (owner_of_work(t, front(q) - 1, sent_begin) || names_noun_behind(t, q));
    if (work || names_a_thing(f, q)) {
        quote_found *x = add(f, k);
        if (x) {
            x->doubtful = true;
            add_content(f, &x->q, q);
            x->q.type = QUOTE_MIXED;
        }
        return;
    }
    /* 1. behind it */
    bool got = false;
    bool ends_open = sentence_mark(t, q->end - 1, ",!?-") ||
                     (after < p->end && tok_comma(t, after)) ||
                     (q->words >= DIRECT_WORDS_MIN && whole);
    if (!q->no_close && ends_open && after < end)
        got = quote_clause_behind(&f->c, after, end, &clause);
    if (got && sentence_mark(t, q->end - 1, ".") && !clause.according &&
        t->tok[after].kind == TOK_WORD && (t->tok[after].flags & TOKF_UPPER) && !whole)
        got = false; /* a new sentence */
    /* a full stop inside the marks: what follows is a sentence of its own, unless it is nothing but
     * the attribution */
    if (got && sentence_mark(t, q->end - 1, ".") && !sentence_mark(t, q->end - 1, "!?,-")) {
        uint32_t tail = end;
        while (tail > after && (t->tok[tail - 1].kind == TOK_SIGN))
            tail--;
        if (clause.clause_end + 6 < tail ||
            (clause.clause_end < end &&
             (tok_is(t, clause.clause_end, ":") || text_word_is(t, clause.clause_end, "that"))) ||
            (after < p->end && end < p->end && f->c.inside[end < t->tok_n ? end : end - 1] &&
             tok_is(t, end - 1, ":")))
            got = false;
        /* X said: "..." belongs to what follows */
        for (uint32_t i = clause.cue_end; got && i < end; i++)
            if (tok_is(t, i, ":") || f->c.inside[i])
                got = false;
    }
    /* told him she "couldn't get up," the Advertiser reported: who passes it on is not who said it
     */
    if (got && !whole && (clause.according || text_is(t, clause.cue_end - 1, LEX_CUE_RELAY)) &&
        front(q) > sent_begin) {
        quote_clause inner;
        if (quote_clause_before(&f->c, sent_begin, front(q), colon, &inner) && !inner.nobody &&
            inner.source_end > inner.source_begin)
            clause = inner;
    }
    /* 2. the second part of one quotation */
    if (!got && last && before && !last->doubtful && only_attribution_between(f, last, before, q) &&
        (last->quoted + 8 > k)) {
        add_content(f, &last->q, q);
        return;
    }
    if (got && last && before && !last->doubtful && only_attribution_between(f, last, before, q) &&
        clause.source_begin == last->clause.source_begin) {
        add_content(f, &last->q, q);
        return;
    }
    if (!got && q->continues && last && !last->doubtful) {
        add_content(f, &last->q, q); /* it goes on over paragraphs */
        last->q.type = QUOTE_DIRECT;
        return;
    }
    quote_found *x = add(f, k);
    if (!x)
        return;
    last = f->out.n > 1 ? &f->out.v[f->out.n - 2] : NULL;
    add_content(f, &x->q, q);
    x->q.type = (uint8_t)(whole && (got || at_para_begin || colon || comma || q->continues ||
                                    q->words >= DIRECT_WORDS_MIN)
                              ? QUOTE_DIRECT
                              : QUOTE_MIXED);
    if (got) {
        add_clause(f, x, &clause);
        x->q.type = QUOTE_DIRECT;
        set_speaker(f, x);
        return;
    }
    /* 3. the quotation before goes on */
    if (q->continues && last) {
        x->q.type = QUOTE_DIRECT;
        x->q.entity = last->q.entity;
        x->q.speaker = last->q.speaker;
        x->q.speaker_at = last->q.speaker_at;
        return;
    }
    /* a medley with "Rock the Harbour": several words in capitals behind a preposition are a title
     */
    bool title = q->words >= 2 && is_title(t, q);
    if (title && !colon && front(q) > sent_begin && t->tok[front(q) - 1].kind == TOK_WORD &&
        text_is(t, front(q) - 1, LEX_PREPOSITION) && !text_is(t, front(q) - 1, LEX_CUE)) {
        x->doubtful = true;
        return;
    }
    /* 4. before it in its sentence */
    if (!q->no_close && quote_clause_by(&f->c, sent_begin, front(q), after, end, &clause)) {
        add_clause(f, x, &clause);
        set_speaker(f, x);
        return;
    }
    if (front(q) > sent_begin && quote_clause_before(&f->c, sent_begin, front(q), colon, &clause)) {
        add_clause(f, x, &clause);
        set_speaker(f, x);
        if (clause.nobody && !colon && clause.source_end == clause.source_begin)
            x->doubtful = true;
        return;
    }
    if (colon && front(q) > sent_begin) {
        uint32_t from, to;
        if (quote_subject(&f->c, sent_begin, front(q) - 1, &from, &to)) {
            memset(&clause, 0, sizeof clause);
            clause.source_begin = from;
            clause.source_end = to;
            clause.cue_begin = clause.cue_end = clause.clause_end = front(q) - 1;
            add_clause(f, x, &clause);
            set_speaker(f, x);
            return;
        }
    }
    /* 5. at the end of its sentence */
    if (!q->no_close && after < end && quote_clause_trailing(&f->c, after, end, &clause)) {
        add_clause(f, x, &clause);
        set_speaker(f, x);
        return;
    }
    /* 6. nothing in the sentence: announced by the paragraph before, or carried over */
    if (at_para_begin && announced(f, q->para, &clause)) {
        add_clause(f, x, &clause);
        x->q.type = QUOTE_DIRECT;
        set_speaker(f, x);
        return;
    }
    if (title && !at_para_begin) {
        x->doubtful = true; /* nobody in the sentence says it */
        return;
    }
    bool lone = whole && q->words >= LONE_WORDS_MIN;
    if (lone && near_last(f, q->para)) {
        x->q.type = QUOTE_DIRECT;
        carry(f, x);
        return;
    }
    if (lone && at_para_begin && speaker_of_paragraph_before(f, q->para, &clause)) {
        x->q.type = QUOTE_DIRECT;
        quote_speaker(&f->s, clause.source_begin, clause.source_end, &x->q);
        return;
    }
    if (lone && (at_para_begin || colon)) {
        x->q.type = QUOTE_DIRECT;
        return; /* somebody says it, the article does not say who */
    }
    if (q->words >= LONE_WORDS_MIN && !q->single &&
        (sentence_mark(t, q->end - 1, ".,!?") || q->words >= 2 * LONE_WORDS_MIN) &&
        near_last(f, q->para)) {
        carry(f, x);
        return;
    }
    x->doubtful = true;
}

sst_status quote_rules(const sst_text *text, sst_arena *arena, quote_rule_list *out,
                       uint8_t *inside)
{
    finder f;
    memset(&f, 0, sizeof f);
    memset(out, 0, sizeof *out);
    f.t = text;
    f.arena = arena;
    quote_marks(text, arena, &f.marks);
    for (uint32_t k = 0; k < f.marks.n; k++)
        memset(inside + front(&f.marks.v[k]), 1, behind(&f.marks.v[k]) - front(&f.marks.v[k]));
    f.c = (quote_context){text, inside};
    f.s = (quote_speakers){.c = &f.c, .last_entity = UINT32_MAX};
    uint32_t prose = 0;
    for (uint32_t k = 0; k < f.marks.n && !arena->failed; k++) {
        uint8_t role = text->para[f.marks.v[k].para].role;
        if (role == ROLE_BOILERPLATE || role == ROLE_BYLINE)
            continue;
        follow_prose(&f, prose, front(&f.marks.v[k]));
        judge(&f, k);
        prose = behind(&f.marks.v[k]);
    }
    follow_prose(&f, prose, text->tok_n);
    if (arena->failed)
        return arena->failed;
    quote_found *v = arena_alloc(arena, (f.out.n + f.indirect.n + 1) * sizeof *v);
    if (!v)
        return arena->failed;
    uint32_t n = 0, next = 0; /* indirect speech goes between, by place; the doubtful come last */
    for (uint32_t i = 0; i <= f.out.n; i++) {
        uint32_t at = i < f.out.n ? f.out.v[i].q.content.v[0].begin : UINT32_MAX;
        while (next < f.indirect.n && f.indirect.v[next].q.content.v[0].begin < at)
            v[n++] = f.indirect.v[next++];
        if (i < f.out.n && !f.out.v[i].doubtful)
            v[n++] = f.out.v[i];
    }
    out->n = n;
    for (uint32_t i = 0; i < f.out.n; i++)
        if (f.out.v[i].doubtful)
            v[n++] = f.out.v[i];
    out->v = v;
    out->all_n = n;
    return arena->failed;
}
