/*
 * The numbers of the network: data/quote/model.bin, compiled in by tools/gen_quote.py. What they
 * are learnt from: data/quote/model.md.
 */
#ifndef QUOTE_MODEL_H
#define QUOTE_MODEL_H

#include "quote_product.h"

enum {
    NET_LAYERS = 4,
    NET_WINDOW = 64 /* tokens on either side of a cue */
};

typedef struct quote_model {
    const uint32_t *keys;  /* of words; row 0 is "unknown" */
    const uint16_t *slots; /* open addressing by key, 0: free */
    uint32_t mask;
    const int8_t (*word)[NET_DIM];
    const int16_t (*row)[NET_DIM]; /* FEATURE_N */
    uint8_t far[NET_LAYERS];       /* how far the neighbours of a layer are */
    const int16_t (*layer)[3 * NET_DIM / 2][NET_DIM][2];
    const int32_t (*layer_b)[NET_DIM];
    const int16_t (*tags)[NET_TAGS][2];
    const int32_t *tags_b;
    const int16_t (*point)[NET_POINT][2];
    const int32_t *point_b;
    const int16_t (*ask)[NET_POINT][2];   /* of the first token of a cue, then of its last */
    const int32_t *ask_b;                 /* twice: the second is nothing */
    const int16_t (*distance)[NET_POINT]; /* 2 * NET_WINDOW + 1 */
    const int16_t (*heads)[NET_HEADS][2];
    const int32_t *heads_b;
    const int16_t (*none)[NET_POINT]; /* 3 */
    const int32_t *none_b;
} quote_model;

extern const quote_model quote_model_en;

#endif
