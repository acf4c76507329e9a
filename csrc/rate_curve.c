// SPDX-License-Identifier: GPL-3.0-or-later
// Rate against threshold for all thresholds at once: the counts of the deciding code, summed from
// the top.
#include "predict_internal.h"

#include "code_law.h"

#include <math.h>
#include <stdlib.h>

// Range over which an object's leading (legs = 1) or second (legs = 2) code is calibrated.
static int range(const struct l1t_processes *all, enum l1t_object o, size_t legs, double *from,
                 double *to)
{
    *from = 0;
    *to = 0;
    for (size_t k = 0; k < all->n; k++) {
        const struct l1t_process_spec *s = &all->process[k].spec;
        if (s->n_legs != legs || s->leg[0].object != o || s->leg[legs - 1].object != o)
            continue;
        for (size_t i = 0; i < legs; i++) {
            *from = fmax(*from, s->leg[i].from_gev); // where all of them are complete
            *to = fmax(*to, s->leg[i].to_gev);
        }
    }
    return *from > 0;
}

static int allocate(struct l1t_rate_curve *c, size_t n)
{
    c->threshold_gev = calloc(4 * n, sizeof *c->threshold_gev); // one block for the four columns
    if (c->threshold_gev == NULL)
        return -1;
    c->rate_khz = c->threshold_gev + n;
    c->err = c->rate_khz + n;
    c->closed_khz = c->err + n;
    c->n = n;
    return 0;
}

static int make(const struct l1t_processes *all, const struct l1t_code_counts *counts,
                uint64_t crossings, struct l1t_rate_curve *c, double from)
{
    const unsigned full = l1t_object_full_scale(c->object);
    const unsigned first = l1t_threshold_code(from);
    // To twice the calibrated range: the reader sees where the law leads.
    unsigned last = l1t_threshold_code(2 * c->calibrated_to_gev);
    last = last > full ? full : last;
    if (allocate(c, last - first + 1) != 0)
        return -1;
    const double crossings_khz = l1t_crossing_rate_hz(&all->beam) / 1e3;
    const double n = (double)crossings;
    uint64_t above = 0;
    for (unsigned code = L1T_CODES; code-- > first;) {
        above += counts->n[c->object][c->legs - 1][code];
        if (code > last)
            continue;
        const size_t i = code - first;
        const double t = L1T_CODE_GEV * code;
        const struct l1t_seed seed = {.n_legs = (size_t)c->legs,
                                      .leg = {{c->object, t}, {c->object, t}}};
        c->threshold_gev[i] = t;
        c->rate_khz[i] = crossings_khz * (double)above / n;
        c->err[i] = crossings_khz / n * sqrt((double)above * (1 - (double)above / n));
        c->closed_khz[i] = crossings_khz * l1t_seed_probability(all, &seed);
    }
    return 0;
}

enum l1t_err l1t_make_curves(const struct l1t_processes *processes,
                             const struct l1t_code_counts *counts,
                             struct l1t_prediction *prediction, struct l1t_diag *diag)
{
    prediction->curve = calloc((size_t)2 * L1T_OBJECTS, sizeof *prediction->curve);
    if (prediction->curve == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "no memory for rate curves");
    for (int legs = 1; legs <= 2; legs++) {
        for (int o = 0; o < L1T_OBJECTS; o++) {
            double from;
            double to;
            if (!range(processes, (enum l1t_object)o, (size_t)legs, &from, &to))
                continue;
            struct l1t_rate_curve *c = &prediction->curve[prediction->n_curves++];
            *c = (struct l1t_rate_curve){
                .object = (enum l1t_object)o, .legs = legs, .calibrated_to_gev = to};
            if (make(processes, counts, prediction->crossings, c, from) != 0)
                return l1t_fail(diag, L1T_E_NOMEM, "no memory for rate curves");
        }
    }
    return L1T_OK;
}
