/* /health and /metrics, the latter in the text format of Prometheus 0.0.4. Both are made anew for
 * each request. */
#include "serve_inner.h"

sst_status serve_health(serve_request *q)
{
    q->type = "text/plain; charset=utf-8";
    html_raw(&q->out, "ok\n"); /* the database was read before this is called */
    return SST_OK;
}

static void head(report_out *o, const char *name, const char *type, const char *help)
{
    html_raw(o, "# HELP samestory_");
    report_out_z(o, name);
    html_raw(o, " ");
    report_out_z(o, help);
    html_raw(o, "\n# TYPE samestory_");
    report_out_z(o, name);
    html_raw(o, " ");
    report_out_z(o, type);
    html_raw(o, "\n");
}

static void value(serve_request *q, const char *name, const char *label, const char *of,
                  unsigned long long v)
{
    html_raw(&q->out, "samestory_");
    report_out_z(&q->out, name);
    if (label)
        report_out_str(&q->out, arena_printf(&q->arena, "{%s=\"%s\"}", label, of));
    report_out_str(&q->out, arena_printf(&q->arena, " %llu\n", v));
}

sst_status serve_metrics(serve_request *q)
{
    static const char *const kinds[SERVE_KIND_N] = {"page",     "api",   "atom",
                                                    "jsonfeed", "plain", "file"};
    static const char *const codes[6] = {"other", "1xx", "2xx", "3xx", "4xx", "5xx"};
    sst_server *s = q->server;
    report_out *o = &q->out;
    store_counts in, *c = &in;
    sst_status status = serve_counts(q, c);
    if (status)
        return status;
    q->type = "text/plain; version=0.0.4; charset=utf-8";
    head(o, "requests_total", "counter", "Requests by kind of answer.");
    for (int i = 0; i < SERVE_KIND_N; i++)
        value(q, "requests_total", "kind", kinds[i], atomic_load(&s->requests[i]));
    head(o, "answers_total", "counter", "Answers by class of status.");
    for (int i = 1; i < 6; i++)
        value(q, "answers_total", "status", codes[i], atomic_load(&s->answers[i]));
    const struct {
        const char *name, *type, *help;
        unsigned long long v;
    } rows[] = {
        {"body_bytes_total", "counter", "Bytes of bodies.", atomic_load(&s->bytes)},
        {"render_microseconds_total", "counter", "Time spent on making answers.",
         atomic_load(&s->micros)},
        {"cache_hits_total", "counter", "Answers that were kept.", atomic_load(&s->cache_hits)},
        {"cache_misses_total", "counter", "Answers that had to be made.",
         atomic_load(&s->cache_misses)},
        {"misdirected_total", "counter", "Requests by a name that is not ours.",
         atomic_load(&s->refused)},
        {"connections", "gauge", "Open connections.", atomic_load(&s->open)},
        {"articles", "gauge", "Articles in the database.", c->articles},
        {"versions", "gauge", "Versions of articles.", c->versions},
        {"stories", "gauge", "Stories.", c->stories},
        {"stories_stale", "gauge", "Stories that wait to be compared.", c->stale},
        {"quotations", "gauge", "Quotations.", c->quotations},
        {"figures", "gauge", "Figures.", c->figures},
        {"feeds", "gauge", "Feeds.", c->feeds},
        {"feeds_failing", "gauge", "Feeds whose last poll failed.", c->feeds_failing},
        {"input_errors", "gauge", "Inputs that could not be read.", c->input_errors},
        {"database_bytes", "gauge", "Size of the database.", c->bytes},
        {"start_time_seconds", "gauge", "When the server was started.",
         (unsigned long long)s->started},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        head(o, rows[i].name, rows[i].type, rows[i].help);
        value(q, rows[i].name, NULL, NULL, rows[i].v);
    }
    return SST_OK;
}
