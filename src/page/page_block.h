/*
 * The blocks of a page and what can be measured of them. In: a tree. Out: each block of text in
 * document order with a row of small whole numbers (features), from which page_model.c tells prose
 * from furniture. Parts: page_block.c collects blocks and sums over the tree, page_feature.c
 * measures.
 *
 *   flat text:  L o g o M e n u T i t l e T h e   f i r s t ...     one buffer, blocks stand behind
 *   blocks:    [div ][li  ][h1     ][p                 ] ...        each other
 */
#ifndef PAGE_BLOCK_H
#define PAGE_BLOCK_H

#include "base_buf.h"
#include "base_hash.h"
#include "page_dom.h"
#include "page_inner.h"
#include "page_words.h"

/* Where a node stands; bits, handed down. */
enum {
    IN_LINK = 1 << 0,
    IN_TIME = 1 << 1,
    IN_STRONG = 1 << 2,
    IN_EMPHASIS = 1 << 3,
    /* handed down through blocks too: */
    IN_ARTICLE = 1 << 4,
    IN_MAIN = 1 << 5,
    IN_ASIDE = 1 << 6,
    IN_FOOTER = 1 << 7,
    IN_HEADER = 1 << 8,
    IN_FORM = 1 << 9,
    IN_FIGURE = 1 << 10,
    IN_CAPTION = 1 << 11,
    IN_LIST = 1 << 12,
    IN_TABLE = 1 << 13,
    IN_QUOTE = 1 << 14,
    IN_HIDDEN = 1 << 15,
    IN_ADDRESS = 1 << 16,
    IN_BODY_PROP = 1 << 17, /* itemprop articleBody */
    IN_BUTTON = 1 << 18,
    IN_HEADING = 1 << 19,
    IN_BLOCK_LINK = 1 << 20 /* in a link that holds whole blocks */
};

/* Groups of class words (page_words.h) that speak against an element. */
#define PAGE_AGAINST                                                                               \
    (1u << CLASS_SHARE | 1u << CLASS_RELATED | 1u << CLASS_LETTER | 1u << CLASS_COMMENT |          \
     1u << CLASS_AD | 1u << CLASS_NAV | 1u << CLASS_FOOT | 1u << CLASS_SIDE)

/* Features: X(name). The order is that of the model's columns; add at the end only. */
#define PAGE_FEATURES(X)                                                                           \
    X(bytes)                                                                                       \
    X(words)                                                                                       \
    X(link_share)                                                                                  \
    X(strong_share)                                                                                \
    X(emphasis_share)                                                                              \
    X(ended)                                                                                       \
    X(quoted)                                                                                      \
    X(stops)                                                                                       \
    X(commas)                                                                                      \
    X(capital_share)                                                                               \
    X(upper_share)                                                                                 \
    X(digit_share)                                                                                 \
    X(signs)                                                                                       \
    X(begins)                                                                                      \
    X(has_year)                                                                                    \
    X(has_mail)                                                                                    \
    X(timed)                                                                                       \
    X(said)                                                                                        \
    X(tag)                                                                                         \
    X(parent_tag)                                                                                  \
    X(heading_level)                                                                               \
    X(broken)                                                                                      \
    X(depth)                                                                                       \
    X(in_article)                                                                                  \
    X(in_main)                                                                                     \
    X(in_aside)                                                                                    \
    X(in_footer)                                                                                   \
    X(in_header)                                                                                   \
    X(in_form)                                                                                     \
    X(in_figure)                                                                                   \
    X(in_list)                                                                                     \
    X(in_table)                                                                                    \
    X(in_quote)                                                                                    \
    X(in_hidden)                                                                                   \
    X(in_body_prop)                                                                                \
    X(in_block_link)                                                                               \
    X(soft)                                                                                        \
    X(near_top)                                                                                    \
    X(c_text)                                                                                      \
    X(c_share)                                                                                     \
    X(c_related)                                                                                   \
    X(c_teaser)                                                                                    \
    X(c_letter)                                                                                    \
    X(c_comment)                                                                                   \
    X(c_ad)                                                                                        \
    X(c_nav)                                                                                       \
    X(c_foot)                                                                                      \
    X(c_side)                                                                                      \
    X(c_byline)                                                                                    \
    X(c_caption)                                                                                   \
    X(c_tags)                                                                                      \
    X(c_title)                                                                                     \
    X(c_quote)                                                                                     \
    X(c_hide)                                                                                      \
    X(c_embed)                                                                                     \
    X(prose1)                                                                                      \
    X(prose2)                                                                                      \
    X(prose3)                                                                                      \
    X(links1)                                                                                      \
    X(links2)                                                                                      \
    X(links3)                                                                                      \
    X(style_prose)                                                                                 \
    X(style_blocks)                                                                                \
    X(place)                                                                                       \
    X(prose_before)                                                                                \
    X(prose_after)                                                                                 \
    X(from_heading)                                                                                \
    X(prose_from_heading)                                                                          \
    X(is_title)                                                                                    \
    X(copies)                                                                                      \
    X(copy_before)                                                                                 \
    X(declared)                                                                                    \
    X(p1_bytes)                                                                                    \
    X(p1_links)                                                                                    \
    X(p1_ended)                                                                                    \
    X(p1_same)                                                                                     \
    X(p2_bytes)                                                                                    \
    X(p2_links)                                                                                    \
    X(n1_bytes)                                                                                    \
    X(n1_links)                                                                                    \
    X(n1_ended)                                                                                    \
    X(n1_same)                                                                                     \
    X(n2_bytes)                                                                                    \
    X(n2_links)                                                                                    \
    X(before_prose)                                                                                \
    X(behind_prose)                                                                                \
    X(page_blocks)                                                                                 \
    X(page_prose)                                                                                  \
    X(top_share)                                                                                   \
    X(heading_before)                                                                              \
    X(open_end)

#define X(name) F_##name,
typedef enum page_feature { PAGE_FEATURES(X) F_N } page_feature;
#undef X

/* What the first round of judgement says of a block and of its surroundings: the columns behind the
 * features in the second round. */
#define PAGE_ROUND_TWO(X)                                                                          \
    X(own)                                                                                         \
    X(previous)                                                                                    \
    X(previous2)                                                                                   \
    X(next)                                                                                        \
    X(next2)                                                                                       \
    X(window)                                                                                      \
    X(like)                                                                                        \
    X(box1)                                                                                        \
    X(box2)                                                                                        \
    X(best)                                                                                        \
    X(taken)                                                                                       \
    X(taken_before)                                                                                \
    X(taken_after)                                                                                 \
    X(gap_before)                                                                                  \
    X(gap_after)

#define X(name) T_##name,
typedef enum page_second { PAGE_ROUND_TWO(X) T_N } page_second;
#undef X

typedef struct page_block {
    page_node *node;     /* its block element */
    uint32_t begin, end; /* in the flat text */
    uint32_t linked, strong, emphasis;
    uint8_t timed;
    uint8_t broken; /* parted from the block before by br, in one element */
    uint8_t ended, open, quoted;
    uint32_t words;
    uint32_t style; /* blocks of one tag, class and parent have one */
    uint8_t said;   /* the role that its words and form alone give it */
    int16_t f[F_N + T_N];
    int16_t score; /* of the model, hundredths of a logit: above 0 it is prose */
    uint8_t role, taken;
    uint8_t other; /* it belongs to another article of the page */
    uint8_t post;  /* of a post that the page embeds */
    uint8_t joins; /* written behind the block before, in one block of the text */
} page_block;

typedef SST_VEC(page_node *) page_node_list;
typedef SST_VEC(page_block) page_block_list;

typedef struct page_sheet {
    sst_arena *arena; /* call scratch; everything is in it but the flat text */
    page_node *root, *top;
    page_node_list all; /* in document order, without what is never text */
    page_block_list blocks;
    sst_buf flat;
    u64map classes; /* what class and id values say: pages use few of them many times */
    sst_str title;
    const page_node *next; /* a link in the body that is said to lead to the next page */
    bool password;         /* a field for a password stands in the page */
    uint32_t heading;      /* the block that shows the title, UINT32_MAX when none does */
} page_sheet;

/* Collects; sheet->arena, root and title are given, flat is initialised. */
sst_status page_block_collect(page_sheet *sheet) SST_MUST_CHECK;
/* Measures; fills f of each block. */
sst_status page_feature_measure(page_sheet *sheet) SST_MUST_CHECK;
/* Judges: fills score of each block, in two rounds. */
sst_status page_judge(page_sheet *sheet) SST_MUST_CHECK;
/* The second round's columns from the scores of the first. */
sst_status page_judge_second(page_sheet *sheet) SST_MUST_CHECK;
/* Why there is no article in the page, a literal; NULL when there is one. Told when blocks are
 * picked. */
const char *page_no_article(const page_sheet *sheet, sst_str url);
/* rel: "next", alone or first. */
bool page_names_next(sst_str rel);
/* Is it the address of the next part of what is at url? */
bool page_is_next_part(sst_str url, sst_str next);
/* The address of the next part of an article, empty when there is none. */
sst_str page_next_part(sst_arena *arena, const page_sheet *sheet, sst_str url, sst_str canonical);
/* Adds the notes of correction that the page shows to the article's, and gives those among its text
 * their role. Told when blocks are picked. */
void page_corrections(sst_article *a, page_sheet *sheet);
/* Takes the posts that the page embeds among its text. Told when blocks are picked. */
void page_embed_posts(const sst_article *a, page_sheet *sheet);
/* "bytes", "words", ... */
extern const char *const page_feature_names[F_N];

static inline sst_str page_block_str(const page_sheet *sheet, const page_block *b)
{
    return (sst_str){sheet->flat.p + b->begin, b->end - b->begin};
}

#endif
