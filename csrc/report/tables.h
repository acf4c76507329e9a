/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every number of a report as tables for machines, each under the name of its CSV file. */
#ifndef L1T_REPORT_TABLES_H
#define L1T_REPORT_TABLES_H

#include "l1t/run.h"
#include "l1t/table.h"

/* NULL when out of memory. */
struct l1t_table *l1t_table_of_spectra(const struct l1t_run *run);
struct l1t_table *l1t_table_of_slopes(const struct l1t_run *run);
struct l1t_table *l1t_table_of_curves(const struct l1t_run *run);
struct l1t_table *l1t_table_of_curve_points(const struct l1t_run *run);
struct l1t_table *l1t_table_of_shares(const struct l1t_run *run);
struct l1t_table *l1t_table_of_scores(const struct l1t_run *run);
struct l1t_table *l1t_table_of_score_histogram(const struct l1t_run *run);
struct l1t_table *l1t_table_of_inputs(const struct l1t_run *run);
struct l1t_table *l1t_table_of_laws(const struct l1t_run *run);
struct l1t_table *l1t_table_of_published(const struct l1t_run *run);
struct l1t_table *l1t_table_of_menu(const struct l1t_run *run);
struct l1t_table *l1t_table_of_totals(const struct l1t_run *run);
struct l1t_table *l1t_table_of_overlap(const struct l1t_run *run);
struct l1t_table *l1t_table_of_thresholds(const struct l1t_run *run);
struct l1t_table *l1t_table_of_turn_ons(const struct l1t_run *run);
struct l1t_table *l1t_table_of_turn_on_fits(const struct l1t_run *run);
struct l1t_table *l1t_table_of_responses(const struct l1t_run *run);
struct l1t_table *l1t_table_of_event(const struct l1t_run *run);
struct l1t_table *l1t_table_of_event_objects(const struct l1t_run *run);
struct l1t_table *l1t_table_of_event_truth(const struct l1t_run *run);
struct l1t_table *l1t_table_of_event_sums(const struct l1t_run *run);
struct l1t_table *l1t_table_of_event_towers(const struct l1t_run *run);
struct l1t_table *l1t_table_of_gt(const struct l1t_run *run);
struct l1t_table *l1t_table_of_gt_total(const struct l1t_run *run);
struct l1t_table *l1t_table_of_cost(const struct l1t_run *run);
struct l1t_table *l1t_table_of_cost_groups(const struct l1t_run *run);
struct l1t_table *l1t_table_of_cost_columns(const struct l1t_run *run);
struct l1t_table *l1t_table_of_cost_prescales(const struct l1t_run *run);
struct l1t_table *l1t_table_of_cost_overlap(const struct l1t_run *run);
struct l1t_table *l1t_table_of_scans(const struct l1t_run *run);
struct l1t_table *l1t_table_of_budget(const struct l1t_run *run);
struct l1t_table *l1t_table_of_budget_moves(const struct l1t_run *run);
double l1t_cost_crossings(const struct l1t_run *run); /* of all its samples */
struct l1t_table *l1t_table_of_cosim(const struct l1t_run *run);
struct l1t_table *l1t_table_of_coverage(const struct l1t_run *run);

#endif
