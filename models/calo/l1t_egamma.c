// SPDX-License-Identifier: Apache-2.0
// The stages of the e/gamma path.
// Twin: rtl/calo/l1t_egamma_{trim,cal,id,iso}.sv, l1t_egtau_sort.sv, l1t_egtau_demux.sv
#include "l1t_egamma.h"

#include "../l1t_fixed.h"
#include "../l1t_formats.h"
#include "l1t_split.h"

static unsigned abs_eta(const struct l1t_cluster *c)
{
    return (unsigned)(c->m < 0 ? -c->m : c->m);
}

static unsigned up_to_255(unsigned value)
{
    return l1t_clip_u(value, 8);
}

// ---- trimming: shape bits and the members they stand for ----

static const uint16_t members_east[7] = {L1T_CLUSTER_N,  L1T_CLUSTER_S,  L1T_CLUSTER_E,
                                         L1T_CLUSTER_NE, L1T_CLUSTER_SE, L1T_CLUSTER_NN,
                                         L1T_CLUSTER_SS};
static const uint16_t members_west[7] = {L1T_CLUSTER_N,  L1T_CLUSTER_S,  L1T_CLUSTER_W,
                                         L1T_CLUSTER_NW, L1T_CLUSTER_SW, L1T_CLUSTER_NN,
                                         L1T_CLUSTER_SS};

static const uint16_t *members_of(unsigned flags)
{
    return flags & L1T_CLUSTER_RIGHT ? members_east : members_west;
}

static unsigned shape_of(unsigned flags)
{
    const uint16_t *member = members_of(flags);
    unsigned shape = 0;
    for (unsigned i = 0; i < 7; i++)
        shape |= (flags & member[i] ? 1u : 0u) << i;
    return shape;
}

static unsigned flags_of(unsigned shape, unsigned cluster_flags)
{
    const uint16_t *member = members_of(cluster_flags);
    unsigned flags = 0;
    for (unsigned i = 0; i < 7; i++)
        flags |= shape >> i & 1 ? member[i] : 0u;
    return flags;
}

void l1t_egamma_trim(const struct l1t_egamma_config *config, const struct l1t_grid *grid,
                     const struct l1t_cluster_result *clusters, struct l1t_egamma_result *result)
{
    result->n = clusters->n;
    for (unsigned i = 0; i < clusters->n; i++) {
        const struct l1t_cluster *c = &clusters->cluster[i];
        struct l1t_egamma_cand *cand = &result->cand[i];
        const int at = l1t_grid_at(c->m, c->phi);
        cand->shape = (uint8_t)shape_of(c->flags);
        cand->trimmed = config->trimming[(abs_eta(c) - 1) << 7 | cand->shape] & 0x7f;
        const unsigned flags = flags_of(cand->trimmed, c->flags);
        cand->raw = (uint16_t)((unsigned)grid->et[at] + l1t_cluster_sum(grid, at, flags));
        cand->fine_eta = (uint8_t)l1t_fine_eta(c->fg_eta);
        cand->fine_phi = (uint8_t)l1t_fine_phi(l1t_cluster_lean_phi(grid, at, flags));
    }
}

// ---- calibration ----

void l1t_egamma_cal(const struct l1t_egamma_config *config,
                    const struct l1t_cluster_result *clusters, struct l1t_egamma_result *result)
{
    for (unsigned i = 0; i < result->n; i++) {
        struct l1t_egamma_cand *cand = &result->cand[i];
        const unsigned address =
            config->compress[L1T_EGAMMA_COMPRESS_SHAPE + cand->shape] |
            config->compress[L1T_EGAMMA_COMPRESS_ET + up_to_255(cand->raw)] |
            config->compress[L1T_EGAMMA_COMPRESS_ETA + abs_eta(&clusters->cluster[i])];
        cand->cal = config->calibration[l1t_wrap_u(address, 12)];
        cand->pt = (uint16_t)l1t_clip_u((cand->cal & 0x1ffu) * cand->raw >> 8, 12);
    }
}

// ---- identification ----

// The towers around the seed that carry energy are all mostly electromagnetic; the second ones to
// the north and south are asked only when they belong to the cluster.
static int hoe_around(const struct l1t_egamma_config *config, const struct l1t_grid *grid, int at,
                      unsigned cluster_flags)
{
    const unsigned second = L1T_CLUSTER_NN | L1T_CLUSTER_SS;
    const unsigned asked = (cluster_flags & second) | (0x7ffu & ~second); // bit 0: the seed
    for (unsigned b = 0; b <= L1T_CLUSTER_LAST_MEMBER; b++) {
        const uint16_t word = grid->w[at + l1t_cluster_member_step(b)];
        if ((asked >> b & 1) && l1t_tower_et(word) > config->hoe_ext_min && !l1t_tower_em(word))
            return 0;
    }
    return 1;
}

void l1t_egamma_id(const struct l1t_egamma_config *config, const struct l1t_grid *grid,
                   const struct l1t_cluster_result *clusters, struct l1t_egamma_result *result)
{
    for (unsigned i = 0; i < result->n; i++) {
        const struct l1t_cluster *c = &clusters->cluster[i];
        struct l1t_egamma_cand *cand = &result->cand[i];
        unsigned quality = 0;
        quality |= c->fg ? 0u : L1T_EGAMMA_ID_FG;
        quality |= c->hoe ? L1T_EGAMMA_ID_HOE : 0u;
        quality |= cand->cal >> 9 & 1 ? L1T_EGAMMA_ID_SHAPE : 0u;
        if (hoe_around(config, grid, l1t_grid_at(c->m, c->phi), c->flags))
            quality |= L1T_EGAMMA_ID_HOE_EXT;
        cand->quality = (uint8_t)quality;
        cand->accepted = quality == L1T_EGAMMA_ID_ALL || cand->pt >= config->no_id_min;
    }
}

// ---- isolation ----

// E of 2 x 5 towers: the seed's column and the kept one; two of them count with their whole ET, the
// seed and its neighbour in phi, at larger phi for positive eta and at smaller for negative.
static unsigned footprint_of(const struct l1t_grid *grid, const struct l1t_cluster *c, int at)
{
    const int kept = l1t_grid_step(c->flags & L1T_CLUSTER_RIGHT ? 1 : -1, 0);
    const int whole[2] = {at, at + (c->m > 0 ? 1 : -1)};
    unsigned sum = 0;
    for (int dp = -2; dp <= 2; dp++)
        sum += l1t_split_e(grid->w[at + dp]) + l1t_split_e(grid->w[at + kept + dp]);
    for (int i = 0; i < 2; i++)
        sum += (unsigned)grid->et[whole[i]] - l1t_split_e(grid->w[whole[i]]);
    return sum;
}

void l1t_egamma_iso(const struct l1t_egamma_config *config, const struct l1t_grid *grid,
                    unsigned ntt, const struct l1t_cluster_result *clusters,
                    struct l1t_egamma_result *result)
{
    const unsigned ntt_part = config->compress[L1T_EGAMMA_COMPRESS_NTT + up_to_255(ntt)];
    for (unsigned i = 0; i < result->n; i++) {
        const struct l1t_cluster *c = &clusters->cluster[i];
        struct l1t_egamma_cand *cand = &result->cand[i];
        const int at = l1t_grid_at(c->m, c->phi);
        cand->footprint = (uint16_t)footprint_of(grid, c, at);
        cand->iso_et = (int16_t)((int)l1t_egtau_window(grid, at, c->flags) - cand->footprint);
        const unsigned et_part = config->compress[L1T_EGAMMA_COMPRESS_ET + up_to_255(cand->raw)];
        const unsigned eta_part = config->compress[L1T_EGAMMA_COMPRESS_ETA + abs_eta(c)];
        const unsigned address = l1t_wrap_u(ntt_part | et_part << 1 | eta_part << 1, 13);
        cand->iso = 0;
        for (unsigned bit = 0; bit < 2; bit++) {
            const int limit = config->isolation[bit][address];
            cand->iso |= (uint8_t)((cand->iso_et < limit || limit > 255) << bit);
        }
    }
}

// ---- sorter and demultiplexer ----

void l1t_egamma_sort(const struct l1t_cluster_result *clusters, struct l1t_egamma_result *result)
{
    struct l1t_egtau object[L1T_CLUSTER_MAX];
    unsigned n = 0;
    for (unsigned i = 0; i < result->n; i++) {
        const struct l1t_egamma_cand *cand = &result->cand[i];
        const struct l1t_cluster *c = &clusters->cluster[i];
        if (!cand->accepted)
            continue;
        object[n].m = c->m;
        object[n++].mp =
            (uint32_t)(l1t_egtau_mp_iso_put(cand->iso) | l1t_egtau_mp_ring_put(abs_eta(c)) |
                       l1t_egtau_mp_phi_put(c->phi) | l1t_egtau_mp_fine_eta_put(cand->fine_eta) |
                       l1t_egtau_mp_fine_phi_put(cand->fine_phi) | l1t_egtau_mp_et_put(cand->pt));
    }
    l1t_egtau_sort(object, n, &result->out);
}

void l1t_egamma_demux(struct l1t_egamma_result *result)
{
    l1t_egtau_demux(L1T_EGAMMA_QUALITY, &result->out);
}

void l1t_egamma(const struct l1t_egamma_config *config, const struct l1t_grid *grid, unsigned ntt,
                const struct l1t_cluster_result *clusters, struct l1t_egamma_result *result)
{
    l1t_egamma_trim(config, grid, clusters, result);
    l1t_egamma_cal(config, clusters, result);
    l1t_egamma_id(config, grid, clusters, result);
    l1t_egamma_iso(config, grid, ntt, clusters, result);
    l1t_egamma_sort(clusters, result);
    l1t_egamma_demux(result);
}
