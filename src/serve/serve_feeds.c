/*
 * Feeds out: stories, the reports of a story, a search; as Atom (RFC 4287) and JSON Feed 1.1. Of a
 * report a feed has its headline, outlet, time and, where it was found, the words around: not the
 * text, which is the outlet's.
 *
 *   rows of the database -> items -> one of two writers
 */
#include "serve_inner.h"

typedef struct item {
    sst_str id, title, lang, link, author, summary;
    int64_t published, updated;
} item;

typedef struct feed {
    serve_request *q;
    sst_str title, home; /* path of the page that it is of */
    SST_VEC(item) items;
} feed;

/* "http://HOST", as the client called the server; what is no name of a host is not repeated. */
static sst_str base_of(serve_request *q)
{
    sst_str host = str_of(MHD_lookup_connection_value(q->connection, MHD_HEADER_KIND, "Host"));
    for (size_t i = 0; i < host.n; i++)
        if (!byte_is_alpha((unsigned char)host.p[i]) && !byte_is_digit((unsigned char)host.p[i]) &&
            !strchr(".-:[]", host.p[i]))
            host.n = 0;
    if (!host.n)
        return (sst_str){q->server->address.p, q->server->address.n - 1};
    return arena_printf(&q->arena, "http://%.*s", (int)host.n, host.p);
}

/* -------------------------------------------------------------------------------------------- Atom
 */

/* Text of XML: html_text leaves out what XML does not allow. */
static void element(report_out *o, const char *name, sst_str text)
{
    html_raw(o, "<");
    report_out_z(o, name);
    html_raw(o, ">");
    html_text(o, text);
    html_raw(o, "</");
    report_out_z(o, name);
    html_raw(o, ">\n");
}

static int64_t newest(const feed *f)
{
    int64_t t = 0;
    for (uint32_t i = 0; i < f->items.n; i++)
        t = f->items.v[i].updated > t ? f->items.v[i].updated : t;
    return t;
}

static sst_status atom(feed *f)
{
    serve_request *q = f->q;
    report_out *o = &q->out;
    sst_str base = base_of(q);
    q->type = "application/atom+xml; charset=utf-8";
    html_raw(o, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    element(o, "title", f->title);
    element(o, "id", arena_printf(&q->arena, "%s%s", base.p, f->home.p));
    element(o, "updated", serve_iso(&q->arena, newest(f)));
    html_raw(o, "<author><name>samestory</name></author>\n<link rel=\"self\" "
                "type=\"application/atom+xml\" href=\"");
    html_text(o, base);
    html_text(o, q->path);
    if (q->query.n) {
        html_raw(o, "?");
        html_text(o, q->query);
    }
    html_raw(o, "\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"");
    html_text(o, base);
    html_text(o, f->home);
    html_raw(o, "\"/>\n<generator version=\"" SST_VERSION "\">samestory</generator>\n");
    for (uint32_t i = 0; i < f->items.n; i++) {
        const item *x = &f->items.v[i];
        html_raw(o, "<entry");
        if (x->lang.n) {
            html_raw(o, " xml:lang=\"");
            html_text(o, x->lang);
            html_raw(o, "\"");
        }
        html_raw(o, ">\n");
        element(o, "title", x->title);
        element(o, "id", arena_printf(&q->arena, "%s%s", base.p, x->id.p));
        html_raw(o, "<link rel=\"alternate\" type=\"text/html\" href=\"");
        html_text(o, base);
        html_text(o, x->link);
        html_raw(o, "\"/>\n");
        element(o, "updated", serve_iso(&q->arena, x->updated));
        if (x->published != STORE_NO_TIME)
            element(o, "published", serve_iso(&q->arena, x->published));
        if (x->author.n) {
            html_raw(o, "<author>");
            element(o, "name", x->author);
            html_raw(o, "</author>\n");
        }
        if (x->summary.n)
            element(o, "summary", x->summary);
        html_raw(o, "</entry>\n");
    }
    html_raw(o, "</feed>\n");
    return SST_OK;
}

/* --------------------------------------------------------------------------------------- JSON Feed
 */

static sst_status json(feed *f)
{
    serve_request *q = f->q;
    report_out *o = &q->out;
    sst_str base = base_of(q);
    q->type = "application/feed+json; charset=utf-8";
    json_object(o);
    json_key_string(o, "version", STR("https://jsonfeed.org/version/1.1"));
    json_key_string(o, "title", f->title);
    json_key_string(o, "home_page_url", arena_printf(&q->arena, "%s%s", base.p, f->home.p));
    json_key_string(o, "feed_url",
                    arena_printf(&q->arena, "%s%.*s%s%.*s", base.p, (int)q->path.n, q->path.p,
                                 q->query.n ? "?" : "", (int)q->query.n, q->query.p));
    json_key(o, "items");
    json_array(o);
    for (uint32_t i = 0; i < f->items.n; i++) {
        const item *x = &f->items.v[i];
        json_object(o);
        json_key_string(o, "id", arena_printf(&q->arena, "%s%s", base.p, x->id.p));
        json_key_string(o, "url", arena_printf(&q->arena, "%s%s", base.p, x->link.p));
        json_key_string(o, "title", x->title);
        json_key_string(o, "content_text", x->summary.n ? x->summary : x->title);
        if (x->published != STORE_NO_TIME)
            json_key_string(o, "date_published", serve_iso(&q->arena, x->published));
        json_key_string(o, "date_modified", serve_iso(&q->arena, x->updated));
        if (x->lang.n)
            json_key_string(o, "language", x->lang);
        if (x->author.n) {
            json_key(o, "authors");
            json_array(o);
            json_object(o);
            json_key_string(o, "name", x->author);
            json_object_end(o);
            json_array_end(o);
        }
        json_object_end(o);
    }
    json_array_end(o);
    json_object_end(o);
    json_line(o);
    return SST_OK;
}

/* ------------------------------------------------------------------------------------------- items
 */

static item *add(feed *f, const char *prefix, sst_str id)
{
    sst_arena *a = &f->q->arena;
    item *x = vec_push(a, &f->items);
    if (!x)
        return NULL;
    *x = (item){.published = STORE_NO_TIME};
    x->id = x->link = arena_printf(a, "%s%s", prefix, serve_coded(a, id).p);
    return x;
}

static int64_t later(int64_t a, int64_t b)
{
    int64_t t = a == STORE_NO_TIME || b > a ? b : a;
    return t == STORE_NO_TIME ? 0 : t;
}

static sst_status stories(serve_request *q, feed *f)
{
    store_story_filter w;
    store_story *v = NULL;
    uint32_t n = 0;
    *f = (feed){.q = q, .title = STR("Stories"), .home = STR("/")};
    sst_status status = serve_list_stories(q, &w, &v, &n);
    for (uint32_t i = 0; i < n && !status; i++) {
        item *x = add(f, "/story/", v[i].id);
        if (!x)
            return SST_ERR_MEMORY;
        x->title = v[i].title.n ? v[i].title : v[i].id;
        x->lang = v[i].lang;
        x->published = v[i].first_s;
        x->updated = later(v[i].changed, v[i].last_s);
        x->summary = arena_printf(&q->arena, "%u %s, %u %s, %u %s, %u %s", v[i].article_n,
                                  v[i].article_n == 1 ? "report" : "reports", v[i].outlet_n,
                                  v[i].outlet_n == 1 ? "outlet" : "outlets", v[i].origin_n,
                                  v[i].origin_n == 1 ? "origin" : "origins", v[i].differ_n,
                                  v[i].differ_n == 1 ? "difference" : "differences");
    }
    return status;
}

static sst_status reports(serve_request *q, feed *f)
{
    store_story s;
    store_article *v = NULL;
    uint32_t n = 0;
    sst_status status =
        serve_find_story(q, q->route->kind == SERVE_FEED ? "/feed.atom" : "/feed.json", &s);
    if (status)
        return status;
    *f = (feed){.q = q,
                .title = s.title.n ? s.title : s.id,
                .home = arena_printf(&q->arena, "/story/%.*s", (int)s.id.n, s.id.p)};
    status = serve_story_articles(q, &s, &v, &n);
    for (uint32_t i = 0; i < n && !status; i++) {
        item *x = add(f, "/article/", v[i].id);
        if (!x)
            return SST_ERR_MEMORY;
        x->title = v[i].title.n ? v[i].title : v[i].id;
        x->lang = v[i].lang;
        x->author = v[i].outlet;
        x->published = v[i].published_s;
        x->updated = later(v[i].last_seen, v[i].published_s);
    }
    return status;
}

static sst_status hits(serve_request *q, feed *f)
{
    store_query w;
    store_found found = {.v = NULL};
    sst_status status = serve_search_query(q, &w);
    if (status)
        return status;
    sst_str rest = serve_query(q, "offset"), words = w.words.n ? w.words : w.speaker;
    *f = (feed){.q = q,
                .title = arena_printf(&q->arena, "Search: %.*s", (int)words.n, words.p),
                .home = arena_printf(&q->arena, "/search?%s", rest.p)};
    status = words.n ? store_search(q->store, &w, &q->arena, &found) : SST_OK;
    for (uint32_t i = 0; i < found.n && !status; i++) {
        const store_hit *h = &found.v[i];
        if (h->article.hidden)
            continue;
        item *x = add(f, "/article/", h->article.id);
        if (!x)
            return SST_ERR_MEMORY;
        if (h->kind != STORE_ARTICLES_KIND) /* several places of one report are several items */
            x->id = arena_printf(&q->arena, "%s#%u", x->id.p, h->at.begin);
        x->title = h->article.title.n ? h->article.title : h->article.id;
        x->lang = h->article.lang;
        x->author = h->article.outlet;
        x->published = h->article.published_s;
        x->updated = later(h->article.last_seen, h->article.published_s);
        x->summary = h->in_title ? STR("")
                                 : arena_printf(&q->arena, "%s%.*s%s", h->cut_before ? "… " : "",
                                                (int)h->snippet.n, h->snippet.p ? h->snippet.p : "",
                                                h->cut_after ? " …" : "");
    }
    return status;
}

static sst_status write_feed(serve_request *q, sst_status (*gather)(serve_request *, feed *),
                             sst_status (*writer)(feed *))
{
    feed f;
    sst_status status = gather(q, &f);
    return status ? status : writer(&f);
}

sst_status serve_front_atom(serve_request *q)
{
    return write_feed(q, stories, atom);
}

sst_status serve_front_json(serve_request *q)
{
    return write_feed(q, stories, json);
}

sst_status serve_story_atom(serve_request *q)
{
    return write_feed(q, reports, atom);
}

sst_status serve_story_json(serve_request *q)
{
    return write_feed(q, reports, json);
}

sst_status serve_search_atom(serve_request *q)
{
    return write_feed(q, hits, atom);
}

sst_status serve_search_json(serve_request *q)
{
    return write_feed(q, hits, json);
}
