/* A document -> an article: see page_article.h. Metadata of the container first, what the document
 * says itself fills the holes. */
#include "page_article.h"

#include "base_alloc.h"
#include "base_utf8.h"
#include "page_found.h"
#include "page_inner.h"
#include "page_note.h"
#include "page_words.h"

/* Of an article beside its strings: rounding of some 15 strings, dates, blocks. */
enum { ARTICLE_BYTES = 640 };

const char *page_role_name(sst_role role)
{
    static const char *const names[ROLE_N] = {"body",        "headline",  "subtitle", "byline",
                                              "dateline",    "caption",   "credit",   "list",
                                              "boilerplate", "correction"};
    return (unsigned)role < ROLE_N ? names[role] : "body";
}

sst_status page_authors(sst_arena *arena, sst_str s, page_strs *out)
{
    s = str_trim(s);
    if (str_starts_nocase(s, STR("by ")))
        s = str_trim((sst_str){s.p + 3, s.n - 3});
    while (s.n) {
        size_t n = 0, skip = 1;
        for (; n < s.n; n++) {
            sst_str rest = {s.p + n, s.n - n};
            if (s.p[n] == ',' || s.p[n] == ';' || s.p[n] == '|')
                break;
            if (str_starts(rest, STR(" and ")) || str_starts(rest, STR(" And "))) {
                skip = 5;
                break;
            }
            if (str_starts(rest, STR(" & "))) {
                skip = 3;
                break;
            }
        }
        sst_str name = str_trim((sst_str){s.p, n});
        if (str_starts_nocase(name, STR("and ")))
            name = str_trim((sst_str){name.p + 4, name.n - 4});
        bool twice = false;
        for (uint32_t i = 0; i < out->n && i < 64; i++)
            twice |= str_eq(out->v[i], name);
        if (name.n && !twice && out->n < 64) {
            sst_str *place = vec_push(arena, out);
            if (place)
                *place = arena_str(arena, name);
        }
        if (n + skip >= s.n)
            break;
        s.p += n + skip;
        s.n -= n + skip;
    }
    return arena->failed;
}

/* The text of a document of text. */
static sst_status page_text(sst_article *a, const sst_document *d)
{
    a->text = arena_str(&a->arena, d->body);
    if (a->arena.failed)
        return a->arena.failed;
    sst_status status = page_text_blocks(a);
    if (status)
        return status;
    bool body = false;
    for (uint32_t i = 0; i < a->block_n; i++) {
        body |= a->blocks[i].role == ROLE_BODY || a->blocks[i].role == ROLE_LIST;
        if (a->blocks[i].role == ROLE_HEADLINE && a->title.n == 0)
            a->title = str_span(a->text, a->blocks[i].at);
    }
    a->access = body ? ACCESS_FULL : ACCESS_STUB;
    if (a->block_n == 0 && a->title.n == 0)
        a->error = STR("no text in it");
    return SST_OK;
}

/*
 * Dates that lines near the top of a text give: lines that are nothing but a date, or a date behind
 * a label ("Published: ..."). They fill what the container has not told.
 */
static void text_dates(sst_article *a)
{
    enum { TOP_BLOCKS = 8 }; /* headline, subtitle, byline, their dates, some furniture */
    page_dates list = {0};
    for (uint32_t i = 0; i < a->date_n; i++) {
        sst_date *d = vec_push(&a->arena, &list);
        if (!d)
            return;
        *d = a->dates[i];
    }
    for (uint32_t i = 0; i < a->block_n && i < TOP_BLOCKS; i++) {
        if (a->blocks[i].role != ROLE_DATELINE)
            continue;
        sst_str rest = str_span(a->text, a->blocks[i].at);
        while (rest.n) { /* "Published: ... | Updated: ..." */
            const char *bar = memchr(rest.p, '|', rest.n);
            sst_str s = str_trim((sst_str){rest.p, bar ? (size_t)(bar - rest.p) : rest.n});
            size_t used = bar ? (size_t)(bar - rest.p) + 1 : rest.n;
            rest.p += used;
            rest.n -= used;
            const page_phrase *f = page_phrase_find(s);
            if (f && f->role == ROLE_DATELINE && f->how == HOW_START) {
                s.p += f->n;
                s.n -= f->n;
                while (s.n && (*s.p == ':' || *s.p == ' ')) {
                    s.p++;
                    s.n--;
                }
            }
            sst_str iso = page_date(&a->arena, s);
            sst_date *d = iso.n ? vec_push(&a->arena, &list) : NULL;
            if (!d)
                continue;
            *d = (sst_date){iso, STR("text")};
            sst_str *to = f && f->updated ? &a->modified : &a->published;
            if (to->n == 0)
                *to = iso;
        }
    }
    a->dates = list.v;
    a->date_n = list.n;
}

/* A short summary is a stub; a long one may be the whole report. */
static void summary_access(sst_article *a)
{
    enum { SUMMARY_BYTES = 1200 }; /* longer than any teaser of the seen feeds; news has 2,000 up */
    a->access = a->text.n < SUMMARY_BYTES ? ACCESS_STUB : ACCESS_UNKNOWN;
}

/*
 * A feed's title names the outlet of reports at the feed's own site; of reports that stand
 * elsewhere the address says more. Empty: page or address are to tell.
 */
static sst_str outlet_of(sst_arena *arena, const sst_document *d)
{
    sst_str outlet = str_trim(d->outlet);
    if (d->flags & SST_DOC_FEED_TITLE) {
        sst_str own = page_domain(page_host(d->outlet_url)), there = page_domain(page_host(d->url));
        if (own.n && there.n && !str_eq_nocase(own, there))
            outlet = STR("");
    }
    return arena_str(arena, outlet);
}

/* Feeds cut what they give as the report, too: "...", "[...]", and the same in one character. */
static bool is_cut(sst_str s)
{
    s = str_trim(s);
    if (str_ends(s, STR("]")))
        s = str_trim((sst_str){s.p, s.n - 1});
    return str_ends(s, STR("...")) || str_ends(s, STR("\xE2\x80\xA6"));
}

static void content_access(sst_article *a)
{
    /* News in brief is given whole, too. */
    if (a->access != ACCESS_FULL && !str_eq(a->access_why, STR("short")))
        return;
    a->access = is_cut(a->text) ? ACCESS_STUB : ACCESS_FULL;
    a->access_why = a->access == ACCESS_STUB ? STR("cut short") : STR("");
}

static void add_date(sst_article *a, page_dates *list, sst_str value, const char *from)
{
    sst_date *d = value.n ? vec_push(&a->arena, list) : NULL;
    if (d)
        *d = (sst_date){value, str_of(from)};
}

static sst_status fill(sst_article *a, const sst_document *d, const sst_limits *limits,
                       const atomic_int *stop)
{
    a->id = arena_str(&a->arena, d->id);
    a->source = arena_str(&a->arena, d->source);
    a->url = arena_str(&a->arena, str_trim(d->url));
    a->outlet = outlet_of(&a->arena, d);
    a->outlet_url = arena_str(&a->arena, d->flags & SST_DOC_SOURCED ? d->outlet_url : STR(""));
    a->title = arena_str(&a->arena, str_trim(d->title));
    a->published = page_date(&a->arena, d->published);
    a->modified = page_date(&a->arena, d->modified);
    a->charset_declared = a->charset_used = STR("");
    a->text = a->lang = a->lang_declared = a->agency = a->error = STR("");
    a->record = arena_str(&a->arena, d->record);
    a->fetched = arena_str(&a->arena, d->fetched);
    a->refers_to = arena_str(&a->arena, d->refers_to);
    a->at = d->at;
    a->flags = d->flags;
    if (d->flags & SST_DOC_REVISIT) /* no body: it says that nothing was new */
        return a->arena.failed;
    page_strs authors = {0};
    a->feed = arena_str(&a->arena, d->feed);
    sst_status status = page_authors(&a->arena, d->author, &authors);
    if (status)
        return status;
    a->authors = authors.v;
    a->author_n = authors.n;
    if (d->kind == SST_KIND_HTML)
        status = page_html(a, d, limits, stop);
    else
        status = page_text(a, d);
    if (status)
        return status;
    if (d->flags & SST_DOC_SUMMARY)
        summary_access(a);
    if (d->flags & SST_DOC_TRUNCATED && a->access == ACCESS_FULL)
        a->access = ACCESS_UNKNOWN; /* nobody knows what is missing */
    if (d->flags & SST_DOC_CONTENT)
        content_access(a);
    if (d->flags & SST_DOC_FEED_TITLE && !a->outlet.n)
        a->outlet = page_domain(page_host(a->url));
    if ((d->published.n || d->modified.n) && !a->date_n) {
        page_dates list = {0};
        add_date(a, &list, page_date(&a->arena, d->published), "given");
        add_date(a, &list, page_date(&a->arena, d->modified), "given, modified");
        a->dates = list.v;
        a->date_n = list.n;
    }
    if (d->kind != SST_KIND_HTML)
        text_dates(a);
    page_lang(a, a->lang.n ? a->lang : d->lang);
    if (!a->lang_open)
        page_lang_ask(a);
    a->agency = page_agency(a);
    if (a->published_s == INT64_MIN)
        a->published_s = page_seconds(a->published);
    return a->arena.failed;
}

/* What an article of the document takes, more or less; of a page without what is made of it. */
static size_t bytes_of(const sst_document *d)
{
    size_t n = d->id.n + d->source.n + d->url.n + d->outlet.n + d->title.n + d->author.n +
               d->published.n + d->feed.n + d->record.n;
    return n + (d->kind == SST_KIND_HTML ? 0 : d->body.n) + ARTICLE_BYTES;
}

enum { NOTES = 1, LANG_LATER = 2 };

static sst_status make(const sst_document *document, const sst_limits *limits,
                       const atomic_int *stop, uint32_t ways, base_room *room, sst_article **out)
{
    *out = NULL;
    sst_article *a = base_malloc(sizeof *a);
    if (!a)
        return SST_ERR_MEMORY;
    memset(a, 0, sizeof *a);
    arena_init_slim(&a->arena, 0, bytes_of(document)); /* a run keeps all its articles */
    a->arena.room = room;
    room_count(room, (ptrdiff_t)sizeof *a);
    a->published_s = INT64_MIN;
    a->lang_open = (ways & LANG_LATER) != 0;
    sst_status status = document->body.n > UINT32_MAX - 16 ? SST_ERR_LIMIT : SST_OK;
    if (!status && (ways & NOTES))
        status = page_note_begin(a);
    if (!status)
        status = fill(a, document, limits, stop);
    if (status) {
        page_free(a);
        return status;
    }
    *out = a;
    return SST_OK;
}

sst_status page_article(const sst_document *document, const sst_limits *limits, sst_article **out)
{
    return make(document, limits, NULL, 0, NULL, out);
}

sst_status page_article_until(const sst_document *document, const sst_limits *limits,
                              const atomic_int *stop, sst_article **out)
{
    return make(document, limits, stop, 0, NULL, out);
}

sst_status page_article_noted(const sst_document *document, const sst_limits *limits,
                              const atomic_int *stop, sst_article **out)
{
    return make(document, limits, stop, NOTES, NULL, out);
}

sst_status page_article_lean(const sst_document *document, const sst_limits *limits,
                             const atomic_int *stop, base_room *room, sst_article **out)
{
    return make(document, limits, stop, LANG_LATER, room, out);
}

void page_free(sst_article *article)
{
    if (!article)
        return;
    base_room *room = article->arena.room;
    arena_release(&article->arena);
    room_count(room, -(ptrdiff_t)sizeof *article);
    base_free(article);
}
