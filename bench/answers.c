/*
 * Says of each pair of answers to one question whether they say the same, for bench/answers.py.
 *
 *   answers < FILE
 *
 * In: a line an answer, "QUESTION<TAB>ANSWER", the answers of a question one after another. Out: a
 * line a pair, "QUESTION<TAB>I<TAB>J<TAB>LIKENESS<TAB>0|1", I < J counted from 0 within the
 * question.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare_alike.h"

enum { ANSWERS_MAX = 256, LINE_MAX_BYTES = 1 << 16 };

static void judge(const char *question, char **answer, uint32_t n)
{
    sst_arena arena;
    arena_init(&arena, 0);
    sst_article *a = arena_calloc(&arena, n + 1, sizeof *a);
    sst_block *b = arena_calloc(&arena, n + 1, sizeof *b);
    sst_text *t = arena_calloc(&arena, n + 1, sizeof *t);
    const sst_text **p = arena_calloc(&arena, n + 1, sizeof *p);
    uint32_t *origin = arena_calloc(&arena, n + 1, sizeof *origin);
    if (arena.failed)
        exit(3);
    for (uint32_t i = 0; i < n; i++) {
        a[i] = (sst_article){.text = str_of(answer[i]), .lang = STR("en")};
        a[i].published_s = INT64_MIN;
        b[i] = (sst_block){{0, (uint32_t)a[i].text.n}, ROLE_BODY};
        a[i].blocks = &b[i];
        a[i].block_n = 1;
        origin[i] = i;
        if (text_analyse(&a[i], &arena, &t[i]) != SST_OK)
            exit(3);
        p[i] = &t[i];
    }
    compare_sense sense;
    compare_likeness like;
    if (compare_sense_make(p, n, NULL, NULL, origin, &arena, &sense) != SST_OK ||
        compare_likeness_make(&sense, &arena, &like) != SST_OK)
        exit(3);
    float *best = arena_calloc(&arena, (size_t)n * n + 1, sizeof *best);
    if (!best)
        exit(3);
    for (uint32_t i = 0; i < sense.n; i++)
        for (uint32_t j = i + 1; j < sense.n; j++) {
            float *at = &best[(size_t)sense.v[i].article * n + sense.v[j].article];
            float dice = compare_alike(&like, i, j).dice;
            *at = dice > *at ? dice : *at;
        }
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = i + 1; j < n; j++) {
            float w = best[(size_t)i * n + j];
            printf("%s\t%u\t%u\t%.4f\t%d\n", question, i, j, (double)w, w >= COMPARE_ONE_ANSWER);
        }
    arena_release(&arena);
}

int main(void)
{
    static char line[LINE_MAX_BYTES];
    char *answer[ANSWERS_MAX], *question = NULL;
    uint32_t n = 0;
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        char *tab = strchr(line, '\t');
        if (!tab)
            continue;
        *tab = 0;
        if (question && strcmp(question, line) != 0) {
            judge(question, answer, n);
            n = 0;
        }
        if (n == ANSWERS_MAX) {
            fprintf(stderr, "answers: a question with more than %d answers\n", ANSWERS_MAX);
            return 1;
        }
        if (n == 0)
            question = strdup(line);
        answer[n++] = strdup(tab + 1);
    }
    if (n)
        judge(question, answer, n);
    return 0;
}
