/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Muon generators, for tests: made or the test ends; the defaults; one muon a crossing. */
#ifndef MUON_GENS_H
#define MUON_GENS_H

#include "l1t/muon_gen.h"

#include "l1t_test.h"

static inline struct l1t_muon_gen *muon_gen_new(const struct l1t_muon_gen_params *params,
                                                uint64_t seed)
{
    struct l1t_muon_gen *gen = NULL;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_muon_gen_new(params, seed, &gen, &diag), diag);
    CU_ASSERT_PTR_NOT_NULL_FATAL(gen);
    return gen;
}

static inline struct l1t_muon_gen_params muon_gen_defaults(void)
{
    struct l1t_muon_gen_params p;
    l1t_muon_gen_defaults(&p);
    return p;
}

/* One muon a crossing, found whenever it is in range. */
static inline struct l1t_muon_gen_params muon_gen_single(void)
{
    struct l1t_muon_gen_params p = muon_gen_defaults();
    p.per_event = 1;
    p.punch_through = 0;
    p.mistaken = 0;
    for (unsigned f = 0; f < L1T_UGMT_FINDERS; f++)
        p.finder[f].efficiency = 1;
    return p;
}

#endif
