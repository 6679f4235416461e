/*
 * Entry: the first line is a path, the rest is a robots.txt. Without rules everything is allowed;
 * asked twice the answer is one, and rules that stand twice change nothing.
 */
#include "fuzz.h"

#include <stdlib.h>

#include "fetch.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    sst_arena arena;
    sst_buf scratch;
    fetch_robots r;
    sst_str text = {(const char *)bytes, n}, path = text;
    const char *nl = n ? memchr(text.p, '\n', n) : NULL;
    path.n = nl ? (size_t)(nl - text.p) : n;
    text.p += path.n + (nl != NULL);
    text.n -= path.n + (nl != NULL);
    arena_init(&arena, 64u << 20);
    buf_init(&scratch, 0);
    if (fetch_robots_parse(text, STR("samestory"), &arena, &r) != SST_OK)
        abort(); /* memory is enough for so little, and any text is a robots.txt */
    bool allowed = fetch_robots_allow(&r, path, &scratch);
    if (allowed != fetch_robots_allow(&r, path, &scratch) || (!r.rules.n && !allowed))
        abort();
    /* The longest rule decides, so a rule that stands twice changes nothing. */
    for (uint32_t i = 0, k = r.rules.n; i < k && i < 8; i++) {
        fetch_rule *to = vec_push(&arena, &r.rules);
        if (to)
            *to = r.rules.v[i];
    }
    if (allowed != fetch_robots_allow(&r, path, &scratch))
        abort();
    buf_release(&scratch);
    arena_release(&arena);
    return 0;
}
