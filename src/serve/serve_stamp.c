/*
 * How long an answer is good. In: a request; out: a stamp, a number that is another whenever the
 * answer may be another. ETags and the cache go by it.
 *
 *   of ALL       the generation of the database: any writer makes another
 *   of a STORY   the revision of its row: articles that come or go, one that has another text,
 *                lines of an outlet that are learnt, outlets that turn out to have one owner
 *   of an ARTICLE  its version, how many there are, and its story, which stands beside it
 *
 * So a story's page is compared once for each state of the story, however much else comes in.
 */
#include "serve_inner.h"

static sst_status of_story(serve_request *q, sst_str id, uint64_t *h)
{
    store_story s;
    bool found;
    sst_status status = store_story_find(q->store, id, &q->arena, &s, &found);
    if (status)
        return status;
    *h = !found ? hash_mix(*h, q->generation)
                : hash_mix(hash_mix(*h, hash_str(s.id)), hash_mix(s.revision, s.merged_into.n));
    return SST_OK;
}

static sst_status of_article(serve_request *q, sst_str id, uint64_t *h)
{
    store_article a;
    bool found;
    sst_status status = store_article_find(q->store, id, &q->arena, &a, &found);
    if (status)
        return status;
    if (!found) {
        *h = hash_mix(*h, q->generation);
        return SST_OK;
    }
    *h = hash_mix(hash_mix(*h, (uint64_t)a.version), a.version_n);
    return of_story(q, a.story, h);
}

sst_status serve_stamp(serve_request *q, uint64_t *out)
{
    uint64_t h = (uint64_t)q->server->started;
    sst_status status = SST_OK;
    switch (q->route->of) {
    case SERVE_OF_STORY:
        status = of_story(q, q->arg[0], &h);
        break;
    case SERVE_OF_ARTICLE:
        status = of_article(q, q->arg[0], &h);
        break;
    case SERVE_OF_PAIR:
        status = of_article(q, serve_get(q, "a"), &h);
        if (!status)
            status = of_article(q, serve_get(q, "b"), &h);
        break;
    case SERVE_OF_PROGRAM:
        break;
    default:
        h = hash_mix(h, q->generation);
    }
    *out = h;
    return status;
}
