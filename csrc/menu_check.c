// SPDX-License-Identifier: GPL-3.0-or-later
// Which seeds the calibrated processes can answer for.
#include "menu_check.h"

#include <math.h>

static int single_from(const struct l1t_process *p, const struct l1t_seed *s)
{
    return p->spec.n_legs == 1 && p->spec.leg[0].object == s->leg[0].object;
}

// 1 when the process has the seed's two objects; *swap when in the other order.
static int same_objects(const struct l1t_process *p, const struct l1t_seed *s, int *swap)
{
    const struct l1t_leg *l = p->spec.leg;
    if (p->spec.n_legs != 2)
        return 0;
    *swap = 0;
    if (l[0].object == s->leg[0].object && l[1].object == s->leg[1].object)
        return 1;
    *swap = 1;
    return l[0].object == s->leg[1].object && l[1].object == s->leg[0].object;
}

static double high_of(const struct l1t_seed *s)
{
    return fmax(s->leg[0].threshold_gev, s->leg[1].threshold_gev);
}

static double low_of(const struct l1t_seed *s)
{
    return fmin(s->leg[0].threshold_gev, s->leg[1].threshold_gev);
}

// The process calibrates the seed: its thresholds are at or below the seed's, leg by leg (a pair of
// equal objects: in descending order).
static int calibrates(const struct l1t_process *p, const struct l1t_seed *s, int *extrapolated)
{
    const struct l1t_leg *l = p->spec.leg;
    if (s->n_legs == 1) {
        if (!single_from(p, s) || s->leg[0].threshold_gev < l[0].from_gev)
            return 0;
        *extrapolated = s->leg[0].threshold_gev > l[0].to_gev;
        return 1;
    }
    int swap;
    if (!same_objects(p, s, &swap))
        return 0;
    if (l[0].object == l[1].object) {
        *extrapolated = high_of(s) > fmax(l[0].to_gev, l[1].to_gev) ||
                        low_of(s) > fmin(l[0].to_gev, l[1].to_gev);
        return high_of(s) >= fmax(l[0].from_gev, l[1].from_gev) &&
               low_of(s) >= fmin(l[0].from_gev, l[1].from_gev);
    }
    const double t0 = s->leg[swap].threshold_gev;
    const double t1 = s->leg[1 - swap].threshold_gev;
    *extrapolated = t0 > l[0].to_gev || t1 > l[1].to_gev;
    return t0 >= l[0].from_gev && t1 >= l[1].from_gev;
}

int l1t_seed_calibrated(const struct l1t_processes *processes, const struct l1t_seed *seed,
                        int *extrapolated)
{
    int found = 0;
    *extrapolated = 1;
    for (size_t k = 0; k < processes->n; k++) {
        int beyond;
        if (calibrates(&processes->process[k], seed, &beyond)) {
            found = 1;
            *extrapolated &= beyond; // one process that knows is enough
        }
    }
    return found;
}

static enum l1t_err not_calibrated(const struct l1t_seed *s, const struct l1t_processes *all,
                                   struct l1t_diag *diag)
{
    for (size_t k = 0; k < all->n; k++) {
        const struct l1t_process_spec *p = &all->process[k].spec;
        int swap;
        if (s->n_legs == 1 && single_from(&all->process[k], s))
            return l1t_fail(diag, L1T_E_INPUT,
                            "%s: threshold %.9g GeV is below %.9g GeV, where the calibration of "
                            "%s begins",
                            s->name, s->leg[0].threshold_gev, p->leg[0].from_gev, p->name);
        if (s->n_legs == 2 && same_objects(&all->process[k], s, &swap))
            return l1t_fail(diag, L1T_E_INPUT,
                            "%s: thresholds %.9g, %.9g GeV are below %.9g, %.9g GeV, where the "
                            "calibration of %s begins",
                            s->name, s->leg[swap].threshold_gev, s->leg[1 - swap].threshold_gev,
                            p->leg[0].from_gev, p->leg[1].from_gev, p->name);
    }
    return l1t_fail(diag, L1T_E_INPUT, "%s: no process is calibrated for %s%s%s", s->name,
                    l1t_object_names[s->leg[0].object], s->n_legs == 2 ? " + " : " alone",
                    s->n_legs == 2 ? l1t_object_names[s->leg[1].object] : "");
}

static enum l1t_err check_seed(const struct l1t_seed *s, struct l1t_diag *diag)
{
    if (s->n_legs < 1 || s->n_legs > 2)
        return l1t_fail(diag, L1T_E_INPUT, "%s: %zu legs; 1 or 2", s->name, s->n_legs);
    if (!(s->prescale == 0 || (s->prescale >= 1 && s->prescale <= 4e7)))
        return l1t_fail(diag, L1T_E_INPUT, "%s: prescale %.9g; 0 (off) or 1 to 4e7", s->name,
                        s->prescale);
    for (size_t i = 0; i < s->n_legs; i++) {
        const double full = 0.5 * l1t_object_full_scale(s->leg[i].object);
        if (!(s->leg[i].threshold_gev <= full))
            return l1t_fail(diag, L1T_E_INPUT,
                            "%s: threshold %.9g GeV is above full scale, %.9g GeV", s->name,
                            s->leg[i].threshold_gev, full);
    }
    return L1T_OK;
}

enum l1t_err l1t_menu_check(const struct l1t_menu *menu, const struct l1t_processes *processes,
                            struct l1t_diag *diag)
{
    if (menu->n < 1 || menu->n > L1T_MAX_SEEDS)
        return l1t_fail(diag, L1T_E_INPUT, "%zu seeds; 1 to %d", menu->n, L1T_MAX_SEEDS);
    for (size_t i = 0; i < menu->n; i++) {
        int extrapolated;
        const struct l1t_seed *s = &menu->seed[i];
        const enum l1t_err err = check_seed(s, diag);
        if (err != L1T_OK)
            return err;
        if (!l1t_seed_calibrated(processes, s, &extrapolated))
            return not_calibrated(s, processes, diag);
    }
    return L1T_OK;
}
