/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The report of a study: report.html (one self-contained file), one CSV per table and
 * results.json with every number. All of them are the same bytes for the same inputs, seed
 * and program, whatever the number of threads and the folder; how long things took
 * is in timing.json alone.
 *
 * Adding a page: csrc/report/page_X.c with `const struct l1t_page l1t_page_X`. The
 * list is made by the build from the file names.
 */
#ifndef L1T_REPORT_H
#define L1T_REPORT_H

#include "l1t/err.h"
#include "l1t/run.h"

struct l1t_html; /* csrc/html.h */

struct l1t_page {
    int order;         /* pages stand in ascending order */
    const char *id;    /* anchor: "rates" */
    const char *title; /* heading and entry of the contents */
    /* Writes the section's content; failures are kept in the writer. */
    void (*write)(struct l1t_html *html, const struct l1t_run *run);
};

/* NULL-terminated, made by the build. */
extern const struct l1t_page *const l1t_page_list[];

/* Write dir/report.html; needs gnuplot. */
enum l1t_err l1t_report_html(const struct l1t_run *run, const char *dir,
                             struct l1t_diag *diag) L1T_MUST_USE;

/* Write dir/NAME.csv for every table and dir/results.json with all of them. */
enum l1t_err l1t_report_tables(const struct l1t_run *run, const char *dir,
                               struct l1t_diag *diag) L1T_MUST_USE;

/* Write dir/timing.json: seconds and events per second of each step. */
enum l1t_err l1t_report_timing(const struct l1t_run *run, const char *dir,
                               struct l1t_diag *diag) L1T_MUST_USE;

#endif
