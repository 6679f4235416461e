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

sst_status quote_find(const sst_text *text, sst_arena *arena, sst_quotes *out)
{
    memset(out, 0, sizeof *out);
    out->text = text;
    quote_rule_list rules;
    quote_link_list links = {0};
    uint8_t *inside = arena_calloc(arena, text->tok_n + 1, 1);
    uint8_t *rule = arena_calloc(arena, text->tok_n + 1, 1);
    if (!inside || !rule)
        return arena->failed;
    sst_status status = quote_rules(text, arena, &rules, inside);
    if (status)
        return status;
    if (quote_net_knows(text)) {
        sst_arena scratch; /* some 300 bytes a token, which the article need not keep */
        arena_init(&scratch, 0);
        mark_rules(text, &rules, rule);
        quote_net(text, inside, rule, &scratch, &links);
        status = scratch.failed;
        if (!status)
            status = quote_join_links(text, inside, &rules, &links, arena, out);
        arena_release(&scratch);
        return status;
    }
    out->v = arena_alloc(arena, (rules.all_n + 1) * sizeof *out->v);
    if (!out->v)
        return arena->failed;
    for (uint32_t i = 0; i < rules.all_n; i++)
        out->v[i] = rules.v[i].q;
    out->n = rules.n;
    out->all_n = rules.all_n;
    return arena->failed;
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
