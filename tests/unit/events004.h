/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The founding notebook's sample: its slopes, thresholds, twelve menu slices and curves. */
#ifndef L1T_TEST_EVENTS004_H
#define L1T_TEST_EVENTS004_H

#include "curves.h"
#include "l1t/generate.h"

static const struct l1t_law notebook = {
    .lambda = {0.0034652456666858103, 0.05513620525526383, 0.02585292794736181,
               0.04457408261926413},
    .threshold_gev = {320, 22, 30, 38},
    .outcome = {{1.0, 1},
                {2.6, 1},
                {3.2, 3},
                {3.3, 6},
                {4.6, 5},
                {5.3, 15},
                {6.4, 4},
                {9.8, 2},
                {11.5, 1},
                {12.7, 8},
                {14.8, 2},
                {24.8, 4}},
    .n_outcomes = 12,
};

static struct l1t_curve curves[L1T_OBJECTS];

/* 0 when the curves are not there. */
static inline int published_generator(struct l1t_generator *g)
{
    static const char *const names[] = {"jet_energy", "single_muon", "egamma", "isolated_tau"};
    struct l1t_law law = notebook;
    for (int o = 0; o < L1T_OBJECTS; o++) {
        if (!open_published_curve(names[o], &curves[o]))
            return 0;
        law.curve[o] = &curves[o];
    }
    CU_ASSERT_EQUAL_FATAL(l1t_generator_init(g, &law, NULL), L1T_OK);
    return 1;
}

static inline void free_generator(struct l1t_generator *g)
{
    for (int o = 0; o < L1T_OBJECTS; o++)
        l1t_curve_free(&curves[o]);
    l1t_generator_free(g);
}

#endif
