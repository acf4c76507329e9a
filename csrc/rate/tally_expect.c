// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What prescales keep of a crossing on average. Algorithm j of those that fire is kept with
 * probability p_j, independently; those with p = 1 are counted apart as whole numbers.
 *
 *   total         1 - prod (1 - p_j)
 *   pure          p_i prod_{j != i} (1 - p_j)
 *   proportional  p_i E[1 / (1 + K)], K: how many of the others are kept. With the generating
 *                 function E[t^K] = prod_{j != i} (1 - p_j + p_j t) this is its integral over
 *                 [0, 1], a polynomial: Gauss-Legendre with half as many nodes as algorithms fire
 *                 is exact.
 *
 * Algorithms that veto do so with their own probabilities, independently of the others: all three
 * are multiplied by the probability of no veto.
 *
 * Products are formed in ascending order of bits, whatever the machine, then rounded to 2^-40.
 */
#include "tally_plan.h"

struct fired {
    double no_veto, none; // probabilities: no veto; none of the divided
    unsigned certain, n;  // algorithms with p = 1; with p < 1
    uint16_t bit[L1T_GT_ALGORITHMS];
    double p[L1T_GT_ALGORITHMS];
};

static uint64_t fixed(double x)
{
    return (uint64_t)(x * (double)L1T_SHARE_ONE + 0.5);
}

// Probability that none of the divided among these is kept.
static double none_of(const struct tally_column *c, const uint64_t *open, const uint64_t *of)
{
    double none = 1;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        for (uint64_t left = open[w] & of[w] & c->divided[w]; left != 0; left &= left - 1)
            none *= 1 - c->p[64 * w + (unsigned)__builtin_ctzll(left)];
    return none;
}

static bool any_always(const struct tally_column *c, const uint64_t *open, const uint64_t *of)
{
    uint64_t any = 0;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        any |= open[w] & of[w] & c->always[w];
    return any != 0;
}

static double no_veto(const struct tally_plan *plan, const struct tally_column *c,
                      const uint64_t *open)
{
    return any_always(c, open, plan->veto) ? 0 : none_of(c, open, plan->veto);
}

uint64_t l1t_tally_expect_total(const struct tally_plan *plan, size_t column,
                                const uint64_t open[L1T_GT_WORDS])
{
    const struct tally_column *c = &plan->column[column];
    const double none = any_always(c, open, plan->part) ? 0 : none_of(c, open, plan->part);
    return fixed(no_veto(plan, c, open) * (1 - none));
}

static void list(const struct tally_plan *plan, const struct tally_column *c, const uint64_t *open,
                 struct fired *f)
{
    f->no_veto = no_veto(plan, c, open);
    f->none = 1;
    f->certain = f->n = 0;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++) {
        const uint64_t part = open[w] & plan->part[w];
        f->certain += (unsigned)__builtin_popcountll(part & c->always[w]);
        for (uint64_t left = part & c->divided[w]; left != 0; left &= left - 1) {
            const unsigned b = 64 * w + (unsigned)__builtin_ctzll(left);
            f->bit[f->n] = (uint16_t)b;
            f->p[f->n++] = c->p[b];
            f->none *= 1 - c->p[b];
        }
    }
}

static void put_certain(const struct tally_plan *plan, const struct tally_column *c,
                        const uint64_t *open, uint64_t *to, uint64_t value)
{
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        for (uint64_t left = open[w] & plan->part[w] & c->always[w]; left != 0; left &= left - 1)
            to[64 * w + (unsigned)__builtin_ctzll(left)] = value;
}

/*
 * share[i], i < n: E[1 / (1 + K)] of the divided ones, K of all others; *certain: of each of those
 * with p = 1.
 */
static void integrate(struct l1t_gauss *gauss, const struct fired *f, double *share,
                      double *certain)
{
    const size_t nodes = (f->certain + f->n + 1) / 2;
    const double *t = l1t_gauss_rule(gauss, nodes), *weight = t + nodes;
    double product[L1T_GAUSS_MAX], away[L1T_GAUSS_MAX]; // away: 1 - t
    for (size_t k = 0; k < nodes; k++) {
        product[k] = weight[k];
        away[k] = 1 - t[k];
        for (unsigned j = 1; j < f->certain; j++)
            product[k] *= t[k];
    }
    for (unsigned j = 0; j < f->n; j++)
        for (size_t k = 0; k < nodes; k++)
            product[k] *= 1 - f->p[j] * away[k];
    *certain = 0;
    for (size_t k = 0; k < nodes; k++) {
        *certain += product[k];
        product[k] *= f->certain > 0 ? t[k] : 1;
    }
    for (unsigned j = 0; j < f->n; j++) {
        double term[L1T_GAUSS_MAX];
        for (size_t k = 0; k < nodes; k++)
            term[k] = product[k] / (1 - f->p[j] * away[k]);
        share[j] = 0;
        for (size_t k = 0; k < nodes; k++)
            share[j] += term[k];
    }
}

static void proportional(struct tally_plan *plan, const struct tally_column *c,
                         const uint64_t *open, const struct fired *f, uint64_t *to)
{
    double share[L1T_GT_ALGORITHMS], certain;
    if (f->certain + f->n == 0)
        return;
    if (f->n == 0 && f->no_veto == 1) {
        put_certain(plan, c, open, to, plan->share[f->certain]);
        return;
    }
    integrate(&plan->gauss, f, share, &certain);
    put_certain(plan, c, open, to, fixed(f->no_veto * certain));
    for (unsigned j = 0; j < f->n; j++)
        to[f->bit[j]] = fixed(f->no_veto * f->p[j] * share[j]);
}

static void pure(const struct tally_plan *plan, const struct tally_column *c, const uint64_t *open,
                 const struct fired *f, uint64_t *to)
{
    put_certain(plan, c, open, to, f->certain == 1 ? fixed(f->no_veto * f->none) : 0);
    for (unsigned j = 0; j < f->n; j++)
        to[f->bit[j]] =
            f->certain > 0 ? 0 : fixed(f->no_veto * f->p[j] * (f->none / (1 - f->p[j])));
}

/*
 * in[s]: probability that none of set s is kept; others[s]: none outside of it. Sets share few
 * algorithms, so each algorithm goes to where it belongs.
 */
static void sets(const struct tally_plan *plan, const struct tally_column *c, const uint64_t *open,
                 double veto, struct tally_expected *e)
{
    double in[L1T_TALLY_SETS], others[L1T_TALLY_SETS];
    for (size_t s = 0; s < plan->n_sets; s++)
        in[s] = others[s] = 1;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++) {
        const uint64_t kept = open[w] & plan->part[w] & (c->always[w] | c->divided[w]);
        for (uint64_t left = kept; left != 0; left &= left - 1) {
            const unsigned b = 64 * w + (unsigned)__builtin_ctzll(left);
            for (size_t s = 0; s < plan->n_sets; s++)
                *((plan->member[b] >> s & 1) != 0 ? &in[s] : &others[s]) *= 1 - c->p[b];
        }
    }
    for (size_t s = 0; s < plan->n_sets; s++) {
        e->set_or[s] = fixed(veto * (1 - in[s]));
        e->set_pure[s] = fixed(veto * (1 - in[s]) * others[s]);
    }
}

void l1t_tally_expect(struct tally_plan *plan, size_t column, const uint64_t open[L1T_GT_WORDS],
                      struct tally_expected *expected)
{
    const struct tally_column *c = &plan->column[column];
    struct fired f;
    list(plan, c, open, &f);
    expected->total = fixed(f.no_veto * (f.certain > 0 ? 1 : 1 - f.none));
    pure(plan, c, open, &f, expected->pure);
    proportional(plan, c, open, &f, expected->proportional);
    sets(plan, c, open, f.no_veto, expected);
}
