/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of the barrel track finder by formula; numbers come from configs/paths/kbmtf.yaml. */
#ifndef L1T_KBMTF_FORMULA_H
#define L1T_KBMTF_FORMULA_H

#include "l1t/kbmtf_config.h"

struct l1t_kbmtf_seed_formula {
    double slope[3], bend[3]; /* stations 2, 3, 4: k = slope A / (1 + bend |A|), A = 8 phiB */
};

struct l1t_kbmtf_beam_formula {
    double loss;              /* |k| = 2h becomes 2h / (1 + loss h) */
    double shift, shift_bend; /* phiB moves by shift h / (1 + shift_bend h) */
};

struct l1t_kbmtf_pt_formula {
    double scale, bend, asymmetry; /* 1/pt = (scale k / (1 + bend k) - charge asymmetry) / raise */
    double raise;                  /* so that few muons above a threshold are below it in pt */
    double low, high;              /* codes, 0.5 GeV */
    double straight;               /* |k| below it counts as it */
};

struct l1t_kbmtf_detector {
    double radius[L1T_KBMTF_STATIONS]; /* m */
    double wheel_pitch, wheel_length;  /* m */
    double phi_error;                  /* of a stub, rad */
    double phib_error[2];              /* of a stub of low and high quality, rad */
    double phib_spread[3];             /* of muons of one curvature at stations 2, 3, 4, rad */
    double k_spread;            /* of muons, 1/GeV: all that is known of a low-quality seed's */
    double vertex_error;        /* of phiB at the beam line, rad: size of the beam */
    double yoke[3];             /* radiation lengths between stations 1-2, 2-3, 3-4 */
    double inner, inner_radius; /* those between beam line and station 1, and where, m */
};

struct l1t_kbmtf_formula {
    struct l1t_kbmtf_seed_formula seed;
    struct l1t_kbmtf_beam_formula beam;
    struct l1t_kbmtf_pt_formula pt;
    struct l1t_kbmtf_detector detector;
};

void l1t_kbmtf_make_seeds(const struct l1t_kbmtf_seed_formula *f, struct l1t_kbmtf_config *model);
void l1t_kbmtf_make_beam(const struct l1t_kbmtf_beam_formula *f, struct l1t_kbmtf_config *model);
void l1t_kbmtf_make_pt(const struct l1t_kbmtf_pt_formula *f, struct l1t_kbmtf_config *model);
void l1t_kbmtf_make_coarse_eta(const struct l1t_kbmtf_detector *d, struct l1t_kbmtf_config *model);

/* gain, gain2, vertex and phi_gain by the filter's covariance (kbmtf_gains.c). */
void l1t_kbmtf_make_gains(const struct l1t_kbmtf_formula *f, struct l1t_kbmtf_setup *setup);

#endif
