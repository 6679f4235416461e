/*
 * An article -> its quotations with source, cue, addressee and speaker.
 */
#include "quote_net.h"

/* Tells each token what the rules take it for. */
static void mark_rules(const sst_text *t, const quote_rule_list *list, uint8_t *rule)
{
    for (uint32_t i = 0; i < list->n; i++) {
        const sst_quote *q = &list->v[i].q;
        const struct {
            const sst_spans *s;
            uint8_t bit;
        } part[] = {
            {&q->cue, RULE_CUE},
            {&q->source, RULE_SOURCE},
            {&q->marked, q->type == QUOTE_DIRECT  ? RULE_DIRECT
                         : q->type == QUOTE_MIXED ? RULE_MIXED
                                                  : RULE_INDIRECT},
        };
        for (uint32_t p = 0; p < 3; p++)
            for (uint32_t k = 0; k < part[p].s->n; k++) {
                sst_span s = part[p].s->v[k];
                for (uint32_t x = text_token_at(t, s.begin);
                     x < t->tok_n && t->tok[x].begin < s.end; x++)
                    rule[x] |= part[p].bit;
            }
    }
}

sst_status quote_find_features(const sst_text *text, sst_arena *arena, quote_feature *out)
{
    quote_rule_list rules;
    uint8_t *inside = arena_calloc(arena, text->tok_n + 1, 1);
    uint8_t *rule = arena_calloc(arena, text->tok_n + 1, 1);
    if (!inside || !rule)
        return arena->failed;
    sst_status status = quote_rules(text, arena, &rules, inside);
    if (status)
        return status;
    mark_rules(text, &rules, rule);
    quote_features(text, inside, rule, 0, text->tok_n, out);
    return SST_OK;
}

/* Copies spans behind those that stand at `to`. */
static sst_span *put(sst_span *to, sst_spans *s)
{
    if (s->n)
        memcpy(to, s->v, s->n * sizeof *to);
    s->v = to;
    return to + s->n;
}

/* Where a report begins with its place and day, these are no part of what is said or who says it.
 */
static void past_dateline(const sst_text *t, sst_spans *v)
{
    for (uint32_t i = 0; i < v->n; i++) {
        uint32_t at = text_token_at(t, v->v[i].begin),
                 begin = text_past_dateline(t, at, text_token_at(t, v->v[i].end));
        if (begin > at)
            v->v[i].begin = t->tok[begin].begin;
    }
}

/* What stays of the work: the quotations and their spans, side by side. */
static sst_status keep(const sst_quotes *found, sst_arena *arena, sst_quotes *out)
{
    uint32_t n = found->all_n;
    size_t span_n = 0;
    for (uint32_t i = 0; i < n; i++) {
        const sst_quote *q = &found->v[i];
        span_n += (size_t)q->content.n + q->marked.n + q->source.n + q->cue.n + q->addressee.n;
    }
    sst_quote *v = arena_alloc(arena, (n + 1) * sizeof *v + span_n * sizeof(sst_span));
    if (!v)
        return arena->failed;
    sst_span *to = (sst_span *)(void *)(v + n + 1);
    for (uint32_t i = 0; i < n; i++) {
        v[i] = found->v[i];
        to = put(to, &v[i].content);
        past_dateline(found->text, &v[i].content);
        to = put(to, &v[i].marked);
        if (v[i].type == QUOTE_INDIRECT)
            past_dateline(found->text, &v[i].marked);
        to = put(to, &v[i].source);
        past_dateline(found->text, &v[i].source);
        to = put(to, &v[i].cue);
        to = put(to, &v[i].addressee);
    }
    *out = (sst_quotes){found->text, v, found->n, n};
    return SST_OK;
}

/* The quotations, in memory of the work. */
static sst_status find(const sst_text *text, sst_arena *work, sst_quotes *out)
{
    quote_rule_list rules;
    quote_link_list links = {0};
    uint8_t *inside = arena_calloc(work, text->tok_n + 1, 1);
    uint8_t *rule = arena_calloc(work, text->tok_n + 1, 1);
    if (!inside || !rule)
        return work->failed;
    sst_status status = quote_rules(text, work, &rules, inside);
    if (status)
        return status;
    if (quote_net_knows(text)) {
        mark_rules(text, &rules, rule);
        quote_net(text, inside, rule, work, &links);
        return work->failed ? work->failed
                            : quote_join_links(text, inside, &rules, &links, work, out);
    }
    out->v = arena_alloc(work, (rules.all_n + 1) * sizeof *out->v);
    if (!out->v)
        return work->failed;
    for (uint32_t i = 0; i < rules.all_n; i++)
        out->v[i] = rules.v[i].q;
    out->n = rules.n;
    out->all_n = rules.all_n;
    return work->failed;
}

sst_status quote_find(const sst_text *text, sst_arena *arena, sst_quotes *out)
{
    memset(out, 0, sizeof *out);
    out->text = text;
    sst_arena work; /* some 300 bytes a token, which the article need not keep */
    arena_init(&work, 0);
    sst_quotes found = *out;
    sst_status status = find(text, &work, &found);
    if (!status)
        status = keep(&found, arena, out);
    arena_release(&work);
    return status;
}

const char *quote_type_name(uint8_t type)
{
    return type == QUOTE_DIRECT ? "direct" : type == QUOTE_MIXED ? "mixed" : "indirect";
}

const char *quote_change_name(uint8_t change)
{
    static const char *const names[] = {"same",   "repunctuated", "cut",     "altered",
                                        "joined", "fragment",     "indirect"};
    return change < sizeof names / sizeof *names ? names[change] : "same";
}
