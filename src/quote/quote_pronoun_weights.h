/* Written by tools/train/speakers.py; tools/train/speakers.md is the card. In hundredths. */
static const short quote_pronoun_weights[] = {
    291,  /* subject, same sentence */
    240,  /* subject, one sentence before */
    89,   /* subject, two */
    28,   /* subject, further */
    36,   /* otherwise, same sentence */
    100,  /* otherwise, one before */
    39,   /* otherwise, two */
    -112, /* otherwise, further */
    -106, /* only between marks */
    168,  /* opens the sentence before */
    69,   /* newest */
    45,   /* beside a verb of saying */
    -108, /* belongs to a noun */
    -43,  /* behind a preposition */
    100,  /* same paragraph */
    174,  /* last speaker, near */
    47,   /* last speaker, two or three sentences before */
    54,   /* last speaker, further */
    57,   /* last speaker and newest */
    73,   /* gender agrees */
    144,  /* a person */
    -219, /* perhaps none, one word */
    -166, /* named in what is said */
    -207, /* named behind the pronoun */
    -600, /* its relative clause */
    15,   /* log2 of mentions */
    93,   /* the pronoun before */
};
