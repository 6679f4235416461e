/* The report as a page. */
#include "report_model.h"

void report_html(report_run *w)
{
    report_out_z(w->out, "<!doctype html>\n<html lang=\"en\">\n<title>samestory</title>\n");
}
