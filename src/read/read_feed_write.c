/* What a feed says, as a JSON object: for rows of `extract`, and whole for tests. Keys are given in
 * docs/json.md; what is empty is left out. */
#include "read_feed.h"

#include "base_utf8.h"
#include "read_inner.h"

static void quoted(sst_str s, sst_buf *out)
{
    buf_byte(out, '"');
    const char *p = s.p, *end = s.p + s.n;
    while (p < end) {
        unsigned char c = (unsigned char)*p;
        if (c >= 0x80) {
            int n;
            uint32_t point = utf8_read(p, end, &n);
            char *to = buf_reserve(out, 4);
            if (to)
                out->n += (size_t)utf8_write(to, point);
            p += n;
            continue;
        }
        if (c == '"' || c == '\\') {
            buf_byte(out, '\\');
            buf_byte(out, (char)c);
        } else if (c == '\n')
            buf_z(out, "\\n");
        else if (c < 0x20 || c == 0x7F)
            buf_printf(out, "\\u%04x", c);
        else
            buf_byte(out, (char)c);
        p++;
    }
    buf_byte(out, '"');
}

/* A comma unless something was just opened. */
static void next(sst_buf *out)
{
    char last = out->n ? out->p[out->n - 1] : 0;
    if (last != '{' && last != '[' && last != 0)
        buf_byte(out, ',');
}

static void key(const char *name, sst_buf *out)
{
    next(out);
    quoted(str_of(name), out);
    buf_byte(out, ':');
}

static void field(const char *name, sst_str value, sst_buf *out)
{
    if (!value.n)
        return;
    key(name, out);
    quoted(value, out);
}

static void write_text(const read_feed_text *t, bool whole, sst_buf *out)
{
    next(out);
    buf_byte(out, '{');
    if (whole)
        key("value", out), quoted(t->value, out);
    field("type", t->type, out);
    field("language", t->lang, out);
    field("base", t->base, out);
    field("src", t->src, out);
    buf_byte(out, '}');
}

static void write_links(const read_feed_meta *m, sst_buf *out)
{
    if (!m->links.n)
        return;
    key("links", out);
    buf_byte(out, '[');
    for (uint32_t i = 0; i < m->links.n; i++) {
        const read_feed_link *l = &m->links.v[i];
        next(out);
        buf_byte(out, '{');
        field("href", l->href, out);
        field("rel", l->rel, out);
        field("type", l->type, out);
        field("title", l->title, out);
        field("hreflang", l->hreflang, out);
        field("length", l->length, out);
        buf_byte(out, '}');
    }
    buf_byte(out, ']');
}

static void write_persons(const read_feed_meta *m, const char *name, read_feed_role role,
                          sst_buf *out)
{
    bool any = false;
    for (uint32_t i = 0; i < m->persons.n; i++) {
        const read_feed_person *p = &m->persons.v[i];
        if (p->role != role)
            continue;
        if (!any) {
            key(name, out);
            buf_byte(out, '[');
        }
        any = true;
        next(out);
        buf_byte(out, '{');
        field("name", p->name, out);
        field("email", p->email, out);
        field("url", p->url, out);
        buf_byte(out, '}');
    }
    if (any)
        buf_byte(out, ']');
}

static void write_tags(const read_feed_meta *m, sst_buf *out)
{
    if (!m->tags.n)
        return;
    key("tags", out);
    buf_byte(out, '[');
    for (uint32_t i = 0; i < m->tags.n; i++) {
        next(out);
        buf_byte(out, '{');
        field("term", m->tags.v[i].term, out);
        field("scheme", m->tags.v[i].scheme, out);
        field("label", m->tags.v[i].label, out);
        buf_byte(out, '}');
    }
    buf_byte(out, ']');
}

static void write_members(const read_feed_meta *m, bool whole, sst_buf *out)
{
    static const char *const parts[FEED_PART_N] = {"title", "subtitle", "summary", "rights",
                                                   "info"};
    static const char *const values[FEED_VALUE_N] = {"id",
                                                     "language",
                                                     "published",
                                                     "updated",
                                                     "created",
                                                     "expired",
                                                     "comments",
                                                     "docs",
                                                     "icon",
                                                     "logo",
                                                     "generator",
                                                     "generator_url",
                                                     "generator_version"};
    field("link", m->link, out);
    for (int i = 0; i < FEED_VALUE_N; i++)
        field(values[i], m->value[i], out);
    for (int i = 0; i < FEED_PART_N; i++) {
        if (!m->has[i])
            continue;
        key(parts[i], out);
        buf_byte(out, '{');
        if (whole || i == FEED_SUMMARY)
            key("value", out), quoted(m->part[i].value, out);
        field("type", m->part[i].type, out);
        field("language", m->part[i].lang, out);
        field("base", m->part[i].base, out);
        buf_byte(out, '}');
    }
    write_links(m, out);
    write_persons(m, "authors", FEED_AUTHOR, out);
    write_persons(m, "contributors", FEED_CONTRIBUTOR, out);
    write_persons(m, "publishers", FEED_PUBLISHER, out);
    write_tags(m, out);
    if (m->contents.n) {
        key("content", out);
        buf_byte(out, '[');
        for (uint32_t i = 0; i < m->contents.n; i++)
            write_text(&m->contents.v[i], whole, out);
        buf_byte(out, ']');
    }
    if (m->guid_is_link) {
        key("guid_is_link", out);
        buf_z(out, "true");
    }
    field("lang", m->lang, out);
    field("base", m->base, out);
}

void read_feed_write_channel(const read_feed_entry *e, sst_buf *out)
{
    buf_byte(out, '{');
    field("format", str_of(e->format), out);
    write_members(e->channel, true, out);
    buf_byte(out, '}');
}

/* What the row has in its own fields is not said again. */
static bool has_more_links(const read_feed_meta *m)
{
    return m->links.n > 1 || (m->links.n && !str_eq(m->links.v[0].href, m->link));
}

static bool has_more_than_names(const read_feed_meta *m)
{
    for (uint32_t i = 0; i < m->persons.n; i++)
        if (m->persons.v[i].email.n || m->persons.v[i].url.n)
            return true;
    return false;
}

void read_feed_write(const read_feed_entry *e, bool whole, sst_buf *out)
{
    buf_byte(out, '{');
    field("format", str_of(e->format), out);
    if (!whole) {
        field("title", e->channel->part[FEED_TITLE].value, out);
        field("feed_link", e->channel->link, out);
    }
    const read_feed_meta *m = e->entry;
    if (whole)
        write_members(m, true, out);
    else {
        static const struct {
            read_feed_value which;
            const char *name;
        } some[] = {{FEED_ID, "guid"},         {FEED_PUBLISHED, "published"},
                    {FEED_UPDATED, "updated"}, {FEED_CREATED, "created"},
                    {FEED_EXPIRED, "expired"}, {FEED_COMMENTS, "comments"}};
        for (size_t i = 0; i < sizeof some / sizeof *some; i++)
            field(some[i].name, m->value[some[i].which], out);
        field("base", m->base, out);
        if (m->contents.n) /* else it is the text */
            field("summary", m->part[FEED_SUMMARY].value, out);
        if (has_more_links(m))
            write_links(m, out);
        if (has_more_than_names(m))
            write_persons(m, "authors", FEED_AUTHOR, out);
        write_persons(m, "contributors", FEED_CONTRIBUTOR, out);
        write_tags(m, out);
        field("rights", m->part[FEED_RIGHTS].value, out);
    }
    if (m->source) {
        key("source", out);
        buf_byte(out, '{');
        if (!whole) {
            field("title", m->source->part[FEED_TITLE].value, out);
            field("link", m->source->link, out);
            field("id", m->source->value[FEED_ID], out);
        } else
            write_members(m->source, true, out);
        buf_byte(out, '}');
    }
    buf_byte(out, '}');
}
