/*
 * Trees of decisions over whole numbers: see page_model.h. Rows stand side by side in vectors of
 * the compiler (GCC, Clang: one register on x86-64 and ARM, plain loops elsewhere).
 */
#include "page_model.h"

#include <string.h>

typedef int16_t lanes __attribute__((vector_size(2 * PAGE_MODEL_ROWS)));
typedef uint32_t pairs __attribute__((vector_size(2 * PAGE_MODEL_ROWS)));

void page_model_scores(const page_model *model, const int16_t *const *rows, size_t n,
                       int16_t *scores)
{
    lanes left[PAGE_TREES]; /* leaves that are not ruled out */
    int32_t sum[PAGE_MODEL_ROWS] = {0};
    const int16_t *row[PAGE_MODEL_ROWS];
    if (n == 0)
        return;
    for (size_t k = 0; k < PAGE_MODEL_ROWS; k++)
        row[k] = rows[k < n ? k : 0];
    memset(left, 0xFF, model->tree_n * sizeof *left);
    for (uint32_t c = 0; c < model->column_n; c++) {
        const page_column *column = &model->columns[c];
        lanes x;
        int16_t largest = INT16_MIN;
        for (size_t k = 0; k < PAGE_MODEL_ROWS; k++) {
            int16_t v = row[k][column->column];
            x[k] = v;
            largest = v > largest ? v : largest;
        }
        const page_cut *cut = model->cuts + column->begin, *end = model->cuts + column->end;
        for (; cut < end && cut->least < largest; cut++) {
            lanes limit = (lanes)((pairs){0} + cut->limit), out = (lanes)((pairs){0} + cut->left);
            left[cut->tree] &= ~((x > limit) & out);
        }
    }
    for (uint32_t t = 0; t < model->tree_n; t++) {
        uint16_t leaves[PAGE_MODEL_ROWS];
        memcpy(leaves, &left[t], sizeof leaves);
        const int16_t *values = model->values + (size_t)t * PAGE_LEAVES;
        for (size_t k = 0; k < PAGE_MODEL_ROWS; k++)
            sum[k] += values[__builtin_ctz(leaves[k])];
    }
    for (size_t k = 0; k < n && k < PAGE_MODEL_ROWS; k++)
        scores[k] = (int16_t)(sum[k] > 3000 ? 3000 : sum[k] < -3000 ? -3000 : sum[k]);
}
