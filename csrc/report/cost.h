/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of the page "Menu costs": the global trigger's menu on samples (l1t/rates.h). */
#ifndef L1T_REPORT_COST_H
#define L1T_REPORT_COST_H

#include "common.h"
#include "l1t/rates.h"

/* By l1t_rates_algorithm.objects; grey for cross and other ones. */
enum l1t_colour l1t_cost_colour(const char *objects);
/* "SingleMu22" of "L1_SingleMu22". */
const char *l1t_cost_name(const struct l1t_rates_algorithm *algorithm);
/* A rate of a table, kHz; "< 0.016" when nothing was seen. */
void l1t_cost_cell(struct l1t_html *html, const struct l1t_rate *rate);

/* cost_figures.c */
void l1t_cost_draw_groups(struct l1t_html *html, const struct l1t_rates *rates, double budget_hz);
void l1t_cost_draw_algorithms(struct l1t_html *html, const struct l1t_rates *rates);
void l1t_cost_draw_overlap(struct l1t_html *html, const struct l1t_rates *rates);
void l1t_cost_draw_pileup(struct l1t_html *html, const struct l1t_rates *rates);

/* cost_tables.c */
void l1t_cost_write_algorithms(struct l1t_html *html, const struct l1t_rates *rates);
void l1t_cost_write_columns(struct l1t_html *html, const struct l1t_rates *rates);
void l1t_cost_write_beams(struct l1t_html *html, const struct l1t_rates *rates);
void l1t_cost_write_dead_time(struct l1t_html *html, const struct l1t_rates *rates);
void l1t_cost_write_difference(struct l1t_html *html, const struct l1t_rates *rates);
void l1t_cost_write_samples(struct l1t_html *html, const struct l1t_rates *rates);

#endif
