// SPDX-License-Identifier: GPL-3.0-or-later
// A menu on all samples of the study by way of the batch engine and the accounting: what the menu
// costs before and after, and whether the solver's sums are the same.
#include "budget_setup.h"

#include "rates_add.h"
#include "sample_pass.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// A block as the accounting takes it, and a tally, of one thread.
struct part {
    struct l1t_tally *tally;
    struct l1t_decided decided;
};

struct run {
    struct part *part;
};

static const uint64_t no_requests[L1T_GT_ALGORITHMS]; // only expected prescales are read

static enum l1t_err open_part(struct part *p, const struct l1t_tally_spec *spec, double unit,
                              struct l1t_diag *diag)
{
    struct l1t_decided *const d = &p->decided;
    d->offset = calloc(L1T_SAMPLE_BLOCK, sizeof *d->offset);
    d->bits = calloc(L1T_SAMPLE_BLOCK, sizeof *d->bits);
    d->fired_weight = calloc(L1T_SAMPLE_BLOCK, sizeof *d->fired_weight);
    d->pileup = calloc(L1T_SAMPLE_BLOCK, sizeof *d->pileup);
    d->crossing = calloc(L1T_SAMPLE_BLOCK, sizeof *d->crossing);
    if (d->offset == NULL || d->bits == NULL || d->fired_weight == NULL || d->pileup == NULL ||
        d->crossing == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    return l1t_tally_open(spec, unit, &p->tally, diag);
}

static void close_part(struct part *p)
{
    free(p->decided.offset);
    free(p->decided.bits);
    free(p->decided.fired_weight);
    free(p->decided.pileup);
    free(p->decided.crossing);
    l1t_tally_close(p->tally);
}

static void add_fired(struct l1t_decided *d, const struct l1t_sample_block *block, size_t i,
                      const uint64_t *bits)
{
    uint64_t any = 0;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        any |= bits[w];
    if (any == 0)
        return;
    const size_t at = d->n_fired++;
    d->offset[at] = (uint16_t)i;
    memcpy(d->bits[at], bits, sizeof d->bits[at]);
    d->fired_weight[at] = block->weight[i];
    d->pileup[at] = block->pileup[i];
    d->crossing[at] = block->crossing[i];
}

static enum l1t_err take(void *user, unsigned shard, const struct l1t_pass_block *b,
                         struct l1t_diag *diag)
{
    const struct run *const run = user;
    struct l1t_decided *const d = &run->part[shard].decided;
    (void)diag;
    memset(d->count, 0, sizeof d->count);
    memset(d->weight, 0, sizeof d->weight);
    memset(d->weight2, 0, sizeof d->weight2);
    d->first = b->block->first;
    d->n = b->block->n;
    d->n_fired = 0;
    for (size_t i = 0; i < b->block->n; i++) {
        const unsigned pileup = b->block->pileup[i];
        d->count[pileup]++;
        d->weight[pileup] += b->block->weight[i];
        d->weight2[pileup] += (l1t_int128)b->block->weight[i] * b->block->weight[i];
        add_fired(d, b->block, i, b->bits[0][i]);
    }
    l1t_tally_add(run->part[shard].tally, d, no_requests);
    return L1T_OK;
}

static enum l1t_err account_sample(const struct l1t_sample *sample, const struct l1t_gt_code *code,
                                   const struct l1t_tally_spec *spec, unsigned threads,
                                   struct l1t_tally **tally, struct l1t_diag *diag)
{
    struct run run = {calloc(threads, sizeof *run.part)};
    const struct l1t_pass pass = {sample, &code, 1, threads, take, &run};
    enum l1t_err err = run.part != NULL ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    for (unsigned t = 0; err == L1T_OK && t < threads; t++)
        err = open_part(&run.part[t], spec, l1t_sample_info(sample)->weight_unit, diag);
    if (err == L1T_OK)
        err = l1t_pass_run(&pass, diag);
    for (unsigned t = 1; err == L1T_OK && t < threads; t++)
        l1t_tally_merge(run.part[0].tally, run.part[t].tally);
    if (err == L1T_OK) {
        *tally = run.part[0].tally;
        run.part[0].tally = NULL;
    }
    for (unsigned t = 0; run.part != NULL && t < threads; t++)
        close_part(&run.part[t]);
    free(run.part);
    return err;
}

// ---- what to account for ----

static void fill_spec(const struct l1t_budget_setup *s, const struct l1t_gt_code *code,
                      const struct l1t_gate *gate, struct l1t_tally_set *set,
                      struct l1t_tally_spec *spec)
{
    memset(spec, 0, sizeof *spec);
    spec->n_algorithms = code->n_algorithms;
    for (size_t i = 0; i < code->n_algorithms; i++)
        spec->bit[i] = code->algorithm[i].bit;
    memcpy(spec->finor, gate->finor, sizeof spec->finor);
    memcpy(spec->veto, gate->veto, sizeof spec->veto);
    spec->open = (const uint64_t(*)[L1T_GT_WORDS])gate->open;
    spec->n_columns = 1;
    memcpy(spec->factor[0], gate->factor, sizeof spec->factor[0]);
    spec->n_sets = s->budget.n_limits - 1;
    spec->set = set;
    for (size_t k = 0; k < spec->n_sets; k++) {
        (void)snprintf(set[k].name, sizeof set[k].name, "%s", s->budget.limit[1 + k].name);
        memcpy(set[k].bits, s->budget.limit[1 + k].bits, sizeof set[k].bits);
    }
}

static enum l1t_err account_all(const struct l1t_budget_setup *s, const struct l1t_gt_code *code,
                                const struct l1t_gate *gate, struct l1t_budget_account *account,
                                struct l1t_diag *diag)
{
    const size_t n = s->budget.n_samples - s->budget.n_signals;
    struct l1t_tally_set *const set = calloc(s->budget.n_limits, sizeof *set);
    struct l1t_tally_spec *const spec = calloc(1, sizeof *spec);
    enum l1t_err err =
        set != NULL && spec != NULL ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    if (err == L1T_OK)
        fill_spec(s, code, gate, set, spec);
    for (size_t k = 0; err == L1T_OK && k < s->budget.n_samples; k++)
        err = account_sample(k < n ? s->opened->sample[k] : s->opened->signal[k - n], code, spec,
                             s->threads, &account->tally[k], diag);
    free(set);
    free(spec);
    return err;
}

enum l1t_err l1t_budget_account(const struct l1t_budget_setup *setup,
                                const struct l1t_gt_menu *menu, struct l1t_budget_account *account,
                                struct l1t_diag *diag)
{
    struct l1t_gt_code *code = NULL;
    struct l1t_gate gate = {.open = NULL};
    memset(account, 0, sizeof *account);
    enum l1t_err err = l1t_gt_compile(menu, &code, diag);
    if (err == L1T_OK)
        err = l1t_gate_open(menu, setup->opened->column, &gate, diag);
    if (err == L1T_OK) {
        account->n = code->n_algorithms;
        for (size_t i = 0; i < code->n_algorithms; i++)
            account->bit[i] = code->algorithm[i].bit;
        err = account_all(setup, code, &gate, account, diag);
    }
    l1t_gate_close(&gate);
    l1t_gt_code_free(code);
    return err;
}

void l1t_budget_account_free(struct l1t_budget_account *account)
{
    for (size_t k = 0; k < L1T_BUDGET_SAMPLES; k++)
        l1t_tally_close(account->tally[k]);
    memset(account, 0, sizeof *account);
}

// ---- reading it ----

static struct l1t_rate add_up(const struct l1t_budget_setup *s,
                              const struct l1t_budget_account *account,
                              struct l1t_sum (*sum)(const struct l1t_tally *, size_t), size_t i)
{
    struct l1t_rate rate = l1t_rates_none();
    for (size_t k = 0; k < s->budget.n_samples - s->budget.n_signals; k++) {
        const struct l1t_sum of = sum(account->tally[k], i);
        const struct l1t_sum every = l1t_tally_all(account->tally[k]);
        const struct l1t_sum all = l1t_norm_all(&s->opened->rate.rates.sample[k].norm, &every);
        const struct l1t_rate one = l1t_rate_of(&of, &all, s->budget.sample[k].scale);
        l1t_rates_add(&rate, &one);
    }
    return rate;
}

static struct l1t_sum after(const struct l1t_tally *tally, size_t i)
{
    return l1t_tally_after(tally, L1T_TALLY_EXPECTED, 0, i);
}

static struct l1t_sum pure(const struct l1t_tally *tally, size_t i)
{
    return l1t_tally_pure(tally, L1T_TALLY_EXPECTED, 0, i);
}

static struct l1t_sum of_limit(const struct l1t_tally *tally, size_t limit)
{
    return limit == 0 ? l1t_tally_total(tally, L1T_TALLY_EXPECTED, 0)
                      : l1t_tally_set_or(tally, L1T_TALLY_EXPECTED, 0, limit - 1);
}

struct l1t_rate l1t_budget_account_rate(const struct l1t_budget_setup *setup,
                                        const struct l1t_budget_account *account,
                                        enum l1t_budget_what what, unsigned bit)
{
    static struct l1t_sum (*const sums[])(const struct l1t_tally *, size_t) = {l1t_tally_before,
                                                                               after, pure};
    size_t i = 0;
    while (i + 1 < account->n && account->bit[i] != bit)
        i++;
    return add_up(setup, account, sums[what], i);
}

struct l1t_rate l1t_budget_account_limit(const struct l1t_budget_setup *setup,
                                         const struct l1t_budget_account *account, size_t limit)
{
    return add_up(setup, account, of_limit, limit);
}

struct l1t_fraction l1t_budget_account_efficiency(const struct l1t_budget_setup *setup,
                                                  const struct l1t_budget_account *account,
                                                  size_t signal)
{
    const size_t k = setup->budget.n_samples - setup->budget.n_signals + signal;
    const struct l1t_sum sum = of_limit(account->tally[k], 0);
    const struct l1t_sum all = l1t_tally_all(account->tally[k]);
    return l1t_fraction_of(&sum, &all);
}

static bool same(double a, double b)
{
    return !(a < b) && !(a > b);
}

enum l1t_err l1t_budget_verify(const struct l1t_budget_setup *setup,
                               const struct l1t_budget_setting *setting,
                               const struct l1t_budget_account *account, struct l1t_diag *diag)
{
    const struct l1t_budget *const b = &setup->budget;
    for (size_t k = 0; k < b->n_samples; k++)
        for (size_t c = 0; c < b->n_limits; c++) {
            const struct l1t_sum solver = l1t_budget_sum(b, setting, k, c);
            const struct l1t_sum menu = of_limit(account->tally[k], c);
            if (!same(solver.w, menu.w))
                return l1t_fail(diag, L1T_E_DIFF,
                                "sample %s, %s: the solver has a sum of weights of %.17g, the "
                                "menu on all crossings %.17g",
                                b->sample[k].name, b->limit[c].name, solver.w, menu.w);
        }
    return L1T_OK;
}
