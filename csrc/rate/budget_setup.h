/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a study to the solver's problem, and from its answer to a menu that is checked. */
#ifndef L1T_BUDGET_SETUP_H
#define L1T_BUDGET_SETUP_H

#include "l1t/budget.h"
#include "study_open.h"

/* What belongs to an item beside what the solver sees. */
struct l1t_budget_source {
    size_t algorithm; /* in the menu */
    struct l1t_scan_axis axis;
    struct l1t_scan *scan; /* NULL: its threshold does not move */
    double *threshold;     /* owned */
};

struct l1t_budget_setup {
    struct l1t_study_opened *opened;
    struct l1t_budget budget;
    struct l1t_budget_source source[L1T_BUDGET_ITEMS];
    unsigned threads;
};

/* Items, limits; then the words of all samples. l1t_budget_setup_free in any case. */
enum l1t_err l1t_budget_setup_make(struct l1t_budget_setup *setup, struct l1t_study_opened *opened,
                                   unsigned threads, struct l1t_diag *diag) L1T_MUST_USE;
enum l1t_err l1t_budget_collect(struct l1t_budget_setup *setup, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_budget_setup_free(struct l1t_budget_setup *setup);

/* Change a menu that is like the study's: thresholds, prescales of the column, comments. */
enum l1t_err l1t_budget_apply(const struct l1t_budget_setup *setup,
                              const struct l1t_budget_setting *setting, struct l1t_gt_menu *menu,
                              struct l1t_diag *diag) L1T_MUST_USE;

/* The new menu from the text that is written; name is for messages. */
enum l1t_err l1t_budget_menu_read(const char *name, const char *text, size_t size,
                                  struct l1t_gt_menu **menu, struct l1t_diag *diag) L1T_MUST_USE;

/* ---- a menu on all samples of the study, accounted for (budget_account.c) ---- */

struct l1t_budget_account {
    size_t n; /* algorithms of the menu */
    uint16_t bit[L1T_GT_ALGORITHMS];
    struct l1t_tally *tally[L1T_BUDGET_SAMPLES]; /* in the order of budget.sample */
};
/* Sets are the groups of the budget. l1t_budget_account_free in any case. */
enum l1t_err l1t_budget_account(const struct l1t_budget_setup *setup,
                                const struct l1t_gt_menu *menu, struct l1t_budget_account *account,
                                struct l1t_diag *diag) L1T_MUST_USE;
void l1t_budget_account_free(struct l1t_budget_account *account);

enum l1t_budget_what { L1T_BUDGET_BEFORE, L1T_BUDGET_AFTER, L1T_BUDGET_PURE };
/* Of the algorithm of a bit, expected prescales. */
struct l1t_rate l1t_budget_account_rate(const struct l1t_budget_setup *setup,
                                        const struct l1t_budget_account *account,
                                        enum l1t_budget_what what, unsigned bit);
struct l1t_rate l1t_budget_account_limit(const struct l1t_budget_setup *setup,
                                         const struct l1t_budget_account *account, size_t limit);
struct l1t_fraction l1t_budget_account_efficiency(const struct l1t_budget_setup *setup,
                                                  const struct l1t_budget_account *account,
                                                  size_t signal);
/* Has the solver the same sums, to the last bit? L1T_E_DIFF. */
enum l1t_err l1t_budget_verify(const struct l1t_budget_setup *setup,
                               const struct l1t_budget_setting *setting,
                               const struct l1t_budget_account *account,
                               struct l1t_diag *diag) L1T_MUST_USE;

/* ---- all of it (budget_find.c) ---- */

struct l1t_budget_found {
    struct l1t_budget_setup *setup;
    struct l1t_budget_answer answer;
    struct l1t_budget_account before, after; /* the study's menu, the written one */
};

/*
 * Collect, solve, write the new menu to a text (the caller frees it), read that again and account
 * for it: the solver's numbers must be those of the written menu, to the last bit. name: of the
 * menu, for messages. l1t_budget_found_free in any case.
 */
enum l1t_err l1t_budget_find(struct l1t_budget_found *found, const char *name, char **text,
                             size_t *size, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_budget_found_free(struct l1t_budget_found *found); /* not the setup */

#endif
