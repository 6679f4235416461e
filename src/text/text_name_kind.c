/*
 * The kind of a name: a person, a body, a place.
 *
 * In: a run of tokens that is a name. Out: its kind and gender in the run, as far as its words and
 * what stands right around it say: given names, nouns of bodies, places, an age or an office behind
 * a comma, "who". What the rest of the article says of it: text_entity.c.
 */
#include "text_name_inner.h"

static bool all_place(const sst_text *t, uint32_t begin, uint32_t end)
{
    return text_phrase(t, begin, end, LEX_PLACE) == end - begin;
}

void text_run_kind(const sst_text *t, text_run *r)
{
    uint32_t words = 0;
    bool org = false, caps = true;
    for (uint32_t i = r->begin; i < r->end; i++) {
        if (t->tok[i].kind != TOK_WORD)
            continue;
        words++;
        caps &= (t->tok[i].flags & TOKF_CAPS) != 0;
        org |= text_is(t, i, LEX_ORG_NOUN | LEX_ORG_END) &&
               !(i == r->begin && r->end - r->begin == 2 && text_is(t, i, LEX_FIRST_NAME));
    }
    bool first_name = text_is(t, r->begin, LEX_FIRST_NAME);
    if (first_name && !r->gender && (words > 1 || r->kind == NAME_PERSON)) {
        r->gender = text_gender(t, r->begin, LEX_FIRST_NAME);
    }
    if (r->kind != NAME_UNKNOWN)
        return;
    /* Ida Quill (R-Ariz.): a party and where from */
    if (r->begin >= 3 && text_sign_is(t, r->begin - 1, "-") && text_glued(t, r->begin) &&
        text_is_initial(t, r->begin - 2) && text_sign_is(t, r->begin - 3, "(")) {
        r->kind = NAME_PLACE;
        return;
    }
    if (all_place(t, r->begin, r->end) && !(first_name && words > 1)) {
        r->kind = NAME_PLACE;
        return;
    }
    if (first_name && words >= 2 && words <= 5 &&
        !text_is(t, r->end - 1, LEX_ORG_NOUN | LEX_ORG_END)) {
        r->kind = NAME_PERSON;
        return;
    }
    if (org) {
        r->kind = NAME_ORG;
        return;
    }
    uint32_t len = t->tok[r->end - 1].end - t->tok[r->begin].begin;
    if (words == 1 && caps && len >= 2 && len <= 6) {
        r->kind = NAME_ORG;
        return;
    }
    if (text_is(t, r->begin, LEX_NATIONALITY) && words == 1) {
        r->kind = NAME_OTHER;
        return;
    }
    /* a South African, the North Carolina Republican: of a people or party, no name */
    bool of_two = words == 2 && t->tok[r->begin].kind == TOK_WORD &&
                  !text_is(t, r->begin, LEX_FIRST_NAME | LEX_HONORIFIC);
    if (words > 1 && text_is(t, r->end - 1, LEX_NATIONALITY) &&
        (of_two || all_place(t, r->begin, r->end - 1))) {
        r->kind = NAME_OTHER;
        return;
    }
    /* her lawyer, NAME, */
    if (words >= 2 && words <= 4 && r->begin >= 2 && text_sign_is(t, r->full_begin - 1, ",") &&
        text_is(t, r->full_begin - 2, LEX_PERSON_NOUN) && text_sign_is(t, r->end, ",")) {
        r->kind = NAME_PERSON;
        return;
    }
    /* Quill, the engineer, : an office between commas behind one word */
    if (words == 1 && text_sign_is(t, r->end, ",") && text_word_is(t, r->end + 1, "the"))
        for (uint32_t i = r->end + 2; i < t->tok_n && i < r->end + 6; i++) {
            if (text_is(t, i, LEX_PERSON_NOUN) && text_sign_is(t, i + 1, ",")) {
                r->kind = NAME_PERSON;
                return;
            }
            if (t->tok[i].kind != TOK_WORD ||
                text_is(t, i,
                        LEX_STOPWORD | LEX_ORG_NOUN | LEX_CUE | LEX_AUXILIARY | LEX_PREPOSITION))
                break;
        }
    /* X, 30, ... : an age behind two or three words is a person's */
    if (words >= 2 && words <= 4 && text_sign_is(t, r->end, ",") && r->end + 2 < t->tok_n &&
        t->tok[r->end + 1].kind == TOK_NUMBER &&
        t->tok[r->end + 1].end - t->tok[r->end + 1].begin <= 2 &&
        (text_sign_is(t, r->end + 2, ",") || text_sign_is(t, r->end + 2, "."))) {
        r->kind = NAME_PERSON;
        return;
    }
    if (words >= 2 && words <= 4 &&
        (text_word_is(t, r->end, "who") ||
         (text_sign_is(t, r->end, ",") && text_word_is(t, r->end + 1, "who")))) {
        r->kind = NAME_PERSON;
        return;
    }
    if (words >= 2 && words <= 4 &&
        (text_is_initial(t, r->begin + 1) || text_is_initial(t, r->begin))) {
        r->kind = NAME_PERSON;
        return;
    }
    /* , a senior research scientist at ... : an office behind a comma */
    if (words >= 2 && words <= 4 && text_sign_is(t, r->end, ",")) {
        for (uint32_t i = r->end + 1; i < t->tok_n && i < r->end + 8; i++) {
            if (t->tok[i].kind == TOK_SIGN && !text_sign_is(t, i, "-"))
                break;
            if (text_is(t, i, LEX_PERSON_NOUN)) {
                r->kind = NAME_PERSON;
                return;
            }
            if (text_is(t, i, LEX_ORG_NOUN | LEX_CUE | LEX_AUXILIARY | LEX_PREPOSITION))
                break;
        }
    }
}
