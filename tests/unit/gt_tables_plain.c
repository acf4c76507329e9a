// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of the CMS precisions by the formulas of the specification, in plain loops.
#include "gt_random.h"

#include <math.h>
#include <stdbool.h>

enum { N_PT = 4096, N_ETA = 920, N_PHI = 289, N_TRIG = 576, INV_ETA = 232, INV_PHI = 145 };

struct grid {
    uint32_t deta[N_ETA], dphi[N_PHI], cosh_of[N_ETA];
    int32_t cos_of[N_PHI], cos_phi[N_TRIG], sin_phi[N_TRIG];
    uint64_t inverse[INV_ETA * INV_PHI];
};

static double rounded(double x)
{
    return x < 0 ? -floor(-x + 0.5) : floor(x + 0.5);
}

static void make_grid(struct grid *g, double eta, double phi, double math, double inverse_scale)
{
    for (int i = 0; i < N_ETA; i++) {
        g->deta[i] = (uint32_t)rounded(i * eta * 1000.0);
        g->cosh_of[i] = (uint32_t)fmin(rounded(cosh(i * eta) * math), UINT32_MAX);
    }
    for (int i = 0; i < N_PHI; i++) {
        g->dphi[i] = (uint32_t)rounded(i * phi * 1000.0);
        g->cos_of[i] = (int32_t)rounded(cos(i * phi) * math);
    }
    for (int i = 0; i < N_TRIG; i++) {
        g->cos_phi[i] = (int32_t)rounded(cos((i + 0.5) * phi) * math);
        g->sin_phi[i] = (int32_t)rounded(sin((i + 0.5) * phi) * math);
    }
    for (int e = 0; e < INV_ETA; e++)
        for (int p = 0; p < INV_PHI; p++) {
            const double x = e * eta * inverse_scale, y = p * phi * inverse_scale;
            g->inverse[INV_PHI * e + p] = e + p == 0 ? 0 : (uint64_t)rounded(1e5 / (x * x + y * y));
        }
}

static void set_pair(struct l1t_gt_pair_tables *t, const struct grid *g, uint32_t n_eta,
                     uint32_t n_phi, uint32_t math)
{
    *t = (struct l1t_gt_pair_tables){
        .n_eta = n_eta,
        .n_phi = n_phi,
        .deta = g->deta,
        .dphi = g->dphi,
        .cosh = g->cosh_of,
        .cos = g->cos_of,
        .mass_t_one = math,
        .inv_dr2 = g->inverse,
        .n_inv_eta = INV_ETA,
        .n_inv_phi = INV_PHI,
        .tbpt_scale = (uint64_t)math * math,
        .n_trig = n_phi == 73 ? 144 : N_TRIG,
        .cos_phi = g->cos_phi,
        .sin_phi = g->sin_phi,
    };
}

const struct l1t_gt_tables *gt_plain_tables(void)
{
    static struct grid calo, muon;
    static uint32_t pt[2][N_PT], upt[256];
    static struct l1t_gt_tables tables;
    const double pi = acos(-1.0);
    if (tables.n_upt != 0)
        return &tables;
    make_grid(&calo, 0.0435, 2 * pi / 144, 1000, 1);
    make_grid(&muon, 0.010875, 2 * pi / 576, 10000, 2);
    for (int n = 0; n < N_PT; n++) {
        pt[0][n] = (uint32_t)rounded((n * 0.5 + 0.25) * 10);
        pt[1][n] = n == 0 ? 0 : (uint32_t)rounded(((n - 1) * 0.5 + 0.25) * 10);
    }
    for (int n = 0; n < 256; n++)
        upt[n] = n == 0 ? 0 : (uint32_t)rounded((n - 0.5) * 10);
    for (int type = 0; type < L1T_GT_TYPES; type++) {
        tables.pt[type] = pt[type == L1T_GT_MU];
        tables.n_pt[type] = type < L1T_GT_JET ? 512 : type == L1T_GT_JET ? 2048 : N_PT;
    }
    tables.upt = upt;
    set_pair(&tables.pair[L1T_GT_CALO_CALO], &calo, 230, 73, 1000);
    set_pair(&tables.pair[L1T_GT_CALO_MU], &muon, 920, 289, 10000);
    set_pair(&tables.pair[L1T_GT_MU_MU], &muon, 451, 289, 10000);
    tables.n_upt = 256;
    return &tables;
}
