/*
 * Notes of correction that a page shows ("Correction: An earlier version of ..."). In: the blocks
 * of a page, picked; out: the article's list of corrections, in the source's own words behind those
 * that the page's data gives, and the role of such blocks among the text. Method: a short block
 * near the beginning or the end of the article that begins with a label of
 * data/page/correction.txt, anywhere in it when words of correcting stand behind the label; a label
 * alone names the block behind it; a note of the editors is one when it holds a word of correcting.
 * Linear: a list is asked once a block, its words once a note.
 */
#include "base_utf8.h"
#include "page_block.h"
#include "page_lists.h"

enum {
    NOTE_BYTES = 1200, /* longer blocks are prose */
    LEAST_WORDS = 4,   /* of the note behind a label that stands alone */
    EDGE_BYTES = 600,  /* of the article's text in front of a note or behind it: a summary in front,
                          credits and other notes behind */
    BEHIND_BLOCKS = 12, /* left out blocks behind the text that are looked at: tags, buttons */
    BEFORE_BLOCKS = 6,  /* the same in front, where no headline is found */
    DATE_BYTES = 48,    /* between a label and its colon: "Correction, 5 May 2024:" */
    LINKED = 500,       /* per mille: what is mostly a link leads to a list of corrections */
    NOTES = 16
};

typedef enum note_kind {
    NOTE_NONE,
    NOTE_LABEL_ALONE,
    NOTE_WHOLE,
    NOTE_SURE /* a label, and words of correcting behind it */
} note_kind;

static sst_str behind(sst_str s, size_t n)
{
    s.p += n;
    s.n -= n;
    return s;
}

/* Without spaces and what may stand in front of a label: "[", "*". */
static sst_str skip_signs(sst_str s, const char *signs)
{
    while (s.n) {
        if (byte_is_space((unsigned char)*s.p) || strchr(signs, *s.p))
            s = behind(s, 1);
        else if (str_starts(s, STR("\xC2\xA0")))
            s = behind(s, 2);
        else
            return s;
    }
    return s;
}

static bool holds_word(sst_str low)
{
    bool word = true;
    for (size_t i = 0; i < low.n; i++) {
        unsigned char c = (unsigned char)low.p[i];
        bool letter = byte_is_alpha(c) || c >= 0x80;
        if (letter && word) {
            const page_entry *e = page_list_start(&page_list_correction, behind(low, i));
            if (e && (e->value == CORRECTION_WORD || e->value == CORRECTION_LABEL))
                return true;
        }
        word = !letter;
    }
    return false;
}

/* What stands behind a label parts it from the note; *rest is the note then. */
static bool parts(sst_str s, sst_str *rest)
{
    static const char *const marks[] = {
        ":", "\xEF\xBC\x9A", "\xE2\x80\x93", "\xE2\x80\x94", "- ", "| ", ". ", "]", ")"};
    *rest = skip_signs(s, "*");
    if (rest->n == 0)
        return true;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(*rest, str_of(marks[i]))) {
            *rest = skip_signs(behind(*rest, strlen(marks[i])), "*:");
            return true;
        }
    /* A date, in front of a colon. */
    sst_str date = {rest->p, rest->n < DATE_BYTES ? rest->n : DATE_BYTES};
    bool digit = false;
    for (size_t i = 0; i < date.n; i++) {
        digit |= byte_is_digit((unsigned char)date.p[i]);
        bool time = i && i + 1 < date.n && byte_is_digit((unsigned char)date.p[i - 1]) &&
                    byte_is_digit((unsigned char)date.p[i + 1]);
        if (date.p[i] == ':' && !time) {
            *rest = skip_signs(behind(*rest, i + 1), "*");
            return digit;
        }
    }
    /* A label in bold, run into what only a note begins with. */
    const page_entry *e = page_list_start(&page_list_correction, *rest);
    return e && (e->value == CORRECTION_START || e->value == CORRECTION_NOTE);
}

static note_kind kind_of(const page_block *b, sst_str s)
{
    char lower[NOTE_BYTES + 8];
    if (s.n > NOTE_BYTES || b->f[F_link_share] >= LINKED)
        return NOTE_NONE;
    sst_str low = {lower, page_lower(lower, NOTE_BYTES, s)}, rest;
    low = skip_signs(low, "[(*");
    const page_entry *e = page_list_start(&page_list_correction, low);
    if (!e || (e->value == CORRECTION_WORD))
        return NOTE_NONE;
    if (e->value == CORRECTION_START)
        return NOTE_WHOLE;
    if (e->value == CORRECTION_NOTE)
        return holds_word(behind(low, e->n)) ? NOTE_WHOLE : NOTE_NONE;
    if (!parts(behind(low, e->n), &rest))
        return NOTE_NONE;
    if (rest.n == 0)
        return NOTE_LABEL_ALONE;
    e = page_list_start(&page_list_correction, rest);
    return holds_word(rest) || (e && e->value == CORRECTION_NOTE) ? NOTE_SURE : NOTE_WHOLE;
}

/* Not to be seen, or left out and in a comment, a list of other reports, a menu. */
static bool is_elsewhere(const page_block *b)
{
    enum { ABOVE = 4 }; /* elements above whose class words count; wrappers' say little */
    const int16_t *f = b->f;
    if (b->other || f[F_in_hidden] || f[F_in_form] || f[F_is_title])
        return true;
    return !b->taken && (f[F_c_comment] <= ABOVE || f[F_c_related] <= ABOVE ||
                         f[F_c_teaser] <= ABOVE || f[F_c_nav] <= ABOVE || f[F_in_quote]);
}

static void add(sst_article *a, page_strs *list, page_block *b, sst_str s)
{
    b->role = b->taken ? ROLE_CORRECTION : b->role;
    for (uint32_t i = 0; i < list->n;
         i++) /* the page's data give it too, or it stands there twice */
        if (str_find(s, list->v[i]) >= 0 || str_find(list->v[i], s) >= 0)
            return;
    sst_str *place = vec_push(&a->arena, list);
    if (place)
        *place = arena_str(&a->arena, s);
}

void page_corrections(sst_article *a, page_sheet *s)
{
    uint32_t n = s->blocks.n, first = n, last = 0;
    uint64_t all = 0, before = 0;
    for (uint32_t i = 0; i < n; i++)
        if (s->blocks.v[i].taken) {
            first = first == n ? i : first;
            last = i;
            all += s->blocks.v[i].end - s->blocks.v[i].begin;
        }
    if (first == n)
        return;
    uint32_t from = s->heading < first      ? s->heading
                    : first > BEFORE_BLOCKS ? first - BEFORE_BLOCKS
                                            : 0;
    page_strs list = {0};
    for (uint32_t i = 0; i < a->correction_n; i++) {
        sst_str *place = vec_push(&a->arena, &list);
        if (place)
            *place = a->corrections[i];
    }
    uint32_t declared = list.n;
    for (uint32_t i = from; i < n && i <= last + BEHIND_BLOCKS; i++) {
        page_block *b = &s->blocks.v[i];
        uint64_t own = b->taken ? b->end - b->begin : 0, rest = all - before - own;
        bool edge = before <= EDGE_BYTES || rest <= EDGE_BYTES;
        before += own;
        if (list.n - declared >= NOTES || is_elsewhere(b))
            continue;
        sst_str words = page_block_str(s, b);
        note_kind kind = kind_of(b, words);
        if (kind != NOTE_SURE && !edge)
            continue;
        if (kind >= NOTE_WHOLE)
            add(a, &list, b, words);
        page_block *next = i + 1 < n ? b + 1 : NULL;
        if (kind == NOTE_LABEL_ALONE && next && !is_elsewhere(next) && next->ended &&
            next->words >= LEAST_WORDS && next->end - next->begin <= NOTE_BYTES &&
            next->f[F_link_share] < LINKED)
            add(a, &list, next, page_block_str(s, next));
    }
    a->corrections = list.v;
    a->correction_n = list.n;
}
