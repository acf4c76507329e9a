// SPDX-License-Identifier: GPL-3.0-or-later
// From fired seeds to rates: prescale counters in event order, pure and proportional shares,
// errors.
#include "predict_internal.h"

#include "menu_check.h"

#include <math.h>

void l1t_account_init(struct l1t_account *account, const struct l1t_menu *menu)
{
    *account = (struct l1t_account){.n_seeds = menu->n};
    for (size_t i = 0; i < menu->n; i++) {
        account->prescaler[i] = l1t_prescaler_make(menu->seed[i].prescale);
        account->pass[i] = l1t_prescaler_fraction(&account->prescaler[i]);
    }
}

void l1t_account_add(struct l1t_account *account, uint64_t fired)
{
    uint64_t accepted = 0;
    size_t k = 0;
    double none = 1;
    for (size_t i = 0; i < account->n_seeds; i++) {
        if ((fired >> i & 1) == 0)
            continue;
        account->fired[i]++;
        none *= 1 - account->pass[i];
        if (l1t_prescaler_step(&account->prescaler[i])) {
            accepted |= UINT64_C(1) << i;
            k++;
        }
    }
    account->weight += 1 - none;
    account->weight2 += (1 - none) * (1 - none);
    account->total += accepted != 0;
    for (size_t i = 0; i < account->n_seeds; i++) {
        if ((accepted >> i & 1) == 0)
            continue;
        account->accepted[i]++;
        account->sharing[i][k]++;
        for (size_t j = 0; j < account->n_seeds; j++)
            account->both[i][j] += accepted >> j & 1;
    }
}

// Binomial error of a count out of n crossings.
static double spread(double count, double n)
{
    return sqrt(count * (1 - count / n));
}

static void shares(const struct l1t_account *a, size_t i, double scale, struct l1t_seed_rate *r)
{
    double sum = 0;
    double squares = 0;
    for (size_t k = 1; k <= a->n_seeds; k++) {
        const double count = (double)a->sharing[i][k];
        sum += count / (double)k;
        squares += count / (double)(k * k);
    }
    r->pure_khz = scale * (double)a->sharing[i][1];
    r->pure_err = scale * sqrt((double)a->sharing[i][1]);
    r->proportional_khz = scale * sum;
    r->proportional_err = scale * sqrt(squares);
}

static void one_seed(const struct l1t_account *a, size_t i, double n, double scale,
                     struct l1t_seed_rate *r)
{
    const double fired = (double)a->fired[i];
    const double p = r->closed_before_khz / (scale * n);
    const double expected_spread = sqrt(n * p * (1 - p));
    r->fired = a->fired[i];
    r->accepted = a->accepted[i];
    r->before_khz = scale * fired;
    r->before_err = scale * spread(fired, n);
    r->pull = expected_spread > 0 ? (fired - n * p) / expected_spread : 0;
    r->rate_khz = scale * (double)a->accepted[i];
    // A counter thins regularly: the error shrinks as the rate does, down to the rounding of a
    // count.
    const double rounding = a->prescaler[i].factor > 100 ? 1.0 / 12 : 0;
    r->err = fired > 0 ? hypot(r->before_err * a->pass[i], scale * sqrt(rounding)) : (double)NAN;
    r->expected_khz = r->before_khz * a->pass[i];
    r->closed_khz = r->closed_before_khz * a->pass[i];
    r->upper_khz = a->fired[i] == 0 ? 1.84 * scale * a->pass[i] : NAN;
    shares(a, i, scale, r);
}

void l1t_make_rates(const struct l1t_menu *menu, const struct l1t_processes *processes,
                    const struct l1t_account *account, struct l1t_prediction *prediction)
{
    const double n = (double)prediction->crossings;
    const double crossings_khz = l1t_crossing_rate_hz(&processes->beam) / 1e3;
    const double scale = crossings_khz / n;
    for (size_t i = 0; i < menu->n; i++) {
        struct l1t_seed_rate *r = &prediction->seed[i];
        r->closed_before_khz = crossings_khz * l1t_seed_probability(processes, &menu->seed[i]);
        one_seed(account, i, n, scale, r);
        l1t_seed_calibrated(processes, &menu->seed[i], &r->extrapolated);
        prediction->sum_khz += r->rate_khz;
        for (size_t j = 0; j < menu->n; j++)
            prediction->overlap_khz[i * menu->n + j] = scale * (double)account->both[i][j];
    }
    prediction->accepted = account->total;
    prediction->total_khz = scale * (double)account->total;
    prediction->total_err = scale * spread((double)account->total, n);
    prediction->expected_total_khz = scale * account->weight;
    prediction->expected_total_err =
        scale * sqrt(fmax(0, account->weight2 - account->weight * account->weight / n));
    prediction->budget_khz = menu->budget_khz > 0 ? menu->budget_khz : NAN;
    prediction->margin_khz = prediction->budget_khz - prediction->total_khz;
    prediction->live_seconds = n / (1e3 * crossings_khz);
}
