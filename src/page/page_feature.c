/*
 * What can be measured of the blocks of a page: see page_block.h. In: blocks and the tree with its
 * sums. Out: a row of small whole numbers for each block, saturating. Parts: the text of a block
 * (length, links, marks, how it ends); where it stands (elements, class words and how far up);
 * how its surroundings look (prose and links in the boxes around it, blocks of the same style,
 * neighbours, the heading); what is said of it elsewhere (title, articleBody of JSON-LD, repeats).
 * No feature depends on a language. Linear: walks upwards end after LOOK_UP levels.
 */
#include <string.h>

#include "base_hash.h"
#include "base_utf8.h"
#include "page_block.h"
#include "page_html.h"
#include "page_words.h"

enum {
    LOOK_UP = 10, /* levels that class words are looked for above a block */
    NONE_UP = 15, /* none so near */
    BYTES_MOST = 2000,
    PROSE_BYTES = 40, /* shorter blocks are no prose */
    SHINGLE = 4,      /* words; for the comparison with a declared text */
    CLASS_BYTES = 400,
    COUNT_MOST = 200,
    DECLARED_LEAST = 100 /* bytes of a declared text that is worth a comparison */
};

#define X(name) #name,
const char *const page_feature_names[F_N] = {PAGE_FEATURES(X)};
#undef X

static int16_t most(uint64_t v, int16_t limit)
{
    return v > (uint64_t)limit ? limit : (int16_t)v;
}

/* per mille */
static int16_t share(uint64_t part, uint64_t whole)
{
    return whole ? most(part * 1000 / whole, 1000) : 0;
}

static bool is_prose(const page_block *b)
{
    return b->end - b->begin >= PROSE_BYTES && b->linked * 2 < b->end - b->begin;
}

/* ---- the text of a block */

static void measure_text(const page_sheet *s, page_block *b)
{
    sst_str t = page_block_str(s, b);
    int16_t *f = b->f;
    page_line line = {.begin = b->begin, .end = b->end};
    page_line_describe((sst_str){s->flat.p, s->flat.n}, &line);
    b->ended = line.ended;
    b->open = line.open;
    b->quoted = line.quoted;
    b->words = line.words;
    /* Of long blocks the beginning tells enough. */
    size_t look = t.n < BYTES_MOST ? t.n : BYTES_MOST;
    uint32_t stops = 0, commas = 0, capitals = 0, upper = 0, letters = 0, digits = 0, signs = 0;
    bool start = true;
    for (size_t i = 0; i < look; i++) {
        unsigned char c = (unsigned char)t.p[i];
        if (c >= 'a' && c <= 'z') { /* most bytes */
            letters++;
            start = false;
            continue;
        }
        bool up = c >= 'A' && c <= 'Z';
        if (c == ' ') {
            start = true;
            continue;
        }
        capitals += start && up;
        start = false;
        upper += up;
        letters += up || c >= 0x80;
        digits += byte_is_digit(c);
        if ((c == '.' || c == '!' || c == '?') && (i + 1 == t.n || t.p[i + 1] == ' '))
            stops++;
        else if (c == ',')
            commas++;
        else if (c == '|' || c == '/' || c == '@' || c == '#' || c == '+' || c == '>')
            signs++;
        else if (c == 0xC2 && i + 1 < t.n &&
                 ((unsigned char)t.p[i + 1] == 0xA9 || (unsigned char)t.p[i + 1] == 0xB7 ||
                  (unsigned char)t.p[i + 1] == 0xBB))
            signs++; /* copyright, middle dot, angle quote */
        else if (c == 0xE3 && i + 2 < t.n && memcmp(t.p + i, "\xE3\x80\x82", 3) == 0)
            stops++; /* ideographic full stop */
    }
    f[F_bytes] = most(t.n, BYTES_MOST);
    f[F_words] = most(line.words, 400);
    f[F_link_share] = share(b->linked, t.n);
    f[F_strong_share] = share(b->strong, t.n);
    f[F_emphasis_share] = share(b->emphasis, t.n);
    f[F_ended] = line.ended;
    f[F_open_end] = line.open;
    f[F_quoted] = line.quoted;
    f[F_stops] = most(stops, COUNT_MOST);
    f[F_commas] = most(commas, COUNT_MOST);
    f[F_capital_share] = share(capitals, line.words);
    f[F_upper_share] = share(upper, letters);
    f[F_digit_share] = share(digits, look);
    f[F_signs] = most(signs, 20);
    int n;
    uint32_t c = t.n ? utf8_read(t.p, t.p + t.n, &n) : 0;
    f[F_begins] = utf8_is_upper(c)   ? 0
                  : utf8_is_lower(c) ? 1
                  : utf8_is_digit(c) ? 2
                  : c == '"' || c == 0x201C || c == 0x201E || c == 0xAB || c == 0x2018 || c == '\''
                      ? 3
                  : c == '-' || c == 0x2013 || c == 0x2014 || c == 0x2022 || c == '*' ? 4
                  : utf8_is_letter(c)                                                 ? 5
                                                                                      : 6;
    for (size_t i = 0; digits >= 4 && i + 4 <= look && i < 300; i++)
        if ((t.p[i] == '2' && t.p[i + 1] == '0') || (t.p[i] == '1' && t.p[i + 1] == '9'))
            if (byte_is_digit((unsigned char)t.p[i + 2]) &&
                byte_is_digit((unsigned char)t.p[i + 3]))
                f[F_has_year] = 1;
    f[F_has_mail] = memchr(t.p, '@', look) != NULL;
    f[F_timed] = b->timed;
    b->said = (uint8_t)page_role_by_form(t, &line);
    f[F_said] = b->said;
}

/* ---- where it stands */

static int16_t tag_code(const page_node *n)
{
    return n ? n->tag : 0;
}

static void measure_place(page_block *b)
{
    static const uint8_t column[CLASS_GROUPS] = {
        [CLASS_TEXT] = F_c_text,     [CLASS_SHARE] = F_c_share,   [CLASS_RELATED] = F_c_related,
        [CLASS_TEASER] = F_c_teaser, [CLASS_LETTER] = F_c_letter, [CLASS_COMMENT] = F_c_comment,
        [CLASS_AD] = F_c_ad,         [CLASS_NAV] = F_c_nav,       [CLASS_FOOT] = F_c_foot,
        [CLASS_SIDE] = F_c_side,     [CLASS_BYLINE] = F_c_byline, [CLASS_CAPTION] = F_c_caption,
        [CLASS_TAGS] = F_c_tags,     [CLASS_TITLE] = F_c_title,   [CLASS_QUOTE] = F_c_quote,
        [CLASS_HIDE] = F_c_hide,     [CLASS_EMBED] = F_c_embed};
    int16_t *f = b->f;
    const page_node *n = b->node;
    uint32_t in = n->in;
    f[F_tag] = tag_code(n);
    f[F_parent_tag] = tag_code(n->parent);
    f[F_heading_level] = n->tag >= TAG_H1 && n->tag <= TAG_H6 ? (int16_t)(n->tag - TAG_H1 + 1)
                         : in & IN_HEADING                    ? 7
                                                              : 0;
    f[F_broken] = b->broken;
    f[F_depth] = n->depth < 60 ? n->depth : 60;
    f[F_in_article] = (in & IN_ARTICLE) != 0;
    f[F_in_main] = (in & IN_MAIN) != 0;
    f[F_in_aside] = (in & IN_ASIDE) != 0;
    f[F_in_footer] = (in & IN_FOOTER) != 0;
    f[F_in_header] = (in & IN_HEADER) != 0;
    f[F_in_form] = (in & IN_FORM) != 0;
    f[F_in_figure] = (in & IN_CAPTION) ? 2 : (in & IN_FIGURE) ? 1 : 0;
    f[F_in_list] = (in & IN_LIST) != 0;
    f[F_in_table] = (in & IN_TABLE) != 0;
    f[F_in_quote] = (in & IN_QUOTE) != 0;
    f[F_in_hidden] = (in & IN_HIDDEN) != 0;
    f[F_in_body_prop] = (in & IN_BODY_PROP) != 0;
    f[F_in_block_link] = (in & IN_BLOCK_LINK) != 0;
    f[F_soft] = n->soft;
    f[F_near_top] = n->near_top;
    uint32_t seen = 0;
    for (unsigned g = 0; g < CLASS_GROUPS; g++)
        f[column[g]] = NONE_UP;
    for (int16_t up = 0; n && up < LOOK_UP; n = n->parent, up++) {
        uint32_t fresh = n->groups & ~seen;
        seen |= fresh;
        for (unsigned g = 0; fresh; g++, fresh >>= 1)
            if (fresh & 1)
                f[column[g]] = up;
    }
}

/* ---- its surroundings */

/* Of long values the beginning: a box's is looked at for each block in it. */
static uint64_t class_hash(const page_node *n)
{
    sst_str value = page_dom_attribute(n, "class");
    return hash_bytes(value.p, value.n < CLASS_BYTES ? value.n : CLASS_BYTES, 0);
}

static uint64_t style_of(const page_node *n)
{
    uint64_t h = hash_mix(n->tag, n->parent ? n->parent->tag : 0);
    h = hash_mix(h, class_hash(n));
    if (n->parent)
        h = hash_mix(h, class_hash(n->parent));
    return hash_mix(h, n->depth);
}

static void measure_boxes(const page_sheet *s, page_block *b)
{
    static const uint8_t prose[] = {F_prose1, F_prose2, F_prose3},
                         links[] = {F_links1, F_links2, F_links3};
    const page_node *n = b->node->parent;
    for (int k = 0; k < 3; k++) {
        b->f[prose[k]] = n ? share(n->score, s->root->score) : 0;
        b->f[links[k]] = n ? share(n->below_link, n->below) : 0;
        n = n ? n->parent : NULL;
    }
}

static sst_status measure_styles(page_sheet *s)
{
    u64map map = {0};
    SST_VEC(struct {
        uint64_t prose;
        uint32_t blocks;
    })
    of = {0};
    uint64_t all = 0;
    for (uint32_t i = 0; i < s->blocks.n; i++) {
        page_block *b = &s->blocks.v[i];
        uint32_t *at = u64map_add(s->arena, &map, style_of(b->node), of.n, NULL);
        if (!at)
            return s->arena->failed;
        if (*at == of.n && !vec_push(s->arena, &of))
            return s->arena->failed;
        b->style = *at;
        of.v[*at].blocks++;
        if (is_prose(b)) {
            of.v[*at].prose += b->end - b->begin;
            all += b->end - b->begin;
        }
    }
    for (uint32_t i = 0; i < s->blocks.n; i++) {
        page_block *b = &s->blocks.v[i];
        b->f[F_style_prose] = share(of.v[b->style].prose, all);
        b->f[F_style_blocks] = most(of.v[b->style].blocks, COUNT_MOST);
    }
    return SST_OK;
}

static void find_heading(page_sheet *s)
{
    s->heading = UINT32_MAX;
    for (uint32_t i = 0; i < s->blocks.n; i++) {
        page_block *b = &s->blocks.v[i];
        if (s->title.n && b->end - b->begin < 2 * s->title.n + 20 &&
            page_same_letters(page_block_str(s, b), s->title)) {
            b->f[F_is_title] = 1;
            bool first = s->heading == UINT32_MAX;
            const page_node *old = first ? NULL : s->blocks.v[s->heading].node;
            if (first || (b->node->tag == TAG_H1 && old->tag != TAG_H1))
                s->heading = i;
        }
    }
    for (uint32_t i = 0; s->heading == UINT32_MAX && i < s->blocks.n; i++)
        if (s->blocks.v[i].node->tag == TAG_H1)
            s->heading = i;
}

static void measure_row(page_sheet *s)
{
    uint64_t all = 0, before = 0, at_heading = 0;
    uint32_t n = s->blocks.n;
    page_block *v = s->blocks.v;
    for (uint32_t i = 0; i < n; i++) {
        if (i == s->heading)
            at_heading = all;
        all += is_prose(&v[i]) ? v[i].end - v[i].begin : 0;
    }
    for (uint32_t i = 0; i < n; i++) {
        int16_t *f = v[i].f;
        uint64_t own = is_prose(&v[i]) ? v[i].end - v[i].begin : 0;
        f[F_place] = share(i, n);
        f[F_prose_before] = share(before, all);
        f[F_prose_after] = share(all - before - own, all);
        f[F_heading_before] = s->heading == UINT32_MAX ? 2 : i > s->heading;
        if (s->heading != UINT32_MAX) {
            f[F_from_heading] = i >= s->heading ? most(i - s->heading, COUNT_MOST)
                                                : (int16_t)-most(s->heading - i, COUNT_MOST);
            f[F_prose_from_heading] = before >= at_heading
                                          ? most((before - at_heading) / 16, 1000)
                                          : (int16_t)-most((at_heading - before) / 16, 1000);
        }
        before += own;
        f[F_page_blocks] = most(n, 2000);
        f[F_page_prose] = most(all / 64, 2000);
        f[F_top_share] = share(s->top->score, s->root->score);
        uint32_t near = 0, next = 0;
        for (uint32_t k = i > 4 ? i - 4 : 0; k < i; k++)
            near += is_prose(&v[k]) ? v[k].end - v[k].begin : 0;
        for (uint32_t k = i + 1; k < n && k <= i + 4; k++)
            next += is_prose(&v[k]) ? v[k].end - v[k].begin : 0;
        f[F_before_prose] = most(near, BYTES_MOST);
        f[F_behind_prose] = most(next, BYTES_MOST);
        if (i) {
            f[F_p1_bytes] = v[i - 1].f[F_bytes];
            f[F_p1_links] = v[i - 1].f[F_link_share];
            f[F_p1_ended] = v[i - 1].ended;
            f[F_p1_same] = v[i - 1].style == v[i].style                 ? 2
                           : v[i - 1].node->parent == v[i].node->parent ? 1
                                                                        : 0;
        }
        if (i > 1) {
            f[F_p2_bytes] = v[i - 2].f[F_bytes];
            f[F_p2_links] = v[i - 2].f[F_link_share];
        }
        if (i + 1 < n) {
            f[F_n1_bytes] = v[i + 1].f[F_bytes];
            f[F_n1_links] = v[i + 1].f[F_link_share];
            f[F_n1_ended] = v[i + 1].ended;
            f[F_n1_same] = v[i + 1].style == v[i].style                 ? 2
                           : v[i + 1].node->parent == v[i].node->parent ? 1
                                                                        : 0;
        }
        if (i + 2 < n) {
            f[F_n2_bytes] = v[i + 2].f[F_bytes];
            f[F_n2_links] = v[i + 2].f[F_link_share];
        }
    }
}

/* ---- what is said elsewhere */

static sst_status measure_copies(page_sheet *s)
{
    u64map map = {0};
    for (uint32_t i = 0; i < s->blocks.n; i++) {
        page_block *b = &s->blocks.v[i];
        uint32_t *times = u64map_add(s->arena, &map, hash_str(page_block_str(s, b)), 0, NULL);
        if (!times)
            return s->arena->failed;
        b->f[F_copy_before] = *times > 0;
        ++*times;
    }
    for (uint32_t i = 0; i < s->blocks.n; i++) {
        page_block *b = &s->blocks.v[i];
        uint32_t *times = u64map_find(&map, hash_str(page_block_str(s, b)));
        b->f[F_copies] = times ? most(*times, 20) : 1;
    }
    return SST_OK;
}

static uint32_t hex4(const char *p)
{
    uint32_t c = 0;
    for (int k = 0; k < 4; k++) {
        char h = p[k];
        int d = h >= '0' && h <= '9'                 ? h - '0'
                : (h | 32) >= 'a' && (h | 32) <= 'f' ? (h | 32) - 'a' + 10
                                                     : -1;
        if (d < 0)
            return 0x20;
        c = c * 16 + (uint32_t)d;
    }
    return c;
}

/* The string value behind "articleBody" in a script, escapes undone; markup in it becomes spaces.
 */
static void declared_text(sst_str script, sst_buf *out)
{
    for (;;) {
        ptrdiff_t at = str_find(script, STR("\"articleBody\""));
        if (at < 0)
            return;
        size_t i = (size_t)at + 13;
        while (i < script.n && (byte_is_space((unsigned char)script.p[i]) || script.p[i] == ':'))
            i++;
        bool string = i < script.n && script.p[i] == '"';
        bool tag = false;
        for (i++; string && i < script.n && script.p[i] != '"'; i++) {
            char c = script.p[i];
            if (c == '\\' && i + 1 < script.n) {
                c = script.p[++i];
                if (c == 'u' && i + 4 < script.n) {
                    uint32_t u = hex4(script.p + i + 1);
                    char b[4];
                    buf_add(out, b, (size_t)utf8_write(b, u >= 0xD800 && u < 0xE000 ? 0x20 : u));
                    i += 4;
                    continue;
                }
                c = c == 'n' || c == 't' || c == 'r' ? ' ' : c;
            }
            if (c == '<')
                tag = true;
            if (!tag)
                buf_byte(out, c);
            else if (c == '>') {
                tag = false;
                buf_byte(out, ' ');
            }
        }
        buf_byte(out, ' ');
        if (i > script.n)
            i = script.n;
        script.p += i;
        script.n -= i;
    }
}

typedef struct shingler {
    uint64_t w[SHINGLE];
    uint32_t n;
} shingler;

/* The next word of s from *at on, as a hash of its small letters; 0 at the end. */
static uint64_t next_word(sst_str s, size_t *at)
{
    uint64_t h = 0;
    while (*at < s.n) {
        int n;
        unsigned char b = (unsigned char)s.p[*at];
        uint32_t c = b < 0x80 ? (n = 1, b) : utf8_read(s.p + *at, s.p + s.n, &n);
        bool in =
            b < 0x80 ? byte_is_alpha(b) || byte_is_digit(b) : utf8_is_letter(c) || utf8_is_digit(c);
        if (!in && h)
            return h;
        if (in)
            h = hash_mix(h ? h : 1,
                         b < 0x80 ? (b >= 'A' && b <= 'Z' ? b | 32u : b) : utf8_lower(c));
        *at += (size_t)n;
    }
    return h;
}

static uint64_t push_word(shingler *g, uint64_t word)
{
    for (int k = 1; k < SHINGLE; k++)
        g->w[k - 1] = g->w[k];
    g->w[SHINGLE - 1] = word;
    if (++g->n < SHINGLE)
        return 0;
    uint64_t h = 1;
    for (int k = 0; k < SHINGLE; k++)
        h = hash_mix(h, g->w[k]);
    return h;
}

/* How much of each block stands in the text that the page declares in JSON-LD. Windows run over
 * block ends, so that short blocks are judged by what stands before them too. */
static sst_status measure_declared(page_sheet *s)
{
    sst_buf text;
    buf_init(&text, 0);
    for (page_node *n = s->root; n; n = page_dom_next(n, s->root, false))
        if (n->tag == TAG_TEXT && n->parent && n->parent->tag == TAG_SCRIPT)
            declared_text(n->text, &text);
    u64map map = {0};
    sst_status status = text.failed;
    bool any = !status && text.n >= DECLARED_LEAST;
    if (any) {
        shingler g = {0};
        sst_str t = {text.p, text.n};
        for (size_t at = 0; !status;) {
            uint64_t w = next_word(t, &at);
            if (!w)
                break;
            uint64_t h = push_word(&g, w);
            if (h && !u64map_add(s->arena, &map, h, 1, NULL))
                status = s->arena->failed;
        }
    }
    buf_release(&text);
    for (uint32_t i = 0; i < s->blocks.n && !status; i++) {
        page_block *b = &s->blocks.v[i];
        b->f[F_declared] = -1;
        if (!any)
            continue;
        shingler g = {0};
        uint32_t hits = 0, runs = 0;
        sst_str t = page_block_str(s, b);
        for (size_t at = 0;;) {
            uint64_t w = next_word(t, &at);
            if (!w)
                break;
            uint64_t h = push_word(&g, w);
            if (h) {
                runs++;
                hits += u64map_find(&map, h) != NULL;
            }
        }
        b->f[F_declared] = runs ? share(hits, runs) : -2;
    }
    return status;
}

sst_status page_feature_measure(page_sheet *s)
{
    for (uint32_t i = 0; i < s->blocks.n; i++) {
        page_block *b = &s->blocks.v[i];
        measure_text(s, b);
        measure_place(b);
        measure_boxes(s, b);
    }
    find_heading(s);
    sst_status status = measure_styles(s);
    if (!status)
        status = measure_copies(s);
    if (!status)
        status = measure_declared(s);
    if (!status)
        measure_row(s);
    return status;
}
