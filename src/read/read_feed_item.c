/*
 * Elements of feeds -> channel and entries. In: tags and text of read_xml; out: f->channel and
 * f->entry, which feed_give makes a document of. Parts in order: what is inherited; the beginning
 * of texts; their end; links, persons, tags; open and close.
 *
 * feed_element_of says what an element's name means; a stack of frames says where it stands. Inside
 * a text all markup belongs to the text.
 *
 *   frame:   channel > item > source > title          what   SOURCE ...
 *            lang, base inherited down
 */
#include "read_feed_inner.h"
#include "read_url.h"

enum {
    LINKS = 64, /* of one entry or channel; feeds have under ten */
    TAGS = 128,
    CONTENTS = 8
};

/* ------------------------------------------------------------------------------ what is around it
 */

static sst_arena *arena_of(feed *f)
{
    return f->in_item ? &f->item : &f->outer;
}

static sst_str keep(feed *f, sst_str s)
{
    return arena_str(arena_of(f), s);
}

static sst_str attribute(feed *f, const char *name)
{
    return str_trim(read_xml_value(&f->x, "", name));
}

/* An address against the base of the element in hand. */
static sst_str address(feed *f, sst_str s)
{
    return read_url_join(arena_of(f), f->frame[f->x.depth].base, s);
}

/* Only addresses that a page can be at may be a base. */
static bool is_base(sst_str s)
{
    return str_starts_nocase(s, STR("http:")) || str_starts_nocase(s, STR("https:")) ||
           str_starts_nocase(s, STR("ftp:")) || str_starts_nocase(s, STR("file:"));
}

static void inherit(feed *f, feed_frame *fr)
{
    sst_str lang = read_xml_value(&f->x, "xml", "lang"),
            base = read_xml_value(&f->x, "xml", "base");
    if (lang.p)
        fr->lang = feed_language(arena_of(f), lang);
    if (!base.p && f->x.depth == 1)
        base = read_xml_value(&f->x, "", "base"); /* CDF */
    if (!base.p)
        return;
    /* "http:///host/": too many slashes behind the scheme. */
    sst_str mended = str_trim(base);
    const char *colon = mended.n ? memchr(mended.p, ':', mended.n) : NULL;
    if (colon && str_starts((sst_str){colon, (size_t)(mended.p + mended.n - colon)}, STR(":///")) &&
        str_starts_nocase(mended, STR("http"))) {
        size_t front = (size_t)(colon - mended.p) + 3, back = front;
        while (back < mended.n && mended.p[back] == '/')
            back++;
        mended =
            arena_printf(arena_of(f), "%.*s%.*s", (int)front, mended.p,
                         (int)(mended.n - back < 8192 ? mended.n - back : 8192), mended.p + back);
    }
    mended = read_url_join(arena_of(f), fr->base, mended);
    if (!read_url_is_absolute(mended) || is_base(mended))
        fr->base = mended;
}

/* ------------------------------------------------------------------------------------------- texts
 */

bool feed_is_atom(const feed *f)
{
    return f->format && str_starts(str_of(f->format), STR("atom"));
}

static void begin_text(feed *f, feed_element e, uint8_t space)
{
    sst_str type = attribute(f, "type"), mode = attribute(f, "mode");
    const feed_frame *fr = &f->frame[f->x.depth];
    buf_clear(&f->text);
    f->text_depth = f->x.depth;
    f->text_of = e;
    f->form = (read_feed_text){.lang = fr->lang, .base = fr->base};
    f->base64 = f->escaped = f->markup = f->empty_tag = f->xhtml = false;
    if (e.what != WHAT_TEXT && e.what != WHAT_CONTENT)
        return;
    bool atom = feed_is_atom(f) || str_find_nocase(f->x.uri, STR("atom")) >= 0;
    f->form.type = keep(f, type);
    if (str_eq_nocase(type, STR("text")))
        f->form.type = STR("text/plain");
    else if (str_eq_nocase(type, STR("html")))
        f->form.type = STR("text/html");
    else if (str_eq_nocase(type, STR("xhtml")) || (!type.n && space == SPACE_XHTML))
        f->form.type = STR("application/xhtml+xml");
    else if (!type.n)
        f->form.type = space == SPACE_CONTENT ? STR("text/html")
                       : atom                 ? STR("text/plain")
                                              : STR("");
    if (e.what == WHAT_CONTENT && !f->form.type.n)
        f->form.type = STR("text/html");
    f->form.src = keep(f, attribute(f, "src"));
    if (f->form.src.n)
        f->form.src = address(f, f->form.src);
    f->escaped = str_eq_nocase(mode, STR("escaped"));
    f->base64 = str_eq_nocase(mode, STR("base64"));
    sst_str t = f->form.type;
    if (atom && !mode.n && t.n && !f->form.src.n && memchr(t.p, '/', t.n) &&
        !str_starts_nocase(t, STR("text/")) && !str_ends(t, STR("xml")))
        f->base64 = true;
    /* What stands in markup is escaped again; what stands as characters is the markup itself. */
    f->xhtml = str_ends(t, STR("xml")) && !f->escaped && !f->base64;
}

static void add_tag(feed *f)
{
    const read_xml *x = &f->x;
    f->markup = true;
    f->empty_tag = true;
    buf_byte(&f->text, '<');
    buf_str(&f->text, x->name);
    sst_str base = f->frame[x->depth].base;
    for (uint32_t i = 0; i < x->attr_n; i++) {
        const read_xml_attr *a = &x->attr[i];
        if (str_eq(a->prefix, STR("xmlns")) || str_eq(a->name, STR("xmlns")))
            continue;
        buf_byte(&f->text, ' ');
        if (a->prefix.n) {
            buf_str(&f->text, a->prefix);
            buf_byte(&f->text, ':');
        }
        buf_str(&f->text, a->name);
        buf_z(&f->text, "=\"");
        feed_escape(feed_is_address(a->name) ? read_url_join(arena_of(f), base, a->value)
                                             : a->value,
                    true, &f->text);
        buf_byte(&f->text, '"');
    }
    if (feed_is_void(x->name))
        buf_z(&f->text, " /");
    buf_byte(&f->text, '>');
}

void feed_add_text(feed *f)
{
    uint8_t what = f->frame[f->x.depth].e.what;
    if (f->text_depth) {
        if (f->xhtml)
            feed_escape(f->x.text, false, &f->text);
        else
            buf_str(&f->text, f->x.text);
        f->empty_tag = false;
    } else if (what == WHAT_SOURCE || what == WHAT_PERSON)
        buf_str(&f->text, f->x.text);
    if (f->text.failed == SST_ERR_LIMIT) { /* the entry is passed over */
        f->too_large = true;
        buf_release(&f->text);
        buf_init(&f->text, f->r->limits.article_bytes);
    }
}

/* The div that has to stand around XHTML is no part of it (RFC 4287, 3.1.1.3). */
static sst_str without_div(sst_str s)
{
    sst_str t = str_trim(s);
    if (!str_starts(t, STR("<div")) || !str_ends(t, STR("</div>")))
        return s;
    const char *end = memchr(t.p, '>', t.n);
    sst_str inner = {end + 1, (size_t)(t.p + t.n - end) - 1 - 6};
    /* The last end tag must be that of the first tag. */
    int64_t depth = 1;
    for (size_t i = 0; i < inner.n; i++) {
        if (inner.p[i] != '<')
            continue;
        sst_str rest = {inner.p + i, inner.n - i};
        depth += str_starts(rest, STR("<div>")) || str_starts(rest, STR("<div "));
        depth -= str_starts(rest, STR("</div>"));
        if (depth <= 0)
            return s;
    }
    return inner;
}

/* Does a text of a feed that does not say what it is hold a tag? More than feed_looks_html sees,
 * for descriptions, which RSS takes to be HTML. */
static bool has_tag(sst_str s)
{
    for (size_t i = 0; i + 2 < s.n; i++)
        if (s.p[i] == '<' && byte_is_alpha((unsigned char)s.p[i + 1])) {
            size_t n = i + 2;
            while (n < s.n && n < i + 12 &&
                   (byte_is_alpha((unsigned char)s.p[n]) || byte_is_digit((unsigned char)s.p[n])))
                n++;
            if (n < s.n && (s.p[n] == '>' || s.p[n] == ' ' || s.p[n] == '/'))
                return true;
        }
    return false;
}

static void end_form(feed *f)
{
    read_feed_text *t = &f->form;
    sst_arena *arena = arena_of(f);
    sst_str s = {f->text.p ? f->text.p : "", f->text.n};
    buf_clear(&f->scratch);
    if (f->base64 && feed_base64(s, &f->scratch)) {
        s = arena_str(arena, (sst_str){f->scratch.p, f->scratch.n});
        if (!str_starts_nocase(t->type, STR("text/")))
            t->type = STR("");
    }
    sst_str type = t->type;
    bool plain = str_eq_nocase(type, STR("text/plain"));
    if (f->markup && !f->xhtml && plain)
        plain = false;
    if (!type.n || f->markup) {
        t->html = f->markup || feed_looks_html(s) ||
                  ((f->text_of.what == WHAT_CONTENT || f->text_of.which == FEED_SUMMARY) &&
                   !feed_is_atom(f) && has_tag(s));
        if (!type.n)
            t->type = t->html ? STR("text/html") : STR("text/plain");
    } else
        t->html = !plain && (str_find_nocase(type, STR("html")) >= 0 ||
                             str_ends(type, STR("xml")) || feed_looks_html(s));
    if (t->html && f->markup && feed_is_atom(f) && !str_eq(str_of(f->format), STR("atom03")))
        s = without_div(s);
    if (t->html && t->base.n) {
        sst_buf out;
        buf_init(&out, 0);
        feed_resolve(arena, s, t->base, &out);
        t->value = arena_str(arena, str_trim((sst_str){out.p, out.n}));
        if (out.failed)
            arena->failed = SST_ERR_MEMORY;
        buf_release(&out);
    } else
        t->value = arena_str(arena, str_trim(s));
}

static void take_text(feed *f)
{
    end_form(f);
    read_feed_meta *m = f->meta;
    int part = f->text_of.which;
    bool content = f->text_of.what == WHAT_CONTENT;
    if (part == FEED_SUMMARY && m != &f->entry)
        part = FEED_SUBTITLE;
    /* A second summary is another account of the entry; the first one stays. */
    if (!content && part == FEED_SUMMARY && m->has[part] && m->part[part].value.n)
        content = true;
    if (content) {
        if (m->contents.n < CONTENTS) {
            read_feed_text *t = vec_push(arena_of(f), &m->contents);
            if (t)
                *t = f->form;
        }
        return;
    }
    if (m->has[part] && m->part[part].value.n)
        return;
    m->part[part] = f->form;
    m->has[part] = true;
}

/* ----------------------------------------------------------------------- links, persons, tags,
 * values
 */

static void add_link(feed *f, read_feed_link l)
{
    read_feed_meta *m = f->meta;
    read_feed_link *to = m->links.n < LINKS ? vec_push(arena_of(f), &m->links) : NULL;
    if (!to)
        return;
    *to = l;
    if (!str_eq(l.rel, STR("alternate")))
        return;
    /* The page: an alternate that is HTML, or does not say what it is, before others. */
    bool page = !l.type.n || str_find_nocase(l.type, STR("html")) >= 0;
    bool have_page = false;
    for (uint32_t i = 0; i + 1 < m->links.n; i++) {
        const read_feed_link *k = &m->links.v[i];
        have_page |= str_eq(k->rel, STR("alternate")) && k->href.n &&
                     (!k->type.n || str_find_nocase(k->type, STR("html")) >= 0);
    }
    if (!m->link.n || (page && !have_page))
        m->link = l.href;
}

static void begin_link(feed *f)
{
    f->link = (read_feed_link){
        .href = keep(f, attribute(f, "href")),
        .rel = keep(f, attribute(f, "rel")),
        .type = keep(f, attribute(f, "type")),
        .title = keep(f, attribute(f, "title")),
        .hreflang = keep(f, attribute(f, "hreflang")),
        .length = keep(f, attribute(f, "length")),
    };
    if (!f->link.rel.n)
        f->link.rel = STR("alternate");
    if (str_starts(f->link.rel, STR("http://www.iana.org/assignments/relation/")))
        f->link.rel = (sst_str){f->link.rel.p + 41, f->link.rel.n - 41};
    if (!f->link.type.n && str_eq(f->link.rel, STR("self")))
        f->link.type = STR("application/atom+xml");
    if (f->link.href.n || read_xml_value(&f->x, "", "href").p)
        f->link.href = address(f, f->link.href);
}

static sst_str text_line(feed *f)
{
    sst_str s = {f->text.p ? f->text.p : "", f->text.n};
    return feed_line(arena_of(f), &f->scratch, s);
}

static void end_link(feed *f)
{
    sst_str s = text_line(f);
    if (!f->link.href.n && s.n)
        f->link.href = address(f, s);
    if (f->link.href.n)
        add_link(f, f->link);
}

static void begin_enclosure(feed *f)
{
    read_feed_link l = {.href = address(f, attribute(f, "url")),
                        .rel = STR("enclosure"),
                        .type = keep(f, attribute(f, "type")),
                        .length = keep(f, attribute(f, "length"))};
    if (l.href.n)
        add_link(f, l);
}

static void end_person(feed *f)
{
    sst_arena *arena = arena_of(f);
    read_feed_person p = f->person;
    sst_str s = str_trim((sst_str){f->text.p ? f->text.p : "", f->text.n});
    if (!p.name.n && !p.email.n && !p.url.n && s.n) {
        uint8_t role = p.role;
        sst_str line = feed_looks_html(s) ? feed_plain(arena, &f->scratch, s)
                                          : feed_line(arena, &f->scratch, s);
        p = feed_person_of(arena, line);
        p.role = role;
    }
    if (!(p.name.n || p.email.n || p.url.n) || f->meta->persons.n >= READ_AUTHORS)
        return;
    for (uint32_t i = 0; i < f->meta->persons.n; i++) { /* dc:creator and author, say */
        const read_feed_person *k = &f->meta->persons.v[i];
        if (k->role == p.role && str_eq(k->name, p.name) &&
            (!p.email.n || str_eq(k->email, p.email)) && (!p.url.n || str_eq(k->url, p.url)))
            return;
    }
    read_feed_person *to = vec_push(arena, &f->meta->persons);
    if (to)
        *to = p;
}

static void end_tag(feed *f)
{
    if (!f->tag.term.n)
        f->tag.term = text_line(f);
    read_feed_tag *to = (f->tag.term.n || f->tag.label.n) && f->meta->tags.n < TAGS
                            ? vec_push(arena_of(f), &f->meta->tags)
                            : NULL;
    if (to)
        *to = f->tag;
}

static void end_value(feed *f, bool url)
{
    sst_str *to = &f->meta->value[f->text_of.which];
    sst_str s = text_line(f);
    if (f->text_of.which == FEED_LANGUAGE)
        s = feed_language(arena_of(f), s);
    if (url && s.n)
        s = address(f, s);
    bool date = f->text_of.which >= FEED_PUBLISHED && f->text_of.which <= FEED_EXPIRED;
    if (s.n && (!to->n || date)) /* of dates the last one counts */
        *to = s;
}

static void end_text(feed *f)
{
    feed_element e = f->text_of;
    f->text_depth = 0;
    if (e.what == WHAT_TEXT || e.what == WHAT_CONTENT)
        take_text(f);
    else if (e.what == WHAT_LINK)
        end_link(f);
    else if (e.what == WHAT_TAG)
        end_tag(f);
    else if (e.what == WHAT_VALUE || e.what == WHAT_URL)
        end_value(f, e.what == WHAT_URL);
    else if (e.what == WHAT_GUID) {
        sst_str s = text_line(f);
        if (s.n && !f->meta->value[FEED_ID].n) {
            f->meta->value[FEED_ID] = f->entry.guid_is_link ? address(f, s) : s;
            if (f->entry.guid_is_link && !f->meta->link.n)
                f->meta->link = f->meta->value[FEED_ID];
        }
    } else if (e.what == WHAT_NAME)
        f->person.name = text_line(f);
    else if (e.what == WHAT_EMAIL)
        f->person.email = text_line(f);
    else if (e.what == WHAT_HOME) {
        f->person.url = text_line(f);
        if (f->person.url.n)
            f->person.url = address(f, f->person.url);
    }
    buf_clear(&f->text);
}

/* --------------------------------------------------------------------------------------- open,
 * close
 */

static void begin_item(feed *f)
{
    arena_clear(&f->item);
    memset(&f->entry, 0, sizeof f->entry);
    f->meta = &f->entry;
    f->in_item = true;
    f->too_large = false;
    f->item_at = f->x.at;
    f->item_line = f->x.line;
    f->item_depth = f->x.depth;
}

static void open_item(feed *f, feed_frame *fr)
{
    f->entry.lang = fr->lang;
    f->entry.base = fr->base;
    sst_str about = read_xml_value(&f->x, "rdf", "about"), href = attribute(f, "href"),
            when = attribute(f, "lastmod");
    if (about.n)
        f->entry.value[FEED_ID] = keep(f, str_trim(about));
    if (href.n)
        add_link(f, (read_feed_link){.href = address(f, href), .rel = STR("alternate")});
    if (when.n)
        f->entry.value[FEED_UPDATED] = keep(f, when);
}

static void open_channel(feed *f, const feed_frame *fr)
{
    read_feed_meta *c = &f->channel;
    c->lang = fr->lang;
    c->base = fr->base;
    sst_str href = attribute(f, "href"), when = attribute(f, "lastmod");
    if (href.n && !c->link.n)
        add_link(f, (read_feed_link){.href = address(f, href), .rel = STR("alternate")});
    if (when.n && !c->value[FEED_UPDATED].n)
        c->value[FEED_UPDATED] = keep(f, when);
}

void feed_open_element(feed *f, sst_status *status)
{
    uint32_t d = f->x.depth;
    feed_frame *fr = &f->frame[d];
    const feed_frame *up = &f->frame[d - 1];
    fr->lang = up->lang;
    fr->base = up->base;
    fr->e = (feed_element){WHAT_OTHER, 0};
    if (f->text_depth) {
        sst_str base = read_xml_value(&f->x, "xml", "base");
        if (base.n)
            fr->base = read_url_join(arena_of(f), up->base, base);
        add_tag(f);
        return;
    }
    if (up->e.what == WHAT_SKIP && d > 1) {
        fr->e.what = WHAT_SKIP;
        return;
    }
    uint8_t space;
    feed_element e = feed_element_of(f, &space);
    if (e.what == WHAT_ITEM && f->in_item) {
        /* Items do not nest: the end tag of the one before is missing. */
        if (d == f->item_depth + 1) {
            f->in_item = false;
            f->meta = &f->channel;
            *status = feed_give(f);
            if (*status)
                return;
        } else
            e.what = WHAT_OTHER;
    }
    if (e.what == WHAT_ITEM)
        begin_item(f);
    inherit(f, fr);
    bool person = up->e.what == WHAT_PERSON;
    bool part = e.what == WHAT_NAME || e.what == WHAT_EMAIL || e.what == WHAT_HOME;
    bool place = up->e.what == WHAT_ITEM || up->e.what == WHAT_CHANNEL || up->e.what == WHAT_SOURCE;
    if (d == 1 && e.what != WHAT_ITEM)
        e.what = WHAT_CHANNEL;
    else if (e.what == WHAT_CHANNEL && f->in_item)
        e.what = WHAT_SKIP;
    else if (e.what == WHAT_SOURCE && (up->e.what != WHAT_ITEM || f->entry.source))
        e.what = WHAT_SKIP;
    else if (person ? !part
                    : part || (!place && e.what != WHAT_ITEM && e.what != WHAT_CHANNEL &&
                               e.what != WHAT_SKIP))
        e.what = WHAT_OTHER;
    fr->e = e;
    switch ((feed_what)e.what) {
    case WHAT_OTHER:
    case WHAT_SKIP:
        break;
    case WHAT_CHANNEL:
        open_channel(f, fr);
        break;
    case WHAT_ITEM:
        open_item(f, fr);
        break;
    case WHAT_SOURCE:
        memset(&f->other, 0, sizeof f->other);
        f->other.lang = fr->lang;
        f->other.base = fr->base;
        f->entry.source = f->meta = &f->other;
        if (attribute(f, "url").n)
            f->other.link = address(f, attribute(f, "url"));
        buf_clear(&f->text);
        break;
    case WHAT_PERSON:
        f->person = (read_feed_person){.role = e.which};
        buf_clear(&f->text);
        break;
    case WHAT_ENCLOSURE:
        begin_enclosure(f);
        break;
    default:
        if (e.what == WHAT_LINK)
            begin_link(f);
        else if (e.what == WHAT_TAG) {
            sst_str scheme = attribute(f, "scheme");
            f->tag = (read_feed_tag){.term = keep(f, attribute(f, "term")),
                                     .scheme = keep(f, scheme.n ? scheme : attribute(f, "domain")),
                                     .label = keep(f, attribute(f, "label"))};
        } else if (e.what == WHAT_GUID)
            f->entry.guid_is_link = !str_eq_nocase(attribute(f, "ispermalink"), STR("false"));
        else if (e.what == WHAT_VALUE && e.which == FEED_GENERATOR) {
            sst_str url = attribute(f, "url");
            if (!url.n)
                url = attribute(f, "uri");
            if (url.n)
                f->meta->value[FEED_GENERATOR_URL] = address(f, url);
            f->meta->value[FEED_GENERATOR_VERSION] = keep(f, attribute(f, "version"));
        }
        begin_text(f, e, space);
    }
}

void feed_close_element(feed *f, sst_status *status)
{
    uint32_t d = f->x.depth;
    const feed_frame *fr = &f->frame[d];
    if (f->text_depth) {
        if (d == f->text_depth)
            end_text(f);
        else if (!feed_is_void(f->x.name)) {
            buf_z(&f->text, "</");
            buf_str(&f->text, f->x.name);
            buf_byte(&f->text, '>');
        }
        return;
    }
    if (fr->e.what == WHAT_PERSON) {
        end_person(f);
        buf_clear(&f->text);
    } else if (fr->e.what == WHAT_SOURCE) {
        if (!f->other.has[FEED_TITLE]) {
            f->other.part[FEED_TITLE] =
                (read_feed_text){.value = text_line(f), .type = STR("text/plain")};
            f->other.has[FEED_TITLE] = true;
        }
        f->meta = &f->entry;
        buf_clear(&f->text);
    } else if (fr->e.what == WHAT_ITEM && f->in_item) {
        *status = feed_give(f);
        f->in_item = false;
        f->meta = &f->channel;
    }
}
