/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is shared in the RTL of a menu, found before anything is written: lists of objects, pairs of
 * lists with the quantities between them, windows of these quantities, and when each is ready.
 */
#ifndef L1T_GT_RTL_PARTS_H
#define L1T_GT_RTL_PARTS_H

#include "gt_compile.h"
#include "l1t/gt_rtl.h"

#include <stdio.h>

/* The triple's mass is a quantity of its own here. */
enum { L1T_GT_RTL_MASS_3 = 1 << 10 };

struct l1t_gt_rtl_list {
    uint8_t type;
    int8_t bx;
};

/* Between two lists; of a list with itself for triples, too. Compared as bytes: no padding. */
struct l1t_gt_rtl_values {
    uint16_t list[2];
    uint16_t pair;
};

struct l1t_gt_rtl_window {
    uint32_t values, cut; /* one of enum l1t_gt_cut, or L1T_GT_RTL_MASS_3 */
    uint64_t low[2], high[2];
};

/* How a condition is built. */
enum l1t_gt_rtl_form {
    L1T_GT_RTL_NONE,
    L1T_GT_RTL_WIRE, /* external or signal */
    L1T_GT_RTL_COMB,
    L1T_GT_RTL_PAIR,
    L1T_GT_RTL_TRIPLE,
    L1T_GT_RTL_LONE /* one leg beside a reference */
};

struct l1t_gt_rtl {
    const struct l1t_gt_menu *menu;
    const struct l1t_gt_code *code;
    struct l1t_gt_pool list, values, window;
    uint32_t *wanted; /* by values: bits of enum l1t_gt_cut and L1T_GT_RTL_MASS_3 */
    bool *leg;        /* by leg: used */
    bool *condition;  /* by condition: used */
    bool *signs;      /* by list */
    uint64_t present[L1T_GT_WORDS];
    bool failed;               /* no memory */
    bool overlap;              /* some condition removes overlaps */
    unsigned pass_at, keep_at; /* clocks from the objects to windows, to what conditions take */
    unsigned latency;
};

static inline const struct l1t_gt_rtl_list *l1t_gt_rtl_list_at(const struct l1t_gt_rtl *r, size_t i)
{
    return (const struct l1t_gt_rtl_list *)(const void *)r->list.item + i;
}
static inline const struct l1t_gt_rtl_values *l1t_gt_rtl_values_at(const struct l1t_gt_rtl *r,
                                                                   size_t i)
{
    return (const struct l1t_gt_rtl_values *)(const void *)r->values.item + i;
}
static inline const struct l1t_gt_rtl_window *l1t_gt_rtl_window_at(const struct l1t_gt_rtl *r,
                                                                   size_t i)
{
    return (const struct l1t_gt_rtl_window *)(const void *)r->window.item + i;
}

enum l1t_gt_rtl_form l1t_gt_rtl_form_of(const struct l1t_gt_condition *condition);

/* Places of what a condition uses; once planned they are all there. */
size_t l1t_gt_rtl_list_of(struct l1t_gt_rtl *r, unsigned leg);
size_t l1t_gt_rtl_values_of(struct l1t_gt_rtl *r, unsigned leg1, unsigned leg2, unsigned pair);
/* The windows of cuts between two legs into window[]; how many, at most 10. */
unsigned l1t_gt_rtl_windows_of(struct l1t_gt_rtl *r, size_t values, const struct l1t_gt_cuts *cuts,
                               bool three, size_t window[10]);
/* Bits of a quantity. */
unsigned l1t_gt_rtl_width(uint32_t cut);
/* Clocks from the objects to a quantity. */
unsigned l1t_gt_rtl_ready(uint32_t cut);

/* options, menu and code are set. Free with l1t_gt_rtl_fini() whatever is returned. */
enum l1t_err l1t_gt_rtl_plan(struct l1t_gt_rtl *r, const struct l1t_gt_rtl_options *options,
                             struct l1t_gt_rtl_summary *summary,
                             struct l1t_diag *diag) L1T_MUST_USE;
void l1t_gt_rtl_fini(struct l1t_gt_rtl *r);

/* gt_rtl_top.c, gt_rtl_conditions.c: the text of the top. */
void l1t_gt_rtl_print_top(struct l1t_gt_rtl *r, FILE *out);
void l1t_gt_rtl_print_conditions(struct l1t_gt_rtl *r, FILE *out);
/* "mu", "mu_m1": a list; "calo_mu": a kind of pair. */
const char *l1t_gt_rtl_list_name(const struct l1t_gt_rtl *r, size_t list, char to[32]);
extern const char *const l1t_gt_rtl_pair_names[L1T_GT_PAIRS];

/* gt_rtl_tables.c: which images the menu needs; refuses contents wider than the library's words. */
enum { L1T_GT_RTL_TABLES = 64 };
struct l1t_gt_rtl_table {
    char name[64]; /* of the file */
    const void *data;
    unsigned bits; /* of an entry of data: 32 or 64 */
    bool is_signed;
    uint32_t n;
    unsigned width; /* in the RTL */
};
size_t l1t_gt_rtl_tables(const struct l1t_gt_rtl *r,
                         struct l1t_gt_rtl_table table[L1T_GT_RTL_TABLES]);
enum l1t_err l1t_gt_rtl_print_table(const struct l1t_gt_rtl_table *table, FILE *out,
                                    struct l1t_diag *diag) L1T_MUST_USE;

#endif
