/*
 * JSON-LD (schema.org) of a page: every article it describes, the people it names by @id, and which
 * of the articles is the page's own: the one whose address or headline is the page's, else the
 * first of an article's type. In: script elements. Out: f->lds, f->people.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>

#include "base_buf.h"
#include "page_found.h"
#include "page_html.h"

enum {
    LD_BYTES = 4 << 20, /* larger blocks are not news metadata */
    LD_DEPTH = 12,
    LD_LIST = 1000, /* items of one list that are looked at */
    LD_ARTICLES = 24,
    LD_NAMES = 24,
    LD_TAGS = 64
};

static const cJSON *member(const cJSON *o, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(o, name);
}

/* A string, the first of a list, the name of a thing. */
static sst_str string_of(page_found *f, const cJSON *v)
{
    if (cJSON_IsArray(v))
        v = cJSON_GetArrayItem(v, 0);
    if (cJSON_IsObject(v)) {
        const cJSON *inner = member(v, "name");
        if (!inner)
            inner = member(v, "@value");
        v = inner ? inner : member(v, "@id");
        if (cJSON_IsArray(v))
            v = cJSON_GetArrayItem(v, 0);
    }
    return cJSON_IsString(v) ? page_plain(f, str_of(v->valuestring)) : (sst_str){NULL, 0};
}

static bool type_is(const cJSON *type, bool (*fits)(sst_str))
{
    const cJSON *one;
    int seen = 0;
    if (cJSON_IsArray(type)) {
        cJSON_ArrayForEach(one, type)
        {
            if (seen++ < 16 && cJSON_IsString(one) && fits(str_of(one->valuestring)))
                return true;
        }
        return false;
    }
    return cJSON_IsString(type) && fits(str_of(type->valuestring));
}

static bool is_article(sst_str t)
{
    return str_find(t, STR("Article")) >= 0 || str_find(t, STR("Posting")) >= 0 ||
           str_ends(t, STR("Report")) || str_ends(t, STR("Recipe"));
}

/* Things of their own inside an article's page, whose dates and authors are not the article's. */
static bool is_other(sst_str t)
{
    static const char *const names[] = {"VideoObject", "ImageObject", "AudioObject",  "Comment",
                                        "Person",      "Event",       "Offer",        "Review",
                                        "Product",     "Answer",      "Organization", "Question"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_ends(t, str_of(names[i])))
            return true;
    return false;
}

static bool is_person(sst_str t)
{
    return str_ends(t, STR("Person"));
}

static bool is_group(sst_str t)
{
    return str_ends(t, STR("Organization")) || str_ends(t, STR("Corporation"));
}

static void push(page_found *f, page_strs *list, sst_str s, uint32_t most)
{
    if (s.n == 0 || list->n >= most)
        return;
    sst_str *place = vec_push(f->arena, list);
    if (place)
        *place = s;
}

static void read_authors(page_found *f, page_ld *ld, const cJSON *v, int depth)
{
    const cJSON *one;
    if (cJSON_IsArray(v)) {
        int seen = 0;
        cJSON_ArrayForEach(one, v) if (seen++ < LD_NAMES && depth < 3)
            read_authors(f, ld, one, depth + 1);
        return;
    }
    page_strs *to = &ld->authors;
    if (cJSON_IsObject(v)) {
        const cJSON *name = member(v, "name"), *id = member(v, "@id"), *type = member(v, "@type");
        if (!name) {
            if (cJSON_IsString(id))
                push(f, &ld->refs, arena_str(f->arena, str_of(id->valuestring)), LD_NAMES);
            return;
        }
        if (type_is(type, is_group) && !type_is(type, is_person))
            to = &ld->groups;
        if (cJSON_IsArray(name)) {
            int seen = 0;
            cJSON_ArrayForEach(one, name) if (seen++ < LD_NAMES)
                push(f, to, string_of(f, one), LD_NAMES);
            return;
        }
        v = name;
    }
    if (cJSON_IsString(v))
        push(f, to, page_plain(f, str_of(v->valuestring)), LD_NAMES);
}

static void read_date(page_found *f, const cJSON *v, page_stamp *t)
{
    if (cJSON_IsArray(v))
        v = cJSON_GetArrayItem(v, 0);
    if (cJSON_IsObject(v))
        v = member(v, "@value");
    if (!cJSON_IsString(v) || strlen(v->valuestring) > 80 ||
        !page_stamp_parse(str_of(v->valuestring), f->month_first, t))
        *t = (page_stamp){0};
}

static void read_strings(page_found *f, page_strs *list, const cJSON *v, bool comma)
{
    const cJSON *one;
    if (cJSON_IsArray(v)) {
        int seen = 0;
        cJSON_ArrayForEach(one, v) if (seen++ < LD_TAGS && !cJSON_IsArray(one))
            read_strings(f, list, one, false);
        return;
    }
    if (cJSON_IsObject(v)) {
        const cJSON *text = member(v, "text");
        v = text ? text : member(v, "name");
    }
    if (!cJSON_IsString(v))
        return;
    sst_str s = page_plain(f, str_of(v->valuestring));
    while (s.n) {
        const char *end = comma ? memchr(s.p, ',', s.n) : NULL;
        size_t n = end ? (size_t)(end - s.p) : s.n, used = end ? n + 1 : n;
        push(f, list, str_trim((sst_str){s.p, n}), LD_TAGS);
        s.p += used;
        s.n -= used;
    }
}

static void read_article(page_found *f, const cJSON *o, bool weak)
{
    if (f->lds.n >= LD_ARTICLES)
        return;
    page_ld *ld = vec_push(f->arena, &f->lds);
    if (!ld)
        return;
    ld->weak = weak;
    ld->free = -1;
    ld->title = string_of(f, member(o, "headline"));
    if (ld->title.n == 0 && !weak)
        ld->title = string_of(f, member(o, "name"));
    ld->subtitle = string_of(f, member(o, "alternativeHeadline"));
    ld->publisher = string_of(f, member(o, "publisher"));
    ld->section = string_of(f, member(o, "articleSection"));
    const cJSON *url = member(o, "url"), *of = member(o, "mainEntityOfPage");
    if (cJSON_IsObject(of))
        of = member(of, "@id") ? member(of, "@id") : member(of, "url");
    if (cJSON_IsString(of))
        ld->url = arena_str(f->arena, str_of(of->valuestring));
    else if (cJSON_IsString(url))
        ld->url = arena_str(f->arena, str_of(url->valuestring));
    read_authors(f, ld, member(o, "author"), 0);
    if (ld->authors.n == 0 && ld->groups.n == 0 && ld->refs.n == 0)
        read_authors(f, ld, member(o, "creator"), 0);
    read_date(f, member(o, "datePublished"), &ld->published);
    read_date(f, member(o, "dateModified"), &ld->modified);
    read_date(f, member(o, "dateCreated"), &ld->created);
    read_strings(f, &ld->tags, member(o, "keywords"), true);
    read_strings(f, &ld->corrections, member(o, "correction"), false);
    const cJSON *words = member(o, "wordCount"), *free_now = member(o, "isAccessibleForFree");
    if (cJSON_IsNumber(words) && words->valuedouble > 0 && words->valuedouble < 1e6)
        ld->words = (uint32_t)words->valuedouble;
    const cJSON *body = member(o, "articleBody");
    if (cJSON_IsString(body) && !ld->words) {
        bool in = false;
        for (const char *p = body->valuestring; *p; p++) {
            bool space = byte_is_space((unsigned char)*p);
            ld->words += !space && !in;
            in = !space;
        }
    }
    if (cJSON_IsBool(free_now))
        ld->free = cJSON_IsTrue(free_now) ? 1 : 0;
    else if (cJSON_IsString(free_now))
        ld->free = str_eq_nocase(str_of(free_now->valuestring), STR("false")) ? 0 : 1;
}

static void person(page_found *f, const cJSON *o)
{
    const cJSON *id = member(o, "@id");
    sst_str name = string_of(f, member(o, "name"));
    if (!cJSON_IsString(id) || name.n == 0 || f->people.n >= LD_ARTICLES * 2)
        return;
    page_thing *t = vec_push(f->arena, &f->people);
    if (t)
        *t = (page_thing){arena_str(f->arena, str_of(id->valuestring)), name};
}

static void walk(page_found *f, const cJSON *o, int depth)
{
    if (depth > LD_DEPTH)
        return;
    const cJSON *one;
    if (cJSON_IsArray(o)) {
        int seen = 0;
        cJSON_ArrayForEach(one, o)
        {
            if (seen++ >= LD_LIST)
                break;
            walk(f, one, depth + 1);
        }
        return;
    }
    if (!cJSON_IsObject(o))
        return;
    const cJSON *type = member(o, "@type");
    if (type_is(type, is_article))
        read_article(f, o, false);
    else if (type_is(type, is_person))
        person(f, o);
    else if (!type_is(type, is_other) &&
             (member(o, "datePublished") || member(o, "headline") || member(o, "dateModified")))
        read_article(f, o, true);
    walk(f, member(o, "@graph"), depth + 1);
    walk(f, member(o, "mainEntity"), depth + 1);
    const cJSON *of = member(o, "mainEntityOfPage"), *is = member(o, "author");
    if (cJSON_IsObject(of))
        walk(f, of, depth + 1);
    if (cJSON_IsObject(is))
        person(f, is);
}

/*
 * What people leave in JSON that is none: commas in front of an end, line ends in strings, HTML
 * comment and CDATA marks around. Strings are kept as they are, so that nothing is added.
 */
static void mend(sst_str s, sst_buf *out)
{
    bool in = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (in) {
            if (c == '\\' && i + 1 < s.n) {
                buf_byte(out, c);
                buf_byte(out, s.p[++i]);
                continue;
            }
            if (c == '\n' || c == '\r' || c == '\t')
                c = ' ';
            in = c != '"';
        } else if (c == '"')
            in = true;
        else if (c == ',') {
            size_t k = i + 1;
            while (k < s.n && byte_is_space((unsigned char)s.p[k]))
                k++;
            if (k >= s.n || s.p[k] == '}' || s.p[k] == ']' || s.p[k] == ',')
                continue;
        }
        buf_byte(out, c);
    }
}

void page_ld_script(page_found *f, const page_node *script)
{
    for (const page_node *n = script->first; n; n = n->next) {
        sst_str s = n->text;
        while (s.n && *s.p != '{' && *s.p != '[') {
            s.p++;
            s.n--;
        }
        if (s.n == 0 || s.n > LD_BYTES)
            continue;
        cJSON *tree = cJSON_ParseWithLengthOpts(s.p, s.n, NULL, 0);
        if (!tree) {
            sst_buf out;
            buf_init(&out, 0);
            mend(s, &out);
            if (!out.failed)
                tree = cJSON_ParseWithLengthOpts(out.p, out.n, NULL, 0);
            buf_release(&out);
        }
        walk(f, tree, 0);
        cJSON_Delete(tree);
    }
}

/* Path and query of both the same, schemes, hosts' "www." and a last slash aside? */
static bool same_page(sst_str a, sst_str b)
{
    ptrdiff_t i = str_find(a, STR("://")), k = str_find(b, STR("://"));
    if (i < 0 || k < 0)
        return false;
    a = (sst_str){a.p + i + 3, a.n - (size_t)i - 3};
    b = (sst_str){b.p + k + 3, b.n - (size_t)k - 3};
    const char *p = memchr(a.p, '/', a.n), *q = memchr(b.p, '/', b.n);
    if (!p || !q)
        return false;
    a = (sst_str){p, a.n - (size_t)(p - a.p)};
    b = (sst_str){q, b.n - (size_t)(q - b.p)};
    while (a.n && a.p[a.n - 1] == '/')
        a.n--;
    while (b.n && b.p[b.n - 1] == '/')
        b.n--;
    return a.n && str_eq(a, b);
}

const page_ld *page_ld_choose(page_found *f)
{
    enum { LIKE = 600 }; /* of a headline and the page's own titles */
    const page_ld *best = NULL;
    int best_score = 0;
    sst_str og = f->titles.n ? f->titles.v[0] : f->title;
    for (uint32_t i = 0; i < f->lds.n; i++) {
        const page_ld *ld = &f->lds.v[i];
        int score = ld->weak ? 1 : 4;
        if (same_page(ld->url, f->canonical) || same_page(ld->url, f->a->url))
            score += 4;
        if (ld->title.n &&
            (page_alike(ld->title, og) >= LIKE || page_alike(ld->title, f->title) >= LIKE))
            score += 4;
        score += ld->published.has > 0;
        if (score > best_score) {
            best_score = score;
            best = ld;
        }
    }
    return best;
}
