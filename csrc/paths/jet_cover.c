// SPDX-License-Identifier: GPL-3.0-or-later
// Functional coverage of the jet path: did the compared events contain what wiring errors need to
// show?
#include "jet_cover.h"

#include "calo/l1t_jet.h"
#include "l1t/twin.h"
#include "l1t_formats.h"

#include <stdbool.h>
#include <string.h>

enum {
    RAW_AT = L1T_RINGS * 5, // first word of stage raw; then 36 records of one word a row
    LANES = L1T_SIDES * L1T_JET_SLOTS,
    CAL_AT = RAW_AT + L1T_RINGS * LANES * 4,
    SORT_AT = CAL_AT + L1T_RINGS * LANES + L1T_RINGS * 2,
    SORT_WORDS = 14
};

enum bin {
    NO_JET,
    SEED_TIE,
    SATURATED_SEED,
    PHI_WRAP,
    ETA_ZERO,
    HF_EDGE,
    OUTER_RINGS,
    OVER_SIX_IN_RING,
    FULL_RING,
    SORT_TIE,
    REGISTERS_FULL,
    TWELVE_JETS,
    DROPPED_BY_PILE_UP,
    ET_CLIPPED,
    ET_FULL_SCALE
};

const char *const l1t_jet_cover_names[] = {
    [NO_JET] = "no jet",
    [SEED_TIE] = "equal towers in a jet's window",
    [SATURATED_SEED] = "saturated seed",
    [PHI_WRAP] = "jet window across phi 72/1",
    [ETA_ZERO] = "jet window across eta 0",
    [HF_EDGE] = "jet centre in ieta 28 or 30",
    [OUTER_RINGS] = "jet centre in rings 37-40",
    [OVER_SIX_IN_RING] = "more than six jets in a ring and side",
    [FULL_RING] = "fourteen jets in a ring and side",
    [SORT_TIE] = "equal jets in the sorter's output",
    [REGISTERS_FULL] = "all seven registers of a side used",
    [TWELVE_JETS] = "twelve jets sent",
    [DROPPED_BY_PILE_UP] = "jet removed by pile-up subtraction",
    [ET_CLIPPED] = "jet above the link's full scale",
    [ET_FULL_SCALE] = "calibrated ET at 65535",
    NULL,
};

static unsigned tower_et(const uint32_t *in, int row, int column)
{
    if (row < 0 || row >= L1T_SIDES * L1T_RINGS)
        return 0;
    const int side = row < L1T_RINGS, ring = side ? L1T_RINGS - 1 - row : row - L1T_RINGS;
    const int at = (side * L1T_RINGS + ring) * L1T_PHIS + (column + L1T_PHIS) % L1T_PHIS;
    return in[at / 2] >> (at % 2 * 16) & 0x1ff;
}

static bool has_tie(const uint32_t *in, int side, int ring, int column, unsigned seed)
{
    const int row = side == 0 ? L1T_RINGS + ring : L1T_RINGS - 1 - ring;
    for (int de = -4; de <= 4; de++)
        for (int dp = -4; dp <= 4; dp++)
            if ((de != 0 || dp != 0) && tower_et(in, row + de, column + dp) == seed)
                return true;
    return false;
}

// Which bins an event has hit; each counts once per event.
static void cover_jet(const uint32_t *in, int side, int ring, uint32_t raw, uint32_t pus,
                      bool hit[])
{
    const int column = (int)l1t_jet_raw_phi(raw) - 1;
    const unsigned seed = (unsigned)l1t_jet_raw_seed(raw);
    hit[NO_JET] = false;
    hit[SATURATED_SEED] |= seed >= 509;
    hit[PHI_WRAP] |= column < 4 || column >= L1T_PHIS - 4;
    hit[ETA_ZERO] |= ring < 4;
    hit[HF_EDGE] |= ring == 27 || ring == 28;
    hit[OUTER_RINGS] |= ring >= 36;
    hit[DROPPED_BY_PILE_UP] |= l1t_jet_pus_et(pus) == 0;
    if (!hit[SEED_TIE])
        hit[SEED_TIE] = has_tie(in, side, ring, column, seed);
}

static void cover_ring(const uint32_t *in, const uint32_t *words, int ring, bool hit[])
{
    for (int side = 0; side < L1T_SIDES; side++) {
        const int at = ring * LANES + side * L1T_JET_SLOTS;
        unsigned n = 0, alive = 0;
        for (int slot = 0; slot < L1T_JET_SLOTS; slot++) {
            const uint32_t raw = words[RAW_AT + at + slot];
            const uint32_t pus = words[CAL_AT - L1T_RINGS * LANES + at + slot];
            if (raw == 0)
                continue;
            n++;
            alive += l1t_jet_pus_et(pus) != 0;
            cover_jet(in, side, ring, raw, pus, hit);
        }
        hit[OVER_SIX_IN_RING] |= alive > L1T_JET_RING_KEEP;
        hit[FULL_RING] |= n == L1T_JET_PER_RING;
    }
}

static void cover_sorter(const uint32_t *words, bool hit[])
{
    static const struct l1t_stage sort = {"sort", "jet_mp", 1, L1T_SIDES * L1T_JET_REGISTERS};
    static const struct l1t_stage demux = {"demux", "jet_gt", 1, L1T_JET_OUT};
    for (unsigned side = 0; side < L1T_SIDES; side++) {
        int64_t last = -1;
        for (unsigned i = 0; i < L1T_JET_REGISTERS; i++) {
            const uint64_t jet =
                l1t_stage_record(&sort, words + SORT_AT, side * L1T_JET_REGISTERS + i);
            const int64_t et = l1t_jet_mp_et(jet);
            hit[REGISTERS_FULL] |= i + 1 == L1T_JET_REGISTERS && jet != 0;
            hit[SORT_TIE] |= et != 0 && et == last;
            hit[ET_CLIPPED] |= et > 2047;
            hit[ET_FULL_SCALE] |= et == L1T_JET_SATURATED;
            last = et;
        }
    }
    hit[TWELVE_JETS] |=
        l1t_stage_record(&demux, words + SORT_AT + SORT_WORDS, L1T_JET_OUT - 1) != 0;
}

void l1t_jet_cover(const uint32_t *in, const uint32_t *stages, uint64_t *bins)
{
    bool hit[ET_FULL_SCALE + 1] = {[NO_JET] = true};
    for (int ring = 0; ring < L1T_RINGS; ring++)
        cover_ring(in, stages, ring, hit);
    cover_sorter(stages, hit);
    for (size_t i = 0; i < sizeof hit / sizeof hit[0]; i++)
        bins[i] += hit[i];
}
