// SPDX-License-Identifier: GPL-3.0-or-later
// The accounting in plain loops, as its definitions read.
#include "tally_random.h"

#include "gt/l1t_gt_final.h"

#include <string.h>

enum { ALL = L1T_GT_ALGORITHMS };

static bool one(const uint64_t *words, unsigned b)
{
    return (words[b / 64] >> b % 64 & 1) != 0;
}

static void add(struct l1t_sum *s, double weight, double factor, unsigned n)
{
    s->n += n;
    s->w += weight * factor;
    s->w2 += weight * weight * factor * factor;
}

static double probability(uint32_t factor)
{
    return factor == 0 ? 0 : factor < 100 ? 1 : 100.0 / factor;
}

// E[1 / (1 + K)], K how many of n independent things happen, without `but`.
static double mean_share(const double *p, size_t n, size_t but)
{
    double at[ALL + 1] = {1}, mean = 0; // at[k]: probability of k
    size_t most = 0;
    for (size_t j = 0; j < n; j++) {
        if (j == but)
            continue;
        most++;
        for (size_t k = most; k > 0; k--)
            at[k] = at[k] * (1 - p[j]) + at[k - 1] * p[j];
        at[0] *= 1 - p[j];
    }
    for (size_t k = 0; k <= most; k++)
        mean += at[k] / (double)(k + 1);
    return mean;
}

static double none(const double *p, size_t n, size_t but)
{
    double product = 1;
    for (size_t j = 0; j < n; j++)
        if (j != but)
            product *= 1 - p[j];
    return product;
}

// Of a word: algorithms that may make the final OR, their probabilities, that of no veto.
struct chances {
    size_t n, index[ALL];
    double p[ALL], no_veto;
};

static void find(const struct l1t_tally_spec *s, size_t c, const uint64_t *open, struct chances *x)
{
    x->n = 0;
    x->no_veto = 1;
    for (size_t i = 0; i < s->n_algorithms; i++) {
        const unsigned b = s->bit[i];
        if (!one(open, b))
            continue;
        if (one(s->veto, b)) {
            x->no_veto *= 1 - probability(s->factor[c][b]);
        } else if (one(s->finor, b)) {
            x->index[x->n] = i;
            x->p[x->n++] = probability(s->factor[c][b]);
        }
    }
}

double tally_plain_total(const struct l1t_tally_spec *spec, size_t column, const uint64_t *open)
{
    struct chances x;
    find(spec, column, open, &x);
    return x.no_veto * (1 - none(x.p, x.n, ALL));
}

static void expected(const struct l1t_tally_spec *s, size_t c, const uint64_t *open, double weight,
                     struct tally_plain *to)
{
    struct chances x;
    find(s, c, open, &x);
    add(&to->mode[1][c].total, weight, x.no_veto * (1 - none(x.p, x.n, ALL)), 0);
    for (size_t j = 0; j < x.n; j++) {
        const double p = x.no_veto * x.p[j];
        add(&to->mode[1][c].pure[x.index[j]], weight, p * none(x.p, x.n, j), 0);
        add(&to->mode[1][c].proportional[x.index[j]], weight, p * mean_share(x.p, x.n, j), 0);
    }
    for (size_t k = 0; k < s->n_sets; k++) {
        double in = 1, out = 1;
        for (size_t j = 0; j < x.n; j++)
            *(one(s->set[k].bits, s->bit[x.index[j]]) ? &in : &out) *= 1 - x.p[j];
        add(&to->mode[1][c].set_or[k], weight, x.no_veto * (1 - in), 0);
        add(&to->mode[1][c].set_pure[k], weight, x.no_veto * (1 - in) * out, 0);
    }
    for (size_t i = 0; i < s->n_algorithms; i++)
        if (one(open, s->bit[i]))
            add(&to->mode[1][c].after[i], weight, probability(s->factor[c][s->bit[i]]), 0);
}

static void exact(const struct l1t_tally_spec *s, size_t c, const struct l1t_gt_final_out *out,
                  double weight, unsigned pileup, struct tally_plain *to)
{
    const uint64_t *kept = out->prescaled;
    size_t k = 0;
    for (size_t i = 0; i < s->n_algorithms; i++) {
        const bool fired = one(kept, s->bit[i]);
        k += fired && one(s->finor, s->bit[i]);
        add(&to->mode[0][c].after[i], weight, fired, fired);
        for (size_t j = 0; fired && c == s->focus && j < s->n_algorithms; j++)
            add(&to->overlap[i][j], weight, one(kept, s->bit[j]), one(kept, s->bit[j]));
    }
    if (!out->finor)
        return;
    add(&to->mode[0][c].total, weight, 1, 1);
    if (c == s->focus)
        add(&to->pileup_total[pileup], weight, 1, 1);
    for (size_t i = 0; i < s->n_algorithms; i++) {
        if (!one(kept, s->bit[i]) || !one(s->finor, s->bit[i]))
            continue;
        add(&to->mode[0][c].proportional[i], weight, 1 / (double)k, 1);
        if (k == 1)
            add(&to->mode[0][c].pure[i], weight, 1, 1);
    }
    for (size_t x = 0; x < s->n_sets; x++) {
        bool in = false, outside = false;
        for (size_t i = 0; i < s->n_algorithms; i++)
            if (one(kept, s->bit[i]) && one(s->finor, s->bit[i]))
                *(one(s->set[x].bits, s->bit[i]) ? &in : &outside) = true;
        add(&to->mode[0][c].set_or[x], weight, in, in);
        add(&to->mode[0][c].set_pure[x], weight, in && !outside, in && !outside);
    }
}

static void one_crossing(const struct l1t_tally_spec *s, const struct l1t_decided *b, size_t e,
                         struct l1t_gt_final *final, struct tally_plain *to)
{
    const double weight = (double)b->fired_weight[e];
    struct l1t_gt_masks masks = {.crossing = s->open};
    struct l1t_gt_final_in in = {.crossing = b->crossing[e]};
    struct l1t_gt_final_out out;
    for (size_t i = 0; i < s->n_algorithms; i++)
        in.raw[s->bit[i] / 64] |= b->bits[e][s->bit[i] / 64] & UINT64_C(1) << s->bit[i] % 64;
    memcpy(masks.finor, s->finor, sizeof masks.finor);
    memcpy(masks.veto, s->veto, sizeof masks.veto);
    for (size_t c = 0; c < s->n_columns; c++) {
        l1t_gt_final_step(&final[c], &masks, &in, &out);
        exact(s, c, &out, weight, b->pileup[e], to);
        expected(s, c, out.open, weight, to);
    }
    for (size_t i = 0; i < s->n_algorithms; i++)
        if (one(out.open, s->bit[i])) {
            add(&to->before[i], weight, 1, 1);
            add(&to->pileup_before[i][b->pileup[e]], weight, 1, 1);
        }
}

static void add_all(const struct l1t_decided *b, struct tally_plain *to)
{
    for (size_t p = 0; p < L1T_TALLY_PILEUPS; p++) {
        struct l1t_sum *const sum[2] = {&to->all, &to->pileup_all[p]};
        for (size_t i = 0; i < 2; i++) {
            sum[i]->n += b->count[p];
            sum[i]->w += (double)b->weight[p];
            sum[i]->w2 += (double)b->weight2[p];
        }
    }
}

void tally_plain(const struct l1t_tally_spec *spec, const struct l1t_decided *const *block,
                 size_t n_blocks, struct tally_plain *plain)
{
    static struct l1t_gt_final final[TALLY_RANDOM_COLUMNS];
    struct l1t_gt_factors factors;
    memset(plain, 0, sizeof *plain);
    memset(&factors, 0, sizeof factors);
    for (size_t c = 0; c < spec->n_columns; c++) {
        memcpy(factors.prescale, spec->factor[c], sizeof factors.prescale);
        l1t_gt_final_init(&final[c], &factors);
    }
    for (size_t i = 0; i < n_blocks; i++) {
        add_all(block[i], plain);
        for (size_t e = 0; e < block[i]->n_fired; e++)
            one_crossing(spec, block[i], e, final, plain);
    }
}
