// SPDX-License-Identifier: GPL-3.0-or-later
// Closed form of the total rate, one process at a time. Which seeds fire is constant between
// neighbouring thresholds, so a process with two objects is a small grid of cells.
#include "predict_internal.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum { most_edges = 2 * L1T_MAX_SEEDS + 2 };

struct edges {
    size_t n;
    unsigned code[most_edges]; // ascending, from 0; the last is L1T_CODES
};

static int ascending(const void *a, const void *b)
{
    const unsigned x = *(const unsigned *)a;
    const unsigned y = *(const unsigned *)b;
    return (x > y) - (x < y);
}

static struct edges edges_of(const struct l1t_menu *menu, enum l1t_object o)
{
    struct edges e = {1, {0}};
    for (size_t i = 0; i < menu->n; i++)
        for (size_t l = 0; l < menu->seed[i].n_legs; l++)
            if (menu->seed[i].leg[l].object == o)
                e.code[e.n++] = l1t_threshold_code(menu->seed[i].leg[l].threshold_gev);
    qsort(e.code, e.n, sizeof e.code[0], ascending);
    e.code[e.n++] = L1T_CODES;
    return e;
}

static bool passes(const struct l1t_seed_leg *leg, enum l1t_object o, unsigned code)
{
    return leg->object == o && code >= l1t_threshold_code(leg->threshold_gev);
}

// Expected weight of a crossing with these objects (o1 < 0: only one).
static double weight(const struct l1t_menu *menu, enum l1t_object o0, unsigned c0, int o1,
                     unsigned c1)
{
    double none = 1;
    for (size_t i = 0; i < menu->n; i++) {
        const struct l1t_seed *s = &menu->seed[i];
        const struct l1t_prescaler p = l1t_prescaler_make(s->prescale);
        const bool has1 = o1 >= 0;
        const enum l1t_object second = (enum l1t_object)(has1 ? o1 : 0);
        const bool a0 = passes(&s->leg[0], o0, c0);
        const bool a1 = has1 && passes(&s->leg[0], second, c1);
        bool fires = a0 || a1;
        if (s->n_legs == 2) {
            const bool b0 = passes(&s->leg[1], o0, c0);
            const bool b1 = has1 && passes(&s->leg[1], second, c1);
            fires = (a0 && b1) || (a1 && b0);
        }
        none *= fires ? 1 - l1t_prescaler_fraction(&p) : 1;
    }
    return 1 - none;
}

static double cell(const struct l1t_process *p, size_t leg, const struct edges *e, size_t i)
{
    return p->tail[leg][e->code[i]] - p->tail[leg][e->code[i + 1]];
}

static double process_weight(const struct l1t_menu *menu, const struct l1t_process *p)
{
    const enum l1t_object o0 = p->spec.leg[0].object;
    const struct edges e0 = edges_of(menu, o0);
    double sum = 0;
    if (p->spec.n_legs == 1) {
        for (size_t i = 0; i + 1 < e0.n; i++)
            sum += cell(p, 0, &e0, i) * weight(menu, o0, e0.code[i], -1, 0);
        return sum;
    }
    const enum l1t_object o1 = p->spec.leg[1].object;
    const struct edges e1 = edges_of(menu, o1);
    for (size_t i = 0; i + 1 < e0.n; i++) {
        for (size_t j = 0; j + 1 < e1.n; j++) {
            const double both = cell(p, 0, &e0, i) * cell(p, 1, &e1, j);
            if (both > 0)
                sum += both * weight(menu, o0, e0.code[i], (int)o1, e1.code[j]);
        }
    }
    return sum;
}

void l1t_closed_total(const struct l1t_menu *menu, const struct l1t_processes *processes,
                      double *total_khz, double *coincidence_khz)
{
    const double crossings_khz = l1t_crossing_rate_hz(&processes->beam) / 1e3;
    double log_none = 0;
    double log_quiet = 0;
    double odds = 0; // of exactly one process, relative to none
    for (size_t k = 0; k < processes->n; k++) {
        const struct l1t_process *p = &processes->process[k];
        log_none += log1p(-p->probability * process_weight(menu, p));
        log_quiet += log1p(-p->probability);
        odds += p->probability / (1 - p->probability);
    }
    *total_khz = crossings_khz * -expm1(log_none);
    *coincidence_khz = crossings_khz * fmax(0, -expm1(log_quiet) - exp(log_quiet) * odds);
}
