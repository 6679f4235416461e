/* Rows of the API, as routes.def describes them: stories, articles, quotations. */
#include "serve_inner.h"

void serve_json_maybe(report_out *o, const char *key, sst_str s)
{
    json_key(o, key);
    if (s.n)
        json_string(o, s);
    else
        json_null(o);
}

static void number(report_out *o, const char *key, uint64_t v)
{
    json_key(o, key);
    json_u64(o, v);
}

void serve_json_time(report_out *o, sst_arena *arena, const char *key, int64_t s)
{
    serve_json_maybe(o, key, serve_iso(arena, s));
}

void serve_json_story(report_out *o, const store_story *s, sst_arena *arena)
{
    json_object(o);
    json_key_string(o, "id", s->id);
    json_key_string(o, "title", s->title);
    serve_json_maybe(o, "title_article", s->title_article);
    serve_json_maybe(o, "lang", s->lang);
    serve_json_maybe(o, "first_published", s->first_published);
    serve_json_maybe(o, "last_published", s->last_published);
    serve_json_time(o, arena, "changed", s->changed);
    number(o, "articles", s->article_n);
    number(o, "origins", s->origin_n);
    number(o, "outlets", s->outlet_n);
    number(o, "quotations", s->quote_n);
    number(o, "differences", s->differ_n);
    json_key(o, "stale");
    json_bool(o, s->stale);
    serve_json_maybe(o, "merged_into", s->merged_into);
    json_object_end(o);
}

/* The parts of s, which stand between `by`. */
static void list(report_out *o, const char *key, sst_str s, sst_str by)
{
    json_key(o, key);
    json_array(o);
    while (s.n) {
        ptrdiff_t at = str_find(s, by);
        sst_str part = {s.p, at < 0 ? s.n : (size_t)at};
        if (part.n)
            json_string(o, part);
        size_t n = part.n + (at < 0 ? 0 : by.n);
        s.p += n;
        s.n -= n;
    }
    json_array_end(o);
}

void serve_json_article(report_out *o, const store_article *a)
{
    json_object(o);
    json_key_string(o, "id", a->id);
    serve_json_maybe(o, "url", a->url);
    serve_json_maybe(o, "outlet", a->outlet);
    serve_json_maybe(o, "title", a->title);
    serve_json_maybe(o, "lang", a->lang);
    serve_json_maybe(o, "published", a->published);
    serve_json_maybe(o, "modified", a->modified);
    json_key_string(o, "access", a->access.n ? a->access : STR("unknown"));
    list(o, "authors", a->authors, STR("; "));
    list(o, "rights", a->rights, STR(" "));
    number(o, "versions", a->version_n);
    number(o, "words", a->words);
    serve_json_maybe(o, "story", a->story);
    json_object_end(o);
}

void serve_json_quotation(report_out *o, const store_quotation *x)
{
    json_object(o);
    serve_json_maybe(o, "speaker", x->speaker);
    json_key_string(o, "said", x->said);
    json_key_string(o, "type", x->type);
    serve_json_maybe(o, "change", x->change);
    json_key_string(o, "article", x->article);
    serve_json_maybe(o, "outlet", x->outlet);
    serve_json_maybe(o, "story", x->story);
    json_key(o, "utterance");
    if (x->utterance)
        json_u64(o, x->utterance);
    else
        json_null(o);
    serve_json_maybe(o, "published", x->published);
    serve_json_maybe(o, "lang", x->lang);
    number(o, "begin", x->at.begin);
    number(o, "end", x->at.end);
    json_object_end(o);
}

void serve_json_next(serve_request *q, const char *path, uint32_t n)
{
    store_page page = serve_page_of(q);
    sst_str next = {"", 0};
    if (n >= page.limit && page.offset + page.limit <= SERVE_OFFSET_MOST) {
        sst_str rest = serve_query(q, "offset");
        next = arena_printf(&q->arena, "%s?%.*soffset=%u", path, (int)rest.n, rest.p,
                            page.offset + page.limit);
    }
    serve_json_maybe(&q->out, "next", next);
}
