// SPDX-License-Identifier: GPL-3.0-or-later
// From counts to efficiencies, responses and curves.
#include "l1t/efficiency.h"

#include "clopper_pearson.h"
#include "efficiency_bins.h"

#include <math.h>

// ---- shares ----

struct l1t_share l1t_share_of(uint64_t k, uint64_t n)
{
    if (n == 0)
        return (struct l1t_share){0, 0, NAN, 0, 1};
    struct l1t_share share = {.k = k, .n = n, .value = (double)k / (double)n};
    l1t_clopper_pearson((double)k, (double)n, &share.low, &share.high);
    return share;
}

static size_t bins_below(double gev)
{
    const double bin = gev * L1T_BINS_PER_GEV;
    return bin < L1T_EFFICIENCY_BINS ? (size_t)llround(bin) : L1T_EFFICIENCY_BINS;
}

struct l1t_share l1t_isolation_of(const struct l1t_efficiency_counts *counts, unsigned bit,
                                  double low_gev, double high_gev)
{
    uint64_t k = 0, n = 0;
    for (size_t i = bins_below(low_gev); i < bins_below(high_gev); i++) {
        k += counts->iso[bit][i];
        n += counts->found[i];
    }
    return l1t_share_of(k, n);
}

// ---- turn-on curves ----

// Bins of truth pt from first to before last.
static void add_point(const struct l1t_efficiency_counts *c, size_t threshold, size_t first,
                      size_t last, struct l1t_turn_on *t)
{
    uint64_t n = 0, k = 0, pt = 0;
    if (last > L1T_EFFICIENCY_BINS - 1) // the last one has no upper end
        last = L1T_EFFICIENCY_BINS - 1;
    for (size_t i = first; i < last; i++) {
        n += c->n[i];
        k += c->pass[threshold][i];
        pt += c->pt[i];
    }
    if (n == 0 || t->n == L1T_TURN_ON_POINTS)
        return;
    t->point[t->n++] = (struct l1t_turn_on_point){
        (double)first / L1T_BINS_PER_GEV, (double)last / L1T_BINS_PER_GEV,
        (double)pt / (double)n / L1T_PT_UNIT, l1t_share_of(k, n)};
}

void l1t_turn_on_make(const struct l1t_efficiency_spec *spec,
                      const struct l1t_efficiency_counts *counts, size_t threshold,
                      struct l1t_turn_on *t)
{
    const double at = spec->threshold_gev[threshold];
    const size_t bins = bins_below(at);
    const size_t fine = (bins + 10) / 20 > 0 ? (bins + 10) / 20 : 1;
    const size_t coarse = (bins + 2) / 5 > 0 ? (bins + 2) / 5 : 1;
    size_t first = 0;
    *t = (struct l1t_turn_on){.threshold_gev = at};
    for (; first < 2 * bins; first += fine)
        add_point(counts, threshold, first, first + fine, t);
    for (; first < 4 * bins; first += coarse)
        add_point(counts, threshold, first, first + coarse, t);
    l1t_turn_on_fit(t);
}

void l1t_turn_on_write(FILE *out, const char *name, const char *comment,
                       const struct l1t_turn_on *t)
{
    fprintf(out, "# %s: made by 'l1twin efficiency', threshold %.9g GeV\n# %s\n", name,
            t->threshold_gev, comment);
    if (t->fitted)
        fprintf(out,
                "# fit P*(f*Phi((x-m1)/s1) + (1-f)*Phi(ln(x/m2)/s2)): P = %.6g, f = %.6g, m1 = "
                "%.6g, s1 = %.6g, m2 = %.6g, s2 = %.6g\n",
                t->fit.plateau, t->fit.core, t->fit.mean_gev, t->fit.width_gev, t->fit.median_gev,
                t->fit.log_width);
    fprintf(out, "pt_gev,efficiency\n");
    for (size_t i = 0; i < t->n; i++)
        fprintf(out, "%.9g,%.6f\n", t->point[i].pt_gev, t->point[i].efficiency.value);
}

// ---- response ----

static const double pt_edge[2][L1T_RESPONSE_PT_BINS + 1] = {
    {5, 10, 15, 20, 25, 30, 40, 50, 70, 100, 150, 250, 500},
    {10, 20, 30, 40, 60, 80, 120, 160, 240, 320, 480, 700, 1000}};
static const double eta_edge[L1T_RESPONSE_ETA_BINS + 1] = {0, 0.8, 1.479, 2.172, 3, 5.2};

static int bin_in(const double *edge, int n, double x)
{
    if (!(x >= edge[0] && x < edge[n]))
        return -1;
    int bin = 0;
    while (x >= edge[bin + 1])
        bin++;
    return bin;
}

int l1t_response_pt_bin(enum l1t_efficiency_object object, double pt_gev)
{
    return bin_in(pt_edge[object == L1T_EFFICIENCY_JET], L1T_RESPONSE_PT_BINS, pt_gev);
}

int l1t_response_eta_bin(double eta)
{
    return bin_in(eta_edge, L1T_RESPONSE_ETA_BINS, fabs(eta));
}

bool l1t_response_make(const struct l1t_efficiency_spec *spec,
                       const struct l1t_efficiency_counts *counts, unsigned pt, unsigned eta,
                       struct l1t_response *r)
{
    if (pt >= L1T_RESPONSE_PT_BINS || eta > L1T_RESPONSE_ETA_BINS)
        return false;
    const double *edge = pt_edge[spec->object == L1T_EFFICIENCY_JET];
    const bool all = eta == L1T_RESPONSE_ETA_BINS;
    double sum = 0, squares = 0;
    *r = (struct l1t_response){.pt_low_gev = edge[pt],
                               .pt_high_gev = edge[pt + 1],
                               .eta_low = all ? 0 : eta_edge[eta],
                               .eta_high = all ? fmin(spec->eta_max, 5.2) : eta_edge[eta + 1],
                               .mean = NAN,
                               .mean_error = NAN,
                               .width = NAN};
    for (unsigned i = all ? 0 : eta; i < (all ? L1T_RESPONSE_ETA_BINS : eta + 1); i++) {
        r->n += counts->response[pt][i].n;
        r->saturated += counts->response[pt][i].saturated;
        sum += (double)counts->response[pt][i].sum;
        squares += (double)counts->response[pt][i].squares;
    }
    const double n = (double)r->n;
    if (r->n > 0)
        r->mean = sum / n / L1T_RESPONSE_UNIT;
    if (r->n > 1) {
        const double variance = (squares - sum * sum / n) / (n - 1);
        r->width = sqrt(fmax(0, variance)) / L1T_RESPONSE_UNIT;
        r->mean_error = r->width / sqrt(n);
    }
    return true;
}
