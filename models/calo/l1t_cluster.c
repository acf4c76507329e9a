// SPDX-License-Identifier: Apache-2.0
// Local maxima of the 3x9 window, their members and what is measured on them.
//
// Who wins among equal towers is decided by a line through the seed: neighbours at larger phi (from
// dp = +1 on, or dp = -1..0 on the east side) veto when they are not smaller, the others only when
// they are greater. East is signed eta, so the rule is not mirrored for negative eta.
//
// Twin: rtl/calo/l1t_cluster_{max,members,measure}.sv
#include "l1t_cluster.h"

#include "../l1t_formats.h"
#include "l1t_split.h"

enum {
    HALF_ETA = 1,
    HALF_PHI = 4,
    ROWS = 2 * HALF_ETA + 1,
    LANES = 16, // nine towers of a row, rounded up for vectors
    ENDCAP = 16 // first |ieta| with the endcap's H/E threshold
};

// "n >= s" is "n + 1 > s": what a neighbour gains before the strict comparison. Lanes beyond the
// window lose so much that they never veto.
#define NO (-512)
static const int16_t gain[ROWS][LANES] = {
    {0, 0, 0, 0, 0, 0, 1, 1, 1, NO, NO, NO, NO, NO, NO, NO}, // de -1, dp -4..+4
    {0, 0, 0, 0, 0, 1, 1, 1, 1, NO, NO, NO, NO, NO, NO, NO}, // de 0: the seed itself is dp 0
    {0, 0, 0, 1, 1, 1, 1, 1, 1, NO, NO, NO, NO, NO, NO, NO}, // de +1
};
#undef NO

static int is_maximum(const int16_t *window, int16_t seed)
{
    int16_t veto[LANES] = {0};
    for (int row = 0; row < ROWS; row++)
        for (int lane = 0; lane < LANES; lane++) {
            const int16_t n = (int16_t)(window[row * L1T_GRID_COLUMNS + lane] + gain[row][lane]);
            veto[lane] = (int16_t)(veto[lane] | (n > seed));
        }
    int16_t any = 0;
    for (int lane = 0; lane < LANES; lane++)
        any = (int16_t)(any | veto[lane]);
    return any == 0;
}

int l1t_cluster_is_core_max(const struct l1t_grid *grid, int at)
{
    const int16_t seed = grid->et[at];
    for (int de = -1; de <= 1; de++)
        for (int dp = -1; dp <= 1; dp++)
            if (grid->et[at + l1t_grid_step(de, dp)] + gain[de + HALF_ETA][dp + HALF_PHI] > seed)
                return 0;
    return 1;
}

static void max_in_ring(const struct l1t_cluster_config *config, const struct l1t_grid *grid, int m,
                        struct l1t_cluster_result *result)
{
    uint8_t phi[L1T_PHIS];
    const unsigned n = l1t_grid_seeds(grid, m, config->seed_min, phi);
    for (unsigned i = 0; i < n; i++) {
        const int at = l1t_grid_at(m, phi[i]);
        if (!is_maximum(grid->et + at + l1t_grid_step(-HALF_ETA, -HALF_PHI), grid->et[at]))
            continue;
        struct l1t_cluster *cluster = &result->cluster[result->n++];
        cluster->m = (int8_t)m;
        cluster->phi = phi[i];
    }
}

void l1t_cluster_max(const struct l1t_cluster_config *config, const struct l1t_grid *grid,
                     struct l1t_cluster_result *result)
{
    result->n = 0;
    for (int ring = 1; ring <= L1T_CLUSTER_RINGS; ring++) {
        max_in_ring(config, grid, ring, result);
        max_in_ring(config, grid, -ring, result);
    }
}

// ---- members ----

int l1t_cluster_member_step(unsigned b)
{
    static const int16_t step[L1T_CLUSTER_LAST_MEMBER + 1] = {
        0,
        -L1T_GRID_COLUMNS - 1, // NW
        -1,                    // N
        L1T_GRID_COLUMNS - 1,  // NE
        L1T_GRID_COLUMNS,      // E
        L1T_GRID_COLUMNS + 1,  // SE
        1,                     // S
        -L1T_GRID_COLUMNS + 1, // SW
        -L1T_GRID_COLUMNS,     // W
        -2,                    // NN
        2,                     // SS
    };
    return step[b];
}

// The second tower north or south counts only behind a first one.
unsigned l1t_cluster_flags(const struct l1t_cluster_config *config, const struct l1t_grid *grid,
                           int at)
{
    unsigned flags = 0;
    for (unsigned b = L1T_CLUSTER_FIRST_MEMBER; b <= L1T_CLUSTER_LAST_MEMBER; b++)
        if (grid->et[at + l1t_cluster_member_step(b)] >= config->member_min)
            flags |= 1u << b;
    if (!(flags & L1T_CLUSTER_N))
        flags &= ~(unsigned)L1T_CLUSTER_NN;
    if (!(flags & L1T_CLUSTER_S))
        flags &= ~(unsigned)L1T_CLUSTER_SS;
    return flags;
}

unsigned l1t_cluster_sum(const struct l1t_grid *grid, int at, unsigned flags)
{
    unsigned sum = 0;
    for (unsigned b = L1T_CLUSTER_FIRST_MEMBER; b <= L1T_CLUSTER_LAST_MEMBER; b++)
        sum += flags >> b & 1 ? (unsigned)grid->et[at + l1t_cluster_member_step(b)] : 0;
    return sum;
}

unsigned l1t_cluster_lean_phi(const struct l1t_grid *grid, int at, unsigned flags)
{
    const unsigned north = L1T_CLUSTER_NE | L1T_CLUSTER_N | L1T_CLUSTER_NW | L1T_CLUSTER_NN;
    const unsigned south = L1T_CLUSTER_SE | L1T_CLUSTER_S | L1T_CLUSTER_SW | L1T_CLUSTER_SS;
    const unsigned up = l1t_cluster_sum(grid, at, flags & north);
    const unsigned down = l1t_cluster_sum(grid, at, flags & south);
    return down > up ? L1T_LEAN_SOUTH : up > down ? L1T_LEAN_NORTH : L1T_LEAN_NONE;
}

void l1t_cluster_members(const struct l1t_cluster_config *config, const struct l1t_grid *grid,
                         struct l1t_cluster_result *result)
{
    for (unsigned i = 0; i < result->n; i++) {
        struct l1t_cluster *c = &result->cluster[i];
        const int at = l1t_grid_at(c->m, c->phi);
        const unsigned flags = l1t_cluster_flags(config, grid, at);
        const unsigned east = l1t_cluster_sum(grid, at, flags & L1T_CLUSTER_EAST);
        const unsigned west = l1t_cluster_sum(grid, at, flags & L1T_CLUSTER_WEST);
        const unsigned kept = east >= west
                                  ? (flags & ~(unsigned)L1T_CLUSTER_WEST) | L1T_CLUSTER_RIGHT
                                  : flags & ~(unsigned)L1T_CLUSTER_EAST;
        c->flags = (uint16_t)(kept | L1T_CLUSTER_VALID);
        c->fg_eta = east > west ? L1T_LEAN_EAST : west > east ? L1T_LEAN_WEST : L1T_LEAN_NONE;
        c->fg_phi = (uint8_t)l1t_cluster_lean_phi(grid, at, kept);
    }
}

// ---- energies ----

// 1 if the seed's E is large enough against its H.
static unsigned seed_hoe(const struct l1t_cluster_config *config, int m, uint16_t seed)
{
    if (!l1t_tower_em(seed))
        return 0;
    if (l1t_tower_zero(seed))
        return 1;
    return l1t_tower_ratio(seed) > config->hoe_ratio[m >= ENDCAP || m <= -ENDCAP];
}

void l1t_cluster_measure(const struct l1t_cluster_config *config, const struct l1t_grid *grid,
                         struct l1t_cluster_result *result)
{
    for (unsigned i = 0; i < result->n; i++) {
        struct l1t_cluster *c = &result->cluster[i];
        const int at = l1t_grid_at(c->m, c->phi);
        const uint16_t seed = grid->w[at];
        unsigned em = l1t_split_e(seed), had = l1t_split_h(seed);
        for (unsigned b = L1T_CLUSTER_FIRST_MEMBER; b <= L1T_CLUSTER_LAST_MEMBER; b++)
            if (c->flags >> b & 1) {
                em += l1t_split_e(grid->w[at + l1t_cluster_member_step(b)]);
                had += l1t_split_h(grid->w[at + l1t_cluster_member_step(b)]);
            }
        c->et = (uint16_t)(l1t_tower_et(seed) + l1t_cluster_sum(grid, at, c->flags));
        c->em = (uint16_t)em;
        c->had = (uint16_t)had;
        c->hoe = (uint8_t)seed_hoe(config, c->m, seed);
        c->fg = (uint8_t)l1t_tower_finegrain(seed);
    }
}

void l1t_cluster(const struct l1t_cluster_config *config, const struct l1t_grid *grid,
                 struct l1t_cluster_result *result)
{
    l1t_cluster_max(config, grid, result);
    l1t_cluster_members(config, grid, result);
    l1t_cluster_measure(config, grid, result);
}
