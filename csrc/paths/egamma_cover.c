// SPDX-License-Identifier: GPL-3.0-or-later
// Functional coverage of the e/gamma path: did the compared events contain what wiring errors need
// to show?
#include "egamma_cover.h"

#include "calo/l1t_egamma.h"
#include "calo/l1t_split.h"
#include "calo/l1t_towers.h"
#include "l1t/twin.h"
#include "l1t_formats.h"

#include <stdbool.h>
#include <stddef.h>

enum bin {
    NO_CLUSTER,
    WINDOW_TIE,
    EAST_KEPT,
    WEST_KEPT,
    SIDES_EQUAL,
    MEMBER_NW, // in the order of the cluster's flags
    MEMBER_N,
    MEMBER_NE,
    MEMBER_E,
    MEMBER_SE,
    MEMBER_S,
    MEMBER_SW,
    MEMBER_W,
    MEMBER_NN,
    MEMBER_SS,
    SECOND_WITHOUT_FIRST,
    MEMBER_IN_HF,
    ETA_ZERO,
    PHI_WRAP,
    SATURATED_TOWER,
    PART_WRAPS,
    NTT_ZERO,
    NTT_LARGE,
    TRIMMED,
    RAW_LARGE,
    ET_CLIPPED,
    ET_ABOVE_LINK,
    ONLY_FINE_GRAIN_FAILS,
    ONLY_HOE_FAILS,
    ONLY_SHAPE_FAILS,
    ONLY_AROUND_FAILS,
    ACCEPTED_BY_ET,
    NOT_ISOLATED,
    LOOSELY_ISOLATED,
    ISOLATED,
    SMALLER_PHI,
    LARGER_PHI,
    WIDE_TOWER,
    TIE_IN_RING,
    SORT_TIE,
    TIE_AT_THE_CUT,
    SIX_ON_A_SIDE,
    DEMUX_TIE,
    ETA_IS_ZERO,
    PHI_IS_ZERO,
    TWELVE_OBJECTS,
    BINS
};

const char *const l1t_egamma_cover_names[] = {
    [NO_CLUSTER] = "no cluster",
    [WINDOW_TIE] = "equal towers in a cluster's window",
    [EAST_KEPT] = "east side heavier",
    [WEST_KEPT] = "west side heavier",
    [SIDES_EQUAL] = "sides equal, not empty",
    [MEMBER_NW] = "member north-west",
    [MEMBER_N] = "member north",
    [MEMBER_NE] = "member north-east",
    [MEMBER_E] = "member east",
    [MEMBER_SE] = "member south-east",
    [MEMBER_S] = "member south",
    [MEMBER_SW] = "member south-west",
    [MEMBER_W] = "member west",
    [MEMBER_NN] = "second member north",
    [MEMBER_SS] = "second member south",
    [SECOND_WITHOUT_FIRST] = "second tower north or south behind a gap",
    [MEMBER_IN_HF] = "cluster of ieta 28 with a member in 30",
    [ETA_ZERO] = "cluster across eta 0",
    [PHI_WRAP] = "cluster across phi 72/1",
    [SATURATED_TOWER] = "saturated seed",
    [PART_WRAPS] = "E or H of a seed above 255",
    [NTT_ZERO] = "nTT 0",
    [NTT_LARGE] = "nTT above 255",
    [TRIMMED] = "members trimmed away",
    [RAW_LARGE] = "raw ET above 255",
    [ET_CLIPPED] = "calibrated ET at 4095",
    [ET_ABOVE_LINK] = "calibrated ET above the link's full scale",
    [ONLY_FINE_GRAIN_FAILS] = "identified but for the fine-grain bit",
    [ONLY_HOE_FAILS] = "identified but for H/E of the seed",
    [ONLY_SHAPE_FAILS] = "identified but for the shape",
    [ONLY_AROUND_FAILS] = "identified but for H/E around the seed",
    [ACCEPTED_BY_ET] = "sent without identification",
    [NOT_ISOLATED] = "not isolated",
    [LOOSELY_ISOLATED] = "loosely isolated",
    [ISOLATED] = "tightly isolated",
    [SMALLER_PHI] = "leans to smaller phi",
    [LARGER_PHI] = "leans to larger phi",
    [WIDE_TOWER] = "sent from ieta 21 or beyond",
    [TIE_IN_RING] = "equal e/gammas in a ring and side",
    [SORT_TIE] = "equal e/gammas in the sorter's output",
    [TIE_AT_THE_CUT] = "one dropped that equals the sixth",
    [SIX_ON_A_SIDE] = "all six registers of a side used",
    [DEMUX_TIE] = "equal ET in the output",
    [ETA_IS_ZERO] = "sent with eta 0",
    [PHI_IS_ZERO] = "sent with phi 0, from column 72",
    [TWELVE_OBJECTS] = "twelve e/gammas sent",
    NULL,
};

enum {
    LANES = L1T_SIDES * L1T_CLUSTER_SLOTS,
    CLUSTER_ROW = (LANES * l1t_cluster_cand_bits + 31) / 32, // words
    CAND_ROW = (LANES * l1t_egamma_cand_bits + 31) / 32
};

// The stages of an event, one behind the other.
struct event {
    const uint32_t *in, *cluster, *cand, *sort, *demux;
};

// Tower of a signed row (0 is m = -40, 40 is m = 1).
static uint16_t tower(const uint32_t *in, int row, int column)
{
    if (row < 0 || row >= L1T_SIDES * L1T_RINGS)
        return 0;
    const int negative = row < L1T_RINGS;
    const int ring = negative ? L1T_RINGS - 1 - row : row - L1T_RINGS;
    const int at = (negative * L1T_RINGS + ring) * L1T_PHIS + (column + L1T_PHIS) % L1T_PHIS;
    return (uint16_t)(in[at / 2] >> (at % 2 * 16) & 0xffff);
}

static bool has_tie(const uint32_t *in, int row, int column)
{
    const int64_t seed = l1t_tower_et(tower(in, row, column));
    for (int de = -1; de <= 1; de++)
        for (int dp = -4; dp <= 4; dp++)
            if ((de != 0 || dp != 0) && l1t_tower_et(tower(in, row + de, column + dp)) == seed)
                return true;
    return false;
}

// E or H before it is cut to eight bits.
static bool part_wraps(uint16_t word)
{
    const unsigned e = l1t_split_share(word) * (unsigned)l1t_tower_et(word) >> 7;
    const unsigned h = (128 - l1t_split_share(word)) * (unsigned)l1t_tower_et(word) >> 7;
    return e > 255 || h > 255;
}

static void cover_cluster(const uint32_t *in, unsigned side, unsigned row, uint64_t cluster,
                          bool hit[BINS])
{
    enum { LEAST = 2 }; // tower units: a member in every configuration
    const int column = (int)l1t_cluster_cand_phi(cluster) - 1;
    const int at = side == 0 ? L1T_RINGS + (int)row : L1T_RINGS - 1 - (int)row;
    const unsigned flags = (unsigned)l1t_cluster_cand_flags(cluster);
    const unsigned north = L1T_CLUSTER_NW | L1T_CLUSTER_N | L1T_CLUSTER_NE;
    const unsigned south = L1T_CLUSTER_SW | L1T_CLUSTER_S | L1T_CLUSTER_SE;
    const unsigned inner = side == 0 ? L1T_CLUSTER_WEST : L1T_CLUSTER_EAST;
    const unsigned outer = side == 0 ? L1T_CLUSTER_EAST : L1T_CLUSTER_WEST;
    const uint16_t seed = tower(in, at, column);
    const int64_t lean = l1t_cluster_cand_fg_eta(cluster);

    hit[NO_CLUSTER] = false;
    if (!hit[WINDOW_TIE])
        hit[WINDOW_TIE] = has_tie(in, at, column);
    hit[EAST_KEPT] |= lean == L1T_LEAN_EAST;
    hit[WEST_KEPT] |= lean == L1T_LEAN_WEST;
    hit[SIDES_EQUAL] |= lean == L1T_LEAN_NONE && (flags & L1T_CLUSTER_EAST) != 0;
    for (unsigned b = L1T_CLUSTER_FIRST_MEMBER; b <= L1T_CLUSTER_LAST_MEMBER; b++)
        hit[MEMBER_NW + b - L1T_CLUSTER_FIRST_MEMBER] |= flags >> b & 1;
    hit[SECOND_WITHOUT_FIRST] |=
        (!(flags & L1T_CLUSTER_N) && l1t_tower_et(tower(in, at, column - 2)) >= LEAST) ||
        (!(flags & L1T_CLUSTER_S) && l1t_tower_et(tower(in, at, column + 2)) >= LEAST);
    hit[MEMBER_IN_HF] |= row + 1 == L1T_CLUSTER_RINGS && (flags & outer) != 0;
    hit[ETA_ZERO] |= row == 0 && (flags & inner) != 0;
    hit[PHI_WRAP] |=
        (column == 0 && (flags & north) != 0) || (column == L1T_PHIS - 1 && (flags & south) != 0);
    hit[SATURATED_TOWER] |= l1t_tower_et(seed) >= 509;
    hit[PART_WRAPS] |= part_wraps(seed);
}

static void cover_cand(uint64_t cand, bool hit[BINS])
{
    const int64_t quality = l1t_egamma_cand_quality(cand), iso = l1t_egamma_cand_iso(cand);
    const int64_t fine_phi = l1t_egamma_cand_fine_phi(cand);
    hit[TRIMMED] |= l1t_egamma_cand_trimmed(cand) != l1t_egamma_cand_shape(cand);
    hit[RAW_LARGE] |= l1t_egamma_cand_raw(cand) > 255;
    hit[ET_CLIPPED] |= l1t_egamma_cand_pt(cand) == 4095;
    hit[ET_ABOVE_LINK] |= l1t_egamma_cand_pt(cand) > 511;
    hit[ONLY_FINE_GRAIN_FAILS] |= quality == (L1T_EGAMMA_ID_ALL & ~L1T_EGAMMA_ID_FG);
    hit[ONLY_HOE_FAILS] |= quality == (L1T_EGAMMA_ID_ALL & ~L1T_EGAMMA_ID_HOE);
    hit[ONLY_SHAPE_FAILS] |= quality == (L1T_EGAMMA_ID_ALL & ~L1T_EGAMMA_ID_SHAPE);
    hit[ONLY_AROUND_FAILS] |= quality == (L1T_EGAMMA_ID_ALL & ~L1T_EGAMMA_ID_HOE_EXT);
    hit[NOT_ISOLATED] |= iso == 0;
    hit[LOOSELY_ISOLATED] |= iso == 2;
    hit[ISOLATED] |= (iso & 1) != 0;
    hit[SMALLER_PHI] |= fine_phi == L1T_FINE_SMALLER_PHI;
    hit[LARGER_PHI] |= fine_phi == L1T_FINE_LARGER_PHI;
}

static uint64_t cand_of(const struct event *event, unsigned row, unsigned lane)
{
    return l1t_row_record(event->cand + row * CAND_ROW, l1t_egamma_cand_bits, lane);
}

// The sorter's word of the candidate at a place, 0 if it did not get that far.
static uint32_t sent(const struct event *event, unsigned row, unsigned lane, uint32_t phi)
{
    const unsigned side = lane / L1T_CLUSTER_SLOTS;
    for (unsigned i = 0; i < L1T_EGTAU_PER_SIDE; i++) {
        const uint32_t mp = event->sort[side * L1T_EGTAU_PER_SIDE + i];
        if (mp != 0 && l1t_egtau_mp_ring(mp) == row + 1 && l1t_egtau_mp_phi(mp) == phi)
            return mp;
    }
    return 0;
}

static void cover_row(const struct event *event, unsigned row, bool hit[BINS])
{
    const uint32_t *clusters = event->cluster + row * CLUSTER_ROW;
    for (unsigned lane = 0; lane < LANES; lane++) {
        const uint64_t cluster = l1t_row_record(clusters, l1t_cluster_cand_bits, lane);
        if (cluster == 0)
            continue;
        const unsigned side = lane / L1T_CLUSTER_SLOTS;
        const uint64_t cand = cand_of(event, row, lane);
        cover_cluster(event->in, side, row, cluster, hit);
        cover_cand(cand, hit);

        const bool identified = l1t_egamma_cand_quality(cand) == L1T_EGAMMA_ID_ALL;
        const uint32_t mp = sent(event, row, lane, (uint32_t)l1t_cluster_cand_phi(cluster));
        const uint32_t sixth = event->sort[(side + 1) * L1T_EGTAU_PER_SIDE - 1];
        hit[ACCEPTED_BY_ET] |= mp != 0 && !identified;
        hit[WIDE_TOWER] |= mp != 0 && row + 1 >= 21;
        hit[TIE_AT_THE_CUT] |= mp == 0 && identified && sixth != 0 &&
                               l1t_egamma_cand_pt(cand) == l1t_egtau_mp_et(sixth);
        for (unsigned other = lane + 1; other < (side + 1) * L1T_CLUSTER_SLOTS; other++) {
            const uint64_t next = cand_of(event, row, other);
            hit[TIE_IN_RING] |= identified && l1t_egamma_cand_quality(next) == L1T_EGAMMA_ID_ALL &&
                                l1t_egamma_cand_pt(next) == l1t_egamma_cand_pt(cand);
        }
    }
}

static void cover_output(const struct event *event, bool hit[BINS])
{
    for (unsigned side = 0; side < L1T_SIDES; side++) {
        const uint32_t *mp = event->sort + side * L1T_EGTAU_PER_SIDE;
        hit[SIX_ON_A_SIDE] |= mp[L1T_EGTAU_PER_SIDE - 1] != 0;
        for (unsigned i = 1; i < L1T_EGTAU_PER_SIDE; i++)
            hit[SORT_TIE] |= mp[i] != 0 && l1t_egtau_mp_et(mp[i]) == l1t_egtau_mp_et(mp[i - 1]);
    }
    uint64_t last = 0;
    for (unsigned i = 0; i < L1T_EGTAU_OUT; i++) {
        const uint64_t gt = l1t_row_record(event->demux, l1t_egamma_gt_bits, i);
        if (gt == 0)
            return;
        hit[DEMUX_TIE] |= l1t_egamma_gt_et(gt) == l1t_egamma_gt_et(last);
        hit[ETA_IS_ZERO] |= l1t_egamma_gt_eta(gt) == 0;
        hit[PHI_IS_ZERO] |= l1t_egamma_gt_phi(gt) == 0;
        hit[TWELVE_OBJECTS] |= i + 1 == L1T_EGTAU_OUT;
        last = gt;
    }
}

void l1t_egamma_cover(const uint32_t *in, const uint32_t *stages, uint64_t *bins)
{
    struct event event = {.in = in, .cluster = stages + 1};
    event.cand = event.cluster + L1T_CLUSTER_RINGS * CLUSTER_ROW;
    event.sort = event.cand + L1T_CLUSTER_RINGS * CAND_ROW;
    event.demux = event.sort + L1T_SIDES * L1T_EGTAU_PER_SIDE;

    bool hit[BINS] = {[NO_CLUSTER] = true};
    hit[NTT_ZERO] = stages[0] == 0;
    hit[NTT_LARGE] = stages[0] > 255;
    for (unsigned row = 0; row < L1T_CLUSTER_RINGS; row++)
        cover_row(&event, row, hit);
    cover_output(&event, hit);
    for (size_t i = 0; i < BINS; i++)
        bins[i] += hit[i];
}
