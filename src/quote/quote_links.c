/*
 * Rules and network together -> the quotations of an article.
 *
 * In: what the rules found between marks (quote_rule.c), the links of the network (quote_net.c).
 * Out: sst_quotes. Method: each link goes to the quotation in marks that its content covers most.
 * A direct quotation keeps its content, which marks tell better than any model; a mixed one is
 * widened to what the link takes for said, and so is what stands in marks that the rules give to
 * nobody, when a link gives it to somebody named, or little else. Links that cover no marks are
 * indirect speech; the rules' own indirect speech gives way to them. Then the speakers of what is
 * new are looked for, in order of place. Linear: a link has at most 2 * NET_WINDOW tokens of
 * content.
 */
#include "base_sort.h"
#include "quote_net.h"
#include "quote_phrase.h"

enum {
    AROUND_MAX = 2, /* words outside the marks up to which a link's content is the quotation's */
    /* Is a link indirect speech, or nothing at all? Points that add up; learnt by a logistic
     * regression on the training articles kept back (docs/decisions/0046), then rounded. */
    POINT = 65536,               /* one of the network's */
    SURE_MAX = 4 * POINT,        /* more certainty of the cue tells nothing more */
    SAID_PART = 8,               /* of the certainty of the content */
    WORDS_TWICE = POINT / 2,     /* for each doubling of the words */
    REPORTS = POINT,             /* a verb that reports without marks: said, claimed */
    SAID_BEFORE = 3 * POINT / 4, /* content in front of the cue: "..., X said" */
    SURE_SPEAKER = 360000,       /* what it must have to tell who speaks next */
    SURE_INDIRECT = 335000,      /* what indirect speech must have (docs/decisions/0064) */
    SURE_AROUND = 50000, /* of its cue, what a link must have that reaches far around words in
                            marks, or holds a thing in marks (docs/decisions/0064) */
    /* When is a piece in a sentence all that is said: that "..."? Words outside the marks, and
     * inside for each of them; of such pieces of the training articles 3 in 4 are direct */
    LEAD_MAX = 2,
    LEAD_WORDS = 7
};

typedef struct joiner {
    const sst_text *t;
    quote_context c;
    const quote_rule_list *rules;
    sst_arena *arena;
    uint32_t *owner; /* of each token: 1 + the quotation in marks that it stands in */
    uint32_t *link;  /* of each quotation in marks: 1 + its link */
    uint8_t *within; /* of each: type of the quotation whose link holds all of it, 0 */
} joiner;

typedef struct piece { /* a quotation that comes out */
    sst_quote q;
    uint32_t rule;               /* 1 + its place among what the rules found */
    uint32_t source, source_end; /* tokens, to look for the speaker; equal: it is known */
    bool doubtful;
    bool in_passing; /* too uncertain to tell who speaks next */
    bool joined;     /* a part of the one before it */
} piece;

typedef SST_VEC(piece) piece_list;

static void one_span(sst_arena *arena, sst_spans *s, sst_span v)
{
    s->n = 0;
    s->v = arena_alloc(arena, sizeof *s->v);
    if (s->v)
        s->v[s->n++] = v;
}

static void set_owners(joiner *j)
{
    const sst_text *t = j->t;
    for (uint32_t i = 0; i < j->rules->all_n; i++) {
        const sst_quote *q = &j->rules->v[i].q;
        if (q->type == QUOTE_INDIRECT)
            continue;
        for (uint32_t k = 0; k < q->marked.n; k++)
            for (uint32_t x = text_token_at(t, q->marked.v[k].begin);
                 x < t->tok_n && t->tok[x].begin < q->marked.v[k].end; x++)
                j->owner[x] = i + 1;
    }
}

typedef struct cover {
    uint32_t owner;          /* 1 + the quotation in marks with most tokens in the content */
    uint32_t shared;         /* so many */
    uint32_t words, outside; /* of the content; of these in no marks */
} cover;

static cover covered(const joiner *j, const quote_link *l)
{
    cover c = {0};
    const uint32_t range[2][2] = {{l->left_begin, l->left_end}, {l->right_begin, l->right_end}};
    for (uint32_t k = 0; k < 2; k++) {
        uint32_t run = 0, of = 0;
        for (uint32_t x = range[k][0]; x < range[k][1]; x++) {
            uint32_t o = j->owner[x];
            bool word = j->t->tok[x].kind != TOK_SIGN && j->t->tok[x].kind != TOK_MARK;
            c.words += word;
            c.outside += word && !o;
            if (o != of) {
                of = o;
                run = 0;
            }
            run++;
            if (o && run > c.shared) {
                c.shared = run;
                c.owner = o;
            }
        }
    }
    return c;
}

/* The content of a link as spans; signs at its ends stay, as the model put them. */
static void content_of(const joiner *j, const quote_link *l, sst_spans *out)
{
    out->n = 0;
    out->v = arena_alloc(j->arena, 2 * sizeof *out->v);
    if (!out->v)
        return;
    if (l->left_end > l->left_begin)
        out->v[out->n++] = text_span(j->t, l->left_begin, l->left_end);
    if (l->right_end > l->right_begin)
        out->v[out->n++] = text_span(j->t, l->right_begin, l->right_end);
}

static void attribute(const joiner *j, const quote_link *l, piece *p)
{
    p->q.source.n = 0;
    if (l->source_end > l->source_begin)
        one_span(j->arena, &p->q.source, text_span(j->t, l->source_begin, l->source_end));
    one_span(j->arena, &p->q.cue, text_span(j->t, l->cue_begin, l->cue_end));
}

static uint32_t first_byte(const piece *p)
{
    return p->q.content.n ? p->q.content.v[0].begin : 0;
}

/* A link reaches over one part of a quotation that its attribution splits; the marks of the others
 * are said too. */
static void keep_marked(const joiner *j, const sst_quote *q, sst_spans *said)
{
    sst_spans all = {arena_alloc(j->arena, (q->marked.n + said->n) * sizeof *all.v), 0};
    if (!all.v)
        return;
    uint32_t k = 0;
    for (uint32_t i = 0; i < q->marked.n; i++) {
        const sst_span *part = &q->marked.v[i];
        bool covered = false;
        for (uint32_t x = 0; x < said->n && !covered; x++)
            covered = said->v[x].begin < part->end && part->begin < said->v[x].end;
        while (k < said->n && said->v[k].begin < part->begin)
            all.v[all.n++] = said->v[k++];
        if (!covered)
            all.v[all.n++] = *part;
    }
    while (k < said->n)
        all.v[all.n++] = said->v[k++];
    *said = all;
}

static void add_parts(const joiner *j, sst_spans *to, const sst_spans *more)
{
    sst_spans all = {arena_alloc(j->arena, (to->n + more->n) * sizeof *all.v), to->n + more->n};
    if (!all.v)
        return;
    memcpy(all.v, to->v, to->n * sizeof *all.v);
    memcpy(all.v + to->n, more->v, more->n * sizeof *all.v);
    *to = all;
}

/* The content of link l is said in a quotation of the type: other words in marks inside it, too. */
static void note_within(const joiner *j, const quote_link *l, uint32_t owner, uint8_t type)
{
    const uint32_t range[2][2] = {{l->left_begin, l->left_end}, {l->right_begin, l->right_end}};
    for (uint32_t k = 0; k < 2; k++)
        for (uint32_t x = range[k][0]; x < range[k][1]; x++) {
            uint32_t o = j->owner[x];
            if (!o || o == owner || j->within[o - 1])
                continue;
            const sst_spans *m = &j->rules->v[o - 1].q.marked;
            sst_span said = text_span(j->t, range[k][0], range[k][1]);
            if (m->n == 1 && m->v[0].begin >= said.begin && m->v[0].end <= said.end)
                j->within[o - 1] = type;
        }
}

/* Right now, the campaign is "doing everything it can," X said: what the rules take for a whole
 * quotation is the end of a clause that is said. Not behind a comma or colon: "..., saying, ‘...’"
 */
static bool leads_in(const joiner *j, const quote_link *l, const quote_found *r)
{
    const sst_text *t = j->t;
    const uint32_t range[2][2] = {{l->left_begin, l->left_end}, {l->right_begin, l->right_end}};
    uint32_t mark = text_token_at(t, r->q.marked.v[0].begin);
    if (mark == 0 || t->tok[mark - 1].kind == TOK_SIGN || t->tok[mark - 1].kind == TOK_MARK)
        return false;
    for (uint32_t k = 0; k < 2; k++) {
        if (mark <= range[k][0] || mark >= range[k][1] ||
            text_sentence_of(t, range[k][0]) != text_sentence_of(t, mark))
            continue;
        uint32_t words = 0;
        for (uint32_t x = range[k][0]; x < mark; x++)
            words += t->tok[x].kind != TOK_SIGN && t->tok[x].kind != TOK_MARK;
        return words > LEAD_MAX;
    }
    return false;
}

/* Speakers of what is new, in order of place, each in the light of those before it. */
static void find_speakers(joiner *j, piece_list *all)
{
    quote_speakers s = {.c = &j->c, .last_entity = UINT32_MAX};
    sst_quote was = {0}, is = {0}; /* the last source, as the rules saw it and as it is seen now */
    for (uint32_t i = 0; i < all->n; i++) {
        piece *p = &all->v[i];
        if (p->doubtful || p->joined)
            continue;
        if (!p->q.content.n)
            continue;
        if (p->in_passing) {
            quote_speakers as_it_is = s;
            quote_speaker(&as_it_is, p->source, p->source_end, &p->q);
        } else if (p->source_end > p->source) {
            was = p->q;
            quote_speaker(&s, p->source, p->source_end, &p->q);
            is = p->q;
        } else if (p->q.entity != UINT32_MAX || p->q.speaker.n) {
            if (p->q.entity == was.entity && p->q.speaker.n == was.speaker.n &&
                p->q.speaker_at.begin == was.speaker_at.begin) { /* carried over */
                p->q.entity = is.entity;
                p->q.speaker = is.speaker;
                p->q.speaker_at = is.speaker_at;
            }
            quote_speaker_known(&s, &p->q,
                                text_token_at(j->t, p->q.source.n ? p->q.source.v[0].begin
                                                                  : p->q.content.v[0].begin));
        }
    }
}

static int by_place(const void *a, const void *b)
{
    const piece *x = a, *y = b;
    uint32_t p = first_byte(x), q = first_byte(y);
    if (p != q)
        return p < q ? -1 : 1;
    return x->q.content.v[0].end < y->q.content.v[0].end   ? 1
           : x->q.content.v[0].end > y->q.content.v[0].end ? -1
                                                           : 0;
}

/* He says he "loves rain," and "rain loves me,": a further piece that the rules give to the same
 * verb, behind it in its sentence, goes on with the clause that is said. */
static void run_on(const joiner *j, piece_list *all)
{
    const sst_text *t = j->t;
    piece *first = NULL;
    uint32_t cue = 0;
    for (uint32_t i = 0; i < all->n; i++) {
        piece *p = &all->v[i];
        if (!p->rule || p->doubtful || p->q.within || p->joined)
            continue;
        const quote_found *r = &j->rules->v[p->rule - 1];
        bool piece_behind = p->q.type == QUOTE_MIXED && r->has_clause && r->q.marked.n == 1 &&
                            r->clause.cue_end > r->clause.cue_begin && p->q.marked.n == 1 &&
                            t->tok[r->clause.cue_begin].begin < p->q.marked.v[0].begin;
        if (!piece_behind) {
            first = NULL;
            continue;
        }
        if (first && cue == r->clause.cue_begin && !j->link[p->rule - 1] &&
            text_sentence_of(t, cue) ==
                text_sentence_of(t, text_token_at(t, p->q.marked.v[0].begin)) &&
            first->q.marked.v[0].end <= p->q.marked.v[0].begin) {
            first->q.marked.v[0].end = p->q.marked.v[0].end;
            p->q.within = first->q.type;
            continue;
        }
        first = p;
        cue = r->clause.cue_begin;
    }
}

/* Whole words in marks that neither a clause nor a link gives to anybody. */
static bool unclaimed(const joiner *j, uint32_t i)
{
    const quote_found *x = &j->rules->v[i];
    return x->q.type == QUOTE_DIRECT && !x->q.thing && !x->has_clause && !j->link[i];
}

/* "A," X said. "B": a link that holds both parts of what the rules give to nobody is that of the
 * first. */
static uint32_t first_part(const joiner *j, const quote_link *l, uint32_t owner)
{
    if (!owner || l->left_end == l->left_begin || l->right_end == l->right_begin ||
        !unclaimed(j, owner - 1))
        return owner;
    uint32_t mid = l->left_begin + (l->left_end - l->left_begin) / 2;
    uint32_t left = j->owner[mid];
    return left && left < owner && unclaimed(j, left - 1) ? left : owner;
}

/* Where only the network sees that somebody says the first part, the second, behind nothing but
 * that sentence, is the same quotation, as it is for the rules (quote_rule.c). */
static void join_parts(const joiner *j, const quote_link_list *links, piece_list *all)
{
    const sst_text *t = j->t;
    piece *a = NULL;
    for (uint32_t i = 0; i < all->n; i++) {
        piece *b = &all->v[i];
        if (!b->rule)
            continue;
        const quote_link *l =
            a && j->link[a->rule - 1] ? &links->v[j->link[a->rule - 1] - 1] : NULL;
        if (l && !a->doubtful && a->q.type == QUOTE_DIRECT &&
            !j->rules->v[a->rule - 1].has_clause && unclaimed(j, b->rule - 1)) {
            uint32_t from = text_token_at(t, a->q.marked.v[a->q.marked.n - 1].end),
                     to = text_token_at(t, b->q.marked.v[0].begin);
            if (from < to && l->cue_begin >= from && l->cue_end <= to && tok_is(t, to - 1, ".") &&
                text_para_of(t, from) == text_para_of(t, to) &&
                text_sentence_of(t, from) == text_sentence_of(t, to - 1)) {
                add_parts(j, &a->q.content, &b->q.content);
                add_parts(j, &a->q.marked, &b->q.marked);
                b->joined = true;
                continue;
            }
        }
        a = b;
    }
}

/* How certain it is that a link without marks is something said. */
static int32_t certainty(const sst_text *t, const quote_link *l)
{
    uint32_t words = l->left_end - l->left_begin + (l->right_end - l->right_begin);
    int32_t sum = l->sure < SURE_MAX ? l->sure : SURE_MAX;
    sum += l->said / SAID_PART + (l->left_end > l->left_begin ? SAID_BEFORE : 0);
    sum += text_is(t, l->cue_end - 1, LEX_CUE_INDIRECT) ? REPORTS : 0;
    for (; words > 1; words /= 2)
        sum += WORDS_TWICE;
    return sum;
}

/* Ends that a person would put otherwise: a source stands in no content, a comma closes a source
 * only when one inside opened what it closes, and a dateline belongs to neither. */
static void tidy(const sst_text *t, quote_link *l)
{
    l->source_begin = text_past_dateline(t, l->source_begin, l->source_end);
    l->left_begin = text_past_dateline(t, l->left_begin, l->left_end);
    l->right_begin = text_past_dateline(t, l->right_begin, l->right_end);
    if (l->source_begin >= l->left_begin && l->source_begin < l->left_end &&
        l->source_end + 1 >= l->left_end) {
        l->left_end = l->source_begin;
        while (l->left_end > l->left_begin && t->tok[l->left_end - 1].kind == TOK_SIGN)
            l->left_end--;
    }
    if (l->right_begin < l->source_end && l->source_begin <= l->right_begin)
        l->right_begin = l->source_end < l->right_end ? l->source_end : l->right_end;
    if (l->source_end > l->source_begin + 1 && tok_comma(t, l->source_end - 1)) {
        bool opened = false;
        for (uint32_t i = l->source_begin; i + 1 < l->source_end && !opened; i++)
            opened = tok_comma(t, i);
        l->source_end -= !opened;
    }
}

static bool has_name(const sst_text *t, uint32_t begin, uint32_t end)
{
    while (begin < end && text_mention_at(t, begin) == UINT32_MAX)
        begin++;
    return begin < end;
}

static bool has_noun(const sst_text *t, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++)
        if (text_is(t, i, LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_ORG_NOUN | LEX_PRONOUN_PERSON) ||
            (t->tok[i].flags & TOKF_UPPER && i > begin))
            return true;
    return false;
}

/* NAME had waited before: a helping verb, not of "who had waited". */
static bool has_clause(const sst_text *t, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++) {
        if (text_word_is(t, i, "who") || text_word_is(t, i, "that") || text_word_is(t, i, "which"))
            return false;
        if (text_is(t, i, LEX_AUXILIARY))
            return true;
    }
    return false;
}

/* The words of a link's source that say who it is: the name of "the mayor, NAME," and of "NAME,
 * the mayor,"; nothing behind "who". */
static void who_of(const joiner *j, const quote_link *l, piece *p)
{
    const sst_text *t = j->t;
    uint32_t b = l->source_begin, e = l->source_end;
    if (e == b + 1 &&
        (text_word_is(t, b, "who") || text_word_is(t, b, "which") || text_word_is(t, b, "that"))) {
        /* NAME, who has said: what stands in front */
        uint32_t end = b > 0 && tok_comma(t, b - 1) ? b - 1 : b;
        const sst_sentence *sent = &t->sent[text_sentence_of(t, b)];
        uint32_t from = end > sent->begin ? quote_phrase_left(&j->c, sent->begin, end) : end;
        if (from < end) {
            p->source = from;
            p->source_end = end;
            return;
        }
    }
    while (e > b + 1 && (t->tok[e - 1].kind == TOK_SIGN || t->tok[e - 1].kind == TOK_MARK))
        e--;
    uint32_t comma = b;
    while (comma < e && !tok_comma(t, comma) &&
           !(comma > b && (text_word_is(t, comma, "who") || text_word_is(t, comma, "whose"))))
        comma++;
    if (comma < e) {
        bool named = has_name(t, b, comma);
        uint32_t m = comma + 1 < e ? text_mention_at(t, comma + 1) : UINT32_MAX;
        if (!named && tok_comma(t, comma) && m != UINT32_MAX && t->mention[m].begin == comma + 1 &&
            t->mention[m].end <= e) {
            b = comma + 1;
            e = t->mention[m].end;
        } else if (comma > b && (named || has_noun(t, b, comma))) {
            e = comma; /* not of "the bespectacled, soft-spoken diplomat" */
        }
    }
    p->source = b;
    p->source_end = e;
}

/*
 * Source and cue of a quotation in marks: the link knows the extent of a source better, and what a
 * piece in a sentence belongs to; the rules know the clause beside a direct quotation.
 */
static void settle(const joiner *j, const quote_found *r, const quote_link *l, piece *p)
{
    const quote_clause *c = &r->clause;
    bool source = l->source_end > l->source_begin, named = quote_names_somebody(j->t, c);
    if (!r->has_clause || (source && !c->nobody && r->q.type == QUOTE_MIXED) ||
        (source && r->q.type == QUOTE_DIRECT && !named)) {
        /* the same clause, or one inside what the link takes for said: X claimed that NAME said */
        bool same =
            r->has_clause && c->source_begin < l->source_end && l->source_begin < c->source_end;
        bool says = text_is(j->t, c->cue_end - (c->cue_end > 0), LEX_CUE | LEX_CUE_NAMING);
        bool inner = r->has_clause && named &&
                     ((c->cue_begin < l->cue_end && l->cue_begin < c->cue_end) ||
                      (says && /* not: found that NAME had committed */
                       ((c->cue_begin >= l->right_begin && c->cue_begin < l->right_end) ||
                        (c->cue_begin >= l->left_begin && c->cue_begin < l->left_end))));
        attribute(j, l, p);
        /* X said that the driver told him: X passes it on */
        bool relays = c->addressee_end == c->addressee_begin + 1 &&
                      text_is(j->t, c->addressee_begin, LEX_STOPWORD);
        /* an official who spoke of it: the rules stopped at "who" */
        bool wider = same && !named && l->source_begin < c->source_begin;
        if ((!same || wider) && (!inner || relays))
            who_of(j, l, p);
        return;
    }
    /* a source familiar with NAME: the rules took the name behind a preposition */
    if (source && l->source_begin < c->source_begin && c->source_end <= l->source_end &&
        text_is(j->t, c->source_begin - 1, LEX_PREPOSITION) &&
        !has_clause(j->t, l->source_begin, c->source_begin))
        who_of(j, l, p);
    if (source && r->clause.source_begin < l->source_end && l->source_begin < r->clause.source_end)
        one_span(j->arena, &p->q.source, text_span(j->t, l->source_begin, l->source_end));
    if (r->clause.cue_begin < l->cue_end && l->cue_begin < r->clause.cue_end)
        one_span(j->arena, &p->q.cue, text_span(j->t, l->cue_begin, l->cue_end));
}

sst_status quote_join_links(const sst_text *t, const uint8_t *inside, const quote_rule_list *rules,
                            const quote_link_list *links, sst_arena *arena, sst_quotes *out)
{
    joiner j = {.t = t, .c = {t, inside}, .rules = rules, .arena = arena};
    j.owner = arena_calloc(arena, t->tok_n + 1, sizeof *j.owner);
    j.link = arena_calloc(arena, rules->all_n + 1, sizeof *j.link);
    j.within = arena_calloc(arena, rules->all_n + 1, 1);
    piece_list all = {0};
    if (arena->failed)
        return arena->failed;
    set_owners(&j);
    for (uint32_t i = 0; i < rules->all_n; i++) {
        const quote_found *r = &rules->v[i];
        if (r->q.type == QUOTE_INDIRECT)
            continue;
        piece *p = vec_push(arena, &all);
        if (!p)
            return arena->failed;
        p->q = r->q;
        p->rule = i + 1;
        p->doubtful = i >= rules->n;
        if (r->has_clause && !r->clause.nobody && !p->doubtful) {
            p->source = r->clause.source_begin; /* seen again, with links beside it */
            p->source_end = r->clause.source_end;
        }
        j.link[i] = all.n; /* where it stands, until its link is found */
    }
    uint32_t *at = arena_alloc(arena, (rules->all_n + 1) * sizeof *at);
    if (!at)
        return arena->failed;
    memcpy(at, j.link, (rules->all_n + 1) * sizeof *at);
    memset(j.link, 0, (rules->all_n + 1) * sizeof *j.link);
    for (uint32_t i = 0; i < links->n; i++) {
        quote_link tidied = links->v[i];
        const quote_link *l = &tidied;
        tidy(t, &tidied);
        cover c = covered(&j, l);
        if (!c.words)
            continue;
        c.owner = first_part(&j, l, c.owner);
        uint32_t said_by = j.owner[l->cue_begin]; /* a quotation in a quotation */
        if (said_by && rules->v[said_by - 1].q.type == QUOTE_DIRECT && said_by - 1 < rules->n)
            continue;
        /* words in marks that the rules give to nobody, but somebody says: one with a name, or with
         * few words beside them */
        bool given = c.owner > rules->n && !rules->v[c.owner - 1].q.thing &&
                     l->source_end > l->source_begin &&
                     (2 * c.outside <= c.words || has_name(t, l->source_begin, l->source_end));
        if (given && !j.link[c.owner - 1])
            all.v[at[c.owner - 1] - 1].doubtful = false;
        if (c.owner && (c.owner - 1 < rules->n || given)) {
            const quote_found *r = &rules->v[c.owner - 1];
            piece *p = &all.v[at[c.owner - 1] - 1];
            if (j.link[c.owner - 1])
                continue; /* said already */
            bool clause = r->q.type == QUOTE_DIRECT && leads_in(&j, l, r);
            if (r->q.type == QUOTE_DIRECT && !clause) {
                if (c.outside > AROUND_MAX + c.words / 2)
                    goto indirect;
                j.link[c.owner - 1] = i + 1;
                settle(&j, r, l, p);
                continue;
            }
            j.link[c.owner - 1] = i + 1;
            content_of(&j, l, &p->q.marked);
            keep_marked(&j, &r->q, &p->q.marked);
            settle(&j, r, l, p);
            if (clause)
                p->q.type = QUOTE_MIXED;
            if (c.outside > 0 && c.outside <= LEAD_MAX &&
                c.words - c.outside >= c.outside * LEAD_WORDS) {
                p->q.type = QUOTE_DIRECT;
                p->q.in_sentence = true;
            }
            note_within(&j, l, c.owner, p->q.type);
            continue;
        }
    indirect:
        if (c.owner ? l->sure < SURE_AROUND : certainty(t, l) < SURE_INDIRECT)
            continue;
        if (l->left_end == l->left_begin && l->right_end == l->right_begin)
            continue;
        piece *p = vec_push(arena, &all);
        if (!p)
            return arena->failed;
        p->q.type = QUOTE_INDIRECT;
        p->q.entity = UINT32_MAX;
        note_within(&j, l, 0, QUOTE_INDIRECT);
        content_of(&j, l, &p->q.content);
        p->q.marked = p->q.content;
        attribute(&j, l, p);
        who_of(&j, l, p);
        p->in_passing = !c.owner && p->source_end > p->source && certainty(t, l) < SURE_SPEAKER;
    }
    if (arena->failed)
        return arena->failed;
    for (uint32_t i = 0; i < all.n; i++) {
        piece *p = &all.v[i];
        if (p->rule && !j.link[p->rule - 1] && p->q.type == QUOTE_MIXED)
            p->q.within = j.within[p->rule - 1];
    }
    run_on(&j, &all);
    piece *scratch = arena_alloc(arena, (all.n / 2 + 1) * sizeof *scratch);
    if (!scratch)
        return arena->failed;
    sort_stable(all.v, all.n, sizeof *all.v, by_place, scratch);
    join_parts(&j, links, &all);
    find_speakers(&j, &all);
    out->v = arena_alloc(arena, (all.n + 1) * sizeof *out->v);
    if (!out->v)
        return arena->failed;
    for (uint32_t i = 0; i < all.n; i++)
        if (!all.v[i].doubtful && !all.v[i].joined)
            out->v[out->n++] = all.v[i].q;
    out->all_n = out->n;
    for (uint32_t i = 0; i < all.n; i++)
        if (all.v[i].doubtful && !all.v[i].joined)
            out->v[out->all_n++] = all.v[i].q;
    return arena->failed;
}
