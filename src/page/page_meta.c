/*
 * What a page says of itself. One walk over the tree gathers (page_found.h): JSON-LD, meta
 * elements, headings, credits, visible lines; then each part of the metadata is chosen by its own
 * file: page_title.c, page_author.c, page_when.c, page_url.c. What the container (a row, a feed)
 * said stays.
 */
#include <stdlib.h>

#include "base_utf8.h"
#include "page_found.h"
#include "page_html.h"
#include "page_note.h"
#include "page_words.h"

enum {
    TITLE_BYTES = 400,
    NAME_BYTES = 80,
    META_BYTES = 4000, /* of what a page declares of itself: of 1,869 pages one list of keywords is
                          longer */
    URL_BYTES = 2048,  /* longer addresses are none: what browsers and crawlers take */
    HEADINGS = 60,
    POINTS_SURE = 8, /* of a time element that says what it is of; page_when.c adds the place */
    POINTS_TIME = 3,
    CREDITS = 120, /* places that may name an author; pages with comments mark each commenter */
    TAGS = 64,
    LEAST_CLASS = 5, /* bytes of the shortest word of credit_class.txt */
    WALK_DEPTH = 40  /* elements of a heading that are looked into */
};

static void keep(sst_str *place, sst_str s)
{
    if (place->n == 0)
        *place = str_trim(s);
}

static sst_str cut(sst_str s, size_t most)
{
    if (s.n > most) {
        s.n = most;
        while (s.n && ((unsigned char)s.p[s.n] & 0xC0) == 0x80)
            s.n--;
    }
    return s;
}

static void keep_address(sst_str *place, sst_str s)
{
    if (s.n <= URL_BYTES)
        keep(place, s);
}

sst_str page_plain(page_found *f, sst_str s)
{
    enum { PLAIN_DEPTH = 20 };
    s = str_trim(cut(str_trim(s), META_BYTES));
    if (!memchr(s.p ? s.p : "", '&', s.n) && !memchr(s.p ? s.p : "", '<', s.n))
        return arena_str(f->arena, s);
    page_node *root;
    html_limit limit;
    sst_arena scratch;
    arena_init(&scratch, 0);
    html_doc doc;
    html_init(&doc);
    sst_str plain = {NULL, 0};
    /* Twice: "&amp;#8217;" is common in data that was escaped for another place. */
    if (page_dom_parse(&scratch, &doc, s, PLAIN_DEPTH, NULL, &root, &limit) == SST_OK) {
        plain = page_flat_text(f->arena, root, META_BYTES);
        if (memchr(plain.p, '&', plain.n) &&
            page_dom_parse(&scratch, &doc, plain, PLAIN_DEPTH, NULL, &root, &limit) == SST_OK)
            plain = page_flat_text(f->arena, root, META_BYTES);
    }
    html_release(&doc);
    arena_release(&scratch);
    return plain;
}

/* ---- meta elements ----------------------------------------------------------------------------
 */

static void add_tags(page_found *f, sst_str s, uint8_t rank)
{
    if (f->tags.n && rank > f->tags_rank)
        return;
    if (rank < f->tags_rank)
        f->tags.n = 0;
    f->tags_rank = rank;
    bool comma = rank > 1; /* article:tag is one tag an element */
    while (s.n && f->tags.n < TAGS) {
        const char *end = comma ? memchr(s.p, ',', s.n) : NULL;
        size_t n = end ? (size_t)(end - s.p) : s.n, used = end ? n + 1 : n;
        sst_str tag = str_trim((sst_str){s.p, n});
        bool twice = tag.n == 0;
        for (uint32_t i = 0; i < f->tags.n; i++)
            twice |= str_eq_nocase(f->tags.v[i], tag);
        sst_str *place = twice ? NULL : vec_push(f->arena, &f->tags);
        if (place)
            *place = arena_str(f->arena, tag);
        s.p += used;
        s.n -= used;
    }
}

static void add_credit(page_found *f, sst_str text, page_credit_source source, uint8_t rank,
                       const page_node *node)
{
    text = str_trim(text);
    if (text.n == 0 || f->credits.n >= CREDITS || str_find(text, STR("://")) >= 0)
        return;
    page_credit *c = vec_push(f->arena, &f->credits);
    if (c)
        *c = (page_credit){arena_str(f->arena, text), node, f->at, (uint8_t)source, rank};
}

static void meta_field(page_found *f, const page_entry *e, sst_str content)
{
    sst_str from;
    switch ((page_meta_field)e->value) {
    case META_PUBLISHED:
    case META_MODIFIED:
    case META_CREATED:
        from = arena_printf(f->arena, "meta %s", e->text);
        page_when_add(f, content, from.p,
                      e->value == META_PUBLISHED  ? DATE_PUBLISHED
                      : e->value == META_MODIFIED ? DATE_MODIFIED
                                                  : DATE_CREATED,
                      e->rank);
        return;
    case META_TITLE: {
        sst_str *place = f->titles.n < 8 ? vec_push(f->arena, &f->titles) : NULL;
        if (place) {
            *place = page_plain(f, content);
            if (e->rank == 1) { /* Open Graph first */
                sst_str first = f->titles.v[0];
                f->titles.v[0] = *place;
                *place = first;
            }
        }
        return;
    }
    case META_SITE:
        keep(&f->site, cut(content, META_BYTES));
        return;
    case META_APP:
        keep(&f->app, cut(content, META_BYTES));
        return;
    case META_PUBLISHER:
        if (str_find(content, STR("://")) < 0)
            keep(&f->publisher, cut(content, META_BYTES));
        return;
    case META_AUTHOR:
        add_credit(f, page_plain(f, content), CREDIT_META, e->rank, NULL);
        return;
    case META_SECTION:
        if (f->section.n == 0 || e->rank < f->section_rank) {
            f->section = page_plain(f, content);
            f->section_rank = e->rank;
        }
        return;
    case META_TAGS:
        add_tags(f, page_plain(f, content), e->rank);
        return;
    case META_URL:
        keep_address(&f->og_url, content);
        return;
    case META_ROBOTS:
        page_rights_robots(f, content);
        return;
    case META_TDM:
        if (str_eq(content, STR("1")))
            page_right_add(f, STR("tdm-reservation"));
        return;
    case META_TDM_POLICY:
        keep_address(&f->a->rights_policy, content);
        return;
    case META_LANG:
        if (content.n <= 15)
            keep(&f->lang, content);
        return;
    }
}

static void meta_element(page_found *f, const page_node *n)
{
    sst_str content = str_trim(page_dom_attribute(n, "content"));
    if (content.n == 0) /* a common slip */
        content = str_trim(page_dom_attribute(n, "value"));
    if (content.n == 0)
        return;
    const page_entry *done = NULL;
    for (const page_attribute *a = n->attributes; a; a = a->next) {
        if (!str_eq(a->name, STR("property")) && !str_eq(a->name, STR("name")) &&
            !str_eq(a->name, STR("itemprop")) && !str_eq(a->name, STR("http-equiv")))
            continue;
        const page_entry *e = page_list_find(&page_list_meta_name, str_trim(a->value));
        if (!e || e == done)
            continue;
        done = e;
        /* Microdata below the head is about the thing around it, which may be another one. */
        bool micro = str_eq(a->name, STR("itemprop"));
        if (micro && e->value == META_AUTHOR)
            add_credit(f, cut(content, META_BYTES), CREDIT_REL, 1, n);
        else if (!micro || e->value <= META_CREATED)
            meta_field(f, e, content);
    }
}

/* ---- elements ---------------------------------------------------------------------------------
 */

/* Is word one of the white-space separated words of list? */
static bool has_word(sst_str list, const char *word)
{
    sst_str w = str_of(word);
    for (size_t i = 0; i + w.n <= list.n; i++)
        if ((i == 0 || byte_is_space((unsigned char)list.p[i - 1])) &&
            (i + w.n == list.n || byte_is_space((unsigned char)list.p[i + w.n])) &&
            str_eq_nocase((sst_str){list.p + i, w.n}, w))
            return true;
    return false;
}

sst_str page_heading_text(page_found *f, const page_node *top, bool skip_kicker, uint32_t breaks[4])
{
    sst_buf out;
    buf_init(&out, 0);
    uint32_t n_breaks = 0;
    const page_node *last = NULL;
    bool skip = false;
    int steps = 0;
    memset(breaks, 0, 4 * sizeof *breaks);
    for (const page_node *n = top; n && out.n < TITLE_BYTES && steps < 10 * WALK_DEPTH;
         steps++, n = page_dom_next(n, top, skip)) {
        skip = n->tag == TAG_SCRIPT || n->tag == TAG_STYLE || n->tag == TAG_SVG ||
               n->tag == TAG_BUTTON || n->tag == TAG_TEMPLATE ||
               (skip_kicker && n != top && n->tag != TAG_TEXT &&
                page_list_class(&page_list_kicker_class, page_dom_attribute(n, "class"), -1));
        if (skip)
            continue;
        if (n->tag == TAG_BR) {
            page_add_flat(&out, 0, STR(" "));
        } else if (n->tag == TAG_TEXT) {
            sst_str s = str_trim(n->text);
            if (s.n && last && last->parent != n->parent && n_breaks < 4 && out.n) {
                /* "Kicker" and "Headline" in elements of their own, run together. */
                char end = out.p[out.n - 1];
                if (end >= 'a' && end <= 'z' && *n->text.p >= 'A' && *n->text.p <= 'Z')
                    page_add_flat(&out, 0, STR(" "));
                breaks[n_breaks++] = (uint32_t)out.n;
            }
            page_add_flat(&out, 0, n->text);
            if (s.n)
                last = n;
        }
    }
    size_t lead = 0;
    while (lead < out.n && out.p[lead] == ' ')
        lead++;
    sst_str s = str_trim((sst_str){out.p, out.n});
    s = cut(s, TITLE_BYTES);
    for (uint32_t i = 0; i < 4; i++)
        if (breaks[i] <= lead || breaks[i] - lead >= s.n)
            breaks[i] = 0;
        else
            breaks[i] -= (uint32_t)lead;
    s = arena_str(f->arena, s);
    buf_release(&out);
    return s;
}

static void heading(page_found *f, const page_node *n, uint8_t level, bool marked)
{
    if (f->headings.n >= HEADINGS)
        return;
    page_heading h = {.at = f->at, .level = level, .marked = marked};
    uint32_t ignored[4];
    h.text = page_heading_text(f, n, true, h.breaks);
    sst_str whole = page_heading_text(f, n, false, ignored);
    if (h.text.n == 0) {
        h.text = whole;
        memcpy(h.breaks, ignored, sizeof ignored);
    } else if (whole.n != h.text.n)
        h.whole = whole;
    if (h.text.n == 0)
        return;
    h.aside = page_is_aside(f, n);
    h.node = n;
    page_heading *place = vec_push(f->arena, &f->headings);
    if (place)
        *place = h;
}

/* What the words of a class attribute say: a bit for each page_credit_class. */
static unsigned credit_class(sst_str cls)
{
    unsigned found = 0;
    size_t i = 0;
    while (i < cls.n) {
        size_t n = 0;
        while (i + n < cls.n && !byte_is_space((unsigned char)cls.p[i + n]))
            n++;
        const page_entry *e = n >= LEAST_CLASS
                                  ? page_list_find(&page_list_credit_class, (sst_str){cls.p + i, n})
                                  : NULL;
        if (e)
            found |= 1u << e->value;
        i += n + 1;
    }
    return found;
}

/* The same, once for each value. */
static unsigned known_credit_class(page_found *f, sst_str cls)
{
    int fresh = 1;
    uint32_t *known = u64map_add(&f->scratch, &f->credit_classes, hash_str(cls), 0, &fresh);
    if (!known)
        return 0;
    if (fresh)
        *known = credit_class(cls);
    return *known;
}

static void link_element(page_found *f, const page_node *n)
{
    sst_str rel = page_dom_attribute(n, "rel");
    if (has_word(rel, "canonical"))
        keep_address(&f->canonical, str_trim(page_dom_attribute(n, "href")));
    else if (has_word(rel, "alternate") && f->feed.n == 0) {
        sst_str type = page_dom_attribute(n, "type");
        if (str_find_nocase(type, STR("rss")) >= 0 || str_find_nocase(type, STR("atom")) >= 0)
            keep(&f->feed, cut(page_dom_attribute(n, "title"), META_BYTES));
    }
}

static void time_element(page_found *f, const page_node *n, sst_str prop)
{
    sst_str value = page_dom_attribute(n, "datetime");
    if (value.n == 0)
        return; /* without the attribute its text is a visible line */
    bool modified =
        has_word(prop, "dateModified") ||
        page_list_class(&page_list_date_label, page_dom_attribute(n, "class"), LABEL_MODIFIED);
    bool sure = has_word(prop, "datePublished") || page_dom_attribute(n, "pubdate").p ||
                has_word(page_dom_attribute(n, "class"), "entry-date");
    page_stamp t;
    value = str_trim(value);
    if (value.n > 80 || !page_stamp_parse(value, f->month_first, &t) || f->whens.n >= 300)
        return;
    page_when *w = vec_push(f->arena, &f->whens);
    if (w)
        *w = (page_when){.t = t,
                         .node = n,
                         .from = STR("time element"),
                         .at = f->at,
                         .kind = modified ? DATE_MODIFIED : DATE_PUBLISHED,
                         .visible = 1,
                         .score = modified || sure ? POINTS_SURE : POINTS_TIME};
}

static void element(page_found *f, const page_node *n)
{
    f->here = n;
    switch (n->tag) {
    case TAG_HTML:
        keep(&f->html_lang, page_dom_attribute(n, "lang"));
        return;
    case TAG_TITLE:
        if (f->title.n == 0)
            f->title = page_flat_text(f->arena, n, TITLE_BYTES);
        return;
    case TAG_META:
        meta_element(f, n);
        return;
    case TAG_LINK:
        link_element(f, n);
        return;
    case TAG_SCRIPT:
        if (str_starts_nocase(page_dom_attribute(n, "type"), STR("application/ld+json")))
            page_ld_script(f, n);
        return;
    default:
        break;
    }
    sst_str prop = {NULL, 0}, cls = {NULL, 0}, rel = {NULL, 0};
    for (const page_attribute *a = n->attributes; a; a = a->next) {
        if (str_eq(a->name, STR("class")))
            cls = a->value;
        else if (str_eq(a->name, STR("itemprop")))
            prop = a->value;
        else if (str_eq(a->name, STR("rel")))
            rel = a->value;
    }
    unsigned credit = cls.n && n->tag != TAG_BODY ? known_credit_class(f, cls) : 0;
    bool marked = prop.n && has_word(prop, "headline");
    if (n->tag >= TAG_H1 && n->tag <= TAG_H3)
        heading(f, n, (uint8_t)(n->tag - TAG_H1 + 1), marked);
    else if (marked)
        heading(f, n, 1, true);
    if (n->tag == TAG_TIME)
        time_element(f, n, prop);
    else if (prop.n && has_word(prop, "datePublished")) {
        sst_str content = page_dom_attribute(n, "content");
        page_when_add(f, content.n ? content : page_flat_text(f->arena, n, NAME_BYTES),
                      "itemprop datePublished", DATE_PUBLISHED, 4);
    } else if (credit >> CLASS_PUBLISHED & 1) {
        sst_str title = page_dom_attribute(n, "title"); /* microformats */
        if (title.n)
            page_when_add(f, title, "class published", DATE_PUBLISHED, 5);
    }
    if (prop.n && (has_word(prop, "alternativeHeadline") || has_word(prop, "alternateName")))
        keep(&f->subtitle, page_flat_text(f->arena, n, TITLE_BYTES));
    if (f->credits.n >= CREDITS)
        return;
    if ((prop.n && has_word(prop, "author")) || (rel.n && has_word(rel, "author")))
        add_credit(f, page_credit_text(f, n), CREDIT_REL, 1, n);
    else if (n->first && (credit >> CLASS_AUTHOR & 1))
        add_credit(f, page_credit_text(f, n), CREDIT_CLASS, 1, n);
    else if (n->tag == TAG_A && n->first && page_leads_to_author(page_dom_attribute(n, "href")))
        add_credit(f, page_credit_text(f, n), CREDIT_PATH, 1, n);
}

/* ---- the whole --------------------------------------------------------------------------------
 */

static void gather(page_found *f, page_node *root)
{
    page_lines *lines = page_lines_new(f);
    bool skip = false;
    for (page_node *n = root; n && lines; n = page_dom_next(n, root, skip)) {
        skip = n->tag == TAG_SVG || n->tag == TAG_SCRIPT || n->tag == TAG_STYLE ||
               n->tag == TAG_TEMPLATE || n->tag == TAG_TITLE || n->tag == TAG_SELECT;
        if (n->tag == TAG_TEXT)
            page_lines_text(lines, n);
        else
            element(f, n);
    }
    if (lines)
        page_lines_end(lines);
}

static void dates_of_ld(page_found *f)
{
    for (uint32_t i = 0; i < f->lds.n; i++) {
        const page_ld *ld = &f->lds.v[i];
        bool own = ld == f->ld;
        if (!own && !ld->weak)
            continue; /* another article */
        uint8_t rank = own && !ld->weak ? 1 : 4;
        page_when_stamp(f, &ld->published, ld->weak ? "json-ld page" : "json-ld", DATE_PUBLISHED,
                        rank);
        page_when_stamp(f, &ld->modified, ld->weak ? "json-ld page modified" : "json-ld modified",
                        DATE_MODIFIED, rank);
        page_when_stamp(f, &ld->created, "json-ld created", DATE_CREATED, rank);
    }
}

/* Is 3/4/2024 in March? In American English and where nobody says which English. */
static bool is_month_first(sst_str lang)
{
    return str_starts_nocase(lang, STR("en")) &&
           (lang.n == 2 || str_eq_nocase(lang, STR("en-US")) || str_eq_nocase(lang, STR("en_US")));
}

static void addresses(page_found *f)
{
    sst_article *a = f->a;
    sst_str base = a->url.n ? a->url : f->og_url;
    sst_str canonical = page_url_join(f->arena, base, f->canonical);
    if (canonical.n == 0)
        canonical = page_url_join(f->arena, base, f->og_url);
    if (a->url.n == 0)
        a->url = arena_str(f->arena, canonical);
    /* A canonical address that is the front page of another page's is a mistake of its maker. */
    f->host = page_host(a->url);
    f->domain = page_domain(f->host);
    sst_str root = page_host(canonical);
    const char *path =
        root.n ? memchr(root.p, '/', canonical.n - (size_t)(root.p - canonical.p)) : NULL;
    bool front = !path || path + 1 >= canonical.p + canonical.n;
    a->canonical = page_url_clean(f->arena, canonical.n && !front ? canonical : a->url);
}

sst_status page_meta(sst_article *a, const sst_document *d, page_node *root)
{
    page_found f = {.a = a, .arena = &a->arena, .root = root, .tags_rank = UINT8_MAX};
    arena_init(&f.scratch, 0);
    sst_str given = a->published;
    for (page_node *n = root->first; n; n = n->next)
        if (n->tag == TAG_HTML)
            f.month_first = is_month_first(str_trim(page_dom_attribute(n, "lang")));
    gather(&f, root);
    f.here = NULL;
    if (d->http_head.n) { /* behind the status line */
        const char *line = memchr(d->http_head.p, '\n', d->http_head.n);
        size_t used = line ? (size_t)(line + 1 - d->http_head.p) : d->http_head.n;
        page_rights_head(&f, (sst_str){d->http_head.p + used, d->http_head.n - used});
    }
    addresses(&f);
    f.ld = page_ld_choose(&f);
    if (f.ld) {
        keep(&f.publisher, f.ld->publisher);
        keep(&f.section, f.ld->section);
        keep(&f.subtitle, f.ld->subtitle);
        if (f.tags.n == 0 || f.tags_rank > 2)
            f.tags = f.ld->tags.n ? f.ld->tags : f.tags;
        a->corrections = f.ld->corrections.v;
        a->correction_n = f.ld->corrections.n;
        a->free = f.ld->free;
        a->words_told = f.ld->words;
    } else
        a->free = -1;
    a->wall = f.wall;
    a->consent = f.consent;
    keep(&a->lang, page_lang_declared(f.arena, f.html_lang.n ? f.html_lang : f.lang));
    dates_of_ld(&f);
    page_when_address(&f, a->url);
    page_when_add(&f, d->last_modified, "http last-modified", DATE_SEEN, 0);
    page_when_add(&f, d->http_date, "http date", DATE_SEEN, 0);
    page_when_add(&f, d->fetched, "fetched", DATE_SEEN, 0);
    f.latest = page_when_latest(d);
    page_title_choose(&f);
    page_when_scripts(&f);
    page_when_choose(&f, given);
    page_authors_choose(&f);
    if (given.n) {
        page_dates list = {0};
        sst_date *one = vec_push(f.arena, &list);
        if (one)
            *one = (sst_date){given, STR("given")};
        for (uint32_t i = 0; i < a->date_n; i++)
            if ((one = vec_push(f.arena, &list)))
                *one = a->dates[i];
        a->dates = list.v;
        a->date_n = list.n;
        a->published_from = STR("given");
    }
    page_note_choice(a, "outlet",
                     a->outlet.n ? a->outlet
                     : f.site.n  ? f.site
                                 : f.publisher,
                     a->outlet.n     ? "given with the article"
                     : f.site.n      ? "the name of the site that the page declares"
                     : f.publisher.n ? "the publisher that the page declares"
                                     : "the registered domain of the address: no name is declared",
                     true);
    page_note_choice(a, "canonical", a->canonical,
                     f.canonical.n
                         ? "declared; without parameters that say where a reader came from"
                         : "the page's own address; none is declared",
                     true);
    if (f.html_lang.n || f.lang.n)
        page_note_choice(a, "declared language", f.html_lang.n ? f.html_lang : f.lang,
                         f.html_lang.n ? "the html element" : "a meta element or the HTTP head",
                         true);
    if (a->outlet.n == 0)
        a->outlet = f.site.n ? f.site : f.publisher.n ? f.publisher : f.domain;
    a->outlet = arena_str(f.arena, page_plain(&f, a->outlet));
    a->lang = arena_str(f.arena, a->lang);
    a->subtitle = arena_str(f.arena, f.subtitle);
    a->section = arena_str(f.arena, f.section);
    a->rights_policy = arena_str(f.arena, a->rights_policy);
    a->tags = f.tags.v;
    a->tag_n = f.tags.n;
    sst_status status = a->arena.failed ? a->arena.failed : f.scratch.failed;
    arena_release(&f.scratch);
    return status;
}

/* ---- shared -----------------------------------------------------------------------------------
 */

/* Letters and digits of both, without case: the same? */
bool page_same_letters(sst_str a, sst_str b)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.n && !byte_is_alpha((unsigned char)a.p[i]) &&
               !byte_is_digit((unsigned char)a.p[i]) && (a.p[i] & 0x80) == 0)
            i++;
        while (k < b.n && !byte_is_alpha((unsigned char)b.p[k]) &&
               !byte_is_digit((unsigned char)b.p[k]) && (b.p[k] & 0x80) == 0)
            k++;
        if (i == a.n || k == b.n)
            return i == a.n && k == b.n;
        char x = a.p[i], y = b.p[k];
        if (byte_is_alpha((unsigned char)x))
            x = (char)(x | 32);
        if (byte_is_alpha((unsigned char)y))
            y = (char)(y | 32);
        if (x != y)
            return false;
        i++;
        k++;
    }
}
