// SPDX-License-Identifier: Apache-2.0
// The stages of the tau path.
// Twin: rtl/calo/l1t_tau.sv
#include "l1t_tau.h"

#include "../l1t_fixed.h"
#include "../l1t_formats.h"

static unsigned abs_eta(const struct l1t_cluster *c)
{
    return (unsigned)(c->m < 0 ? -c->m : c->m);
}

static unsigned eta_part(const struct l1t_tau_config *config, const struct l1t_cluster *c)
{
    return config->compress[L1T_TAU_COMPRESS_ETA + abs_eta(c)] & 3u;
}

static unsigned et_part(const struct l1t_tau_config *config, unsigned raw)
{
    return config->compress[L1T_TAU_COMPRESS_ET + l1t_clip_u(raw, 8)] & 31u;
}

// ---- the secondary cluster ----

// Sites beside the main seed: group A at larger phi, group B at smaller.
static int site_step(unsigned site)
{
    static const struct {
        int8_t de, dp;
    } at[L1T_TAU_SITES] = {{0, 3}, {-1, 2}, {0, 2}, {1, 2}, {-1, -2}, {0, -2}, {1, -2}, {0, -3}};
    return l1t_grid_step(at[site].de, at[site].dp);
}

static unsigned active_sites(const struct l1t_tau_config *config, const struct l1t_grid *grid,
                             int at, unsigned main_flags)
{
    unsigned active = 0;
    for (unsigned site = 0; site < L1T_TAU_SITES; site++) {
        const int seed = at + site_step(site);
        if (grid->et[seed] >= config->cluster.seed_min && l1t_cluster_is_core_max(grid, seed))
            active |= 1u << site;
    }
    // A tower that the main cluster holds is not a seed of its own.
    if (main_flags & L1T_CLUSTER_SS)
        active &= ~(1u << 2);
    if (main_flags & L1T_CLUSTER_NN)
        active &= ~(1u << 5);
    return active;
}

// Seed and members on both sides.
static unsigned secondary_et(const struct l1t_tau_config *config, const struct l1t_grid *grid,
                             int at)
{
    const unsigned flags = l1t_cluster_flags(&config->cluster, grid, at);
    return (unsigned)grid->et[at] + l1t_cluster_sum(grid, at, flags);
}

// A group's site: the one of four that is furthest, else the middle one, else one of the pair, of
// which the larger ET wins and, when equal, the one nearer to eta = 0.
static unsigned group_site(unsigned active, const unsigned et[L1T_TAU_SITES], unsigned far,
                           unsigned middle, unsigned west, int positive)
{
    const unsigned east = west + 2;
    if (active >> far & 1)
        return far;
    if (active >> middle & 1)
        return middle;
    if ((active >> west & 1) && (active >> east & 1)) {
        if (et[west] != et[east])
            return et[west] > et[east] ? west : east;
        return positive ? west : east;
    }
    return active >> west & 1 ? west : active >> east & 1 ? east : L1T_TAU_NO_SITE;
}

// The reference writes the winner of a tie between sites 4 and 6 into group A, replacing A's own
// choice, and leaves group B empty. The firmware keeps it in B.
static int tie_slips_into_a(unsigned active, const unsigned et[L1T_TAU_SITES])
{
    const unsigned group_b = active & 0xf0;
    return group_b == (1u << 4 | 1u << 6) && et[4] == et[6];
}

static unsigned choose_site(unsigned active, const unsigned et[L1T_TAU_SITES], int positive)
{
    const unsigned b = group_site(active, et, 7, 5, 4, positive);
    if (tie_slips_into_a(active, et))
        return b;
    const unsigned a = group_site(active, et, 0, 2, 1, positive);
    if (a == L1T_TAU_NO_SITE || b == L1T_TAU_NO_SITE)
        return a == L1T_TAU_NO_SITE ? b : a;
    return et[a] > et[b] ? a : b;
}

void l1t_tau_secondary(const struct l1t_tau_config *config, const struct l1t_grid *grid,
                       const struct l1t_cluster_result *clusters, struct l1t_tau_result *result)
{
    result->n = 0;
    for (unsigned i = 0; i < clusters->n; i++) {
        const struct l1t_cluster *c = &clusters->cluster[i];
        if (abs_eta(c) > L1T_TAU_RINGS)
            continue;
        struct l1t_tau_cand *cand = &result->cand[result->n++];
        const int at = l1t_grid_at(c->m, c->phi);
        unsigned et[L1T_TAU_SITES];
        cand->cluster = (uint16_t)i;
        cand->active = (uint8_t)active_sites(config, grid, at, c->flags);
        for (unsigned site = 0; site < L1T_TAU_SITES; site++)
            et[site] =
                cand->active >> site & 1 ? secondary_et(config, grid, at + site_step(site)) : 0;
        cand->site = (uint8_t)choose_site(cand->active, et, c->m > 0);
        cand->secondary = (uint16_t)(cand->site == L1T_TAU_NO_SITE ? 0 : et[cand->site]);
    }
}

// ---- merging ----

// The main members that are not flagged members of the secondary cluster (whose seed does not count
// as one).
static unsigned without_overlap(const struct l1t_tau_config *config, const struct l1t_grid *grid,
                                int at, unsigned main_flags, unsigned site)
{
    const int step = site_step(site);
    const unsigned other = l1t_cluster_flags(&config->cluster, grid, at + step);
    unsigned flags = main_flags;
    for (unsigned b = L1T_CLUSTER_FIRST_MEMBER; b <= L1T_CLUSTER_LAST_MEMBER; b++)
        for (unsigned o = L1T_CLUSTER_FIRST_MEMBER; o <= L1T_CLUSTER_LAST_MEMBER; o++)
            if ((other >> o & 1) && l1t_cluster_member_step(b) == step + l1t_cluster_member_step(o))
                flags &= ~(1u << b);
    return flags;
}

void l1t_tau_merge(const struct l1t_tau_config *config, const struct l1t_grid *grid,
                   const struct l1t_cluster_result *clusters, struct l1t_tau_result *result)
{
    for (unsigned i = 0; i < result->n; i++) {
        struct l1t_tau_cand *cand = &result->cand[i];
        const struct l1t_cluster *c = &clusters->cluster[cand->cluster];
        const int at = l1t_grid_at(c->m, c->phi);
        unsigned flags = c->flags;
        if (cand->site != L1T_TAU_NO_SITE)
            flags = without_overlap(config, grid, at, flags, cand->site);
        cand->flags = (uint16_t)flags;
        cand->raw =
            (uint16_t)((unsigned)grid->et[at] + l1t_cluster_sum(grid, at, flags) + cand->secondary);
        cand->fine_eta = (uint8_t)l1t_fine_eta(c->fg_eta);
        cand->fine_phi = (uint8_t)l1t_fine_phi(l1t_cluster_lean_phi(grid, at, flags));
    }
}

// ---- calibration and isolation ----

void l1t_tau_cal(const struct l1t_tau_config *config, const struct l1t_grid *grid,
                 const struct l1t_cluster_result *clusters, struct l1t_tau_result *result)
{
    for (unsigned i = 0; i < result->n; i++) {
        struct l1t_tau_cand *cand = &result->cand[i];
        const struct l1t_cluster *c = &clusters->cluster[cand->cluster];
        const uint16_t seed = grid->w[l1t_grid_at(c->m, c->phi)];
        const unsigned merged = cand->site != L1T_TAU_NO_SITE;
        cand->em = l1t_tower_em(seed) || !l1t_tower_zero(seed);
        const unsigned address = eta_part(config, c) << 7 | et_part(config, cand->raw) << 2 |
                                 (unsigned)cand->em << 1 | merged;
        const unsigned factor = config->calibration[address];
        cand->pt = (uint16_t)l1t_clip_u(factor * l1t_clip_u(cand->raw, 13) >> 9, 12);
    }
}

void l1t_tau_iso(const struct l1t_tau_config *config, const struct l1t_grid *grid, unsigned ntt,
                 const struct l1t_cluster_result *clusters, struct l1t_tau_result *result)
{
    const unsigned ntt_part = config->compress[L1T_TAU_COMPRESS_NTT + l1t_clip_u(ntt, 10)] & 31u;
    for (unsigned i = 0; i < result->n; i++) {
        struct l1t_tau_cand *cand = &result->cand[i];
        const struct l1t_cluster *c = &clusters->cluster[cand->cluster];
        const int window = (int)l1t_egtau_window(grid, l1t_grid_at(c->m, c->phi), c->flags);
        cand->iso_et = (uint16_t)l1t_clip_u(window - cand->raw, 16);
        const unsigned address =
            eta_part(config, c) << 10 | et_part(config, cand->raw) << 5 | ntt_part;
        const unsigned limit = config->isolation[address];
        cand->iso = cand->iso_et < limit || limit > 255;
    }
}

// ---- sorter and demultiplexer ----

void l1t_tau_sort(const struct l1t_cluster_result *clusters, struct l1t_tau_result *result)
{
    struct l1t_egtau object[L1T_TAU_MAX];
    for (unsigned i = 0; i < result->n; i++) {
        const struct l1t_tau_cand *cand = &result->cand[i];
        const struct l1t_cluster *c = &clusters->cluster[cand->cluster];
        object[i].m = c->m;
        object[i].mp =
            (uint32_t)(l1t_egtau_mp_iso_put(cand->iso) | l1t_egtau_mp_ring_put(abs_eta(c)) |
                       l1t_egtau_mp_phi_put(c->phi) | l1t_egtau_mp_fine_eta_put(cand->fine_eta) |
                       l1t_egtau_mp_fine_phi_put(cand->fine_phi) | l1t_egtau_mp_et_put(cand->pt));
    }
    l1t_egtau_sort(object, result->n, &result->out);
}

void l1t_tau_demux(struct l1t_tau_result *result)
{
    l1t_egtau_demux(0, &result->out);
}

void l1t_tau(const struct l1t_tau_config *config, const struct l1t_grid *grid, unsigned ntt,
             const struct l1t_cluster_result *clusters, struct l1t_tau_result *result)
{
    l1t_tau_secondary(config, grid, clusters, result);
    l1t_tau_merge(config, grid, clusters, result);
    l1t_tau_cal(config, grid, clusters, result);
    l1t_tau_iso(config, grid, ntt, clusters, result);
    l1t_tau_sort(clusters, result);
    l1t_tau_demux(result);
}
