/*
 * Authors. In: names as JSON-LD, meta elements, rel=author and itemprop, class attributes and
 * bylines give them. Out: the article's authors: people's names without "By", offices, dates and
 * the outlet; an organisation only when nobody else is named. Words are data (data/page/by.txt,
 * author_word.txt). The first source that names a person wins; a source that stands in many
 * places of the page counts where it is nearest to the headline.
 */
#include "base_utf8.h"
#include "page_found.h"
#include "page_html.h"
#include "page_note.h"
#include "page_words.h"

enum {
    NAME_BYTES = 80,
    TITLE_WORDS = 3, /* a headline of so many may be a name: of a portrait, an obituary */
    NAME_WORDS = 5,  /* "Juan Carlos de la Cruz" */
    CREDIT_BYTES = 300,
    AUTHORS = 20,
    TOGETHER = 300, /* bytes between credits that belong together */
    BEHIND = 1500,  /* bytes behind the headline where the first credit stands */
    BEFORE = 600
};

typedef struct names {
    page_strs people, groups;
    bool login;  /* the people are names of accounts */
    bool outlet; /* the last one was the outlet */
} names;

static bool is_twice(const page_strs *list, sst_str s)
{
    for (uint32_t i = 0; i < list->n; i++)
        if (page_same_letters(list->v[i], s))
            return true;
    return false;
}

static void keep(page_found *f, page_strs *list, sst_str s)
{
    if (list->n >= AUTHORS || is_twice(list, s))
        return;
    sst_str *place = vec_push(f->arena, list);
    if (place)
        *place = arena_str(f->arena, s);
}

static const page_entry *word_is(sst_str w, page_author_word what)
{
    while (w.n && strchr(".,:;()", w.p[w.n - 1]))
        w.n--;
    while (w.n && strchr("(", *w.p))
        w = (sst_str){w.p + 1, w.n - 1};
    const page_entry *e = page_list_find(&page_list_author_word, w);
    return e && e->value == what ? e : NULL;
}

/* Without "By", "Von", "View all posts by" in front, as often as they stand there. */
static sst_str without_by(sst_str s)
{
    for (int round = 0; round < 3; round++) {
        char low[64 + 8];
        s = str_trim(s);
        size_t n = page_lower(low, 64, s);
        const page_entry *by = page_list_start(&page_list_by, (sst_str){low, n});
        if (!by || by->n >= s.n)
            return s;
        sst_str rest = str_trim((sst_str){s.p + by->n, s.n - by->n});
        int len;
        uint32_t next = rest.n ? utf8_read(rest.p, rest.p + rest.n, &len) : 0;
        bool colon = rest.n && (*rest.p == ':' || next == 0xFF1A);
        while (rest.n && (*rest.p == ':' || *rest.p == ' '))
            rest = (sst_str){rest.p + 1, rest.n - 1};
        if (str_starts(rest, STR("\xEF\xBC\x9A")))
            rest = str_trim((sst_str){rest.p + 3, rest.n - 3});
        /* "Di Marco": a name may begin as a phrase does; a phrase that is short and in capitals at
         * its front needs another word behind the next. */
        if (rest.n == 0)
            return s;
        bool name_like =
            !colon && by->n <= 3 && s.p[0] >= 'A' && s.p[0] <= 'Z' && !memchr(rest.p, ' ', rest.n);
        if (name_like && (by->n == 2 || by->n == 3) && !str_starts_nocase(s, STR("by")) &&
            !str_starts_nocase(s, STR("von")) && !str_starts_nocase(s, STR("par")) &&
            !str_starts_nocase(s, STR("por")))
            return s;
        s = rest;
    }
    return s;
}

static bool is_agency(sst_str s)
{
    const page_agency_name *a = page_agency_at_start(s);
    return a && a->n == s.n;
}

/* "Ann Om and", cut out of a longer list. */
static sst_str without_join(sst_str s)
{
    size_t at = s.n;
    while (at && s.p[at - 1] != ' ')
        at--;
    return at && word_is((sst_str){s.p + at, s.n - at}, AUTHOR_JOIN) && s.n - at > 1
               ? str_trim((sst_str){s.p, at})
               : s;
}

/* One name, cut where it ends; sorted into people or groups, or thrown away. */
static void one(page_found *f, names *to, sst_str s, bool group)
{
    s = without_by(s);
    while (s.n && strchr(".,;:-/|*\"'()[]", *s.p))
        s = str_trim((sst_str){s.p + 1, s.n - 1});
    if (str_eq_nocase(s, f->a->title)) { /* links to the report stand beside those to its authors */
        size_t gaps = 0;
        for (size_t k = 0; k < s.n; k++)
            gaps += s.p[k] == ' ';
        if (gaps >= TITLE_WORDS)
            return;
    }
    /* Words up to the first that is no part of a name. */
    size_t end = 0, words = 0, i = 0;
    bool role = false, body = false;
    while (i < s.n) {
        size_t k = i;
        while (k < s.n && s.p[k] != ' ')
            k++;
        sst_str w = {s.p + i, k - i};
        bool digit = false;
        for (size_t d = 0; d < w.n; d++)
            digit |= byte_is_digit((unsigned char)w.p[d]);
        if (w.n && words == 0 && word_is(w, AUTHOR_TITLE)) {
            s = str_trim((sst_str){s.p + k, s.n - k});
            i = 0;
            continue;
        }
        bool month = k + 1 < s.n && byte_is_digit((unsigned char)s.p[k + 1]) &&
                     page_month(w.n && w.p[w.n - 1] == '.' ? (sst_str){w.p, w.n - 1} : w);
        if (w.n && (month || memchr(w.p, '@', w.n) || (digit && (words || w.n <= 4)) ||
                    *w.p == '(' || str_eq(w, STR("-")) || str_eq(w, STR("\xE2\x80\x93")) ||
                    str_eq(w, STR("\xE2\x80\x94")) || str_eq(w, STR("\xC2\xBB")) ||
                    str_eq(w, STR("\xE2\x80\xA2")) || str_eq(w, STR("\xC2\xB7")) ||
                    word_is(w, AUTHOR_CUT)))
            break;
        role |= w.n && word_is(w, AUTHOR_ROLE) != NULL;
        body |= w.n && word_is(w, AUTHOR_GROUP) != NULL;
        words += w.n > 0;
        end = k;
        i = k + 1;
    }
    if (group) /* an organisation's name holds any word */
        end = s.n;
    s = str_trim((sst_str){s.p, end});
    const char *open = memchr(s.p ? s.p : "", '(', s.n); /* "Ann Om(Tarnholm" */
    if (open && open > s.p)
        s = str_trim((sst_str){s.p, (size_t)(open - s.p)});
    while (s.n && (strchr(",;:|/-", s.p[s.n - 1]) || (s.p[s.n - 1] == ')' && !open)))
        s = str_trim((sst_str){s.p, s.n - 1});
    s = without_join(s);
    if (s.n < 2 || s.n > NAME_BYTES || str_find(s, STR("://")) >= 0)
        return;
    const page_entry *nobody = page_list_find(&page_list_author_word, s);
    if (nobody && nobody->value == AUTHOR_NOBODY)
        return;
    if (page_is_outlet(f, s)) {
        to->outlet = true;
        keep(f, &to->groups, s);
        return;
    }
    if (group || body || is_agency(s)) {
        keep(f, &to->groups, s);
        return;
    }
    if (role) {
        if (word_is(s, AUTHOR_ROLE) == NULL && words <= NAME_WORDS)
            keep(f, &to->groups, s);
        return;
    }
    int len;
    uint32_t first = utf8_read(s.p, s.p + s.n, &len);
    bool lower = utf8_is_lower(first);
    if (words > NAME_WORDS || (lower && words > 3) || !utf8_is_letter(first))
        return;
    if (lower && words == 1) {
        if (to->people.n)
            return;
        to->login = true;
    } else if (to->login) {
        to->login = false; /* a name of a person after that of an account */
        to->people.n = 0;
    }
    keep(f, &to->people, s);
}

/* Both sides of a word that joins names look like names: two words, or a capital in front. */
static bool joins(sst_str before, sst_str word, sst_str behind)
{
    int len;
    before = str_trim(before);
    behind = str_trim(behind);
    if (!before.n || !behind.n)
        return false;
    uint32_t c = utf8_read(behind.p, behind.p + behind.n, &len);
    if (word.n == 1 && *word.p >= 'A' && *word.p <= 'Z')
        return false; /* an initial */
    bool name = utf8_is_upper(c) || (!utf8_is_lower(c) && utf8_is_letter(c));
    /* "Ortega y Gasset": a word of one letter joins whole names only. */
    return name &&
           (word.n > 1 || (memchr(before.p, ' ', before.n) && memchr(behind.p, ' ', behind.n)));
}

/* A credit as it stands: "By Ann Om and Bo Li, Tarn Post | 5 May". */
static void split(page_found *f, names *to, sst_str s, bool group)
{
    if (s.n > CREDIT_BYTES)
        for (s.n = CREDIT_BYTES; s.n && ((unsigned char)s.p[s.n] & 0xC0) == 0x80;)
            s.n--;
    s = without_by(s);
    size_t begin = 0, i = 0;
    while (i <= s.n) {
        bool end = i == s.n, cut = false;
        size_t skip = 1;
        if (!end) {
            char c = s.p[i];
            sst_str rest = {s.p + i, s.n - i};
            if (c == ',' || c == ';' || c == '|' || c == '&' || c == '\n')
                cut = true;
            else if (c == '/' && i && i + 1 < s.n && (s.p[i - 1] == ' ' || s.p[i + 1] == ' '))
                cut = true;
            else if (str_starts(rest, STR("\xC2\xB7")) || str_starts(rest, STR("\xC2\xA0"))) {
                cut = str_starts(rest, STR("\xC2\xB7"));
                skip = 2;
            } else if (str_starts(rest, STR("\xE2\x80\xA2")) ||
                       str_starts(rest, STR("\xE3\x80\x81"))) {
                cut = true;
                skip = 3;
            } else if (str_starts(rest, STR(" - ")) || str_starts(rest, STR(" \xE2\x80\x93 "))) {
                cut = true;
                skip = 3;
            } else if (c == ' ') {
                size_t k = i + 1;
                while (k < s.n && s.p[k] != ' ' && s.p[k] != ',')
                    k++;
                sst_str w = {s.p + i + 1, k - i - 1};
                if (w.n && k < s.n && word_is(w, AUTHOR_JOIN) &&
                    joins((sst_str){s.p + begin, i - begin}, w, (sst_str){s.p + k, s.n - k})) {
                    cut = true;
                    skip = k - i;
                }
            }
        }
        if (end || cut) {
            to->outlet = false;
            one(f, to, str_trim((sst_str){s.p + begin, i - begin}), group);
            if (to->outlet && !end && s.p[i] == ',')
                return; /* "Tarn Post, Tarnholm" */
            begin = i + skip;
            i = begin;
        } else
            i += skip;
        if (end)
            break;
    }
}

static void of_ld(page_found *f, names *to)
{
    const page_ld *ld = f->ld;
    if (!ld)
        return;
    for (uint32_t i = 0; i < ld->authors.n; i++)
        split(f, to, ld->authors.v[i], false);
    for (uint32_t i = 0; i < ld->groups.n; i++)
        split(f, to, ld->groups.v[i], true);
    for (uint32_t i = 0; i < ld->refs.n; i++)
        for (uint32_t k = 0; k < f->people.n; k++)
            if (str_eq(ld->refs.v[i], f->people.v[k].id))
                split(f, to, f->people.v[k].name, false);
}

/* "Om, Ann Lea" of a meta element, the way of libraries: "Ann Lea Om"; s when it is none. */
static sst_str turned(page_found *f, sst_str s)
{
    enum { GIVEN_WORDS = 3 };
    const char *comma = memchr(s.p, ',', s.n);
    if (!comma || memchr(s.p, ' ', (size_t)(comma - s.p)) || s.n > NAME_BYTES)
        return s;
    sst_str last = {s.p, (size_t)(comma - s.p)},
            given = str_trim((sst_str){comma + 1, s.n - last.n - 1});
    int len, words = 1;
    for (size_t i = 0; i < given.n; i++) {
        words += given.p[i] == ' ';
        if (strchr(",;|&/@", given.p[i]) || byte_is_digit((unsigned char)given.p[i]))
            return s;
    }
    if (last.n == 0 || given.n == 0 || words > GIVEN_WORDS || is_agency(last) || is_agency(given) ||
        page_is_outlet(f, given) || page_is_outlet(f, last) ||
        page_list_find(&page_list_author_word, given) ||
        !utf8_is_upper(utf8_read(last.p, last.p + last.n, &len)) ||
        !utf8_is_upper(utf8_read(given.p, given.p + given.n, &len)))
        return s;
    return arena_printf(f->arena, "%.*s %.*s", (int)given.n, given.p, (int)last.n, last.p);
}

static void of_meta(page_found *f, names *to)
{
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < f->credits.n; i++) {
        const page_credit *c = &f->credits.v[i];
        if (c->source != CREDIT_META)
            continue;
        names here = {0};
        split(f, &here, c->text, false);
        if (here.people.n && !here.login && c->rank < best)
            best = c->rank;
    }
    for (uint32_t i = 0; i < f->credits.n; i++) {
        const page_credit *c = &f->credits.v[i];
        if (c->source == CREDIT_META && (best == UINT32_MAX || c->rank == best))
            split(f, to, turned(f, c->text), false);
    }
}

/* Credits in the page's text: the one nearest to the headline, and those that stand with it. */
static void of_text(page_found *f, names *to, page_credit_source source)
{
    uint32_t last = UINT32_MAX;
    for (uint32_t i = 0; i < f->credits.n; i++) {
        const page_credit *c = &f->credits.v[i];
        if (c->source != source || page_is_aside(f, c->node))
            continue;
        if (f->headline_at != UINT32_MAX && last == UINT32_MAX && c->at + BEFORE < f->headline_at)
            continue;
        if (source == CREDIT_PATH && f->headline_at != UINT32_MAX &&
            c->at > f->headline_at + BEHIND)
            break;
        if (last != UINT32_MAX && c->at - last > TOGETHER)
            break;
        if (source == CREDIT_LINE && last != UINT32_MAX)
            break;
        names here = {0};
        split(f, &here, c->text, false);
        if (here.people.n == 0 && here.groups.n == 0)
            continue;
        split(f, to, c->text, false);
        last = c->at;
    }
}

/* Every source with what it names, for `extract --debug`. */
static void notes(page_found *f, const names *all, uint32_t n, const page_strs *best)
{
    static const char *const sources[] = {
        "JSON-LD",      "meta elements", "rel=author and itemprop",
        "a class word", "a byline",      "a link to an author's page"};
    for (uint32_t i = 0; f->a->notes && i < n; i++) {
        const page_strs *lists[] = {&all[i].people, &all[i].groups};
        for (size_t k = 0; k < 2; k++)
            for (uint32_t j = 0; j < lists[k]->n; j++) {
                sst_str s = lists[k]->v[j];
                page_note_choice(f->a, "author",
                                 arena_printf(f->arena, "%.*s, %s", (int)s.n, s.p, sources[i]),
                                 lists[k] == best ? k ? "nobody else is named"
                                                      : "the first source that names a person"
                                 : k              ? "an organisation or the name of an account"
                                                  : "another source goes before",
                                 lists[k] == best);
            }
    }
}

void page_authors_choose(page_found *f)
{
    names all[2 + CREDIT_N] = {0};
    uint32_t n = 0;
    of_ld(f, &all[n++]);
    of_meta(f, &all[n++]);
    for (int s = CREDIT_REL; s < CREDIT_PATH; s++)
        of_text(f, &all[n++], (page_credit_source)s);
    bool found = false;
    for (uint32_t i = 0; i < n; i++)
        found |= all[i].people.n || all[i].groups.n;
    if (!found) /* any link may lead to an author */
        of_text(f, &all[n++], CREDIT_PATH);
    const page_strs *best = NULL;
    for (uint32_t i = 0; i < n && !best; i++)
        if (all[i].people.n && !all[i].login)
            best = &all[i].people;
    for (uint32_t i = 0; i < n && !best; i++)
        if (all[i].people.n)
            best = &all[i].people;
    for (uint32_t i = 0; i < n && !best; i++)
        if (all[i].groups.n)
            best = &all[i].groups;
    notes(f, all, n, f->a->author_n ? NULL : best);
    if (!best || f->a->author_n)
        return;
    f->a->authors = best->v;
    f->a->author_n = best->n;
}
