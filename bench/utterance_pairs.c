/*
 * Prints what is measured of pairs of quotations, for tools/train/utterances.py.
 *
 *   utterance_pairs < PAIRS > FEATURES
 *
 * In: a line a pair: speaker, 1 for a person, day, words; then the same of the other; tabs between.
 * An empty day is not known. Out: a line a pair: the features, as quote_pair.c lists them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page_article.h"
#include "quote_pair.h"

enum { LINE_MAX_BYTES = 1 << 20 };

typedef struct side {
    sst_arena arena;
    sst_article article;
    sst_block block;
    sst_text text;
    quote_name name;
    uint32_t key[QUOTE_PIECE_WORDS];
    uint8_t bits[QUOTE_PIECE_WORDS];
    quote_piece piece;
} side;

static int read_side(side *s, char **fields)
{
    memset(s, 0, sizeof *s);
    arena_init(&s->arena, 0);
    sst_article *a = &s->article;
    a->id = a->source = a->url = a->outlet = a->title = a->published = a->modified = a->agency =
        a->error = (sst_str){"", 0};
    a->lang = (sst_str){"en", 2};
    a->published_s = INT64_MIN;
    a->text = (sst_str){fields[3], strlen(fields[3])};
    s->block = (sst_block){{0, (uint32_t)a->text.n}, ROLE_BODY};
    a->blocks = &s->block;
    a->block_n = 1;
    quote_words w;
    sst_span all = {0, (uint32_t)a->text.n};
    if (text_analyse(a, &s->arena, &s->text) || quote_words_of(&s->text, &all, 1, &s->arena, &w))
        return 1;
    s->name = quote_name_of((sst_str){fields[0], strlen(fields[0])}, fields[1][0] == '1');
    uint32_t n = w.n < QUOTE_PIECE_WORDS ? w.n : QUOTE_PIECE_WORDS;
    for (uint32_t i = 0; i < n; i++) {
        s->key[i] = w.v[i].key;
        s->bits[i] = quote_bits(w.v[i].key);
    }
    int32_t day = fields[2][0] ? atoi(fields[2]) : INT32_MIN;
    s->piece = (quote_piece){s->key, s->bits, n, &s->name, day, day};
    return 0;
}

int main(void)
{
    static char line[LINE_MAX_BYTES];
    static uint8_t cell[(QUOTE_PIECE_WORDS + 1) * (QUOTE_PIECE_WORDS + 1)];
    static side a, b;
    while (fgets(line, sizeof line, stdin)) {
        char *fields[8], *p = line;
        line[strcspn(line, "\n")] = 0;
        for (int i = 0; i < 8; i++) {
            fields[i] = p;
            p += strcspn(p, "\t");
            if (*p)
                *p++ = 0;
        }
        if (read_side(&a, fields) || read_side(&b, fields + 4))
            return 1;
        quote_pair pair;
        bool shorter = a.piece.n <= b.piece.n;
        quote_pair_compare(shorter ? &a.piece : &b.piece, shorter ? &b.piece : &a.piece, cell,
                           &pair);
        for (int i = 0; i < QUOTE_FEATURES; i++)
            printf("%s%.6g", i ? "\t" : "", (double)pair.f[i]);
        putchar('\n');
        arena_release(&a.arena);
        arena_release(&b.arena);
    }
    return 0;
}
