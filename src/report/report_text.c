/* Reports for the terminal. */
#include "report_model.h"

void report_text_view(report_run *w, sst_view view)
{
    report_rows(w, view);
}

void report_text_report(report_run *w)
{
    report_json_report(w);
}
