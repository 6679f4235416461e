/*
 * The main text of a page. In: a tree and the title. Out: the article's text and blocks, or the
 * reason why there is no article. Method: blocks and their features (page_block.h), two rounds of
 * learnt judgement (page_judge.c), then what holds of every article: its headline stands in the
 * title, bylines and dates in the metadata, captions at pictures that are not there, so the text is
 * prose, lists and headings between them; a heading with nothing under it is a label of what was
 * left out. Linear.
 */
#include <string.h>

#include "base_utf8.h"
#include "page_block.h"
#include "page_html.h"
#include "page_note.h"

enum {
    STUB_BYTES = 300,    /* articles with less text are stubs */
    CREDIT_BEFORE = 600, /* per mille of the prose stands before a credit line */
    CREDIT_BYTES = 200,
    PLAIN_BLOCKS =
        12,         /* a page with so few blocks has no furniture to speak of: entries of feeds */
    TIME_WORDS = 6, /* of a time stamp: a weekday, a date, a time, a zone */
    CAPTION_BYTES = 1200, /* longer ones are prose in a box of that name */
    HEADING_WORDS = 25,   /* longer sentences are no heading */
    ARTICLE_BYTES = 300,  /* of prose under a headline before the next article may begin */
    SIGNED_BLOCKS = 5,    /* between a headline and its date: subtitle, section, buttons */
    LEADS_AWAY = 950,     /* per mille in links */
    LABEL_BYTES = 80,     /* of the label of a box */
    PROSE_BYTES = 40,
    LIKELY_SCORE = -400, /* hundredths of a logit: below it the trees are sure (2 in 100) */
    LINK_SHARE = 300     /* per mille of the text in links: more is a menu */
};

static sst_role role_of(const page_block *b)
{
    if (b->said == ROLE_CORRECTION)
        return ROLE_CORRECTION;
    for (const page_node *n = b->node; n; n = n->parent)
        switch (n->tag) {
        case TAG_H1:
        case TAG_H2:
        case TAG_H3:
        case TAG_H4:
        case TAG_H5:
        case TAG_H6:
            /* Paragraphs that are set as headings for their size. */
            return b->words >= HEADING_WORDS && b->ended ? ROLE_BODY : ROLE_SUBTITLE;
        case TAG_LI:
        case TAG_DD:
        case TAG_DT:
            return ROLE_LIST;
        case TAG_TD:
            /* Old pages set their prose in tables. */
            return b->ended && b->words >= 8 ? ROLE_BODY : ROLE_LIST;
        case TAG_ARTICLE:
        case TAG_MAIN:
        case TAG_BODY:
            return ROLE_BODY;
        default:
            break;
        }
    return ROLE_BODY;
}

/* Of a block that was left out: for those who want to see why. */
static sst_role role_left(const page_sheet *s, uint32_t i)
{
    const page_block *b = &s->blocks.v[i];
    if (i == s->heading || b->f[F_is_title])
        return ROLE_HEADLINE;
    if (b->f[F_in_figure] || b->said == ROLE_CAPTION || b->f[F_c_caption] <= 1)
        return ROLE_CAPTION;
    if (b->said == ROLE_BYLINE || b->said == ROLE_DATELINE || b->f[F_c_byline] <= 1)
        return ROLE_BYLINE;
    return ROLE_BOILERPLATE;
}

/* Pages show their text by script at times: hidden blocks count when most of the text is hidden. */
static bool most_is_hidden(const page_sheet *s)
{
    uint64_t hidden = 0, shown = 0;
    for (uint32_t i = 0; i < s->blocks.n; i++) {
        const page_block *b = &s->blocks.v[i];
        if (b->score > 0)
            *(b->f[F_in_hidden] ? &hidden : &shown) += b->end - b->begin;
    }
    return hidden > shown;
}

/* Nothing was taken and nothing says that there is no article: what the likely article holds of
 * prose, or on a page of a few blocks all that is no menu. */
static void take_likely(page_sheet *s)
{
    bool plain = s->blocks.n <= PLAIN_BLOCKS &&
                 (uint64_t)s->root->below_link * 1000 <= (uint64_t)s->root->below * LINK_SHARE;
    bool all_soft = s->root->score == 0; /* what speaks against everything says nothing */
    for (uint32_t i = 0; i < s->blocks.n; i++) {
        page_block *b = &s->blocks.v[i];
        bool likely = b->f[F_near_top] == 1 && (all_soft || !b->f[F_soft]) &&
                      b->score > LIKELY_SCORE && b->end - b->begin >= PROSE_BYTES;
        if ((plain || likely) && b->f[F_link_share] < LINK_SHARE && b->f[F_heading_level] == 0)
            b->score = 1;
    }
}

static bool is_prose(const page_block *b, bool unveil)
{
    if (b->score <= 0 || b->other || b->f[F_is_title] || (b->f[F_in_hidden] && !unveil))
        return false;
    if ((b->f[F_in_figure] == 2 || b->said == ROLE_CREDIT) && b->end - b->begin <= CAPTION_BYTES)
        return false;
    /* "Advertisement - scroll to continue", "Send it to a friend" */
    if ((b->f[F_c_ad] <= 1 || b->f[F_c_share] <= 1) && !b->ended &&
        b->end - b->begin <= LABEL_BYTES)
        return false;
    /* Boxes beside the text; the main element may be one itself. */
    if (b->f[F_in_aside] && b->f[F_soft])
        return false;
    /* Time stamps; lines that only lead elsewhere ("read also"). */
    if (b->timed && b->words <= TIME_WORDS)
        return false;
    if (b->f[F_link_share] >= LEADS_AWAY && b->node->tag == TAG_P)
        return false;
    if (b->said == ROLE_BYLINE && b->end - b->begin <= CREDIT_BYTES)
        return false;
    return b->said != ROLE_BOILERPLATE && b->said != ROLE_DATELINE;
}

/* "With reporting by ..." at the end: it tells where a report came from. */
static bool is_credit(const page_block *b)
{
    return b->said == ROLE_BYLINE && !b->other && b->f[F_near_top] == 1 && !b->f[F_soft] &&
           b->f[F_prose_before] >= CREDIT_BEFORE && b->end - b->begin <= CREDIT_BYTES;
}

/* A quotation in a headline is a quotation: marks, "'" at the edges of words, around two words. */
static bool holds_quotation(sst_str t)
{
    bool open = false;
    uint32_t spaces = 0;
    for (size_t i = 0; i < t.n;) {
        int n;
        uint32_t c = utf8_read(t.p + i, t.p + t.n, &n);
        bool at_start = i == 0 || t.p[i - 1] == ' ';
        size_t next = i + (size_t)n;
        bool at_end = next >= t.n || memchr(" .,:;!?", t.p[next], 7) != NULL;
        bool mark = c == '"' || c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x201C ||
                    c == 0x201D || c == 0x201E || c == 0xAB || c == 0xBB;
        if (mark && at_end && open && spaces)
            return true;
        if (mark && at_start) {
            open = true;
            spaces = 0;
        }
        spaces += c == ' ';
        i = next;
    }
    return false;
}

/* Items of one list are judged together, by bytes: a list between paragraphs is whole. */
static void join_lists(page_sheet *s)
{
    for (uint32_t i = 0; i < s->blocks.n;) {
        const page_node *list = s->blocks.v[i].node->parent;
        uint32_t end = i;
        int64_t for_it = 0, against = 0;
        while (end < s->blocks.n && s->blocks.v[end].node->tag == TAG_LI &&
               s->blocks.v[end].node->parent == list) {
            const page_block *b = &s->blocks.v[end++];
            *(b->score > 0 ? &for_it : &against) += b->end - b->begin;
        }
        if (for_it && against)
            for (uint32_t k = i; k < end; k++) {
                page_block *b = &s->blocks.v[k];
                if (for_it >= against && b->score <= 0)
                    b->score = 1;
                else if (for_it < against && b->score > 0)
                    b->score = 0;
            }
        i = end > i ? end : i + 1;
    }
}

/* A paragraph that says again what the one in front of it says, in the same style and place, is a
 * refrain: wide and narrow forms of one text differ in class. */
static void join_refrains(page_sheet *s)
{
    for (uint32_t i = 1; i < s->blocks.n; i++) {
        page_block *a = &s->blocks.v[i - 1], *b = &s->blocks.v[i];
        if ((a->score > 0) != (b->score > 0) && a->style == b->style &&
            a->node->parent == b->node->parent && b->end - b->begin >= PROSE_BYTES &&
            str_eq(page_block_str(s, a), page_block_str(s, b)))
            a->score = b->score = 1;
    }
}

static const page_node *article_of(const page_node *n)
{
    while (n && n->tag != TAG_ARTICLE)
        n = n->parent;
    return n;
}

/* A date or a byline stands under a heading. */
static bool is_signed(const page_sheet *s, uint32_t heading)
{
    for (uint32_t i = heading + 1; i < s->blocks.n && i <= heading + SIGNED_BLOCKS; i++) {
        const page_block *b = &s->blocks.v[i];
        if (b->timed || b->said == ROLE_BYLINE || b->said == ROLE_DATELINE)
            return true;
    }
    return false;
}

/* Where the next article of a page begins: a headline of the form of the one that shows the title,
 * behind prose, that is a link, stands in an article element of its own or has a date or byline of
 * its own as the first has. blocks.n when there is none. */
static uint32_t next_article(const page_sheet *s)
{
    uint32_t n = s->blocks.n;
    if (s->heading == UINT32_MAX)
        return n;
    const page_block *head = &s->blocks.v[s->heading];
    if (head->f[F_is_title] ? !head->f[F_heading_level] : head->node->tag != TAG_H1)
        return n;
    const page_node *own = article_of(head->node);
    bool is_signed_too = is_signed(s, s->heading);
    uint64_t prose = 0;
    for (uint32_t i = s->heading + 1; i < n; i++) {
        const page_block *b = &s->blocks.v[i];
        if (b->score > 0 && !b->f[F_heading_level])
            prose += b->end - b->begin;
        if (b->style != head->style || b->f[F_is_title] || prose < ARTICLE_BYTES)
            continue;
        const page_node *other = article_of(b->node);
        if (b->f[F_link_share] >= LEADS_AWAY || (own && other && own != other) ||
            (is_signed_too && is_signed(s, i)))
            return i;
    }
    return n;
}

static bool is_in(const page_node *box, const page_node *n)
{
    while (n && n != box)
        n = n->parent;
    return n != NULL;
}

/* A heading whose box holds more, of which nothing was taken, is the label of what was left out.
 * next: the first block behind it that was taken, blocks.n when there is none. */
static bool is_label(const page_sheet *s, uint32_t heading, uint32_t next)
{
    const page_node *box = s->blocks.v[heading].node->parent;
    return next > heading + 1 && heading + 1 < s->blocks.n && box &&
           is_in(box, s->blocks.v[heading + 1].node) &&
           (next == s->blocks.n || !is_in(box, s->blocks.v[next].node));
}

/* Did it take anything? */
static bool pick(page_sheet *s)
{
    join_lists(s);
    join_refrains(s);
    uint32_t next = next_article(s);
    for (uint32_t i = next; i < s->blocks.n; i++)
        s->blocks.v[i].other = 1;
    bool unveil = most_is_hidden(s);
    uint32_t behind = s->blocks.n;
    bool heading_open = true; /* what stands below is left out so far */
    for (uint32_t i = s->blocks.n; i-- > 0;) {
        page_block *b = &s->blocks.v[i];
        b->taken = is_prose(b, unveil) || is_credit(b);
        if (b->taken) {
            b->role = (uint8_t)role_of(b);
            if (b->role == ROLE_SUBTITLE && (heading_open || is_label(s, i, behind)))
                b->taken = 0;
            else
                heading_open = false;
        }
        behind = b->taken ? i : behind;
        if (is_credit(b))
            b->role = ROLE_BYLINE;
        if (!b->taken)
            b->role = (uint8_t)role_left(s, i);
    }
    if (s->heading != UINT32_MAX && !heading_open) {
        page_block *b = &s->blocks.v[s->heading];
        if (b->f[F_is_title] && holds_quotation(page_block_str(s, b))) {
            b->taken = 1;
            b->role = ROLE_HEADLINE;
        }
    }
    return !heading_open;
}

/* In words, why a block was taken or not. */
static const char *reason(const page_block *b)
{
    if (b->taken)
        return b->post                    ? "a post of somebody, embedded"
               : b->role == ROLE_HEADLINE ? "a headline that quotes"
               : b->score <= 0            ? "a line that credits who reported"
                                          : "prose, by the learnt trees";
    if (b->post)
        return "a post of the outlet, or one that points to a page";
    if (b->score <= 0)
        return "furniture, by the learnt trees";
    if (b->other)
        return "another article of the page";
    return b->f[F_in_figure] == 2               ? "a caption"
           : b->timed && b->words <= TIME_WORDS ? "a time stamp"
           : b->node->tag == TAG_P && b->f[F_link_share] >= LEADS_AWAY
               ? "a line that leads elsewhere"
           : b->f[F_is_title]                 ? "the title"
           : b->f[F_in_hidden]                ? "hidden"
           : b->f[F_in_aside] && b->f[F_soft] ? "an aside"
           : b->said == ROLE_BYLINE           ? "words of a byline"
           : b->said == ROLE_BOILERPLATE || b->said == ROLE_DATELINE
               ? "words of furniture"
               : "a heading with nothing under it";
}

/* Elements that are left out with all below them. */
static void note_drops(sst_article *a, const page_sheet *s)
{
    for (uint32_t i = 0; i < s->blocks.n; i++)
        if (s->blocks.v[i].taken)
            for (page_node *n = s->blocks.v[i].node; n && !n->kept; n = n->parent)
                n->kept = 1;
    for (page_node *n = s->root; n; n = page_dom_next(n, s->root, n->drop)) {
        if (n->drop)
            page_note_drop(a, n, "an element that holds no article text", (sst_str){NULL, 0});
        n->cut = n->parent && n->parent->cut;
        if (n->cut || n->kept || !n->soft || n->tag == TAG_TEXT)
            continue;
        sst_str word = page_class_word_of(page_dom_attribute(n, "class"), PAGE_AGAINST);
        if (!word.n)
            word = page_class_word_of(page_dom_attribute(n, "id"), PAGE_AGAINST);
        n->cut = 1;
        page_note_drop(a, n,
                       word.n              ? "a class or id word of furniture"
                       : n->in & IN_HIDDEN ? "hidden"
                                           : "an aside, a footer or a form",
                       word);
    }
}

static void note(sst_article *a, const page_sheet *s, const page_block *b, sst_span at)
{
    if (!a->notes || b->node->cut)
        return;
    page_note_block(a, b->node, page_block_str(s, b), at, (sst_role)b->role, reason(b),
                    (sst_str){NULL, 0});
    page_note_value(a, "score, hundredths of a logit", b->score);
}

static sst_status write_text(sst_article *a, const page_sheet *s)
{
    sst_buf out;
    buf_init(&out, 0);
    page_blocks blocks = {0};
    if (a->notes)
        note_drops(a, s);
    for (uint32_t i = 0; i < s->blocks.n; i++) {
        const page_block *b = &s->blocks.v[i];
        if (!b->taken) {
            note(a, s, b, (sst_span){0, 0});
            continue;
        }
        sst_block *to = b->joins ? &blocks.v[blocks.n - 1] : vec_push(&a->arena, &blocks);
        if (!to)
            break;
        if (out.n)
            buf_byte(&out, b->joins ? ' ' : '\n');
        if (!b->joins)
            to->at.begin = (uint32_t)out.n;
        buf_str(&out, page_block_str(s, b));
        to->at.end = (uint32_t)out.n;
        to->role = b->role;
        note(a, s, b, to->at);
    }
    sst_status status = out.failed;
    if (!status) {
        a->text = arena_str(&a->arena, (sst_str){out.p, out.n});
        a->blocks = blocks.v;
        a->block_n = blocks.n;
        a->access = out.n >= STUB_BYTES ? ACCESS_FULL : out.n ? ACCESS_STUB : ACCESS_UNKNOWN;
        status = a->arena.failed;
    }
    buf_release(&out);
    return status;
}

sst_status page_main(sst_article *a, page_node *root)
{
    sst_arena scratch;
    arena_init(&scratch, 0);
    page_sheet s = {.arena = &scratch, .root = root, .title = a->title};
    buf_init(&s.flat, 0);
    sst_status status = page_block_collect(&s);
    if (!status)
        status = page_feature_measure(&s);
    if (!status)
        status = page_judge(&s);
    if (!status) {
        bool any = pick(&s);
        if (!a->next_part.n)
            a->next_part = page_next_part(&a->arena, &s, a->url, a->canonical);
        const char *none = page_no_article(&s, a->url);
        if (!none && !any) {
            take_likely(&s);
            (void)pick(&s);
        }
        if (!none) {
            page_embed_posts(a, &s);
            page_corrections(a, &s);
        }
        if (none) {
            a->error = str_of(none);
            for (uint32_t i = 0; i < s.blocks.n; i++)
                s.blocks.v[i].taken = 0;
            if (a->notes)
                page_note_choice(a, "article", STR("none"), none, true);
        }
        if (a->notes)
            page_note_choice(a, "main element", page_note_path(&a->arena, s.top),
                             "the declared article or the element that holds most prose", true);
        status = write_text(a, &s);
        page_note_end(a, root);
    }
    buf_release(&s.flat);
    arena_release(&scratch);
    return status;
}
