/* Trees of decisions over whole numbers: see page_model.h. */
#include "page_model.h"

int16_t page_model_score(const page_model *model, const int16_t *row)
{
    int32_t sum = model->base;
    for (uint32_t t = 0; t < model->tree_n; t++) {
        int at = model->trees[t];
        while (at >= 0) {
            const page_split *s = &model->splits[at];
            at = row[s->column] <= s->limit ? s->left : s->right;
        }
        sum += model->values[~at];
    }
    return (int16_t)(sum > 3000 ? 3000 : sum < -3000 ? -3000 : sum);
}
