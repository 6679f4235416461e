/*
 * What may be done with a page, and what else the head of its response says. In: the content of
 * robots' meta elements, the HTTP head as it stands. Out: the article's rights, and the language
 * and canonical address when the page itself declares none. By TDMRep (W3C community group report),
 * the robots values "noai" and "noimageai", and RFC 8288 (Link).
 */
#include "base_utf8.h"
#include "page_found.h"
#include "read_http.h"

static void keep(sst_str *place, sst_str s)
{
    if (place->n == 0)
        *place = str_trim(s);
}

void page_right_add(page_found *f, sst_str s)
{
    for (uint32_t i = 0; i < f->a->right_n; i++)
        if (str_eq(f->a->rights[i], s))
            return;
    if (f->a->right_n < SST_RIGHTS)
        f->a->rights[f->a->right_n++] = s;
}

/* What robots and the reservation of text and data mining say (TDMRep; "noai" of DeviantArt). */
void page_rights_robots(page_found *f, sst_str content)
{
    static const char *const flags[] = {"noai", "noimageai", "noarchive"};
    while (content.n) {
        const char *end = memchr(content.p, ',', content.n);
        size_t n = end ? (size_t)(end - content.p) : content.n, used = end ? n + 1 : n;
        sst_str one = str_trim((sst_str){content.p, n});
        for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
            if (str_eq_nocase(one, str_of(flags[i])))
                page_right_add(f, str_of(flags[i]));
        content.p += used;
        content.n -= used;
    }
}

/*
 * What the head of the response says of the page: rights (X-Robots-Tag, TDMRep), its language and
 * its own address (RFC 8288). The page's own words go before; rights add up.
 */
void page_rights_head(page_found *f, sst_str head)
{
    enum { LINES = 200, HEAD_BYTES = 64 << 10 };
    if (head.n > HEAD_BYTES)
        head.n = HEAD_BYTES;
    sst_str name, value;
    for (int i = 0; i < LINES && read_head_line(&head, &name, &value); i++) {
        value = str_trim(value);
        if (utf8_check(value) != value.n) /* bytes of who knows what charset */
            continue;
        if (str_eq_nocase(name, STR("x-robots-tag"))) {
            const char *colon = memchr(value.p ? value.p : "", ':', value.n);
            if (colon) /* "somebot: noai" is for one robot, which is reason enough to say it */
                value = (sst_str){colon + 1, value.n - (size_t)(colon + 1 - value.p)};
            page_rights_robots(f, value);
        } else if (str_eq_nocase(name, STR("tdm-reservation"))) {
            if (str_eq(value, STR("1")))
                page_right_add(f, STR("tdm-reservation"));
        } else if (str_eq_nocase(name, STR("tdm-policy"))) {
            keep(&f->a->rights_policy, value);
        } else if (str_eq_nocase(name, STR("content-language"))) {
            if (value.n <= 15 && !memchr(value.p ? value.p : "", ',', value.n))
                keep(&f->lang, value);
        } else if (str_eq_nocase(name, STR("link")) && value.n > 2 && *value.p == '<' &&
                   str_find_nocase(value, STR("rel=\"canonical\"")) >= 0) {
            const char *end = memchr(value.p, '>', value.n);
            if (end)
                keep(&f->canonical, (sst_str){value.p + 1, (size_t)(end - value.p) - 1});
        }
    }
}
