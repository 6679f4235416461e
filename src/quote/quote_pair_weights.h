/* Written by tools/train/utterances.py; tools/train/utterances.md is the card. */
static const float quote_pair_weights[] = {
    -13.11F, /* bias */
    0.15F,   /* bits shared */
    5.97F,   /* their share of the lighter side */
    0.36F,   /* bits of the longest run */
    2.61F,   /* words of it */
    -0.91F,  /* breaks */
    1.20F,   /* same speaker */
    -2.03F,  /* other speaker */
    -0.57F,  /* days apart */
    -1.99F,  /* days not known */
};
