// SPDX-License-Identifier: GPL-3.0-or-later
// Functional coverage of the tau path: did the compared events contain what wiring errors need to
// show? Probes do not say which sites lost, so sites and windows are found again here, with the
// thresholds of all years.
#include "tau_cover.h"
#include "tower_path.h"

#include "calo/l1t_tau.h"
#include "l1t/calo_tables.h"
#include "l1t/twin.h"
#include "l1t_formats.h"

#include <stdbool.h>
#include <string.h>

enum {
    LANES = L1T_SIDES * L1T_CLUSTER_SLOTS,
    CLUSTER_ROW = (LANES * l1t_cluster_cand_bits + 31) / 32,
    CAND_ROW = (LANES * l1t_tau_cand_bits + 31) / 32,
    CAND_AT = 1 + L1T_CLUSTER_RINGS * CLUSTER_ROW,
    SORT_AT = CAND_AT + L1T_TAU_RINGS * CAND_ROW,
    SORT_WORDS = L1T_SIDES * L1T_EGTAU_PER_SIDE
};

enum bin {
    NO_TAU,
    SITE_0,
    ALONE = SITE_0 + L1T_TAU_SITES,
    HELD_2,
    HELD_5,
    SITE_TIE,
    TIE_A_PLUS,
    TIE_A_MINUS,
    TIE_B_PLUS,
    TIE_B_MINUS,
    SLIP,
    GROUPS_TIE,
    OVERLAP,
    OVERLAP_MOVES_PHI,
    PHI_WRAP,
    ETA_ZERO,
    RING_25,
    RING_26,
    SATURATED_SEED,
    NO_EM,
    FINE_WEST,
    FINE_ETA_CENTRE,
    FINE_EAST,
    FINE_LARGER_PHI,
    FINE_PHI_CENTRE,
    FINE_SMALLER_PHI,
    FINE_PHI_WRAP,
    ET_BIN_CLIPPED,
    ET_OVER_13_BITS,
    PT_CLIPPED,
    PT_OVER_GT,
    ISO_PASSED,
    ISO_FAILED,
    ISO_OPEN,
    ISO_BELOW_ZERO,
    OVER_SIX_IN_RING,
    FULL_RING,
    SORT_TIE,
    CUT_TIE,
    TWELVE,
    BINS
};

const char *const l1t_tau_cover_names[] = {
    [NO_TAU] = "no tau",
    [SITE_0] = "secondary cluster at site 0",
    [SITE_0 + 1] = "secondary cluster at site 1",
    [SITE_0 + 2] = "secondary cluster at site 2",
    [SITE_0 + 3] = "secondary cluster at site 3",
    [SITE_0 + 4] = "secondary cluster at site 4",
    [SITE_0 + 5] = "secondary cluster at site 5",
    [SITE_0 + 6] = "secondary cluster at site 6",
    [SITE_0 + 7] = "secondary cluster at site 7",
    [ALONE] = "no secondary cluster",
    [HELD_2] = "seed at site 2 held by the main cluster",
    [HELD_5] = "seed at site 5 held by the main cluster",
    [SITE_TIE] = "equal towers in a site's window",
    [TIE_A_PLUS] = "sites 1 and 3 equal, positive eta",
    [TIE_A_MINUS] = "sites 1 and 3 equal, negative eta",
    [TIE_B_PLUS] = "sites 4 and 6 equal, positive eta",
    [TIE_B_MINUS] = "sites 4 and 6 equal, negative eta",
    [SLIP] = "sites 4 and 6 equal, before a heavier group A",
    [GROUPS_TIE] = "both groups equal",
    [OVERLAP] = "members of both clusters",
    [OVERLAP_MOVES_PHI] = "fine phi moved by members of both clusters",
    [PHI_WRAP] = "merged across phi 72/1",
    [ETA_ZERO] = "merged across eta 0",
    [RING_25] = "merged tau in ring 25",
    [RING_26] = "cluster in ring 26",
    [SATURATED_SEED] = "saturated seed",
    [NO_EM] = "seed without electromagnetic energy",
    [FINE_WEST] = "fine eta west",
    [FINE_ETA_CENTRE] = "fine eta centre",
    [FINE_EAST] = "fine eta east",
    [FINE_LARGER_PHI] = "fine phi larger",
    [FINE_PHI_CENTRE] = "fine phi centre",
    [FINE_SMALLER_PHI] = "fine phi smaller",
    [FINE_PHI_WRAP] = "global-trigger phi wraps to 0",
    [ET_BIN_CLIPPED] = "ET above 255 units",
    [ET_OVER_13_BITS] = "ET above 8191 units",
    [PT_CLIPPED] = "calibrated ET at 4095",
    [PT_OVER_GT] = "tau above the link's full scale",
    [ISO_PASSED] = "isolated",
    [ISO_FAILED] = "not isolated",
    [ISO_OPEN] = "isolated by a limit above 255",
    [ISO_BELOW_ZERO] = "window smaller than the tau",
    [OVER_SIX_IN_RING] = "more than six taus in a ring and side",
    [FULL_RING] = "fourteen taus in a ring and side",
    [SORT_TIE] = "equal taus in the sorter's output",
    [CUT_TIE] = "equal taus on both sides of the cut at six",
    [TWELVE] = "twelve taus sent",
    NULL,
};

// ---- sites ----

static const struct {
    int de, dp;
} site_at[L1T_TAU_SITES] = {{0, 3}, {-1, 2}, {0, 2}, {1, 2}, {-1, -2}, {0, -2}, {1, -2}, {0, -3}};

struct place {
    const struct l1t_tau_config *config;
    const struct l1t_grid *grid;
    const struct l1t_cluster *main;
    int at;
    unsigned active;            // sites with a seed, also those held by the main cluster
    unsigned et[L1T_TAU_SITES]; // of their clusters
};

static int site_place(const struct place *p, unsigned site)
{
    return p->at + l1t_grid_step(site_at[site].de, site_at[site].dp);
}

static void look_at_sites(struct place *p, bool hit[])
{
    p->active = 0;
    for (unsigned site = 0; site < L1T_TAU_SITES; site++) {
        const int at = site_place(p, site);
        p->et[site] = 0;
        if (p->grid->et[at] < p->config->cluster.seed_min)
            continue;
        for (int de = -1; de <= 1; de++)
            for (int dp = -1; dp <= 1; dp++)
                hit[SITE_TIE] |= (de != 0 || dp != 0) &&
                                 p->grid->et[at + l1t_grid_step(de, dp)] == p->grid->et[at];
        if (!l1t_cluster_is_core_max(p->grid, at))
            continue;
        const unsigned flags = l1t_cluster_flags(&p->config->cluster, p->grid, at);
        p->active |= 1u << site;
        p->et[site] = (unsigned)p->grid->et[at] + l1t_cluster_sum(p->grid, at, flags);
    }
}

static bool active(const struct place *p, unsigned site)
{
    const unsigned held = (p->main->flags & L1T_CLUSTER_SS ? 1u << 2 : 0) |
                          (p->main->flags & L1T_CLUSTER_NN ? 1u << 5 : 0);
    return (p->active & ~held) >> site & 1;
}

// ET of what a group chooses. Neighbours are never both maxima, so that only a pair competes.
static unsigned group_et(const struct place *p, unsigned first, unsigned last)
{
    unsigned et = 0;
    for (unsigned site = first; site <= last; site++)
        if (active(p, site) && p->et[site] > et)
            et = p->et[site];
    return et;
}

static bool tie(const struct place *p, unsigned west)
{
    return active(p, west) && active(p, west + 2) && p->et[west] == p->et[west + 2];
}

static void cover_choice(const struct place *p, bool hit[])
{
    const bool plus = p->main->m > 0;
    const unsigned a = group_et(p, 0, 3), b = group_et(p, 4, 7);
    hit[HELD_2] |= (p->active >> 2 & 1) && !active(p, 2);
    hit[HELD_5] |= (p->active >> 5 & 1) && !active(p, 5);
    hit[plus ? TIE_A_PLUS : TIE_A_MINUS] |= tie(p, 1);
    hit[plus ? TIE_B_PLUS : TIE_B_MINUS] |= tie(p, 4);
    hit[SLIP] |= tie(p, 4) && a > b;
    hit[GROUPS_TIE] |= a != 0 && a == b;
}

// ---- candidates ----

static void cover_place(const struct place *p, const struct l1t_tau_cand *cand, bool hit[])
{
    const unsigned fine_phi_alone = l1t_fine_phi(p->main->fg_phi);
    if (cand->site == L1T_TAU_NO_SITE) {
        hit[ALONE] = true;
        return;
    }
    const int de = site_at[cand->site].de, phi = p->main->phi + site_at[cand->site].dp;
    hit[SITE_0 + cand->site] = true;
    hit[OVERLAP] |= cand->flags != p->main->flags;
    hit[OVERLAP_MOVES_PHI] |= cand->fine_phi != fine_phi_alone;
    hit[PHI_WRAP] |= phi < 1 || phi > L1T_PHIS;
    hit[ETA_ZERO] |= (p->main->m == 1 && de < 0) || (p->main->m == -1 && de > 0);
    hit[RING_25] |= p->main->m == L1T_TAU_RINGS || p->main->m == -L1T_TAU_RINGS;
}

static void cover_energy(const struct place *p, const struct l1t_tau_cand *cand, bool hit[])
{
    const uint16_t seed = p->grid->w[p->at];
    hit[SATURATED_SEED] |= l1t_tower_et(seed) >= 509;
    hit[NO_EM] |= !l1t_tower_em(seed) && l1t_tower_zero(seed);
    hit[FINE_WEST + cand->fine_eta - L1T_FINE_WEST] = true;
    hit[FINE_LARGER_PHI + cand->fine_phi - L1T_FINE_LARGER_PHI] = true;
    hit[FINE_PHI_WRAP] |= p->main->phi == L1T_PHIS && cand->fine_phi == L1T_FINE_LARGER_PHI;
    hit[ET_BIN_CLIPPED] |= cand->raw > 255;
    hit[ET_OVER_13_BITS] |= cand->raw > 8191;
    hit[ISO_BELOW_ZERO] |= l1t_egtau_window(p->grid, p->at, p->main->flags) < cand->raw;
}

static void cover_towers(const uint32_t *in, bool hit[])
{
    struct l1t_calo_config config;
    struct l1t_towers towers;
    struct l1t_grid grid;
    struct l1t_cluster_result clusters;
    struct l1t_tau_result tau;
    l1t_calo_thresholds(&config);
    l1t_words_to_towers(in, &towers);
    l1t_grid_fill(&grid, &towers);
    l1t_cluster(&config.cluster, &grid, &clusters);
    l1t_tau_secondary(&config.tau, &grid, &clusters, &tau);
    l1t_tau_merge(&config.tau, &grid, &clusters, &tau);
    for (unsigned i = 0; i < clusters.n; i++)
        hit[RING_26] |= clusters.cluster[i].m == 26 || clusters.cluster[i].m == -26;
    for (unsigned i = 0; i < tau.n; i++) {
        struct place p = {&config.tau, &grid, &clusters.cluster[tau.cand[i].cluster], 0, 0, {0}};
        p.at = l1t_grid_at(p.main->m, p.main->phi);
        look_at_sites(&p, hit);
        cover_choice(&p, hit);
        cover_place(&p, &tau.cand[i], hit);
        cover_energy(&p, &tau.cand[i], hit);
    }
}

// ---- what tables and sorter do ----

struct cands {
    uint64_t of[L1T_TAU_RINGS][LANES];
};

static void take_cands(const uint32_t *words, struct cands *cands)
{
    const unsigned bits = l1t_tau_cand_bits;
    for (unsigned ring = 0; ring < L1T_TAU_RINGS; ring++)
        for (unsigned lane = 0; lane < LANES; lane++)
            cands->of[ring][lane] =
                l1t_row_record(words + CAND_AT + (size_t)ring * CAND_ROW, bits, lane);
}

static void cover_cand(uint64_t cand, bool hit[])
{
    const int64_t pt = l1t_tau_cand_pt(cand);
    const bool iso = l1t_tau_cand_iso(cand) != 0;
    hit[NO_TAU] = false;
    hit[PT_CLIPPED] |= pt == 4095;
    hit[PT_OVER_GT] |= pt > 511;
    hit[iso ? ISO_PASSED : ISO_FAILED] = true;
    hit[ISO_OPEN] |= iso && l1t_tau_cand_iso_et(cand) > 255;
}

static void cover_rings(const struct cands *cands, bool hit[])
{
    for (unsigned ring = 0; ring < L1T_TAU_RINGS; ring++)
        for (unsigned side = 0; side < L1T_SIDES; side++) {
            unsigned n = 0;
            for (unsigned slot = 0; slot < L1T_CLUSTER_SLOTS; slot++) {
                const uint64_t cand = cands->of[ring][side * L1T_CLUSTER_SLOTS + slot];
                n += cand != 0;
                if (cand != 0)
                    cover_cand(cand, hit);
            }
            hit[OVER_SIX_IN_RING] |= n > L1T_EGTAU_PER_SIDE;
            hit[FULL_RING] |= n == L1T_CLUSTER_PER_RING;
        }
}

// More taus have the ET of a side's last register than registers do.
static bool cut_through_tie(const struct cands *cands, const uint32_t *mp, unsigned side)
{
    const int64_t last = l1t_egtau_mp_et(mp[L1T_EGTAU_PER_SIDE - 1]);
    int kept = 0, found = 0;
    for (unsigned i = 0; i < L1T_EGTAU_PER_SIDE; i++)
        kept += l1t_egtau_mp_et(mp[i]) == last;
    for (unsigned ring = 0; ring < L1T_TAU_RINGS; ring++)
        for (unsigned slot = 0; slot < L1T_CLUSTER_SLOTS; slot++)
            found += l1t_tau_cand_pt(cands->of[ring][side * L1T_CLUSTER_SLOTS + slot]) == last;
    return last != 0 && found > kept;
}

static void cover_sorter(const struct cands *cands, const uint32_t *words, bool hit[])
{
    for (unsigned side = 0; side < L1T_SIDES; side++) {
        const uint32_t *mp = words + SORT_AT + (size_t)side * L1T_EGTAU_PER_SIDE;
        for (unsigned i = 1; i < L1T_EGTAU_PER_SIDE; i++)
            hit[SORT_TIE] |= mp[i] != 0 && l1t_egtau_mp_et(mp[i]) == l1t_egtau_mp_et(mp[i - 1]);
        hit[CUT_TIE] |= cut_through_tie(cands, mp, side);
    }
    hit[TWELVE] |=
        l1t_row_record(words + SORT_AT + SORT_WORDS, l1t_tau_gt_bits, L1T_EGTAU_OUT - 1) != 0;
}

void l1t_tau_cover(const uint32_t *in, const uint32_t *words, uint64_t *bins)
{
    bool hit[BINS] = {[NO_TAU] = true};
    struct cands cands;
    cover_towers(in, hit);
    take_cands(words, &cands);
    cover_rings(&cands, hit);
    cover_sorter(&cands, words, hit);
    for (unsigned i = 0; i < BINS; i++)
        bins[i] += hit[i];
}
