// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of the barrel track finder that are a function of one number each. Divisions are cut
// towards zero, as a conversion to a whole number does it.
#include "kbmtf_formula.h"

#include <math.h>

static double between(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

void l1t_kbmtf_make_seeds(const struct l1t_kbmtf_seed_formula *f, struct l1t_kbmtf_config *model)
{
    for (unsigned s = 0; s < 3; s++)
        for (unsigned phib = 0; phib < L1T_KBMTF_SEED_K; phib++) {
            const double a = 8.0 * phib;
            const double k = f->slope[s] * a / (1 + f->bend[s] * a);
            model->seed_k[s][phib] = (int16_t)between(k, -8191, 8191);
        }
}

void l1t_kbmtf_make_beam(const struct l1t_kbmtf_beam_formula *f, struct l1t_kbmtf_config *model)
{
    for (int h = 0; h < L1T_KBMTF_LOSS; h++) {
        model->loss[h] = (int16_t)(2 * h - (int)(2 * h / (1 + f->loss * h)));
        model->shift[h] = (int16_t)(f->shift * h / (1 + f->shift_bend * h));
    }
}

// Single precision throughout, in this order.
static unsigned pt_code(const struct l1t_kbmtf_pt_formula *f, int k_lsb, float charge)
{
    const double clipped = between(k_lsb, f->straight, L1T_KBMTF_PT - 1);
    float k = (float)clipped * 1.25F / 8192.0F;
    k = (float)f->scale * k / (1.0F + (float)f->bend * k);
    k = k - charge * (float)f->asymmetry;
    k = k / (float)f->raise;
    return (unsigned)between(k > 0 ? (double)(2.0F / k) : f->high, f->low, f->high);
}

void l1t_kbmtf_make_pt(const struct l1t_kbmtf_pt_formula *f, struct l1t_kbmtf_config *model)
{
    for (int k = 0; k < L1T_KBMTF_PT; k++) {
        model->pt[0][k] = (uint16_t)pt_code(f, k, 1);
        model->pt[1][k] = (uint16_t)pt_code(f, k, -1);
    }
}

// ---- coarse eta ----

// A muon from the centre of the detector is at z = r sinh(eta). Cut [low, high] to where it is in
// this wheel (0 to 2) at this radius.
static void cut_to_wheel(const struct l1t_kbmtf_detector *d, double radius, int wheel, double *low,
                         double *high)
{
    const double z_low = wheel * d->wheel_pitch - d->wheel_length / 2;
    *low = fmax(*low, asinh(z_low / radius));
    *high = fmin(*high, asinh((z_low + d->wheel_length) / radius));
}

// Middle of what is possible for a pattern's stubs, of which those in others are one wheel further
// in than the seed's; 0 if nothing is.
static uint8_t middle_eta(const struct l1t_kbmtf_detector *d, unsigned pattern, int wheel,
                          unsigned others)
{
    double low = -INFINITY, high = INFINITY;
    for (int station = L1T_KBMTF_STATIONS; station >= 1; station--) {
        if (!(pattern >> (station - 1) & 1))
            continue;
        cut_to_wheel(d, d->radius[station - 1], wheel - (int)(others & 1), &low, &high);
        others >>= 1;
    }
    return low < high ? (uint8_t)between((low + high) / 2 / 0.010875 + 0.5, 0, 255) : 0;
}

void l1t_kbmtf_make_coarse_eta(const struct l1t_kbmtf_detector *d, struct l1t_kbmtf_config *model)
{
    for (unsigned pattern = 0; pattern < 16; pattern++) {
        const int row = l1t_kbmtf_pattern_row(pattern);
        unsigned n = 0;
        for (unsigned station = 0; station < L1T_KBMTF_STATIONS; station++)
            n += pattern >> station & 1;
        // stub 0 is the seed itself; wheel 0 has nothing further in and its eta is 0
        for (int wheel = 1; wheel <= 2 && row >= 0; wheel++)
            for (unsigned others = 0; others < 1u << n; others += 2)
                model->coarse_eta[row][(unsigned)wheel << n | others] =
                    middle_eta(d, pattern, wheel, others);
    }
}
