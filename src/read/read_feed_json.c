/* JSON Feed 1 and 1.1 (jsonfeed.org/version/1.1) -> the same channel and entries as the others. By
 * cJSON, the whole feed in memory. */
#include <cjson/cJSON.h>
#include <math.h>

#include "read_feed_inner.h"
#include "read_url.h"

static const cJSON *member(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

static sst_str string(sst_arena *arena, const cJSON *object, const char *name)
{
    const cJSON *m = member(object, name);
    if (cJSON_IsString(m))
        return arena_str(arena, str_trim(str_of(m->valuestring)));
    if (cJSON_IsNumber(m) && fabs(m->valuedouble) < 9e15) /* an id may be a number */
        return m->valuedouble == floor(m->valuedouble)
                   ? arena_printf(arena, "%lld", (long long)m->valuedouble)
                   : arena_printf(arena, "%.17g", m->valuedouble);
    return (sst_str){NULL, 0};
}

static sst_str address(feed *f, sst_arena *arena, const cJSON *object, const char *name)
{
    sst_str s = string(arena, object, name);
    return s.n ? read_url_join(arena, f->frame[0].base, s) : s;
}

static void add_link(feed *f, sst_arena *arena, read_feed_meta *m, sst_str href, sst_str rel,
                     sst_str type)
{
    read_feed_link *l = href.n && m->links.n < 64 ? vec_push(arena, &m->links) : NULL;
    (void)f;
    if (l)
        *l = (read_feed_link){.href = href, .rel = rel, .type = type};
}

static void add_person(feed *f, sst_arena *arena, read_feed_meta *m, const cJSON *who)
{
    if (cJSON_IsString(who)) {
        read_feed_person *to = m->persons.n < READ_AUTHORS ? vec_push(arena, &m->persons) : NULL;
        if (to)
            *to = feed_person_of(arena, str_of(who->valuestring));
        return;
    }
    read_feed_person p = {.name = string(arena, who, "name"), .url = address(f, arena, who, "url")};
    read_feed_person *to =
        (p.name.n || p.url.n) && m->persons.n < READ_AUTHORS ? vec_push(arena, &m->persons) : NULL;
    if (to)
        *to = p;
}

/* "authors" of 1.1, else "author" of 1. */
static void add_persons(feed *f, sst_arena *arena, read_feed_meta *m, const cJSON *object)
{
    const cJSON *list = member(object, "authors"), *who;
    int seen = 0;
    if (cJSON_IsArray(list))
        cJSON_ArrayForEach(who, list)
        {
            if (seen++ >= READ_AUTHORS)
                break;
            add_person(f, arena, m, who);
        }
    if (!m->persons.n && member(object, "author"))
        add_person(f, arena, m, member(object, "author"));
}

static void add_text(sst_arena *arena, read_feed_meta *m, const cJSON *item, const char *name,
                     bool html, sst_str base)
{
    sst_str s = string(arena, item, name);
    read_feed_text *t = s.n ? vec_push(arena, &m->contents) : NULL;
    if (t)
        *t = (read_feed_text){.value = s,
                              .html = html,
                              .type = html ? STR("text/html") : STR("text/plain"),
                              .lang = m->value[FEED_LANGUAGE],
                              .base = base};
}

static void set_part(sst_arena *arena, read_feed_meta *m, read_feed_part part, const cJSON *object,
                     const char *name)
{
    sst_str s = string(arena, object, name);
    if (!s.n)
        return;
    m->part[part] = (read_feed_text){.value = s, .type = STR("text/plain")};
    m->has[part] = true;
}

static sst_status give_item(feed *f, const cJSON *item, uint64_t number)
{
    sst_arena *arena = &f->item;
    read_feed_meta *m = &f->entry;
    arena_clear(arena);
    memset(m, 0, sizeof *m);
    f->item_line = number; /* the source says which item it is: lines mean nothing in JSON */
    f->item_at = 0;
    f->last_line = 0;
    f->too_large = false;
    sst_str base = f->frame[0].base;
    m->value[FEED_ID] = string(arena, item, "id");
    m->value[FEED_LANGUAGE] = feed_language(arena, string(arena, item, "language"));
    m->value[FEED_PUBLISHED] = string(arena, item, "date_published");
    m->value[FEED_UPDATED] = string(arena, item, "date_modified");
    m->link = address(f, arena, item, "url");
    add_link(f, arena, m, m->link, STR("alternate"), STR("text/html"));
    sst_str external = address(f, arena, item, "external_url");
    add_link(f, arena, m, external, STR("related"), STR(""));
    if (!m->link.n)
        m->link = external;
    const cJSON *list = member(item, "attachments"), *one;
    int seen = 0;
    if (cJSON_IsArray(list))
        cJSON_ArrayForEach(one, list)
        {
            if (seen++ >= 32)
                break;
            add_link(f, arena, m, address(f, arena, one, "url"), STR("enclosure"),
                     string(arena, one, "mime_type"));
        }
    set_part(arena, m, FEED_TITLE, item, "title");
    set_part(arena, m, FEED_SUMMARY, item, "summary");
    add_text(arena, m, item, "content_html", true, base);
    if (!m->contents.n)
        add_text(arena, m, item, "content_text", false, base);
    add_persons(f, arena, m, item);
    list = member(item, "tags");
    seen = 0;
    if (cJSON_IsArray(list))
        cJSON_ArrayForEach(one, list)
        {
            read_feed_tag *t =
                cJSON_IsString(one) && seen++ < 128 ? vec_push(arena, &m->tags) : NULL;
            if (t)
                *t = (read_feed_tag){.term = arena_str(arena, str_of(one->valuestring))};
        }
    return arena->failed ? SST_ERR_MEMORY : feed_give(f);
}

/* cJSON ends a string at U+0000: "\u0000" becomes "\ufffd", in place. */
static void mend_nul(char *p, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        if (p[i] != '\\')
            continue;
        if (n - i >= 6 && memcmp(p + i, "\\u0000", 6) == 0)
            memcpy(p + i, "\\ufffd", 6);
        i++;
    }
}

sst_status feed_read_json(feed *f, sst_str bytes)
{
    const sst_reader *r = f->r;
    if (bytes.n && memchr(bytes.p, 0, bytes.n)) {
        errors_input(r->errors, f->name, 0, "broken json: a NUL byte in the feed, it is not read");
        f->not_feed = true;
        return SST_OK;
    }
    mend_nul(f->decoded.p, f->decoded.n);
    if (str_starts(bytes, STR("\xEF\xBB\xBF")))
        bytes = (sst_str){bytes.p + 3, bytes.n - 3};
    const char *end = NULL;
    cJSON *top = cJSON_ParseWithLengthOpts(bytes.p, bytes.n, &end, 0);
    sst_str version = string(&f->outer, top, "version");
    const cJSON *items = member(top, "items"), *item;
    if (!top)
        errors_input(r->errors, f->name, (uint64_t)((end ? end : bytes.p) - bytes.p),
                     "broken json at byte %llu, the feed is not read",
                     (unsigned long long)((end ? end : bytes.p) - bytes.p));
    else if (!cJSON_IsArray(items))
        errors_input(r->errors, f->name, 0, "json without a list \"items\", not a JSON Feed");
    if (!top || !cJSON_IsArray(items)) {
        f->not_feed = true;
        cJSON_Delete(top);
        return f->outer.failed;
    }
    read_feed_meta *c = &f->channel;
    f->format = str_find(version, STR("1.1")) >= 0 ? "jsonfeed11" : "jsonfeed1";
    set_part(&f->outer, c, FEED_TITLE, top, "title");
    set_part(&f->outer, c, FEED_SUBTITLE, top, "description");
    c->value[FEED_LANGUAGE] = feed_language(&f->outer, string(&f->outer, top, "language"));
    c->value[FEED_ICON] = address(f, &f->outer, top, "icon");
    c->link = address(f, &f->outer, top, "home_page_url");
    if (c->link.n) /* relative addresses of contents are the site's */
        f->frame[0].base = c->link;
    add_link(f, &f->outer, c, c->link, STR("alternate"), STR("text/html"));
    add_link(f, &f->outer, c, address(f, &f->outer, top, "feed_url"), STR("self"),
             STR("application/feed+json"));
    add_persons(f, &f->outer, c, top);
    sst_status status = f->outer.failed;
    uint64_t number = 0;
    cJSON_ArrayForEach(item, items)
    {
        if (status || (status = read_stopped(r) ? SST_ERR_STOPPED : SST_OK))
            break;
        number++;
        if (cJSON_IsObject(item))
            status = give_item(f, item, number);
        else
            errors_input(r->errors, f->name, 0, "item %llu is no object, it is not read",
                         (unsigned long long)number);
    }
    cJSON_Delete(top);
    return status;
}
