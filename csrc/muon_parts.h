/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Parts of the muon generator, in integers: pt in 1/128 GeV, curvature in 2^-20 per GeV, eta in
 * 1/65536, angles in 2^-32 of a turn, probabilities in 2^-32.
 */
#ifndef L1T_MUON_PARTS_H
#define L1T_MUON_PARTS_H

#include "l1t/muon_gen.h"
#include "tower_draws.h"

enum {
    L1T_MUON_GEV = 128,
    L1T_MUON_ETA = 65536,
    L1T_MUON_CURVES = 64,       /* steps of the bending table in curvature */
    L1T_MUON_CURVE_STEP = 8192, /* ... up to that of 2 GeV */
    L1T_MUON_ETAS = 40,         /* steps in |eta| */
    L1T_MUON_ETA_STEP = 4096,   /* ... up to 2.5 */
    L1T_MUON_NORMALS = 4096,
    L1T_MUON_SIGHTS = 4 * L1T_MUON_GEN_PER_EVENT * L1T_UGMT_FINDERS
};

struct l1t_muon_particle {
    uint32_t pt;
    int32_t eta;
    uint32_t phi;
    int charge;
};

/* ---- what a track finder does to a muon (muon_sights.c) ---- */

struct l1t_muon_grid {
    int32_t at[L1T_MUON_CURVES + 1][L1T_MUON_ETAS + 1];
};

struct l1t_muon_eye {
    int32_t eta_min, eta_max;
    uint32_t reach; /* pt */
    uint32_t efficiency, twice, fine;
    uint32_t border;          /* angle */
    uint32_t per_raise;       /* 1 / raise, 1/65536 */
    int32_t error, straight;  /* 1/65536; curvature */
    int32_t phi_error;        /* angle */
    int32_t eta_error[2];     /* coarse, fine */
    struct l1t_alias quality; /* of 16 */
    /* Where the muon is at the station, relative to the vertex: eta outwards, angle of turn. */
    struct l1t_muon_grid deta, turn;
};

struct l1t_muon_eyes {
    struct l1t_muon_eye finder[L1T_UGMT_FINDERS];
    int32_t normal[L1T_MUON_NORMALS]; /* quantiles of the normal distribution, 1/65536 */
    int32_t wheel_edge[4][2];         /* |eta| where wheels 1 and 2 begin */
    uint32_t segment, mistaken;
    int32_t punch_error;
    struct l1t_alias punch_quality;
    enum l1t_ugmt_order order;
    enum l1t_ugmt_lists barrel;
    bool ideal;
};

/* A candidate: its word and the link it is on. */
struct l1t_muon_sight {
    uint64_t word;
    uint8_t link;  /* 0..35 */
    uint8_t owner; /* number of the particle */
};

/* Quantiles of the normal distribution, 1/65536. */
void l1t_muon_normals(int32_t normal[L1T_MUON_NORMALS]);

int l1t_muon_eyes_init(struct l1t_muon_eyes *eyes, const struct l1t_muon_gen_params *params);
void l1t_muon_eyes_free(struct l1t_muon_eyes *eyes);

/* Its phi at the stations of a track finder. */
uint32_t l1t_muon_station_phi(const struct l1t_muon_eyes *eyes, unsigned finder,
                              const struct l1t_muon_particle *p);

/* Candidates of one particle, appended to sight[n]; the new number. */
size_t l1t_muon_see(const struct l1t_muon_eyes *eyes, const struct l1t_muon_particle *p,
                    enum l1t_muon_kind kind, struct l1t_draws *d, unsigned owner, size_t n,
                    struct l1t_muon_sight sight[L1T_MUON_SIGHTS]);

#endif
