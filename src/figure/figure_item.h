/*
 * A figure as the rows of a story see it. Shared by figure_item.c, figure_article.c, figure_pair.c
 * and figure_row.c.
 *
 *   item:   article, figure, type, value key, keys[] (ascending) with weights[] of length 1
 */
#ifndef FIGURE_ITEM_H
#define FIGURE_ITEM_H

#include "figure_inner.h"

enum { FIGURE_KEYS_MAX = 24 /* words of a vector: a sentence has fewer that tell something */ };

typedef struct figure_item {
    uint32_t article, figure, sentence; /* sentence: of the whole story */
    uint64_t type, value_key;
    uint32_t concept, head, owner; /* 0: none; owner: whose age */
    uint32_t deed; /* what was done to those who are counted, where it is no concept: "31 people had
                      been treated"; 0: none */
    uint32_t anchor;   /* the noun that an amount measures, where nothing is counted; 0: none */
    uint32_t whose;    /* the name of who has this share: "the Larks took 34%"; 0: none */
    sst_span measured; /* where the anchor or that name stands; begin == end when there is none */
    uint64_t counted;  /* all words of what is counted, 0 when it has fewer than two */
    uint64_t when;     /* another time than the story's that its sentence names, or 0 */
    bool people;       /* counts persons by whatever word */
    bool named;    /* the anchor or the head is a word of the lexicon for an amount: "revenue" */
    bool title;    /* stands in a headline */
    bool measure;  /* has a unit that is no time */
    bool duration; /* has a unit of time, is no age */
    bool part;     /* of something counted elsewhere: "two other men", "five of the dead" */
    bool first;    /* the first of its article of what happened to those who are counted (concept,
                      deed): the toll */
    bool lead;     /* the first amount with its unit in its article */
    bool alone;    /* its article counts this noun once, with one value */
    uint64_t size[2]; /* of a single amount: steps of size that it lies in, which one near it
                         shares; 0: none */
    bool single;      /* no other value of its type in its article is near its own */
    bool whole;       /* see sst_figure_ref */
    uint32_t n;
    uint32_t key[FIGURE_KEYS_MAX];
    float weight[FIGURE_KEYS_MAX];
} figure_item;

/* The figures of a story as items, in order of article, place. */
typedef struct figure_items {
    const sst_figures *const *figures; /* of the articles */
    uint32_t article_n;
    const sst_cast *cast;
    figure_item *v;
    uint32_t n;
} figure_items;

/* Fills items->v; what stands before it is given. */
sst_status figure_items_make(figure_items *items, sst_arena *arena) SST_MUST_CHECK;

/* Fills what only the whole article tells: first, lead, alone, single. */
sst_status figure_look_at_articles(figure_items *items, sst_arena *arena) SST_MUST_CHECK;

static inline const sst_figure *figure_of(const figure_items *items, const figure_item *x)
{
    return &items->figures[x->article]->v[x->figure];
}

/* The key that stands for what happened to those who are counted in a vector. */
uint32_t figure_concept_key(uint32_t concept);

/* How sure it is that two figures are one quantity; -1 when they cannot be. */
float figure_score(const figure_items *items, const figure_item *a, const figure_item *b);

/* Least score of a pair that joins. */
float figure_score_least(void);

/* Are the values the same, or one the other rounded? An article that gives two others means two
 * quantities. */
bool figure_alike(const sst_figure *f, const sst_figure *g);

uint64_t figure_value_key(double value, double high, uint64_t type);

#endif
