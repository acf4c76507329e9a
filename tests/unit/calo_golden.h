/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The calorimeter models against the reference answers, record by record. The data live outside the
 * repository, in the folder that the environment variable L1TWIN_SHARED names (default ../shared);
 * without them a test says SKIPPED. L1TWIN_GOLDEN_EVENTS=N looks at the first N events of each file
 * only.
 */
#ifndef CALO_GOLDEN_H
#define CALO_GOLDEN_H

#include "calo/l1t_calo.h"

#include <stdbool.h>
#include <stdio.h>

/* One path: which records are its own, and how it makes them. */
struct calo_golden {
    const char *kinds; /* records compared, "G0 G1 G2"; all others are passed over */
    void (*write)(FILE *out, const struct l1t_calo_config *config, const struct l1t_towers *towers);
};

/* All events of one input file ("sparse") in both configurations. */
void calo_golden_run(const char *stem, const struct calo_golden *golden);

/* The configuration of a year ("2018", "2024") from the shared tables; false, after saying why, if
 * one of them cannot be read. */
bool calo_golden_config(const char *year, struct l1t_calo_config *config);

/* The test program of one path: the four reference files, each in both configurations. */
#define CALO_GOLDEN_MAIN(suite, golden)                                                            \
    static void sparse_events_agree(void)                                                          \
    {                                                                                              \
        calo_golden_run("sparse", golden);                                                         \
    }                                                                                              \
    static void corner_events_agree(void)                                                          \
    {                                                                                              \
        calo_golden_run("corner", golden);                                                         \
    }                                                                                              \
    static void wild_events_agree(void)                                                            \
    {                                                                                              \
        calo_golden_run("wild", golden);                                                           \
    }                                                                                              \
    static void pileup_events_agree(void)                                                          \
    {                                                                                              \
        calo_golden_run("pileup", golden);                                                         \
    }                                                                                              \
    L1T_TEST_MAIN(suite, {"sparse events agree", sparse_events_agree},                             \
                  {"corner events agree", corner_events_agree},                                    \
                  {"wild events agree", wild_events_agree},                                        \
                  {"pile-up events agree", pileup_events_agree})

#endif
