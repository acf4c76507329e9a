// SPDX-License-Identifier: GPL-3.0-or-later
// The three tables of the jet path: made from a formula, written as memory images.
#include "l1t/jet_config.h"

#include <math.h>
#include <string.h>

const struct l1t_lut_slot l1t_jet_luts[L1T_JET_LUTS] = {
    [L1T_JET_LUT_PT] = {"jet_pt_bin", "ET bits 8:1 -> pt bin", 8, 4,
                        offsetof(struct l1t_jet_config, pt_bin), 1},
    [L1T_JET_LUT_ETA] = {"jet_eta_bin", "ring -> ring bin", 6, 4,
                         offsetof(struct l1t_jet_config, eta_bin), 1},
    [L1T_JET_LUT_CALIBRATION] = {"jet_calibration",
                                 "ring bin << 4 | pt bin -> multiplier 9:0, addend 17:10", 11, 18,
                                 offsetof(struct l1t_jet_config, calibration), 4},
};

enum {
    PT_ENTRIES = 256,
    ETA_ENTRIES = 64,
    UNITY = 512, // multiplier 1
    MAX_MULTIPLIER = 1023,
    MAX_ADDEND = 127
};

// pt table: index is ET / 2 units, that is pt in whole GeV below 256 GeV.
static void make_pt_bins(const struct l1t_jet_formula *f, uint8_t bin[PT_ENTRIES])
{
    unsigned k = 0;
    for (unsigned i = 0; i < PT_ENTRIES; i++) {
        while (k + 1 < f->n_pt && i >= f->pt_edge_gev[k + 1])
            k++;
        bin[i] = (uint8_t)k;
    }
}

static void make_eta_bins(const struct l1t_jet_formula *f, uint8_t bin[ETA_ENTRIES])
{
    unsigned k = 0;
    for (unsigned m = 0; m < ETA_ENTRIES; m++) {
        while (k + 1 < f->n_eta && m >= f->eta_edge[k + 1])
            k++;
        bin[m] = (uint8_t)k;
    }
}

// Middle of a pt bin on a logarithmic scale; the first and the last have one edge only.
static double middle_of(const struct l1t_jet_formula *f, unsigned k)
{
    const double low = f->pt_edge_gev[k];
    if (k + 1 == f->n_pt)
        return low * 1.25;
    const double high = f->pt_edge_gev[k + 1];
    return k == 0 ? 0.75 * high : sqrt(low * high);
}

static enum l1t_err make_word(const struct l1t_jet_formula *f, unsigned eta, unsigned pt,
                              uint32_t *word, struct l1t_diag *diag)
{
    const double x = middle_of(f, pt);
    const double factor = f->high[eta] + f->low[eta] / (1 + pow(x / f->knee_gev, f->power));
    const double multiplier = round(factor * UNITY), addend = round(f->offset_gev[eta] * 2);
    if (!(multiplier >= 0 && multiplier <= MAX_MULTIPLIER))
        return l1t_fail(diag, L1T_E_INPUT,
                        "calibration: factor %.4g at eta bin %u and %.4g GeV; the hardware's "
                        "multiplier is 0 to %.4g",
                        factor, eta, x, (double)MAX_MULTIPLIER / UNITY);
    if (!(fabs(addend) <= MAX_ADDEND))
        return l1t_fail(diag, L1T_E_INPUT,
                        "calibration: offset %.4g GeV of eta bin %u; the hardware's addend is "
                        "-63.5 to 63.5 GeV",
                        f->offset_gev[eta], eta);
    *word = (uint32_t)multiplier | ((uint32_t)(int32_t)addend & 0xff) << 10;
    return L1T_OK;
}

// A negative calibrated ET would come out as full scale (docs/calo.md), so no formula may give one.
static enum l1t_err refuse_negative(const struct l1t_jet_config *config, struct l1t_diag *diag)
{
    for (unsigned m = 1; m <= L1T_RINGS; m++)
        for (unsigned et = 1; et < 512; et++) {
            const uint32_t word =
                config->calibration[(unsigned)config->eta_bin[m] << 4 | config->pt_bin[et >> 1]];
            const int addend = (int)(word >> 10 & 0xff) - ((word >> 17 & 1) != 0 ? 256 : 0);
            if ((int)((et * (word & 0x3ff)) >> 9) + addend < 0)
                return l1t_fail(diag, L1T_E_INPUT,
                                "calibration: a jet of %.4g GeV in ring %u would become negative",
                                et * 0.5, m);
        }
    return L1T_OK;
}

enum l1t_err l1t_jet_tables_make(const struct l1t_jet_formula *formula,
                                 struct l1t_jet_config *config, struct l1t_diag *diag)
{
    make_pt_bins(formula, config->pt_bin);
    make_eta_bins(formula, config->eta_bin);
    memset(config->calibration, 0, sizeof config->calibration);
    for (unsigned eta = 0; eta < formula->n_eta; eta++)
        for (unsigned pt = 0; pt < formula->n_pt; pt++) {
            const enum l1t_err err =
                make_word(formula, eta, pt, &config->calibration[eta << 4 | pt], diag);
            if (err != L1T_OK)
                return err;
        }
    return refuse_negative(config, diag);
}

enum l1t_err l1t_jet_tables_write_mem(const struct l1t_jet_setup *setup, const char *dir,
                                      struct l1t_diag *diag)
{
    return l1t_lut_set_write_mem(l1t_jet_luts, L1T_JET_LUTS, &setup->model, setup->digest, dir,
                                 diag);
}
