/*
 * A printed version of an utterance as pieces: what it keeps, drops, adds, in reading order. For
 * the terminal and the page.
 */
#ifndef REPORT_VERSION_H
#define REPORT_VERSION_H

#include "report_model.h"

typedef enum report_piece_kind {
    PIECE_KEEP = 0,
    PIECE_DROP,
    PIECE_ADD,
    PIECE_NEW,  /* stands where the piece before it was dropped */
    PIECE_GAP,  /* the outlet's own words stand between two parts */
    PIECE_ELIDE /* words left away here, not by the outlet: both versions have them */
} report_piece_kind;

typedef struct report_piece {
    uint8_t kind;
    bool space; /* white space before it */
    sst_str text;
} report_piece;

typedef struct report_pieces {
    report_piece *v;
    uint32_t n;
} report_pieces;

/* The steps from the fullest version; long stretches that do not differ are shortened when
 * `shorten`. */
report_pieces report_version(const report_run *w, const sst_findings *f, const sst_utterance *u,
                             const sst_occurrence *v, bool shorten);
/* The words themselves, in one or several parts. */
report_pieces report_whole(const report_run *w, const sst_findings *f, const sst_occurrence *v);

/* In words: "cut without a sign", "altered", ... */
const char *report_change_words(const sst_occurrence *v);
/* Things that are shown as one, in order of the first. */
typedef struct report_group {
    uint32_t *v; /* occurrences of an utterance, values of a row */
    uint32_t n;
} report_group;

/* Versions that print the same words, or differ in the same harmless way. */
report_group *report_groups(const sst_findings *f, const sst_utterance *u, sst_arena *arena,
                            uint32_t *n);

/* The same without the fullest version, which stands above them; a group may be empty then. */
report_group *report_other_versions(const sst_findings *f, const sst_utterance *u, sst_arena *arena,
                                    uint32_t *n);
/* Are the words the fullest version's, and the speaker too? */
bool report_is_alike(const sst_occurrence *v);
/* Values of a row that are the same number with the same bound, as of the same time. */
report_group *report_value_groups(const sst_findings *f, const sst_figure_row *row,
                                  sst_arena *arena, uint32_t *n);

/* Outlets of a group or a list of articles: "A, B, D (twice)". articles ascending, repeats allowed.
 */
sst_str report_labels(const report_story *s, const uint32_t *articles, uint32_t n,
                      sst_arena *arena);

#endif
