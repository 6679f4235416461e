/* Written by tools/train/speakers.py; tools/train/speakers.md is the card. In hundredths. */
static const short quote_pronoun_weights[] = {
    330,  /* subject, same sentence */
    243,  /* subject, one sentence before */
    64,   /* subject, two */
    22,   /* subject, further */
    34,   /* otherwise, same sentence */
    30,   /* otherwise, one before */
    19,   /* otherwise, two */
    -126, /* otherwise, further */
    -103, /* only between marks */
    157,  /* opens the sentence before */
    73,   /* newest */
    67,   /* beside a verb of saying */
    -90,  /* belongs to a noun */
    -33,  /* behind a preposition */
    100,  /* same paragraph */
    195,  /* last speaker, near */
    73,   /* last speaker, two or three sentences before */
    76,   /* last speaker, further */
    34,   /* last speaker and newest */
    92,   /* gender agrees */
    157,  /* a person */
    -211, /* perhaps none, one word */
    -174, /* named in what is said */
    -197, /* named behind the pronoun */
    -600, /* its relative clause */
    18,   /* log2 of mentions */
    1,    /* told or asked */
    140,  /* opens the paragraph before what is said */
    78,   /* the pronoun before */
};
