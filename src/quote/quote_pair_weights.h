/* Written by tools/train/utterances.py; tools/train/utterances.md is the card. */
static const float quote_pair_weights[] = {-12.0F, 1.0F, 6.0F,  0.5F,   0.5F,
                                           -1.0F,  1.5F, -1.0F, -0.05F, -0.2F};
