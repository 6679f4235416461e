/*
 * An article -> its quotations with source, cue, addressee and speaker.
 *
 * In: text with names. Out: sst_quotes. Method: pair the marks (quote_marks.c); add the posts that
 * stand in the text (quote_post.c); for each stretch
 * between marks look for a clause of saying (quote_clause.c) right behind it, before it, at the end
 * of its sentence; else carry the speaker over from the quotation before, within CARRY_PARAGRAPHS,
 * or from the paragraph that announces it; then say who is meant (quote_speaker.c). A second
 * stretch in the same paragraph, behind nothing but the attribution of the first, is the same
 * quotation. Words in marks that no clause gives to anybody are kept behind the others: marks
 * around names and titles stay there.
 */
#include "quote_rule.h"
#include "base_utf8.h"
#include "quote_net.h"
#include "quote_phrase.h"

enum {
    CARRY_PARAGRAPHS = 3, /* how far a quotation without attribution may stand behind its speaker */
    CARRY_ALL_PARAGRAPHS = 64, /* the same, with captions and links between */
    LONE_WORDS_MIN = 4, /* words in marks inside a reporter's sentence that are a quotation although
                           nobody is said to say them */
    OTHER_WORDS_MIN =
        2, /* words with a clause behind them, in languages with signs outside the marks */
    UNCASED_WORDS_MIN = 8,  /* words or signs of a script without capitals that are a sentence */
    DIRECT_WORDS_MIN = 5,   /* a lone stretch that is whole sentences */
    HEADING_WORDS_MAX = 10, /* of a heading in marks */
    NAME_WORDS_MAX = 4,     /* in marks that nobody said: a name in the prose */
    TITLES_BETWEEN = 4      /* stretches back, titles among them, that a quotation goes on over */
};

/* Behind the last token of the sentence that begins or goes on at token i. */
static uint32_t sentence_end(const finder *f, uint32_t i, uint32_t para)
{
    const sst_text *t = f->t;
    if (i >= t->para[para].end)
        return t->para[para].end;
    uint32_t e = t->sent[text_sentence_of(t, i)].end;
    return e < t->para[para].end ? e : t->para[para].end;
}

/* Is there a language to look words up in? */
static bool has_words(const sst_text *t)
{
    return t->lang != lang_find((sst_str){NULL, 0});
}

/* Languages other than English put the sign of the sentence behind the mark: „So ist es“, sagte X.
 * « C'est fini ». Scripts without capitals have long stretches instead. */
static bool whole_outside(const sst_text *t, const quoted *q)
{
    uint32_t after = quoted_behind(q);
    bool sign = q->no_close || quote_sentence_mark(t, q->end - 1, ".,!?-") ||
                (after < t->tok_n && t->tok[after].kind == TOK_SIGN &&
                 quote_sentence_mark(t, after, ".,!?"));
    int k;
    sst_str first = text_token(t, q->begin);
    bool lower = utf8_is_lower(utf8_read(first.p, first.p + first.n, &k));
    if (!has_words(t) && !lower && !quote_starts_upper(t, q->begin, q->end))
        return q->words >= UNCASED_WORDS_MIN;
    return quote_starts_upper(t, q->begin, q->end) && q->words >= 3 && sign;
}

/* Does the stretch read as a sentence of its own? */
static bool whole_sentence(const sst_text *t, const quoted *q)
{
    if (!quote_in_english(t))
        return whole_outside(t, q);
    return quote_starts_upper(t, q->begin, q->end) && q->words >= 3 &&
           (quote_sentence_mark(t, q->end - 1, ".,!?-") || q->no_close);
}

static quote_found *add(finder *f, uint32_t k)
{
    quote_found *x = vec_push(f->arena, &f->out);
    if (!x)
        return NULL;
    x->quoted = x->quoted_last = k;
    x->q.entity = UINT32_MAX;
    return x;
}

void quote_add_span(finder *f, sst_spans *s, sst_span span)
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
    quote_add_span(f, &q->content, content);
    quote_add_span(f, &q->marked, marked);
}

void quote_add_clause(finder *f, quote_found *x, const quote_clause *c)
{
    x->clause = *c;
    x->has_clause = true;
    if (c->source_end > c->source_begin)
        quote_add_span(f, &x->q.source, text_span(f->t, c->source_begin, c->source_end));
    if (c->cue_end > c->cue_begin)
        quote_add_span(f, &x->q.cue, text_span(f->t, c->cue_begin, c->cue_end));
    if (c->addressee_end > c->addressee_begin)
        quote_add_span(f, &x->q.addressee, text_span(f->t, c->addressee_begin, c->addressee_end));
}

/* "adding": the same person goes on. */
static bool is_participle(const sst_text *t, uint32_t i)
{
    sst_str s = text_token(t, i);
    return s.n > 4 && memcmp(s.p + s.n - 3, "ing", 3) == 0;
}

/* Is the word in front of token i, past a comma or colon and adverbs, the cue of another clause:
 * "said, adding, ...", "said as the crowd yelled: ..."? (X said, adding: "..." goes on.) Or no sign
 * at all: "wrote under the title ..."? */
static bool opened_anew(const sst_text *t, const quote_clause *c, uint32_t i)
{
    if (i <= c->cue_end)
        return false;
    if (t->tok[i - 1].kind == TOK_WORD) /* "R-S.C." may end the sentence */
        return !text_is(t, i - 1, LEX_CONJUNCTION) && !(t->tok[i - 1].flags & TOKF_ABBR) &&
               i > c->clause_end;
    bool colon = tok_is(t, i - 1, ":");
    if (!tok_comma(t, i - 1) && !colon)
        return false;
    i--;
    while (i > c->cue_end && text_is(t, i - 1, LEX_ADVERB) &&
           !text_is(t, i - 1, LEX_CUE | LEX_CUE_WEAK))
        i--;
    return i > c->cue_end && text_is(t, i - 1, LEX_CUE | LEX_CUE_WEAK) &&
           text_mention_at(t, i - 1) == UINT32_MAX && !(colon && is_participle(t, i - 1));
}

/* Nothing but the attribution of quotation x stands between its last stretch and b: in one
 * paragraph, or b opens the next. */
static bool only_attribution_between(const finder *f, const quote_found *x, const quoted *b)
{
    const sst_text *t = f->t;
    const quoted *a = &f->marks.v[x->quoted_last];
    bool next = b->para == a->para + 1 && quoted_front(b) == t->para[b->para].begin &&
                t->para[b->para].role == ROLE_BODY;
    if ((a->para != b->para && !next) || !x->has_clause || x->clause.cue_begin < quoted_behind(a) ||
        x->clause.cue_begin >= quoted_front(b))
        return false;
    uint32_t first = text_sentence_of(t, x->clause.cue_begin),
             last = text_sentence_of(t, quoted_front(b) - 1);
    return first == last && !opened_anew(t, &x->clause, quoted_front(b));
}

/* The quotation that token stretch k may go on with: the newest that somebody says. Titles inside
 * the attribution are passed over: said on the programme "X". */
static quote_found *open_quotation(finder *f, uint32_t k)
{
    for (uint32_t n = f->out.n, tried = 0; n-- > 0 && tried < TITLES_BETWEEN; tried++) {
        quote_found *x = &f->out.v[n];
        if (!x->doubtful)
            return x->quoted_last + TITLES_BETWEEN > k ? x : NULL;
    }
    return NULL;
}

/* Whole paragraphs in marks one behind the other: the next goes on, when nobody is said to say it.
 */
static bool paragraph_goes_on(const finder *f, const quote_found *x, const quoted *b)
{
    const sst_text *t = f->t;
    const quoted *a = &f->marks.v[x->quoted_last];
    return x->q.type == QUOTE_DIRECT && b->para == a->para + 1 && !a->no_close && !a->by_end &&
           quoted_behind(a) >= t->para[a->para].end && quoted_behind(b) >= t->para[b->para].end &&
           quoted_front(b) == t->para[b->para].begin && t->para[b->para].role == ROLE_BODY;
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

void quote_set_speaker(finder *f, quote_found *x)
{
    if (x->has_clause && x->clause.nobody) {
        x->q.entity = UINT32_MAX;
        x->q.speaker = (sst_str){NULL, 0};
        return;
    }
    if (x->has_clause)
        quote_speaker(&f->s, x->clause.source_begin, x->clause.source_end, &x->q);
}

/* He yelled "You lie!", she told them, "no one ...": from the verb or who is spoken to, past a
 * comma or colon, to the end of the sentence nothing stands outside the marks. */
static bool said_to_end(const sst_text *t, const quoted *q, const quote_clause *c)
{
    uint32_t from = quoted_front(q);
    if (from > 0 && (tok_comma(t, from - 1) || tok_is(t, from - 1, ":")))
        from--;
    bool heard =
        c->addressee_end > c->cue_end && from == c->addressee_end && from != quoted_front(q);
    return (from == c->cue_end || heard) && c->cue_end > c->cue_begin && !c->nobody &&
           !q->no_close && quote_sentence_mark(t, q->end - 1, ".!?") &&
           !text_is(t, c->cue_end - 1, LEX_CUE_NAMING);
}

/* Behind an article, a preposition or a noun words in marks are a part of the reporter's sentence,
 * which nobody says; where there is a network, it tells. */
static bool stands_alone(const sst_text *t, const quoted *q, uint32_t sent_begin)
{
    uint32_t front = quoted_front(q);
    return !t->lang->traits || front <= sent_begin || t->tok[front - 1].kind == TOK_SIGN ||
           text_is(t, front - 1, LEX_CONJUNCTION | LEX_CLAUSE_OPEN);
}

/* « Une tâche extrêmement difficile »: a few words in marks alone in their paragraph with no sign
 * at the end head what follows, in languages that put the sign behind the marks. */
static bool heads_text(const finder *f, const quoted *q)
{
    const sst_text *t = f->t;
    const sst_para *p = &t->para[q->para];
    return t->lang->traits && q->words <= HEADING_WORDS_MAX && quoted_front(q) == p->begin &&
           quoted_behind(q) >= p->end && !q->no_open && !q->no_close && !q->continues &&
           !quote_sentence_mark(t, q->end - 1, ".,!?");
}

static void judge(finder *f, uint32_t k)
{
    const sst_text *t = f->t;
    const quoted *q = &f->marks.v[k];
    const sst_para *p = &t->para[q->para];
    quote_found *last = f->out.n ? &f->out.v[f->out.n - 1] : NULL;
    quote_clause clause;
    bool whole = whole_sentence(t, q);
    uint32_t after = quoted_behind(q);
    uint32_t sent_begin = t->sent[text_sentence_of(t, quoted_front(q))].begin;
    uint32_t end = sentence_end(f, after, q->para);
    bool at_para_begin = quoted_front(q) == p->begin;
    bool colon = quoted_front(q) > p->begin && tok_is(t, quoted_front(q) - 1, ":");
    bool comma = quoted_front(q) > p->begin && tok_comma(t, quoted_front(q) - 1);

    if (q->by_end) {
        quote_found *x = add(f, k);
        if (!x)
            return;
        add_content(f, &x->q, q);
        x->q.type = QUOTE_DIRECT;
        clause = (quote_clause){.source_begin = q->by_begin, .source_end = q->by_end};
        clause.clause_end = p->end;
        quote_add_clause(f, x, &clause);
        quote_set_speaker(f, x);
        return;
    }
    bool thing = quote_is_markup(t, q) || quote_is_known_work(f, q);
    if (thing || quote_names_thing(t, q)) {
        quote_found *x = add(f, k);
        if (x) {
            x->doubtful = true;
            x->q.thing = thing;
            add_content(f, &x->q, q);
            x->q.type = QUOTE_MIXED;
        }
        return;
    }
    /* 1. behind it */
    bool got = false;
    bool ends_open = quote_sentence_mark(t, q->end - 1, ",!?-") ||
                     (after < p->end && tok_comma(t, after)) ||
                     (q->words >= DIRECT_WORDS_MIN && whole);
    if (!quote_in_english(t))
        ends_open |= q->words >= OTHER_WORDS_MIN;
    if (!q->no_close && ends_open && after < end)
        got = quote_clause_behind(&f->c, after, end, &clause) ||
              (quote_in_english(t) && quoted_front(q) == sent_begin &&
               quote_sentence_mark(t, q->end - 1, ",") &&
               quote_clause_far(&f->c, after, end, &clause));
    if (got && quote_sentence_mark(t, q->end - 1, ".") && !clause.according &&
        t->tok[after].kind == TOK_WORD && (t->tok[after].flags & TOKF_UPPER) && !whole)
        got = false; /* a new sentence */
    /* NAME sagte: „... .“ Nach Angaben von ...: what follows is a sentence of its own */
    if (got && colon && !quote_in_english(t) && quote_sentence_mark(t, q->end - 1, ".!?") &&
        t->tok[after].kind == TOK_WORD && (t->tok[after].flags & TOKF_UPPER))
        got = false;
    /* a full stop inside the marks: what follows is a sentence of its own, unless it is nothing but
     * the attribution */
    if (got && quote_sentence_mark(t, q->end - 1, ".") &&
        !quote_sentence_mark(t, q->end - 1, "!?,-")) {
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
        quoted_front(q) > sent_begin) {
        quote_clause inner;
        if (quote_clause_before(&f->c, sent_begin, quoted_front(q), colon, &inner) &&
            !inner.nobody && inner.source_end > inner.source_begin)
            clause = inner;
    }
    /* 2. the second part of one quotation */
    quote_found *open = open_quotation(f, k);
    if (open && only_attribution_between(f, open, q) &&
        (got ? clause.source_begin == open->clause.source_begin
             : whole || f->marks.v[open->quoted_last].para == q->para)) {
        add_content(f, &open->q, q);
        open->quoted_last = k;
        return;
    }
    bool goes_on = open && !got && whole && paragraph_goes_on(f, open, q);
    if (!got && (q->continues || goes_on) && last && !last->doubtful) {
        add_content(f, &last->q, q); /* it goes on over paragraphs */
        last->quoted_last = k;
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
        quote_add_clause(f, x, &clause);
        x->q.type = QUOTE_DIRECT;
        quote_set_speaker(f, x);
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
    /* 4. before it in its sentence */
    if (!q->no_close && quote_clause_by(&f->c, sent_begin, quoted_front(q), after, end, &clause)) {
        quote_add_clause(f, x, &clause);
        quote_set_speaker(f, x);
        return;
    }
    if (quoted_front(q) > sent_begin &&
        quote_clause_before(&f->c, sent_begin, quoted_front(q), colon, &clause)) {
        quote_add_clause(f, x, &clause);
        quote_set_speaker(f, x);
        if (clause.nobody && !colon && clause.source_end == clause.source_begin)
            x->doubtful = true;
        else if (x->q.type == QUOTE_MIXED && said_to_end(t, q, &clause)) {
            x->q.type = QUOTE_DIRECT;
            x->q.in_sentence = !quote_starts_upper(t, q->begin, q->end);
        }
        return;
    }
    if (colon && quoted_front(q) > sent_begin) {
        uint32_t from, to;
        if (quote_subject(&f->c, sent_begin, quoted_front(q) - 1, &from, &to)) {
            memset(&clause, 0, sizeof clause);
            clause.source_begin = from;
            clause.source_end = to;
            clause.cue_begin = clause.cue_end = clause.clause_end = quoted_front(q) - 1;
            quote_add_clause(f, x, &clause);
            quote_set_speaker(f, x);
            return;
        }
    }
    /* 5. at the end of its sentence */
    if (!q->no_close && after < end && quote_clause_trailing(&f->c, after, end, &clause)) {
        quote_add_clause(f, x, &clause);
        quote_set_speaker(f, x);
        return;
    }
    /* 6. nothing in the sentence: announced by the paragraph before, or carried over */
    if (at_para_begin && announced(f, q->para, &clause)) {
        quote_add_clause(f, x, &clause);
        x->q.type = QUOTE_DIRECT;
        quote_set_speaker(f, x);
        return;
    }
    bool title = q->words >= 2 && quote_is_title(t, q);
    x->q.thing = quote_is_heading(f, q) || heads_text(f, q);
    if ((title && (!at_para_begin || after >= p->end)) || x->q.thing) {
        x->doubtful = true; /* nobody in the sentence says it; alone in a paragraph: a heading */
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
    if (lone && (at_para_begin || colon || !has_words(t))) {
        x->q.type = QUOTE_DIRECT;
        return; /* somebody says it, the article does not say who */
    }
    if (q->words >= LONE_WORDS_MIN && !q->single && stands_alone(t, q, sent_begin) &&
        (quote_sentence_mark(t, q->end - 1, ".,!?") || q->words >= 2 * LONE_WORDS_MIN) &&
        near_last(f, q->para)) {
        carry(f, x);
        return;
    }
    x->doubtful = true;
}

/* Where the prose behind stretch k begins. In other languages names of papers and ships stand in
 * marks as well: a sentence with nothing else in marks is prose. */
static uint32_t behind_marks(const finder *f, uint32_t k, uint32_t prose, uint8_t *inside)
{
    const quoted *q = &f->marks.v[k];
    const sst_text *t = f->t;
    if (!t->lang->traits || !f->out.n || f->out.v[f->out.n - 1].quoted != k ||
        !f->out.v[f->out.n - 1].doubtful || q->words > NAME_WORDS_MAX)
        return quoted_behind(q);
    uint32_t begin = t->sent[text_sentence_of(t, quoted_front(q))].begin;
    memset(inside + quoted_front(q), 0, quoted_behind(q) - quoted_front(q));
    return begin > prose ? begin : prose;
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
    quote_posts(text, arena, &f.marks);
    for (uint32_t k = 0; k < f.marks.n; k++)
        memset(inside + quoted_front(&f.marks.v[k]), 1,
               quoted_behind(&f.marks.v[k]) - quoted_front(&f.marks.v[k]));
    f.c = (quote_context){text, inside};
    f.s =
        (quote_speakers){.c = &f.c, .last_entity = UINT32_MAX, .seen_again = quote_net_knows(text)};
    quote_find_works(&f);
    uint32_t prose = 0;
    for (uint32_t k = 0; k < f.marks.n && !arena->failed; k++) {
        uint8_t role = text->para[f.marks.v[k].para].role;
        if (role == ROLE_BOILERPLATE || role == ROLE_BYLINE)
            continue;
        quote_follow_prose(&f, prose, quoted_front(&f.marks.v[k]));
        judge(&f, k);
        prose = behind_marks(&f, k, prose, inside);
    }
    quote_follow_prose(&f, prose, text->tok_n);
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
