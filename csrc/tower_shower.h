/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Particles into towers, in integers: energies in 1/128 GeV, pseudorapidities in 1/65536, angles in
 * 2^-32 of a turn. Tables are made once, in floating point. docs/towers.md says what is modelled.
 */
#ifndef L1T_TOWER_SHOWER_H
#define L1T_TOWER_SHOWER_H

#include "calo/l1t_towers.h"
#include "tower_draws.h"

#include <stdbool.h>

enum {
    L1T_ROWS = L1T_SIDES * L1T_RINGS, /* signed rings, ieta -41 first */
    L1T_GEV = 128,                    /* energy units */
    L1T_COUNT = L1T_GEV / 2,          /* one count of a tower's energy */
    L1T_ETA_UNIT = 65536,
    L1T_LEAKS = 64,
    L1T_RADIATES = 128,
    L1T_UNIT_CODES = 1024, /* of the unit exponential */
    L1T_UNIT_PER_MEAN = 48 /* its codes per mean */
};

/* What a crossing leaves in the calorimeters; added with saturation at 512 GeV. */
enum {
    L1T_COMPACT, /* ECAL, as an electron or a photon leaves it */
    L1T_LOOSE    /* ECAL, from hadrons */
};
struct l1t_deposits {
    uint16_t ecal[2][L1T_ROWS][L1T_PHIS];
    uint16_t had[L1T_ROWS][L1T_PHIS]; /* HCAL, and everything in the forward calorimeter */
};

struct l1t_shower {
    int32_t edge[L1T_ROWS + 1];     /* of the rows in eta, ascending */
    uint32_t bend[L1T_ROWS];        /* 1/65536 rad of a charged particle of 1 GeV at the ECAL */
    uint32_t material[L1T_ROWS];    /* in front of the ECAL, 1/65536 radiation lengths */
    uint32_t em_response[L1T_ROWS]; /* 1/65536 */
    uint16_t leak[L1T_LEAKS];       /* beyond an edge, by distance in eighths of the shower width */
    uint16_t radiate[L1T_RADIATES]; /* 1 - exp(-x), x in 1/32 */
    struct l1t_alias exponential;   /* code k stands for (k + 1/2) / 48 means */
};

int l1t_shower_init(struct l1t_shower *shower); /* 0, or -1 when out of memory */
void l1t_shower_free(struct l1t_shower *shower);

static inline bool l1t_row_is_forward(int row)
{
    return row < L1T_RINGS - 28 || row >= L1T_RINGS + 28;
}

/* Row of a pseudorapidity, or -1 beyond the calorimeters. */
int l1t_shower_row(const struct l1t_shower *shower, int32_t eta);

static inline void l1t_deposit(uint16_t *tower, uint32_t energy)
{
    const uint32_t sum = *tower + energy;
    *tower = (uint16_t)(sum > 65535 ? 65535 : sum);
}

/* A particle at the calorimeter's surface. */
struct l1t_particle {
    uint32_t pt;
    int32_t eta;
    uint32_t phi;
};

enum l1t_hadron { L1T_NEUTRAL = 0, L1T_POSITIVE = 1, L1T_NEGATIVE = -1 };

void l1t_shower_em(const struct l1t_shower *shower, struct l1t_draws *d,
                   const struct l1t_particle *p, struct l1t_deposits *to);
/* Charged hadrons start at the vertex in the direction given and are bent on their way. */
void l1t_shower_hadron(const struct l1t_shower *shower, struct l1t_draws *d,
                       const struct l1t_particle *p, enum l1t_hadron charge,
                       struct l1t_deposits *to);

/* Normal deviate, 65536 a standard deviation, within 3.5 of them. */
int32_t l1t_draw_normal(struct l1t_draws *d);
/* Exponential of mean 65536. */
uint32_t l1t_draw_exponential(const struct l1t_shower *shower, struct l1t_draws *d);
/* 1/65536 rad to units of angle. */
uint32_t l1t_phi_of_rad(int64_t rad);

#endif
