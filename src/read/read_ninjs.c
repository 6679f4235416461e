/*
 * ninjs, the news agencies' JSON (IPTC ninjs 1.0 to 3.0): an item -> fields of a document. Versions
 * differ in the case of names (versioncreated, versionCreated) and in whether headlines and bodies
 * are fields or lists of {role, value}: names are compared without case, and both forms are read.
 */
#include <cjson/cJSON.h>

#include "read_inner.h"
#include "read_url.h"

/* Without case. */
static sst_str string(const cJSON *item, const char *name)
{
    const cJSON *m = cJSON_GetObjectItem(item, name);
    return cJSON_IsString(m) ? str_of(m->valuestring) : (sst_str){NULL, 0};
}

static sst_str either(const cJSON *item, const char *a, const char *b)
{
    sst_str s = string(item, a);
    return s.n ? s : string(item, b);
}

/* The value in a list of {role, value} with this role, else the first one. */
static sst_str of_role(const cJSON *list, const char *role)
{
    const cJSON *e;
    sst_str first = {NULL, 0};
    cJSON_ArrayForEach(e, list)
    {
        sst_str value = string(e, "value");
        if (value.n == 0)
            continue;
        if (str_eq_nocase(string(e, "role"), str_of(role)))
            return value;
        if (first.n == 0)
            first = value;
    }
    return first;
}

static bool says_html(const cJSON *body)
{
    return str_find_nocase(string(body, "contenttype"), STR("html")) >= 0;
}

/* The fullest body, markup before text. */
static bool find_body(const cJSON *item, sst_document *d)
{
    d->kind = SST_KIND_HTML;
    d->charset = STR("utf-8");
    d->body = either(item, "body_html", "body_xhtml");
    if (d->body.n)
        return true;
    const cJSON *bodies = cJSON_GetObjectItem(item, "bodies"), *e;
    bool html = false;
    cJSON_ArrayForEach(e, bodies)
    {
        sst_str value = string(e, "value");
        bool markup = says_html(e);
        if (value.n &&
            (d->body.n == 0 || markup > html || (markup == html && value.n > d->body.n))) {
            d->body = value;
            html = markup;
        }
    }
    if (d->body.n && html)
        return true;
    d->kind = SST_KIND_TEXT;
    if (d->body.n == 0)
        d->body = string(item, "body_text");
    return d->body.n > 0;
}

static sst_str outlet(const cJSON *item)
{
    const cJSON *sources = cJSON_GetObjectItem(item, "infosources");
    if (!sources)
        sources = cJSON_GetObjectItem(item, "infosource");
    const cJSON *e;
    sst_str first = {NULL, 0};
    cJSON_ArrayForEach(e, sources)
    {
        sst_str name = string(e, "name");
        if (name.n && str_eq_nocase(string(e, "role"), STR("publisher")))
            return name;
        if (first.n == 0)
            first = name;
    }
    return first.n ? first : string(item, "copyrightholder");
}

bool read_ninjs_is(const cJSON *item)
{
    static const char *const bodies[] = {"body_text", "body_html", "body_xhtml", "bodies"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        if (cJSON_GetObjectItem(item, bodies[i]))
            return true;
    return cJSON_GetObjectItem(item, "versioncreated") != NULL;
}

bool read_ninjs(const cJSON *item, sst_document *d)
{
    sst_str uri = string(item, "uri"), status = string(item, "pubstatus");
    if (uri.n)
        d->id = uri;
    if (read_url_is_web(uri))
        d->url = uri;
    sst_str headline = string(item, "headline");
    if (headline.n == 0)
        headline = of_role(cJSON_GetObjectItem(item, "headlines"), "main");
    d->title = headline.n ? headline : string(item, "title");
    d->author = either(item, "byline", "by");
    d->published = either(item, "versioncreated", "firstcreated");
    d->lang = string(item, "language");
    d->outlet = outlet(item);
    if (str_eq_nocase(status, STR("withheld")) || str_eq_nocase(status, STR("canceled")) ||
        str_eq_nocase(status, STR("cancelled")))
        d->flags |= SST_DOC_WITHHELD;
    if (string(item, "embargoed").n)
        d->flags |= SST_DOC_EMBARGOED;
    return find_body(item, d);
}
