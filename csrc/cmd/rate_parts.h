/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `rate` and `merge` share: output options and tables. */
#ifndef L1T_RATE_CMD_H
#define L1T_RATE_CMD_H

#include "cmd/physics.h"
#include "l1t/rates.h"

struct l1t_rate_cmd {
    struct l1t_physics physics;
    struct l1t_rates_options options;
    bool all_columns;
    const char *prescale_table; /* FILE.csv */
    const char *study;
    char command[200];
    struct l1t_progress progress;
    char what[L1T_SAMPLE_NAME];
};

/* Options that decide how results are shown: 0, an exit code, or -1 for another one. */
int l1t_rate_cmd_option(struct l1t_rate_cmd *r, int opt);
#define L1T_RATE_CMD_OPTIONS                                                                       \
    {"column", required_argument, NULL, 'c'}, {"menu", required_argument, NULL, 'm'},              \
        {"overlap", no_argument, NULL, 'O'}, {"all-columns", no_argument, NULL, 'A'},              \
        {"prescale-table", required_argument, NULL, 'P'},                                          \
        {"threads", required_argument, NULL, 't'}, {"format", required_argument, NULL, 'f'},       \
    {                                                                                              \
        "output", required_argument, NULL, 'o'                                                     \
    }
#define L1T_RATE_CMD_USAGE                                                                         \
    "  --column C         prescale column in focus, instead of the study's\n"                      \
    "  --menu M           a menu instead of the study's\n"                                         \
    "  --overlap          rates of pairs of algorithms\n"                                          \
    "  --all-columns      rates of all algorithms in all prescale columns\n"                       \
    "  --prescale-table F the menu's prescales and rates as a CSV file like the CMS sheets\n"

/* Load and bind the study of r->study. Free both in any case. */
struct l1t_rate_file {
    struct l1t_study study;
    struct l1t_rate_study *rate; /* NULL: not bound */
};
enum l1t_err l1t_rate_file_load(struct l1t_rate_file *file, const char *path,
                                struct l1t_diag *diag) L1T_MUST_USE;
void l1t_rate_file_free(struct l1t_rate_file *file);

/* How to get the same bytes again, whoever made them: `l1twin rate STUDY ...`. */
void l1t_rate_cmd_remember(struct l1t_rate_cmd *r);
/* Before work: progress bar, threads. */
void l1t_rate_cmd_start(struct l1t_rate_cmd *r);
/* Tables, prescale table; warnings to stderr. */
enum l1t_err l1t_rate_cmd_print(struct l1t_rate_cmd *r, const struct l1t_rates *rates);

/* csrc/cmd/rate_tables.c: all tables of a result; returns how many. NULL entries: no memory. */
enum { L1T_RATE_TABLES = 16 };
size_t l1t_rate_tables(const struct l1t_rate_cmd *r, const struct l1t_rates *rates, bool people,
                       struct l1t_table *table[L1T_RATE_TABLES]);
/* csrc/cmd/rate_prescales.c */
enum l1t_err l1t_rate_prescale_table(const char *path, const struct l1t_rates *rates,
                                     struct l1t_diag *diag) L1T_MUST_USE;

#endif
