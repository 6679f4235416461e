/* The learnt trees as they are asked (page_model.c), held against a plain walk of each tree as it
 * stands in data/page/model.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "page_block.h"
#include "page_model.h"

enum { COLUMNS = F_N + T_N, NODES = 512, TREES = 1024, ROWS = 403 };

typedef struct tree {
    int column[NODES], limit[NODES], left[NODES], right[NODES], value[NODES + 1];
    int n;
} tree;

static int walk(const tree *t, const int16_t *row)
{
    int at = t->n ? 0 : -1;
    while (at >= 0)
        at = row[t->column[at]] <= t->limit[at] ? t->left[at] : t->right[at];
    return t->value[~at];
}

/* A line of the file: nodes "column,limit,left,right", a tab, values; only values for one leaf. */
static void parse(char *line, tree *t)
{
    char *tab = strchr(line, '\t'), *p = line;
    t->n = 0;
    if (tab)
        while (p < tab) {
            assert_true(t->n < NODES);
            t->column[t->n] = (int)strtol(p, &p, 10);
            t->limit[t->n] = (int)strtol(p + 1, &p, 10);
            t->left[t->n] = (int)strtol(p + 1, &p, 10);
            t->right[t->n] = (int)strtol(p + 1, &p, 10);
            assert_true(t->column[t->n] >= 0 && t->column[t->n] < COLUMNS);
            t->n++;
            p++;
        }
    for (int k = 0; k <= t->n; k++)
        t->value[k] = (int)strtol(p, &p, 10);
}

static void trees_as_they_stand(void **state)
{
    (void)state;
    static char line[1 << 20];
    static int16_t row[ROWS][COLUMNS];
    static int32_t sum[2][ROWS];
    static tree t;
    /* Values of the sizes that features have, near each limit, and the ends of what they can be. */
    uint32_t x = 1;
    for (int i = 0; i < ROWS; i++)
        for (int k = 0; k < COLUMNS; k++) {
            x = x * 1664525u + 1013904223u;
            int most = 1 << (x >> 28);
            x = x * 1664525u + 1013904223u;
            row[i][k] = i == 0   ? INT16_MIN
                        : i == 1 ? INT16_MAX
                                 : (int16_t)((int)(x >> 8 & 32767) % (most + 1) - (x >> 30 == 0));
        }
    FILE *f = fopen(TEST_ROOT "/data/page/model.txt", "r");
    assert_non_null(f);
    int model = -1, trees = 0;
    while (fgets(line, sizeof line, f)) {
        if (strncmp(line, "model\t", 6) == 0)
            model = strncmp(line + 6, "first", 5) == 0 ? 0 : 1;
        if (strncmp(line, "tree\t", 5) != 0)
            continue;
        assert_true(model >= 0);
        parse(line + 5, &t);
        trees++;
        for (int i = 0; i < ROWS; i++) {
            /* one row in three lies on a limit of this tree */
            if (t.n && i > 1 && i % 3 == 0 && trees % ROWS == i)
                row[i][t.column[0]] = (int16_t)t.limit[0];
        }
    }
    rewind(f);
    while (fgets(line, sizeof line, f)) {
        if (strncmp(line, "model\t", 6) == 0)
            model = strncmp(line + 6, "first", 5) == 0 ? 0 : 1;
        if (strncmp(line, "tree\t", 5) != 0)
            continue;
        parse(line + 5, &t);
        for (int i = 0; i < ROWS; i++)
            sum[model][i] += walk(&t, row[i]);
    }
    fclose(f);
    assert_true(trees > 2);
    const page_model *const models[] = {&page_model_first, &page_model_second};
    for (int m = 0; m < 2; m++)
        for (size_t i = 0; i < ROWS;) {
            const int16_t *rows[PAGE_MODEL_ROWS];
            int16_t scores[PAGE_MODEL_ROWS];
            size_t n = 1 + i % PAGE_MODEL_ROWS; /* fewer rows than fit, too */
            n = n < ROWS - i ? n : ROWS - i;
            for (size_t k = 0; k < n; k++)
                rows[k] = row[i + k];
            page_model_scores(models[m], rows, n, scores);
            for (size_t k = 0; k < n; k++) {
                int32_t s = sum[m][i + k];
                assert_int_equal(scores[k], s > 3000 ? 3000 : s < -3000 ? -3000 : s);
            }
            i += n;
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(trees_as_they_stand)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
