/*
 * The list of feeds. In: OPML, as every feed reader writes it, or plain lines of addresses. Out:
 * subscriptions in the order of the list.
 *
 *   <outline text="Papers" owner="Alder Media">                outlines around hand down
 *     <outline xmlUrl="https://..." text="..." outlet="..."/>  what an outline does not say itself
 *
 * The names of the attributes are those of OPML 2.0 (opml.org/spec2.opml) without regard to case;
 * outlet, owner, country and pages are ours.
 */
#include "fetch.h"
#include "read_xml.h"
#include "samestory.h"

enum { OPML_DEPTH = 64, OPML_TAG_BYTES = 1 << 20, SUBSCRIPTIONS_MOST = 1000000 };

typedef struct feeder {
    sst_str text;
    bool given;
} feeder;

static sst_status fill(void *user, sst_buf *to, bool *end)
{
    feeder *f = user;
    if (!f->given)
        buf_str(to, f->text);
    f->given = true;
    *end = true;
    return to->failed;
}

static sst_str value(const read_xml *x, const char *name, sst_arena *arena, sst_str around)
{
    sst_str v = str_trim(read_xml_value(x, "", name));
    return v.n ? arena_str(arena, v) : around;
}

static uint8_t pages_of(sst_str s, uint8_t around)
{
    if (str_eq_nocase(s, STR("all")))
        return SST_FETCH_PAGES_ALL;
    if (str_eq_nocase(s, STR("none")) || str_eq_nocase(s, STR("no")))
        return SST_FETCH_PAGES_NONE;
    if (str_eq_nocase(s, STR("missing")))
        return SST_FETCH_PAGES_MISSING;
    return around;
}

static bool add(sst_arena *arena, fetch_subscriptions *out, strmap *seen, fetch_subscription s)
{
    int is_new = 0;
    if (!strmap_add(arena, seen, s.url, out->n, &is_new) || out->n >= SUBSCRIPTIONS_MOST)
        return false;
    if (!is_new)
        return true;
    fetch_subscription *to = vec_push(arena, out);
    if (to)
        *to = s;
    return to;
}

static sst_status read_outlines(sst_str text, sst_arena *arena, fetch_subscriptions *out,
                                bool *is_opml)
{
    feeder f = {text, false};
    read_xml x;
    fetch_subscription around[OPML_DEPTH + 1] = {0};
    strmap seen = {0};
    bool full = false;
    read_xml_init(&x, fill, &f, OPML_DEPTH, OPML_TAG_BYTES);
    for (read_xml_event e; !full && (e = read_xml_next(&x)) != XML_DONE;) {
        if (e != XML_OPEN || x.depth > OPML_DEPTH)
            continue;
        if (str_eq_nocase(x.name, STR("opml")))
            *is_opml = true;
        fetch_subscription *here = &around[x.depth];
        *here = x.depth ? around[x.depth - 1] : (fetch_subscription){0};
        if (!str_eq_nocase(x.name, STR("outline")))
            continue;
        here->outlet = value(&x, "outlet", arena, here->outlet);
        here->owner = value(&x, "owner", arena, here->owner);
        here->country = value(&x, "country", arena, here->country);
        here->pages = pages_of(read_xml_value(&x, "", "pages"), here->pages);
        fetch_subscription s = *here;
        s.url = value(&x, "xmlUrl", arena, (sst_str){NULL, 0});
        s.title = value(&x, "title", arena, value(&x, "text", arena, (sst_str){NULL, 0}));
        s.site = value(&x, "htmlUrl", arena, (sst_str){NULL, 0});
        if (s.url.n)
            full = !add(arena, out, &seen, s);
    }
    sst_status status = x.failed ? x.failed : arena->failed;
    read_xml_release(&x);
    return status ? status : full ? SST_ERR_LIMIT : SST_OK;
}

/* One address a line; what stands behind "#" is a remark. */
static sst_status read_lines(sst_str text, sst_arena *arena, fetch_subscriptions *out)
{
    strmap seen = {0};
    while (text.n) {
        const char *nl = memchr(text.p, '\n', text.n);
        sst_str line = {text.p, nl ? (size_t)(nl - text.p) : text.n};
        text.p += line.n + (nl ? 1 : 0);
        text.n -= line.n + (nl ? 1 : 0);
        line = str_trim(line);
        if (!line.n || *line.p == '#')
            continue;
        for (size_t i = 0; i < line.n; i++)
            if (byte_is_space((unsigned char)line.p[i]))
                line.n = i;
        fetch_subscription s = {.url = line};
        if (!str_starts_nocase(line, STR("http")))
            return SST_ERR_INPUT;
        if (!add(arena, out, &seen, s))
            return arena->failed ? arena->failed : SST_ERR_LIMIT;
    }
    return SST_OK;
}

sst_status fetch_opml_read(sst_str text, sst_arena *arena, fetch_subscriptions *out,
                           const char **why)
{
    *why = NULL;
    memset(out, 0, sizeof *out);
    if (str_starts(text, STR("\xEF\xBB\xBF"))) {
        text.p += 3;
        text.n -= 3;
    }
    sst_str body = str_trim(text);
    sst_status status;
    if (body.n && *body.p == '<') {
        bool is_opml = false;
        status = read_outlines(body, arena, out, &is_opml);
        if (!status && !is_opml)
            status = SST_ERR_INPUT;
    } else {
        status = read_lines(body, arena, out);
    }
    if (status == SST_ERR_INPUT)
        *why = "is neither OPML nor a list of addresses: export the subscriptions of a feed reader";
    else if (status == SST_ERR_LIMIT)
        *why = "names more than a million feeds: split the list";
    else if (!status && out->n == 0) {
        *why = "names no feed: an <outline> needs xmlUrl=\"https://...\"";
        status = SST_ERR_INPUT;
    }
    return status;
}
