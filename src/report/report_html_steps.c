/*
 * A row of figures as a picture of steps over time.
 *
 * in: a row, its story; out: one small SVG in the cell of its differences. The row itself is the
 * table beside it: the picture adds the order in time, and says its points as a label for readers
 * that do not see it. Drawn only where values differ because of time (as-of, revision), each value
 * when it holds, else when it was published:
 *
 *        ____|D  36        y: the values, least to most
 *   B __|    34            x: their times, first to last
 *     31
 */
#include "report_markup.h"

#include <stdlib.h>

enum {
    POINTS_MOST = 24, /* of a picture: beyond that the letters lie over each other */
    WIDTH = 240,
    LEFT = 12,  /* of the first point; the same at the right */
    TOP = 20,   /* of the highest point: a letter stands above it */
    BOTTOM = 62 /* of the lowest */
};

typedef struct point {
    int64_t time;
    double value;
    uint32_t at; /* of the row */
} point;

static int by_time(const void *p, const void *q)
{
    const point *a = p, *b = q;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

static int64_t time_of(const sst_findings *f, const sst_figure_ref *v, const sst_figure *g)
{
    sst_str iso = str_of(g->as_of_iso);
    int64_t at = iso.n > 10 ? page_seconds(iso) : INT64_MIN;
    return at != INT64_MIN ? at : report_article(f, v->article)->published_s;
}

static bool moves(const sst_figure_row *row)
{
    for (uint32_t i = 0; i < row->difference_n; i++)
        if (row->difference[i].kind == DIFFERENCE_AS_OF ||
            row->difference[i].kind == DIFFERENCE_REVISION)
            return true;
    return false;
}

static uint32_t scaled(double part, uint32_t from, uint32_t to)
{
    return from + (uint32_t)(part * (double)(to - from) + 0.5);
}

void html_steps(html_story *h, const sst_figure_row *row)
{
    const sst_findings *f = h->s.f;
    report_out *o = h->o;
    point p[POINTS_MOST];
    uint32_t n = 0;
    if (!moves(row))
        return;
    for (uint32_t i = 0; i < row->value_n && n < POINTS_MOST; i++) {
        const sst_figure *g = report_figure(f, &row->value[i]);
        int64_t at = time_of(f, &row->value[i], g);
        if (at != INT64_MIN && !g->again && g->high == g->value)
            p[n++] = (point){at, g->value, i};
    }
    if (n < 2)
        return;
    qsort(p, n, sizeof *p, by_time);
    double least = p[0].value, most = p[0].value;
    for (uint32_t i = 1; i < n; i++) {
        least = p[i].value < least ? p[i].value : least;
        most = p[i].value > most ? p[i].value : most;
    }
    if (p[0].time == p[n - 1].time || least == most)
        return;
    double span = (double)(p[n - 1].time - p[0].time);
    html_raw(o, "<svg class=\"steps\" viewBox=\"0 0 240 72\" role=\"img\" aria-label=\"in time:");
    for (uint32_t i = 0; i < n; i++) {
        const sst_figure_ref *v = &row->value[p[i].at];
        html_raw(o, " ");
        html_text(o, h->s.label[v->article]);
        html_raw(o, " ");
        html_text(o, report_words(f, v->article, report_figure(f, v)->number));
        if (i + 1 < n)
            html_raw(o, ",");
    }
    html_raw(o, "\"><path d=\"M");
    uint32_t x[POINTS_MOST], y[POINTS_MOST];
    for (uint32_t i = 0; i < n; i++) {
        x[i] = scaled((double)(p[i].time - p[0].time) / span, LEFT, WIDTH - LEFT);
        y[i] = BOTTOM + TOP - scaled((p[i].value - least) / (most - least), TOP, BOTTOM);
        if (i > 0)
            html_raw(o, "H");
        html_number(o, x[i]);
        if (i > 0)
            html_raw(o, "V");
        else
            html_raw(o, " ");
        html_number(o, y[i]);
    }
    html_raw(o, "\"/>");
    for (uint32_t i = 0; i < n; i++) {
        html_raw(o, "<circle r=\"3\" cx=\"");
        html_number(o, x[i]);
        html_raw(o, "\" cy=\"");
        html_number(o, y[i]);
        html_raw(o, "\"/>");
        /* letters of one place would lie over each other: the first stands for them */
        if (i > 0 && x[i] < x[i - 1] + LEFT && y[i] == y[i - 1])
            continue;
        html_raw(o, "<text x=\"");
        html_number(o, x[i]);
        html_raw(o, "\" y=\"");
        html_number(o, y[i] - 7);
        html_raw(o, "\">");
        html_text(o, h->s.label[row->value[p[i].at].article]);
        html_raw(o, "</text>");
    }
    html_raw(o, "</svg>");
}
