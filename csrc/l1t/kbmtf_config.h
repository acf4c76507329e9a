/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Configuration of the barrel track finder: configs/paths/kbmtf.yaml, from whose numbers all tables
 * are made, or a folder of table files in their place.
 *
 * Table files: whole numbers between blanks or line ends, NAME.txt or NAME.txt.gz. P is a hit
 * pattern (bit station - 1), N the station that is added, X and Y (H or L) the quality of seed and
 * stub:
 *
 *     gain_P_N           1024 gains of k, 1024 of phiB       3 or 4 stubs; 0..511
 *     gain2_P_N_XY       4 x 512 gains g0 (signed), g1, g2, g3   2 stubs; 12 bits
 *     gain_P_0           1024 vertex gains; 0..511
 *     gain_P_0_phi_f32   1024 single-precision numbers: of phi at the vertex
 *     coarseEta_P        16, 32 or 64 entries for 2, 3, 4 stubs; 0..255
 *     vertex_deltaK, vertex_dxyOffset, pt_posK, pt_negK      2048 entries; pt 0..511
 *
 * Or NAME.txt of each of l1t_kbmtf_luts in the text form of l1t/lut.h, as `l1twin lut make` writes
 * them; these include the seeds.
 */
#ifndef L1T_KBMTF_CONFIG_H
#define L1T_KBMTF_CONFIG_H

#include "l1t/err.h"
#include "l1t/lut_set.h"

#include "muon/l1t_kbmtf.h"

enum { L1T_KBMTF_LUTS = 3 + L1T_KBMTF_GAINS + 4 * L1T_KBMTF_GAINS2 + 2 * L1T_KBMTF_PATTERNS + 4 };

/* All of them, as parts of struct l1t_kbmtf_config: kbmtf_seed_2, kbmtf_gain_4_2 ... */
extern const struct l1t_lut_slot l1t_kbmtf_luts[L1T_KBMTF_LUTS];

/* What the generator of stubs needs to know of the barrel (l1t/stub_gen.h). */
struct l1t_stub_params {
    double radius[L1T_KBMTF_STATIONS], wheel_pitch, wheel_length; /* m */
    double phi_error_rad, phib_error_rad[2];                      /* low, high quality */
    double scale, bend, asymmetry; /* 1/pt = scale k / (1 + bend k) - charge asymmetry */
    double segment;                /* 0..1: a station has a stub of the muon */
    double high, theta;            /* 0..1: a stub is of high quality, has a theta hit */
    double noise;                  /* mean number of other stubs (Poisson), 0..20 */
};

struct l1t_kbmtf_setup {
    struct l1t_kbmtf_config model;
    /* Gain of phi at the vertex by the impact parameter. phi at the vertex is watched by people
     * only, in single precision; nothing in the model depends on it. */
    float phi_gain[L1T_KBMTF_PATTERNS][L1T_KBMTF_VERTEX];
    struct l1t_stub_params generator;
    char digest[65];                          /* of all tables and phi_gain */
    struct l1t_lut_note luts[L1T_KBMTF_LUTS]; /* slots are those of l1t_kbmtf_luts */
};

/*
 * Read a YAML (NULL: kbmtf.yaml as l1t_config_path finds it) and make all tables; with a folder
 * luts_dir (NULL: none) the tables of the lists above are read from there instead; of the first
 * list only the start values of the seeds are made by formula, of the second only what people
 * watch.
 */
enum l1t_err l1t_kbmtf_setup_load(const char *yaml, const char *luts_dir,
                                  struct l1t_kbmtf_setup *setup,
                                  struct l1t_diag *diag) L1T_MUST_USE;

/* phi of a track at the beam line, 1/4096 rad, -8192..8191. */
int l1t_kbmtf_phi_vertex(const struct l1t_kbmtf_setup *setup, const struct l1t_kbmtf_track *track);

#endif
