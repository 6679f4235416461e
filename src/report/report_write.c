/* The door of the reports: picks the writer of a view and a format, and holds its memory. */
#include "report_model.h"

static sst_status write_view(report_run *w, sst_view view, sst_format format)
{
    if (view == SST_VIEW_REPORT) {
        switch (format) {
        case SST_FORMAT_JSON:
            report_json_report(w);
            return SST_OK;
        case SST_FORMAT_TEXT:
            report_text_report(w);
            return SST_OK;
        case SST_FORMAT_HTML:
            report_html(w);
            return SST_OK;
        case SST_FORMAT_JSONL:
        case SST_FORMAT_CSV:
            break;
        }
        return SST_ERR_USAGE;
    }
    bool duplicates = view == SST_VIEW_DUPLICATES;
    if (format == SST_FORMAT_JSONL && duplicates)
        report_duplicate_rows(w);
    else if (format == SST_FORMAT_TEXT && duplicates)
        report_duplicates_text(w);
    else if (format == SST_FORMAT_JSONL)
        report_rows(w, view);
    else if (format == SST_FORMAT_TEXT && view == SST_VIEW_QUOTES)
        report_quotes_text(w);
    else if (format == SST_FORMAT_CSV && view == SST_VIEW_QUOTES)
        report_quotes_csv(w);
    else if (format == SST_FORMAT_TEXT)
        report_text_view(w, view);
    else if (format == SST_FORMAT_HTML && view == SST_VIEW_EXTRACT && w->r->options->explain)
        report_html_debug(w);
    else
        return SST_ERR_USAGE;
    return SST_OK;
}

typedef struct view_format {
    sst_view view;
    sst_format format;
} view_format;

static sst_status write_one(report_run *w, const void *user)
{
    const view_format *v = user;
    return write_view(w, v->view, v->format);
}

sst_status report_write(const sst_run_result *r, sst_view view, sst_format format,
                        const sst_style *style, report_sink sink)
{
    return report_run_write(r, style, sink, write_one, &(view_format){view, format});
}

sst_status report_run_write(const sst_run_result *r, const sst_style *style, report_sink sink,
                            sst_status (*write)(report_run *, const void *), const void *user)
{
    sst_arena arena;
    arena_init(&arena, 0);
    report_out out;
    report_run run;
    char *buffer = arena_alloc(&arena, REPORT_BUFFER);
    sst_status status = buffer ? SST_OK : SST_ERR_MEMORY;
    if (!status) {
        report_out_init(&out, sink, buffer);
        status = report_run_init(&run, r, &arena, &out, style);
    }
    if (!status)
        status = write(&run, user);
    if (!status && arena.failed)
        status = arena.failed;
    if (!status)
        status = report_out_end(&out);
    arena_release(&arena);
    return status;
}
