// SPDX-License-Identifier: GPL-3.0-or-later
// From published rates to probabilities: exclusive rates, laws of the codes, alias tables.
#include "l1t/processes.h"

#include "code_law.h"

#include <math.h>
#include <stdlib.h>

unsigned l1t_threshold_code(double threshold_gev)
{
    const double code = ceil(threshold_gev / L1T_CODE_GEV);
    return code <= 0 ? 0 : code >= L1T_CODES ? L1T_CODES : (unsigned)code;
}

static enum l1t_err check_leg(const struct l1t_process_spec *s, const struct l1t_leg *leg,
                              struct l1t_diag *diag)
{
    const double full = L1T_CODE_GEV * l1t_object_full_scale(leg->object);
    const double counts = leg->from_gev / L1T_CODE_GEV;
    if (!(leg->from_gev >= L1T_CODE_GEV && leg->from_gev <= full) || counts != floor(counts))
        return l1t_fail(diag, L1T_E_INPUT,
                        "%s: %s threshold %.9g GeV; must be a multiple of 0.5 GeV up to %.9g GeV",
                        s->name, l1t_object_names[leg->object], leg->from_gev, full);
    if (!(leg->lambda > 0) || isinf(leg->lambda))
        return l1t_fail(diag, L1T_E_INPUT, "%s: slope %.9g/GeV must be positive", s->name,
                        leg->lambda);
    return L1T_OK;
}

static enum l1t_err check_spec(const struct l1t_process_spec *s, size_t number,
                               struct l1t_diag *diag)
{
    if (s->n_legs < 1 || s->n_legs > 2)
        return l1t_fail(diag, L1T_E_INPUT, "%s: %zu objects; 1 or 2", s->name, s->n_legs);
    if (!(s->rate_khz > 0) || isinf(s->rate_khz))
        return l1t_fail(diag, L1T_E_INPUT, "%s: rate %.9g kHz must be positive", s->name,
                        s->rate_khz);
    if (s->includes >> number != 0)
        return l1t_fail(diag, L1T_E_INPUT, "%s: may only include processes listed before it",
                        s->name);
    enum l1t_err err = L1T_OK;
    for (size_t i = 0; i < s->n_legs && err == L1T_OK; i++)
        err = check_leg(s, &s->leg[i], diag);
    return err;
}

static void make_tail(struct l1t_process *p, size_t leg)
{
    p->tail[leg][L1T_CODES] = 0;
    for (size_t c = L1T_CODES; c-- > 0;)
        p->tail[leg][c] = p->tail[leg][c + 1] + p->pmf[leg][c];
}

static int make_law(struct l1t_process *p, size_t i)
{
    const struct l1t_leg *leg = &p->spec.leg[i];
    p->pmf[i] = calloc(L1T_CODES, sizeof *p->pmf[i]);
    p->tail[i] = calloc(L1T_CODES + 1, sizeof *p->tail[i]);
    if (p->pmf[i] == NULL || p->tail[i] == NULL)
        return -1;
    l1t_code_law(leg->lambda, leg->from_gev, INFINITY, l1t_object_full_scale(leg->object),
                 p->pmf[i]);
    make_tail(p, i);
    return 0;
}

// Probability that the highest code of an object in process p is exactly c.
static double highest_is(const struct l1t_process *p, enum l1t_object object, size_t c)
{
    double none_above = 1; // all legs of this object below or at c ...
    double none_at = 1;    // ... and below c
    for (size_t i = 0; i < p->spec.n_legs; i++) {
        if (p->spec.leg[i].object != object)
            continue;
        none_above *= 1 - p->tail[i][c + 1];
        none_at *= 1 - p->tail[i][c];
    }
    return none_above - none_at;
}

// Take what earlier processes give off a single-object spectrum, code by code.
static enum l1t_err subtract_single(struct l1t_processes *all, struct l1t_process *p,
                                    struct l1t_diag *diag)
{
    const enum l1t_object object = p->spec.leg[0].object;
    double *const pmf = p->pmf[0];
    double left = 0;
    if (pmf == NULL)
        return L1T_E_NOMEM;
    for (size_t c = l1t_threshold_code(p->spec.leg[0].from_gev); c < L1T_CODES; c++) {
        const double published = p->spec.rate_khz * pmf[c];
        double others = 0;
        for (size_t k = 0; k < all->n; k++)
            if (p->spec.includes >> k & 1)
                others += all->process[k].own_khz * highest_is(&all->process[k], object, c);
        // Above the calibrated range the spectrum is a guess: there the pairs may well give more.
        if (c < l1t_threshold_code(p->spec.leg[0].to_gev) && others > published * (1 + 1e-9))
            return l1t_fail(diag, L1T_E_INPUT,
                            "%s: at %.9g GeV the processes it includes give %.4g kHz per 0.5 GeV, "
                            "more than its own %.4g kHz",
                            p->spec.name, L1T_CODE_GEV * (double)c, others, published);
        pmf[c] = fmax(0, published - others);
        left += pmf[c];
    }
    for (size_t c = 0; c < L1T_CODES && left > 0; c++)
        pmf[c] /= left;
    make_tail(p, 0);
    p->own_khz = left;
    return L1T_OK;
}

// Probability that process q has one leg on each of p's, in either order, above p's thresholds.
static double covers(const struct l1t_process *p, const struct l1t_process *q)
{
    if (q->spec.n_legs != 2 || q->tail[0] == NULL || q->tail[1] == NULL)
        return 0;
    double straight = 1;
    double crossed = 1;
    double both = 1; // both orders at once: every leg above the higher of the two
    for (size_t i = 0; i < 2; i++) {
        const struct l1t_leg *a = &p->spec.leg[i];
        const struct l1t_leg *b = &p->spec.leg[1 - i];
        const unsigned ca = l1t_threshold_code(a->from_gev);
        const unsigned cb = l1t_threshold_code(b->from_gev);
        straight *= q->spec.leg[i].object == a->object ? q->tail[i][ca] : 0;
        crossed *= q->spec.leg[i].object == b->object ? q->tail[i][cb] : 0;
        both *= q->tail[i][ca > cb ? ca : cb];
    }
    return straight > 0 && crossed > 0 ? straight + crossed - both : straight + crossed;
}

static enum l1t_err subtract_pair(struct l1t_processes *all, struct l1t_process *p,
                                  struct l1t_diag *diag)
{
    double others = 0;
    for (size_t k = 0; k < all->n; k++)
        if (p->spec.includes >> k & 1)
            others += all->process[k].own_khz * covers(p, &all->process[k]);
    p->own_khz = p->spec.rate_khz - others;
    if (p->own_khz < 0)
        return l1t_fail(diag, L1T_E_INPUT,
                        "%s: the processes it includes give %.4g kHz, more than its own %.4g kHz",
                        p->spec.name, others, p->spec.rate_khz);
    return L1T_OK;
}

static enum l1t_err add(struct l1t_processes *all, const struct l1t_process_spec *spec,
                        struct l1t_diag *diag)
{
    struct l1t_process *p = &all->process[all->n];
    *p = (struct l1t_process){.spec = *spec};
    enum l1t_err err = check_spec(spec, all->n, diag);
    for (size_t i = 0; err == L1T_OK && i < spec->n_legs; i++)
        if (make_law(p, i) != 0)
            err = l1t_fail(diag, L1T_E_NOMEM, "no memory for process %s", spec->name);
    if (err == L1T_OK)
        err = spec->n_legs == 1 ? subtract_single(all, p, diag) : subtract_pair(all, p, diag);
    if (err == L1T_OK && !(p->own_khz > 0))
        err = l1t_fail(diag, L1T_E_INPUT, "%s: nothing is left of its rate", spec->name);
    for (size_t i = 0; err == L1T_OK && i < spec->n_legs; i++)
        if (l1t_alias_init(&p->code[i], p->pmf[i], L1T_CODES) != 0)
            err = l1t_fail(diag, L1T_E_NOMEM, "no memory for process %s", spec->name);
    all->n++; // also after a failure: free must see what was made
    return err;
}

// The first process to fire in a crossing that is not empty, and the chance of each later one.
static enum l1t_err make_choice(struct l1t_processes *all, struct l1t_diag *diag)
{
    double first[L1T_MAX_PROCESSES];
    double none = 1;
    for (size_t k = 0; k < all->n; k++) {
        struct l1t_process *p = &all->process[k];
        p->probability = p->own_khz * 1e3 / l1t_crossing_rate_hz(&all->beam);
        if (!(p->probability < 0.5))
            return l1t_fail(diag, L1T_E_INPUT,
                            "%s: %.4g kHz is too much for %.4g kHz of filled crossings",
                            p->spec.name, p->own_khz, l1t_crossing_rate_hz(&all->beam) / 1e3);
        p->fires_below = (uint32_t)llround(p->probability * 0x1p32);
        first[k] = none * p->probability;
        none *= 1 - p->probability;
    }
    all->any = 1 - none;
    all->any_below = (uint32_t)llround(all->any * 0x1p32);
    if (l1t_alias_init(&all->first, first, all->n) != 0)
        return l1t_fail(diag, L1T_E_NOMEM, "no memory for the choice of processes");
    return L1T_OK;
}

enum l1t_err l1t_processes_init(struct l1t_processes *processes, const struct l1t_beam *beam,
                                const struct l1t_process_spec *spec, size_t n,
                                struct l1t_diag *diag)
{
    *processes = (struct l1t_processes){.beam = *beam};
    if (n < 1 || n > L1T_MAX_PROCESSES)
        return l1t_fail(diag, L1T_E_INPUT, "%zu processes; 1 to %d", n, L1T_MAX_PROCESSES);
    if (!(l1t_crossing_rate_hz(beam) > 0))
        return l1t_fail(diag, L1T_E_INPUT, "the beam has no filled crossings");
    enum l1t_err err = L1T_OK;
    for (size_t k = 0; k < n && err == L1T_OK; k++)
        err = add(processes, &spec[k], diag);
    if (err == L1T_OK)
        err = make_choice(processes, diag);
    if (err != L1T_OK)
        l1t_processes_free(processes);
    return err;
}

void l1t_processes_free(struct l1t_processes *processes)
{
    for (size_t k = 0; k < processes->n; k++) {
        for (size_t i = 0; i < 2; i++) {
            free(processes->process[k].pmf[i]);
            free(processes->process[k].tail[i]);
            l1t_alias_free(&processes->process[k].code[i]);
        }
    }
    l1t_alias_free(&processes->first);
    processes->n = 0;
}
