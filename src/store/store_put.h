/* One batch on its way into the tables: what store_add.c and store_put.c share. */
#ifndef STORE_PUT_H
#define STORE_PUT_H

#include "store_graph.h"

/* What is made of an article before the transaction. */
struct store_ready {
    sst_arena arena;
    story_features f;
    copy_page lines;
    sst_buf record;
    uint32_t words;
    sst_status status;
};

/* An article that has another text behind the batch than before it. */
typedef struct put_change {
    uint32_t row;
    uint32_t last;  /* place in the batch of the text that it has now */
    bool was_there; /* in the graph before the batch */
    bool hidden;
    sst_str uid;
    int64_t search; /* row of the index for search */
    int64_t outlet;
    /* before the batch */
    bool old_indexed;
    int64_t old_search, old_outlet;
    sst_str old_title, old_text;
} put_change;

typedef struct putter {
    store *s;
    const sst_article *const *articles;
    store_ready *const *ready;
    uint32_t n;
    const store_work *work;
    sst_arena arena;
    put_change *change; /* room for n */
    uint32_t change_n;
    u64map change_of; /* row of article -> place in change */
} putter;

void put_article(putter *p, uint32_t i, store_added *sum);
void put_failed(putter *p, const sst_article *a, sst_str message);
/* store_lines.c: the paragraphs of what came and went; outlets whose lines that can change become
 * stale. */
void store_put_pages(putter *p);

#endif
