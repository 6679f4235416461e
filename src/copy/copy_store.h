/*
 * Many articles, kept small: what the search of duplicates needs of each, without its text.
 *
 *   dictionary   hash of a word -> number, about in order of first appearance (copy_dictionary.h)
 *   words        of each article, as a string of bytes of about 2 a word:
 *                  [number << 1 | odd: two bytes] [the number: four bytes] [gap] [length] ...
 *                the four bytes where two are too few (ESCAPE); gap and length, of 7 bits a byte,
 *                where odd: when the word does not follow the one before at one byte's distance
 *                with the length that it first had
 *   postings     (hash of a sketch's gram, article), parted by 8 bits of the hash
 *
 * What words and postings take of memory can have a limit: then both go to a file, the postings as
 * runs of their part, the words as pages that keep their addresses (base_spill.h).
 *
 * An article whose words are those of an earlier one, in the same places, is linked to it (`twin`)
 * and takes no more room. Nothing here depends on what was added before, but numbers and which twin
 * is the first.
 */
#ifndef COPY_STORE_H
#define COPY_STORE_H

#include "base_hash.h"
#include "base_spill.h"
#include "copy_counts.h"
#include "copy_dictionary.h"
#include "copy_scan.h"

#define COPY_NONE UINT32_MAX

typedef struct copy_doc {
    sst_str id, title; /* the title is cut */
    uint32_t outlet;   /* place in copy_store.outlet */
    uint32_t twin;     /* the first article with the same words in the same places, or COPY_NONE */
    uint32_t alike;    /* of a first one: articles with these words, itself counted */
    uint32_t word_n, sketch_n;
    atomic_uint gram_n; /* different grams; counted when first asked for, COPY_NO_COUNT before */
    uint8_t full;       /* copy_scan.full */
    uint8_t given; /* of one id, time and text with an earlier one: the same article, given again */
    int64_t published_s;         /* INT64_MIN when unknown */
    uint8_t clock;               /* the time of publication has a time of day */
    uint64_t words, whole, text; /* hashes: copy_scan */
    const uint8_t *code;         /* words, or NULL of a twin */
} copy_doc;

enum { COPY_PARTS = 256 };

typedef struct copy_run {
    uint64_t at; /* in the file */
    size_t n;
} copy_run;

typedef struct copy_part {
    uint64_t *v; /* hash << 32 | article */
    size_t n, cap;
    SST_VEC(copy_run) runs; /* those before v, in the file */
} copy_part;

/* Words of articles, one behind the other. */
typedef struct copy_pages {
    uint8_t *p;
    size_t n;
    bool is_out;
} copy_pages;

typedef struct copy_store {
    sst_arena arena;               /* of documents, words, dictionary */
    SST_VEC(copy_doc *) doc_block; /* COPY_DOC_BLOCK of them each, so that none moves */
    uint32_t n;
    copy_dictionary *words;
    copy_counts *counts; /* of the grams of all articles that are not twins */
    copy_raises *raises; /* of the thread that adds */
    strmap outlet_of;
    SST_VEC(sst_str) outlet;
    u64map whole_of; /* copy_doc.whole -> first article */
    copy_part part[COPY_PARTS];
    SST_VEC(copy_pages) pages;
    uint8_t *code; /* the rest of the last pages */
    size_t code_left;
    size_t held, limit; /* bytes of words and postings in memory; 0: no limit */
    base_spill spill;
    sst_arena scratch; /* of one article */
    bool codepoints;
} copy_store;

enum { COPY_DOC_BLOCK = 4096 };

/* What is told of an article beside its text; copied. */
typedef struct copy_card {
    sst_str id, title, outlet, published;
    int64_t published_s;
} copy_card;

sst_status copy_store_init(copy_store *s, bool codepoints) SST_MUST_CHECK;
void copy_store_release(copy_store *s);

/* Words and postings take no more memory than this; what is more goes to a file in the folder. Then
 * copy_store_put can fail with SST_ERR_IO: s->spill.why says why. */
void copy_store_limit(copy_store *s, size_t bytes, const char *folder);

/* The postings of part k together, in v; on any thread. */
sst_status copy_store_part(copy_store *s, uint32_t k) SST_MUST_CHECK;

/*
 * For a worker of its own: the words of a text as bytes, in the arena, *n of them; NULL when out of
 * memory. On any thread, also while others do the same or one adds articles.
 */
const uint8_t *copy_store_encode(copy_store *s, const copy_scan *scan, sst_str text,
                                 sst_arena *arena, size_t *n);

/* Adds an article whose grams the worker counts, with its words as bytes, of which a copy is kept.
 */
sst_status copy_store_put(copy_store *s, const copy_card *card, const copy_scan *scan,
                          const uint8_t *code, size_t code_n) SST_MUST_CHECK;

/* Both: adds an article; its text is looked at once more and not kept. */
sst_status copy_store_add(copy_store *s, const copy_card *card, const copy_scan *scan,
                          sst_str text) SST_MUST_CHECK;

static inline copy_doc *copy_store_doc(const copy_store *s, uint32_t i)
{
    return &s->doc_block.v[i / COPY_DOC_BLOCK][i % COPY_DOC_BLOCK];
}

/* The words of an article as numbers, and where they stand unless at is NULL; room for word_n. */
void copy_store_words(const copy_store *s, const copy_doc *d, uint32_t *number, sst_span *at);

/* The first n words as hashes. */
void copy_store_hashes(const copy_store *s, const copy_doc *d, uint32_t n, uint64_t *hash);

/* Different grams of an article; word and gram: room for its words. COPY_NO_COUNT: out of memory.
 */
uint32_t copy_store_grams(const copy_store *s, copy_doc *d, copy_grams *set, uint64_t *word,
                          uint64_t *gram);

#endif
