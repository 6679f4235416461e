/*
 * Entry: the bytes are the address of a request, "/path?query", as a client may send it. What was
 * found of it goes through the parsers of parameters, and what is written back into links is read
 * as what it was.
 */
#include "fuzz.h"

#include <stdlib.h>

#include "serve_inner.h"

/* A segment in percent codes is one segment, and is undone to the same bytes. */
static void there_and_back(serve_request *q, sst_str s)
{
    sst_str coded = serve_coded(&q->arena, s), again;
    if (!serve_decode(&q->arena, coded, false, &again) || !str_eq(again, s))
        abort();
    for (size_t i = 0; i < coded.n; i++)
        if (strchr("/?#&=+\"'<> ", coded.p[i]))
            abort();
}

/* The query that is written has the same values as the one that was read. */
static void same_query(serve_request *q)
{
    serve_request again = {.query = serve_query(q, "")};
    uint32_t why = 0;
    arena_init(&again.arena, 0);
    again.path = STR("/search");
    if (!serve_find(&again, &why))
        abort();
    for (uint32_t i = 0; i < again.param_n; i++) {
        uint32_t k = 0;
        while (k < q->param_n && !(str_eq(q->params[k].name, again.params[i].name) &&
                                   str_eq(q->params[k].value, again.params[i].value)))
            k++;
        if (k == q->param_n)
            abort();
    }
    arena_release(&again.arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    serve_request q = {.path = {(const char *)bytes, n}, .query = {"", 0}};
    uint32_t why = 0;
    if (n && memchr(bytes, 0, n))
        return 0; /* an address ends at its first NUL before it is looked at */
    const char *mark = n ? memchr(bytes, '?', n) : NULL;
    if (mark) {
        q.path.n = (size_t)(mark - q.path.p);
        q.query = (sst_str){mark + 1, n - q.path.n - 1};
    }
    arena_init(&q.arena, 64u << 20);
    const serve_route *route = serve_find(&q, &why);
    if (!route && why != MHD_HTTP_NOT_FOUND && why != MHD_HTTP_BAD_REQUEST)
        abort();
    for (uint32_t i = 0; route && i < q.arg_n; i++)
        there_and_back(&q, q.arg[i]);
    if (route) {
        store_page page = serve_page_of(&q);
        if (!page.limit || page.limit > SERVE_LIMIT_MOST || page.offset > SERVE_OFFSET_MOST)
            abort();
        same_query(&q);
    }
    arena_release(&q.arena);
    return 0;
}
