/*
 * Many articles, kept small: what the search of duplicates needs of each, without its text.
 *
 *   dictionary   hash of a word -> number, in order of first appearance (frequent words are small)
 *   words        of each article, as a string of bytes of about 2 a word:
 *                  [number << 1 | odd] [gap] [length] ...     variable-length numbers, 7 bits a
 * byte; gap and length stand there when odd: when the word does not follow the one before at one
 * byte's distance with the length that it first had postings     (hash of a sketch's gram,
 * article), parted by 8 bits of the hash
 *
 * An article whose words are those of an earlier one, in the same places, is linked to it (`twin`)
 * and takes no more room. Nothing here depends on what was added before, but numbers and which twin
 * is the first.
 */
#ifndef COPY_STORE_H
#define COPY_STORE_H

#include "base_hash.h"
#include "copy_scan.h"

#define COPY_NONE UINT32_MAX

typedef struct copy_doc {
    sst_str id, title; /* the title is cut */
    uint32_t outlet;   /* place in copy_store.outlet */
    uint32_t twin;     /* the first article with the same words in the same places, or COPY_NONE */
    uint32_t alike;    /* of a first one: articles with these words, itself counted */
    uint32_t word_n, gram_n, sketch_n;
    uint8_t full;  /* copy_scan.full */
    uint8_t given; /* of one id, time and text with an earlier one: the same article, given again */
    int64_t published_s;   /* INT64_MIN when unknown */
    uint8_t clock;         /* the time of publication has a time of day */
    uint64_t words, whole; /* hashes: copy_scan */
    const uint8_t *code;   /* words, or NULL of a twin */
} copy_doc;

enum { COPY_PARTS = 256 };

typedef struct copy_part {
    uint64_t *v; /* hash << 32 | article */
    size_t n, cap;
} copy_part;

typedef struct copy_store {
    sst_arena arena;               /* of documents, words, dictionary */
    SST_VEC(copy_doc *) doc_block; /* COPY_DOC_BLOCK of them each, so that none moves */
    uint32_t n;
    struct {
        uint64_t *key; /* open addressing; 0: free */
        uint32_t *number;
        uint32_t cap;
    } slot;
    SST_VEC(uint64_t) word;   /* of each number */
    SST_VEC(uint8_t) word_is; /* of each number: its length, and WORD_FIGURE */
    strmap outlet_of;
    SST_VEC(sst_str) outlet;
    u64map whole_of; /* copy_doc.whole -> first article */
    copy_part part[COPY_PARTS];
    uint8_t *code; /* scratch of one article */
    size_t code_cap;
    bool codepoints;
} copy_store;

enum { COPY_DOC_BLOCK = 4096, COPY_WORD_LEN = 0x7F, COPY_WORD_FIGURE = 0x80 };

/* What is told of an article beside its text; copied. */
typedef struct copy_card {
    sst_str id, title, outlet, published;
    int64_t published_s;
} copy_card;

void copy_store_init(copy_store *s, bool codepoints);
void copy_store_release(copy_store *s);

/* Adds an article; its text is looked at once more and not kept. */
sst_status copy_store_add(copy_store *s, const copy_card *card, const copy_scan *scan,
                          sst_str text) SST_MUST_CHECK;

static inline copy_doc *copy_store_doc(const copy_store *s, uint32_t i)
{
    return &s->doc_block.v[i / COPY_DOC_BLOCK][i % COPY_DOC_BLOCK];
}

/* The words of an article as numbers, and where they stand unless at is NULL; room for word_n. */
void copy_store_words(const copy_store *s, const copy_doc *d, uint32_t *number, sst_span *at);

/* The words as hashes. */
void copy_store_hashes(const copy_store *s, const copy_doc *d, uint64_t *hash);

#endif
