/*
 * An entry of a feed that was read to its end -> a document. In: f->entry, f->channel; out: the
 * document, to the reader's function. Which text is the report, whose it is, who wrote it, when.
 */
#include "read_feed_inner.h"
#include "read_url.h"

static sst_str names_of(feed *f, const read_feed_meta *m)
{
    sst_str all = {NULL, 0};
    for (uint32_t i = 0; m && i < m->persons.n; i++) {
        const read_feed_person *p = &m->persons.v[i];
        if (p->role != FEED_AUTHOR || !p->name.n)
            continue;
        all = all.n ? arena_printf(&f->item, "%.*s, %.*s", (int)all.n, all.p, (int)p->name.n,
                                   p->name.p)
                    : p->name;
    }
    return all;
}

static sst_str title_line(feed *f, const read_feed_text *t, sst_arena *arena)
{
    return t->html ? feed_plain(arena, &f->scratch, t->value)
                   : feed_line(arena, &f->scratch, t->value);
}

/*
 * Whose report it is: the source that the entry names, who publishes the entry, the feed. A feed's
 * title may be anything ("News"), so it is said that it is one, and where the feed's site is.
 */
static void outlet_of(feed *f, sst_document *d)
{
    const read_feed_meta *m = &f->entry, *from = m->source;
    if (from) {
        d->outlet = title_line(f, &from->part[FEED_TITLE], &f->item);
        d->outlet_url = from->link.n ? from->link : from->value[FEED_ID];
        if (!read_url_is_web(d->outlet_url))
            d->outlet_url = (sst_str){NULL, 0};
        if (d->outlet.n || d->outlet_url.n) {
            d->flags |= SST_DOC_SOURCED;
            return;
        }
    }
    for (uint32_t i = 0; i < m->persons.n && !d->outlet.n; i++)
        if (m->persons.v[i].role == FEED_PUBLISHER)
            d->outlet = m->persons.v[i].name;
    if (d->outlet.n)
        return;
    d->outlet = title_line(f, &f->channel.part[FEED_TITLE], &f->item);
    d->outlet_url = f->channel.link;
    d->flags |= SST_DOC_FEED_TITLE;
}

/* The fullest content, or the summary. */
static const read_feed_text *body_of(const read_feed_meta *m, bool *summary)
{
    const read_feed_text *best = NULL;
    for (uint32_t i = 0; i < m->contents.n; i++)
        if (m->contents.v[i].value.n && (!best || m->contents.v[i].value.n > best->value.n))
            best = &m->contents.v[i];
    const read_feed_text *s = &m->part[FEED_SUMMARY];
    *summary = !best;
    return best ? best : s->value.n ? s : NULL;
}

sst_status feed_give(feed *f)
{
    const sst_reader *r = f->r;
    read_feed_meta *m = &f->entry;
    sst_document d = {.kind = SST_KIND_TEXT, .at = f->item_at};
    f->items++;
    f->same = f->item_line == f->last_line ? f->same + 1 : 1;
    f->last_line = f->item_line;
    unsigned long long line = f->item_line;
    d.source = f->same > 1 ? arena_printf(&f->item, "%.*s:%llu.%u", (int)f->name.n, f->name.p, line,
                                          f->same)
                           : arena_printf(&f->item, "%.*s:%llu", (int)f->name.n, f->name.p, line);
    if (f->too_large) {
        errors_input(r->errors, d.source, d.at,
                     "an item larger than the limit of %u bytes an article, it is not read",
                     r->limits.article_bytes);
        return SST_OK;
    }
    const sst_str *v = m->value;
    d.title = title_line(f, &m->part[FEED_TITLE], &f->item);
    d.url = m->link.n ? m->link : read_url_is_web(v[FEED_ID]) ? v[FEED_ID] : (sst_str){NULL, 0};
    if (!d.url.n)
        for (uint32_t i = 0; i < m->contents.n && !d.url.n; i++)
            d.url = m->contents.v[i].src;
    d.id = v[FEED_ID].n ? v[FEED_ID] : d.url.n ? d.url : d.source;
    d.published = v[FEED_PUBLISHED].n ? v[FEED_PUBLISHED]
                  : v[FEED_CREATED].n ? v[FEED_CREATED]
                                      : v[FEED_UPDATED];
    if (v[FEED_UPDATED].n && !str_eq(v[FEED_UPDATED], d.published))
        d.modified = v[FEED_UPDATED];
    d.author = names_of(f, m);
    if (!d.author.n && feed_is_atom(f)) /* RFC 4287, 4.2.1 */
        d.author = names_of(f, m->source && m->source->persons.n ? m->source : &f->channel);
    outlet_of(f, &d);
    bool summary;
    const read_feed_text *body = body_of(m, &summary);
    d.flags |= summary ? SST_DOC_SUMMARY : SST_DOC_CONTENT;
    d.lang = v[FEED_LANGUAGE].n     ? v[FEED_LANGUAGE]
             : body && body->lang.n ? body->lang
             : m->lang.n            ? m->lang
                                    : f->channel.value[FEED_LANGUAGE];
    if (f->item.failed || f->outer.failed)
        return SST_ERR_MEMORY;
    read_feed_entry e = {.format = f->format, .channel = &f->channel, .entry = m};
    if (r->each_entry)
        r->each_entry(r->user, &e);
    if (!body && !d.title.n && !d.url.n) {
        errors_input(r->errors, d.source, d.at, "a feed item with neither title nor text nor link");
        return SST_OK;
    }
    if (body && body->html) {
        d.kind = SST_KIND_HTML;
        d.charset = STR("utf-8");
    }
    d.body = body ? body->value : STR("");
    buf_clear(&f->scratch);
    read_feed_write(&e, false, &f->scratch);
    d.feed = arena_str(&f->item, (sst_str){f->scratch.p, f->scratch.n});
    if (f->scratch.failed || f->item.failed)
        return SST_ERR_MEMORY;
    return r->fn(r->user, &d);
}
