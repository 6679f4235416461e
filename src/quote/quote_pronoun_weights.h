/* Written by tools/train/speakers.py; tools/train/speakers.md is the card. In hundredths. */
static const short quote_pronoun_weights[] = {
    307,  /* subject, same sentence */
    235,  /* subject, one sentence before */
    101,  /* subject, two */
    27,   /* subject, further */
    38,   /* otherwise, same sentence */
    92,   /* otherwise, one before */
    31,   /* otherwise, two */
    -109, /* otherwise, further */
    -105, /* only between marks */
    175,  /* opens the sentence before */
    54,   /* newest */
    58,   /* beside a verb of saying */
    -102, /* belongs to a noun */
    -57,  /* behind a preposition */
    95,   /* same paragraph */
    176,  /* last speaker, near */
    56,   /* last speaker, two or three sentences before */
    79,   /* last speaker, further */
    55,   /* last speaker and newest */
    99,   /* gender agrees */
    127,  /* a person */
    -214, /* perhaps none, one word */
    -159, /* named in what is said */
    -206, /* named behind the pronoun */
    -600, /* its relative clause */
    16,   /* log2 of mentions */
    79,   /* the pronoun before */
};
