/* Long lists of a report, written by all threads. */
#ifndef REPORT_PIECES_H
#define REPORT_PIECES_H

#include "report_model.h"

/*
 * The member `key`: an array whose elements row(run, user, i), i < n, write each as one value. A
 * long list is divided among the threads of the run; what comes out is the same. `row` may allocate
 * from run->arena what it needs until it returns, and writes to run->out alone.
 */
void report_rows_at_once(report_run *w, const char *key, uint32_t n,
                         void (*row)(report_run *run, const void *user, uint32_t i),
                         const void *user);

#endif
