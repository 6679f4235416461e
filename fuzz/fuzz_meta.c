/*
 * Entry: the first byte says where in a page the rest stands: as JSON-LD, as the content of meta
 * elements, as a byline and a heading, as data for scripts, as the page itself, as the head of its
 * response and the content of robots' elements, or as a note of correction. Dates that come out
 * have to be dates, strings UTF-8 and of bounded length.
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "base_buf.h"
#include "base_utf8.h"
#include "page_article.h"

static void check(sst_str s)
{
    enum { MOST = 8192 }; /* more than any bound of a string of metadata */
    if (s.n > MOST) {
        fprintf(stderr, "%zu bytes of metadata\n", s.n);
        abort();
    }
    if (utf8_check(s) != s.n) {
        fprintf(stderr, "not UTF-8: '%.*s'\n", (int)s.n, s.p);
        abort();
    }
}

enum { HEAD = 5 };

static void wrap(sst_buf *page, unsigned how, sst_str s)
{
    static const char *const before[] = {
        "<title>A roof</title><script type=application/ld+json>",
        "<meta property=og:title content='A roof'><meta name=author content=\"",
        "<body><h1>",
        "<script>var x = ",
        "",
        "<meta name=robots content=\"",
        "<title>A roof</title><h1>A roof</h1><p>A gale took the roof of a school.</p><p>"};
    static const char *const between[] = {"",
                                          "\"><meta property=article:published_time content=\"",
                                          "</h1><p class=byline>By ",
                                          "",
                                          "",
                                          "\"><meta name=tdm-policy content=\"",
                                          ""};
    static const char *const behind[] = {"</script><h1>A roof</h1><p>Text.",
                                         "\"><link rel=canonical href='/a?utm_source=b'><p>Text.",
                                         "</p><div>Text.</div>",
                                         ";</script><p>Text.",
                                         "",
                                         "\"><p>Text.",
                                         "</p>"};
    buf_z(page, before[how]);
    buf_str(page, s);
    if (*between[how]) {
        buf_z(page, between[how]);
        buf_str(page, s);
    }
    buf_z(page, behind[how]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n == 0)
        return 0;
    static const sst_limits limits = {1u << 26, 1u << 22, 1000, 512};
    sst_buf page;
    buf_init(&page, 0);
    sst_str in = {(const char *)bytes + 1, n - 1};
    unsigned how = bytes[0] % 7u;
    wrap(&page, how, in);
    sst_document d = {.kind = SST_KIND_HTML,
                      .source = {"in", 2},
                      .id = {"in", 2},
                      .url = {"https://tarn.example/2031/02/03/roof", 36},
                      .http_head = how == HEAD ? in : (sst_str){NULL, 0},
                      .body = {page.p, page.n}};
    sst_article *a = NULL;
    if (!page.failed && page_article(&d, &limits, &a) == SST_OK) {
        check(a->title);
        check(a->outlet);
        check(a->subtitle);
        check(a->section);
        check(a->canonical);
        for (uint32_t i = 0; i < a->author_n; i++)
            check(a->authors[i]);
        for (uint32_t i = 0; i < a->tag_n; i++)
            check(a->tags[i]);
        for (uint32_t i = 0; i < a->correction_n; i++)
            check(a->corrections[i]);
        check(a->rights_policy);
        for (uint32_t i = 0; i < a->right_n; i++)
            check(a->rights[i]);
        for (uint32_t i = 0; i < a->date_n; i++)
            if (page_seconds(a->dates[i].value) == INT64_MIN) {
                fprintf(stderr, "no date: '%s'\n", a->dates[i].value.p);
                abort();
            }
        if (a->published.n && page_seconds(a->published) == INT64_MIN)
            abort();
        page_free(a);
    }
    buf_release(&page);
    return 0;
}
