/*
 * Entry: the bytes are a list of feeds, OPML or one address a line. What is taken of it has an
 * address, and every address is parsed as fetch does before it asks.
 */
#include "fuzz.h"

#include <stdlib.h>

#include "fetch.h"

static void look_at(sst_str url, sst_arena *arena)
{
    fetch_address a;
    if (!fetch_address_parse(arena, url, &a))
        return;
    /* What is asked for is one address, NUL-terminated, to a host, and parses to itself. */
    fetch_address again;
    if (!a.url.n || a.url.p[a.url.n] || memchr(a.url.p, 0, a.url.n) || !a.authority.n ||
        !a.path.n || a.path.p[0] != '/')
        abort();
    if (!fetch_address_parse(arena, a.url, &again) || !str_eq(again.url, a.url) ||
        !str_eq(again.authority, a.authority))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    sst_arena arena;
    fetch_subscriptions v = {0};
    const char *why = NULL;
    arena_init(&arena, 64u << 20);
    sst_status status = fetch_opml_read((sst_str){(const char *)bytes, n}, &arena, &v, &why);
    if (status != SST_OK && status != SST_ERR_INPUT && status != SST_ERR_LIMIT)
        abort();
    if (status == SST_ERR_INPUT && !why)
        abort(); /* who is refused is told what to do */
    for (uint32_t i = 0; i < v.n && status == SST_OK; i++) {
        if (!v.v[i].url.n)
            abort();
        look_at(v.v[i].url, &arena);
    }
    arena_release(&arena);
    return 0;
}
