/*
 * Addresses, by libcurl's own reader of URLs, so that what is checked is what is asked for. In: an
 * address as it stands in a list, a feed, a redirect. Out: a normal form, the host with its port,
 * and the path as robots.txt speaks of it (RFC 3986, RFC 9309).
 */
#include "base_utf8.h"
#include "fetch.h"
#include "fetch_curl.h"
#include "read_url.h"

/* Longer ones are no address of a page: the longest that browsers follow. */
enum { ADDRESS_MOST = 8192 };

static sst_str part(CURLU *u, CURLUPart what, unsigned flags, sst_arena *arena)
{
    char *z = NULL;
    if (curl_url_get(u, what, &z, flags) || !z)
        return (sst_str){NULL, 0};
    sst_str s = arena_str(arena, str_of(z));
    curl_free(z);
    return s;
}

static void lower(sst_str s)
{
    char *p = (char *)(uintptr_t)s.p; /* our own copy in the arena */
    for (size_t i = 0; i < s.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z')
            p[i] = (char)(p[i] | 32);
}

bool fetch_address_parse(sst_arena *arena, sst_str url, fetch_address *out)
{
    memset(out, 0, sizeof *out);
    url = str_trim(url);
    if (!url.n || url.n > ADDRESS_MOST || !read_url_is_web(url) || memchr(url.p, 0, url.n) ||
        !fetch_curl_load())
        return false;
    CURLU *u = curl_url();
    sst_str z = arena_str(arena, url);
    bool good = u && z.n && !curl_url_set(u, CURLUPART_URL, z.p, CURLU_URLENCODE) &&
                !curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0);
    if (good) {
        sst_str user = part(u, CURLUPART_USER, CURLU_URLDECODE, arena);
        sst_str password = part(u, CURLUPART_PASSWORD, CURLU_URLDECODE, arena);
        if (user.n)
            out->user = arena_printf(arena, "%s:%s", user.p, password.n ? password.p : "");
        good = !curl_url_set(u, CURLUPART_USER, NULL, 0) &&
               !curl_url_set(u, CURLUPART_PASSWORD, NULL, 0);
    }
    if (good) {
        out->url = part(u, CURLUPART_URL, 0, arena);
        sst_str host = part(u, CURLUPART_HOST, 0, arena);
        sst_str port = part(u, CURLUPART_PORT, CURLU_DEFAULT_PORT, arena);
        sst_str path = part(u, CURLUPART_PATH, 0, arena),
                query = part(u, CURLUPART_QUERY, 0, arena);
        lower(host);
        while (host.n && host.p[host.n - 1] == '.')
            host.n--;
        out->authority = arena_printf(arena, "%.*s:%s", (int)host.n, host.p, port.n ? port.p : "");
        out->path = query.n ? arena_printf(arena, "%s?%s", path.n ? path.p : "/", query.p) : path;
        good = host.n && out->url.n && !arena->failed;
    }
    curl_url_cleanup(u);
    return good;
}

bool fetch_address_is_private(const unsigned char *ip, size_t n)
{
    static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    static const unsigned char none[15] = {0};
    if (n == 16 && memcmp(ip, mapped, sizeof mapped) == 0) {
        ip += sizeof mapped;
        n = 4;
    }
    if (n == 16) /* RFC 4193, RFC 4291: unique local, link local, multicast, "::", "::1", NAT64 */
        return (ip[0] & 0xfe) == 0xfc || (ip[0] == 0xfe && ip[1] & 0x80) || ip[0] == 0xff ||
               (memcmp(ip, none, sizeof none) == 0 && ip[15] <= 1) ||
               (ip[0] == 0 && ip[1] == 0x64 && ip[2] == 0xff && ip[3] == 0x9b &&
                fetch_address_is_private(ip + 12, 4));
    /* RFC 6890: this host, private, shared, loopback, link local, tests, multicast and above */
    return n != 4 || ip[0] == 0 || ip[0] == 10 || ip[0] == 127 || ip[0] >= 224 ||
           (ip[0] == 100 && (ip[1] & 0xc0) == 64) || (ip[0] == 169 && ip[1] == 254) ||
           (ip[0] == 172 && (ip[1] & 0xf0) == 16) || (ip[0] == 192 && ip[1] == 168) ||
           (ip[0] == 192 && ip[1] == 0 && ip[2] == 0) || (ip[0] == 198 && (ip[1] & 0xfe) == 18);
}

uint32_t fetch_retry_after(sst_str value, int64_t now_s)
{
    enum { DAY_S = 86400 }; /* who asks for more is asked again tomorrow */
    char z[64];
    value = str_trim(value);
    if (!value.n || value.n >= sizeof z)
        return 0;
    memcpy(z, value.p, value.n);
    z[value.n] = 0;
    uint64_t s = 0;
    size_t i = 0;
    while (byte_is_digit((unsigned char)z[i]) && i < 9)
        s = s * 10 + (uint64_t)(z[i++] - '0');
    if (z[i]) {
        time_t t = fetch_curl_load() ? curl_getdate(z, NULL) : -1;
        s = t > now_s ? (uint64_t)(t - now_s) : 0;
    }
    return s > DAY_S ? DAY_S : (uint32_t)s;
}
