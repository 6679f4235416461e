/* Ids that differ: see copy_ids.h. One sort by id; each group of one id is numbered by itself. */
#include "copy_ids.h"

#include "base_sort.h"

static int by_id(const void *x, const void *y)
{
    const copy_id *a = x, *b = y;
    int c = str_cmp(a->id, b->id);
    if (c)
        return c;
    if (a->failed != b->failed)
        return a->failed ? 1 : -1;
    if (a->published_s != b->published_s)
        return a->published_s < b->published_s ? -1 : 1;
    return a->text < b->text ? -1 : a->text > b->text;
}

/* Is the id one of those given? given: in byte order. */
static bool is_given(const sst_str *given, uint32_t n, sst_str id)
{
    uint32_t from = 0, to = n;
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        int c = str_cmp(given[mid], id);
        if (c == 0)
            return true;
        if (c < 0)
            from = mid + 1;
        else
            to = mid;
    }
    return false;
}

enum { VERSIONS, GIVEN_AGAIN, FAILED, TURNS };

static int turn_of(const copy_id *k)
{
    return k->failed ? FAILED : k->again ? GIVEN_AGAIN : VERSIONS;
}

sst_status copy_ids_make(copy_id *v, uint32_t n, sst_arena *ids, sst_arena *scratch)
{
    copy_id *spare = arena_alloc(scratch, ((size_t)n / 2 + 1) * sizeof *spare);
    sst_str *given = arena_alloc(scratch, ((size_t)n + 1) * sizeof *given);
    if (!spare || !given)
        return scratch->failed;
    sort_stable(v, n, sizeof *v, by_id, spare);
    for (uint32_t i = 0; i < n; i++)
        given[i] = v[i].id;
    for (uint32_t begin = 0, end; begin < n; begin = end) {
        uint32_t number = 0;
        for (end = begin + 1; end < n && str_eq(given[end], given[begin]); end++)
            v[end].again = by_id(&v[end - 1], &v[end]) == 0; /* nothing is renamed yet */
        for (int turn = VERSIONS; end - begin > 1 && turn < TURNS; turn++)
            for (uint32_t k = begin; k < end && !ids->failed; k++) {
                if (turn_of(&v[k]) != turn || (number == 0 && ++number))
                    continue;
                do /* "x#2" may be the id of another article */
                    v[k].id =
                        arena_printf(ids, "%.*s#%u", (int)given[begin].n, given[begin].p, ++number);
                while (!ids->failed && is_given(given, n, v[k].id));
            }
    }
    return ids->failed;
}
