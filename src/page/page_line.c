/*
 * The visible lines of a page, for what they tell of its article: dates with their labels, bylines,
 * offers that stand in the place of a paid text, walls that ask for consent. In: text nodes in
 * document order. A line is the text of one block element; of a long one only the beginning is
 * read, since that is where a dateline stands. A label may stand in the block in front ("Date:",
 * a table's or list's heading cell).
 */
#include "base_utf8.h"
#include "page_found.h"
#include "page_html.h"

enum {
    LINE_BYTES = 320,
    SHORT_LINE = 200, /* longer lines are prose */
    DATELINE_BYTES =
        70, /* a date in prose that is the article's stands in front: "TARN, 5 May 2024 -" */
    LABEL_BYTES = 40,
    DATES = 200,     /* visible dates looked at */
    CREDITS = 60,    /* bylines looked at */
    CLIMB = 4,       /* elements above a date whose class words tell what it is */
    WALL_BYTES = 300 /* of an offer to subscribe */
};

/* Points of a visible date; page_when.c adds the distance to the headline. */
enum {
    POINTS_LABEL = 4,
    POINTS_CLASS = 3,
    POINTS_TIME = 2,
    POINTS_ALONE = 2,  /* little stands beside it */
    POINTS_BYLINE = 2, /* an author stands beside it */
    POINTS_LINK = -1,
    POINTS_OTHER = -9
};

struct page_lines {
    page_found *f;
    const page_node *block, *first; /* of the line; its first text */
    char line[LINE_BYTES + 8];
    size_t n;
    bool cut; /* the block holds more */
    uint32_t digits, at;
    char label[LABEL_BYTES + 8]; /* lower case: the line in front when it was short */
    size_t label_n;
    uint32_t dates, credits;
};

page_lines *page_lines_new(page_found *f)
{
    page_lines *l = arena_calloc(f->arena, 1, sizeof *l);
    if (l)
        l->f = f;
    return l;
}

bool page_node_class(const page_node *n, const page_list *list)
{
    for (const page_attribute *a = n->attributes; a; a = a->next)
        if ((str_eq(a->name, STR("class")) || str_eq(a->name, STR("id")) ||
             str_eq(a->name, STR("itemprop"))) &&
            page_list_class(list, a->value, -1))
            return true;
    return false;
}

static bool holds(const page_node *top, const page_node *n)
{
    while (n && n != top)
        n = n->parent;
    return n != NULL;
}

/* The same elements stand above many headings and dates. */
static bool has_aside_class(page_found *f, const page_node *n)
{
    int fresh = 1;
    uint32_t *known = u64map_add(&f->scratch, &f->aside, (uintptr_t)n, 0, &fresh);
    if (!known)
        return page_node_class(n, &page_list_aside_class);
    if (fresh)
        *known = page_node_class(n, &page_list_aside_class);
    return *known != 0;
}

bool page_is_aside(page_found *f, const page_node *n)
{
    for (; n && n->tag != TAG_BODY && n->tag != TAG_HTML; n = n->parent) {
        bool aside = false;
        switch (n->tag) {
        case TAG_FOOTER: /* the footer of an article tells of the article */
            aside = n->parent && n->parent->tag != TAG_ARTICLE && n->parent->tag != TAG_MAIN;
            break;
        case TAG_NAV:
        case TAG_ASIDE:
        case TAG_FORM:
        case TAG_SELECT:
            aside = true;
            break;
        default:
            aside = n->attributes && has_aside_class(f, n);
        }
        if (aside)
            return !(f->headline && holds(n, f->headline)); /* what is above holds it too */
    }
    return false;
}

/* The label that a line in lower case begins with, or the longest that begins a word of it. */
static const page_entry *label_in(sst_str s)
{
    const page_entry *best = NULL;
    bool word = true;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool letter = byte_is_alpha(c) || c >= 0x80;
        if (!letter || word || (c >= 0xE3 && c <= 0xED)) { /* scripts without spaces too */
            const page_entry *e =
                c == ' ' ? NULL
                         : page_list_start(&page_list_date_label, (sst_str){s.p + i, s.n - i});
            if (e &&
                (!best || e->value == LABEL_OTHER || e->n >= best->n || best->value != e->value))
                best = e;
        }
        word = !letter && !byte_is_digit(c);
    }
    return best;
}

/* What class attributes of the node and a few above it, and time elements, say for a date. */
static int points_of_elements(const page_node *n, bool *time)
{
    int points = 0;
    *time = false;
    const page_node *up = n->parent;
    for (int i = 0; up && i < CLIMB && up->tag != TAG_BODY; i++, up = up->parent) {
        if (up->tag == TAG_TIME)
            *time = true;
        if (up->tag == TAG_A)
            points += POINTS_LINK;
        if (i < 3 && up->attributes && page_node_class(up, &page_list_date_class)) {
            points += POINTS_CLASS;
            break;
        }
    }
    return points + (*time ? POINTS_TIME : 0);
}

static void dates_of_line(page_lines *l, sst_str line)
{
    page_found *f = l->f;
    sst_str rest = line;
    size_t passed = 0;
    for (int round = 0; round < 3 && rest.n && l->dates < DATES; round++) {
        page_stamp t;
        sst_span at;
        if (!page_date_find(rest, f->month_first, &t, &at))
            return;
        bool prose = l->cut || line.n > SHORT_LINE;
        if (prose && passed + at.begin > DATELINE_BYTES)
            return;
        char low[LINE_BYTES + 8];
        sst_str before = {rest.p, at.begin};
        size_t n = page_lower(low, LINE_BYTES, before);
        const page_entry *label = n ? label_in((sst_str){low, n}) : NULL;
        if (!label && !prose && round == 0) { /* "am 5. Mai 2024 veröffentlicht" */
            size_t m = page_lower(low, LINE_BYTES, (sst_str){rest.p + at.end, rest.n - at.end});
            label = m ? label_in((sst_str){low, m}) : NULL;
            if (label && label->value != LABEL_PUBLISHED)
                label = NULL;
        }
        if (!label && round == 0 && l->label_n && str_trim(before).n <= 4) {
            /* The line in front is a label when it is nothing else. */
            label = page_list_start(&page_list_date_label, (sst_str){l->label, l->label_n});
            if (label && label->n + 1u < l->label_n && l->label[l->label_n - 1] != ':')
                label = NULL;
        }
        bool time;
        int points = points_of_elements(l->first, &time);
        page_date_kind kind = DATE_PUBLISHED;
        if (label) {
            points += label->value == LABEL_OTHER ? POINTS_OTHER : POINTS_LABEL;
            if (label->value == LABEL_MODIFIED)
                kind = DATE_MODIFIED;
        }
        sst_str low_line = {low, page_lower(low, LINE_BYTES, line)};
        const page_entry *by = page_list_start(&page_list_by, low_line);
        if (by && by->value == BY_LINE)
            points += POINTS_BYLINE;
        if (!prose && line.n - (at.end - at.begin) <= 40)
            points += POINTS_ALONE;
        l->dates++;
        page_when *w = f->arena->failed ? NULL : vec_push(f->arena, &f->whens);
        if (!w)
            return;
        *w = (page_when){.t = t,
                         .node = l->first,
                         .from = time ? STR("time element") : STR("text"),
                         .at = l->at,
                         .kind = (uint8_t)kind,
                         .visible = 1,
                         .read = 1,
                         .score = (int8_t)points};
        passed += at.end;
        rest = (sst_str){rest.p + at.end, rest.n - at.end};
    }
}

/* "By Ann Om", "Von Cosima Dahl und Lea Brask, Tarnholm": a credit in words. */
static void byline(page_lines *l, sst_str line)
{
    char low[SHORT_LINE + 8];
    if (line.n > SHORT_LINE || l->credits >= CREDITS)
        return;
    size_t n = page_lower(low, 40, line);
    const page_entry *by = page_list_start(&page_list_by, (sst_str){low, n});
    if (!by || by->value != BY_LINE || by->n >= line.n)
        return;
    sst_str name = str_trim((sst_str){line.p + by->n, line.n - by->n});
    while (name.n && (*name.p == ':' || *name.p == ' '))
        name = (sst_str){name.p + 1, name.n - 1};
    int len;
    if (name.n < 2)
        return;
    uint32_t c = utf8_read(name.p, name.p + name.n, &len);
    if (!utf8_is_upper(c) && !utf8_is_ideograph(c))
        return;
    l->credits++;
    page_credit *k = vec_push(l->f->arena, &l->f->credits);
    if (k)
        *k = (page_credit){arena_str(l->f->arena, line), l->first, l->at, CREDIT_LINE, 0};
}

static void wall(page_lines *l, sst_str line)
{
    if (line.n > WALL_BYTES || line.n < 8 || (l->f->wall && l->f->consent))
        return;
    char low[LINE_BYTES + 8];
    sst_str s = {low, page_lower(low, LINE_BYTES, line)};
    bool word = true;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool letter = byte_is_alpha(c) || c >= 0x80;
        if (letter && word) {
            const page_entry *e = page_list_start(&page_list_access, (sst_str){s.p + i, s.n - i});
            if (e && e->value == ACCESS_PHRASE)
                l->f->wall = true;
            else if (e && e->value == ACCESS_CONSENT)
                l->f->consent = true;
        }
        word = !letter;
    }
}

static void flush(page_lines *l)
{
    sst_str line = str_trim((sst_str){l->line, l->n});
    if (line.n && l->first) {
        enum { LEAST_DIGITS = 4 }; /* of a date */
        if (l->digits >= LEAST_DIGITS)
            dates_of_line(l, line);
        if (!l->cut) {
            byline(l, line);
            wall(l, line);
        }
        l->label_n = 0;
        if (!l->cut && line.n <= LABEL_BYTES)
            l->label_n = page_lower(l->label, LABEL_BYTES, line);
    }
    l->n = l->digits = 0;
    l->cut = false;
    l->first = NULL;
}

static bool parts_lines(const page_node *n)
{
    switch (n->tag) {
    case TAG_OTHER:
    case TAG_STRONG:
    case TAG_EM:
    case TAG_A:
    case TAG_TIME:
    case TAG_BUTTON:
    case TAG_SVG:
    case TAG_TEXT:
        return false;
    default:
        return true;
    }
}

void page_lines_text(page_lines *l, const page_node *text)
{
    const page_node *block = text->parent;
    while (block && block->parent && !parts_lines(block))
        block = block->parent;
    sst_str s = str_trim(text->text);
    if (block != l->block)
        flush(l);
    if (s.n == 0)
        return;
    l->block = block;
    if (!l->first) {
        l->first = text;
        l->at = l->f->at;
    }
    l->f->at += (uint32_t)(s.n < 1u << 20 ? s.n : 1u << 20);
    if (l->n >= LINE_BYTES) {
        l->cut = true;
        return;
    }
    if (l->n)
        l->line[l->n++] = ' ';
    bool space = true;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (l->n >= LINE_BYTES) {
            while (l->n && ((unsigned char)l->line[l->n - 1] & 0xC0) == 0x80)
                l->n--; /* not half a letter */
            if (l->n && (unsigned char)l->line[l->n - 1] >= 0xC0)
                l->n--;
            l->cut = true;
            return;
        }
        bool is_space = byte_is_space(c);
        if (c == 0xC2 && i + 1 < s.n && (unsigned char)s.p[i + 1] == 0xA0) {
            is_space = true;
            i++;
        }
        if (is_space) {
            if (!space)
                l->line[l->n++] = ' ';
            space = true;
            continue;
        }
        space = false;
        l->digits += byte_is_digit(c);
        l->line[l->n++] = (char)c;
    }
}

void page_lines_end(page_lines *l)
{
    flush(l);
}
