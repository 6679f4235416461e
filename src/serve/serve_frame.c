/*
 * What pages share: head with the name of the paper, menu and search, foot, days and times, links
 * to further rows, errors. All of it through the escaping writer of report_markup.
 */
#include "serve_inner.h"

#include <stdio.h>
#include <time.h>

#include "serve_assets.gen.h"

const report_links serve_links = {"/person/", "/article/", "/story/"};

/* ------------------------------------------------------------------------------------------- head
 */

static void feed_link(report_out *o, const char *type, const char *href)
{
    if (!href)
        return;
    html_raw(o, "<link rel=\"alternate\" type=\"");
    report_out_z(o, type);
    html_raw(o, "\" href=\"");
    html_text(o, str_of(href));
    html_raw(o, "\">\n");
}

static void menu(serve_request *q, const char *here)
{
    static const struct {
        const char *href, *name;
    } items[] = {{"/", "Stories"},
                 {"/people", "People"},
                 {"/outlets", "Outlets"},
                 {"/search", "Search"},
                 {"/status", "Status"}};
    report_out *o = &q->out;
    html_raw(o, "<nav class=\"menu\" aria-label=\"Main\"><ul>");
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
        bool is_here = here && strcmp(here, items[i].href) == 0;
        html_raw(o, "<li><a href=\"");
        report_out_z(o, items[i].href);
        report_out_z(o, is_here ? "\" aria-current=\"page\">" : "\">");
        report_out_z(o, items[i].name);
        html_raw(o, "</a></li>");
    }
    html_raw(o, "</ul></nav>\n");
}

void serve_page_begin(serve_request *q, const serve_head *h)
{
    report_out *o = &q->out;
    bool front = q->route && q->route->fn == serve_front;
    q->type = "text/html; charset=utf-8";
    html_raw(o, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    html_text(o, h->title);
    report_out_z(o, h->title.n ? " – samestory" : "samestory");
    html_raw(o, "</title>\n<link rel=\"stylesheet\" href=\"/assets/serve.css\">\n"
                "<link rel=\"icon\" type=\"image/svg+xml\" href=\"/favicon.svg\">\n"
                "<script src=\"/assets/serve.js\" defer></script>\n");
    feed_link(o, "application/atom+xml", h->atom);
    feed_link(o, "application/feed+json", h->json);
    if (h->api.n)
        feed_link(o, "application/json", h->api.p);
    html_raw(o, "</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n"
                "<header class=\"masthead\"><div class=\"bar\">\n");
    report_out_z(o, front ? "<p class=\"name\"><a href=\"/\" aria-current=\"page\">"
                          : "<p class=\"name\"><a href=\"/\">");
    html_raw(o, "samestory</a></p>\n");
    menu(q, h->here);
    html_raw(o, "<form class=\"find\" role=\"search\" action=\"/search\">"
                "<label class=\"vh\" for=\"find\">Search articles and quotations</label>"
                "<input id=\"find\" name=\"q\" type=\"search\" placeholder=\"Search\" "
                "autocomplete=\"off\"> <button>Search</button></form>\n"
                "</div></header>\n<main id=\"main\" tabindex=\"-1\">\n");
}

sst_status serve_page_end(serve_request *q)
{
    html_raw(
        &q->out,
        "</main>\n<footer><p>Labels and counts are the program’s own; every other word stands "
        "in a report.<span class=\"keys\"> Keys: <kbd>j</kbd> and <kbd>k</kbd> to the next and the "
        "one before, <kbd>/</kbd> to search, <kbd>?</kbd> for help.</span></p>\n"
        "<p><a href=\"/feed.atom\">Atom feed</a> · <a href=\"/feed.json\">JSON Feed</a> · <a "
        "href=\"/api/v1/openapi.json\">JSON interface</a> · samestory " SST_VERSION
        "</p></footer>\n</body>\n</html>\n");
    return serve_flush(q);
}

/* ----------------------------------------------------------------------------------------- errors
 */

sst_status serve_problem(serve_request *q, uint32_t status, const char *title, sst_str detail)
{
    report_out *o = &q->out;
    q->status = status;
    q->keep = false;
    if (q->route && q->route->kind == SERVE_PAGE) {
        serve_page_begin(q, &(serve_head){.title = str_of(title)});
        html_raw(o, "<header class=\"page-head\"><h1>");
        html_text(o, str_of(title));
        html_raw(o, "</h1>\n");
        if (detail.n) {
            html_raw(o, "<p class=\"lead\">");
            html_text(o, detail);
            html_raw(o, "</p>");
        }
        html_raw(o, "</header>\n<p><a href=\"/\">To the front page</a> · <a href=\"/search\">To "
                    "the search</a></p>\n");
        sst_status failed = serve_page_end(q);
        return failed ? failed : SERVE_ANSWERED;
    }
    q->type = "application/problem+json"; /* RFC 9457 */
    json_object(o);
    json_key_string(o, "title", str_of(title));
    json_key(o, "status");
    json_u64(o, status);
    if (detail.n)
        json_key_string(o, "detail", detail);
    json_object_end(o);
    json_line(o);
    return SERVE_ANSWERED;
}

sst_status serve_not_there(serve_request *q, const char *what, sst_str id)
{
    return serve_problem(
        q, MHD_HTTP_NOT_FOUND, "Not here",
        arena_printf(&q->arena, "There is no %s %.*s.", what, id.n < 300 ? (int)id.n : 300, id.p));
}

void serve_lang(serve_request *q, sst_str lang)
{
    html_lang_tag(&q->out, lang);
}

/* -------------------------------------------------------------------------------------------- time
 */

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
static const char *const days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                   "Thursday", "Friday", "Saturday"};

static bool time_of(int64_t s, struct tm *tm)
{
    time_t t = (time_t)s;
    return s != STORE_NO_TIME && gmtime_r(&t, tm) && tm->tm_mon >= 0 && tm->tm_mon < 12 &&
           tm->tm_wday >= 0 && tm->tm_wday < 7;
}

sst_str serve_day(sst_arena *arena, int64_t s)
{
    struct tm tm;
    if (!time_of(s, &tm))
        return STR("");
    return arena_printf(arena, "%s, %d %s %d", days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon],
                        tm.tm_year + 1900);
}

sst_str serve_iso(sst_arena *arena, int64_t s)
{
    struct tm tm;
    if (!time_of(s, &tm))
        return STR("");
    return arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1,
                        tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* "2031-04-02T08:00..." -> "2 April 2031, 08:00", in the zone that the article has. */
void serve_date(serve_request *q, sst_str iso)
{
    report_out *o = &q->out;
    int day = 0, month = 0, year = 0;
    char z[11] = "";
    if (iso.n >= 10)
        memcpy(z, iso.p, 10);
    if (sscanf(z, "%4d-%2d-%2d", &year, &month, &day) != 3 || month < 1 || month > 12 || day < 1 ||
        day > 31) {
        html_text(o, iso);
        return;
    }
    html_raw(o, "<time datetime=\"");
    html_text(o, iso);
    html_raw(o, "\">");
    html_text(o, arena_printf(&q->arena, "%d %s %d", day, months[month - 1], year));
    if (iso.n >= 16 && iso.p[10] == 'T') {
        html_raw(o, ", ");
        html_text(o, (sst_str){iso.p + 11, 5});
    }
    html_raw(o, "</time>");
}

void serve_date_s(serve_request *q, int64_t s)
{
    sst_str iso = serve_iso(&q->arena, s);
    if (iso.n)
        serve_date(q, iso);
    else
        html_raw(&q->out, "never");
}

/* ------------------------------------------------------------------------------------------- small
 */

void serve_link(serve_request *q, const char *prefix, sst_str id, sst_str text)
{
    html_link_open(&q->out, prefix, id);
    html_text(&q->out, text);
    html_raw(&q->out, "</a>");
}

void serve_big(report_out *o, uint64_t n)
{
    char digits[32], grouped[48];
    int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n), k = 0;
    for (int i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0)
            grouped[k++] = ',';
        grouped[k++] = digits[i];
    }
    report_out_add(o, grouped, (size_t)k);
}

void serve_cell(report_out *o, const char *label, const char *kind)
{
    html_raw(o, "<td");
    if (*kind) {
        html_raw(o, " class=\"");
        report_out_z(o, kind);
        html_raw(o, "\"");
    }
    html_raw(o, " data-label=\"");
    report_out_z(o, label);
    html_raw(o, "\">");
}

void serve_cell_number(report_out *o, const char *label, uint64_t n)
{
    serve_cell(o, label, "num");
    serve_big(o, n);
    html_raw(o, "</td>");
}

void serve_name(report_out *o, sst_str name)
{
    html_raw(o, "<bdi>");
    html_text(o, name);
    html_raw(o, "</bdi>");
}

sst_str serve_source(sst_str outlet, sst_str id)
{
    return outlet.n ? outlet : report_short_source(id);
}

void serve_marked(serve_request *q, sst_str text, sst_span at, const sst_span *marks, uint32_t n)
{
    report_out *o = &q->out;
    size_t from = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (marks[i].begin < at.begin + from || marks[i].end > at.begin + text.n ||
            marks[i].begin >= marks[i].end)
            continue;
        size_t b = marks[i].begin - at.begin, e = marks[i].end - at.begin;
        html_text(o, (sst_str){text.p + from, b - from});
        html_raw(o, "<mark class=\"hit\"><span class=\"vh\">found: </span>");
        html_text(o, (sst_str){text.p + b, e - b});
        html_raw(o, "</mark>");
        from = e;
    }
    html_text(o, (sst_str){text.p + from, text.n - from});
}

void serve_pager(serve_request *q, const char *path, uint32_t n)
{
    report_out *o = &q->out;
    store_page page = serve_page_of(q);
    bool more = n >= page.limit && page.offset + page.limit <= SERVE_OFFSET_MOST;
    if (!page.offset && !more)
        return;
    sst_str rest = serve_query(q, "offset");
    html_raw(o, "<nav class=\"pager\" aria-label=\"Further rows\">");
    for (int next = 0; next < 2; next++) {
        if (next ? !more : !page.offset)
            continue;
        uint32_t to = next                       ? page.offset + page.limit
                      : page.offset > page.limit ? page.offset - page.limit
                                                 : 0;
        html_raw(o, "<a rel=\"");
        report_out_z(o, next ? "next" : "prev");
        html_raw(o, "\" href=\"");
        html_text(o, str_of(path));
        html_raw(o, "?");
        html_text(o, rest);
        html_text(o, arena_printf(&q->arena, "offset=%u", to));
        report_out_z(o, next ? "\">Further back</a>" : "\">Nearer</a>");
    }
    html_raw(o, "</nav>\n");
}

/* ------------------------------------------------------------------------------------------- files
 */

static sst_status file(serve_request *q, const char *type, const char *bytes, size_t n)
{
    q->type = type;
    report_out_add(&q->out, bytes, n);
    return SST_OK;
}

sst_status serve_style(serve_request *q)
{
    sst_str report = report_style();
    report_out_str(&q->out, report);
    return file(q, "text/css; charset=utf-8", serve_asset_serve_css, serve_asset_serve_css_len);
}

sst_status serve_script(serve_request *q)
{
    return file(q, "text/javascript; charset=utf-8", serve_asset_serve_js,
                serve_asset_serve_js_len);
}

sst_status serve_icon(serve_request *q)
{
    return file(q, "image/svg+xml", serve_asset_favicon_svg, serve_asset_favicon_svg_len);
}

sst_status serve_robots(serve_request *q)
{
    static const char text[] = "User-agent: *\nDisallow: /\n";
    return file(q, "text/plain; charset=utf-8", text, sizeof text - 1);
}
